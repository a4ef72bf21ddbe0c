/* why.c: yuntai why: how each last day was counted, day by day, and how else it can be read. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"
#include "tui/trace.h"
#include "tui/width.h"

static void print_head(struct face *face, const char *clock)
{
    const struct table *clocks = parcel_find(&face->reply, "clocks");
    size_t row = trace_clock(clocks, clock);
    struct text out = {0};
    text_add(&out, "\n");
    if (row != SIZE_MAX) {
        const char *article = table_cell(clocks, row, "article");
        face_both(face, &out, table_cell(clocks, row, "title"));
        text_addf(&out, " %s", clock);
        if (article && *article) {
            text_add(&out, face->english ? " (" : "（");
            face_article(face, &out, article);
            text_add(&out, face->english ? ")" : "）");
        }
    } else {
        text_add(&out, clock);
    }
    text_add(&out, "\n");
    face_put(face, &out);
    text_free(&out);
}

static void print_readings(struct face *face, const char *clock)
{
    enum { INDENT = 6 };
    const struct table *table = parcel_find(&face->reply, "readings");
    struct text out = {0}, said = {0};
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *name = table_cell(table, row, "clock"), *day = table_cell(table, row, "day");
        if (!name || strcmp(name, clock) != 0) {
            continue;
        }
        const char *const arg[4] = {table_cell(table, row, "question"),
                                    table_cell(table, row, "option"), day ? day : "-"};
        text_clear(&said);
        face_sentence(face, &said, N_("%3 if “%1” is read: %2"), arg);
        text_add(&out, "    ~ ");
        width_wrap(&out, text_bytes(&said), INDENT, INDENT,
                   face->columns ? face->columns : 1 << 20);
        text_add(&out, "\n");
    }
    face_put(face, &out);
    text_free(&out);
    text_free(&said);
}

static void print_why(struct face *face)
{
    const struct table *steps = parcel_find(&face->reply, "steps");
    struct text out = {0};
    const char *last = NULL;
    face_case_head(face);
    face_clocks(face, parcel_find(&face->reply, "clocks"));
    face_marks(face);
    for (size_t row = 0; steps && row < table_rows(steps); row++) {
        const char *clock = table_cell(steps, row, "clock");
        clock = clock ? clock : "";
        if (!last || strcmp(last, clock) != 0) {
            if (last) {
                print_readings(face, last);
            }
            print_head(face, clock);
            last = clock;
        }
        struct step step = trace_step(steps, row);
        text_add(&out, "    ");
        trace_line(&out, &step);
        text_add(&out, "\n");
        face_put(face, &out);
    }
    if (last) {
        print_readings(face, last);
    }
    text_free(&out);
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec spec = {
        .verb = "why", .words = "case clock?", .table = "steps", .print = print_why};
    return face_run(invocation, argc, argv, &spec);
}

const struct command command_why = {
    .name = "why",
    .summary = N_("how the last days of a case were counted"),
    .usage = N_("usage: yuntai why CASE [CLOCK]\n\n"
                "Each day counted or not and why, with the notice; the article; and where an open\n"
                "question of the policy would move the day.\n"),
    .run = run,
};
