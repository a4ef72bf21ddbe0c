/* resources.c: yuntai resources, capacity: what systems have and use, what the platform has left.
 */
#include <string.h>

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

static bool all_zones(const struct table *places)
{
    bool all = true;
    for (size_t i = 0; i < table_rows(places); i++) {
        all = all && *table_word(places, i, "zone");
    }
    return all;
}

static void print_capacity(struct face *face)
{
    const struct table *platform = parcel_find(&face->reply, "platform");
    const struct table *places = parcel_find(&face->reply, "places");
    FILE *out = face->invocation->out;
    if (platform) {
        face_table(face, platform, NULL);
    }
    if (parcel_int(&face->reply, "behind", 0) < 2) {
        fprintf(out, "\n%s\n",
                _("No forecast: it takes what was in use at the end of two months at least."));
    } else {
        fprintf(out, "\n");
        fprintf(
            out,
            _("Forecast for %d months ahead: what is in use now, its growth by the line through "
              "the ends of the last %d months, and all that is approved and not used yet.\n"),
            (int)parcel_int(&face->reply, "ahead", 0), (int)parcel_int(&face->reply, "behind", 0));
    }
    if (places && table_rows(places) > 0) {
        fputs("\n", out);
        face_table(face, places, NULL);
        if (!all_zones(places)) {
            fprintf(
                out, "\n%s\n",
                _("Where no zone stands the vendor tells none: OpenStack names it to an account "
                  "that may list Nova's services; in a table it is the column zone."));
        }
    }
}

static int run_capacity(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--places", "places", OPTION_SWITCH},
                                                 {"--months", "months", OPTION_SWITCH}};
    static const struct face_spec all = {.verb = "capacity",
                                         .options = options,
                                         .option_count = 2,
                                         .table = "platform",
                                         .print = print_capacity};
    static const struct face_spec places = {
        .verb = "capacity", .options = options, .option_count = 2, .table = "places"};
    static const struct face_spec months = {
        .verb = "capacity", .options = options, .option_count = 2, .table = "months"};
    const struct face_spec *spec = &all;
    for (int i = 1; i < argc; i++) {
        spec = strcmp(argv[i], "--places") == 0   ? &places
               : strcmp(argv[i], "--months") == 0 ? &months
                                                  : spec;
    }
    return face_run(invocation, argc, argv, spec);
}

const struct command command_capacity = {
    .name = "capacity",
    .summary = N_("what the platform has, what is used and approved, when it will be full"),
    .usage =
        N_("usage: yuntai capacity [--places | --months]\n\n"
           "Of each measure what the vendors' platforms have in all, as their inventories show:\n"
           "kept back, given more than once, in use, left; what was given away, reserved by\n"
           "open cases, and approved but not used yet. --places: the same by vendor, region\n"
           "and zone, for CSV. --months: the months a forecast goes by, and those it reaches.\n"
           "It is what is in use now, for each month its growth by the line of least squares\n"
           "through the ends of the last months (capacity.months, 6), and all that is approved\n"
           "and not used yet; it reaches capacity.ahead months, 6.\n"),
    .run = run_capacity,
};
