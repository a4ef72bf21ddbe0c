/* scene_golden.c: a screen as text: its rows, then the looks of its cells. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "test/console/scene.h"
#include "test/support/console_svg.h"

/* ---- writing it down ---- */

static void add_colour(struct text *out, int32_t colour)
{
    if (colour < 0) {
        text_add(out, "-");
    } else if (colour >= 0x1000000) {
        static const char digits[] = "0123456789abcdef";
        text_add(out, "#");
        for (int shift = 20; shift >= 0; shift -= 4) {
            text_add_n(out, &digits[colour >> shift & 15], 1);
        }
    } else {
        text_add_int(out, colour);
    }
}

void golden_look(const struct pty_cell *cell, struct text *out)
{
    add_colour(out, cell->fore);
    if (cell->back >= 0) {
        text_add(out, "/");
        add_colour(out, cell->back);
    }
    text_add(out, cell->bold ? "b" : "");
    text_add(out, cell->underline ? "u" : "");
    text_add(out, cell->reverse ? "r" : "");
}

/* Of a blank only what is to be seen: what it would be written with is nobody's business. */
static struct pty_cell seen(struct pty_cell cell)
{
    if (cell.glyph == ' ' && !cell.underline && !cell.reverse) {
        cell.fore = -1;
        cell.bold = false;
    }
    return cell;
}

static bool same_look(const struct pty_cell *a, const struct pty_cell *b)
{
    return a->fore == b->fore && a->back == b->back && a->bold == b->bold &&
           a->underline == b->underline && a->reverse == b->reverse;
}

/* " 0+12 250/235b": from which column, how many, how they look. */
static void add_run(struct text *out, int from, int count, const struct pty_cell *cell)
{
    static const struct pty_cell plain = {.fore = -1, .back = -1};
    if (!same_look(cell, &plain)) {
        text_addf(out, " %d+%d ", from, count);
        golden_look(cell, out);
    }
}

static void add_looks(const struct pty *pty, int row, struct text *out)
{
    struct text runs = {0};
    int start = 0;
    struct pty_cell look = seen(pty_cell(pty, row, 0));
    for (int column = 1; column < pty_columns(pty); column++) {
        struct pty_cell cell = seen(pty_cell(pty, row, column));
        if (cell.glyph != 0 && !same_look(&cell, &look)) {
            add_run(&runs, start, column - start, &look);
            start = column;
            look = cell;
        }
    }
    add_run(&runs, start, pty_columns(pty) - start, &look);
    if (runs.length > 0) {
        text_addf(out, "%d:%s\n", row + 1, runs.bytes);
    }
    text_free(&runs);
}

/* The scene's directory has another name each time. */
static void hide_place(struct text *out, size_t from)
{
    static const char made[] = "/tmp/yuntai-scene-";
    char *at = out->bytes + from;
    while ((at = strstr(at, made))) {
        at += sizeof made - 1;
        for (int i = 0; i < 6 && *at && strchr(" \n/", *at) == NULL && (*at & 0x80) == 0; i++) {
            *at++ = 'X';
        }
    }
}

static void write_screen(const struct pty *pty, struct text *out)
{
    size_t from = out->length;
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    text_addf(out, "%dx%d", pty_columns(pty), pty_rows(pty));
    if (visible) {
        text_addf(out, " cursor %d,%d", row + 1, column + 1);
    }
    text_add(out, "\n");
    for (int i = 0; i < pty_rows(pty); i++) {
        text_add(out, "|");
        pty_row(pty, i, out);
        text_add(out, "\n");
    }
    for (int i = 0; i < pty_rows(pty); i++) {
        add_looks(pty, i, out);
    }
    hide_place(out, from);
}

/* ---- kept for a while ---- */

static struct kept *kept_named(struct scene *scene, const char *name)
{
    for (int i = 0; i < KEPT_MOST; i++) {
        if (scene->kept[i].name && strcmp(scene->kept[i].name, name) == 0) {
            return &scene->kept[i];
        }
    }
    return NULL;
}

bool golden_keep(struct scene *scene, const char *name)
{
    struct kept *kept = kept_named(scene, name);
    for (int i = 0; i < KEPT_MOST && !kept; i++) {
        kept = scene->kept[i].name ? NULL : &scene->kept[i];
    }
    if (!kept) {
        return scene_fails(scene, "more than %d", KEPT_MOST);
    }
    free(kept->name);
    kept->name = strdup(name);
    text_clear(&kept->screen);
    write_screen(scene->consoles[scene->on], &kept->screen);
    return true;
}

void golden_clear(struct scene *scene)
{
    for (int i = 0; i < KEPT_MOST; i++) {
        free(scene->kept[i].name);
        text_free(&scene->kept[i].screen);
        scene->kept[i].name = NULL;
    }
}

/* ---- files ---- */

static bool write_file(const char *path, const struct text *content)
{
    FILE *file = fopen(path, "w");
    bool good = file && fwrite(content->bytes, 1, content->length, file) == content->length;
    return file && fclose(file) == 0 && good;
}

static void read_file(const char *path, struct text *out)
{
    FILE *file = fopen(path, "r");
    char part[4096];
    size_t count;
    while (file && (count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(out, part, count);
    }
    if (file) {
        fclose(file);
    }
}

static void add_line(struct text *out, const char *sign, const char *line)
{
    text_addf(out, "\n%s ", sign);
    text_add_n(out, line, strcspn(line, "\n"));
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

/* Lines that differ, side by side by their number, as a part of the reason. */
static void add_difference(struct scene *scene, const struct text *wanted, const struct text *seen)
{
    const char *expected = text_bytes(wanted), *got = text_bytes(seen);
    while (*expected || *got) {
        size_t a = strcspn(expected, "\n"), b = strcspn(got, "\n");
        if (a != b || memcmp(expected, got, a) != 0) {
            add_line(&scene->reason, "-", expected);
            add_line(&scene->reason, "+", got);
        }
        expected = next_line(expected);
        got = next_line(got);
    }
}

bool golden_same(struct scene *scene, const char *name)
{
    struct kept *kept = kept_named(scene, name);
    struct text got = {0};
    if (!kept) {
        return scene_fails(scene, "nothing was kept under that name");
    }
    write_screen(scene->consoles[scene->on], &got);
    bool same = strcmp(text_bytes(&got), text_bytes(&kept->screen)) == 0;
    if (!same) {
        scene_fails(scene, "is another");
        add_difference(scene, &kept->screen, &got);
    }
    text_free(&got);
    return same;
}

static void add_name(const struct scene *scene, const char *name, struct text *out)
{
    text_add(out, name);
    if (scene->combination.length > 0) {
        text_addf(out, "@%s", text_bytes(&scene->combination));
    }
}

static bool writes(void)
{
    const char *wish = getenv("YUNTAI_GOLDEN");
    return wish && strcmp(wish, "write") == 0;
}

enum { STEP = 10, STEPS = 100 }; /* ms; the last timer ends well before */

/* Appends the screen, once EXPECTED begins with it; else when nothing comes any more. */
static bool add_settled(struct pty *pty, const char *expected, struct text *out)
{
    struct text screen = {0};
    bool rests = false, same = false;
    for (int step = 0; step < STEPS && !same;) {
        rests = pty_quiet(pty);
        text_clear(&screen);
        write_screen(pty, &screen);
        same = strncmp(expected, text_bytes(&screen), screen.length) == 0;
        step += same || !pty_more(pty, STEP);
    }
    text_add(out, text_bytes(&screen));
    text_free(&screen);
    return rests;
}

/* The four screens; those of EXPECTED, if they come to be. */
static bool add_sizes(struct pty *pty, const struct text *expected, struct text *out)
{
    static const int sizes[][2] = {{20, 5}, {60, 15}, {80, 24}, {120, 36}};
    int rows = pty_rows(pty), columns = pty_columns(pty);
    bool rests = true;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && rests; i++) {
        bool known = out->length < expected->length;
        pty_resize(pty, sizes[i][1], sizes[i][0]);
        rests = add_settled(pty, known ? expected->bytes + out->length : "", out);
    }
    pty_resize(pty, rows, columns);
    return rests && pty_quiet(pty);
}

/* GOT is EXPECTED, which stands in the file PATH; or it is put there. */
static bool compare(struct scene *scene, const struct text *expected, const struct text *got,
                    const char *path)
{
    if (strcmp(text_bytes(expected), text_bytes(got)) == 0) {
        return true;
    }
    if (writes()) {
        return write_file(path, got) || scene_fails(scene, "%s: %s", path, strerror(errno));
    }
    scene_fails(scene, "is not %s; ./dev shot --golden where the new one is right", path);
    add_difference(scene, expected, got);
    return false;
}

bool golden_sizes(struct scene *scene, const char *name)
{
    struct text path = {0}, expected = {0}, got = {0};
    text_addf(&path, "%s/golden/", scene->folder);
    add_name(scene, name, &path);
    text_add(&path, ".txt");
    read_file(text_bytes(&path), &expected);
    bool good = add_sizes(scene->consoles[scene->on], &expected, &got)
                    ? compare(scene, &expected, &got, text_bytes(&path))
                    : scene_fails(scene, "it does not come to rest");
    text_free(&path);
    text_free(&expected);
    text_free(&got);
    return good;
}

bool golden_shot(struct scene *scene, const char *name)
{
    const char *directory = getenv("YUNTAI_SHOTS");
    struct text path = {0}, drawn = {0};
    if (!directory) {
        return true;
    }
    text_addf(&path, "%s/", directory);
    add_name(scene, name, &path);
    text_add(&path, ".svg");
    svg_draw(scene->consoles[scene->on], strcmp(scene_variable(scene, "terminal"), "light") == 0,
             &drawn);
    bool good = write_file(text_bytes(&path), &drawn) ||
                scene_fails(scene, "%s: %s", text_bytes(&path), strerror(errno));
    text_free(&path);
    text_free(&drawn);
    return good;
}
