/*
 * rehearse.h: what the files that print a rehearsal share. Not for others: see rehearsal.h.
 */
#ifndef YUNTAI_TUI_COMMAND_REHEARSE_H
#define YUNTAI_TUI_COMMAND_REHEARSE_H

#include <stdio.h>

#include "tui/command/rehearsal.h"

enum print_form { PRINT_TABLE, PRINT_JSON, PRINT_CSV };

/* How the runs of a case were last shown: an ended run is shown once. */
struct shown {
    enum run_state *states; /* by clock of the procedure */
    int32_t *rounds;
    int *marks; /* how the worst card is marked */
};

struct printer {
    FILE *out;
    enum print_form form;
    bool english; /* titles in English */
    bool explain;
    struct text line;      /* in the making */
    const char *case_name; /* of the last outcome, table alone */
    struct shown *shown;   /* by index of the case */
    size_t shown_count;
    bool failed; /* memory was short, or writing failed */
};

void printer_free(struct printer *printer);

/* The three forms, as rehearsal->tell; SELF is the printer. */
void print_table(void *self, struct rehearsal *rehearsal, const struct outcome *outcome);
void print_json(void *self, struct rehearsal *rehearsal, const struct outcome *outcome);
void print_csv(void *self, struct rehearsal *rehearsal, const struct outcome *outcome);
void print_csv_head(struct printer *printer);
/* The measures and the answers that differ from those the file gives: the head of the table. */
void print_measures(struct printer *printer, const struct policy *policy);

/* ---- words ---- */

const char *title_of(const struct printer *printer, const struct title *title);
/* Does the title say what the name does? "To be issued" is to_be_issued. */
bool same_as_name(const char *title, const char *name);
/* "受理 accept"; the title alone where it is the name. */
void add_title(const struct printer *printer, struct text *out, const struct title *title);
/* "第十一条、行政许可法第三十二条"; "Article 11, ...". */
void add_cites(const struct printer *printer, struct text *out, const struct policy *policy,
               struct cites cites);
/* A reason as a sentence, without its article. SUBJECT: what is done, where it speaks of no field.
 */
void add_reason(const struct printer *printer, struct text *out, const struct policy *policy,
                const struct reason *reason, const char *subject);
const char *subject_of(const struct printer *printer, const struct outcome *outcome);
/* Whom the case is with; "-" where nobody. */
const char *holder_word(const struct printer *printer, const struct casefile *file);
/* Names, for machines. */
const char *run_name(enum run_state state);
const char *card_name(enum card card); /* NULL for none */
/* The same in the language chosen, with a glyph. */
const char *run_word(enum run_state state);
const char *card_word(enum card card);
/* Runs that were ever started and mean something. */
bool run_counts(const struct run *run);
void add_when(struct text *out, int64_t moment, bool timed);
void add_dated(struct text *out, int64_t moment, bool timed); /* with the weekday */
/* Writes what PRINTER->line holds and empties it. */
void print_out(struct printer *printer);

/* rehearse_look.c: what may be done next, and what may not and why. */
void print_next(struct printer *printer, struct rehearsal *rehearsal,
                const struct outcome *outcome);
/* Who has signed the event of OUTCOME and who has still to. */
void add_signatures(const struct printer *printer, struct text *out, struct rehearsal *rehearsal,
                    const struct outcome *outcome);

#endif
