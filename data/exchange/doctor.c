/* doctor.c: is this installation well, and if not, how is it mended? */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/counter.h"
#include "data/documents.h"
#include "data/options.h"
#include "data/paths.h"
#include "data/store/schema.h"
#include "data/store/store.h"
#include "data/wire/client.h"
#include "data/workspace.h"

enum { ROOM_LEAST = 256 << 20, CLOCK_AHEAD_MOST = 40 * 86400 };

struct doctor {
    const char *workspace;
    struct table *table;
    int64_t wrong;
};

/* WHAT is a sentence with the arguments ARG (NULL: none). */
static void tell_with(struct doctor *doctor, const char *check, bool well, const char *what,
                      char *const *arg, const char *cure)
{
    table_text(doctor->table, check);
    table_yesno(doctor->table, well);
    table_text(doctor->table, what);
    for (int i = 0; i < ERROR_ARGS; i++) {
        table_text(doctor->table, arg ? arg[i] : NULL);
    }
    table_text(doctor->table, well ? NULL : cure);
    doctor->wrong += !well;
}

static void tell(struct doctor *doctor, const char *check, bool well, const char *what,
                 const char *cure)
{
    tell_with(doctor, check, well, what, NULL, cure);
}

/* A name or a number, which is no sentence. */
static void tell_thing(struct doctor *doctor, const char *check, bool well, char *thing,
                       const char *cure)
{
    char *const arg[ERROR_ARGS] = {thing};
    tell_with(doctor, check, well, N_("%1"), arg, cure);
}

/* What ERROR says, as a row; ERROR is empty again. CURE: NULL where the
 * sentence says what to do, as those of the store do: a full disk is no reason to restore. */
static void tell_error(struct doctor *doctor, const char *check, struct error *error,
                       const char *cure)
{
    bool well = error->code == ERROR_NONE;
    tell_with(doctor, check, well, well ? NULL : error->sentence, well ? NULL : error->arg, cure);
    error_free(error);
}

/* LOST: what to do where there is no such file. */
static bool check_mode(struct doctor *doctor, const char *name, const char *check, const char *lost,
                       const char *cure)
{
    enum { OTHERS = 077 };
    struct text path = {0};
    struct stat info;
    text_addf(&path, "%s%s%s", doctor->workspace, *name ? "/" : "", name);
    bool there = stat(text_bytes(&path), &info) == 0;
    if (!there) {
        char *const why[ERROR_ARGS] = {path.bytes, (char *)error_why(errno)};
        tell_with(doctor, check, false, N_("%1: %2"), why, lost);
    } else {
        bool mine = info.st_uid == getuid() || getuid() == 0;
        tell_thing(doctor, check, mine && (info.st_mode & OTHERS) == 0, path.bytes, cure);
    }
    text_free(&path);
    return there;
}

static void check_room(struct doctor *doctor)
{
    struct statvfs room;
    struct text free_space = {0};
    bool known = statvfs(doctor->workspace, &room) == 0;
    int64_t bytes = known ? (int64_t)room.f_bavail * (int64_t)room.f_frsize : 0;
    text_add_int(&free_space, bytes >> 20);
    text_add(&free_space, " MiB");
    tell_thing(doctor, N_("room on the disk"), known && bytes > ROOM_LEAST, free_space.bytes,
               N_("make room: a full disk stops every act"));
    text_free(&free_space);
}

static void check_shipped(struct doctor *doctor)
{
    static const char *const files[] = {"pinyin.tsv", "calendar/cn.csv",
                                        "policy/zhengzhou-2019-53.ini", "letter/acceptance.txt"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct text path = {0};
        bool there = data_path(files[i], &path) == 0;
        text_add(&path, there ? "" : files[i]);
        tell_thing(doctor, N_("files that come with the program"), there, path.bytes,
                   N_("install yuntai again"));
        text_free(&path);
    }
}

static void check_clock(struct doctor *doctor, struct store *store)
{
    struct error error = {0};
    struct chain_head head = {0};
    store_head(store, &head, &error);
    tell_error(doctor, N_("head of the chain"), &error, NULL);
    int64_t now = (int64_t)time(NULL);
    bool behind = now < head.recorded;
    bool ahead = head.seq > 0 && now > head.recorded + CLOCK_AHEAD_MOST;
    tell(doctor, N_("the machine's clock"), !behind && !ahead,
         behind  ? N_("it is behind the last act on record")
         : ahead ? N_("it is more than 40 days ahead of the last act on record")
                 : NULL,
         N_("set the clock right (timedatectl); if it is right, the store was not used for long"));
}

struct papers { /* that acts name */
    struct documents *documents;
    int64_t count, lost;
    struct text first;
};

/* Whether they say what they said is for verify. */
static int look_for(void *self, const struct document_row *row, struct error *error)
{
    struct papers *papers = self;
    bool there = documents_there(papers->documents, row->digest, row->size);
    (void)error;
    if (!there && papers->lost++ == 0) {
        text_add(&papers->first, row->name);
    }
    papers->count++;
    return 0;
}

static void check_documents(struct doctor *doctor, struct store *store)
{
    struct error error = {0};
    struct text lost = {0};
    struct papers papers = {.documents = documents_open(doctor->workspace, &error)};
    int status = papers.documents ? store_documents(store, 0, look_for, &papers, &error) : -1;
    text_add_int(&lost, papers.lost ? papers.lost : papers.count);
    char *const arg[ERROR_ARGS] = {lost.bytes, papers.first.bytes};
    if (status == 0) {
        tell_with(doctor, N_("documents are there"), papers.lost == 0,
                  papers.lost ? N_("%1 are not, or not whole; the first: %2") : N_("%1"), arg,
                  N_("bring the directory documents back from a backup; yuntai verify names them "
                     "all"));
    } else {
        tell_error(doctor, N_("documents are there"), &error, NULL);
    }
    documents_close(papers.documents);
    text_free(&papers.first);
    text_free(&lost);
    error_free(&error);
}

static void check_store(struct doctor *doctor)
{
    struct error error = {0};
    struct store *store = NULL;
    store_open(doctor->workspace, false, &store, &error);
    tell_error(doctor, N_("the store opens"), &error, NULL);
    if (!store) {
        return;
    }
    db_whole(store->db, &error);
    tell_error(doctor, N_("desk.db is whole"), &error, NULL);
    check_clock(doctor, store);
    check_documents(doctor, store);
    store_close(store);
    struct counter *counter = NULL;
    counter_open(doctor->workspace, &counter, &error);
    tell_error(doctor, N_("policy, registers and calendar are read"), &error,
               N_("see what it says; yuntai policy check shows all of a policy's faults"));
    counter_close(counter);
}

/* Whether they could be read: without them nothing else can be. */
static bool check_settings(struct doctor *doctor)
{
    struct error error = {0};
    struct options *options = options_read(doctor->workspace, &error);
    const char *socket = options ? options_text(options, "serve.socket") : "";
    struct text path = {0};
    tell_error(doctor, N_("settings (yuntai.ini)"), &error, N_("mend the line it names"));
    text_addf(&path, "%s", socket && *socket ? socket : "");
    if (!path.length) {
        text_addf(&path, "%s/desk.sock", doctor->workspace);
    }
    struct stat info;
    bool there = stat(text_bytes(&path), &info) == 0;
    char *const arg[ERROR_ARGS] = {path.bytes};
    tell_with(doctor, N_("the server"), !there || client_answers(text_bytes(&path)),
              there ? N_("%1") : N_("none; one person uses the workspace directly"), arg,
              N_("a socket is there and nobody answers: start yuntai serve, or remove it"));
    text_free(&path);
    options_free(options);
    return options != NULL;
}

static void check_inside(struct doctor *doctor)
{
    (void)check_mode(doctor, "desk.db", N_("desk.db is its owner's alone"),
                     N_("bring it back from a backup (yuntai restore)"), N_("chmod 600"));
    (void)check_mode(doctor, "keys/sign.pem", N_("the signing key is its owner's alone"),
                     N_("find it again, or restore a backup, which makes a new one: "
                        "without it no checkpoint is signed"),
                     N_("chmod 600, and think of a new key"));
    check_room(doctor);
}

int desk_doctor(const char *workspace, struct parcel *reply, struct error *error)
{
    static const struct column columns[] = {{"check", CELL_NAME, N_("check")},
                                            {"well", CELL_YESNO, N_("well")},
                                            {"what", CELL_TEXT, N_("what")},
                                            {"a", CELL_TEXT, NULL},
                                            {"b", CELL_TEXT, NULL},
                                            {"c", CELL_TEXT, NULL},
                                            {"d", CELL_TEXT, NULL},
                                            {"cure", CELL_TEXT, N_("cure")}};
    struct text usual = {0};
    struct doctor doctor = {.workspace = workspace,
                            .table = parcel_table(reply, "checks", columns, 8)};
    if (!workspace) {
        if (workspace_default(&usual, error) != 0) {
            return -1;
        }
        doctor.workspace = text_bytes(&usual);
    }
    if (check_mode(&doctor, "", N_("the workspace is its owner's alone"),
                   N_("yuntai init makes a workspace; --workspace names another"),
                   N_("chown it to who uses it; chmod 700"))) {
        check_inside(&doctor);
    }
    check_shipped(&doctor);
    if (check_settings(&doctor)) {
        check_store(&doctor);
    }
    text_free(&usual);
    parcel_put_int(reply, "wrong", doctor.wrong);
    return doctor.wrong == 0 ? 0
                             : error_set(error, ERROR_ENVIRONMENT,
                                         N_("something is not well: see the table"), NULL, NULL);
}
