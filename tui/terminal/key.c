/* key.c: names of keys. */
#include "tui/terminal/key.h"

#include <string.h>
#include <strings.h>

#include "tui/width.h"

struct named {
    const char *name;
    uint32_t code;
};

/* The first name of a key is the one that is shown. */
static const struct named named[] = {
    {"Space", ' '},
    {"Up", KEYPAD_UP},
    {"Down", KEYPAD_DOWN},
    {"Left", KEYPAD_LEFT},
    {"Right", KEYPAD_RIGHT},
    {"Home", KEYPAD_HOME},
    {"End", KEYPAD_END},
    {"PgUp", KEYPAD_PAGE_UP},
    {"PgDn", KEYPAD_PAGE_DOWN},
    {"Ins", KEYPAD_INSERT},
    {"Del", KEYPAD_DELETE},
    {"Backspace", KEYPAD_BACKSPACE},
    {"Enter", KEYPAD_ENTER},
    {"Tab", KEYPAD_TAB},
    {"Esc", KEYPAD_ESCAPE},
    {"PageUp", KEYPAD_PAGE_UP},
    {"PageDown", KEYPAD_PAGE_DOWN},
    {"Insert", KEYPAD_INSERT},
    {"Delete", KEYPAD_DELETE},
    {"Return", KEYPAD_ENTER},
    {"Escape", KEYPAD_ESCAPE},
    {"Paste", KEY_PASTE},
    {"Mouse", KEY_MOUSE},
};
static const struct {
    const char *name;
    uint8_t with;
} modifiers[] = {{"Ctrl-", KEY_CTRL}, {"Alt-", KEY_ALT}, {"Shift-", KEY_SHIFT}};

bool key_same(struct key a, struct key b)
{
    return a.code == b.code && a.with == b.with;
}

static bool lower(uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

static bool upper(uint32_t code)
{
    return code >= 'A' && code <= 'Z';
}

/* Cuts the modifiers off the front of NAME. */
static uint8_t parse_modifiers(const char **name, size_t *length)
{
    uint8_t with = 0;
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers;) {
        size_t size = strlen(modifiers[i].name);
        if (*length > size && strncasecmp(*name, modifiers[i].name, size) == 0) {
            with |= modifiers[i].with;
            *name += size;
            *length -= size;
            i = 0;
        } else {
            i++;
        }
    }
    return with;
}

static uint32_t parse_function(const char *name, size_t length)
{
    if (length < 2 || length > 3 || (name[0] != 'F' && name[0] != 'f')) {
        return KEY_NONE;
    }
    uint32_t number = 0;
    for (size_t i = 1; i < length; i++) {
        if (name[i] < '0' || name[i] > '9') {
            return KEY_NONE;
        }
        number = number * 10 + (uint32_t)(name[i] - '0');
    }
    return number >= 1 && number <= 12 && name[1] != '0' ? KEYPAD_F1 + number - 1 : KEY_NONE;
}

static uint32_t parse_code(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strlen(named[i].name) == length && strncasecmp(named[i].name, name, length) == 0) {
            return named[i].code;
        }
    }
    size_t bytes = utf8_length(name, length);
    if (bytes == 0 || bytes != length) {
        return parse_function(name, length);
    }
    char character[5] = {0};
    memcpy(character, name, bytes);
    struct character next = width_next(character);
    bool plain = next.columns > 0 && next.code != ' ' && (next.code != '?' || name[0] == '?');
    return plain ? next.code : KEY_NONE;
}

struct key key_usual(struct key key)
{
    static const struct named twins[] = {
        {"i", KEYPAD_TAB},       {"m", KEYPAD_ENTER},  {"j", KEYPAD_ENTER},
        {"h", KEYPAD_BACKSPACE}, {"[", KEYPAD_ESCAPE}, {"?", KEYPAD_BACKSPACE},
    };
    if (key.with & KEY_CTRL && upper(key.code)) {
        key.code += 'a' - 'A';
    }
    if (key.with & KEY_SHIFT && key.code < KEY_BASE_) {
        bool capital = lower(key.code) && !(key.with & KEY_CTRL);
        key.code -= capital ? 'a' - 'A' : 0;
        key.with &= (uint8_t)~KEY_SHIFT;
    }
    for (size_t i = 0; key.with & KEY_CTRL && i < sizeof twins / sizeof *twins; i++) {
        if (key.code == (uint32_t)twins[i].name[0]) {
            key.code = twins[i].code;
            key.with &= (uint8_t)~KEY_CTRL;
        }
    }
    return key;
}

bool key_parse(const char *name, size_t length, struct key *key)
{
    struct key read = {.with = parse_modifiers(&name, &length)};
    read.code = parse_code(name, length);
    bool shifted = read.with & KEY_SHIFT && read.code < KEY_BASE_;
    if (read.code == KEY_NONE || (shifted && (read.with & KEY_CTRL || !lower(read.code)))) {
        return false;
    }
    *key = key_usual(read);
    return true;
}

void key_name(struct key key, struct text *out)
{
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
        if (key.with & modifiers[i].with) {
            text_add(out, modifiers[i].name);
        }
    }
    if (key.code >= KEYPAD_F1 && key.code <= KEYPAD_F12) {
        text_addf(out, "F%d", (int)(key.code - KEYPAD_F1 + 1));
        return;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i].code == key.code) {
            text_add(out, named[i].name);
            return;
        }
    }
    bool capital = key.with & KEY_CTRL && lower(key.code);
    text_add_character(out, capital ? key.code - 'a' + 'A' : key.code);
}

struct key key_half(struct key key)
{
    static const struct {
        uint32_t from, to;
    } signs[] = {
        {0x3000, ' '}, {0x3001, '/'},  {0x3002, '.'},  {0x300a, '<'}, {0x300b, '>'}, {0x3010, '['},
        {0x3011, ']'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'}, {0x00b7, '`'},
    };
    if (key.code >= 0xff01 && key.code <= 0xff5e) {
        key.code = key.code - 0xff01 + '!';
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (key.code == signs[i].from) {
            key.code = signs[i].to;
        }
    }
    return key;
}
