/* check_answers.c: every other answer, alone and with one other, makes a right policy too (check
 * 9). */
#include "core/check.h"

#include <string.h>

/* A compile takes about a millisecond; a file is not worth more than so many. */
enum { PAIRS_MOST = 20000 };

struct others { /* the options that are not the file's answer, in the order written */
    struct answer *answers;
    const struct draft_thing **things;
    size_t count;
};

static bool is_other(const struct draft *draft, const struct draft_thing *option)
{
    const struct draft_thing *question =
        option->kind == KIND_OPTION ? draft_find(draft, KIND_QUESTION, "", option->owner) : NULL;
    const struct draft_key *answer = question ? draft_key(question, "answer") : NULL;
    return answer && strcmp(answer->text, option->name) != 0;
}

static bool find_others(const struct draft *draft, struct arena *arena, struct others *others)
{
    size_t most = draft_count(draft);
    others->answers = arena_array(arena, most + 1, sizeof *others->answers);
    others->things = arena_array(arena, most + 1, sizeof *others->things);
    for (size_t i = 0; others->answers && others->things && i < most; i++) {
        const struct draft_thing *option = draft_at(draft, i);
        if (is_other(draft, option)) {
            others->things[others->count] = option;
            others->answers[others->count++] = (struct answer){option->owner, option->name};
        }
    }
    return others->answers && others->things;
}

/* What a pair shows and one of it alone showed before stands already, so it is not said again. */
static void check_pairs(const struct draft *draft, const struct others *others,
                        struct findings *findings)
{
    size_t pairs = 0;
    for (size_t i = 0; i < others->count; i++) {
        for (size_t k = i + 1; k < others->count; k++) {
            struct answer both[2] = {others->answers[i], others->answers[k]};
            if (strcmp(both[0].question, both[1].question) == 0) {
                continue;
            }
            if (++pairs > PAIRS_MOST) {
                findings_add(findings, others->things[i]->place, others->things[i]->path, "", "",
                             MESSAGE_check_answers_many, NULL, NULL, NULL, NULL);
                return;
            }
            policy_free(policy_compile(draft, both, 2, findings));
        }
    }
}

void policy_check_answers(const struct draft *draft, struct findings *findings)
{
    struct arena *arena = arena_new();
    struct others others = {0};
    if (arena && find_others(draft, arena, &others)) {
        for (size_t i = 0; i < others.count; i++) {
            policy_free(policy_compile(draft, &others.answers[i], 1, findings));
        }
        check_pairs(draft, &others, findings);
    }
    arena_free(arena);
    findings_sort(findings);
}
