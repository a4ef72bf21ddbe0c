/* pty_keys.c: what an xterm sends. */
#include "test/support/pty_keys.h"

struct pressed {
    uint32_t code;
    const char *bytes;
};

static const char *special(uint32_t code)
{
    static const struct pressed keys[] = {
        {KEYPAD_UP, "\033[A"},        {KEYPAD_DOWN, "\033[B"},       {KEYPAD_RIGHT, "\033[C"},
        {KEYPAD_LEFT, "\033[D"},      {KEYPAD_HOME, "\033[H"},       {KEYPAD_END, "\033[F"},
        {KEYPAD_PAGE_UP, "\033[5~"},  {KEYPAD_PAGE_DOWN, "\033[6~"}, {KEYPAD_INSERT, "\033[2~"},
        {KEYPAD_DELETE, "\033[3~"},   {KEYPAD_BACKSPACE, "\177"},    {KEYPAD_ENTER, "\r"},
        {KEYPAD_TAB, "\t"},           {KEYPAD_ESCAPE, "\033"},       {KEYPAD_F1, "\033OP"},
        {KEYPAD_F1 + 1, "\033OQ"},    {KEYPAD_F1 + 2, "\033OR"},     {KEYPAD_F1 + 3, "\033OS"},
        {KEYPAD_F1 + 4, "\033[15~"},  {KEYPAD_F1 + 5, "\033[17~"},   {KEYPAD_F1 + 6, "\033[18~"},
        {KEYPAD_F1 + 7, "\033[19~"},  {KEYPAD_F1 + 8, "\033[20~"},   {KEYPAD_F1 + 9, "\033[21~"},
        {KEYPAD_F1 + 10, "\033[23~"}, {KEYPAD_F12, "\033[24~"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].code == code) {
            return keys[i].bytes;
        }
    }
    return NULL;
}

void key_bytes(struct key key, struct text *out)
{
    const char *bytes = special(key.code);
    if (key.code == KEYPAD_TAB && key.with == KEY_SHIFT) {
        bytes = "\033[Z";
    } else if (key.with & KEY_ALT) {
        text_add(out, "\033");
    }
    if (bytes) {
        text_add(out, bytes);
    } else if (key.with & KEY_CTRL) {
        char control = (char)(key.code & 0x1f);
        text_add_n(out, &control, 1);
    } else {
        text_add_character(out, key.code);
    }
}
