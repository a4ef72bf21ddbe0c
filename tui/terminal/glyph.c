/* glyph.c: the three sets of signs. */
#include "tui/terminal/glyph.h"

#include <string.h>

#include "tui/text.h"

static const char *const signs[GLYPHS][3] = {
    [GLYPH_CARD_DOUBLE] = {"▮▮", "▮▮", "!!"},
    [GLYPH_CARD_RED] = {"▮", "▮", "!"},
    [GLYPH_CARD_YELLOW] = {"▯", "▯", "^"},
    [GLYPH_CARD_BLUE] = {"▫", "▫", "+"},
    [GLYPH_HELD] = {"=", "=", "="},
    [GLYPH_YES] = {"✓", "✓", "v"},
    [GLYPH_NO] = {"✗", "✗", "x"},
    [GLYPH_STAGE_PAST] = {"▪", "▪", "#"},
    [GLYPH_STAGE_NEXT] = {"▫", "▫", "."},
    [GLYPH_HERE] = {"▸", "▸", ">"},
    [GLYPH_FOCUS] = {"▐", "▐", "#"},
    [GLYPH_CLIPPED] = {"…", "»", "~"},
    [GLYPH_BECOMES] = {"→", ">", "->"},
    [GLYPH_BAR_USED] = {"━", "╍", "="},
    [GLYPH_BAR_REST] = {"─", "╌", "-"},
    [GLYPH_BAR_PAUSED] = {"┄", ":", ":"},
    [GLYPH_BAR_OVER] = {"╍", "!", "!"},
    [GLYPH_BAR_MARK] = {"┿", "╎", "+"},
    [GLYPH_BAR_MARK_REST] = {"┼", "╎", "+"},
    [GLYPH_LIMIT] = {"╌", "╌", "-"},
    [GLYPH_NONE] = {"·", "-", "."},
    [GLYPH_ABOUT] = {"≈", "~", "~"},
    [GLYPH_NEW] = {"+", "+", "+"},
    [GLYPH_CHANGED] = {"~", "~", "~"},
    [GLYPH_GONE] = {"-", "-", "-"},
    [GLYPH_LINE] = {"─", "-", "-"},
    [GLYPH_UPRIGHT] = {"│", "|", "|"},
    [GLYPH_TOP_LEFT] = {"┌", "+", "+"},
    [GLYPH_TOP_RIGHT] = {"┐", "+", "+"},
    [GLYPH_BOTTOM_LEFT] = {"└", "+", "+"},
    [GLYPH_BOTTOM_RIGHT] = {"┘", "+", "+"},
    [GLYPH_BRANCH] = {"├", "+", "+"},
    [GLYPH_STEM] = {"┬", "+", "+"},
    [GLYPH_DOWN] = {"↓", "v", "v"},
    [GLYPH_UP] = {"↑", "^", "^"},
};

const char *glyph_text(const struct look *look, enum glyph glyph)
{
    return signs[glyph][look->set];
}

const char *glyph_spark(const struct look *look, int eighth)
{
    static const char *const steps[3][9] = {
        [GLYPHS_FULL] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
        [GLYPHS_SAFE] = {"⠀", "⣀", "⣀", "⣤", "⣤", "⣶", "⣶", "⣿", "⣿"},
        [GLYPHS_ASCII] = {"0", "1", "2", "3", "4", "5", "6", "7", "9"}, /* tenths */
    };
    return steps[look->set][eighth < 0 ? 0 : eighth > 8 ? 8 : eighth];
}

const char *glyph_card(const struct look *look, const char *card)
{
    static const struct {
        const char *card, *drawn, *ascii;
    } cards[] = {
        {"double", N_("▮▮RED"), N_("!!RED")},
        {"red", N_("▮RED"), N_("!RED")},
        {"yellow", N_("▯YEL"), N_("^YEL")},
        {"blue", N_("▫BLU"), N_("+BLU")},
        {"held", N_("=HLD"), N_("=HLD")},
        {"double waived", N_("▮▮WVD"), N_("!!WVD")},
        {"red waived", N_("▮WVD"), N_("!WVD")},
        {"yellow waived", N_("▯WVD"), N_("^WVD")},
        {"double explained", N_("▮▮EXP"), N_("!!EXP")},
        {"red explained", N_("▮EXP"), N_("!EXP")},
        {"yellow explained", N_("▯EXP"), N_("^EXP")},
    };
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        if (strcmp(cards[i].card, card) == 0) {
            return _(look->set == GLYPHS_ASCII ? cards[i].ascii : cards[i].drawn);
        }
    }
    return "";
}
