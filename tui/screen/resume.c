/* resume.c: what was being filled in when the line dropped, or was left: to go on with. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { TICKET_DRAFTS = 1, TICKET_DROP, SHEET_ROWS = 8 };

struct resuming {
    struct parcel drafts;
    struct choice choice;
    bool sheet; /* offered at the start: it goes away by itself where there is nothing */
    bool came;
};

static const struct table *forms_of(const struct resuming *resuming)
{
    return parcel_find(&resuming->drafts, "forms");
}

static void ask(struct view *view)
{
    view_ask(view, TICKET_DRAFTS, "drafts");
}

static void open_list(struct view *view, const char *what)
{
    (void)what;
    ask(view);
}

static void open_sheet(struct view *view, const char *what)
{
    struct resuming *resuming = view_state(view);
    (void)what;
    resuming->sheet = true;
    ask(view);
    view_hold(view);
}

static void close_resume(struct view *view)
{
    struct resuming *resuming = view_state(view);
    parcel_free(&resuming->drafts);
}

static void reply_resume(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct resuming *resuming = view_state(view);
    struct text bytes = {0};
    if (ticket == TICKET_DROP) {
        ask(view);
        return;
    }
    if (error && !resuming->sheet) {
        view_say_error(view, error, reply);
        return;
    }
    resuming->came = true;
    parcel_free(&resuming->drafts);
    if (!error && parcel_encode(reply, &bytes)) {
        (void)!parcel_decode(text_bytes(&bytes), bytes.length, &resuming->drafts);
    }
    text_free(&bytes);
    const struct table *forms = forms_of(resuming);
    choice_count(&resuming->choice, forms ? (int)table_rows(forms) : 0);
    if (resuming->sheet && !resuming->choice.count) {
        view_close(view);
    }
}

static const char *at_cursor(const struct resuming *resuming, const char *column)
{
    const struct table *forms = forms_of(resuming);
    return forms ? table_word(forms, (size_t)resuming->choice.cursor, column) : "";
}

static void go_on(struct view *view)
{
    const struct resuming *resuming = view_state(view);
    const char *subject = at_cursor(resuming, "subject"), *event = at_cursor(resuming, "event");
    if (!*subject) {
        return;
    }
    if (resuming->sheet) {
        view_close(view);
    }
    if (strcmp(event, "note") == 0) {
        view_open(view, "note", subject);
    } else {
        struct parcel *given = view_open_with(view, "form", subject);
        parcel_put(given, *event ? "case" : "procedure", subject);
        parcel_put(given, "event", *event ? event : NULL);
    }
}

static void discard(struct view *view)
{
    const struct resuming *resuming = view_state(view);
    const char *event = at_cursor(resuming, "event");
    struct parcel *request = view_ask(view, TICKET_DROP, "undraft");
    parcel_put(request, *event ? "case" : "procedure", at_cursor(resuming, "subject"));
    parcel_put(request, "event", *event ? event : NULL);
}

static bool act_resume(struct view *view, enum action action)
{
    struct resuming *resuming = view_state(view);
    if (action == ACTION_OPEN) {
        go_on(view);
    } else if (action == ACTION_DISCARD && resuming->choice.count) {
        discard(view);
    } else {
        return choice_act(&resuming->choice, action);
    }
    return true;
}

static int rows_resume(const struct view *view, int most)
{
    const struct resuming *resuming = view_state(view);
    int rows = resuming->choice.count + 2;
    rows = rows > SHEET_ROWS ? SHEET_ROWS : rows;
    return !resuming->choice.count ? 0 : rows < most ? rows : most;
}

static void context_resume(const struct view *view, const struct pane *pane)
{
    const struct resuming *resuming = view_state(view);
    enum role role = resuming->sheet ? ROLE_SHEET_TITLE : ROLE_TEXT_STRONG;
    int column = pane_clip(pane, 0, 1, pane->columns - 2, role, _("not filled in to the end")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1,
               resuming->sheet ? ROLE_SHEET_DIM : ROLE_CONTEXT, at_cursor(resuming, "at"));
}

static void draw_form(const struct view *view, const struct pane *pane, int row, int at)
{
    const struct resuming *resuming = view_state(view);
    const struct table *forms = forms_of(resuming);
    bool english = view_context(view)->look.english;
    struct text what = {0}, said = {0};
    enum role role = choice_role(&resuming->choice, at, ROLE_TEXT);
    phrase_both(&what, table_word(forms, (size_t)at, "event_title"), english);
    text_addf(&what, "%s", what.length ? "  " : "");
    phrase_both(&what, table_word(forms, (size_t)at, "title"), english);
    const char *const arg[4] = {table_word(forms, (size_t)at, "count"),
                                table_word(forms, (size_t)at, "field_title")};
    phrase_said(&said, N_("%1 fields, last “%2”"), arg, english);
    int half = pane->columns * 3 / 5;
    pane_pad(pane, row, 1, half - 1, role, text_bytes(&what));
    pane_clip(pane, row, half + 1, pane->columns - half - 2, ROLE_TEXT_DIM, text_bytes(&said));
    text_free(&what);
    text_free(&said);
}

static void draw_resume(const struct view *view, const struct pane *pane)
{
    const struct resuming *resuming = view_state(view);
    int room = pane->rows > 1 ? pane->rows - 1 : pane->rows;
    int top = choice_top(&resuming->choice, room);
    for (int row = 0; row < room && top + row < resuming->choice.count; row++) {
        draw_form(view, pane, row, top + row);
    }
    if (!resuming->choice.count && resuming->came) {
        pane_clip(pane, 1, 4, pane->columns - 5, ROLE_TEXT_DIM,
                  _("nothing was left half filled in"));
    } else if (pane->rows > 1) {
        int last = resuming->choice.count < room ? resuming->choice.count : room;
        pane_clip(pane, last, 1, pane->columns - 2, ROLE_FORM_HINT,
                  _("all is there: each field is kept as it is left, and on a broken line what was "
                    "being typed"));
    }
}

static const char *label_resume(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN ? _("go on") : action == ACTION_BACK ? _("later") : NULL;
}

const struct screen sheet_resume = {
    .name = "resume",
    .title = N_("not filled in to the end"),
    .sheet = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct resuming),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DISCARD, ACTION_BACK, ACTION_NONE},
    .open = open_sheet,
    .close = close_resume,
    .reply = reply_resume,
    .act = act_resume,
    .rows = rows_resume,
    .context_row = context_resume,
    .draw = draw_resume,
    .label = label_resume,
};

const struct screen screen_drafts = {
    .name = "drafts",
    .title = N_("drafts"),
    .where = WHERE_SHEET,
    .size = sizeof(struct resuming),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DISCARD, ACTION_BACK, ACTION_NONE},
    .open = open_list,
    .close = close_resume,
    .reply = reply_resume,
    .act = act_resume,
    .refresh = ask,
    .context_row = context_resume,
    .draw = draw_resume,
    .label = label_resume,
};
