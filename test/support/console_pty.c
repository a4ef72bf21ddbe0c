/* console_pty.c: a program in a pty, with libvterm as the terminal. */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include "test/support/console_pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "test/support/pty_keys.h"
#include "test/support/pty_quiet.h"
#include "tui/width.h"

struct pty {
    int master, line; /* the line is what the program has as its terminal */
    pid_t pid;
    bool ended;
    int status;
    struct termios before;
    VTerm *vterm;
    VTermScreen *screen;
    bool mute, light, wide, alternate, visible;
    struct text record;
    size_t shown; /* bytes of it that the terminal has */
    int64_t wrote_at;
    struct quiet_mark wrote;
};

/* ---- the terminal ---- */

static int on_property(VTermProp property, VTermValue *value, void *self)
{
    struct pty *pty = self;
    if (property == VTERM_PROP_ALTSCREEN) {
        pty->alternate = value->boolean;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        pty->visible = value->boolean;
    }
    return 1;
}

static void send(struct pty *pty, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(pty->master, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno != EINTR && errno != EAGAIN) {
            return;
        } else {
            struct pollfd file = {.fd = pty->master, .events = POLLOUT};
            poll(&file, 1, 100);
        }
    }
}

static void on_answer(const char *bytes, size_t length, void *self)
{
    struct pty *pty = self;
    if (!pty->mute) {
        send(pty, bytes, length);
    }
}

static void make_terminal(struct pty *pty, int rows, int columns)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    pty->vterm = vterm_new(rows, columns);
    vterm_set_utf8(pty->vterm, 1);
    vterm_output_set_callback(pty->vterm, on_answer, pty);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->visible = true;
}

/* Questions that libvterm has no answer to. */
static void answer_more(struct pty *pty, size_t from)
{
    static const char background[] = "\033]11;?\033\\";
    size_t overlap = sizeof background - 2;
    const char *start = pty->record.bytes + (from > overlap ? from - overlap : 0);
    if (!pty->mute && strstr(start, background)) {
        const char *answer =
            pty->light ? "\033]11;rgb:ffff/ffff/ffff\033\\" : "\033]11;rgb:1212/1414/1616\033\\";
        send(pty, answer, strlen(answer));
    }
}

/* Shows whole characters alone: libvterm takes one that comes in two pieces for garbage. */
static void show(struct pty *pty)
{
    size_t end = pty->record.length, lead = end;
    while (lead > pty->shown && end - lead < 3 &&
           ((unsigned char)pty->record.bytes[lead - 1] & 0xc0) == 0x80) {
        lead--;
    }
    if (lead > pty->shown) {
        unsigned char byte = (unsigned char)pty->record.bytes[lead - 1];
        size_t whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        end = whole > 1 && end - lead + 1 < whole ? lead - 1 : end;
    }
    vterm_input_write(pty->vterm, pty->record.bytes + pty->shown, end - pty->shown);
    vterm_screen_flush_damage(pty->screen);
    pty->shown = end;
}

static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Takes what the program wrote; false where there is nothing now. */
static bool take(struct pty *pty)
{
    char bytes[16384];
    ssize_t count = read(pty->master, bytes, sizeof bytes);
    if (count <= 0) {
        return false;
    }
    pty->wrote_at = nanoseconds();
    size_t from = pty->record.length;
    text_add_n(&pty->record, bytes, (size_t)count);
    if (pty->wide) { /* the cursor stands where two wide characters end */
        char *probe = strstr(pty->record.bytes + (from > 16 ? from - 16 : 0), "━≈\033[6n");
        if (probe) {
            pty->wide = false;
            send(pty, "\033[2;5R", 6);
            pty->mute = true;
        }
    }
    answer_more(pty, from);
    show(pty);
    return true;
}

/* ---- the program ---- */

extern char **environ;

static void run_program(const struct pty_wish *wish, int line)
{
    static char *none[] = {NULL};
    setsid();
    ioctl(line, TIOCSCTTY, 0);
    for (int i = 0; i < 3; i++) {
        dup2(line, i);
    }
    close(line > 2 ? line : -1);
    environ = none;
    setenv("TERM", wish->term ? wish->term : "xterm-256color", 1);
    setenv("PATH", "/usr/bin:/bin", 1);
    for (size_t i = 0; wish->environment && wish->environment[i]; i++) {
        putenv((char *)wish->environment[i]);
    }
    signal(SIGQUIT, SIG_DFL); /* whoever began the tests may ignore it */
    execv(wish->arguments[0], (char *const *)wish->arguments);
    _exit(127);
}

static bool open_line(struct pty *pty, const struct pty_wish *wish)
{
    struct winsize size = {.ws_row = (unsigned short)wish->rows,
                           .ws_col = (unsigned short)wish->columns};
    pty->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (pty->master < 0 || grantpt(pty->master) != 0 || unlockpt(pty->master) != 0) {
        return false;
    }
    pty->line = open(ptsname(pty->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    return pty->line >= 0 && ioctl(pty->line, TIOCSWINSZ, &size) == 0 &&
           tcgetattr(pty->line, &pty->before) == 0 &&
           fcntl(pty->master, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(pty->master, F_SETFD, FD_CLOEXEC) == 0;
}

struct pty *pty_start(const struct pty_wish *wish)
{
    struct pty *pty = calloc(1, sizeof *pty);
    if (!pty) {
        return NULL;
    }
    *pty = (struct pty){.master = -1,
                        .line = -1,
                        .mute = wish->mute,
                        .light = wish->light,
                        .wide = wish->wide,
                        .pid = -1,
                        .record.most = 64 << 20};
    text_add(&pty->record, "");
    make_terminal(pty, wish->rows, wish->columns);
    if (open_line(pty, wish)) {
        fflush(NULL);
        pty->pid = fork();
    }
    if (pty->pid == 0) {
        run_program(wish, pty->line);
    }
    if (pty->pid < 0) {
        pty_free(pty);
        return NULL;
    }
    return pty;
}

void pty_free(struct pty *pty)
{
    if (!pty) {
        return;
    }
    if (pty->pid > 0 && !pty->ended) {
        kill(pty->pid, SIGKILL);
        waitpid(pty->pid, NULL, 0);
    }
    pty_hang_up(pty);
    vterm_free(pty->vterm);
    text_free(&pty->record);
    free(pty);
}

bool pty_running(struct pty *pty)
{
    if (!pty->ended && waitpid(pty->pid, &pty->status, WNOHANG) == pty->pid) {
        pty->ended = true;
    }
    return !pty->ended;
}

static int64_t milliseconds(void)
{
    return nanoseconds() / 1000000;
}

/* ---- doing ---- */

void pty_write(struct pty *pty, const char *bytes, size_t length)
{
    while (take(pty)) {
    }
    quiet_mark(&pty->wrote, pty->pid);
    send(pty, bytes, length);
}

bool pty_press(struct pty *pty, const char *name)
{
    struct key key;
    struct text bytes = {0};
    if (!key_parse(name, strlen(name), &key)) {
        return false;
    }
    key_bytes(key, &bytes);
    pty_write(pty, bytes.bytes, bytes.length);
    text_free(&bytes);
    return true;
}

void pty_paste(struct pty *pty, const char *text)
{
    const char *on = NULL, *off = NULL;
    for (const char *at = pty->record.bytes; (at = strstr(at, "\033[?2004")); at++) {
        on = at[7] == 'h' ? at : on;
        off = at[7] == 'l' ? at : off;
    }
    bool brackets = on && on > off;
    struct text bytes = {0};
    text_add(&bytes, brackets ? "\033[200~" : "");
    for (const char *at = text; *at; at++) {
        text_add_n(&bytes, *at == '\n' ? "\r" : at, 1);
    }
    text_add(&bytes, brackets ? "\033[201~" : "");
    pty_write(pty, bytes.bytes, bytes.length);
    text_free(&bytes);
}

void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    while (take(pty)) {
    }
    vterm_set_size(pty->vterm, rows, columns);
    vterm_screen_flush_damage(pty->screen);
    quiet_mark(&pty->wrote, pty->pid);
    ioctl(pty->line, TIOCSWINSZ, &size); /* and SIGWINCH to the program */
}

void pty_signal(struct pty *pty, int number)
{
    if (pty_running(pty)) {
        kill(pty->pid, number);
    }
}

void pty_hang_up(struct pty *pty)
{
    if (pty->line >= 0) {
        close(pty->line);
    }
    if (pty->master >= 0) {
        close(pty->master);
    }
    pty->line = pty->master = -1;
}

/* ---- waiting ---- */

/* Until output comes, MOST ms at most. */
static void wait_for_output(struct pty *pty, int most)
{
    struct pollfd file = {.fd = pty->master, .events = POLLIN};
    if (poll(&file, 1, most) > 0 && !(file.revents & POLLIN)) {
        poll(NULL, 0, 1); /* the line is gone; the program will be */
    }
}

/* The program has read all that was typed. */
static bool has_read(const struct pty *pty)
{
    int waiting = 0;
    return ioctl(pty->line, FIONREAD, &waiting) != 0 || waiting == 0;
}

bool pty_quiet(struct pty *pty)
{
    int64_t until = milliseconds() + PTY_DEADLINE;
    struct quiet before = {0};
    while (pty_running(pty)) {
        if (take(pty)) {
            before = (struct quiet){0};
            continue;
        }
        /* twice the same: nothing happened in between that was not seen */
        struct quiet now = quiet_of(pty->pid);
        if (!quiet_awaits(&pty->wrote, now.used) && now.waits && before.waits &&
            now.used == before.used && has_read(pty) && !take(pty)) {
            return true;
        }
        if (milliseconds() > until) {
            return false;
        }
        before = now;
        wait_for_output(pty, 1);
    }
    while (take(pty)) {
    }
    return true;
}

bool pty_soon(struct pty *pty, const char *text, int most)
{
    enum { STEP = 10 };
    int row, column;
    for (int waited = 0; waited <= most; waited += STEP) {
        while (take(pty)) {
        }
        if (pty_find(pty, text, &row, &column)) {
            return true;
        }
        int64_t until = milliseconds() + STEP; /* what is written meanwhile does not cut it short */
        do {
            wait_for_output(pty, STEP);
        } while (!take(pty) && milliseconds() < until);
    }
    return false;
}

bool pty_more(struct pty *pty, int most)
{
    wait_for_output(pty, most);
    return take(pty);
}

int pty_ended(struct pty *pty)
{
    int64_t until = milliseconds() + PTY_DEADLINE;
    while (pty_running(pty)) {
        if (milliseconds() > until) {
            return -1;
        }
        if (pty->master >= 0) {
            wait_for_output(pty, 10);
            take(pty);
        } else {
            poll(NULL, 0, 2);
        }
    }
    while (pty->master >= 0 && take(pty)) {
    }
    return pty->status;
}

bool pty_stopped(struct pty *pty)
{
    int64_t until = milliseconds() + PTY_DEADLINE;
    while (!quiet_stopped(pty->pid)) {
        if (milliseconds() > until || !pty_running(pty)) {
            return false;
        }
        wait_for_output(pty, 5);
        take(pty);
    }
    while (take(pty)) {
    }
    return true;
}

/* ---- looking ---- */

int pty_rows(const struct pty *pty)
{
    int rows, columns;
    vterm_get_size(pty->vterm, &rows, &columns);
    return rows;
}

int pty_columns(const struct pty *pty)
{
    int rows, columns;
    vterm_get_size(pty->vterm, &rows, &columns);
    return columns;
}

static int32_t colour_of(const VTermColor *colour, bool own)
{
    if (own) {
        return -1;
    }
    return VTERM_COLOR_IS_INDEXED(colour)
               ? colour->indexed.idx
               : 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

struct pty_cell pty_cell(const struct pty *pty, int row, int column)
{
    VTermScreenCell seen;
    VTermPos place = {.row = row, .col = column};
    if (!vterm_screen_get_cell(pty->screen, place, &seen)) {
        return (struct pty_cell){.glyph = ' ', .width = 1, .fore = -1, .back = -1};
    }
    bool right = seen.chars[0] == (uint32_t)-1;
    return (struct pty_cell){
        .glyph = right           ? 0
                 : seen.chars[0] ? seen.chars[0]
                                 : ' ',
        .mark = right || !seen.chars[0] ? 0 : seen.chars[1],
        .width = right ? 0 : seen.width,
        .fore = colour_of(&seen.fg, VTERM_COLOR_IS_DEFAULT_FG(&seen.fg)),
        .back = colour_of(&seen.bg, VTERM_COLOR_IS_DEFAULT_BG(&seen.bg)),
        .bold = seen.attrs.bold,
        .underline = seen.attrs.underline != 0,
        .reverse = seen.attrs.reverse,
    };
}

void pty_row(const struct pty *pty, int row, struct text *out)
{
    int end = pty_columns(pty);
    while (end > 0 && pty_cell(pty, row, end - 1).glyph == ' ') {
        end--;
    }
    for (int column = 0; column < end; column++) {
        struct pty_cell cell = pty_cell(pty, row, column);
        if (cell.glyph) {
            text_add_character(out, cell.glyph);
        }
        if (cell.mark) {
            text_add_character(out, cell.mark);
        }
    }
}

void pty_screen(const struct pty *pty, struct text *out)
{
    for (int row = 0; row < pty_rows(pty); row++) {
        pty_row(pty, row, out);
        text_add(out, "\n");
    }
}

bool pty_find(const struct pty *pty, const char *text, int *row, int *column)
{
    for (*row = 0; *row < pty_rows(pty); (*row)++) {
        struct text line = {0};
        pty_row(pty, *row, &line);
        const char *found = strstr(text_bytes(&line), text);
        if (found) {
            line.bytes[found - line.bytes] = '\0';
            *column = width_of(line.bytes);
        }
        text_free(&line);
        if (found) {
            return true;
        }
    }
    return false;
}

void pty_cursor(const struct pty *pty, int *row, int *column, bool *visible)
{
    VTermPos place;
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &place);
    *row = place.row;
    *column = place.col;
    *visible = pty->visible;
}

bool pty_alternate(const struct pty *pty)
{
    return pty->alternate;
}

bool pty_modes_as_before(const struct pty *pty)
{
    struct termios now;
    return tcgetattr(pty->line, &now) == 0 && now.c_iflag == pty->before.c_iflag &&
           now.c_oflag == pty->before.c_oflag && now.c_lflag == pty->before.c_lflag &&
           now.c_cflag == pty->before.c_cflag;
}

size_t pty_bytes(const struct pty *pty)
{
    return pty->record.length;
}

int64_t pty_wrote_at(const struct pty *pty)
{
    return pty->wrote_at;
}

const struct text *pty_record(const struct pty *pty)
{
    return &pty->record;
}

pid_t pty_pid(const struct pty *pty)
{
    return pty->pid;
}
