/* views.c: yuntai views: queries kept under a name, one's own and those of the bureau. */
#include <string.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct face_option options[] = {{"--share", "shared", OPTION_YES}};

/* What the desk keeps, as NAME and QUERY. */
static void put_views(const struct parcel *reply, struct table *views, const char *whose)
{
    const struct table *kept = parcel_find(reply, "drafts");
    for (size_t row = 0; kept && row < table_rows(kept); row++) {
        table_text(views, table_cell(kept, row, "field"));
        table_text(views, table_cell(kept, row, "value"));
        table_text(views, whose);
    }
}

static int list_views(struct face *face)
{
    static const struct column columns[] = {{"name", CELL_TEXT, N_("view")},
                                            {"query", CELL_TEXT, N_("query")},
                                            {"whose", CELL_TEXT, N_("whose")}};
    static const struct face_spec spec = {.table = "views"};
    struct parcel all = {0};
    struct table *views = parcel_table(&all, "views", columns, COUNT(columns));
    int status = face_call(face, "drafts");
    if (status == STATUS_DONE) {
        put_views(&face->reply, views, _("mine"));
        parcel_put(&face->request, "shared", "yes");
        status = face_call(face, "drafts");
    }
    if (status == STATUS_DONE) {
        put_views(&face->reply, views, _("shared"));
        parcel_free(&face->reply);
        face->reply = all;
        all = (struct parcel){0};
        face_reply(face, &spec);
    }
    parcel_free(&all);
    return status;
}

static int run(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_spec save = {
        .words = "field value*", .options = options, .option_count = COUNT(options)};
    static const struct face_spec drop = {
        .words = "field", .options = options, .option_count = COUNT(options)};
    static const struct face_spec list = {.words = ""};
    const char *what = argc > 1 ? argv[1] : "";
    bool saves = strcmp(what, "save") == 0, drops = strcmp(what, "delete") == 0;
    int skipped = 1 + (saves || drops);
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - skipped, argv + skipped,
                            saves   ? &save
                            : drops ? &drop
                                    : &list);
    if (status == STATUS_DONE && saves && !parcel_get(&face.request, "value")) {
        parcel_put(&face.request, "value", "open"); /* a view without a query has all open cases */
    }
    parcel_put(&face.request, "procedure", "@views");
    if (status == STATUS_DONE) {
        status = saves || drops ? face_call(&face, "draft") : list_views(&face);
    }
    face_end(&face);
    return status;
}

const struct command command_views = {
    .name = "views",
    .summary = N_("queries kept under a name, one's own and shared ones"),
    .usage =
        N_("usage: yuntai views\n"
           "       yuntai views save NAME QUERY… [--share]\n"
           "       yuntai views delete NAME [--share]\n\n"
           "The console brings them up with '. --share: for everybody in the bureau; who keeps\n"
           "organisations, people or the policy may do that.\n"),
    .run = run,
};
