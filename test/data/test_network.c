/* test_network.c: no store on a file system of a network: its locks and its order of writing are
 * not to be relied on. The answer of statfs() is the test's (linked with --wrap=statfs64). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "data/store/db.h"
#include "test/support/papers.h"

static unsigned kind_of_file_system;

int __wrap_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out)
{
    assert_non_null(path);
    *out = (struct statfs){.f_type = (int)kind_of_file_system};
    return 0;
}

static void refused_on(unsigned kind, bool refused)
{
    struct error error = {0};
    struct db *db = NULL;
    char directory[] = "/tmp/yuntai-network-XXXXXX";
    assert_non_null(mkdtemp(directory));
    kind_of_file_system = kind;
    int status = db_open(directory, DB_CREATE, &db, &error);
    if (refused) {
        assert_int_equal(status, -1);
        assert_int_equal(error.code, ERROR_ENVIRONMENT);
        assert_string_equal(error.arg[0], directory);
        assert_int_equal(papers_below(directory, false), 0); /* nothing was begun */
    } else {
        assert_int_equal(status, 0);
    }
    db_close(db);
    error_free(&error);
    papers_below(directory, true);
}

static void network_file_systems(void **state)
{
    (void)state;
    static const unsigned kinds[] = {0x6969, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        refused_on(kinds[i], true);
    }
}

static void file_systems_of_this_machine(void **state)
{
    (void)state;
    static const unsigned kinds[] = {0xef53, 0x58465342, 0x9123683e, 0x01021994};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        refused_on(kinds[i], false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(network_file_systems),
        cmocka_unit_test(file_systems_of_this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
