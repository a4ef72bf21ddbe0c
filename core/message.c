/* message.c: what core/ has to say to a person, as values. */
#include "core/message.h"

#include <string.h>

static const char *const sentences[MESSAGE_COUNT] = {
    [MESSAGE_NONE] = "",
#define MESSAGE(id, english) [MESSAGE_##id] = (english),
#include "core/message_list.h"
#undef MESSAGE
};

const char *message_english(enum message_id id)
{
    return id < MESSAGE_COUNT ? sentences[id] : "";
}

static void add_argument(struct text *out, const char *argument, bool english)
{
    const char *split = argument ? strchr(argument, MESSAGE_BOTH) : NULL;
    if (!split) {
        text_add(out, argument ? argument : "");
    } else if (english) {
        text_add(out, split + 1);
    } else {
        text_add_n(out, argument, (size_t)(split - argument));
    }
}

void message_expand(struct text *out, const char *sentence, const struct message *message,
                    bool english)
{
    for (const char *at = sentence; *at;) {
        const char *percent = strchr(at, '%');
        if (!percent) {
            text_add(out, at);
            break;
        }
        text_add_n(out, at, (size_t)(percent - at));
        if (percent[1] >= '1' && percent[1] <= '4') {
            add_argument(out, message->arg[percent[1] - '1'], english);
            at = percent + 2;
        } else {
            text_add_n(out, "%", 1);
            at = percent + (percent[1] == '%' ? 2 : 1);
        }
    }
}

const char *message_both(struct arena *arena, const char *zh, const char *en)
{
    size_t first = zh ? strlen(zh) : 0, second = en ? strlen(en) : 0;
    char *both = arena_take(arena, first + second + 2);
    if (!both) {
        return "";
    }
    memcpy(both, zh ? zh : "", first);
    both[first] = MESSAGE_BOTH;
    memcpy(both + first + 1, en ? en : "", second);
    return both; /* what an arena hands out is zeroed */
}
