/* measures.c: many values to a few. */
#include "data/vendor/measures.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"

static int in_order(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

void figures_of(int64_t *values, size_t count, struct figures *out)
{
    int64_t sum = 0;
    *out = (struct figures){.samples = (int64_t)count};
    if (count == 0) {
        return;
    }
    qsort(values, count, sizeof *values, in_order);
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    out->average = (sum + (int64_t)count / 2) / (int64_t)count;
    out->p95 = values[(count * 95 + 99) / 100 - 1];
    out->peak = values[count - 1];
}

/* [time, seconds, value]; false where it is none. */
static bool read_measure(const json_t *measure, double *seconds, double *value)
{
    const json_t *second = json_array_get(measure, 1), *third = json_array_get(measure, 2);
    *seconds = json_number_value(second);
    *value = json_number_value(third);
    return json_is_string(json_array_get(measure, 0)) && json_is_number(second) &&
           json_is_number(third) && *seconds > 0 && *value >= 0 && *value <= 100;
}

/* The finest granularity of ALL; 0 where one is no measure. */
static double finest(const json_t *all)
{
    double least = INFINITY, seconds, value;
    for (size_t i = 0; i < json_array_size(all); i++) {
        if (!read_measure(json_array_get(all, i), &seconds, &value)) {
            return 0;
        }
        least = seconds < least ? seconds : least;
    }
    return least;
}

enum figures_fault figures_read(const struct text *body, struct figures *out)
{
    json_t *root = json_loadb(text_bytes(body), body->length, JSON_REJECT_DUPLICATES, NULL);
    size_t all = json_array_size(root), count = 0;
    double least = finest(root), seconds, value;
    int64_t *values = json_is_array(root) && least > 0 ? malloc((all + 1) * sizeof *values) : NULL;
    *out = (struct figures){0};
    enum figures_fault fault = values                             ? FIGURES_GOOD
                               : json_is_array(root) && least > 0 ? FIGURES_MEMORY
                                                                  : FIGURES_FORM;
    for (size_t i = 0; values && i < all; i++) {
        read_measure(json_array_get(root, i), &seconds, &value);
        if (seconds <= least) {
            values[count++] = (int64_t)llround(value * 1e6);
        }
    }
    if (values) {
        figures_of(values, count, out);
    }
    free(values);
    json_decref(root);
    return fault;
}

bool month_first(const char *text, int32_t *day)
{
    struct text whole = {0};
    text_addf(&whole, "%s-01", text);
    bool good = strlen(text) == 7 && day_parse(text_bytes(&whole), whole.length, day);
    text_free(&whole);
    return good;
}

void figures_head(const char *name, size_t length, struct text *out)
{
    static const char *const heads[] = {",avg.", ",p95.", ",peak."};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        text_add(out, heads[i]);
        text_add_n(out, name, length);
    }
}

void figures_line(const struct figures *figures, struct text *out)
{
    const int64_t values[] = {figures->average, figures->p95, figures->peak};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        text_add(out, ",");
        if (figures->samples > 0) {
            text_add_decimal(out, values[i]);
        }
    }
}
