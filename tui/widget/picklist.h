/*
 * picklist.h: one or several of a list, found by name, title or the letters it sounds like.
 */
#ifndef YUNTAI_TUI_WIDGET_PICKLIST_H
#define YUNTAI_TUI_WIDGET_PICKLIST_H

#include "tui/widget/edit.h"

enum { PICKLIST_MOST = 200 };

struct picklist_option {
    struct text name, title, sound; /* SOUND: "xin jian"; "" unknown */
    bool marked;
};
struct picklist { /* zeroed is empty */
    struct picklist_option options[PICKLIST_MOST];
    int count;
    struct edit typed;
    int cursor;   /* among those that fit */
    bool several; /* Space marks */
    bool sought;  /* the options are what was found for what is typed: all fit */
};
void picklist_free(struct picklist *list);
void picklist_clear(struct picklist *list); /* takes the options away; what is typed stays */
void picklist_add(struct picklist *list, const char *name, size_t name_length, const char *title,
                  const char *sound);
/* Does the option fit what is typed? */
bool picklist_fits(const struct picklist *list, int index);
/* The option under the cursor; -1 none fits. */
int picklist_chosen(const struct picklist *list);
/* Up, Down, Home and End of the list, Space where several may be marked; all else is typed. */
bool picklist_key(struct picklist *list, const struct key_event *event);
/* What is typed in the first row, what fits below. */
void picklist_draw(const struct picklist *list, const struct pane *pane);

/* TYPED goes for SOUND: each syllable by its first letters, "xj", "xinj". */
bool picklist_sounds(const char *sound, const char *typed);

#endif
