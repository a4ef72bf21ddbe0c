/* keeping.c: yuntai verify, checkpoint, acts, log, tick, whoami, handover, register, void,
 * succeed, use, import: what keeps the desk in order. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { ACTS_USUAL = 50 };

/* ---- verify ---- */

static int run_verify(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--checkpoint", "checkpoint", OPTION_FILE}};
    static const struct face_spec spec = {
        .options = options, .option_count = COUNT(options), .table = "wrong"};
    struct invocation alone = *invocation;
    struct face face;
    alone.socket = face_has_files(invocation) ? "" : invocation->socket;
    face_begin(&face, &alone, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    if (status != STATUS_DONE) {
        face_end(&face);
        return status;
    }
    status = face_send(&face, "verify");
    if (status == STATUS_DONE && invocation->format == FORMAT_TABLE) {
        fprintf(invocation->out, _("%lld acts, %lld cases: all is whole\n"),
                (long long)parcel_int(&face.reply, "acts", 0),
                (long long)parcel_int(&face.reply, "cases", 0));
    } else if (status == STATUS_DONE) {
        face_reply(&face, &spec);
    }
    face_end(&face);
    return status;
}

const struct command command_verify = {
    .name = "verify",
    .summary = N_("is the record what it was?"),
    .usage = N_(
        "usage: yuntai verify [--checkpoint FILE]\n\n"
        "Checks the chain of acts; each case, clock, register, number and count against the acts;\n"
        "policies, documents and checkpoints; with FILE also a checkpoint that was kept outside,\n"
        "and its signature. 1: something is wrong, and named. Others work on meanwhile; what they\n"
        "do is not looked at. A terminal shows how far it is; Ctrl-C ends it.\n"),
    .run = run_verify,
};

static void print_text(struct face *face)
{
    const char *text = parcel_get(&face->reply, "text");
    fputs(text ? text : "", face->invocation->out);
}

static int run_checkpoint(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.verb = "checkpoint", .print = print_text};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_checkpoint = {
    .name = "checkpoint",
    .summary = N_("the signed end of the record, to be kept outside"),
    .usage = N_("usage: yuntai checkpoint\n\nyuntai verify --checkpoint FILE compares with it.\n"),
    .run = run_checkpoint,
};

static int run_log(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--after", "after", OPTION_TEXT},
                                                 {"--limit", "limit", OPTION_TEXT}};
    static const struct face_spec spec = {
        .verb = "log", .options = options, .option_count = COUNT(options), .table = "log"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_log = {
    .name = "log",
    .summary = N_("who came in, what was refused"),
    .usage = N_("usage: yuntai log [--after N] [--limit N]\n"),
    .run = run_log,
};

static int run_acts(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--limit", "limit", OPTION_OWN},
                                                 {"--columns", "columns", OPTION_OWN}};
    static const struct face_spec spec = {
        .words = "query*", .options = options, .option_count = COUNT(options), .table = "acts"};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    struct face_paging paging = {
        .verb = "acts", .table = "acts", .pair = "after", .columns = face_own(&face, "columns")};
    if (!paging.columns && invocation->format == FORMAT_TABLE) {
        paging.columns = "seq,recorded,who,deputy_of,party,number,title,done,text";
    }
    if (status == STATUS_DONE) {
        int64_t most = face_count(&face, "limit", "--limit");
        paging.most = most ? most : ACTS_USUAL;
        status = most < 0 ? STATUS_USAGE : face_pages(&face, &paging);
    }
    face_end(&face);
    return status;
}

const struct command command_acts = {
    .name = "acts",
    .summary = N_("the chain of acts, the latest first"),
    .usage =
        N_("usage: yuntai acts [WORD…] [--limit N] [--columns A,B]\n\n"
           "Each WORD narrows it to a person (login or name; desk: what the desk did itself),\n"
           "a case, a day or days (2026-11-16..2026-11-20), or acts of which it is a part of\n"
           "the title. who: case: day: act: say which is meant where that is not plain.\n"
           "Shows 50 unless --limit says otherwise; of cases that one may see.\n\n"
           "  --columns A,B    these columns, in this order; digest and before are the SM3\n"
           "                   of the act and of the one it follows on\n"),
    .run = run_acts,
};

/* ---- the day ---- */

static void print_tick(struct face *face)
{
    fprintf(face->invocation->out, _("done by the desk: %d\n"),
            (int)parcel_int(&face->reply, "fired", 0));
    face_print_table(face, "fired");
}

/* Step by step, for others act meanwhile. */
static int run_tick(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.verb = "tick", .table = "fired", .print = print_tick};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    parcel_put(&face.request, "step", "yes");
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    bool rest = true;
    while (status == STATUS_DONE && rest && (status = face_call(&face, spec.verb)) == STATUS_DONE) {
        rest = parcel_yes(&face.reply, "rest");
        if (!rest || parcel_int(&face.reply, "fired", 0) > 0) {
            face_reply(&face, &spec);
        }
    }
    face_end(&face);
    return status;
}

const struct command command_tick = {
    .name = "tick",
    .summary = N_("let the desk do what time alone brings"),
    .usage = N_("usage: yuntai tick\n\n"
                "Writes what fell due without anybody's doing, and opens the duties, bills and\n"
                "appraisals that have come. For a timer; status and serve do it too.\n"),
    .run = run_tick,
};

static int run_whoami(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.verb = "hello"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_whoami = {
    .name = "whoami",
    .summary = N_("as whom one is here, with which roles and which policy"),
    .usage = N_("usage: yuntai whoami\n"),
    .run = run_whoami,
};

static int run_handover(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--reason", "reason", OPTION_TEXT},
                                                 {"--procedure", "procedure", OPTION_TEXT},
                                                 {"--state", "state", OPTION_TEXT},
                                                 {"--preview", "preview", OPTION_YES}};
    static const struct face_spec spec = {.verb = "handover",
                                          .words = "from to",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "cases"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_handover = {
    .name = "handover",
    .summary = N_("give somebody's open cases to another"),
    .usage = N_(
        "usage: yuntai handover FROM TO [--procedure PROCEDURE] [--state STATE] [--reason TEXT]\n"
        "                       [--preview]\n\n"
        "FROM and TO are logins.\n"),
    .run = run_handover,
};

/* ---- numbers ---- */

static int run_register(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .verb = "numbers", .words = "series? year?", .table = "numbers"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_register = {
    .name = "register",
    .summary = N_("the numbers given, series by series"),
    .usage = N_("usage: yuntai register [SERIES] [YEAR]\n"),
    .run = run_register,
};

static int run_void(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--reason", "reason", OPTION_TEXT}};
    static const struct face_spec spec = {
        .verb = "void", .words = "number", .options = options, .option_count = COUNT(options)};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_void = {
    .name = "void",
    .summary = N_("a number of the register that stays unused"),
    .usage = N_("usage: yuntai void NUMBER --reason TEXT\n"),
    .run = run_void,
};

static int run_succeed(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {
        {"--how", "how", OPTION_TEXT},       {"--from", "from", OPTION_TEXT},
        {"--name", "name", OPTION_TEXT},     {"--date", "date", OPTION_TEXT},
        {"--reason", "reason", OPTION_TEXT}, {"--preview", "preview", OPTION_YES}};
    static const struct face_spec spec = {.verb = "succeed",
                                          .words = "from to+",
                                          .assign = "",
                                          .options = options,
                                          .option_count = COUNT(options)};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_succeed = {
    .name = "succeed",
    .summary = N_("organisations renamed, merged or split"),
    .usage =
        N_("usage: yuntai succeed FROM TO… --how rename|merge|split --reason TEXT [--date DATE]\n"
           "                      [--from CODE…] [--name NAME] [KIND.CODE=ORG…] [--preview]\n\n"
           "--from: further organisations that merge; KIND.CODE=ORG: to which one something goes\n"
           "when an organisation is split.\n"),
    .run = run_succeed,
};

/* ---- files ---- */

/* What a table comes to, in words: what is new, and whether it was only looked at. */
static void print_taken(struct face *face)
{
    const struct parcel *reply = &face->reply;
    fprintf(face->invocation->out,
            parcel_yes(reply, "applied") ? _("taken in: %d new, %d changed, %d as they were\n")
                                         : _("would be taken in: %d new, %d changed, %d as they "
                                             "are\n"),
            (int)parcel_int(reply, "new", 0), (int)parcel_int(reply, "changed", 0),
            (int)parcel_int(reply, "same", 0));
    face_print_table(face, "problems");
    if (!parcel_yes(reply, "applied")) {
        fputs(_("nothing was changed; --apply takes it in\n"), face->invocation->out);
    }
}

static int run_use(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--apply", "apply", OPTION_YES}};
    static const struct face_spec spec = {.verb = "use",
                                          .words = "csv@",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "problems"};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_use = {
    .name = "use",
    .summary = N_("take in a month's table of use"),
    .usage = N_("usage: yuntai use FILE [--apply]\n\nWithout --apply the table is only checked.\n"),
    .run = run_use,
};

static int run_import(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--apply", "apply", OPTION_YES}};
    static const struct face_spec columns = {.verb = "columns", .words = "kind"};
    static const struct face_spec spec = {.verb = "import",
                                          .words = "kind csv@",
                                          .options = options,
                                          .option_count = COUNT(options),
                                          .table = "problems",
                                          .print = print_taken};
    return face_run(invocation, argc, argv, argc == 2 ? &columns : &spec);
}

const struct command command_import = {
    .name = "import",
    .summary = N_("take registers or paper cases in from a table"),
    .usage =
        N_("usage: yuntai import KIND FILE [--apply]\n"
           "       yuntai import KIND           which columns the file may have\n\n"
           "KIND is orgs, people, systems, catalogue, prices, quota, absences, or cases: those in\n"
           "mid-course on paper, with the state they are in and since when. FILE is CSV with a\n"
           "first line of names. Without --apply it is only checked: every line that is wrong is\n"
           "named, with what would be right. The same file twice changes nothing.\n"),
    .run = run_import,
};
