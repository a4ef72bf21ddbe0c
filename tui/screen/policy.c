/* policy.c: the measures as they are carried out: articles, clocks, steps, open questions,
 * calendar. */
#include "tui/screen/policy_article.h"
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/text.h"

static const struct table_deed of_rules[] = {{ACTION_IMPORT, "adopt", NULL, NULL},
                                             {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_questions[] = {{ACTION_CORRECT, "answer", "question", "question"},
                                                 {ACTION_IMPORT, "adopt", NULL, NULL},
                                                 {ACTION_NONE, NULL, NULL, NULL}};
static const struct table_deed of_calendar[] = {{ACTION_IMPORT, "notice", NULL, NULL},
                                                {ACTION_NONE, NULL, NULL, NULL}};

static const struct table_face faces[] = {
    {.title = N_("Articles"),
     .verb = "rules",
     .table = "articles",
     .hidden = "",
     .key = "article",
     .opens = "article",
     .empty = N_("The policy names no article."),
     .deeds = of_rules},
    {.title = N_("Clocks"),
     .verb = "rules",
     .table = "clocks",
     .hidden = "clock words expires",
     .empty = N_("The policy has no clock."),
     .deeds = of_rules},
    {.title = N_("Steps"),
     .verb = "rules",
     .table = "steps",
     .hidden = "procedure",
     .key = "procedure",
     .opens = "flow",
     .empty = N_("The policy has no procedure."),
     .deeds = of_rules},
    {.title = N_("Open questions"),
     .verb = "policies",
     .table = "questions",
     .hidden = "question answer",
     .empty = N_("The policy leaves no question open."),
     .deeds = of_questions},
    {.title = N_("Calendar"),
     .verb = "notices",
     .table = "notices",
     .hidden = "",
     .key = "date",
     .opens = "calendar",
     .empty = N_("No notice is on record."),
     .deeds = of_calendar},
    {.title = N_("Versions"),
     .verb = "policies",
     .table = "policies",
     .hidden = "",
     .empty = N_("No policy was adopted yet."),
     .deeds = of_rules},
};

struct policy_view {
    struct table_view table; /* first: the table's own functions take it for theirs */
    struct parcel counts;
};

static void open(struct view *view, const char *what)
{
    table_open(view, what, faces, sizeof faces / sizeof *faces);
    policy_article_ask(view);
}

static void close(struct view *view)
{
    struct policy_view *state = view_state(view);
    parcel_free(&state->counts);
    table_close(view);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct policy_view *state = view_state(view);
    if (ticket != TICKET_CLOCKS) {
        table_reply(view, ticket, reply, error);
    } else if (!error) {
        parcel_renew(reply, &state->counts);
    }
}

static void refresh(struct view *view)
{
    table_refresh(view);
    policy_article_ask(view);
}

/* ---- the article under the cursor ---- */

enum { SIDE_FROM = 100, LIST_ZH = 34, LIST_EN = 52 };

/* Beside the list where that has room; elsewhere the list says in a few words what came of each. */
static void draw(const struct view *view, const struct pane *pane)
{
    struct policy_view *policy = view_state(view);
    struct table_view *state = &policy->table;
    int width = view_context(view)->look.english ? LIST_EN : LIST_ZH;
    bool side = state->face == 0 && pane->columns >= SIDE_FROM;
    struct pane left = pane_part(pane, 0, 0, pane->rows, side ? width : pane->columns);
    state->also_hidden = side ? "citing summary silent" : NULL;
    table_draw(view, &left);
    const char *article = table_here(view, "article");
    if (side && article) {
        struct pane right = pane_part(pane, 0, width + 1, pane->rows, pane->columns - width - 1);
        policy_article_draw(&state->shown, &policy->counts, article, &right);
    }
}

const struct screen screen_policy = {.name = "policy",
                                     .title = N_("Policy"),
                                     .tab = N_("Policy"),
                                     .digit = '8',
                                     .size = sizeof(struct policy_view),
                                     .open = open,
                                     .listing = table_listing,
                                     .where = WHERE_LIST,
                                     .acts = table_acts,
                                     .close = close,
                                     .reply = reply,
                                     .act = table_act,
                                     .refresh = refresh,
                                     .context_row = table_context,
                                     .draw = draw,
                                     .filter = table_filter,
                                     .filtered = table_filtered,
                                     .label = table_label,
                                     .why_not = table_why_not};
