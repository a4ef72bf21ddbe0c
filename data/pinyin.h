/*
 * pinyin.h: how Chinese names are read: for sorting them and for finding them by sound.
 *
 * The table comes with the program (pinyin.tsv, made by pinyin.make) and covers U+4E00-9FFF and the
 * words, mostly places, that are read in their own way. Loading is one read: lines are sorted by
 * bytes and looked up where they stand.
 */
#ifndef YUNTAI_DATA_PINYIN_H
#define YUNTAI_DATA_PINYIN_H

#include "core/text.h"
#include "data/error.h"

struct pinyin;

enum { PINYIN_FILE_MOST = 1 << 20, PINYIN_TYPED_MOST = 63 };

/* The table in the file at PATH; NULL after an error. To be freed. */
struct pinyin *pinyin_load(const char *path, struct error *error);
/* That which comes with the program. */
struct pinyin *pinyin_shipped(struct error *error);
void pinyin_free(struct pinyin *pinyin);

/*
 * Appends the sound of TEXT to OUT, for columns that are sorted by bytes: syllables without tones,
 * parted by blanks, ü as v, the usual reading of each; ASCII in lower case; everything else as it
 * is. 郑州ECS is "zheng zhou ecs".
 */
void pinyin_of(const struct pinyin *pinyin, const char *text, struct text *out);

/*
 * Whether TYPED stands for NAME or for a part of it that begins with any of its characters. Each
 * character may be typed as its syllable in full, by the first letter or by zh, ch, sh; the last
 * one may be unfinished; any of its readings will do. ASCII and Chinese stand for themselves;
 * blanks and ' in TYPED, and signs in NAME, count for nothing. 郑州市公安局 is found by zzsgaj,
 * zhengzhou, zhzhshi, gonga, 公aj.
 *
 * Nothing typed matches any name; more than PINYIN_TYPED_MOST bytes match none.
 */
bool pinyin_matches(const struct pinyin *pinyin, const char *name, const char *typed);

#endif
