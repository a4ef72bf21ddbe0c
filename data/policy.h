/*
 * policy.h: a policy out of a file.
 */
#ifndef YUNTAI_DATA_POLICY_H
#define YUNTAI_DATA_POLICY_H

#include "core/compile.h"

/* The draft of LENGTH bytes at BYTES; what is wrong with their form goes to FINDINGS, in order of
 * place. NULL only without memory. */
struct draft *policy_draft(const char *bytes, size_t length, struct findings *findings);
/* Appends `FILE:LINE:COLUMN thing key: what is wrong; what would be right`, in English. */
void policy_finding_text(const char *file, const struct finding *finding, struct text *out);

#endif
