/* walk.c: pages of a list. */
#include "data/vendor/walk.h"

#include <jansson.h>
#include <string.h>

#include "data/vendor/origin.h"

enum { EMPTY_MOST = 3 };

static const char *list_of(const struct walk *walk)
{
    return kind_names[walk->kind].list;
}

static int wrong_at(struct walk *walk, const struct text *where, const char *sentence,
                    const char *a, const char *b)
{
    return error_set4(walk->error, ERROR_ENVIRONMENT, sentence, text_bytes(where), a, b, NULL);
}

static int wrong(struct walk *walk, const char *sentence, const char *a, const char *b)
{
    return wrong_at(walk, &walk->where, sentence, a, b);
}

/* ---- a thing ---- */

static bool note_id(struct walk *walk, const char *uid)
{
    size_t length = strlen(uid);
    enum ids_add added = ids_add(&walk->on_page, uid, length, walk->error);
    if (added == IDS_AGAIN) {
        wrong_at(walk, &walk->last.where, N_("%1: the page shows %2 twice"), uid, NULL);
    }
    if (added != IDS_NEW) {
        return false;
    }
    added = ids_add(&walk->ids, uid, length, walk->error);
    walk->last.fresh += added == IDS_NEW;
    walk->again += added == IDS_AGAIN;
    return added != IDS_FAILED;
}

/* RAW, of this region alone. */
static bool salted(const char *salt, uint8_t raw[SEEN_RAW])
{
    uint8_t plain[SEEN_RAW];
    memcpy(plain, raw, SEEN_RAW);
    return raw_digest(salt, (const char *)plain, SEEN_RAW, raw);
}

static bool look_at(struct walk *walk, const char *bytes, size_t length)
{
    struct walk_last *page = &walk->last;
    struct seen seen;
    uint8_t raw[SEEN_RAW];
    walk->rows++;
    page->count++;
    if (walk->kind == KIND_PROVIDER || walk->kind == KIND_METER) {
        page->fresh++;
        return walk->seen(walk->context, NULL, bytes, length, walk->error) == 0;
    }
    if (!raw_digest(kind_names[walk->kind].kind, bytes, length, raw) ||
        (walk->salt && !salted(walk->salt, raw))) {
        error_memory(walk->error);
        return false;
    }
    enum raws_see see = walk->known ? raws_see(walk->known, raw, walk->error) : RAWS_NEW;
    bool known = see == RAWS_KNOWN || see == RAWS_AGAIN;
    walk->same += see == RAWS_KNOWN && !walk->all;
    page->fresh += see == RAWS_KNOWN;
    walk->again += see == RAWS_AGAIN && !walk->anew;
    if (see == RAWS_FAILED) {
        return false;
    }
    if (known && !walk->all) {
        return true;
    }
    if (!read_thing(walk->reader, walk->kind, bytes, length, &seen)) {
        read_error(walk->reader, walk->kind, text_bytes(&page->where), page->count, walk->error);
        return false;
    }
    memcpy(seen.raw, raw, SEEN_RAW);
    return (known || note_id(walk, seen.uid)) &&
           walk->seen(walk->context, &seen, bytes, length, walk->error) == 0;
}

int walk_things(struct walk *walk)
{
    struct walk_last *page = &walk->last;
    const char *at = text_bytes(&page->things), *end = at + page->things.length;
    size_t length = 0;
    for (; at < end; at += length) {
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        if (!look_at(walk, at, length)) {
            return -1;
        }
    }
    text_clear(&page->things);
    return page->more && page->count && !page->fresh && !walk->anew
               ? wrong_at(walk, &page->where,
                          N_("%1: the pages go in a circle: all of this one was there before"),
                          NULL, NULL)
               : 0;
}

/* ---- a page ---- */

/* Kept until the page is whole. */
static bool keep(void *context, const char *bytes, size_t length)
{
    struct walk *walk = context;
    text_add_n(&walk->things, (const char *)&length, sizeof length);
    text_add_n(&walk->things, bytes, length);
    if (walk->things.failed) {
        error_memory(walk->error);
    }
    return !walk->things.failed;
}

static void begin(struct walk *walk)
{
    cut_start(&walk->cut, list_of(walk), keep, walk);
    text_clear(&walk->things);
    walk->things.most = SIZE_MAX; /* an answer has its own */
}

int walk_page(struct walk *walk, const char *url)
{
    struct text most = {0};
    text_clear(&walk->where);
    url_show(url, &walk->where);
    text_addf(&walk->where, " #%d", ++walk->page);
    begin(walk);
    enum ids_add added = ids_add(&walk->addresses, url, strlen(url), walk->error);
    if (added != IDS_NEW) { /* an error that is set stays */
        return wrong(walk, N_("%1: the pages go in a circle: this address was there before"), NULL,
                     NULL);
    }
    if (walk->page > walk->pages_most) {
        text_add_int(&most, walk->pages_most);
        wrong(walk, N_("%1: the list has more than %2 pages"), text_bytes(&most), NULL);
        text_free(&most);
        return -1;
    }
    return 0;
}

void walk_again(struct walk *walk)
{
    begin(walk);
}

void walk_anew(struct walk *walk)
{
    ids_free(&walk->ids);
    ids_free(&walk->addresses);
    walk->page = 0;
    walk->empty = 0;
    walk->anew = true;
}

static int cut_wrong(struct walk *walk)
{
    static const char *const sentences[] = {
        [CUT_FORM] = N_("%1: what came is no JSON with a list “%2”"),
        [CUT_LARGE] = N_("%1: one of “%2”, or what stands around them, is larger than any is"),
        [CUT_DEEP] = N_("%1: “%2” is nested more deeply than any is"),
        [CUT_SHORT] = N_("%1: the page ends in the middle"),
        [CUT_NONE] = N_("%1: there is no list “%2” in the page"),
    };
    if (walk->cut.fault == CUT_STOPPED) {
        return -1; /* and the error is set */
    }
    return wrong(walk, sentences[walk->cut.fault], list_of(walk), NULL);
}

bool walk_feed(struct walk *walk, const char *bytes, size_t length)
{
    return cut_feed(&walk->cut, bytes, length) || cut_wrong(walk) == 0;
}

/* ---- the next one ---- */

/* {"links": {"next": …}} or {"x_links": [{"rel": "next", "href": …}]}; NULL: the last. */
static const char *next_of(const json_t *links)
{
    const char *next = json_string_value(json_object_get(links, "next"));
    for (size_t i = 0; !next && i < json_array_size(links); i++) {
        const json_t *link = json_array_get(links, i);
        const char *rel = json_string_value(json_object_get(link, "rel"));
        next = rel && strcmp(rel, "next") == 0 ? json_string_value(json_object_get(link, "href"))
                                               : NULL;
    }
    return next;
}

/* Link: <address>; rel="next". */
static void next_in_header(const char *link, struct text *next)
{
    const char *rel = strstr(link, "rel=\"next\""), *begin = NULL;
    for (const char *at = link; rel && at < rel; at++) {
        begin = *at == '<' ? at + 1 : begin;
    }
    if (begin) {
        text_add_n(next, begin, strcspn(begin, ">"));
    }
}

static int judge_frame(struct walk *walk, struct text *next)
{
    json_error_t where;
    const struct text *frame = &walk->cut.frame;
    json_t *root = json_loadb(text_bytes(frame), frame->length, JSON_REJECT_DUPLICATES, &where);
    if (!root) {
        return wrong(walk, N_("%1: what stands around the list is no JSON that is read: %2"),
                     where.text, NULL);
    }
    const char *found = next_of(json_object_get(root, kind_names[walk->kind].links));
    text_add(next, found ? found : "");
    json_decref(root);
    return 0;
}

/* The things of the page that is whole wait, and the memory of those before is taken again. */
static void set_aside(struct walk *walk, bool more)
{
    struct text things = walk->last.things, where = walk->last.where;
    walk->last = (struct walk_last){.things = walk->things, .where = where, .more = more};
    walk->things = things;
    text_clear(&walk->last.where);
    text_add(&walk->last.where, text_bytes(&walk->where));
    ids_free(&walk->on_page);
}

int walk_end(struct walk *walk, const char *url, const char *link, struct text *next)
{
    struct text named = {0};
    if (!cut_end(&walk->cut)) {
        return cut_wrong(walk);
    }
    if (judge_frame(walk, &named) != 0) {
        return -1;
    }
    if (!named.length) {
        next_in_header(link, &named);
    }
    bool more = named.length > 0;
    if (more && !url_resolve(url, text_bytes(&named), next)) {
        wrong(walk, N_("%1: the next page is at no address: %2"), text_bytes(&named), NULL);
    }
    text_free(&named);
    walk->empty = walk->cut.count ? 0 : walk->empty + 1;
    if (more && walk->empty >= EMPTY_MOST) {
        return wrong(walk, N_("%1: page after page is empty, and names a next one"), NULL, NULL);
    }
    set_aside(walk, more);
    return walk->error->code == ERROR_NONE ? 0 : -1;
}

void walk_free(struct walk *walk)
{
    cut_free(&walk->cut);
    ids_free(&walk->ids);
    ids_free(&walk->on_page);
    ids_free(&walk->addresses);
    text_free(&walk->where);
    text_free(&walk->things);
    text_free(&walk->last.things);
    text_free(&walk->last.where);
}
