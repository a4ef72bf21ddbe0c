/* build_period.c: what comes round: duties, use, appraisal, bills; and the open questions. */
#include <string.h>

#include "core/build.h"

/* ---- due (POLICY guide, section 6) ---- */

static bool small_number(struct piece piece, int32_t most, int32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < piece.length && i < 4; i++) {
        if (piece.text[i] < '0' || piece.text[i] > '9') {
            return false;
        }
        *number = *number * 10 + (piece.text[i] - '0');
    }
    return piece.length > 0 && piece.length < 4 && *number >= 1 && *number <= most;
}

static bool month_day(struct piece piece, struct due_rule *due)
{
    int32_t month, day;
    struct piece first = {piece.text, 2, 0}, second = {piece.text + 3, 2, 0};
    if (piece.length != 5 || piece.text[2] != '-' || !small_number(first, 12, &month) ||
        !small_number(second, 31, &day) || day > day_month_length(2000, month)) {
        return false;
    }
    *due = (struct due_rule){.kind = DUE_DATE, .month = month, .day = day};
    return true;
}

/* ( "day" n | "wd" n | "last" ( "day" | "wd" ) | MM-DD ) [ "of" "next" "month" ] | period */
static bool parse_due(struct piece piece, struct due_rule *due)
{
    struct piece rest = piece, first = take_word(&rest);
    if (rest.length == 0 && piece_period(first, &due->period)) {
        due->kind = DUE_PERIOD;
        return true;
    }
    if (!month_day(first, due)) {
        struct piece second = take_word(&rest);
        bool day = piece_is(first, "day"), wd = piece_is(first, "wd"),
             last = piece_is(first, "last");
        bool fits = (day && small_number(second, 31, &due->n)) ||
                    (wd && small_number(second, 23, &due->n)) ||
                    (last && (piece_is(second, "day") || piece_is(second, "wd")));
        if (!fits) {
            return false;
        }
        due->kind = day                       ? DUE_DAY
                    : wd                      ? DUE_WD
                    : piece_is(second, "day") ? DUE_LAST_DAY
                                              : DUE_LAST_WD;
    }
    due->next_month = piece_is(rest, "of next month");
    return rest.length == 0 || due->next_month;
}

/* Check 8: `due` fits `each`. */
static void check_due(struct value_text value, const struct schedule *schedule)
{
    const struct due_rule *due = &schedule->due;
    bool monthly = due->next_month || schedule->each == EACH_MONTH;
    bool fits = true;
    if (schedule->each == EACH_EVENT || due->kind == DUE_PERIOD) {
        fits = schedule->each == EACH_EVENT && due->kind == DUE_PERIOD;
    } else if (due->kind == DUE_DAY || due->kind == DUE_WD) {
        fits = monthly;
    } else if (due->kind == DUE_DATE) {
        fits = schedule->each == EACH_YEAR && !due->next_month;
    }
    if (!fits) {
        build_say(value, 0, MESSAGE_check_due_each, value.key->text, NULL, NULL);
    }
}

static void read_due(struct value_text value, struct schedule *schedule)
{
    if (!value.key) {
        return;
    }
    if (!parse_due((struct piece){value.key->text, strlen(value.key->text), 0}, &schedule->due)) {
        build_say(value, 0, MESSAGE_build_due, value.key->text, NULL, NULL);
        return;
    }
    check_due(value, schedule);
}

static bool read_occasion(struct value_text value, struct piece piece, struct occasion *occasion)
{
    struct builder *b = value.builder;
    const char *dot = memchr(piece.text, '.', piece.length);
    if (dot) {
        size_t head = (size_t)(dot - piece.text);
        int32_t procedure = build_symbol(b, piece.text, head);
        int32_t event = build_symbol(b, dot + 1, piece.length - head - 1);
        occasion->procedure = procedure ? b->procedure_of[procedure] : -1;
        if (occasion->procedure >= 0 && event &&
            b->procedures[occasion->procedure].event_of[event] >= 0) {
            occasion->event = b->procedures[occasion->procedure].event_of[event];
            return true;
        }
    }
    build_say(value, piece.from, MESSAGE_build_occasion, build_keep(b, piece.text, piece.length),
              NULL, NULL);
    return false;
}

static void read_each(struct value_text value, struct schedule *schedule)
{
    static const char *const periods[] = {"month", "quarter", "half", "year"};
    schedule->procedure = schedule->event = -1;
    for (int i = 0; value.key && i < 4; i++) {
        if (strcmp(value.key->text, periods[i]) == 0) {
            schedule->each = (enum each)i;
            return;
        }
    }
    struct occasion occasion = {-1, -1};
    struct piece piece = {value.key ? value.key->text : "", value.key ? strlen(value.key->text) : 0,
                          0};
    if (value.key && read_occasion(value, piece, &occasion)) {
        schedule->each = EACH_EVENT;
        schedule->procedure = occasion.procedure;
        schedule->event = occasion.event;
    }
}

static void read_schedule(struct builder *b, const struct draft_thing *thing,
                          struct schedule *schedule)
{
    const struct policy *p = b->policy;
    schedule->of = read_role(value_of_key(b, thing, "of"));
    read_each(value_of_key(b, thing, "each"), schedule);
    read_due(value_of_key(b, thing, "due"), schedule);
    schedule->opens = read_procedure(value_of_key(b, thing, "opens"));
    schedule->roll = (enum roll)read_words(value_of_key(b, thing, "roll"), (int32_t)p->roll);
    schedule->basis = (enum basis)read_words(value_of_key(b, thing, "basis"), BASIS_STATED);
    schedule->worst = cap_of(p, schedule->basis);
    schedule->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

/* ---- duties, use ---- */

static void read_duty(struct builder *b, struct duty *duty)
{
    const struct draft_thing *thing =
        draft_find(b->compiler.draft, KIND_DUTY, "", duty->title.name);
    struct value_text times = value_of_key(b, thing, "times");
    int64_t number = MICRO;
    read_schedule(b, thing, &duty->schedule);
    duty->per_system = read_words(value_of_key(b, thing, "per"), -1) == 0;
    if (times.key && read_number(times, &number) &&
        (number % MICRO || number < MICRO || number > 366 * (int64_t)MICRO)) {
        build_say(times, 0, MESSAGE_build_number, times.key->text, NULL, NULL);
    }
    duty->times = (int32_t)(number / MICRO);
    duty->since = read_day(value_of_key(b, thing, "since"));
    duty->since = duty->since == DAY_NONE ? b->policy->effective : duty->since;
    struct ground_of ground = {duty->per_system ? GROUND_SYSTEM : GROUND_ORG, -1, false, false};
    duty->when = read_when(value_of_key(b, thing, "when"), ground);
    duty->fields = read_fields(value_of_key(b, thing, "form"));
}

/* 3mo; 2 of 3mo */
static void read_for(struct value_text value, struct usage *usage)
{
    struct period period;
    usage->months = usage->months_met = 1;
    if (!value.key) {
        return;
    }
    struct piece rest = {value.key->text, strlen(value.key->text), 0};
    struct piece whole = rest, first = take_word(&rest);
    int32_t met = 0;
    bool some =
        rest.length > 3 && small_number(first, 99, &met) && memcmp(rest.text, "of ", 3) == 0;
    struct piece months =
        some ? (struct piece){rest.text + 3, rest.length - 3, rest.from + 3} : whole;
    if (!piece_period(months, &period) || period.unit != UNIT_MO || period.n < 1 || period.n > 60 ||
        met > period.n) {
        build_say(value, 0, MESSAGE_build_for, value.key->text, NULL, NULL);
        return;
    }
    usage->months = (int32_t)period.n;
    usage->months_met = some ? met : usage->months;
}

static void read_usage(struct builder *b, struct usage *usage)
{
    const struct draft_thing *thing =
        draft_find(b->compiler.draft, KIND_USAGE, "", usage->title.name);
    struct ground_of ground = {GROUND_USAGE, -1, false, true};
    usage->per_resource = read_words(value_of_key(b, thing, "per"), 0) == 1;
    usage->when = read_when(value_of_key(b, thing, "when"), ground);
    usage->except = read_when(value_of_key(b, thing, "except"), ground);
    read_for(value_of_key(b, thing, "for"), usage);
    usage->opens = read_procedure(value_of_key(b, thing, "opens"));
    usage->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

static void read_drift(struct builder *b, struct drift *drift)
{
    const struct draft_thing *thing =
        draft_find(b->compiler.draft, KIND_DRIFT, "", drift->title.name);
    drift->per_resource = read_words(value_of_key(b, thing, "per"), 0) == 1;
    drift->when = read_when(value_of_key(b, thing, "when"),
                            (struct ground_of){GROUND_DRIFT, -1, false, false});
    drift->severity =
        (enum severity)read_words(value_of_key(b, thing, "severity"), SEVERITY_MIDDLE);
    drift->opens = read_procedure(value_of_key(b, thing, "opens"));
    struct indexes tells = read_fields(value_of_key(b, thing, "tells"));
    drift->tells = tells.count ? tells.items[0] : -1;
    drift->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

/* ---- appraisal, bills ---- */

static const struct expr *read_figure(struct value_text value)
{
    if (!value.key) {
        return NULL;
    }
    struct piece piece = {value.key->text, strlen(value.key->text), 0};
    return read_condition(value, piece, (struct ground_of){GROUND_SCORE, -1, false, true},
                          VALUE_NUMBER);
}

static void read_metric(struct builder *b, const struct draft_thing *thing,
                        const struct score *score, struct metric *metric)
{
    struct value_text part = value_of_key(b, thing, "part"),
                      measure = value_of_key(b, thing, "measure");
    struct compiler *compiler = &b->compiler;
    metric->title.symbol = names_add(compiler->names, thing->name, strlen(thing->name));
    metric->title.name = names_text(compiler->names, metric->title.symbol);
    metric->title.zh =
        draft_key(thing, "title") ? read_text(value_of_key(b, thing, "title")) : metric->title.name;
    metric->title.en =
        draft_key(thing, "en") ? read_text(value_of_key(b, thing, "en")) : metric->title.name;
    metric->title.place = thing->place;
    metric->part = -1;
    for (int32_t i = 0; part.key && i < score->parts.count; i++) {
        metric->part = strcmp(score->parts.items[i].name, part.key->text) == 0 ? i : metric->part;
    }
    if (part.key && metric->part < 0) {
        build_say(part, 0, MESSAGE_build_part, part.key->text, NULL, NULL);
    }
    read_number(value_of_key(b, thing, "weight"), &metric->weight);
    if (measure.key && strcmp(measure.key->text, "manual") != 0) {
        metric->measure = read_figure(measure);
    }
}

static void read_score(struct builder *b, struct score *score)
{
    const struct draft *draft = b->compiler.draft;
    const struct draft_thing *thing = draft_find(draft, KIND_SCORE, "", score->title.name);
    int32_t count = 0;
    read_schedule(b, thing, &score->schedule);
    score->deduct = read_figure(value_of_key(b, thing, "deduct"));
    for (size_t i = 0; i < draft_count(draft); i++) {
        count += draft_at(draft, i)->kind == KIND_METRIC &&
                 strcmp(draft_at(draft, i)->owner, score->title.name) == 0;
    }
    struct metric *metrics = arena_array(b->compiler.arena, (size_t)count + 1, sizeof *metrics);
    score->metrics = metrics;
    for (size_t i = 0; metrics && i < draft_count(draft); i++) {
        const struct draft_thing *metric = draft_at(draft, i);
        if (metric->kind == KIND_METRIC && strcmp(metric->owner, score->title.name) == 0) {
            read_metric(b, metric, score, &metrics[score->metric_count++]);
        }
    }
}

static const struct occasion *read_occasions(struct value_text value, int32_t *count)
{
    struct piece piece;
    size_t at = 0;
    struct occasion *occasions = room_for_pieces(value, sizeof *occasions);
    while (occasions && next_piece(value, &at, &piece)) {
        *count += read_occasion(value, piece, &occasions[*count]);
    }
    return occasions;
}

static void read_bill(struct builder *b, struct bill *bill)
{
    const struct draft_thing *thing =
        draft_find(b->compiler.draft, KIND_BILL, "", bill->title.name);
    read_schedule(b, thing, &bill->schedule);
    bill->when =
        read_when(value_of_key(b, thing, "when"), (struct ground_of){GROUND_ORG, -1, false, false});
    bill->payer = read_role(value_of_key(b, thing, "payer"));
    bill->starts = read_occasions(value_of_key(b, thing, "starts"), &bill->start_count);
    bill->stops = read_occasions(value_of_key(b, thing, "stops"), &bill->stop_count);
}

void build_periods(struct builder *b)
{
    for (int32_t i = 0; i < b->policy->duty_count; i++) {
        read_duty(b, &b->duties[i]);
    }
    for (int32_t i = 0; i < b->policy->usage_count; i++) {
        read_usage(b, &b->usages[i]);
    }
    for (int32_t i = 0; i < b->policy->drift_count; i++) {
        read_drift(b, &b->drifts[i]);
    }
    for (int32_t i = 0; i < b->policy->score_count; i++) {
        read_score(b, &b->scores[i]);
    }
    for (int32_t i = 0; i < b->policy->bill_count; i++) {
        read_bill(b, &b->bills[i]);
    }
}
