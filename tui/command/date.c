/* date.c: yuntai date: count working days, and say why. */
#include <stdlib.h>
#include <string.h>

#include "data/desk.h"
#include "tui/command/command.h"
#include "tui/command/date_question.h"
#include "tui/output.h"
#include "tui/text.h"
#include "tui/trace.h"

enum { LINE_MOST = 64 << 10 };

static void add_answer(struct text *out, const struct date_answer *answer)
{
    char buffer[MOMENT_TEXT];
    if (answer->moment != MOMENT_NONE) {
        text_add(out, moment_format(answer->moment, buffer));
    } else if (answer->day != DAY_NONE) {
        text_add(out, day_format(answer->day, buffer));
    } else {
        text_add_int(out, answer->number);
    }
}

/* TEXT within a quoted CSV field. */
static void add_quoted(struct text *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        text_add_n(out, "\"", *at == '"');
        text_add_n(out, at, 1);
    }
}

/* {"date":"2019-10-10","provisional":false, and an explanation still open where there is one */
static void add_json(struct text *out, const struct date_answer *answer)
{
    struct text plain = {0};
    add_answer(&plain, answer);
    text_add(out, answer->day == DAY_NONE ? "{\"count\":" : "{\"date\":");
    if (answer->day == DAY_NONE) {
        text_add(out, text_bytes(&plain));
    } else {
        json_string(out, text_bytes(&plain));
    }
    text_addf(out, ",\"provisional\":%s", answer->provisional ? "true" : "false");
    text_free(&plain);
}

static void print_text(FILE *out, struct text *text)
{
    fwrite(text_bytes(text), 1, text->length, out);
    text_clear(text);
}

/* The steps one by one: a long way back has millions. */
static void print_steps(const struct invocation *invocation, const struct trace *trace)
{
    struct text line = {0}, field = {0};
    bool json = invocation->format == FORMAT_JSON, csv = invocation->format == FORMAT_CSV;
    for (size_t i = 0; i < trace->count; i++) {
        text_add(&line, json ? (i ? "," : ",\"explain\":[") : csv ? (i ? "\n" : "\"") : "\n  ");
        trace_line(&field, &trace->steps[i]);
        if (json) {
            json_string(&line, text_bytes(&field));
        } else if (csv) {
            add_quoted(&line, text_bytes(&field));
        } else {
            text_add(&line, text_bytes(&field));
        }
        text_clear(&field);
        print_text(invocation->out, &line);
    }
    text_add(&line, json ? (trace->count ? "]}" : "}") : csv && trace->count ? "\"" : "");
    print_text(invocation->out, &line);
    text_free(&line);
    text_free(&field);
}

static void print_answer(const struct invocation *invocation, const struct date_answer *answer,
                         const struct trace *trace)
{
    struct text out = {0};
    if (invocation->format == FORMAT_JSON) {
        add_json(&out, answer);
    } else if (invocation->format == FORMAT_CSV) {
        text_add(&out, "answer,provisional,explain\n");
        add_answer(&out, answer);
        text_add(&out, answer->provisional ? ",yes," : ",no,");
    } else {
        text_add(&out, answer->provisional ? "≈" : "");
        add_answer(&out, answer);
    }
    print_text(invocation->out, &out);
    print_steps(invocation, trace);
    fputc('\n', invocation->out);
    text_free(&out);
}

static int ask(const struct invocation *invocation, const struct calendar *calendar,
               const struct date_question *question)
{
    struct date_answer answer;
    struct trace trace = {0};
    struct text error = {0};
    int status = STATUS_DONE;
    bool answered = date_question_answer(calendar, question, &answer,
                                         question->explain ? &trace : NULL, &error);
    if (trace.failed) {
        fprintf(invocation->err, "yuntai date: %s\n",
                _("there is not enough memory; close other programs and try again"));
        status = STATUS_ENVIRONMENT;
    } else if (answered) {
        print_answer(invocation, &answer, &trace);
    } else {
        fprintf(invocation->err, "yuntai date: %s\n", text_bytes(&error));
        status = STATUS_USAGE;
    }
    trace_free(&trace);
    text_free(&error);
    return status;
}

/* One line of standard input; options of the command line hold for it too. */
static void answer_line(const struct invocation *invocation, const struct calendar *calendar,
                        const struct text *line, int32_t as_of)
{
    struct date_question question;
    struct date_answer answer;
    struct text out = {0}, error = {0};
    if (line->failed) {
        text_addf(&out, "? %s", _("the line has more than 64 KiB; write one question a line"));
    } else if (!date_question_parse(line->bytes, line->length, &question, &error)) {
        text_addf(&out, "? %s", text_bytes(&error));
    } else {
        question.as_of = question.as_of == DAY_LAST ? as_of : question.as_of;
        if (date_question_answer(calendar, &question, &answer, NULL, &error)) {
            text_add(&out, answer.provisional ? "≈" : "");
            add_answer(&out, &answer);
        } else {
            text_addf(&out, "? %s", text_bytes(&error));
        }
    }
    text_add(&out, "\n");
    print_text(invocation->out, &out);
    fflush(invocation->out);
    text_free(&out);
    text_free(&error);
}

/* The next line of IN, without its end; what goes beyond LINE's bound is passed over and LINE
 * marked failed. False where there is none. */
static bool read_line(FILE *in, struct text *line)
{
    int c = getc(in);
    bool any = c != EOF;
    text_clear(line);
    for (; c != EOF && c != '\n'; c = getc(in)) {
        text_add_n(line, &(char){(char)c}, 1);
    }
    return any;
}

/* A question a line, an answer a line as soon as it is asked; empty lines and comments have none.
 * Never stops at a bad one. */
static int answer_lines(const struct invocation *invocation, const struct calendar *calendar,
                        int32_t as_of)
{
    struct text line = {.most = LINE_MOST};
    while (!ferror(invocation->out) && read_line(invocation->in, &line)) {
        size_t blank = strspn(text_bytes(&line), " \t\r");
        if (blank < line.length && line.bytes[blank] != '#') {
            answer_line(invocation, calendar, &line, as_of);
        }
    }
    text_free(&line);
    if (ferror(invocation->in)) {
        fprintf(invocation->err, "yuntai date: %s\n",
                _("standard input cannot be read; give it lines of text"));
        return STATUS_ENVIRONMENT;
    }
    return STATUS_DONE;
}

/* --calendar FILE taken out of the words; false where its value is missing. */
static bool take_calendar(int *argc, char **argv, const char **path)
{
    int kept = 0;
    for (int i = 0; i < *argc; i++) {
        if (strncmp(argv[i], "--calendar=", 11) == 0) {
            *path = argv[i] + 11;
        } else if (strcmp(argv[i], "--calendar") == 0) {
            if (++i >= *argc) {
                return false;
            }
            *path = argv[i];
        } else {
            argv[kept++] = argv[i];
        }
    }
    *argc = kept;
    return true;
}

/* `date -`, with --as-of for all lines. */
static bool is_stream(int argc, char **argv, int32_t *as_of, bool *wrong)
{
    bool stream = false;
    *as_of = DAY_LAST;
    for (int i = 0; i < argc; i++) {
        stream |= strcmp(argv[i], "-") == 0;
    }
    for (int i = 0; stream && i < argc; i++) {
        const char *value = strncmp(argv[i], "--as-of=", 8) == 0 ? argv[i] + 8 : NULL;
        if (strcmp(argv[i], "--as-of") == 0 && i + 1 < argc) {
            value = argv[++i];
        }
        *wrong |= value ? !day_parse(value, strlen(value), as_of) : strcmp(argv[i], "-") != 0;
    }
    return stream;
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    const char *path = NULL;
    struct calendar *calendar = NULL;
    struct date_question question;
    struct text error = {0};
    int status = STATUS_USAGE;
    int32_t as_of;
    bool wrong = false;
    argc--;
    argv++;
    if (!take_calendar(&argc, argv, &path)) {
        text_addf(&error, "--calendar %s", _("needs a value behind it"));
    }
    bool stream = !error.length && is_stream(argc, argv, &as_of, &wrong);
    if (wrong) {
        text_add(&error, _("beside - only --as-of DATE and --calendar FILE may stand"));
    }
    if (error.length || (!stream && !date_question_read((const char *const *)argv, (size_t)argc,
                                                        &question, &error))) {
        fprintf(invocation->err, "yuntai date: %s\n", text_bytes(&error));
    } else if (desk_calendar(path, &calendar, &error) != 0) {
        status = command_tell_file(invocation, "date", path, &error);
    } else {
        status = stream ? answer_lines(invocation, calendar, as_of)
                        : ask(invocation, calendar, &question);
    }
    calendar_free(calendar);
    text_free(&error);
    return status;
}

const struct command command_date = {
    .name = "date",
    .summary = N_("count working days, and say why"),
    .usage = N_(
        "usage: yuntai date after DATE PERIOD      the last day of a limit; DATE is not counted\n"
        "       yuntai date before DATE PERIOD     the last day to act so long ahead of DATE\n"
        "       yuntai date count A B              working days after A up to and with B\n"
        "       yuntai date next|prev DATE         the first working day after, before DATE\n"
        "       yuntai date nth YYYY-MM N          the Nth working day of a month; -1 is its last\n"
        "       yuntai date -                      one such question a line of standard input\n"
        "\nPERIOD: a number and wd (working days), d (days), mo (months) or h (hours; DATE as 2019-09-27T14:00)\n"
        "\n  --roll next|prev|none   where a last day counted in d or mo goes if it rests (none)\n"
        "  --clear, --mirror       before: clear working days between, or the Nth back (mirror)\n"
        "  --hold A..B             the count stood still; may be repeated\n"
        "  --as-of DATE            only notices published by then\n"
        "  --calendar FILE         other notices than those delivered\n"
        "  --explain               every day counted, or why not\n"
        "\n≈ before an answer: no notice settles that year yet.\n"),
    .run = run,
};
