/* differences.c: what a run brings, changes or ends, whose it is and what the policy will say of
 * it; from here it takes effect, all at once. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/differences.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/list.h"
#include "tui/width.h"

enum { TICKET_ROWS = 1, TICKET_RUN, TICKET_APPROVED, TICKET_APPLY, TICKET_LEAVE, TICKET_DROP };
enum { REST = 150 };

/* ---- cells ---- */

const char *differences_cell(const struct list *list, size_t row, const char *column)
{
    const char *text = list_cell(list, row, column);
    return text ? text : "";
}

bool differences_is(const struct list *list, size_t row, const char *column, const char *what)
{
    return strcmp(differences_cell(list, row, column), what) == 0;
}

static void value_how(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    bool new = differences_is(list, row, "how", "new"),
         gone = differences_is(list, row, "how", "gone");
    text_addf(&value->text, "%s %s",
              glyph_text(&context->look, new    ? GLYPH_NEW
                                         : gone ? GLYPH_GONE
                                                : GLYPH_CHANGED),
              new    ? _("New")
              : gone ? _("Gone")
                     : _("Chg"));
    value->role = new ? ROLE_DIFF_ADD : gone ? ROLE_DIFF_DEL : ROLE_DIFF_CHANGE;
}

static void value_kind(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    (void)context;
    text_add(&value->text, phrase_resource(differences_cell(list, row, "kind")));
}

static void value_name(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    (void)context;
    const char *name = differences_cell(list, row, "name");
    text_add(&value->text, *name ? name : differences_cell(list, row, "uid"));
}

static void value_system(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    const char *system = list_text(list, row, "system", context);
    bool wide = context->columns >= 100;
    if (*system) {
        text_add(&value->text, system);
        value->brief = value->text.length;
        if (wide) {
            text_addf(&value->text, "  %s", list_text(list, row, "org", context));
        }
    } else if (*list_text(list, row, "org", context)) {
        text_add(&value->text, list_text(list, row, "org", context));
    } else if (differences_is(list, row, "verdict", "unmapped")) {
        text_add(&value->text, _("nobody's yet"));
        value->role = ROLE_FLAG;
    }
}

/* "8核16G" of what came or went; what changed of the rest. */
static void value_change(const struct list *list, size_t row, const struct context *context,
                         struct list_value *value)
{
    static const char *const amounts[][2] = {
        {"vcpus", "was_vcpus"}, {"ram", "was_ram"}, {"disk", "was_disk"}};
    bool gone = differences_is(list, row, "how", "gone");
    if (differences_is(list, row, "how", "changed")) {
        phrase_changes(&value->text, differences_cell(list, row, "changes"), context->look.english);
        return;
    }
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        const char *amount = differences_cell(list, row, amounts[i][gone]);
        if (*amount && strcmp(amount, "0") != 0) {
            text_add(&value->text, value->text.length ? " " : "");
            phrase_amount(&value->text, amounts[i][0], amount);
        }
    }
}

/* What it is held against. */
static void value_match(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    const char *number = differences_cell(list, row, "case");
    if (differences_is(list, row, "verdict", "drifts")) {
        text_add(&value->text, list_text(list, row, "drift", context));
    } else if (differences_is(list, row, "verdict", "unmapped")) {
        text_add(&value->text, _("say whose it is first"));
    } else if (*number) {
        text_add(&value->text, number);
    } else {
        text_add(&value->text, glyph_text(&context->look, GLYPH_NONE));
    }
}

static void value_verdict(const struct list *list, size_t row, const struct context *context,
                          struct list_value *value)
{
    static const struct {
        const char *name, *word;
        enum role role;
    } words[] = {{"agrees", N_("agrees"), ROLE_CARD_MET},
                 {"drifts", N_("drifts"), ROLE_FLAG},
                 {"unmapped", N_("to map"), ROLE_FLAG},
                 {"harmless", N_("harmless"), ROLE_TEXT_DIM}};
    (void)context;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (differences_is(list, row, "verdict", words[i].name)) {
            text_add(&value->text, _(words[i].word));
            value->role = words[i].role;
        }
    }
}

static const struct list_column columns[] = {
    {.name = "how", .head = "", .least = 4, .most = 4, .english = 2, .value = value_how},
    {.name = "kind",
     .head = N_("kind"),
     .least = 8,
     .most = 10,
     .rank = 7,
     .from = 100,
     .value = value_kind},
    {.name = "name",
     .head = N_("resource"),
     .least = 12,
     .most = 16,
     .rank = 1,
     .name_band = true,
     .value = value_name},
    {.name = "system",
     .head = N_("system"),
     .least = 12,
     .most = 34,
     .rank = 4,
     .from = 60,
     .value = value_system},
    {.name = "change",
     .head = N_("change"),
     .least = 14,
     .most = 30,
     .rank = 2,
     .value = value_change},
    {.name = "match",
     .head = N_("held against"),
     .least = 10,
     .most = 24,
     .rank = 5,
     .from = 60,
     .value = value_match},
    {.name = "verdict",
     .head = N_("verdict"),
     .least = 6,
     .most = 6,
     .english = 3,
     .value = value_verdict},
};
static const struct list_spec spec = {
    .verb = "differences",
    .table = "differences",
    .key = "resource",
    .empty = N_("Nothing differs from the run before."),
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .apart = true,
};

/* ---- asking ---- */

const char *differences_here(const struct differences *state)
{
    return list_key(state->list);
}

bool differences_staged(const struct differences *state)
{
    return parcel_yes(&state->head, "staged");
}

/* Beside the resource what its system was given; once the cursor rests. */
static void ask_approved(struct view *view)
{
    struct differences *state = view_state(view);
    const char *kind = differences_cell(state->list, list_cursor(state->list), "kind");
    if (!*differences_here(state) ||
        strcmp(text_bytes(&state->wanted), differences_here(state)) == 0) {
        return;
    }
    text_clear(&state->wanted);
    text_add(&state->wanted, differences_here(state));
    parcel_free(&state->approved);
    struct parcel *request = view_ask(view, TICKET_APPROVED, "resource");
    parcel_put(request, "vendor", parcel_get(&state->head, "vendor"));
    parcel_put(request, "kind", kind);
    parcel_put(request, "uid", differences_cell(state->list, list_cursor(state->list), "uid"));
    parcel_put(request, "run", text_bytes(&state->run));
}

static void follow(struct view *view)
{
    const struct differences *state = view_state(view);
    if (view_context(view)->rows >= DIFFERENCES_SHEET && !view_context(view)->slow &&
        strcmp(text_bytes(&state->wanted), differences_here(state)) != 0) {
        view_wake(view, REST);
    }
}

static void open(struct view *view, const char *what)
{
    struct differences *state = view_state(view);
    text_add(&state->run, what);
    state->list = list_new(&spec);
    if (!state->list) {
        view_close(view);
        return;
    }
    list_arrange(state->list, view_arrangement(view));
    list_pair(state->list, "run", what);
    list_want(state->list, view, TICKET_ROWS);
    view_hold(view);
}

static void close(struct view *view)
{
    struct differences *state = view_state(view);
    list_free(state->list);
    text_free(&state->run);
    text_free(&state->wanted);
    parcel_free(&state->head);
    parcel_free(&state->approved);
}

static void refresh(struct view *view)
{
    struct differences *state = view_state(view);
    text_clear(&state->wanted);
    list_stale(state->list);
    list_want(state->list, view, TICKET_ROWS);
}

/* ---- the filter ---- */

static void filter(struct view *view, const char *query)
{
    struct differences *state = view_state(view);
    list_query(state->list, query);
    list_narrowed(state->list, *query != '\0');
    list_want(state->list, view, TICKET_ROWS);
}

static const char *filtered(const struct view *view)
{
    const struct differences *state = view_state(view);
    return list_queried(state->list);
}

/* How many it means is known once all were looked at. */
static void tell_found(struct view *view)
{
    const struct differences *state = view_state(view);
    struct text hits = {0};
    int64_t total = list_total(state->list, NULL);
    if (total >= 0) {
        text_add_int(&hits, total);
    }
    view_found(view, text_bytes(&hits), NULL, 0);
    text_free(&hits);
}

/* ---- replies ---- */

static void take_rows(struct view *view, const struct parcel *reply, const struct error *error)
{
    static const char *const pairs[] = {"vendor", "staged",  "at",  "rows",
                                        "made",   "changed", "gone"};
    struct differences *state = view_state(view);
    if (!list_took(state->list, reply, error)) {
        view_say_error(view, error, reply);
        view_found_wrong(view, error, reply);
        return;
    }
    parcel_free(&state->head);
    int64_t total = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        parcel_put(&state->head, pairs[i], parcel_get(reply, pairs[i]));
        total += i >= 4 ? parcel_int(reply, pairs[i], 0) : 0;
    }
    if (*list_queried(state->list)) {
        tell_found(view);
    } else {
        list_counted(state->list, total, false);
    }
    list_want(state->list, view, TICKET_ROWS);
    follow(view);
}

static void applied(struct view *view, const struct parcel *reply)
{
    struct text counts = {0};
    struct differences *state = view_state(view);
    text_addf(&counts, "+%d ~%d -%d", (int)parcel_int(reply, "made", 0),
              (int)parcel_int(reply, "changed", 0), (int)parcel_int(reply, "gone", 0));
    view_say(view, ROLE_MESSAGE_OK, N_("run %1 is in force: %2; drifts are judged next"),
             text_bytes(&state->run), text_bytes(&counts), NULL);
    text_free(&counts);
    refresh(view);
}

static void drop(struct view *view)
{
    const struct differences *state = view_state(view);
    parcel_put(view_ask(view, TICKET_DROP, "sync_undo"), "run", text_bytes(&state->run));
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct differences *state = view_state(view);
    if (ticket == TICKET_ROWS) {
        take_rows(view, reply, error);
    } else if (ticket == TICKET_APPROVED) {
        parcel_free(&state->approved);
        (void)(!error && parcel_copy(reply, &state->approved));
    } else if (error) {
        view_say_error(view, error, reply);
    } else if (ticket == TICKET_APPLY) {
        applied(view, reply);
    } else if (ticket == TICKET_LEAVE) {
        refresh(view);
    } else if (ticket == TICKET_DROP && parcel_yes(reply, "rest")) {
        drop(view);
    } else if (ticket == TICKET_DROP) {
        view_say(view, ROLE_MESSAGE_OK, N_("run %1 was taken back; nothing of it is left"),
                 text_bytes(&state->run), NULL, NULL);
        view_close(view);
    }
}

static void wake(struct view *view)
{
    ask_approved(view);
}

/* ---- keys ---- */

static void leave_out(struct view *view)
{
    struct differences *state = view_state(view);
    size_t row = list_cursor(state->list);
    struct parcel *request = view_ask(view, TICKET_LEAVE, "sync_leave");
    parcel_put(request, "run", text_bytes(&state->run));
    parcel_put(request, "kind", differences_cell(state->list, row, "kind"));
    parcel_put(request, "uid", differences_cell(state->list, row, "uid"));
}

static bool act(struct view *view, enum action action)
{
    struct differences *state = view_state(view);
    bool taken = true;
    switch (action) {
    case ACTION_OPEN:
        if (*differences_here(state)) {
            view_open(view, "resource", differences_here(state));
        }
        break;
    case ACTION_SUBMIT:
        parcel_put(view_ask(view, TICKET_APPLY, "sync_apply"), "run", text_bytes(&state->run));
        break;
    case ACTION_MARK:
        leave_out(view);
        break;
    case ACTION_ANNUL:
        drop(view);
        break;
    case ACTION_PREVIEW:
        ask_approved(view);
        break;
    case ACTION_STYLE:
        view_open(view, "mapping", "");
        break;
    default:
        taken = list_act(state->list, action);
        break;
    }
    list_want(state->list, view, TICKET_ROWS);
    follow(view);
    return taken;
}

static const char *why_not(const struct view *view, enum action action)
{
    const struct differences *state = view_state(view);
    bool writes = action == ACTION_SUBMIT || action == ACTION_MARK || action == ACTION_ANNUL;
    return writes && !differences_staged(state) ? _("it does not wait any more")
           : action == ACTION_MARK && !*differences_here(state)
               ? _("there is no row under the cursor")
               : NULL;
}

static const char *label(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_SUBMIT  ? _("let it take effect")
           : action == ACTION_MARK  ? _("leave out")
           : action == ACTION_ANNUL ? _("drop it")
           : action == ACTION_OPEN  ? _("what became of it")
           : action == ACTION_STYLE ? _("Mapping")
                                    : NULL;
}

static const char *subject(const struct view *view, const char **clock)
{
    const struct differences *state = view_state(view);
    *clock = "";
    return differences_cell(state->list, list_cursor(state->list), "case");
}

static struct list *list_of(const struct view *view)
{
    const struct differences *state = view_state(view);
    return state->list;
}

static const char *listing(const struct view *view, struct parcel *request)
{
    return list_listing(list_of(view), request);
}

static const enum action acts[] = {
    ACTION_SUBMIT, ACTION_MARK,      ACTION_OPEN,    ACTION_FILTER,    ACTION_STYLE,
    ACTION_ANNUL,  ACTION_COLUMNS,   ACTION_EXPORT,  ACTION_PRINT,     ACTION_DOWN,
    ACTION_UP,     ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_HALF_DOWN, ACTION_HALF_UP,
    ACTION_FIRST,  ACTION_LAST,      ACTION_REFRESH, ACTION_PREVIEW,   ACTION_NONE};

const struct screen screen_differences = {
    .name = "differences",
    .title = N_("What differs"),
    .where = WHERE_LIST,
    .size = sizeof(struct differences),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = refresh,
    .wake = wake,
    .act = act,
    .why_not = why_not,
    .label = label,
    .subject = subject,
    .filter = filter,
    .filtered = filtered,
    .list = list_of,
    .listing = listing,
    .context_row = differences_context,
    .draw = differences_draw,
};
