/* form_date.c: the sheet of days: months that know what rests, and what a day would come to. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/trace.h"

enum { TICKET_TRY = 1, REST = 150, DATE_ROWS = 9, FACTS_WIDTH = 30 };

struct dating {
    struct text title, pair;
    struct parcel request, tried;
    struct datepick_days days;
    struct datepick pick;
    struct edit typed;
    struct text wrong; /* why the day that was tried cannot be */
};

static const char *given_text(const struct view *view, const char *name)
{
    const struct parcel *given = view_given(view);
    const char *value = given ? parcel_get(given, name) : NULL;
    return value ? value : "";
}

/* An end of the range as a day: a date, today, +90d, -10wd. */
static int32_t end_day(const struct dating *dating, const char *text)
{
    int32_t day;
    return datepick_day(text, dating->pick.today, &dating->days, &day) ? day : DAY_NONE;
}

static void take_request(struct view *view, struct dating *dating)
{
    const struct parcel *given = view_given(view);
    for (size_t i = 0; given && i < given->pair_count; i++) {
        if (strcmp(given->pairs[i].name, "request") == 0) {
            (void)!parcel_decode(given->pairs[i].value, given->pairs[i].length, &dating->request);
        }
    }
}

static void open_date(struct view *view, const char *what)
{
    struct dating *dating = view_state(view);
    const struct context *context = view_context(view);
    const char *value = given_text(view, "value");
    int32_t day;
    (void)what;
    text_add(&dating->title, given_text(view, "title"));
    text_add(&dating->pair, given_text(view, "pair"));
    if (view_given(view)) {
        datepick_take(&dating->days, view_given(view));
    }
    take_request(view, dating);
    dating->pick = (struct datepick){
        .days = &dating->days, .today = moment_day(context->now), .english = context->look.english};
    dating->pick.chosen =
        datepick_day(value, dating->pick.today, &dating->days, &day) ? day : dating->pick.today;
    dating->pick.first = end_day(dating, given_text(view, "low"));
    dating->pick.last = end_day(dating, given_text(view, "high"));
    view_wake(view, 1);
}

static void close_date(struct view *view)
{
    struct dating *dating = view_state(view);
    parcel_free(&dating->request);
    parcel_free(&dating->tried);
    edit_free(&dating->typed);
    text_free(&dating->title);
    text_free(&dating->pair);
    text_free(&dating->wrong);
}

/* What would come of it on the chosen day. */
static void try(struct view *view)
{
    const struct dating *dating = view_state(view);
    char day[DAY_TEXT];
    bool opens = parcel_get(&dating->request, "procedure") != NULL;
    struct parcel *request = view_ask(view, TICKET_TRY, opens ? "open" : "act");
    for (size_t i = 0; i < dating->request.pair_count; i++) {
        const struct pair *pair = &dating->request.pairs[i];
        if (strcmp(pair->name, text_bytes(&dating->pair)) != 0) {
            parcel_put_n(request, pair->name, pair->value, pair->length);
        }
    }
    parcel_put(request, text_bytes(&dating->pair), day_format(dating->pick.chosen, day));
    parcel_put(request, "preview", "yes");
}

/* Why that day cannot be; what else is wrong with the form is not its matter. */
static void take_reasons(struct dating *dating, const struct parcel *reply, bool english)
{
    const struct table *reasons = parcel_find(reply, "reasons");
    const char *field = strrchr(text_bytes(&dating->pair), '.');
    field = field ? field + 1 : text_bytes(&dating->pair);
    for (size_t row = 0; reasons && row < table_rows(reasons); row++) {
        const char *about = table_cell(reasons, row, "about");
        const char *sentence = table_cell(reasons, row, "sentence");
        if (about && sentence && strcmp(about, field) == 0) {
            const char *const arg[4] = {
                table_cell(reasons, row, "a"), table_cell(reasons, row, "b"),
                table_cell(reasons, row, "c"), table_cell(reasons, row, "d")};
            phrase_said(&dating->wrong, sentence, arg, english);
            return;
        }
    }
}

static void reply_date(struct view *view, int ticket, const struct parcel *reply,
                       const struct error *error)
{
    struct dating *dating = view_state(view);
    struct text bytes = {0};
    (void)ticket;
    text_clear(&dating->wrong);
    parcel_free(&dating->tried);
    if (error) {
        take_reasons(dating, reply, view_context(view)->look.english);
    } else if (parcel_encode(reply, &bytes)) {
        (void)!parcel_decode(text_bytes(&bytes), bytes.length, &dating->tried);
    }
    text_free(&bytes);
}

static bool key_date(struct view *view, const struct key_event *event)
{
    struct dating *dating = view_state(view);
    struct key key = key_half(event->key);
    bool typing = dating->typed.text.length > 0;
    int32_t day;
    if (!(typing && key.code < 0x80) && datepick_key(&dating->pick, event)) {
        edit_free(&dating->typed);
        view_wake(view, REST);
        return true;
    }
    bool taken = edit_key(&dating->typed, event);
    if (taken && datepick_day(edit_text(&dating->typed), dating->pick.today, &dating->days, &day)) {
        dating->pick.chosen = day;
        view_wake(view, REST);
    }
    return taken;
}

static bool act_date(struct view *view, enum action action)
{
    const struct dating *dating = view_state(view);
    char day[DAY_TEXT];
    if (action != ACTION_OPEN) {
        return false;
    }
    parcel_put(view_choose(view), "value", day_format(dating->pick.chosen, day));
    return true;
}

static int rows_date(const struct view *view, int most)
{
    (void)view;
    return DATE_ROWS < most ? DATE_ROWS : most;
}

static void add_chosen(const struct dating *dating, struct text *out)
{
    char day[DAY_TEXT];
    bool settled = datepick_settled(&dating->days, dating->pick.chosen);
    text_addf(out, "%s%s %s", settled ? "" : "≈", day_format(dating->pick.chosen, day),
              weekday_word(dating->pick.chosen));
}

static void context_date(const struct view *view, const struct pane *pane)
{
    const struct dating *dating = view_state(view);
    struct text bar = {0};
    text_addf(&bar, "%s  ", text_bytes(&dating->title));
    add_chosen(dating, &bar);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&bar)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("! before the first or after the last lawful day; type 12-9, +12wd"));
    text_free(&bar);
}

/* How far it is, in days that count. */
static int working_days(const struct dating *dating)
{
    int count = 0;
    int32_t from = dating->pick.today, to = dating->pick.chosen;
    int by = to < from ? -1 : 1;
    for (int32_t day = from; day != to && count * by < 2000; day += by) {
        count += datepick_works(&dating->days, by > 0 ? day + 1 : day) ? by : 0;
    }
    return count;
}

static void draw_facts(const struct view *view, const struct dating *dating,
                       const struct pane *pane)
{
    struct text said = {0}, number = {0};
    text_add_int(&number, working_days(dating));
    const char *const arg[4] = {text_bytes(&number)};
    phrase_said(&said, N_("%1 working days from today"), arg, dating->pick.english);
    bool works = datepick_works(&dating->days, dating->pick.chosen);
    int row = pane_wrap(pane, 0, 0, pane->columns, 2, ROLE_TEXT, text_bytes(&said));
    if (!works) {
        pane_clip(pane, row++, 0, pane->columns, ROLE_DATE_REST, _("a day that rests"));
    }
    if (dating->wrong.length) {
        pane_wrap(pane, row, 0, pane->columns, pane->rows - row, ROLE_FORM_ERROR,
                  text_bytes(&dating->wrong));
    } else if (dating->tried.table_count) {
        struct pane rest = pane_part(pane, row, 0, pane->rows - row, pane->columns);
        form_outcome(&dating->tried, &rest, view_context(view)->look.english);
    }
    text_free(&said);
    text_free(&number);
}

static void draw_date(const struct view *view, const struct pane *pane)
{
    const struct dating *dating = view_state(view);
    int months = 4;
    while (months > 1 && datepick_columns(months) + 3 + FACTS_WIDTH > pane->columns) {
        months--;
    }
    int columns = datepick_columns(months);
    bool two = months == 1 && datepick_columns(2) + 18 <= pane->columns;
    columns = two ? datepick_columns(2) : columns;
    struct pane left = pane_part(pane, 0, 1, pane->rows, columns);
    struct pane right = pane_part(pane, 0, columns + 3, pane->rows, pane->columns - columns - 4);
    datepick_draw(&dating->pick, &left);
    draw_facts(view, dating, &right);
}

static const char *label_date(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN ? _("take it") : action == ACTION_BACK ? _("not now") : NULL;
}

const struct screen sheet_form_date = {
    .name = "form-date",
    .title = N_("pick a day"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct dating),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_date,
    .close = close_date,
    .reply = reply_date,
    .act = act_date,
    .key = key_date,
    .wake = try,
    .rows = rows_date,
    .context_row = context_date,
    .draw = draw_date,
    .label = label_date,
};
