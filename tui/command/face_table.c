/* face_table.c: a table of a reply, aligned, as wide as the terminal allows. */
#include <string.h>

#include "core/arena.h"
#include "tui/command/desk_face.h"
#include "tui/command/rehearse.h"
#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/width.h"

enum { BETWEEN = 2, TEXT_LEAST = 12 };

/* One column as it is shown: a column of the table, perhaps with the name beside the title. */
struct shown_column {
    int32_t of, name; /* NAME: the column of the name that goes with it, -1 */
    int width;
    bool cut; /* text: may be cut off where the terminal is too small */
    bool right;
    const char **cells;
};

struct layout {
    struct face *face;
    const struct table *table;
    struct arena *arena;
    struct shown_column columns[PARCEL_COLUMNS_MOST];
    int32_t count;
    size_t rows;
    bool dropped; /* columns that had no room */
};

static bool same_title(const struct table *table, int32_t a, int32_t b)
{
    return b >= 0 && b < table->column_count && table->columns[b].title &&
           strcmp(table->columns[a].title, table->columns[b].title) == 0;
}

/* Titles go with their names: "受理 accept". What stands there twice is shown once. */
static bool choose(const struct table *table, int32_t at, struct shown_column *shown)
{
    const struct column *column = &table->columns[at];
    bool sentence = face_is_sentence(table, at);
    if (!column->title || !*column->title) {
        return false;
    }
    *shown = (struct shown_column){.of = at, .name = -1};
    if (same_title(table, at, at + 1) && column->kind == CELL_NAME && !sentence) {
        return false; /* the next one shows it */
    }
    if (same_title(table, at, at - 1) && !sentence) {
        if (column->kind != CELL_TEXT) {
            return false;
        }
        shown->name = at - 1;
    }
    shown->cut = column->kind == CELL_TEXT || sentence;
    shown->right = column->kind == CELL_NUMBER || column->kind == CELL_MONEY;
    return true;
}

static void add_with_name(const struct layout *layout, struct text *out,
                          const struct shown_column *shown, size_t row)
{
    const char *name = shown->name >= 0 ? table_at(layout->table, row, shown->name) : NULL;
    const char *cell = table_at(layout->table, row, shown->of);
    struct text title = {0};
    face_cell(layout->face, &title, CELL_TEXT, cell);
    text_add(out, text_bytes(&title));
    if (name && !same_as_name(text_bytes(&title), name)) {
        text_addf(out, "%s%s", title.length ? " " : "", name);
    }
    text_free(&title);
}

/* Columns of msgids: words of the program, which are translated. */
static bool is_word(const char *column)
{
    return strcmp(column, "word") == 0 || strcmp(column, "check") == 0 ||
           strcmp(column, "cure") == 0;
}

/* What a cell of a few known words says; NULL: it is none of those. */
static const char *word_of(const char *table, const char *column, const char *cell)
{
    static const struct {
        const char *table, *column, *cell, *word; /* TABLE NULL: any */
    } words[] = {{"notices", "kind", "holiday", N_("day off")},
                 {"notices", "kind", "workday", N_("made up")},
                 {"log", "what", "enter", N_("coming in")},
                 {"log", "outcome", "done", N_("connected")},
                 {"log", "outcome", "refused", N_("refused")},
                 {"drifts", "severity", "high", N_("high")},
                 {"drifts", "severity", "middle", N_("middle")},
                 {"drifts", "severity", "low", N_("low")},
                 {NULL, "basis", "stated", N_("stated")},
                 {NULL, "basis", "implied", N_("implied")},
                 {NULL, "basis", "house", N_("house")},
                 {NULL, "basis", "right", N_("right")},
                 {NULL, "source", "reported", N_("reported")},
                 {NULL, "source", "seen", N_("seen by a sync")}};
    for (size_t i = 0; cell && i < sizeof words / sizeof *words; i++) {
        if ((!words[i].table || strcmp(words[i].table, table) == 0) &&
            strcmp(words[i].column, column) == 0 && strcmp(words[i].cell, cell) == 0) {
            return gettext(words[i].word);
        }
    }
    return NULL;
}

/* Averages of twelve months, -1 where none is known. */
static void add_trend(struct text *out, const char *cell)
{
    for (const char *at = cell ? cell : ""; *at;) {
        size_t length = strcspn(at, " ");
        bool none = strncmp(at, "-1", length) == 0;
        text_add_n(out, none ? "·" : at, none ? strlen("·") : length);
        at += length;
        text_add_n(out, at, *at == ' ');
        at += *at == ' ';
    }
}

static const char *cell_of(struct layout *layout, const struct shown_column *shown, size_t row)
{
    const struct column *column = &layout->table->columns[shown->of];
    const char *cell = table_at(layout->table, row, shown->of);
    struct text text = {0};
    const char *word = word_of(layout->table->name, column->name, cell);
    if (word) {
        text_add(&text, word);
    } else if (face_is_sentence(layout->table, shown->of)) {
        face_row_sentence(layout->face, &text, layout->table, row, shown->of);
    } else if (face_is_again(layout->table, shown->of)) {
        phrase_again(&text, cell, layout->face->english);
    } else if (face_is_changes(layout->table, shown->of)) {
        phrase_changes(&text, cell, layout->face->english);
    } else if (face_is_parted(layout->table, shown->of)) {
        face_parted(layout->face, &text, cell);
    } else if (strcmp(column->name, "trend") == 0) {
        add_trend(&text, cell);
    } else if (strcmp(column->name, "article") == 0) {
        face_article(layout->face, &text, cell);
    } else if (strcmp(column->name, "labels") == 0) {
        face_labels(layout->face, &text, cell);
    } else if (is_word(column->name) && cell && *cell && !strchr(cell, MESSAGE_BOTH)) {
        text_add(&text, gettext(cell));
    } else if (shown->name >= 0) {
        add_with_name(layout, &text, shown, row);
    } else {
        face_cell(layout->face, &text, column->kind, cell);
    }
    const char *kept = arena_text(layout->arena, text_bytes(&text), text.length);
    text_free(&text);
    return kept ? kept : "";
}

static const char *title_of_column(struct layout *layout, const struct shown_column *shown)
{
    const char *title = layout->table->columns[shown->of].title;
    struct text text = {0};
    if (!strchr(title, MESSAGE_BOTH)) {
        return gettext(title);
    }
    face_both(layout->face, &text, title);
    const char *kept = arena_text(layout->arena, text_bytes(&text), text.length);
    text_free(&text);
    return kept ? kept : "";
}

/* Cells 0 is the title; a column without any entry is left out. */
static bool fill(struct layout *layout, struct shown_column *shown)
{
    shown->cells = arena_array(layout->arena, layout->rows + 1, sizeof *shown->cells);
    bool some = false;
    if (!shown->cells) {
        return false;
    }
    shown->cells[0] = title_of_column(layout, shown);
    shown->width = width_of(shown->cells[0]);
    for (size_t row = 0; row < layout->rows; row++) {
        const char *cell = cell_of(layout, shown, row);
        int width = width_of(cell);
        shown->cells[row + 1] = cell;
        shown->width = width > shown->width ? width : shown->width;
        some |= *cell != '\0';
    }
    return some;
}

/* ---- widths ---- */

static int total(const struct layout *layout)
{
    int columns = layout->dropped ? BETWEEN + 1 : 0; /* the … at the end of the first line */
    for (int32_t i = 0; i < layout->count; i++) {
        columns += layout->columns[i].width + (i ? BETWEEN : 0);
    }
    return columns;
}

/* The widest text gives way until all fit, or none can give any more. */
static void fit(struct layout *layout)
{
    for (int over = total(layout) - layout->face->columns; layout->face->columns && over > 0;) {
        struct shown_column *widest = NULL;
        int second = TEXT_LEAST;
        for (int32_t i = 0; i < layout->count; i++) {
            struct shown_column *shown = &layout->columns[i];
            if (shown->cut && shown->width > TEXT_LEAST &&
                (!widest || shown->width > widest->width)) {
                second = widest ? widest->width : second;
                widest = shown;
            } else if (shown->cut && widest && shown->width > second) {
                second = shown->width;
            }
        }
        if (!widest) {
            break;
        }
        int give = widest->width > second ? widest->width - second : 1;
        give = give < over ? give : over;
        widest->width -= give;
        over -= give;
    }
}

/* Columns that all take when every text is cut as far as it may be. */
static int least(const struct layout *layout)
{
    int columns = layout->dropped ? BETWEEN + 1 : 0;
    for (int32_t i = 0; i < layout->count; i++) {
        const struct shown_column *shown = &layout->columns[i];
        bool cut = shown->cut && shown->width > TEXT_LEAST;
        columns += (cut ? TEXT_LEAST : shown->width) + (i ? BETWEEN : 0);
    }
    return columns;
}

/* On a small terminal names give way to titles, then the last columns go, then texts are cut. */
static void fit_all(struct layout *layout)
{
    enum { COLUMNS_LEAST = 3 };
    if (layout->face->columns && total(layout) > layout->face->columns) {
        for (int32_t i = 0; i < layout->count; i++) {
            struct shown_column *shown = &layout->columns[i];
            if (shown->name >= 0) {
                shown->name = -1;
                fill(layout, shown);
            }
        }
    }
    while (layout->face->columns && layout->count > COLUMNS_LEAST &&
           least(layout) > layout->face->columns) {
        layout->count--;
        layout->dropped = true;
    }
    fit(layout);
}

static void add_cut(struct text *out, const char *cell, int columns)
{
    size_t length = strlen(cell), at = 0;
    int used = 0;
    while (at < length) {
        char character[5] = {0};
        size_t size = utf8_length(cell + at, length - at);
        size = size ? size : 1;
        memcpy(character, cell + at, size);
        int width = width_of(character);
        if (used + width > columns - 1) {
            break;
        }
        text_add_n(out, cell + at, size);
        used += width;
        at += size;
    }
    text_add(out, "…");
}

static void add_cell(struct text *out, const struct shown_column *shown, const char *cell,
                     bool last)
{
    struct text cut = {0};
    int width = width_of(cell);
    if (width > shown->width) {
        add_cut(&cut, cell, shown->width);
        cell = text_bytes(&cut);
        width = width_of(cell);
    }
    for (int i = width; shown->right && i < shown->width; i++) {
        text_add(out, " ");
    }
    if (shown->right || last) {
        text_add(out, cell);
    } else {
        width_pad(out, cell, shown->width);
    }
    text_free(&cut);
}

static void print_row(struct layout *layout, size_t row)
{
    struct text line = {0};
    int32_t last = layout->count - 1;
    while (row > 0 && last > 0 && *layout->columns[last].cells[row] == '\0') {
        last--; /* no blanks at the end of a line */
    }
    for (int32_t i = 0; i <= last; i++) {
        text_add(&line, i ? "  " : "");
        add_cell(&line, &layout->columns[i], layout->columns[i].cells[row], i == last);
    }
    text_add(&line, row == 0 && layout->dropped ? "  …\n" : "\n");
    face_put(layout->face, &line);
    text_free(&line);
}

static void print_html(struct layout *layout, size_t row)
{
    const char *cell = row == 0 ? "th" : "td";
    struct text line = {0};
    text_add(&line, row == 0 ? "<thead><tr>" : "<tr>");
    for (int32_t i = 0; i < layout->count; i++) {
        const struct shown_column *shown = &layout->columns[i];
        text_addf(&line, "<%s%s>", cell, shown->right ? " class=\"n\"" : "");
        face_html_text(&line, shown->cells[row]);
        text_addf(&line, "</%s>", cell);
    }
    text_add(&line, row == 0 ? "</tr></thead>\n" : "</tr>\n");
    face_put(layout->face, &line);
    text_free(&line);
}

/* A line a fact, its name first: nobody who listens remembers the head of a table. */
static void print_record(struct layout *layout, size_t row)
{
    struct text line = {0};
    for (int32_t i = 0; i < layout->count; i++) {
        const struct shown_column *shown = &layout->columns[i];
        if (*shown->cells[row]) {
            text_addf(&line, "%s: %s\n", shown->cells[0], shown->cells[row]);
        }
    }
    text_add(&line, row < layout->rows ? "\n" : "");
    face_put(layout->face, &line);
    text_free(&line);
}

void face_table(struct face *face, const struct table *table, const char *heading)
{
    struct layout layout = {.face = face, .table = table, .rows = table_rows(table)};
    layout.arena = layout.rows ? arena_new() : NULL;
    if (!layout.arena) {
        return;
    }
    if (heading) {
        fprintf(face->invocation->out, "\n%s\n", heading);
    }
    for (int32_t i = 0; i < table->column_count; i++) {
        struct shown_column *shown = &layout.columns[layout.count];
        layout.count += choose(table, i, shown) && (fill(&layout, shown) || face->html);
    }
    bool plain = face->invocation->plain;
    if (!plain && !face->html) {
        fit_all(&layout);
    }
    for (size_t row = plain; layout.count > 0 && row <= layout.rows; row++) {
        if (face->html) {
            print_html(&layout, row);
        } else if (plain) {
            print_record(&layout, row);
        } else {
            print_row(&layout, row);
        }
    }
    arena_free(layout.arena);
}
