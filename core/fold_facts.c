/* fold_facts.c: what was entered in a case, and what its conditions read. */
#include "core/fold.h"

#include <stdlib.h>
#include <string.h>

#include "core/offer.h"

void facts_reset(struct fold *fold)
{
    for (int32_t i = 0; i < fold->touched_count; i++) {
        fold->slots[fold->touched[i]] = (struct slot){0};
    }
    fold->touched_count = 0;
    fold->file.line_count = 0;
    fold->file.overrides = 0;
}

bool facts_next(const char **at, const char *end, const char **name, size_t *name_length,
                const char **value, size_t *value_length)
{
    while (*at < end) {
        const char *start = *at;
        const char *stop = memchr(start, '\n', (size_t)(end - start));
        stop = stop ? stop : end;
        *at = stop < end ? stop + 1 : end;
        const char *equals = memchr(start, '=', (size_t)(stop - start));
        if (equals) {
            *name = start;
            *name_length = (size_t)(equals - start);
            *value = equals + 1;
            *value_length = (size_t)(stop - equals - 1);
            return true;
        }
    }
    return false;
}

/* "item.CODE.COLUMN"; a code may hold dots, a column does not. */
bool facts_item(const char *name, size_t length, const char **code, size_t *code_length,
                const char **column, size_t *column_length)
{
    static const char prefix[] = "item.";
    size_t skip = sizeof prefix - 1;
    if (length <= skip || memcmp(name, prefix, skip) != 0) {
        return false;
    }
    size_t dot = length;
    while (dot > skip && name[dot - 1] != '.') {
        dot--;
    }
    if (dot <= skip + 1 || dot == length) {
        return false;
    }
    *code = name + skip;
    *code_length = dot - 1 - skip;
    *column = name + dot;
    *column_length = length - dot;
    return true;
}

static bool lines_grow(struct fold *fold)
{
    int32_t capacity = fold->line_capacity ? fold->line_capacity * 2 : 16;
    size_t width = (size_t)fold->policy->column_count;
    struct line *lines = realloc(fold->lines, (size_t)capacity * sizeof *lines);
    if (lines) {
        fold->lines = lines;
        fold->file.lines = lines;
    }
    struct slot *columns = realloc(fold->columns, (size_t)capacity * width * sizeof *columns);
    if (columns) {
        fold->columns = columns;
    }
    if (!lines || !columns) {
        fold->memory = true;
        return false;
    }
    fold->line_capacity = capacity;
    return true;
}

int32_t facts_line(struct fold *fold, const char *code, size_t length, bool make)
{
    for (int32_t i = 0; i < fold->file.line_count; i++) {
        if (fold->lines[i].length == length && memcmp(fold->lines[i].code, code, length) == 0) {
            return i;
        }
    }
    if (!make || (fold->file.line_count == fold->line_capacity && !lines_grow(fold))) {
        return -1;
    }
    int32_t line = fold->file.line_count++;
    size_t width = (size_t)fold->policy->column_count;
    fold->lines[line] = (struct line){code, length};
    memset(fold->columns + (size_t)line * width, 0, width * sizeof *fold->columns);
    return line;
}

static void remove_line(struct fold *fold, int32_t line)
{
    size_t width = (size_t)fold->policy->column_count;
    size_t after = (size_t)(fold->file.line_count - line - 1);
    memmove(fold->lines + line, fold->lines + line + 1, after * sizeof *fold->lines);
    memmove(fold->columns + (size_t)line * width, fold->columns + (size_t)(line + 1) * width,
            after * width * sizeof *fold->columns);
    fold->file.line_count--;
}

static struct value plain_value(const struct policy *policy, enum value_type type, const char *text,
                                size_t length)
{
    int32_t day;
    int64_t n;
    switch (type) {
    case VALUE_NUMBER:
        return decimal_parse(text, length, &n) ? value_of(n) : value_unknown();
    case VALUE_DAY:
        return day_parse(text, length, &day) ? value_of(day) : value_unknown();
    case VALUE_MOMENT:
        return moment_parse(text, length, &n) ? value_of(n) : value_unknown();
    case VALUE_YESNO:
        if (length == 3 && memcmp(text, "yes", 3) == 0) {
            return value_of(1);
        }
        return length == 2 && memcmp(text, "no", 2) == 0 ? value_of(0) : value_unknown();
    case VALUE_WORD:
        n = names_find(policy->names, text, length);
        return n ? value_of(n) : value_unknown();
    default:
        return length ? value_of((int64_t)length) : value_unknown();
    }
}

static void enter_slot(struct fold *fold, int32_t index, const char *text, size_t length,
                       int32_t act)
{
    const struct slot_info *info = &fold->policy->slots[index];
    struct slot *slot = &fold->slots[index];
    if (!slot->text) {
        fold->touched[fold->touched_count++] = index;
    }
    slot->text = text;
    slot->length = length;
    slot->act = act;
    slot->value = info->field >= 0 ? typed_value(fold->policy, info->field, text, length)
                                   : plain_value(fold->policy, info->type, text, length);
}

static void enter_column(struct fold *fold, const char *code, size_t code_length, int32_t column,
                         const char *text, size_t length, int32_t act)
{
    bool taken_away = column == ITEM_QUANTITY && length == 0;
    int32_t line = facts_line(fold, code, code_length, !taken_away);
    if (line < 0) {
        return;
    }
    if (taken_away) {
        remove_line(fold, line);
        return;
    }
    fold->lines[line].code = code; /* of the act at hand: that of one only tried may be gone */
    const struct policy *policy = fold->policy;
    int32_t own = ITEM_MEASURES + policy->measures.count;
    struct slot *slot =
        &fold->columns[(size_t)line * (size_t)policy->column_count + (size_t)column];
    slot->text = text;
    slot->length = length;
    slot->act = act;
    if (column >= own) {
        int32_t field = (int32_t)(policy->columns[column - own] - policy->fields);
        slot->value = typed_value(policy, field, text, length);
    } else {
        slot->value =
            plain_value(policy, column == ITEM_LISTED ? VALUE_YESNO : VALUE_NUMBER, text, length);
    }
}

static void enter_override(struct fold *fold, int32_t symbol)
{
    const struct procedure *procedure = fold->file.procedure;
    for (int32_t i = 0; i < procedure->rule_count; i++) {
        if (symbol && procedure->rules[i].title.symbol == symbol) {
            fold->file.overrides |= UINT64_C(1) << i;
        }
    }
}

static bool in_application(const struct fold *fold, int32_t field)
{
    struct indexes application = fold->file.procedure->application;
    for (int32_t i = 0; i < application.count; i++) {
        if (application.items[i] == field) {
            return true;
        }
    }
    return false;
}

bool facts_enter(struct fold *fold, const char *facts, size_t length, int32_t act)
{
    static const char override[] = "override";
    const struct policy *policy = fold->policy;
    const char *at = facts, *end = facts + length, *name, *value;
    size_t name_length, value_length;
    bool application = false;
    while (length && facts_next(&at, end, &name, &name_length, &value, &value_length)) {
        const char *code, *column;
        size_t code_length, column_length;
        if (facts_item(name, name_length, &code, &code_length, &column, &column_length)) {
            int32_t symbol = names_find(policy->names, column, column_length);
            int32_t index = symbol ? policy->column_of[symbol] : -1;
            if (index >= 0) {
                enter_column(fold, code, code_length, index, value, value_length, act);
                application |= index == ITEM_QUANTITY;
            }
            continue;
        }
        if (name_length == sizeof override - 1 && memcmp(name, override, name_length) == 0) {
            enter_override(fold, names_find(policy->names, value, value_length));
            continue;
        }
        int32_t symbol = names_find(policy->names, name, name_length);
        int32_t slot = symbol ? policy->slot_of[symbol] : -1;
        if (slot >= 0) {
            enter_slot(fold, slot, value, value_length, act);
            application = application || (slot < policy->field_count && in_application(fold, slot));
        }
    }
    return application;
}

/* ---- what conditions read ---- */

/* Deeper than any policy's fields ask for each other in earnest; a ring of them comes to unknown.
 */
enum { ASK_DEPTH = 8 };

static struct value eval_at(struct fold *fold, const struct expr *expr, int64_t moment,
                            int32_t line);

static struct value end_value(const struct fold *fold, const struct field *field, int64_t moment)
{
    bool time = field->type == FIELD_TIME;
    int32_t today = moment_day(moment);
    struct range_end end = field->default_end;
    switch (end.kind) {
    case END_FIXED:
        return value_of(end.n);
    case END_TODAY:
        return value_of(time ? moment_of(today, 0) : today);
    case END_NOW:
        return value_of(time ? moment : today);
    case END_OFFSET: {
        struct period period = end.period;
        int sign = period.n < 0 ? -1 : 1;
        period.n *= sign;
        int64_t shifted =
            reckon_shift(fold->revision, time ? moment : moment_of(today, 0), period, sign);
        if (shifted == MOMENT_NONE) {
            return value_unknown();
        }
        return value_of(time ? shifted : moment_day(shifted));
    }
    default:
        return value_unknown();
    }
}

static struct value default_of(const struct fold *fold, const struct field *field, int64_t moment)
{
    if (!field->has_default) {
        return value_unknown();
    }
    if (field->type == FIELD_DATE || field->type == FIELD_TIME) {
        return end_value(fold, field, moment);
    }
    return field->default_value;
}

bool fold_asks(struct fold *fold, int32_t field, int32_t line, int64_t moment)
{
    const struct expr *when = fold->policy->fields[field].when;
    if (!when) {
        return true;
    }
    if (fold->depth >= ASK_DEPTH) {
        return false;
    }
    fold->depth++;
    struct value value = eval_at(fold, when, moment, line);
    fold->depth--;
    return value.known && value.n;
}

static struct value slot_at(struct fold *fold, int32_t index, int64_t moment)
{
    struct value value = fold->slots[index].value;
    if (index >= fold->policy->field_count) {
        return value;
    }
    const struct field *field = &fold->policy->fields[index];
    if (field->when && !fold_asks(fold, index, -1, moment)) {
        return value_unknown();
    }
    if (field->type == FIELD_ITEMS) {
        return fold->file.line_count ? value_of(fold->file.line_count) : value_unknown();
    }
    bool entered = fold->slots[index].text && fold->slots[index].length;
    return entered || value.known ? value : default_of(fold, field, moment);
}

static struct value column_at(struct fold *fold, int32_t line, int32_t column, int64_t moment)
{
    const struct policy *policy = fold->policy;
    if (line < 0 || line >= fold->file.line_count) {
        return value_unknown();
    }
    struct slot *slot =
        &fold->columns[(size_t)line * (size_t)policy->column_count + (size_t)column];
    int32_t own = ITEM_MEASURES + policy->measures.count;
    if (column < own) {
        return slot->value;
    }
    const struct field *field = policy->columns[column - own];
    if (field->when && !fold_asks(fold, (int32_t)(field - policy->fields), line, moment)) {
        return value_unknown();
    }
    return slot->text && slot->length ? slot->value : default_of(fold, field, moment);
}

/* A default that speaks of the day of the act (+10wd) is that day from the act on that asks for it.
 */
void facts_fix_defaults(struct fold *fold, struct indexes fields, int64_t moment, int32_t act)
{
    for (int32_t i = 0; i < fields.count; i++) {
        int32_t index = fields.items[i];
        const struct field *field = &fold->policy->fields[index];
        struct slot *slot = &fold->slots[index];
        bool moves = field->has_default && field->default_end.kind > END_FIXED;
        bool dated = field->type == FIELD_DATE || field->type == FIELD_TIME;
        if (!moves || !dated || slot->length || !fold_asks(fold, index, -1, moment)) {
            continue;
        }
        if (!slot->text) {
            fold->touched[fold->touched_count++] = index;
        }
        slot->text = "";
        slot->act = act;
        slot->value = default_of(fold, field, moment);
    }
}

struct value fold_slot(struct fold *fold, int32_t slot)
{
    return slot_at(fold, slot, fold->moment);
}

struct value fold_column(struct fold *fold, int32_t line, int32_t column)
{
    return column_at(fold, line, column, fold->moment);
}

static bool did(const struct fold *fold, const struct expr *leaf)
{
    const struct procedure *procedure = fold->file.procedure;
    for (int32_t i = 0; i < fold->file.act_count; i++) {
        const struct act *act = fold_stands(fold, (size_t)i);
        if (!act || fold->acts[i].event < 0 || fold->acts[i].person != fold->person) {
            continue;
        }
        for (int32_t s = 0; s < leaf->symbol_count; s++) {
            if (procedure->event_of[leaf->symbols[s]] == fold->acts[i].event) {
                return true;
            }
        }
    }
    return false;
}

static int64_t count_of(const struct fold *fold, const struct expr *leaf)
{
    int64_t count = 0;
    for (int32_t s = 0; s < leaf->symbol_count; s++) {
        int16_t event = fold->file.procedure->event_of[leaf->symbols[s]];
        count += event >= 0 ? fold->done[event] : 0;
    }
    return count * MICRO;
}

/* Sum of a measure over the list, each line as approved where it is, else as asked for. */
static struct value total_of(struct fold *fold, int32_t measure, int64_t moment, bool before)
{
    int64_t sum = 0;
    for (int32_t line = 0; line < fold->file.line_count; line++) {
        struct value piece = column_at(fold, line, ITEM_MEASURES + measure, moment);
        struct value number = column_at(fold, line, before ? ITEM_BEFORE : ITEM_QUANTITY, moment);
        if (!before && fold->policy->approved >= 0) {
            struct value approved = column_at(fold, line, fold->policy->approved, moment);
            number = approved.known ? approved : number;
        }
        struct value both =
            piece.known && number.known ? decimal_multiply(piece.n, number.n) : value_unknown();
        if (!both.known || __builtin_add_overflow(sum, both.n, &sum)) {
            return value_unknown();
        }
    }
    return value_of(sum);
}

static struct value grow_of(struct fold *fold, int32_t measure, int64_t moment)
{
    const struct policy *policy = fold->policy;
    struct value said = fold->slots[policy_slot_measure(policy, measure, MEASURE_GROW)].value;
    if (said.known) {
        return said;
    }
    struct value after = total_of(fold, measure, moment, false);
    struct value before = total_of(fold, measure, moment, true);
    struct value has = fold->slots[policy_slot_measure(policy, measure, MEASURE_SYSTEM)].value;
    has = has.known ? has : before;
    int64_t growth, percent;
    if (!after.known || !before.known || !has.known ||
        __builtin_sub_overflow(after.n, before.n, &growth) ||
        __builtin_mul_overflow(growth, INT64_C(100), &percent)) {
        return value_unknown();
    }
    return decimal_divide(percent, has.n);
}

static struct value late_of(struct fold *fold, int32_t clock, int64_t moment)
{
    const struct run *run = clocks_run(fold, clock);
    if (!run) {
        return value_of(0);
    }
    switch (run->state) {
    case RUN_RUNNING:
        return value_of(run->has_due && moment > run->due.at);
    case RUN_HELD:
        return value_of(run->has_due && run->held_since > run->due.at);
    default:
        return value_of(run->state == RUN_LATE);
    }
}

static struct value early_of(struct fold *fold, int32_t clock, int64_t moment)
{
    const struct run *run = clocks_run(fold, clock);
    if (!run || run->least_day == DAY_NONE) {
        return value_unknown();
    }
    return value_of(moment_day(moment) < run->least_day);
}

static struct value cases_of(struct fold *fold, int32_t query)
{
    struct value said = fold->slots[policy_slot_query(fold->policy, query)].value;
    if (said.known || !fold->cases) {
        return said;
    }
    return fold->cases(fold->self, query);
}

static struct value leaf_of(const struct scope *scope, const struct expr *leaf)
{
    struct fold *fold = scope->self;
    const struct casefile *file = &fold->file;
    switch (leaf->op) {
    case EXPR_FACT:
        return slot_at(fold, leaf->index, scope->now);
    case EXPR_ITEM:
        return column_at(fold, scope->line, leaf->index, scope->now);
    case EXPR_STATE:
        return file->state < 0 ? value_unknown()
                               : value_of(file->procedure->states[file->state].title.symbol);
    case EXPR_OPEN:
        return value_of(!file->closed);
    case EXPR_DID:
        return value_of(did(fold, leaf));
    case EXPR_COUNT:
        return value_of(count_of(fold, leaf));
    case EXPR_DEEMED: {
        int16_t event = file->procedure->event_of[leaf->symbols[0]];
        return value_of(event >= 0 && fold->done[event] > 0 && fold->by_desk[event]);
    }
    case EXPR_LATE:
        return late_of(fold, leaf->index, scope->now);
    case EXPR_EARLY:
        return early_of(fold, leaf->index, scope->now);
    case EXPR_TOTAL:
        return total_of(fold, leaf->index, scope->now, false);
    case EXPR_GROW:
        return grow_of(fold, leaf->index, scope->now);
    case EXPR_CASES:
        return cases_of(fold, (int32_t)leaf->n);
    default:
        return value_unknown();
    }
}

static struct value eval_at(struct fold *fold, const struct expr *expr, int64_t moment,
                            int32_t line)
{
    struct scope scope = {
        .revision = fold->revision,
        .now = moment,
        .leaf = leaf_of,
        .line_count = fold->file.line_count,
        .line = line,
        .self = fold,
    };
    return expr_eval(expr, &scope);
}

struct value fold_eval(struct fold *fold, const struct expr *condition, int64_t moment,
                       int64_t person)
{
    if (!condition) {
        return value_of(1);
    }
    int64_t before = fold->person;
    fold->person = person;
    struct value value = eval_at(fold, condition, moment, -1);
    fold->person = before;
    return value;
}
