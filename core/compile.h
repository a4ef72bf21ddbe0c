/*
 * compile.h: from the text of a policy to a policy, and everything that is wrong with it.
 *
 * The floor below reads the file and hands over its keys (struct source). draft_new() sorts them
 * into things (POLICY guide, section 2): long and short form, several owners. policy_compile()
 * resolves and types a draft under given answers to its questions and proves the checks of
 * section 11; every error is found at once.
 */
#ifndef YUNTAI_CORE_COMPILE_H
#define YUNTAI_CORE_COMPILE_H

#include "core/policy.h"

/* Byte FROM of a value stands at this place; a value that goes on over lines has several. */
struct spot {
    int32_t from;
    struct place place;
    const char *
        raw; /* the bytes of the file there, for counting characters; as long as the source lives */
};
struct source_key {
    const char *section, *key,
        *value; /* as the INI library reads them: comments and quotes gone, lines joined */
    struct place section_place, key_place;
    const struct spot *spots; /* at least one unless the value is empty */
    int32_t spot_count;
};
struct source {
    const struct source_key *keys; /* in the order written */
    size_t count;
};

/* One thing wrong. Shown as FILE:LINE:COLUMN thing key: message. */
struct finding {
    struct place place;
    const char *thing;   /* "clock.review", "state.access.signing"; "" for the file */
    const char *key;     /* "limit"; "" */
    const char *answers; /* under which answers it shows, "question option, …"; "" for the file as
                            written */
    struct message message;
};
/* Findings live in their own arena, in order of place. */
struct findings;
struct findings *findings_new(void);
void findings_free(struct findings *findings);
size_t findings_count(const struct findings *findings);
const struct finding *findings_at(const struct findings *findings, size_t index);
/* Adds one (its texts are copied), unless the same stands there. Used by the reader of files too.
 */
void findings_add(struct findings *findings, struct place place, const char *thing, const char *key,
                  const char *answers, enum message_id id, const char *a, const char *b,
                  const char *c, const char *d);
void findings_sort(struct findings *findings);
bool findings_failed(const struct findings *findings); /* memory was short */

struct draft; /* things and their keys, all as text with places */
/* NULL only without memory; what is wrong with the form goes to FINDINGS. Copies what it keeps. */
struct draft *draft_new(const struct source *source, struct findings *findings);
void draft_free(struct draft *draft);

struct answer {
    const char *question, *option;
};

/* DRAFT is of a policy on record: a name that has been taken for the desk since it was adopted is
 * let pass, or a bureau could not open what it wrote. */
void draft_adopted(struct draft *draft);

/*
 * The policy under the file's answers, with ANSWERS in their place where given (POLICY 10). NULL
 * where anything is wrong; FINDINGS says what. Checks 1 to 8 of section 11.
 */
struct policy *policy_compile(const struct draft *draft, const struct answer *answers, size_t count,
                              struct findings *findings);
/* Check 9: each option alone and each pair from two questions; finds only what the file as written
 * does not. */
void policy_check_answers(const struct draft *draft, struct findings *findings);

#endif
