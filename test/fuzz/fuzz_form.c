/* fuzz_form.c: any keys in a form: nothing that was typed is lost, no glyph is torn, what a draft
 * holds comes back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "test/support/form_reply.h"
#include "tui/widget/form.h"
#include "tui/width.h"

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* ---- keys out of bytes ---- */

static const uint32_t keys[] = {KEYPAD_UP,   KEYPAD_DOWN, KEYPAD_LEFT,      KEYPAD_RIGHT,
                                KEYPAD_HOME, KEYPAD_END,  KEYPAD_BACKSPACE, KEYPAD_DELETE,
                                KEYPAD_TAB,  KEYPAD_ENTER};
static const uint32_t letters[] = {'a', 'e', 'k', 'u', 'w', 'z', 'y', 'd', 'b', 'h'};
static const uint32_t characters[] = {0x5c71, 0x6d2a, 0x301, 0xff15, 0x1f600, ' ', '-', '|'};

static struct key_event event_of(uint8_t byte)
{
    struct key_event event = {0};
    if (byte < 10) {
        event.key.code = keys[byte];
    } else if (byte < 20) {
        event.key = (struct key){letters[byte - 10], KEY_CTRL};
    } else if (byte < 28) {
        event.key.code = characters[byte - 20];
    } else if (byte < 32) {
        static const char *const pastes[] = {"DR-G-8\t2\nx 3\n", "\xff\n一\n二", "9", "ECS-G-8"};
        event.key.code = KEY_PASTE;
        event.text = pastes[byte - 28];
        event.length = strlen(event.text);
    } else {
        event.key.code = byte < 0x7f ? byte : 0x4e00u + byte;
    }
    return event;
}

/* ---- what must hold ---- */

static void check_cells(const struct grid *grid)
{
    for (int i = 0; i < grid->rows * grid->columns; i++) {
        bool right = i % grid->columns > 0 && grid->cells[i - 1].width == 2;
        must((grid->cells[i].width == 0) == right);
        must(grid->cells[i].width < 2 || i % grid->columns + 1 < grid->columns);
    }
}

static void check_drawn(const struct form *form, int rows, int columns)
{
    struct look look = {.set = GLYPHS_FULL};
    struct grid grid = {0};
    must(grid_resize(&grid, rows, columns));
    struct pane pane = grid_pane(&grid, &look);
    const struct edit *edit = &form->fields[form->at].edit;
    items_draw(&form->items, &pane, form->at == form->items_at);
    check_cells(&grid);
    edit_draw(edit, &pane, 0, columns / 3, columns / 2, ROLE_FORM_FOCUS, true);
    check_cells(&grid);
    edit_draw_lines(edit, &pane, ROLE_FORM_FOCUS, true);
    check_cells(&grid);
    must(grid.cursor_row < rows && grid.cursor_column < columns);
    grid_free(&grid);
}

/* The text is whole UTF-8 and the point stands between characters. */
static void check_edit(const struct edit *edit)
{
    const char *text = edit_text(edit);
    must(utf8_check(text, edit->text.length) == edit->text.length);
    must(edit->at <= edit->text.length && utf8_check(text, edit->at) == edit->at);
}

/* Whatever was done to the text of a field, undoing all of it gives back what was there. */
static void check_undone(const struct form *form)
{
    struct edit copy = {.lines = form->fields[form->at].edit.lines};
    edit_set(&copy, edit_text(&form->fields[form->at].edit));
    struct key_event wipe = {.key = {'u', KEY_CTRL}};
    size_t length = copy.text.length;
    edit_key(&copy, &wipe);
    while (edit_undo(&copy)) {
    }
    must(copy.text.length == length);
    edit_free(&copy);
}

static struct form *fresh(void)
{
    struct parcel about = {0}, products = {0}, prices = {0};
    form_reply_application(&about);
    form_reply_catalogue(&products, &prices);
    struct form *form = form_new(&about, FORM_OPENS, true, INT64_C(1795424400), true);
    must(form != NULL);
    items_catalogue(&form->items, &products);
    items_priced(&form->items, &prices);
    parcel_free(&about);
    parcel_free(&products);
    parcel_free(&prices);
    return form;
}

/* A draft of every field, put into a form made anew, is what was typed. */
static void check_kept(const struct form *form)
{
    static const struct column columns[] = {{"field", CELL_NAME, NULL}, {"value", CELL_TEXT, NULL}};
    struct parcel drafts = {0};
    struct table *table = parcel_table(&drafts, "drafts", columns, 2);
    struct form *again = fresh();
    for (int i = 0; i < form->count; i++) {
        struct text value = {0};
        form_draft(form, i, &value);
        table_text(table, form->fields[i].name);
        table_text(table, text_bytes(&value));
        text_free(&value);
    }
    form_restore(again, table);
    for (int i = 0; i < form->count; i++) {
        struct text was = {0}, is = {0};
        form_draft(form, i, &was);
        form_draft(again, i, &is);
        must(i == form->items_at || strcmp(text_bytes(&was), text_bytes(&is)) == 0);
        text_free(&was);
        text_free(&is);
    }
    must(items_count(&again->items) == items_count(&form->items));
    form_free(again);
    parcel_free(&drafts);
}

/* Leaving a field changes how it is written, never what it means. */
static void leave(struct form *form)
{
    struct text before = {0}, after = {0};
    form_value(form, form->at, &before);
    form_leave(form, form->at);
    form_value(form, form->at, &after);
    must(form->at == form->items_at || strcmp(text_bytes(&before), text_bytes(&after)) == 0);
    text_free(&before);
    text_free(&after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct form *form = fresh();
    struct parcel request = {0};
    int rows = size > 0 ? data[0] % 12 + 1 : 5, columns = size > 1 ? data[1] % 100 + 1 : 20;
    for (size_t i = 2; i < size && i < 400; i++) {
        struct key_event event = event_of(data[i]);
        bool list = form->at == form->items_at;
        bool taken =
            list ? items_key(&form->items, &event) : edit_key(&form->fields[form->at].edit, &event);
        check_edit(&form->fields[form->at].edit);
        if (!taken && (event.key.code == KEYPAD_TAB || event.key.code == KEYPAD_ENTER)) {
            leave(form);
            int next = form_step(form, form->at, 1);
            form_go(form, next >= 0 ? next : form_step(form, -1, 1));
        }
        if (i % 16 == 0) {
            check_drawn(form, rows, columns);
        }
    }
    check_drawn(form, rows, columns);
    check_undone(form);
    check_kept(form);
    form_put(form, &request);
    parcel_free(&request);
    form_free(form);
    return 0;
}
