/* sync_use.c: a sheet of a month's use, as yuntai-net reports it, into what a run brings. */
#include <string.h>

#include "core/duty.h"
#include "core/usage.h"
#include "data/csv.h"
#include "data/desk/sync_use.h"

enum { COLUMNS_MOST = 64, NAME_MOST = 1024 };

struct column_at { /* of a figure: its name, and its place in the row */
    const char *name;
    size_t at;
};
struct use_reading {
    struct asking *asking;
    const struct run_row *run;
    struct metered_count *count;
    int month, resource, system; /* places; -1 not there */
    struct column_at figures[COLUMNS_MOST];
    size_t figure_count;
};

static int no_use(struct asking *asking)
{
    return error_set(asking->error, ERROR_USAGE, N_("what came as figures of use are none"), NULL,
                     NULL);
}

static bool is_figure(const char *name)
{
    static const char *const heads[] = {"avg.", "p95.", "peak."};
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t head = strlen(heads[i]);
        if (strncmp(name, heads[i], head) == 0) {
            return name[head] && name[head + strspn(name + head, signs)] == '\0';
        }
    }
    return strcmp(name, "samples") == 0;
}

/* In the order of their names, whatever that of the columns is. */
static void add_figure(struct use_reading *reading, const char *name, size_t at)
{
    size_t i = reading->figure_count++;
    for (; i > 0 && strcmp(reading->figures[i - 1].name, name) > 0; i--) {
        reading->figures[i] = reading->figures[i - 1];
    }
    reading->figures[i] = (struct column_at){name, at};
}

static bool read_head(struct use_reading *reading, struct csv *csv)
{
    struct arena *arena = reading->asking->arena;
    bool good = csv_next(csv) && csv->count <= COLUMNS_MOST;
    reading->month = reading->resource = reading->system = -1;
    for (size_t i = 0; good && i < csv->count; i++) {
        const char *name = arena_text(arena, csv->fields[i], strlen(csv->fields[i]));
        int *place = !name                           ? NULL
                     : strcmp(name, "month") == 0    ? &reading->month
                     : strcmp(name, "resource") == 0 ? &reading->resource
                     : strcmp(name, "system") == 0   ? &reading->system
                                                     : NULL;
        good = name && (place || is_figure(name));
        if (place) {
            *place = (int)i;
        } else if (good) {
            add_figure(reading, name, i);
        }
    }
    return good && reading->month >= 0;
}

static const char *field(const struct csv *csv, int at)
{
    return at < 0 ? "" : csv->fields[at];
}

static bool read_month(const char *text, int32_t *month)
{
    struct text day = {0};
    int32_t first;
    int year, number;
    text_addf(&day, "%s-01", text);
    bool good = strlen(text) == 7 && day_parse(text_bytes(&day), day.length, &first);
    text_free(&day);
    if (good) {
        day_to_civil(first, &year, &number, NULL);
        *month = month_number(year, number);
    }
    return good;
}

/* Shares of 0 to 100, a whole number of readings; what is empty was not measured. */
static bool read_figures(const struct use_reading *reading, const struct csv *csv,
                         struct text *facts)
{
    for (size_t i = 0; i < reading->figure_count; i++) {
        const char *name = reading->figures[i].name, *text = csv->fields[reading->figures[i].at];
        bool samples = strcmp(name, "samples") == 0;
        int64_t micro;
        if (!*text) {
            continue;
        }
        if (!decimal_parse(text, strlen(text), &micro) || micro < 0 ||
            (samples ? micro % MICRO != 0 : micro > INT64_C(100) * MICRO)) {
            return false;
        }
        fact_put_decimal(facts, name, micro);
    }
    return true;
}

static int take_row(const struct use_reading *reading, const struct csv *csv)
{
    struct text facts = {0};
    struct metered row = {.uid = field(csv, reading->resource),
                          .system = field(csv, reading->system)};
    bool good = read_month(field(csv, reading->month), &row.month) &&
                read_figures(reading, csv, &facts) && (*row.uid || *row.system) &&
                strlen(row.uid) <= NAME_MOST && strlen(row.system) <= NAME_MOST;
    int status = facts.failed ? error_memory(reading->asking->error)
                 : good       ? 0
                              : no_use(reading->asking);
    row.facts = text_bytes(&facts);
    if (status == 0 && facts.length) { /* missing is not zero */
        status = store_metered_put(reading->asking->counter->store, reading->run, &row,
                                   reading->count, reading->asking->error);
    }
    text_free(&facts);
    return status;
}

int sync_use(struct asking *asking, const struct run_row *run, const char *sheet,
             struct metered_count *count)
{
    struct use_reading reading = {.asking = asking, .run = run, .count = count};
    struct csv csv;
    csv_start(&csv, sheet, strlen(sheet));
    int status = read_head(&reading, &csv) ? 0 : no_use(asking);
    size_t columns = csv.count;
    while (status == 0 && csv_next(&csv)) {
        status = csv.count == columns ? take_row(&reading, &csv) : no_use(asking);
    }
    status = status == 0 && csv.error ? no_use(asking) : status;
    csv_end(&csv);
    return status;
}
