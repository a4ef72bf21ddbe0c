/* audit.c: the chain of acts, whether it is whole, who came in and what was refused, what numbers
 * were given. */
#include "tui/screen/audit.h"
#include "tui/screen/screens.h"
#include "tui/text.h"

static const struct table_deed of_record[] = {{ACTION_CHECKPOINT, "checkpoint", NULL, NULL},
                                              {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_numbers[] = {{ACTION_ANNUL, "void", "number", "number"},
                                               {ACTION_NONE, NULL, NULL, NULL}};

static const struct table_face faces[] = {
    [FACE_CHAIN] = {.title = N_("Chain of acts"),
                    .table = "acts",
                    .hidden = "",
                    .deeds = of_record},
    [FACE_RECORD] = {.title = N_("Is the record whole?"),
                     .table = "wrong",
                     .hidden = "",
                     .deeds = of_record},
    {.title = N_("Entries and refusals"),
     .verb = "log",
     .table = "log",
     .hidden = "",
     .empty = N_("Nobody came in yet, or it is not yours to see."),
     .deeds = of_record},
    {.title = N_("Register numbers"),
     .verb = "numbers",
     .table = "numbers",
     .hidden = "series", /* the number begins with it */
     .empty = N_("No number was given yet."),
     .deeds = of_numbers},
};

static bool of_the_chain(const struct view *view)
{
    const struct audit *audit = view_state(view);
    return audit->table.face == FACE_CHAIN;
}

static bool of_the_record(const struct view *view)
{
    const struct audit *audit = view_state(view);
    return audit->table.face == FACE_RECORD;
}

/* ---- life ---- */

static void open(struct view *view, const char *what)
{
    struct audit *audit = view_state(view);
    table_open(view, "", faces, sizeof faces / sizeof *faces);
    audit->chain = chain_new();
    if (!audit->chain) {
        view_close(view);
        return;
    }
    chain_filter(view, what);
}

static void close(struct view *view)
{
    struct audit *audit = view_state(view);
    list_free(audit->chain);
    text_free(&audit->filter);
    text_free(&audit->looked);
    table_close(view);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    if (ticket == TICKET_CHAIN) {
        chain_took(view, reply, error);
    } else {
        table_reply(view, ticket, reply, error);
    }
}

/* What was looked for far back stays: it would not be found again at once. */
static void refresh(struct view *view)
{
    const struct audit *audit = view_state(view);
    if (!audit->looked.length) {
        list_stale(audit->chain);
        chain_ask(view);
    }
    table_refresh(view);
}

/* The face that shows it. */
static void turn_to_record(struct view *view)
{
    struct audit *audit = view_state(view);
    if (!of_the_record(view)) {
        audit->table.face = FACE_RECORD;
        audit->table.cursor = audit->table.top = audit->table.across = 0;
        parcel_free(&audit->table.shown);
    }
}

static void heard(struct view *view)
{
    struct audit *audit = view_state(view);
    audit->wrong = (struct choice){0};
}

static void chosen(struct view *view, const char *sheet, const struct parcel *choice)
{
    const char *to = choice ? parcel_get(choice, "to") : NULL;
    (void)sheet;
    if (to) {
        turn_to_record(view);
        parcel_put(view_send(view, "backup"), "to", to);
    }
}

/* ---- keys ---- */

static bool under_way(const struct view *view)
{
    return view_context(view)->afar->state == AFAR_UNDER_WAY;
}

static bool act_on_record(struct view *view, enum action action)
{
    struct audit *audit = view_state(view);
    const struct table *wrong = record_wrong(view_context(view));
    if (action == ACTION_BACK && under_way(view)) {
        view_recall(view);
        return true;
    }
    if (!wrong) {
        return false;
    }
    if (action == ACTION_OPEN) {
        record_open(view, wrong, audit->wrong.cursor);
        return true;
    }
    return choice_act(&audit->wrong, action);
}

static bool act(struct view *view, enum action action)
{
    if (action == ACTION_VERIFY) {
        turn_to_record(view);
        view_send(view, "verify");
        return true;
    }
    if (action == ACTION_BACKUP) {
        view_open(view, "backup", "");
        return true;
    }
    return (of_the_record(view) && act_on_record(view, action)) ||
           (of_the_chain(view) && chain_act(view, action)) || table_act(view, action);
}

static const char *why_not(const struct view *view, enum action action)
{
    bool sends = action == ACTION_VERIFY || action == ACTION_BACKUP;
    return sends && under_way(view) ? _("something that takes long is under way already")
                                    : table_why_not(view, action);
}

static const char *label(const struct view *view, enum action action)
{
    bool stops = action == ACTION_BACK && of_the_record(view) && under_way(view);
    return stops ? _("stop it") : table_label(view, action);
}

/* What is wrong is written down by `yuntai verify`. */
static const char *listing(const struct view *view, struct parcel *request)
{
    const struct audit *audit = view_state(view);
    return of_the_record(view)  ? NULL
           : of_the_chain(view) ? list_listing(audit->chain, request)
                                : table_listing(view, request);
}

static void filter(struct view *view, const char *query)
{
    (of_the_chain(view) ? chain_filter : table_filter)(view, query);
}

static const char *filtered(const struct view *view)
{
    const struct audit *audit = view_state(view);
    return of_the_chain(view) ? text_bytes(&audit->filter) : table_filtered(view);
}

static const char *subject(const struct view *view, const char **clock)
{
    const struct audit *audit = view_state(view);
    const char *number = list_cell(audit->chain, list_cursor(audit->chain), "number");
    *clock = "";
    return of_the_chain(view) && number ? number : "";
}

/* ---- cells ---- */

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct audit *audit = view_state(view);
    const struct table *wrong = of_the_record(view) ? record_wrong(view_context(view)) : NULL;
    if (of_the_chain(view)) {
        chain_context(view, pane, table_faces_draw(view, pane));
        return;
    }
    table_context(view, pane);
    if (wrong) {
        struct text position = {0};
        text_addf(&position, "%d/%d", audit->wrong.cursor + 1, (int)table_rows(wrong));
        pane_right(pane, 0, pane->columns - 12, 11, ROLE_CONTEXT, text_bytes(&position));
        text_free(&position);
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    if (of_the_chain(view)) {
        chain_draw(view, pane);
    } else if (of_the_record(view)) {
        record_draw(view_state(view), view_context(view), pane);
    } else {
        table_draw(view, pane);
    }
}

const struct screen screen_audit = {
    .name = "audit",
    .title = N_("Audit"),
    .tab = N_("Audit"),
    .digit = '9',
    .where = WHERE_LIST,
    .size = sizeof(struct audit),
    .acts = (const enum action[]){ACTION_OPEN,       ACTION_STYLE,     ACTION_VERIFY,
                                  ACTION_CHECKPOINT, ACTION_BACKUP,    ACTION_FILTER,
                                  ACTION_PREVIEW,    ACTION_EXPORT,    ACTION_PRINT,
                                  ACTION_ANNUL,      ACTION_BACK,      ACTION_DOWN,
                                  ACTION_UP,         ACTION_PAGE_DOWN, ACTION_PAGE_UP,
                                  ACTION_HALF_DOWN,  ACTION_HALF_UP,   ACTION_FIRST,
                                  ACTION_LAST,       ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE,
                                  ACTION_REFRESH,    ACTION_LEFT,      ACTION_RIGHT,
                                  ACTION_NONE},
    .open = open,
    .close = close,
    .reply = reply,
    .act = act,
    .refresh = refresh,
    .chosen = chosen,
    .heard = heard,
    .context_row = context_row,
    .draw = draw,
    .filter = filter,
    .filtered = filtered,
    .label = label,
    .why_not = why_not,
    .listing = listing,
    .subject = subject,
};
