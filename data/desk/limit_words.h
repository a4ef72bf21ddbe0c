/*
 * limit_words.h: the limit of a clock in words of both languages, with the titles that the policy
 * has for what it speaks of: "有过“提出异议”的，5个工作日；
 * 其余自“待受理”起5个工作日".
 */
#ifndef YUNTAI_DATA_DESK_LIMIT_WORDS_H
#define YUNTAI_DATA_DESK_LIMIT_WORDS_H

#include "core/policy.h"

/* Appends the limits of CLOCK as the policy at hand (its answers too) has them. False where it has
 * none, or some of it has no words: what was appended is then to be thrown away. */
bool limit_words(const struct policy *policy, const struct clock *clock, struct text *zh,
                 struct text *en);

#endif
