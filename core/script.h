/*
 * script.h: the language in which acts are written down one a line, to be rehearsed or tested.
 *
 *   answer QUESTION OPTION                                before the first act
 *   DATE[ TIME] open PROCEDURE [by=ROLE[/PERSON]] [name=value ...]
 *   DATE[ TIME] EVENT [by=ROLE[/PERSON]] [name=value ...]
 *   DATE[ TIME] edit [name=value ...]                     the application is changed
 *   DATE[ TIME] correct N [on=DATE[ TIME]] [name=value ...]   act N of the case (1: its opening) is
 * restated DATE[ TIME] annul N                                   act N of the case is taken back
 *   DATE[ TIME] explain CLOCK [by=ROLE[/PERSON]] reason=TEXT  the card of the clock is explained
 *   DATE[ TIME] waive CLOCK … , take_back CLOCK …             it is waived; the waiver is taken
 * back DATE[ TIME] ?                                         just look
 *
 * A word that begins with # and all behind it is a comment. A value with blanks stands in "...", in
 * which \" is a quote and \\ a backslash; on= and recorded= with a time are such values. Names:
 *
 *   case=NAME  recorded=DATE[ TIME]  owner=ROLE  payer=ROLE  due=DATE[ TIME]  reason=TEXT
 *   item=CODE:QUANTITY[,COLUMN=VALUE ...]   a line of the resource list; may stand several times
 *   CODE.COLUMN=VALUE                       one column of such a line
 *
 * Every other name is an entry or a fact; what it means is for the reader of the script to say, who
 * knows the policy. Parsing knows none: it looks at form alone. Bounded: a line has at most
 * SCRIPT_LINE_MOST bytes and SCRIPT_WORDS_MOST words.
 */
#ifndef YUNTAI_CORE_SCRIPT_H
#define YUNTAI_CORE_SCRIPT_H

#include "core/compile.h"

enum { SCRIPT_LINE_MOST = 65536, SCRIPT_WORDS_MOST = 4096, SCRIPT_FINDINGS_MOST = 100 };

enum script_kind {
    SCRIPT_ANSWER,
    SCRIPT_OPEN,
    SCRIPT_EVENT, /* also edit */
    SCRIPT_CORRECT,
    SCRIPT_ANNUL,
    SCRIPT_REMEDY, /* explain, waive, take_back */
    SCRIPT_LOOK
};

struct script_entry {
    const char *name;  /* as written; of item= item.CODE.quantity and item.CODE.COLUMN */
    const char *value; /* quotes and backslashes resolved */
    bool is_item;      /* NAME is item.CODE.COLUMN, from item= */
    struct place place;
};

/* A line of the script. Texts are NULL, moments MOMENT_NONE where the line does not say them. */
struct script_line {
    enum script_kind kind;
    struct place place; /* of its first word */
    int64_t moment;     /* 00:00 where it names no time */
    bool timed;         /* it names a time */
    const char *name;   /* procedure, event, question; "?" */
    struct place name_place;
    const char *option; /* of an answer; of a remedy the clock */
    struct place option_place;
    int32_t act; /* of correct and annul: from 1 */
    int64_t on;  /* of correct */
    bool on_timed;
    const char *role, *person; /* by=; PERSON NULL where only a role is named */
    struct place role_place;
    const char *case_name;
    int64_t recorded;
    bool recorded_timed;
    const char *owner, *payer;
    struct place owner_place, payer_place;
    const char *due; /* a day or a moment, as written */
    const char *reason;
    const struct script_entry *entries;
    int32_t entry_count;
};

struct script;

/*
 * Parses LENGTH bytes of TEXT, which need not end in NUL. What is wrong goes to FINDINGS, with line
 * and column (in characters); the lines that are right are there all the same. NULL only without
 * memory. The script owns copies of all texts.
 */
struct script *script_parse(const char *text, size_t length, struct findings *findings);
void script_free(struct script *script);

size_t script_count(const struct script *script);
const struct script_line *script_at(const struct script *script,
                                    size_t index); /* in the order written */

#endif
