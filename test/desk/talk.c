/*
 * talk.c: requests to a desk, one a line, and its replies as JSON, one a line: for tests that drive
 * the real desk from a script.
 *
 *   talk WORKSPACE [SOCKET]          SOCKET "": never a server
 *
 * A request is VERB TAB NAME=VALUE TAB …; in values \n \t \\ and \xHH, any byte, are what they say.
 * `make POLICY NOW` makes the workspace, `changed` says what was pushed. `send` sends the request
 * of the verb `of` away as one that takes long, `hear` waits for what it says next (`state`
 * progress or done), `recall` recalls it. All others are verbs of the desk. A value that is no text
 * comes back as {"hex": …}.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "data/desk.h"

static void json(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\') {
            printf("\\%c", byte);
        } else if (byte < 0x20) {
            printf("\\u%04x", byte);
        } else {
            putchar(byte);
        }
    }
    putchar('"');
}

static void json_or_null(const char *text)
{
    if (text) {
        json(text);
    } else {
        fputs("null", stdout);
    }
}

static void json_value(const char *value, size_t length)
{
    if (utf8_check(value, length) == length) {
        json(value);
        return;
    }
    fputs("{\"hex\":\"", stdout);
    for (size_t i = 0; i < length; i++) {
        printf("%02x", (unsigned char)value[i]);
    }
    fputs("\"}", stdout);
}

static void print_table(const struct table *table)
{
    json(table->name);
    fputs(":[", stdout);
    for (size_t row = 0; row < table_rows(table); row++) {
        fputs(row ? ",{" : "{", stdout);
        for (int32_t i = 0; i < table->column_count; i++) {
            fputs(i ? "," : "", stdout);
            json(table->columns[i].name);
            putchar(':');
            json_or_null(table_at(table, row, i));
        }
        putchar('}');
    }
    putchar(']');
}

static void print_reply(int status, const struct parcel *reply, const struct error *error)
{
    struct text text = {0};
    if (status != 0) {
        error_text(error, NULL, &text);
    }
    printf("{\"code\":%d,\"text\":", status == 0 ? 0 : (int)error->code);
    json(text_bytes(&text));
    text_free(&text);
    fputs(",\"pairs\":{", stdout);
    for (size_t i = 0; i < reply->pair_count; i++) {
        fputs(i ? "," : "", stdout);
        json(reply->pairs[i].name);
        putchar(':');
        json_value(reply->pairs[i].value, reply->pairs[i].length);
    }
    fputs("},\"tables\":{", stdout);
    for (size_t i = 0; i < reply->table_count; i++) {
        fputs(i ? "," : "", stdout);
        print_table(reply->tables[i]);
    }
    fputs("}}\n", stdout);
    fflush(stdout);
}

static int digit(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* In place; how long it then is. */
static size_t unescape(char *text)
{
    char *out = text, *start = text;
    for (; *text; text++) {
        if (*text == '\\' && text[1] == 'x') {
            *out++ = (char)(digit(text[2]) * 16 + digit(text[3]));
            text += 3;
        } else if (*text == '\\' && text[1]) {
            text++;
            *out++ = (char)(*text == 'n' ? '\n' : *text == 't' ? '\t' : *text);
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
    return (size_t)(out - start);
}

static void take_words(char *line, struct parcel *request)
{
    bool first = true;
    for (char *word = line; word;) {
        char *tab = strchr(word, '\t');
        if (tab) {
            *tab++ = '\0';
        }
        char *equals = strchr(word, '=');
        if (first) {
            parcel_put(request, "verb", word);
        } else if (equals) {
            *equals = '\0';
            size_t length = unescape(equals + 1);
            parcel_put_n(request, word, equals + 1, length);
        }
        first = false;
        word = tab;
    }
}

static int make(const char *workspace, const struct parcel *request, struct error *error)
{
    const char *now = parcel_get(request, "now");
    int64_t moment = MOMENT_NONE;
    if (now && moment_parse(now, strlen(now), &moment)) {
        moment -= 8 * 3600;
    }
    return desk_make(workspace, parcel_get(request, "policy"), moment, error);
}

/* ---- what takes long ---- */

static int send_away(struct desk *desk, const struct parcel *asked, struct errand **errand,
                     struct error *error)
{
    struct parcel request = {0};
    parcel_put(&request, "verb", parcel_get(asked, "of"));
    for (size_t i = 1; i < asked->pair_count; i++) {
        const struct pair *pair = &asked->pairs[i];
        parcel_put_n(&request, pair->name, pair->value, pair->length);
    }
    desk_forget(*errand);
    int status = desk_send(desk, &request, errand, error);
    parcel_free(&request);
    return status;
}

static int hear(struct errand **errand, struct parcel *reply, struct error *error)
{
    enum errand_state state;
    while ((state = desk_hear(*errand, reply, error)) == ERRAND_UNDER_WAY &&
           !parcel_get(reply, "step")) {
        struct pollfd poll_fd = {.fd = desk_errand_descriptor(*errand), .events = POLLIN};
        (void)poll(&poll_fd, 1, -1);
    }
    parcel_put(reply, "state", state == ERRAND_UNDER_WAY ? "progress" : "done");
    if (state != ERRAND_UNDER_WAY) {
        desk_forget(*errand);
        *errand = NULL;
    }
    return state == ERRAND_FAILED ? -1 : 0;
}

/* True: VERB is one of those that are none of the desk's. */
static bool of_errands(const char *verb, struct desk *desk, const struct parcel *request,
                       struct errand **errand, struct parcel *reply, struct error *error,
                       int *status)
{
    if (strcmp(verb, "send") == 0) {
        *status = send_away(desk, request, errand, error);
    } else if (strcmp(verb, "hear") == 0) {
        *status = hear(errand, reply, error);
    } else if (strcmp(verb, "recall") == 0) {
        desk_recall(*errand);
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    struct desk *desk = NULL;
    struct errand *errand = NULL;
    int done;
    if (desk_child(argc, argv, &done)) {
        return done;
    }
    if (argc < 2) {
        fputs("usage: talk WORKSPACE [SOCKET]\n", stderr);
        return 2;
    }
    struct desk_place place = {
        .workspace = argv[1], .socket = argc > 2 ? argv[2] : "", .now = MOMENT_NONE};
    while ((length = getline(&line, &room, stdin)) > 0) {
        struct parcel request = {0}, reply = {0};
        struct error error = {0};
        line[strcspn(line, "\n")] = '\0';
        take_words(line, &request);
        int status = 0;
        if (strcmp(parcel_get(&request, "verb"), "make") == 0) {
            status = make(argv[1], &request, &error);
        } else if (strcmp(parcel_get(&request, "verb"), "changed") == 0) {
            parcel_put_int(&reply, "seq", desk ? desk_changed(desk) : 0);
        } else {
            status = desk ? 0 : desk_open(&place, &desk, &error);
            if (status == 0 && !of_errands(parcel_get(&request, "verb"), desk, &request, &errand,
                                           &reply, &error, &status)) {
                status = desk_call(desk, &request, &reply, &error);
            }
        }
        print_reply(status, &reply, &error);
        parcel_free(&request);
        parcel_free(&reply);
        error_free(&error);
    }
    free(line);
    desk_forget(errand);
    desk_close(desk);
    return 0;
}
