/* search.c: text search by pairs of characters. */
#include "data/store/search.h"

#include <string.h>

enum glyph { GLYPH_SIGN, GLYPH_HAN, GLYPH_WORD };

struct range {
    uint32_t first, last;
};

/* What is written without blanks: Kana, Hangul, Han. FTS5 keeps all of them. */
static const struct range han[] = {
    {0x3005, 0x3007}, {0x3041, 0x3096}, {0x30A1, 0x30FA},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAD9}, {0x20000, 0x2FA1D}, {0x30000, 0x323AF},
};

struct letter {
    uint32_t code;
    const char *bytes;
    size_t length; /* 0 at the end */
    enum glyph glyph;
};

static enum glyph glyph_of(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
        return GLYPH_WORD;
    }
    for (size_t i = 0; i < sizeof han / sizeof *han; i++) {
        if (code >= han[i].first && code <= han[i].last) {
            return GLYPH_HAN;
        }
    }
    return GLYPH_SIGN;
}

static uint32_t code_of(const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;
    switch (length) {
    case 2:
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    case 3:
        return (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    case 4:
        return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 |
               (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
    default:
        return b[0];
    }
}

/* The character at TEXT, of which LEFT bytes are there, in half width and lower case. */
static struct letter letter_at(const char *text, size_t left)
{
    size_t length = utf8_length(text, left);
    bool broken = length == 0 && left > 0;
    struct letter letter = {.bytes = text, .length = broken ? 1 : length};
    if (left == 0) {
        return letter;
    }
    /* a byte that is no UTF-8 equals itself alone */
    letter.code = broken ? 0x110000u + (unsigned char)text[0] : code_of(text, length);
    if (letter.code >= 0xFF01 && letter.code <= 0xFF5E) {
        letter.code -= 0xFF01 - '!';
    } else if (letter.code == 0x3000) {
        letter.code = ' ';
    }
    if (letter.code >= 'A' && letter.code <= 'Z') {
        letter.code += 'a' - 'A';
    }
    letter.glyph = glyph_of(letter.code);
    return letter;
}

static void add_letter(struct text *out, struct letter letter)
{
    if (letter.glyph == GLYPH_WORD) {
        char byte = (char)letter.code;
        text_add_n(out, &byte, 1);
    } else {
        text_add_n(out, letter.bytes, letter.length);
    }
}

/* A token that begins at AT; LENGTH 0: there is none any more. */
struct token {
    const char *at;
    size_t length; /* of its letters in the text */
    size_t step;   /* to where the next one may begin */
    enum glyph glyph;
    int letters;
};

static struct token token_at(const char *at, const char *end)
{
    struct letter letter = letter_at(at, (size_t)(end - at));
    while (letter.length > 0 && letter.glyph == GLYPH_SIGN) {
        at += letter.length;
        letter = letter_at(at, (size_t)(end - at));
    }
    struct token token = {at, letter.length, letter.length, letter.glyph, letter.length > 0};
    while (letter.length > 0 && (token.letters < 2 || token.glyph == GLYPH_WORD)) {
        letter = letter_at(at + token.length, (size_t)(end - at) - token.length);
        if (letter.length == 0 || letter.glyph != token.glyph) {
            break;
        }
        token.length += letter.length;
        token.letters++;
    }
    if (token.glyph == GLYPH_WORD) {
        token.step = token.length;
    }
    return token;
}

static void add_token(struct text *out, struct token token)
{
    for (size_t at = 0; at < token.length;) {
        struct letter letter = letter_at(token.at + at, token.length - at);
        add_letter(out, letter);
        at += letter.length;
    }
}

void search_tokens(const char *text, struct text *out)
{
    const char *end = text + strlen(text);
    for (struct token token = token_at(text, end); token.length > 0;
         token = token_at(token.at + token.step, end)) {
        add_token(out, token);
        text_add(out, " ");
    }
}

int search_query(const char *text, struct text *out)
{
    const char *end = text + strlen(text);
    const char *paired = NULL; /* up to where pairs have covered what was typed */
    int count = 0;
    for (struct token token = token_at(text, end); token.length > 0 && count < SEARCH_TERMS_MOST;
         token = token_at(token.at + token.step, end)) {
        bool alone = token.glyph == GLYPH_HAN && token.letters == 1;
        if (alone && paired && token.at < paired) {
            continue; /* the second of a pair */
        }
        bool open = alone || (token.glyph == GLYPH_WORD && token.at + token.length == end);
        text_add(out, out->length > 0 ? " \"" : "\"");
        add_token(out, token);
        text_add(out, open ? "\"*" : "\"");
        paired = token.at + token.length;
        count++;
    }
    return count;
}

static bool begins(const char *at, const char *end, const char *needle, const char *needle_end)
{
    while (needle < needle_end) {
        struct letter a = letter_at(at, (size_t)(end - at));
        struct letter b = letter_at(needle, (size_t)(needle_end - needle));
        if (a.length == 0 || a.code != b.code) {
            return false;
        }
        at += a.length;
        needle += b.length;
    }
    return true;
}

bool search_hit(const char *haystack, const char *needle)
{
    const char *end = haystack + strlen(haystack), *needle_end = needle + strlen(needle);
    for (const char *at = haystack;;) {
        if (begins(at, end, needle, needle_end)) {
            return true;
        }
        if (at == end) {
            return false;
        }
        at += letter_at(at, (size_t)(end - at)).length;
    }
}
