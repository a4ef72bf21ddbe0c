/* press.c: what a key does. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/text.h"

/* ---- what can be done ---- */

const char *shell_subject(const struct shell *shell, const char **clock)
{
    const struct view *top = shell_top(shell), *base = shell_base(shell);
    const char *none = NULL, **to = clock ? clock : &none;
    *to = NULL;
    for (const struct view *view = top; view; view = view == base ? NULL : view->below) {
        if (view->screen->subject) {
            const char *subject = view->screen->subject(view, to);
            return subject ? subject : "";
        }
    }
    return "";
}

int shell_marked(const struct shell *shell, struct text *out)
{
    const struct view *base = shell_base(shell);
    return base && base->screen->marked ? base->screen->marked(base, out) : 0;
}

/* Of what the console does itself with a case. */
static const char *no_case(const struct shell *shell, enum action action)
{
    const struct action_row *row = &actions[action];
    if (!(row->flags & ACTION_ROW) || !(row->flags & ACTION_SHELL) || *shell_subject(shell, NULL)) {
        return NULL;
    }
    struct text marked = {0};
    bool some = row->flags & ACTION_BULK && shell_marked(shell, &marked) > 0;
    text_free(&marked);
    return some ? NULL : _("there is no case under the cursor");
}

static bool answers(const struct screen *screen, enum action action)
{
    const enum action *at = screen->acts;
    while (at && *at != ACTION_NONE && *at != action) {
        at++;
    }
    return at && *at == action;
}

/* Of what is done with a list, whatever it lists; a screen may do it in its own way. */
static const char *no_list(const struct shell *shell, const struct view *view, enum action action)
{
    const struct view *base = shell_base(shell);
    bool columns = action == ACTION_COLUMNS || action == ACTION_FACETS;
    bool rows = action == ACTION_EXPORT || action == ACTION_PRINT;
    bool there = base && (columns ? base->screen->list != NULL : base->screen->listing != NULL);
    bool own = view && answers(view->screen, action);
    return (columns || rows) && !there && !own ? _("there is no list here") : NULL;
}

const char *shell_why_not(const struct shell *shell, const struct view *view, enum action action)
{
    const char *why = view && view->screen->why_not ? view->screen->why_not(view, action) : NULL;
    if (!why && actions[action].flags & ACTION_WRITES && shell->context.reads_only) {
        why = _("you are nobody in this workspace: you may look, not act; --as LOGIN");
    }
    why = why ? why : no_list(shell, view, action);
    return why ? why : no_case(shell, action);
}

void shell_do(struct shell *shell, enum action action)
{
    struct view *top = shell_top(shell);
    const char *why = shell_why_not(shell, top, action);
    if (why) {
        const char *const arg[4] = {_(actions[action].label), why};
        shell_say(shell, ROLE_MESSAGE_WARN, N_("%1: %2"), arg);
        return;
    }
    if (top && top->screen->act && top->screen->act(top, action)) {
        shell->dirty = true;
    } else if (actions[action].flags & ACTION_SHELL) {
        shell_act(shell, action);
    }
}

/* ---- keys ---- */

/* Typed by an input method where no field is. */
static bool is_chinese(struct key key)
{
    return key_is_character(key) && key.code >= 0x2e80;
}

static void add_character(struct text *out, uint32_t code)
{
    if (code < 0x80) {
        text_addf(out, "%c", (int)code);
    } else if (code < 0x800) {
        text_addf(out, "%c%c", (int)(0xc0 | code >> 6), (int)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        text_addf(out, "%c%c%c", (int)(0xe0 | code >> 12), (int)(0x80 | (code >> 6 & 0x3f)),
                  (int)(0x80 | (code & 0x3f)));
    } else {
        text_addf(out, "%c%c%c%c", (int)(0xf0 | code >> 18), (int)(0x80 | (code >> 12 & 0x3f)),
                  (int)(0x80 | (code >> 6 & 0x3f)), (int)(0x80 | (code & 0x3f)));
    }
}

static void to_palette(struct shell *shell, struct key key)
{
    const struct screen *palette = screen_named("palette");
    struct text typed = {0};
    add_character(&typed, key.code);
    if (palette) {
        const char *const arg[4] = {text_bytes(&typed)};
        shell_open(shell, palette, text_bytes(&typed), NULL);
        shell_say(shell, ROLE_MESSAGE_INFO,
                  N_("you typed “%1”: it went to the command line. For single keys switch the "
                     "input method off first"),
                  arg);
    }
    text_free(&typed);
}

void shell_key(struct shell *shell, const struct key_event *event)
{
    struct view *top = shell_top(shell);
    struct key key = event->key;
    if (!top || key.code == KEY_NONE) {
        return;
    }
    shell->dirty = true;
    news_key(&shell->news, key.code == KEYPAD_ESCAPE || key.code == KEYPAD_ENTER);
    bool taken = top->screen->types && top->screen->key && top->screen->key(top, event);
    if (!taken && !(top->screen->types && key_is_character(key)) && key.code != KEY_PASTE) {
        enum action action = binding_find(shell->bindings, top->screen->where, key);
        if (action != ACTION_NONE) {
            shell_do(shell, action);
        } else if (!top->screen->types && !(top->screen->key && top->screen->key(top, event)) &&
                   is_chinese(key)) {
            to_palette(shell, key);
        }
    }
    shell_settle(shell);
}
