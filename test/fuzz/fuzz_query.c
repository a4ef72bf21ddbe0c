/* fuzz_query.c: any bytes as a query: understood or told what is wrong and where; and what stands
 * at any column of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void read_term(const struct query_term *term, int32_t characters)
{
    enum query_kind kind = query_kind(term->field);
    must(term->column >= 1 && term->length >= 1);
    must(term->column - 1 + term->length <= characters);
    must((term->count == 0) == (kind == QUERY_IS_WORD));
    must(term->count <= QUERY_VALUES_MOST);
    must((term->dates != NULL) == (kind == QUERY_IS_DATE));
    must(kind == QUERY_IS_DATE || term->compare == QUERY_EQUAL);
    must(kind != QUERY_IS_SORT || query_sorts(term->sort));
    for (int32_t i = 0; i < term->count; i++) {
        size_t length = strlen(term->values[i]);
        must(length > 0 && utf8_check(term->values[i], length) == length);
    }
}

static void read_fault(const struct query_fault *fault, int32_t characters)
{
    struct text text = {0};
    message_expand(&text, message_english(fault->message.id), &fault->message, true);
    must(text.length > 0 && fault->column >= 0 && fault->length >= 0);
    must(fault->message.id == MESSAGE_query_long || fault->column >= 1);
    must(fault->column <= characters + 1);
    text_free(&text);
}

static void read_spots(const char *text, size_t size, int32_t characters)
{
    int32_t last = characters < 300 ? characters + 1 : 300;
    for (int32_t column = 1; column <= last; column++) {
        struct query_spot spot = query_at(text, size, column);
        must(spot.from >= 1 && spot.from <= column && column <= spot.to);
        must(spot.to <= characters + 1);
        must(spot.prefix >= text && spot.prefix + spot.length <= text + size);
        must((spot.place == QUERY_AT_VALUE) == (spot.field != QUERY_TEXT));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = size > 0 ? (const char *)data : "";
    int32_t characters = (int32_t)utf8_count(text, size);
    struct query query;
    struct query_fault fault;
    if (arena && query_parse(text, size, arena, &query, &fault)) {
        must(query.count <= QUERY_TERMS_MOST);
        for (int32_t i = 0; i < query.count; i++) {
            read_term(&query.terms[i], characters);
        }
    } else if (arena) {
        read_fault(&fault, characters);
    }
    read_spots(text, size, characters);
    arena_free(arena);
    return 0;
}
