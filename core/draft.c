/* draft.c: the keys of a file sorted into things (POLICY guide, section 2), and answers put in
 * (section 10). */
#include "core/draft.h"

#include <stdlib.h>
#include <string.h>

#include "core/draft_short.h"

static struct draft *draft_blank(struct arena *arena)
{
    struct draft *draft = arena ? arena_take(arena, sizeof *draft) : NULL;
    if (draft) {
        draft->arena = arena;
        draft->paths = names_new(arena);
    }
    return draft && draft->paths ? draft : NULL;
}

void draft_free(struct draft *draft)
{
    if (draft) {
        arena_free(draft->arena);
    }
}

size_t draft_count(const struct draft *draft)
{
    return draft->count;
}

const struct draft_thing *draft_at(const struct draft *draft, size_t index)
{
    return &draft->things[index].thing;
}

struct making *draft_making(const struct draft *draft, const char *path, size_t length)
{
    int32_t symbol = names_find(draft->paths, path, length);
    return symbol ? &draft->things[symbol - 1] : NULL;
}

/* Appends PART with a dot before it to the path of LENGTH bytes; its length, 0 where it is too
 * long. */
static size_t path_add(char *path, size_t size, size_t length, const char *part)
{
    size_t more = strlen(part);
    if (length == 0 || length + 1 + more > size) {
        return 0;
    }
    path[length] = '.';
    memcpy(path + length + 1, part, more);
    return length + 1 + more;
}

const struct draft_thing *draft_find(const struct draft *draft, enum kind kind, const char *owner,
                                     const char *name)
{
    enum { PATH_MOST = 2304 }; /* a line has 1024 bytes at the most, and so has a name */
    const struct kind_info *about = language_kind(kind);
    char path[PATH_MOST];
    size_t length = strlen(about->name);
    memcpy(path, about->name, length);
    length = *owner ? path_add(path, sizeof path, length, owner) : length;
    length = about->single ? length : path_add(path, sizeof path, length, name);
    const struct making *making = length ? draft_making(draft, path, length) : NULL;
    return making ? &making->thing : NULL;
}

const struct draft_key *draft_key(const struct draft_thing *thing, const char *key)
{
    for (int32_t i = 0; i < thing->key_count; i++) {
        if (strcmp(thing->keys[i].key, key) == 0) {
            return &thing->keys[i];
        }
    }
    return NULL;
}

const char *draft_text(const struct draft_thing *thing, const char *key)
{
    const struct draft_key *found = draft_key(thing, key);
    return found ? found->text : NULL;
}

bool draft_cites(const struct draft_thing *thing, const char *number)
{
    const char *at = draft_text(thing, "article");
    size_t length = strlen(number);
    while (at && *at) {
        size_t word = strcspn(at, ", ");
        if (word == length && memcmp(at, number, length) == 0) {
            return true;
        }
        at += word + strspn(at + word, ", ");
    }
    return false;
}

struct place draft_place(const struct draft_key *key, size_t offset)
{
    const struct spot *found = NULL;
    for (int32_t i = 0; i < key->spot_count && (size_t)key->spots[i].from <= offset; i++) {
        found = &key->spots[i];
    }
    if (!found) {
        return key->place;
    }
    struct place place = found->place;
    place.column += (int32_t)utf8_count(key->text + found->from, offset - (size_t)found->from);
    return place;
}

/* ---- things ---- */

static bool things_grow(struct draft *draft)
{
    if (draft->count < draft->capacity) {
        return true;
    }
    size_t capacity = draft->capacity ? draft->capacity * 2 : 256;
    struct making *things = arena_array(draft->arena, capacity, sizeof *things);
    if (!things) {
        return false;
    }
    if (draft->count) {
        memcpy(things, draft->things, draft->count * sizeof *things);
    }
    draft->things = things;
    draft->capacity = capacity;
    return true;
}

static bool name_char(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (!first && ((c >= '0' && c <= '9') || c == '_'));
}

/* Names are a-z, 0-9, _, a letter first; an article's is its number. */
static bool right_name(enum kind kind, const char *name, size_t length)
{
    if (kind == KIND_ARTICLE) {
        bool digits = length > 0 && length <= 4 && name[0] != '0';
        for (size_t i = 0; i < length; i++) {
            digits = digits && name[i] >= '0' && name[i] <= '9';
        }
        return digits;
    }
    bool right = length > 0;
    for (size_t i = 0; i < length; i++) {
        right = right && name_char(name[i], i == 0);
    }
    return right;
}

/* KIND.OWNER.NAME; for the policy its kind. */
static const char *path_of(struct draft *draft, enum kind kind, const char *owner,
                           size_t owner_length, const char *name, size_t length,
                           size_t *path_length)
{
    struct text path = {0};
    text_add(&path, language_kind(kind)->name);
    if (owner_length) {
        text_add(&path, ".");
        text_add_n(&path, owner, owner_length);
    }
    if (!language_kind(kind)->single) {
        text_add(&path, ".");
        text_add_n(&path, name, length);
    }
    *path_length = path.length;
    const char *kept = arena_keep(draft->arena, &path);
    return kept;
}

/* The thing of that path, made if new; NULL without memory. */
static struct making *thing_of(struct draft *draft, enum kind kind, const char *owner,
                               size_t owner_length, const char *name, size_t length,
                               struct place place)
{
    size_t path_length;
    const char *path = path_of(draft, kind, owner, owner_length, name, length, &path_length);
    struct making *making = draft_making(draft, path, path_length);
    if (making) {
        return making;
    }
    if (!things_grow(draft) ||
        names_add(draft->paths, path, path_length) != (int32_t)draft->count + 1) {
        return NULL;
    }
    making = &draft->things[draft->count++];
    *making = (struct making){
        .thing = {.kind = kind,
                  .owner = arena_text(draft->arena, owner, owner_length),
                  .name = arena_text(draft->arena, name, length),
                  .path = path,
                  .place = place},
    };
    return making;
}

void making_add(struct draft *draft, struct making *making, const struct draft_key *key)
{
    if (making->thing.key_count == making->capacity) {
        int32_t capacity = making->capacity ? making->capacity * 2 : 8;
        struct draft_key *keys = arena_array(draft->arena, (size_t)capacity, sizeof *keys);
        if (!keys) {
            return;
        }
        if (making->thing.key_count) {
            memcpy(keys, making->thing.keys, (size_t)making->thing.key_count * sizeof *keys);
        }
        making->keys = keys;
        making->thing.keys = keys;
        making->capacity = capacity;
    }
    making->keys[making->thing.key_count++] = *key;
}

/* ---- sections ---- */

struct section {
    enum kind kind;
    const char *owners; /* joined by +; empty where the kind has none */
    size_t owners_length;
    const char *name; /* of the long form; NULL: short lines */
    size_t name_length;
};

static void say_section(struct reading *reading, enum message_id id, const char *a, const char *b)
{
    findings_add(reading->findings, reading->key->section_place, reading->key->section, "", "", id,
                 a, b, NULL, NULL);
}

static void unknown_kind(struct reading *reading, const char *name, size_t length)
{
    const char *kept = arena_text(reading->draft->arena, name, length);
    struct near_word near_word = near_begin(kept, length);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        near_offer(&near_word, language_kind((enum kind)kind)->name);
    }
    say_section(reading, near_word.best ? MESSAGE_draft_kind_near : MESSAGE_draft_kind, kept,
                near_word.best);
}

/* What [SECTION] declares; false after a finding. */
static bool read_section(struct reading *reading, struct section *section)
{
    const char *text = reading->key->section;
    const char *dot = strchr(text, '.');
    size_t head = dot ? (size_t)(dot - text) : strlen(text);
    *section = (struct section){.kind = language_kind_of(text, head), .owners = ""};
    if (section->kind == KIND_COUNT) {
        unknown_kind(reading, text, head);
        return false;
    }
    const struct kind_info *info = language_kind(section->kind);
    const char *rest = dot ? dot + 1 : NULL;
    if (info->single) {
        section->name = text;
        section->name_length = head;
        if (rest) {
            say_section(reading, MESSAGE_draft_single, info->name, NULL);
        }
        return !rest;
    }
    if (info->owned) {
        const char *second = rest ? strchr(rest, '.') : NULL;
        if (!rest) {
            say_section(reading, MESSAGE_draft_owner, info->name, NULL);
            return false;
        }
        section->owners = rest;
        section->owners_length = second ? (size_t)(second - rest) : strlen(rest);
        rest = second ? second + 1 : NULL;
    }
    section->name = rest;
    section->name_length = rest ? strlen(rest) : 0;
    return true;
}

static void wrong_name(struct reading *reading, enum kind kind, const char *name, size_t length,
                       struct place place)
{
    const char *kept = arena_text(reading->draft->arena, name, length);
    findings_add(reading->findings, place, reading->key->section, "", "",
                 kind == KIND_ARTICLE ? MESSAGE_draft_number : MESSAGE_draft_name, kept, NULL, NULL,
                 NULL);
}

static void long_key(struct reading *reading, struct making *making)
{
    const struct source_key *key = reading->key;
    enum kind kind = making->thing.kind;
    bool known = kind == KIND_OPTION && strchr(key->key, '.')
                     ? true
                     : language_key(kind, key->key, strlen(key->key)) != NULL;
    if (!known) {
        draft_unknown_key(reading, making, key->key, strlen(key->key), key->key_place);
        return;
    }
    struct draft_key made = {.key = arena_text(reading->draft->arena, key->key, strlen(key->key)),
                             .place = key->key_place};
    draft_copy(reading, 0, strlen(key->value), &made, false);
    draft_put(reading, making, &made);
}

static void declare(struct reading *reading, const struct section *section, const char *owner,
                    size_t owner_length)
{
    const struct source_key *key = reading->key;
    bool is_short = section->name == NULL;
    const char *name = is_short ? key->key : section->name;
    size_t length = is_short ? strlen(key->key) : section->name_length;
    struct place place = is_short ? key->key_place : key->section_place;
    if (!language_kind(section->kind)->single && !right_name(section->kind, name, length)) {
        wrong_name(reading, section->kind, name, length, place);
        return;
    }
    if (owner_length && !right_name(KIND_PROCEDURE, owner, owner_length)) {
        wrong_name(reading, KIND_PROCEDURE, owner, owner_length, key->section_place);
        return;
    }
    struct making *making =
        thing_of(reading->draft, section->kind, owner, owner_length, name, length, place);
    if (!making) {
        return;
    }
    if (is_short && making->thing.key_count) {
        findings_add(reading->findings, place, making->thing.path, "", "", MESSAGE_draft_twice,
                     NULL, NULL, NULL, NULL);
    } else if (!is_short && making->is_short) {
        findings_add(reading->findings, key->key_place, making->thing.path, key->key, "",
                     MESSAGE_draft_twice, NULL, NULL, NULL, NULL);
    } else if (is_short) {
        making->is_short = true;
        draft_short_line(reading, making);
    } else {
        long_key(reading, making);
    }
}

/* Each of the owners that + joins gets its own. */
static void declare_all(struct reading *reading, const struct section *section)
{
    if (!section->owners_length) {
        if (language_kind(section->kind)->owned) {
            wrong_name(reading, KIND_PROCEDURE, "", 0, reading->key->section_place);
        } else {
            declare(reading, section, "", 0);
        }
        return;
    }
    for (size_t at = 0; at <= section->owners_length;) {
        const char *owner = section->owners + at;
        const char *plus = memchr(owner, '+', section->owners_length - at);
        size_t length = plus ? (size_t)(plus - owner) : section->owners_length - at;
        if (length == 0) {
            wrong_name(reading, KIND_PROCEDURE, "", 0, reading->key->section_place);
        } else {
            declare(reading, section, owner, length);
        }
        at += length + 1;
    }
}

struct draft *draft_new(const struct source *source, struct findings *findings)
{
    struct arena *arena = arena_new();
    struct draft *draft = draft_blank(arena);
    if (!draft) {
        arena_free(arena);
        return NULL;
    }
    struct reading reading = {.draft = draft, .findings = findings};
    const char *bad = NULL; /* a section that was found wrong is said once */
    for (size_t i = 0; i < source->count; i++) {
        struct section section;
        reading.key = &source->keys[i];
        if (bad && strcmp(bad, reading.key->section) == 0) {
            continue;
        }
        bad = NULL;
        if (read_section(&reading, &section)) {
            declare_all(&reading, &section);
        } else {
            bad = reading.key->section;
        }
    }
    if (arena_failed(arena)) {
        arena_free(arena);
        return NULL;
    }
    return draft;
}

/* ---- answers ---- */

static bool is_nothing(const char *text)
{
    return strcmp(text, "nothing") == 0;
}

static void replace(struct draft *draft, struct making *making, const char *name,
                    const struct draft_key *by)
{
    struct making copy = *making;
    copy.thing.key_count = 0;
    copy.thing.keys = NULL;
    copy.capacity = 0;
    for (int32_t i = 0; i < making->thing.key_count; i++) {
        if (strcmp(making->thing.keys[i].key, name) != 0) {
            making_add(draft, &copy, &making->thing.keys[i]);
        }
    }
    if (!is_nothing(by->text)) {
        struct draft_key key = *by;
        key.key = name;
        making_add(draft, &copy, &key);
    }
    *making = copy;
}

bool draft_path(const struct draft *draft, const char *path, size_t at, struct making **making,
                const char **key)
{
    const char *dot = strrchr(path, '.');
    const char *kind_end = strchr(path, '.');
    *making = NULL;
    if (!dot) {
        return false;
    }
    const char *plus = strchr(path, '+');
    if (!plus || plus > dot) {
        *making = at == 0 ? draft_making(draft, path, (size_t)(dot - path)) : NULL;
    } else { /* KIND.a+b.NAME: owner number AT */
        const char *owner = kind_end + 1, *owners_end = strchr(owner, '.');
        for (size_t i = 0; i < at && owner < owners_end; i++) {
            const char *next = memchr(owner, '+', (size_t)(owners_end - owner));
            owner = next ? next + 1 : owners_end;
        }
        const char *end =
            owner < owners_end ? memchr(owner, '+', (size_t)(owners_end - owner)) : NULL;
        end = end ? end : owners_end;
        struct text one = {0};
        text_add_n(&one, path, (size_t)(kind_end + 1 - path));
        text_add_n(&one, owner, (size_t)(end - owner));
        text_add_n(&one, owners_end, (size_t)(dot - owners_end));
        size_t length = one.length;
        const char *kept = arena_keep(draft->arena, &one);
        *making = owner < owners_end ? draft_making(draft, kept, length) : NULL;
    }
    *key = dot + 1;
    return *making != NULL;
}

static void answer(struct draft *draft, const struct answer *given, struct findings *findings)
{
    const struct draft_thing *question = draft_find(draft, KIND_QUESTION, "", given->question);
    const struct draft_thing *option =
        draft_find(draft, KIND_OPTION, given->question, given->option);
    if (!question || !option) {
        findings_add(findings, (struct place){0, 0}, given->question, given->option, "",
                     question ? MESSAGE_draft_no_option : MESSAGE_draft_no_question,
                     given->question, given->option, NULL, NULL);
        return;
    }
    for (int32_t i = 0; i < option->key_count; i++) {
        const struct draft_key *path = &option->keys[i];
        struct making *making;
        const char *key;
        for (size_t at = 0;
             strchr(path->key, '.') && draft_path(draft, path->key, at, &making, &key); at++) {
            replace(draft, making, key, path);
        }
    }
}

void draft_adopted(struct draft *draft)
{
    draft->adopted = true;
}

struct draft *draft_with(const struct draft *draft, const struct answer *answers, size_t count,
                         struct arena *arena, struct findings *findings)
{
    struct draft *copy = arena_take(arena, sizeof *copy);
    if (!copy) {
        return NULL;
    }
    *copy = *draft;
    copy->arena = arena;
    copy->capacity = copy->count;
    copy->things = arena_array(arena, draft->count + 1, sizeof *copy->things);
    if (!copy->things) {
        return NULL;
    }
    if (draft->count) {
        memcpy(copy->things, draft->things, draft->count * sizeof *copy->things);
    }
    for (size_t i = 0; i < count; i++) {
        answer(copy, &answers[i], findings);
    }
    return copy;
}
