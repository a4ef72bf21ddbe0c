/* whatif.c: what would follow if an act were done on this day or that: reckoned, not done. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum {
    TICKET_OFFER = 1,
    TICKET_DAY, /* … one a column */
    DAYS_MOST = 8,
    ROWS_MOST = 12,
    LABEL_COLUMNS = 18,
    DAY_COLUMNS = 14
};

struct cell_of_day {
    char *title, *due; /* of a clock */
    enum role role;
};
struct supposed { /* one day */
    bool known;
    char *state, *refused;
    struct cell_of_day cells[ROWS_MOST];
    int count;
};
struct event_row {
    char *name, *title;
};
struct whatif {
    char *number;
    struct event_row *events;
    struct choice choice; /* of the events */
    int32_t first;        /* day of the first column */
    struct supposed days[DAYS_MOST];
    char *kept_title; /* another supposition that stays in sight; NULL none */
    int32_t kept_first;
    struct supposed kept[DAYS_MOST];
    char *latest; /* moment by which it must be done, and what would be late then */
    char *latest_title;
};

static int columns_of(const struct view *view)
{
    int room = (view_context(view)->columns - LABEL_COLUMNS - 2) / DAY_COLUMNS;
    return room < 1 ? 1 : room > DAYS_MOST ? DAYS_MOST : room;
}

/* ---- asking ---- */

static void forget_day(struct supposed *day)
{
    for (int i = 0; i < day->count; i++) {
        free(day->cells[i].title);
        free(day->cells[i].due);
    }
    free(day->state);
    free(day->refused);
    *day = (struct supposed){0};
}

static void forget_kept(struct whatif *whatif)
{
    for (int i = 0; i < DAYS_MOST; i++) {
        forget_day(&whatif->kept[i]);
    }
    free(whatif->kept_title);
    whatif->kept_title = NULL;
}

static void ask_days(struct view *view)
{
    struct whatif *whatif = view_state(view);
    for (int i = 0; i < DAYS_MOST; i++) {
        forget_day(&whatif->days[i]);
    }
    free(whatif->latest);
    free(whatif->latest_title);
    whatif->latest = whatif->latest_title = NULL;
    for (int i = 0; whatif->choice.count && i < columns_of(view); i++) {
        struct parcel *request = view_ask(view, TICKET_DAY + i, "whatif");
        parcel_put(request, "case", whatif->number);
        parcel_put(request, "event", whatif->events[whatif->choice.cursor].name);
        if (whatif->first + i != moment_day(view_context(view)->now)) {
            parcel_put_day(request, "date", whatif->first + i);
        }
    }
}

static void ask(struct view *view)
{
    const struct whatif *whatif = view_state(view);
    parcel_put(view_ask(view, TICKET_OFFER, "offer"), "case", whatif->number);
    view_hold(view);
}

static void open_whatif(struct view *view, const char *what)
{
    struct whatif *whatif = view_state(view);
    whatif->number = copy_text(what);
    whatif->first = moment_day(view_context(view)->now);
    ask(view);
}

static void forget_events(struct whatif *whatif)
{
    for (int i = 0; i < whatif->choice.count; i++) {
        free(whatif->events[i].name);
        free(whatif->events[i].title);
    }
    free(whatif->events);
    whatif->events = NULL;
    whatif->choice.count = 0;
}

static void close_whatif(struct view *view)
{
    struct whatif *whatif = view_state(view);
    for (int i = 0; i < DAYS_MOST; i++) {
        forget_day(&whatif->days[i]);
    }
    forget_events(whatif);
    forget_kept(whatif);
    free(whatif->number);
    free(whatif->latest);
    free(whatif->latest_title);
}

/* ---- replies ---- */

/* What the state allows, whoever would have to do it. */
static bool can_be_supposed(const struct table *offers, size_t row)
{
    const char *kind = table_word(offers, row, "kind");
    return strcmp(kind, "state") != 0 && strcmp(kind, "when") != 0;
}

static void take_events(struct whatif *whatif, const struct table *offers, bool english)
{
    size_t rows = offers ? table_rows(offers) : 0;
    forget_events(whatif);
    whatif->events = calloc(rows + 1, sizeof *whatif->events);
    for (size_t row = 0; whatif->events && row < rows; row++) {
        if (can_be_supposed(offers, row)) {
            struct text title = {0};
            phrase_both(&title, table_word(offers, row, "title"), english);
            whatif->events[whatif->choice.count++] = (struct event_row){
                copy_text(table_word(offers, row, "event")), copy_text(text_bytes(&title))};
            text_free(&title);
        }
    }
    choice_count(&whatif->choice, whatif->choice.count);
}

static enum role role_of_card(const char *card)
{
    return strcmp(card, "double") == 0   ? ROLE_CARD_OVER2
           : strcmp(card, "red") == 0    ? ROLE_CARD_RED
           : strcmp(card, "yellow") == 0 ? ROLE_CARD_YELLOW
           : strcmp(card, "blue") == 0   ? ROLE_CARD_BLUE
                                         : ROLE_TEXT;
}

/* "11-25 Wed", ≈ before it where no notice settles it. */
static char *day_words(const struct look *look, const char *due, bool provisional)
{
    struct text out = {0};
    int32_t day;
    text_add(&out, provisional ? glyph_text(look, GLYPH_ABOUT) : "");
    if (strlen(due) >= 10 && day_parse(due, 10, &day)) {
        text_add_n(&out, due + 5, 5);
        text_addf(&out, "%s%s", look->english ? " " : "", weekday_word(day));
    } else {
        text_add(&out, glyph_text(look, GLYPH_NONE));
    }
    char *words = copy_text(text_bytes(&out));
    text_free(&out);
    return words;
}

static void take_clock(struct supposed *day, const struct look *look, const struct table *clocks,
                       size_t row)
{
    const char *state = table_word(clocks, row, "state");
    bool held = strcmp(state, "held") == 0;
    struct text title = {0};
    if ((!held && strcmp(state, "running") != 0) || day->count == ROWS_MOST) {
        return;
    }
    phrase_both(&title, table_word(clocks, row, "title"), look->english);
    day->cells[day->count++] = (struct cell_of_day){
        .title = copy_text(text_bytes(&title)),
        .due = held ? copy_text(_("held"))
                    : day_words(look, table_word(clocks, row, "due"),
                                strcmp(table_word(clocks, row, "provisional"), "yes") == 0),
        .role = held ? ROLE_CARD_PAUSED : role_of_card(table_word(clocks, row, "card"))};
    text_free(&title);
}

static void take_day(struct view *view, struct supposed *day, const struct parcel *reply,
                     const struct error *error)
{
    const struct look *look = &view_context(view)->look;
    const struct table *clocks = parcel_find(reply, "clocks");
    const struct table *reasons = parcel_find(reply, "reasons");
    struct text text = {0};
    forget_day(day);
    day->known = true;
    if (error) {
        const char *const arg[4] = {reasons ? table_cell(reasons, 0, "a") : NULL,
                                    reasons ? table_cell(reasons, 0, "b") : NULL,
                                    reasons ? table_cell(reasons, 0, "c") : NULL,
                                    reasons ? table_cell(reasons, 0, "d") : NULL};
        phrase_reason(&text, table_word(reasons, 0, "sentence"), arg, look->english);
        day->refused = copy_text(text_bytes(&text));
    } else {
        phrase_both(&text, parcel_get(reply, "state_title"), look->english);
        day->state = copy_text(text_bytes(&text));
    }
    for (size_t row = 0; !error && clocks && row < table_rows(clocks); row++) {
        take_clock(day, look, clocks, row);
    }
    text_free(&text);
}

static void reply_whatif(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct whatif *whatif = view_state(view);
    if (ticket == TICKET_OFFER && error) {
        view_say_error(view, error, reply);
        view_close(view);
    } else if (ticket == TICKET_OFFER) {
        take_events(whatif, parcel_find(reply, "offers"), view_context(view)->look.english);
        ask_days(view);
    } else if (ticket - TICKET_DAY < DAYS_MOST) {
        take_day(view, &whatif->days[ticket - TICKET_DAY], reply, error);
        if (!whatif->latest && parcel_get(reply, "latest")) {
            whatif->latest = copy_text(parcel_get(reply, "latest"));
            whatif->latest_title = copy_text(parcel_get(reply, "latest_title"));
        }
    }
}

/* ---- actions ---- */

static void shift(struct view *view, int days)
{
    struct whatif *whatif = view_state(view);
    int32_t day = day_add(whatif->first, days);
    whatif->first = day == DAY_NONE ? whatif->first : day;
    ask_days(view);
}

/* What is shown stays below while another act or day is tried; again: it goes. */
static void keep_or_drop(struct view *view)
{
    struct whatif *whatif = view_state(view);
    if (whatif->kept_title || !whatif->choice.count) {
        forget_kept(whatif);
        return;
    }
    whatif->kept_title = copy_text(whatif->events[whatif->choice.cursor].title);
    whatif->kept_first = whatif->first;
    memcpy(whatif->kept, whatif->days, sizeof whatif->days);
    memset(whatif->days, 0, sizeof whatif->days);
    choice_act(&whatif->choice, ACTION_DOWN);
    ask_days(view);
}

static bool act_whatif(struct view *view, enum action action)
{
    struct whatif *whatif = view_state(view);
    switch (action) {
    case ACTION_LEFT:
        shift(view, -1);
        return true;
    case ACTION_RIGHT:
        shift(view, 1);
        return true;
    case ACTION_PAGE_UP:
        shift(view, -columns_of(view));
        return true;
    case ACTION_PAGE_DOWN:
        shift(view, columns_of(view));
        return true;
    case ACTION_NEW:
        keep_or_drop(view);
        return true;
    case ACTION_WHATIF:
        view_close(view);
        return true;
    default:
        if (!choice_act(&whatif->choice, action)) {
            return false;
        }
        ask_days(view);
        return true;
    }
}

/* ---- drawing ---- */

/* The day with the most clocks. */
static const struct supposed *widest_of(const struct supposed days[DAYS_MOST])
{
    const struct supposed *widest = &days[0];
    for (int i = 1; i < DAYS_MOST; i++) {
        widest = days[i].count > widest->count ? &days[i] : widest;
    }
    return widest;
}

/* The day and the state, then a row a clock. */
static int rows_of(const struct supposed days[DAYS_MOST])
{
    return 2 + widest_of(days)->count;
}

static int rows_whatif(const struct view *view, int most)
{
    const struct whatif *whatif = view_state(view);
    int kept = whatif->kept_title ? rows_of(whatif->kept) + 1 : 0;
    int rows = 1 + rows_of(whatif->days) + kept + 1 + (whatif->latest != NULL);
    return rows < most ? rows : most;
}

static void context_whatif(const struct view *view, const struct pane *pane)
{
    const struct whatif *whatif = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("what if")) + 2;
    column =
        pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_TITLE, whatif->number) +
        2;
    column = pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
                       _("reckoned, not done")) +
             2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("sideways: the day; up and down: the act"));
}

static const struct cell_of_day *cell_named(const struct supposed *day, const char *title)
{
    for (int i = 0; i < day->count; i++) {
        if (day->cells[i].title && strcmp(day->cells[i].title, title) == 0) {
            return &day->cells[i];
        }
    }
    return NULL;
}

static void draw_day(const struct supposed *day, int32_t on, const struct pane *pane, int column,
                     const struct supposed *widest)
{
    const struct look *look = pane->look;
    char date[DAY_TEXT];
    day_format(on, date);
    char *words = day_words(look, date, false);
    int room = DAY_COLUMNS - 1;
    pane_clip(pane, 0, column, room, ROLE_HEAD, words ? words : "");
    free(words);
    if (!day->known) {
        pane_put(pane, 1, column, ROLE_TEXT_DIM, glyph_text(look, GLYPH_CLIPPED));
    } else if (day->refused) {
        pane_clip(pane, 1, column, room, ROLE_ACT_OFF, day->refused);
    } else {
        pane_clip(pane, 1, column, room, ROLE_TEXT, day->state);
    }
    for (int row = 0; row < widest->count; row++) {
        const struct cell_of_day *cell = cell_named(day, widest->cells[row].title);
        if (cell) {
            pane_clip(pane, 2 + row, column, room, cell->role, cell->due);
        }
    }
}

static void draw_latest(const struct view *view, const struct pane *pane, int row)
{
    const struct whatif *whatif = view_state(view);
    if (whatif->latest && row < pane->rows) {
        struct text said = {0}, until = {0};
        int32_t day;
        if (strlen(whatif->latest) >= 10 && day_parse(whatif->latest, 10, &day)) {
            trace_day(&until, day);
        }
        const char *const arg[4] = {text_bytes(&until), whatif->latest_title};
        phrase_said(&said, N_("at the latest %1: then %2 has run out"), arg,
                    view_context(view)->look.english);
        pane_clip(pane, row, 1, pane->columns - 2, ROLE_TEXT_STRONG, text_bytes(&said));
        text_free(&said);
        text_free(&until);
    }
}

/* What follows of TITLE being done on FIRST and the days behind it. */
static void draw_supposition(const struct view *view, const struct pane *pane, const char *title,
                             enum role role, int32_t first, const struct supposed days[DAYS_MOST])
{
    const struct supposed *widest = widest_of(days);
    pane_clip(pane, 0, 1, LABEL_COLUMNS - 1, ROLE_HEAD, _("if done on"));
    pane_clip(pane, 1, 1, LABEL_COLUMNS - 1, role, title);
    for (int row = 0; row < widest->count; row++) {
        pane_clip(pane, 2 + row, 1, LABEL_COLUMNS - 1, ROLE_HEADING, widest->cells[row].title);
    }
    for (int i = 0; i < columns_of(view); i++) {
        draw_day(&days[i], first + i, pane, 1 + LABEL_COLUMNS + i * DAY_COLUMNS, widest);
    }
}

static void draw_whatif(const struct view *view, const struct pane *pane)
{
    const struct whatif *whatif = view_state(view);
    if (!whatif->choice.count) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_DIM, _("Nothing can be done here."));
        return;
    }
    int row = rows_of(whatif->days);
    struct pane above = pane_part(pane, 0, 0, row, pane->columns);
    draw_supposition(view, &above, whatif->events[whatif->choice.cursor].title, ROLE_SHEET_CURSOR,
                     whatif->first, whatif->days);
    if (whatif->kept_title) {
        struct pane below = pane_part(pane, row + 1, 0, pane->rows - row - 1, pane->columns);
        draw_supposition(view, &below, whatif->kept_title, ROLE_TEXT_STRONG, whatif->kept_first,
                         whatif->kept);
        row += 1 + rows_of(whatif->kept);
    }
    draw_latest(view, pane, row + 1);
}

static const char *label_whatif(const struct view *view, enum action action)
{
    const struct whatif *whatif = view_state(view);
    return action != ACTION_NEW ? NULL
           : whatif->kept_title ? _("drop the other")
                                : _("keep and compare");
}

static const char *subject_whatif(const struct view *view, const char **clock)
{
    const struct whatif *whatif = view_state(view);
    (void)clock;
    return whatif->number;
}

const struct screen sheet_whatif = {
    .name = "what-if",
    .title = N_("what if"),
    .sheet = true,
    .where = WHERE_LIST,
    .size = sizeof(struct whatif),
    .acts = (const enum action[]){ACTION_LEFT, ACTION_RIGHT, ACTION_DOWN, ACTION_NEW, ACTION_WHY,
                                  ACTION_BACK, ACTION_NONE},
    .open = open_whatif,
    .close = close_whatif,
    .reply = reply_whatif,
    .refresh = ask,
    .act = act_whatif,
    .rows = rows_whatif,
    .context_row = context_whatif,
    .draw = draw_whatif,
    .subject = subject_whatif,
    .label = label_whatif,
};
