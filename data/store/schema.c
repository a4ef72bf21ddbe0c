/* schema.c: the tables. Types are tokens that each driver puts its own for. */
#include "data/store/schema.h"

#include <stddef.h>
#include <unistd.h>

#include "data/store/case_row.h"

/* What is written once and chained: acts, of cases and of registers alike. CASE_ID is the thing the
 * act is about; N its number there; facts are what the fold reads, the body what people wrote. */
static const char acts[] =
    "CREATE TABLE node (id @I4 NOT NULL PRIMARY KEY, name @TX NOT NULL, home @I4 NOT NULL "
    " CHECK (home IN (0,1)), counter @I8 NOT NULL)@OPT;"
    "CREATE TABLE chain (node @I4 NOT NULL PRIMARY KEY, seq @I8 NOT NULL, head @BL NOT NULL,"
    " recorded_at @I8 NOT NULL)@OPT;"
    "CREATE TABLE act (case_id @I8 NOT NULL, n @I4 NOT NULL, node @I4 NOT NULL, seq @I8 NOT NULL,"
    " form @I4 NOT NULL, event @TX NOT NULL, actor_id @I8 NOT NULL, role @TX NOT NULL,"
    " deputy_of @I8, party_org @I8, effective_at @I8 NOT NULL, recorded_at @I8 NOT NULL,"
    " corrects @I4, policy_id @I8 NOT NULL, facts @TX NOT NULL, body_hash @BL NOT NULL, body @TX,"
    " parent @BL NOT NULL, prev @BL NOT NULL, hash @BL NOT NULL,"
    " PRIMARY KEY (case_id, n), UNIQUE (node, seq))@OPTW;"
    /* A body alone may be struck out, and nothing else of its row with it. */
    "CREATE TRIGGER act_stays BEFORE UPDATE ON act WHEN NOT (NEW.body IS NULL"
    " AND (NEW.case_id, NEW.n, NEW.node, NEW.seq, NEW.form, NEW.event, NEW.actor_id, NEW.role,"
    "  NEW.effective_at, NEW.recorded_at, NEW.policy_id, NEW.facts, NEW.body_hash, NEW.parent,"
    "  NEW.prev, NEW.hash) = (OLD.case_id, OLD.n, OLD.node, OLD.seq, OLD.form, OLD.event,"
    "  OLD.actor_id, OLD.role, OLD.effective_at, OLD.recorded_at, OLD.policy_id, OLD.facts,"
    "  OLD.body_hash, OLD.parent, OLD.prev, OLD.hash)"
    " AND NEW.deputy_of IS OLD.deputy_of AND NEW.party_org IS OLD.party_org"
    " AND NEW.corrects IS OLD.corrects)"
    " BEGIN SELECT RAISE(ABORT, 'acts are not changed'); END;"
    "CREATE TRIGGER act_remains BEFORE DELETE ON act"
    " BEGIN SELECT RAISE(ABORT, 'acts are not removed'); END;"
    "CREATE TRIGGER act_once BEFORE INSERT ON act"
    " WHEN EXISTS (SELECT 1 FROM act WHERE case_id = NEW.case_id AND n = NEW.n)"
    "  OR EXISTS (SELECT 1 FROM act WHERE node = NEW.node AND seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'acts are not replaced'); END;"
    "CREATE TABLE policy (id @I8 NOT NULL PRIMARY KEY, name @TX NOT NULL, digest @BL NOT NULL,"
    " text @TX NOT NULL, answers @TX NOT NULL, effective @I4 NOT NULL, adopted_at @I8 NOT NULL)@OPT;"
    "CREATE TABLE stamp (node @I4 NOT NULL, seq @I8 NOT NULL, head @BL NOT NULL, at @I8 NOT NULL,"
    " signature @TX NOT NULL, PRIMARY KEY (node, seq))@OPTW;";

/* SORT_AT of a clock: its end, or that of store.h where it stands still. */
#define CLOCK_QUEUE                                                                                \
    "CREATE INDEX clock_queue ON clock (sort_at, case_id, clock) WHERE ended_at IS NULL;"

/* The queue in its order; what open cases are counted by stands in it too, so that they need not be
 * looked up to be counted. */
#define CASE_QUEUE                                                                                 \
    "CREATE INDEX casefile_queue ON casefile (closed, sort_at, id, state, org_id, county_id,"      \
    " vendor_id, owner_id, procedure, held, yellow_at, red2_at, blue_at, with_role, red_at);"
/* Of whoever answers for them, and of a county, in the order of the queue. */
#define CASES_APART                                                                                \
    "CREATE INDEX casefile_owner ON casefile (owner_id, closed, sort_at, id);"                     \
    "CREATE INDEX casefile_county ON casefile (county_id, closed, sort_at, id);"
/* By name, and one register whole. */
#define THING_INDEXES                                                                              \
    "CREATE INDEX thing_name ON thing (kind, name);"                                               \
    "CREATE INDEX thing_kind ON thing (kind);"
/* Few clocks have had a card explained or waived, and fewer of these still run. */
#define CLOCK_MARKED                                                                               \
    "CREATE INDEX clock_marked ON clock (ended_at, case_id) WHERE waived + explained > 0;"
/* See case_row.h. */
#define TALLY                                                                                      \
    "CREATE TABLE tally (day @I4 NOT NULL, procedure @TX NOT NULL, state @TX NOT NULL,"            \
    " org_id @I8 NOT NULL, county_id @I8 NOT NULL, owner_id @I8 NOT NULL, blue_at @I8 NOT NULL,"   \
    " yellow_at @I8 NOT NULL, red_at @I8 NOT NULL, red2_at @I8 NOT NULL, n @I8 NOT NULL,"          \
    " PRIMARY KEY (day, procedure, state, org_id, county_id, owner_id, blue_at, yellow_at,"        \
    " red_at, red2_at))@OPTW;"

/* A cache of the fold: everything here can be made again from the acts. */
static const char cases[] =
    "CREATE TABLE casefile (id @I8 NOT NULL PRIMARY KEY, number @TX, procedure @TX NOT NULL,"
    " title @TX NOT NULL, title_py @TX NOT NULL, org_id @I8 NOT NULL, county_id @I8 NOT NULL,"
    " vendor_id @I8 NOT NULL, owner_id @I8 NOT NULL, system_id @I8 NOT NULL, policy_id @I8 NOT NULL,"
    " source @TX, state @TX NOT NULL, with_role @TX NOT NULL,"
    " closed @I4 NOT NULL CHECK (closed IN (0,1)), opened_on @I4 NOT NULL, changed_at @I8 NOT NULL,"
    " rev @I4 NOT NULL, head @BL NOT NULL, sort_at @I8 NOT NULL, due_at @I8, blue_at @I8,"
    " yellow_at @I8, red_at @I8, red2_at @I8, held @I4 NOT NULL DEFAULT 0, left_wd @I4,"
    " provisional @I4 NOT NULL DEFAULT 0, wake_at @I8, cal_rev @I4 NOT NULL, fold_rev @I4 NOT NULL,"
    " clock @TX, since_at @I8, reserved @TX)"
    "@OPT;" CASE_QUEUE CASES_APART
    "CREATE INDEX casefile_org ON casefile (org_id, closed, sort_at, id);"
    "CREATE INDEX casefile_opened ON casefile (closed, opened_on, id);"
    "CREATE INDEX casefile_changed ON casefile (closed, changed_at, id);"
    "CREATE INDEX casefile_system ON casefile (system_id, procedure, id) WHERE system_id > 0;"
    "CREATE INDEX casefile_wake ON casefile (wake_at, id) WHERE wake_at IS NOT NULL;"
    "CREATE UNIQUE INDEX casefile_number ON casefile (number) WHERE number IS NOT NULL;"
    "CREATE UNIQUE INDEX casefile_source ON casefile (source) WHERE source IS NOT NULL;"
    "CREATE TABLE clock (case_id @I8 NOT NULL, clock @TX NOT NULL, round @I4 NOT NULL,"
    " state @I4 NOT NULL, started_at @I8 NOT NULL, ended_at @I8, due_at @I8, yellow_on @I8,"
    " red_on @I8, red2_on @I8, sort_at @I8 NOT NULL DEFAULT 0, blue_on @I8, left_wd @I4,"
    " provisional @I4 NOT NULL DEFAULT 0, explained @I4 NOT NULL DEFAULT 0,"
    " waived @I4 NOT NULL DEFAULT 0, PRIMARY KEY (case_id, clock, round))@OPTW;" CLOCK_QUEUE
        CLOCK_MARKED TALLY
    "CREATE TABLE link (a @I8 NOT NULL, b @I8 NOT NULL, PRIMARY KEY (a, b))@OPTW;"
    "CREATE INDEX link_back ON link (b);"
    "CREATE TABLE party (case_id @I8 NOT NULL, org_id @I8 NOT NULL, since @I8 NOT NULL,"
    " PRIMARY KEY (case_id, org_id))@OPTW;"
    "CREATE INDEX party_org ON party (org_id, case_id);"
    "CREATE TABLE told (id @I8 NOT NULL PRIMARY KEY, case_id @I8 NOT NULL, n @I4 NOT NULL,"
    " role @TX NOT NULL, org_id @I8 NOT NULL, at @I8 NOT NULL)@OPT;"
    "CREATE INDEX told_case ON told (case_id, n);"
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none,"
    " tokenize=\"unicode61\");";

/* Figures of use: one row a source, as reported and as seen; see use.h. */
#define USAGE                                                                                      \
    "CREATE TABLE usage (month @I4 NOT NULL, system_id @I8 NOT NULL, resource @TX NOT NULL,"       \
    " source @TX NOT NULL, at @I8 NOT NULL, facts @TX NOT NULL,"                                   \
    " PRIMARY KEY (month, system_id, resource, source))@OPTW;"

/* Registers: organisations, people, roles, absences, systems, catalogue, prices, quotas, notices.
 * A row is the latest of its acts. */
static const char registers[] =
    "CREATE TABLE thing (id @I8 NOT NULL PRIMARY KEY, kind @TX NOT NULL, code @TX NOT NULL,"
    " name @TX NOT NULL, name_py @TX NOT NULL, parent_id @I8 NOT NULL, since @I4, until @I4,"
    " facts @TX NOT NULL, rev @I4 NOT NULL, head @BL NOT NULL)@OPT;"
    "CREATE UNIQUE INDEX thing_code ON thing (kind, code);" THING_INDEXES
    "CREATE INDEX thing_parent ON thing (parent_id, kind);"
    "CREATE TABLE mark (name @TX NOT NULL PRIMARY KEY, n @I8 NOT NULL)@OPTW;"
    "CREATE TABLE series (name @TX NOT NULL, year @I4 NOT NULL, last @I4 NOT NULL,"
    " PRIMARY KEY (name, year))@OPTW;"
    "CREATE TABLE number (series @TX NOT NULL, year @I4 NOT NULL, seq @I4 NOT NULL,"
    " text @TX NOT NULL, case_id @I8 NOT NULL, day @I4 NOT NULL, void @TX,"
    " PRIMARY KEY (series, year, seq))@OPTW;"
    "CREATE TABLE document (case_id @I8 NOT NULL, n @I4 NOT NULL, digest @BL NOT NULL,"
    " name @TX NOT NULL, size @I8 NOT NULL, field @TX NOT NULL, part @TX NOT NULL,"
    " actor_id @I8 NOT NULL, at @I8 NOT NULL, PRIMARY KEY (case_id, n, digest, name))@OPTW;"
    "CREATE INDEX document_digest ON document (digest);" USAGE
    "CREATE TABLE draft (person_id @I8 NOT NULL, subject @TX NOT NULL, field @TX NOT NULL,"
    " value @TX NOT NULL, at @I8 NOT NULL, PRIMARY KEY (person_id, subject, field))@OPTW;"
    "CREATE TABLE presence (case_id @I8 NOT NULL, person_id @I8 NOT NULL, at @I8 NOT NULL,"
    " PRIMARY KEY (case_id, person_id))@OPTW;"
    "CREATE TABLE log (id @I8 NOT NULL PRIMARY KEY, at @I8 NOT NULL, uid @I8 NOT NULL,"
    " person_id @I8 NOT NULL, what @TX NOT NULL, outcome @TX NOT NULL)@OPT;";

/* The digests of a kind as they stand, of which a sync asks for all: to_run is there so that
 * nothing else is read. */
#define RESOURCE_RAW                                                                               \
    "CREATE INDEX resource_raw ON resource (vendor_id, kind, raw, to_run) WHERE to_run IS NULL;"
/* What projects hold is summed up from this alone. */
#define RESOURCE_PROJECT                                                                           \
    "CREATE INDEX resource_project ON resource (vendor_id, project, kind, to_run, vcpus, ram,"     \
    " disk);"
/* What a vendor's cloud holds, as its runs brought it; see inventory.h. */
#define INVENTORY                                                                                         \
    "CREATE TABLE vendor (id @I8 NOT NULL PRIMARY KEY, name @TX NOT NULL UNIQUE,"                         \
    " run @I8 NOT NULL, run_at @I8 NOT NULL, full_at @I8 NOT NULL, mark @TX NOT NULL)@OPT;"               \
    "CREATE TABLE run (id @I8 NOT NULL PRIMARY KEY, vendor_id @I8 NOT NULL,"                              \
    " person_id @I8 NOT NULL, began_at @I8 NOT NULL, ended_at @I8 NOT NULL, whole @I4 NOT NULL,"          \
    " state @I4 NOT NULL, holder @TX NOT NULL, rows @I8 NOT NULL, made @I8 NOT NULL,"                     \
    " changed @I8 NOT NULL, gone @I8 NOT NULL, pages @I8 NOT NULL, bytes @I8 NOT NULL,"                   \
    " retries @I8 NOT NULL, said @TX NOT NULL)@OPT;"                                                      \
    "CREATE INDEX run_vendor ON run (vendor_id, id);"                                                     \
    "CREATE TABLE resource (vendor_id @I8 NOT NULL, kind @TX NOT NULL, uid @TX NOT NULL,"                 \
    " from_run @I8 NOT NULL, to_run @I8, gone @I4 NOT NULL DEFAULT 0, raw @BL NOT NULL,"                  \
    " region @TX NOT NULL, project @TX NOT NULL, name @TX NOT NULL, status @TX NOT NULL,"                 \
    " zone @TX NOT NULL, vcpus @I8 NOT NULL, ram @I8 NOT NULL, disk @I8 NOT NULL,"                        \
    " facts @TX NOT NULL, PRIMARY KEY (vendor_id, kind, uid, from_run))@OPTW;"                            \
    "CREATE INDEX resource_from ON resource (vendor_id, from_run);"                                       \
    "CREATE INDEX resource_to ON resource (vendor_id, to_run) WHERE to_run IS NOT NULL;" RESOURCE_PROJECT \
        RESOURCE_RAW

/* The drifts that are seen now; see drifts.h. */
#define DRIFTS                                                                                     \
    "CREATE TABLE drift (system_id @I8 NOT NULL, kind @TX NOT NULL, uid @TX NOT NULL,"             \
    " case_id @I8 NOT NULL, seen_at @I8 NOT NULL, shown @TX NOT NULL,"                             \
    " PRIMARY KEY (system_id, kind, uid))@OPTW;"                                                   \
    "CREATE INDEX drift_case ON drift (case_id);"

/* What its runs brought of the use of each resource, by the month; see use.h. */
#define METERED                                                                                    \
    "CREATE TABLE metered (vendor_id @I8 NOT NULL, uid @TX NOT NULL, system @TX NOT NULL,"         \
    " month @I4 NOT NULL, from_run @I8 NOT NULL, to_run @I8, facts @TX NOT NULL,"                  \
    " PRIMARY KEY (vendor_id, uid, system, month, from_run))@OPTW;"                                \
    "CREATE INDEX metered_system ON metered (vendor_id, system) WHERE system <> '';"               \
    "CREATE INDEX metered_from ON metered (vendor_id, from_run);"                                  \
    "CREATE INDEX metered_to ON metered (vendor_id, to_run) WHERE to_run IS NOT NULL;"

/* STEPS[V] brings a store of version V to V + 1. */
static const char *const steps[SCHEMA_VERSION] = {
    /* the clock a case stands by is in its row, how many are open in a mark */
    [1] = "ALTER TABLE casefile ADD COLUMN clock @TX;"
          "ALTER TABLE casefile ADD COLUMN since_at @I8;"
          "UPDATE casefile SET (clock, since_at) = (SELECT k.clock, k.started_at FROM clock AS k"
          " WHERE k.case_id = casefile.id AND k.ended_at IS NULL AND (k.due_at = casefile.due_at"
          " OR (casefile.due_at IS NULL AND k.state = 3)) ORDER BY k.round DESC LIMIT 1)"
          " WHERE closed = 0;"
          "INSERT INTO mark (name, n) SELECT 'open', COUNT(*) FROM casefile WHERE closed = 0;",
    /* clocks that run are listed by themselves; what is new in them the next tick counts */
    [2] = "ALTER TABLE clock ADD COLUMN sort_at @I8 NOT NULL DEFAULT 0;"
          "ALTER TABLE clock ADD COLUMN blue_on @I8;"
          "ALTER TABLE clock ADD COLUMN left_wd @I4;"
          "ALTER TABLE clock ADD COLUMN provisional @I4 NOT NULL DEFAULT 0;"
          "UPDATE clock SET sort_at = COALESCE(due_at, 4611686018427387904)"
          " WHERE ended_at IS NULL;" CLOCK_QUEUE,
    [3] = INVENTORY,
    /* things are found by key, and cards counted in the queue's index */
    [4] = "DROP INDEX casefile_queue;" CASE_QUEUE "DROP INDEX thing_name;" THING_INDEXES,
    /* what a case has reserved is in its row, what all of them have in marks */
    [5] = "ALTER TABLE casefile ADD COLUMN reserved @TX;"
          "UPDATE casefile SET reserved = (SELECT group_concat(measure || '=' || n || char(10), '')"
          " FROM (SELECT measure, n FROM reserve WHERE case_id = casefile.id ORDER BY measure))"
          " WHERE id IN (SELECT case_id FROM reserve);"
          "INSERT INTO mark (name, n) SELECT 'reserved.' || measure, SUM(n) FROM reserve"
          " GROUP BY measure;"
          "DROP TABLE reserve;",
    [6] = "ALTER TABLE clock ADD COLUMN explained @I4 NOT NULL DEFAULT 0;"
          "ALTER TABLE clock ADD COLUMN waived @I4 NOT NULL DEFAULT 0;" CLOCK_MARKED,
    [7] = DRIFTS,
    /* figures of use say whose they are; what was there had been reported */
    [8] = "ALTER TABLE usage RENAME TO usage_before;" USAGE
          "INSERT INTO usage (month, system_id, resource, source, at, facts)"
          " SELECT month, system_id, resource, 'reported', 0, facts FROM usage_before;"
          "DROP TABLE usage_before;" METERED,
    [9] = CASES_APART,
    [10] = "DROP INDEX resource_raw;" RESOURCE_RAW,
    /* cards are counted in the tallies, and what was done about them apart from what is over */
    [11] = "DROP TABLE tally;" TALLY "INSERT INTO tally (" TALLY_COLUMNS ") " TALLY_OF_CASES ";"
           "DROP INDEX clock_marked;" CLOCK_MARKED,
    [12] = "DROP INDEX resource_project;" RESOURCE_PROJECT,
};

int schema_make(struct db *db, struct error *error)
{
    if (db_begin(db, error) != 0) {
        return -1;
    }
    if (db_schema(db, acts, error) != 0 || db_schema(db, cases, error) != 0 ||
        db_schema(db, registers, error) != 0 || db_schema(db, INVENTORY, error) != 0 ||
        db_schema(db, DRIFTS, error) != 0 || db_schema(db, METERED, error) != 0 ||
        db_set_version(db, error, SCHEMA_VERSION) != 0) {
        db_rollback(db);
        return -1;
    }
    return db_commit(db, error);
}

static int keep_copy(struct db *db, const char *directory, int64_t version, struct error *error)
{
    struct text path = {0};
    text_addf(&path, "%s/desk.db.%d", directory, (int)version);
    int status = path.failed ? error_memory(error) : 0;
    if (status == 0) {
        unlink(text_bytes(&path)); /* of an upgrade that did not come to its end */
        status = db_backup(db, text_bytes(&path), NULL, error);
    }
    text_free(&path);
    return status;
}

int schema_bring(struct db *db, const char *directory, const char *const *bring, int64_t to,
                 struct error *error)
{
    int64_t version;
    if (db_version(db, error, &version) != 0) {
        return -1;
    }
    if (version == to) {
        return 0;
    }
    if (version < 1) {
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("the store in %1 was not made to its end; remove desk.db there and "
                            "run `yuntai init` again"),
                         directory, NULL);
    }
    if (version > to) {
        struct text here = {0}, there = {0};
        text_add_int(&here, to);
        text_add_int(&there, version);
        error_set(error, ERROR_ENVIRONMENT,
                  N_("this store is of version %1, made by a newer yuntai; this one reads up to "
                     "%2: install the newer program"),
                  text_bytes(&there), text_bytes(&here));
        text_free(&here);
        text_free(&there);
        return -1;
    }
    if (keep_copy(db, directory, version, error) != 0 || db_begin(db, error) != 0) {
        return -1;
    }
    for (; version < to; version++) {
        if (db_schema(db, bring[version], error) != 0) {
            db_rollback(db);
            return -1;
        }
    }
    if (db_set_version(db, error, to) != 0) {
        db_rollback(db);
        return -1;
    }
    return db_commit(db, error);
}

int schema_upgrade(struct db *db, const char *directory, struct error *error)
{
    return schema_bring(db, directory, steps, SCHEMA_VERSION, error);
}
