/* settings.c: the settings in force: what each is, what it may be, and who says so. */
#include <string.h>

#include "data/desk.h"
#include "data/options.h"
#include "data/vendor/settings.h"
#include "data/workspace.h"

/* Of a choice and of words those there are; of a number from where to where. */
static void put_range(struct table *table, const struct option_row *row)
{
    struct text range = {0};
    if (row->type == OPTION_NUMBER) {
        text_add_int(&range, row->low);
        text_add(&range, "..");
        text_add_int(&range, row->high);
    } else if (row->type == OPTION_CHOICE || row->type == OPTION_WORDS) {
        text_add(&range, row->unit);
    } else if (row->type == OPTION_YESNO) {
        text_add(&range, "yes no");
    }
    table_text(table, range.length ? text_bytes(&range) : NULL);
    text_free(&range);
}

static void put_setting(struct table *table, const struct options *options,
                        const struct option_row *row, const char *name)
{
    const char *value = options_text(options, name);
    const char *origin = options_origin(options, name);
    value = value ? value : row->standard; /* of no vendor in particular */
    table_text(table, name);
    table_text(table, *value ? value : NULL);
    table_text(table, row->type == OPTION_NUMBER ? row->unit : NULL);
    put_range(table, row);
    table_text(table, *row->standard ? row->standard : NULL);
    table_text(table, origin);
    table_text(table, row->sentence);
}

/* Those of VENDOR, NULL: of any, for people to see what there is. */
static void put_vendor(struct table *table, const struct options *options, const char *vendor)
{
    size_t count;
    const struct option_row *rows = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        struct text name = {0};
        text_addf(&name, "vendor.%s.%s", vendor ? vendor : "NAME", rows[i].name);
        put_setting(table, options, &rows[i], text_bytes(&name));
        text_free(&name);
    }
}

/* Those of WORKSPACE, NULL: the usual one. NULL with ERROR. */
static struct options *read_of(const char *workspace, struct error *error)
{
    struct text usual = {0};
    int status = workspace ? 0 : workspace_default(&usual, error);
    struct options *options =
        status == 0 ? options_read(workspace ? workspace : text_bytes(&usual), error) : NULL;
    text_free(&usual);
    return options;
}

int desk_settings(const char *workspace, struct parcel *reply, struct error *error)
{
    static const struct column columns[] = {
        {"name", CELL_NAME, N_("setting")},     {"value", CELL_NAME, N_("in force")},
        {"unit", CELL_NAME, N_("unit")},        {"range", CELL_NAME, N_("range")},
        {"standard", CELL_NAME, N_("default")}, {"origin", CELL_NAME, N_("said in")},
        {"word", CELL_TEXT, N_("what it is")}};
    size_t count;
    const struct option_row *rows = options_table(&count);
    struct options *options = read_of(workspace, error);
    if (!options) {
        return -1;
    }
    struct table *table =
        parcel_table(reply, "settings", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        put_setting(table, options, &rows[i], rows[i].name);
    }
    for (size_t i = 0; i == 0 || options_vendor(options, i); i++) {
        put_vendor(table, options, options_vendor(options, i));
    }
    options_free(options);
    return 0;
}

const char *desk_language(const char *workspace)
{
    struct error error = {0};
    struct options *options = read_of(workspace, &error);
    const char *said = options ? options_text(options, "desk.language") : "";
    const char *language = strcmp(said, "zh") == 0 ? "zh" : strcmp(said, "en") == 0 ? "en" : NULL;
    options_free(options);
    error_free(&error);
    return language;
}
