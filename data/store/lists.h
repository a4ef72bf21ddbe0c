/*
 * lists.h: cases by what is asked of them, a page at a time, and how many there are.
 *
 * A filter is a list of tests that all must hold, over what a person may see. Pages are keyset
 * pages: each begins after the last row of the one before it, or ends before the first row of the
 * one after it, whatever was done in between.
 */
#ifndef YUNTAI_DATA_STORE_LISTS_H
#define YUNTAI_DATA_STORE_LISTS_H

#include "core/casefile.h"
#include "data/store/store.h"

struct sight { /* what somebody may see */
    bool all;
    int64_t org;
    bool own, below, sent; /* cases of ORG; of those under it; those ORG has part in */
};

enum list_column {
    LIST_STATE, /* texts. PROCEDURES: those it is meant in */
    LIST_PROCEDURE,
    LIST_WITH,
    LIST_CLOCK,    /* texts: one that runs or is held */
    LIST_STATE_IN, /* of which procedure, as "PROCEDURE.STATE": to be counted by alone */
    LIST_NUMBER,   /* texts: parts of it */
    LIST_ORG,      /* ids */
    LIST_COUNTY,
    LIST_VENDOR,
    LIST_OWNER,
    LIST_SYSTEM,
    LIST_SORT, /* from LOW up to but not HIGH */
    LIST_OPENED,
    LIST_CHANGED,
    LIST_CARD, /* ids: enum card, as of NOW */
    LIST_HELD, /* flags */
    LIST_CLOSED,
    LIST_PROVISIONAL,
    LIST_LATE,
    LIST_WAIVED, /* its card is waived, or explained */
    LIST_EXPLAINED,
    LIST_CASE, /* ids, ID_COUNT of them */
    LIST_TEXT  /* texts: words; ids: cases that are meant besides, by the sound of their title.
                  PROCEDURES: those whose name has the word */
};
struct list_test {
    enum list_column column;
    bool negated;
    const char *const *texts;
    const int64_t *ids;
    int32_t count;
    int32_t id_count;              /* LIST_TEXT: of the ids, COUNT being that of the texts */
    int64_t low, high;             /* INT64_MIN, INT64_MAX: open */
    const char *const *procedures; /* LIST_TEXT, LIST_STATE (NULL: any): by text, names in "a,b" */
};
enum list_order {
    LIST_BY_URGENCY,
    LIST_BY_OPENED,
    LIST_BY_CHANGED,
    LIST_BY_NUMBER,
    LIST_BY_ORG,
    LIST_BY_TITLE
};

struct list_filter {
    struct sight sight;
    const struct list_test *tests;
    int32_t count;
    enum list_order order;
    bool backwards;
    bool clocks; /* the clocks that run or are held, each as a row: that of its case, but for what
                    is said of a last day, cards and a hold */
    int64_t now;
    const char *place; /* of a row, see list_place(); NULL: an end of the list */
    bool upwards; /* the rows before PLACE, or the last ones; else those after it, or the first */
    int64_t limit;
};

struct list_ends { /* zeroed before; text_free() both */
    struct text first,
        last;       /* of the page's rows, as PLACE of its neighbours; empty: it has no row */
    bool more;      /* there are rows beyond the page, in the direction it was read */
    bool laborious; /* to count them all would take long: a word that very many titles have */
};
/* Rows in the order of the list, at most LIMIT, to ROWS; their texts to ARENA. How many; -1 with
 * ERROR. */
int64_t list_page(struct store *store, const struct list_filter *filter, struct arena *arena,
                  struct case_row *rows, struct list_ends *ends, struct error *error);
/* Appends where ROW stands, as PLACE of a page after or before it. */
void list_place(const struct list_filter *filter, const struct case_row *row, struct text *place);
/* Sums over the tallies tell how many there are, however many that is. */
bool list_tallied(const struct list_filter *filter);
/* How many there are, of those that PLACE leaves, counted to at most MOST. */
int64_t list_size(struct store *store, const struct list_filter *filter, int64_t most,
                  struct error *error);
struct list_counts {
    int64_t n, held, cards[5]; /* all; that stand still; by enum card */
    bool laborious;            /* nothing was counted: it would take long, see list_ends */
    bool more;                 /* these are the first only */
};
/* The same of all at once, of the first MOST where it is not the tallies that tell. */
int list_counts(struct store *store, const struct list_filter *filter, int64_t most,
                struct list_counts *out, struct error *error);
/* How many have which value in COLUMN, the most frequent first, of the first MOST cases; a value is
 * a text, or an id where the text is NULL. *MORE: there are more cases than that. */
int list_facets(struct store *store, const struct list_filter *filter, enum list_column column,
                int64_t most, int (*take)(void *self, const char *text, int64_t id, int64_t n),
                void *self, bool *more, struct error *error);
/* The open cases in whose titles, as they sound, the LETTERS stand in their order. TAKE returns 1:
 * that is enough. */
int list_sounds(struct store *store, const char *letters,
                int (*take)(void *self, int64_t id, const char *title), void *self,
                struct error *error);
struct source_row {     /* a case the desk opened by a rule */
    const char *source; /* KIND.NAME/ORG/SYSTEM/PERIOD/TIME */
    const char *state, *procedure;
    int64_t id, org, policy, due; /* DUE: of its first clock */
    bool closed, late;            /* LATE: some clock of it ended late */
    bool waived; /* of a card of it, and no clock of it is late, or ended so, without */
};
/* The cases whose source begins with KIND ("duty.") and that fall due between FROM and TO
 * (moments), as they are at NOW. */
int list_sources(struct store *store, const struct sight *sight, const char *kind, int64_t from,
                 int64_t to, int64_t now, int (*take)(void *self, const struct source_row *row),
                 void *self, struct error *error);
struct list_day {
    int64_t n, cards[5]; /* that fall due; of these by enum card at the filter's now */
};
/* What falls due on each of COUNT days from FROM on: DAYS, which are zeroed. */
int list_days(struct store *store, const struct list_filter *filter, int32_t from, int32_t count,
              struct list_day *days, struct error *error);
/* How many cases are open, known without counting. */
int list_open(struct store *store, int64_t *count, struct error *error);
/* Open cases of which a card of a clock that runs was explained or waived. */
int list_remedied(struct store *store, const struct sight *sight, struct arena *arena,
                  int (*take)(void *self, const struct case_row *row), void *self,
                  struct error *error);
struct tally_row {
    const char *procedure, *state;
    int32_t day; /* the last day; INT32_MAX - 1 held, INT32_MAX none runs */
    enum card card;
    int64_t owner, n;
};
/* Open cases by procedure, state, owner, last day and the card they show at NOW; in that order. */
int list_tally(struct store *store, const struct sight *sight, int64_t now,
               int (*take)(void *self, const struct tally_row *row), void *self,
               struct error *error);

#endif
