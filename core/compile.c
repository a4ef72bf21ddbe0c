/* compile.c: a policy from its draft, under given answers. */
#include <string.h>

#include "core/build.h"

void compiler_say(struct compiler *compiler, const struct draft_thing *thing,
                  const struct draft_key *key, size_t offset, enum message_id id, const char *a,
                  const char *b, const char *c)
{
    struct place place = key ? draft_place(key, offset) : thing->place;
    compiler->wrong = true;
    findings_add(compiler->findings, place, thing->path, key ? key->key : "", compiler->answers, id,
                 a, b, c, NULL);
}

void compiler_use(struct compiler *compiler, enum kind kind, int32_t symbol)
{
    compiler->used[symbol * KIND_COUNT + (int)kind] = 1;
}

/* ---- the head ---- */

static enum card card_word(struct value_text value, enum card otherwise)
{
    static const enum card cards[] = {CARD_RED, CARD_YELLOW, CARD_BLUE, CARD_NONE};
    int32_t word = read_words(value, -1);
    return word < 0 ? otherwise : cards[word];
}

/* 5wd else leader */
static void read_backdate(struct value_text value, struct policy *policy)
{
    if (!value.key) {
        return;
    }
    struct piece rest = {value.key->text, strlen(value.key->text), 0};
    struct piece period = take_word(&rest), joint = take_word(&rest);
    policy->may_backdate = piece_period(period, &policy->backdate);
    bool right =
        policy->may_backdate && (joint.length == 0 || (piece_is(joint, "else") && rest.length));
    if (!right) {
        build_say(value, 0, MESSAGE_build_backdate, value.key->text, NULL, NULL);
        return;
    }
    for (size_t at = 0; at < rest.length;) {
        const char *comma = memchr(rest.text + at, ',', rest.length - at);
        size_t length = comma ? (size_t)(comma - rest.text) - at : rest.length - at;
        struct piece role = {rest.text + at, length, rest.from + at};
        while (role.length && role.text[0] == ' ') {
            role = (struct piece){role.text + 1, role.length - 1, role.from + 1};
        }
        int32_t index = piece_role(value, role);
        policy->backdate_roles |= index >= 0 ? UINT64_C(1) << index : 0;
        at += length + 1;
    }
}

static void check_id(struct value_text value)
{
    for (const char *c = value.key ? value.key->text : ""; *c; c++) {
        bool right = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        if (!right) {
            build_say(value, 0, MESSAGE_build_id, value.key->text, NULL, NULL);
            return;
        }
    }
}

static void read_numbers(struct builder *b, const struct draft_thing *thing)
{
    struct policy *p = b->policy;
    struct value_text schema = value_of_key(b, thing, "schema"),
                      closes = value_of_key(b, thing, "closes");
    if (schema.key && strcmp(schema.key->text, "1") != 0) {
        build_say(schema, 0, MESSAGE_build_schema, schema.key->text, NULL, NULL);
    }
    p->closes = DAY_SECONDS;
    if (closes.key && (!clock_time_parse(closes.key->text, strlen(closes.key->text), &p->closes) ||
                       p->closes == 0)) {
        build_say(closes, 0, MESSAGE_build_time, closes.key->text, NULL, NULL);
    }
    struct period none = {-1, UNIT_WD};
    p->blue = p->yellow = p->twice = none;
    read_period(value_of_key(b, thing, "blue"), &p->blue);
    read_period(value_of_key(b, thing, "yellow"), &p->yellow);
    read_period(value_of_key(b, thing, "double"), &p->twice);
}

static bool read_head(struct builder *b)
{
    struct policy *p = b->policy;
    const struct draft_thing *thing = draft_find(b->compiler.draft, KIND_POLICY, "", "policy");
    if (!thing) {
        b->compiler.wrong = true;
        if (draft_count(b->compiler.draft) == 0 && findings_count(b->compiler.findings) > 0) {
            return false; /* nothing could be read, and it is said why */
        }
        findings_add(b->compiler.findings, (struct place){1, 1}, "policy", "", b->compiler.answers,
                     MESSAGE_build_no_policy, NULL, NULL, NULL, NULL);
        return false;
    }
    p->title.place = thing->place;
    p->title.name = "policy";
    p->title.zh = read_text(value_of_key(b, thing, "title"));
    p->title.en = read_text(value_of_key(b, thing, "en"));
    p->title.en = p->title.en ? p->title.en : p->title.zh;
    p->id = read_text(value_of_key(b, thing, "id"));
    check_id(value_of_key(b, thing, "id"));
    p->number = read_text(value_of_key(b, thing, "number"));
    p->issuer = read_text(value_of_key(b, thing, "issuer"));
    p->under = read_text(value_of_key(b, thing, "under"));
    p->replaces = read_text(value_of_key(b, thing, "replaces"));
    p->calendar = read_text(value_of_key(b, thing, "calendar"));
    p->timezone = read_text(value_of_key(b, thing, "timezone"));
    p->issued = read_day(value_of_key(b, thing, "issued"));
    p->effective = read_day(value_of_key(b, thing, "effective"));
    p->backward = (enum backward)read_words(value_of_key(b, thing, "backward"), BACKWARD_MIRROR);
    p->roll = (enum roll)read_words(value_of_key(b, thing, "roll"), ROLL_NEXT);
    p->figures =
        (enum figures)read_words(value_of_key(b, thing, "figures"), FIGURES_REPORTED_FIRST);
    p->implied = card_word(value_of_key(b, thing, "implied"), CARD_RED);
    p->house = card_word(value_of_key(b, thing, "house"), CARD_YELLOW);
    read_numbers(b, thing);
    return true;
}

static void read_roles_and_backdate(struct builder *b)
{
    static const unsigned registers[] = {KEEPS_ORGANISATIONS, KEEPS_PEOPLE, KEEPS_SYSTEMS,
                                         KEEPS_CATALOGUE,     KEEPS_USE,    KEEPS_CALENDAR,
                                         KEEPS_POLICY};
    static const char *const names[] = {"organisations", "people",   "systems", "catalogue",
                                        "use",           "calendar", "policy"};
    for (int32_t i = 0; i < b->policy->role_count; i++) {
        struct value_text keeps = value_of_key(b, b->role_things[i], "keeps");
        struct piece piece;
        size_t at = 0;
        b->roles[i].sees =
            (enum sees)read_words(value_of_key(b, b->role_things[i], "sees"), SEES_OWN);
        b->roles[i].cites =
            read_cites(value_of_key(b, b->role_things[i], "article"), (struct cites){NULL, 0});
        while (next_piece(keeps, &at, &piece)) {
            size_t which = 0;
            while (which < 7 && !piece_is(piece, names[which])) {
                which++;
            }
            if (which == 7) {
                build_say(keeps, piece.from, MESSAGE_build_words,
                          build_keep(b, piece.text, piece.length),
                          "organisations people systems catalogue use calendar policy", NULL);
            } else {
                b->roles[i].keeps |= registers[which];
            }
        }
    }
    const struct draft_thing *policy = draft_find(b->compiler.draft, KIND_POLICY, "", "policy");
    read_backdate(value_of_key(b, policy, "backdate"), b->policy);
}

/* ---- the whole ---- */

static const char *answers_text(struct arena *arena, const struct answer *answers, size_t count)
{
    struct text text = {0};
    for (size_t i = 0; i < count; i++) {
        text_addf(&text, "%s%s %s", i ? ", " : "", answers[i].question, answers[i].option);
    }
    const char *kept = arena_keep(arena, &text);
    return kept;
}

/* Does THING lie under KIND (and OWNER, where not NULL)? Paths are KIND.OWNER.NAME or KIND.NAME. */
static bool lies_under(const char *thing, const char *kind, const char *owner)
{
    size_t length = strlen(kind);
    if (strncmp(thing, kind, length) != 0 || (thing[length] != '.' && thing[length] != '\0')) {
        return false;
    }
    if (!owner || thing[length] == '\0') {
        return true;
    }
    const char *rest = thing + length + 1;
    return strncmp(rest, owner, strlen(owner)) == 0 && strchr(".+", rest[strlen(owner)]) != NULL;
}

/* Is anything wrong, in the file as written or under these answers, with things under KIND (and
 * OWNER)? */
static bool found_under(const struct compiler *compiler, const char *kind, const char *owner)
{
    for (size_t i = 0; i < findings_count(compiler->findings); i++) {
        const struct finding *finding = findings_at(compiler->findings, i);
        bool ours = finding->answers[0] == '\0' || strcmp(finding->answers, compiler->answers) == 0;
        size_t head = strcspn(finding->thing, ".");
        bool nowhere =
            language_kind_of(finding->thing, head) == KIND_COUNT; /* what it hides is not known */
        if (ours && (nowhere || lies_under(finding->thing, kind, owner))) {
            return true;
        }
    }
    return false;
}

static bool found_in_procedure(const struct compiler *compiler, const char *name)
{
    return found_under(compiler, "procedure", name) || found_under(compiler, "state", name) ||
           found_under(compiler, "event", name) || found_under(compiler, "rule", name);
}

/* What gives clocks their dates. */
static bool found_in_dates(const struct compiler *compiler)
{
    static const char *const kinds[] = {"clock", "field", "form", "term", "duty", "bill"};
    bool found = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        found |= found_under(compiler, kinds[i], NULL);
    }
    return found;
}

/* The whole is proved where its parts are right; elsewhere it would only say the same again. WHOLE:
 * all are. */
static void check_all(struct builder *b, bool whole)
{
    struct compiler *compiler = &b->compiler;
    bool dates = !found_in_dates(compiler);
    for (int32_t i = 0; i < b->policy->procedure_count; i++) {
        const char *name = b->policy->procedures[i].title.name;
        if (!found_in_procedure(compiler, name)) {
            check_flow(compiler, i);
        }
        if (dates && !found_in_procedure(compiler, name)) {
            check_clocks(compiler, i);
        }
    }
    if (!found_under(compiler, "score", NULL) && !found_under(compiler, "metric", NULL)) {
        check_sums(compiler);
    }
    if (whole) {
        check_cites(compiler);
    }
    if (whole && compiler->answers[0] == '\0') { /* another answer may do without something */
        check_used(compiler);
    }
}

/* Is anything wrong with the file as written? */
static bool found_as_written(const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        if (findings_at(findings, i)->answers[0] == '\0') {
            return true;
        }
    }
    return false;
}

static void build_all(struct builder *b)
{
    if (!read_head(b) || !build_names(b)) {
        return;
    }
    read_roles_and_backdate(b);
    build_fields(b);
    build_field_conditions(b);
    build_clocks(b);
    build_cases(b);
    build_remedies(b);
    build_periods(b);
    build_questions(b);
    build_name_rules(b);
    bool whole = !b->compiler.wrong && !found_as_written(b->compiler.findings);
    if (build_queries(b) && !arena_failed(b->compiler.arena)) {
        check_all(b, whole);
    }
}

struct policy *policy_compile(const struct draft *draft, const struct answer *answers, size_t count,
                              struct findings *findings)
{
    struct arena *arena = arena_new();
    struct policy *policy = arena ? arena_take(arena, sizeof *policy) : NULL;
    size_t before = findings_count(findings);
    if (!policy) {
        arena_free(arena);
        return NULL;
    }
    struct builder builder = {.policy = policy};
    policy->arena = arena;
    builder.compiler = (struct compiler){
        .policy = policy,
        .arena = arena,
        .names = names_new(arena),
        .findings = findings,
        .answers = answers_text(arena, answers, count),
    };
    policy->names = builder.compiler.names;
    builder.compiler.draft = draft_with(draft, answers, count, arena, findings);
    if (builder.compiler.names && builder.compiler.draft && findings_count(findings) == before) {
        build_all(&builder);
    }
    if (builder.compiler.wrong || findings_count(findings) != before || findings_failed(findings) ||
        arena_failed(arena)) {
        arena_free(arena);
        findings_sort(findings);
        return NULL;
    }
    return policy;
}
