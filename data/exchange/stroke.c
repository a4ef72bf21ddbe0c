/* stroke.c: a report of rows, part by part. */
#include "data/exchange/stroke.h"

#include <string.h>

#include "data/vendor/row.h"

enum { LEAST = 100, FIRST = 200, MOST = 1000, SHORT_MS = 10, LONG_MS = 25, MISSED = 2 };

static const char *const names[] = {[0] = "rows", [1] = "gone", [MISSED] = "missed"};
enum { NAMES = sizeof names / sizeof *names };

void stroke_take(struct stroke *stroke, struct parcel *report)
{
    parcel_free(&stroke->report);
    stroke->report = *report;
    *report = (struct parcel){0};
    memset(stroke->written, 0, sizeof stroke->written);
    stroke->most = stroke->most ? stroke->most : FIRST;
}

bool stroke_left(const struct stroke *stroke)
{
    return stroke->report.pair_count > 0;
}

/* Of LENGTH bytes those of the first *ROOM digests; *ROOM is how many that leaves. */
static size_t digests_length(size_t length, size_t *room)
{
    size_t digit = 2 * (size_t)SEEN_RAW, count = (length + digit - 1) / digit;
    size_t taken = count < *room ? count : *room;
    *room -= taken;
    return taken == count ? length : taken * digit;
}

/* What of the pair fits into the ROOM; whether that is the end of it. */
static bool put_part(struct stroke *stroke, const struct pair *pair, int name, size_t *room,
                     struct parcel *request)
{
    size_t *written = &stroke->written[name], left = pair->length - *written;
    const char *at = pair->value + *written;
    size_t length = name == MISSED ? digests_length(left, room) : seen_length(at, left, room);
    if (length > 0) {
        parcel_put_n(request, pair->name, at, length);
    }
    *written += length;
    return *written == pair->length;
}

void stroke_put(struct stroke *stroke, struct parcel *request)
{
    size_t room = stroke->most;
    bool all = true;
    for (size_t i = 0; i < stroke->report.pair_count; i++) {
        const struct pair *pair = &stroke->report.pairs[i];
        for (int name = 0; name < NAMES; name++) {
            if (strcmp(pair->name, names[name]) == 0) {
                all &= put_part(stroke, pair, name, &room, request);
            }
        }
    }
    stroke->given = stroke->most - room;
    if (all) {
        parcel_put(request, "same", parcel_get(&stroke->report, "same"));
        parcel_put(request, "use", parcel_get(&stroke->report, "use"));
        parcel_free(&stroke->report);
    }
}

void stroke_took(struct stroke *stroke, int64_t ms)
{
    size_t most = stroke->most;
    most = ms > LONG_MS ? most / 2 : ms < SHORT_MS && stroke->given == most ? most * 3 / 2 : most;
    stroke->most = most < LEAST ? LEAST : most > MOST ? MOST : most;
}

void stroke_free(struct stroke *stroke)
{
    parcel_free(&stroke->report);
}
