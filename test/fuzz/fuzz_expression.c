/* fuzz_expression.c: any bytes as a condition: compiled and evaluated, or told what is wrong. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/casefile.h"
#include "core/compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A right policy but for its last line, the condition; one of each type of entry. */
static const char *const written[][3] = {
    {"policy", "schema", "1"},
    {"policy", "id", "fuzz"},
    {"policy", "title", "试"},
    {"policy", "effective", "2018-01-01"},
    {"policy", "calendar", "cn"},
    {"policy", "timezone", "Asia/Shanghai"},
    {"policy", "backward", "mirror"},
    {"policy", "roll", "next"},
    {"policy", "levels", "city 市级, county 县级"},
    {"policy", "measures", "core 核, memory 内存"},
    {"article", "1", "一, summary 一"},
    {"role", "unit", "单位, sees own"},
    {"role", "clerk", "经办, sees all"},
    {"term", "big", "大额, means cost > 100 or total(core) > 10"},
    {"procedure", "p", "事项, by unit, begins draft, form sheet, article 1"},
    {"state.p", "draft", "草稿, with unit, edit"},
    {"state.p", "work", "办理, with clerk, clock c"},
    {"state.p", "over", "办结, final done"},
    {"event.p", "submit", "提交, from draft, to work"},
    {"event.p", "finish", "办结, from work, to over, when big or not big"},
    {"clock", "c", "计时, limit 5wd after wanted_on, least 1d, article 1"},
    {"form", "sheet", "表"},
    {"field.sheet", "wanted_on", "日, date, default today"},
    {"field.sheet", "at", "时, time, optional"},
    {"field.sheet", "cost", "费, money 0.., default 20"},
    {"field.sheet", "days", "天, number 1..9 d, default 3"},
    {"field.sheet", "kind", "类, choice short 短, long 长, default short"},
    {"field.sheet", "kinds", "诸类, choices short 短, long 长, default long"},
    {"field.sheet", "who", "谁, role unit, optional"},
    {"field.sheet", "calm", "静, yesno, default yes"},
    {"field.sheet", "note", "注, text, optional"},
    {"field.sheet", "goods", "物, items, optional"},
    {"field.sheet", "mark", "记, yesno, per item, optional"},
    {"rule.p.r", "title", "规则"},
    {"rule.p.r", "on", "submit"},
    {"rule.p.r", "article", "1"},
    {"rule.p.r", "must", NULL},
};
enum { KEYS = sizeof written / sizeof *written };

static struct draft *draft_of(const char *condition, struct findings *findings)
{
    struct source_key keys[KEYS];
    struct spot spots[KEYS];
    for (int32_t i = 0; i < KEYS; i++) {
        const char *value = written[i][2] ? written[i][2] : condition;
        spots[i] = (struct spot){.from = 0, .place = {i + 1, 1}, .raw = value};
        keys[i] = (struct source_key){
            .section = written[i][0],
            .key = written[i][1],
            .value = value,
            .section_place = {i + 1, 1},
            .key_place = {i + 1, 1},
            .spots = &spots[i],
            .spot_count = value[0] != '\0',
        };
    }
    return draft_new(&(struct source){keys, KEYS}, findings);
}

static struct value no_cases(void *self, int32_t query)
{
    (void)self;
    return value_of(query * (int64_t)MICRO);
}

/* One case with two lines, asked the condition of its rule; a yes or no is all that may come. */
static void fold_once(const struct policy *policy)
{
    static const char facts[] = "item.a.quantity=2\nitem.a.core=4\nitem.b.quantity=5\n"
                                "item.b.mark=yes\ncost=55.5\norg.level=city\navg.core=12\n"
                                "system.online=yes\nsystem.cost=7\nfree.core=64\n";
    const struct procedure *procedure = &policy->procedures[0];
    const int64_t when = moment_of(17800, 9 * 3600);
    const struct act acts[] = {
        {EVENT_OPEN, 1, 0, when, when, 0, facts, sizeof facts - 1},
        {0, 1, 0, when + 3600, when + 3600, 0, "", 0},
    };
    struct message message;
    struct calendar *calendar = calendar_new(NULL, 0, &message);
    struct fold *fold = fold_new(policy);
    if (calendar && fold) {
        fold_ask(fold, no_cases, NULL);
        if (fold_case(fold, calendar, 0, acts, 2, when + DAY_SECONDS) == FOLD_IMPOSSIBLE) {
            abort();
        }
        struct value value = fold_eval(fold, procedure->rules[0].must, when + DAY_SECONDS, 1);
        if (value.known && value.n != 0 && value.n != 1) {
            abort();
        }
    }
    fold_free(fold);
    calendar_free(calendar);
}

/* Every finding lies in the condition: all else is right. */
static void check_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        if (finding->place.line != KEYS || finding->place.column < 1 || text.length == 0) {
            abort();
        }
        text_free(&text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct findings *findings = findings_new();
    char *condition = malloc(size + 1);
    if (findings && condition) {
        if (size) {
            memcpy(condition, data, size);
        }
        condition[size] = '\0';
        struct draft *draft = draft_of(condition, findings);
        struct policy *policy = draft ? policy_compile(draft, NULL, 0, findings) : NULL;
        if (policy) {
            fold_once(policy);
        }
        policy_free(policy);
        draft_free(draft);
        findings_sort(findings);
        check_findings(findings);
    }
    free(condition);
    findings_free(findings);
    return 0;
}
