/* facets.c: which values a field has in the list below, and how many cases each: those chosen
 * become a term of its query. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"
#include "tui/widget/list.h"

enum { TICKET_FACETS = 1, TITLE_COLUMNS = 30, COUNT_COLUMNS = 8, SHOWN_MOST = 12 };

static const struct {
    const char *field, *title; /* TITLE: msgid */
} fields[] = {{"card", N_("card")},           {"handler", N_("handler")},
              {"with", N_("whose turn")},     {"state", N_("state")},
              {"clock", N_("clock")},         {"article", N_("article")},
              {"org", N_("organisation")},    {"county", N_("county")},
              {"procedure", N_("procedure")}, {"vendor", N_("vendor")}};
enum { FIELDS = sizeof fields / sizeof *fields };

struct facets {
    struct parcel shown; /* a reply with the table `facets` */
    struct choice choice;
    int field;
    bool *marked; /* by row of the table */
};

static const struct table *values_of(const struct facets *facets)
{
    return parcel_find(&facets->shown, "facets");
}

static struct list *list_below(const struct view *view)
{
    const struct view *base = shell_base(view->shell);
    return base->screen->list ? base->screen->list(base) : NULL;
}

/* ---- the query ---- */

/* The end of the word that begins at AT; blanks in quotes are a part of it. */
static size_t word_length(const char *at)
{
    bool quoted = false;
    size_t length = 0;
    for (; at[length] && (quoted || at[length] != ' '); length++) {
        quoted ^= at[length] == '"';
    }
    return length;
}

/* QUERY without its terms of FIELD. */
static void without(const char *query, const char *field, struct text *out)
{
    size_t name = strlen(field);
    for (const char *at = query + strspn(query, " "); *at;) {
        size_t length = word_length(at);
        if (length <= name || memcmp(at, field, name) != 0 || at[name] != ':') {
            text_add(out, out->length ? " " : "");
            text_add_n(out, at, length);
        }
        at += length;
        at += strspn(at, " ");
    }
}

static const char *typed_below(const struct view *view)
{
    const struct view *base = shell_base(view->shell);
    const char *typed = base->screen->filtered ? base->screen->filtered(base) : NULL;
    return typed ? typed : "";
}

/* Of what the field itself does not narrow: one chooses among all its values. */
static void ask(struct view *view)
{
    const struct facets *facets = view_state(view);
    struct list *list = list_below(view);
    const char *typed = typed_below(view), *whole = list ? list_queried(list) : "";
    struct parcel *request = view_ask(view, TICKET_FACETS, "list");
    struct text query = {0};
    without(typed, fields[facets->field].field, &query);
    text_addf(&query, " %s",
              strncmp(whole, typed, strlen(typed)) == 0 ? whole + strlen(typed) : "");
    parcel_put(request, "query", text_bytes(&query));
    parcel_put(request, "facets", fields[facets->field].field);
    parcel_put(request, "count", "no");
    parcel_put_int(request, "limit", 1);
    text_free(&query);
}

static void turn_to(struct view *view, int field)
{
    struct facets *facets = view_state(view);
    facets->field = (field + FIELDS) % FIELDS;
    facets->choice.cursor = 0;
    ask(view);
}

/* The values marked, else the one under the cursor. */
static void add_values(const struct facets *facets, struct text *out)
{
    const struct table *values = values_of(facets);
    int marks = 0;
    for (int i = 0; i < facets->choice.count; i++) {
        if (facets->marked[i]) {
            text_addf(out, "%s%s", marks++ ? "," : "", table_word(values, (size_t)i, "value"));
        }
    }
    if (!marks) {
        text_add(out, table_word(values, (size_t)facets->choice.cursor, "value"));
    }
}

static void narrow(struct view *view)
{
    const struct facets *facets = view_state(view);
    struct view *base = shell_base(view->shell);
    struct text query = {0};
    if (facets->choice.count) {
        without(typed_below(view), fields[facets->field].field, &query);
        text_addf(&query, "%s%s:", query.length ? " " : "", fields[facets->field].field);
        add_values(facets, &query);
        view_narrow(base, text_bytes(&query));
        view_close(view);
    }
    text_free(&query);
}

/* ---- screen ---- */

static void open_facets(struct view *view, const char *what)
{
    (void)what;
    ask(view);
    view_hold(view);
}

static void close_facets(struct view *view)
{
    struct facets *facets = view_state(view);
    parcel_free(&facets->shown);
    free(facets->marked);
}

static void reply_facets(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct facets *facets = view_state(view);
    (void)ticket;
    if (error) {
        view_say_error(view, error, reply);
        return;
    }
    parcel_free(&facets->shown);
    free(facets->marked);
    (void)parcel_copy(reply, &facets->shown);
    const struct table *values = values_of(facets);
    int count = values ? (int)table_rows(values) : 0;
    facets->marked = calloc((size_t)count + 1, sizeof *facets->marked);
    choice_count(&facets->choice, facets->marked ? count : 0);
}

static bool act_facets(struct view *view, enum action action)
{
    struct facets *facets = view_state(view);
    switch (action) {
    case ACTION_LEFT:
    case ACTION_PREVIOUS_PANE:
        turn_to(view, facets->field - 1);
        return true;
    case ACTION_RIGHT:
    case ACTION_NEXT_PANE:
        turn_to(view, facets->field + 1);
        return true;
    case ACTION_MARK:
        if (facets->choice.count) {
            facets->marked[facets->choice.cursor] ^= true;
        }
        return choice_act(&facets->choice, ACTION_DOWN);
    case ACTION_OPEN:
        narrow(view);
        return true;
    case ACTION_FACETS:
        view_close(view);
        return true;
    default:
        return choice_act(&facets->choice, action);
    }
}

/* ---- drawing ---- */

static int rows_facets(const struct view *view, int most)
{
    const struct facets *facets = view_state(view);
    int rows = facets->choice.count < SHOWN_MOST ? facets->choice.count : SHOWN_MOST;
    rows += 1 + !rows;
    return rows < most ? rows : most;
}

static void context_facets(const struct view *view, const struct pane *pane)
{
    const struct facets *facets = view_state(view);
    int column = 1;
    for (int i = 0; i < FIELDS; i++) {
        struct text title = {0};
        bool here = i == facets->field;
        text_addf(&title, here ? "[%s]" : " %s ", _(fields[i].title));
        column = pane_clip(pane, 0, column, pane->columns - column - 1,
                           here ? ROLE_SHEET_TITLE : ROLE_SHEET_DIM, text_bytes(&title));
        text_free(&title);
    }
}

static void draw_value(const struct facets *facets, const struct pane *pane, int row, int index,
                       int64_t most, bool english)
{
    const struct table *values = values_of(facets);
    const char *n = table_word(values, (size_t)index, "n");
    struct text title = {0};
    if (strcmp(fields[facets->field].field, "article") == 0) {
        const char *name = table_word(values, (size_t)index, "value");
        bool number = *name && strspn(name, "0123456789") == strlen(name);
        phrase_article(&title, number ? name : "", NULL, english);
        text_add(&title, number ? " " : "");
    }
    phrase_both(&title, table_word(values, (size_t)index, "title"), english);
    pane_put(pane, row, 1, ROLE_TABLE_MARK, facets->marked[index] ? "*" : "");
    pane_pad(pane, row, 3, TITLE_COLUMNS, choice_role(&facets->choice, index, ROLE_TEXT),
             text_bytes(&title));
    pane_right(pane, row, 3 + TITLE_COLUMNS, COUNT_COLUMNS, ROLE_TEXT, n);
    int column = 3 + TITLE_COLUMNS + COUNT_COLUMNS + 2, room = pane->columns - column - 2;
    if (room > 10) {
        room = room > 40 ? 40 : room;
        struct gauge gauge = {.whole = room, .used = strtoll(n, NULL, 10) * room / most};
        gauge_draw(pane, row, column, room, &gauge);
    }
    text_free(&title);
}

static void draw_facets(const struct view *view, const struct pane *pane)
{
    const struct facets *facets = view_state(view);
    const struct table *values = values_of(facets);
    int top = choice_top(&facets->choice, pane->rows);
    int64_t most = 1;
    for (int i = 0; i < facets->choice.count; i++) {
        int64_t n = strtoll(table_word(values, (size_t)i, "n"), NULL, 10);
        most = n > most ? n : most;
    }
    for (int i = top; i < facets->choice.count && i - top < pane->rows; i++) {
        draw_value(facets, pane, i - top, i, most, view_context(view)->look.english);
    }
    if (!facets->choice.count && facets->shown.table_count) {
        pane_clip(pane, 0, 3, pane->columns - 4, ROLE_TEXT_DIM,
                  _("None of them has a value there."));
    }
}

const struct screen sheet_facets = {
    .name = "facets",
    .title = N_("facets"),
    .sheet = true,
    .where = WHERE_LIST,
    .size = sizeof(struct facets),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_MARK, ACTION_LEFT, ACTION_RIGHT, ACTION_DOWN,
                                  ACTION_BACK, ACTION_NONE},
    .open = open_facets,
    .close = close_facets,
    .reply = reply_facets,
    .refresh = ask,
    .act = act_facets,
    .rows = rows_facets,
    .context_row = context_facets,
    .draw = draw_facets,
};
