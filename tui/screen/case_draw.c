/* case_draw.c: the case file in cells, section by section. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/case.h"
#include "tui/screen/case_cells.h"
#include "tui/screen/case_preview.h"
#include "tui/screen/holdings.h"
#include "tui/screen/sync.h"
#include "tui/text.h"
#include "tui/width.h"

enum { WIDE = 110, LABEL = 13 };

/* A column of the page that is being filled from its top down. */
struct filling {
    struct case_view *state;
    const struct context *context;
    struct pane pane;
    int left, row; /* of PANE in the page; the next row */
};

static const struct table *table_of(const struct filling *f, const char *name)
{
    return parcel_find(&f->state->shown, name);
}

static size_t rows_of(const struct table *table)
{
    return table ? table_rows(table) : 0;
}

static void heading(struct filling *f, enum case_section section, const char *title,
                    const char *beside)
{
    const struct page_stop *here = page_here(&f->state->page);
    bool focus = here && here->section == (int)section;
    if (focus) {
        pane_glyph(&f->pane, f->row, 0, ROLE_HEADING_FOCUS, GLYPH_FOCUS);
    }
    int column = pane_put(&f->pane, f->row, 1, focus ? ROLE_HEADING_FOCUS : ROLE_HEADING, title);
    if (*beside) {
        pane_clip(&f->pane, f->row, column + 3, f->pane.columns - column - 4, ROLE_TEXT_DIM,
                  beside);
    }
    f->row++;
}

static void stop(struct filling *f, int width, enum case_section section, size_t index)
{
    page_stop_add(&f->state->page, f->row, f->left + 1, width, (int)section, (int)section,
                  (int)index);
}

/* ---- sections ---- */

static void fill_clocks(struct filling *f)
{
    const struct table *clocks = table_of(f, "clocks");
    if (!rows_of(clocks)) {
        return;
    }
    struct text beside = {0};
    int64_t urged = parcel_int(&f->state->shown, "urged", 0);
    text_add(&beside, _("? why this day   w what if"));
    if (urged > 0) {
        text_add(&beside, "   ");
        text_addf(&beside, _("urged %d times"), (int)urged);
    }
    heading(f, CASE_CLOCKS, _("Clocks"), text_bytes(&beside));
    text_free(&beside);
    for (int running = 1; running >= 0; running--) {
        for (size_t i = rows_of(clocks); i-- > 0;) {
            if (case_clock_runs(clocks, i) == (running == 1)) {
                stop(f, 16, CASE_CLOCKS, i);
                case_clock_draw(clocks, i, &f->pane, f->row++, 1, f->context);
            }
        }
    }
}

/* Of what is shown, the longest title: from 10 columns to half of the pane. */
static int offer_width(const struct filling *f, const struct table *offers)
{
    int width = 10, most = f->pane.columns / 2;
    for (size_t i = 0; i < rows_of(offers); i++) {
        struct text title = {0};
        phrase_both(&title, table_word(offers, i, "title"), f->context->look.english);
        int columns = width_of(text_bytes(&title)) + 2;
        bool elsewhere = strcmp(table_word(offers, i, "kind"), "state") == 0;
        width = !elsewhere && columns > width ? columns : width;
        text_free(&title);
    }
    return width > most ? most : width;
}

static void fill_offer(struct filling *f, const struct table *offers, size_t i, int width)
{
    bool may = strcmp(table_word(offers, i, "may"), "yes") == 0, english = f->context->look.english;
    struct text title = {0}, beside = {0};
    phrase_both(&title, table_word(offers, i, "title"), english);
    if (may && *table_word(offers, i, "to_title")) {
        text_addf(&beside, "%s ", glyph_text(&f->context->look, GLYPH_BECOMES));
        phrase_both(&beside, table_word(offers, i, "to_title"), english);
        text_add(&beside, "  ");
    } else if (!may) {
        const char *arg[4] = {table_word(offers, i, "a"), table_word(offers, i, "b"),
                              table_word(offers, i, "c"), table_word(offers, i, "d")};
        phrase_reason(&beside, table_word(offers, i, "sentence"), arg, english);
        text_add(&beside, "  ");
    }
    case_article_text(table_word(offers, i, "article"), f->context, &beside);
    if (*table_word(offers, i, "seen")) {
        text_add(&beside, "  ");
        text_addf(&beside, _("in cloud: %s"), table_word(offers, i, "seen"));
    }
    stop(f, width, CASE_OFFERS, i);
    if (!may) {
        pane_glyph(&f->pane, f->row, 1, ROLE_ACT_OFF, GLYPH_NONE);
    }
    pane_clip(&f->pane, f->row, 3, width - 2, may ? ROLE_ACT_KEY : ROLE_ACT_OFF,
              text_bytes(&title));
    int used = pane_wrap(&f->pane, f->row, width + 2, f->pane.columns - width - 3, 2,
                         may ? ROLE_TEXT_DIM : ROLE_ACT_OFF, text_bytes(&beside));
    f->row += used > 1 ? used : 1;
    text_free(&title);
    text_free(&beside);
}

static void fill_offers(struct filling *f)
{
    const struct table *offers = table_of(f, "offers");
    if (!rows_of(offers)) {
        return;
    }
    int others = 0, width = offer_width(f, offers);
    heading(f, CASE_OFFERS, _("What can be done"), _("a act"));
    for (int may = 1; may >= 0; may--) {
        for (size_t i = 0; i < rows_of(offers); i++) {
            bool elsewhere = strcmp(table_word(offers, i, "kind"), "state") == 0;
            if (!elsewhere && (strcmp(table_word(offers, i, "may"), "yes") == 0) == (may == 1)) {
                fill_offer(f, offers, i, width);
            }
            others += elsewhere && may;
        }
    }
    if (others) {
        struct text words = {0};
        text_addf(&words, _("%d more belong to other steps"), others);
        pane_clip(&f->pane, f->row++, 3, f->pane.columns - 4, ROLE_TEXT_DIM, text_bytes(&words));
        text_free(&words);
    }
}

/* What a machine writes, as a person reads it. */
static const char *word_of(const char *value)
{
    static const char *const words[][2] = {{"yes", N_("yes")},   {"no", N_("no")},
                                           {"d", N_("days")},    {"wd", N_("working days")},
                                           {"mo", N_("months")}, {"h", N_("hours")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], value) == 0) {
            return _(words[i][1]);
        }
    }
    return value;
}

/* Columns of the list that say something in some line, at most MOST. */
static int item_columns(const struct table *items, int32_t *columns, int most)
{
    int count = 0;
    for (int32_t c = 2; c < items->column_count && count < most; c++) {
        bool some = false, named = false; /* a name whose title stands in the next column */
        if (c + 1 < items->column_count) {
            const char *title = items->columns[c].title, *next = items->columns[c + 1].title;
            named = title && next && strcmp(title, next) == 0;
        }
        for (size_t i = 0; i < table_rows(items); i++) {
            const char *text = table_at(items, i, c);
            some |= text && *text;
        }
        if (some && !named) {
            columns[count++] = c;
        }
    }
    return count;
}

/* A column's title: a msgid, or both languages. */
static void column_title(struct text *out, const struct column *column, bool english)
{
    const char *title = column->title ? column->title : column->name;
    if (strchr(title, MESSAGE_BOTH)) {
        phrase_both(out, title, english);
    } else {
        text_add(out, _(title));
    }
}

/* Of when the inventory is by which pieces were counted. */
static void seen_text(const struct filling *f, struct text *out)
{
    const char *at = parcel_get(&f->state->shown, "seen_at");
    if (at) {
        struct text age = {0};
        sync_age_text(at, false, f->context, &age);
        text_addf(out, _("in cloud: by the inventory of %s"), text_bytes(&age));
        text_free(&age);
    }
}

static void fill_items(struct filling *f)
{
    enum { MOST = 8, WIDTH = 9 };
    const struct table *items = table_of(f, "items");
    int32_t columns[MOST];
    if (!rows_of(items)) {
        return;
    }
    int name = f->pane.columns >= 70 ? 26 : 18, room = (f->pane.columns - name - 2) / WIDTH;
    int count = item_columns(items, columns, room < MOST ? room : MOST);
    struct text beside = {0};
    seen_text(f, &beside);
    heading(f, CASE_ITEMS, _("Items"), text_bytes(&beside));
    text_free(&beside);
    for (int c = 0; c < count; c++) {
        struct text title = {0};
        column_title(&title, &items->columns[columns[c]], f->context->look.english);
        pane_right(&f->pane, f->row, name + 2 + c * WIDTH, WIDTH - 1, ROLE_HEAD,
                   text_bytes(&title));
        text_free(&title);
    }
    f->row++;
    for (size_t i = 0; i < rows_of(items); i++) {
        const char *title = table_word(items, i, "name");
        stop(f, name, CASE_ITEMS, i);
        struct text words = {0};
        phrase_both(&words, *title ? title : table_word(items, i, "code"),
                    f->context->look.english);
        pane_clip(&f->pane, f->row, 3, name - 2, ROLE_TEXT, text_bytes(&words));
        text_free(&words);
        for (int c = 0; c < count; c++) {
            const char *value = table_at(items, i, columns[c]);
            struct text said = {0};
            phrase_both(&said, value && *value ? word_of(value) : "", f->context->look.english);
            pane_right(&f->pane, f->row, name + 2 + c * WIDTH, WIDTH - 1, ROLE_TEXT,
                       said.length ? text_bytes(&said) : glyph_text(&f->context->look, GLYPH_NONE));
            text_free(&said);
        }
        f->row++;
    }
}

void case_mask(struct text *out, const char *value)
{
    size_t length = strlen(value), first = utf8_length(value, length);
    if (strspn(value, "0123456789-+ ") == length && length > 7) {
        text_add_n(out, value, 3);
        text_add(out, "****");
        text_add(out, value + length - 4);
    } else {
        text_add_n(out, value, first ? first : length > 0);
        text_add(out, "**");
    }
}

/* Room for the longest title, two fifths of the pane at most. */
static int label_width(const struct filling *f, const struct table *entries)
{
    int widest = LABEL, most = f->pane.columns * 2 / 5;
    for (size_t i = 0; i < rows_of(entries); i++) {
        struct text title = {0};
        phrase_both(&title, table_word(entries, i, "title"), f->context->look.english);
        int width = 3 + width_of(text_bytes(&title));
        widest = width > widest ? width : widest;
        text_free(&title);
    }
    return widest > most ? most : widest;
}

static void fill_entry(struct filling *f, const struct table *entries, size_t i, int label)
{
    bool english = f->context->look.english;
    struct text title = {0}, value = {0}, shown = {0};
    phrase_both(&title, table_word(entries, i, "title"), english);
    phrase_both(&value, table_word(entries, i, "value"), english);
    if (strcmp(table_word(entries, i, "private"), "yes") == 0) {
        case_mask(&shown, text_bytes(&value));
    } else {
        text_add(&shown, word_of(text_bytes(&value)));
    }
    text_addf(&shown, "%s%s", *table_word(entries, i, "unit") ? " " : "",
              word_of(table_word(entries, i, "unit")));
    stop(f, label, CASE_ENTRIES, i);
    pane_clip(&f->pane, f->row, 3, label - 2, ROLE_FORM_LABEL, text_bytes(&title));
    int used = pane_wrap(&f->pane, f->row, label + 2, f->pane.columns - label - 3, 4,
                         ROLE_FORM_VALUE, text_bytes(&shown));
    f->row += used > 1 ? used : 1;
    text_free(&title);
    text_free(&value);
    text_free(&shown);
}

static void fill_entries(struct filling *f)
{
    const struct table *entries = table_of(f, "entries");
    if (!rows_of(entries)) {
        return;
    }
    int label = label_width(f, entries);
    heading(f, CASE_ENTRIES, _("Entries"), "");
    for (size_t i = 0; i < rows_of(entries); i++) {
        fill_entry(f, entries, i, label);
    }
}

/* What clouds hold of the system beside what it was given; the first stop opens all of it. */
static void fill_cloud(struct filling *f)
{
    const struct parcel *held = &f->state->held;
    const struct table *drifts = parcel_find(held, "drifts");
    if (!parcel_get(held, "at")) {
        return; /* no inventory tells of it */
    }
    int row = f->row;
    heading(f, CASE_CLOUD, _("In the clouds"), "");
    holdings_age_draw(held, &f->pane, row, 1 + width_of(_("In the clouds")) + 3, f->context);
    stop(f, 2, CASE_CLOUD, 0);
    f->row = holdings_measures_draw(held, &f->pane, f->row, f->context);
    for (size_t i = 0; i < rows_of(drifts); i++) {
        struct text words = {0};
        holdings_drift_text(drifts, i, f->context, &words);
        stop(f, 2, CASE_CLOUD, i + 1);
        pane_put(&f->pane, f->row, 1, ROLE_FLAG, "!");
        int used =
            pane_wrap(&f->pane, f->row, 3, f->pane.columns - 4, 2, ROLE_TEXT, text_bytes(&words));
        f->row += used > 1 ? used : 1;
        text_free(&words);
    }
}

static void size_text(const char *bytes, struct text *out)
{
    int64_t size = strtoll(bytes, NULL, 10);
    if (size >= 1 << 20) {
        text_addf(out, "%d.%dM", (int)(size >> 20), (int)((size & 0xfffff) * 10 >> 20));
    } else if (size >= 1024) {
        text_addf(out, "%dK", (int)(size >> 10));
    } else {
        text_addf(out, "%d", (int)size);
    }
}

static void fill_papers(struct filling *f)
{
    const struct table *documents = table_of(f, "documents");
    if (!rows_of(documents)) {
        return;
    }
    heading(f, CASE_PAPERS, _("Papers"), "");
    for (size_t i = 0; i < rows_of(documents); i++) {
        struct text size = {0}, digest = {0};
        int name = f->pane.columns - 30 < 40 ? f->pane.columns - 30 : 40;
        stop(f, name, CASE_PAPERS, i);
        pane_glyph(&f->pane, f->row, 1, ROLE_STAGE_PAST, GLYPH_YES);
        pane_clip(&f->pane, f->row, 3, name - 2, ROLE_TEXT, table_word(documents, i, "name"));
        size_text(table_word(documents, i, "size"), &size);
        pane_right(&f->pane, f->row, name + 2, 7, ROLE_TEXT, text_bytes(&size));
        text_add(&digest, "sm3 ");
        text_add_n(&digest, table_word(documents, i, "digest"),
                   strlen(table_word(documents, i, "digest")) > 8 ? 8 : 0);
        pane_put(&f->pane, f->row, name + 11, ROLE_TEXT_DIM, text_bytes(&digest));
        f->row++;
        text_free(&size);
        text_free(&digest);
    }
}

static void fill_acts(struct filling *f)
{
    const struct table *acts = table_of(f, "acts");
    struct text count = {0};
    text_addf(&count, _("%d acts, the newest first"), (int)rows_of(acts));
    heading(f, CASE_ACTS, _("What was done"), text_bytes(&count));
    text_free(&count);
    for (size_t i = rows_of(acts); i-- > 0;) {
        struct text words = {0};
        case_act_text(acts, i, f->context, &words);
        stop(f, f->context->look.english ? 15 : 15, CASE_ACTS, i);
        int used =
            pane_wrap(&f->pane, f->row, 3, f->pane.columns - 4, 3, ROLE_TEXT, text_bytes(&words));
        f->row += used > 1 ? used : 1;
        text_free(&words);
    }
}

static void fill_links(struct filling *f)
{
    const struct table *links = table_of(f, "links");
    if (!rows_of(links)) {
        return;
    }
    heading(f, CASE_LINKS, _("Linked cases"), _("Enter opens"));
    for (size_t i = 0; i < rows_of(links); i++) {
        struct text words = {0};
        bool closed = strcmp(table_word(links, i, "closed"), "yes") == 0;
        case_number_text(table_word(links, i, "case"), table_word(links, i, "procedure"),
                         f->context, &words);
        stop(f, width_of(text_bytes(&words)) + 2, CASE_LINKS, i);
        text_add(&words, "  ");
        phrase_both(&words, table_word(links, i, "title"), f->context->look.english);
        text_addf(&words, "  %s", closed ? _("closed") : "");
        pane_clip(&f->pane, f->row++, 3, f->pane.columns - 4, ROLE_TEXT, text_bytes(&words));
        text_free(&words);
    }
}

/* ---- the page ---- */

static void gap(struct filling *f)
{
    f->row += f->context->rows >= 36 ? 1 : 0;
}

/* Rows that are enough for all sections, however their lines wrap. */
static int rows_enough(const struct case_view *state)
{
    const struct table *drifts = parcel_find(&state->held, "drifts");
    int rows = 50 + 2 * (drifts ? (int)table_rows(drifts) : 0);
    for (size_t i = 0; i < state->shown.table_count; i++) {
        rows += 4 * (int)table_rows(state->shown.tables[i]);
    }
    return rows;
}

void case_draw_page(struct case_view *state, int columns, const struct context *context)
{
    bool wide = columns >= WIDE;
    int left = wide ? columns * 5 / 8 : columns;
    struct pane whole = page_begin(&state->page, rows_enough(state), columns, &context->look);
    struct filling f = {.state = state, .context = context};
    f.pane = pane_part(&whole, 0, 0, whole.rows, left);
    fill_clocks(&f);
    gap(&f);
    if (!wide) {
        fill_offers(&f);
    }
    fill_items(&f);
    gap(&f);
    fill_entries(&f);
    gap(&f);
    fill_cloud(&f);
    gap(&f);
    fill_papers(&f);
    gap(&f);
    struct filling right = f;
    if (wide) {
        right.left = left + 2;
        right.row = 0;
        right.pane = pane_part(&whole, 0, left + 2, whole.rows, columns - left - 2);
        fill_links(&f);
        fill_offers(&right);
        gap(&right);
        fill_acts(&right);
    } else {
        fill_acts(&f);
        fill_links(&f);
    }
    state->page.length = wide && right.row > f.row ? right.row : f.row;
}

void case_draw_stages(const struct parcel *shown, const struct pane *pane,
                      const struct context *context)
{
    const struct table *stages = parcel_find(shown, "stages");
    struct text holder = {0};
    bool past = true, english = context->look.english;
    int column = 1;
    const char *owner = parcel_get(shown, "owner"), *closed = parcel_get(shown, "closed");
    text_add(&holder, closed && strcmp(closed, "yes") == 0 ? _("closed: ") : "");
    phrase_both(&holder, parcel_get(shown, "state_title"), english);
    text_add(&holder, "  ");
    if (owner) {
        text_addf(&holder, "%s ", owner);
    }
    phrase_both(&holder, parcel_get(shown, "with_title"), english);
    int room = pane->columns - width_of(text_bytes(&holder)) - 3;
    for (size_t i = 0; stages && i < table_rows(stages) && column < room - 6; i++) {
        bool here = strcmp(table_word(stages, i, "here"), "yes") == 0;
        enum role role = here ? ROLE_STAGE_NOW : past ? ROLE_STAGE_PAST : ROLE_STAGE_NEXT;
        struct text title = {0};
        past &= !here;
        phrase_both(&title, table_word(stages, i, "title"), english);
        if (i) {
            column = pane_repeat(pane, 0, column, 3, role,
                                 role == ROLE_STAGE_NEXT ? GLYPH_BAR_REST : GLYPH_BAR_USED) +
                     1;
        }
        if (here || role == ROLE_STAGE_PAST) {
            column = pane_glyph(pane, 0, column, role, here ? GLYPH_HERE : GLYPH_YES) + 1;
        }
        column = pane_clip(pane, 0, column, room - column, role, text_bytes(&title)) + 1;
        text_free(&title);
    }
    pane_put(pane, 0, room > 1 ? room + 2 : 1, ROLE_TEXT_STRONG, text_bytes(&holder));
    text_free(&holder);
}
