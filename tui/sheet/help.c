/* help.c: the keys that hold here; what is typed narrows them, Enter tries one. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/sheet/match.h"
#include "tui/text.h"
#include "tui/widget/edit.h"
#include "tui/width.h"

enum { KEYS_COLUMNS = 16, LABEL_COLUMNS = 16, GAP = 2, COLUMN = 96 };

struct help {
    struct edit typed;
    enum action shown[ACTIONS];
    struct choice choice;
};

/* The screen that is explained: what stands below. */
static const struct screen *explained(const struct view *view)
{
    const struct view *below = view->below ? view->below : view;
    return below->screen;
}

static bool answers(const struct screen *screen, enum action action)
{
    const enum action *at = screen->acts;
    while (at && *at && *at != action) {
        at++;
    }
    return at && *at;
}

/* It has a key here, and something comes of it. */
static bool holds(const struct view *view, enum action action)
{
    const struct screen *screen = explained(view);
    const struct action_row *row = &actions[action];
    struct text keys = {0};
    binding_keys(view->shell->bindings, action, &keys);
    bool bound = keys.length > 0;
    text_free(&keys);
    return bound && (row->where == WHERE_EVERYWHERE || row->where == screen->where) &&
           (row->where == WHERE_EVERYWHERE || row->flags & ACTION_SHELL || answers(screen, action));
}

static bool is_wanted(const struct view *view, enum action action)
{
    const struct help *help = view_state(view);
    const char *typed = edit_text(&help->typed);
    const struct action_row *row = &actions[action];
    struct text keys = {0};
    binding_keys(view->shell->bindings, action, &keys);
    bool wanted = strstr(text_bytes(&keys), typed) != NULL ||
                  match_of(shell_sounds(view->shell), _(row->label), typed) > 0 ||
                  match_of(NULL, row->name, typed) > 0 || strstr(_(row->help), typed) != NULL;
    text_free(&keys);
    return wanted;
}

static void gather(struct view *view)
{
    struct help *help = view_state(view);
    int count = 0;
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        if (holds(view, (enum action)i) && is_wanted(view, (enum action)i)) {
            help->shown[count++] = (enum action)i;
        }
    }
    choice_count(&help->choice, count);
}

static void open_help(struct view *view, const char *what)
{
    (void)what;
    gather(view);
}

static void close_help(struct view *view)
{
    struct help *help = view_state(view);
    edit_free(&help->typed);
}

static bool key_help(struct view *view, const struct key_event *event)
{
    struct help *help = view_state(view);
    bool taken = edit_key(&help->typed, event);
    if (taken) {
        gather(view);
    }
    return taken;
}

static bool act_help(struct view *view, enum action action)
{
    struct help *help = view_state(view);
    if (action == ACTION_OPEN) {
        if (help->choice.count) {
            view_close(view);
            view_do(view, help->shown[help->choice.cursor]);
        }
        return true;
    }
    return choice_act(&help->choice, action);
}

/* Beside each other on COLUMNS, read downwards. */
static int columns_of(int columns)
{
    return columns / COLUMN > 1 ? columns / COLUMN : 1;
}

static int rows_help(const struct view *view, int most)
{
    const struct help *help = view_state(view);
    int beside = columns_of(view_context(view)->columns);
    int rows = (help->choice.count + beside - 1) / beside + 1 + !help->choice.count;
    return rows < most ? rows : most;
}

static void context_help(const struct view *view, const struct pane *pane)
{
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("keys")) + 2;
    column = pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_TITLE,
                       _(explained(view)->title)) +
             2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("type to find, Enter tries; other keys: keys.ini"));
}

static void draw_key(const struct view *view, const struct pane *pane, int row, int index)
{
    const struct help *help = view_state(view);
    const struct action_row *action = &actions[help->shown[index]];
    struct text keys = {0};
    bool here = index == help->choice.cursor;
    binding_keys(view->shell->bindings, help->shown[index], &keys);
    int column = pane_pad(pane, row, 1, KEYS_COLUMNS, here ? ROLE_SHEET_CURSOR : ROLE_ACT_KEY,
                          text_bytes(&keys));
    column = pane_pad(pane, row, column, LABEL_COLUMNS, here ? ROLE_SHEET_CURSOR : ROLE_TEXT,
                      _(action->label));
    pane_clip(pane, row, column + GAP, pane->columns - column - GAP - 1, ROLE_TEXT_DIM,
              _(action->help));
    text_free(&keys);
}

static void draw_help(const struct view *view, const struct pane *pane)
{
    const struct help *help = view_state(view);
    int beside = columns_of(pane->columns), rows = pane->rows > 0 ? pane->rows : 1;
    int top = choice_top(&help->choice, rows * beside), width = pane->columns / beside;
    for (int i = top; i < help->choice.count && i - top < rows * beside; i++) {
        struct pane column = pane_part(pane, 0, (i - top) / rows * width, rows, width);
        draw_key(view, &column, (i - top) % rows, i);
    }
    if (!help->choice.count) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_DIM, _("No key is called that."));
    }
}

static void prompt_help(const struct view *view, const struct pane *pane)
{
    const struct help *help = view_state(view);
    int column = pane_put(pane, 0, 0, ROLE_ACT_KEY, "??") + 1;
    edit_draw(&help->typed, pane, 0, column, pane->columns - column, ROLE_TEXT, true);
}

const struct screen sheet_help = {
    .name = "help",
    .title = N_("keys"),
    .sheet = true,
    .types = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct help),
    .acts = (const enum action[]){ACTION_DOWN, ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_help,
    .close = close_help,
    .key = key_help,
    .act = act_help,
    .rows = rows_help,
    .context_row = context_help,
    .draw = draw_help,
    .prompt = prompt_help,
};
