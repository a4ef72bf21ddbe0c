/* build_clock.c: clocks and their limits (POLICY guide, section 6). */
#include <string.h>

#include "core/build.h"

static bool period_field(const struct builder *b, int32_t field)
{
    return field >= 0 && b->fields[field].is_period;
}

/* A period, or a number field whose unit is a period's. */
static bool read_length(struct value_text value, struct piece piece, struct limit *limit)
{
    struct builder *b = value.builder;
    limit->length_field = -1;
    if (piece_period(piece, &limit->period)) {
        return true;
    }
    int32_t symbol = build_symbol(b, piece.text, piece.length);
    int32_t field = symbol ? b->field_of[symbol] : -1;
    if (field < 0 && piece.length && piece.text[0] >= '0' && piece.text[0] <= '9') {
        build_say(value, piece.from, MESSAGE_build_length, build_keep(b, piece.text, piece.length),
                  NULL, NULL);
        return false;
    }
    if (field < 0) {
        no_such_name(value, piece, KIND_FIELD);
        return false;
    }
    compiler_use(&b->compiler, KIND_FIELD, symbol);
    if (!period_field(b, field)) {
        build_say(value, piece.from, MESSAGE_build_length, b->fields[field].title.name, NULL, NULL);
        return false;
    }
    limit->length_field = field;
    limit->period.unit = b->fields[field].unit;
    return true;
}

static bool any_procedure(const struct builder *b, int32_t symbol, bool events)
{
    for (int32_t i = 0; i < b->policy->procedure_count; i++) {
        const int16_t *of = events ? b->procedures[i].event_of : b->procedures[i].state_of;
        if (of[symbol] >= 0) {
            return true;
        }
    }
    return false;
}

static bool dated_field(const struct builder *b, int32_t field)
{
    return field >= 0 &&
           (b->fields[field].type == FIELD_DATE || b->fields[field].type == FIELD_TIME);
}

/* A date or time field, due, an event, a state, or `end of` a clock. */
static bool read_anchor(struct value_text value, struct piece piece, struct limit *limit)
{
    struct builder *b = value.builder;
    if (piece.length > 7 && memcmp(piece.text, "end of ", 7) == 0) {
        struct piece name = {piece.text + 7, piece.length - 7, piece.from + 7};
        int32_t symbol = build_symbol(b, name.text, name.length);
        limit->anchor = ANCHOR_END_OF;
        limit->index = symbol ? b->clock_of[symbol] : -1;
        return limit->index >= 0 || no_such_name(value, name, KIND_CLOCK);
    }
    if (piece_is(piece, "due")) {
        limit->anchor = ANCHOR_DUE;
        limit->index = policy_slot_around(b->policy, AROUND_DUE);
        return true;
    }
    int32_t symbol = build_symbol(b, piece.text, piece.length);
    int32_t field = symbol ? b->field_of[symbol] : -1;
    if (field >= 0) {
        compiler_use(&b->compiler, KIND_FIELD, symbol);
        limit->anchor = ANCHOR_FIELD;
        limit->index = field;
        return dated_field(b, field) || build_say(value, piece.from, MESSAGE_build_anchor,
                                                  b->fields[field].title.name, NULL, NULL);
    }
    bool event = symbol && any_procedure(b, symbol, true);
    bool state = symbol && any_procedure(b, symbol, false);
    if (!event && !state) {
        no_such_name(value, piece, KIND_EVENT);
        return false;
    }
    limit->anchor = event ? ANCHOR_EVENT : ANCHOR_STATE;
    limit->index = symbol;
    return true;
}

/* length [ ( after | before ) anchor ] | name */
static bool read_limit(struct value_text value, struct piece piece, struct limit *limit)
{
    struct builder *b = value.builder;
    struct piece rest = piece, first = take_word(&rest);
    *limit = (struct limit){
        .kind = LIMIT_AFTER, .anchor = ANCHOR_START, .index = -1, .length_field = -1};
    if (rest.length == 0) {
        int32_t symbol = build_symbol(b, first.text, first.length);
        int32_t field = symbol ? b->field_of[symbol] : -1;
        if (piece_is(first, "due") || dated_field(b, field)) {
            limit->kind = LIMIT_DAY;
            return read_anchor(value, first, limit);
        }
        return read_length(value, first, limit);
    }
    struct piece joint = take_word(&rest);
    bool before = piece_is(joint, "before");
    if ((!before && !piece_is(joint, "after")) || rest.length == 0) {
        build_say(value, piece.from, MESSAGE_build_limit, build_keep(b, piece.text, piece.length),
                  NULL, NULL);
        return false;
    }
    limit->kind = before ? LIMIT_BEFORE : LIMIT_AFTER;
    bool length = read_length(value, first, limit);
    return read_anchor(value, rest, limit) && length;
}

static void read_limits(struct value_text value, struct clock *clock)
{
    struct piece piece;
    size_t at = 0;
    struct limit *limits = room_for_pieces(value, sizeof *limits);
    clock->limits = limits;
    while (limits && next_piece(value, &at, &piece)) {
        struct piece what, condition;
        struct limit *limit = &limits[clock->limit_count];
        bool conditional = split_if(piece, &what, &condition);
        if (!conditional && at <= strlen(value.key->text)) {
            build_say(value, piece.from, MESSAGE_build_to_middle,
                      build_keep(value.builder, what.text, what.length), NULL, NULL);
        }
        if (!read_limit(value, what, limit)) {
            continue;
        }
        if (conditional) {
            limit->when = read_condition(
                value, condition, (struct ground_of){GROUND_CASE, -1, false, true}, VALUE_YESNO);
        }
        clock->limit_count++;
    }
}

static void read_card(struct builder *b, const struct draft_thing *thing, const char *key,
                      struct period otherwise, struct period *period)
{
    struct value_text value = value_of_key(b, thing, key);
    *period = otherwise;
    if (value.key && !read_period(value, period)) {
        *period = otherwise;
    }
}

static void read_clock(struct builder *b, int32_t index)
{
    struct clock *clock = &b->clocks[index];
    const struct draft_thing *thing = b->clock_things[index];
    const struct policy *p = b->policy;
    struct value_text limit = value_of_key(b, thing, "limit"),
                      least = value_of_key(b, thing, "least");
    read_limits(limit, clock);
    if (least.key) {
        struct piece piece = {least.key->text, strlen(least.key->text), 0};
        if (!read_limit(least, piece, &clock->least)) {
            clock->least.kind = LIMIT_NONE;
        }
    }
    if (!limit.key && !least.key) {
        build_say((struct value_text){b, thing, NULL}, 0, MESSAGE_build_no_limit, NULL, NULL, NULL);
    }
    clock->until = read_when(value_of_key(b, thing, "until"),
                             (struct ground_of){GROUND_CASE, -1, false, true});
    struct value_text expires = value_of_key(b, thing, "expires");
    if (expires.key) {
        int32_t symbol = build_symbol(b, expires.key->text, strlen(expires.key->text));
        struct piece piece = {expires.key->text, strlen(expires.key->text), 0};
        if (symbol && any_procedure(b, symbol, true)) {
            clock->expires = symbol;
        } else {
            no_such_name(expires, piece, KIND_EVENT);
        }
    }
    clock->basis = (enum basis)read_words(value_of_key(b, thing, "basis"), BASIS_STATED);
    clock->worst = cap_of(p, clock->basis);
    clock->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
    clock->roll = (enum roll)read_words(value_of_key(b, thing, "roll"), (int32_t)p->roll);
    clock->backward =
        (enum backward)read_words(value_of_key(b, thing, "backward"), (int32_t)p->backward);
    read_card(b, thing, "blue", p->blue, &clock->blue);
    read_card(b, thing, "yellow", p->yellow, &clock->yellow);
    read_card(b, thing, "double", p->twice, &clock->twice);
}

void build_clocks(struct builder *b)
{
    for (int32_t i = 0; i < b->policy->clock_count; i++) {
        read_clock(b, i);
    }
}
