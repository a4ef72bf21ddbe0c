/* form_preview.c: the look before submitting: what will stand, who is told, which days it makes. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/trace.h"

/* ---- what would come of it ---- */

static const char *basis_word(const char *basis)
{
    static const char *const words[][2] = {{"stated", N_("stated by law")},
                                           {"implied", N_("at discretion")},
                                           {"house", N_("house rule")},
                                           {"right", N_("a right")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], basis) == 0) {
            return gettext(words[i][1]);
        }
    }
    return "";
}

/* 12-09周三, ≈01-13周三 */
static void add_due(const struct table *clocks, size_t row, bool english, struct text *out)
{
    const char *due = table_word(clocks, row, "due");
    int32_t day;
    if (strlen(due) >= 10 && day_parse(due, 10, &day)) {
        bool settled = strcmp(table_word(clocks, row, "provisional"), "yes") != 0;
        text_addf(out, "%s%s%s%s", settled ? "" : "≈", due + 5,
                  strlen(due) > 10 || english ? " " : "", weekday_word(day));
    }
}

static bool runs(const struct table *clocks, size_t row)
{
    const char *state = table_word(clocks, row, "state");
    return strcmp(state, "running") == 0 || strcmp(state, "held") == 0 ||
           strcmp(state, "waiting") == 0;
}

static void draw_clock(const struct parcel *judged, size_t row, const struct pane *pane, int at,
                       bool english)
{
    const struct table *clocks = parcel_find(judged, "clocks");
    struct text title = {0}, due = {0}, ground = {0};
    int half = pane->columns < 50 ? pane->columns - 14 : pane->columns / 3;
    phrase_both(&title, table_word(clocks, row, "title"), english);
    add_due(clocks, row, english, &due);
    if (!due.length) {
        bool held = strcmp(table_word(clocks, row, "state"), "held") == 0;
        text_add(&due, held ? _("stands still") : _("no day yet"));
    }
    phrase_article(&ground, table_word(clocks, row, "article"), judged, english);
    text_addf(&ground, " %s", basis_word(table_word(clocks, row, "basis")));
    pane_clip(pane, at, 2, half - 3, ROLE_TEXT, text_bytes(&title));
    int end = pane_clip(pane, at, half, pane->columns - half, ROLE_TEXT_STRONG, text_bytes(&due));
    pane_clip(pane, at, end < half + 16 ? half + 16 : end + 2, pane->columns - half - 16,
              ROLE_TEXT_DIM, text_bytes(&ground));
    text_free(&title);
    text_free(&due);
    text_free(&ground);
}

static int draw_clocks(const struct parcel *judged, const struct pane *pane, int row, bool english)
{
    const struct table *clocks = parcel_find(judged, "clocks");
    pane_clip(pane, row++, 0, pane->columns, ROLE_HEADING, _("clocks"));
    int first = row;
    for (size_t i = 0; clocks && i < table_rows(clocks); i++) {
        if (runs(clocks, i)) {
            draw_clock(judged, i, pane, row++, english);
        }
    }
    if (row == first) {
        pane_clip(pane, row++, 2, pane->columns - 2, ROLE_TEXT_DIM, _("none runs then"));
    }
    return row;
}

/* Of the acts that would be done, the last one's. */
static bool is_last(const struct parcel *judged, const struct table *told, size_t row)
{
    const char *n = parcel_get(judged, "n");
    return !n || strcmp(n, table_word(told, row, "n")) == 0;
}

static void add_told(const struct table *told, size_t row, bool english, struct text *out)
{
    struct text who = {0};
    phrase_both(&who, table_word(told, row, "title"), english);
    text_addf(out, "%s%s%s", out->length ? "; " : "", table_word(told, row, "org"),
              text_bytes(&who));
    if (*table_word(told, row, "people")) {
        text_addf(out, "(%s)", table_word(told, row, "people"));
    }
    text_free(&who);
}

static int draw_told(const struct parcel *judged, const struct pane *pane, int row, bool turn,
                     bool english)
{
    const struct table *told = parcel_find(judged, "told");
    struct text line = {0};
    for (size_t i = 0; told && i < table_rows(told); i++) {
        if (is_last(judged, told, i) && (strcmp(table_word(told, i, "turn"), "yes") == 0) == turn) {
            add_told(told, i, english, &line);
        }
    }
    if (line.length) {
        const char *label = turn ? _("then with") : _("told");
        int column = pane_put(pane, row, 0, ROLE_HEADING, label) + 1;
        row += pane_wrap(pane, row, column, pane->columns - column, pane->rows - row, ROLE_TEXT,
                         text_bytes(&line));
    }
    text_free(&line);
    return row;
}

/* As what it would be done. */
static int draw_capacity(const struct parcel *judged, const struct pane *pane, int row,
                         bool english)
{
    const char *const arg[4] = {parcel_get(judged, "role_title"), parcel_get(judged, "deputy_of")};
    struct text as = {0};
    if (arg[1]) {
        phrase_said(&as, N_("%1, for %2 who is away"), arg, english);
    } else {
        phrase_both(&as, arg[0], english);
    }
    if (as.length) {
        int column = pane_put(pane, row, 0, ROLE_HEADING, _("as")) + 1;
        pane_clip(pane, row++, column, pane->columns - column,
                  arg[1] ? ROLE_TEXT_STRONG : ROLE_TEXT, text_bytes(&as));
    }
    text_free(&as);
    return row;
}

int form_outcome(const struct parcel *judged, const struct pane *pane, bool english)
{
    struct text state = {0};
    phrase_both(&state, parcel_get(judged, "state_title"), english);
    int column = pane_put(pane, 0, 0, ROLE_HEADING, _("then"));
    column = pane_glyph(pane, 0, column + 1, ROLE_TEXT, GLYPH_BECOMES);
    pane_clip(pane, 0, column + 1, pane->columns - column - 1, ROLE_TEXT_STRONG,
              text_bytes(&state));
    int row = draw_capacity(judged, pane, 1, english);
    row = draw_told(judged, pane, row, true, english);
    row = draw_told(judged, pane, row, false, english);
    row = draw_clocks(judged, pane, row, english);
    text_free(&state);
    return row;
}

/* ---- the sheet ---- */

struct looking {
    struct text title, number, facts;
    bool final;
    struct edit typed;
    struct parcel judged;
};

/* The list, the papers, what else tells the whole at a glance. */
static void add_facts(const struct filling *filling, struct text *out)
{
    const struct form *form = filling->form;
    struct text number = {0};
    if (form->items.some) {
        int64_t fen = items_total(&form->items, -1) / 10000;
        text_add_int(&number, items_count(&form->items));
        const char *const lines[4] = {text_bytes(&number)};
        phrase_said(out, N_("%1 lines"), lines, form->english);
        text_clear(&number);
        text_add_int(&number, fen / 100);
        text_addf(&number, ".%02d", (int)(fen % 100));
        if (fen) {
            text_addf(out, "  %s %s", text_bytes(&number), _("yuan a month"));
        }
    }
    for (int i = 0; i < filling->file_count; i++) {
        text_addf(out, "%s%s", out->length ? "  " : "", filling->files[i].sending.name);
    }
    text_free(&number);
}

void form_look(struct view *view)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    struct parcel *given = view_open_with(view, "form-look", text_bytes(&filling->number));
    struct text facts = {0}, bytes = {0};
    view_say(view, ROLE_MESSAGE_INFO, N_("nothing to correct; Ctrl-S submits"), NULL, NULL, NULL);
    const char *final = parcel_get(&form->about, "final");
    add_facts(filling, &facts);
    parcel_put(given, "number", text_bytes(&filling->number));
    parcel_put(given, "facts", text_bytes(&facts));
    parcel_put(given, "final", final);
    parcel_put(
        given, "title",
        parcel_get(&form->about, filling->procedure.length ? "procedure_title" : "event_title"));
    if (parcel_encode(&filling->judged, &bytes)) {
        parcel_put_n(given, "judged", text_bytes(&bytes), bytes.length);
    }
    text_free(&facts);
    text_free(&bytes);
}

static void open_look(struct view *view, const char *what)
{
    struct looking *looking = view_state(view);
    const struct parcel *given = view_given(view);
    bool english = view_context(view)->look.english;
    text_add(&looking->number, what);
    for (size_t i = 0; given && i < given->pair_count; i++) {
        const struct pair *pair = &given->pairs[i];
        if (strcmp(pair->name, "judged") == 0) {
            (void)!parcel_decode(pair->value, pair->length, &looking->judged);
        }
    }
    if (given) {
        const char *facts = parcel_get(given, "facts");
        phrase_both(&looking->title, parcel_get(given, "title"), english);
        text_add(&looking->facts, facts ? facts : "");
        looking->final = parcel_yes(given, "final");
    }
}

static void close_look(struct view *view)
{
    struct looking *looking = view_state(view);
    text_free(&looking->title);
    text_free(&looking->number);
    text_free(&looking->facts);
    edit_free(&looking->typed);
    parcel_free(&looking->judged);
}

/* The digits of a case's number behind its year: 287 of 入云〔2026〕287号. */
static void add_serial(const char *number, struct text *out)
{
    const char *from = number;
    for (const char *at = number; *at; at++) {
        bool begins = *at >= '0' && *at <= '9' && (at == number || at[-1] < '0' || at[-1] > '9');
        from = begins ? at : from;
    }
    text_add_n(out, from, strspn(from, "0123456789"));
}

/* What cannot be taken back wants the number typed, whole or its serial. */
static bool confirmed(const struct looking *looking)
{
    struct text serial = {0};
    add_serial(text_bytes(&looking->number), &serial);
    const char *typed = edit_text(&looking->typed);
    bool same = strcmp(typed, text_bytes(&looking->number)) == 0 ||
                (serial.length && strcmp(typed, text_bytes(&serial)) == 0);
    text_free(&serial);
    return !looking->final || !looking->number.length || same;
}

static bool act_look(struct view *view, enum action action)
{
    const struct looking *looking = view_state(view);
    if (action != ACTION_SUBMIT) {
        return false;
    }
    if (confirmed(looking)) {
        parcel_put(view_choose(view), "submit", "yes");
    } else {
        view_say(view, ROLE_MESSAGE_WARN,
                 N_("this cannot be taken back: type the number of the "
                    "case, %1, then Ctrl-S"),
                 text_bytes(&looking->number), NULL, NULL);
    }
    return true;
}

static bool key_look(struct view *view, const struct key_event *event)
{
    struct looking *looking = view_state(view);
    return looking->final && edit_key(&looking->typed, event);
}

/* As many as it takes: drawn where nobody sees it. */
static int rows_look(const struct view *view, int most)
{
    const struct looking *looking = view_state(view);
    const struct context *context = view_context(view);
    struct grid unseen = {0};
    int rows = 3 + (looking->facts.length > 0) + looking->final;
    if (grid_resize(&unseen, most, context->columns)) {
        struct pane pane = grid_pane(&unseen, &context->look);
        rows += form_outcome(&looking->judged, &pane, context->look.english);
    }
    grid_free(&unseen);
    return rows < most ? rows : most;
}

static void context_look(const struct view *view, const struct pane *pane)
{
    const struct looking *looking = view_state(view);
    struct text bar = {0};
    text_addf(&bar, "%s  %s %s", _("before submitting"), text_bytes(&looking->number),
              text_bytes(&looking->title));
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&bar)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("nothing is submitted yet"));
    text_free(&bar);
}

static void draw_look(const struct view *view, const struct pane *pane)
{
    const struct looking *looking = view_state(view);
    struct pane inner = pane_part(pane, 0, 1, pane->rows, pane->columns - 2);
    int row = form_outcome(&looking->judged, &inner, view_context(view)->look.english) + 1;
    if (looking->facts.length) {
        int column = pane_put(&inner, row, 0, ROLE_HEADING, _("contents")) + 1;
        pane_clip(&inner, row++, column, inner.columns - column, ROLE_TEXT,
                  text_bytes(&looking->facts));
    }
    if (looking->final) {
        int last = row < inner.rows ? row : inner.rows - 1;
        int column = pane_put(&inner, last, 0, ROLE_ACT_DANGER,
                              _("cannot be taken back; number of the case:")) +
                     1;
        edit_draw(&looking->typed, &inner, last, column, inner.columns - column, ROLE_FORM_FOCUS,
                  true);
    }
}

static const char *label_look(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_SUBMIT ? _("submit") : action == ACTION_BACK ? _("back to it") : NULL;
}

const struct screen sheet_form_look = {
    .name = "form-look",
    .title = N_("before submitting"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct looking),
    .acts = (const enum action[]){ACTION_SUBMIT, ACTION_BACK, ACTION_NONE},
    .open = open_look,
    .close = close_look,
    .act = act_look,
    .key = key_look,
    .rows = rows_look,
    .context_row = context_look,
    .draw = draw_look,
    .label = label_look,
};
