/*
 * template.h: the printed letters of a desk, as texts that a civil servant can change.
 *
 * A template is parsed once and filled as often as one likes, as plain text or as a page to print.
 * It knows nothing of cases: values and lists come from a template_source. The language is
 * explained in README.md beside this file.
 */
#ifndef YUNTAI_DATA_LETTER_TEMPLATE_H
#define YUNTAI_DATA_LETTER_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"
#include "data/error.h"

enum {
    TEMPLATE_BYTES = 64 * 1024, /* longest template */
    TEMPLATE_DEPTH = 8,         /* blocks within blocks */
    TEMPLATE_NAME = 96,         /* longest name in braces */
    TEMPLATE_STEPS = 1000000,   /* pieces one filling may put */
    TEMPLATE_OUT = 4 * 1024 * 1024
};

enum template_setting {
    SETTING_TITLE,     /* of the letter */
    SETTING_SERIES,    /* pattern of its number: 郑数受〔{year}〕{seq}号 */
    SETTING_PROCEDURE, /* names, comma between */
    SETTING_WHEN,      /* PROCEDURE.EVENT, comma between: it may be written once one was done */
    SETTING_BY,        /* roles that may write it */
    SETTING_BUREAU,    /* who signs, where it is not the writer's organisation */
    SETTINGS
};

struct template;

/* FILE is what errors call it. NULL with ERROR: `FILE:LINE: what is wrong`. Bytes are copied. */
struct template *template_parse(const char *file, const char *bytes, size_t length,
                                struct error *error);
void template_free(struct template *letter);
/* NULL where the template does not say. */
const char *template_setting(const struct template *letter, enum template_setting setting);

/* Where values come from. Texts are borrowed until the filling is over. */
struct template_source {
    const char *(*value)(void *self, const char *name); /* NULL: unknown */
    /* Rows of a list ("items", "points lacking"); 0 where there is no such list. */
    size_t (*rows)(void *self, const char *list);
    /* NULL: the list has no such column, the name is then looked for outside of it. "": empty. */
    const char *(*cell)(void *self, const char *list, size_t row, const char *column);
    void *self;
};

enum template_form { TEMPLATE_TEXT, TEMPLATE_HTML };

/* Appends the filled letter to OUT. Returns how many values were unknown and left as a blank to be
 * filled in by hand; -1 with ERROR (too long, or no memory). */
int template_fill(const struct template *letter, const struct template_source *source,
                  enum template_form form, struct text *out, struct error *error);

/* ---- Chinese figures ---- */

/* 42: 四十二, as ordinals in letters have it; 0 to 9999, others as figures. */
void template_chinese(int number, struct text *out);
/* 2026年11月24日; DAY of core/day.h. Nothing for DAY_NONE. */
void template_date(int32_t day, struct text *out);

/* ---- its inside, for template.c and template_fill.c ---- */

enum line_kind {               /* how a line is set */
                 LINE_BODY,    /* paragraph, indented */
                 LINE_FLUSH,   /* "- ": whom it goes to: no indent */
                 LINE_TITLE,   /* "# " */
                 LINE_HEADING, /* "## " */
                 LINE_CENTRE,  /* "= ": the number */
                 LINE_SIGN,    /* "> ": signature and date, room for the seal */
                 LINE_ROW,     /* "| a | b |": row of a table */
                 LINE_BLANK
};
enum node_kind {
    NODE_LINE,   /* a line of LINE begins */
    NODE_END,    /* and ends */
    NODE_TEXT,   /* bytes */
    NODE_CELL,   /* next column of a row */
    NODE_VALUE,  /* of NAME */
    NODE_REPEAT, /* over the list NAME, up to the node OTHER */
    NODE_KNOWN,  /* only if NAME is known */
    NODE_UNKNOWN,
    NODE_CLOSE /* OTHER: where it was opened */
};
struct node {
    enum node_kind kind;
    enum line_kind line;
    const char *text; /* or name */
    size_t length, other;
};
struct template
{
    struct arena *arena;
    const char *settings[SETTINGS];
    struct node *nodes;
    size_t count;
};

#endif
