/*
 * export.c: what is listed below, all of it, into a file, or to a command that prints it.
 *
 * Pages come from the desk one after the other and go to a file beside the one asked for, which
 * takes its name when the last is written: what is there under that name is whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/console/inside.h"
#include "tui/screen/screens.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"
#include "tui/widget/edit.h"

enum { TICKET_PAGE = 1, PAGE = 1000, LOOK_AGAIN = 50 };

static const struct way_out {
    const char *name, *title; /* TITLE: msgid; NAME: of the file, too */
    enum format format;
    bool html;
} ways[] = {{"csv", N_("CSV, for a spreadsheet"), FORMAT_CSV, false},
            {"json", N_("JSON, an object a line"), FORMAT_JSON, false},
            {"txt", N_("plain text"), FORMAT_TABLE, false},
            {"html", N_("a page to be printed"), FORMAT_TABLE, true}};
enum { WAYS = sizeof ways / sizeof *ways, WAY_TEXT = 2 };

struct export
{
    struct edit path; /* behind | a command */
    int way;
    bool prints;       /* as text or a page */
    bool sure;         /* the file is there and may be written over */
    struct text words; /* what is written, where it is no list */
    struct parcel request;
    const char *table;
    struct face_sheet sheet;
    struct text target, part; /* the file, and what is written until it is whole */
    int64_t rows;
    pid_t child; /* that prints; 0 none */
};

static const struct way_out *way_of(const struct export *export)
{
    return &ways[export->way];
}

/* ---- what is asked for ---- */

/* A name, the day, and the format. */
static void propose(struct view *view, const char *name)
{
    struct export *export = view_state(view);
    struct text path = {0};
    char day[DAY_TEXT];
    text_addf(&path, "%s-%s.%s", name, day_format(moment_day(view_context(view)->now), day),
              way_of(export)->name);
    edit_set(&export->path, text_bytes(&path));
    text_free(&path);
}

static void begin(struct view *view, bool prints)
{
    struct export *export = view_state(view);
    const struct view *base = shell_base(view->shell);
    export->prints = prints;
    export->way = prints ? WAY_TEXT : 0;
    export->table = base->screen->listing ? base->screen->listing(base, &export->request) : NULL;
    if (!export->table) {
        view_close(view);
        return;
    }
    propose(view, base->screen->name);
}

static void open_export(struct view *view, const char *what)
{
    (void)what;
    begin(view, false);
}

/* WHAT: a name for a file with the words that were given; "" the list below. */
static void open_print(struct view *view, const char *what)
{
    struct export *export = view_state(view);
    const char *words = view_given(view) ? parcel_get(view_given(view), "words") : NULL;
    if (!words) {
        begin(view, true);
        return;
    }
    export->prints = true;
    export->way = WAY_TEXT;
    text_add(&export->words, words);
    propose(view, what);
}

/* What is half written goes. */
static void give_up(struct export *export)
{
    if (export->sheet.out) {
        fclose(export->sheet.out);
        export->sheet.out = NULL;
        if (export->part.length) {
            unlink(text_bytes(&export->part));
        }
    }
}

static void close_export(struct view *view)
{
    struct export *export = view_state(view);
    give_up(export);
    edit_free(&export->path);
    parcel_free(&export->request);
    text_free(&export->target);
    text_free(&export->part);
    text_free(&export->words);
}

static void ask_page(struct view *view, const char *after)
{
    const struct export *export = view_state(view);
    struct parcel *request = view_ask(view, TICKET_PAGE, parcel_get(&export->request, "verb"));
    for (size_t i = 0; i < export->request.pair_count; i++) {
        const struct pair *pair = &export->request.pairs[i];
        if (strcmp(pair->name, "verb") != 0) {
            parcel_put(request, pair->name, pair->value);
        }
    }
    parcel_put_int(request, "limit", PAGE);
    parcel_put(request, "count", "no");
    parcel_put(request, "after", after);
}

/* ---- where it goes ---- */

static void failed(struct view *view, const char *path)
{
    struct export *export = view_state(view);
    view_say(view, ROLE_MESSAGE_ERROR, N_("%1: %2"), path, error_why(errno), NULL);
    give_up(export);
}

static void put_target(struct export *export, const char *path)
{
    const char *home = getenv("HOME");
    text_clear(&export->target);
    if (strncmp(path, "~/", 2) == 0 && home) {
        text_addf(&export->target, "%s/", home);
        path += 2;
    }
    text_add(&export->target, path);
    text_clear(&export->part);
    text_addf(&export->part, "%s.part", text_bytes(&export->target));
}

static FILE *open_part(struct export *export)
{
    int file = open(text_bytes(&export->part), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *out = file >= 0 ? fdopen(file, "wb") : NULL;
    if (!out && file >= 0) {
        close(file);
    }
    return out;
}

static bool is_command(const struct export *export)
{
    return *edit_text(&export->path) == '|';
}

/* False: it was said why not. */
static bool open_out(struct view *view)
{
    struct export *export = view_state(view);
    const char *path = edit_text(&export->path);
    if (is_command(export)) {
        text_clear(&export->part);
        export->sheet.out = tmpfile();
    } else {
        put_target(export, path);
        if (!export->sure && access(text_bytes(&export->target), F_OK) == 0) {
            export->sure = true;
            view_say(view, ROLE_MESSAGE_WARN, N_("%1 is there already; Enter writes over it"), path,
                     NULL, NULL);
            return false;
        }
        export->sheet.out = open_part(export);
    }
    if (!export->sheet.out) {
        failed(view, path);
    }
    return export->sheet.out != NULL;
}

static void start_list(struct view *view)
{
    struct export *export = view_state(view);
    const struct view *base = shell_base(view->shell);
    const char *query = parcel_get(&export->request, "query");
    bool clocks = strcmp(export->table, "clocks") == 0, cases = strcmp(export->table, "cases") == 0;
    bool table = way_of(export)->format == FORMAT_TABLE;
    export->sheet.format = way_of(export)->format;
    export->sheet.html = way_of(export)->html;
    export->sheet.english = view_context(view)->look.english;
    export->sheet.title = _(base->screen->title);
    export->sheet.about = query;
    export->sheet.columns = !table ? NULL : clocks ? FACE_CLOCKS : cases ? FACE_CASES : NULL;
    export->rows = 0;
    ask_page(view, NULL);
}

/* ---- printing ---- */

/* The command reads what was written; it says nothing on the terminal. */
static bool print(struct export *export)
{
    char name[] = "sh", option[] = "-c";
    char *const arguments[] = {name, option, (char *)edit_text(&export->path) + 1, NULL};
    extern char **environ;
    posix_spawn_file_actions_t files;
    rewind(export->sheet.out);
    if (posix_spawn_file_actions_init(&files) != 0) {
        return false;
    }
    bool good =
        posix_spawn_file_actions_adddup2(&files, fileno(export->sheet.out), STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO) == 0 &&
        posix_spawn(&export->child, "/bin/sh", &files, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&files);
    return good;
}

static void wake_export(struct view *view)
{
    struct export *export = view_state(view);
    int status = 0;
    if (!export->child) {
        return;
    }
    if (waitpid(export->child, &status, WNOHANG) == 0) {
        view_wake(view, LOOK_AGAIN);
        return;
    }
    struct text rows = {0};
    text_add_int(&rows, export->rows);
    bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    export->child = 0;
    give_up(export);
    view_say(view, good ? ROLE_MESSAGE_OK : ROLE_MESSAGE_ERROR,
             good ? N_("%2 rows went to %1") : N_("%1 did not do it"), edit_text(&export->path) + 1,
             text_bytes(&rows), NULL);
    text_free(&rows);
    if (good) {
        view_close(view);
    }
}

/* ---- writing ---- */

static void finish(struct view *view)
{
    struct export *export = view_state(view);
    FILE *out = export->sheet.out;
    struct text rows = {0};
    text_add_int(&rows, export->rows);
    face_write_end(&export->sheet);
    if (fflush(out) != 0 || ferror(out)) {
        failed(view, edit_text(&export->path));
    } else if (is_command(export)) {
        if (print(export)) {
            view_wake(view, LOOK_AGAIN);
        } else {
            failed(view, edit_text(&export->path) + 1);
        }
    } else if (fsync(fileno(out)) != 0 ||
               rename(text_bytes(&export->part), text_bytes(&export->target)) != 0) {
        failed(view, edit_text(&export->path));
    } else {
        fclose(out);
        export->sheet.out = NULL;
        view_say(view, ROLE_MESSAGE_OK, N_("%2 rows are in %1"), text_bytes(&export->target),
                 text_bytes(&rows), NULL);
        view_close(view);
    }
    text_free(&rows);
}

static void start(struct view *view)
{
    struct export *export = view_state(view);
    if (export->sheet.out || !*edit_text(&export->path) || !open_out(view)) {
        return;
    }
    if (!export->words.length) {
        start_list(view);
        return;
    }
    for (const char *at = text_bytes(&export->words); *at; at++) {
        export->rows += *at == '\n';
    }
    fputs(text_bytes(&export->words), export->sheet.out);
    finish(view);
}

static void reply_export(struct view *view, int ticket, const struct parcel *reply,
                         const struct error *error)
{
    struct export *export = view_state(view);
    const struct table *table = error ? NULL : parcel_find(reply, export->table);
    const char *next = error ? NULL : parcel_get(reply, "next");
    (void)ticket;
    if (!export->sheet.out) {
        return;
    }
    if (error) {
        view_say_error(view, error, reply);
        give_up(export);
        return;
    }
    if (table) {
        face_write(&export->sheet, reply, table, export->rows == 0);
        export->rows += (int64_t)table_rows(table);
    }
    if (next && *next) {
        ask_page(view, next);
    } else {
        finish(view);
    }
}

/* ---- keys ---- */

/* The name of the file follows the format. */
static void turn(struct view *view, int step)
{
    struct export *export = view_state(view);
    int first = export->prints ? WAY_TEXT : 0, count = export->words.length ? 1 : WAYS - first;
    const char *path = edit_text(&export->path), *point = strrchr(path, '.');
    struct text renamed = {0};
    bool own = point && strcmp(point + 1, way_of(export)->name) == 0;
    export->way = first + (export->way - first + step + count) % count;
    if (own) {
        text_add_n(&renamed, path, (size_t)(point + 1 - path));
        text_add(&renamed, way_of(export)->name);
        edit_set(&export->path, text_bytes(&renamed));
    }
    text_free(&renamed);
}

static bool key_export(struct view *view, const struct key_event *event)
{
    struct export *export = view_state(view);
    bool taken = !export->sheet.out && edit_key(&export->path, event);
    export->sure = export->sure && !taken;
    return taken;
}

static bool act_export(struct view *view, enum action action)
{
    const struct export *export = view_state(view);
    bool busy = export->sheet.out != NULL;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_SUBMIT:
        start(view);
        return true;
    case ACTION_NEXT_PANE:
    case ACTION_DOWN:
    case ACTION_PREVIOUS_PANE:
    case ACTION_UP:
        if (!busy) {
            turn(view, action == ACTION_NEXT_PANE || action == ACTION_DOWN ? 1 : -1);
        }
        return true;
    case ACTION_COPY_COMMAND: {
        struct text command = {0};
        const char *query = parcel_get(&export->request, "query");
        text_addf(&command, "yuntai %s%s list%s '%s'",
                  way_of(export)->format == FORMAT_TABLE ? "" : "--format ",
                  way_of(export)->format == FORMAT_TABLE ? "" : way_of(export)->name,
                  way_of(export)->html ? " --html" : "", query ? query : "");
        view_copy(view, text_bytes(&command));
        view_say(view, ROLE_MESSAGE_OK, N_("%1 is on the clipboard"), text_bytes(&command), NULL,
                 NULL);
        text_free(&command);
        return true;
    }
    default:
        return false;
    }
}

/* ---- drawing ---- */

static int rows_export(const struct view *view, int most)
{
    const struct export *export = view_state(view);
    int rows = export->words.length ? 2 : 1 + WAYS - (export->prints ? WAY_TEXT : 0);
    return rows < most ? rows : most;
}

static void context_export(const struct view *view, const struct pane *pane)
{
    const struct export *export = view_state(view);
    int column =
        pane_put(pane, 0, 1, ROLE_SHEET_TITLE, export->prints ? _("print") : _("export")) + 2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM,
               _("a file, or | and a command; Tab: the format; all rows, not the page alone"));
}

static void draw_export(const struct view *view, const struct pane *pane)
{
    const struct export *export = view_state(view);
    int first = export->prints ? WAY_TEXT : 0;
    for (int i = first; i < WAYS && i - first < pane->rows; i++) {
        bool here = i == export->way;
        pane_pad(pane, i - first, 2, 6, here ? ROLE_SHEET_CURSOR : ROLE_ACT_KEY, ways[i].name);
        pane_clip(pane, i - first, 9, pane->columns - 10, here ? ROLE_TEXT_STRONG : ROLE_TEXT,
                  _(ways[i].title));
    }
}

static void prompt_export(const struct view *view, const struct pane *pane)
{
    const struct export *export = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_ACT_KEY, _("into: "));
    if (export->sheet.out) {
        struct text rows = {0};
        text_addf(&rows, _("%d rows …"), (int)export->rows);
        pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_TEXT_DIM, text_bytes(&rows));
        text_free(&rows);
    } else {
        edit_draw(&export->path, pane, 0, column, pane->columns - column - 1, ROLE_TEXT, true);
    }
}

#define EXPORT_METHODS                                                                             \
    .sheet = true, .types = true, .where = WHERE_SHEET, .size = sizeof(struct export),             \
    .acts = (const enum action[]){ACTION_OPEN, ACTION_NEXT_PANE, ACTION_COPY_COMMAND, ACTION_BACK, \
                                  ACTION_NONE},                                                    \
    .close = close_export, .reply = reply_export, .wake = wake_export, .key = key_export,          \
    .act = act_export, .rows = rows_export, .context_row = context_export, .draw = draw_export,    \
    .prompt = prompt_export

const struct screen sheet_export = {
    .name = "export", .title = N_("export"), .open = open_export, EXPORT_METHODS};
const struct screen sheet_print = {
    .name = "print", .title = N_("print"), .open = open_print, EXPORT_METHODS};
