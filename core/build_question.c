/* build_question.c: the open questions (POLICY guide, section 10) and the rules for names
 * (section 2.2). */
#include <string.h>

#include "core/build.h"
#include "core/casefile.h"
#include "core/draft_short.h"

/* What each path changes, so that no two questions change one key. */
struct changed {
    const char *question, *path, *key;
};

static bool known_key(enum kind kind, const char *key)
{
    return language_key(kind, key, strlen(key)) != NULL;
}

/* KIND.NAME.KEY or KIND.OWNER.NAME.KEY, the owner as declared (a+b too): the thing it speaks of, of
 * owner number AT; NULL. */
static const struct draft_thing *path_thing(struct builder *b, const char *path, int32_t at_owner,
                                            const char **key)
{
    const char *dot = strrchr(path, '.');
    const char *kind_end = strchr(path, '.');
    enum kind kind = kind_end ? language_kind_of(path, (size_t)(kind_end - path)) : KIND_COUNT;
    if (!dot || kind == KIND_COUNT) {
        return NULL;
    }
    *key = dot + 1;
    if (language_kind(kind)->single) {
        return at_owner ? NULL : draft_find(b->compiler.draft, kind, "", "policy");
    }
    struct arena *arena = b->compiler.arena;
    const char *owner = "";
    const char *at = kind_end + 1;
    const char *second = at < dot ? memchr(at, '.', (size_t)(dot - at)) : NULL;
    if (language_kind(kind)->owned && second) {
        for (; at_owner > 0 && at < second; at_owner--) {
            size_t length = strcspn(at, "+.");
            at += length + (at[length] == '+');
        }
        owner = arena_text(arena, at, at < second ? strcspn(at, "+.") : 0);
        at = second + 1;
    }
    const char *name = arena_text(arena, at, at < dot ? (size_t)(dot - at) : 0);
    return at < dot && at_owner == 0 ? draft_find(b->compiler.draft, kind, owner, name) : NULL;
}

/* The path as it speaks of owner number AT_OWNER. */
static void check_path(struct builder *b, const struct draft_thing *option,
                       const struct draft_key *path, int32_t at_owner, struct changed *changed,
                       int32_t *count)
{
    const char *key = NULL;
    struct value_text value = {b, option, path};
    const struct draft_thing *thing = path_thing(b, path->key, at_owner, &key);
    if (!thing || !known_key(thing->kind, key)) {
        b->compiler.wrong = true;
        findings_add(b->compiler.findings, path->place, option->path, path->key,
                     b->compiler.answers, thing ? MESSAGE_build_path_key : MESSAGE_build_path,
                     path->key, NULL, NULL, NULL);
        return;
    }
    for (int32_t i = 0; i < *count; i++) {
        if (strcmp(changed[i].path, thing->path) == 0 && strcmp(changed[i].key, key) == 0 &&
            strcmp(changed[i].question, option->owner) != 0) {
            build_say(value, 0, MESSAGE_build_path_twice, changed[i].question, NULL, NULL);
        }
    }
    changed[(*count)++] = (struct changed){option->owner, thing->path, key};
}

static int32_t owners_of(const char *path)
{
    int32_t count = 1;
    for (const char *plus = path; (plus = strchr(plus, '+')) != NULL; plus++) {
        count++;
    }
    return count;
}

static int32_t count_paths(const struct draft *draft)
{
    int32_t count = 0;
    for (size_t i = 0; i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        for (int32_t k = 0; thing->kind == KIND_OPTION && k < thing->key_count; k++) {
            count += owners_of(thing->keys[k].key);
        }
    }
    return count;
}

static void read_option(struct builder *b, const struct draft_thing *thing, struct option *option)
{
    struct names *names = b->compiler.names;
    const char *en = read_text(value_of_key(b, thing, "en"));
    const char *zh = read_text(value_of_key(b, thing, "title"));
    option->title.symbol = names_add(names, thing->name, strlen(thing->name));
    option->title.name = names_text(names, option->title.symbol);
    option->title.zh = zh ? zh : option->title.name;
    option->title.en = en ? en : option->title.name;
    option->title.place = thing->place;
}

static const char *answered(const struct builder *b, const char *question, const char *written)
{
    /* the answers given stand in the text made for findings: "question option, question option" */
    const char *at = b->compiler.answers;
    size_t length = strlen(question);
    while (*at) {
        size_t end = strcspn(at, ",");
        if (end > length && memcmp(at, question, length) == 0 && at[length] == ' ') {
            return build_keep((struct builder *)b, at + length + 1, end - length - 1);
        }
        at += end + strspn(at + end, ", ");
    }
    return written;
}

static void read_question(struct builder *b, struct question *question, struct changed *changed,
                          int32_t *count)
{
    const struct draft *draft = b->compiler.draft;
    const struct draft_thing *thing = draft_find(draft, KIND_QUESTION, "", question->title.name);
    struct value_text answer = value_of_key(b, thing, "answer");
    struct option *options =
        arena_array(b->compiler.arena, build_count(draft, KIND_OPTION, question->title.name) + 1,
                    sizeof *options);
    const char *chosen = answer.key ? answered(b, question->title.name, answer.key->text) : "";
    question->cites = read_cites(value_of_key(b, thing, "article"), (struct cites){NULL, 0});
    question->options = options;
    question->answer = question->written = -1;
    for (size_t i = 0; options && i < draft_count(draft); i++) {
        const struct draft_thing *option = draft_at(draft, i);
        if (option->kind != KIND_OPTION || strcmp(option->owner, question->title.name) != 0) {
            continue;
        }
        bool written = answer.key && strcmp(answer.key->text, option->name) == 0;
        question->written = written ? question->option_count : question->written;
        question->answer =
            strcmp(chosen, option->name) == 0 ? question->option_count : question->answer;
        read_option(b, option, &options[question->option_count++]);
        for (int32_t k = 0; k < option->key_count; k++) {
            const struct draft_key *path = &option->keys[k];
            if (!strchr(path->key, '.')) {
                continue;
            }
            if (written) {
                build_say((struct value_text){b, option, path}, 0, MESSAGE_build_answer_path, NULL,
                          NULL, NULL);
            }
            for (int32_t owner = 0; owner < owners_of(path->key); owner++) {
                check_path(b, option, path, owner, changed, count);
            }
        }
    }
    if (answer.key && question->written < 0) {
        struct piece piece = {answer.key->text, strlen(answer.key->text), 0};
        build_say(answer, 0, MESSAGE_build_no_option, build_keep(b, piece.text, piece.length), NULL,
                  NULL);
    }
    if (question->option_count < 2) {
        build_say((struct value_text){b, thing, NULL}, 0, MESSAGE_build_options, NULL, NULL, NULL);
    }
}

void build_questions(struct builder *b)
{
    int32_t count = 0;
    struct changed *changed =
        arena_array(b->compiler.arena, (size_t)count_paths(b->compiler.draft) + 1, sizeof *changed);
    for (int32_t i = 0; changed && i < b->policy->question_count; i++) {
        read_question(b, &b->questions[i], changed, &count);
    }
}

/* ---- names ---- */

/* Which symbols are words of the language itself, by symbol. */
static bool *reserved_symbols(struct builder *b)
{
    static const char *const words[] = {
        "and",    "or",     "not",   "in",      "if",     "yes",    "no",       "after",
        "before", "end",    "of",    "next",    "back",   "any",    "all",      "desk",
        "owner",  "payer",  "else",  "nothing", "manual", "due",    "today",    "state",
        "open",   "amount", "score", "samples", "item",   "system", "resource", "org",
        "wd",     "d",      "mo",    "h",       "yesno",  "source", "override",
    };
    const struct names *names = b->compiler.names;
    bool *reserved =
        arena_array(b->compiler.arena, (size_t)names_count(names) + 1, sizeof *reserved);
    size_t count;
    const struct word_info *functions = language_functions(&count);
    for (size_t i = 0; reserved && i < sizeof words / sizeof *words; i++) {
        reserved[names_find(names, words[i], strlen(words[i]))] = true;
    }
    for (size_t i = 0; reserved && i < count; i++) {
        reserved[names_find(names, functions[i].name, strlen(functions[i].name))] = true;
    }
    if (reserved) {
        reserved[0] = false; /* those that nothing is called by */
    }
    return reserved;
}

/* Laws are cited by every kind that has an article. */
static const char *key_of_citing(const char *name)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (known_key((enum kind)kind, "article") && known_key((enum kind)kind, name)) {
            return language_kind((enum kind)kind)->name;
        }
    }
    return NULL;
}

/* Is NAME a key of a kind whose lists can hold things of KIND? There it would begin a key. */
static const char *key_of_holder(enum kind kind, const char *name)
{
    static const enum kind holders[KIND_COUNT][5] = {
        [KIND_FIELD] = {KIND_EVENT, KIND_PROCEDURE, KIND_DUTY, KIND_COUNT},
        [KIND_FORM] = {KIND_EVENT, KIND_PROCEDURE, KIND_DUTY, KIND_COUNT},
        [KIND_CLOCK] = {KIND_STATE, KIND_PROCEDURE, KIND_COUNT},
        [KIND_STATE] = {KIND_EVENT, KIND_COUNT},
        [KIND_EVENT] = {KIND_RULE, KIND_COUNT},
        [KIND_ROLE] = {KIND_EVENT, KIND_PROCEDURE, KIND_FIELD, KIND_RULE, KIND_COUNT},
    };
    switch (kind) {
    case KIND_LAW:
        return key_of_citing(name);
    case KIND_FIELD:
    case KIND_FORM:
    case KIND_CLOCK:
    case KIND_STATE:
    case KIND_EVENT:
    case KIND_ROLE:
        break;
    default:
        return NULL;
    }
    for (int i = 0; i < 5 && holders[kind][i] != KIND_COUNT; i++) {
        if (known_key(holders[kind][i], name)) {
            return language_kind(holders[kind][i])->name;
        }
    }
    return NULL;
}

static void say_name(struct builder *b, const struct draft_thing *thing, enum message_id id,
                     const char *a)
{
    build_say((struct value_text){b, thing, NULL}, 0, id, thing->name, a, NULL);
}

/* The fields that conditions and anchors of a procedure can speak of share its names. */
static void check_field_names(struct builder *b)
{
    for (int32_t i = 0; i < b->policy->procedure_count; i++) {
        const struct procedure *procedure = &b->procedures[i];
        struct indexes lists[1 + POLICY_SET_MOST] = {procedure->application};
        for (int32_t e = 0; e < procedure->event_count; e++) {
            lists[1 + e] = procedure->events[e].fields;
        }
        for (int32_t k = 0; k <= procedure->event_count; k++) {
            for (int32_t f = 0; f < lists[k].count; f++) {
                int32_t symbol = b->fields[lists[k].items[f]].title.symbol;
                if (procedure->state_of[symbol] >= 0 || procedure->event_of[symbol] >= 0) {
                    say_name(b, b->field_things[lists[k].items[f]], MESSAGE_build_field_name,
                             procedure->title.name);
                }
            }
        }
    }
}

/* Fields, forms and terms have different names throughout the file; so have clocks and duties; so
 * have the states and events of one procedure. */
static void check_spaces(struct builder *b, const struct draft_thing *thing,
                         const struct draft_thing **first)
{
    bool entry = thing->kind == KIND_FIELD || thing->kind == KIND_FORM || thing->kind == KIND_TERM;
    bool clock = thing->kind == KIND_CLOCK || thing->kind == KIND_DUTY;
    int32_t symbol = build_symbol(b, thing->name, strlen(thing->name));
    if (thing->kind == KIND_EVENT) {
        int32_t owner = build_symbol(b, thing->owner, strlen(thing->owner));
        int32_t procedure = owner ? b->procedure_of[owner] : -1;
        if (procedure >= 0 && b->procedures[procedure].state_of[symbol] >= 0) {
            say_name(b, thing, MESSAGE_build_same_name, "state");
        }
    } else if (entry || clock) {
        const struct draft_thing **other = &first[(size_t)symbol * 2 + clock];
        if (*other) {
            say_name(b, thing, MESSAGE_build_same_name, language_kind((*other)->kind)->name);
        } else {
            *other = thing;
        }
    }
}

void build_name_rules(struct builder *b)
{
    const struct draft *draft = b->compiler.draft;
    size_t symbols = (size_t)names_count(b->compiler.names) + 1;
    const struct draft_thing **first = arena_array(b->compiler.arena, symbols, 2 * sizeof *first);
    const bool *reserved = reserved_symbols(b);
    for (size_t i = 0; first && reserved && i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        const char *holder = key_of_holder(thing->kind, thing->name);
        bool plain =
            thing->kind == KIND_POLICY || thing->kind == KIND_ARTICLE || thing->kind == KIND_OPTION;
        if (!plain && reserved[names_find(b->compiler.names, thing->name, strlen(thing->name))]) {
            say_name(b, thing, MESSAGE_build_reserved, NULL);
        } else if (thing->kind == KIND_EVENT && !draft->adopted && own_act(thing->name)) {
            say_name(b, thing, MESSAGE_build_own_act, thing->owner);
        } else if (thing->kind == KIND_PROCEDURE &&
                   language_kind_of(thing->name, strlen(thing->name)) != KIND_COUNT) {
            say_name(b, thing, MESSAGE_build_kind_name, NULL);
        } else if (holder) {
            say_name(b, thing, MESSAGE_build_key_name, holder);
        }
        check_spaces(b, thing, first);
    }
    check_field_names(b);
}
