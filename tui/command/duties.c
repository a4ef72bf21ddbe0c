/* duties.c: yuntai duties: a year of duties, month by month. */
#include <stdlib.h>
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

enum { MONTHS = 12, NAMES = 3 };

/* The worst of what falls due in a month, and how many. */
static void add_month(const struct table *duties, size_t row, struct text *out)
{
    static const struct {
        const char *column, *sign;
    } standings[] = {
        {"late", "▮"}, {"open", "▯"}, {"done_late", N_("L")}, {"waived", N_("w")}, {"done", "✓"}};
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++) {
        int64_t n = strtoll(table_word(duties, row, standings[i].column), NULL, 10);
        if (n > 0) {
            text_add(out, _(standings[i].sign));
            text_add_int(out, n);
            return;
        }
    }
    text_add(out, "·");
}

static void put_duty(const struct table *duties, size_t row, struct table *out)
{
    static const char *const names[NAMES] = {"title", "of", "article"};
    for (int i = 0; i < NAMES; i++) {
        table_text(out, table_cell(duties, row, names[i]));
    }
    for (size_t month = 0; month < MONTHS; month++) {
        struct text text = {0};
        add_month(duties, row + month, &text);
        table_text(out, text_bytes(&text));
        text_free(&text);
    }
}

static void print_duties(struct face *face)
{
    static const char *const months[MONTHS] = {"1", "2", "3", "4",  "5",  "6",
                                               "7", "8", "9", "10", "11", "12"};
    struct column columns[NAMES + MONTHS] = {{"title", CELL_TEXT, N_("duty")},
                                             {"of", CELL_TEXT, N_("of whom")},
                                             {"article", CELL_NAME, N_("article")}};
    const struct table *duties = parcel_find(&face->reply, "duties");
    struct parcel parcel = {0};
    for (int i = 0; i < MONTHS; i++) {
        columns[NAMES + i] = (struct column){months[i], CELL_TEXT, months[i]};
    }
    struct table *out = parcel_table(&parcel, "duties", columns, NAMES + MONTHS);
    for (size_t row = 0; duties && row + MONTHS <= table_rows(duties); row += MONTHS) {
        put_duty(duties, row, out);
    }
    face_table(face, out, NULL);
    fprintf(
        face->invocation->out, "\n%s\n",
        _("▮ late  ▯ to come  L done late  w waived  ✓ done: the worst of the month, and how many\n"
          "yuntai list duty:NAME/YEAR-MONTH has the cases"));
    parcel_free(&parcel);
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .verb = "duties", .words = "year?", .table = "duties", .print = print_duties};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_duties = {
    .name = "duties",
    .summary = N_("a year of duties, month by month"),
    .usage = N_(
        "usage: yuntai duties [YEAR]\n\n"
        "Of each duty of the policy how many fall due in which month, and what became of\n"
        "them; with --format csv or json all of them: in time, done late, waived, late, to come.\n"),
    .run = run,
};
