/* house.c: yuntai init, serve, backup, restore, doctor: the workspace itself. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

/* The workspace that was said, or the usual one; appended. */
static int find_workspace(struct face *face, struct text *out)
{
    if (face->invocation->workspace) {
        text_add(out, face->invocation->workspace);
        return STATUS_DONE;
    }
    return desk_usual(out, &face->error) == 0 ? STATUS_DONE : face_refused(face);
}

/* ---- init ---- */

static void show_progress(void *self, int done, int of)
{
    struct face *face = self;
    FILE *err = face->invocation->err;
    if (isatty(fileno(err))) {
        fputc('\r', err);
        fprintf(err, _("sample city: %d of %d"), done, of);
        fputs("\033[K", err);
        fputs(done == of ? "\r\033[K" : "", err);
        fflush(err);
    }
}

/* UTC seconds of --now or --today; MOMENT_NONE: the clock's. China's clocks are 8 hours ahead. */
static int64_t said_now(const struct invocation *invocation)
{
    int64_t moment = invocation->now != MOMENT_NONE  ? invocation->now
                     : invocation->today != DAY_NONE ? moment_of(invocation->today, 0)
                                                     : MOMENT_NONE;
    return moment == MOMENT_NONE ? MOMENT_NONE : moment - 8 * 3600;
}

static int init(struct face *face, const char *policy, bool sample)
{
    struct text workspace = {0};
    int64_t now = said_now(face->invocation);
    int status = find_workspace(face, &workspace);
    if (status == STATUS_DONE &&
        (sample ? desk_sample(text_bytes(&workspace), now, show_progress, face, &face->error)
                : desk_make(text_bytes(&workspace), policy, now, &face->error)) != 0) {
        status = face_refused(face);
    }
    if (status == STATUS_DONE) {
        fprintf(face->invocation->out, _("the workspace is %s\n"), text_bytes(&workspace));
    }
    text_free(&workspace);
    return status;
}

static int run_init(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--policy", "policy", OPTION_OWN},
                                                 {"--sample", "sample", OPTION_YES}};
    static const struct face_spec spec = {.options = options, .option_count = 2};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    bool sample = parcel_yes(&face.request, "sample");
    if (status == STATUS_DONE && sample && face_own(&face, "policy")) {
        status = face_wrong(&face, STATUS_USAGE,
                            _("the sample city goes by the policy that comes with the program; "
                              "--sample or --policy"),
                            NULL);
    }
    status = status ? status : init(&face, face_own(&face, "policy"), sample);
    face_end(&face);
    return status;
}

const struct command command_init = {
    .name = "init",
    .summary = N_("make a workspace"),
    .usage = N_(
        "usage: yuntai init [--policy FILE | --sample]\n\n"
        "Makes a new workspace (--workspace DIRECTORY, else the usual one) under the policy in\n"
        "FILE, else the one that comes with the program. Nobody is entered yet: yuntai orgs set\n"
        "and yuntai people set. --sample fills it with a city to look at.\n"),
    .run = run_init,
};

/* ---- serve ---- */

static int run_serve(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {0};
    struct text workspace = {0};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    status = status ? status : find_workspace(&face, &workspace);
    if (status == STATUS_DONE &&
        desk_serve(text_bytes(&workspace), invocation->socket, &face.error) != 0) {
        status = face_refused(&face);
    }
    text_free(&workspace);
    face_end(&face);
    return status;
}

const struct command command_serve = {
    .name = "serve",
    .summary = N_("serve the workspace to many, on a local socket"),
    .usage = N_(
        "usage: yuntai serve\n\n"
        "One process owns the workspace; who asks is the account at the other end of the socket\n"
        "(uid in the register of people). --socket PATH, else serve.socket of yuntai.ini, else\n"
        "desk.sock in the workspace. Ends at SIGTERM. Units for systemd come with the program.\n"),
    .run = run_serve,
};

/* ---- backup, restore ---- */

static void say_copied(const struct face *face, const char *to)
{
    fprintf(face->invocation->out, _("%s: %lld acts, %lld cases copied; all is whole\n"), to,
            (long long)parcel_int(&face->reply, "acts", 0),
            (long long)parcel_int(&face->reply, "cases", 0));
}

/* DIRECTORY from the root: who copies stands elsewhere. */
static int put_whole_path(struct face *face, const char *directory)
{
    struct text path = {0};
    char *here = *directory == '/' ? NULL : getcwd(NULL, 0);
    text_addf(&path, "%s%s%s", here ? here : "", here ? "/" : "", directory);
    parcel_put(&face->request, "to", text_bytes(&path));
    text_free(&path);
    free(here);
    return STATUS_DONE;
}

static int run_backup(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.words = "directory", .table = "wrong"};
    struct invocation alone = *invocation;
    struct face face;
    alone.socket = face_has_files(invocation) ? "" : invocation->socket;
    face_begin(&face, &alone, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    const char *directory = parcel_get(&face.request, "directory");
    status = status ? status : put_whole_path(&face, directory);
    status = status ? status : face_send(&face, "backup");
    if (status == STATUS_DONE) {
        say_copied(&face, directory);
    }
    face_end(&face);
    return status;
}

const struct command command_backup = {
    .name = "backup",
    .summary = N_("copy the workspace while others work in it, and prove the copy"),
    .usage = N_(
        "usage: yuntai backup DIRECTORY\n\n"
        "Copies the database and the documents into the new DIRECTORY, then goes through the copy:\n"
        "chain, every case folded again, documents. The private key stays where it is. Others work\n"
        "on meanwhile; the copy is what stood there in the beginning. A terminal shows how far it\n"
        "is; of a copy that is ended by Ctrl-C nothing stays.\n"),
    .run = run_backup,
};

static int run_restore(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.words = "directory", .table = "wrong"};
    struct text workspace = {0};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    status = status ? status : find_workspace(&face, &workspace);
    if (status == STATUS_DONE &&
        desk_restore(parcel_get(&face.request, "directory"), text_bytes(&workspace), &face.reply,
                     &face.error) != 0) {
        status = face_refused(&face);
    } else if (status == STATUS_DONE) {
        say_copied(&face, text_bytes(&workspace));
    }
    text_free(&workspace);
    face_end(&face);
    return status;
}

const struct command command_restore = {
    .name = "restore",
    .summary = N_("make a workspace of a backup"),
    .usage = N_(
        "usage: yuntai restore DIRECTORY\n\n"
        "Proves the backup in DIRECTORY, makes a new workspace of it (--workspace, which must not\n"
        "hold one) with a new signing key, and proves that.\n"),
    .run = run_restore,
};

/* ---- doctor ---- */

/* A check a line, and below what is not well how it is mended. */
static void print_checks(struct face *face)
{
    const struct table *table = parcel_find(&face->reply, "checks");
    struct text out = {0};
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *well = table_cell(table, row, "well"), *cure = table_cell(table, row, "cure");
        bool is_well = well && strcmp(well, "yes") == 0;
        text_addf(&out, "%s %s", is_well ? "✓" : "✗", _(table_cell(table, row, "check")));
        if (table_cell(table, row, "what")) {
            text_add(&out, ": ");
            face_row_sentence(face, &out, table, row, 2);
        }
        text_add(&out, "\n");
        if (!is_well && cure) {
            text_addf(&out, "  → %s\n", _(cure));
        }
        face_put(face, &out);
    }
    text_free(&out);
}

static int run_doctor(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.table = "checks", .print = print_checks};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    if (status == STATUS_DONE) {
        int well = desk_doctor(invocation->workspace, &face.reply, &face.error);
        face_reply(&face, &spec);
        status = well == 0 ? STATUS_DONE : face_refused(&face);
    }
    face_end(&face);
    return status;
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = N_("is this installation well, and if not, how is it mended"),
    .usage =
        N_("usage: yuntai doctor\n\n"
           "Looks at the workspace, its files and rights, the disk, the clock, the settings, the\n"
           "server and the store, and says of what is not well how it is mended. 5: something is\n"
           "not well.\n"),
    .run = run_doctor,
};

/* ---- settings ---- */

static int run_settings(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {.table = "settings"};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    if (status == STATUS_DONE) {
        bool read = desk_settings(invocation->workspace, &face.reply, &face.error) == 0;
        status = read ? STATUS_DONE : face_refused(&face);
        if (read) {
            face_reply(&face, &spec);
        }
    }
    face_end(&face);
    return status;
}

const struct command command_settings = {
    .name = "settings",
    .summary = N_("the settings in force, and where each is said"),
    .usage =
        N_("usage: yuntai settings\n\n"
           "From /etc/yuntai.ini, then the user's yuntai.ini, then that of the workspace: what is\n"
           "read later wins, and the command line over all. See yuntai.ini(5).\n"),
    .run = run_settings,
};
