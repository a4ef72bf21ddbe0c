/*
 * console_svg.h: a screen as a picture.
 */
#ifndef YUNTAI_TEST_SUPPORT_CONSOLE_SVG_H
#define YUNTAI_TEST_SUPPORT_CONSOLE_SVG_H

#include "test/support/console_pty.h"

/* Appends the screen of PTY as an SVG file that needs no fonts but the reader's own. LIGHT: on
 * white. */
void svg_draw(const struct pty *pty, bool light, struct text *out);

#endif
