/* afar.c: what takes long and was sent away: one thing at a time, whatever screen is shown. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/text.h"

void shell_say_error(struct shell *shell, const struct error *error)
{
    const char *const arg[4] = {error->arg[0], error->arg[1], error->arg[2], error->arg[3]};
    shell_say(shell, error->code == ERROR_INTERRUPTED ? ROLE_MESSAGE_WARN : ROLE_MESSAGE_ERROR,
              error->sentence ? error->sentence : N_("memory is short"), arg);
}

void shell_heard(struct shell *shell)
{
    shell->dirty = true;
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            if (view->screen->heard) {
                view->screen->heard(view);
            }
        }
    }
}

static void forget(struct afar *afar)
{
    parcel_free(&afar->asked);
    parcel_free(&afar->outcome);
    error_free(&afar->error);
    *afar = (struct afar){0};
}

void afar_send(struct shell *shell, const char *verb, struct parcel *asked)
{
    struct afar *afar = &shell->afar;
    struct errand *errand = NULL;
    struct error error = {0};
    if (shell->errand) {
        shell_say(shell, ROLE_MESSAGE_WARN, N_("something that takes long is under way already"),
                  (const char *const[4]){NULL});
        return;
    }
    parcel_put(asked, "verb", verb);
    int status = shell->way.send ? shell->way.send(shell->way.self, asked, &errand, &error)
                                 : error_memory(&error);
    if (status != 0) {
        shell_say_error(shell, &error);
        error_free(&error);
        return;
    }
    forget(afar);
    shell->errand = errand;
    afar->state = AFAR_UNDER_WAY;
    afar->asked = *asked; /* taken over */
    *asked = (struct parcel){0};
    shell_heard(shell);
}

/* The first thing that is wrong, or that all is well. */
static void say_outcome(struct shell *shell)
{
    const struct afar *afar = &shell->afar;
    const struct parcel *outcome = &afar->outcome;
    const struct table *wrong = parcel_find(outcome, "wrong");
    const char *to = parcel_get(&afar->asked, "to");
    if (afar->state == AFAR_DONE) {
        const char *const arg[4] = {parcel_get(outcome, "acts"), parcel_get(outcome, "cases"), to};
        shell_say(shell, ROLE_MESSAGE_OK,
                  to ? N_("copied to %3, %1 acts, %2 cases: all is whole")
                     : N_("the record is whole: %1 acts, %2 cases"),
                  arg);
    } else if (wrong && table_rows(wrong) > 0) {
        struct text what = {0};
        afar_wrong(wrong, 0, &what, shell->context.look.english);
        const char *const arg[4] = {table_cell(wrong, 0, "where"), text_bytes(&what)};
        shell_say(shell, ROLE_MESSAGE_ERROR, N_("the record is not whole: %1: %2"), arg);
        text_free(&what);
    } else {
        shell_say_error(shell, &afar->error);
    }
}

void afar_wrong(const struct table *wrong, size_t row, struct text *out, bool english)
{
    const char *what = table_cell(wrong, row, "what");
    const char *const arg[4] = {table_cell(wrong, row, "a"), table_cell(wrong, row, "b")};
    phrase_said(out, what ? what : "", arg, english);
}

void afar_hear(struct shell *shell)
{
    struct afar *afar = &shell->afar;
    enum errand_state state =
        shell->errand ? desk_hear(shell->errand, &afar->outcome, &afar->error) : ERRAND_UNDER_WAY;
    if (!shell->errand) {
        return;
    }
    if (state == ERRAND_UNDER_WAY) {
        shell->dirty |= pace_hear(&afar->pace, &afar->outcome, shell->clock);
        return;
    }
    desk_forget(shell->errand);
    shell->errand = NULL;
    afar->state = state == ERRAND_DONE ? AFAR_DONE : AFAR_FAILED;
    say_outcome(shell);
    shell_heard(shell);
    shell_settle(shell);
}

void afar_recall(struct shell *shell)
{
    if (shell->errand && !shell->afar.recalled) {
        desk_recall(shell->errand);
        shell->afar.recalled = true;
        shell->dirty = true;
    }
}

int afar_descriptor(const struct shell *shell)
{
    return shell->errand ? desk_errand_descriptor(shell->errand) : -1;
}

void afar_end(struct shell *shell)
{
    desk_forget(shell->errand);
    shell->errand = NULL;
    forget(&shell->afar);
}
