/* draft_short.c: a thing on one line: name, title, then each key and its value, joined by commas.
 */
#include "core/draft_short.h"

#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct place place_at(const struct source_key *key, size_t offset)
{
    const struct spot *found = NULL;
    for (int32_t i = 0; i < key->spot_count && (size_t)key->spots[i].from <= offset; i++) {
        found = &key->spots[i];
    }
    struct place place = found ? found->place : key->key_place;
    if (found) {
        place.column += (int32_t)utf8_count(key->value + found->from, offset - (size_t)found->from);
    }
    return place;
}

static void push_spot(struct reading *reading, struct draft_key *key, int32_t from, size_t source)
{
    int32_t capacity = key->spot_count;
    if ((capacity & (capacity - 1)) == 0) { /* 0, 1, 2, 4 …: full */
        size_t room = capacity ? (size_t)capacity * 2 : 1;
        struct spot *spots = arena_array(reading->draft->arena, room, sizeof *spots);
        if (!spots) {
            return;
        }
        if (capacity) {
            memcpy(spots, key->spots, (size_t)capacity * sizeof *spots);
        }
        key->spots = spots;
    }
    struct spot *spots = (struct spot *)key->spots;
    spots[key->spot_count++] = (struct spot){from, place_at(reading->key, source), NULL};
}

static bool spot_begins(const struct source_key *key, size_t offset)
{
    for (int32_t i = 0; i < key->spot_count; i++) {
        if ((size_t)key->spots[i].from == offset) {
            return true;
        }
    }
    return false;
}

void draft_copy(struct reading *reading, size_t from, size_t to, struct draft_key *key, bool after)
{
    const char *value = reading->key->value;
    struct text out = {0};
    while (from < to && blank(value[from])) {
        from++;
    }
    while (to > from && blank(value[to - 1])) {
        to--;
    }
    if (after) {
        text_addf(&out, "%s, ", key->text);
    }
    size_t last = (size_t)-1; /* the source offset of the byte written last */
    for (size_t at = from; at < to; at++) {
        if (blank(value[at]) && at > from && blank(value[at - 1])) {
            continue;
        }
        if (at != last + 1 || at == from || spot_begins(reading->key, at)) {
            push_spot(reading, key, (int32_t)out.length, at);
        }
        text_add_n(&out, blank(value[at]) ? " " : value + at, 1);
        last = at;
    }
    if (from == to) {
        push_spot(reading, key, (int32_t)out.length, from);
    }
    key->text = arena_keep(reading->draft->arena, &out);
}

void draft_put(struct reading *reading, struct making *making, const struct draft_key *key)
{
    if (draft_key(&making->thing, key->key)) {
        findings_add(reading->findings, key->place, making->thing.path, key->key, "",
                     MESSAGE_draft_key_twice, NULL, NULL, NULL, NULL);
        return;
    }
    if (making->thing.kind == KIND_OPTION || strcmp(key->text, "nothing") != 0) {
        making_add(reading->draft, making, key);
    }
}

static const char *nearest_key(enum kind kind, const char *key, size_t length)
{
    size_t count;
    const struct key_info *keys = language_keys(&count);
    struct near_word near_word = near_begin(key, length);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].kind == kind) {
            near_offer(&near_word, keys[i].key);
        }
    }
    return near_word.best;
}

void draft_unknown_key(struct reading *reading, const struct making *making, const char *key,
                       size_t length, struct place place)
{
    const char *kept = arena_text(reading->draft->arena, key, length);
    const char *nearest = nearest_key(making->thing.kind, kept, length);
    findings_add(reading->findings, place, making->thing.path, "", "",
                 nearest ? MESSAGE_draft_key_near : MESSAGE_draft_key_unknown, kept,
                 language_kind(making->thing.kind)->name, nearest, NULL);
}

/* Keys whose values hold no comma outside brackets: what follows one belongs to something else. */
static bool single_valued(enum shape shape)
{
    switch (shape) {
    case SHAPE_FLAG:
    case SHAPE_NUMBER:
    case SHAPE_DATE:
    case SHAPE_NAME:
    case SHAPE_PERIOD:
    case SHAPE_TIME:
    case SHAPE_WORDS:
    case SHAPE_ROLE:
    case SHAPE_CONDITION:
    case SHAPE_EXPRESSION:
    case SHAPE_LIMIT:
    case SHAPE_STATE:
    case SHAPE_EVENT:
    case SHAPE_WHO:
    case SHAPE_PROCEDURE:
    case SHAPE_EACH:
    case SHAPE_DUE:
    case SHAPE_FOR:
    case SHAPE_OPTION:
    case SHAPE_PART:
    case SHAPE_STAGE:
    case SHAPE_MEASURE:
    case SHAPE_RANGE:
    case SHAPE_POINTS:
        return true;
    default:
        return false;
    }
}

/* The end of the piece that begins at FROM: a comma outside ( ). */
static size_t piece_end(const char *value, size_t from, size_t length)
{
    int depth = 0;
    size_t at = from;
    for (; at < length && (depth > 0 || value[at] != ','); at++) {
        depth += value[at] == '(';
        depth -= value[at] == ')' && depth > 0;
    }
    return at;
}

static size_t word_end(const char *value, size_t from, size_t to)
{
    while (from < to && !blank(value[from])) {
        from++;
    }
    return from;
}

/* Is the word the path of a key, as in an option: KIND.…? */
static bool is_path(const char *word, size_t length)
{
    const char *dot = memchr(word, '.', length);
    return dot && language_kind_of(word, (size_t)(dot - word)) != KIND_COUNT;
}

struct line {
    struct reading *reading;
    struct making *making;
    struct draft_key key; /* being put together; key.key NULL: none yet */
};

static void flush(struct line *line)
{
    if (line->key.key) {
        draft_put(line->reading, line->making, &line->key);
    }
    line->key = (struct draft_key){0};
}

static bool begins_key(const struct line *line, const char *word, size_t length)
{
    enum kind kind = line->making->thing.kind;
    return kind == KIND_OPTION
               ? is_path(word, length) || (length == 2 && memcmp(word, "en", 2) == 0)
               : language_key(kind, word, length) != NULL;
}

static void begin_key(struct line *line, size_t from, size_t word, size_t to)
{
    const char *value = line->reading->key->value;
    flush(line);
    line->key.key = arena_text(line->reading->draft->arena, value + from, word - from);
    line->key.place = place_at(line->reading->key, from);
    draft_copy(line->reading, word, to, &line->key, false);
    if (line->key.text[0] == '\0') {
        line->key.text = "yes";
    }
}

static void go_on(struct line *line, size_t from, size_t word, size_t to)
{
    struct reading *reading = line->reading;
    const char *value = reading->key->value;
    enum kind kind = line->making->thing.kind;
    const struct key_info *info =
        line->key.key ? language_key(kind, line->key.key, strlen(line->key.key)) : NULL;
    bool title = line->key.key && strcmp(line->key.key, "title") == 0;
    if (kind != KIND_OPTION && (title || (info && single_valued(info->shape)))) {
        const char *kept = arena_text(reading->draft->arena, value + from, word - from);
        const char *nearest = nearest_key(kind, kept, word - from);
        findings_add(reading->findings, place_at(reading->key, from), line->making->thing.path,
                     line->key.key, "", nearest ? MESSAGE_draft_piece_near : MESSAGE_draft_piece,
                     kept, language_kind(kind)->name, line->key.key, nearest);
        return;
    }
    draft_copy(reading, from, to, &line->key, true);
}

void draft_short_line(struct reading *reading, struct making *making)
{
    const char *value = reading->key->value;
    size_t length = strlen(value);
    struct line line = {.reading = reading, .making = making};
    for (size_t at = 0, number = 0; at <= length; number++) {
        size_t from = at, to = piece_end(value, at, length);
        at = to + 1;
        while (from < to && blank(value[from])) {
            from++;
        }
        size_t word = word_end(value, from, to);
        if (number == 0) {
            line.key.key = "title";
            line.key.place = place_at(reading->key, from);
            draft_copy(reading, from, to, &line.key, false);
        } else if (from == to) {
            findings_add(reading->findings, place_at(reading->key, from), making->thing.path,
                         line.key.key ? line.key.key : "", "", MESSAGE_draft_empty_piece, NULL,
                         NULL, NULL, NULL);
        } else if (begins_key(&line, value + from, word - from)) {
            begin_key(&line, from, word, to);
        } else {
            go_on(&line, from, word, to);
        }
    }
    flush(&line);
}
