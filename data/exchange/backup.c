/* backup.c: a workspace copied while others work in it, and proved by folding the copy. */
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/counter.h"
#include "data/exchange/copy.h"
#include "data/keys.h"
#include "data/store/store.h"
#include "data/workspace.h"

/* Everything of the copy is gone through: chain, parents, folds, documents. */
static int prove(const char *directory, struct parcel *reply, struct error *error)
{
    struct counter *counter = NULL;
    struct visitor visitor = {.uid = (uint32_t)getuid(), .owner = true, .now = INT64_MIN};
    struct parcel request = {0};
    parcel_put(&request, "verb", "verify");
    int status = counter_open(directory, &counter, error);
    status = status ? status : counter_answer(counter, &visitor, &request, reply, error);
    if (status == 0) {
        parcel_put_int(reply, "seq", counter_seq(counter));
    }
    counter_close(counter);
    parcel_free(&request);
    return status;
}

/* 1 copied, 0 it is not there, -1 ERROR. */
static int copy_one(const char *from, const char *to, const char *name, struct error *error)
{
    struct text a = {0}, b = {0};
    text_addf(&a, "%s/%s", from, name);
    text_addf(&b, "%s/%s", to, name);
    int status = a.failed || b.failed ? error_memory(error) : 0;
    if (status == 0 && access(text_bytes(&a), F_OK) == 0) {
        status = copy_file(text_bytes(&a), text_bytes(&b), true, error) == 0 ? 1 : -1;
    }
    text_free(&a);
    text_free(&b);
    return status;
}

/* Documents, settings, and the public halves of the keys, also of those before. */
static int copy_beside(const char *from, const char *to, struct error *error)
{
    struct text a = {0}, b = {0}, key = {0};
    text_addf(&a, "%s/documents", from);
    text_addf(&b, "%s/documents", to);
    int status = a.failed || b.failed ? error_memory(error)
                                      : copy_folder(text_bytes(&a), text_bytes(&b), error);
    status = status || copy_one(from, to, "yuntai.ini", error) < 0 ? -1 : 0;
    status = status || copy_one(from, to, "keys/sign.pub", error) < 0 ? -1 : 0;
    for (int n = 1, more = 1; status == 0 && more == 1; n++) {
        text_clear(&key);
        text_addf(&key, "keys/sign-%d.pub", n);
        more = key.failed ? error_memory(error) : copy_one(from, to, text_bytes(&key), error);
        status = more < 0 ? -1 : 0;
    }
    text_free(&a);
    text_free(&b);
    text_free(&key);
    return status;
}

/* The database first: a document is there before any act names it, so what the copy names was there
 * when the documents are copied after it. */
static int copy_workspace(const char *from, const char *to, struct error *error)
{
    struct store *store = NULL;
    struct text path = {0};
    int status = workspace_check(from, error);
    status = status ? status : workspace_make(to, error);
    status = status ? status : store_open(from, false, &store, error);
    text_addf(&path, "%s/desk.db", to);
    status = status ? status : db_backup(store->db, text_bytes(&path), error);
    status = status ? status : copy_beside(from, to, error);
    text_free(&path);
    store_close(store);
    return status;
}

int desk_backup(const char *workspace, const char *to, struct parcel *reply, struct error *error)
{
    return copy_workspace(workspace, to, error) != 0 ? -1 : prove(to, reply, error);
}

/* The private key never goes into a backup: what is restored signs with a new one. */
int desk_restore(const char *from, const char *workspace, struct parcel *reply, struct error *error)
{
    struct parcel before = {0};
    int status = workspace_check(from, error);
    status = status ? status : prove(from, &before, error);
    parcel_free(&before);
    status = status ? status : copy_workspace(from, workspace, error);
    if (status == 0) {
        status = keys_retire(workspace, error);
        status = status ? status : keys_make(workspace, error);
    }
    return status ? status : prove(workspace, reply, error);
}
