/*
 * fuzz_reading.c: any bytes as a thing of a cloud, as measures and as a refusal: what is read comes
 * through the pipe as it was, and what people are shown is a short line of text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/vendor/measures.h"
#include "data/vendor/reading.h"
#include "data/vendor/refusal.h"

enum { SHOWN_MOST = 310 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
    if (!good) {
        abort();
    }
}

static void through_the_pipe(const struct seen *seen)
{
    struct text bytes = {0};
    struct seen out;
    check(seen_put(seen, &bytes));
    char *at = bytes.bytes, *end = at + bytes.length;
    check(seen_take(&at, end, &out) && at == end);
    check(strcmp(out.kind, seen->kind) == 0 && out.vcpus == seen->vcpus && out.ram == seen->ram &&
          out.disk == seen->disk && strlen(out.uid) > 0);
    text_free(&bytes);
}

/* Facts are lines NAME=VALUE in order. */
static void check_facts(const char *facts)
{
    const char *before = NULL;
    size_t before_length = 0;
    for (size_t length; *facts; facts += length + 1) {
        length = strcspn(facts, "\n");
        check(facts[length] == '\n' && memchr(facts, '=', length) != NULL);
        size_t least = before_length < length ? before_length : length;
        int order = before ? memcmp(before, facts, least) : -1;
        check(order < 0 || (order == 0 && before_length <= length));
        before = facts;
        before_length = length;
    }
}

static void read_as(enum kind kind, const char *bytes, size_t length)
{
    struct reader reader = {.region = "r"};
    struct error error = {0};
    struct seen seen;
    if (read_thing(&reader, kind, bytes, length, &seen)) {
        check_facts(seen.facts);
        through_the_pipe(&seen);
    } else {
        check(reader.fault != READING_GOOD);
        check(read_error(&reader, kind, "x", 1, &error) == -1 && error.code != ERROR_NONE);
        error_free(&error);
    }
    reader_free(&reader);
}

static void read_as_provider(const char *bytes, size_t length)
{
    static const char element[] = "{\"uuid\": \"a\", \"name\": \"b\"}";
    struct reader reader = {0};
    struct text provider = {0}, body = {0};
    struct seen seen;
    text_add(&provider, element);
    text_add_n(&body, bytes, length);
    if (read_provider(&reader, &provider, &body, &body, &seen)) {
        check_facts(seen.facts);
        through_the_pipe(&seen);
    }
    reader_free(&reader);
    text_free(&provider);
    text_free(&body);
}

static void read_measures(const char *bytes, size_t length)
{
    struct figures figures;
    struct text body = {0};
    text_add_n(&body, bytes, length);
    if (figures_read(&body, &figures) == FIGURES_GOOD) {
        check(figures.samples > 0 && figures.average >= 0 && figures.average <= figures.peak &&
              figures.p95 <= figures.peak && figures.peak <= INT64_C(100000000));
    }
    text_free(&body);
}

static void read_refusal(const char *bytes, size_t length)
{
    struct text line = {0};
    refusal_text(bytes, length, &line);
    check(line.length <= SHOWN_MOST);
    check(utf8_check(text_bytes(&line), line.length) == line.length);
    for (size_t i = 0; i < line.length; i++) {
        check((unsigned char)line.bytes[i] >= ' ');
    }
    text_free(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    for (int kind = 0; kind < KIND_PROVIDER; kind++) {
        read_as((enum kind)kind, bytes, size);
    }
    read_as_provider(bytes, size);
    read_measures(bytes, size);
    read_refusal(bytes, size);
    return 0;
}
