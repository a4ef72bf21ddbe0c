/* form_reply.h: replies of the desk about a form, made by hand. */
#ifndef YUNTAI_TEST_FORM_REPLY_H
#define YUNTAI_TEST_FORM_REPLY_H

#include "data/parcel.h"

/* A field of the reply to `form`; what is NULL is unknown, FLAGS are "optional per_item private
 * application unasked" as they hold. */
struct form_reply_field {
    const char *field, *title, *type, *form, *flags, *low, *high, *unit, *labels, *standard,
        *article, *value;
};
void form_reply(struct parcel *reply, const struct form_reply_field *fields, size_t count);
/* An application: a system, a choice, lines, yes or no, a number of 15 to 30 days, a date, a list
 * with a column under a condition, a paper in parts, a private telephone number. */
void form_reply_application(struct parcel *reply);
/* A row of a table `reasons`. */
void form_reply_reason(struct parcel *reply, const char *field, const char *about, const char *line,
                       const char *sentence, const char *a, const char *b, const char *otherwise);
/* Two products and their prices, as `things` has them. */
void form_reply_catalogue(struct parcel *products, struct parcel *prices);

#endif
