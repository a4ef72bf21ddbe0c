/* row.c: a resource as bytes. */
#include "data/vendor/row.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 12, BETWEEN = 0x1f, BEHIND = 0x1e };

/* How many bytes at TEXT a blank stands for; 0: none, they go as they are. */
static size_t blanked(const char *text, bool lines)
{
    const unsigned char *t = (const unsigned char *)text;
    if (t[0] < 0x20 || t[0] == 0x7f) {
        return lines && t[0] == '\n' ? 0 : 1;
    }
    char three[4] = {text[0], t[0] ? text[1] : '\0', t[0] && t[1] ? text[2] : '\0', '\0'};
    char two[3] = {three[0], three[1], '\0'};
    bool obeyed = t[0] == 0xc2 && text_controls(two);
    return obeyed || (t[0] == 0xd8 && text_turns(two)) ? 2
           : t[0] == 0xe2 && text_turns(three)         ? 3
                                                       : 0;
}

/* LENGTH, or less: where a character begins. */
static size_t whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
        length--;
    }
    return length;
}

static void put_text(struct text *out, const char *text, size_t most, bool lines)
{
    size_t length = strlen(text), from = 0;
    length = length > most ? whole_characters(text, most) : length;
    for (size_t at = 0; at < length;) {
        size_t blank = blanked(text + at, lines);
        if (blank) {
            text_add_n(out, text + from, at - from);
            text_add(out, " ");
            from = at + blank;
        }
        at += blank ? blank : 1;
    }
    if (from < length) {
        text_add_n(out, text + from, length - from);
    }
}

void raw_put(struct text *out, const uint8_t raw[SEEN_RAW])
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * SEEN_RAW];
    for (int i = 0; i < SEEN_RAW; i++) {
        hex[2 * i] = digits[raw[i] >> 4];
        hex[2 * i + 1] = digits[raw[i] & 15];
    }
    text_add_n(out, hex, sizeof hex);
}

static void put_amount(struct text *out, int64_t amount)
{
    if (amount >= 0) {
        text_add_int(out, amount);
    }
}

static void put_between(struct text *out)
{
    static const char between = BETWEEN;
    text_add_n(out, &between, 1);
}

bool seen_put(const struct seen *seen, struct text *out)
{
    static const char behind = BEHIND;
    const char *const texts[] = {seen->kind, seen->uid,    seen->region, seen->project,
                                 seen->name, seen->status, seen->zone};
    const int64_t amounts[] = {seen->vcpus, seen->ram, seen->disk};
    size_t before = out->length;
    if (!*seen->kind || !*seen->uid || strlen(seen->facts) > SEEN_FACTS_MOST) {
        return false;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_text(out, texts[i], SEEN_TEXT_MOST, false);
        put_between(out);
    }
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        put_amount(out, amounts[i]);
        put_between(out);
    }
    raw_put(out, seen->raw);
    put_between(out);
    put_text(out, seen->facts, SEEN_FACTS_MOST, true);
    text_add_n(out, &behind, 1);
    if (out->failed) {
        text_cut(out, before);
    }
    return !out->failed;
}

void seen_fact(struct text *facts, const char *name, const char *value, size_t length)
{
    text_addf(facts, "%s=", name);
    for (size_t i = 0; i < length; i++) {
        bool escaped = value[i] == '\n' || value[i] == '\\';
        text_add(facts, value[i] == '\n' ? "\\n" : escaped ? "\\\\" : "");
        text_add_n(facts, value + i, escaped ? 0 : 1);
    }
    text_add(facts, "\n");
}

/* ---- taking ---- */

static bool take_amount(const char *text, int64_t *out)
{
    char *end;
    *out = -1;
    if (!*text) {
        return true;
    }
    if (strlen(text) > 15 || text[strspn(text, "0123456789")] != '\0') {
        return false;
    }
    *out = strtoll(text, &end, 10);
    return true;
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

bool raw_parse(const char *hex, uint8_t out[SEEN_RAW])
{
    for (int i = 0; i < SEEN_RAW; i++) {
        int high = digit(hex[2 * i]), low = high < 0 ? -1 : digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* Parts the row that begins at AT into its members; where it ends, NULL where it is none. */
static char *part(char *at, const char *end, const char *members[MEMBERS])
{
    for (int i = 0; i < MEMBERS; i++) {
        char *stop = memchr(at, i + 1 < MEMBERS ? BETWEEN : BEHIND, (size_t)(end - at));
        if (!stop || memchr(at, '\0', (size_t)(stop - at))) {
            return NULL;
        }
        members[i] = at;
        *stop = '\0';
        at = stop + 1;
    }
    return at;
}

bool seen_take(char **at, char *end, struct seen *out)
{
    const char *m[MEMBERS];
    char *next = *at < end ? part(*at, end, m) : NULL;
    if (!next) {
        return false;
    }
    *out = (struct seen){.kind = m[0],
                         .uid = m[1],
                         .region = m[2],
                         .project = m[3],
                         .name = m[4],
                         .status = m[5],
                         .zone = m[6],
                         .facts = m[11]};
    bool good = *m[0] && *m[1] && take_amount(m[7], &out->vcpus) && take_amount(m[8], &out->ram) &&
                take_amount(m[9], &out->disk) && strlen(m[10]) == 2 * (size_t)SEEN_RAW &&
                raw_parse(m[10], out->raw);
    if (good) {
        *at = next;
    }
    return good;
}

size_t seen_length(const char *rows, size_t length, size_t *most)
{
    size_t at = 0;
    while (*most > 0 && at < length) {
        const char *end = memchr(rows + at, BEHIND, length - at);
        at = end ? (size_t)(end - rows) + 1 : length;
        --*most;
    }
    return at;
}
