/*
 * curl_walk.h: curl alone: a token and the pages of a list, over one connection that is kept, with
 * nothing done to a page but that the address of the next one is found in it.
 */
#ifndef YUNTAI_TEST_SUPPORT_CURL_WALK_H
#define YUNTAI_TEST_SUPPORT_CURL_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

/* Appends a token of Keystone at URL (…/v3) for the account admin of the project admin. False, said
 * on stderr. */
bool curl_log_in(const char *url, const char *password, struct text *token);
/* From the page at URL on, with the headers that yuntai-net sends. How many pages; -1, said on
 * stderr. */
int64_t curl_walk(const char *url, const char *token);

#endif
