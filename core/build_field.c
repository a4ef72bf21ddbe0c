/* build_field.c: forms and fields: types, ranges, defaults; and the tables that facts are found by.
 */
#include <string.h>

#include "core/build.h"
#include "core/offer.h"

static const struct {
    const char *key;
    enum field_type type;
    enum value_type value;
} types[] = {
    {"text", FIELD_TEXT, VALUE_TEXT},        {"lines", FIELD_LINES, VALUE_TEXT},
    {"number", FIELD_NUMBER, VALUE_NUMBER},  {"money", FIELD_MONEY, VALUE_NUMBER},
    {"date", FIELD_DATE, VALUE_DAY},         {"time", FIELD_TIME, VALUE_MOMENT},
    {"yesno", FIELD_YESNO, VALUE_YESNO},     {"choice", FIELD_CHOICE, VALUE_WORD},
    {"choices", FIELD_CHOICES, VALUE_WORDS}, {"role", FIELD_ROLE, VALUE_WORD},
    {"org", FIELD_ORG, VALUE_TEXT},          {"orgs", FIELD_ORGS, VALUE_TEXT},
    {"system", FIELD_SYSTEM, VALUE_TEXT},    {"items", FIELD_ITEMS, VALUE_TEXT},
    {"points", FIELD_POINTS, VALUE_TEXT},    {"answers", FIELD_ANSWERS, VALUE_TEXT},
    {"paper", FIELD_PAPER, VALUE_TEXT},
};

static bool dated(const struct field *field)
{
    return field->type == FIELD_DATE || field->type == FIELD_TIME;
}

/* today, now, +90d, -10wd, or what the field itself holds. */
static bool read_end(struct value_text value, const struct field *field, struct piece piece,
                     struct range_end *end)
{
    int32_t day;
    int64_t n;
    if (piece.length == 0) {
        end->kind = END_OPEN;
        return true;
    }
    if (dated(field)) {
        bool minus = piece.text[0] == '-';
        struct piece rest = {piece.text + 1, piece.length - 1, piece.from + 1};
        if (piece_is(piece, "today") || piece_is(piece, "now")) {
            end->kind = piece.length == 3 ? END_NOW : END_TODAY;
            return true;
        }
        if ((minus || piece.text[0] == '+') && piece_period(rest, &end->period)) {
            end->kind = END_OFFSET;
            end->period.n = minus ? -end->period.n : end->period.n;
            return true;
        }
        bool right = field->type == FIELD_DATE ? day_parse(piece.text, piece.length, &day)
                                               : moment_parse(piece.text, piece.length, &n);
        *end = (struct range_end){.kind = END_FIXED, .n = field->type == FIELD_DATE ? day : n};
        if (right) {
            return true;
        }
        build_say(value, piece.from, MESSAGE_build_end_date,
                  build_keep(value.builder, piece.text, piece.length), NULL, NULL);
        return false;
    }
    bool whole = field->type == FIELD_TEXT || field->type == FIELD_LINES || field->is_period;
    if (!decimal_parse(piece.text, piece.length, &n) || (whole && n % MICRO)) {
        build_say(value, piece.from, MESSAGE_build_end,
                  build_keep(value.builder, piece.text, piece.length), NULL, NULL);
        return false;
    }
    *end = (struct range_end){.kind = END_FIXED, .n = whole ? n / MICRO : n};
    return true;
}

static void read_unit(struct value_text value, struct field *field, struct piece piece)
{
    static const char *const units[] = {"wd", "d", "mo", "h"};
    if (piece.length == 0) {
        return;
    }
    if (piece.text[0] >= '0' && piece.text[0] <= '9') {
        build_say(value, piece.from, MESSAGE_build_end,
                  build_keep(value.builder, piece.text, piece.length), NULL, NULL);
        return;
    }
    if (field->type != FIELD_NUMBER) {
        build_say(value, piece.from, MESSAGE_build_no_unit,
                  build_keep(value.builder, piece.text, piece.length), value.key->key, NULL);
        return;
    }
    field->unit_text = build_keep(value.builder, piece.text, piece.length);
    for (int unit = 0; unit < 4; unit++) {
        if (piece_is(piece, units[unit])) {
            field->is_period = true;
            field->unit = (enum unit)unit;
            field->value = VALUE_PERIOD;
        }
    }
}

/* "15..30 d", "0..", "..today", "%": a range and a unit, either of which may be missing. */
static void read_range(struct value_text value, struct field *field)
{
    struct piece rest = {value.key->text, strlen(value.key->text), 0};
    if (piece_is(rest, "yes")) {
        return;
    }
    struct piece first = rest;
    struct piece range = take_word(&first);
    size_t dots = 0;
    while (dots + 1 < range.length && memcmp(range.text + dots, "..", 2) != 0) {
        dots++;
    }
    bool ranged = range.length >= 2 && dots + 1 < range.length;
    read_unit(value, field, ranged ? first : rest);
    if (!ranged) {
        return;
    }
    struct piece low = {range.text, dots, range.from};
    struct piece high = {range.text + dots + 2, range.length - dots - 2, range.from + dots + 2};
    bool right = read_end(value, field, low, &field->low);
    if (!read_end(value, field, high, &field->high) || !right) {
        return;
    }
    if (field->low.kind == END_FIXED && field->high.kind == END_FIXED &&
        field->low.n > field->high.n) {
        build_say(value, range.from, MESSAGE_build_range,
                  build_keep(value.builder, range.text, range.length), NULL, NULL);
    }
}

/* Of yesno, system, items and points, which nothing narrows. */
static void read_bare(struct value_text value)
{
    if (strcmp(value.key->text, "yes") != 0) {
        build_say(value, 0, MESSAGE_build_words, value.key->text, "yes", NULL);
    }
}

static void read_points(struct value_text value, struct field *field)
{
    struct builder *builder = value.builder;
    struct piece piece = {value.key->text, strlen(value.key->text), 0};
    int32_t symbol = build_symbol(builder, piece.text, piece.length);
    field->points = symbol ? builder->field_of[symbol] : -1;
    if (field->points < 0) {
        no_such_name(value, piece, KIND_FIELD);
    } else if (!draft_key(builder->field_things[field->points], "points")) {
        build_say(value, 0, MESSAGE_build_points, value.key->text, NULL, NULL);
    }
}

static void read_type(struct builder *b, int32_t index)
{
    struct field *field = &b->fields[index];
    const struct draft_thing *thing = b->field_things[index];
    const char *found = NULL;
    field->points = field->column = -1;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct value_text value = value_of_key(b, thing, types[i].key);
        if (!value.key) {
            continue;
        }
        if (found) {
            build_say(value, 0, MESSAGE_build_two_types, found, types[i].key, NULL);
            continue;
        }
        found = types[i].key;
        field->type = types[i].type;
        field->value = types[i].value;
        if (field->type <= FIELD_TIME) {
            read_range(value, field);
        } else if (field->type == FIELD_ROLE || field->type == FIELD_ORG ||
                   field->type == FIELD_ORGS) {
            field->roles = read_roles(value);
        } else if (field->type == FIELD_ANSWERS) {
            read_points(value, field);
        } else if (field->type == FIELD_YESNO || field->type == FIELD_SYSTEM ||
                   field->type == FIELD_ITEMS || field->type == FIELD_POINTS) {
            read_bare(value);
        } else if ((field->type == FIELD_CHOICE || field->type == FIELD_CHOICES) &&
                   field->labels.count == 0) {
            build_say(value, 0, MESSAGE_build_choice, NULL, NULL, NULL);
        }
    }
    if (!found) {
        build_say((struct value_text){b, thing, NULL}, 0, MESSAGE_build_no_type, NULL, NULL, NULL);
    }
}

static void add_column(struct builder *b, int32_t index)
{
    struct policy *p = b->policy;
    struct field *field = &b->fields[index];
    int32_t own = ITEM_MEASURES + p->measures.count;
    field->column = p->column_count;
    b->columns[p->column_count - own] = field;
    b->column_of[field->title.symbol] = p->column_count++;
    if (strcmp(field->title.name, "approved") == 0) {
        p->approved = field->column;
    }
    if (strcmp(field->title.name, "delivered") == 0) {
        p->delivered = field->column;
    }
}

static void columns(struct builder *b)
{
    struct policy *p = b->policy;
    static const char *const own[] = {"quantity", "before", "listed"};
    for (int32_t i = 0; i < ITEM_MEASURES; i++) {
        b->column_of[build_symbol(b, own[i], strlen(own[i]))] = i;
    }
    for (int32_t i = 0; i < p->measures.count; i++) {
        b->column_of[p->measures.items[i].symbol] = ITEM_MEASURES + i;
    }
    p->columns = (const struct field *const *)b->columns;
    p->column_count = ITEM_MEASURES + p->measures.count;
    p->approved = p->delivered = -1;
    for (int32_t i = 0; i < p->field_count; i++) {
        struct value_text per = value_of_key(b, b->field_things[i], "per");
        if (per.key && read_words(per, -1) == 0) {
            add_column(b, i);
        }
    }
}

static void slots(struct builder *b)
{
    struct policy *p = b->policy;
    struct slot_info *info = (struct slot_info *)p->slots;
    for (int32_t i = 0; i < p->field_count; i++) {
        info[i].type = info[p->field_count + i].type = b->fields[i].value;
        info[i].unit = info[p->field_count + i].unit = b->fields[i].unit;
    }
    for (int32_t i = 0; i < p->slot_count; i++) {
        b->slot_of[build_symbol(b, info[i].name, strlen(info[i].name))] = i;
    }
    p->items_field = -1;
    for (int32_t i = 0; i < p->field_count; i++) {
        p->items_field =
            b->fields[i].type == FIELD_ITEMS && p->items_field < 0 ? i : p->items_field;
    }
}

static void read_default(struct value_text value, struct field *field)
{
    struct piece piece = {value.key ? value.key->text : "", value.key ? strlen(value.key->text) : 0,
                          0};
    if (!value.key) {
        return;
    }
    field->default_text = read_text(value);
    if (dated(field)) {
        field->has_default = read_end(value, field, piece, &field->default_end);
        return;
    }
    bool choice = field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
    if (choice && field->labels.count == 0) {
        return; /* found elsewhere: there is nothing to choose */
    }
    int32_t index = (int32_t)(field - value.builder->fields);
    field->default_value = typed_value(value.builder->policy, index, piece.text, piece.length);
    field->has_default = field->default_value.known;
    bool text = field->type == FIELD_TEXT || field->type == FIELD_LINES;
    bool ranged = text || field->type == FIELD_NUMBER || field->type == FIELD_MONEY;
    int64_t n = text ? (int64_t)utf8_count(piece.text, piece.length) : field->default_value.n;
    bool low = field->low.kind == END_FIXED && n < field->low.n;
    bool high = field->high.kind == END_FIXED && n > field->high.n;
    if (!field->has_default || (ranged && (low || high))) {
        build_say(value, 0, MESSAGE_build_default, piece.text, NULL, NULL);
    }
}

static void add_to_group(struct builder *b, int32_t index)
{
    struct group *group = &b->groups[b->fields[index].group];
    int32_t *items = (int32_t *)group->fields.items;
    if (!items) {
        items = arena_array(b->compiler.arena, (size_t)b->policy->field_count, sizeof *items);
        group->fields.items = items;
    }
    if (items) {
        items[group->fields.count++] = index;
    }
}

void build_fields(struct builder *b)
{
    struct policy *p = b->policy;
    for (int32_t i = 0; i < p->group_count; i++) {
        if (b->group_things[i]) {
            b->groups[i].cites =
                read_cites(value_of_key(b, b->group_things[i], "article"), (struct cites){NULL, 0});
        }
    }
    for (int32_t i = 0; i < p->field_count; i++) {
        struct field *field = &b->fields[i];
        const struct draft_thing *thing = b->field_things[i];
        read_type(b, i);
        field->optional = read_flag(value_of_key(b, thing, "optional"));
        field->is_private = read_flag(value_of_key(b, thing, "private"));
        field->hint = read_text(value_of_key(b, thing, "hint"));
        field->hint_en = read_text(value_of_key(b, thing, "hint.en"));
        field->cites = read_cites(value_of_key(b, thing, "article"), b->groups[field->group].cites);
        add_to_group(b, i);
    }
    columns(b);
    slots(b);
    for (int32_t i = 0; i < p->field_count; i++) {
        read_default(value_of_key(b, b->field_things[i], "default"), &b->fields[i]);
    }
}

void build_field_conditions(struct builder *b)
{
    for (int32_t i = 0; i < b->policy->field_count; i++) {
        struct field *field = &b->fields[i];
        struct ground_of ground = {GROUND_CASE, -1, field->column >= 0, true};
        field->when = read_when(value_of_key(b, b->field_things[i], "when"), ground);
    }
    for (int32_t i = 0; i < b->policy->term_count; i++) {
        const struct draft_thing *thing =
            draft_find(b->compiler.draft, KIND_TERM, "", b->terms[i].title.name);
        b->terms[i].cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
    }
}
