/* more.c: the door to what has no tab. */
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/width.h"

static const struct door {
    const char *screen;      /* that it opens */
    const char *title, *who; /* msgids: its name, what is behind it */
} doors[] = {
    {"windows", N_("Change windows"), N_("major changes of vendors")},
    {"scores", N_("Appraisal"), N_("vendors and organisations, period by period")},
    {"bills", N_("Settlement"), N_("monthly bills")},
    {"consult", N_("Use too low or too high"), N_("what the months' figures proposed")},
    {"sync", N_("Sync"), N_("vendors' inventories, brought in")},
    {"drift", N_("Drift"), N_("vendors' clouds against what was given")},
    {"mapping", N_("Mapping"), N_("projects of clouds, to whom they belong")},
    {"catalogue", N_("Catalogue"), N_("the one catalogue, its prices")},
    {"organisations", N_("Organisations"), N_("organisations, systems")},
    {"people", N_("People"), N_("accounts and roles, absences")},
    {"drafts", N_("Drafts"), N_("what was not filled in to the end")},
    {"numbers", N_("Register numbers"), N_("given, and not to be used")},
};
enum { DOORS = sizeof doors / sizeof *doors, TITLE_LEAST = 12, GAP = 2, COUNT = 8 };
enum { TICKET_HELLO = 1, TICKET_COUNTS }; /* one for each door */

struct more {
    int cursor;
    int64_t counts[DOORS]; /* open cases behind it, and one; 0: not known, or no cases are */
    struct text foot;      /* version, rules, workspace, head of the chain */
};

static void ask(struct view *view)
{
    view_ask(view, TICKET_HELLO, "hello");
    for (int i = 0; i < DOORS; i++) {
        const char *query = group_query(view_context(view), doors[i].screen);
        if (*query) {
            struct parcel *request = view_ask(view, TICKET_COUNTS + i, "list");
            parcel_put(request, "query", query);
            parcel_put(request, "cards", "yes");
            parcel_put_int(request, "limit", 0);
        }
    }
}

static void open(struct view *view, const char *what)
{
    (void)what;
    ask(view);
}

static void close(struct view *view)
{
    struct more *more = view_state(view);
    text_free(&more->foot);
}

static void add_fact(struct text *out, const char *word, const char *value)
{
    if (value && *value) {
        text_addf(out, "%s%s %s", out->length ? "  " : "", word, value);
    }
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct more *more = view_state(view);
    if (ticket >= TICKET_COUNTS) {
        more->counts[ticket - TICKET_COUNTS] = error ? 0 : parcel_int(reply, "total", -1) + 1;
        return;
    }
    if (error) {
        view_say_error(view, error, reply);
        return;
    }
    text_clear(&more->foot);
    add_fact(&more->foot, _("yuntai"), parcel_get(reply, "version"));
    add_fact(&more->foot, _("rules"), parcel_get(reply, "policy"));
    add_fact(&more->foot, _("workspace"), parcel_get(reply, "workspace"));
    add_fact(&more->foot, _("chain"), parcel_get(reply, "seq"));
}

static bool move(struct more *more, int to)
{
    more->cursor = to < 0 ? 0 : to >= DOORS ? DOORS - 1 : to;
    return true;
}

static bool act(struct view *view, enum action action)
{
    struct more *more = view_state(view);
    switch (action) {
    case ACTION_DOWN:
        return move(more, more->cursor + 1);
    case ACTION_UP:
        return move(more, more->cursor - 1);
    case ACTION_FIRST:
    case ACTION_PAGE_UP:
        return move(more, 0);
    case ACTION_LAST:
    case ACTION_PAGE_DOWN:
        return move(more, DOORS - 1);
    case ACTION_IMPORT:
        view_open(view, "deed", "import");
        return true;
    case ACTION_OPEN:
        view_open(view, doors[more->cursor].screen, "");
        return true;
    default:
        return false;
    }
}

/* How many open cases are behind a door. */
static void draw_count(const struct pane *pane, int row, int column, int64_t count)
{
    struct text words = {0}, number = {0};
    text_add_int(&number, count);
    text_addf(&words, count == 1 ? _("%s case") : _("%s cases"), text_bytes(&number));
    pane_right(pane, row, column, COUNT, count ? ROLE_TEXT_STRONG : ROLE_TEXT_DIM,
               text_bytes(&words));
    text_free(&words);
    text_free(&number);
}

static void draw_door(const struct more *more, int i, const struct pane *pane, int row, int title)
{
    bool here = i == more->cursor, there = screen_named(doors[i].screen) != NULL;
    enum role role = here ? ROLE_TABLE_CURSOR : there ? ROLE_TEXT : ROLE_ACT_OFF;
    if (here) {
        pane_fill(pane, row, 0, 2, ROLE_TABLE_CURSOR);
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    int column = pane_pad(pane, row, 2, title, role, _(doors[i].title)) + 1;
    if (more->counts[i]) {
        draw_count(pane, row, column, more->counts[i] - 1);
    }
    column += COUNT + GAP;
    pane_clip(pane, row, column, pane->columns - column, ROLE_TEXT_DIM,
              there ? _(doors[i].who) : _("not yet"));
}

static void draw(const struct view *view, const struct pane *pane)
{
    const struct more *more = view_state(view);
    int title = TITLE_LEAST, top = pane->rows > DOORS;
    for (int i = 0; i < DOORS; i++) {
        int width = width_of(_(doors[i].title));
        title = width > title ? width : title;
    }
    title = title > pane->columns - 2 ? pane->columns - 2 : title;
    int first = more->cursor >= pane->rows ? more->cursor - pane->rows + 1 : 0;
    for (int i = first; i < DOORS && top + i - first < pane->rows; i++) {
        draw_door(more, i, pane, top + i - first, title);
    }
    if (pane->rows >= DOORS + 4) {
        pane_clip(pane, DOORS + 2, 1, pane->columns - 2, ROLE_TEXT_DIM, text_bytes(&more->foot));
    }
}

const struct screen screen_more = {
    .name = "more",
    .title = N_("More"),
    .tab = N_("More"),
    .digit = '0',
    .where = WHERE_LIST,
    .size = sizeof(struct more),
    .acts =
        (const enum action[]){ACTION_OPEN, ACTION_PALETTE, ACTION_IMPORT, ACTION_QUIT, ACTION_NONE},
    .open = open,
    .close = close,
    .reply = reply,
    .act = act,
    .refresh = ask,
    .draw = draw,
};
