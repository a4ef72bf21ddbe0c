/*
 * measures.h: a month of measures in percent, and what it comes to: average, 95th percentile, peak.
 */
#ifndef YUNTAI_DATA_VENDOR_MEASURES_H
#define YUNTAI_DATA_VENDOR_MEASURES_H

#include "core/text.h"

struct figures { /* in millionths of a percent; SAMPLES 0: none were measured */
    int64_t average, p95, peak, samples;
};
enum figures_fault { FIGURES_GOOD, FIGURES_FORM, FIGURES_MEMORY };

/* Of Gnocchi's [[time, seconds, value], …]: those of the finest granularity count. Values outside
 * 0..100 are FIGURES_FORM. */
enum figures_fault figures_read(const struct text *body, struct figures *out);
/* The figures of COUNT values, which are put in order. The percentile is the smallest value that 95
 * of 100 do not exceed. */
void figures_of(int64_t *values, size_t count, struct figures *out);
/* "2026-10": its first day. */
bool month_first(const char *text, int32_t *day);
/* Appends ",avg.NAME,p95.NAME,peak.NAME", and their values: empty where none were measured. */
void figures_head(const char *name, size_t length, struct text *out);
void figures_line(const struct figures *figures, struct text *out);

#endif
