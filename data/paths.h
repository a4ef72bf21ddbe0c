/*
 * paths.h: where the files are that come with the program, and the person's own.
 */
#ifndef YUNTAI_DATA_PATHS_H
#define YUNTAI_DATA_PATHS_H

#include "core/text.h"

/*
 * Appends to OUT the path of the shipped file NAME ("policy/zhengzhou-2019-53.ini"): the first that
 * can be read of the directory in the environment's YUNTAI_DATADIR, ../share/yuntai beside the
 * program's own directory, where the program was configured to be installed, and the source tree.
 * 0; -1 where it is in none of them or memory is short: OUT is then as it was.
 */
int data_path(const char *name, struct text *out);
/* Appends the path of the program NAME ("yuntai-net") that belongs to this one: beside it, or in
 * the directory data/ of the same build. 0; -1 where it is in neither, or memory is short. */
int program_path(const char *name, struct text *out);
/* Appends the path of the person's own file NAME: $XDG_CONFIG_HOME/yuntai/NAME, else
 * ~/.config/yuntai/NAME, whether it is there or not. -1: nothing says where, or memory is short. */
int own_path(const char *name, struct text *out);

#endif
