/* calendar.c: a year of days: which of them count, and the notices that made them so. */
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/widget/datepick.h"

enum { TICKET_NOTICES = 1, MONTHS = 12, MONTH_DAYS = 31, LEFT = 7, DAY = 2 };

struct calendar_view {
    int32_t day;         /* under the cursor */
    struct parcel shown; /* a reply of the verb `notices` for its year */
    struct datepick_days days;
};

static int year_of(const struct calendar_view *state)
{
    int year;
    day_to_civil(state->day, &year, NULL, NULL);
    return year;
}

/* ---- life ---- */

static void ask(struct view *view)
{
    struct calendar_view *state = view_state(view);
    parcel_put_int(view_ask(view, TICKET_NOTICES, "notices"), "year", year_of(state));
}

/* WHAT: a day; "" today. */
static void open(struct view *view, const char *what)
{
    struct calendar_view *state = view_state(view);
    if (!day_parse(what, strlen(what), &state->day)) {
        state->day = moment_day(view_context(view)->now);
    }
    ask(view);
    view_hold(view);
}

static void close(struct view *view)
{
    struct calendar_view *state = view_state(view);
    parcel_free(&state->shown);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct calendar_view *state = view_state(view);
    (void)ticket;
    if (view_take(view, &state->shown, reply, error)) {
        state->days = (struct datepick_days){0};
        datepick_take(&state->days, &state->shown);
    }
}

/* ---- keys ---- */

static void go(struct view *view, int32_t day)
{
    struct calendar_view *state = view_state(view);
    int before = year_of(state);
    if (day != DAY_NONE) {
        state->day = day;
    }
    if (year_of(state) != before) {
        ask(view);
        view_hold(view);
    }
}

/* What falls due that day. */
static void open_day(struct view *view)
{
    const struct calendar_view *state = view_state(view);
    struct text query = {0};
    char day[DAY_TEXT];
    text_addf(&query, "due:%s", day_format(state->day, day));
    view_open(view, "cases", text_bytes(&query));
    text_free(&query);
}

static bool act(struct view *view, enum action action)
{
    const struct calendar_view *state = view_state(view);
    switch (action) {
    case ACTION_LEFT:
    case ACTION_RIGHT:
        go(view, day_add(state->day, action == ACTION_LEFT ? -1 : 1));
        return true;
    case ACTION_UP:
    case ACTION_DOWN:
        go(view, day_add_months(state->day, action == ACTION_UP ? -1 : 1));
        return true;
    case ACTION_PREVIOUS:
    case ACTION_PAGE_UP:
        go(view, day_add_months(state->day, -MONTHS));
        return true;
    case ACTION_NEXT:
    case ACTION_PAGE_DOWN:
        go(view, day_add_months(state->day, MONTHS));
        return true;
    case ACTION_FIRST:
        go(view, moment_day(view_context(view)->now));
        return true;
    case ACTION_OPEN:
        open_day(view);
        return true;
    case ACTION_IMPORT:
        view_open(view, "deed", "notice");
        return true;
    default:
        return false;
    }
}

/* ---- a day ---- */

/* The row of the notices that speaks of DAY; -1. */
static int notice_of(const struct calendar_view *state, int32_t day)
{
    const struct table *notices = parcel_find(&state->shown, "notices");
    char written[DAY_TEXT];
    day_format(day, written);
    for (size_t i = 0; notices && i < table_rows(notices); i++) {
        if (strcmp(table_word(notices, i, "date"), written) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void draw_day(const struct calendar_view *state, const struct pane *pane, int row,
                     int column, int32_t day, int32_t today)
{
    bool works = datepick_works(&state->days, day), told = notice_of(state, day) >= 0;
    const char *sign = told    ? works ? _("W") : _("H")
                          : works ? glyph_text(pane->look, GLYPH_NONE)
                               : "";
    enum role role = day == state->day ? ROLE_TABLE_CURSOR
                     : day == today    ? ROLE_DATE_COUNTED
                     : !works          ? ROLE_DATE_REST
                     : told            ? ROLE_TEXT_STRONG
                                       : ROLE_TEXT_DIM;
    pane_put(pane, row, column, role, day == state->day ? "  " : "");
    pane_right(pane, row, column, DAY, role,
               day == today && !*sign ? glyph_text(pane->look, GLYPH_HERE) : sign);
    if (day == today) {
        pane_tint(pane, row, column, DAY,
                  day == state->day ? ROLE_TABLE_CURSOR : ROLE_DATE_COUNTED);
    }
}

/* The days of a month that PANE has room for: of a narrow one the first of them stands so far in
 * that the day under the cursor is among them. */
static int days_shown(const struct calendar_view *state, const struct pane *pane, int *first)
{
    int day = 1, room = (pane->columns - LEFT) / DAY;
    day_to_civil(state->day, NULL, NULL, &day);
    room = room > MONTH_DAYS ? MONTH_DAYS : room < 1 ? 1 : room;
    *first = day > room ? day - room : 0;
    return room;
}

static int draw_month(const struct calendar_view *state, const struct pane *pane, int row,
                      int month, const struct context *context)
{
    int year = year_of(state), count = 0;
    int32_t first, today = moment_day(context->now);
    struct text text = {0};
    if (!day_from_civil(year, month, 1, &first)) {
        return 0;
    }
    text_addf(&text, _("%d mo"), month);
    pane_right(pane, row, 1, LEFT - 2, ROLE_HEADING, text_bytes(&text));
    int from, room = days_shown(state, pane, &from);
    for (int i = 0; i < day_month_length(year, month); i++) {
        if (i >= from && i < from + room) {
            draw_day(state, pane, row, LEFT + (i - from) * DAY, first + i, today);
        }
        count += datepick_works(&state->days, first + i);
    }
    text_clear(&text);
    text_add_int(&text, count);
    if (room == MONTH_DAYS) {
        pane_right(pane, row, LEFT + MONTH_DAYS * DAY + 1, 4, ROLE_TEXT, text_bytes(&text));
    }
    text_free(&text);
    return count;
}

/* ---- words ---- */

static void draw_words(const struct calendar_view *state, const struct pane *pane, int row)
{
    const struct table *notices = parcel_find(&state->shown, "notices");
    int notice = notice_of(state, state->day);
    struct text text = {0};
    trace_day(&text, state->day);
    text_addf(&text, "  %s",
              datepick_works(&state->days, state->day) ? _("a working day") : _("rests"));
    if (notice >= 0) {
        text_addf(&text, "  %s  %s", table_word(notices, (size_t)notice, "name"),
                  table_word(notices, (size_t)notice, "notice"));
    }
    pane_fill(pane, row, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, row, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&text));
    text_free(&text);
}

/* Each notice once: how many days it frees, how many it makes up. */
static void draw_notices(const struct calendar_view *state, const struct pane *pane, int row)
{
    const struct table *notices = parcel_find(&state->shown, "notices");
    const char *before = "";
    for (size_t i = 0; notices && i < table_rows(notices) && row < pane->rows; i++) {
        const char *name = table_word(notices, i, "notice");
        int off = 0, made_up = 0;
        if (strcmp(name, before) == 0) {
            continue;
        }
        before = name;
        for (size_t k = i; k < table_rows(notices); k++) {
            bool same = strcmp(table_word(notices, k, "notice"), name) == 0;
            bool holiday = strcmp(table_word(notices, k, "kind"), "holiday") == 0;
            off += same && holiday;
            made_up += same && !holiday;
        }
        struct text a = {0}, b = {0}, said = {0};
        text_add_int(&a, off);
        text_add_int(&b, made_up);
        const char *const arg[4] = {name, text_bytes(&a), text_bytes(&b),
                                    table_word(notices, i, "published")};
        phrase_said(&said, N_("%1  %4  %2 days off, %3 made up"), arg, pane->look->english);
        pane_clip(pane, row++, 1, pane->columns - 2, ROLE_TEXT, text_bytes(&said));
        text_free(&a);
        text_free(&b);
        text_free(&said);
    }
}

/* ---- cells ---- */

static void draw_heads(const struct calendar_view *state, const struct pane *pane)
{
    static const int shown[] = {1, 5, 10, 15, 20, 25, 30};
    int from, room = days_shown(state, pane, &from);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        int at = shown[i] - 1 - from;
        struct text text = {0};
        text_add_int(&text, shown[i]);
        if (at >= 0 && at < room) {
            pane_right(pane, 0, LEFT + at * DAY, DAY, ROLE_HEAD, text_bytes(&text));
        }
        text_free(&text);
    }
    if (room == MONTH_DAYS) {
        pane_right(pane, 0, LEFT + MONTH_DAYS * DAY + 1, 10, ROLE_HEAD, _("working"));
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    const struct calendar_view *state = view_state(view);
    const struct context *context = view_context(view);
    int month, top = 1;
    day_to_civil(state->day, NULL, &month, NULL);
    int rows = pane->rows - 2 < MONTHS ? pane->rows - 2 : MONTHS; /* of months, the cursor's too */
    int first = month > rows ? month - rows + 1 : 1;
    draw_heads(state, pane);
    for (int i = 0; i < rows; i++) {
        draw_month(state, pane, top + i, first + i, context);
    }
    if (rows >= 0) {
        draw_words(state, pane, top + rows);
        draw_notices(state, pane, top + rows + 1);
    }
}

static int working_days(const struct calendar_view *state)
{
    int32_t first, count = 0;
    if (day_from_civil(year_of(state), 1, 1, &first)) {
        for (int32_t day = first; day_add(day, 0) != DAY_NONE; day++) {
            int year;
            day_to_civil(day, &year, NULL, NULL);
            if (year != year_of(state)) {
                break;
            }
            count += datepick_works(&state->days, day);
        }
    }
    return count;
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct calendar_view *state = view_state(view);
    struct text year = {0}, count = {0}, said = {0};
    text_add_int(&year, year_of(state));
    text_add_int(&count, working_days(state));
    const char *const arg[4] = {text_bytes(&year), text_bytes(&count)};
    phrase_said(&said, N_("Calendar of %1   %2 working days"), arg,
                view_context(view)->look.english);
    int column = pane_put(pane, 0, 1, ROLE_CONTEXT, text_bytes(&said)) + 3;
    if (state->shown.table_count && !datepick_settled(&state->days, state->day)) {
        pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_DATE_PROVISIONAL,
                  _("no notice yet: provisional"));
    }
    text_free(&year);
    text_free(&count);
    text_free(&said);
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_PREVIOUS ? _("year before")
           : action == ACTION_NEXT   ? _("year after")
           : action == ACTION_FIRST  ? _("today's")
           : action == ACTION_OPEN   ? _("due that day")
                                     : NULL;
}

static const char *listing(const struct view *view, struct parcel *request)
{
    parcel_put(request, "verb", "notices");
    parcel_put_int(request, "year", year_of(view_state(view)));
    return "notices";
}

static const enum action acts[] = {
    ACTION_OPEN,    ACTION_PREVIOUS,  ACTION_NEXT,    ACTION_FIRST, ACTION_IMPORT,
    ACTION_EXPORT,  ACTION_LEFT,      ACTION_RIGHT,   ACTION_DOWN,  ACTION_UP,
    ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_REFRESH, ACTION_NONE};

const struct screen screen_calendar = {.name = "calendar",
                                       .title = N_("Calendar"),
                                       .door = true,
                                       .where = WHERE_LIST,
                                       .size = sizeof(struct calendar_view),
                                       .acts = acts,
                                       .open = open,
                                       .close = close,
                                       .reply = reply,
                                       .refresh = ask,
                                       .act = act,
                                       .listing = listing,
                                       .label = label,
                                       .context_row = context_row,
                                       .draw = draw};
