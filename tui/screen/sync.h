/*
 * sync.h: what the screens of vendors' clouds share: sync, drift, mapping, what differs, resources.
 *
 *   sync.c         vendors and runs; sync_draw.c the same in cells, sync_beside.c what is told
 * besides, sync_words.c in words differences.c  what a run brings resource.c     one resource and
 * what became of it; holdings.c those of a system mapping.c      projects that are nobody's
 */
#ifndef YUNTAI_TUI_SCREEN_SYNC_H
#define YUNTAI_TUI_SCREEN_SYNC_H

#include "tui/console/view.h"

struct sync_view {
    struct parcel vendors, runs; /* replies of those verbs */
    struct text names;           /* that the settings speak of, blanks between */
    struct text refused;         /* why there is nothing to be seen */
    int cursor, top, body;       /* over vendors, then runs */
    struct text dropping;        /* a run that is being taken back */
};

/* The screen beside: sync, drift, mapping, in that order and round again. */
void sync_turn(struct view *view, const char *from, int step);
const char *sync_beside(const char *from); /* the title of the next, translated */

/* "今日08:40", "11-20 08:40，已3天" of AT as the desk writes moments. Appended; its role. */
enum role sync_age_text(const char *at, bool stale, const struct context *context,
                        struct text *out);
/* "11-23 08:40". Appended. */
void sync_moment_text(const char *at, struct text *out);

/* "31.2MB (4.1MB over the line)": BYTES unpacked, and where that is less as they came. Appended. */
void sync_bytes_text(int64_t bytes, int64_t packed, struct text *out);
/* Which SERVICES were asked, and why some of it was asked AGAIN (data/vendor/again.h); nothing
 * where there is neither. Appended. */
void sync_asked_text(const char *services, int64_t retries, const char *again, bool english,
                     struct text *out);

/* ---- sync.c and sync_draw.c alone ---- */

int sync_vendor_count(const struct sync_view *state);
/* The INDEXth, and its row among the vendors; -1: no sync of it was yet. */
int sync_vendor(const struct sync_view *state, int index, struct text *name);
int sync_run_count(const struct sync_view *state);
/* The row under the cursor among the runs; -1: it is on a vendor, or nowhere. */
int sync_run_here(const struct sync_view *state);
void sync_draw(const struct view *view, const struct pane *pane);
/* What came of the run in ROW of the table `runs`; its role. Appended, as are all of these. */
enum role sync_run_result_text(const struct table *runs, size_t row, const struct context *context,
                               struct text *out);
void sync_run_took_text(const struct table *runs, size_t row, struct text *out);
/* What it asked, how much came over the line, what was tried again. */
void sync_run_told_text(const struct table *runs, size_t row, const struct context *context,
                        struct text *out);
/* The run under the cursor, else the latest, and the runs as a line. */
void sync_beside_draw(const struct sync_view *state, const struct pane *pane,
                      const struct context *context);
void sync_context(const struct view *view, const struct pane *pane);

#endif
