/* scene_stage.c: where a scene is played. */
#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/console/scene.h"

enum { WORDS_MOST = 64 };

extern char **environ;

/* ---- words ---- */

struct words { /* of a command line; zeroed is empty */
    struct text bytes;
    size_t at[WORDS_MOST];
    int count;
    const char *list[WORDS_MOST + 1];
};

static void add_word(struct words *words, const char *word, size_t length)
{
    if (words->count < WORDS_MOST) {
        words->at[words->count++] = words->bytes.length;
        text_add_n(&words->bytes, word, length);
        text_add_n(&words->bytes, "", 1);
    }
}

static void add_words(struct words *words, const char *line)
{
    for (;;) {
        line += strspn(line, " ");
        if (!*line) {
            return;
        }
        bool quoted = *line == '\'' || *line == '"';
        char quote[2] = {*line, 0};
        size_t length = strcspn(line + quoted, quoted ? quote : " ");
        add_word(words, line + quoted, length);
        line += quoted + length;
        line += quoted && *line;
    }
}

static const char *const *word_list(struct words *words)
{
    for (int i = 0; i < words->count; i++) {
        words->list[i] = words->bytes.bytes + words->at[i];
    }
    words->list[words->count] = NULL;
    return words->list;
}

static void add_option(struct words *words, const char *name, const char *value)
{
    if (*value) {
        add_word(words, name, strlen(name));
        add_word(words, value, strlen(value));
    }
}

/* yuntai with what the variables say. */
static void begin_command(struct words *words, const struct scene *scene)
{
    struct text workspace = {0};
    text_addf(&workspace, "%s/desk", text_bytes(&scene->place));
    add_word(words, scene->program, strlen(scene->program));
    add_option(words, "--workspace", text_bytes(&workspace));
    add_option(words, "--lang", scene_variable(scene, "lang"));
    add_option(words, "--now", scene_variable(scene, "now"));
    add_option(words, "--as", scene_variable(scene, "as"));
    text_free(&workspace);
}

/* ---- commands ---- */

/* Runs LIST with its output to FILE; the status, -1 where it could not. */
static int run_list(const char *const *list, int file)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, file, 1);
    posix_spawn_file_actions_adddup2(&actions, file, 2);
    if (posix_spawnp(&pid, list[0], &actions, NULL, (char *const *)list, environ) == 0) {
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    return status;
}

/* Runs LIST and keeps what it prints in scene->out. */
static int run_kept(struct scene *scene, const char *const *list)
{
    FILE *file = tmpfile();
    char part[4096];
    size_t count;
    text_clear(&scene->out);
    if (!file) {
        return -1;
    }
    int status = run_list(list, fileno(file));
    rewind(file);
    while ((count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(&scene->out, part, count);
    }
    fclose(file);
    return status;
}

static bool make_place(struct scene *scene)
{
    if (scene->place.length == 0) {
        char place[] = "/tmp/yuntai-scene-XXXXXX";
        if (!mkdtemp(place)) {
            return scene_fails(scene, "no directory: %s", strerror(errno));
        }
        text_add(&scene->place, place);
    }
    return true;
}

int stage_run(struct scene *scene, const char *arguments)
{
    struct words words = {0};
    if (!make_place(scene)) {
        return -1;
    }
    struct text whole = {0};
    for (const char *at = arguments; *at; at++) {
        text_add_n(&whole, at, *at != '~');
        text_add(&whole, *at == '~' ? text_bytes(&scene->place) : "");
    }
    begin_command(&words, scene);
    add_words(&words, text_bytes(&whole));
    int status = run_kept(scene, word_list(&words));
    text_free(&words.bytes);
    text_free(&whole);
    return status;
}

/* ---- files ---- */

static FILE *open_file(struct scene *scene, const char *name, size_t length, const char *how)
{
    struct text path = {0};
    text_addf(&path, "%s/", text_bytes(&scene->place));
    text_add_n(&path, name, length);
    FILE *file = fopen(text_bytes(&path), how);
    if (!file) {
        scene_fails(scene, "%s cannot be written", text_bytes(&path));
    }
    text_free(&path);
    return file;
}

static void write_text(const struct scene *scene, FILE *file, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (at[0] == '\\' && at[1] == 'n') {
            fputc('\n', file);
            at++;
        } else if (*at == '~') {
            fputs(text_bytes(&scene->place), file);
        } else {
            fputc(*at, file);
        }
    }
    fputc('\n', file);
}

bool stage_file(struct scene *scene, const char *name, size_t length, const char *text)
{
    FILE *file = open_file(scene, name, length, "w");
    if (!file) {
        return false;
    }
    write_text(scene, file, text);
    return fclose(file) == 0;
}

bool stage_lines(struct scene *scene, const char *name, size_t length, const char *text, long count)
{
    FILE *file = open_file(scene, name, length, "a");
    for (long i = 0; file && i < count; i++) {
        struct text line = {0};
        const char *number = strstr(text, "%d");
        text_add_n(&line, text, number ? (size_t)(number - text) : strlen(text));
        if (number) {
            text_add_int(&line, i);
            text_add(&line, number + 2);
        }
        write_text(scene, file, text_bytes(&line));
        text_free(&line);
    }
    return file && fclose(file) == 0;
}

/* ---- workspaces ---- */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    remove(path);
    return 0;
}

static void remove_all(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Which program made it: another may make another. */
static bool add_stamp(struct scene *scene, struct text *out)
{
    struct stat file;
    if (stat(scene->program, &file) != 0) {
        return scene_fails(scene, "there is no %s", scene->program);
    }
    text_add(out, "made-");
    text_add_int(out, (int64_t)file.st_mtim.tv_sec);
    text_addf(out, "-%d", (int)file.st_mtim.tv_nsec);
    return true;
}

/* Makes the sample in the directory SHELF, which is locked, unless this program made it already. */
static bool make_sample(struct scene *scene, const char *shelf)
{
    struct text desk = {0}, stamp = {0};
    text_addf(&desk, "%s/desk", shelf);
    text_addf(&stamp, "%s/", shelf);
    bool good = add_stamp(scene, &stamp);
    if (good && access(text_bytes(&stamp), F_OK) != 0) {
        const char *list[] = {scene->program,     "--workspace", text_bytes(&desk), "--now",
                              "2026-11-23T09:00", "init",        "--sample",        NULL};
        remove_all(shelf);
        mkdir(shelf, 0700);
        run_kept(scene, list);
        good = (access(text_bytes(&desk), F_OK) == 0 && mkdir(text_bytes(&stamp), 0700) == 0) ||
               scene_fails(scene, "no sample: %s", text_bytes(&scene->out));
    }
    text_free(&desk);
    text_free(&stamp);
    return good;
}

static bool copy_desk(struct scene *scene, const char *shelf)
{
    struct text from = {0}, to = {0};
    text_addf(&from, "%s/desk", shelf);
    text_addf(&to, "%s/desk", text_bytes(&scene->place));
    const char *list[] = {"cp", "-a", text_bytes(&from), text_bytes(&to), NULL};
    bool good =
        run_kept(scene, list) == 0 || scene_fails(scene, "not copied: %s", text_bytes(&scene->out));
    text_free(&from);
    text_free(&to);
    return good;
}

/* The sample takes a while: whoever comes first makes it for all, the others wait. */
static bool take_sample(struct scene *scene)
{
    const char *build = getenv("YUNTAI_BUILD");
    struct text shelf = {0}, lock = {0};
    text_addf(&shelf, "%s/console-sample", build ? build : "/tmp");
    text_addf(&lock, "%s.lock", text_bytes(&shelf));
    int file = open(text_bytes(&lock), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    bool good = (file >= 0 && flock(file, LOCK_EX) == 0) ||
                scene_fails(scene, "%s: %s", text_bytes(&lock), strerror(errno));
    good = good && make_sample(scene, text_bytes(&shelf)) && copy_desk(scene, text_bytes(&shelf));
    if (file >= 0) {
        close(file);
    }
    text_free(&shelf);
    text_free(&lock);
    return good;
}

bool stage_workspace(struct scene *scene, const char *kind)
{
    if (!make_place(scene)) {
        return false;
    }
    if (strcmp(kind, "sample") == 0) {
        return take_sample(scene);
    }
    if (strcmp(kind, "new") != 0) {
        return scene_fails(scene, "there is no workspace %s; new or sample", kind);
    }
    return stage_run(scene, "init") == 0 || scene_fails(scene, "%s", text_bytes(&scene->out));
}

bool stage_damage(const struct scene *scene, const char *sql)
{
    sqlite3 *sqlite = NULL;
    struct text path = {0};
    text_addf(&path, "%s/desk/desk.db", text_bytes(&scene->place));
    bool done = sqlite3_open_v2(text_bytes(&path), &sqlite, SQLITE_OPEN_READWRITE, NULL) == 0 &&
                sqlite3_exec(sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
    bool rows = done && (strncmp(sql, "UPDATE", 6) != 0 || sqlite3_changes(sqlite) > 0);
    sqlite3_close(sqlite);
    text_free(&path);
    return rows;
}

/* ---- the console ---- */

static void add_environment(struct words *words, const char *name, const char *value)
{
    struct text pair = {0};
    if (value) {
        text_addf(&pair, "%s=%s", name, value);
        add_word(words, pair.bytes, pair.length);
    }
    text_free(&pair);
}

static void fill_environment(struct words *words, const struct scene *scene)
{
    static const char *const kept[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TZ",
                                       "YUNTAI_DATADIR"};
    const char *locale = scene_variable(scene, "locale");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        add_environment(words, kept[i], getenv(kept[i]));
    }
    add_environment(words, "HOME", text_bytes(&scene->place));
    add_environment(words, "LC_ALL", *locale ? locale : "C.UTF-8");
    if (strcmp(scene_variable(scene, "colours"), "none") == 0) {
        add_environment(words, "NO_COLOR", "1");
    }
    for (const char *line = text_bytes(&scene->environment); *line;) {
        size_t length = strcspn(line, "\n");
        add_word(words, line, length);
        line += length + (line[length] == '\n');
    }
}

/* The command inside a terminal multiplexer of its own. */
static bool put_into_tmux(struct scene *scene, struct words *words, const char *const *inside)
{
    struct text command = {0}, socket = {0};
    if (access("/usr/bin/tmux", X_OK) != 0) {
        scene->skipped = true;
        return scene_fails(scene, "tmux is not installed");
    }
    for (int i = 0; inside[i]; i++) {
        text_addf(&command, "%s'%s'", i ? " " : "", inside[i]);
    }
    text_addf(&socket, "%s/tmux", text_bytes(&scene->place));
    static const char *const list[] = {
        "-f", "/dev/null", "set", "-g", "default-terminal", "tmux-256color", ";", "set",
        "-g", "status",    "off", ";",  "new-session"};
    add_word(words, "/usr/bin/tmux", 13);
    add_option(words, "-S", text_bytes(&socket));
    add_word(words, "-u", 2);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        add_word(words, list[i], strlen(list[i]));
    }
    add_word(words, text_bytes(&command), command.length);
    text_free(&command);
    text_free(&socket);
    return true;
}

bool stage_start(struct scene *scene, const char *arguments)
{
    struct words words = {0}, outer = {0}, environment = {0};
    const char *size = scene_variable(scene, "size"), *term = scene_variable(scene, "term");
    const char *kind = scene_variable(scene, "terminal");
    struct pty_wish wish = {.term = *term ? term : NULL,
                            .rows = 24,
                            .columns = 80,
                            .mute = strcmp(kind, "mute") == 0,
                            .light = strcmp(kind, "light") == 0,
                            .wide = strcmp(kind, "wide") == 0};
    char *end;
    if (*size) {
        wish.columns = (int)strtol(size, &end, 10);
        wish.rows = *end ? (int)strtol(end + 1, NULL, 10) : 0;
    }
    bool good = make_place(scene);
    begin_command(&words, scene);
    add_words(&words, *arguments ? arguments : "console");
    wish.arguments = word_list(&words);
    if (good && strcmp(scene_variable(scene, "through"), "tmux") == 0) {
        good = put_into_tmux(scene, &outer, wish.arguments);
        wish.arguments = word_list(&outer);
    }
    fill_environment(&environment, scene);
    wish.environment = word_list(&environment);
    if (good && wish.rows > 0 && wish.columns > 0) {
        pty_free(scene->consoles[scene->on]);
        scene->consoles[scene->on] = pty_start(&wish);
        good = scene->consoles[scene->on] || scene_fails(scene, "could not be started");
    }
    text_free(&words.bytes);
    text_free(&outer.bytes);
    text_free(&environment.bytes);
    return good;
}

/* ---- after ---- */

void stage_clear(struct scene *scene)
{
    bool tmux = strcmp(scene_variable(scene, "through"), "tmux") == 0;
    if (tmux && scene->consoles[0]) {
        struct text socket = {0};
        text_addf(&socket, "%s/tmux", text_bytes(&scene->place));
        const char *list[] = {"/usr/bin/tmux", "-S", text_bytes(&socket), "kill-server", NULL};
        run_kept(scene, list);
        text_free(&socket);
    }
    for (int i = 0; i < CONSOLES; i++) {
        pty_free(scene->consoles[i]);
        scene->consoles[i] = NULL;
    }
    if (scene->place.length > 0) {
        remove_all(text_bytes(&scene->place));
    }
    text_free(&scene->place);
}
