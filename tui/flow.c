/* flow.c: a procedure as boxes and lines. */
#include "tui/flow.h"

#include <string.h>

#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/width.h"

enum {
    BOX_MOST = 108,
    STEM = 3,         /* column of the line that leads from box to box */
    TITLE_MOST = 26,  /* of a state in its box */
    WITH_ARTICLE = 60 /* columns from which there is room for articles */
};

struct drawing {
    const struct parcel *flow;
    const struct table *states, *moves;
    const struct pane *pane;
    struct page *page;
    int row;
};

static const char *cell(const struct table *table, int row, const char *column)
{
    const char *value = table && row >= 0 ? table_cell(table, (size_t)row, column) : NULL;
    return value ? value : "";
}

static int rows_of(const struct table *table)
{
    return table ? (int)table_rows(table) : 0;
}

static bool is_yes(const char *value)
{
    return strcmp(value, "yes") == 0;
}

int flow_state(const struct parcel *flow, const char *name)
{
    const struct table *states = parcel_find(flow, "states");
    for (int i = 0; i < rows_of(states); i++) {
        if (strcmp(cell(states, i, "state"), name) == 0) {
            return i;
        }
    }
    return -1;
}

int flow_rows(const struct parcel *flow)
{
    enum { BOX = 6 };
    return BOX * rows_of(parcel_find(flow, "states")) + 2 * rows_of(parcel_find(flow, "moves")) + 4;
}

static bool is_end(const struct drawing *d, int state)
{
    return strcmp(cell(d->states, state, "final"), "no") != 0;
}

static void stop(const struct drawing *d, int column, int width, enum flow_stop kind, int index)
{
    if (d->page) {
        page_stop_add(d->page, d->row, column, width, kind == FLOW_STATE, (int)kind, index);
    }
}

/* A title, clipped, from COLUMN on; the column behind it. */
static int put_title(const struct drawing *d, int column, int most, enum role role,
                     const char *title)
{
    struct text text = {0};
    phrase_both(&text, title, d->pane->look->english);
    column = pane_clip(d->pane, d->row, column, most, role, text_bytes(&text));
    text_free(&text);
    return column;
}

/* ---- a state ---- */

static int box_width(const struct drawing *d)
{
    int room = d->pane->columns - 2;
    return room > BOX_MOST ? BOX_MOST : room;
}

static void put_edge(const struct drawing *d, enum glyph left, enum glyph right, bool stem)
{
    int width = box_width(d);
    pane_glyph(d->pane, d->row, 1, ROLE_RULE, left);
    pane_repeat(d->pane, d->row, 2, width - 2, ROLE_RULE, GLYPH_LINE);
    pane_glyph(d->pane, d->row, width, ROLE_RULE, right);
    if (stem) {
        pane_glyph(d->pane, d->row, STEM, ROLE_RULE, GLYPH_STEM);
    }
}

/* How many open cases are in the state: "6 open"; the column before it. */
static int put_count(const struct drawing *d, int state, int right)
{
    const struct table *counts = parcel_find(d->flow, "counts");
    for (int i = 0; i < rows_of(counts); i++) {
        if (strcmp(cell(counts, i, "state"), cell(d->states, state, "state")) == 0) {
            const char *const arg[4] = {cell(counts, i, "n")};
            struct text text = {0};
            phrase_said(&text, N_("%1 open"), arg, d->pane->look->english);
            int width = look_width(d->pane->look, text_bytes(&text));
            pane_put(d->pane, d->row, right - width, ROLE_TEXT_STRONG, text_bytes(&text));
            text_free(&text);
            return right - width - 1;
        }
    }
    return right;
}

static void put_state(const struct drawing *d, int state)
{
    static const struct {
        const char *column, *label;
    } clocks[] = {{"clocks", N_("clock")}, {"held", N_("stands still")}};
    int width = box_width(d), right = put_count(d, state, width - 1);
    pane_glyph(d->pane, d->row, 1, ROLE_RULE, GLYPH_UPRIGHT);
    pane_glyph(d->pane, d->row, width, ROLE_RULE, GLYPH_UPRIGHT);
    int column = put_title(d, 3, TITLE_MOST, ROLE_TEXT_STRONG, cell(d->states, state, "title"));
    stop(d, 3, column - 3, FLOW_STATE, state);
    column =
        put_title(d, column + 2, right - column - 2, ROLE_TEXT, cell(d->states, state, "with"));
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        const char *titles = cell(d->states, state, clocks[i].column);
        if (*titles && column + 6 < right) {
            column = pane_clip(d->pane, d->row, column + 2, right - column - 2, ROLE_HEADING,
                               _(clocks[i].label));
            column = put_title(d, column + 1, right - column - 1, ROLE_TEXT, titles);
        }
    }
}

/* In the edge of the first box of a stage stands its title. */
static void put_stage(const struct drawing *d, const char *stage)
{
    struct text text = {0};
    text_add(&text, " ");
    phrase_both(&text, stage, d->pane->look->english);
    text_add(&text, " ");
    int column = box_width(d) - 1 - look_width(d->pane->look, text_bytes(&text));
    pane_put(d->pane, d->row, column, ROLE_HEADING, text_bytes(&text));
    text_free(&text);
}

static void draw_box(struct drawing *d, int state, const char *stage, bool stem)
{
    put_edge(d, GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT, false);
    if (stage) {
        put_stage(d, stage);
    }
    d->row++;
    put_state(d, state);
    d->row++;
    put_edge(d, GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT, stem);
    d->row++;
}

/* ---- what can be done there ---- */

static bool is_of(const struct drawing *d, int move, int state)
{
    return strcmp(cell(d->moves, move, "state"), cell(d->states, state, "state")) == 0;
}

static int target(const struct drawing *d, int move)
{
    const char *to = cell(d->moves, move, "to");
    return *to ? flow_state(d->flow, to) : -1;
}

/* "→ ↓ Review", "→ ✗ Rejected", "→ back to where it was". */
static int put_target(const struct drawing *d, int move, int from, int column, int most)
{
    int to = target(d, move);
    bool back = is_yes(cell(d->moves, move, "back"));
    if (to < 0 && !back) {
        return pane_clip(d->pane, d->row, column, most, ROLE_TEXT_DIM, _("the state stays"));
    }
    int end = column + most;
    column = pane_glyph(d->pane, d->row, column, ROLE_TEXT_DIM, GLYPH_BECOMES) + 1;
    if (back) {
        return pane_clip(d->pane, d->row, column, end - column, ROLE_TEXT,
                         _("back to where it was"));
    }
    bool done = strcmp(cell(d->states, to, "final"), "done") == 0;
    enum glyph glyph = !is_end(d, to) ? to > from ? GLYPH_DOWN : GLYPH_UP
                       : done         ? GLYPH_YES
                                      : GLYPH_NO;
    column = pane_glyph(d->pane, d->row, column, ROLE_TEXT_DIM, glyph) + 1;
    return put_title(d, column, end - column, ROLE_TEXT_STRONG, cell(d->states, to, "title"));
}

/* "if org.level = county", "otherwise". Appended. */
static void when_text(const struct drawing *d, int move, struct text *out)
{
    const char *when = cell(d->moves, move, "when");
    if (strcmp(when, "else") == 0) {
        text_add(out, _("otherwise"));
    } else if (*when) {
        text_addf(out, _("if %s"), when);
    }
}

/* The event, who does it, what it leads to, on what condition, its article. REST gets what had no
 * room: the condition, which takes a row of its own. */
static void put_move(const struct drawing *d, int move, int from, int column, bool onward,
                     struct text *rest)
{
    struct text article = {0};
    const char *by = cell(d->moves, move, "by");
    int right = box_width(d) + 1;
    if (d->pane->columns >= WITH_ARTICLE) {
        phrase_article(&article, cell(d->moves, move, "article"), d->flow, d->pane->look->english);
        int width = look_width(d->pane->look, text_bytes(&article));
        width = width > 24 ? 24 : width;
        pane_right(d->pane, d->row, right - width, width, ROLE_TEXT_DIM, text_bytes(&article));
        right -= width + 2;
    }
    int begins = column;
    column = put_title(d, column, right - column, ROLE_TEXT, cell(d->moves, move, "title"));
    stop(d, begins, column - begins, FLOW_MOVE, move);
    if (*by && column + 4 < right) {
        column = put_title(d, column + 2, right - column - 2, ROLE_TEXT_DIM, by);
    }
    if (is_yes(cell(d->moves, move, "expires")) && column + 4 < right) {
        column = pane_clip(d->pane, d->row, column + 2, right - column - 2, ROLE_HEADING,
                           _("when time runs out"));
    }
    if (!onward && column + 4 < right) {
        column = put_target(d, move, from, column + 2, right - column - 2);
    }
    when_text(d, move, rest);
    if (rest->length && look_width(d->pane->look, text_bytes(rest)) + 3 <= right - column) {
        pane_put(d->pane, d->row, column + 2, ROLE_FORM_HINT, text_bytes(rest));
        text_clear(rest);
    }
    text_free(&article);
}

/* The state whose box stands below: the next that is no end. */
static int below(const struct drawing *d, int state)
{
    int next = state + 1;
    while (next < rows_of(d->states) && is_end(d, next)) {
        next++;
    }
    return next < rows_of(d->states) ? next : -1;
}

/* Those that lead to the box below are the line that leads there; the others branch off before. */
static void draw_moves(struct drawing *d, int state)
{
    int next = below(d, state), left = 0, onward = 0;
    for (int i = 0; i < rows_of(d->moves); i++) {
        bool on = is_of(d, i, state) && next >= 0 && target(d, i) == next;
        onward += on;
        left += is_of(d, i, state) && !on;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < rows_of(d->moves); i++) {
            bool on = next >= 0 && target(d, i) == next;
            if (!is_of(d, i, state) || on != (pass == 1)) {
                continue;
            }
            left -= !on;
            enum glyph joint = on                     ? GLYPH_UPRIGHT
                               : left == 0 && !onward ? GLYPH_BOTTOM_LEFT
                                                      : GLYPH_BRANCH;
            pane_glyph(d->pane, d->row, STEM, ROLE_RULE, joint);
            if (!on) {
                pane_glyph(d->pane, d->row, STEM + 1, ROLE_RULE, GLYPH_LINE);
            }
            struct text rest = {0};
            put_move(d, i, state, STEM + 3, on, &rest);
            d->row++;
            if (rest.length) {
                if (left > 0 || onward) {
                    pane_glyph(d->pane, d->row, STEM, ROLE_RULE, GLYPH_UPRIGHT);
                }
                pane_clip(d->pane, d->row, STEM + 5, box_width(d) - STEM - 5, ROLE_FORM_HINT,
                          text_bytes(&rest));
                d->row++;
            }
            text_free(&rest);
        }
    }
    if (onward) {
        pane_glyph(d->pane, d->row, STEM, ROLE_RULE, GLYPH_DOWN);
    }
    d->row++;
}

/* ---- all of it ---- */

static bool has_moves(const struct drawing *d, int state)
{
    for (int i = 0; i < rows_of(d->moves); i++) {
        if (is_of(d, i, state)) {
            return true;
        }
    }
    return false;
}

static void draw_ends(struct drawing *d)
{
    pane_put(d->pane, d->row++, 1, ROLE_HEADING, _("it ends so"));
    for (int i = 0; i < rows_of(d->states); i++) {
        if (is_end(d, i)) {
            bool done = strcmp(cell(d->states, i, "final"), "done") == 0;
            int column = pane_glyph(d->pane, d->row, STEM, done ? ROLE_CARD_MET : ROLE_ACT_OFF,
                                    done ? GLYPH_YES : GLYPH_NO);
            int end = put_title(d, column + 1, TITLE_MOST, ROLE_TEXT, cell(d->states, i, "title"));
            stop(d, column + 1, end - column - 1, FLOW_STATE, i);
            d->row++;
        }
    }
}

int flow_draw(const struct parcel *flow, const struct pane *pane, struct page *page)
{
    struct drawing d = {.flow = flow,
                        .states = parcel_find(flow, "states"),
                        .moves = parcel_find(flow, "moves"),
                        .pane = pane,
                        .page = page};
    const char *stage = "";
    for (int i = 0; i < rows_of(d.states); i++) {
        const char *here = cell(d.states, i, "stage");
        if (is_end(&d, i)) {
            continue;
        }
        bool begins = *here && strcmp(here, stage) != 0;
        stage = *here ? here : stage;
        draw_box(&d, i, begins ? stage : NULL, has_moves(&d, i));
        draw_moves(&d, i);
    }
    draw_ends(&d);
    return d.row;
}
