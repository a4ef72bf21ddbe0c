/* frame.c: bytes to frames and back. */
#include "data/wire/frame.h"

#include <string.h>

enum { LENGTH_BYTES = 4, CHANGED_BYTES = 8, HELLO_MOST = 64, KEEP_MOST = 64 << 10 };

static const char hello_begin[] = "yuntai ";
static const char hello_end[] = " wire 2";
static const char *const argument_names[ERROR_ARGS] = {"error.1", "error.2", "error.3", "error.4"};

/* What is empty keeps little memory: there may be many. */
static void rest(struct text *text)
{
    if (text->capacity > KEEP_MOST) {
        text_free(text);
    } else {
        text_clear(text);
    }
}

/* Moves what lies behind FROM to the front. */
static void move_up(struct text *text, size_t from)
{
    text->length -= from;
    memmove(text->bytes, text->bytes + from, text->length);
    text->bytes[text->length] = '\0';
}

/* ---- what comes ---- */

void frame_reader_free(struct frame_reader *reader)
{
    text_free(&reader->held);
    *reader = (struct frame_reader){0};
}

bool frame_feed(struct frame_reader *reader, const char *bytes, size_t length)
{
    struct text *held = &reader->held;
    if (reader->taken && reader->taken == held->length) {
        rest(held);
        reader->taken = 0;
    } else if (reader->taken) {
        move_up(held, reader->taken);
        reader->taken = 0;
    }
    if (length == 0) {
        return true;
    }
    held->most = 2 * (LENGTH_BYTES + FRAME_MOST);
    text_add_n(held, bytes, length);
    return !held->failed;
}

static size_t get_u32(const char *bytes)
{
    size_t number = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
        number |= (size_t)(unsigned char)bytes[i] << (8 * i);
    }
    return number;
}

enum frame_state frame_state(const struct frame_reader *reader)
{
    size_t held = reader->held.length - reader->taken;
    const char *at = held ? reader->held.bytes + reader->taken : NULL;
    if (held == 0) {
        return FRAME_NONE;
    }
    if (held < LENGTH_BYTES) {
        return FRAME_PART;
    }
    size_t length = get_u32(at);
    if (length == 0 || length > FRAME_MOST) {
        return FRAME_BAD;
    }
    if (held == LENGTH_BYTES) {
        return FRAME_PART;
    }
    unsigned char kind = (unsigned char)at[LENGTH_BYTES];
    if (kind < FRAME_HELLO || kind > FRAME_PROGRESS) {
        return FRAME_BAD;
    }
    return held - LENGTH_BYTES < length ? FRAME_PART : FRAME_WHOLE;
}

bool frame_take(struct frame_reader *reader, struct frame *out)
{
    if (frame_state(reader) != FRAME_WHOLE) {
        return false;
    }
    const char *at = reader->held.bytes + reader->taken;
    size_t length = get_u32(at);
    *out = (struct frame){(enum frame_kind)at[LENGTH_BYTES], at + FRAME_HEAD, length - 1};
    reader->taken += LENGTH_BYTES + length;
    return true;
}

bool frame_next_is(const struct frame_reader *reader, enum frame_kind kind)
{
    return frame_state(reader) == FRAME_WHOLE &&
           reader->held.bytes[reader->taken + LENGTH_BYTES] == (char)kind;
}

/* ---- what goes ---- */

void frame_writer_free(struct frame_writer *writer)
{
    text_free(&writer->queue);
    *writer = (struct frame_writer){0};
}

enum frame_put frame_put(struct frame_writer *writer, enum frame_kind kind, const char *bytes,
                         size_t length)
{
    struct text *queue = &writer->queue;
    char head[FRAME_HEAD];
    if (length >= FRAME_MOST) {
        return FRAME_LARGE;
    }
    if (writer->sent) {
        move_up(queue, writer->sent);
        writer->sent = 0;
    }
    for (int i = 0; i < LENGTH_BYTES; i++) {
        head[i] = (char)((length + 1) >> (8 * i));
    }
    head[LENGTH_BYTES] = (char)kind;
    size_t before = queue->length;
    queue->most = FRAME_QUEUE_MOST;
    text_add_n(queue, head, sizeof head);
    text_add_n(queue, bytes, length);
    if (queue->failed) {
        frame_take_back(writer, before);
        queue->failed = false;
        return FRAME_FULL;
    }
    return FRAME_PUT;
}

enum frame_put frame_put_parcel(struct frame_writer *writer, enum frame_kind kind,
                                const struct parcel *parcel)
{
    struct text bytes = {.most = FRAME_MOST};
    enum frame_put put = FRAME_LARGE;
    if (parcel_encode(parcel, &bytes)) {
        put = frame_put(writer, kind, bytes.bytes, bytes.length);
    }
    text_free(&bytes);
    return put;
}

enum frame_put frame_put_changed(struct frame_writer *writer, int64_t seq)
{
    char bytes[CHANGED_BYTES];
    for (int i = 0; i < CHANGED_BYTES; i++) {
        bytes[i] = (char)((uint64_t)seq >> (8 * i));
    }
    return frame_put(writer, FRAME_CHANGED, bytes, sizeof bytes);
}

size_t frame_waiting(const struct frame_writer *writer, const char **bytes)
{
    *bytes = text_bytes(&writer->queue) + writer->sent;
    return writer->queue.length - writer->sent;
}

void frame_sent(struct frame_writer *writer, size_t length)
{
    writer->sent += length;
    if (writer->sent == writer->queue.length) {
        rest(&writer->queue);
        writer->sent = 0;
    }
}

void frame_take_back(struct frame_writer *writer, size_t length)
{
    size_t end = writer->sent + length;
    if (end < writer->queue.length) {
        writer->queue.length = end;
        writer->queue.bytes[end] = '\0';
    }
}

/* ---- what is in them ---- */

const char *frame_hello(void)
{
    return "yuntai " YUNTAI_VERSION " wire 2";
}

bool frame_hello_good(const struct frame *frame)
{
    size_t begin = sizeof hello_begin - 1, end = sizeof hello_end - 1, length = frame->length;
    if (frame->kind != FRAME_HELLO || length > HELLO_MOST || length < begin + end) {
        return false;
    }
    return memcmp(frame->bytes, hello_begin, begin) == 0 &&
           memcmp(frame->bytes + length - end, hello_end, end) == 0 &&
           utf8_check(frame->bytes, length) == length && !memchr(frame->bytes, '\0', length);
}

bool frame_changed(const struct frame *frame, int64_t *seq)
{
    uint64_t number = 0;
    if (frame->kind != FRAME_CHANGED || frame->length != CHANGED_BYTES) {
        return false;
    }
    for (int i = 0; i < CHANGED_BYTES; i++) {
        number |= (uint64_t)(unsigned char)frame->bytes[i] << (8 * i);
    }
    *seq = (int64_t)(number & INT64_MAX);
    return true;
}

void failure_put(struct parcel *parcel, const struct error *error)
{
    parcel_put_int(parcel, "error.code", error->code);
    parcel_put(parcel, "error.sentence", error->sentence);
    for (int i = 0; i < ERROR_ARGS; i++) {
        parcel_put(parcel, argument_names[i], error->arg[i]);
    }
}

static const char *find_last(const struct parcel *parcel, size_t from, const char *name)
{
    const char *value = NULL;
    for (size_t i = from; i < parcel->pair_count; i++) {
        value = strcmp(parcel->pairs[i].name, name) == 0 ? parcel->pairs[i].value : value;
    }
    return value;
}

void failure_take(struct parcel *parcel, struct error *error)
{
    const char *arg[ERROR_ARGS];
    size_t from = parcel->pair_count;
    while (from > 0 && strncmp(parcel->pairs[from - 1].name, "error.", 6) == 0) {
        from--;
    }
    const char *code = find_last(parcel, from, "error.code");
    const char *sentence = find_last(parcel, from, "error.sentence");
    for (int i = 0; i < ERROR_ARGS; i++) {
        arg[i] = find_last(parcel, from, argument_names[i]);
    }
    /* One digit: the codes are few. */
    int number = code && code[0] > '0' && code[0] <= '0' + ERROR_INTERRUPTED && !code[1]
                     ? code[0] - '0'
                     : ERROR_ENVIRONMENT;
    error_set4(error, (enum error_code)number,
               sentence ? sentence : N_("the server could not do it and did not say why"), arg[0],
               arg[1], arg[2], arg[3]);
    parcel->pair_count = from;
}
