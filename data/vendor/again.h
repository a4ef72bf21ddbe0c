/*
 * again.h: why questions were asked again, in figures: of each service and each reason how often,
 * and how long the service asked to be left alone.
 *
 * As text that is a word each, blanks between: SERVICE/WHY/TIMES, where it asked for a pause
 * (Retry-After) /SECONDS of the longest behind it: "compute/429/3/2 identity/connection/1". WHY is
 * a status, `connection` (there was none) or `broken` (the answer broke off).
 */
#ifndef YUNTAI_DATA_VENDOR_AGAIN_H
#define YUNTAI_DATA_VENDOR_AGAIN_H

#include "data/vendor/http.h"

enum { AGAINS_MOST = 40, AGAIN_WHY = 16 };

struct again {
    const char *service; /* as the catalogue names it; borrowed */
    char why[AGAIN_WHY];
    int64_t times, wait; /* seconds; -1: it asked for none */
};
struct agains { /* zeroed is none; what comes behind the last is not told apart */
    struct again all[AGAINS_MOST];
    size_t count;
};

/* CALL of SERVICE failed and is tried again; WAIT as in struct again. */
void again_note(struct agains *agains, const char *service, const struct http_call *call,
                int64_t wait);
void again_put(const struct agains *agains, struct text *out);

#endif
