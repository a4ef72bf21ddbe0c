/* text.c: a growing string with a bound. */
#include "core/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_MOST = 16 * 1024 * 1024 };

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){.most = text->most};
}

void text_clear(struct text *text)
{
    text->length = 0;
    text->failed = false;
    if (text->bytes) {
        text->bytes[0] = '\0';
    }
}

void text_cut(struct text *text, size_t length)
{
    if (length < text->length) {
        text->length = length;
        text->bytes[length] = '\0';
    }
}

const char *text_bytes(const struct text *text)
{
    return text->bytes ? text->bytes : "";
}

static bool text_room(struct text *text, size_t more)
{
    size_t most = text->most ? text->most : USUAL_MOST;
    if (text->failed || more > most || text->length > most - more) {
        text->failed = true;
        return false;
    }
    size_t need = text->length + more + 1;
    if (need <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < need) {
        capacity *= 2;
    }
    char *grown = realloc(text->bytes, capacity);
    if (!grown) {
        text->failed = true;
        return false;
    }
    text->bytes = grown;
    text->capacity = capacity;
    return true;
}

void text_add_n(struct text *text, const char *bytes, size_t length)
{
    if (text_room(text, length)) {
        if (length) {
            memcpy(text->bytes + text->length, bytes, length);
        }
        text->length += length;
        text->bytes[text->length] = '\0';
    }
}

void text_add(struct text *text, const char *bytes)
{
    text_add_n(text, bytes, strlen(bytes));
}

/* NUMBER in decimal, padded with zeros to WIDTH digits. */
static void add_padded(struct text *text, int64_t number, int width)
{
    char digits[40];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
        width--;
    } while (rest > 0 || (width > 0 && at > 1));
    if (number < 0) {
        digits[--at] = '-';
    }
    text_add_n(text, digits + at, sizeof digits - at);
}

void text_add_character(struct text *text, uint32_t character)
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    if (character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff)) {
        character = 0xfffd;
    }
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    char bytes[4];
    for (size_t i = length; i-- > 1; character >>= 6) {
        bytes[i] = (char)(0x80 | (character & 0x3f));
    }
    bytes[0] = (char)(leads[length] | character);
    text_add_n(text, bytes, length);
}

void text_add_int(struct text *text, int64_t number)
{
    add_padded(text, number, 1);
}

void text_add_decimal(struct text *text, int64_t micro)
{
    uint64_t size = micro < 0 ? -(uint64_t)micro : (uint64_t)micro;
    char digits[6];
    size_t count = 0;
    uint64_t part = size % 1000000;
    for (size_t i = 6; i-- > 0; part /= 10) {
        digits[i] = (char)('0' + part % 10);
        count = count == 0 && digits[i] != '0' ? i + 1 : count;
    }
    if (micro < 0) {
        text_add_n(text, "-", 1);
    }
    text_add_int(text, (int64_t)(size / 1000000));
    if (count) {
        text_add_n(text, ".", 1);
        text_add_n(text, digits, count);
    }
}

/* One %-directive at FORMAT; returns what follows it. */
static const char *add_directive(struct text *text, const char *format, va_list *arguments)
{
    int width = 1;
    if (format[0] == '0' && format[1] >= '1' && format[1] <= '9') {
        width = format[1] - '0';
        format += 2;
    }
    switch (*format) {
    case 's': {
        const char *bytes = va_arg(*arguments, const char *);
        text_add(text, bytes ? bytes : "");
        break;
    }
    case 'd':
        add_padded(text, va_arg(*arguments, int), width);
        break;
    case 'c': {
        char byte = (char)va_arg(*arguments, int);
        text_add_n(text, &byte, 1);
        break;
    }
    default:
        text_add_n(text, "%", 1);
        break;
    }
    return *format ? format + 1 : format;
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    while (*format) {
        const char *percent = strchr(format, '%');
        if (!percent) {
            text_add(text, format);
            break;
        }
        text_add_n(text, format, (size_t)(percent - format));
        format = add_directive(text, percent + 1, &arguments);
    }
    va_end(arguments);
}

size_t utf8_length(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (length == 0) {
        return 0;
    }
    if (byte[0] < 0x80) {
        return 1;
    }
    size_t size = byte[0] >= 0xf0 ? 4 : byte[0] >= 0xe0 ? 3 : 2;
    if (byte[0] < 0xc2 || byte[0] > 0xf4 || size > length) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((byte[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (byte[0] == 0xe0 && byte[1] < 0xa0) || (byte[0] == 0xf0 && byte[1] < 0x90);
    bool surrogate = byte[0] == 0xed && byte[1] > 0x9f;
    bool beyond = byte[0] == 0xf4 && byte[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : size;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        size_t size = utf8_length(text + at, length - at);
        at += size ? size : 1;
    }
    return count;
}

bool text_turns(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool marks = (at[0] == 0xd8 && at[1] == 0x9c) ||
                     (at[0] == 0xe2 && at[1] == 0x80 && (at[2] == 0x8e || at[2] == 0x8f));
        bool turns = at[0] == 0xe2 && ((at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
                                       (at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9));
        if (marks || turns) {
            return true;
        }
    }
    return false;
}

bool text_controls(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool low = at[0] < 0x20 && at[0] != '\t' && at[0] != '\n' && at[0] != '\r';
        bool high = at[0] == 0x7f || (at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f);
        if (low || high) {
            return true;
        }
    }
    return false;
}

bool text_is_blank(const char *text)
{
    static const char wide[] = "　"; /* U+3000 */
    const size_t length = sizeof wide - 1;
    while (*text) {
        bool one = *text == ' ' || *text == '\t' || *text == '\n' || *text == '\r';
        if (!one && strncmp(text, wide, length) != 0) {
            return false;
        }
        text += one ? 1 : length;
    }
    return true;
}

size_t utf8_check(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t size = utf8_length(text + at, length - at);
        if (size == 0) {
            break;
        }
        at += size;
    }
    return at;
}
