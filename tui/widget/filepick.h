/*
 * filepick.h: a file, by its path, completed from what the directories hold.
 */
#ifndef YUNTAI_TUI_WIDGET_FILEPICK_H
#define YUNTAI_TUI_WIDGET_FILEPICK_H

#include "tui/widget/edit.h"

enum { FILEPICK_MOST = 500 };

struct filepick_entry {
    char *name;
    bool directory;
    int64_t size; /* bytes; -1 unknown */
};
struct filepick { /* zeroed is empty */
    struct edit typed;
    struct text directory; /* whose entries are at hand; "" none */
    struct filepick_entry *entries;
    int count, cursor; /* CURSOR: among those that fit; -1: what is typed itself */
    bool more;         /* the directory has more than are at hand */
};
/* Begins in DIRECTORY ("": where the program was started). */
void filepick_begin(struct filepick *pick, const char *directory);
void filepick_free(struct filepick *pick);
/* Does the entry fit what is typed behind the last slash? */
bool filepick_fits(const struct filepick *pick, int index);
/* Up and Down among what fits; Tab completes as far as it is certain; all else is typed. */
bool filepick_key(struct filepick *pick, const struct key_event *event);
/* Enter: a directory is gone into (false); a file is appended as a path (true). */
bool filepick_take(struct filepick *pick, struct text *path, int64_t *size);
/* Enter, for what need not be there yet: what is under the cursor is taken over into what is typed
 * (false); else that is appended, as a path from the root (true). */
bool filepick_name(struct filepick *pick, struct text *path);
void filepick_draw(const struct filepick *pick, const struct pane *pane);

#endif
