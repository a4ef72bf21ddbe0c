/* verdict.c: an act tried against a case: its date, its entries, its rules (POLICY guide, section
 * 8). */
#include <stdlib.h>
#include <string.h>

#include "core/clerk.h"

/* An act being weighed. */
struct weighing {
    struct clerk *clerk;
    struct fold *fold;
    const struct attempt *attempt;
    const struct event *event; /* NULL: opening or editing */
    struct cites cites;
    int32_t number;   /* the act would have */
    bool application; /* the application may be changed with it */
    bool draft; /* it is only begun: entries are kept as typed, and judged when it is handed in */
};

static bool contains(struct indexes indexes, int32_t value)
{
    for (int32_t i = 0; i < indexes.count; i++) {
        if (indexes.items[i] == value) {
            return true;
        }
    }
    return false;
}

static bool has_reason(const struct weighing *w)
{
    return w->attempt->reason && w->attempt->reason[0];
}

/* ---- the date (rule 8.4) ---- */

static const char *number_text(struct clerk *clerk, int64_t number)
{
    struct text text = {0};
    text_add_int(&text, number);
    const char *kept = arena_keep(clerk->arena, &text);
    return kept;
}

static const struct event *last_by_desk(const struct fold *fold)
{
    for (size_t i = fold->count; i-- > 0;) {
        if (fold_stands(fold, i)) {
            bool desk = fold->acts[i].role == ROLE_DESK && fold->acts[i].event >= 0;
            return desk ? &fold->file.procedure->events[fold->acts[i].event] : NULL;
        }
    }
    return NULL;
}

static void check_backdate(struct weighing *w)
{
    const struct policy *policy = w->clerk->policy;
    const struct act *act = &w->attempt->act;
    int32_t day = moment_day(act->effective), recorded = moment_day(act->recorded);
    const char *dated = clerk_day(w->clerk, act->effective);
    if (day >= recorded) {
        return;
    }
    if (!policy->may_backdate) {
        clerk_add(w->clerk, REASON_DATE, w->cites, MESSAGE_act_never_backdate, dated,
                  clerk_day(w->clerk, moment_of(recorded, 0)), NULL, NULL);
        return;
    }
    const struct revision *revision = calendar_as_of(w->fold->calendar, recorded);
    int64_t earliest = reckon_shift(revision, moment_of(recorded, 0), policy->backdate, -1);
    if (earliest == MOMENT_NONE || day >= moment_day(earliest)) {
        return;
    }
    if ((policy->backdate_roles & w->attempt->roles) && has_reason(w)) {
        return;
    }
    clerk_add(w->clerk, REASON_DATE, w->cites,
              policy->backdate_roles ? MESSAGE_act_backdate_roles : MESSAGE_act_backdate, dated,
              clerk_period(w->clerk, policy->backdate), clerk_day(w->clerk, earliest),
              clerk_roles(w->clerk, policy->backdate_roles));
}

static void check_date(struct weighing *w)
{
    struct clerk *clerk = w->clerk;
    const struct act *act = &w->attempt->act;
    int64_t last = w->fold->file.changed;
    if (act->effective > act->recorded) {
        clerk_add(clerk, REASON_DATE, w->cites, MESSAGE_act_future,
                  clerk_day(clerk, act->effective), clerk_day(clerk, act->recorded), NULL, NULL);
    }
    if (last != MOMENT_NONE && act->effective < last) {
        const struct event *desk = last_by_desk(w->fold);
        clerk_add(clerk, REASON_DATE, w->cites, desk ? MESSAGE_act_before_desk : MESSAGE_act_before,
                  clerk_day(clerk, act->effective), clerk_day(clerk, last),
                  desk ? clerk_title(clerk, &desk->title) : NULL, NULL);
    }
    check_backdate(w);
    int32_t effective = clerk->policy->effective;
    if (act->event == EVENT_OPEN && effective != DAY_NONE &&
        moment_day(act->effective) < effective) {
        clerk_add(clerk, REASON_DATE, w->cites, MESSAGE_act_before_policy,
                  clerk_day(clerk, act->effective), clerk_day(clerk, moment_of(effective, 0)), NULL,
                  NULL);
    }
}

/* ---- the entries as given ---- */

/* The names of what may be entered here, for a refusal. */
static const char *asked_names(struct weighing *w)
{
    const struct policy *policy = w->clerk->policy;
    struct indexes lists[2] = {{NULL, 0}, {NULL, 0}};
    struct text text = {0};
    lists[0] = w->event ? w->event->fields : lists[0];
    lists[1] = w->application ? w->fold->file.procedure->application : lists[1];
    for (int k = 0; k < 2; k++) {
        for (int32_t i = 0; i < lists[k].count; i++) {
            text_addf(&text, "%s%s", text.length ? ", " : "",
                      policy->fields[lists[k].items[i]].title.name);
        }
    }
    text_add(&text, text.length ? "" : "-");
    return arena_keep(w->clerk->arena, &text);
}

static bool may_enter(const struct weighing *w, int32_t field)
{
    const struct casefile *file = &w->fold->file;
    bool duty = file->duty && contains(file->duty->fields, field);
    return (w->event && contains(w->event->fields, field)) ||
           (w->application && (duty || contains(file->procedure->application, field)));
}

static struct reason *entry_reason(struct weighing *w, int32_t field, const char *code,
                                   struct message message)
{
    struct cites own = field >= 0 ? w->clerk->policy->fields[field].cites : w->cites;
    struct reason *reason =
        clerk_add(w->clerk, REASON_FIELD, own.count ? own : w->cites, message.id, message.arg[0],
                  message.arg[1], message.arg[2], message.arg[3]);
    reason->field = field;
    reason->code = code;
    return reason;
}

/* Is the entry right? A draft need only be text. */
static bool right_entry(struct weighing *w, int32_t field, const char *text, size_t length,
                        struct message *message)
{
    struct value value;
    bool right = entry_check(w->clerk->policy, w->fold->revision, field, text, length,
                             w->attempt->act.effective, w->clerk->arena, &value, message);
    return right || (w->draft && message->id != MESSAGE_entry_utf8);
}

static void check_entry(struct weighing *w, int32_t field, const char *code, const char *text,
                        size_t length)
{
    struct message message;
    if (!may_enter(w, field)) {
        entry_reason(w, field, code, (struct message){MESSAGE_act_not_asked, {asked_names(w)}});
    } else if (length && !right_entry(w, field, text, length, &message)) {
        entry_reason(w, field, code, message);
    }
}

static const char *column_names(struct weighing *w)
{
    const struct policy *policy = w->clerk->policy;
    struct text text = {0};
    text_add(&text, "quantity, before, listed");
    for (int32_t i = 0; i < policy->measures.count; i++) {
        text_addf(&text, ", %s", policy->measures.items[i].name);
    }
    for (int32_t i = 0; i < policy->column_count - ITEM_MEASURES - policy->measures.count; i++) {
        text_addf(&text, ", %s", policy->columns[i]->title.name);
    }
    const char *kept = arena_keep(w->clerk->arena, &text);
    return kept;
}

static void check_column(struct weighing *w, const char *code, size_t code_length,
                         const char *column, size_t column_length, const char *text, size_t length)
{
    const struct policy *policy = w->clerk->policy;
    int32_t symbol = names_find(policy->names, column, column_length);
    int32_t index = symbol ? policy->column_of[symbol] : -1;
    int32_t own = ITEM_MEASURES + policy->measures.count;
    const char *line = arena_text(w->clerk->arena, code, code_length);
    int64_t number;
    if (index < 0) {
        entry_reason(w, -1, line, (struct message){MESSAGE_act_column_unknown, {column_names(w)}});
    } else if (index >= own) {
        check_entry(w, (int32_t)(policy->columns[index - own] - policy->fields), line, text,
                    length);
    } else if (index != ITEM_QUANTITY && index != ITEM_LISTED && length &&
               !decimal_parse(text, length, &number)) {
        const char *typed = arena_text(w->clerk->arena, text, length);
        entry_reason(w, -1, line, (struct message){MESSAGE_entry_number, {typed}});
    }
}

/* Every entry is one that is asked for here, and right in itself. */
static void check_entries(struct weighing *w)
{
    const struct policy *policy = w->clerk->policy;
    const char *at = w->attempt->act.facts, *end = at + w->attempt->act.facts_length;
    const char *name, *value, *code, *column;
    size_t name_length, value_length, code_length, column_length;
    while (w->attempt->act.facts_length &&
           facts_next(&at, end, &name, &name_length, &value, &value_length)) {
        if (facts_item(name, name_length, &code, &code_length, &column, &column_length)) {
            check_column(w, code, code_length, column, column_length, value, value_length);
            continue;
        }
        int32_t symbol = names_find(policy->names, name, name_length);
        int32_t slot = symbol ? policy->slot_of[symbol] : -1;
        /* who acts enters fields; names with a dot are put beside them by the desk itself */
        bool beside = memchr(name, '.', name_length) != NULL;
        bool override = name_length == 8 && memcmp(name, "override", 8) == 0;
        if (slot >= 0 && slot < policy->field_count) {
            check_entry(w, slot, NULL, value, value_length);
        } else if (slot < 0 && !override && !beside) {
            const char *typed = arena_text(w->clerk->arena, name, name_length);
            entry_reason(w, -1, typed,
                         (struct message){MESSAGE_act_field_unknown, {asked_names(w)}});
        }
    }
}

/* ---- what must be there ---- */

static struct slot *column_slot(struct weighing *w, int32_t line, int32_t column)
{
    return &w->fold
                ->columns[(size_t)line * (size_t)w->clerk->policy->column_count + (size_t)column];
}

static void require_column(struct weighing *w, int32_t index)
{
    const struct field *field = &w->clerk->policy->fields[index];
    int64_t moment = w->attempt->act.effective;
    for (int32_t line = 0; line < w->fold->file.line_count; line++) {
        const struct line *at = &w->fold->lines[line];
        const struct slot *slot = column_slot(w, line, field->column);
        struct message message = {MESSAGE_entry_missing, {NULL}};
        bool there = slot->length > 0 || field->has_default || field->optional;
        bool right = slot->length == 0 || slot->act == w->number ||
                     right_entry(w, index, slot->text, slot->length, &message);
        if ((!there || !right) && fold_asks(w->fold, index, line, moment)) {
            entry_reason(w, index, arena_text(w->clerk->arena, at->code, at->length), message);
        }
    }
}

static void require_answers(struct weighing *w, int32_t index)
{
    const struct field *field = &w->clerk->policy->fields[index];
    struct value given = w->fold->slots[index].value;
    struct value points =
        field->points >= 0 ? w->fold->slots[field->points].value : value_unknown();
    if (given.known && points.known && given.n != points.n) {
        struct message message = {
            MESSAGE_entry_answers,
            {number_text(w->clerk, given.n), number_text(w->clerk, points.n)}};
        entry_reason(w, index, NULL, message);
    }
}

/* ANEW: it must come with this act (rule 8.2); else an entry made before will do, checked again as
 * of now. */
static void require(struct weighing *w, int32_t index, bool anew)
{
    const struct field *field = &w->clerk->policy->fields[index];
    int64_t moment = w->attempt->act.effective;
    const struct slot *slot = &w->fold->slots[index];
    struct value value;
    struct message message;
    if (field->column >= 0) {
        require_column(w, index);
        return;
    }
    if (!fold_asks(w->fold, index, -1, moment)) {
        return;
    }
    if (field->type == FIELD_ITEMS) {
        if (!field->optional && w->fold->file.line_count == 0) {
            entry_reason(w, index, NULL, (struct message){MESSAGE_act_no_lines, {NULL}});
        }
        return;
    }
    bool there = slot->length > 0 && (!anew || slot->act == w->number);
    if (!there && !field->optional && !(field->has_default && slot->length == 0)) {
        entry_reason(w, index, NULL, (struct message){MESSAGE_entry_missing, {NULL}});
    } else if (slot->length && slot->act != w->number && !anew &&
               !entry_check(w->clerk->policy, w->fold->revision, index, slot->text, slot->length,
                            moment, w->clerk->arena, &value, &message)) {
        entry_reason(w, index, NULL, message);
    }
    if (field->type == FIELD_ANSWERS) {
        require_answers(w, index);
    }
}

/* Lines that only another column speaks of: nobody asked for that resource. */
static void check_lines(struct weighing *w)
{
    struct text text = {0};
    for (int32_t line = 0; line < w->fold->file.line_count; line++) {
        if (column_slot(w, line, ITEM_QUANTITY)->length) {
            text_addf(&text, "%s", text.length ? ", " : "");
            text_add_n(&text, w->fold->lines[line].code, w->fold->lines[line].length);
        }
    }
    const char *known = arena_keep(w->clerk->arena, &text);
    for (int32_t line = 0; line < w->fold->file.line_count; line++) {
        const struct slot *quantity = column_slot(w, line, ITEM_QUANTITY);
        const struct line *at = &w->fold->lines[line];
        const char *code = arena_text(w->clerk->arena, at->code, at->length);
        if (!quantity->length) {
            entry_reason(w, -1, code, (struct message){MESSAGE_act_line_unknown, {code, known}});
        } else if (!w->draft && (!quantity->value.known || quantity->value.n <= 0)) {
            const char *typed = arena_text(w->clerk->arena, quantity->text, quantity->length);
            entry_reason(w, -1, code, (struct message){MESSAGE_act_quantity, {typed}});
        }
    }
}

static void require_application(struct weighing *w)
{
    const struct casefile *file = &w->fold->file;
    struct indexes lists[2] = {file->procedure->application, {NULL, 0}};
    lists[1] = file->duty ? file->duty->fields : lists[1];
    for (int k = 0; k < 2; k++) {
        for (int32_t i = 0; i < lists[k].count; i++) {
            if (!w->event || !contains(w->event->fields, lists[k].items[i])) {
                require(w, lists[k].items[i], false);
            }
        }
    }
}

/* ---- rules (8.2, 8.3) ---- */

static void check_rule(struct weighing *w, int32_t index)
{
    const struct rule *rule = &w->fold->file.procedure->rules[index];
    struct clerk *clerk = w->clerk;
    struct value must =
        fold_eval(w->fold, rule->must, w->attempt->act.effective, w->attempt->act.person);
    if ((must.known && must.n) || rule->otherwise == ELSE_IGNORE) {
        return;
    }
    bool his = rule->otherwise == ELSE_REASON ||
               (rule->otherwise == ELSE_ROLES && (rule->roles & w->attempt->roles));
    if (his && has_reason(w)) {
        clerk->verdict.overrides |= UINT64_C(1) << index;
        return;
    }
    enum message_id id = rule->otherwise == ELSE_REFUSE   ? MESSAGE_act_rule
                         : rule->otherwise == ELSE_REASON ? MESSAGE_act_rule_reason
                                                          : MESSAGE_act_rule_roles;
    const char *roles = rule->otherwise == ELSE_ROLES ? clerk_roles(clerk, rule->roles) : NULL;
    clerk_add(clerk, REASON_RULE, rule->cites, id, clerk_title(clerk, &rule->title), roles, NULL,
              NULL)
        ->rule = index;
}

/* ---- the whole ---- */

static void put_in(struct weighing *w)
{
    struct fold *fold = w->fold;
    const struct act *act = &w->attempt->act;
    fold->moment = act->effective > fold->moment ? act->effective : fold->moment;
    facts_enter(fold, act->facts, act->facts_length, w->number);
}

static bool takes_effect(struct weighing *w)
{
    struct fold *fold = w->fold;
    const struct act *act = &w->attempt->act;
    if (w->event->by != BY_ALL_OF && w->event->by != BY_COUNT_OF) {
        return true;
    }
    uint64_t missing = w->event->roles;
    int32_t count = 1;
    for (int32_t i = 0; i < fold->signature_count; i++) {
        if (fold->signatures[i].event == act->event && fold->signatures[i].role >= 0) {
            missing &= ~(UINT64_C(1) << fold->signatures[i].role);
            count++;
        }
    }
    missing &= act->role >= 0 ? ~(UINT64_C(1) << act->role) : ~UINT64_C(0);
    return w->event->by == BY_ALL_OF ? missing == 0 : count >= w->event->by_count;
}

static void weigh_event(struct weighing *w)
{
    struct clerk *clerk = w->clerk;
    struct fold *fold = w->fold;
    const struct act *act = &w->attempt->act;
    const struct casefile *file = &fold->file;
    const struct state *state = &file->procedure->states[file->state];
    w->application = state->edit;
    put_in(w);
    offer_check(clerk, fold, act->event, act->role, w->attempt->roles, act->person, w->attempt->org,
                act->effective);
    if (clerk->verdict.count && clerk->reasons[clerk->verdict.count - 1].kind == REASON_STATE) {
        return;
    }
    bool back;
    int32_t to = fold_destination(fold, w->event, act->effective, &back);
    check_entries(w);
    check_lines(w);
    for (int32_t i = 0; i < w->event->fields.count; i++) {
        require(w, w->event->fields.items[i], true);
    }
    if (state->edit && to >= 0 && to != file->state &&
        file->procedure->states[to].final != FINAL_DROPPED) {
        require_application(w);
    }
    for (int32_t i = 0; i < w->event->rules.count; i++) {
        check_rule(w, w->event->rules.items[i]);
    }
    clerk->verdict.completes = takes_effect(w);
    clerk->verdict.to = clerk->verdict.completes ? to : -1;
}

static void weigh_opening(struct weighing *w)
{
    struct clerk *clerk = w->clerk;
    const struct procedure *procedure = w->fold->file.procedure;
    const struct act *act = &w->attempt->act;
    bool by_hand = act->role != ROLE_DESK;
    if (by_hand && !procedure->by) {
        clerk_add(clerk, REASON_ROLE, w->cites, MESSAGE_act_open_nobody, NULL, NULL, NULL, NULL);
    } else if (by_hand && !(procedure->by >> act->role & 1)) {
        clerk_add(clerk, REASON_ROLE, w->cites, MESSAGE_act_open_role,
                  clerk_roles(clerk, UINT64_C(1) << act->role), clerk_roles(clerk, procedure->by),
                  NULL, NULL);
    }
    w->application = true;
    w->draft = procedure->states[procedure->begins].edit;
    put_in(w);
    w->fold->file.state = procedure->begins;
    check_entries(w);
    check_lines(w);
    if (by_hand && !procedure->states[procedure->begins].edit) {
        require_application(w);
    }
    clerk->verdict.to = procedure->begins;
}

static void weigh_edit(struct weighing *w)
{
    const struct casefile *file = &w->fold->file;
    const struct state *state = &file->procedure->states[file->state];
    const struct act *act = &w->attempt->act;
    if (file->closed || !state->edit) {
        clerk_add(w->clerk, REASON_STATE, w->cites, MESSAGE_act_edit,
                  clerk_title(w->clerk, &state->title), NULL, NULL, NULL);
        return;
    }
    if (act->role != file->with_role) {
        uint64_t with = file->with_role >= 0 ? UINT64_C(1) << file->with_role : 0;
        clerk_add(w->clerk, REASON_ROLE, w->cites, MESSAGE_act_role,
                  clerk_roles(w->clerk, act->role >= 0 ? UINT64_C(1) << act->role : 0),
                  clerk_roles(w->clerk, with), NULL, NULL);
    }
    w->application = true;
    put_in(w);
    check_entries(w);
    check_lines(w);
}

static void weigh_correction(struct weighing *w, size_t count)
{
    const struct act *act = &w->attempt->act;
    if (act->corrects < 1 || (size_t)act->corrects > count) {
        clerk_add(w->clerk, REASON_DATE, w->cites, MESSAGE_act_corrects,
                  number_text(w->clerk, act->corrects), number_text(w->clerk, (int64_t)count), NULL,
                  NULL);
    }
}

const struct verdict *verdict_of(struct clerk *clerk, struct fold *fold,
                                 const struct calendar *calendar, int32_t procedure,
                                 const struct act *acts, size_t count,
                                 const struct attempt *attempt)
{
    const struct act *act = &attempt->act;
    fold->times++; /* the entries go into it */
    if (!clerk_begin(clerk) ||
        (!attempt->folded &&
         fold_case(fold, calendar, procedure, acts, count, act->effective) == FOLD_MEMORY)) {
        return NULL;
    }
    bool event = act->event >= 0;
    struct weighing w = {
        .clerk = clerk,
        .fold = fold,
        .attempt = attempt,
        .event = event ? &fold->file.procedure->events[act->event] : NULL,
        .cites =
            event ? fold->file.procedure->events[act->event].cites : fold->file.procedure->cites,
        .number = (int32_t)count + 1,
    };
    bool opening = act->event == EVENT_OPEN;
    fold->revision = calendar_as_of(calendar, moment_day(act->recorded));
    if (opening != (fold->file.state < 0)) {
        clerk_add(clerk, REASON_STATE, w.cites, opening ? MESSAGE_act_opened : MESSAGE_act_unopened,
                  NULL, NULL, NULL, NULL);
        return clerk_done(clerk);
    }
    if (act->event == EVENT_CORRECT || act->event == EVENT_ANNUL) {
        weigh_correction(&w, count);
        return clerk_done(clerk);
    }
    check_date(&w);
    if (opening) {
        weigh_opening(&w);
    } else if (event) {
        weigh_event(&w);
    } else if (act->event == EVENT_EDIT) {
        weigh_edit(&w);
    }
    return clerk_done(clerk);
}
