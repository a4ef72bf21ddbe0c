/* cloud_play.c: what the services of a recorded cloud answer, well or not. */
#include <stdio.h>
#include <string.h>

#include "test/support/cloud.h"

static bool holds(const struct line *line, const char *part)
{
    return strstr(line->target, part) != NULL;
}

static int knob(const struct line *line, enum cloud_count count)
{
    return line->seen->count[count];
}

/* ---- Keystone ---- */

/* A token that has ended when it comes. */
static void play_brief_token(struct line *line)
{
    struct text body = {0};
    text_addf(&body,
              "{\"token\": {\"issued_at\": \"2026-11-22T09:15:34.000000Z\", \"expires_at\": "
              "\"2026-11-22T09:15:34.000000Z\", \"catalog\": [{\"type\": \"compute\", "
              "\"endpoints\": [{\"interface\": \"public\", \"region\": \"R\", \"url\": "
              "\"%s://127.0.0.1:%d/15004/v2.1\"}]}]}}",
              line->scheme, line->port);
    line_answer(line, "201 Created", "application/json", "X-Subject-Token: gAAAAbrief\r\n",
                body.bytes, body.length);
    text_free(&body);
}

static void play_token(struct line *line)
{
    int fault = knob(line, CLOUD_FAULT);
    line->seen->count[CLOUD_TOKENS]++;
    if (!strstr(line->body, "\"password\":\"adminpass\"")) {
        line_capture(line, "02-auth-wrong-password-401");
    } else if (fault == CLOUD_NO_TOKEN) {
        line_answer(line, "201 Created", "application/json", "X-Subject-Token: abc\r\n", "{}", 2);
    } else if (fault == CLOUD_BAD_TOKEN) {
        line_answer(line, "201 Created", "application/json", "X-Subject-Token: a b\x01\r\n",
                    "{\"token\": {}}", 13);
    } else if (fault == CLOUD_BRIEF) {
        play_brief_token(line);
    } else if (fault == CLOUD_ECHO) {
        static const char said[] = "{\"error\": {\"message\": \"adminpass is wrong\"}}";
        line_answer(line, "401 No", "application/json", "", said, sizeof said - 1);
    } else if (fault == CLOUD_FOREIGN_CATALOGUE) {
        static const char said[] =
            "{\"token\": {\"catalog\": [{\"type\": \"compute\", \"endpoints\": [{\"interface\": "
            "\"public\", \"region\": \"R\", \"url\": \"http://elsewhere.example/v2.1\"}]}]}}";
        line_answer(line, "201 Created", "application/json", "X-Subject-Token: abc\r\n", said,
                    sizeof said - 1);
    } else {
        line_capture(line,
                     fault == CLOUD_REGIONS ? "01b-auth-two-regions-201" : "01-auth-password-201");
    }
}

static void play_keystone(struct line *line)
{
    int fault = knob(line, CLOUD_FAULT);
    if (holds(line, "/auth/tokens")) {
        play_token(line);
    } else if (fault == CLOUD_POOR) {
        line_capture(line, "09-projects-reader-403");
    } else {
        line_capture(line, "08-projects-200");
    }
}

/* ---- servers that are not as they should be ---- */

static void servers(struct line *line, const char *elements, const char *next)
{
    struct text body = {0};
    text_addf(&body, "{\"servers\": [%s]", elements);
    if (next) {
        text_addf(&body, ", \"servers_links\": [{\"rel\": \"next\", \"href\": \"%s\"}]", next);
    }
    text_add(&body, "}");
    line_answer(line, "200 OK", "application/json", "", body.bytes, body.length);
    text_free(&body);
}

/* Page after page, each naming the next. */
static void play_pages(struct line *line, int fault)
{
    struct text next = {0}, elements = {0};
    const char *marker = strstr(line->target, "marker=");
    int page = marker ? marker[7] - 'a' + 1 : 0;
    text_addf(&next, "%s://127.0.0.1:%d/15004/v2.1/servers/detail?marker=%c", line->scheme,
              line->port, fault == CLOUD_CIRCLE ? 'a' + page % 3 : 'a' + page);
    if (fault == CLOUD_ELSEWHERE) {
        text_clear(&next);
        text_add(&next, "http://elsewhere.example/15004/v2.1/servers/detail?marker=a");
    }
    if (fault != CLOUD_EMPTY) {
        text_addf(&elements, "{\"id\": \"s%d\", \"name\": null}",
                  fault == CLOUD_SAME_PAGE ? 0 : page + (fault == CLOUD_OVERLAP ? 10 : 0));
        if (fault == CLOUD_OVERLAP && page < 3) {
            text_addf(&elements, ", {\"id\": \"s%d\", \"name\": \"x\"}", page + 11);
        }
    }
    for (int i = 0; fault == CLOUD_WIDE && i < 200; i++) {
        text_addf(&elements, ", {\"id\": \"w%d-%d\", \"name\": \"市大数据局-数据共享交换平台\"}",
                  page, i);
    }
    servers(line, text_bytes(&elements),
            fault == CLOUD_OVERLAP && page == 3 ? NULL : text_bytes(&next));
    text_free(&next);
    text_free(&elements);
}

static void play_great(struct line *line, const char *part, int count)
{
    struct text elements = {0};
    text_add(&elements, "{\"id\": \"s\", \"a\": ");
    for (int i = 0; i < count; i++) {
        text_add(&elements, part);
    }
    servers(line, text_bytes(&elements), NULL);
    text_free(&elements);
}

static bool play_broken(struct line *line, int fault)
{
    static const struct {
        enum cloud_fault fault;
        const char *elements;
    } all[] = {
        {CLOUD_TWICE, "{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"a\", \"name\": \"c\"}"},
        {CLOUD_BAD_UTF8, "{\"id\": \"a\", \"name\": \"\xc0\xaf\"}"},
        {CLOUD_DUPLICATE, "{\"id\": \"a\", \"status\": \"ACTIVE\", \"status\": \"ERROR\"}"},
        {CLOUD_RANGE, "{\"id\": \"a\", \"flavor\": {\"vcpus\": -4, \"ram\": 1, \"disk\": 1}}"},
        {CLOUD_OVERFLOW, "{\"id\": \"a\", \"flavor\": {\"vcpus\": 99999999999999999999}}"},
        {CLOUD_TYPE, "{\"id\": \"a\", \"flavor\": {\"vcpus\": \"four\"}}"},
        {CLOUD_NO_ID, "{\"id\": \"a\"}, {\"name\": \"nobody\"}"},
        {CLOUD_TORN, "{\"id\": \"a\", \"name\": \"b}"}};
    static const char trailing[] = "{\"servers\": [{\"id\": \"a\"}]} {}";
    static const char two[] = "{\"servers\": [{\"id\": \"a\"}], \"\\u0073ervers\": []}";
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if ((int)all[i].fault == fault) {
            servers(line, all[i].elements, NULL);
            return true;
        }
    }
    if (fault == CLOUD_DEEP) {
        play_great(line, "[", 1000000);
    } else if (fault == CLOUD_GREAT) {
        play_great(line, "\"x\", \"b\": ", 40000);
    } else if (fault == CLOUD_NO_LIST) {
        line_json(line, "{\"server\": []}");
    } else if (fault == CLOUD_TRAILING) {
        line_json(line, trailing);
    } else if (fault == CLOUD_TWO_LISTS) {
        line_json(line, two);
    } else if (fault == CLOUD_HTML) {
        line_answer(line, "200 OK", "text/html", "", "<html>log in</html>", 19);
    } else if (fault >= CLOUD_CIRCLE && fault <= CLOUD_ELSEWHERE) {
        play_pages(line, fault);
    } else if (fault == CLOUD_OVERLAP || fault == CLOUD_WIDE) {
        play_pages(line, fault);
    } else {
        return false;
    }
    return true;
}

/* ---- Nova ---- */

static void play_servers(struct line *line)
{
    int fault = knob(line, CLOUD_FAULT);
    bool second = holds(line, "marker=e1866349"), third = holds(line, "marker=6882104a");
    if (play_broken(line, fault)) {
        return;
    }
    if (fault == CLOUD_BRIEF && knob(line, CLOUD_TOKENS) < 2) {
        line_capture(line, "106-token-ended-at-neutron-400");
    } else if (fault == CLOUD_NO_NEUTRON) {
        line_capture(line, "101-neutron-down-servers-detail-500");
    } else if (fault == CLOUD_NO_KEYSTONE) {
        line_capture(line, "103-keystone-down-uncached-token-503");
    } else if (fault == CLOUD_READER) {
        line_capture(line, "38-reader-all-tenants-403");
    } else if (fault == CLOUD_NOT_ACCEPTABLE) {
        line_capture(line, "30-microversion-too-high-406");
    } else if (fault == CLOUD_BUSY_ONCE && line->seen->count[CLOUD_NOVA] < 3) {
        line_answer(line, "429 Too Many Requests", "application/json", "retry-after: 0\r\n", "{}",
                    2);
    } else if (fault == CLOUD_BREAKS && second && line->seen->count[15]++ == 0) {
        line_say(line, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Content-Length: 90000\r\n\r\n{\"servers\": [{\"id\": "
                       "\"54ec7968-ce98-49e3-8f83-a99d9dd1ea41\", \"name\": null}, ");
        line_pause(20);
        line_reset(line);
    } else if (second && (fault == CLOUD_NO_MARKS ||
                          (fault == CLOUD_MARK_GONE && line->seen->count[15]++ == 0))) {
        line_capture(line, "29-server-bad-marker-400");
    } else if (holds(line, "changes-since=") && holds(line, "marker=")) {
        servers(line, "", NULL);
    } else if (holds(line, "changes-since=")) {
        line->seen->count[CLOUD_MARKED]++;
        line_capture(line, "26-servers-changes-since");
    } else if (holds(line, "limit=3&marker=")) { /* behind version 2.1's */
        servers(line, "", NULL);
    } else if (!*line_header(line, "OpenStack-API-Version")) {
        line_capture(line, "23-servers-detail-limit3-mv2.1");
    } else {
        line_capture(line, third    ? "22-servers-detail-page3-200"
                           : second ? "22-servers-detail-page2-200"
                                    : "22-servers-detail-page1-200");
    }
}

static void play_nova(struct line *line)
{
    int asked = ++line->seen->count[CLOUD_NOVA], expires = knob(line, CLOUD_EXPIRES);
    bool poor = knob(line, CLOUD_FAULT) == CLOUD_POOR;
    if (expires > 0 && asked > expires && knob(line, CLOUD_TOKENS) < 2) {
        line_capture(line, "35-expired-token-nova-401");
    } else if (holds(line, "/servers/detail")) {
        play_servers(line);
    } else if (holds(line, "/flavors/detail")) {
        line_capture(line, "40-flavors-detail-200");
    } else if (line_is(line, "/15004/v2.1/os-services?binary=nova-compute")) {
        line_capture(line, poor ? "38-reader-all-tenants-403" : "42-services-200");
    } else if (holds(line, "/os-hypervisors/detail?limit=2&marker")) {
        line_json(line, "{\"hypervisors\": []}");
    } else if (holds(line, "/os-hypervisors/detail")) {
        line_capture(line, poor ? "38-reader-all-tenants-403" : "41-hypervisors-detail-200");
    } else if (knob(line, CLOUD_OLD)) {
        line_capture(line, "46-url-404");
    } else {
        line_capture(line, "21-nova-v21-root-200");
    }
}

/* ---- the others ---- */

static void play_placement(struct line *line)
{
    if (holds(line, "/inventories")) {
        line_capture(line, "62-inventories-200");
    } else if (holds(line, "/usages")) {
        line_capture(line, "63-usages-provider-200");
    } else if (holds(line, "/resource_providers")) {
        line_capture(line, "61-resource-providers-200");
    } else {
        line_capture(line, "60-placement-versions");
    }
}

static void play_cinder(struct line *line)
{
    if (knob(line, CLOUD_FAULT) == CLOUD_POOR) {
        line_capture(line, "46-url-404");
    } else if (holds(line, "marker=")) {
        line_json(line, "{\"volumes\": []}");
    } else {
        line_capture(line, "80-volumes-detail-200");
    }
}

static void play_gnocchi(struct line *line)
{
    if (holds(line, "/measures")) {
        line_capture(line,
                     holds(line, "93b85a2f") ? "92-gnocchi-metric-404" : "91-gnocchi-measures");
    } else if (holds(line, "marker=")) {
        line_json(line, "[]");
    } else {
        line_capture(line, "90-gnocchi-resource-instance");
    }
}

void play_cloud(struct line *line)
{
    bool token = strncmp(line_header(line, "X-Auth-Token"), "gAAAA", 5) == 0;
    if (!token && !line_is(line, "/15000/v3/auth/tokens")) {
        line_capture(line, "32-no-token-401");
    } else if (line_is(line, "/15000/")) {
        play_keystone(line);
    } else if (line_is(line, "/15002/")) {
        play_placement(line);
    } else if (line_is(line, "/15004/")) {
        play_nova(line);
    } else if (line_is(line, "/15007/")) {
        play_cinder(line);
    } else {
        play_gnocchi(line);
    }
}
