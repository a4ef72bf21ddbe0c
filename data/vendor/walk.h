/*
 * walk.h: one list of a service, page after page.
 *
 * Each page names the next by its whole address, at its end; nothing is counted. While a page comes
 * its things are cut out and no more, so that the next can be asked for as soon as it is whole: the
 * service works on that one while the things of this one are looked at. What is known by its digest
 * is marked as seen, the rest is read and handed on. A list that goes in a circle, shows a thing
 * twice in a page or has no end is a fault.
 */
#ifndef YUNTAI_DATA_VENDOR_WALK_H
#define YUNTAI_DATA_VENDOR_WALK_H

#include "data/vendor/cut.h"
#include "data/vendor/ids.h"
#include "data/vendor/raws.h"
#include "data/vendor/reading.h"

struct walk { /* the first members are the caller's to set; the rest zeroed */
    enum kind kind;
    struct reader *reader;
    struct raws *known; /* may be NULL: nothing is */
    bool all;           /* known ones are read and handed on too */
    const char *salt;   /* of the digests, beside the kind: things of several regions that read
                           alike are apart; NULL none */
    int64_t pages_most;
    /* A thing that is new, or reads differently; BYTES: as it came. Of providers and
     * meters, which are known by more than a page shows, SEEN is NULL. -1 with ERROR. */
    int (*seen)(void *context, const struct seen *seen, const char *bytes, size_t length,
                struct error *error);
    void *context;
    struct error *error; /* of the run */

    int page;                  /* that comes, from 1 */
    int64_t rows, same, again; /* of all pages: things, those known, those of an earlier page */
    struct text where;         /* the page that comes, for people */
    /* walk.c's own */
    struct cut cut;
    struct text things; /* of the page that comes: each its length and its bytes */
    struct walk_last {  /* that came, until its things are looked at */
        struct text things, where;
        int64_t count, fresh; /* things so far; those not met before */
        bool more;            /* it named a next one */
    } last;
    struct ids ids, on_page, addresses;
    int empty; /* pages in a row with nothing */
    bool anew; /* the list was begun anew: all may have been there before */
};

/* Begins the page at URL. -1 with the error: it was there before, or there are too many. */
int walk_page(struct walk *walk, const char *url);
/* The same page from its beginning. */
void walk_again(struct walk *walk);
/* The list from its first page, which walk_page() begins: a page's mark is no more. */
void walk_anew(struct walk *walk);
/* Bytes of it; false with the error. */
bool walk_feed(struct walk *walk, const char *bytes, size_t length);
/* It has ended: appends to NEXT the next page's address as it is named there (relative to URL or
 * whole), nothing where it was the last. LINK: the header of that name, "" if there is none. Its
 * things wait for walk_things(); meanwhile the next page may begin, but not end. */
int walk_end(struct walk *walk, const char *url, const char *link, struct text *next);
/* The things of the page that ended, each to SEEN. -1 with the error. */
int walk_things(struct walk *walk);
void walk_free(struct walk *walk);

#endif
