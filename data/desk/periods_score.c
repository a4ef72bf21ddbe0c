/* periods_score.c: appraisals: a case for each organisation and period that ended. */
#include <string.h>

#include "core/score.h"
#include "data/desk/periods.h"
#include "data/store/periods.h"
#include "data/store/use.h"

enum { PERIODS_BACK = 4, ANSWERS_MOST = 128 };

struct answer_given { /* what a leaf came to, and out of what */
    const struct expr *leaf;
    const char *rows;
};
struct scoring { /* one score of one organisation in one period */
    struct making *making;
    const struct score *score;
    int64_t org;
    struct calendar_period period;
    int64_t from, to; /* moments; TO is not within */
    struct answer_given given[ANSWERS_MOST];
    size_t given_count;
    bool failed; /* the error is set */
};

/* Keeps what a figure was made of: A, or A of B. */
static void keep_rows(struct scoring *scoring, const struct expr *leaf, int64_t a, int64_t b)
{
    struct text rows = {0};
    bool full = scoring->given_count == ANSWERS_MOST;
    text_add_int(&rows, a);
    if (b >= 0) {
        text_add(&rows, "/");
        text_add_int(&rows, b);
    }
    if (!full) {
        scoring->given[scoring->given_count++] =
            (struct answer_given){leaf, arena_keep(scoring->making->asking->arena, &rows)};
    }
    text_free(&rows);
}

/* ---- leaves ---- */

static struct value ask_count(struct scoring *scoring, const struct expr *leaf)
{
    int64_t sum = 0;
    for (int32_t i = 0; i + 1 < leaf->symbol_count; i += 2) {
        sum +=
            tallied_of(scoring->making, scoring->org, leaf->symbols[i], leaf->symbols[i + 1])->done;
    }
    keep_rows(scoring, leaf, sum, -1);
    return value_of(sum * MICRO);
}

static const struct duty *duty_named(const struct policy *policy, int32_t symbol)
{
    for (int32_t i = 0; i < policy->duty_count; i++) {
        if (policy->duties[i].title.symbol == symbol) {
            return &policy->duties[i];
        }
    }
    return NULL;
}

static bool counts_from_due(const struct policy *policy, const struct clock *clock)
{
    int32_t due = policy_slot_around(policy, AROUND_DUE);
    for (int32_t i = 0; i < clock->limit_count; i++) {
        if (clock->limits[i].anchor == ANCHOR_DUE && clock->limits[i].index == due) {
            return true;
        }
    }
    return false;
}

/* A duty is kept as the clocks that count from its day, in its own cases. */
static int duty_kept(struct scoring *scoring, const struct duty *duty, struct kept *kept)
{
    const struct policy *policy = scoring->making->policy;
    struct asking *asking = scoring->making->asking;
    struct indexes clocks = policy->procedures[duty->schedule.opens].clocks;
    struct text prefix = {0};
    int status = 0;
    text_addf(&prefix, "duty.%s/", duty->title.name);
    text_add_int(&prefix, scoring->org);
    text_add(&prefix, "/");
    for (int32_t i = 0; i < clocks.count && status == 0; i++) {
        const struct clock *clock = &policy->clocks[clocks.items[i]];
        if (counts_from_due(policy, clock)) {
            status = store_kept(asking->counter->store, text_bytes(&prefix), clock->title.name,
                                scoring->from, scoring->to, kept, asking->error);
        }
    }
    text_free(&prefix);
    return status;
}

static struct value ask_on_time(struct scoring *scoring, const struct expr *leaf)
{
    const struct policy *policy = scoring->making->policy;
    struct kept kept = {0, 0};
    for (int32_t i = 0; i < leaf->symbol_count; i++) {
        int32_t symbol = leaf->symbols[i];
        const struct duty *duty = duty_named(policy, symbol);
        if (policy->clock_of[symbol] >= 0) {
            const struct tallied *runs = tallied_of(scoring->making, scoring->org, 0, symbol);
            kept.met += runs->met;
            kept.all += runs->all;
        } else if (duty && duty_kept(scoring, duty, &kept) != 0) {
            scoring->failed = true;
            return value_unknown();
        }
    }
    keep_rows(scoring, leaf, kept.met, kept.all);
    /* nothing to measure is not 0 */
    return kept.all ? decimal_divide(kept.met * 100 * MICRO, kept.all * MICRO) : value_unknown();
}

static bool then(const struct scoring *scoring, const struct entry *system)
{
    return system &&
           (system->thing.since == DAY_NONE || system->thing.since <= scoring->period.last);
}

static struct value ask_systems(struct scoring *scoring, const struct expr *leaf)
{
    struct making *making = scoring->making;
    int64_t *ids, all = book_below(making->asking, BOOK_SYSTEM, scoring->org, &ids), count = 0;
    scoring->failed |= all < 0;
    for (int64_t i = 0; i < all; i++) {
        const struct entry *system = period_system(making, ids[i]);
        if (!then(scoring, system)) {
            continue;
        }
        const struct value *facts = period_facts(making, system->parent, system);
        if (!facts) {
            scoring->failed = true;
            return value_unknown();
        }
        count += facts_hold(making->revision, leaf->left, facts, scoring->period.last);
    }
    keep_rows(scoring, leaf, count, -1);
    return value_of(count * MICRO);
}

/* ---- cards ---- */

/* Does CLOCK run while a case is with ROLE? *OWN: only as the owner of the case. */
static bool burdens(const struct policy *policy, int32_t clock, int32_t role, bool *own)
{
    bool as_role = false, as_owner = false;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        int16_t place = procedure->clock_of[clock];
        for (int32_t s = 0; place >= 0 && s < procedure->state_count; s++) {
            const struct state *state = &procedure->states[s];
            bool named = state->clocks && state->clocks[place] == CLOCK_NAMED;
            as_role |= named && state->with.kind == WHO_ROLE && state->with.index == role;
            as_owner |= named && state->with.kind == WHO_OWNER;
        }
    }
    *own = !as_role;
    return as_role || as_owner;
}

static struct value ask_cards(struct scoring *scoring, const struct expr *leaf)
{
    const struct policy *policy = scoring->making->policy;
    int64_t sum = 0;
    enum stored_card card = leaf->n == CARD_YELLOW   ? STORED_YELLOW
                            : leaf->n == CARD_DOUBLE ? STORED_DOUBLE
                                                     : STORED_RED;
    if (leaf->n == CARD_BLUE) {
        return value_unknown(); /* when it came is not kept */
    }
    for (int32_t i = 0; i < policy->clock_count; i++) {
        bool own;
        if (burdens(policy, i, scoring->score->schedule.of, &own)) {
            const struct tallied *runs =
                tallied_of(scoring->making, scoring->org, 0, policy->clocks[i].title.symbol);
            sum += own ? runs->own_cards[card] : runs->cards[card];
        }
    }
    keep_rows(scoring, leaf, sum, -1);
    return value_of(sum * MICRO);
}

/* ---- figures of use ---- */

struct mean { /* over the organisation's systems and the months of the period */
    const struct scoring *scoring;
    const char *fact;
    int64_t sum, count;
};

static int take_figure(void *self, const struct use_row *row)
{
    struct mean *mean = self;
    const struct making *making = mean->scoring->making;
    const struct entry *entry = period_system(making, row->system);
    bool his = entry && entry->thing.parent == mean->scoring->org && !*row->resource;
    const char *said = his ? fact_find(row->facts, mean->fact, making->asking->arena) : NULL;
    int64_t micro;
    if (said && decimal_parse(said, strlen(said), &micro)) {
        mean->sum += micro;
        mean->count++;
    }
    return 0;
}

static int32_t month_at(int32_t day)
{
    int year, month;
    day_to_civil(day, &year, &month, NULL);
    return year * 12 + month - 1;
}

static struct value ask_fact(struct scoring *scoring, const struct expr *leaf)
{
    struct making *making = scoring->making;
    int32_t slot = leaf->index;
    if (slot == policy_slot_around(making->policy, AROUND_ORG_LEVEL)) {
        const struct value *facts = period_facts(making, period_org(making, scoring->org), NULL);
        return facts ? facts[slot] : value_unknown();
    }
    struct mean mean = {.scoring = scoring, .fact = making->policy->slots[slot].name};
    if (store_use(making->asking->counter->store, 0, month_at(scoring->period.first),
                  month_at(scoring->period.last), making->policy->figures, take_figure, &mean,
                  making->asking->error) != 0) {
        scoring->failed = true;
        return value_unknown();
    }
    keep_rows(scoring, leaf, mean.count, -1);
    return mean.count ? value_of(mean.sum / mean.count) : value_unknown();
}

static struct value ask(const struct scope *scope, const struct expr *leaf)
{
    struct scoring *scoring = scope->self;
    switch (leaf->op) {
    case EXPR_COUNT:
        return ask_count(scoring, leaf);
    case EXPR_ON_TIME:
        return ask_on_time(scoring, leaf);
    case EXPR_SYSTEMS:
        return ask_systems(scoring, leaf);
    case EXPR_CARDS:
        return ask_cards(scoring, leaf);
    case EXPR_FACT:
        return ask_fact(scoring, leaf);
    default:
        return value_unknown();
    }
}

/* ---- cases ---- */

static bool within(const struct expr *expr, const struct expr *leaf)
{
    return expr && (expr == leaf || within(expr->left, leaf) || within(expr->right, leaf));
}

/* figure.METRIC: what was measured; figure.METRIC.rows: of how many rows, met/all. */
static void put_figures(const struct scoring *scoring, const struct figure *figures,
                        struct text *out)
{
    for (int32_t i = 0; i < scoring->score->metric_count; i++) {
        const struct metric *metric = &scoring->score->metrics[i];
        struct text name = {0}, rows = {0};
        text_addf(&name, "figure.%s", metric->title.name);
        if (figures[i].measure.known) {
            fact_put_decimal(out, text_bytes(&name), figures[i].measure.n);
        }
        for (size_t k = 0; k < scoring->given_count; k++) {
            if (within(metric->measure, scoring->given[k].leaf)) {
                text_addf(&rows, rows.length ? " %s" : "%s", scoring->given[k].rows);
            }
        }
        if (rows.length) {
            text_add(&name, ".rows");
            fact_put(out, text_bytes(&name), text_bytes(&rows));
        }
        text_free(&name);
        text_free(&rows);
    }
}

static int score_open(struct scoring *scoring, int32_t index, const char *key)
{
    struct making *making = scoring->making;
    const struct score *score = scoring->score;
    struct figure *figures =
        arena_array(making->asking->arena, (size_t)score->metric_count + 1, sizeof *figures);
    struct text facts = {0};
    if (!figures) {
        return error_memory(making->asking->error);
    }
    struct score_result result = score_reckon(making->policy, index, making->revision,
                                              scoring->period.last, ask, scoring, NULL, figures);
    if (scoring->failed) {
        return -1;
    }
    if (result.measured) {
        int32_t slot = policy_slot_around(making->policy, AROUND_SCORE);
        fact_put_decimal(&facts, making->policy->slots[slot].name, result.final);
    }
    put_figures(scoring, figures, &facts);
    struct planned planned = {.source = key,
                              .kind = "score",
                              .name = score->title.name,
                              .procedure = score->schedule.opens,
                              .owner = score->schedule.of,
                              .payer = -1,
                              .org = scoring->org,
                              .due = DAY_NONE,
                              .moment = period_moment(making, scoring->period.last + 1),
                              .facts = text_bytes(&facts)};
    int status =
        facts.failed ? error_memory(making->asking->error) : period_opens(making, &planned);
    text_free(&facts);
    return status < 0 ? -1 : 0;
}

static int score_once(struct making *making, int32_t index, int64_t org,
                      struct calendar_period period, const char *key)
{
    struct scoring *scoring = arena_take(making->asking->arena, sizeof *scoring);
    if (!scoring) {
        return error_memory(making->asking->error);
    }
    *scoring = (struct scoring){.making = making,
                                .score = &making->policy->scores[index],
                                .org = org,
                                .period = period,
                                .from = moment_of(period.first, 0),
                                .to = moment_of(period.last + 1, 0)};
    int counted = period_tally(making, scoring->from, scoring->to);
    return counted < 0 ? -1 : counted ? score_open(scoring, index, key) : 0;
}

static int score_period(struct making *making, int32_t index, int64_t org,
                        struct calendar_period period)
{
    struct text key = {0};
    text_addf(&key, "score.%s/", making->policy->scores[index].title.name);
    text_add_int(&key, org);
    text_addf(&key, "/%s", period.label);
    int stands = key.failed ? error_memory(making->asking->error)
                            : period_stands(making, text_bytes(&key),
                                            moment_day(period_moment(making, period.last + 1)));
    int status = stands < 0    ? -1
                 : stands == 0 ? score_once(making, index, org, period, text_bytes(&key))
                               : 0;
    text_free(&key);
    return status;
}

static int score_periods(struct making *making, int32_t index, const struct entry *org)
{
    enum each each = making->policy->scores[index].schedule.each;
    int32_t since = making->policy->effective, day = making->day;
    int64_t id = org->thing.id;
    struct calendar_period periods[PERIODS_BACK];
    int count = 0, status = 0;
    since = org->thing.since > since ? org->thing.since : since;
    while (count < PERIODS_BACK) {
        int32_t before = day_add(period_of(each, day).first, -1);
        if (before == DAY_NONE || before < since) {
            break;
        }
        periods[count++] = period_of(each, before);
        day = before;
    }
    while (count-- > 0 && status == 0 && !making->cut && !period_full(making)) {
        status = score_period(making, index, id, periods[count]);
    }
    return status;
}

int period_score(struct making *making, int32_t score, const struct entry *org)
{
    const struct schedule *schedule = &making->policy->scores[score].schedule;
    bool meant = schedule->each != EACH_EVENT && schedule->of >= 0 &&
                 org->roles >> schedule->of & 1 && entry_valid(org, making->day);
    return meant ? score_periods(making, score, org) : 0;
}
