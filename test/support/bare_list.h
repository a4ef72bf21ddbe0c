/*
 * bare_list.h: what a list in a terminal costs at least: ncursesw over an array of Chinese rows.
 * Beside it the console is measured.
 */
#ifndef YUNTAI_TEST_SUPPORT_BARE_LIST_H
#define YUNTAI_TEST_SUPPORT_BARE_LIST_H

/* On this terminal until `q`: Down, Page Down, Home, End. 0, or 1 where there is no memory. */
int bare_list_run(void);

#endif
