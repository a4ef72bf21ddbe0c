/* face_cell.c: single values of a reply in words. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/command/rehearse.h"
#include "tui/phrase.h"
#include "tui/text.h"

/* ---- languages ---- */

void face_both(const struct face *face, struct text *out, const char *text)
{
    phrase_both(out, text, face->english);
}

void face_sentence(const struct face *face, struct text *out, const char *sentence,
                   const char *const arg[4])
{
    phrase_said(out, sentence, arg, face->english);
}

void face_article(const struct face *face, struct text *out, const char *cites)
{
    phrase_article(out, cites, &face->reply, face->english);
}

void face_labels(const struct face *face, struct text *out, const char *labels)
{
    const char *at = labels ? labels : "";
    for (bool first = true; *at; first = false) {
        size_t line = strcspn(at, "\n"), name = strcspn(at, "=\n");
        struct text label = {0};
        text_add_n(out, first ? "" : " · ", first ? 0 : strlen(" · "));
        if (name < line) {
            struct text both = {0};
            text_add_n(&both, at + name + 1, line - name - 1);
            face_both(face, &label, text_bytes(&both));
            text_free(&both);
            text_add_n(out, at, name);
            bool same = label.length == name && memcmp(label.bytes, at, name) == 0;
            text_addf(out, "%s%s", same ? "" : "=", same ? "" : text_bytes(&label));
        } else {
            text_add_n(&label, at, line);
            face_both(face, out, text_bytes(&label));
        }
        text_free(&label);
        at += line + (at[line] == '\n');
    }
}

/* ---- cells ---- */

const char *face_card(const char *name)
{
    for (int card = CARD_BLUE; name && card <= CARD_DOUBLE; card++) {
        if (strcmp(card_name((enum card)card), name) == 0) {
            return card_word((enum card)card);
        }
    }
    return "";
}

/* A day; with its time to the minute, where that is not midnight. */
static void add_moment(struct text *out, const char *cell)
{
    enum { DAY_LENGTH = 10, TO_THE_MINUTE = 16 };
    size_t length = strlen(cell);
    bool midnight = length >= TO_THE_MINUTE && memcmp(cell + DAY_LENGTH + 1, "00:00", 5) == 0;
    text_add_n(out, cell, midnight ? DAY_LENGTH : length > TO_THE_MINUTE ? TO_THE_MINUTE : length);
}

/* On one line: ends of lines become "; ". */
static void add_line(struct text *out, const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n') {
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '\n') {
            text_add(out, "; ");
        } else if (byte >= 0x20 && byte != 0x7f) {
            text_add_n(out, text + i, 1);
        }
    }
}

void face_cell(const struct face *face, struct text *out, enum cell_kind kind, const char *cell)
{
    struct text text = {0};
    if (!cell) {
        return;
    }
    switch (kind) {
    case CELL_DAY:
    case CELL_MOMENT:
        add_moment(out, cell);
        break;
    case CELL_CARD:
        text_add(out, face_card(cell));
        break;
    case CELL_YESNO:
        text_add(out, strcmp(cell, "yes") == 0 ? _("yes") : "");
        break;
    case CELL_TEXT:
    case CELL_NAME:
    case CELL_NUMBER:
    case CELL_MONEY:
        face_both(face, &text, cell);
        add_line(out, text_bytes(&text));
        break;
    }
    text_free(&text);
}

/* ---- sentences of a row ---- */

bool face_is_parted(const struct table *table, int32_t column)
{
    const char *name = table->columns[column].name;
    bool has = strcmp(table->name, "problems") == 0 || strcmp(table->name, "runs") == 0;
    return has && (strcmp(name, "what") == 0 || strcmp(name, "right") == 0);
}

bool face_is_again(const struct table *table, int32_t column)
{
    return strcmp(table->name, "runs") == 0 && strcmp(table->columns[column].name, "again") == 0;
}

bool face_is_changes(const struct table *table, int32_t column)
{
    bool has = strcmp(table->name, "differences") == 0 || strcmp(table->name, "changes") == 0;
    return has && strcmp(table->columns[column].name, "changes") == 0;
}

void face_parted(const struct face *face, struct text *out, const char *cell)
{
    phrase_parted(out, cell, face->english);
}

bool face_is_sentence(const struct table *table, int32_t column)
{
    const char *name = table->columns[column].name;
    bool named = strcmp(name, "sentence") == 0 || strcmp(name, "what") == 0;
    for (int32_t i = 0; named && i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, "a") == 0) {
            return true;
        }
    }
    return false;
}

void face_row_sentence(const struct face *face, struct text *out, const struct table *table,
                       size_t row, int32_t column)
{
    const char *sentence = table_at(table, row, column);
    const char *const arg[4] = {table_cell(table, row, "a"), table_cell(table, row, "b"),
                                table_cell(table, row, "c"), table_cell(table, row, "d")};
    if (sentence) {
        face_sentence(face, out, sentence, arg);
    }
}
