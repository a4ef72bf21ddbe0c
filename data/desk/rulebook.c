/* rulebook.c: policies as they were adopted, compiled when first asked for; and the calendar. */
#include <stdlib.h>
#include <string.h>

#include "data/calendar.h"
#include "data/desk/inside.h"
#include "data/policy.h"

/* ---- names ---- */

static int32_t symbol_of(const struct policy *policy, const char *name)
{
    return name ? names_find(policy->names, name, strlen(name)) : 0;
}

int32_t role_named(const struct policy *policy, const char *name)
{
    int32_t symbol = symbol_of(policy, name);
    return symbol ? policy->role_of[symbol] : -1;
}

int32_t procedure_named(const struct policy *policy, const char *name)
{
    int32_t symbol = symbol_of(policy, name);
    return symbol ? policy->procedure_of[symbol] : -1;
}

int32_t event_named(const struct policy *policy, const struct procedure *procedure,
                    const char *name)
{
    int32_t symbol = symbol_of(policy, name);
    return symbol ? procedure->event_of[symbol] : -1;
}

int32_t slot_named(const struct policy *policy, const char *name)
{
    int32_t symbol = symbol_of(policy, name);
    return symbol ? policy->slot_of[symbol] : -1;
}

int32_t column_named(const struct policy *policy, const char *name)
{
    int32_t symbol = symbol_of(policy, name);
    return symbol ? policy->column_of[symbol] : -1;
}

int32_t field_named(const struct policy *policy, const char *name)
{
    int32_t slot = slot_named(policy, name);
    return slot >= 0 && slot < policy->field_count ? slot : -1;
}

uint64_t roles_named(const struct policy *policy, const char *list)
{
    uint64_t roles = 0;
    for (const char *at = list; *at;) {
        size_t length = strcspn(at, ", ");
        int32_t symbol = length ? names_find(policy->names, at, length) : 0;
        int32_t role = symbol ? policy->role_of[symbol] : -1;
        roles |= role >= 0 ? UINT64_C(1) << role : 0;
        at += length + (at[length] != '\0');
    }
    return roles;
}

/* ---- compiling ---- */

void rulebook_free(struct rulebook *rulebook)
{
    if (!rulebook) {
        return;
    }
    readings_free(rulebook->readings);
    clerk_free(rulebook->clerk);
    fold_free(rulebook->fold);
    fold_free(rulebook->other);
    policy_free(rulebook->policy);
    draft_free(rulebook->draft);
    free(rulebook->answers);
    arena_free(rulebook->arena);
    free(rulebook);
}

/* "question option" a line. */
static bool take_answers(struct rulebook *rulebook, const char *text)
{
    size_t lines = 1;
    for (const char *at = text; *at; at++) {
        lines += *at == '\n';
    }
    rulebook->answers = calloc(lines, sizeof *rulebook->answers);
    for (const char *at = text; rulebook->answers && *at;) {
        size_t length = strcspn(at, "\n"), word = strcspn(at, " \n");
        if (word < length) {
            rulebook->answers[rulebook->answer_count++] =
                (struct answer){arena_text(rulebook->arena, at, word),
                                arena_text(rulebook->arena, at + word + 1, length - word - 1)};
        }
        at += length + (at[length] == '\n');
    }
    return rulebook->answers != NULL;
}

static int tell_findings(const struct findings *findings, struct error *error)
{
    struct text text = {0};
    for (size_t i = 0; i < findings_count(findings) && i < 5; i++) {
        text_add(&text, i ? "\n" : "");
        policy_finding_text("policy", findings_at(findings, i), &text);
    }
    error_set(error, ERROR_REFUSED,
              N_("the policy is not right; `yuntai policy check` shows all: %1"), text_bytes(&text),
              NULL);
    text_free(&text);
    return -1;
}

static int compile(struct rulebook *rulebook, const char *text, size_t length, const char *answers,
                   bool adopted, struct error *error)
{
    struct findings *findings = findings_new();
    int status = findings && take_answers(rulebook, answers) ? 0 : error_memory(error);
    if (status == 0) {
        rulebook->draft = policy_draft(text, length, findings);
        bool clean = rulebook->draft && findings_count(findings) == 0;
        if (clean && adopted) {
            draft_adopted(rulebook->draft);
        }
        rulebook->policy = clean ? policy_compile(rulebook->draft, rulebook->answers,
                                                  rulebook->answer_count, findings)
                                 : NULL;
        status = rulebook->policy               ? 0
                 : findings_count(findings) > 0 ? tell_findings(findings, error)
                                                : error_memory(error);
    }
    findings_free(findings);
    return status;
}

static struct rulebook *make(const char *text, size_t length, const char *answers, bool adopted,
                             struct error *error)
{
    struct rulebook *rulebook = calloc(1, sizeof *rulebook);
    if (!rulebook || !(rulebook->arena = arena_new())) {
        free(rulebook);
        error_memory(error);
        return NULL;
    }
    int status = compile(rulebook, text, length, answers, adopted, error);
    if (status == 0) {
        rulebook->fold = fold_new(rulebook->policy);
        rulebook->other = fold_new(rulebook->policy);
        rulebook->clerk = clerk_new(rulebook->policy);
        rulebook->name = rulebook->policy->id;
        rulebook->effective = rulebook->policy->effective;
        rulebook->counts_again = policy_counts_again(rulebook->policy);
        if (!rulebook->fold || !rulebook->other || !rulebook->clerk) {
            status = error_memory(error);
        }
    }
    if (status != 0) {
        rulebook_free(rulebook);
        return NULL;
    }
    return rulebook;
}

struct rulebook *rulebook_make(const char *text, size_t length, const char *answers,
                               struct error *error)
{
    return make(text, length, answers, false, error);
}

/* ---- as adopted ---- */

struct rulebook *rulebook_find(struct counter *counter, int64_t id, struct error *error)
{
    for (size_t i = 0; i < counter->rulebook_count; i++) {
        if (counter->rulebooks[i]->id == id) {
            return counter->rulebooks[i];
        }
    }
    struct text text = {0}, answers = {0};
    struct rulebook *rulebook = NULL;
    if (store_policy(counter->store, id, &text, &answers, error) == 0) {
        rulebook = make(text_bytes(&text), text.length, text_bytes(&answers), true, error);
    }
    text_free(&text);
    text_free(&answers);
    if (!rulebook) {
        return NULL;
    }
    if (counter->rulebook_count == counter->rulebook_capacity) {
        size_t capacity = counter->rulebook_capacity ? counter->rulebook_capacity * 2 : 8;
        struct rulebook **grown = realloc(counter->rulebooks, capacity * sizeof(struct rulebook *));
        if (!grown) {
            rulebook_free(rulebook);
            error_memory(error);
            return NULL;
        }
        counter->rulebooks = grown;
        counter->rulebook_capacity = capacity;
    }
    rulebook->id = id;
    counter->rulebooks[counter->rulebook_count++] = rulebook;
    return rulebook;
}

bool rulebooks_stand(const struct counter *counter, int64_t mark, int32_t day)
{
    return counter->current && counter->policy_mark == mark && counter->reign.from <= day &&
           day < counter->reign.until;
}

int rulebooks_read(struct counter *counter, int32_t day, struct error *error)
{
    int64_t mark = 0;
    struct policy_reign *reign = &counter->reign;
    if (store_mark(counter->store, "policies", &mark, error) != 0) {
        return -1;
    }
    if (rulebooks_stand(counter, mark, day)) {
        return 0;
    }
    if (store_policy_on(counter->store, day, counter->offset, reign, error) != 0) {
        return -1;
    }
    counter->current = reign->id ? rulebook_find(counter, reign->id, error) : NULL;
    counter->policy_mark = mark;
    counter->book.read = false; /* its roles are numbered by the policy */
    return counter->current
               ? 0
               : error_set(error, ERROR_ENVIRONMENT,
                           N_("the store in %1 was not made to its end; remove desk.db "
                              "there and run `yuntai init` again"),
                           counter->directory, NULL);
}

struct rulebook *rulebook_on(struct counter *counter, int32_t day, struct error *error)
{
    struct policy_reign reign = counter->reign;
    if (reign.from <= day && day < reign.until) {
        return counter->current;
    }
    return store_policy_on(counter->store, day, counter->offset, &reign, error) == 0
               ? rulebook_find(counter, reign.id, error)
               : NULL;
}

/* ---- the calendar ---- */

int calendar_with(struct counter *counter, const char *csv, size_t length, struct calendar **out,
                  struct error *error)
{
    static const char header[] = "notice,published,covers,date,kind,name\n";
    const struct shelf *shelf = book_shelf(counter, BOOK_NOTICE);
    struct text all = {0}, wrong = {0};
    struct arena *arena = arena_new();
    text_add(&all, header);
    for (size_t i = 0; arena && i < shelf->count; i++) {
        const char *rows = entry_fact(shelf->items[i], "rows", arena);
        text_add(&all, rows ? rows : "");
    }
    if (csv) {
        text_add_n(&all, csv, length);
    }
    *out = NULL;
    int status = arena && !all.failed
                     ? calendar_read("notices", text_bytes(&all), all.length, out, &wrong)
                     : -1;
    if (status != 0 && !wrong.length) {
        error_memory(error);
    } else if (status != 0) {
        error_set(error, ERROR_REFUSED, N_("the calendar is not right: %1"), text_bytes(&wrong),
                  NULL);
    }
    arena_free(arena);
    text_free(&all);
    text_free(&wrong);
    return status;
}

/* Another when any notice is. */
static int64_t notices_mark(struct counter *counter)
{
    const struct shelf *shelf = book_shelf(counter, BOOK_NOTICE);
    int64_t mark = (int64_t)shelf->count;
    for (size_t i = 0; i < shelf->count; i++) {
        mark += (shelf->items[i]->thing.id & 0xffffffff) * 1000 + shelf->items[i]->thing.rev;
    }
    return mark;
}

int calendar_refresh(struct counter *counter, struct error *error)
{
    struct calendar *calendar;
    if (counter->calendar && counter->calendar_mark == notices_mark(counter)) {
        return 0;
    }
    if (calendar_with(counter, NULL, 0, &calendar, error) != 0) {
        return -1;
    }
    calendar_free(counter->calendar);
    counter->calendar = calendar;
    counter->calendar_mark = notices_mark(counter);
    counter->calendar_rev = revision_number(calendar_as_of(calendar, DAY_LAST));
    return 0;
}
