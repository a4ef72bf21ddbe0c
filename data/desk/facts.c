/* facts.c: facts as text, one NAME=VALUE a line; and bags of them. */
#include <stdlib.h>
#include <string.h>

#include "data/desk/inside.h"

void fact_put_n(struct text *facts, const char *name, const char *value, size_t length)
{
    text_addf(facts, "%s=", name);
    for (size_t i = 0; i < length; i++) {
        if (value[i] == '\n') {
            text_add(facts, "\\n");
        } else if (value[i] == '\\') {
            text_add(facts, "\\\\");
        } else {
            text_add_n(facts, &value[i], 1);
        }
    }
    text_add(facts, "\n");
}

void fact_put(struct text *facts, const char *name, const char *value)
{
    fact_put_n(facts, name, value, strlen(value));
}

void fact_put_int(struct text *facts, const char *name, int64_t number)
{
    text_addf(facts, "%s=", name);
    text_add_int(facts, number);
    text_add(facts, "\n");
}

void fact_put_decimal(struct text *facts, const char *name, int64_t micro)
{
    text_addf(facts, "%s=", name);
    text_add_decimal(facts, micro);
    text_add(facts, "\n");
}

void fact_put_day(struct text *facts, const char *name, int32_t day)
{
    char out[DAY_TEXT];
    if (day != DAY_NONE) {
        fact_put(facts, name, day_format(day, out));
    }
}

bool fact_next(const char **at, const char *end, const char **name, size_t *name_length,
               const char **value, size_t *value_length)
{
    while (*at < end) {
        const char *stop = memchr(*at, '\n', (size_t)(end - *at));
        stop = stop ? stop : end;
        const char *equals = memchr(*at, '=', (size_t)(stop - *at));
        *name = *at;
        *at = stop < end ? stop + 1 : end;
        if (equals) {
            *name_length = (size_t)(equals - *name);
            *value = equals + 1;
            *value_length = (size_t)(stop - equals - 1);
            return true;
        }
    }
    return false;
}

const char *fact_unescape(struct arena *arena, const char *value, size_t length)
{
    char *out = arena_take(arena, length + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < length; i++) {
        bool escape = value[i] == '\\' && i + 1 < length;
        i += escape;
        out[n++] = escape && value[i] == 'n' ? '\n' : value[i];
    }
    return out ? out : "";
}

const char *fact_find(const char *facts, const char *wanted, struct arena *arena)
{
    const char *at = facts, *end = facts + strlen(facts), *name, *value;
    size_t name_length, length, wanted_length = strlen(wanted);
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (name_length == wanted_length && memcmp(name, wanted, wanted_length) == 0) {
            return fact_unescape(arena, value, length);
        }
    }
    return NULL;
}

static struct bag_fact *find(const struct bag *bag, const char *name)
{
    for (size_t i = 0; i < bag->count; i++) {
        if (strcmp(bag->facts[i].name, name) == 0) {
            return &bag->facts[i];
        }
    }
    return NULL;
}

const char *bag_get(const struct bag *bag, const char *name)
{
    const struct bag_fact *fact = find(bag, name);
    return fact ? fact->value : NULL;
}

bool bag_set(struct bag *bag, const char *name, const char *value)
{
    struct bag_fact *fact = find(bag, name);
    if (fact) {
        fact->value = value;
        return true;
    }
    if (bag->count == bag->capacity) {
        size_t capacity = bag->capacity ? bag->capacity * 2 : 16;
        struct bag_fact *grown = realloc(bag->facts, capacity * sizeof *grown);
        if (!grown) {
            bag->failed = true;
            return false;
        }
        bag->facts = grown;
        bag->capacity = capacity;
    }
    bag->facts[bag->count++] = (struct bag_fact){name, value};
    return true;
}

void bag_free(struct bag *bag)
{
    free(bag->facts);
    *bag = (struct bag){0};
}
