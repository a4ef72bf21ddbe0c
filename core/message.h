/*
 * message.h: what core/ has to say to a person, as values.
 *
 * core/ prints nothing and knows no language. It returns a message: an id with up to four
 * arguments. The English sentence of an id is message_english(); the floor above looks up its
 * translation and puts the arguments in with message_expand(). Sentences name what is wrong and,
 * after a semicolon, what would be right.
 */
#ifndef YUNTAI_CORE_MESSAGE_H
#define YUNTAI_CORE_MESSAGE_H

#include "core/arena.h"
#include "core/text.h"

enum message_id {
    MESSAGE_NONE,
#define MESSAGE(id, english) MESSAGE_##id,
#include "core/message_list.h"
#undef MESSAGE
    MESSAGE_COUNT
};

struct message {
    enum message_id id;
    const char *arg[4]; /* %1..%4 of the sentence; NULL reads as ""; owned by whoever made it. An
                           argument that differs by language is "zh MESSAGE_BOTH en" in one text */
};

/* The English sentence with %1..%4 in it; a gettext msgid. */
const char *message_english(enum message_id id);
#define MESSAGE_BOTH '\037'

/* Appends SENTENCE (the English or a translation) with the arguments of MESSAGE in place, of those
 * in both languages the English or the Chinese half. */
void message_expand(struct text *out, const char *sentence, const struct message *message,
                    bool english);
/* An argument in both languages, made in ARENA. */
const char *message_both(struct arena *arena, const char *zh, const char *en);
/* Appends what lies from LOW to HIGH, each "" where that end is open, in both languages: " 15 至 30
 * 天" and "15 to 30 days". UNIT: as a policy writes it, "" none. DAYS: the ends are days or
 * moments. */
void message_range(struct text *out, const char *low, const char *high, const char *unit,
                   bool days);
/* The word for a unit of time (wd d mo h), else UNIT as it stands. */
const char *message_unit(const char *unit, bool english);

#endif
