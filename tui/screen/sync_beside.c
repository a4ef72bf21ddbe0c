/* sync_beside.c: beside the runs, on wide screens: the run under the cursor, and how what is in
 * force grew from run to run. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/sync.h"
#include "tui/text.h"
#include "tui/widget/chart.h"

enum { RUNS_DRAWN = 60 };

/* What runs that took effect left in force, the oldest first, as a line. */
static void draw_growth(const struct sync_view *state, const struct pane *pane, int row, int rows)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    int64_t values[RUNS_DRAWN], most = 1;
    int count = 0;
    for (int i = sync_run_count(state) - 1; i >= 0; i--) {
        bool applied = strcmp(table_word(runs, (size_t)i, "state"), "applied") == 0;
        bool full = strcmp(table_word(runs, (size_t)i, "full"), "yes") == 0;
        if (applied && full && count < RUNS_DRAWN) {
            values[count] = strtoll(table_word(runs, (size_t)i, "rows"), NULL, 10);
            most = values[count] > most ? values[count] : most;
            count++;
        }
    }
    if (count < 2 || sync_vendor_count(state) > 1) {
        return;
    }
    struct text title = {0};
    struct pane place = pane_part(pane, row + 1, 1, rows - 1, pane->columns - 2);
    struct chart_line line = {.values = values, .role = ROLE_CHART_1};
    text_add(&title, _("Resources, run by run"));
    text_add(&title, "  0–");
    phrase_number(&title, most);
    pane_clip(pane, row, 1, pane->columns - 2, ROLE_HEADING, text_bytes(&title));
    chart_draw(&place, &line, 1, count, most);
    text_free(&title);
}

static int put_told(const struct pane *pane, int row, const char *label, const char *value)
{
    enum { LABEL = 14 };
    if (!*value || row >= pane->rows) {
        return row;
    }
    pane_clip(pane, row, 1, LABEL - 1, ROLE_FORM_LABEL, label);
    int used = pane_wrap(pane, row, LABEL + 1, pane->columns - LABEL - 2, 3, ROLE_TEXT, value);
    return row + (used > 1 ? used : 1);
}

/* The run under the cursor, else the latest: what is told of it beside the figures of its row. */
static int draw_told(const struct sync_view *state, const struct pane *pane,
                     const struct context *context)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    int here = sync_run_here(state);
    size_t at = here < 0 ? 0 : (size_t)here;
    struct text title = {0}, result = {0}, took = {0}, told = {0};
    text_addf(&title, _("run %s"), table_word(runs, at, "run"));
    text_addf(&title, "  %s", table_word(runs, at, "vendor"));
    pane_fill(pane, 0, 0, pane->columns, ROLE_SHEET_TITLE);
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&title));
    (void)sync_run_result_text(runs, at, context, &result);
    sync_run_took_text(runs, at, &took);
    sync_run_told_text(runs, at, context, &told);
    int row = put_told(pane, 1, _("result"), text_bytes(&result));
    row = put_told(pane, row, _("by"), table_word(runs, at, "by"));
    row = put_told(pane, row, _("began"), table_word(runs, at, "began"));
    row = put_told(pane, row, _("ended"), table_word(runs, at, "ended"));
    row = put_told(pane, row, _("time"), text_bytes(&took));
    row = put_told(pane, row, _("pages"), table_word(runs, at, "pages"));
    row = put_told(pane, row, _("tried again"), table_word(runs, at, "retries"));
    row = put_told(pane, row, _("asked"), text_bytes(&told));
    text_free(&title);
    text_free(&result);
    text_free(&took);
    text_free(&told);
    return row;
}

void sync_beside_draw(const struct sync_view *state, const struct pane *pane,
                      const struct context *context)
{
    enum { CHART_ROWS = 12 };
    if (sync_run_count(state) > 0) {
        int row = draw_told(state, pane, context) + 1;
        int rows = pane->rows - row < CHART_ROWS ? pane->rows - row : CHART_ROWS;
        if (rows > 3) {
            draw_growth(state, pane, row, rows);
        }
    }
}
