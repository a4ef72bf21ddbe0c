/* duties.c: a year of duties: what falls due in which month, done, late, to come. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/screens.h"
#include "tui/screen/today.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/widget/list.h"
#include "tui/width.h"

enum { TICKET_YEAR = 1, TICKET_PEOPLE, MONTHS = 12, TITLE = 22, CELL = 4 };
enum { REST = 150 }; /* milliseconds the cursor rests before those behind a cell follow */
/* Where there is room for them: at the foot, from so many columns and rows on; beside the months.
 */
enum { FOOT_FROM = 100, FOOT_ROWS = 24, SIDE_FROM = 160, SIDE_GAP = 3 };

struct duties {
    struct parcel year; /* a reply of the verb `duties` */
    int shown_year;     /* 0: this one */
    int duty, month;    /* under the cursor; MONTH from 0 */
    int top, body;
    struct list *people; /* whose cases are behind the cell under the cursor */
    struct text wanted;  /* the query they were asked for with */
};

static const struct list_column people_columns[] = {
    CASE_CARD(),
    CASE_COLUMN("name", N_("organisation, system"), .least = 16, .most = 48, .rank = 1,
                .value = case_value_name),
    CASE_STATE(.most = 12, .rank = 3),
    CASE_COLUMN("holder", N_("whose turn"), .least = 8, .most = 16, .rank = 2,
                .value = case_value_holder),
    CASE_NUMBER(.rank = 5),
    CASE_DUE(.right = true, .rank = 4),
};
static const struct list_spec people = {.verb = "list",
                                        .table = "cases",
                                        .key = "number",
                                        .still = true,
                                        .apart = true,
                                        .empty = N_("nothing falls due"),
                                        .columns = people_columns,
                                        .column_count =
                                            sizeof people_columns / sizeof *people_columns};

/* How a duty may stand, the worst first: in the table, as a sign, in words. */
static const struct standing {
    const char *column;
    enum glyph glyph;
    const char *sign; /* msgid, in the place of the glyph; NULL */
    const char *word; /* msgid */
    enum role role;
} standings[] = {
    {"late", GLYPH_CARD_RED, NULL, N_("late"), ROLE_CARD_RED},
    {"open", GLYPH_CARD_YELLOW, NULL, N_("to come"), ROLE_TEXT},
    {"done_late", GLYPH_YES, N_("L"), N_("done late"), ROLE_CARD_MISSED},
    {"waived", GLYPH_YES, N_("w"), N_("waived"), ROLE_CARD_PAUSED},
    {"done", GLYPH_YES, NULL, N_("in time"), ROLE_CARD_MET},
};
enum { STANDINGS = sizeof standings / sizeof *standings };

static const struct table *grid(const struct duties *duties)
{
    return parcel_find(&duties->year, "duties");
}

static int rows_of(const struct duties *duties)
{
    const struct table *table = grid(duties);
    return table ? (int)table_rows(table) / MONTHS : 0;
}

static const char *cell(const struct duties *duties, int duty, int month, const char *column)
{
    const struct table *table = grid(duties);
    const char *text = table ? table_cell(table, (size_t)(duty * MONTHS + month), column) : NULL;
    return text ? text : "";
}

static int64_t number(const struct duties *duties, int duty, int month, const char *column)
{
    return strtoll(cell(duties, duty, month, column), NULL, 10);
}

/* ---- life ---- */

static void query_of(const struct duties *duties, struct text *out)
{
    text_addf(out, "duty:%s/%04d-%02d", cell(duties, duties->duty, 0, "duty"), duties->shown_year,
              duties->month + 1);
}

static bool has_people(const struct context *context)
{
    return context->columns >= FOOT_FROM && context->rows >= FOOT_ROWS;
}

/* Those behind the cell follow when the cursor has rested. */
static void follow(struct view *view)
{
    if (has_people(view_context(view))) {
        view_wake(view, REST);
    }
}

static void wake(struct view *view)
{
    struct duties *duties = view_state(view);
    if (rows_of(duties) > 0) {
        text_clear(&duties->wanted);
        query_of(duties, &duties->wanted);
        list_query(duties->people, text_bytes(&duties->wanted));
        list_want(duties->people, view, TICKET_PEOPLE);
    }
}

static void ask(struct view *view)
{
    struct duties *duties = view_state(view);
    struct parcel *request = view_ask(view, TICKET_YEAR, "duties");
    if (duties->shown_year) {
        parcel_put_int(request, "year", duties->shown_year);
    }
}

static void open(struct view *view, const char *what)
{
    struct duties *duties = view_state(view);
    int month = 1;
    (void)what;
    day_to_civil(moment_day(view_context(view)->now), NULL, &month, NULL);
    duties->month = month - 1;
    duties->people = list_new(&people);
    ask(view);
}

static void close(struct view *view)
{
    struct duties *duties = view_state(view);
    parcel_free(&duties->year);
    list_free(duties->people);
    text_free(&duties->wanted);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct duties *duties = view_state(view);
    if (ticket == TICKET_PEOPLE) {
        list_took(duties->people, reply, error);
        return;
    }
    if (view_take(view, &duties->year, reply, error)) {
        duties->shown_year = (int)parcel_int(reply, "year", 0);
        follow(view);
    }
}

/* ---- keys ---- */

/* How many fall due in the month under the cursor. */
static int64_t here(const struct duties *duties)
{
    int64_t sum = 0;
    for (int i = 0; i < STANDINGS; i++) {
        sum += number(duties, duties->duty, duties->month, standings[i].column);
    }
    return sum;
}

/* The cases of the duty that fall due in the month, done or not. */
static void open_cases(struct view *view)
{
    struct duties *duties = view_state(view);
    struct text query = {0};
    if (rows_of(duties) == 0 || here(duties) == 0) {
        view_say(view, ROLE_MESSAGE_INFO, N_("nothing of it falls due in that month"), NULL, NULL,
                 NULL);
        return;
    }
    query_of(duties, &query);
    view_open(view, "cases", text_bytes(&query));
    text_free(&query);
}

static int within(int value, int low, int high)
{
    return value > high ? (high < low ? low : high) : value < low ? low : value;
}

static bool turn_year(struct view *view, int step)
{
    struct duties *duties = view_state(view);
    duties->shown_year += step;
    ask(view);
    return true;
}

static bool act(struct view *view, enum action action)
{
    struct duties *duties = view_state(view);
    int down = 0, across = 0;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_UP:
        down = action == ACTION_DOWN ? 1 : -1;
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
        down = action == ACTION_PAGE_DOWN ? duties->body : -duties->body;
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        down = action == ACTION_LAST ? rows_of(duties) : -rows_of(duties);
        break;
    case ACTION_LEFT:
    case ACTION_RIGHT:
        across = action == ACTION_RIGHT ? 1 : -1;
        break;
    case ACTION_PREVIOUS:
        return turn_year(view, -1);
    case ACTION_NEXT:
        return turn_year(view, 1);
    case ACTION_OPEN:
        open_cases(view);
        return true;
    default:
        return false;
    }
    duties->duty = within(duties->duty + down, 0, rows_of(duties) - 1);
    duties->month = within(duties->month + across, 0, MONTHS - 1);
    follow(view);
    return true;
}

/* ---- cells ---- */

static const char *sign_of(const struct standing *standing, const struct pane *pane)
{
    return standing->sign ? _(standing->sign) : glyph_text(pane->look, standing->glyph);
}

/* What is worst of a month, and how many. */
static void draw_month(const struct duties *duties, const struct pane *pane, int row, int column,
                       int duty, int month)
{
    bool here = duty == duties->duty && month == duties->month;
    struct text text = {0};
    enum role role = ROLE_TEXT_DIM;
    for (int i = 0; i < STANDINGS && text.length == 0; i++) {
        int64_t n = number(duties, duty, month, standings[i].column);
        if (n > 0) {
            text_add(&text, sign_of(&standings[i], pane));
            if (n > 99) {
                text_add(&text, "++");
            } else if (n > 1) {
                text_add_int(&text, n);
            }
            role = standings[i].role;
        }
    }
    if (text.length == 0) {
        text_add(&text, glyph_text(pane->look, GLYPH_NONE));
    }
    pane_right(pane, row, column, CELL - 1, here ? ROLE_TABLE_CURSOR : role, text_bytes(&text));
    text_free(&text);
}

static int first_month_column(const struct pane *pane)
{
    int left = pane->columns - MONTHS * CELL - 1;
    return left > 2 * TITLE + 12 ? 2 * TITLE + 12 : left < 12 ? 12 : left;
}

static void draw_duty(const struct duties *duties, const struct pane *pane, int row, int duty,
                      const struct context *context)
{
    struct text title = {0}, of = {0}, article = {0};
    int months = first_month_column(pane);
    bool wide = months > TITLE + 20, here = duty == duties->duty;
    phrase_both(&title, cell(duties, duty, 0, "title"), context->look.english);
    phrase_both(&of, cell(duties, duty, 0, "of"), context->look.english);
    case_article_text(cell(duties, duty, 0, "article"), context, &article);
    if (here) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    int title_columns = wide ? months - 26 : months - 4;
    pane_clip(pane, row, 2, title_columns, here ? ROLE_TABLE_CURSOR : ROLE_TEXT,
              text_bytes(&title));
    if (wide) {
        pane_clip(pane, row, months - 22, 13, ROLE_TEXT_DIM, text_bytes(&of));
        pane_clip(pane, row, months - 8, 7, ROLE_TEXT_DIM, text_bytes(&article));
    }
    for (int month = 0; month < MONTHS; month++) {
        draw_month(duties, pane, row, months + month * CELL, duty, month);
    }
    text_free(&title);
    text_free(&of);
    text_free(&article);
}

static void draw_heads(const struct duties *duties, const struct pane *pane,
                       const struct context *context)
{
    int now_year = 0, now_month = 0, months = first_month_column(pane);
    day_to_civil(moment_day(context->now), &now_year, &now_month, NULL);
    pane_put(pane, 0, 2, ROLE_HEAD, _("duty"));
    for (int month = 0; month < MONTHS; month++) {
        struct text text = {0};
        text_add_int(&text, month + 1);
        bool now = duties->shown_year == now_year && month + 1 == now_month;
        pane_right(pane, 0, months + month * CELL, CELL - 1, now ? ROLE_DATE_COUNTED : ROLE_HEAD,
                   text_bytes(&text));
        text_free(&text);
    }
}

/* The cell under the cursor in words: what there is of it. */
static void draw_words(const struct duties *duties, const struct pane *pane,
                       const struct context *context)
{
    struct text text = {0};
    phrase_both(&text, cell(duties, duties->duty, 0, "title"), context->look.english);
    text_addf(&text, "  %04d-%02d  ", duties->shown_year, duties->month + 1);
    for (int i = 0; i < STANDINGS; i++) {
        if (number(duties, duties->duty, duties->month, standings[i].column) > 0) {
            text_addf(&text, "%s %s   ", _(standings[i].word),
                      cell(duties, duties->duty, duties->month, standings[i].column));
        }
    }
    text_add(&text, here(duties) ? "" : _("nothing falls due"));
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&text));
    text_free(&text);
}

/* The cell under the cursor and whose cases are behind it: in PANE, the words in its first row. */
static void draw_people(const struct duties *duties, const struct pane *pane,
                        const struct context *context)
{
    struct pane rows = pane_part(pane, 1, 0, pane->rows - 1, pane->columns);
    draw_words(duties, pane, context);
    if (rows.rows > 1 && duties->wanted.length) {
        list_draw(duties->people, &rows, context);
    }
}

/* How many rows of PANE the people take at its foot: what the duties leave, a third at the least.
 */
static int foot_rows(const struct duties *duties, const struct pane *pane,
                     const struct context *context)
{
    enum { BARS = 4 }; /* less than what they leave: a sheet covers people */
    int left = pane->rows - 1 - rows_of(duties), third = pane->rows / 3;
    return !has_people(context) || pane->rows + BARS < context->rows ? 1
           : left > third                                            ? left
                                                                     : third;
}

static void draw_grid(struct duties *duties, const struct pane *pane, const struct context *context)
{
    int count = rows_of(duties);
    duties->body = pane->rows - 1 > 0 ? pane->rows - 1 : 1;
    if (duties->duty < duties->top) {
        duties->top = duties->duty;
    }
    if (duties->duty >= duties->top + duties->body) {
        duties->top = duties->duty - duties->body + 1;
    }
    draw_heads(duties, pane, context);
    for (int i = 0; i < duties->body && duties->top + i < count; i++) {
        draw_duty(duties, pane, i + 1, duties->top + i, context);
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    struct duties *duties = view_state(view);
    const struct context *context = view_context(view);
    int months = first_month_column(pane) + MONTHS * CELL;
    bool side = pane->columns >= SIDE_FROM && months + 2 * TITLE < pane->columns;
    int foot = side ? 0 : foot_rows(duties, pane, context);
    struct pane grid = pane_part(pane, 0, 0, pane->rows - foot, side ? months : pane->columns);
    struct pane rest =
        side ? pane_part(pane, 0, months + SIDE_GAP, pane->rows, pane->columns - months - SIDE_GAP)
             : pane_part(pane, pane->rows - foot, 0, foot, pane->columns);
    if (rows_of(duties) > 0) {
        draw_grid(duties, &grid, context);
        draw_people(duties, &rest, context);
    }
}

/* How many of the year stand so, each sign with its word: what the signs of the grid mean. */
static void context_row(const struct view *view, const struct pane *pane)
{
    const struct duties *duties = view_state(view);
    struct text text = {0};
    text_addf(&text, _("Duties %d"), duties->shown_year);
    int column = pane_put(pane, 0, 1, ROLE_CONTEXT, text_bytes(&text)) + 2;
    for (int i = 0; i < STANDINGS; i++) {
        int64_t n = 0;
        for (int cell = 0; cell < rows_of(duties) * MONTHS; cell++) {
            n += number(duties, cell / MONTHS, cell % MONTHS, standings[i].column);
        }
        text_clear(&text);
        text_addf(&text, "%s%s%s %d", sign_of(&standings[i], pane), standings[i].sign ? " " : "",
                  _(standings[i].word), (int)n);
        if (column + width_of(text_bytes(&text)) < pane->columns) {
            column = pane_put(pane, 0, column, n ? standings[i].role : ROLE_TEXT_DIM,
                              text_bytes(&text)) +
                     2;
        }
    }
    text_free(&text);
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_PREVIOUS ? _("year before")
           : action == ACTION_NEXT   ? _("year after")
           : action == ACTION_OPEN   ? _("its cases")
                                     : NULL;
}

static const char *listing(const struct view *view, struct parcel *request)
{
    const struct duties *duties = view_state(view);
    parcel_put(request, "verb", "duties");
    if (duties->shown_year) {
        parcel_put_int(request, "year", duties->shown_year);
    }
    return "duties";
}

static const enum action acts[] = {
    ACTION_OPEN,        ACTION_LEFT, ACTION_RIGHT,   ACTION_PREVIOUS,  ACTION_NEXT,
    ACTION_NEXT_URGENT, ACTION_DOWN, ACTION_UP,      ACTION_PAGE_DOWN, ACTION_PAGE_UP,
    ACTION_FIRST,       ACTION_LAST, ACTION_REFRESH, ACTION_NONE};

const struct screen screen_duties = {
    .name = "duties",
    .title = N_("Duties"),
    .tab = N_("Duties"),
    .digit = '7',
    .where = WHERE_LIST,
    .size = sizeof(struct duties),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = ask,
    .wake = wake,
    .act = act,
    .listing = listing,
    .label = label,
    .context_row = context_row,
    .draw = draw,
};
