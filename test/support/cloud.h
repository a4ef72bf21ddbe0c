/*
 * cloud.h: a cloud of recorded answers, and what an adapter reports of it.
 *
 * All services are one server; what was http://127.0.0.1:15004/x is its /15004/x. What it does
 * beside that is in its counts, which a test sets.
 */
#ifndef YUNTAI_TEST_SUPPORT_CLOUD_H
#define YUNTAI_TEST_SUPPORT_CLOUD_H

#include "data/vendor/adapter.h"
#include "test/support/service.h"

enum cloud_count {                /* of service_seen.count */
                   CLOUD_TOKENS,  /* that were given out */
                   CLOUD_NOVA,    /* questions to Nova */
                   CLOUD_EXPIRES, /* after so many of them the first token is taken no more; 0:
                                     never */
                   CLOUD_OLD,     /* 1: Nova knows version 2.1 alone */
                   CLOUD_FAULT,   /* one of those below */
                   CLOUD_MARKED   /* questions with changes-since */
};
enum cloud_fault {
    CLOUD_WELL,
    CLOUD_NO_NEUTRON,
    CLOUD_NO_KEYSTONE, /* once the token is given */
    CLOUD_READER,      /* the account may not see everything */
    CLOUD_POOR,        /* projects, hosts, volumes are not for it */
    CLOUD_CIRCLE,
    CLOUD_SAME_PAGE,
    CLOUD_TWICE,
    CLOUD_EMPTY,
    CLOUD_ENDLESS,
    CLOUD_ELSEWHERE, /* the next page is at another host */
    CLOUD_BAD_UTF8,
    CLOUD_DUPLICATE,
    CLOUD_DEEP,
    CLOUD_GREAT,
    CLOUD_RANGE,
    CLOUD_OVERFLOW,
    CLOUD_TYPE,
    CLOUD_NO_ID,
    CLOUD_NO_LIST,
    CLOUD_TORN,
    CLOUD_TRAILING,
    CLOUD_TWO_LISTS,
    CLOUD_HTML,
    CLOUD_NOT_ACCEPTABLE,
    CLOUD_BUSY_ONCE,
    CLOUD_FOREIGN_CATALOGUE,
    CLOUD_NO_TOKEN,
    CLOUD_BAD_TOKEN,
    CLOUD_ECHO,      /* says the password in its refusal */
    CLOUD_OVERLAP,   /* the second page begins with the last of the first */
    CLOUD_BREAKS,    /* the first try of the second page */
    CLOUD_MARK_GONE, /* the server that the second page begins behind, the first time */
    CLOUD_NO_MARKS,  /* each time */
    CLOUD_REGIONS,   /* no fault: the catalogue has a second region, where the same services are */
    CLOUD_WIDE,      /* no fault either: pages of which a pipe does not hold what is told of them */
    CLOUD_BRIEF      /* tokens end at once; Neutron is the first to see it, of the first one */
};
service_play play_cloud;

/* ---- an adapter's report, taken apart ---- */

enum { CLOUD_ROWS_MOST = 256 };
struct cloud_report {
    struct seen rows[CLOUD_ROWS_MOST], gone[CLOUD_ROWS_MOST];
    size_t row_count, gone_count;
    int64_t same, missed; /* MISSED: digests */
    struct text use;
    struct parcel done; /* empty unless it was reported as good */
    struct parcel failure;
    struct error error;
    int progress;
    struct text *kept; /* the bytes behind rows */
    size_t kept_count;
};

struct cloud {
    struct service service;
    struct orders orders;
    struct cloud_report report;
    char secret[40];
};
/* A service, and orders that are fit for it: all limits are a test's. */
void cloud_begin(struct cloud *cloud, enum service_papers papers);
void cloud_set(struct cloud *cloud, const char *key, const char *value);
/* COUNT digests of KIND, in their order, are known, behind those that are. */
void cloud_know(struct cloud *cloud, enum kind kind, const uint8_t *raws, size_t count);
/* Runs ADAPTER over the orders, as yuntai-net does, and takes its report apart. 0, or -1. */
int cloud_run(struct cloud *cloud, const struct adapter *adapter);
void cloud_end(struct cloud *cloud);
/* Takes apart LENGTH bytes of frames; 0: they end with a report that all is done. */
int cloud_take(struct cloud_report *report, const char *bytes, size_t length);
void cloud_report_free(struct cloud_report *report);
/* A row by kind and uid, NULL; a cell of the table of kinds. */
const struct seen *cloud_row(const struct cloud_report *report, const char *kind, const char *uid);
const char *cloud_kind(const struct cloud_report *report, const char *kind, const char *column);
size_t cloud_count(const struct cloud_report *report, const char *kind);

#endif
