/* urgent.c: the next case by urgency: opens it and is gone; never seen. */
#include <stdlib.h>
#include <string.h>

#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { TICKET_LIST = 1, LOOKED_AT = 500 };

struct urgent {
    char *from; /* the case one is at; "" none */
};

static void open_urgent(struct view *view, const char *what)
{
    struct urgent *urgent = view_state(view);
    struct parcel *request = view_ask(view, TICKET_LIST, "list");
    urgent->from = copy_text(what);
    parcel_put_int(request, "limit", LOOKED_AT);
    view_hold(view);
}

static void close_urgent(struct view *view)
{
    struct urgent *urgent = view_state(view);
    free(urgent->from);
}

/* The one after the one one is at, from the first again at the end. */
static const char *next_after(const struct table *cases, const char *from)
{
    size_t rows = table_rows(cases), next = 0;
    for (size_t row = 0; row < rows && from; row++) {
        next = strcmp(cell_or_nothing(cases, row, "number"), from) == 0 ? (row + 1) % rows : next;
    }
    return cell_or_nothing(cases, next, "number");
}

static void reply_urgent(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    const struct urgent *urgent = view_state(view);
    const struct table *cases = error ? NULL : parcel_find(reply, "cases");
    (void)ticket;
    view_close(view);
    if (error) {
        view_say_error(view, error, reply);
    } else if (!cases || table_rows(cases) == 0) {
        view_say(view, ROLE_MESSAGE_INFO, N_("no case is open"), NULL, NULL, NULL);
    } else {
        view_open(view, "case", next_after(cases, urgent->from));
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
