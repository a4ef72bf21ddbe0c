/* terminal_info.c: terminfo, by curses' library. */
#include "tui/terminal/terminal_info.h"

#include <curses.h>
#include <stddef.h>
/* after curses.h */
#include <term.h>

bool info_begin(const char *name, int out)
{
    int status;
    return setupterm(name, out, &status) == OK;
}

void info_end(void)
{
    if (cur_term) {
        del_curterm(cur_term);
    }
}

const char *info_string(const char *capability)
{
    const char *value = tigetstr(capability);
    return value && value != (char *)-1 && *value ? value : NULL;
}

bool info_flag(const char *capability)
{
    return tigetflag(capability) == 1;
}

int info_number(const char *capability)
{
    return tigetnum(capability);
}
