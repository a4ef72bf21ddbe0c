/*
 * article.h: the number of an article in the language chosen: 第十一条, Article 11.
 */
#ifndef YUNTAI_TUI_ARTICLE_H
#define YUNTAI_TUI_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

void article_add(struct text *out, int32_t number, bool english);

#endif
