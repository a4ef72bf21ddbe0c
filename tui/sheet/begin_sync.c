/* begin_sync.c: whose cloud is brought in, and whether all of it is listed or what changed. */
#include <string.h>

#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { WAYS = 2, ROWS_MOST = 12 };

struct beginning {
    struct text names;    /* blanks between */
    struct choice choice; /* vendor by vendor, each in both ways */
};

/* The vendor of ROW. */
static void name_of(const struct beginning *beginning, int row, struct text *out)
{
    const char *at = text_bytes(&beginning->names);
    for (int i = 0; *at && i < row / WAYS; i++) {
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    text_add_n(out, at, strcspn(at, " "));
}

static void open(struct view *view, const char *what)
{
    struct beginning *beginning = view_state(view);
    const struct parcel *given = view_given(view);
    const char *names = given ? parcel_get(given, "names") : NULL;
    int count = names && *names ? 1 : 0;
    text_add(&beginning->names, names ? names : "");
    for (const char *at = text_bytes(&beginning->names); *at; at++) {
        count += *at == ' ';
    }
    choice_count(&beginning->choice, count * WAYS);
    for (int row = 0; row < count * WAYS; row += WAYS) {
        struct text name = {0};
        name_of(beginning, row, &name);
        if (strcmp(text_bytes(&name), what) == 0) {
            beginning->choice.cursor = row;
        }
        text_free(&name);
    }
}

static void close(struct view *view)
{
    struct beginning *beginning = view_state(view);
    text_free(&beginning->names);
}

static bool act(struct view *view, enum action action)
{
    struct beginning *beginning = view_state(view);
    if (action == ACTION_OPEN) {
        struct text name = {0};
        struct parcel *choice = view_choose(view);
        name_of(beginning, beginning->choice.cursor, &name);
        parcel_put(choice, "vendor", text_bytes(&name));
        parcel_put(choice, "full", beginning->choice.cursor % WAYS ? "yes" : "no");
        text_free(&name);
        return true;
    }
    return choice_act(&beginning->choice, action);
}

static int rows(const struct view *view, int most)
{
    const struct beginning *beginning = view_state(view);
    int wanted = beginning->choice.count + 1;
    wanted = wanted > ROWS_MOST ? ROWS_MOST : wanted;
    return wanted < most ? wanted : most;
}

static void context_row(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("sync it")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("nothing takes effect before you looked at what differs"));
}

static void draw(const struct view *view, const struct pane *pane)
{
    const struct beginning *beginning = view_state(view);
    int top = choice_top(&beginning->choice, pane->rows);
    for (int i = 0; i < pane->rows && top + i < beginning->choice.count; i++) {
        struct text name = {0};
        bool full = (top + i) % WAYS == 1;
        name_of(beginning, top + i, &name);
        enum role role = choice_role(&beginning->choice, top + i, ROLE_TEXT);
        int column = pane_pad(pane, i, 1, 24, role, text_bytes(&name)) + 2;
        pane_clip(pane, i, column, pane->columns - column - 1, ROLE_TEXT_DIM,
                  full ? _("everything is listed anew")
                       : _("what changed since, where the cloud can be asked that"));
        text_free(&name);
    }
}

const struct screen sheet_begin_sync = {
    .name = "begin-sync",
    .title = N_("sync it"),
    .sheet = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct beginning),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open,
    .close = close,
    .act = act,
    .rows = rows,
    .context_row = context_row,
    .draw = draw,
};
