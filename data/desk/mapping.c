/* mapping.c: projects and whose they are. */
#include "data/desk/mapping.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

enum { VENDORS_MOST = 64, PROJECTS_MOST = 1 << 20, GROUPS = 10 };

struct gathering {
    struct asking *asking;
    struct mapping *out;
    const struct vendor_row *vendor;
};

static int take_vendor(void *self, const struct vendor_row *row)
{
    struct gathering *gathering = self;
    if (gathering->out->vendor_count < VENDORS_MOST) {
        gathering->out->vendors[gathering->out->vendor_count++] = *row;
    }
    return 0;
}

/* ---- whose it is ---- */

static void belongs_to(struct project *project, const struct entry *system, enum mapped_by by)
{
    project->system = system->thing.id;
    project->parent = system->thing.parent;
    project->by = by;
}

static bool by_hand(struct asking *asking, struct project *project)
{
    struct text code = {0};
    text_addf(&code, "%s/%s", project->vendor->name, project->uid);
    const struct entry *entry = book_by_code(asking->counter, BOOK_PROJECT, text_bytes(&code));
    text_free(&code);
    const char *named = entry ? entry_fact(entry, "system", asking->arena) : NULL;
    const struct entry *system = named ? book_by_code(asking->counter, BOOK_SYSTEM, named) : NULL;
    if (system) {
        belongs_to(project, system, MAPPED_HAND);
    } else if (entry && entry->thing.parent) {
        project->parent = entry->thing.parent;
        project->by = MAPPED_HAND;
    }
    return project->by != MAPPED_NOT;
}

static bool by_code(struct asking *asking, struct project *project)
{
    const struct entry *system = book_by_code(asking->counter, BOOK_SYSTEM, project->uid);
    system = system ? system : book_by_code(asking->counter, BOOK_SYSTEM, project->name);
    if (system) {
        belongs_to(project, system, MAPPED_CODE);
    }
    return system != NULL;
}

/* TEMPLATE with \1 … \9 as they are in NAME. */
static void fill(struct text *out, const char *template, const char *name, const regmatch_t *groups)
{
    for (; *template; template ++) {
        bool group = template[0] == '\\' && template[1] >= '1' && template[1] <= '9';
        const regmatch_t *at = group ? &groups[template[1] - '0'] : NULL;
        if (!group) {
            text_add_n(out, template, 1);
        } else if (at->rm_so >= 0) {
            text_add_n(out, name + at->rm_so, (size_t)(at->rm_eo - at->rm_so));
        }
        template += group;
    }
}

static bool rule_fits(struct asking *asking, const struct entry *rule, struct project *project)
{
    const char *pattern = entry_fact(rule, "pattern", asking->arena);
    const char *template = entry_fact(rule, "system", asking->arena);
    const char *vendor = entry_fact(rule, "vendor", asking->arena);
    regmatch_t groups[GROUPS];
    regex_t regex;
    struct text code = {0};
    bool elsewhere = vendor && *vendor && strcmp(vendor, project->vendor->name) != 0;
    if (!pattern || !template || elsewhere || regcomp(&regex, pattern, REG_EXTENDED) != 0) {
        return false;
    }
    if (regexec(&regex, project->name, GROUPS, groups, 0) == 0) {
        fill(&code, template, project->name, groups);
    }
    regfree(&regex);
    const struct entry *system =
        code.length ? book_by_code(asking->counter, BOOK_SYSTEM, text_bytes(&code)) : NULL;
    text_free(&code);
    if (system) {
        belongs_to(project, system, MAPPED_RULE);
        project->rule = rule->thing.code;
    }
    return system != NULL;
}

static void map(struct asking *asking, struct project *project)
{
    if (by_hand(asking, project) || by_code(asking, project)) {
        return;
    }
    const struct shelf *rules = book_shelf(asking->counter, BOOK_NAMING);
    for (size_t i = 0; i < rules->count && !rule_fits(asking, rules->items[i], project); i++) {
    }
}

/* ---- all of them ---- */

static bool grow(struct gathering *gathering)
{
    struct mapping *out = gathering->out;
    if (out->project_count < out->capacity) {
        return true;
    }
    size_t capacity = out->capacity ? out->capacity * 2 : 128;
    struct project *grown = arena_array(gathering->asking->arena, capacity, sizeof *grown);
    if (!grown) {
        return false;
    }
    if (out->project_count) {
        memcpy(grown, out->projects, out->project_count * sizeof *grown);
    }
    out->projects = grown;
    out->capacity = capacity;
    return true;
}

static int take_project(void *self, const struct resource_row *row)
{
    struct gathering *gathering = self;
    struct mapping *out = gathering->out;
    if (out->project_count == PROJECTS_MOST || !grow(gathering)) {
        return -1;
    }
    out->projects[out->project_count++] =
        (struct project){.vendor = gathering->vendor,
                         .uid = row->uid,
                         .name = row->name,
                         .region = row->region,
                         .org = fact_find(row->facts, "org", gathering->asking->arena)};
    return 0;
}

static int read_all(struct asking *asking, int64_t vendor, int64_t run, struct mapping *out)
{
    struct gathering gathering = {.asking = asking, .out = out};
    struct store *store = asking->counter->store;
    *out =
        (struct mapping){.vendors = arena_array(asking->arena, VENDORS_MOST, sizeof *out->vendors)};
    if (!out->vendors) {
        return error_memory(asking->error);
    }
    int status = store_vendors(store, asking->arena, take_vendor, &gathering, asking->error);
    for (size_t i = 0; i < out->vendor_count && status == 0; i++) {
        int64_t id = out->vendors[i].id;
        struct resource_want want = {
            .vendor = id, .kind = "project", .run = id == vendor ? run : 0};
        gathering.vendor = &out->vendors[i];
        status =
            store_resources(store, &want, asking->arena, take_project, &gathering, asking->error);
    }
    for (size_t i = 0; i < out->project_count && status == 0; i++) {
        map(asking, &out->projects[i]);
        out->unmapped += out->projects[i].by == MAPPED_NOT;
    }
    return status;
}

/* ---- kept ---- */

struct mapping_kept { /* as all stands in force */
    struct arena *arena;
    int64_t inventory, registers; /* marks: what it was read from */
    struct mapping mapping;
};

void mapping_forget(struct counter *counter)
{
    if (counter->mapping) {
        arena_free(counter->mapping->arena);
        free(counter->mapping);
        counter->mapping = NULL;
    }
}

static const char *copied(struct arena *arena, const char *text)
{
    return text ? arena_text(arena, text, strlen(text)) : NULL;
}

static void copy_all(struct arena *arena, const struct mapping *from, struct mapping *to)
{
    *to = (struct mapping){.vendor_count = from->vendor_count,
                           .project_count = from->project_count,
                           .capacity = from->project_count,
                           .unmapped = from->unmapped};
    to->vendors = arena_array(arena, from->vendor_count + 1, sizeof *to->vendors);
    to->projects = arena_array(arena, from->project_count + 1, sizeof *to->projects);
    for (size_t i = 0; to->vendors && i < from->vendor_count; i++) {
        to->vendors[i] = from->vendors[i];
        to->vendors[i].name = copied(arena, from->vendors[i].name);
        to->vendors[i].mark = copied(arena, from->vendors[i].mark);
    }
    for (size_t i = 0; to->projects && to->vendors && i < from->project_count; i++) {
        const struct project *project = &from->projects[i];
        to->projects[i] =
            (struct project){.vendor = to->vendors + (project->vendor - from->vendors),
                             .uid = copied(arena, project->uid),
                             .name = copied(arena, project->name),
                             .region = copied(arena, project->region),
                             .org = copied(arena, project->org),
                             .system = project->system,
                             .parent = project->parent,
                             .by = project->by,
                             .rule = copied(arena, project->rule)};
    }
}

/* Without memory it is read again the next time. */
static void keep(struct counter *counter, const struct mapping *mapping, int64_t inventory,
                 int64_t registers)
{
    struct mapping_kept *kept = calloc(1, sizeof *kept);
    mapping_forget(counter);
    if (!kept || !(kept->arena = arena_new())) {
        free(kept);
        return;
    }
    copy_all(kept->arena, mapping, &kept->mapping);
    kept->inventory = inventory;
    kept->registers = registers;
    counter->mapping = kept;
    if (arena_failed(kept->arena)) {
        mapping_forget(counter);
    }
}

int mapping_read(struct asking *asking, int64_t vendor, int64_t run, struct mapping *out)
{
    struct counter *counter = asking->counter;
    const struct mapping_kept *kept = counter->mapping;
    int64_t inventory = 0, registers = 0;
    if (run != 0) {
        return read_all(asking, vendor, run, out);
    }
    if (store_mark(counter->store, "inventory", &inventory, asking->error) != 0 ||
        store_mark(counter->store, "registers", &registers, asking->error) != 0) {
        return -1;
    }
    if (kept && kept->inventory == inventory && kept->registers == registers) {
        *out = kept->mapping;
        return 0;
    }
    int status = read_all(asking, 0, 0, out);
    if (status == 0 && counter->book.mark == registers) { /* the book is as old as the mark */
        keep(counter, out, inventory, registers);
    }
    return status;
}

struct project_key {
    int64_t vendor;
    const char *uid;
};

static int by_key(const void *left, const void *right)
{
    const struct project_key *key = left;
    const struct project *project = right;
    int64_t vendor = project->vendor->id;
    return key->vendor != vendor ? (key->vendor > vendor) - (key->vendor < vendor)
                                 : strcmp(key->uid, project->uid);
}

/* They stand in the order of vendors and ids, as they were read. */
const struct project *mapping_project(const struct mapping *mapping, int64_t vendor,
                                      const char *uid)
{
    struct project_key key = {vendor, uid};
    return mapping->project_count ? bsearch(&key, mapping->projects, mapping->project_count,
                                            sizeof *mapping->projects, by_key)
                                  : NULL;
}

size_t mapping_behind(const struct mapping *mapping, const char *code)
{
    size_t name = strcspn(code, "/"), low = 0, high = mapping->project_count;
    struct project_key key = {-1, code[name] ? code + name + 1 : ""};
    for (size_t i = 0; i < mapping->vendor_count; i++) {
        const struct vendor_row *vendor = &mapping->vendors[i];
        bool meant = strlen(vendor->name) == name && memcmp(vendor->name, code, name) == 0;
        key.vendor = meant ? vendor->id : key.vendor;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_key(&key, &mapping->projects[middle]) < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* ---- how large it is ---- */

static int32_t measure_set(const struct asking *asking, const struct policy *policy,
                           const char *option)
{
    const char *name = options_text(asking->counter->options, option);
    for (int32_t i = 0; name && i < policy->measures.count; i++) {
        if (strcmp(policy->measures.items[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

struct sizing sizing_of(const struct asking *asking, const struct policy *policy)
{
    const struct options *options = asking->counter->options;
    return (struct sizing){.cores = measure_set(asking, policy, "inventory.cores"),
                           .memory = measure_set(asking, policy, "inventory.memory"),
                           .disk = measure_set(asking, policy, "inventory.disk"),
                           .memory_unit = options_number(options, "inventory.memory_unit"),
                           .disk_unit = options_number(options, "inventory.disk_unit")};
}

int64_t sized(const struct sizing *sizing, int32_t measure, int64_t vcpus, int64_t ram,
              int64_t disk)
{
    int64_t unit = measure == sizing->memory ? sizing->memory_unit
                   : measure == sizing->disk ? sizing->disk_unit
                                             : 1;
    int64_t amount = measure == sizing->cores    ? vcpus
                     : measure == sizing->memory ? ram
                     : measure == sizing->disk   ? disk
                                                 : -1;
    return amount < 0 ? -1 : amount * MICRO / unit;
}
