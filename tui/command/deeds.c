/* deeds.c: yuntai open, act, correct, annul: what is done in cases. */
#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Options of everything that is filed. */
#define FILING                                                                                     \
    {"--date", "date", OPTION_TEXT}, {"--role", "role", OPTION_TEXT},                              \
        {"--reason", "reason", OPTION_TEXT}, {"--for", "for", OPTION_TEXT},                        \
        {"--paper-no", "paper_no", OPTION_TEXT}, {"--deputy-of", "deputy_of", OPTION_TEXT},        \
    {                                                                                              \
        "--preview", "preview", OPTION_YES                                                         \
    }

/* ---- open ---- */

static int run_open(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {FILING, {"--then", "then", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "open",
                                          .words = "procedure",
                                          .assign = "entry.",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_open = {
    .name = "open",
    .summary = N_("open a case"),
    .usage = N_(
        "usage: yuntai open PROCEDURE [FIELD=VALUE…] [item=CODE:QUANTITY[,COLUMN=VALUE…]…]\n"
        "                  [OPTION…]\n\n"
        "  --for ORG --paper-no NO  on behalf of an organisation that handed in a paper\n"
        "  --date DATE              when it took effect, if not now\n"
        "  --role ROLE              as what, where one has several roles\n"
        "  --deputy-of LOGIN        for somebody who is away\n"
        "  --reason TEXT            the written reason a rule may ask for\n"
        "  --then EVENT             done along with it, both or neither: hands a draft in at once\n"
        "  --preview                only look: nothing is filed\n"
        "\nFIELD=@FILE reads the value from a file, FIELD=- from standard input. yuntai offer lists\n"
        "what can be done in a case and which fields its form has.\n"),
    .run = run_open,
};

/* ---- act ---- */

static int run_act(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {FILING,
                                                 {"--rev", "rev", OPTION_TEXT},
                                                 {"--to", "to", OPTION_TEXT},
                                                 {"--note", "note", OPTION_TEXT},
                                                 {"-n", "n", OPTION_TEXT},
                                                 {"--on", "on", OPTION_TEXT},
                                                 {"--filled", "filled", OPTION_YES}};
    static const struct face_spec spec = {.verb = "act",
                                          .words = "case event",
                                          .assign = "entry.",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_act = {
    .name = "act",
    .summary = N_("do something in a case"),
    .usage = N_(
        "usage: yuntai act CASE EVENT [FIELD=VALUE…] [item=CODE:QUANTITY[,COLUMN=VALUE…]…]\n"
        "                  [OPTION…]\n\n"
        "EVENT is one of yuntai offer CASE, or edit, assign (--to), note (--note), redact (-n).\n"
        "Options as of yuntai open, and:\n\n"
        "  --rev N                  only if nothing was done since the case stood at N; else 3\n"
        "  --to LOGIN               with assign: to whom\n"
        "  --note TEXT              with note: the words\n"
        "  -n N                     the number of the act that is meant\n"
        "  --on DATE                with correct: the day it is dated now\n"
        "  --filled                 what was delivered is what the vendor's inventory shows, as far\n"
        "                           as no entry says it: yuntai offer CASE has the numbers\n"
        "\nA refused act names every rule that was not met, with its article, and ends with 1.\n"),
    .run = run_act,
};

/* ---- correct, annul ---- */

static int run_correct(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {
        FILING, {"--on", "on", OPTION_TEXT}, {"--rev", "rev", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "act",
                                          .event = "correct",
                                          .words = "case n",
                                          .assign = "entry.",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_correct = {
    .name = "correct",
    .summary = N_("restate an act: its day, its entries"),
    .usage =
        N_("usage: yuntai correct CASE N [--on DATE] [FIELD=VALUE…] --reason TEXT\n\n"
           "N is the number of the act, as yuntai show CASE has it. The act stays as it was\n"
           "filed; beside it stands what holds now. Options as of yuntai open, and --rev N.\n"),
    .run = run_correct,
};

static int run_annul(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {FILING, {"--rev", "rev", OPTION_TEXT}};
    static const struct face_spec spec = {.verb = "act",
                                          .event = "annul",
                                          .words = "case n",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "clocks",
                                          .print = face_done};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_annul = {
    .name = "annul",
    .summary = N_("take an act back"),
    .usage = N_("usage: yuntai annul CASE N --reason TEXT\n\n"
                "Options as of yuntai open, and --rev N.\n"),
    .run = run_annul,
};
