/* table.c: what a verb answers, as a table. */
#include "tui/screen/table.h"

#include <string.h>

#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/thing.h"
#include "tui/width.h"

enum {
    TICKET_TABLE = 1,
    TICKET_THING,
    LIMIT = 1000,
    WIDTH_MOST = 100,
    WORDS_LEAST = 20,
    COLUMNS_MOST = 32
};

/* From so many columns on the entry under the cursor stands beside the table, once it rests. */
enum { SIDE_FROM = 160, SIDE = 64, REST = 150 };

const enum action table_acts[] = {
    ACTION_OPEN,    ACTION_STYLE, ACTION_FILTER,     ACTION_NEW,       ACTION_CORRECT,
    ACTION_IMPORT,  ACTION_ANNUL, ACTION_CHECKPOINT, ACTION_LEFT,      ACTION_RIGHT,
    ACTION_DOWN,    ACTION_UP,    ACTION_PAGE_DOWN,  ACTION_PAGE_UP,   ACTION_HALF_DOWN,
    ACTION_HALF_UP, ACTION_FIRST, ACTION_LAST,       ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE,
    ACTION_REFRESH, ACTION_NONE};

static const struct table_face *face_of(const struct table_view *state)
{
    return &state->faces[state->face];
}

static const struct table *rows_of(const struct table_view *state)
{
    return parcel_find(&state->shown, face_of(state)->table);
}

/* ---- which rows and columns ---- */

void table_value(struct text *out, enum cell_kind kind, const char *cell,
                 const struct context *context)
{
    if (!cell) {
        return;
    }
    if (kind == CELL_YESNO) {
        text_add(out, strcmp(cell, "yes") == 0 ? _("yes") : _("no"));
    } else if (kind == CELL_CARD) {
        text_add(out, glyph_card(&context->look, cell));
    } else {
        phrase_both(out, cell, context->look.english);
    }
}

/* What a cell of a few known words says; NULL: it is none of those. */
static const char *word_of(const char *column, const char *cell)
{
    static const struct {
        const char *column, *cell, *word;
    } words[] = {{"basis", "stated", N_("stated")},  {"basis", "implied", N_("implied")},
                 {"basis", "house", N_("house")},    {"basis", "right", N_("right")},
                 {"kind", "holiday", N_("day off")}, {"kind", "workday", N_("made up")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].column, column) == 0 && strcmp(words[i].cell, cell) == 0) {
            return _(words[i].word);
        }
    }
    return NULL;
}

static void cell_text(const struct table_view *state, size_t row, int32_t column,
                      const struct context *context, struct text *out)
{
    const struct table *table = rows_of(state);
    const struct column *about = &table->columns[column];
    const char *word = table_at(table, row, column);
    bool limit = strcmp(about->name, "limit") == 0, least = strcmp(about->name, "least") == 0;
    word = word ? word_of(about->name, word) : NULL;
    if (word) {
        text_add(out, word);
    } else if (limit && table_cell(table, row, "words")) {
        phrase_both(out, table_cell(table, row, "words"), context->look.english);
    } else if ((limit || least) && table_at(table, row, column)) {
        phrase_limit(out, table_at(table, row, column), context->look.english);
    } else if (about->kind == CELL_NAME && parcel_find(&state->shown, "titles")) {
        const char *value = table_at(table, row, column);
        thing_value(out, &state->shown, about->name, value ? value : "", context->look.english);
    } else if (about->kind == CELL_NAME && strcmp(about->name, "article") == 0) {
        phrase_article(out, table_at(table, row, column), &state->shown, context->look.english);
    } else {
        table_value(out, about->kind, table_at(table, row, column), context);
    }
}

/* Some cell of the row holds what was typed into the filter. */
static bool matches(const struct table_view *state, size_t row, const struct context *context)
{
    const struct table *table = rows_of(state);
    bool found = state->filter.length == 0;
    for (int32_t c = 0; c < table->column_count && !found; c++) {
        struct text text = {0};
        cell_text(state, row, c, context, &text);
        found = strstr(text_bytes(&text), text_bytes(&state->filter)) != NULL;
        text_free(&text);
    }
    return found;
}

/* The row of the table that is the NTH of those shown; SIZE_MAX there are fewer. */
static size_t nth(const struct table_view *state, int n, const struct context *context)
{
    const struct table *table = rows_of(state);
    size_t count = table ? table_rows(table) : 0;
    if (state->filter.length == 0) {
        return n >= 0 && (size_t)n < count ? (size_t)n : SIZE_MAX;
    }
    for (size_t row = 0; row < count; row++) {
        if (matches(state, row, context) && n-- == 0) {
            return row;
        }
    }
    return SIZE_MAX;
}

static int count_shown(const struct table_view *state, const struct context *context)
{
    const struct table *table = rows_of(state);
    int count = 0;
    for (size_t row = 0; table && row < table_rows(table); row++) {
        count += matches(state, row, context);
    }
    return count;
}

/* NAME is among NAMES, which blanks part. */
static bool is_among(const char *names, const char *name)
{
    const char *found = names && *name ? strstr(names, name) : NULL;
    size_t length = strlen(name);
    return found && (found == names || found[-1] == ' ') &&
           (found[length] == ' ' || found[length] == '\0');
}

static bool hidden(const struct table_view *state, const char *name)
{
    return is_among(face_of(state)->hidden, name) || is_among(state->also_hidden, name);
}

/* The widths of a column's cells, of the first rows: how many are wider than so many columns. */
struct widths {
    int widest, over[WIDTH_MOST + 1];
};

static void measure(const struct table_view *state, int32_t column, const struct context *context,
                    struct widths *out)
{
    enum { LOOKED_AT = 200 };
    const struct table *table = rows_of(state);
    *out = (struct widths){0};
    for (size_t row = 0; row < table_rows(table) && row < LOOKED_AT; row++) {
        struct text text = {0};
        cell_text(state, row, column, context, &text);
        int width = width_of(text_bytes(&text));
        width = width > WIDTH_MOST ? WIDTH_MOST : width;
        out->widest = width > out->widest ? width : out->widest;
        for (int i = 0; i < width; i++) {
            out->over[i]++;
        }
        text_free(&text);
    }
}

static void head_text(const struct column *column, const struct context *context, struct text *out)
{
    const char *title = column->title ? column->title : column->name;
    if (strchr(title, MESSAGE_BOTH)) {
        phrase_both(out, title, context->look.english);
    } else {
        text_add(out, _(title));
    }
}

/* ---- the entry under the cursor ---- */

/* Its code; NULL: no entry is shown beside this table. */
static const char *thing_here(const struct view *view)
{
    const struct table_face *face = face_of(view_state(view));
    bool wide = view_context(view)->columns >= SIDE_FROM;
    return wide && face->value && face->key && !face->opens ? table_here(view, face->key) : NULL;
}

static void follow(struct view *view)
{
    if (thing_here(view)) {
        view_wake(view, REST);
    }
}

void table_wake(struct view *view)
{
    const char *code = thing_here(view);
    if (code) {
        struct parcel *request = view_ask(view, TICKET_THING, "thing");
        parcel_put(request, "kind", face_of(view_state(view))->value);
        parcel_put(request, "code", code);
    }
}

/* ---- life ---- */

static void ask(struct view *view)
{
    struct table_view *state = view_state(view);
    const struct table_face *face = face_of(state);
    struct parcel *request = face->verb ? view_ask(view, TICKET_TABLE, face->verb) : NULL;
    if (!request) {
        return;
    }
    parcel_put(request, face->pair, face->value);
    parcel_put_int(request, "limit", LIMIT);
}

void table_open(struct view *view, const char *what, const struct table_face *faces, int count)
{
    struct table_view *state = view_state(view);
    state->faces = faces;
    state->count = count;
    text_add(&state->filter, what);
    ask(view);
    view_hold(view);
}

void table_close(struct view *view)
{
    struct table_view *state = view_state(view);
    parcel_free(&state->shown);
    parcel_free(&state->thing);
    text_free(&state->filter);
}

void table_reply(struct view *view, int ticket, const struct parcel *reply,
                 const struct error *error)
{
    struct table_view *state = view_state(view);
    if (ticket == TICKET_THING) {
        parcel_free(&state->thing);
        (void)(!error && parcel_copy(reply, &state->thing));
        return;
    }
    if (error) {
        view_say_error(view, error, reply);
    }
    if (!error || parcel_find(reply, face_of(state)->table)) {
        parcel_renew(reply, &state->shown);
        follow(view);
    }
}

void table_refresh(struct view *view)
{
    ask(view);
}

const char *table_listing(const struct view *view, struct parcel *request)
{
    const struct table_face *face = face_of(view_state(view));
    parcel_put(request, "verb", face->verb);
    parcel_put(request, face->pair, face->value);
    return face->table;
}

/* ---- keys ---- */

static bool turn(struct view *view, int step)
{
    struct table_view *state = view_state(view);
    if (state->count > 1) {
        state->face = (state->face + step + state->count) % state->count;
        state->cursor = state->top = state->across = 0;
        parcel_free(&state->shown);
        ask(view);
        view_hold(view);
    }
    return true;
}

static bool open_thing(struct view *view)
{
    struct table_view *state = view_state(view);
    const struct table_face *face = face_of(state);
    const struct table *table = rows_of(state);
    size_t row = nth(state, state->cursor, view_context(view));
    const char *key =
        face->key && table && row != SIZE_MAX ? table_cell(table, row, face->key) : NULL;
    if (key && face->opens) {
        view_open(view, face->opens, key);
    } else if (key && face->value) {
        struct text what = {0};
        text_addf(&what, "%s %s", face->value, key);
        view_open(view, "thing", text_bytes(&what));
        text_free(&what);
    }
    return true;
}

static bool move(struct view *view, int64_t by)
{
    struct table_view *state = view_state(view);
    int64_t to = state->cursor + by, count = count_shown(state, view_context(view));
    state->cursor = (int)(to >= count ? count - 1 : to);
    state->cursor = state->cursor < 0 ? 0 : state->cursor;
    follow(view);
    return true;
}

static const struct table_deed *deed_of(const struct table_view *state, enum action action)
{
    const struct table_deed *deed = face_of(state)->deeds;
    while (deed && deed->action != ACTION_NONE && deed->action != action) {
        deed++;
    }
    return deed && deed->action != ACTION_NONE ? deed : NULL;
}

const char *table_here(const struct view *view, const char *column)
{
    const struct table_view *state = view_state(view);
    const struct table *table = rows_of(state);
    size_t row = nth(state, state->cursor, view_context(view));
    return table && column && row != SIZE_MAX ? table_cell(table, row, column) : NULL;
}

static bool do_deed(struct view *view, const struct table_deed *deed)
{
    const struct table_view *state = view_state(view);
    if (deed) {
        struct parcel *given = view_open_with(view, "deed", deed->deed);
        parcel_put(given, face_of(state)->pair ? face_of(state)->pair : "",
                   face_of(state)->pair ? face_of(state)->value : NULL);
        parcel_put(given, deed->pair ? deed->pair : "", table_here(view, deed->column));
    }
    return deed != NULL;
}

const char *table_why_not(const struct view *view, enum action action)
{
    static const enum action acts[] = {ACTION_NEW, ACTION_CORRECT, ACTION_ANNUL, ACTION_IMPORT,
                                       ACTION_CHECKPOINT};
    const struct table_view *state = view_state(view);
    const struct table_deed *deed = deed_of(state, action);
    bool asked = false;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        asked |= acts[i] == action;
    }
    return !asked                                            ? NULL
           : !deed                                           ? _("there is nothing like that here")
           : deed->column && !table_here(view, deed->column) ? _("there is no row under the cursor")
                                                             : NULL;
}

bool table_act(struct view *view, enum action action)
{
    struct table_view *state = view_state(view);
    switch (action) {
    case ACTION_DOWN:
        return move(view, 1);
    case ACTION_UP:
        return move(view, -1);
    case ACTION_PAGE_DOWN:
        return move(view, state->body);
    case ACTION_PAGE_UP:
        return move(view, -state->body);
    case ACTION_HALF_DOWN:
        return move(view, state->body / 2);
    case ACTION_HALF_UP:
        return move(view, -state->body / 2);
    case ACTION_FIRST:
        return move(view, INT32_MIN);
    case ACTION_LAST:
        return move(view, INT32_MAX);
    case ACTION_LEFT:
        state->across -= state->across > 0;
        return true;
    case ACTION_RIGHT:
        state->across++;
        return true;
    case ACTION_STYLE:
    case ACTION_NEXT_PANE:
        return turn(view, 1);
    case ACTION_PREVIOUS_PANE:
        return turn(view, -1);
    case ACTION_OPEN:
        return open_thing(view);
    default:
        return do_deed(view, deed_of(state, action));
    }
}

void table_filter(struct view *view, const char *query)
{
    struct table_view *state = view_state(view);
    struct text hits = {0};
    text_clear(&state->filter);
    text_add(&state->filter, query);
    state->cursor = state->top = 0;
    follow(view);
    text_add_int(&hits, count_shown(state, view_context(view)));
    view_found(view, text_bytes(&hits), NULL, 0);
    text_free(&hits);
}

const char *table_filtered(const struct view *view)
{
    const struct table_view *state = view_state(view);
    return text_bytes(&state->filter);
}

const char *table_label(const struct view *view, enum action action)
{
    const struct table_view *state = view_state(view);
    const struct table_face *next = &state->faces[(state->face + 1) % state->count];
    return action == ACTION_STYLE ? (state->count > 1 ? _(next->title) : _("the same")) : NULL;
}

/* ---- cells ---- */

struct laid {
    int32_t column;
    int x, width;
    struct widths cells;
};

/* Words may be cut where there is no room for them; dates, figures and register numbers may not. */
static int least_width(const struct column *column, const struct widths *cells, int head, int room)
{
    bool words = (column->kind == CELL_TEXT || column->kind == CELL_NAME) &&
                 strcmp(column->name, "number") != 0;
    int most = room / 4 < WORDS_LEAST ? room / 4 : WORDS_LEAST;
    int least = words && cells->widest > most ? most : cells->widest;
    return least < head ? head : least;
}

/* The room that is left goes, column by column, to where it uncovers most cells. */
static void share_room(struct laid *laid, int count, int room)
{
    for (; room > 0; room--) {
        struct laid *best = NULL;
        int most = 0;
        for (int i = 0; i < count; i++) {
            int cut = laid[i].width < WIDTH_MOST ? laid[i].cells.over[laid[i].width] : 0;
            best = cut > most ? &laid[i] : best;
            most = cut > most ? cut : most;
        }
        if (!best) {
            return;
        }
        best->width++;
    }
}

/* The columns there is room for, from the one that l went to; the first always stays. */
static int lay_out(const struct table_view *state, int room, const struct context *context,
                   struct laid *laid)
{
    const struct table *table = rows_of(state);
    int count = 0, used = 2, skipped = 0;
    for (int32_t c = 0; c < table->column_count && count < COLUMNS_MOST; c++) {
        struct laid *next = &laid[count];
        struct text head = {0};
        measure(state, c, context, &next->cells);
        if (next->cells.widest == 0 || hidden(state, table->columns[c].name)) {
            continue;
        }
        head_text(&table->columns[c], context, &head);
        next->column = c;
        next->width =
            least_width(&table->columns[c], &next->cells, width_of(text_bytes(&head)), room);
        text_free(&head);
        if (count && skipped < state->across) {
            skipped++;
        } else if (count && used + next->width >= room) {
            break;
        } else {
            used += next->width + 2;
            count++;
        }
    }
    share_room(laid, count, room + 1 - used);
    for (int i = 0, x = 2; i < count; x += laid[i++].width + 2) {
        laid[i].x = x;
    }
    return count;
}

static void draw_row(const struct table_view *state, const struct pane *pane, int at, size_t row,
                     const struct laid *laid, int count, bool here, const struct context *context)
{
    const struct table *table = rows_of(state);
    if (here) {
        pane_glyph(pane, at, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    for (int i = 0; i < count; i++) {
        enum cell_kind kind = table->columns[laid[i].column].kind;
        bool right = kind == CELL_NUMBER || kind == CELL_MONEY;
        struct text text = {0};
        cell_text(state, row, laid[i].column, context, &text);
        (right ? pane_right : pane_clip)(pane, at, laid[i].x, laid[i].width,
                                         here && i < 2 ? ROLE_TABLE_CURSOR : ROLE_TEXT,
                                         text_bytes(&text));
        text_free(&text);
    }
}

static void draw_heads(const struct table_view *state, const struct pane *pane,
                       const struct laid *laid, int count, const struct context *context)
{
    const struct table *table = rows_of(state);
    for (int i = 0; i < count; i++) {
        const struct column *column = &table->columns[laid[i].column];
        struct text head = {0};
        bool right = column->kind == CELL_NUMBER || column->kind == CELL_MONEY;
        head_text(column, context, &head);
        (right ? pane_right : pane_clip)(pane, 0, laid[i].x, laid[i].width, ROLE_HEAD,
                                         text_bytes(&head));
        text_free(&head);
    }
}

static void draw_table(const struct view *view, const struct pane *pane)
{
    struct table_view *state = view_state(view);
    const struct context *context = view_context(view);
    const struct table *table = rows_of(state);
    struct laid laid[COLUMNS_MOST];
    state->body = pane->rows - 1 > 0 ? pane->rows - 1 : 1;
    if (!table) {
        return;
    }
    if (count_shown(state, context) == 0) {
        pane_wrap(pane, 1, 4, pane->columns - 6, 2, ROLE_TEXT_DIM,
                  state->filter.length ? _("Nothing matches the filter. Esc takes it away.")
                                       : _(face_of(state)->empty));
        return;
    }
    state->top = state->cursor < state->top                  ? state->cursor
                 : state->cursor >= state->top + state->body ? state->cursor - state->body + 1
                                                             : state->top;
    int count = lay_out(state, pane->columns, context, laid);
    draw_heads(state, pane, laid, count, context);
    for (int i = 0; i < state->body; i++) {
        size_t row = nth(state, state->top + i, context);
        if (row == SIZE_MAX) {
            break;
        }
        draw_row(state, pane, i + 1, row, laid, count, state->top + i == state->cursor, context);
    }
}

void table_draw(const struct view *view, const struct pane *pane)
{
    const struct table_view *state = view_state(view);
    bool side = thing_here(view) && parcel_find(&state->thing, "history");
    struct pane left = pane_part(pane, 0, 0, pane->rows, pane->columns - (side ? SIDE + 2 : 0));
    struct pane right = pane_part(pane, 0, left.columns + 2, pane->rows, SIDE);
    draw_table(view, &left);
    if (side) {
        thing_preview(&state->thing, &right, view_context(view));
    }
}

int table_faces_draw(const struct view *view, const struct pane *pane)
{
    const struct table_view *state = view_state(view);
    int column = 1;
    for (int i = 0; i < state->count; i++) {
        bool here = i == state->face;
        struct text title = {0};
        text_addf(&title, here && state->count > 1 ? "[%s]" : " %s ", _(state->faces[i].title));
        column = pane_clip(pane, 0, column, pane->columns - column - 12,
                           here ? ROLE_TEXT_STRONG : ROLE_CONTEXT, text_bytes(&title)) +
                 1;
        text_free(&title);
    }
    return column;
}

void table_context(const struct view *view, const struct pane *pane)
{
    const struct table_view *state = view_state(view);
    struct text position = {0};
    int count = rows_of(state) ? count_shown(state, view_context(view)) : 0;
    table_faces_draw(view, pane);
    text_addf(&position, "%d/%d", count ? state->cursor + 1 : 0, count);
    pane_right(pane, 0, pane->columns - 12, 11, ROLE_CONTEXT, text_bytes(&position));
    text_free(&position);
}
