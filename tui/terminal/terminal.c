/* terminal.c: takes the terminal over and gives it back. */
#include "tui/terminal/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tui/terminal/terminal_info.h"
#include "tui/terminal/terminal_inside.h"
#include "tui/text.h"

enum { ROWS_MOST = 500, COLUMNS_MOST = 1000, COPY_MOST = 64 << 10 };

/* What is written when the terminal is taken and given back; it lives as long as it is taken. */
static struct {
    bool entered;
    int out;
    bool modern;
    struct text begin, end, typed;
} taken;

/* ---- what it can do ---- */

static bool has_value(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

static enum depth depth_of(const struct terminal_wish *wish, const struct terminal *terminal,
                           int colours)
{
    const char *said = getenv("COLORTERM");
    if (wish->depth_said) {
        return wish->depth;
    }
    if (has_value("NO_COLOR")) { /* no-color.org */
        return DEPTH_MONO;
    }
    if (terminal->modern && said &&
        (strcasecmp(said, "truecolor") == 0 || strcasecmp(said, "24bit") == 0)) {
        return DEPTH_TRUE;
    }
    return colours >= 1 << 24 ? DEPTH_TRUE
           : colours >= 256   ? DEPTH_256
           : colours >= 8     ? DEPTH_8
                              : DEPTH_MONO;
}

static bool locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* rxvt and others say "15;0": the colours of text and of what is behind. */
static bool light_by_environment(void)
{
    const char *said = getenv("COLORFGBG");
    const char *back = said ? strrchr(said, ';') : NULL;
    return back && (strcmp(back, ";7") == 0 || strcmp(back, ";15") == 0);
}

/* The probe wrote two characters: behind them is column 3, 4 or 5 where they were drawn wide, and 7
 * where each of their bytes was. */
static void take_width(struct terminal *terminal, int column)
{
    terminal->look.wide_doubt = column == 4 || column == 5;
    terminal->look.foreign = terminal->look.foreign || column > 5;
}

static enum glyph_set glyphs_of(const struct terminal_wish *wish, const struct terminal *terminal)
{
    return terminal->look.foreign      ? GLYPHS_ASCII
           : wish->glyphs_said         ? wish->glyphs
           : !terminal->modern         ? GLYPHS_ASCII
           : terminal->look.wide_doubt ? GLYPHS_SAFE
                                       : GLYPHS_FULL;
}

static void ask(const struct terminal_wish *wish, struct terminal *terminal)
{
    bool probes = terminal->modern && !terminal->look.foreign;
    bool wonders = terminal->modern && !wish->theme && terminal->depth > DEPTH_MONO;
    struct answer_found found = answer_ask(terminal, wonders, probes, &taken.typed);
    terminal->round_trip = found.round_trip;
    terminal->light = found.light_known ? found.light : light_by_environment();
    if (probes) {
        take_width(terminal, found.column);
    }
}

/* ---- the way in ---- */

static struct termios raw_modes(const struct termios *before)
{
    struct termios raw = *before;
    raw.c_iflag &= (tcflag_t) ~(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON | IXOFF | PARMRK);
    raw.c_oflag &= (tcflag_t)~OPOST;
    raw.c_lflag &= (tcflag_t) ~(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cflag |= CS8;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return raw;
}

static void add_modes(const struct terminal_wish *wish, const struct terminal *terminal)
{
    struct text end = {0};
    text_add(&end, "\033[m");
    if (terminal->scrolls) {
        text_add(&end, "\033[r");
    }
    if (terminal->modern) {
        text_add(&taken.begin, "\033[?2004h"); /* bracketed paste */
        text_add(&end, "\033[?2004l");
    }
    if (terminal->modern && wish->mouse) {
        text_add(&taken.begin, "\033[?1000h\033[?1006h");
        text_add(&end, "\033[?1006l\033[?1000l");
    }
    text_add_n(&end, taken.end.bytes, taken.end.length); /* leaving comes last */
    text_free(&taken.end);
    taken.end = end;
}

static void forget(void)
{
    text_free(&taken.begin);
    text_free(&taken.end);
    text_free(&taken.typed);
    info_end();
}

static int take(const struct terminal_wish *wish, struct terminal *terminal, struct text *error)
{
    struct termios before;
    int colours;
    if (!isatty(terminal->in) || !isatty(terminal->out) || tcgetattr(terminal->out, &before) != 0) {
        text_add(error, _("this is no terminal; start yuntai in one, or use its commands (yuntai "
                          "--help)"));
        return -1;
    }
    if (entry_read(terminal, &colours, &taken.begin, &taken.end, error) != 0) {
        return -1;
    }
    add_modes(wish, terminal);
    if (taken.begin.failed || taken.end.failed) {
        text_add(error, _("memory is short; close other programs and try again"));
        return -1;
    }
    struct termios during = raw_modes(&before);
    terminal->depth = depth_of(wish, terminal, colours);
    guard_enter(terminal->out, &taken.begin, &taken.end, &before, &during);
    return 0;
}

int terminal_begin(const struct terminal_wish *wish, struct terminal *terminal, struct text *error)
{
    *terminal = (struct terminal){.in = STDIN_FILENO, .out = STDOUT_FILENO, .round_trip = -1};
    if (take(wish, terminal, error) != 0) {
        forget();
        return -1;
    }
    taken.entered = true;
    taken.out = terminal->out;
    taken.modern = terminal->modern;
    terminal->look.foreign = !locale_is_utf8();
    ask(wish, terminal);
    terminal->look.set = glyphs_of(wish, terminal);
    terminal_measure(terminal);
    return 0;
}

void terminal_end(void)
{
    if (taken.entered) {
        taken.entered = false;
        guard_leave();
        forget();
    }
}

bool terminal_introduce(struct input *input)
{
    bool fed = input_feed(input, text_bytes(&taken.typed), taken.typed.length);
    text_clear(&taken.typed);
    return entry_teach(input) && fed;
}

/* ---- while it is taken ---- */

static int within(int value, int otherwise, int most)
{
    value = value > 0 ? value : otherwise;
    return value < 1 ? 1 : value > most ? most : value;
}

bool terminal_measure(struct terminal *terminal)
{
    struct winsize size = {0};
    int rows = terminal->rows, columns = terminal->columns, entry_rows, entry_columns;
    ioctl(terminal->out, TIOCGWINSZ, &size);
    entry_size(&entry_rows, &entry_columns);
    terminal->rows = within(size.ws_row, within(entry_rows, 24, ROWS_MOST), ROWS_MOST);
    terminal->columns = within(size.ws_col, within(entry_columns, 80, COLUMNS_MOST), COLUMNS_MOST);
    return terminal->rows != rows || terminal->columns != columns;
}

static void add_base64(struct text *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        uint32_t three = 0;
        for (size_t j = i; j < i + 3; j++) {
            three = three << 8 | (j < length ? bytes[j] : 0);
        }
        for (size_t j = 0; j < 4; j++) {
            text_add_n(out, i + j <= length ? &digits[three >> (18 - 6 * j) & 63] : "=", 1);
        }
    }
}

void terminal_copy(const char *text, size_t length)
{
    struct text sequence = {0};
    if (!taken.entered || !taken.modern || length > COPY_MOST) {
        return;
    }
    text_add(&sequence, "\033]52;c;");
    add_base64(&sequence, (const unsigned char *)text, length);
    text_add(&sequence, "\033\\");
    if (!sequence.failed) {
        guard_write(taken.out, sequence.bytes, sequence.length);
    }
    text_free(&sequence);
}

void terminal_bell(void)
{
    if (taken.entered) {
        guard_write(taken.out, "\a", 1);
    }
}
