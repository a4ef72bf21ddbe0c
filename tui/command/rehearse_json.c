/* rehearse_json.c: a rehearsal for machines: one JSON object a line, or one CSV row a clock. */
#include "tui/command/rehearse.h"
#include "tui/output.h"
#include "tui/trace.h"

/* ---- JSON ---- */

static void add_member(struct text *out, const char *name, const char *value)
{
    text_addf(out, "\"%s\": ", name);
    json_string(out, value);
}

static const char *with_name(const struct casefile *file)
{
    if (!file || file->state < 0) {
        return NULL;
    }
    if (file->with == WHO_DESK) {
        return "desk";
    }
    return file->with_role >= 0 ? file->policy->roles[file->with_role].title.name : NULL;
}

static const char *state_name(const struct casefile *file)
{
    return file && file->state >= 0 ? file->procedure->states[file->state].title.name : NULL;
}

static void add_refused(const struct printer *printer, struct text *out,
                        const struct rehearsal *rehearsal, const struct outcome *outcome)
{
    const struct policy *policy = rehearsal->policy;
    for (size_t i = 0; i < outcome->reason_count; i++) {
        const struct reason *reason = &outcome->reasons[i];
        const struct procedure *procedure = outcome->file ? outcome->file->procedure : NULL;
        struct text cites = {0}, sentence = {0};
        policy_cites_text(policy, reason->cites, &cites);
        add_reason(printer, &sentence, policy, reason, subject_of(printer, outcome));
        text_add(out, i ? ", {" : "{");
        add_member(out, "rule",
                   procedure && reason->rule >= 0 ? procedure->rules[reason->rule].title.name
                                                  : NULL);
        text_add(out, ", ");
        add_member(out, "article", cites.length ? text_bytes(&cites) : NULL);
        text_add(out, ", ");
        add_member(out, "text", text_bytes(&sentence));
        text_add(out, "}");
        text_free(&cites);
        text_free(&sentence);
    }
}

static void due_text(const struct run *run, struct text *out)
{
    char text[MOMENT_TEXT];
    if (run->has_due && run->state != RUN_HELD) { /* while held it has no last day */
        text_add(out, run->due.hours ? moment_format(run->due.at, text)
                                     : day_format(run->due.day, text));
    }
}

/* Working days; for hours, hours to the minute with decimals. False where there is none. */
static bool remaining_text(const struct rehearsal *rehearsal, const struct run *run,
                           struct text *out)
{
    int64_t left;
    if (!fold_remaining(rehearsal->fold, run, &left)) {
        return false;
    }
    if (run->due.hours) {
        struct value hours = decimal_divide(left * MICRO, INT64_C(60) * MICRO);
        text_add_decimal(out, hours.n);
    } else {
        text_add_int(out, left);
    }
    return true;
}

static bool range_of(const struct rehearsal *rehearsal, const struct run *run,
                     struct range_of_readings *range)
{
    bool live = run->state == RUN_RUNNING || run->state == RUN_WAITING;
    if (!rehearsal->readings || !live) {
        return false;
    }
    *range = readings_of(rehearsal->readings, run->clock);
    return range->strict != DAY_NONE;
}

static void add_explain(const struct printer *printer, struct text *out,
                        struct rehearsal *rehearsal, const struct run *run)
{
    struct trace trace = {0};
    struct text line = {0};
    if (!printer->explain) {
        return;
    }
    text_add(out, ", \"explain\": [");
    if (run->state != RUN_HELD && fold_explain(rehearsal->fold, run, &trace)) {
        for (size_t i = 0; i < trace.count; i++) {
            text_clear(&line);
            trace_line(&line, &trace.steps[i]);
            text_add(out, i ? ", " : "");
            json_string(out, text_bytes(&line));
        }
    }
    text_add(out, "]");
    trace_free(&trace);
    text_free(&line);
}

static void add_clock(const struct printer *printer, struct text *out, struct rehearsal *rehearsal,
                      const struct run *run)
{
    struct text cell = {0};
    struct range_of_readings range;
    char day[DAY_TEXT];
    text_add(out, "{");
    add_member(out, "clock", rehearsal->policy->clocks[run->clock].title.name);
    text_add(out, ", ");
    add_member(out, "state", run_name(run->state));
    text_add(out, ", ");
    due_text(run, &cell);
    add_member(out, "due", cell.length ? text_bytes(&cell) : NULL);
    text_add(out, ", ");
    add_member(out, "least", run->least_day == DAY_NONE ? NULL : day_format(run->least_day, day));
    text_clear(&cell);
    bool left = remaining_text(rehearsal, run, &cell);
    text_addf(out, ", \"remaining\": %s, ", left ? text_bytes(&cell) : "null");
    add_member(out, "card", card_name(run->card));
    if (run_explained(run) != CARD_NONE) {
        text_add(out, ", ");
        add_member(out, "explained", card_name(run_explained(run)));
    }
    if (run_waived(run) != CARD_NONE) {
        text_add(out, ", ");
        add_member(out, "waived", card_name(run_waived(run)));
    }
    text_addf(out, ", \"provisional\": %s",
              run->has_due && run->due.provisional ? "true" : "false");
    if (range_of(rehearsal, run, &range)) {
        text_add(out, ", ");
        add_member(out, "strict", day_format(range.strict, day));
        text_add(out, ", ");
        add_member(out, "lenient", day_format(range.lenient, day));
    }
    add_explain(printer, out, rehearsal, run);
    text_add(out, "}");
    text_free(&cell);
}

void print_json(void *self, struct rehearsal *rehearsal, const struct outcome *outcome)
{
    struct printer *printer = self;
    struct text *out = &printer->line;
    struct text date = {0};
    if (outcome->line > 0) {
        text_addf(out, "{\"line\": %d, ", (int)outcome->line);
    } else {
        text_add(out, "{\"line\": null, ");
    }
    add_when(&date, outcome->moment, outcome->timed);
    add_member(out, "date", text_bytes(&date));
    text_add(out, ", ");
    add_member(out, "case", outcome->case_name);
    text_add(out, ", ");
    add_member(out, "event", outcome->name);
    text_add(out, ", ");
    add_member(out, "state", state_name(outcome->file));
    text_add(out, ", ");
    add_member(out, "with", with_name(outcome->file));
    text_add(out, ", \"refused\": [");
    add_refused(printer, out, rehearsal, outcome);
    text_add(out, "], \"clocks\": [");
    bool first = true;
    for (int32_t i = 0; outcome->file && i < outcome->file->run_count; i++) {
        if (run_counts(&outcome->file->runs[i])) {
            text_add(out, first ? "" : ", ");
            add_clock(printer, out, rehearsal, &outcome->file->runs[i]);
            first = false;
        }
    }
    text_add(out, "]}\n");
    text_free(&date);
    print_out(printer);
}

/* ---- CSV ---- */

static void add_cell(struct text *out, const char *value, bool last)
{
    csv_field(out, value ? value : "");
    text_add(out, last ? "\r\n" : ",");
}

void print_csv_head(struct printer *printer)
{
    text_add(&printer->line, "line,date,case,event,state,with,refused,clock,clock_state,due,least,"
                             "remaining,card,provisional,strict,lenient\r\n");
    print_out(printer);
}

/* What every row of a line begins with. */
static void add_line_cells(const struct printer *printer, struct text *out,
                           const struct rehearsal *rehearsal, const struct outcome *outcome)
{
    struct text cell = {0};
    if (outcome->line > 0) {
        text_add_int(&cell, outcome->line);
    }
    add_cell(out, text_bytes(&cell), false);
    text_clear(&cell);
    add_when(&cell, outcome->moment, outcome->timed);
    add_cell(out, text_bytes(&cell), false);
    add_cell(out, outcome->case_name, false);
    add_cell(out, outcome->name, false);
    add_cell(out, state_name(outcome->file), false);
    add_cell(out, with_name(outcome->file), false);
    text_clear(&cell);
    for (size_t i = 0; i < outcome->reason_count; i++) {
        text_add(&cell, i ? " | " : "");
        add_reason(printer, &cell, rehearsal->policy, &outcome->reasons[i],
                   subject_of(printer, outcome));
    }
    add_cell(out, text_bytes(&cell), false);
    text_free(&cell);
}

static void add_clock_cells(struct text *out, const struct rehearsal *rehearsal,
                            const struct run *run)
{
    struct text cell = {0};
    struct range_of_readings range;
    char day[DAY_TEXT];
    add_cell(out, rehearsal->policy->clocks[run->clock].title.name, false);
    add_cell(out, run_name(run->state), false);
    due_text(run, &cell);
    add_cell(out, text_bytes(&cell), false);
    add_cell(out, run->least_day == DAY_NONE ? NULL : day_format(run->least_day, day), false);
    text_clear(&cell);
    remaining_text(rehearsal, run, &cell);
    add_cell(out, text_bytes(&cell), false);
    add_cell(out, card_name(run->card), false);
    add_cell(out, run->has_due && run->due.provisional ? "yes" : "no", false);
    bool moved = range_of(rehearsal, run, &range);
    add_cell(out, moved ? day_format(range.strict, day) : NULL, false);
    add_cell(out, moved ? day_format(range.lenient, day) : NULL, true);
    text_free(&cell);
}

void print_csv(void *self, struct rehearsal *rehearsal, const struct outcome *outcome)
{
    struct printer *printer = self;
    bool any = false;
    for (int32_t i = 0; outcome->file && i < outcome->file->run_count; i++) {
        if (run_counts(&outcome->file->runs[i])) {
            any = true;
            add_line_cells(printer, &printer->line, rehearsal, outcome);
            add_clock_cells(&printer->line, rehearsal, &outcome->file->runs[i]);
        }
    }
    if (!any) {
        add_line_cells(printer, &printer->line, rehearsal, outcome);
        text_add(&printer->line, ",,,,,,,,\r\n");
    }
    print_out(printer);
}
