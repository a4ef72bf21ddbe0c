/*
 * platform.h: what the platforms of the vendors have in all, by vendor, region and zone, as the
 * providers of their inventories say.
 */
#ifndef YUNTAI_DATA_DESK_PLATFORM_H
#define YUNTAI_DATA_DESK_PLATFORM_H

#include "data/desk/mapping.h"

enum { PLACES_MOST = 256 };

struct load {                /* of a measure, in millionths of its unit */
    bool told;               /* a provider says what there is; else only USED is known */
    int64_t total, reserved; /* RESERVED: kept back */
    int64_t usable;          /* what may be given: (total - reserved), so many times over */
    int64_t used;            /* what is given to servers; disks of volumes where nobody says */
};
struct site {
    const struct vendor_row *vendor;
    const char *region, *zone;
    int64_t providers, servers; /* SERVERS: unknown, 0, where there are providers */
    struct load loads[POLICY_SET_MOST];
};
struct platform {
    struct asking *asking;
    const struct policy *policy;
    struct sizing sizing;
    struct site *places;
    size_t count;
    const struct vendor_row *vendor; /* at hand */
};

/* Empty; false without memory. */
bool platform_begin(struct platform *platform, struct asking *asking);
/* Adds what VENDOR had as RUN left it. -1 with ERROR. */
int platform_add(struct platform *platform, const struct vendor_row *vendor, int64_t run);
/* What all places come to in MEASURE. TOLD: every place says what there is. */
struct load platform_load(const struct platform *platform, int32_t measure);

#endif
