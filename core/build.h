/*
 * build.h: what the files that build a policy from a draft share.
 *
 * build_names.c registers every thing; build_field.c, build_case.c (procedures, states, events,
 * rules), build_clock.c, build_remedy.c (what may be done about cards) and build_period.c (duties,
 * use, appraisal, bills) fill them in;
 * build_read.c reads values.
 */
#ifndef YUNTAI_CORE_BUILD_H
#define YUNTAI_CORE_BUILD_H

#include "core/compiler.h"
#include "core/near.h"

struct builder {
    struct compiler compiler; /* first: expr_compile() and the checks are given it */
    struct policy *policy;
    /* the arrays of the policy, writable while it is made, with the thing each came from */
    struct article *articles;
    struct law *laws;
    struct term *terms;
    struct post *roles;
    struct group *groups;
    struct field *fields;
    struct procedure *procedures;
    struct clock *clocks;
    struct duty *duties;
    struct usage *usages;
    struct drift *drifts;
    struct score *scores;
    struct bill *bills;
    struct question *questions;
    struct label *labels[2]; /* of levels and measures */
    const struct draft_thing **field_things, **clock_things, **group_things;
    const struct draft_thing **procedure_things, **role_things;
    int32_t *slot_of, *column_of, *role_of, *field_of, *clock_of, *procedure_of, *group_of;
    struct field **columns;
};

/* A value being read. */
struct value_text {
    struct builder *builder;
    const struct draft_thing *thing;
    const struct draft_key *key; /* NULL: the key is not there */
};
/* A stretch of it: an item of a list. */
struct piece {
    const char *text;
    size_t length;
    size_t from; /* offset in the key's text */
};

struct value_text value_of_key(struct builder *builder, const struct draft_thing *thing,
                               const char *key);
void *build_say(struct value_text value, size_t offset, enum message_id id, const char *a,
                const char *b, const char *c);
const char *build_keep(struct builder *builder, const char *text, size_t length);
/* How many things of KIND the draft has, under OWNER (NULL: any). */
size_t build_count(const struct draft *draft, enum kind kind, const char *owner);
int32_t build_symbol(struct builder *builder, const char *text,
                     size_t length); /* 0: no such name */

/* Items divided by commas outside brackets. False at the end. */
bool next_piece(struct value_text value, size_t *at, struct piece *piece);
/* An array in the policy's arena with room for one object of SIZE bytes a piece, and one more. */
void *room_for_pieces(struct value_text value, size_t size);
bool piece_is(struct piece piece, const char *word);
/* "REST if CONDITION" split in two; false where there is no if. */
bool split_if(struct piece piece, struct piece *value, struct piece *condition);
/* The first word of PIECE taken off it; length 0 where it has none. */
struct piece take_word(struct piece *piece);
/* A name that is none of a kind; says what a list item with a blank was perhaps meant as. */
void *no_such_name(struct value_text value, struct piece piece, enum kind kind);

bool read_flag(struct value_text value);
const char *read_text(struct value_text value);
int32_t read_words(struct value_text value,
                   int32_t otherwise); /* index among the key's fixed words */
int32_t read_day(struct value_text value);
bool read_number(struct value_text value, int64_t *micro);
bool piece_period(struct piece piece, struct period *period);
bool read_period(struct value_text value, struct period *period);
struct labels read_labels(struct value_text value, bool bounds);
struct cites read_cites(struct value_text value, struct cites otherwise);
uint64_t read_roles(struct value_text value);
int32_t read_role(struct value_text value);
int32_t piece_role(struct value_text value, struct piece piece);
const struct expr *read_condition(struct value_text value, struct piece piece,
                                  struct ground_of ground, enum value_type type);
const struct expr *read_when(struct value_text value, struct ground_of ground);
struct indexes read_fields(struct value_text value);
struct indexes read_clocks(struct value_text value);
int32_t read_procedure(struct value_text value);
enum card cap_of(const struct policy *policy, enum basis basis);

/* The parts of a build, in order. */
bool build_names(struct builder *builder);
void build_fields(struct builder *builder);
void build_field_conditions(struct builder *builder);
void build_clocks(struct builder *builder);
void build_cases(struct builder *builder);
void build_remedies(struct builder *builder);
void build_periods(struct builder *builder);
void build_questions(struct builder *builder);
bool build_slots(struct builder *builder);      /* before conditions */
bool build_queries(struct builder *builder);    /* after them */
void build_name_rules(struct builder *builder); /* section 2.2 */

#endif
