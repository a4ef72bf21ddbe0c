/*
 * scene.h: scenes are scripts of what a person does at the console and sees; see README.md here.
 *
 *   scene.c          reads a scene, once for each combination of its matrix
 *   scene_stage.c    the workspace, and commands beside the console
 *   scene_line.c     what each line does
 *   scene_golden.c   screens kept in files
 */
#ifndef YUNTAI_TEST_CONSOLE_SCENE_H
#define YUNTAI_TEST_CONSOLE_SCENE_H

#include "test/support/console_pty.h"

enum { CONSOLES = 2, VARIABLES_MOST = 16, KEPT_MOST = 4 };

struct variable {
    char *name, *value;
    bool fixed; /* by the matrix: lines of the scene leave it alone */
};
struct kept {
    char *name;
    struct text screen;
};
struct scene {
    const char *program; /* yuntai */
    const char *name;    /* of the scene: FILE without folder and ending */
    char *folder;        /* test/console */
    struct text place;   /* a directory of its own: HOME, and the workspace in it */
    struct variable variables[VARIABLES_MOST];
    int variable_count;
    struct text combination; /* of the matrix: "80x24,vt100"; "" */
    struct text environment; /* NAME=VALUE, a line each */
    struct pty *consoles[CONSOLES];
    int on;             /* which of them */
    struct text out;    /* of the last command beside the console */
    struct text reason; /* why it failed, or (SKIPPED) cannot be played here */
    bool skipped;
    struct kept kept[KEPT_MOST]; /* screens to come back to */
    size_t bytes_before;         /* the keys that were pressed last */
};

/* ---- scene.c ---- */

const char *scene_variable(const struct scene *scene, const char *name); /* "" */
/* False where there are too many. */
bool scene_set(struct scene *scene, const char *name, const char *value, bool fixed);
/* Says why it failed; false. %s and %d alone. */
bool scene_fails(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- scene_stage.c ---- */

/* The file NAME below the scene's place, anew, with TEXT: \n is an end of line, ~ the place. */
bool stage_file(struct scene *scene, const char *name, size_t length, const char *text);
/* COUNT lines of TEXT behind what it holds; %d is which one, from 0. */
bool stage_lines(struct scene *scene, const char *name, size_t length, const char *text,
                 long count);
/* A workspace of KIND: "new", or "sample", a copy of one that is made once for each program. */
bool stage_workspace(struct scene *scene, const char *kind);
/* yuntai with ARGUMENTS, divided at blanks outside of quotes, on the workspace of the scene: what
 * it prints is in scene->out; its status is -1 where it could not be run. */
int stage_run(struct scene *scene, const char *arguments);
/* SQL done to the store past the desk, as somebody would who has the file. False: it could not be,
 * or no row was touched. */
bool stage_damage(const struct scene *scene, const char *sql);
/* Starts the console with ARGUMENTS in the terminal that the variables say. */
bool stage_start(struct scene *scene, const char *arguments);
void stage_clear(struct scene *scene); /* ends consoles, removes the directory */

/* ---- scene_line.c ---- */

/* Does what LINE says. False: it failed (REASON), or cannot be done here (SKIPPED). */
bool line_do(struct scene *scene, const char *line);

/* ---- scene_golden.c ---- */

/* The screen at 20x5, 60x15, 80x24 and 120x36, one after the other, is or becomes that of
 * golden/NAME.txt; with YUNTAI_GOLDEN=write what it is in the end is written there. */
bool golden_sizes(struct scene *scene, const char *name);
/* Keeps the screen under NAME, as long as the scene is played. */
bool golden_keep(struct scene *scene, const char *name);
/* The screen is the one that was kept under NAME. */
bool golden_same(struct scene *scene, const char *name);
void golden_clear(struct scene *scene);
/* Appends the look of a cell: "-", "250/235b". */
void golden_look(const struct pty_cell *cell, struct text *out);
/* With YUNTAI_SHOTS=DIRECTORY the screen is drawn into NAME.svg there. */
bool golden_shot(struct scene *scene, const char *name);

#endif
