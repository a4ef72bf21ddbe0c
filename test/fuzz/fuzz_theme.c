/* fuzz_theme.c: any words as the look of a role, any bytes as a theme file: a theme whose colours a
 * terminal has, or a sentence that says what is wrong. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tui/terminal/theme.h"
#include "tui/terminal/theme_style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_style(struct style style, enum depth depth)
{
    static const int32_t most[DEPTHS] = {-1, 7, 255, 0xffffff};
    require(style.fore >= -1 && style.back >= -1 && style.attributes < 8);
    require(style.fore <= most[depth] && style.back <= most[depth]);
    int contrast = style_contrast(&style, depth, 0xffffff, 0);
    require(contrast >= 10 && contrast <= 210);
}

static void check_look(const char *value)
{
    struct style styles[DEPTHS];
    struct text word = {0};
    if (style_parse(value, styles, &word)) {
        for (int depth = 0; depth < DEPTHS; depth++) {
            check_style(styles[depth], (enum depth)depth);
        }
    }
    text_free(&word);
}

static void check_file(const char *path)
{
    struct text error = {0};
    struct theme *theme = theme_read_file(path, &error);
    require((theme == NULL) == (error.length > 0));
    for (int role = 0; theme && role < ROLES; role++) {
        for (int depth = 0; depth < DEPTHS; depth++) {
            check_style(theme_style(theme, (enum role)role, (enum depth)depth), (enum depth)depth);
        }
    }
    theme_free(theme);
    text_free(&error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text value = {0};
    text_add_n(&value, (const char *)data, size);
    check_look(text_bytes(&value));
    text_free(&value);
    int file = memfd_create("theme", MFD_CLOEXEC);
    char path[48];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    require(file >= 0 && write(file, data, size) == (ssize_t)size);
    check_file(path);
    close(file);
    return 0;
}
