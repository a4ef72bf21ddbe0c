/* zones.c: hosts and their availability zones. */
#include "data/vendor/zones.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 255 };

static int by_host(const void *left, const void *right)
{
    const struct zone_of *a = left, *b = right;
    return strcmp(a->host, b->host);
}

static char *copy(const char *text)
{
    size_t length = strlen(text);
    char *made = malloc(length + 1);
    if (made) {
        memcpy(made, text, length + 1);
    }
    return made;
}

static enum zones_read add(struct zones *zones, const json_t *service)
{
    const char *binary = json_string_value(json_object_get(service, "binary"));
    const char *host = json_string_value(json_object_get(service, "host"));
    const char *zone = json_string_value(json_object_get(service, "zone"));
    if (binary && strcmp(binary, "nova-compute") != 0) {
        return ZONES_GOOD;
    }
    if (!binary || !host || !zone || strlen(host) > NAME_MOST || strlen(zone) > NAME_MOST) {
        return ZONES_BAD;
    }
    struct zone_of *at = &zones->all[zones->count++];
    *at = (struct zone_of){copy(host), copy(zone)};
    return at->host && at->zone ? ZONES_GOOD : ZONES_MEMORY;
}

enum zones_read zones_read(struct zones *zones, const struct text *body)
{
    json_t *root = json_loadb(text_bytes(body), body->length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *services = json_object_get(root, "services");
    size_t count = json_array_size(services);
    enum zones_read read = json_is_array(services) ? ZONES_GOOD : ZONES_BAD;
    zones_free(zones);
    zones->all = calloc(count + 1, sizeof *zones->all);
    read = zones->all ? read : ZONES_MEMORY;
    for (size_t i = 0; i < count && read == ZONES_GOOD; i++) {
        read = add(zones, json_array_get(services, i));
    }
    json_decref(root);
    if (read != ZONES_GOOD) {
        zones_free(zones);
    } else if (zones->count) {
        qsort(zones->all, zones->count, sizeof *zones->all, by_host);
    }
    return read;
}

static const char *zone_of(const struct zones *zones, const char *host)
{
    struct zone_of key = {.host = (char *)host};
    const struct zone_of *at =
        zones->count ? bsearch(&key, zones->all, zones->count, sizeof key, by_host) : NULL;
    return at ? at->zone : "";
}

const char *zones_find(const struct zones *zones, const char *hypervisor)
{
    struct text brief = {0};
    const char *zone = zone_of(zones, hypervisor);
    if (!*zone) {
        text_add_n(&brief, hypervisor, strcspn(hypervisor, "."));
        zone = zone_of(zones, text_bytes(&brief));
    }
    text_free(&brief);
    return zone;
}

void zones_free(struct zones *zones)
{
    for (size_t i = 0; i < zones->count; i++) {
        free(zones->all[i].host);
        free(zones->all[i].zone);
    }
    free(zones->all);
    *zones = (struct zones){0};
}
