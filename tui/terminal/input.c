/* input.c: a buffer of bytes that keys are taken from. */
#include "tui/terminal/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/terminal/input_sequence.h"
#include "tui/width.h"

enum {
    ESCAPE_DELAY = 25,  /* ms after which ESC was a key of its own */
    REST_DELAY = 500,   /* … the rest of a sequence does not come any more */
    PASTE_DELAY = 10000 /* … nor the end of a paste */
};

struct learnt {
    char *sequence;
    size_t length;
    struct key key;
};
struct input {
    char *bytes;
    size_t start, end, capacity; /* BYTES from START to END wait */
    int escape_delay;
    bool pasting, after_return; /* the last byte of a paste was \r */
    struct text paste;
    struct learnt *learnt;
    size_t learnt_count;
};

static const char paste_end[] = "\x1b[201~";

static int escape_delay(void)
{
    const char *said = getenv("ESCDELAY");
    long delay = said ? strtol(said, NULL, 10) : 0;
    return delay > 0 && delay <= 10000 ? (int)delay : ESCAPE_DELAY;
}

struct input *input_new(void)
{
    struct input *input = calloc(1, sizeof *input);
    if (input) {
        input->escape_delay = escape_delay();
        input->paste.most = PASTE_MOST;
    }
    return input;
}

void input_free(struct input *input)
{
    if (!input) {
        return;
    }
    for (size_t i = 0; i < input->learnt_count; i++) {
        free(input->learnt[i].sequence);
    }
    free(input->learnt);
    text_free(&input->paste);
    free(input->bytes);
    free(input);
}

bool input_learn(struct input *input, const char *sequence, struct key key)
{
    size_t count = input->learnt_count;
    struct learnt *learnt = realloc(input->learnt, (count + 1) * sizeof *learnt);
    if (!learnt) {
        return false;
    }
    input->learnt = learnt;
    char *copy = strdup(sequence);
    if (!copy) {
        return false;
    }
    learnt[count] = (struct learnt){.sequence = copy, .length = strlen(copy), .key = key};
    input->learnt_count++;
    return true;
}

bool input_feed(struct input *input, const char *bytes, size_t length)
{
    if (input->start > 0) {
        memmove(input->bytes, input->bytes + input->start, input->end - input->start);
        input->end -= input->start;
        input->start = 0;
    }
    if (input->capacity - input->end < length) {
        size_t capacity = (input->end + length) * 2;
        char *grown = realloc(input->bytes, capacity);
        if (!grown) {
            return false;
        }
        input->bytes = grown;
        input->capacity = capacity;
    }
    if (length > 0) {
        memcpy(input->bytes + input->end, bytes, length);
    }
    input->end += length;
    return true;
}

bool input_read(struct input *input, int descriptor)
{
    char bytes[4096];
    ssize_t count = read(descriptor, bytes, sizeof bytes);
    if (count < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    return count > 0 && input_feed(input, bytes, (size_t)count);
}

/* ---- characters ---- */

static struct sequence pressed(uint32_t code, unsigned with, size_t length)
{
    return (struct sequence){
        .found = FOUND_KEY, .length = length, .event.key = {.code = code, .with = (uint8_t)with}};
}

static struct sequence control(unsigned char byte)
{
    switch (byte) {
    case 0:
        return pressed(' ', KEY_CTRL, 1);
    case '\t':
        return pressed(KEYPAD_TAB, 0, 1);
    case '\r':
    case '\n':
        return pressed(KEYPAD_ENTER, 0, 1);
    case '\b':
    case 0x7f:
        return pressed(KEYPAD_BACKSPACE, 0, 1);
    default:
        return pressed(byte < 0x1b ? byte + 0x60u : byte + 0x40u, KEY_CTRL, 1);
    }
}

/* Whether LENGTH bytes may be the beginning of a longer character. */
static bool begins_character(const char *bytes, size_t length)
{
    unsigned char lead = (unsigned char)bytes[0];
    size_t whole = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (lead >= 0xf5 || length >= whole) {
        return false;
    }
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return true;
}

static struct sequence character(const char *bytes, size_t length)
{
    unsigned char first = (unsigned char)bytes[0];
    if (first < ' ' || first == 0x7f) {
        return control(first);
    }
    size_t size = utf8_length(bytes, length);
    if (size == 0) {
        return begins_character(bytes, length)
                   ? (struct sequence){.found = FOUND_PART}
                   : (struct sequence){.found = FOUND_NOTHING, .length = 1};
    }
    char whole[5] = {0};
    memcpy(whole, bytes, size);
    struct character next = width_next(whole);
    bool hidden = next.code == 0 || (next.code == '?' && first != '?');
    return hidden ? (struct sequence){.found = FOUND_NOTHING, .length = size}
                  : pressed(next.code, 0, size);
}

/* ---- sequences ---- */

/* What was learnt, if BYTES begin with it or may come to. */
static struct sequence learnt(const struct input *input, const char *bytes, size_t length)
{
    struct sequence found = {.found = FOUND_NOTHING};
    for (size_t i = 0; i < input->learnt_count; i++) {
        const struct learnt *one = &input->learnt[i];
        size_t common = length < one->length ? length : one->length;
        if (memcmp(bytes, one->sequence, common) != 0) {
            continue;
        }
        if (length < one->length) {
            return (struct sequence){.found = FOUND_PART};
        }
        if (one->length > found.length) {
            found = pressed(one->key.code, one->key.with, one->length);
        }
    }
    return found;
}

static bool answers(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte && strchr(">!+$|", byte));
}

static struct sequence with_alt(struct sequence sequence)
{
    sequence.length += sequence.length > 0;
    sequence.event.key.with |= KEY_ALT;
    return sequence;
}

/* BYTES begin with ESC, and more than that is there. */
static struct sequence escape(const char *bytes, size_t length)
{
    char second = bytes[1];
    if (second == '[') {
        return sequence_csi(bytes, length);
    }
    if (second == 'O') {
        return sequence_ss3(bytes, length);
    }
    if ((second == ']' || second == 'P') && (length == 2 || answers(bytes[2]))) {
        return sequence_string(bytes, length);
    }
    if (second != '\x1b') {
        return with_alt(character(bytes + 1, length - 1));
    }
    /* rxvt puts an ESC before its sequences for Alt; else that was the key, pressed twice */
    bool sequence = length > 2 && (bytes[2] == '[' || bytes[2] == 'O');
    return length == 2 ? (struct sequence){.found = FOUND_PART}
           : sequence  ? with_alt(escape(bytes + 1, length - 1))
                       : pressed(KEYPAD_ESCAPE, 0, 1);
}

static struct sequence next_sequence(const struct input *input)
{
    const char *bytes = input->bytes + input->start;
    size_t length = input->end - input->start;
    if (bytes[0] != '\x1b') {
        return character(bytes, length);
    }
    struct sequence found = learnt(input, bytes, length);
    if (found.found != FOUND_NOTHING || length == 1) {
        return length == 1 ? (struct sequence){.found = FOUND_PART} : found;
    }
    return escape(bytes, length);
}

/* What the beginning of a sequence was, now that the rest does not come. */
static struct sequence given_up(const char *bytes, size_t length)
{
    if (bytes[0] != '\x1b') {
        return (struct sequence){.found = FOUND_NOTHING, .length = 1};
    }
    if (length == 1 || bytes[1] == '\x1b') {
        return pressed(KEYPAD_ESCAPE, 0, 1);
    }
    struct sequence alone = character(bytes + 1, 1);
    return length == 2 && alone.found == FOUND_KEY
               ? with_alt(alone)
               : (struct sequence){.found = FOUND_NOTHING, .length = length};
}

/* ---- pastes ---- */

/* One byte of a paste: line ends are \n, no other control is kept but the tabulator. */
static void paste_byte(struct input *input, char byte)
{
    bool after_return = input->after_return;
    input->after_return = byte == '\r';
    if (byte == '\r' || (byte == '\n' && !after_return)) {
        text_add_n(&input->paste, "\n", 1);
    } else if (byte == '\t' || ((unsigned char)byte >= ' ' && byte != 0x7f)) {
        text_add_n(&input->paste, &byte, 1);
    }
}

/* Takes out what is no UTF-8; the bound may have cut the last character. */
static void clean_paste(struct text *paste)
{
    size_t kept = 0, size;
    for (size_t at = 0; at < paste->length; at += size ? size : 1) {
        size = utf8_length(paste->bytes + at, paste->length - at);
        memmove(paste->bytes + kept, paste->bytes + at, size);
        kept += size;
    }
    if (paste->length > 0) {
        paste->bytes[kept] = '\0';
    }
    paste->length = kept;
}

static bool paste_ended(struct input *input, struct key_event *event)
{
    input->pasting = false;
    clean_paste(&input->paste);
    *event = (struct key_event){
        .key.code = KEY_PASTE,
        .text = text_bytes(&input->paste),
        .length = input->paste.length,
    };
    return true;
}

static bool take_paste(struct input *input, bool late, struct key_event *event)
{
    size_t mark = sizeof paste_end - 1;
    while (input->start < input->end) {
        const char *bytes = input->bytes + input->start;
        size_t length = input->end - input->start;
        if (memcmp(bytes, paste_end, length < mark ? length : mark) == 0) {
            if (length < mark) {
                break;
            }
            input->start += mark;
            return paste_ended(input, event);
        }
        paste_byte(input, bytes[0]);
        input->start++;
    }
    return late && paste_ended(input, event);
}

/* ---- */

bool input_next(struct input *input, bool late, struct key_event *event)
{
    while (input->pasting || input->start < input->end) {
        if (input->pasting) {
            return take_paste(input, late, event);
        }
        struct sequence next = next_sequence(input);
        if (next.found == FOUND_PART && !late) {
            return false;
        }
        if (next.found == FOUND_PART) {
            next = given_up(input->bytes + input->start, input->end - input->start);
            late = false;
        }
        input->start += next.length;
        if (next.found == FOUND_PASTE) {
            text_clear(&input->paste);
            input->pasting = true;
            input->after_return = false;
        } else if (next.found == FOUND_KEY) {
            *event = next.event;
            return true;
        }
    }
    return false;
}

int input_waits(const struct input *input)
{
    if (input->pasting) {
        return PASTE_DELAY;
    }
    size_t length = input->end - input->start;
    if (length == 0) {
        return -1;
    }
    const char *bytes = input->bytes + input->start;
    bool escapes = bytes[0] == '\x1b' && (length == 1 || (length == 2 && bytes[1] == '\x1b'));
    return escapes ? input->escape_delay : REST_DELAY;
}
