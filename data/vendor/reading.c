/* reading.c: members of JSON to members of a resource. */
#include "data/vendor/reading.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "data/vendor/reading_inside.h"

const struct kind_names kind_names[KINDS + 1] = {
    [KIND_SERVER] = {"server", "servers", "servers", "servers_links"},
    [KIND_VOLUME] = {"volume", "volumes", "volumes", "volumes_links"},
    [KIND_PROJECT] = {"project", "projects", "projects", "links"},
    [KIND_FLAVOR] = {"flavor", "flavors", "flavors", "flavors_links"},
    [KIND_HOST] = {"host", "hosts", "hypervisors", "hypervisors_links"},
    [KIND_PROVIDER] = {"provider", "capacity", "resource_providers", "links"},
    [KIND_METER] = {"use", "use", NULL, "links"},
};

/* ---- flavours ---- */

bool flavors_add(struct flavors *flavors, const struct seen *seen)
{
    if (flavors->count == flavors->capacity) {
        size_t capacity = flavors->capacity ? 2 * flavors->capacity : 64;
        struct flavor *more = realloc(flavors->all, capacity * sizeof *more);
        flavors->all = more ? more : flavors->all;
        flavors->capacity = more ? capacity : flavors->capacity;
        if (!more) {
            return false;
        }
    }
    struct flavor *flavor = &flavors->all[flavors->count];
    *flavor =
        (struct flavor){strdup(seen->uid), strdup(seen->name), seen->vcpus, seen->ram, seen->disk};
    flavors->count++;
    return flavor->id && flavor->name;
}

static const struct flavor *flavor_of(const struct flavors *flavors, const char *id)
{
    for (size_t i = 0; flavors && i < flavors->count; i++) {
        if (strcmp(flavors->all[i].id, id) == 0) {
            return &flavors->all[i];
        }
    }
    return NULL;
}

void flavors_free(struct flavors *flavors)
{
    for (size_t i = 0; i < flavors->count; i++) {
        free(flavors->all[i].id);
        free(flavors->all[i].name);
    }
    free(flavors->all);
    *flavors = (struct flavors){0};
}

/* ---- members ---- */

bool reading_wrong(struct reader *reader, enum reading_fault fault, const char *member,
                   const char *said)
{
    if (reader->fault == READING_GOOD) {
        reader->fault = fault;
        text_add(&reader->member, member);
        text_add(&reader->said, said);
    }
    return false;
}

const char *reading_text(struct reader *reader, const json_t *from, const char *member)
{
    const json_t *value = json_object_get(from, member);
    if (!value || json_is_null(value)) {
        return "";
    }
    if (!json_is_string(value)) {
        reading_wrong(reader, READING_TYPE, member, "");
        return "";
    }
    return json_string_value(value);
}

int64_t reading_amount(struct reader *reader, const json_t *from, const char *member)
{
    const json_t *value = json_object_get(from, member);
    if (!value || json_is_null(value)) {
        return -1;
    }
    if (!json_is_integer(value)) {
        reading_wrong(reader, READING_TYPE, member, "");
        return -1;
    }
    int64_t amount = json_integer_value(value);
    if (amount < 0 || amount > AMOUNT_MOST) {
        struct text said = {0};
        text_add_int(&said, amount);
        reading_wrong(reader, READING_RANGE, member, text_bytes(&said));
        text_free(&said);
        return -1;
    }
    return amount;
}

const char *reading_yes(struct reader *reader, const json_t *from, const char *member)
{
    const json_t *value = json_object_get(from, member);
    if (!value || json_is_null(value)) {
        return "";
    }
    if (!json_is_boolean(value)) {
        reading_wrong(reader, READING_TYPE, member, "");
    }
    return json_is_true(value) ? "yes" : "no";
}

/* The id: a text, of old hypervisors a number. */
static bool read_uid(struct reader *reader, const char *member, struct seen *out)
{
    const json_t *value = json_object_get(reader->root, member);
    text_clear(&reader->uid);
    if (json_is_integer(value)) {
        text_add_int(&reader->uid, json_integer_value(value));
    } else {
        text_add(&reader->uid, reading_text(reader, reader->root, member));
    }
    out->uid = text_bytes(&reader->uid);
    if (reader->fault == READING_GOOD && !*out->uid) {
        return reading_wrong(reader, READING_MISSING, member, "");
    }
    return strlen(out->uid) <= UID_MOST || reading_wrong(reader, READING_RANGE, member, "");
}

/* ---- facts ---- */

void reading_fact(struct reader *reader, const char *head, const char *name, const char *value)
{
    struct text *lines = &reader->lines, whole = {0};
    size_t before = lines->length, length = strlen(value);
    if (length == 0) {
        return;
    }
    if (length > FACT_MOST) { /* up to a character */
        for (length = FACT_MOST; length > 0 && ((unsigned char)value[length] & 0xc0) == 0x80;) {
            length--;
        }
    }
    text_add(&whole, name);
    for (size_t i = 0; i < whole.length; i++) {
        char c = whole.bytes[i];
        whole.bytes[i] = (unsigned char)c <= ' ' || c == '=' || c == 0x7f ? '_' : c;
    }
    text_add(lines, head);
    seen_fact(lines, text_bytes(&whole), value, length);
    lines->failed = lines->failed || whole.failed;
    text_free(&whole);
    if (lines->length > SEEN_FACTS_MOST) {
        text_cut(lines, before); /* what is more than is kept */
    }
}

void reading_fact_amount(struct reader *reader, const char *name, int64_t amount)
{
    struct text number = {0};
    if (amount >= 0) {
        text_add_int(&number, amount);
        reading_fact(reader, "", name, text_bytes(&number));
    }
    text_free(&number);
}

/* All members of an object of texts, as HEAD + their names. */
static void facts_of(struct reader *reader, const char *member, const char *head)
{
    const char *name;
    json_t *value, *all = json_object_get(reader->root, member);
    json_object_foreach(all, name, value)
    {
        if (json_is_string(value)) {
            reading_fact(reader, head, name, json_string_value(value));
        }
    }
}

/* MEMBER (NULL: the value itself) of each of a list, parted by blanks, appended to the scratch. */
static void join(struct reader *reader, const json_t *list, const char *member)
{
    size_t i;
    json_t *value;
    json_array_foreach((json_t *)list, i, value)
    {
        const char *text = json_string_value(member ? json_object_get(value, member) : value);
        text_add(&reader->scratch, text && reader->scratch.length ? " " : "");
        text_add(&reader->scratch, text ? text : "");
    }
}

static void fact_of_list(struct reader *reader, const char *name, const char *list,
                         const char *member)
{
    text_clear(&reader->scratch);
    join(reader, json_object_get(reader->root, list), member);
    reading_fact(reader, "", name, text_bytes(&reader->scratch));
}

/* By name, then by the rest of the line: as far as the first line of the two goes. */
static int in_order(const void *a, const void *b)
{
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    while (*left == *right && *left != '\n') {
        left++;
        right++;
    }
    return (unsigned char)*left - (unsigned char)*right;
}

bool reading_facts(struct reader *reader, struct seen *out)
{
    const struct text *lines = &reader->lines;
    const char *at = text_bytes(lines);
    size_t count = 0;
    for (size_t i = 0; i < lines->length; i++) {
        count += lines->bytes[i] == '\n';
    }
    const char **all = malloc((count + 1) * sizeof *all);
    for (size_t i = 0; all && i < count; i++, at += strcspn(at, "\n") + 1) {
        all[i] = at;
    }
    if (all) {
        qsort(all, count, sizeof *all, in_order);
    }
    for (size_t i = 0; all && i < count; i++) {
        text_add_n(&reader->facts, all[i], strcspn(all[i], "\n") + 1);
    }
    free(all);
    out->facts = text_bytes(&reader->facts);
    return (all && !reader->facts.failed && !lines->failed) ||
           reading_wrong(reader, READING_MEMORY, "", "");
}

/* ---- kinds ---- */

static void read_flavor_of(struct reader *reader, const json_t *flavor, struct seen *out)
{
    const char *id = reading_text(reader, flavor, "id");
    if (json_object_get(flavor, "vcpus")) {
        out->vcpus = reading_amount(reader, flavor, "vcpus");
        out->ram = reading_amount(reader, flavor, "ram");
        out->disk = reading_amount(reader, flavor, "disk");
        reading_fact(reader, "", "flavor", reading_text(reader, flavor, "original_name"));
        int64_t ephemeral = reading_amount(reader, flavor, "ephemeral");
        reading_fact_amount(reader, "ephemeral", ephemeral > 0 ? ephemeral : -1);
        return;
    }
    const struct flavor *known = flavor_of(reader->flavors, id);
    out->vcpus = known ? known->vcpus : -1;
    out->ram = known ? known->ram : -1;
    out->disk = known ? known->disk : -1;
    reading_fact(reader, "", "flavor", known ? known->name : id);
}

static void read_addresses(struct reader *reader)
{
    const char *network;
    json_t *list;
    text_clear(&reader->scratch);
    json_object_foreach(json_object_get(reader->root, "addresses"), network, list)
    {
        join(reader, list, "addr");
    }
    reading_fact(reader, "", "address", text_bytes(&reader->scratch));
}

static void read_server(struct reader *reader, struct seen *out)
{
    const json_t *root = reader->root;
    out->project = reading_text(reader, root, "tenant_id");
    out->status = reading_text(reader, root, "status");
    out->zone = reading_text(reader, root, "OS-EXT-AZ:availability_zone");
    read_flavor_of(reader, json_object_get(root, "flavor"), out);
    read_addresses(reader);
    reading_fact(reader, "", "created", reading_text(reader, root, "created"));
    reading_fact(reader, "", "description", reading_text(reader, root, "description"));
    reading_fact(reader, "", "ended", reading_text(reader, root, "OS-SRV-USG:terminated_at"));
    reading_fact(reader, "", "host", reading_text(reader, root, "OS-EXT-SRV-ATTR:host"));
    const json_t *image = json_object_get(root, "image"); /* "" of one that boots from a volume */
    reading_fact(reader, "", "image",
                 json_is_object(image) ? reading_text(reader, image, "id") : "");
    reading_fact(reader, "", "launched", reading_text(reader, root, "OS-SRV-USG:launched_at"));
    facts_of(reader, "metadata", "meta.");
    fact_of_list(reader, "tags", "tags", NULL);
    fact_of_list(reader, "volumes", "os-extended-volumes:volumes_attached", "id");
}

static void read_volume(struct reader *reader, struct seen *out)
{
    const json_t *root = reader->root;
    out->project = reading_text(reader, root, "os-vol-tenant-attr:tenant_id");
    out->status = reading_text(reader, root, "status");
    out->zone = reading_text(reader, root, "availability_zone");
    out->disk = reading_amount(reader, root, "size");
    fact_of_list(reader, "attached", "attachments", "server_id");
    reading_fact(reader, "", "bootable", reading_text(reader, root, "bootable"));
    reading_fact(reader, "", "created", reading_text(reader, root, "created_at"));
    reading_fact(reader, "", "description", reading_text(reader, root, "description"));
    reading_fact(reader, "", "encrypted", reading_yes(reader, root, "encrypted"));
    facts_of(reader, "metadata", "meta.");
    reading_fact(reader, "", "type", reading_text(reader, root, "volume_type"));
}

static void read_project(struct reader *reader, struct seen *out)
{
    const json_t *root = reader->root;
    const char *enabled = reading_yes(reader, root, "enabled");
    out->status = strcmp(enabled, "no") == 0 ? "disabled" : "enabled";
    reading_fact(reader, "", "description", reading_text(reader, root, "description"));
    reading_fact(reader, "", "domain", reading_text(reader, root, "domain_id"));
    reading_fact(reader, "", "parent", reading_text(reader, root, "parent_id"));
    fact_of_list(reader, "tags", "tags", NULL);
}

static void read_flavor(struct reader *reader, struct seen *out)
{
    const json_t *root = reader->root;
    const char *disabled = reading_yes(reader, root, "OS-FLV-DISABLED:disabled");
    out->status = strcmp(disabled, "yes") == 0 ? "disabled" : "enabled";
    out->vcpus = reading_amount(reader, root, "vcpus");
    out->ram = reading_amount(reader, root, "ram");
    out->disk = reading_amount(reader, root, "disk");
    int64_t ephemeral = reading_amount(reader, root, "OS-FLV-EXT-DATA:ephemeral");
    reading_fact_amount(reader, "ephemeral", ephemeral > 0 ? ephemeral : -1);
    facts_of(reader, "extra_specs", "extra.");
    reading_fact(reader, "", "public", reading_yes(reader, root, "os-flavor-access:is_public"));
}

static void read_host(struct reader *reader, struct seen *out)
{
    const json_t *root = reader->root;
    const json_t *service = json_object_get(root, "service");
    out->name = reading_text(reader, root, "hypervisor_hostname");
    out->status = reading_text(reader, root, "state");
    out->vcpus = reading_amount(reader, root, "vcpus");
    out->ram = reading_amount(reader, root, "memory_mb");
    out->disk = reading_amount(reader, root, "local_gb");
    reading_fact(reader, "", "address", reading_text(reader, root, "host_ip"));
    reading_fact(reader, "", "disabled", reading_text(reader, service, "disabled_reason"));
    reading_fact(reader, "", "service", reading_text(reader, root, "status"));
    reading_fact(reader, "", "type", reading_text(reader, root, "hypervisor_type"));
}

/* ---- one thing ---- */

bool reading_begin(struct reader *reader, enum kind kind, const char *bytes, size_t length,
                   struct seen *out)
{
    json_error_t where;
    json_decref(reader->root);
    reader->fault = READING_GOOD;
    text_clear(&reader->member);
    text_clear(&reader->said);
    text_clear(&reader->lines);
    text_clear(&reader->facts);
    reader->root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &where);
    *out = (struct seen){.kind = kind_names[kind].kind,
                         .region = reader->region ? reader->region : "",
                         .uid = "",
                         .project = "",
                         .name = "",
                         .status = "",
                         .zone = "",
                         .vcpus = -1,
                         .ram = -1,
                         .disk = -1,
                         .facts = ""};
    if (!reader->root) {
        return reading_wrong(reader, READING_JSON, "", where.text);
    }
    if (!json_is_object(reader->root)) {
        return reading_wrong(reader, READING_TYPE, "{}", "");
    }
    return read_uid(reader, kind == KIND_PROVIDER ? "uuid" : "id", out);
}

bool read_thing(struct reader *reader, enum kind kind, const char *bytes, size_t length,
                struct seen *out)
{
    static void (*const read[KINDS])(struct reader *, struct seen *) = {
        [KIND_SERVER] = read_server, [KIND_VOLUME] = read_volume, [KIND_PROJECT] = read_project,
        [KIND_FLAVOR] = read_flavor, [KIND_HOST] = read_host,
    };
    if (!reading_begin(reader, kind, bytes, length, out)) {
        return false;
    }
    out->name = reading_text(reader, reader->root, "name");
    read[kind](reader, out);
    return reading_facts(reader, out) && reader->fault == READING_GOOD;
}

bool read_is_gone(enum kind kind, const struct seen *seen)
{
    return kind == KIND_SERVER && strcmp(seen->status, "DELETED") == 0;
}

void reader_free(struct reader *reader)
{
    struct text *const texts[] = {&reader->member, &reader->said,    &reader->facts,
                                  &reader->lines,  &reader->scratch, &reader->uid};
    json_decref(reader->root);
    reader->root = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_free(texts[i]);
    }
}

int read_error(const struct reader *reader, enum kind kind, const char *where, int64_t number,
               struct error *error)
{
    static const char *const sentences[] = {
        [READING_JSON] = N_("%1: no. %2 of the page is no JSON that is read: %3"),
        [READING_MISSING] = N_("%1: no. %2 of the page has no “%4”"),
        [READING_TYPE] = N_("%1: no. %2 of the page: “%4” is not of the type it should be"),
        [READING_RANGE] = N_("%1: no. %2 of the page: “%4” is out of range: %3"),
    };
    struct text place = {0};
    if (reader->fault == READING_MEMORY) {
        return error_memory(error);
    }
    text_add_int(&place, number);
    text_addf(&place, " (%s%s%s)", kind_names[kind].kind, reader->uid.length ? " " : "",
              text_bytes(&reader->uid));
    error_set4(error, ERROR_ENVIRONMENT, sentences[reader->fault], where, text_bytes(&place),
               text_bytes(&reader->said), text_bytes(&reader->member));
    text_free(&place);
    return -1;
}
