/*
 * bench_fold.c: a million cases of eight acts each, held in memory, folded one after the other.
 *
 * Prints the time an act takes and how much memory grew meanwhile, beside a walk over the same
 * bytes that only splits the facts into names and values: what no fold could do without.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "core/casefile.h"
#include "data/desk.h"

enum { CASES = 1000000, ACTS = 8, SPREAD = 2000 };

/* Of this process on one core, whoever else is at work. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long resident_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

struct move {
    const char *event; /* NULL: opens the case */
    const char *role;
    int days; /* after the one before */
    const char *facts;
};

/* A request on the way to its trial, with one supplement round. */
static const struct move steps[ACTS] = {
    {NULL, "unit", 0,
     "classified=no\ncloud_plan=yes\ncontact=x\ndomestic=yes\ninfo_system=x\nitem.ECS.cpu=8\n"
     "item.ECS.dr=yes\nitem.ECS.kind=virtual\nitem.ECS.listed=yes\nitem.ECS.quantity=4\nlawful=yes\n"
     "network=office\norg.level=city\nphone=x\npurpose=x\nrequest=new\ntrial_days=30\n"},
    {"submit", "unit", 1, ""},
    {"ask", "clerk", 2, "lacking=a|b\n"},
    {"resubmit", "unit", 3, "supplied=a|b\n"},
    {"accept", "clerk", 1, ""},
    {"propose", "reviewer", 2, "feasible=x\nitem.ECS.approved=4\nreasonable=x\n"},
    {"approve", "leader", 1, "remark=x\n"},
    {"dispatch", "clerk", 1, "receipt_on=2019-10-08\n"},
};

static struct act *make_acts(const struct policy *policy, const struct procedure *procedure)
{
    struct act *acts = calloc((size_t)SPREAD * ACTS, sizeof *acts);
    int32_t first;
    if (!acts || !day_from_civil(2019, 9, 12, &first)) {
        return NULL;
    }
    for (int c = 0; c < SPREAD; c++) {
        int32_t day = first + c;
        for (int i = 0; i < ACTS; i++) {
            const struct move *step = &steps[i];
            struct act *act = &acts[c * ACTS + i];
            day += step->days;
            int32_t event =
                step->event ? names_find(policy->names, step->event, strlen(step->event)) : 0;
            act->event = step->event ? procedure->event_of[event] : EVENT_OPEN;
            act->person = i + 1;
            act->role = policy->role_of[names_find(policy->names, step->role, strlen(step->role))];
            act->effective = act->recorded = moment_of(day, 36000);
            act->facts = step->facts;
            act->facts_length = strlen(step->facts);
        }
    }
    return acts;
}

/* The floor: every fact's name and value found, nothing made of them. */
static size_t split_only(const struct act *acts, int cases)
{
    size_t sum = 0;
    for (int c = 0; c < cases; c++) {
        for (int i = 0; i < ACTS; i++) {
            const struct act *act = &acts[(c % SPREAD) * ACTS + i];
            const char *at = act->facts, *end = at + act->facts_length;
            while (at < end) {
                const char *line = memchr(at, '\n', (size_t)(end - at));
                const char *equals = memchr(at, '=', (size_t)(line - at));
                sum += (size_t)(equals - at);
                at = line + 1;
            }
        }
    }
    return sum;
}

int main(void)
{
    struct policy *policy = NULL;
    struct calendar *calendar = NULL;
    struct text error = {0};
    if (desk_policy(NULL, NULL, 0, &policy, &error) != 0 ||
        desk_calendar(NULL, &calendar, &error) != 0) {
        fprintf(stderr, "%s\n", text_bytes(&error));
        return 1;
    }
    int32_t index = policy->procedure_of[names_find(policy->names, "access", 6)];
    struct act *acts = make_acts(policy, &policy->procedures[index]);
    struct fold *fold = fold_new(policy);
    if (!acts || !fold) {
        return 1;
    }
    double begun = seconds();
    size_t sum = split_only(acts, CASES);
    double floor_time = seconds() - begun;
    int64_t states = 0;
    long before = 0;
    begun = seconds();
    for (int c = 0; c < CASES; c++) {
        const struct act *own = &acts[(c % SPREAD) * ACTS];
        if (fold_case(fold, calendar, index, own, ACTS, own[ACTS - 1].effective) != FOLD_DONE) {
            fprintf(stderr, "a case stopped at act %d\n", (int)fold_stopped_at(fold));
            return 1;
        }
        states += fold_result(fold)->state;
        before = c == SPREAD ? resident_kib() : before;
    }
    double took = seconds() - begun;
    printf("fold: %d cases of %d acts in %.2f s: %.3f us an act (aim 1), memory grew by %ld KiB\n",
           CASES, ACTS, took, took / CASES / ACTS * 1e6, resident_kib() - before);
    printf("fold: %.1f times the time of splitting the facts alone (%zu, %lld)\n",
           took / floor_time, sum, (long long)states);
    fold_free(fold);
    calendar_free(calendar);
    policy_free(policy);
    free(acts);
    text_free(&error);
    return 0;
}
