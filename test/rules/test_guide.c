/* test_guide.c: the guide (data/policy/README.md) and core/language.c name the same kinds, keys,
 * field types, facts and functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/language.h"
#include "core/text.h"

enum { WORDS_MOST = 400, KINDS_MOST = 8 };

struct guide {
    struct text text;
    const char *keys, *fields, *facts, *limits; /* where section 3, 4, 5 and 6 begin */
};

static int guide_begin(void **state)
{
    static struct guide guide;
    const char *root = getenv("YUNTAI_SOURCE");
    struct text path = {0};
    text_addf(&path, "%s/data/policy/README.md", root ? root : ".");
    FILE *file = fopen(text_bytes(&path), "rb");
    text_free(&path);
    if (!file) {
        return -1;
    }
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;) {
        text_add_n(&guide.text, bytes, n);
    }
    fclose(file);
    guide.keys = strstr(text_bytes(&guide.text), "\n## 3. ");
    guide.fields = strstr(text_bytes(&guide.text), "\n## 4. ");
    guide.facts = strstr(text_bytes(&guide.text), "\n## 5. ");
    guide.limits = strstr(text_bytes(&guide.text), "\n## 6. ");
    *state = &guide;
    return guide.keys && guide.fields && guide.facts && guide.limits ? 0 : -1;
}

static int guide_end(void **state)
{
    struct guide *guide = *state;
    text_free(&guide->text);
    return 0;
}

/* ---- tables ---- */

/* A word in ` ` of the first cell of a row. */
struct word {
    char name[32];
    bool bold;
    char cells[200]; /* the cells behind it */
};

static const char *line_end(const char *at)
{
    const char *end = strchr(at, '\n');
    return end ? end : at + strlen(at);
}

static bool begins(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

/* The end of the first cell of a row that begins at AT: a bar that is in no ` `. */
static const char *cell_end(const char *at, const char *end)
{
    bool quoted = false;
    for (at++; at < end && (*at != '|' || quoted); at++) {
        quoted ^= *at == '`';
    }
    return at;
}

/* Adds the words of one row to WORDS; the count after it. */
static size_t take_row(const char *row, struct word *words, size_t count)
{
    const char *end = line_end(row), *cell = cell_end(row, end);
    for (const char *at = row; (at = memchr(at, '`', (size_t)(cell - at))) != NULL; at++) {
        const char *close = memchr(at + 1, '`', (size_t)(cell - at - 1));
        assert_non_null(close);
        assert_true(count < WORDS_MOST);
        struct word *word = &words[count++];
        snprintf(word->name, sizeof word->name, "%.*s", (int)(close - at - 1), at + 1);
        snprintf(word->cells, sizeof word->cells, "%.*s", (int)(end - cell), cell);
        word->bold = at[-1] == '*';
        at = close;
    }
    return count;
}

/* The words of the table whose head begins with HEAD, the next one from FROM to TO. */
static size_t take_table(const char *from, const char *to, const char *head, struct word *words)
{
    size_t count = 0;
    const char *at = from;
    while (at < to && !begins(at, head)) {
        at = line_end(at) + 1;
    }
    assert_true(at < to);
    at = line_end(line_end(at) + 1) + 1; /* over the head and the line under it */
    for (; at < to && *at == '|'; at = line_end(at) + 1) {
        count = take_row(at, words, count);
    }
    return count;
}

static const struct word *word_named(const struct word *words, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].name, name) == 0) {
            return &words[i];
        }
    }
    return NULL;
}

/* ---- kinds and keys ---- */

/* The kinds that "### article, law: …" speaks of, from AT. */
static size_t take_kinds(const char *at, enum kind *kinds)
{
    size_t count = 0;
    at += strlen("### ");
    while (*at != '\n' && *at != ':' && *at != '\0') {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        enum kind kind = language_kind_of(at, length);
        if (kind == KIND_COUNT) {
            fail_msg("the guide heads a table with %.*s, which is no kind", (int)length, at);
        }
        assert_true(count < KINDS_MOST);
        kinds[count++] = kind;
        at += length;
        if (begins(at, " (")) {
            at += strcspn(at, ")") + 1;
        }
        at += strspn(at, ", ");
    }
    return count;
}

/* "article, law: in our own words", "term, question": of which kinds the row alone speaks. */
static bool speaks_of(const char *cells, enum kind kind, const enum kind *kinds, size_t count)
{
    const char *meaning = strchr(cells + 1, '|');
    assert_non_null(meaning);
    meaning++;
    bool named = false, here = false;
    for (;;) {
        meaning += strspn(meaning, " ,");
        size_t length = strspn(meaning, "abcdefghijklmnopqrstuvwxyz");
        enum kind found = language_kind_of(meaning, length);
        bool of_table = false;
        for (size_t i = 0; i < count; i++) {
            of_table |= kinds[i] == found;
        }
        if (!length || found == KIND_COUNT || !of_table) {
            break;
        }
        named = true;
        here |= found == kind;
        meaning += length;
        if (begins(meaning, " (QUESTION.NAME)")) {
            meaning += strlen(" (QUESTION.NAME)");
        }
        if (*meaning != ',') {
            break;
        }
    }
    return !named || here;
}

/* Keys that stand apart: title and en are of every kind; a field's types have section 4. */
static bool elsewhere(enum kind kind, const char *key)
{
    size_t count;
    const struct word_info *types = language_field_types(&count);
    for (size_t i = 0; kind == KIND_FIELD && i < count; i++) {
        if (strcmp(types[i].name, key) == 0) {
            return true;
        }
    }
    return strcmp(key, "title") == 0 || strcmp(key, "en") == 0;
}

/* Which of the kinds of one table a bare row is of cannot be told from the guide where the table
 * has several: there the language's own word counts, and every word must be a key of one of them.
 */
static void check_kind(enum kind kind, const enum kind *kinds, size_t kind_count,
                       const struct word *words, size_t count)
{
    size_t key_count;
    const struct key_info *keys = language_keys(&key_count);
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].kind != kind || elsewhere(kind, keys[i].key)) {
            continue;
        }
        const struct word *word = word_named(words, count, keys[i].key);
        if (!word || !speaks_of(word->cells, kind, kinds, kind_count)) {
            fail_msg("the guide does not tell of %s.%s", language_kind(kind)->name, keys[i].key);
        } else if (word->bold != keys[i].required && !strstr(word->cells, "may do without")) {
            fail_msg("the guide has %s.%s %s", language_kind(kind)->name, keys[i].key,
                     word->bold ? "required, the language not" : "not required, the language has");
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k < kind_count; k++) {
            known |= language_key(kinds[k], words[i].name, strlen(words[i].name)) != NULL;
        }
        if (!known) {
            fail_msg("%s is no key of %s", words[i].name, language_kind(kind)->name);
        }
    }
}

static void every_kind_has_its_keys(void **state)
{
    const struct guide *guide = *state;
    bool seen[KIND_COUNT] = {false};
    struct word *words = calloc(WORDS_MOST, sizeof *words);
    assert_non_null(words);
    for (const char *at = guide->keys; (at = strstr(at, "\n### ")) != NULL && at < guide->fields;
         at++) {
        enum kind kinds[KINDS_MOST];
        size_t kind_count = take_kinds(at + 1, kinds);
        size_t count = take_table(at + 1, guide->fields, "| key |", words);
        for (size_t i = 0; i < kind_count; i++) {
            check_kind(kinds[i], kinds, kind_count, words, count);
            seen[kinds[i]] = true;
        }
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!seen[kind]) {
            fail_msg("the guide has no table of %s", language_kind((enum kind)kind)->name);
        }
    }
    free(words);
}

static void every_kind_has_a_title(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct key_info *title = language_key((enum kind)kind, "title", 5);
        assert_non_null(title);
        assert_non_null(language_key((enum kind)kind, "en", 2));
        assert_true(title->required);
    }
}

/* ---- words of sections 4 and 5 ---- */

/* "did(e, …)" stands for did. */
static void check_words(const char *from, const char *to, const char *head,
                        const struct word_info *infos, size_t info_count)
{
    struct word *words = calloc(WORDS_MOST, sizeof *words);
    assert_non_null(words);
    size_t count = take_table(from, to, head, words);
    for (size_t i = 0; i < count; i++) {
        words[i].name[strcspn(words[i].name, "(")] = '\0';
        bool known = false;
        for (size_t k = 0; k < info_count; k++) {
            known |= strcmp(words[i].name, infos[k].name) == 0;
        }
        if (!known) {
            fail_msg("the guide tells of %s, the language not", words[i].name);
        }
    }
    for (size_t k = 0; k < info_count; k++) {
        if (!word_named(words, count, infos[k].name)) {
            fail_msg("the guide does not tell of %s", infos[k].name);
        }
    }
    free(words);
}

static void every_field_type(void **state)
{
    const struct guide *guide = *state;
    size_t count;
    const struct word_info *types = language_field_types(&count);
    check_words(guide->fields, guide->facts, "| type |", types, count);
}

static void every_field_type_is_a_key(void **state)
{
    (void)state;
    size_t count;
    const struct word_info *types = language_field_types(&count);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(language_key(KIND_FIELD, types[i].name, strlen(types[i].name)));
    }
}

static void every_fact(void **state)
{
    const struct guide *guide = *state;
    size_t count;
    const struct word_info *facts = language_facts(&count);
    check_words(guide->facts, guide->limits, "| fact |", facts, count);
}

static void every_function(void **state)
{
    const struct guide *guide = *state;
    size_t count;
    const struct word_info *functions = language_functions(&count);
    check_words(guide->facts, guide->limits, "| function |", functions, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_keys),
        cmocka_unit_test(every_kind_has_a_title),
        cmocka_unit_test(every_field_type),
        cmocka_unit_test(every_field_type_is_a_key),
        cmocka_unit_test(every_fact),
        cmocka_unit_test(every_function),
    };
    return cmocka_run_group_tests(tests, guide_begin, guide_end);
}
