/* synced.c: runs of a sync, as yuntai-net would bring them. */
#include "test/support/synced.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void synced_clerk(struct bureau *bureau)
{
    bureau_must(bureau, "put", "kind", "org", "code", "sj", "name", "市大数据局", "fact.roles",
                "clerk, leader", "fact.level", "city", "now", "2026-01-05", NULL);
    bureau_must(bureau, "put", "kind", "person", "code", "zhao", "name", "赵启明", "parent", "sj",
                "fact.roles", "clerk", "now", "2026-01-05", NULL);
}

const char *synced_begin(struct bureau *bureau, struct text *run)
{
    text_clear(run);
    bureau_must(bureau, "sync", "vendor", SYNCED_VENDOR, "full", "yes", AS_CLERK, NULL);
    assert_null(parcel_get(&bureau->reply, "left"));
    text_add(run, parcel_get(&bureau->reply, "run"));
    return text_bytes(run);
}

void synced_stage(struct bureau *bureau, const char *run, const char *rows, const char *missed,
                  const char *use)
{
    bureau_must(bureau, "sync_rows", "run", run, "rows", rows ? rows : "", "missed",
                missed ? missed : "", "use", use ? use : "", AS_CLERK, NULL);
    bureau_must(bureau, "sync_end", "run", run, "result", "staged", "mark", "2026-01-05T00:00:00Z",
                "pages", "2", "bytes", "4096", AS_CLERK, NULL);
}

void synced_apply(struct bureau *bureau, const char *run)
{
    bureau_must(bureau, "sync_apply", "run", run, AS_CLERK, NULL);
}

void synced_whole(struct bureau *bureau, const char *rows, const char *missed, const char *use)
{
    struct text run = {0};
    synced_begin(bureau, &run);
    synced_stage(bureau, text_bytes(&run), rows, missed, use);
    synced_apply(bureau, text_bytes(&run));
    do {
        bureau_must(bureau, "tick", "as", "", "now", "2026-01-06", NULL);
    } while (parcel_yes(&bureau->reply, "rest"));
    text_free(&run);
}
