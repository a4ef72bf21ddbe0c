/* form_new.c: the sheet that asks what a new case is to be of. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/picklist.h"

enum { TICKET_OPENINGS = 1, ROWS_MOST = 16 };

static void open_new(struct view *view, const char *what)
{
    (void)what;
    view_ask(view, TICKET_OPENINGS, "offer");
    view_hold(view);
}

static void close_new(struct view *view)
{
    picklist_free(view_state(view));
}

static void reply_new(struct view *view, int ticket, const struct parcel *reply,
                      const struct error *error)
{
    struct picklist *list = view_state(view);
    const struct table *openings = error ? NULL : parcel_find(reply, "openings");
    (void)ticket;
    if (error) {
        view_say_error(view, error, reply);
        view_close(view);
        return;
    }
    for (size_t row = 0; openings && row < table_rows(openings); row++) {
        const char *name = table_word(openings, row, "procedure");
        struct text title = {0};
        phrase_both(&title, table_word(openings, row, "title"), view_context(view)->look.english);
        if (strcmp(table_word(openings, row, "may"), "yes") == 0) {
            picklist_add(list, name, strlen(name), text_bytes(&title),
                         table_word(openings, row, "sound"));
        }
        text_free(&title);
    }
    if (!list->count) {
        view_say(view, ROLE_MESSAGE_WARN,
                 N_("nothing is opened by hand in your role; cases come to you"), NULL, NULL, NULL);
        view_close(view);
    }
}

static bool key_new(struct view *view, const struct key_event *event)
{
    return picklist_key(view_state(view), event);
}

static bool act_new(struct view *view, enum action action)
{
    const struct picklist *list = view_state(view);
    int chosen = picklist_chosen(list);
    if (action != ACTION_OPEN) {
        return false;
    }
    if (chosen >= 0) {
        const char *name = text_bytes(&list->options[chosen].name);
        view_close(view);
        parcel_put(view_open_with(view, "form", name), "procedure", name);
    }
    return true;
}

static int rows_new(const struct view *view, int most)
{
    const struct picklist *list = view_state(view);
    int rows = list->count + 2 > ROWS_MOST ? ROWS_MOST : list->count + 2;
    return rows < most ? rows : most;
}

static void context_new(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("a new case of")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("name, code or the letters it sounds like"));
}

static void draw_new(const struct view *view, const struct pane *pane)
{
    picklist_draw(view_state(view), pane);
}

static const char *label_new(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN ? _("open it") : action == ACTION_BACK ? _("not now") : NULL;
}

const struct screen sheet_new = {
    .name = "new",
    .title = N_("a new case"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct picklist),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_new,
    .close = close_new,
    .reply = reply_new,
    .act = act_new,
    .key = key_new,
    .rows = rows_new,
    .context_row = context_new,
    .draw = draw_new,
    .label = label_new,
};
