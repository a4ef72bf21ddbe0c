/* terminal_answer.c: what the terminal says of itself: its background, how wide it draws characters
 * of doubtful width, how long an answer takes. All in one round trip. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/terminal/terminal_inside.h"

enum { PATIENCE = 300 }; /* ms */

/* ---- answers ---- */

static void cut_out(struct text *bytes, size_t from, size_t to)
{
    memmove(bytes->bytes + from, bytes->bytes + to, bytes->length - to + 1);
    bytes->length -= to - from;
}

/* A part of rgb:hhhh/hhhh/hhhh, of one to four digits, as 0 … 255. */
static int colour_part(const char **at)
{
    char *end;
    if (!**at || !strchr("0123456789abcdefABCDEF", **at)) {
        return 0;
    }
    unsigned long value = strtoul(*at, &end, 16);
    long digits = end - *at;
    *at = *end == '/' ? end + 1 : end;
    return digits > 4 ? 0 : (int)(value * 255 / ((1UL << digits * 4) - 1));
}

static bool is_light(const char *colour)
{
    int red = colour_part(&colour), green = colour_part(&colour), blue = colour_part(&colour);
    return red * 299 + green * 587 + blue * 114 > 128 * 1000;
}

static void take_background(struct text *bytes, struct answer_found *found)
{
    static const char mark[] = "\033]11;rgb:";
    char *start = bytes->bytes ? strstr(bytes->bytes, mark) : NULL;
    size_t length = start ? strcspn(start + 1, "\a\033") + 1 : 0;
    if (start && start[length] && (start[length] == '\a' || start[length + 1])) {
        size_t end = length + (start[length] == '\033' && start[length + 1] == '\\' ? 2 : 1);
        size_t from = (size_t)(start - bytes->bytes);
        found->light_known = true;
        found->light = is_light(start + sizeof mark - 1);
        cut_out(bytes, from, from + end);
    }
}

/* CSI row ; column R: the last answer. */
bool answer_take(struct text *bytes, struct answer_found *found)
{
    take_background(bytes, found);
    for (char *start = bytes->bytes; start && (start = strstr(start, "\033[")); start += 2) {
        size_t row = strspn(start + 2, "0123456789");
        const char *column = start + 2 + row + 1;
        size_t digits = row && column[-1] == ';' ? strspn(column, "0123456789") : 0;
        if (digits && column[digits] == 'R') {
            found->column = (int)strtol(column, NULL, 10);
            cut_out(bytes, (size_t)(start - bytes->bytes),
                    (size_t)(column - bytes->bytes) + digits + 1);
            return true;
        }
    }
    return false;
}

/* ---- asking ---- */

static int milliseconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int)((now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000);
}

static bool read_more(int in, int patience, struct text *typed)
{
    char bytes[256];
    struct pollfd file = {.fd = in, .events = POLLIN};
    int ready = poll(&file, 1, patience);
    if (ready <= 0) {
        return ready < 0 && errno == EINTR;
    }
    ssize_t count = read(in, bytes, sizeof bytes);
    if (count > 0) {
        text_add_n(typed, bytes, (size_t)count);
    }
    return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

struct answer_found answer_ask(const struct terminal *terminal, bool background, bool width,
                               struct text *typed)
{
    struct answer_found found = {.round_trip = -1};
    struct text question = {0};
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (background) {
        text_add(&question, "\033]11;?\033\\");
    }
    /* in row 2: an answer of row 1 could be F3 */
    text_add(&question, width ? "\033[2;1H━≈\033[6n\033[2;1H    \033[2;1H" : "\033[2;1H\033[6n");
    bool asked = guard_write(terminal->out, text_bytes(&question), question.length);
    text_free(&question);
    while (asked) {
        int left = PATIENCE - milliseconds_since(&start);
        if (answer_take(typed, &found)) {
            found.round_trip = milliseconds_since(&start);
            break;
        }
        if (left <= 0 || !read_more(terminal->in, left, typed)) {
            break;
        }
    }
    return found;
}
