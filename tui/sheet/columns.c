/* columns.c: which columns of a list are shown, in which order, how wide; kept for the person. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/list.h"
#include "tui/width.h"

enum { HEAD_COLUMNS = 18, WIDTH_COLUMNS = 10, SORT_COLUMNS = 12, SHOWN_MOST = 11 };

struct columns {
    struct choice choice;
    bool changed;
};

static struct list *list_below(const struct view *view)
{
    const struct view *base = shell_base(view->shell);
    return base->screen->list ? base->screen->list(base) : NULL;
}

static const struct list_column *column_at(const struct list *list, int place)
{
    return &list_shape(list)->columns[list_places(list)[place].column];
}

static void open_columns(struct view *view, const char *what)
{
    struct columns *columns = view_state(view);
    struct list *list = list_below(view);
    (void)what;
    if (!list) {
        view_close(view);
        return;
    }
    choice_count(&columns->choice, list_shape(list)->column_count);
}

static void close_columns(struct view *view)
{
    const struct columns *columns = view_state(view);
    const struct list *list = columns->changed ? list_below(view) : NULL;
    struct text arrangement = {0};
    if (list) {
        list_arrangement(list, &arrangement);
        shell_arrange(view->shell, shell_base(view->shell)->screen->name, text_bytes(&arrangement));
    }
    text_free(&arrangement);
}

/* ---- doing ---- */

/* One is left at the least. */
static void toggle(struct view *view, struct list *list, int place)
{
    const struct list_place *places = list_places(list);
    int shown = 0;
    for (int i = 0; i < list_shape(list)->column_count; i++) {
        shown += places[i].shown;
    }
    if (places[place].shown && shown == 1) {
        view_say(view, ROLE_MESSAGE_WARN, N_("one column has to stay"), NULL, NULL, NULL);
        return;
    }
    list_show(list, place, !places[place].shown);
}

/* From what it takes on its own, one column more or less. */
static void widen(const struct view *view, struct list *list, int place, int by)
{
    const struct list_place *at = &list_places(list)[place];
    int x[LIST_COLUMNS_MOST], widths[LIST_COLUMNS_MOST];
    list_layout(list, view_context(view)->columns, view_context(view), x, widths);
    int width = at->width ? at->width : widths[at->column];
    list_widen(list, place, width + by < 2 ? 2 : width + by);
}

static void move(struct columns *columns, struct list *list, int by)
{
    int to = columns->choice.cursor + by;
    if (to >= 0 && to < columns->choice.count) {
        list_move(list, columns->choice.cursor, by);
        columns->choice.cursor = to;
    }
}

/* Rows come anew in that order. */
static void sort(struct view *view, struct list *list, int place)
{
    struct view *base = shell_base(view->shell);
    const struct list_column *column = column_at(list, place);
    if (!column->sort) {
        view_say(view, ROLE_MESSAGE_WARN, N_("no order by %1 is kept"), _(column->head), NULL,
                 NULL);
        return;
    }
    list_sort_by(list, list_places(list)[place].column);
    base->screen->refresh(base);
}

static void copy_command(struct view *view, const struct list *list)
{
    struct text command = {0};
    text_add(&command, "yuntai list --columns ");
    for (int i = 0, shown = 0; i < list_shape(list)->column_count; i++) {
        if (list_places(list)[i].shown) {
            text_addf(&command, "%s%s", shown++ ? "," : "", column_at(list, i)->name);
        }
    }
    view_copy(view, text_bytes(&command));
    view_say(view, ROLE_MESSAGE_OK, N_("%1 is on the clipboard"), text_bytes(&command), NULL, NULL);
    text_free(&command);
}

static bool act_columns(struct view *view, enum action action)
{
    struct columns *columns = view_state(view);
    struct list *list = list_below(view);
    int place = columns->choice.cursor;
    bool changes = true;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_MARK:
        toggle(view, list, place);
        break;
    case ACTION_LEFT:
    case ACTION_RIGHT:
        widen(view, list, place, action == ACTION_LEFT ? -1 : 1);
        break;
    case ACTION_PREVIOUS:
    case ACTION_NEXT:
        move(columns, list, action == ACTION_PREVIOUS ? -1 : 1);
        break;
    case ACTION_UNDO:
        list_arrange(list, "");
        break;
    case ACTION_SORT:
    case ACTION_SORT_BACK:
        sort(view, list, place);
        return true;
    case ACTION_COPY:
        copy_command(view, list);
        return true;
    case ACTION_COLUMNS:
        view_close(view);
        return true;
    default:
        changes = false;
        break;
    }
    columns->changed |= changes;
    return changes || choice_act(&columns->choice, action);
}

/* ---- drawing ---- */

static int rows_columns(const struct view *view, int most)
{
    const struct columns *columns = view_state(view);
    int rows = 1 + (columns->choice.count < SHOWN_MOST ? columns->choice.count : SHOWN_MOST);
    return rows < most ? rows : most;
}

static void context_columns(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("columns")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("Space shows or hides, sideways the width, [ ] the order, o sorts, u as it was"));
}

static void draw_column(const struct list *list, const struct pane *pane, int row, int place,
                        const struct choice *choice)
{
    const struct list_place *at = &list_places(list)[place];
    const struct list_column *column = column_at(list, place);
    const char *sorted = list_sorted(list) + list_sorted_back(list);
    enum role role = choice_role(choice, place, at->shown ? ROLE_TEXT : ROLE_TEXT_DIM);
    struct text width = {0};
    const char *head = _(column->head);
    head += strspn(head, " ");
    pane_put(pane, row, 2, ROLE_ACT_KEY, at->shown ? glyph_text(pane->look, GLYPH_YES) : "");
    int to = pane_pad(pane, row, 4, HEAD_COLUMNS, role, head) + 2;
    if (at->width) {
        text_addf(&width, _("%d wide"), at->width);
    } else {
        text_add(&width, _("as needed"));
    }
    to = pane_pad(pane, row, to, WIDTH_COLUMNS, ROLE_TEXT_DIM, text_bytes(&width)) + 2;
    bool sorts = column->sort && *sorted && strcmp(column->sort, sorted) == 0;
    to = pane_pad(pane, row, to, SORT_COLUMNS, sorts ? ROLE_TEXT_STRONG : ROLE_TEXT_DIM,
                  !sorts                   ? ""
                  : list_sorted_back(list) ? _("sorted down")
                                           : _("sorted")) +
         2;
    pane_clip(pane, row, to, pane->columns - to - 1, ROLE_TEXT_DIM, column->name);
    text_free(&width);
}

static void draw_columns(const struct view *view, const struct pane *pane)
{
    const struct columns *columns = view_state(view);
    const struct list *list = list_below(view);
    int top = choice_top(&columns->choice, pane->rows);
    for (int i = top; list && i < columns->choice.count && i - top < pane->rows; i++) {
        draw_column(list, pane, i - top, i, &columns->choice);
    }
}

static const char *label_columns(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_MARK       ? _("show, hide")
           : action == ACTION_LEFT     ? _("narrower")
           : action == ACTION_RIGHT    ? _("wider")
           : action == ACTION_PREVIOUS ? _("further up")
           : action == ACTION_NEXT     ? _("further down")
           : action == ACTION_SORT     ? _("sort by it")
           : action == ACTION_UNDO     ? _("as it was at first")
           : action == ACTION_COPY     ? _("copy command")
                                       : NULL;
}

const struct screen sheet_columns = {
    .name = "columns",
    .title = N_("columns"),
    .sheet = true,
    .where = WHERE_LIST,
    .size = sizeof(struct columns),
    .acts = (const enum action[]){ACTION_MARK, ACTION_DOWN, ACTION_LEFT, ACTION_RIGHT,
                                  ACTION_PREVIOUS, ACTION_NEXT, ACTION_SORT, ACTION_UNDO,
                                  ACTION_COPY, ACTION_BACK, ACTION_NONE},
    .open = open_columns,
    .close = close_columns,
    .act = act_columns,
    .rows = rows_columns,
    .context_row = context_columns,
    .draw = draw_columns,
    .label = label_columns,
};
