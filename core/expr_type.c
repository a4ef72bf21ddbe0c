/* expr_type.c: what a condition's operators join, and of what type it is. */
#include <string.h>

#include "core/expr_type.h"

struct expr *typing_new(struct typing *typing, const struct node *node, enum expr_op op,
                        enum value_type type)
{
    struct expr *expr = arena_take(typing->compiler->arena, sizeof *expr);
    if (!expr) {
        return typing_say(typing, node, MESSAGE_compile_memory, NULL, NULL);
    }
    expr->op = op;
    expr->type = type;
    expr->domain = DOMAIN_NONE;
    expr->index = -1;
    expr->offset = (int32_t)node->offset;
    return expr;
}

void *typing_say(struct typing *typing, const struct node *node, enum message_id id, const char *a,
                 const char *b)
{
    const struct chunk *chunk = &typing->chunk;
    compiler_say(typing->compiler, chunk->thing, chunk->key, chunk->from + node->offset, id, a, b,
                 NULL);
    return NULL;
}

const char *typing_text(struct typing *typing, const struct node *node)
{
    const struct chunk *chunk = &typing->chunk;
    return arena_text(typing->compiler->arena, chunk->key->text + chunk->from + node->offset,
                      node->length);
}

/* In both languages, see message.h. */
const char *typing_type_name(const struct expr *expr)
{
    static const char *const names[] = {
        [VALUE_NUMBER] = "数\037number",   [VALUE_DAY] = "日期\037day",
        [VALUE_MOMENT] = "时刻\037moment", [VALUE_YESNO] = "是否\037yes/no",
        [VALUE_WORD] = "选项\037word",     [VALUE_WORDS] = "多个选项\037set of words",
        [VALUE_TEXT] = "文字\037text",
    };
    static const char *const periods[] = {
        [UNIT_WD] = "期间（wd）\037period in wd",
        [UNIT_D] = "期间（d）\037period in d",
        [UNIT_MO] = "期间（mo）\037period in mo",
        [UNIT_H] = "期间（h）\037period in h",
    };
    return expr->type == VALUE_PERIOD ? periods[expr->unit] : names[expr->type];
}

static struct expr *want(struct typing *typing, const struct node *node, struct expr *expr,
                         enum value_type type)
{
    struct expr wanted = {.type = type};
    if (expr && expr->type != type) {
        return typing_say(typing, node, MESSAGE_expr_want, typing_type_name(expr),
                          typing_type_name(&wanted));
    }
    return expr;
}

static bool is_words(const struct expr *expr)
{
    return expr->type == VALUE_WORD || expr->type == VALUE_WORDS;
}

/* Both sides of an operator: the right is looked up among what the left can be. */
static bool sides(struct typing *typing, const struct node *node, struct expr **left,
                  struct expr **right)
{
    *left = typing_node(typing, node->left, DOMAIN_NONE);
    *right = *left
                 ? typing_node(typing, node->right, is_words(*left) ? (*left)->domain : DOMAIN_NONE)
                 : NULL;
    return *right != NULL;
}

static bool ordered(enum value_type type)
{
    return type == VALUE_NUMBER || type == VALUE_DAY || type == VALUE_MOMENT;
}

/* Text and several words: neither equal nor unequal to anything. */
static bool comparable(struct typing *typing, const struct node *node, const struct expr *expr)
{
    if (expr && (expr->type == VALUE_TEXT || expr->type == VALUE_WORDS)) {
        typing_say(typing, node, expr->type == VALUE_TEXT ? MESSAGE_expr_text : MESSAGE_expr_words,
                   NULL, NULL);
        return false;
    }
    return expr != NULL;
}

static struct expr *compare(struct typing *typing, const struct node *node)
{
    bool equal = node->op == EXPR_EQUAL || node->op == EXPR_UNEQUAL;
    struct expr *left = typing_node(typing, node->left, DOMAIN_NONE);
    if (!comparable(typing, node->left, left)) {
        return NULL;
    }
    struct expr *right =
        typing_node(typing, node->right, is_words(left) ? left->domain : DOMAIN_NONE);
    if (!comparable(typing, node->right, right)) {
        return NULL;
    }
    if (!equal && (!ordered(left->type) || !ordered(right->type))) {
        const struct expr *odd = ordered(left->type) ? right : left;
        return typing_say(typing, node, MESSAGE_expr_order, typing_type_name(odd), NULL);
    }
    if (left->type != right->type || (left->type == VALUE_PERIOD && left->unit != right->unit)) {
        return typing_say(typing, node, MESSAGE_expr_unlike, typing_type_name(left),
                          typing_type_name(right));
    }
    if (left->type == VALUE_WORD && !typing_share(typing, left->domain, right->domain)) {
        return typing_say(typing, node, MESSAGE_expr_apart, NULL, NULL);
    }
    struct expr *expr = typing_new(typing, node, node->op, VALUE_YESNO);
    if (expr) {
        expr->left = left;
        expr->right = right;
    }
    return expr;
}

static struct expr *logic(struct typing *typing, const struct node *node)
{
    struct expr *left =
        want(typing, node->left, typing_node(typing, node->left, DOMAIN_NONE), VALUE_YESNO);
    struct expr *right = NULL;
    if (node->right) {
        right =
            want(typing, node->right, typing_node(typing, node->right, DOMAIN_NONE), VALUE_YESNO);
    }
    if (!left || (node->right && !right)) {
        return NULL;
    }
    struct expr *expr = typing_new(typing, node, node->op, VALUE_YESNO);
    if (expr) {
        expr->left = left;
        expr->right = right;
    }
    return expr;
}

static struct expr *sum(struct typing *typing, const struct node *node)
{
    struct expr *left, *right;
    if (!sides(typing, node, &left, &right)) {
        return NULL;
    }
    bool dated = left->type == VALUE_DAY || left->type == VALUE_MOMENT;
    bool hours = left->type == VALUE_DAY && right->type == VALUE_PERIOD && right->unit == UNIT_H;
    bool numbers = left->type == VALUE_NUMBER && right->type == VALUE_NUMBER;
    if (!numbers && (!dated || right->type != VALUE_PERIOD || hours)) {
        return typing_say(typing, node, MESSAGE_expr_sum, typing_type_name(left),
                          typing_type_name(right));
    }
    struct expr *expr = typing_new(typing, node, node->op, left->type);
    if (expr) {
        expr->left = left;
        expr->right = right;
    }
    return expr;
}

static struct expr *product(struct typing *typing, const struct node *node)
{
    struct expr *left =
        want(typing, node->left, typing_node(typing, node->left, DOMAIN_NONE), VALUE_NUMBER);
    struct expr *right =
        node->right
            ? want(typing, node->right, typing_node(typing, node->right, DOMAIN_NONE), VALUE_NUMBER)
            : NULL;
    if (!left || (node->right && !right)) {
        return NULL;
    }
    struct expr *expr = typing_new(typing, node, node->op, VALUE_NUMBER);
    if (expr) {
        expr->left = left;
        expr->right = right;
    }
    return expr;
}

/* The symbols of a field's labels, in the order of the bits. */
static bool take_bits(struct typing *typing, struct expr *expr, int32_t field)
{
    struct labels labels = typing->compiler->policy->fields[field].labels;
    int32_t *symbols =
        arena_array(typing->compiler->arena, (size_t)labels.count + 1, sizeof *symbols);
    if (!symbols) {
        return false;
    }
    for (int32_t i = 0; i < labels.count; i++) {
        symbols[i] = labels.items[i].symbol;
    }
    expr->symbols = symbols;
    expr->symbol_count = labels.count;
    return true;
}

static struct expr *in_words(struct typing *typing, const struct node *node)
{
    struct expr *right = typing_node(typing, node->right, DOMAIN_NONE);
    if (!right) {
        return NULL;
    }
    if (right->type != VALUE_WORDS) {
        return typing_say(typing, node->right, MESSAGE_expr_in, typing_type_name(right), NULL);
    }
    struct expr *left = typing_node(typing, node->left, right->domain);
    if (!left) {
        return NULL;
    }
    if (left->type != VALUE_WORD) {
        return typing_say(typing, node->left, MESSAGE_expr_in_left, typing_type_name(left), NULL);
    }
    struct expr *expr = typing_new(typing, node, EXPR_IN, VALUE_YESNO);
    if (!expr || !take_bits(typing, expr, right->domain)) {
        return NULL;
    }
    expr->left = left;
    expr->right = right;
    return expr;
}

static struct expr *in_set(struct typing *typing, const struct node *node)
{
    struct expr *left = typing_node(typing, node->left, DOMAIN_NONE);
    if (!left) {
        return NULL;
    }
    if (left->type != VALUE_WORD) {
        return typing_say(typing, node->left, MESSAGE_expr_in_left, typing_type_name(left), NULL);
    }
    bool right = true;
    int32_t count = 0;
    for (const struct node *word = node->right->items; word; word = word->next) {
        count++;
    }
    struct expr *expr = typing_new(typing, node, EXPR_IN, VALUE_YESNO);
    int32_t *symbols = arena_array(typing->compiler->arena, (size_t)count, sizeof *symbols);
    if (!expr || !symbols) {
        return NULL;
    }
    expr->left = left;
    expr->symbols = symbols;
    for (const struct node *word = node->right->items; word; word = word->next) {
        const char *text = typing_text(typing, word);
        symbols[expr->symbol_count] = typing_word(typing, text, word->length, left->domain);
        if (!symbols[expr->symbol_count++]) {
            typing_no_word(typing, word, left->domain);
            right = false;
        }
    }
    return right ? expr : NULL;
}

static struct expr *relation(struct typing *typing, const struct node *node)
{
    switch (node->op) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        return logic(typing, node);
    case EXPR_IN:
        return node->right->kind == NODE_SET ? in_set(typing, node) : in_words(typing, node);
    case EXPR_ADD:
    case EXPR_SUBTRACT:
        return sum(typing, node);
    case EXPR_MULTIPLY:
    case EXPR_DIVIDE:
    case EXPR_MINUS:
        return product(typing, node);
    default:
        return compare(typing, node);
    }
}

struct expr *typing_node(struct typing *typing, const struct node *node, int32_t domain)
{
    struct expr *expr;
    if (*typing->count > NODE_MOST) {
        return NULL; /* said already */
    }
    if (++*typing->count > NODE_MOST) {
        return typing_say(typing, node, MESSAGE_expr_long, typing_text(typing, node), NULL);
    }
    switch (node->kind) {
    case NODE_NUMBER:
    case NODE_DATE:
    case NODE_PERIOD:
        expr = typing_new(typing, node, EXPR_CONSTANT,
                          node->kind == NODE_NUMBER ? VALUE_NUMBER
                          : node->kind == NODE_DATE ? VALUE_DAY
                                                    : VALUE_PERIOD);
        if (expr) {
            expr->n = node->n;
            expr->unit = node->unit;
        }
        return expr;
    case NODE_NAME:
        return typing_name(typing, node, domain);
    case NODE_CALL:
        return typing_call(typing, node, domain);
    default:
        return relation(typing, node);
    }
}

const struct expr *expr_compile(struct compiler *compiler, struct chunk chunk,
                                struct ground_of ground, enum value_type type)
{
    int32_t count = 0;
    struct typing typing = {compiler, chunk, ground, NULL, -1, &count};
    enum message_id what;
    const char *argument;
    size_t offset;
    const char *text = chunk.key->text + chunk.from;
    struct node *node = node_parse(compiler->arena, text, chunk.length, &offset, &what, &argument);
    if (!node) {
        compiler_say(compiler, chunk.thing, chunk.key, chunk.from + offset, what, argument, NULL,
                     NULL);
        return NULL;
    }
    return want(&typing, node, typing_node(&typing, node, DOMAIN_NONE), type);
}
