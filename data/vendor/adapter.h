/*
 * adapter.h: the ways there are to ask a vendor what it holds: over OpenStack's services, or out of
 * tables in files. Each takes the same orders and reports the same rows.
 */
#ifndef YUNTAI_DATA_VENDOR_ADAPTER_H
#define YUNTAI_DATA_VENDOR_ADAPTER_H

#include "data/vendor/orders.h"
#include "data/vendor/report.h"

struct adapter {
    const char *kind; /* of the setting */
    /* All that is asked for into REPORT, but neither its hello nor its end. NOW: UTC seconds. WAKE,
     * WOKEN: as of struct http_ways. -1 with ERROR. */
    int (*fetch)(const struct orders *orders, struct report *report, int64_t now, int wake,
                 int (*woken)(void *context), void *context, struct error *error);
};
extern const struct adapter openstack_adapter, table_adapter;

#endif
