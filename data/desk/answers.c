/* answers.c: what the bureau decided on the open questions of its policy. */
#include <string.h>

#include "data/desk/inside.h"

static const struct question *question_of(const struct policy *policy, const char *name,
                                          size_t length)
{
    for (int32_t i = 0; i < policy->question_count; i++) {
        const char *known = policy->questions[i].title.name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            return &policy->questions[i];
        }
    }
    return NULL;
}

static bool has_option(const struct question *question, const char *name, size_t length)
{
    for (int32_t i = 0; i < question->option_count; i++) {
        const char *known = question->options[i].title.name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static const char *option_names(struct asking *asking, const struct question *question)
{
    struct text out = {0};
    for (int32_t i = 0; i < question->option_count; i++) {
        text_addf(&out, "%s%s", i ? ", " : "", question->options[i].title.name);
    }
    return arena_keep(asking->arena, &out);
}

int must_be_answer(struct asking *asking, const char *name, const char *option)
{
    const struct question *question =
        question_of(asking->counter->current->policy, name, strlen(name));
    if (!question) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("the policy has no question “%1”; `yuntai policy list` lists them"),
                         name, NULL);
    }
    return has_option(question, option, strlen(option))
               ? 0
               : error_set4(asking->error, ERROR_USAGE,
                            N_("question “%1” has no option “%2”; it has %3"), name, option,
                            option_names(asking, question), NULL);
}

/* The line of ANSWERS on the question called NAME; NULL. */
static const char *line_on(const char *answers, const char *name, size_t length)
{
    for (const char *at = answers; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        if (strncmp(at, name, length) == 0 && at[length] == ' ') {
            return at;
        }
    }
    return NULL;
}

int answers_after(struct asking *asking, const char *text, const char *said, struct text *out)
{
    const struct rulebook *present = asking->counter->current;
    struct text ignored = {0}, old = {0};
    struct rulebook *bare = present ? rulebook_make(text, strlen(text), "", asking->error) : NULL;
    int status =
        !present ? 0
        : !bare  ? -1
                 : store_policy(asking->counter->store, present->id, &ignored, &old, asking->error);
    for (const char *at = text_bytes(&old), *end; status == 0 && *at; at = end + (*end == '\n')) {
        size_t name = strcspn(at, " \n");
        end = at + strcspn(at, "\n");
        const struct question *question = question_of(bare->policy, at, name);
        const char *option = at + name + (at[name] == ' ');
        if (question && !line_on(said, at, name) &&
            has_option(question, option, (size_t)(end - option))) {
            text_add_n(out, at, (size_t)(end - at));
            text_add(out, "\n");
        }
    }
    text_add(out, said);
    rulebook_free(bare);
    text_free(&ignored);
    text_free(&old);
    return status == 0 && out->failed ? error_memory(asking->error) : status;
}
