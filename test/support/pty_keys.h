/*
 * pty_keys.h: the bytes that a terminal sends for a key.
 */
#ifndef YUNTAI_TEST_SUPPORT_PTY_KEYS_H
#define YUNTAI_TEST_SUPPORT_PTY_KEYS_H

#include "core/text.h"
#include "tui/terminal/key.h"

/* Appended. */
void key_bytes(struct key key, struct text *out);

#endif
