/* console.c: yuntai console, and yuntai alone: the screen that one works at all day. */
#include "tui/console/console.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/command/plain.h"
#include "tui/text.h"

static bool fits(const struct invocation *invocation)
{
    return isatty(fileno(invocation->in)) && isatty(fileno(invocation->out));
}

static int said(struct face *face, struct error *error)
{
    face->error = *error;
    return face_refused(face);
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--theme", "theme", OPTION_OWN},
                                                 {"--mouse", "mouse", OPTION_YES}};
    static const struct face_spec spec = {.words = "", .options = options, .option_count = 2};
    struct face face;
    struct error error = {0};
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec), ended = 0;
    if (status == STATUS_DONE && !fits(invocation)) {
        status = command_status.run(invocation, 1, argv);
    } else if (status == STATUS_DONE && invocation->plain) {
        status = plain_run(invocation);
    } else if (status == STATUS_DONE) {
        struct console_wish wish = {.place = {.workspace = invocation->workspace,
                                              .socket = invocation->socket,
                                              .as = invocation->as,
                                              .now = face.now},
                                    .english = face.english,
                                    .mouse = parcel_yes(&face.request, "mouse"),
                                    .theme = face_own(&face, "theme")};
        ended = console_run(&wish, &error);
        status = ended < 0 ? said(&face, &error) : STATUS_DONE;
    }
    face_end(&face);
    if (ended > 0) { /* a signal: its sender sees it as it always does */
        signal(ended, SIG_DFL);
        raise(ended);
    }
    return status;
}

const struct command command_console = {
    .name = "console",
    .summary = N_("the desk on the whole screen; also without any command"),
    .usage =
        N_("usage: yuntai [console] [--theme NAME] [--mouse]\n\n"
           "Opens the console where standard input and output are a terminal; elsewhere the\n"
           "dashboard is printed, as by `yuntai status`. ?? lists the keys, Q leaves. Which cases\n"
           "stand on which screen: see yuntai-screens.ini(5).\n\n"
           "  --theme NAME     the colours; else dark or light as the terminal is\n"
           "  --mouse          a click moves the cursor, a second one opens\n"),
    .run = run,
};
