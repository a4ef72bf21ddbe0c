/* query.c: the query line: what is typed narrows what stands above, with completion. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"
#include "tui/width.h"

enum {
    TICKET_COMPLETE = 1,
    PAUSE = 20,
    PAUSE_SLOW = 250,
    OFFERED_MOST = 6,
    WORD_COLUMNS = 24,
    NOT_CHOSEN = -1
};

struct offered {
    char *word, *title;
};
struct query_line {
    struct edit typed;
    char *before, *held; /* what held when it opened; what holds now */
    int64_t since;       /* when the filter was given it */
    int found;           /* the shell's count then */
    int took;            /* milliseconds; -1: not known yet */
    struct offered offered[OFFERED_MOST];
    int from, to;         /* columns of the word that a completion replaces */
    struct choice choice; /* of those offered */
    bool chosen;          /* the cursor stands on one of them */
};

static struct view *narrowed(const struct view *view)
{
    return shell_base(view->shell);
}

static void forget_offers(struct query_line *line)
{
    for (int i = 0; i < line->choice.count; i++) {
        free(line->offered[i].word);
        free(line->offered[i].title);
    }
    choice_count(&line->choice, 0);
    line->chosen = false;
}

/* What is typed holds from now on. */
static void apply(struct view *view)
{
    struct query_line *line = view_state(view);
    struct view *base = narrowed(view);
    const char *typed = edit_text(&line->typed);
    if (!line->held || strcmp(line->held, typed) != 0) {
        free(line->held);
        line->held = copy_text(typed);
        line->since = view->shell->clock;
        line->found = view->shell->found_count;
        line->took = -1;
        view_narrow(base, typed);
    }
}

/* Columns count characters from 1. */
static int column_of(const struct query_line *line)
{
    return (int)utf8_count(edit_text(&line->typed), line->typed.at) + 1;
}

static void complete(struct view *view)
{
    const struct query_line *line = view_state(view);
    struct parcel *request = view_ask(view, TICKET_COMPLETE, "complete");
    parcel_put(request, "query", edit_text(&line->typed));
    parcel_put_int(request, "column", column_of(line));
}

static void open_query(struct view *view, const char *what)
{
    struct query_line *line = view_state(view);
    const struct view *base = narrowed(view);
    const char *now = base->screen->filtered ? base->screen->filtered(base) : "";
    line->before = copy_text(now ? now : "");
    line->held = copy_text(line->before);
    line->took = -1;
    edit_set(&line->typed, *what ? what : line->before);
    text_clear(&view->shell->found);
    text_clear(&view->shell->found_wrong);
    if (*what) {
        view_wake(view, PAUSE);
    } else {
        complete(view);
    }
}

static void close_query(struct view *view)
{
    struct query_line *line = view_state(view);
    forget_offers(line);
    edit_free(&line->typed);
    free(line->before);
    free(line->held);
}

static void reply_query(struct view *view, int ticket, const struct parcel *reply,
                        const struct error *error)
{
    struct query_line *line = view_state(view);
    const struct table *words = error ? NULL : parcel_find(reply, "words");
    (void)ticket;
    forget_offers(line);
    line->from = (int)parcel_int(reply, "from", 1);
    line->to = (int)parcel_int(reply, "to", line->from);
    for (size_t row = 0; words && row < table_rows(words) && row < OFFERED_MOST; row++) {
        struct text title = {0};
        phrase_both(&title, table_word(words, row, "title"), view_context(view)->look.english);
        line->offered[row] = (struct offered){copy_text(table_word(words, row, "word")),
                                              copy_text(text_bytes(&title))};
        text_free(&title);
        choice_count(&line->choice, (int)row + 1);
    }
}

static void wake_query(struct view *view)
{
    apply(view);
    complete(view);
}

static size_t offset_of(const char *text, int column)
{
    size_t at = 0, length = strlen(text);
    for (int i = 1; i < column && at < length; i++) {
        size_t size = utf8_length(text + at, length - at);
        at += size ? size : 1;
    }
    return at;
}

/* What was typed holds when the hands rest; a search is broken off by the next key, so that only a
 * slow line has a reason to wait for more. */
static void wait_a_little(struct view *view)
{
    view_wake(view, view_context(view)->slow ? PAUSE_SLOW : PAUSE);
}

/* The word that stands there becomes the one offered. */
static void accept(struct view *view)
{
    struct query_line *line = view_state(view);
    const char *typed = edit_text(&line->typed);
    const char *word = line->offered[line->choice.cursor].word;
    size_t from = offset_of(typed, line->from), to = offset_of(typed, line->to);
    struct text whole = {0};
    bool value = word && *word && word[strlen(word) - 1] != ':';
    text_add_n(&whole, typed, from);
    text_add(&whole, word);
    text_add(&whole, value && typed[to] != ' ' ? " " : "");
    text_add(&whole, typed + to);
    edit_replace(&line->typed, text_bytes(&whole));
    line->typed.at = from + (word ? strlen(word) : 0) + value;
    text_free(&whole);
    forget_offers(line);
    wait_a_little(view);
}

static bool key_query(struct view *view, const struct key_event *event)
{
    struct query_line *line = view_state(view);
    struct text before = {0};
    text_add(&before, edit_text(&line->typed));
    bool taken = edit_key(&line->typed, event);
    if (taken && strcmp(text_bytes(&before), edit_text(&line->typed)) != 0) {
        wait_a_little(view);
    }
    text_free(&before);
    return taken;
}

static void give_up(struct view *view)
{
    struct query_line *line = view_state(view);
    struct view *base = narrowed(view);
    if (strcmp(line->held ? line->held : "", line->before ? line->before : "") != 0) {
        view_narrow(base, line->before ? line->before : "");
    }
    view_close(view);
}

static bool act_query(struct view *view, enum action action)
{
    struct query_line *line = view_state(view);
    switch (action) {
    case ACTION_OPEN:
        if (line->chosen && line->choice.count) {
            accept(view);
        } else {
            apply(view);
            view_close(view);
        }
        return true;
    case ACTION_NEXT_PANE:
        if (line->choice.count) {
            accept(view);
        }
        return true;
    case ACTION_BACK:
        give_up(view);
        return true;
    case ACTION_DOWN:
        if (!line->chosen) {
            return line->chosen = true;
        }
        return choice_act(&line->choice, action);
    case ACTION_UP:
        if (line->choice.cursor == 0) {
            line->chosen = false;
            return true;
        }
        return choice_act(&line->choice, action);
    default:
        return false;
    }
}

/* ---- drawing ---- */

static bool is_wrong(const struct view *view)
{
    return view->shell->found_wrong.length > 0;
}

static int rows_query(const struct view *view, int most)
{
    const struct query_line *line = view_state(view);
    int rows = line->choice.count + is_wrong(view);
    return rows == 0 ? 0 : rows + 1 < most ? rows + 1 : most;
}

static void context_query(const struct view *view, const struct pane *pane)
{
    (void)view;
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _("completion")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("Tab takes it, Esc leaves all as it was"));
}

static void draw_wrong(const struct view *view, const struct pane *pane, int row)
{
    const struct query_line *line = view_state(view);
    const char *typed = edit_text(&line->typed);
    struct text left = {0};
    text_add_n(&left, typed, offset_of(typed, view->shell->found_column));
    int column = 1 + width_of(text_bytes(&left));
    column = column > pane->columns / 2 ? pane->columns / 2 : column;
    if (view->shell->found_column > 0) {
        pane_put(pane, row, column, ROLE_MESSAGE_ERROR, "^");
    }
    pane_clip(pane, row, column + 2, pane->columns - column - 3, ROLE_MESSAGE_ERROR,
              text_bytes(&view->shell->found_wrong));
    text_free(&left);
}

static void draw_query(const struct view *view, const struct pane *pane)
{
    const struct query_line *line = view_state(view);
    int rows = pane->rows - is_wrong(view);
    for (int i = 0; i < line->choice.count && i < rows; i++) {
        enum role role = line->chosen ? choice_role(&line->choice, i, ROLE_TEXT) : ROLE_TEXT;
        pane_pad(pane, i, 2, WORD_COLUMNS, role, line->offered[i].word);
        pane_clip(pane, i, 3 + WORD_COLUMNS, pane->columns - 4 - WORD_COLUMNS, ROLE_TEXT_DIM,
                  line->offered[i].title);
    }
    if (is_wrong(view) && rows >= 0) {
        draw_wrong(view, pane, rows);
    }
}

static void prompt_query(const struct view *view, const struct pane *pane)
{
    struct query_line *line = view_state(view);
    const struct shell *shell = view->shell;
    struct text said = {0};
    if (line->took < 0 && shell->found_count != line->found) {
        line->took = (int)(shell->clock - line->since);
    }
    text_add(&said, text_bytes(&shell->found));
    if (said.length && line->took >= 0) {
        text_addf(&said, " %d%s", line->took, _(" ms"));
    }
    int width = width_of(text_bytes(&said));
    width = width < pane->columns / 2 ? width : 0;
    pane_put(pane, 0, 0, ROLE_ACT_KEY, "/");
    edit_draw(&line->typed, pane, 0, 1, pane->columns - 2 - width, ROLE_TEXT, true);
    if (width) {
        pane_put(pane, 0, pane->columns - width, ROLE_TEXT_DIM, text_bytes(&said));
    }
    text_free(&said);
}

const struct screen sheet_query = {
    .name = "query",
    .title = N_("narrow"),
    .sheet = true,
    .types = true,
    .where = WHERE_SHEET,
    .size = sizeof(struct query_line),
    .acts = (const enum action[]){ACTION_OPEN, ACTION_NEXT_PANE, ACTION_BACK, ACTION_NONE},
    .open = open_query,
    .close = close_query,
    .reply = reply_query,
    .wake = wake_query,
    .key = key_query,
    .act = act_query,
    .rows = rows_query,
    .context_row = context_query,
    .draw = draw_query,
    .prompt = prompt_query,
};
