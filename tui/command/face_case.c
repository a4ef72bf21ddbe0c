/* face_case.c: a case of a reply as a person reads it: head, clocks, what was done. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/command/rehearse.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum { NAME_LEAST = 12, NAME_MOST = 24 };

/* As what it was done, where that was for somebody who is away. */
static void say_capacity(struct face *face)
{
    const char *const arg[4] = {parcel_get(&face->reply, "role_title"),
                                parcel_get(&face->reply, "deputy_of")};
    struct text out = {0};
    if (arg[1]) {
        text_add(&out, "  ");
        face_sentence(face, &out, arg[0] ? N_("as %1, for %2") : N_("for %2"), arg);
        text_add(&out, "\n");
        face_put(face, &out);
    }
    text_free(&out);
}

void face_case_head(struct face *face)
{
    const struct parcel *reply = &face->reply;
    struct text out = {0}, state = {0};
    const char *name = parcel_get(reply, "state"), *title = parcel_get(reply, "title");
    const char *number = parcel_get(reply, "case"), *holder = parcel_get(reply, "with_title");
    face_both(face, &state, parcel_get(reply, "state_title"));
    text_add(&out, number ? number : _("(not filed)"));
    if (title && *title) {
        text_add(&out, "  ");
        face_both(face, &out, title);
    }
    text_addf(&out, "  → %s", text_bytes(&state));
    if (name && !same_as_name(text_bytes(&state), name)) {
        text_addf(&out, " %s", name);
    }
    if (holder && *holder) {
        text_add(&out, "  ");
        face_both(face, &out, holder);
    }
    text_add(&out, "\n");
    face_put(face, &out);
    text_free(&out);
    text_free(&state);
    say_capacity(face);
}

/* ---- clocks ---- */

static enum run_state state_named(const char *name)
{
    for (int state = RUN_WAITING; name && state <= RUN_DROPPED; state++) {
        if (strcmp(run_name((enum run_state)state), name) == 0) {
            return (enum run_state)state;
        }
    }
    return RUN_NONE;
}

static int32_t day_of(const char *cell)
{
    int32_t day;
    return cell && strlen(cell) >= 10 && day_parse(cell, 10, &day) ? day : DAY_NONE;
}

static void add_day(const struct face *face, struct text *out, const char *cell)
{
    int32_t day = day_of(cell);
    enum { DAY_LENGTH = 10 };
    struct text text = {0};
    if (day == DAY_NONE) {
        return;
    }
    face_cell(face, &text, CELL_MOMENT, cell);
    text_add_n(out, cell, DAY_LENGTH);
    text_addf(out, " %s%s", weekday_word(day), text_bytes(&text) + DAY_LENGTH);
    text_free(&text);
}

/* The last day, or from when on it stands still. */
static void add_last_day(const struct face *face, struct text *out, const struct table *table,
                         size_t row)
{
    const char *held = table_cell(table, row, "held"), *due = table_cell(table, row, "due");
    const char *provisional = table_cell(table, row, "provisional");
    if (held) {
        struct text day = {0};
        add_day(face, &day, held);
        text_addf(out, _("%s on"), text_bytes(&day));
        text_free(&day);
    } else if (due) {
        text_add(out, provisional && strcmp(provisional, "yes") == 0 ? "≈" : "");
        add_day(face, out, due);
    }
}

static void add_working_days(struct text *out, int64_t left, int64_t days, bool running)
{
    if (running && days == 0) {
        text_add(out, left < 0 ? _("over today") : _("today"));
    } else if (left < 0 || (running && days < 0)) {
        text_addf(out, _("%d wd over"), (int)(left < 0 ? -left : left));
    } else {
        text_addf(out, _("%d wd left"), (int)left);
    }
}

static void add_left(const struct face *face, struct text *out, const struct table *table,
                     size_t row, enum run_state state)
{
    const char *cell = table_cell(table, row, "left"), *unit = table_cell(table, row, "unit");
    int32_t due = day_of(table_cell(table, row, "due"));
    if (!cell) {
        return;
    }
    int64_t left = strtoll(cell, NULL, 10);
    if (unit && strcmp(unit, "min") == 0) {
        int64_t minutes = left < 0 ? -left : left;
        text_addf(out, left < 0 ? _("%d h %d min over") : _("%d h %d min left"),
                  (int)(minutes / 60), (int)(minutes % 60));
        return;
    }
    bool running = state == RUN_RUNNING && due != DAY_NONE && face->now != MOMENT_NONE;
    add_working_days(out, left, running ? (int64_t)due - moment_day(face->now) : 1, running);
}

static int name_columns(const struct face *face, const struct table *table)
{
    int most = NAME_LEAST;
    for (size_t row = 0; row < table_rows(table); row++) {
        struct text title = {0};
        face_both(face, &title, table_cell(table, row, "title"));
        int columns = width_of(text_bytes(&title));
        most = columns > most && columns <= NAME_MOST ? columns : most;
        text_free(&title);
    }
    return most;
}

static int state_columns(void)
{
    int most = 0;
    for (int state = RUN_WAITING; state <= RUN_DROPPED; state++) {
        int columns = width_of(run_word((enum run_state)state));
        most = columns > most ? columns : most;
    }
    return most;
}

/* Strict and lenient readings, first day it may end. */
static void print_beside(struct face *face, const struct table *table, size_t row)
{
    static const struct {
        const char *column, *word;
    } beside[] = {
        {"least", N_("not before")}, {"strict", N_("strict")}, {"lenient", N_("lenient")}};
    struct text out = {0};
    for (int i = 0; i < 3; i++) {
        const char *cell = table_cell(table, row, beside[i].column);
        if (cell) {
            text_addf(&out, "%s%s ", out.length ? "  " : "    ", _(beside[i].word));
            add_day(face, &out, cell);
        }
    }
    if (out.length) {
        text_add(&out, "\n");
        face_put(face, &out);
    }
    text_free(&out);
}

/* The card of the moment, else the worst it had where something was done about it. */
static void add_card(struct text *out, const struct table *table, size_t row)
{
    const char *waived = table_cell(table, row, "waived");
    const char *explained = table_cell(table, row, "explained");
    const char *worst = table_cell(table, row, "worst"), *card = table_cell(table, row, "card");
    bool is_waived = waived && worst && strcmp(waived, worst) == 0;
    bool is_explained = !is_waived && explained && worst && strcmp(explained, worst) == 0;
    bool over = !card || strcmp(card, "none") == 0;
    text_add(out, face_card(over && (is_waived || is_explained) ? worst : card));
    text_add(out, is_waived ? _(" (waived)") : is_explained ? _(" (explained)") : "");
}

static void print_clock(struct face *face, const struct table *table, size_t row, int columns)
{
    enum { DUE_COLUMNS = 16, LEFT_COLUMNS = 18 };
    enum run_state state = state_named(table_cell(table, row, "state"));
    struct text out = {0}, cell = {0};
    text_add(&out, "  ");
    face_both(face, &cell, table_cell(table, row, "title"));
    width_pad(&out, text_bytes(&cell), columns + 2);
    text_add(&out, width_of(text_bytes(&cell)) > columns ? "  " : "");
    width_pad(&out, run_word(state), state_columns() + 2);
    text_clear(&cell);
    add_last_day(face, &cell, table, row);
    width_pad(&out, text_bytes(&cell), DUE_COLUMNS + width_of(weekday_word(0)));
    text_clear(&cell);
    add_left(face, &cell, table, row, state);
    width_pad(&out, text_bytes(&cell), LEFT_COLUMNS);
    add_card(&out, table, row);
    while (out.length > 0 && out.bytes[out.length - 1] == ' ') {
        out.bytes[--out.length] = '\0';
    }
    text_add(&out, "\n");
    face_put(face, &out);
    text_free(&out);
    text_free(&cell);
    if (state == RUN_RUNNING || state == RUN_WAITING) {
        print_beside(face, table, row);
    }
}

void face_clocks(struct face *face, const struct table *table)
{
    int columns = table ? name_columns(face, table) : 0;
    for (size_t row = 0; table && row < table_rows(table); row++) {
        print_clock(face, table, row, columns);
    }
}

/* ---- marks ---- */

void face_marks(struct face *face)
{
    const struct table *marks = parcel_find(&face->reply, "marks");
    int64_t urged = parcel_int(&face->reply, "urged", 0);
    struct text out = {0};
    for (size_t row = 0; marks && row < table_rows(marks); row++) {
        const char *stands = table_cell(marks, row, "stands");
        const char *ground = table_cell(marks, row, "ground");
        const char *reason = table_cell(marks, row, "reason");
        text_add(&out, "    ");
        const char *who = table_cell(marks, row, "who");
        face_both(face, &out, table_cell(marks, row, "what_title"));
        text_add(&out, "  ");
        face_both(face, &out, table_cell(marks, row, "clock_title"));
        text_addf(&out, "  %s  %s  ", face_card(table_cell(marks, row, "card")), who ? who : "");
        face_cell(face, &out, CELL_MOMENT, table_cell(marks, row, "recorded"));
        text_addf(&out, "  %s", reason ? reason : _("struck out"));
        text_addf(&out, "%s%s", ground ? _("; rests on ") : "", ground ? ground : "");
        text_add(&out, stands && strcmp(stands, "no") == 0 ? _(" (does not stand)") : "");
        text_add(&out, "\n");
    }
    if (urged > 0) {
        text_addf(&out, "    %s %d\n", _("times urged"), (int)urged);
    }
    face_put(face, &out);
    text_free(&out);
}

/* ---- offers ---- */

static void print_offer(struct face *face, const struct table *table, size_t row, int columns)
{
    const char *name = table_cell(table, row, "event"), *to = table_cell(table, row, "to_title");
    const char *sentence = table_cell(table, row, "sentence");
    const char *article = table_cell(table, row, "article");
    enum { MARK = 4 };
    struct text out = {0}, title = {0}, said = {0};
    face_both(face, &title, table_cell(table, row, "title"));
    if (name && !same_as_name(text_bytes(&title), name)) {
        text_addf(&title, " %s", name);
    }
    text_add(&out, sentence ? "  ✗ " : "  ▸ ");
    width_pad(&out, text_bytes(&title), columns + 2);
    if (sentence) {
        const char *const arg[4] = {table_cell(table, row, "a"), table_cell(table, row, "b"),
                                    table_cell(table, row, "c"), table_cell(table, row, "d")};
        face_sentence(face, &said, sentence, arg);
    } else if (to) {
        text_add(&said, "→ ");
        face_both(face, &said, to);
    }
    if (article && *article) {
        text_add(&said, face->english ? " (" : "（");
        face_article(face, &said, article);
        text_add(&said, face->english ? ")" : "）");
    }
    const char *seen = table_cell(table, row, "seen"), *at = table_cell(table, row, "seen_at");
    if (seen) {
        text_add(&said, "  ");
        text_addf(&said, _("the inventory of %s shows %s"), at ? at : "?", seen);
    }
    width_wrap(&out, text_bytes(&said), MARK + columns + 2, MARK + columns + 2,
               face->columns ? face->columns : 1 << 20);
    text_add(&out, "\n");
    face_put(face, &out);
    text_free(&out);
    text_free(&title);
    text_free(&said);
}

static int offer_columns(const struct face *face, const struct table *table)
{
    int most = NAME_LEAST;
    for (size_t row = 0; row < table_rows(table); row++) {
        const char *name = table_cell(table, row, "event");
        struct text title = {0};
        face_both(face, &title, table_cell(table, row, "title"));
        int columns = width_of(text_bytes(&title)) + 1 + width_of(name ? name : "");
        most = columns > most ? columns : most;
        text_free(&title);
    }
    return most;
}

static bool is_elsewhere(const struct table *table, size_t row)
{
    const char *kind = table_cell(table, row, "kind");
    return kind && strcmp(kind, "state") == 0;
}

/* What belongs to other states, in one paragraph. */
static void print_elsewhere(struct face *face, const struct table *table)
{
    enum { COLUMNS = 80 };
    struct text names = {0}, out = {0};
    for (size_t row = 0; row < table_rows(table); row++) {
        const char *name = table_cell(table, row, "event");
        if (is_elsewhere(table, row)) {
            text_add(&names, names.length ? " · " : "");
            face_both(face, &names, table_cell(table, row, "title"));
            text_addf(&names, " %s", name ? name : "");
        }
    }
    if (names.length) {
        const char *word = _("in other states:");
        text_addf(&out, "    %s ", word);
        width_wrap(&out, text_bytes(&names), 5 + width_of(word), 4,
                   face->columns ? face->columns : COLUMNS);
        text_add(&out, "\n");
        face_put(face, &out);
    }
    text_free(&names);
    text_free(&out);
}

void face_offers(struct face *face, bool elsewhere)
{
    const struct table *table = parcel_find(&face->reply, "offers");
    if (!table || table_rows(table) == 0) {
        return;
    }
    int columns = offer_columns(face, table);
    bool some = elsewhere;
    for (size_t row = 0; row < table_rows(table); row++) {
        some |= !is_elsewhere(table, row);
    }
    if (!some) {
        return;
    }
    fprintf(face->invocation->out, "\n%s\n", _("what can be done"));
    for (int may = 1; may >= 0; may--) {
        for (size_t row = 0; row < table_rows(table); row++) {
            bool can = table_cell(table, row, "sentence") == NULL;
            if (can == (may == 1) && !is_elsewhere(table, row)) {
                print_offer(face, table, row, columns);
            }
        }
    }
    if (elsewhere) {
        print_elsewhere(face, table);
    }
}

void face_done(struct face *face)
{
    face_case_head(face);
    face_clocks(face, parcel_find(&face->reply, "clocks"));
    face_print_table(face, "fired");
    face_print_table(face, "opened");
    if (parcel_yes(&face->request, "preview")) {
        fprintf(face->invocation->out, "%s\n", _("only looked at: nothing was filed"));
    }
}
