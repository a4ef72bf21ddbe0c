/*
 * cloud.h: what the vendor's cloud of the sample city holds: for each system that is online what it
 * was given, but for a few that differ from month to month.
 */
#ifndef YUNTAI_DATA_SAMPLE_CLOUD_H
#define YUNTAI_DATA_SAMPLE_CLOUD_H

#include "data/desk/counter.h"
#include "data/sample/grid.h"

#define CLOUD_VENDOR "zyy" /* as [vendor.zyy] of the settings would name it */

/* A sync of it by LOGIN at MOMENT, through the desk, and in force: its servers and projects, the
 * hypervisors they stand on, and what was used in the month before of the systems that USE has a
 * row of (as in use.h; NULL none). */
int cloud_sync(struct counter *counter, const char *login, int64_t moment, const struct grid *use,
               struct error *error);

#endif
