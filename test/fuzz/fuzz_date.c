/* fuzz_date.c: any line as a question about days: answered or told what is wrong, never more. */
#include <stdint.h>
#include <stdlib.h>

#include "data/desk.h"
#include "tui/command/date_question.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Notices of one year will do; none where the calendar delivered is not at hand. */
static const struct calendar *notices(void)
{
    static struct calendar *calendar;
    struct text error = {0};
    if (!calendar && desk_calendar(NULL, &calendar, &error) != 0) {
        struct message message;
        calendar = calendar_new(NULL, 0, &message);
    }
    text_free(&error);
    return calendar;
}

/* An answer is a day or moment in the years 1 to 9999, or a number that fits between them. */
static void check_answer(const struct date_question *question, const struct date_answer *answer)
{
    bool counted = question->verb == DATE_COUNT;
    if (counted != (answer->day == DAY_NONE) || answer->number > DAY_LAST - DAY_FIRST ||
        answer->number < DAY_FIRST - DAY_LAST) {
        abort();
    }
    if (!counted && (answer->day < DAY_FIRST || answer->day > DAY_LAST)) {
        abort();
    }
    if (answer->moment != MOMENT_NONE && moment_day(answer->moment) != answer->day) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct date_question question;
    struct date_answer answer;
    struct text error = {0};
    const struct calendar *calendar = notices();
    bool parsed = date_question_parse((const char *)data, size, &question, &error);
    bool answered =
        parsed && calendar && date_question_answer(calendar, &question, &answer, NULL, &error);
    if (answered) {
        check_answer(&question, &answer);
    } else if (calendar &&
               (error.length == 0 || utf8_check(error.bytes, error.length) != error.length)) {
        abort(); /* a refusal says why, in UTF-8, whatever was typed */
    }
    text_free(&error);
    return 0;
}
