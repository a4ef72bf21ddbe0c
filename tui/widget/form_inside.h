/* form_inside.h: what the files of a form share. */
#ifndef YUNTAI_TUI_WIDGET_FORM_INSIDE_H
#define YUNTAI_TUI_WIDGET_FORM_INSIDE_H

#include "tui/widget/form.h"

/* False with COMPLAINT, where the text of the field cannot be right whatever the rules. */
bool form_check(struct form *form, int index);
#endif
