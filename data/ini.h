/*
 * ini.h: a policy file as keys and values, each with its place (POLICY guide, section 2).
 *
 * A scan tells what is wrong with the form; the values are those iniparser reads from the same
 * bytes.
 */
#ifndef YUNTAI_DATA_INI_H
#define YUNTAI_DATA_INI_H

#include "core/compile.h"

struct ini; /* owns its keys, values and a copy of the bytes */

/* Reads LENGTH bytes at BYTES. NULL only without memory; what is wrong goes to FINDINGS, and what
 * can be read nonetheless is there. */
struct ini *ini_read(const char *bytes, size_t length, struct findings *findings);
/* As long as the ini lives. A key written twice is there once. */
const struct source *ini_source(const struct ini *ini);
void ini_free(struct ini *ini);

#endif
