/*
 * import.h: what was kept elsewhere, taken in: for the files of the verb `import` alone.
 */
#ifndef YUNTAI_DATA_DESK_IMPORT_H
#define YUNTAI_DATA_DESK_IMPORT_H

#include "data/desk/sheet.h"

enum { PATH_MOST = POLICY_SET_MOST };

struct import { /* rows by what they came to */
    int64_t fresh, changed, same;
};
/* Events (indexes within the procedure) that lead from the opening to a state. */
struct path {
    int32_t events[PATH_MOST];
    int32_t count;
};

/* Whether a table of cases may have column NAME. */
bool import_case_column(struct asking *asking, const char *name);
/* Those that it may have, but for item.CODE.COLUMN: name, title, required. */
void import_case_columns(struct asking *asking, struct table *table);
/* Takes in all rows, each a case; the rows that are wrong become problems. -1 with ERROR. */
int import_cases(struct sheet *sheet, struct import *import);

/*
 * The shortest way from the opening with FACTS to STATE, all at MOMENT, tried act by act:
 * conditions choose where an event leads. OUT is first tried as it is. 1 found, 0 there is none, -1
 * ERROR.
 */
int path_find(struct asking *asking, struct rulebook *rulebook, int32_t procedure,
              const struct text *facts, int64_t moment, int32_t state, struct path *out);
/* In which role an import does EVENT (-1: the opening): the first whose it is; WITH: whom the case
 * is with. An event that several sign is the desk's (ROLE_DESK). */
int32_t path_role(const struct procedure *procedure, int32_t event, int32_t with);

#endif
