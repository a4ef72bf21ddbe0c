/* great_reading.c: pages of the queue and searches, beside the same SELECTs; status; verify. */
#define _XOPEN_SOURCE 700
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/day.h"
#include "data/digest.h"
#include "data/store/case_row.h"
#include "test/support/great_bench.h"
#include "test/support/stopwatch.h"

enum { PAGE = 50, RUNS = 9, TURNS = 40 };

/* ---- pages ---- */

/* A page as the desk is asked for it, and the SELECT that finds the same rows. */
struct page {
    const char *what;
    const char *query, *where, *from; /* FROM: the query whose first page WHERE goes on from */
    const char *sql;
    bool counts; /* it also says how many there are in all */
};

#define ROW "SELECT " CASE_COLUMNS " FROM casefile AS c WHERE c.closed = 0"
#define NEXT " AND (c.sort_at, c.id) > (?1, ?2)"
#define BEFORE " AND (c.sort_at, c.id) < (?1, ?2)"
#define UP " ORDER BY c.sort_at, c.id LIMIT 50"
#define DOWN " ORDER BY c.sort_at DESC, c.id DESC LIMIT 50"

static const struct page pages[] = {
    {"first page", "", NULL, NULL, ROW UP, true},
    {"next page", "", "after", "next", ROW NEXT UP, false},
    {"last page", "", "last", NULL, ROW DOWN, true},
    {"page before the last", "", "before", "prev", ROW BEFORE DOWN, false},
    {"filtered page, not counted", "state:allocating", NULL, NULL,
     ROW " AND c.state = 'allocating'" UP, false},
    {"filtered next page", "state:allocating", "after", "next",
     ROW " AND c.state = 'allocating'" NEXT UP, false},
    {"page of a district", "县区:登封", NULL, NULL, NULL, true},
};

struct turning {
    struct desk *desk;
    sqlite3 *sqlite;
};

static sqlite3 *open_bare(const char *directory)
{
    sqlite3 *sqlite = NULL;
    struct text path = {0};
    text_addf(&path, "%s/desk.db", directory);
    sqlite3_open_v2(text_bytes(&path), &sqlite, SQLITE_OPEN_READWRITE, NULL);
    sqlite3_exec(sqlite, "PRAGMA cache_size=-8000; PRAGMA mmap_size=0", NULL, NULL, NULL);
    text_free(&path);
    return sqlite;
}

/* The place from which PAGE goes on; empty where it begins. */
static int find_place(struct turning *turning, const struct page *page, struct text *place)
{
    struct parcel reply = {0};
    int status = 0;
    if (page->from) {
        bool last = strcmp(page->from, "prev") == 0;
        status = great_ask(turning->desk, &reply, "list", "query", page->query, "last",
                           last ? "yes" : "no", NULL);
        text_add(place, parcel_get(&reply, page->from));
    }
    parcel_free(&reply);
    return status;
}

static int turn(struct turning *turning, const struct page *page, const char *place)
{
    struct parcel reply = {0};
    bool last = page->where && strcmp(page->where, "last") == 0;
    int status = 0;
    for (int i = 0; i < TURNS && status == 0; i++) {
        status = great_ask(turning->desk, &reply, "list", "query", page->query, "count",
                           page->counts ? "yes" : "no", page->where ? page->where : "after",
                           last ? "yes" : place, NULL);
    }
    parcel_free(&reply);
    return status;
}

static int select_bare(struct turning *turning, const struct page *page, const char *place)
{
    sqlite3_stmt *row = NULL;
    int rows = 0;
    if (sqlite3_prepare_v3(turning->sqlite, page->sql, -1, SQLITE_PREPARE_PERSISTENT, &row, NULL)) {
        fprintf(stderr, "bench_store: %s\n", sqlite3_errmsg(turning->sqlite));
        return -1;
    }
    const char *blank = strchr(place, ' ');
    for (int i = 0; i < TURNS; i++) {
        if (blank) {
            sqlite3_bind_int64(row, 1, strtoll(place, NULL, 10));
            sqlite3_bind_int64(row, 2, strtoll(blank + 1, NULL, 10));
        }
        while (sqlite3_step(row) == SQLITE_ROW) {
            for (int k = 0; k < sqlite3_column_count(row); k++) {
                rows += sqlite3_column_text(row, k) != NULL;
            }
        }
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    return rows > 0 ? 0 : -1;
}

static int measure_page(const struct great *great, struct turning *turning, const struct page *page)
{
    struct text place = {0};
    struct lap desk = {0}, bare = {0};
    int status = find_place(turning, page, &place);
    for (int i = 0; i < RUNS && status == 0; i++) {
        struct lap begun = lap_begin();
        status = turn(turning, page, text_bytes(&place));
        desk = lap_best(desk, lap_since(begun));
        begun = lap_begin();
        status = status || !page->sql ? status : select_bare(turning, page, text_bytes(&place));
        bare = lap_best(bare, lap_since(begun));
    }
    if (status == 0) {
        char more[80];
        snprintf(more, sizeof more, "%.0f us beside %.0f us", desk.cpu / TURNS * 1e6,
                 bare.cpu / TURNS * 1e6);
        if (page->sql) {
            great_say(great, page->what, desk.cpu / bare.cpu, "times the SELECT", 1.5, more);
        } else {
            great_say(great, page->what, desk.wall / TURNS * 1e3, "ms", 50, NULL);
        }
    }
    text_free(&place);
    return status;
}

int great_pages(const struct great *great)
{
    static const struct page own = {"a district clerk's page", "", NULL, NULL, NULL, true};
    struct turning turning = {.desk = great_desk(great, great->directory, "sun"),
                              .sqlite = open_bare(great->directory)};
    int status = turning.desk ? 0 : -1;
    puts("pages of 50 cases (processor time)");
    for (size_t i = 0; i < sizeof pages / sizeof *pages && status == 0; i++) {
        status = measure_page(great, &turning, &pages[i]);
    }
    desk_close(turning.desk);
    turning.desk = great_desk(great, great->directory, "d03");
    status = status == 0 && turning.desk ? measure_page(great, &turning, &own) : -1;
    desk_close(turning.desk);
    sqlite3_close(turning.sqlite);
    return status;
}

/* ---- search and filters ---- */

int great_search(const struct great *great)
{
    static const struct {
        const char *query, *what;
        double aim;
    } asked[] = {{"郑州", "common: two cases of five", 50},
                 {"登封", "one of twenty-seven", 50},
                 {"嵩阳", "rare: one of 16,000", 50},
                 {"昆仑", "in no title", 50},
                 {"郑州 closed", "common, of the closed", 50},
                 {"嵩阳 closed", "rare, of the closed", 50},
                 {"昆仑 closed", "in no title, of the closed", 50},
                 {"停车 扩容", "two words", 50},
                 {"org:水利局", "an organisation", 50},
                 {"state:signing", "a state", 50},
                 {"card:red", "a card", 50},
                 {"due<=3wd", "due within three working days", 50},
                 {"handler:钱慧", "a handler", 50},
                 {"sort:-opened", "the latest first", 50},
                 {"sort:-changed closed", "what moved last, of the closed", 50},
                 {"state:withdrawn closed", "a state of the closed", 50},
                 {"org:水利局 closed", "an organisation's closed ones", 50},
                 {"sort:number closed", "by number, of the closed", 50}};
    struct desk *desk = great_desk(great, great->directory, "sun");
    struct parcel reply = {0};
    int status = desk ? 0 : -1;
    puts("first pages (wall clock)");
    for (size_t i = 0; i < sizeof asked / sizeof *asked && status == 0; i++) {
        struct lap best = {0};
        char what[160], more[80];
        for (int k = 0; k < RUNS && status == 0; k++) {
            struct lap begun = lap_begin();
            status = great_ask(desk, &reply, "list", "query", asked[i].query, NULL);
            best = lap_best(best, lap_since(begun));
        }
        snprintf(what, sizeof what, "%s (%s)", asked[i].query, asked[i].what);
        snprintf(more, sizeof more, "%s%s found", parcel_get(&reply, "total"),
                 parcel_yes(&reply, "total_more") ? "+" : "");
        great_say(great, what, best.wall * 1e3, "ms", asked[i].aim, more);
    }
    parcel_free(&reply);
    desk_close(desk);
    return status;
}

/* ---- status ---- */

static int run_status(const char *directory, const char *day)
{
    fflush(NULL);
    pid_t child = fork();
    int status = -1;
    if (child == 0) {
        const char *program = getenv("YUNTAI_PROGRAM");
        program = program ? program : ".build/release/tui/yuntai";
        if (!freopen("/dev/null", "w", stdout)) {
            _exit(9);
        }
        execl(program, program, "--workspace", directory, "--socket", "", "--as", "sun", "--today",
              day, "status", (char *)NULL);
        _exit(9);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : -1;
}

int great_status(const struct great *great)
{
    struct lap best = {0};
    char day[DAY_TEXT];
    int status = 0;
    puts("yuntai status");
    day_format(moment_day(great->now), day);
    for (int i = 0; i < RUNS && status == 0; i++) {
        struct lap begun = lap_begin();
        status = run_status(great->directory, day);
        best = lap_best(best, lap_since(begun));
    }
    char more[80];
    snprintf(more, sizeof more, "processor %.0f ms", best.cpu * 1e3);
    if (status == 0) {
        great_say(great, "from exec to exit", best.wall * 1e3, "ms", 100, more);
    }
    return status;
}

/* ---- verify ---- */

/* The columns of an act that are text or bytes, as they are hashed: in one go. */
static size_t gather(sqlite3_stmt *row, uint8_t *out, size_t room)
{
    enum { NUMBERS = 150, BODY = 16, HASH = 19 }; /* of the numbers, and all lengths */
    size_t length = NUMBERS;
    for (int k = 0; k < HASH; k++) {
        bool number = sqlite3_column_type(row, k) == SQLITE_INTEGER;
        const void *bytes = number ? NULL : sqlite3_column_blob(row, k);
        size_t size = bytes ? (size_t)sqlite3_column_bytes(row, k) : 0;
        if (bytes && k != BODY && size <= room - length) {
            memcpy(out + length, bytes, size);
            length += size;
        }
    }
    return length;
}

/* What nobody who checks them can do without: every act read in the order of the cases, and the
 * SM3 of its columns. Number of acts, -1. */
static int64_t read_and_hash(sqlite3 *sqlite)
{
    static const char sql[] =
        "SELECT case_id, n, node, seq, form, event, actor_id, role, deputy_of,"
        " party_org, effective_at, recorded_at, corrects, policy_id, facts,"
        " body_hash, body, parent, prev, hash FROM act ORDER BY case_id, n";
    static uint8_t frame[1 << 16];
    sqlite3_stmt *row = NULL;
    struct error error = {0};
    struct digest *digest = digest_new(&error);
    uint8_t hash[DIGEST_BYTES];
    int64_t acts = 0;
    if (!digest || sqlite3_prepare_v2(sqlite, sql, -1, &row, NULL) != SQLITE_OK) {
        return -1;
    }
    while (sqlite3_step(row) == SQLITE_ROW) {
        acts += digest_of(digest, frame, gather(row, frame, sizeof frame), hash);
    }
    sqlite3_finalize(row);
    digest_free(digest);
    return acts;
}

static int measure_bare(const struct great *great, struct lap *lap)
{
    sqlite3 *sqlite = open_bare(great->directory);
    struct lap begun = lap_begin();
    int64_t acts = read_and_hash(sqlite);
    *lap = lap_since(begun);
    sqlite3_close(sqlite);
    return acts > 0 ? 0 : -1;
}

int great_verify(const struct great *great)
{
    struct desk *desk = great_desk(great, great->directory, "sun");
    struct parcel reply = {0};
    struct lap bare = {0};
    puts("verify: everything folded again");
    int status = desk ? measure_bare(great, &bare) : -1;
    double before = memory_peak();
    struct lap begun = lap_begin();
    status = status ? status : great_ask(desk, &reply, "verify", NULL);
    struct lap lap = lap_since(begun);
    char more[160];
    snprintf(more, sizeof more, "%s cases, %s acts, memory %.1f MiB, of it grown %.1f",
             parcel_get(&reply, "cases"), parcel_get(&reply, "acts"), memory_peak(),
             memory_peak() - before);
    if (status == 0) {
        great_say(great, "chain, parents, folds", lap.cpu, "s of processor", 20, more);
        great_say(great, "the same", lap.wall, "s by the clock on the wall", 0, NULL);
        snprintf(more, sizeof more, "that takes %.1f s of processor", bare.cpu);
        great_say(great, "beside reading and SM3 alone", lap.cpu / bare.cpu, "times", 0, more);
    }
    parcel_free(&reply);
    desk_close(desk);
    return status;
}
