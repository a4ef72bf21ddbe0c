/* ask.c: requests that wait for the desk, in the order they were asked. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"

bool asked_only_reads(const struct asked *asked)
{
    static const char *const reads[] = {
        "list",      "show",      "why",      "whatif",   "offer",       "form",
        "complete",  "status",    "things",   "thing",    "document",    "log",
        "numbers",   "policies",  "notices",  "changes",  "drafts",      "hello",
        "resources", "duties",    "rules",    "vendors",  "runs",        "drifts",
        "projects",  "inventory", "holdings", "resource", "differences", "acts"};
    const char *verb = parcel_get(&asked->request, "verb");
    for (size_t i = 0; verb && i < sizeof reads / sizeof *reads; i++) {
        if (strcmp(reads[i], verb) == 0) {
            return true;
        }
    }
    return false;
}

void asked_free(struct asked *asked)
{
    if (asked) {
        parcel_free(&asked->request);
        free(asked);
    }
}

static void append(struct asks *asks, struct asked *asked)
{
    asked->next = NULL;
    if (asks->last) {
        asks->last->next = asked;
    } else {
        asks->first = asked;
    }
    asks->last = asked;
}

static bool goes(const struct asked *asked, int view, int ticket)
{
    return asked->view == view && (ticket < 0 || asked->ticket == ticket) &&
           asked_only_reads(asked);
}

/* Takes out what reads for TICKET (-1: any) of VIEW; NULL where none waits. */
static struct asked *take(struct asks *asks, int view, int ticket)
{
    struct asked **at = &asks->first, *before = NULL;
    while (*at && !goes(*at, view, ticket)) {
        before = *at;
        at = &(*at)->next;
    }
    struct asked *found = *at;
    if (found) {
        *at = found->next;
        asks->last = asks->last == found ? before : asks->last;
    }
    return found;
}

struct parcel *asks_add(struct asks *asks, int view, int ticket, const char *verb)
{
    asked_free(take(asks, view, ticket));
    struct asked *asked = calloc(1, sizeof *asked);
    if (!asked) {
        parcel_free(&asks->lost);
        return &asks->lost;
    }
    asked->view = view;
    asked->ticket = ticket;
    parcel_put(&asked->request, "verb", verb);
    append(asks, asked);
    return &asked->request;
}

struct asked *asks_take(struct asks *asks)
{
    struct asked *first = asks->first;
    if (first) {
        asks->first = first->next;
        asks->last = first->next ? asks->last : NULL;
    }
    return first;
}

void asks_put_back(struct asks *asks, struct asked *asked)
{
    for (const struct asked *at = asks->first; at; at = at->next) {
        if (at->view == asked->view && at->ticket == asked->ticket) {
            asked_free(asked); /* a newer one took its place */
            return;
        }
    }
    asked->next = asks->first;
    asks->first = asked;
    asks->last = asks->last ? asks->last : asked;
}

void asks_drop(struct asks *asks, int view)
{
    for (struct asked *asked; (asked = take(asks, view, -1));) {
        asked_free(asked);
    }
}

bool asks_of(const struct asks *asks, int view)
{
    const struct asked *at = asks->first;
    while (at && at->view != view) {
        at = at->next;
    }
    return at != NULL;
}

void asks_free(struct asks *asks)
{
    for (struct asked *asked; (asked = asks_take(asks));) {
        asked_free(asked);
    }
    parcel_free(&asks->lost);
}
