/*
 * letters.h: letters for names, the same for the same names in the same order.
 */
#ifndef YUNTAI_TUI_SHEET_LETTERS_H
#define YUNTAI_TUI_SHEET_LETTERS_H

#include <stdbool.h>

struct letters {
    bool taken[128];
};
/* None is taken but m, which is a note everywhere. */
struct letters letters_none(void);
/* The first letter of NAME that is free; else another one, else a capital, else a digit; NUL where
 * none is left. */
char letters_give(struct letters *letters, const char *name);

#endif
