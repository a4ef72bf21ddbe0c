/* sync.c: yuntai sync: what vendors' clouds hold is brought in. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/phrase.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SHOW_MS = 250, MINUTES_MOST = 24 * 60, MINUTE = 60 };

static volatile sig_atomic_t given_up; /* Ctrl-C was pressed */

static void give_up(int signal)
{
    (void)signal;
    given_up = 1;
}

/* ---- how far it is ---- */

struct watching {
    struct face *face;
    const char *vendor;
    int64_t began, shown;
    bool drawn;
};

static void show(struct watching *watching, const struct parcel *said)
{
    struct text line = {0};
    int64_t now = monotonic_ms(), rows = parcel_int(said, "rows", 0);
    const char *of = parcel_get(said, "kind");
    if (watching->face->bar <= 0 || said->pair_count == 0 || now - watching->shown < SHOW_MS) {
        return;
    }
    text_addf(&line, "%s  %s  ", watching->vendor, phrase_resource(of ? of : ""));
    text_add_int(&line, rows);
    text_addf(&line, " %s  ", _("resources"));
    text_add_int(&line, now > watching->began ? rows * 1000 / (now - watching->began) : 0);
    text_add(&line, "/s  ");
    text_add_int(&line, parcel_int(said, "pages", 0));
    text_addf(&line, " %s", _("pages"));
    if (parcel_int(said, "retries", 0) > 0) {
        text_addf(&line, "  %s ", _("tried again"));
        text_add_int(&line, parcel_int(said, "retries", 0));
        text_add(&line, "  ");
        phrase_again(&line, parcel_get(said, "again"), watching->face->english);
    }
    fprintf(watching->face->invocation->err, "\r%s\033[K", text_bytes(&line));
    fflush(watching->face->invocation->err);
    watching->shown = now;
    watching->drawn = true;
    text_free(&line);
}

static void wipe(struct watching *watching)
{
    if (watching->drawn) {
        fputs("\r\033[K", watching->face->invocation->err);
        fflush(watching->face->invocation->err);
    }
}

static enum errand_state follow(struct watching *watching, struct desk_sync *sync)
{
    struct face *face = watching->face;
    enum errand_state state;
    while ((state = desk_sync_hear(sync, &face->reply, &face->error)) == ERRAND_UNDER_WAY) {
        int descriptor, wait = desk_sync_wait(sync, &descriptor);
        struct pollfd poll_fd = {.fd = descriptor, .events = POLLIN};
        show(watching, &face->reply);
        (void)poll(&poll_fd, 1, wait < 0 || wait > SHOW_MS ? SHOW_MS : wait);
        if (given_up) {
            desk_sync_stop(sync);
        }
    }
    wipe(watching);
    return state;
}

/* ---- what came of it ---- */

static void say(struct face *face, const char *vendor, const char *sentence)
{
    fprintf(face->invocation->out, "%s  ", vendor);
    fprintf(face->invocation->out, _("%lld resources: %lld new, %lld changed, %lld vanished"),
            (long long)parcel_int(&face->reply, "all", 0),
            (long long)parcel_int(&face->reply, "made", 0),
            (long long)parcel_int(&face->reply, "changed", 0),
            (long long)parcel_int(&face->reply, "gone", 0));
    fprintf(face->invocation->out, "  %s\n", sentence);
}

static void say_use(struct face *face)
{
    if (parcel_int(&face->reply, "use", 0) > 0) {
        fprintf(face->invocation->out,
                _("figures of use: %lld, of them %lld new, %lld corrected\n"),
                (long long)parcel_int(&face->reply, "use", 0),
                (long long)parcel_int(&face->reply, "use_made", 0),
                (long long)parcel_int(&face->reply, "use_changed", 0));
    }
}

static int ask_run(struct face *face, const char *verb, const char *run)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", verb);
    parcel_put(&request, "run", run);
    int status = desk_call(face->desk, &request, &face->reply, &face->error);
    parcel_free(&request);
    return status;
}

static int drop(struct face *face, const char *run)
{
    int status;
    do {
        status = ask_run(face, "sync_undo", run);
    } while (status == 0 && parcel_yes(&face->reply, "rest"));
    return status;
}

/* What differs, page by page, and what the policy will say of it. */
static int show_differences(struct face *face, const char *vendor, const char *run)
{
    static const struct face_paging paging = {.verb = "differences",
                                              .table = "differences",
                                              .pair = "after",
                                              .columns = FACE_DIFFERENCES};
    parcel_free(&face->request);
    parcel_put(&face->request, "vendor", vendor);
    parcel_put(&face->request, "run", run);
    int status = face_pages(face, &paging);
    parcel_free(&face->request);
    return status == STATUS_DONE ? 0 : -1;
}

static bool agreed(struct face *face)
{
    char answer[16] = "";
    fputs(_("Let it take effect? [y/N] "), face->invocation->err);
    fflush(face->invocation->err);
    return fgets(answer, sizeof answer, face->invocation->in) &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

static int put_in_force(struct face *face, const char *vendor, const char *run)
{
    if (face_own(face, "dry")) {
        int status = show_differences(face, vendor, run);
        return status ? status : drop(face, run);
    }
    bool asks = !face_own(face, "yes");
    if (asks && (!isatty(fileno(face->invocation->in)) || show_differences(face, vendor, run))) {
        fprintf(face->invocation->out,
                _("run %s waits to take effect: yuntai runs apply %s, or drop\n"), run, run);
        return 0;
    }
    if (asks && !agreed(face)) {
        return drop(face, run);
    }
    int status = ask_run(face, "sync_apply", run);
    if (status == 0) {
        fprintf(face->invocation->out, _("run %s is in force\n"), run);
    }
    return status;
}

/* ---- one vendor ---- */

static int sync_one(struct face *face, const char *vendor)
{
    struct watching watching = {.face = face, .vendor = vendor, .began = monotonic_ms()};
    struct desk_sync *sync = NULL;
    struct text run = {0};
    error_free(&face->error);
    int status = desk_sync(face->desk, face->invocation->workspace, vendor,
                           face_own(face, "full") != NULL, &sync, &face->error);
    const char *month = face_own(face, "month");
    status = status || !month ? status : desk_sync_month(sync, month);
    status = status == 0 && follow(&watching, sync) == ERRAND_DONE ? 0 : -1;
    if (status == 0) {
        text_add(&run, parcel_get(&face->reply, "run"));
        say(face, vendor, face_own(face, "dry") ? _("looked at only") : _("staged"));
        face_print_table(face, "problems");
        say_use(face);
        status = put_in_force(face, vendor, text_bytes(&run));
    }
    desk_sync_free(sync);
    text_free(&run);
    return status == 0 ? STATUS_DONE : face_refused(face);
}

static int sync_all(struct face *face)
{
    struct text names = {0};
    const char *one = face_own(face, "vendor");
    int status = STATUS_DONE;
    if (one) {
        return sync_one(face, one);
    }
    if (desk_sync_vendors(face->invocation->workspace, &names, &face->error) != 0) {
        text_free(&names);
        return face_refused(face);
    }
    if (names.length == 0) {
        text_free(&names);
        return face_wrong(face, STATUS_USAGE,
                          N_("the settings name no vendor; a section [vendor.NAME] in yuntai.ini "
                             "says how its cloud is asked: see yuntai.ini(5)"),
                          NULL);
    }
    for (char *name = names.bytes, *end; name && *name && !given_up; name = end) {
        end = name + strcspn(name, " ");
        end += *end ? (*end = '\0', 1) : 0;
        int this = sync_one(face, name);
        status = this ? this : status;
    }
    text_free(&names);
    return status;
}

/* ---- again and again ---- */

/* Seconds until the next of WHEN: minutes ("60"), or times of the day ("08:40,14:00"); -1 wrong. */
static int64_t until_next(const char *when)
{
    time_t now = time(NULL);
    struct tm local = {0};
    int64_t best = -1;
    size_t length = strspn(when, "0123456789");
    if (length > 0 && length < 5 && when[length] == '\0') {
        int64_t minutes = strtoll(when, NULL, 10);
        return minutes >= 1 && minutes <= MINUTES_MOST ? minutes * MINUTE : -1;
    }
    localtime_r(&now, &local);
    int64_t second = local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
    for (const char *at = when; *at;) {
        int64_t moment;
        struct text day = {0};
        size_t one = strcspn(at, ",");
        text_add(&day, "2026-01-01 ");
        text_add_n(&day, at, one);
        bool good = one == 5 && moment_parse(text_bytes(&day), day.length, &moment);
        text_free(&day);
        if (!good) {
            return -1;
        }
        int64_t left = (moment % DAY_SECONDS - second + DAY_SECONDS - 1) % DAY_SECONDS + 1;
        best = best < 0 || left < best ? left : best;
        at += one + (at[one] == ',');
    }
    return best;
}

static int watch(struct face *face, const char *when)
{
    if (until_next(when) < 0) {
        return face_wrong(face, STATUS_USAGE,
                          N_("--watch: “%1” is neither minutes (60) nor times (08:40,14:00)"),
                          when);
    }
    while (!given_up) {
        struct timespec pause = {.tv_sec = (time_t)until_next(when)};
        (void)sync_all(face); /* what went wrong was said; the next time may be better */
        fflush(face->invocation->out);
        if (!given_up) {
            (void)nanosleep(&pause, NULL);
        }
    }
    return STATUS_DONE;
}

static int run_sync(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {
        {"--vendor", "vendor", OPTION_OWN},  {"--full", "full", OPTION_SWITCH},
        {"--dry-run", "dry", OPTION_SWITCH}, {"--yes", "yes", OPTION_SWITCH},
        {"--month", "month", OPTION_OWN},    {"--watch", "watch", OPTION_OWN}};
    static const struct face_spec spec = {.options = options, .option_count = COUNT(options)};
    struct sigaction action = {.sa_handler = give_up};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    const char *when = face_own(&face, "watch");
    if (status == STATUS_DONE && (status = face_call(&face, "hello")) == STATUS_DONE) {
        (void)sigaction(SIGINT, &action, NULL);
        status = when ? watch(&face, when) : sync_all(&face);
    }
    face_end(&face);
    return status;
}

const struct command command_sync = {
    .name = "sync",
    .summary = N_("bring in what vendors' clouds hold"),
    .usage = N_(
        "usage: yuntai sync [--vendor NAME] [--full] [--dry-run] [--yes] [--month MONTH]\n"
        "                   [--watch WHEN]\n\n"
        "Asks the cloud of each vendor the settings name (yuntai.ini(5), [vendor.NAME]) what it\n"
        "holds. Nothing takes effect before all of it came: then it is shown what differs and\n"
        "asked; --yes does not ask, --dry-run only shows. --full lists everything again where\n"
        "what changed would do. Where the use of resources is asked for it is that of the month\n"
        "before this one, or of MONTH, 2026-10. WHEN is minutes, 60, or times of the day, 08:40,14:00: then it\n"
        "goes on until it is ended. Ctrl-C gives a run up; nothing of it is left.\n"),
    .run = run_sync,
};
