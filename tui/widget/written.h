/*
 * written.h: an entry as people write it, and as the desk takes it.
 *
 * People write titles, 是 and 否, 12-9 and full-width digits; the desk takes names, yes and no,
 * 2026-12-09 and plain digits. What cannot be read is given as it was typed, so that the desk can
 * say what is wrong with it.
 */
#ifndef YUNTAI_TUI_WIDGET_WRITTEN_H
#define YUNTAI_TUI_WIDGET_WRITTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

enum form_type { /* in the order of the policy guide, section 4 */
                 FORM_TEXT,
                 FORM_LINES,
                 FORM_NUMBER,
                 FORM_MONEY,
                 FORM_DATE,
                 FORM_TIME,
                 FORM_YESNO,
                 FORM_CHOICE,
                 FORM_CHOICES,
                 FORM_ROLE,
                 FORM_ORG,
                 FORM_ORGS,
                 FORM_SYSTEM,
                 FORM_ITEMS,
                 FORM_POINTS,
                 FORM_ANSWERS,
                 FORM_PAPER,
                 FORM_TYPES
};

struct datepick_days;
struct written_kind {
    enum form_type type;
    const char *labels; /* "name=zh\037en" a line; "" none */
    bool english;
    int32_t today;                    /* for dates that are typed relative to it */
    const struct datepick_days *days; /* for those in working days; NULL: none are read */
};

/* The type of that name, FORM_TEXT where there is none. */
enum form_type written_type(const char *name);
/* TYPED as the desk takes it; appended. */
void written_value(const struct written_kind *kind, const char *typed, struct text *out);
/* VALUE of the desk as people write it; appended. */
void written_said(const struct written_kind *kind, const char *value, struct text *out);

/* Goes through "name=text\n…": false at the end. */
bool label_next(const char **at, const char **name, size_t *name_length, const char **text,
                size_t *text_length);
/* The half of LENGTH bytes of a text in both languages; appended. */
void label_said(struct text *out, const char *text, size_t length, bool english);

#endif
