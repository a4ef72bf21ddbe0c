/* console.c: opens the desk and the terminal, and gives them back. */
#include "tui/console/console.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/message.h"
#include "tui/console/loop.h"
#include "tui/text.h"

/* ---- what the shell wants of the terminal ---- */

static void copy(void *self, const char *text)
{
    (void)self;
    terminal_copy(text, strlen(text));
}

static void switch_language(void *self, bool english)
{
    (void)self;
    text_language(english ? "en" : "zh");
}

static const char *const themes[] = {"default", "light",  "mono", "contrast",
                                     "deutan",  "tritan", NULL};
enum { THEMES = sizeof themes / sizeof *themes - 1 };

static const char *next_theme(const char *name)
{
    int at = 0;
    while (at < THEMES && strcmp(themes[at], name) != 0) {
        at++;
    }
    return themes[at >= THEMES - 1 ? 0 : at + 1];
}

static void switch_theme(void *self, const char *asked)
{
    struct loop *loop = self;
    const char *name = asked ? asked : next_theme(loop->theme_name);
    struct text wrong = {0};
    struct theme *theme = theme_read(name, &wrong);
    if (theme) {
        paint_theme(loop->paint, theme);
        theme_free(loop->theme);
        loop->theme = theme;
        loop->theme_name = name;
        loop->shell.again = true;
    }
    const char *const arg[4] = {theme ? name : text_bytes(&wrong)};
    shell_say(&loop->shell, theme ? ROLE_MESSAGE_INFO : ROLE_MESSAGE_ERROR,
              theme ? N_("colours: %1") : N_("%1"), arg);
    text_free(&wrong);
}

/* ---- beginning ---- */

static int say_hello(struct loop *loop, struct error *error)
{
    struct parcel request = {0}, reply = {0};
    parcel_put(&request, "verb", "hello");
    int status =
        request.failed ? error_memory(error) : desk_call(loop->desk, &request, &reply, error);
    if (status == 0) {
        loop->sequence = parcel_int(&reply, "seq", 0);
        shell_greet(&loop->shell, &reply);
        loop->moment_at = loop->shell.context.now;
        loop->second_at = time(NULL);
    }
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

/* What the settings say where WISH says nothing. SETTINGS holds the words. */
static void read_settings(struct console_wish *wish, struct parcel *settings)
{
    struct error ignored = {0}; /* on a shared host one may not read the workspace's */
    if (desk_settings(wish->place.workspace, settings, &ignored) == 0) {
        const struct table *table = parcel_find(settings, "settings");
        for (size_t row = 0; table && row < table_rows(table); row++) {
            const char *name = table_cell(table, row, "name");
            const char *value = table_cell(table, row, "value");
            if (value && strcmp(name, "console.theme") == 0) {
                wish->theme = wish->theme ? wish->theme : value;
            } else if (value && strcmp(name, "console.glyphs") == 0) {
                wish->glyphs = value;
            } else if (value && strcmp(name, "console.mouse") == 0) {
                wish->mouse = wish->mouse || strcmp(value, "yes") == 0;
            }
        }
    }
    error_free(&ignored);
}

static struct terminal_wish terminal_wish_of(const struct console_wish *wish)
{
    struct terminal_wish terminal = {.mouse = wish->mouse, .theme = wish->theme};
    terminal.glyphs_said = wish->glyphs != NULL;
    if (wish->glyphs) {
        terminal.glyphs = strcmp(wish->glyphs, "ascii") == 0  ? GLYPHS_ASCII
                          : strcmp(wish->glyphs, "safe") == 0 ? GLYPHS_SAFE
                                                              : GLYPHS_FULL;
    }
    return terminal;
}

static int take_terminal(struct loop *loop, const struct console_wish *wish, struct error *error)
{
    struct terminal_wish terminal = terminal_wish_of(wish);
    struct text wrong = {0};
    int status = terminal_begin(&terminal, &loop->terminal, &wrong);
    if (status == 0) {
        loop->theme_name = wish->theme ? wish->theme : loop->terminal.light ? "light" : "default";
        loop->theme = theme_read(loop->theme_name, &wrong);
        loop->paint = loop->theme ? paint_new(&loop->terminal, loop->theme) : NULL;
        loop->input = input_new();
        status = loop->paint && loop->input && terminal_introduce(loop->input) ? 0 : -1;
    }
    if (status != 0) {
        terminal_end();
        error_set(error, ERROR_ENVIRONMENT, wrong.length ? N_("%1") : N_("memory is short"),
                  text_bytes(&wrong), NULL);
    }
    text_free(&wrong);
    return status;
}

/* What one should know of a terminal that shows less than it could. */
static void tell_of_terminal(struct loop *loop)
{
    const struct terminal *terminal = &loop->terminal;
    const char *named = getenv("TERM");
    struct text text = {0};
    if (terminal->look.foreign) {
        text_add(&text, _("this locale has no Chinese: it is shown as ?; LANG=zh_CN.UTF-8 has"));
    } else if (named && strcmp(named, terminal->entry) != 0) {
        struct message message = {.arg = {named, terminal->entry}};
        message_expand(&text, _("TERM=%1 is not known on this machine; taken for %2"), &message,
                       true);
    }
    if (text.length > 0) {
        news_add(&loop->shell.news, ROLE_MESSAGE_WARN, text_bytes(&text), loop->shell.context.now);
    }
    text_free(&text);
}

static void fit_shell(struct loop *loop, const struct console_wish *wish)
{
    struct context *context = &loop->shell.context;
    context->look = loop->terminal.look;
    context->look.english = wish->english || context->look.foreign;
    if (context->look.english != wish->english) {
        switch_language(loop, true);
    }
    context->slow = loop->terminal.modern && loop->terminal.round_trip < 0;
    tell_of_terminal(loop);
    loop->shell.outside = (struct outside){.self = loop,
                                           .copy = copy,
                                           .language = switch_language,
                                           .theme = switch_theme,
                                           .themes = themes};
}

/* The first thing that is wrong stands on the message row, all of it among the messages. */
static void read_keys(struct shell *shell)
{
    struct text wrong = {0};
    bindings_read_own(shell->bindings, shell->context.look.english, &wrong);
    const char *lines = text_bytes(&wrong);
    for (size_t end = wrong.length; end > 0;) { /* the last is said first */
        size_t start = end - 1;
        while (start > 0 && lines[start - 1] != '\n') {
            start--;
        }
        struct text line = {0};
        text_add_n(&line, lines + start, end - start);
        news_add(&shell->news, ROLE_MESSAGE_WARN, text_bytes(&line), shell->context.now);
        text_free(&line);
        end = start;
    }
    text_free(&wrong);
}

int console_run(const struct console_wish *asked, struct error *error)
{
    struct console_wish own = *asked;
    const struct console_wish *wish = &own;
    struct parcel settings = {0};
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop) {
        return error_memory(error);
    }
    struct way way = {.self = loop,
                      .call = loop_call,
                      .send = loop_send,
                      .sync = loop_sync,
                      .vendors = loop_vendors};
    read_settings(&own, &settings);
    loop->now_said = wish->place.now;
    loop->workspace = wish->place.workspace;
    loop->pipe[0] = loop->pipe[1] = -1;
    int status = shell_begin(&loop->shell, &way, bindings_new()) ? 0 : error_memory(error);
    loop->shell.context.look.english = wish->english;
    if (status == 0) {
        read_keys(&loop->shell);
    }
    status = status ? status : desk_open(&wish->place, &loop->desk, error);
    status = status ? status : say_hello(loop, error);
    status = status ? status : take_terminal(loop, wish, error);
    if (status == 0) {
        fit_shell(loop, wish);
        if (loop_listen(loop)) {
            loop_run(loop);
        }
        loop_unlisten(loop);
        terminal_end();
        status = loop->signal;
    }
    if (loop->desk) { /* a line that was cut reads as keys: what is still to be kept is kept */
        desk_interruptible(loop->desk, -1);
    }
    shell_end(&loop->shell);
    desk_close(loop->desk);
    paint_free(loop->paint);
    input_free(loop->input);
    theme_free(loop->theme);
    grid_free(&loop->grid);
    free(loop);
    parcel_free(&settings);
    return status;
}
