/*
 * match.h: how well what is typed fits a name.
 */
#ifndef YUNTAI_TUI_SHEET_MATCH_H
#define YUNTAI_TUI_SHEET_MATCH_H

#include "data/desk.h"

/* 0: not at all; the higher the better: it begins the name, stands in it, sounds like a part of it
 * (initials do), or its characters stand in it in their order. Case does not matter. PINYIN may be
 * NULL. Nothing typed fits any name. */
int match_of(const struct pinyin *pinyin, const char *name, const char *typed);

#endif
