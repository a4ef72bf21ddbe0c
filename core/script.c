/* script.c: the language in which acts are written down. */
#include "core/script.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/script_words.h"

struct script {
    struct arena *arena;
    struct script_line *lines;
    size_t count, capacity;
};

struct parse {
    struct script *script;
    struct findings *findings;
    struct script_word *words; /* of the line at hand */
    size_t word_count, next;
    struct script_line line;
    struct script_entry *entries;
    int32_t entry_capacity;
    bool acted;  /* an act was read: no more answers */
    bool failed; /* memory was short */
    size_t wrong;
};

/* What a name=value of a line may be beside an entry. */
enum clause {
    CLAUSE_BY,
    CLAUSE_CASE,
    CLAUSE_RECORDED,
    CLAUSE_OWNER,
    CLAUSE_PAYER,
    CLAUSE_DUE,
    CLAUSE_REASON,
    CLAUSE_ON,
    CLAUSE_COUNT
};
static const char *const clause_names[CLAUSE_COUNT] = {
    [CLAUSE_BY] = "by",         [CLAUSE_CASE] = "case",   [CLAUSE_RECORDED] = "recorded",
    [CLAUSE_OWNER] = "owner",   [CLAUSE_PAYER] = "payer", [CLAUSE_DUE] = "due",
    [CLAUSE_REASON] = "reason", [CLAUSE_ON] = "on",
};

/* ---- small things ---- */

static bool say(struct parse *parse, struct place place, enum message_id id, const char *a,
                const char *b)
{
    script_say(parse->findings, place, id, a, b);
    return false;
}

static const struct script_word *peek(const struct parse *parse)
{
    return parse->next < parse->word_count ? &parse->words[parse->next] : NULL;
}

/* Where a word should stand that is not there: behind the last one. */
static struct place behind(const struct parse *parse)
{
    if (parse->next == 0) {
        return parse->line.place;
    }
    const struct script_word *last = &parse->words[parse->next - 1];
    struct place place = last->place;
    place.column += (int32_t)utf8_count(last->text, last->length);
    return place;
}

static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool letter = text[i] >= 'a' && text[i] <= 'z';
        bool other = text[i] == '_' || (text[i] >= '0' && text[i] <= '9');
        if (!letter && (i == 0 || !other)) {
            return false;
        }
    }
    return length > 0;
}

static bool is_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return length > 0;
}

static const char *keep(struct parse *parse, const char *text, size_t length)
{
    return arena_text(parse->script->arena, text, length);
}

/* The place of byte OFFSET of WORD, as if nothing before it had been quoted. */
static struct place within(const struct script_word *word, size_t offset)
{
    struct place place = word->place;
    place.column += (int32_t)utf8_count(word->text, offset);
    return place;
}

/* "2019-09-27", "2019-09-27 18:30". */
static bool read_moment(struct parse *parse, const struct script_word *word, size_t from,
                        int64_t *moment, bool *timed)
{
    const char *text = word->text + from;
    size_t length = word->length - from;
    int32_t day, second = 0;
    size_t date = length < 10 ? length : 10;
    if (!day_parse(text, date, &day) || (length > date && text[date] != ' ' && text[date] != 'T')) {
        return say(parse, within(word, from), MESSAGE_script_day, text, NULL);
    }
    *timed = length > date;
    if (*timed &&
        (!clock_time_parse(text + date + 1, length - date - 1, &second) || second >= DAY_SECONDS)) {
        return say(parse, within(word, from), MESSAGE_script_time, text + date + 1, NULL);
    }
    *moment = moment_of(day, second);
    return true;
}

/* ---- entries ---- */

static bool add_entry(struct parse *parse, const char *name, const char *value, bool is_item,
                      struct place place)
{
    struct script_line *line = &parse->line;
    for (int32_t i = 0; i < line->entry_count; i++) {
        if (strcmp(parse->entries[i].name, name) == 0) {
            return say(parse, place, MESSAGE_script_twice, name, NULL);
        }
    }
    if (line->entry_count == parse->entry_capacity) {
        int32_t capacity = parse->entry_capacity ? parse->entry_capacity * 2 : 16;
        struct script_entry *grown = realloc(parse->entries, (size_t)capacity * sizeof *grown);
        if (!grown) {
            parse->failed = true;
            return false;
        }
        parse->entries = grown;
        parse->entry_capacity = capacity;
    }
    parse->entries[line->entry_count++] = (struct script_entry){name, value, is_item, place};
    return true;
}

/* One of the comma-separated parts behind the quantity: "column=value". */
static bool read_column(struct parse *parse, const char *code, const char *part, size_t length,
                        struct place place)
{
    const char *equals = memchr(part, '=', length);
    size_t name = equals ? (size_t)(equals - part) : 0;
    if (!equals || !is_name(part, name)) {
        return say(parse, place, MESSAGE_script_column, keep(parse, part, length), NULL);
    }
    struct text text = {0};
    text_addf(&text, "item.%s.", code);
    text_add_n(&text, part, name);
    const char *whole = keep(parse, text_bytes(&text), text.length);
    parse->failed |= text.failed;
    text_free(&text);
    return !parse->failed &&
           add_entry(parse, whole, keep(parse, equals + 1, length - name - 1), true, place);
}

/* "CODE:QUANTITY[,column=value ...]"; an empty quantity takes the line away. */
static bool read_item(struct parse *parse, const struct script_word *word)
{
    size_t from = word->equals + 1;
    const char *value = word->text + from, *end = word->text + word->length;
    const char *colon = memchr(value, ':', word->length - from);
    size_t code_length = colon ? (size_t)(colon - value) : 0;
    if (code_length == 0 || memchr(value, '=', code_length) || memchr(value, ',', code_length)) {
        return say(parse, within(word, from), MESSAGE_script_item, value, NULL);
    }
    const char *code = keep(parse, value, code_length);
    const char *at = colon + 1;
    bool first = true, fit = true;
    for (bool more = true; more && fit; first = false) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        size_t length = (size_t)(stop - at);
        struct place place = within(word, (size_t)(at - word->text));
        int64_t quantity;
        if (!first) {
            fit = read_column(parse, code, at, length, place);
        } else if (length > 0 && (!decimal_parse(at, length, &quantity) || quantity < 0)) {
            fit = say(parse, place, MESSAGE_script_quantity, keep(parse, at, length), NULL);
        } else {
            struct text text = {0};
            text_addf(&text, "item.%s.quantity", code);
            const char *name = keep(parse, text_bytes(&text), text.length);
            parse->failed |= text.failed;
            text_free(&text);
            fit = !parse->failed &&
                  add_entry(parse, name, keep(parse, at, length), true, word->place);
        }
        more = comma != NULL;
        at = stop + 1;
    }
    return fit;
}

/* ---- what a line says beside its entries ---- */

static bool read_role(struct parse *parse, const struct script_word *word, const char **role,
                      struct place *place)
{
    size_t from = word->equals + 1;
    *place = within(word, from);
    *role = keep(parse, word->text + from, word->length - from);
    return is_name(*role, strlen(*role)) || say(parse, *place, MESSAGE_script_role, *role, NULL);
}

static bool read_by(struct parse *parse, const struct script_word *word)
{
    size_t from = word->equals + 1;
    const char *value = word->text + from;
    size_t length = word->length - from;
    const char *slash = memchr(value, '/', length);
    size_t role = slash ? (size_t)(slash - value) : length;
    parse->line.role_place = within(word, from);
    if (!is_name(value, role) || (slash && role + 1 == length)) {
        return say(parse, parse->line.role_place, MESSAGE_script_by, value, NULL);
    }
    parse->line.role = keep(parse, value, role);
    parse->line.person = slash ? keep(parse, slash + 1, length - role - 1) : NULL;
    return true;
}

static bool read_clause(struct parse *parse, const struct script_word *word, enum clause clause)
{
    struct script_line *line = &parse->line;
    const char *value = word->text + word->equals + 1;
    size_t length = word->length - word->equals - 1;
    int64_t moment;
    bool timed;
    switch (clause) {
    case CLAUSE_BY:
        return read_by(parse, word);
    case CLAUSE_CASE:
        line->case_name = keep(parse, value, length);
        return length > 0 || say(parse, word->place, MESSAGE_script_case, NULL, NULL);
    case CLAUSE_RECORDED:
        return read_moment(parse, word, word->equals + 1, &line->recorded, &line->recorded_timed);
    case CLAUSE_OWNER:
        return read_role(parse, word, &line->owner, &line->owner_place);
    case CLAUSE_PAYER:
        return read_role(parse, word, &line->payer, &line->payer_place);
    case CLAUSE_DUE:
        line->due = keep(parse, value, length);
        return read_moment(parse, word, word->equals + 1, &moment, &timed);
    case CLAUSE_REASON:
        line->reason = keep(parse, value, length);
        return true;
    case CLAUSE_ON:
        return read_moment(parse, word, word->equals + 1, &line->on, &line->on_timed);
    case CLAUSE_COUNT:
        break;
    }
    return false;
}

static enum clause clause_of(const struct parse *parse, const struct script_word *word)
{
    for (int clause = 0; clause < CLAUSE_COUNT; clause++) {
        const char *name = clause_names[clause];
        bool here = clause != CLAUSE_ON || parse->line.kind == SCRIPT_CORRECT;
        if (here && strlen(name) == word->equals && memcmp(name, word->text, word->equals) == 0) {
            return (enum clause)clause;
        }
    }
    return CLAUSE_COUNT;
}

/* The name=value words behind what is done. */
static bool read_entries(struct parse *parse)
{
    bool seen[CLAUSE_COUNT] = {false};
    for (const struct script_word *word; (word = peek(parse)) != NULL; parse->next++) {
        if (word->equals == 0 || word->equals == word->length) {
            return say(parse, word->place, MESSAGE_script_entry, word->text, NULL);
        }
        const char *name = keep(parse, word->text, word->equals);
        enum clause clause = clause_of(parse, word);
        bool fit;
        if (clause < CLAUSE_COUNT) {
            fit = seen[clause] ? say(parse, word->place, MESSAGE_script_twice, name, NULL)
                               : read_clause(parse, word, clause);
            seen[clause] = true;
        } else if (strcmp(name, "item") == 0) {
            fit = read_item(parse, word);
        } else {
            size_t length = word->length - word->equals - 1;
            const char *value = keep(parse, word->text + word->equals + 1, length);
            fit = add_entry(parse, name, value, false, word->place);
        }
        if (!fit) {
            return false;
        }
    }
    return true;
}

/* ---- lines ---- */

static bool read_name(struct parse *parse, enum message_id missing, const char **name,
                      struct place *place)
{
    const struct script_word *word = peek(parse);
    *place = word ? word->place : behind(parse);
    if (!word) {
        return say(parse, *place, missing, NULL, NULL);
    }
    if (!is_name(word->text, word->length)) {
        return say(parse, *place, MESSAGE_script_name, word->text, NULL);
    }
    *name = keep(parse, word->text, word->length);
    parse->next++;
    return true;
}

static bool read_answer(struct parse *parse)
{
    struct script_line *line = &parse->line;
    line->kind = SCRIPT_ANSWER;
    parse->next++;
    if (parse->acted) {
        return say(parse, line->place, MESSAGE_script_answer_late, NULL, NULL);
    }
    if (!read_name(parse, MESSAGE_script_answer, &line->name, &line->name_place) ||
        !read_name(parse, MESSAGE_script_answer, &line->option, &line->option_place)) {
        return false;
    }
    const struct script_word *more = peek(parse);
    return !more || say(parse, more->place, MESSAGE_script_answer, NULL, NULL);
}

static bool read_date(struct parse *parse)
{
    struct script_line *line = &parse->line;
    const struct script_word *word = peek(parse);
    if (word->length == 0 || word->text[0] < '0' || word->text[0] > '9') {
        return say(parse, word->place, MESSAGE_script_start, word->text, NULL);
    }
    if (!read_moment(parse, word, 0, &line->moment, &line->timed)) {
        return false;
    }
    parse->next++;
    word = peek(parse);
    if (word && !line->timed && memchr(word->text, ':', word->equals) && is_digits(word->text, 1)) {
        int32_t second;
        if (!clock_time_parse(word->text, word->length, &second) || second >= DAY_SECONDS) {
            return say(parse, word->place, MESSAGE_script_time, word->text, NULL);
        }
        line->moment += second;
        line->timed = true;
        parse->next++;
    }
    return true;
}

static bool word_is(const struct script_word *word, const char *text)
{
    return strcmp(word->text, text) == 0;
}

/* "correct 3", "annul 3"; without a number an event may bear that name. */
static bool read_act_number(struct parse *parse, const struct script_word *word)
{
    int64_t number;
    bool fit = is_digits(word->text, word->length) && word->length <= 9 &&
               decimal_parse(word->text, word->length, &number) && number >= MICRO;
    if (!fit) {
        return say(parse, word->place, MESSAGE_script_act_number, word->text, NULL);
    }
    parse->line.act = (int32_t)(number / MICRO);
    parse->next++;
    return true;
}

/* "explain review": what is done about a clock's card; without a clock an event may bear that name.
 */
static bool is_remedy(const struct script_word *word, const struct script_word *clock)
{
    bool named = word_is(word, "explain") || word_is(word, "waive") || word_is(word, "take_back");
    return named && clock && clock->equals == clock->length;
}

/* What is done: open PROCEDURE, correct N, annul N, explain CLOCK …, ? or an event. */
static bool read_deed(struct parse *parse)
{
    struct script_line *line = &parse->line;
    const struct script_word *word = peek(parse);
    if (!word) {
        return say(parse, behind(parse), MESSAGE_script_deed, NULL, NULL);
    }
    if (word_is(word, "?")) {
        line->kind = SCRIPT_LOOK;
        line->name = "?";
        line->name_place = word->place;
        parse->next++;
        return true;
    }
    if (word_is(word, "open")) {
        line->kind = SCRIPT_OPEN;
        parse->next++;
        return read_name(parse, MESSAGE_script_open, &line->name, &line->name_place);
    }
    if (!read_name(parse, MESSAGE_script_deed, &line->name, &line->name_place)) {
        return false;
    }
    line->kind = SCRIPT_EVENT;
    bool correct = word_is(word, "correct"), annul = word_is(word, "annul");
    const struct script_word *number = peek(parse);
    if ((correct || annul) && number && number->equals == number->length) {
        line->kind = correct ? SCRIPT_CORRECT : SCRIPT_ANNUL;
        return read_act_number(parse, number);
    }
    if (is_remedy(word, number)) {
        line->kind = SCRIPT_REMEDY;
        return read_name(parse, MESSAGE_script_deed, &line->option, &line->option_place);
    }
    return true;
}

static bool read_line(struct parse *parse)
{
    if (word_is(peek(parse), "answer")) {
        return read_answer(parse);
    }
    parse->acted = true;
    return read_date(parse) && read_deed(parse) && read_entries(parse);
}

static bool keep_line(struct parse *parse)
{
    struct script *script = parse->script;
    struct script_line *line = &parse->line;
    if (script->count == script->capacity) {
        size_t capacity = script->capacity ? script->capacity * 2 : 64;
        struct script_line *grown = realloc(script->lines, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        script->lines = grown;
        script->capacity = capacity;
    }
    size_t count = (size_t)line->entry_count;
    if (count > 0) {
        struct script_entry *entries = arena_array(script->arena, count, sizeof *entries);
        if (!entries) {
            return false;
        }
        memcpy(entries, parse->entries, count * sizeof *entries);
        line->entries = entries;
    }
    script->lines[script->count++] = *line;
    return true;
}

/* False only without memory. */
static bool parse_line(struct parse *parse, const char *text, size_t length, int32_t number)
{
    parse->line =
        (struct script_line){.moment = MOMENT_NONE, .recorded = MOMENT_NONE, .on = MOMENT_NONE};
    parse->next = 0;
    bool fit = script_split(text, length, number, parse->script->arena, parse->findings,
                            parse->words, &parse->word_count);
    if (fit && parse->word_count == 0) {
        return true;
    }
    parse->line.place = parse->word_count > 0 ? parse->words[0].place : (struct place){number, 1};
    fit = fit && read_line(parse);
    if (fit) {
        return keep_line(parse);
    }
    parse->wrong++;
    return !parse->failed && !arena_failed(parse->script->arena);
}

static bool parse_all(struct parse *parse, const char *text, size_t length)
{
    static const char bom[] = "\xef\xbb\xbf";
    const char *at = text, *end = text + length;
    int32_t number = 1;
    if (length >= 3 && memcmp(text, bom, 3) == 0) {
        script_say(parse->findings, (struct place){1, 1}, MESSAGE_script_bom, NULL, NULL);
        at += 3;
    }
    for (; at < end && number < INT32_MAX; number++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        size_t whole = (size_t)(stop - at);
        bool carriage = whole > 0 && stop[-1] == '\r';
        if (!parse_line(parse, at, carriage ? whole - 1 : whole, number)) {
            return false;
        }
        if (parse->wrong >= SCRIPT_FINDINGS_MOST) {
            script_say(parse->findings, (struct place){number, 1}, MESSAGE_script_wrong_many, "100",
                       NULL);
            return true;
        }
        at = feed ? stop + 1 : end;
    }
    return true;
}

struct script *script_parse(const char *text, size_t length, struct findings *findings)
{
    struct script *script = calloc(1, sizeof *script);
    if (!script) {
        return NULL;
    }
    struct parse parse = {.script = script, .findings = findings};
    script->arena = arena_new();
    parse.words = calloc(SCRIPT_WORDS_MOST, sizeof *parse.words);
    bool fit = script->arena && parse.words && (length == 0 || parse_all(&parse, text, length)) &&
               !arena_failed(script->arena);
    free(parse.words);
    free(parse.entries);
    if (!fit) {
        script_free(script);
        return NULL;
    }
    findings_sort(findings);
    return script;
}

void script_free(struct script *script)
{
    if (script) {
        arena_free(script->arena);
        free(script->lines);
        free(script);
    }
}

size_t script_count(const struct script *script)
{
    return script->count;
}

const struct script_line *script_at(const struct script *script, size_t index)
{
    return &script->lines[index];
}
