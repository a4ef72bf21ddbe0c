/* sync.c: vendors' clouds that are brought in: as of when each is known, the run under way, those
 * before it. */
#include "tui/screen/sync.h"

#include <stdlib.h>
#include <string.h>

#include "tui/screen/screens.h"
#include "tui/text.h"

enum { TICKET_VENDORS = 1, TICKET_RUNS, TICKET_DROP, RUNS = 50 };

/* ---- beside each other ---- */

static const char *const ring[] = {"sync", "drift", "mapping"};
enum { RING = sizeof ring / sizeof *ring };

static const char *beside(const char *from, int step)
{
    int at = 0;
    while (at < RING - 1 && strcmp(ring[at], from) != 0) {
        at++;
    }
    return ring[(at + step + RING) % RING];
}

void sync_turn(struct view *view, const char *from, int step)
{
    view_close(view);
    view_open(view, beside(from, step), "");
}

const char *sync_beside(const char *from)
{
    const struct screen *screen = screen_named(beside(from, 1));
    return screen ? _(screen->title) : "";
}

/* ---- rows ---- */

static const struct table *vendors_of(const struct sync_view *state)
{
    return parcel_find(&state->vendors, "vendors");
}

/* The NTHth name of the settings; false: there are fewer. */
static bool name_at(const struct sync_view *state, int nth, struct text *name)
{
    const char *at = text_bytes(&state->names);
    for (int i = 0; *at; i++) {
        size_t length = strcspn(at, " ");
        if (i == nth) {
            text_add_n(name, at, length);
            return true;
        }
        at += length + (at[length] == ' ');
    }
    return false;
}

static bool in_settings(const struct sync_view *state, const char *vendor)
{
    struct text name = {0};
    bool found = false;
    for (int i = 0; !found && name_at(state, i, &name); i++) {
        found = strcmp(text_bytes(&name), vendor) == 0;
        text_clear(&name);
    }
    text_free(&name);
    return found;
}

/* Row of the NTHth vendor that the settings do not speak of any more; -1 there are fewer. */
static int other_row(const struct sync_view *state, int nth)
{
    const struct table *vendors = vendors_of(state);
    for (size_t row = 0; vendors && row < table_rows(vendors); row++) {
        if (!in_settings(state, table_word(vendors, row, "vendor")) && nth-- == 0) {
            return (int)row;
        }
    }
    return -1;
}

static int named_count(const struct sync_view *state)
{
    struct text name = {0};
    int count = 0;
    while (name_at(state, count, &name)) {
        count++;
    }
    text_free(&name);
    return count;
}

int sync_vendor_count(const struct sync_view *state)
{
    int count = named_count(state), others = 0;
    while (other_row(state, others) >= 0) {
        others++;
    }
    return count + others;
}

int sync_vendor(const struct sync_view *state, int index, struct text *name)
{
    const struct table *vendors = vendors_of(state);
    if (!name_at(state, index, name)) {
        int row = other_row(state, index - named_count(state));
        text_add(name, row >= 0 ? table_word(vendors, (size_t)row, "vendor") : "");
        return row;
    }
    for (size_t row = 0; vendors && row < table_rows(vendors); row++) {
        if (strcmp(table_word(vendors, row, "vendor"), text_bytes(name)) == 0) {
            return (int)row;
        }
    }
    return -1;
}

static const struct table *runs_of(const struct sync_view *state)
{
    return parcel_find(&state->runs, "runs");
}

int sync_run_count(const struct sync_view *state)
{
    const struct table *runs = runs_of(state);
    return runs ? (int)table_rows(runs) : 0;
}

int sync_run_here(const struct sync_view *state)
{
    int run = state->cursor - sync_vendor_count(state);
    return run >= 0 && run < sync_run_count(state) ? run : -1;
}

static const char *run_cell(const struct sync_view *state, const char *column)
{
    int run = sync_run_here(state);
    return run >= 0 ? table_word(runs_of(state), (size_t)run, column) : "";
}

/* Of the vendor under the cursor, or of the run's. */
static void vendor_here(const struct sync_view *state, struct text *name)
{
    if (sync_run_here(state) >= 0) {
        text_add(name, run_cell(state, "vendor"));
    } else {
        (void)sync_vendor(state, state->cursor, name);
    }
}

/* The run under the cursor that waits to take effect; "" none. */
static const char *staged_here(const struct sync_view *state)
{
    struct text name = {0};
    int row = sync_run_here(state) < 0 ? sync_vendor(state, state->cursor, &name) : -1;
    const struct table *vendors = vendors_of(state);
    text_free(&name);
    if (row >= 0) {
        bool waits = strcmp(table_word(vendors, (size_t)row, "pending"), "staged") == 0;
        return waits ? table_word(vendors, (size_t)row, "pending_run") : "";
    }
    return strcmp(run_cell(state, "state"), "staged") == 0 ? run_cell(state, "run") : "";
}

/* ---- asking ---- */

static void ask(struct view *view)
{
    struct sync_view *state = view_state(view);
    struct error error = {0};
    text_clear(&state->names);
    if (view_vendors(view, &state->names, &error) != 0) { /* not this account's to read, perhaps */
        view_say_error(view, &error, NULL);
    }
    error_free(&error);
    view_ask(view, TICKET_VENDORS, "vendors");
    parcel_put_int(view_ask(view, TICKET_RUNS, "runs"), "limit", RUNS);
}

static void open(struct view *view, const char *what)
{
    (void)what;
    ask(view);
    view_hold(view);
}

static void close(struct view *view)
{
    struct sync_view *state = view_state(view);
    parcel_free(&state->vendors);
    parcel_free(&state->runs);
    text_free(&state->names);
    text_free(&state->refused);
    text_free(&state->dropping);
}

static void move(struct sync_view *state, int64_t by)
{
    int64_t to = state->cursor + by, last = sync_vendor_count(state) + sync_run_count(state) - 1;
    to = to > last ? last : to;
    state->cursor = to < 0 ? 0 : (int)to;
}

static void drop(struct view *view)
{
    const struct sync_view *state = view_state(view);
    parcel_put(view_ask(view, TICKET_DROP, "sync_undo"), "run", text_bytes(&state->dropping));
}

/* It is taken back a step at a time; what comes between goes first. */
static void dropped(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct sync_view *state = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
    } else if (parcel_yes(reply, "rest")) {
        drop(view);
        return;
    } else {
        view_say(view, ROLE_MESSAGE_OK, N_("run %1 was taken back; nothing of it is left"),
                 text_bytes(&state->dropping), NULL, NULL);
    }
    text_clear(&state->dropping);
    ask(view);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct sync_view *state = view_state(view);
    struct parcel *kept = ticket == TICKET_VENDORS ? &state->vendors : &state->runs;
    if (ticket == TICKET_DROP) {
        dropped(view, reply, error);
        return;
    }
    parcel_free(kept);
    text_clear(&state->refused);
    if (error) {
        view_say_error(view, error, reply);
        text_add(&state->refused, _("what vendors hold is not yours to see"));
    } else {
        (void)parcel_copy(reply, kept);
    }
    move(state, 0);
}

/* Whoever looks on sees what differs as soon as all of it came. */
static void heard(struct view *view)
{
    const struct syncing *syncing = view_context(view)->syncing;
    const char *run = parcel_get(&syncing->said, "run");
    if (syncing->state == AFAR_DONE && run && view_seen(view)) {
        view_open(view, "differences", run);
    }
    ask(view);
}

static void chosen(struct view *view, const char *sheet, const struct parcel *choice)
{
    const char *vendor = choice ? parcel_get(choice, "vendor") : NULL;
    (void)sheet;
    if (vendor) {
        view_sync(view, vendor, parcel_yes(choice, "full"));
    }
}

/* ---- keys ---- */

static bool under_way(const struct view *view)
{
    return view_context(view)->syncing->state == AFAR_UNDER_WAY;
}

static void open_here(struct view *view)
{
    const struct sync_view *state = view_state(view);
    struct text name = {0}, run = {0};
    int row = sync_run_here(state) < 0 ? sync_vendor(state, state->cursor, &name) : -1;
    text_add(&run, staged_here(state));
    if (row >= 0 && !run.length) {
        text_add(&run, table_word(vendors_of(state), (size_t)row, "run"));
    }
    if (strcmp(run_cell(state, "state"), "applied") == 0) {
        text_add(&run, run_cell(state, "run"));
    }
    if (run.length && strcmp(text_bytes(&run), "0") != 0) {
        view_open(view, "differences", text_bytes(&run));
    } else {
        view_say(view, ROLE_MESSAGE_WARN, N_("nothing of it is there to be looked at"), NULL, NULL,
                 NULL);
    }
    text_free(&name);
    text_free(&run);
}

static void begin(struct view *view)
{
    const struct sync_view *state = view_state(view);
    struct text vendor = {0};
    vendor_here(state, &vendor);
    parcel_put(view_open_with(view, "begin-sync", text_bytes(&vendor)), "names",
               text_bytes(&state->names));
    text_free(&vendor);
}

static bool act(struct view *view, enum action action)
{
    struct sync_view *state = view_state(view);
    switch (action) {
    case ACTION_DOWN:
        move(state, 1);
        return true;
    case ACTION_UP:
        move(state, -1);
        return true;
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        move(state, state->body);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
        move(state, -state->body);
        return true;
    case ACTION_FIRST:
        move(state, INT32_MIN);
        return true;
    case ACTION_LAST:
        move(state, INT32_MAX);
        return true;
    case ACTION_OPEN:
        open_here(view);
        return true;
    case ACTION_NEW:
        begin(view);
        return true;
    case ACTION_ANNUL:
        text_clear(&state->dropping);
        text_add(&state->dropping, staged_here(state));
        drop(view);
        return true;
    case ACTION_STYLE:
    case ACTION_NEXT_PANE:
        sync_turn(view, "sync", 1);
        return true;
    case ACTION_PREVIOUS_PANE:
        sync_turn(view, "sync", -1);
        return true;
    default:
        return false;
    }
}

static const char *why_not(const struct view *view, enum action action)
{
    const struct sync_view *state = view_state(view);
    return action == ACTION_STOP && !under_way(view) ? _("nothing runs")
           : action == ACTION_NEW && under_way(view) ? _("a sync is under way")
           : action == ACTION_NEW && !state->names.length
               ? _("the settings name no vendor: [vendor.NAME] in yuntai.ini")
           : action == ACTION_ANNUL && !*staged_here(state) ? _("no run waits here")
                                                            : NULL;
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_STYLE   ? sync_beside("sync")
           : action == ACTION_NEW   ? _("sync it")
           : action == ACTION_OPEN  ? _("what differs")
           : action == ACTION_ANNUL ? _("drop it")
                                    : NULL;
}

static const char *listing(const struct view *view, struct parcel *request)
{
    (void)view;
    parcel_put(request, "verb", "runs");
    return "runs";
}

static const enum action acts[] = {
    ACTION_STOP,    ACTION_NEW,       ACTION_OPEN,          ACTION_ANNUL,   ACTION_STYLE,
    ACTION_DOWN,    ACTION_UP,        ACTION_PAGE_DOWN,     ACTION_PAGE_UP, ACTION_HALF_DOWN,
    ACTION_HALF_UP, ACTION_FIRST,     ACTION_LAST,          ACTION_EXPORT,  ACTION_PRINT,
    ACTION_REFRESH, ACTION_NEXT_PANE, ACTION_PREVIOUS_PANE, ACTION_NONE};

const struct screen screen_sync = {
    .name = "sync",
    .title = N_("Sync"),
    .door = true,
    .where = WHERE_LIST,
    .size = sizeof(struct sync_view),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = ask,
    .heard = heard,
    .chosen = chosen,
    .act = act,
    .why_not = why_not,
    .label = label,
    .listing = listing,
    .context_row = sync_context,
    .draw = sync_draw,
};
