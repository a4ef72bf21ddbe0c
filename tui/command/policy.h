/* policy.h: what the files of the policy command share. Each subcommand has a file of its own. */
#ifndef YUNTAI_TUI_COMMAND_POLICY_H
#define YUNTAI_TUI_COMMAND_POLICY_H

#include "core/draft.h"
#include "data/desk.h"
#include "tui/command/command.h"

/* ARGV: what follows the word of the subcommand. All return an enum status. */
int policy_check(const struct invocation *invocation, int argc, char **argv);
int policy_show(const struct invocation *invocation, int argc, char **argv);
int policy_graph(const struct invocation *invocation, int argc, char **argv);
int policy_diff(const struct invocation *invocation, int argc, char **argv);
int policy_keys(const struct invocation *invocation, int argc, char **argv);

/* policy_desk.c: list, adopt, answer: ARGV[0] is the word. False where it is another; else STATUS.
 */
bool policy_desk(const struct invocation *invocation, int argc, char **argv, int *status);

/* A file as an argument, rather than a name: it has a / or ends in .ini, or is "-". */
bool policy_is_file(const char *argument);
/* The draft and policy of PATH (NULL: as delivered); says what is wrong and returns a status, or
 * STATUS_DONE. */
int policy_load(const struct invocation *invocation, const char *path, struct draft **draft,
                struct policy **policy);
/* "FILE:LINE:COLUMN thing key: sentence" with the answers it shows under. */
void policy_finding(const struct invocation *invocation, const char *path,
                    const struct finding *finding, struct text *out);
const char *policy_title(const struct invocation *invocation, const struct title *title);

#endif
