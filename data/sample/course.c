/* course.c: the courses that cases of the sample city take. */
#include "data/sample/course.h"

#include <stdlib.h>
#include <string.h>

enum { OPENS = 8 * 3600 + 40 * 60, WORKED = 500, APART_LEAST = 12, APART = 60 };

/* ---- reading ---- */

struct reading {
    const char *file;
    int32_t line;
    struct arena *arena;
    struct courses *courses;
    size_t step_capacity;
    struct error *error;
};

static int wrong(struct reading *reading, const char *what, const char *more)
{
    return sample_wrong(reading->error, reading->file, reading->line, what, more);
}

/* The next word from *AT on; "" at the end. */
static const char *next_word(struct arena *arena, const char **at)
{
    *at += strspn(*at, " \t");
    size_t length = strcspn(*at, " \t");
    const char *word = arena_text(arena, *at, length);
    *at += length;
    return word;
}

static bool add_begin(struct course *course, long number)
{
    if (course->begin_count == BEGINS_MOST || number < 1 || number > 10000) {
        return false;
    }
    course->begins[course->begin_count++] = (int32_t)number;
    return true;
}

/* 3,12,40..250/7 */
static bool read_begins(struct course *course, const char *text)
{
    bool good = *text != '\0';
    while (good && *text) {
        char *end;
        long from = strtol(text, &end, 10), to = from, step = 1;
        if (strncmp(end, "..", 2) == 0) {
            to = strtol(end + 2, &end, 10);
            step = *end == '/' ? strtol(end + 1, &end, 10) : 1;
        }
        good = end > text && step > 0 && (*end == ',' || *end == '\0');
        for (long at = from; good && at <= to; at += step) {
            good = add_begin(course, at);
        }
        text = end + (*end == ',');
    }
    return good;
}

static int read_head(struct reading *reading, const char *at)
{
    struct courses *courses = reading->courses;
    if (courses->count == courses->capacity) {
        size_t capacity = courses->capacity ? courses->capacity * 2 : 64;
        struct course *grown = realloc(courses->items, capacity * sizeof *grown);
        if (!grown) {
            return error_memory(reading->error);
        }
        courses->items = grown;
        courses->capacity = capacity;
    }
    struct course *course = &courses->items[courses->count++];
    *course = (struct course){.file = reading->file, .line = reading->line, .share = 1};
    course->name = next_word(reading->arena, &at);
    reading->step_capacity = 0;
    for (const char *word; *(word = next_word(reading->arena, &at));) {
        const char *value = strchr(word, '=');
        size_t length = value ? (size_t)(value - word) : 0;
        if (length == 5 && memcmp(word, "begin", 5) == 0) {
            if (!read_begins(course, value + 1)) {
                return wrong(reading, "begin is days as 3,12,40..250/7, not", word);
            }
        } else if (length == 4 && memcmp(word, "cast", 4) == 0) {
            course->pool = value + 1;
        } else if (length == 5 && memcmp(word, "after", 5) == 0) {
            course->after = value + 1;
        } else if (length == 5 && memcmp(word, "share", 5) == 0) {
            course->share = (int32_t)strtol(value + 1, NULL, 10);
        } else {
            return wrong(reading, "a course has begin, cast, after and share, not", word);
        }
    }
    return 0;
}

static int read_step(struct reading *reading, const char *at)
{
    struct courses *courses = reading->courses;
    struct course *course = courses->count ? &courses->items[courses->count - 1] : NULL;
    if (!course) {
        return wrong(reading, "a step belongs to a course, which begins with", "course NAME");
    }
    if (course->step_count == reading->step_capacity) {
        size_t capacity = reading->step_capacity ? reading->step_capacity * 2 : 16;
        struct course_step *grown = arena_array(reading->arena, capacity, sizeof *grown);
        if (!grown) {
            return error_memory(reading->error);
        }
        for (size_t i = 0; i < course->step_count; i++) {
            grown[i] = course->steps[i];
        }
        course->steps = grown;
        reading->step_capacity = capacity;
    }
    const char *when = next_word(reading->arena, &at), *rest = at;
    const char *time = next_word(reading->arena, &rest);
    if (strlen(time) == 5 && time[2] == ':') {
        struct text both = {0};
        text_addf(&both, "%s %s", when, time);
        when = arena_text(reading->arena, text_bytes(&both), both.length);
        text_free(&both);
        at = rest;
    }
    at += strspn(at, " \t");
    course->steps[course->step_count++] =
        (struct course_step){reading->line, when, arena_text(reading->arena, at, strlen(at))};
    return 0;
}

static int read_line(struct reading *reading, const char *line)
{
    line += strspn(line, " \t\r");
    if (*line == '\0' || *line == '#') {
        return 0;
    }
    if (strncmp(line, "let ", 4) == 0) {
        const char *at = line + 4, *name = next_word(reading->arena, &at);
        reading->courses->common.arena = reading->arena;
        return phrase_set(&reading->courses->common, name, at + strspn(at, " \t"))
                   ? 0
                   : wrong(reading, "there are too many names:", name);
    }
    return strncmp(line, "course ", 7) == 0 ? read_head(reading, line + 7)
                                            : read_step(reading, line);
}

/* A line that ends in \ goes on in the next. */
int courses_read(const char *name, struct arena *arena, struct courses *out, struct error *error)
{
    struct reading reading = {.file = name, .arena = arena, .courses = out, .error = error};
    struct text text = {0}, whole = {0};
    int status = sample_file(name, &text, error);
    int32_t line = 0;
    for (const char *at = text_bytes(&text); status == 0 && *at;) {
        size_t length = strcspn(at, "\n");
        bool more = length > 0 && at[length - 1] == '\\';
        line++;
        reading.line = whole.length ? reading.line : line;
        text_add_n(&whole, at, length - more);
        at += length + (at[length] == '\n');
        if (!more) {
            status = read_line(&reading, text_bytes(&whole));
            text_clear(&whole);
        }
    }
    text_free(&text);
    text_free(&whole);
    return status == 0 && arena_failed(arena) ? error_memory(error) : status;
}

/* ---- days ---- */

struct timing {
    struct phrase *phrase;
    int64_t moment; /* of the step before */
    int32_t due;
};

/* N or N~M, drawn. */
static long number_in(struct phrase *phrase, const char *text, char **end)
{
    long low = strtol(text, end, 10);
    if (**end == '~') {
        long high = strtol(*end + 1, end, 10);
        return low + (long)phrase_draw(phrase, (uint64_t)(high > low ? high - low : 0) + 1);
    }
    return low;
}

/* +2, +2~4, +20d (the next working day from there), +1d! (that very day), +35m, due-3, due+2. */
static bool step_day(struct timing *timing, const char *when, int32_t *day, bool *exact)
{
    const struct revision *revision = timing->phrase->revision;
    bool due = strncmp(when, "due", 3) == 0;
    const char *at = due ? when + 3 : when;
    char *end;
    bool back = *at == '-';
    if ((*at != '+' && *at != '-') || (due && timing->due == DAY_NONE)) {
        return false;
    }
    long number = number_in(timing->phrase, at + 1, &end);
    int32_t from = due ? timing->due : moment_day(timing->moment);
    *exact = false;
    if (*end == 'm') {
        timing->moment += number * 60;
        *day = moment_day(timing->moment);
        *exact = true;
    } else if (*end == 'd') {
        *day = day_add(from, back ? -number : number);
        *day = end[1] == '!' ? *day : calendar_next(revision, *day);
    } else {
        *day = number ? calendar_add(revision, from, back ? -number : number) : from;
    }
    return *day != DAY_NONE;
}

static bool step_moment(struct timing *timing, const char *when)
{
    int64_t before = timing->moment;
    const char *blank = strchr(when, ' ');
    int32_t day, second;
    bool exact;
    if (!step_day(timing, when, &day, &exact)) {
        return false;
    }
    if (exact) {
        return true;
    }
    if (blank) {
        if (!clock_time_parse(blank + 1, 5, &second)) {
            return false;
        }
        timing->moment = moment_of(day, second);
    } else if (day > moment_day(before)) {
        int64_t minutes = (int64_t)phrase_draw(timing->phrase, WORKED);
        timing->moment = moment_of(day, OPENS) + minutes * 60;
    }
    if (timing->moment <= before) {
        int64_t minutes = APART_LEAST + (int64_t)phrase_draw(timing->phrase, APART);
        timing->moment = before + minutes * 60;
    }
    return true;
}

static int add_step(const struct course *course, const struct course_step *step,
                    struct timing *timing, struct text *out, struct error *error)
{
    char moment[MOMENT_TEXT];
    const char *unknown = "";
    if (!step_moment(timing, step->when)) {
        return sample_wrong(error, course->file, step->line, "no time of a step:", step->when);
    }
    timing->moment -= timing->moment % 60;
    timing->phrase->day = moment_day(timing->moment);
    text_addf(out, "%s ", moment_format(timing->moment, moment));
    if (!phrase_fill(timing->phrase, step->what, strlen(step->what), out, &unknown)) {
        return sample_wrong(error, course->file, step->line,
                            "what is to stand in the braces is not known:", unknown);
    }
    text_add(out, "\n");
    return 0;
}

static int tell_finding(const struct course *course, const struct findings *findings,
                        struct error *error)
{
    const struct finding *first = findings_at(findings, 0);
    struct text text = {0};
    message_expand(&text, message_english(first->message.id), &first->message, true);
    size_t step = first->place.line > 0 ? (size_t)first->place.line - 1 : 0;
    sample_wrong(error, course->file,
                 step < course->step_count ? course->steps[step].line : course->line,
                 text_bytes(&text), "");
    text_free(&text);
    return -1;
}

struct script *course_script(const struct course *course, struct phrase *phrase, int32_t day,
                             int64_t moment, int32_t due, struct error *error)
{
    struct timing timing = {.phrase = phrase, .moment = moment_of(day, OPENS), .due = due};
    struct text text = {0};
    struct script *script = NULL;
    int status = 0;
    timing.moment = moment > timing.moment ? moment : timing.moment;
    for (size_t i = 0; i < course->step_count && status == 0; i++) {
        status = add_step(course, &course->steps[i], &timing, &text, error);
    }
    struct findings *findings = status == 0 ? findings_new() : NULL;
    script = findings ? script_parse(text_bytes(&text), text.length, findings) : NULL;
    if (script && findings_count(findings) > 0) {
        tell_finding(course, findings, error);
        script_free(script);
        script = NULL;
    } else if (!script && status == 0) {
        error_memory(error);
    }
    findings_free(findings);
    text_free(&text);
    return script;
}
