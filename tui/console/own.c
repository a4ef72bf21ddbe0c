/* own.c: what the console does itself, on every screen. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/text.h"

static bool open_named(struct shell *shell, const char *name, const char *what)
{
    const struct screen *screen = screen_named(name);
    if (screen) {
        shell_open(shell, screen, what, NULL);
    } else {
        const char *const arg[4] = {name};
        shell_say(shell, ROLE_MESSAGE_WARN, N_("there is no screen “%1” yet"), arg);
    }
    return true;
}

/* One step: what was typed to narrow it goes, then what lies on top; the last view of a tab stays,
 * without a filter. */
static bool back(struct shell *shell)
{
    struct view *top = shell_top(shell);
    bool filtered = top && top->screen->filtered && *top->screen->filtered(top);
    if (filtered && top->narrowed) {
        view_narrow(top, text_bytes(&top->unnarrowed));
    } else if (top && top->below) {
        view_close(top);
    } else if (filtered) {
        view_narrow(top, "");
    }
    return true;
}

static bool go_to_digit(struct shell *shell, char digit)
{
    for (int i = 0; i < shell->tab_count; i++) {
        if (shell->tabs[i].screen->digit == digit) {
            shell_go(shell, i);
        }
    }
    return true;
}

/* A case, with the clock that is meant behind a blank. */
static bool open_why(struct shell *shell)
{
    const char *clock, *subject = shell_subject(shell, &clock);
    struct text what = {0};
    text_addf(&what, "%s%s%s", subject, clock && *clock ? "\n" : "", clock);
    open_named(shell, *subject ? "why" : "help", text_bytes(&what));
    text_free(&what);
    return true;
}

static bool act_on(struct shell *shell)
{
    struct text marked = {0};
    if (shell_marked(shell, &marked) > 0) {
        open_named(shell, "bulk", text_bytes(&marked));
    } else {
        struct parcel given = {0};
        const char *clock = NULL, *subject = shell_subject(shell, &clock);
        parcel_put(&given, "clock", clock ? clock : "");
        shell_open(shell, screen_named("which"), subject, &given);
    }
    text_free(&marked);
    return true;
}

/* What is done with a few entries to the case under the cursor: see tui/sheet/deed.h. */
static bool open_deed(struct shell *shell, const char *deed, const char *pair, const char *value)
{
    struct parcel given = {0};
    parcel_put(&given, pair, value);
    shell_open(shell, screen_named("deed"), deed, &given);
    return true;
}

/* One case, all that are marked; without either all cases of somebody. */
static bool hand_over(struct shell *shell)
{
    struct text marked = {0};
    const char *subject = shell_subject(shell, NULL);
    if (shell_marked(shell, &marked) > 0) {
        open_deed(shell, "assign", "cases", text_bytes(&marked));
    } else {
        open_deed(shell, *subject ? "assign" : "handover", "case", *subject ? subject : NULL);
    }
    text_free(&marked);
    return true;
}

/* From a case the one after it; from anywhere else the most urgent of all. */
static bool next_urgent(struct shell *shell)
{
    const struct view *base = shell_base(shell);
    bool at_case = base && strcmp(base->screen->name, "case") == 0;
    return open_named(shell, "urgent", at_case ? shell_subject(shell, NULL) : "");
}

static bool copy_number(struct shell *shell)
{
    const char *subject = shell_subject(shell, NULL);
    if (*subject && shell->outside.copy) {
        const char *const arg[4] = {subject};
        shell->outside.copy(shell->outside.self, subject);
        shell_say(shell, ROLE_MESSAGE_OK, N_("%1 is on the clipboard"), arg);
    }
    return true;
}

/* The other language, at once: everything is asked anew, as some of it is in sentences. */
static bool switch_language(struct shell *shell)
{
    struct look *look = &shell->context.look;
    look->english = !look->english;
    if (shell->outside.language) {
        shell->outside.language(shell->outside.self, look->english);
    }
    shell_words(shell);
    shell_changed(shell);
    return true;
}

static bool open_filter(struct shell *shell)
{
    const struct view *base = shell_base(shell);
    if (base && base->screen->filter) {
        return open_named(shell, "query", "");
    }
    shell_say(shell, ROLE_MESSAGE_WARN, N_("there is nothing to filter here"),
              (const char *const[4]){NULL});
    return true;
}

static bool quit(struct shell *shell)
{
    for (int i = 0; i < shell->tab_count; i++) {
        for (const struct view *view = shell->tabs[i].top; view; view = view->below) {
            if (view->screen->unsaved && view->screen->unsaved(view)) {
                return open_named(shell, "quit", "");
            }
        }
    }
    shell->ends = true;
    return true;
}

bool shell_act(struct shell *shell, enum action action)
{
    switch (action) {
    case ACTION_BACK:
        return back(shell);
    case ACTION_WHY:
        return open_why(shell);
    case ACTION_HELP:
        return open_named(shell, "help", "");
    case ACTION_PALETTE:
        return open_named(shell, "palette", "");
    case ACTION_VIEWS:
        return open_named(shell, "views", "");
    case ACTION_COLUMNS:
    case ACTION_FACETS:
    case ACTION_EXPORT:
    case ACTION_PRINT: /* the sheet has the name of the action */
        return open_named(shell, actions[action].name, "");
    case ACTION_MESSAGES:
        return open_named(shell, "messages", "");
    case ACTION_FILTER:
        return open_filter(shell);
    case ACTION_WHATIF:
        return open_named(shell, "what-if", shell_subject(shell, NULL));
    case ACTION_NOTE:
        return open_named(shell, "note", shell_subject(shell, NULL));
    case ACTION_ACT:
        return act_on(shell);
    case ACTION_ATTACH:
    case ACTION_LETTER: /* the deed has the name of the action */
        return open_deed(shell, actions[action].name, "case", shell_subject(shell, NULL));
    case ACTION_HANDOVER:
        return hand_over(shell);
    case ACTION_NEXT_URGENT:
        return next_urgent(shell);
    case ACTION_COPY:
        return copy_number(shell);
    case ACTION_REFRESH:
        shell_changed(shell);
        return true;
    case ACTION_REPAINT:
        shell->again = shell->dirty = true;
        return true;
    case ACTION_STOP:
        afar_recall(shell);
        sync_stop(shell);
        shell->stops = true;
        return true;
    case ACTION_LANGUAGE:
        return switch_language(shell);
    case ACTION_THEME:
        if (shell->outside.theme) {
            shell->outside.theme(shell->outside.self, NULL);
        }
        return shell->dirty = true;
    case ACTION_QUIT:
        return quit(shell);
    default:
        return action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_0 &&
               go_to_digit(shell, *actions[action].keys);
    }
}
