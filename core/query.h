/*
 * query.h: the language in which cases are looked for; one line a clerk can guess.
 *
 *   due<=3wd state:审核,签发 org:公安 县区 -paused "两个 词" sort:-opened
 *
 * Terms are parted by blanks and all must hold; a leading - turns one round. A term is
 *
 *   FIELD:VALUE[,VALUE ...]   one of the values; = is as good as :
 *   FIELD<DATE                also <= > >=, of the fields that are dates: due, opened, changed
 *   WORD                      paused, late, soon, mine, open, closed, provisional
 *   sort:FIELD, sort:-FIELD   the order of the list
 *   TEXT[,TEXT ...]           anything else is searched for as text
 *
 * A DATE is 2026-12-01 (2026/12/1, 2026年12月1日), today, tomorrow, yesterday, or so far from
 * today: 3wd (working days), 7d, 2w, 1mo, those before today with -. What stands in "…" or “…” is
 * taken as it is: blanks, commas, words and fields mean nothing there; \" is a quote and \\ a
 * backslash. Names are also known in Chinese (状态：审核 到期≤3个工作日 -暂停), signs also in full
 * width.
 *
 * Parsing knows no policy: what a state or an organisation is called is for the reader to say.
 */
#ifndef YUNTAI_CORE_QUERY_H
#define YUNTAI_CORE_QUERY_H

#include "core/arena.h"
#include "core/message.h"

enum { QUERY_BYTES_MOST = 4096, QUERY_TERMS_MOST = 64, QUERY_VALUES_MOST = 32 };

enum query_field {
    QUERY_TEXT,
    /* with values */
    QUERY_STATE,
    QUERY_PROCEDURE,
    QUERY_ORG,
    QUERY_SYSTEM,
    QUERY_COUNTY,
    QUERY_VENDOR,
    QUERY_HANDLER,
    QUERY_WITH,  /* the role whose turn it is */
    QUERY_CLOCK, /* one that runs or is held */
    QUERY_CARD,
    QUERY_NUMBER,
    QUERY_ARTICLE, /* on which a clock rests that runs or is held */
    QUERY_DUTY,    /* NAME or NAME/YYYY-MM: the month in which it falls due */
    /* with dates */
    QUERY_DUE,
    QUERY_OPENED,
    QUERY_CHANGED,
    QUERY_SORT,
    /* words of their own */
    QUERY_MINE,
    QUERY_LATE,
    QUERY_SOON,
    QUERY_PAUSED,
    QUERY_OPEN,
    QUERY_CLOSED,
    QUERY_PROVISIONAL,
    QUERY_WAIVED,
    QUERY_EXPLAINED,
    QUERY_FIELDS
};

enum query_kind { QUERY_IS_TEXT, QUERY_IS_VALUE, QUERY_IS_DATE, QUERY_IS_SORT, QUERY_IS_WORD };

enum query_compare { QUERY_EQUAL, QUERY_BEFORE, QUERY_UNTIL, QUERY_AFTER, QUERY_SINCE };

enum query_unit {
    QUERY_ON,       /* that day */
    QUERY_DAYS,     /* so many days from today: 0 is today; weeks are days here */
    QUERY_WORKDAYS, /* so many working days from today */
    QUERY_MONTHS
};

struct query_date {
    enum query_unit unit;
    int32_t number; /* before today where it is negative; of QUERY_ON the day, see day.h */
};

struct query_term {
    enum query_field field;
    enum query_compare compare; /* QUERY_EQUAL but for dates */
    bool negated;
    bool backwards;                 /* of QUERY_SORT */
    enum query_field sort;          /* of QUERY_SORT: by what */
    const char *const *values;      /* as typed, without quotes; any of them; 0 of a word */
    const struct query_date *dates; /* of a date, one a value; NULL of others */
    int32_t count;
    int32_t column, length; /* in characters, the column from 1; with the - */
};

struct query {
    const struct query_term *terms; /* in the order typed */
    int32_t count;
};

struct query_fault {
    struct message message; /* names the column; MESSAGE_NONE: memory was short */
    int32_t column, length; /* in characters, the column from 1; 0 of the whole */
};

/*
 * Parses LENGTH bytes of TEXT, which need not end in NUL and need not outlive the query; an empty
 * one has no terms. All is made in ARENA. False where it is no query: FAULT then says the first
 * thing that is wrong.
 */
bool query_parse(const char *text, size_t length, struct arena *arena, struct query *query,
                 struct query_fault *fault);

/*
 * "2026-12-01", "2026年12月1日", "today", "今天", "-3wd", "3个工作日", "2mo", in LENGTH bytes.
 * False where it is none of these, or further away than 9999.
 */
bool query_date_parse(const char *text, size_t length, struct query_date *date);

/* The names of a field or word, WHICH from 0, the usual one first; NULL where there are no more,
 * and of QUERY_TEXT. */
enum { QUERY_NAMES = 4 };
const char *query_name(enum query_field field, int which);    /* English */
const char *query_name_zh(enum query_field field, int which); /* Chinese */
enum query_kind query_kind(enum query_field field);
bool query_sorts(enum query_field field); /* may stand behind sort: */

enum query_place {
    QUERY_AT_NAME,  /* a field, a word of its own, or text */
    QUERY_AT_VALUE, /* a value, date or sort of FIELD */
    QUERY_AT_TEXT   /* text in quotes, or behind something that is no field: nothing to offer */
};

struct query_spot {
    enum query_place place;
    enum query_field field; /* of QUERY_AT_VALUE; else QUERY_TEXT */
    const char *prefix;     /* in the text: what was typed of the name up to COLUMN, without the
                               quote that opened it */
    size_t length;          /* of the prefix, in bytes */
    int32_t from, to;       /* columns of the whole name, its quotes included: what a completion
                               replaces is [from, to) */
};

/* What kind of name stands at COLUMN, where the cursor is: before the character of that number,
 * at the end where there is none. For any text, right or wrong. */
struct query_spot query_at(const char *text, size_t length, int32_t column);

#endif
