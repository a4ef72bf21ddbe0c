/* face_errand.c: what takes long, with a bar on a terminal as long as it does. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/pace.h"
#include "tui/text.h"
#include "tui/width.h"

enum { BAR = 24, LOOK_MS = 1000 };

/* How many bytes of TEXT fit into COLUMNS. */
static size_t fitting(const char *text, int columns)
{
    size_t bytes = 0;
    while (text[bytes]) {
        struct character next = width_next(text + bytes);
        columns -= next.columns;
        if (columns < 0) {
            break;
        }
        bytes += next.bytes;
    }
    return bytes;
}

/* One line, written over the last. */
static void show(const struct face *face, const struct pace *pace)
{
    struct text line = {0};
    int percent = pace_percent(pace);
    for (int i = 0; i < BAR; i++) {
        text_add(&line, i < percent * BAR / 100 ? "━" : "─");
    }
    text_addf(&line, " %d%%  ", percent);
    pace_done(pace, &line);
    text_add(&line, "  ");
    pace_left(pace, &line);
    size_t fits = fitting(text_bytes(&line), face->bar - 1);
    fprintf(face->invocation->err, "\r%.*s\033[K", (int)fits, text_bytes(&line));
    fflush(face->invocation->err);
    text_free(&line);
}

static void wipe(const struct face *face, bool shown)
{
    if (shown) {
        fputs("\r\033[K", face->invocation->err);
        fflush(face->invocation->err);
    }
}

static int hear_all(struct face *face, struct errand *errand)
{
    struct pace pace = {0};
    bool shown = false;
    enum errand_state state;
    while ((state = desk_hear(errand, &face->reply, &face->error)) == ERRAND_UNDER_WAY) {
        struct pollfd poll_fd = {.fd = desk_errand_descriptor(errand), .events = POLLIN};
        (void)pace_hear(&pace, &face->reply, monotonic_ms());
        if (face->bar > 0 && pace.step > 0) {
            show(face, &pace);
            shown = true;
        }
        if (poll(&poll_fd, 1, LOOK_MS) < 0 && errno != EINTR) {
            error_errno(&face->error, "waiting for", "poll()", errno);
            state = ERRAND_FAILED;
            break;
        }
    }
    wipe(face, shown);
    return state == ERRAND_DONE ? 0 : -1;
}

int face_send(struct face *face, const char *verb)
{
    struct errand *errand = NULL;
    struct parcel request = {0};
    int status = face_request(face, verb, &request);
    status = status ? status : desk_send(face->desk, &request, &errand, &face->error);
    parcel_free(&request);
    status = status ? status : hear_all(face, errand);
    desk_forget(errand);
    return status == 0 ? STATUS_DONE : face_refused(face);
}

bool face_has_files(const struct invocation *invocation)
{
    struct text path = {0};
    struct error error = {0};
    bool known = !invocation->socket;
    if (known && invocation->workspace) {
        text_add(&path, invocation->workspace);
    } else if (known) {
        known = desk_usual(&path, &error) == 0;
    }
    text_add(&path, "/desk.db");
    bool has = known && access(text_bytes(&path), R_OK | W_OK) == 0;
    error_free(&error);
    text_free(&path);
    return has;
}
