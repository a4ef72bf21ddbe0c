/*
 * inside.h: what the files of the console share, and the sheets that show the console itself. Not
 * for screens: see view.h.
 *
 *   action.c    what can be done; binding.c with which key
 *   console.c   opens the desk and the terminal; loop.c waits for keys, the desk and time
 *   shell.c     tabs and what is open in them; view.c what a screen may ask for
 *   press.c     what a key does; own.c what the console does itself
 *   ask.c       requests that wait for the desk; afar.c what takes long and was sent away
 *   sync.c      a vendor's cloud that is brought in
 *   standing.c  what the console asks for itself: arrangements of columns, counts of tabs
 *   frame.c     rows and bars round a screen; layout.c where they stand
 *   news.c      what was said
 */
#ifndef YUNTAI_TUI_CONSOLE_INSIDE_H
#define YUNTAI_TUI_CONSOLE_INSIDE_H

#include "tui/console/binding.h"
#include "tui/console/news.h"
#include "tui/console/view.h"

enum { TABS = 10 };

/* ---- requests: ask.c ---- */

struct asked {
    int view, ticket;
    struct parcel request;
    struct asked *next;
};
struct asks { /* zeroed is empty */
    struct asked *first, *last;
    struct parcel lost; /* what is asked where memory is short */
};
/* It changes nothing at the desk: may be dropped. */
bool asked_only_reads(const struct asked *asked);
/* A request for TICKET of VIEW at the end of those that wait, in place of one that only reads. */
struct parcel *asks_add(struct asks *asks, int view, int ticket, const char *verb);
struct asked *asks_take(struct asks *asks); /* the first, to be freed; NULL */
void asks_put_back(struct asks *asks, struct asked *asked);
void asks_drop(struct asks *asks, int view); /* those that only read, of a view that closed */
bool asks_of(const struct asks *asks, int view);
void asks_free(struct asks *asks);
void asked_free(struct asked *asked);

/* ---- views ---- */

struct view {
    struct shell *shell;
    const struct screen *screen;
    void *state;
    struct view *below; /* in its tab; NULL */
    int id;             /* never used again */
    struct parcel given, choice;
    bool chose, closes, held, stale;
    bool narrowed; /* by a query that was typed; it came with that of UNNARROWED */
    struct text unnarrowed;
    int64_t wakes; /* at which millisecond; 0 never */
};

enum effect_kind { EFFECT_OPEN, EFFECT_CLOSE, EFFECT_DO, EFFECT_SEND, EFFECT_SYNC };
struct effect { /* asked for during a call, done after it */
    enum effect_kind kind;
    int view;
    const struct screen *screen;
    char *what;
    struct parcel given;
    enum action action;
    struct effect *next;
};

/* ---- the shell ---- */

enum { WAY_BROKEN_OFF = 1 };
struct way { /* to the desk */
    void *self;
    /* As desk_call(); or WAY_BROKEN_OFF, by a key. */
    int (*call)(void *self, const struct parcel *request, struct parcel *reply,
                struct error *error);
    /* As desk_send(); NULL: nothing can be sent. */
    int (*send)(void *self, const struct parcel *request, struct errand **out, struct error *error);
    /* As desk_sync() and desk_sync_vendors(); NULL: nothing can be brought in. */
    int (*sync)(void *self, const char *vendor, bool full, struct desk_sync **out,
                struct error *error);
    int (*vendors)(void *self, struct text *out, struct error *error);
};
struct outside { /* what the shell wants of the terminal; any may be NULL */
    void *self;
    void (*copy)(void *self, const char *text);
    void (*theme)(void *self, const char *name); /* NULL: the next one */
    const char *const *themes;                   /* their names; ends in NULL */
    void (*language)(void *self, bool english);
};

struct tab {
    const struct screen *screen;
    struct view *top; /* NULL: not opened yet */
    int64_t red;      /* cases that are late; -1 not known */
};

struct shell {
    struct context context;
    struct bindings *bindings;
    struct way way;
    struct outside outside;
    struct tab tabs[TABS];
    int tab_count, tab;
    struct asks asks;
    struct errand *errand; /* under way; NULL */
    struct afar afar;
    struct desk_sync *sync; /* under way; NULL */
    struct syncing syncing;
    struct effect *effects, **effects_end;
    struct news news;
    struct parcel hello;
    struct parcel groups;   /* see groups.h */
    struct parcel arranged; /* columns of screens by their name */
    int64_t counts_at;      /* at which millisecond tabs are counted anew; 0 not */
    struct text names[6];   /* of the context */
    struct text found;      /* what the last filter came to: see view_found() */
    struct text found_wrong;
    int found_column;
    int found_count; /* how often */
    int64_t clock;   /* milliseconds, never back */
    int next_id;
    int which_used; /* how often a letter was pressed after `a` */
    int32_t urgent; /* row of the last next-urgent */
    bool dirty, again, ends, stops;
    struct pinyin *sounds; /* see shell_sounds() */
    bool deaf;
};

/* BINDINGS are taken over. False: no memory. */
bool shell_begin(struct shell *shell, const struct way *way, struct bindings *bindings);
/* All keep what is being typed; what they ask for it is sent. */
void shell_save(struct shell *shell);
void shell_end(struct shell *shell); /* closes all; what they ask is still sent */
/* Who works here, of the reply to `hello`, which is taken over. */
void shell_greet(struct shell *shell, struct parcel *hello);
/* Opens the first screen, and over it the sheet `resume`, which offers what was not filled in to
 * the end, or closes itself. */
void shell_start(struct shell *shell);
void shell_size(struct shell *shell, int rows, int columns);
void shell_key(struct shell *shell, const struct key_event *event);
/* Time is MILLISECONDS, at the desk MOMENT (MOMENT_NONE: as it was). Wakes who asked for it; a new
 * day is a change. */
void shell_time(struct shell *shell, int64_t milliseconds, int64_t moment);
int64_t shell_wakes(const struct shell *shell); /* at which millisecond; 0 never */
/* Something changed at the desk. */
void shell_changed(struct shell *shell);
/* Sends the next request and gives its reply. False: none waits. */
bool shell_ask(struct shell *shell);
/* Keys have to wait for a reply. */
bool shell_holds(const struct shell *shell);
void shell_draw(struct shell *shell, struct grid *grid);

/* ---- afar.c ---- */

void shell_heard(struct shell *shell); /* all views hear that what takes long began, or has ended */
void shell_say_error(struct shell *shell, const struct error *error);

/* Sends ASKED, which is taken over; says where it cannot be. */
void afar_send(struct shell *shell, const char *verb, struct parcel *asked);
void afar_recall(struct shell *shell);
/* Readable when afar_hear() has something to hear; -1: nothing is under way. */
int afar_descriptor(const struct shell *shell);
void afar_hear(struct shell *shell);
void afar_end(struct shell *shell); /* whatever is under way */

/* ---- sync.c ---- */

/* Begins to bring VENDOR in; says where it cannot be. */
void sync_begin(struct shell *shell, const char *vendor, bool full);
void sync_stop(struct shell *shell);
/* For poll(): in how many milliseconds (-1: any) sync_hear() is to be called, or when there is
 * something to read from *DESCRIPTOR; -1: there is none. */
int sync_wait(const struct shell *shell, int *descriptor);
/* A step of it, which may write a batch; keys that were typed come first. */
void sync_hear(struct shell *shell);
void sync_end(struct shell *shell); /* whatever is under way, two seconds at most */

/* ---- standing.c: what no view asks ---- */

enum { NO_VIEW = 0 }; /* whose requests they are */
void standing_begin(struct shell *shell);
void standing_took(struct shell *shell, int ticket, const struct parcel *reply,
                   const struct error *error);
/* Tabs are counted when there was a moment's rest. */
void standing_changed(struct shell *shell);
void standing_time(struct shell *shell);
const char *shell_arrangement(const struct shell *shell, const char *screen); /* "" as it has it */
/* Is so from now on, here and at the next start. */
void shell_arrange(struct shell *shell, const char *screen, const char *arrangement);

/* For the files of the console. */
struct view *shell_view(const struct shell *shell, int id); /* NULL: closed */
struct view *shell_top(const struct shell *shell);
/* The filter of VIEW, which has one, is QUERY from now on, as a person said; back() undoes it. */
void view_narrow(struct view *view, const char *query);
struct view *shell_base(const struct shell *shell); /* the topmost that is no sheet */
void shell_settle(struct shell *shell);             /* does the effects */
/* To be done then; what it returns may be filled for the screen that opens. */
struct parcel *shell_effect(struct shell *shell, enum effect_kind kind, int view,
                            const struct screen *screen, const char *what, enum action action);
/* How names are read, loaded when first asked for; NULL where it cannot be. */
const struct pinyin *shell_sounds(struct shell *shell);
void shell_words(struct shell *shell); /* what the context says, in the language chosen */
/* Opens SCREEN over what is there, or goes to its tab. GIVEN is taken over. */
void shell_open(struct shell *shell, const struct screen *screen, const char *what,
                struct parcel *given);
void shell_do(struct shell *shell, enum action action);
/* What the console does itself; false: nothing. */
bool shell_act(struct shell *shell, enum action action);
/* NULL: it can be done in VIEW; else why not. */
const char *shell_why_not(const struct shell *shell, const struct view *view, enum action action);
const char *shell_subject(const struct shell *shell, const char **clock); /* "" none */
int shell_marked(const struct shell *shell, struct text *out);            /* see screen.marked */
void shell_go(struct shell *shell, int tab);
void shell_say(struct shell *shell, enum role role, const char *sentence, const char *const arg[4]);

#endif
