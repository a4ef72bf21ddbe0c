/* policy_text.c: a policy from a string, for tests. */
#include "test/support/policy_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/ini.h"

static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        print_message("policy:%d:%d %s %s: %s\n", (int)finding->place.line,
                      (int)finding->place.column, finding->thing, finding->key, text_bytes(&text));
        text_free(&text);
    }
}

struct policy *policy_of_text(const char *text, struct draft **draft)
{
    struct findings *findings = findings_new();
    assert_non_null(findings);
    struct ini *ini = ini_read(text, strlen(text), findings);
    assert_non_null(ini);
    struct draft *made = draft_new(ini_source(ini), findings);
    assert_non_null(made);
    ini_free(ini);
    struct policy *policy = policy_compile(made, NULL, 0, findings);
    if (!policy || findings_count(findings) > 0) {
        print_findings(findings);
        policy_free(policy);
        draft_free(made);
        findings_free(findings);
        fail_msg("the policy of the test is wrong, see above");
    }
    findings_free(findings);
    if (draft) {
        *draft = made;
    } else {
        draft_free(made);
    }
    return policy;
}
