/* rehearse.c: yuntai rehearse: acts against a policy, in memory, so that measures can be tried. */
#include "tui/command/rehearse.h"

#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "tui/command/policy.h"
#include "tui/output.h"
#include "tui/text.h"

struct arguments {
    const char *policy, *calendar, *script; /* NULL: as delivered; SCRIPT "-": standard input */
    int32_t as_of;                          /* DAY_NONE: as known on each line's day */
    bool explain;
};

/* Everything a rehearsal needs, read and checked. */
struct loaded {
    struct calendar *calendar;
    struct script *script;
    struct draft *draft;
    struct policy *policy;
    struct readings *readings;
    struct answer *answers;
    size_t answer_count;
};

static void loaded_free(struct loaded *loaded)
{
    readings_free(loaded->readings);
    policy_free(loaded->policy);
    draft_free(loaded->draft);
    script_free(loaded->script);
    calendar_free(loaded->calendar);
    free(loaded->answers);
}

/* ---- arguments ---- */

/* --NAME VALUE or --NAME=VALUE at ARGV[*AT]. */
static bool take_value(int argc, char **argv, int *at, const char *name, const char **value)
{
    size_t length = strlen(name);
    if (strncmp(argv[*at], name, length) != 0) {
        return false;
    }
    if (argv[*at][length] == '=') {
        *value = argv[*at] + length + 1;
        return true;
    }
    if (argv[*at][length] == '\0' && *at + 1 < argc) {
        *value = argv[++*at];
        return true;
    }
    return false;
}

static bool read_arguments(const struct invocation *invocation, int argc, char **argv,
                           struct arguments *arguments)
{
    const char *as_of = NULL;
    bool over = false;
    *arguments = (struct arguments){.as_of = DAY_NONE};
    for (int i = 1; i < argc; i++) {
        if (!over && strcmp(argv[i], "--") == 0) {
            over = true;
        } else if (!over && strcmp(argv[i], "--explain") == 0) {
            arguments->explain = true;
        } else if (!over && (take_value(argc, argv, &i, "--policy", &arguments->policy) ||
                             take_value(argc, argv, &i, "--calendar", &arguments->calendar) ||
                             take_value(argc, argv, &i, "--as-of", &as_of))) {
            continue;
        } else if (!over && argv[i][0] == '-' && argv[i][1] != '\0') {
            fprintf(invocation->err,
                    _("yuntai rehearse: “%s” is no option here; see yuntai rehearse --help\n"),
                    argv[i]);
            return false;
        } else if (arguments->script) {
            fprintf(invocation->err,
                    _("yuntai rehearse: “%s”: one script is meant; write its file or nothing\n"),
                    argv[i]);
            return false;
        } else {
            arguments->script = argv[i];
        }
    }
    arguments->script = arguments->script ? arguments->script : "-";
    if (as_of && !day_parse(as_of, strlen(as_of), &arguments->as_of)) {
        fprintf(invocation->err,
                _("yuntai rehearse: --as-of “%s” is no date; write it as 2019-09-27\n"), as_of);
        return false;
    }
    return true;
}

/* ---- reading ---- */

static int out_of_memory(const struct invocation *invocation)
{
    if (ferror(invocation->out)) { /* what could not be printed is said at the end */
        return STATUS_ENVIRONMENT;
    }
    fputs(_("yuntai rehearse: there is not enough memory\n"), invocation->err);
    return STATUS_ENVIRONMENT;
}

static int cannot_read(const struct invocation *invocation, const char *path,
                       const struct text *error)
{
    return command_tell_file(invocation, "rehearse", path, error);
}

/* Prints what is wrong in the file PATH; STATUS_DONE where nothing is. */
static int tell_findings(const struct invocation *invocation, const char *path,
                         const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        struct text line = {0};
        policy_finding(invocation, path, findings_at(findings, i), &line);
        fprintf(invocation->err, "%s\n", text_bytes(&line));
        text_free(&line);
    }
    if (findings_failed(findings)) {
        return out_of_memory(invocation);
    }
    return findings_count(findings) ? STATUS_USAGE : STATUS_DONE;
}

static void add_name(struct text *names, const char *name)
{
    text_addf(names, "%s%s", names->length ? ", " : "", name);
}

/* An answer must name a question of the policy and one of its options. */
static void check_answer(const struct draft *draft, const struct script_line *line,
                         struct findings *findings)
{
    struct text names = {0};
    bool question = draft_find(draft, KIND_QUESTION, "", line->name) != NULL;
    bool option = question && draft_find(draft, KIND_OPTION, line->name, line->option) != NULL;
    const char *wrong = question ? line->option : line->name;
    struct near_word nearest = near_begin(wrong, strlen(wrong));
    for (size_t i = 0; i < draft_count(draft) && !option; i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        bool named = question ? thing->kind == KIND_OPTION && strcmp(thing->owner, line->name) == 0
                              : thing->kind == KIND_QUESTION;
        if (named) {
            add_name(&names, thing->name);
            near_offer(&nearest, thing->name);
        }
    }
    if (!option && nearest.best) {
        findings_add(findings, question ? line->option_place : line->name_place, "", "", "",
                     MESSAGE_script_near, wrong, nearest.best, NULL, NULL);
    } else if (!question) {
        findings_add(findings, line->name_place, "", "", "", MESSAGE_script_no_question, line->name,
                     text_bytes(&names), NULL, NULL);
    } else if (!option) {
        findings_add(findings, line->option_place, "", "", "", MESSAGE_script_no_option,
                     line->option, line->name, text_bytes(&names), NULL);
    }
    text_free(&names);
}

static bool read_answers(struct loaded *loaded, struct findings *findings)
{
    size_t lines = script_count(loaded->script);
    loaded->answers = calloc(lines + 1, sizeof *loaded->answers);
    for (size_t i = 0; loaded->answers && i < lines; i++) {
        const struct script_line *line = script_at(loaded->script, i);
        if (line->kind != SCRIPT_ANSWER || findings_count(findings) > SCRIPT_FINDINGS_MOST) {
            break;
        }
        for (size_t k = 0; k < loaded->answer_count; k++) {
            if (strcmp(loaded->answers[k].question, line->name) == 0) {
                findings_add(findings, line->name_place, "", "", "", MESSAGE_script_answer_twice,
                             line->name, NULL, NULL, NULL);
            }
        }
        check_answer(loaded->draft, line, findings);
        loaded->answers[loaded->answer_count++] = (struct answer){line->name, line->option};
    }
    return loaded->answers != NULL;
}

static int load_script(const struct invocation *invocation, const struct arguments *arguments,
                       struct loaded *loaded, struct findings *findings)
{
    struct text text = {0}, error = {0};
    int status = STATUS_DONE;
    if (desk_read_text(arguments->script, &text, &error) != 0) {
        status = cannot_read(invocation, arguments->script, &error);
    } else {
        loaded->script = script_parse(text_bytes(&text), text.length, findings);
        status = loaded->script ? STATUS_DONE : out_of_memory(invocation);
    }
    text_free(&text);
    text_free(&error);
    return status;
}

static int load_policy(const struct invocation *invocation, const struct arguments *arguments,
                       struct loaded *loaded, struct findings *script_findings)
{
    struct findings *findings = findings_new();
    struct text path = {0}, error = {0};
    size_t before = findings_count(script_findings);
    int status = STATUS_DONE;
    if (!findings) {
        status = out_of_memory(invocation);
    } else if (arguments->policy) {
        text_add(&path, arguments->policy);
    } else if (desk_policy_path(&path, &error) != 0) {
        status = cannot_read(invocation, NULL, &error);
    }
    if (status == STATUS_DONE &&
        desk_draft(text_bytes(&path), &loaded->draft, findings, &error) != 0) {
        status = cannot_read(invocation, text_bytes(&path), &error);
    }
    if (status == STATUS_DONE && !read_answers(loaded, script_findings)) {
        status = out_of_memory(invocation);
    }
    if (status == STATUS_DONE && findings_count(findings) == 0) {
        bool fit =
            findings_count(script_findings) == before; /* else under the answers of the file */
        loaded->policy = policy_compile(loaded->draft, loaded->answers,
                                        fit ? loaded->answer_count : 0, findings);
    }
    if (status == STATUS_DONE) {
        status = tell_findings(invocation, text_bytes(&path), findings);
    }
    findings_free(findings);
    text_free(&path);
    text_free(&error);
    return status;
}

static int load_calendar(const struct invocation *invocation, const struct arguments *arguments,
                         struct loaded *loaded)
{
    struct text error = {0};
    int status = STATUS_DONE;
    if (desk_calendar(arguments->calendar, &loaded->calendar, &error) != 0) {
        status = cannot_read(invocation, arguments->calendar, &error);
    } else if (arguments->as_of != DAY_NONE) {
        calendar_pin(loaded->calendar, arguments->as_of);
    }
    text_free(&error);
    return status;
}

static int load(const struct invocation *invocation, const struct arguments *arguments,
                struct loaded *loaded)
{
    struct findings *findings = findings_new();
    if (!findings) {
        return out_of_memory(invocation);
    }
    int status = load_calendar(invocation, arguments, loaded);
    if (status == STATUS_DONE) {
        status = load_script(invocation, arguments, loaded, findings);
    }
    if (status == STATUS_DONE) {
        status = load_policy(invocation, arguments, loaded, findings);
    }
    if (status == STATUS_DONE && loaded->policy) {
        rehearsal_check(loaded->policy, loaded->script, findings);
    }
    if (status == STATUS_DONE) {
        const char *path =
            strcmp(arguments->script, "-") == 0 ? _("standard input") : arguments->script;
        status = tell_findings(invocation, path, findings);
    }
    findings_free(findings);
    if (status == STATUS_DONE && !loaded->policy) {
        status = out_of_memory(invocation);
    }
    if (status == STATUS_DONE) {
        loaded->readings =
            readings_new(loaded->draft, loaded->policy, loaded->answers, loaded->answer_count);
        status = loaded->readings ? STATUS_DONE : out_of_memory(invocation);
    }
    return status;
}

/* ---- running ---- */

static void print_start(struct printer *printer, const struct loaded *loaded)
{
    if (printer->form == PRINT_CSV) {
        print_csv_head(printer);
    } else if (printer->form == PRINT_TABLE) {
        print_measures(printer, loaded->policy);
    }
}

static int rehearse(const struct invocation *invocation, const struct arguments *arguments,
                    const struct loaded *loaded)
{
    static const struct {
        enum print_form form;
        void (*tell)(void *self, struct rehearsal *rehearsal, const struct outcome *outcome);
    } forms[] = {
        [FORMAT_TABLE] = {PRINT_TABLE, print_table},
        [FORMAT_CSV] = {PRINT_CSV, print_csv},
        [FORMAT_JSON] = {PRINT_JSON, print_json},
    };
    struct printer printer = {.out = invocation->out,
                              .form = forms[invocation->format].form,
                              .english = strcmp(invocation->language, "en") == 0,
                              .explain = arguments->explain};
    struct rehearsal *rehearsal = rehearsal_new(loaded->policy, loaded->calendar, loaded->readings,
                                                forms[invocation->format].tell, &printer);
    bool going = rehearsal != NULL;
    if (going) {
        print_start(&printer, loaded);
    }
    for (size_t i = 0; going && i < script_count(loaded->script); i++) {
        going = rehearsal_line(rehearsal, script_at(loaded->script, i));
    }
    int status = !going || printer.failed ? out_of_memory(invocation)
                 : rehearsal->refused     ? STATUS_REFUSED
                                          : STATUS_DONE;
    rehearsal_free(rehearsal);
    printer_free(&printer);
    return status;
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    struct arguments arguments;
    struct loaded loaded = {0};
    if (!read_arguments(invocation, argc, argv, &arguments)) {
        return STATUS_USAGE;
    }
    int status = load(invocation, &arguments, &loaded);
    if (status == STATUS_DONE) {
        status = rehearse(invocation, &arguments, &loaded);
    }
    loaded_free(&loaded);
    return status;
}

const struct command command_rehearse = {
    .name = "rehearse",
    .summary = N_("try measures: acts against a policy, in memory"),
    .usage = N_(
        "usage: yuntai rehearse [OPTION…] [SCRIPT]\n"
        "\n"
        "  --policy FILE     the measures; without it those delivered with the program\n"
        "  --calendar FILE   the working-day notices; without it those delivered\n"
        "  --as-of DATE      only notices published by then; without it those known on each line's day\n"
        "  --explain         how each date was counted, day by day\n"
        "\n"
        "SCRIPT (without it standard input) has a line an act:\n"
        "\n"
        "  answer QUESTION OPTION                     before the first act\n"
        "  DATE[ TIME] open PROCEDURE [by=ROLE[/PERSON]] [name=value…]\n"
        "  DATE[ TIME] EVENT [by=ROLE[/PERSON]] [name=value…]\n"
        "  DATE[ TIME] edit [name=value…]             the application is changed\n"
        "  DATE[ TIME] correct N [on=DATE] [name=value…]   act N of the case is restated\n"
        "  DATE[ TIME] annul N                        act N of the case is taken back\n"
        "  DATE[ TIME] explain CLOCK [by=ROLE[/PERSON]] reason=\"…\"   the card it has is explained\n"
        "  DATE[ TIME] waive CLOCK …, take_back CLOCK …   it is waived; the waiver is taken back\n"
        "  DATE[ TIME] ?                              just look\n"
        "\n"
        "item=CODE:QUANTITY[,COLUMN=VALUE…] is a line of the resource list, CODE.COLUMN=VALUE a column\n"
        "of it. case=NAME keeps cases apart, recorded=DATE keys an act later than it took effect,\n"
        "reason=\"…\" is the written reason that a rule may ask for; owner=, payer= and due= are those of\n"
        "a case that nobody opens by hand. Without case= open names a new case after its procedure, and\n"
        "any other line speaks of the case opened or named last; a case opened by an act of another is\n"
        "called CASE.PROCEDURE. Exit status 1: some line was refused; 2: the script or the policy is\n"
        "wrong.\n"),
    .run = run,
};
