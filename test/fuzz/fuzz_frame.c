/*
 * fuzz_frame.c: any bytes as a stream of frames, cut into pieces: the same frames however they are
 * cut, none outside its bounds, and each put and taken again is itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/wire/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is inside is understood or refused, and goes out as it came in. */
static void check_frame(const struct frame *frame)
{
    struct frame_writer writer = {0};
    struct frame_reader reader = {0};
    struct parcel parcel = {0};
    struct error error = {0};
    struct frame again;
    const char *bytes;
    int64_t seq;
    if (frame_put(&writer, frame->kind, frame->bytes, frame->length) != FRAME_PUT) {
        abort();
    }
    size_t waiting = frame_waiting(&writer, &bytes);
    if (waiting != FRAME_HEAD + frame->length || !frame_feed(&reader, bytes, waiting) ||
        !frame_take(&reader, &again) || again.kind != frame->kind ||
        again.length != frame->length || memcmp(again.bytes, frame->bytes, frame->length) != 0) {
        abort();
    }
    frame_sent(&writer, waiting);
    if (frame_changed(frame, &seq) && seq < 0) {
        abort();
    }
    (void)frame_hello_good(frame);
    if (frame->kind == FRAME_FAILURE && parcel_decode(frame->bytes, frame->length, &parcel)) {
        failure_take(&parcel, &error);
        if (error.code == ERROR_NONE || error.code > ERROR_INTERRUPTED || !error.sentence) {
            abort();
        }
        error_free(&error);
        parcel_free(&parcel);
    }
    frame_writer_free(&writer);
    frame_reader_free(&reader);
}

/* Feeds pieces of STEP bytes; the sum of what was taken, and how it ended in *END. */
static uint64_t go_through(const uint8_t *data, size_t size, size_t step, bool check,
                           enum frame_state *end)
{
    struct frame_reader reader = {0};
    uint64_t sum = 0;
    struct frame frame;
    for (size_t at = 0; at < size && frame_state(&reader) != FRAME_BAD; at += step) {
        size_t piece = size - at < step ? size - at : step;
        if (!frame_feed(&reader, (const char *)data + at, piece)) {
            abort();
        }
        while (frame_take(&reader, &frame)) {
            if (frame.length >= FRAME_MOST || frame.kind < FRAME_HELLO ||
                frame.kind > FRAME_PROGRESS) {
                abort();
            }
            sum = sum * 31 + frame.length * 8 + frame.kind;
            if (check) {
                check_frame(&frame);
            }
        }
    }
    *end = frame_state(&reader);
    frame_reader_free(&reader);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum frame_state whole, bytes, steps;
    size_t step = size ? data[size - 1] % 64 + 2u : 2;
    uint64_t sum = go_through(data, size, size ? size : 1, true, &whole);
    if (go_through(data, size, 1, false, &bytes) != sum ||
        go_through(data, size, step, false, &steps) != sum) {
        abort();
    }
    if (bytes != whole || steps != whole) {
        abort();
    }
    return 0;
}
