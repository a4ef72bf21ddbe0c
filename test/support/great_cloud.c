/* great_cloud.c: pages of servers made of recorded ones, and the nginx that has them. */
#define _GNU_SOURCE /* memmem */
#include "test/support/great_cloud.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/vendor/cut.h"

enum { MODELS_MOST = 32, TEXT_MOST = 64 << 20, START_MS = 5000 };
#define MODELS_FROM "test/openstack/captures/22-servers-detail-page2-200.http"

static const char edition[] = "1\n"; /* one more whenever the pages are made another way */

struct models { /* servers as a cloud showed them */
    struct text all[MODELS_MOST];
    int count;
};

static bool complain(const char *what, const char *of)
{
    fprintf(stderr, "great cloud: %s: %s\n", what, of);
    return false;
}

/* Spreads what follows on each other, so that ids come in no order. */
static uint64_t stir(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

void great_cloud_url(int64_t size, const char *path, struct text *out)
{
    text_add(out, "http://127.0.0.1:");
    text_add_int(out, CLOUD_PORT);
    text_add(out, "/");
    text_add_int(out, size);
    text_add(out, path);
}

void great_cloud_project(int i, struct text *out)
{
    char name[16];
    snprintf(name, sizeof name, "s%04d", i);
    text_add(out, name);
}

/* ---- a server ---- */

static bool take_model(void *context, const char *bytes, size_t length)
{
    struct models *models = context;
    if (models->count < MODELS_MOST) {
        text_add_n(&models->all[models->count++], bytes, length);
    }
    return true;
}

static bool read_models(struct models *models)
{
    static char bytes[1 << 20];
    struct cut cut = {0};
    FILE *file = fopen(MODELS_FROM, "r");
    if (!file) {
        return complain("not run in the project's root", MODELS_FROM);
    }
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    const char *begin = strstr(bytes, "{\"servers\"");
    cut_start(&cut, "servers", take_model, models);
    if (begin) {
        cut_feed(&cut, begin, strlen(begin));
    }
    cut_free(&cut);
    return models->count > 0 || complain("no servers in it", MODELS_FROM);
}

/* Appends TEXT with each OLD, LENGTH bytes, being NEW. */
static void put_with(struct text *out, const char *text, size_t size, const char *old,
                     size_t length, const char *new)
{
    const char *end = text + size, *found;
    while ((found = memmem(text, (size_t)(end - text), old, length))) {
        text_add_n(out, text, (size_t)(found - text));
        text_add(out, new);
        text = found + length;
    }
    text_add_n(out, text, (size_t)(end - text));
}

/* Puts NEW in the place of the value of MEMBER, wherever that value stands. */
static void change(struct text *text, const char *member, const char *new)
{
    struct text head = {0}, out = {0};
    text_addf(&head, "\"%s\": \"", member);
    const char *at = strstr(text_bytes(text), text_bytes(&head));
    if (at) {
        at += head.length;
        put_with(&out, text->bytes, text->length, at, strcspn(at, "\""), new);
        text_free(text);
        *text = out;
    }
    text_free(&head);
}

static void put_server(struct text *page, const struct models *models, int64_t index)
{
    const struct text *model = &models->all[index % models->count];
    uint64_t a = stir((uint64_t)index * 2 + 1), b = stir((uint64_t)index * 2 + 2);
    char id[40], project[40], name[40];
    struct text server = {0};
    snprintf(id, sizeof id, "%08x-%04x-4%03x-8%03x-%012llx", (unsigned)(a >> 32),
             (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff), (unsigned)(b >> 48 & 0xfff),
             (unsigned long long)(b & 0xffffffffffff));
    snprintf(project, sizeof project, "%016llx%016llx",
             (unsigned long long)stir(b % CLOUD_PROJECTS), 7ULL);
    snprintf(name, sizeof name, "\\u5e02\\u5e94\\u6025-%07d", (int)index);
    text_add_n(&server, model->bytes, model->length);
    change(&server, "id", id);
    change(&server, "tenant_id", project);
    change(&server, "name", name);
    text_add_n(page, server.bytes, server.length);
    text_free(&server);
}

/* ---- files ---- */

static bool write_file(const char *path, const struct text *bytes)
{
    FILE *file = bytes->failed ? NULL : fopen(path, "w");
    bool good = file && fwrite(bytes->bytes, 1, bytes->length, file) == bytes->length;
    good = (!file || fclose(file) == 0) && good;
    return good || complain(strerror(errno), path);
}

static bool write_page(const char *directory, const struct models *models, int64_t size,
                       int64_t number)
{
    struct text page = {.most = TEXT_MOST}, path = {0};
    text_add(&page, "{\"servers\": [");
    for (int64_t i = 0; i < CLOUD_PAGE; i++) {
        text_add(&page, i ? ", " : "");
        put_server(&page, models, number * CLOUD_PAGE + i);
    }
    text_add(&page, "]");
    if ((number + 1) * CLOUD_PAGE < size) {
        text_add(&page, ", \"servers_links\": [{\"rel\": \"next\", \"href\": \"");
        great_cloud_url(size, "/v2.1/servers/detail?page=", &page);
        text_add_int(&page, number + 1);
        text_add(&page, "\"}]");
    }
    text_add(&page, "}");
    text_addf(&path, "%s/", directory);
    text_add_int(&path, size);
    text_add(&path, "/");
    text_add_int(&path, number);
    text_add(&path, ".json");
    bool good = write_file(text_bytes(&path), &page);
    text_free(&page);
    text_free(&path);
    return good;
}

static bool write_projects(const char *directory)
{
    struct text all = {.most = TEXT_MOST}, path = {0};
    text_add(&all, "{\"links\": {\"next\": null}, \"projects\": [");
    for (int i = 0; i < CLOUD_PROJECTS; i++) {
        char id[40];
        snprintf(id, sizeof id, "%016llx%016llx", (unsigned long long)stir((uint64_t)i), 7ULL);
        text_addf(&all, "%s{\"id\": \"%s\", \"name\": \"", i ? ", " : "", id);
        great_cloud_project(i, &all);
        text_add(&all, "\", \"domain_id\": \"default\", \"enabled\": true, \"tags\": []}");
    }
    text_add(&all, "]}");
    text_addf(&path, "%s/projects.json", directory);
    bool good = write_file(text_bytes(&path), &all);
    text_free(&all);
    text_free(&path);
    return good;
}

/* The file that is written last says that all are there. */
static bool is_made(const char *path)
{
    char said[sizeof edition] = "";
    FILE *file = fopen(path, "r");
    bool made = file && fread(said, 1, sizeof said - 1, file) > 0 && strcmp(said, edition) == 0;
    if (file) {
        fclose(file);
    }
    return made;
}

static bool write_all(const char *directory, const struct models *models, int64_t size)
{
    bool good = write_projects(directory);
    for (int64_t page = 0; page * CLOUD_PAGE < size && good; page++) {
        good = write_page(directory, models, size, page);
        if (page % 10 == 0) {
            fprintf(stderr, "\rgreat cloud: %3d %%", (int)(page * CLOUD_PAGE * 100 / size));
        }
    }
    fputs("\r                  \r", stderr);
    return good;
}

bool great_cloud_make(const char *directory, int64_t size)
{
    struct models models = {0};
    struct text own = {0}, mark = {0}, said = {0};
    text_addf(&own, "%s/", directory);
    text_add_int(&own, size);
    text_addf(&mark, "%s/made", text_bytes(&own));
    bool good = is_made(text_bytes(&mark));
    if (!good) {
        mkdir(directory, 0755);
        mkdir(text_bytes(&own), 0755);
        unlink(text_bytes(&mark));
        text_add(&said, edition);
        good = read_models(&models) && write_all(directory, &models, size) &&
               write_file(text_bytes(&mark), &said);
    }
    for (int i = 0; i < models.count; i++) {
        text_free(&models.all[i]);
    }
    text_free(&own);
    text_free(&mark);
    text_free(&said);
    return good;
}

/* ---- nginx ---- */

/* One process, in the foreground, that ends with this one; nothing of the system's is read. */
static const char configuration[] =
    "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log nginx.log;\n"
    "events { worker_connections 64; }\n"
    "http {\n"
    "  access_log off; default_type application/json; gzip off; sendfile on;\n"
    "  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;\n"
    "  uwsgi_temp_path tmp; scgi_temp_path tmp;\n"
    "  map $arg_page $page { '' 0; default $arg_page; }\n"
    "  server {\n"
    "    listen 127.0.0.1:%PORT;\n"
    "    root .;\n"
    "    location ~ ^/(?<size>[0-9]+)/v3/auth/tokens$ {\n"
    "      add_header X-Subject-Token bench;\n"
    "      return 201 '{\"token\": {\"catalog\": ["
    "{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", \"region\": \"one\","
    " \"url\": \"http://127.0.0.1:%PORT/$size/v2.1\"}]},"
    "{\"type\": \"identity\", \"endpoints\": [{\"interface\": \"public\", \"region\": \"one\","
    " \"url\": \"http://127.0.0.1:%PORT/$size/v3\"}]}]}}';\n"
    "    }\n"
    "    location ~ ^/[0-9]+/v2\\.1/$ {\n"
    "      return 200 '{\"version\": {\"id\": \"v2.1\", \"version\": \"2.93\"}}';\n"
    "    }\n"
    "    location ~ ^/(?<size>[0-9]+)/v2\\.1/servers/detail$ {\n"
    "      try_files /$size/$page.json =404;\n"
    "    }\n"
    "    location ~ ^/[0-9]+/v3/projects$ { try_files /projects.json =404; }\n"
    "  }\n"
    "}\n";

static bool configure(const char *directory)
{
    struct text path = {0}, all = {0}, port = {0};
    text_add_int(&port, CLOUD_PORT);
    put_with(&all, configuration, sizeof configuration - 1, "%PORT", 5, text_bytes(&port));
    text_addf(&path, "%s/tmp", directory);
    mkdir(text_bytes(&path), 0755);
    text_clear(&path);
    text_addf(&path, "%s/nginx.conf", directory);
    bool good = write_file(text_bytes(&path), &all);
    text_free(&path);
    text_free(&all);
    text_free(&port);
    return good;
}

static bool answers(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons(CLOUD_PORT),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answered = connect(end, (struct sockaddr *)&at, sizeof at) == 0;
    close(end);
    return answered;
}

pid_t great_cloud_serve(const char *directory)
{
    char *whole = realpath(directory, NULL);
    int status = 0;
    if (!whole || !configure(whole) || answers()) {
        complain(whole ? "somebody else has its port" : "there is no directory", directory);
        free(whole);
        return 0;
    }
    fflush(NULL);
    pid_t nginx = fork();
    if (nginx == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
        execlp("nginx", "nginx", "-p", whole, "-c", "nginx.conf", "-e", "nginx.log", (char *)NULL);
        execl("/usr/sbin/nginx", "nginx", "-p", whole, "-c", "nginx.conf", "-e", "nginx.log",
              (char *)NULL);
        _exit(127);
    }
    free(whole);
    for (int waited = 0; waited < START_MS && !answers(); waited += 20) {
        if (waitpid(nginx, &status, WNOHANG) == nginx) {
            complain("nginx did not begin; nginx.log says why", directory);
            return 0;
        }
        (void)poll(NULL, 0, 20);
    }
    return nginx;
}

void great_cloud_end(pid_t nginx)
{
    if (nginx > 0) {
        kill(nginx, SIGTERM);
        waitpid(nginx, NULL, 0);
    }
}
