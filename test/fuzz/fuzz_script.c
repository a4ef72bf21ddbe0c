/* fuzz_script.c: any bytes as a script: parsed or told what is wrong, never more. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_text(const char *text)
{
    if (text && strlen(text) > SCRIPT_LINE_MOST) {
        abort();
    }
}

/* Every text of a line is there, ends in NUL and is no longer than the line. */
static void read_line(const struct script_line *line)
{
    if (line->place.line < 1 || line->place.column < 1) {
        abort();
    }
    read_text(line->name);
    read_text(line->option);
    read_text(line->role);
    read_text(line->person);
    read_text(line->case_name);
    read_text(line->reason);
    for (int32_t i = 0; i < line->entry_count; i++) {
        read_text(line->entries[i].name);
        read_text(line->entries[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct findings *findings = findings_new();
    struct script *script = findings ? script_parse((const char *)data, size, findings) : NULL;
    for (size_t i = 0; script && i < script_count(script); i++) {
        read_line(script_at(script, i));
    }
    for (size_t i = 0; findings && i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        if (finding->place.line < 1 || finding->place.column < 1 || text.length == 0) {
            abort();
        }
        text_free(&text);
    }
    script_free(script);
    findings_free(findings);
    return 0;
}
