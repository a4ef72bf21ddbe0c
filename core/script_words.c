/* script_words.c: a line of a script as words. */
#include "core/script_words.h"

#include <string.h>

#include "core/text.h"

struct scan {
    const char *at, *end;
    struct place place; /* of AT */
    char *out;          /* where resolved bytes go */
    struct findings *findings;
};

void script_say(struct findings *findings, struct place place, enum message_id id, const char *a,
                const char *b)
{
    findings_add(findings, place, "", "", "", id, a, b, NULL, NULL);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The characters of a line, before it is split: UTF-8 without control characters. */
static bool characters_are_fit(const char *line, size_t length, int32_t number,
                               struct findings *findings)
{
    struct place place = {number, 1};
    if (length > SCRIPT_LINE_MOST) {
        script_say(findings, place, MESSAGE_script_line_long, "65536", NULL);
        return false;
    }
    for (size_t i = 0; i < length; place.column++) {
        size_t bytes = utf8_length(line + i, length - i);
        if (bytes == 0) {
            script_say(findings, place, MESSAGE_script_not_utf8, NULL, NULL);
            return false;
        }
        unsigned char c = (unsigned char)line[i];
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            script_say(findings, place, MESSAGE_script_control, NULL, NULL);
            return false;
        }
        i += bytes;
    }
    return true;
}

static void step(struct scan *scan)
{
    size_t bytes = utf8_length(scan->at, (size_t)(scan->end - scan->at));
    scan->at += bytes ? bytes : 1;
    scan->place.column++;
}

static void copy(struct scan *scan)
{
    const char *from = scan->at;
    step(scan);
    memcpy(scan->out, from, (size_t)(scan->at - from));
    scan->out += scan->at - from;
}

/* From the opening quote to behind the closing one. */
static bool read_quoted(struct scan *scan)
{
    struct place opened = scan->place;
    step(scan);
    while (scan->at < scan->end && *scan->at != '"') {
        if (*scan->at == '\\') {
            struct place backslash = scan->place;
            step(scan);
            if (scan->at == scan->end || (*scan->at != '"' && *scan->at != '\\')) {
                script_say(scan->findings, backslash, MESSAGE_script_backslash, NULL, NULL);
                return false;
            }
        }
        copy(scan);
    }
    if (scan->at == scan->end) {
        script_say(scan->findings, opened, MESSAGE_script_quote_open, NULL, NULL);
        return false;
    }
    step(scan);
    if (scan->at < scan->end && !is_blank(*scan->at)) {
        script_say(scan->findings, scan->place, MESSAGE_script_quote_behind, NULL, NULL);
        return false;
    }
    return true;
}

static bool read_word(struct scan *scan, struct script_word *word)
{
    char *begins = scan->out;
    bool found = false, fit = true;
    *word = (struct script_word){.text = begins, .place = scan->place};
    while (fit && scan->at < scan->end && !is_blank(*scan->at)) {
        if (*scan->at == '"') {
            fit = read_quoted(scan);
            continue;
        }
        if (*scan->at == '=' && !found) {
            word->equals = (size_t)(scan->out - begins);
            found = true;
        }
        copy(scan);
    }
    word->length = (size_t)(scan->out - begins);
    word->equals = found ? word->equals : word->length;
    *scan->out++ = '\0';
    return fit;
}

bool script_split(const char *line, size_t length, int32_t number, struct arena *arena,
                  struct findings *findings, struct script_word *words, size_t *count)
{
    *count = 0;
    if (!characters_are_fit(line, length, number, findings)) {
        return false;
    }
    /* A word and its NUL never need more than the word and the blank behind it, but for the last.
     */
    struct scan scan = {line, line + length, {number, 1}, arena_take(arena, length + 1), findings};
    if (!scan.out) {
        return false;
    }
    for (;;) {
        while (scan.at < scan.end && is_blank(*scan.at)) {
            step(&scan);
        }
        if (scan.at == scan.end || *scan.at == '#') {
            return true;
        }
        if (*count == SCRIPT_WORDS_MOST) {
            script_say(findings, scan.place, MESSAGE_script_words_many, "4096", NULL);
            return false;
        }
        if (!read_word(&scan, &words[*count])) {
            return false;
        }
        ++*count;
    }
}
