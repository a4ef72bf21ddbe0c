/* form_value.c: what is typed in the fields, what the desk calls it, and what was there. */
#include <string.h>

#include "tui/text.h"
#include "tui/widget/form_inside.h"

void form_title(const struct form *form, const char *title, struct text *out)
{
    bool both = strchr(title, MESSAGE_BOTH) != NULL;
    if (both) {
        label_said(out, title, strlen(title), form->english);
    } else {
        text_add(out, *title ? gettext(title) : "");
    }
}

static struct written_kind kind_of(const struct form *form, const struct form_field *field)
{
    return (struct written_kind){field->type, field->labels, form->english, moment_day(form->now),
                                 form->days};
}

void form_value(const struct form *form, int index, struct text *out)
{
    struct written_kind kind = kind_of(form, &form->fields[index]);
    written_value(&kind, edit_text(&form->fields[index].edit), out);
}

void form_said(const struct form *form, int index, const char *value, struct text *out)
{
    struct written_kind kind = kind_of(form, &form->fields[index]);
    written_said(&kind, value, out);
}

bool form_changed(const struct form *form, int index)
{
    const struct form_field *field = &form->fields[index];
    if (index == form->items_at) {
        return items_changed(&form->items);
    }
    bool masked = field->is_private && strcmp(field->base, "*") == 0;
    if (masked) {
        return field->edit.text.length > 0;
    }
    struct text value = {0};
    form_value(form, index, &value);
    bool changed = strcmp(text_bytes(&value), field->base) != 0;
    text_free(&value);
    return changed;
}

void form_put_value(struct form *form, int index, const char *value)
{
    struct text said = {0};
    form_said(form, index, value, &said);
    edit_replace(&form->fields[index].edit, text_bytes(&said));
    text_free(&said);
}

void form_acting_as(const struct form *form, struct text *out)
{
    int index = form_find(form, FORM_CAPACITY), party = form_find(form, "for");
    const char *labels = text_bytes(&form->capacities);
    bool several = strchr(labels, '\n') && strchr(labels, '\n')[1] != '\0';
    bool on_behalf = party >= 0 && form->fields[party].edit.text.length > 0;
    if (index >= 0 && !on_behalf && (several || strchr(text_bytes(&form->capacity), '@'))) {
        text_add(out, edit_text(&form->fields[index].edit));
    }
}

/* ---- leaving a field ---- */

bool form_leave(struct form *form, int index)
{
    struct form_field *field = &form->fields[index];
    struct text value = {0}, said = {0};
    field->left = true;
    if (index != form->items_at) {
        form_value(form, index, &value);
        form_said(form, index, text_bytes(&value), &said);
        if (strcmp(text_bytes(&said), edit_text(&field->edit)) != 0) {
            edit_replace(&field->edit, text_bytes(&said));
        }
    }
    text_free(&value);
    text_free(&said);
    return form_check(form, index);
}
