/* edit.c: text being typed. */
#include "tui/widget/edit.h"

#include <stdlib.h>
#include <string.h>

#include "tui/width.h"

/* ---- what was there before ---- */

struct edit_state {
    struct edit_state *next;
    size_t at;
    char text[];
};

static void push(struct edit_state **stack, const char *text, size_t at)
{
    size_t length = strlen(text) + 1;
    struct edit_state *state = malloc(sizeof *state + length);
    if (state) { /* else there is one step less to undo */
        state->next = *stack;
        state->at = at;
        memcpy(state->text, text, length);
        *stack = state;
    }
}

static void drop(struct edit_state **stack)
{
    while (*stack) {
        struct edit_state *next = (*stack)->next;
        free(*stack);
        *stack = next;
    }
}

static void become(struct edit *edit, const char *text, size_t at)
{
    text_clear(&edit->text);
    edit->text.most = EDIT_MOST + 1;
    text_add(&edit->text, text);
    edit->at = at < edit->text.length ? at : edit->text.length;
}

static bool swap(struct edit *edit, struct edit_state **from, struct edit_state **to)
{
    struct edit_state *state = *from;
    if (!state) {
        return false;
    }
    push(to, edit_text(edit), edit->at);
    *from = state->next;
    become(edit, state->text, state->at);
    edit->step = EDIT_NONE;
    free(state);
    return true;
}

bool edit_undo(struct edit *edit)
{
    return swap(edit, &edit->past, &edit->future);
}

bool edit_redo(struct edit *edit)
{
    return swap(edit, &edit->future, &edit->past);
}

/* Before a change: steps of one kind in a row are undone together. */
static void step(struct edit *edit, enum edit_step kind)
{
    if (kind != edit->step || kind == EDIT_BULK) {
        push(&edit->past, edit_text(edit), edit->at);
    }
    drop(&edit->future);
    edit->step = kind;
}

void edit_free(struct edit *edit)
{
    drop(&edit->past);
    drop(&edit->future);
    text_free(&edit->text);
    *edit = (struct edit){.lines = edit->lines};
}

/* ---- what may stand in it ---- */

/* Appends what of BYTES may stand in EDIT. */
static void clean(const struct edit *edit, const char *bytes, size_t length, struct text *out)
{
    for (size_t i = 0; i < length;) {
        size_t one = utf8_length(bytes + i, length - i);
        unsigned char byte = (unsigned char)bytes[i];
        if (one == 1 && (byte == '\n' || byte == '\t')) {
            text_add(out, byte == '\n' && edit->lines ? "\n" : " ");
        } else if (one > 1 || (one == 1 && byte >= 0x20 && byte != 0x7f)) {
            text_add_n(out, bytes + i, one);
        }
        i += one ? one : 1;
    }
}

void edit_set(struct edit *edit, const char *text)
{
    struct text cleaned = {0};
    drop(&edit->past);
    drop(&edit->future);
    edit->step = EDIT_NONE;
    clean(edit, text, strlen(text), &cleaned);
    become(edit, text_bytes(&cleaned), cleaned.length);
    text_free(&cleaned);
}

const char *edit_text(const struct edit *edit)
{
    return text_bytes(&edit->text);
}

/* FROM … TO (bytes) replaced by LENGTH bytes; the point behind them. */
static bool splice(struct edit *edit, size_t from, size_t to, const char *bytes, size_t length)
{
    struct text made = {.most = EDIT_MOST + 1};
    text_add_n(&made, edit_text(edit), from);
    text_add_n(&made, bytes, length);
    text_add(&made, edit_text(edit) + to);
    if (made.failed || made.length > EDIT_MOST) {
        text_free(&made);
        return false;
    }
    text_free(&edit->text);
    edit->text = made;
    edit->at = from + length;
    return true;
}

bool edit_insert(struct edit *edit, const char *bytes, size_t length)
{
    struct text cleaned = {0};
    clean(edit, bytes, length, &cleaned);
    bool fits = !cleaned.failed && edit->text.length + cleaned.length <= EDIT_MOST;
    if (fits && cleaned.length > 0) {
        step(edit, length > 4 ? EDIT_BULK : EDIT_TYPED);
        fits = splice(edit, edit->at, edit->at, text_bytes(&cleaned), cleaned.length);
    }
    text_free(&cleaned);
    return fits;
}

void edit_replace(struct edit *edit, const char *text)
{
    struct text cleaned = {0};
    step(edit, EDIT_BULK);
    clean(edit, text, strlen(text), &cleaned);
    become(edit, text_bytes(&cleaned), cleaned.length);
    text_free(&cleaned);
}

/* ---- glyphs ---- */

/* Behind the glyph at FROM, with the marks on it. */
static size_t glyph_end(const struct edit *edit, size_t from)
{
    const char *text = edit_text(edit);
    if (from >= edit->text.length) {
        return from;
    }
    bool end = text[from] == '\n';
    from += end ? 1 : width_next(text + from).bytes;
    while (!end && from < edit->text.length && text[from] != '\n' &&
           width_next(text + from).columns == 0) {
        from += width_next(text + from).bytes;
    }
    return from;
}

static size_t glyph_begin(const struct edit *edit, size_t to)
{
    size_t from = to > 0 ? to - 1 : 0;
    while (from > 0 && edit_text(edit)[from - 1] != '\n') {
        from--;
    }
    size_t next = from;
    while (next < to) {
        from = next;
        next = glyph_end(edit, from);
    }
    return from;
}

static size_t line_begin(const struct edit *edit)
{
    size_t at = edit->at;
    while (at > 0 && edit_text(edit)[at - 1] != '\n') {
        at--;
    }
    return at;
}

static size_t line_end(const struct edit *edit)
{
    return edit->at + strcspn(edit_text(edit) + edit->at, "\n");
}

/* Where the word before the point begins: letters of a kind, or one wide character. */
static size_t word_begin(const struct edit *edit)
{
    const char *text = edit_text(edit);
    size_t at = edit->at;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n')) {
        at--;
    }
    bool narrow = at > 0 && (unsigned char)text[at - 1] < 0x80;
    if (at > 0 && !narrow) {
        return glyph_begin(edit, at);
    }
    while (at > 0 && (unsigned char)text[at - 1] < 0x80 && text[at - 1] != ' ' &&
           text[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* ---- keys ---- */

static bool erase(struct edit *edit, size_t from, size_t to, enum edit_step kind)
{
    if (from < to) {
        step(edit, kind);
        splice(edit, from, to, "", 0);
    }
    return true;
}

static bool go(struct edit *edit, size_t at)
{
    edit->at = at;
    edit->step = EDIT_NONE;
    return true;
}

static bool control(struct edit *edit, uint32_t letter)
{
    switch (letter) {
    case 'a':
        return go(edit, line_begin(edit));
    case 'e':
        return go(edit, line_end(edit));
    case 'k':
        return erase(edit, edit->at, line_end(edit), EDIT_BULK);
    case 'u':
        return erase(edit, line_begin(edit), edit->at, EDIT_BULK);
    case 'w':
        return erase(edit, word_begin(edit), edit->at, EDIT_BULK);
    case 'z':
        edit_undo(edit);
        return true;
    case 'y':
        edit_redo(edit);
        return true;
    case 'h':
        return erase(edit, glyph_begin(edit, edit->at), edit->at, EDIT_ERASED);
    default:
        return false;
    }
}

static bool type(struct edit *edit, uint32_t code)
{
    char bytes[4];
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length; i-- > 0; code >>= 6) {
        bytes[i] = (char)(i > 0 ? 0x80 | (code & 0x3f) : heads[length] | code);
    }
    edit_insert(edit, bytes, length);
    return true;
}

bool edit_key(struct edit *edit, const struct key_event *event)
{
    struct key key = event->key;
    if (key.with & KEY_CTRL) {
        return key.with == KEY_CTRL && control(edit, key.code);
    }
    if (key.code == KEYPAD_ENTER && key.with == KEY_ALT && edit->lines) {
        return edit_insert(edit, "\n", 1), true;
    }
    if (key.with & KEY_ALT) {
        return false;
    }
    switch (key.code) {
    case KEY_PASTE:
        return edit_insert(edit, event->text, event->length), true;
    case KEYPAD_LEFT:
        return go(edit, glyph_begin(edit, edit->at));
    case KEYPAD_RIGHT:
        return go(edit, glyph_end(edit, edit->at));
    case KEYPAD_HOME:
        return go(edit, line_begin(edit));
    case KEYPAD_END:
        return go(edit, line_end(edit));
    case KEYPAD_BACKSPACE:
        return erase(edit, glyph_begin(edit, edit->at), edit->at, EDIT_ERASED);
    case KEYPAD_DELETE:
        return erase(edit, edit->at, glyph_end(edit, edit->at), EDIT_ERASED);
    default:
        return key.code >= 0x20 && key.code != 0x7f && key.code < 0x110000 && type(edit, key.code);
    }
}

/* ---- columns ---- */

static int columns_of(const struct edit *edit, const struct look *look, size_t from, size_t to)
{
    int columns = 0;
    while (from < to) {
        struct character next = width_next(edit_text(edit) + from);
        columns += next.doubtful && look->wide_doubt ? 2 : next.columns;
        from += next.bytes;
    }
    return columns;
}

/* The first glyph shown in WIDTH columns: half a width on each time the point would pass the edge.
 */
static size_t scrolled(const struct edit *edit, const struct look *look, int width)
{
    int point = columns_of(edit, look, 0, edit->at), half = width > 3 ? width / 2 : 1;
    int skip = point < width ? 0 : ((point - width) / half + 1) * half, column = 0;
    size_t from = 0;
    while (column < skip && from < edit->at) {
        size_t next = glyph_end(edit, from);
        column += columns_of(edit, look, from, next);
        from = next;
    }
    return from;
}

void edit_draw(const struct edit *edit, const struct pane *pane, int row, int column, int width,
               enum role role, bool focus)
{
    struct pane part = pane_part(pane, row, column, 1, width);
    if (!focus) {
        pane_clip(&part, 0, 0, part.columns, role, edit_text(edit));
        return;
    }
    size_t from = scrolled(edit, pane->look, part.columns);
    pane_fill(&part, 0, 0, part.columns, role);
    pane_put(&part, 0, 0, role, edit_text(edit) + from);
    if (from > 0) {
        pane_glyph(&part, 0, 0, role, GLYPH_CLIPPED);
    }
    int point = columns_of(edit, pane->look, from, edit->at);
    pane_cursor(&part, 0, point < part.columns ? point : part.columns - 1);
}

/* ---- lines ---- */

struct walk { /* over the lines as they are broken */
    const struct edit *edit;
    const struct look *look;
    int width;
    size_t from, to, next; /* this line; where the next one begins */
    int line;              /* its number, -1 before the first */
    bool opens;            /* a line end stands behind this line: there is one more */
};

/* A column is left for the point behind the last glyph. */
static struct walk walk_over(const struct edit *edit, const struct look *look, int width)
{
    return (struct walk){.edit = edit,
                         .look = look,
                         .width = width > 4 ? width - 1 : width,
                         .line = -1,
                         .opens = true};
}

static bool walk_on(struct walk *walk)
{
    const char *text = edit_text(walk->edit);
    size_t length = walk->edit->text.length, at = walk->next;
    int column = 0;
    if (at >= length && !walk->opens) {
        return false;
    }
    walk->from = at;
    while (at < length && text[at] != '\n') {
        size_t end = glyph_end(walk->edit, at);
        column += columns_of(walk->edit, walk->look, at, end);
        if (column > walk->width && at > walk->from) {
            break;
        }
        at = end;
    }
    walk->opens = at < length && text[at] == '\n';
    walk->to = at;
    walk->next = at + walk->opens;
    walk->line++;
    return true;
}

/* Is the point in this line? */
static bool walk_has_point(const struct walk *walk)
{
    bool last = walk->next >= walk->edit->text.length && !walk->opens;
    return walk->edit->at < walk->next || last || (walk->opens && walk->edit->at == walk->to);
}

int edit_rows(const struct edit *edit, const struct look *look, int width)
{
    struct walk walk = walk_over(edit, look, width);
    while (walk_on(&walk)) {
    }
    return walk.line + 1;
}

bool edit_move(struct edit *edit, const struct look *look, int width, int by)
{
    struct walk walk = walk_over(edit, look, width);
    while (walk_on(&walk) && !walk_has_point(&walk)) {
    }
    int line = walk.line + by, want = columns_of(edit, look, walk.from, edit->at), column = 0;
    walk = walk_over(edit, look, width);
    while (walk.line < line) {
        if (!walk_on(&walk)) {
            return false;
        }
    }
    if (line < 0) {
        return false;
    }
    size_t at = walk.from;
    while (at < walk.to && column < want) {
        size_t end = glyph_end(edit, at);
        column += columns_of(edit, look, at, end);
        at = end;
    }
    return go(edit, at);
}

static void draw_line(const struct walk *walk, const struct pane *pane, int row, enum role role)
{
    struct text line = {0};
    text_add_n(&line, edit_text(walk->edit) + walk->from, walk->to - walk->from);
    pane_put(pane, row, 0, role, text_bytes(&line));
    text_free(&line);
}

void edit_draw_lines(const struct edit *edit, const struct pane *pane, enum role role, bool focus)
{
    struct walk walk = walk_over(edit, pane->look, pane->columns);
    int first = 0;
    if (focus) {
        while (walk_on(&walk) && !walk_has_point(&walk)) {
        }
        int point = columns_of(edit, pane->look, walk.from, edit->at);
        first = walk.line >= pane->rows ? walk.line - pane->rows + 1 : 0;
        for (int row = 0; row < pane->rows; row++) {
            pane_fill(pane, row, 0, pane->columns, role);
        }
        pane_cursor(pane, walk.line - first, point < pane->columns ? point : pane->columns - 1);
        walk = walk_over(edit, pane->look, pane->columns);
    }
    while (walk_on(&walk) && walk.line - first < pane->rows) {
        if (walk.line >= first) {
            draw_line(&walk, pane, walk.line - first, role);
        }
    }
}
