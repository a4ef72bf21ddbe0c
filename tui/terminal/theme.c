/* theme.c: theme files, read and judged. */
#include "tui/terminal/theme.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/message.h"
#include "data/desk.h"
#include "tui/terminal/theme_style.h"
#include "tui/text.h"

enum { BASES = 4 }; /* themes upon themes */

struct theme {
    struct style styles[ROLES][DEPTHS];
    bool given[ROLES];
    int32_t background, foreground;
    char *title, *english;
};

/* A file being read. */
struct reading {
    struct theme *theme;
    const char *path;
    int depth; /* of how many it is the base */
    struct text *error;
};

static struct theme *read_path(const char *path, int depth, struct text *error);

/* Complains of LINE (0: the file). SENTENCE is translated. */
static bool wrong(const struct reading *reading, int line, const char *sentence, const char *a)
{
    struct message message = {.arg = {a}};
    text_add(reading->error, reading->path);
    if (line > 0) {
        text_addf(reading->error, ":%d", line);
    }
    text_add(reading->error, ": ");
    message_expand(reading->error, sentence, &message, true);
    return false;
}

/* ---- where themes are ---- */

static bool plain_name(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(name);
}

/* Appends the path of theme NAME; OWN: the person's goes first. */
static bool find(const char *name, bool own, struct text *out)
{
    struct text file = {0};
    text_addf(&file, "themes/%s.ini", name);
    bool found =
        own && desk_own_path(text_bytes(&file), out) == 0 && access(text_bytes(out), R_OK) == 0;
    if (!found) {
        text_clear(out);
        found = desk_shipped_path(text_bytes(&file), out) == 0;
    }
    text_free(&file);
    return found;
}

static struct theme *read_named(const char *name, bool own, int depth, struct text *error)
{
    struct text path = {0};
    struct theme *theme = NULL;
    if (plain_name(name) && find(name, own, &path)) {
        theme = read_path(text_bytes(&path), depth, error);
    } else {
        struct message message = {.arg = {name}};
        message_expand(error,
                       _("there is no theme %1; default, light, mono, contrast, deutan, tritan or "
                         "one of your own in themes/"),
                       &message, true);
    }
    text_free(&path);
    return theme;
}

/* ---- what a file says ---- */

static bool replace(char **out, const char *value)
{
    free(*out);
    *out = strdup(value);
    return *out != NULL;
}

/* Takes all of the base over. */
static bool take_base(const struct reading *reading, const char *name)
{
    if (reading->depth == BASES) {
        return wrong(reading, 0,
                     _("themes stand upon each other more than %1 high; name another base"), "4");
    }
    /* its own base goes by the shipped one: a person's `default` may differ from ours */
    struct theme *base = read_named(name, false, reading->depth + 1, reading->error);
    if (!base) {
        return false;
    }
    struct theme *theme = reading->theme;
    memcpy(theme->styles, base->styles, sizeof theme->styles);
    memcpy(theme->given, base->given, sizeof theme->given);
    theme->background = base->background;
    theme->foreground = base->foreground;
    theme_free(base);
    return true;
}

static bool take_about(const struct reading *reading, const struct source_key *key)
{
    struct theme *theme = reading->theme;
    int line = key->key_place.line;
    if (strcmp(key->key, "title") == 0) {
        return replace(&theme->title, key->value);
    }
    if (strcmp(key->key, "en") == 0) {
        return replace(&theme->english, key->value);
    }
    if (strcmp(key->key, "base") == 0) {
        return take_base(reading, key->value);
    }
    bool back = strcmp(key->key, "background") == 0;
    if (!back && strcmp(key->key, "foreground") != 0) {
        return wrong(reading, line,
                     _("%1 is nothing a theme has; title, en, background, foreground or base"),
                     key->key);
    }
    if (!style_colour(key->value, back ? &theme->background : &theme->foreground)) {
        return wrong(reading, line, _("%1 is no colour; #rrggbb in quotes"), key->value);
    }
    return true;
}

static bool take_role(const struct reading *reading, const struct source_key *key)
{
    enum role role = role_called(key->key);
    int line = key->key_place.line;
    if (role == ROLES) {
        return wrong(reading, line, _("there is no role %1; the default theme has them all"),
                     key->key);
    }
    struct text word = {0};
    bool good = style_parse(key->value, reading->theme->styles[role], &word) ||
                wrong(reading, line,
                      _("“%1” is no look; #rrggbb on #rrggbb bold | 256: 109 on 235 | 8: cyan bold "
                        "| mono: bold"),
                      text_bytes(&word));
    text_free(&word);
    reading->theme->given[role] = true;
    return good;
}

static bool take_key(const struct reading *reading, const struct source_key *key)
{
    if (strcmp(key->section, "theme") == 0) {
        return take_about(reading, key);
    }
    if (strcmp(key->section, "roles") == 0) {
        return take_role(reading, key);
    }
    return wrong(reading, key->section_place.line, _("there is no section %1; theme or roles"),
                 key->section);
}

static bool take_keys(const struct reading *reading, const struct source *source)
{
    for (size_t i = 0; i < source->count; i++) {
        if (!take_key(reading, &source->keys[i])) {
            return false;
        }
    }
    for (int role = 0; role < ROLES; role++) {
        if (!reading->theme->given[role]) {
            return wrong(reading, 0, _("role %1 is missing; add it, or name a base"),
                         role_name((enum role)role));
        }
    }
    return reading->theme->title || replace(&reading->theme->title, reading->path);
}

static bool take_file(const struct reading *reading)
{
    struct ini *ini = NULL;
    struct findings *findings = findings_new();
    bool good = findings && desk_ini(reading->path, &ini, findings, reading->error) == 0;
    if (good && findings_count(findings) > 0) {
        const struct finding *first = findings_at(findings, 0);
        const char *english = message_english(first->message.id);
        struct text sentence = {0};
        message_expand(&sentence, *english ? gettext(english) : "", &first->message, true);
        good = wrong(reading, first->place.line, "%1", text_bytes(&sentence));
        text_free(&sentence);
    }
    good = good && take_keys(reading, ini_source(ini));
    ini_free(ini);
    findings_free(findings);
    return good;
}

static struct theme *read_path(const char *path, int depth, struct text *error)
{
    struct theme *theme = calloc(1, sizeof *theme);
    struct reading reading = {.theme = theme, .path = path, .depth = depth, .error = error};
    if (theme) {
        theme->foreground = 0xcdd3d7;
    }
    if (theme && take_file(&reading)) {
        return theme;
    }
    theme_free(theme);
    if (error->length == 0) {
        text_add(error, _("memory is short; close other programs and try again"));
    }
    return NULL;
}

struct theme *theme_read(const char *name, struct text *error)
{
    return read_named(name, true, 0, error);
}

struct theme *theme_read_file(const char *path, struct text *error)
{
    return read_path(path, 0, error);
}

void theme_free(struct theme *theme)
{
    if (theme) {
        free(theme->title);
        free(theme->english);
        free(theme);
    }
}

/* ---- what it comes to ---- */

const char *theme_title(const struct theme *theme, bool english)
{
    return english && theme->english ? theme->english : theme->title;
}

struct style theme_style(const struct theme *theme, enum role role, enum depth depth)
{
    return theme->styles[role][depth];
}

int theme_contrast(const struct theme *theme, enum role role, enum depth depth)
{
    return style_contrast(&theme->styles[role][depth], depth, theme->foreground, theme->background);
}
