/* fuzz_input.c: whatever a terminal sends, in whatever pieces: the same keys, and only keys. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/terminal/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void take(struct input *input, bool late, struct text *out)
{
    struct key_event event;
    while (input_next(input, late, &event)) {
        struct key key = event.key;
        require(key.code > KEY_NONE && key.code < KEY_END_ && key.with < 8);
        require(key.code < 0x110000 || key.code > KEY_BASE_);
        require(key_same(key, key_usual(key)));
        key_name(key, out);
        text_add(out, "\n");
        if (key.code == KEY_PASTE) {
            require(utf8_check(event.text, event.length) == event.length);
            text_add_n(out, event.text, event.length);
        }
    }
}

/* The keys of DATA fed in pieces of at most PIECE bytes. LATE: with a long wait after each. */
static struct text keys_of(const char *data, size_t size, size_t piece, bool late)
{
    struct text out = {0};
    struct input *input = input_new();
    require(input != NULL);
    for (size_t at = 0; at < size; at += piece) {
        require(input_feed(input, data + at, size - at < piece ? size - at : piece));
        take(input, false, &out);
        if (late) {
            take(input, true, &out);
        }
    }
    take(input, true, &out);
    take(input, true, &out);
    require(input_waits(input) == -1);
    input_free(input);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const char *bytes = (const char *)data;
    struct text whole = keys_of(bytes, size, size, false);
    struct text pieces = keys_of(bytes, size, 1 + data[0] % 7, false);
    struct text late = keys_of(bytes, size, 1 + data[0] % 5, true);
    require(whole.length == pieces.length);
    require(memcmp(text_bytes(&whole), text_bytes(&pieces), whole.length) == 0);
    text_free(&whole);
    text_free(&pieces);
    text_free(&late);
    return 0;
}
