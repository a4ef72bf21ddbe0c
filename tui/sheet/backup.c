/* backup.c: where a backup goes: a directory that is made for it. */
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/filepick.h"

enum { ROWS = 10 };

static void open_backup(struct view *view, const char *what)
{
    struct filepick *pick = view_state(view);
    struct text path = {0};
    char day[DAY_TEXT];
    (void)what;
    text_addf(&path, "~/yuntai-%s", day_format(moment_day(view_context(view)->now), day));
    filepick_begin(pick, text_bytes(&path));
    text_free(&path);
}

static void close_backup(struct view *view)
{
    filepick_free(view_state(view));
}

static bool key_backup(struct view *view, const struct key_event *event)
{
    return filepick_key(view_state(view), event);
}

static bool act_backup(struct view *view, enum action action)
{
    struct text path = {0};
    if (action != ACTION_OPEN && action != ACTION_SUBMIT) {
        return false;
    }
    if (filepick_name(view_state(view), &path)) {
        parcel_put(view_choose(view), "to", text_bytes(&path));
    }
    text_free(&path);
    return true;
}

static int rows_backup(const struct view *view, int most)
{
    (void)view;
    return ROWS < most ? ROWS : most;
}

static void context_backup(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("back up into a new directory")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("on the machine of the desk; Tab completes"));
}

static void draw_backup(const struct view *view, const struct pane *pane)
{
    filepick_draw(view_state(view), pane);
}

const struct screen sheet_backup = {
    .name = "backup",
    .title = N_("back up"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct filepick),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_backup,
    .close = close_backup,
    .key = key_backup,
    .act = act_backup,
    .rows = rows_backup,
    .context_row = context_backup,
    .draw = draw_backup,
};
