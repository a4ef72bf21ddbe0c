/*
 * expr.h: conditions, the formulas of a policy (POLICY guide, section 5).
 *
 * Text is parsed to a tree, the tree is typed against a policy in the making, and a typed tree is
 * evaluated against whatever the asker stands on (a case, a month's figures, a score's period).
 * Trees live in the policy's arena and are immutable; evaluating allocates nothing.
 */
#ifndef YUNTAI_CORE_EXPR_H
#define YUNTAI_CORE_EXPR_H

#include "core/calendar.h"
#include "core/message.h"
#include "core/reckon.h"
#include "core/value.h"

enum expr_op {
    EXPR_CONSTANT, /* n: number, day, period, symbol, or a yes/no (the words yes and no) */
    EXPR_OR,
    EXPR_AND,
    EXPR_NOT,
    EXPR_EQUAL,
    EXPR_UNEQUAL,
    EXPR_LESS,
    EXPR_LESS_EQUAL,
    EXPR_MORE,
    EXPR_MORE_EQUAL,
    EXPR_IN, /* left: a word; symbols: the set; or right: words */
    EXPR_ADD,
    EXPR_SUBTRACT, /* of numbers; of a day or moment and a period */
    EXPR_MULTIPLY,
    EXPR_DIVIDE,
    EXPR_MINUS,
    EXPR_FACT,   /* index: slot, see struct policy */
    EXPR_ITEM,   /* index: column of the line any() or all() stands on */
    EXPR_STATE,  /* the state's symbol */
    EXPR_OPEN,   /* not final */
    EXPR_TODAY,  /* the day of the act */
    EXPR_DID,    /* symbols: events */
    EXPR_COUNT,  /* symbols: events; in a score pairs of procedure and event */
    EXPR_DEEMED, /* symbols[0]: event */
    EXPR_LATE,   /* index: clock */
    EXPR_EARLY,  /* index: clock */
    EXPR_KNOWN,  /* left */
    EXPR_FIRST,  /* left, right */
    EXPR_ANY,    /* left: condition with item facts */
    EXPR_ALL,
    EXPR_TOTAL, /* index: measure */
    EXPR_GROW,
    EXPR_CASES, /* index: procedure; left: condition on its cases; n: number of the question, from 0
                 */
    EXPR_ON_TIME, /* symbols: clocks and duties */
    EXPR_SYSTEMS, /* left: condition on the system */
    EXPR_CARDS    /* n: enum card */
};

struct expr {
    enum expr_op op;
    enum value_type type;
    enum unit unit; /* of a VALUE_PERIOD */
    int32_t domain; /* VALUE_WORDS: the field whose labels the bits are; else -1 */
    int32_t index;
    int64_t n;
    const struct expr *left, *right;
    const int32_t *symbols;
    int32_t symbol_count;
    int32_t offset; /* byte of the text it begins at, for error places */
};

/* What an expression is asked about. The asker fills in the functions it can answer. */
struct scope {
    const struct revision *revision; /* for day arithmetic in wd */
    int64_t now;                     /* moment of the act */
    /* The value of any leaf (EXPR_FACT … EXPR_CARDS but KNOWN, FIRST, TODAY); never called for
     * others. */
    struct value (*leaf)(const struct scope *scope, const struct expr *leaf);
    /* For EXPR_ANY and EXPR_ALL: lines there are; the evaluator sets LINE and evaluates the rest.
     */
    int32_t line_count;
    int32_t line;
    void *self; /* the asker's own */
};

/* POLICY section 5: and, or, not keep the unknown unless the other side decides. any() of no line
 * is no, all() of no line is yes. Nothing is allocated; SCOPE->line is used while inside any() or
 * all(). */
struct value expr_eval(const struct expr *expr, struct scope *scope);
/* Known and yes. A NULL expression holds (no condition was written). */
bool expr_holds(const struct expr *expr, struct scope *scope);

#endif
