/*
 * palette.c: `:`, then a few letters of anything: an act on the case, an action, a screen, a case.
 * Chinese names are found by their characters or by their initials in pinyin.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/sheet/match.h"
#include "tui/text.h"
#include "tui/widget/edit.h"
#include "tui/width.h"

enum {
    TICKET_OFFER = 1,
    TICKET_CASES,
    PAUSE = 120,
    CASES_MOST = 6,
    TYPED_LEAST = 2, /* characters before cases are searched */
    SHOWN_MOST = 12,
    KEY_COLUMNS = 8,
    LABEL_COLUMNS = 30,
    KIND_COLUMNS = 14,
    WITH_KINDS = 60 /* columns from which on kinds are shown */
};
enum kind { KIND_OFFER, KIND_ACTION, KIND_SCREEN, KIND_THEME, KIND_CASE };

struct item {
    enum kind kind;
    enum action action;
    const struct screen *screen;
    const char *theme;
    char *key, *label, *english; /* ENGLISH: another name to find it by; may be NULL */
    char *number, *event, *why, *command;
    int score; /* 0: does not fit */
};
struct items {
    struct item *items;
    int count, capacity;
};
struct palette {
    struct edit typed;
    struct items items;
    int cases; /* index of the first case found; they are the last */
    int *shown;
    struct choice choice;
};

/* ---- items ---- */

static void item_free(struct item *item)
{
    free(item->key);
    free(item->label);
    free(item->english);
    free(item->number);
    free(item->event);
    free(item->why);
    free(item->command);
}

/* Zeroed but for its KIND; NULL: no memory. */
static struct item *add_item(struct palette *palette, enum kind kind)
{
    struct items *items = &palette->items;
    if (items->count == items->capacity) {
        int capacity = items->capacity ? items->capacity * 2 : 64;
        struct item *more = realloc(items->items, (size_t)capacity * sizeof *more);
        int *shown = more ? realloc(palette->shown, (size_t)capacity * sizeof *shown) : NULL;
        items->items = more ? more : items->items;
        palette->shown = shown ? shown : palette->shown;
        if (!more || !shown) {
            return NULL;
        }
        items->capacity = capacity;
    }
    struct item *item = &items->items[items->count++];
    *item = (struct item){.kind = kind};
    return item;
}

static void cut_items(struct palette *palette, int count)
{
    while (palette->items.count > count) {
        item_free(&palette->items.items[--palette->items.count]);
    }
}

/* Moving about is not done from here. */
static bool is_listed(const struct screen *base, enum action action)
{
    const struct action_row *row = &actions[action];
    const enum action *at = base->acts;
    if (action <= ACTION_NEXT || action == ACTION_PALETTE ||
        (action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_0) ||
        (row->where != WHERE_EVERYWHERE && row->where != base->where)) {
        return false;
    }
    while (at && *at && *at != action) {
        at++;
    }
    return row->flags & ACTION_SHELL || (at && *at);
}

static void add_actions(struct view *view, struct palette *palette)
{
    struct shell *shell = view->shell;
    const struct view *base = shell_base(shell);
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        struct item *item =
            is_listed(base->screen, (enum action)i) ? add_item(palette, KIND_ACTION) : NULL;
        if (item) {
            struct text key = {0};
            binding_key(shell->bindings, (enum action)i, false, &key);
            item->action = (enum action)i;
            item->key = copy_text(text_bytes(&key));
            item->label = copy_text(_(actions[i].label));
            item->english = copy_text(actions[i].name);
            item->why = copy_text(shell_why_not(shell, base, (enum action)i));
            text_free(&key);
        }
    }
}

static void add_screens(struct palette *palette)
{
    for (int i = 0; screens[i]; i++) {
        struct item *item = !screens[i]->sheet && (screens[i]->digit || screens[i]->door)
                                ? add_item(palette, KIND_SCREEN)
                                : NULL;
        if (item) {
            char digit[2] = {screens[i]->digit, '\0'};
            item->screen = screens[i];
            item->key = copy_text(digit);
            item->label = copy_text(_(screens[i]->title));
            item->english = copy_text(screens[i]->name);
        }
    }
}

static void add_themes(const struct outside *outside, struct palette *palette)
{
    static const char *const words[][2] = {{"default", N_("colours: on a dark ground")},
                                           {"light", N_("colours: on a light ground")},
                                           {"mono", N_("colours: none")},
                                           {"contrast", N_("colours: strong contrast")},
                                           {"deutan", N_("colours: red and green alike")},
                                           {"tritan", N_("colours: blue and yellow alike")}};
    for (int i = 0; outside->themes && outside->themes[i]; i++) {
        struct item *item = add_item(palette, KIND_THEME);
        for (size_t w = 0; item && w < sizeof words / sizeof *words; w++) {
            if (strcmp(words[w][0], outside->themes[i]) == 0) {
                item->label = copy_text(_(words[w][1]));
            }
        }
        if (item) {
            item->theme = outside->themes[i];
            item->english = copy_text(item->theme);
        }
    }
}

static void add_offers(struct palette *palette, const struct parcel *reply, bool english)
{
    const struct table *offers = parcel_find(reply, "offers");
    for (size_t row = 0; offers && row < table_rows(offers); row++) {
        struct item *item = add_item(palette, KIND_OFFER);
        if (item) {
            struct text label = {0}, why = {0};
            const char *const arg[4] = {table_cell(offers, row, "a"), table_cell(offers, row, "b"),
                                        table_cell(offers, row, "c"), table_cell(offers, row, "d")};
            phrase_both(&label, table_cell(offers, row, "title"), english);
            phrase_reason(&why, table_word(offers, row, "sentence"), arg, english);
            item->label = copy_text(text_bytes(&label));
            item->number = copy_text(parcel_get(reply, "case"));
            item->event = copy_text(table_word(offers, row, "event"));
            item->english = copy_text(item->event);
            item->why = why.length ? copy_text(text_bytes(&why)) : NULL;
            text_clear(&why);
            text_addf(&why, "yuntai act %s %s", item->number, item->event);
            item->command = copy_text(text_bytes(&why));
            text_free(&label);
            text_free(&why);
        }
    }
}

static void add_cases(struct palette *palette, const struct table *cases)
{
    for (size_t row = 0; cases && row < table_rows(cases); row++) {
        struct item *item = add_item(palette, KIND_CASE);
        if (item) {
            struct text text = {0};
            item->number = copy_text(table_word(cases, row, "number"));
            text_addf(&text, "%s %s", item->number, table_word(cases, row, "title"));
            item->label = copy_text(text_bytes(&text));
            text_clear(&text);
            text_addf(&text, "yuntai show %s", item->number);
            item->command = copy_text(text_bytes(&text));
            text_free(&text);
        }
    }
}

/* ---- which fit ---- */

static int score_of(const struct pinyin *pinyin, const struct item *item, const char *typed)
{
    if (item->kind == KIND_CASE) {
        return 1; /* the desk found it */
    }
    int own = match_of(pinyin, item->label ? item->label : "", typed);
    int other = item->english ? match_of(NULL, item->english, typed) : 0;
    return own > other ? own : other;
}

static bool stands_before(const struct item *a, const struct item *b)
{
    bool can = !a->why, other = !b->why;
    return can != other ? can : a->score > b->score;
}

/* Those that fit, the best first; as they stand among equals. */
static void sort_out(struct view *view)
{
    struct palette *palette = view_state(view);
    const char *typed = edit_text(&palette->typed);
    const struct pinyin *pinyin = *typed ? shell_sounds(view->shell) : NULL;
    struct item *items = palette->items.items;
    int count = 0;
    for (int i = 0; i < palette->items.count; i++) {
        items[i].score = score_of(pinyin, &items[i], typed);
        if (items[i].score > 0) {
            int at = count++;
            while (at > 0 && stands_before(&items[i], &items[palette->shown[at - 1]])) {
                palette->shown[at] = palette->shown[at - 1];
                at--;
            }
            palette->shown[at] = i;
        }
    }
    choice_count(&palette->choice, count);
}

static void typed_anew(struct view *view)
{
    struct palette *palette = view_state(view);
    palette->choice.cursor = 0;
    sort_out(view);
    view_wake(view, PAUSE);
}

/* ---- screen ---- */

static void open_palette(struct view *view, const char *what)
{
    struct palette *palette = view_state(view);
    const char *subject = shell_subject(view->shell, NULL);
    add_actions(view, palette);
    add_screens(palette);
    add_themes(&view->shell->outside, palette);
    palette->cases = palette->items.count;
    edit_set(&palette->typed, what);
    sort_out(view);
    if (*subject) {
        parcel_put(view_ask(view, TICKET_OFFER, "offer"), "case", subject);
        view_hold(view);
    }
    if (*what) {
        view_wake(view, PAUSE);
    }
}

static void close_palette(struct view *view)
{
    struct palette *palette = view_state(view);
    cut_items(palette, 0);
    free(palette->items.items);
    free(palette->shown);
    edit_free(&palette->typed);
}

static void reply_palette(struct view *view, int ticket, const struct parcel *reply,
                          const struct error *error)
{
    struct palette *palette = view_state(view);
    if (ticket == TICKET_OFFER && !error) {
        cut_items(palette, palette->cases);
        add_offers(palette, reply, view_context(view)->look.english);
        palette->cases = palette->items.count;
    } else if (ticket == TICKET_CASES) {
        cut_items(palette, palette->cases);
        add_cases(palette, error ? NULL : parcel_find(reply, "cases"));
    }
    sort_out(view);
}

/* Cases by what is typed: a number, a name. */
static void wake_palette(struct view *view)
{
    struct palette *palette = view_state(view);
    const char *typed = edit_text(&palette->typed);
    if (utf8_count(typed, strlen(typed)) < TYPED_LEAST || strchr(typed, '"')) {
        cut_items(palette, palette->cases);
        sort_out(view);
        return;
    }
    struct parcel *request = view_ask(view, TICKET_CASES, "list");
    struct text query = {0};
    text_addf(&query, "\"%s\"", typed);
    parcel_put(request, "query", text_bytes(&query));
    parcel_put_int(request, "limit", CASES_MOST);
    parcel_put(request, "closed", "yes");
    text_free(&query);
}

static bool key_palette(struct view *view, const struct key_event *event)
{
    struct palette *palette = view_state(view);
    struct text before = {0};
    text_add(&before, edit_text(&palette->typed));
    bool taken = edit_key(&palette->typed, event);
    if (taken && strcmp(text_bytes(&before), edit_text(&palette->typed)) != 0) {
        typed_anew(view);
    }
    text_free(&before);
    return taken;
}

static void run(struct view *view, const struct item *item)
{
    if (item->why) {
        view_say(view, ROLE_MESSAGE_WARN, N_("%1: %2"), item->label, item->why, NULL);
        return;
    }
    view_close(view);
    switch (item->kind) {
    case KIND_OFFER: {
        struct parcel *given = view_open_with(view, "form", item->number);
        parcel_put(given, "case", item->number);
        parcel_put(given, "event", item->event);
        break;
    }
    case KIND_ACTION:
        view_do(view, item->action);
        break;
    case KIND_SCREEN:
        view_open(view, item->screen->name, "");
        break;
    case KIND_THEME:
        view->shell->outside.theme(view->shell->outside.self, item->theme);
        break;
    case KIND_CASE:
        view_open(view, "case", item->number);
        break;
    }
}

static const struct item *chosen(const struct palette *palette)
{
    return palette->choice.count ? &palette->items.items[palette->shown[palette->choice.cursor]]
                                 : NULL;
}

static bool act_palette(struct view *view, enum action action)
{
    struct palette *palette = view_state(view);
    const struct item *item = chosen(palette);
    if (action == ACTION_OPEN) {
        if (item) {
            run(view, item);
        }
        return true;
    }
    if (action == ACTION_COPY_COMMAND) {
        if (item && item->command) {
            view_copy(view, item->command);
            view_say(view, ROLE_MESSAGE_OK, N_("%1 is on the clipboard"), item->command, NULL,
                     NULL);
        }
        return true;
    }
    return choice_act(&palette->choice, action);
}

/* ---- drawing ---- */

static int rows_palette(const struct view *view, int most)
{
    const struct palette *palette = view_state(view);
    int rows = palette->choice.count < SHOWN_MOST ? palette->choice.count : SHOWN_MOST;
    rows += 1 + !rows;
    return rows < most ? rows : most;
}

static void context_palette(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("command")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("acts, actions, screens, cases; characters, pinyin initials or English"));
}

static const char *kind_word(const struct item *item)
{
    static const char *const words[] = {[KIND_OFFER] = N_("this case"),
                                        [KIND_ACTION] = N_("action"),
                                        [KIND_SCREEN] = N_("screen"),
                                        [KIND_THEME] = N_("setting"),
                                        [KIND_CASE] = N_("case")};
    return _(words[item->kind]);
}

static void draw_item(const struct pane *pane, int row, const struct item *item, bool here)
{
    enum role role = here ? ROLE_SHEET_CURSOR : item->why ? ROLE_ACT_OFF : ROLE_TEXT;
    bool kinds = pane->columns >= WITH_KINDS;
    int label = kinds ? LABEL_COLUMNS : pane->columns - KEY_COLUMNS - 2;
    int column = pane_pad(pane, row, 1, KEY_COLUMNS - 1,
                          here        ? ROLE_SHEET_CURSOR
                          : item->why ? ROLE_ACT_OFF
                                      : ROLE_ACT_KEY,
                          item->key ? item->key : "");
    if (item->kind == KIND_CASE && kinds) {
        label = pane->columns - column - KIND_COLUMNS - 2;
    }
    column = pane_pad(pane, row, column, label, role, item->label ? item->label : "") + 1;
    if (kinds) {
        column = pane_pad(pane, row, column, KIND_COLUMNS, ROLE_TEXT_DIM, kind_word(item)) + 1;
        const char *said = item->why                   ? item->why
                           : item->kind == KIND_ACTION ? _(actions[item->action].help)
                           : item->kind == KIND_OFFER && item->command != NULL ? item->command
                                                                               : "";
        pane_clip(pane, row, column, pane->columns - column - 1,
                  item->why ? ROLE_ACT_OFF : ROLE_TEXT_DIM, said);
    }
}

static void draw_palette(const struct view *view, const struct pane *pane)
{
    const struct palette *palette = view_state(view);
    int top = choice_top(&palette->choice, pane->rows);
    for (int i = top; i < palette->choice.count && i - top < pane->rows; i++) {
        draw_item(pane, i - top, &palette->items.items[palette->shown[i]],
                  i == palette->choice.cursor);
    }
    if (!palette->choice.count) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_DIM,
                  _("No action, screen or case is called that."));
    }
}

static void prompt_palette(const struct view *view, const struct pane *pane)
{
    const struct palette *palette = view_state(view);
    struct text count = {0};
    text_addf(&count, "%d / %d", palette->choice.count, palette->items.count);
    int width = width_of(text_bytes(&count));
    pane_put(pane, 0, 0, ROLE_ACT_KEY, ":");
    edit_draw(&palette->typed, pane, 0, 1, pane->columns - 3 - width, ROLE_TEXT, true);
    pane_put(pane, 0, pane->columns - width - 1, ROLE_TEXT_DIM, text_bytes(&count));
    text_free(&count);
}

const struct screen sheet_palette = {
    .name = "palette",
    .title = N_("command"),
    .sheet = true,
    .types = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct palette),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_DOWN, ACTION_COPY_COMMAND, ACTION_BACK,
                                  ACTION_NONE},
    .open = open_palette,
    .close = close_palette,
    .reply = reply_palette,
    .wake = wake_palette,
    .key = key_palette,
    .act = act_palette,
    .rows = rows_palette,
    .context_row = context_palette,
    .draw = draw_palette,
    .prompt = prompt_palette,
};
