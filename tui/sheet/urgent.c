/* urgent.c: the next case by urgency: opens it and is gone; never seen. */
#include <stdlib.h>
#include <string.h>

#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { TICKET_BEHIND = 1, TICKET_FIRST };

struct urgent {
    char *from; /* the case one is at; "" none */
};

static void ask_first(struct view *view)
{
    struct parcel *request = view_ask(view, TICKET_FIRST, "list");
    parcel_put_int(request, "limit", 1);
    parcel_put(request, "count", "no");
}

static void open_urgent(struct view *view, const char *what)
{
    struct urgent *urgent = view_state(view);
    urgent->from = copy_text(what);
    if (*what) {
        struct parcel *request = view_ask(view, TICKET_BEHIND, "list");
        parcel_put(request, "behind", what);
        parcel_put_int(request, "limit", 1);
    } else {
        ask_first(view);
    }
    view_hold(view);
}

static void close_urgent(struct view *view)
{
    struct urgent *urgent = view_state(view);
    free(urgent->from);
}

/* Behind the last one comes the first again; so it does where the one one was at is no more to be
 * seen. */
static void reply_urgent(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    const struct table *cases = error ? NULL : parcel_find(reply, "cases");
    bool none = !cases || table_rows(cases) == 0;
    if (ticket == TICKET_BEHIND && none) {
        ask_first(view);
        return;
    }
    view_close(view);
    if (error) {
        view_say_error(view, error, reply);
    } else if (none) {
        view_say(view, ROLE_MESSAGE_INFO, N_("no case is open"), NULL, NULL, NULL);
    } else {
        view_open(view, "case", table_word(cases, 0, "number"));
    }
}

static int no_rows(const struct view *view, int most)
{
    (void)view;
    (void)most;
    return 0;
}

const struct screen sheet_urgent = {
    .name = "urgent",
    .title = N_("next urgent"),
    .sheet = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct urgent),
    .open = open_urgent,
    .close = close_urgent,
    .reply = reply_urgent,
    .rows = no_rows,
};
