/* stage.c: the year of the sample city as it comes to pass. */
#include "data/sample/stage.h"

#include <stdlib.h>
#include <string.h>

#include "data/sample/cast.h"
#include "data/sample/cloud.h"
#include "data/sample/use.h"

enum {
    BATCH = 2000, /* acts that share a commit: nobody else waits for this desk */
    MIDDLE = 16,  /* of the month: besides its first, the desk then looks what time has brought */
    TICK_SECOND = 7 * 3600,
    USE_DAY = 4, /* of the month: the table of use of the month before */
    OTHERS_MOST = 8
};

struct part { /* a case on its course */
    const struct course *course;
    struct phrase phrase;
    struct script *script;
    size_t next;
    uint64_t seed;
    const char *org;
    const char *number; /* of the case; NULL before it is open */
    const char *others[OTHERS_MOST], *other_numbers[OTHERS_MOST]; /* it opened: procedure, number */
    size_t other_count;
};
struct stage {
    const struct stage_setting *setting;
    struct error *error;
    struct arena *arena;
    struct part **parts;
    size_t part_count, part_capacity;
    struct part **agenda; /* a heap: the one with the earliest next step first */
    size_t waiting;
    int64_t batch;
};

/* ---- asking ---- */

int stage_ask(struct counter *counter, const char *login, int64_t moment,
              const struct parcel *request, struct parcel *reply, struct error *error)
{
    struct visitor visitor = {.owner = true, .as = login, .now = moment};
    parcel_free(reply);
    return request->failed ? error_memory(error)
                           : counter_answer(counter, &visitor, request, reply, error);
}

/* What the desk said to a step that cannot be, with its reasons. */
static int tell_refused(struct stage *stage, const struct part *part, const struct parcel *reply,
                        const struct error *said)
{
    struct text text = {0};
    const struct table *reasons = parcel_find(reply, "reasons");
    error_text(said, NULL, &text);
    for (size_t i = 0; reasons && i < table_rows(reasons); i++) {
        for (int32_t k = 0; k < reasons->column_count; k++) {
            const char *cell = table_at(reasons, i, k);
            text_addf(&text, "%s%s", k ? " " : "; ", cell ? cell : "");
        }
    }
    const struct script_line *line = script_at(part->script, part->next);
    size_t step = (size_t)line->place.line - 1;
    char moment[MOMENT_TEXT];
    sample_wrong(stage->error, part->course->file, part->course->steps[step].line,
                 text_bytes(&text), moment_format(line->moment, moment));
    text_free(&text);
    return -1;
}

static int settle_batch(struct stage *stage, int64_t acts)
{
    struct counter *counter = stage->setting->counter;
    stage->batch += acts;
    if (stage->batch < BATCH) {
        return 0;
    }
    stage->batch = 0;
    return counter_commit(counter, stage->error) != 0 ? -1 : counter_begin(counter, stage->error);
}

/* ---- the agenda ---- */

static int64_t due_at(const struct part *part)
{
    return script_at(part->script, part->next)->moment;
}

static bool earlier(const struct part *a, const struct part *b)
{
    int64_t x = due_at(a), y = due_at(b);
    return x < y || (x == y && a->seed < b->seed);
}

static void swap(struct part **a, struct part **b)
{
    struct part *kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_down(struct stage *stage)
{
    struct part **heap = stage->agenda;
    for (size_t at = 0, child; (child = 2 * at + 1) < stage->waiting; at = child) {
        child += child + 1 < stage->waiting && earlier(heap[child + 1], heap[child]);
        if (!earlier(heap[child], heap[at])) {
            return;
        }
        swap(&heap[child], &heap[at]);
    }
}

static void enter(struct stage *stage, struct part *part)
{
    struct part **heap = stage->agenda;
    size_t at = stage->waiting++;
    heap[at] = part;
    while (at > 0 && earlier(heap[at], heap[(at - 1) / 2])) {
        swap(&heap[at], &heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

/* Its next step is still to come; else it leaves the stage. */
static void go_on(struct stage *stage, struct part *part)
{
    int64_t end = moment_of(stage->setting->today, 0);
    if (part->next >= script_count(part->script) || due_at(part) >= end) {
        stage->agenda[0] = stage->agenda[--stage->waiting];
        script_free(part->script);
        part->script = NULL;
    }
    sift_down(stage);
}

/* ---- parts ---- */

static struct part *new_part(struct stage *stage, const struct course *course, uint64_t number)
{
    if (stage->part_count == stage->part_capacity) {
        size_t capacity = stage->part_capacity ? stage->part_capacity * 2 : 512;
        struct part **parts = realloc(stage->parts, capacity * sizeof *parts);
        stage->parts = parts ? parts : stage->parts;
        struct part **agenda = realloc(stage->agenda, capacity * sizeof *agenda);
        stage->agenda = agenda ? agenda : stage->agenda;
        if (!parts || !agenda) {
            error_memory(stage->error);
            return NULL;
        }
        stage->part_capacity = capacity;
    }
    struct part *part = arena_take(stage->arena, sizeof *part);
    if (!part) {
        error_memory(stage->error);
        return NULL;
    }
    *part = (struct part){.course = course, .seed = phrase_seed(course->name, number), .org = ""};
    part->phrase = (struct phrase){.revision = stage->setting->revision,
                                   .arena = stage->arena,
                                   .common = &stage->setting->courses->common,
                                   .seed = part->seed};
    stage->parts[stage->part_count++] = part;
    return part;
}

/* Its steps, and its place on the agenda, unless all of them are still to come. */
static int begin_part(struct stage *stage, struct part *part, int32_t day, int64_t moment,
                      int32_t due)
{
    part->script = course_script(part->course, &part->phrase, day, moment, due, stage->error);
    if (!part->script) {
        return -1;
    }
    if (script_count(part->script) > 0 && due_at(part) < moment_of(stage->setting->today, 0)) {
        enter(stage, part);
    }
    return 0;
}

/* How many begin before this one out of the same pool: they go through it in turn. */
static int open_parts(struct stage *stage)
{
    const struct courses *courses = stage->setting->courses;
    const struct stage_setting *setting = stage->setting;
    for (size_t c = 0; c < courses->count; c++) {
        const struct course *course = &courses->items[c];
        size_t turn = 0;
        for (size_t k = 0; k < c && course->pool; k++) {
            const char *pool = courses->items[k].pool;
            turn += pool && strcmp(pool, course->pool) == 0 ? courses->items[k].begin_count : 0;
        }
        for (size_t i = 0; i < course->begin_count; i++) {
            int32_t day = calendar_add(setting->revision, setting->today, -course->begins[i]);
            struct part *part = new_part(stage, course, i);
            if (!part) {
                return -1;
            }
            if (course->pool && !cast_row(setting->cast, course->pool, turn + i, &part->phrase)) {
                return sample_wrong(stage->error, course->file, course->line,
                                    "the cast has none of the pool", course->pool);
            }
            const char *org = phrase_get(&part->phrase, "org");
            part->org = org ? org : "";
            if (day > setting->begin && begin_part(stage, part, day, MOMENT_NONE, DAY_NONE) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* ---- cases the desk opened by itself ---- */

/* SOURCE ("duty.drill/…") is one of AFTER. */
static bool comes_after(const char *after, const char *source)
{
    size_t length = strcspn(source, "/");
    while (after && *after) {
        size_t here = strcspn(after, ",");
        if (here == length && memcmp(after, source, length) == 0) {
            return true;
        }
        after += here + (after[here] == ',');
    }
    return false;
}

static const struct course *course_after(const struct stage *stage, const char *source,
                                         uint64_t draw)
{
    const struct courses *courses = stage->setting->courses;
    uint64_t sum = 0;
    for (size_t i = 0; i < courses->count; i++) {
        const struct course *course = &courses->items[i];
        sum += comes_after(course->after, source) ? (uint64_t)course->share : 0;
    }
    uint64_t at = sum ? draw % sum : 0;
    for (size_t i = 0; sum && i < courses->count; i++) {
        const struct course *course = &courses->items[i];
        uint64_t share = comes_after(course->after, source) ? (uint64_t)course->share : 0;
        if (at < share) {
            return course;
        }
        at -= share;
    }
    return NULL;
}

static int take_opened(struct stage *stage, const struct table *opened, size_t row, int64_t moment)
{
    const char *source = table_cell(opened, row, "source"), *org = table_cell(opened, row, "org");
    const char *system = table_cell(opened, row, "system"), *due = table_cell(opened, row, "due");
    const char *number = table_cell(opened, row, "case");
    int64_t due_moment = MOMENT_NONE;
    const struct course *course =
        source ? course_after(stage, source, phrase_seed(number, 0)) : NULL;
    struct part *part = course ? new_part(stage, course, phrase_seed(number, 1)) : NULL;
    if (!part) {
        return course ? -1 : 0;
    }
    if (due) {
        moment_parse(due, strlen(due), &due_moment);
    }
    part->number = arena_text(stage->arena, number, strlen(number));
    part->org = org ? arena_text(stage->arena, org, strlen(org)) : "";
    if (!cast_system(stage->setting->cast, system ? system : "", &part->phrase) ||
        !phrase_set(&part->phrase, "org", part->org) ||
        !phrase_set(&part->phrase, "system", system ? system : "")) {
        return error_memory(stage->error);
    }
    /* a day's end is 24:00 of it */
    int32_t due_day = due_moment == MOMENT_NONE ? DAY_NONE : moment_day(due_moment - 1);
    return begin_part(stage, part, moment_day(moment), moment, due_day);
}

static int tick(struct stage *stage, int64_t moment)
{
    struct parcel request = {0}, reply = {0};
    int64_t done = 1, acts = 0;
    int status = 0;
    parcel_put(&request, "verb", "tick");
    while (status == 0 && done > 0) {
        status = stage_ask(stage->setting->counter, NULL, moment, &request, &reply, stage->error);
        const struct table *opened = parcel_find(&reply, "opened");
        done = parcel_int(&reply, "made", 0) + parcel_int(&reply, "fired", 0);
        acts += done;
        for (size_t i = 0; status == 0 && opened && i < table_rows(opened); i++) {
            status = take_opened(stage, opened, i, moment);
        }
    }
    parcel_free(&request);
    parcel_free(&reply);
    return status ? status : settle_batch(stage, acts);
}

static int take_use(struct stage *stage, int64_t moment)
{
    struct parcel request = {0}, reply = {0};
    struct text csv = {0};
    const char *keeper = grid_cell(stage->setting->people, 0, "code");
    use_month(stage->setting->use, day_add_months(moment_day(moment), -1), &csv);
    parcel_put(&request, "verb", "use");
    parcel_put(&request, "csv", text_bytes(&csv));
    parcel_put(&request, "apply", "yes");
    int status = stage_ask(stage->setting->counter, keeper, moment, &request, &reply, stage->error);
    if (status == 0 && parcel_int(&reply, "bad", 0) > 0) {
        const struct table *problems = parcel_find(&reply, "problems");
        status = sample_wrong(stage->error, "use.csv", 0, table_at(problems, 0, 2),
                              table_at(problems, 0, 1));
    }
    text_free(&csv);
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

/* ---- a step ---- */

/* What the desk takes beside entries; all that stands with such an act is its own. */
static bool is_own(const char *event, const char *name)
{
    static const char *const acts[] = {"note", "assign", "attach", "letter", "redact"};
    static const char *const names[] = {"date", "for", "paper_no", "paper_date"};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (strcmp(acts[i], event) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void put_entries(const struct script_line *line, struct parcel *request)
{
    for (int32_t i = 0; i < line->entry_count; i++) {
        const struct script_entry *entry = &line->entries[i];
        struct text name = {0};
        bool column = strchr(entry->name, '.') && !entry->is_item;
        if (!is_own(line->name, entry->name)) {
            text_add(&name, column ? "entry.item." : "entry.");
        }
        text_add(&name, entry->name);
        parcel_put(request, text_bytes(&name), entry->value);
        text_free(&name);
    }
}

static const char *case_of(const struct part *part, const struct script_line *line)
{
    for (size_t i = part->other_count; line->case_name && i-- > 0;) {
        if (strcmp(part->others[i], line->case_name) == 0) {
            return part->other_numbers[i];
        }
    }
    return line->case_name ? NULL : part->number;
}

static void put_step(const struct part *part, const struct script_line *line,
                     struct parcel *request)
{
    static const char *const verbs[] = {
        [SCRIPT_OPEN] = "open", [SCRIPT_EVENT] = "act",  [SCRIPT_CORRECT] = "act",
        [SCRIPT_ANNUL] = "act", [SCRIPT_ANSWER] = "act", [SCRIPT_LOOK] = "show"};
    bool letter = strcmp(line->name, "letter") == 0, attach = strcmp(line->name, "attach") == 0;
    bool restates = line->kind == SCRIPT_CORRECT || line->kind == SCRIPT_ANNUL;
    parcel_put(request, "verb", letter ? "letter" : attach ? "attach" : verbs[line->kind]);
    parcel_put(request, line->kind == SCRIPT_OPEN ? "procedure" : "event", line->name);
    parcel_put(request, "case", line->kind == SCRIPT_OPEN ? NULL : case_of(part, line));
    parcel_put(request, "reason", line->reason);
    if (restates) {
        parcel_put_int(request, "n", line->act);
        parcel_put_moment(request, "on", line->on);
    } else if (!is_own(line->name, "")) {
        parcel_put(request, "role", line->role);
    }
    put_entries(line, request);
}

/* Paper: what it says is its text=. */
static int upload(struct stage *stage, const char *login, const struct script_line *line,
                  struct parcel *request)
{
    struct parcel paper = {0}, reply = {0};
    const char *text = parcel_get(request, "text");
    parcel_put(&paper, "verb", "upload");
    parcel_put(&paper, "part", text ? text : parcel_get(request, "name"));
    int status =
        stage_ask(stage->setting->counter, login, line->moment, &paper, &reply, stage->error);
    parcel_put(request, "upload", parcel_get(&reply, "upload"));
    parcel_free(&paper);
    parcel_free(&reply);
    return status;
}

static int take_reply(struct stage *stage, struct part *part, const struct script_line *line,
                      const struct parcel *reply)
{
    const struct table *opened = parcel_find(reply, "opened");
    const char *number = parcel_get(reply, "case");
    if (line->kind == SCRIPT_OPEN && number) {
        part->number = arena_text(stage->arena, number, strlen(number));
    }
    for (size_t i = 0; opened && i < table_rows(opened) && part->other_count < OTHERS_MOST; i++) {
        const char *procedure = table_cell(opened, i, "procedure");
        number = table_cell(opened, i, "case");
        part->others[part->other_count] = arena_text(stage->arena, procedure, strlen(procedure));
        part->other_numbers[part->other_count++] = arena_text(stage->arena, number, strlen(number));
    }
    return 0;
}

static const char *actor_of(struct stage *stage, const struct part *part,
                            const struct script_line *line)
{
    uint64_t nth = line->person ? strtoull(line->person, NULL, 10) - 1 : 0;
    return line->role ? cast_person(stage->setting->people, stage->setting->orgs, line->role,
                                    part->org, part->seed, nth)
                      : NULL;
}

static int do_step(struct stage *stage, struct part *part)
{
    const struct script_line *line = script_at(part->script, part->next);
    struct parcel request = {0}, reply = {0};
    struct error said = {0};
    const char *login = actor_of(stage, part, line);
    int status = 0;
    if (!login) {
        error_set(&said, ERROR_USAGE, N_("nobody here is %1"), line->role, NULL);
        status = -1;
    }
    put_step(part, line, &request);
    if (status == 0 && strcmp(line->name, "attach") == 0) {
        status = upload(stage, login, line, &request);
    }
    status = status
                 ? status
                 : stage_ask(stage->setting->counter, login, line->moment, &request, &reply, &said);
    status = status == 0 ? take_reply(stage, part, line, &reply)
                         : tell_refused(stage, part, &reply, &said);
    error_free(&said);
    parcel_free(&request);
    parcel_free(&reply);
    part->next++;
    return status ? status : settle_batch(stage, 1);
}

/* ---- the year ---- */

static int new_day(struct stage *stage, int32_t day)
{
    const struct stage_setting *setting = stage->setting;
    int of_month;
    day_to_civil(day, NULL, NULL, &of_month);
    int32_t since = day - setting->begin;
    bool ticks = of_month == 1 || of_month == MIDDLE || day == setting->today;
    if (setting->progress) {
        setting->progress(setting->self, since, setting->today - setting->begin);
    }
    if (of_month == USE_DAY && since >= USE_DAY &&
        take_use(stage, moment_of(day, TICK_SECOND)) != 0) {
        return -1;
    }
    /* what clouds show of use stands beside the table of that month, never in its place */
    bool told = of_month >= USE_DAY && since >= 2 * MIDDLE;
    bool syncs = (of_month == MIDDLE || day == setting->today - 1) && since >= USE_DAY;
    if (syncs &&
        cloud_sync(setting->counter, grid_cell(setting->people, 0, "code"),
                   moment_of(day, TICK_SECOND), told ? setting->use : NULL, stage->error) != 0) {
        return -1;
    }
    return ticks || syncs || of_month == USE_DAY
               ? tick(stage, moment_of(day, day == setting->today ? 0 : TICK_SECOND))
               : 0;
}

static int play_until(struct stage *stage, int64_t moment)
{
    while (stage->waiting > 0 && due_at(stage->agenda[0]) < moment) {
        if (do_step(stage, stage->agenda[0]) != 0) {
            return -1;
        }
        go_on(stage, stage->agenda[0]);
    }
    return 0;
}

static int play_days(struct stage *stage)
{
    for (int32_t day = stage->setting->begin; day <= stage->setting->today; day++) {
        if (play_until(stage, moment_of(day, TICK_SECOND)) != 0 || new_day(stage, day) != 0 ||
            play_until(stage, moment_of(day + 1, 0)) != 0) {
            return -1;
        }
    }
    return 0;
}

int stage_play(const struct stage_setting *setting, struct error *error)
{
    struct stage stage = {.setting = setting, .error = error, .arena = arena_new()};
    int status = stage.arena ? open_parts(&stage) : error_memory(error);
    status = status ? status : counter_begin(setting->counter, error);
    if (status == 0) {
        status = play_days(&stage);
        status = status ? (counter_rollback(setting->counter), -1)
                        : counter_commit(setting->counter, error);
    }
    for (size_t i = 0; i < stage.part_count; i++) {
        script_free(stage.parts[i]->script);
    }
    free(stage.parts);
    free(stage.agenda);
    arena_free(stage.arena);
    return status;
}
