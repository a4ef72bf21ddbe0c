/* theme_style.c: words of a look; contrast of colours. */
#include "tui/terminal/theme_style.h"

#include <string.h>

static const char *const depths[DEPTHS] = {"mono", "8", "256", "true"};
static const char *const colours[] = {"black", "red",     "green", "yellow",
                                      "blue",  "magenta", "cyan",  "white"};

/* ---- words ---- */

static int hexadecimal(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = digit ? strchr(digits, digit) : NULL;
    return found ? (int)(found - digits) : -1;
}

bool style_colour(const char *word, int32_t *colour)
{
    int32_t read = 0;
    if (word[0] != '#' || strlen(word) != 7) {
        return false;
    }
    for (int i = 1; i < 7; i++) {
        int digit = hexadecimal(word[i]);
        if (digit < 0) {
            return false;
        }
        read = read << 4 | digit;
    }
    *colour = read;
    return true;
}

static bool palette_number(const char *word, int32_t *colour)
{
    int32_t read = 0;
    for (const char *digit = word; *digit; digit++) {
        if (*digit < '0' || *digit > '9' || digit - word > 2) {
            return false;
        }
        read = read * 10 + (*digit - '0');
    }
    *colour = read;
    return read >= 16 && read <= 255; /* those below are whatever the terminal makes of them */
}

static bool colour_name(const char *word, int32_t *colour)
{
    for (int32_t i = 0; i < 8; i++) {
        if (strcmp(colours[i], word) == 0) {
            *colour = i;
            return true;
        }
    }
    return false;
}

/* A colour as depth DEPTH has it, or the terminal's own. */
static bool take_colour(const char *word, enum depth depth, int32_t *colour)
{
    if (strcmp(word, "default") == 0) {
        *colour = -1;
        return true;
    }
    switch (depth) {
    case DEPTH_TRUE:
        return style_colour(word, colour);
    case DEPTH_256:
        return palette_number(word, colour);
    case DEPTH_8:
        return colour_name(word, colour);
    default:
        return false;
    }
}

static uint8_t attribute(const char *word)
{
    return strcmp(word, "bold") == 0        ? STYLE_BOLD
           : strcmp(word, "underline") == 0 ? STYLE_UNDERLINE
           : strcmp(word, "reverse") == 0   ? STYLE_REVERSE
                                            : 0;
}

/* The next word of *AT, up to a blank or `|`; false where there is none. */
static bool next_word(const char **at, struct text *word)
{
    *at += strspn(*at, " ");
    size_t length = strcspn(*at, " |");
    text_clear(word);
    text_add_n(word, *at, length);
    *at += length;
    return length > 0;
}

/* Reads words up to `|` or the end. */
static bool parse_look(const char **at, enum depth depth, struct style *style, struct text *word)
{
    bool behind = false;
    *style = (struct style){.fore = -1, .back = -1};
    while (next_word(at, word)) {
        const char *said = text_bytes(word);
        if (strcmp(said, "on") == 0 && !behind) {
            behind = true;
            if (!next_word(at, word) || !take_colour(text_bytes(word), depth, &style->back)) {
                return false;
            }
        } else if (attribute(said)) {
            style->attributes |= attribute(said);
        } else if (strcmp(said, "plain") != 0 && !take_colour(said, depth, &style->fore)) {
            return false;
        }
    }
    return true;
}

/* Reads `256:` and the like if it stands there; without it the look is that of DEPTH_TRUE. */
static bool parse_depth(const char **at, enum depth *depth, struct text *word)
{
    const char *start = *at;
    *depth = DEPTH_TRUE;
    if (next_word(at, word) && word->bytes[word->length - 1] == ':') {
        for (int i = 0; i < DEPTHS; i++) {
            if (strlen(depths[i]) == word->length - 1 &&
                memcmp(depths[i], word->bytes, word->length - 1) == 0) {
                *depth = (enum depth)i;
                return true;
            }
        }
        return false;
    }
    *at = start;
    return true;
}

bool style_parse(const char *value, struct style styles[DEPTHS], struct text *word)
{
    bool given[DEPTHS] = {false};
    styles[DEPTH_MONO] = (struct style){.fore = -1, .back = -1};
    for (const char *at = value;; at++) {
        enum depth depth;
        if (!parse_depth(&at, &depth, word) || given[depth] ||
            !parse_look(&at, depth, &styles[depth], word)) {
            return false;
        }
        given[depth] = true;
        if (*at != '|') {
            break;
        }
    }
    for (int depth = DEPTH_8; depth < DEPTHS; depth++) {
        if (!given[depth] && depth == DEPTH_TRUE && given[DEPTH_256]) {
            return text_clear(word), text_add(word, value),
                   false; /* numbers are no colours there */
        }
        styles[depth] = given[depth] ? styles[depth] : styles[depth - 1];
    }
    return true;
}

/* ---- contrast ---- */

/* xterm's colours 0 to 15. */
static const int32_t sixteen[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                  0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                  0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

static int32_t palette(int32_t number)
{
    static const int32_t levels[] = {0, 95, 135, 175, 215, 255};
    if (number < 16) {
        return sixteen[number];
    }
    if (number >= 232) {
        return (8 + 10 * (number - 232)) * 0x010101;
    }
    number -= 16;
    return levels[number / 36] << 16 | levels[number / 6 % 6] << 8 | levels[number % 6];
}

/* sRGB's 0 … 255 as light, by the piecewise definition; the power 2.4 as a product of roots. */
static double linear(int32_t part)
{
    double value = part / 255.0;
    if (value <= 0.04045) {
        return value / 12.92;
    }
    double base = (value + 0.055) / 1.055, root = base;
    for (int i = 0; i < 40; i++) { /* Newton: the fifth root of base² */
        double fourth = root * root * root * root;
        root -= (fourth * root - base * base) / (5 * fourth);
    }
    return base * base * root;
}

static double luminance(int32_t colour)
{
    return 0.2126 * linear(colour >> 16 & 255) + 0.7152 * linear(colour >> 8 & 255) +
           0.0722 * linear(colour & 255);
}

static int32_t resolved(int32_t colour, enum depth depth, int32_t own)
{
    return colour < 0 ? own : depth == DEPTH_TRUE ? colour : palette(colour);
}

int style_contrast(const struct style *style, enum depth depth, int32_t fore, int32_t back)
{
    bool bright = depth == DEPTH_8 && style->attributes & STYLE_BOLD && style->fore >= 0;
    double above = luminance(resolved(style->fore + (bright ? 8 : 0), depth, fore));
    double behind = luminance(resolved(style->back, depth, back));
    double contrast =
        above > behind ? (above + 0.05) / (behind + 0.05) : (behind + 0.05) / (above + 0.05);
    return (int)(contrast * 10);
}
