/* mapping.c: projects of vendors' clouds that are nobody's yet: what may speak for whom, and whom
 * they are given to, one by one or by a rule of names. */
#include <ctype.h>
#include <regex.h>
#include <string.h>

#include "tui/screen/screens.h"
#include "tui/screen/sync.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"
#include "tui/width.h"

enum { TICKET_PROJECTS = 1, TICKET_SYSTEMS, TICKET_ORGS, TICKET_PUT };
enum { PAGE = 1000, OFFERED = 20, SHEET = 9, NAME = 26, NUMBER = 8, GROUND = 12 };

struct mapping_view {
    struct parcel projects, systems, orgs; /* replies */
    struct edit typed;                     /* whom it is given to, as far as it is typed */
    struct edit pattern;                   /* of a rule that is being made */
    bool ruling;
    struct choice project, offer;
    struct text behind; /* the page at hand begins behind this project; "": it is the first */
};
struct offered { /* whom a project may be given to */
    const char *kind, *code, *name, *beside;
};

/* ---- rows ---- */

static const struct table *projects_of(const struct mapping_view *state)
{
    return parcel_find(&state->projects, "projects");
}

static const char *project(const struct mapping_view *state, int row, const char *column)
{
    return table_word(projects_of(state), (size_t)row, column);
}

static const char *here(const struct mapping_view *state, const char *column)
{
    return state->project.count ? project(state, state->project.cursor, column) : "";
}

static const char *ground_word(const char *ground)
{
    static const char *const words[][2] = {{"code", N_("code in its name")},
                                           {"sound", N_("letters of a name")},
                                           {"tenant", N_("the vendor says")},
                                           {"neighbour", N_("called alike")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], ground) == 0) {
            return _(words[i][1]);
        }
    }
    return ground;
}

/* ---- whom it may be given to ---- */

static bool is_typed(const struct mapping_view *state)
{
    return *edit_text(&state->typed) != '\0';
}

static int count_of(const struct parcel *reply)
{
    const struct table *things = parcel_find(reply, "things");
    return things ? (int)table_rows(things) : 0;
}

/* Nothing is typed: the guess; else what was found for it, systems first. */
static int offer_count(const struct mapping_view *state)
{
    return !is_typed(state) ? *here(state, "guess") != '\0'
                            : count_of(&state->systems) + count_of(&state->orgs);
}

static bool offer_at(const struct mapping_view *state, int index, struct offered *out)
{
    int systems = count_of(&state->systems);
    *out = (struct offered){0};
    if (index < 0 || index >= offer_count(state)) {
        return false;
    }
    if (!is_typed(state)) {
        *out = (struct offered){here(state, "guess_kind"), here(state, "guess"),
                                here(state, "guess_title"), ground_word(here(state, "ground"))};
        return true;
    }
    bool system = index < systems;
    const struct table *things = parcel_find(system ? &state->systems : &state->orgs, "things");
    size_t row = (size_t)(system ? index : index - systems);
    *out = (struct offered){system ? "system" : "org", table_word(things, row, "code"),
                            table_word(things, row, "name"),
                            system ? table_word(things, row, "parent_name") : ""};
    return true;
}

static bool offer_here(const struct mapping_view *state, struct offered *out)
{
    return offer_at(state, state->offer.cursor, out);
}

/* ---- asking ---- */

static void ask(struct view *view)
{
    const struct mapping_view *state = view_state(view);
    struct parcel *request = view_ask(view, TICKET_PROJECTS, "projects");
    parcel_put(request, "unmapped", "yes");
    parcel_put_int(request, "limit", PAGE);
    parcel_put(request, "after", state->behind.length ? text_bytes(&state->behind) : NULL);
}

static const char *next_page(const struct mapping_view *state)
{
    return parcel_get(&state->projects, "next");
}

/* The page behind the last row, or from the top again before the first one; false: ACTION stays
 * within the page. */
static bool turn_page(struct view *view, enum action action)
{
    struct mapping_view *state = view_state(view);
    bool down = action == ACTION_DOWN || action == ACTION_PAGE_DOWN;
    bool up = action == ACTION_UP || action == ACTION_PAGE_UP;
    const char *next = next_page(state);
    bool on = down && next && state->project.cursor == state->project.count - 1;
    bool again = (up && state->project.cursor == 0) || action == ACTION_FIRST;
    if (!on && !(again && state->behind.length)) {
        return false;
    }
    text_clear(&state->behind);
    text_add(&state->behind, on ? next : "");
    state->project.cursor = 0;
    ask(view);
    return true;
}

static void ask_offered(struct view *view)
{
    const struct mapping_view *state = view_state(view);
    static const struct {
        int ticket;
        const char *kind;
    } asked[] = {{TICKET_SYSTEMS, "system"}, {TICKET_ORGS, "org"}};
    for (size_t i = 0; i < 2 && is_typed(state); i++) {
        struct parcel *request = view_ask(view, asked[i].ticket, "things");
        parcel_put(request, "kind", asked[i].kind);
        parcel_put(request, "query", edit_text(&state->typed));
        parcel_put_int(request, "limit", OFFERED);
    }
}

static void open(struct view *view, const char *what)
{
    (void)what;
    ask(view);
    view_hold(view);
}

static void close(struct view *view)
{
    struct mapping_view *state = view_state(view);
    parcel_free(&state->projects);
    parcel_free(&state->systems);
    parcel_free(&state->orgs);
    edit_free(&state->typed);
    edit_free(&state->pattern);
    text_free(&state->behind);
}

static void reply(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct mapping_view *state = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
        return;
    }
    if (ticket == TICKET_PUT) {
        view_say(view, ROLE_MESSAGE_OK,
                 state->ruling ? N_("the rule holds from now on")
                               : N_("the project is theirs from now on"),
                 NULL, NULL, NULL);
        state->ruling = false;
        edit_set(&state->typed, "");
        ask(view);
        return;
    }
    struct parcel *kept = ticket == TICKET_PROJECTS  ? &state->projects
                          : ticket == TICKET_SYSTEMS ? &state->systems
                                                     : &state->orgs;
    parcel_renew(reply, kept);
    if (ticket == TICKET_PROJECTS) {
        const struct table *table = projects_of(state);
        choice_count(&state->project, table ? (int)table_rows(table) : 0);
        if (state->project.count == 0 && state->behind.length) { /* the last page is done */
            text_clear(&state->behind);
            ask(view);
        }
    }
    choice_count(&state->offer, offer_count(state));
}

/* ---- giving ---- */

static void give(struct view *view)
{
    struct mapping_view *state = view_state(view);
    struct offered to;
    if (!state->project.count || !offer_here(state, &to)) {
        view_say(view, ROLE_MESSAGE_WARN,
                 state->project.count ? N_("type whose it is: code, name or first letters")
                                      : N_("every project is somebody's"),
                 NULL, NULL, NULL);
        return;
    }
    struct parcel *request = view_ask(view, TICKET_PUT, "put");
    parcel_put(request, "kind", "project");
    parcel_put(request, "code", here(state, "project"));
    parcel_put(request, "name", here(state, "name"));
    parcel_put(request, strcmp(to.kind, "system") == 0 ? "fact.system" : "parent", to.code);
    if (!is_typed(state)) {
        parcel_put(request, "fact.ground", to.beside);
    }
}

/* The name up to its last part, as a pattern: "zz-czj-tmp" begins with zz-czj-. */
static void suggest(struct mapping_view *state)
{
    const char *name = here(state, "name");
    struct text pattern = {0};
    size_t length = strlen(name), end = length;
    while (end > 0 &&
           (isalnum((unsigned char)name[end - 1]) || (unsigned char)name[end - 1] > 127)) {
        end--;
    }
    text_add(&pattern, "^");
    for (size_t i = 0; i < (end ? end : length); i++) {
        bool special = strchr(".[]()*+?{}|^$\\", name[i]) != NULL;
        text_addf(&pattern, special ? "\\%c" : "%c", name[i]);
    }
    text_add(&pattern, end ? "" : "$");
    edit_set(&state->pattern, text_bytes(&pattern));
    text_free(&pattern);
}

static void begin_rule(struct view *view)
{
    struct mapping_view *state = view_state(view);
    struct offered to;
    if (!state->project.count || !offer_here(state, &to) || strcmp(to.kind, "system") != 0) {
        view_say(view, ROLE_MESSAGE_WARN, N_("a rule leads to a system: choose one first"), NULL,
                 NULL, NULL);
        return;
    }
    state->ruling = true;
    suggest(state);
}

/* How many of those that are nobody's it fits; -1: it is no pattern. */
static int fits(const struct mapping_view *state)
{
    regex_t regex;
    int count = 0;
    if (regcomp(&regex, edit_text(&state->pattern), REG_EXTENDED | REG_NOSUB) != 0) {
        return -1;
    }
    for (int i = 0; i < state->project.count; i++) {
        count += regexec(&regex, project(state, i, "name"), 0, NULL, 0) == 0;
    }
    regfree(&regex);
    return count;
}

static void make_rule(struct view *view)
{
    struct mapping_view *state = view_state(view);
    struct offered to;
    struct text code = {0};
    if (fits(state) < 0 || !offer_here(state, &to)) {
        view_say(view, ROLE_MESSAGE_ERROR, N_("“%1” is no pattern"), edit_text(&state->pattern),
                 NULL, NULL);
        return;
    }
    text_addf(&code, "%s-%d", to.code, (int)parcel_int(&state->projects, "rules", 0) + 1);
    struct parcel *request = view_ask(view, TICKET_PUT, "put");
    parcel_put(request, "kind", "naming");
    parcel_put(request, "code", text_bytes(&code));
    parcel_put(request, "name", to.name);
    parcel_put(request, "fact.pattern", edit_text(&state->pattern));
    parcel_put(request, "fact.system", to.code);
    text_free(&code);
}

/* ---- keys ---- */

static bool key(struct view *view, const struct key_event *event)
{
    struct mapping_view *state = view_state(view);
    struct edit *edit = state->ruling ? &state->pattern : &state->typed;
    if (event->key.code == KEYPAD_HOME || event->key.code == KEYPAD_END || !edit_key(edit, event)) {
        return false;
    }
    if (!state->ruling) {
        state->offer.cursor = 0;
        ask_offered(view);
        choice_count(&state->offer, offer_count(state));
    }
    return true;
}

/* What was begun is given up, one step at a time. */
static bool back(struct mapping_view *state)
{
    if (state->ruling) {
        state->ruling = false;
        return true;
    }
    if (!is_typed(state)) {
        return false;
    }
    edit_set(&state->typed, "");
    choice_count(&state->offer, offer_count(state));
    return true;
}

static bool act(struct view *view, enum action action)
{
    struct mapping_view *state = view_state(view);
    switch (action) {
    case ACTION_OPEN:
        (state->ruling ? make_rule : give)(view);
        return true;
    case ACTION_MAKE_RULE:
        begin_rule(view);
        return true;
    case ACTION_BACK:
        return back(state);
    case ACTION_NEXT_PANE:
        sync_turn(view, "mapping", 1);
        return true;
    case ACTION_PREVIOUS_PANE:
        sync_turn(view, "mapping", -1);
        return true;
    default:
        return (!is_typed(state) && turn_page(view, action)) ||
               choice_act(is_typed(state) ? &state->offer : &state->project, action);
    }
}

static const char *label(const struct view *view, enum action action)
{
    const struct mapping_view *state = view_state(view);
    return action == ACTION_OPEN        ? state->ruling ? _("let the rule hold") : _("give it")
                  : action == ACTION_BACK ? _("later")
           : action == ACTION_NEXT_PANE ? sync_beside("mapping")
                                        : NULL;
}

static const char *listing(const struct view *view, struct parcel *request)
{
    (void)view;
    parcel_put(request, "verb", "projects");
    return "projects";
}

/* ---- cells ---- */

static void draw_project(const struct mapping_view *state, const struct pane *pane, int row,
                         int index)
{
    bool at = index == state->project.cursor;
    int guess = 2 + NAME + 2 * NUMBER + 2, ground = pane->columns - GROUND - 6;
    const char *name = project(state, index, "name");
    if (at) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    pane_clip(pane, row, 2, NAME - 1, at ? ROLE_TABLE_CURSOR : ROLE_TEXT,
              *name ? name : project(state, index, "project"));
    pane_right(pane, row, 2 + NAME, NUMBER - 1, ROLE_TEXT, project(state, index, "resources"));
    pane_right(pane, row, 2 + NAME + NUMBER, NUMBER - 1, ROLE_TEXT, project(state, index, "vcpus"));
    pane_clip(pane, row, guess, ground - guess - 1, ROLE_TEXT,
              project(state, index, "guess_title"));
    pane_clip(pane, row, ground, pane->columns - ground - 1, ROLE_TEXT_DIM,
              ground_word(project(state, index, "ground")));
}

static void draw_projects(const struct mapping_view *state, const struct pane *pane)
{
    int room = pane->rows - 1, top = choice_top(&state->project, room);
    int guess = 2 + NAME + 2 * NUMBER + 2, ground = pane->columns - GROUND - 6;
    pane_put(pane, 0, 2, ROLE_HEAD, _("project of the cloud"));
    pane_right(pane, 0, 2 + NAME, NUMBER - 1, ROLE_HEAD, _("rsrc"));
    pane_right(pane, 0, 2 + NAME + NUMBER, NUMBER - 1, ROLE_HEAD, _("cores"));
    pane_clip(pane, 0, guess, ground - guess - 1, ROLE_HEAD, _("guess"));
    pane_clip(pane, 0, ground, pane->columns - ground - 1, ROLE_HEAD, _("ground"));
    if (state->project.count == 0) {
        pane_put(pane, 1, 4, ROLE_TEXT_DIM, _("every project is somebody's"));
    }
    for (int i = 0; i < room && top + i < state->project.count; i++) {
        draw_project(state, pane, i + 1, top + i);
    }
}

static void draw_offers(const struct mapping_view *state, const struct pane *pane)
{
    int top = choice_top(&state->offer, pane->rows);
    struct offered to;
    for (int i = 0; i < pane->rows && offer_at(state, top + i, &to); i++) {
        enum role role = choice_role(&state->offer, top + i, ROLE_TEXT);
        int column = pane_clip(pane, i, 2, pane->columns / 2, role, to.name) + 2;
        column = pane_clip(pane, i, column, 12, ROLE_TEXT_DIM, to.code) + 2;
        pane_clip(pane, i, column, pane->columns - column - 1, ROLE_TEXT_DIM, to.beside);
    }
    if (offer_count(state) == 0 && pane->rows > 0) {
        pane_clip(pane, 0, 2, pane->columns - 3, ROLE_TEXT_DIM,
                  is_typed(state) ? _("nobody is called so")
                                  : _("nothing speaks for anybody: type whose it is"));
    }
}

static void draw_prompt(const struct mapping_view *state, const struct pane *pane)
{
    int row = pane->rows - 1;
    const char *word = state->ruling ? _("names that fit") : _("give to");
    int column = pane_put(pane, row, 1, ROLE_HEADING, word) + 1;
    const struct edit *edit = state->ruling ? &state->pattern : &state->typed;
    int width = pane->columns - column - (state->ruling ? 24 : 1);
    edit_draw(edit, pane, row, column, width, ROLE_FORM_FOCUS, true);
    if (state->ruling) {
        struct text words = {0};
        int count = fits(state);
        text_addf(&words, count < 0 ? _("no pattern") : _("fits %d of these"), count);
        pane_right(pane, row, column + width + 1, 22, count < 0 ? ROLE_FORM_ERROR : ROLE_FORM_HINT,
                   text_bytes(&words));
        text_free(&words);
    }
}

static void draw(const struct view *view, const struct pane *pane)
{
    const struct mapping_view *state = view_state(view);
    int sheet = pane->rows > SHEET + 4 ? SHEET : pane->rows > 6 ? 4 : 1, above = pane->rows - sheet;
    struct pane top = pane_part(pane, 0, 0, above, pane->columns);
    struct pane below = pane_part(pane, above, 0, sheet, pane->columns);
    draw_projects(state, &top);
    if (sheet > 1) {
        pane_fill(&below, 0, 0, below.columns, ROLE_SHEET_TITLE);
        int column = pane_clip(&below, 0, 1, NAME * 2, ROLE_SHEET_TITLE, here(state, "name")) + 2;
        pane_right(&below, 0, column, below.columns - column - 1, ROLE_SHEET_DIM,
                   _("code, name or its first letters"));
        struct pane offers = pane_part(&below, 1, 0, sheet - 2, below.columns);
        draw_offers(state, &offers);
    }
    draw_prompt(state, &below);
}

static void context_row(const struct view *view, const struct pane *pane)
{
    const struct mapping_view *state = view_state(view);
    struct text words = {0};
    int all = (int)parcel_int(&state->projects, "projects", 0);
    int open_ones = (int)parcel_int(&state->projects, "unmapped", 0);
    int column = pane_put(pane, 0, 1, ROLE_TEXT_STRONG, _("Mapping")) + 2;
    text_addf(&words, _("%d mapped, %d to map, %d rules"), all - open_ones, open_ones,
              (int)parcel_int(&state->projects, "rules", 0));
    column =
        pane_clip(pane, 0, column, pane->columns - column - 9, ROLE_CONTEXT, text_bytes(&words));
    text_clear(&words);
    text_addf(&words, "%d/%d%s", state->project.count ? state->project.cursor + 1 : 0,
              state->project.count, next_page(state) ? "+" : "");
    pane_right(pane, 0, column + 1, pane->columns - column - 2, ROLE_CONTEXT, text_bytes(&words));
    text_free(&words);
}

static const enum action acts[] = {
    ACTION_OPEN,    ACTION_MAKE_RULE,     ACTION_NEXT_PANE, ACTION_BACK,  ACTION_DOWN,
    ACTION_UP,      ACTION_PAGE_DOWN,     ACTION_PAGE_UP,   ACTION_FIRST, ACTION_LAST,
    ACTION_REFRESH, ACTION_PREVIOUS_PANE, ACTION_NONE};

const struct screen screen_mapping = {
    .name = "mapping",
    .title = N_("Mapping"),
    .door = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct mapping_view),
    .acts = acts,
    .open = open,
    .close = close,
    .reply = reply,
    .refresh = ask,
    .act = act,
    .key = key,
    .label = label,
    .listing = listing,
    .context_row = context_row,
    .draw = draw,
};
