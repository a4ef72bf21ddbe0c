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

static int copy_beside(const char *from, const char *to, struct error *error)
{
    struct text a = {0}, b = {0};
    text_addf(&a, "%s/documents", from);
    text_addf(&b, "%s/documents", to);
    int status = copy_folder(text_bytes(&a), text_bytes(&b), error);
    static const char *const files[] = {"yuntai.ini", "keys/sign.pub"};
    for (int i = 0; i < 2 && status == 0; i++) {
        text_clear(&a);
        text_clear(&b);
        text_addf(&a, "%s/%s", from, files[i]);
        text_addf(&b, "%s/%s", to, files[i]);
        status = copy_file(text_bytes(&a), text_bytes(&b), true, error);
    }
    text_free(&a);
    text_free(&b);
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
        struct text path = {0};
        text_addf(&path, "%s/keys/sign.pub", workspace);
        unlink(text_bytes(&path));
        text_free(&path);
        status = keys_make(workspace, error);
    }
    return status ? status : prove(workspace, reply, error);
}
