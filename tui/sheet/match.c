/* match.c: how well what is typed fits a name. */
#include "tui/sheet/match.h"

#include <string.h>

enum { SCATTERED = 1, BY_SOUND, WITHIN, BEGINS, WHOLE };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *name, const char *typed)
{
    while (*typed && lower(*name) == lower(*typed)) {
        name++;
        typed++;
    }
    return *typed == '\0';
}

static bool within(const char *name, const char *typed)
{
    while (*name && !begins(name, typed)) {
        name++;
    }
    return *name != '\0';
}

/* Letters in their order, the first of them at the beginning of a word. */
static bool scattered(const char *name, const char *typed)
{
    bool word = true;
    const char *first = name;
    while (*first && !(word && lower(*first) == lower(*typed))) {
        word = *first == ' ' || *first == '-';
        first++;
    }
    for (name = first; *name && *typed; name++) {
        typed += lower(*name) == lower(*typed);
    }
    return *typed == '\0';
}

int match_of(const struct pinyin *pinyin, const char *name, const char *typed)
{
    bool starts = begins(name, typed);
    return starts && strlen(name) == strlen(typed)         ? WHOLE
           : starts                                        ? BEGINS
           : within(name, typed)                           ? WITHIN
           : pinyin && pinyin_matches(pinyin, name, typed) ? BY_SOUND
           : scattered(name, typed)                        ? SCATTERED
                                                           : 0;
}
