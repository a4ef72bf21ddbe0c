/*
 * desk.h: the front door of data/: the files a desk works with. Of data/, tui/ includes this alone.
 *
 * All return 0, or -1 with a sentence in ERROR (appended, in English, without a line's end); what
 * OUT points to is then NULL. Whatever is returned is the caller's to free. A path of "-" is
 * standard input.
 */
#ifndef YUNTAI_DATA_DESK_H
#define YUNTAI_DATA_DESK_H

#include "core/calendar.h"
#include "core/compile.h"
#include "data/error.h"
#include "data/ini.h"
#include "data/monotonic.h"
#include "data/parcel.h"
#include "data/pinyin.h"

/* Appends the bytes of a file of at most 16 MiB to OUT. They may hold anything, NUL too. */
int desk_read_text(const char *path, struct text *out, struct text *error);
int desk_read_file(const char *path, struct text *out, struct error *error); /* the same */

/* The calendar in the CSV file PATH; NULL: the one that comes with the program. ERROR: `FILE:LINE:
 * …`. */
int desk_calendar(const char *path, struct calendar **out, struct text *error);

/* Appends the path of the policy that comes with the program. */
int desk_policy_path(struct text *out, struct text *error);

/*
 * The draft of the policy file PATH; NULL: the one that comes with the program. What is wrong with
 * its form is in FINDINGS, in order of place; policy_compile() adds what is wrong with its sense.
 * -1 only where the file cannot be read or memory is short.
 */
int desk_draft(const char *path, struct draft **out, struct findings *findings, struct text *error);

/* The policy of that file under COUNT ANSWERS; anything wrong in it is an error: ERROR then has the
 * first findings, one a line. */
int desk_policy(const char *path, const struct answer *answers, size_t count, struct policy **out,
                struct text *error);

/* PROCEDURE (a name) of POLICY as its states and what leads from one to another: pairs
 * procedure_title, procedure_before, procedure_after (names); tables states and moves (to: "" it
 * stays; back: to where it came from; when: the condition as the policy writes it, "else" where
 * another leads elsewhere). -1: there is none of that name, or memory is short. */
int desk_flow(const struct policy *policy, const char *procedure, struct parcel *out);

/* Appends where the person keeps NAME ("themes/mine.ini"): $XDG_CONFIG_HOME/yuntai/NAME, else
 * ~/.config/yuntai/NAME, whether it is there or not. -1: nothing says where, or memory is short. */
int desk_own_path(const char *name, struct text *out);
/* Appends the path of a file that comes with the program. -1: it is not where it was installed. */
int desk_shipped_path(const char *name, struct text *out);
/* The INI file PATH as its keys and values, in order and with their places: see ini_source(). What
 * is wrong with its form is in FINDINGS. -1 only where the file cannot be read or memory is short.
 */
int desk_ini(const char *path, struct ini **out, struct findings *findings, struct text *error);

/* ---- the desk ---- */

/* clang-format off */
/*
 * The desk is a message interface: a request is a parcel with the pair `verb`, the reply a parcel.
 * Behind it stand two transports: the store in this process (one person), or `yuntai serve` on a
 * local socket (many). Whatever one can do, the other can.
 *
 * Common to all verbs: `now` (a moment or a day, `--today`) and `as` (a login) are taken from who
 * owns the workspace or its server alone; others are refused, unless `as` is their own.
 * CASE is a number as printed (入云〔2026〕12号), or PROCEDURE-YEAR-SEQ (access-2026-12). ORG, PERSON,
 * SYSTEM and product are codes or whole names.
 * All values are text, but for the bytes of `upload`: UTF-8 without NUL and other control characters
 * than tabs and ends of lines, and without signs that turn
 * the writing around. What may not be seen is answered as what is not there. With `preview` nothing
 * is kept, and a case that would be opened has no number.
 * Lists come as pages: `limit` (50, at most 1000) and `after`, the pair `next` of the page before;
 * no `next`: there is no more. Pages of cases are also read upwards: `before`, the pair `prev` of
 * the page after it, and `last` (yes) the last page; their rows too stand in the list's order. ?
 * marks what may be left out.
 *
 * verb       takes                                    gives
 * hello                                               login name org org_name roles now policy
 *                                                     version workspace; countdowns (names of clocks
 *                                                     with a first and a last day, by commas); tables
 *                                                     roles (role, title, for), absent: whom he
 *                                                     stands in for
 * status                                              now next_workday; counts of open cases: open
 *                                                     late today soon week (with those late) held
 *                                                     unclocked; ahead: of what comes round by
 *                                                     itself, which is in table periodic and in
 *                                                     nothing else here, what is not due this week;
 *                                                     tables cards states heat (the next 30 working
 *                                                     days) handlers load (handler: row of handlers,
 *                                                     day, n) urgent
 * list       query? limit? closed? cards? days?       table cases; next, prev; of the first and the
 *            count? clocks? facets?                   last page total, total_more, at (which row of
 *            after? | before? | last? | behind?       the total it begins with); behind=CASE: after
 *                                                     where that case stands; with clocks=yes table
 *                                                     clocks: each clock that runs or is held, in
 *                                                     the same columns, known by its column key;
 *                                                     with facets=FIELD table facets: which values
 *                                                     there are and how many have each (facets_more:
 *                                                     of the first 20000); with cards=yes
 *                                                     table cards: how many have which, of at
 *                                                     most 20000 cases; limit=0: no row; with
 *                                                     days=DAY table days: what falls due in the six
 *                                                     weeks from then on, and which cards it has. Of a list that takes long
 *                                                     to count (a word very many titles have) total
 *                                                     is only what is certain; count=no: no total.
 *            entries? acts? run? by?                  Of each case besides (each is folded for it):
 *                                                     of the fields ENTRIES entry.NAME, its _title
 *                                                     and of a choice its _place among the others
 *                                                     (nothing of a private one); act, act_title,
 *                                                     act_at of the latest of the events ACTS that
 *                                                     counts; run_since run_least run_due run_over of
 *                                                     the latest run of the first of the clocks RUN
 *                                                     that it has had. BY, some of those entries, or
 *                                                     run: in the order of their choices, of last
 *                                                     days, all rows at once, at most 1000
 * duties     year?                                    year; table duties: of each duty by the month
 *                                                     in which it falls due, how many are done, done
 *                                                     late, waived (the duty, or the card it has),
 *                                                     late, to come
 * complete   query column                             table words: what may stand there
 * show       case                                     tables case entries items (with seen: pieces that
 *                                                     vendors' clouds show, as of seen_at) clocks acts
 *                                                     documents links offers parties; remedies (what
 *                                                     may be done about cards: explain waive
 *                                                     take_back urge), marks (what was); urged: how
 *                                                     often it was
 * why        case clock?                              table steps, clocks, marks; readings
 * whatif     case event date? role?                   state, tables clocks reasons; latest,
 *                                                     latest_clock (of which clock: _title)
 * offer      case?                                    table offers, remedies; without a case table
 *                                                     openings: of what one may be opened, by whom;
 *                                                     seen, seen_at: of what an inventory fills in,
 *                                                     CODE N/APPROVED of each line, of when
 * form       procedure | case event n? | urges;       table fields: what is asked, its type, rule,
 *                                                     labels, what stands in it, whether it is
 *                                                     asked for when ENTRY.* are as typed; tables
 *                                                     items asked_lines measures articles documents,
 *                                                     capacities: in which role, for whom who is away
 *                                                     (login) it may be done, the usual one first;
 *                                                     event, final; of a correction on (its day),
 *                                                     act_title; of a procedure that begins with
 *                                                     a draft, hand_in: the event that ends it; of
 *                                                     one that an inventory fills in, filled_at: its
 *                                                     items hold what that showed then
 * open       procedure | urges; entry.*? for?         case, rev, state, role_title, deputy_of (as what
 *            paper_no? paper_date? date? role?        it was done), tables clocks told opened fired;
 *            deputy_of? reason? then? preview?        THEN: the event done along with it, both or
 *                                                     neither. URGES: a case; what is opened is of the
 *                                                     procedure the policy has for urging, with that
 *                                                     case's number and whom it is with
 * act        case event entry.*? rev? date? role?     the same; n; on refusal table reasons, on
 *            reason? for? deputy_of? paper_no?        conflict table since. FILLED: columns that
 *            n? on? filled? preview?                  the event's `fills` names, where no entry says
 *                                                     them, are what inventories show; filled_at: of
 *                                                     when those are
 *                                event may be edit, correct (n on? entry.*), annul (n), assign
 *                                (to), note (text), redact (n reason), explain and waive (clock?
 *                                round? reason ground), take_back (the same)
 * handover   from to query? reason                    table cases
 * upload     part (bytes) upload?                     upload, size: a document in pieces
 * attach     case upload name field? part?            digest, size
 * document   digest offset                            part (bytes), size, name
 * letter     case kind? preview? new?                 number, day, text, html; without a kind
 *                                                     table letters
 * things     kind query? after? limit? on?            table things (columns as the kind has them);
 *                                                     titles: what values are called
 * thing      kind code                                its pairs; tables facts, history, titles (what
 *                                                     facts and their values are called, those of
 *                                                     the past too)
 * put        kind code NAME=VALUE… rev? date? reason? rev; a value that is empty is taken away
 * succeed    from to (several) how date reason        rename, merge or split of organisations
 * numbers    series? year?                            table numbers
 * void       number reason                            a register number that stays unused
 * use        csv (month's table of use)               table problems; rows taken
 * policies                                            table policies, questions
 * resources  system?                                  year month (the latest that was measured); tables
 *                                                     platform systems: of each measure what it has,
 *                                                     how much of it is used, the twelve months; of a
 *                                                     SYSTEM alone tables months (of each measure
 *                                                     average, p95 and peak; unknown where it was not
 *                                                     measured; whose figures they are, of when, and
 *                                                     beside them the averages that were reported and
 *                                                     seen) and rules (which of those on use hold, in
 *                                                     which months they did); inventory_at: of when
 *                                                     the oldest inventory in force is
 * capacity                                            behind (months known), ahead; tables platform (of
 *                                                     each measure what the vendors' platforms have in
 *                                                     all, kept back, overcommitted, in use, approved
 *                                                     and not used yet; growth a month, forecast,
 *                                                     full: the month in which it will be), places
 *                                                     (the same by vendor, region and zone), months.
 *                                                     The forecast for a month ahead is what is in use
 *                                                     now, the slope of the line of least squares
 *                                                     through the ends of the months behind for each
 *                                                     month, and all that is approved and not used
 * vendors                                             table vendors: whose cloud is taken in, the run
 *                                                     in force, what is under way
 * runs       vendor? before? limit?                   table runs: what each brought, how it ended; the
 *                                                     services that were asked, bytes as they came over
 *                                                     the line, and again: data/vendor/again.h
 * inventory  vendor kind? project? uid? run? differs? table inventory: what the vendor's cloud holds,
 *            history? after_kind? after_uid? limit?   as RUN left it (the one in force); more=yes;
 *                                                     differs=RUN: only what that run brings, changes
 *                                                     or ends; history: every version, latest first
 * differences vendor? run? kind? limit? query?        vendor run staged at rows made changed gone; table
 *            after? | before? | last?                 differences: what RUN (of a VENDOR the one that
 *                                                     waits, else the one in force) brings, changes or
 *                                                     ends, whose it is, and what the policy will say:
 *                                                     verdict (agrees drifts unmapped harmless). QUERY:
 *                                                     see data/desk/differ_query.h; with it a page may be
 *                                                     short, or empty, though there are more behind it
 * holdings   system                                   at stale servers; tables holdings (what vendors'
 *                                                     clouds hold of it), measures (given, seen), drifts
 * resource   vendor kind uid run?                     its pairs and whose it is, at stale; tables
 *                                                     changes (what became of it, seen by which run, the
 *                                                     latest first), facts, measures and drifts of its
 *                                                     system
 * metered    vendor uid                               table metered: what its runs brought of the use
 *                                                     of the resource UID: every version, latest first
 * drifts                                              at stale (of the oldest inventory); table drifts: what vendors' inventories show that
 *                                                     may not be, now, each with its case
 * projects   unmapped? limit? after?                  table projects: whose each project of a vendor's
 *                                                     cloud is, and why, or may be, and what speaks
 *                                                     for it; how many projects, unmapped, rules; next
 * sync       vendor full?                             run before full mark: a new run of this process
 *                                                     alone; or left: a run that is to be taken back
 *                                                     first
 * sync_rows  run rows? gone? missed? same? use?       rows so far; use, use_made, use_changed: of this
 *                                                     request. ROWS, GONE: see data/vendor/row.h;
 *                                                     MISSED: raw digests; SAME: how many more there
 *                                                     are of those known; USE: a sheet as of
 *                                                     data/vendor/report.h
 * sync_end   run result mark? pages? bytes? retries?  rows made changed gone; RESULT is staged, failed
 *            what? request? page? packed? again?      (WHAT went wrong with which REQUEST) or cancelled
 *            services?
 * sync_apply run                                      the same: what was staged is in force
 * sync_leave run kind uid                             made changed gone; one of what was staged stays
 *                                                     as it was
 * sync_undo  run                                      rest=yes: there is more to be taken back
 * sync_known vendor kind after?                       raws: digests of what is in force; next
 * rules      procedure?                               tables articles became (what cites each) clocks
 *                                                     (words: its limit in words)
 *                                                     steps: of the policy of new cases; of a PROCEDURE alone what
 *                                                     desk_flow() gives, and table counts (state, n):
 *                                                     how many open cases are in which state
 * adopt      text answers? preview? effective?        table moves (case, clock, from, to)
 * answer     question option ground preview?          the same
 * notices    year?                                    table notices, days
 * notice     csv preview?                             the same: cases whose clocks move
 * tick       (the owner alone)                        fired, made (numbers), tables fired opened
 *            [step=yes: so little that nobody waits]  rest=yes: there is more to do
 * verify     checkpoint? (as printed)                 table wrong; acts, cases; seq, at: the place of
 *                                                     the chain and the moment it was looked at.
 *                                                     Takes long: see desk_send()
 * backup     to (a whole path; the owner alone)       the workspace as that new directory, proved by
 *                                                     going through it: as verify. Takes long
 * checkpoint                                          text: the signed checkpoint
 * drafts / draft / undraft   case? procedure? event? field? value?   what was typed, not sent; a
 *                                                     procedure @… is kept for its person and
 *                                                     shown only when asked for, with shared=yes
 *                                                     for all (who keeps organisations, people or
 *                                                     the policy may change that); drafts
 *                                                     of all also table forms: each form begun by name
 * presence   case?                                    table people who have it open
 * log        after? limit?                            table log: who came in, what was refused
 * columns    kind                                     table columns: what a register, or a table
 *                                                     of cases to be taken in, may have
 * import     kind csv apply?                          table problems; taken, same
 * acts       query? limit? after? | before? | last?
 *            look?                                    table acts, the latest first: place in the chain,
 *                                                     when, who, for whom, what, in which case or
 *                                                     entry, digest; next, prev; QUERY: words, each a
 *                                                     person (login or name; desk: the desk itself), a
 *                                                     case, a day (also D..D) or an act (a part of its
 *                                                     title), said by who: case: day: act: where that is
 *                                                     not plain. total where all are seen. rest=yes:
 *                                                     LOOK (at most 20000) were looked through, and the
 *                                                     page ends before it is full, at looked (a moment);
 *                                                     next goes on
 * changes    since?                                   seq, table cases: what was done after SINCE,
 *                                                     by whom; 20 acts at most
 */
/* clang-format on */
struct desk;

struct desk_place {        /* where a desk is, and who comes; NULL or NONE: what is usual */
    const char *workspace; /* directory; see data/workspace.h for the usual one */
    const char *socket;    /* of a server; "": never; NULL: the workspace's, where one listens */
    const char *as;        /* login */
    int64_t now;           /* moment, MOMENT_NONE: the clock */
};

/* Makes a workspace in DIRECTORY (which is new, or empty) under the policy in the file POLICY_PATH
 * (NULL: the one that comes with the program). NOW: when, UTC seconds; MOMENT_NONE the clock. */
int desk_make(const char *directory, const char *policy_path, int64_t now, struct error *error);
/* Appends where the workspace is when nobody says: see data/workspace.h. */
int desk_usual(struct text *out, struct error *error);
/* Fills a new workspace with a believable city up to NOW (UTC seconds). PROGRESS may be NULL. */
int desk_sample(const char *workspace, int64_t now, void (*progress)(void *self, int done, int of),
                void *self, struct error *error);
/* Serves WORKSPACE on SOCKET (NULL: as its settings say) until a signal ends it. */
int desk_serve(const char *workspace, const char *socket, struct error *error);
/* The backup FROM as the new WORKSPACE, proved by going through it: REPLY as that of verify. */
int desk_restore(const char *from, const char *workspace, struct parcel *reply,
                 struct error *error);
/* What is not well here and how it is mended: table `checks`. -1 where something is not. */
int desk_doctor(const char *workspace, struct parcel *reply, struct error *error);
/* The settings in force in WORKSPACE (NULL: the usual one): table `settings`. */
int desk_settings(const char *workspace, struct parcel *reply, struct error *error);
/* The language the settings ask for, "zh" or "en"; NULL: none, or they cannot be read. */
const char *desk_language(const char *workspace);

int desk_open(const struct desk_place *place, struct desk **out, struct error *error);
void desk_close(struct desk *desk);
/* 0 with REPLY filled; -1 with ERROR, and what it speaks of in REPLY's tables. REPLY is emptied
 * first; it is the caller's to free. */
int desk_call(struct desk *desk, const struct parcel *request, struct parcel *reply,
              struct error *error);
/*
 * From now on a request that only reads is given up, with ERROR_INTERRUPTED, as soon as there is
 * something to read from DESCRIPTOR (the terminal's: a key); -1: none, as in the beginning. What
 * was typed before the call counts: read it first. A request that writes is never given up, and
 * nothing is read here. The desk is as good as before for the next call.
 */
void desk_interruptible(struct desk *desk, int descriptor);
/*
 * What takes long (verify, backup) may be asked with desk_call(), which waits for it; or it is
 * sent, and heard of. It is done by another process, for what stood in the store when that began,
 * while this desk and all others go on; over the socket a server has one process for all who ask
 * the same at once.
 */
struct errand;
/* -1 with ERROR: he may not ask for it, or nobody can be sent. */
int desk_send(struct desk *desk, const struct parcel *request, struct errand **out,
              struct error *error);
/* Readable when there is something to hear. */
int desk_errand_descriptor(const struct errand *errand);
enum errand_state { ERRAND_UNDER_WAY, ERRAND_DONE, ERRAND_FAILED };
/*
 * What was heard last, without waiting. ERRAND_UNDER_WAY: SAID is empty, or has how far it is: step
 * (acts, documents, pages, files: what is counted), done, of; with acts also cases, cases_of.
 * ERRAND_DONE: SAID is the reply. ERRAND_FAILED: ERROR, and what it speaks of in SAID;
 * ERROR_INTERRUPTED where it was recalled. SAID is emptied first. Not to be asked after the end.
 */
enum errand_state desk_hear(struct errand *errand, struct parcel *said, struct error *error);
/* It is to give up; what it then says is heard like anything else. */
void desk_recall(struct errand *errand);
/* One that is under way is recalled first, and waited for, a second at most. NULL: nothing. */
void desk_forget(struct errand *errand);
/* That other process is this program: its main() asks here first. True: ARGV is such a process's,
 * and it ends with *STATUS. */
bool desk_child(int argc, char **argv, int *status);
/*
 * A sync of VENDOR, whose cloud the settings of WORKSPACE (NULL: the usual one) speak of:
 * yuntai-net, a process of its own, asks it; what it reports goes to the desk as requests of this
 * process, in batches with pauses in which others act. FULL: all is listed; else what changed,
 * where that can be asked. It is over when what came is staged, which nobody sees before
 * sync_apply.
 */
struct desk_sync;
/* Appends the names of the vendors that the settings speak of, blanks between them. */
int desk_sync_vendors(const char *workspace, struct text *out, struct error *error);
/* Begins nothing yet. -1 with ERROR: no settings speak of it. DESK outlives it. */
int desk_sync(struct desk *desk, const char *workspace, const char *vendor, bool full,
              struct desk_sync **out, struct error *error);
/* The MONTH, as 2026-10, whose use is asked for; else that before this one. Before it is heard
 * first. */
int desk_sync_month(struct desk_sync *sync, const char *month);
/* For poll(): how many milliseconds may pass (-1: any) before it is to be heard, and the
 * *DESCRIPTOR that says so sooner by being readable; -1: there is none. */
int desk_sync_wait(const struct desk_sync *sync, int *descriptor);
/*
 * Does what is next, a batch at most. ERRAND_UNDER_WAY: SAID is empty, or has how far it is: kind,
 * page, rows, pages, bytes, packed, retries, again, services (see data/vendor/report.h); table
 * steps: of each kind that is asked for state (waiting, going, done, skipped), rows, about how many
 * there will be, the service. ERRAND_DONE: it is staged; SAID has the same but for steps, and run,
 * all, made, changed, gone, mark, tables kinds and problems; of figures of use, where some came,
 * use, use_made, use_changed. ERRAND_FAILED: ERROR, and in SAID how far it
 * came; nothing of it is left. Not to be asked after the end.
 */
enum errand_state desk_sync_hear(struct desk_sync *sync, struct parcel *said, struct error *error);
/* It is to give up: heard as ERROR_INTERRUPTED. */
void desk_sync_stop(struct desk_sync *sync);
/* One that is under way is stopped first, two seconds at most. NULL: nothing. */
void desk_sync_free(struct desk_sync *sync);
/* "local" or "socket". */
const char *desk_transport(const struct desk *desk);
/* A descriptor that becomes readable when something changed; -1: there is none (local). After it
 * did, desk_changed() says up to which place of the chain, 0 where nothing new came. */
int desk_descriptor(const struct desk *desk);
int64_t desk_changed(struct desk *desk);

#endif
