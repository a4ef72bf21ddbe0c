/* scan.c: a policy file's lines as written, with the place of everything. */
#include "data/scan.h"

#include <stdlib.h>
#include <string.h>

/* A physical line within the logical one. */
struct piece {
    size_t from; /* in the logical line */
    const char *raw;
    int32_t line;
};
struct reader {
    struct scan *scan;
    struct findings *findings;
    const char *at, *end;
    int32_t line;       /* of AT, from 1 */
    struct text joined; /* the logical line */
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    const char *section; /* NULL before the first */
    struct place section_place;
    bool said_cr, said_many;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct place place_in(const char *line, int32_t number, size_t offset)
{
    return (struct place){number, (int32_t)utf8_count(line, offset) + 1};
}

/* Where byte OFFSET of the logical line stands in the file. */
static struct place place_at(const struct reader *reader, size_t offset)
{
    size_t low = 0, high = reader->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (reader->pieces[middle].from <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const struct piece *piece = &reader->pieces[low];
    return place_in(piece->raw, piece->line, offset - piece->from);
}

static void complain(struct reader *reader, size_t offset, const char *key, enum message_id id,
                     const char *a, const char *b)
{
    findings_add(reader->findings, place_at(reader, offset), reader->section, key, "", id, a, b,
                 NULL, NULL);
}

static const char *number_text(struct reader *reader, int64_t number)
{
    struct text text = {0};
    text_add_int(&text, number);
    const char *kept = arena_keep(reader->scan->arena, &text);
    return kept;
}

/* ---- the bytes of one physical line ---- */

static void check_bytes(struct reader *reader, const char *from, size_t length)
{
    enum message_id id = MESSAGE_NONE;
    size_t wrong = utf8_check(from, length);
    if (wrong < length) {
        findings_add(reader->findings, place_in(from, reader->line, wrong), reader->section, "", "",
                     MESSAGE_ini_utf8, NULL, NULL, NULL, NULL);
    }
    size_t at = 0;
    for (; at < length && id == MESSAGE_NONE; at++) {
        bool last = at + 1 == length;
        if (from[at] == '\0') {
            id = MESSAGE_ini_nul;
        } else if (from[at] == '\r' && last && reader->said_cr) {
            continue;
        } else if (from[at] == '\r' && last) {
            id = MESSAGE_ini_cr;
            reader->said_cr = true;
        } else if ((from[at] >= '\1' && from[at] < ' ' && from[at] != '\t') || from[at] == '\177') {
            id = MESSAGE_ini_control;
        }
    }
    if (id != MESSAGE_NONE) {
        findings_add(reader->findings, place_in(from, reader->line, at - 1), reader->section, "",
                     "", id, NULL, NULL, NULL, NULL);
    }
}

/* Adds a line's bytes to the logical line, those that are no text as blanks or question marks. */
static void join_bytes(struct reader *reader, const char *from, size_t length)
{
    const char *end = from + length;
    while (from < end) {
        const char *nul = memchr(from, '\0', (size_t)(end - from));
        for (const char *stop = nul ? nul : end; from < stop;) {
            size_t valid = utf8_check(from, (size_t)(stop - from));
            text_add_n(&reader->joined, from, valid);
            from += valid;
            if (from < stop) {
                text_add_n(&reader->joined, "?", 1);
                from++;
            }
        }
        if (nul) {
            text_add_n(&reader->joined, " ", 1);
            from++;
        }
    }
}

static bool add_piece(struct reader *reader, const char *raw)
{
    if (reader->piece_count == reader->piece_capacity) {
        size_t capacity = reader->piece_capacity ? reader->piece_capacity * 2 : 8;
        struct piece *pieces = realloc(reader->pieces, capacity * sizeof *pieces);
        if (!pieces) {
            reader->scan->failed = true;
            return false;
        }
        reader->pieces = pieces;
        reader->piece_capacity = capacity;
    }
    reader->pieces[reader->piece_count++] =
        (struct piece){reader->joined.length, raw, reader->line};
    return true;
}

/* Joins the physical lines of the next logical one, each without the blanks at its end. */
static void next_line(struct reader *reader)
{
    size_t longest = 0;
    bool more = true;
    text_clear(&reader->joined);
    reader->piece_count = 0;
    while (more && reader->at < reader->end && add_piece(reader, reader->at)) {
        const char *newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
        size_t length = (size_t)((newline ? newline : reader->end) - reader->at);
        size_t together = reader->joined.length + length + 1;
        longest = together > longest ? together : longest;
        check_bytes(reader, reader->at, length);
        while (length && is_blank(reader->at[length - 1])) {
            length--;
        }
        more = length && reader->at[length - 1] == '\\';
        join_bytes(reader, reader->at, length - more);
        reader->at = newline ? newline + 1 : reader->end;
        reader->line++;
    }
    if (reader->piece_count == 0) {
        return;
    }
    if (longest >= SCAN_LINE_MOST) {
        complain(reader, 0, "", MESSAGE_ini_long, number_text(reader, (int64_t)longest), NULL);
    }
    if (more) {
        complain(reader, reader->joined.length, "", MESSAGE_ini_open, NULL, NULL);
    }
}

/* ---- what a logical line says ---- */

/* A name in small letters, as iniparser has it; capitals are complained of. */
static const char *name_of(struct reader *reader, size_t from, size_t to, enum message_id capitals)
{
    const char *written = reader->joined.bytes;
    char *name = arena_take(reader->scan->arena, to - from + 1);
    if (!name) {
        return "";
    }
    bool said = false;
    for (size_t i = from; i < to; i++) {
        bool capital = written[i] >= 'A' && written[i] <= 'Z';
        name[i - from] = (char)(capital ? written[i] - 'A' + 'a' : written[i]);
        if (capital && !said) {
            said = true;
            const char *whole = arena_text(reader->scan->arena, written + from, to - from);
            complain(reader, i, "", capitals, whole, NULL);
        }
    }
    return name;
}

static void trim(const char *bytes, size_t *from, size_t *to)
{
    while (*to > *from && is_blank(bytes[*to - 1])) {
        --*to;
    }
    while (*from < *to && is_blank(bytes[*from])) {
        ++*from;
    }
}

static void count_name(struct reader *reader, size_t offset)
{
    if (++reader->scan->names > SCAN_NAMES_MOST && !reader->said_many) {
        reader->said_many = true;
        complain(reader, offset, "", MESSAGE_ini_many, number_text(reader, SCAN_NAMES_MOST), NULL);
    }
}

static void read_section(struct reader *reader, size_t from, size_t to)
{
    const char *bytes = reader->joined.bytes;
    const char *close = memchr(bytes + from, ']', to - from);
    if (!close) {
        complain(reader, from, "", MESSAGE_ini_section_open, NULL, NULL);
    }
    size_t name_from = from + 1, name_to = close ? (size_t)(close - bytes) : to;
    size_t rest = name_to + 1;
    while (rest < to && is_blank(bytes[rest])) {
        rest++;
    }
    if (rest < to) {
        complain(reader, rest, "", MESSAGE_ini_section_rest, NULL, NULL);
    }
    trim(bytes, &name_from, &name_to);
    if (name_from == name_to) {
        complain(reader, from, "", MESSAGE_ini_section_empty, NULL, NULL);
        reader->section = NULL;
        return;
    }
    reader->section = NULL;
    reader->section = name_of(reader, name_from, name_to, MESSAGE_ini_section_capitals);
    reader->section_place = place_at(reader, from);
    const char *colon = memchr(bytes + name_from, ':', name_to - name_from);
    if (colon) {
        complain(reader, (size_t)(colon - bytes), "", MESSAGE_ini_colon, reader->section, NULL);
    }
    count_name(reader, from);
}

/* Narrows FROM and TO, what is behind the =, to the value: without quotes, comment and blanks. */
static void find_value(struct reader *reader, size_t *from, size_t *to, const char *key)
{
    const char *bytes = reader->joined.bytes;
    size_t start = *from, end = *to;
    trim(bytes, &start, &end);
    char quote = start < end ? bytes[start] : '\0';
    if (quote == '"' || quote == '\'') {
        const char *close = memchr(bytes + start + 1, quote, end - start - 1);
        *from = start + 1;
        *to = close ? (size_t)(close - bytes) : end;
        size_t rest = *to + 1;
        while (rest < end && is_blank(bytes[rest])) {
            rest++;
        }
        const char mark[] = {quote, '\0'};
        if (!close) {
            complain(reader, start, key, MESSAGE_ini_quote, mark, NULL);
        } else if (rest < end && bytes[rest] != ';' && bytes[rest] != '#') {
            complain(reader, rest, key, MESSAGE_ini_quote_rest, mark, NULL);
        }
        return;
    }
    for (size_t i = start; i < end; i++) {
        if (bytes[i] == ';' || bytes[i] == '#') {
            end = i;
        }
    }
    trim(bytes, &start, &end);
    *from = start;
    *to = end;
}

/* The stretches of [FROM, TO) of the logical line, one for each physical line it touches. */
static void set_spots(struct reader *reader, struct source_key *key, size_t from, size_t to)
{
    struct spot *spots = arena_array(reader->scan->arena, reader->piece_count, sizeof *spots);
    for (size_t i = 0; spots && i < reader->piece_count; i++) {
        const struct piece *piece = &reader->pieces[i];
        bool last = i + 1 == reader->piece_count;
        size_t ends = last ? reader->joined.length + 1 : reader->pieces[i + 1].from;
        size_t start = piece->from > from ? piece->from : from;
        bool touched = start < ends && (start < to || (start == from && key->spot_count == 0));
        if (touched) {
            spots[key->spot_count++] = (struct spot){
                (int32_t)(start - from), place_in(piece->raw, piece->line, start - piece->from),
                piece->raw + (start - piece->from)};
        }
    }
    key->spots = spots;
}

static void add_key(struct reader *reader, const struct source_key *key)
{
    struct scan *scan = reader->scan;
    if (scan->count == scan->capacity) {
        size_t capacity = scan->capacity ? scan->capacity * 2 : 256;
        struct source_key *keys = realloc(scan->keys, capacity * sizeof *keys);
        if (!keys) {
            scan->failed = true;
            return;
        }
        scan->keys = keys;
        scan->capacity = capacity;
    }
    scan->keys[scan->count++] = *key;
}

static void read_key(struct reader *reader, size_t from, size_t equals, size_t to)
{
    const char *bytes = reader->joined.bytes;
    size_t name_from = from, name_to = equals;
    trim(bytes, &name_from, &name_to);
    if (name_from == name_to) {
        complain(reader, from, "", MESSAGE_ini_key_empty, NULL, NULL);
        return;
    }
    struct source_key key = {.section = reader->section, .section_place = reader->section_place};
    key.key = name_of(reader, name_from, name_to, MESSAGE_ini_key_capitals);
    key.key_place = place_at(reader, name_from);
    size_t value_from = equals + 1, value_to = to;
    find_value(reader, &value_from, &value_to, key.key);
    if (!reader->section) {
        complain(reader, name_from, key.key, MESSAGE_ini_no_section, NULL, NULL);
        return;
    }
    key.value = arena_text(reader->scan->arena, bytes + value_from, value_to - value_from);
    set_spots(reader, &key, value_from, value_to);
    count_name(reader, name_from);
    add_key(reader, &key);
}

static void read_line(struct reader *reader)
{
    size_t from = 0, to = reader->joined.length;
    const char *bytes = text_bytes(&reader->joined);
    trim(bytes, &from, &to);
    if (from == to || bytes[from] == ';' || bytes[from] == '#') {
        return;
    }
    if (bytes[from] == '[') {
        read_section(reader, from, to);
        return;
    }
    const char *equals = memchr(bytes + from, '=', to - from);
    if (equals) {
        read_key(reader, from, (size_t)(equals - bytes), to);
    } else {
        complain(reader, from, "", MESSAGE_ini_line, NULL, NULL);
    }
}

void scan_read(struct scan *scan, const char *bytes, size_t length, struct findings *findings)
{
    struct reader reader = {
        .scan = scan, .findings = findings, .at = bytes, .end = bytes + length, .line = 1};
    struct place top = {1, 1};
    if (length > SCAN_FILE_MOST) {
        findings_add(findings, top, "", "", "", MESSAGE_ini_huge, NULL, NULL, NULL, NULL);
        return;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        findings_add(findings, top, "", "", "", MESSAGE_ini_bom, NULL, NULL, NULL, NULL);
        reader.at += 3;
    }
    while (reader.at < reader.end && !scan->failed && !reader.said_many) {
        next_line(&reader);
        if (!scan->failed) {
            read_line(&reader);
        }
    }
    scan->failed = scan->failed || reader.joined.failed || arena_failed(scan->arena);
    text_free(&reader.joined);
    free(reader.pieces);
}
