/*
 * view.h: what a screen is, and what it may ask for.
 *
 * A screen is one file with one const table and a row in the list of screens. It keeps its state,
 * takes replies of the desk and actions of the person, and draws cells. It never reaches the desk
 * or the terminal: what it wants, it asks of its view, and the console does it after the call
 * returns. A sheet (the palette, a picker, a trace, the look before submitting) is a screen that is
 * drawn over the lower rows of another.
 */
#ifndef YUNTAI_TUI_CONSOLE_VIEW_H
#define YUNTAI_TUI_CONSOLE_VIEW_H

#include "data/desk.h"
#include "tui/console/action.h"
#include "tui/pace.h"
#include "tui/terminal/grid.h"
#include "tui/terminal/key.h"

/* What takes long and was sent away: the last of them. See view_send(). */
enum afar_state { AFAR_NOTHING, AFAR_UNDER_WAY, AFAR_DONE, AFAR_FAILED };
struct afar {
    enum afar_state state;
    bool recalled;         /* it is under way still, and to give up */
    struct parcel asked;   /* the request */
    struct pace pace;      /* how far it is */
    struct parcel outcome; /* the reply; of one that failed what its error speaks of */
    struct error error;
};

/* A vendor's cloud that is brought in: the last one. See view_sync(). */
enum { SYNC_STEPS = 8 };
struct syncing {
    enum afar_state state;
    bool stopping; /* it is under way still, and to give up */
    struct text vendor;
    bool full;
    int64_t began, now; /* milliseconds, of the shell's clock */
    int64_t moment;     /* local, when it began */
    struct parcel said; /* how far it is, or came: see desk_sync_hear() */
    struct {
        int64_t began, at; /* milliseconds; 0 not yet */
        bool over;
    } steps[SYNC_STEPS]; /* of the table steps, by row */
    struct error error;  /* of one that failed */
    int64_t shown;       /* the console's own */
};

/* What every screen may know; filled by the console, the same for all. */
struct context {
    struct look look;
    const char *login, *name, *org; /* who works; "" unknown */
    const char *roles;              /* their titles in the language chosen, joined */
    const char *role_names;         /* their names, a blank between */
    const char *absent;             /* "for …": whom one stands in for; "" nobody */
    bool reads_only;                /* may change nothing */
    int64_t now;                    /* local moment of the desk */
    int rows, columns;              /* of the whole screen */
    bool slow;                      /* the line: previews wait for a key */
    const struct afar *afar;
    const struct syncing *syncing;
    const struct parcel *groups; /* which cases stand on a screen, a query by its name: groups.h */
};

struct view; /* an opened screen */
struct list; /* tui/widget/list.h */

struct screen {
    const char *name;  /* "requests": of keys.ini, the palette, tests; a-z and - */
    const char *title; /* msgid, as row 2 and the palette show it */
    const char *tab;   /* msgid of row 1, or NULL: it has no tab */
    char digit;        /* that opens it, 0 none */
    bool door;         /* has no tab, but may be opened for nothing: from the palette, from More */
    bool sheet;        /* drawn over the lower rows of what is below */
    bool counts;       /* its tab tells how many cases of its group are late: see group_query() */
    bool types;        /* characters are typed into it: every key comes to key() first, and a
                          character never means an action */
    enum where where;  /* whose bindings hold */
    size_t size;       /* of its state: zeroed before open(), see view_state() */
    const enum action *acts; /* it answers, in the order of the hint bar; ends in ACTION_NONE */

    /* WHAT: the case, the query … it is opened for; "" none. */
    void (*open)(struct view *view, const char *what);
    void (*close)(struct view *view);
    /* The line may be cut, or the program is told to end: what is being typed is asked to be kept
     * (verb draft) at once. The console sends what was asked before it goes. NULL: nothing is. */
    void (*save)(struct view *view);
    /* The reply to view_ask() with that TICKET; ERROR is not NULL where it was refused: what it
     * speaks of is in REPLY. Neither outlives the call. */
    void (*reply)(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error);
    /* True: taken. False: the console does what it always does with it. */
    bool (*act)(struct view *view, enum action action);
    bool (*key)(struct view *view, const struct key_event *event);
    /* NULL: it can be done now; else why not, in the language chosen, until the next call. */
    const char *(*why_not)(const struct view *view, enum action action);
    /* Something changed at the desk (or the day did): asks anew for what it shows. */
    void (*refresh)(struct view *view);
    /* A sheet closed that this view opened: what was chosen (NULL: nothing). */
    void (*chosen)(struct view *view, const char *sheet, const struct parcel *choice);
    /* What takes long was begun, or has ended: see view_send(), view_sync(). */
    void (*heard)(struct view *view);
    /* Called after MILLISECONDS asked for by view_wake(), and when the window has another size. */
    void (*wake)(struct view *view);
    /* Row 2: left its own, right a position; the title alone where NULL. Of a sheet: its bar. On a
     * small terminal it is a part of row 1. */
    void (*context_row)(const struct view *view, const struct pane *pane);
    int (*rows)(const struct view *view,
                int most); /* of a sheet: how many it wants, with its bar */
    /* Column heads (row 3) and body; of a sheet what is below its bar. */
    void (*draw)(const struct view *view, const struct pane *pane);
    /* The case under the cursor, "" none; the field or clock that `?` explains. */
    const char *(*subject)(const struct view *view, const char **clock);
    /* Those marked, one a line, appended; how many. NULL: it has no marks. */
    int (*marked)(const struct view *view, struct text *out);
    /* Another word than the action's own for the hint bar, translated; NULL: its own. */
    const char *(*label)(const struct view *view, enum action action);
    /* Of what has a query line (`/`): QUERY is to hold from now on, "" none; what it came to is
     * told with view_found(). The one that holds. */
    void (*filter)(struct view *view, const char *query);
    const char *(*filtered)(const struct view *view);
    /* The list whose columns and fields it shows; NULL: it is none of that kind. */
    struct list *(*list)(const struct view *view);
    /* Fills REQUEST (of the desk, without a page) that gives all it lists, and names the table of
     * the reply that is meant. NULL: there is nothing to be written to a file. */
    const char *(*listing)(const struct view *view, struct parcel *request);
    /* Something is typed that a draft does not hold yet. */
    bool (*unsaved)(const struct view *view);
    /* Of a sheet: what it shows on the message row while it is open, with the cursor. */
    void (*prompt)(const struct view *view, const struct pane *pane);
};

/* ---- for screens ---- */

void *view_state(const struct view *view);
const struct context *view_context(const struct view *view);
/* The query of the cases that stand on SCREEN, "" all; what the policy says of SCREEN.KEY, "" none:
 * see groups.h. */
const char *group_query(const struct context *context, const char *screen);
/* NAME is one of the names, by commas, that the policy has for SCREEN.KEY. */
bool group_names(const struct context *context, const char *key, const char *name);

/* How the person wants the columns of this screen: see list_arrange(); "" as it has them. */
const char *view_arrangement(const struct view *view);

/* A request to the desk, to be filled in; the reply comes with TICKET. Of what only reads, a newer
 * one with the same ticket replaces one that was not sent yet, and a key may break off one that
 * was; none is sent any more once the view is closed. What writes is sent, each in its turn. Never
 * NULL: without memory what is put is lost. */
struct parcel *view_ask(struct view *view, int ticket, const char *verb);
/*
 * What takes long (verify, backup), to be filled in: it is done by another process while the
 * console goes on, whatever screen is shown. One at a time. How far it is, and then what came of
 * it, is in the context's AFAR; its end is said on the message row too.
 */
struct parcel *view_send(struct view *view, const char *verb);
void view_recall(struct view *view); /* it is to give up */
/* Row ROW of the table `wrong` as a sentence. Appended. */
void afar_wrong(const struct table *wrong, size_t row, struct text *out, bool english);
/*
 * VENDOR's cloud is brought in, all of it where FULL, while the console goes on; one at a time. How
 * far it is, and what came of it, is in the context's SYNCING; its end is said on the message row.
 * It then waits to take effect.
 */
void view_sync(struct view *view, const char *vendor, bool full);
/* Appends the names of the vendors that the settings speak of, blanks between them; -1 with ERROR.
 */
int view_vendors(struct view *view, struct text *out, struct error *error);
bool view_seen(const struct view *view); /* it lies on top of the tab that is shown */
/* Says SENTENCE (translated, with %1 … %4) on the message row. */
void view_say(struct view *view, enum role role, const char *sentence, const char *a, const char *b,
              const char *c);
/* The error of a reply, with its first reason, as the message row says it. */
void view_say_error(struct view *view, const struct error *error, const struct parcel *reply);
/* Keeps REPLY in KEPT, in place of what was there. False: there is an ERROR instead, which is said,
 * and KEPT stays. */
bool view_take(struct view *view, struct parcel *kept, const struct parcel *reply,
               const struct error *error);
/* Keys wait until what was asked so far has been answered: of what opens and cannot know yet what
 * they mean. */
void view_hold(struct view *view);
/* What filter() came to: HITS in words, or WRONG with the column (from 1, 0 none) where it is. */
void view_found(struct view *view, const char *hits, const char *wrong, int column);
/* The same where ERROR came instead; REPLY may have its `column`. */
void view_found_wrong(struct view *view, const struct error *error, const struct parcel *reply);
/* Opens another screen, or a sheet over this one, for WHAT. One with a digit is gone to. */
void view_open(struct view *view, const char *screen, const char *what);
/* The same with a parcel of values for the screen, which copies what it needs: see view_given(). */
struct parcel *view_open_with(struct view *view, const char *screen, const char *what);
const struct parcel *view_given(const struct view *view); /* in open(): NULL none */
/* Closes this one. CHOICE (of a sheet): a parcel to fill, given to the view below. */
void view_close(struct view *view);
struct parcel *view_choose(struct view *view);
/* Calls wake() in MILLISECONDS; a newer call replaces an older. */
void view_wake(struct view *view, int milliseconds);
/* Does ACTION, as if its key had been pressed. */
void view_do(struct view *view, enum action action);
void view_copy(struct view *view, const char *text); /* to the clipboard */

/* ---- for the console and tests ---- */

/* Row by row, ended by NULL. */
extern const struct screen *const screens[];
const struct screen *screen_named(const char *name);

#endif
