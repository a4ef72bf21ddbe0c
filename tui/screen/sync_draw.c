/* sync_draw.c: vendors, the run under way and those before it, in cells. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/screen/sync.h"
#include "tui/text.h"
#include "tui/width.h"

enum {
    SECOND = 1000,
    WIDE = 110,
    WIDEST = 120,
    BESIDE_FROM = 160,
    NAME = 14,
    SERVICE = 17,
    BAR = 20,
    BAR_WIDE = 30,
    GAP = 2
};

/* ---- moments ---- */

void sync_moment_text(const char *at, struct text *out)
{
    text_add(out, strlen(at) >= 16 ? at + 5 : at);
}

/* The same; of another year than this the day, with the year. */
static void began_text(const char *at, const struct context *context, struct text *out)
{
    char today[DAY_TEXT];
    day_format(moment_day(context->now), today);
    if (strncmp(at, today, 4) == 0) {
        sync_moment_text(at, out);
    } else {
        text_add_n(out, at, strcspn(at, " "));
    }
}

enum role sync_age_text(const char *at, bool stale, const struct context *context, struct text *out)
{
    int64_t moment;
    if (!moment_parse(at, strlen(at), &moment)) {
        text_add(out, _("never"));
        return ROLE_DATA_STALE;
    }
    int days = moment_day(context->now) - moment_day(moment);
    if (days == 0) {
        text_addf(out, _("today %s"), strlen(at) >= 16 ? at + 11 : "");
    } else {
        sync_moment_text(at, out);
        if (days > 0) {
            text_addf(out, _(", %dd"), days);
        }
    }
    return stale ? ROLE_DATA_STALE : ROLE_DATA_FRESH;
}

/* ---- the run under way ---- */

static void put_count(const struct pane *pane, int row, int column, int width, const char *count)
{
    struct text number = {0};
    if (*count) {
        phrase_number(&number, strtoll(count, NULL, 10));
    }
    pane_right(pane, row, column, width, ROLE_TEXT, text_bytes(&number));
    text_free(&number);
}

static void put_bar(const struct pane *pane, int row, int column, int width, const char *state,
                    int64_t rows, int64_t about)
{
    bool done = strcmp(state, "done") == 0;
    int64_t part = about > 0 ? rows * width / about : 0;
    int used = done ? width : part >= width ? width - 1 : (int)part;
    column = pane_repeat(pane, row, column, used, ROLE_GAUGE_USED, GLYPH_BAR_USED);
    pane_repeat(pane, row, column, width - used, ROLE_GAUGE_REST, GLYPH_BAR_REST);
}

struct step_columns { /* SERVICE 0: there is no room for it */
    int service, bar, width, rows, about, rate, time;
};

static struct step_columns step_columns(const struct pane *pane)
{
    bool wide = pane->columns >= WIDE;
    struct step_columns at = {.service = wide ? 3 + NAME : 0,
                              .bar = 3 + NAME + (wide ? SERVICE : 0),
                              .width = wide ? BAR_WIDE : BAR};
    at.width = pane->columns < 60 ? 8 : at.width;
    at.rows = at.bar + at.width + 1;
    at.about = at.rows + 11;
    at.rate = at.about + 10;
    at.time = at.rate + 11;
    return at;
}

static void draw_step(const struct syncing *syncing, const struct table *steps, size_t i,
                      const struct pane *pane, int row)
{
    struct step_columns at = step_columns(pane);
    const char *state = table_word(steps, i, "state");
    const char *count = table_word(steps, i, "rows");
    const char *about = table_word(steps, i, "about");
    bool waits = strcmp(state, "waiting") == 0, goes = strcmp(state, "going") == 0;
    int64_t rows = strtoll(count, NULL, 10), took = 0;
    enum role role = waits ? ROLE_STAGE_NEXT : goes ? ROLE_STAGE_NOW : ROLE_STAGE_PAST;
    struct text rate = {0}, time = {0};
    pane_glyph(pane, row, 1, role, waits ? GLYPH_NONE : goes ? GLYPH_HERE : GLYPH_YES);
    pane_clip(pane, row, 3, NAME - 1, waits ? ROLE_TEXT_DIM : ROLE_TEXT,
              phrase_resource(table_word(steps, i, "kind")));
    if (at.service) {
        pane_clip(pane, row, at.service, SERVICE - 1, ROLE_TEXT_DIM,
                  table_word(steps, i, "service"));
    }
    if (strcmp(state, "skipped") == 0) {
        pane_clip(pane, row, at.bar, pane->columns - at.bar - 1, ROLE_TEXT_DIM,
                  _("the cloud does not have it, or not for this account"));
        return;
    }
    put_bar(pane, row, at.bar, at.width, state, rows, strtoll(about, NULL, 10));
    put_count(pane, row, at.rows, 10, waits ? "" : count);
    put_count(pane, row, at.about, 9, goes || waits ? about : "");
    if (i < SYNC_STEPS && syncing->steps[i].began) {
        took = syncing->steps[i].at - syncing->steps[i].began;
        phrase_span(&time, took / SECOND);
    }
    if (goes && took >= SECOND) {
        phrase_number(&rate, rows * SECOND / took);
        text_add(&rate, _("/s"));
    }
    pane_right(pane, row, at.rate, 10, ROLE_TEXT, text_bytes(&rate));
    pane_right(pane, row, at.time, 9, ROLE_TEXT_DIM, text_bytes(&time));
    text_free(&rate);
    text_free(&time);
}

static void draw_step_heads(const struct pane *pane)
{
    struct step_columns at = step_columns(pane);
    pane_put(pane, 0, 3, ROLE_HEAD, _("step"));
    if (at.service) {
        pane_put(pane, 0, at.service, ROLE_HEAD, _("service"));
    }
    pane_put(pane, 0, at.bar, ROLE_HEAD, _("progress"));
    pane_right(pane, 0, at.rows, 10, ROLE_HEAD, _("came"));
    pane_right(pane, 0, at.about, 9, ROLE_HEAD, _("of about"));
    pane_right(pane, 0, at.rate, 10, ROLE_HEAD, _("rate"));
    pane_right(pane, 0, at.time, 9, ROLE_HEAD, _("time"));
}

static void came_text(const struct syncing *syncing, struct text *out)
{
    const struct parcel *said = &syncing->said;
    struct text number = {0};
    phrase_number(&number, parcel_int(said, "rows", 0));
    text_addf(out, _("%s rows came"), text_bytes(&number));
    text_add(out, "   ");
    sync_bytes_text(parcel_int(said, "bytes", 0), parcel_int(said, "packed", 0), out);
    text_addf(out, _("   page %d"), (int)parcel_int(said, "pages", 0));
    text_free(&number);
}

static const char *said_of(const struct parcel *said, const char *name)
{
    const char *value = parcel_get(said, name);
    return value ? value : "";
}

/* What stays in force of the vendor whatever becomes of this run. */
static void stays_text(const struct sync_view *state, const struct context *context,
                       struct text *out)
{
    const struct table *vendors = parcel_find(&state->vendors, "vendors");
    const char *vendor = text_bytes(&context->syncing->vendor), *at = "";
    for (size_t i = 0; vendors && i < table_rows(vendors); i++) {
        if (strcmp(table_word(vendors, i, "vendor"), vendor) == 0) {
            at = table_word(vendors, i, "at");
        }
    }
    struct text age = {0};
    if (*at) {
        sync_age_text(at, false, context, &age);
        text_addf(out,
                  _("Not in force. The inventory of %s stands; stopped or broken off, it is as it "
                    "was."),
                  text_bytes(&age));
    } else {
        text_add(out, _("Not in force. Stopped or broken off, nothing of it is left."));
    }
    text_free(&age);
}

/* The row behind. */
static int draw_under_way(const struct sync_view *state, const struct pane *pane,
                          const struct context *context)
{
    const struct syncing *syncing = context->syncing;
    const struct table *steps = parcel_find(&syncing->said, "steps");
    const struct parcel *said = &syncing->said;
    struct text came = {0}, asked = {0}, stays = {0};
    int row = 1;
    draw_step_heads(pane);
    for (size_t i = 0; steps && i < table_rows(steps); i++) {
        draw_step(syncing, steps, i, pane, row++);
    }
    if (!steps) {
        pane_put(pane, row++, 3, ROLE_TEXT_DIM,
                 _("getting ready: what did not take effect is taken back, what is known is told"));
    }
    row += pane->rows > row + 8;
    came_text(syncing, &came);
    sync_asked_text(said_of(said, "services"), parcel_int(said, "retries", 0),
                    said_of(said, "again"), context->look.english, &asked);
    stays_text(state, context, &stays);
    pane_clip(pane, row++, 1, pane->columns - 2, ROLE_TEXT, text_bytes(&came));
    row += pane_wrap(pane, row, 1, pane->columns - 2, 2, ROLE_TEXT, text_bytes(&asked));
    row += pane_wrap(pane, row, 1, pane->columns - 2, 2, ROLE_TEXT_DIM, text_bytes(&stays));
    text_free(&came);
    text_free(&asked);
    text_free(&stays);
    return row;
}

/* ---- vendors ---- */

static void gutter(const struct sync_view *state, const struct pane *pane, int row, int index)
{
    if (state->cursor == index) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
}

static void pending_text(const struct table *vendors, int row, struct text *out)
{
    const char *pending = table_word(vendors, (size_t)row, "pending");
    if (strcmp(pending, "staged") == 0) {
        text_addf(out, _("run %s waits to take effect"),
                  table_word(vendors, (size_t)row, "pending_run"));
    } else if (strcmp(pending, "going") == 0) {
        text_add(out, _("a sync is under way"));
    }
}

static void draw_vendor(const struct sync_view *state, int index, const struct pane *pane, int at,
                        const struct context *context)
{
    const struct table *vendors = parcel_find(&state->vendors, "vendors");
    struct text name = {0}, age = {0}, full = {0}, pending = {0};
    int row = sync_vendor(state, index, &name), name_width = NAME + 8;
    enum role role = ROLE_DATA_STALE;
    const char *whole = row >= 0 ? table_word(vendors, (size_t)row, "full_at") : "";
    if (row >= 0) {
        role = sync_age_text(table_word(vendors, (size_t)row, "at"),
                             strcmp(table_word(vendors, (size_t)row, "stale"), "yes") == 0, context,
                             &age);
        pending_text(vendors, row, &pending);
    } else {
        text_add(&age, _("never"));
    }
    if (*whole) {
        sync_moment_text(whole, &full);
    }
    gutter(state, pane, at, index);
    pane_clip(pane, at, 2, name_width - 3, state->cursor == index ? ROLE_TABLE_CURSOR : ROLE_TEXT,
              text_bytes(&name));
    pane_clip(pane, at, name_width, 20, role, text_bytes(&age));
    pane_clip(pane, at, name_width + 22, 12, ROLE_TEXT, text_bytes(&full));
    pane_clip(pane, at, name_width + 36, pane->columns - name_width - 37, ROLE_FLAG,
              text_bytes(&pending));
    text_free(&name);
    text_free(&age);
    text_free(&full);
    text_free(&pending);
}

static int draw_vendors(const struct sync_view *state, const struct pane *pane,
                        const struct context *context)
{
    int count = sync_vendor_count(state), row = 1, name_width = NAME + 8;
    if (state->refused.length) {
        pane_wrap(pane, 1, 4, pane->columns - 6, 2, ROLE_TEXT_DIM, text_bytes(&state->refused));
        return 3;
    }
    if (count == 0) {
        return 1 + pane_wrap(pane, 1, 4, pane->columns - 6, 3, ROLE_TEXT_DIM,
                             _("The settings name no vendor. A section [vendor.NAME] in yuntai.ini "
                               "says how its cloud is asked: see yuntai.ini(5)."));
    }
    pane_put(pane, 0, 2, ROLE_HEAD, _("vendor"));
    pane_put(pane, 0, name_width, ROLE_HEAD, _("inventory of"));
    pane_put(pane, 0, name_width + 22, ROLE_HEAD, _("listed whole"));
    for (int i = 0; i < count && row < pane->rows; i++) {
        draw_vendor(state, i, pane, row++, context);
    }
    return row;
}

/* ---- runs ---- */

enum role sync_run_result_text(const struct table *runs, size_t row, const struct context *context,
                               struct text *out)
{
    const char *state = table_word(runs, row, "state");
    bool applied = strcmp(state, "applied") == 0, staged = strcmp(state, "staged") == 0;
    bool failed = strcmp(state, "failed") == 0, going = strcmp(state, "going") == 0;
    text_addf(out, "%s ",
              glyph_text(&context->look, applied || staged ? GLYPH_YES
                                         : going           ? GLYPH_HERE
                                                           : GLYPH_NO));
    if (failed) {
        phrase_parted(out, table_word(runs, row, "what"), context->look.english);
    } else {
        text_add(out, applied  ? _("took effect")
                      : staged ? _("waits to take effect")
                      : going  ? _("under way")
                               : _("given up"));
    }
    return applied ? ROLE_CARD_MET : failed ? ROLE_CARD_MISSED : staged ? ROLE_FLAG : ROLE_TEXT_DIM;
}

void sync_run_took_text(const struct table *runs, size_t row, struct text *out)
{
    const char *began = table_word(runs, row, "began");
    const char *took = table_word(runs, row, "took");
    if (*took && *began) {
        phrase_span(out, strtoll(took, NULL, 10));
    }
}

struct run_columns {
    int vendor, mode, result, result_width, counts, bytes, time;
};

static struct run_columns run_columns(const struct pane *pane, bool several)
{
    bool wide = pane->columns >= WIDE;
    struct run_columns at = {.vendor = several && pane->columns >= 100 ? 15 : 0};
    at.mode = 15 + (at.vendor ? 14 : 0);
    at.result = at.mode + (pane->columns < 60 ? 0 : 7);
    at.time = (pane->columns < WIDEST ? pane->columns : WIDEST) - 10;
    at.bytes = wide ? at.time - 10 : at.time;
    at.counts = at.bytes - 28;
    at.result_width = at.counts - at.result - 1;
    return at;
}

static void draw_counts(const struct table *runs, size_t row, const struct pane *pane, int at,
                        int column)
{
    static const struct {
        const char *column;
        int width;
    } counts[] = {{"rows", 8}, {"made", 8}, {"changed", 6}, {"gone", 6}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        put_count(pane, at, column, counts[i].width, table_word(runs, row, counts[i].column));
        column += counts[i].width;
    }
}

static void draw_run(const struct sync_view *state, size_t row, const struct pane *pane, int at,
                     const struct context *context)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    struct run_columns columns = run_columns(pane, sync_vendor_count(state) > 1);
    bool here = sync_run_here(state) == (int)row;
    bool full = strcmp(table_word(runs, row, "full"), "yes") == 0;
    struct text began = {0}, result = {0}, took = {0}, bytes = {0};
    began_text(table_word(runs, row, "began"), context, &began);
    enum role role = sync_run_result_text(runs, row, context, &result);
    sync_run_took_text(runs, row, &took);
    phrase_bytes(&bytes, strtoll(table_word(runs, row, "bytes"), NULL, 10));
    gutter(state, pane, at, sync_vendor_count(state) + (int)row);
    pane_clip(pane, at, 2, 12, here ? ROLE_TABLE_CURSOR : ROLE_TEXT, text_bytes(&began));
    if (columns.vendor) {
        pane_clip(pane, at, columns.vendor, 13, ROLE_TEXT, table_word(runs, row, "vendor"));
    }
    if (columns.result > columns.mode) {
        pane_clip(pane, at, columns.mode, 6, ROLE_TEXT_DIM, full ? _("whole") : _("added"));
    }
    pane_clip(pane, at, columns.result, columns.result_width, role, text_bytes(&result));
    draw_counts(runs, row, pane, at, columns.counts);
    if (columns.bytes < columns.time) {
        pane_right(pane, at, columns.bytes, 9, ROLE_TEXT_DIM, text_bytes(&bytes));
    }
    pane_right(pane, at, columns.time, 9, ROLE_TEXT_DIM, text_bytes(&took));
    text_free(&began);
    text_free(&result);
    text_free(&took);
    text_free(&bytes);
}

static void draw_run_heads(const struct pane *pane, int row, bool several)
{
    struct run_columns at = run_columns(pane, several);
    pane_put(pane, row, 2, ROLE_HEAD, _("began"));
    if (at.vendor) {
        pane_put(pane, row, at.vendor, ROLE_HEAD, _("vendor"));
    }
    if (at.result > at.mode) {
        pane_put(pane, row, at.mode, ROLE_HEAD, _("how"));
    }
    pane_clip(pane, row, at.result, at.result_width, ROLE_HEAD, _("result"));
    pane_right(pane, row, at.counts, 8, ROLE_HEAD, _("rows"));
    pane_right(pane, row, at.counts + 8, 8, ROLE_HEAD, _("New"));
    pane_right(pane, row, at.counts + 16, 6, ROLE_HEAD, _("Chg"));
    pane_right(pane, row, at.counts + 22, 6, ROLE_HEAD, _("Gone"));
    if (at.bytes < at.time) {
        pane_right(pane, row, at.bytes, 9, ROLE_HEAD, _("bytes"));
    }
    pane_right(pane, row, at.time, 9, ROLE_HEAD, _("time"));
}

/* ---- what went wrong ---- */

/* The run whose failure is told: the one under the cursor, else the latest; -1 none failed. */
static int failed_run(const struct sync_view *state)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    int here = sync_run_here(state);
    for (int i = here < 0 ? 0 : here; i < sync_run_count(state); i++) {
        if (strcmp(table_word(runs, (size_t)i, "state"), "failed") == 0) {
            return i;
        }
        if (here >= 0) {
            return -1;
        }
    }
    return -1;
}

static void failure_text(const struct sync_view *state, int run, const struct context *context,
                         struct text *out)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    size_t row = (size_t)run;
    sync_moment_text(table_word(runs, row, "began"), out);
    text_addf(out, "  %s  ", table_word(runs, row, "vendor"));
    phrase_parted(out, table_word(runs, row, "what"), context->look.english);
}

static void thrown_away_text(const struct sync_view *state, int run, struct text *out)
{
    const struct table *runs = parcel_find(&state->runs, "runs");
    size_t row = (size_t)run;
    struct text number = {0};
    if (*table_word(runs, row, "request")) {
        text_addf(out, _("request %s   "), table_word(runs, row, "request"));
    }
    phrase_number(&number, strtoll(table_word(runs, row, "rows"), NULL, 10));
    text_addf(out, _("%s rows that had come are thrown away; what stood stands"),
              text_bytes(&number));
    text_free(&number);
}

/* Of the run in ROW: what it asked, how much came over the line, what was tried again. */
void sync_run_told_text(const struct table *runs, size_t row, const struct context *context,
                        struct text *out)
{
    sync_asked_text(table_word(runs, row, "services"),
                    strtoll(table_word(runs, row, "retries"), NULL, 10),
                    table_word(runs, row, "again"), context->look.english, out);
    if (out->length) {
        text_add(out, "   ");
        sync_bytes_text(strtoll(table_word(runs, row, "bytes"), NULL, 10),
                        strtoll(table_word(runs, row, "packed"), NULL, 10), out);
    }
}

/* At the foot of PANE: what went wrong, of a run that failed, and what is told of its course; how
 * many rows it took. */
static int draw_foot(const struct sync_view *state, const struct pane *pane,
                     const struct context *context)
{
    int failed = failed_run(state), run = failed >= 0 ? failed : sync_run_here(state);
    struct text text = {0}, thrown = {0}, told = {0};
    if (run < 0 || pane->rows < 14) {
        return 0;
    }
    sync_run_told_text(parcel_find(&state->runs, "runs"), (size_t)run, context, &told);
    int rows = (failed >= 0 ? 3 : 0) + (told.length ? 1 : 0), row = pane->rows - rows - 1;
    if (rows > 0) {
        pane_put(pane, row++, 1, ROLE_HEADING, failed >= 0 ? _("What failed") : _("This run"));
    }
    if (failed >= 0) {
        failure_text(state, run, context, &text);
        row += pane_wrap(pane, row, 3, pane->columns - 4, 2, ROLE_TEXT, text_bytes(&text));
        thrown_away_text(state, run, &thrown);
        pane_clip(pane, row++, 3, pane->columns - 4, ROLE_TEXT_DIM, text_bytes(&thrown));
    }
    pane_clip(pane, row, 3, pane->columns - 4, ROLE_TEXT_DIM, text_bytes(&told));
    text_free(&text);
    text_free(&thrown);
    text_free(&told);
    return rows > 0 ? rows + 2 : 0;
}

/* ---- all of it ---- */

static void draw_runs(struct sync_view *state, const struct pane *pane, int row, int bottom,
                      const struct context *context)
{
    int count = sync_run_count(state), here = sync_run_here(state);
    if (count == 0 || row + 2 >= bottom) {
        return;
    }
    pane_put(pane, row++, 1, ROLE_HEADING, _("Before"));
    draw_run_heads(pane, row++, sync_vendor_count(state) > 1);
    state->body = bottom - row > 0 ? bottom - row : 1;
    state->top = here < 0                           ? 0
                 : here < state->top                ? here
                 : here >= state->top + state->body ? here - state->body + 1
                                                    : state->top;
    for (int i = state->top; i < count && row < bottom; i++) {
        draw_run(state, (size_t)i, pane, row++, context);
    }
}

void sync_draw(const struct view *view, const struct pane *pane)
{
    struct sync_view *state = view_state(view);
    const struct context *context = view_context(view);
    bool goes = context->syncing->state == AFAR_UNDER_WAY;
    bool side = pane->columns >= BESIDE_FROM;
    struct pane left = pane_part(pane, 0, 0, pane->rows, side ? WIDEST : pane->columns);
    struct pane right = pane_part(pane, 0, WIDEST + 2, pane->rows, pane->columns - WIDEST - 2);
    int row = goes ? draw_under_way(state, &left, context) : draw_vendors(state, &left, context);
    int foot = draw_foot(state, &left, context);
    draw_runs(state, &left, row + (pane->rows > row + 6), pane->rows - foot, context);
    if (side) {
        sync_beside_draw(state, &right, context);
    }
}

/* How long it may still take, in milliseconds; -1 where that cannot be told. */
static int64_t left_of(const struct syncing *syncing)
{
    const struct table *steps = parcel_find(&syncing->said, "steps");
    int64_t came = 0, of = 0, took = syncing->now - syncing->began;
    for (size_t i = 0; steps && i < table_rows(steps); i++) {
        const char *state = table_word(steps, i, "state");
        const char *about = table_word(steps, i, "about");
        bool open = strcmp(state, "going") == 0 || strcmp(state, "waiting") == 0;
        int64_t rows = strtoll(table_word(steps, i, "rows"), NULL, 10);
        if (open && !*about) {
            return -1;
        }
        came += rows;
        of += open && strtoll(about, NULL, 10) > rows ? strtoll(about, NULL, 10) : rows;
    }
    return came > 0 && took >= SECOND ? (of - came) * took / came : -1;
}

static void under_way_text(const struct syncing *syncing, struct text *out)
{
    int64_t left = left_of(syncing);
    text_addf(out, "%s  %s  ", text_bytes(&syncing->vendor),
              syncing->full ? _("whole") : _("added"));
    text_add(out, syncing->stopping ? _("is being stopped") : _("is being brought in"));
    text_add(out, "  ");
    phrase_span(out, (syncing->now - syncing->began) / SECOND);
    if (left >= 0 && !syncing->stopping) {
        struct text span = {0};
        phrase_span(&span, left / SECOND);
        text_addf(out, _("  about %s left"), text_bytes(&span));
        text_free(&span);
    }
}

void sync_context(const struct view *view, const struct pane *pane)
{
    const struct sync_view *state = view_state(view);
    const struct context *context = view_context(view);
    struct text words = {0};
    int column = pane_put(pane, 0, 1, ROLE_TEXT_STRONG, _("Sync")) + GAP;
    if (context->syncing->state == AFAR_UNDER_WAY) {
        under_way_text(context->syncing, &words);
    } else {
        text_addf(&words, sync_vendor_count(state) == 1 ? _("%d vendor") : _("%d vendors"),
                  sync_vendor_count(state));
    }
    pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_CONTEXT, text_bytes(&words));
    text_free(&words);
}
