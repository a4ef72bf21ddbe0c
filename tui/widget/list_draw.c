/* list_draw.c: a list in cells: which columns there is room for, rows, the cursor's band. */
#include <string.h>

#include "tui/text.h"
#include "tui/widget/list_inside.h"
#include "tui/width.h"

/* ---- cells ---- */

static void draw_heads(const struct list *list, const struct pane *pane, const int *x,
                       const int *columns)
{
    for (int i = 0; i < list->spec->column_count && !list->spec->bare; i++) {
        const struct list_column *column = &list->spec->columns[i];
        if (x[i] >= 0 && *column->head) {
            const char *head = _(column->head);
            bool brief = column->brief && width_of(head) > columns[i];
            (column->right ? pane_right : pane_clip)(pane, 0, x[i], columns[i], ROLE_HEAD,
                                                     brief ? _(column->brief) : head);
        }
    }
}

static bool is_here(const struct list *list, size_t index)
{
    return index == list->cursor && !list->spec->still;
}

static void draw_cell(const struct list *list, size_t index, const struct pane *pane, int row,
                      const struct list_column *column, int x, int width,
                      const struct context *context)
{
    struct list_value value = {.role = ROLE_TEXT};
    if (column->draw) {
        column->draw(list, index, pane, row, x, width, context);
        return;
    }
    column->value(list, index, context, &value);
    bool band = column->name_band && is_here(list, index);
    enum role role = band ? ROLE_TABLE_CURSOR : value.role;
    if (value.brief && width_of(text_bytes(&value.text)) > width) {
        text_cut(&value.text, value.brief);
    }
    (column->right ? pane_right : pane_clip)(pane, row, x, width, role, text_bytes(&value.text));
    text_free(&value.text);
}

static void draw_row(const struct list *list, size_t index, const struct pane *pane, int row,
                     const int *x, const int *columns, const struct context *context)
{
    const char *key = list_cell(list, index, list->spec->key);
    if (is_here(list, index)) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    if (key && list_marked(list, key)) {
        pane_put(pane, row, 1, ROLE_TABLE_MARK, "*");
    }
    for (int i = 0; i < list->spec->column_count; i++) {
        if (x[i] >= 0) {
            draw_cell(list, index, pane, row, &list->spec->columns[i], x[i], columns[i], context);
        }
    }
}

/* The first row shown follows the cursor as little as it can. */
static void scroll(struct list *list)
{
    size_t count = list_count(list), body = (size_t)list->body;
    if (list->cursor < list->top) {
        list->top = list->cursor;
    }
    if (list->cursor >= list->top + body) {
        list->top = list->cursor + 1 - body;
    }
    if (list->top + body > count) {
        list->top = count > body ? count - body : 0;
    }
}

static void draw_empty(const struct list *list, const struct pane *pane)
{
    bool filtered = list->narrowed;
    if (list_waits(list)) {
        return;
    }
    int next = pane_wrap(
        pane, 1, LIST_GUTTER + 1, pane->columns - LIST_GUTTER - 2, 2, ROLE_TEXT_DIM,
        filtered ? _("Nothing matches the filter. Esc takes it away.") : _(list->spec->empty));
    (void)next;
}

void list_draw(struct list *list, const struct pane *pane, const struct context *context)
{
    int x[LIST_COLUMNS_MOST], columns[LIST_COLUMNS_MOST];
    size_t count = list_count(list);
    if (!list) {
        return;
    }
    list->body = pane->rows > 1 ? pane->rows - 1 : 1;
    list_layout(list, pane->columns, context, x, columns);
    scroll(list);
    draw_heads(list, pane, x, columns);
    for (int row = 0; row < list->body && list->top + (size_t)row < count; row++) {
        draw_row(list, list->top + (size_t)row, pane, row + 1, x, columns, context);
    }
    if (count == 0) {
        draw_empty(list, pane);
    }
}

/* ---- moving and marking ---- */

static bool move(struct list *list, int64_t by)
{
    int64_t count = (int64_t)list_count(list), to = (int64_t)list->cursor + by;
    to = to < 0 ? 0 : to >= count ? count - 1 : to;
    list->cursor = count ? (size_t)to : 0;
    text_clear(&list->key);
    text_add(&list->key, list_key(list));
    return true;
}

static bool go_end(struct list *list, bool last)
{
    const struct list_page *page =
        &list->pages[last && list->page_count ? list->page_count - 1 : 0];
    if (list->page_count && !list->spec->whole && (last ? page->after : page->before)) {
        list->want = last ? WANT_LAST : WANT_FIRST;
        list->asked = WANT_NOTHING;
        text_clear(&list->key);
        return true;
    }
    return move(list, last ? INT32_MAX : INT32_MIN);
}

static const char *find_mark(const struct list *list, const char *key)
{
    struct text line = {0};
    text_addf(&line, "\n%s\n", key);
    const char *marks = list->marks.length ? text_bytes(&list->marks) : "";
    const char *found = strstr(marks, text_bytes(&line));
    text_free(&line);
    return found;
}

bool list_marked(const struct list *list, const char *key)
{
    return find_mark(list, key) != NULL;
}

static void set_mark(struct list *list, const char *key, bool marked)
{
    const char *found = find_mark(list, key);
    if (marked && !found) {
        text_addf(&list->marks, list->marks.length ? "%s\n" : "\n%s\n", key);
    } else if (!marked && found) {
        struct text kept = {0};
        text_add_n(&kept, text_bytes(&list->marks), (size_t)(found - text_bytes(&list->marks)));
        text_add(&kept, found + strlen(key) + 1);
        text_free(&list->marks);
        list->marks = kept;
    }
}

static bool mark(struct list *list)
{
    const char *key = list_key(list);
    if (*key) {
        set_mark(list, key, !list_marked(list, key));
    }
    return move(list, 1);
}

/* All at hand, or those not marked where some are. */
static bool mark_all(struct list *list)
{
    for (size_t i = 0; i < list_count(list); i++) {
        const char *key = list_cell(list, i, list->spec->key);
        if (key) {
            set_mark(list, key, !list_marked(list, key));
        }
    }
    return true;
}

int list_marks(const struct list *list, struct text *out)
{
    int count = 0;
    const char *at = list && list->marks.length > 1 ? text_bytes(&list->marks) + 1 : "";
    for (; *at; at = strchr(at, '\n') + 1) {
        count++;
        if (out) {
            text_add_n(out, at, strcspn(at, "\n") + 1);
        }
    }
    return count;
}

void list_unmark(struct list *list)
{
    text_free(&list->marks);
}

bool list_act(struct list *list, enum action action)
{
    if (!list) {
        return false;
    }
    switch (action) {
    case ACTION_DOWN:
        return move(list, 1);
    case ACTION_UP:
        return move(list, -1);
    case ACTION_PAGE_DOWN:
        return move(list, list->body);
    case ACTION_PAGE_UP:
        return move(list, -list->body);
    case ACTION_HALF_DOWN:
        return move(list, list->body / 2);
    case ACTION_HALF_UP:
        return move(list, -list->body / 2);
    case ACTION_FIRST:
        return go_end(list, false);
    case ACTION_LAST:
        return go_end(list, true);
    case ACTION_MARK:
        return mark(list);
    case ACTION_MARK_ALL:
        return mark_all(list);
    default:
        return false;
    }
}
