/* form_verdict.c: what is wrong: what a field can tell by itself, and what the desk says. */
#include <string.h>

#include "core/message.h"
#include "core/value.h"
#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/widget/form_inside.h"

/* ---- by itself ---- */

static void clear(struct form_field *field)
{
    field->wrong = false;
    field->ruled = false;
    field->wrong_article = "";
    text_clear(&field->complaint);
}

static bool complain(struct form *form, int index, enum message_id id, const char *typed,
                     const char *b, const char *c)
{
    struct form_field *field = &form->fields[index];
    const char *const arg[4] = {typed, b, c, NULL};
    clear(field);
    field->wrong = true;
    field->wrong_article = field->article;
    phrase_said(&field->complaint, message_english(id), arg, form->english);
    return false;
}

/* Outside the ends of its range that are plain numbers. */
static bool outside(const struct form_field *field, int64_t n)
{
    int64_t end;
    return (decimal_parse(field->low, strlen(field->low), &end) && *field->low && n < end) ||
           (decimal_parse(field->high, strlen(field->high), &end) && *field->high && n > end);
}

static bool check_number(struct form *form, int index, const char *value)
{
    const struct form_field *field = &form->fields[index];
    int64_t n;
    if (!decimal_parse(value, strlen(value), &n)) {
        return complain(form, index,
                        field->type == FORM_MONEY ? MESSAGE_entry_money : MESSAGE_entry_number,
                        value, NULL, NULL);
    }
    if (outside(field, n)) {
        struct text range = {0};
        message_range(&range, field->low, field->high, field->unit, false);
        complain(form, index, MESSAGE_entry_range, value, text_bytes(&range), NULL);
        text_free(&range);
        return false;
    }
    return true;
}

static bool is_choice(const struct form_field *field, const char *value, size_t length)
{
    const char *at = field->labels, *name, *text;
    size_t name_length, text_length;
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        if (name_length == length && memcmp(name, value, length) == 0) {
            return true;
        }
    }
    return false;
}

static void add_choices(const struct form *form, const struct form_field *field, struct text *out)
{
    const char *at = field->labels, *name, *text;
    size_t name_length, text_length;
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        text_add(out, out->length == 0 ? "" : form->english ? ", " : "、");
        label_said(out, text, text_length, form->english);
    }
}

/* Every piece of VALUE, joined by +, is one of the choices. */
static bool check_choices(struct form *form, int index, const char *value)
{
    const struct form_field *field = &form->fields[index];
    bool all = true, one = field->type == FORM_CHOICE || field->type == FORM_ROLE;
    for (const char *at = value; *at && all;) {
        size_t length = one ? strlen(at) : strcspn(at, "+");
        all = is_choice(field, at, length);
        at += length + (at[length] == '+');
    }
    if (!all) {
        struct text choices = {0};
        add_choices(form, field, &choices);
        complain(form, index, one ? MESSAGE_entry_choice : MESSAGE_entry_choices, value,
                 text_bytes(&choices), NULL);
        text_free(&choices);
    }
    return all;
}

static bool check_date(struct form *form, int index, const char *value)
{
    bool time = form->fields[index].type == FORM_TIME;
    int64_t moment;
    int32_t day;
    bool right = day_parse(value, strlen(value), &day) ||
                 (time && moment_parse(value, strlen(value), &moment));
    return right ||
           complain(form, index, time ? MESSAGE_entry_time : MESSAGE_entry_date, value, NULL, NULL);
}

static bool check_value(struct form *form, int index, const char *value)
{
    const struct form_field *field = &form->fields[index];
    bool yesno = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
    switch (field->type) {
    case FORM_NUMBER:
    case FORM_MONEY:
        return check_number(form, index, value);
    case FORM_DATE:
    case FORM_TIME:
        return check_date(form, index, value);
    case FORM_YESNO:
        return yesno || complain(form, index, MESSAGE_entry_yesno, value, NULL, NULL);
    case FORM_CHOICE:
    case FORM_ROLE:
    case FORM_CHOICES:
        return check_choices(form, index, value);
    default:
        return true;
    }
}

bool form_check(struct form *form, int index)
{
    struct text value = {0};
    clear(&form->fields[index]);
    form_value(form, index, &value);
    bool right = index == form->items_at || value.length == 0 ||
                 check_value(form, index, text_bytes(&value));
    text_free(&value);
    return right;
}

/* ---- what is sent ---- */

static bool is_sent(const struct form *form, int index)
{
    const struct form_field *field = &form->fields[index];
    bool only_changed =
        form->mode == FORM_CHANGES || (form->mode == FORM_ACTS && field->application);
    if (!field->asked) {
        return false;
    }
    return only_changed && !field->filing ? form_changed(form, index) : field->edit.text.length > 0;
}

static void put_pair(struct parcel *request, const char *prefix, const char *name,
                     const struct text *value)
{
    struct text pair = {0};
    text_addf(&pair, "%s%s", prefix, name);
    parcel_put_n(request, text_bytes(&pair), text_bytes(value), value->length);
    text_free(&pair);
}

/* The usual one is the desk's to know: it may be another by then. On behalf of an organisation it
 * is its own. */
static void put_capacity(const struct form *form, const struct text *value, struct parcel *request)
{
    int party = form_find(form, "for");
    const char *at = strchr(text_bytes(value), '@');
    if ((party >= 0 && form->fields[party].edit.text.length) ||
        strcmp(text_bytes(value), text_bytes(&form->capacity)) == 0) {
        return;
    }
    parcel_put_n(request, "role", text_bytes(value),
                 at ? (size_t)(at - text_bytes(value)) : value->length);
    parcel_put(request, "deputy_of", at ? at + 1 : NULL);
}

void form_put(const struct form *form, struct parcel *request)
{
    for (int i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        struct text value = {0};
        if (i == form->items_at) {
            items_put(&form->items, form->mode == FORM_OPENS, request);
        } else if (is_sent(form, i)) {
            form_value(form, i, &value);
            if (field->filing && strcmp(field->name, FORM_CAPACITY) == 0) {
                put_capacity(form, &value, request);
                text_free(&value);
                continue;
            }
            put_pair(request, field->filing ? "" : "entry.", field->name, &value);
            if (!field->filing && strcmp(field->name, "reason") == 0) {
                put_pair(request, "", "reason", &value); /* a rule may ask for one too */
            }
        }
        text_free(&value);
    }
}

/* ---- what the desk says ---- */

/* Of a line of the list, which one and which column it is comes before. */
static void add_sentence(const struct form *form, const struct table *reasons, size_t row,
                         struct text *out)
{
    if (*table_word(reasons, row, "line")) {
        text_addf(out, "%s ", table_word(reasons, row, "line"));
        phrase_both(out, table_word(reasons, row, "title"), form->english);
        text_add(out, form->english ? ": " : "：");
    }
    const char *const arg[4] = {table_word(reasons, row, "a"), table_word(reasons, row, "b"),
                                table_word(reasons, row, "c"), table_word(reasons, row, "d")};
    bool typed = strcmp(table_word(reasons, row, "kind"), "field") == 0; /* to be quoted as it is */
    (typed ? phrase_said : phrase_reason)(out, table_word(reasons, row, "sentence"), arg,
                                          form->english);
}

/* The articles of the reply do not outlive it; those of the form do. */
static const char *kept_article(const struct form *form, const char *article)
{
    const struct table *fields = parcel_find(&form->about, "fields");
    const struct table *articles = parcel_find(&form->about, "articles");
    for (size_t row = 0; fields && row < table_rows(fields); row++) {
        if (strcmp(table_word(fields, row, "article"), article) == 0) {
            return table_word(fields, row, "article");
        }
    }
    for (size_t row = 0; articles && row < table_rows(articles); row++) {
        if (strcmp(table_word(articles, row, "article"), article) == 0) {
            return table_word(articles, row, "article");
        }
    }
    return "";
}

/* The field a reason is about: its own, what its rule speaks of, of a column or line the list. */
static int field_of(const struct form *form, const struct table *reasons, size_t row)
{
    const char *about = table_word(reasons, row, "about");
    int index = form_find(form, *about ? about : table_word(reasons, row, "field"));
    bool list = *table_word(reasons, row, "line") || items_has_column(&form->items, about);
    return index < 0 && list ? form->items_at : index;
}

static void take_reason(struct form *form, const struct table *reasons, size_t row, bool all)
{
    int index = field_of(form, reasons, row);
    bool gives = strcmp(table_word(reasons, row, "else"), "refuse") != 0 &&
                 *table_word(reasons, row, "else");
    struct text sentence = {0};
    add_sentence(form, reasons, row, &sentence);
    form->reason_wanted |= gives && (all || index < 0 || form->fields[index].left);
    if (index == form->items_at && index >= 0) {
        items_complain(&form->items, table_word(reasons, row, "line"), text_bytes(&sentence));
    }
    if (index < 0 || !form_shown(form, index)) {
        text_addf(&form->said, "%s%s", form->said.length ? "\n" : "", text_bytes(&sentence));
    } else if ((all || form->fields[index].left) && !form->fields[index].wrong) {
        struct form_field *field = &form->fields[index];
        field->wrong = true;
        field->ruled = strcmp(table_word(reasons, row, "kind"), "rule") == 0;
        field->wrong_article = kept_article(form, table_word(reasons, row, "article"));
        text_clear(&field->complaint);
        text_add(&field->complaint, text_bytes(&sentence));
    }
    text_free(&sentence);
}

/* A field that is empty and was only walked through is not called wrong yet. */
static bool only_missing(const struct form *form, const struct table *reasons, size_t row)
{
    int index = field_of(form, reasons, row);
    bool missing =
        strcmp(table_word(reasons, row, "sentence"), message_english(MESSAGE_entry_missing)) == 0 ||
        strcmp(table_word(reasons, row, "sentence"), message_english(MESSAGE_act_no_lines)) == 0;
    return missing && index >= 0 && form_shown(form, index);
}

int form_judge(struct form *form, const struct parcel *reply, bool all)
{
    const struct table *reasons = parcel_find(reply, "reasons");
    int filled, asked, wrong;
    form->whole |= all;
    all = form->whole;
    form->reason_wanted = false;
    text_clear(&form->said);
    items_uncomplain(&form->items);
    for (int i = 0; i < form->count; i++) {
        form->fields[i].left |= all;
        if (form->fields[i].left) {
            form_check(form, i);
        }
    }
    for (size_t row = 0; reasons && row < table_rows(reasons); row++) {
        if (all || !only_missing(form, reasons, row)) {
            take_reason(form, reasons, row, all);
        }
    }
    int reason = form_find(form, "reason");
    bool restates = parcel_get(&form->about, "on") != NULL; /* which always wants one */
    if (reason >= 0 && form->fields[reason].filing && !restates) {
        form->fields[reason].optional = !form->reason_wanted;
    }
    form_counts(form, &filled, &asked, &wrong);
    return wrong;
}

void form_ask(struct form *form, const struct parcel *reply)
{
    const struct table *fields = parcel_find(reply, "fields");
    for (size_t row = 0; fields && row < table_rows(fields); row++) {
        int index = form_find(form, table_word(fields, row, "field"));
        if (index >= 0 && !form->fields[index].filing) {
            form->fields[index].asked = strcmp(table_word(fields, row, "asked"), "yes") == 0;
        }
    }
    items_ask(&form->items, reply);
    if (!form_shown(form, form->at)) {
        int next = form_step(form, form->at, 1);
        form->at = next >= 0 ? next : form_step(form, form->at, -1);
    }
}

void form_articles(const struct form *form, const char *cites, struct text *out)
{
    const struct table *articles = parcel_find(&form->about, "articles");
    for (const char *at = cites; *at;) {
        size_t length = strcspn(at, ", ");
        for (size_t row = 0; articles && row < table_rows(articles); row++) {
            const char *name = table_word(articles, row, "article");
            if (strlen(name) == length && memcmp(name, at, length) == 0) {
                text_add(out, out->length ? "\n" : "");
                phrase_article(out, name, &form->about, form->english);
                text_add(out, " ");
                phrase_both(out, table_word(articles, row, "title"), form->english);
                text_add(out, form->english ? ": " : "：");
                phrase_both(out, table_word(articles, row, "summary"), form->english);
            }
        }
        at += length + strspn(at + length, ", ");
    }
}
