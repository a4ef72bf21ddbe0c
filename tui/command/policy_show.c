/* policy_show.c: yuntai policy show: an article and what came of it; a thing as written. */
#include <string.h>

#include "tui/command/policy.h"
#include "tui/output.h"
#include "tui/text.h"

struct showing {
    const struct invocation *invocation;
    const struct draft *draft;
    const struct policy *policy;
    bool english;
};

static const char *text_of(const struct draft_thing *thing, const char *key)
{
    const struct draft_key *found = draft_key(thing, key);
    return found ? found->text : NULL;
}

static const char *title_of(const struct showing *showing, const struct draft_thing *thing)
{
    const char *en = text_of(thing, "en"), *zh = text_of(thing, "title");
    const char *title = showing->english && en ? en : zh;
    return title ? title : thing->name;
}

static void print_thing(const struct showing *showing, const struct draft_thing *thing)
{
    FILE *out = showing->invocation->out;
    if (showing->invocation->format == FORMAT_JSON) {
        struct text line = {0};
        text_add(&line, "{\"thing\":");
        json_string(&line, thing->path);
        for (int32_t i = 0; i < thing->key_count; i++) {
            text_add(&line, ",");
            json_string(&line, thing->keys[i].key);
            text_add(&line, ":");
            json_string(&line, thing->keys[i].text);
        }
        fprintf(out, "%s}\n", text_bytes(&line));
        text_free(&line);
        return;
    }
    fprintf(out, "%s  %s\n", thing->path, title_of(showing, thing));
    for (int32_t i = 0; i < thing->key_count; i++) {
        const struct draft_key *key = &thing->keys[i];
        if (strcmp(key->key, "title") != 0 && strcmp(key->key, "en") != 0) {
            fprintf(out, "    %-9s %s\n", key->key, key->text);
        }
    }
}

/* Is NUMBER among the articles a thing cites? */
static bool cites(const struct draft_thing *thing, const char *number)
{
    const char *at = text_of(thing, "article");
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

static void print_article(const struct showing *showing, const struct draft_thing *article)
{
    FILE *out = showing->invocation->out;
    const char *summary = text_of(article, showing->english ? "summary.en" : "summary");
    const char *silent = text_of(article, "silent");
    fprintf(out, _("Article %s  %s\n"), article->name, title_of(showing, article));
    if (summary) {
        fprintf(out, "    %s\n", summary);
    }
    if (silent) {
        fprintf(out, _("    nothing comes of it: %s\n"), silent);
    }
    for (size_t i = 0; i < draft_count(showing->draft); i++) {
        const struct draft_thing *thing = draft_at(showing->draft, i);
        if (cites(thing, article->name)) {
            fprintf(out, "    %-32s %s\n", thing->path, title_of(showing, thing));
        }
    }
}

/* A number, a path, or the name of things of any kind. */
static bool show_name(const struct showing *showing, const char *name)
{
    bool found = false;
    for (size_t i = 0; i < draft_count(showing->draft); i++) {
        const struct draft_thing *thing = draft_at(showing->draft, i);
        if (strcmp(thing->path, name) != 0 && strcmp(thing->name, name) != 0) {
            continue;
        }
        found = true;
        if (thing->kind == KIND_ARTICLE && showing->invocation->format != FORMAT_JSON) {
            print_article(showing, thing);
        } else {
            print_thing(showing, thing);
        }
    }
    if (!found) {
        fprintf(showing->invocation->err,
                _("yuntai: the policy has no “%s”; yuntai policy show gives an overview\n"), name);
    }
    return found;
}

static void overview_of(const struct showing *showing, enum kind kind, const char *heading,
                        const char *key)
{
    FILE *out = showing->invocation->out;
    bool first = true;
    for (size_t i = 0; i < draft_count(showing->draft); i++) {
        const struct draft_thing *thing = draft_at(showing->draft, i);
        if (thing->kind != kind) {
            continue;
        }
        if (first) {
            fprintf(out, "\n%s\n", heading);
            first = false;
        }
        const char *value = key ? text_of(thing, key) : NULL;
        const char *article = text_of(thing, "article");
        fprintf(out, "  %-20s %s", thing->name, title_of(showing, thing));
        if (value) {
            fprintf(out, "  %s", value);
        }
        if (article) {
            fprintf(out, "  [%s]", article);
        }
        fputs("\n", out);
    }
}

static void overview(const struct showing *showing)
{
    const struct policy *policy = showing->policy;
    FILE *out = showing->invocation->out;
    char day[DAY_TEXT];
    fprintf(out, "%s  %s\n", policy->id, showing->english ? policy->title.en : policy->title.zh);
    if (policy->number) {
        fprintf(out, "%s\n", policy->number);
    }
    fprintf(out, _("in force from %s\n"), day_format(policy->effective, day));
    overview_of(showing, KIND_ARTICLE, _("articles"), NULL);
    overview_of(showing, KIND_ROLE, _("roles"), "sees");
    overview_of(showing, KIND_PROCEDURE, _("procedures"), NULL);
    overview_of(showing, KIND_CLOCK, _("clocks"), "limit");
    overview_of(showing, KIND_DUTY, _("duties"), "due");
    overview_of(showing, KIND_USAGE, _("use"), "for");
    overview_of(showing, KIND_SCORE, _("appraisal"), "each");
    overview_of(showing, KIND_BILL, _("bills"), "due");
    overview_of(showing, KIND_QUESTION, _("open questions"), "answer");
}

int policy_show(const struct invocation *invocation, int argc, char **argv)
{
    struct draft *draft;
    struct policy *policy;
    const char *path = NULL;
    int names = 0;
    for (int i = 0; i < argc; i++) {
        if (policy_is_file(argv[i])) {
            path = argv[i];
        } else {
            argv[names++] = argv[i];
        }
    }
    int status = policy_load(invocation, path, &draft, &policy);
    if (status != STATUS_DONE) {
        return status;
    }
    struct showing showing = {invocation, draft, policy, strcmp(invocation->language, "en") == 0};
    if (names == 0) {
        overview(&showing);
    }
    for (int i = 0; i < names; i++) {
        status = show_name(&showing, argv[i]) ? status : STATUS_NOT_FOUND;
    }
    policy_free(policy);
    draft_free(draft);
    return status;
}
