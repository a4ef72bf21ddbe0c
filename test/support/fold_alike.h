/*
 * fold_alike.h: what one fold knows of a case against what another does.
 */
#ifndef YUNTAI_TEST_SUPPORT_FOLD_ALIKE_H
#define YUNTAI_TEST_SUPPORT_FOLD_ALIKE_H

#include "core/casefile.h"

/* Fails the test where two folds of the same policy, of the same acts up to the same moment, are
 * not the same in anything that a caller can ask. */
void folds_alike(const struct fold *a, const struct fold *b);

#endif
