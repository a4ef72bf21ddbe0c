/* policy_check.c: yuntai policy check: every error of a file at once. */
#include <string.h>

#include "tui/command/policy.h"
#include "tui/output.h"
#include "tui/text.h"

struct totals {
    const char *name;
    size_t count;
};
enum { TOTALS = 11 };

static size_t owned(const struct policy *policy, int which)
{
    size_t count = 0;
    for (int32_t i = 0; i < policy->procedure_count; i++) {
        const struct procedure *procedure = &policy->procedures[i];
        count += (size_t)(which == 0   ? procedure->state_count
                          : which == 1 ? procedure->event_count
                                       : procedure->rule_count);
    }
    return count;
}

static void count_all(const struct policy *policy, struct totals *totals)
{
    size_t options = 0, pairs = 0;
    for (int32_t i = 0; i < policy->question_count; i++) {
        size_t own = (size_t)policy->questions[i].option_count;
        pairs += own * options; /* with each option of an earlier question */
        options += own;
    }
    const struct totals all[TOTALS] = {
        {N_("articles"), (size_t)policy->article_count},
        {N_("procedures"), (size_t)policy->procedure_count},
        {N_("states"), owned(policy, 0)},
        {N_("events"), owned(policy, 1)},
        {N_("rules"), owned(policy, 2)},
        {N_("clocks"), (size_t)policy->clock_count},
        {N_("fields"), (size_t)policy->field_count},
        {N_("duties"), (size_t)policy->duty_count},
        {N_("questions"), (size_t)policy->question_count},
        {N_("options"), options},
        {N_("pairs"), pairs},
    };
    memcpy(totals, all, sizeof all);
}

static void print_ok(const struct invocation *invocation, const char *path,
                     const struct policy *policy)
{
    struct totals totals[TOTALS];
    struct text line = {0};
    count_all(policy, totals);
    if (invocation->format == FORMAT_JSON) {
        text_add(&line, "{\"file\":");
        json_string(&line, path);
        text_add(&line, ",\"ok\":true");
        for (int i = 0; i < TOTALS; i++) {
            text_addf(&line, ",\"%s\":%d", totals[i].name, (int)totals[i].count);
        }
        text_add(&line, "}");
    } else if (invocation->format == FORMAT_TABLE) {
        text_addf(&line, _("%s: ok\n "), path);
        for (int i = 0; i < TOTALS; i++) {
            text_addf(&line, "%s%s %d", i ? _(", ") : " ", _(totals[i].name), (int)totals[i].count);
        }
    }
    if (line.length) {
        fprintf(invocation->out, "%s\n", text_bytes(&line));
    }
    text_free(&line);
}

static void print_finding(const struct invocation *invocation, const char *path,
                          const struct finding *finding)
{
    struct text line = {0}, sentence = {0};
    message_write(&sentence, &finding->message, invocation->language);
    if (invocation->format == FORMAT_TABLE) {
        policy_finding(invocation, path, finding, &line);
    } else if (invocation->format == FORMAT_CSV) {
        csv_field(&line, path);
        text_addf(&line, ",%d,%d,%s,%s,", (int)finding->place.line, (int)finding->place.column,
                  finding->thing, finding->key);
        csv_field(&line, text_bytes(&sentence));
        text_add(&line, ",");
        csv_field(&line, finding->answers);
    } else {
        const char *const names[] = {"thing", "key", "text", "answers"};
        const char *const values[] = {finding->thing, finding->key, text_bytes(&sentence),
                                      finding->answers};
        text_add(&line, "{\"file\":");
        json_string(&line, path);
        text_addf(&line, ",\"line\":%d,\"column\":%d", (int)finding->place.line,
                  (int)finding->place.column);
        for (int i = 0; i < 4; i++) {
            text_addf(&line, ",\"%s\":", names[i]);
            json_string(&line, values[i]);
        }
        text_add(&line, "}");
    }
    fprintf(invocation->out, "%s\n", text_bytes(&line));
    text_free(&line);
    text_free(&sentence);
}

static int check_file(const struct invocation *invocation, const char *path)
{
    struct text error = {0};
    struct draft *draft = NULL;
    struct policy *policy = NULL;
    struct findings *findings = findings_new();
    int status = STATUS_ENVIRONMENT;
    if (!findings || desk_draft(path, &draft, findings, &error) != 0) {
        status = command_tell_file(invocation, "policy check", path, &error);
        goto out;
    }
    policy = policy_compile(draft, NULL, 0, findings);
    if (policy && findings_count(findings) == 0) {
        policy_check_answers(draft, findings);
    }
    for (size_t i = 0; i < findings_count(findings); i++) {
        print_finding(invocation, path, findings_at(findings, i));
    }
    status = findings_count(findings) ? STATUS_REFUSED : policy ? STATUS_DONE : STATUS_ENVIRONMENT;
    if (status == STATUS_DONE) {
        print_ok(invocation, path, policy);
    } else if (status == STATUS_ENVIRONMENT) {
        fputs(_("yuntai: there is not enough memory\n"), invocation->err);
    }
out:
    policy_free(policy);
    draft_free(draft);
    findings_free(findings);
    text_free(&error);
    return status;
}

int policy_check(const struct invocation *invocation, int argc, char **argv)
{
    int worst = STATUS_DONE;
    struct text shipped = {0}, error = {0};
    if (invocation->format == FORMAT_CSV) {
        fputs("file,line,column,thing,key,text,answers\n", invocation->out);
    }
    if (argc == 0 && desk_policy_path(&shipped, &error) != 0) {
        fprintf(invocation->err, "yuntai: %s\n", text_bytes(&error));
        worst = STATUS_ENVIRONMENT;
    } else if (argc == 0) {
        worst = check_file(invocation, text_bytes(&shipped));
    }
    for (int i = 0; i < argc; i++) {
        int status = check_file(invocation, argv[i]);
        worst = status > worst ? status : worst;
    }
    text_free(&shipped);
    text_free(&error);
    return worst;
}
