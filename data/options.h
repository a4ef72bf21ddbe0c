/*
 * options.h: settings: /etc/yuntai.ini, the user's own, the workspace's; what comes later wins.
 */
#ifndef YUNTAI_DATA_OPTIONS_H
#define YUNTAI_DATA_OPTIONS_H

#include <stdint.h>

#include "data/error.h"

struct options;

/* The settings for WORKSPACE. NULL with ERROR: FILE:LINE, what is wrong, what would be right. */
struct options *options_read(const char *workspace, struct error *error);
/* What the command line says, over all files; NAME as in the table. ERROR names FROM ("--as") in
 * the place of a file. */
int options_set(struct options *options, const char *from, const char *name, const char *value,
                struct error *error);
void options_free(struct options *options);
/* NAME is "section.key" of the table; what was not set is its default. A name that is not in the
 * table has the text NULL and the number 0. */
const char *options_text(const struct options *options, const char *name);
int64_t options_number(const struct options *options, const char *name);
/* Where NAME was set: FILE:LINE, or what options_set() was told; NULL where it is the default. */
const char *options_origin(const struct options *options, const char *name);

enum option_type {
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_YESNO,
    OPTION_CHOICE,
    OPTION_PATH,
    OPTION_LOGIN,
    OPTION_URL,  /* of http or https, without a user, a query or a fragment */
    OPTION_WORDS /* some of the words of `unit`, parted by blanks */
};
struct option_row { /* the table documents itself */
    const char *name;
    enum option_type type;
    int64_t low, high;    /* of a number; of a login and a path HIGH bytes at most, 0 any */
    const char *unit;     /* of numbers; of a choice, and of words: those there are */
    const char *standard; /* the default */
    const char *sentence; /* a msgid */
};
const struct option_row *options_table(size_t *count);

/* The vendors that have a section [vendor.NAME], whose settings are vendor.NAME.KEY with the keys
 * of settings_table() (data/vendor/settings.h). NULL behind the last. */
const char *options_vendor(const struct options *options, size_t index);

#endif
