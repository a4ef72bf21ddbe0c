/*
 * phrase.h: what core/ and data/ say, in the language chosen: sentences with arguments, words in
 * both languages, articles.
 */
#ifndef YUNTAI_TUI_PHRASE_H
#define YUNTAI_TUI_PHRASE_H

#include "core/text.h"
#include "data/desk.h"

/* The half of TEXT for the language: "zh\037en"; text in one language as it is; NULL is "". */
void phrase_both(struct text *out, const char *text, bool english);
/* SENTENCE (a msgid) translated, with its arguments, of those in both languages the right half.
 * Controls but line ends become `?`. An argument may be a msgid too: see error_is_msgid(). */
void phrase_said(struct text *out, const char *sentence, const char *const arg[4], bool english);
/* The same without the names that only machines and command lines need: of an argument "reviewer
 * 市局审核, leader 市局签发" the titles stay. */
void phrase_reason(struct text *out, const char *sentence, const char *const arg[4], bool english);
/* A sentence with its arguments in one cell, parted by \036: see data/desk/sheet.c. */
void phrase_parted(struct text *out, const char *cell, bool english);
/* "第十一条、…" of "11, …"; what is no article goes by its title in the table `laws` of REPLY. */
void phrase_article(struct text *out, const char *cites, const struct parcel *reply, bool english);

/* Appends NUMBER with a comma before each three digits; SECONDS as "3分12秒"; BYTES as "31.2MB". */
void phrase_number(struct text *out, int64_t number);
/* A limit as the policy writes it: "5wd" alone in words, what is more than that as it stands. */
void phrase_limit(struct text *out, const char *limit, bool english);
void phrase_span(struct text *out, int64_t seconds);
void phrase_bytes(struct text *out, int64_t bytes);

/* The word for a KIND of a vendor's resources: server, volume …; KIND where there is none. */
const char *phrase_resource(const char *kind);
/* Appends AMOUNT of the inventory's COLUMN with its unit: "8核", "16G"; as it is where it has none.
 */
void phrase_amount(struct text *out, const char *column, const char *amount);
/* Appends why questions were asked again (words as data/vendor/again.h has them): "compute 429
 * 3次， 要求等2秒；identity 连不上 1次". */
void phrase_again(struct text *out, const char *words, bool english);
/* Appends what differs between versions of a resource (lines `NAME WAS → NOW`), on one line. */
void phrase_changes(struct text *out, const char *lines, bool english);

#endif
