/* width.c: how many columns text takes on a terminal. */
#include "tui/width.h"

#include <stdint.h>
#include <string.h>

struct span {
    uint32_t first, last;
};

static const struct span wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
    {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},
    {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff},
    {0x20000, 0x2fffd}, {0x30000, 0x3fffd},
};
static const struct span nothing[] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
};

static bool within(uint32_t character, const struct span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (character >= spans[i].first && character <= spans[i].last) {
            return true;
        }
    }
    return false;
}

static uint32_t decode(const char *text, size_t bytes)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t character = (unsigned char)text[0] & masks[bytes];
    for (size_t i = 1; i < bytes; i++) {
        character = character << 6 | ((unsigned char)text[i] & 0x3f);
    }
    return character;
}

/* The columns of the character at TEXT; its bytes go to *BYTES, 1 where it is not UTF-8. */
static int character_width(const char *text, size_t *bytes)
{
    size_t length = strnlen(text, 4);
    *bytes = utf8_length(text, length);
    if (*bytes == 0) {
        *bytes = 1;
        return 1;
    }
    uint32_t character = decode(text, *bytes);
    if (within(character, nothing, sizeof nothing / sizeof *nothing)) {
        return 0;
    }
    return within(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

int width_of(const char *text)
{
    int columns = 0;
    size_t bytes;
    for (; *text; text += bytes) {
        columns += character_width(text, &bytes);
    }
    return columns;
}

void width_pad(struct text *out, const char *text, int columns)
{
    text_add(out, text);
    for (int i = width_of(text); i < columns; i++) {
        text_add_n(out, " ", 1);
    }
}

/* A line does not begin with these. */
static bool closes(const char *text)
{
    static const char *const marks[] = {"，", "。", "；", "：", "、", "）",
                                        "」", "》", "〕", "”",  "？", "！"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* A line does not end with these. */
static bool opens(const char *text)
{
    static const char *const marks[] = {"（", "「", "《", "〔", "“"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Bytes from TEXT that stay together; *COLUMNS is their width. */
static size_t piece(const char *text, int *columns)
{
    size_t bytes, length = 0;
    int width = character_width(text, &bytes);
    *columns = 0;
    if (width == 2) {
        bool opened;
        do {
            opened = opens(text + length);
            *columns += width;
            length += bytes;
            width = text[length] ? character_width(text + length, &bytes) : 0;
        } while (text[length] && text[length] != ' ' && (opened || closes(text + length)));
        return length;
    }
    while (text[length] && text[length] != ' ' && (width < 2 || closes(text + length))) {
        *columns += width;
        length += bytes;
        width = text[length] ? character_width(text + length, &bytes) : 0;
    }
    return length;
}

void width_wrap(struct text *out, const char *text, int at, int indent, int columns)
{
    bool fresh = true; /* nothing stands on the line yet */
    while (*text) {
        size_t blanks = strspn(text, " ");
        int width;
        size_t length = piece(text + blanks, &width);
        if (!fresh && at + (int)blanks + width > columns) {
            text_add(out, "\n");
            for (int i = 0; i < indent; i++) {
                text_add_n(out, " ", 1);
            }
            at = indent;
            blanks = 0;
            text += strspn(text, " ");
        }
        text_add_n(out, text, blanks + length);
        at += (int)blanks + width;
        text += blanks + length;
        fresh = false;
    }
}
