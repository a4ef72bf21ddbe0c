/* frame.c: the rows round a screen: tabs, context, what was said, keys. */
#include <string.h>

#include "tui/console/frame.h"
#include "tui/console/layout.h"
#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum { SHORT_TABS = 80, LONG_TABS = 100, LONG_WHO = 110 };

static struct pane row_of(const struct pane *whole, int row)
{
    return pane_part(whole, row, 0, 1, whole->columns);
}

/* ---- who and when, at the right of row 1 ---- */

static void add_date(const struct context *context, struct text *out, bool year, bool weekday)
{
    char day[DAY_TEXT];
    int32_t today = moment_day(context->now);
    day_format(today, day);
    text_add(out, day + (year || strlen(day) < 5 ? 0 : 5));
    if (weekday) {
        text_add(out, year || context->look.english ? " " : "");
        text_add(out, weekday_word(today));
    }
}

/* The longest of what is known that takes at most MOST columns. */
static void who_and_when(const struct context *context, int most, struct text *out)
{
    static const struct {
        bool name, roles, absent, year, weekday;
    } ways[] = {{true, true, true, true, true},     {true, true, true, false, true},
                {true, false, true, false, true},   {true, false, true, false, false},
                {true, false, false, false, true},  {true, false, false, false, false},
                {false, false, false, false, false}};
    bool deputises = context->absent && *context->absent;
    for (size_t i = most >= LONG_WHO ? 0 : 1; i < sizeof ways / sizeof *ways; i++) {
        text_clear(out);
        if (ways[i].name && *context->name) {
            text_addf(out, "%s ", context->name);
        }
        if (ways[i].roles && *context->roles) {
            text_addf(out, "%s ", context->roles);
        }
        if (ways[i].absent && deputises) {
            text_addf(out, "%s ", context->absent);
        }
        text_add(out, i == 0 && *context->name ? " " : "");
        add_date(context, out, ways[i].year, ways[i].weekday);
        bool same = ways[i].absent && !ways[i].roles && !deputises; /* as one without */
        if (!same && width_of(text_bytes(out)) <= most) {
            return;
        }
    }
    text_clear(out);
}

/* ---- row 1 ---- */

enum letters { ALL_LETTERS = 0, ONE_LETTER = 1, FEW_LETTERS = 3 }; /* of the title of a tab */

static void add_title(struct text *out, const char *title, enum letters letters)
{
    for (int i = 0; *title && (letters == ALL_LETTERS || i < (int)letters); i++) {
        size_t length = utf8_length(title, strlen(title));
        length = length ? length : 1;
        text_add_n(out, title, length);
        title += length;
    }
}

/* Between two tabs stands one sign: that of the current one, or a blank. */
static int put_tab(const struct pane *pane, int column, const struct tab *tab, bool current,
                   enum letters letters)
{
    struct text label = {0}, late = {0};
    bool red = pane->columns >= LONG_TABS && tab->red > 0;
    text_addf(&label, "%c", tab->screen->digit);
    add_title(&label, _(tab->screen->tab), letters);
    if (red) {
        text_addf(&late, "%s%d", glyph_text(pane->look, GLYPH_CARD_RED), (int)tab->red);
    }
    if (column + 1 + width_of(text_bytes(&label)) + width_of(text_bytes(&late)) < pane->columns) {
        if (current) {
            pane_put(pane, 0, column, ROLE_BAR_ACTIVE, "[");
        }
        column =
            pane_put(pane, 0, column + 1, current ? ROLE_BAR_ACTIVE : ROLE_BAR, text_bytes(&label));
        column = pane_put(pane, 0, column, ROLE_BAR_ALERT, text_bytes(&late));
        if (current) {
            pane_put(pane, 0, column, ROLE_BAR_ACTIVE, "]");
        }
    }
    text_free(&label);
    text_free(&late);
    return column;
}

static int put_badge(const struct shell *shell, const struct pane *pane)
{
    return shell->context.reads_only
               ? pane_put(pane, 0, 0, ROLE_BAR_MODE,
                          shell->context.columns < SHORT_TABS ? _("look") : _("looking only"))
               : 0;
}

/* Whole titles, where they and the day have room beside each other. */
static enum letters letters_of(const struct shell *shell, const struct pane *pane)
{
    enum { DAY = 10 };
    int columns = shell->context.reads_only ? width_of(_("looking only")) : 0;
    for (int i = 0; i < shell->tab_count; i++) {
        columns += 2 + width_of(_(shell->tabs[i].screen->tab));
    }
    return pane->columns < SHORT_TABS      ? ONE_LETTER
           : columns + DAY > pane->columns ? FEW_LETTERS
                                           : ALL_LETTERS;
}

static void draw_tabs(const struct shell *shell, const struct pane *pane)
{
    enum letters letters = letters_of(shell, pane);
    bool wide = pane->columns >= LONG_TABS;
    struct text who = {0};
    int column = put_badge(shell, pane);
    for (int i = 0; i < shell->tab_count; i++) {
        bool whole = i == shell->tab && letters == FEW_LETTERS;
        column =
            put_tab(pane, column, &shell->tabs[i], i == shell->tab, whole ? ALL_LETTERS : letters);
        column += wide && i + 1 < shell->tab_count;
    }
    who_and_when(&shell->context, pane->columns - column - 1, &who);
    pane_right(pane, 0, column + 1, pane->columns - column - 1, ROLE_BAR, text_bytes(&who));
    text_free(&who);
}

/* The current one alone; what it says follows in the same row. Returns the column behind. */
static int draw_merged_tab(const struct shell *shell, const struct pane *pane)
{
    struct tab at = shell->tabs[shell->tab];
    return put_tab(pane, put_badge(shell, pane), &at, true, ALL_LETTERS) + 2;
}

/* ---- row 2, and the bar of a sheet ---- */

static void draw_context(const struct view *view, const struct pane *pane, enum role role)
{
    pane_fill(pane, 0, 0, pane->columns, role);
    if (view->screen->context_row) {
        view->screen->context_row(view, pane);
    } else {
        pane_clip(pane, 0, 1, pane->columns - 1, role, _(view->screen->title));
    }
}

/* ---- row h-1 ---- */

static void put_news(const struct pane *pane, const struct piece *piece)
{
    const struct look *look = pane->look;
    int column = 1;
    if (piece->role == ROLE_MESSAGE_OK || piece->role == ROLE_MESSAGE_ERROR) {
        bool ok = piece->role == ROLE_MESSAGE_OK;
        column = pane_put(pane, 0, 1, piece->role, glyph_text(look, ok ? GLYPH_YES : GLYPH_NO)) + 1;
    }
    pane_clip(pane, 0, column, pane->columns - column - 1, piece->role, text_bytes(&piece->text));
}

static void put_marks(const struct shell *shell, const struct pane *pane)
{
    struct text marked = {0}, number = {0}, said = {0};
    int count = shell_marked(shell, &marked);
    if (count > 0) {
        text_add_int(&number, count);
        const char *const arg[4] = {text_bytes(&number)};
        phrase_said(&said, N_("%1 marked: a acts on them, u takes the marks away"), arg,
                    shell->context.look.english);
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_MESSAGE_INFO, text_bytes(&said));
    }
    text_free(&marked);
    text_free(&number);
    text_free(&said);
}

/* With the prompt of a sheet in its place a message stands where the keys do, for one key. */
static void draw_message(const struct shell *shell, const struct pane *pane)
{
    const struct view *top = shell_top(shell);
    const struct piece *piece = news_shown(&shell->news);
    if (top->screen->sheet && top->screen->prompt) {
        top->screen->prompt(top, pane);
    } else if (piece) {
        put_news(pane, piece);
    } else {
        put_marks(shell, pane);
    }
}

/* ---- row h ---- */

static bool hint_of(const struct shell *shell, const struct view *view, enum action action,
                    struct hint *hint)
{
    const char *label = view->screen->label ? view->screen->label(view, action) : NULL;
    text_clear(&hint->key);
    hint->label = label ? label : _(actions[action].label);
    binding_key(shell->bindings, action, view->screen->types, &hint->key);
    return hint->key.length > 0 && !(view->screen->why_not && view->screen->why_not(view, action));
}

int frame_hints(const struct pane *pane, const struct hint *hints, int count, const char *help)
{
    int keys = width_of(help), room = pane->columns - keys - 3, column = 1, shown = 0;
    pane_fill(pane, 0, 0, pane->columns, ROLE_BAR);
    for (int i = 0; i < count; i++) {
        const char *key = text_bytes(&hints[i].key);
        int width = width_of(key) + 1 + width_of(hints[i].label);
        if (column + width <= room) {
            column = pane_put(pane, 0, column, ROLE_BAR_KEY, key);
            column = pane_put(pane, 0, column + 1, ROLE_BAR, hints[i].label) + 2;
            shown++;
        }
    }
    if (pane->columns > keys + 1) {
        pane_put(pane, 0, pane->columns - keys - 1, ROLE_BAR_KEY, help);
    }
    return shown;
}

static void draw_hints(const struct shell *shell, const struct pane *pane)
{
    const struct view *top = shell_top(shell);
    struct hint hints[HINTS_MOST] = {0};
    struct text help = {0}, key = {0};
    int count = 0;
    for (const enum action *at = top->screen->acts; at && *at && count < HINTS_MOST; at++) {
        count += hint_of(shell, top, *at, &hints[count]);
    }
    bool typed = top->screen->types;
    binding_key(shell->bindings, typed ? ACTION_HELP : ACTION_WHY, typed, &key);
    text_addf(&help, "%s%s %s", text_bytes(&key), typed ? "" : text_bytes(&key), _("keys"));
    frame_hints(pane, hints, count, text_bytes(&help));
    for (int i = 0; i < HINTS_MOST; i++) {
        text_free(&hints[i].key);
    }
    text_free(&help);
    text_free(&key);
}

/* LOWEST: there is no row for messages. */
static void draw_foot(const struct shell *shell, const struct pane *pane, bool lowest)
{
    const struct piece *piece = news_shown(&shell->news);
    bool prompts = shell_top(shell)->screen->sheet && shell_top(shell)->screen->prompt;
    if (lowest && (prompts || piece)) {
        draw_message(shell, pane);
    } else if (prompts && piece) {
        put_news(pane, piece);
    } else {
        draw_hints(shell, pane);
    }
}

/* ---- all of it ---- */

/* Below 20×5: the case under the cursor. */
static void draw_subject(const struct shell *shell, const struct pane *whole)
{
    pane_clip(whole, 0, 0, whole->columns, ROLE_TEXT, shell_subject(shell, NULL));
}

static void draw_bars(const struct shell *shell, const struct pane *whole,
                      const struct layout *layout)
{
    struct pane tabs = row_of(whole, layout->tabs), hints = row_of(whole, layout->hints);
    struct pane context = row_of(whole, layout->context);
    pane_fill(&tabs, 0, 0, tabs.columns, ROLE_BAR);
    if (layout->merged) {
        int column = draw_merged_tab(shell, &tabs);
        context = pane_part(&tabs, 0, column, 1, tabs.columns - column);
    } else {
        draw_tabs(shell, &tabs);
    }
    draw_context(shell_base(shell), &context, layout->merged ? ROLE_BAR : ROLE_CONTEXT);
    if (layout->message >= 0) {
        struct pane message = row_of(whole, layout->message);
        draw_message(shell, &message);
    }
    draw_foot(shell, &hints, layout->message < 0);
}

void shell_draw(struct shell *shell, struct grid *grid)
{
    struct pane whole = grid_pane(grid, &shell->context.look);
    const struct view *top = shell_top(shell), *base = shell_base(shell);
    grid_blank(grid);
    grid->cursor_row = -1;
    shell->dirty = false;
    if (!top) {
        return;
    }
    bool sheet = top != base;
    int most = layout_sheet_most(grid->rows, grid->columns);
    int wanted = !sheet ? 0 : top->screen->rows ? top->screen->rows(top, most) : most;
    struct layout layout = layout_of(grid->rows, grid->columns, wanted);
    if (layout.tabs < 0) {
        draw_subject(shell, &whole);
        return;
    }
    struct pane body = pane_part(&whole, layout.body, 0, layout.body_rows, whole.columns);
    if (base->screen->draw) {
        base->screen->draw(base, &body);
    }
    if (layout.sheet_rows) {
        struct pane bar = row_of(&whole, layout.sheet);
        struct pane pane =
            pane_part(&whole, layout.sheet + 1, 0, layout.sheet_rows - 1, whole.columns);
        grid->cursor_row = -1;
        draw_context(top, &bar, ROLE_SHEET_TITLE);
        top->screen->draw(top, &pane);
    }
    draw_bars(shell, &whole, &layout);
}
