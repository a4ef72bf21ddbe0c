/*
 * fuzz_cut.c: any bytes as a page, in pieces: the same elements and the same fault however it is
 * cut, and a page that is good in its parts is good JSON as a whole, with as many elements.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/vendor/cut.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
    uint64_t sum;
    enum cut_fault fault;
    int64_t count;
    bool sound; /* each element and the frame are JSON */
};

static bool is_json(const char *bytes, size_t length)
{
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    json_decref(root);
    return root != NULL;
}

static bool element(void *context, const char *bytes, size_t length)
{
    struct outcome *outcome = context;
    if (length > CUT_ELEMENT_MOST || length < 2) {
        abort();
    }
    outcome->sound = outcome->sound && is_json(bytes, length);
    for (size_t i = 0; i < length; i++) {
        outcome->sum = outcome->sum * 31 + (uint8_t)bytes[i];
    }
    return true;
}

static struct outcome go_through(const char *list, const uint8_t *data, size_t size, size_t step)
{
    struct outcome outcome = {.sound = true};
    struct cut cut = {0};
    cut_start(&cut, list, element, &outcome);
    for (size_t at = 0; at < size; at += step) {
        cut_feed(&cut, (const char *)data + at, size - at < step ? size - at : step);
    }
    bool good = cut_end(&cut);
    if (good != (cut.fault == CUT_GOOD)) {
        abort();
    }
    outcome.fault = cut.fault;
    outcome.count = cut.count;
    outcome.sound = outcome.sound && good && is_json(cut.frame.bytes, cut.frame.length);
    cut_free(&cut);
    return outcome;
}

static void check(const char *list, const uint8_t *data, size_t size)
{
    static const size_t steps[] = {1, 3, 64};
    struct outcome whole = go_through(list, data, size, size ? size : 1);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct outcome other = go_through(list, data, size, steps[i]);
        if (other.sum != whole.sum || other.fault != whole.fault || other.count != whole.count) {
            abort();
        }
    }
    json_t *root = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    json_t *found = list ? json_object_get(root, list) : root;
    if (whole.sound && (!json_is_array(found) || (int64_t)json_array_size(found) != whole.count)) {
        abort();
    }
    json_decref(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check("s", data, size);
    check(NULL, data, size);
    return 0;
}
