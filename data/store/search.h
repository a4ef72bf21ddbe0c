/*
 * search.h: text search in Chinese and English, by pairs of characters.
 *
 * Chinese has no blanks between words and most of its words have two characters. So what is kept of
 * a text is each pair of characters that stand side by side, with the last one alone, and each word
 * of ASCII letters and digits as a whole in lower case: 郑州公安ECS is 郑州 州公 公安 安 ecs. An
 * index over these finds candidates; search_hit() then says which of them really hold the term.
 * Full-width letters and digits are as good as ASCII ones; every other sign only divides.
 *
 * Tokens are plain UTF-8, which SQLite's FTS5 keeps whole with tokenize="unicode61".
 */
#ifndef YUNTAI_DATA_STORE_SEARCH_H
#define YUNTAI_DATA_STORE_SEARCH_H

#include "core/text.h"

enum { SEARCH_TERMS_MOST = 32 }; /* tokens of a query; the rest is for search_hit() */

/* Appends the tokens of TEXT to OUT, each with a blank behind. */
void search_tokens(const char *text, struct text *out);
/*
 * Appends what FTS5's MATCH takes to find all texts that may hold the term TEXT: every token in
 * quotes, all of which must be there; a character alone, and the word at the end, also find what
 * begins so. Several terms may be appended one after the other: all must hold. Returns how many
 * tokens there are; where 0 (signs alone) OUT is as it was, and texts have to be looked at one by
 * one.
 *
 * Of an ASCII term the first word is found from its beginning: “cs01” does not find ecs01.
 */
int search_query(const char *text, struct text *out);
/* HAYSTACK holds NEEDLE, upper and lower case, full and half width being one; an empty one always.
 */
bool search_hit(const char *haystack, const char *needle);

#endif
