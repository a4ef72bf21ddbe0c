/* form_files.c: files for the papers of a form: picked now, attached once the act is done. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/filepick.h"

enum { FILE_ROWS = 12 };

/* ---- kept with the form ---- */

static void file_free(struct paper_file *file)
{
    sending_free(&file->sending);
    free(file->field);
    free(file->part);
    *file = (struct paper_file){0};
}

void form_files_free(struct filling *filling)
{
    for (int i = 0; i < filling->file_count; i++) {
        file_free(&filling->files[i]);
    }
    filling->file_count = 0;
}

static bool add(struct filling *filling, const char *field, const char *part, const char *path)
{
    if (filling->file_count == FILES_MOST) {
        return false;
    }
    struct paper_file *file = &filling->files[filling->file_count++];
    *file = (struct paper_file){.field = copy_text(field), .part = copy_text(part)};
    return sending_begin(&file->sending, path) && file->field && file->part;
}

/* The field says that the part is there. */
static void tick(struct form *form, int index, const char *part)
{
    struct text value = {0};
    form_value(form, index, &value);
    bool whole = strcmp(text_bytes(&value), "yes") == 0;
    if (!*part) {
        form_put_value(form, index, "yes");
    } else if (!whole && !strstr(text_bytes(&value), part)) {
        text_addf(&value, "%s%s", value.length ? "+" : "", part);
        form_put_value(form, index, text_bytes(&value));
    }
    text_free(&value);
}

void form_add_file(struct view *view, const struct parcel *choice)
{
    struct filling *filling = view_state(view);
    struct form *form = filling->form;
    const char *path = parcel_get(choice, "path"), *part = parcel_get(choice, "part");
    const char *field = form->fields[form->at].name;
    part = part ? part : "";
    if (!path || !add(filling, field, part, path)) {
        return;
    }
    tick(form, form->at, part);
    form_keep_file(view, filling->file_count - 1);
    form_go_to(view, form->at);
}

void form_restore_files(struct filling *filling, const struct table *drafts)
{
    for (size_t row = 0; drafts && row < table_rows(drafts); row++) {
        const char *name = table_word(drafts, row, "field");
        const char *value = table_word(drafts, row, "value");
        const char *part = strchr(value, '\t'), *path = part ? strchr(part + 1, '\t') : NULL;
        if (strncmp(name, "file.", 5) == 0 && path) {
            struct text field = {0}, of = {0};
            text_add_n(&field, value, (size_t)(part - value));
            text_add_n(&of, part + 1, (size_t)(path - part - 1));
            add(filling, text_bytes(&field), text_bytes(&of), path + 1);
            text_free(&field);
            text_free(&of);
        }
    }
}

/* ---- attached ---- */

static void say_lost(struct view *view, const char *name, const char *why)
{
    view_say(view, ROLE_MESSAGE_ERROR,
             N_("“%1” was not attached (%2); it can be attached to the case as it is now"), name,
             why, NULL);
}

static void bind(struct view *view, const struct paper_file *file)
{
    const struct filling *filling = view_state(view);
    struct parcel *request = view_ask(view, TICKET_ATTACH, "attach");
    parcel_put(request, "case", text_bytes(&filling->number));
    parcel_put(request, "upload", file->sending.upload);
    parcel_put(request, "name", file->sending.name);
    parcel_put(request, "field", file->field);
    parcel_put(request, "part", *file->part ? file->part : NULL);
}

static void end(struct view *view)
{
    const struct filling *filling = view_state(view);
    view_say(view, ROLE_MESSAGE_OK, N_("%1"), text_bytes(&filling->said_done), NULL, NULL);
    view_close(view);
    if (filling->procedure.length) {
        view_open(view, "case", text_bytes(&filling->number));
    }
}

void form_attach(struct view *view)
{
    struct filling *filling = view_state(view);
    for (; filling->file < filling->file_count; filling->file++) {
        struct paper_file *file = &filling->files[filling->file];
        int step = sending_step(view, &file->sending, TICKET_UPLOAD);
        if (step == 0) {
            bind(view, file);
        }
        if (step >= 0) {
            return;
        }
        say_lost(view, file->sending.name, error_why(errno));
    }
    end(view);
}

void form_uploaded(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct filling *filling = view_state(view);
    struct paper_file *file = &filling->files[filling->file];
    if (error) {
        view_say_error(view, error, reply);
        filling->file++;
    } else {
        sending_took(&file->sending, reply);
    }
    form_attach(view);
    view_hold(view);
}

void form_attached(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct filling *filling = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
    }
    filling->file++;
    form_attach(view);
    view_hold(view);
}

/* ---- the sheet ---- */

struct picking {
    struct text title, labels;
    struct filepick pick;
    int part, parts;
};

static const char *given_text(const struct view *view, const char *name)
{
    const struct parcel *given = view_given(view);
    const char *value = given ? parcel_get(given, name) : NULL;
    return value ? value : "";
}

static void open_file(struct view *view, const char *what)
{
    struct picking *picking = view_state(view);
    const char *name, *text;
    size_t name_length, text_length;
    (void)what;
    text_add(&picking->title, given_text(view, "title"));
    text_add(&picking->labels, given_text(view, "labels"));
    const char *at = text_bytes(&picking->labels);
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        picking->parts++;
    }
    filepick_begin(&picking->pick, "");
}

static void close_file(struct view *view)
{
    struct picking *picking = view_state(view);
    filepick_free(&picking->pick);
    text_free(&picking->title);
    text_free(&picking->labels);
}

/* The part that is picked for: its name, or its title. */
static void add_part(const struct picking *picking, bool titled, bool english, struct text *out)
{
    const char *at = text_bytes(&picking->labels), *name, *text;
    size_t name_length, text_length;
    for (int i = 0; label_next(&at, &name, &name_length, &text, &text_length); i++) {
        if (i == picking->part && titled) {
            label_said(out, text, text_length, english);
        } else if (i == picking->part) {
            text_add_n(out, name, name_length);
        }
    }
}

static void take(struct view *view)
{
    struct picking *picking = view_state(view);
    struct text path = {0}, part = {0};
    int64_t size = 0;
    if (filepick_take(&picking->pick, &path, &size)) {
        struct parcel *choice = view_choose(view);
        add_part(picking, false, false, &part);
        parcel_put(choice, "path", text_bytes(&path));
        parcel_put(choice, "part", text_bytes(&part));
        parcel_put_int(choice, "size", size);
    }
    text_free(&path);
    text_free(&part);
}

static bool act_file(struct view *view, enum action action)
{
    struct picking *picking = view_state(view);
    if (action == ACTION_OPEN) {
        take(view);
    } else if (picking->parts && (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP)) {
        int by = action == ACTION_PAGE_DOWN ? 1 : picking->parts - 1;
        picking->part = (picking->part + by) % picking->parts;
    } else {
        return false;
    }
    return true;
}

static bool key_file(struct view *view, const struct key_event *event)
{
    struct picking *picking = view_state(view);
    return filepick_key(&picking->pick, event);
}

static int rows_file(const struct view *view, int most)
{
    (void)view;
    return FILE_ROWS < most ? FILE_ROWS : most;
}

static void context_file(const struct view *view, const struct pane *pane)
{
    const struct picking *picking = view_state(view);
    struct text bar = {0};
    text_addf(&bar, "%s  ", text_bytes(&picking->title));
    add_part(picking, true, view_context(view)->look.english, &bar);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&bar)) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               picking->parts ? _("Tab completes; PgDn the next part") : _("Tab completes"));
    text_free(&bar);
}

static void draw_file(const struct view *view, const struct pane *pane)
{
    const struct picking *picking = view_state(view);
    filepick_draw(&picking->pick, pane);
}

static const char *label_file(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_OPEN ? _("take it") : action == ACTION_BACK ? _("not now") : NULL;
}

const struct screen sheet_form_file = {
    .name = "form-file",
    .title = N_("pick a file"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct picking),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_BACK, ACTION_NONE},
    .open = open_file,
    .close = close_file,
    .act = act_file,
    .key = key_file,
    .rows = rows_file,
    .context_row = context_file,
    .draw = draw_file,
    .label = label_file,
};
