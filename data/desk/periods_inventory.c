/* periods_inventory.c: what vendors' inventories show, system by system: whenever one is brought in
 * or mapped anew, and every day. */
#include "data/desk/drift_judge.h"
#include "data/store/periods.h"

enum { RESOURCES = 1000 /* looked at in a slice */ };

static const char seen_mark[] = "drift_seen", day_mark[] = "drift_day", at_mark[] = "drift_at",
                  round_mark[] = "drift_round", round_day_mark[] = "drift_round_day";

static int look_at(struct judging *judging, int64_t system)
{
    judging->left = false;
    return use_see(judging->making, &judging->mapping, system) != 0 ? -1
           : judging->making->policy->drift_count > 0               ? drift_settle(judging, system)
                                                                    : 0;
}

/* From *AT on, which follows; *LAST: there is none behind it. */
static int look_at_slice(struct judging *judging, int64_t *at, bool *last)
{
    struct period_slice slice;
    size_t done = 0;
    int status = period_systems(judging->making, *at, &slice);
    while (done < slice.count && status == 0 && !judging->left && judging->looked < RESOURCES &&
           !(done > 0 && step_over(judging->making->asking))) {
        status = look_at(judging, slice.systems[done]);
        done += !judging->left; /* what is left of it comes first the next time */
    }
    *at += (int64_t)done;
    *last = slice.count < PERIOD_SLICE && done == slice.count;
    return status;
}

static bool any_in_force(const struct mapping *mapping)
{
    bool some = false;
    for (size_t i = 0; i < mapping->vendor_count; i++) {
        some |= mapping->vendors[i].run > 0;
    }
    return some;
}

/* A round that is to be counted for what stood when it began: what is brought in meanwhile has one
 * of its own. */
static int begin_round(struct making *making, int64_t inventory)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    return store_mark_set(store, round_mark, inventory, error) != 0
               ? -1
               : store_mark_set(store, round_day_mark, making->day, error);
}

/* Another one follows where the inventory, which is NOW, or the day is another by now. */
static int end_round(struct making *making, int64_t now)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    int64_t inventory = 0, day = 0;
    if (store_mark(store, round_mark, &inventory, error) != 0 ||
        store_mark(store, round_day_mark, &day, error) != 0 ||
        store_mark_set(store, seen_mark, inventory, error) != 0) {
        return -1;
    }
    making->cut |= inventory != now || day != making->day;
    return store_mark_set(store, day_mark, day, error);
}

/* The next slice: it is one a time, however many others are, for others wait meanwhile. */
static int look_on(struct making *making, int64_t inventory, int64_t at)
{
    struct store *store = making->asking->counter->store;
    struct error *error = making->asking->error;
    struct judging judging = {0};
    int status = judging_begin(&judging, making);
    status = status == 0 && at == 0 ? begin_round(making, inventory) : status;
    bool whole = status == 0 && !any_in_force(&judging.mapping);
    if (status == 0 && !whole && making->slices > 0) {
        status = look_at_slice(&judging, &at, &whole);
        making->slices--;
    }
    if (status == 0 && whole) {
        status = end_round(making, inventory);
        at = 0;
    }
    making->cut |= !whole;
    return status ? -1 : store_mark_set(store, at_mark, at, error);
}

/* *LOOKED: all was looked at on DAY as it stands, which is *INVENTORY. */
static int how_far(struct asking *asking, int32_t day, int64_t *inventory, bool *looked)
{
    struct store *store = asking->counter->store;
    int64_t seen = 0, seen_on = 0;
    *inventory = 0;
    if (store_mark(store, "inventory", inventory, asking->error) != 0 ||
        store_mark(store, seen_mark, &seen, asking->error) != 0 ||
        store_mark(store, day_mark, &seen_on, asking->error) != 0) {
        return -1;
    }
    *looked = *inventory == 0 || (seen == *inventory && seen_on == day);
    return 0;
}

int periods_inventory(struct making *making)
{
    struct asking *asking = making->asking;
    int64_t inventory, at = 0;
    bool looked;
    if (how_far(asking, making->day, &inventory, &looked) != 0 ||
        store_mark(asking->counter->store, at_mark, &at, asking->error) != 0) {
        return -1;
    }
    return looked ? 0 : look_on(making, inventory, at);
}

int inventory_ready(struct asking *asking)
{
    struct mapping mapping;
    int64_t inventory;
    bool looked;
    if (!asking->counter->current) {
        return 0; /* no policy yet: nothing is judged */
    }
    if (how_far(asking, moment_day(asking->now), &inventory, &looked) != 0) {
        return -1;
    }
    return looked ? 0 : mapping_read(asking, 0, 0, &mapping);
}
