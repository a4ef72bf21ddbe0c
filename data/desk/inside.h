/*
 * inside.h: what the files of the desk share. Not for callers: see counter.h and data/desk.h.
 *
 *   counter.c   opens the desk, finds the verb; who.c sees who comes
 *   door.c      what comes in is text
 *   rulebook.c  policies as adopted, compiled; the calendar
 *   book.c      registers as far as they were asked: organisations, people, systems, products …
 *   sight.c     which cases a person may see, in which roles he stands in one
 *   casework.c  a case in hand: its acts, its fold, its cache row
 *   around.c    what stands around a case when an act is done
 *   entries.c   what is typed, as facts
 *   act.c       the one write path; follow.c what an act brings with it; wake.c what time brings
 *   verb_*.c    the verbs
 */
#ifndef YUNTAI_DATA_DESK_INSIDE_H
#define YUNTAI_DATA_DESK_INSIDE_H

#include "core/offer.h"
#include "core/readings.h"
#include "data/desk/counter.h"
#include "data/documents.h"
#include "data/keys.h"
#include "data/options.h"
#include "data/pinyin.h"
#include "data/store/lists.h"

enum { FOLD_REVISION = 3 }; /* of the engine's meaning: a new one refolds every case */

/* ---- registers ---- */

struct entry { /* a thing of a register, with what it is asked for often */
    struct thing thing;
    uint64_t roles;       /* org, person: of the policy at hand */
    int64_t uid;          /* person: -1 none */
    struct entry *parent; /* by parent id; NULL */
    struct entry *next;   /* in its chain, see shelf.c */
};
enum book_kind {
    BOOK_ORG,
    BOOK_PERSON,
    BOOK_ABSENCE,
    BOOK_SYSTEM,
    BOOK_PRODUCT,
    BOOK_PRICE,
    BOOK_QUOTA,
    BOOK_NOTICE,
    BOOK_VENDOR,
    BOOK_PROJECT,
    BOOK_NAMING,
    BOOK_KINDS
};
enum { SHELF_CODES = 64 };
struct shelf {            /* those of one register that were asked for */
    struct entry **heads; /* the first of each chain, by id */
    size_t head_count, known;
    struct entry **items; /* by id, where WHOLE */
    size_t count, capacity;
    bool whole;
    struct entry *coded[SHELF_CODES]; /* the latest that were asked for by their codes */
};
struct book {
    struct arena *arena;
    struct shelf shelves[BOOK_KINDS];
    int64_t mark; /* of the registers when the first of it was read */
    bool read;
    struct error failed; /* why something could not be read; none */
};

const char *book_kind_name(enum book_kind kind); /* org, person … */
bool book_kind_of(const char *name, enum book_kind *kind);

/* ---- policies and the calendar ---- */

struct rulebook {
    int64_t id;
    const char *name;
    int32_t effective;
    struct policy *policy;
    struct draft *draft;
    struct answer *answers;
    size_t answer_count;
    struct fold *fold, *other; /* OTHER: of cases that cases() counts */
    struct clerk *clerk;
    struct readings *readings; /* made when first asked for */
    bool counts_again;         /* some `to`, `limit` or `until` asks cases() */
    struct arena *arena;
};

struct counter {
    struct store *store;
    struct options *options;
    struct documents *documents;
    struct pinyin *pinyin;
    struct calendar *calendar;
    int32_t calendar_rev;               /* revision of the newest notice known */
    int64_t calendar_mark, policy_mark; /* of the registers when they were made */
    struct rulebook **rulebooks;
    size_t rulebook_count, rulebook_capacity;
    struct rulebook *current;  /* of new cases */
    struct policy_reign reign; /* from when until when it is that */
    struct {
        int32_t day, revision;
        bool whole; /* all open cases were, by that revision of the calendar, on DAY */
        struct queue_place after; /* those up to here were */
    } counted;                    /* DAY 0: look */
    struct book book;
    struct mapping_kept *mapping; /* mapping.c; NULL */
    struct tally *tally;          /* periods_tally.c; NULL */
    int64_t offset;               /* seconds the policy's clock is ahead of UTC */
    char *directory;
    bool (*stop)(void *self); /* counter_heed() */
    void *stop_self;
    void (*tell)(void *self, const struct headway *headway); /* counter_tell() */
    void *tell_self;
};

/* mapping.c: the projects' mapping, which was kept, is read anew. */
void mapping_forget(struct counter *counter);

/* One request being answered. */
struct asking {
    struct counter *counter;
    const struct visitor *visitor;
    const struct parcel *request;
    struct parcel *reply;
    struct error *error;
    struct arena *arena;  /* of this request */
    int64_t now, utc;     /* local moment; UTC seconds */
    bool now_said;        /* by the owner, not the clock */
    int64_t ends;         /* of a step: see step_over(); 0: it is none */
    bool through;         /* what a step would leave to the next one, in memory, is lost: it is done
                           * in one go, for nobody may be there who goes on with it */
    struct entry *person; /* NULL: the owner of the workspace, who is nobody in it */
    struct entry *org;
    uint64_t roles;                            /* his own */
    uint64_t deputy_roles;                     /* of those he stands in for */
    struct entry *deputy_for[POLICY_SET_MOST]; /* by role: for whom, who is away today */
    unsigned keeps;
    bool sees_all;
    bool quiet; /* what was refused needs no line in the log: a bulk run */
    enum { MARKED_UNKNOWN, MARKED_NONE, MARKED_SOME } marked; /* clocks; see case_mark() */
    const char *refused; /* what he asked for and may not see or do; NULL. In ARENA */
};

/* counter.c */
bool asked_day(struct asking *asking, const char *name,
               int32_t *day); /* false with ERROR: no date */
/* The pair NAME as a moment (a day alone: its 00:00); *MOMENT stays where there is none. */
bool asked_moment(struct asking *asking, const char *name, int64_t *moment);
const char *asked(const struct asking *asking, const char *name); /* NULL or "" : NULL */
/* How far it is, and whether that is to be all: see counter_tell(), counter_heed(). -1 ERROR. */
int still_wanted(const struct counter *counter, const struct headway *headway, struct error *error);
/* Nothing of what is asked is kept: it has no number either, so that none can be guessed. */
bool previews(const struct asking *asking);
int must_ask(struct asking *asking, const char *name, const char **out); /* -1 with ERROR */
int64_t to_utc(const struct counter *counter, int64_t local);
int64_t to_local(const struct counter *counter, int64_t utc);

/* All of REQUEST is text, and none of it turns the writing around, but for the bytes of a document.
 * -1 with ERROR. */
int door_check(const struct parcel *request, struct error *error);
/* UTC seconds. */
int64_t clock_utc(void);

/* who.c */
/* Fills in the person and what he may. -1 with ERROR: nobody the desk knows. */
int see_who(struct asking *asking);
/* Who is away by that ABSENCE, where the person asking stands in for him today; NULL. */
struct entry *deputises(struct asking *asking, const struct entry *absence);

/* rulebook.c */
/* The one at hand is that of new cases on DAY, where MARK is the register's. */
bool rulebooks_stand(const struct counter *counter, int64_t mark, int32_t day);
/* Makes `current` the policy of new cases on DAY. -1 with ERROR, also where none was adopted. */
int rulebooks_read(struct counter *counter, int32_t day, struct error *error);
struct rulebook *rulebook_find(struct counter *counter, int64_t id, struct error *error);
/* That of cases which were opened on DAY; NULL with ERROR. */
struct rulebook *rulebook_on(struct counter *counter, int32_t day, struct error *error);
void rulebook_free(struct rulebook *rulebook);
/* Compiles TEXT under ANSWERS ("question option" a line). NULL with ERROR (first findings). */
struct rulebook *rulebook_make(const char *text, size_t length, const char *answers,
                               struct error *error);
/* answers.c */
/* The present policy asks this and knows this answer. */
int must_be_answer(struct asking *asking, const char *name, const char *option);
/* Appends the answers ("question option" a line) under which TEXT is adopted: SAID, and what was
 * decided before on questions that it still asks with that option. -1 ERROR. */
int answers_after(struct asking *asking, const char *text, const char *said, struct text *out);
/* rulebook.c */
int calendar_refresh(struct counter *counter, struct error *error);
/* A calendar of the notices on record and of CSV (NULL none). */
int calendar_with(struct counter *counter, const char *csv, size_t length, struct calendar **out,
                  struct error *error);
int32_t role_named(const struct policy *policy, const char *name); /* -1 */
int32_t procedure_named(const struct policy *policy, const char *name);
int32_t event_named(const struct policy *policy, const struct procedure *procedure,
                    const char *name);
int32_t slot_named(const struct policy *policy, const char *name);
int32_t column_named(const struct policy *policy, const char *name);
int32_t field_named(const struct policy *policy, const char *name);
/* Roles of a list "unit, unit_head"; unknown ones are passed over. */
uint64_t roles_named(const struct policy *policy, const char *list);

/* shelf.c */
struct entry *shelf_get(const struct shelf *shelf, int64_t id); /* NULL: it was not asked for yet */
/* Where the one of CODE is, or would be, if it was asked for lately; there may be another. */
struct entry **shelf_coded(struct shelf *shelf, const char *code);
/* Puts ENTRY on it; where all are there its id is the greatest. False: memory is short. */
bool shelf_add(struct shelf *shelf, struct entry *entry);
/* ENTRY, which is on it, is the next of all. False: memory is short. */
bool shelf_list(struct shelf *shelf, struct entry *entry);
void shelf_clear(struct shelf *shelf);
void shelf_free(struct shelf *shelf);

/*
 * book.c: a thing is read when it is first asked for, and stays until some register changes. What
 * could not be read is told as not there: who takes an answer out of the desk asks book_sound().
 */
int book_refresh(struct counter *counter, struct error *error);
/* It is of the registers whose mark that is: there is nothing to refresh. */
bool book_stands(const struct counter *counter, int64_t registers);
/* 0; -1 with ERROR, in the place of any other, where something could not be read. */
int book_sound(struct counter *counter, struct error *error);
void book_free(struct book *book);
struct entry *book_by_id(struct counter *counter, enum book_kind kind, int64_t id);
struct entry *book_by_code(struct counter *counter, enum book_kind kind, const char *code);
/* By code, else by a name that only one has (of those whose parent is PARENT, unless 0). NULL. */
struct entry *book_find(struct counter *counter, enum book_kind kind, const char *text,
                        int64_t parent);
/* All of a small register; for systems there is book_each(). */
const struct shelf *book_shelf(struct counter *counter, enum book_kind kind);
/* Those of KIND in the order of their ids, SKIP of them passed over, at most MOST; none of them
 * stays. TAKE returns 0 to go on; anything else ends it and is returned. -1 with ERROR. */
int book_each(struct asking *asking, enum book_kind kind, int64_t skip, int64_t most,
              int (*take)(void *self, struct entry *entry), void *self);
enum { BOOK_ALL = INT32_MAX };
/* The ids of those of KIND right under PARENT, in ASKING's arena; how many, -1 with ERROR. */
int64_t book_below(struct asking *asking, enum book_kind kind, int64_t parent, int64_t **ids);
/* The value of a fact, unescaped, in ARENA; NULL. */
const char *entry_fact(const struct entry *entry, const char *name, struct arena *arena);
bool entry_valid(const struct entry *entry, int32_t day);
/* Writes THING of KIND as it is to stand: an act on it, its row. ID 0: new. ENTRIES are the facts.
 * EFFECTIVE: local moment. *OUT the id. */
struct register_act {
    enum book_kind kind;
    int64_t id;  /* 0: new */
    int32_t rev; /* -1: whichever it is */
    const char *code, *name;
    int64_t parent;
    int32_t since, until;
    const char *facts; /* lines, sorted or not */
    const char *event; /* "enter", "rename" … */
    const char *body;
    int64_t effective;
};
/* Appends what an act says of a thing: its columns as facts, then its facts. */
void thing_facts(const struct thing *thing, struct text *out);
int register_write(struct asking *asking, const struct register_act *act, int64_t *out);
/* Appends NAME=VALUE with escapes and an end of line. */
void fact_put(struct text *facts, const char *name, const char *value);
void fact_put_n(struct text *facts, const char *name, const char *value, size_t length);
void fact_put_int(struct text *facts, const char *name, int64_t number);
void fact_put_decimal(struct text *facts, const char *name, int64_t micro);
void fact_put_day(struct text *facts, const char *name, int32_t day);
/* Goes through facts: false at the end. */
bool fact_next(const char **at, const char *end, const char **name, size_t *name_length,
               const char **value, size_t *value_length);
const char *fact_unescape(struct arena *arena, const char *value, size_t length);
/* The fact NAME of FACTS, unescaped; NULL. */
const char *fact_find(const char *facts, const char *name, struct arena *arena);

/* ---- a case in hand ---- */

struct bag_fact {
    const char *name, *value;
};
struct bag { /* facts by name, each once, in the order in which they first came */
    struct bag_fact *facts;
    size_t count, capacity;
    bool failed; /* a fact found no room */
};
const char *bag_get(const struct bag *bag, const char *name);
bool bag_set(struct bag *bag, const char *name, const char *value); /* keeps the pointers */
void bag_free(struct bag *bag);

struct casework {
    struct case_row row, old; /* OLD as it was loaded */
    bool is_new;
    struct rulebook *rulebook;
    int32_t procedure; /* index */
    struct records records;
    struct act *acts; /* one a record */
    size_t act_capacity;
    const struct casefile *file; /* as last folded */
    int64_t folded;              /* up to here */
    const struct calendar *folded_by;
    size_t folded_acts;
    uint64_t folded_times; /* of the rulebook's fold when it was; 0: must be folded anew */
    size_t tried;          /* number of the act that the fold was last used to try; 0 */
    int64_t asking_now;    /* for cases() */
    struct counter *counter;
    struct error *error;
    bool failed;
};

/* casework.c */
/* Resolves a case's number, PROCEDURE-YEAR-SEQ; 0 where there is none or he may not see it (ERROR
 * is then set), -1 ERROR. */
int64_t case_asked(struct asking *asking, const char *name);
/* The same, with its row. */
int64_t case_asked_row(struct asking *asking, const char *name, struct case_row *row);
/* The row of that number or PROCEDURE-YEAR-SEQ, whoever may see it: 1, 0 no such case, -1 ERROR. */
int case_called(struct asking *asking, const char *name, struct case_row *row);
/* The row alone, no acts yet: 1, 0 no such case, -1 ERROR. */
int casework_begin(struct asking *asking, int64_t id, struct casework *work);
/* 0 done, 1 no such case, -1 ERROR. Frees nothing on failure: call casework_free(). */
int casework_load(struct asking *asking, int64_t id, struct casework *work);
/* The case of ROW, read within the work at hand: it cannot have moved since. 0, -1 ERROR. */
int casework_load_row(struct asking *asking, const struct case_row *row, struct casework *work);
void casework_free(struct casework *work);
/* Puts the case in hand under another policy: its acts are read anew. -1: it has no such procedure.
 */
int casework_rule(struct asking *asking, struct casework *work, struct rulebook *rulebook);
/* It stands folded up to NOW: nothing was done in it or with the rulebook's fold since. */
bool casework_folded(const struct asking *asking, const struct casework *work, int64_t now);
/* What stands around the case, or its row says of it, has moved: it is to be folded anew. */
void casework_moved(struct casework *work);
/* Folds up to NOW (a local moment), unless it stands so. -1 with ERROR. */
int casework_fold(struct asking *asking, struct casework *work, int64_t now);
/* Puts RECORD behind the acts in hand and on record; N and PARENT are filled in. */
int casework_append(struct asking *asking, struct casework *work, struct record *record);
/* Only in hand: for what-if and previews without a store. */
int casework_push(struct asking *asking, struct casework *work, const struct record *record);
/* Folds up to NOW: in ROW what the cache is to say of its state, holder, instants and owner. */
int casework_row(struct asking *asking, struct casework *work, int64_t now);
/* The clocks as last folded, for the cache; in ASKING's arena. */
int casework_clocks(struct asking *asking, struct casework *work, struct clock_row **out,
                    size_t *count);
/* Folds up to NOW and writes the cache: row, clocks, parties. */
int casework_save(struct asking *asking, struct casework *work, int64_t now);
/* Every fact of the case as its acts now stand, the latest of each, in ASKING's arena. */
int casework_collect(struct asking *asking, const struct casework *work, struct bag *bag);
/* Number of the event among those of the procedure, or an act_event. */
int32_t casework_event(const struct casework *work, const char *event);
/* The event of the case that is called NAME by its title; NAME where none is, or several are. */
const char *casework_event_called(const struct casework *work, const char *name);
/* NAME as typed: the name itself, the Chinese title or the English one. */
bool title_called(const struct title *title, const char *name);
/* The procedure that goes by NAME, or is called so; -1. */
int32_t procedure_called(const struct policy *policy, const char *name);
/* There is none: -1 with ERROR, which names the nearest. */
int refuse_procedure(struct asking *asking, const char *name);
/* Display: title of an act's event in both languages. */
void casework_event_title(const struct casework *work, const char *event, const char **zh,
                          const char **en);
const char *casework_procedure_title(struct asking *asking, const struct casework *work);
/* What it is called and its title, in both languages: "accept 受理". */
const char *casework_event_named(struct asking *asking, const struct casework *work,
                                 const char *event);
/* Core's person of a record: who acted; for an organisation's paper, the organisation in its role.
 */
int64_t person_of_record(const struct rulebook *rulebook, const struct record *record);

/* sight.c */
/* May he see this case? */
bool sees_case(struct asking *asking, const struct case_row *row);
/* The same for lists. */
struct sight sight_of(const struct asking *asking);
/* Roles of the person in this case (bit set): of his own, of those he stands in for. */
uint64_t roles_in_case(struct asking *asking, const struct case_row *row, bool deputy);
/* Roles of ORG in the case, when its paper is keyed for it. */
uint64_t org_roles_in_case(struct asking *asking, const struct entry *org,
                           const struct case_row *row);
/* He maintains REGISTER (enum keeps bits), or is the owner of the workspace. ERROR and log if not.
 */
int must_keep(struct asking *asking, unsigned keeps);
/* use_months.c: tables `months` and `rules`: what SYSTEM used in the twelve months up to LAST, and
 * what the rules on use say of it. */
int use_months(struct asking *asking, const struct entry *system, int32_t last);
/* Appends the titles, in both languages, of the rules on use that hold for SYSTEM in the month
 * LAST. */
int use_flags(struct asking *asking, const struct entry *system, int32_t last, struct text *flags);
bool may_key_for_others(const struct asking *asking);
/* Has he to do with this thing of a register? What he has not, he cannot find, list or name. */
bool sees_entry(struct asking *asking, enum book_kind kind, const struct entry *entry);
/* Like book_find(), of what he sees. */
struct entry *entry_asked(struct asking *asking, enum book_kind kind, const char *text,
                          int64_t parent);
/* Roles that open cases, have them, act in them or decide on rules: who has none of these, as an
 * auditor, reads and changes nothing. */
uint64_t roles_acting(const struct policy *policy);
/* PERSON has ROLE in this case. */
bool has_role_in_case(struct asking *asking, const struct entry *person, int32_t role,
                      const struct case_row *row);
int refuse_access(struct asking *asking, const char *what); /* -1: NOT_FOUND, and logged */
/* WHAT he may know of but not do: whose it is. ROLES: of the present policy; 0: the owner's. -1:
 * NOT_FOUND, and logged. */
int refuse_right(struct asking *asking, const char *what, uint64_t roles);
/* ROLES of POLICY by their titles, in both languages, in ASKING's arena. */
const char *roles_in_words(struct asking *asking, const struct policy *policy, uint64_t roles);
/* Those that maintain some of the registers KEEPS (enum keeps bits); that see all cases. */
uint64_t roles_keeping(const struct policy *policy, unsigned keeps);
uint64_t roles_seeing_all(const struct policy *policy);
/* Those that see what SEES says. */
uint64_t roles_seeing(const struct policy *policy, enum sees sees);
/* The county ORG (NULL: none) is under: the nearest above it that has a role which sees below, else
 * itself where it has one; 0 none. */
int64_t county_of(const struct asking *asking, const struct entry *org);

/* around.c */
/* Appends the facts of the surroundings at MOMENT that differ from what the case has on record. */
int around_facts(struct asking *asking, struct casework *work, const struct event *event,
                 int64_t moment, struct text *facts);
/* How many cases, linked or about the same system (organisation), question QUERY counts. */
struct value cases_count(struct asking *asking, struct casework *work, int32_t query,
                         int64_t moment);
/* What the platform has left of a measure, but for this case; unknown without a quota. */
struct value platform_free(struct asking *asking, const struct casework *work, int32_t measure,
                           int32_t day);
/* What the contracts in force on DAY give the platform of MEASURE; unknown without any. */
struct value platform_quota(struct asking *asking, const char *measure, int32_t day);
/* SYSTEM is in use. */
bool system_online(struct asking *asking, const struct entry *system);
/* What a system has of a measure. */
struct value system_has(struct asking *asking, const struct rulebook *rulebook,
                        const struct entry *system, int32_t measure);

/* words.c */
/* VALUE as typed, as FIELD keeps it: a label's title in either language is its name, 是 is yes,
 * points may stand on lines of their own. What is no such thing stays; in ARENA or VALUE itself. */
const char *entry_plain(const struct field *field, const char *value, struct arena *arena);
/* VALUE as people read it, in both languages where they differ; appended. Names of organisations
 * are not looked up. */
void entry_shown(const struct field *field, const char *value, struct text *out);

/* entries.c */
/*
 * The entries of a request (entry.NAME) as facts, normalised: organisations and systems by the name
 * they go by, items filled from the catalogue. A name nobody knows is an error. EVENT: whose form
 * it is; NULL the application.
 */
int entries_facts(struct asking *asking, struct casework *work, const struct event *event,
                  int64_t moment, struct text *facts);
/* VALUE is no longer than what people type; TITLE is what errors call it. -1 with ERROR. */
int entry_bounded(struct asking *asking, const char *title, const char *value);
/* The organisation and system that FACTS speak of, for a case about to be opened. */
void entries_subject(struct asking *asking, const struct rulebook *rulebook, const char *facts,
                     struct entry **org, struct entry **system);

/* act.c */
/* What an act came to, for the reply. */
int reply_case(struct asking *asking, struct casework *work);
/* Appends names as policy_cites_text() does; the table `laws` has the titles of those that are no
 * articles of the policy. */
void reply_cites(struct asking *asking, const struct policy *policy, struct cites cites,
                 struct text *out);
void reply_clocks(struct asking *asking, struct casework *work, const char *name);
void reply_reasons(struct asking *asking, const struct rulebook *rulebook,
                   const struct procedure *procedure, const struct reason *reasons, size_t count);
/* case_clock.c: stated, implied, house, right; in what its limit counts: wd, d, min. */
const char *basis_name(enum basis basis);
const char *clock_counts(const struct clock *clock);
/* Adds a case the desk opened to the table `opened`. */
int reply_opened(struct asking *asking, int64_t id);
/* verb_policy.c: notices of CSV, each an entry of the register. */
int notices_enter(struct asking *asking, const char *bytes, size_t length);
/* verb_offer.c */
int reply_offers(struct asking *asking, struct casework *work);
/* verb_show.c: the case asked for, folded up to now; its list of resources; what is attached. */
int case_taken(struct asking *asking, struct casework *work);
/* The table `items`: its list. SEEN: see delivery.h; NULL: there is no such column. */
void reply_items(struct asking *asking, struct casework *work, const int64_t *seen);
int reply_documents(struct asking *asking, struct casework *work);
/* A cell of TABLE: what was done; of an act on a card also with which. */
void put_deed_title(struct asking *asking, struct casework *work, const struct record *record,
                    struct table *table);
/* What is said beside an act: a note, a reason, else opinions; of a document its name. NULL
 * nothing. */
const char *words_of(struct asking *asking, const struct casework *work,
                     const struct record *record);
/* The desk opens a case: of a duty, a score, a bill, a rule of use, or another case's act. */
struct opening {
    struct rulebook *rulebook;
    int32_t procedure;
    struct entry *org, *system;
    const char *source; /* unique key; NULL */
    const char *facts;  /* as they go on record, surroundings apart */
    int64_t moment;
    int64_t linked;   /* the case it comes from; 0 */
    int64_t actor;    /* 0: the desk */
    const char *role; /* "" */
};
int desk_opens(struct asking *asking, const struct opening *opening, int64_t *id);

/* follow.c */
/* What an act that took effect does beyond its case: system, opens, who is told. */
int follow(struct asking *asking, struct casework *work, const struct event *event,
           const struct record *record);
/* The case is about the system its entries name, as far as a register knows it: in a draft
 * whichever they name now, later the one it has. Call casework_fold() first. */
int bind_system(struct asking *asking, struct casework *work);
#define DRIFT_SOURCE "drift." /* a case's source begins so where a drift opened it */
/* This case alone. */
int read_case_anew(struct asking *asking, int64_t id, int64_t moment);
/* Cases about SYSTEM (or linked) in which the desk waits for a condition read what moved. */
int read_anew(struct asking *asking, int64_t system, int64_t case_id, int64_t moment);

/* wake.c */
/* Does in this case what time brought by UNTIL. Number of acts, -1. */
int64_t wake_case(struct asking *asking, struct casework *work, int64_t until);
/* The same over all cases, at most MOST; adds to the table `fired`. *MORE: there may be others. */
int64_t wake_all(struct asking *asking, int64_t until, int64_t most, bool *more);
/* Counts cases anew that were counted under another calendar; how many, at most MOST (or 500).
 * *MORE: there may be others. */
int64_t refold_stale(struct asking *asking, int64_t until, int64_t most, bool *more);
/* Duties, bills, scores, rules of use: the cases that stand by DAY, at most MOST in one run, which
 * looks at so many SLICES of those on whom duties fall (0: all of them). *MORE: the next run goes
 * on. Number of cases, -1. */
int64_t periods_make(struct asking *asking, int32_t day, int64_t most, int slices, bool *more);
/* What appraisals counted so far is counted anew. */
void tally_forget(struct counter *counter);
/* Reads what that is to look at in vendors' inventories, before it has its turn and others wait. */
int inventory_ready(struct asking *asking);

/* verbs.c: all three, and how many in the reply: `fired`, `made`, `counted`; `rest`: not yet all.
 * A step is so little of it that whoever waits behind it does not notice. */
int tick(struct asking *asking);
int tick_step(struct asking *asking);
/* The step at hand took its time: what it is at is done, and no more. */
bool step_over(const struct asking *asking);

/* verbs: 0 with the reply, -1 with the error */
struct verb {
    const char *name;
    int (*answer)(struct asking *asking);
    unsigned flags;
    unsigned keeps; /* registers of which he must keep one */
};
enum verb_flags {
    VERB_WRITES = 1, /* within work */
    VERB_PERSON = 2, /* somebody the workspace knows */
    VERB_OWNER = 4,  /* who owns the workspace, or a leader: see each */
    VERB_WAKES = 8,  /* first does what time brought */
    VERB_WHOLE = 16, /* is not given up half way, though the store stays as it is */
    VERB_ALL = 32,   /* who sees every case */
    VERB_LONG = 64,  /* may take minutes: see counter_takes_long() */
    VERB_STEPS = 128 /* does what time brought, and nothing else: see inventory_ready() */
};
extern const struct verb verbs[];
extern const size_t verb_count;

#define VERB(name) int verb_##name(struct asking *asking);
#include "data/desk/verb_list.h"
#undef VERB

#endif
