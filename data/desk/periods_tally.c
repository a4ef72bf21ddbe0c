/*
 * periods_tally.c: what a stretch of time came to in the cases of every organisation, as appraisals
 * ask for it. Many of them ask for the same stretch on the same day: the cases are gone through
 * once for all of them, in slices, and what was counted is kept from one step to the next.
 */
#include <stdlib.h>
#include <string.h>

#include "data/desk/periods.h"
#include "data/store/periods.h"

enum { SLICE = 256 /* cases */ };

struct tally {
    const struct policy *policy;
    struct case_slice slice;
    bool whole;
    struct occasion *pairs; /* owned; symbols: what is counted, of which procedure */
    size_t pair_count, pair_capacity;
    struct tallied *items; /* owned; by hash, ORG 0: free */
    size_t count, capacity;
    struct occasion counting;
};

/* ---- by organisation and name ---- */

static struct tallied *place(struct tallied *items, size_t capacity, int64_t org, int32_t procedure,
                             int32_t name)
{
    uint64_t key = (uint64_t)org * 31 + (uint64_t)(uint32_t)procedure;
    key = (key * 31 + (uint64_t)(uint32_t)name) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(key >> 32) & (capacity - 1);
    while (items[at].org != 0 &&
           (items[at].org != org || items[at].procedure != procedure || items[at].name != name)) {
        at = (at + 1) & (capacity - 1);
    }
    return &items[at];
}

static bool grow(struct tally *tally)
{
    size_t capacity = tally->capacity ? tally->capacity * 2 : 256;
    struct tallied *items = calloc(capacity, sizeof *items);
    for (size_t i = 0; i < tally->capacity && items; i++) {
        const struct tallied *item = &tally->items[i];
        if (item->org != 0) {
            *place(items, capacity, item->org, item->procedure, item->name) = *item;
        }
    }
    if (items) {
        free(tally->items);
        tally->items = items;
        tally->capacity = capacity;
    }
    return items != NULL;
}

/* NULL without memory. */
static struct tallied *have(struct tally *tally, int64_t org, int32_t procedure, int32_t name)
{
    if (tally->count * 2 >= tally->capacity && !grow(tally)) {
        return NULL;
    }
    struct tallied *item = place(tally->items, tally->capacity, org, procedure, name);
    if (item->org == 0) {
        *item = (struct tallied){.org = org, .procedure = procedure, .name = name};
        tally->count++;
    }
    return item;
}

const struct tallied *tallied_of(const struct making *making, int64_t org, int32_t procedure,
                                 int32_t name)
{
    static const struct tallied nothing;
    const struct tally *tally = making->asking->counter->tally;
    return tally->capacity ? place(tally->items, tally->capacity, org, procedure, name) : &nothing;
}

/* ---- what was done ---- */

static int take_done(void *self, int64_t org, int64_t sent)
{
    struct tally *tally = self;
    const int64_t orgs[] = {org, sent};
    for (int i = 0; i < 2; i++) {
        struct tallied *item =
            orgs[i] ? have(tally, orgs[i], tally->counting.procedure, tally->counting.event) : NULL;
        if (orgs[i] && !item) {
            return -1;
        }
        if (item) {
            item->done++;
        }
    }
    return 0;
}

static int count_done(struct tally *tally, struct asking *asking)
{
    const struct names *names = tally->policy->names;
    int status = 0;
    for (size_t i = 0; i < tally->pair_count && status == 0; i++) {
        tally->counting = tally->pairs[i];
        status = store_slice_events(
            asking->counter->store, &tally->slice, names_text(names, tally->counting.procedure),
            names_text(names, tally->counting.event), take_done, tally, asking->error);
    }
    return status;
}

/* ---- runs of clocks ---- */

static bool add_run(struct tally *tally, int64_t org, int32_t clock, const struct clock_run *run,
                    bool own)
{
    struct tallied *item = have(tally, org, 0, clock);
    if (!item) {
        return false;
    }
    item->all += run->counts;
    item->met += run->counts && run->met;
    for (int card = 0; card < STORED_CARDS; card++) {
        item->cards[card] += run->cards[card];
        item->own_cards[card] += own && run->cards[card];
    }
    return true;
}

static int take_run(void *self, const struct clock_run *run)
{
    struct tally *tally = self;
    int32_t clock = names_find(tally->policy->names, run->clock, strlen(run->clock));
    bool added = clock == 0 || add_run(tally, run->org, clock, run, true);
    if (clock != 0 && run->sent != 0) {
        added = added && add_run(tally, run->sent, clock, run, false);
    }
    return added ? 0 : -1;
}

/* ---- in slices ---- */

static bool note_pair(struct tally *tally, struct occasion pair)
{
    for (size_t i = 0; i < tally->pair_count; i++) {
        if (tally->pairs[i].procedure == pair.procedure && tally->pairs[i].event == pair.event) {
            return true;
        }
    }
    if (tally->pair_count == tally->pair_capacity) {
        size_t capacity = tally->pair_capacity ? tally->pair_capacity * 2 : 16;
        struct occasion *grown = realloc(tally->pairs, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        tally->pairs = grown;
        tally->pair_capacity = capacity;
    }
    tally->pairs[tally->pair_count++] = pair;
    return true;
}

static bool note_pairs(struct tally *tally, const struct expr *expr)
{
    bool good = true;
    for (int32_t i = 0; expr && expr->op == EXPR_COUNT && i + 1 < expr->symbol_count; i += 2) {
        good = good && note_pair(tally, (struct occasion){expr->symbols[i], expr->symbols[i + 1]});
    }
    return !expr || (good && note_pairs(tally, expr->left) && note_pairs(tally, expr->right));
}

static bool note_all(struct tally *tally)
{
    bool good = true;
    for (int32_t i = 0; i < tally->policy->score_count; i++) {
        const struct score *score = &tally->policy->scores[i];
        good = good && note_pairs(tally, score->deduct);
        for (int32_t m = 0; m < score->metric_count; m++) {
            good = good && note_pairs(tally, score->metrics[m].measure);
        }
    }
    return good;
}

static void tally_free(struct tally *tally)
{
    if (tally) {
        free(tally->pairs);
        free(tally->items);
        free(tally);
    }
}

/* NULL without memory. */
static struct tally *begin(const struct policy *policy, int64_t from, int64_t to)
{
    struct tally *tally = calloc(1, sizeof *tally);
    if (tally) {
        *tally = (struct tally){.policy = policy, .slice = {.from = from, .to = to}};
    }
    if (tally && !note_all(tally)) {
        tally_free(tally);
        return NULL;
    }
    return tally;
}

void tally_forget(struct counter *counter)
{
    tally_free(counter->tally);
    counter->tally = NULL;
}

static int count_slice(struct tally *tally, struct asking *asking)
{
    struct store *store = asking->counter->store;
    int64_t after = tally->slice.last;
    tally->slice.after = after;
    if (store_slice_end(store, after, SLICE, &tally->slice.last, asking->error) != 0) {
        return -1;
    }
    tally->whole = tally->slice.last <= after;
    return tally->whole ? 0
           : count_done(tally, asking) != 0
               ? -1
               : store_slice_runs(store, &tally->slice, take_run, tally, asking->error);
}

int period_tally(struct making *making, int64_t from, int64_t to)
{
    struct asking *asking = making->asking;
    struct counter *counter = asking->counter;
    const struct tally *kept = counter->tally;
    if (kept &&
        (kept->policy != making->policy || kept->slice.from != from || kept->slice.to != to)) {
        tally_forget(counter);
    }
    counter->tally = counter->tally ? counter->tally : begin(making->policy, from, to);
    if (!counter->tally) {
        return error_memory(asking->error);
    }
    int status = 0;
    while (!counter->tally->whole && status == 0 && !making->cut) {
        status = count_slice(counter->tally, asking);
        making->cut = step_over(asking) && !asking->through && !counter->tally->whole;
    }
    if (status != 0) {
        tally_forget(counter); /* half of a slice may be in it */
    }
    return status != 0 ? -1 : counter->tally->whole;
}
