/* conflict.c: somebody else was faster: nothing is written, nothing typed is lost; field by field.
 */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/text.h"
#include "tui/widget/merge.h"

/* ---- the form takes what was decided ---- */

static void set_text(struct form *form, int index, const char *text)
{
    if (index == form->items_at) {
        items_set_text(&form->items, text);
    } else {
        edit_replace(&form->fields[index].edit, text);
    }
}

/* All that was typed goes over into the form as the case is now. */
static void carry_over(const struct form *from, struct form *to)
{
    for (int i = 0; i < from->count; i++) {
        const struct form_field *field = &from->fields[i];
        int index = form_find(to, field->name);
        struct text typed = {0};
        if (index < 0) {
            continue;
        }
        form_draft(from, i, &typed);
        set_text(to, index, text_bytes(&typed));
        to->fields[index].left = field->left;
        text_clear(&to->fields[index].kept);
        text_add(&to->fields[index].kept, text_bytes(&field->kept));
        text_free(&typed);
    }
    form_go(to, form_find(to, from->fields[from->at].name));
}

static void rebase(struct view *view, const struct merge *merge)
{
    struct filling *filling = view_state(view);
    struct form *old = filling->form;
    filling->form = NULL;
    form_begin(view, &filling->theirs);
    struct form *form = filling->form;
    if (!form) { /* no memory: what was typed is what counts */
        filling->form = old;
        return;
    }
    carry_over(old, form);
    for (int i = 0; i < merge->count; i++) {
        struct text text = {0};
        int index = form_find(form, merge->rows[i].field);
        merge_text(&merge->rows[i], &text);
        if (index >= 0) {
            set_text(form, index, text_bytes(&text));
        }
        text_free(&text);
    }
    form_free(old);
    form_keep(view);
    if (form->items.some) {
        form_catalogue(view);
    }
    form_try(view, true);
}

static void add_since(const struct parcel *since, bool english, struct text *out)
{
    const struct table *table = parcel_find(since, "since");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        const char *at = table_word(table, row, "effective");
        text_addf(out, "%s%s %s ", out->length ? "; " : "", table_word(table, row, "who"),
                  strlen(at) >= 16 ? at + 5 : at);
        phrase_both(out, table_word(table, row, "title"), english);
    }
}

void form_conflict(struct view *view, const struct parcel *theirs)
{
    struct filling *filling = view_state(view);
    bool english = filling->form->english;
    struct form *now = form_new(theirs, filling->form->mode, false, filling->form->now, english);
    struct parcel rows = {0};
    struct merge merge = {0};
    struct text since = {0};
    if (!now) {
        return;
    }
    parcel_renew(theirs, &filling->theirs);
    merge_compare(filling->form, now, &rows);
    merge_read(&merge, &rows);
    add_since(&filling->since, english, &since);
    if (merge_undecided(&merge) == 0) {
        view_say(view, ROLE_MESSAGE_INFO, N_("taken in, and nothing collides: %1"),
                 text_bytes(&since), NULL, NULL);
        rebase(view, &merge);
    } else {
        struct parcel *given = view_open_with(view, "conflict", text_bytes(&filling->number));
        (void)parcel_copy(&rows, given);
        parcel_put(given, "since", text_bytes(&since));
        parcel_put_int(given, "rev", filling->rev);
        parcel_put(given, "now", parcel_get(theirs, "rev"));
    }
    form_free(now);
    parcel_free(&rows);
    text_free(&since);
}

void form_resolved(struct view *view, const struct parcel *choice)
{
    struct merge merge = {0};
    const struct table *taken = parcel_find(choice, "taken");
    merge_read(&merge, choice);
    for (int i = 0; i < merge.count; i++) {
        merge.rows[i].take = (enum merge_take)(taken && table_cell(taken, (size_t)i, "take")
                                                   ? table_cell(taken, (size_t)i, "take")[0] - '0'
                                                   : MERGE_MINE);
    }
    rebase(view, &merge);
}

/* ---- the sheet ---- */

struct settling {
    struct parcel given;
    struct text number;
    struct merge merge;
};

static void open_conflict(struct view *view, const char *what)
{
    struct settling *settling = view_state(view);
    text_add(&settling->number, what);
    if (view_given(view)) {
        (void)parcel_copy(view_given(view), &settling->given);
    }
    merge_read(&settling->merge, &settling->given);
}

static void close_conflict(struct view *view)
{
    struct settling *settling = view_state(view);
    parcel_free(&settling->given);
    text_free(&settling->number);
}

static void settle(struct view *view)
{
    static const struct column columns[] = {{"take", CELL_NUMBER, NULL}};
    struct settling *settling = view_state(view);
    struct text number = {0};
    int open = merge_undecided(&settling->merge);
    if (open) {
        text_add_int(&number, open);
        merge_next(&settling->merge);
        view_say(view, ROLE_MESSAGE_WARN,
                 N_("%1 still undecided; it can be submitted when none is"), text_bytes(&number),
                 NULL, NULL);
        text_free(&number);
        return;
    }
    struct parcel *choice = view_choose(view);
    (void)parcel_copy(&settling->given, choice);
    struct table *table = parcel_table(choice, "taken", columns, 1);
    for (int i = 0; i < settling->merge.count; i++) {
        table_int(table, settling->merge.rows[i].take);
    }
}

static bool key_conflict(struct view *view, const struct key_event *event)
{
    static const enum merge_take takes[] = {['0' - '0'] = MERGE_BASE,
                                            ['1' - '0'] = MERGE_THEIRS,
                                            ['2' - '0'] = MERGE_MINE,
                                            ['3' - '0'] = MERGE_BOTH};
    struct settling *settling = view_state(view);
    struct key key = key_half(event->key);
    if (key.with || key.code < '0' || key.code > '3') {
        return false;
    }
    merge_take(&settling->merge, takes[key.code - '0']);
    merge_next(&settling->merge);
    return true;
}

static bool act_conflict(struct view *view, enum action action)
{
    struct settling *settling = view_state(view);
    struct merge *merge = &settling->merge;
    switch (action) {
    case ACTION_DOWN:
    case ACTION_NEXT_PANE:
        merge->cursor += merge->cursor + 1 < merge->count;
        return true;
    case ACTION_UP:
    case ACTION_PREVIOUS_PANE:
        merge->cursor -= merge->cursor > 0;
        return true;
    case ACTION_NEXT_WRONG:
        merge_next(merge);
        return true;
    case ACTION_SUBMIT:
        settle(view);
        return true;
    default:
        return false;
    }
}

static int rows_conflict(const struct view *view, int most)
{
    (void)view;
    return most;
}

static void context_conflict(const struct view *view, const struct pane *pane)
{
    const struct settling *settling = view_state(view);
    struct text bar = {0}, open = {0};
    const char *const arg[4] = {text_bytes(&settling->number), parcel_get(&settling->given, "rev"),
                                parcel_get(&settling->given, "now")};
    phrase_said(&bar, N_("%1 was changed by somebody else: you began at version %2, it is now %3"),
                arg, view_context(view)->look.english);
    int column = pane_clip(pane, 0, 1, pane->columns - 2, ROLE_SHEET_TITLE, text_bytes(&bar)) + 2;
    text_add_int(&open, merge_undecided(&settling->merge));
    text_add(&open, "/");
    text_add_int(&open, settling->merge.count);
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM, text_bytes(&open));
    text_free(&bar);
    text_free(&open);
}

/* ---- cells ---- */

static const char *take_word(enum merge_take take)
{
    static const char *const words[] = {"?",        N_("origin"), N_("theirs"),
                                        N_("mine"), N_("both"),   N_("same")};
    return gettext(words[take]);
}

/* The first line of TEXT; what is empty says so. */
static void put_text(const struct pane *pane, int row, int column, int width, enum role role,
                     const char *text)
{
    struct text line = {0};
    text_add_n(&line, text, strcspn(text, "\n"));
    for (size_t i = 0; i < line.length; i++) {
        line.bytes[i] = line.bytes[i] == '\t' ? ' ' : line.bytes[i];
    }
    pane_clip(pane, row, column, width, *text ? role : ROLE_TEXT_DIM,
              *text ? text_bytes(&line) : _("(empty)"));
    text_free(&line);
}

static void draw_row(const struct merge *merge, const struct pane *pane, int row, int at)
{
    const struct merge_row *of = &merge->rows[at];
    int title = pane->columns / 6, take = 8, wide = pane->columns >= 60;
    int width = (pane->columns - title - take - 3) / (wide ? 3 : 2), column = title + 2;
    bool here = at == merge->cursor;
    if (here) {
        pane_glyph(pane, row, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
    }
    pane_pad(pane, row, 1, title, here ? ROLE_TABLE_CURSOR : ROLE_FORM_LABEL, of->title);
    if (wide) {
        put_text(pane, row, column, width - 1, ROLE_DIFF_BASE, of->base);
        column += width;
    }
    put_text(pane, row, column, width - 1, ROLE_DIFF_THEIRS, of->theirs);
    put_text(pane, row, column + width, width - 1, ROLE_DIFF_MINE, of->mine);
    pane_clip(pane, row, column + 2 * width, take,
              of->take == MERGE_UNDECIDED ? ROLE_MESSAGE_WARN : ROLE_TEXT, take_word(of->take));
}

static void draw_heads(const struct pane *pane, int row)
{
    const char *const heads[] = {N_("origin"), N_("theirs"), N_("mine")};
    int title = pane->columns / 6, wide = pane->columns >= 60;
    int width = (pane->columns - title - 11) / (wide ? 3 : 2), column = title + 2;
    pane_fill(pane, row, 0, pane->columns, ROLE_HEAD);
    pane_clip(pane, row, 1, title, ROLE_HEAD, _("field"));
    for (int i = wide ? 0 : 1; i < 3; i++) {
        pane_clip(pane, row, column, width - 1, ROLE_HEAD, gettext(heads[i]));
        column += width;
    }
    pane_clip(pane, row, column, 8, ROLE_HEAD, _("taken"));
}

/* The three texts of the row under the cursor, whole. */
static void draw_texts(const struct merge *merge, const struct pane *pane)
{
    const struct merge_row *row = &merge->rows[merge->cursor];
    const char *const labels[] = {N_("origin"), N_("theirs"), N_("mine")};
    const char *const texts[] = {row->base, row->theirs, row->mine};
    const enum role roles[] = {ROLE_DIFF_BASE, ROLE_DIFF_THEIRS, ROLE_DIFF_MINE};
    int at = 0;
    pane_clip(pane, at++, 1, pane->columns - 2, ROLE_HEADING, row->title);
    for (int i = 0; i < 3 && at < pane->rows; i++) {
        int column = pane_put(pane, at, 1, ROLE_HEADING, gettext(labels[i])) + 2;
        int rows = pane_wrap(pane, at, column, pane->columns - column - 1, 3, roles[i], texts[i]);
        at += rows ? rows : 1;
    }
    pane_clip(pane, at + 1, 1, pane->columns - 2, ROLE_FORM_HINT,
              _("1 take theirs   2 take mine   3 both, to be mended in the form   0 the origin"));
}

static void draw_conflict(const struct view *view, const struct pane *pane)
{
    const struct settling *settling = view_state(view);
    const struct merge *merge = &settling->merge;
    const char *since = parcel_get(&settling->given, "since");
    int below = pane->rows >= 14 ? 9 : 0, room = pane->rows - 2 - below;
    int first = merge->cursor >= room && room > 0 ? merge->cursor - room + 1 : 0;
    pane_clip(pane, 0, 1, pane->columns - 2, ROLE_DIFF_THEIRS, since ? since : "");
    draw_heads(pane, 1);
    for (int i = first; i < merge->count && i - first < room; i++) {
        draw_row(merge, pane, 2 + i - first, i);
    }
    if (below && merge->count) {
        struct pane texts = pane_part(pane, pane->rows - below, 0, below, pane->columns);
        draw_texts(merge, &texts);
    }
}

static const char *label_conflict(const struct view *view, enum action action)
{
    (void)view;
    return action == ACTION_SUBMIT       ? _("merge")
           : action == ACTION_NEXT_WRONG ? _("next undecided")
           : action == ACTION_BACK       ? _("keep as a draft")
                                         : NULL;
}

const struct screen sheet_conflict = {
    .name = "conflict",
    .title = N_("conflict"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct settling),
    .acts = (const enum action[]){ACTION_NEXT_WRONG, ACTION_SUBMIT, ACTION_BACK, ACTION_NONE},
    .open = open_conflict,
    .close = close_conflict,
    .act = act_conflict,
    .key = key_conflict,
    .rows = rows_conflict,
    .context_row = context_conflict,
    .draw = draw_conflict,
    .label = label_conflict,
};
