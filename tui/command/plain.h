/*
 * plain.h: the desk without drawing, for screen readers and terminals that can do nothing.
 */
#ifndef YUNTAI_TUI_COMMAND_PLAIN_H
#define YUNTAI_TUI_COMMAND_PLAIN_H

#include "tui/command/command.h"

/* Prints the dashboard, then a command a line, until `q` or the end of input. A digit is the screen
 * of that digit. Returns a status. */
int plain_run(const struct invocation *invocation);

#endif
