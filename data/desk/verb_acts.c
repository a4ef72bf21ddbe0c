/* verb_acts.c: the chain of acts, the latest first, page by page: narrowed to a person, a case,
 * days or a kind of act. However long the chain, what is asked costs what is looked through. */
#include <string.h>

#include "core/day.h"
#include "data/desk/acts_query.h"

/* How many acts one request looks through; of those whose case has to be looked up, fewer. */
enum { PAGE = 50, PAGE_MOST = 1000, LOOKED_MOST = 20000, LOOKED_UP_MOST = 4000 };

struct acts_page {
    struct asking *asking;
    struct acts_query query;
    struct act_span span;
    int64_t limit, most, looked; /* MOST: how many are looked through */
    int64_t at, at_time;         /* place and time of the one that was looked at last */
    bool more, stopped;          /* there is another; so many were looked through */
    struct records records;      /* in the order in which they were read */
};

/* ---- which ---- */

static bool sees_thing(struct asking *asking, int64_t id)
{
    struct thing thing;
    enum book_kind kind;
    if (store_thing(asking->counter->store, id, asking->arena, &thing, asking->error) != 1 ||
        !book_kind_of(thing.kind, &kind)) {
        return false;
    }
    const struct entry *entry = book_by_id(asking->counter, kind, id);
    return entry && sees_entry(asking, kind, entry);
}

/* 1, 0, -1 with ERROR. */
static int sees_subject(struct asking *asking, int64_t id)
{
    struct case_row row;
    if (asking->sees_all) {
        return 1;
    }
    int found = store_case(asking->counter->store, id, asking->arena, &row, asking->error);
    return found < 0 ? -1 : found == 1 ? sees_case(asking, &row) : sees_thing(asking, id);
}

static int take_act(void *self, const struct record *record, struct error *error)
{
    struct acts_page *page = self;
    if (page->looked == page->most) {
        page->stopped = true;
        return 1;
    }
    page->looked++;
    page->at = record->seq;
    page->at_time = record->recorded;
    int wanted =
        acts_query_wants(&page->query, record) ? sees_subject(page->asking, record->case_id) : 0;
    if (wanted <= 0) {
        return wanted;
    }
    if ((int64_t)page->records.count == page->limit) {
        page->more = true;
        return 1;
    }
    return records_keep(&page->records, record, error);
}

/* ---- rows ---- */

static void put_digest(struct table *table, const uint8_t digest[STORE_HASH])
{
    char hex[2 * STORE_HASH + 1];
    table_text(table, digest_hex(digest, hex));
}

static void put_who(struct asking *asking, const struct record *record, struct table *table)
{
    const struct policy *policy = asking->counter->current->policy;
    const struct entry *who = book_by_id(asking->counter, BOOK_PERSON, record->actor);
    const struct entry *away = book_by_id(asking->counter, BOOK_PERSON, record->deputy_of);
    const struct entry *party = book_by_id(asking->counter, BOOK_ORG, record->party_org);
    int32_t role = role_named(policy, record->role);
    table_text(table, who ? who->thing.code : NULL);
    table_text(table, who ? who->thing.name : NULL);
    if (role >= 0) {
        table_both(table, policy->roles[role].title.zh, policy->roles[role].title.en);
    } else {
        table_text(table, NULL);
    }
    table_text(table, away ? away->thing.name : NULL);
    table_text(table, party ? party->thing.name : NULL);
}

/* number procedure n kind code title event done text, of a case. */
static void put_case(struct asking *asking, struct casework *work, const struct record *record,
                     struct table *table)
{
    table_text(table, work->row.number);
    table_text(table, work->row.procedure);
    table_int(table, record->n);
    table_text(table, NULL);
    table_text(table, NULL);
    table_text(table, work->row.title);
    table_text(table, record->event);
    put_deed_title(asking, work, record, table);
    table_text(table, words_of(asking, work, record));
}

/* The same of an entry of a register, or of the desk's own rules. */
static void put_thing(struct asking *asking, const struct record *record, struct table *table)
{
    struct thing thing = {0};
    bool found = store_thing(asking->counter->store, record->case_id, asking->arena, &thing,
                             asking->error) == 1;
    const char *zh, *en;
    acts_query_register_title(record->event, &zh, &en);
    table_text(table, NULL);
    table_text(table, NULL);
    table_int(table, record->n);
    table_text(table, found ? thing.kind : NULL);
    table_text(table, found ? thing.code : NULL);
    table_text(table, found ? thing.name : NULL);
    table_text(table, record->event);
    table_both(table, zh, en);
    table_text(table, found && record->body ? record->body : NULL);
}

static int put_act(struct asking *asking, const struct record *record, struct table *table)
{
    struct casework work;
    table_int(table, record->seq);
    table_moment(table, to_local(asking->counter, record->recorded));
    table_moment(table, record->effective);
    put_who(asking, record, table);
    int found = casework_begin(asking, record->case_id, &work);
    if (found == 1) {
        put_case(asking, &work, record, table);
    } else if (found == 0) {
        put_thing(asking, record, table);
    }
    casework_free(&work);
    if (record->corrects) {
        table_int(table, record->corrects);
    } else {
        table_text(table, NULL);
    }
    put_digest(table, record->hash);
    put_digest(table, record->prev);
    return found < 0 ? -1 : 0;
}

/* ---- the verb ---- */

/* Where the page lies. */
static void place(struct acts_page *page)
{
    const struct parcel *request = page->asking->request;
    int64_t after = parcel_int(request, "after", INT64_MAX);
    int64_t before = parcel_int(request, "before", 0);
    page->limit = parcel_int(request, "limit", PAGE);
    page->limit = page->limit < 1 || page->limit > PAGE_MOST ? PAGE_MOST : page->limit;
    page->most = page->asking->sees_all ? LOOKED_MOST : LOOKED_UP_MOST;
    int64_t most = parcel_int(request, "look", page->most);
    page->most = most > 0 && most < page->most ? most : page->most;
    page->span = (struct act_span){.case_id = page->query.case_id,
                                   .above = page->query.above,
                                   .below = page->query.below,
                                   .up = before > 0 || parcel_yes(request, "last")};
    page->span.below = after < page->span.below ? after : page->span.below;
    page->span.above = before > page->span.above ? before : page->span.above;
}

/* The places between which this page lies: behind it there is more where it was asked for from
 * there, or where the reading did not come to the end. */
static void put_places(struct acts_page *page)
{
    const struct records *records = &page->records;
    struct parcel *reply = page->asking->reply;
    bool up = page->span.up, rest = page->more || page->stopped;
    int64_t first = records->count ? records->items[0].seq
                    : up           ? page->span.above + 1
                                   : page->span.below - 1;
    int64_t last = page->more ? records->items[records->count - 1].seq : page->at;
    if (rest) {
        parcel_put_int(reply, up ? "prev" : "next", last);
    }
    if (asked(page->asking, up ? "before" : "after")) {
        parcel_put_int(reply, up ? "next" : "prev", first);
    }
    if (page->stopped) {
        parcel_put(reply, "rest", "yes");
        parcel_put_moment(reply, "looked", to_local(page->asking->counter, page->at_time));
    }
}

static int put_rows(struct acts_page *page, struct table *table)
{
    size_t count = page->records.count;
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        size_t at = page->span.up ? count - 1 - i : i;
        status = put_act(page->asking, &page->records.items[at], table);
    }
    return status;
}

int verb_acts(struct asking *asking)
{
    static const struct column columns[] = {{"seq", CELL_NUMBER, N_("place")},
                                            {"recorded", CELL_MOMENT, N_("recorded")},
                                            {"effective", CELL_MOMENT, N_("took effect")},
                                            {"login", CELL_NAME, N_("login")},
                                            {"who", CELL_TEXT, N_("who")},
                                            {"role_title", CELL_TEXT, N_("role")},
                                            {"deputy_of", CELL_TEXT, N_("for")},
                                            {"party", CELL_TEXT, N_("on behalf of")},
                                            {"number", CELL_NAME, N_("case")},
                                            {"procedure", CELL_NAME, N_("procedure")},
                                            {"n", CELL_NUMBER, N_("act")},
                                            {"kind", CELL_NAME, N_("register")},
                                            {"code", CELL_NAME, N_("code")},
                                            {"title", CELL_TEXT, N_("title")},
                                            {"event", CELL_NAME, N_("event")},
                                            {"done", CELL_TEXT, N_("what was done")},
                                            {"text", CELL_TEXT, N_("words")},
                                            {"corrects", CELL_NUMBER, N_("corrects")},
                                            {"digest", CELL_NAME, N_("digest")},
                                            {"before", CELL_NAME, N_("digest before")}};
    struct acts_page page = {.asking = asking};
    if (acts_query_read(asking, asked(asking, "query"), &page.query) != 0) {
        return -1;
    }
    struct table *table =
        parcel_table(asking->reply, "acts", columns, sizeof columns / sizeof *columns);
    place(&page);
    int status = store_acts_in(asking->counter->store, &page.span, take_act, &page, asking->error);
    status = status < 0 ? -1 : put_rows(&page, table);
    put_places(&page);
    if (asking->sees_all && !page.query.narrows) {
        parcel_put_int(asking->reply, "total", counter_seq(asking->counter));
    }
    records_free(&page.records);
    return status;
}
