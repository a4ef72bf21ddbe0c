/* expr_fact.c: what a name in a condition speaks of: a word, a fact, a term (POLICY guide, section
 * 5). */
#include <string.h>

#include "core/expr_type.h"

static bool is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static int32_t symbol_of(struct typing *typing, const char *text, size_t length)
{
    return names_find(typing->compiler->names, text, length);
}

/* ---- words ---- */

struct walk {
    int32_t procedure, at;
};

/* The words of a domain one after another; 0 after the last. */
static int32_t next_word(const struct typing *typing, int32_t domain, struct walk *walk)
{
    const struct policy *policy = typing->compiler->policy;
    if (domain == DOMAIN_STATES) {
        for (; walk->procedure < policy->procedure_count; walk->procedure++, walk->at = 0) {
            const struct procedure *procedure = &policy->procedures[walk->procedure];
            int32_t asked = typing->ground.procedure;
            if ((asked < 0 || asked == walk->procedure) && walk->at < procedure->state_count) {
                return procedure->states[walk->at++].title.symbol;
            }
        }
        return 0;
    }
    if (domain >= 0 && policy->fields[domain].type == FIELD_ROLE) {
        for (; walk->at < policy->role_count; walk->at++) {
            if (policy->fields[domain].roles >> walk->at & 1) {
                return policy->roles[walk->at++].title.symbol;
            }
        }
        return 0;
    }
    struct labels labels = domain == DOMAIN_LEVELS ? policy->levels : policy->fields[domain].labels;
    return walk->at < labels.count ? labels.items[walk->at++].symbol : 0;
}

static bool has_word(const struct typing *typing, int32_t domain, int32_t symbol)
{
    struct walk walk = {0, 0};
    int32_t word = next_word(typing, domain, &walk);
    while (word && word != symbol) {
        word = next_word(typing, domain, &walk);
    }
    return word != 0;
}

int32_t typing_word(struct typing *typing, const char *text, size_t length, int32_t domain)
{
    int32_t symbol = domain == DOMAIN_NONE ? 0 : symbol_of(typing, text, length);
    return symbol && has_word(typing, domain, symbol) ? symbol : 0;
}

bool typing_share(const struct typing *typing, int32_t a, int32_t b)
{
    struct walk walk = {0, 0};
    int32_t word = a == b ? 0 : next_word(typing, a, &walk);
    while (word && !has_word(typing, b, word)) {
        word = next_word(typing, a, &walk);
    }
    return a == b || word != 0;
}

struct expr *typing_no_word(struct typing *typing, const struct node *node, int32_t domain)
{
    const char *text = typing_text(typing, node);
    struct near_word near_word = near_begin(text, node->length);
    struct text words = {0};
    struct walk walk = {0, 0};
    for (int32_t word; (word = next_word(typing, domain, &walk)) != 0;) {
        const char *name = names_text(typing->compiler->names, word);
        text_addf(&words, "%s%s", words.length ? ", " : "", name);
        near_offer(&near_word, name);
    }
    const char *all = arena_keep(typing->compiler->arena, &words);
    return typing_say(typing, node,
                      near_word.best ? MESSAGE_expr_no_word_near : MESSAGE_expr_no_word, text,
                      near_word.best ? near_word.best : all);
}

/* ---- facts ---- */

static struct expr *fact(struct typing *typing, const struct node *node, int32_t slot,
                         enum value_type type)
{
    struct expr *expr = typing_new(typing, node, EXPR_FACT, type);
    if (expr) {
        expr->index = slot;
    }
    return expr;
}

static void take_field(struct expr *expr, const struct policy *policy, int32_t index)
{
    const struct field *field = &policy->fields[index];
    expr->unit = field->unit;
    expr->domain = expr->type == VALUE_WORD || expr->type == VALUE_WORDS ? index : DOMAIN_NONE;
}

static struct expr *field_fact(struct typing *typing, const struct node *node, int32_t index,
                               int32_t slot)
{
    const struct policy *policy = typing->compiler->policy;
    struct expr *expr = fact(typing, node, slot, policy->fields[index].value);
    if (expr) {
        take_field(expr, policy, index);
    }
    return expr;
}

/* In both languages, see message.h. */
const char *typing_ground_name(enum ground ground)
{
    static const char *const grounds[] = {
        [GROUND_CASE] = "事项\037a case",
        [GROUND_SYSTEM] = "信息系统\037a system",
        [GROUND_ORG] = "单位\037an organisation",
        [GROUND_USAGE] = "月度利用情况\037a month's figures",
        [GROUND_DRIFT] = "云服务商清单\037a vendor's inventory",
        [GROUND_SCORE] = "考核期\037a period of an appraisal",
    };
    return grounds[ground];
}

static struct expr *misplaced(struct typing *typing, const struct node *node)
{
    return typing_say(typing, node, MESSAGE_expr_misplaced, typing_text(typing, node),
                      typing_ground_name(typing->ground.ground));
}

static struct expr *item_fact(struct typing *typing, const struct node *node, const char *name,
                              size_t length)
{
    const struct policy *policy = typing->compiler->policy;
    int32_t symbol = symbol_of(typing, name, length);
    int32_t column = symbol ? policy->column_of[symbol] : -1;
    int32_t own = ITEM_MEASURES + policy->measures.count;
    if (column < 0) {
        struct near_word near_word = near_begin(name, length);
        near_offer(&near_word, "quantity");
        near_offer(&near_word, "before");
        near_offer(&near_word, "listed");
        for (int32_t i = 0; i < policy->measures.count; i++) {
            near_offer(&near_word, policy->measures.items[i].name);
        }
        for (int32_t i = 0; i < policy->column_count - own; i++) {
            near_offer(&near_word, policy->columns[i]->title.name);
        }
        return typing_say(typing, node,
                          near_word.best ? MESSAGE_expr_column_near : MESSAGE_expr_column,
                          typing_text(typing, node), near_word.best);
    }
    if (!typing->ground.items) {
        return typing_say(typing, node, MESSAGE_expr_item, typing_text(typing, node), NULL);
    }
    enum value_type type = column == ITEM_LISTED ? VALUE_YESNO
                           : column < own        ? VALUE_NUMBER
                                                 : policy->columns[column - own]->value;
    struct expr *expr = typing_new(typing, node, EXPR_ITEM, type);
    if (expr) {
        expr->index = column;
        if (column >= own) {
            int32_t field = (int32_t)(policy->columns[column - own] - policy->fields);
            take_field(expr, policy, field);
            compiler_use(typing->compiler, KIND_FIELD, policy->fields[field].title.symbol);
        }
    }
    return expr;
}

static struct expr *around(struct typing *typing, const struct node *node, enum surrounding which,
                           enum value_type type)
{
    return fact(typing, node, policy_slot_around(typing->compiler->policy, which), type);
}

static struct expr *no_system(struct typing *typing, const struct node *node, const char *name,
                              size_t length)
{
    const struct policy *policy = typing->compiler->policy;
    struct near_word near_word = near_begin(name, length);
    near_offer(&near_word, "online");
    near_offer(&near_word, "opened");
    near_offer(&near_word, "closed");
    for (int32_t i = 0; i < policy->field_count; i++) {
        if (policy->fields[i].column < 0) {
            near_offer(&near_word, policy->fields[i].title.name);
        }
    }
    return typing_say(typing, node, near_word.best ? MESSAGE_expr_system_near : MESSAGE_expr_system,
                      typing_text(typing, node), near_word.best);
}

static struct expr *system_fact(struct typing *typing, const struct node *node, const char *name,
                                size_t length)
{
    const struct policy *policy = typing->compiler->policy;
    enum ground ground = typing->ground.ground;
    if (ground == GROUND_ORG || ground == GROUND_SCORE) {
        return misplaced(typing, node);
    }
    if (is(name, length, "online")) {
        return around(typing, node, AROUND_SYSTEM_ONLINE, VALUE_YESNO);
    }
    if (is(name, length, "opened")) {
        return around(typing, node, AROUND_SYSTEM_OPENED, VALUE_DAY);
    }
    if (is(name, length, "closed")) {
        return around(typing, node, AROUND_SYSTEM_CLOSED, VALUE_DAY);
    }
    int32_t symbol = symbol_of(typing, name, length);
    int32_t field = symbol ? policy->field_of[symbol] : -1;
    if (field < 0 || (policy->fields[field].column >= 0 && ground != GROUND_DRIFT)) {
        return no_system(typing, node, name, length);
    }
    compiler_use(typing->compiler, KIND_FIELD, symbol);
    return field_fact(typing, node, field, policy_slot_system(policy, field));
}

/* resource.X in a rule on use. */
static struct expr *used_fact(struct typing *typing, const struct node *node, const char *name,
                              size_t length)
{
    bool used = is(name, length, "used"), delivered = is(name, length, "delivered");
    if (!used && !delivered) {
        return typing_say(typing, node, MESSAGE_expr_dotted, typing_text(typing, node), NULL);
    }
    if (typing->ground.ground != GROUND_USAGE) {
        return misplaced(typing, node);
    }
    return used ? around(typing, node, AROUND_RESOURCE_USED, VALUE_YESNO)
                : around(typing, node, AROUND_RESOURCE_DELIVERED, VALUE_DAY);
}

/* resource.X in a drift: a field or a measure of the policy as the vendor's inventory shows it. */
static struct expr *shown_fact(struct typing *typing, const struct node *node, const char *name,
                               size_t length)
{
    const struct policy *policy = typing->compiler->policy;
    struct near_word near_word = near_begin(name, length);
    if (is(name, length, "own") || is(name, length, "delivered")) {
        bool own = is(name, length, "own");
        return fact(typing, node, policy_slot_drift(policy, own ? DRIFT_OWN : DRIFT_DELIVERED),
                    own ? VALUE_YESNO : VALUE_DAY);
    }
    for (int32_t i = 0; i < policy->measures.count; i++) {
        near_offer(&near_word, policy->measures.items[i].name);
        if (is(name, length, policy->measures.items[i].name)) {
            return fact(typing, node, policy_slot_drift_measure(policy, i, DRIFT_RESOURCE),
                        VALUE_NUMBER);
        }
    }
    int32_t symbol = symbol_of(typing, name, length);
    int32_t field = symbol ? policy->field_of[symbol] : -1;
    if (field >= 0) {
        compiler_use(typing->compiler, KIND_FIELD, symbol);
        return field_fact(typing, node, field, policy_slot_resource(policy, field));
    }
    for (int32_t i = 0; i < policy->field_count; i++) {
        near_offer(&near_word, policy->fields[i].title.name);
    }
    return typing_say(typing, node, near_word.best ? MESSAGE_expr_name_near : MESSAGE_expr_dotted,
                      typing_text(typing, node), near_word.best);
}

static struct expr *dotted(struct typing *typing, const struct node *node, const char *text,
                           size_t dot)
{
    const char *rest = text + dot + 1;
    size_t length = node->length - dot - 1;
    enum ground ground = typing->ground.ground;
    if (is(text, dot, "item")) {
        return ground == GROUND_CASE ? item_fact(typing, node, rest, length)
                                     : misplaced(typing, node);
    }
    if (is(text, dot, "system")) {
        return system_fact(typing, node, rest, length);
    }
    if (is(text, dot, "org") && is(rest, length, "level")) {
        struct expr *expr = around(typing, node, AROUND_ORG_LEVEL, VALUE_WORD);
        if (expr) {
            expr->domain = DOMAIN_LEVELS;
        }
        return expr;
    }
    if (is(text, dot, "resource")) {
        return ground == GROUND_DRIFT ? shown_fact(typing, node, rest, length)
                                      : used_fact(typing, node, rest, length);
    }
    return typing_say(typing, node, MESSAGE_expr_dotted, typing_text(typing, node), NULL);
}

/* The facts of one word that the language has; NULL with *FOUND false where it is none of them. */
static struct expr *plain_fact(struct typing *typing, const struct node *node, const char *text,
                               bool *found)
{
    static const struct {
        const char *name;
        enum surrounding which;
        enum value_type type;
    } numbers[] = {{"due", AROUND_DUE, VALUE_DAY},
                   {"amount", AROUND_AMOUNT, VALUE_NUMBER},
                   {"score", AROUND_SCORE, VALUE_NUMBER}};
    size_t length = node->length;
    bool on_case = typing->ground.ground == GROUND_CASE;
    *found = true;
    if (is(text, length, "yes") || is(text, length, "no")) {
        struct expr *expr = typing_new(typing, node, EXPR_CONSTANT, VALUE_YESNO);
        if (expr) {
            expr->n = length == 3;
        }
        return expr;
    }
    if (is(text, length, "today")) {
        return typing_new(typing, node, EXPR_TODAY, VALUE_DAY);
    }
    if (is(text, length, "open")) {
        return on_case ? typing_new(typing, node, EXPR_OPEN, VALUE_YESNO) : misplaced(typing, node);
    }
    if (is(text, length, "state")) {
        struct expr *expr =
            on_case ? typing_new(typing, node, EXPR_STATE, VALUE_WORD) : misplaced(typing, node);
        if (expr) {
            expr->domain = DOMAIN_STATES;
        }
        return expr;
    }
    if (is(text, length, "samples")) {
        return typing->ground.ground == GROUND_USAGE
                   ? around(typing, node, AROUND_SAMPLES, VALUE_NUMBER)
                   : misplaced(typing, node);
    }
    if (is(text, length, "servers")) {
        return typing->ground.ground == GROUND_DRIFT
                   ? fact(typing, node,
                          policy_slot_drift(typing->compiler->policy, DRIFT_RESOURCES),
                          VALUE_NUMBER)
                   : misplaced(typing, node);
    }
    if (is(text, length, "drifting")) {
        return on_case ? around(typing, node, AROUND_DRIFTING, VALUE_YESNO)
                       : misplaced(typing, node);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (is(text, length, numbers[i].name)) {
            return on_case ? around(typing, node, numbers[i].which, numbers[i].type)
                           : misplaced(typing, node);
        }
    }
    *found = false;
    return NULL;
}

/* ---- terms ---- */

static struct expr *term(struct typing *typing, const struct node *node,
                         const struct draft_thing *thing, int32_t symbol)
{
    for (const struct typing *outer = typing; outer; outer = outer->outer) {
        if (outer->term == symbol) {
            return typing_say(typing, node, MESSAGE_expr_circle, typing_text(typing, node), NULL);
        }
    }
    compiler_use(typing->compiler, KIND_TERM, symbol);
    const struct draft_key *means = draft_key(thing, "means");
    if (!means) {
        return NULL; /* found elsewhere: the key is required */
    }
    struct chunk chunk = {thing, means, 0, strlen(means->text)};
    struct typing inner = {typing->compiler, chunk, typing->ground, typing, symbol, typing->count};
    enum message_id what;
    const char *argument;
    size_t offset;
    struct node *tree =
        node_parse(typing->compiler->arena, means->text, chunk.length, &offset, &what, &argument);
    if (!tree) {
        compiler_say(typing->compiler, thing, means, offset, what, argument, NULL, NULL);
        return NULL;
    }
    return typing_node(&inner, tree, DOMAIN_NONE);
}

static struct expr *unknown_name(struct typing *typing, const struct node *node, int32_t domain)
{
    static const char *const facts[] = {"today", "state",   "open",    "due",     "amount",
                                        "score", "samples", "servers", "drifting"};
    const struct policy *policy = typing->compiler->policy;
    if (domain != DOMAIN_NONE) {
        return typing_no_word(typing, node, domain);
    }
    struct near_word near_word = near_begin(typing_text(typing, node), node->length);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        near_offer(&near_word, facts[i]);
    }
    for (int32_t i = 0; i < policy->field_count; i++) {
        near_offer(&near_word, policy->fields[i].title.name);
    }
    for (int32_t i = 0; i < policy->term_count; i++) {
        near_offer(&near_word, policy->terms[i].title.name);
    }
    return typing_say(typing, node, near_word.best ? MESSAGE_expr_name_near : MESSAGE_expr_name,
                      typing_text(typing, node), near_word.best);
}

struct expr *typing_name(struct typing *typing, const struct node *node, int32_t domain)
{
    struct compiler *compiler = typing->compiler;
    const struct policy *policy = compiler->policy;
    const char *text = typing->chunk.key->text + typing->chunk.from + node->offset;
    const char *dot = memchr(text, '.', node->length);
    int32_t word = typing_word(typing, text, node->length, domain);
    if (word) {
        struct expr *expr = typing_new(typing, node, EXPR_CONSTANT, VALUE_WORD);
        if (expr) {
            expr->n = word;
            expr->domain = domain;
        }
        return expr;
    }
    if (dot) {
        return dotted(typing, node, text, (size_t)(dot - text));
    }
    bool found;
    struct expr *expr = plain_fact(typing, node, text, &found);
    if (found) {
        return expr;
    }
    int32_t symbol = symbol_of(typing, text, node->length);
    int32_t field = symbol ? policy->field_of[symbol] : -1;
    if (field >= 0) {
        compiler_use(compiler, KIND_FIELD, symbol);
        if (policy->fields[field].column >= 0) {
            return typing_say(typing, node, MESSAGE_expr_per_item, typing_text(typing, node), NULL);
        }
        return typing->ground.ground == GROUND_CASE ? field_fact(typing, node, field, field)
                                                    : misplaced(typing, node);
    }
    const struct draft_thing *thing =
        symbol ? draft_find(compiler->draft, KIND_TERM, "", names_text(compiler->names, symbol))
               : NULL;
    return thing ? term(typing, node, thing, symbol) : unknown_name(typing, node, domain);
}
