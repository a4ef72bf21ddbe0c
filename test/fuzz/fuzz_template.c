/* fuzz_template.c: any bytes as a letter: refused with a line, or filled within its bounds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/letter/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *value(void *self, const char *name)
{
    (void)self;
    return *name == 'u' ? NULL : *name == 'm' ? "<|>\n&\"{{u}}\x01" : name;
}

static size_t rows(void *self, const char *list)
{
    (void)self;
    return strlen(list) % 4;
}

static const char *cell(void *self, const char *list, size_t row, const char *column)
{
    (void)self;
    if (row >= strlen(list) % 4) {
        abort();
    }
    return *column == 'c' ? "格|" : *column == 'e' ? "" : NULL;
}

/* Between the braces of nothing but the template's own page. */
static void check_page(const struct text *page)
{
    if (page->length < 20 || page->length > TEMPLATE_OUT ||
        strcmp(page->bytes + page->length - 8, "</html>\n") != 0 || strstr(page->bytes, "<|>")) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct template_source source = {value, rows, cell, NULL};
    struct error error = {0};
    struct text text = {0}, html = {0};
    struct template *letter = template_parse("f", (const char *)data, size, &error);
    if (!letter && error.code == ERROR_NONE) {
        abort();
    }
    if (letter) {
        int plain = template_fill(letter, &source, TEMPLATE_TEXT, &text, &error);
        int page = template_fill(letter, &source, TEMPLATE_HTML, &html, &error);
        if (page >= 0) {
            check_page(&html);
        }
        if (plain >= 0 && page >= 0 && plain != page) {
            abort();
        }
    }
    template_free(letter);
    text_free(&text);
    text_free(&html);
    error_free(&error);
    return 0;
}
