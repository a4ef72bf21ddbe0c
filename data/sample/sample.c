/* sample.c: a believable city, made at the real desk: what it consists of stands in the files here.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/desk.h"
#include "data/sample/stage.h"

enum { MONTHS = 12, ZONE = 8 * 3600, OFFICE_OPENS = 9 * 3600 };

/* In the order in which they refer to each other. */
static const char *const course_files[] = {"courses/requests.txt", "courses/vendor.txt",
                                           "courses/security.txt", "courses/bureau.txt",
                                           "courses/periods.txt"};
static const struct {
    const char *kind, *file;
    bool imported; /* as a whole; else row by row */
} registers[] = {{"orgs", "orgs.csv", true},        {"people", "people.csv", true},
                 {"systems", "systems.csv", true},  {"products", "products.csv", true},
                 {"prices", "prices.csv", true},    {"quota", "quotas.csv", false},
                 {"absence", "absences.csv", false}};
enum { REGISTERS = sizeof registers / sizeof *registers };

struct city {
    struct counter *counter;
    struct calendar *calendar;
    struct arena *arena;
    struct phrase phrase; /* of the tables: dates count from today */
    struct grid registers[REGISTERS], cast, use;
    struct courses courses;
    int32_t begin, today;
    struct error *error;
};

/* ---- reading ---- */

static int read_files(struct city *city)
{
    int status = 0;
    for (size_t i = 0; i < REGISTERS && status == 0; i++) {
        status = grid_read(registers[i].file, &city->phrase, &city->registers[i], city->error);
    }
    status = status ? status : grid_read("cast.csv", &city->phrase, &city->cast, city->error);
    status = status ? status : grid_read("use.csv", &city->phrase, &city->use, city->error);
    for (size_t i = 0; i < sizeof course_files / sizeof *course_files && status == 0; i++) {
        status = courses_read(course_files[i], city->arena, &city->courses, city->error);
    }
    return status;
}

/* The desk was put to use on the first of the month, a year ago. */
static int set_days(struct city *city, int32_t today)
{
    struct text wrong = {0};
    char begin[DAY_TEXT];
    int year, month;
    int status = desk_calendar(NULL, &city->calendar, &wrong);
    if (status != 0) {
        error_set(city->error, ERROR_ENVIRONMENT, N_("%1"), text_bytes(&wrong), NULL);
    }
    text_free(&wrong);
    int32_t before = day_add_months(today, -MONTHS);
    day_to_civil(before, &year, &month, NULL);
    day_from_civil(year, month, 1, &city->begin);
    city->today = today;
    if (status == 0) {
        city->phrase.revision = calendar_as_of(city->calendar, DAY_LAST);
        city->phrase.arena = city->arena;
        city->phrase.day = today;
        status = phrase_set(&city->phrase, "begin", day_format(city->begin, begin)) ? 0 : -1;
    }
    return status;
}

/* ---- registers ---- */

static int import(struct city *city, const char *kind, const char *file, const struct grid *grid,
                  int64_t moment)
{
    struct parcel request = {0}, reply = {0};
    parcel_put(&request, "verb", "import");
    parcel_put(&request, "kind", kind);
    parcel_put(&request, "csv", grid->csv);
    parcel_put(&request, "apply", "yes");
    int status = stage_ask(city->counter, NULL, moment, &request, &reply, city->error);
    const struct table *problems = parcel_find(&reply, "problems");
    if (status == 0 && problems && table_rows(problems) > 0) {
        const char *line = table_at(problems, 0, 0);
        struct text what = {0};
        text_addf(&what, "%s, %s", table_at(problems, 0, 2), table_at(problems, 0, 3));
        status = sample_wrong(city->error, file, line ? (int32_t)strtol(line, NULL, 10) : 0,
                              table_at(problems, 0, 1), text_bytes(&what));
        text_free(&what);
    }
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

static int put_rows(struct city *city, const char *kind, const struct grid *grid, int64_t moment)
{
    static const char *const own[] = {"code", "name", "parent", "since", "until"};
    int status = 0;
    for (size_t row = 0; row < grid->count && status == 0; row++) {
        struct parcel request = {0}, reply = {0};
        parcel_put(&request, "verb", "put");
        parcel_put(&request, "kind", kind);
        for (size_t k = 0; k < grid->columns; k++) {
            struct text name = {0};
            bool is_own = false;
            for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
                is_own |= strcmp(own[i], grid->head[k]) == 0;
            }
            text_addf(&name, "%s%s", is_own ? "" : "fact.", grid->head[k]);
            parcel_put(&request, text_bytes(&name), grid->rows[row][k]);
            text_free(&name);
        }
        status = stage_ask(city->counter, NULL, moment, &request, &reply, city->error);
        parcel_free(&request);
        parcel_free(&reply);
    }
    return status;
}

static int enter_registers(struct city *city)
{
    int64_t moment = moment_of(city->begin, 0);
    int status = counter_begin(city->counter, city->error);
    if (status != 0) {
        return -1;
    }
    for (size_t i = 0; i < REGISTERS && status == 0; i++) {
        const struct grid *grid = &city->registers[i];
        status = registers[i].imported
                     ? import(city, registers[i].kind, registers[i].file, grid, moment)
                     : put_rows(city, registers[i].kind, grid, moment);
    }
    return status ? (counter_rollback(city->counter), -1)
                  : counter_commit(city->counter, city->error);
}

/* ---- the whole ---- */

static int make_city(struct city *city, const char *workspace,
                     void (*progress)(void *self, int done, int of), void *self)
{
    int status = desk_make(workspace, NULL, moment_of(city->begin, 0) - ZONE, city->error);
    status = status ? status : counter_open(workspace, &city->counter, city->error);
    status = status ? status : enter_registers(city);
    if (status != 0) {
        return -1;
    }
    struct stage_setting setting = {.counter = city->counter,
                                    .revision = city->phrase.revision,
                                    .begin = city->begin,
                                    .today = city->today,
                                    .courses = &city->courses,
                                    .orgs = &city->registers[0],
                                    .people = &city->registers[1],
                                    .cast = &city->cast,
                                    .use = &city->use,
                                    .progress = progress,
                                    .self = self};
    return stage_play(&setting, city->error);
}

int desk_sample(const char *workspace, int64_t now, void (*progress)(void *self, int done, int of),
                void *self, struct error *error)
{
    struct city city = {.arena = arena_new(), .error = error};
    int64_t utc = now == MOMENT_NONE ? (int64_t)time(NULL) : now;
    int status = city.arena ? set_days(&city, moment_day(utc + ZONE)) : error_memory(error);
    status = status ? status : read_files(&city);
    status = status ? status : make_city(&city, workspace, progress, self);
    counter_close(city.counter);
    calendar_free(city.calendar);
    free(city.courses.items);
    arena_free(city.arena);
    return status;
}
