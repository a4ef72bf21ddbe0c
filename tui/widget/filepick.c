/* filepick.c: a file by its path. */
#include "tui/widget/filepick.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/text.h"

/* ---- directories ---- */

/* PATH with ~ as the home directory. */
static void expand(const char *path, struct text *out)
{
    const char *home = path[0] == '~' && (path[1] == '/' || !path[1]) ? getenv("HOME") : NULL;
    text_addf(out, "%s%s", home ? home : "", home ? path + 1 : path);
}

/* What of PATH names the directory: up to its last slash, "." where there is none. */
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static void drop_entries(struct filepick *pick)
{
    for (int i = 0; i < pick->count; i++) {
        free(pick->entries[i].name);
    }
    free(pick->entries);
    pick->entries = NULL;
    pick->count = 0;
    pick->more = false;
}

void filepick_free(struct filepick *pick)
{
    drop_entries(pick);
    edit_free(&pick->typed);
    text_free(&pick->directory);
}

static int by_name(const void *a, const void *b)
{
    const struct filepick_entry *left = a, *right = b;
    int kind = right->directory - left->directory;
    return kind ? kind : strcmp(left->name, right->name);
}

static void add_entry(struct filepick *pick, int at, const char *name)
{
    struct stat about;
    bool known = fstatat(at, name, &about, 0) == 0;
    bool useful = known && (S_ISDIR(about.st_mode) || S_ISREG(about.st_mode));
    struct filepick_entry *grown =
        useful ? realloc(pick->entries, ((size_t)pick->count + 1) * sizeof *grown) : NULL;
    if (grown) {
        pick->entries = grown;
        pick->entries[pick->count] =
            (struct filepick_entry){strdup(name), S_ISDIR(about.st_mode), about.st_size};
        pick->count += pick->entries[pick->count].name != NULL;
    }
}

static void read_directory(struct filepick *pick, const char *path)
{
    DIR *directory = opendir(path);
    drop_entries(pick);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        size_t length = strlen(entry->d_name);
        bool plain = entry->d_name[0] != '.' && utf8_check(entry->d_name, length) == length;
        pick->more |= plain && pick->count == FILEPICK_MOST;
        if (plain && pick->count < FILEPICK_MOST) {
            add_entry(pick, dirfd(directory), entry->d_name);
        }
    }
    if (directory) {
        closedir(directory);
    }
    if (pick->count > 1) {
        qsort(pick->entries, (size_t)pick->count, sizeof *pick->entries, by_name);
    }
}

/* The entries of what is typed now. */
static void refresh(struct filepick *pick)
{
    const char *typed = edit_text(&pick->typed);
    struct text head = {0}, path = {0};
    text_add_n(&head, typed, directory_length(typed));
    expand(head.length ? text_bytes(&head) : ".", &path);
    if (strcmp(text_bytes(&path), text_bytes(&pick->directory)) != 0) {
        text_clear(&pick->directory);
        text_add(&pick->directory, text_bytes(&path));
        read_directory(pick, text_bytes(&path));
        pick->cursor = -1;
    }
    text_free(&head);
    text_free(&path);
}

void filepick_begin(struct filepick *pick, const char *directory)
{
    *pick = (struct filepick){.cursor = -1};
    edit_set(&pick->typed, directory);
    refresh(pick);
}

/* ---- what fits ---- */

static const char *tail(const struct filepick *pick)
{
    const char *typed = edit_text(&pick->typed);
    return typed + directory_length(typed);
}

bool filepick_fits(const struct filepick *pick, int index)
{
    const char *typed = tail(pick);
    return strncmp(pick->entries[index].name, typed, strlen(typed)) == 0;
}

static int fitting(const struct filepick *pick)
{
    int count = 0;
    for (int i = 0; i < pick->count; i++) {
        count += filepick_fits(pick, i);
    }
    return count;
}

/* Number AT of those that fit; NULL. */
static const struct filepick_entry *fit_at(const struct filepick *pick, int at)
{
    for (int i = 0; at >= 0 && i < pick->count; i++) {
        if (filepick_fits(pick, i) && at-- == 0) {
            return &pick->entries[i];
        }
    }
    return NULL;
}

static void set_tail(struct filepick *pick, const char *name, size_t length, bool directory)
{
    const char *typed = edit_text(&pick->typed);
    struct text path = {0};
    text_add_n(&path, typed, directory_length(typed));
    text_add_n(&path, name, length);
    text_add(&path, directory ? "/" : "");
    edit_replace(&pick->typed, text_bytes(&path));
    text_free(&path);
    refresh(pick);
}

/* As far as all that fit agree. */
static void complete(struct filepick *pick)
{
    const struct filepick_entry *first = fit_at(pick, 0);
    size_t length = first ? strlen(first->name) : 0;
    int count = fitting(pick);
    for (int at = 1; at < count; at++) {
        const char *other = fit_at(pick, at)->name;
        size_t same = 0;
        while (same < length && other[same] == first->name[same]) {
            same++;
        }
        length = same;
    }
    while (first && length > 0 && ((unsigned char)first->name[length] & 0xc0) == 0x80) {
        length--; /* no half of a character */
    }
    if (first) {
        set_tail(pick, first->name, length, count == 1 && first->directory);
    }
}

bool filepick_key(struct filepick *pick, const struct key_event *event)
{
    struct key key = event->key;
    int last = fitting(pick) - 1;
    if (key.with == 0 && (key.code == KEYPAD_UP || key.code == KEYPAD_DOWN)) {
        int to = pick->cursor + (key.code == KEYPAD_UP ? -1 : 1);
        pick->cursor = to < -1 ? -1 : to > last ? last : to;
        return true;
    }
    if (key.with == 0 && key.code == KEYPAD_TAB) {
        complete(pick);
        return true;
    }
    bool taken = edit_key(&pick->typed, event);
    if (taken) {
        pick->cursor = -1;
        refresh(pick);
    }
    return taken;
}

enum taken { TAKEN_NOTHING, TAKEN_FILE, TAKEN_DIRECTORY };

/* What is under the cursor becomes what is typed. */
static enum taken take_entry(struct filepick *pick)
{
    const struct filepick_entry *entry = fit_at(pick, pick->cursor);
    if (!entry) {
        return TAKEN_NOTHING;
    }
    bool directory = entry->directory;
    set_tail(pick, entry->name, strlen(entry->name), directory);
    pick->cursor = -1;
    return directory ? TAKEN_DIRECTORY : TAKEN_FILE;
}

bool filepick_name(struct filepick *pick, struct text *path)
{
    if (take_entry(pick) != TAKEN_NOTHING || !*edit_text(&pick->typed)) {
        return false;
    }
    struct text whole = {0};
    expand(edit_text(&pick->typed), &whole);
    char *here = *text_bytes(&whole) == '/' ? NULL : getcwd(NULL, 0);
    while (whole.length > 1 && whole.bytes[whole.length - 1] == '/') {
        text_cut(&whole, whole.length - 1);
    }
    text_addf(path, "%s%s%s", here ? here : "", here ? "/" : "", text_bytes(&whole));
    text_free(&whole);
    free(here);
    return true;
}

bool filepick_take(struct filepick *pick, struct text *path, int64_t *size)
{
    if (take_entry(pick) == TAKEN_DIRECTORY) {
        return false;
    }
    struct text whole = {0};
    struct stat about;
    expand(edit_text(&pick->typed), &whole);
    bool file = stat(text_bytes(&whole), &about) == 0 && S_ISREG(about.st_mode);
    if (file) {
        text_add(path, text_bytes(&whole));
        *size = about.st_size;
    } else {
        complete(pick);
    }
    text_free(&whole);
    return file;
}

/* ---- cells ---- */

static void add_size(const struct filepick_entry *entry, struct text *out)
{
    static const char *const units[] = {"B", "K", "M", "G"};
    int64_t size = entry->size;
    int unit = 0;
    while (size >= 10000 && unit < 3) {
        size /= 1024;
        unit++;
    }
    text_add_int(out, size);
    text_add(out, units[unit]);
}

static void draw_entry(const struct filepick *pick, const struct pane *pane, int row, int at)
{
    const struct filepick_entry *entry = fit_at(pick, at);
    bool here = at == pick->cursor;
    enum role role = here ? ROLE_SHEET_CURSOR : ROLE_TEXT;
    struct text size = {0};
    if (here) {
        pane_fill(pane, row, 1, pane->columns - 2, role);
    }
    int column = pane_clip(pane, row, 3, pane->columns - 14, role, entry->name);
    if (entry->directory) {
        pane_put(pane, row, column, role, "/");
    } else {
        add_size(entry, &size);
        pane_right(pane, row, pane->columns - 11, 9, here ? role : ROLE_TEXT_DIM,
                   text_bytes(&size));
    }
    text_free(&size);
}

void filepick_draw(const struct filepick *pick, const struct pane *pane)
{
    int room = pane->rows - 1, count = fitting(pick);
    int first = pick->cursor >= room ? pick->cursor - room + 1 : 0;
    for (int row = 0; row < room && first + row < count; row++) {
        draw_entry(pick, pane, 1 + row, first + row);
    }
    if (count == 0) {
        pane_clip(pane, 1, 3, pane->columns - 4, ROLE_FORM_HINT, _("no such file"));
    }
    edit_draw(&pick->typed, pane, 0, 3, pane->columns - 5, ROLE_FORM_FOCUS, true);
}
