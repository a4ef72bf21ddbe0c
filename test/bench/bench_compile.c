/*
 * bench_compile.c: how long the Zhengzhou policy takes from draft to policy, and to be proved under
 * every option and every pair of answers to its questions.
 */
#include <stdio.h>
#include <time.h>

#include "data/desk.h"

enum { RUNS = 200 };

/* Of this process on one core, whoever else is at work. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Milliseconds of one compilation; the quickest of RUNS in *BEST. Negative where it fails. */
static double compile_again_and_again(const struct draft *draft, struct findings *findings,
                                      double *best)
{
    double begin = seconds();
    *best = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double start = seconds();
        struct policy *policy = policy_compile(draft, NULL, 0, findings);
        double took = (seconds() - start) * 1e3;
        if (!policy || findings_count(findings) > 0) {
            policy_free(policy);
            return -1;
        }
        policy_free(policy);
        *best = took < *best ? took : *best;
    }
    return (seconds() - begin) / RUNS * 1e3;
}

int main(void)
{
    struct text error = {0};
    struct draft *draft = NULL;
    struct findings *findings = findings_new();
    int status = 1;
    double start = seconds();
    if (!findings || desk_draft(NULL, &draft, findings, &error) != 0) {
        fprintf(stderr, "bench_compile: %s\n", text_bytes(&error));
        goto out;
    }
    double read = (seconds() - start) * 1e3, best;
    double mean = compile_again_and_again(draft, findings, &best);
    start = seconds();
    policy_check_answers(draft, findings);
    double answers = (seconds() - start) * 1e3;
    if (mean < 0 || findings_count(findings) > 0) {
        fputs("bench_compile: the policy delivered is wrong; see yuntai policy check\n", stderr);
        goto out;
    }
    printf("compile: reading %.1f ms; from draft %.2f ms (quickest %.2f); all pairs of answers "
           "%.0f ms\n",
           read, mean, best, answers);
    status = 0;
out:
    draft_free(draft);
    findings_free(findings);
    text_free(&error);
    return status;
}
