/*
 * play.h: a case played in memory, for tests: a policy in a string, acts by name, what came of them
 * as text.
 */
#ifndef YUNTAI_TEST_PLAY_H
#define YUNTAI_TEST_PLAY_H

#include "core/offer.h"
#include "core/readings.h"

struct play;

/* Compiles POLICY; fails the test, printing the findings, where it is wrong. The calendar is the
 * one delivered, as it was known on each day. */
struct play *play_new(const char *policy);
void play_free(struct play *play);

/* Opens a case of PROCEDURE on WHEN ("2019-09-27" or with a time), by ROLE as the person of that
 * name. FACTS: lines NAME=VALUE, "" none. Fails the test if refused. */
void play_open(struct play *play, const char *when, const char *procedure, const char *role,
               const char *facts);
/* EVENT as ROLE or ROLE/PERSON, must be done. Time passes first: the desk acts on what has run out.
 */
void play_act(struct play *play, const char *when, const char *event, const char *by,
              const char *facts);
/* The same with a written reason. */
void play_act_because(struct play *play, const char *when, const char *event, const char *by,
                      const char *facts, const char *reason);
/* Must be refused; the reasons, one a line "rule NAME" | "field NAME" | "state" | "when" | "role" |
 * "date" and the article, e.g. "rule reviewer_apart 12\n". Valid until the next call. */
const char *play_refused(struct play *play, const char *when, const char *event, const char *by,
                         const char *facts);
/* As if RECORDED on another day than it took effect; "" or the reasons. */
const char *play_backdated(struct play *play, const char *when, const char *recorded,
                           const char *event, const char *by, const char *reason);
/* Restates act NUMBER: new day (NULL: the same) and facts (NULL: the same); WHEN recorded. "" or
 * "act N\n" that breaks. */
const char *play_correct(struct play *play, int number, const char *when, const char *day,
                         const char *facts);
const char *play_annul(struct play *play, int number, const char *when);
/* Explains (waives, takes back the waiver of) the worst card of run ROUND of CLOCK: WHAT is
 * explain, waive or back. "" or the reasons, as of play_refused(). */
const char *play_mark(struct play *play, const char *when, const char *what, const char *by,
                      const char *clock, int round);
/* The marks of that run: "explained 4 red, waived 6 red"; "" none. */
const char *play_marks(struct play *play, const char *clock, int round);
/* Lets time pass to WHEN, the desk acting meanwhile. */
void play_look(struct play *play, const char *when);

const char *play_state(const struct play *play); /* name of the state */
const char *play_with(const struct play *play);  /* role name, "desk", "-" */
/* "running 2019-10-10", "held 3", "waiting", "met", "late", "dropped", "none"; hours with the time;
 * ≈ before a provisional date. */
const char *play_clock(struct play *play, const char *clock);
const char *play_card(struct play *play, const char *clock); /* none blue yellow red double */
const char *play_cards(
    struct play *play,
    const char *clock); /* the cards it had: "yellow 2019-10-09, red 2019-10-11" */
int play_round(struct play *play, const char *clock);
const char *play_least(struct play *play, const char *clock);
/* Events so far by the desk: "accept 2019-09-20\n…". */
const char *play_desk(struct play *play);
/* "strict..lenient" of a clock, "" where nothing moves it. */
const char *play_readings(struct play *play, const char *clock);
struct fold *play_fold(struct play *play);
const struct policy *play_policy(const struct play *play);
const struct calendar *play_calendar(const struct play *play);

#endif
