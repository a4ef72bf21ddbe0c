/* verb_rules.c: the policy of new cases in tables: articles and what came of each, clocks, steps.
 */
#include <string.h>

#include "core/draft.h"
#include "data/desk.h"
#include "data/desk/inside.h"
#include "data/desk/limit_words.h"

enum { CITING_MOST = 200 }; /* bytes of titles that cite an article */

static void put_cites(struct asking *asking, struct table *table, struct cites cites)
{
    struct text text = {0};
    reply_cites(asking, asking->counter->current->policy, cites, &text);
    table_text(table, text.length ? text_bytes(&text) : NULL);
    text_free(&text);
}

/* ---- articles ---- */

/* Titles of what cites it, in both languages, and how many there are. */
static void put_citing(struct table *table, const struct draft *draft, const char *number)
{
    struct text zh = {0}, en = {0};
    int64_t count = 0;
    for (size_t i = 0; i < draft_count(draft); i++) {
        const struct draft_thing *thing = draft_at(draft, i);
        const char *title = draft_text(thing, "title"), *english = draft_text(thing, "en");
        if (!draft_cites(thing, number)) {
            continue;
        }
        count++;
        if (title && zh.length < CITING_MOST) {
            text_addf(&zh, "%s%s", zh.length ? "、" : "", title);
            text_addf(&en, "%s%s", en.length ? ", " : "", english ? english : thing->name);
        }
    }
    table_int(table, count);
    table_both(table, text_bytes(&zh), text_bytes(&en));
    text_free(&zh);
    text_free(&en);
}

static void put_articles(struct asking *asking)
{
    static const struct column columns[] = {
        {"article", CELL_NUMBER, N_("article")}, {"title", CELL_TEXT, N_("title")},
        {"things", CELL_NUMBER, N_("comes to")}, {"citing", CELL_TEXT, N_("what came of it")},
        {"summary", CELL_TEXT, N_("summary")},   {"silent", CELL_TEXT, N_("why nothing")}};
    const struct rulebook *rulebook = asking->counter->current;
    const struct policy *policy = rulebook->policy;
    struct table *table = parcel_table(asking->reply, "articles", columns, 6);
    for (int32_t i = 0; i < policy->article_count; i++) {
        const struct article *article = &policy->articles[i];
        table_int(table, article->number);
        table_both(table, article->title.zh, article->title.en);
        put_citing(table, rulebook->draft, article->title.name);
        table_both(table, article->summary ? article->summary : "",
                   article->summary_en ? article->summary_en
                   : article->summary  ? article->summary
                                       : "");
        table_text(table, article->silent);
    }
}

/* What of a thing of the policy is told with it, as it is written: the first value bare, others
 * behind their keys. */
static const struct {
    enum kind kind;
    const char *keys[4];
} told[] = {{KIND_CLOCK, {"limit", "least", "until", "expires"}},
            {KIND_RULE, {"must", "else", NULL}},
            {KIND_DUTY, {"due", "each", "when", NULL}},
            {KIND_TERM, {"means", NULL}},
            {KIND_USAGE, {"when", "for", NULL}},
            {KIND_DRIFT, {"when", NULL}},
            {KIND_SCORE, {"each", NULL}},
            {KIND_BILL, {"due", "each", "when", NULL}}};

static void put_written(struct asking *asking, const struct draft_thing *thing, struct table *table)
{
    const struct policy *policy = asking->counter->current->policy;
    struct text written = {0};
    for (int32_t i = 0; thing->kind == KIND_QUESTION && i < policy->question_count; i++) {
        const struct question *question = &policy->questions[i];
        const struct title *answer = &question->options[question->answer].title;
        if (strcmp(question->title.name, thing->name) == 0) {
            table_both(table, answer->zh, answer->en);
            return;
        }
    }
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        for (int k = 0; told[i].kind == thing->kind && k < 4 && told[i].keys[k]; k++) {
            const char *value = draft_text(thing, told[i].keys[k]);
            if (value) {
                text_addf(&written, "%s%s%s%s", written.length ? ", " : "",
                          k ? told[i].keys[k] : "", k ? " " : "", value);
            }
        }
    }
    table_text(table, written.length ? text_bytes(&written) : NULL);
    text_free(&written);
}

/* Of each article all that cites it, in the order written. */
static void put_became(struct asking *asking)
{
    static const struct column columns[] = {{"article", CELL_NUMBER, N_("article")},
                                            {"kind", CELL_NAME, N_("kind")},
                                            {"name", CELL_NAME, N_("name")},
                                            {"title", CELL_TEXT, N_("title")},
                                            {"written", CELL_TEXT, N_("as written")}};
    const struct rulebook *rulebook = asking->counter->current;
    struct table *table = parcel_table(asking->reply, "became", columns, 5);
    for (int32_t i = 0; i < rulebook->policy->article_count; i++) {
        const struct article *article = &rulebook->policy->articles[i];
        for (size_t t = 0; t < draft_count(rulebook->draft); t++) {
            const struct draft_thing *thing = draft_at(rulebook->draft, t);
            const char *title = draft_text(thing, "title"), *english = draft_text(thing, "en");
            if (!draft_cites(thing, article->title.name)) {
                continue;
            }
            table_int(table, article->number);
            table_text(table, language_kind(thing->kind)->name);
            table_text(table, thing->name);
            table_both(table, title ? title : thing->name, english ? english : thing->name);
            put_written(asking, thing, table);
        }
    }
}

/* ---- clocks ---- */

static void put_limit_words(const struct policy *policy, const struct clock *clock,
                            struct table *table)
{
    struct text zh = {0}, en = {0};
    if (clock && limit_words(policy, clock, &zh, &en)) {
        table_both(table, text_bytes(&zh), text_bytes(&en));
    } else {
        table_text(table, NULL);
    }
    text_free(&zh);
    text_free(&en);
}

static bool has_clock(const struct procedure *procedure, int32_t clock)
{
    bool has = false;
    for (int32_t i = 0; i < procedure->clocks.count; i++) {
        has |= procedure->clocks.items[i] == clock;
    }
    return has;
}

/* What the event that comes of CLOCK when it runs out is called, where that clock runs. */
static void put_becomes(const struct policy *policy, int32_t clock, struct table *table)
{
    int32_t symbol = policy->clocks[clock].expires;
    const struct title *found = NULL;
    for (int32_t p = 0; symbol && p < policy->procedure_count && !found; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        for (int32_t i = 0; has_clock(procedure, clock) && i < procedure->event_count; i++) {
            const struct title *title = &procedure->events[i].title;
            found = title->symbol == symbol ? title : found;
        }
    }
    if (found) {
        table_both(table, found->zh, found->en);
    } else {
        table_text(table, NULL);
    }
}

static void put_clocks(struct asking *asking)
{
    static const struct column columns[] = {{"clock", CELL_NAME, N_("name")},
                                            {"title", CELL_TEXT, N_("clock")},
                                            {"limit", CELL_TEXT, N_("limit")},
                                            {"least", CELL_TEXT, N_("not before")},
                                            {"basis", CELL_NAME, N_("basis")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"expires", CELL_NAME, N_("when it runs out")},
                                            {"words", CELL_TEXT, N_("limit in words")},
                                            {"becomes", CELL_TEXT, N_("when it runs out")}};
    const struct rulebook *rulebook = asking->counter->current;
    const struct policy *policy = rulebook->policy;
    struct table *table =
        parcel_table(asking->reply, "clocks", columns, sizeof columns / sizeof *columns);
    for (int32_t i = 0; i < policy->clock_count; i++) {
        const struct clock *clock = &policy->clocks[i];
        const struct draft_thing *thing =
            draft_find(rulebook->draft, KIND_CLOCK, "", clock->title.name);
        table_text(table, clock->title.name);
        table_both(table, clock->title.zh, clock->title.en);
        table_text(table, thing ? draft_text(thing, "limit") : NULL);
        table_text(table, thing ? draft_text(thing, "least") : NULL);
        table_text(table, basis_name(clock->basis));
        put_cites(asking, table, clock->cites);
        table_text(table, thing ? draft_text(thing, "expires") : NULL);
        put_limit_words(policy, clock, table);
        put_becomes(policy, i, table);
    }
}

/* ---- steps ---- */

static void put_where(struct table *table, const struct procedure *procedure,
                      const struct event *event)
{
    const struct destination *to = event->to_count ? &event->to[event->to_count - 1] : NULL;
    if (to && to->state >= 0) {
        const struct title *title = &procedure->states[to->state].title;
        table_both(table, title->zh, title->en);
    } else if (to && to->state == TO_BACK) {
        table_both(table, "退回来处", "back");
    } else {
        table_text(table, NULL);
    }
}

static void put_step(struct asking *asking, struct table *table, const struct policy *policy,
                     const struct procedure *procedure, const struct state *state,
                     const struct event *event)
{
    const struct title *with =
        state->with.kind == WHO_ROLE ? &policy->roles[state->with.index].title : NULL;
    table_text(table, procedure->title.name);
    table_both(table, procedure->title.zh, procedure->title.en);
    table_both(table, state->title.zh, state->title.en);
    if (with) {
        table_both(table, with->zh, with->en);
    } else {
        table_text(table, NULL);
    }
    table_both(table, event->title.zh, event->title.en);
    put_where(table, procedure, event);
    put_cites(asking, table, event->cites);
}

static void put_steps(struct asking *asking)
{
    static const struct column columns[] = {{"procedure", CELL_NAME, N_("procedure")},
                                            {"procedure_title", CELL_TEXT, N_("procedure")},
                                            {"state", CELL_TEXT, N_("state")},
                                            {"with", CELL_TEXT, N_("whose turn")},
                                            {"event", CELL_TEXT, N_("what can be done")},
                                            {"to", CELL_TEXT, N_("leads to")},
                                            {"article", CELL_NAME, N_("article")}};
    const struct policy *policy = asking->counter->current->policy;
    struct table *table = parcel_table(asking->reply, "steps", columns, 7);
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        for (int32_t s = 0; s < procedure->state_count; s++) {
            for (int32_t e = 0; e < procedure->event_count; e++) {
                if (procedure->events[e].from >> s & 1) {
                    put_step(asking, table, policy, procedure, &procedure->states[s],
                             &procedure->events[e]);
                }
            }
        }
    }
}

/* ---- one procedure ---- */

struct counting {
    const char *procedure;
    struct table *table;
    struct text state; /* being counted */
    int64_t n;
};

static void end_count(struct counting *counting)
{
    if (counting->n > 0) {
        table_text(counting->table, text_bytes(&counting->state));
        table_int(counting->table, counting->n);
    }
    counting->n = 0;
}

/* They come by procedure and state. */
static int count(void *self, const struct tally_row *row)
{
    struct counting *counting = self;
    if (strcmp(row->procedure, counting->procedure) != 0) {
        return 0;
    }
    if (strcmp(row->state, text_bytes(&counting->state)) != 0) {
        end_count(counting);
        text_clear(&counting->state);
        text_add(&counting->state, row->state);
    }
    counting->n += row->n;
    return counting->state.failed;
}

static int reply_flow(struct asking *asking, const char *procedure)
{
    static const struct column columns[] = {{"state", CELL_NAME, N_("state")},
                                            {"n", CELL_NUMBER, N_("cases")}};
    struct sight sight = sight_of(asking);
    if (desk_flow(asking->counter->current->policy, procedure, asking->reply) != 0) {
        return refuse_procedure(asking, procedure);
    }
    struct counting counting = {.procedure = procedure,
                                .table = parcel_table(asking->reply, "counts", columns, 2)};
    int status =
        list_tally(asking->counter->store, &sight, asking->now, count, &counting, asking->error);
    end_count(&counting);
    text_free(&counting.state);
    return status;
}

int verb_rules(struct asking *asking)
{
    const char *procedure = asked(asking, "procedure");
    if (procedure) {
        return reply_flow(asking, procedure);
    }
    put_articles(asking);
    put_became(asking);
    put_clocks(asking);
    put_steps(asking);
    return 0;
}
