/*
 * views.c: saved views: a digit brings one up, S saves what is shown, x deletes what is one's own.
 *
 * One's own are kept at the desk (verb draft under "@views"), so that they are there wherever one
 * sits.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"

enum {
    TICKET_OWN = 1,
    TICKET_SHARED,
    TICKET_SAVE,
    TICKET_COUNT, /* … one a view */
    VIEWS_MOST = 40,
    NAME_COLUMNS = 22,
    COUNT_COLUMNS = 8
};
static const char keeps[] = "@views";

static const struct {
    const char *name, *query; /* NAME: msgid */
} usual[] = {
    {N_("all that are open"), ""},
    {N_("my desk"), "mine"},
    {N_("late"), "late"},
    {N_("due within three working days"), "due<=3wd"},
    {N_("cards"), "card:blue,yellow,red,double"},
    {N_("clocks held"), "paused"},
    {N_("closed cases"), "closed"},
};
enum { USUAL = sizeof usual / sizeof *usual };

struct saved {
    char *name, *query;
    bool own, shared;
    int64_t count; /* -1: not known */
    bool more;     /* than that */
};
struct views {
    struct saved saved[VIEWS_MOST];
    struct parcel own, shared; /* replies of `drafts` */
    struct choice choice;
    struct edit name; /* being typed */
    bool names;
};

/* ---- what there is ---- */

static void forget(struct views *views, int from)
{
    for (int i = from; i < views->choice.count; i++) {
        free(views->saved[i].name);
        free(views->saved[i].query);
    }
    choice_count(&views->choice, from < views->choice.count ? from : views->choice.count);
}

static void add(struct views *views, const char *name, const char *query, bool own, bool shared)
{
    if (views->choice.count < VIEWS_MOST) {
        views->saved[views->choice.count] =
            (struct saved){copy_text(name), copy_text(query), own, shared, -1, false};
        choice_count(&views->choice, views->choice.count + 1);
    }
}

static void count_from(struct view *view, int from)
{
    const struct views *views = view_state(view);
    for (int i = from; i < views->choice.count; i++) {
        struct parcel *request = view_ask(view, TICKET_COUNT + i, "list");
        parcel_put(request, "query", views->saved[i].query);
        parcel_put_int(request, "limit", 1);
    }
}

static void ask_own(struct view *view)
{
    parcel_put(view_ask(view, TICKET_OWN, "drafts"), "procedure", keeps);
    struct parcel *shared = view_ask(view, TICKET_SHARED, "drafts");
    parcel_put(shared, "procedure", keeps);
    parcel_put(shared, "shared", "yes");
}

static void open_views(struct view *view, const char *what)
{
    struct views *views = view_state(view);
    (void)what;
    for (int i = 0; i < USUAL; i++) {
        add(views, _(usual[i].name), usual[i].query, false, false);
    }
    if (!view_context(view)->reads_only) {
        ask_own(view);
        view_hold(view);
    }
    count_from(view, 0);
}

static void close_views(struct view *view)
{
    struct views *views = view_state(view);
    forget(views, 0);
    parcel_free(&views->own);
    parcel_free(&views->shared);
    edit_free(&views->name);
}

static void add_kept(struct views *views, const struct parcel *kept, bool shared)
{
    const struct table *table = parcel_find(kept, "drafts");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        add(views, table_word(table, row, "field"), table_word(table, row, "value"), !shared,
            shared);
    }
}

static void reply_views(struct view *view, int ticket, const struct parcel *reply,
                        const struct error *error)
{
    struct views *views = view_state(view);
    if (ticket == TICKET_OWN || ticket == TICKET_SHARED) {
        struct parcel *kept = ticket == TICKET_OWN ? &views->own : &views->shared;
        parcel_free(kept);
        (void)(!error && parcel_copy(reply, kept));
        forget(views, USUAL);
        add_kept(views, &views->own, false);
        add_kept(views, &views->shared, true);
        count_from(view, USUAL);
    } else if (ticket == TICKET_SAVE && error) {
        view_say_error(view, error, reply);
    } else if (ticket >= TICKET_COUNT && ticket - TICKET_COUNT < views->choice.count && !error) {
        struct saved *saved = &views->saved[ticket - TICKET_COUNT];
        saved->count = parcel_int(reply, "total", -1);
        saved->more = parcel_yes(reply, "total_more");
    }
}

/* ---- doing ---- */

/* That which is below, where it has a query; else the queue. */
static void show(struct view *view, int index)
{
    const struct views *views = view_state(view);
    const char *query = views->saved[index].query;
    struct view *base = shell_base(view->shell);
    if (base->screen->filter) {
        view_narrow(base, query);
    } else {
        view_open(view, "requests", query);
    }
    view_close(view);
}

static void keep(struct view *view, const char *name, const char *query, bool shared)
{
    struct parcel *request = view_ask(view, TICKET_SAVE, "draft");
    parcel_put(request, "shared", shared ? "yes" : NULL);
    parcel_put(request, "procedure", keeps);
    parcel_put(request, "field", name);
    parcel_put(request, "value", query); /* NULL: it goes */
    ask_own(view);
}

static const char *query_shown(const struct view *view)
{
    const struct view *base = shell_base(view->shell);
    return base->screen->filtered ? base->screen->filtered(base) : NULL;
}

static void begin_name(struct view *view)
{
    struct views *views = view_state(view);
    views->names = query_shown(view) != NULL && !view_context(view)->reads_only;
    edit_set(&views->name, "");
    if (!views->names) {
        view_say(view, ROLE_MESSAGE_WARN, N_("there is no view here to be saved"), NULL, NULL,
                 NULL);
    }
}

static void end_name(struct view *view)
{
    struct views *views = view_state(view);
    const char *query = query_shown(view), *name = edit_text(&views->name);
    views->names = false;
    if (*name && query) {
        keep(view, name, query, false);
        view_say(view, ROLE_MESSAGE_OK, N_("saved as “%1”: %2"), name, query, NULL);
    }
}

static void delete_own(struct view *view)
{
    struct views *views = view_state(view);
    const struct saved *saved = &views->saved[views->choice.cursor];
    if (!views->choice.count || !(saved->own || saved->shared)) {
        view_say(view, ROLE_MESSAGE_WARN, N_("a view that is always there cannot be deleted"), NULL,
                 NULL, NULL);
        return;
    }
    keep(view, saved->name, NULL, saved->shared);
}

/* The bureau has it too; the desk says who may. */
static void share(struct view *view)
{
    struct views *views = view_state(view);
    const struct saved *saved = &views->saved[views->choice.cursor];
    if (!views->choice.count || !saved->own) {
        view_say(view, ROLE_MESSAGE_WARN, N_("one shares a view of one's own; S saves it first"),
                 NULL, NULL, NULL);
        return;
    }
    keep(view, saved->name, saved->query, true);
}

static bool key_views(struct view *view, const struct key_event *event)
{
    struct views *views = view_state(view);
    uint32_t code = key_half(event->key).code;
    if (views->names) {
        return edit_key(&views->name, event);
    }
    if (!key_is_character(event->key)) {
        return false;
    }
    int index = (int)code - '1';
    if (code >= '1' && code <= '9' && index < views->choice.count) {
        show(view, index);
    } else if (code == 'S') {
        begin_name(view);
    } else if (code == 'x') {
        delete_own(view);
    } else if (code == '@') {
        share(view);
    } else if (code == 'j' || code == 'k') {
        choice_act(&views->choice, code == 'j' ? ACTION_DOWN : ACTION_UP);
    } else if (code == 'q') {
        view_close(view);
    }
    return true;
}

static bool act_views(struct view *view, enum action action)
{
    struct views *views = view_state(view);
    if (views->names && (action == ACTION_OPEN || action == ACTION_SUBMIT)) {
        end_name(view);
        return true;
    }
    if (views->names && action == ACTION_BACK) {
        views->names = false;
        return true;
    }
    if (action == ACTION_OPEN && views->choice.count) {
        show(view, views->choice.cursor);
        return true;
    }
    return choice_act(&views->choice, action);
}

/* ---- drawing ---- */

static int rows_views(const struct view *view, int most)
{
    const struct views *views = view_state(view);
    int rows = views->choice.count + 1;
    return rows < most ? rows : most;
}

static void context_views(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, "'") + 1;
    column = pane_put(pane, 0, column, ROLE_SHEET_TITLE, _("views")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("1-9 brings it up, S saves what is shown, @ shares, x deletes"));
}

static void draw_saved(const struct views *views, const struct pane *pane, int row, int index)
{
    const struct saved *saved = &views->saved[index];
    enum role band = choice_role(&views->choice, index, ROLE_TEXT);
    struct text text = {0};
    if (index < 9) {
        text_add_int(&text, index + 1);
    }
    pane_pad(pane, row, 1, 3, index == views->choice.cursor ? band : ROLE_ACT_KEY,
             text_bytes(&text));
    pane_pad(pane, row, 4, NAME_COLUMNS, band, saved->name);
    text_clear(&text);
    if (saved->count >= 0) {
        text_add_int(&text, saved->count);
        text_add(&text, saved->more ? "+" : "");
    }
    pane_right(pane, row, 4 + NAME_COLUMNS, COUNT_COLUMNS, ROLE_TEXT, text_bytes(&text));
    int column = 4 + NAME_COLUMNS + COUNT_COLUMNS + 3;
    pane_clip(pane, row, column, pane->columns - column - 8, ROLE_TEXT_DIM, saved->query);
    pane_right(pane, row, pane->columns - 8, 7, ROLE_TEXT_DIM,
               saved->shared ? _("shared")
               : saved->own  ? _("mine")
                             : "");
    text_free(&text);
}

static void draw_views(const struct view *view, const struct pane *pane)
{
    const struct views *views = view_state(view);
    int top = choice_top(&views->choice, pane->rows);
    for (int i = top; i < views->choice.count && i - top < pane->rows; i++) {
        draw_saved(views, pane, i - top, i);
    }
}

static void prompt_views(const struct view *view, const struct pane *pane)
{
    const struct views *views = view_state(view);
    if (views->names) {
        int column = pane_put(pane, 0, 0, ROLE_ACT_KEY, _("save as: "));
        edit_draw(&views->name, pane, 0, column, pane->columns - column - 1, ROLE_TEXT, true);
    }
}

const struct screen sheet_views = {
    .name = "views",
    .title = N_("views"),
    .sheet = true,
    .types = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct views),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DOWN, ACTION_BACK, ACTION_NONE},
    .open = open_views,
    .close = close_views,
    .reply = reply_views,
    .key = key_views,
    .act = act_views,
    .rows = rows_views,
    .context_row = context_views,
    .draw = draw_views,
    .prompt = prompt_views,
};
