/*
 * text.h: a growing string with a bound, and the small formatting core/ needs.
 *
 * No locale, no stdio. A text that would grow past its bound, or finds no memory, is marked
 * failed and keeps what it has; callers ask once, at the end.
 */
#ifndef YUNTAI_CORE_TEXT_H
#define YUNTAI_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes; /* NUL at the end once anything was added; NULL before */
    size_t length, capacity;
    size_t most; /* the bound in bytes; 0: 16 MiB */
    bool failed;
};

void text_free(struct text *text);
/* Empties TEXT, keeps its memory and clears failed. */
void text_clear(struct text *text);
/* Keeps the first LENGTH bytes; a text that has no more stays as it is. */
void text_cut(struct text *text, size_t length);
/* What was added so far, "" where nothing was; valid until the next call. */
const char *text_bytes(const struct text *text);
void text_add(struct text *text, const char *bytes);
void text_add_n(struct text *text, const char *bytes, size_t length);
/* In UTF-8; what is no character of Unicode becomes U+FFFD. */
void text_add_character(struct text *text, uint32_t character);
void text_add_int(struct text *text, int64_t number);
/* Decimal of NUMBER / 1000000 (see value.h), without trailing zeros: 20, 0.5, -3.25. */
void text_add_decimal(struct text *text, int64_t micro);
/* FORMAT with %s (NULL prints as ""), %d, %c, %%, and %02d/%04d (zero padded to that width). */
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Length in bytes of the valid UTF-8 character at TEXT (1..4), 0 where it is not one or LENGTH is
 * 0. Surrogates, overlong forms and what lies above U+10FFFF are not valid. */
size_t utf8_length(const char *text, size_t length);
/* Number of characters in LENGTH bytes of valid UTF-8; a byte that is not valid counts as one. */
size_t utf8_count(const char *text, size_t length);
/* Whether TEXT has signs that turn what stands beside them around (U+061C, 200E, 200F, 202A to
 * 202E, 2066 to 2069): a name with one is shown as another. */
bool text_turns(const char *text);
/* Whether TEXT has control characters (below U+0020 other than tab and ends of lines, U+007F to
 * 009F): a terminal would obey them. */
bool text_controls(const char *text);
/* Whether TEXT has nothing but blanks, of either width, tabs and ends of line; so has "". */
bool text_is_blank(const char *text);
/* Offset of the first byte that is not valid UTF-8, LENGTH where all are. */
size_t utf8_check(const char *text, size_t length);

#endif
