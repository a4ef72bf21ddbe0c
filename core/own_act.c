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

const struct own_act *own_act_at(size_t index)
{
    return index < sizeof own_acts / sizeof *own_acts ? &own_acts[index] : NULL;
}

const struct own_act *own_act(const char *name)
{
    const struct own_act *own;
    for (size_t i = 0; (own = own_act_at(i)) && strcmp(own->name, name) != 0; i++) {
    }
    return own;
}
