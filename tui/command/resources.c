/* resources.c: yuntai resources: what the platform has, what systems have and use. */
#include "tui/command/desk_face.h"
#include "tui/text.h"

static int run(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec all = {
        .verb = "resources", .words = "system?", .table = "systems"};
    static const struct face_spec one = {
        .verb = "resources", .words = "system?", .table = "months"};
    return face_run(invocation, argc, argv, argc > 1 && *argv[1] != '-' ? &one : &all);
}

const struct command command_resources = {
    .name = "resources",
    .summary = N_("what systems have and use, by the month"),
    .usage = N_("usage: yuntai resources [SYSTEM]\n\n"
                "Of all systems that are online what they have and how much of it is used; of a\n"
                "SYSTEM the twelve months, and which rules on use hold for it.\n"),
    .run = run,
};
