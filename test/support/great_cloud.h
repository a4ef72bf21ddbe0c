/*
 * great_cloud.h: a cloud of very many servers as static files, a thousand a page as Nova shows
 * them, served by nginx on loopback. The files are made once and kept.
 *
 * SIZE/v3 is its Keystone, SIZE/v2.1 its Nova, SIZE being how many servers there are; the projects
 * are the same for all sizes.
 */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_CLOUD_H
#define YUNTAI_TEST_SUPPORT_GREAT_CLOUD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/text.h"

enum { CLOUD_PORT = 28774, CLOUD_PAGE = 1000, CLOUD_PROJECTS = 2000 };

/* SIZE servers under DIRECTORY, made where they are not there. False, said on stderr. */
bool great_cloud_make(const char *directory, int64_t size);
/* Its nginx, with all it writes in DIRECTORY; 0, said on stderr: it cannot be begun. */
pid_t great_cloud_serve(const char *directory);
void great_cloud_end(pid_t nginx);
/* Appends the address of PATH in the cloud of SIZE servers. */
void great_cloud_url(int64_t size, const char *path, struct text *out);
/* The name of project I, and the code of the system that it is of. */
void great_cloud_project(int i, struct text *out);

#endif
