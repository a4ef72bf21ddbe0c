/* typing.c: keys written down. */
#include "test/support/typing.h"

#include <string.h>

#include "tui/width.h"

void typing_each(const char *keys, void *self,
                 bool (*press)(void *self, const struct key_event *event))
{
    while (*keys) {
        struct key_event event = {0};
        const char *close = *keys == '<' && keys[1] ? strchr(keys + 2, '>') : NULL;
        if (close && key_parse(keys + 1, (size_t)(close - keys - 1), &event.key)) {
            keys = close + 1;
        } else {
            struct character next = width_next(keys);
            event.key.code = next.code;
            keys += next.bytes;
        }
        press(self, &event);
    }
}
