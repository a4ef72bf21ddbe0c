/* trial.c: how it stands with a trial's report, in a word and in a preview. */
#include "tui/screen/trial.h"

#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/phrase.h"
#include "tui/screen/case.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/text.h"

static const struct {
    const char *key;
    enum trial_report report;
} meanings[] = {{"trials.reported", TRIAL_IN},
                {"trials.sent_back", TRIAL_SENT_BACK},
                {"trials.asked", TRIAL_ASKED},
                {"trials.granted", TRIAL_GRANTED},
                {"trials.refused", TRIAL_REFUSED}};
enum { MEANINGS = sizeof meanings / sizeof *meanings };

enum trial_report trial_report(const char *act, const struct context *context)
{
    for (int i = 0; i < MEANINGS; i++) {
        if (group_names(context, meanings[i].key, act)) {
            return meanings[i].report;
        }
    }
    return TRIAL_OPEN;
}

void trial_acts(const struct context *context, struct text *out)
{
    for (int i = 0; i < MEANINGS; i++) {
        const char *names = group_query(context, meanings[i].key);
        text_addf(out, "%s%s", out->length && *names ? "," : "", names);
    }
}

bool trial_is_early(const struct trial *trial, const struct context *context)
{
    bool open = trial->report == TRIAL_OPEN || trial->report == TRIAL_REFUSED;
    return open && trial->least != DAY_NONE && trial->since != DAY_NONE &&
           moment_day(context->now) < trial->least;
}

void trial_text(const struct trial *trial, const struct context *context, struct text *out)
{
    switch (trial->report) {
    case TRIAL_IN:
        text_add(out, _("in "));
        case_date_text(trial->on, false, false, context, out);
        break;
    case TRIAL_SENT_BACK:
        text_add(out, _("put right"));
        break;
    case TRIAL_ASKED:
        text_add(out, _("more asked"));
        break;
    case TRIAL_GRANTED:
        text_addf(out, *trial->days ? _("more: %sd") : _("more given"), trial->days);
        break;
    default:
        if (trial_is_early(trial, context)) {
            text_addf(out, _("before %dd"), (int)(trial->least - trial->since));
        } else {
            text_add(out, _("not in"));
        }
    }
}

/* ---- the preview ---- */

static int32_t day_at(const struct table *table, size_t row, const char *column)
{
    const char *text = table_word(table, row, column);
    int32_t day = DAY_NONE;
    return strlen(text) >= 10 && day_parse(text, 10, &day) ? day : DAY_NONE;
}

/* The latest run of the time that counts down; SIZE_MAX none. */
static size_t run_of(const struct table *clocks, const struct context *context)
{
    size_t row = clocks ? table_rows(clocks) : 0;
    while (row > 0 && !group_names(context, "trials.run", table_word(clocks, row - 1, "clock"))) {
        row--;
    }
    return row > 0 ? row - 1 : SIZE_MAX;
}

static const char *entry_of(const struct parcel *shown, const char *field)
{
    const struct table *entries = parcel_find(shown, "entries");
    for (size_t i = 0; entries && i < table_rows(entries); i++) {
        if (strcmp(table_word(entries, i, "field"), field) == 0) {
            return table_word(entries, i, "value");
        }
    }
    return "";
}

/* The latest act that means anything, as the list has it. */
static struct trial trial_of(const struct parcel *shown, const struct context *context)
{
    const struct table *acts = parcel_find(shown, "acts"), *clocks = parcel_find(shown, "clocks");
    struct trial trial = {.days = entry_of(shown, group_query(context, "trials.days")),
                          .since = DAY_NONE,
                          .least = DAY_NONE};
    size_t run = run_of(clocks, context);
    if (run != SIZE_MAX) {
        trial.since = day_at(clocks, run, "started");
        trial.least = day_at(clocks, run, "least");
    }
    for (size_t i = acts ? table_rows(acts) : 0; i-- > 0 && trial.report == TRIAL_OPEN;) {
        trial.report = trial_report(table_word(acts, i, "event"), context);
        trial.on = table_word(acts, i, "effective");
    }
    return trial;
}

/* How it stands, from when on it may come, what of it is there. */
static void report_text(const struct parcel *shown, const struct trial *trial,
                        const struct context *context, struct text *out)
{
    const struct table *entries = parcel_find(shown, "entries");
    trial_text(trial, context, out);
    if (trial_is_early(trial, context)) {
        struct text least = {0};
        char day[DAY_TEXT];
        day_format(trial->least, day);
        case_date_text(day, false, true, context, &least);
        text_add(out, "   ");
        text_addf(out, _("may come from %s"), text_bytes(&least));
        text_free(&least);
    }
    for (size_t i = 0; entries && i < table_rows(entries); i++) {
        if (group_names(context, "trials.papers", table_word(entries, i, "field"))) {
            text_add(out, "   ");
            phrase_both(out, table_word(entries, i, "value"), context->look.english);
        }
    }
}

/* Whether more time can be asked for or given, by whom; else why not. */
static void more_text(const struct parcel *shown, const struct context *context, struct text *out)
{
    const struct table *offers = parcel_find(shown, "offers");
    bool english = context->look.english;
    for (size_t i = 0; offers && i < table_rows(offers); i++) {
        enum trial_report about = trial_report(table_word(offers, i, "event"), context);
        bool more = about == TRIAL_ASKED || about == TRIAL_GRANTED;
        if (!more || strcmp(table_word(offers, i, "kind"), "state") == 0) {
            continue;
        }
        text_add(out, out->length ? "   " : "");
        phrase_both(out, table_word(offers, i, "title"), english);
        text_add(out, english ? ": " : "：");
        if (strcmp(table_word(offers, i, "may"), "yes") == 0) {
            text_add(out, _("can be done"));
        } else {
            const char *arg[4] = {table_word(offers, i, "a"), table_word(offers, i, "b"),
                                  table_word(offers, i, "c"), table_word(offers, i, "d")};
            phrase_reason(out, table_word(offers, i, "sentence"), arg, english);
        }
    }
}

/* Whole percent; -1: it was not measured. */
static int percent(const char *text)
{
    return *text ? (int)(strtod(text, NULL) + 0.5) : -1;
}

/* "CPU ▁▂▃ avg 38% peak 71%": a measure, whose latest of COUNT months stands in row LAST. */
static void use_measure_text(const struct table *months, size_t last, size_t count,
                             const struct context *context, struct text *out)
{
    int peak = percent(table_word(months, last, "peak"));
    text_add(out, out->length ? "   " : "");
    phrase_both(out, table_word(months, last, "title"), context->look.english);
    text_add(out, " ");
    for (size_t i = last + 1 - count; i <= last; i++) {
        int used = percent(table_word(months, i, "average"));
        text_add(out, used < 0 ? "" : glyph_spark(&context->look, (used * 8 + 50) / 100));
    }
    text_addf(out, _(" avg %d%%"), percent(table_word(months, last, "average")));
    if (peak >= 0) {
        text_addf(out, _(" peak %d%%"), peak);
    }
}

/* Of each measure the months that are known, and the latest; of which month that is. */
static void use_text(const struct parcel *use, const struct context *context, struct text *out)
{
    enum { MONTHS = 12 };
    const struct table *months = parcel_find(use, "months");
    const char *month = "";
    for (size_t last = MONTHS - 1; months && last < table_rows(months); last += MONTHS) {
        if (*table_word(months, last, "average")) {
            use_measure_text(months, last, MONTHS, context, out);
            month = table_word(months, last, "month");
        }
    }
    if (out->length) {
        text_addf(out, "   %s", month);
    } else if (months) {
        text_add(out, _("no figures yet"));
    }
}

static void contact_text(const struct parcel *shown, const struct context *context,
                         struct text *out)
{
    const struct table *entries = parcel_find(shown, "entries");
    for (size_t i = 0; entries && i < table_rows(entries); i++) {
        if (!group_names(context, "trials.contact", table_word(entries, i, "field"))) {
            continue;
        }
        text_add(out, out->length ? "  " : "");
        if (strcmp(table_word(entries, i, "private"), "yes") == 0) {
            case_mask(out, table_word(entries, i, "value"));
        } else {
            phrase_both(out, table_word(entries, i, "value"), context->look.english);
        }
    }
}

void trial_preview_draw(const struct parcel *shown, const struct parcel *use, const char *clock,
                        const struct pane *pane, const struct context *context)
{
    const struct table *clocks = parcel_find(shown, "clocks"), *acts = parcel_find(shown, "acts");
    struct text report = {0}, more = {0}, can = {0}, cannot = {0}, contact = {0}, used = {0};
    struct trial trial = trial_of(shown, context);
    size_t run = run_of(clocks, context);
    (void)clock;
    int row = case_clocks_draw(shown, pane, case_bar_draw(shown, pane, context), context);
    if (run != SIZE_MAX && !case_clock_runs(clocks, run)) { /* it is over, and still what counts */
        pane_put(pane, row, 1, ROLE_HEADING, _("Trial"));
        case_clock_draw(clocks, run, pane, row++, 8 + context->look.english, context);
    }
    report_text(shown, &trial, context, &report);
    row = case_fact_draw(pane, row, _("Report"), ROLE_TEXT, &report, context);
    use_text(use, context, &used);
    row = case_fact_draw(pane, row, _("Use"), ROLE_TEXT, &used, context);
    more_text(shown, context, &more);
    row = case_fact_draw(pane, row, _("Longer"), ROLE_TEXT, &more, context);
    case_offers_text(shown, context, &can, &cannot);
    row = case_fact_draw(pane, row, _("Can do"), ROLE_TEXT, &can, context);
    text_free(&cannot);
    contact_text(shown, context, &contact);
    row = case_fact_draw(pane, row, _("Contact"), ROLE_TEXT, &contact, context);
    case_acts_draw(acts, pane, row, context);
}
