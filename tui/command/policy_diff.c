/* policy_diff.c: yuntai policy diff: how two policies differ in meaning. Order, form and blanks
 * mean nothing. */
#include <string.h>

#include "tui/command/policy.h"
#include "tui/output.h"
#include "tui/text.h"

static const struct draft_thing *same_thing(const struct draft *draft,
                                            const struct draft_thing *thing)
{
    return draft_find(draft, thing->kind, thing->owner, thing->name);
}

/* A value without the blanks that part nothing: those beside a sign. */
static void squeeze(struct text *out, const char *text, size_t length)
{
    static const char signs[] = " ,()=!<>+-*|.";
    for (size_t i = 0; i < length; i++) {
        bool beside =
            i == 0 || i + 1 == length || strchr(signs, text[i - 1]) || strchr(signs, text[i + 1]);
        if (text[i] != ' ' || !beside) {
            text_add_n(out, text + i, 1);
        }
    }
}

/* Lists whose order means nothing. */
static bool is_set(enum kind kind, const char *name)
{
    const struct key_info *info = language_key(kind, name, strlen(name));
    switch (info ? info->shape : SHAPE_TEXT) {
    case SHAPE_CITES:
    case SHAPE_CLOCKS:
    case SHAPE_EVENTS:
    case SHAPE_KEEPS:
    case SHAPE_ROLES:
    case SHAPE_STATES:
        return true;
    default:
        return false;
    }
}

/* Is every item of A in B? */
static bool all_in(const char *a, const char *b)
{
    for (size_t length; *a; a += length + (a[length] == ',')) {
        const char *at = b;
        length = strcspn(a, ",");
        while (*at && !(strcspn(at, ",") == length && memcmp(at, a, length) == 0)) {
            at += strcspn(at, ",");
            at += *at == ',';
        }
        if (!*at) {
            return false;
        }
    }
    return true;
}

static bool same_value(enum kind kind, const struct draft_key *a, const struct draft_key *b)
{
    struct text x = {0}, y = {0};
    const struct key_info *info = language_key(kind, a->key, strlen(a->key));
    bool prose = info && info->shape == SHAPE_TEXT;
    if (prose) {
        return strcmp(a->text, b->text) == 0;
    }
    squeeze(&x, a->text, strlen(a->text));
    squeeze(&y, b->text, strlen(b->text));
    const char *left = text_bytes(&x), *right = text_bytes(&y);
    bool same = is_set(kind, a->key) ? all_in(left, right) && all_in(right, left)
                                     : strcmp(left, right) == 0;
    text_free(&x);
    text_free(&y);
    return same;
}

/* NULL: the thing or key is not there. */
static void print_change(const struct invocation *invocation, const char *path, const char *key,
                         const char *before, const char *after)
{
    struct text line = {0};
    if (invocation->format == FORMAT_JSON) {
        const char *const names[] = {"{\"thing\":", ",\"key\":", ",\"old\":", ",\"new\":"};
        const char *const values[] = {path, key, before, after};
        for (int i = 0; i < 4; i++) {
            text_add(&line, names[i]);
            json_string(&line, values[i]);
        }
        text_add(&line, "}");
    } else if (invocation->format == FORMAT_CSV) {
        csv_field(&line, path);
        const char *const values[] = {key, before, after};
        for (int i = 0; i < 3; i++) {
            text_add(&line, ",");
            csv_field(&line, values[i] ? values[i] : "");
        }
    } else if (!key) {
        text_addf(&line, "%c %s  %s", after ? '+' : '-', path, after ? after : before);
    } else {
        text_addf(&line, "~ %s %s", path, key);
        if (before) {
            text_addf(&line, "\n    - %s", before);
        }
        if (after) {
            text_addf(&line, "\n    + %s", after);
        }
    }
    fprintf(invocation->out, "%s\n", text_bytes(&line));
    text_free(&line);
}

static const char *title_of(const struct draft_thing *thing)
{
    const struct draft_key *title = draft_key(thing, "title");
    return title ? title->text : "";
}

static size_t compare_things(const struct invocation *invocation, const struct draft_thing *a,
                             const struct draft_thing *b)
{
    size_t changes = 0;
    for (int32_t i = 0; i < a->key_count; i++) {
        const struct draft_key *key = &a->keys[i], *other = draft_key(b, key->key);
        if (!other || !same_value(a->kind, key, other)) {
            print_change(invocation, a->path, key->key, key->text, other ? other->text : NULL);
            changes++;
        }
    }
    for (int32_t i = 0; i < b->key_count; i++) {
        if (!draft_key(a, b->keys[i].key)) {
            print_change(invocation, b->path, b->keys[i].key, NULL, b->keys[i].text);
            changes++;
        }
    }
    return changes;
}

static size_t compare(const struct invocation *invocation, const struct draft *a,
                      const struct draft *b)
{
    size_t changes = 0;
    for (size_t i = 0; i < draft_count(a); i++) {
        const struct draft_thing *thing = draft_at(a, i), *other = same_thing(b, thing);
        if (other) {
            changes += compare_things(invocation, thing, other);
        } else {
            print_change(invocation, thing->path, NULL, title_of(thing), NULL);
            changes++;
        }
    }
    for (size_t i = 0; i < draft_count(b); i++) {
        if (!same_thing(a, draft_at(b, i))) {
            print_change(invocation, draft_at(b, i)->path, NULL, NULL, title_of(draft_at(b, i)));
            changes++;
        }
    }
    return changes;
}

/* Only what is wrong with the form stands in the way; the sense is compared as written. */
static int load(const struct invocation *invocation, const char *path, struct draft **draft)
{
    struct text error = {0};
    struct findings *findings = findings_new();
    int status = STATUS_DONE;
    if (!findings || desk_draft(path, draft, findings, &error) != 0) {
        status = command_tell_file(invocation, "policy diff", path, &error);
    }
    for (size_t i = 0; status != STATUS_ENVIRONMENT && i < findings_count(findings); i++) {
        struct text line = {0};
        policy_finding(invocation, path, findings_at(findings, i), &line);
        fprintf(invocation->err, "%s\n", text_bytes(&line));
        text_free(&line);
        status = STATUS_USAGE;
    }
    findings_free(findings);
    text_free(&error);
    return status;
}

int policy_diff(const struct invocation *invocation, int argc, char **argv)
{
    struct draft *drafts[2] = {NULL, NULL};
    int status = STATUS_DONE;
    if (argc != 2) {
        fputs(_("yuntai policy diff: which two? write the older file and the newer one\n"),
              invocation->err);
        return STATUS_USAGE;
    }
    for (int i = 0; i < 2 && status == STATUS_DONE; i++) {
        status = load(invocation, argv[i], &drafts[i]);
    }
    if (status == STATUS_DONE) {
        if (invocation->format == FORMAT_CSV) {
            fputs("thing,key,old,new\n", invocation->out);
        }
        status = compare(invocation, drafts[0], drafts[1]) ? STATUS_REFUSED : STATUS_DONE;
    }
    draft_free(drafts[0]);
    draft_free(drafts[1]);
    return status;
}
