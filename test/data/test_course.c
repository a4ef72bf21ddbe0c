/* test_course.c: the language of the sample city's courses: braces, days, and what is wrong where.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp, setenv */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "data/desk.h"
#include "data/sample/course.h"

struct home {
    char directory[32];
    struct calendar *calendar;
    struct arena *arena;
};

static int make(void **state)
{
    struct home *home = calloc(1, sizeof *home);
    struct text wrong = {0}, sample = {0};
    assert_non_null(home);
    assert_int_equal(desk_calendar(NULL, &home->calendar, &wrong), 0);
    home->arena = arena_new();
    strncpy(home->directory, "/tmp/yuntai-course-XXXXXX", sizeof home->directory - 1);
    assert_non_null(mkdtemp(home->directory));
    text_addf(&sample, "%s/sample", home->directory);
    assert_int_equal(mkdir(text_bytes(&sample), 0700), 0);
    assert_int_equal(setenv("YUNTAI_DATADIR", home->directory, 1), 0);
    text_free(&sample);
    *state = home;
    return 0;
}

static int unmake(void **state)
{
    struct home *home = *state;
    struct text path = {0};
    text_addf(&path, "%s/sample/x.txt", home->directory);
    unlink(text_bytes(&path));
    text_clear(&path);
    text_addf(&path, "%s/sample", home->directory);
    rmdir(text_bytes(&path));
    rmdir(home->directory);
    text_free(&path);
    arena_free(home->arena);
    calendar_free(home->calendar);
    free(home);
    return 0;
}

static int32_t day(const char *text)
{
    int32_t out;
    assert_true(day_parse(text, strlen(text), &out));
    return out;
}

static struct phrase phrase_on(const struct home *home, const char *on)
{
    return (struct phrase){.revision = calendar_as_of(home->calendar, DAY_LAST),
                           .arena = home->arena,
                           .day = day(on),
                           .seed = 7};
}

static void assert_filled(struct phrase *phrase, const char *text, const char *want)
{
    struct text out = {0};
    const char *wrong = "";
    if (!phrase_fill(phrase, text, strlen(text), &out, &wrong)) {
        fail_msg("%s: %s", text, wrong);
    }
    assert_string_equal(text_bytes(&out), want);
    text_free(&out);
}

static void test_braces(void **state)
{
    struct phrase phrase = phrase_on(*state, "2026-09-30");
    assert_true(phrase_set(&phrase, "org", "市人社局"));
    assert_true(phrase_set(&phrase, "both", "{org} {+1}"));
    assert_filled(&phrase, "为{org}办理", "为市人社局办理");
    assert_filled(&phrase, "{+1}", "2026-10-08"); /* National Day lies between */
    assert_filled(&phrase, "{-1} {+30d} {-1m} {-1m1}",
                  "2026-09-29 2026-10-30 2026-08-30 2026-08-01");
    assert_filled(&phrase, "郑数〔{+0y}〕5号", "郑数〔2026〕5号");
    assert_filled(&phrase, "{both}", "市人社局 2026-10-08");
    assert_filled(&phrase, "{5..5}{a|a}", "5a");
    assert_filled(&phrase, "{n=4..4} 台，核准{n}台", "4 台，核准4台");
    assert_filled(&phrase, "a brace { that does not end", "a brace { that does not end");
}

static void test_what_no_brace_can_be(void **state)
{
    static const char *const wrong[] = {"{nobody}", "{}", "{6..2}", "{+x}", "{around}"};
    struct phrase phrase = phrase_on(*state, "2026-09-30");
    assert_true(phrase_set(&phrase, "around", "{around}")); /* goes round without end */
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text out = {0};
        const char *which = NULL;
        assert_false(phrase_fill(&phrase, wrong[i], strlen(wrong[i]), &out, &which));
        assert_non_null(which);
        text_free(&out);
    }
}

static void write_file(const struct home *home, const char *text)
{
    struct text path = {0};
    text_addf(&path, "%s/sample/x.txt", home->directory);
    FILE *file = fopen(text_bytes(&path), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    text_free(&path);
}

static void test_steps(void **state)
{
    struct home *home = *state;
    struct courses courses = {0};
    struct error error = {0};
    write_file(home, "# two\n"
                     "course plain begin=3,10..20/5 cast=new\n"
                     "+0 09:30 open access by=unit a={+2}\n"
                     "+1 submit by=unit \\\n"
                     "   reason=late\n"
                     "+3d 10:00 accept by=clerk\n"
                     "+35m note by=clerk note=x\n"
                     "course other after=duty.drill,bill.city share=3\n"
                     "due-2 hand_in by=vendor\n");
    assert_int_equal(courses_read("x.txt", home->arena, &courses, &error), 0);
    assert_int_equal(courses.count, 2);
    const struct course *plain = &courses.items[0], *other = &courses.items[1];
    assert_int_equal(plain->begin_count, 4);
    assert_int_equal(plain->begins[3], 20);
    assert_int_equal(plain->step_count, 4);
    assert_string_equal(other->after, "duty.drill,bill.city");
    assert_int_equal(other->share, 3);

    struct phrase phrase = phrase_on(home, "2026-09-30");
    struct script *script =
        course_script(plain, &phrase, day("2026-09-30"), MOMENT_NONE, DAY_NONE, &error);
    assert_non_null(script);
    const int64_t first = script_at(script, 0)->moment, third = script_at(script, 2)->moment;
    assert_int_equal(first, moment_of(day("2026-09-30"), 9 * 3600 + 30 * 60));
    assert_string_equal(script_at(script, 0)->entries[0].value, "2026-10-09");
    assert_int_equal(moment_day(script_at(script, 1)->moment), day("2026-10-08"));
    assert_string_equal(script_at(script, 1)->reason, "late");
    /* three days on is a Sunday: the Monday after */
    assert_int_equal(third, moment_of(day("2026-10-12"), 10 * 3600));
    assert_int_equal(script_at(script, 3)->moment, third + 35 * 60);
    script_free(script);

    script =
        course_script(other, &phrase, day("2026-12-01"), MOMENT_NONE, day("2026-12-31"), &error);
    assert_non_null(script);
    assert_int_equal(moment_day(script_at(script, 0)->moment), day("2026-12-29"));
    script_free(script);
    free(courses.items);
}

static void assert_wrong(struct home *home, const char *text, const char *where)
{
    struct courses courses = {0};
    struct error error = {0};
    write_file(home, text);
    int status = courses_read("x.txt", home->arena, &courses, &error);
    if (status == 0) {
        struct phrase phrase = phrase_on(home, "2026-09-30");
        struct script *script = course_script(&courses.items[0], &phrase, day("2026-09-30"),
                                              MOMENT_NONE, DAY_NONE, &error);
        assert_null(script);
    }
    assert_int_equal(error.code, ERROR_ENVIRONMENT);
    assert_string_equal(error.arg[0], where);
    error_free(&error);
    free(courses.items);
}

/* An author is told the file and the line. */
static void test_wrong_courses(void **state)
{
    assert_wrong(*state, "+1 submit by=unit\n", "x.txt:1");
    assert_wrong(*state, "course a begin=x\n", "x.txt:1");
    assert_wrong(*state, "\ncourse a begins=3\n", "x.txt:2");
    assert_wrong(*state, "course a begin=3\n+0 open access by=unit\nlater submit\n", "x.txt:3");
    assert_wrong(*state, "course a begin=3\n+0 open access by=unit\ndue-1 submit\n", "x.txt:3");
    assert_wrong(*state, "course a begin=3\n+0 open access x={nobody}\n", "x.txt:2");
    assert_wrong(*state, "course a begin=3\n+0 open access by=unit x=\"open\n", "x.txt:2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_braces, make, unmake),
        cmocka_unit_test_setup_teardown(test_what_no_brace_can_be, make, unmake),
        cmocka_unit_test_setup_teardown(test_steps, make, unmake),
        cmocka_unit_test_setup_teardown(test_wrong_courses, make, unmake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
