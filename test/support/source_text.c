/* source_text.c: a policy from a string, for tests of core/ alone. */
#include "test/support/source_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KEYS_MOST = 2000 };

struct reading {
    struct arena *arena;
    struct source_key *keys;
    struct spot *spots;
    size_t count;
    const char *section;
    struct place section_place;
};

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
    while (from < to && *from == ' ') {
        from++;
    }
    while (to > from && to[-1] == ' ') {
        to--;
    }
    return arena_text(arena, from, (size_t)(to - from));
}

static void read_line(struct reading *reading, const char *line, const char *end, int32_t number)
{
    const char *equals = memchr(line, '=', (size_t)(end - line));
    if (*line == '[') {
        reading->section = arena_text(reading->arena, line + 1, (size_t)(end - line) - 2);
        reading->section_place = (struct place){number, 1};
    } else if (equals) {
        assert_true(reading->count < KEYS_MOST);
        const char *value = equals + 1 + strspn(equals + 1, " ");
        struct spot *spot = &reading->spots[reading->count];
        *spot = (struct spot){
            0, {number, (int32_t)utf8_count(line, (size_t)(value - line)) + 1}, value};
        reading->keys[reading->count++] = (struct source_key){
            .section = reading->section,
            .key = trimmed(reading->arena, line, equals),
            .value = trimmed(reading->arena, value, end),
            .section_place = reading->section_place,
            .key_place = {number, 1},
            .spots = spot,
            .spot_count = value < end,
        };
    }
}

struct draft *draft_of_text(const char *text, struct findings *findings)
{
    struct reading reading = {.arena = arena_new(), .section = ""};
    assert_non_null(reading.arena);
    reading.keys = arena_array(reading.arena, KEYS_MOST, sizeof *reading.keys);
    reading.spots = arena_array(reading.arena, KEYS_MOST, sizeof *reading.spots);
    assert_non_null(reading.keys);
    assert_non_null(reading.spots);
    int32_t number = 1;
    for (const char *line = text; *line; number++) {
        const char *end = line + strcspn(line, "\n");
        if (end > line) {
            read_line(&reading, line, end, number);
        }
        line = end + (*end == '\n');
    }
    struct source source = {reading.keys, reading.count};
    struct draft *draft = draft_new(&source, findings);
    assert_non_null(draft);
    arena_free(reading.arena);
    return draft;
}

char *findings_text(const struct findings *findings)
{
    struct text text = {0};
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        text_addf(&text, "%d:%d %s%s%s: ", (int)finding->place.line, (int)finding->place.column,
                  finding->thing, finding->key[0] ? " " : "", finding->key);
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        text_addf(&text, "%s%s\n", finding->answers[0] ? " | " : "", finding->answers);
    }
    char *kept = calloc(1, text.length + 1);
    assert_non_null(kept);
    memcpy(kept, text_bytes(&text), text.length);
    text_free(&text);
    return kept;
}
