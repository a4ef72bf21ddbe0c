/*
 * output.h: what commands print: JSON strings, CSV fields, sentences of core/.
 */
#ifndef YUNTAI_TUI_OUTPUT_H
#define YUNTAI_TUI_OUTPUT_H

#include "core/message.h"

/* Appends TEXT as a JSON string, quotes included; NULL as null. Bytes that are no UTF-8 become
 * U+FFFD. */
void json_string(struct text *out, const char *text);
/* Appends TEXT as a CSV field, in quotes where it needs them (RFC 4180). */
void csv_field(struct text *out, const char *text);
/* Appends the sentence of MESSAGE in the language chosen. */
void message_write(struct text *out, const struct message *message, const char *language);

#endif
