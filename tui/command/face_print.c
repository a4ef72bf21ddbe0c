/* face_print.c: a whole reply for a person; what stands below an error. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/command/rehearse.h"
#include "tui/text.h"
#include "tui/width.h"

void face_put(struct face *face, struct text *text)
{
    if (text->failed) {
        face_wrong(face, STATUS_ENVIRONMENT, N_("memory is short"), NULL);
    }
    for (size_t i = 0; i < text->length; i++) { /* what moves a cursor is no text */
        unsigned char byte = (unsigned char)text->bytes[i];
        bool control = (byte < 0x20 && byte != '\n') || byte == 0x7f;
        text->bytes[i] = control ? '?' : text->bytes[i];
    }
    fputs(text_bytes(text), face->invocation->out);
    text_clear(text);
}

/* ---- values ---- */

static const struct word {
    const char *name, *word;
} values[] = {
    {"login", N_("login")},
    {"name", N_("name")},
    {"org_name", N_("organisation")},
    {"policy", N_("policy")},
    {"version", N_("version")},
    {"workspace", N_("workspace")},
    {"now", N_("now")},
    {"case", N_("case")},
    {"procedure", N_("procedure")},
    {"title", N_("title")},
    {"state", N_("state")},
    {"with", N_("with")},
    {"number", N_("number")},
    {"day", N_("day")},
    {"code", N_("code")},
    {"org", N_("organisation")},
    {"county", N_("county")},
    {"vendor", N_("vendor")},
    {"owner", N_("owner")},
    {"system", N_("system")},
    {"opened", N_("opened on")},
    {"changed", N_("last changed")},
    {"effective", N_("in force from")},
    {"latest", N_("latest day")},
    {"latest_clock", N_("because of the clock")},
    {"total", N_("in all")},
    {"acts", N_("acts")},
    {"cases", N_("cases")},
    {"fired", N_("done by the desk")},
    {"made", N_("opened by the desk")},
    {"taken", N_("taken over")},
    {"rows", N_("rows")},
    {"digest", N_("digest")},
    {"size", N_("bytes")},
    {"open", N_("open")},
    {"late", N_("late")},
    {"today", N_("due today")},
    {"soon", N_("due soon")},
    {"held", N_("standing still")},
    {"unclocked", N_("without a clock")},
    {"next_workday", N_("next working day")},
    {"gaps", N_("missing")},
    {"given", N_("handed over")},
    {"left", N_("left with whom they are")},
    {"bad", N_("lines that are wrong")},
    {"became", N_("became")},
    {"things", N_("entries moved")},
    {"parent_name", N_("belongs to")},
    {"rev", N_("revision")},
    {"since", N_("from")},
    {"until", N_("until")},
};

static const char *word_of(const struct word *words, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].name, name) == 0) {
            return words[i].word;
        }
    }
    return NULL;
}

/* A word of its own; NULL: for programs alone. */
static const char *word_of_value(const char *name)
{
    const char *word = word_of(values, sizeof values / sizeof *values, name);
    return word ? _(word) : NULL;
}

static void add_titled(const struct face *face, struct text *out, const struct pair *pair)
{
    struct text name = {0}, title = {0};
    text_addf(&name, "%s_title", pair->name);
    face_both(face, &title, parcel_get(&face->reply, text_bytes(&name)));
    if (title.length) {
        text_add(out, text_bytes(&title));
    }
    if (!title.length || !same_as_name(text_bytes(&title), pair->value)) {
        text_add(out, title.length ? " " : "");
        face_cell(face, out, CELL_TEXT, pair->value);
    }
    text_free(&name);
    text_free(&title);
}

/* That the desk did nothing is nothing to say. */
static bool is_deed_of_desk(const char *name)
{
    return strcmp(name, "fired") == 0 || strcmp(name, "made") == 0;
}

/* Values with a word of their own, one a line; others are for programs. */
void face_print_values(struct face *face)
{
    struct text out = {0}, value = {0};
    int width = 0;
    for (size_t i = 0; i < face->reply.pair_count; i++) {
        const char *word = word_of_value(face->reply.pairs[i].name);
        int columns = word ? width_of(word) : 0;
        width = columns > width ? columns : width;
    }
    for (size_t i = 0; i < face->reply.pair_count; i++) {
        const struct pair *pair = &face->reply.pairs[i];
        const char *word = word_of_value(pair->name);
        bool idle = is_deed_of_desk(pair->name) && strcmp(pair->value, "0") == 0;
        if (!word || !*pair->value || idle) {
            continue;
        }
        width_pad(&out, word, width + 2);
        add_titled(face, &value, pair);
        width_wrap(&out, text_bytes(&value), width + 2, width + 2,
                   face->columns ? face->columns : 1 << 20);
        text_add(&out, "\n");
        text_clear(&value);
    }
    face_put(face, &out);
    text_free(&out);
    text_free(&value);
}

/* ---- tables ---- */

static const struct word headings[] = {
    {"roles", N_("roles")},
    {"mine", N_("roles")},
    {"absent", N_("stands in for")},
    {"capacities", N_("as what it may be done")},
    {"cases", N_("cases")},
    {"clocks", N_("clocks")},
    {"fired", N_("done by the desk")},
    {"opened", N_("opened with it")},
    {"entries", N_("entries")},
    {"items", N_("resource list")},
    {"acts", N_("acts")},
    {"documents", N_("documents")},
    {"links", N_("other cases of it")},
    {"parties", N_("parties")},
    {"offers", N_("what can be done")},
    {"fields", N_("what is to be entered")},
    {"stages", N_("stages")},
    {"readings", N_("how else it can be read")},
    {"moves", N_("clocks that move")},
    {"problems", N_("what is wrong")},
    {"wrong", N_("what is wrong")},
    {"policies", N_("policies")},
    {"questions", N_("open questions")},
    {"notices", N_("notices")},
    {"days", N_("days")},
    {"numbers", N_("register")},
    {"things", N_("entries of the register")},
    {"history", N_("history")},
    {"log", N_("log")},
    {"cards", N_("cards")},
    {"heat", N_("due day by day")},
    {"handlers", N_("handlers")},
    {"states", N_("states")},
    {"letters", N_("letters")},
    {"urgent", N_("most urgent")},
    {"columns", N_("columns")},
    {"facts", N_("what is on record")},
};

void face_print_table(struct face *face, const char *name)
{
    const struct table *table = parcel_find(&face->reply, name);
    const char *heading = word_of(headings, sizeof headings / sizeof *headings, name);
    if (table && table_rows(table) > 0) {
        face_table(face, table, heading ? _(heading) : NULL);
    }
}

void face_print(struct face *face)
{
    const struct parcel *reply = &face->reply;
    bool one = reply->table_count == 1;
    face_print_values(face);
    for (size_t i = 0; i < reply->table_count; i++) {
        const struct table *table = reply->tables[i];
        const char *heading = word_of(headings, sizeof headings / sizeof *headings, table->name);
        if (strcmp(table->name, "clocks") == 0) {
            face_clocks(face, table);
        } else if (strcmp(table->name, "steps") != 0 && strcmp(table->name, "laws") != 0) {
            bool bare = one && reply->pair_count == 0;
            face_table(face, table, bare || !heading ? NULL : _(heading));
        }
    }
}

/* ---- below an error ---- */

static void print_below(FILE *out, const char *mark, const char *text)
{
    enum { COLUMNS = 80, INDENT = 4 };
    struct text line = {0};
    text_addf(&line, "  %s ", mark);
    width_wrap(&line, text, INDENT, INDENT, COLUMNS);
    fprintf(out, "%s\n", text_bytes(&line));
    text_free(&line);
}

/* What the sentence is about: field and line of the list. */
static void add_about(struct face *face, struct text *out, const struct table *table, size_t row,
                      const char *sentence)
{
    const char *title = table_cell(table, row, "title"), *line = table_cell(table, row, "line");
    bool goes_on = face->english && sentence[0] >= 'a' && sentence[0] <= 'z';
    face_both(face, out, title);
    if (line) {
        text_addf(out, "%s%s", title ? " " : "", line);
    }
    if (title || line) {
        text_add(out, goes_on ? " " : _(": "));
    }
}

static void print_reason(struct face *face, FILE *out, const struct table *table, size_t row,
                         int32_t column)
{
    struct text line = {0}, sentence = {0};
    const char *article = table_cell(table, row, "article");
    face_row_sentence(face, &sentence, table, row, column);
    add_about(face, &line, table, row, text_bytes(&sentence));
    text_add(&line, text_bytes(&sentence));
    if (article && *article) {
        text_add(&line, face->english ? " (" : "（");
        face_article(face, &line, article);
        text_add(&line, face->english ? ")" : "）");
    }
    print_below(out, "✗", text_bytes(&line));
    text_free(&line);
    text_free(&sentence);
}

static void print_since(struct face *face, FILE *out, const struct table *table, size_t row)
{
    struct text line = {0};
    const char *who = table_cell(table, row, "who");
    text_addf(&line, "%s ", table_cell(table, row, "n"));
    face_cell(face, &line, CELL_MOMENT, table_cell(table, row, "effective"));
    text_add(&line, " ");
    face_both(face, &line, table_cell(table, row, "title"));
    text_addf(&line, "%s%s", who ? "  " : "", who ? who : "");
    print_below(out, "→", text_bytes(&line));
    text_free(&line);
}

void face_below(struct face *face, FILE *out)
{
    const struct table *table = parcel_find(&face->reply, "reasons");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        for (int32_t i = 0; i < table->column_count; i++) {
            if (strcmp(table->columns[i].name, "sentence") == 0) {
                print_reason(face, out, table, row, i);
            }
        }
    }
    table = parcel_find(&face->reply, "since");
    for (size_t row = 0; table && row < table_rows(table); row++) {
        print_since(face, out, table, row);
    }
    static const char *const others[] = {"problems", "wrong"};
    for (size_t i = 0; i < 2 && face->invocation->format == FORMAT_TABLE; i++) {
        face_print_table(face, others[i]);
    }
}
