/* outside.c: what takes long is done by a child, while the server answers others: who waits for
 * which, what they hear of it. */
#include <poll.h>
#include <string.h>

#include "data/monotonic.h"
#include "data/wire/server.h"

enum { RECALL_MS = 10000 };

static void forget(struct sent *sent)
{
    errand_free(sent->errand);
    text_free(&sent->asked);
    *sent = (struct sent){0};
}

/* ---- asking ---- */

/* One that does the same already, for another. */
static struct errand *find_same(struct server *server, const struct text *asked)
{
    for (int i = 0; i < SENT_MOST; i++) {
        const struct sent *sent = &server->sent[i];
        if (sent->errand && !sent->recalled && sent->asked.length == asked->length &&
            memcmp(text_bytes(&sent->asked), text_bytes(asked), asked->length) == 0) {
            return sent->errand;
        }
    }
    return NULL;
}

static struct errand *send_one(struct server *server, const struct parcel *request,
                               struct text *asked, struct error *error)
{
    struct sent *sent = server->sent;
    while (sent < server->sent + SENT_MOST && sent->errand) {
        sent++;
    }
    if (sent == server->sent + SENT_MOST) {
        error_set(error, ERROR_ENVIRONMENT,
                  N_("too much that takes long is being done already; nothing was done, try again "
                     "later"),
                  NULL, NULL);
        return NULL;
    }
    if (errand_send(server->workspace, request, &sent->errand, error) == 0) {
        sent->asked = *asked; /* its own from now on */
        *asked = (struct text){0};
    }
    return sent->errand;
}

int outside_ask(struct server *server, struct guest *guest, const struct visitor *visitor,
                const struct parcel *request, struct error *error)
{
    struct parcel errand = {0};
    struct text asked = {0};
    int status = counter_permit(server->counter, visitor, request, &errand, error);
    if (status == 0 && !parcel_encode(&errand, &asked)) {
        status = error_memory(error);
    }
    if (status == 0) {
        guest->errand = find_same(server, &asked);
        guest->errand = guest->errand ? guest->errand : send_one(server, &errand, &asked, error);
        status = guest->errand ? 0 : -1;
    }
    text_free(&asked);
    parcel_free(&errand);
    return status;
}

void outside_give_up(struct guest *guest)
{
    struct parcel nothing = {0};
    struct error error = {0};
    guest->errand = NULL;
    error_set(&error, ERROR_INTERRUPTED, N_("interrupted; nothing was changed, ask again"), NULL,
              NULL);
    if (!guest_reply(guest, -1, &nothing, &error)) {
        guest_drop(guest);
    }
    parcel_free(&nothing);
    error_free(&error);
}

/* ---- hearing ---- */

/* Whoever has not taken the last word of progress yet is spared this one. */
static void pass_on(struct guest *guest, const struct frame *frame)
{
    const char *bytes;
    if (frame->kind == FRAME_PROGRESS && frame_waiting(&guest->writer, &bytes) > 0) {
        return;
    }
    if (frame_put(&guest->writer, frame->kind, frame->bytes, frame->length) != FRAME_PUT) {
        guest_drop(guest);
    }
}

static void tell_all(struct server *server, const struct sent *sent, const struct frame *frame,
                     const struct error *error)
{
    for (size_t i = 0; i < server->count; i++) {
        struct guest *guest = server->guests[i];
        if (guest->fd < 0 || guest->errand != sent->errand) {
            continue;
        }
        struct parcel nothing = {0};
        if (frame) {
            pass_on(guest, frame);
        } else if (!guest_reply(guest, -1, &nothing, error)) {
            guest_drop(guest);
        }
        guest->errand = frame && frame->kind == FRAME_PROGRESS ? guest->errand : NULL;
        parcel_free(&nothing);
    }
}

/* One that had its last word only has to end, which is not waited for. */
static void hear(struct server *server, struct sent *sent)
{
    struct frame frame;
    struct error error = {0};
    enum errand_news news;
    while ((news = errand_hear(sent->errand, &frame, &error)) == ERRAND_SAYS) {
        tell_all(server, sent, &frame, NULL);
        if (frame.kind != FRAME_PROGRESS && !sent->recalled) {
            sent->recalled = monotonic_ms();
        }
    }
    if (news == ERRAND_LOST) {
        tell_all(server, sent, NULL, &error);
        if (!sent->recalled) {
            counter_log(server->counter, server->own, "errand", "lost");
        }
        forget(sent);
    }
    error_free(&error);
}

/* Nobody waits for it any more: it is recalled, and has a while to put away what is half done. */
static void recall(struct server *server, struct sent *sent, int64_t now)
{
    bool awaited = false;
    for (size_t i = 0; i < server->count && !awaited; i++) {
        awaited = server->guests[i]->fd >= 0 && server->guests[i]->errand == sent->errand;
    }
    if (!awaited && !sent->recalled) {
        errand_recall(sent->errand);
        sent->recalled = now;
    } else if (sent->recalled && now - sent->recalled >= RECALL_MS) {
        errand_kill(sent->errand);
    }
}

void outside_poll(const struct server *server, struct pollfd *polls)
{
    for (int i = 0; i < SENT_MOST; i++) {
        const struct errand *errand = server->sent[i].errand;
        polls[i] = (struct pollfd){.fd = errand ? errand_descriptor(errand) : -1,
                                   .events = errand ? errand_events(errand) : 0};
    }
}

void outside_hear(struct server *server)
{
    for (int i = 0; i < SENT_MOST; i++) {
        if (server->sent[i].errand) {
            hear(server, &server->sent[i]);
        }
    }
}

void outside_clean(struct server *server, int64_t now, int64_t *until)
{
    for (int i = 0; i < SENT_MOST; i++) {
        struct sent *sent = &server->sent[i];
        if (sent->errand) {
            recall(server, sent, now);
        }
        if (sent->recalled && sent->recalled + RECALL_MS < *until) {
            *until = sent->recalled + RECALL_MS;
        }
    }
}

void outside_end(struct server *server)
{
    struct error error = {0};
    error_set(&error, ERROR_ENVIRONMENT,
              N_("the server is ending; what it had not finished is not done, ask again"), NULL,
              NULL);
    for (int i = 0; i < SENT_MOST; i++) {
        if (server->sent[i].errand) {
            tell_all(server, &server->sent[i], NULL, &error);
            forget(&server->sent[i]);
        }
    }
    error_free(&error);
}
