/* groups.c: which cases stand on which screen. */
#include "tui/console/groups.h"

#include <string.h>
#include <unistd.h>

#include "tui/output.h"

/* A query goes by the screen's name, what a screen tells besides by SCREEN.KEY. */
static void add_key(const struct source_key *key, struct parcel *groups)
{
    struct text name = {0};
    if (strcmp(key->section, "screens") != 0) {
        text_addf(&name, "%s.", key->section);
    }
    text_add(&name, key->key);
    if (!parcel_get(groups, text_bytes(&name))) {
        parcel_put(groups, text_bytes(&name), key->value);
    }
    text_free(&name);
}

/* Adds the keys of PATH; those that are there already stay, for they come from a file before it. */
static void add_file(const char *path, const char *language, struct parcel *groups,
                     struct text *error)
{
    struct findings *findings = findings_new();
    struct ini *ini = NULL;
    struct text wrong = {0};
    if (findings && access(path, R_OK) == 0 && desk_ini(path, &ini, findings, &wrong) == 0) {
        const struct source *source = ini_source(ini);
        for (size_t i = 0; i < source->count; i++) {
            add_key(&source->keys[i], groups);
        }
        if (findings_count(findings)) {
            const struct finding *first = findings_at(findings, 0);
            text_addf(error, "%s:%d: ", path, (int)first->place.line);
            message_write(error, &first->message, language);
        }
    }
    text_add(error, text_bytes(&wrong));
    text_free(&wrong);
    ini_free(ini);
    findings_free(findings);
}

void groups_read(const char *policy, const char *language, struct parcel *groups,
                 struct text *error)
{
    struct text path = {0}, name = {0};
    parcel_free(groups);
    if (desk_own_path("screens.ini", &path) == 0) {
        add_file(text_bytes(&path), language, groups, error);
    }
    text_clear(&path);
    text_addf(&name, "policy/%s.screens.ini", policy);
    if (desk_shipped_path(text_bytes(&name), &path) == 0) {
        add_file(text_bytes(&path), language, groups, error);
    }
    text_free(&path);
    text_free(&name);
}
