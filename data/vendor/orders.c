/* orders.c: frames to orders. */
#include "data/vendor/orders.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int no_orders(const char *what, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     N_("these are no orders: %1; yuntai-net(1) says what they are"), what, NULL);
}

static int keep(char **at, const char *value, struct error *error)
{
    free(*at);
    *at = strdup(value);
    return *at ? 0 : error_memory(error);
}

static int take_known(struct orders *orders, const struct parcel *parcel, struct error *error)
{
    const char *kind = parcel_get(parcel, "kind");
    for (size_t i = 0; i < parcel->pair_count; i++) {
        const struct pair *pair = &parcel->pairs[i];
        if (strcmp(pair->name, "raws") != 0) {
            continue;
        }
        for (int k = 0; kind && k < KINDS; k++) {
            if (strcmp(kind, kind_names[k].kind) == 0) {
                int added = pair->length % SEEN_RAW != 0
                                ? 1
                                : raws_add(&orders->known[k], (const uint8_t *)pair->value,
                                           pair->length / SEEN_RAW, error);
                return added > 0 ? no_orders("raws", error) : added;
            }
        }
        return no_orders("kind", error);
    }
    return no_orders("raws", error);
}

static int take_fetch(struct orders *orders, const struct parcel *parcel, struct error *error)
{
    const char *vendor = parcel_get(parcel, "vendor");
    const char *mark = parcel_get(parcel, "mark"), *month = parcel_get(parcel, "month");
    if (!vendor || !settings_vendor_good(vendor, strlen(vendor))) {
        return no_orders("vendor", error);
    }
    for (size_t i = 0; i < parcel->pair_count; i++) {
        const struct pair *pair = &parcel->pairs[i];
        if (strncmp(pair->name, "set.", 4) == 0 &&
            settings_set(&orders->settings, vendor, pair->name + 4, pair->value, error) != 0) {
            return -1;
        }
    }
    bool kept = keep(&orders->vendor, vendor, error) == 0 &&
                keep(&orders->mark, mark ? mark : "", error) == 0 &&
                keep(&orders->month, month ? month : "", error) == 0;
    return kept ? 1 : -1;
}

int orders_take(struct orders *orders, const struct frame *frame, struct error *error)
{
    struct parcel parcel = {0};
    if (frame->kind == FRAME_HELLO) {
        return frame_hello_good(frame) ? 0 : no_orders("hello", error);
    }
    if (frame->kind == FRAME_CANCEL) {
        return error_set(error, ERROR_INTERRUPTED, N_("the run was given up"), NULL, NULL);
    }
    if (frame->kind != FRAME_REQUEST || !parcel_decode(frame->bytes, frame->length, &parcel)) {
        return no_orders("frame", error);
    }
    const char *order = parcel_get(&parcel, "order");
    int status = order && strcmp(order, "known") == 0   ? take_known(orders, &parcel, error)
                 : order && strcmp(order, "fetch") == 0 ? take_fetch(orders, &parcel, error)
                                                        : no_orders("order", error);
    parcel_free(&parcel);
    return status;
}

/* More bytes: 1; 0 at the end; -1. */
static int read_more(int fd, struct frame_reader *reader, struct error *error)
{
    static char bytes[1 << 16];
    ssize_t count;
    do {
        count = read(fd, bytes, sizeof bytes);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return error_errno(error, N_("reading"), "stdin", errno);
    }
    return count == 0 ? 0 : frame_feed(reader, bytes, (size_t)count) ? 1 : error_memory(error);
}

int orders_read(struct orders *orders, int fd, struct frame_reader *reader, struct error *error)
{
    for (;;) {
        struct frame frame;
        while (frame_take(reader, &frame)) {
            int status = orders_take(orders, &frame, error);
            if (status != 0) {
                return status < 0 ? -1 : 0;
            }
        }
        if (frame_state(reader) == FRAME_BAD) {
            return no_orders("frame", error);
        }
        int more = read_more(fd, reader, error);
        if (more <= 0) {
            return more < 0 ? -1 : no_orders("end", error);
        }
    }
}

void orders_free(struct orders *orders)
{
    free(orders->vendor);
    free(orders->mark);
    free(orders->month);
    settings_free(&orders->settings);
    for (int i = 0; i < KINDS; i++) {
        raws_free(&orders->known[i]);
    }
    *orders = (struct orders){0};
}
