/* cast.c: who acts in the sample city. */
#include "data/sample/cast.h"

#include <string.h>

/* WORD stands in LIST, whose words are parted by commas and blanks. */
static bool among(const char *list, const char *word)
{
    size_t length = strlen(word);
    while (*list) {
        list += strspn(list, ", ");
        size_t here = strcspn(list, ", ");
        if (here == length && memcmp(list, word, length) == 0) {
            return true;
        }
        list += here;
    }
    return false;
}

static const char *parent_of(const struct grid *orgs, const char *org)
{
    for (size_t i = 0; i < orgs->count; i++) {
        if (strcmp(grid_cell(orgs, i, "code"), org) == 0) {
            return grid_cell(orgs, i, "parent");
        }
    }
    return "";
}

/* The login of number NTH of those of ORG (NULL: anybody) with ROLE; COUNT takes how many. */
static const char *holder(const struct grid *people, const char *role, const char *org,
                          uint64_t nth, uint64_t *count)
{
    const char *found = NULL;
    *count = 0;
    for (size_t i = 0; i < people->count; i++) {
        if (among(grid_cell(people, i, "roles"), role) &&
            (!org || strcmp(grid_cell(people, i, "parent"), org) == 0)) {
            found = *count == nth ? grid_cell(people, i, "code") : found;
            ++*count;
        }
    }
    return found;
}

const char *cast_person(const struct grid *people, const struct grid *orgs, const char *role,
                        const char *org, uint64_t seed, uint64_t nth)
{
    const char *of[] = {org, *org ? parent_of(orgs, org) : "", NULL};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        uint64_t count = 0;
        if (of[i] && !*of[i]) {
            continue;
        }
        holder(people, role, of[i], 0, &count);
        if (count > 0) {
            return holder(people, role, of[i], (seed + nth) % count, &count);
        }
    }
    return NULL;
}

static bool take_row(const struct grid *cast, size_t row, struct phrase *phrase)
{
    bool good = true;
    for (size_t k = 0; good && k < cast->columns; k++) {
        good = phrase_set(phrase, cast->head[k], cast->rows[row][k]);
    }
    return good;
}

bool cast_row(const struct grid *cast, const char *pool, size_t number, struct phrase *phrase)
{
    size_t count = 0;
    for (size_t i = 0; i < cast->count; i++) {
        count += strcmp(grid_cell(cast, i, "pool"), pool) == 0;
    }
    size_t at = count ? number % count : 0;
    for (size_t i = 0; i < cast->count; i++) {
        if (strcmp(grid_cell(cast, i, "pool"), pool) == 0 && at-- == 0) {
            return take_row(cast, i, phrase);
        }
    }
    return false;
}

bool cast_system(const struct grid *cast, const char *system, struct phrase *phrase)
{
    for (size_t i = 0; i < cast->count; i++) {
        if (strcmp(grid_cell(cast, i, "system"), system) == 0) {
            return take_row(cast, i, phrase);
        }
    }
    return true;
}
