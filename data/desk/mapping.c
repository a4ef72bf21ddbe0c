/* mapping.c: projects and whose they are. */
#include "data/desk/mapping.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

enum { VENDORS_MOST = 64, PROJECTS_MOST = 1 << 20, GROUPS = 10, MARK_NONE = -1 };

const char mapping_mark[] = "mapping";

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

/* ---- the registers ---- */

/* All of a register that projects are held against, by code. To ask for one after the other would
 * be some questions to the store for each project. */
struct coded {
    const char *code;
    int64_t id, parent;
    const char *system; /* of a project said by hand: the system's code; NULL */
};
struct register_codes {
    struct arena *arena;
    struct coded *items;
    size_t count, capacity;
};
struct registers {
    struct asking *asking;
    struct register_codes systems, projects;
};

static const char *copied(struct arena *arena, const char *text)
{
    return text ? arena_text(arena, text, strlen(text)) : NULL;
}

static int take_code(void *self, struct entry *entry)
{
    struct register_codes *codes = self;
    if (codes->count == codes->capacity) {
        size_t capacity = codes->capacity ? codes->capacity * 2 : 256;
        struct coded *grown = arena_array(codes->arena, capacity, sizeof *grown);
        if (grown && codes->count) {
            memcpy(grown, codes->items, codes->count * sizeof *grown);
        }
        codes->items = grown ? grown : codes->items;
        codes->capacity = grown ? capacity : codes->count;
    }
    if (codes->count < codes->capacity) {
        codes->items[codes->count++] =
            (struct coded){.code = copied(codes->arena, entry->thing.code),
                           .id = entry->thing.id,
                           .parent = entry->thing.parent,
                           .system = entry_fact(entry, "system", codes->arena)};
    }
    return 0; /* without memory the arena says so at the end */
}

static int by_code_of(const void *left, const void *right)
{
    const struct coded *a = left, *b = right;
    return strcmp(a->code, b->code);
}

static int read_codes(struct asking *asking, enum book_kind kind, struct register_codes *codes)
{
    *codes = (struct register_codes){.arena = asking->arena};
    int status = book_each(asking, kind, 0, BOOK_ALL, take_code, codes);
    if (status == 0 && codes->count) {
        qsort(codes->items, codes->count, sizeof *codes->items, by_code_of);
    }
    return status;
}

static const struct coded *find_code(const struct register_codes *codes, const char *code)
{
    struct coded key = {.code = code};
    return codes->count
               ? bsearch(&key, codes->items, codes->count, sizeof *codes->items, by_code_of)
               : NULL;
}

static int registers_read(struct registers *registers, struct asking *asking)
{
    *registers = (struct registers){.asking = asking};
    return read_codes(asking, BOOK_SYSTEM, &registers->systems) != 0 ||
                   read_codes(asking, BOOK_PROJECT, &registers->projects) != 0
               ? -1
               : 0;
}

/* ---- naming rules ---- */

struct fit { /* a rule that fits a name, and the code it makes of it, whoever has that */
    const char *rule, *code;
    const struct fit *next;
};
struct naming {
    const char *code, *template, *vendor;
    regex_t regex;
};
struct namings {
    struct naming *rules;
    size_t count;
    struct text said; /* all of them, to be compared */
};

static void namings_free(struct namings *namings)
{
    for (size_t i = 0; i < namings->count; i++) {
        regfree(&namings->rules[i].regex);
    }
    text_free(&namings->said);
    *namings = (struct namings){0};
}

/* What is no pattern fits nothing. */
static int namings_read(struct namings *namings, struct asking *asking)
{
    const struct shelf *shelf = book_shelf(asking->counter, BOOK_NAMING);
    *namings = (struct namings){
        .rules = arena_array(asking->arena, shelf->count + 1, sizeof *namings->rules)};
    for (size_t i = 0; namings->rules && i < shelf->count; i++) {
        const struct entry *entry = shelf->items[i];
        struct naming *rule = &namings->rules[namings->count];
        const char *pattern = entry_fact(entry, "pattern", asking->arena);
        *rule = (struct naming){.code = entry->thing.code,
                                .template = entry_fact(entry, "system", asking->arena),
                                .vendor = entry_fact(entry, "vendor", asking->arena)};
        text_addf(&namings->said, "%s\036%s\036%s\036%s\n", rule->code, pattern, rule->template,
                  rule->vendor);
        namings->count +=
            pattern && rule->template && regcomp(&rule->regex, pattern, REG_EXTENDED) == 0;
    }
    return namings->rules && !namings->said.failed ? 0 : error_memory(asking->error);
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

/* The rules that fit PROJECT, in their order. */
static const struct fit *fits_of(const struct namings *namings, struct arena *arena,
                                 const struct project *project)
{
    const struct fit *first = NULL, **end = &first;
    for (size_t i = 0; i < namings->count; i++) {
        const struct naming *rule = &namings->rules[i];
        regmatch_t groups[GROUPS];
        struct text code = {0};
        bool elsewhere =
            rule->vendor && *rule->vendor && strcmp(rule->vendor, project->vendor->name) != 0;
        if (elsewhere || regexec(&rule->regex, project->name, GROUPS, groups, 0) != 0) {
            continue;
        }
        fill(&code, rule->template, project->name, groups);
        struct fit *fit = arena_array(arena, 1, sizeof *fit);
        if (fit) {
            *fit = (struct fit){.rule = rule->code, .code = arena_keep(arena, &code)};
            *end = fit;
            end = &fit->next;
        }
        text_free(&code);
    }
    return first;
}

/* ---- whose it is ---- */

static void belongs_to(struct project *project, const struct coded *system, enum mapped_by by)
{
    project->system = system->id;
    project->parent = system->parent;
    project->by = by;
}

static bool by_hand(const struct registers *registers, struct text *scratch,
                    struct project *project)
{
    if (!registers->projects.count) {
        return false;
    }
    text_clear(scratch);
    text_addf(scratch, "%s/%s", project->vendor->name, project->uid);
    const struct coded *said = find_code(&registers->projects, text_bytes(scratch));
    const struct coded *system =
        said && said->system ? find_code(&registers->systems, said->system) : NULL;
    if (system) {
        belongs_to(project, system, MAPPED_HAND);
    } else if (said && said->parent) {
        project->parent = said->parent;
        project->by = MAPPED_HAND;
    }
    return project->by != MAPPED_NOT;
}

static bool by_code(const struct registers *registers, struct project *project)
{
    const struct coded *system = find_code(&registers->systems, project->uid);
    system = system ? system : find_code(&registers->systems, project->name);
    if (system) {
        belongs_to(project, system, MAPPED_CODE);
    }
    return system != NULL;
}

static bool by_rule(const struct registers *registers, struct project *project)
{
    const struct coded *system = NULL;
    for (const struct fit *fit = project->fits; fit && !system; fit = fit->next) {
        system = *fit->code ? find_code(&registers->systems, fit->code) : NULL;
        if (system) {
            belongs_to(project, system, MAPPED_RULE);
            project->rule = fit->rule;
        }
    }
    return system != NULL;
}

static void map(const struct registers *registers, struct text *scratch, struct project *project)
{
    project->system = project->parent = 0;
    project->by = MAPPED_NOT;
    project->rule = NULL;
    (void)(by_hand(registers, scratch, project) || by_code(registers, project) ||
           by_rule(registers, project));
}

/* All projects of MAPPING, as the registers are now. */
static int map_all(struct asking *asking, struct mapping *mapping)
{
    struct registers registers;
    struct text scratch = {0};
    int status = registers_read(&registers, asking);
    mapping->unmapped = 0;
    for (size_t i = 0; i < mapping->project_count && status == 0; i++) {
        map(&registers, &scratch, &mapping->projects[i]);
        mapping->unmapped += mapping->projects[i].by == MAPPED_NOT;
    }
    bool failed = scratch.failed || arena_failed(asking->arena);
    text_free(&scratch);
    return status == 0 && failed ? error_memory(asking->error) : status;
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

/* Which rules fit is found once: names and rules seldom change, systems every day. */
static int fit_all(struct asking *asking, struct mapping *out)
{
    struct namings namings;
    int status = namings_read(&namings, asking);
    for (size_t i = 0; i < out->project_count && status == 0; i++) {
        out->projects[i].fits = fits_of(&namings, asking->arena, &out->projects[i]);
    }
    out->namings = arena_text(asking->arena, text_bytes(&namings.said), namings.said.length);
    namings_free(&namings);
    return status;
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
    status = status ? status : fit_all(asking, out);
    return status ? status : map_all(asking, out);
}

/* ---- kept ---- */

struct mapping_kept { /* as all stands in force */
    struct arena *arena;
    int64_t inventory, registers; /* marks: what it was read from; REGISTERS that of mapping_mark */
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

static const struct fit *copied_fits(struct arena *arena, const struct fit *from)
{
    const struct fit *first = NULL, **end = &first;
    for (; from; from = from->next) {
        struct fit *fit = arena_array(arena, 1, sizeof *fit);
        if (!fit) {
            break;
        }
        *fit = (struct fit){.rule = copied(arena, from->rule), .code = copied(arena, from->code)};
        *end = fit;
        end = &fit->next;
    }
    return first;
}

static void copy_all(struct arena *arena, const struct mapping *from, struct mapping *to)
{
    *to = (struct mapping){.vendor_count = from->vendor_count,
                           .project_count = from->project_count,
                           .capacity = from->project_count,
                           .unmapped = from->unmapped,
                           .namings = copied(arena, from->namings)};
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
                             .rule = copied(arena, project->rule),
                             .fits = copied_fits(arena, project->fits)};
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

/* The rules are those by which the kept mapping was made. */
static bool same_namings(struct asking *asking, const struct mapping *mapping)
{
    struct namings namings;
    bool same = namings_read(&namings, asking) == 0 &&
                strcmp(text_bytes(&namings.said), mapping->namings) == 0;
    namings_free(&namings);
    return same;
}

/* Another inventory is read anew; where the registers alone are others, its projects are held
 * against these again. What was made of an older book is not kept as of this mark. */
static int map_anew(struct asking *asking, int64_t inventory, int64_t registers,
                    struct mapping *out)
{
    struct counter *counter = asking->counter;
    struct mapping_kept *kept = counter->mapping;
    int64_t book = 0;
    int status = store_mark(counter->store, "registers", &book, asking->error);
    registers = book == counter->book.mark ? registers : MARK_NONE;
    if (status == 0 && kept && kept->inventory == inventory &&
        same_namings(asking, &kept->mapping)) {
        status = map_all(asking, &kept->mapping);
        kept->registers = registers;
        *out = kept->mapping;
    } else if (status == 0) {
        status = read_all(asking, 0, 0, out);
        if (status == 0) {
            keep(counter, out, inventory, registers);
        }
    }
    if (status != 0 || (counter->mapping && arena_failed(counter->mapping->arena))) {
        mapping_forget(counter);
        return status ? status : error_memory(asking->error);
    }
    return 0;
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
        store_mark(counter->store, mapping_mark, &registers, asking->error) != 0) {
        return -1;
    }
    if (kept && kept->inventory == inventory && kept->registers == registers) {
        *out = kept->mapping;
        return 0;
    }
    return map_anew(asking, inventory, registers, out);
}

bool mapping_moves(enum book_kind kind, const struct thing *old, const struct thing *new)
{
    bool same = kind == BOOK_SYSTEM && old && strcmp(old->code, new->code) == 0 &&
                old->parent == new->parent;
    return !same && (kind == BOOK_SYSTEM || kind == BOOK_PROJECT || kind == BOOK_NAMING);
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
