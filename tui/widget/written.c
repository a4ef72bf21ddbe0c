/* written.c: an entry as people write it, and as the desk takes it. */
#include "tui/widget/written.h"

#include <string.h>

#include "core/day.h"
#include "core/message.h"
#include "tui/text.h"
#include "tui/widget/datepick.h"

static const char *const type_names[FORM_TYPES] = {
    "text", "lines", "number", "money",  "date",  "time",   "yesno",   "choice", "choices",
    "role", "org",   "orgs",   "system", "items", "points", "answers", "paper"};

enum form_type written_type(const char *name)
{
    for (int type = 0; name && type < FORM_TYPES; type++) {
        if (strcmp(type_names[type], name) == 0) {
            return (enum form_type)type;
        }
    }
    return FORM_TEXT;
}

/* ---- titles and choices ---- */

void label_said(struct text *out, const char *text, size_t length, bool english)
{
    const char *both = memchr(text, MESSAGE_BOTH, length);
    size_t chinese = both ? (size_t)(both - text) : length;
    if (english && both && chinese + 1 < length) {
        text_add_n(out, both + 1, length - chinese - 1);
    } else {
        text_add_n(out, text, chinese);
    }
}

bool label_next(const char **at, const char **name, size_t *name_length, const char **text,
                size_t *text_length)
{
    size_t length = strcspn(*at, "\n"), equals = strcspn(*at, "=\n");
    if (length == 0 || equals == length) {
        return false;
    }
    *name = *at;
    *name_length = equals;
    *text = *at + equals + 1;
    *text_length = length - equals - 1;
    *at += length + ((*at)[length] == '\n');
    return true;
}

static bool same(const char *a, size_t length, const char *b, size_t b_length)
{
    return length == b_length && memcmp(a, b, length) == 0;
}

/* Is TYPED the name or the title in one of the languages? */
static bool is_label(const char *typed, size_t length, const char *name, size_t name_length,
                     const char *text, size_t text_length)
{
    const char *both = memchr(text, MESSAGE_BOTH, text_length);
    size_t chinese = both ? (size_t)(both - text) : text_length;
    return same(typed, length, name, name_length) || same(typed, length, text, chinese) ||
           (both && same(typed, length, both + 1, text_length - chinese - 1));
}

/* Appends the name of the choice that TYPED means, whole; false: none. */
static bool add_name(const struct written_kind *kind, const char *typed, size_t length,
                     struct text *out)
{
    const char *at = kind->labels, *name, *text;
    size_t name_length, text_length;
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        if (is_label(typed, length, name, name_length, text, text_length)) {
            text_add_n(out, name, name_length);
            return true;
        }
    }
    return false;
}

/* Appends the title of the choice NAME; false: there is none. */
static bool add_title(const struct written_kind *kind, const char *named, size_t length,
                      struct text *out)
{
    const char *at = kind->labels, *name, *text;
    size_t name_length, text_length;
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        if (same(named, length, name, name_length)) {
            label_said(out, text, text_length, kind->english);
            return true;
        }
    }
    return false;
}

/* The length of the separator at TEXT: one of 、 ， , + ; blanks around are not part of it. */
static size_t separator(const char *text)
{
    static const char *const signs[] = {"、", "，", "＋", "；", ",", "+", ";", "|"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        if (strncmp(text, signs[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

/* The next piece between separators, without blanks at its ends: false at the end. */
static bool piece_next(const char **at, const char **piece, size_t *length)
{
    const char *text = *at;
    while (*text == ' ' || separator(text)) {
        text += *text == ' ' ? 1 : separator(text);
    }
    const char *end = text;
    while (*end && !separator(end)) {
        end++;
    }
    *at = end;
    *piece = text;
    while (end > text && end[-1] == ' ') {
        end--;
    }
    *length = (size_t)(end - text);
    return *length > 0;
}

/* Names of several choices, joined as the desk joins them; a piece that is none as it is. */
static void add_names(const struct written_kind *kind, const char *typed, struct text *out)
{
    const char *piece;
    size_t length;
    for (bool first = true; piece_next(&typed, &piece, &length); first = false) {
        text_add(out, first ? "" : "+");
        if (!add_name(kind, piece, length, out)) {
            text_add_n(out, piece, length);
        }
    }
}

static void add_titles(const struct written_kind *kind, const char *value, struct text *out)
{
    const char *piece;
    size_t length;
    for (bool first = true; piece_next(&value, &piece, &length); first = false) {
        text_add(out, first ? "" : kind->english ? ", " : "、");
        if (!add_title(kind, piece, length, out)) {
            text_add_n(out, piece, length);
        }
    }
}

/* ---- yes and no ---- */

static const char *const yes_words[] = {"yes", "y", "是", "有", "1", "√", "✓"};
static const char *const no_words[] = {"no", "n", "否", "无", "0", "×", "✗"};

static bool among(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *yesno_of(const char *typed)
{
    return among(typed, yes_words, sizeof yes_words / sizeof *yes_words) ? "yes"
           : among(typed, no_words, sizeof no_words / sizeof *no_words)  ? "no"
                                                                         : typed;
}

/* ---- numbers ---- */

/* Digits and signs that an input method left full-width as the half-width ones; thousands without
 * their commas. */
static void add_half(const char *typed, bool number, struct text *out)
{
    for (size_t i = 0; typed[i];) {
        const unsigned char *at = (const unsigned char *)typed + i;
        bool full = at[0] == 0xef && (at[1] == 0xbc || at[1] == 0xbd);
        char half = full ? (char)(at[1] == 0xbc ? at[2] - 0x60 : at[2] - 0x20) : typed[i];
        if (!(number && (half == ',' || half == ' '))) {
            text_add_n(out, &half, 1);
        }
        i += full ? 3 : 1;
    }
}

/* ---- points ---- */

/* A line each; lines that are empty are no points. */
static void add_points(const char *typed, struct text *out)
{
    for (bool first = true; *typed;) {
        size_t length = strcspn(typed, "\n");
        if (length > 0) {
            text_add(out, first ? "" : "|");
            text_add_n(out, typed, length);
            first = false;
        }
        typed += length + (typed[length] == '\n');
    }
}

static void add_lines(const char *value, struct text *out)
{
    for (; *value; value++) {
        text_add_n(out, *value == '|' ? "\n" : value, 1);
    }
}

/* ---- dates ---- */

static void add_date(const struct written_kind *kind, const char *typed, struct text *out)
{
    char buffer[DAY_TEXT];
    int64_t moment;
    int32_t day;
    bool time = kind->type == FORM_TIME;
    if (time && moment_parse(typed, strlen(typed), &moment)) {
        text_add(out, typed);
    } else if (datepick_day(typed, kind->today, kind->days, &day)) {
        text_add(out, day_format(day, buffer));
    } else {
        text_add(out, typed);
    }
}

/* ---- the two ways ---- */

void written_value(const struct written_kind *kind, const char *typed, struct text *out)
{
    struct text half = {0};
    switch (kind->type) {
    case FORM_NUMBER:
    case FORM_MONEY:
        add_half(typed, true, out);
        break;
    case FORM_DATE:
    case FORM_TIME:
        add_half(typed, false, &half);
        add_date(kind, text_bytes(&half), out);
        break;
    case FORM_YESNO:
        text_add(out, yesno_of(typed));
        break;
    case FORM_CHOICE:
    case FORM_ROLE:
        if (!add_name(kind, typed, strlen(typed), out)) {
            text_add(out, typed);
        }
        break;
    case FORM_CHOICES:
        add_names(kind, typed, out);
        break;
    case FORM_PAPER:
        if (strcmp(yesno_of(typed), "yes") == 0) {
            text_add(out, "yes");
        } else {
            add_names(kind, typed, out);
        }
        break;
    case FORM_POINTS:
    case FORM_ANSWERS:
        add_points(typed, out);
        break;
    default:
        text_add(out, typed);
    }
    text_free(&half);
}

void written_said(const struct written_kind *kind, const char *value, struct text *out)
{
    bool yes = strcmp(value, "yes") == 0, no = strcmp(value, "no") == 0;
    switch (kind->type) {
    case FORM_YESNO:
        text_add(out, yes ? _("yes") : no ? _("no") : value);
        break;
    case FORM_CHOICE:
    case FORM_ROLE:
        if (!add_title(kind, value, strlen(value), out)) {
            text_add(out, value);
        }
        break;
    case FORM_CHOICES:
        add_titles(kind, value, out);
        break;
    case FORM_PAPER:
        if (yes) {
            text_add(out, _("yes"));
        } else {
            add_titles(kind, value, out);
        }
        break;
    case FORM_POINTS:
    case FORM_ANSWERS:
        add_lines(value, out);
        break;
    default:
        text_add(out, value);
    }
}
