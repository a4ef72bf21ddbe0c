/* why.c: how a last day was counted: day by day, with the grounds, and how else it can be read. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/trace.h"

enum { TICKET_WHY = 1, LINES_MOST = 2000 };

struct line {
    char *text;
    enum role role;
};
struct told { /* of one clock */
    char *clock, *title, *conclusion;
    int first, count; /* of the lines */
};
struct why {
    char *number, *asked;
    struct line *lines;
    int line_count;
    struct told *told;
    int told_count, at; /* which clock is shown */
    struct choice choice;
};

/* ---- what the desk told ---- */

static void forget(struct why *why)
{
    for (int i = 0; i < why->line_count; i++) {
        free(why->lines[i].text);
    }
    for (int i = 0; i < why->told_count; i++) {
        free(why->told[i].clock);
        free(why->told[i].title);
        free(why->told[i].conclusion);
    }
    free(why->lines);
    free(why->told);
    why->lines = NULL;
    why->told = NULL;
    why->line_count = why->told_count = 0;
}

static void add_line(struct why *why, struct text *text, enum role role)
{
    if (why->line_count < LINES_MOST) {
        why->lines[why->line_count++] = (struct line){copy_text(text_bytes(text)), role};
    }
    text_clear(text);
}

static enum role role_of(enum step_kind kind)
{
    switch (kind) {
    case STEP_RESTS:
    case STEP_HELD:
        return ROLE_TRACE_SKIPPED;
    case STEP_COUNTED:
        return ROLE_TRACE_COUNTED;
    case STEP_DUE:
        return ROLE_TEXT_STRONG;
    default:
        return ROLE_TEXT;
    }
}

static void add_title(struct text *out, const struct table *clocks, const char *clock, bool english)
{
    size_t row = trace_clock(clocks, clock);
    const char *article = row == SIZE_MAX ? "" : table_word(clocks, row, "article");
    phrase_both(out, row == SIZE_MAX ? clock : table_word(clocks, row, "title"), english);
    if (*article) {
        text_add(out, "  ");
        phrase_article(out, article, clocks->parcel, english);
    }
}

static void add_readings(struct why *why, const struct table *readings, const char *clock,
                         bool english)
{
    struct text out = {0};
    for (size_t row = 0; readings && row < table_rows(readings); row++) {
        if (strcmp(table_word(readings, row, "clock"), clock) == 0) {
            const char *day = table_cell(readings, row, "day");
            const char *const arg[4] = {table_cell(readings, row, "question"),
                                        table_cell(readings, row, "option"), day ? day : "-"};
            text_add(&out, "~ ");
            phrase_said(&out, N_("%3 if “%1” is read: %2"), arg, english);
            add_line(why, &out, ROLE_TEXT_DIM);
        }
    }
    text_free(&out);
}

static void begin_clock(struct why *why, const struct table *clocks, const char *clock,
                        bool english)
{
    struct text title = {0};
    add_title(&title, clocks, clock, english);
    why->told[why->told_count++] = (struct told){.clock = copy_text(clock),
                                                 .title = copy_text(text_bytes(&title)),
                                                 .first = why->line_count};
    text_free(&title);
}

static void end_clock(struct why *why, const struct parcel *reply, bool english)
{
    if (why->told_count) {
        struct told *told = &why->told[why->told_count - 1];
        if (why->line_count > told->first) {
            told->conclusion = copy_text(why->lines[why->line_count - 1].text);
        }
        add_readings(why, parcel_find(reply, "readings"), told->clock, english);
        told->count = why->line_count - told->first;
    }
}

static void take(struct why *why, const struct parcel *reply, bool english)
{
    const struct table *steps = parcel_find(reply, "steps"), *clocks = parcel_find(reply, "clocks");
    size_t rows = steps ? table_rows(steps) : 0;
    struct text out = {0};
    forget(why);
    why->lines = calloc(LINES_MOST, sizeof *why->lines);
    why->told = calloc(rows + 1, sizeof *why->told);
    for (size_t row = 0; why->lines && why->told && row < rows; row++) {
        const char *clock = table_word(steps, row, "clock");
        if (!why->told_count || strcmp(why->told[why->told_count - 1].clock, clock) != 0) {
            end_clock(why, reply, english);
            begin_clock(why, clocks, clock, english);
        }
        struct step step = trace_step(steps, row);
        trace_line(&out, &step);
        add_line(why, &out, role_of(step.kind));
    }
    end_clock(why, reply, english);
    text_free(&out);
}

static void show(struct why *why, int clock)
{
    why->at = why->told_count ? (clock + why->told_count) % why->told_count : 0;
    why->choice.cursor = 0;
    choice_count(&why->choice, why->told_count ? why->told[why->at].count : 0);
}

/* The clock that was asked about, else the last: it is the one that runs. */
static int first_shown(const struct why *why)
{
    int shown = why->told_count - 1;
    for (int i = 0; i < why->told_count; i++) {
        shown = why->asked && strcmp(why->told[i].clock, why->asked) == 0 ? i : shown;
    }
    return shown < 0 ? 0 : shown;
}

/* ---- screen ---- */

static void ask(struct view *view)
{
    const struct why *why = view_state(view);
    parcel_put(view_ask(view, TICKET_WHY, "why"), "case", why->number);
    view_hold(view);
}

/* WHAT: the case, and behind an end of line the clock. */
static void open_why(struct view *view, const char *what)
{
    struct why *why = view_state(view);
    size_t length = strcspn(what, "\n");
    struct text number = {0};
    text_add_n(&number, what, length);
    why->number = copy_text(text_bytes(&number));
    why->asked = copy_text(what[length] ? what + length + 1 : NULL);
    text_free(&number);
    ask(view);
}

static void close_why(struct view *view)
{
    struct why *why = view_state(view);
    forget(why);
    free(why->number);
    free(why->asked);
}

static void reply_why(struct view *view, int ticket, const struct parcel *reply,
                      const struct error *error)
{
    struct why *why = view_state(view);
    (void)ticket;
    if (error) {
        view_say_error(view, error, reply);
        view_close(view);
        return;
    }
    take(why, reply, view_context(view)->look.english);
    show(why, first_shown(why));
}

/* The clock that is shown, to a file. */
static void save_trace(struct view *view)
{
    const struct why *why = view_state(view);
    struct text words = {0};
    if (!why->told_count) {
        return;
    }
    const struct told *told = &why->told[why->at];
    text_addf(&words, "%s  %s\n\n", why->number, told->title);
    for (int i = 0; i < told->count; i++) {
        text_addf(&words, "%s\n", why->lines[told->first + i].text);
    }
    parcel_put(view_open_with(view, "print", told->clock), "words", text_bytes(&words));
    text_free(&words);
}

static bool act_why(struct view *view, enum action action)
{
    struct why *why = view_state(view);
    switch (action) {
    case ACTION_NEXT_PANE:
        show(why, why->at + 1);
        return true;
    case ACTION_PREVIOUS_PANE:
        show(why, why->at - 1);
        return true;
    case ACTION_WHY: /* again: the keys */
        view_do(view, ACTION_HELP);
        return true;
    case ACTION_WHATIF:
        view_close(view);
        view_open(view, "what-if", why->number);
        return true;
    case ACTION_PRINT:
    case ACTION_EXPORT:
        save_trace(view);
        return true;
    case ACTION_COPY:
        if (why->told_count && why->told[why->at].conclusion) {
            view_copy(view, why->told[why->at].conclusion);
            view_say(view, ROLE_MESSAGE_OK, N_("%1 is on the clipboard"),
                     why->told[why->at].conclusion, NULL, NULL);
        }
        return true;
    default:
        return choice_act(&why->choice, action);
    }
}

static int rows_why(const struct view *view, int most)
{
    const struct why *why = view_state(view);
    int rows = why->choice.count + 1 + !why->choice.count;
    return rows < most ? rows : most;
}

static void context_why(const struct view *view, const struct pane *pane)
{
    const struct why *why = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("why")) + 2;
    column = pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_TITLE, why->number);
    if (why->told_count) {
        column = pane_clip(pane, 0, column + 2, pane->columns - column - 3, ROLE_SHEET_TITLE,
                           why->told[why->at].title);
    }
    if (why->told_count > 1) {
        struct text at = {0};
        text_addf(&at, "%d/%d", why->at + 1, why->told_count);
        pane_right(pane, 0, column + 1, pane->columns - column - 2, ROLE_SHEET_DIM,
                   text_bytes(&at));
        text_free(&at);
    }
}

static void draw_why(const struct view *view, const struct pane *pane)
{
    const struct why *why = view_state(view);
    int top = choice_top(&why->choice, pane->rows);
    if (!why->told_count) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_DIM,
                  _("No clock has run in this case yet."));
        return;
    }
    const struct told *told = &why->told[why->at];
    for (int i = top; i < told->count && i - top < pane->rows; i++) {
        const struct line *line = &why->lines[told->first + i];
        if (i == why->choice.cursor) {
            pane_glyph(pane, i - top, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
        }
        pane_clip(pane, i - top, 2, pane->columns - 3, line->role, line->text);
    }
}

static const char *subject_why(const struct view *view, const char **clock)
{
    const struct why *why = view_state(view);
    *clock = why->told_count ? why->told[why->at].clock : NULL;
    return why->number;
}

const struct screen sheet_why = {
    .name = "why",
    .title = N_("why"),
    .sheet = true,
    .where = WHERE_LIST,
    .size = sizeof(struct why),
    .acts = (const enum action[]){ACTION_DOWN, ACTION_NEXT_PANE, ACTION_WHATIF, ACTION_COPY,
                                  ACTION_PRINT, ACTION_BACK, ACTION_NONE},
    .open = open_why,
    .close = close_why,
    .reply = reply_why,
    .refresh = ask,
    .act = act_why,
    .rows = rows_why,
    .context_row = context_why,
    .draw = draw_why,
    .subject = subject_why,
};
