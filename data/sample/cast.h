/*
 * cast.h: who acts in the sample city: the people who hold a role, and the rows that cases are
 * about.
 */
#ifndef YUNTAI_DATA_SAMPLE_CAST_H
#define YUNTAI_DATA_SAMPLE_CAST_H

#include "data/sample/grid.h"

/* The login of the NTH of those who can act in ROLE for a case of ORG (codes): its own people, else
 * those of the organisation above it, else all who hold the role; SEED says which comes first. NULL
 * where nobody does. */
const char *cast_person(const struct grid *people, const struct grid *orgs, const char *role,
                        const char *org, uint64_t seed, uint64_t nth);
/* Every cell of row NUMBER of POOL as a name of PHRASE; the rows are gone through in turn. False
 * where the pool has none, or too many names. */
bool cast_row(const struct grid *cast, const char *pool, size_t number, struct phrase *phrase);
/* The same of the first row about SYSTEM, of whatever pool; nothing where there is none. */
bool cast_system(const struct grid *cast, const char *system, struct phrase *phrase);

#endif
