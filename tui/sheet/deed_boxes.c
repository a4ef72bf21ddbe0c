/* deed_boxes.c: the entries of a deed as they are typed. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/sheet/choice.h"
#include "tui/sheet/deed.h"
#include "tui/text.h"
#include "tui/widget/written.h"
#include "tui/width.h"

enum { LABEL_MOST = 28 };

/* ---- making ---- */

void boxes_free(struct deed_boxes *boxes)
{
    for (int i = 0; i < boxes->count; i++) {
        struct deed_box *box = &boxes->boxes[i];
        free(box->pair);
        free(box->title);
        free(box->what);
        free(box->base);
        edit_free(&box->edit);
    }
    text_free(&boxes->complaint);
    *boxes = (struct deed_boxes){0};
}

static void title_text(const char *title, bool english, struct text *out)
{
    if (strchr(title, MESSAGE_BOTH)) {
        phrase_both(out, title, english);
    } else {
        text_add(out, _(title));
    }
}

void boxes_add(struct deed_boxes *boxes, const struct deed_field *field, const char *value,
               bool english)
{
    struct text title = {0};
    if (boxes->count == BOXES_MOST) {
        return;
    }
    struct deed_box *box = &boxes->boxes[boxes->count++];
    title_text(field->title, english, &title);
    *box = (struct deed_box){
        .pair = copy_text(field->pair),
        .title = copy_text(text_bytes(&title)),
        .what =
            copy_text(field->kind == DEED_CHOICE && *field->what ? _(field->what) : field->what),
        .base = copy_text(value),
        .kind = field->kind,
        .must = field->must};
    edit_set(&box->edit, value ? value : "");
    text_free(&title);
}

/* What the value of a column of a register is; all others are text. */
static const struct {
    const char *register_kind, *column; /* NULL: of every register */
    enum deed_kind kind;
    const char *what;
} known[] = {{NULL, "since", DEED_DAY, NULL},
             {NULL, "until", DEED_DAY, NULL},
             {"system", "opened", DEED_DAY, NULL},
             {"system", "closed", DEED_DAY, NULL},
             {"system", "online", DEED_YESNO, NULL},
             {"absence", "deputy", DEED_THING, "person"},
             {"absence", "parent", DEED_THING, "person"},
             {"price", "parent", DEED_THING, "product"},
             {NULL, "parent", DEED_THING, "org"}};

static void set_kind(struct deed_field *field, const char *kind, const char *column)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].column, column) == 0 &&
            (!known[i].register_kind || strcmp(known[i].register_kind, kind) == 0)) {
            field->kind = known[i].kind;
            field->what = known[i].what;
            return;
        }
    }
}

/* The pair of `put` and `thing` for a column. */
static void pair_of(const char *column, struct text *out)
{
    static const char *const own[] = {"code", "name", "parent", "since", "until"};
    bool is_own = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        is_own |= strcmp(own[i], column) == 0;
    }
    text_addf(out, "%s%s", is_own ? "" : "fact.", column);
}

static void add_column(struct deed_boxes *boxes, const char *kind, const char *column,
                       const char *title, bool must, const struct parcel *thing, bool english)
{
    struct text pair = {0};
    pair_of(column, &pair);
    struct deed_field field = {text_bytes(&pair), title, DEED_TEXT, must, NULL, false};
    set_kind(&field, kind, column);
    const char *value = thing ? parcel_get(thing, text_bytes(&pair)) : NULL;
    boxes_add(boxes, &field, value ? value : "", english);
    text_free(&pair);
}

static bool has_box(const struct deed_boxes *boxes, const char *column)
{
    struct text pair = {0};
    bool found = false;
    pair_of(column, &pair);
    for (int i = 0; i < boxes->count && !found; i++) {
        found = strcmp(boxes->boxes[i].pair, text_bytes(&pair)) == 0;
    }
    text_free(&pair);
    return found;
}

/* A name with capitals stands for many: "entry.FIELD". */
static bool is_pattern(const char *name)
{
    return strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

void boxes_of_register(struct deed_boxes *boxes, const char *kind, const struct parcel *columns,
                       const struct parcel *thing, bool english)
{
    static const struct deed_field reason = {"reason", N_("reason"), DEED_TEXT, false, NULL, false};
    const struct table *table = parcel_find(columns, "columns");
    const struct table *facts = thing ? parcel_find(thing, "facts") : NULL;
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *name = table_word(table, row, "name");
        bool must = strcmp(table_word(table, row, "required"), "yes") == 0;
        if (!is_pattern(name) && !(thing && strcmp(name, "code") == 0)) {
            add_column(boxes, kind, name, table_word(table, row, "word"), must, thing, english);
        }
    }
    for (size_t row = 0; facts && row < table_rows(facts); row++) {
        const char *name = table_word(facts, row, "fact");
        const char *word = table_word(facts, row, "word");
        if (!has_box(boxes, name)) {
            add_column(boxes, kind, name, *word ? word : name, false, thing, english);
        }
    }
    boxes_add(boxes, &reason, NULL, english);
}

void boxes_choices(struct deed_boxes *boxes, const char *pair, const struct table *table,
                   const char *name, const char *title)
{
    struct text labels = {0};
    for (size_t row = 0; table && row < table_rows(table); row++) {
        if (strcmp(table_word(table, row, "fits"), "no") != 0) {
            text_addf(&labels, "%s=%s\n", table_word(table, row, name),
                      table_word(table, row, title));
        }
    }
    for (int i = 0; i < boxes->count; i++) {
        if (strcmp(boxes->boxes[i].pair, pair) == 0) {
            free(boxes->boxes[i].what);
            boxes->boxes[i].what = copy_text(text_bytes(&labels));
        }
    }
    text_free(&labels);
}

/* ---- sending ---- */

void boxes_complain(struct deed_boxes *boxes, const char *name, const char *sentence)
{
    boxes->wrong = 0;
    text_clear(&boxes->complaint);
    for (int i = 0; i < boxes->count && name && !boxes->wrong; i++) {
        const char *pair = boxes->boxes[i].pair;
        bool fact = strncmp(pair, "fact.", 5) == 0;
        if (strcmp(pair, name) == 0 || (fact && strcmp(pair + 5, name) == 0)) {
            boxes->wrong = i + 1;
            boxes->at = i;
            text_add(&boxes->complaint, sentence);
        }
    }
}

static bool put_file(struct deed_boxes *boxes, const struct deed_box *box, bool english,
                     struct parcel *request)
{
    struct text bytes = {0}, said = {0};
    struct error error = {0};
    bool read = desk_read_file(edit_text(&box->edit), &bytes, &error) == 0;
    if (read) {
        parcel_put_n(request, box->pair, text_bytes(&bytes), bytes.length);
    } else {
        const char *const arg[4] = {error.arg[0], error.arg[1]};
        phrase_said(&said, error.sentence ? error.sentence : N_("memory is short"), arg, english);
        boxes_complain(boxes, box->pair, text_bytes(&said));
    }
    text_free(&bytes);
    text_free(&said);
    error_free(&error);
    return read;
}

static void put_value(const struct deed_box *box, const struct context *context,
                      struct parcel *request)
{
    static const enum form_type types[] = {
        [DEED_DAY] = FORM_DATE, [DEED_YESNO] = FORM_YESNO, [DEED_CHOICE] = FORM_CHOICE};
    struct written_kind kind = {.type = types[box->kind],
                                .labels = box->what ? box->what : "",
                                .english = context->look.english,
                                .today = moment_day(context->now)};
    struct text value = {0};
    written_value(&kind, edit_text(&box->edit), &value);
    parcel_put(request, box->pair, text_bytes(&value));
    text_free(&value);
}

bool boxes_put(struct deed_boxes *boxes, const struct context *context, struct parcel *request)
{
    for (int i = 0; i < boxes->count; i++) {
        const struct deed_box *box = &boxes->boxes[i];
        const char *typed = edit_text(&box->edit);
        if (box->must && !*typed) {
            boxes_complain(boxes, box->pair, _("this has to be filled in"));
            boxes->at = i;
            return false;
        }
        if (box->base ? strcmp(box->base, typed) == 0 : !*typed) {
            continue;
        }
        if (box->kind == DEED_FILE && !put_file(boxes, box, context->look.english, request)) {
            return false;
        }
        if (box->kind == DEED_THING || box->kind == DEED_TEXT) {
            parcel_put(request, box->pair, typed);
        } else if (box->kind != DEED_FILE && box->kind != DEED_DOCUMENT) {
            put_value(box, context, request);
        }
    }
    return true;
}

/* ---- cells ---- */

int boxes_rows(const struct deed_boxes *boxes)
{
    return boxes->count + (boxes->wrong > 0);
}

static int label_width(const struct deed_boxes *boxes, int room)
{
    int widest = 0;
    for (int i = 0; i < boxes->count; i++) {
        int width = width_of(boxes->boxes[i].title);
        widest = width > widest ? width : widest;
    }
    widest = widest > LABEL_MOST ? LABEL_MOST : widest;
    return widest > room / 2 ? room / 2 : widest;
}

/* The title of what was chosen; else what is typed. */
static void draw_value(const struct deed_box *box, const struct pane *pane, int row, int column,
                       int width, bool focus)
{
    bool changed = box->base && strcmp(box->base, edit_text(&box->edit)) != 0;
    edit_draw(&box->edit, pane, row, column, width,
              focus     ? ROLE_FORM_FOCUS
              : changed ? ROLE_FORM_CHANGED
                        : ROLE_FORM_VALUE,
              focus);
    const char *at = box->kind == DEED_CHOICE && box->what ? box->what : "", *name, *text;
    size_t name_length, text_length;
    while (label_next(&at, &name, &name_length, &text, &text_length)) {
        const char *typed = edit_text(&box->edit);
        if (strlen(typed) == name_length && memcmp(typed, name, name_length) == 0) {
            struct text title = {0};
            text_add_n(&title, text, text_length);
            int beside = column + (int)name_length + 2;
            pane_clip(pane, row, beside, width - (int)name_length - 2, ROLE_FORM_HINT,
                      text_bytes(&title));
            text_free(&title);
        }
    }
}

void boxes_draw(const struct deed_boxes *boxes, const struct pane *pane)
{
    int label = label_width(boxes, pane->columns), row = 0;
    int rows = boxes->at + 1 + (boxes->wrong > 0), top = rows > pane->rows ? rows - pane->rows : 0;
    for (int i = top; i < boxes->count && row < pane->rows; i++, row++) {
        const struct deed_box *box = &boxes->boxes[i];
        bool wrong = boxes->wrong == i + 1;
        if (i == boxes->at) {
            pane_glyph(pane, row, 0, ROLE_FORM_FOCUS, GLYPH_FOCUS);
        }
        int column =
            pane_pad(pane, row, 2, label, wrong ? ROLE_FORM_ERROR : ROLE_FORM_LABEL, box->title);
        pane_put(pane, row, column, ROLE_FORM_LABEL, box->must ? " *" : "");
        draw_value(box, pane, row, column + 3, pane->columns - column - 4, i == boxes->at);
        if (wrong && row + 1 < pane->rows) {
            pane_clip(pane, ++row, column + 3, pane->columns - column - 4, ROLE_FORM_ERROR,
                      text_bytes(&boxes->complaint));
        }
    }
}
