/*
 * bench_net.c [PAGES=50]: what it takes to read an inventory, per 1000 servers: the parts of it in
 * this process, then yuntai-net over loopback, new and unchanged, beside a bare loop that fetches
 * the same pages with curl and parses each with jansson whole.
 */
#define _GNU_SOURCE /* wait4 */

#include <curl/curl.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/vendor/cut.h"
#include "data/vendor/orders.h"
#include "data/vendor/raws.h"
#include "data/vendor/reading.h"
#include "test/support/service.h"

enum { A_PAGE = 1000, ROUNDS = 20, ID_DIGITS = 8 };

static char *page; /* of A_PAGE servers, recorded ones with ids of their own */
static size_t page_length, places[A_PAGE];
static int pages = 50;

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "bench net: %s\n", what);
        exit(1);
    }
}

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- pages ---- */

static bool first_element(void *context, const char *bytes, size_t length)
{
    struct text *out = context;
    if (!out->length) {
        text_add_n(out, bytes, length);
    }
    return true;
}

static void make_page(void)
{
    static char bytes[1 << 20];
    struct text element = {0}, out = {.most = 64 << 20};
    struct cut cut = {0};
    FILE *file = fopen("test/openstack/captures/22-servers-detail-page2-200.http", "rb");
    need(file, "no captures here; run it in the project's root");
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    cut_start(&cut, "servers", first_element, &element);
    char *begin = strstr(bytes, "{\"servers\"");
    cut_feed(&cut, begin, strlen(begin));
    cut_free(&cut);
    text_add(&out, "{\"servers\": [");
    for (int i = 0; i < A_PAGE; i++) {
        text_add(&out, i ? ", " : "");
        size_t at = out.length;
        text_add_n(&out, element.bytes, element.length);
        places[i] = at + (size_t)(strstr(out.bytes + at, "\"id\": \"") - (out.bytes + at)) + 7;
    }
    text_free(&element);
    page = out.bytes; /* kept to the end */
    page_length = out.length;
}

/* Gives the servers of the page their ids. */
static void number_page(int number)
{
    for (int i = 0; i < A_PAGE; i++) {
        char digits[ID_DIGITS + 1];
        snprintf(digits, sizeof digits, "%08x", (unsigned)(number * A_PAGE + i));
        memcpy(page + places[i], digits, ID_DIGITS);
    }
}

static void play(struct line *line)
{
    const char *marker = strstr(line->target, "marker=");
    int number = marker ? (int)strtol(marker + 7, NULL, 10) : 0;
    if (line_is(line, "/15000/v3/auth/tokens")) {
        line_capture(line, "01-auth-password-201");
    } else if (!line_is(line, "/15004/v2.1/servers")) {
        line_capture(line, "21-nova-v21-root-200");
    } else {
        struct text end = {0}, head = {0};
        number_page(number);
        text_add(&end, "]");
        if (number + 1 < pages) {
            text_addf(&end,
                      ", \"servers_links\": [{\"rel\": \"next\", \"href\": "
                      "\"http://127.0.0.1:%d/15004/v2.1/servers/detail?marker=%d\"}]",
                      line->port, number + 1);
        }
        text_add(&end, "}");
        text_addf(&head,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                  (int)(page_length + end.length));
        line_send(line, head.bytes, head.length);
        line_send(line, page, page_length);
        line_send(line, end.bytes, end.length);
        text_free(&end);
        text_free(&head);
    }
}

/* ---- the parts ---- */

struct part {
    bool digests, reads;
    struct reader reader;
    struct raws known;
};

static bool on_element(void *context, const char *bytes, size_t length)
{
    struct part *part = context;
    uint8_t raw[SEEN_RAW];
    struct seen seen;
    if (part->digests) {
        need(raw_digest("server", bytes, length, raw), "no digest");
    }
    if (part->reads) {
        need(read_thing(&part->reader, KIND_SERVER, bytes, length, &seen), "a server is not read");
    }
    return true;
}

static void measure_part(const char *name, bool digests, bool reads)
{
    struct part part = {.digests = digests, .reads = reads};
    struct cut cut = {0};
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double began = cpu();
        cut_start(&cut, "servers", on_element, &part);
        for (size_t at = 0; at < page_length; at += 16384) {
            cut_feed(&cut, page + at, page_length - at < 16384 ? page_length - at : 16384);
        }
        need(cut.count == A_PAGE, "not all servers are cut out");
        double took = cpu() - began;
        best = took < best ? took : best;
    }
    printf("  %-44s %6.2f ms\n", name, best * 1e3);
    cut_free(&cut);
    reader_free(&part.reader);
}

static void measure_whole(void)
{
    struct text whole = {.most = 64 << 20};
    double best = 1e9;
    text_add_n(&whole, page, page_length);
    text_add(&whole, "]}");
    for (int round = 0; round < ROUNDS; round++) {
        double began = cpu();
        json_t *root = json_loadb(whole.bytes, whole.length, JSON_REJECT_DUPLICATES, NULL);
        need(root, "jansson does not read the page");
        json_decref(root);
        double took = cpu() - began;
        best = took < best ? took : best;
    }
    printf("  %-44s %6.2f ms\n", "jansson, the page whole", best * 1e3);
    text_free(&whole);
}

/* ---- over loopback ---- */

static size_t keep(char *bytes, size_t size, size_t count, void *context)
{
    text_add_n(context, bytes, size * count);
    return size * count;
}

static void bare_loop(const struct service *service)
{
    struct text url = {0}, body = {.most = 64 << 20};
    CURL *easy = curl_easy_init();
    for (int i = 0; i < pages; i++) {
        text_clear(&url);
        text_clear(&body);
        text_addf(&url, "%s/15004/v2.1/servers/detail?marker=%d", service->url, i);
        curl_easy_setopt(easy, CURLOPT_URL, text_bytes(&url));
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
        need(curl_easy_perform(easy) == CURLE_OK, "curl");
        json_t *root = json_loadb(body.bytes, body.length, JSON_REJECT_DUPLICATES, NULL);
        need(json_array_size(json_object_get(root, "servers")) == A_PAGE, "jansson");
        json_decref(root);
    }
    curl_easy_cleanup(easy);
    text_free(&url);
    text_free(&body);
}

static void put_order(struct frame_writer *writer, struct parcel *parcel)
{
    need(frame_put_parcel(writer, FRAME_REQUEST, parcel) == FRAME_PUT, "an order is too large");
    parcel_free(parcel);
}

static void write_orders(int to, const struct service *service, const char *secret,
                         const struct raws *known)
{
    struct frame_writer writer = {0};
    struct parcel parcel = {0};
    struct text url = {0};
    const char *bytes;
    for (size_t at = 0; at < known->count; at += ORDERS_RAWS_MOST) {
        size_t count = known->count - at < ORDERS_RAWS_MOST ? known->count - at : ORDERS_RAWS_MOST;
        parcel_put(&parcel, "order", "known");
        parcel_put(&parcel, "kind", "server");
        parcel_put_n(&parcel, "raws", (const char *)known->raws[at], count * SEEN_RAW);
        put_order(&writer, &parcel);
        for (size_t length; (length = frame_waiting(&writer, &bytes)) > 0;) {
            ssize_t sent = write(to, bytes, length);
            need(sent > 0, "the orders do not go");
            frame_sent(&writer, (size_t)sent);
        }
    }
    text_addf(&url, "%s/15000/v3", service->url);
    const char *const set[][2] = {{"url", text_bytes(&url)}, {"user", "admin"},
                                  {"project", "admin"},      {"plain", "yes"},
                                  {"secret", secret},        {"fetch", "servers"}};
    parcel_put(&parcel, "order", "fetch");
    parcel_put(&parcel, "vendor", "bench");
    for (size_t i = 0; i < sizeof set / sizeof *set; i++) {
        struct text key = {0};
        text_addf(&key, "set.%s", set[i][0]);
        parcel_put(&parcel, text_bytes(&key), set[i][1]);
        text_free(&key);
    }
    put_order(&writer, &parcel);
    size_t length = frame_waiting(&writer, &bytes);
    need(write(to, bytes, length) == (ssize_t)length, "the orders do not go");
    frame_writer_free(&writer);
    text_free(&url);
}

static void take_rows(const struct parcel *parcel, struct text *raws)
{
    const char *rows = parcel_get(parcel, "rows");
    struct seen seen;
    if (rows && raws) {
        char *copy = malloc(strlen(rows) + 1), *at = copy;
        memcpy(copy, rows, strlen(rows) + 1);
        for (char *end = copy + strlen(rows); seen_take(&at, end, &seen);) {
            text_add_n(raws, (const char *)seen.raw, SEEN_RAW);
        }
        free(copy);
    }
}

/* MiB that PROCESS had at most since it was begun as a program: rusage counts what it was forked
 * from too. */
static double peak_of(pid_t process)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        kib = strncmp(line, "VmHWM:", 6) == 0 ? strtol(line + 6, NULL, 10) : kib;
    }
    if (file) {
        fclose(file);
    }
    return (double)kib / 1024;
}

/* Hears the report out; whether it ended well. */
static bool hear(int from, struct text *raws, pid_t process, double *peak)
{
    static char bytes[1 << 16];
    struct frame_reader reader = {0};
    struct frame frame;
    bool done = false;
    for (ssize_t count; (count = read(from, bytes, sizeof bytes)) > 0;) {
        need(frame_feed(&reader, bytes, (size_t)count), "memory");
        double now = peak_of(process);
        *peak = now > *peak ? now : *peak;
        while (frame_take(&reader, &frame)) {
            struct parcel parcel = {0};
            if (frame.kind == FRAME_REPLY && parcel_decode(frame.bytes, frame.length, &parcel)) {
                const char *what = parcel_get(&parcel, "what");
                done = what && strcmp(what, "done") == 0;
                take_rows(&parcel, raws);
            }
            parcel_free(&parcel);
        }
    }
    frame_reader_free(&reader);
    return done;
}

static double tell(const char *name, pid_t process, double peak)
{
    struct rusage usage;
    int status;
    need(wait4(process, &status, 0, &usage) == process && status == 0, name);
    double seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                     (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("  %-44s %6.2f ms", name, seconds * 1e3 / pages);
    if (peak > 0) {
        printf("   %5.1f MiB at most", peak);
    }
    printf("\n");
    return seconds;
}

static double run_net(const char *name, const struct service *service, const char *secret,
                      const struct raws *known, struct text *raws)
{
    int to[2], from[2];
    need(pipe(to) == 0 && pipe(from) == 0, "no pipes");
    fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[0]), close(to[1]), close(from[0]), close(from[1]);
        struct text path = {0};
        const char *build = getenv("YUNTAI_BUILD");
        text_addf(&path, "%s/data/yuntai-net", build ? build : ".build/release");
        execl(text_bytes(&path), "yuntai-net", (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    write_orders(to[1], service, secret, known);
    double peak = 0;
    need(hear(from[0], raws, process, &peak), "the run did not end well");
    close(to[1]);
    close(from[0]);
    return tell(name, process, peak);
}

static int in_order(const void *a, const void *b)
{
    return memcmp(a, b, SEEN_RAW);
}

static void over_loopback(void)
{
    struct service service;
    struct raws known = {0};
    struct text raws = {.most = 64 << 20};
    char secret[] = "/tmp/yuntai-bench-XXXXXX";
    int file = mkstemp(secret);
    need(file >= 0 && write(file, "adminpass\n", 10) == 10, "no file for the secret");
    close(file);
    service_start(&service, play, SERVICE_PLAIN);
    fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        bare_loop(&service);
        _exit(0);
    }
    double bare = tell("bare loop: curl, jansson", process, 0);
    double first = run_net("yuntai-net, all new", &service, secret, &known, &raws);
    qsort(raws.bytes, raws.length / SEEN_RAW, SEEN_RAW, in_order);
    need(raws_add(&known, (const uint8_t *)raws.bytes, raws.length / SEEN_RAW), "digests");
    need(known.count == (size_t)pages * A_PAGE, "not all servers came");
    double again = run_net("yuntai-net, all known", &service, secret, &known, NULL);
    printf("  all new %.2f of the bare loop; all known %.2f of all new\n", first / bare,
           again / first);
    service_stop(&service);
    unlink(secret);
    raws_free(&known);
    text_free(&raws);
}

int main(int argc, char **argv)
{
    pages = argc > 1 ? (int)strtol(argv[1], NULL, 10) : pages;
    need(pages > 0 && pages <= 1000, "1 to 1000 pages");
    make_page();
    number_page(0);
    printf("per 1000 servers (%.1f MB)\n", (double)page_length / 1e6);
    measure_part("cut out", false, false);
    measure_part("cut out, digest", true, false);
    measure_part("cut out, digest, read", true, true);
    measure_whole();
    over_loopback();
    free(page);
    return 0;
}
