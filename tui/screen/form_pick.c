/* form_pick.c: what a field offers: days, choices, things of a register; and its rule. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/picklist.h"
#include "tui/width.h"

/* ---- offering ---- */

static void put_title(const struct form *form, struct parcel *given)
{
    struct text title = {0};
    form_title(form, form->fields[form->at].title, &title);
    parcel_put(given, "title", text_bytes(&title));
    text_free(&title);
}

static void put_typed(const struct form *form, struct parcel *given)
{
    struct text value = {0};
    form_value(form, form->at, &value);
    parcel_put(given, "value", text_bytes(&value));
    text_free(&value);
}

/* The request as it would be made, to be tried with other days. */
static void put_request(const struct view *view, struct parcel *given)
{
    const struct filling *filling = view_state(view);
    const struct form_field *field = &filling->form->fields[filling->form->at];
    struct parcel request = {0};
    struct text pair = {0}, bytes = {0};
    form_put_act(filling, &request);
    text_addf(&pair, "%s%s", field->filing ? "" : "entry.", field->name);
    if (parcel_encode(&request, &bytes)) {
        parcel_put_n(given, "request", text_bytes(&bytes), bytes.length);
    }
    parcel_put(given, "pair", text_bytes(&pair));
    text_free(&pair);
    text_free(&bytes);
    parcel_free(&request);
}

static void offer_days(struct view *view)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[form->at];
    struct parcel *given = view_open_with(view, "form-date", field->name);
    put_title(form, given);
    put_typed(form, given);
    put_request(view, given);
    parcel_put(given, "low", field->low);
    parcel_put(given, "high", field->high);
    datepick_put(&filling->days, given);
}

static void offer_choices(struct view *view, const char *kind)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[form->at];
    bool several =
        field->type == FORM_CHOICES || field->type == FORM_ORGS || field->type == FORM_PAPER;
    struct parcel *given = view_open_with(view, "form-choice", field->name);
    put_title(form, given);
    put_typed(form, given);
    parcel_put(given, "kind", kind);
    parcel_put(given, "several", several ? "yes" : "no");
    parcel_put(given, "labels", field->labels);
    parcel_put(given, "sounds", field->sounds);
}

static void offer_files(struct view *view)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    struct parcel *given = view_open_with(view, "form-file", form->fields[form->at].name);
    put_title(form, given);
    parcel_put(given, "labels", form->fields[form->at].labels);
}

void form_offer(struct view *view)
{
    struct filling *filling = view_state(view);
    switch (filling->form->fields[filling->form->at].type) {
    case FORM_DATE:
    case FORM_TIME:
        offer_days(view);
        break;
    case FORM_CHOICE:
    case FORM_CHOICES:
    case FORM_ROLE:
        offer_choices(view, "");
        break;
    case FORM_YESNO:
        break;
    case FORM_ORG:
    case FORM_ORGS:
        offer_choices(view, "org");
        break;
    case FORM_SYSTEM:
        offer_choices(view, "system");
        break;
    case FORM_PAPER:
        offer_files(view);
        break;
    case FORM_ITEMS:
        break;
    default:
        filling->long_text =
            filling->form->fields[filling->form->at].edit.lines && !filling->long_text;
    }
}

void form_chose(struct view *view, const char *sheet, const struct parcel *choice)
{
    struct filling *filling = view_state(view);
    struct form *form = filling->form;
    const char *value = parcel_get(choice, "value");
    if (strcmp(sheet, "form-file") == 0) {
        form_add_file(view, choice);
    } else if (value) {
        form_put_value(form, form->at, value);
        form_go_to(view, form->at);
    }
}

/* ---- one or several of a list ---- */

enum { TICKET_THINGS = 1, CHOICE_ROWS = 12, THINGS_ASKED = 50 };

struct choosing {
    struct text kind, title;
    struct picklist list;
};

static void add_labels(struct choosing *choosing, const char *labels, const char *sounds,
                       bool english)
{
    const char *name, *text, *heard, *sound;
    size_t name_length, text_length, heard_length, sound_length;
    while (label_next(&labels, &name, &name_length, &text, &text_length)) {
        struct text title = {0}, said = {0};
        label_said(&title, text, text_length, english);
        if (label_next(&sounds, &heard, &heard_length, &sound, &sound_length)) {
            text_add_n(&said, sound, sound_length);
        }
        picklist_add(&choosing->list, name, name_length, text_bytes(&title), text_bytes(&said));
        text_free(&title);
        text_free(&said);
    }
}

static void ask_things(struct view *view)
{
    const struct choosing *choosing = view_state(view);
    struct parcel *request = view_ask(view, TICKET_THINGS, "things");
    parcel_put(request, "kind", text_bytes(&choosing->kind));
    parcel_put(request, "query", edit_text(&choosing->list.typed));
    parcel_put_int(request, "limit", THINGS_ASKED);
}

static const char *given_text(const struct view *view, const char *name)
{
    const struct parcel *given = view_given(view);
    const char *value = given ? parcel_get(given, name) : NULL;
    return value ? value : "";
}

static void mark_chosen(struct choosing *choosing, const char *value)
{
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, "+");
        for (int i = 0; i < choosing->list.count; i++) {
            struct picklist_option *option = &choosing->list.options[i];
            bool same =
                option->name.length == length && memcmp(text_bytes(&option->name), at, length) == 0;
            option->marked |= same;
            choosing->list.cursor = same ? i : choosing->list.cursor;
        }
        at += length + (at[length] == '+');
    }
}

static void open_choice(struct view *view, const char *what)
{
    struct choosing *choosing = view_state(view);
    (void)what;
    text_add(&choosing->kind, given_text(view, "kind"));
    text_add(&choosing->title, given_text(view, "title"));
    choosing->list.several = strcmp(given_text(view, "several"), "yes") == 0;
    choosing->list.sought = choosing->kind.length > 0;
    if (choosing->list.sought) {
        choosing->list.several = false;
        ask_things(view);
    } else {
        add_labels(choosing, given_text(view, "labels"), given_text(view, "sounds"),
                   view_context(view)->look.english);
        mark_chosen(choosing, given_text(view, "value"));
    }
}

static void close_choice(struct view *view)
{
    struct choosing *choosing = view_state(view);
    picklist_free(&choosing->list);
    text_free(&choosing->kind);
    text_free(&choosing->title);
}

static void reply_choice(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct choosing *choosing = view_state(view);
    const struct table *things = error ? NULL : parcel_find(reply, "things");
    (void)ticket;
    if (error) {
        view_say_error(view, error, reply);
        return;
    }
    picklist_clear(&choosing->list);
    for (size_t row = 0; things && row < table_rows(things); row++) {
        const char *code = table_cell(things, row, "code"), *name = table_cell(things, row, "name");
        code = code ? code : "";
        picklist_add(&choosing->list, code, strlen(code), name ? name : "", "");
    }
}

static bool key_choice(struct view *view, const struct key_event *event)
{
    struct choosing *choosing = view_state(view);
    size_t length = choosing->list.typed.text.length;
    bool taken = picklist_key(&choosing->list, event);
    if (choosing->list.sought && choosing->list.typed.text.length != length) {
        ask_things(view);
    }
    return taken;
}

static void choose(struct view *view)
{
    const struct choosing *choosing = view_state(view);
    struct text value = {0};
    int chosen = picklist_chosen(&choosing->list);
    for (int i = 0; choosing->list.several && i < choosing->list.count; i++) {
        const struct picklist_option *option = &choosing->list.options[i];
        if (option->marked) {
            text_addf(&value, "%s%s", value.length ? "+" : "", text_bytes(&option->name));
        }
    }
    if (!value.length && chosen >= 0) {
        const struct picklist_option *option = &choosing->list.options[chosen];
        text_add(&value, text_bytes(choosing->list.sought ? &option->title : &option->name));
    }
    if (value.length) {
        parcel_put(view_choose(view), "value", text_bytes(&value));
    }
    text_free(&value);
}

static bool act_choice(struct view *view, enum action action)
{
    if (action == ACTION_OPEN) {
        choose(view);
    }
    return action == ACTION_OPEN;
}

static int rows_choice(const struct view *view, int most)
{
    const struct choosing *choosing = view_state(view);
    int rows = 2 + (choosing->list.sought ? CHOICE_ROWS : choosing->list.count);
    rows = rows > CHOICE_ROWS ? CHOICE_ROWS : rows;
    return rows < most ? rows : most;
}

static void context_choice(const struct view *view, const struct pane *pane)
{
    const struct choosing *choosing = view_state(view);
    int column =
        pane_clip(pane, 0, 1, pane->columns / 2, ROLE_SHEET_TITLE, text_bytes(&choosing->title)) +
        2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               choosing->list.several ? _("Space marks; name or the letters it sounds like")
                                      : _("name, code or the letters it sounds like"));
}

static void draw_choice(const struct view *view, const struct pane *pane)
{
    const struct choosing *choosing = view_state(view);
    picklist_draw(&choosing->list, pane);
}

static const char *label_choice(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN ? _("take it") : action == ACTION_BACK ? _("not now") : NULL;
}

const struct screen sheet_form_choice = {
    .name = "form-choice",
    .title = N_("choose"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct choosing),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_choice,
    .close = close_choice,
    .reply = reply_choice,
    .act = act_choice,
    .key = key_choice,
    .rows = rows_choice,
    .context_row = context_choice,
    .draw = draw_choice,
    .label = label_choice,
};

/* ---- the rule of a field ---- */

struct ruling {
    struct text title, text;
};

void form_rule(struct view *view)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[form->at];
    struct parcel *given = view_open_with(view, "form-rule", field->name);
    struct text rule = {0}, cited = {0};
    text_add(&rule, text_bytes(&field->complaint));
    if (*field->hint) {
        text_addf(&rule, "%s%s", rule.length ? "\n" : "", field->hint);
    }
    if (*field->low || *field->high) {
        text_addf(&rule, "%s%s..%s %s", rule.length ? "\n" : "", field->low, field->high,
                  field->unit);
    }
    form_articles(form, *field->wrong_article ? field->wrong_article : field->article, &cited);
    text_addf(&rule, "%s%s", rule.length ? "\n" : "", text_bytes(&cited));
    put_title(form, given);
    parcel_put(given, "text", text_bytes(&rule));
    text_free(&rule);
    text_free(&cited);
}

static void open_rule(struct view *view, const char *what)
{
    struct ruling *ruling = view_state(view);
    (void)what;
    text_add(&ruling->title, given_text(view, "title"));
    text_add(&ruling->text, given_text(view, "text"));
    if (!ruling->text.length) {
        text_add(&ruling->text, _("no rule of its own; what the whole has to meet is said when it "
                                  "is looked at before submitting"));
    }
}

static void close_rule(struct view *view)
{
    struct ruling *ruling = view_state(view);
    text_free(&ruling->title);
    text_free(&ruling->text);
}

static int rows_rule(const struct view *view, int most)
{
    const struct ruling *ruling = view_state(view);
    struct text lines = {0};
    int rows = 2;
    width_wrap(&lines, text_bytes(&ruling->text), 0, 0, view_context(view)->columns - 2);
    for (const char *at = text_bytes(&lines); *at; at++) {
        rows += *at == '\n';
    }
    text_free(&lines);
    return rows < most ? rows : most;
}

static void context_rule(const struct view *view, const struct pane *pane)
{
    const struct ruling *ruling = view_state(view);
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&ruling->title));
}

static void draw_rule(const struct view *view, const struct pane *pane)
{
    const struct ruling *ruling = view_state(view);
    pane_wrap(pane, 0, 1, pane->columns - 2, pane->rows, ROLE_TEXT, text_bytes(&ruling->text));
}

const struct screen sheet_form_rule = {
    .name = "form-rule",
    .title = N_("rule"),
    .sheet = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct ruling),
    .acts = (const enum action[]){ACTION_BACK, ACTION_NONE},
    .open = open_rule,
    .close = close_rule,
    .rows = rows_rule,
    .context_row = context_rule,
    .draw = draw_rule,
};
