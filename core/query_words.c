/* query_words.c: a query's words, names and what stands at a column. */
#include "core/query_words.h"

#include <string.h>

struct names {
    enum query_kind kind;
    bool sorts;
    const char *english[QUERY_NAMES], *chinese[QUERY_NAMES];
};

static const struct names fields[QUERY_FIELDS] = {
    [QUERY_TEXT] = {.kind = QUERY_IS_TEXT},
    [QUERY_STATE] = {QUERY_IS_VALUE, true, {"state"}, {"状态"}},
    [QUERY_PROCEDURE] = {QUERY_IS_VALUE, true, {"procedure", "kind"}, {"类别", "事项", "流程"}},
    [QUERY_ORG] = {QUERY_IS_VALUE, true, {"org", "unit"}, {"单位"}},
    [QUERY_SYSTEM] = {QUERY_IS_VALUE, true, {"system"}, {"系统", "信息系统"}},
    [QUERY_COUNTY] = {QUERY_IS_VALUE, true, {"county"}, {"县区", "区县"}},
    [QUERY_VENDOR] = {QUERY_IS_VALUE, false, {"vendor"}, {"服务商", "云商", "云服务商"}},
    [QUERY_HANDLER] = {QUERY_IS_VALUE, true, {"handler"}, {"经办", "经办人"}},
    [QUERY_WITH] = {QUERY_IS_VALUE, false, {"with", "role"}, {"环节", "角色", "在办方"}},
    [QUERY_CLOCK] = {QUERY_IS_VALUE, false, {"clock"}, {"时限"}},
    [QUERY_CARD] = {QUERY_IS_VALUE, true, {"card"}, {"卡", "牌", "亮牌"}},
    [QUERY_NUMBER] = {QUERY_IS_VALUE, true, {"number"}, {"编号", "文号", "办件"}},
    [QUERY_ARTICLE] = {QUERY_IS_VALUE, false, {"article"}, {"条款", "条", "条文"}},
    [QUERY_DUTY] = {QUERY_IS_VALUE, false, {"duty"}, {"义务"}},
    [QUERY_DUE] = {QUERY_IS_DATE, true, {"due"}, {"到期", "期限"}},
    [QUERY_OPENED] = {QUERY_IS_DATE, true, {"opened"}, {"收件", "申请", "立案"}},
    [QUERY_CHANGED] = {QUERY_IS_DATE, true, {"changed"}, {"变动", "更新"}},
    [QUERY_SORT] = {QUERY_IS_SORT, false, {"sort"}, {"排序"}},
    [QUERY_MINE] = {QUERY_IS_WORD, false, {"mine"}, {"我的"}},
    [QUERY_LATE] = {QUERY_IS_WORD, false, {"late", "overdue"}, {"逾期", "超期"}},
    [QUERY_SOON] = {QUERY_IS_WORD, false, {"soon"}, {"将到期", "临期"}},
    [QUERY_PAUSED] = {QUERY_IS_WORD, false, {"paused"}, {"暂停"}},
    [QUERY_OPEN] = {QUERY_IS_WORD, false, {"open"}, {"未结", "在办"}},
    [QUERY_CLOSED] = {QUERY_IS_WORD, false, {"closed"}, {"已结", "办结"}},
    [QUERY_PROVISIONAL] = {QUERY_IS_WORD, false, {"provisional"}, {"暂定"}},
    [QUERY_WAIVED] = {QUERY_IS_WORD, false, {"waived"}, {"豁免", "已豁免"}},
    [QUERY_EXPLAINED] = {QUERY_IS_WORD, false, {"explained"}, {"解释", "已解释"}},
};

const char *query_name(enum query_field field, int which)
{
    bool known = field < QUERY_FIELDS && which >= 0 && which < QUERY_NAMES;
    return known ? fields[field].english[which] : NULL;
}

const char *query_name_zh(enum query_field field, int which)
{
    bool known = field < QUERY_FIELDS && which >= 0 && which < QUERY_NAMES;
    return known ? fields[field].chinese[which] : NULL;
}

enum query_kind query_kind(enum query_field field)
{
    return field < QUERY_FIELDS ? fields[field].kind : QUERY_IS_TEXT;
}

bool query_sorts(enum query_field field)
{
    return field < QUERY_FIELDS && fields[field].sorts;
}

static bool same(const char *name, const char *typed, size_t length)
{
    size_t at = 0;
    for (; at < length && name[at]; at++) {
        char byte = typed[at];
        byte = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
        if (byte != name[at]) {
            return false;
        }
    }
    return at == length && !name[at];
}

enum query_field query_field_named(const char *name, size_t length)
{
    for (int field = QUERY_TEXT + 1; field < QUERY_FIELDS; field++) {
        for (int i = 0; i < QUERY_NAMES; i++) {
            const char *english = fields[field].english[i], *chinese = fields[field].chinese[i];
            if ((english && same(english, name, length)) ||
                (chinese && same(chinese, name, length))) {
                return (enum query_field)field;
            }
        }
    }
    return QUERY_TEXT;
}

/* ---- words ---- */

enum query_sign query_sign_at(const char *text, size_t length, size_t at, size_t *step)
{
    static const struct {
        const char *bytes;
        enum query_sign sign;
    } signs[] = {
        {":", SIGN_COLON},  {"：", SIGN_COLON}, {"=", SIGN_COLON},  {"＝", SIGN_COLON},
        {"<", SIGN_LESS},   {"＜", SIGN_LESS},  {">", SIGN_MORE},   {"＞", SIGN_MORE},
        {"≤", SIGN_UNTIL},  {"≦", SIGN_UNTIL},  {"≥", SIGN_SINCE},  {"≧", SIGN_SINCE},
        {",", SIGN_COMMA},  {"，", SIGN_COMMA}, {"、", SIGN_COMMA}, {"-", SIGN_MINUS},
        {"－", SIGN_MINUS}, {"\"", SIGN_QUOTE}, {"“", SIGN_CURLY},  {"”", SIGN_CURLY},
        {"　", SIGN_BLANK},
    };
    size_t bytes = utf8_length(text + at, length - at);
    *step = bytes ? bytes : 1;
    if (bytes == 1 && (unsigned char)text[at] <= ' ') {
        return SIGN_BLANK;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strlen(signs[i].bytes) == bytes && memcmp(signs[i].bytes, text + at, bytes) == 0) {
            return signs[i].sign;
        }
    }
    return SIGN_NONE;
}

/* Behind the quote that opens at AT; LENGTH + 1 where it does not end. */
static size_t quote_end(const char *text, size_t length, size_t at, enum query_sign opened)
{
    size_t step;
    query_sign_at(text, length, at, &step);
    for (at += step; at < length; at += step) {
        enum query_sign sign = query_sign_at(text, length, at, &step);
        if (sign == opened) {
            return at + step;
        }
        if (text[at] == '\\' && at + 1 < length && (text[at + 1] == '"' || text[at + 1] == '\\')) {
            step = 2;
        }
    }
    return length + 1;
}

/* The comparison at AT: one of : = < <= > >= or : and one of these; *AT is then behind it. */
static enum query_compare comparison(const char *text, size_t length, size_t *at)
{
    size_t step, next;
    enum query_sign sign = query_sign_at(text, length, *at, &step);
    bool colon = sign == SIGN_COLON && text[*at] != '=';
    *at += step;
    if (colon && *at < length) {
        sign = query_sign_at(text, length, *at, &step);
        bool another =
            sign == SIGN_LESS || sign == SIGN_MORE || sign == SIGN_UNTIL || sign == SIGN_SINCE;
        if (!another) {
            return QUERY_EQUAL;
        }
        *at += step;
    }
    bool equals = false;
    if (sign == SIGN_LESS || sign == SIGN_MORE) {
        equals = *at < length && query_sign_at(text, length, *at, &next) == SIGN_COLON;
        *at += equals ? next : 0;
    }
    switch (sign) {
    case SIGN_LESS:
        return equals ? QUERY_UNTIL : QUERY_BEFORE;
    case SIGN_MORE:
        return equals ? QUERY_SINCE : QUERY_AFTER;
    case SIGN_UNTIL:
        return QUERY_UNTIL;
    case SIGN_SINCE:
        return QUERY_SINCE;
    default:
        return QUERY_EQUAL;
    }
}

static bool compares(enum query_sign sign)
{
    return sign >= SIGN_COLON && sign <= SIGN_SINCE;
}

/* Letters, as all names of fields have; 10:30 is text. */
static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

bool query_word_at(const char *text, size_t length, size_t at, struct query_word *word)
{
    size_t step = 0;
    while (at < length && query_sign_at(text, length, at, &step) == SIGN_BLANK) {
        at += step;
    }
    if (at >= length) {
        return false;
    }
    *word = (struct query_word){.start = at, .quote = length + 1};
    if (query_sign_at(text, length, at, &step) == SIGN_MINUS) {
        word->negated = true;
        at += step;
    }
    word->body = word->name_end = word->value = at;
    bool name = true; /* so far it may be one */
    for (; at < length; at += step) {
        enum query_sign sign = query_sign_at(text, length, at, &step);
        if (sign == SIGN_BLANK) {
            break;
        }
        if (sign == SIGN_QUOTE || sign == SIGN_CURLY) {
            size_t end = quote_end(text, length, at, sign);
            word->quote = end > length ? at : word->quote;
            step = (end > length ? length : end) - at;
        }
        if (name && compares(sign) && at > word->body) {
            word->name_end = word->value = at;
            word->compare = comparison(text, length, &word->value);
            step = word->value - at;
        }
        name = name && sign == SIGN_NONE && is_letter(text[at]);
    }
    word->end = at;
    word->quote = word->quote < at ? word->quote : at;
    return true;
}

size_t query_value_end(const char *text, size_t at, size_t end)
{
    size_t step;
    for (; at < end; at += step) {
        enum query_sign sign = query_sign_at(text, end, at, &step);
        if (sign == SIGN_COMMA) {
            return at;
        }
        if (sign == SIGN_QUOTE || sign == SIGN_CURLY) {
            size_t behind = quote_end(text, end, at, sign);
            step = (behind > end ? end : behind) - at;
        }
    }
    return end;
}

/* ---- what stands at a column ---- */

static int32_t column_of(const char *text, size_t offset)
{
    return (int32_t)utf8_count(text, offset) + 1;
}

static struct query_spot spot(const char *text, enum query_place place, size_t from, size_t cursor,
                              size_t to)
{
    return (struct query_spot){
        place, QUERY_TEXT, text + from, cursor - from, column_of(text, from), column_of(text, to)};
}

/* In the values of WORD, at CURSOR. */
static struct query_spot in_values(const char *text, const struct query_word *word, size_t cursor)
{
    enum query_field field = query_field_named(text + word->body, word->name_end - word->body);
    enum query_kind kind = query_kind(field);
    size_t from = word->value, to = query_value_end(text, from, word->end), step;
    while (to < cursor) {
        query_sign_at(text, word->end, to, &step);
        from = to + step;
        to = query_value_end(text, from, word->end);
    }
    bool offers = kind != QUERY_IS_TEXT && kind != QUERY_IS_WORD;
    enum query_place place = offers ? QUERY_AT_VALUE : QUERY_AT_TEXT;
    enum query_sign sign = SIGN_NONE;
    if (from < to) {
        sign = query_sign_at(text, to, from, &step);
    }
    bool passes = from < cursor && (sign == SIGN_QUOTE || sign == SIGN_CURLY);
    bool minus = from < cursor && sign == SIGN_MINUS && kind == QUERY_IS_SORT;
    struct query_spot found = spot(text, place, minus ? from + step : from, cursor, to);
    if (passes) {
        found.prefix += step;
        found.length -= step;
    }
    found.field = offers ? field : QUERY_TEXT;
    return found;
}

/* In WORD, which is no field and its values, at CURSOR behind its -. */
static struct query_spot in_text(const char *text, const struct query_word *word, size_t cursor)
{
    size_t step;
    enum query_sign sign = SIGN_NONE;
    if (word->body < word->end) {
        sign = query_sign_at(text, word->end, word->body, &step);
    }
    bool one = query_value_end(text, word->body, word->end) == word->end;
    bool bare = sign != SIGN_QUOTE && sign != SIGN_CURLY && one;
    return spot(text, bare ? QUERY_AT_NAME : QUERY_AT_TEXT, word->body, cursor, word->end);
}

struct query_spot query_at(const char *text, size_t length, int32_t column)
{
    size_t cursor = 0, step;
    for (int32_t at = 1; at < column && cursor < length; at++) {
        query_sign_at(text, length, cursor, &step);
        cursor += step;
    }
    struct query_word word;
    for (size_t at = 0; query_word_at(text, length, at, &word); at = word.end) {
        if (cursor > word.end) {
            continue;
        }
        if (cursor < word.body || cursor < word.start) {
            break;
        }
        if (word.name_end == word.body) {
            return in_text(text, &word, cursor);
        }
        if (cursor <= word.name_end) {
            return spot(text, QUERY_AT_NAME, word.body, cursor, word.name_end);
        }
        return cursor < word.value ? spot(text, QUERY_AT_TEXT, cursor, cursor, cursor)
                                   : in_values(text, &word, cursor);
    }
    return spot(text, QUERY_AT_NAME, cursor, cursor, cursor);
}
