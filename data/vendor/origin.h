/*
 * origin.h: which service an address belongs to: scheme, host and port.
 *
 * A token is given for one origin and goes to no other: every address that a service names (a next
 * page, a redirection, its own catalogue) is taken apart by libcurl's parser, the one that will
 * connect, and compared before anything is sent.
 */
#ifndef YUNTAI_DATA_VENDOR_ORIGIN_H
#define YUNTAI_DATA_VENDOR_ORIGIN_H

#include "core/text.h"

struct origin {          /* zeroed is none */
    char *scheme, *host; /* in small letters; owned */
    uint16_t port;       /* the one in force, also where the address names none */
};

/* That of URL. False where it is no address of http or https, names a user, or memory is short. */
bool origin_of(const char *url, struct origin *out);
void origin_free(struct origin *origin); /* and is none again */
/* URL belongs to ORIGIN. */
bool origin_has(const struct origin *origin, const char *url);
/* The host is this machine: localhost, 127.0.0.0/8 or ::1. */
bool origin_is_here(const struct origin *origin);
/* Appends "https://host:port". */
void origin_text(const struct origin *origin, struct text *out);

/* Appends the address that REFERENCE means where it stands in BASE; false where it is none. */
bool url_resolve(const char *base, const char *reference, struct text *out);
/* Appends URL without its query, as it is shown to people; at most 300 bytes of it. */
void url_show(const char *url, struct text *out);

#endif
