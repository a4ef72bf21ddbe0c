/* test_workspace.c: where a workspace is, what it may hold, and what its settings may say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/options.h"
#include "data/workspace.h"

struct place {
    struct text directory, path;
    struct error error;
};

/* DIRECTORY/NAME, until the next call. */
static const char *in(struct place *place, const char *name)
{
    text_clear(&place->path);
    text_addf(&place->path, "%s/%s", text_bytes(&place->directory), name);
    return text_bytes(&place->path);
}

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    const char *tmp = getenv("TMPDIR");
    text_addf(&place->directory, "%s/yuntai-workspace-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(place->directory.bytes));
    assert_int_equal(setenv("HOME", in(place, "home"), 1), 0);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    *state = place;
    return 0;
}

static void remove_below(const char *path)
{
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct text below = {0};
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        text_addf(&below, "%s/%s", path, entry->d_name);
        assert_int_equal(lstat(text_bytes(&below), &info), 0);
        if (S_ISDIR(info.st_mode)) {
            remove_below(text_bytes(&below));
        } else {
            assert_int_equal(unlink(text_bytes(&below)), 0);
        }
        text_free(&below);
    }
    closedir(folder);
    assert_int_equal(rmdir(path), 0);
}

static int end(void **state)
{
    struct place *place = *state;
    remove_below(text_bytes(&place->directory));
    text_free(&place->directory);
    text_free(&place->path);
    error_free(&place->error);
    free(place);
    return 0;
}

static void write_file(const char *path, const char *bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, strlen(bytes)), strlen(bytes));
    close(file);
}

/* The error holds PART in its sentence, and is none again. */
static void refused(struct place *place, int status, enum error_code code, const char *part)
{
    struct text text = {0};
    assert_int_equal(status, -1);
    error_text(&place->error, NULL, &text);
    if (!strstr(text_bytes(&text), part)) {
        fail_msg("“%s” is not in: %s", part, text_bytes(&text));
    }
    assert_int_equal(place->error.code, code);
    text_free(&text);
    error_free(&place->error);
}

/* ---- where ---- */

static void usual(void **state)
{
    struct place *place = *state;
    struct text out = {0};
    setenv("HOME", "/home/clerk", 1);
    assert_int_equal(workspace_default(&out, &place->error), 0);
    assert_string_equal(text_bytes(&out), "/home/clerk/.local/share/yuntai");
    text_clear(&out);
    setenv("XDG_DATA_HOME", "/srv/data", 1);
    assert_int_equal(workspace_default(&out, &place->error), 0);
    assert_string_equal(text_bytes(&out), "/srv/data/yuntai");
    text_clear(&out);
    setenv("XDG_DATA_HOME", "relative", 1); /* the standard says: to be ignored */
    assert_int_equal(workspace_default(&out, &place->error), 0);
    assert_string_equal(text_bytes(&out), "/home/clerk/.local/share/yuntai");
    unsetenv("HOME");
    refused(place, workspace_default(&out, &place->error), ERROR_ENVIRONMENT, "--workspace");
    text_free(&out);
}

/* ---- making ---- */

static void is_made(struct place *place, const char *name)
{
    static const char *const folders[] = {"documents", "tmp", "keys"};
    struct stat info;
    assert_int_equal(stat(in(place, name), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", in(place, name), folders[i]);
        assert_int_equal(stat(text_bytes(&path), &info), 0);
        assert_true(S_ISDIR(info.st_mode));
        assert_int_equal(info.st_mode & 07777, 0700);
        text_free(&path);
    }
}

static void making(void **state)
{
    struct place *place = *state;
    mode_t before = umask(0);
    assert_int_equal(workspace_make(in(place, "a/b/desk"), &place->error), 0);
    is_made(place, "a/b/desk");
    assert_int_equal(workspace_make(in(place, "a/b/desk"), &place->error), 0); /* broken off */
    assert_int_equal(workspace_make(in(place, "slash/"), &place->error), 0);
    is_made(place, "slash");

    assert_int_equal(mkdir(in(place, "empty"), 0755), 0);
    assert_int_equal(workspace_make(in(place, "empty"), &place->error), 0);
    is_made(place, "empty");

    assert_int_equal(mkdir(in(place, "set"), 0755), 0);
    write_file(in(place, "set/yuntai.ini"), "[desk]\npage = 20\n");
    assert_int_equal(workspace_make(in(place, "set"), &place->error), 0);
    is_made(place, "set");
    umask(before);
}

static void not_to_be_made(void **state)
{
    struct place *place = *state;
    struct stat info;
    assert_int_equal(mkdir(in(place, "mine"), 0755), 0);
    write_file(in(place, "mine/letter.odt"), "x");
    refused(place, workspace_make(in(place, "mine"), &place->error), ERROR_USAGE, "letter.odt");
    assert_int_equal(stat(in(place, "mine"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0755); /* untouched */
    assert_int_equal(access(in(place, "mine/tmp"), F_OK), -1);

    assert_int_equal(workspace_make(in(place, "desk"), &place->error), 0);
    write_file(in(place, "desk/tmp/upload"), "x"); /* in use */
    refused(place, workspace_make(in(place, "desk"), &place->error), ERROR_USAGE, "(tmp)");
    unlink(in(place, "desk/tmp/upload"));
    write_file(in(place, "desk/desk.db"), "x");
    refused(place, workspace_make(in(place, "desk"), &place->error), ERROR_USAGE,
            "a workspace already");

    write_file(in(place, "file"), "x");
    refused(place, workspace_make(in(place, "file"), &place->error), ERROR_ENVIRONMENT, "file");
    refused(place, workspace_make(in(place, "file/below"), &place->error), ERROR_ENVIRONMENT,
            "below");
    refused(place, workspace_make("", &place->error), ERROR_ENVIRONMENT, "open");
}

static void checking(void **state)
{
    struct place *place = *state;
    refused(place, workspace_check(in(place, "desk"), &place->error), ERROR_NOT_FOUND, "init");
    assert_int_equal(workspace_make(in(place, "desk"), &place->error), 0);
    refused(place, workspace_check(in(place, "desk"), &place->error), ERROR_NOT_FOUND, "init");
    assert_int_equal(mkdir(in(place, "desk/desk.db"), 0700), 0);
    refused(place, workspace_check(in(place, "desk"), &place->error), ERROR_NOT_FOUND, "init");
    assert_int_equal(rmdir(in(place, "desk/desk.db")), 0);
    write_file(in(place, "desk/desk.db"), "x");
    assert_int_equal(workspace_check(in(place, "desk"), &place->error), 0);
    refused(place, workspace_check(in(place, "desk/desk.db"), &place->error), ERROR_NOT_FOUND,
            "init");
}

static void of_another_account(void **state)
{
    struct place *place = *state;
    assert_int_equal(workspace_make(in(place, "desk"), &place->error), 0);
    write_file(in(place, "desk/desk.db"), "x");
    if (geteuid() != 0) {
        print_message("only root can give a directory away\n");
        skip();
    }
    assert_int_equal(chown(in(place, "desk"), 12345, (gid_t)-1), 0);
    refused(place, workspace_check(in(place, "desk"), &place->error), ERROR_ENVIRONMENT,
            "another account");
}

/* ---- settings ---- */

static void need_no_system_settings(void)
{
    if (access("/etc/yuntai.ini", F_OK) == 0) {
        print_message("this machine has an /etc/yuntai.ini\n");
        skip();
    }
}

static struct options *read_options(struct place *place)
{
    struct options *options = options_read(text_bytes(&place->directory), &place->error);
    if (!options) {
        struct text text = {0};
        error_text(&place->error, NULL, &text);
        fail_msg("%s", text_bytes(&text));
    }
    return options;
}

static void defaults(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    struct options *options = read_options(place);
    assert_string_equal(options_text(options, "desk.as"), "");
    assert_string_equal(options_text(options, "serve.socket"), "");
    assert_int_equal(options_number(options, "desk.clock_behind"), 300);
    assert_int_equal(options_number(options, "desk.clock_ahead"), 40);
    assert_int_equal(options_number(options, "desk.page"), 50);
    assert_int_equal(options_number(options, "serve.clients"), 200);
    assert_int_equal(options_number(options, "serve.idle"), 3600);
    assert_int_equal(options_number(options, "serve.slow"), 30);
    assert_int_equal(options_number(options, "documents.largest"), 1024);
    assert_null(options_text(options, "desk.none"));
    assert_int_equal(options_number(options, "desk.none"), 0);
    options_free(options);
    options_free(NULL);
}

static void later_wins(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    assert_int_equal(mkdir(in(place, "home"), 0700), 0);
    assert_int_equal(mkdir(in(place, "home/.config"), 0700), 0);
    assert_int_equal(mkdir(in(place, "home/.config/yuntai"), 0700), 0);
    write_file(in(place, "home/.config/yuntai/yuntai.ini"),
               "[desk]\nas = wang\npage = 20\nclock_behind = 7\n");
    write_file(in(place, "yuntai.ini"), "# ours\n[desk]\npage = 30\nlanguage = en\n[serve]\n"
                                        "socket = /run/yuntai/desk.sock\n");
    struct options *options = read_options(place);
    assert_string_equal(options_text(options, "desk.as"), "wang");
    assert_string_equal(options_text(options, "desk.language"), "en");
    assert_string_equal(options_text(options, "serve.socket"), "/run/yuntai/desk.sock");
    assert_int_equal(options_number(options, "desk.page"), 30);
    assert_int_equal(options_number(options, "desk.clock_behind"), 7);
    assert_string_equal(options_origin(options, "desk.clock_behind"),
                        in(place, "home/.config/yuntai/yuntai.ini:4"));
    assert_null(options_origin(options, "desk.clock_ahead"));

    assert_int_equal(options_set(options, "--as", "desk.as", "李处长", &place->error), 0);
    assert_string_equal(options_text(options, "desk.as"), "李处长");
    refused(place, options_set(options, "--as", "desk.as", "two words", &place->error), ERROR_USAGE,
            "--as: desk.as is a login");
    assert_string_equal(options_text(options, "desk.as"), "李处长");
    options_free(options);

    setenv("XDG_CONFIG_HOME", in(place, "elsewhere"), 1);
    options = read_options(place);
    assert_string_equal(options_text(options, "desk.as"), "");
    options_free(options);
}

static void wrong(struct place *place, const char *bytes, const char *part)
{
    write_file(in(place, "yuntai.ini"), bytes);
    struct options *options = options_read(text_bytes(&place->directory), &place->error);
    if (options) {
        options_free(options);
        fail_msg("taken: %s", bytes);
    }
    refused(place, -1, ERROR_USAGE, part);
}

static void wrong_settings(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    wrong(place, "[desk]\npgae = 1\n", "yuntai.ini:2: there is no setting desk.pgae; perhaps");
    wrong(place, "[desk]\npgae = 1\n", "desk.page");
    wrong(place, "\n[dekc]\n\npage = 1\n", "yuntai.ini:4: ");
    wrong(place, "[desk]\nwhatever_else = 1\n", "yuntai.ini(5) lists them");
    wrong(place, "[desk]\npage = 0\n", "yuntai.ini:2: desk.page is a number, 1..500");
    wrong(place, "[desk]\npage = 501\n", "1..500");
    wrong(place, "[desk]\npage = many\n", "1..500");
    wrong(place, "[desk]\npage = 5x\n", "1..500");
    wrong(place, "[desk]\npage = 99999999999999999999\n", "1..500");
    wrong(place, "[serve]\nidle = 9\n", "10..86400 s");
    wrong(place, "[desk]\nlanguage = fr\n", "one of zh en");
    wrong(place, "[desk]\nlanguage = zh en\n", "one of zh en");
    wrong(place, "[desk]\nlanguage = z\n", "one of zh en");
    wrong(place, "[serve]\nsocket = desk.sock\n", "a path from /");
    wrong(place, "[desk]\nas = a b\n", "one word");
    wrong(place, "[desk]\nno key here\n", "yuntai.ini:2: ");
    wrong(place, "[desk\npage = 5\n", "yuntai.ini:1: ");
    wrong(place, "[desk]\npage = 5\npage = 6\n", "yuntai.ini:");
    wrong(place, "[desk]\nas = \xff\n", "yuntai.ini:2: ");
}

/* Each vendor has its own section, by a table of their own. */
static void vendors(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    write_file(in(place, "yuntai.ini"),
               "[vendor.cloud-a]\nurl = https://identity.example.cn:5000/v3\nparallel = 8\n"
               "[vendor.b]\nfetch = servers use\n");
    struct options *options = read_options(place);
    assert_string_equal(options_vendor(options, 0), "cloud-a");
    assert_string_equal(options_vendor(options, 1), "b");
    assert_null(options_vendor(options, 2));
    assert_string_equal(options_text(options, "vendor.cloud-a.url"),
                        "https://identity.example.cn:5000/v3");
    assert_int_equal(options_number(options, "vendor.cloud-a.parallel"), 8);
    assert_int_equal(options_number(options, "vendor.b.parallel"), 4);
    assert_int_equal(options_number(options, "vendor.nobody.parallel"), 4);
    assert_string_equal(options_origin(options, "vendor.b.fetch"), in(place, "yuntai.ini:5"));
    assert_null(options_origin(options, "vendor.b.url"));
    assert_null(options_text(options, "vendor.b.none"));
    options_free(options);

    wrong(place, "[vendor.a]\nurk = https://x\n", "no setting vendor.a.urk; perhaps vendor.a.url");
    wrong(place, "[vendor.a_b]\nurl = https://x\n", "yuntai.ini:2: there is no setting");
    wrong(place, "[vendor.a]\nurl = ftp://x/\n", "vendor.a.url is an address, https://HOST");
    wrong(place, "[vendor.a]\nurl = https://user:pass@x/\n", "vendor.a.url is an address");
    wrong(place, "[vendor.a]\nfetch = servers cars\n", "fetch is some of servers volumes");
    wrong(place, "[vendor.a]\nparallel = 9\n", "parallel is a number, 1..8");
    wrong(place, "[vendor.a]\nsecret = secret\n", "a path from /");
    wrong(place, "[vendor.a]\nconnect = 5\n", "50..600000 ms");
}

static void too_long(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    struct text bytes = {0};
    text_add(&bytes, "[serve]\nsocket = /");
    for (int i = 1; i < 107; i++) {
        text_add(&bytes, "x");
    }
    write_file(in(place, "yuntai.ini"), text_bytes(&bytes));
    options_free(read_options(place));
    text_add(&bytes, "x\n");
    wrong(place, text_bytes(&bytes), "at most 107 bytes"); /* what a socket's address holds */
    while (bytes.length < 70000) {
        text_add(&bytes, "# and so on\n");
    }
    wrong(place, text_bytes(&bytes), "too long");
    text_free(&bytes);
}

static void cannot_be_read(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    assert_int_equal(mkdir(in(place, "yuntai.ini"), 0700), 0);
    struct options *options = options_read(text_bytes(&place->directory), &place->error);
    assert_null(options);
    refused(place, -1, ERROR_ENVIRONMENT, "yuntai.ini");
}

/* What the table itself promises: defaults that it would take, sentences, names by section. */
static void table(void **state)
{
    struct place *place = *state;
    need_no_system_settings();
    size_t count;
    const struct option_row *rows = options_table(&count);
    struct options *options = read_options(place);
    assert_true(count >= 10);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(strchr(rows[i].name, '.'));
        assert_true(strlen(rows[i].sentence) > 5);
        if (rows[i].standard[0] != '\0') {
            assert_int_equal(
                options_set(options, "default", rows[i].name, rows[i].standard, &place->error), 0);
        }
    }
    options_free(options);
}

/* yuntai.ini(5) names every setting and its default. */
static void manual(void **state)
{
    struct place *place = *state;
    const char *source = getenv("YUNTAI_SOURCE");
    char bytes[16 << 10];
    struct text path = {0};
    (void)place;
    text_addf(&path, "%s/data/man/yuntai.ini.5", source ? source : ".");
    int file = open(text_bytes(&path), O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    ssize_t length = read(file, bytes, sizeof bytes - 1);
    close(file);
    assert_in_range(length, 1, sizeof bytes - 2);
    bytes[length] = '\0';
    size_t count;
    const struct option_row *rows = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        struct text section = {0}, key = {0};
        const char *dot = strchr(rows[i].name, '.');
        text_add(&section, ".SS [");
        text_add_n(&section, rows[i].name, (size_t)(dot - rows[i].name));
        text_add(&section, "]\n");
        text_addf(&key, "\n.BR %s \" = ", dot + 1);
        const char *at = strstr(bytes, text_bytes(&section));
        at = at ? strstr(at, text_bytes(&key)) : NULL;
        const char *end_of_entry = at ? strstr(at + 1, "\n.TP\n") : NULL;
        const char *standard = at ? strstr(at, rows[i].standard) : NULL;
        if (!at || !standard || (end_of_entry && standard > end_of_entry)) {
            fail_msg("yuntai.ini(5) lacks %s, or its default %s", rows[i].name, rows[i].standard);
        }
        text_free(&section);
        text_free(&key);
    }
    text_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(usual, begin, end),
        cmocka_unit_test_setup_teardown(making, begin, end),
        cmocka_unit_test_setup_teardown(not_to_be_made, begin, end),
        cmocka_unit_test_setup_teardown(checking, begin, end),
        cmocka_unit_test_setup_teardown(of_another_account, begin, end),
        cmocka_unit_test_setup_teardown(defaults, begin, end),
        cmocka_unit_test_setup_teardown(later_wins, begin, end),
        cmocka_unit_test_setup_teardown(wrong_settings, begin, end),
        cmocka_unit_test_setup_teardown(vendors, begin, end),
        cmocka_unit_test_setup_teardown(too_long, begin, end),
        cmocka_unit_test_setup_teardown(cannot_be_read, begin, end),
        cmocka_unit_test_setup_teardown(table, begin, end),
        cmocka_unit_test_setup_teardown(manual, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
