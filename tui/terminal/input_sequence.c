/* input_sequence.c: what CSI and SS3 sequences mean, over all terminals that speak them. */
#include "tui/terminal/input_sequence.h"

#include <string.h>

enum { SEQUENCE_MOST = 64, STRING_MOST = 4096, PARAMETERS = 3 };

struct csi {
    char private;                 /* < = > ? before the numbers, or 0 */
    unsigned numbers[PARAMETERS]; /* 0 where there is none */
    char last;                    /* what ends it */
};

static const struct sequence part = {.found = FOUND_PART};

static struct sequence nothing(size_t length)
{
    return (struct sequence){.found = FOUND_NOTHING, .length = length};
}

static struct sequence pressed(uint32_t code, unsigned with, size_t length)
{
    return (struct sequence){.found = code == KEY_NONE ? FOUND_NOTHING : FOUND_KEY,
                             .length = length,
                             .event.key =
                                 key_usual((struct key){.code = code, .with = (uint8_t)with})};
}

/* Modifiers as xterm counts them: one more than Shift 1, Alt 2, Ctrl 4, Meta 8. */
static unsigned modifiers(unsigned number)
{
    unsigned bits = number > 0 ? number - 1 : 0;
    return (bits & 1 ? KEY_SHIFT : 0) | (bits & 2 ? KEY_ALT : 0) | (bits & 4 ? KEY_CTRL : 0);
}

/* A letter that ends CSI or SS3. */
static uint32_t of_letter(char letter)
{
    switch (letter) {
    case 'A':
        return KEYPAD_UP;
    case 'B':
        return KEYPAD_DOWN;
    case 'C':
        return KEYPAD_RIGHT;
    case 'D':
        return KEYPAD_LEFT;
    case 'F':
        return KEYPAD_END;
    case 'H':
        return KEYPAD_HOME;
    case 'P':
        return KEYPAD_F1;
    case 'Q':
        return KEYPAD_F1 + 1;
    case 'R':
        return KEYPAD_F1 + 2;
    case 'S':
        return KEYPAD_F1 + 3;
    default:
        return KEY_NONE;
    }
}

/* The number of CSI n ~. */
static uint32_t of_number(unsigned number)
{
    static const uint32_t keys[] = {
        [1] = KEYPAD_HOME,    [2] = KEYPAD_INSERT,    [3] = KEYPAD_DELETE,   [4] = KEYPAD_END,
        [5] = KEYPAD_PAGE_UP, [6] = KEYPAD_PAGE_DOWN, [7] = KEYPAD_HOME,     [8] = KEYPAD_END,
        [11] = KEYPAD_F1,     [12] = KEYPAD_F1 + 1,   [13] = KEYPAD_F1 + 2,  [14] = KEYPAD_F1 + 3,
        [15] = KEYPAD_F1 + 4, [17] = KEYPAD_F1 + 5,   [18] = KEYPAD_F1 + 6,  [19] = KEYPAD_F1 + 7,
        [20] = KEYPAD_F1 + 8, [21] = KEYPAD_F1 + 9,   [23] = KEYPAD_F1 + 10, [24] = KEYPAD_F1 + 11,
    };
    return number < sizeof keys / sizeof *keys ? keys[number] : KEY_NONE;
}

/* A character reported by its code (CSI u, modifyOtherKeys). */
static struct sequence of_character(unsigned code, unsigned with, size_t length)
{
    static const struct {
        unsigned code;
        uint32_t key;
    } keys[] = {{9, KEYPAD_TAB}, {13, KEYPAD_ENTER}, {27, KEYPAD_ESCAPE}, {127, KEYPAD_BACKSPACE}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (code == keys[i].code) {
            return pressed(keys[i].key, with, length);
        }
    }
    bool character = code >= ' ' && code < 0xd800; /* further up lie private codes of keypads */
    return pressed(character ? code : KEY_NONE, with, length);
}

/* ---- the mouse ---- */

static struct sequence clicked(unsigned button, int column, int row, bool release, size_t length)
{
    if (button == 64 || button == 65) {
        return pressed(button == 64 ? KEYPAD_UP : KEYPAD_DOWN, 0, length);
    }
    if (button != 0 || release || column < 1 || row < 1) {
        return nothing(length);
    }
    struct sequence click = pressed(KEY_MOUSE, 0, length);
    click.event.row = row - 1;
    click.event.column = column - 1;
    return click;
}

/* CSI M and three bytes, each 32 more than what it says. */
static struct sequence old_mouse(const char *bytes, size_t length)
{
    if (length < 6) {
        return part;
    }
    const unsigned char *said = (const unsigned char *)bytes + 3;
    return clicked(said[0] - 32u, said[1] - 32, said[2] - 32, false, 6);
}

/* ---- CSI ---- */

static struct sequence with_tilde(const struct csi *csi, size_t length)
{
    if (csi->numbers[0] == 200) {
        return (struct sequence){.found = FOUND_PASTE, .length = length};
    }
    if (csi->numbers[0] == 27) { /* modifyOtherKeys: CSI 27 ; modifiers ; code ~ */
        return of_character(csi->numbers[2], modifiers(csi->numbers[1]), length);
    }
    return pressed(of_number(csi->numbers[0]), modifiers(csi->numbers[1]), length);
}

static struct sequence meaning(const struct csi *csi, size_t length)
{
    unsigned with = modifiers(csi->numbers[1]);
    if (csi->private == '<' && (csi->last == 'M' || csi->last == 'm')) {
        return clicked(csi->numbers[0], (int)csi->numbers[1], (int)csi->numbers[2],
                       csi->last == 'm', length);
    }
    if (csi->private) {
        return nothing(length); /* an answer */
    }
    switch (csi->last) {
    case '~':
        return with_tilde(csi, length);
    case '^':
        return pressed(of_number(csi->numbers[0]), KEY_CTRL, length); /* rxvt's, to '@' */
    case '$':
        return pressed(of_number(csi->numbers[0]), KEY_SHIFT, length);
    case '@':
        return pressed(of_number(csi->numbers[0]), KEY_CTRL | KEY_SHIFT, length);
    case 'a':
    case 'b':
    case 'c':
    case 'd':
        return csi->numbers[0]
                   ? nothing(length)
                   : pressed(of_letter((char)(csi->last - 'a' + 'A')), KEY_SHIFT, length);
    case 'u':
        return of_character(csi->numbers[0], with, length);
    case 'Z':
        return pressed(KEYPAD_TAB, KEY_SHIFT, length);
    case 'P':
    case 'Q':
    case 'R': /* also where the cursor is, an answer: there row 1 is never asked for */
    case 'S':
        return csi->numbers[0] > 1 ? nothing(length) : pressed(of_letter(csi->last), with, length);
    default:
        return pressed(of_letter(csi->last), with, length);
    }
}

static bool digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Takes a byte of the numbers; false where it is none. */
static bool take_number(struct csi *csi, size_t *at, char byte)
{
    if (digit(byte)) {
        if (*at < PARAMETERS && csi->numbers[*at] < 0x200000) {
            csi->numbers[*at] = csi->numbers[*at] * 10 + (unsigned)(byte - '0');
        }
    } else if (byte == ';') {
        (*at)++;
    } else {
        return false;
    }
    return true;
}

struct sequence sequence_csi(const char *bytes, size_t length)
{
    struct csi csi = {0};
    size_t number = 0;
    if (length > 2 && bytes[2] == '[') { /* linux: F1 to F5 are CSI [ A to CSI [ E */
        bool known = length > 3 && bytes[3] >= 'A' && bytes[3] <= 'E';
        return length == 3 ? part
               : known     ? pressed(KEYPAD_F1 + (uint32_t)(bytes[3] - 'A'), 0, 4)
                           : nothing(4);
    }
    if (length > 2 && bytes[2] == 'M') {
        return old_mouse(bytes, length);
    }
    for (size_t i = 2; i < length && i < SEQUENCE_MOST; i++) {
        if (i == 2 && bytes[i] >= '<' && bytes[i] <= '?') {
            csi.private = bytes[i];
        } else if (take_number(&csi, &number, bytes[i]) || bytes[i] == ':') {
            continue;
        } else if ((unsigned char)bytes[i] < ' ' || (unsigned char)bytes[i] > '~') {
            return nothing(i); /* broken off: what broke it stands for itself */
        } else if (bytes[i] >= '@' || (bytes[i] == '$' && !csi.private)) {
            csi.last = bytes[i];
            return meaning(&csi, i + 1);
        }
    }
    return length < SEQUENCE_MOST ? part : nothing(SEQUENCE_MOST);
}

/* ---- SS3 ---- */

/* The keypad in its application mode: its keys are what stands on them. */
static uint32_t of_keypad(char letter)
{
    switch (letter) {
    case 'M':
        return KEYPAD_ENTER;
    case 'I':
        return KEYPAD_TAB;
    case 'X':
        return '=';
    default:
        return letter >= 'j' && letter <= 'y' ? (uint32_t)(letter - 'j' + '*') : of_letter(letter);
    }
}

struct sequence sequence_ss3(const char *bytes, size_t length)
{
    struct csi csi = {0};
    size_t number = 0, at = 2;
    while (at < length && at < SEQUENCE_MOST && take_number(&csi, &number, bytes[at])) {
        at++;
    }
    if (at == length) {
        return part;
    }
    if ((unsigned char)bytes[at] <= ' ' || (unsigned char)bytes[at] > '~') {
        return nothing(at);
    }
    if (bytes[at] >= 'a' && bytes[at] <= 'd') { /* rxvt */
        return pressed(of_letter((char)(bytes[at] - 'a' + 'A')), KEY_CTRL, at + 1);
    }
    unsigned with = modifiers(number > 0 ? csi.numbers[1] : csi.numbers[0]);
    return pressed(of_keypad(bytes[at]), with, at + 1);
}

/* ---- strings ---- */

struct sequence sequence_string(const char *bytes, size_t length)
{
    for (size_t i = 2; i < length && i < STRING_MOST; i++) {
        if (bytes[i] == '\a') {
            return nothing(i + 1);
        }
        if (bytes[i] == '\x1b') {
            return i + 1 == length ? part : nothing(bytes[i + 1] == '\\' ? i + 2 : i);
        }
    }
    return length < STRING_MOST ? part : nothing(STRING_MOST);
}
