/* role.c: names of roles. */
#include "tui/terminal/role.h"

#include <string.h>

static const char *const names[ROLES] = {
    [ROLE_TEXT] = "text",
    [ROLE_TEXT_DIM] = "text.dim",
    [ROLE_TEXT_STRONG] = "text.strong",
    [ROLE_HEAD] = "head",
    [ROLE_HEADING] = "heading",
    [ROLE_HEADING_FOCUS] = "heading.focus",
    [ROLE_RULE] = "rule",
    [ROLE_BAR] = "bar",
    [ROLE_BAR_DIM] = "bar.dim",
    [ROLE_BAR_ACTIVE] = "bar.active",
    [ROLE_BAR_KEY] = "bar.key",
    [ROLE_BAR_ALERT] = "bar.alert",
    [ROLE_BAR_MODE] = "bar.mode",
    [ROLE_CONTEXT] = "context",
    [ROLE_SHEET_TITLE] = "sheet.title",
    [ROLE_SHEET_DIM] = "sheet.dim",
    [ROLE_SHEET_CURSOR] = "sheet.cursor",
    [ROLE_TABLE_CURSOR] = "table.cursor",
    [ROLE_TABLE_MARK] = "table.mark",
    [ROLE_TABLE_MATCH] = "table.match",
    [ROLE_CARD_OVER2] = "card.over2",
    [ROLE_CARD_RED] = "card.red",
    [ROLE_CARD_YELLOW] = "card.yellow",
    [ROLE_CARD_BLUE] = "card.blue",
    [ROLE_CARD_NONE] = "card.none",
    [ROLE_CARD_PAUSED] = "card.paused",
    [ROLE_CARD_MET] = "card.met",
    [ROLE_CARD_MISSED] = "card.missed",
    [ROLE_DATE_COUNTED] = "date.counted",
    [ROLE_DATE_REST] = "date.rest",
    [ROLE_DATE_PROVISIONAL] = "date.provisional",
    [ROLE_TRACE_COUNTED] = "trace.counted",
    [ROLE_TRACE_SKIPPED] = "trace.skipped",
    [ROLE_STAGE_PAST] = "stage.past",
    [ROLE_STAGE_NOW] = "stage.now",
    [ROLE_STAGE_NEXT] = "stage.next",
    [ROLE_GAUGE_USED] = "gauge.used",
    [ROLE_GAUGE_REST] = "gauge.rest",
    [ROLE_GAUGE_PAUSED] = "gauge.paused",
    [ROLE_GAUGE_OVER] = "gauge.over",
    [ROLE_GAUGE_MARK] = "gauge.mark",
    [ROLE_SPARK] = "spark",
    [ROLE_HEAT_0] = "heat.0",
    [ROLE_HEAT_1] = "heat.1",
    [ROLE_HEAT_2] = "heat.2",
    [ROLE_HEAT_3] = "heat.3",
    [ROLE_HEAT_4] = "heat.4",
    [ROLE_CHART_1] = "chart.1",
    [ROLE_CHART_2] = "chart.2",
    [ROLE_CHART_3] = "chart.3",
    [ROLE_CHART_AXIS] = "chart.axis",
    [ROLE_CHART_LIMIT] = "chart.limit",
    [ROLE_SEVERITY_CRITICAL] = "severity.critical",
    [ROLE_SEVERITY_HIGH] = "severity.high",
    [ROLE_SEVERITY_MEDIUM] = "severity.medium",
    [ROLE_SEVERITY_LOW] = "severity.low",
    [ROLE_FLAG] = "flag",
    [ROLE_ACT_KEY] = "act.key",
    [ROLE_ACT_OFF] = "act.off",
    [ROLE_ACT_DANGER] = "act.danger",
    [ROLE_FORM_LABEL] = "form.label",
    [ROLE_FORM_VALUE] = "form.value",
    [ROLE_FORM_FOCUS] = "form.focus",
    [ROLE_FORM_CHANGED] = "form.changed",
    [ROLE_FORM_ERROR] = "form.error",
    [ROLE_FORM_HINT] = "form.hint",
    [ROLE_FORM_READONLY] = "form.readonly",
    [ROLE_DIFF_BASE] = "diff.base",
    [ROLE_DIFF_MINE] = "diff.mine",
    [ROLE_DIFF_THEIRS] = "diff.theirs",
    [ROLE_DIFF_ADD] = "diff.add",
    [ROLE_DIFF_DEL] = "diff.del",
    [ROLE_DIFF_CHANGE] = "diff.change",
    [ROLE_MESSAGE_INFO] = "message.info",
    [ROLE_MESSAGE_OK] = "message.ok",
    [ROLE_MESSAGE_WARN] = "message.warn",
    [ROLE_MESSAGE_ERROR] = "message.error",
    [ROLE_DATA_FRESH] = "data.fresh",
    [ROLE_DATA_STALE] = "data.stale",
};

const char *role_name(enum role role)
{
    return names[role];
}

enum role role_called(const char *name)
{
    enum role role = 0;
    while (role < ROLES && strcmp(names[role], name) != 0) {
        role++;
    }
    return role;
}
