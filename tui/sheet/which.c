/*
 * which.c: `a`, then a letter: what can be done with the case, and what cannot and why not.
 *
 * Each event has the first letter of its name that is free, in the order of the policy: the same
 * letter whatever can be done today.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/sheet/letters.h"
#include "tui/sheet/remedy.h"
#include "tui/text.h"
#include "tui/width.h"

enum { TICKET_OFFER = 1, SHOWN_AFTER = 250, KNOWN_AFTER = 3, TITLE_MOST = 24 };

enum rank { RANK_CAN, RANK_CANNOT, RANK_NOT_HERE, RANKS };
struct way_on {
    char letter;
    enum rank rank;
    char *event, *title, *to, *why, *article;
    int remedy; /* row of the remedies + 1; 0: an event */
};
struct which {
    char *number;
    struct way_on *ways;   /* by rank */
    struct parcel offered; /* a reply of the verb `offer`: its table remedies */
    char *clock;           /* that stands under the cursor: its card comes first; "" none */
    struct choice choice;
    bool shown;
};

/* ---- what there is ---- */

static void ways_free(struct which *which)
{
    for (int i = 0; i < which->choice.count; i++) {
        struct way_on *way = &which->ways[i];
        free(way->event);
        free(way->title);
        free(way->to);
        free(way->why);
        free(way->article);
    }
    free(which->ways);
    which->ways = NULL;
    which->choice.count = 0;
}

static char *taken(struct text *text)
{
    char *copy = copy_text(text_bytes(text));
    text_free(text);
    return copy;
}

/* What another state offers comes last: it is not what one looks for. */
static enum rank rank_of(const struct table *offers, size_t row)
{
    return strcmp(table_word(offers, row, "may"), "yes") == 0      ? RANK_CAN
           : strcmp(table_word(offers, row, "kind"), "state") == 0 ? RANK_NOT_HERE
                                                                   : RANK_CANNOT;
}

static void fill(struct way_on *way, const struct table *offers, size_t row, bool english)
{
    struct text title = {0}, to = {0}, why = {0}, article = {0};
    const char *const arg[4] = {table_cell(offers, row, "a"), table_cell(offers, row, "b"),
                                table_cell(offers, row, "c"), table_cell(offers, row, "d")};
    phrase_both(&title, table_cell(offers, row, "title"), english);
    phrase_both(&to, table_cell(offers, row, "to_title"), english);
    if (*table_word(offers, row, "seen")) {
        text_add(&to, to.length ? "  " : "");
        text_addf(&to, _("in cloud: %s"), table_word(offers, row, "seen"));
    }
    phrase_reason(&why, table_word(offers, row, "sentence"), arg, english);
    phrase_article(&article, table_cell(offers, row, "article"), offers->parcel, english);
    way->event = copy_text(table_word(offers, row, "event"));
    way->rank = rank_of(offers, row);
    way->title = taken(&title);
    way->to = taken(&to);
    way->why = taken(&why);
    way->article = taken(&article);
}

/* What is done about cards has letters of its own, in every case. */
static struct letters letters_but_remedies(void)
{
    static const char *const names[] = {"explain", "waive", "take_back", "urge"};
    struct letters letters = letters_none();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        letters.taken[(unsigned char)remedy_letter(names[i])] = true;
    }
    return letters;
}

static void add_remedy(struct which *which, struct letters *letters, bool *used, size_t row,
                       bool english)
{
    const struct table *remedies = parcel_find(&which->offered, "remedies");
    struct way_on *way = &which->ways[which->choice.count++];
    const char *name = table_word(remedies, row, "remedy");
    const char *clock = table_word(remedies, row, "clock_title");
    struct text title = {0};
    fill(way, remedies, row, english);
    char letter = remedy_letter(name);
    way->letter = letter && !used[(int)letter] ? letter : letters_give(letters, name);
    used[(int)way->letter] = true; /* its own goes to the first */
    way->remedy = (int)row + 1;
    text_add(&title, strcmp(name, "take_back") == 0 ? _("take back: ") : "");
    phrase_both(&title, table_word(remedies, row, "title"), english);
    text_add(&title, *clock ? " " : "");
    phrase_both(&title, clock, english);
    free(way->title);
    way->title = taken(&title);
}

/* Those of the clock under the cursor come first and have the letters that are their own. */
static void add_remedies(struct which *which, struct letters *letters, bool english)
{
    const struct table *remedies = parcel_find(&which->offered, "remedies");
    bool used[128] = {false};
    for (int own = 1; own >= 0; own--) {
        for (size_t row = 0; remedies && row < table_rows(remedies); row++) {
            const char *clock = table_word(remedies, row, "clock");
            if ((strcmp(clock, which->clock) == 0) == (own == 1)) {
                add_remedy(which, letters, used, row, english);
            }
        }
    }
}

static void take_offers(struct which *which, const struct parcel *reply, bool english)
{
    const struct table *offers = parcel_find(reply, "offers");
    const struct table *remedies = parcel_find(reply, "remedies");
    size_t rows = offers ? table_rows(offers) : 0, more = remedies ? table_rows(remedies) : 0;
    struct letters letters = letters_but_remedies();
    ways_free(which);
    parcel_renew(reply, &which->offered);
    which->ways = calloc(rows + more + 1, sizeof *which->ways);
    char *given = calloc(rows + 1, 1);
    for (size_t row = 0; given && row < rows; row++) {
        given[row] = letters_give(&letters, table_word(offers, row, "event"));
    }
    for (int rank = RANK_CAN; which->ways && given && rank < RANKS; rank++) {
        if (rank == RANK_NOT_HERE) {
            add_remedies(which, &letters, english);
        }
        for (size_t row = 0; row < rows; row++) {
            if (rank_of(offers, row) == (enum rank)rank) {
                struct way_on *way = &which->ways[which->choice.count++];
                fill(way, offers, row, english);
                way->letter = given[row];
            }
        }
    }
    free(given);
    choice_count(&which->choice, which->choice.count);
}

/* ---- screen ---- */

static void ask(struct view *view)
{
    const struct which *which = view_state(view);
    parcel_put(view_ask(view, TICKET_OFFER, "offer"), "case", which->number);
    view_hold(view);
}

static void open_which(struct view *view, const char *what)
{
    struct which *which = view_state(view);
    const char *clock = view_given(view) ? parcel_get(view_given(view), "clock") : NULL;
    which->number = copy_text(what);
    which->clock = copy_text(clock ? clock : "");
    which->shown = view->shell->which_used < KNOWN_AFTER;
    view_wake(view, SHOWN_AFTER);
    ask(view);
}

static void close_which(struct view *view)
{
    struct which *which = view_state(view);
    ways_free(which);
    parcel_free(&which->offered);
    free(which->clock);
    free(which->number);
}

static void reply_which(struct view *view, int ticket, const struct parcel *reply,
                        const struct error *error)
{
    struct which *which = view_state(view);
    (void)ticket;
    if (error) {
        view_say_error(view, error, reply);
        view_close(view);
        return;
    }
    take_offers(which, reply, view_context(view)->look.english);
}

static void wake_which(struct view *view)
{
    struct which *which = view_state(view);
    which->shown = true;
}

static void say_why_not(struct view *view, const struct way_on *way)
{
    view_say(view, ROLE_MESSAGE_WARN, N_("%1: %2 %3"), way->title, way->why, way->article);
}

static void choose(struct view *view, int index)
{
    const struct which *which = view_state(view);
    const struct way_on *way = &which->ways[index];
    if (way->rank != RANK_CAN) {
        say_why_not(view, way);
        return;
    }
    view->shell->which_used++;
    view_close(view); /* first: what it opens would be closed with it */
    if (way->remedy) {
        remedy_open(view, parcel_find(&which->offered, "remedies"), (size_t)way->remedy - 1,
                    which->number);
        return;
    }
    struct parcel *given = view_open_with(view, "form", which->number);
    parcel_put(given, "case", which->number);
    parcel_put(given, "event", way->event);
}

static bool key_which(struct view *view, const struct key_event *event)
{
    struct which *which = view_state(view);
    struct key key = key_half(event->key);
    if (key.with & (KEY_CTRL | KEY_ALT) || key.code >= 0x80) {
        return false;
    }
    for (int i = 0; i < which->choice.count; i++) {
        if ((uint32_t)which->ways[i].letter == key.code) {
            choose(view, i);
            return true;
        }
    }
    if (key.code == '?' && which->choice.count) {
        say_why_not(view, &which->ways[which->choice.cursor]);
    } else if (key.code == 'm') {
        view_close(view);
        view_open(view, "note", which->number);
    }
    return key.code == '?' || key.code == 'm';
}

static bool act_which(struct view *view, enum action action)
{
    struct which *which = view_state(view);
    which->shown = true;
    if (action == ACTION_OPEN) {
        if (which->choice.count) {
            choose(view, which->choice.cursor);
        }
        return true;
    }
    return choice_act(&which->choice, action);
}

static int rows_which(const struct view *view, int most)
{
    const struct which *which = view_state(view);
    int rows = which->choice.count + 2;
    return !which->shown ? 0 : rows < most ? rows : most;
}

static void context_which(const struct view *view, const struct pane *pane)
{
    const struct which *which = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("act"));
    pane_clip(pane, 0, column + 1, pane->columns - column - 2, ROLE_SHEET_TITLE, which->number);
    pane_right(pane, 0, pane->columns / 2, pane->columns - pane->columns / 2 - 1, ROLE_SHEET_DIM,
               _("one more key; Esc: none"));
}

static void draw_way(const struct which *which, const struct pane *pane, int row, int index,
                     int title)
{
    const struct way_on *way = &which->ways[index];
    char letter[2] = {way->letter, '\0'};
    bool here = index == which->choice.cursor;
    bool may = way->rank == RANK_CAN;
    enum role off = may ? ROLE_TEXT : ROLE_ACT_OFF;
    enum role band = here ? ROLE_SHEET_CURSOR : off;
    pane_put(pane, row, 1, here ? ROLE_SHEET_CURSOR : may ? ROLE_ACT_KEY : ROLE_ACT_OFF, letter);
    pane_put(pane, row, 2, band, " ");
    int column = pane_pad(pane, row, 3, title, band, way->title) + 2;
    int article = width_of(way->article), right = pane->columns - article - 2;
    if (may && *way->to) {
        column = pane_glyph(pane, row, column, ROLE_TEXT_DIM, GLYPH_BECOMES) + 1;
    }
    pane_clip(pane, row, column, right - column - 1, off,
              may                          ? way->to
              : way->rank == RANK_NOT_HERE ? _("not at this step")
                                           : way->why);
    if (right > column) {
        pane_put(pane, row, right, ROLE_TEXT_DIM, way->article);
    }
}

static void draw_which(const struct view *view, const struct pane *pane)
{
    const struct which *which = view_state(view);
    int top = choice_top(&which->choice, pane->rows), title = 0;
    for (int i = 0; i < which->choice.count; i++) {
        int width = width_of(which->ways[i].title);
        title = width > title ? width : title;
    }
    title = title > TITLE_MOST ? TITLE_MOST : title;
    for (int i = top; i < which->choice.count && i - top < pane->rows; i++) {
        draw_way(which, pane, i - top, i, title);
    }
    if (which->choice.count - top < pane->rows) {
        pane_put(pane, pane->rows - 1, 1, ROLE_ACT_KEY, "m");
        pane_put(pane, pane->rows - 1, 3, ROLE_TEXT, _("add a note"));
    }
}

static const char *subject_which(const struct view *view, const char **clock)
{
    const struct which *which = view_state(view);
    (void)clock;
    return which->number;
}

const struct screen sheet_which = {
    .name = "which",
    .title = N_("act"),
    .sheet = true,
    .types = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct which),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DOWN, ACTION_BACK, ACTION_NONE},
    .open = open_which,
    .close = close_which,
    .reply = reply_which,
    .wake = wake_which,
    .refresh = ask,
    .key = key_which,
    .act = act_which,
    .rows = rows_which,
    .context_row = context_which,
    .draw = draw_which,
    .subject = subject_which,
};
