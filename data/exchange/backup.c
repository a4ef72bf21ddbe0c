/* backup.c: a workspace copied while others work in it, and proved by folding the copy. */
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/inside.h"
#include "data/exchange/backup.h"
#include "data/exchange/copy.h"
#include "data/workspace.h"

/* ---- how far it is ---- */

/* COUNTER: for whom it is done; NULL: nobody asks. */
static int say(const struct counter *counter, const char *step, int64_t done, int64_t of,
               struct error *error)
{
    struct headway headway = {.step = step, .done = done, .of = of};
    return counter ? still_wanted(counter, &headway, error) : 0;
}

static int say_pages(void *self, int64_t pages, int64_t of, struct error *error)
{
    return say(self, "pages", pages, of, error);
}

static int say_files(struct copying *copying, struct error *error)
{
    return say(copying->self, "files", copying->done, copying->of, error);
}

/* ---- copying ---- */

/* Everything of the copy is gone through: chain, parents, folds, documents. */
static int prove(struct counter *teller, const char *directory, struct parcel *reply,
                 struct error *error)
{
    struct counter *counter = NULL;
    struct visitor visitor = {
        .uid = (uint32_t)getuid(), .owner = true, .now = MOMENT_NONE, .vouched = true};
    struct parcel request = {0};
    parcel_put(&request, "verb", "verify");
    int status = counter_open(directory, &counter, error);
    if (status == 0 && teller) {
        counter_heed(counter, teller->stop, teller->stop_self);
        counter_tell(counter, teller->tell, teller->tell_self);
    }
    status = status ? status : counter_answer(counter, &visitor, &request, reply, error);
    counter_close(counter);
    parcel_free(&request);
    return status;
}

/* 1 copied, 0 it is not there, -1 ERROR. */
static int copy_one(struct copying *copying, const char *from, const char *to, const char *name,
                    struct error *error)
{
    struct text a = {0}, b = {0};
    text_addf(&a, "%s/%s", from, name);
    text_addf(&b, "%s/%s", to, name);
    int status = a.failed || b.failed ? error_memory(error) : 0;
    if (status == 0 && access(text_bytes(&a), F_OK) == 0) {
        status = copy_file(copying, text_bytes(&a), text_bytes(&b), true, error) == 0 ? 1 : -1;
    }
    text_free(&a);
    text_free(&b);
    return status;
}

/* Documents, settings, and the public halves of the keys, also of those before. */
static int copy_beside(struct counter *teller, const char *from, const char *to,
                       struct error *error)
{
    struct copying copying = {.step = say_files, .self = teller};
    struct text a = {0}, b = {0}, key = {0};
    text_addf(&a, "%s/documents", from);
    text_addf(&b, "%s/documents", to);
    int status =
        a.failed || b.failed ? error_memory(error) : copy_count(&copying, text_bytes(&a), error);
    status = status ? status : copy_folder(&copying, text_bytes(&a), text_bytes(&b), error);
    status = status || copy_one(&copying, from, to, "yuntai.ini", error) < 0 ? -1 : 0;
    status = status || copy_one(&copying, from, to, "keys/sign.pub", error) < 0 ? -1 : 0;
    for (int n = 1, more = 1; status == 0 && more == 1; n++) {
        text_clear(&key);
        text_addf(&key, "keys/sign-%d.pub", n);
        more = key.failed ? error_memory(error)
                          : copy_one(&copying, from, to, text_bytes(&key), error);
        status = more < 0 ? -1 : 0;
    }
    text_free(&a);
    text_free(&b);
    text_free(&key);
    return status;
}

/* The database first: a document is there before any act names it, so what the copy names was there
 * when the documents are copied after it. */
static int copy_workspace(struct counter *teller, struct store *store, const char *to,
                          struct error *error)
{
    struct db_watch watch = {say_pages, teller};
    struct text path = {0};
    text_addf(&path, "%s/desk.db", to);
    int status = path.failed ? error_memory(error) : 0;
    status = status ? status : db_backup(store->db, text_bytes(&path), &watch, error);
    status = status ? status : copy_beside(teller, store->directory, to, error);
    text_free(&path);
    return status;
}

/* Nothing stays of a copy that did not come to its end, but the directory where it WAS there. */
static void take_away(const char *to, bool was)
{
    static const char *const names[] = {"desk.db",   "desk.db-wal", "desk.db-shm",
                                        "desk.lock", "documents",   "keys",
                                        "tmp",       "yuntai.ini",  "desk.db-journal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", to, names[i]);
        if (!path.failed) {
            copy_remove(text_bytes(&path));
        }
        text_free(&path);
    }
    if (!was) {
        (void)rmdir(to);
    }
}

/* Its own settings would be written over. */
static int check_settings(const char *to, struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/yuntai.ini", to);
    int status = path.failed ? error_memory(error) : 0;
    if (status == 0 && access(text_bytes(&path), F_OK) == 0) {
        status = error_set(error, ERROR_USAGE, N_("%1 is there already; nothing was changed"),
                           text_bytes(&path), NULL);
    }
    text_free(&path);
    return status;
}

int backup_workspace(struct counter *counter, const char *to, struct parcel *reply,
                     struct error *error)
{
    bool was = access(to, F_OK) == 0;
    int status = check_settings(to, error);
    status = status ? status : workspace_make(to, error);
    if (status != 0) {
        return -1;
    }
    status = copy_workspace(counter, counter->store, to, error);
    bool copied = status == 0;
    status = status ? status : prove(counter, to, reply, error);
    if (!copied || error->code == ERROR_INTERRUPTED) {
        take_away(to, was); /* what was copied and is not whole is all there is: it stays */
    }
    return status;
}

/* The private key never goes into a backup: what is restored signs with a new one. */
int desk_restore(const char *from, const char *workspace, struct parcel *reply, struct error *error)
{
    struct store *store = NULL;
    struct parcel before = {0};
    int status = workspace_check(from, error);
    if (status != 0 && error->code == ERROR_NOT_FOUND) {
        error_free(error);
        error_set(error, ERROR_NOT_FOUND, N_("there is no backup at %1"), from, NULL);
    }
    status = status ? status : prove(NULL, from, &before, error);
    if (status != 0) {
        (void)parcel_copy(&before, reply); /* what is wrong with it */
    }
    parcel_free(&before);
    status = status ? status : workspace_make(workspace, error);
    status = status ? status : store_open(from, false, &store, error);
    status = status ? status : copy_workspace(NULL, store, workspace, error);
    store_close(store);
    if (status == 0) {
        status = keys_retire(workspace, error);
        status = status ? status : keys_make(workspace, error);
    }
    return status ? status : prove(NULL, workspace, reply, error);
}
