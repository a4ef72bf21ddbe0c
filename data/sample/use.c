/* use.c: the monthly table of use of the sample city. */
#include "data/sample/use.h"

#include <stdlib.h>
#include <string.h>

enum { TENTHS = 10, MOST = 99 * TENTHS };

static void put_tenths(struct text *out, long tenths)
{
    text_addf(out, ",%d.%d", (int)(tenths / TENTHS), (int)(tenths % TENTHS));
}

/* An average of BASE percent moves by up to a tenth; what was reached at times lies above it. */
static void put_figures(struct text *out, const char *base, struct phrase *draw)
{
    long average = strtol(base, NULL, 10) * TENTHS;
    average += average * ((long)phrase_draw(draw, 21) - 10) / 100;
    long p95 = average * 13 / 10 + 4 * TENTHS + (long)phrase_draw(draw, 3 * TENTHS);
    long peak = p95 + 3 * TENTHS + (long)phrase_draw(draw, 9 * TENTHS);
    put_tenths(out, average < MOST ? average : MOST);
    put_tenths(out, p95 < MOST ? p95 : MOST);
    put_tenths(out, peak < MOST ? peak : MOST);
}

void use_month(const struct grid *use, int32_t day, struct text *out)
{
    int year, month;
    day_to_civil(day, &year, &month, NULL);
    text_add(out, "month,system");
    for (size_t k = 1; k < use->columns; k++) {
        text_addf(out, ",avg.%s,p95.%s,peak.%s", use->head[k], use->head[k], use->head[k]);
    }
    for (size_t i = 0; i < use->count; i++) {
        struct phrase draw = {
            .seed = phrase_seed(use->rows[i][0], (uint64_t)year * 12 + (uint64_t)month)};
        text_addf(out, "\n%04d-%02d,%s", year, month, use->rows[i][0]);
        for (size_t k = 1; k < use->columns; k++) {
            put_figures(out, use->rows[i][k], &draw);
        }
    }
    text_add(out, "\n");
}
