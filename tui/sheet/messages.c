/* messages.c: the last 200 messages, the newest first. */
#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { TIME_COLUMNS = 6 };

static void open_messages(struct view *view, const char *what)
{
    struct choice *choice = view_state(view);
    (void)what;
    choice_count(choice, view->shell->news.count);
}

static bool act_messages(struct view *view, enum action action)
{
    struct choice *choice = view_state(view);
    const struct piece *piece = news_at(&view->shell->news, choice->cursor);
    if (action == ACTION_COPY && piece) {
        view_copy(view, text_bytes(&piece->text));
        return true;
    }
    return choice_act(choice, action);
}

static int rows_messages(const struct view *view, int most)
{
    int rows = view->shell->news.count + 1 + !view->shell->news.count;
    return rows < most ? rows : most;
}

static void draw_messages(const struct view *view, const struct pane *pane)
{
    const struct choice *choice = view_state(view);
    const struct news *news = &view->shell->news;
    int top = choice_top(choice, pane->rows);
    if (!news->count) {
        pane_clip(pane, 0, 1, pane->columns - 1, ROLE_TEXT_DIM, _("Nothing has been said yet."));
    }
    for (int row = 0; row < pane->rows; row++) {
        const struct piece *piece = news_at(news, top + row);
        char moment[MOMENT_TEXT];
        if (piece) {
            struct text time = {0};
            moment_format(piece->at, moment);
            text_add_n(&time, moment + 11, 5);
            pane_put(pane, row, 1, choice_role(choice, top + row, ROLE_TEXT_DIM),
                     text_bytes(&time));
            pane_clip(pane, row, 1 + TIME_COLUMNS, pane->columns - 2 - TIME_COLUMNS, piece->role,
                      text_bytes(&piece->text));
            text_free(&time);
        }
    }
}

const struct screen sheet_messages = {
    .name = "messages",
    .title = N_("messages"),
    .sheet = true,
    .where = WHERE_LIST,
    .size = sizeof(struct choice),
    .acts = (const enum action[]){ACTION_DOWN, ACTION_COPY, ACTION_BACK, ACTION_NONE},
    .open = open_messages,
    .act = act_messages,
    .rows = rows_messages,
    .draw = draw_messages,
};
