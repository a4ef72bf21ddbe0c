/* form.c: fields as the desk asks for them, where the keys are, what is still to be filled. */
#include "tui/widget/form.h"

#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/text.h"
#include "tui/widget/form_inside.h"

/* ---- made from a reply ---- */

static bool several_lines(enum form_type type)
{
    return type == FORM_LINES || type == FORM_POINTS || type == FORM_ANSWERS;
}

static bool cell_yes(const struct table *table, size_t row, const char *column)
{
    return strcmp(table_word(table, row, column), "yes") == 0;
}

static void take_field(struct form *form, const struct table *table, size_t row)
{
    const char *named = table_word(table, row, "value_name");
    struct form_field *field = &form->fields[form->count];
    *field = (struct form_field){
        .name = table_word(table, row, "field"),
        .title = table_word(table, row, "title"),
        .section = table_word(table, row, "form"),
        .type = written_type(table_word(table, row, "type")),
        .optional = cell_yes(table, row, "optional"),
        .is_private = cell_yes(table, row, "private"),
        .application = cell_yes(table, row, "application"),
        .asked = cell_yes(table, row, "asked"),
        .unit = table_word(table, row, "unit"),
        .low = table_word(table, row, "low"),
        .high = table_word(table, row, "high"),
        .labels = table_word(table, row, "labels"),
        .sounds = table_word(table, row, "sounds"),
        .standard = table_word(table, row, "default"),
        .hint = table_word(table, row, "hint"),
        .article = table_word(table, row, "article"),
        .points = table_word(table, row, "points"),
        .base = table_word(table, row, *named ? "value_name" : "value"),
        .wrong_article = "",
    };
    field->edit.lines = several_lines(field->type);
    form->count++;
}

/* Private entries are not handed out: * says that there is one. */
static bool is_masked(const struct form_field *field)
{
    return field->is_private && strcmp(field->base, "*") == 0;
}

static void begin_value(struct form *form, int index)
{
    struct form_field *field = &form->fields[index];
    bool moves = field->type == FORM_DATE || field->type == FORM_TIME;
    const char *value = *field->base || moves ? field->base : field->standard;
    struct text said = {0};
    form_said(form, index, is_masked(field) ? "" : value, &said);
    edit_set(&field->edit, text_bytes(&said));
    text_free(&field->kept);
    field->kept = said;
}

struct filing {
    const char *name, *title;
    enum form_type type;
    bool must;
};

static struct form_field *add_filed(struct form *form, const struct filing *pair)
{
    if (form_find(form, pair->name) >= 0) {
        return NULL;
    }
    form->fields[form->count] = (struct form_field){.name = pair->name,
                                                    .title = pair->title,
                                                    .section = N_("Filing"),
                                                    .type = pair->type,
                                                    .filing = true,
                                                    .optional = !pair->must,
                                                    .asked = true,
                                                    .edit = {.lines = pair->type == FORM_LINES},
                                                    .unit = "",
                                                    .low = "",
                                                    .high = "",
                                                    .labels = "",
                                                    .sounds = "",
                                                    .standard = "",
                                                    .hint = "",
                                                    .article = "",
                                                    .points = "",
                                                    .base = "",
                                                    .wrong_article = ""};
    return &form->fields[form->count++];
}

/* ROLE, or ROLE@LOGIN for who is away, and what people call it. */
static void add_capacity(struct form *form, const struct table *capacities, size_t row)
{
    struct text *labels = &form->capacities;
    const char *login = table_word(capacities, row, "login"),
               *title = table_word(capacities, row, "title");
    text_addf(labels, "%s%s%s=", table_word(capacities, row, "role"), *login ? "@" : "", login);
    if (*login) {
        const char *const arg[4] = {title, table_word(capacities, row, "for")};
        phrase_said(labels, N_("%1, for %2 who is away"), arg, form->english);
        text_add(labels, "\n");
    } else {
        text_addf(labels, "%s\n", title);
    }
}

/* As what one acts: the first is what the desk takes where nothing is said. */
static void add_capacities(struct form *form)
{
    static const struct filing capacity = {FORM_CAPACITY, N_("acting as"), FORM_CHOICE, false};
    const struct table *capacities = parcel_find(&form->about, "capacities");
    size_t rows = capacities ? table_rows(capacities) : 0;
    for (size_t row = 0; row < rows; row++) {
        add_capacity(form, capacities, row);
    }
    struct form_field *field = rows && !form->capacities.failed ? add_filed(form, &capacity) : NULL;
    if (field) {
        const char *labels = text_bytes(&form->capacities);
        text_add_n(&form->capacity, labels, strcspn(labels, "="));
        field->labels = labels;
        field->base = text_bytes(&form->capacity);
    }
}

/* What is filed along with every act. */
static void add_filing(struct form *form)
{
    static const struct filing pairs[] = {{"reason", N_("reason"), FORM_LINES, false},
                                          {"date", N_("took effect"), FORM_TIME, false},
                                          {"for", N_("on behalf of"), FORM_ORG, false},
                                          {"paper_no", N_("number of the paper"), FORM_TEXT, false},
                                          {"paper_date", N_("day of the paper"), FORM_DATE, false}};
    add_filed(form, &pairs[0]);
    add_capacities(form);
    for (size_t i = 1; i < sizeof pairs / sizeof *pairs; i++) {
        add_filed(form, &pairs[i]);
    }
}

/* A correction is made in the role of the act; it says why, and from when the act counts. */
static void add_correction(struct form *form, const char *on)
{
    static const struct filing reason = {"reason", N_("reason"), FORM_LINES, true};
    static const struct filing day = {"on", N_("took effect"), FORM_TIME, false};
    add_filed(form, &reason);
    struct form_field *field = add_filed(form, &day);
    if (field) {
        field->base = on;
    }
}

/* An event that only fills in columns of the list shows the list too. */
static void add_list(struct form *form)
{
    const struct table *fields = parcel_find(&form->about, "fields");
    bool columns = false;
    for (size_t row = 0; fields && row < table_rows(fields); row++) {
        columns |= cell_yes(fields, row, "per_item");
    }
    form->items_at = -1;
    for (int i = 0; i < form->count; i++) {
        form->items_at = form->fields[i].type == FORM_ITEMS ? i : form->items_at;
    }
    bool fixed = form->items_at < 0;
    if (fixed && !columns) {
        return;
    }
    if (fixed) {
        form->items_at = form->count;
        form->fields[form->count++] = (struct form_field){.name = "items",
                                                          .title = N_("resource list"),
                                                          .section = "",
                                                          .type = FORM_ITEMS,
                                                          .asked = true,
                                                          .optional = true,
                                                          .unit = "",
                                                          .low = "",
                                                          .high = "",
                                                          .labels = "",
                                                          .sounds = "",
                                                          .standard = "",
                                                          .hint = "",
                                                          .article = "",
                                                          .points = "",
                                                          .base = "",
                                                          .wrong_article = ""};
    }
    items_begin(&form->items, &form->about, fixed, form->english);
    form->items.today = moment_day(form->now);
}

/* Fields without a heading stand under what is done. */
static void name_sections(struct form *form)
{
    const char *title = parcel_get(&form->about, "event_title");
    title = title ? title : parcel_get(&form->about, "procedure_title");
    for (int i = 0; i < form->count; i++) {
        if (!*form->fields[i].section) {
            form->fields[i].section = title ? title : "";
        }
    }
}

enum { FILING_MOST = 8 };

static bool fill(struct form *form, const struct parcel *about, bool filing)
{
    const struct table *fields =
        parcel_copy(about, &form->about) ? parcel_find(&form->about, "fields") : NULL;
    size_t rows = fields ? table_rows(fields) : 0;
    form->fields = calloc(rows + FILING_MOST, sizeof *form->fields);
    if (!form->fields) {
        return false;
    }
    for (size_t row = 0; row < rows; row++) {
        if (!cell_yes(fields, row, "per_item")) {
            take_field(form, fields, row);
        }
    }
    add_list(form);
    name_sections(form);
    const char *on = parcel_get(&form->about, "on");
    if (on) {
        add_correction(form, on);
    } else if (filing) {
        add_filing(form);
    }
    for (int i = 0; i < form->count; i++) {
        if (i != form->items_at) {
            begin_value(form, i);
        } else {
            items_text(&form->items, &form->fields[i].kept);
        }
    }
    form->at = -1;
    form->at = form_step(form, -1, 1);
    return true;
}

struct form *form_new(const struct parcel *about, enum form_mode mode, bool filing, int64_t now,
                      bool english)
{
    struct form *form = calloc(1, sizeof *form);
    if (!form) {
        return NULL;
    }
    *form = (struct form){.mode = mode, .now = now, .english = english, .items_at = -1};
    if (!fill(form, about, filing)) {
        form_free(form);
        return NULL;
    }
    return form;
}

void form_free(struct form *form)
{
    for (int i = 0; form && i < form->count; i++) {
        edit_free(&form->fields[i].edit);
        text_free(&form->fields[i].kept);
        text_free(&form->fields[i].complaint);
    }
    if (form) {
        items_free(&form->items);
        text_free(&form->said);
        text_free(&form->capacities);
        text_free(&form->capacity);
        free(form->fields);
        parcel_free(&form->about);
    }
    free(form);
}

/* ---- where the keys are ---- */

int form_find(const struct form *form, const char *name)
{
    for (int i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

bool form_shown(const struct form *form, int index)
{
    return index >= 0 && index < form->count && form->fields[index].asked;
}

void form_go(struct form *form, int index)
{
    if (form_shown(form, index)) {
        form->at = index;
    }
}

int form_step(const struct form *form, int from, int by)
{
    for (int i = from + by; i >= 0 && i < form->count; i += by) {
        if (form_shown(form, i)) {
            return i;
        }
    }
    return -1;
}

bool form_filled(const struct form *form, int index)
{
    const struct form_field *field = &form->fields[index];
    if (index == form->items_at) {
        return items_count(&form->items) > 0;
    }
    return !text_is_blank(text_bytes(&field->edit.text)) || is_masked(field) || *field->standard;
}

/* Needs a hand: called wrong, or, MISSING, not filled though it must be. */
static bool needs(const struct form *form, int index, bool missing)
{
    const struct form_field *field = &form->fields[index];
    return form_shown(form, index) &&
           (missing ? !field->optional && !form_filled(form, index) : field->wrong);
}

int form_next_wrong(const struct form *form)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 1; i < form->count; i++) {
            int index = (form->at + i) % form->count;
            if (needs(form, index, pass == 1)) {
                return index;
            }
        }
    }
    bool here = needs(form, form->at, false) || needs(form, form->at, true);
    return here ? form->at : -1;
}

/* ---- counts ---- */

int form_sections(const struct form *form, struct form_section *out)
{
    int count = 0;
    for (int i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        if (!form_shown(form, i)) {
            continue;
        }
        bool same = count > 0 && strcmp(out[count - 1].title, field->section) == 0;
        if (!same && count < FORM_SECTIONS_MOST) {
            out[count++] = (struct form_section){.title = field->section, .first = i};
        }
        struct form_section *section = &out[count - 1];
        section->count++;
        section->asked += !field->optional;
        section->filled += !field->optional && form_filled(form, i);
        section->wrong += field->wrong;
    }
    return count;
}

int form_section_at(const struct form *form, int index)
{
    struct form_section sections[FORM_SECTIONS_MOST];
    int count = form_sections(form, sections);
    while (count > 1 && sections[count - 1].first > index) {
        count--;
    }
    return count - 1;
}

void form_counts(const struct form *form, int *filled, int *asked, int *wrong)
{
    struct form_section sections[FORM_SECTIONS_MOST];
    int count = form_sections(form, sections);
    *filled = *asked = *wrong = 0;
    for (int i = 0; i < count; i++) {
        *filled += sections[i].filled;
        *asked += sections[i].asked;
        *wrong += sections[i].wrong;
    }
}

/* ---- drafts ---- */

void form_draft(const struct form *form, int index, struct text *out)
{
    if (index == form->items_at) {
        items_text(&form->items, out);
    } else {
        text_add(out, edit_text(&form->fields[index].edit));
    }
}

bool form_unkept(const struct form *form, int index)
{
    struct text now = {0};
    form_draft(form, index, &now);
    bool differs = strcmp(text_bytes(&now), text_bytes(&form->fields[index].kept)) != 0;
    text_free(&now);
    return differs;
}

void form_kept(struct form *form, int index)
{
    text_clear(&form->fields[index].kept);
    form_draft(form, index, &form->fields[index].kept);
}

int form_restore(struct form *form, const struct table *drafts)
{
    int restored = 0;
    for (size_t row = 0; drafts && row < table_rows(drafts); row++) {
        int index = form_find(form, table_word(drafts, row, "field"));
        const char *value = table_cell(drafts, row, "value");
        if (index < 0 || !value) {
            continue;
        }
        if (index == form->items_at) {
            items_set_text(&form->items, value);
        } else {
            edit_set(&form->fields[index].edit, value);
        }
        form->fields[index].left = true;
        form_kept(form, index);
        restored++;
    }
    return restored;
}
