/* replies.c: cases, clocks and reasons as tables. */
#include <string.h>

#include "core/near.h"
#include "data/desk/inside.h"

static const char *const run_states[] = {"none", "waiting", "running", "held",
                                         "met",  "late",    "dropped"};

/* ---- grounds ---- */

static void put_law(struct asking *asking, const struct law *law)
{
    static const struct column columns[] = {{"name", CELL_NAME, N_("law")},
                                            {"title", CELL_TEXT, N_("title")}};
    struct table *table = parcel_more(asking->reply, "laws", columns, 2);
    for (size_t row = 0; row < table_rows(table); row++) {
        if (strcmp(table_cell(table, row, "name"), law->title.name) == 0) {
            return;
        }
    }
    table_text(table, law->title.name);
    table_both(table, law->title.zh, law->title.en);
}

void reply_cites(struct asking *asking, const struct policy *policy, struct cites cites,
                 struct text *out)
{
    for (int32_t i = 0; i < cites.count; i++) {
        if (cites.items[i].kind != CITE_ARTICLE) {
            put_law(asking, &policy->laws[cites.items[i].index]);
        }
    }
    policy_cites_text(policy, cites, out);
}

/* ---- reasons ---- */

static const char *const reason_kinds[] = {"state", "when", "role", "date", "field", "rule"};

/* What a rule that is not met leaves open: nothing; to go on with a written reason; the same for
 * some roles only. */
static const char *const else_names[] = {"refuse", "reason", "roles", "ignore"};

/* The entry a condition speaks of first; NULL where it speaks of none. */
static const struct title *spoken_of(const struct policy *policy, const struct expr *expr)
{
    if (!expr) {
        return NULL;
    }
    int32_t own = ITEM_MEASURES + policy->measures.count;
    if (expr->op == EXPR_FACT && expr->index < policy->field_count) {
        return &policy->fields[expr->index].title;
    }
    if (expr->op == EXPR_ITEM && expr->index >= own) {
        return &policy->columns[expr->index - own]->title;
    }
    bool list = expr->op == EXPR_ITEM || expr->op == EXPR_TOTAL || expr->op == EXPR_GROW;
    if (list && policy->items_field >= 0) {
        return &policy->fields[policy->items_field].title;
    }
    const struct title *left = spoken_of(policy, expr->left);
    return left ? left : spoken_of(policy, expr->right);
}

static bool asks_listed(const struct expr *expr)
{
    return expr && ((expr->op == EXPR_ITEM && expr->index == ITEM_LISTED) ||
                    asks_listed(expr->left) || asks_listed(expr->right));
}

/* The product on sale that CODE is nearest to, by its code or its name; NULL none. */
static const struct entry *nearest_product(struct asking *asking, const char *code)
{
    const struct shelf *products = book_shelf(asking->counter, BOOK_PRODUCT);
    struct near_word nearest = near_begin(code, strlen(code));
    const struct entry *found = NULL;
    for (size_t i = 0; i < products->count; i++) {
        const struct entry *product = products->items[i];
        const char *before = nearest.best;
        if (entry_valid(product, moment_day(asking->now))) {
            near_offer(&nearest, product->thing.code);
            near_offer(&nearest, product->thing.name);
        }
        found = nearest.best != before ? product : found;
    }
    return found;
}

/* SENTENCE of a rule on what the catalogue has, with the lines that it has not and what may have
 * been meant, in both languages. */
static const char *with_nearest(struct asking *asking, const struct rulebook *rulebook,
                                const char *sentence)
{
    const struct casefile *file = fold_result(rulebook->fold);
    const char *english = strchr(sentence, MESSAGE_BOTH);
    struct text zh = {0}, en = {0};
    text_add_n(&zh, sentence, english ? (size_t)(english - sentence) : strlen(sentence));
    text_add(&en, english ? english + 1 : sentence);
    for (int32_t i = 0; i < file->line_count; i++) {
        struct value listed = fold_column(rulebook->fold, i, ITEM_LISTED);
        if (listed.known && !listed.n) {
            const struct line *line = &file->lines[i];
            const char *code = arena_text(asking->arena, line->code, line->length);
            const struct entry *nearest = nearest_product(asking, code);
            text_addf(&zh, "；目录中没有“%s”%s%s", code, nearest ? "，最接近的是" : "",
                      nearest ? nearest->thing.code : "");
            text_addf(&en, "; the catalogue has no “%s”%s%s", code, nearest ? ", perhaps " : "",
                      nearest ? nearest->thing.code : "");
            if (nearest && strcmp(nearest->thing.name, nearest->thing.code) != 0) {
                text_addf(&zh, "（%s）", nearest->thing.name);
                text_addf(&en, " (%s)", nearest->thing.name);
            }
        }
    }
    const char *in_zh = arena_keep(asking->arena, &zh), *in_en = arena_keep(asking->arena, &en);
    return message_both(asking->arena, in_zh, in_en);
}

void reply_reasons(struct asking *asking, const struct rulebook *rulebook,
                   const struct procedure *procedure, const struct reason *reasons, size_t count)
{
    static const struct column columns[] = {{"kind", CELL_NAME, N_("kind")},
                                            {"rule", CELL_NAME, N_("rule")},
                                            {"field", CELL_NAME, N_("field")},
                                            {"title", CELL_TEXT, N_("field")},
                                            {"line", CELL_NAME, N_("line")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"sentence", CELL_NAME, N_("what")},
                                            {"a", CELL_TEXT, NULL},
                                            {"b", CELL_TEXT, NULL},
                                            {"c", CELL_TEXT, NULL},
                                            {"d", CELL_TEXT, NULL},
                                            {"else", CELL_NAME, N_("else")},
                                            {"about", CELL_NAME, N_("field")}};
    struct table *table =
        parcel_table(asking->reply, "reasons", columns, sizeof columns / sizeof *columns);
    const struct policy *policy = rulebook->policy;
    for (size_t i = 0; i < count; i++) {
        const struct reason *reason = &reasons[i];
        const struct title *field =
            reason->field >= 0 ? &policy->fields[reason->field].title : NULL;
        struct text cites = {0};
        reply_cites(asking, policy, reason->cites, &cites);
        table_text(table, reason_kinds[reason->kind]);
        table_text(table, reason->rule >= 0 ? procedure->rules[reason->rule].title.name : NULL);
        table_text(table, field ? field->name : NULL);
        if (field) {
            table_both(table, field->zh, field->en);
        } else {
            table_text(table, NULL);
        }
        table_text(table, reason->code);
        table_text(table, cites.length ? text_bytes(&cites) : NULL);
        table_text(table, message_english(reason->message.id));
        bool catalogue = reason->rule >= 0 && reason->message.arg[0] &&
                         asks_listed(procedure->rules[reason->rule].must);
        for (int k = 0; k < 4; k++) {
            const char *arg = reason->message.arg[k];
            table_text(table, k == 0 && catalogue ? with_nearest(asking, rulebook, arg) : arg);
        }
        table_text(table,
                   reason->rule >= 0 ? else_names[procedure->rules[reason->rule].otherwise] : NULL);
        const struct title *about =
            reason->rule >= 0 ? spoken_of(policy, procedure->rules[reason->rule].must) : field;
        table_text(table, about ? about->name : NULL);
        text_free(&cites);
    }
}

/* ---- clocks ---- */

static const struct column clock_columns[] = {{"clock", CELL_NAME, N_("clock")},
                                              {"title", CELL_TEXT, N_("clock")},
                                              {"state", CELL_NAME, N_("state")},
                                              {"round", CELL_NUMBER, N_("round")},
                                              {"started", CELL_MOMENT, N_("since")},
                                              {"ended", CELL_MOMENT, N_("ended")},
                                              {"due", CELL_MOMENT, N_("due")},
                                              {"least", CELL_DAY, N_("not before")},
                                              {"left", CELL_NUMBER, N_("left")},
                                              {"unit", CELL_NAME, N_("unit")},
                                              {"card", CELL_CARD, N_("card")},
                                              {"worst", CELL_CARD, N_("worst card")},
                                              {"provisional", CELL_YESNO, N_("provisional")},
                                              {"held", CELL_MOMENT, N_("held since")},
                                              {"strict", CELL_DAY, N_("strict")},
                                              {"lenient", CELL_DAY, N_("lenient")},
                                              {"article", CELL_NAME, N_("article")},
                                              {"basis", CELL_NAME, N_("basis")},
                                              {"counts", CELL_NAME, N_("counts in")},
                                              {"span", CELL_NUMBER, N_("from start to due")},
                                              {"blue", CELL_MOMENT, N_("blue card")},
                                              {"yellow", CELL_MOMENT, N_("yellow card")},
                                              {"red", CELL_MOMENT, N_("red card")},
                                              {"double", CELL_MOMENT, N_("double red card")},
                                              {"explained", CELL_CARD, N_("explained")},
                                              {"waived", CELL_CARD, N_("waived")}};

/* When each card came; one that has not, while the clock runs, when it comes. */
static void put_cards(struct table *table, const struct run *run)
{
    for (int card = CARD_BLUE; card <= CARD_DOUBLE; card++) {
        bool comes = run->card_at[card] == MOMENT_NONE && run->state == RUN_RUNNING;
        table_moment(table, comes ? run->threshold[card] : run->card_at[card]);
    }
    table_text(table, run_explained(run) ? name_of_card(run_explained(run)) : NULL);
    table_text(table, run_waived(run) ? name_of_card(run_waived(run)) : NULL);
}

/* A last day is shown as the day; only hours need a time. */
static void put_due(struct table *table, const struct run *run)
{
    bool hours = run->due.hours;
    if (!run->has_due || run->state == RUN_HELD) {
        table_text(table, NULL); /* it moves with the hold */
    } else if (hours) {
        table_moment(table, run->due.at);
    } else {
        table_day(table, run->due.day);
    }
}

/* Working days, or minutes, from the start of the run to its last day; unknown while it has none.
 */
static void put_span(const struct casework *work, const struct run *run, struct table *table)
{
    const struct revision *revision = calendar_as_of(work->counter->calendar, DAY_LAST);
    if (!run->has_due || run->started == MOMENT_NONE) {
        table_text(table, NULL);
    } else if (run->due.hours) {
        table_int(table, (run->due.at - run->started) / 60);
    } else {
        table_int(table, calendar_count(revision, moment_day(run->started), run->due.day));
    }
}

static void put_run(struct asking *asking, const struct casework *work, const struct run *run,
                    bool latest, struct table *table)
{
    const struct policy *policy = work->rulebook->policy;
    const struct clock *clock = &policy->clocks[run->clock];
    struct range_of_readings range = {.strict = DAY_NONE, .lenient = DAY_NONE};
    struct text cites = {0};
    int64_t left;
    bool remains = latest && (run->state == RUN_RUNNING || run->state == RUN_HELD) &&
                   fold_remaining(work->rulebook->fold, run, &left);
    bool hours = run->due.hours;
    if (latest && work->rulebook->readings) {
        range = readings_of(work->rulebook->readings, run->clock);
    }
    reply_cites(asking, policy, clock->cites, &cites);
    table_text(table, clock->title.name);
    table_both(table, clock->title.zh, clock->title.en);
    table_text(table, run_states[run->state]);
    table_int(table, run->round);
    table_moment(table, run->started);
    table_moment(table, run->ended);
    put_due(table, run);
    table_day(table, run->least_day);
    if (remains) {
        table_int(table, left);
    } else {
        table_text(table, NULL);
    }
    table_text(table, hours ? "min" : "wd");
    table_text(table, name_of_card(run->state == RUN_RUNNING ? run->card : CARD_NONE));
    table_text(table, name_of_card(run_worst(run)));
    table_yesno(table, run->has_due && run->due.provisional);
    table_moment(table, run->state == RUN_HELD ? run->held_since : MOMENT_NONE);
    table_day(table, range.strict);
    table_day(table, range.lenient);
    table_text(table, cites.length ? text_bytes(&cites) : NULL);
    table_text(table, basis_name(clock->basis));
    table_text(table, clock_counts(clock));
    put_span(work, run, table);
    put_cards(table, run);
    text_free(&cites);
}

void reply_clocks(struct asking *asking, struct casework *work, const char *name)
{
    struct table *table = parcel_table(asking->reply, name, clock_columns,
                                       sizeof clock_columns / sizeof *clock_columns);
    const struct casefile *file = work->file;
    for (size_t i = 0; i < file->past_count; i++) {
        if (file->past[i].state != RUN_NONE) {
            put_run(asking, work, &file->past[i], false, table);
        }
    }
    for (int32_t i = 0; i < file->run_count; i++) {
        if (file->runs[i].state != RUN_NONE) {
            put_run(asking, work, &file->runs[i], true, table);
        }
    }
}

/* ---- a case ---- */

int reply_case(struct asking *asking, struct casework *work)
{
    if (casework_fold(asking, work,
                      asking->now > work->row.changed_at ? asking->now : work->row.changed_at)) {
        return -1;
    }
    struct parcel *reply = asking->reply;
    const struct casefile *file = work->file;
    const struct policy *policy = work->rulebook->policy;
    const struct state *state = &file->procedure->states[file->state];
    const struct title *with = file->with_role >= 0 ? &policy->roles[file->with_role].title : NULL;
    struct text title = {0}, holder = {0};
    text_addf(&title, "%s%c%s", state->title.zh, MESSAGE_BOTH, state->title.en);
    if (with) {
        text_addf(&holder, "%s%c%s", with->zh, MESSAGE_BOTH, with->en);
    }
    if (!previews(asking) || strcmp(parcel_get(asking->request, "verb"), "open") != 0) {
        parcel_put(reply, "case", work->row.number);
    }
    parcel_put(reply, "procedure", work->row.procedure);
    parcel_put(reply, "title", work->row.title);
    parcel_put_int(reply, "rev", work->row.rev);
    parcel_put_int(reply, "n", (int64_t)work->records.count);
    parcel_put(reply, "state", state->title.name);
    parcel_put(reply, "state_title", text_bytes(&title));
    parcel_put(reply, "with", work->row.with_role);
    parcel_put(reply, "with_title", text_bytes(&holder));
    parcel_put(reply, "closed", work->row.closed ? "yes" : "no");
    text_free(&title);
    text_free(&holder);
    reply_clocks(asking, work, "clocks");
    return 0;
}

/* ---- cases that came of it ---- */

int reply_opened(struct asking *asking, int64_t id)
{
    static const struct column columns[] = {
        {"case", CELL_NAME, N_("case")},        {"procedure", CELL_NAME, N_("procedure")},
        {"title", CELL_TEXT, N_("title")},      {"source", CELL_NAME, N_("source")},
        {"org", CELL_NAME, N_("organisation")}, {"system", CELL_TEXT, N_("system")},
        {"due", CELL_MOMENT, N_("due")}};
    struct table *table = parcel_more(asking->reply, "opened", columns, 7);
    struct case_row row;
    if (store_case(asking->counter->store, id, asking->arena, &row, asking->error) != 1) {
        return -1;
    }
    const struct entry *org = book_by_id(asking->counter, BOOK_ORG, row.org);
    const struct entry *system = book_by_id(asking->counter, BOOK_SYSTEM, row.system);
    table_text(table, previews(asking) ? NULL : row.number); /* nor has what it opens */
    table_text(table, row.procedure);
    table_text(table, row.title);
    table_text(table, row.source);
    table_text(table, org ? org->thing.code : NULL);
    table_text(table, system ? system->thing.name : NULL);
    table_moment(table, row.due_at);
    return 0;
}
