/* fuzz_parcel.c: any bytes as a parcel: refused, or one that comes back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/parcel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_table(const struct table *a, const struct table *b)
{
    bool same = same_text(a->name, b->name) && a->column_count == b->column_count &&
                a->cell_count == b->cell_count;
    for (int32_t i = 0; same && i < a->column_count; i++) {
        same = same_text(a->columns[i].name, b->columns[i].name) &&
               a->columns[i].kind == b->columns[i].kind &&
               same_text(a->columns[i].title, b->columns[i].title);
    }
    for (size_t i = 0; same && i < a->cell_count; i++) {
        same = same_text(a->cells[i], b->cells[i]);
    }
    return same;
}

static bool same_parcel(const struct parcel *a, const struct parcel *b)
{
    bool same = a->pair_count == b->pair_count && a->table_count == b->table_count;
    for (size_t i = 0; same && i < a->pair_count; i++) {
        same = same_text(a->pairs[i].name, b->pairs[i].name) &&
               a->pairs[i].length == b->pairs[i].length &&
               memcmp(a->pairs[i].value, b->pairs[i].value, a->pairs[i].length) == 0;
    }
    for (size_t i = 0; same && i < a->table_count; i++) {
        same = same_table(a->tables[i], b->tables[i]);
    }
    return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct parcel first = {0}, second = {0};
    struct text bytes = {0};
    if (!parcel_decode((const char *)data, size, &first)) {
        if (first.pairs || first.tables || first.arena || first.failed) {
            abort(); /* refused: empty */
        }
        return 0;
    }
    if (first.failed || !parcel_encode(&first, &bytes) ||
        !parcel_decode(bytes.bytes, bytes.length, &second) || !same_parcel(&first, &second)) {
        abort();
    }
    parcel_free(&first);
    parcel_free(&second);
    text_free(&bytes);
    return 0;
}
