/* verify_cache.c: cases, clocks, registers, numbers, tallies: do they say what the acts say? */
#include <stdlib.h>
#include <string.h>

#include "data/desk/verify.h"

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* ---- cases ---- */

/* Where something around it moved since its last act, it is to be looked at sooner than its acts
 * say: OLD says so. */
static bool same_wake(const struct case_row *row, const struct case_row *old, int64_t now)
{
    bool sooner = !old->closed && old->wake_at != MOMENT_NONE && old->wake_at <= now &&
                  old->wake_at >= row->changed_at &&
                  (row->wake_at == MOMENT_NONE || row->wake_at > old->wake_at);
    return row->wake_at == old->wake_at || sooner;
}

static bool same_days(const struct case_row *a, const struct case_row *b)
{
    return a->blue_at == b->blue_at && a->yellow_at == b->yellow_at && a->red_at == b->red_at &&
           a->red2_at == b->red2_at && a->sort_at == b->sort_at && a->held == b->held &&
           a->left == b->left && a->provisional == b->provisional && a->since == b->since &&
           same_text(a->clock, b->clock);
}

/* The title is the entry that a case is told from others by: most often what the fold has of the
 * first system or text of the application, else what case_subject() says. */
static bool same_title(struct verifying *v, const char **subject)
{
    const struct casework *work = &v->work;
    const struct policy *policy = work->rulebook->policy;
    const char *title = work->old.title;
    struct indexes application = work->file->procedure->application;
    for (int32_t i = 0; i < application.count; i++) {
        int32_t field = application.items[i];
        const struct slot *slot = &work->file->slots[field];
        if (policy->fields[field].type == FIELD_SYSTEM && !policy->fields[field].is_private &&
            slot->text && slot->length) {
            if (strlen(title) == slot->length && memcmp(title, slot->text, slot->length) == 0) {
                return true;
            }
            break;
        }
    }
    *subject = case_subject(v->asking, work);
    return same_text(*subject, title);
}

/* What hangs on no calendar and on no engine; and neither of these is still to come. */
static bool same_moments(const struct case_row *row, const struct case_row *old)
{
    return row->changed_at == old->changed_at && row->opened_on == old->opened_on &&
           old->fold_rev <= row->fold_rev && old->cal_rev <= row->cal_rev;
}

static void compare_instants(struct verifying *v)
{
    const struct case_row *row = &v->work.row, *old = &v->work.old;
    if (!same_moments(row, old)) {
        verify_tell(v, row->number, N_("its days are not those of its acts"), NULL, NULL);
    } else if (row->cal_rev != old->cal_rev || row->fold_rev != old->fold_rev) {
        v->stale +=
            !old->closed; /* a notice or a newer program came since; the next tick counts anew */
    } else if (row->due_at != old->due_at) {
        char is[MOMENT_TEXT], was[MOMENT_TEXT];
        verify_tell(v, row->number, N_("its last day is %1 by its acts, not %2"),
                    row->due_at == MOMENT_NONE ? "-" : moment_format(row->due_at, is),
                    old->due_at == MOMENT_NONE ? "-" : moment_format(old->due_at, was));
    } else if (!same_days(row, old) || !same_wake(row, old, v->asking->now)) {
        verify_tell(v, row->number, N_("its days are not those of its acts"), NULL, NULL);
    } else if (!same_text(row->reserved, old->reserved)) {
        verify_tell(v, row->number, N_("it has reserved something else by its acts"), NULL, NULL);
    }
}

/* The row as the acts have it, against the row as it is. */
static void compare(struct verifying *v)
{
    const struct case_row *row = &v->work.row, *old = &v->work.old;
    const char *subject = "";
    if (!same_text(row->state, old->state) || row->closed != old->closed) {
        verify_tell(v, row->number, N_("it stands in %1 by its acts, not in %2"), row->state,
                    old->state);
    } else if (!same_text(row->with_role, old->with_role) || row->owner != old->owner) {
        verify_tell(v, row->number, N_("it is with another by its acts"), NULL, NULL);
    } else if (!same_title(v, &subject)) {
        verify_tell(v, row->number, N_("it is about “%1” by its acts, not “%2”"), subject,
                    old->title);
    } else if (!same_text(row->reserved, old->reserved)) {
        verify_tell(v, row->number, N_("what it has reserved is not what its acts say"), NULL,
                    NULL);
    } else if (old->rev != (int32_t)v->work.records.count || old->policy != v->policy) {
        verify_tell(v, row->number, N_("what is shown is not what its last act says"), NULL, NULL);
    } else {
        compare_instants(v);
    }
}

static int compare_clocks(struct verifying *v)
{
    struct clock_row *rows;
    size_t count;
    int same = casework_clocks(v->asking, &v->work, &rows, &count);
    same =
        same == 0 ? abreast_clocks(&v->beside, v->work.row.id, rows, count, v->asking->error) : -1;
    const struct case_row *row = &v->work.row, *old = &v->work.old;
    if (same == 0 && row->cal_rev == old->cal_rev && row->fold_rev == old->fold_rev) {
        verify_tell(v, v->work.row.number, N_("its clocks are not those of its acts"), NULL, NULL);
    }
    return same < 0 ? -1 : 0;
}

static const char *fact(struct verifying *v, const struct record *record, const char *name)
{
    const char *value = fact_find(record->facts, name, v->asking->arena);
    return value ? value : "";
}

static int compare_documents(struct verifying *v)
{
    const struct records *records = &v->work.records;
    struct document_row *rows = arena_array(v->asking->arena, records->count + 1, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; rows && i < records->count; i++) {
        const struct record *record = &records->items[i];
        if (strcmp(record->event, "attach") == 0) {
            rows[count].n = record->n;
            rows[count].name = fact(v, record, "attach.name");
            rows[count].field = fact(v, record, "attach.field");
            rows[count].part = fact(v, record, "attach.part");
            count += digest_parse(fact(v, record, "attach.digest"), rows[count].digest);
        }
    }
    int same = rows ? abreast_documents(&v->beside, v->work.row.id, rows, count, v->asking->error)
                    : error_memory(v->asking->error);
    if (same == 0) {
        verify_tell(v, v->work.row.number, N_("its documents are not those of its acts"), NULL,
                    NULL);
    }
    return same < 0 ? -1 : 0;
}

int verify_case(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct casework *work = &v->work;
    struct error wrong = {0}, *error = asking->error;
    int64_t now = asking->now > work->row.changed_at ? asking->now : work->row.changed_at;
    asking->error = &wrong;
    int status = casework_row(asking, work, now);
    asking->error = error;
    if (status != 0) {
        verify_tell(v, work->row.number, N_("its acts do not follow from each other: %1"),
                    wrong.arg[0], NULL);
        error_free(&wrong);
        return 0;
    }
    if (memcmp(v->parent, work->old.head, STORE_HASH) != 0) {
        verify_tell(v, work->row.number, N_("what is shown is not what its last act says"), NULL,
                    NULL);
    }
    compare(v);
    return compare_clocks(v) != 0 || compare_documents(v) != 0 ? -1 : verify_filed(v);
}

/* ---- registers and policies ---- */

/* From when to when a policy is that of new cases hangs on its two dates; its name is shown. */
static bool same_reign(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct error ignored = {0};
    const char *said = fact_find(text_bytes(&v->facts), "effective", asking->arena);
    struct rulebook *rulebook = rulebook_find(asking->counter, v->case_id, &ignored);
    int32_t effective = DAY_NONE, due = rulebook ? rulebook->effective : DAY_NONE;
    int64_t adopted = 0;
    const char *name = fact_find(text_bytes(&v->facts), "name", asking->arena);
    struct text called = {0};
    int found = store_policy_dates(asking->counter->store, v->case_id, &called, &effective,
                                   &adopted, &ignored);
    bool same_name = same_text(text_bytes(&called), name);
    bool good = !said || day_parse(said, strlen(said), &due);
    error_free(&ignored);
    text_free(&called);
    return good && same_name && found == 1 && rulebook && effective == due &&
           adopted == v->recorded;
}

static int verify_policy(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct text text = {0}, answers = {0};
    struct error wrong = {0};
    uint8_t digest[STORE_HASH];
    char hex[2 * STORE_HASH + 1];
    const char *name = fact_find(text_bytes(&v->facts), "name", asking->arena);
    const char *said = fact_find(text_bytes(&v->facts), "digest", asking->arena);
    const char *answered = fact_find(text_bytes(&v->facts), "answers", asking->arena);
    int status = store_policy(asking->counter->store, v->case_id, &text, &answers, &wrong);
    bool made = store_body_hash(asking->counter->store, text_bytes(&text), text.length, digest);
    if (status != 0 || !same_text(digest_hex(digest, hex), said) ||
        !same_text(text_bytes(&answers), answered) || !same_reign(v)) {
        verify_tell(v, "policy", N_("the policy %1 is not the one that was adopted"), name, NULL);
    }
    text_free(&text);
    text_free(&answers);
    error_free(&wrong);
    return made ? 0 : error_memory(asking->error);
}

/* A row is the latest of its acts: those facts, which begin with what has a column of its own. */
static bool same_thing(const struct thing *thing, const struct text *facts)
{
    struct text text = {0};
    thing_facts(thing, &text);
    bool same = !text.failed && same_text(text_bytes(&text), text_bytes(facts));
    text_free(&text);
    return same;
}

int verify_thing(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct thing thing;
    enum book_kind kind;
    if (strcmp(v->role, "policy") == 0) {
        return verify_policy(v);
    }
    int found =
        store_thing(asking->counter->store, v->case_id, asking->arena, &thing, asking->error);
    if (found < 0) {
        return -1;
    }
    struct text where = {0};
    bool is_thing = book_kind_of(v->role, &kind);
    const char *code = fact_find(text_bytes(&v->facts), "code", asking->arena);
    text_addf(&where, "%s %s", is_thing ? v->role : "case", is_thing ? code : "");
    if (!is_thing) {
        text_add_int(&where, v->case_id);
    }
    if (found == 0) {
        verify_tell(v, text_bytes(&where), N_("it has acts, and is not there"), NULL, NULL);
    } else if (memcmp(v->parent, thing.head, STORE_HASH) != 0 || thing.rev != v->n ||
               !same_text(thing.kind, v->role) || !same_thing(&thing, &v->facts)) {
        verify_tell(v, text_bytes(&where), N_("what is shown is not what its last act says"), NULL,
                    NULL);
    }
    text_free(&where);
    return 0;
}

/* ---- sums ---- */

/* Numbers go 1, 2, 3 within a series and year; that of a case is the one it goes by. */
static int number_seen(void *self, const struct number_row *row, bool astray)
{
    struct verifying *v = self;
    bool same = v->series.length > 0 && same_text(text_bytes(&v->series), row->series) &&
                v->year == row->year;
    if (row->seq != (same ? v->number + 1 : 1)) {
        verify_tell(v, row->text, N_("the number before it in the register is missing"), NULL,
                    NULL);
    }
    if (!same) {
        text_clear(&v->series);
        text_add(&v->series, row->series);
    }
    v->year = row->year;
    v->number = row->seq;
    if (astray) {
        verify_tell(v, row->text, N_("no case goes by this number of the register"), NULL, NULL);
    }
    return v->series.failed ? -1 : 0;
}

static void tell_sums(struct verifying *v, int64_t wrong, const char *where, const char *sentence)
{
    struct text count = {0};
    text_add_int(&count, wrong);
    if (wrong > 0) {
        verify_tell(v, where, sentence, text_bytes(&count), NULL);
    }
    text_free(&count);
}

int verify_sums(struct verifying *v)
{
    struct asking *asking = v->asking;
    struct store *store = asking->counter->store;
    int64_t tallies = store_tallies_wrong(store, asking->error);
    int64_t reserves = tallies < 0 ? -1 : store_reserves_wrong(store, asking->error);
    if (reserves < 0) {
        return -1;
    }
    tell_sums(v, tallies, "tally", N_("%1 counts of open cases are not those of the cases"));
    tell_sums(v, reserves, "reserved",
              N_("of %1 measures what the cases have reserved together is another than is said"));
    return store_numbers_given(store, number_seen, v, asking->error);
}
