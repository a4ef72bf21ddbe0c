/*
 * mapping.h: to which system, or organisation, a project of a vendor's cloud belongs: what was said
 * of it by hand, else the system whose code is its id or name, else the first naming rule that
 * fits.
 */
#ifndef YUNTAI_DATA_DESK_MAPPING_H
#define YUNTAI_DATA_DESK_MAPPING_H

#include "data/desk/inside.h"
#include "data/store/inventory.h"

enum mapped_by { MAPPED_NOT, MAPPED_HAND, MAPPED_CODE, MAPPED_RULE };
struct project {
    const struct vendor_row *vendor;
    const char *uid, *name, *region;
    const char *org;        /* whose it is, as the vendor says; NULL it does not */
    int64_t system, parent; /* ids; the system's organisation, or that alone; 0 none */
    enum mapped_by by;
    const char *rule; /* MAPPED_RULE: its code */
};
struct mapping {
    struct vendor_row *vendors;
    struct project *projects;
    size_t vendor_count, project_count, capacity;
};

/* All projects of all vendors as they stand in force; in ASKING's arena. -1 with ERROR. */
int mapping_read(struct asking *asking, struct mapping *out);

#endif
