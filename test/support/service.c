/* service.c: sockets, OpenSSL and a process for each connection. */
#define _GNU_SOURCE /* asprintf, strcasestr */

#include "test/support/service.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/support/service_papers.h"

/* ---- a connection ---- */

static bool send_some(struct line *line, const char *bytes, size_t length, size_t *sent)
{
    if (line->ssl) {
        return SSL_write_ex(line->ssl, bytes, length, sent) == 1;
    }
    ssize_t count = send(line->socket, bytes, length, MSG_NOSIGNAL);
    *sent = count > 0 ? (size_t)count : 0;
    return count > 0;
}

void line_send(struct line *line, const char *bytes, size_t length)
{
    size_t sent;
    for (; length > 0; bytes += sent, length -= sent) {
        if (!send_some(line, bytes, length, &sent)) {
            _exit(0);
        }
    }
}

void line_say(struct line *line, const char *text)
{
    line_send(line, text, strlen(text));
}

void line_pause(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

void line_reset(struct line *line)
{
    struct linger now = {1, 0};
    setsockopt(line->socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(line->socket);
    _exit(0);
}

void line_answer(struct line *line, const char *status, const char *type, const char *headers,
                 const char *body, size_t length)
{
    struct text head = {0};
    text_addf(&head, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n", status,
              type, (int)length, headers);
    line_send(line, head.bytes, head.length);
    line_send(line, body, length);
    text_free(&head);
}

void line_json(struct line *line, const char *body)
{
    line_answer(line, "200 OK", "application/json", "", body, strlen(body));
}

bool line_is(const struct line *line, const char *target)
{
    return strncmp(line->target, target, strlen(target)) == 0;
}

const char *line_header(const struct line *line, const char *name)
{
    static char value[4096];
    struct text wanted = {0};
    text_addf(&wanted, "\n%s: ", name);
    const char *at = strcasestr(line->head, text_bytes(&wanted));
    at = at ? at + wanted.length : "";
    snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\r\n"), at);
    text_free(&wanted);
    return value;
}

/* ---- recorded answers ---- */

static void read_capture(const char *name, struct text *out)
{
    char part[65536];
    size_t count;
    struct text path = {0};
    const char *source = getenv("YUNTAI_SOURCE");
    text_addf(&path, "%s/test/openstack/captures/%s.http", source ? source : ".", name);
    FILE *file = fopen(text_bytes(&path), "rb");
    while (file && (count = fread(part, 1, sizeof part, file)) > 0) {
        text_add_n(out, part, count);
    }
    if (!file) {
        fprintf(stderr, "%s: cannot be read\n", text_bytes(&path));
        _exit(1);
    }
    fclose(file);
    text_free(&path);
}

/* Appends TEXT with its addresses turned to LINE's. */
static void turn(const struct line *line, const char *text, struct text *out)
{
    static const char known[] = "http://127.0.0.1:";
    for (const char *at; (at = strstr(text, known)); text = at + sizeof known - 1) {
        text_add_n(out, text, (size_t)(at - text));
        text_addf(out, "%s://127.0.0.1:%d/", line->scheme, line->port);
    }
    text_add(out, text);
}

void line_capture(struct line *line, const char *name)
{
    struct text file = {0}, head = {0}, body = {0};
    read_capture(name, &file);
    char *begin = strchr(file.bytes, '\n') + 1; /* behind the command that got it */
    char *end = strstr(begin, "\r\n\r\n");
    end = end ? end : strstr(begin, "\n\n");
    char *rest = end + (*end == '\r' ? 4 : 2);
    *end = '\0';
    turn(line, rest, &body);
    for (char *at = strtok_r(begin, "\r\n", &end); at; at = strtok_r(NULL, "\r\n", &end)) {
        if (strncasecmp(at, "Content-Length:", 15) != 0) {
            turn(line, at, &head);
            text_add(&head, "\r\n");
        }
    }
    text_addf(&head, "Content-Length: %d\r\n\r\n", (int)body.length);
    line_send(line, head.bytes, head.length);
    line_send(line, text_bytes(&body), body.length);
    text_free(&file);
    text_free(&head);
    text_free(&body);
}

/* ---- requests ---- */

static size_t receive(struct line *line, char *bytes, size_t most)
{
    size_t count = 0;
    if (line->ssl) {
        return SSL_read_ex(line->ssl, bytes, most, &count) == 1 ? count : 0;
    }
    ssize_t got = recv(line->socket, bytes, most, 0);
    return got > 0 ? (size_t)got : 0;
}

/* One request into the shared head. False: the other side has no more. */
static bool next_request(struct line *line, char *own)
{
    static char kept[SERVICE_HEAD_MOST];
    size_t length = 0, whole = 0;
    while (!whole || length < whole) {
        size_t count = receive(line, own + length, SERVICE_HEAD_MOST - 1 - length);
        if (count == 0) {
            return false;
        }
        length += count;
        own[length] = '\0';
        char *end = strstr(own, "\r\n\r\n");
        const char *size = strcasestr(own, "\ncontent-length:");
        whole =
            end ? (size_t)(end + 4 - own) + (size && size < end ? strtoul(size + 16, NULL, 10) : 0)
                : 0;
    }
    line->head = memcpy(kept, own, length + 1);
    memcpy(line->seen->head, own, length + 1);
    line->seen->requests++;
    line->seen->tokens += strcasestr(kept, "\nx-auth-token:") != NULL;
    line->body = strstr(own, "\r\n\r\n") + 4;
    char *rest;
    line->method = strtok_r(own, " ", &rest);
    line->target = strtok_r(NULL, " ", &rest);
    return line->method && line->target;
}

static void converse(struct line *line, SSL_CTX *papers, service_play *play)
{
    static char own[SERVICE_HEAD_MOST];
    if (papers) {
        line->ssl = SSL_new(papers);
        SSL_set_fd(line->ssl, line->socket);
        if (SSL_accept(line->ssl) != 1) {
            _exit(0);
        }
    }
    while (!line->over && next_request(line, own)) {
        play(line);
    }
    if (line->ssl) {
        SSL_shutdown(line->ssl);
    }
    close(line->socket);
    _exit(0);
}

/* ---- the server ---- */

static void serve(struct service *service, int door, service_play *play, SSL_CTX *papers)
{
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int socket = accept(door, NULL, NULL);
        service->seen->connections++;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        if (socket >= 0 && fork() == 0) {
            struct line line = {.seen = service->seen,
                                .port = service->port,
                                .scheme = papers ? "https" : "http",
                                .socket = socket};
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            converse(&line, papers, play);
        }
        close(socket);
    }
}

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "service: %s\n", what);
        abort();
    }
}

void service_start(struct service *service, service_play *play, enum service_papers papers)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof here;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SSL_CTX *context = papers == SERVICE_PLAIN ? NULL : service_papers_of(papers);
    int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    need(door >= 0 && bind(door, (struct sockaddr *)&here, size) == 0 && listen(door, 64) == 0 &&
             getsockname(door, (struct sockaddr *)&here, &size) == 0,
         "no socket on loopback");
    service->port = ntohs(here.sin_port);
    snprintf(service->url, sizeof service->url, "http%s://127.0.0.1:%d", context ? "s" : "",
             service->port);
    service->seen = mmap(NULL, sizeof *service->seen, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    need(service->seen != MAP_FAILED, "no memory to share");
    service->process = fork();
    if (service->process == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve(service, door, play, context);
    }
    setpgid(service->process, service->process);
    close(door);
    SSL_CTX_free(context);
}

void service_stop(struct service *service)
{
    kill(-service->process, SIGKILL);
    waitpid(service->process, NULL, 0);
    munmap(service->seen, sizeof *service->seen);
}
