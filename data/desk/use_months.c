/* use_months.c: one system's figures of use by the month, and what the rules on use say of them. */
#include <string.h>

#include "core/duty.h"
#include "core/usage.h"
#include "data/desk/periods.h"
#include "data/store/use.h"

enum { MONTHS = 12 };

struct months {
    struct making making;
    const struct entry *system;
    const struct value *known;                   /* of the system, by slot */
    int32_t first;                               /* month of index 0 */
    struct use_row taken[MONTHS];                /* as the policy takes them; FACTS NULL: none */
    const char *reported[MONTHS], *seen[MONTHS]; /* facts of each source; NULL: none */
    struct month_use use[MONTHS];
    size_t count;
};

/* Its place among the months; -1 none. */
static int place_of(const struct months *months, const struct use_row *row)
{
    int at = row->month - months->first;
    return *row->resource || at < 0 || at >= MONTHS ? -1 : at;
}

static int take_month(void *self, const struct use_row *row)
{
    struct months *months = self;
    struct arena *arena = months->making.asking->arena;
    const struct policy *policy = months->making.policy;
    int at = place_of(months, row);
    if (at < 0) {
        return 0;
    }
    struct value *slots = arena_array(arena, (size_t)policy->slot_count, sizeof *slots);
    const char *facts = arena_text(arena, row->facts, strlen(row->facts));
    const char *next = facts, *end = facts ? facts + strlen(facts) : NULL, *name, *value;
    size_t name_length, length;
    if (!slots || !facts) {
        return -1;
    }
    months->taken[at] =
        (struct use_row){.source = strcmp(row->source, USE_SEEN) == 0 ? USE_SEEN : USE_REPORTED,
                         .at = row->at,
                         .facts = facts};
    memcpy(slots, months->known, (size_t)policy->slot_count * sizeof *slots);
    while (fact_next(&next, end, &name, &name_length, &value, &length)) {
        period_take(policy, slots, arena_text(arena, name, name_length), value, length);
    }
    months->use[months->count++] = (struct month_use){row->month, slots};
    return arena_failed(arena) ? -1 : 0;
}

static int take_source(void *self, const struct use_row *row)
{
    struct months *months = self;
    int at = place_of(months, row);
    bool seen = strcmp(row->source, USE_SEEN) == 0;
    const char **into = at < 0 ? NULL : seen ? &months->seen[at] : &months->reported[at];
    if (into) {
        *into = arena_text(months->making.asking->arena, row->facts, strlen(row->facts));
    }
    return into && !*into ? -1 : 0;
}

static void put_month(struct table *table, int32_t month)
{
    struct text text = {0};
    text_addf(&text, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
    table_text(table, text_bytes(&text));
    text_free(&text);
}

/* FIGURE.MEASURE of FACTS as it came; unknown where it was not measured. */
static void put_figure(const struct months *months, struct table *table, const char *facts,
                       const char *figure, const char *measure)
{
    struct text name = {0};
    text_addf(&name, "%s.%s", figure, measure);
    table_text(table,
               facts ? fact_find(facts, text_bytes(&name), months->making.asking->arena) : NULL);
    text_free(&name);
}

/* Whose the figures are and of when; beside them the average each source has. */
static void put_source(const struct months *months, struct table *table, int at,
                       const char *measure)
{
    const struct use_row *taken = &months->taken[at];
    const struct counter *counter = months->making.asking->counter;
    table_text(table, taken->facts ? taken->source : NULL);
    table_moment(table, taken->facts && taken->at ? to_local(counter, taken->at) : MOMENT_NONE);
    put_figure(months, table, months->reported[at], "avg", measure);
    put_figure(months, table, months->seen[at], "avg", measure);
}

static void put_months(const struct months *months)
{
    static const struct column columns[] = {
        {"measure", CELL_NAME, N_("measure")},   {"title", CELL_TEXT, N_("measure")},
        {"has", CELL_NUMBER, N_("has")},         {"month", CELL_NAME, N_("month")},
        {"average", CELL_TEXT, N_("average %")}, {"p95", CELL_TEXT, N_("95th percentile %")},
        {"peak", CELL_TEXT, N_("peak %")},       {"source", CELL_NAME, N_("figures from")},
        {"at", CELL_MOMENT, N_("as of")},        {"reported", CELL_TEXT, N_("reported %")},
        {"seen", CELL_TEXT, N_("seen %")}};
    static const char *const figures[] = {"avg", "p95", "peak"};
    const struct policy *policy = months->making.policy;
    struct asking *asking = months->making.asking;
    struct table *table = parcel_table(asking->reply, "months", columns, 11);
    for (int32_t m = 0; m < policy->measures.count; m++) {
        const struct label *label = &policy->measures.items[m];
        struct value has = system_has(asking, months->making.rulebook, months->system, m);
        for (int i = 0; i < MONTHS; i++) {
            table_text(table, label->name);
            table_both(table, label->zh, label->en);
            if (has.known) {
                table_int(table, has.n / 1000000);
            } else {
                table_text(table, NULL);
            }
            put_month(table, months->first + i);
            for (int f = 0; f < 3; f++) {
                put_figure(months, table, months->taken[i].facts, figures[f], label->name);
            }
            put_source(months, table, i, label->name);
        }
    }
}

static const char *verdict_name(enum use_verdict verdict)
{
    static const char *const names[] = {[USE_NOT_MET] = "not_met",
                                        [USE_MET] = "met",
                                        [USE_EXEMPT] = "exempt",
                                        [USE_WAITING] = "waiting",
                                        [USE_MISSING] = "missing"};
    return names[verdict];
}

/* The months in which the condition of the rule held, oldest first. */
static void put_met(const struct months *months, const struct usage *usage, struct table *table)
{
    struct text met = {0};
    for (size_t i = 0; i < months->count; i++) {
        const struct month_use *use = &months->use[i];
        if (facts_hold(months->making.revision, usage->when, use->facts, month_end(use->month))) {
            text_addf(&met, "%s%04d-%02d", met.length ? " " : "", (int)(use->month / 12),
                      (int)(use->month % 12 + 1));
        }
    }
    table_text(table, text_bytes(&met));
    text_free(&met);
}

static void put_rules(const struct months *months)
{
    static const struct column columns[] = {{"rule", CELL_NAME, N_("rule")},
                                            {"title", CELL_TEXT, N_("rule")},
                                            {"verdict", CELL_NAME, N_("verdict")},
                                            {"met", CELL_NUMBER, N_("months met")},
                                            {"needed", CELL_NUMBER, N_("needed")},
                                            {"months", CELL_NUMBER, N_("of months")},
                                            {"held", CELL_TEXT, N_("months in which it held")},
                                            {"article", CELL_NAME, N_("article")}};
    const struct making *making = &months->making;
    struct table *table = parcel_table(making->asking->reply, "rules", columns, 8);
    for (int32_t i = 0; i < making->policy->usage_count; i++) {
        const struct usage *usage = &making->policy->usages[i];
        if (usage->per_resource) {
            continue;
        }
        struct use_result result =
            usage_judge(making->policy, i, making->revision, months->use, months->count,
                        months->first + MONTHS - 1, -1, false);
        struct text cites = {0};
        reply_cites(making->asking, making->policy, usage->cites, &cites);
        table_text(table, usage->title.name);
        table_both(table, usage->title.zh, usage->title.en);
        table_text(table, verdict_name(result.verdict));
        table_int(table, result.met);
        table_int(table, usage->months_met);
        table_int(table, usage->months);
        put_met(months, usage, table);
        table_text(table, cites.length ? text_bytes(&cites) : NULL);
        text_free(&cites);
    }
}

static int load(struct months *months, struct asking *asking, const struct entry *system,
                int32_t last)
{
    *months =
        (struct months){.making = {.asking = asking,
                                   .rulebook = asking->counter->current,
                                   .policy = asking->counter->current->policy,
                                   .revision = calendar_as_of(asking->counter->calendar, DAY_LAST),
                                   .day = moment_day(asking->now)},
                        .system = system,
                        .first = last - MONTHS + 1};
    months->known = period_facts(&months->making, system->parent, system);
    return !months->known
               ? -1
               : store_use(asking->counter->store, system->thing.id, months->first, last,
                           months->making.policy->figures, take_month, months, asking->error);
}

int use_months(struct asking *asking, const struct entry *system, int32_t last)
{
    struct months months;
    if (load(&months, asking, system, last) != 0 ||
        store_use(asking->counter->store, system->thing.id, months.first, last, FIGURES_ALL,
                  take_source, &months, asking->error) != 0) {
        return -1;
    }
    parcel_put(asking->reply, "system", system->thing.code);
    parcel_put(asking->reply, "name", system->thing.name);
    parcel_put(asking->reply, "org", system->parent ? system->parent->thing.name : NULL);
    put_months(&months);
    put_rules(&months);
    return 0;
}

int use_flags(struct asking *asking, const struct entry *system, int32_t last, struct text *flags)
{
    struct months months;
    struct text zh = {0}, en = {0};
    if (load(&months, asking, system, last) != 0) {
        return -1;
    }
    const struct making *making = &months.making;
    for (int32_t i = 0; i < making->policy->usage_count; i++) {
        const struct usage *usage = &making->policy->usages[i];
        bool met =
            !usage->per_resource && usage_judge(making->policy, i, making->revision, months.use,
                                                months.count, months.first + MONTHS - 1, -1, false)
                                            .verdict == USE_MET;
        if (met) {
            text_addf(&zh, "%s%s", zh.length ? "、" : "", usage->title.zh);
            text_addf(&en, "%s%s", en.length ? ", " : "", usage->title.en);
        }
    }
    if (zh.length) {
        text_addf(flags, "%s%c%s", text_bytes(&zh), MESSAGE_BOTH, text_bytes(&en));
    }
    text_free(&zh);
    text_free(&en);
    return 0;
}
