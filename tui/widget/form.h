/*
 * form.h: a form of the desk as it is being filled in: what is asked, what is typed, what is wrong.
 *
 * Made from a reply of the verb `form`. No rule stands here: what is wrong with an entry is what
 * the desk says of it (table `reasons` of a preview), but for what can be told from the field
 * alone: its type and its fixed range. What is typed stays as it was typed, right or wrong.
 */
#ifndef YUNTAI_TUI_WIDGET_FORM_H
#define YUNTAI_TUI_WIDGET_FORM_H

#include "data/desk.h"
#include "tui/widget/datepick.h"
#include "tui/widget/edit.h"
#include "tui/widget/items.h"
#include "tui/widget/written.h"

enum form_mode {
    FORM_OPENS,  /* a new case: all that is typed is sent */
    FORM_ACTS,   /* an event: its own fields, and what of the application was changed */
    FORM_CHANGES /* an edit or a correction: what was changed */
};

struct form_field {
    const char *name;  /* of the entry; of what is filed along with it, the pair of the request */
    const char *title; /* in both languages, like all that people read here */
    const char *section;
    enum form_type type;
    bool filing; /* a pair of the request, no entry: date, reason, for, paper_no … */
    bool optional, is_private;
    bool application; /* of the application, not of the event that is done */
    bool asked;       /* as the entries now are; else it is not shown */
    const char *unit, *low, *high, *labels, *sounds, *standard, *hint, *article, *points;
    const char *base; /* what stood in it when the form was made, as the desk has it; "" nothing */
    struct edit edit; /* what is typed, as people write it */
    struct text kept; /* what a draft holds of it */
    bool left;        /* it was left once: it may be called wrong */
    bool wrong;
    bool ruled;                /* by a rule of the whole, which may give way to a reason */
    struct text complaint;     /* the sentence, in the language of the form */
    const char *wrong_article; /* what it rests on, "13, 14"; "" nothing */
};
struct form_section {
    const char *title;
    int first, count, filled, asked,
        wrong; /* COUNT: fields that are shown; ASKED: that must be filled */
};

enum { FORM_SECTIONS_MOST = 16 };
#define FORM_CAPACITY "capacity" /* the field: as what one acts */

struct form {
    struct parcel about; /* the reply it was made from */
    enum form_mode mode;
    bool english;
    int64_t now;                      /* local moment, for dates that are typed relative to it */
    const struct datepick_days *days; /* which days rest; borrowed, NULL unknown */
    struct form_field *fields;
    int count, at; /* AT: the field that has the keys */
    struct items items;
    int items_at;       /* the field that is the list; -1 none */
    bool whole;         /* it was judged as a whole once: what is missing is wrong too */
    bool reason_wanted; /* a rule gives way to a written reason */
    struct text said;   /* what is wrong with no field: why it cannot be done at all */
    struct text capacities, capacity; /* as what it may be done, "ROLE@LOGIN=title" a line; the
                                         usual one */
};

/* ABOUT is copied. NULL: no memory. FILING: with the fields of what is filed along with it. */
struct form *form_new(const struct parcel *about, enum form_mode mode, bool filing, int64_t now,
                      bool english);
void form_free(struct form *form);

/* ---- fields ---- */
int form_find(const struct form *form, const char *name); /* -1 */
/* Is it shown: asked for, and no column of the list. */
bool form_shown(const struct form *form, int index);
/* Goes to the field INDEX; the one that had the keys is not left by it: see form_leave(). */
void form_go(struct form *form, int index);
/* The next shown field (BY 1, -1) after FROM; -1 at the end. */
int form_step(const struct form *form, int from, int by);
/* The next field after the current that is wrong, else that must be filled and is not, else the
 * current one if it is wrong; -1 none. */
int form_next_wrong(const struct form *form);
/* A title, of a field or a section, in the language of the form; appended. */
void form_title(const struct form *form, const char *title, struct text *out);
/* Sections in their order; how many. */
int form_sections(const struct form *form, struct form_section *out);
int form_section_at(const struct form *form, int index); /* which section the field is in */
/* As what it is done, where there is something to say: there is a choice, or it is done for who is
 * away. Appended. */
void form_acting_as(const struct form *form, struct text *out);
/* Of the fields that must be filled: how many are; how many fields are wrong. */
void form_counts(const struct form *form, int *filled, int *asked, int *wrong);
bool form_filled(const struct form *form, int index);

/* ---- what is typed ---- */
/* The entry as the desk takes it: names for choices, dates as 2019-09-27. What cannot be read is
 * given as typed. Appended. */
void form_value(const struct form *form, int index, struct text *out);
/* How an entry of the desk is written for people. Appended. */
void form_said(const struct form *form, int index, const char *value, struct text *out);
bool form_changed(const struct form *form, int index); /* differs from what stood in it */
/* Another value, as the desk has it. */
void form_put_value(struct form *form, int index, const char *value);
/* The field is left: what is typed is put into its usual form, and judged by itself. False: its
 * text cannot be right. */
bool form_leave(struct form *form, int index);
/* What differs from the draft, for the verb draft: "" nothing; appended. */
bool form_unkept(const struct form *form, int index);
void form_draft(const struct form *form, int index, struct text *out);
void form_kept(struct form *form, int index); /* the draft holds it now */
/* Takes a table `drafts`; how many fields it filled. */
int form_restore(struct form *form, const struct table *drafts);

/* ---- the desk ---- */
/* Puts entry.* and what is filed with it into a request. */
void form_put(const struct form *form, struct parcel *request);
/* What the desk says of the entries: a reply to `open` or `act` with preview, refused or not. ALL:
 * fields that were never left are judged too. How many fields are wrong. */
int form_judge(struct form *form, const struct parcel *reply, bool all);
/* What is asked for as the entries are: a reply to `form` with them. */
void form_ask(struct form *form, const struct parcel *reply);
/* The title and the summary of the articles CITES, one a line; appended. */
void form_articles(const struct form *form, const char *cites, struct text *out);

#endif
