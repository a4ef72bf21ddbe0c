/* gauge.c: bars and sparklines. */
#include "tui/widget/gauge.h"

/* VALUE of WHOLE as cells of WIDTH, rounded; something is at least one cell. */
static int cells_of(int64_t value, int64_t whole, int width)
{
    int64_t cells = (value * width + whole / 2) / whole;
    return value > 0 && cells == 0 ? 1 : (int)cells;
}

int gauge_draw(const struct pane *pane, int row, int column, int width, const struct gauge *gauge)
{
    if (gauge->whole <= 0 || width <= 0) {
        return column;
    }
    int64_t over = gauge->used > gauge->whole ? gauge->used - gauge->whole : 0;
    int64_t scale = gauge->whole + over;
    int length = scale < width ? (int)scale : width;
    int limit = cells_of(gauge->whole, scale, length);
    int used = cells_of(gauge->used - over, scale, length);
    int paused = cells_of(gauge->paused, scale, length);
    int mark = gauge->mark > 0 ? cells_of(gauge->mark, scale, length) - 1 : -1;
    used = used > limit ? limit : used;
    paused = used + paused > limit ? limit - used : paused;
    for (int i = 0; i < length; i++) {
        bool past = i < used, held = !past && i < used + paused, late = i >= limit;
        enum glyph glyph = past   ? GLYPH_BAR_USED
                           : held ? GLYPH_BAR_PAUSED
                           : late ? GLYPH_BAR_OVER
                                  : GLYPH_BAR_REST;
        enum role role = past   ? ROLE_GAUGE_USED
                         : held ? ROLE_GAUGE_PAUSED
                         : late ? ROLE_GAUGE_OVER
                                : ROLE_GAUGE_REST;
        if (i == mark) {
            glyph = past ? GLYPH_BAR_MARK : GLYPH_BAR_MARK_REST;
            role = ROLE_GAUGE_MARK;
        }
        pane_glyph(pane, row, column + i, role, glyph);
    }
    return column + length;
}

int spark_draw(const struct pane *pane, int row, int column, const int64_t *values, int count,
               int64_t most)
{
    int64_t top = most;
    for (int i = 0; i < count && most == 0; i++) {
        top = values[i] > top ? values[i] : top;
    }
    for (int i = 0; i < count; i++) {
        if (values[i] >= 0 && top > 0) {
            int64_t eighth = (values[i] * 8 + top / 2) / top;
            pane_put(pane, row, column + i, ROLE_SPARK,
                     glyph_spark(pane->look, eighth > 8 ? 8 : (int)eighth));
        }
    }
    return column + count;
}
