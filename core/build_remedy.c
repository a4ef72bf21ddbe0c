/* build_remedy.c: what may be done about a card (POLICY guide, section 3, card). */
#include <string.h>

#include "core/build.h"

const char *remedy_name(enum remedy_kind kind)
{
    static const char *const names[] = {
        [REMEDY_EXPLAIN] = "explain", [REMEDY_WAIVE] = "waive", [REMEDY_URGE] = "urge"};
    return names[kind];
}

/* Which of the keys a remedy must have, and may have. */
static const struct {
    const char *key;
    unsigned must, may; /* bits by remedy */
} belongs[] = {
    {"by", 1U << REMEDY_WAIVE, 1U << REMEDY_EXPLAIN | 1U << REMEDY_WAIVE},
    {"apart", 0, 1U << REMEDY_WAIVE},
    {"back", 0, 1U << REMEDY_WAIVE},
    {"opens", 1U << REMEDY_URGE, 1U << REMEDY_URGE},
    {"case", 1U << REMEDY_URGE, 1U << REMEDY_URGE},
    {"with", 0, 1U << REMEDY_URGE},
};

static void check_keys(struct builder *b, const struct draft_thing *thing, enum remedy_kind kind)
{
    for (size_t i = 0; i < sizeof belongs / sizeof *belongs; i++) {
        struct value_text value = value_of_key(b, thing, belongs[i].key);
        if (!value.key && (belongs[i].must >> kind & 1)) {
            build_say(value, 0, MESSAGE_build_remedy_needs, remedy_name(kind), belongs[i].key,
                      NULL);
        } else if (value.key && !(belongs[i].may >> kind & 1)) {
            build_say(value, 0, MESSAGE_build_remedy_key, remedy_name(kind), NULL, NULL);
        }
    }
}

/* The one field of KEY, of TYPE and in the application of the procedure that is opened; -1. */
static int32_t read_one(struct builder *b, const struct draft_thing *thing, const char *key,
                        enum field_type type, int32_t opens)
{
    struct value_text value = value_of_key(b, thing, key);
    struct indexes fields = read_fields(value);
    if (!value.key || fields.count == 0 || opens < 0) {
        return -1;
    }
    struct indexes asked = b->procedures[opens].application;
    bool there = false;
    for (int32_t i = 0; i < asked.count; i++) {
        there |= asked.items[i] == fields.items[0];
    }
    if (fields.count != 1 || !there || b->fields[fields.items[0]].type != type) {
        build_say(value, 0, MESSAGE_build_remedy_field, value.key->text,
                  b->procedures[opens].title.name, type == FIELD_TEXT ? "text" : "role");
        return -1;
    }
    return fields.items[0];
}

static void read_remedy(struct builder *b, enum remedy_kind kind)
{
    struct remedy *remedy = &b->policy->remedies[kind];
    const struct draft_thing *thing =
        draft_find(b->compiler.draft, KIND_CARD, "", remedy->title.name);
    check_keys(b, thing, kind);
    remedy->by = read_roles(value_of_key(b, thing, "by"));
    remedy->apart = read_flag(value_of_key(b, thing, "apart"));
    read_period(value_of_key(b, thing, "back"), &remedy->back);
    remedy->opens = read_procedure(value_of_key(b, thing, "opens"));
    remedy->number = read_one(b, thing, "case", FIELD_TEXT, remedy->opens);
    remedy->with = read_one(b, thing, "with", FIELD_ROLE, remedy->opens);
    remedy->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
}

void build_remedies(struct builder *b)
{
    for (int i = 0; i < REMEDY_KINDS; i++) {
        struct remedy *remedy = &b->policy->remedies[i];
        if (remedy->offered) {
            read_remedy(b, (enum remedy_kind)i);
        }
    }
}
