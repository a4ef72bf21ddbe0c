/* great_course.h: the courses that the cases of the great store take, eight acts each. */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_COURSE_H
#define YUNTAI_TEST_SUPPORT_GREAT_COURSE_H

#include "data/desk/inside.h"

enum { COURSE_ACTS = 8, COURSES_MOST = 16 };

struct course {
    bool county, closed;
    int64_t unit, clerk;  /* persons: of the unit, of its county bureau (0) */
    int32_t begins, ends; /* days */
    struct records records;
};

struct courses {
    struct course items[COURSES_MOST];
    int count;
};

/* Takes each course once, through the desk, from DAY (a Monday) on. -1 with ERROR. */
int courses_take(struct counter *counter, int32_t day, struct courses *out, struct error *error);
void courses_free(struct courses *courses);
/* The facts of act I of COURSE, for a case called TITLE whose days are SHIFT later; appended. */
void course_facts(const struct course *course, int i, const char *title, int32_t shift,
                  struct text *out);

#endif
