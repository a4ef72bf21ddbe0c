/*
 * great_city.h: who stands in the great store, and what its cases are called: a city of sixteen
 * districts and forty offices. Place names are real, people invented.
 */
#ifndef YUNTAI_TEST_SUPPORT_GREAT_CITY_H
#define YUNTAI_TEST_SUPPORT_GREAT_CITY_H

#include "data/desk/counter.h"

enum { CITY_OFFICES = 40, CITY_DISTRICTS = 16 };

/* Enters organisations, people, products and the platform's quota on DAY ("2020-01-06"). Units of
 * the city are u00 … u39, each with a clerk of that login; districts d00 … d15 are county bureaus
 * with a clerk, each with a unit d00u whose clerk is d00u. Of the bureau: zhao (clerk), qian
 * (reviewer), sun (leader); of the vendor: yun. -1 with ERROR. */
int city_enter(struct counter *counter, const char *day, struct error *error);

struct city_case {
    char org[8]; /* code of the unit whose case it is */
    bool county; /* of a district's unit */
    struct text title;
};
/* The INDEXth case: the same for the same index. Two of five begin with 郑州, each district has one
 * of twenty-seven, one of 16,000 speaks of 嵩阳, none of 昆仑. */
void city_case(int64_t index, struct city_case *out);

#endif
