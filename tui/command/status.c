/* status.c: yuntai status: what will go wrong this week, and whose desk is it on, in one look. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/command/desk_face.h"
#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum {
    PIPE_COLUMNS = 120, /* where it is no terminal */
    DESKS_MOST = 12,
    LOAD_DAYS = 10, /* of each desk */
    WEEK_DAYS = 7,
    SIGN_COLUMNS = 3
};

static int64_t number(const struct table *table, size_t row, const char *column)
{
    const char *cell = table_cell(table, row, column);
    return cell ? strtoll(cell, NULL, 10) : 0;
}

static int32_t day_of(const char *cell)
{
    int32_t day;
    return cell && day_parse(cell, strlen(cell) < 10 ? strlen(cell) : 10, &day) ? day : DAY_NONE;
}

/* "  WORD 12" of the pair NAME. */
static void add_pair(const struct face *face, struct text *out, const char *word, const char *name)
{
    text_addf(out, "%s %s", word, parcel_get(&face->reply, name));
}

/* ---- the head ---- */

static void print_cards(struct face *face, struct text *out)
{
    const struct table *cards = parcel_find(&face->reply, "cards");
    add_pair(face, out, _("open"), "open");
    for (size_t row = 0; cards && row < table_rows(cards); row++) {
        text_addf(out, "   %s %s", face_card(table_cell(cards, row, "card")),
                  table_cell(cards, row, "n"));
    }
    if (parcel_int(&face->reply, "waived", 0) > 0) {
        text_add(out, "   ");
        add_pair(face, out, _("waived"), "waived");
    }
    text_add(out, "\n");
}

/* What comes round, where something of it is open. */
static void print_periodic(struct face *face, struct text *out)
{
    const struct table *table = parcel_find(&face->reply, "periodic");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        struct text title = {0};
        if (number(table, row, "n") == 0) {
            continue;
        }
        face_both(face, &title, table_cell(table, row, "procedure_title"));
        text_addf(out, _("%s: %d open   %d late   %d this week"), text_bytes(&title),
                  (int)number(table, row, "n"), (int)number(table, row, "late"),
                  (int)number(table, row, "week"));
        text_add(out, "\n");
        text_free(&title);
    }
}

static void print_head(struct face *face)
{
    struct text out = {0};
    int32_t today = day_of(parcel_get(&face->reply, "now"));
    int32_t next = day_of(parcel_get(&face->reply, "next_workday"));
    trace_day(&out, today);
    text_addf(&out, "   %s ", _("next working day"));
    trace_day(&out, next);
    text_add(&out, "\n");
    print_cards(face, &out);
    add_pair(face, &out, _("due today"), "today");
    text_add(&out, "   ");
    add_pair(face, &out, _("in three days"), "soon");
    text_add(&out, "   ");
    add_pair(face, &out, _("this week"), "week");
    text_add(&out, "   ");
    add_pair(face, &out, _("without a clock"), "unclocked");
    text_add(&out, "\n");
    print_periodic(face, &out);
    face_put(face, &out);
    text_free(&out);
}

/* ---- the most urgent ---- */

/* The card's sign with "6 wd late", "in 3 wd", "due now"; PAST: not today, but no working day ago.
 */
static void put_left(struct table *table, const char *card, const char *left, bool past)
{
    struct text text = {0};
    long days = left ? strtol(left, NULL, 10) : 0;
    const char *sign = face_card(card);
    text_add_n(&text, sign, strcspn(sign, " "));
    for (int width = width_of(text_bytes(&text)); width < SIGN_COLUMNS; width++) {
        text_add(&text, " ");
    }
    if (days == 0) {
        text_add(&text, !left ? "" : past ? _("past due") : _("due now"));
    } else {
        text_addf(&text, days < 0 ? _("%d wd late") : _("in %d wd"), (int)labs(days));
    }
    table_text(table, text_bytes(&text));
    text_free(&text);
}

/* A day, of this year without it; what falls due today by the hour, its time. */
static void put_due(const struct face *face, struct table *table, const char *due)
{
    const char *now = parcel_get(&face->reply, "now");
    enum { YEAR = 5, DAY = 10 };
    bool same_day = strlen(due) > DAY && strncmp(due, now, DAY) == 0;
    size_t from = same_day ? DAY + 1 : strncmp(due, now, YEAR) == 0 ? YEAR : 0;
    size_t length = same_day ? strlen(due) - from : DAY - from;
    table_text_n(table, due + from, length);
}

static void print_urgent(struct face *face)
{
    static const struct column columns[] = {
        {"left", CELL_NAME, N_("left")},       {"case", CELL_NAME, N_("case")},
        {"title", CELL_TEXT, N_("title")},     {"state", CELL_TEXT, N_("state")},
        {"who", CELL_TEXT, N_("handler")},     {"due", CELL_NAME, N_("due")},
        {"org", CELL_TEXT, N_("organisation")}};
    const struct table *urgent = parcel_find(&face->reply, "urgent");
    struct parcel parcel = {0};
    struct table *table = parcel_table(&parcel, "urgent", columns, 7);
    for (size_t row = 0; urgent && row < table_rows(urgent); row++) {
        const char *owner = table_cell(urgent, row, "owner");
        if (!table_cell(urgent, row, "due")) {
            continue;
        }
        const char *now = parcel_get(&face->reply, "now");
        bool past = strncmp(table_cell(urgent, row, "due"), now, strlen("2019-09-27")) < 0;
        put_left(table, table_cell(urgent, row, "card"), table_cell(urgent, row, "left"), past);
        table_text(table, table_cell(urgent, row, "number"));
        table_text(table, table_cell(urgent, row, "title"));
        table_text(table, table_cell(urgent, row, "state_title"));
        table_text(table, owner ? owner : table_cell(urgent, row, "with_title"));
        put_due(face, table, table_cell(urgent, row, "due"));
        table_text(table, table_cell(urgent, row, "org"));
    }
    face_table(face, table, _("most urgent"));
    if (table_rows(table) == 0) {
        fprintf(face->invocation->out, "\n%s\n", _("nothing is due"));
    }
    parcel_free(&parcel);
}

/* ---- whose desk ---- */

/* " 2  ·  1 …": what falls due on the next days with that desk. */
static void put_load(struct face *face, struct table *table, size_t desk)
{
    const struct table *heat = parcel_find(&face->reply, "heat");
    const struct table *load = parcel_find(&face->reply, "load");
    struct text text = {0};
    for (size_t day = 0; heat && day < table_rows(heat) && day < LOAD_DAYS; day++) {
        int64_t n = 0;
        const char *on = table_cell(heat, day, "day");
        for (size_t row = 0; load && row < table_rows(load); row++) {
            bool here = number(load, row, "handler") == (int64_t)desk &&
                        strcmp(table_cell(load, row, "day"), on) == 0;
            n += here ? number(load, row, "n") : 0;
        }
        text_add(&text, n > 99 ? " " : n > 9 ? "  " : "   ");
        if (n > 0) {
            text_add_int(&text, n);
        } else {
            text_add(&text, "·");
        }
    }
    table_text(table, text_bytes(&text) + (text.length ? 1 : 0));
    text_free(&text);
}

static bool loaded(const struct face *face, size_t desk)
{
    const struct table *load = parcel_find(&face->reply, "load");
    const struct table *heat = parcel_find(&face->reply, "heat");
    const char *last = heat && table_rows(heat) >= LOAD_DAYS
                           ? table_cell(heat, LOAD_DAYS - 1, "day")
                           : "9999-12-31";
    for (size_t row = 0; load && row < table_rows(load); row++) {
        if (number(load, row, "handler") == (int64_t)desk &&
            strcmp(table_cell(load, row, "day"), last) <= 0) {
            return true;
        }
    }
    return false;
}

static void print_others(struct face *face, int desks, int64_t cases)
{
    struct text out = {0};
    if (desks > 0) {
        text_addf(&out, _("%d others have %d cases, none of them due soon"), desks, (int)cases);
        text_add(&out, "\n");
        face_put(face, &out);
    }
    text_free(&out);
}

static void print_desks(struct face *face)
{
    const struct table *handlers = parcel_find(&face->reply, "handlers");
    const struct table *heat = parcel_find(&face->reply, "heat");
    struct text from = {0};
    const char *first = heat && table_rows(heat) ? table_cell(heat, 0, "day") : "";
    text_addf(&from, _("due day by day, from %s"), *first ? first + 5 : "");
    const struct column columns[] = {{"who", CELL_TEXT, N_("handler")},
                                     {"n", CELL_NUMBER, N_("open")},
                                     {"late", CELL_NUMBER, N_("late")},
                                     {"week", CELL_NUMBER, N_("this week")},
                                     {"load", CELL_NAME, text_bytes(&from)}};
    struct parcel parcel = {0};
    struct table *table = parcel_table(&parcel, "desks", columns, 5);
    int others = 0;
    int64_t cases = 0;
    for (size_t row = 0; handlers && row < table_rows(handlers); row++) {
        bool busy = number(handlers, row, "week") > 0 || loaded(face, row);
        if (!busy || table_rows(table) == DESKS_MOST) {
            others++;
            cases += number(handlers, row, "n");
            continue;
        }
        const char *who = table_cell(handlers, row, "who");
        table_text(table, who ? who : _("whoever the case names"));
        table_int(table, number(handlers, row, "n"));
        table_int(table, number(handlers, row, "late"));
        table_int(table, number(handlers, row, "week"));
        put_load(face, table, row);
    }
    face_table(face, table, _("whose desk"));
    print_others(face, others, cases);
    parcel_free(&parcel);
    text_free(&from);
}

/* ---- the days to come ---- */

/* Row of the heat that is DAY; -1. */
static long heat_on(const struct table *heat, int32_t day)
{
    for (size_t row = 0; row < table_rows(heat); row++) {
        if (day_of(table_cell(heat, row, "day")) == day) {
            return (long)row;
        }
    }
    return -1;
}

static void add_week(const struct table *heat, int32_t monday, int32_t last, struct text *out)
{
    char day[DAY_TEXT];
    bool provisional = false;
    struct text cells = {0};
    for (int i = 0; i < WEEK_DAYS && monday + i <= last; i++) {
        long row = heat_on(heat, monday + i);
        int64_t n = row < 0 ? -1 : number(heat, (size_t)row, "n");
        struct text cell = {0};
        if (row >= 0) {
            const char *yes = table_cell(heat, (size_t)row, "provisional");
            provisional |= yes && strcmp(yes, "yes") == 0;
        }
        if (n > 0) {
            text_add_int(&cell, n);
        } else {
            text_add(&cell, n == 0 ? "·" : "");
        }
        for (int width = width_of(text_bytes(&cell)); width < 6; width++) {
            text_add(&cells, " ");
        }
        text_add(&cells, text_bytes(&cell));
        text_free(&cell);
    }
    text_addf(out, " %s%s%s\n", provisional ? "≈" : " ", day_format(monday, day) + 5,
              text_bytes(&cells));
    text_free(&cells);
}

/* A week a line; days of rest stay empty. */
static void print_weeks(struct face *face)
{
    const struct table *heat = parcel_find(&face->reply, "heat");
    struct text out = {0};
    size_t rows = heat ? table_rows(heat) : 0;
    if (rows == 0) {
        return;
    }
    int32_t first = day_of(table_cell(heat, 0, "day"));
    int32_t last = day_of(table_cell(heat, rows - 1, "day"));
    int32_t monday = first - (day_weekday(first) - 1);
    text_addf(&out, "\n%s\n       ", _("due day by day"));
    for (int i = 0; i < WEEK_DAYS; i++) {
        const char *word = weekday_word(monday + i);
        for (int width = width_of(word); width < 6; width++) {
            text_add(&out, " ");
        }
        text_add(&out, word);
    }
    text_add(&out, "\n");
    for (; monday <= last; monday += WEEK_DAYS) {
        add_week(heat, monday, last, &out);
    }
    face_put(face, &out);
    text_free(&out);
}

/* ---- by kind ---- */

/* States of one procedure from ROW on, as "draft 3 · review 4 (2 late)"; the row behind them. */
static size_t add_states(const struct face *face, const struct table *states, size_t row,
                         struct text *out, int64_t *all)
{
    const char *procedure = table_cell(states, row, "procedure");
    for (; row < table_rows(states); row++) {
        const char *other = table_cell(states, row, "procedure");
        int64_t late = number(states, row, "late");
        if (!procedure || !other || strcmp(other, procedure) != 0) {
            break;
        }
        text_add(out, out->length ? " · " : "");
        face_both(face, out, table_cell(states, row, "state_title"));
        text_addf(out, " %d", (int)number(states, row, "n"));
        if (late > 0) {
            text_addf(out, _(" (%d late)"), (int)late);
        }
        *all += number(states, row, "n");
    }
    return row;
}

static void print_kinds(struct face *face)
{
    const struct table *states = parcel_find(&face->reply, "states");
    struct text out = {0};
    int columns = face->columns ? face->columns : PIPE_COLUMNS;
    text_addf(&out, "\n%s\n", _("by kind"));
    for (size_t row = 0, next; states && row < table_rows(states); row = next) {
        struct text line = {0}, list = {0};
        int64_t all = 0;
        next = add_states(face, states, row, &list, &all);
        next = next == row ? row + 1 : next;
        text_add(&line, "  ");
        face_both(face, &line, table_cell(states, row, "procedure_title"));
        text_addf(&line, " %d  ", (int)all);
        width_wrap(&line, text_bytes(&list), width_of(text_bytes(&line)), 4, columns);
        text_addf(&out, "%s\n", text_bytes(&line));
        text_free(&line);
        text_free(&list);
    }
    if (states && table_rows(states) > 0) {
        face_put(face, &out);
    }
    text_free(&out);
}

/* ---- the command ---- */

static void print_status(struct face *face)
{
    print_head(face);
    print_urgent(face);
    print_desks(face);
    print_weeks(face);
    print_kinds(face);
    face_print_table(face, "fired"); /* what time brought, by this look */
}

static int run_status(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .verb = "status", .table = "urgent", .print = print_status};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_status = {
    .name = "status",
    .summary = N_("what will go wrong this week, and whose desk it is on"),
    .usage =
        N_("usage: yuntai status\n\n"
           "The most urgent cases, what falls due on whose desk, the next thirty working days,\n"
           "and how many cases stand where. What comes round by itself (duties, bills,\n"
           "appraisals) is counted in a line of its own.\n"),
    .run = run_status,
};
