/*
 * news.h: what was said on the message row: the last one, and the last 200.
 */
#ifndef YUNTAI_TUI_CONSOLE_NEWS_H
#define YUNTAI_TUI_CONSOLE_NEWS_H

#include <stdint.h>

#include "core/text.h"
#include "tui/terminal/role.h"

enum { NEWS_MOST = 200 };

struct piece {
    struct text text;
    enum role role;
    int64_t at; /* moment */
};
struct news { /* zeroed is empty */
    struct piece pieces[NEWS_MOST];
    int count, next;
    bool shown; /* the last one stands on the message row */
};

void news_free(struct news *news);
/* TEXT of one line; line ends become blanks. */
void news_add(struct news *news, enum role role, const char *text, int64_t at);
/* The last one, 1 the one before …; NULL where there are not so many. */
const struct piece *news_at(const struct news *news, int back);
/* That which stands on the message row; NULL. */
const struct piece *news_shown(const struct news *news);
/* A key was pressed: errors stay until ANSWERED. */
void news_key(struct news *news, bool answered);

#endif
