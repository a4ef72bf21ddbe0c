/* verb_put.c: a thing of a register is entered or changed. */
#include <string.h>

#include "data/desk/registers.h"

static int set_all(struct asking *asking, struct filing *filing)
{
    static const char *const own[] = {"name", "parent", "since", "until"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const char *value = parcel_get(asking->request, own[i]);
        if (value && filing_set(asking, filing, own[i], value) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        const struct pair *pair = &asking->request->pairs[i];
        if (strncmp(pair->name, "fact.", 5) != 0) {
            continue;
        }
        if (strlen(pair->value) != pair->length) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("%1: what was entered is no text (UTF-8 without NUL)"), pair->name,
                             NULL);
        }
        if (register_set(asking, filing->kind, &filing->bag, pair->name + 5, pair->value) != 0) {
            return -1;
        }
    }
    return 0;
}

/* An absence goes by the names of the two when nobody gives it another. */
static void name_it(struct asking *asking, struct filing *filing)
{
    if (*filing->name) {
        return;
    }
    const struct entry *parent =
        filing->parent
            ? book_by_id(asking->counter, register_kind(filing->kind)->parent, filing->parent)
            : NULL;
    if (parent && (filing->kind == BOOK_ABSENCE || filing->kind == BOOK_PRICE ||
                   filing->kind == BOOK_QUOTA)) {
        filing->name = arena_text(asking->arena, parent->thing.name, strlen(parent->thing.name));
    }
}

/* One account stands for one person at a time. */
static int check_account(struct asking *asking, const struct filing *filing)
{
    const char *uid = filing->kind == BOOK_PERSON ? bag_get(&filing->bag, "uid") : NULL;
    const struct shelf *people = book_shelf(asking->counter, BOOK_PERSON);
    for (size_t i = 0; uid && *uid && i < people->count; i++) {
        const struct entry *other = people->items[i];
        const char *same = entry_fact(other, "uid", asking->arena);
        bool apart = (other->thing.until != DAY_NONE && filing->since != DAY_NONE &&
                      other->thing.until < filing->since) ||
                     (filing->until != DAY_NONE && other->thing.since != DAY_NONE &&
                      filing->until < other->thing.since);
        if (other != filing->old && same && strcmp(same, uid) == 0 && !apart) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("account %1 is that of %2 already; end that entry first (until)"),
                             uid, other->thing.code);
        }
    }
    return 0;
}

/* Nobody stands in for himself. */
static int check_deputy(struct asking *asking, const struct filing *filing)
{
    const char *deputy = filing->kind == BOOK_ABSENCE ? bag_get(&filing->bag, "deputy") : NULL;
    const struct entry *away =
        deputy ? book_by_id(asking->counter, BOOK_PERSON, filing->parent) : NULL;
    return away && strcmp(away->thing.code, deputy) == 0
               ? error_set(asking->error, ERROR_USAGE,
                           N_("deputy: %1 is who is away; name another"), deputy, NULL)
               : 0;
}

int filing_settle(struct asking *asking, struct filing *filing)
{
    name_it(asking, filing);
    return filing_check(asking, filing) != 0 || check_account(asking, filing) != 0
               ? -1
               : check_deputy(asking, filing);
}

static int file_it(struct asking *asking, struct filing *filing)
{
    int64_t moment = asking->now, id = filing->old ? filing->old->thing.id : 0;
    int64_t rev = parcel_int(asking->request, "rev", -1);
    if (set_all(asking, filing) != 0 || filing_settle(asking, filing) != 0 ||
        !asked_moment(asking, "date", &moment)) {
        return -1;
    }
    if (moment > asking->now) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("%1 is still to come; from when a thing holds is said with since"),
                         asked(asking, "date"), NULL);
    }
    bool same = filing_same(asking, filing);
    if (!same && filing_write(asking, filing, rev > INT32_MAX ? INT32_MAX : (int32_t)rev, NULL,
                              asked(asking, "reason"), moment, &id) != 0) {
        return -1;
    }
    const struct entry *now = book_by_id(asking->counter, filing->kind, id);
    parcel_put(asking->reply, "kind", book_kind_name(filing->kind));
    parcel_put(asking->reply, "code", filing->code);
    parcel_put_int(asking->reply, "rev", now ? now->thing.rev : 0);
    parcel_put(asking->reply, "same", same ? "yes" : "no");
    return 0;
}

int verb_put(struct asking *asking)
{
    const char *name, *code;
    enum book_kind kind;
    struct filing filing = {0};
    if (must_ask(asking, "kind", &name) != 0 || register_named(asking, name, &kind) != 0 ||
        must_ask(asking, "code", &code) != 0 ||
        must_keep(asking, register_kind(kind)->keeps) != 0) {
        return -1;
    }
    if (kind == BOOK_NOTICE) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("a notice is entered with its days: `yuntai notice FILE`"), NULL, NULL);
    }
    int status =
        filing_begin(asking, kind, book_by_code(asking->counter, kind, code), code, &filing);
    status = status ? status : file_it(asking, &filing);
    filing_free(&filing);
    return status;
}
