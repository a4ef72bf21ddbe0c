/* template.c: reads a template: settings at the top, then lines. */
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "data/letter/template.h"

static const char *const setting_names[SETTINGS] = {"title", "series", "procedure",
                                                    "when",  "by",     "bureau"};

struct reader {
    struct template *letter;
    const char *file;
    struct error *error;
    int line;
    size_t capacity;
    size_t open[TEMPLATE_DEPTH]; /* nodes of the blocks not closed yet */
    int open_line[TEMPLATE_DEPTH];
    int depth, depth_before; /* DEPTH_BEFORE: at the beginning of the line */
};

static int wrong(struct reader *reader, const char *sentence, const char *what)
{
    struct text line = {0};
    text_add_int(&line, reader->line);
    error_set4(reader->error, ERROR_USAGE, sentence, reader->file, text_bytes(&line), what, NULL);
    text_free(&line);
    return -1;
}

/* NULL without memory, or with an error before. */
static struct node *add(struct reader *reader, enum node_kind kind, const char *text, size_t length)
{
    struct template *letter = reader->letter;
    if (letter->count == reader->capacity) {
        size_t capacity = reader->capacity ? reader->capacity * 2 : 64;
        struct node *grown = realloc(letter->nodes, capacity * sizeof *grown);
        if (!grown) {
            error_memory(reader->error);
            return NULL;
        }
        letter->nodes = grown;
        reader->capacity = capacity;
    }
    struct node *node = &letter->nodes[letter->count++];
    *node = (struct node){.kind = kind,
                          .text = text ? arena_text(letter->arena, text, length) : "",
                          .length = length};
    return node;
}

/* ---- settings ---- */

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && (**text == ' ' || **text == '\t')) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t')) {
        (*length)--;
    }
}

static int read_setting(struct reader *reader, const char *text, size_t length)
{
    struct template *letter = reader->letter;
    const char *equals = memchr(text, '=', length);
    if (!equals) {
        return wrong(reader, N_("%1:%2: a setting is written “@ name = value”"), NULL);
    }
    const char *key = text + 1, *value = equals + 1;
    size_t key_length = (size_t)(equals - key), value_length = length - (size_t)(value - text);
    trim(&key, &key_length);
    trim(&value, &value_length);
    for (size_t i = 0; i < SETTINGS; i++) {
        const char *name = setting_names[i];
        if (strlen(name) == key_length && memcmp(name, key, key_length) == 0) {
            if (letter->settings[i]) {
                return wrong(reader, N_("%1:%2: “%3” is set twice"), name);
            }
            letter->settings[i] = arena_text(letter->arena, value, value_length);
            return 0;
        }
    }
    return wrong(reader,
                 N_("%1:%2: there is no setting “%3”; there are title, series, procedure, when, "
                    "by and bureau"),
                 arena_text(letter->arena, key, key_length));
}

/* ---- tags ---- */

static bool is_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '.' || c == '-' || c == ' ';
        if (!fits) {
            return false;
        }
    }
    return length > 0 && length <= TEMPLATE_NAME;
}

static int open_block(struct reader *reader, enum node_kind kind, const char *name, size_t length)
{
    if (reader->depth == TEMPLATE_DEPTH) {
        return wrong(reader, N_("%1:%2: blocks lie at most eight deep"), NULL);
    }
    reader->open[reader->depth] = reader->letter->count;
    reader->open_line[reader->depth++] = reader->line;
    return add(reader, kind, name, length) ? 0 : -1;
}

/* What closes NODE: the first word of a list, ? or !. */
static bool closes(const struct node *node, const char *name, size_t length)
{
    if (node->kind == NODE_REPEAT) {
        return length == strcspn(node->text, " ") && memcmp(node->text, name, length) == 0;
    }
    return length == 1 && *name == (node->kind == NODE_KNOWN ? '?' : '!');
}

static int close_block(struct reader *reader, const char *name, size_t length, bool alone)
{
    struct template *letter = reader->letter;
    int least = alone ? 0 : reader->depth_before;
    const char *word = arena_text(letter->arena, name, length);
    if (reader->depth <= least ||
        !closes(&letter->nodes[reader->open[reader->depth - 1]], name, length)) {
        return wrong(reader,
                     N_("%1:%2: {{/%3}} closes nothing here: a block ends with the word it began "
                        "with, and within the line if it began within one"),
                     word);
    }
    size_t opened = reader->open[--reader->depth];
    letter->nodes[opened].other = letter->count;
    struct node *node = add(reader, NODE_CLOSE, NULL, 0);
    if (node) {
        node->other = opened;
    }
    return node ? 0 : -1;
}

/* A tag: what stands between the braces. ALONE: on a line without any text. */
static int read_tag(struct reader *reader, const char *tag, size_t length, bool alone)
{
    trim(&tag, &length);
    char sign = length > 0 ? *tag : '\0';
    bool is_block = sign == '#' || sign == '?' || sign == '!';
    const char *name = tag;
    size_t left = length;
    if (is_block || sign == '/') {
        name++;
        left--;
        trim(&name, &left);
    }
    if (sign == '/' && left > 0) {
        return close_block(reader, name, left, alone);
    }
    if (!is_name(name, left)) {
        return wrong(reader,
                     N_("%1:%2: {{%3}} is no name: letters a to z, figures, _ . - and spaces"),
                     arena_text(reader->letter->arena, tag, length));
    }
    if (is_block) {
        return open_block(reader,
                          sign == '#'   ? NODE_REPEAT
                          : sign == '?' ? NODE_KNOWN
                                        : NODE_UNKNOWN,
                          name, left);
    }
    return add(reader, NODE_VALUE, name, left) ? 0 : -1;
}

/* The end of the tag that begins at TEXT, behind its braces; NULL. */
static const char *tag_end(const char *text, const char *end)
{
    for (const char *at = text + 2; at + 1 < end; at++) {
        if (at[0] == '}' && at[1] == '}') {
            return at + 2;
        }
    }
    return NULL;
}

static bool is_tag(const char *text, const char *end)
{
    return end - text >= 2 && text[0] == '{' && text[1] == '{';
}

/* ---- lines ---- */

/* Only beginnings and ends of blocks stand on it. */
static bool is_alone(const char *text, const char *end)
{
    bool any = false;
    while (text < end) {
        if (*text == ' ' || *text == '\t') {
            text++;
            continue;
        }
        const char *after = is_tag(text, end) ? tag_end(text, end) : NULL;
        if (!after) {
            return false;
        }
        const char *sign = text + 2;
        while (*sign == ' ' || *sign == '\t') {
            sign++;
        }
        if (*sign != '#' && *sign != '?' && *sign != '!' && *sign != '/') {
            return false;
        }
        any = true;
        text = after;
    }
    return any;
}

static enum line_kind kind_of(const char **text, const char *end)
{
    static const struct {
        const char *mark;
        enum line_kind kind;
    } marks[] = {{"## ", LINE_HEADING}, {"# ", LINE_TITLE}, {"- ", LINE_FLUSH},
                 {"= ", LINE_CENTRE},   {"> ", LINE_SIGN},  {"|", LINE_ROW}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i].mark);
        if ((size_t)(end - *text) >= length && memcmp(*text, marks[i].mark, length) == 0) {
            *text += length;
            return marks[i].kind;
        }
    }
    return LINE_BODY;
}

static int read_pieces(struct reader *reader, const char *text, const char *end, bool alone,
                       bool row)
{
    while (text < end) {
        const char *stop = text;
        if (is_tag(text, end)) {
            const char *after = tag_end(text, end);
            if (!after) {
                return wrong(reader, N_("%1:%2: {{ without }} on the same line"), NULL);
            }
            if (read_tag(reader, text + 2, (size_t)(after - text) - 4, alone) != 0) {
                return -1;
            }
            text = after;
            continue;
        }
        if (row && *text == '|') {
            if (!add(reader, NODE_CELL, NULL, 0)) {
                return -1;
            }
            text++;
            continue;
        }
        while (stop < end && !is_tag(stop, end) && !(row && *stop == '|')) {
            stop++;
        }
        if (!alone && !add(reader, NODE_TEXT, text, (size_t)(stop - text))) {
            return -1;
        }
        text = stop;
    }
    return 0;
}

static int read_line(struct reader *reader, const char *text, size_t length)
{
    const char *end = text + length;
    reader->depth_before = reader->depth;
    if (is_alone(text, end)) {
        return read_pieces(reader, text, end, true, false);
    }
    trim(&text, &length);
    end = text + length;
    enum line_kind kind = length == 0 ? LINE_BLANK : kind_of(&text, end);
    if (kind == LINE_ROW && end > text && end[-1] == '|') {
        end--; /* the border at the right is no column */
    }
    struct node *node = add(reader, NODE_LINE, NULL, 0);
    if (!node) {
        return -1;
    }
    node->line = kind;
    if (read_pieces(reader, text, end, false, kind == LINE_ROW) != 0) {
        return -1;
    }
    if (reader->depth > reader->depth_before) {
        return wrong(reader, N_("%1:%2: a block that begins within a line ends within it"), NULL);
    }
    node = add(reader, NODE_END, NULL, 0);
    if (node) {
        node->line = kind;
    }
    return node ? 0 : -1;
}

static int read_all(struct reader *reader, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    bool body = false;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const char *next = stop ? stop + 1 : end;
        size_t size = (size_t)((stop ? stop : end) - at);
        size -= size > 0 && at[size - 1] == '\r';
        reader->line++;
        bool note = !body && (size == 0 || *at == ';');
        body = body || (!note && *at != '@');
        int status = note ? 0 : body ? read_line(reader, at, size) : read_setting(reader, at, size);
        if (status != 0) {
            return -1;
        }
        at = next;
    }
    if (reader->depth > 0) {
        reader->line = reader->open_line[reader->depth - 1];
        return wrong(reader, N_("%1:%2: this block is never closed"), NULL);
    }
    if (!body || !reader->letter->settings[SETTING_TITLE]) {
        return wrong(reader, N_("%1:%2: a letter needs “@ title = …” and a text below it"), NULL);
    }
    return arena_failed(reader->letter->arena) ? error_memory(reader->error) : 0;
}

struct template *template_parse(const char *file, const char *bytes, size_t length,
                                struct error *error)
{
    struct reader reader = {.file = file, .error = error, .line = 1};
    size_t good = length > TEMPLATE_BYTES ? 0 : utf8_check(bytes, length);
    for (size_t i = 0; i < good; i++) {
        reader.line += bytes[i] == '\n';
    }
    if (length > TEMPLATE_BYTES) {
        wrong(&reader, N_("%1:%2: a letter's text has at most 64 KiB"), NULL);
        return NULL;
    }
    if (good < length || (length > 0 && memchr(bytes, '\0', length))) {
        wrong(&reader, N_("%1:%2: this is no text in UTF-8"), NULL);
        return NULL;
    }
    struct template *letter = calloc(1, sizeof *letter);
    if (letter) {
        letter->arena = arena_new();
    }
    reader.letter = letter;
    reader.line = 0;
    if (!letter || !letter->arena) {
        error_memory(error);
    } else if (read_all(&reader, bytes, length) == 0) {
        return letter;
    }
    template_free(letter);
    return NULL;
}

void template_free(struct template *letter)
{
    if (letter) {
        arena_free(letter->arena);
        free(letter->nodes);
        free(letter);
    }
}

const char *template_setting(const struct template *letter, enum template_setting setting)
{
    return letter->settings[setting];
}
