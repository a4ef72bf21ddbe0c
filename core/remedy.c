/* remedy.c: who may explain or waive a card, and when (POLICY guide, rule 7.19). */
#include <string.h>

#include "core/clerk.h"

int32_t remedy_acted(const struct fold *fold, int64_t person)
{
    for (size_t i = 0; i < fold->count; i++) {
        const struct act *act = &fold->acts[i];
        bool party = act->event >= EVENT_ANNUL || act->event == EVENT_EXPLAIN;
        if (party && act->role != ROLE_DESK && act->person == person && fold_stands(fold, i)) {
            return (int32_t)i + 1;
        }
    }
    return 0;
}

/* With whom the case is in the states in which CLOCK runs: those it runs against. */
static uint64_t burdened(const struct fold *fold, int32_t clock)
{
    const struct procedure *procedure = fold->file.procedure;
    int16_t place = procedure->clock_of[clock];
    uint64_t roles = 0;
    for (int32_t i = 0; place >= 0 && i < procedure->state_count; i++) {
        int32_t role;
        const struct state *state = &procedure->states[i];
        bool runs = state->clocks && state->clocks[place] == CLOCK_NAMED;
        roles |= runs && who_is(fold, state->with, &role) ? UINT64_C(1) << role : 0;
    }
    return roles;
}

uint64_t remedy_roles(struct fold *fold, enum remedy_kind kind, const struct run *run)
{
    const struct policy *policy = fold->policy;
    const struct remedy *remedy = &policy->remedies[kind];
    if (kind == REMEDY_URGE) {
        return remedy->offered ? policy->procedures[remedy->opens].by : 0;
    }
    int32_t with = fold->file.with_role;
    uint64_t holder = with >= 0 ? UINT64_C(1) << with : 0;
    return !remedy->offered ? 0
           : remedy->by     ? remedy->by
                            : holder | (run ? burdened(fold, run->clock) : 0);
}

/* In both languages, see message.h. */
static const char *card_title(struct clerk *clerk, enum card card)
{
    static const char *const zh[] = {"无牌", "蓝牌", "黄牌", "红牌", "双红牌"};
    static const char *const en[] = {"no card", "blue card", "yellow card", "red card",
                                     "double red card"};
    return message_both(clerk->arena, zh[card], en[card]);
}

static const char *number_text(struct clerk *clerk, int64_t number)
{
    struct text text = {0};
    text_add_int(&text, number);
    return arena_keep(clerk->arena, &text);
}

static void check_who(struct clerk *clerk, struct fold *fold, enum remedy_kind kind,
                      const struct run *run, const struct attempt *attempt)
{
    const struct remedy *remedy = &fold->policy->remedies[kind];
    uint64_t may = remedy_roles(fold, kind, run);
    int32_t acted = remedy_acted(fold, attempt->act.person);
    if (!(may & attempt->roles)) {
        clerk_add(clerk, REASON_ROLE, remedy->cites, MESSAGE_act_role,
                  clerk_roles(clerk, attempt->roles), clerk_roles(clerk, may), NULL, NULL);
    } else if (remedy->apart && acted) {
        clerk_add(clerk, REASON_ROLE, remedy->cites, MESSAGE_remedy_apart,
                  number_text(clerk, acted), clerk_roles(clerk, may), NULL, NULL);
    }
}

/* Only who waived it, and not for ever. */
static void check_back(struct clerk *clerk, struct fold *fold, const struct run *run,
                       const struct attempt *attempt)
{
    const struct remedy *remedy = &fold->policy->remedies[REMEDY_WAIVE];
    enum card card = run_waived(run);
    if (card == CARD_NONE) {
        clerk_add(clerk, REASON_STATE, remedy->cites, MESSAGE_remedy_not_waived,
                  clerk_title(clerk, &fold->policy->clocks[run->clock].title), NULL, NULL, NULL);
        return;
    }
    const struct act *waiver = &fold->acts[run->waived[card] - 1];
    const char *number = number_text(clerk, run->waived[card]);
    const struct revision *revision =
        calendar_as_of(fold->calendar, moment_day(attempt->act.recorded));
    int64_t until = remedy->back.n > 0 ? reckon_shift(revision, waiver->recorded, remedy->back, 1)
                                       : MOMENT_NONE;
    if (waiver->person != attempt->act.person) {
        clerk_add(clerk, REASON_ROLE, remedy->cites, MESSAGE_remedy_back_person, number, NULL, NULL,
                  NULL);
    }
    if (until == MOMENT_NONE) {
        clerk_add(clerk, REASON_DATE, remedy->cites, MESSAGE_remedy_back_never, NULL, NULL, NULL,
                  NULL);
    } else if (attempt->act.recorded > until) {
        clerk_add(clerk, REASON_DATE, remedy->cites, MESSAGE_remedy_back_late, number,
                  clerk_day(clerk, waiver->recorded), clerk_period(clerk, remedy->back), NULL);
    }
}

static void check_card(struct clerk *clerk, const struct fold *fold, enum remedy_kind kind,
                       const struct run *run)
{
    const struct remedy *remedy = &fold->policy->remedies[kind];
    enum card worst = run_worst(run);
    const char *clock = clerk_title(clerk, &fold->policy->clocks[run->clock].title);
    if (worst < CARD_YELLOW) {
        clerk_add(clerk, REASON_STATE, remedy->cites, MESSAGE_remedy_no_card, clock,
                  clerk_title(clerk, &remedy->title), NULL, NULL);
    } else if (run_excused(run)) {
        clerk_add(clerk, REASON_STATE, remedy->cites, MESSAGE_remedy_waived,
                  card_title(clerk, worst), clock, number_text(clerk, run->waived[run_waived(run)]),
                  NULL);
    }
}

const struct verdict *remedy_verdict(struct clerk *clerk, struct fold *fold, const struct run *run,
                                     const struct attempt *attempt)
{
    int32_t event = attempt->act.event;
    enum remedy_kind kind = event == EVENT_EXPLAIN ? REMEDY_EXPLAIN : REMEDY_WAIVE;
    const struct remedy *remedy = &fold->policy->remedies[kind];
    if (!clerk_begin(clerk)) {
        return NULL;
    }
    if (!remedy->offered || !run) {
        clerk_add(clerk, REASON_STATE, remedy->cites,
                  remedy->offered ? MESSAGE_remedy_no_run : MESSAGE_remedy_silent,
                  remedy_name(kind), NULL, NULL, NULL);
    } else if (event == EVENT_TAKE_BACK) {
        check_back(clerk, fold, run, attempt);
    } else {
        check_who(clerk, fold, kind, run, attempt);
        check_card(clerk, fold, kind, run);
    }
    return clerk_done(clerk);
}
