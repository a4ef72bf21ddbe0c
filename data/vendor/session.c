/* session.c: Keystone. */
#include "data/vendor/session.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/monotonic.h"
#include "data/vendor/refusal.h"
#include "data/vendor/secret.h"

enum { ANSWER_MOST = 1 << 20, HIDE_SECRET = 0, HIDE_TOKEN = 1, TYPES = 3 };
enum { EARLY_MS = 5000 }; /* Keystone counts whole seconds, and clocks of hosts differ */

static const struct {
    const char *types[TYPES]; /* of the catalogue */
    const char *fetch;        /* words of the setting that need it */
} services[SERVICES] = {
    [SERVICE_IDENTITY] = {{"identity"}, "projects"},
    [SERVICE_COMPUTE] = {{"compute"}, "servers flavors hosts capacity"},
    [SERVICE_PLACEMENT] = {{"placement"}, "capacity"},
    [SERVICE_VOLUME] = {{"volumev3", "block-storage", "block-store"}, "volumes"},
    [SERVICE_METRIC] = {{"metric"}, "use"},
};

static const char *set(const struct session *session, const char *key)
{
    return settings_text(session->settings, key);
}

/* ---- what is needed ---- */

static int lacks(const char *key, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     N_("the section of the vendor has no %1; yuntai.ini(5) says what it is"), key,
                     NULL);
}

/* URL with /v3 at its end and no /. */
static void keystone_url(const char *said, struct text *out)
{
    text_add(out, said);
    while (out->length > 0 && out->bytes[out->length - 1] == '/') {
        text_cut(out, out->length - 1);
    }
    bool whole = out->length > 3 && strcmp(out->bytes + out->length - 3, "/v3") == 0;
    text_add(out, whole ? "" : "/v3");
}

static int check_keystone(struct session *session, struct error *error)
{
    bool plain = settings_yes(session->settings, "plain");
    keystone_url(set(session, "url"), &session->url);
    if (!origin_of(text_bytes(&session->url), &session->keystone)) {
        return error_set(error, ERROR_USAGE, N_("%1 is no address of a service"),
                         set(session, "url"), NULL);
    }
    if (strcmp(session->keystone.scheme, "http") == 0 &&
        (!plain || !origin_is_here(&session->keystone))) {
        return error_set(error, ERROR_USAGE,
                         N_("%1: a password goes over https alone; http is for this machine, with "
                            "plain = yes"),
                         set(session, "url"), NULL);
    }
    text_add(&session->url, "/auth/tokens");
    return 0;
}

int session_begin(struct session *session, struct error *error)
{
    static const char *const needed[] = {"url", "user", "project"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!*set(session, needed[i])) {
            return lacks(needed[i], error);
        }
    }
    const char *file = set(session, "secret"), *command = set(session, "secret_command");
    if (check_keystone(session, error) != 0) {
        return -1;
    }
    if (!*file == !*command) {
        return lacks("secret, secret_command", error);
    }
    int status = *file ? secret_file(file, &session->secret, error)
                       : secret_command(command, settings_number(session->settings, "connect"),
                                        &session->secret, error);
    if (status == 0) {
        http_hide(session->http, HIDE_SECRET, text_bytes(&session->secret));
    }
    return status;
}

/* ---- asking ---- */

static bool take_answer(struct http_call *call, const char *bytes, size_t length)
{
    struct session *session = call->context;
    text_add_n(&session->answer, bytes, length);
    return !session->answer.failed;
}

static void answer_again(struct http_call *call)
{
    struct session *session = call->context;
    text_clear(&session->answer);
}

int session_ask(struct session *session, struct http_call *call, struct error *error)
{
    json_t *root = json_pack(
        "{s:{s:{s:[s],s:{s:{s:s,s:{s:s},s:s}}},s:{s:{s:s,s:{s:s}}}}}", "auth", "identity",
        "methods", "password", "password", "user", "name", set(session, "user"), "domain", "name",
        set(session, "user_domain"), "password", text_bytes(&session->secret), "scope", "project",
        "name", set(session, "project"), "domain", "name", set(session, "project_domain"));
    char *body = json_dumps(root, JSON_COMPACT);
    secret_free(&session->body);
    text_add(&session->body, body ? body : "");
    bool good = body && !session->body.failed;
    if (body) {
        OPENSSL_cleanse(body, strlen(body));
    }
    free(body);
    json_decref(root);
    answer_again(&(struct http_call){.context = session});
    session->answer.most = ANSWER_MOST;
    session->asked = monotonic_ms();
    http_call_free(call);
    *call = (struct http_call){.url = text_bytes(&session->url),
                               .origin = &session->keystone,
                               .body = text_bytes(&session->body),
                               .take = take_answer,
                               .again = answer_again,
                               .context = session};
    return good ? 0 : error_memory(error);
}

/* ---- the catalogue ---- */

/* HOST is that of Keystone, or one of the setting: itself, or below .example.cn. */
static bool host_allowed(const struct session *session, const char *host)
{
    size_t length = strlen(host);
    if (strcmp(host, session->keystone.host) == 0) {
        return true;
    }
    for (const char *at = set(session, "hosts"); *at;) {
        size_t word = strcspn(at, " ");
        bool tail = word > 0 && at[0] == '.' && length > word &&
                    strncmp(host + length - word, at, word) == 0;
        if (tail || (word == length && strncmp(host, at, word) == 0)) {
            return true;
        }
        at += word + (at[word] == ' ');
    }
    return false;
}

static int believe(const struct session *session, const char *url, struct origin *origin,
                   struct error *error)
{
    struct text shown = {0};
    bool good = origin_of(url, origin) && host_allowed(session, origin->host) &&
                strcmp(origin->scheme, session->keystone.scheme) == 0;
    if (!good) {
        url_show(url, &shown);
        error_set4(error, ERROR_ENVIRONMENT,
                   N_("the catalogue of %1 names %2: another host, or not %3; the setting hosts "
                      "lists those it may name"),
                   set(session, "url"), text_bytes(&shown), session->keystone.scheme, NULL);
        text_free(&shown);
    }
    return good ? 0 : -1;
}

static int keep_endpoint(struct session *session, enum service service, const char *type,
                         const char *url, struct error *error)
{
    struct endpoint *endpoint = &session->endpoints[service];
    struct origin origin = {0};
    if (believe(session, url, &origin, error) != 0) {
        origin_free(&origin);
        return -1;
    }
    origin_free(&endpoint->origin);
    endpoint->origin = origin;
    endpoint->type = type;
    text_clear(&endpoint->url);
    text_add(&endpoint->url, url);
    while (endpoint->url.length > 0 && endpoint->url.bytes[endpoint->url.length - 1] == '/') {
        text_cut(&endpoint->url, endpoint->url.length - 1);
    }
    return endpoint->url.failed ? error_memory(error) : 0;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static const char *region_of(const json_t *endpoint)
{
    const char *region = text_of(endpoint, "region_id");
    return *region ? region : text_of(endpoint, "region");
}

/* Which of a service's endpoints: that of the interface and the region; of several regions one
 * must have been said. */
static int choose(struct session *session, enum service service, const char *type,
                  const json_t *endpoints, struct error *error)
{
    const char *wanted = session->wanted, *interface = set(session, "interface");
    const char *url = NULL, *region = NULL;
    for (size_t i = 0; i < json_array_size(endpoints); i++) {
        const json_t *endpoint = json_array_get(endpoints, i);
        const char *here = region_of(endpoint);
        if (strcmp(text_of(endpoint, "interface"), interface) != 0 ||
            (*wanted && strcmp(here, wanted) != 0)) {
            continue;
        }
        if (region && strcmp(region, here) != 0) {
            return error_set(error, ERROR_USAGE,
                             N_("the catalogue has the regions %1 and %2; the setting region says "
                                "which"),
                             region, here);
        }
        region = here;
        url = text_of(endpoint, "url");
    }
    if (!url) {
        return 0;
    }
    text_clear(&session->region);
    text_add(&session->region, region);
    return keep_endpoint(session, service, type, url, error);
}

/* What is not asked for may be anywhere. */
static bool wanted(const struct session *session, enum service service)
{
    const char *words = services[service].fetch;
    bool any = false;
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        struct text word = {0};
        length = strcspn(words, " ");
        text_add_n(&word, words, length);
        any = any || settings_has(session->settings, "fetch", text_bytes(&word));
        text_free(&word);
    }
    return any;
}

static int take_service(struct session *session, const json_t *entry, struct error *error)
{
    const char *named = text_of(entry, "type");
    for (int i = 0; i < SERVICES; i++) {
        for (int t = 0; t < TYPES && services[i].types[t]; t++) {
            const char *type = services[i].types[t];
            if (strcmp(named, type) == 0 && wanted(session, (enum service)i)) {
                return choose(session, (enum service)i, type, json_object_get(entry, "endpoints"),
                              error);
            }
        }
    }
    return 0;
}

static int take_catalogue(struct session *session, const json_t *catalogue, struct error *error)
{
    int status = 0;
    for (size_t i = 0; status == 0 && i < json_array_size(catalogue); i++) {
        status = take_service(session, json_array_get(catalogue, i), error);
    }
    if (status == 0 && !session->endpoints[SERVICE_IDENTITY].url.length) {
        struct text url = {0};
        keystone_url(set(session, "url"), &url);
        status = keep_endpoint(session, SERVICE_IDENTITY, "identity", text_bytes(&url), error);
        text_free(&url);
    }
    struct text *identity = &session->endpoints[SERVICE_IDENTITY].url;
    if (status == 0) { /* old catalogues name it without a version */
        struct text url = {0};
        keystone_url(text_bytes(identity), &url);
        text_free(identity);
        *identity = url;
    }
    return status;
}

/* ---- the token ---- */

static void set_headers(struct endpoint *endpoint, const char *token)
{
    if (token) {
        secret_free(&endpoint->token);
        text_addf(&endpoint->token, "X-Auth-Token: %s", token);
    }
    endpoint->headers[0] = text_bytes(&endpoint->token);
    endpoint->headers[1] = endpoint->version.length ? text_bytes(&endpoint->version) : NULL;
    endpoint->headers[2] = NULL;
}

/* Printable and without blanks: it becomes a header. */
static bool token_good(const struct text *token)
{
    bool good = token->length > 0;
    for (size_t i = 0; i < token->length; i++) {
        good = good && token->bytes[i] > ' ' && token->bytes[i] < 0x7f;
    }
    return good;
}

/* 2026-11-22T09:15:34.000000Z */
static bool second_of(const json_t *token, const char *name, int64_t *out)
{
    const char *text = text_of(token, name);
    return moment_parse(text, strcspn(text, ".Z"), out);
}

/* Keystone says how long it lives; by our clock that is from when it was asked for. */
static int64_t end_of(const struct session *session, const json_t *token)
{
    int64_t from, to;
    bool known = second_of(token, "issued_at", &from) && second_of(token, "expires_at", &to);
    return known && to - from < INT32_MAX ? session->asked + (to - from) * 1000 - EARLY_MS
                                          : INT64_MAX;
}

int session_take(struct session *session, const struct http_call *call, struct error *error)
{
    json_error_t where;
    secret_free(&session->body);
    if (call->fault != HTTP_GOOD) {
        return http_error(session->http, call, error);
    }
    json_t *root = json_loadb(text_bytes(&session->answer), session->answer.length,
                              JSON_REJECT_DUPLICATES, &where);
    const json_t *token = json_object_get(root, "token");
    if (!json_is_object(token) || !token_good(&call->subject_token)) {
        json_decref(root);
        return error_set(error, ERROR_ENVIRONMENT,
                         N_("%1: what came for a password is no token that can be read"),
                         set(session, "url"), NULL);
    }
    const char *text = text_bytes(&call->subject_token);
    http_hide(session->http, HIDE_TOKEN, text);
    int status =
        session->token ? 0 : take_catalogue(session, json_object_get(token, "catalog"), error);
    session->ends = end_of(session, token);
    json_decref(root);
    for (int i = 0; status == 0 && i < SERVICES; i++) {
        set_headers(&session->endpoints[i], text);
    }
    session->token += status == 0;
    return status;
}

bool session_ended(const struct session *session, int token)
{
    return token < session->token || monotonic_ms() >= session->ends;
}

int session_version(struct session *session, enum service service, const char *version,
                    struct error *error)
{
    struct endpoint *endpoint = &session->endpoints[service];
    text_clear(&endpoint->version);
    if (*version) {
        text_addf(&endpoint->version, "OpenStack-API-Version: %s", version);
    }
    set_headers(endpoint, NULL);
    return endpoint->version.failed ? error_memory(error) : 0;
}

const char *session_type(const struct session *session, enum service service)
{
    const char *type = session->endpoints[service].type;
    return type ? type : services[service].types[0];
}

void session_called(const struct session *session, enum service service, struct text *out)
{
    const struct endpoint *endpoint = &session->endpoints[service];
    const char *version = strrchr(text_bytes(&endpoint->version), ' ');
    text_addf(out, "%s%s", session_type(session, service), version ? version : "");
}

void session_free(struct session *session)
{
    for (int i = 0; i < SERVICES; i++) {
        struct endpoint *endpoint = &session->endpoints[i];
        text_free(&endpoint->url);
        secret_free(&endpoint->token);
        text_free(&endpoint->version);
        origin_free(&endpoint->origin);
    }
    secret_free(&session->secret);
    secret_free(&session->body);
    text_free(&session->answer);
    text_free(&session->url);
    text_free(&session->region);
    origin_free(&session->keystone);
}
