/* filing.c: a thing of a register in the making: what it said, what is new, whether it is whole. */
#include <string.h>

#include "data/desk/registers.h"

static const char *keep(struct asking *asking, const char *text)
{
    return arena_text(asking->arena, text, strlen(text));
}

int register_bag(struct asking *asking, const struct entry *entry, struct bag *bag)
{
    const char *at = entry ? entry->thing.facts : "", *end = at + strlen(at), *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        if (!bag_set(bag, arena_text(asking->arena, name, name_length),
                     fact_unescape(asking->arena, value, length))) {
            return error_memory(asking->error);
        }
    }
    return arena_failed(asking->arena) ? error_memory(asking->error) : 0;
}

int register_set(struct asking *asking, enum book_kind kind, struct bag *bag, const char *name,
                 const char *value)
{
    const char *kept = "";
    size_t length = strlen(name);
    if (length == 0 || strcspn(name, "=\n\\") != length) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” is no name of a fact; it has letters, digits, _ and ."), name,
                         NULL);
    }
    if (!*value && !bag_get(bag, name)) {
        return 0;
    }
    if (*value && register_value(asking, kind, name, value, &kept) != 0) {
        return -1;
    }
    return bag_set(bag, keep(asking, name), keep(asking, kept)) ? 0 : error_memory(asking->error);
}

static int missing(struct asking *asking, const char *code, const char *what)
{
    return error_set(asking->error, ERROR_USAGE, N_("%1: “%2” is missing"), code, what);
}

int register_whole(struct asking *asking, enum book_kind kind, const char *code,
                   const struct bag *bag)
{
    const struct register_kind *about = register_kind(kind);
    for (int32_t i = 0; i < about->fact_count; i++) {
        const char *value = bag_get(bag, about->facts[i].name);
        if (about->facts[i].required && (!value || !*value)) {
            return missing(asking, code, about->facts[i].name);
        }
    }
    return 0;
}

/* ---- filing ---- */

int filing_begin(struct asking *asking, enum book_kind kind, const struct entry *entry,
                 const char *code, struct filing *out)
{
    *out = (struct filing){.kind = kind,
                           .old = entry,
                           .code = entry ? entry->thing.code : code,
                           .name = entry ? entry->thing.name : "",
                           .parent = entry ? entry->thing.parent : 0,
                           .since = entry ? entry->thing.since : DAY_NONE,
                           .until = entry ? entry->thing.until : DAY_NONE};
    /* the book may be read anew while this is in hand */
    out->code = keep(asking, out->code);
    out->name = keep(asking, out->name);
    return register_bag(asking, entry, &out->bag);
}

static int set_parent(struct asking *asking, struct filing *filing, const char *value)
{
    const struct register_kind *about = register_kind(filing->kind);
    const struct entry *parent =
        *value && about->has_parent ? book_find(asking->counter, about->parent, value, 0) : NULL;
    if (*value && !about->has_parent) {
        return error_set(
            asking->error, ERROR_USAGE,
            N_("%1: things of the register “%2” stand under nothing; leave parent out"),
            filing->code, book_kind_name(filing->kind));
    }
    if (*value && !parent) {
        return error_set4(asking->error, ERROR_USAGE,
                          N_("%1: the register “%3” has no “%2”; enter it there first, or correct "
                             "the name"),
                          "parent", value, book_kind_name(about->parent), NULL);
    }
    for (const struct entry *at = parent; at; at = at->parent) {
        if (filing->old && at->thing.id == filing->old->thing.id) {
            return error_set(asking->error, ERROR_USAGE, N_("%1 cannot stand under itself (%2)"),
                             filing->code, value);
        }
        if (filing->kind != BOOK_ORG) {
            break;
        }
    }
    filing->parent = parent ? parent->thing.id : 0;
    return 0;
}

static int set_day(struct asking *asking, const char *name, const char *value, int32_t *day)
{
    *day = DAY_NONE;
    return !*value || day_parse(value, strlen(value), day)
               ? 0
               : error_set(asking->error, ERROR_USAGE,
                           N_("%1: “%2” is no date; write it as 2019-09-27"), name, value);
}

int filing_set(struct asking *asking, struct filing *filing, const char *name, const char *value)
{
    if (strcmp(name, "name") == 0) {
        if (utf8_check(value, strlen(value)) != strlen(value)) {
            return error_set(asking->error, ERROR_USAGE,
                             N_("%1: what was entered is no text (UTF-8 without NUL)"), name, NULL);
        }
        filing->name = keep(asking, value);
        return 0;
    }
    if (strcmp(name, "parent") == 0) {
        return set_parent(asking, filing, value);
    }
    if (strcmp(name, "since") == 0) {
        return set_day(asking, name, value, &filing->since);
    }
    if (strcmp(name, "until") == 0) {
        return set_day(asking, name, value, &filing->until);
    }
    return register_set(asking, filing->kind, &filing->bag, name, value);
}

static bool bag_within(const struct bag *a, const struct bag *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const char *other = bag_get(b, a->facts[i].name);
        if (strcmp(a->facts[i].value, other ? other : "") != 0) {
            return false;
        }
    }
    return true;
}

bool filing_same(const struct asking *asking, const struct filing *filing)
{
    const struct entry *old = filing->old;
    if (!old || strcmp(old->thing.name, filing->name) != 0 || old->thing.parent != filing->parent ||
        old->thing.since != filing->since || old->thing.until != filing->until) {
        return false;
    }
    struct bag before = {0};
    struct asking reading = *asking;
    bool same = register_bag(&reading, old, &before) == 0 && bag_within(&before, &filing->bag) &&
                bag_within(&filing->bag, &before);
    bag_free(&before);
    return same;
}

int filing_check(struct asking *asking, const struct filing *filing)
{
    const struct register_kind *about = register_kind(filing->kind);
    size_t length = strlen(filing->code);
    if (length == 0 || strcspn(filing->code, ",|\n\t= ") != length ||
        utf8_check(filing->code, length) != length) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” is no code; it is a word without blank, comma, | and ="),
                         filing->code, NULL);
    }
    if (!*filing->name) {
        return missing(asking, filing->code, "name");
    }
    if (about->needs_parent && !filing->parent) {
        return missing(asking, filing->code, "parent");
    }
    if (about->needs_since && filing->since == DAY_NONE) {
        return missing(asking, filing->code, "since");
    }
    if (filing->since != DAY_NONE && filing->until != DAY_NONE && filing->until < filing->since) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("%1: it ends (until) before it begins (since)"), filing->code, NULL);
    }
    return register_whole(asking, filing->kind, filing->code, &filing->bag);
}

int filing_write(struct asking *asking, const struct filing *filing, int32_t rev, const char *event,
                 const char *body, int64_t effective, int64_t *id)
{
    struct text facts = {0};
    for (size_t i = 0; i < filing->bag.count; i++) {
        const struct bag_fact *fact = &filing->bag.facts[i];
        if (*fact->value) {
            fact_put(&facts, fact->name, fact->value);
        }
    }
    struct register_act act = {.kind = filing->kind,
                               .id = filing->old ? filing->old->thing.id : 0,
                               .rev = rev,
                               .code = filing->code,
                               .name = filing->name,
                               .parent = filing->parent,
                               .since = filing->since,
                               .until = filing->until,
                               .facts = text_bytes(&facts),
                               .event = event         ? event
                                        : filing->old ? "change"
                                                      : "enter",
                               .body = body,
                               .effective = effective};
    struct who_asks who = who_asks(asking);
    int status = facts.failed ? error_memory(asking->error) : register_write(asking, &act, id);
    who_again(asking, &who);
    text_free(&facts);
    return status;
}

/* ---- who asks ---- */

struct who_asks who_asks(const struct asking *asking)
{
    struct who_asks who = {.person = asking->person ? asking->person->thing.id : 0,
                           .org = asking->org ? asking->org->thing.id : 0};
    for (int role = 0; role < POLICY_SET_MOST; role++) {
        who.deputies[role] = asking->deputy_for[role] ? asking->deputy_for[role]->thing.id : 0;
    }
    return who;
}

void who_again(struct asking *asking, const struct who_asks *who)
{
    struct counter *counter = asking->counter;
    asking->person = who->person ? book_by_id(counter, BOOK_PERSON, who->person) : NULL;
    asking->org = who->org ? book_by_id(counter, BOOK_ORG, who->org) : NULL;
    for (int role = 0; role < POLICY_SET_MOST; role++) {
        asking->deputy_for[role] =
            who->deputies[role] ? book_by_id(counter, BOOK_PERSON, who->deputies[role]) : NULL;
    }
}

void filing_free(struct filing *filing)
{
    bag_free(&filing->bag);
}
