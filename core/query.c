/* query.c: the language in which cases are looked for. */
#include "core/query.h"

#include <string.h>

#include "core/near.h"
#include "core/query_words.h"

struct parse {
    const char *text;
    size_t length;
    struct arena *arena;
    struct query_fault *fault;
    struct query_term *terms;
    int32_t count;
    bool sorted;
    bool failed; /* memory was short */
};

/* ---- what is wrong ---- */

static const char *kept_number(struct parse *parse, int64_t number)
{
    struct text text = {0};
    text_add_int(&text, number);
    const char *kept = arena_keep(parse->arena, &text);
    return kept;
}

/* ID is wrong with the bytes FROM to TO; its %1 is the column, %2 and %3 are A and B. */
static bool fail(struct parse *parse, enum message_id id, size_t from, size_t to, const char *a,
                 const char *b)
{
    int32_t column = (int32_t)utf8_count(parse->text, from) + 1;
    *parse->fault = (struct query_fault){
        .message = {id, {kept_number(parse, column), a, b, NULL}},
        .column = column,
        .length = (int32_t)utf8_count(parse->text + from, to - from),
    };
    return false;
}

static const char *keep(struct parse *parse, size_t from, size_t to)
{
    return arena_text(parse->arena, parse->text + from, to - from);
}

/* The names that may stand for a field or, SORTS, behind sort, in both languages. */
static const char *all_names(struct parse *parse, bool sorts)
{
    struct text zh = {0}, en = {0};
    for (int field = QUERY_TEXT + 1; field < QUERY_FIELDS; field++) {
        enum query_kind kind = query_kind((enum query_field)field);
        if (sorts ? query_sorts((enum query_field)field) : kind != QUERY_IS_WORD) {
            text_addf(&zh, "%s%s", zh.length ? "、" : "",
                      query_name_zh((enum query_field)field, 0));
            text_addf(&en, "%s%s", en.length ? ", " : "", query_name((enum query_field)field, 0));
        }
    }
    const char *both = message_both(parse->arena, text_bytes(&zh), text_bytes(&en));
    text_free(&zh);
    text_free(&en);
    return both;
}

static const char *nearest(const char *name, size_t length, bool sorts)
{
    struct near_word near_word = near_begin(name, length);
    for (int i = QUERY_TEXT + 1; i < QUERY_FIELDS; i++) {
        enum query_field field = (enum query_field)i;
        bool fits = sorts ? query_sorts(field) : query_kind(field) != QUERY_IS_WORD;
        for (int which = 0; fits && which < QUERY_NAMES; which++) {
            if (query_name(field, which)) {
                near_offer(&near_word, query_name(field, which));
            }
            if (query_name_zh(field, which)) {
                near_offer(&near_word, query_name_zh(field, which));
            }
        }
    }
    return near_word.best;
}

/* The bytes FROM to TO are the name of nothing. */
static bool unknown(struct parse *parse, size_t from, size_t to, bool sorts)
{
    const char *name = keep(parse, from, to);
    const char *meant = nearest(parse->text + from, to - from, sorts);
    if (meant) {
        return fail(parse, sorts ? MESSAGE_query_sort_near : MESSAGE_query_field_near, from, to,
                    name, meant);
    }
    return fail(parse, sorts ? MESSAGE_query_sort : MESSAGE_query_field, from, to, name,
                all_names(parse, sorts));
}

/* ---- values ---- */

/* The value between FROM and TO without its quotes. */
static const char *unquoted(struct parse *parse, size_t from, size_t to)
{
    struct text out = {0};
    enum query_sign open = SIGN_NONE;
    size_t step;
    for (size_t at = from; at < to; at += step) {
        enum query_sign sign = query_sign_at(parse->text, to, at, &step);
        bool quote = sign == SIGN_QUOTE || sign == SIGN_CURLY;
        if (open != SIGN_NONE && parse->text[at] == '\\' && at + 1 < to &&
            (parse->text[at + 1] == '"' || parse->text[at + 1] == '\\')) {
            text_add_n(&out, parse->text + at + 1, 1);
            step = 2;
        } else if (quote && open == SIGN_NONE) {
            open = sign;
        } else if (quote && open == sign) {
            open = SIGN_NONE;
        } else {
            text_add_n(&out, parse->text + at, step);
        }
    }
    const char *kept = arena_keep(parse->arena, &out);
    parse->failed = parse->failed || arena_failed(parse->arena);
    return kept;
}

static int32_t count_values(const struct parse *parse, const struct query_word *word)
{
    int32_t count = 1;
    size_t at = query_value_end(parse->text, word->value, word->end), step;
    for (; at < word->end; count++) {
        query_sign_at(parse->text, word->end, at, &step);
        at = query_value_end(parse->text, at + step, word->end);
    }
    return count;
}

/* The values of WORD as texts, none of which may be empty. */
static bool read_values(struct parse *parse, const struct query_word *word, struct query_term *term)
{
    int32_t count = count_values(parse, word);
    if (count > QUERY_VALUES_MOST) {
        return fail(parse, MESSAGE_query_values, word->value, word->end,
                    kept_number(parse, QUERY_VALUES_MOST), NULL);
    }
    const char **values = arena_array(parse->arena, (size_t)count, sizeof *values);
    size_t from = word->value, step;
    for (int32_t i = 0; values && i < count; i++) {
        size_t to = query_value_end(parse->text, from, word->end);
        values[i] = unquoted(parse, from, to);
        if (values[i][0] == '\0' && !parse->failed) {
            return fail(parse, MESSAGE_query_value, from, to, NULL, NULL);
        }
        if (to < word->end) {
            query_sign_at(parse->text, word->end, to, &step);
            from = to + step;
        }
    }
    term->values = values;
    term->count = values ? count : 0;
    return values != NULL;
}

static bool read_dates(struct parse *parse, const struct query_word *word, struct query_term *term)
{
    if (term->compare != QUERY_EQUAL && term->count > 1) {
        return fail(parse, MESSAGE_query_date_one, word->value, word->end, NULL, NULL);
    }
    struct query_date *dates = arena_array(parse->arena, (size_t)term->count, sizeof *dates);
    size_t from = word->value, step;
    for (int32_t i = 0; dates && i < term->count; i++) {
        size_t to = query_value_end(parse->text, from, word->end);
        if (!query_date_parse(term->values[i], strlen(term->values[i]), &dates[i])) {
            return fail(parse, MESSAGE_query_date, from, to, term->values[i], NULL);
        }
        if (to < word->end) {
            query_sign_at(parse->text, word->end, to, &step);
            from = to + step;
        }
    }
    term->dates = dates;
    return dates != NULL;
}

static bool read_sort(struct parse *parse, const struct query_word *word, struct query_term *term)
{
    size_t from = word->value, step;
    bool minus = query_sign_at(parse->text, word->end, from, &step) == SIGN_MINUS;
    if (term->negated) {
        from += minus ? step : 0;
        return fail(parse, MESSAGE_query_sort_not, word->start, word->end,
                    keep(parse, from, word->end), NULL);
    }
    if (term->count > 1 || parse->sorted) {
        return fail(parse, MESSAGE_query_sort_twice, word->start, word->end, NULL, NULL);
    }
    term->backwards = minus;
    from += minus ? step : 0;
    term->sort = query_field_named(parse->text + from, word->end - from);
    if (from == word->end) {
        return fail(parse, MESSAGE_query_value, from, from, NULL, NULL);
    }
    if (!query_sorts(term->sort)) {
        return unknown(parse, from, word->end, true);
    }
    parse->sorted = true;
    return true;
}

/* ---- terms ---- */

static bool read_field(struct parse *parse, const struct query_word *word, struct query_term *term)
{
    size_t length = word->name_end - word->body;
    enum query_field field = query_field_named(parse->text + word->body, length);
    enum query_kind kind = query_kind(field);
    if (kind == QUERY_IS_WORD) {
        return fail(parse, MESSAGE_query_word, word->body, word->end,
                    keep(parse, word->body, word->name_end), NULL);
    }
    if (field == QUERY_TEXT) {
        return unknown(parse, word->body, word->name_end, false);
    }
    term->field = field;
    term->compare = word->compare;
    if (kind != QUERY_IS_DATE && word->compare != QUERY_EQUAL) {
        return fail(parse, MESSAGE_query_compare, word->body, word->value,
                    keep(parse, word->body, word->name_end), NULL);
    }
    if (!read_values(parse, word, term)) {
        return false;
    }
    return kind == QUERY_IS_DATE   ? read_dates(parse, word, term)
           : kind == QUERY_IS_SORT ? read_sort(parse, word, term)
                                   : true;
}

static bool read_term(struct parse *parse, const struct query_word *word)
{
    if (parse->count == QUERY_TERMS_MOST) {
        return fail(parse, MESSAGE_query_terms, word->start, word->end,
                    kept_number(parse, QUERY_TERMS_MOST), NULL);
    }
    if (word->quote < word->end) {
        return fail(parse, MESSAGE_query_quote, word->quote, word->end, NULL, NULL);
    }
    if (word->body == word->end) {
        return fail(parse, MESSAGE_query_minus, word->start, word->end, NULL, NULL);
    }
    struct query_term term = {
        .negated = word->negated,
        .column = (int32_t)utf8_count(parse->text, word->start) + 1,
        .length = (int32_t)utf8_count(parse->text + word->start, word->end - word->start),
    };
    bool read = true;
    if (word->name_end > word->body) {
        read = read_field(parse, word, &term);
    } else {
        enum query_field field =
            query_field_named(parse->text + word->body, word->end - word->body);
        if (query_kind(field) == QUERY_IS_WORD) {
            term.field = field;
        } else {
            read = read_values(parse, word, &term);
        }
    }
    if (read) {
        parse->terms[parse->count++] = term;
    }
    return read;
}

bool query_parse(const char *text, size_t length, struct arena *arena, struct query *query,
                 struct query_fault *fault)
{
    struct parse parse = {.text = text, .length = length, .arena = arena, .fault = fault};
    *query = (struct query){0};
    *fault = (struct query_fault){0};
    if (length > QUERY_BYTES_MOST) {
        fault->message =
            (struct message){MESSAGE_query_long, {kept_number(&parse, QUERY_BYTES_MOST)}};
        return false;
    }
    size_t valid = utf8_check(text, length);
    if (valid < length) {
        return fail(&parse, MESSAGE_query_utf8, valid, valid + 1, NULL, NULL);
    }
    parse.terms = arena_array(arena, QUERY_TERMS_MOST, sizeof *parse.terms);
    struct query_word word;
    for (size_t at = 0; parse.terms && query_word_at(text, length, at, &word); at = word.end) {
        if (!read_term(&parse, &word)) {
            return false;
        }
    }
    *query = (struct query){parse.terms, parse.count};
    return !parse.failed && !arena_failed(arena);
}
