/* list.c: rows of the desk as a table: the rows at hand, what is wanted next, the cursor. */
#include <stdlib.h>
#include <string.h>

#include "tui/widget/list_inside.h"

/* ---- one ---- */

struct list *list_new(const struct list_spec *spec)
{
    struct list *list = calloc(1, sizeof *list);
    if (list) {
        list->spec = spec;
        list->want = WANT_FIRST;
        list->total = -1;
        list->body = 1;
        list_arrange(list, "");
    }
    return list;
}

static void free_page(struct list_page *page)
{
    parcel_free(&page->rows);
    text_free(&page->from);
    text_free(&page->next);
    text_free(&page->previous);
}

static void drop_page(struct list *list, int at)
{
    struct list_page *page = &list->pages[at];
    free_page(page);
    memmove(page, page + 1, (size_t)(list->page_count - at - 1) * sizeof *page);
    list->page_count--;
}

static void drop_all(struct list *list)
{
    while (list->page_count) {
        drop_page(list, list->page_count - 1);
    }
}

void list_free(struct list *list)
{
    if (!list) {
        return;
    }
    drop_all(list);
    text_free(&list->query);
    text_free(&list->good);
    text_free(&list->order);
    text_free(&list->key);
    text_free(&list->marks);
    text_free(&list->half);
    parcel_free(&list->pairs);
    free(list);
}

static void put(struct text *text, const char *value)
{
    text_clear(text);
    text_add(text, value);
}

static void want(struct list *list, enum list_want what)
{
    list->want = what;
    list->asked = WANT_NOTHING; /* a reply on its way is no longer the one that is wanted */
}

void list_narrowed(struct list *list, bool narrowed)
{
    if (list) {
        list->narrowed = narrowed;
    }
}

void list_query(struct list *list, const char *query)
{
    if (list && query && strcmp(query, text_bytes(&list->query)) != 0) {
        put(&list->query, query);
        list->counted = false;
        want(list, WANT_FIRST);
    }
}

void list_sort(struct list *list, const char *sort)
{
    if (list && sort && strcmp(sort, text_bytes(&list->order)) != 0) {
        put(&list->order, sort);
        want(list, WANT_FIRST);
    }
}

const char *list_queried(const struct list *list)
{
    return text_bytes(&list->query);
}

const char *list_sorted(const struct list *list)
{
    return text_bytes(&list->order);
}

void list_pair(struct list *list, const char *name, const char *value)
{
    struct parcel kept = {0};
    for (size_t i = 0; i < list->pairs.pair_count; i++) {
        const struct pair *pair = &list->pairs.pairs[i];
        if (strcmp(pair->name, name) != 0) {
            parcel_put(&kept, pair->name, pair->value);
        }
    }
    parcel_put(&kept, name, value);
    parcel_free(&list->pairs);
    list->pairs = kept;
    list->counted = false;
    want(list, WANT_FIRST);
}

void list_stale(struct list *list)
{
    if (!list) {
        return;
    }
    list->counted = false;
    if (list->want == WANT_NOTHING || list->want == WANT_NEXT || list->want == WANT_PREVIOUS) {
        want(list, list->page_count ? WANT_AGAIN : WANT_FIRST);
    }
}

/* ---- rows ---- */

size_t list_count(const struct list *list)
{
    size_t count = 0;
    for (int i = 0; list && i < list->page_count; i++) {
        count += list->pages[i].count;
    }
    return count;
}

size_t list_cursor(const struct list *list)
{
    return list ? list->cursor : 0;
}

size_t list_top(const struct list *list)
{
    return list ? list->top : 0;
}

bool list_empty(const struct list *list)
{
    return list_count(list) == 0;
}

bool list_waits(const struct list *list)
{
    return list->want != WANT_NOTHING || list->asked != WANT_NOTHING;
}

const char *list_cell(const struct list *list, size_t row, const char *column)
{
    for (int i = 0; list && i < list->page_count; i++) {
        const struct list_page *page = &list->pages[i];
        if (row < page->count) {
            return table_cell(page->table, row, column);
        }
        row -= page->count;
    }
    return NULL;
}

const char *list_text(const struct list *list, size_t row, const char *column,
                      const struct context *context)
{
    const char *cell = list_cell(list, row, column);
    const char *cut = cell ? strchr(cell, MESSAGE_BOTH) : NULL;
    if (!cut) {
        return cell ? cell : "";
    }
    if (context->look.english) {
        return cut + 1;
    }
    struct text *half = &((struct list *)list)->half;
    text_clear(half);
    text_add_n(half, cell, (size_t)(cut - cell));
    return text_bytes(half);
}

const char *list_key(const struct list *list)
{
    const char *key = list ? list_cell(list, list->cursor, list->spec->key) : NULL;
    return key ? key : "";
}

static size_t index_of(const struct list *list, const char *key)
{
    size_t count = list_count(list);
    for (size_t i = 0; i < count; i++) {
        const char *here = list_cell(list, i, list->spec->key);
        if (here && strcmp(here, key) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

void list_go(struct list *list, const char *key)
{
    size_t at = index_of(list, key);
    if (at != SIZE_MAX) {
        list->cursor = at;
        put(&list->key, key);
    }
}

int64_t list_total(const struct list *list, bool *more)
{
    if (more) {
        *more = list && list->total_more;
    }
    return list ? list->total : -1;
}

static bool at_start(const struct list *list)
{
    return list->page_count == 0 || !list->pages[0].before;
}
static bool at_end(const struct list *list)
{
    return list->page_count == 0 || !list->pages[list->page_count - 1].after;
}

void list_position(const struct list *list, const struct context *context, struct text *out)
{
    const char *unknown = glyph_text(&context->look, GLYPH_CLIPPED);
    if (list_count(list) == 0) {
        text_add(out, "0");
        return;
    }
    if (list->first_at > 0) {
        text_add_int(out, list->first_at + (int64_t)list->cursor);
    } else {
        text_add(out, unknown);
    }
    text_add(out, "/");
    if (list->total >= 0) {
        text_add_int(out, list->total);
        text_add(out, list->total_more ? "+" : "");
    } else {
        text_add(out, unknown);
    }
}

/* ---- what is wanted ---- */

static void want_more(struct list *list)
{
    size_t count = list_count(list), margin = (size_t)list->body + 2;
    if (list->want != WANT_NOTHING || list->asked != WANT_NOTHING) {
        return;
    }
    if (!at_end(list) && list->cursor + margin >= count) {
        list->want = WANT_NEXT;
    } else if (!at_start(list) && list->cursor < margin) {
        list->want = WANT_PREVIOUS;
    }
}

static void ask_page(struct list *list, struct parcel *request)
{
    const struct list_page *first = &list->pages[0];
    const struct list_page *last = list->page_count ? first + list->page_count - 1 : first;
    int64_t limit = list->body * 2 > PAGE_LEAST ? list->body * 2 : PAGE_LEAST;
    switch (list->asked) {
    case WANT_NEXT:
        parcel_put(request, "after", text_bytes(&last->next));
        break;
    case WANT_PREVIOUS:
        parcel_put(request, "before", text_bytes(&first->previous));
        break;
    case WANT_LAST:
        parcel_put(request, "last", "yes");
        break;
    case WANT_AGAIN:
        limit = (int64_t)list_count(list) > limit ? (int64_t)list_count(list) : limit;
        parcel_put(request, "after", first->from.length ? text_bytes(&first->from) : NULL);
        break;
    default:
        break;
    }
    parcel_put_int(request, "limit", limit);
    if (list->spec->apart || list->counted) {
        parcel_put(request, "count", "no");
    }
}

static void put_query(const struct list *list, struct parcel *request)
{
    struct text query = {0};
    text_add(&query, text_bytes(&list->query));
    if (list->order.length) {
        text_addf(&query, "%ssort:%s", query.length ? " " : "", text_bytes(&list->order));
    }
    if (query.length) {
        parcel_put(request, "query", text_bytes(&query));
    }
    text_free(&query);
}

static void put_pairs(const struct list *list, struct parcel *request)
{
    for (size_t i = 0; i < list->pairs.pair_count; i++) {
        parcel_put(request, list->pairs.pairs[i].name, list->pairs.pairs[i].value);
    }
    if (list->spec->pair) {
        parcel_put(request, list->spec->pair, list->spec->value);
    }
    put_query(list, request);
}

const char *list_listing(const struct list *list, struct parcel *request)
{
    parcel_put(request, "verb", list->spec->verb);
    put_pairs(list, request);
    return list->spec->table;
}

void list_want(struct list *list, struct view *view, int ticket)
{
    if (!list) {
        return;
    }
    want_more(list);
    if (list->want == WANT_NOTHING) {
        return;
    }
    struct parcel *request = view_ask(view, ticket, list->spec->verb);
    list->asked = list->want;
    list->want = WANT_NOTHING;
    put_pairs(list, request);
    if (!list->spec->whole) {
        ask_page(list, request);
    }
}

/* ---- what came ---- */

static bool read_page(struct list *list, const struct parcel *reply, struct list_page *page)
{
    *page = (struct list_page){0};
    if (!parcel_copy(reply, &page->rows)) {
        return false;
    }
    page->table = parcel_find(&page->rows, list->spec->table);
    page->count = page->table ? table_rows(page->table) : 0;
    const char *next = parcel_get(reply, "next"), *previous = parcel_get(reply, "prev");
    page->after = next != NULL;
    page->before = previous != NULL;
    put(&page->next, next ? next : "");
    put(&page->previous, previous ? previous : "");
    page->behind = page->before; /* unless it is known after which one it came */
    put(&page->from, page->behind ? previous : "");
    return true;
}

static void add_page(struct list *list, struct list_page *page, bool in_front)
{
    if (list->page_count == PAGES_MOST) {
        int far = in_front ? list->page_count - 1 : 0;
        size_t dropped = list->pages[far].count;
        drop_page(list, far);
        if (far == 0) {
            list->pages[0].before = true; /* there are rows before it now */
            list->cursor -= dropped < list->cursor ? dropped : list->cursor;
            list->top -= dropped < list->top ? dropped : list->top;
            list->first_at += list->first_at > 0 ? (int64_t)dropped : 0;
        } else {
            list->pages[list->page_count - 1].after = true;
        }
    }
    int at = in_front ? 0 : list->page_count;
    memmove(&list->pages[at + 1], &list->pages[at], (size_t)(list->page_count - at) * sizeof *page);
    list->pages[at] = *page;
    list->page_count++;
    if (in_front) {
        list->cursor += page->count - (page->count && page->count == list_count(list));
        list->top += page->count;
        list->first_at -= list->first_at > 0 ? (int64_t)page->count : 0;
    }
}

/* A page that ended before it was full goes on in the one that came behind or before it. */
static bool join_page(struct list *list, struct list_page *page, bool in_front)
{
    struct list_page *at = &list->pages[in_front ? 0 : list->page_count - 1];
    if (in_front && page->count == 0) {
        at->before = page->before;
        put(&at->previous, text_bytes(&page->previous));
    } else if (!in_front && at->count + page->count <= PAGE_LEAST) {
        if (page->count) {
            table_join(parcel_more(&at->rows, list->spec->table, NULL, 0), page->table);
        }
        at->count += page->count;
        at->after = page->after;
        put(&at->next, text_bytes(&page->next));
    } else {
        return false;
    }
    free_page(page);
    return true;
}

/* The cursor on its record again, or on what stands where it was. */
static void find_cursor(struct list *list, bool last)
{
    size_t count = list_count(list), at = index_of(list, text_bytes(&list->key));
    if (last && count) {
        list->cursor = count - 1;
    } else if (list->key.length && at != SIZE_MAX) {
        list->cursor = at;
    } else if (list->cursor >= count) {
        list->cursor = count ? count - 1 : 0;
    }
    put(&list->key, list_key(list));
}

/* Which row of the total the first one is, where a page at an end is at hand. */
static void find_first(struct list *list)
{
    if (at_start(list)) {
        list->first_at = 1;
    } else if (at_end(list)) {
        bool known = list->counted && !list->total_more;
        list->first_at = known ? list->total - (int64_t)list_count(list) + 1 : 0;
    }
}

void list_counted(struct list *list, int64_t total, bool more)
{
    list->total = total;
    list->total_more = more;
    list->counted = true;
    find_first(list);
}

/* NEW: what stood there before was another list, and as long as nobody counted this one its length
 * is not known. */
static void take_total(struct list *list, const struct parcel *reply, bool new)
{
    int64_t total = parcel_int(reply, "total", -1);
    if (at_start(list) && at_end(list)) {
        list_counted(list, (int64_t)list_count(list), false);
    } else if (total >= 0) {
        list_counted(list, total, parcel_yes(reply, "total_more"));
    } else if (new && !list->counted) {
        list->total = -1;
    }
}

/* PAGE, which came after the place of the first page at hand, stands in the place of all. */
static void keep_place(struct list *list, struct list_page *page)
{
    const struct list_page *first = &list->pages[0];
    put(&page->from, text_bytes(&first->from));
    page->behind = false;
    page->before = first->before;
    if (!page->previous.length) {
        put(&page->previous, text_bytes(&first->previous));
    }
    list->first_at += list->first_at > 0 && first->behind;
}

/* PAGE, behind or in front of those at hand, has no rows, though there may be more beyond it. */
static void pass_over(struct list *list, struct list_page *page, bool in_front)
{
    struct list_page *end = &list->pages[in_front ? 0 : list->page_count - 1];
    if (in_front) {
        end->before = page->before;
        put(&end->previous, text_bytes(&page->previous));
    } else {
        end->after = page->after;
        put(&end->next, text_bytes(&page->next));
    }
    free_page(page);
    find_first(list);
}

bool list_took(struct list *list, const struct parcel *reply, const struct error *error)
{
    enum list_want asked = list->asked;
    struct list_page page;
    list->asked = WANT_NOTHING;
    if (error) {
        put(&list->query, text_bytes(&list->good));
        return false;
    }
    if (asked == WANT_NOTHING || !read_page(list, reply, &page)) {
        return true; /* an answer to what is no longer asked */
    }
    put(&list->good, text_bytes(&list->query));
    if (page.count == 0 && (asked == WANT_NEXT || asked == WANT_PREVIOUS)) {
        pass_over(list, &page, asked == WANT_PREVIOUS);
        return true;
    }
    if (asked == WANT_NEXT || asked == WANT_PREVIOUS) {
        if (asked == WANT_NEXT) {
            put(&page.from, text_bytes(&list->pages[list->page_count - 1].next));
            page.behind = false;
        }
        if (!list->page_count || !join_page(list, &page, asked == WANT_PREVIOUS)) {
            add_page(list, &page, asked == WANT_PREVIOUS);
        }
        return true;
    }
    if (asked == WANT_AGAIN) {
        keep_place(list, &page);
    }
    drop_all(list);
    add_page(list, &page, false);
    take_total(list, reply, asked == WANT_FIRST);
    if (asked != WANT_AGAIN || at_start(list)) {
        find_first(list);
    }
    if (asked == WANT_FIRST) {
        list->top = 0;
        list->cursor = 0;
    }
    find_cursor(list, asked == WANT_LAST);
    return true;
}
