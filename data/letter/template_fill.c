/* template_fill.c: a template with its values, as plain text or as a page to print. */
#include <string.h>

#include "core/day.h"
#include "data/letter/template.h"

#define BLANK "＿＿＿＿" /* to be filled in by hand */
#define INDENT "　　"

/* Measures of GB/T 9704: margins of A4, 16 pt at 28 pt, the seal over the signature. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>";
static const char style[] =
    "</title>\n<style>\n"
    "@page { size: A4; margin: 37mm 26mm 35mm 28mm; }\n"
    "body { font: 16pt/28pt 仿宋_GB2312, 仿宋, FangSong, STFangsong, \"Noto Serif CJK SC\", serif;"
    " color: #000; background: #fff; margin: 0; }\n"
    "h1 { font: 22pt/34pt 方正小标宋简体, 小标宋, 宋体, SimSun, STSong, \"Noto Serif CJK SC\","
    " serif; text-align: center; margin: 0 0 12pt; }\n"
    "h2 { font: 16pt/28pt 黑体, SimHei, STHeiti, \"Noto Sans CJK SC\", sans-serif;"
    " text-indent: 2em; margin: 0; break-after: avoid; }\n"
    "p { margin: 0; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }\n"
    "p.flush { text-indent: 0; }\n"
    "p.centre { text-indent: 0; text-align: center; margin-bottom: 14pt; }\n"
    "table { width: 100%; border-collapse: collapse; margin: 8pt 0; font-size: 12pt;"
    " line-height: 18pt; }\n"
    "th, td { border: 0.5pt solid #000; padding: 2pt 4pt; text-align: center; }\n"
    "th { font-family: 黑体, SimHei, STHeiti, \"Noto Sans CJK SC\", sans-serif;"
    " font-weight: normal; }\n"
    "thead { display: table-header-group; }\ntr { break-inside: avoid; }\n"
    ".sign { width: fit-content; min-width: 42mm; min-height: 42mm; margin: 14pt 4em 0 auto;"
    " padding-top: 14mm; box-sizing: border-box; break-inside: avoid; }\n"
    ".sign p { text-indent: 0; text-align: center; }\n"
    "@media screen { body { max-width: 156mm; margin: 20mm auto; } }\n"
    "</style>\n</head>\n<body>\n";
static const char foot[] = "</body>\n</html>\n";

struct scope {
    const char *list;
    size_t row;
};
struct filler {
    const struct template *letter;
    const struct template_source *source;
    bool html;
    struct text *out;
    struct text line; /* of the line at hand */
    struct text rows; /* of the table at hand, in text: a line each, cells behind | */
    enum line_kind kind;
    enum line_kind group; /* rows and signatures stand together; LINE_BODY: none is open */
    bool head_row, anything;
    struct scope scopes[TEMPLATE_DEPTH];
    int depth, blanks;
    long steps;
};

/* ---- Chinese figures ---- */

void template_chinese(int number, struct text *out)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const places[] = {"千", "百", "十", ""};
    bool begun = false, gap = false;
    if (number <= 0 || number > 9999) {
        text_add(out, number == 0 ? digits[0] : "");
        if (number != 0) {
            text_add_int(out, number);
        }
        return;
    }
    for (int place = 0, unit = 1000; place < 4; place++, unit /= 10) {
        int digit = number / unit % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        text_add(out, gap ? digits[0] : "");
        /* 十二, not 一十二 */
        text_add(out, place == 2 && digit == 1 && !begun ? "" : digits[digit]);
        text_add(out, places[place]);
        begun = true;
        gap = false;
    }
}

void template_date(int32_t day, struct text *out)
{
    int year, month, of_month;
    if (day == DAY_NONE) {
        return;
    }
    day_to_civil(day, &year, &month, &of_month);
    text_addf(out, "%d年%d月%d日", year, month, of_month);
}

/* ---- bytes ---- */

/* An end of line within a value: a new paragraph, in a table a new line of the cell. */
static const char *line_break(const struct filler *filler)
{
    if (filler->html) {
        return filler->kind == LINE_BODY ? "</p>\n<p>" : "<br>";
    }
    return filler->kind == LINE_ROW ? " " : filler->kind == LINE_BODY ? "\n" INDENT : "\n";
}

static void put(struct filler *filler, struct text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        const char *other = NULL;
        if (c == '\n') {
            other = line_break(filler);
        } else if ((unsigned char)c < 0x20 || c == 0x7f) {
            other = c == '\t' ? " " : "";
        } else if (filler->html) {
            other = c == '&'   ? "&amp;"
                    : c == '<' ? "&lt;"
                    : c == '>' ? "&gt;"
                    : c == '"' ? "&quot;"
                               : NULL;
        } else if (c == '|' && filler->kind == LINE_ROW) {
            other = "/"; /* or it would look like a border */
        }
        if (other) {
            text_add(out, other);
        } else {
            text_add_n(out, &c, 1);
        }
    }
}

/* ---- values ---- */

static const char *value_of_name(const struct filler *filler, const char *name, struct text *number)
{
    const struct template_source *source = filler->source;
    for (int i = filler->depth; i-- > 0;) {
        const struct scope *scope = &filler->scopes[i];
        if (strcmp(name, "n") == 0) {
            text_add_int(number, (int64_t)scope->row + 1);
            return text_bytes(number);
        }
        if (strcmp(name, "n.zh") == 0) {
            template_chinese(scope->row < 9999 ? (int)scope->row + 1 : 9999, number);
            return text_bytes(number);
        }
        const char *cell = source->cell(source->self, scope->list, scope->row, name);
        if (cell) {
            return cell;
        }
    }
    const char *value = source->value(source->self, name);
    return value && *value ? value : NULL;
}

static void put_value(struct filler *filler, const char *name)
{
    struct text number = {0};
    const char *value = value_of_name(filler, name, &number);
    if (!value) {
        filler->blanks++;
        value = BLANK;
    }
    put(filler, &filler->line, value, strlen(value));
    filler->line.failed |= number.failed;
    text_free(&number);
}

static bool is_known(struct filler *filler, const char *name)
{
    struct text number = {0};
    const char *value = value_of_name(filler, name, &number);
    bool known = (value && *value) || filler->source->rows(filler->source->self, name) > 0;
    text_free(&number);
    return known;
}

/* ---- tables as text ---- */

enum { TABLE_COLUMNS = 32 };

/* Columns that LENGTH bytes take: a letter one, what is not ASCII two, as in any Chinese font. */
static int columns_of(const char *text, size_t length)
{
    int columns = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        columns += byte < 0x80 ? 1 : byte >= 0xc0 ? 2 : 0;
    }
    return columns;
}

/* The next cell of a row at *AT, which stands on the | before it; false at the row's end. */
static bool next_cell(const char **at, const char **cell, size_t *length)
{
    if (**at != '|') {
        return false;
    }
    *cell = ++*at;
    *length = strcspn(*at, "|\n");
    *at += *length;
    while (*length > 0 && **cell == ' ') {
        (*cell)++;
        (*length)--;
    }
    while (*length > 0 && (*cell)[*length - 1] == ' ') {
        (*length)--;
    }
    return true;
}

static void put_row(struct filler *filler, const char *at, const int *widths)
{
    const char *cell;
    size_t length;
    text_add(filler->out, INDENT);
    for (int column = 0, owed = 0; next_cell(&at, &cell, &length); column++) {
        for (; owed > 0; owed--) {
            text_add(filler->out, " ");
        }
        text_add_n(filler->out, cell, length);
        owed = column < TABLE_COLUMNS ? widths[column] - columns_of(cell, length) + 2 : 2;
    }
    text_add(filler->out, "\n");
}

/* The rows gathered, with their columns under each other. */
static void put_rows(struct filler *filler)
{
    int widths[TABLE_COLUMNS] = {0};
    const char *rows = text_bytes(&filler->rows), *cell;
    size_t length;
    for (const char *at = rows; *at; at += *at == '\n') {
        for (int column = 0; next_cell(&at, &cell, &length); column++) {
            int width = columns_of(cell, length);
            if (column < TABLE_COLUMNS && width > widths[column]) {
                widths[column] = width;
            }
        }
    }
    for (const char *at = rows; *at; at += strcspn(at, "\n") + 1) {
        put_row(filler, at, widths);
    }
    filler->out->failed |= filler->rows.failed;
    text_clear(&filler->rows);
}

/* ---- lines ---- */

static void end_group(struct filler *filler)
{
    if (!filler->html && filler->group == LINE_ROW) {
        put_rows(filler);
    }
    if (filler->html && filler->group == LINE_ROW) {
        text_add(filler->out, filler->head_row ? "</thead></table>\n" : "</tbody></table>\n");
    }
    if (filler->html && filler->group == LINE_SIGN) {
        text_add(filler->out, "</div>\n");
    }
    filler->group = LINE_BODY;
}

static void begin_group(struct filler *filler)
{
    enum line_kind kind = filler->kind;
    if (kind == filler->group) {
        return;
    }
    end_group(filler);
    if (kind != LINE_ROW && kind != LINE_SIGN) {
        return;
    }
    filler->group = kind;
    if (filler->html) {
        text_add(filler->out, kind == LINE_ROW ? "<table><thead>\n" : "<div class=\"sign\">\n");
    } else if (kind == LINE_SIGN) {
        text_add(filler->out, "\n\n"); /* room for the seal */
    }
    filler->head_row = kind == LINE_ROW;
}

static void end_html(struct filler *filler)
{
    static const char *const before[] = {
        "<p>", "<p class=\"flush\">", "<h1>", "<h2>", "<p class=\"centre\">", "<p>", "<tr>", ""};
    static const char *const after[] = {"</p>\n", "</p>\n", "</h1>\n", "</h2>\n",
                                        "</p>\n", "</p>\n", "</tr>\n", ""};
    bool row = filler->kind == LINE_ROW;
    text_add(filler->out, before[filler->kind]);
    text_add(filler->out, row ? (filler->head_row ? "<th>" : "<td>") : "");
    text_add_n(filler->out, text_bytes(&filler->line), filler->line.length);
    text_add(filler->out, row ? (filler->head_row ? "</th>" : "</td>") : "");
    text_add(filler->out, after[filler->kind]);
    if (row && filler->head_row) {
        text_add(filler->out, "</thead><tbody>\n");
        filler->head_row = false;
    }
}

static void end_text(struct filler *filler)
{
    static const char *const before[] = {INDENT, "", "", INDENT, "", INDENT INDENT INDENT INDENT,
                                         "|",    ""};
    struct text *out = filler->kind == LINE_ROW ? &filler->rows : filler->out;
    text_add(out, before[filler->kind]);
    text_add_n(out, text_bytes(&filler->line), filler->line.length);
    text_add(out, "\n");
}

/* A line of which nothing is left, since what it says is not known, is left out. */
static void end_line(struct filler *filler)
{
    bool blank = filler->kind == LINE_BLANK;
    if (filler->line.length > 0 || (blank && filler->anything)) {
        begin_group(filler);
        if (filler->html) {
            end_html(filler);
        } else {
            end_text(filler);
        }
        filler->anything = true;
    }
    filler->out->failed |= filler->line.failed;
    text_clear(&filler->line);
}

static void put_cell(struct filler *filler)
{
    bool first = filler->group != LINE_ROW;
    text_add(&filler->line, !filler->html ? "|" : first ? "</th><th>" : "</td><td>");
}

/* ---- nodes ---- */

/* Puts the nodes from FROM to TO. False where it grows too long. */
static bool put_nodes(struct filler *filler, size_t from, size_t to);

static bool put_block(struct filler *filler, size_t at)
{
    const struct node *node = &filler->letter->nodes[at];
    const struct template_source *source = filler->source;
    if (node->kind != NODE_REPEAT) {
        bool wanted = is_known(filler, node->text) == (node->kind == NODE_KNOWN);
        return !wanted || put_nodes(filler, at + 1, node->other);
    }
    size_t rows = source->rows(source->self, node->text);
    struct scope *scope = &filler->scopes[filler->depth++];
    bool fits = true;
    for (size_t i = 0; fits && i < rows; i++) {
        *scope = (struct scope){node->text, i};
        fits = ++filler->steps <= TEMPLATE_STEPS && put_nodes(filler, at + 1, node->other);
    }
    filler->depth--;
    return fits;
}

static bool put_nodes(struct filler *filler, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct node *node = &filler->letter->nodes[i];
        if (++filler->steps > TEMPLATE_STEPS || filler->out->failed || filler->line.failed) {
            return false;
        }
        switch (node->kind) {
        case NODE_LINE:
            filler->kind = node->line;
            break;
        case NODE_END:
            end_line(filler);
            break;
        case NODE_TEXT:
            put(filler, &filler->line, node->text, node->length);
            break;
        case NODE_CELL:
            put_cell(filler);
            break;
        case NODE_VALUE:
            put_value(filler, node->text);
            break;
        case NODE_CLOSE:
            break;
        case NODE_REPEAT:
        case NODE_KNOWN:
        case NODE_UNKNOWN:
            if (!put_block(filler, i)) {
                return false;
            }
            i = node->other;
            break;
        }
    }
    return true;
}

int template_fill(const struct template *letter, const struct template_source *source,
                  enum template_form form, struct text *out, struct error *error)
{
    struct text filled = {.most = TEMPLATE_OUT};
    struct filler filler = {.letter = letter,
                            .source = source,
                            .html = form == TEMPLATE_HTML,
                            .out = &filled,
                            .line = {.most = TEMPLATE_OUT},
                            .rows = {.most = TEMPLATE_OUT},
                            .group = LINE_BODY};
    if (filler.html) {
        const char *title = template_setting(letter, SETTING_TITLE);
        text_add(&filled, head);
        put(&filler, &filled, title, strlen(title));
        text_add(&filled, style);
    }
    bool fits = put_nodes(&filler, 0, letter->count) && !filled.failed;
    end_group(&filler);
    text_add(&filled, filler.html ? foot : "");
    if (fits && !filled.failed) {
        text_add_n(out, text_bytes(&filled), filled.length);
    }
    text_free(&filler.line);
    text_free(&filler.rows);
    text_free(&filled);
    if (!fits || filled.failed || out->failed) {
        return error_set(error, ERROR_USAGE,
                         N_("“%1” grows too long when it is filled: at most 4 MiB"),
                         template_setting(letter, SETTING_TITLE), NULL);
    }
    return filler.blanks;
}
