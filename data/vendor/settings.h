/*
 * settings.h: what yuntai-net is told of a vendor: the section [vendor.NAME] of yuntai.ini.
 *
 * The table is of both sides: data/options.c reads the section by it, yuntai-net checks again what
 * its orders say. A secret is none of them: they name the file or the command that has it.
 */
#ifndef YUNTAI_DATA_VENDOR_SETTINGS_H
#define YUNTAI_DATA_VENDOR_SETTINGS_H

#include "data/options.h"

/* Names are the keys alone. */
const struct option_row *settings_table(size_t *count);
/* LENGTH bytes of NAME may name a vendor: a-z, 0-9 and -, at most 32. */
bool settings_vendor_good(const char *name, size_t length);

struct settings { /* zeroed: all as by default */
    char **values;
};
/* ERROR names the setting of VENDOR and what would be right. */
int settings_set(struct settings *settings, const char *vendor, const char *key, const char *value,
                 struct error *error);
void settings_free(struct settings *settings);
/* KEY is one of the table; "" and 0 of any other. */
const char *settings_text(const struct settings *settings, const char *key);
int64_t settings_number(const struct settings *settings, const char *key);
bool settings_yes(const struct settings *settings, const char *key);
/* WORD is one of the words of KEY. */
bool settings_has(const struct settings *settings, const char *key, const char *word);

#endif
