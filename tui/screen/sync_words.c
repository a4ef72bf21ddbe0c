/* sync_words.c: what a run asked of whom, and how much came, in words. */
#include "tui/phrase.h"
#include "tui/screen/sync.h"
#include "tui/text.h"

void sync_bytes_text(int64_t bytes, int64_t packed, struct text *out)
{
    phrase_bytes(out, bytes);
    if (packed > 0 && packed < bytes) {
        struct text line = {0};
        phrase_bytes(&line, packed);
        text_addf(out, _(" (%s over the line)"), text_bytes(&line));
        text_free(&line);
    }
}

void sync_asked_text(const char *services, int64_t retries, const char *again, bool english,
                     struct text *out)
{
    if (*services) {
        text_addf(out, _("asked: %s"), services);
    }
    if (retries > 0) {
        text_add(out, *services ? "   " : "");
        text_addf(out, _("tried again %d times"), (int)retries);
    }
    if (*again) {
        text_add(out, english ? " (" : "（");
        phrase_again(out, again, english);
        text_add(out, english ? ")" : "）");
    }
}
