/* delivery.c: pieces of a list, counted in inventories. */
#include "data/desk/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "data/desk/act.h"
#include "data/desk/mapping.h"

struct piece_line {
    const char *code;
    int64_t each[POLICY_SET_MOST]; /* of a piece, in millionths; 0 unknown or none */
    int64_t wanted, before;        /* pieces: approved, else asked for; held before */
    int64_t seen;
};
struct counting {
    struct asking *asking;
    struct casework *work;
    const struct policy *policy;
    struct sizing sizing;
    struct piece_line *lines; /* of the case's list */
    int32_t line_count;
    int64_t servers[POLICY_SET_MOST], volumes[POLICY_SET_MOST]; /* what all come to */
    int64_t server_count, matched;
    int64_t at;
};

/* ---- lines ---- */

static int64_t number(const struct bag *bag, const char *code, const char *column)
{
    struct text name = {0};
    int64_t micro;
    text_addf(&name, "item.%s.%s", code, column);
    const char *value = bag_get(bag, text_bytes(&name));
    bool good = value && decimal_parse(value, strlen(value), &micro);
    text_free(&name);
    return good ? micro : -1;
}

static int read_lines(struct counting *counting)
{
    struct asking *asking = counting->asking;
    const struct casefile *file = counting->work->file;
    struct bag bag = {0};
    counting->lines =
        arena_array(asking->arena, (size_t)file->line_count + 1, sizeof *counting->lines);
    if (!counting->lines || casework_collect(asking, counting->work, &bag) != 0) {
        bag_free(&bag);
        return error_memory(asking->error);
    }
    for (int32_t i = 0; i < file->line_count; i++) {
        struct piece_line *line = &counting->lines[counting->line_count++];
        line->code = arena_text(asking->arena, file->lines[i].code, file->lines[i].length);
        int64_t approved = number(&bag, line->code, "approved");
        int64_t quantity = number(&bag, line->code, "quantity");
        int64_t before = number(&bag, line->code, "before");
        line->wanted = (approved >= 0 ? approved : quantity > 0 ? quantity : 0) / MICRO;
        line->before = before > 0 ? before / MICRO : 0;
        for (int32_t m = 0; m < counting->policy->measures.count; m++) {
            int64_t each = number(&bag, line->code, counting->policy->measures.items[m].name);
            line->each[m] = each > 0 ? each : 0;
        }
    }
    bag_free(&bag);
    return 0;
}

static bool of_measure(const struct piece_line *line, int32_t measure)
{
    return measure >= 0 && line->each[measure] > 0;
}

static bool is_disk_alone(const struct counting *counting, const struct piece_line *line)
{
    return !of_measure(line, counting->sizing.cores) && !of_measure(line, counting->sizing.memory);
}

/* ---- pieces ---- */

static bool fits(const struct counting *counting, const struct piece_line *line, int64_t cores,
                 int64_t memory)
{
    const struct sizing *sizing = &counting->sizing;
    return !is_disk_alone(counting, line) &&
           (!of_measure(line, sizing->cores) || line->each[sizing->cores] == cores) &&
           (!of_measure(line, sizing->memory) || line->each[sizing->memory] == memory);
}

/* To the first line that it fits and that is short of pieces, else to the first it fits. */
static void give(struct counting *counting, int64_t cores, int64_t memory)
{
    struct piece_line *first = NULL;
    for (int32_t i = 0; i < counting->line_count; i++) {
        struct piece_line *line = &counting->lines[i];
        if (!fits(counting, line, cores, memory)) {
            continue;
        }
        first = first ? first : line;
        if (line->seen < line->wanted) {
            first = line;
            break;
        }
    }
    if (first) {
        first->seen++;
        counting->matched++;
    }
}

static int take_resource(void *self, const struct resource_row *row)
{
    struct counting *counting = self;
    const struct sizing *sizing = &counting->sizing;
    bool server = strcmp(row->kind, "server") == 0, volume = strcmp(row->kind, "volume") == 0;
    for (int32_t m = 0; m < counting->policy->measures.count && (server || volume); m++) {
        int64_t size = sized(sizing, m, row->vcpus, row->ram, row->disk);
        int64_t *sum = server ? &counting->servers[m] : &counting->volumes[m];
        *sum += size > 0 ? size : 0;
    }
    if (server) {
        counting->server_count++;
        give(counting, sized(sizing, sizing->cores, row->vcpus, row->ram, row->disk),
             sized(sizing, sizing->memory, row->vcpus, row->ram, row->disk));
    }
    return 0;
}

/* How many pieces of LINE the sums hold by the measure that allows the fewest. */
static int64_t in_sums(const struct counting *counting, const struct piece_line *line,
                       const int64_t *sums)
{
    int64_t fewest = -1;
    for (int32_t m = 0; m < counting->policy->measures.count; m++) {
        bool counts =
            line->each[m] > 0 && (m == counting->sizing.cores || m == counting->sizing.memory ||
                                  (m == counting->sizing.disk && is_disk_alone(counting, line)));
        int64_t pieces = counts ? sums[m] / line->each[m] : -1;
        fewest = counts && (fewest < 0 || pieces < fewest) ? pieces : fewest;
    }
    return fewest < 0 ? 0 : fewest;
}

static bool is_whole_list(const struct counting *counting)
{
    const struct procedure *procedure = &counting->policy->procedures[counting->work->procedure];
    bool whole = false;
    for (int32_t e = 0; e < procedure->event_count; e++) {
        whole |= procedure->events[e].system == SYSTEM_OPEN ||
                 procedure->events[e].system == SYSTEM_CHANGE;
    }
    return whole;
}

static void settle(struct counting *counting)
{
    bool whole = is_whole_list(counting);
    for (int32_t i = 0; i < counting->line_count; i++) {
        struct piece_line *line = &counting->lines[i];
        if (is_disk_alone(counting, line)) {
            line->seen = in_sums(counting, line, counting->volumes);
        } else if (counting->line_count == 1 && counting->matched == 0) {
            line->seen = in_sums(counting, line, counting->servers);
        }
        line->seen -= whole ? 0 : line->before < line->seen ? line->before : line->seen;
    }
}

/* ---- whose ---- */

/* What the case calls its system, or its number. */
static bool is_called(const struct counting *counting, const struct project *project)
{
    const char *const names[] = {counting->work->row.number,
                                 case_subject(counting->asking, counting->work)};
    for (int i = 0; i < 2; i++) {
        if (names[i] && *names[i] &&
            (strcmp(project->uid, names[i]) == 0 || strcmp(project->name, names[i]) == 0)) {
            return true;
        }
    }
    return false;
}

static int count_projects(struct counting *counting)
{
    struct asking *asking = counting->asking;
    int64_t system = counting->work->row.system;
    struct mapping mapping;
    int status = mapping_read(asking, 0, 0, &mapping);
    for (size_t i = 0; i < mapping.project_count && status == 0; i++) {
        const struct project *project = &mapping.projects[i];
        bool meant = system ? project->system == system
                            : project->system == 0 && is_called(counting, project);
        struct resource_want want = {.vendor = project->vendor->id, .project = project->uid};
        if (meant) {
            int64_t at = project->vendor->run_at;
            counting->at = counting->at && counting->at < at ? counting->at : at;
            status = store_resources(asking->counter->store, &want, asking->arena, take_resource,
                                     counting, asking->error);
        }
    }
    return status;
}

static int count(struct counting *counting, struct asking *asking, struct casework *work)
{
    *counting = (struct counting){.asking = asking,
                                  .work = work,
                                  .policy = work->rulebook->policy,
                                  .sizing = sizing_of(asking, work->rulebook->policy)};
    if (!work->file || work->file->line_count == 0) {
        return 0;
    }
    if (read_lines(counting) != 0 || count_projects(counting) != 0) {
        return -1;
    }
    settle(counting);
    return 0;
}

/* ---- what is told of it ---- */

int delivery_shown(struct asking *asking, struct casework *work, struct text *out, int64_t *at)
{
    struct counting counting;
    int64_t all = 0;
    struct text lines = {0};
    int status = count(&counting, asking, work);
    for (int32_t i = 0; i < counting.line_count && status == 0; i++) {
        const struct piece_line *line = &counting.lines[i];
        all += line->seen;
        text_addf(&lines, "%s%s ", i ? ", " : "", line->code);
        text_add_int(&lines, line->seen);
        text_add(&lines, "/");
        text_add_int(&lines, line->wanted);
    }
    text_add(out, all > 0 ? text_bytes(&lines) : "");
    out->failed |= lines.failed;
    text_free(&lines);
    *at = all > 0 ? to_local(asking->counter, counting.at) : MOMENT_NONE;
    return status;
}

int delivery_seen(struct asking *asking, struct casework *work, const int64_t **seen, int64_t *at)
{
    struct counting counting;
    int status = count(&counting, asking, work);
    int64_t *pieces = status || !counting.at
                          ? NULL
                          : arena_array(asking->arena, (size_t)counting.line_count, sizeof *pieces);
    for (int32_t i = 0; pieces && i < counting.line_count; i++) {
        pieces[i] = counting.lines[i].seen;
    }
    *seen = pieces;
    *at = pieces ? to_local(asking->counter, counting.at) : MOMENT_NONE;
    return status;
}

static void put_line(const struct counting *counting, const struct piece_line *line,
                     const struct event *event, struct parcel *out)
{
    for (int32_t i = 0; i < event->fills.count; i++) {
        const struct field *field = &counting->policy->fields[event->fills.items[i]];
        struct text name = {0};
        text_addf(&name, "entry.item.%s.%s", line->code, field->title.name);
        if (!parcel_get(counting->asking->request, text_bytes(&name))) {
            parcel_put_int(out, text_bytes(&name), line->seen);
        }
        out->failed |= name.failed;
        text_free(&name);
    }
}

int delivery_fill(struct asking *asking, struct casework *work, const struct event *event,
                  struct parcel *out, int64_t *shown)
{
    struct counting counting = {.line_count = 0};
    *shown = 0;
    if (!parcel_copy(asking->request, out)) {
        return error_memory(asking->error);
    }
    int status = event->fills.count ? count(&counting, asking, work) : 0;
    for (int32_t i = 0; i < counting.line_count && status == 0; i++) {
        *shown += counting.lines[i].seen;
    }
    for (int32_t i = 0; *shown > 0 && i < counting.line_count; i++) {
        put_line(&counting, &counting.lines[i], event, out);
    }
    if (*shown > 0) {
        parcel_put_moment(asking->reply, "filled_at", to_local(asking->counter, counting.at));
    }
    return status ? status : out->failed ? error_memory(asking->error) : 0;
}
