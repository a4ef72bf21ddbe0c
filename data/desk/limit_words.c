/* limit_words.c: limits and their conditions in words. */
#include "data/desk/limit_words.h"

#include <string.h>

#include "core/expr.h"

struct words { /* what is being said, in both languages */
    const struct policy *policy;
    struct text *zh, *en;
};

static void say(const struct words *words, const char *zh, const char *en)
{
    text_add(words->zh, zh);
    text_add(words->en, en);
}

static void say_title(const struct words *words, const struct title *title)
{
    say(words, title->zh, title->en);
}

static void say_number(const struct words *words, int64_t number)
{
    text_add_int(words->zh, number);
    text_add_int(words->en, number);
}

/* ---- what it speaks of ---- */

static const struct event *event_of(const struct policy *policy, int32_t symbol)
{
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        for (int32_t i = 0; i < policy->procedures[p].event_count; i++) {
            if (policy->procedures[p].events[i].title.symbol == symbol) {
                return &policy->procedures[p].events[i];
            }
        }
    }
    return NULL;
}

static const struct title *state_of(const struct policy *policy, int32_t symbol)
{
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        for (int32_t i = 0; i < policy->procedures[p].state_count; i++) {
            if (policy->procedures[p].states[i].title.symbol == symbol) {
                return &policy->procedures[p].states[i].title;
            }
        }
    }
    return NULL;
}

/* The field that a slot or, of a line of resources, a column holds; NULL: it is none. */
static const struct field *field_of(const struct policy *policy, const struct expr *fact)
{
    int32_t column = fact->index - ITEM_MEASURES - policy->measures.count;
    if (fact->op == EXPR_ITEM) {
        return column >= 0 && fact->index < policy->column_count ? policy->columns[column] : NULL;
    }
    return fact->op == EXPR_FACT && fact->index < policy->field_count ? &policy->fields[fact->index]
                                                                      : NULL;
}

static bool say_label(const struct words *words, const struct field *field, int64_t symbol)
{
    for (int32_t i = 0; i < field->labels.count; i++) {
        const struct label *label = &field->labels.items[i];
        if (label->symbol == symbol) {
            say(words, label->zh, label->en);
            return true;
        }
    }
    return false;
}

/* ---- conditions ---- */

static bool say_condition(const struct words *words, const struct expr *expr);

static bool say_pair(const struct words *words, const struct expr *expr)
{
    bool said = say_condition(words, expr->left);
    say(words, expr->op == EXPR_AND ? "且" : "或", expr->op == EXPR_AND ? " and " : " or ");
    return said && say_condition(words, expr->right);
}

/* FIELD = LABEL, and with numbers of acts COUNT(EVENT) > 0, < 1. */
static bool say_comparison(const struct words *words, const struct expr *expr)
{
    const struct expr *left = expr->left, *right = expr->right;
    const struct field *field = field_of(words->policy, left);
    if (right->op != EXPR_CONSTANT) {
        return false;
    }
    if (left->op == EXPR_COUNT && left->symbol_count == 1) {
        const struct event *event = event_of(words->policy, left->symbols[0]);
        bool some = expr->op == EXPR_MORE && right->n == 0;
        bool none = expr->op == EXPR_LESS && right->n == 1000000;
        if (!event || (!some && !none)) {
            return false;
        }
        say(words, some ? "有过“" : "没有过“", some ? "there was “" : "there was no “");
        say_title(words, &event->title);
        say(words, "”", "”");
        return true;
    }
    if (!field || (expr->op != EXPR_EQUAL && expr->op != EXPR_UNEQUAL)) {
        return false;
    }
    say_title(words, &field->title);
    say(words, expr->op == EXPR_EQUAL ? "为" : "不为",
        expr->op == EXPR_EQUAL ? " is " : " is not ");
    return say_label(words, field, right->n);
}

static bool say_in(const struct words *words, const struct expr *expr)
{
    const struct field *field = field_of(words->policy, expr->left);
    bool said = field && expr->symbol_count > 0;
    if (!said) {
        return false;
    }
    say_title(words, &field->title);
    say(words, "为", " is ");
    for (int32_t i = 0; i < expr->symbol_count && said; i++) {
        say(words, i ? "、" : "", i ? " or " : "");
        said = say_label(words, field, expr->symbols[i]);
    }
    return said;
}

static bool say_condition(const struct words *words, const struct expr *expr)
{
    const struct event *event = NULL;
    switch (expr->op) {
    case EXPR_AND:
    case EXPR_OR:
        return say_pair(words, expr);
    case EXPR_IN:
        return say_in(words, expr);
    case EXPR_ANY:
        say(words, "有一项", "there is an item whose ");
        return say_condition(words, expr->left);
    case EXPR_ALL:
        say(words, "各项", "of all items ");
        return say_condition(words, expr->left);
    case EXPR_DEEMED:
        event = event_of(words->policy, expr->symbols[0]);
        say(words, "“", "“");
        say(words, event ? event->title.zh : "", event ? event->title.en : "");
        say(words, "”系逾期视为", "” was deemed");
        return event != NULL;
    default:
        return say_comparison(words, expr);
    }
}

/* ---- limits ---- */

static void say_period(const struct words *words, int64_t n, enum unit unit)
{
    static const struct {
        const char *zh, *one, *many;
    } units[] = {[UNIT_WD] = {"个工作日", " working day", " working days"},
                 [UNIT_D] = {"天", " day", " days"},
                 [UNIT_MO] = {"个月", " month", " months"},
                 [UNIT_H] = {"小时", " hour", " hours"}};
    say_number(words, n);
    say(words, units[unit].zh, n == 1 ? units[unit].one : units[unit].many);
}

/* What it is counted from; nothing where that is the day the clock starts. */
static bool say_anchor(const struct words *words, const struct limit *limit)
{
    const struct policy *policy = words->policy;
    const struct title *title = NULL;
    if (limit->anchor == ANCHOR_DUE) {
        say(words, "应办之日", "the day it is due");
        return true;
    }
    if (limit->anchor == ANCHOR_FIELD && limit->index < policy->field_count) {
        title = &policy->fields[limit->index].title;
    } else if (limit->anchor == ANCHOR_EVENT) {
        const struct event *event = event_of(policy, limit->index);
        title = event ? &event->title : NULL;
    } else if (limit->anchor == ANCHOR_STATE) {
        title = state_of(policy, limit->index);
    } else if (limit->anchor == ANCHOR_END_OF) {
        title = &policy->clocks[limit->index].title;
    }
    if (title) {
        say(words, "“", "“");
        say_title(words, title);
        say(words, limit->anchor == ANCHOR_END_OF ? "”期满" : "”",
            limit->anchor == ANCHOR_END_OF ? "” ends" : "”");
    }
    return title != NULL;
}

/* "自“收到”起5个工作日"; where it is no time at all, when that is. */
static bool say_after(const struct words *words, const struct limit *limit)
{
    bool hours = limit->period.unit == UNIT_H, at_once = limit->period.n == 0;
    if (limit->anchor == ANCHOR_START) {
        say_period(words, limit->period.n, limit->period.unit);
        return true;
    }
    struct text zh = {0}, en = {0};
    struct words anchor = {words->policy, &zh, &en};
    bool said = say_anchor(&anchor, limit);
    if (at_once) {
        text_addf(words->zh, "%s%s", text_bytes(&zh), hours ? "之时" : "当日");
        text_addf(words->en, "%s%s",
                  hours                            ? "at "
                  : limit->anchor == ANCHOR_END_OF ? "on the day "
                                                   : "on the day of ",
                  text_bytes(&en));
    } else {
        text_addf(words->zh, "自%s起", text_bytes(&zh));
        say_period(words, limit->period.n, limit->period.unit);
        text_addf(words->en, " after %s", text_bytes(&en));
    }
    text_free(&zh);
    text_free(&en);
    return said;
}

static bool say_before(const struct words *words, const struct limit *limit)
{
    struct text zh = {0}, en = {0};
    struct words anchor = {words->policy, &zh, &en};
    bool said = say_anchor(&anchor, limit);
    text_addf(words->zh, "%s前", text_bytes(&zh));
    say_period(words, limit->period.n, limit->period.unit);
    text_addf(words->en, " before %s", text_bytes(&en));
    text_free(&zh);
    text_free(&en);
    return said;
}

static bool say_day(const struct words *words, const struct limit *limit)
{
    bool filled = limit->anchor == ANCHOR_FIELD;
    say(words, filled ? "所填" : "", filled ? "the day " : "");
    bool said = say_anchor(words, limit);
    say(words, filled ? "之日" : "", filled ? " says" : "");
    return said;
}

static bool say_limit(const struct words *words, const struct limit *limit)
{
    if (limit->length_field >= 0) {
        say(words, "所填“", "what “");
        say_title(words, &words->policy->fields[limit->length_field].title);
        say(words, "”", "” says");
        return limit->anchor == ANCHOR_START;
    }
    switch (limit->kind) {
    case LIMIT_AFTER:
        return say_after(words, limit);
    case LIMIT_BEFORE:
        return say_before(words, limit);
    case LIMIT_DAY:
        return say_day(words, limit);
    default:
        return false;
    }
}

bool limit_words(const struct policy *policy, const struct clock *clock, struct text *zh,
                 struct text *en)
{
    struct words words = {policy, zh, en};
    bool said = clock->limit_count > 0;
    for (int32_t i = 0; i < clock->limit_count && said; i++) {
        const struct limit *limit = &clock->limits[i];
        say(&words, i ? "；" : "", i ? "; " : "");
        if (limit->when) {
            text_add(en, "if ");
            said = say_condition(&words, limit->when);
            text_add(zh, "的，");
            text_add(en, ": ");
        } else if (i) {
            say(&words, "其余", "else ");
        }
        said = said && say_limit(&words, limit);
    }
    return said;
}
