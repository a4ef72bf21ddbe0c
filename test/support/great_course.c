/* great_course.c: courses of cases, tried out at the desk. */
#include "test/support/great_course.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char form[] =
    "info_system=某某平台|request=new|purpose=业务量逐年增长三成，按峰值测算|contact=李敏|"
    "phone=0371-60000000|classified=no|lawful=yes|mlps_level=2|network=government_network|"
    "go_live=2021-12-31|trial_days=30|redundancy=20|reclaim_cpu=20|reclaim_memory=30|"
    "request_form=yes|cloud_plan=yes|item.VM-8C16G.quantity=4|item.VM-8C16G.dr=no|"
    "item.DR-4C8G.quantity=2|item.DR-4C8G.dr=yes";
static const char opinion[] = "feasible=架构合理，可以实施|reasonable=与业务量相称|"
                              "item.VM-8C16G.approved=4|item.DR-4C8G.approved=2";

struct move {
    int day; /* after the first */
    const char *who, *event;
    const char *entries; /* NAME=VALUE|… */
};
#define OPEN                                                                                       \
    {                                                                                              \
        0, "unit", "open", form                                                                    \
    }
#define SUBMIT                                                                                     \
    {                                                                                              \
        0, "unit", "submit", NULL                                                                  \
    }
#define PASS(day)                                                                                  \
    {                                                                                              \
        day, "county", "county_pass", "county_view=同意"                                         \
    }
#define ASK(day, who)                                                                              \
    {                                                                                              \
        day, who, "ask", "lacking=容灾演练计划、网络拓扑图"                            \
    }
#define RESUBMIT(day)                                                                              \
    {                                                                                              \
        day, "unit", "resubmit", "supplied=已补"                                                 \
    }
#define ACCEPT(day)                                                                                \
    {                                                                                              \
        day, "zhao", "accept", NULL                                                                \
    }
#define NOTE(day)                                                                                  \
    {                                                                                              \
        day, "zhao", "note", NULL                                                                  \
    }
#define PROPOSE(day)                                                                               \
    {                                                                                              \
        day, "qian", "propose", opinion                                                            \
    }
#define SEND_BACK(day)                                                                             \
    {                                                                                              \
        day, "sun", "send_back", "reason=请与现有平台比较"                                 \
    }
#define APPROVE(day)                                                                               \
    {                                                                                              \
        day, "sun", "approve", "remark=同意"                                                     \
    }
#define REJECT(day)                                                                                \
    {                                                                                              \
        day, "sun", "reject", "reason=重复建设"                                                \
    }
#define DISPATCH(day)                                                                              \
    {                                                                                              \
        day, "zhao", "dispatch", "receipt_on="                                                     \
    }
#define WITHDRAW(day)                                                                              \
    {                                                                                              \
        day, "unit", "withdraw", "reason=暂不建设"                                             \
    }

static const struct {
    bool county;
    struct move steps[COURSE_ACTS];
} plans[] = {
    /* they come to an end */
    {false,
     {OPEN, SUBMIT, ASK(1, "zhao"), RESUBMIT(2), ACCEPT(3), PROPOSE(4), APPROVE(7), WITHDRAW(8)}},
    {false, {OPEN, SUBMIT, ACCEPT(1), NOTE(1), PROPOSE(2), SEND_BACK(3), PROPOSE(4), REJECT(7)}},
    {false, {OPEN, SUBMIT, ASK(1, "zhao"), RESUBMIT(2), ACCEPT(3), NOTE(4), PROPOSE(7), REJECT(8)}},
    {true, {OPEN, SUBMIT, PASS(1), ACCEPT(2), PROPOSE(3), SEND_BACK(4), PROPOSE(7), REJECT(8)}},
    {true, {OPEN, SUBMIT, PASS(1), ASK(2, "zhao"), RESUBMIT(3), ACCEPT(4), PROPOSE(7), REJECT(8)}},
    /* they stand at the vendor, in review, at the unit again, with the leader */
    {false,
     {OPEN, SUBMIT, ASK(1, "zhao"), RESUBMIT(2), ACCEPT(3), PROPOSE(4), APPROVE(7), DISPATCH(8)}},
    {false,
     {OPEN, SUBMIT, ASK(1, "zhao"), RESUBMIT(2), ACCEPT(3), PROPOSE(4), SEND_BACK(7), NOTE(8)}},
    {false, {OPEN, SUBMIT, ACCEPT(1), PROPOSE(2), SEND_BACK(3), NOTE(4), NOTE(7), ASK(8, "qian")}},
    {true, {OPEN, SUBMIT, PASS(1), ACCEPT(2), PROPOSE(3), SEND_BACK(4), NOTE(7), PROPOSE(8)}},
    {true, {OPEN, SUBMIT, PASS(1), ASK(2, "zhao"), RESUBMIT(3), ACCEPT(4), NOTE(7), NOTE(8)}},
};
enum { PLANS = sizeof plans / sizeof *plans };

/* ---- at the desk ---- */

static void put_entries(struct parcel *request, const char *entries, const char *day)
{
    struct text name = {0}, value = {0};
    for (const char *at = entries ? entries : ""; *at;) {
        size_t length = strcspn(at, "|"), equals = strcspn(at, "=");
        text_clear(&name);
        text_clear(&value);
        text_add(&name, "entry.");
        text_add_n(&name, at, equals);
        text_add_n(&value, at + equals + 1, length - equals - 1);
        bool receipt = strcmp(text_bytes(&name), "entry.receipt_on") == 0;
        parcel_put(request, text_bytes(&name), receipt ? day : text_bytes(&value));
        at += length + (at[length] == '|');
    }
    text_free(&name);
    text_free(&value);
}

static int take_step(struct counter *counter, const struct move *step, const char *who, int32_t day,
                     struct text *number, struct error *error)
{
    struct visitor visitor = {.uid = (uint32_t)getuid(), .owner = true, .now = MOMENT_NONE};
    struct parcel request = {0}, reply = {0};
    char text[DAY_TEXT];
    bool opens = strcmp(step->event, "open") == 0;
    day_format(day, text);
    parcel_put(&request, "verb", opens ? "open" : "act");
    parcel_put(&request, opens ? "procedure" : "event", opens ? "access" : step->event);
    parcel_put(&request, "case", opens ? NULL : text_bytes(number));
    parcel_put(&request, "note",
               strcmp(step->event, "note") == 0 ? "已电话联系申请单位经办人" : NULL);
    parcel_put(&request, "as", who);
    parcel_put(&request, "now", text);
    put_entries(&request, step->entries, text);
    int status = counter_answer(counter, &visitor, &request, &reply, error);
    if (status == 0 && opens) {
        text_clear(number);
        text_add(number, parcel_get(&reply, "case"));
    }
    if (status != 0) {
        fprintf(stderr, "%s %s: %s %s\n", who, step->event, error->sentence, error->arg[0]);
    }
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

static int take(struct counter *counter, int plan, int32_t day, struct course *out,
                struct error *error)
{
    bool county = plans[plan].county;
    const char *unit = county ? "d11u" : "u00", *clerk = "d11";
    struct text number = {0};
    struct arena *arena = arena_new();
    struct case_row row;
    int status = arena ? 0 : error_memory(error);
    for (int i = 0; i < COURSE_ACTS && status == 0; i++) {
        const struct move *step = &plans[plan].steps[i];
        const char *who = strcmp(step->who, "unit") == 0     ? unit
                          : strcmp(step->who, "county") == 0 ? clerk
                                                             : step->who;
        status = take_step(counter, step, who, day + step->day, &number, error);
    }
    if (status == 0 &&
        store_case_by_number(counter->store, text_bytes(&number), arena, &row, error) != 1) {
        status = -1;
    }
    if (status == 0) {
        const struct entry *person = book_by_code(counter, BOOK_PERSON, unit);
        const struct entry *bureau = book_by_code(counter, BOOK_PERSON, clerk);
        *out = (struct course){.county = county,
                               .closed = row.closed,
                               .unit = person->thing.id,
                               .clerk = county ? bureau->thing.id : 0,
                               .begins = day,
                               .ends = day + plans[plan].steps[COURSE_ACTS - 1].day};
        status = store_acts(counter->store, row.id, &out->records, error);
    }
    text_free(&number);
    arena_free(arena);
    return status;
}

int courses_take(struct counter *counter, int32_t day, struct courses *out, struct error *error)
{
    int status = 0;
    for (out->count = 0; out->count < PLANS && status == 0;) {
        struct course *course = &out->items[out->count];
        status = take(counter, out->count, day + 14 * out->count, course, error);
        out->count += status == 0;
        if (status == 0 && course->records.count != COURSE_ACTS) {
            status = error_set(error, ERROR_ENVIRONMENT, "a course has not eight acts", NULL, NULL);
        }
    }
    return status;
}

void courses_free(struct courses *courses)
{
    for (int i = 0; i < courses->count; i++) {
        records_free(&courses->items[i].records);
    }
}

/* ---- for another case ---- */

void course_facts(const struct course *course, int i, const char *title, int32_t shift,
                  struct text *out)
{
    const struct record *record = &course->records.items[i];
    const char *at = record->facts, *end = at + record->facts_length, *name, *value;
    size_t name_length, length;
    while (fact_next(&at, end, &name, &name_length, &value, &length)) {
        int32_t day;
        char text[DAY_TEXT];
        bool subject = name_length == 11 && memcmp(name, "info_system", 11) == 0;
        bool date = length == DAY_TEXT - 1 && day_parse(value, length, &day);
        text_add_n(out, name, name_length + 1);
        if (subject) {
            text_add(out, title);
        } else if (date) {
            text_add(out, day_format(day + shift, text));
        } else {
            text_add_n(out, value, length);
        }
        text_add(out, "\n");
    }
}
