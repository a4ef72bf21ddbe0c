/* case_cells.c: cells of lists of cases. */
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/article.h"
#include "tui/console/groups.h"
#include "tui/screen/case_cells.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

/* ---- what is left ---- */

static int64_t number_of(const char *text, int64_t otherwise)
{
    char *end;
    if (!text || !*text) {
        return otherwise;
    }
    long long number = strtoll(text, &end, 10);
    return *end ? otherwise : number;
}

/* Blanks so that TEXT ends at COLUMNS. */
static void add_right(struct text *out, const char *text, int columns)
{
    for (int i = width_of(text); i < columns; i++) {
        text_add(out, " ");
    }
    text_add(out, text);
}

/* NUMBER, two columns at the least, in the place of %s of FORMAT (translated). */
static void add_number(struct text *out, const char *format, int64_t number)
{
    struct text digits = {0}, padded = {0};
    text_add_int(&digits, number < 0 ? -number : number);
    add_right(&padded, text_bytes(&digits), 2);
    const char *hole = strstr(format, "%s");
    text_add_n(out, format, hole ? (size_t)(hole - format) : strlen(format));
    text_add(out, text_bytes(&padded));
    text_add(out, hole ? hole + 2 : "");
    text_free(&digits);
    text_free(&padded);
}

/* PAST: what is left is nothing, and the day is not today: it was followed by days off alone. */
static void days_text(int64_t left, bool days, bool past, struct text *out)
{
    if (left == 0) {
        text_add(out, past ? _("past due") : _("   today"));
    } else if (days) {
        add_number(out, left < 0 ? _("%sd late") : _("%sd left"), left);
    } else {
        add_number(out, left < 0 ? _("%swd late") : _("%swd left"), left);
    }
}

/* "2时28分" to DUE; what is days away is told in days. */
static void hours_text(const char *due, const struct context *context, struct text *out)
{
    int64_t moment = MOMENT_NONE;
    if (!moment_parse(due, strlen(due), &moment)) {
        return;
    }
    enum { HOURS_FROM = 10 * 60, DAYS_FROM = 48 * 60 };
    int64_t minutes = (moment - context->now) / 60;
    bool over = moment < context->now;
    if (minutes >= DAYS_FROM || minutes <= -DAYS_FROM) {
        days_text(moment_day(moment) - moment_day(context->now), true, false, out);
        return;
    }
    minutes = minutes < 0 ? -minutes : minutes;
    if (context->look.english && minutes >= HOURS_FROM) { /* the column has no more room */
        text_addf(out, over ? _("%dh late") : _("%dh left"), (int)(minutes / 60));
        return;
    }
    text_addf(out, over ? _("%d:%02d late") : _("%d:%02d left"), (int)(minutes / 60),
              (int)(minutes % 60));
}

static void left_text(const struct case_row_cells *row, const struct context *context,
                      struct text *out)
{
    bool minutes = row->unit && strcmp(row->unit, "min") == 0;
    bool days = row->unit && strcmp(row->unit, "d") == 0;
    int64_t left = number_of(days ? row->days : row->left, INT64_MIN);
    if (row->closed || (left == INT64_MIN && !(minutes && row->due))) {
        return;
    }
    if (row->held) {
        add_number(out, _("%swd held"), left);
    } else if (minutes && row->due) {
        hours_text(row->due, context, out);
    } else {
        int64_t due = MOMENT_NONE;
        bool past = row->due && moment_parse(row->due, strlen(row->due), &due) &&
                    moment_day(due) < moment_day(context->now);
        days_text(left, days, past, out);
    }
}

void case_card_text(const struct case_row_cells *row, const struct context *context,
                    struct text *out)
{
    int card_columns = context->look.english ? 5 : 4;
    struct text sign = {0}, card = {0};
    text_addf(&card, "%s%s%s", row->card ? row->card : "", row->mark && *row->mark ? " " : "",
              row->mark ? row->mark : "");
    if (row->sign) {
        bool in = strcmp(row->sign, "in") == 0;
        text_add(&sign, glyph_text(&context->look, in ? GLYPH_YES : GLYPH_HELD));
        text_add(&sign, in ? "" : _("FIX"));
    } else if (row->held && !row->closed) {
        text_add(&sign, glyph_text(&context->look, GLYPH_HELD));
        text_add(&sign, _("HLD"));
    } else if (row->closed) {
        text_add(&sign, glyph_text(&context->look, GLYPH_YES));
    } else {
        text_add(&sign, glyph_card(&context->look, text_bytes(&card)));
    }
    add_right(out, text_bytes(&sign), card_columns);
    text_add(out, " ");
    left_text(row, context, out);
    text_free(&sign);
    text_free(&card);
}

enum role case_card_role(const char *card, bool held, bool closed)
{
    static const struct {
        const char *card;
        enum role role;
    } roles[] = {{"double", ROLE_CARD_OVER2},
                 {"red", ROLE_CARD_RED},
                 {"yellow", ROLE_CARD_YELLOW},
                 {"blue", ROLE_CARD_BLUE}};
    if (closed) {
        return ROLE_CARD_MET;
    }
    if (held) {
        return ROLE_CARD_PAUSED;
    }
    for (size_t i = 0; card && i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i].card, card) == 0) {
            return roles[i].role;
        }
    }
    return ROLE_CARD_NONE;
}

/* ---- dates, numbers, stages ---- */

void case_date_text(const char *due, bool provisional, bool weekday, const struct context *context,
                    struct text *out)
{
    int32_t day = DAY_NONE;
    size_t length = due ? strlen(due) : 0;
    char written[DAY_TEXT];
    if (!due || !day_parse(due, length > 10 ? 10 : length, &day)) {
        return;
    }
    day_format(day, written);
    char today[DAY_TEXT];
    day_format(moment_day(context->now), today);
    bool this_year = strncmp(written, today, 4) == 0;
    text_add(out, provisional ? glyph_text(&context->look, GLYPH_ABOUT) : "");
    text_add(out, this_year || provisional ? written + 5 : written);
    if (weekday && (this_year || provisional)) {
        text_add(out, context->look.english ? " " : "");
        text_add(out, weekday_word(day));
    }
}

/* "standard-2026-3", a case whose number is not given yet: S0003, where DRAWN is that much. */
static bool alias_text(const char *number, const struct context *context, struct text *out)
{
    const char *last = number ? strrchr(number, '-') : NULL, *year = last;
    while (year > number && year[-1] != '-') {
        year--;
    }
    if (!last || year <= number + 1 || last - year != 4 || *number < 'a' || *number > 'z') {
        return false;
    }
    char today[DAY_TEXT];
    day_format(moment_day(context->now), today);
    text_addf(out, "%c", *number - 'a' + 'A');
    if (strncmp(year, today, 4) != 0) {
        text_add_n(out, year + 2, 2);
        text_add(out, "-");
    }
    text_addf(out, "%04d", (int)strtol(last + 1, NULL, 10));
    return true;
}

void case_number_text(const char *number, const char *procedure, const struct context *context,
                      struct text *out)
{
    const char *open = number ? strstr(number, "〔") : NULL;
    const char *close = open ? strstr(open, "〕") : NULL;
    char today[DAY_TEXT];
    if (!close || !procedure || !*procedure) {
        if (!alias_text(number, context, out)) {
            text_add(out, number ? number : "");
        }
        return;
    }
    if (context->look.english) {
        char letter =
            *procedure >= 'a' && *procedure <= 'z' ? (char)(*procedure - 'a' + 'A') : *procedure;
        text_addf(out, "%c", letter);
    } else {
        text_add_n(out, number, utf8_length(number, strlen(number)));
    }
    const char *year = open + strlen("〔"), *sequence = close + strlen("〕");
    day_format(moment_day(context->now), today);
    if (strncmp(year, today, 4) != 0 && close - year == 4) {
        text_add_n(out, year + 2, 2);
        text_add(out, "-");
    }
    text_addf(out, "%04d", (int)strtol(sequence, NULL, 10));
}

void case_stage_text(const char *stage, const char *stages, const struct context *context,
                     struct text *out)
{
    int64_t at = number_of(stage, 0), count = number_of(stages, 0);
    for (int64_t i = 1; i <= count && at > 0; i++) {
        text_add(out, glyph_text(&context->look, i <= at ? GLYPH_STAGE_PAST : GLYPH_STAGE_NEXT));
    }
}

void case_article_text(const char *cites, const struct context *context, struct text *out)
{
    size_t first = cites ? strcspn(cites, ",") : 0;
    bool number = first > 0 && strspn(cites, "0123456789") >= first;
    if (number) {
        text_add(out, context->look.english ? "art." : "第");
        text_add_n(out, cites, first);
        text_add(out, context->look.english ? "" : "条");
    }
}

/* ---- as values ---- */

static bool yes(const struct list *list, size_t row, const char *column)
{
    const char *cell = list_cell(list, row, column);
    return cell && strcmp(cell, "yes") == 0;
}

static struct case_row_cells cells_of(const struct list *list, size_t row)
{
    return (struct case_row_cells){.card = list_cell(list, row, "card"),
                                   .left = list_cell(list, row, "left"),
                                   .unit = list_cell(list, row, "unit"),
                                   .days = list_cell(list, row, "days"),
                                   .due = list_cell(list, row, "due"),
                                   .mark = list_cell(list, row, "mark"),
                                   .held = yes(list, row, "held"),
                                   .provisional = yes(list, row, "provisional"),
                                   .closed = yes(list, row, "closed")};
}

/* The card ends in the fifth column. */
size_t case_card_brief(const char *text, const struct context *context)
{
    enum { COLUMNS = 5, TINY = 24 };
    size_t blanks = strspn(text, " ");
    return !context->look.english || context->columns >= TINY ? 0
           : blanks >= COLUMNS                                ? COLUMNS
                               : blanks + strcspn(text + blanks, " ");
}

void case_value_card(const struct list *list, size_t row, const struct context *context,
                     struct list_value *value)
{
    struct case_row_cells cells = cells_of(list, row);
    case_card_text(&cells, context, &value->text);
    value->brief = case_card_brief(text_bytes(&value->text), context);
    bool waived = cells.mark && strcmp(cells.mark, "waived") == 0;
    value->role = waived ? ROLE_CARD_NONE : case_card_role(cells.card, cells.held, cells.closed);
}

void case_value_number(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    case_number_text(list_cell(list, row, "number"), list_cell(list, row, "procedure"), context,
                     &value->text);
}

/* The organisation and the system; where there is no system, the title. */
void case_value_name(const struct list *list, size_t row, const struct context *context,
                     struct list_value *value)
{
    const char *org = list_cell(list, row, "org"), *system = list_cell(list, row, "system");
    text_add(&value->text, org ? org : "");
    text_add(&value->text, org ? " " : "");
    text_add(&value->text, system ? system : list_text(list, row, "title", context));
}

void case_value_stage(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    case_stage_text(list_cell(list, row, "stage"), list_cell(list, row, "stages"), context,
                    &value->text);
}

void case_value_state(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "state_title", context));
}

void case_value_clock(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    text_add(&value->text, list_text(list, row, "clock_title", context));
}

void case_value_basis(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    static const char *const names[][2] = {{"stated", N_("stated")},
                                           {"implied", N_("implied")},
                                           {"house", N_("house")},
                                           {"right", N_("right")}};
    const char *basis = list_cell(list, row, "basis");
    (void)context;
    for (size_t i = 0; basis && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], basis) == 0) {
            text_add(&value->text, _(names[i][1]));
        }
    }
}

void case_value_article(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    case_article_text(list_cell(list, row, "article"), context, &value->text);
}

void case_value_holder(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    const char *owner = list_cell(list, row, "owner");
    text_add(&value->text, owner ? owner : list_text(list, row, "with_title", context));
}

void case_value_due(const struct list *list, size_t row, const struct context *context,
                    struct list_value *value)
{
    const char *due = list_cell(list, row, "due");
    bool provisional = yes(list, row, "provisional");
    case_date_text(due, provisional, false, context, &value->text);
    if (context->columns >= 100) { /* with the day of the week, where that has room */
        value->brief = value->text.length;
        text_clear(&value->text);
        case_date_text(due, provisional, true, context, &value->text);
    }
    value->role = provisional ? ROLE_DATE_PROVISIONAL : ROLE_TEXT;
}

void case_value_opened(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    case_date_text(list_cell(list, row, "opened"), false, false, context, &value->text);
}

void case_value_changed(const struct list *list, size_t row, const struct context *context,
                        struct list_value *value)
{
    case_date_text(list_cell(list, row, "changed"), false, false, context, &value->text);
}

/* What COLUMN of the row says, in the language chosen. */
static void put_text(const struct list *list, size_t row, const char *column,
                     const struct context *context, struct list_value *value)
{
    text_add(&value->text, list_text(list, row, column, context));
}

void case_value_title(const struct list *list, size_t row, const struct context *context,
                      struct list_value *value)
{
    put_text(list, row, "title", context, value);
}

void case_value_org(const struct list *list, size_t row, const struct context *context,
                    struct list_value *value)
{
    put_text(list, row, "org", context, value);
}

void case_value_system(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    put_text(list, row, "system", context, value);
}

void case_value_procedure(const struct list *list, size_t row, const struct context *context,
                          struct list_value *value)
{
    put_text(list, row, "procedure_title", context, value);
}

void case_value_county(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    put_text(list, row, "county", context, value);
}

void case_value_vendor(const struct list *list, size_t row, const struct context *context,
                       struct list_value *value)
{
    put_text(list, row, "vendor", context, value);
}

/* ---- what a case was told ---- */

const char *case_entry(const struct list *list, size_t row, const char *key, const char *suffix,
                       const struct context *context)
{
    const char *found = "";
    for (const char *at = group_query(context, key); *at && !*found;) {
        struct text column = {0};
        at += strspn(at, ", ");
        text_add(&column, "entry.");
        text_add_n(&column, at, strcspn(at, ", "));
        text_add(&column, suffix);
        found = list_text(list, row, text_bytes(&column), context);
        at += strcspn(at, ", ");
        text_free(&column);
    }
    return found;
}
