/* letters.c: letters for names. */
#include "tui/sheet/letters.h"

struct letters letters_none(void)
{
    struct letters letters = {{false}};
    letters.taken['m'] = true;
    return letters;
}

static char give_first(struct letters *letters, const char *from)
{
    for (; *from; from++) {
        bool fits = (*from >= 'a' && *from <= 'z') || (*from >= 'A' && *from <= 'Z') ||
                    (*from >= '0' && *from <= '9');
        if (fits && !letters->taken[(unsigned char)*from]) {
            letters->taken[(unsigned char)*from] = true;
            return *from;
        }
    }
    return '\0';
}

char letters_give(struct letters *letters, const char *name)
{
    char letter = give_first(letters, name);
    return letter ? letter
                  : give_first(letters, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789");
}
