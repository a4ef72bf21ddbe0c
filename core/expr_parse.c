/* expr_parse.c: conditions from text to tree, by the grammar of the guide's section 5. */
#include <string.h>

#include "core/expr_node.h"

struct reader {
    struct arena *arena;
    const char *text;
    size_t length, at;
    int depth;            /* brackets and minus signs open */
    int count;            /* nodes made */
    enum message_id what; /* the first thing wrong */
    size_t wrong;
    const char *argument;
};

static bool letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool word_char(char c)
{
    return letter(c) || digit(c) || c == '_';
}

enum { SHOWN_MOST = 40 };

/* The word or the one character that begins at OFFSET, for a message. */
static const char *shown(const struct reader *reader, size_t offset)
{
    const char *text = reader->text + offset;
    size_t left = reader->length - offset, end = 0;
    while (end < left && end < SHOWN_MOST && word_char(text[end])) {
        end++;
    }
    if (end == 0 && left > 0) {
        end = utf8_length(text, left);
        return end ? arena_text(reader->arena, text, end) : "?";
    }
    return arena_text(reader->arena, text, end);
}

static void *fail(struct reader *reader, size_t offset, enum message_id what)
{
    if (reader->what == MESSAGE_NONE) {
        reader->what = what;
        reader->wrong = offset;
        reader->argument = shown(reader, offset);
    }
    return NULL;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->length &&
           (reader->text[reader->at] == ' ' || reader->text[reader->at] == '\t')) {
        reader->at++;
    }
}

static char peek(struct reader *reader)
{
    skip_blanks(reader);
    return reader->at < reader->length ? reader->text[reader->at] : '\0';
}

static bool take_char(struct reader *reader, char c)
{
    if (peek(reader) != c || reader->at >= reader->length) {
        return false;
    }
    reader->at++;
    return true;
}

/* A whole word that stands there. */
static bool take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    skip_blanks(reader);
    if (reader->length - reader->at < length ||
        memcmp(reader->text + reader->at, word, length) != 0 ||
        (reader->at + length < reader->length && word_char(reader->text[reader->at + length]))) {
        return false;
    }
    reader->at += length;
    return true;
}

/* The same for a number, period or date of LENGTH bytes. */
static void *fail_literal(struct reader *reader, size_t offset, size_t length, enum message_id what)
{
    fail(reader, offset, what);
    reader->argument =
        arena_text(reader->arena, reader->text + offset, length < SHOWN_MOST ? length : SHOWN_MOST);
    return NULL;
}

/* Is WORD one that joins conditions? Then it names nothing. */
static bool is_joint(const char *word, size_t length)
{
    static const char *const joints[] = {"and", "or", "not", "in", "if"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        if (strlen(joints[i]) == length && memcmp(joints[i], word, length) == 0) {
            return true;
        }
    }
    return false;
}

static struct node *node_new(struct reader *reader, enum node_kind kind, size_t offset)
{
    if (++reader->count > NODE_MOST) {
        return fail(reader, offset, MESSAGE_expr_long);
    }
    struct node *node = arena_take(reader->arena, sizeof *node);
    if (!node) {
        return fail(reader, offset, MESSAGE_compile_memory);
    }
    node->kind = kind;
    node->offset = offset;
    return node;
}

static struct node *join(struct reader *reader, enum expr_op op, size_t offset, struct node *left,
                         struct node *right)
{
    static const uint8_t lengths[EXPR_MINUS + 1] = {
        /* of what joins them; 0: one sign */
        [EXPR_AND] = 3,     [EXPR_OR] = 2,         [EXPR_NOT] = 3,        [EXPR_IN] = 2,
        [EXPR_UNEQUAL] = 2, [EXPR_LESS_EQUAL] = 2, [EXPR_MORE_EQUAL] = 2,
    };
    struct node *node = node_new(reader, NODE_RELATION, offset);
    if (node) {
        node->length = lengths[op] ? lengths[op] : 1;
        node->op = op;
        node->left = left;
        node->right = right;
    }
    return node;
}

static struct node *condition(struct reader *reader);

/* 2019-09-11. What has the shape of a day is meant as one, not as a subtraction. */
static bool day_shaped(const struct reader *reader)
{
    const char *text = reader->text + reader->at;
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (reader->at + i >= reader->length || (dash ? text[i] != '-' : !digit(text[i]))) {
            return false;
        }
    }
    return reader->at + 10 == reader->length || !word_char(text[10]);
}

static struct node *date(struct reader *reader)
{
    int32_t day;
    if (!day_parse(reader->text + reader->at, 10, &day)) {
        return fail_literal(reader, reader->at, 10, MESSAGE_expr_date);
    }
    struct node *node = node_new(reader, NODE_DATE, reader->at);
    reader->at += 10;
    if (node) {
        node->length = 10;
        node->n = day;
    }
    return node;
}

/* 20, 0.5, 5wd. */
static struct node *literal(struct reader *reader)
{
    size_t from = reader->at, at = from;
    int64_t n;
    while (at < reader->length && digit(reader->text[at])) {
        at++;
    }
    size_t digits = at - from;
    if (at + 1 < reader->length && reader->text[at] == '.' && digit(reader->text[at + 1])) {
        for (at++; at < reader->length && digit(reader->text[at]); at++) {
        }
    }
    size_t number = at - from;
    while (at < reader->length && word_char(reader->text[at])) {
        at++;
    }
    static const char *const units[] = {"wd", "d", "mo", "h"};
    size_t unit_length = at - from - number;
    if (!decimal_parse(reader->text + from, number, &n)) {
        return fail_literal(reader, from, number, MESSAGE_expr_number);
    }
    struct node *node = node_new(reader, unit_length ? NODE_PERIOD : NODE_NUMBER, from);
    if (!node) {
        return NULL;
    }
    reader->at = at;
    node->length = at - from;
    node->n = n;
    if (unit_length) {
        int unit = 0;
        while (unit < 4 && (strlen(units[unit]) != unit_length ||
                            memcmp(units[unit], reader->text + from + number, unit_length) != 0)) {
            unit++;
        }
        if (unit == 4 || number != digits) {
            return fail_literal(reader, from, at - from, MESSAGE_expr_unit);
        }
        node->unit = (enum unit)unit;
        node->n = n / MICRO;
    }
    return node;
}

static size_t name_end(const struct reader *reader, size_t at)
{
    while (at < reader->length && word_char(reader->text[at])) {
        at++;
        bool dot =
            at + 1 < reader->length && reader->text[at] == '.' && letter(reader->text[at + 1]);
        at += dot;
    }
    return at;
}

static bool close_bracket(struct reader *reader)
{
    if (take_char(reader, ')')) {
        return true;
    }
    bool end = reader->at >= reader->length;
    fail(reader, reader->at, end ? MESSAGE_expr_close_end : MESSAGE_expr_close);
    return false;
}

static bool arguments(struct reader *reader, struct node *call)
{
    struct node **last = &call->items;
    if (take_char(reader, ')')) {
        return true;
    }
    do {
        *last = condition(reader);
        if (!*last) {
            return false;
        }
        last = &(*last)->next;
    } while (take_char(reader, ','));
    return close_bracket(reader);
}

static struct node *name(struct reader *reader)
{
    size_t from = reader->at, end = name_end(reader, from);
    if (is_joint(reader->text + from, end - from)) {
        return fail(reader, from, MESSAGE_expr_sign);
    }
    struct node *node = node_new(reader, NODE_NAME, from);
    if (!node) {
        return NULL;
    }
    node->length = end - from;
    reader->at = end;
    if (peek(reader) == '(' && memchr(reader->text + from, '.', end - from) == NULL) {
        if (reader->depth >= NODE_DEPTH) {
            return fail(reader, reader->at, MESSAGE_expr_deep);
        }
        reader->at++;
        reader->depth++;
        node->kind = NODE_CALL;
        bool right = arguments(reader, node);
        reader->depth--;
        return right ? node : NULL;
    }
    return node;
}

static struct node *factor(struct reader *reader)
{
    char c = peek(reader);
    size_t from = reader->at;
    if (digit(c)) {
        return day_shaped(reader) ? date(reader) : literal(reader);
    }
    if (letter(c)) {
        return name(reader);
    }
    if ((c == '(' || c == '-') && reader->depth >= NODE_DEPTH) {
        return fail(reader, from, MESSAGE_expr_deep);
    }
    reader->depth++;
    struct node *node = NULL;
    if (take_char(reader, '(')) {
        node = condition(reader);
        node = node && close_bracket(reader) ? node : NULL;
    } else if (take_char(reader, '-')) {
        node = factor(reader);
        node = node ? join(reader, EXPR_MINUS, from, node, NULL) : NULL;
    } else {
        fail(reader, from, reader->at >= reader->length ? MESSAGE_expr_ends : MESSAGE_expr_sign);
    }
    reader->depth--;
    return node;
}

static struct node *product(struct reader *reader)
{
    struct node *left = factor(reader);
    while (left && (peek(reader) == '*' || peek(reader) == '/')) {
        size_t from = reader->at;
        enum expr_op op = reader->text[reader->at++] == '*' ? EXPR_MULTIPLY : EXPR_DIVIDE;
        struct node *right = factor(reader);
        left = right ? join(reader, op, from, left, right) : NULL;
    }
    return left;
}

static struct node *sum(struct reader *reader)
{
    struct node *left = product(reader);
    while (left && (peek(reader) == '+' || peek(reader) == '-')) {
        size_t from = reader->at;
        enum expr_op op = reader->text[reader->at++] == '+' ? EXPR_ADD : EXPR_SUBTRACT;
        struct node *right = product(reader);
        left = right ? join(reader, op, from, left, right) : NULL;
    }
    return left;
}

static struct node *plain_word(struct reader *reader)
{
    char c = peek(reader);
    if (!letter(c)) {
        return fail(reader, reader->at,
                    reader->at >= reader->length ? MESSAGE_expr_ends : MESSAGE_expr_word);
    }
    struct node *node = node_new(reader, NODE_NAME, reader->at);
    if (node) {
        reader->at = name_end(reader, reader->at);
        node->length = reader->at - node->offset;
    }
    return node;
}

static struct node *membership(struct reader *reader, struct node *left, size_t from)
{
    struct node *right;
    if (!take_char(reader, '(')) {
        right = plain_word(reader);
        return right ? join(reader, EXPR_IN, from, left, right) : NULL;
    }
    right = node_new(reader, NODE_SET, from);
    struct node **last = right ? &right->items : NULL;
    do {
        struct node *word = right ? plain_word(reader) : NULL;
        if (!word) {
            return NULL;
        }
        *last = word;
        last = &word->next;
    } while (take_char(reader, ','));
    return close_bracket(reader) ? join(reader, EXPR_IN, from, left, right) : NULL;
}

static struct node *relation(struct reader *reader)
{
    static const struct {
        const char *sign;
        enum expr_op op;
    } signs[] = {{"!=", EXPR_UNEQUAL}, {"<=", EXPR_LESS_EQUAL}, {">=", EXPR_MORE_EQUAL},
                 {"=", EXPR_EQUAL},    {"<", EXPR_LESS},        {">", EXPR_MORE}};
    struct node *left = sum(reader);
    if (!left) {
        return NULL;
    }
    skip_blanks(reader);
    size_t from = reader->at;
    if (take_word(reader, "in")) {
        return membership(reader, left, from);
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].sign);
        if (reader->length - reader->at >= length &&
            memcmp(reader->text + reader->at, signs[i].sign, length) == 0) {
            reader->at += length;
            struct node *right = sum(reader);
            return right ? join(reader, signs[i].op, from, left, right) : NULL;
        }
    }
    return left;
}

static struct node *negation(struct reader *reader)
{
    skip_blanks(reader);
    size_t from = reader->at;
    if (!take_word(reader, "not")) {
        return relation(reader);
    }
    struct node *left = relation(reader);
    return left ? join(reader, EXPR_NOT, from, left, NULL) : NULL;
}

static struct node *both(struct reader *reader)
{
    struct node *left = negation(reader);
    while (left && take_word(reader, "and")) {
        size_t from = reader->at - 3;
        struct node *right = negation(reader);
        left = right ? join(reader, EXPR_AND, from, left, right) : NULL;
    }
    return left;
}

static struct node *condition(struct reader *reader)
{
    struct node *left = both(reader);
    while (left && take_word(reader, "or")) {
        size_t from = reader->at - 2;
        struct node *right = both(reader);
        left = right ? join(reader, EXPR_OR, from, left, right) : NULL;
    }
    return left;
}

struct node *node_parse(struct arena *arena, const char *text, size_t length, size_t *offset,
                        enum message_id *what, const char **argument)
{
    struct reader reader = {.arena = arena, .text = text, .length = length};
    struct node *node = condition(&reader);
    if (node && (skip_blanks(&reader), reader.at < reader.length)) {
        node = fail(&reader, reader.at, MESSAGE_expr_more);
    }
    *offset = reader.wrong;
    *what = reader.what;
    *argument = reader.argument;
    return node;
}
