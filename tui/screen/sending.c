/* sending.c: a file on its way to the desk. */
#include "tui/screen/sending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/sheet/choice.h"

enum { PIECE = 512 * 1024 };

bool sending_begin(struct sending *sending, const char *path)
{
    const char *slash = strrchr(path, '/');
    *sending =
        (struct sending){.path = copy_text(path), .name = copy_text(slash ? slash + 1 : path)};
    return sending->path && sending->name;
}

void sending_free(struct sending *sending)
{
    free(sending->path);
    free(sending->name);
    free(sending->upload);
    *sending = (struct sending){0};
}

/* -1 where it cannot be read, with errno. */
static ssize_t read_piece(const struct sending *sending, char *bytes)
{
    int in = open(sending->path, O_RDONLY | O_CLOEXEC);
    if (in < 0) {
        return -1;
    }
    ssize_t got = pread(in, bytes, PIECE, sending->sent);
    int why = errno;
    close(in);
    errno = why;
    return got;
}

int sending_step(struct view *view, struct sending *sending, int ticket)
{
    char *bytes = malloc(PIECE);
    ssize_t got = bytes ? read_piece(sending, bytes) : -1;
    bool more = got > 0 || (got == 0 && !sending->upload); /* an empty file is a piece too */
    if (more) {
        struct parcel *request = view_ask(view, ticket, "upload");
        parcel_put(request, "upload", sending->upload);
        parcel_put_n(request, "part", bytes, (size_t)got);
        sending->sent += got;
    }
    free(bytes);
    return got < 0 ? -1 : more;
}

void sending_took(struct sending *sending, const struct parcel *reply)
{
    if (!sending->upload) {
        sending->upload = copy_text(parcel_get(reply, "upload"));
    }
}
