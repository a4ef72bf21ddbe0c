/* rehearse_table.c: a rehearsal as a case file that a person reads. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/rehearse.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

enum {
    COLUMNS = 80,
    INDENT = 6,      /* of what stands below a line */
    BESIDE = 8,      /* of what stands below a clock */
    NAME_LEAST = 12, /* columns of a clock's name; a longer one has a line of its own */
    NAME_MOST = 18,
    DUE_COLUMNS = 16, /* without the weekday */
    LEFT_ENGLISH = 16,
    LEFT_CHINESE = 18
};

/* ---- the line itself ---- */

static void add_deed(const struct printer *printer, struct text *out, const struct outcome *outcome)
{
    if (outcome->desk && !outcome->opened_by) {
        text_add(out, _("Desk: "));
    }
    switch (outcome->deed) {
    case DEED_OPEN:
        if (outcome->opened_by) {
            text_addf(out, _("opened by %s"), outcome->opened_by);
        } else {
            text_add(out, _("opened"));
        }
        break;
    case DEED_EVENT:
    case DEED_REMEDY:
        if (outcome->title) {
            add_title(printer, out, outcome->title);
        } else {
            text_add(out, outcome->name);
        }
        break;
    case DEED_EDIT:
        text_add(out, _("application changed"));
        break;
    case DEED_CORRECT:
        text_addf(out, _("act %d restated"), (int)outcome->corrects);
        break;
    case DEED_ANNUL:
        text_addf(out, _("act %d taken back"), (int)outcome->corrects);
        break;
    case DEED_LOOK:
        text_add(out, _("as it stands"));
        break;
    }
    if (outcome->corrected) {
        text_add(out, _(": "));
        add_title(printer, out, outcome->corrected);
    }
    if (outcome->on != MOMENT_NONE) {
        struct text day = {0};
        add_dated(&day, outcome->on, false);
        text_addf(out, _(", now dated %s"), text_bytes(&day));
        text_free(&day);
    }
}

static void add_state(const struct printer *printer, struct text *out,
                      const struct outcome *outcome)
{
    const struct casefile *file = outcome->file;
    bool moved = !outcome->refused && outcome->deed != DEED_LOOK && outcome->from != file->state;
    text_add(out, moved ? "→ " : "· ");
    add_title(printer, out, &file->procedure->states[file->state].title);
}

/* Puts PART behind what stands on the line, on a line of its own where it does not fit; empties it.
 */
static void add_part(struct text *out, int *at, const char *blanks, struct text *part)
{
    int columns = width_of(text_bytes(part));
    if (columns > 0 && *at + width_of(blanks) + columns > COLUMNS) {
        text_add(out, "\n      ");
        *at = INDENT;
    } else if (columns > 0) {
        text_add(out, blanks);
        *at += width_of(blanks);
    }
    width_wrap(out, text_bytes(part), *at, INDENT, COLUMNS);
    *at += columns;
    text_clear(part);
}

static void add_number(struct text *out, const struct outcome *outcome)
{
    struct text number = {0};
    if (outcome->refused || outcome->number == 0) {
        text_add(&number, outcome->refused ? "✗" : "?");
    } else {
        text_add_int(&number, outcome->number);
    }
    for (int i = width_of(text_bytes(&number)); i < 3; i++) {
        text_add(out, " ");
    }
    text_add(out, text_bytes(&number));
    text_free(&number);
}

static void print_head(struct printer *printer, const struct outcome *outcome)
{
    struct text part = {0};
    struct text *out = &printer->line;
    int at = 3;
    add_number(out, outcome);
    add_dated(&part, outcome->moment, outcome->timed);
    add_part(out, &at, " ", &part);
    add_deed(printer, &part, outcome);
    text_addf(&part, "%s%s", outcome->refused ? " " : "", outcome->refused ? _("[not done]") : "");
    add_part(out, &at, " ", &part);
    if (outcome->file && outcome->file->state >= 0) {
        add_state(printer, &part, outcome);
        add_part(out, &at, " ", &part);
        text_add(&part, holder_word(printer, outcome->file));
        add_part(out, &at, "  ", &part);
    }
    if (moment_day(outcome->recorded) != moment_day(outcome->moment)) {
        struct text day = {0};
        add_dated(&day, outcome->recorded, false);
        text_addf(&part, _("(recorded %s)"), text_bytes(&day));
        text_free(&day);
        add_part(out, &at, "  ", &part);
    }
    text_add(out, "\n");
    text_free(&part);
}

/* ---- below it ---- */

static void add_below(struct printer *printer, const char *mark, const char *text)
{
    for (int i = 0; i < INDENT; i++) {
        text_add(&printer->line, " ");
    }
    text_addf(&printer->line, "%s ", mark);
    int at = INDENT + width_of(mark) + 1;
    width_wrap(&printer->line, text, at, at, COLUMNS);
    text_add(&printer->line, "\n");
}

static void add_bracketed_cites(const struct printer *printer, struct text *out,
                                const struct policy *policy, struct cites cites)
{
    if (cites.count > 0) {
        text_add(out, printer->english ? " (" : "（");
        add_cites(printer, out, policy, cites);
        text_add(out, printer->english ? ")" : "）");
    }
}

static void print_reasons(struct printer *printer, const struct rehearsal *rehearsal,
                          const struct outcome *outcome)
{
    struct text text = {0};
    for (size_t i = 0; i < outcome->reason_count; i++) {
        text_clear(&text);
        add_reason(printer, &text, rehearsal->policy, &outcome->reasons[i],
                   subject_of(printer, outcome));
        add_bracketed_cites(printer, &text, rehearsal->policy, outcome->reasons[i].cites);
        add_below(printer, "✗", text_bytes(&text));
    }
    text_free(&text);
}

static void print_overrides(struct printer *printer, const struct rehearsal *rehearsal,
                            const struct outcome *outcome)
{
    const struct procedure *procedure = outcome->file ? outcome->file->procedure : NULL;
    struct text text = {0};
    for (int32_t i = 0; procedure && i < procedure->rule_count; i++) {
        if (outcome->overrides >> i & 1) {
            text_clear(&text);
            text_addf(&text, _("done with a reason: %s"),
                      title_of(printer, &procedure->rules[i].title));
            add_bracketed_cites(printer, &text, rehearsal->policy, procedure->rules[i].cites);
            add_below(printer, "!", text_bytes(&text));
        }
    }
    text_free(&text);
}

/* ---- clocks ---- */

/* What was shown of the case so far; NULL without memory. */
static struct shown *shown_of(struct printer *printer, const struct outcome *outcome)
{
    size_t index = (size_t)outcome->of->index, clocks = (size_t)outcome->file->run_count;
    if (index >= printer->shown_count) {
        struct shown *grown = realloc(printer->shown, (index + 1) * sizeof *grown);
        if (!grown) {
            return NULL;
        }
        memset(grown + printer->shown_count, 0, (index + 1 - printer->shown_count) * sizeof *grown);
        printer->shown = grown;
        printer->shown_count = index + 1;
    }
    struct shown *shown = &printer->shown[index];
    if (!shown->states) {
        shown->states = calloc(clocks + 1, sizeof *shown->states);
        shown->rounds = calloc(clocks + 1, sizeof *shown->rounds);
        shown->marks = calloc(clocks + 1, sizeof *shown->marks);
    }
    return shown->states && shown->rounds && shown->marks ? shown : NULL;
}

static bool has_ended(const struct run *run)
{
    return run->state == RUN_MET || run->state == RUN_LATE || run->state == RUN_DROPPED;
}

/* An ended run is shown on the line on which it ended, others always. */
/* How its worst card is marked: 2 waived, 1 explained, 0 not. */
static int mark_of(const struct run *run)
{
    enum card worst = run_worst(run);
    return worst == CARD_NONE            ? 0
           : run_waived(run) >= worst    ? 2
           : run_explained(run) >= worst ? 1
                                         : 0;
}

/* The card of the moment, of one that is marked the worst it had, and the mark. */
static void add_card(struct text *out, const struct run *run)
{
    static const char *const marks[] = {"", N_(" (explained)"), N_(" (waived)")};
    int mark = mark_of(run);
    text_add(out, card_word(mark ? run_worst(run) : run->card));
    text_add(out, mark ? _(marks[mark]) : "");
}

static bool take_run(struct shown *shown, const struct run *run, int32_t place)
{
    int mark = mark_of(run);
    bool news = shown->states[place] != run->state || shown->rounds[place] != run->round ||
                shown->marks[place] != mark;
    shown->marks[place] = mark;
    shown->states[place] = run->state;
    shown->rounds[place] = run->round;
    return run_counts(run) && (!has_ended(run) || news);
}

static int name_columns(const struct printer *printer, const struct casefile *file)
{
    int most = NAME_LEAST;
    for (int32_t i = 0; i < file->run_count; i++) {
        int columns = width_of(title_of(printer, &file->policy->clocks[file->runs[i].clock].title));
        most = columns > most && columns <= NAME_MOST ? columns : most;
    }
    return most;
}

static void add_due(struct text *out, const struct due *due)
{
    text_add(out, due->provisional ? "≈" : "");
    add_dated(out, due->hours ? due->at : moment_of(due->day, 0), due->hours);
}

/* Limits in days and months, and written days: how many days are left, beside the working days. */
static bool counts_all_days(const struct run *run)
{
    return run->limit && (run->limit->kind == LIMIT_DAY || run->limit->period.unit == UNIT_D ||
                          run->limit->period.unit == UNIT_MO);
}

static void add_days(struct text *out, const struct run *run, int64_t left, int64_t days, bool over)
{
    if (counts_all_days(run) && run->state != RUN_HELD) {
        text_addf(out, over ? _("%d d, %d wd over") : _("%d d, %d wd left"), (int)days, (int)left);
    } else {
        text_addf(out, over ? _("%d wd over") : _("%d wd left"), (int)left);
    }
}

static void add_left(struct text *out, const struct rehearsal *rehearsal,
                     const struct outcome *outcome, const struct run *run)
{
    int64_t left, days = (int64_t)run->due.day - moment_day(outcome->now);
    if (!fold_remaining(rehearsal->fold, run, &left)) {
        return;
    }
    bool over = run->state == RUN_RUNNING ? outcome->now > run->due.at : left < 0;
    if (!over && !run->due.hours && days == 0 && run->state == RUN_RUNNING) {
        text_add(out, _("today"));
        return;
    }
    if (over && !run->due.hours && days == 0 && run->state == RUN_RUNNING) {
        text_add(out, _("over today"));
        return;
    }
    left = over ? -left : left;
    if (run->due.hours) {
        text_addf(out, over ? _("%d h %d min over") : _("%d h %d min left"), (int)(left / 60),
                  (int)(left % 60));
    } else {
        add_days(out, run, left, over ? -days : days, over);
    }
}

static void add_labelled(struct text *out, int *at, const char *label, int32_t day)
{
    struct text dated = {0}, part = {0};
    add_dated(&dated, moment_of(day, 0), false);
    text_addf(&part, "%s %s", label, text_bytes(&dated));
    add_part(out, at, *at > BESIDE ? "  " : "", &part);
    text_free(&dated);
    text_free(&part);
}

/* What stands in a line of its own below a clock: first day it may end, other readings. */
static void print_beside(struct printer *printer, const struct rehearsal *rehearsal,
                         const struct run *run)
{
    struct text *out = &printer->line;
    struct range_of_readings range = {.strict = DAY_NONE};
    int at = BESIDE;
    if (has_ended(run)) {
        return;
    }
    if (rehearsal->readings && run->state != RUN_HELD) {
        range = readings_of(rehearsal->readings, run->clock);
    }
    if (run->least_day == DAY_NONE && range.strict == DAY_NONE) {
        return;
    }
    text_add(out, "        ");
    if (run->least_day != DAY_NONE) {
        add_labelled(out, &at, _("not before"), run->least_day);
    }
    if (range.strict != DAY_NONE) {
        add_labelled(out, &at, _("strict"), range.strict);
        add_labelled(out, &at, _("lenient"), range.lenient);
    }
    text_add(out, "\n");
}

static void print_trace(struct printer *printer, struct rehearsal *rehearsal, const struct run *run)
{
    struct trace trace = {0};
    if (printer->explain && fold_explain(rehearsal->fold, run, &trace)) {
        for (size_t i = 0; i < trace.count; i++) {
            text_add(&printer->line, "        ");
            trace_line(&printer->line, &trace.steps[i]);
            text_add(&printer->line, "\n");
        }
    }
    printer->failed |= trace.failed;
    trace_free(&trace);
}

/* A row of cells, each at its column, or two blanks behind a cell before it that is too long. */
struct row {
    struct text *out;
    int at;
};

static void add_cell(struct row *row, int column, const char *cell)
{
    if (cell[0] == '\0') {
        return;
    }
    for (column = column > row->at + 1 ? column : row->at + 2; row->at < column; row->at++) {
        text_add(row->out, " ");
    }
    text_add(row->out, cell);
    row->at += width_of(cell);
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

/* The last day of a run, or from when on it stands still. */
static void add_last_day(struct text *out, const struct run *run)
{
    if (run->state == RUN_HELD) {
        struct text day = {0};
        add_dated(&day, run->held_since, false);
        text_addf(out, _("%s on"), text_bytes(&day));
        text_free(&day);
    } else if (run->has_due) {
        add_due(out, &run->due);
    }
}

static void print_run(struct printer *printer, struct rehearsal *rehearsal,
                      const struct outcome *outcome, const struct run *run, int columns)
{
    const char *name = title_of(printer, &rehearsal->policy->clocks[run->clock].title);
    struct text cell = {0};
    struct row row = {&printer->line, 0};
    int column = INDENT + columns + 2;
    add_cell(&row, INDENT, name);
    if (width_of(name) > columns) {
        text_add(row.out, "\n");
        row.at = 0;
    }
    add_cell(&row, column, run_word(run->state));
    column += state_columns() + 2;
    add_last_day(&cell, run);
    add_cell(&row, column, text_bytes(&cell));
    text_clear(&cell);
    column += DUE_COLUMNS + width_of(weekday_word(0));
    add_left(&cell, rehearsal, outcome, run);
    add_cell(&row, column, text_bytes(&cell));
    text_clear(&cell);
    add_card(&cell, run);
    add_cell(&row, column + (printer->english ? LEFT_ENGLISH : LEFT_CHINESE), text_bytes(&cell));
    text_add(row.out, "\n");
    text_free(&cell);
    print_beside(printer, rehearsal, run);
    if (run->state == RUN_RUNNING || has_ended(run)) {
        print_trace(printer, rehearsal, run);
    }
}

static void print_runs(struct printer *printer, struct rehearsal *rehearsal,
                       const struct outcome *outcome)
{
    const struct casefile *file = outcome->file;
    struct shown *shown = shown_of(printer, outcome);
    if (!shown) {
        printer->failed = true;
        return;
    }
    int columns = name_columns(printer, file);
    for (int32_t i = 0; i < file->run_count; i++) {
        if (take_run(shown, &file->runs[i], i)) {
            print_run(printer, rehearsal, outcome, &file->runs[i], columns);
        }
    }
}

/* ---- the whole ---- */

static void print_case(struct printer *printer, const struct rehearsal *rehearsal,
                       const struct outcome *outcome)
{
    if (printer->case_name && strcmp(printer->case_name, outcome->case_name) == 0) {
        return;
    }
    const struct title *title = outcome->of
                                    ? &rehearsal->policy->procedures[outcome->of->procedure].title
                                : outcome->deed == DEED_OPEN ? outcome->title
                                                             : NULL;
    text_add(&printer->line, printer->case_name ? "\n" : "");
    text_addf(&printer->line, "%s", outcome->case_name);
    if (title) {
        text_addf(&printer->line, "  %s", title_of(printer, title));
    }
    text_add(&printer->line, "\n");
    printer->case_name = outcome->case_name;
}

void print_measures(struct printer *printer, const struct policy *policy)
{
    struct text *out = &printer->line;
    text_addf(out, "%s %s\n", title_of(printer, &policy->title), policy->id);
    for (int32_t i = 0; i < policy->question_count; i++) {
        const struct question *question = &policy->questions[i];
        const struct title *option = &question->options[question->answer].title;
        struct text answer = {0};
        if (question->answer != question->written) {
            text_addf(&answer, _("answered: %s: %s"), title_of(printer, &question->title),
                      title_of(printer, option));
            text_addf(&answer, " (%s %s)", question->title.name, option->name);
            width_wrap(out, text_bytes(&answer), 0, 2, COLUMNS);
            text_add(out, "\n");
        }
        text_free(&answer);
    }
    text_add(out, "\n");
    print_out(printer);
}

void print_table(void *self, struct rehearsal *rehearsal, const struct outcome *outcome)
{
    struct printer *printer = self;
    print_case(printer, rehearsal, outcome);
    print_head(printer, outcome);
    print_reasons(printer, rehearsal, outcome);
    print_overrides(printer, rehearsal, outcome);
    if (outcome->signs) {
        struct text text = {0};
        add_signatures(printer, &text, rehearsal, outcome);
        add_below(printer, "~", text_bytes(&text));
        text_free(&text);
    }
    if (outcome->of && outcome->file) {
        print_runs(printer, rehearsal, outcome);
        if (outcome->deed == DEED_LOOK) {
            print_next(printer, rehearsal, outcome);
        }
    }
    print_out(printer);
}
