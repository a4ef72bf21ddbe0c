/* choice.c: a row to be chosen. */
#include "tui/sheet/choice.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 10 };

static bool move_to(struct choice *choice, int row)
{
    int last = choice->count - 1;
    row = row > last ? last : row;
    choice->cursor = row < 0 ? 0 : row;
    return true;
}

bool choice_act(struct choice *choice, enum action action)
{
    switch (action) {
    case ACTION_DOWN:
        return move_to(choice, choice->cursor + 1);
    case ACTION_UP:
        return move_to(choice, choice->cursor - 1);
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        return move_to(choice, choice->cursor + PAGE);
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
        return move_to(choice, choice->cursor - PAGE);
    case ACTION_FIRST:
        return move_to(choice, 0);
    case ACTION_LAST:
        return move_to(choice, choice->count - 1);
    default:
        return false;
    }
}

void choice_count(struct choice *choice, int count)
{
    choice->count = count;
    move_to(choice, choice->cursor);
}

int choice_top(const struct choice *choice, int rows)
{
    return rows > 0 && choice->cursor >= rows ? choice->cursor - rows + 1 : 0;
}

enum role choice_role(const struct choice *choice, int row, enum role otherwise)
{
    return row == choice->cursor ? ROLE_SHEET_CURSOR : otherwise;
}

char *copy_text(const char *text)
{
    return text ? strdup(text) : NULL;
}
