/*
 * script_words.h: a line of a script as words. For script.c alone.
 */
#ifndef YUNTAI_CORE_SCRIPT_WORDS_H
#define YUNTAI_CORE_SCRIPT_WORDS_H

#include "core/arena.h"
#include "core/compile.h"
#include "core/script.h"

struct script_word {
    const char *text; /* quotes and backslashes resolved, NUL behind */
    size_t length;
    size_t equals; /* offset of the first = outside quotes; LENGTH where there is none */
    struct place place;
};

/*
 * Splits the LENGTH bytes of LINE (number NUMBER) into WORDS, SCRIPT_WORDS_MOST of them at most, in
 * ARENA. False after a finding; *COUNT is then what was read before it.
 */
bool script_split(const char *line, size_t length, int32_t number, struct arena *arena,
                  struct findings *findings, struct script_word *words, size_t *count);

void script_say(struct findings *findings, struct place place, enum message_id id, const char *a,
                const char *b);

#endif
