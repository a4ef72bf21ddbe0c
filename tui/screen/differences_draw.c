/* differences_draw.c: what a run comes to, and below its rows what is known of one of them. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/differences.h"
#include "tui/text.h"
#include "tui/width.h"

enum { SHEET = 8, LABEL = 8, PLACE = 17 };

static const char *approved_cell(const struct differences *state, int measure, const char *column)
{
    const struct table *table = parcel_find(&state->approved, "measures");
    const char *text = table ? table_cell(table, (size_t)measure, column) : NULL;
    return text ? text : "";
}

/* "CPU  8核  12核": before, now; of the system as a whole what was given and what is there. */
static void draw_amount(const struct differences *state, const struct pane *pane, int row,
                        int measure, const struct context *context)
{
    static const char *const amounts[] = {"vcpus", "ram", "disk"};
    static const char *const before[] = {"was_vcpus", "was_ram", "was_disk"};
    size_t at = list_cursor(state->list);
    struct text was = {0}, now = {0}, title = {0}, whole = {0};
    phrase_amount(&was, amounts[measure], differences_cell(state->list, at, before[measure]));
    phrase_amount(&now, amounts[measure], differences_cell(state->list, at, amounts[measure]));
    const char *none = glyph_text(&context->look, GLYPH_NONE);
    const char *given = approved_cell(state, measure, "given");
    phrase_both(&title, approved_cell(state, measure, "title"), context->look.english);
    if (*given) {
        text_addf(&whole, "%s  %s", given, approved_cell(state, measure, "seen"));
    }
    static const char *const words[] = {N_("CPU"), N_("memory"), N_("disk")};
    pane_clip(pane, row, 1, LABEL + 1, ROLE_HEADING, _(words[measure]));
    bool same = strcmp(text_bytes(&was), text_bytes(&now)) == 0;
    pane_clip(pane, row, LABEL + 3, PLACE - 2, ROLE_TEXT, was.length ? text_bytes(&was) : none);
    pane_clip(pane, row, LABEL + 3 + PLACE, PLACE - 2, same ? ROLE_TEXT : ROLE_DIFF_CHANGE,
              now.length ? text_bytes(&now) : none);
    if (whole.length) {
        bool astray = strcmp(given, approved_cell(state, measure, "seen")) != 0;
        int column = LABEL + 3 + 2 * PLACE;
        pane_right(pane, row, column, 10, ROLE_TEXT, given);
        pane_right(pane, row, column + 11, 10, astray ? ROLE_FLAG : ROLE_TEXT,
                   approved_cell(state, measure, "seen"));
    }
    text_free(&was);
    text_free(&now);
    text_free(&title);
    text_free(&whole);
}

static void draw_heads(const struct pane *pane, int row)
{
    pane_clip(pane, row, LABEL + 3, PLACE - 2, ROLE_HEAD, _("before"));
    pane_clip(pane, row, LABEL + 3 + PLACE, PLACE - 2, ROLE_HEAD, _("at present"));
    int column = LABEL + 3 + 2 * PLACE;
    pane_right(pane, row, column, 10, ROLE_HEAD, _("given"));
    pane_right(pane, row, column + 11, 10, ROLE_HEAD, _("there"));
    pane_clip(pane, row, column + 23, pane->columns - column - 24, ROLE_HEAD,
              _("(all of the system)"));
}

/* What comes of it, in a sentence. */
static void verdict_text(const struct differences *state, const struct context *context,
                         struct text *out)
{
    size_t row = list_cursor(state->list);
    const char *drift = list_text(state->list, row, "drift", context);
    if (differences_is(state->list, row, "verdict", "drifts")) {
        text_add(out, drift);
        text_add(out, "  ");
        case_article_text(differences_cell(state->list, row, "article"), context, out);
        text_addf(out, "  %s", _("a case is opened of it when it is in force"));
    } else if (differences_is(state->list, row, "verdict", "unmapped")) {
        text_add(out, _("its project is nobody's yet: s gives it to a system or an organisation"));
    } else if (differences_is(state->list, row, "verdict", "agrees")) {
        text_add(out, _("with it the system comes nearer to, or stays within, what it was given"));
    } else {
        text_add(out, _("nothing that was given is touched by it"));
    }
}

static void draw_sheet(const struct differences *state, const struct pane *pane,
                       const struct context *context)
{
    size_t at = list_cursor(state->list);
    struct text title = {0}, verdict = {0}, right = {0};
    const char *name = differences_cell(state->list, at, "name");
    text_addf(&title, "%s  %s %s", *name ? name : differences_cell(state->list, at, "uid"),
              list_text(state->list, at, "org", context),
              list_text(state->list, at, "system", context));
    text_addf(&right, "%s", differences_cell(state->list, at, "uid"));
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&title)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM, text_bytes(&right));
    draw_heads(pane, 1);
    for (int i = 0; i < 3; i++) {
        draw_amount(state, pane, 2 + i, i, context);
    }
    verdict_text(state, context, &verdict);
    pane_clip(pane, 5, 1, pane->columns - 2, ROLE_TEXT, text_bytes(&verdict));
    pane_clip(pane, 7, 1, pane->columns - 2,
              differences_staged(state) ? ROLE_MESSAGE_WARN : ROLE_TEXT_DIM,
              differences_staged(state)
                  ? _("Not in force yet. Ctrl-S lets all of it take effect at once; Esc "
                      "leaves it until the next sync.")
                  : _("It is in force."));
    text_free(&title);
    text_free(&verdict);
    text_free(&right);
}

void differences_draw(const struct view *view, const struct pane *pane)
{
    const struct differences *state = view_state(view);
    const struct context *context = view_context(view);
    bool sheet =
        context->rows >= DIFFERENCES_SHEET && context->columns >= 60 && *differences_here(state);
    int rows = sheet ? pane->rows - SHEET : pane->rows;
    struct pane above = pane_part(pane, 0, 0, rows, pane->columns);
    struct pane below = pane_part(pane, rows, 0, pane->rows - rows, pane->columns);
    list_draw(state->list, &above, context);
    if (sheet) {
        draw_sheet(state, &below, context);
    }
}

void differences_context(const struct view *view, const struct pane *pane)
{
    const struct differences *state = view_state(view);
    const struct context *context = view_context(view);
    static const struct {
        const char *pair, *word;
        enum glyph glyph;
        enum role role;
    } counts[] = {{"made", N_("New"), GLYPH_NEW, ROLE_DIFF_ADD},
                  {"changed", N_("Chg"), GLYPH_CHANGED, ROLE_DIFF_CHANGE},
                  {"gone", N_("Gone"), GLYPH_GONE, ROLE_DIFF_DEL}};
    struct text words = {0};
    int column = pane_put(pane, 0, 1, ROLE_TEXT_STRONG, _("What differs"));
    text_addf(&words, "%s",
              parcel_get(&state->head, "vendor") ? parcel_get(&state->head, "vendor") : "");
    column = pane_put(pane, 0, column + 2, ROLE_CONTEXT, text_bytes(&words));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        text_clear(&words);
        text_addf(&words, "%s %s %d", glyph_text(&context->look, counts[i].glyph),
                  _(counts[i].word), (int)parcel_int(&state->head, counts[i].pair, 0));
        column = pane_clip(pane, 0, column + 2, pane->columns - column - 12, counts[i].role,
                           text_bytes(&words));
    }
    text_clear(&words);
    text_add(&words, differences_staged(state) ? _("waits to take effect") : _("took effect"));
    column = pane_clip(pane, 0, column + 2, pane->columns - column - 12,
                       differences_staged(state) ? ROLE_FLAG : ROLE_CONTEXT, text_bytes(&words));
    text_clear(&words);
    list_position(state->list, context, &words);
    pane_right(pane, 0, column + 1, pane->columns - column - 2, ROLE_CONTEXT, text_bytes(&words));
    text_free(&words);
}
