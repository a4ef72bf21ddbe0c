/*
 * language.h: the policy language as tables: kinds, their keys, field types, facts, functions.
 *
 * The one list that the compiler reads by, that `policy keys` prints and that the guide
 * (data/policy/README.md) is tested against.
 */
#ifndef YUNTAI_CORE_LANGUAGE_H
#define YUNTAI_CORE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

enum kind {
    KIND_POLICY,
    KIND_ARTICLE,
    KIND_LAW,
    KIND_TERM,
    KIND_QUESTION,
    KIND_OPTION,
    KIND_ROLE,
    KIND_FORM,
    KIND_FIELD,
    KIND_PROCEDURE,
    KIND_STATE,
    KIND_EVENT,
    KIND_RULE,
    KIND_CLOCK,
    KIND_CARD,
    KIND_DUTY,
    KIND_USAGE,
    KIND_DRIFT,
    KIND_SCORE,
    KIND_METRIC,
    KIND_BILL,
    KIND_COUNT
};

/* What a key's value looks like; the compiler has a reader for each. */
enum shape {
    SHAPE_TEXT,
    SHAPE_FLAG,
    SHAPE_NUMBER,
    SHAPE_DATE,
    SHAPE_NAME,
    SHAPE_PERIOD,
    SHAPE_TIME,
    SHAPE_WORDS, /* one of fixed words, see WORDS */
    SHAPE_ROLE,
    SHAPE_ROLES,
    SHAPE_CITES,
    SHAPE_LABELS,
    SHAPE_CONDITION,
    SHAPE_EXPRESSION,
    SHAPE_LIMIT,
    SHAPE_LIMITS,
    SHAPE_STATE,
    SHAPE_STATES,
    SHAPE_EVENTS,
    SHAPE_CLOCKS,
    SHAPE_EVENT,
    SHAPE_FIELDS,
    SHAPE_FORMS,
    SHAPE_TO,
    SHAPE_BY,
    SHAPE_WHO,
    SHAPE_TELL,
    SHAPE_EXTENDS,
    SHAPE_PROCEDURE,
    SHAPE_EACH,
    SHAPE_DUE,
    SHAPE_FOR,
    SHAPE_OCCASIONS,
    SHAPE_BACKDATE,
    SHAPE_ELSE,
    SHAPE_OPTION,
    SHAPE_PART,
    SHAPE_STAGE,
    SHAPE_MEASURE,
    SHAPE_RANGE,
    SHAPE_DEFAULT,
    SHAPE_POINTS,
    SHAPE_GRADES,
    SHAPE_KEEPS,
    SHAPE_HOLDS
};

struct kind_info {
    enum kind kind;
    const char *name;
    bool owned;          /* KIND.OWNER.NAME */
    bool single;         /* policy: one section, no name */
    const char *english; /* one line for `policy keys`, a gettext msgid */
};
struct key_info {
    enum kind kind;
    const char *key;
    enum shape shape;
    bool required;
    const char *words;   /* SHAPE_WORDS: "mirror clear" */
    const char *english; /* one line, a gettext msgid */
};
struct word_info { /* a field type, a fact or a function */
    const char *name;
    const char *english;
};

const struct kind_info *language_kind(enum kind kind);
/* KIND_COUNT where NAME of LENGTH bytes is none. */
enum kind language_kind_of(const char *name, size_t length);
/* The keys of all kinds, kind by kind; title and en are of every kind and listed with each. */
const struct key_info *language_keys(size_t *count);
const struct key_info *language_key(enum kind kind, const char *key, size_t length);
const struct word_info *language_field_types(size_t *count);
const struct word_info *language_facts(size_t *count);
const struct word_info *language_functions(size_t *count);

#endif
