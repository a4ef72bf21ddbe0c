/* verb_changes.c: how far the chain has come, and what was done since somebody last looked. */
#include <string.h>

#include "data/desk/inside.h"

enum { TOLD_MOST = 20, LOOKED_AT_MOST = 200 };

struct changing {
    struct asking *asking;
    struct table *table;
    int looked_at;
};

static void put_act(struct changing *changing, struct casework *work, const struct record *record)
{
    struct asking *asking = changing->asking;
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, record->actor);
    const char *zh, *en;
    casework_event_title(work, record->event, &zh, &en);
    table_text(changing->table, work->row.number);
    table_text(changing->table, work->row.title);
    table_text(changing->table, record->event);
    table_both(changing->table, zh, en);
    table_text(changing->table, who ? who->thing.code : NULL);
    table_text(changing->table, who ? who->thing.name : NULL);
    table_moment(changing->table, to_local(asking->counter, record->recorded));
}

/* Of what he may not see he hears nothing. */
static int take_act(void *self, const struct record *record, struct error *error)
{
    struct changing *changing = self;
    struct casework work;
    (void)error;
    if (++changing->looked_at > LOOKED_AT_MOST || table_rows(changing->table) >= TOLD_MOST) {
        return 1;
    }
    int found = casework_begin(changing->asking, record->case_id, &work);
    if (found == 1 && sees_case(changing->asking, &work.row)) {
        put_act(changing, &work, record);
    }
    casework_free(&work);
    return found < 0 ? -1 : 0;
}

int verb_changes(struct asking *asking)
{
    static const struct column columns[] = {
        {"case", CELL_NAME, N_("case")},    {"case_title", CELL_TEXT, N_("title")},
        {"event", CELL_NAME, N_("event")},  {"title", CELL_TEXT, N_("what was done")},
        {"login", CELL_NAME, N_("login")},  {"who", CELL_TEXT, N_("who")},
        {"at", CELL_MOMENT, N_("recorded")}};
    int64_t since = parcel_int(asking->request, "since", -1), now = counter_seq(asking->counter);
    struct changing changing = {.asking = asking};
    changing.table =
        parcel_table(asking->reply, "cases", columns, sizeof columns / sizeof *columns);
    parcel_put_int(asking->reply, "seq", now);
    return since < 0 || since >= now ? 0
                                     : store_walk(asking->counter->store, false, since + 1,
                                                  take_act, &changing, asking->error);
}
