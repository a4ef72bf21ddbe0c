/* output.c: JSON, CSV, sentences. */
#include "tui/output.h"

#include <string.h>

#include "tui/text.h"

static void json_control(struct text *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    text_addf(out, "\\u00%c%c", digits[byte >> 4], digits[byte & 15]);
}

void json_string(struct text *out, const char *text)
{
    if (!text) {
        text_add(out, "null");
        return;
    }
    size_t length = strlen(text);
    text_add(out, "\"");
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)text[at];
        size_t size = utf8_length(text + at, length - at);
        if (byte == '"' || byte == '\\') {
            text_addf(out, "\\%c", byte);
        } else if (byte == '\n') {
            text_add(out, "\\n");
        } else if (byte < 0x20 || byte == 0x7f) {
            json_control(out, byte);
        } else if (size) {
            text_add_n(out, text + at, size);
        } else {
            text_add(out, "\xef\xbf\xbd");
        }
        at += size ? size : 1;
    }
    text_add(out, "\"");
}

void csv_field(struct text *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        text_add(out, text);
        return;
    }
    text_add(out, "\"");
    for (; *text; text++) {
        text_addf(out, *text == '"' ? "\"%c" : "%c", *text);
    }
    text_add(out, "\"");
}

void message_write(struct text *out, const struct message *message, const char *language)
{
    const char *english = message_english(message->id);
    struct message said = *message;
    if (said.id == MESSAGE_build_required && said.arg[1] && said.arg[1][0]) {
        said.arg[1] = gettext(said.arg[1]); /* what a key means is a sentence of its own */
    }
    message_expand(out, english[0] ? gettext(english) : "", &said, strcmp(language, "en") == 0);
}
