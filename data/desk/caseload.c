/* caseload.c: notes put in many cases at once. */
#include "data/desk/caseload.h"

#include "data/desk/registers.h"

int caseload_take(struct asking *asking, int64_t id, struct casework *work)
{
    int found = casework_load(asking, id, work);
    if (found != 0) {
        return found < 0 ? -1
                         : error_set(asking->error, ERROR_CONFLICT,
                                     N_("a case went away meanwhile; do it again"), NULL, NULL);
    }
    struct who_asks who = who_asks(asking);
    int status = casework_fold(asking, work, asking->now);
    status = status || wake_case(asking, work, asking->now) < 0 ? -1 : 0;
    who_again(asking, &who);
    return status ? status : casework_fold(asking, work, asking->now);
}

int caseload_note(struct asking *asking, struct casework *work, const char *event,
                  const struct text *facts, const char *reason)
{
    struct text body = {0};
    if (reason) {
        fact_put(&body, "reason", reason);
    }
    int64_t changed = work->file->changed;
    struct record record = {.event = event,
                            .actor = asking->person ? asking->person->thing.id : 0,
                            .role = "",
                            .effective = changed > asking->now ? changed : asking->now,
                            .recorded = asking->utc,
                            .facts = text_bytes(facts),
                            .facts_length = facts->length,
                            .body = body.length ? text_bytes(&body) : NULL,
                            .body_length = body.length};
    int status = facts->failed || body.failed ? error_memory(asking->error)
                                              : casework_append(asking, work, &record);
    text_free(&body);
    return status ? status : casework_save(asking, work, record.effective);
}
