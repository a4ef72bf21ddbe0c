/* origin.c: addresses, taken apart by libcurl. */
#include "data/vendor/origin.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 300 };

/* A part of URL as memory of our own, in small letters; NULL where there is none. */
static char *part_of(CURLU *url, CURLUPart part)
{
    char *found = NULL, *own = NULL;
    if (curl_url_get(url, part, &found, CURLU_DEFAULT_PORT) == CURLUE_OK) {
        size_t size = strlen(found) + 1;
        own = malloc(size);
        for (size_t i = 0; own && i < size; i++) {
            own[i] = found[i] >= 'A' && found[i] <= 'Z' ? (char)(found[i] + 32) : found[i];
        }
    }
    curl_free(found);
    return own;
}

bool origin_of(const char *text, struct origin *out)
{
    *out = (struct origin){0};
    CURLU *url = curl_url();
    bool good = url && curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK;
    char *port = good ? part_of(url, CURLUPART_PORT) : NULL;
    if (good) {
        out->scheme = part_of(url, CURLUPART_SCHEME);
        out->host = part_of(url, CURLUPART_HOST);
        out->port = (uint16_t)(port ? strtol(port, NULL, 10) : 0);
    }
    good = out->scheme && out->host && out->port &&
           (strcmp(out->scheme, "https") == 0 || strcmp(out->scheme, "http") == 0);
    free(port);
    curl_url_cleanup(url);
    if (!good) {
        origin_free(out);
    }
    return good;
}

void origin_free(struct origin *origin)
{
    free(origin->scheme);
    free(origin->host);
    *origin = (struct origin){0};
}

bool origin_has(const struct origin *origin, const char *url)
{
    struct origin other;
    bool same = origin->host && origin_of(url, &other);
    if (same) {
        same = other.port == origin->port && strcmp(other.scheme, origin->scheme) == 0 &&
               strcmp(other.host, origin->host) == 0;
        origin_free(&other);
    }
    return same;
}

bool origin_is_here(const struct origin *origin)
{
    struct in_addr four;
    return strcmp(origin->host, "localhost") == 0 || strcmp(origin->host, "[::1]") == 0 ||
           (inet_pton(AF_INET, origin->host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127);
}

void origin_text(const struct origin *origin, struct text *out)
{
    text_addf(out, "%s://%s:%d", origin->scheme, origin->host, (int)origin->port);
}

bool url_resolve(const char *base, const char *reference, struct text *out)
{
    char *whole = NULL;
    CURLU *url = curl_url();
    bool good = url && curl_url_set(url, CURLUPART_URL, base, CURLU_DISALLOW_USER) == CURLUE_OK &&
                curl_url_set(url, CURLUPART_URL, reference, CURLU_DISALLOW_USER) == CURLUE_OK &&
                curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK;
    if (good) {
        text_add(out, whole);
    }
    curl_free(whole);
    curl_url_cleanup(url);
    return good && !out->failed;
}

void url_show(const char *url, struct text *out)
{
    size_t length = strcspn(url, "?#");
    bool cut = length > SHOWN_MOST;
    length = cut ? SHOWN_MOST : length;
    for (size_t at = 0; at < length;) {
        size_t step = utf8_length(url + at, length - at);
        bool plain = step > 1 || (step == 1 && (unsigned char)url[at] > ' ' && url[at] != 0x7f);
        text_add_n(out, plain ? url + at : "?", plain ? step : 1);
        at += step ? step : 1;
    }
    text_add(out, cut ? "…" : "");
}
