/* fold_alike.c: two folds of one case. */
#include "test/support/fold_alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/fold.h"

static void runs_alike(const struct run *a, const struct run *b)
{
    assert_int_equal(a->clock, b->clock);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->round, b->round);
    assert_int_equal(a->started, b->started);
    assert_int_equal(a->ended, b->ended);
    assert_ptr_equal(a->limit, b->limit);
    assert_int_equal(a->anchor, b->anchor);
    assert_int_equal(a->has_due, b->has_due);
    assert_int_equal(a->due.at, b->due.at);
    assert_int_equal(a->due.over, b->due.over);
    assert_int_equal(a->least_day, b->least_day);
    assert_int_equal(a->held_since, b->held_since);
    assert_int_equal(a->left, b->left);
    assert_int_equal(a->late, b->late);
    assert_int_equal(a->card, b->card);
    assert_memory_equal(a->card_at, b->card_at, sizeof a->card_at);
    assert_memory_equal(a->threshold, b->threshold, sizeof a->threshold);
    assert_memory_equal(a->explained, b->explained, sizeof a->explained);
    assert_memory_equal(a->waived, b->waived, sizeof a->waived);
    assert_int_equal(a->expired, b->expired);
    assert_int_equal(a->stay, b->stay);
    assert_int_equal(a->due_since, b->due_since);
    assert_int_equal(a->adjusts, b->adjusts);
}

static void slots_alike(const struct slot *a, const struct slot *b)
{
    assert_int_equal(a->text != NULL, b->text != NULL);
    assert_int_equal(a->act, b->act);
    assert_int_equal(a->value.known, b->value.known);
    assert_int_equal(a->value.known ? a->value.n : 0, b->value.known ? b->value.n : 0);
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->text ? a->text : "", b->text ? b->text : "", a->length);
}

static void facts_alike(const struct fold *a, const struct fold *b)
{
    const struct policy *policy = a->policy;
    assert_int_equal(a->file.line_count, b->file.line_count);
    for (int32_t i = 0; i < policy->slot_count; i++) {
        slots_alike(&a->slots[i], &b->slots[i]);
    }
    for (int32_t i = 0; i < a->file.line_count; i++) {
        assert_int_equal(a->lines[i].length, b->lines[i].length);
        assert_memory_equal(a->lines[i].code, b->lines[i].code, a->lines[i].length);
    }
    for (int32_t i = 0; i < a->file.line_count * policy->column_count; i++) {
        slots_alike(&a->columns[i], &b->columns[i]);
    }
}

void folds_alike(const struct fold *a, const struct fold *b)
{
    const struct casefile *x = &a->file, *y = &b->file;
    const struct procedure *procedure = x->procedure;
    assert_int_equal(x->state, y->state);
    assert_int_equal(x->closed, y->closed);
    assert_int_equal(x->entered, y->entered);
    assert_int_equal(x->changed, y->changed);
    assert_int_equal(x->owner, y->owner);
    assert_int_equal(x->payer, y->payer);
    assert_int_equal(x->with, y->with);
    assert_int_equal(x->with_role, y->with_role);
    assert_int_equal(x->act_count, y->act_count);
    assert_int_equal(x->last_event, y->last_event);
    assert_int_equal(x->overrides, y->overrides);
    assert_int_equal(x->wake.at, y->wake.at);
    assert_int_equal(x->wake.event, y->wake.event);
    assert_int_equal(x->wake.clock, y->wake.clock);
    assert_int_equal(x->run_count, y->run_count);
    assert_int_equal(x->past_count, y->past_count);
    for (int32_t i = 0; i < x->run_count; i++) {
        runs_alike(&x->runs[i], &y->runs[i]);
    }
    for (size_t i = 0; i < x->past_count; i++) {
        runs_alike(&x->past[i], &y->past[i]);
    }
    for (int32_t i = 0; i < procedure->event_count; i++) {
        assert_int_equal(x->count[i], y->count[i]);
        assert_int_equal(x->event_at[i], y->event_at[i]);
    }
    for (int32_t i = 0; i < procedure->state_count; i++) {
        assert_int_equal(x->state_at[i], y->state_at[i]);
        assert_int_equal(a->came_from[i], b->came_from[i]);
    }
    assert_int_equal(a->signature_count, b->signature_count);
    facts_alike(a, b);
}
