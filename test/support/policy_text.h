/* policy_text.h: a policy from a string, for tests. */
#ifndef YUNTAI_TEST_POLICY_TEXT_H
#define YUNTAI_TEST_POLICY_TEXT_H

#include "core/compile.h"

/* Fails the test, printing the findings, where TEXT is no right policy. Both are the caller's to
 * free; DRAFT may be NULL. */
struct policy *policy_of_text(const char *text, struct draft **draft);

#endif
