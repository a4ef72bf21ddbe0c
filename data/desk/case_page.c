/* case_page.c: the verb list: pages of cases, read downwards and upwards, and how many there are.
 */
#include <string.h>

#include "data/desk/lists.h"

enum { PAGE_MOST = 1000 };

/* The places from which the pages before and after this one are asked for. What lies behind the
 * place this page was asked from is there; the other way, whoever read it has seen. */
static void put_ends(struct asking *asking, const struct list_filter *filter,
                     const struct list_ends *ends)
{
    bool back = filter->upwards ? ends->more : filter->place != NULL;
    bool forth = filter->upwards ? filter->place != NULL : ends->more;
    if (back && ends->first.length) {
        parcel_put(asking->reply, "prev", text_bytes(&ends->first));
    }
    if (forth && ends->last.length) {
        parcel_put(asking->reply, "next", text_bytes(&ends->last));
    }
}

int64_t case_page(struct asking *asking, const struct list_filter *filter, const char *name,
                  const struct told *told, struct list_ends *ends)
{
    struct table *table =
        filter->clocks ? clock_table(asking, name, told) : case_table(asking, name, told);
    struct case_row *rows = arena_array(asking->arena, (size_t)filter->limit, sizeof *rows);
    int64_t count =
        rows ? list_page(asking->counter->store, filter, asking->arena, rows, ends, asking->error)
             : error_memory(asking->error);
    if (count > 0 && told_orders(told) && told_order(asking, told, rows, count) != 0) {
        count = -1;
    }
    for (int64_t i = 0; i < count; i++) {
        if ((filter->clocks ? clock_put : case_put)(asking, table, &rows[i]) != 0 ||
            told_put(asking, told, &rows[i], table) != 0) {
            count = -1;
        }
    }
    if (!told_orders(told)) {
        put_ends(asking, filter, ends);
    }
    return count;
}

/* The place of the case NAME, whether the filter holds for it or not. */
static int place_of_case(struct asking *asking, const struct list_filter *filter, const char *name,
                         const char **place)
{
    struct case_row row;
    struct text text = {0};
    int64_t id = case_asked(asking, name);
    int found =
        id > 0 ? store_case(asking->counter->store, id, asking->arena, &row, asking->error) : -1;
    if (found == 1) {
        list_place(filter, &row, &text);
        *place = arena_keep(asking->arena, &text);
    }
    return found == 1 ? 0 : -1;
}

/* Which page of the list: the one after or before a place, the last, else the first; in an order of
 * its own all of it, as far as a page goes. */
static int take_place(struct asking *asking, struct list_filter *filter, const struct told *told)
{
    const char *after = asked(asking, "after"), *before = asked(asking, "before");
    const char *behind = asked(asking, "behind");
    bool last = parcel_yes(asking->request, "last");
    filter->place = after ? after : before;
    filter->upwards = before || last;
    filter->limit =
        parcel_int(asking->request, "limit", options_number(asking->counter->options, "desk.page"));
    if (filter->limit < 0 || filter->limit > PAGE_MOST) {
        return error_set(asking->error, ERROR_USAGE, N_("a page has at most 1000 rows"), NULL,
                         NULL);
    }
    if (told_orders(told) && filter->limit > 0) {
        filter->place = NULL;
        filter->upwards = false;
        filter->limit = PAGE_MOST;
        return 0;
    }
    if ((after != NULL) + (before != NULL) + (behind != NULL) + last > 1) {
        return error_set(
            asking->error, ERROR_USAGE,
            N_("a page is after a place, before one, or the last; ask for one of them"), NULL,
            NULL);
    }
    return behind ? place_of_case(asking, filter, behind, &filter->place) : 0;
}

/* Nothing but the open cases is asked for, by somebody who sees all of them. */
static bool is_whole_queue(const struct list_filter *filter)
{
    return filter->sight.all && filter->count == 1 && !filter->clocks &&
           filter->tests[0].column == LIST_CLOSED && filter->tests[0].negated;
}

/* How many there are, the COUNT rows of a page at an end of the list among them; at most
 * LIST_COUNTED_MOST. What is on the page, or was passed over for it, is not gone through again. */
static int64_t count_all(struct asking *asking, const struct list_filter *filter, int64_t count,
                         const struct list_ends *ends)
{
    struct list_filter beyond = *filter;
    bool known = filter->limit > 0 && filter->order != LIST_BY_NUMBER; /* which some do not have */
    if (known && !ends->more) {
        return count;
    }
    if (!known || count == 0) {
        return list_size(asking->counter->store, filter, LIST_COUNTED_MOST, asking->error);
    }
    beyond.place = text_bytes(filter->upwards ? &ends->first : &ends->last);
    int64_t rest =
        list_size(asking->counter->store, &beyond, LIST_COUNTED_MOST - count, asking->error);
    return rest < 0 ? -1 : count + rest;
}

/* How many there are, and with them where the COUNT rows of a page at an end of the list stand.
 * Where to count them would take long, they are at least those on the page. COUNTS: what was
 * counted already; NULL. */
static int put_total(struct asking *asking, const struct list_filter *filter, int64_t count,
                     const struct list_ends *ends, const struct list_counts *counts)
{
    struct store *store = asking->counter->store;
    bool laborious = ends->laborious || (counts && counts->laborious);
    bool counted = !laborious || (count < filter->limit && !filter->place);
    int64_t total = count;
    if (counted && is_whole_queue(filter)) {
        total = list_open(store, &total, asking->error) == 0 ? total : -1;
    } else if (list_tallied(filter)) {
        total = counts ? counts->n : list_size(store, filter, INT64_MAX, asking->error);
    } else if (!laborious) {
        total = counts ? counts->n : count_all(asking, filter, count, ends);
        counted = total < LIST_COUNTED_MOST;
        total = counted ? total : LIST_COUNTED_MOST - 1;
    }
    if (total < 0) {
        return -1;
    }
    parcel_put_int(asking->reply, "total", total);
    parcel_put(asking->reply, "total_more", counted ? "no" : "yes");
    if (count > 0 && (counted || !filter->upwards)) {
        parcel_put_int(asking->reply, "at", filter->upwards ? total - count + 1 : 1);
    }
    return 0;
}

static int list_it(struct asking *asking, const struct list_filter *filter, const struct told *told,
                   struct list_ends *ends)
{
    bool cards = parcel_yes(asking->request, "cards");
    const char *count = asked(asking, "count");
    struct list_counts counts = {.n = 0};
    int64_t rows = 0;
    if (filter->limit > 0) {
        rows = case_page(asking, filter, filter->clocks ? "clocks" : "cases", told, ends);
    }
    if (rows < 0 || (cards && case_cards(asking, filter, &counts) != 0)) {
        return -1;
    }
    if (case_days(asking, filter) != 0 || case_facets(asking, filter) != 0) {
        return -1;
    }
    return filter->place || (count && strcmp(count, "no") == 0)
               ? 0
               : put_total(asking, filter, rows, ends, cards ? &counts : NULL);
}

/* All of it as it stood at one moment. */
int verb_list(struct asking *asking)
{
    struct list_filter filter;
    struct told told;
    struct list_ends ends = {0};
    struct db *db = asking->counter->store->db;
    if (told_make(asking, &told) != 0 ||
        filter_make(asking, asked(asking, "query"), &filter) != 0 ||
        take_place(asking, &filter, &told) != 0 || db_look(db, asking->error) != 0) {
        return -1;
    }
    int status = list_it(asking, &filter, &told, &ends);
    db_rollback(db);
    text_free(&ends.first);
    text_free(&ends.last);
    return status;
}
