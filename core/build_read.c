/* build_read.c: the shapes of values: lists, periods, labels, names, conditions. */
#include <string.h>

#include "core/build.h"

struct value_text value_of_key(struct builder *builder, const struct draft_thing *thing,
                               const char *key)
{
    return (struct value_text){builder, thing, draft_key(thing, key)};
}

void *build_say(struct value_text value, size_t offset, enum message_id id, const char *a,
                const char *b, const char *c)
{
    compiler_say(&value.builder->compiler, value.thing, value.key, offset, id, a, b, c);
    return NULL;
}

const char *build_keep(struct builder *builder, const char *text, size_t length)
{
    return arena_text(builder->compiler.arena, text, length);
}

int32_t build_symbol(struct builder *builder, const char *text, size_t length)
{
    return names_find(builder->compiler.names, text, length);
}

static struct piece trimmed(struct piece piece)
{
    while (piece.length && (piece.text[0] == ' ' || piece.text[0] == '\t')) {
        piece.text++;
        piece.from++;
        piece.length--;
    }
    while (piece.length &&
           (piece.text[piece.length - 1] == ' ' || piece.text[piece.length - 1] == '\t')) {
        piece.length--;
    }
    return piece;
}

static struct piece whole(struct value_text value)
{
    return (struct piece){value.key->text, strlen(value.key->text), 0};
}

bool next_piece(struct value_text value, size_t *at, struct piece *piece)
{
    size_t length = value.key ? strlen(value.key->text) : 0;
    if (!value.key || *at > length || (length == 0 && *at == 0)) {
        return false;
    }
    const char *text = value.key->text;
    size_t to = *at;
    int depth = 0;
    for (; to < length && (depth > 0 || text[to] != ','); to++) {
        depth += text[to] == '(';
        depth -= text[to] == ')' && depth > 0;
    }
    *piece = trimmed((struct piece){text + *at, to - *at, *at});
    *at = to + 1;
    return true;
}

void *room_for_pieces(struct value_text value, size_t size)
{
    struct piece piece;
    size_t at = 0, pieces = 0;
    while (next_piece(value, &at, &piece)) {
        pieces++;
    }
    return arena_array(value.builder->compiler.arena, pieces + 1, size);
}

bool piece_is(struct piece piece, const char *word)
{
    return strlen(word) == piece.length && memcmp(piece.text, word, piece.length) == 0;
}

bool split_if(struct piece piece, struct piece *value, struct piece *condition)
{
    int depth = 0;
    for (size_t i = 0; i + 4 <= piece.length; i++) {
        depth += piece.text[i] == '(';
        depth -= piece.text[i] == ')' && depth > 0;
        if (depth == 0 && memcmp(piece.text + i, " if ", 4) == 0) {
            *value = trimmed((struct piece){piece.text, i, piece.from});
            *condition = trimmed(
                (struct piece){piece.text + i + 4, piece.length - i - 4, piece.from + i + 4});
            return true;
        }
    }
    *value = piece;
    return false;
}

struct piece take_word(struct piece *piece)
{
    size_t length = 0;
    while (length < piece->length && piece->text[length] != ' ') {
        length++;
    }
    struct piece word = {piece->text, length, piece->from};
    *piece =
        trimmed((struct piece){piece->text + length, piece->length - length, piece->from + length});
    return word;
}

/* ---- names that are none ---- */

static void offer_names(struct builder *builder, enum kind kind, const char *owner,
                        struct near_word *near_word)
{
    for (size_t i = 0; i < draft_count(builder->compiler.draft); i++) {
        const struct draft_thing *thing = draft_at(builder->compiler.draft, i);
        bool owned = language_kind(kind)->owned && kind != KIND_FIELD;
        bool its = !owned || !owner[0] || strcmp(thing->owner, owner) == 0;
        if (thing->kind == kind && its) {
            near_offer(near_word, thing->name);
        }
    }
}

static const char *near_key(enum kind kind, const char *word, size_t length)
{
    size_t count;
    const struct key_info *keys = language_keys(&count);
    struct near_word near_word = near_begin(word, length);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].kind == kind) {
            near_offer(&near_word, keys[i].key);
        }
    }
    return near_word.best;
}

void *no_such_name(struct value_text value, struct piece piece, enum kind kind)
{
    const char *text = build_keep(value.builder, piece.text, piece.length);
    const char *kind_name = language_kind(kind)->name;
    struct piece rest = piece;
    struct piece word = take_word(&rest);
    if (rest.length) {
        const char *key = near_key(value.thing->kind, word.text, word.length);
        return build_say(value, piece.from, key ? MESSAGE_build_reads_near : MESSAGE_build_reads,
                         text, value.key->key, key);
    }
    const char *owner =
        value.thing->kind == KIND_PROCEDURE ? value.thing->name : value.thing->owner;
    struct near_word near_word = near_begin(piece.text, piece.length);
    offer_names(value.builder, kind, owner, &near_word);
    if (kind == KIND_FIELD && strcmp(value.key->key, "form") == 0) {
        offer_names(value.builder, KIND_FORM, "", &near_word);
    }
    if (near_word.best) {
        return build_say(value, piece.from, MESSAGE_build_name_near, text, kind_name,
                         near_word.best);
    }
    const char *key = near_key(value.thing->kind, word.text, word.length);
    return build_say(value, piece.from, key ? MESSAGE_build_name_key : MESSAGE_build_name, text,
                     kind_name, key);
}

/* ---- plain values ---- */

bool read_flag(struct value_text value)
{
    if (!value.key) {
        return false;
    }
    bool yes = strcmp(value.key->text, "yes") == 0;
    if (!yes && strcmp(value.key->text, "no") != 0) {
        build_say(value, 0, MESSAGE_build_flag, value.key->text, NULL, NULL);
    }
    return yes;
}

const char *read_text(struct value_text value)
{
    return value.key ? build_keep(value.builder, value.key->text, strlen(value.key->text)) : NULL;
}

int32_t read_words(struct value_text value, int32_t otherwise)
{
    if (!value.key) {
        return otherwise;
    }
    const struct key_info *info =
        language_key(value.thing->kind, value.key->key, strlen(value.key->key));
    const char *at = info->words;
    for (int32_t index = 0; *at; index++) {
        size_t length = strcspn(at, " ");
        if (piece_is(whole(value), build_keep(value.builder, at, length))) {
            return index;
        }
        at += length + (at[length] == ' ');
    }
    build_say(value, 0, MESSAGE_build_words, value.key->text, info->words, NULL);
    return otherwise;
}

int32_t read_day(struct value_text value)
{
    int32_t day;
    if (!value.key) {
        return DAY_NONE;
    }
    if (!day_parse(value.key->text, strlen(value.key->text), &day)) {
        build_say(value, 0, MESSAGE_build_date, value.key->text, NULL, NULL);
        return DAY_NONE;
    }
    return day;
}

bool read_number(struct value_text value, int64_t *micro)
{
    if (!value.key) {
        return false;
    }
    bool right = decimal_parse(value.key->text, strlen(value.key->text), micro) && *micro >= 0;
    if (!right) {
        build_say(value, 0, MESSAGE_build_number, value.key->text, NULL, NULL);
    }
    return right;
}

bool piece_period(struct piece piece, struct period *period)
{
    static const char *const units[] = {"wd", "d", "mo", "h"};
    size_t digits = 0;
    int64_t n = 0;
    while (digits < piece.length && digits < 6 && piece.text[digits] >= '0' &&
           piece.text[digits] <= '9') {
        n = n * 10 + (piece.text[digits++] - '0');
    }
    for (int unit = 0; digits && unit < 4; unit++) {
        if (piece_is((struct piece){piece.text + digits, piece.length - digits, 0}, units[unit])) {
            *period = (struct period){n, (enum unit)unit};
            return true;
        }
    }
    return false;
}

bool read_period(struct value_text value, struct period *period)
{
    if (!value.key) {
        return false;
    }
    bool right = piece_period(whole(value), period);
    if (!right) {
        build_say(value, 0, MESSAGE_build_period, value.key->text, NULL, NULL);
    }
    return right;
}

/* "name title" or, with BOUNDS, "name title 90". */
static bool read_label(struct value_text value, struct piece piece, bool bounds,
                       struct label *label)
{
    struct builder *builder = value.builder;
    struct piece rest = piece, name = take_word(&rest);
    bool named = name.length > 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.text[i];
        named = named && ((c >= 'a' && c <= 'z') || (i && ((c >= '0' && c <= '9') || c == '_')));
    }
    if (!named || rest.length == 0) {
        const char *key = near_key(value.thing->kind, name.text, name.length);
        build_say(value, piece.from, key ? MESSAGE_build_label_key : MESSAGE_build_label,
                  build_keep(builder, piece.text, piece.length), key, NULL);
        return false;
    }
    if (bounds) {
        size_t blank = rest.length;
        while (blank > 0 && rest.text[blank - 1] != ' ') {
            blank--;
        }
        if (blank == 0 || !decimal_parse(rest.text + blank, rest.length - blank, &label->bound)) {
            build_say(value, piece.from, MESSAGE_build_grade,
                      build_keep(builder, piece.text, piece.length), NULL, NULL);
            return false;
        }
        rest = trimmed((struct piece){rest.text, blank, rest.from});
    }
    label->symbol = names_add(builder->compiler.names, name.text, name.length);
    label->name = names_text(builder->compiler.names, label->symbol);
    label->zh = build_keep(builder, rest.text, rest.length);
    char *en = (char *)build_keep(builder, name.text, name.length);
    for (char *c = en; *c; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    label->en = en;
    return true;
}

struct labels read_labels(struct value_text value, bool bounds)
{
    struct piece piece;
    size_t at = 0;
    struct label *labels = room_for_pieces(value, sizeof *labels);
    struct labels out = {labels, 0};
    while (labels && next_piece(value, &at, &piece)) {
        struct label label = {0};
        if (!read_label(value, piece, bounds, &label)) {
            continue;
        }
        for (int32_t i = 0; i < out.count; i++) {
            if (labels[i].symbol == label.symbol) {
                build_say(value, piece.from, MESSAGE_build_label_twice, label.name, NULL, NULL);
            }
        }
        labels[out.count++] = label;
    }
    if (out.count > 60) {
        build_say(value, 0, MESSAGE_build_labels_most, NULL, NULL, NULL);
        out.count = 60;
    }
    return out;
}

/* ---- names ---- */

static bool cite_of(struct value_text value, struct piece piece, struct cite *cite)
{
    struct builder *builder = value.builder;
    const struct policy *policy = builder->policy;
    int32_t symbol = build_symbol(builder, piece.text, piece.length);
    bool number = piece.length && piece.text[0] >= '0' && piece.text[0] <= '9';
    for (int32_t i = 0; symbol && number && i < policy->article_count; i++) {
        if (policy->articles[i].title.symbol == symbol) {
            *cite = (struct cite){CITE_ARTICLE, i};
            compiler_use(&builder->compiler, KIND_ARTICLE, symbol);
            return true;
        }
    }
    for (int32_t i = 0; symbol && !number && i < policy->law_count; i++) {
        if (policy->laws[i].title.symbol == symbol) {
            *cite = (struct cite){CITE_LAW, i};
            compiler_use(&builder->compiler, KIND_LAW, symbol);
            return true;
        }
    }
    no_such_name(value, piece, number ? KIND_ARTICLE : KIND_LAW);
    return false;
}

struct cites read_cites(struct value_text value, struct cites otherwise)
{
    struct piece piece;
    size_t at = 0;
    if (!value.key) {
        return otherwise;
    }
    struct cite *cites = room_for_pieces(value, sizeof *cites);
    struct cites out = {cites, 0};
    while (cites && next_piece(value, &at, &piece)) {
        out.count += cite_of(value, piece, &cites[out.count]);
    }
    return out;
}

int32_t piece_role(struct value_text value, struct piece piece)
{
    struct builder *builder = value.builder;
    int32_t symbol = build_symbol(builder, piece.text, piece.length);
    int32_t role = symbol ? builder->role_of[symbol] : -1;
    if (role < 0) {
        no_such_name(value, piece, KIND_ROLE);
        return -1;
    }
    compiler_use(&builder->compiler, KIND_ROLE, symbol);
    return role;
}

uint64_t read_roles(struct value_text value)
{
    struct piece piece;
    size_t at = 0;
    uint64_t roles = 0;
    while (next_piece(value, &at, &piece)) {
        int32_t role = piece_role(value, piece);
        roles |= role >= 0 ? UINT64_C(1) << role : 0;
    }
    return roles;
}

int32_t read_role(struct value_text value)
{
    return value.key ? piece_role(value, whole(value)) : -1;
}

const struct expr *read_condition(struct value_text value, struct piece piece,
                                  struct ground_of ground, enum value_type type)
{
    struct chunk chunk = {value.thing, value.key, piece.from, piece.length};
    return expr_compile(&value.builder->compiler, chunk, ground, type);
}

const struct expr *read_when(struct value_text value, struct ground_of ground)
{
    return value.key ? read_condition(value, whole(value), ground, VALUE_YESNO) : NULL;
}

static bool push_index(struct builder *builder, struct indexes *list, int32_t **items,
                       int32_t index)
{
    for (int32_t i = 0; i < list->count; i++) {
        if ((*items)[i] == index) {
            return true;
        }
    }
    if ((list->count & (list->count - 1)) == 0) {
        int32_t *grown = arena_array(builder->compiler.arena,
                                     list->count ? (size_t)list->count * 2 : 1, sizeof *grown);
        if (!grown) {
            return false;
        }
        if (list->count) {
            memcpy(grown, *items, (size_t)list->count * sizeof *grown);
        }
        *items = grown;
        list->items = grown;
    }
    (*items)[list->count++] = index;
    return true;
}

/* Fields and forms; a form stands for its fields in order, each once. */
struct indexes read_fields(struct value_text value)
{
    struct builder *builder = value.builder;
    struct indexes list = {NULL, 0};
    int32_t *items = NULL;
    struct piece piece;
    size_t at = 0;
    while (next_piece(value, &at, &piece)) {
        int32_t symbol = build_symbol(builder, piece.text, piece.length);
        int32_t field = symbol ? builder->field_of[symbol] : -1;
        int32_t group = symbol ? builder->group_of[symbol] : -1;
        if (field >= 0) {
            compiler_use(&builder->compiler, KIND_FIELD, symbol);
            push_index(builder, &list, &items, field);
        } else if (group >= 0 && builder->groups[group].is_form) {
            compiler_use(&builder->compiler, KIND_FORM, symbol);
            for (int32_t i = 0; i < builder->groups[group].fields.count; i++) {
                int32_t of_form = builder->groups[group].fields.items[i];
                compiler_use(&builder->compiler, KIND_FIELD, builder->fields[of_form].title.symbol);
                push_index(builder, &list, &items, of_form);
            }
        } else {
            no_such_name(value, piece, KIND_FIELD);
        }
    }
    return list;
}

struct indexes read_clocks(struct value_text value)
{
    struct builder *builder = value.builder;
    struct indexes list = {NULL, 0};
    int32_t *items = NULL;
    struct piece piece;
    size_t at = 0;
    while (next_piece(value, &at, &piece)) {
        int32_t symbol = build_symbol(builder, piece.text, piece.length);
        int32_t clock = symbol ? builder->clock_of[symbol] : -1;
        if (clock < 0) {
            no_such_name(value, piece, KIND_CLOCK);
        } else {
            push_index(builder, &list, &items, clock);
        }
    }
    return list;
}

int32_t read_procedure(struct value_text value)
{
    if (!value.key) {
        return -1;
    }
    struct builder *builder = value.builder;
    int32_t symbol = build_symbol(builder, value.key->text, strlen(value.key->text));
    int32_t procedure = symbol ? builder->procedure_of[symbol] : -1;
    if (procedure < 0) {
        no_such_name(value, whole(value), KIND_PROCEDURE);
    } else {
        compiler_use(&builder->compiler, KIND_PROCEDURE, symbol);
    }
    return procedure;
}

enum card cap_of(const struct policy *policy, enum basis basis)
{
    switch (basis) {
    case BASIS_IMPLIED:
        return policy->implied;
    case BASIS_HOUSE:
        return policy->house;
    case BASIS_RIGHT:
        return CARD_NONE;
    default:
        return CARD_DOUBLE;
    }
}
