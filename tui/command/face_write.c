/* face_write.c: a table in the words of the command line, for what is not a command. */
#include "tui/command/desk_face.h"

void face_write(const struct face_sheet *sheet, const struct parcel *reply,
                const struct table *table, bool first)
{
    const struct invocation invocation = {.language = sheet->english ? "en" : "zh",
                                          .format = sheet->format,
                                          .out = sheet->out,
                                          .err = sheet->out};
    struct face face = {.invocation = &invocation,
                        .command = "list",
                        .reply = *reply, /* lent: what laws are called is looked up in it */
                        .english = sheet->english,
                        .html = sheet->html};
    if (sheet->html && first) {
        face_html_begin(&face, sheet->title, sheet->about);
    } else if (sheet->format == FORMAT_TABLE && first && sheet->title) {
        fprintf(sheet->out, "%s\n%s%s\n", sheet->title, sheet->about ? sheet->about : "",
                sheet->about && *sheet->about ? "\n" : "");
    }
    (void)face_page(&face, table, sheet->columns, first);
}

void face_write_end(const struct face_sheet *sheet)
{
    const struct invocation invocation = {.out = sheet->out};
    struct face face = {.invocation = &invocation};
    if (sheet->html) {
        face_html_end(&face);
    }
}
