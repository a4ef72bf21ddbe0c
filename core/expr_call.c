/* expr_call.c: the functions of conditions, and where each may stand (POLICY guide, section 5). */
#include <string.h>

#include "core/expr_type.h"

struct function {
    const char *name;
    enum expr_op op;
    unsigned grounds; /* bits of enum ground */
    int least, most;  /* arguments; most -1: any number */
    struct expr *(*type)(struct typing *typing, const struct node *node,
                         const struct function *function, int32_t domain);
};

static int32_t name_of(struct typing *typing, const struct node *argument)
{
    if (argument->kind != NODE_NAME) {
        return 0;
    }
    return names_find(typing->compiler->names,
                      typing->chunk.key->text + typing->chunk.from + argument->offset,
                      argument->length);
}

static int32_t count_arguments(const struct node *node)
{
    int32_t count = 0;
    for (const struct node *item = node->items; item; item = item->next) {
        count++;
    }
    return count;
}

/* What a name in brackets may be; bits. */
enum {
    ARGUMENT_EVENT = 1,
    ARGUMENT_CLOCK = 2,
    ARGUMENT_DUTY = 4,
    ARGUMENT_MEASURE = 8,
    ARGUMENT_PROCEDURE = 16
};

static void offer_names(const struct typing *typing, struct near_word *near_word, unsigned kinds)
{
    const struct policy *policy = typing->compiler->policy;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        bool asked = typing->ground.procedure < 0 || typing->ground.procedure == p;
        if (kinds & ARGUMENT_PROCEDURE) {
            near_offer(near_word, procedure->title.name);
        }
        for (int32_t i = 0; (kinds & ARGUMENT_EVENT) && asked && i < procedure->event_count; i++) {
            near_offer(near_word, procedure->events[i].title.name);
        }
    }
    for (int32_t i = 0; (kinds & ARGUMENT_CLOCK) && i < policy->clock_count; i++) {
        near_offer(near_word, policy->clocks[i].title.name);
    }
    for (int32_t i = 0; (kinds & ARGUMENT_DUTY) && i < policy->duty_count; i++) {
        near_offer(near_word, policy->duties[i].title.name);
    }
    for (int32_t i = 0; (kinds & ARGUMENT_MEASURE) && i < policy->measures.count; i++) {
        near_offer(near_word, policy->measures.items[i].name);
    }
}

static struct expr *no_such(struct typing *typing, const struct node *argument, unsigned kinds,
                            const char *kind)
{
    const char *text = typing_text(typing, argument);
    struct near_word near_word = near_begin(text, argument->length);
    if (argument->kind == NODE_NAME) {
        offer_names(typing, &near_word, kinds);
    }
    return near_word.best
               ? typing_say(typing, argument, MESSAGE_expr_argument_near, text, near_word.best)
               : typing_say(typing, argument, MESSAGE_expr_argument, text, kind);
}

/* ---- events ---- */

static bool is_event(const struct typing *typing, int32_t symbol)
{
    const struct policy *policy = typing->compiler->policy;
    for (int32_t i = 0; symbol && i < policy->procedure_count; i++) {
        bool asked = typing->ground.procedure < 0 || typing->ground.procedure == i;
        if (asked && policy->procedures[i].event_of[symbol] >= 0) {
            return true;
        }
    }
    return false;
}

/* count(access.object): pairs of procedure and event. */
static bool score_event(struct typing *typing, const struct node *argument, int32_t *symbols)
{
    const struct policy *policy = typing->compiler->policy;
    const char *text = typing->chunk.key->text + typing->chunk.from + argument->offset;
    const char *dot = argument->kind == NODE_NAME ? memchr(text, '.', argument->length) : NULL;
    if (!dot) {
        return false;
    }
    size_t head = (size_t)(dot - text);
    symbols[0] = names_find(typing->compiler->names, text, head);
    symbols[1] = names_find(typing->compiler->names, dot + 1, argument->length - head - 1);
    int32_t procedure = symbols[0] ? policy->procedure_of[symbols[0]] : -1;
    return procedure >= 0 && symbols[1] && policy->procedures[procedure].event_of[symbols[1]] >= 0;
}

static struct expr *events(struct typing *typing, const struct node *node,
                           const struct function *function, int32_t domain)
{
    (void)domain;
    bool score = typing->ground.ground == GROUND_SCORE;
    int32_t count = count_arguments(node);
    struct expr *expr = typing_new(typing, node, function->op,
                                   function->op == EXPR_COUNT ? VALUE_NUMBER : VALUE_YESNO);
    int32_t *symbols = arena_array(typing->compiler->arena, (size_t)count * 2, sizeof *symbols);
    if (!expr || !symbols) {
        return NULL;
    }
    int32_t used = 0;
    for (const struct node *item = node->items; item; item = item->next) {
        if (score) {
            if (!score_event(typing, item, symbols + used)) {
                return no_such(typing, item, 0, "事项和事件（PROCEDURE.EVENT）\037PROCEDURE.EVENT");
            }
            used += 2;
            continue;
        }
        symbols[used] = name_of(typing, item);
        if (!is_event(typing, symbols[used++])) {
            return no_such(typing, item, ARGUMENT_EVENT, "事件\037event");
        }
    }
    expr->symbols = symbols;
    expr->symbol_count = used;
    return expr;
}

/* ---- clocks ---- */

static struct expr *clock(struct typing *typing, const struct node *node,
                          const struct function *function, int32_t domain)
{
    (void)domain;
    int32_t symbol = name_of(typing, node->items);
    int32_t index = symbol ? typing->compiler->policy->clock_of[symbol] : -1;
    if (index < 0) {
        return no_such(typing, node->items, ARGUMENT_CLOCK, "时限\037clock");
    }
    struct expr *expr = typing_new(typing, node, function->op, VALUE_YESNO);
    if (expr) {
        expr->index = index;
    }
    return expr;
}

static bool is_duty(const struct policy *policy, int32_t symbol)
{
    for (int32_t i = 0; i < policy->duty_count; i++) {
        if (policy->duties[i].title.symbol == symbol) {
            return true;
        }
    }
    return false;
}

static struct expr *clocks_and_duties(struct typing *typing, const struct node *node,
                                      const struct function *function, int32_t domain)
{
    (void)domain;
    const struct policy *policy = typing->compiler->policy;
    struct expr *expr = typing_new(typing, node, function->op, VALUE_NUMBER);
    int32_t *symbols =
        arena_array(typing->compiler->arena, (size_t)count_arguments(node), sizeof *symbols);
    if (!expr || !symbols) {
        return NULL;
    }
    for (const struct node *item = node->items; item; item = item->next) {
        int32_t symbol = name_of(typing, item);
        if (!symbol || (policy->clock_of[symbol] < 0 && !is_duty(policy, symbol))) {
            return no_such(typing, item, ARGUMENT_CLOCK | ARGUMENT_DUTY,
                           "时限或定期义务\037clock or duty");
        }
        symbols[expr->symbol_count++] = symbol;
    }
    expr->symbols = symbols;
    return expr;
}

/* ---- values ---- */

static struct expr *known(struct typing *typing, const struct node *node,
                          const struct function *function, int32_t domain)
{
    (void)domain;
    struct expr *left = typing_node(typing, node->items, DOMAIN_NONE);
    struct expr *expr = left ? typing_new(typing, node, function->op, VALUE_YESNO) : NULL;
    if (expr) {
        expr->left = left;
    }
    return expr;
}

static struct expr *first(struct typing *typing, const struct node *node,
                          const struct function *function, int32_t domain)
{
    struct expr *left = typing_node(typing, node->items, domain);
    struct expr *right = left ? typing_node(typing, node->items->next, left->domain) : NULL;
    if (!right) {
        return NULL;
    }
    if (left->type == VALUE_TEXT) {
        return typing_say(typing, node->items, MESSAGE_expr_text, NULL, NULL);
    }
    bool words = left->type == VALUE_WORD && right->type == VALUE_WORD;
    bool alike = left->type == right->type && left->unit == right->unit &&
                 (left->type != VALUE_WORDS || left->domain == right->domain);
    if (words && !typing_share(typing, left->domain, right->domain)) {
        return typing_say(typing, node, MESSAGE_expr_apart, NULL, NULL);
    }
    if (!alike) {
        return typing_say(typing, node, MESSAGE_expr_unlike, typing_type_name(left),
                          typing_type_name(right));
    }
    struct expr *expr = typing_new(typing, node, function->op, left->type);
    if (expr) {
        expr->left = left;
        expr->right = right;
        expr->unit = left->unit;
        expr->domain = left->domain;
    }
    return expr;
}

static struct expr *inner(struct typing *typing, const struct node *argument,
                          struct ground_of ground)
{
    struct ground_of before = typing->ground;
    typing->ground = ground;
    struct expr *expr = typing_node(typing, argument, DOMAIN_NONE);
    typing->ground = before;
    if (expr && expr->type != VALUE_YESNO) {
        return typing_say(typing, argument, MESSAGE_expr_want, typing_type_name(expr),
                          typing_type_name(&(struct expr){.type = VALUE_YESNO}));
    }
    return expr;
}

static struct expr *on_lines(struct typing *typing, const struct node *node,
                             const struct function *function, int32_t domain)
{
    (void)domain;
    struct ground_of ground = typing->ground;
    ground.items = true;
    struct expr *left = inner(typing, node->items, ground);
    struct expr *expr = left ? typing_new(typing, node, function->op, VALUE_YESNO) : NULL;
    if (expr) {
        expr->left = left;
    }
    return expr;
}

/* ---- measures ---- */

static int32_t measure_of(struct typing *typing, const struct node *argument)
{
    int32_t symbol = name_of(typing, argument);
    struct labels measures = typing->compiler->policy->measures;
    for (int32_t i = 0; symbol && i < measures.count; i++) {
        if (measures.items[i].symbol == symbol) {
            return i;
        }
    }
    return -1;
}

static struct expr *measure(struct typing *typing, const struct node *node,
                            const struct function *function, int32_t domain)
{
    static const struct {
        const char *name;
        enum measure_fact which;
    } facts[] = {
        {"avg", MEASURE_AVG}, {"p95", MEASURE_P95}, {"peak", MEASURE_PEAK}, {"free", MEASURE_FREE}};
    (void)domain;
    int32_t index = measure_of(typing, node->items);
    if (index < 0) {
        return no_such(typing, node->items, ARGUMENT_MEASURE, "计量项\037measure");
    }
    struct expr *expr = typing_new(typing, node, function->op, VALUE_NUMBER);
    if (!expr) {
        return NULL;
    }
    expr->index = index;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (strcmp(facts[i].name, function->name) == 0) {
            expr->index = policy_slot_measure(typing->compiler->policy, index, facts[i].which);
        }
    }
    return expr;
}

static struct expr *drift_measure(struct typing *typing, const struct node *node,
                                  const struct function *function, int32_t domain)
{
    enum drift_measure which = strcmp(function->name, "deployed") == 0 ? DRIFT_SEEN : DRIFT_GIVEN;
    (void)domain;
    int32_t index = measure_of(typing, node->items);
    if (index < 0) {
        return no_such(typing, node->items, ARGUMENT_MEASURE, "计量项\037measure");
    }
    struct expr *expr = typing_new(typing, node, function->op, VALUE_NUMBER);
    if (expr) {
        expr->index = policy_slot_drift_measure(typing->compiler->policy, index, which);
    }
    return expr;
}

/* ---- other cases, systems, cards ---- */

static bool grow_queries(struct compiler *compiler)
{
    if (compiler->query_count < compiler->query_capacity) {
        return true;
    }
    int32_t capacity = compiler->query_capacity ? compiler->query_capacity * 2 : 16;
    struct case_query *queries = arena_array(compiler->arena, (size_t)capacity, sizeof *queries);
    if (!queries) {
        return false;
    }
    if (compiler->query_count) {
        memcpy(queries, compiler->queries, (size_t)compiler->query_count * sizeof *queries);
    }
    compiler->queries = queries;
    compiler->query_capacity = capacity;
    return true;
}

static struct expr *cases(struct typing *typing, const struct node *node,
                          const struct function *function, int32_t domain)
{
    (void)domain;
    struct compiler *compiler = typing->compiler;
    int32_t symbol = name_of(typing, node->items);
    int32_t procedure = symbol ? compiler->policy->procedure_of[symbol] : -1;
    if (procedure < 0) {
        return no_such(typing, node->items, ARGUMENT_PROCEDURE, "事项\037procedure");
    }
    struct expr *left =
        inner(typing, node->items->next, (struct ground_of){GROUND_CASE, procedure, false, true});
    struct expr *expr = left ? typing_new(typing, node, function->op, VALUE_NUMBER) : NULL;
    if (!expr || !grow_queries(compiler)) {
        return NULL;
    }
    struct text name = {0};
    text_addf(&name, "cases.%s.%d", names_text(compiler->names, symbol),
              (int)compiler->query_count + 1);
    compiler->queries[compiler->query_count] =
        (struct case_query){procedure, left, arena_keep(compiler->arena, &name)};
    expr->index = procedure;
    expr->left = left;
    expr->n = compiler->query_count++;
    return expr;
}

static struct expr *systems(struct typing *typing, const struct node *node,
                            const struct function *function, int32_t domain)
{
    (void)domain;
    struct expr *left =
        inner(typing, node->items, (struct ground_of){GROUND_SYSTEM, -1, false, false});
    struct expr *expr = left ? typing_new(typing, node, function->op, VALUE_NUMBER) : NULL;
    if (expr) {
        expr->left = left;
    }
    return expr;
}

static struct expr *cards(struct typing *typing, const struct node *node,
                          const struct function *function, int32_t domain)
{
    static const char *const colours[] = {[CARD_BLUE] = "blue",
                                          [CARD_YELLOW] = "yellow",
                                          [CARD_RED] = "red",
                                          [CARD_DOUBLE] = "double"};
    (void)domain;
    const char *text = node->items->kind == NODE_NAME ? typing_text(typing, node->items) : "";
    for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
        if (strcmp(text, colours[card]) == 0) {
            struct expr *expr = typing_new(typing, node, function->op, VALUE_NUMBER);
            if (expr) {
                expr->n = card;
            }
            return expr;
        }
    }
    return no_such(typing, node->items, 0,
                   "卡片：blue、yellow、red、double\037card: blue, yellow, red or double");
}

/* ---- the list ---- */

#define ON(ground) (1u << GROUND_##ground)
#define EVERYWHERE (ON(CASE) | ON(SYSTEM) | ON(ORG) | ON(USAGE) | ON(DRIFT) | ON(SCORE))

static const struct function functions[] = {
    {"did", EXPR_DID, ON(CASE), 1, -1, events},
    {"count", EXPR_COUNT, ON(CASE) | ON(SCORE), 1, -1, events},
    {"deemed", EXPR_DEEMED, ON(CASE), 1, 1, events},
    {"late", EXPR_LATE, ON(CASE), 1, 1, clock},
    {"early", EXPR_EARLY, ON(CASE), 1, 1, clock},
    {"known", EXPR_KNOWN, EVERYWHERE, 1, 1, known},
    {"first", EXPR_FIRST, EVERYWHERE, 2, 2, first},
    {"any", EXPR_ANY, ON(CASE), 1, 1, on_lines},
    {"all", EXPR_ALL, ON(CASE), 1, 1, on_lines},
    {"total", EXPR_TOTAL, ON(CASE), 1, 1, measure},
    {"grow", EXPR_GROW, ON(CASE), 1, 1, measure},
    {"free", EXPR_FACT, ON(CASE), 1, 1, measure},
    {"avg", EXPR_FACT, ON(CASE) | ON(USAGE) | ON(SCORE), 1, 1, measure},
    {"p95", EXPR_FACT, ON(CASE) | ON(USAGE) | ON(SCORE), 1, 1, measure},
    {"peak", EXPR_FACT, ON(CASE) | ON(USAGE) | ON(SCORE), 1, 1, measure},
    {"deployed", EXPR_FACT, ON(DRIFT), 1, 1, drift_measure},
    {"allotted", EXPR_FACT, ON(DRIFT), 1, 1, drift_measure},
    {"cases", EXPR_CASES, ON(CASE), 2, 2, cases},
    {"on_time", EXPR_ON_TIME, ON(SCORE), 1, -1, clocks_and_duties},
    {"systems", EXPR_SYSTEMS, ON(SCORE), 1, 1, systems},
    {"cards", EXPR_CARDS, ON(SCORE), 1, 1, cards},
};

struct expr *typing_call(struct typing *typing, const struct node *node, int32_t domain)
{
    const char *name = typing_text(typing, node);
    struct near_word near_word = near_begin(name, node->length);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const struct function *function = &functions[i];
        near_offer(&near_word, function->name);
        if (strcmp(name, function->name) != 0) {
            continue;
        }
        int32_t count = count_arguments(node);
        if (!(function->grounds >> typing->ground.ground & 1)) {
            return typing_say(typing, node, MESSAGE_expr_function_misplaced, name,
                              typing_ground_name(typing->ground.ground));
        }
        if (count < function->least || (function->most >= 0 && count > function->most)) {
            const char *number = function->most < 0    ? "一个或多个\037one or more"
                                 : function->most == 2 ? "2"
                                                       : "1";
            return typing_say(typing, node, MESSAGE_expr_arguments, name, number);
        }
        return function->type(typing, node, function, domain);
    }
    return typing_say(typing, node,
                      near_word.best ? MESSAGE_expr_function_near : MESSAGE_expr_function, name,
                      near_word.best);
}
