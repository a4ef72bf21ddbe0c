/* terminal_entry.c: what terminfo knows of the terminal. */
#include <stdlib.h>
#include <string.h>

#include "tui/terminal/terminal_info.h"
#include "tui/terminal/terminal_inside.h"
#include "tui/text.h"

/* Appends the string NAME without its delays, $<5>, which no terminal needs any more. */
static void add_string(struct text *out, const char *name)
{
    const char *value = info_string(name);
    while (value && *value) {
        size_t length = strcspn(value, "$");
        const char *end =
            strncmp(value + length, "$<", 2) == 0 ? strchr(value + length, '>') : NULL;
        text_add_n(out, value, length + (value[length] && !end));
        value += length + (value[length] && !end);
        value = end ? end + 1 : value;
    }
}

/* ---- which entry ---- */

/* Whether the entry moves the cursor as ANSI terminals do, of which all that follows is one. */
static bool speaks_ansi(void)
{
    struct text move = {0};
    add_string(&move, "cup");
    bool same = strcmp(text_bytes(&move), "\033[%i%p1%d;%p2%dH") == 0;
    text_free(&move);
    return same;
}

static const char *find_entry(int out, const char *named)
{
    static const char *const others[] = {"xterm-256color", "xterm", "vt100", "ansi"};
    if (named && *named && info_begin(named, out)) {
        return named;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (info_begin(others[i], out)) {
            return others[i];
        }
    }
    return NULL;
}

/* ---- what it says ---- */

static bool is_modern(const char *entry)
{
    return info_flag("XT") || strncmp(entry, "rxvt", 4) == 0 || info_number("colors") >= 256;
}

static void take_abilities(struct terminal *terminal)
{
    terminal->modern = is_modern(terminal->entry);
    terminal->scrolls = info_string("csr") && info_string("ind") && info_string("ri");
    terminal->scrolls_far = terminal->scrolls && info_string("indn") && info_string("rin");
    terminal->erases = info_string("ech") != NULL;
    terminal->erases_colours = info_flag("bce");
    terminal->corner_scrolls = info_flag("am") && !info_flag("xenl");
}

int entry_read(struct terminal *terminal, int *colours, struct text *begin, struct text *end,
               struct text *error)
{
    const char *named = getenv("TERM");
    terminal->entry = find_entry(terminal->out, named);
    if (!terminal->entry || !speaks_ansi()) {
        text_add(error,
                 _("this terminal cannot move its cursor; set TERM to what it is, or use the "
                   "commands (yuntai --help)"));
        return -1;
    }
    take_abilities(terminal);
    *colours = info_number("colors");
    if (info_flag("RGB")) {
        *colours = 1 << 24;
    }
    add_string(begin, "smcup");
    add_string(end, "sgr0");
    add_string(end, "cnorm");
    text_add(end, "\033[?25h"); /* it was hidden whether terminfo knows how or not */
    if (info_string("rmcup")) {
        add_string(end, "rmcup");
    } else {
        text_add(end, "\033[999;1H\r\n"); /* below what was drawn */
    }
    return 0;
}

void entry_size(int *rows, int *columns)
{
    *rows = info_number("lines");
    *columns = info_number("cols");
}

bool entry_teach(struct input *input)
{
    static const struct {
        const char *name;
        uint32_t code;
        uint8_t with;
    } keys[] = {
        {"kcuu1", KEYPAD_UP, 0},           {"kcud1", KEYPAD_DOWN, 0},
        {"kcub1", KEYPAD_LEFT, 0},         {"kcuf1", KEYPAD_RIGHT, 0},
        {"khome", KEYPAD_HOME, 0},         {"kend", KEYPAD_END, 0},
        {"kpp", KEYPAD_PAGE_UP, 0},        {"knp", KEYPAD_PAGE_DOWN, 0},
        {"kich1", KEYPAD_INSERT, 0},       {"kdch1", KEYPAD_DELETE, 0},
        {"kbs", KEYPAD_BACKSPACE, 0},      {"kent", KEYPAD_ENTER, 0},
        {"kcbt", KEYPAD_TAB, KEY_SHIFT},   {"kri", KEYPAD_UP, KEY_SHIFT},
        {"kind", KEYPAD_DOWN, KEY_SHIFT},  {"kLFT", KEYPAD_LEFT, KEY_SHIFT},
        {"kRIT", KEYPAD_RIGHT, KEY_SHIFT}, {"kf1", KEYPAD_F1, 0},
        {"kf2", KEYPAD_F1 + 1, 0},         {"kf3", KEYPAD_F1 + 2, 0},
        {"kf4", KEYPAD_F1 + 3, 0},         {"kf5", KEYPAD_F1 + 4, 0},
        {"kf6", KEYPAD_F1 + 5, 0},         {"kf7", KEYPAD_F1 + 6, 0},
        {"kf8", KEYPAD_F1 + 7, 0},         {"kf9", KEYPAD_F1 + 8, 0},
        {"kf10", KEYPAD_F1 + 9, 0},        {"kf11", KEYPAD_F1 + 10, 0},
        {"kf12", KEYPAD_F1 + 11, 0},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *sequence = info_string(keys[i].name);
        struct key key = {.code = keys[i].code, .with = keys[i].with};
        if (sequence && sequence[0] == '\033' && sequence[1] &&
            !input_learn(input, sequence, key)) {
            return false;
        }
    }
    return true;
}
