/* verb_form.c: what is asked of whom, how it is called and bounded, and what stands in it now. */
#include <string.h>

#include "data/desk/delivery.h"
#include "data/desk/remedy.h"

/* The form being put together. */
struct form {
    struct asking *asking;
    struct casework *work; /* with what was typed put in; NULL only where a policy is bare */
    const struct policy *policy;
    const struct procedure *procedure;
    const char *facts; /* of the act that is corrected; NULL: those of the case */
};

static const char *const type_names[] = {"text",   "lines",  "number",  "money",   "date", "time",
                                         "yesno",  "choice", "choices", "role",    "org",  "orgs",
                                         "system", "items",  "points",  "answers", "paper"};

static void put_end(const struct range_end *end, const struct field *field, struct text *out)
{
    char day[MOMENT_TEXT];
    enum field_type type = field->type;
    switch (end->kind) {
    case END_FIXED:
        if (type == FIELD_DATE) {
            text_add(out, day_format((int32_t)end->n, day));
        } else if (type == FIELD_TIME) {
            text_add(out, moment_format(end->n, day));
        } else if ((type == FIELD_NUMBER && !field->is_period) || type == FIELD_MONEY) {
            text_add_decimal(out, end->n);
        } else {
            text_add_int(out, end->n);
        }
        break;
    case END_TODAY:
        text_add(out, "today");
        break;
    case END_NOW:
        text_add(out, "now");
        break;
    case END_OFFSET: {
        static const char *const units[] = {
            [UNIT_WD] = "wd", [UNIT_D] = "d", [UNIT_MO] = "mo", [UNIT_H] = "h"};
        text_addf(out, "%s", end->period.n >= 0 ? "+" : "");
        text_add_int(out, end->period.n);
        text_add(out, units[end->period.unit]);
        break;
    }
    default:
        break;
    }
}

/* "name=zh\037en" a line. */
static void put_labels(struct table *table, const struct policy *policy, const struct field *field)
{
    struct text labels = {0};
    for (int32_t i = 0; i < field->labels.count; i++) {
        const struct label *label = &field->labels.items[i];
        text_addf(&labels, "%s=%s%c%s\n", label->name, label->zh, MESSAGE_BOTH, label->en);
    }
    for (int32_t i = 0; field->type == FIELD_ROLE && i < policy->role_count; i++) {
        const struct title *role = &policy->roles[i].title;
        if (field->roles >> i & 1) {
            text_addf(&labels, "%s=%s%c%s\n", role->name, role->zh, MESSAGE_BOTH, role->en);
        }
    }
    table_text(table, labels.length ? text_bytes(&labels) : NULL);
    text_free(&labels);
}

/* What the choices sound like, "name=xin jian" a line: they are found by it. */
static void put_sounds(struct table *table, const struct form *form, const struct field *field)
{
    struct text sounds = {0};
    const struct pinyin *pinyin = form->asking->counter->pinyin;
    for (int32_t i = 0; i < field->labels.count; i++) {
        text_addf(&sounds, "%s=", field->labels.items[i].name);
        pinyin_of(pinyin, field->labels.items[i].zh, &sounds);
        text_add(&sounds, "\n");
    }
    for (int32_t i = 0; field->type == FIELD_ROLE && i < form->policy->role_count; i++) {
        if (field->roles >> i & 1) {
            text_addf(&sounds, "%s=", form->policy->roles[i].title.name);
            pinyin_of(pinyin, form->policy->roles[i].title.zh, &sounds);
            text_add(&sounds, "\n");
        }
    }
    table_text(table, sounds.length ? text_bytes(&sounds) : NULL);
    text_free(&sounds);
}

/* What stands in a field: the entry; of a paper, the parts that were attached. */
static int put_value(struct table *table, const struct form *form, int32_t index)
{
    const struct field *field = &form->policy->fields[index];
    struct asking *asking = form->asking;
    const struct slot *slot = &form->work->file->slots[index];
    const char *value = form->facts  ? fact_find(form->facts, field->title.name, asking->arena)
                        : slot->text ? fact_unescape(asking->arena, slot->text, slot->length)
                                     : NULL;
    struct text parts = {0};
    int status = 0;
    if (field->type == FIELD_PAPER && !form->work->is_new) {
        status = store_document_parts(asking->counter->store, form->work->row.id, field->title.name,
                                      field->labels.count > 0, &parts, asking->error);
        value = parts.length ? text_bytes(&parts) : value;
    }
    const struct entry *org =
        field->type == FIELD_ORG && value ? book_by_code(asking->counter, BOOK_ORG, value) : NULL;
    table_text(table, value);
    table_text(table, org ? org->thing.name : NULL);
    text_free(&parts);
    return status;
}

static void put_both(struct table *table, const struct title *title)
{
    if (title) {
        table_both(table, title->zh, title->en);
    } else {
        table_text(table, NULL);
    }
}

static void put_hint(struct table *table, const struct field *field)
{
    if (field->hint && field->hint_en) {
        table_both(table, field->hint, field->hint_en);
    } else {
        table_text(table, field->hint);
    }
}

/* The points that are to be answered, as they stand. */
static const char *points_of(const struct form *form, int32_t points)
{
    const struct slot *slot = points >= 0 ? &form->work->file->slots[points] : NULL;
    return slot && slot->text ? fact_unescape(form->asking->arena, slot->text, slot->length) : NULL;
}

static int put_field(struct table *table, const struct form *form, int32_t index, bool application)
{
    const struct field *field = &form->policy->fields[index];
    const struct group *group = &form->policy->groups[field->group];
    struct text low = {0}, high = {0}, cites = {0};
    put_end(&field->low, field, &low);
    put_end(&field->high, field, &high);
    reply_cites(form->asking, form->policy, field->cites, &cites);
    table_text(table, field->title.name);
    put_both(table, &field->title);
    table_text(table, type_names[field->type]);
    put_both(table, group->is_form ? &group->title : NULL);
    table_yesno(table, field->optional);
    table_yesno(table, field->column >= 0);
    table_yesno(table, field->is_private);
    table_text(table, low.length ? text_bytes(&low) : NULL);
    table_text(table, high.length ? text_bytes(&high) : NULL);
    table_text(table, field->unit_text);
    put_labels(table, form->policy, field);
    table_text(table, field->default_text);
    put_hint(table, field);
    table_text(table, cites.length ? text_bytes(&cites) : NULL);
    table_yesno(table, field->column >= 0 ||
                           fold_asks(form->work->rulebook->fold, index, -1, form->work->folded));
    int status = put_value(table, form, index);
    table_yesno(table, application);
    table_text(table, field->type == FIELD_ANSWERS ? points_of(form, field->points) : NULL);
    put_sounds(table, form, field);
    text_free(&low);
    text_free(&high);
    text_free(&cites);
    return status;
}

static bool in_list(struct indexes fields, int32_t field)
{
    for (int32_t i = 0; i < fields.count; i++) {
        if (fields.items[i] == field) {
            return true;
        }
    }
    return false;
}

/* Fields of OWN, then those of the application that may be changed along with them. */
static int put_fields(const struct form *form, struct indexes own, struct indexes application)
{
    static const struct column columns[] = {{"field", CELL_NAME, N_("field")},
                                            {"title", CELL_TEXT, N_("field")},
                                            {"type", CELL_NAME, N_("type")},
                                            {"form", CELL_TEXT, N_("form")},
                                            {"optional", CELL_YESNO, N_("optional")},
                                            {"per_item", CELL_YESNO, N_("per line")},
                                            {"private", CELL_YESNO, N_("private")},
                                            {"low", CELL_TEXT, N_("from")},
                                            {"high", CELL_TEXT, N_("to")},
                                            {"unit", CELL_TEXT, N_("unit")},
                                            {"labels", CELL_TEXT, N_("choices")},
                                            {"default", CELL_TEXT, N_("default")},
                                            {"hint", CELL_TEXT, N_("hint")},
                                            {"article", CELL_NAME, N_("article")},
                                            {"asked", CELL_YESNO, N_("asked now")},
                                            {"value", CELL_TEXT, N_("entry")},
                                            {"value_name", CELL_TEXT, N_("entry")},
                                            {"application", CELL_YESNO, N_("application")},
                                            {"points", CELL_TEXT, N_("points")},
                                            {"sounds", CELL_NAME, NULL}};
    struct table *table =
        parcel_table(form->asking->reply, "fields", columns, sizeof columns / sizeof *columns);
    int status = 0;
    for (int32_t i = 0; i < own.count && status == 0; i++) {
        status = put_field(table, form, own.items[i], false);
    }
    for (int32_t i = 0; i < application.count && status == 0; i++) {
        if (!in_list(own, application.items[i])) {
            status = put_field(table, form, application.items[i], true);
        }
    }
    return status;
}

/* ---- the resource list ---- */

static void put_measures(const struct form *form)
{
    static const struct column columns[] = {{"name", CELL_NAME, N_("measure")},
                                            {"title", CELL_TEXT, N_("measure")}};
    struct table *table = parcel_table(form->asking->reply, "measures", columns, 2);
    for (int32_t i = 0; i < form->policy->measures.count; i++) {
        const struct label *measure = &form->policy->measures.items[i];
        table_text(table, measure->name);
        table_both(table, measure->zh, measure->en);
    }
}

/* Of the fields asked on every line under a condition: on which lines they are asked now. */
static void put_asked_lines(const struct form *form)
{
    static const struct column columns[] = {{"code", CELL_NAME, N_("line")},
                                            {"field", CELL_NAME, N_("field")},
                                            {"asked", CELL_YESNO, N_("asked now")}};
    struct table *table = parcel_table(form->asking->reply, "asked_lines", columns, 3);
    int32_t fields = form->policy->column_count - ITEM_MEASURES - form->policy->measures.count;
    for (int32_t line = 0; line < form->work->file->line_count; line++) {
        const struct line *item = &form->work->file->lines[line];
        for (int32_t i = 0; i < fields; i++) {
            const struct field *field = form->policy->columns[i];
            if (field->when) {
                table_text_n(table, item->code, item->length);
                table_text(table, field->title.name);
                table_yesno(table, fold_asks(form->work->rulebook->fold,
                                             (int32_t)(field - form->policy->fields), line,
                                             form->work->folded));
            }
        }
    }
}

/* ---- what it rests on ---- */

static void put_cited(const struct form *form, struct table *table, struct cites cites,
                      uint64_t *articles, uint64_t *laws)
{
    for (int32_t i = 0; i < cites.count; i++) {
        int32_t index = cites.items[i].index;
        bool article = cites.items[i].kind == CITE_ARTICLE;
        uint64_t *seen = article ? articles : laws;
        if (index > 63 || *seen >> index & 1) {
            continue;
        }
        *seen |= UINT64_C(1) << index;
        const struct article *one = &form->policy->articles[article ? index : 0];
        const struct law *law = &form->policy->laws[article ? 0 : index];
        const struct title *title = article ? &one->title : &law->title;
        const char *zh = article ? one->summary : law->summary;
        const char *en = article ? one->summary_en : law->summary_en;
        table_text(table, title->name);
        put_both(table, title);
        if (zh) {
            table_both(table, zh, en ? en : zh);
        } else {
            table_text(table, NULL);
        }
    }
}

/* The articles of the fields and of what is done, each once. */
static void put_articles(const struct form *form, const struct event *event, struct indexes own,
                         struct indexes application)
{
    static const struct column columns[] = {{"article", CELL_NAME, N_("article")},
                                            {"title", CELL_TEXT, N_("article")},
                                            {"summary", CELL_TEXT, N_("what it says")}};
    struct table *table = parcel_table(form->asking->reply, "articles", columns, 3);
    uint64_t articles = 0, laws = 0;
    put_cited(form, table, event ? event->cites : form->procedure->cites, &articles, &laws);
    for (int32_t i = 0; event && i < event->rules.count; i++) {
        put_cited(form, table, form->procedure->rules[event->rules.items[i]].cites, &articles,
                  &laws);
    }
    for (int32_t i = 0; i < own.count + application.count; i++) {
        int32_t field = i < own.count ? own.items[i] : application.items[i - own.count];
        put_cited(form, table, form->policy->fields[field].cites, &articles, &laws);
    }
}

/* ---- which form ---- */

/* The event that hands in what is only begun: the first that whom the case is with may do and that
 * leads on. */
static int32_t hands_in(const struct procedure *procedure)
{
    const struct state *begins = &procedure->states[procedure->begins];
    for (int32_t e = 0; begins->edit && e < procedure->event_count; e++) {
        const struct event *event = &procedure->events[e];
        const struct state *to =
            event->to_count ? &procedure->states[event->to[event->to_count - 1].state] : NULL;
        if (event->by == BY_HOLDER && event->from >> procedure->begins & 1 && to && to != begins &&
            to->final != FINAL_DROPPED) {
            return e;
        }
    }
    return -1;
}

static void put_title(struct parcel *reply, const char *name, const struct title *title)
{
    struct text both = {0};
    text_addf(&both, "%s%c%s", title->zh, MESSAGE_BOTH, title->en);
    parcel_put(reply, name, text_bytes(&both));
    text_free(&both);
}

/* Does it lead out of a state whose application may be changed, other than by giving up? */
static struct indexes goes_along(const struct form *form, const struct event *event)
{
    const struct state *here = &form->procedure->states[form->work->file->state];
    struct indexes none = {NULL, 0};
    const struct destination *to = event->to_count ? &event->to[event->to_count - 1] : NULL;
    bool drops =
        !to || (to->state >= 0 && form->procedure->states[to->state].final == FINAL_DROPPED);
    return here->edit && !drops ? form->procedure->application : none;
}

/* What cannot be taken back: the case is over after it without having come to its end. */
static bool is_final(const struct form *form, const struct event *event)
{
    for (int32_t i = 0; i < event->to_count; i++) {
        if (event->to[i].state >= 0 &&
            form->procedure->states[event->to[i].state].final > FINAL_DONE) {
            return true;
        }
    }
    return false;
}

static int reply_form(const struct form *form, const struct event *event, struct indexes own,
                      struct indexes application)
{
    put_title(form->asking->reply, "procedure_title", &form->procedure->title);
    int status = put_fields(form, own, application);
    put_measures(form);
    put_articles(form, event, own, application);
    put_asked_lines(form);
    reply_items(form->asking, form->work, NULL);
    return status;
}

/* Puts what is being typed into the case in hand, as an act that is never on record. */
static int put_typed(struct asking *asking, struct casework *work, const char *name,
                     const struct event *event)
{
    struct text facts = {0};
    int64_t moment = asking->now > work->row.changed_at ? asking->now : work->row.changed_at;
    int status = around_facts(asking, work, event, moment, &facts);
    status = status ? status : entries_facts(asking, work, event, moment, &facts);
    struct record record = {.event = name,
                            .actor = -1,
                            .role = "",
                            .effective = moment,
                            .recorded = to_utc(asking->counter, moment),
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length};
    status = status ? status : casework_push(asking, work, &record);
    text_free(&facts);
    return status ? status : casework_fold(asking, work, moment);
}

static int form_of_procedure(struct asking *asking, const char *name)
{
    struct rulebook *rulebook = asking->counter->current;
    const struct policy *policy = rulebook->policy;
    int32_t index = procedure_called(policy, name);
    if (index < 0) {
        return refuse_procedure(asking, name);
    }
    const struct procedure *procedure = &policy->procedures[index];
    struct casework work = {.row = {.procedure = procedure->title.name,
                                    .title_py = "",
                                    .org = asking->org ? asking->org->thing.id : 0,
                                    .policy = rulebook->id,
                                    .changed_at = asking->now},
                            .is_new = true,
                            .rulebook = rulebook,
                            .procedure = index,
                            .counter = asking->counter,
                            .error = asking->error};
    struct form form = {asking, &work, policy, procedure, NULL};
    int status = put_typed(asking, &work, "open", NULL);
    if (status == 0) {
        const struct title *begins = &procedure->states[procedure->begins].title;
        int32_t event = hands_in(procedure);
        const struct event *hand_in = event >= 0 ? &procedure->events[event] : NULL;
        struct indexes none = {NULL, 0};
        parcel_put(asking->reply, "procedure", procedure->title.name);
        parcel_put(asking->reply, "state", begins->name);
        put_title(asking->reply, "state_title", begins);
        if (hand_in) {
            parcel_put(asking->reply, "hand_in", hand_in->title.name);
            put_title(asking->reply, "hand_in_title", &hand_in->title);
        }
        status =
            reply_form(&form, hand_in, hand_in ? hand_in->fields : none, procedure->application);
        reply_capacities(asking, &work, true, procedure->by);
    }
    casework_free(&work);
    return status;
}

static void put_act_title(struct form *form, const char *name)
{
    struct text both = {0};
    const char *zh, *en;
    casework_event_title(form->work, name, &zh, &en);
    text_addf(&both, "%s%c%s", zh, MESSAGE_BOTH, en);
    parcel_put(form->asking->reply, "act_title", text_bytes(&both));
    text_free(&both);
}

/* An act that is corrected has the form of its event and holds what it said. */
static int form_of_correction(struct form *form, int64_t n)
{
    struct casework *work = form->work;
    struct indexes none = {NULL, 0};
    if (n < 1 || (size_t)n > work->records.count) {
        return error_set(form->asking->error, ERROR_USAGE,
                         N_("say which act of %1 (n); `yuntai show` numbers them"),
                         work->row.number, NULL);
    }
    const struct record *record = &work->records.items[n - 1];
    int32_t event = work->acts[n - 1].event;
    const struct event *of = event >= 0 ? &form->procedure->events[event] : NULL;
    form->facts = arena_text(form->asking->arena, record->facts, record->facts_length);
    parcel_put_moment(form->asking->reply, "on", record->effective);
    put_act_title(form, record->event);
    bool application = event == EVENT_OPEN || event == EVENT_EDIT;
    return reply_form(form, of, of ? of->fields : none,
                      application ? form->procedure->application : none);
}

/* What is being typed, with what an inventory shows of the list where nothing was. */
static int put_filled(struct asking *asking, struct casework *work, const struct event *event)
{
    struct asking second = *asking;
    struct parcel request = {0};
    int64_t shown;
    if (!event || event->fills.count == 0) {
        return put_typed(asking, work, "edit", event);
    }
    int status = delivery_fill(asking, work, event, &request, &shown);
    second.request = &request;
    status = status ? status : put_typed(&second, work, "edit", event);
    asking->refused = second.refused;
    parcel_free(&request);
    return status;
}

static int form_of_case(struct asking *asking, struct casework *work, const char *name)
{
    struct form form = {asking, work, work->rulebook->policy,
                        &work->rulebook->policy->procedures[work->procedure], NULL};
    int32_t index = casework_event(work, name);
    struct indexes none = {NULL, 0};
    const struct event *event = index >= 0 ? &form.procedure->events[index] : NULL;
    const char *zh, *en;
    int status = 0;
    if (index == EVENT_CORRECT || index == EVENT_ANNUL) {
        status = form_of_correction(&form, parcel_int(asking->request, "n", 0));
    } else if (event || index == EVENT_EDIT) {
        status = put_filled(asking, work, event);
        status = status
                     ? status
                     : reply_form(&form, event, event ? event->fields : none,
                                  event ? goes_along(&form, event) : form.procedure->application);
        if (status == 0) {
            reply_capacities(asking, work, false, roles_doing(work, event, index));
        }
        work->records.count--; /* what was only being typed */
    } else {
        status =
            error_set(asking->error, ERROR_USAGE,
                      N_("a case of %1 knows no “%2”; `yuntai offer CASE` lists what can be done"),
                      casework_procedure_title(asking, work), name);
    }
    if (status == 0) {
        struct text title = {0};
        casework_event_title(work, name, &zh, &en);
        text_addf(&title, "%s%c%s", zh, MESSAGE_BOTH, en);
        parcel_put(asking->reply, "event", name);
        parcel_put(asking->reply, "event_title", text_bytes(&title));
        parcel_put(asking->reply, "final", event && is_final(&form, event) ? "yes" : "no");
        text_free(&title);
    }
    return status;
}

static int form_that_urges(struct asking *asking)
{
    struct asking second = *asking;
    struct parcel made = {0};
    int status = urge_request(&second, &made);
    status = status ? status : form_of_procedure(&second, asked(&second, "procedure"));
    asking->refused = second.refused;
    parcel_free(&made);
    return status;
}

int verb_form(struct asking *asking)
{
    const char *procedure = asked(asking, "procedure"), *event;
    struct casework work;
    if (asked(asking, "urges")) {
        return form_that_urges(asking);
    }
    if (procedure) {
        return form_of_procedure(asking, procedure);
    }
    if (must_ask(asking, "event", &event) != 0) {
        return -1;
    }
    int status = case_taken(asking, &work);
    event = status ? event : casework_event_called(&work, event);
    status = status ? status : form_of_case(asking, &work, event);
    status = status ? status : reply_documents(asking, &work);
    status = status ? status : reply_case(asking, &work);
    casework_free(&work);
    return status;
}
