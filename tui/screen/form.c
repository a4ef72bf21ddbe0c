/* form.c: an application or an act being filled in; nothing that was typed is lost. */
#include "tui/screen/form.h"

#include <string.h>

#include "tui/screen/screens.h"
#include "tui/text.h"

/* ---- opening and closing ---- */

static void keep(struct text *text, const char *value)
{
    text_clear(text);
    text_add(text, value ? value : "");
}

static void open_form(struct view *view, const char *what)
{
    struct filling *filling = view_state(view);
    const struct parcel *given = view_given(view);
    const char *event = given ? parcel_get(given, "event") : NULL;
    filling->rev = -1;
    filling->left = -1;
    if (event) {
        const char *number = parcel_get(given, "case");
        keep(&filling->number, number ? number : what);
        keep(&filling->event, event);
        filling->n = parcel_int(given, "n", 0);
    } else {
        const char *procedure = given ? parcel_get(given, "procedure") : NULL;
        keep(&filling->procedure, procedure ? procedure : what);
        keep(&filling->urges, given ? parcel_get(given, "urges") : NULL);
    }
    form_load(view);
    view_hold(view);
}

static void save_form(struct view *view)
{
    const struct filling *filling = view_state(view);
    if (filling->form && !filling->done) {
        form_keep(view);
    }
}

static void close_form(struct view *view)
{
    struct filling *filling = view_state(view);
    save_form(view);
    form_free(filling->form);
    parcel_free(&filling->judged);
    parcel_free(&filling->since);
    parcel_free(&filling->theirs);
    form_files_free(filling);
    struct text *const texts[] = {&filling->procedure, &filling->number,    &filling->event,
                                  &filling->then,      &filling->kept_at,   &filling->not_kept,
                                  &filling->sought,    &filling->said_done, &filling->urges};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_free(texts[i]);
    }
}

void form_begin(struct view *view, const struct parcel *reply)
{
    struct filling *filling = view_state(view);
    const struct context *context = view_context(view);
    bool changes = strcmp(text_bytes(&filling->event), "edit") == 0 ||
                   strcmp(text_bytes(&filling->event), "correct") == 0;
    enum form_mode mode = filling->procedure.length ? FORM_OPENS
                          : changes                 ? FORM_CHANGES
                                                    : FORM_ACTS;
    form_free(filling->form);
    filling->form = form_new(reply, mode, true, context->now, context->look.english);
    filling->rev = filling->number.length ? parcel_int(reply, "rev", -1) : -1;
    keep(&filling->then, filling->procedure.length ? parcel_get(reply, "hand_in") : NULL);
    if (filling->form) {
        filling->form->days = &filling->days;
        filling->form->items.days = &filling->days;
    }
}

/* ---- from field to field ---- */

/* Leaves the field that has the keys: into its usual form, and kept. True where it is to be judged
 * anew. */
static bool put_down(struct view *view)
{
    struct filling *filling = view_state(view);
    struct form *form = filling->form;
    bool changed = form_unkept(form, form->at);
    bool first = !form->fields[form->at].left;
    filling->left = form->at;
    filling->long_text = false;
    form_leave(form, form->at);
    if (changed || form_unkept(form, form->at)) {
        form_keep(view);
    }
    return changed || first;
}

static void leave(struct view *view)
{
    if (put_down(view)) {
        form_try(view, false);
    }
}

bool form_go_to(struct view *view, int index)
{
    struct filling *filling = view_state(view);
    if (!filling->form || filling->form->at < 0 || !form_shown(filling->form, index)) {
        return false;
    }
    leave(view);
    form_go(filling->form, index);
    return true;
}

static void step(struct view *view, int by)
{
    struct filling *filling = view_state(view);
    int next = form_step(filling->form, filling->form->at, by);
    if (next >= 0) {
        form_go_to(view, next);
    } else {
        leave(view);
    }
}

static void section(struct view *view, int by)
{
    struct filling *filling = view_state(view);
    struct form_section sections[FORM_SECTIONS_MOST];
    int count = form_sections(filling->form, sections);
    int at = form_section_at(filling->form, filling->form->at) + by;
    if (at >= 0 && at < count) {
        form_go_to(view, sections[at].first);
    }
}

static void next_wrong(struct view *view)
{
    struct filling *filling = view_state(view);
    leave(view);
    int next = form_next_wrong(filling->form);
    if (next >= 0) {
        form_go(filling->form, next);
    } else {
        view_say(view, ROLE_MESSAGE_OK,
                 N_("there is nothing to correct; Ctrl-S looks before "
                    "submitting"),
                 NULL, NULL, NULL);
    }
}

/* ---- keys ---- */

static struct form_field *here(struct filling *filling)
{
    return &filling->form->fields[filling->form->at];
}

static bool is_plain(const struct key_event *event, uint32_t code)
{
    return event->key.code == code && event->key.with == 0;
}

/* Space turns yes into no; where there is nothing yet, into yes. */
static bool toggle(struct filling *filling)
{
    struct form *form = filling->form;
    struct text value = {0};
    if (here(filling)->type != FORM_YESNO) {
        return false;
    }
    form_value(form, form->at, &value);
    form_put_value(form, form->at, strcmp(text_bytes(&value), "yes") == 0 ? "no" : "yes");
    text_free(&value);
    return true;
}

/* Up and Down move in a text of several lines before they leave it; Enter breaks the line where the
 * field was opened wide. */
static bool in_lines(struct view *view, const struct key_event *event)
{
    struct filling *filling = view_state(view);
    struct form_field *field = here(filling);
    const struct look *look = &view_context(view)->look;
    if (!field->edit.lines) {
        return false;
    }
    if (is_plain(event, KEYPAD_ENTER) && filling->long_text) {
        return edit_insert(&field->edit, "\n", 1), true;
    }
    bool up = is_plain(event, KEYPAD_UP), down = is_plain(event, KEYPAD_DOWN);
    return (up || down) && edit_move(&field->edit, look, form_text_width(view), up ? -1 : 1);
}

static bool key_form(struct view *view, const struct key_event *event)
{
    struct filling *filling = view_state(view);
    struct form *form = filling->form;
    if (!form || form->at < 0) {
        return false;
    }
    if (form->at == form->items_at) {
        bool taken = items_key(&form->items, event);
        form_seek(view);
        return taken;
    }
    if (is_plain(event, ' ') && toggle(filling)) {
        return true;
    }
    return in_lines(view, event) || edit_key(&here(filling)->edit, event);
}

static void submit(struct view *view)
{
    put_down(view);
    form_try(view, true);
}

static bool act_form(struct view *view, enum action action)
{
    struct filling *filling = view_state(view);
    if (!filling->form || filling->form->at < 0) {
        return false;
    }
    switch (action) {
    case ACTION_NEXT_PANE:
    case ACTION_OPEN:
    case ACTION_DOWN:
        step(view, 1);
        return true;
    case ACTION_PREVIOUS_PANE:
    case ACTION_UP:
        step(view, -1);
        return true;
    case ACTION_PAGE_DOWN:
        section(view, 1);
        return true;
    case ACTION_PAGE_UP:
        section(view, -1);
        return true;
    case ACTION_NEXT_WRONG:
        next_wrong(view);
        return true;
    case ACTION_PICK:
        form_offer(view);
        return true;
    case ACTION_RULE:
        form_rule(view);
        return true;
    case ACTION_UNDO_FIELD:
        edit_undo(&here(filling)->edit);
        return true;
    case ACTION_SUBMIT:
        submit(view);
        return true;
    default:
        return false;
    }
}

/* ---- the rest ---- */

static bool unsaved_form(const struct view *view)
{
    const struct filling *filling = view_state(view);
    for (int i = 0; filling->form && !filling->done && i < filling->form->count; i++) {
        if (form_unkept(filling->form, i)) {
            return true;
        }
    }
    return false;
}

static void chosen_form(struct view *view, const char *sheet, const struct parcel *choice)
{
    struct filling *filling = view_state(view);
    if (!choice || !filling->form) {
        return;
    }
    if (strcmp(sheet, "form-look") == 0) {
        form_submit(view);
    } else if (strcmp(sheet, "conflict") == 0) {
        form_resolved(view, choice);
    } else {
        form_chose(view, sheet, choice);
    }
}

static const char *subject_form(const struct view *view, const char **clock)
{
    const struct filling *filling = view_state(view);
    if (clock) {
        *clock = NULL;
    }
    return text_bytes(&filling->number);
}

static const char *label_form(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_NEXT_PANE ? _("next field")
           : action == ACTION_SUBMIT  ? _("look before submitting")
           : action == ACTION_BACK    ? _("leave")
                                      : NULL;
}

const struct screen screen_form = {
    .name = "form",
    .title = N_("form"),
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct filling),
    .acts = (const enum action[]){ACTION_NEXT_PANE, ACTION_NEXT_WRONG, ACTION_PICK, ACTION_RULE,
                                  ACTION_SUBMIT, ACTION_BACK, ACTION_NONE},
    .open = open_form,
    .close = close_form,
    .save = save_form,
    .reply = form_replied,
    .act = act_form,
    .key = key_form,
    .chosen = chosen_form,
    .context_row = form_context,
    .draw = form_draw,
    .subject = subject_form,
    .label = label_form,
    .unsaved = unsaved_form,
};
