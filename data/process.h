/*
 * process.h: whether a process is still the one it was: its number and when it began.
 */
#ifndef YUNTAI_DATA_PROCESS_H
#define YUNTAI_DATA_PROCESS_H

#include "core/text.h"

/* Appends the sign of process PID of this machine, "PID:BEGAN"; nothing where there is none. */
void process_sign(int64_t pid, struct text *out);
/* The process of that sign lives. One that cannot be looked at, lives. */
bool process_lives(const char *sign);

#endif
