/* phrase.c: the braces in the sample city's files, filled in. */
#include "data/sample/phrase.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 8 }; /* names within names */

/* ---- choices ---- */

static uint64_t mix(uint64_t number)
{
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

uint64_t phrase_draw(struct phrase *phrase, uint64_t bound)
{
    phrase->seed += UINT64_C(0x9e3779b97f4a7c15);
    return mix(phrase->seed) % bound;
}

uint64_t phrase_seed(const char *text, uint64_t number)
{
    uint64_t seed = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++) {
        seed = (seed ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return mix(seed ^ mix(number + 1));
}

/* ---- names ---- */

bool phrase_set(struct phrase *phrase, const char *name, const char *value)
{
    size_t i = 0;
    while (i < phrase->count && strcmp(phrase->names[i], name) != 0) {
        i++;
    }
    if (i == PHRASE_NAMES_MOST) {
        return false;
    }
    phrase->names[i] = arena_text(phrase->arena, name, strlen(name));
    phrase->values[i] = arena_text(phrase->arena, value, strlen(value));
    phrase->count += i == phrase->count;
    return true;
}

const char *phrase_get(const struct phrase *phrase, const char *name)
{
    for (size_t i = 0; i < phrase->count; i++) {
        if (strcmp(phrase->names[i], name) == 0) {
            return phrase->values[i];
        }
    }
    return phrase->common ? phrase_get(phrase->common, name) : NULL;
}

/* ---- what stands in braces ---- */

/* +3, -3, +30d, -1m, -1m1; 0y: the year */
static bool fill_date(const struct phrase *phrase, const char *text, struct text *out)
{
    char *end, day_text[DAY_TEXT];
    long number = strtol(text, &end, 10);
    int32_t day = DAY_NONE;
    int year, month;
    if (*end == '\0') {
        day = calendar_add(phrase->revision, phrase->day, number);
    } else if (strcmp(end, "d") == 0) {
        day = day_add(phrase->day, number);
    } else if (strcmp(end, "m") == 0 || strcmp(end, "m1") == 0) {
        day = day_add_months(phrase->day, number);
        if (end[1] && day != DAY_NONE) {
            day_to_civil(day, &year, &month, NULL);
            day_from_civil(year, month, 1, &day);
        }
    }
    if (strcmp(end, "y") == 0) {
        day = phrase->day;
        day_to_civil(day, &year, &month, NULL);
        text_add_int(out, year + number);
        return true;
    }
    text_add(out, day == DAY_NONE ? "" : day_format(day, day_text));
    return day != DAY_NONE;
}

static bool fill_range(struct phrase *phrase, const char *text, struct text *out)
{
    char *end;
    long low = strtol(text, &end, 10);
    long high = strncmp(end, "..", 2) == 0 ? strtol(end + 2, &end, 10) : low - 1;
    if (*end || high < low) {
        return false;
    }
    text_add_int(out, low + (long)phrase_draw(phrase, (uint64_t)(high - low) + 1));
    return true;
}

static void fill_choice(struct phrase *phrase, const char *text, struct text *out)
{
    uint64_t count = 1;
    for (const char *at = text; *at; at++) {
        count += *at == '|';
    }
    for (uint64_t skip = phrase_draw(phrase, count); skip > 0; skip--) {
        text = strchr(text, '|') + 1;
    }
    text_add_n(out, text, strcspn(text, "|"));
}

static bool fill_value(struct phrase *phrase, const char *text, struct text *out)
{
    const char *known = phrase_get(phrase, text);
    if (known) {
        const char *wrong;
        bool good =
            phrase->depth++ < DEPTH_MOST && phrase_fill(phrase, known, strlen(known), out, &wrong);
        phrase->depth--;
        return good;
    }
    if (*text == '+' || *text == '-') {
        return fill_date(phrase, text, out);
    }
    if (strchr(text, '|')) {
        fill_choice(phrase, text, out);
        return true;
    }
    return *text >= '0' && *text <= '9' && fill_range(phrase, text, out);
}

static bool fill_one(struct phrase *phrase, const char *text, struct text *out)
{
    const char *equals = strchr(text, '=');
    bool named = equals && *text >= 'a' && *text <= 'z';
    size_t from = out->length;
    if (!fill_value(phrase, named ? equals + 1 : text, out)) {
        return false;
    }
    return !named || phrase_set(phrase, arena_text(phrase->arena, text, (size_t)(equals - text)),
                                text_bytes(out) + from);
}

bool phrase_fill(struct phrase *phrase, const char *text, size_t length, struct text *out,
                 const char **wrong)
{
    const char *end = text + length;
    while (text < end) {
        const char *open = memchr(text, '{', (size_t)(end - text));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        if (!close) {
            text_add_n(out, text, (size_t)(end - text));
            return true;
        }
        text_add_n(out, text, (size_t)(open - text));
        *wrong = arena_text(phrase->arena, open + 1, (size_t)(close - open - 1));
        if (!fill_one(phrase, *wrong, out)) {
            return false;
        }
        text = close + 1;
    }
    return true;
}
