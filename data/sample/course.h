/*
 * course.h: the courses that cases of the sample city take: what is done, by whom, how long after
 * what went before. See courses/README.md for the language.
 */
#ifndef YUNTAI_DATA_SAMPLE_COURSE_H
#define YUNTAI_DATA_SAMPLE_COURSE_H

#include "core/script.h"
#include "data/sample/grid.h"

enum { BEGINS_MOST = 128 };

struct course_step { /* a line of the file */
    int32_t line;
    const char *when, *what; /* "+2~4 09:30", "accept by=clerk" */
};
struct course {
    const char *file, *name;
    int32_t line;
    int32_t begins[BEGINS_MOST]; /* working days before today */
    size_t begin_count;
    const char *pool;  /* of the cast; NULL none */
    const char *after; /* sources that open such cases, parted by commas; NULL: it opens its own */
    int32_t share;     /* of those after the same source */
    struct course_step *steps;
    size_t step_count;
};
struct courses {
    struct course *items;
    size_t count, capacity; /* ITEMS is to be freed */
    struct phrase common;   /* what `let` gave names to */
};

/* Adds the courses of sample/NAME to OUT. Memory is ARENA's. */
int courses_read(const char *name, struct arena *arena, struct courses *out, struct error *error);

/*
 * The script of one case on COURSE, its days and braces filled in by PHRASE: it begins on DAY, not
 * before MOMENT; DUE is what `due` counts from (DAY_NONE: nothing). NULL with ERROR.
 */
struct script *course_script(const struct course *course, struct phrase *phrase, int32_t day,
                             int64_t moment, int32_t due, struct error *error);

#endif
