/* keys_file.c: the user's keys.ini. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/desk.h"
#include "tui/console/binding.h"
#include "tui/output.h"
#include "tui/text.h"

/* What is wrong with the file's form, a line each. */
static void add_findings(struct text *wrong, const char *path, const struct findings *findings,
                         const char *language)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        text_addf(wrong, "%s:%d:%d: ", path, (int)finding->place.line, (int)finding->place.column);
        message_write(wrong, &finding->message, language);
        text_add(wrong, "\n");
    }
}

static void set_all(struct bindings *bindings, const struct source *source, const char *path,
                    struct text *wrong)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct source_key *key = &source->keys[i];
        bindings_set(bindings, key->key, key->value, path, (int)key->key_place.line, wrong);
    }
    bindings_check(bindings, path, wrong);
}

void bindings_read(struct bindings *bindings, const char *path, bool english, struct text *wrong)
{
    struct ini *ini = NULL;
    struct findings *findings = findings_new();
    struct text error = {0};
    if (findings && desk_ini(path, &ini, findings, &error) == 0) {
        add_findings(wrong, path, findings, english ? "en" : "zh");
        set_all(bindings, ini_source(ini), path, wrong);
    } else {
        text_addf(wrong, "%s\n", text_bytes(&error));
    }
    ini_free(ini);
    findings_free(findings);
    text_free(&error);
}

void bindings_read_own(struct bindings *bindings, bool english, struct text *wrong)
{
    struct text path = {0};
    if (desk_own_path("keys.ini", &path) == 0 && access(text_bytes(&path), F_OK) == 0) {
        bindings_read(bindings, text_bytes(&path), english, wrong);
    }
    text_free(&path);
}
