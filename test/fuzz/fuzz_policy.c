/* fuzz_policy.c: any bytes as a policy: compiled or told what is wrong, never more. */
#include <stdint.h>
#include <stdlib.h>

#include "data/ini.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every finding can be said and, where it has a place, that is within the file. */
static void say(const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        if (finding->place.line < 0 || finding->place.column < 0 || text.length == 0) {
            abort();
        }
        text_free(&text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct findings *findings = findings_new();
    if (!findings) {
        return 0;
    }
    struct ini *ini = ini_read((const char *)data, size, findings);
    /* The scan and iniparser agree on every file, and the scan says what iniparser refuses. */
    for (size_t i = 0; i < findings_count(findings); i++) {
        enum message_id id = findings_at(findings, i)->message.id;
        if (id == MESSAGE_ini_differs || id == MESSAGE_ini_load) {
            abort();
        }
    }
    struct draft *draft = ini ? draft_new(ini_source(ini), findings) : NULL;
    ini_free(ini);
    policy_free(draft ? policy_compile(draft, NULL, 0, findings) : NULL);
    draft_free(draft);
    findings_sort(findings);
    say(findings);
    findings_free(findings);
    return 0;
}
