/* curl_walk.c: the least that asking a cloud for its servers can take. */
#include "test/support/curl_walk.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PAGE_MOST = 64 << 20 };

static bool wrong(const char *what, const char *more)
{
    fprintf(stderr, "curl: %s: %s\n", what, more);
    return false;
}

static size_t keep(char *bytes, size_t size, size_t count, void *context)
{
    text_add_n(context, bytes, size * count);
    return size * count;
}

static size_t keep_token(char *line, size_t size, size_t count, void *context)
{
    static const char name[] = "X-Subject-Token: ";
    size_t length = size * count, head = sizeof name - 1;
    if (length > head && strncasecmp(line, name, head) == 0) {
        text_add_n(context, line + head, strcspn(line + head, "\r\n"));
    }
    return length;
}

/* Whether what URL answers is good; its body is appended to BODY. */
static bool ask(CURL *easy, const char *url, struct curl_slist *headers, struct text *body)
{
    long status = 0;
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, body);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return (code == CURLE_OK && status / 100 == 2) ||
           wrong(url, code == CURLE_OK ? text_bytes(body) : curl_easy_strerror(code));
}

bool curl_log_in(const char *url, const char *password, struct text *token)
{
    static const char domain[] = "\"domain\":{\"id\":\"default\"}";
    struct text tokens = {0}, question = {0}, answer = {.most = PAGE_MOST};
    CURL *easy = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    text_addf(&tokens, "%s/auth/tokens", url);
    text_addf(&question, "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{");
    text_addf(&question, "\"user\":{\"name\":\"admin\",%s,\"password\":\"%s\"}}},", domain,
              password);
    text_addf(&question, "\"scope\":{\"project\":{\"name\":\"admin\",%s}}}}", domain);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, text_bytes(&question));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, keep_token);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, token);
    bool good = ask(easy, text_bytes(&tokens), headers, &answer) &&
                (token->length > 0 || wrong(url, "there is no token"));
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    text_free(&tokens);
    text_free(&question);
    text_free(&answer);
    return good;
}

/* {"servers": […], "servers_links": [{"rel": "next", "href": "…"}]}: appended, if there is one. */
static void find_next(const struct text *page, struct text *url)
{
    static const char name[] = "\"servers_links\"", member[] = "\"href\": \"";
    const char *links = text_bytes(page), *href = NULL;
    for (const char *at = links + page->length; at > links && !href; at--) {
        href = strncmp(at, name, sizeof name - 1) == 0 ? strstr(at, member) : NULL;
        if (page->length - (size_t)(at - links) > 4096) {
            break; /* they are at the end */
        }
    }
    if (href) {
        href += sizeof member - 1;
        text_add_n(url, href, strcspn(href, "\""));
    }
}

int64_t curl_walk(const char *url, const char *token)
{
    struct text next = {0}, page = {.most = PAGE_MOST}, header = {0};
    struct curl_slist *headers = curl_slist_append(NULL, "OpenStack-API-Version: compute 2.79");
    CURL *easy = curl_easy_init();
    int64_t pages = 0;
    bool good = true;
    text_addf(&header, "X-Auth-Token: %s", token);
    headers = curl_slist_append(headers, text_bytes(&header));
    for (text_add(&next, url); good && next.length > 0; pages++) {
        text_clear(&page);
        good = ask(easy, text_bytes(&next), headers, &page);
        text_clear(&next);
        find_next(&page, &next);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    text_free(&next);
    text_free(&page);
    text_free(&header);
    return good ? pages : -1;
}
