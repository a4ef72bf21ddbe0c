/*
 * cut.h: cuts the elements of one list out of a page of JSON while it arrives.
 *
 * A page is an object with a member that is the list ({"servers": [ … ], "servers_links": [ … ]}),
 * or a list alone. Each element, an object or a list, is handed over as its raw bytes and is to be
 * parsed by itself, or not at all where its digest is known; so memory does not grow with the page.
 * What stands around the elements is kept as the page's frame ({"servers": [], "servers_links":
 * …}), which is as short as it is dull, for jansson to judge when the page is whole.
 */
#ifndef YUNTAI_DATA_VENDOR_CUT_H
#define YUNTAI_DATA_VENDOR_CUT_H

#include "core/text.h"

enum {
    CUT_ELEMENT_MOST = 256 << 10, /* bytes of an element */
    CUT_FRAME_MOST = 64 << 10,    /* bytes of what stands around them */
    CUT_DEPTH_MOST = 32           /* of nesting, anywhere in the page */
};

enum cut_fault {
    CUT_GOOD,
    CUT_FORM,   /* no JSON, or no page of that form */
    CUT_LARGE,  /* an element, or the frame */
    CUT_DEEP,   /* nested too deeply */
    CUT_SHORT,  /* it ends in the middle */
    CUT_NONE,   /* no list of that name */
    CUT_STOPPED /* `element` wanted no more */
};

struct cut {
    const char *list; /* the member's name, without escapes; NULL: the page is the list */
    /* The bytes of an element, valid during the call; false: no more of them. */
    bool (*element)(void *context, const char *bytes, size_t length);
    void *context;

    enum cut_fault fault;
    int64_t count; /* elements handed over */
    /* cut.c's own */
    struct text held;  /* the beginning of an element that is not whole */
    struct text frame; /* the page without its elements */
    int depth, base;   /* BASE: the depth within the list; 0 elsewhere */
    int found;         /* lists of that name */
    bool string, escaped;
    bool within;                                  /* an element */
    bool named;                                   /* the member at hand is the list */
    enum { CUT_FIRST, CUT_NEXT, CUT_COMMA } want; /* within the list */
    size_t key_from, key_to;                      /* the last string of depth 1, in the frame */
};

/* LIST as above, which stays the caller's. */
void cut_start(struct cut *cut, const char *list,
               bool (*element)(void *context, const char *bytes, size_t length), void *context);
/* The next bytes of the page; false: a fault, and it stays so. */
bool cut_feed(struct cut *cut, const char *bytes, size_t length);
/* The page has ended. Its frame is in `frame`, still to be judged; false: a fault. */
bool cut_end(struct cut *cut);
void cut_free(struct cut *cut);

#endif
