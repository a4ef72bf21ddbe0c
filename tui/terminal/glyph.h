/*
 * glyph.h: signs that are drawn, in three sets: all of Unicode's; those whose width no terminal
 * doubts; ASCII.
 */
#ifndef YUNTAI_TUI_TERMINAL_GLYPH_H
#define YUNTAI_TUI_TERMINAL_GLYPH_H

#include <stdbool.h>

enum glyph_set { GLYPHS_FULL, GLYPHS_SAFE, GLYPHS_ASCII };
enum glyph {
    GLYPH_CARD_DOUBLE,   /* before the word 红; ▮▮ !! */
    GLYPH_CARD_RED,      /* ▮ ! */
    GLYPH_CARD_YELLOW,   /* ▯ ^ */
    GLYPH_CARD_BLUE,     /* ▫ + */
    GLYPH_HELD,          /* = */
    GLYPH_YES,           /* ✓ v */
    GLYPH_NO,            /* ✗ x */
    GLYPH_STAGE_PAST,    /* ▪ # */
    GLYPH_STAGE_NEXT,    /* ▫ . */
    GLYPH_HERE,          /* ▸ > */
    GLYPH_FOCUS,         /* ▐ # */
    GLYPH_CLIPPED,       /* … » ~ */
    GLYPH_BECOMES,       /* → > -> */
    GLYPH_BAR_USED,      /* ━ ╍ = */
    GLYPH_BAR_REST,      /* ─ ╌ - */
    GLYPH_BAR_PAUSED,    /* ┄ : */
    GLYPH_BAR_OVER,      /* ╍ ! */
    GLYPH_BAR_MARK,      /* ┿ ╎ + on what is used */
    GLYPH_BAR_MARK_REST, /* ┼ ╎ + on what is left */
    GLYPH_LIMIT,         /* ╌ - in a chart */
    GLYPH_NONE,          /* · - . */
    GLYPH_ABOUT,         /* ≈ ~ */
    GLYPH_NEW,           /* + */
    GLYPH_CHANGED,       /* ~ */
    GLYPH_GONE,          /* - */
    GLYPH_LINE,          /* ─ - of boxes and what joins them */
    GLYPH_UPRIGHT,       /* │ | */
    GLYPH_TOP_LEFT,      /* ┌ + */
    GLYPH_TOP_RIGHT,     /* ┐ + */
    GLYPH_BOTTOM_LEFT,   /* └ + */
    GLYPH_BOTTOM_RIGHT,  /* ┘ + */
    GLYPH_BRANCH,        /* ├ + */
    GLYPH_STEM,          /* ┬ + */
    GLYPH_DOWN,          /* ↓ v */
    GLYPH_UP,            /* ↑ ^ */
    GLYPHS
};

struct look { /* how things are drawn and said, for all that draws */
    enum glyph_set set;
    bool english;
    bool foreign;    /* the locale can show ASCII alone: other characters are written as ? */
    bool wide_doubt; /* the terminal draws characters of doubtful width two columns wide */
};

/* The sign in UTF-8, one or two columns. */
const char *glyph_text(const struct look *look, enum glyph glyph);
/* A step of a sparkline, 0 … 8 of 8, and the number of steps of the set. */
const char *glyph_spark(const struct look *look, int eighth);
/* The word of a card ("double", "red" …) as lists show it, glyph and word: ▮▮红; "" for none. */
const char *glyph_card(const struct look *look, const char *card);

#endif
