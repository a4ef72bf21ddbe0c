/*
 * refusal.h: what a service says when it will not: OpenStack's four shapes of JSON, and pages of
 * HTML.
 */
#ifndef YUNTAI_DATA_VENDOR_REFUSAL_H
#define YUNTAI_DATA_VENDOR_REFUSAL_H

#include "core/text.h"

/* Appends what LENGTH bytes of a refusal's body say, one line of at most 300 bytes; nothing where
 * they say nothing. Any bytes are fit. */
void refusal_text(const char *bytes, size_t length, struct text *out);
/* Appends TEXT as one such line: blanks for control characters, "?" for what is no UTF-8. */
void refusal_line(const char *text, size_t length, struct text *out);

#endif
