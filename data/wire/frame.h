/*
 * frame.h: frames on a stream: u32 little endian, the length of what follows (1 byte to 1 MiB);
 * u8 kind; bytes. The first frame either way is a hello, or a failure in its place.
 *
 * Nothing here reads or writes: a reader is fed with bytes, a writer holds those that are to go.
 */
#ifndef YUNTAI_DATA_WIRE_FRAME_H
#define YUNTAI_DATA_WIRE_FRAME_H

#include "data/error.h"
#include "data/parcel.h"

enum {
    FRAME_MOST = 1 << 20,      /* kind and bytes */
    FRAME_HEAD = 5,            /* length and kind */
    FRAME_QUEUE_MOST = 8 << 20 /* bytes that wait in a writer */
};

enum frame_kind {
    FRAME_HELLO = 1, /* text: frame_hello() */
    FRAME_REQUEST,   /* a parcel */
    FRAME_REPLY,     /* a parcel */
    FRAME_FAILURE,   /* a parcel: the reply's pairs and tables, and those of failure_put() */
    FRAME_CHANGED,   /* u64 little endian: the place of the chain */
    FRAME_CANCEL,  /* empty: the request before it is given up, unless it writes; it is answered */
    FRAME_PROGRESS /* a parcel: how far the request before it is, which takes long */
};

struct frame {
    enum frame_kind kind;
    const char *bytes; /* the reader's; live until it is fed or asked again */
    size_t length;
};

/* ---- what comes ---- */

struct frame_reader { /* zeroed is empty */
    struct text held;
    size_t taken; /* of what is held */
};
enum frame_state {
    FRAME_NONE,  /* nothing is held */
    FRAME_PART,  /* the beginning of one */
    FRAME_WHOLE, /* one or more */
    FRAME_BAD    /* a length or a kind that no frame has; it stays so */
};

void frame_reader_free(struct frame_reader *reader);
/* Adds LENGTH bytes. False where memory is short, or more than two frames would wait. */
bool frame_feed(struct frame_reader *reader, const char *bytes, size_t length);
enum frame_state frame_state(const struct frame_reader *reader);
/* The next frame is whole, and of this kind. */
bool frame_next_is(const struct frame_reader *reader, enum frame_kind kind);
/* Takes the next whole frame; false where frame_state() is not FRAME_WHOLE. */
bool frame_take(struct frame_reader *reader, struct frame *out);

/* ---- what goes ---- */

struct frame_writer { /* zeroed is empty */
    struct text queue;
    size_t sent; /* of the queue */
};
enum frame_put {
    FRAME_PUT,
    FRAME_LARGE, /* more than FRAME_MOST; nothing was put */
    FRAME_FULL   /* the queue is, or memory is short; nothing was put */
};

void frame_writer_free(struct frame_writer *writer);
enum frame_put frame_put(struct frame_writer *writer, enum frame_kind kind, const char *bytes,
                         size_t length);
enum frame_put frame_put_parcel(struct frame_writer *writer, enum frame_kind kind,
                                const struct parcel *parcel);
enum frame_put frame_put_changed(struct frame_writer *writer, int64_t seq);
/* The bytes to be sent next at *BYTES, and how many there are. */
size_t frame_waiting(const struct frame_writer *writer, const char **bytes);
/* LENGTH of them went. */
void frame_sent(struct frame_writer *writer, size_t length);
/* Takes back what was put since LENGTH bytes were waiting; nothing was sent between. */
void frame_take_back(struct frame_writer *writer, size_t length);

/* ---- what is in them ---- */

/* "yuntai 0.1.0 wire 2". */
const char *frame_hello(void);
/* A hello that speaks this wire; the program's version may be another. */
bool frame_hello_good(const struct frame *frame);
/* The place in a FRAME_CHANGED; false where there is none. */
bool frame_changed(const struct frame *frame, int64_t *seq);

/* Adds ERROR to PARCEL as its last pairs: error.code, error.sentence, error.1 … error.4. */
void failure_put(struct parcel *parcel, const struct error *error);
/* Takes those pairs out of PARCEL into ERROR, which is empty. Always an error afterwards. */
void failure_take(struct parcel *parcel, struct error *error);

#endif
