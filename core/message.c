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

const char *message_unit(const char *unit, bool english)
{
    static const char *const words[][3] = {{"wd", "个工作日", "working days"},
                                           {"d", "天", "days"},
                                           {"mo", "个月", "months"},
                                           {"h", "小时", "hours"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(unit, words[i][0]) == 0) {
            return words[i][english ? 2 : 1];
        }
    }
    return unit;
}

static void add_range(struct text *out, const char *low, const char *high, const char *unit,
                      bool days, bool english)
{
    static const char *const between[][2] = {{" ", " 至 "}, {"", " to "}}; /* after “应为” */
    static const char *const more[][2] = {{"不小于 ", "at least "}, {"不早于 ", "not before "}};
    static const char *const less[][2] = {{"不大于 ", "at most "}, {"不晚于 ", "not after "}};
    text_add(out, *low && *high ? between[english][0]
                  : *low        ? more[days][english]
                                : less[days][english]);
    text_add(out, low);
    text_add(out, *low && *high ? between[english][1] : "");
    text_add(out, high);
    text_add(out, *unit && strcmp(unit, "%") != 0 ? " " : "");
    text_add(out, message_unit(unit, english));
}

void message_range(struct text *out, const char *low, const char *high, const char *unit, bool days)
{
    static const char both[] = {MESSAGE_BOTH, '\0'};
    add_range(out, low, high, unit, days, false);
    text_add(out, both);
    add_range(out, low, high, unit, days, true);
}
