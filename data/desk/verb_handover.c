/* verb_handover.c: what one person answers for is given to another. */
#include <string.h>

#include "data/desk/caseload.h"

struct handover {
    int64_t from, to; /* by id: the book may be read anew meanwhile */
    const char *procedure, *state, *reason;
    struct table *table;
    int64_t given, left;
};

static const struct entry *person_asked(struct asking *asking, const char *name)
{
    const char *value;
    if (must_ask(asking, name, &value) != 0) {
        return NULL;
    }
    const struct entry *person = book_find(asking->counter, BOOK_PERSON, value, 0);
    if (!person) {
        error_set4(asking->error, ERROR_USAGE,
                   N_("%1: the register “%3” has no “%2”; enter it there first, or correct the "
                      "name"),
                   name, value, "person", NULL);
    }
    return person;
}

static bool can_take(struct asking *asking, const struct handover *handover,
                     const struct case_row *row)
{
    const struct policy *policy = asking->counter->current->policy;
    const struct entry *to = book_by_id(asking->counter, BOOK_PERSON, handover->to);
    return to && has_role_in_case(asking, to, role_named(policy, row->with_role), row);
}

static void put_titled(struct table *table, const char *name, const struct title *title)
{
    table_text(table, name);
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

static void put_case(const struct handover *handover, const struct casework *work, bool taken)
{
    const struct casefile *file = work->file;
    const struct policy *policy = work->rulebook->policy;
    const struct title *with = file->with_role >= 0 ? &policy->roles[file->with_role].title : NULL;
    table_text(handover->table, work->row.number);
    table_text(handover->table, work->row.title);
    put_titled(handover->table, work->row.procedure, &file->procedure->title);
    put_titled(handover->table, work->row.state, &file->procedure->states[file->state].title);
    put_titled(handover->table, work->row.with_role, with);
    table_yesno(handover->table, taken);
}

static int give(struct asking *asking, struct handover *handover, int64_t id)
{
    struct casework work = {0};
    struct text facts = {0};
    int status = caseload_take(asking, id, &work);
    /* what time brought may have ended it, or given it to another */
    bool still = status == 0 && !work.row.closed && work.row.owner == handover->from;
    bool taken = still && can_take(asking, handover, &work.row);
    if (taken) {
        fact_put(&facts, "assign.role", work.row.with_role);
        fact_put_int(&facts, "assign.to", handover->to);
        status = caseload_note(asking, &work, "assign", &facts, handover->reason);
    }
    if (status == 0 && still) {
        handover->given += taken;
        handover->left += !taken;
        put_case(handover, &work, taken);
    }
    text_free(&facts);
    casework_free(&work);
    return status;
}

static int give_all(struct asking *asking, struct handover *handover)
{
    int64_t *ids = arena_array(asking->arena, CASELOAD_BATCH, sizeof *ids), after = 0, count;
    if (!ids) {
        return error_memory(asking->error);
    }
    do {
        count = store_cases_of_owner(asking->counter->store, handover->from, handover->procedure,
                                     handover->state, after, ids, CASELOAD_BATCH, asking->error);
        for (int64_t i = 0; i < count; i++) {
            if (give(asking, handover, ids[i]) != 0) {
                return -1;
            }
            after = ids[i];
        }
    } while (count == CASELOAD_BATCH);
    return count < 0 ? -1 : 0;
}

int verb_handover(struct asking *asking)
{
    static const struct column columns[] = {
        {"case", CELL_NAME, N_("case")},           {"title", CELL_TEXT, N_("about")},
        {"procedure", CELL_NAME, N_("procedure")}, {"procedure_title", CELL_TEXT, N_("procedure")},
        {"state", CELL_NAME, N_("state")},         {"state_title", CELL_TEXT, N_("state")},
        {"with", CELL_NAME, N_("with")},           {"with_title", CELL_TEXT, N_("with")},
        {"taken", CELL_YESNO, N_("handed over")}};
    const char *procedure = asked(asking, "procedure"), *state = asked(asking, "state");
    struct handover handover = {.procedure = procedure ? procedure : "",
                                .state = state ? state : "",
                                .reason = asked(asking, "reason")};
    const struct entry *from = person_asked(asking, "from");
    const struct entry *to = from ? person_asked(asking, "to") : NULL;
    if (!to) {
        return -1;
    }
    if (procedure && procedure_named(asking->counter->current->policy, procedure) < 0) {
        return refuse_procedure(asking, procedure);
    }
    if (from == to || !entry_valid(to, moment_day(asking->now))) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” cannot take the cases of “%2”; name another who is on the "
                            "register today"),
                         to->thing.code, from->thing.code);
    }
    handover.from = from->thing.id;
    handover.to = to->thing.id;
    handover.table = parcel_table(asking->reply, "cases", columns, 9);
    int status = give_all(asking, &handover);
    parcel_put_int(asking->reply, "given", handover.given);
    parcel_put_int(asking->reply, "left", handover.left);
    return status;
}
