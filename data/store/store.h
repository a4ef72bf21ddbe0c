/*
 * store.h: the record: acts, their chain, and the tables kept beside them.
 *
 * SQL stands in data/store/ alone. Everything that changes something is called within work
 * (db_begin … db_commit). Moments of acts are local to the policy's offset (core/day.h); recorded
 * times are UTC seconds.
 */
#ifndef YUNTAI_DATA_STORE_STORE_H
#define YUNTAI_DATA_STORE_STORE_H

#include "core/arena.h"
#include "data/digest.h"
#include "data/store/db.h"

enum { STORE_FORM = 1, STORE_HASH = 32 };

struct store {
    struct db *db;
    struct digest *digest;
    char *directory; /* owned */
    int32_t node;    /* the home node of this workspace */
    int64_t behind;  /* seconds that the clock may be behind the last act; 300 */
};

/* Makes the tables in the empty DIRECTORY/desk.db; the node is called NAME. */
int store_make(const char *directory, const char *name, struct error *error);
int store_open(const char *directory, bool read_only, struct store **out, struct error *error);
void store_close(struct store *store);
/* A new id: node << 40 | counter. 0 with ERROR. */
int64_t store_id(struct store *store, struct error *error);

/* ---- acts ---- */

/* One act as it is stored. Texts are borrowed; NULL body: none, or struck out. */
struct record {
    int64_t case_id; /* the case, or the thing of a register */
    int32_t n;       /* from 1 */
    int32_t node;
    int64_t seq;
    int32_t form;
    const char *event;
    int64_t actor;
    const char *role;
    int64_t deputy_of, party_org; /* 0 none */
    int64_t effective;            /* local moment */
    int64_t recorded;             /* UTC seconds */
    int32_t corrects;             /* 0 none */
    int64_t policy;
    const char *facts;
    size_t facts_length;
    const char *body;
    size_t body_length;
    uint8_t body_hash[STORE_HASH], parent[STORE_HASH], prev[STORE_HASH], hash[STORE_HASH];
};
struct records { /* zeroed is empty; texts live in the arena */
    struct record *items;
    size_t count, capacity;
    struct arena *arena;
};
void records_free(struct records *records);
/* A copy of RECORD behind those that are there. -1 with ERROR. */
int records_keep(struct records *out, const struct record *record, struct error *error);

/*
 * Appends RECORD: of it case_id, n, event, actor, role, deputy_of, party_org, effective, recorded,
 * corrects, policy, facts, body and parent are given; node, seq, form, the hashes are filled in.
 * The chain's head moves. A recorded time before the head's is refused.
 */
int store_append(struct store *store, struct record *record, struct error *error);
/* All acts of a case, in their order; appended to OUT: what they say and their hashes, not
 * how they stand in the chain. */
int store_acts(struct store *store, int64_t case_id, struct records *out, struct error *error);
/* Goes through all acts in the order of the chain (BY_CASE: case by case) from SEQ (case id) on;
 * GO returns 0 to go on, 1 to stop, -1 with ERROR. RECORD lives until GO returns. */
int store_walk(struct store *store, bool by_case, int64_t from,
               int (*go)(void *self, const struct record *record, struct error *error), void *self,
               struct error *error);
/* A part of the chain: what stands above one place and below another, of one case or thing of a
 * register (0: of any), read in the order of the chain or against it. */
struct act_span {
    int64_t case_id, above, below;
    bool up;
};
/* Goes through SPAN; GO as of store_walk(). Costs what is gone through, however long the chain. */
int store_acts_in(struct store *store, const struct act_span *span,
                  int (*go)(void *self, const struct record *record, struct error *error),
                  void *self, struct error *error);
/* The place of the first act recorded at UTC (seconds) or later; where there is none that behind
 * the last. */
int store_seq_at(struct store *store, int64_t utc, int64_t *seq, struct error *error);
/* What the hash of RECORD is made of, its columns as they stand; its length, at most what
 * store_frame_most() says. */
size_t store_frame(const struct record *record, uint8_t *out);
size_t store_frame_most(const struct record *record);
/* False where memory is short. */
bool store_body_hash(struct store *store, const char *body, size_t length, uint8_t out[STORE_HASH]);
/* The body of an act struck out, the act itself stays. */
int store_redact(struct store *store, int64_t case_id, int32_t n, struct error *error);

struct chain_head {
    int64_t seq, recorded;
    uint8_t head[STORE_HASH];
};
/* The hash of the act at place SEQ: 1, 0 there is none, -1. */
int store_hash_at(struct store *store, int64_t seq, uint8_t out[STORE_HASH], struct error *error);
/* How many cases and documents there are. */
int store_count(struct store *store, int64_t *cases, int64_t *documents, struct error *error);
/* Entries of registers that have no act at all. -1 ERROR. */
int64_t store_orphan_things(struct store *store, struct error *error);
int store_head(struct store *store, struct chain_head *out, struct error *error);

/* ---- cases: the cache of the fold ---- */

struct case_row { /* texts owned by ARENA of whoever loaded it */
    int64_t id;
    const char *number; /* NULL: none yet */
    const char *procedure, *title, *title_py;
    int64_t org, county, vendor, owner, system, policy;
    const char *source; /* key of the duty, bill or score it comes from; NULL */
    const char *state, *with_role;
    bool closed;
    int32_t opened_on;
    int64_t changed_at;
    int32_t rev; /* number of its last act */
    uint8_t head[STORE_HASH];
    int64_t sort_at, due_at, blue_at, yellow_at, red_at, red2_at; /* MOMENT_NONE none */
    bool held;
    int64_t left; /* working days, hours: minutes; -1 none */
    bool provisional;
    int64_t wake_at; /* MOMENT_NONE */
    int32_t cal_rev, fold_rev;
    const char *clock; /* by which it stands in the queue; NULL */
    int64_t since;     /* when that one began; MOMENT_NONE */
    const char
        *reserved; /* of the platform: MEASURE=N a line, in millionths, by name; NULL nothing */
};
#define SORT_HELD (INT64_C(1) << 62) /* held clocks list after the running ones */
#define SORT_NONE (SORT_HELD + 1)    /* no clock runs */

/* 1 found, 0 not, -1 ERROR. Texts go to ARENA. Read within work, the case is nobody else's to
 * change until the work is done. */
int store_case(struct store *store, int64_t id, struct arena *arena, struct case_row *out,
               struct error *error);
int store_case_by_number(struct store *store, const char *number, struct arena *arena,
                         struct case_row *out, struct error *error);
int64_t store_case_by_seq(struct store *store, const char *series, int64_t year, int64_t seq,
                          struct error *error);
int64_t store_case_by_source(struct store *store, const char *source, struct error *error);
/* Inserts the row (OLD NULL) or replaces OLD by it; tallies follow. */
int store_case_put(struct store *store, const struct case_row *old, const struct case_row *row,
                   struct error *error);
/* What the text search finds a case by: what it is a case of, its number, its title. OLD: the title
 * it was found by until now, NULL none. */
int store_words(struct store *store, int64_t id, const char *procedure, const char *number,
                const char *old, const char *title, struct error *error);

struct clock_row {
    const char *clock;
    int32_t round, state; /* enum run_state */
    int64_t started, ended, due, blue, yellow, red, red2;
    int64_t left; /* held: what is left; -1 */
    bool provisional;
    int32_t explained, waived; /* the worst of its cards that was; enum card */
};
int store_clocks_put(struct store *store, int64_t case_id, const struct clock_row *rows,
                     size_t count, struct error *error);
/* All clocks of a case, if a card of one of them was explained or waived. TAKE returns 0 to go on.
 */
int store_marked(struct store *store, int64_t case_id,
                 int (*take)(void *self, const struct clock_row *row), void *self,
                 struct error *error);
/* Some clock of any case has such a card: 1, 0, -1. */
int store_any_marked(struct store *store, struct error *error);
/* How many tallies are not those of the open cases, and whether how many are open is not their sum.
 * -1 ERROR. */
int64_t store_tallies_wrong(struct store *store, struct error *error);
int store_link(struct store *store, int64_t a, int64_t b, struct error *error);
/* Case B was opened out of another: 1, 0, -1. */
int store_is_linked(struct store *store, int64_t b, struct error *error);
int store_party(struct store *store, int64_t case_id, int64_t org, int64_t since,
                struct error *error);
int store_is_party(struct store *store, int64_t case_id, int64_t org,
                   struct error *error); /* 1, 0, -1 */
/* ORG has part in some case about SYSTEM: 1, 0, -1 ERROR. */
int store_is_party_of_system(struct store *store, int64_t system, int64_t org, struct error *error);
int store_told(struct store *store, int64_t case_id, int32_t n, const char *role, int64_t org,
               int64_t at, struct error *error);
/* Ids, at most MOST, appended; -1 ERROR. SQL of the caller's module in store/, see lists.h. */
int64_t store_waking(struct store *store, int64_t now, int64_t *ids, int64_t most,
                     struct error *error);
/* The open cases of SYSTEM are to be looked at again at AT, if not before. */
int store_wake_system(struct store *store, int64_t system, int64_t at, struct error *error);

/* Cases linked with ID, or about SYSTEM (0: of ORG), of PROCEDURE ("" any), but not ID itself; at
 * most MOST ids. -1 ERROR. */
int64_t store_related(struct store *store, int64_t id, int64_t system, int64_t org,
                      const char *procedure, bool open_only, int64_t *ids, int64_t most,
                      struct error *error);
/* Open cases in the order of their ids, after AFTER. */
int64_t store_open_cases(struct store *store, int64_t after, int64_t *ids, int64_t most,
                         struct error *error);
/* Open cases of organisation ORG, or under it as their county, or with it as their vendor; after
 * AFTER, in the order of their ids. */
int64_t store_cases_of_org(struct store *store, int64_t org, int64_t after, int64_t *ids,
                           int64_t most, struct error *error);
/* Open cases that OWNER answers for; PROCEDURE and STATE "" any. */
int64_t store_cases_of_owner(struct store *store, int64_t owner, const char *procedure,
                             const char *state, int64_t after, int64_t *ids, int64_t most,
                             struct error *error);
/* TO has part in every case in which FROM has. */
int store_party_too(struct store *store, int64_t from, int64_t to, int64_t since,
                    struct error *error);
struct queue_place { /* in the queue of open cases, which may be gone through in slices */
    int64_t sort_at, id;
};
/* *END: the place of the MOSTth open case behind AFTER; of none, where there are fewer, INT64_MAX.
 */
int store_queue_end(struct store *store, const struct queue_place *after, int64_t most,
                    struct queue_place *end, struct error *error);
/* Open cases behind AFTER, up to END, whose cache was made under another revision of the calendar,
 * or of the engine. */
int64_t store_stale(struct store *store, const struct queue_place *after,
                    const struct queue_place *end, int32_t cal_rev, int32_t fold_rev, int64_t *ids,
                    int64_t most, struct error *error);
/* What open cases have reserved of MEASURE, without what a case has whose row says BUT. */
int store_reserved(struct store *store, const char *but, const char *measure, int64_t *micro,
                   struct error *error);
/* How many measures of which the cases have not what is said they have. -1 ERROR. */
int64_t store_reserves_wrong(struct store *store, struct error *error);

/* ---- documents, use, what was typed ---- */

struct document_row { /* texts borrowed */
    int64_t case_id;
    int32_t n; /* of the act it came with */
    uint8_t digest[STORE_HASH];
    const char *name, *field, *part;
    int64_t size, actor, at; /* AT: UTC seconds */
};
int store_document_put(struct store *store, const struct document_row *row, struct error *error);
/* Of a case (0: all), in the order in which they came. */
int store_documents(struct store *store, int64_t case_id,
                    int (*take)(void *self, const struct document_row *row, struct error *error),
                    void *self, struct error *error);
int store_documents_of(struct store *store, const uint8_t digest[STORE_HASH],
                       int (*take)(void *self, const struct document_row *row, struct error *error),
                       void *self, struct error *error);
/* Whether a document of that digest is named by some act: 1, 0, -1. */
int store_document_named(struct store *store, const uint8_t digest[STORE_HASH],
                         struct error *error);
/* The parts of FIELD that are there, "part|part", or "yes" for a field without parts; appended. */
int store_document_parts(struct store *store, int64_t case_id, const char *field, bool parts,
                         struct text *out, struct error *error);

int store_draft_put(struct store *store, int64_t person, const char *subject, const char *field,
                    const char *value, int64_t at, struct error *error); /* VALUE NULL: drops it */
int store_draft_drop(struct store *store, int64_t person, const char *subject, struct error *error);
int store_drafts(struct store *store, int64_t person, const char *subject, /* NULL: all */
                 int (*take)(void *self, const char *subject, const char *field, const char *value,
                             int64_t at),
                 void *self, struct error *error);
int store_presence(struct store *store, int64_t case_id, int64_t person, int64_t at,
                   struct error *error);
int store_present(struct store *store, int64_t case_id, int64_t since,
                  int (*take)(void *self, int64_t person, int64_t at), void *self,
                  struct error *error);

/* ---- checkpoints ---- */
int store_stamp_put(struct store *store, const struct chain_head *head, int64_t at,
                    const char *signature, struct error *error);
int store_stamps(struct store *store,
                 int (*take)(void *self, const struct chain_head *head, const char *signature),
                 void *self, struct error *error); /* recorded: when it was made */

/* ---- who came, and what was refused ---- */
int store_log(struct store *store, int64_t at, uint32_t uid, int64_t person, const char *what,
              const char *outcome, struct error *error);
struct log_row {
    int64_t id, at, uid, person;
    const char *what, *outcome;
};
/* Newest first, those before id AFTER (0: the newest), at most LIMIT. */
int store_logged(struct store *store, int64_t after, int64_t limit,
                 int (*take)(void *self, const struct log_row *row), void *self,
                 struct error *error);

/* The next moment at which time brings something; *NEXT stays where nothing waits. */
int store_next_wake(struct store *store, int64_t *next, struct error *error);

/* ---- register numbers: no gaps within a series and year ---- */

/* The next number of SERIES in YEAR, made from PATTERN ({year}, {seq}); appended to OUT. */
int store_number(struct store *store, const char *series, const char *pattern, int year,
                 int64_t case_id, int32_t day, struct text *out, struct error *error);

struct number_row {                          /* texts live until TAKE returns */
    const char *series, *text, *void_reason; /* VOID_REASON NULL: it stands */
    int64_t year, seq, case_id;
    int32_t day;
};
/* Numbers of SERIES ("" all), of YEAR (0 all), by series, year and number. */
int store_numbers(struct store *store, const char *series, int64_t year,
                  int (*take)(void *self, const struct number_row *row), void *self,
                  struct error *error);
/* All numbers, in that order; ASTRAY: the case it was given to is not there, or goes by another. */
int store_numbers_given(struct store *store,
                        int (*take)(void *self, const struct number_row *row, bool astray),
                        void *self, struct error *error);
/* The row of number TEXT: 1 and *OUT (its texts in ARENA), 0 none, -1. */
int store_number_named(struct store *store, const char *text, struct arena *arena,
                       struct number_row *out, struct error *error);
/* The number stays unused, for REASON. */
int store_number_void(struct store *store, const struct number_row *row, const char *reason,
                      struct error *error);

/* ---- policies ---- */

struct policy_row { /* texts borrowed */
    int64_t id;
    const char *name;
    const uint8_t *digest; /* STORE_HASH bytes, of the text */
    const char *text;
    size_t length;
    const char *answers; /* "question option" a line */
    int32_t effective;
    int64_t adopted_at; /* UTC seconds */
};
/* Appends the text and the answers. */
int store_policy(struct store *store, int64_t id, struct text *text, struct text *answers,
                 struct error *error);
/* Its name (appended), in force from, and adopted at: 1, 0 no such policy, -1 ERROR. */
int store_policy_dates(struct store *store, int64_t id, struct text *name, int32_t *effective,
                       int64_t *adopted_at, struct error *error);
/* Whose new cases are: ID (0: none was adopted), from the day FROM to that before UNTIL. */
struct policy_reign {
    int64_t id;
    int32_t from, until;
};
/* Of DAY. A policy reigns from the day it was adopted, where it says so from a later one; the first
 * one before that too. OFFSET: seconds the policies' clock is ahead of UTC. */
int store_policy_on(struct store *store, int32_t day, int64_t offset, struct policy_reign *out,
                    struct error *error);
int store_policy_put(struct store *store, const struct policy_row *row, struct error *error);
/* All, without their texts. */
int store_policies(struct store *store,
                   int (*take)(void *self, const struct policy_row *row, struct error *error),
                   void *self, struct error *error);

/* ---- registers ---- */

struct thing { /* texts owned by the arena of whoever loaded it */
    int64_t id;
    const char *kind, *code, *name;
    const char *name_py; /* for writing alone; "" as read */
    int64_t parent;
    int32_t since, until; /* days; DAY_NONE open */
    const char *facts;    /* NAME=VALUE lines, escaped as the facts of an act */
    int32_t rev;          /* number of its last act */
    uint8_t head[STORE_HASH];
};
/* A number that grows when what it stands for changes: "registers", "policies". */
int store_mark(struct store *store, const char *name, int64_t *out, struct error *error);
/* These two, which every request asks for. */
int store_marks(struct store *store, int64_t *policies, int64_t *registers, struct error *error);
int store_bump(struct store *store, const char *name, struct error *error);
/* One of any kind: 1, 0 there is none, -1 ERROR. */
int store_thing(struct store *store, int64_t id, struct arena *arena, struct thing *out,
                struct error *error);
/* The id of the thing of KIND with that code; of the only one with that name (under PARENT, unless
 * 0). 0 there is none, or there are more; -1 ERROR. */
int64_t store_thing_coded(struct store *store, const char *kind, const char *code,
                          struct error *error);
int64_t store_thing_named(struct store *store, const char *kind, const char *name, int64_t parent,
                          struct error *error);
/* Those of KIND in the order of their ids, SKIP of them passed over, at most MOST. TAKE returns 0
 * to go on; anything else ends it and is returned, its ERROR being TAKE's to set. */
int store_things(struct store *store, const char *kind, int64_t skip, int64_t most,
                 struct arena *arena, int (*take)(void *self, const struct thing *thing),
                 void *self, struct error *error);
struct thing_name { /* borrowed */
    int64_t id, parent;
    const char *name;
    size_t length;
};
/* How those of KIND are called, in the order of their ids. TAKE: 0, or -1: memory is short. */
int store_thing_names(struct store *store, const char *kind,
                      int (*take)(void *self, const struct thing_name *name), void *self,
                      struct error *error);
/* The ids of those of KIND right under PARENT, in order; *IDS is the caller's to free. -1 ERROR. */
int64_t store_things_below(struct store *store, const char *kind, int64_t parent, int64_t **ids,
                           struct error *error);
int64_t store_things_count(struct store *store, const char *kind, struct error *error); /* or -1 */
/* Inserts (rev 1) or replaces; the act was appended by the caller. */
int store_thing_put(struct store *store, const struct thing *thing, struct error *error);

#endif
