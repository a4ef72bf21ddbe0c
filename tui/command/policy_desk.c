/* policy_desk.c: yuntai policy list, adopt, answer: the policies of a workspace; yuntai calendar.
 */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/command/policy.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- policies ---- */

static int run_list(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .command = "policy list", .verb = "policies", .table = "policies"};
    return face_run(invocation, argc, argv, &spec);
}

/* --answers "Q O" may stand several times: one text, a line each. */
static int join_answers(int argc, char **argv, struct text *answers)
{
    static const char option[] = "--answers";
    int kept = 0;
    for (int i = 0; i < argc; i++) {
        size_t length = strlen(option);
        bool named = strncmp(argv[i], option, length) == 0;
        if (named && argv[i][length] == '=') {
            text_addf(answers, "%s\n", argv[i] + length + 1);
        } else if (named && argv[i][length] == '\0' && i + 1 < argc) {
            text_addf(answers, "%s\n", argv[++i]);
        } else {
            argv[kept++] = argv[i];
        }
    }
    return kept;
}

/* What is wrong in the file itself is told as `policy check` tells it, with its place. */
static int check_adopted(const struct invocation *invocation, const char *path)
{
    struct draft *draft = NULL;
    struct policy *policy = NULL;
    int status = path ? policy_load(invocation, path, &draft, &policy) : STATUS_DONE;
    policy_free(policy);
    draft_free(draft);
    return status;
}

static int run_adopt(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--preview", "preview", OPTION_YES},
                                                 {"--move", "move", OPTION_YES},
                                                 {"--effective", "effective", OPTION_TEXT},
                                                 {"--ground", "ground", OPTION_TEXT},
                                                 {"--answers", "answers", OPTION_TEXT}};
    static const struct face_spec spec = {
        .words = "text@", .options = options, .option_count = COUNT(options), .table = "moves"};
    struct text answers = {0};
    struct face face;
    face_begin(&face, invocation, "policy adopt");
    argc = join_answers(argc, argv, &answers);
    parcel_put(&face.request, "answers", answers.length ? text_bytes(&answers) : NULL);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    status =
        status ? status : check_adopted(invocation, argc > 1 && argv[1][0] != '-' ? argv[1] : NULL);
    status = status ? status : face_call(&face, "adopt");
    if (status == STATUS_DONE) {
        face_reply(&face, &spec);
    }
    face_end(&face);
    text_free(&answers);
    return status;
}

static int run_answer(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--ground", "ground", OPTION_TEXT},
                                                 {"--preview", "preview", OPTION_YES}};
    static const struct face_spec spec = {.command = "policy answer",
                                          .verb = "answer",
                                          .words = "question option",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "moves"};
    return face_run(invocation, argc, argv, &spec);
}

static const struct {
    const char *name;
    int (*run)(const struct invocation *, int, char **);
} subcommands[] = {{"list", run_list}, {"adopt", run_adopt}, {"answer", run_answer}};

bool policy_desk(const struct invocation *invocation, int argc, char **argv, int *status)
{
    for (size_t i = 0; argc > 0 && i < COUNT(subcommands); i++) {
        if (strcmp(subcommands[i].name, argv[0]) == 0) {
            *status = subcommands[i].run(invocation, argc, argv);
            return true;
        }
    }
    return false;
}

/* ---- calendar ---- */

static int run_calendar(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--preview", "preview", OPTION_YES},
                                                 {"--reason", "reason", OPTION_TEXT}};
    static const struct face_spec notices = {
        .verb = "notices", .words = "year?", .table = "notices"};
    static const struct face_spec notice = {.command = "calendar add",
                                            .verb = "notice",
                                            .words = "csv@",
                                            .options = options,
                                            .option_count = COUNT(options),
                                            .table = "moves"};
    if (argc > 1 && strcmp(argv[1], "add") == 0) {
        return face_run(invocation, argc - 1, argv + 1, &notice);
    }
    return face_run(invocation, argc, argv, &notices);
}

const struct command command_calendar = {
    .name = "calendar",
    .summary = N_("notices of days off; take in a new one"),
    .usage = N_("usage: yuntai calendar [YEAR]\n"
                "       yuntai calendar add FILE [--preview] [--reason TEXT]\n\n"
                "add: prints the cases whose last days move. FILE is CSV with the columns notice,\n"
                "published, covers, date, kind and name.\n"),
    .run = run_calendar,
};
