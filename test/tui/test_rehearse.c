/* test_rehearse.c: yuntai rehearse as machines see it: JSON, CSV, exit status, errors. */
#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"

extern char **environ;

enum { ARGUMENTS_MOST = 16 };

struct said {
    struct text out;
    int status;
};

static void said_free(struct said *said)
{
    text_free(&said->out);
}

/* Runs yuntai rehearse on SCRIPT with MORE arguments (ending in NULL); what it printed, both ways.
 */
static struct said rehearse(const char *script, const char *const *more)
{
    char program[4096];
    const char *build = getenv("YUNTAI_BUILD");
    static char command[] = "rehearse";
    char *arguments[ARGUMENTS_MOST] = {program, command};
    int count = 2;
    snprintf(program, sizeof program, "%s/tui/yuntai", build ? build : ".");
    for (int i = 0; more[i]; i++) {
        assert_in_range(count, 0, ARGUMENTS_MOST - 2);
        arguments[count++] = (char *)(uintptr_t)more[i];
    }
    FILE *in = tmpfile(), *out = tmpfile();
    assert_non_null(in);
    assert_non_null(out);
    fputs(script, in);
    rewind(in);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(out), STDERR_FILENO);
    pid_t child;
    assert_int_equal(posix_spawn(&child, program, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    struct said said = {.status = -1};
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    said.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    rewind(out);
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, out)) > 0;) {
        text_add_n(&said.out, buffer, got);
    }
    fclose(in);
    fclose(out);
    return said;
}

/* ---- a JSON reader that only says whether ---- */

static const char *json_value(const char *at);

static const char *json_string(const char *at)
{
    if (*at++ != '"') {
        return NULL;
    }
    for (; *at && *at != '"'; at++) {
        if ((unsigned char)*at < ' ') {
            return NULL;
        }
        if (*at == '\\') {
            at++;
            if (*at == 'u') {
                if (strspn(at + 1, "0123456789abcdefABCDEF") < 4) {
                    return NULL;
                }
                at += 4;
            } else if (!*at || !strchr("\"\\/bfnrt", *at)) {
                return NULL;
            }
        }
    }
    return *at == '"' ? at + 1 : NULL;
}

/* The members of an object (KEYS) or the values of an array, to behind CLOSE. */
static const char *json_list(const char *at, char close, bool keys)
{
    at++;
    if (*at == close) {
        return at + 1;
    }
    for (;;) {
        at += strspn(at, " ");
        if (keys) {
            at = json_string(at);
            if (!at || *at++ != ':') {
                return NULL;
            }
        }
        at = json_value(at);
        if (!at) {
            return NULL;
        }
        if (*at == close) {
            return at + 1;
        }
        if (*at++ != ',') {
            return NULL;
        }
    }
}

static const char *json_value(const char *at)
{
    static const char *const words[] = {"null", "true", "false"};
    at += strspn(at, " ");
    if (*at == '"') {
        return json_string(at);
    }
    if (*at == '{' || *at == '[') {
        return json_list(at, *at == '{' ? '}' : ']', *at == '{');
    }
    for (int i = 0; i < 3; i++) {
        if (strncmp(at, words[i], strlen(words[i])) == 0) {
            return at + strlen(words[i]);
        }
    }
    size_t number = strspn(at, "-.0123456789");
    return number ? at + number : NULL;
}

/* ---- a small policy of our own ---- */

static const char policy[] =
    "[policy]\nschema=1\nid=small\ntitle=小办法\nen=Small\neffective=2019-01-01\ncalendar=cn\n"
    "timezone=Asia/Shanghai\nbackward=mirror\nroll=next\nclock=x\n";

static char *policy_file(const char *text)
{
    static char path[] = "/tmp/yuntai-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    return path;
}

static const char script[] =
    "2025-11-01 21:10 open incident by=vendor/\"a \\\"b\\\"\" event_level=serious "
    "detected_at=\"2025-11-01 21:00\" event_what=x scope=y case=\"the \\\\ one\"\n"
    "2025-11-01 21:20 contain contained_at=\"2025-11-01 20:00\" measures=z\n"
    "2025-11-01 21:30 report by=vendor/\"a \\\"b\\\"\"\n"
    "2025-11-02 ?\n";

static void test_json(void **state)
{
    (void)state;
    static const char *const starts[] = {
        "{\"line\": 1, \"date\": \"2025-11-01 21:10\", \"case\": \"the \\\\ one\", \"event\": \"open\", "
        "\"state\": \"reporting\", \"with\": \"vendor\", \"refused\": [], \"clocks\": "
        "[{\"clock\": \"first_report\", \"state\": \"running\", \"due\": \"2025-11-01 22:00\", \"least\": "
        "null, \"remaining\": 0.833333, \"card\": \"yellow\", \"provisional\": false",
        "{\"line\": 2, \"date\": \"2025-11-01 21:20\", \"case\": \"the \\\\ one\", \"event\": \"contain\", "
        "\"state\": \"reporting\", \"with\": \"vendor\", \"refused\": [{\"rule\": null, \"article\": ",
        "{\"line\": 3, \"date\": \"2025-11-01 21:30\", \"case\": \"the \\\\ one\", \"event\": \"report\", "
        "\"state\": \"reported\", \"with\": \"vendor\", \"refused\": [], \"clocks\": [{\"clock\": "
        "\"first_report\", \"state\": \"met\", \"due\": \"2025-11-01 22:00\", \"least\": null, "
        "\"remaining\": null, \"card\": null, \"provisional\": false}]}\n",
        "{\"line\": 4, \"date\": \"2025-11-02\", \"case\": \"the \\\\ one\", \"event\": \"?\", ",
    };
    struct said said =
        rehearse(script, (const char *const[]){"--format", "json", "--lang", "en", NULL});
    const char *at = text_bytes(&said.out);
    assert_int_equal(said.status, 1);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncmp(at, starts[i], strlen(starts[i])) != 0) {
            fail_msg("line %zu is %.400s", i + 1, at);
        }
        const char *end = json_value(at);
        assert_non_null(end);
        assert_int_equal(*end, '\n');
        at = end + 1;
    }
    assert_string_equal(at, "");
    said_free(&said);
}

static void test_explained(void **state)
{
    (void)state;
    struct said said = rehearse(
        script, (const char *const[]){"--format", "json", "--lang", "en", "--explain", NULL});
    const char *at = text_bytes(&said.out);
    assert_non_null(strstr(at,
                           "\"explain\": [\"2025-11-01 Sat 21:00  counting starts; this day is not "
                           "counted\", "));
    while (*at) {
        at = json_value(at);
        assert_non_null(at);
        assert_int_equal(*at++, '\n');
    }
    said_free(&said);
}

static void test_csv(void **state)
{
    (void)state;
    struct said said =
        rehearse(script, (const char *const[]){"--format", "csv", "--lang", "en", NULL});
    const char *out = text_bytes(&said.out);
    assert_int_equal(said.status, 1);
    assert_int_equal(strncmp(out, "line,date,case,event,state,with,refused,clock,", 46), 0);
    assert_non_null(
        strstr(out, "\r\n3,2025-11-01 21:30,the \\ one,report,reported,vendor,,first_report,met,"
                    "2025-11-01 22:00,,,,no,,\r\n"));
    said_free(&said);
}

static void test_statuses(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        const char *more[3];
        int status;
        const char *says;
    } cases[] = {
        {"", {NULL}, 0, ""},
        {"# nothing\n", {"--format", "json", NULL}, 0, ""},
        {"2025-11-01 ?\n", {NULL}, 1, "2025-11-01"},
        {"2025-11-01 frobnicate\n", {NULL}, 2, ":1:12: "},
        {"nonsense\n", {NULL}, 2, ":1:1: "},
        {"2025-11-01 ?\n", {"--frobnicate", NULL}, 2, "--frobnicate"},
        {"2025-11-01 ?\n", {"--as-of", "yesterday", NULL}, 2, "yesterday"},
        {"2025-11-01 ?\n", {"--policy", "/nonexistent.ini", NULL}, 5, "/nonexistent.ini"},
        {"2025-11-01 ?\n", {"--calendar", "/nonexistent.csv", NULL}, 5, "/nonexistent.csv"},
        {"2025-11-01 ?\n", {"/nonexistent.txt", NULL}, 5, "/nonexistent.txt"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct said said = rehearse(cases[i].script, cases[i].more);
        if (said.status != cases[i].status || !strstr(text_bytes(&said.out), cases[i].says)) {
            fail_msg("case %zu: status %d, %s", i, said.status, text_bytes(&said.out));
        }
        said_free(&said);
    }
}

static void test_broken_policy(void **state)
{
    (void)state;
    char *path = policy_file(policy);
    struct said said = rehearse("2025-11-01 ?\n", (const char *const[]){"--policy", path, NULL});
    assert_int_equal(said.status, 2);
    assert_non_null(strstr(text_bytes(&said.out), path));
    said_free(&said);
    unlink(path);
}

/* As known when the 2020 holiday was first published, and after it was made longer. */
static void test_as_of(void **state)
{
    (void)state;
    static const char lines[] =
        "2020-01-20 open urging by=supervisor responsible=vendor liable_vendor=a urge_text=b\n"
        "2020-01-20 send\n";
    static const struct {
        const char *as_of, *due;
    } cases[] = {{"2019-12-31", "\"due\": \"2020-02-01\""},
                 {"2020-01-27", "\"due\": \"2020-02-04\""}};
    for (int i = 0; i < 2; i++) {
        const char *const more[] = {"--as-of", cases[i].as_of, "--format", "json", NULL};
        struct said said = rehearse(lines, more);
        assert_int_equal(said.status, 0);
        if (!strstr(text_bytes(&said.out), cases[i].due)) {
            fail_msg("%s: %s", cases[i].as_of, text_bytes(&said.out));
        }
        said_free(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),          cmocka_unit_test(test_explained),
        cmocka_unit_test(test_csv),           cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_broken_policy), cmocka_unit_test(test_as_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
