/* findings.c: what is wrong with a policy, collected, each once. */
#include <stdlib.h>
#include <string.h>

#include "core/compile.h"

struct findings {
    struct arena *arena;
    struct finding *items;
    size_t count, capacity;
    bool failed;
};

struct findings *findings_new(void)
{
    struct findings *findings = calloc(1, sizeof *findings);
    if (findings) {
        findings->arena = arena_new();
        if (!findings->arena) {
            free(findings);
            return NULL;
        }
    }
    return findings;
}

void findings_free(struct findings *findings)
{
    if (findings) {
        arena_free(findings->arena);
        free(findings->items);
        free(findings);
    }
}

size_t findings_count(const struct findings *findings)
{
    return findings->count;
}

const struct finding *findings_at(const struct findings *findings, size_t index)
{
    return &findings->items[index];
}

bool findings_failed(const struct findings *findings)
{
    return findings->failed || arena_failed(findings->arena);
}

static const char *keep(struct findings *findings, const char *text)
{
    return text ? arena_text(findings->arena, text, strlen(text)) : NULL;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same(const struct finding *a, const struct finding *b)
{
    bool alike = a->place.line == b->place.line && a->place.column == b->place.column &&
                 a->message.id == b->message.id && same_text(a->thing, b->thing) &&
                 same_text(a->key, b->key);
    for (int i = 0; i < 4; i++) {
        alike = alike && same_text(a->message.arg[i], b->message.arg[i]);
    }
    return alike;
}

static bool stands(const struct findings *findings, const struct finding *finding)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (same(&findings->items[i], finding)) {
            return true;
        }
    }
    return false;
}

/* More are of no use to anybody, and a hostile file must not take all memory. */
enum { MOST = 1000 };

void findings_add(struct findings *findings, struct place place, const char *thing, const char *key,
                  const char *answers, enum message_id id, const char *a, const char *b,
                  const char *c, const char *d)
{
    struct finding finding = {place, thing, key, answers, {id, {a, b, c, d}}};
    if (findings->count >= MOST || stands(findings, &finding)) {
        return;
    }
    if (findings->count == findings->capacity) {
        size_t capacity = findings->capacity ? findings->capacity * 2 : 16;
        struct finding *grown = realloc(findings->items, capacity * sizeof *grown);
        if (!grown) {
            findings->failed = true;
            return;
        }
        findings->items = grown;
        findings->capacity = capacity;
    }
    finding.thing = keep(findings, thing ? thing : "");
    finding.key = keep(findings, key ? key : "");
    finding.answers = keep(findings, answers ? answers : "");
    for (int i = 0; i < 4; i++) {
        finding.message.arg[i] = keep(findings, finding.message.arg[i]);
    }
    findings->items[findings->count++] = finding;
}

static int by_place(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    if (x->place.line != y->place.line) {
        return x->place.line < y->place.line ? -1 : 1;
    }
    if (x->place.column != y->place.column) {
        return x->place.column < y->place.column ? -1 : 1;
    }
    int thing = strcmp(x->thing, y->thing);
    return thing ? thing : strcmp(x->key, y->key);
}

void findings_sort(struct findings *findings)
{
    if (findings->count) {
        qsort(findings->items, findings->count, sizeof *findings->items, by_place);
    }
}
