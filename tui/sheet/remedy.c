/* remedy.c: a card is explained, waived, or its waiver taken back: what follows from it, why, on
 * what ground; the number of the case is typed where it cannot simply be undone. What is typed and
 * not sent stays as a draft. */
#include "tui/sheet/remedy.h"

#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"
#include "tui/width.h"

enum { TICKET_SHOW = 1, TICKET_DRAFTS, TICKET_ACT, TICKET_KEEP, ROWS = 11, LABEL = 8 };
enum box { BOX_REASON, BOX_GROUND, BOX_NUMBER, BOXES };

static const struct {
    const char *name;
    char letter;
    const char *done; /* msgid; %1 the case */
    bool needs[BOXES];
    bool asks[BOXES];
} remedies[] = {
    {"explain", 'x', N_("%1: the card is explained"), {true, false, false}, {true, true, false}},
    {"waive", 'w', N_("%1: the card is waived"), {true, true, true}, {true, true, true}},
    {"take_back",
     'z',
     N_("%1: the waiver is taken back"),
     {true, false, false},
     {true, false, false}},
    {"urge", 'b', NULL, {false}, {false}},
};

char remedy_letter(const char *name)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        if (strcmp(remedies[i].name, name) == 0) {
            return remedies[i].letter;
        }
    }
    return '\0';
}

void remedy_open(struct view *view, const struct table *table, size_t row, const char *number)
{
    static const char *const kept[] = {"remedy",      "title", "article", "clock",
                                       "clock_title", "round", "card",    "until"};
    const char *opens = table_cell(table, row, "opens");
    if (opens) {
        struct parcel *given = view_open_with(view, "form", opens);
        parcel_put(given, "procedure", opens);
        parcel_put(given, "urges", number);
        return;
    }
    struct parcel *given = view_open_with(view, "remedy", number);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        parcel_put(given, kept[i], table_cell(table, row, kept[i]));
    }
}

/* ---- the sheet ---- */

struct doing {
    char *number;
    size_t which; /* of the remedies */
    struct parcel given, shown;
    struct edit fields[BOXES];
    bool kept[BOXES]; /* the draft holds it */
    bool sent;
    int at;
};

static const char *given(const struct doing *doing, const char *name)
{
    const char *value = parcel_get(&doing->given, name);
    return value ? value : "";
}

static bool asks(const struct doing *doing, int field)
{
    return remedies[doing->which].asks[field];
}

static void put_subject(const struct doing *doing, struct parcel *request)
{
    parcel_put(request, "case", doing->number);
    parcel_put(request, "event", given(doing, "remedy"));
}

static void open_remedy(struct view *view, const char *what)
{
    struct doing *doing = view_state(view);
    doing->number = copy_text(what);
    if (view_given(view)) {
        (void)parcel_copy(view_given(view), &doing->given);
    }
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        doing->which = strcmp(remedies[i].name, given(doing, "remedy")) == 0 ? i : doing->which;
    }
    for (int i = 0; i < BOXES; i++) {
        doing->kept[i] = true;
    }
    parcel_put(view_ask(view, TICKET_SHOW, "show"), "case", what);
    put_subject(doing, view_ask(view, TICKET_DRAFTS, "drafts"));
    view_hold(view);
}

static const char *const drafted[BOXES] = {"reason", "ground", NULL};

static void save_remedy(struct view *view)
{
    struct doing *doing = view_state(view);
    for (int i = 0; i < BOXES && !doing->sent; i++) {
        if (!doing->kept[i] && drafted[i]) {
            struct parcel *request = view_ask(view, TICKET_KEEP, "draft");
            put_subject(doing, request);
            parcel_put(request, "field", drafted[i]);
            parcel_put(request, "value", edit_text(&doing->fields[i]));
            doing->kept[i] = true;
        }
    }
}

static void close_remedy(struct view *view)
{
    struct doing *doing = view_state(view);
    save_remedy(view);
    free(doing->number);
    parcel_free(&doing->given);
    parcel_free(&doing->shown);
    for (int i = 0; i < BOXES; i++) {
        edit_free(&doing->fields[i]);
    }
}

/* The figures by which people call the case: 0263. */
static void short_number(const struct doing *doing, struct text *out)
{
    const char *close = strstr(doing->number, "〕");
    long sequence = close ? strtol(close + strlen("〕"), NULL, 10) : 0;
    if (sequence > 0) {
        text_addf(out, "%04d", (int)sequence);
    } else {
        text_add(out, doing->number);
    }
}

static bool is_confirmed(const struct doing *doing)
{
    struct text number = {0};
    short_number(doing, &number);
    bool same = !asks(doing, BOX_NUMBER) ||
                strcmp(edit_text(&doing->fields[BOX_NUMBER]), text_bytes(&number)) == 0;
    text_free(&number);
    return same;
}

static void send(struct view *view)
{
    struct doing *doing = view_state(view);
    for (int i = 0; i < BOXES; i++) {
        if (remedies[doing->which].needs[i] && !*edit_text(&doing->fields[i])) {
            doing->at = i;
            view_say(view, ROLE_MESSAGE_WARN, N_("this has to be filled in"), NULL, NULL, NULL);
            return;
        }
    }
    if (!is_confirmed(doing)) {
        doing->at = BOX_NUMBER;
        view_say(view, ROLE_MESSAGE_WARN, N_("this is not the number of the case"), NULL, NULL,
                 NULL);
        return;
    }
    struct parcel *request = view_ask(view, TICKET_ACT, "act");
    put_subject(doing, request);
    parcel_put(request, "clock", given(doing, "clock"));
    parcel_put(request, "round", given(doing, "round"));
    for (int i = 0; i < BOXES; i++) {
        if (drafted[i] && *edit_text(&doing->fields[i])) {
            parcel_put(request, drafted[i], edit_text(&doing->fields[i]));
        }
    }
    view_hold(view);
}

static void restore(struct doing *doing, const struct table *drafts)
{
    for (size_t row = 0; drafts && row < table_rows(drafts); row++) {
        for (int i = 0; i < BOXES; i++) {
            if (drafted[i] && strcmp(drafted[i], table_word(drafts, row, "field")) == 0) {
                edit_set(&doing->fields[i], table_word(drafts, row, "value"));
            }
        }
    }
}

static void reply_remedy(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct doing *doing = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
    } else if (ticket == TICKET_SHOW) {
        (void)parcel_copy(reply, &doing->shown);
    } else if (ticket == TICKET_DRAFTS) {
        restore(doing, parcel_find(reply, "drafts"));
    } else if (ticket == TICKET_ACT) {
        doing->sent = true;
        put_subject(doing, view_ask(view, TICKET_KEEP, "undraft"));
        view_say(view, ROLE_MESSAGE_OK, remedies[doing->which].done, doing->number, NULL, NULL);
        view_close(view);
    }
}

/* ---- keys ---- */

static bool key_remedy(struct view *view, const struct key_event *event)
{
    struct doing *doing = view_state(view);
    bool taken = edit_key(&doing->fields[doing->at], event);
    doing->kept[doing->at] = doing->kept[doing->at] && !taken;
    return taken;
}

static bool go(struct view *view, int by)
{
    struct doing *doing = view_state(view);
    int to = doing->at + by;
    while (to >= 0 && to < BOXES && !asks(doing, to)) {
        to += by;
    }
    doing->at = to >= 0 && to < BOXES ? to : doing->at;
    save_remedy(view); /* each as it is left */
    return true;
}

static bool is_last(const struct doing *doing)
{
    int last = BOXES - 1;
    while (!asks(doing, last)) {
        last--;
    }
    return doing->at == last;
}

static bool act_remedy(struct view *view, enum action action)
{
    const struct doing *doing = view_state(view);
    switch (action) {
    case ACTION_SUBMIT:
        send(view);
        return true;
    case ACTION_OPEN:
        if (is_last(doing)) {
            send(view);
            return true;
        }
        return go(view, 1);
    case ACTION_NEXT_PANE:
    case ACTION_DOWN:
        return go(view, 1);
    case ACTION_PREVIOUS_PANE:
    case ACTION_UP:
        return go(view, -1);
    default:
        return false;
    }
}

static bool unsaved_remedy(const struct view *view)
{
    const struct doing *doing = view_state(view);
    return !doing->kept[BOX_REASON] || !doing->kept[BOX_GROUND];
}

/* ---- cells ---- */

static int rows_remedy(const struct view *view, int most)
{
    (void)view;
    return ROWS < most ? ROWS : most;
}

static void context_remedy(const struct view *view, const struct pane *pane)
{
    const struct doing *doing = view_state(view);
    const struct context *context = view_context(view);
    struct text title = {0};
    phrase_both(&title, given(doing, "title"), context->look.english);
    text_addf(&title, " %s  %s ", glyph_card(&context->look, given(doing, "card")), doing->number);
    phrase_both(&title, given(doing, "clock_title"), context->look.english);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&title)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("the card stays, on record and in the file"));
    text_free(&title);
}

static const char *due_of(const struct doing *doing)
{
    const struct table *clocks = parcel_find(&doing->shown, "clocks");
    for (size_t row = 0; clocks && row < table_rows(clocks); row++) {
        if (strcmp(table_word(clocks, row, "clock"), given(doing, "clock")) == 0 &&
            strcmp(table_word(clocks, row, "round"), given(doing, "round")) == 0) {
            return table_word(clocks, row, "due");
        }
    }
    return "";
}

/* "红牌 → 红牌(豁免);时限仍为 11-19周四;不计入何雪、市局按期率". */
static void effect_text(const struct doing *doing, const struct context *context, struct text *out)
{
    const char *name = remedies[doing->which].name;
    bool waives = strcmp(name, "waive") == 0, explains = strcmp(name, "explain") == 0;
    const char *owner = parcel_get(&doing->shown, "owner");
    struct text marked = {0}, due = {0}, whose = {0};
    text_addf(&marked, "%s %s", given(doing, "card"), waives ? "waived" : "explained");
    case_date_text(due_of(doing), false, true, context, &due);
    text_add(&whose, owner ? owner : "");
    if (!owner) {
        phrase_both(&whose, parcel_get(&doing->shown, "with_title"), context->look.english);
    }
    const char *card = glyph_card(&context->look, given(doing, "card"));
    const char *after = glyph_card(&context->look, text_bytes(&marked));
    const char *arg[4] = {waives || explains ? card : glyph_text(&context->look, GLYPH_YES),
                          waives || explains ? after : card, text_bytes(&due), text_bytes(&whose)};
    phrase_said(out,
                waives     ? N_("%1 becomes %2; the last day stays %3; counts not against %4")
                : explains ? N_("%1 becomes %2; the last day stays %3; counts as before")
                           : N_("the waiver goes: %2 counts again; the last day stays %3"),
                arg, context->look.english);
    text_free(&marked);
    text_free(&due);
    text_free(&whose);
}

/* Who must, and that he may. */
static void who_text(const struct doing *doing, const struct context *context, struct text *out)
{
    bool waives = strcmp(remedies[doing->which].name, "waive") == 0;
    text_add(out, waives ? _("one who has not acted in the case  ") : "");
    text_addf(out, "%s %s  ", glyph_text(&context->look, GLYPH_YES), context->name);
    phrase_article(out, given(doing, "article"), &doing->shown, context->look.english);
}

/* Who is told, and whether it can be undone. */
static void after_text(const struct doing *doing, const struct context *context, struct text *out)
{
    static const char *const back[] = {
        N_("another explanation takes its place; annul takes it back"),
        N_("who waives may take it back for as long as the policy says, on record too"),
        N_("it may be waived again")};
    const char *owner = parcel_get(&doing->shown, "owner");
    text_addf(out, "%s%s", owner ? owner : "", owner ? "  " : "");
    if (!owner) {
        phrase_both(out, parcel_get(&doing->shown, "with_title"), context->look.english);
        text_add(out, "  ");
    }
    text_add(out, _(back[doing->which]));
}

static void draw_line(const struct pane *pane, int row, const char *label, struct text *text)
{
    pane_put(pane, row, 1, ROLE_HEADING, label);
    pane_clip(pane, row, 1 + LABEL, pane->columns - LABEL - 2, ROLE_TEXT, text_bytes(text));
    text_free(text);
}

static void draw_field(const struct doing *doing, const struct pane *pane, int row, int field,
                       const char *label)
{
    bool here = doing->at == field;
    if (here) {
        pane_glyph(pane, row, 0, ROLE_FORM_FOCUS, GLYPH_FOCUS);
    }
    int column = pane_put(pane, row, 1, ROLE_FORM_LABEL, label);
    column = pane_put(pane, row, column, ROLE_FORM_LABEL,
                      remedies[doing->which].needs[field] ? "*" : "");
    column = column < 1 + LABEL ? 1 + LABEL : column + 1;
    edit_draw(&doing->fields[field], pane, row, column, pane->columns - column - 1,
              here ? ROLE_FORM_FOCUS : ROLE_FORM_VALUE, here);
}

static void draw_remedy(const struct view *view, const struct pane *pane)
{
    const struct doing *doing = view_state(view);
    const struct context *context = view_context(view);
    struct text effect = {0}, who = {0}, after = {0}, confirm = {0};
    int row = 0;
    effect_text(doing, context, &effect);
    draw_line(pane, row++, _("Effect"), &effect);
    who_text(doing, context, &who);
    draw_line(pane, row++, _("Who"), &who);
    row++;
    draw_field(doing, pane, row++, BOX_REASON, _("Reason"));
    if (asks(doing, BOX_GROUND)) {
        draw_field(doing, pane, row++, BOX_GROUND, _("Ground"));
    }
    row++;
    after_text(doing, context, &after);
    draw_line(pane, row++, _("Told"), &after);
    if (asks(doing, BOX_NUMBER)) {
        struct text number = {0};
        short_number(doing, &number);
        text_addf(&confirm, _("type %s to confirm:"), text_bytes(&number));
        draw_field(doing, pane, row, BOX_NUMBER, text_bytes(&confirm));
        text_free(&number);
        text_free(&confirm);
    }
}

static const char *label_remedy(const struct view *view, enum action action)
{
    const struct doing *doing = view_state(view);
    return action == ACTION_SUBMIT      ? _("do it")
           : action == ACTION_OPEN      ? (is_last(doing) ? _("do it") : _("next field"))
           : action == ACTION_NEXT_PANE ? _("next field")
           : action == ACTION_BACK      ? _("not now")
                                        : NULL;
}

static const char *subject_remedy(const struct view *view, const char **clock)
{
    const struct doing *doing = view_state(view);
    *clock = given(doing, "clock");
    return doing->number;
}

const struct screen sheet_remedy = {
    .name = "remedy",
    .title = N_("about the card"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct doing),
    .acts = (const enum action[]){ACTION_NEXT_PANE, ACTION_OPEN, ACTION_SUBMIT, ACTION_BACK,
                                  ACTION_NONE},
    .open = open_remedy,
    .close = close_remedy,
    .save = save_remedy,
    .reply = reply_remedy,
    .key = key_remedy,
    .act = act_remedy,
    .unsaved = unsaved_remedy,
    .rows = rows_remedy,
    .context_row = context_remedy,
    .draw = draw_remedy,
    .label = label_remedy,
    .subject = subject_remedy,
};
