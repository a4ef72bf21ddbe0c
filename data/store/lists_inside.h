/*
 * lists_inside.h: a filter as SQL, for the files of the lists alone.
 *
 * Every text is a constant; what was asked is bound, or an integer. The case is c; where clocks are
 * listed, the clock is k, and what is asked of a last day, a card or a hold is asked of it.
 */
#ifndef YUNTAI_DATA_STORE_LISTS_INSIDE_H
#define YUNTAI_DATA_STORE_LISTS_INSIDE_H

#include "data/store/lists.h"

enum { LIST_BINDS_MOST = 60 };

/* What is bound to $N: a text (owned), or a number where there is none. */
struct bound {
    char *text;
    int64_t number;
};

struct making {
    struct store *store;
    struct error *error;
    struct text sql;
    struct bound binds[LIST_BINDS_MOST];
    int bind_count;
    bool clocks; /* clocks are listed, not cases */
    bool failed;
    bool few;  /* the index of words has the cases: it is faster than any order */
    bool many; /* some word has too many hits to be looked up there */
};

/* Which of the open and the closed cases are asked for. */
struct halves {
    bool open, closed;
};

/* Adds an integer; $N for a text; $N for an integer that differs each time (the text of the query
 * is then the same). */
void making_id(struct making *making, int64_t id);
void making_bind(struct making *making, const char *text, size_t length);
void making_bind_int(struct making *making, int64_t number);

/* What COLUMN is called. */
const char *making_column(const struct making *making, enum list_column column);
struct halves making_halves(const struct list_filter *filter);
/* The card that clock K has at NOW (had when it ended), or a worse one, is marked in COLUMN
 * (waived, explained). */
void making_covered(struct making *making, const char *k, const char *column, int64_t now);
/* " AND …", nothing bound: the cases that SIGHT lets be seen. Appended. */
void sight_where(const struct sight *sight, struct text *sql);
/* The tests of FILTER, each " AND …". */
void making_tests(struct making *making, const struct list_filter *filter);
/* FROM … WHERE … of the tallies (as c) of what FILTER asks for, as far as they know about it:
 * see list_tallied(). */
void making_tallies(struct making *making, const struct list_filter *filter);
/* "casefile AS c", and of clocks those that are running or held. */
const char *making_from(const struct making *making);
/* FROM … WHERE … of all that is asked for, in no order. */
void making_all(struct making *making, const struct list_filter *filter);
/* NULL with ERROR; the first row is not yet taken. */
struct statement *making_start(struct making *making);
void making_drop(struct making *making);

#endif
