/*
 * workspace.h: the directory in which a desk keeps what it has: desk.db, documents/, keys/, tmp/
 * and yuntai.ini.
 */
#ifndef YUNTAI_DATA_WORKSPACE_H
#define YUNTAI_DATA_WORKSPACE_H

#include "data/error.h"

/* Appends the usual one: $XDG_DATA_HOME/yuntai, else ~/.local/share/yuntai. */
int workspace_default(struct text *out, struct error *error);
/* Makes DIRECTORY (0700) and what is in it. One that holds something else is refused; an empty one,
 * one with a yuntai.ini alone, and what a making left that was broken off are taken. */
int workspace_make(const char *directory, struct error *error);
/* It is there, this account's own, with a desk.db. On which file system, the store looks at. */
int workspace_check(const char *directory, struct error *error);

#endif
