/* width.c: how many columns text takes on a terminal. */
#include "tui/width.h"

#include <string.h>

#include "tui/width_table.h"

#define WITHIN(character, spans) within(character, spans, sizeof spans / sizeof *spans)

static bool within(uint32_t character, const struct span *spans, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > spans[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && character >= spans[low].first;
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

struct character width_next(const char *text)
{
    struct character next = {.code = '?', .bytes = 1, .columns = 1};
    if (text[0] >= ' ' && text[0] < 0x7f) {
        next.code = (unsigned char)text[0];
        return next;
    }
    size_t bytes = utf8_length(text, strnlen(text, 4));
    if (bytes == 0) {
        return next;
    }
    next.bytes = bytes;
    uint32_t code = decode(text, bytes);
    if (code >= 0x4e00 && code <= 0x9fff) { /* most of what is not ASCII here */
        next.columns = 2;
    } else if (WITHIN(code, unprintable)) {
        return next;
    } else if (WITHIN(code, combining)) {
        next.columns = 0;
    } else if (WITHIN(code, invisible)) {
        next.columns = 0;
        code = 0;
    } else if (WITHIN(code, wide)) {
        next.columns = 2;
    } else {
        next.doubtful = WITHIN(code, doubtful);
    }
    next.code = code;
    return next;
}

/* The columns of the character at TEXT and its bytes. */
static int character_width(const char *text, size_t *bytes)
{
    struct character next = width_next(text);
    *bytes = next.bytes;
    return next.columns;
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

static bool breaks(char byte)
{
    return byte == '\0' || byte == ' ' || byte == '\n';
}

static void new_line(struct text *out, int indent)
{
    text_add(out, "\n");
    for (int i = 0; i < indent; i++) {
        text_add_n(out, " ", 1);
    }
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
        } while (!breaks(text[length]) && (opened || closes(text + length)));
        return length;
    }
    while (!breaks(text[length]) && (width < 2 || closes(text + length))) {
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
        if (text[blanks] == '\n') {
            new_line(out, indent);
            at = indent;
            fresh = true;
            text += blanks + 1;
            continue;
        }
        size_t length = piece(text + blanks, &width);
        if (!fresh && at + (int)blanks + width > columns) {
            new_line(out, indent);
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
