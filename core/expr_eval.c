/* expr_eval.c: what a condition comes to (POLICY guide, section 5). */
#include "core/expr.h"

static struct value eval(const struct expr *expr, struct scope *scope);

/* and, or: the other side decides where it can, else what is not known stays unknown. */
static struct value both_sides(const struct expr *expr, struct scope *scope, int64_t decides)
{
    struct value left = eval(expr->left, scope);
    if (left.known && (left.n != 0) == (decides != 0)) {
        return value_of(decides);
    }
    struct value right = eval(expr->right, scope);
    if (right.known && (right.n != 0) == (decides != 0)) {
        return value_of(decides);
    }
    return left.known && right.known ? value_of(!decides) : value_unknown();
}

static struct value compare(enum expr_op op, int64_t a, int64_t b)
{
    switch (op) {
    case EXPR_EQUAL:
        return value_of(a == b);
    case EXPR_UNEQUAL:
        return value_of(a != b);
    case EXPR_LESS:
        return value_of(a < b);
    case EXPR_LESS_EQUAL:
        return value_of(a <= b);
    case EXPR_MORE:
        return value_of(a > b);
    default:
        return value_of(a >= b);
    }
}

/* A day or moment and a period; the period is the right side. */
static struct value shift(const struct expr *expr, struct scope *scope, int64_t at, int64_t n,
                          int sign)
{
    bool day = expr->type == VALUE_DAY;
    struct period period = {n < 0 ? -n : n, expr->right->unit};
    sign = n < 0 ? -sign : sign;
    int64_t from = day ? moment_of((int32_t)at, 0) : at;
    int64_t to = reckon_shift(scope->revision, from, period, sign);
    if (to == MOMENT_NONE) {
        return value_unknown();
    }
    return value_of(day ? moment_day(to) : to);
}

static struct value sum(const struct expr *expr, struct scope *scope)
{
    struct value left = eval(expr->left, scope), right = eval(expr->right, scope);
    bool minus = expr->op == EXPR_SUBTRACT;
    int64_t out;
    if (!left.known || !right.known) {
        return value_unknown();
    }
    if (expr->type == VALUE_DAY || expr->type == VALUE_MOMENT) {
        return shift(expr, scope, left.n, right.n, minus ? -1 : 1);
    }
    bool over = minus ? __builtin_sub_overflow(left.n, right.n, &out)
                      : __builtin_add_overflow(left.n, right.n, &out);
    return over ? value_unknown() : value_of(out);
}

static struct value product(const struct expr *expr, struct scope *scope)
{
    struct value left = eval(expr->left, scope), right = eval(expr->right, scope);
    if (!left.known || !right.known) {
        return value_unknown();
    }
    return expr->op == EXPR_DIVIDE ? decimal_divide(left.n, right.n)
                                   : decimal_multiply(left.n, right.n);
}

/* any: yes where one line says so; all: no where one does not. */
static struct value lines(const struct expr *expr, struct scope *scope)
{
    int64_t decides = expr->op == EXPR_ANY;
    bool unknown = false;
    int32_t before = scope->line;
    struct value out = value_of(!decides);
    for (int32_t line = 0; line < scope->line_count; line++) {
        scope->line = line;
        struct value value = eval(expr->left, scope);
        if (value.known && (value.n != 0) == (decides != 0)) {
            scope->line = before;
            return value_of(decides);
        }
        unknown |= !value.known;
    }
    scope->line = before;
    return unknown ? value_unknown() : out;
}

static struct value member(const struct expr *expr, struct scope *scope)
{
    struct value left = eval(expr->left, scope);
    if (!left.known) {
        return left;
    }
    if (!expr->right) {
        for (int32_t i = 0; i < expr->symbol_count; i++) {
            if (expr->symbols[i] == left.n) {
                return value_of(1);
            }
        }
        return value_of(0);
    }
    struct value words = eval(expr->right, scope); /* SYMBOLS: of each bit, in order */
    if (!words.known) {
        return words;
    }
    for (int32_t i = 0; i < expr->symbol_count; i++) {
        if (expr->symbols[i] == left.n) {
            return value_of(words.n >> i & 1);
        }
    }
    return value_of(0);
}

static struct value eval(const struct expr *expr, struct scope *scope)
{
    struct value value;
    switch (expr->op) {
    case EXPR_CONSTANT:
        return value_of(expr->n);
    case EXPR_OR:
        return both_sides(expr, scope, 1);
    case EXPR_AND:
        return both_sides(expr, scope, 0);
    case EXPR_NOT:
        value = eval(expr->left, scope);
        return value.known ? value_of(!value.n) : value;
    case EXPR_EQUAL:
    case EXPR_UNEQUAL:
    case EXPR_LESS:
    case EXPR_LESS_EQUAL:
    case EXPR_MORE:
    case EXPR_MORE_EQUAL: {
        struct value left = eval(expr->left, scope), right = eval(expr->right, scope);
        return left.known && right.known ? compare(expr->op, left.n, right.n) : value_unknown();
    }
    case EXPR_IN:
        return member(expr, scope);
    case EXPR_ADD:
    case EXPR_SUBTRACT:
        return sum(expr, scope);
    case EXPR_MULTIPLY:
    case EXPR_DIVIDE:
        return product(expr, scope);
    case EXPR_MINUS:
        value = eval(expr->left, scope);
        return value.known && value.n != INT64_MIN ? value_of(-value.n) : value_unknown();
    case EXPR_TODAY:
        return value_of(moment_day(scope->now));
    case EXPR_KNOWN:
        return value_of(eval(expr->left, scope).known);
    case EXPR_FIRST:
        value = eval(expr->left, scope);
        return value.known ? value : eval(expr->right, scope);
    case EXPR_ANY:
    case EXPR_ALL:
        return lines(expr, scope);
    default:
        return scope->leaf(scope, expr);
    }
}

struct value expr_eval(const struct expr *expr, struct scope *scope)
{
    return eval(expr, scope);
}

bool expr_holds(const struct expr *expr, struct scope *scope)
{
    if (!expr) {
        return true;
    }
    struct value value = eval(expr, scope);
    return value.known && value.n;
}
