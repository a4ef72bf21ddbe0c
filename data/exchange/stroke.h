/*
 * stroke.h: the rows that yuntai-net reports, as the desk is given them: at one stroke as many as
 * take some twenty milliseconds to write, for so long others wait.
 */
#ifndef YUNTAI_DATA_EXCHANGE_STROKE_H
#define YUNTAI_DATA_EXCHANGE_STROKE_H

#include "data/parcel.h"

struct stroke { /* zeroed has nothing */
    struct parcel report;
    size_t written[3];  /* bytes of its rows, gone, missed */
    size_t most, given; /* rows: of a stroke, of the last one */
};

/* Takes over what REPORT holds, which is then empty. */
void stroke_take(struct stroke *stroke, struct parcel *report);
/* Something of it is left. */
bool stroke_left(const struct stroke *stroke);
/* Puts the next of it into REQUEST; how many are the same, and a sheet of use, with the last. */
void stroke_put(struct stroke *stroke, struct parcel *request);
/* To write that took so many MS: the next ones are larger, or smaller. */
void stroke_took(struct stroke *stroke, int64_t ms);
void stroke_free(struct stroke *stroke);

#endif
