/* picklist.c: one or several of a list. */
#include "tui/widget/picklist.h"

#include <string.h>

/* ---- options ---- */

void picklist_clear(struct picklist *list)
{
    for (int i = 0; i < list->count; i++) {
        text_free(&list->options[i].name);
        text_free(&list->options[i].title);
        text_free(&list->options[i].sound);
        list->options[i].marked = false;
    }
    list->count = 0;
    list->cursor = 0;
}

void picklist_free(struct picklist *list)
{
    picklist_clear(list);
    edit_free(&list->typed);
}

void picklist_add(struct picklist *list, const char *name, size_t name_length, const char *title,
                  const char *sound)
{
    if (list->count < PICKLIST_MOST) {
        struct picklist_option *option = &list->options[list->count++];
        text_add_n(&option->name, name, name_length);
        text_add(&option->title, title);
        text_add(&option->sound, sound);
    }
}

/* ---- finding ---- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool contains(const char *text, const char *part)
{
    for (const char *from = text; *from; from++) {
        size_t i = 0;
        while (part[i] && lower(from[i]) == lower(part[i])) {
            i++;
        }
        if (!part[i]) {
            return true;
        }
    }
    return !*part;
}

/* TYPED from a syllable on: some of its letters, then the same with the next one. */
static bool sounds_from(const char *sound, const char *typed)
{
    size_t syllable = strcspn(sound, " "), fits = 0;
    while (fits < syllable && typed[fits] && lower(typed[fits]) == lower(sound[fits])) {
        fits++;
    }
    const char *next = sound + syllable + strspn(sound + syllable, " ");
    for (size_t taken = fits; taken > 0; taken--) {
        if (!typed[taken] || (*next && sounds_from(next, typed + taken))) {
            return true;
        }
    }
    return false;
}

bool picklist_sounds(const char *sound, const char *typed)
{
    while (*sound) {
        if (sounds_from(sound, typed)) {
            return true;
        }
        sound += strcspn(sound, " ");
        sound += strspn(sound, " ");
    }
    return !*typed;
}

bool picklist_fits(const struct picklist *list, int index)
{
    const struct picklist_option *option = &list->options[index];
    const char *typed = edit_text(&list->typed);
    return list->sought || contains(text_bytes(&option->name), typed) ||
           contains(text_bytes(&option->title), typed) ||
           picklist_sounds(text_bytes(&option->sound), typed);
}

static int fitting(const struct picklist *list)
{
    int count = 0;
    for (int i = 0; i < list->count; i++) {
        count += picklist_fits(list, i);
    }
    return count;
}

int picklist_chosen(const struct picklist *list)
{
    int at = 0;
    for (int i = 0; i < list->count; i++) {
        if (picklist_fits(list, i) && at++ == list->cursor) {
            return i;
        }
    }
    return -1;
}

/* ---- keys ---- */

static bool move(struct picklist *list, int to)
{
    int count = fitting(list);
    list->cursor = to < 0 || count == 0 ? 0 : to >= count ? count - 1 : to;
    return true;
}

bool picklist_key(struct picklist *list, const struct key_event *event)
{
    struct key key = event->key;
    int chosen = picklist_chosen(list);
    if (key.with == 0 && key.code == KEYPAD_UP) {
        return move(list, list->cursor - 1);
    }
    if (key.with == 0 && key.code == KEYPAD_DOWN) {
        return move(list, list->cursor + 1);
    }
    if (key.with == 0 && key.code == ' ' && list->several && chosen >= 0) {
        list->options[chosen].marked = !list->options[chosen].marked;
        return move(list, list->cursor + 1);
    }
    bool taken = edit_key(&list->typed, event);
    return taken ? move(list, list->sought ? list->cursor : 0) : false;
}

/* ---- cells ---- */

static void draw_option(const struct picklist *list, const struct pane *pane, int row, int index,
                        bool here)
{
    const struct picklist_option *option = &list->options[index];
    enum role role = here ? ROLE_SHEET_CURSOR : ROLE_TEXT;
    int half = pane->columns / 2;
    if (here) {
        pane_fill(pane, row, 1, pane->columns - 2, role);
    }
    if (list->several) {
        pane_put(pane, row, 1, role, option->marked ? "*" : " ");
    }
    pane_clip(pane, row, 3, half - 3, role, text_bytes(&option->title));
    pane_clip(pane, row, half + 1, pane->columns - half - 3, here ? role : ROLE_TEXT_DIM,
              text_bytes(&option->name));
}

void picklist_draw(const struct picklist *list, const struct pane *pane)
{
    int shown = 0, room = pane->rows - 1;
    int first = list->cursor >= room ? list->cursor - room + 1 : 0;
    for (int i = 0; i < list->count && shown - first < room; i++) {
        if (picklist_fits(list, i)) {
            if (shown >= first) {
                draw_option(list, pane, 1 + shown - first, i, shown == list->cursor);
            }
            shown++;
        }
    }
    edit_draw(&list->typed, pane, 0, 3, pane->columns - 5, ROLE_FORM_FOCUS, true);
}
