/* duty.c: the occurrences of duties. */
#include "core/duty.h"

#include <stdlib.h>
#include <string.h>

/* ---- periods ---- */

static const int month_counts[] = {
    [EACH_MONTH] = 1, [EACH_QUARTER] = 3, [EACH_HALF] = 6, [EACH_YEAR] = 12};

/* NUMBER, at least WIDTH digits; returns where it ends. Nothing is allocated: no key depends on
 * memory. */
static char *put(char *at, int number, int width)
{
    int power = 1;
    for (int i = 1; i < width || number / power >= 10; i++) {
        power *= 10;
    }
    for (; power > 0; power /= 10) {
        *at++ = (char)('0' + number / power % 10);
    }
    return at;
}

static void write_label(char *label, enum each each, int year, int number)
{
    char *at = put(label, year, 4);
    if (each != EACH_YEAR) {
        *at++ = each == EACH_MONTH ? '-' : each == EACH_QUARTER ? 'Q' : 'H';
        at = put(at, number, each == EACH_MONTH ? 2 : 1);
    }
    *at = '\0';
}

struct calendar_period period_of(enum each each, int32_t day)
{
    struct calendar_period period = {DAY_NONE, DAY_NONE, ""};
    int year, month, months = month_counts[each];
    day_to_civil(day, &year, &month, NULL);
    int index = (month - 1) / months;
    int last = index * months + months;
    if (day_from_civil(year, index * months + 1, 1, &period.first) &&
        day_from_civil(year, last, day_month_length(year, last), &period.last)) {
        write_label(period.label, each, year, index + 1);
    }
    return period;
}

struct calendar_period period_next(enum each each, struct calendar_period period)
{
    int32_t first = day_add(period.last, 1);
    return first == DAY_NONE ? (struct calendar_period){DAY_NONE, DAY_NONE, ""}
                             : period_of(each, first);
}

/* ---- the day ---- */

int32_t due_in(const struct revision *revision, const struct due_rule *rule,
               struct calendar_period period)
{
    int year, month;
    int32_t day = rule->next_month ? day_add(period.last, 1) : period.last;
    if (day == DAY_NONE) {
        return DAY_NONE;
    }
    day_to_civil(day, &year, &month, NULL);
    int length = day_month_length(year, month);
    switch (rule->kind) {
    case DUE_DAY:
        return day_from_civil(year, month, rule->n < length ? rule->n : length, &day) ? day
                                                                                      : DAY_NONE;
    case DUE_WD:
        day = calendar_of_month(revision, year, month, rule->n);
        return day != DAY_NONE ? day : calendar_of_month(revision, year, month, -1);
    case DUE_LAST_DAY:
        return day_from_civil(year, month, length, &day) ? day : DAY_NONE;
    case DUE_LAST_WD:
        return calendar_of_month(revision, year, month, -1);
    case DUE_DATE:
        length = day_month_length(year, rule->month);
        return day_from_civil(year, rule->month, rule->day < length ? rule->day : length, &day)
                   ? day
                   : DAY_NONE;
    default:
        return DAY_NONE;
    }
}

/* Rolled as the duty says (rule 7.9), or counted from an event. */
static bool reckon_occurrence(const struct policy *policy, const struct revision *revision,
                              const struct schedule *schedule, int32_t anchor,
                              struct occurrence *occurrence)
{
    bool counted = schedule->due.kind == DUE_PERIOD;
    struct reckon reckon = {
        .way = counted ? RECKON_AFTER : RECKON_DAY,
        .length = schedule->due.period,
        .anchor = moment_of(anchor, 0),
        .roll = schedule->roll,
        .backward = policy->backward,
        .closes = policy->closes,
    };
    struct due due;
    reckon_due(revision, &reckon, &due, NULL);
    occurrence->raw = counted ? due.unrolled : anchor;
    occurrence->due = due.day;
    occurrence->provisional = due.provisional;
    return due.day != DAY_NONE;
}

/* ---- conditions ---- */

static struct value fact(const struct scope *scope, const struct expr *leaf)
{
    const struct value *facts = scope->self;
    return facts && leaf->op == EXPR_FACT ? facts[leaf->index] : value_unknown();
}

bool facts_hold(const struct revision *revision, const struct expr *condition,
                const struct value *facts, int32_t day)
{
    struct scope scope = {
        .revision = revision, .now = moment_of(day, 0), .leaf = fact, .self = (void *)facts};
    return expr_holds(condition, &scope);
}

/* ---- occurrences ---- */

static bool push(struct occurrences *out, const struct occurrence *occurrence)
{
    if (out->count == out->capacity) {
        size_t capacity = out->capacity ? out->capacity * 2 : 64;
        struct occurrence *grown = realloc(out->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        out->items = grown;
        out->capacity = capacity;
    }
    out->items[out->count++] = *occurrence;
    return true;
}

void occurrences_free(struct occurrences *occurrences)
{
    free(occurrences->items);
    *occurrences = (struct occurrences){0};
}

struct making_duties {
    const struct policy *policy;
    const struct revision *revision;
    int32_t from, to;
    struct occurrences *out;
};

/* As many as `times` asks for; all due on the same day. */
static bool add_times(struct making_duties *m, int32_t index, const struct holder *holder,
                      const char *label, int32_t anchor)
{
    const struct duty *duty = &m->policy->duties[index];
    struct occurrence occurrence = {.duty = index, .org = holder->org, .system = holder->system};
    memcpy(occurrence.label, label, PERIOD_LABEL);
    if (anchor == DAY_NONE ||
        !reckon_occurrence(m->policy, m->revision, &duty->schedule, anchor, &occurrence)) {
        return true;
    }
    for (int32_t n = 1; n <= duty->times; n++) {
        occurrence.number = n;
        if (!push(m->out, &occurrence)) {
            return false;
        }
    }
    return true;
}

static bool falls_on(const struct making_duties *m, const struct duty *duty,
                     const struct holder *holder, int32_t day)
{
    bool is_system = holder->system != 0;
    return duty->schedule.of >= 0 && (holder->roles >> duty->schedule.of & 1) &&
           is_system == duty->per_system && facts_hold(m->revision, duty->when, holder->facts, day);
}

static bool add_periods(struct making_duties *m, int32_t index, const struct holder *holder)
{
    const struct duty *duty = &m->policy->duties[index];
    struct calendar_period period = period_of(duty->schedule.each, m->from);
    for (; period.first != DAY_NONE && period.first <= m->to;
         period = period_next(duty->schedule.each, period)) {
        int32_t day = due_in(m->revision, &duty->schedule.due, period);
        bool begins = period.first >= m->from;
        bool since = duty->since == DAY_NONE || (period.last >= duty->since && day >= duty->since);
        if (begins && since && falls_on(m, duty, holder, period.first) &&
            !add_times(m, index, holder, period.label, day)) {
            return false;
        }
    }
    return true;
}

static bool there(const struct occurrences *out, int32_t duty, const struct holder *holder,
                  const char *label)
{
    for (size_t i = out->count; i-- > 0 && out->items[i].duty == duty;) {
        const struct occurrence *item = &out->items[i];
        if (item->org == holder->org && item->system == holder->system &&
            strcmp(item->label, label) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_happenings(struct making_duties *m, int32_t index, const struct holder *holder,
                           const struct happening *happenings, size_t count)
{
    const struct duty *duty = &m->policy->duties[index];
    for (size_t i = 0; i < count; i++) {
        const struct happening *happening = &happenings[i];
        char day[DAY_TEXT], label[PERIOD_LABEL] = "";
        bool his = happening->org == holder->org &&
                   (!duty->per_system || happening->system == holder->system);
        bool meant = happening->procedure == duty->schedule.procedure &&
                     happening->event == duty->schedule.event;
        bool then = happening->day >= m->from && happening->day <= m->to &&
                    (duty->since == DAY_NONE || happening->day >= duty->since);
        if (!his || !meant || !then || !falls_on(m, duty, holder, happening->day)) {
            continue;
        }
        memcpy(label, day_format(happening->day, day), DAY_TEXT);
        if (!there(m->out, index, holder, label) &&
            !add_times(m, index, holder, label, happening->day)) {
            return false;
        }
    }
    return true;
}

bool duties_between(const struct policy *policy, const struct revision *revision,
                    const struct holder *holders, size_t holder_count,
                    const struct happening *happenings, size_t happening_count, int32_t from,
                    int32_t to, struct occurrences *out)
{
    struct making_duties m = {policy, revision, from, to, out};
    for (int32_t d = 0; d < policy->duty_count; d++) {
        bool each_event = policy->duties[d].schedule.each == EACH_EVENT;
        for (size_t h = 0; h < holder_count; h++) {
            bool done = each_event ? add_happenings(&m, d, &holders[h], happenings, happening_count)
                                   : add_periods(&m, d, &holders[h]);
            if (!done) {
                return false;
            }
        }
    }
    return true;
}

void occurrence_key(const struct policy *policy, const struct occurrence *occurrence,
                    struct text *out)
{
    text_addf(out, "duty.%s/", policy->duties[occurrence->duty].title.name);
    text_add_int(out, occurrence->org);
    text_add(out, "/");
    text_add_int(out, occurrence->system);
    text_addf(out, "/%s/%d", occurrence->label, (int)occurrence->number);
}
