/* news.c: what was said. */
#include "tui/console/news.h"

#include <string.h>

void news_free(struct news *news)
{
    for (int i = 0; i < NEWS_MOST; i++) {
        text_free(&news->pieces[i].text);
    }
    *news = (struct news){0};
}

void news_add(struct news *news, enum role role, const char *text, int64_t at)
{
    struct piece *piece = &news->pieces[news->next];
    news->next = (news->next + 1) % NEWS_MOST;
    news->count += news->count < NEWS_MOST;
    news->shown = true;
    text_clear(&piece->text);
    while (*text) {
        size_t line = strcspn(text, "\n");
        text_add_n(&piece->text, text, line);
        text += line + strspn(text + line, "\n");
        text_add(&piece->text, *text ? " " : "");
    }
    piece->role = role;
    piece->at = at;
}

const struct piece *news_at(const struct news *news, int back)
{
    return back >= 0 && back < news->count
               ? &news->pieces[(news->next - 1 - back + 2 * NEWS_MOST) % NEWS_MOST]
               : NULL;
}

const struct piece *news_shown(const struct news *news)
{
    return news->shown ? news_at(news, 0) : NULL;
}

void news_key(struct news *news, bool answered)
{
    const struct piece *last = news_at(news, 0);
    if (last && (last->role != ROLE_MESSAGE_ERROR || answered)) {
        news->shown = false;
    }
}
