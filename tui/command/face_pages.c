/* face_pages.c: lists that come page by page. */
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "tui/command/desk_face.h"
#include "tui/text.h"

enum { PAGE_MOST = 1000 };

int64_t face_count(const struct face *face, const char *pair, const char *option)
{
    const char *value = face_own(face, pair);
    size_t digits = value ? strspn(value, "0123456789") : 0;
    if (!value) {
        return 0;
    }
    if (digits == 0 || value[digits] || digits > 15 || strtoll(value, NULL, 10) == 0) {
        face_wrong(face, STATUS_USAGE, N_("%1 takes a whole number above 0"), option);
        return -1;
    }
    return strtoll(value, NULL, 10);
}

static int no_column(const struct face *face, const struct table *table, const char *name)
{
    struct near_word nearest = near_begin(name, strlen(name));
    struct text names = {0};
    for (int32_t i = 0; i < table->column_count; i++) {
        text_addf(&names, "%s%s", i ? ", " : "", table->columns[i].name);
        near_offer(&nearest, table->columns[i].name);
    }
    fprintf(face->invocation->err,
            nearest.best ? _("yuntai %s: there is no column “%s”; did you mean %s?\n")
                         : _("yuntai %s: there is no column “%s”; write some of %s\n"),
            face->command, name, nearest.best ? nearest.best : text_bytes(&names));
    text_free(&names);
    return STATUS_USAGE;
}

/* In a table for people a name that was asked for alone is shown by its title, which stands behind
 * it. NEXT: what else was asked for. */
static int32_t for_people(const struct face *face, const struct table *table, int32_t place,
                          const char *next)
{
    int32_t behind = place + 1;
    if (face->invocation->format != FORMAT_TABLE || behind >= table->column_count ||
        table->columns[place].kind != CELL_NAME || table->columns[behind].kind != CELL_TEXT) {
        return place;
    }
    const char *title = table->columns[behind].title, *name = table->columns[behind].name;
    bool alike = title && *title && strcmp(title, table->columns[place].title) == 0;
    bool both = strncmp(next, name, strcspn(next, ",")) == 0 && *next;
    return alike && !both ? behind : place;
}

/* The places of the columns asked for, in that order; a status. */
static int choose_columns(const struct face *face, const struct table *table, const char *names,
                          int32_t places[], int32_t *count)
{
    struct text name = {0};
    int status = STATUS_DONE;
    *count = 0;
    for (const char *at = names; *at && status == STATUS_DONE && *count < PARCEL_COLUMNS_MOST;) {
        size_t length = strcspn(at, ",");
        int32_t place = 0;
        text_clear(&name);
        text_add_n(&name, at, length);
        while (place < table->column_count &&
               strcmp(table->columns[place].name, text_bytes(&name)) != 0) {
            place++;
        }
        at += length + (at[length] == ',');
        if (place < table->column_count) {
            places[(*count)++] = for_people(face, table, place, at);
        } else {
            status = no_column(face, table, text_bytes(&name));
        }
    }
    text_free(&name);
    return status;
}

const struct table *face_narrow(const struct face *face, const struct table *table,
                                const char *names, struct parcel *parcel)
{
    struct column columns[PARCEL_COLUMNS_MOST];
    int32_t places[PARCEL_COLUMNS_MOST], count;
    if (choose_columns(face, table, names, places, &count) != STATUS_DONE) {
        return NULL;
    }
    for (int32_t i = 0; i < count; i++) {
        columns[i] = table->columns[places[i]];
    }
    struct table *narrowed = parcel_table(parcel, table->name, columns, count);
    for (size_t row = 0; row < table_rows(table); row++) {
        for (int32_t i = 0; i < count; i++) {
            table_text(narrowed, table_at(table, row, places[i]));
        }
    }
    return narrowed;
}

int face_page(struct face *face, const struct table *table, const char *columns, bool first)
{
    struct parcel parcel = {0};
    table = columns ? face_narrow(face, table, columns, &parcel) : table;
    if (table) {
        switch (face->invocation->format) {
        case FORMAT_TABLE:
            face_table(face, table, NULL);
            break;
        case FORMAT_CSV:
            face_csv(face, table, first);
            break;
        case FORMAT_JSON:
            face_json_rows(face, table);
            break;
        }
    }
    parcel_free(&parcel);
    return table ? STATUS_DONE : STATUS_USAGE;
}

/* "12 of 340", or that there is nothing. */
static void print_total(struct face *face, int64_t rows)
{
    const char *total = parcel_get(&face->reply, "total");
    struct text number = {0}, line = {0};
    text_add_int(&number, rows);
    bool all = total && strcmp(total, text_bytes(&number)) == 0;
    const char *sentence = rows == 0 ? N_("nothing is there")
                           : all     ? N_("%1 in all")
                                     : N_("%1 of %2");
    if (face->invocation->format != FORMAT_TABLE || face->html || (rows > 0 && !total)) {
        text_free(&number);
        return;
    }
    const char *const arg[4] = {text_bytes(&number), total};
    face_sentence(face, &line, sentence, arg);
    text_addf(&line, "%s\n", parcel_yes(&face->reply, "total_more") ? "+" : "");
    face_put(face, &line);
    text_free(&number);
    text_free(&line);
}

int face_pages(struct face *face, const struct face_paging *paging)
{
    int64_t rows = 0;
    face->page.pair = paging->pair;
    for (bool first = true, more = true; more; first = false) {
        int64_t left = paging->most ? paging->most - rows : PAGE_MOST;
        face->page.limit = left < PAGE_MOST ? left : PAGE_MOST;
        int status = face_call(face, paging->verb);
        const struct parcel *reply = &face->reply;
        const struct table *table = paging->table        ? parcel_find(reply, paging->table)
                                    : reply->table_count ? reply->tables[0]
                                                         : NULL;
        if (status == STATUS_DONE && table && (first || table_rows(table) > 0)) {
            rows += (int64_t)table_rows(table);
            status = face_page(face, table, paging->columns, first);
        }
        if (status != STATUS_DONE) {
            return status;
        }
        const char *next = parcel_get(reply, "next");
        /* a page that ends where it began would never end */
        more = next && *next && strcmp(next, text_bytes(&face->page.at)) != 0 &&
               (!paging->most || rows < paging->most);
        text_clear(&face->page.at);
        text_add(&face->page.at, more ? next : "");
    }
    print_total(face, rows);
    return STATUS_DONE;
}
