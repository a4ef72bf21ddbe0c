/*
 * query_words.h: a query cut into words, before anything is made of them. For query*.c alone.
 */
#ifndef YUNTAI_CORE_QUERY_WORDS_H
#define YUNTAI_CORE_QUERY_WORDS_H

#include "core/query.h"

/* What a character means outside quotes. */
enum query_sign {
    SIGN_NONE,
    SIGN_BLANK,
    SIGN_COLON, /* also = */
    SIGN_LESS,
    SIGN_UNTIL, /* ≤ */
    SIGN_MORE,
    SIGN_SINCE, /* ≥ */
    SIGN_COMMA,
    SIGN_MINUS,
    SIGN_QUOTE, /* " */
    SIGN_CURLY  /* “ and ”, which close each other */
};

/* A term as written; all are offsets of bytes. */
struct query_word {
    size_t start, end;
    size_t body;     /* behind the - */
    size_t name_end; /* behind what looks like a field's name; BODY where nothing does */
    size_t value;    /* behind the comparison; BODY where there is none */
    size_t quote;    /* of the quote that does not end; END where all do */
    enum query_compare compare;
    bool negated;
};

/* The sign at AT, which takes *STEP bytes, as any character does. */
enum query_sign query_sign_at(const char *text, size_t length, size_t at, size_t *step);
/* The first word at or behind AT; false where there is none. */
bool query_word_at(const char *text, size_t length, size_t at, struct query_word *word);
/* Behind the value that begins at AT, which ends at a comma or at END. */
size_t query_value_end(const char *text, size_t at, size_t end);

/* The field or word called so, in English of any case or Chinese; QUERY_TEXT where none is. */
enum query_field query_field_named(const char *name, size_t length);

#endif
