/*
 * zones.h: which availability zone a hypervisor stands in, as Nova's list of services says.
 */
#ifndef YUNTAI_DATA_VENDOR_ZONES_H
#define YUNTAI_DATA_VENDOR_ZONES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

struct zone_of {
    char *host, *zone;
};
struct zones { /* zeroed is none; sorted by host */
    struct zone_of *all;
    size_t count;
};
enum zones_read { ZONES_GOOD, ZONES_BAD, ZONES_MEMORY };

/* BODY is {"services": [{"binary": "nova-compute", "host": …, "zone": …}, …]}; others than
 * nova-compute are passed over. */
enum zones_read zones_read(struct zones *zones, const struct text *body);
/* That of HYPERVISOR: of the host of that name, else of the one named like it before its first
 * point, as hypervisors go by whole names and services often by short ones. "": it is not known. */
const char *zones_find(const struct zones *zones, const char *hypervisor);
void zones_free(struct zones *zones);

#endif
