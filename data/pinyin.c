/* pinyin.c: how Chinese names are read. */
#include "data/pinyin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/paths.h"

enum { WORD_MOST = 8 /* characters of a word in the table */ };

struct pinyin {
    char *bytes;
    size_t length;
};

/* A line of the table. */
struct reading {
    const char *name;
    size_t length;
    const char *sound; /* up to the line's end: syllables with blanks, or readings with commas */
    size_t sound_length;
};

/* ---- loading ---- */

static int read_all(int file, char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t got = read(file, bytes + at, size - at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return -1;
        }
        at += (size_t)got;
    }
    return 0;
}

static struct pinyin *load(int file, size_t size, const char *path, struct error *error)
{
    struct pinyin *pinyin = malloc(sizeof *pinyin);
    char *bytes = malloc(size + 1);
    if (!pinyin || !bytes) {
        error_memory(error);
    } else if (read_all(file, bytes, size) != 0) {
        error_errno(error, "reading", path, errno);
    } else {
        *pinyin = (struct pinyin){bytes, size};
        return pinyin;
    }
    free(pinyin);
    free(bytes);
    return NULL;
}

struct pinyin *pinyin_load(const char *path, struct error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        error_errno(error, "opening", path, errno);
        if (file >= 0) {
            close(file);
        }
        return NULL;
    }
    struct pinyin *pinyin = NULL;
    if (!S_ISREG(status.st_mode) || status.st_size > PINYIN_FILE_MOST) {
        error_set(error, ERROR_ENVIRONMENT,
                  N_("%1 is no table of pinyin; put the one that comes with the program there"),
                  path, NULL);
    } else {
        pinyin = load(file, (size_t)status.st_size, path, error);
    }
    close(file);
    return pinyin;
}

struct pinyin *pinyin_shipped(struct error *error)
{
    struct text path = {0};
    int status = data_path("pinyin.tsv", &path);
    struct pinyin *pinyin = status == 0 ? pinyin_load(text_bytes(&path), error) : NULL;
    text_free(&path);
    if (!pinyin) {
        error_set(error, ERROR_ENVIRONMENT, N_("%1, which comes with the program, is not there"),
                  "pinyin.tsv", NULL);
    }
    return pinyin;
}

void pinyin_free(struct pinyin *pinyin)
{
    if (pinyin) {
        free(pinyin->bytes);
        free(pinyin);
    }
}

/* ---- looking up ---- */

/* The line that begins at offset AT; its name is empty where it is none of the table's. */
static struct reading line_at(const struct pinyin *pinyin, size_t at, size_t *next)
{
    const char *line = pinyin->bytes + at;
    const char *end = memchr(line, '\n', pinyin->length - at);
    size_t length = end ? (size_t)(end - line) : pinyin->length - at;
    *next = at + length + (end != NULL);
    const char *tab = memchr(line, '\t', length);
    if (!tab) {
        return (struct reading){.name = line};
    }
    size_t name = (size_t)(tab - line);
    return (struct reading){line, name, tab + 1, length - name - 1};
}

static int compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

/* The offset of the first line whose name is not less than KEY. */
static size_t lower_bound(const struct pinyin *pinyin, const char *key, size_t length)
{
    size_t low = 0, high = pinyin->length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        while (middle > low && pinyin->bytes[middle - 1] != '\n') {
            middle--;
        }
        size_t next;
        struct reading line = line_at(pinyin, middle, &next);
        if (compare(line.name, line.length, key, length) < 0) {
            low = next;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Walks the lines for TEXT, LEFT bytes of it: its first character, then the words it begins with,
 * shorter ones first. */
struct walk {
    const struct pinyin *pinyin;
    const char *text;
    size_t left, first; /* FIRST: of the first character */
    size_t at;
};

static struct walk walk_begin(const struct pinyin *pinyin, const char *text, size_t left)
{
    size_t first = utf8_length(text, left);
    bool known = first > 1;
    size_t at = known ? lower_bound(pinyin, text, first) : pinyin->length;
    return (struct walk){pinyin, text, left, first, at};
}

static bool walk_next(struct walk *walk, struct reading *reading)
{
    while (walk->at < walk->pinyin->length) {
        *reading = line_at(walk->pinyin, walk->at, &walk->at);
        if (reading->length < walk->first || memcmp(reading->name, walk->text, walk->first) != 0) {
            return false;
        }
        if (reading->length <= walk->left &&
            memcmp(reading->name, walk->text, reading->length) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- the sound of a text ---- */

static char lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

/* The length of the first part of SOUND up to MARK or its end. */
static size_t part(const char *sound, size_t length, char mark)
{
    const char *end = memchr(sound, mark, length);
    return end ? (size_t)(end - sound) : length;
}

/* The full-width ASCII character at AT in half width, else 0. */
static char narrow(const char *at, size_t length)
{
    const unsigned char *b = (const unsigned char *)at;
    if (length != 3 || b[0] != 0xEF || b[1] < 0xBC || b[1] > 0xBD) {
        return 0;
    }
    int code = (b[1] - 0xBC) * 64 + (b[2] & 0x3F) + 0x20; /* U+FF00 is 0x20 */
    return (char)(code > 0x20 && code < 0x7F ? code : 0);
}

void pinyin_of(const struct pinyin *pinyin, const char *text, struct text *out)
{
    size_t left = strlen(text);
    bool syllable = false; /* the last thing was one */
    char last = ' ';
    while (left > 0) {
        struct walk walk = walk_begin(pinyin, text, left);
        struct reading line, best = {0};
        while (walk_next(&walk, &line)) {
            best = line;
        }
        size_t step = best.length;
        if (step > 0) {
            if (last != ' ') {
                text_add(out, " ");
            }
            text_add_n(out, best.sound, part(best.sound, best.sound_length, ','));
            syllable = true;
            last = 'x';
        } else {
            step = walk.first ? walk.first : 1;
            char half = narrow(text, step);
            char byte = lower(half ? half : text[0]);
            if (syllable && byte != ' ') {
                text_add(out, " ");
            }
            text_add_n(out, step == 1 || half ? &byte : text, half ? 1 : step);
            syllable = false;
            last = byte;
        }
        text += step;
        left -= step;
    }
}

/* ---- finding by sound ---- */

struct typed {
    char bytes[PINYIN_TYPED_MOST + 1];
    size_t length;
};

/* Bit I of a mask: the first I bytes typed are used up. */
static uint64_t bit(size_t used)
{
    return (uint64_t)1 << used;
}

/* Where one gets from MASK over WHOLE, typed as it is, by its initial, or, at the end of what was
 * typed, in part. INITIALS: it is a syllable. */
static uint64_t pass(const struct typed *typed, uint64_t mask, const char *whole, size_t length,
                     bool initials)
{
    uint64_t after = 0;
    bool two = initials && length > 2 && whole[1] == 'h'; /* zh, ch, sh */
    for (size_t at = 0; at < typed->length && mask >> at; at++) {
        if (!(mask & bit(at))) {
            continue;
        }
        size_t left = typed->length - at, same = 0;
        while (same < left && same < length && typed->bytes[at + same] == whole[same]) {
            same++;
        }
        if (same == length || (same == left && initials)) {
            after |= bit(at + same);
        }
        if (initials && same >= 1) {
            after |= bit(at + 1);
        }
        if (two && same >= 2) {
            after |= bit(at + 2);
        }
    }
    return after;
}

/* From MASK over all of a line: a character's readings are alternatives, a word's follow each
 * other. Sets *DONE where all that was typed is used up on the way. */
static uint64_t pass_line(const struct typed *typed, uint64_t mask, const struct reading *line,
                          bool *done)
{
    bool word = memchr(line->sound, ' ', line->sound_length) != NULL;
    char mark = word ? ' ' : ',';
    uint64_t any = 0;
    for (size_t at = 0; at < line->sound_length;) {
        size_t length = part(line->sound + at, line->sound_length - at, mark);
        uint64_t after = pass(typed, mask, line->sound + at, length, true);
        any |= after;
        mask = word ? after : mask;
        at += length + 1;
    }
    *done = *done || (any & bit(typed->length));
    return word ? mask : any;
}

/* What was typed, in lower case, without blanks and '. */
static bool tidy(const char *from, struct typed *typed)
{
    typed->length = 0;
    for (; *from; from++) {
        if (*from == ' ' || *from == '\'') {
            continue;
        }
        if (typed->length == PINYIN_TYPED_MOST) {
            return false;
        }
        typed->bytes[typed->length++] = lower(*from);
    }
    return true;
}

static bool is_sign(char byte)
{
    return !(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9');
}

/* How many characters LENGTH bytes of a line's name have, at most WORD_MOST. */
static size_t characters(const struct reading *line)
{
    size_t count = utf8_count(line->name, line->length);
    return count < WORD_MOST ? count : WORD_MOST;
}

bool pinyin_matches(const struct pinyin *pinyin, const char *name, const char *from)
{
    struct typed typed;
    if (!tidy(from, &typed)) {
        return false;
    }
    bool done = typed.length == 0;
    size_t left = strlen(name);
    uint64_t ahead[WORD_MOST + 1] = {0}; /* masks at the next characters of NAME */
    while (left > 0 && !done) {
        uint64_t here = ahead[0] | bit(0);
        memmove(ahead, ahead + 1, WORD_MOST * sizeof *ahead);
        struct walk walk = walk_begin(pinyin, name, left);
        struct reading line;
        bool known = false;
        while (walk_next(&walk, &line)) {
            ahead[characters(&line) - 1] |= pass_line(&typed, here, &line, &done);
            known = true;
        }
        size_t step = walk.first ? walk.first : 1;
        char half = narrow(name, step);
        char byte = lower(half ? half : name[0]);
        bool plain = step == 1 || half;
        uint64_t after = pass(&typed, here, plain ? &byte : name, plain ? 1 : step, false);
        if (!known && (!plain || is_sign(byte))) {
            after |= here;
        }
        done = done || (after & bit(typed.length));
        ahead[0] |= after;
        name += step;
        left -= step;
    }
    return done;
}
