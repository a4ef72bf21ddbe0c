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

static const char *title_of(const struct showing *showing, const struct draft_thing *thing)
{
    const char *en = draft_text(thing, "en"), *zh = draft_text(thing, "title");
    const char *title = showing->english && en ? en : zh;
    return title ? title : thing->name;
}

/* A row for machines: NAMES and VALUES, COUNT of each; a value not given is null or empty. */
static void print_row(const struct showing *showing, const char *const *names,
                      const char *const *values, int count)
{
    struct text line = {0};
    bool json = showing->invocation->format == FORMAT_JSON;
    for (int i = 0; i < count; i++) {
        text_add(&line, i ? "," : json ? "{" : "");
        if (json) {
            json_string(&line, names[i]);
            text_add(&line, ":");
            json_string(&line, values[i]);
        } else {
            csv_field(&line, values[i] ? values[i] : "");
        }
    }
    fprintf(showing->invocation->out, "%s%s\n", text_bytes(&line), json ? "}" : "");
    text_free(&line);
}

static void print_thing(const struct showing *showing, const struct draft_thing *thing)
{
    static const char *const names[] = {"thing", "key", "value"};
    FILE *out = showing->invocation->out;
    if (showing->invocation->format == FORMAT_TABLE) {
        fprintf(out, "%s  %s\n", thing->path, title_of(showing, thing));
    }
    for (int32_t i = 0; i < thing->key_count; i++) {
        const struct draft_key *key = &thing->keys[i];
        if (showing->invocation->format == FORMAT_TABLE) {
            fprintf(out, "    %-9s %s\n", key->key, key->text);
        } else {
            const char *const values[] = {thing->path, key->key, key->text};
            print_row(showing, names, values, 3);
        }
    }
}

/* What came of an article: all things that cite it. */
static void print_citing(const struct showing *showing, const struct draft_thing *article)
{
    static const char *const names[] = {"thing", "key", "value"};
    for (size_t i = 0; i < draft_count(showing->draft); i++) {
        const struct draft_thing *thing = draft_at(showing->draft, i);
        if (!draft_cites(thing, article->name)) {
            continue;
        }
        if (showing->invocation->format == FORMAT_TABLE) {
            fprintf(showing->invocation->out, "    %-32s %s\n", thing->path,
                    title_of(showing, thing));
        } else {
            const char *const values[] = {article->path, "cited by", thing->path};
            print_row(showing, names, values, 3);
        }
    }
}

static void print_article(const struct showing *showing, const struct draft_thing *article)
{
    FILE *out = showing->invocation->out;
    const char *summary = draft_text(article, showing->english ? "summary.en" : "summary");
    const char *silent = draft_text(article, "silent");
    if (showing->invocation->format != FORMAT_TABLE) {
        print_thing(showing, article);
    } else {
        fprintf(out, _("Article %s  %s\n"), article->name, title_of(showing, article));
        if (summary) {
            fprintf(out, "    %s\n", summary);
        }
        if (silent) {
            fprintf(out, _("    nothing comes of it: %s\n"), silent);
        }
    }
    print_citing(showing, article);
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
        if (thing->kind == KIND_ARTICLE) {
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
        const char *value = key ? draft_text(thing, key) : NULL;
        const char *article = draft_text(thing, "article");
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

static void overview_procedures(const struct showing *showing)
{
    FILE *out = showing->invocation->out;
    const struct policy *policy = showing->policy;
    fprintf(out, "\n%s\n", _("procedures"));
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        const struct procedure *procedure = &policy->procedures[i];
        fprintf(out, "  %-20s %s", procedure->title.name,
                policy_title(showing->invocation, &procedure->title));
        for (int32_t k = 0; k < procedure->state_count; k++) {
            fprintf(out, "%s%s", k ? " · " : "\n      ",
                    policy_title(showing->invocation, &procedure->states[k].title));
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
    if (policy->effective != DAY_NONE) {
        fprintf(out, _("in force from %s\n"), day_format(policy->effective, day));
    }
    overview_of(showing, KIND_ARTICLE, _("articles"), NULL);
    overview_of(showing, KIND_ROLE, _("roles"), "sees");
    overview_procedures(showing);
    overview_of(showing, KIND_CLOCK, _("clocks"), "limit");
    overview_of(showing, KIND_CARD, _("cards"), "by");
    overview_of(showing, KIND_DUTY, _("duties"), "due");
    overview_of(showing, KIND_USAGE, _("use"), "for");
    overview_of(showing, KIND_SCORE, _("appraisal"), "each");
    overview_of(showing, KIND_BILL, _("bills"), "due");
    overview_of(showing, KIND_QUESTION, _("open questions"), "answer");
}

/* The same for machines: every thing, a row each. */
static void overview_rows(const struct showing *showing)
{
    static const char *const names[] = {"thing", "title", "en", "article"};
    if (showing->invocation->format == FORMAT_CSV) {
        fputs("thing,title,en,article\n", showing->invocation->out);
    }
    for (size_t i = 0; i < draft_count(showing->draft); i++) {
        const struct draft_thing *thing = draft_at(showing->draft, i);
        const char *const values[] = {thing->path, draft_text(thing, "title"),
                                      draft_text(thing, "en"), draft_text(thing, "article")};
        print_row(showing, names, values, 4);
    }
}

static void show_all(const struct showing *showing)
{
    if (showing->invocation->format == FORMAT_TABLE) {
        overview(showing);
    } else {
        overview_rows(showing);
    }
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
        show_all(&showing);
    } else if (invocation->format == FORMAT_CSV) {
        fputs("thing,key,value\n", invocation->out);
    }
    for (int i = 0; i < names; i++) {
        status = show_name(&showing, argv[i]) ? status : STATUS_NOT_FOUND;
    }
    policy_free(policy);
    draft_free(draft);
    return status;
}
