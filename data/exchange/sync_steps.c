/* sync_steps.c: how far a sync is with each kind. */
#include "data/exchange/sync_steps.h"

#include <string.h>

#include "data/error.h"

const struct sync_kind sync_kinds[SYNC_KINDS] = {{"server", "servers"},   {"volume", "volumes"},
                                                 {"project", "projects"}, {"flavor", "flavors"},
                                                 {"host", "hosts"},       {"provider", "capacity"}};

static bool has_word(const char *all, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = all; at && (at = strstr(at, word)); at += length) {
        if ((at == all || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static const char *cell_of(const struct table *table, const char *kind, const char *column)
{
    for (size_t i = 0; table && i < table_rows(table); i++) {
        const char *named = table_cell(table, i, "kind");
        if (named && strcmp(named, kind) == 0) {
            return table_cell(table, i, column);
        }
    }
    return NULL;
}

static const char *state_of(const struct table *heard, const char *kind)
{
    const char *whole = cell_of(heard, kind, "whole"), *skipped = cell_of(heard, kind, "skipped");
    return !whole                      ? "waiting"
           : skipped && *skipped       ? "skipped"
           : strcmp(whole, "yes") == 0 ? "done"
                                       : "going";
}

void sync_steps(const char *fetch, const int64_t known[SYNC_KINDS], bool full,
                const struct table *heard, struct parcel *said)
{
    static const struct column columns[] = {{"kind", CELL_NAME, N_("kind")},
                                            {"state", CELL_NAME, N_("state")},
                                            {"rows", CELL_NUMBER, N_("seen")},
                                            {"about", CELL_NUMBER, N_("about")},
                                            {"service", CELL_NAME, N_("service")}};
    struct table *table = parcel_table(said, "steps", columns, 5);
    for (size_t i = 0; i < SYNC_KINDS; i++) {
        const char *kind = sync_kinds[i].kind, *rows = cell_of(heard, kind, "rows");
        if (!rows && !has_word(fetch, sync_kinds[i].fetch)) {
            continue;
        }
        table_text(table, kind);
        table_text(table, state_of(heard, kind));
        table_text(table, rows);
        if (known[i] > 0 && (full || strcmp(kind, "server") != 0)) {
            table_int(table, known[i]);
        } else {
            table_text(table, NULL);
        }
        table_text(table, cell_of(heard, kind, "service"));
    }
}
