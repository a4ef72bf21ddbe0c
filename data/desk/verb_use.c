/* verb_use.c: the vendor's monthly table of use, taken in row by row. */
#include <string.h>

#include "core/near.h"
#include "core/usage.h"
#include "data/desk/registers.h"
#include "data/desk/sheet.h"
#include "data/store/periods.h"
#include "data/store/use.h"

/* One row, as read. */
struct sheet_row {
    int32_t month; /* see month_number() */
    const struct entry *system;
    const char *resource;
    struct text facts;
};
struct seen {
    int32_t month;
    int64_t system;
    const char *resource;
};

/* avg.cpu, p95.cpu, peak.cpu … of a measure of the policy. */
static bool is_figure(struct asking *asking, const char *name)
{
    static const char *const heads[] = {"avg.", "p95.", "peak."};
    const struct labels measures = asking->counter->current->policy->measures;
    for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
        size_t length = strlen(heads[h]);
        for (int32_t i = 0; strncmp(name, heads[h], length) == 0 && i < measures.count; i++) {
            if (strcmp(measures.items[i].name, name + length) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool known_column(struct asking *asking, const char *name)
{
    return strcmp(name, "month") == 0 || strcmp(name, "system") == 0 ||
           strcmp(name, "resource") == 0 || strcmp(name, "samples") == 0 || is_figure(asking, name);
}

static bool read_month(struct sheet *sheet, struct sheet_row *row)
{
    const char *value = sheet_get(sheet, "month");
    struct text day = {0};
    int32_t first;
    int year, month;
    text_addf(&day, "%s-01", value);
    bool good = strlen(value) == 7 && day_parse(text_bytes(&day), day.length, &first);
    text_free(&day);
    if (!good) {
        sheet_problem(sheet, "month", N_("it is no month"), N_("a month as 2019-09"), NULL);
        return false;
    }
    if (first > moment_day(sheet->asking->now)) {
        sheet_problem(sheet, "month", N_("the month is still to come"),
                      N_("a month that has begun"), NULL);
        return false;
    }
    day_to_civil(first, &year, &month, NULL);
    row->month = month_number(year, month);
    return true;
}

struct naming {
    struct asking *asking;
    struct near_word nearest;
};

static int offer_names(void *self, struct entry *system)
{
    struct naming *naming = self;
    near_offer_passing(&naming->nearest, system->thing.code, naming->asking->arena);
    near_offer_passing(&naming->nearest, system->thing.name, naming->asking->arena);
    return 0;
}

static bool read_system(struct sheet *sheet, struct sheet_row *row)
{
    struct counter *counter = sheet->asking->counter;
    const char *value = sheet_get(sheet, "system");
    row->system = *value ? book_find(counter, BOOK_SYSTEM, value, 0) : NULL;
    if (row->system) {
        return true;
    }
    struct naming naming = {sheet->asking, near_begin(value, strlen(value))};
    (void)book_each(sheet->asking, BOOK_SYSTEM, 0, BOOK_ALL, offer_names, &naming);
    sheet_problem(sheet, "system", N_("the register of systems has none of that name"),
                  naming.nearest.best ? N_("perhaps “%1”")
                                      : N_("a code or whole name of the register"),
                  naming.nearest.best);
    return false;
}

static bool read_figure(struct sheet *sheet, const char *name, const char *value,
                        struct sheet_row *row)
{
    int64_t micro;
    bool samples = strcmp(name, "samples") == 0;
    size_t length = strlen(value);
    if (length > 1 && value[length - 1] == '%' && !samples) {
        length--;
    }
    bool number = decimal_parse(value, length, &micro);
    if (samples && (!number || micro < 0 || micro % MICRO != 0)) {
        sheet_problem(sheet, name, N_("it is no count"), N_("a whole number as 8640"), NULL);
        return false;
    }
    if (!number || micro < 0 || (!samples && micro > INT64_C(100) * MICRO)) {
        sheet_problem(sheet, name, number ? N_("a share outside 0 to 100") : N_("it is no number"),
                      N_("a share in percent, 0 to 100, as 37.5"), NULL);
        return false;
    }
    fact_put_decimal(&row->facts, name, micro);
    return true;
}

/* False where something is wrong with the row; all of it is told. */
static bool read_row(struct sheet *sheet, struct sheet_row *row)
{
    bool good = read_month(sheet, row);
    bool system = read_system(sheet, row), some = false;
    row->resource = sheet_get(sheet, "resource");
    good = good && system;
    for (size_t i = 0; i < sheet->count; i++) {
        const char *name = sheet->head[i], *value = sheet_get(sheet, name);
        bool figure = strcmp(name, "samples") == 0 || is_figure(sheet->asking, name);
        if (figure && *value) {
            some = true;
            good = read_figure(sheet, name, value, row) && good;
        }
    }
    if (!some) {
        sheet_problem(sheet, "", N_("the row has no figure"), N_("at least one figure"), NULL);
    }
    return good && some;
}

static bool twice(struct sheet *sheet, const struct seen *seen, size_t count,
                  const struct sheet_row *row)
{
    for (size_t i = 0; i < count; i++) {
        if (seen[i].month == row->month && seen[i].system == row->system->thing.id &&
            strcmp(seen[i].resource, row->resource) == 0) {
            sheet_problem(sheet, "system", N_("the row stands twice"),
                          N_("one row for a month, system and resource"), NULL);
            return true;
        }
    }
    return false;
}

static int store_row(struct asking *asking, const struct sheet_row *row, bool apply)
{
    if (row->facts.failed) {
        return error_memory(asking->error);
    }
    struct use_row said = {.month = row->month,
                           .system = row->system->thing.id,
                           .resource = row->resource,
                           .source = USE_REPORTED,
                           .at = asking->utc,
                           .facts = text_bytes(&row->facts)};
    struct store *store = asking->counter->store;
    int changed = apply ? store_use_put(store, &said, asking->error) : 0;
    return changed <= 0 ? changed : store_mark_set(store, USE_MOVED, 1, asking->error);
}

/* What waits for a figure of these systems reads what moved. */
static int tell_cases(struct asking *asking, const struct seen *seen, size_t count)
{
    struct who_asks who = who_asks(asking);
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        bool told = *seen[i].resource != '\0';
        for (size_t k = 0; k < i && !told; k++) {
            told = seen[k].system == seen[i].system && !*seen[k].resource;
        }
        status = told ? 0 : read_anew(asking, seen[i].system, 0, asking->now);
        who_again(asking, &who);
    }
    return status;
}

static int take_rows(struct sheet *sheet, bool apply, int64_t *taken)
{
    struct asking *asking = sheet->asking;
    size_t most = 1;
    for (size_t i = 0; i < sheet->csv.length; i++) {
        most += sheet->csv.bytes[i] == '\n';
    }
    struct seen *seen = arena_array(asking->arena, most, sizeof *seen);
    size_t count = 0;
    int status = seen ? 0 : error_memory(asking->error);
    while (status == 0 && sheet_next(sheet)) {
        struct sheet_row row = {0};
        if (read_row(sheet, &row) && !twice(sheet, seen, count, &row)) {
            seen[count++] = (struct seen){row.month, row.system->thing.id, row.resource};
            status = store_row(asking, &row, apply);
        }
        text_free(&row.facts);
    }
    *taken = (int64_t)count;
    return status || !apply ? status : tell_cases(asking, seen, count);
}

int verb_use(struct asking *asking)
{
    struct sheet sheet;
    int64_t taken = 0;
    bool apply = parcel_yes(asking->request, "apply");
    int status = sheet_begin(asking, &sheet, known_column);
    status = status ? status : take_rows(&sheet, apply, &taken);
    parcel_put_int(asking->reply, "taken", taken);
    parcel_put_int(asking->reply, "bad", sheet.bad);
    parcel_put(asking->reply, "applied", apply ? "yes" : "no");
    sheet_end(&sheet);
    return status;
}
