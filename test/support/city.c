/* city.c: the sample city of a day. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "test/support/city.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { AHEAD_OF_UTC = 8 * 3600 };

void city_make(struct bureau *bureau, const char *day)
{
    char directory[] = "/tmp/yuntai-city-XXXXXX";
    int32_t today;
    *bureau = (struct bureau){0};
    assert_non_null(mkdtemp(directory));
    text_add(&bureau->directory, directory);
    assert_true(day_parse(day, strlen(day), &today));
    int64_t now = moment_of(today, 0);
    if (desk_sample(directory, now - AHEAD_OF_UTC, NULL, NULL, &bureau->error) != 0) {
        fail_msg("%s: %s %s %s", day, bureau->error.sentence, bureau->error.arg[0],
                 bureau->error.arg[1]);
    }
    struct desk_place place = {.workspace = directory, .socket = "", .now = now};
    assert_int_equal(desk_open(&place, &bureau->desk, &bureau->error), 0);
}

void city_cases(struct bureau *bureau, const char *query,
                void (*take)(void *self, const struct table *cases, size_t row), void *self)
{
    struct text after = {0};
    bool more = true;
    while (more) {
        bureau_must(bureau, "list", "query", query, "closed", "yes", "limit", "1000",
                    after.length ? "after" : NULL, text_bytes(&after), NULL);
        const struct table *cases = parcel_find(&bureau->reply, "cases");
        for (size_t row = 0; row < table_rows(cases); row++) {
            take(self, cases, row);
        }
        const char *next = parcel_get(&bureau->reply, "next");
        more = next != NULL;
        text_clear(&after);
        text_add(&after, next ? next : "");
    }
    text_free(&after);
}
