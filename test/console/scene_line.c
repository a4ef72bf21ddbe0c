/* scene_line.c: the words of scenes. Each line is a word and what it is about. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "data/monotonic.h"
#include "test/console/scene.h"

enum { LOOK_AGAIN = 10 }; /* ms */

struct word {
    const char *name;
    enum {
        ASIDE,
        HANDS, /* at a console that has been started: by this line if need be */
        EYES,  /* the same, and they look again until they see it */
    } with;
    bool (*act)(struct scene *scene, const char *rest);
};

static struct pty *console(const struct scene *scene)
{
    return scene->consoles[scene->on];
}

/* Takes the next word of *LINE into WORD; false at the end. */
static bool next_word(const char **line, struct text *word)
{
    *line += strspn(*line, " ");
    size_t length = strcspn(*line, " ");
    text_clear(word);
    text_add_n(word, *line, length);
    *line += length;
    return length > 0;
}

static bool take_number(const char **line, long *number)
{
    char *end;
    *number = strtol(*line, &end, 10);
    bool taken = end != *line;
    *line = end + strspn(end, " ");
    return taken;
}

static bool be_quiet(struct scene *scene)
{
    bool inside = strcmp(scene_variable(scene, "through"), "tmux") == 0;
    return inside || pty_quiet(console(scene)) || scene_fails(scene, "does not come to rest");
}

/* ---- the stage ---- */

static bool do_workspace(struct scene *scene, const char *rest)
{
    return stage_workspace(scene, rest);
}

static bool do_run(struct scene *scene, const char *rest)
{
    int status = stage_run(scene, rest);
    return status == 0 || scene_fails(scene, "status %d: %s", status, text_bytes(&scene->out));
}

static bool do_refused(struct scene *scene, const char *rest)
{
    return stage_run(scene, rest) > 0 || scene_fails(scene, "was not refused");
}

static bool do_damage(struct scene *scene, const char *rest)
{
    return stage_damage(scene, rest) || scene_fails(scene, "nothing was touched");
}

static bool do_out(struct scene *scene, const char *rest)
{
    return strstr(text_bytes(&scene->out), rest) ||
           scene_fails(scene, "it printed: %s", text_bytes(&scene->out));
}

static bool do_environment(struct scene *scene, const char *rest)
{
    text_addf(&scene->environment, "%s\n", rest);
    return true;
}

/* "5000 NAME TEXT": TEXT as so many lines behind what the file holds, %d their number. */
static bool do_lines(struct scene *scene, const char *rest)
{
    char *end;
    long count = strtol(rest, &end, 10);
    const char *name = end + strspn(end, " ");
    size_t length = strcspn(name, " ");
    return count > 0 && name[length]
               ? stage_lines(scene, name, length, name + length + 1, count)
               : scene_fails(scene, "lines: a number, a name and a text are meant");
}

static bool do_file(struct scene *scene, const char *rest)
{
    size_t length = strcspn(rest, " ");
    return rest[length] ? stage_file(scene, rest, length, rest + length + 1)
                        : scene_fails(scene, "file: a name and a text are meant");
}

static bool do_start(struct scene *scene, const char *rest)
{
    return stage_start(scene, rest) && be_quiet(scene);
}

static bool do_on(struct scene *scene, const char *rest)
{
    scene->on = strcmp(rest, "b") == 0;
    return true;
}

/* ---- hands ---- */

/* A word of keys: a name, or text that is typed as it stands. */
static bool press(struct scene *scene, const char *word)
{
    if (!pty_press(console(scene), word)) {
        pty_write(console(scene), word, strlen(word));
    }
    return true;
}

static bool do_keys(struct scene *scene, const char *rest)
{
    struct text word = {0};
    bool good = true;
    scene->bytes_before = pty_bytes(console(scene));
    while (good && next_word(&rest, &word)) {
        good = press(scene, text_bytes(&word)) && be_quiet(scene);
    }
    text_free(&word);
    return good;
}

/* burst 500 Down: at once, as a key that is held. */
static bool do_burst(struct scene *scene, const char *rest)
{
    long count;
    scene->bytes_before = pty_bytes(console(scene));
    if (!take_number(&rest, &count)) {
        return scene_fails(scene, "how many, then the key");
    }
    for (long i = 0; i < count; i++) {
        press(scene, rest);
    }
    return be_quiet(scene);
}

static bool do_type(struct scene *scene, const char *rest)
{
    pty_write(console(scene), rest, strlen(rest));
    return be_quiet(scene);
}

/* \n is an end of line. */
static bool do_paste(struct scene *scene, const char *rest)
{
    struct text text = {0};
    for (; *rest; rest++) {
        bool line = rest[0] == '\\' && rest[1] == 'n';
        text_add_n(&text, line ? "\n" : rest, 1);
        rest += line;
    }
    pty_paste(console(scene), text_bytes(&text));
    text_free(&text);
    return be_quiet(scene);
}

static bool do_resize(struct scene *scene, const char *rest)
{
    char *end;
    int columns = (int)strtol(rest, &end, 10);
    int rows = *end ? (int)strtol(end + 1, NULL, 10) : 0;
    if (rows < 1 || columns < 1) {
        return scene_fails(scene, "no size; 80x24");
    }
    pty_resize(console(scene), rows, columns);
    return be_quiet(scene);
}

static int signal_named(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"HUP", SIGHUP},   {"TERM", SIGTERM}, {"INT", SIGINT},
                   {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"ABRT", SIGABRT},
                   {"KILL", SIGKILL}, {"TSTP", SIGTSTP}, {"CONT", SIGCONT}};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (strcmp(signals[i].name, name) == 0) {
            return signals[i].number;
        }
    }
    return 0;
}

static bool do_signal(struct scene *scene, const char *rest)
{
    int number = signal_named(rest);
    if (!number) {
        return scene_fails(scene, "no signal; HUP, TERM, INT, QUIT, SEGV, ABRT, KILL, TSTP, CONT");
    }
    pty_signal(console(scene), number);
    return true;
}

static bool do_hang_up(struct scene *scene, const char *rest)
{
    (void)rest;
    pty_hang_up(console(scene));
    return true;
}

/* ---- eyes ---- */

static bool do_see(struct scene *scene, const char *rest)
{
    int row, column;
    return pty_find(console(scene), rest, &row, &column) || scene_fails(scene, "is not to be seen");
}

static bool do_not(struct scene *scene, const char *rest)
{
    int row, column;
    return be_quiet(scene) && (!pty_find(console(scene), rest, &row, &column) ||
                               scene_fails(scene, "stands in row %d", row + 1));
}

#if defined(__SANITIZE_ADDRESS__)
enum { SLOWER = 5 };
#else
enum { SLOWER = 1 };
#endif

/* soon 1000 TEXT: anywhere on the screen, in so many ms. */
static bool do_soon(struct scene *scene, const char *rest)
{
    long most;
    if (!take_number(&rest, &most)) {
        return scene_fails(scene, "in how many ms, then the text");
    }
    return pty_soon(console(scene), rest, (int)most * SLOWER) ||
           scene_fails(scene, "is not to be seen in time");
}

/* row 1 TEXT; row -1 TEXT is the last. */
static bool do_row(struct scene *scene, const char *rest)
{
    long row;
    if (!take_number(&rest, &row) || row == 0) {
        return scene_fails(scene, "which row, then the text");
    }
    struct text line = {0};
    pty_row(console(scene), (int)(row > 0 ? row - 1 : pty_rows(console(scene)) + row), &line);
    bool good = strstr(text_bytes(&line), rest) || scene_fails(scene, "is not to be seen there");
    text_free(&line);
    return good;
}

enum { CLIPPED = 0x2026 }; /* … */

/* whole 3: nothing in that row is clipped. */
static bool do_whole(struct scene *scene, const char *rest)
{
    long row;
    if (!take_number(&rest, &row) || row == 0) {
        return scene_fails(scene, "which row");
    }
    if (!be_quiet(scene)) {
        return false;
    }
    for (int column = 0; column < pty_columns(console(scene)); column++) {
        if (pty_cell(console(scene), (int)row - 1, column).glyph == CLIPPED) {
            return scene_fails(scene, "something is clipped, in column %d", column + 1);
        }
    }
    return true;
}

static bool do_cursor(struct scene *scene, const char *rest)
{
    int row, column;
    bool visible;
    long wanted_row, wanted_column;
    pty_cursor(console(scene), &row, &column, &visible);
    if (strcmp(rest, "hidden") == 0) {
        return !visible || scene_fails(scene, "it is in row %d column %d", row + 1, column + 1);
    }
    if (!take_number(&rest, &wanted_row) || !take_number(&rest, &wanted_column)) {
        return scene_fails(scene, "row and column, or hidden");
    }
    return (visible && row == wanted_row - 1 && column == wanted_column - 1) ||
           scene_fails(scene, "it is in row %d column %d%s", row + 1, column + 1,
                       visible ? "" : ", hidden");
}

/* look LOOK TEXT: as golden_look() says it, of the first cell of TEXT. */
static bool do_look(struct scene *scene, const char *rest)
{
    struct text wanted = {0}, got = {0};
    int row, column;
    next_word(&rest, &wanted);
    rest += strspn(rest, " ");
    bool good =
        pty_find(console(scene), rest, &row, &column) || scene_fails(scene, "is not to be seen");
    if (good) {
        struct pty_cell cell = pty_cell(console(scene), row, column);
        golden_look(&cell, &got);
        good = strcmp(text_bytes(&got), text_bytes(&wanted)) == 0 ||
               scene_fails(scene, "it looks %s", text_bytes(&got));
    }
    text_free(&wanted);
    text_free(&got);
    return good;
}

static bool do_goldens(struct scene *scene, const char *rest)
{
    return be_quiet(scene) && golden_sizes(scene, rest);
}

static bool do_keep(struct scene *scene, const char *rest)
{
    return be_quiet(scene) && golden_keep(scene, rest);
}

static bool do_same(struct scene *scene, const char *rest)
{
    return be_quiet(scene) && golden_same(scene, rest);
}

static bool do_shot(struct scene *scene, const char *rest)
{
    return be_quiet(scene) && golden_shot(scene, rest);
}

/* bytes 300: so many at most since the keys that were pressed last. */
static bool do_bytes(struct scene *scene, const char *rest)
{
    long most;
    int written = (int)(pty_bytes(console(scene)) - scene->bytes_before);
    return (take_number(&rest, &most) && written <= most) ||
           scene_fails(scene, "%d bytes were written", written);
}

/* No byte that a terminal without Unicode would not know was written. */
static bool do_ascii(struct scene *scene, const char *rest)
{
    (void)rest;
    const struct text *record = pty_record(console(scene));
    for (size_t i = 0; i < record->length; i++) {
        if ((unsigned char)record->bytes[i] >= 0x80) {
            return scene_fails(scene, "byte %d is none of ASCII", (int)i);
        }
    }
    return true;
}

/* ---- the end ---- */

/* exit 0; exit TERM, by that signal. */
static bool do_exit(struct scene *scene, const char *rest)
{
    int status = pty_ended(console(scene)), number = signal_named(rest);
    if (status == -1) {
        return scene_fails(scene, "it goes on");
    }
    if (number) {
        return (WIFSIGNALED(status) && WTERMSIG(status) == number) ||
               scene_fails(scene, "it ended with %d", status);
    }
    return (WIFEXITED(status) && WEXITSTATUS(status) == strtol(rest, NULL, 10)) ||
           scene_fails(scene, "it ended with status %d, signal %d", WEXITSTATUS(status),
                       WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static bool do_stopped(struct scene *scene, const char *rest)
{
    (void)rest;
    return pty_stopped(console(scene)) || scene_fails(scene, "it goes on");
}

/* The terminal is as it was before: modes, screen, cursor. */
static bool do_restored(struct scene *scene, const char *rest)
{
    (void)rest;
    int row, column;
    bool visible;
    pty_cursor(console(scene), &row, &column, &visible);
    return (pty_modes_as_before(console(scene)) || scene_fails(scene, "modes are not")) &&
           (!pty_alternate(console(scene)) || scene_fails(scene, "the other screen is on")) &&
           (visible || scene_fails(scene, "the cursor is hidden"));
}

/* ---- */

static bool set_variable(struct scene *scene, const char *line, bool *is)
{
    static const char *const names[] = {"size", "lang",     "now",     "as",     "locale",
                                        "term", "terminal", "through", "colours"};
    size_t length = strcspn(line, " ");
    const char *value = line + length + strspn(line + length, " ");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], line, length) == 0) {
            *is = true;
            return scene_set(scene, names[i], value, false) || scene_fails(scene, "too many");
        }
    }
    return true;
}

/* What the console brings after a while is late where the machine is busy. */
static bool look_on(struct scene *scene, const struct word *eyes, const char *rest)
{
    int64_t until = monotonic_ms() + PTY_DEADLINE;
    for (;;) {
        bool last = !pty_running(console(scene)) || monotonic_ms() > until;
        while (pty_more(console(scene), 0)) {
        }
        text_clear(&scene->reason);
        bool good = eyes->act(scene, rest);
        if (good || last) {
            return good;
        }
        pty_more(console(scene), LOOK_AGAIN);
    }
}

bool line_do(struct scene *scene, const char *line)
{
    static const struct word words[] = {
        {"workspace", ASIDE, do_workspace},
        {"run", ASIDE, do_run},
        {"refused", ASIDE, do_refused},
        {"out", ASIDE, do_out},
        {"damage", ASIDE, do_damage},
        {"env", ASIDE, do_environment},
        {"file", ASIDE, do_file},
        {"lines", ASIDE, do_lines},
        {"start", ASIDE, do_start},
        {"on", ASIDE, do_on},
        {"keys", HANDS, do_keys},
        {"burst", HANDS, do_burst},
        {"type", HANDS, do_type},
        {"paste", HANDS, do_paste},
        {"resize", HANDS, do_resize},
        {"signal", HANDS, do_signal},
        {"hangup", HANDS, do_hang_up},
        {"see", EYES, do_see},
        {"not", EYES, do_not},
        {"soon", HANDS, do_soon},
        {"row", EYES, do_row},
        {"whole", EYES, do_whole},
        {"cursor", EYES, do_cursor},
        {"look", EYES, do_look},
        {"goldens", HANDS, do_goldens},
        {"shot", HANDS, do_shot},
        {"keep", HANDS, do_keep},
        {"same", EYES, do_same},
        {"bytes", HANDS, do_bytes},
        {"ascii", HANDS, do_ascii},
        {"exit", HANDS, do_exit},
        {"restored", EYES, do_restored},
        {"stopped", HANDS, do_stopped},
    };
    bool variable = false;
    if (!set_variable(scene, line, &variable) || variable) {
        return variable && scene->reason.length == 0;
    }
    size_t length = strcspn(line, " ");
    const char *rest = line + length + strspn(line + length, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].name) == length && strncmp(words[i].name, line, length) == 0) {
            if (words[i].with != ASIDE && !console(scene) && !do_start(scene, "")) {
                return false;
            }
            return words[i].with == EYES ? look_on(scene, &words[i], rest)
                                         : words[i].act(scene, rest);
        }
    }
    return scene_fails(scene, "no word of scenes; see README.md");
}
