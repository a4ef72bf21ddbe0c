/* service_papers.h: certificates of a service, made when a test wants them. */
#ifndef YUNTAI_TEST_SUPPORT_SERVICE_PAPERS_H
#define YUNTAI_TEST_SUPPORT_SERVICE_PAPERS_H

#include <openssl/ssl.h>

#include "test/support/service.h"

/* A server's context with a certificate of that kind; the caller frees it. */
SSL_CTX *service_papers_of(enum service_papers papers);

#endif
