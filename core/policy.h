/*
 * policy.h: a policy, compiled: what POLICY guide section 3 declares, with every name resolved.
 *
 * Made by policy_compile() (compile.h), immutable, owned by its arena. All indexes are into the
 * arrays of struct policy unless said otherwise; -1 is none. Events and states are indexed within
 * their procedure. Bit sets (64 bits) speak of roles, or of states or events of one procedure.
 */
#ifndef YUNTAI_CORE_POLICY_H
#define YUNTAI_CORE_POLICY_H

#include "core/expr.h"
#include "core/names.h"

enum {
    POLICY_SET_MOST = 64,
    POLICY_CLOCKS_MOST = 255,
    POLICY_QUERIES_MOST =
        512 /* cases() of one policy: their names come after the tables are made */
};          /* roles, states and events of a procedure; clocks */

struct place { /* where in the file; line and column (in characters) from 1, 0 unknown */
    int32_t line, column;
};

struct title {
    int32_t symbol;   /* its name */
    const char *name; /* the same as text */
    const char *zh, *en;
    struct place place;
};

struct label { /* of a choice, stage, level, grade, part … */
    int32_t symbol;
    const char *name, *zh;
    const char *en; /* the name with spaces for _ */
    int64_t bound;  /* grades: lower bound in millionths */
};
struct labels {
    const struct label *items;
    int32_t count;
};
struct indexes {
    const int32_t *items;
    int32_t count;
};

enum cite_kind { CITE_ARTICLE, CITE_LAW };
struct cite {
    enum cite_kind kind;
    int32_t index;
};
struct cites {
    const struct cite *items;
    int32_t count;
};

struct article {
    struct title title;
    int32_t number;
    const char *summary, *summary_en, *silent; /* NULL where not given */
};
struct law {
    struct title title;
    const char *summary, *summary_en;
};
struct term {
    struct title title;
    struct cites cites;
};

enum sees { SEES_OWN, SEES_BELOW, SEES_SENT, SEES_ALL };
enum keeps {
    KEEPS_ORGANISATIONS = 1,
    KEEPS_PEOPLE = 2,
    KEEPS_SYSTEMS = 4,
    KEEPS_CATALOGUE = 8,
    KEEPS_USE = 16,
    KEEPS_CALENDAR = 32,
    KEEPS_POLICY = 64
};
struct post { /* a role, as the policy has it */
    struct title title;
    enum sees sees;
    unsigned keeps;
    struct cites cites;
};

enum field_type {
    FIELD_TEXT,
    FIELD_LINES,
    FIELD_NUMBER,
    FIELD_MONEY,
    FIELD_DATE,
    FIELD_TIME,
    FIELD_YESNO,
    FIELD_CHOICE,
    FIELD_CHOICES,
    FIELD_ROLE,
    FIELD_ORG,
    FIELD_ORGS,
    FIELD_SYSTEM,
    FIELD_ITEMS,
    FIELD_POINTS,
    FIELD_ANSWERS,
    FIELD_PAPER
};
enum end_kind { END_OPEN, END_FIXED, END_TODAY, END_NOW, END_OFFSET };
struct range_end { /* of a range, and of a default of a date or time */
    enum end_kind kind;
    int64_t n;            /* END_FIXED: characters, millionths, day or moment */
    struct period period; /* END_OFFSET: n may be negative */
};
struct field {
    struct title title;
    int32_t group; /* index into groups: the NAME of [field.NAME] */
    enum field_type type;
    enum value_type value; /* what conditions read */
    bool is_period;        /* a number with unit wd, d, mo or h */
    enum unit unit;
    const char *unit_text; /* %, 个 …; NULL */
    struct range_end low, high;
    struct labels labels; /* choice, choices, paper (its parts; none: one part) */
    uint64_t roles;       /* role, org, orgs */
    int32_t points;       /* answers: the points field */
    int32_t column;       /* per item: its column; else -1 */
    bool optional, is_private;
    const struct expr *when;
    bool has_default;
    struct range_end default_end; /* date, time */
    struct value default_value;   /* the others */
    const char *default_text;
    const char *hint, *hint_en; /* NULL: none */
    struct cites cites;
};

/* Columns of a resource line: the engine's own first, then one a measure, then the per-item fields.
 */
enum item_column { ITEM_QUANTITY, ITEM_BEFORE, ITEM_LISTED, ITEM_MEASURES };

struct group {          /* a form, or a group of fields without a heading */
    struct title title; /* of a group without a form line: only the name */
    bool is_form;
    struct cites cites;
    struct indexes fields; /* in the order written */
};

enum who_kind { WHO_NOBODY, WHO_ROLE, WHO_FIELD, WHO_OWNER, WHO_PAYER, WHO_DESK };
struct who {
    enum who_kind kind;
    int32_t index; /* role, or field that holds a role (in `tell` also an organisation) */
};

enum final { FINAL_NO, FINAL_DONE, FINAL_REFUSED, FINAL_DROPPED };
enum clock_part { CLOCK_ABSENT, CLOCK_NAMED, CLOCK_HELD };
struct state {
    struct title title;
    int32_t stage; /* index into the procedure's stages */
    struct who with;
    bool edit;
    enum final final;
    const uint8_t *clocks; /* enum clock_part of each of the procedure's clocks, in their order;
                              what the procedure names and holds is already in it */
};

enum { TO_BACK = -2, TO_STAYS = -1 };
struct destination {
    int32_t state;           /* of the procedure, or TO_BACK */
    const struct expr *when; /* NULL: always */
    const char *written;     /* the condition as the policy writes it; NULL: none */
};
enum by_kind {
    BY_HOLDER,
    BY_ROLES,
    BY_ALL_OF,
    BY_COUNT_OF,
    BY_DESK
}; /* BY_HOLDER: whom the case is with */
struct extension {
    int32_t clock; /* global index */
    bool to_day;   /* `to` a date field; else `by` FIELD or PERIOD */
    int32_t field; /* -1: PERIOD */
    struct period period;
};
enum system_effect { SYSTEM_NONE, SYSTEM_OPEN, SYSTEM_CHANGE, SYSTEM_CLOSE };
struct event {
    struct title title;
    uint64_t from;                /* states of the procedure */
    const struct destination *to; /* none: the case stays */
    int32_t to_count;
    enum by_kind by;
    uint64_t roles; /* BY_ROLES, BY_ALL_OF, BY_COUNT_OF */
    int32_t by_count;
    const struct expr *when;
    const char *written;   /* that condition as the policy writes it; NULL: none */
    struct indexes fields; /* asked for, forms expanded, in order, each once */
    struct indexes fills;  /* of them, columns of the list that a vendor's inventory fills in */
    const struct who *tell;
    int32_t tell_count;
    const struct extension *extends;
    int32_t extend_count;
    int32_t opens; /* procedure */
    enum system_effect system;
    struct cites cites;   /* its own or the procedure's */
    struct indexes rules; /* of the procedure, that stand on this event */
};

enum otherwise { ELSE_REFUSE, ELSE_REASON, ELSE_ROLES, ELSE_IGNORE };
struct rule {
    struct title title;
    uint64_t on; /* events of the procedure */
    const struct expr *must;
    enum otherwise otherwise;
    uint64_t roles;
    struct cites cites;
};

enum limit_kind { LIMIT_NONE, LIMIT_AFTER, LIMIT_BEFORE, LIMIT_DAY };
enum anchor_kind {
    ANCHOR_START,
    ANCHOR_FIELD,
    ANCHOR_DUE,
    ANCHOR_EVENT,
    ANCHOR_STATE,
    ANCHOR_END_OF
};
struct limit {
    enum limit_kind kind;
    int32_t length_field;    /* number field whose unit is a period's; -1: PERIOD */
    struct period period;    /* its unit is also that of length_field */
    enum anchor_kind anchor; /* ANCHOR_START: the day the run starts */
    int32_t index;           /* slot (FIELD, DUE), symbol (EVENT, STATE), clock (END_OF) */
    const struct expr *when; /* of a choice; NULL: always */
};
enum basis { BASIS_STATED, BASIS_IMPLIED, BASIS_HOUSE, BASIS_RIGHT };
enum card { CARD_NONE, CARD_BLUE, CARD_YELLOW, CARD_RED, CARD_DOUBLE };
struct clock {
    struct title title;
    const struct limit *limits; /* first whose condition holds; none: the clock has only a least */
    int32_t limit_count;
    struct limit least; /* kind LIMIT_NONE: none */
    const struct expr *until;
    int32_t expires; /* symbol of the event; 0 none */
    enum basis basis;
    enum card worst; /* the cap of its basis */
    struct cites cites;
    enum roll roll;
    enum backward backward;
    struct period blue, yellow, twice; /* n < 0: no such card */
};

/* What may be done about a card that a clock has got. The card itself stays for good. */
enum remedy_kind { REMEDY_EXPLAIN, REMEDY_WAIVE, REMEDY_URGE, REMEDY_KINDS };
struct remedy {
    bool offered;       /* the policy has it; else nothing of the rest is read */
    struct title title; /* its name is that of the kind: explain, waive, urge */
    uint64_t by;        /* roles; 0 of explain: whom the case is with, or the clock runs against */
    bool apart;         /* not by one who has acted in the case */
    struct period back; /* so long the one who did it may take it back; n 0: not at all */
    int32_t opens;      /* urge: procedure; else -1 */
    int32_t number, with; /* urge: fields of its application, for the number of the case urged and
                             the role it is with; -1 none */
    struct cites cites;
};

struct procedure {
    struct title title;
    uint64_t by; /* roles that may open a case; 0: only rules and other cases */
    int32_t begins;
    struct indexes application; /* fields, in order, of its form */
    struct labels stages;
    struct indexes
        clocks; /* global indexes of the clocks its states and itself name or hold: a run's place */
    const char *number;
    struct indexes same;
    struct cites cites;
    const struct state *states;
    int32_t state_count;
    const struct event *events;
    int32_t event_count;
    const struct rule *rules;
    int32_t rule_count;
    const int16_t *state_of, *event_of; /* by symbol (0..names_count), -1 none */
    const int16_t *clock_of;            /* by global clock index: place in CLOCKS, -1 none */
};

enum each { EACH_MONTH, EACH_QUARTER, EACH_HALF, EACH_YEAR, EACH_EVENT };
enum due_kind { DUE_DAY, DUE_WD, DUE_LAST_DAY, DUE_LAST_WD, DUE_DATE, DUE_PERIOD };
struct due_rule {
    enum due_kind kind;
    int32_t n;          /* DUE_DAY, DUE_WD */
    int32_t month, day; /* DUE_DATE */
    bool next_month;
    struct period period; /* DUE_PERIOD */
};
struct schedule { /* what duty, score and bill have in common */
    int32_t of;   /* role */
    enum each each;
    int32_t procedure, event; /* EACH_EVENT */
    struct due_rule due;      /* duty, bill */
    int32_t opens;            /* procedure */
    enum roll roll;
    enum basis basis;
    enum card worst;
    struct cites cites;
};
struct duty {
    struct title title;
    struct schedule schedule;
    bool per_system;
    int32_t times;
    int32_t since; /* day */
    const struct expr *when;
    struct indexes fields; /* join the application of its case */
};
struct usage {
    struct title title;
    bool per_resource;
    const struct expr *when, *except;
    int32_t months_met, months; /* met in each of MONTHS, or MONTHS_MET of them */
    int32_t opens;
    struct cites cites;
};
enum severity { SEVERITY_LOW, SEVERITY_MIDDLE, SEVERITY_HIGH };
struct drift {
    struct title title;
    bool per_resource; /* else per system */
    const struct expr *when;
    enum severity severity;
    int32_t opens;
    int32_t tells; /* field; -1 none */
    struct cites cites;
};
struct metric {
    struct title title;
    int32_t part;
    int64_t weight;             /* millionths */
    const struct expr *measure; /* NULL: manual */
};
struct score {
    struct title title;
    struct schedule schedule;
    struct labels parts, grades;
    const struct expr *deduct;
    const struct metric *metrics;
    int32_t metric_count;
};
struct occasion { /* PROCEDURE.EVENT */
    int32_t procedure, event;
};
struct bill {
    struct title title;
    struct schedule schedule;
    const struct expr *when;
    int32_t payer;                         /* role */
    const struct occasion *starts, *stops; /* none written: the events with system open, close */
    int32_t start_count, stop_count;
};

struct option {
    struct title title;
};
struct question {
    struct title title;
    struct cites cites;
    int32_t answer;  /* index into options: the one this policy was compiled with */
    int32_t written; /* the one the file gives */
    const struct option *options;
    int32_t option_count;
};

/* Where a fact's value is kept in a case: slots. Fields first (slot = field index), then
 * system.FIELD (field_count + field index), then these, from slot 2 * field_count on. */
enum surrounding {
    AROUND_ORG_LEVEL,
    AROUND_SYSTEM_ONLINE,
    AROUND_SYSTEM_OPENED,
    AROUND_SYSTEM_CLOSED,
    AROUND_DUE,
    AROUND_AMOUNT,
    AROUND_SCORE,
    AROUND_OWNER,
    AROUND_PAYER,
    AROUND_SOURCE, /* KIND.NAME of the duty, score or bill the case comes from: n is what source_*
                      says */
    AROUND_RESOURCE_USED,
    AROUND_RESOURCE_DELIVERED,
    AROUND_SAMPLES,
    AROUND_DRIFTING,
    AROUND_MEASURES /* then, for each measure: AVG, P95, PEAK, FREE, GROW, SYSTEM (what the system
                       has) */
};
enum measure_fact {
    MEASURE_AVG,
    MEASURE_P95,
    MEASURE_PEAK,
    MEASURE_FREE,
    MEASURE_GROW,
    MEASURE_SYSTEM,
    MEASURE_FACTS
};
/* after the measures: one slot a question asked by cases(), see struct case_query; and behind those
 * what a drift is judged on, which no case has: resource.FIELD, these, and for each measure its
 * three */
enum drift_fact { DRIFT_RESOURCES, DRIFT_OWN, DRIFT_DELIVERED, DRIFT_FACTS };
enum drift_measure { DRIFT_SEEN, DRIFT_GIVEN, DRIFT_RESOURCE, DRIFT_MEASURES };

struct case_query { /* a cases() of the policy */
    int32_t procedure;
    const struct expr *where;
    const char *name; /* of its slot as a fact: cases.PROCEDURE.N, N from 1 within the file */
};

struct slot_info {    /* what a slot holds */
    const char *name; /* as a fact: trial_days, system.mlps_level, avg.cpu … */
    enum value_type type;
    enum unit unit;
    int32_t field; /* whose type and labels it has; -1 none */
};

/* Which figures of use are taken, those that were reported or those that vendors' clouds show. */
enum figures {
    FIGURES_REPORTED_FIRST, /* and the others where a month has none */
    FIGURES_SEEN_FIRST,
    FIGURES_REPORTED,
    FIGURES_SEEN,
    FIGURES_ALL /* both; no policy's choice */
};

struct policy {
    const char *id, *number, *issuer, *under, *replaces, *calendar, *timezone;
    struct title title;
    int32_t issued, effective; /* days; DAY_NONE where not given */
    enum backward backward;
    enum roll roll;
    int32_t closes; /* seconds */
    bool may_backdate;
    struct period backdate;
    uint64_t backdate_roles; /* further back, with a reason */
    struct period blue, yellow, twice;
    enum card implied, house;
    enum figures figures;
    struct labels levels, measures;

    const struct article *articles;
    int32_t article_count;
    const struct law *laws;
    int32_t law_count;
    const struct term *terms;
    int32_t term_count;
    const struct post *roles;
    int32_t role_count;
    const struct group *groups;
    int32_t group_count;
    const struct field *fields;
    int32_t field_count;
    const struct procedure *procedures;
    int32_t procedure_count;
    const struct clock *clocks;
    int32_t clock_count;
    struct remedy remedies[REMEDY_KINDS];
    const struct duty *duties;
    int32_t duty_count;
    const struct usage *usages;
    int32_t usage_count;
    const struct drift *drifts;
    int32_t drift_count;
    const struct score *scores;
    int32_t score_count;
    const struct bill *bills;
    int32_t bill_count;
    const struct question *questions;
    int32_t question_count;
    const struct case_query *queries;
    int32_t query_count;

    const struct field *const
        *columns;                /* per-item fields by column - ITEM_MEASURES - measures.count */
    int32_t column_count;        /* all columns of a line */
    int32_t approved, delivered; /* columns of these names, -1 none */
    int32_t items_field,
        system_field_any; /* the items fields share the case's one list: any of them; -1 */

    const struct slot_info *slots;
    int32_t slot_count;  /* of a case */
    int32_t drift_slots; /* of a drift: those of a case, then its own */
    const int32_t *
        slot_of; /* by symbol of the fact's whole name (also of system.FIELD, avg.cpu …); -1 none */
    const int32_t *column_of; /* by symbol of a column's name; -1 none */
    const int32_t *role_of, *field_of, *clock_of, *procedure_of; /* by symbol; -1 none */

    const struct names *names;
    struct arena *arena;
};

const char *remedy_name(enum remedy_kind kind); /* explain, waive, urge */
/* Slots of the surroundings. */
int32_t policy_slot_around(const struct policy *policy, enum surrounding which);
int32_t policy_slot_measure(const struct policy *policy, int32_t measure, enum measure_fact which);
int32_t policy_slot_query(const struct policy *policy, int32_t query);
/* Of what a drift is judged on. */
int32_t policy_slot_resource(const struct policy *policy, int32_t field);
int32_t policy_slot_drift(const struct policy *policy, enum drift_fact which);
int32_t policy_slot_drift_measure(const struct policy *policy, int32_t measure,
                                  enum drift_measure which);
int32_t policy_slot_system(const struct policy *policy, int32_t field);
/* Does the fact NAME of a case ("purpose", "item.4.quantity") go with the one its act opens, a case
 * of PROCEDURE? (Rule 8.8: entries of the same name do.) */
bool policy_goes_along(const struct policy *policy, const struct procedure *procedure,
                       const char *name);
/* Is a count of cases() asked where a fold reads it again (`to`, `limit`, `until`)? Such a count
 * has to be kept with the act, for the case to fold the same later. */
bool policy_counts_again(const struct policy *policy);
/* The schedule a case's AROUND_SOURCE speaks of ("duty.monthly", "bill.city", "score.vendor"); NULL
 * where unknown. */
const struct schedule *policy_source(const struct policy *policy, int32_t symbol,
                                     const struct duty **duty);
/* "第十一条"-style numbers are the floor above's; here: the article numbers and law names, "11,
 * licence32". */
void policy_cites_text(const struct policy *policy, struct cites cites, struct text *out);

void policy_free(struct policy *policy);

#endif
