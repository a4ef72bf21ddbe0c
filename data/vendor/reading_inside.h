/* reading_inside.h: what the readers of things and of providers share. */
#ifndef YUNTAI_DATA_VENDOR_READING_INSIDE_H
#define YUNTAI_DATA_VENDOR_READING_INSIDE_H

#include <jansson.h>

#include "data/vendor/reading.h"

#define AMOUNT_MOST INT64_C(1000000000000)
enum { UID_MOST = 255, FACT_MOST = 1024 };

/* Parses BYTES and begins OUT with its id. */
bool reading_begin(struct reader *reader, enum kind kind, const char *bytes, size_t length,
                   struct seen *out);
/* A member: "", -1 where there is none or it is null; a fault where it is something else. */
const char *reading_text(struct reader *reader, const json_t *from, const char *member);
int64_t reading_amount(struct reader *reader, const json_t *from, const char *member);
const char *reading_yes(struct reader *reader, const json_t *from, const char *member);
/* HEAD + NAME = VALUE, unless VALUE is empty. */
void reading_fact(struct reader *reader, const char *head, const char *name, const char *value);
void reading_fact_amount(struct reader *reader, const char *name, int64_t amount);
/* All facts, sorted, into OUT. */
bool reading_facts(struct reader *reader, struct seen *out);
bool reading_wrong(struct reader *reader, enum reading_fault fault, const char *member,
                   const char *said); /* false */

#endif
