/* merge.c: three texts of each field. */
#include "tui/widget/merge.h"

#include <string.h>

/* What stood in a field when the form was made, as people write it. */
static void add_base(const struct form *form, int index, struct text *out)
{
    if (index == form->items_at) {
        text_add(out, text_bytes(&form->items.base));
    } else {
        form_said(form, index, form->fields[index].base, out);
    }
}

void merge_compare(const struct form *mine, const struct form *theirs, struct parcel *out)
{
    static const struct column columns[] = {{"field", CELL_NAME, NULL},
                                            {"title", CELL_TEXT, NULL},
                                            {"base", CELL_TEXT, NULL},
                                            {"theirs", CELL_TEXT, NULL},
                                            {"mine", CELL_TEXT, NULL}};
    struct table *table = parcel_table(out, "rows", columns, 5);
    for (int i = 0; i < mine->count; i++) {
        const struct form_field *field = &mine->fields[i];
        int other = form_find(theirs, field->name);
        struct text title = {0}, base = {0}, now = {0}, typed = {0};
        if (field->filing || other < 0) {
            continue;
        }
        form_title(mine, field->title, &title);
        add_base(mine, i, &base);
        add_base(theirs, other, &now);
        form_draft(mine, i, &typed);
        bool masked = field->is_private && strcmp(field->base, "*") == 0 && !typed.length;
        const char *here = masked ? text_bytes(&base) : text_bytes(&typed);
        bool differs = strcmp(text_bytes(&base), text_bytes(&now)) != 0 ||
                       strcmp(text_bytes(&base), here) != 0;
        const char *const cells[] = {field->name, text_bytes(&title), text_bytes(&base),
                                     text_bytes(&now), here};
        for (int c = 0; differs && c < 5; c++) {
            table_text(table, cells[c]);
        }
        text_free(&title);
        text_free(&base);
        text_free(&now);
        text_free(&typed);
    }
}

static enum merge_take decided(const struct merge_row *row)
{
    bool mine = strcmp(row->base, row->mine) != 0, theirs = strcmp(row->base, row->theirs) != 0;
    return strcmp(row->mine, row->theirs) == 0 ? MERGE_SAME
           : mine && theirs                    ? MERGE_UNDECIDED
           : mine                              ? MERGE_MINE
                                               : MERGE_THEIRS;
}

void merge_read(struct merge *merge, const struct parcel *rows)
{
    const struct table *table = parcel_find(rows, "rows");
    size_t count = table ? table_rows(table) : 0;
    merge->count = 0;
    for (size_t at = 0; at < count && merge->count < MERGE_MOST; at++) {
        struct merge_row *row = &merge->rows[merge->count++];
        *row = (struct merge_row){.field = table_cell(table, at, "field"),
                                  .title = table_cell(table, at, "title"),
                                  .base = table_cell(table, at, "base"),
                                  .theirs = table_cell(table, at, "theirs"),
                                  .mine = table_cell(table, at, "mine")};
        row->take = decided(row);
    }
    merge->cursor = 0;
    if (merge->count && merge->rows[0].take != MERGE_UNDECIDED) {
        merge_next(merge);
    }
}

int merge_undecided(const struct merge *merge)
{
    int count = 0;
    for (int i = 0; i < merge->count; i++) {
        count += merge->rows[i].take == MERGE_UNDECIDED;
    }
    return count;
}

bool merge_next(struct merge *merge)
{
    for (int i = 1; i <= merge->count; i++) {
        int row = (merge->cursor + i) % merge->count;
        if (merge->rows[row].take == MERGE_UNDECIDED) {
            merge->cursor = row;
            return true;
        }
    }
    return false;
}

void merge_take(struct merge *merge, enum merge_take take)
{
    if (merge->count) {
        merge->rows[merge->cursor].take = take;
    }
}

void merge_text(const struct merge_row *row, struct text *out)
{
    switch (row->take) {
    case MERGE_BASE:
        text_add(out, row->base);
        break;
    case MERGE_THEIRS:
        text_add(out, row->theirs);
        break;
    case MERGE_BOTH:
        text_addf(out, "%s\n%s", row->mine, row->theirs);
        break;
    default:
        text_add(out, row->mine);
    }
}
