/*
 * test_check.c: checks 3 and 5 of the guide's section 11 against all the ways a case can go.
 *
 * Procedures are made up at random; every way through each is walked, `back` remembering where it
 * came from, and what the compiler finds must be what the walk saw: states never reached, and
 * clocks that come to run while their anchor need not have a date. That each check says what it
 * should is in test/broken/.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test/support/source_text.h"

enum { STATES = 5, EVENTS = 6, OVER = STATES - 1, BEGINS = 0, CONFIGS = 1 << 17 };
enum to_kind { TO_STATES, TO_BACK_AGAIN, TO_NOWHERE };
enum anchor { AT_EVENT, AT_STATE, AT_FIELD, AT_CLOCK, ANCHORS };

static const char *const state_names[STATES] = {"draft", "alpha", "beta", "gamma", "over"};

struct event_made {
    unsigned from; /* states */
    enum to_kind kind;
    int to[2]; /* the same twice: one */
    bool asks; /* the field `on` */
};
struct procedure_made {
    struct event_made events[EVENTS];
    enum anchor anchor;
    unsigned named, other; /* states that name clock c; clock d, whose end is the anchor */
    unsigned edit;         /* states in which the application, with `on`, is open */
    bool applied;          /* `on` is in the application */
};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 10;
}

static struct procedure_made make_procedure(uint32_t *seed)
{
    struct procedure_made made = {.anchor = (enum anchor)(next_random(seed) % ANCHORS)};
    for (int i = 0; i < EVENTS; i++) {
        struct event_made *event = &made.events[i];
        event->from = next_random(seed) & next_random(seed) & 15;
        event->from = event->from ? event->from : 1u << next_random(seed) % OVER;
        uint32_t kind = next_random(seed) % 8;
        event->kind = kind == 0 ? TO_NOWHERE : kind <= 2 ? TO_BACK_AGAIN : TO_STATES;
        event->to[0] = next_random(seed) % 3 ? 1 + i % 3 : (int)(next_random(seed) % STATES);
        event->to[1] = next_random(seed) % 3 ? event->to[0] : (int)(next_random(seed) % STATES);
        event->asks = next_random(seed) % 3 == 0;
    }
    made.events[EVENTS - 1] = (struct event_made){15, TO_STATES, {OVER, OVER}, false};
    made.named = 1u << next_random(seed) % OVER | (next_random(seed) & next_random(seed) & 15);
    made.other = 1u << next_random(seed) % OVER | (next_random(seed) & next_random(seed) & 15);
    made.applied = next_random(seed) % 2;
    made.edit = next_random(seed) & next_random(seed) & 15;
    return made;
}

/* ---- as a policy ---- */

static void write_states(struct text *out, const struct procedure_made *made)
{
    text_add(out, "[state.p]\n");
    for (int s = 0; s < OVER; s++) {
        bool c = made->named >> s & 1, d = made->other >> s & 1;
        text_addf(out, "%s = 态, with unit%s%s%s\n", state_names[s],
                  c && d ? ", clock c, dd"
                  : c    ? ", clock c"
                  : d    ? ", clock dd"
                         : "",
                  "", made->edit >> s & 1 ? ", edit" : "");
    }
    text_add(out, "over = 毕, final done\n");
}

static void write_event(struct text *out, const struct event_made *event, int number)
{
    const char *joint = "from ";
    text_addf(out, "e%d = 事, ", number);
    for (int s = 0; s < OVER; s++) {
        if (event->from >> s & 1) {
            text_addf(out, "%s%s", joint, state_names[s]);
            joint = ", ";
        }
    }
    if (event->kind == TO_BACK_AGAIN) {
        text_add(out, ", to back");
    } else if (event->kind == TO_STATES && event->to[0] == event->to[1]) {
        text_addf(out, ", to %s", state_names[event->to[0]]);
    } else if (event->kind == TO_STATES) {
        text_addf(out, ", to %s if willing, %s", state_names[event->to[0]],
                  state_names[event->to[1]]);
    }
    text_add(out, event->asks ? ", form on\n" : "\n");
}

static void write_policy(struct text *out, const struct procedure_made *made)
{
    static const char *const anchors[] = {"e0", "beta", "on", "end of dd"};
    text_add(out,
             "[policy]\nschema = 1\nid = t\ntitle = 试\neffective = 2018-01-01\ncalendar = cn\n"
             "timezone = Asia/Shanghai\nbackward = mirror\nroll = next\n"
             "[article]\n1 = 一, summary 一\n[role]\nunit = 单位, sees own\n"
             "[field.sheet]\nwilling = 愿, yesno\non = 日, date\n");
    text_addf(out,
              "[procedure]\np = 事, by unit, begins draft, article 1, form willing%s\n"
              "q = 他事, by unit, begins idle, article 1, form on\n",
              made->applied ? ", on" : "");
    write_states(out, made);
    text_add(out, "[event.p]\n");
    for (int i = 0; i < EVENTS; i++) {
        write_event(out, &made->events[i], i);
    }
    text_add(out, "[state.q]\nidle = 闲, with unit, clock dd\nended = 止, final done\n"
                  "[event.q]\nfinish = 止, from idle, to ended\n"
                  "[clock]\ndd = 他钟, limit 5wd, article 1\n");
    text_addf(out, "c = 钟, limit 5wd after %s, article 1\n", anchors[made->anchor]);
}

/* ---- as all its ways ---- */

/* Where a case is, whether the anchor has its date, and for each state the one it was last entered
 * from other than by `back` (STATES: never). */
struct config {
    uint8_t at, dated;
    uint8_t came[STATES];
};
struct walk {
    const struct procedure_made *made;
    struct config *queue;
    size_t count;
    uint8_t *seen;
    unsigned reached, undated; /* states; states that name c entered without its date */
};

static bool dated_in(const struct procedure_made *made, int state)
{
    switch (made->anchor) {
    case AT_STATE:
        return strcmp(state_names[state], "beta") == 0;
    case AT_CLOCK:
        return made->other >> state & 1;
    default:
        return false;
    }
}

/* The application is asked for where it is open, and at the opening where it is not open then. */
static bool asked_in(const struct procedure_made *made, int state)
{
    return made->anchor == AT_FIELD && made->applied && (made->edit >> state & 1);
}

static void arrive(struct walk *walk, struct config config)
{
    size_t key = (size_t)config.at * 2 + config.dated;
    for (int s = 0; s < STATES; s++) {
        key = key * (STATES + 1) + config.came[s];
    }
    assert_true(key < (size_t)STATES * 2 * 7776);
    if (!walk->seen[key]) {
        walk->seen[key] = 1;
        assert_true(walk->count < CONFIGS);
        walk->queue[walk->count++] = config;
    }
}

static void enter(struct walk *walk, struct config config, int state, bool back)
{
    if (!back && state != config.at) {
        config.came[state] = config.at;
    }
    config.at = (uint8_t)state;
    config.dated |= dated_in(walk->made, state);
    arrive(walk, config);
}

static void step(struct walk *walk, struct config config, int number)
{
    const struct event_made *event = &walk->made->events[number];
    config.dated |= (walk->made->anchor == AT_EVENT && number == 0) ||
                    (walk->made->anchor == AT_FIELD && event->asks) ||
                    asked_in(walk->made, config.at);
    if (event->kind == TO_NOWHERE) {
        arrive(walk, config);
    } else if (event->kind == TO_STATES) {
        enter(walk, config, event->to[0], false);
        enter(walk, config, event->to[1], false);
    } else if (config.came[config.at] < STATES) {
        enter(walk, config, config.came[config.at], true);
    }
}

static void walk_all(struct walk *walk)
{
    struct config first = {.at = BEGINS};
    memset(first.came, STATES, sizeof first.came);
    bool opening =
        walk->made->anchor == AT_FIELD && walk->made->applied && !(walk->made->edit >> BEGINS & 1);
    first.dated = dated_in(walk->made, BEGINS) || opening;
    arrive(walk, first);
    for (size_t i = 0; i < walk->count; i++) {
        struct config config = walk->queue[i];
        walk->reached |= 1u << config.at;
        bool dated = config.dated || asked_in(walk->made, config.at);
        walk->undated |= !dated && (walk->made->named >> config.at & 1) ? 1u << config.at : 0;
        for (int e = 0; config.at != OVER && e < EVENTS; e++) {
            if (walk->made->events[e].from >> config.at & 1) {
                step(walk, config, e);
            }
        }
    }
}

/* ---- both say the same ---- */

/* The states that findings of kind ID name in argument A. */
static unsigned states_told(const struct findings *findings, enum message_id id, int a)
{
    unsigned states = 0;
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct message *message = &findings_at(findings, i)->message;
        for (int s = 0; message->id == id && s < STATES; s++) {
            states |= strcmp(message->arg[a], state_names[s]) == 0 ? 1u << s : 0;
        }
    }
    return states;
}

static void check_procedure(const struct procedure_made *made, struct walk *walk, int *judged)
{
    struct text text = {0};
    struct findings *findings = findings_new();
    write_policy(&text, made);
    struct draft *draft = draft_of_text(text_bytes(&text), findings);
    struct policy *policy = policy_compile(draft, NULL, 0, findings);
    unsigned unreached = states_told(findings, MESSAGE_check_unreached, 0);
    unsigned undated = states_told(findings, MESSAGE_check_undated, 2);
    unsigned lowest = walk->undated & (~walk->undated + 1); /* the first is told */
    bool right = unreached == (~walk->reached & 31u);
    if (!unreached) {
        right &= undated == lowest && (policy != NULL) == (lowest == 0);
        judged[lowest != 0]++;
    }
    if (!right) {
        char *said = findings_text(findings);
        print_message("walked: reached %x, undated %x; found:\n%s", walk->reached, walk->undated,
                      said);
        print_message("%s", strstr(text_bytes(&text), "[procedure]"));
        free(said);
        fail();
    }
    policy_free(policy);
    draft_free(draft);
    findings_free(findings);
    text_free(&text);
}

static void findings_are_what_a_walk_sees(void **state)
{
    (void)state;
    uint32_t seed = 2019;
    int judged[2] = {0, 0};
    struct walk walk = {.queue = calloc(CONFIGS, sizeof *walk.queue),
                        .seen = calloc((size_t)STATES * 2 * 7776, 1)};
    assert_non_null(walk.queue);
    assert_non_null(walk.seen);
    for (int round = 0; round < 2000; round++) {
        struct procedure_made made = make_procedure(&seed);
        walk.made = &made;
        walk.count = walk.reached = walk.undated = 0;
        memset(walk.seen, 0, (size_t)STATES * 2 * 7776);
        walk_all(&walk);
        check_procedure(&made, &walk, judged);
    }
    print_message("%d dated, %d undated\n", judged[0], judged[1]);
    assert_true(judged[0] > 100 && judged[1] > 100);
    free(walk.queue);
    free(walk.seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_are_what_a_walk_sees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
