/*
 * stage.h: the year of the sample city as it comes to pass: cases on their courses, each act at its
 * moment, in the order of time, at the real desk.
 */
#ifndef YUNTAI_DATA_SAMPLE_STAGE_H
#define YUNTAI_DATA_SAMPLE_STAGE_H

#include "data/desk/counter.h"
#include "data/sample/course.h"

struct stage;

struct stage_setting {
    struct counter *counter;
    const struct revision *revision;
    int32_t begin, today; /* the desk was put to use; nothing is done on TODAY or later */
    const struct courses *courses;
    const struct grid *people, *orgs, *cast;
    const struct grid *use;                         /* what systems use, see use.h */
    void (*progress)(void *self, int done, int of); /* may be NULL */
    void *self;
};

/* Plays everything from BEGIN until TODAY. */
int stage_play(const struct stage_setting *setting, struct error *error);
/* One request to the desk as LOGIN (NULL: the owner of the workspace), at MOMENT. */
int stage_ask(struct counter *counter, const char *login, int64_t moment,
              const struct parcel *request, struct parcel *reply, struct error *error);

#endif
