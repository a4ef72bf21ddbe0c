/* entry.c: what is typed into a field: read, and checked against its type and range (POLICY guide,
 * section 4). */
#include "core/offer.h"

#include <string.h>

static bool is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static int32_t label_of(struct labels labels, const char *text, size_t length)
{
    for (int32_t i = 0; i < labels.count; i++) {
        if (is(text, length, labels.items[i].name)) {
            return i;
        }
    }
    return -1;
}

/* Labels joined by +, as bits; false where one is none of them. *BAD is that one. */
static bool bits_of(struct labels labels, const char *text, size_t length, int64_t *bits,
                    const char **bad, size_t *bad_length)
{
    *bits = 0;
    for (size_t at = 0; at <= length;) {
        const char *plus = memchr(text + at, '+', length - at);
        size_t piece = plus ? (size_t)(plus - text) - at : length - at;
        int32_t label = label_of(labels, text + at, piece);
        if (label < 0 || label > 62) {
            *bad = text + at;
            *bad_length = piece;
            return false;
        }
        *bits |= INT64_C(1) << label;
        at += piece + 1;
    }
    return true;
}

static int64_t all_bits(struct labels labels)
{
    return labels.count ? (INT64_C(1) << labels.count) - 1 : 1;
}

/* Points are divided by | ; how many there are, 0 where one is empty. */
static int64_t points_of(const char *text, size_t length)
{
    int64_t count = 0;
    for (size_t at = 0; at <= length;) {
        const char *bar = memchr(text + at, '|', length - at);
        size_t piece = bar ? (size_t)(bar - text) - at : length - at;
        if (piece == 0) {
            return 0;
        }
        count++;
        at += piece + 1;
    }
    return count;
}

static struct value paper_value(const struct field *field, const char *text, size_t length)
{
    int64_t bits;
    const char *bad;
    size_t bad_length;
    if (is(text, length, "yes")) {
        return value_of(all_bits(field->labels));
    }
    bool whole = bits_of(field->labels, text, length, &bits, &bad, &bad_length) &&
                 bits == all_bits(field->labels);
    return whole ? value_of(bits) : value_unknown();
}

static struct value number_value(const struct field *field, const char *text, size_t length)
{
    int64_t micro;
    if (!decimal_parse(text, length, &micro)) {
        return value_unknown();
    }
    if (field->is_period) {
        return micro % MICRO == 0 ? value_of(micro / MICRO) : value_unknown();
    }
    bool fen = field->type != FIELD_MONEY || micro % (MICRO / 100) == 0;
    return fen ? value_of(micro) : value_unknown();
}

struct value typed_value(const struct policy *policy, int32_t index, const char *text,
                         size_t length)
{
    const struct field *field = &policy->fields[index];
    const char *bad;
    size_t bad_length;
    int32_t day;
    int64_t n;
    if (length == 0) {
        return value_unknown();
    }
    switch (field->type) {
    case FIELD_NUMBER:
    case FIELD_MONEY:
        return number_value(field, text, length);
    case FIELD_DATE:
        return day_parse(text, length, &day) ? value_of(day) : value_unknown();
    case FIELD_TIME:
        return moment_parse(text, length, &n) ? value_of(n) : value_unknown();
    case FIELD_YESNO:
        return is(text, length, "yes")  ? value_of(1)
               : is(text, length, "no") ? value_of(0)
                                        : value_unknown();
    case FIELD_CHOICE:
        n = label_of(field->labels, text, length);
        return n < 0 ? value_unknown() : value_of(field->labels.items[n].symbol);
    case FIELD_CHOICES:
        return bits_of(field->labels, text, length, &n, &bad, &bad_length) ? value_of(n)
                                                                           : value_unknown();
    case FIELD_ROLE: {
        int32_t symbol = names_find(policy->names, text, length);
        int32_t role = symbol ? policy->role_of[symbol] : -1;
        return role >= 0 && (field->roles >> role & 1) ? value_of(symbol) : value_unknown();
    }
    case FIELD_POINTS:
    case FIELD_ANSWERS:
        n = points_of(text, length);
        return n ? value_of(n) : value_unknown();
    case FIELD_PAPER:
        return paper_value(field, text, length);
    default:
        return value_of((int64_t)length);
    }
}

/* ---- checking ---- */

struct checking {
    const struct revision *revision;
    const struct field *field;
    const char *text;
    size_t length;
    int64_t moment;
    struct arena *arena;
    struct message *message;
};

static bool say(struct checking *c, enum message_id id, const char *b, const char *d, const char *e)
{
    *c->message = (struct message){id, {arena_text(c->arena, c->text, c->length), b, d, e}};
    return false;
}

/* The day or moment an end of a range means on the day of the act. */
static bool end_of(const struct checking *c, struct range_end end, bool high, int64_t *at)
{
    bool time = c->field->type == FIELD_TIME;
    int32_t today = moment_day(c->moment);
    int64_t moment = 0;
    switch (end.kind) {
    case END_OPEN:
        return false;
    case END_FIXED:
        *at = end.n;
        return true;
    case END_NOW:
        *at = time ? c->moment : today;
        return true;
    case END_TODAY:
        moment = moment_of(today, time && high ? DAY_SECONDS - 1 : 0);
        break;
    case END_OFFSET: {
        struct period period = end.period;
        int sign = period.n < 0 ? -1 : 1;
        period.n *= sign;
        moment = reckon_shift(c->revision, moment_of(today, time && high ? DAY_SECONDS - 1 : 0),
                              period, sign);
        break;
    }
    }
    if (moment == MOMENT_NONE) {
        return false;
    }
    *at = time ? moment : moment_day(moment);
    return true;
}

static const char *end_text(struct checking *c, bool given, int64_t at)
{
    struct text out = {0};
    char buffer[MOMENT_TEXT];
    if (!given) {
        return "";
    }
    switch (c->field->type) {
    case FIELD_DATE:
        text_add(&out, day_format((int32_t)at, buffer));
        break;
    case FIELD_TIME:
        text_add(&out, moment_format(at, buffer));
        break;
    case FIELD_TEXT:
    case FIELD_LINES:
        text_add_int(&out, at);
        break;
    default:
        if (c->field->is_period) {
            text_add_int(&out, at);
        } else {
            text_add_decimal(&out, at);
        }
    }
    return arena_keep(c->arena, &out);
}

/* N within the field's range; else the message says which would be right. */
static bool in_range(struct checking *c, int64_t n, enum message_id outside)
{
    int64_t low = 0, high = 0;
    bool has_low = end_of(c, c->field->low, false, &low);
    bool has_high = end_of(c, c->field->high, true, &high);
    if ((has_low && n < low) || (has_high && n > high)) {
        struct text range = {0};
        bool days = c->field->type == FIELD_DATE || c->field->type == FIELD_TIME;
        message_range(&range, end_text(c, has_low, low), end_text(c, has_high, high),
                      c->field->unit_text ? c->field->unit_text : "", days);
        return say(c, outside, arena_keep(c->arena, &range), NULL, NULL);
    }
    return true;
}

/* What to write, with what it means: "virtual 虚拟化"; an English reader has it in the name. */
static void add_choice(struct text *zh, struct text *en, const char *name, const char *title)
{
    text_addf(zh, "%s%s %s", zh->length ? ", " : "", name, title);
    text_addf(en, "%s%s", en->length ? ", " : "", name);
}

static const char *keep_both(struct checking *c, struct text *zh, struct text *en)
{
    const char *in_zh = arena_keep(c->arena, zh), *in_en = arena_keep(c->arena, en);
    return message_both(c->arena, in_zh, in_en);
}

static const char *names_of(struct checking *c, struct labels labels, int64_t without)
{
    struct text zh = {0}, en = {0};
    for (int32_t i = 0; i < labels.count; i++) {
        if (!(without >> i & 1)) {
            add_choice(&zh, &en, labels.items[i].name, labels.items[i].zh);
        }
    }
    return keep_both(c, &zh, &en);
}

static const char *roles_of(struct checking *c, const struct policy *policy)
{
    struct text zh = {0}, en = {0};
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (c->field->roles >> i & 1) {
            add_choice(&zh, &en, policy->roles[i].title.name, policy->roles[i].title.zh);
        }
    }
    return keep_both(c, &zh, &en);
}

static bool check_paper(struct checking *c)
{
    int64_t bits = 0;
    const char *bad = "";
    size_t bad_length = 0;
    if (is(c->text, c->length, "yes")) {
        return true;
    }
    if (!bits_of(c->field->labels, c->text, c->length, &bits, &bad, &bad_length)) {
        return say(c, c->field->labels.count ? MESSAGE_entry_part_unknown : MESSAGE_entry_paper,
                   arena_text(c->arena, bad, bad_length), names_of(c, c->field->labels, 0), NULL);
    }
    if (bits != all_bits(c->field->labels)) {
        return say(c, MESSAGE_entry_part_missing, names_of(c, c->field->labels, bits), NULL, NULL);
    }
    return true;
}

static bool check_words(struct checking *c)
{
    int64_t bits;
    const char *bad;
    size_t bad_length;
    if (c->field->type == FIELD_CHOICE && label_of(c->field->labels, c->text, c->length) < 0) {
        return say(c, MESSAGE_entry_choice, names_of(c, c->field->labels, 0), NULL, NULL);
    }
    if (c->field->type == FIELD_CHOICES &&
        !bits_of(c->field->labels, c->text, c->length, &bits, &bad, &bad_length)) {
        return say(c, MESSAGE_entry_choices, names_of(c, c->field->labels, 0), NULL, NULL);
    }
    return true;
}

static bool check_type(struct checking *c, const struct policy *policy, struct value value)
{
    switch (c->field->type) {
    case FIELD_TEXT:
        if (memchr(c->text, '\n', c->length)) {
            return say(c, MESSAGE_entry_one_line, NULL, NULL, NULL);
        }
        return in_range(c, (int64_t)utf8_count(c->text, c->length), MESSAGE_entry_length);
    case FIELD_LINES:
        return in_range(c, (int64_t)utf8_count(c->text, c->length), MESSAGE_entry_length);
    case FIELD_NUMBER:
        if (!value.known) {
            return say(c, c->field->is_period ? MESSAGE_entry_whole : MESSAGE_entry_number, NULL,
                       NULL, NULL);
        }
        return in_range(c, value.n, MESSAGE_entry_range);
    case FIELD_MONEY:
        return value.known ? in_range(c, value.n, MESSAGE_entry_range)
                           : say(c, MESSAGE_entry_money, NULL, NULL, NULL);
    case FIELD_DATE:
        return value.known ? in_range(c, value.n, MESSAGE_entry_range)
                           : say(c, MESSAGE_entry_date, NULL, NULL, NULL);
    case FIELD_TIME:
        return value.known ? in_range(c, value.n, MESSAGE_entry_range)
                           : say(c, MESSAGE_entry_time, NULL, NULL, NULL);
    case FIELD_YESNO:
        return value.known || say(c, MESSAGE_entry_yesno, NULL, NULL, NULL);
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        return check_words(c);
    case FIELD_ROLE:
        return value.known || say(c, MESSAGE_entry_role, roles_of(c, policy), NULL, NULL);
    case FIELD_POINTS:
    case FIELD_ANSWERS:
        return value.known || say(c, MESSAGE_entry_points, NULL, NULL, NULL);
    case FIELD_PAPER:
        return check_paper(c);
    default:
        return true;
    }
}

bool entry_check(const struct policy *policy, const struct revision *revision, int32_t field,
                 const char *text, size_t length, int64_t moment, struct arena *arena,
                 struct value *value, struct message *message)
{
    struct checking c = {revision, &policy->fields[field], text, length, moment, arena, message};
    *value = value_unknown();
    *message = (struct message){0};
    if (length == 0) {
        return say(&c, MESSAGE_entry_missing, NULL, NULL, NULL);
    }
    if (utf8_check(text, length) != length || memchr(text, '\0', length)) {
        return say(&c, MESSAGE_entry_utf8, NULL, NULL, NULL);
    }
    *value = typed_value(policy, field, text, length);
    return check_type(&c, policy, *value);
}
