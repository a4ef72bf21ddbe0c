/* mapping_guess.c: whose a project may be that nothing says of: what its tenant or its name speaks
 * for. */
#include <ctype.h>
#include <string.h>

#include "data/desk/mapping.h"

enum { PART_LEAST = 2, PART_MOST = 63, PREFIX_LEAST = 3 };

/* ---- parts of a name ---- */

static bool in_part(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The next part of NAME at *AT: what stands between signs; false at the end. */
static bool next_part(const char **at, struct text *part)
{
    text_clear(part);
    while (**at && !in_part(**at)) {
        ++*at;
    }
    while (**at && in_part(**at)) {
        char c = (char)tolower((unsigned char)**at);
        text_add_n(part, &c, 1);
        ++*at;
    }
    return part->length > 0;
}

static bool is_word(const struct text *part)
{
    return part->length >= PART_LEAST && part->length <= PART_MOST &&
           strspn(text_bytes(part), "0123456789") < part->length;
}

/* ---- things that a part may stand for ---- */

static const enum book_kind kinds[GUESS_KINDS] = {BOOK_SYSTEM, BOOK_ORG};

struct guess_name {
    int64_t id;
    const char *name;
};

static int take_name(void *self, struct entry *entry)
{
    struct guesser *guesser = self;
    struct guess_names *names = &guesser->names[guesser->reading];
    struct arena *arena = guesser->asking->arena;
    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? 2 * names->capacity : 256;
        struct guess_name *grown = arena_array(arena, capacity, sizeof *grown);
        if (!grown) {
            return -1;
        }
        if (names->count) {
            memcpy(grown, names->items, names->count * sizeof *grown);
        }
        names->items = grown;
        names->capacity = capacity;
    }
    const char *name = arena_text(arena, entry->thing.name, strlen(entry->thing.name));
    names->items[names->count++] = (struct guess_name){entry->thing.id, name};
    return name ? 0 : -1;
}

/* The names of a kind are read once, for all guesses. */
static const struct guess_names *names_of(struct guesser *guesser, int kind)
{
    struct guess_names *names = &guesser->names[kind];
    guesser->reading = kind;
    if (!names->read) {
        names->read = true;
        bool all = book_each(guesser->asking, kinds[kind], 0, BOOK_ALL, take_name, guesser) == 0;
        names->count = all ? names->count : 0;
    }
    return names;
}

/* The only one of a kind whose name begins, somewhere, with the letters of PART. */
static const struct entry *by_sound(struct guesser *guesser, int kind, const char *part)
{
    struct counter *counter = guesser->asking->counter;
    const struct guess_names *names = names_of(guesser, kind);
    int64_t found = 0;
    int count = 0;
    for (size_t i = 0; counter->pinyin && i < names->count && count < 2; i++) {
        if (pinyin_matches(counter->pinyin, names->items[i].name, part)) {
            found = names->items[i].id;
            count++;
        }
    }
    return count == 1 ? book_by_id(counter, kinds[kind], found) : NULL;
}

static bool take(struct guess *guess, const struct entry *entry, enum book_kind kind,
                 enum guess_ground ground)
{
    if (entry) {
        *guess = (struct guess){.entry = entry, .kind = kind, .ground = ground};
    }
    return entry != NULL;
}

static bool by_part(struct guesser *guesser, const struct text *part, struct guess *guess)
{
    struct counter *counter = guesser->asking->counter;
    const char *word = text_bytes(part);
    for (int i = 0; i < GUESS_KINDS; i++) {
        if (take(guess, book_by_code(counter, kinds[i], word), kinds[i], GUESS_CODE)) {
            return true;
        }
    }
    for (int i = 0; i < GUESS_KINDS && part->length > PART_LEAST; i++) {
        if (take(guess, by_sound(guesser, i, word), kinds[i], GUESS_SOUND)) {
            return true;
        }
    }
    return false;
}

/* ---- grounds ---- */

/* Whose the vendor says it is. */
static bool by_tenant(struct asking *asking, const struct project *project, struct guess *guess)
{
    const struct entry *org = project->org && *project->org
                                  ? book_find(asking->counter, BOOK_ORG, project->org, 0)
                                  : NULL;
    return take(guess, org, BOOK_ORG, GUESS_TENANT);
}

static bool by_name(struct guesser *guesser, const struct project *project, struct guess *guess)
{
    struct text part = {0};
    const char *at = project->name;
    bool found = false;
    while (!found && next_part(&at, &part)) {
        found = is_word(&part) && by_part(guesser, &part, guess);
    }
    text_free(&part);
    return found;
}

static size_t alike(const char *a, const char *b)
{
    size_t length = 0;
    while (a[length] && a[length] == b[length]) {
        length++;
    }
    while (length > 0 && in_part(a[length - 1])) { /* only whole parts */
        length--;
    }
    return length;
}

/* A project that is mapped and is called alike. */
static bool by_neighbour(struct asking *asking, const struct mapping *mapping,
                         const struct project *project, struct guess *guess)
{
    const struct project *best = NULL;
    size_t longest = PREFIX_LEAST;
    for (size_t i = 0; i < mapping->project_count; i++) {
        const struct project *other = &mapping->projects[i];
        size_t length = other->by != MAPPED_NOT ? alike(other->name, project->name) : 0;
        if (length > longest) {
            longest = length;
            best = other;
        }
    }
    enum book_kind kind = best && best->system ? BOOK_SYSTEM : BOOK_ORG;
    int64_t id = !best ? 0 : best->system ? best->system : best->parent;
    return id && take(guess, book_by_id(asking->counter, kind, id), kind, GUESS_NEIGHBOUR);
}

bool mapping_guess(struct guesser *guesser, const struct project *project, struct guess *guess)
{
    return by_name(guesser, project, guess) || by_tenant(guesser->asking, project, guess) ||
           by_neighbour(guesser->asking, guesser->mapping, project, guess);
}
