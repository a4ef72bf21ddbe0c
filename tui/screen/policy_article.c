/* policy_article.c: an article and what came of it, beside the list of articles and as a page. */
#include "tui/screen/policy_article.h"

#include <string.h>

#include "tui/console/view.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/page.h"
#include "tui/width.h"

/* Kinds of the policy that stand under one heading. Each a line of its own, with what the policy
 * writes of it; or all in one. */
static const struct section {
    const char *heading; /* msgid */
    const char *kinds;   /* names, a blank before and behind each */
    bool joined;
} sections[] = {
    {N_("Clocks"), " clock ", false},
    {N_("Rules"), " rule ", false},
    {N_("Duties"), " duty ", false},
    {N_("Open questions"), " question ", false},
    {N_("Definitions"), " term ", false},
    {N_("Use and inventory"), " usage drift ", false},
    {N_("Appraisal and bills"), " score bill ", false},
    {N_("Procedures"), " procedure ", true},
    {N_("Acts"), " event card ", true},
    {N_("Forms"), " form field ", true},
    {N_("Roles"), " role ", true},
    {N_("Besides"), " state metric law ", true},
};
enum { SECTIONS = sizeof sections / sizeof *sections, LEFT = 1, INDENT = 3, LINES_MOST = 4 };
enum { COUNT = 8 }; /* columns at the right, for how many cases */

struct drawing {
    const struct parcel *rules, *counts;
    const char *article;
    const struct pane *pane;
    bool english;
    int row;
};

static bool is_of(const struct section *section, const char *kind)
{
    struct text word = {0};
    text_addf(&word, " %s ", kind);
    bool found = strstr(section->kinds, text_bytes(&word)) != NULL;
    text_free(&word);
    return found;
}

static void put(struct drawing *d, int column, int rows, enum role role, const char *text)
{
    d->row += pane_wrap(d->pane, d->row, column, d->pane->columns - column - 1, rows, role, text);
}

/* ---- what came of it ---- */

/* How many open cases have the clock CLOCK running; NULL: that is not known. */
static const char *count_of(const struct drawing *d, const char *clock)
{
    const struct table *counts = parcel_find(d->counts, "facets");
    for (size_t i = 0; counts && i < table_rows(counts); i++) {
        if (strcmp(table_word(counts, i, "value"), clock) == 0) {
            return table_word(counts, i, "n");
        }
    }
    return counts ? "0" : NULL;
}

static void put_count(const struct drawing *d, const char *count)
{
    struct text text = {0};
    text_addf(&text, strcmp(count, "1") == 0 ? _("%s case") : _("%s cases"), count);
    pane_right(d->pane, d->row, d->pane->columns - COUNT - 2, COUNT + 1,
               strcmp(count, "0") == 0 ? ROLE_TEXT_DIM : ROLE_TEXT_STRONG, text_bytes(&text));
    text_free(&text);
}

/* The limit of CLOCK in words, and how long it lasts at the least; where the policy has none, as it
 * is WRITTEN. Appended. */
static void put_limit(const struct drawing *d, const char *clock, const char *written,
                      struct text *out)
{
    const struct table *clocks = parcel_find(d->rules, "clocks");
    size_t row = 0, count = clocks ? table_rows(clocks) : 0;
    while (row < count && strcmp(table_word(clocks, row, "clock"), clock) != 0) {
        row++;
    }
    if (row == count || !*table_word(clocks, row, "words")) {
        phrase_limit(out, written, d->english);
        return;
    }
    phrase_both(out, table_word(clocks, row, "words"), d->english);
    if (*table_word(clocks, row, "least")) {
        text_add(out, _("; not before "));
        phrase_limit(out, table_word(clocks, row, "least"), d->english);
    }
}

/* Its title, and behind it or, where that has no room, below it what the policy writes; of a clock
 * how many cases it runs for, at the right. */
static void put_thing(struct drawing *d, const struct table *became, size_t row)
{
    struct text title = {0}, written = {0};
    bool clock = strcmp(table_word(became, row, "kind"), "clock") == 0;
    const char *count = clock ? count_of(d, table_word(became, row, "name")) : NULL;
    phrase_both(&title, table_word(became, row, "title"), d->english);
    if (clock) {
        put_limit(d, table_word(became, row, "name"), table_word(became, row, "written"), &written);
    } else {
        phrase_both(&written, table_word(became, row, "written"), d->english);
    }
    int width = width_of(text_bytes(&title)),
        room = d->pane->columns - INDENT - 1 - (clock ? COUNT + 2 : 0);
    if (count) {
        put_count(d, count);
    }
    if (width + 2 + width_of(text_bytes(&written)) <= room) {
        int column = pane_put(d->pane, d->row, INDENT, ROLE_TEXT, text_bytes(&title));
        pane_put(d->pane, d->row++, column + 2, ROLE_FORM_HINT, text_bytes(&written));
    } else {
        put(d, INDENT, 2, ROLE_TEXT, text_bytes(&title));
        put(d, INDENT + 2, LINES_MOST, ROLE_FORM_HINT, text_bytes(&written));
    }
    text_free(&title);
    text_free(&written);
}

/* A thing that several procedures have alike stands there once. */
static bool stands_above(const struct table *became, size_t row)
{
    static const char *const columns[] = {"article", "kind", "title", "written"};
    bool same = false;
    for (size_t above = 0; above < row && !same; above++) {
        same = true;
        for (size_t i = 0; i < sizeof columns / sizeof *columns && same; i++) {
            same = strcmp(table_word(became, above, columns[i]),
                          table_word(became, row, columns[i])) == 0;
        }
    }
    return same;
}

static void put_section(struct drawing *d, const struct table *became,
                        const struct section *section)
{
    struct text joined = {0};
    bool first = true;
    for (size_t row = 0; row < table_rows(became) && d->row < d->pane->rows; row++) {
        bool here = strcmp(table_word(became, row, "article"), d->article) == 0;
        if (!here || !is_of(section, table_word(became, row, "kind")) ||
            stands_above(became, row)) {
            continue;
        }
        if (first) {
            pane_put(d->pane, d->row++, LEFT, ROLE_HEADING, _(section->heading));
        }
        if (section->joined) {
            text_add(&joined, first ? "" : d->english ? ", " : "、");
            phrase_both(&joined, table_word(became, row, "title"), d->english);
        } else {
            put_thing(d, became, row);
        }
        first = false;
    }
    if (joined.length) {
        put(d, INDENT, 2 * LINES_MOST, ROLE_TEXT, text_bytes(&joined));
    }
    text_free(&joined);
}

/* ---- the article ---- */

static void put_article(struct drawing *d, const struct table *articles, size_t row)
{
    struct text number = {0}, title = {0}, words = {0};
    phrase_article(&number, d->article, d->rules, d->english);
    phrase_both(&title, table_word(articles, row, "title"), d->english);
    text_addf(&number, "  %s", text_bytes(&title));
    pane_clip(d->pane, d->row++, LEFT, d->pane->columns - LEFT - 1, ROLE_TEXT_STRONG,
              text_bytes(&number));
    phrase_both(&words, table_word(articles, row, "summary"), d->english);
    put(d, LEFT, 2 * LINES_MOST, ROLE_TEXT, text_bytes(&words));
    if (*table_word(articles, row, "silent")) {
        text_clear(&words);
        text_addf(&words, _("nothing comes of it: %s"), table_word(articles, row, "silent"));
        put(d, LEFT, LINES_MOST, ROLE_TEXT_DIM, text_bytes(&words));
    }
    text_free(&number);
    text_free(&title);
    text_free(&words);
}

int policy_article_rows(const struct parcel *rules)
{
    const struct table *became = parcel_find(rules, "became");
    return became ? (int)table_rows(became) * (2 + LINES_MOST) + 2 * SECTIONS : 0;
}

void policy_article_ask(struct view *view)
{
    struct parcel *request = view_ask(view, TICKET_CLOCKS, "list");
    parcel_put(request, "facets", "clock");
    parcel_put(request, "count", "no");
    parcel_put_int(request, "limit", 0);
}

int policy_article_draw(const struct parcel *rules, const struct parcel *counts,
                        const char *article, const struct pane *pane)
{
    struct drawing d = {.rules = rules,
                        .counts = counts,
                        .article = article,
                        .pane = pane,
                        .english = pane->look->english};
    const struct table *articles = parcel_find(rules, "articles");
    const struct table *became = parcel_find(rules, "became");
    for (size_t row = 0; articles && row < table_rows(articles); row++) {
        if (strcmp(table_word(articles, row, "article"), article) == 0) {
            put_article(&d, articles, row);
        }
    }
    for (int i = 0; became && i < SECTIONS; i++) {
        put_section(&d, became, &sections[i]);
    }
    return d.row < pane->rows ? d.row : pane->rows;
}

/* ---- as a page ---- */

enum { TICKET_RULES = 1, ROWS_MOST = 400 };

struct article_view {
    struct text article;
    struct parcel rules, counts;
    struct page page;
};

static void ask(struct view *view)
{
    (void)view_ask(view, TICKET_RULES, "rules");
    policy_article_ask(view);
}

/* WHAT: the number of the article. */
static void open(struct view *view, const char *what)
{
    struct article_view *state = view_state(view);
    text_add(&state->article, *what ? what : "1");
    ask(view);
}

static void close(struct view *view)
{
    struct article_view *state = view_state(view);
    text_free(&state->article);
    parcel_free(&state->rules);
    parcel_free(&state->counts);
    page_free(&state->page);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct article_view *state = view_state(view);
    struct parcel *kept = ticket == TICKET_RULES ? &state->rules : &state->counts;
    view_take(view, kept, reply, error);
}

/* The article that stands BY further in the list. */
static bool turn(struct view *view, int by)
{
    struct article_view *state = view_state(view);
    const struct table *articles = parcel_find(&state->rules, "articles");
    size_t count = articles ? table_rows(articles) : 0;
    for (size_t row = 0; row < count; row++) {
        if (strcmp(table_word(articles, row, "article"), text_bytes(&state->article)) == 0) {
            size_t to = (row + count + (size_t)(by + (int)count)) % count;
            text_clear(&state->article);
            text_add(&state->article, table_word(articles, to, "article"));
            state->page.top = state->page.stop = 0;
            break;
        }
    }
    return true;
}

/* The cases that stand under it now. */
static bool open_cases(struct view *view)
{
    const struct article_view *state = view_state(view);
    struct text query = {0};
    text_addf(&query, "article:%s", text_bytes(&state->article));
    view_open(view, "cases", text_bytes(&query));
    text_free(&query);
    return true;
}

static bool act(struct view *view, enum action action)
{
    struct article_view *state = view_state(view);
    return action == ACTION_PREVIOUS ? turn(view, -1)
           : action == ACTION_NEXT   ? turn(view, 1)
           : action == ACTION_OPEN   ? open_cases(view)
                                     : page_act(&state->page, action);
}

/* A stop in each row: the page goes by rows. */
static void draw(const struct view *view, const struct pane *pane)
{
    struct article_view *state = view_state(view);
    int rows = policy_article_rows(&state->rules);
    rows = rows > ROWS_MOST ? ROWS_MOST : rows;
    if (rows > 0) {
        struct pane whole =
            page_begin(&state->page, rows, pane->columns, &view_context(view)->look);
        state->page.length =
            policy_article_draw(&state->rules, &state->counts, text_bytes(&state->article), &whole);
        for (int row = 0; row < state->page.length; row++) {
            page_stop_add(&state->page, row, 0, 0, false, 0, row);
        }
        page_show(&state->page, pane);
    }
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_PREVIOUS ? _("article before")
           : action == ACTION_NEXT   ? _("article after")
           : action == ACTION_OPEN   ? _("its cases")
                                     : NULL;
}

static const enum action acts[] = {
    ACTION_OPEN,      ACTION_PREVIOUS, ACTION_NEXT,      ACTION_DOWN,    ACTION_UP,
    ACTION_PAGE_DOWN, ACTION_PAGE_UP,  ACTION_HALF_DOWN, ACTION_HALF_UP, ACTION_FIRST,
    ACTION_LAST,      ACTION_REFRESH,  ACTION_NONE};

const struct screen screen_article = {.name = "article",
                                      .title = N_("Article"),
                                      .where = WHERE_LIST,
                                      .size = sizeof(struct article_view),
                                      .acts = acts,
                                      .open = open,
                                      .close = close,
                                      .reply = reply,
                                      .refresh = ask,
                                      .act = act,
                                      .label = label,
                                      .draw = draw};
