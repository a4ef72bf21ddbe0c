/* list_columns.c: which columns of a list stand where: as the screen has them, as there is room, as
 * a person wants them. */
#include <stdlib.h>
#include <string.h>

#include "tui/widget/list_inside.h"

enum { RANKS = 9, WIDTH_MOST = 200 };

const struct list_spec *list_shape(const struct list *list)
{
    return list->spec;
}

const struct list_place *list_places(const struct list *list)
{
    return list->places;
}

/* ---- as a person wants them ---- */

void list_show(struct list *list, int at, bool shown)
{
    list->places[at].shown = shown;
    list->places[at].chosen = true;
}

void list_widen(struct list *list, int at, int width)
{
    list->places[at].width = width < 0 ? 0 : width > WIDTH_MOST ? WIDTH_MOST : width;
    list->places[at].chosen = true;
}

void list_move(struct list *list, int at, int by)
{
    int to = at + by, last = list->spec->column_count - 1;
    struct list_place moved = list->places[at];
    to = to < 0 ? 0 : to > last ? last : to;
    for (int i = at; i != to; i += to > at ? 1 : -1) {
        list->places[i] = list->places[i + (to > at ? 1 : -1)];
    }
    list->places[to] = moved;
}

static int column_named(const struct list_spec *spec, const char *name, size_t length)
{
    for (int i = 0; i < spec->column_count; i++) {
        if (strlen(spec->columns[i].name) == length &&
            memcmp(spec->columns[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* The place of COLUMN among the first COUNT; -1. */
static int place_of(const struct list *list, int count, int column)
{
    while (count-- > 0 && list->places[count].column != column) {
    }
    return count;
}

void list_arrange(struct list *list, const char *arrangement)
{
    const struct list_spec *spec = list->spec;
    int count = 0;
    for (const char *at = arrangement + strspn(arrangement, " "); *at; at += strspn(at, " ")) {
        bool hidden = *at == '-';
        size_t whole = strcspn(at, " "), length = strcspn(at, " =") - hidden;
        int column = column_named(spec, at + hidden, length);
        if (column >= 0 && place_of(list, count, column) < 0) {
            bool wide = at[hidden + length] == '=';
            int width = wide ? (int)strtol(at + hidden + length + 1, NULL, 10) : 0;
            list->places[count] = (struct list_place){.column = column};
            list_widen(list, count, width);
            list_show(list, count++, !hidden);
        }
        at += whole;
    }
    for (int i = 0; i < spec->column_count; i++) {
        if (place_of(list, count, i) < 0) {
            list->places[count++] = (struct list_place){i, 0, !spec->columns[i].spare, false};
        }
    }
}

void list_arrangement(const struct list *list, struct text *out)
{
    bool own = false;
    for (int i = 0; i < list->spec->column_count; i++) {
        own |= list->places[i].chosen || list->places[i].column != i;
    }
    for (int i = 0; own && i < list->spec->column_count; i++) {
        const struct list_place *place = &list->places[i];
        text_addf(out, "%s%s%s", out->length ? " " : "", place->shown ? "" : "-",
                  list->spec->columns[place->column].name);
        if (place->width) {
            text_addf(out, "=%d", place->width);
        }
    }
}

/* ---- order ---- */

bool list_sorted_back(const struct list *list)
{
    return *list_sorted(list) == '-';
}

/* The column sorted by, as a place; -1: as usual. */
static int place_sorted(const struct list *list)
{
    const char *name = list_sorted(list) + list_sorted_back(list);
    for (int i = 0; i < list->spec->column_count && *name; i++) {
        const char *sort = list->spec->columns[list->places[i].column].sort;
        if (sort && list->places[i].shown && strcmp(sort, name) == 0) {
            return i;
        }
    }
    return -1;
}

static void sort_so(struct list *list, const char *name, bool back)
{
    struct text order = {0};
    text_addf(&order, "%s%s", back ? "-" : "", *name || !back ? name : "due");
    list_sort(list, text_bytes(&order));
    text_free(&order);
}

void list_sort_by(struct list *list, int column)
{
    const char *sort = list->spec->columns[column].sort;
    const char *now = list_sorted(list) + list_sorted_back(list);
    if (sort) {
        sort_so(list, sort, strcmp(now, sort) == 0 && !list_sorted_back(list));
    }
}

const struct list_column *list_sort_on(struct list *list, bool turn)
{
    int place = place_sorted(list);
    const struct list_column *columns = list->spec->columns;
    const char *before = place < 0 ? "" : columns[list->places[place].column].sort;
    for (place += !turn; !turn && place < list->spec->column_count; place++) {
        const char *sort = columns[list->places[place].column].sort;
        if (list->places[place].shown && sort && strcmp(sort, before) != 0) {
            break;
        }
    }
    const struct list_column *column = place < 0 || place == list->spec->column_count
                                           ? NULL
                                           : &columns[list->places[place].column];
    sort_so(list, column ? column->sort : "",
            turn ? !list_sorted_back(list) : list_sorted_back(list));
    return column;
}

/* ---- as there is room ---- */

/* How many columns all that are shown take at the least, with a blank between two. */
static int width_least(const struct list_spec *spec, const bool *shown, const int *columns)
{
    int width = LIST_GUTTER - 1;
    for (int i = 0; i < spec->column_count; i++) {
        width += shown[i] ? columns[i] + 1 : 0;
    }
    return width;
}

static bool drop_one(const struct list_spec *spec, bool *shown)
{
    int worst = -1;
    for (int i = 0; i < spec->column_count; i++) {
        if (shown[i] && spec->columns[i].rank &&
            (worst < 0 || spec->columns[i].rank >= spec->columns[worst].rank)) {
            worst = i;
        }
    }
    if (worst >= 0) {
        shown[worst] = false;
    }
    return worst >= 0;
}

static void make_tiny(const struct list_spec *spec, bool english, int *columns)
{
    for (int i = 0; i < spec->column_count; i++) {
        int tiny = english ? spec->columns[i].tiny_english : spec->columns[i].tiny;
        columns[i] = tiny && tiny < columns[i] ? tiny : columns[i];
    }
}

/* What is left over goes to the columns that matter most first, each up to its most. */
static void share(const struct list_spec *spec, const bool *shown, int left, const int *most,
                  int *columns)
{
    for (int rank = 0; rank <= RANKS && left > 0; rank++) {
        for (int i = 0; i < spec->column_count; i++) {
            int room = most[i] - columns[i], more = room < left ? room : left;
            if (shown[i] && spec->columns[i].rank == (rank + 1) % (RANKS + 1) && more > 0) {
                columns[i] += more;
                left -= more;
            }
        }
    }
}

void list_layout(const struct list *list, int width, const struct context *context, int *x,
                 int *columns)
{
    const struct list_spec *spec = list->spec;
    bool shown[LIST_COLUMNS_MOST];
    int most[LIST_COLUMNS_MOST];
    for (int i = 0; i < spec->column_count; i++) {
        const struct list_place *place = &list->places[i];
        const struct list_column *column = &spec->columns[place->column];
        int least = column->least + (context->look.english ? column->english : 0);
        shown[place->column] = place->shown && (place->chosen || column->from <= context->columns);
        columns[place->column] = place->width ? place->width : least;
        most[place->column] = place->width ? place->width : column->most;
    }
    while (width_least(spec, shown, columns) > width && drop_one(spec, shown)) {
    }
    if (width_least(spec, shown, columns) > width) {
        make_tiny(spec, context->look.english, columns);
    }
    share(spec, shown, width - width_least(spec, shown, columns), most, columns);
    for (int i = 0, at = LIST_GUTTER - 1; i < spec->column_count; i++) {
        int column = list->places[i].column;
        x[column] = shown[column] ? at : -1;
        at += shown[column] ? columns[column] + 1 : 0;
    }
}
