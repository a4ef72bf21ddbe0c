/* again.c: figures of questions that were asked again. */
#include "data/vendor/again.h"

#include <stdio.h>
#include <string.h>

static void why_of(const struct http_call *call, char out[AGAIN_WHY])
{
    if (call->fault == HTTP_BUSY) {
        snprintf(out, AGAIN_WHY, "%ld", call->status);
    } else {
        snprintf(out, AGAIN_WHY, "%s", call->fault == HTTP_BROKEN ? "broken" : "connection");
    }
}

/* The one of SERVICE and WHY, entered if it is new; NULL: there is no room. */
static struct again *find(struct agains *agains, const char *service, const char *why)
{
    for (size_t i = 0; i < agains->count; i++) {
        struct again *at = &agains->all[i];
        if (strcmp(at->service, service) == 0 && strcmp(at->why, why) == 0) {
            return at;
        }
    }
    if (agains->count == AGAINS_MOST) {
        return NULL;
    }
    struct again *made = &agains->all[agains->count++];
    *made = (struct again){.service = service, .wait = -1};
    memcpy(made->why, why, AGAIN_WHY);
    return made;
}

void again_note(struct agains *agains, const char *service, const struct http_call *call,
                int64_t wait)
{
    char why[AGAIN_WHY];
    why_of(call, why);
    struct again *at = find(agains, service, why);
    if (at) {
        at->times++;
        at->wait = wait > at->wait ? wait : at->wait;
    }
}

void again_put(const struct agains *agains, struct text *out)
{
    for (size_t i = 0; i < agains->count; i++) {
        const struct again *at = &agains->all[i];
        text_addf(out, "%s%s/%s/", i ? " " : "", at->service, at->why);
        text_add_int(out, at->times);
        if (at->wait >= 0) {
            text_add(out, "/");
            text_add_int(out, at->wait);
        }
    }
}
