/* fold_mark.c: cards explained and waived (POLICY guide, rule 7.19). A mark stands beside the card
 * and changes no day. */
#include <string.h>

#include "core/fold.h"

static const char *const names[] = {[CARD_NONE] = "none",
                                    [CARD_BLUE] = "blue",
                                    [CARD_YELLOW] = "yellow",
                                    [CARD_RED] = "red",
                                    [CARD_DOUBLE] = "double"};

const char *name_of_card(enum card card)
{
    return names[card];
}

enum card card_of_name(const char *name, size_t length)
{
    for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
        if (strlen(names[card]) == length && memcmp(names[card], name, length) == 0) {
            return (enum card)card;
        }
    }
    return CARD_NONE;
}

enum card run_worst(const struct run *run)
{
    enum card worst = run->card;
    for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
        worst = run->card_at[card] != MOMENT_NONE && card > (int)worst ? (enum card)card : worst;
    }
    return worst;
}

static enum card worst_marked(const int32_t *acts)
{
    int card = CARD_DOUBLE;
    while (card > CARD_NONE && !acts[card]) {
        card--;
    }
    return (enum card)card;
}

enum card run_waived(const struct run *run)
{
    return worst_marked(run->waived);
}

enum card run_explained(const struct run *run)
{
    return worst_marked(run->explained);
}

bool run_excused(const struct run *run)
{
    enum card waived = run_waived(run);
    return waived > CARD_NONE && waived >= run_worst(run);
}

static bool is(const char *name, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(name, word, length) == 0;
}

static int32_t round_of(const char *value, size_t length)
{
    int64_t micro;
    bool number = decimal_parse(value, length, &micro) && micro > 0 && micro % MICRO == 0 &&
                  micro / MICRO < INT32_MAX;
    return number ? (int32_t)(micro / MICRO) : -1;
}

struct marked marks_read(const struct policy *policy, const struct act *act)
{
    struct marked marked = {-1, -1, CARD_NONE};
    const char *at = act->facts, *end = at + act->facts_length, *name, *value;
    size_t name_length, length;
    while (act->facts_length && facts_next(&at, end, &name, &name_length, &value, &length)) {
        if (is(name, name_length, "card.clock")) {
            int32_t symbol = names_find(policy->names, value, length);
            marked.clock = symbol ? policy->clock_of[symbol] : -1;
        } else if (is(name, name_length, "card.round")) {
            marked.round = round_of(value, length);
        } else if (is(name, name_length, "card.card")) {
            marked.card = card_of_name(value, length);
        }
    }
    return marked;
}

struct run *marks_run(struct fold *fold, int32_t clock, int32_t round)
{
    struct run *run = clock >= 0 ? clocks_run(fold, clock) : NULL;
    if (!run || round < 1 || run->round == round) {
        return run && round >= 1 ? run : NULL;
    }
    for (size_t i = 0; i < fold->past_count; i++) {
        if (fold->past[i].clock == clock && fold->past[i].round == round) {
            return &fold->past[i];
        }
    }
    return NULL;
}

void marks_enter(struct fold *fold, int32_t event, const struct act *act, int32_t number)
{
    struct marked marked = marks_read(fold->policy, act);
    struct run *run = marks_run(fold, marked.clock, marked.round);
    if (!run || marked.card == CARD_NONE) {
        return;
    }
    if (event == EVENT_EXPLAIN) {
        run->explained[marked.card] = number;
    } else {
        run->waived[marked.card] = event == EVENT_WAIVE ? number : 0;
    }
}
