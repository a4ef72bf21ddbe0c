/*
 * reckon.h: how a last day is counted (POLICY guide, section 7, rules 7 to 12), and the trace
 * that explains it. The only place where a date is computed; lists, cards, letters and the
 * `date` command all come here.
 */
#ifndef YUNTAI_CORE_RECKON_H
#define YUNTAI_CORE_RECKON_H

#include "core/calendar.h"
#include "core/day.h"

enum unit { UNIT_WD, UNIT_D, UNIT_MO, UNIT_H };
enum roll { ROLL_NEXT, ROLL_PREV, ROLL_NONE };
enum backward { BACKWARD_MIRROR, BACKWARD_CLEAR };
enum reckon_way {
    RECKON_AFTER,  /* so much after the anchor */
    RECKON_BEFORE, /* so much before it: never rolled, never held */
    RECKON_DAY     /* the anchor's day itself, a written day */
};

struct period {
    int64_t n;
    enum unit unit;
};

enum adjust_kind {
    ADJUST_HOLD, /* stood still from FROM to TO */
    ADJUST_BY,   /* extended by PERIOD, from FROM on */
    ADJUST_TO    /* DAY put in its place */
};
/* What moved a last day after it was first counted, in the order it happened. */
struct adjust {
    enum adjust_kind kind;
    int64_t from, to;     /* moments; TO only of a hold; a hold still on has TO = MOMENT_NONE */
    struct period period; /* ADJUST_BY */
    int32_t day;          /* ADJUST_TO */
};

struct reckon {
    enum reckon_way way;
    struct period length; /* n >= 0; not read for RECKON_DAY */
    int64_t anchor;       /* moment; its day is not counted */
    enum roll roll;       /* for a last day counted in d or mo, or written */
    enum backward backward;
    int32_t closes; /* seconds of the day at which a last day ends, 1..86400 */
    const struct adjust *adjust;
    size_t adjusts;
};

struct due {
    int64_t at;       /* the last good moment (inclusive); MOMENT_NONE where there is no such day */
    int32_t day;      /* the day it lies in */
    int32_t unrolled; /* before rolling: what an extension counts on from */
    int64_t over;     /* first moment at which time alone makes it late: 00:00 of the day after; a
                         second after AT for hours */
    bool hours;       /* counted in hours: AT is to the minute */
    bool provisional; /* rests on a day no published notice settles */
};

enum step_kind {
    STEP_ANCHOR,   /* DAY is where counting starts, not counted */
    STEP_COUNTED,  /* DAY is number N */
    STEP_RESTS,    /* not counted: REASON says weekend or which holiday, which notice */
    STEP_HELD,     /* not counted: stood still */
    STEP_JUMP,     /* N days, months, hours on (or back): DAY reached (units d, mo, h) */
    STEP_HOLD,     /* held from DAY to DAY2; moved by N (days, or minutes for h) */
    STEP_EXTENDED, /* by PERIOD to DAY */
    STEP_REPLACED, /* DAY put in its place */
    STEP_ROLLED,   /* DAY rests (REASON); goes to DAY2 */
    STEP_KEPT,     /* DAY lies before a hold's end; goes to DAY2 (nothing that was left is lost) */
    STEP_CLEAR,    /* clear days: one working day earlier, DAY2 */
    STEP_DUE       /* the last day is DAY */
};
struct step {
    enum step_kind kind;
    int32_t day, day2;
    int64_t moment; /* of STEP_ANCHOR and STEP_DUE, for hours */
    int64_t n;
    struct period period;
    struct day_reason reason;
};
struct trace {
    struct step *steps;
    size_t count, capacity;
    bool failed; /* memory was short: steps are missing */
};
void trace_free(struct trace *trace);

/*
 * Counts. TRACE may be NULL (then it takes O(1) time per adjustment); else its steps are appended.
 * Rule 8, held days: those after the day the hold began up to and including the one it ended are
 * not counted; a hold that began after the last day moves nothing; one that began on or before it
 * never leaves a last day earlier than the day of its end (if that rests, the next worked day).
 * A hold still on is not applied (the clock has no last day while held).
 */
void reckon_due(const struct revision *revision, const struct reckon *reckon, struct due *due,
                struct trace *trace);

/* When a card of PERIOD before DUE begins (rule 17: "no more than so much is left"). */
int64_t reckon_left(const struct revision *revision, const struct due *due, struct period period);
/* When a card of PERIOD after DUE begins ("so long overdue": 5wd is the fifth working day after).
 */
int64_t reckon_past(const struct revision *revision, const struct due *due, struct period period);
/* Rule 14: the moment the desk acts on it: 00:00 of the first working day after; for hours
 * DUE->over. */
int64_t reckon_expiry(const struct revision *revision, const struct due *due);
/* Left at NOW: working days in (today, last day], negative when past; for hours, minutes rounded
 * down. */
int64_t reckon_remaining(const struct revision *revision, const struct due *due, int64_t now);
/* DAY plus or minus a period (wd, d, mo; h counts as moments do); for conditions like today - 3mo.
 */
int64_t reckon_shift(const struct revision *revision, int64_t moment, struct period period,
                     int sign);

#endif
