/* binding.c: keys and what they do. */
#include "tui/console/binding.h"

#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "tui/phrase.h"
#include "tui/text.h"

enum { KEYS_MOST = 8 }; /* of one action */

struct bound {
    struct key keys[KEYS_MOST];
    int count;
    int line;   /* of keys.ini; 0: as delivered */
    int robbed; /* the line that took the last key; 0 none did */
};
struct bindings {
    struct bound bound[ACTIONS];
};

static bool meets(enum action a, enum action b)
{
    enum where x = actions[a].where, y = actions[b].where;
    return x == y || x == WHERE_EVERYWHERE || y == WHERE_EVERYWHERE;
}

/* The next name of a list parted by blanks; false at its end. */
static bool next_word(const char **at, const char **word, size_t *length)
{
    *word = *at + strspn(*at, " \t");
    *length = strcspn(*word, " \t");
    *at = *word + *length;
    return *length > 0;
}

static void add_key(struct bound *bound, struct key key)
{
    if (bound->count < KEYS_MOST) {
        bound->keys[bound->count++] = key;
    }
}

struct bindings *bindings_new(void)
{
    struct bindings *bindings = calloc(1, sizeof *bindings);
    for (int i = 0; bindings && i < ACTIONS; i++) {
        const char *at = actions[i].keys, *word;
        size_t length;
        struct key key;
        while (next_word(&at, &word, &length)) {
            if (key_parse(word, length, &key)) {
                add_key(&bindings->bound[i], key);
            }
        }
    }
    return bindings;
}

void bindings_free(struct bindings *bindings)
{
    free(bindings);
}

/* ---- a user's own ---- */

static void complain(struct text *wrong, const char *file, int line, const char *sentence,
                     const char *a, const char *b)
{
    const char *const arg[4] = {a, b};
    text_addf(wrong, "%s:%d: ", file, line);
    phrase_said(wrong, sentence, arg, false);
    text_add(wrong, "\n");
}

static void unknown_action(struct text *wrong, const char *file, int line, const char *name)
{
    struct near_word nearest = near_begin(name, strlen(name));
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        near_offer(&nearest, actions[i].name);
    }
    complain(wrong, file, line,
             nearest.best ? N_("there is no action “%1”; did you mean %2?")
                          : N_("there is no action “%1”; the manual lists them"),
             name, nearest.best);
}

static int find_key(const struct bound *bound, struct key key)
{
    for (int i = 0; i < bound->count; i++) {
        if (key_same(bound->keys[i], key)) {
            return i;
        }
    }
    return -1;
}

/* Takes KEY from whoever else has it; false where a line of the user's own gave it him. */
static bool take_key(struct bindings *bindings, enum action action, struct key key, enum action *by)
{
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        struct bound *other = &bindings->bound[i];
        int at = i != (int)action && meets((enum action)i, action) ? find_key(other, key) : -1;
        if (at >= 0 && other->line) {
            *by = (enum action)i;
            return false;
        }
        if (at >= 0 && actions[i].where == actions[action].where) {
            other->count--;
            memmove(other->keys + at, other->keys + at + 1,
                    (size_t)(other->count - at) * sizeof *other->keys);
            other->robbed = other->count == 0 ? bindings->bound[action].line : 0;
        }
    }
    return true;
}

void bindings_set(struct bindings *bindings, const char *name, const char *keys, const char *file,
                  int line, struct text *wrong)
{
    enum action action = action_named(name), by = ACTION_NONE;
    const char *at = keys, *word;
    size_t length;
    if (action == ACTION_NONE) {
        unknown_action(wrong, file, line, name);
        return;
    }
    struct bound *bound = &bindings->bound[action];
    *bound = (struct bound){.line = line};
    while (next_word(&at, &word, &length)) {
        struct text typed = {0};
        struct key key;
        text_add_n(&typed, word, length);
        if (!key_parse(word, length, &key)) {
            complain(wrong, file, line,
                     N_("“%1” is no key; write it as j, Ctrl-S, Alt-x, PgDn, F5 or Space"),
                     text_bytes(&typed), NULL);
        } else if (!take_key(bindings, action, key, &by)) {
            complain(wrong, file, line, N_("%1 is already the key of %2; one of the two"),
                     text_bytes(&typed), actions[by].name);
        } else {
            add_key(bound, key);
        }
        text_free(&typed);
    }
}

void bindings_check(const struct bindings *bindings, const char *file, struct text *wrong)
{
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        const struct bound *bound = &bindings->bound[i];
        if (bound->robbed && bound->count == 0 && !bound->line) {
            complain(wrong, file, bound->robbed, N_("%1 has no key left; give it one"),
                     actions[i].name, NULL);
        }
    }
}

/* ---- looking up ---- */

enum action binding_find(const struct bindings *bindings, enum where where, struct key key)
{
    enum action found = ACTION_NONE;
    key = key_half(key);
    for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
        bool here = actions[i].where == where;
        if ((here || actions[i].where == WHERE_EVERYWHERE) &&
            find_key(&bindings->bound[i], key) >= 0) {
            if (here) {
                return (enum action)i;
            }
            found = (enum action)i;
        }
    }
    return found;
}

bool key_is_character(struct key key)
{
    return key.code < KEY_BASE_ && key.code >= ' ' && !(key.with & (KEY_CTRL | KEY_ALT));
}

/* The name of a key as people call it: what stands on it, a blank by its word. */
static void add_name(struct key key, struct text *out)
{
    struct text name = {0};
    key_name(key, &name);
    text_add(out, strcmp(text_bytes(&name), "Space") == 0 ? _("Space") : text_bytes(&name));
    text_free(&name);
}

void binding_key(const struct bindings *bindings, enum action action, bool types, struct text *out)
{
    const struct bound *bound = &bindings->bound[action];
    for (int i = 0; i < bound->count; i++) {
        if (!types || !key_is_character(bound->keys[i])) {
            add_name(bound->keys[i], out);
            return;
        }
    }
}

void binding_keys(const struct bindings *bindings, enum action action, struct text *out)
{
    for (int i = 0; i < bindings->bound[action].count; i++) {
        text_add(out, i ? " " : "");
        add_name(bindings->bound[action].keys[i], out);
    }
}
