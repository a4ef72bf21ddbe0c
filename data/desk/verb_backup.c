/* verb_backup.c: the workspace as another directory. */
#include "data/desk/inside.h"
#include "data/exchange/backup.h"

int verb_backup(struct asking *asking)
{
    const char *to;
    if (must_ask(asking, "to", &to) != 0) {
        return -1;
    }
    if (*to != '/') {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” is no whole path; it begins with /, as whoever copies may stand "
                            "elsewhere"),
                         to, NULL);
    }
    return backup_workspace(asking->counter, to, asking->reply, asking->error);
}
