/* form_draw.c: fields on the screen: label, what is typed, what is wrong with it. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/text.h"
#include "tui/trace.h"

enum {
    NARROW = 60,  /* below: labels stand over their fields */
    LOW = 8,      /* rows below which one field fills the screen */
    BESIDE = 112, /* from here on what would come of it stands at the right */
    BESIDE_WIDTH = 42,
    LABEL_MOST = 20,
    LINES_SHOWN = 2, /* rows of a text of several lines; more where it has the keys */
    LINES_FOCUS = 4,
    LINES_LONG = 12,
    HINT_LEAST = 14
};

/* ---- row 2 ---- */

static void add_name(const struct view *view, struct text *out)
{
    const struct filling *filling = view_state(view);
    const struct parcel *about = &filling->form->about;
    const char *event = parcel_get(about, "event_title");
    phrase_both(out, parcel_get(about, "procedure_title"), filling->form->english);
    if (filling->number.length) {
        text_addf(out, " %s", text_bytes(&filling->number));
    }
    if (event) {
        text_add(out, " ");
        phrase_both(out, event, filling->form->english);
    }
    const char *act = parcel_get(about, "act_title"); /* that is corrected */
    if (act) {
        text_add(out, filling->form->english ? ": " : "：");
        phrase_both(out, act, filling->form->english);
    }
}

static void add_counts(const struct form *form, struct text *filled, struct text *wrong)
{
    struct text a = {0}, b = {0};
    int have, all, bad;
    form_counts(form, &have, &all, &bad);
    text_add_int(&a, have);
    text_add_int(&b, all);
    const char *const arg[4] = {text_bytes(&a), text_bytes(&b)};
    phrase_said(filled, N_("%1/%2 filled"), arg, form->english);
    text_clear(&a);
    text_add_int(&a, bad);
    const char *const many[4] = {text_bytes(&a)};
    if (bad) {
        phrase_said(wrong, N_("%1 to correct"), many, form->english);
    }
    text_free(&a);
    text_free(&b);
}

static void draw_kept(const struct filling *filling, const struct pane *pane, int column)
{
    struct text said = {0};
    bool failed = filling->not_kept.length > 0;
    if (failed) {
        text_addf(&said, "%s %s", _("not kept:"), text_bytes(&filling->not_kept));
    } else if (filling->kept_at.length) {
        text_addf(&said, "%s %s", _("kept"), text_bytes(&filling->kept_at));
    }
    pane_right(pane, 0, column, pane->columns - column - 1,
               failed ? ROLE_MESSAGE_ERROR : ROLE_CONTEXT, text_bytes(&said));
    text_free(&said);
}

void form_context(const struct view *view, const struct pane *pane)
{
    const struct filling *filling = view_state(view);
    struct text name = {0}, filled = {0}, wrong = {0}, as = {0};
    if (!filling->form) {
        return;
    }
    add_name(view, &name);
    add_counts(filling->form, &filled, &wrong);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_TEXT_STRONG, text_bytes(&name)) + 3;
    form_acting_as(filling->form, &as);
    if (as.length) {
        column = pane_put(pane, 0, column, ROLE_CONTEXT, _("as")) + 1;
        column =
            pane_clip(pane, 0, column, pane->columns - column, ROLE_TEXT_STRONG, text_bytes(&as)) +
            3;
    }
    column = pane_clip(pane, 0, column, pane->columns - column, ROLE_CONTEXT, text_bytes(&filled));
    if (wrong.length) {
        column = pane_glyph(pane, 0, column + 3, ROLE_FORM_ERROR, GLYPH_NO);
        column = pane_clip(pane, 0, column + 1, pane->columns - column, ROLE_FORM_ERROR,
                           text_bytes(&wrong));
    }
    draw_kept(filling, pane, column + 2);
    text_free(&name);
    text_free(&as);
    text_free(&filled);
    text_free(&wrong);
}

/* ---- the strip of sections ---- */

static int draw_section(const struct form *form, const struct pane *pane, int column, int number,
                        const struct form_section *section, bool here)
{
    struct text title = {0}, counts = {0};
    text_add_int(&title, number);
    form_title(form, section->title, &title);
    if (section->asked) {
        text_add_int(&counts, section->filled);
        text_add(&counts, "/");
        text_add_int(&counts, section->asked);
    }
    enum role role = here ? ROLE_HEADING_FOCUS : ROLE_HEADING;
    pane_put(pane, 0, column, role, here ? "[" : " ");
    column = pane_clip(pane, 0, column + 1, pane->columns / 3, role, text_bytes(&title));
    column = pane_put(pane, 0, column, role, here ? "]" : " ");
    bool whole = section->filled == section->asked;
    if (section->wrong) {
        column = pane_glyph(pane, 0, column, ROLE_FORM_ERROR, GLYPH_NO);
        text_clear(&counts);
        text_add_int(&counts, section->wrong);
        column = pane_put(pane, 0, column, ROLE_FORM_ERROR, text_bytes(&counts));
    } else if (whole && section->asked) {
        column = pane_glyph(pane, 0, column, ROLE_STAGE_PAST, GLYPH_YES);
    } else {
        column = pane_put(pane, 0, column, ROLE_TEXT_DIM, text_bytes(&counts));
    }
    text_free(&title);
    text_free(&counts);
    return column + 2;
}

static void draw_strip(const struct form *form, const struct pane *pane)
{
    struct form_section sections[FORM_SECTIONS_MOST];
    int count = form_sections(form, sections), here = form_section_at(form, form->at), column = 0;
    for (int i = 0; i < count; i++) {
        column = draw_section(form, pane, column, i + 1, &sections[i], i == here);
    }
}

/* ---- a field ---- */

struct field_place {         /* where the parts of a field stand */
    int label, value, width; /* columns; of the label its width, of the value its left and width */
    bool narrow;             /* the label has a row of its own */
};

/* As wide as the longest label, within limits: English takes up to a third of the room. */
static int label_width(const struct form *form, const struct look *look, int columns)
{
    int most = 4;
    int room = look->english && columns / 3 > LABEL_MOST ? columns / 3 : LABEL_MOST;
    for (int i = 0; i < form->count; i++) {
        struct text title = {0};
        form_title(form, form->fields[i].title, &title);
        int width = form_shown(form, i) ? look_width(look, text_bytes(&title)) : 0;
        most = width > most ? width : most;
        text_free(&title);
    }
    return most < room ? most : room;
}

static struct field_place place_of(const struct form *form, const struct look *look, int columns)
{
    struct field_place place = {.narrow = columns < NARROW};
    place.label = place.narrow ? columns - 3 : label_width(form, look, columns);
    place.value = place.narrow ? 2 : 1 + place.label + 3;
    place.width = columns - place.value - 1;
    return place;
}

static int rows_of_text(const struct filling *filling, const struct look *look, int index,
                        const struct field_place *place)
{
    const struct form *form = filling->form;
    bool focus = index == form->at;
    int most = !focus ? LINES_SHOWN : filling->long_text ? LINES_LONG : LINES_FOCUS;
    int rows = edit_rows(&form->fields[index].edit, look, place->width);
    rows = focus && filling->long_text && rows < LINES_FOCUS ? LINES_FOCUS : rows;
    return rows > most ? most : rows;
}

/* Columns of a short value, behind which its hint stands. */
static int value_width(const struct form_field *field, const struct look *look,
                       const struct field_place *place)
{
    int typed = look_width(look, edit_text(&field->edit)) + 1;
    int least = field->type == FORM_YESNO || field->type == FORM_NUMBER ? 6 : 12;
    bool open = field->type == FORM_TEXT || field->type == FORM_ORG || field->type == FORM_SYSTEM ||
                field->type == FORM_ORGS;
    least = open ? 24 : least;
    int width = typed > least ? typed : least;
    return width < place->width ? width : place->width;
}

static const char *unit_word(const char *unit)
{
    static const char *const words[][2] = {
        {"d", N_("days")}, {"wd", N_("working days")}, {"mo", N_("months")}, {"h", N_("hours")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(unit, words[i][0]) == 0) {
            return gettext(words[i][1]);
        }
    }
    return unit;
}

/* Of what is wrong the half that fits beside the field: what a rule asks for, else what would be
 * right. */
static void add_short(const struct form *form, const struct form_field *field, struct text *out)
{
    const char *whole = text_bytes(&field->complaint), *mark = form->english ? "; " : "；";
    const char *half = strstr(whole, mark);
    if (!half) {
        text_add(out, whole);
    } else if (field->ruled) {
        text_add_n(out, whole, (size_t)(half - whole));
    } else {
        text_add(out, half + strlen(mark));
    }
}

/* What stands behind the value: what is wrong, else the unit, the hint, what holds by itself. */
static void add_hint(const struct filling *filling, int index, struct text *out)
{
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[index];
    int32_t day;
    struct text value = {0};
    if (field->wrong) {
        add_short(form, field, out);
        text_add(out, *field->wrong_article ? " " : "");
        phrase_article(out, field->wrong_article, &form->about, form->english);
        return;
    }
    form_value(form, index, &value);
    if ((field->type == FORM_DATE || field->type == FORM_TIME) && value.length >= 10 &&
        day_parse(text_bytes(&value), 10, &day)) {
        text_addf(out, "%s%s", datepick_settled(&filling->days, day) ? "" : "≈", weekday_word(day));
    } else if (*field->unit) {
        text_add(out, unit_word(field->unit));
    }
    if (*field->hint) {
        text_addf(out, "%s%s", out->length ? "  " : "", field->hint);
    } else if (!value.length && *field->standard) {
        text_addf(out, "%s%s %s", out->length ? "  " : "", _("else"), field->standard);
    }
    text_free(&value);
}

static enum role value_role(const struct form *form, int index)
{
    const struct form_field *field = &form->fields[index];
    return index == form->at ? ROLE_FORM_FOCUS : field->wrong ? ROLE_FORM_ERROR : ROLE_FORM_VALUE;
}

static void draw_label(const struct form *form, const struct pane *pane, int row, int index,
                       const struct field_place *place)
{
    const struct form_field *field = &form->fields[index];
    struct text title = {0};
    form_title(form, field->title, &title);
    if (index == form->at) {
        pane_glyph(pane, row, 0, ROLE_STAGE_NOW, GLYPH_HERE);
    }
    int end = pane_clip(pane, row, 1, place->label, ROLE_FORM_LABEL, text_bytes(&title));
    if (!field->optional) {
        pane_put(pane, row, place->narrow ? end + 1 : place->label + 2, ROLE_FLAG, "*");
    }
    text_free(&title);
}

static void draw_hint(const struct filling *filling, const struct pane *pane, int row, int column,
                      int width, int index)
{
    const struct form_field *field = &filling->form->fields[index];
    struct text hint = {0};
    add_hint(filling, index, &hint);
    if (field->wrong) {
        int at = pane_glyph(pane, row, column, ROLE_FORM_ERROR, GLYPH_NO) + 1;
        pane_clip(pane, row, at, width - (at - column), ROLE_FORM_ERROR, text_bytes(&hint));
    } else {
        pane_clip(pane, row, column, width, ROLE_FORM_HINT, text_bytes(&hint));
    }
    text_free(&hint);
}

/* A text of several lines; how many rows it took. */
static int draw_lines(const struct filling *filling, const struct pane *pane, int row, int index,
                      const struct field_place *place)
{
    const struct form *form = filling->form;
    int rows = rows_of_text(filling, pane->look, index, place);
    struct pane part = pane_part(pane, row, place->value, rows, place->width);
    edit_draw_lines(&form->fields[index].edit, &part, value_role(form, index), index == form->at);
    if (form->fields[index].wrong) {
        draw_hint(filling, pane, row + rows, place->value, place->width, index);
        rows++;
    }
    return rows;
}

static bool is_masked(const struct form_field *field)
{
    return field->is_private && strcmp(field->base, "*") == 0 && !field->edit.text.length;
}

static int draw_value(const struct filling *filling, const struct pane *pane, int row, int index,
                      const struct field_place *place)
{
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[index];
    bool focus = index == form->at;
    if (field->edit.lines) {
        return draw_lines(filling, pane, row, index, place);
    }
    int width = value_width(field, pane->look, place), room = place->width - width - 2;
    edit_draw(&field->edit, pane, row, place->value, width, value_role(form, index), focus);
    if (is_masked(field) && !focus) {
        pane_put(pane, row, place->value, ROLE_FORM_READONLY, "***");
    }
    if (room >= HINT_LEAST) {
        draw_hint(filling, pane, row, place->value + width + 2, room, index);
        return 1;
    }
    if (field->wrong) {
        draw_hint(filling, pane, row + 1, place->value, place->width, index);
        return 2;
    }
    return 1;
}

static int draw_field(const struct filling *filling, const struct pane *pane, int row, int index,
                      const struct field_place *place)
{
    const struct form *form = filling->form;
    if (index == form->items_at) {
        int rows = pane->rows - row > 4 ? items_rows(&form->items) + (index == form->at ? 8 : 0)
                                        : pane->rows - row;
        struct pane part = pane_part(pane, row, 0, rows, pane->columns);
        items_draw(&form->items, &part, index == form->at);
        return rows;
    }
    draw_label(form, pane, row, index, place);
    int above = place->narrow ? 1 : 0;
    return above + draw_value(filling, pane, row + above, index, place);
}

/* ---- a section ---- */

/* Rows of what a field takes, by drawing it where nothing is seen. */
static int rows_of_field(const struct filling *filling, const struct pane *pane, int index,
                         const struct field_place *place)
{
    struct pane nowhere = *pane;
    nowhere.rows = 0;
    if (index == filling->form->items_at) {
        return items_rows(&filling->form->items) + (index == filling->form->at ? 8 : 0);
    }
    return draw_field(filling, &nowhere, 0, index, place);
}

/* The first field of the section to be drawn, so that the one with the keys is on the screen. */
static int first_field(const struct filling *filling, const struct pane *pane, int from,
                       const struct field_place *place)
{
    const struct form *form = filling->form;
    int rows = 0, first = form->at;
    for (int i = form->at; i >= from; i--) {
        rows += form_shown(form, i) ? rows_of_field(filling, pane, i, place) : 0;
        if (rows > pane->rows && i != form->at) {
            break;
        }
        first = i;
    }
    return first;
}

static void draw_section_fields(const struct filling *filling, const struct pane *pane)
{
    const struct form *form = filling->form;
    struct form_section sections[FORM_SECTIONS_MOST];
    int count = form_sections(form, sections), here = form_section_at(form, form->at), row = 0;
    int end = here + 1 < count ? sections[here + 1].first : form->count;
    struct field_place place = place_of(form, pane->look, pane->columns);
    int from = first_field(filling, pane, count ? sections[here].first : 0, &place);
    for (int i = from; i < end && row < pane->rows; i++) {
        if (form_shown(form, i)) {
            row += draw_field(filling, pane, row, i, &place);
        }
    }
}

/* The rule of the field with the keys. */
static void draw_foot(const struct filling *filling, const struct pane *pane)
{
    const struct form *form = filling->form;
    const struct form_field *field = &form->fields[form->at];
    const char *article = *field->wrong_article ? field->wrong_article : field->article;
    struct text foot = {0}, cited = {0};
    const struct items *items = &form->items;
    bool line = form->at == form->items_at && items->row < items->count;
    if (line && items->rows[items->row].wrong.length) {
        pane_clip(pane, 0, 1, pane->columns - 2, ROLE_FORM_ERROR,
                  text_bytes(&items->rows[items->row].wrong));
        return;
    }
    text_add(&foot, _("* must be filled"));
    form_articles(form, article, &cited);
    text_addf(&foot, "   %s", text_bytes(&cited));
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_FORM_HINT, text_bytes(&foot));
    text_free(&foot);
    text_free(&cited);
}

/* So low that only the field with the keys is there. */
static void draw_one(const struct filling *filling, const struct pane *pane)
{
    struct field_place place = place_of(filling->form, pane->look, pane->columns);
    place.narrow = pane->rows > 1;
    place.value = 2;
    place.width = pane->columns - 3;
    if (pane->rows == 1) {
        draw_value(filling, pane, 0, filling->form->at, &place);
    } else {
        draw_field(filling, pane, 0, filling->form->at, &place);
    }
}

static bool has_beside(const struct filling *filling, int columns)
{
    return columns >= BESIDE && filling->judged.table_count > 0;
}

int form_text_width(const struct view *view)
{
    const struct filling *filling = view_state(view);
    const struct context *context = view_context(view);
    int beside = has_beside(filling, context->columns) ? BESIDE_WIDTH + 2 : 0;
    return place_of(filling->form, &context->look, context->columns - beside).width;
}

void form_draw(const struct view *view, const struct pane *pane)
{
    const struct filling *filling = view_state(view);
    const struct form *form = filling->form;
    if (!form || form->at < 0) {
        pane_clip(pane, 0, 1, pane->columns - 1, ROLE_TEXT_DIM, form ? _("nothing is asked") : "…");
        return;
    }
    if (pane->rows < LOW) {
        draw_one(filling, pane);
        return;
    }
    bool beside = has_beside(filling, pane->columns);
    int columns = pane->columns - (beside ? BESIDE_WIDTH + 2 : 0);
    struct pane strip = pane_part(pane, 0, 0, 1, pane->columns);
    struct pane body = pane_part(pane, 1, 0, pane->rows - 2, columns);
    struct pane foot = pane_part(pane, pane->rows - 1, 0, 1, pane->columns);
    draw_strip(form, &strip);
    draw_section_fields(filling, &body);
    draw_foot(filling, &foot);
    if (beside) {
        struct pane right = pane_part(pane, 1, columns + 2, pane->rows - 2, BESIDE_WIDTH);
        form_outcome(&filling->judged, &right, form->english);
    }
}
