/*
 * table.c: a vendor's inventory and a month's use out of CSV files, for sites without a network to
 * its cloud. A row that is wrong is listed with its line, and the rest is taken; but then what the
 * file does not have is not said to have vanished.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/value.h"
#include "data/csv.h"
#include "data/vendor/adapter.h"
#include "data/vendor/ids.h"
#include "data/vendor/measures.h"

enum { MIB = 1 << 20, PROBLEMS_MOST = 1000, COLUMNS_MOST = 64 };
#define AMOUNT_MOST INT64_C(1000000000000)

struct sheet {
    const struct orders *orders;
    struct report *report;
    struct error *error;
    const char *path;
    struct text bytes;
    struct csv csv;
    char *head[COLUMNS_MOST];
    size_t columns;
    struct ids ids; /* rows that were there before */
    bool bad;       /* the row at hand has a problem */
    int64_t problems, good;
};

/* ---- problems ---- */

static const struct column problem_columns[] = {{"file", CELL_NAME, N_("file")},
                                                {"line", CELL_NUMBER, N_("line")},
                                                {"column", CELL_NAME, N_("column")},
                                                {"what", CELL_TEXT, N_("what is wrong")},
                                                {"right", CELL_TEXT, N_("what would be right")}};

static void problem(struct sheet *sheet, const char *column, const char *what, const char *right)
{
    sheet->bad = true;
    if (sheet->problems++ >= PROBLEMS_MOST) {
        return;
    }
    struct table *table = parcel_more(&sheet->report->problems, "problems", problem_columns,
                                      sizeof problem_columns / sizeof *problem_columns);
    table_text(table, sheet->path);
    table_int(table, sheet->csv.line);
    table_text(table, column);
    table_text(table, what);
    table_text(table, right);
}

/* ---- a file ---- */

static int read_file(struct sheet *sheet)
{
    char part[1 << 14];
    ssize_t count = 0;
    int file = open(sheet->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        error_errno(sheet->error, N_("reading"), sheet->path, errno);
    } else if (!S_ISREG(status.st_mode)) {
        error_set(sheet->error, ERROR_USAGE, N_("%1 is no plain file"), sheet->path, NULL);
    } else {
        while ((count = read(file, part, sizeof part)) > 0 && !sheet->bytes.failed) {
            text_add_n(&sheet->bytes, part, (size_t)count);
        }
        if (count < 0) {
            error_errno(sheet->error, N_("reading"), sheet->path, errno);
        }
    }
    if (file >= 0) {
        close(file);
    }
    return sheet->error->code == ERROR_NONE ? 0 : -1;
}

static int broken(struct sheet *sheet)
{
    struct text place = {0};
    text_addf(&place, "%s:%d", sheet->path, (int)sheet->csv.line);
    error_set(sheet->error, ERROR_USAGE, N_("%1: %2"), text_bytes(&place), sheet->csv.error);
    text_free(&place);
    return -1;
}

static int no_column(struct sheet *sheet, const char *column)
{
    return error_set(sheet->error, ERROR_USAGE, N_("%1: the table has no column %2"), sheet->path,
                     column);
}

/* The first row: names, each once. */
static int read_head(struct sheet *sheet)
{
    if (!csv_next(&sheet->csv)) {
        return sheet->csv.error ? broken(sheet) : no_column(sheet, "id");
    }
    for (size_t i = 0; i < sheet->csv.count; i++) {
        const char *name = sheet->csv.fields[i];
        bool good = i < COLUMNS_MOST && *name &&
                    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._")] == '\0';
        for (size_t j = 0; j < sheet->columns; j++) {
            good = good && strcmp(sheet->head[j], name) != 0;
        }
        if (!good) {
            return error_set(sheet->error, ERROR_USAGE,
                             N_("%1: “%2” is no name of a column, or stands twice; small letters, "
                                "figures, . and _"),
                             sheet->path, name);
        }
        sheet->head[i] = strdup(name);
        if (!sheet->head[i]) {
            return error_memory(sheet->error);
        }
        sheet->columns++;
    }
    return 0;
}

static int begin(struct sheet *sheet)
{
    size_t most = (size_t)settings_number(&sheet->orders->settings, "largest") * MIB;
    sheet->bytes.most = most + 1;
    if (read_file(sheet) != 0) {
        return -1;
    }
    csv_start_large(&sheet->csv, text_bytes(&sheet->bytes),
                    sheet->bytes.failed ? most + 1 : sheet->bytes.length, most);
    sheet->report->bytes += (int64_t)sheet->bytes.length;
    return read_head(sheet);
}

static void end(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        free(sheet->head[i]);
    }
    csv_end(&sheet->csv);
    text_free(&sheet->bytes);
    ids_free(&sheet->ids);
}

/* The field of COLUMN in the row at hand; "" where there is none. */
static const char *field(const struct sheet *sheet, const char *column)
{
    for (size_t i = 0; i < sheet->columns && i < sheet->csv.count; i++) {
        if (strcmp(sheet->head[i], column) == 0) {
            return sheet->csv.fields[i];
        }
    }
    return "";
}

/* A row that was there before, by what it is about. */
static bool is_first(struct sheet *sheet, const char *column, const struct text *key)
{
    enum ids_add added = ids_add(&sheet->ids, text_bytes(key), key->length, sheet->error);
    if (added == IDS_AGAIN) {
        problem(sheet, column, N_("there is such a row already"), N_("one row each"));
    }
    return added == IDS_NEW;
}

/* Rows until the end; TAKE: the row at hand. */
static int each_row(struct sheet *sheet, int (*take)(struct sheet *sheet))
{
    int status = 0;
    while (status == 0 && sheet->error->code == ERROR_NONE && csv_next(&sheet->csv)) {
        sheet->bad = false;
        if (sheet->csv.count != sheet->columns) {
            problem(sheet, NULL, N_("it has more or fewer fields than the head"),
                    N_("as many fields as the head"));
            continue;
        }
        status = take(sheet);
        sheet->good += !sheet->bad;
        if (status == 0 && sheet->good % REPORT_ROWS_MOST == 0 && !sheet->bad) {
            status = report_flush(sheet->report, false, sheet->error);
        }
    }
    return status ? -1 : sheet->csv.error ? broken(sheet) : sheet->error->code ? -1 : 0;
}

/* ---- an inventory ---- */

/* A whole number of FACTOR; -1 where it is empty. */
static int64_t amount(struct sheet *sheet, const char *column, int64_t factor)
{
    const char *text = field(sheet, column);
    int64_t micro;
    if (!*text) {
        return -1;
    }
    if (!decimal_parse(text, strlen(text), &micro) || micro < 0 ||
        micro / MICRO > AMOUNT_MOST / factor || (micro * (factor > 1 ? 4 : 1)) % MICRO != 0) {
        problem(sheet, column, N_("it is no amount"), N_("a whole number, 0 or more"));
        return -1;
    }
    return micro / MICRO * factor + micro % MICRO * factor / MICRO;
}

static bool kind_named(const char *name, enum kind *kind)
{
    for (int i = 0; i < KINDS; i++) {
        if (strcmp(*name ? name : "server", kind_names[i].kind) == 0) {
            *kind = (enum kind)i;
            return true;
        }
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All other columns, by name. */
static void other_facts(const struct sheet *sheet, struct text *facts)
{
    static const char *const own[] = {"kind", "id",    "name", "region",  "project", "status",
                                      "zone", "vcpus", "ram",  "ram_gib", "disk"};
    const char *names[COLUMNS_MOST];
    memcpy(names, sheet->head, sheet->columns * sizeof *names);
    qsort(names, sheet->columns, sizeof *names, by_name);
    for (size_t i = 0; i < sheet->columns; i++) {
        const char *value = field(sheet, names[i]);
        bool other = *value != '\0';
        for (size_t j = 0; j < sizeof own / sizeof *own; j++) {
            other = other && strcmp(names[i], own[j]) != 0;
        }
        if (other) {
            seen_fact(facts, names[i], value, strlen(value));
        }
    }
}

static void read_row(struct sheet *sheet, enum kind kind, struct seen *out)
{
    *out = (struct seen){.kind = kind_names[kind].kind,
                         .uid = field(sheet, "id"),
                         .region = field(sheet, "region"),
                         .project = field(sheet, "project"),
                         .name = field(sheet, "name"),
                         .status = field(sheet, "status"),
                         .zone = field(sheet, "zone"),
                         .vcpus = amount(sheet, "vcpus", 1),
                         .ram = amount(sheet, "ram", 1),
                         .disk = amount(sheet, "disk", 1)};
    int64_t gib = amount(sheet, "ram_gib", 1024);
    out->ram = gib >= 0 ? gib : out->ram;
    if (!*out->uid) {
        problem(sheet, "id", N_("it is empty"), N_("what the vendor calls it, always the same"));
    }
}

/* Tells of it, or that it is as it was. */
static int tell_row(struct sheet *sheet, enum kind kind, struct seen *seen)
{
    struct text bytes = {0};
    bool good = seen_put(seen, &bytes) &&
                raw_digest(seen->kind, text_bytes(&bytes), bytes.length, seen->raw);
    text_free(&bytes);
    if (!good) {
        return error_memory(sheet->error);
    }
    enum raws_see see =
        raws_see((struct raws *)&sheet->orders->known[kind], seen->raw, sheet->error);
    if (see == RAWS_NEW) {
        return report_seen(sheet->report, kind, seen, sheet->error);
    }
    report_same(sheet->report, kind, see == RAWS_KNOWN);
    return see == RAWS_FAILED ? -1 : 0;
}

static int take_resource(struct sheet *sheet)
{
    struct seen seen;
    enum kind kind;
    struct text facts = {.most = SEEN_FACTS_MOST}, key = {0};
    int status = 0;
    if (!kind_named(field(sheet, "kind"), &kind)) {
        problem(sheet, "kind", N_("there is no such kind"),
                N_("server, volume, project, flavor, host or provider"));
        return 0;
    }
    read_row(sheet, kind, &seen);
    other_facts(sheet, &facts);
    if (facts.failed) {
        problem(sheet, NULL, N_("its further columns are too long"), N_("16 KiB at most"));
    }
    text_addf(&key, "%s %s", seen.kind, seen.uid);
    seen.facts = text_bytes(&facts);
    sheet->report->outcomes[kind].asked = sheet->report->outcomes[kind].full = true;
    if (!sheet->bad && is_first(sheet, "id", &key)) {
        status = tell_row(sheet, kind, &seen);
    }
    text_free(&facts);
    text_free(&key);
    return status;
}

static int has_column(struct sheet *sheet, const char *column)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        if (strcmp(sheet->head[i], column) == 0) {
            return 0;
        }
    }
    return no_column(sheet, column);
}

/* What a file that was taken whole does not have any more. */
static int tell_missed(struct sheet *sheet)
{
    int status = report_flush(sheet->report, true, sheet->error);
    for (int i = 0; i < KINDS && status == 0; i++) {
        struct outcome *outcome = &sheet->report->outcomes[i];
        outcome->full = outcome->full && sheet->problems == 0;
        if (outcome->full) {
            status = report_missed(sheet->report, (enum kind)i,
                                   (struct raws *)&sheet->orders->known[i], sheet->error);
        }
    }
    return status;
}

static int nothing_good(struct sheet *sheet)
{
    return sheet->good > 0 || sheet->error->code
               ? 0
               : error_set(sheet->error, ERROR_USAGE, N_("%1: no row of the table can be taken"),
                           sheet->path, NULL);
}

static int take_inventory(struct sheet *sheet)
{
    return begin(sheet) != 0 || has_column(sheet, "id") != 0 ||
                   each_row(sheet, take_resource) != 0 || nothing_good(sheet) != 0 ||
                   tell_missed(sheet) != 0
               ? -1
               : 0;
}

/* ---- use ---- */

static bool is_figure(const char *name)
{
    return strncmp(name, "avg.", 4) == 0 || strncmp(name, "p95.", 4) == 0 ||
           strncmp(name, "peak.", 5) == 0;
}

static void check_figures(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        const char *text = sheet->csv.fields[i];
        bool count = strcmp(sheet->head[i], "samples") == 0;
        int64_t micro;
        if (!*text || (!count && !is_figure(sheet->head[i]))) {
            continue;
        }
        bool number = decimal_parse(text, strlen(text), &micro) && micro >= 0;
        if (count && (!number || micro % MICRO != 0)) {
            problem(sheet, "samples", N_("it is no amount"), N_("a whole number, 0 or more"));
        } else if (!count && (!number || micro > 100 * (int64_t)MICRO)) {
            problem(sheet, sheet->head[i], N_("it is no percentage"), N_("a number, 0 to 100"));
        }
    }
}

/* A field as CSV has it. */
static void put_field(struct text *out, const char *text)
{
    bool quoted = text[strcspn(text, ",\"\r\n")] != '\0';
    text_add(out, quoted ? "\"" : "");
    for (; *text; text++) {
        text_add_n(out, text, 1);
        text_add(out, *text == '"' ? "\"" : "");
    }
    text_add(out, quoted ? "\"" : "");
}

/* The columns that are of use: those of the head, or their fields. */
static void put_line(const struct sheet *sheet, bool head, struct text *out)
{
    static const char *const first[] = {"month", "resource", "system", "samples"};
    for (size_t i = 0; i < sheet->columns; i++) {
        bool taken = is_figure(sheet->head[i]);
        for (size_t j = 0; j < sizeof first / sizeof *first; j++) {
            taken = taken || strcmp(sheet->head[i], first[j]) == 0;
        }
        if (taken) {
            text_add(out, out->length ? "," : "");
            put_field(out, head ? sheet->head[i] : sheet->csv.fields[i]);
        }
    }
    text_add(out, "\n");
}

static int take_use(struct sheet *sheet)
{
    const char *month = field(sheet, "month"), *resource = field(sheet, "resource"),
               *system = field(sheet, "system");
    struct text key = {0}, head = {0}, line = {0};
    int32_t first;
    int status = 0;
    if (!month_first(month, &first)) {
        problem(sheet, "month", N_("it is no month"), N_("a month as 2019-09"));
    }
    if (!*resource && !*system) {
        problem(sheet, "resource", N_("it is empty"), N_("a resource or a system"));
    }
    check_figures(sheet);
    text_addf(&key, "%s\037%s\037%s", month, resource, system);
    if (!sheet->bad && is_first(sheet, "month", &key)) {
        put_line(sheet, true, &head);
        put_line(sheet, false, &line);
        status = report_use(sheet->report, text_bytes(&head), text_bytes(&line), sheet->error);
    }
    text_free(&key);
    text_free(&head);
    text_free(&line);
    return status;
}

static int take_usage(struct sheet *sheet)
{
    sheet->report->outcomes[OUTCOME_USE].asked = true;
    if (begin(sheet) != 0 || has_column(sheet, "month") != 0 || each_row(sheet, take_use) != 0 ||
        nothing_good(sheet) != 0) {
        return -1;
    }
    sheet->report->outcomes[OUTCOME_USE].full = sheet->problems == 0;
    return report_flush(sheet->report, true, sheet->error);
}

/* ---- the adapter ---- */

static int take(const struct orders *orders, struct report *report, const char *key,
                int (*with)(struct sheet *sheet), struct error *error)
{
    struct sheet sheet = {.orders = orders,
                          .report = report,
                          .error = error,
                          .path = settings_text(&orders->settings, key)};
    int status = *sheet.path ? with(&sheet) : 0;
    end(&sheet);
    return status;
}

static int fetch(const struct orders *orders, struct report *report, int64_t now, int wake,
                 int (*woken)(void *context), void *context, struct error *error)
{
    (void)wake;
    (void)woken;
    (void)context;
    if (!*settings_text(&orders->settings, "inventory") &&
        !*settings_text(&orders->settings, "usage")) {
        return error_set(error, ERROR_USAGE,
                         N_("the section of the vendor has no %1; yuntai.ini(5) says what it is"),
                         "inventory, usage", NULL);
    }
    report_time(now, &report->mark);
    return take(orders, report, "inventory", take_inventory, error) != 0
               ? -1
               : take(orders, report, "usage", take_usage, error);
}

const struct adapter table_adapter = {.kind = "table", .fetch = fetch};
