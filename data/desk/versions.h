/*
 * versions.h: two versions of a resource of a vendor's cloud, and what differs between them.
 */
#ifndef YUNTAI_DATA_DESK_VERSIONS_H
#define YUNTAI_DATA_DESK_VERSIONS_H

#include "data/desk/inside.h"
#include "data/store/inventory.h"

/* Who sees everything, or who takes in what vendors say. -1 with ERROR. */
int must_see_inventory(struct asking *asking);
/* The vendor that is asked for; -1 with ERROR where none is, or no sync of it was yet. */
int vendor_named(struct asking *asking, struct vendor_row *out);
/* What was brought in at RUN_AT (UTC seconds, 0 never) is older than it should be. */
bool inventory_is_old(const struct asking *asking, int64_t run_at);
/* When run RUN was, local; MOMENT_NONE unknown. */
int64_t run_moment(struct asking *asking, int64_t run);
/* Appends what differs, a line each: `NAME WAS → NOW`, `·` for what is not said. NAME is a column
 * of the inventory or of what the vendor says further. */
void versions_differ(struct asking *asking, const struct resource_row *was,
                     const struct resource_row *now, struct text *out);

#endif
