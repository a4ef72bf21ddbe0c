/*
 * registers.h: what each register holds: its facts, what they may be, who may change them.
 *
 * A table, so that lists, forms, imports and checks all read the same description.
 */
#ifndef YUNTAI_DATA_DESK_REGISTERS_H
#define YUNTAI_DATA_DESK_REGISTERS_H

#include "data/desk/inside.h"

enum fact_type {
    FACT_TEXT,
    FACT_NUMBER,
    FACT_MONEY, /* 元, two decimals at most */
    FACT_DAY,
    FACT_YESNO,
    FACT_ROLES, /* names of roles, kept as "a, b" */
    FACT_LEVEL, /* of organisations, as the policy names them */
    FACT_ORG,   /* these four: kept as a code */
    FACT_PERSON,
    FACT_PRODUCT,
    FACT_SYSTEM,
    FACT_PATTERN, /* an extended regular expression */
    FACT_ORGS,    /* codes, kept as "a, b" */
    FACT_UID
};
struct register_fact {
    const char *name;
    enum fact_type type;
    bool required;
    const char *title; /* msgid */
};

enum free_names { FREE_NONE, FREE_SYSTEM, FREE_MEASURES, FREE_COLUMNS };
struct register_kind {
    const struct register_fact *facts;
    int32_t fact_count;
    enum book_kind parent;
    bool has_parent, needs_parent;
    bool needs_since;
    unsigned keeps;       /* enum keeps: who keeps one of them may change it */
    enum free_names free; /* FREE_SYSTEM: entry.FIELD, item.CODE.COLUMN; FREE_MEASURES: a measure;
                             FREE_COLUMNS: a measure or a per-item field */
    const char *title;    /* msgid */
};

const struct register_kind *register_kind(enum book_kind kind);
/* The kind named NAME; -1 with ERROR. */
int register_named(struct asking *asking, const char *name, enum book_kind *kind);
/* The description of fact NAME; NULL where the register has none of that name (it may be free). */
const struct register_fact *register_fact(enum book_kind kind, const char *name);
/* Checks VALUE (not "") of fact NAME; *OUT is how it is kept, in ASKING's arena. -1 with ERROR,
 * which says what is wrong and what would be right. */
int register_value(struct asking *asking, enum book_kind kind, const char *name, const char *value,
                   const char **out);
/* Puts a fact into BAG, or takes it away where VALUE is "". -1 with ERROR. */
int register_set(struct asking *asking, enum book_kind kind, struct bag *bag, const char *name,
                 const char *value);
/* Nothing that is required is missing from BAG. -1 with ERROR. */
int register_whole(struct asking *asking, enum book_kind kind, const char *code,
                   const struct bag *bag);
/* The facts of ENTRY (NULL: none) into BAG. */
int register_bag(struct asking *asking, const struct entry *entry, struct bag *bag);

/* A thing as it is to stand, before register_write(). */
struct filing {
    enum book_kind kind;
    const struct entry *old; /* NULL: new */
    const char *code, *name;
    int64_t parent;
    int32_t since, until;
    struct bag bag; /* facts; owned */
};
/* What ENTRY says (NULL: nothing), or CODE. */
int filing_begin(struct asking *asking, enum book_kind kind, const struct entry *entry,
                 const char *code, struct filing *out);
/* Sets one of name, parent, since, until, or a fact. An empty VALUE takes away. */
int filing_set(struct asking *asking, struct filing *filing, const char *name, const char *value);
/* Whether it is as it is on record already. */
bool filing_same(const struct asking *asking, const struct filing *filing);
/* All that is required is there, and until does not lie before since. */
int filing_check(struct asking *asking, const struct filing *filing);
/* verb_put.c: gives it its parent's name where it goes by no other, then the same; and one account
 * stands for one person. */
int filing_settle(struct asking *asking, struct filing *filing);
/* On record. EVENT NULL: enter or change. */
int filing_write(struct asking *asking, const struct filing *filing, int32_t rev, const char *event,
                 const char *body, int64_t effective, int64_t *id);
void filing_free(struct filing *filing);

/* Who asks, by ids: writing to a register reads the book anew, and old entries are gone then. */
struct who_asks {
    int64_t person, org, deputies[POLICY_SET_MOST];
};
struct who_asks who_asks(const struct asking *asking);
void who_again(struct asking *asking, const struct who_asks *who);

#endif
