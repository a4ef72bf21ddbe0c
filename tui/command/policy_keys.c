/* policy_keys.c: yuntai policy keys: the policy language, as the compiler knows it. */
#include <string.h>

#include "core/near.h"
#include "tui/command/policy.h"
#include "tui/output.h"
#include "tui/text.h"

static void print_row(const struct invocation *invocation, const char *group, const char *name,
                      bool required, const char *words, const char *english)
{
    struct text line = {0};
    const char *const values[] = {group, name, required ? "yes" : "no", words ? words : "",
                                  english};
    if (invocation->format == FORMAT_TABLE) {
        text_addf(&line, "  %s%s", name, required ? " *" : "");
        for (size_t width = strlen(name) + (required ? 2 : 0); width < 22; width++) {
            text_add(&line, " ");
        }
        text_addf(&line, "%s", _(english));
        if (words) {
            text_addf(&line, " (%s)", words);
        }
    } else if (invocation->format == FORMAT_CSV) {
        for (int i = 0; i < 5; i++) {
            text_add(&line, i ? "," : "");
            csv_field(&line, values[i]);
        }
    } else {
        static const char *const names[] = {
            "{\"of\":", ",\"name\":", ",\"required\":", ",\"words\":", ",\"meaning\":"};
        for (int i = 0; i < 5; i++) {
            text_add(&line, names[i]);
            json_string(&line, values[i]);
        }
        text_add(&line, "}");
    }
    fprintf(invocation->out, "%s\n", text_bytes(&line));
    text_free(&line);
}

static void print_kind(const struct invocation *invocation, enum kind kind)
{
    size_t count;
    const struct key_info *keys = language_keys(&count);
    const struct kind_info *info = language_kind(kind);
    if (invocation->format == FORMAT_TABLE) {
        fprintf(invocation->out, "%s: %s\n", info->name, _(info->english));
    }
    for (size_t i = 0; i < count; i++) {
        if (keys[i].kind == kind) {
            print_row(invocation, info->name, keys[i].key, keys[i].required, keys[i].words,
                      keys[i].english);
        }
    }
}

static void print_words(const struct invocation *invocation, const char *heading, const char *group,
                        const struct word_info *words, size_t count)
{
    if (invocation->format == FORMAT_TABLE) {
        fprintf(invocation->out, "\n%s\n", heading);
    }
    for (size_t i = 0; i < count; i++) {
        print_row(invocation, group, words[i].name, false, NULL, words[i].english);
    }
}

static int no_such_kind(const struct invocation *invocation, const char *name)
{
    struct near_word nearest = near_begin(name, strlen(name));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        near_offer(&nearest, language_kind((enum kind)kind)->name);
    }
    fprintf(invocation->err, _("yuntai: there is no kind “%s”; did you mean %s?\n"), name,
            nearest.best ? nearest.best : "state, event, rule, clock …");
    return STATUS_NOT_FOUND;
}

int policy_keys(const struct invocation *invocation, int argc, char **argv)
{
    size_t count;
    enum kind kind = argc ? language_kind_of(argv[0], strlen(argv[0])) : KIND_COUNT;
    if (argc && kind == KIND_COUNT) {
        return no_such_kind(invocation, argv[0]);
    }
    if (invocation->format == FORMAT_CSV) {
        fputs("of,name,required,words,meaning\n", invocation->out);
    }
    if (argc) {
        print_kind(invocation, kind);
        return STATUS_DONE;
    }
    for (int i = 0; i < KIND_COUNT; i++) {
        print_kind(invocation, (enum kind)i);
    }
    const struct word_info *words = language_field_types(&count);
    print_words(invocation, _("field types"), "type", words, count);
    words = language_facts(&count);
    print_words(invocation, _("facts"), "fact", words, count);
    words = language_functions(&count);
    print_words(invocation, _("functions"), "function", words, count);
    return STATUS_DONE;
}
