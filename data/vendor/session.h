/*
 * session.h: an account at a cloud: its token, and where the services are that take it.
 *
 * Keystone v3 with a password. The catalogue comes with the token; of each service the address of
 * the region and the interface that the settings say is kept, with the origin that the token goes
 * to. A catalogue that names a host nobody told us of, or http where https was asked for, is not
 * believed.
 */
#ifndef YUNTAI_DATA_VENDOR_SESSION_H
#define YUNTAI_DATA_VENDOR_SESSION_H

#include "data/vendor/http.h"
#include "data/vendor/settings.h"

enum service {
    SERVICE_IDENTITY,
    SERVICE_COMPUTE,
    SERVICE_PLACEMENT,
    SERVICE_VOLUME,
    SERVICE_METRIC,
    SERVICES
};

struct endpoint {
    const char *type; /* as the catalogue names the service */
    struct text url;  /* without / at its end; empty: the catalogue has none */
    struct origin origin;
    struct text token, version; /* header lines; VERSION "" asks for none */
    const char *headers[3];
};

struct session { /* the first three are the caller's to set; the rest zeroed */
    const struct settings *settings;
    struct http *http;
    const char *wanted; /* region; "" the only one there is */
    struct text secret;
    struct endpoint endpoints[SERVICES];
    struct text region; /* the one in use */
    int token;          /* which: 1 the first; 0 none yet */
    int64_t ends;       /* from then on, by monotonic_ms(), it may have ended */
    /* session.c's own */
    struct text body, answer, url;
    struct origin keystone;
    int64_t asked; /* when the last token was */
};

/* Checks the settings and fetches the secret. */
int session_begin(struct session *session, struct error *error);
/* Fills CALL with the question for a token; its answer goes to session_take(). */
int session_ask(struct session *session, struct http_call *call, struct error *error);
int session_take(struct session *session, const struct http_call *call, struct error *error);
/* TOKEN, as of session->token, may have ended by now. */
bool session_ended(const struct session *session, int token);
/* What is asked of SERVICE is asked for in VERSION: "compute 2.79"; "": the oldest. */
int session_version(struct session *session, enum service service, const char *version,
                    struct error *error);
/* What the catalogue calls SERVICE: "compute", "volumev3". */
const char *session_type(const struct session *session, enum service service);
/* The same, appended, with the version that is asked for: "compute 2.79". */
void session_called(const struct session *session, enum service service, struct text *out);
void session_free(struct session *session);

#endif
