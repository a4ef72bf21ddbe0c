/* reading_provider.c: a provider of Placement: what it has, keeps back, gives more than once, has
 * given. */
#include <math.h>
#include <string.h>

#include "data/vendor/reading_inside.h"

static const struct {
    const char *resource, *name;
} classes[] = {{"VCPU", "vcpus"}, {"MEMORY_MB", "ram"}, {"DISK_GB", "disk"}};
enum { CLASSES = sizeof classes / sizeof *classes };

/* The member NAME of LENGTH bytes, parsed into *ROOT, which the caller frees; NULL: a fault. */
static json_t *member_of(struct reader *reader, const struct text *bytes, const char *name,
                         json_t **root)
{
    json_error_t where;
    *root = json_loadb(text_bytes(bytes), bytes->length, JSON_REJECT_DUPLICATES, &where);
    json_t *member = json_object_get(*root, name);
    if (!*root) {
        reading_wrong(reader, READING_JSON, name, where.text);
    } else if (!json_is_object(member)) {
        reading_wrong(reader, READING_TYPE, name, "");
    }
    return json_is_object(member) ? member : NULL;
}

/* How many times over a class may be given, as it is written: 4.0 is 4. */
static void read_ratio(struct reader *reader, const json_t *class, const char *name)
{
    const json_t *value = json_object_get(class, "allocation_ratio");
    double ratio = json_number_value(value);
    struct text text = {0};
    if (!value) {
        return;
    }
    if (!json_is_number(value) || !(ratio >= 0 && ratio <= 1e6)) {
        reading_wrong(reader, READING_RANGE, "allocation_ratio", "");
        return;
    }
    text_add_decimal(&text, (int64_t)llround(ratio * 1e6));
    reading_fact(reader, "ratio.", name, text_bytes(&text));
    text_free(&text);
}

static void fact_amount(struct reader *reader, const char *head, const char *name, int64_t amount)
{
    struct text number = {0};
    text_add_int(&number, amount);
    reading_fact(reader, head, name, amount < 0 ? "" : text_bytes(&number));
    text_free(&number);
}

static void read_classes(struct reader *reader, const json_t *inventories, const json_t *usages,
                         struct seen *out)
{
    int64_t *const totals[CLASSES] = {&out->vcpus, &out->ram, &out->disk};
    for (size_t i = 0; i < CLASSES; i++) {
        const json_t *class = json_object_get(inventories, classes[i].resource);
        *totals[i] = reading_amount(reader, class, "total");
        fact_amount(reader, "reserved.", classes[i].name,
                    reading_amount(reader, class, "reserved"));
        fact_amount(reader, "used.", classes[i].name,
                    reading_amount(reader, usages, classes[i].resource));
        read_ratio(reader, class, classes[i].name);
    }
}

bool read_provider(struct reader *reader, const struct text *provider,
                   const struct text *inventories, const struct text *usages, struct seen *out)
{
    json_t *has = NULL, *gave = NULL;
    if (!reading_begin(reader, KIND_PROVIDER, text_bytes(provider), provider->length, out)) {
        return false;
    }
    out->name = reading_text(reader, reader->root, "name");
    reading_fact(reader, "", "parent", reading_text(reader, reader->root, "parent_provider_uuid"));
    json_t *inventory = member_of(reader, inventories, "inventories", &has);
    json_t *usage = member_of(reader, usages, "usages", &gave);
    if (inventory && usage) {
        read_classes(reader, inventory, usage, out);
    }
    json_decref(has);
    json_decref(gave);
    return reading_facts(reader, out) && reader->fault == READING_GOOD;
}
