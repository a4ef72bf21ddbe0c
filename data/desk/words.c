/* words.c: what stands in an entry, as people write it and as it is kept: a choice by its title in
 * either language, yes and no, points on lines of their own. */
#include <string.h>

#include "data/desk/inside.h"

static const char *const yes_no[][3] = {{"yes", "是", "Yes"}, {"no", "否", "No"}};

/* The label that WORD (LENGTH bytes) names or titles; NULL. */
static const struct label *label_called(struct labels labels, const char *word, size_t length)
{
    for (int32_t i = 0; i < labels.count; i++) {
        const struct label *label = &labels.items[i];
        const char *const ways[] = {label->name, label->zh, label->en};
        for (int w = 0; w < 3; w++) {
            if (ways[w] && strlen(ways[w]) == length && memcmp(ways[w], word, length) == 0) {
                return label;
            }
        }
    }
    return NULL;
}

/* Goes through "a+b", as it is kept, or "a, b" or "a、b", as people write: false at the end. */
static bool next_choice(const char **at, const char **word, size_t *length)
{
    static const char comma[] = "、";
    *at += strspn(*at, "+, ");
    while (strncmp(*at, comma, strlen(comma)) == 0) {
        *at += strlen(comma);
        *at += strspn(*at, "+, ");
    }
    const char *end = strstr(*at, comma);
    *word = *at;
    *length = strcspn(*at, "+,");
    *length = end && (size_t)(end - *at) < *length ? (size_t)(end - *at) : *length;
    *at += *length;
    while (*length > 0 && (*word)[*length - 1] == ' ') {
        (*length)--;
    }
    return *length > 0;
}

static const char *plain_choices(const struct field *field, const char *value, struct arena *arena)
{
    struct text names = {0};
    const char *at = value, *word;
    size_t length;
    while (next_choice(&at, &word, &length)) {
        const struct label *label = label_called(field->labels, word, length);
        text_add(&names, names.length ? "+" : "");
        text_add_n(&names, label ? label->name : word, label ? strlen(label->name) : length);
    }
    const char *kept = arena_text(arena, text_bytes(&names), names.length);
    text_free(&names);
    return kept;
}

/* A point a line, or several divided by |, as they are kept: divided by |. */
static const char *plain_points(const char *value, struct arena *arena)
{
    struct text points = {0};
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, "|\r\n");
        if (length > strspn(at, " \t")) {
            text_add(&points, points.length ? "|" : "");
            text_add_n(&points, at, length);
        }
        at += length + (at[length] != '\0');
    }
    const char *kept = arena_text(arena, text_bytes(&points), points.length);
    text_free(&points);
    return kept;
}

const char *entry_plain(const struct field *field, const char *value, struct arena *arena)
{
    const struct label *label;
    switch (field->type) {
    case FIELD_CHOICE:
        label = label_called(field->labels, value, strlen(value));
        return label ? label->name : value;
    case FIELD_CHOICES:
        return plain_choices(field, value, arena);
    case FIELD_YESNO:
        for (size_t i = 0; i < sizeof yes_no / sizeof *yes_no; i++) {
            if (strcmp(value, yes_no[i][1]) == 0 || strcmp(value, yes_no[i][2]) == 0) {
                return yes_no[i][0];
            }
        }
        return value;
    case FIELD_POINTS:
    case FIELD_ANSWERS:
        return strpbrk(value, "\r\n") ? plain_points(value, arena) : value;
    default:
        return value;
    }
}

static void show_choices(const struct field *field, const char *value, bool english,
                         struct text *out)
{
    const char *at = value, *word;
    size_t length;
    for (bool first = true; next_choice(&at, &word, &length); first = false) {
        const struct label *label = label_called(field->labels, word, length);
        text_add(out, first ? "" : english ? ", " : "、");
        if (label) {
            text_add(out, english ? label->en : label->zh);
        } else {
            text_add_n(out, word, length);
        }
    }
}

static void show_points(const char *value, struct text *out)
{
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, "|");
        text_add_n(out, at, length);
        text_add(out, at[length] ? "\n" : "");
        at += length + (at[length] != '\0');
    }
}

void entry_shown(const struct field *field, const char *value, struct text *out)
{
    switch (field->type) {
    case FIELD_CHOICE:
    case FIELD_CHOICES:
        show_choices(field, value, false, out);
        text_addf(out, "%c", MESSAGE_BOTH);
        show_choices(field, value, true, out);
        return;
    case FIELD_YESNO:
        for (size_t i = 0; i < sizeof yes_no / sizeof *yes_no; i++) {
            if (strcmp(value, yes_no[i][0]) == 0) {
                text_addf(out, "%s%c%s", yes_no[i][1], MESSAGE_BOTH, yes_no[i][2]);
                return;
            }
        }
        break;
    case FIELD_POINTS:
    case FIELD_ANSWERS:
        show_points(value, out);
        return;
    case FIELD_PAPER:
        if (strcmp(value, "yes") == 0) {
            text_addf(out, "已收%creceived", MESSAGE_BOTH);
            return;
        }
        show_choices(field, value, false, out);
        text_addf(out, "%c", MESSAGE_BOTH);
        show_choices(field, value, true, out);
        return;
    default:
        break;
    }
    text_add(out, value);
}
