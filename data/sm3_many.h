/*
 * sm3_many.h: the SM3 of many texts, sixteen of them beside each other in the wide registers of the
 * processor: some times as fast as one after the other. What it is measured by is OpenSSL's, see
 * digest.h.
 */
#ifndef YUNTAI_DATA_SM3_MANY_H
#define YUNTAI_DATA_SM3_MANY_H

#include <stddef.h>
#include <stdint.h>

#include "data/digest.h"

struct sm3_text {
    const uint8_t *bytes; /* borrowed */
    size_t length;
    uint8_t digest[DIGEST_BYTES]; /* filled in */
};
/* Fastest where they are many and of about the same length. */
void sm3_many(struct sm3_text *texts, size_t count);

#endif
