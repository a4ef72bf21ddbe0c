/* cut.c: brackets and strings, and no more of JSON than that. */
#include "data/vendor/cut.h"

#include <string.h>

void cut_start(struct cut *cut, const char *list,
               bool (*element)(void *context, const char *bytes, size_t length), void *context)
{
    text_clear(&cut->held);
    text_clear(&cut->frame);
    *cut = (struct cut){.list = list,
                        .element = element,
                        .context = context,
                        .held = cut->held,
                        .frame = cut->frame};
    cut->held.most = CUT_ELEMENT_MOST;
    cut->frame.most = CUT_FRAME_MOST;
}

void cut_free(struct cut *cut)
{
    text_free(&cut->held);
    text_free(&cut->frame);
}

static bool fail(struct cut *cut, enum cut_fault fault)
{
    cut->fault = cut->fault == CUT_GOOD ? fault : cut->fault;
    return false;
}

/* ---- within an element, where most bytes are ---- */

enum { STOPS_TEXT = 1, STOPS_STRING = 2 };
static const unsigned char stops[256] = {
    ['"'] = STOPS_TEXT | STOPS_STRING,
    ['\\'] = STOPS_STRING,
    ['{'] = STOPS_TEXT,
    ['['] = STOPS_TEXT,
    ['}'] = STOPS_TEXT,
    [']'] = STOPS_TEXT,
};

static size_t skip(const char *bytes, size_t at, size_t length, unsigned char until)
{
    while (at < length && !(stops[(unsigned char)bytes[at]] & until)) {
        at++;
    }
    return at;
}

/* To behind the closing quote, or to the end of the bytes. */
static size_t skip_string(struct cut *cut, const char *bytes, size_t at, size_t length)
{
    while (at < length && cut->string) {
        if (cut->escaped) {
            cut->escaped = false;
            at++;
        } else if ((at = skip(bytes, at, length, STOPS_STRING)) < length) {
            cut->escaped = bytes[at] == '\\';
            cut->string = cut->escaped;
            at++;
        }
    }
    return at;
}

static bool deeper(struct cut *cut)
{
    return ++cut->depth <= CUT_DEPTH_MOST || fail(cut, CUT_DEEP);
}

/* To behind the element, or to the end of the bytes. */
static size_t skip_element(struct cut *cut, const char *bytes, size_t at, size_t length)
{
    while (at < length && cut->within) {
        if (cut->string) {
            at = skip_string(cut, bytes, at, length);
        } else if ((at = skip(bytes, at, length, STOPS_TEXT)) < length) {
            char c = bytes[at++];
            if (c == '"') {
                cut->string = true;
            } else if (c == '}' || c == ']') {
                cut->within = --cut->depth > cut->base;
            } else if (!deeper(cut)) {
                return length;
            }
        }
    }
    return at;
}

static bool hand_over(struct cut *cut, const char *bytes, size_t length)
{
    bool parted = cut->held.length > 0;
    if (parted || cut->within) {
        text_add_n(&cut->held, bytes, length);
    }
    if (cut->held.failed || length > CUT_ELEMENT_MOST) {
        return fail(cut, CUT_LARGE);
    }
    if (cut->within) {
        return true;
    }
    cut->count++;
    bool more = parted ? cut->element(cut->context, cut->held.bytes, cut->held.length)
                       : cut->element(cut->context, bytes, length);
    text_clear(&cut->held);
    return more || fail(cut, CUT_STOPPED);
}

/* ---- around the elements ---- */

/* A byte between the elements. */
static bool between(struct cut *cut, char c)
{
    if (c == ',' && cut->want == CUT_COMMA) {
        cut->want = CUT_NEXT;
        return true;
    }
    if ((c == '{' || c == '[') && cut->want != CUT_COMMA) {
        cut->want = CUT_COMMA;
        cut->within = true;
        return true;
    }
    if (c == ']' && cut->want != CUT_NEXT) {
        cut->base = 0;
        cut->depth--;
        text_add(&cut->frame, "]");
        return true;
    }
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || fail(cut, CUT_FORM);
}

/* The string that ended last is the list's name. */
static bool is_name(const struct cut *cut)
{
    size_t length = cut->list ? strlen(cut->list) : 0;
    return cut->list && cut->key_to - cut->key_from == length &&
           memcmp(cut->frame.bytes + cut->key_from, cut->list, length) == 0;
}

static bool open_bracket(struct cut *cut, char c)
{
    bool list = c == '[' && (cut->list ? cut->depth == 1 && cut->named : cut->depth == 0);
    if (!deeper(cut)) {
        return false;
    }
    if (list) {
        cut->base = cut->depth;
        cut->want = CUT_FIRST;
        return ++cut->found == 1 || fail(cut, CUT_FORM);
    }
    return true;
}

/* A byte of the frame. */
static bool around(struct cut *cut, char c)
{
    text_add_n(&cut->frame, &c, 1);
    if (cut->frame.failed) {
        return fail(cut, CUT_LARGE);
    }
    if (cut->string) {
        bool ends = c == '"' && !cut->escaped;
        cut->escaped = c == '\\' && !cut->escaped;
        cut->string = !ends;
        cut->key_to = ends && cut->depth == 1 ? cut->frame.length - 1 : cut->key_to;
    } else if (c == '"') {
        cut->string = true;
        cut->key_from = cut->depth == 1 ? cut->frame.length : cut->key_from;
    } else if (c == '{' || c == '[') {
        return open_bracket(cut, c);
    } else if (c == '}' || c == ']') {
        return --cut->depth >= 0 || fail(cut, CUT_FORM);
    } else if (cut->depth == 1 && (c == ':' || c == ',')) {
        cut->named = c == ':' && is_name(cut);
    }
    return true;
}

bool cut_feed(struct cut *cut, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length && cut->fault == CUT_GOOD;) {
        if (cut->within) {
            size_t from = at;
            at = skip_element(cut, bytes, at, length);
            if (cut->fault == CUT_GOOD) {
                hand_over(cut, bytes + from, at - from);
            }
        } else if (cut->base) {
            between(cut, bytes[at]);
            at += !cut->within; /* the bracket is the element's own */
        } else {
            around(cut, bytes[at++]);
        }
    }
    return cut->fault == CUT_GOOD;
}

bool cut_end(struct cut *cut)
{
    if (cut->fault == CUT_GOOD && (cut->depth != 0 || cut->string || !cut->frame.length)) {
        return fail(cut, CUT_SHORT);
    }
    if (cut->fault == CUT_GOOD && cut->found == 0) {
        return fail(cut, CUT_NONE);
    }
    return cut->fault == CUT_GOOD;
}
