/* refusal.c: the message out of a refusal. */
#include "data/vendor/refusal.h"

#include <jansson.h>
#include <string.h>

enum { LINE_MOST = 300 };

void refusal_line(const char *text, size_t length, struct text *out)
{
    size_t from = out->length;
    bool blank = true; /* one of several, and none at the front */
    for (size_t at = 0; at < length && out->length - from < LINE_MOST;) {
        size_t step = utf8_length(text + at, length - at);
        unsigned char byte = (unsigned char)text[at];
        if (byte <= ' ' || byte == 0x7f) {
            text_add_n(out, " ", blank ? 0 : 1);
            blank = true;
        } else {
            text_add_n(out, step ? text + at : "?", step ? step : 1);
            blank = false;
        }
        at += step ? step : 1;
    }
    while (out->length > from && out->bytes[out->length - 1] == ' ') {
        text_cut(out, out->length - 1);
    }
}

static bool begins(const char *bytes, size_t length, const char *with)
{
    return length >= strlen(with) && memcmp(bytes, with, strlen(with)) == 0;
}

/* The text outside <…>, without what stands in the head. */
static void html_text(const char *bytes, size_t length, struct text *out)
{
    struct text plain = {0};
    bool within = false, head = false;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '<') {
            within = true;
            head = (head || begins(bytes + i, length - i, "<head")) &&
                   !begins(bytes + i, length - i, "</head");
            text_add(&plain, " ");
        } else if (bytes[i] == '>') {
            within = false;
        } else if (!within && !head) {
            text_add_n(&plain, bytes + i, 1);
        }
    }
    refusal_line(text_bytes(&plain), plain.length, out);
    text_free(&plain);
}

static const char *said_in(const json_t *object)
{
    static const char *const names[] = {"message", "detail", "description", "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = json_string_value(json_object_get(object, names[i]));
        if (text && *text) {
            return text;
        }
    }
    return NULL;
}

/* Keystone: {"error": {"message"}}; Nova, Cinder, Neutron: {"aFault": {"message"}}; Placement:
 * {"errors": [{"detail"}]}; Gnocchi: {"description"}. */
static const char *json_message(json_t *root)
{
    const char *key, *text = said_in(root);
    json_t *value;
    if (text) {
        return text;
    }
    json_object_foreach(root, key, value)
    {
        text = said_in(json_is_array(value) ? json_array_get(value, 0) : value);
        if (text) {
            return text;
        }
    }
    return NULL;
}

void refusal_text(const char *bytes, size_t length, struct text *out)
{
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_message(root);
    if (text) {
        refusal_line(text, strlen(text), out);
    } else if (length > 0 && bytes[0] == '<') {
        html_text(bytes, length, out);
    } else {
        refusal_line(bytes, length, out);
    }
    json_decref(root);
}
