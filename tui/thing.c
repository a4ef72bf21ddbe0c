/* thing.c: an entry of a register in words. */
#include "tui/thing.h"

#include <string.h>

#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/widget/written.h"

void thing_word(struct text *out, const char *title, bool english)
{
    if (strchr(title, MESSAGE_BOTH)) {
        phrase_both(out, title, english);
    } else {
        text_add(out, *title ? _(title) : "");
    }
}

/* Of item.CODE.COLUMN the column, else FACT. */
static const char *own_name(const char *fact)
{
    const char *dot = strncmp(fact, "item.", 5) == 0 ? strrchr(fact, '.') : NULL;
    return dot ? dot + 1 : fact;
}

/* COLUMN of the titles for FACT; NULL where there is none. */
static const char *told(const struct parcel *reply, const char *fact, const char *column)
{
    const struct table *titles = parcel_find(reply, "titles");
    for (size_t row = 0; titles && row < table_rows(titles); row++) {
        const char *name = table_cell(titles, row, "fact");
        if (name && strcmp(name, own_name(fact)) == 0) {
            return table_cell(titles, row, column);
        }
    }
    return NULL;
}

void thing_title(struct text *out, const struct parcel *reply, const char *fact, bool english)
{
    const char *own = own_name(fact), *title = told(reply, fact, "word");
    if (own > fact + 6) {
        text_add_n(out, fact + 5, (size_t)(own - fact - 6));
        text_add(out, " ");
    }
    thing_word(out, title && *title ? title : own, english);
}

/* The label of the LENGTH bytes at NAME in LABELS. False: none. */
static bool add_label(struct text *out, const char *labels, const char *name, size_t length,
                      bool english)
{
    const char *known, *text;
    size_t known_length, text_length;
    while (label_next(&labels, &known, &known_length, &text, &text_length)) {
        if (known_length == length && memcmp(known, name, length) == 0) {
            label_said(out, text, text_length, english);
            return true;
        }
    }
    return false;
}

/* One, or several as "a, b" or "a+b". */
static void add_labels(struct text *out, const char *labels, const char *value, bool english)
{
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, ",+ "), between = strspn(at + length, ",+ ");
        if (!add_label(out, labels, at, length, english)) {
            text_add_n(out, at, length);
        }
        at += length + between;
        text_add(out, !*at ? "" : english ? ", " : "、");
    }
}

void thing_value(struct text *out, const struct parcel *reply, const char *fact, const char *value,
                 bool english)
{
    const char *labels = told(reply, fact, "labels"), *yesno = told(reply, fact, "yesno");
    if (yesno && strcmp(yesno, "yes") == 0 && *value) {
        text_add(out, strcmp(value, "yes") == 0 ? _("yes") : _("no"));
    } else if (labels) {
        add_labels(out, labels, value, english);
    } else {
        phrase_both(out, value, english);
    }
}

static void add_change(struct text *out, const struct parcel *reply, const char *fact,
                       const char *value, bool english)
{
    thing_title(out, reply, fact, english);
    text_add(out, " ");
    if (*value) {
        thing_value(out, reply, fact, value, english);
    } else {
        text_add(out, _("taken away"));
    }
}

void thing_changes(struct text *out, const struct parcel *reply, const char *changes, bool english)
{
    for (const char *at = changes; *at;) {
        const char *end = strstr(at, "; ");
        size_t length = end ? (size_t)(end - at) : strlen(at), name = strcspn(at, "=");
        struct text fact = {0}, value = {0};
        text_add_n(&fact, at, name < length ? name : length);
        text_add_n(&value, at + (name < length ? name + 1 : length),
                   name < length ? length - name - 1 : 0);
        add_change(out, reply, text_bytes(&fact), text_bytes(&value), english);
        text_add(out, !end ? "" : english ? "; " : "；");
        at += end ? length + 2 : length;
        text_free(&fact);
        text_free(&value);
    }
}

const char *thing_done(const char *word)
{
    static const char *const words[][2] = {
        {"enter", N_("entered")},    {"change", N_("changed")}, {"succeed", N_("became another")},
        {"rename", N_("renamed")},   {"merge", N_("merged")},   {"split", N_("split")},
        {"imported", N_("imported")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], word) == 0) {
            return _(words[i][1]);
        }
    }
    return word;
}
