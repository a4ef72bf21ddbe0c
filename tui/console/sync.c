/* sync.c: a vendor's cloud that is brought in, one at a time, whatever screen is shown. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/text.h"

enum { SHOW_MS = 250, SHOW_SLOW_MS = 1000 };

static void forget(struct syncing *syncing)
{
    text_free(&syncing->vendor);
    parcel_free(&syncing->said);
    error_free(&syncing->error);
    *syncing = (struct syncing){0};
}

/* ---- how far it is ---- */

/* When each step began and ended, for its time and rate. */
static void note_steps(struct syncing *syncing)
{
    const struct table *steps = parcel_find(&syncing->said, "steps");
    for (size_t i = 0; steps && i < table_rows(steps) && i < SYNC_STEPS; i++) {
        const char *state = table_cell(steps, i, "state");
        bool begun = state && strcmp(state, "waiting") != 0;
        bool over = begun && strcmp(state, "going") != 0;
        if (begun && !syncing->steps[i].began) {
            syncing->steps[i].began = syncing->now;
        }
        if (begun && (!over || !syncing->steps[i].over)) {
            syncing->steps[i].at = syncing->now;
        }
        syncing->steps[i].over = over;
    }
}

/* A few times a second is enough for who looks, and costs the line little. */
static void show_later(struct shell *shell)
{
    struct syncing *syncing = &shell->syncing;
    int64_t pause = shell->context.slow ? SHOW_SLOW_MS : SHOW_MS;
    if (shell->clock - syncing->shown >= pause) {
        syncing->shown = shell->clock;
        shell->dirty = true;
    }
}

/* ---- beginning ---- */

void sync_begin(struct shell *shell, const char *vendor, bool full)
{
    struct syncing *syncing = &shell->syncing;
    struct desk_sync *sync = NULL;
    struct error error = {0};
    if (shell->sync) {
        shell_say(shell, ROLE_MESSAGE_WARN, N_("a sync is under way already; Ctrl-C stops it"),
                  (const char *const[4]){NULL});
        return;
    }
    int status = shell->way.sync ? shell->way.sync(shell->way.self, vendor, full, &sync, &error)
                                 : error_memory(&error);
    if (status != 0) {
        shell_say_error(shell, &error);
        error_free(&error);
        return;
    }
    forget(syncing);
    shell->sync = sync;
    syncing->state = AFAR_UNDER_WAY;
    text_add(&syncing->vendor, vendor);
    syncing->full = full;
    syncing->began = syncing->now = shell->clock;
    syncing->moment = shell->context.now;
    shell_heard(shell);
}

/* ---- its end ---- */

static void say_outcome(struct shell *shell)
{
    const struct syncing *syncing = &shell->syncing;
    const char *vendor = text_bytes(&syncing->vendor);
    struct text counts = {0};
    if (syncing->state == AFAR_FAILED) {
        shell_say_error(shell, &syncing->error);
        return;
    }
    text_addf(&counts, "+%d ~%d -%d", (int)parcel_int(&syncing->said, "made", 0),
              (int)parcel_int(&syncing->said, "changed", 0),
              (int)parcel_int(&syncing->said, "gone", 0));
    const char *const arg[4] = {vendor, text_bytes(&counts)};
    shell_say(shell, ROLE_MESSAGE_OK, N_("%1 came whole: %2; it waits to take effect"), arg);
    text_free(&counts);
}

void sync_hear(struct shell *shell)
{
    struct syncing *syncing = &shell->syncing;
    struct parcel said = {0};
    enum errand_state state =
        shell->sync ? desk_sync_hear(shell->sync, &said, &syncing->error) : ERRAND_UNDER_WAY;
    if (!shell->sync) {
        return;
    }
    syncing->now = shell->clock;
    if (said.pair_count > 0 || state != ERRAND_UNDER_WAY) {
        parcel_free(&syncing->said);
        syncing->said = said; /* taken over */
        note_steps(syncing);
    } else {
        parcel_free(&said);
    }
    if (state == ERRAND_UNDER_WAY) {
        show_later(shell);
        return;
    }
    desk_sync_free(shell->sync);
    shell->sync = NULL;
    syncing->state = state == ERRAND_DONE ? AFAR_DONE : AFAR_FAILED;
    say_outcome(shell);
    shell_heard(shell);
    shell_settle(shell);
}

int sync_wait(const struct shell *shell, int *descriptor)
{
    *descriptor = -1;
    return shell->sync ? desk_sync_wait(shell->sync, descriptor) : -1;
}

void sync_stop(struct shell *shell)
{
    if (shell->sync && !shell->syncing.stopping) {
        desk_sync_stop(shell->sync);
        shell->syncing.stopping = true;
        shell->dirty = true;
    }
}

void sync_end(struct shell *shell)
{
    desk_sync_free(shell->sync);
    shell->sync = NULL;
    forget(&shell->syncing);
}
