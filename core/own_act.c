/* own_act.c: the acts that are the desk's own, whatever the policy. */
#include <string.h>

#include "core/casefile.h"

static const struct own_act own_acts[] = {
    {"open", EVENT_OPEN, "立案", "Opened"},
    {"edit", EVENT_EDIT, "修改申请", "Application changed"},
    {"correct", EVENT_CORRECT, "更正", "Corrected"},
    {"annul", EVENT_ANNUL, "撤销", "Taken back"},
    {"surround", EVENT_SURROUND, "情况变化", "Surroundings changed"},
    {"assign", EVENT_SURROUND, "转办", "Handed over"},
    {"note", EVENT_SURROUND, "批注", "Note"},
    {"redact", EVENT_SURROUND, "隐去", "Struck out"},
    {"attach", EVENT_SURROUND, "附件", "Document"},
    {"letter", EVENT_SURROUND, "文书", "Letter"},
    {"merge", EVENT_SURROUND, "合并", "Merged"},
    {"adopt_policy", EVENT_SURROUND, "改依政策", "Moved to another policy"},
    {"explain", EVENT_EXPLAIN, "解释亮牌", "Card explained"},
    {"waive", EVENT_WAIVE, "豁免亮牌", "Card waived"},
    {"take_back", EVENT_TAKE_BACK, "撤回豁免", "Waiver taken back"},
};

const struct own_act *own_act(const char *name)
{
    for (size_t i = 0; i < sizeof own_acts / sizeof *own_acts; i++) {
        if (strcmp(own_acts[i].name, name) == 0) {
            return &own_acts[i];
        }
    }
    return NULL;
}
