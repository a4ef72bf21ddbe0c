/* bare_sync.c: the least that a sync could be. */
#include "test/support/bare_sync.h"

#include <curl/curl.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"

#define COLUMNS "region, project, name, status, zone, vcpus, ram, disk, facts"
#define SET(name) #name " = excluded." #name

enum { RAW = 16, FACTS_MOST = 4096 };

static const char settings[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=1000; PRAGMA cell_size_check=ON;"
    "PRAGMA secure_delete=ON;";
static const char upsert[] =
    "INSERT INTO resource (vendor_id, kind, uid, from_run, raw, " COLUMNS ")"
    " VALUES (1, 'server', ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    " ON CONFLICT (vendor_id, kind, uid, from_run) DO UPDATE SET " SET(raw) ", " SET(region) ", " SET(project) ", " SET(
        name) ", " SET(status) ", " SET(zone) ", " SET(vcpus) ", " SET(ram) ", " SET(disk) ", " SET(facts) " WHERE raw IS NOT excluded.raw";

struct bare_sync {
    CURL *easy;
    sqlite3 *sqlite;
    sqlite3_stmt *upsert, *begin, *commit;
    struct text body, url;
    int64_t count;
};

static bool wrong(const char *what)
{
    fprintf(stderr, "bare sync: %s\n", what);
    return false;
}

/* ---- rows ---- */

static const char *text_of(const json_t *of, const char *member)
{
    const char *text = json_string_value(json_object_get(of, member));
    return text ? text : "";
}

static void fact(char *out, size_t *length, const char *head, const char *name, const char *value)
{
    if (*value) {
        *length +=
            (size_t)snprintf(out + *length, FACTS_MOST - *length, "%s%s=%s\n", head, name, value);
    }
}

/* In their order, as long as no name of the metadata comes before "launched". */
static size_t put_facts(const json_t *server, char *out)
{
    size_t length = 0, i;
    const char *name;
    json_t *list, *value;
    json_object_foreach(json_object_get(server, "addresses"), name, list)
    {
        char all[256] = "";
        size_t all_length = 0;
        json_array_foreach(list, i, value)
        {
            all_length += (size_t)snprintf(all + all_length, sizeof all - all_length, "%s%s",
                                           i ? " " : "", text_of(value, "addr"));
        }
        fact(out, &length, "", "address", all);
    }
    fact(out, &length, "", "created", text_of(server, "created"));
    fact(out, &length, "", "description", text_of(server, "description"));
    fact(out, &length, "", "flavor", text_of(json_object_get(server, "flavor"), "original_name"));
    fact(out, &length, "", "host", text_of(server, "OS-EXT-SRV-ATTR:host"));
    fact(out, &length, "", "image", text_of(json_object_get(server, "image"), "id"));
    fact(out, &length, "", "launched", text_of(server, "OS-SRV-USG:launched_at"));
    json_object_foreach(json_object_get(server, "metadata"), name, value)
    {
        fact(out, &length, "meta.", name, json_string_value(value));
    }
    return length;
}

static bool put_row(struct bare_sync *bare, const json_t *server)
{
    static char facts[FACTS_MOST];
    const json_t *flavor = json_object_get(server, "flavor");
    const char *const texts[] = {"one", text_of(server, "tenant_id"), text_of(server, "name"),
                                 text_of(server, "status"),
                                 text_of(server, "OS-EXT-AZ:availability_zone")};
    static const char *const amounts[] = {"vcpus", "ram", "disk"};
    const char *id = text_of(server, "id");
    size_t length = put_facts(server, facts);
    sqlite3_bind_text(bare->upsert, 1, id, -1, SQLITE_STATIC);
    sqlite3_bind_blob(bare->upsert, 2, id, RAW, SQLITE_STATIC);
    for (int i = 0; i < 5; i++) {
        sqlite3_bind_text(bare->upsert, 3 + i, texts[i], -1, SQLITE_STATIC);
    }
    for (int i = 0; i < 3; i++) {
        sqlite3_bind_int64(bare->upsert, 8 + i,
                           json_integer_value(json_object_get(flavor, amounts[i])));
    }
    sqlite3_bind_text(bare->upsert, 11, facts, (int)length, SQLITE_STATIC);
    bool good = sqlite3_step(bare->upsert) == SQLITE_DONE;
    sqlite3_reset(bare->upsert);
    bare->count++;
    return good;
}

/* ---- pages ---- */

static bool run(sqlite3_stmt *statement)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return good;
}

static size_t keep(char *bytes, size_t size, size_t count, void *context)
{
    text_add_n(context, bytes, size * count);
    return size * count;
}

/* The page at BARE->url, whose address then is the next one's, or empty. */
static bool take_page(struct bare_sync *bare)
{
    json_t *server;
    size_t i;
    text_clear(&bare->body);
    curl_easy_setopt(bare->easy, CURLOPT_URL, text_bytes(&bare->url));
    if (curl_easy_perform(bare->easy) != CURLE_OK) {
        return wrong("a page does not come");
    }
    json_t *root = json_loadb(bare->body.bytes, bare->body.length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *links = json_object_get(root, "servers_links");
    bool good = root && run(bare->begin);
    json_array_foreach(json_object_get(root, "servers"), i, server)
    {
        good = good && put_row(bare, server);
    }
    good = good && run(bare->commit);
    text_clear(&bare->url);
    text_add(&bare->url, text_of(json_array_get(links, 0), "href"));
    json_decref(root);
    return good || wrong(bare->sqlite ? sqlite3_errmsg(bare->sqlite) : "no store");
}

/* ---- the file ---- */

/* The table and its indexes are made as LIKE has them. */
static bool make_table(sqlite3 *sqlite, const char *like)
{
    sqlite3 *model = NULL;
    sqlite3_stmt *ddl = NULL;
    bool good = sqlite3_open_v2(like, &model, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(model,
                                   "SELECT sql FROM sqlite_master WHERE tbl_name = 'resource'"
                                   " AND sql IS NOT NULL ORDER BY type DESC",
                                   -1, &ddl, NULL) == SQLITE_OK;
    while (good && sqlite3_step(ddl) == SQLITE_ROW) {
        good = sqlite3_exec(sqlite, (const char *)sqlite3_column_text(ddl, 0), NULL, NULL, NULL) ==
               SQLITE_OK;
    }
    sqlite3_finalize(ddl);
    sqlite3_close(model);
    return good;
}

static bool begin(struct bare_sync *bare, const char *like, const char *file)
{
    unlink(file);
    bare->body.most = 64 << 20;
    bare->easy = curl_easy_init();
    curl_easy_setopt(bare->easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(bare->easy, CURLOPT_WRITEDATA, &bare->body);
    return (sqlite3_open(file, &bare->sqlite) == SQLITE_OK &&
            sqlite3_exec(bare->sqlite, settings, NULL, NULL, NULL) == SQLITE_OK &&
            make_table(bare->sqlite, like) &&
            sqlite3_prepare_v3(bare->sqlite, upsert, -1, SQLITE_PREPARE_PERSISTENT, &bare->upsert,
                               NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(bare->sqlite, "BEGIN IMMEDIATE", -1, &bare->begin, NULL) ==
                SQLITE_OK &&
            sqlite3_prepare_v2(bare->sqlite, "COMMIT", -1, &bare->commit, NULL) == SQLITE_OK) ||
           wrong(sqlite3_errmsg(bare->sqlite));
}

int64_t bare_sync(const char *url, const char *like, const char *file)
{
    struct bare_sync bare = {0};
    text_add(&bare.url, url);
    bool good = begin(&bare, like, file);
    while (good && bare.url.length) {
        good = take_page(&bare);
    }
    sqlite3_finalize(bare.upsert);
    sqlite3_finalize(bare.begin);
    sqlite3_finalize(bare.commit);
    sqlite3_close(bare.sqlite);
    curl_easy_cleanup(bare.easy);
    text_free(&bare.url);
    text_free(&bare.body);
    return good ? bare.count : -1;
}

/* ---- alike ---- */

/* The first server of which FILE and OTHER do not say the same. */
bool bare_alike(const char *file, const char *other)
{
    static const char differing[] = /* of what stands in the one and not in the other */
        "SELECT uid FROM (SELECT uid, " COLUMNS " FROM main.resource WHERE kind = 'server' EXCEPT"
        " SELECT uid, " COLUMNS " FROM other.resource WHERE kind = 'server' AND to_run IS NULL)"
        " UNION ALL SELECT 'count' WHERE (SELECT COUNT(*) FROM main.resource) <>"
        " (SELECT COUNT(*) FROM other.resource WHERE kind = 'server' AND to_run IS NULL) LIMIT 1";
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *found = NULL;
    char *attach = sqlite3_mprintf("ATTACH %Q AS other", other);
    bool good = sqlite3_open(file, &sqlite) == SQLITE_OK &&
                sqlite3_exec(sqlite, attach, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(sqlite, differing, -1, &found, NULL) == SQLITE_OK;
    int status = good ? sqlite3_step(found) : SQLITE_ERROR;
    if (status != SQLITE_DONE) {
        wrong(status == SQLITE_ROW ? (const char *)sqlite3_column_text(found, 0)
                                   : sqlite3_errmsg(sqlite));
    }
    sqlite3_finalize(found);
    sqlite3_free(attach);
    sqlite3_close(sqlite);
    return status == SQLITE_DONE;
}
