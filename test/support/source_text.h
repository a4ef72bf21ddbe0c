/*
 * source_text.h: a policy from a string without data/'s reader of files, for tests of core/ alone.
 *
 * Understands `[section]` and `key = value`, one a line, and nothing else: no comments, no quotes,
 * no lines that go on.
 */
#ifndef YUNTAI_TEST_SOURCE_TEXT_H
#define YUNTAI_TEST_SOURCE_TEXT_H

#include "core/compile.h"

/* The draft of TEXT; what is wrong with its form goes to FINDINGS. Fails the test without memory.
 */
struct draft *draft_of_text(const char *text, struct findings *findings);

/* "LINE:COLUMN THING KEY: SENTENCE\n" of each finding, in English; the caller's to free. */
char *findings_text(const struct findings *findings);

#endif
