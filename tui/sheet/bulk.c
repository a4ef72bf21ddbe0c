/*
 * bulk.c: one act on all that are marked. Each is judged by itself; those that cannot are listed
 * with their reason before anything is done, and what came of each after.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/width.h"

enum {
    CASES_MOST = 200,
    EVENTS_MOST = 100,
    TICKET_FORM = 1,
    TICKET_OFFER = 1000, /* … one a case */
    TICKET_ACT = 2000,   /* … one a case */
    EVENT_COLUMNS = 30,
    WITH_CASES = 70 /* columns from which on cases stand beside the events */
};

struct fitting { /* of one event in one case */
    bool may;
    char *why;
};
enum outcome { OUTCOME_NONE, OUTCOME_SENT, OUTCOME_DONE, OUTCOME_REFUSED };
struct marked_case {
    char *number;
    struct fitting fits[EVENTS_MOST]; /* by event */
    enum outcome outcome;
    char *said; /* of what was refused */
};
struct bulk_event {
    char *name, *title;
    bool asked, alone; /* whether it asks for entries: then each has to be done alone */
};
struct bulk {
    struct marked_case *cases;
    int case_count;
    struct bulk_event events[EVENTS_MOST];
    int order[EVENTS_MOST]; /* indices of the events, those that most can do first */
    struct choice choice;   /* among those */
    bool doing;
    int event; /* that is done */
};

static int able(const struct bulk *bulk, int event)
{
    int count = 0;
    for (int i = 0; i < bulk->case_count; i++) {
        count += bulk->cases[i].fits[event].may;
    }
    return count;
}

static int chosen(const struct bulk *bulk)
{
    return bulk->order[bulk->choice.cursor];
}

static void put_in_order(struct bulk *bulk)
{
    for (int e = 0; e < bulk->choice.count; e++) {
        int at = e;
        while (at > 0 && able(bulk, bulk->order[at - 1]) < able(bulk, e)) {
            bulk->order[at] = bulk->order[at - 1];
            at--;
        }
        bulk->order[at] = e;
    }
}

/* ---- asking ---- */

static void ask_offers(struct view *view)
{
    const struct bulk *bulk = view_state(view);
    for (int i = 0; i < bulk->case_count; i++) {
        parcel_put(view_ask(view, TICKET_OFFER + i, "offer"), "case", bulk->cases[i].number);
    }
    view_hold(view);
}

/* Whether the event asks for something that has to be written for each. */
static void ask_form(struct view *view)
{
    struct bulk *bulk = view_state(view);
    int at = chosen(bulk);
    struct bulk_event *event = &bulk->events[at];
    for (int i = 0; bulk->choice.count && !event->asked && i < bulk->case_count; i++) {
        if (bulk->cases[i].fits[at].may) {
            struct parcel *request = view_ask(view, TICKET_FORM, "form");
            parcel_put(request, "case", bulk->cases[i].number);
            parcel_put(request, "event", event->name);
            view_hold(view);
            return;
        }
    }
}

/* WHAT: numbers of cases, one a line. */
static void open_bulk(struct view *view, const char *what)
{
    struct bulk *bulk = view_state(view);
    bulk->cases = calloc(CASES_MOST, sizeof *bulk->cases);
    while (bulk->cases && *what && bulk->case_count < CASES_MOST) {
        size_t length = strcspn(what, "\n");
        struct text number = {0};
        text_add_n(&number, what, length);
        bulk->cases[bulk->case_count++].number = copy_text(text_bytes(&number));
        text_free(&number);
        what += length + strspn(what + length, "\n");
    }
    ask_offers(view);
}

static void close_bulk(struct view *view)
{
    struct bulk *bulk = view_state(view);
    for (int i = 0; i < bulk->case_count; i++) {
        for (int e = 0; e < EVENTS_MOST; e++) {
            free(bulk->cases[i].fits[e].why);
        }
        free(bulk->cases[i].number);
        free(bulk->cases[i].said);
    }
    for (int e = 0; e < bulk->choice.count; e++) {
        free(bulk->events[e].name);
        free(bulk->events[e].title);
    }
    free(bulk->cases);
}

/* ---- replies ---- */

static int event_named(struct bulk *bulk, const char *name, const char *title, bool english)
{
    int e = 0;
    while (e < bulk->choice.count && strcmp(bulk->events[e].name, name) != 0) {
        e++;
    }
    if (e == EVENTS_MOST) {
        return -1;
    }
    if (e == bulk->choice.count) {
        struct text text = {0};
        phrase_both(&text, title, english);
        bulk->events[e] =
            (struct bulk_event){.name = copy_text(name), .title = copy_text(text_bytes(&text))};
        choice_count(&bulk->choice, e + 1);
        text_free(&text);
    }
    return e;
}

static void take_offers(struct view *view, struct marked_case *marked, const struct table *offers)
{
    struct bulk *bulk = view_state(view);
    bool english = view_context(view)->look.english;
    for (size_t row = 0; offers && row < table_rows(offers); row++) {
        bool may = strcmp(table_word(offers, row, "may"), "yes") == 0;
        bool elsewhere = strcmp(table_word(offers, row, "kind"), "state") == 0;
        int e = elsewhere ? -1
                          : event_named(bulk, table_word(offers, row, "event"),
                                        table_word(offers, row, "title"), english);
        if (e >= 0) {
            struct text why = {0};
            const char *const arg[4] = {table_cell(offers, row, "a"), table_cell(offers, row, "b"),
                                        table_cell(offers, row, "c"), table_cell(offers, row, "d")};
            phrase_reason(&why, table_word(offers, row, "sentence"), arg, english);
            free(marked->fits[e].why);
            marked->fits[e] = (struct fitting){may, copy_text(text_bytes(&why))};
            text_free(&why);
        }
    }
}

static bool has_to_be_written(const struct table *fields, size_t row)
{
    return strcmp(table_word(fields, row, "optional"), "no") == 0 &&
           strcmp(table_word(fields, row, "asked"), "no") != 0 &&
           !*table_word(fields, row, "value") && !*table_word(fields, row, "default");
}

static void take_form(struct bulk *bulk, const struct table *fields)
{
    struct bulk_event *event = &bulk->events[chosen(bulk)];
    event->asked = true;
    for (size_t row = 0; fields && row < table_rows(fields); row++) {
        event->alone |= has_to_be_written(fields, row);
    }
}

static void take_outcome(struct view *view, struct marked_case *marked, const struct parcel *reply,
                         const struct error *error)
{
    const struct bulk *bulk = view_state(view);
    marked->outcome = error ? OUTCOME_REFUSED : OUTCOME_DONE;
    if (error) {
        view_say_error(view, error, reply);
        const struct piece *piece = news_at(&view->shell->news, 0);
        marked->said = copy_text(piece ? text_bytes(&piece->text) : "");
    }
    int done = 0, refused = 0, waiting = 0;
    for (int i = 0; i < bulk->case_count; i++) {
        done += bulk->cases[i].outcome == OUTCOME_DONE;
        refused += bulk->cases[i].outcome == OUTCOME_REFUSED;
        waiting += bulk->cases[i].outcome == OUTCOME_SENT;
    }
    if (!waiting) {
        struct text a = {0}, b = {0};
        text_add_int(&a, done);
        text_add_int(&b, refused);
        view_say(view, refused ? ROLE_MESSAGE_WARN : ROLE_MESSAGE_OK, N_("%1: %2 done, %3 refused"),
                 bulk->events[bulk->event].title, text_bytes(&a), text_bytes(&b));
        text_free(&a);
        text_free(&b);
    }
}

static void reply_bulk(struct view *view, int ticket, const struct parcel *reply,
                       const struct error *error)
{
    struct bulk *bulk = view_state(view);
    if (ticket >= TICKET_ACT) {
        take_outcome(view, &bulk->cases[ticket - TICKET_ACT], reply, error);
    } else if (ticket >= TICKET_OFFER) {
        take_offers(view, &bulk->cases[ticket - TICKET_OFFER],
                    error ? NULL : parcel_find(reply, "offers"));
        if (ticket - TICKET_OFFER == bulk->case_count - 1) {
            put_in_order(bulk);
            ask_form(view);
        }
    } else if (ticket == TICKET_FORM) {
        take_form(bulk, error ? NULL : parcel_find(reply, "fields"));
    }
}

/* ---- doing ---- */

static void do_all(struct view *view)
{
    struct bulk *bulk = view_state(view);
    int at = chosen(bulk);
    const struct bulk_event *event = &bulk->events[at];
    if (event->alone) {
        view_say(view, ROLE_MESSAGE_WARN, N_("%1 asks for entries in each case: one at a time"),
                 event->title, NULL, NULL);
        return;
    }
    if (!able(bulk, at)) {
        view_say(view, ROLE_MESSAGE_WARN, N_("%1 can be done in none of them"), event->title, NULL,
                 NULL);
        return;
    }
    bulk->doing = true;
    bulk->event = at;
    for (int i = 0; i < bulk->case_count; i++) {
        struct marked_case *marked = &bulk->cases[i];
        if (marked->fits[at].may) {
            struct parcel *request = view_ask(view, TICKET_ACT + i, "act");
            parcel_put(request, "case", marked->number);
            parcel_put(request, "event", event->name);
            marked->outcome = OUTCOME_SENT;
        }
    }
}

static bool act_bulk(struct view *view, enum action action)
{
    struct bulk *bulk = view_state(view);
    if (bulk->doing) { /* to be looked at, then left */
        if (action == ACTION_OPEN) {
            view_close(view);
        }
        return action == ACTION_OPEN;
    }
    if (action == ACTION_OPEN || action == ACTION_SUBMIT) {
        if (bulk->choice.count) {
            do_all(view);
        }
        return true;
    }
    if (choice_act(&bulk->choice, action)) {
        ask_form(view);
        return true;
    }
    return false;
}

/* ---- drawing ---- */

static int rows_bulk(const struct view *view, int most)
{
    const struct bulk *bulk = view_state(view);
    int longest = bulk->case_count > bulk->choice.count ? bulk->case_count : bulk->choice.count;
    int rows = longest + 1 + !longest;
    return rows < most ? rows : most;
}

static void context_bulk(const struct view *view, const struct pane *pane)
{
    const struct bulk *bulk = view_state(view);
    struct text number = {0}, said = {0};
    text_add_int(&number, bulk->case_count);
    const char *const arg[4] = {text_bytes(&number)};
    phrase_said(&said, N_("act on %1 marked"), arg, view_context(view)->look.english);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, text_bytes(&said)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("each is judged by itself; only those that can are done"));
    text_free(&number);
    text_free(&said);
}

static void draw_event(const struct bulk *bulk, const struct pane *pane, int row, int index)
{
    struct text count = {0};
    int at = bulk->order[index], can = able(bulk, at);
    const struct bulk_event *event = &bulk->events[at];
    enum role role = can && !event->alone ? ROLE_TEXT : ROLE_ACT_OFF;
    text_addf(&count, "%d/%d", can, bulk->case_count);
    pane_pad(pane, row, 0, EVENT_COLUMNS - 8, choice_role(&bulk->choice, index, role),
             event->title);
    pane_right(pane, row, EVENT_COLUMNS - 8, 7, role, text_bytes(&count));
    text_free(&count);
}

static void draw_case(const struct bulk *bulk, const struct pane *pane, int row, int index)
{
    const struct marked_case *marked = &bulk->cases[index];
    const struct fitting *fits = &marked->fits[bulk->doing ? bulk->event : chosen(bulk)];
    bool good = marked->outcome == OUTCOME_DONE || (marked->outcome == OUTCOME_NONE && fits->may);
    int column = pane_put(pane, row, 1, ROLE_TEXT, marked->number) + 1;
    if (marked->outcome == OUTCOME_SENT) {
        pane_put(pane, row, column, ROLE_TEXT_DIM, glyph_text(pane->look, GLYPH_CLIPPED));
        return;
    }
    column = pane_glyph(pane, row, column, good ? ROLE_CARD_MET : ROLE_ACT_OFF,
                        good ? GLYPH_YES : GLYPH_NO) +
             1;
    const char *said = marked->outcome == OUTCOME_DONE      ? _("done")
                       : marked->outcome == OUTCOME_REFUSED ? marked->said
                       : fits->may                          ? _("can be done")
                       : fits->why                          ? fits->why
                                                            : _("not at this step");
    pane_clip(pane, row, column, pane->columns - column - 1, good ? ROLE_TEXT : ROLE_ACT_OFF, said);
}

static void draw_bulk(const struct view *view, const struct pane *pane)
{
    const struct bulk *bulk = view_state(view);
    bool both = pane->columns >= WITH_CASES;
    struct pane events = pane_part(pane, 0, 1, pane->rows, EVENT_COLUMNS);
    struct pane cases = pane_part(pane, 0, both ? EVENT_COLUMNS + 1 : 0, pane->rows,
                                  pane->columns - (both ? EVENT_COLUMNS + 1 : 0));
    int top = choice_top(&bulk->choice, pane->rows);
    if (!bulk->choice.count) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_DIM, _("Nothing can be done here."));
        return;
    }
    for (int i = top; (both || !bulk->doing) && i < bulk->choice.count && i - top < pane->rows;
         i++) {
        draw_event(bulk, &events, i - top, i);
    }
    for (int i = 0; (both || bulk->doing) && i < bulk->case_count && i < pane->rows; i++) {
        draw_case(bulk, &cases, i, i);
    }
}

static const char *label_bulk(const struct view *view, enum action action)
{
    const struct bulk *bulk = view_state(view);
    return action != ACTION_OPEN ? NULL : bulk->doing ? _("leave") : _("do it in all that can");
}

const struct screen sheet_bulk = {
    .name = "bulk",
    .title = N_("act"),
    .sheet = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct bulk),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DOWN, ACTION_BACK, ACTION_NONE},
    .open = open_bulk,
    .close = close_bulk,
    .reply = reply_bulk,
    .act = act_bulk,
    .rows = rows_bulk,
    .context_row = context_bulk,
    .draw = draw_bulk,
    .label = label_bulk,
};
