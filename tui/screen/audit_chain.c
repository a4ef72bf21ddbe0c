/* audit_chain.c: the chain of acts: which, when, who, for whom, what, in which case or entry of a
 * register, its digest; each opens what it was done in. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/audit.h"
#include "tui/screen/case_cells.h"
#include "tui/text.h"
#include "tui/thing.h"
#include "tui/width.h"

enum {
    DIGEST_SHOWN = 8,
    ABOUT_FROM = 120,
    SHEET_LEAST = 18,
    SHEET = 7,
    SIDE_FROM = 160,
    SIDE = 76,
    LABEL = 8
};

static const char *cell(const struct list *list, size_t row, const char *column)
{
    const char *text = list_cell(list, row, column);
    return text ? text : "";
}

/* ---- cells ---- */

static void value_seq(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    (void)context;
    phrase_number(&value->text, strtoll(cell(list, row, "seq"), NULL, 10));
}

/* "11-23 09:14"; of another year the day, with the year. */
static void value_when(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    const char *at = cell(list, row, "recorded");
    char today[DAY_TEXT];
    day_format(moment_day(context->now), today);
    bool now = strncmp(at, today, 4) == 0;
    text_add_n(&value->text, now ? at + 5 : at, now ? strnlen(at + 5, 11) : strcspn(at, " "));
    value->role = ROLE_TEXT_DIM;
}

static void add_who(const struct list *list, size_t row, struct text *out)
{
    const char *who = cell(list, row, "who");
    text_add(out, *who ? who : _("the desk"));
}

static void value_who(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    (void)context;
    add_who(list, row, &value->text);
    value->role = *cell(list, row, "who") ? ROLE_TEXT : ROLE_TEXT_DIM;
}

static void value_for(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    const char *away = cell(list, row, "deputy_of");
    (void)context;
    text_add(&value->text, *away ? away : cell(list, row, "party"));
}

static void value_number(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    if (*cell(list, row, "number")) {
        case_value_number(list, row, context, value);
    } else {
        text_add(&value->text, cell(list, row, "code"));
    }
}

static void value_done(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "done", context));
}

static void add_line(struct text *out, const char *words)
{
    for (const char *at = words; *at; at++) {
        text_add_n(out, *at == '\n' ? " " : at, 1);
    }
}

/* What was said with it, else what it is about, where no column says so. */
static void value_words(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    const char *words = list_text(list, row, "text", context);
    bool said = *words != '\0', told = context->columns >= ABOUT_FROM;
    if (said || !told) {
        add_line(&value->text, said ? thing_done(words) : list_text(list, row, "title", context));
    }
    value->role = said ? ROLE_TEXT : ROLE_TEXT_DIM;
}

static void value_about(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "title", context));
}

static void value_digest(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    (void)context;
    const char *digest = cell(list, row, "digest");
    text_add_n(&value->text, digest, strlen(digest) < DIGEST_SHOWN ? strlen(digest) : DIGEST_SHOWN);
    value->role = ROLE_TEXT_DIM;
}

static const struct list_column columns[] = {
    {.name = "seq",
     .head = N_("place"),
     .least = 9,
     .most = 9,
     .right = true,
     .name_band = true,
     .value = value_seq},
    {.name = "when", .head = N_("when"), .least = 11, .most = 11, .rank = 3, .value = value_when},
    {.name = "who", .head = N_("who"), .least = 8, .most = 10, .rank = 1, .value = value_who},
    {.name = "for",
     .head = N_("for"),
     .least = 8,
     .most = 16,
     .rank = 8,
     .from = 100,
     .value = value_for},
    {.name = "number",
     .head = N_("case"),
     .least = 9,
     .most = 12,
     .rank = 2,
     .from = 40,
     .value = value_number},
    {.name = "done",
     .head = N_("what was done"),
     .least = 12,
     .most = 22,
     .rank = 1,
     .from = 40,
     .value = value_done},
    {.name = "about",
     .head = N_("about"),
     .least = 16,
     .most = 30,
     .rank = 7,
     .from = ABOUT_FROM,
     .value = value_about},
    {.name = "words",
     .head = N_("words"),
     .least = 12,
     .most = 60,
     .rank = 5,
     .from = 60,
     .value = value_words},
    {.name = "digest",
     .head = N_("digest"),
     .least = DIGEST_SHOWN,
     .most = DIGEST_SHOWN,
     .rank = 6,
     .from = 80,
     .value = value_digest},
};
static const struct list_spec spec = {
    .verb = "acts",
    .table = "acts",
    .key = "seq",
    .empty = N_("Nothing was done yet."),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
};

struct list *chain_new(void)
{
    return list_new(&spec);
}

/* ---- asking ---- */

void chain_ask(struct view *view)
{
    const struct audit *audit = view_state(view);
    list_want(audit->chain, view, TICKET_CHAIN);
}

static void tell_found(struct view *view)
{
    const struct audit *audit = view_state(view);
    struct text hits = {0};
    bool more = false;
    int64_t total = list_total(audit->chain, &more);
    text_add_int(&hits, total < 0 ? (int64_t)list_count(audit->chain) : total);
    text_add(&hits, total < 0 ? "+" : "");
    view_found(view, text_bytes(&hits), NULL, 0);
    text_free(&hits);
}

/* So many were looked through that the page came short: it goes on with the next key. */
void chain_took(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct audit *audit = view_state(view);
    if (!list_took(audit->chain, reply, error)) {
        view_say_error(view, error, reply);
        view_found_wrong(view, error, reply);
        return;
    }
    const char *looked = parcel_get(reply, "looked");
    text_clear(&audit->looked);
    text_add(&audit->looked, looked ? looked : "");
    tell_found(view);
    if (!looked) {
        chain_ask(view);
    }
}

void chain_filter(struct view *view, const char *query)
{
    struct audit *audit = view_state(view);
    text_clear(&audit->filter);
    text_add(&audit->filter, query);
    text_clear(&audit->looked);
    list_query(audit->chain, query);
    list_narrowed(audit->chain, *query != '\0');
    chain_ask(view);
}

/* ---- keys ---- */

static void open_here(struct view *view)
{
    const struct audit *audit = view_state(view);
    const struct list *list = audit->chain;
    size_t row = list_cursor(list);
    const char *number = cell(list, row, "number"), *kind = cell(list, row, "kind");
    if (*number) {
        parcel_put(view_open_with(view, "case", number), "n", cell(list, row, "n"));
    } else if (*kind) {
        struct text what = {0};
        text_addf(&what, "%s %s", kind, cell(list, row, "code"));
        view_open(view, "thing", text_bytes(&what));
        text_free(&what);
    } else if (!list_empty(list)) {
        view_say(view, ROLE_MESSAGE_WARN, N_("it was done in no case and in no register"), NULL,
                 NULL, NULL);
    }
}

bool chain_act(struct view *view, enum action action)
{
    struct audit *audit = view_state(view);
    bool taken = true;
    if (action == ACTION_OPEN) {
        open_here(view);
    } else if (action == ACTION_PREVIEW) {
        audit->hidden = !audit->hidden;
    } else if (action == ACTION_BACK && audit->filter.length) {
        chain_filter(view, "");
    } else {
        taken = list_act(audit->chain, action);
    }
    if (taken) {
        chain_ask(view);
    }
    return taken;
}

/* ---- the act under the cursor ---- */

static int put_fact(const struct pane *pane, int at, const char *label, enum role role,
                    const char *fact, int rows)
{
    if (!*fact || at >= pane->rows) {
        return at;
    }
    pane_clip(pane, at, 1, LABEL - 1, ROLE_HEADING, label);
    int used = pane_wrap(pane, at, 1 + LABEL, pane->columns - LABEL - 2, rows, role, fact);
    return at + (used > 1 ? used : 1);
}

static void draw_bar(const struct list *list, size_t row, const struct pane *pane,
                     const struct context *context)
{
    struct text words = {0};
    phrase_number(&words, strtoll(cell(list, row, "seq"), NULL, 10));
    text_add(&words, "  ");
    add_who(list, row, &words);
    text_addf(&words, "  %s", list_text(list, row, "done", context));
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&words));
    pane_right(pane, 0, column + 2, pane->columns - column - 3, ROLE_SHEET_DIM,
               cell(list, row, "number"));
    text_free(&words);
}

static void add_when(const struct list *list, size_t row, struct text *out)
{
    const char *recorded = cell(list, row, "recorded"), *effective = cell(list, row, "effective");
    text_add(out, recorded);
    if (strcmp(recorded, effective) != 0) {
        text_addf(out, _("   took effect %s"), effective);
    }
    if (*cell(list, row, "corrects")) {
        text_addf(out, _("   corrects act %s"), cell(list, row, "corrects"));
    }
}

static void add_role(const struct list *list, size_t row, const struct context *context,
                     struct text *out)
{
    const char *away = cell(list, row, "deputy_of"), *party = cell(list, row, "party");
    add_who(list, row, out);
    text_addf(out, " %s", cell(list, row, "login"));
    text_addf(out, "  %s", list_text(list, row, "role_title", context));
    if (*away || *party) {
        text_addf(out, _("   for %s"), *away ? away : party);
    }
}

static void draw_act(const struct list *list, const struct pane *pane,
                     const struct context *context)
{
    size_t row = list_cursor(list);
    struct text when = {0}, who = {0}, words = {0};
    draw_bar(list, row, pane, context);
    add_when(list, row, &when);
    add_role(list, row, context, &who);
    add_line(&words, thing_done(list_text(list, row, "text", context)));
    int at = put_fact(pane, 1, _("Done by"), ROLE_TEXT, text_bytes(&who), 1);
    at = put_fact(pane, at, _("When"), ROLE_TEXT, text_bytes(&when), 1);
    at = put_fact(pane, at, _("About"), ROLE_TEXT, list_text(list, row, "title", context), 1);
    int left = pane->rows - at - 2;
    at = put_fact(pane, at, _("Words"), ROLE_TEXT, text_bytes(&words), left > 1 ? left : 1);
    at = put_fact(pane, at, _("Digest"), ROLE_TEXT_DIM, cell(list, row, "digest"), 2);
    put_fact(pane, at, _("Follows"), ROLE_TEXT_DIM, cell(list, row, "before"), 2);
    text_free(&when);
    text_free(&who);
    text_free(&words);
}

/* ---- cells of the screen ---- */

void chain_context(const struct view *view, const struct pane *pane, int column)
{
    const struct audit *audit = view_state(view);
    struct text position = {0}, said = {0};
    list_position(audit->chain, view_context(view), &position);
    int right = pane->columns - 1 - width_of(text_bytes(&position));
    pane_right(pane, 0, right, pane->columns - 1 - right, ROLE_CONTEXT, text_bytes(&position));
    text_add(&said, text_bytes(&audit->filter));
    if (audit->looked.length) {
        text_addf(&said, _("   looked back to %s; the next key goes on"),
                  text_bytes(&audit->looked));
    }
    if (said.length && right - column > 4) {
        pane_clip(pane, 0, column + 1, right - column - 2, ROLE_FLAG, text_bytes(&said));
    }
    text_free(&position);
    text_free(&said);
}

void chain_draw(const struct view *view, const struct pane *pane)
{
    const struct audit *audit = view_state(view);
    const struct context *context = view_context(view);
    enum { BARS = 4 };
    bool shown = !audit->hidden && !list_empty(audit->chain) && context->rows >= SHEET_LEAST;
    bool side = shown && pane->columns >= SIDE_FROM;
    bool below = shown && !side && pane->columns >= 60 && pane->rows + BARS >= context->rows;
    struct pane rows = pane_part(pane, 0, 0, pane->rows - (below ? SHEET : 0),
                                 pane->columns - (side ? SIDE + 2 : 0));
    struct pane act = side ? pane_part(pane, 0, rows.columns + 2, pane->rows, SIDE)
                           : pane_part(pane, rows.rows, 0, SHEET, pane->columns);
    list_draw(audit->chain, &rows, context);
    if (side || below) {
        draw_act(audit->chain, &act, context);
    }
}
