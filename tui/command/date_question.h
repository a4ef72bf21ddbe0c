/*
 * date_question.h: one question about days, as words: what `yuntai date` is asked, on its command
 * line or a line each on standard input.
 */
#ifndef YUNTAI_TUI_COMMAND_DATE_QUESTION_H
#define YUNTAI_TUI_COMMAND_DATE_QUESTION_H

#include "core/reckon.h"
#include "core/text.h"

enum date_verb { DATE_AFTER, DATE_BEFORE, DATE_COUNT, DATE_NEXT, DATE_PREV, DATE_NTH };
enum { DATE_HOLDS_MOST = 32, DATE_WORDS_MOST = 128 };

struct date_question {
    enum date_verb verb;
    int64_t from;         /* moment; DATE_NTH: the first of the month */
    int32_t to;           /* DATE_COUNT */
    int64_t n;            /* DATE_NTH */
    struct period period; /* DATE_AFTER, DATE_BEFORE */
    enum roll roll;       /* none unless asked for */
    enum backward backward;
    struct adjust holds[DATE_HOLDS_MOST]; /* one after the other, apart */
    size_t hold_count;
    int32_t as_of; /* DAY_LAST: all notices */
    bool explain;
};
struct date_answer {
    int32_t day;    /* DAY_NONE: the answer is NUMBER */
    int64_t moment; /* in hours; else MOMENT_NONE */
    int64_t number;
    bool provisional;
};

/* The question of COUNT words; options may stand anywhere among them. False: why, in ERROR. */
bool date_question_read(const char *const *words, size_t count, struct date_question *question,
                        struct text *error);
/* The same of a line of LENGTH bytes, divided at blanks. */
bool date_question_parse(const char *line, size_t length, struct date_question *question,
                         struct text *error);
/* False where the answer lies outside the years 1 to 9999: why, in ERROR. TRACE may be NULL. */
bool date_question_answer(const struct calendar *calendar, const struct date_question *question,
                          struct date_answer *answer, struct trace *trace, struct text *error);

#endif
