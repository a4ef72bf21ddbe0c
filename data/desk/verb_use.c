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
/* To look for a name like one that is wrong goes through the whole register. */
enum { GUESSES_MOST = 5 };

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
    if (sheet->bad < GUESSES_MOST) {
        (void)book_each(sheet->asking, BOOK_SYSTEM, 0, BOOK_ALL, offer_names, &naming);
    }
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

/* 1, 0: it stands twice, -1 ERROR. */
static int is_first(struct sheet *sheet, const struct sheet_row *row)
{
    struct text key = {0};
    text_add_int(&key, row->month);
    text_add(&key, " ");
    text_add_int(&key, row->system->thing.id);
    text_addf(&key, " %s", row->resource);
    int first = key.failed ? error_memory(sheet->asking->error)
                           : sheet_first(sheet, text_bytes(&key), key.length);
    text_free(&key);
    if (first == 0) {
        sheet_problem(sheet, "system", N_("the row stands twice"),
                      N_("one row for a month, system and resource"), NULL);
    }
    return first;
}

/* What waits for a figure of the system reads it when time is looked at next: here it would make
 * all others wait. */
static int store_row(struct asking *asking, const struct sheet_row *row, bool *moved)
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
    int changed = store_use_put(store, &said, asking->error);
    *moved |= changed > 0;
    return changed <= 0 || *row->resource
               ? changed < 0 ? -1 : 0
               : store_wake_system(store, said.system, asking->now, asking->error);
}

static int take_rows(struct sheet *sheet, bool apply, int64_t *taken)
{
    struct asking *asking = sheet->asking;
    bool moved = false;
    int status = 0;
    while (status == 0 && sheet_next(sheet)) {
        struct sheet_row row = {0};
        int first = read_row(sheet, &row) ? is_first(sheet, &row) : 0;
        *taken += first > 0;
        status = first < 0 ? -1 : first && apply ? store_row(asking, &row, &moved) : 0;
        text_free(&row.facts);
    }
    return status || !moved ? status
                            : store_mark_set(asking->counter->store, USE_MOVED, 1, asking->error);
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
