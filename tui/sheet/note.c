/* note.c: a note on a case; what is typed and not sent stays as a draft. */
#include <stdlib.h>

#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"

enum { TICKET_DRAFT = 1, TICKET_ACT, TICKET_KEEP, ROWS = 5 };

struct note {
    char *number;
    struct edit typed;
    bool sent, kept; /* what is typed is in the draft */
};

static void open_note(struct view *view, const char *what)
{
    struct note *note = view_state(view);
    struct parcel *request = view_ask(view, TICKET_DRAFT, "drafts");
    note->number = copy_text(what);
    note->typed.lines = true;
    note->kept = true;
    parcel_put(request, "case", what);
    parcel_put(request, "event", "note");
    view_hold(view);
}

static void save_note(struct view *view)
{
    struct note *note = view_state(view);
    if (note->kept || note->sent) {
        return;
    }
    bool empty = !*edit_text(&note->typed);
    struct parcel *request = view_ask(view, TICKET_KEEP, empty ? "undraft" : "draft");
    parcel_put(request, "case", note->number);
    parcel_put(request, "event", "note");
    parcel_put(request, "field", "text");
    parcel_put(request, "value", edit_text(&note->typed));
    note->kept = true;
}

static void close_note(struct view *view)
{
    struct note *note = view_state(view);
    save_note(view);
    free(note->number);
    edit_free(&note->typed);
}

static void send(struct view *view)
{
    struct note *note = view_state(view);
    if (!*edit_text(&note->typed)) {
        view_say(view, ROLE_MESSAGE_WARN, N_("there is nothing written yet"), NULL, NULL, NULL);
        return;
    }
    struct parcel *request = view_ask(view, TICKET_ACT, "act");
    parcel_put(request, "case", note->number);
    parcel_put(request, "event", "note");
    parcel_put(request, "note", edit_text(&note->typed));
    view_hold(view);
}

static void undraft(struct view *view)
{
    const struct note *note = view_state(view);
    struct parcel *request = view_ask(view, TICKET_KEEP, "undraft");
    parcel_put(request, "case", note->number);
    parcel_put(request, "event", "note");
}

static void reply_note(struct view *view, int ticket, const struct parcel *reply,
                       const struct error *error)
{
    struct note *note = view_state(view);
    const struct table *drafts = error ? NULL : parcel_find(reply, "drafts");
    if (error) {
        view_say_error(view, error, reply);
    } else if (ticket == TICKET_DRAFT && drafts && table_rows(drafts)) {
        edit_set(&note->typed, table_word(drafts, 0, "value"));
    } else if (ticket == TICKET_ACT) {
        note->sent = true;
        undraft(view);
        view_say(view, ROLE_MESSAGE_OK, N_("%1 has the note"), note->number, NULL, NULL);
        view_close(view);
    }
}

static bool key_note(struct view *view, const struct key_event *event)
{
    struct note *note = view_state(view);
    bool taken = edit_key(&note->typed, event);
    note->kept = note->kept && !taken;
    return taken;
}

static bool act_note(struct view *view, enum action action)
{
    if (action == ACTION_SUBMIT || action == ACTION_OPEN) {
        send(view);
        return true;
    }
    return false;
}

static bool unsaved_note(const struct view *view)
{
    const struct note *note = view_state(view);
    return !note->kept;
}

static int rows_note(const struct view *view, int most)
{
    (void)view;
    return ROWS < most ? ROWS : most;
}

static void context_note(const struct view *view, const struct pane *pane)
{
    const struct note *note = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("add a note")) + 2;
    column =
        pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_TITLE, note->number) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("Alt-Enter: a new line; Esc keeps it as a draft"));
}

static void draw_note(const struct view *view, const struct pane *pane)
{
    const struct note *note = view_state(view);
    struct pane inner = pane_part(pane, 0, 1, pane->rows, pane->columns - 2);
    edit_draw_lines(&note->typed, &inner, ROLE_FORM_FOCUS, true);
}

static const char *label_note(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_SUBMIT ? _("write it down") : NULL;
}

const struct screen sheet_note = {
    .name = "note",
    .title = N_("add a note"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct note),
    .acts = (const enum action[]){ACTION_SUBMIT, ACTION_BACK, ACTION_NONE},
    .open = open_note,
    .close = close_note,
    .save = save_note,
    .reply = reply_note,
    .key = key_note,
    .act = act_note,
    .unsaved = unsaved_note,
    .rows = rows_note,
    .context_row = context_note,
    .draw = draw_note,
    .label = label_note,
};
