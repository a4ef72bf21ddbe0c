/* quit.c: asks before leaving where something is typed that no draft holds. */
#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

static bool act_quit(struct view *view, enum action action)
{
    if (action == ACTION_QUIT || action == ACTION_OPEN) {
        view->shell->ends = true;
        return true;
    }
    return false;
}

static int rows_quit(const struct view *view, int most)
{
    (void)view;
    return most < 3 ? most : 3;
}

static void draw_quit(const struct view *view, const struct pane *pane)
{
    (void)view;
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT,
              _("A form holds a field that is not saved yet. Enter or Q: leave it; Esc: back."));
}

const struct screen sheet_quit = {
    .name = "quit",
    .title = N_("quit"),
    .sheet = true,
    .where = WHERE_SHEET,
    .acts = (const enum action[]){ACTION_QUIT, ACTION_BACK, ACTION_NONE},
    .act = act_quit,
    .rows = rows_quit,
    .draw = draw_quit,
};
