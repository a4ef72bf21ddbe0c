/* cards.c: yuntai explain, waive, urge: what is done about the cards of clocks. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define ABOUT                                                                                      \
    {"--reason", "reason", OPTION_TEXT}, {"--ground", "ground", OPTION_TEXT},                      \
        {"--document", "document", OPTION_OWN}, {"--round", "round", OPTION_TEXT},                 \
        {"--deputy-of", "deputy_of", OPTION_TEXT}, {"--rev", "rev", OPTION_TEXT},                  \
    {                                                                                              \
        "--preview", "preview", OPTION_YES                                                         \
    }

/* What a document is called is what the act rests on, unless it is said. */
static void put_ground(struct face *face, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    if (path && !parcel_get(&face->request, "ground")) {
        parcel_put(&face->request, "ground", slash ? slash + 1 : path);
    }
}

/* Behind the act, which then stands whatever becomes of the file. */
static int attach_to(struct face *face, const char *path)
{
    static const char *const kept[] = {"case", "as", "now", "deputy_of"};
    struct parcel request = face->request;
    face->request = (struct parcel){0};
    for (size_t i = 0; i < COUNT(kept); i++) {
        parcel_put(&face->request, kept[i], parcel_get(&request, kept[i]));
    }
    int status = face_attach(face, path, NULL);
    parcel_free(&face->request);
    face->request = request;
    return status;
}

static int run_about(const struct invocation *invocation, int argc, char **argv, const char *event,
                     const struct face_spec *spec)
{
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, spec);
    const char *path = face_own(&face, "document");
    parcel_put(&face.request, "event", face_own(&face, "back") ? "take_back" : event);
    put_ground(&face, path);
    status = status ? status : face_call(&face, "act");
    if (status == STATUS_DONE) {
        face_reply(&face, spec);
    }
    if (status == STATUS_DONE && path && !parcel_yes(&face.request, "preview")) {
        status = attach_to(&face, path);
    }
    face_end(&face);
    return status;
}

/* ---- explain ---- */

static int run_explain(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {ABOUT};
    static const struct face_spec spec = {.words = "case clock?",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return run_about(invocation, argc, argv, "explain", &spec);
}

const struct command command_explain = {
    .name = "explain",
    .summary = N_("explain a card: why a clock was late"),
    .usage = N_(
        "usage: yuntai explain CASE [CLOCK] --reason TEXT [OPTION…]\n\n"
        "The card stays and counts; beside it stands who explained it, when and why. CLOCK may be\n"
        "left out where one clock alone has a card.\n\n"
        "  --reason TEXT         why\n"
        "  --ground TEXT         the paper it rests on, by its number\n"
        "  --document FILE       that paper, attached to the case\n"
        "  --round N             of a clock that ran several times, which time\n"
        "  --deputy-of LOGIN     for somebody who is away\n"
        "  --rev N               only if nothing was done since the case stood at N; else 3\n"
        "  --preview             only look: nothing is filed\n"),
    .run = run_explain,
};

/* ---- waive ---- */

static int run_waive(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {ABOUT, {"--back", "back", OPTION_SWITCH}};
    static const struct face_spec spec = {.words = "case clock?",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return run_about(invocation, argc, argv, "waive", &spec);
}

const struct command command_waive = {
    .name = "waive",
    .summary = N_("waive a card: it stays and counts against nobody"),
    .usage = N_(
        "usage: yuntai waive CASE [CLOCK] --reason TEXT --ground TEXT [OPTION…]\n"
        "       yuntai waive CASE [CLOCK] --back --reason TEXT\n\n"
        "By whom the policy says (section [card]). The last day stays as it is, and so does the\n"
        "card; it counts in no rate of what was done in time and in no appraisal. What comes later\n"
        "is a card of its own: of a red card that was waived the double one is not.\n\n"
        "  --back                take the waiver back: who made it, as long as the policy lets him\n"
        "\nThe other options as of yuntai explain: --ground or --document is needed here.\n"),
    .run = run_waive,
};

/* ---- urge ---- */

static int run_urge(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--then", "then", OPTION_TEXT},
                                                 {"--date", "date", OPTION_TEXT},
                                                 {"--role", "role", OPTION_TEXT},
                                                 {"--deputy-of", "deputy_of", OPTION_TEXT},
                                                 {"--preview", "preview", OPTION_YES}};
    static const struct face_spec spec = {.verb = "open",
                                          .words = "urges",
                                          .assign = "entry.",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_urge = {
    .name = "urge",
    .summary = N_("urge whoever has a case to get on with it"),
    .usage =
        N_("usage: yuntai urge CASE [FIELD=VALUE…] [OPTION…]\n\n"
           "Opens a case of the procedure that the policy has for it, with the number of CASE and\n"
           "whom it is with already entered. How often a case was urged stands in yuntai show.\n\n"
           "  --then EVENT          done along with it, both or neither: hands a draft in at once\n"
           "  --date DATE           when it took effect, if not now\n"
           "  --role ROLE           as what, where one has several roles\n"
           "  --deputy-of LOGIN     for somebody who is away\n"
           "  --preview             only look: nothing is filed\n"),
    .run = run_urge,
};
