/* scene.c YUNTAI SCENE…: plays scenes. Prints `ok NAME`, `not ok NAME` or `skip NAME: reason` for
 * each case, and what was wrong with its line before. */
#include "test/console/scene.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libgen.h>

enum { LINES_MOST = 2000, MATRIX_MOST = 4, CHOICES_MOST = 8 };

struct matrix {
    char *name;
    char *choices[CHOICES_MOST];
    int count;
};
struct script {
    char *bytes;
    const char *lines[LINES_MOST];
    int count;
    struct matrix matrix[MATRIX_MOST];
    int dimensions;
};

/* ---- what scenes know ---- */

static struct variable *find(const struct scene *scene, const char *name)
{
    for (int i = 0; i < scene->variable_count; i++) {
        if (strcmp(scene->variables[i].name, name) == 0) {
            return (struct variable *)&scene->variables[i];
        }
    }
    return NULL;
}

const char *scene_variable(const struct scene *scene, const char *name)
{
    const struct variable *variable = find(scene, name);
    return variable ? variable->value : "";
}

bool scene_set(struct scene *scene, const char *name, const char *value, bool fixed)
{
    struct variable *variable = find(scene, name);
    if (variable && variable->fixed && !fixed) {
        return true;
    }
    if (!variable) {
        if (scene->variable_count == VARIABLES_MOST) {
            return false;
        }
        variable = &scene->variables[scene->variable_count++];
        variable->name = strdup(name);
    }
    free(variable->value);
    variable->value = strdup(value);
    variable->fixed = fixed;
    return true;
}

bool scene_fails(struct scene *scene, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    text_add(&scene->reason, line);
    return false;
}

/* ---- reading ---- */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    struct text text = {0};
    char part[4096];
    size_t count;
    while (file && (count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(&text, part, count);
    }
    if (file) {
        fclose(file);
    }
    return text.bytes;
}

static void read_matrix(struct script *script, char *line)
{
    struct matrix *matrix = &script->matrix[script->dimensions++];
    char *rest = line, *word;
    matrix->name = strtok_r(rest, " ", &rest);
    while ((word = strtok_r(rest, " ", &rest)) && matrix->count < CHOICES_MOST) {
        matrix->choices[matrix->count++] = word;
    }
}

static bool read_script(struct script *script, const char *path)
{
    script->bytes = read_file(path);
    char *rest = script->bytes, *end;
    while (rest && *rest && script->count < LINES_MOST) {
        end = rest + strcspn(rest, "\n");
        bool more = *end != '\0';
        *end = '\0';
        rest += strspn(rest, " ");
        bool matrix = strncmp(rest, "matrix ", 7) == 0 && script->dimensions < MATRIX_MOST;
        if (matrix) {
            read_matrix(script, rest + 7);
        }
        script->lines[script->count++] = matrix || *rest == '#' ? "" : rest;
        rest = more ? end + 1 : NULL;
    }
    return script->bytes != NULL;
}

/* ---- playing ---- */

static void tell(const struct scene *scene, const char *outcome, const char *name)
{
    printf("%s %s%s%s%s", outcome, scene->name, *name ? "/" : "", name,
           scene->combination.length ? "@" : "");
    printf("%s", text_bytes(&scene->combination));
    if (strcmp(outcome, "skip") == 0) {
        printf(": %s", text_bytes(&scene->reason));
    }
    printf("\n");
    fflush(stdout);
}

static void show_screen(const struct scene *scene)
{
    const struct pty *pty = scene->consoles[scene->on];
    struct text screen = {0};
    if (pty) {
        pty_screen(pty, &screen);
        printf("the screen is:\n%s", text_bytes(&screen));
    }
    text_free(&screen);
}

static bool play_lines(struct scene *scene, const struct script *script, const char *path)
{
    const char *name = "";
    bool any = false;
    for (int i = 0; i < script->count; i++) {
        const char *line = script->lines[i];
        if (strncmp(line, "case ", 5) == 0) {
            if (any) {
                tell(scene, "ok", name);
            }
            name = line + 5;
            any = false;
            continue;
        }
        if (*line && !line_do(scene, line)) {
            if (!scene->skipped) {
                printf("%s:%d: %s: %s\n", path, i + 1, line, text_bytes(&scene->reason));
                show_screen(scene);
            }
            tell(scene, scene->skipped ? "skip" : "not ok", name);
            return scene->skipped;
        }
        any = any || *line;
    }
    if (any) {
        tell(scene, "ok", name);
    }
    return true;
}

static void choose(struct scene *scene, const struct script *script, int number)
{
    for (int i = 0; i < script->dimensions; i++) {
        const struct matrix *matrix = &script->matrix[i];
        const char *value = matrix->choices[number % matrix->count];
        number /= matrix->count;
        scene_set(scene, matrix->name, value, true);
        text_add(&scene->combination, i ? "," : "");
        text_add(&scene->combination, value);
    }
}

static void clear(struct scene *scene)
{
    stage_clear(scene);
    golden_clear(scene);
    for (int i = 0; i < scene->variable_count; i++) {
        free(scene->variables[i].name);
        free(scene->variables[i].value);
    }
    scene->variable_count = 0;
    text_free(&scene->combination);
    text_free(&scene->environment);
    text_free(&scene->out);
    text_free(&scene->reason);
}

static bool play(const char *program, const char *path)
{
    struct script script = {0};
    char *copy = strdup(path), *folder = strdup(path);
    char *name = basename(copy), *parent = dirname(folder);
    bool good = read_script(&script, path);
    int combinations = 1;
    name[strcspn(name, ".")] = '\0';
    if (!good) {
        printf("%s cannot be read\nnot ok %s\n", path, name);
    }
    for (int i = 0; i < script.dimensions; i++) {
        combinations *= script.matrix[i].count;
    }
    for (int i = 0; script.bytes && i < combinations; i++) {
        struct scene scene = {.program = program, .name = name, .folder = parent};
        choose(&scene, &script, i);
        good = play_lines(&scene, &script, path) && good;
        clear(&scene);
    }
    free(script.bytes);
    free(copy);
    free(folder);
    return good;
}

int main(int argc, char **argv)
{
    bool good = true;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 2; i < argc; i++) {
        good = play(argv[1], argv[i]) && good;
    }
    return good ? 0 : 1;
}
