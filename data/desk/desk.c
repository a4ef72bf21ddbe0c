/* desk.c: the front door: the store in this process, or a server that has it. */
#include "data/desk.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/desk/counter.h"
#include "data/options.h"
#include "data/wire/client.h"
#include "data/wire/errand.h"
#include "data/wire/serve.h"
#include "data/workspace.h"

struct desk {
    struct counter *counter; /* local */
    struct client *client;   /* socket */
    struct visitor visitor;
    char *as, *workspace;
    int heeded; /* descriptor; -1 */
};

/* The socket asked for, or that of the workspace where somebody listens. "" none. */
static int find_socket(const struct desk_place *place, const char *workspace, struct text *out,
                       struct error *error)
{
    struct stat info;
    if (place->socket) {
        text_add(out, place->socket);
        return out->failed ? error_memory(error) : 0;
    }
    struct options *options = options_read(workspace, error);
    if (!options) {
        return -1;
    }
    const char *socket = options_text(options, "serve.socket");
    if (socket && *socket) {
        text_add(out, socket);
    } else {
        text_addf(out, "%s/desk.sock", workspace);
    }
    options_free(options);
    if (stat(text_bytes(out), &info) != 0 || !S_ISSOCK(info.st_mode) ||
        !client_answers(text_bytes(out))) {
        text_clear(out);
    }
    return 0;
}

static int open_at(const struct desk_place *place, const char *workspace, struct desk *desk,
                   struct error *error)
{
    struct text socket = {0};
    int status = find_socket(place, workspace, &socket, error);
    if (status == 0 && socket.length) {
        status = client_open(text_bytes(&socket), &desk->client, error);
    } else if (status == 0) {
        status = counter_open(workspace, &desk->counter, error);
    }
    text_free(&socket);
    return status;
}

int desk_open(const struct desk_place *place, struct desk **out, struct error *error)
{
    struct text workspace = {0};
    struct desk *desk = calloc(1, sizeof *desk);
    size_t size = place->as ? strlen(place->as) + 1 : 0;
    *out = NULL;
    if (!desk || (size && !(desk->as = malloc(size)))) {
        free(desk);
        return error_memory(error);
    }
    if (size) {
        memcpy(desk->as, place->as, size);
    }
    desk->heeded = -1;
    int status = 0;
    if (place->workspace) {
        text_add(&workspace, place->workspace);
    } else {
        status = workspace_default(&workspace, error);
    }
    desk->visitor = (struct visitor){.uid = (uint32_t)getuid(),
                                     .pid = getpid(),
                                     .owner = true,
                                     .as = desk->as,
                                     .now = place->now};
    status = status ? status : open_at(place, text_bytes(&workspace), desk, error);
    desk->workspace = workspace.bytes;
    if (status != 0) {
        desk_close(desk);
        return -1;
    }
    *out = desk;
    return 0;
}

void desk_close(struct desk *desk)
{
    if (desk) {
        counter_close(desk->counter);
        client_close(desk->client);
        free(desk->as);
        free(desk->workspace);
        free(desk);
    }
}

/* Over the socket, who comes and when go with the request: the server says whether they may. */
static int put_visitor(const struct desk *desk, const struct parcel *request, struct parcel *whole,
                       struct error *error)
{
    for (size_t i = 0; i < request->pair_count; i++) {
        const struct pair *pair = &request->pairs[i];
        parcel_put_n(whole, pair->name, pair->value, pair->length);
    }
    if (desk->as && !parcel_get(request, "as")) {
        parcel_put(whole, "as", desk->as);
    }
    if (!parcel_get(request, "now")) {
        parcel_put_moment(whole, "now", desk->visitor.now);
    }
    return whole->failed ? error_memory(error) : 0;
}

static int call_server(struct desk *desk, const struct parcel *request, struct parcel *reply,
                       struct error *error)
{
    struct parcel whole = {0};
    int status = put_visitor(desk, request, &whole, error);
    client_heed(desk->client, counter_reads(parcel_get(&whole, "verb")) ? desk->heeded : -1);
    status = status ? status : client_call(desk->client, &whole, reply, error);
    parcel_free(&whole);
    return status;
}

static bool something_to_read(void *self)
{
    struct pollfd poll_fd = {.fd = *(const int *)self, .events = POLLIN};
    return poll(&poll_fd, 1, 0) > 0;
}

void desk_interruptible(struct desk *desk, int descriptor)
{
    desk->heeded = descriptor;
    if (desk->counter) {
        counter_heed(desk->counter, descriptor < 0 ? NULL : something_to_read, &desk->heeded);
    }
}

int desk_call(struct desk *desk, const struct parcel *request, struct parcel *reply,
              struct error *error)
{
    parcel_free(reply);
    return desk->client ? call_server(desk, request, reply, error)
                        : counter_answer(desk->counter, &desk->visitor, request, reply, error);
}

/* ---- what takes long ---- */

int desk_send(struct desk *desk, const struct parcel *request, struct errand **out,
              struct error *error)
{
    struct parcel whole = {0};
    const char *verb = parcel_get(request, "verb");
    *out = NULL;
    if (!counter_takes_long(verb)) {
        return error_set(error, ERROR_USAGE, N_("“%1” does not take long: it is answered at once"),
                         verb, NULL);
    }
    int status = desk->client
                     ? put_visitor(desk, request, &whole, error)
                     : counter_permit(desk->counter, &desk->visitor, request, &whole, error);
    if (status == 0) {
        status = desk->client ? errand_ask(desk->client, &whole, out, error)
                              : errand_send(desk->workspace, &whole, out, error);
    }
    parcel_free(&whole);
    return status;
}

int desk_errand_descriptor(const struct errand *errand)
{
    return errand_descriptor(errand);
}

/* Of several words of progress the last is the one that counts. */
enum errand_state desk_hear(struct errand *errand, struct parcel *said, struct error *error)
{
    struct frame frame;
    enum errand_news news;
    parcel_free(said);
    while ((news = errand_hear(errand, &frame, error)) == ERRAND_SAYS) {
        parcel_free(said);
        if (!parcel_decode(frame.bytes, frame.length, said)) {
            error_memory(error);
            return ERRAND_FAILED;
        }
        if (frame.kind == FRAME_FAILURE) {
            failure_take(said, error);
            return ERRAND_FAILED;
        }
        if (frame.kind == FRAME_REPLY) {
            return ERRAND_DONE;
        }
    }
    return news == ERRAND_LOST ? ERRAND_FAILED : ERRAND_UNDER_WAY;
}

void desk_recall(struct errand *errand)
{
    errand_recall(errand);
}

void desk_forget(struct errand *errand)
{
    errand_free(errand);
}

bool desk_child(int argc, char **argv, int *status)
{
    return errand_child(argc, argv, status);
}

const char *desk_transport(const struct desk *desk)
{
    return desk->client ? "socket" : "local";
}

int desk_descriptor(const struct desk *desk)
{
    return desk->client ? client_descriptor(desk->client) : -1;
}

int64_t desk_changed(struct desk *desk)
{
    return desk->client ? client_changed(desk->client) : 0;
}

int desk_usual(struct text *out, struct error *error)
{
    return workspace_default(out, error);
}

int desk_serve(const char *workspace, const char *socket, struct error *error)
{
    struct options *options = options_read(workspace, error);
    if (!options) {
        return -1;
    }
    struct serve_options serve = {
        .workspace = workspace,
        .path = socket ? socket : options_text(options, "serve.socket"),
        .clients = options_number(options, "serve.clients"),
        .idle = options_number(options, "serve.idle"),
        .slow = options_number(options, "serve.slow"),
    };
    int status = serve_run(&serve, error);
    options_free(options);
    return status;
}
