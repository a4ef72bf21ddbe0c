/*
 * text.h: sentences in the language chosen. Msgids are English; see data/po/.
 */
#ifndef YUNTAI_TUI_TEXT_H
#define YUNTAI_TUI_TEXT_H

#include <libintl.h>
#include <stdbool.h>

#define _(sentence) gettext(sentence)
#define N_(sentence) sentence /* marked where it stands in a table, looked up later */

/* Sets the locale and the language, "zh" or "en" (NULL: what the environment says, else Chinese);
 * returns which. */
const char *text_language(const char *asked);

#endif
