/* date_question.c: questions about days: read and answered. */
#include "tui/command/date_question.h"

#include <stdlib.h>
#include <string.h>

#include "tui/text.h"

static const struct {
    const char *word;
    enum date_verb verb;
    size_t operands;
} verbs[] = {{"after", DATE_AFTER, 2}, {"before", DATE_BEFORE, 2}, {"count", DATE_COUNT, 2},
             {"next", DATE_NEXT, 1},   {"prev", DATE_PREV, 1},     {"nth", DATE_NTH, 2}};

/* What was typed, in an error: cut, and only what can be printed. */
static void add_word(struct text *error, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0, count = 0; at < length && count < 40; count++) {
        size_t size = utf8_length(word + at, length - at);
        bool plain = size > 1 || (size == 1 && (unsigned char)word[at] >= 0x20 && word[at] != 0x7f);
        text_add_n(error, plain ? word + at : "?", plain ? size : 1);
        at += size ? size : 1;
    }
}

/* SENTENCE, with “WORD” before it. */
static bool wrong(struct text *error, const char *word, const char *sentence)
{
    text_add(error, _("“"));
    add_word(error, word);
    text_addf(error, "%s%s", _("” "), sentence);
    return false;
}

static bool read_moment(const char *word, int64_t *moment, struct text *error)
{
    return moment_parse(word, strlen(word), moment) ||
           wrong(
               error, word,
               _("is no date; write it as 2019-09-27, with a time as 2019-09-27T14:00, in the years 1 to 9999"));
}

static bool read_day(const char *word, int32_t *day, struct text *error)
{
    return day_parse(word, strlen(word), day) ||
           wrong(error, word, _("is no date; write it as 2019-09-27, in the years 1 to 9999"));
}

static bool read_period(const char *word, struct period *period, struct text *error)
{
    static const char *const units[] = {"wd", "d", "mo", "h"};
    size_t digits = strspn(word, "0123456789");
    int64_t n = 0;
    if (digits == 0 || digits > 9) {
        return wrong(error, word,
                     digits
                         ? _("is too long a period; at most nine digits")
                         : _("is no period; write a whole number and wd, d, mo or h, such as 5wd"));
    }
    for (size_t i = 0; i < digits; i++) {
        n = n * 10 + (word[i] - '0');
    }
    for (int unit = 0; unit < 4; unit++) {
        if (strcmp(word + digits, units[unit]) == 0) {
            *period = (struct period){n, (enum unit)unit};
            return true;
        }
    }
    return wrong(error, word,
                 _("is no period; write a whole number and wd, d, mo or h, such as 5wd"));
}

/* A..B, the second no earlier. */
static bool read_hold(const char *word, struct date_question *question, struct text *error)
{
    const char *dots = strstr(word, "..");
    struct adjust *hold = &question->holds[question->hold_count];
    if (question->hold_count == DATE_HOLDS_MOST) {
        return wrong(error, word, _("is one hold too many; 32 are allowed"));
    }
    hold->kind = ADJUST_HOLD;
    if (!dots || !moment_parse(word, (size_t)(dots - word), &hold->from) ||
        !moment_parse(dots + 2, strlen(dots + 2), &hold->to) || hold->to < hold->from) {
        return wrong(error, word,
                     _("is no hold; write 2019-09-25..2019-09-29, the later date second"));
    }
    question->hold_count++;
    return true;
}

static bool read_roll(const char *word, enum roll *roll, struct text *error)
{
    static const char *const words[] = {"next", "prev", "none"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(word, words[i]) == 0) {
            *roll = (enum roll)i;
            return true;
        }
    }
    return wrong(error, word,
                 _("says not where a last day goes that rests; write next, prev or none"));
}

/* What is meant for another question, by the words it was asked with; the last one is told. */
struct options {
    const char *roll, *backward, *hold;
};

/* An option at WORDS[*AT]: takes it with its value. */
static bool read_option(const char *const *words, size_t count, size_t *at,
                        struct date_question *question, struct options *options, struct text *error)
{
    const char *word = words[*at];
    static const char *const valued[] = {"--roll", "--hold", "--as-of"};
    if (strcmp(word, "--clear") == 0 || strcmp(word, "--mirror") == 0) {
        question->backward = word[2] == 'c' ? BACKWARD_CLEAR : BACKWARD_MIRROR;
        options->backward = word;
        return true;
    }
    if (strcmp(word, "--explain") == 0) {
        question->explain = true;
        return true;
    }
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(valued[i]);
        const char *value = strncmp(word, valued[i], length) == 0 ? word + length : NULL;
        if (!value || (*value != '\0' && *value != '=')) {
            continue;
        }
        if (*value == '\0' && *at + 1 >= count) {
            return wrong(error, word, _("needs a value behind it"));
        }
        value = *value == '=' ? value + 1 : words[++*at];
        options->roll = i == 0 ? valued[i] : options->roll;
        options->hold = i == 1 ? valued[i] : options->hold;
        return i == 0   ? read_roll(value, &question->roll, error)
               : i == 1 ? read_hold(value, question, error)
                        : read_day(value, &question->as_of, error);
    }
    return wrong(
        error, word,
        _("is no option of this question; there are --roll, --clear, --mirror, --hold, --as-of, --explain"));
}

/* An option that would change nothing is told, not passed over (rules 7.9, 7.10). */
static bool options_fit(enum date_verb verb, const struct options *options, struct text *error)
{
    if (options->backward && verb != DATE_BEFORE) {
        return wrong(error, options->backward,
                     _("says how to count back and goes with before; take it away"));
    }
    const char *other = options->roll ? options->roll : options->hold;
    if (other && verb == DATE_BEFORE) {
        return wrong(error, other,
                     _("does not go with before: what counts back is never rolled, never held; "
                       "take it away"));
    }
    return !other || verb == DATE_AFTER || wrong(error, other, _("goes with after; take it away"));
}

/* 2019-09 3; -1 counts from the end of the month. */
static bool read_nth(const char *const *operands, struct date_question *question,
                     struct text *error)
{
    struct text first = {0};
    text_addf(&first, "%s-01", operands[0]);
    bool month =
        moment_parse(text_bytes(&first), first.length, &question->from) && first.length == 10;
    text_free(&first);
    if (!month) {
        return wrong(error, operands[0], _("is no month; write it as 2019-09"));
    }
    bool negative = operands[1][0] == '-';
    const char *digits = operands[1] + negative;
    size_t length = strlen(digits);
    for (size_t i = 0; i < length && length <= 2; i++) {
        question->n = question->n * 10 + (digits[i] - '0');
    }
    if (length == 0 || length > 2 || strspn(digits, "0123456789") != length || question->n < 1 ||
        question->n > 31) {
        return wrong(error, operands[1],
                     _("is no number of a working day; write 1, 2 … or, from the end, -1, -2 …"));
    }
    question->n = negative ? -question->n : question->n;
    return true;
}

static bool read_operands(const char *const *operands, struct date_question *question,
                          struct text *error)
{
    int32_t day;
    switch (question->verb) {
    case DATE_AFTER:
    case DATE_BEFORE:
        if (!read_moment(operands[0], &question->from, error) ||
            !read_period(operands[1], &question->period, error)) {
            return false;
        }
        return question->period.unit != UNIT_H || strlen(operands[0]) > 10 ||
               wrong(error, operands[0],
                     _("has no time, and hours count from one; write it as 2019-09-27T14:00"));
    case DATE_COUNT:
        if (!read_day(operands[0], &day, error) || !read_day(operands[1], &question->to, error)) {
            return false;
        }
        question->from = moment_of(day, 0);
        return true;
    case DATE_NTH:
        return read_nth(operands, question, error);
    default:
        if (!read_day(operands[0], &day, error)) {
            return false;
        }
        question->from = moment_of(day, 0);
        return true;
    }
}

/* The verb and what stands behind it: the words that are no options. */
static bool read_words(const char *const *operands, size_t given, struct date_question *question,
                       struct text *error)
{
    size_t verb = 0, verb_count = sizeof verbs / sizeof *verbs;
    if (given == 0) {
        text_add(error, _("there is no question; write after, before, count, next, prev or nth"));
        return false;
    }
    while (verb < verb_count && strcmp(operands[0], verbs[verb].word) != 0) {
        verb++;
    }
    if (verb == verb_count) {
        return wrong(error, operands[0],
                     _("is no question; write after, before, count, next, prev or nth"));
    }
    question->verb = verbs[verb].verb;
    if (given > verbs[verb].operands + 1) {
        return wrong(error, operands[verbs[verb].operands + 1],
                     _("is one word too many; take it away"));
    }
    if (given < verbs[verb].operands + 1) {
        return wrong(error, operands[0],
                     verbs[verb].operands == 1      ? _("asks for a date; write it behind")
                     : question->verb == DATE_COUNT ? _("asks for two dates; write them behind")
                     : question->verb == DATE_NTH
                         ? _("asks for a month and a number; write them behind")
                         : _("asks for a date and a period; write them behind"));
    }
    return read_operands(operands + 1, question, error);
}

/* The holds one after the other: what two have in common is held once. */
static void merge_holds(struct date_question *question)
{
    struct adjust *holds = question->holds;
    size_t kept = 0;
    for (size_t i = 1; i < question->hold_count; i++) {
        struct adjust hold = holds[i];
        size_t at = i;
        for (; at > 0 && holds[at - 1].from > hold.from; at--) {
            holds[at] = holds[at - 1];
        }
        holds[at] = hold;
    }
    for (size_t i = 0; i < question->hold_count; i++) {
        struct adjust *last = kept ? &holds[kept - 1] : NULL;
        if (last && holds[i].from < last->to) {
            last->to = holds[i].to > last->to ? holds[i].to : last->to;
        } else {
            holds[kept++] = holds[i];
        }
    }
    question->hold_count = kept;
}

bool date_question_read(const char *const *words, size_t count, struct date_question *question,
                        struct text *error)
{
    const char *operands[4] = {NULL}; /* one more than any question has */
    struct options options = {NULL, NULL, NULL};
    size_t given = 0;
    *question = (struct date_question){.roll = ROLL_NONE, .as_of = DAY_LAST};
    for (size_t at = 0; at < count; at++) {
        if (words[at][0] == '-' && words[at][1] == '-') {
            if (!read_option(words, count, &at, question, &options, error)) {
                return false;
            }
        } else if (given < sizeof operands / sizeof *operands) {
            operands[given++] = words[at];
        }
    }
    merge_holds(question);
    return read_words(operands, given, question, error) &&
           options_fit(question->verb, &options, error);
}

bool date_question_parse(const char *line, size_t length, struct date_question *question,
                         struct text *error)
{
    const char *words[DATE_WORDS_MOST];
    size_t count = 0;
    struct text copy = {0};
    text_add_n(&copy, line, length);
    bool right = memchr(line, '\0', length) == NULL && !copy.failed;
    if (!right) {
        text_add(error, _("the line holds a NUL byte or is too long; write one question a line"));
    }
    for (char *at = copy.bytes; right && at && *at;) {
        at += strspn(at, " \t\r");
        if (*at == '\0') {
            break;
        }
        if (count == DATE_WORDS_MOST) {
            right = wrong(error, at, _("is one word too many; take it away"));
            break;
        }
        words[count++] = at;
        at += strcspn(at, " \t\r");
        if (*at) {
            *at++ = '\0';
        }
    }
    right = right && date_question_read(words, count, question, error);
    text_free(&copy);
    return right;
}

static bool outside(struct text *error)
{
    text_add(error, _("the answer lies outside the years 1 to 9999; ask for less"));
    return false;
}

static bool answer_limit(const struct revision *revision, const struct date_question *question,
                         struct date_answer *answer, struct trace *trace)
{
    struct reckon reckon = {
        .way = question->verb == DATE_AFTER ? RECKON_AFTER : RECKON_BEFORE,
        .length = question->period,
        .anchor = question->from,
        .roll = question->roll,
        .backward = question->backward,
        .closes = DAY_SECONDS,
        .adjust = question->holds,
        .adjusts = question->hold_count,
    };
    struct due due;
    reckon_due(revision, &reckon, &due, trace);
    answer->day = due.day;
    answer->moment = due.hours ? due.at : MOMENT_NONE;
    answer->provisional = due.provisional;
    return due.at != MOMENT_NONE;
}

/* Every day after A up to and with B, in either direction, with its number or why it has none. */
static void explain(const struct revision *revision, int32_t a, int32_t b, struct trace *trace)
{
    size_t days = (size_t)(b > a ? b - a : a - b) + 1;
    trace->steps = calloc(days, sizeof *trace->steps);
    trace->failed = !trace->steps;
    trace->capacity = trace->steps ? days : 0;
    int64_t number = 0;
    for (int32_t day = a; trace->steps && trace->count<days; day += b> a ? 1 : -1) {
        struct step *step = &trace->steps[trace->count++];
        step->day = day;
        step->reason = calendar_why(revision, day);
        bool works = step->reason.kind == DAY_WORKED || step->reason.kind == DAY_MADE_UP;
        step->kind = day == a ? STEP_ANCHOR : works ? STEP_COUNTED : STEP_RESTS;
        step->moment = moment_of(day, 0);
        step->n = step->kind == STEP_COUNTED ? ++number : 0;
    }
}

/* Where the days of a month are counted from: the day before its first, or after its last. */
static int32_t outside_month(int32_t first, int64_t n)
{
    int year, month;
    day_to_civil(first, &year, &month, NULL);
    return n > 0 ? first - 1 : first + day_month_length(year, month);
}

bool date_question_answer(const struct calendar *calendar, const struct date_question *question,
                          struct date_answer *answer, struct trace *trace, struct text *error)
{
    const struct revision *revision = calendar_as_of(calendar, question->as_of);
    int32_t from = moment_day(question->from);
    int year, month;
    *answer = (struct date_answer){.day = DAY_NONE, .moment = MOMENT_NONE};
    switch (question->verb) {
    case DATE_AFTER:
    case DATE_BEFORE:
        return answer_limit(revision, question, answer, trace) || outside(error);
    case DATE_COUNT:
        answer->number = calendar_count(revision, from, question->to);
        answer->provisional = from < question->to
                                  ? calendar_provisional_between(revision, from + 1, question->to)
                                  : calendar_provisional_between(revision, question->to + 1, from);
        if (trace) {
            /* (A, B] either way: backwards B is not counted and A is */
            int32_t first = from < question->to ? from : question->to;
            explain(revision, first, first == from ? question->to : from, trace);
        }
        return true;
    case DATE_NTH:
        day_to_civil(from, &year, &month, NULL);
        answer->day = calendar_of_month(revision, year, month, (int)question->n);
        if (answer->day == DAY_NONE) {
            text_add(error, _("the month has not so many working days; ask for fewer"));
            return false;
        }
        break;
    default:
        answer->day = calendar_add(revision, from, question->verb == DATE_NEXT ? 1 : -1);
        break;
    }
    if (trace && answer->day != DAY_NONE) {
        int32_t start = question->verb == DATE_NTH ? outside_month(from, question->n) : from;
        bool inside = start >= DAY_FIRST && start <= DAY_LAST;
        explain(revision, inside ? start : from, answer->day, trace);
    }
    if (answer->day != DAY_NONE) {
        bool before = question->verb == DATE_PREV, nth = question->verb == DATE_NTH;
        answer->provisional = calendar_provisional_between(
            revision, nth || before ? answer->day : from + 1, before ? from - 1 : answer->day);
    }
    return answer->day != DAY_NONE || outside(error);
}
