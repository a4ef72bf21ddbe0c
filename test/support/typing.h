/* typing.h: keys written down, "ab<Left><Ctrl-Z>", pressed one by one. */
#ifndef YUNTAI_TEST_TYPING_H
#define YUNTAI_TEST_TYPING_H

#include "tui/terminal/key.h"

/* Presses each of KEYS: characters as they are, others by name in <>; "<" itself is <<>. */
void typing_each(const char *keys, void *self,
                 bool (*press)(void *self, const struct key_event *event));

#endif
