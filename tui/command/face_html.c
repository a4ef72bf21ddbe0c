/* face_html.c: a table as a page to be printed: it needs nothing but itself. */
#include "tui/command/desk_face.h"

void face_html_text(struct text *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            text_add(out, "&amp;");
            break;
        case '<':
            text_add(out, "&lt;");
            break;
        case '>':
            text_add(out, "&gt;");
            break;
        case '"':
            text_add(out, "&quot;");
            break;
        default:
            text_add_n(out, text, 1);
        }
    }
}

/* Heads stand on every sheet of paper, and no row is broken between two. */
void face_html_begin(struct face *face, const char *title, const char *about)
{
    struct text page = {0};
    text_addf(&page,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
              face->english ? "en" : "zh-CN");
    face_html_text(&page, title);
    text_add(&page, "</title>\n<style>\n"
                    "@page { size: A4 landscape; margin: 12mm }\n"
                    "body { font: 10pt/1.35 \"Noto Sans CJK SC\", SimSun, sans-serif }\n"
                    "h1 { font-size: 14pt; margin: 0 0 4pt } p { margin: 0 0 6pt; color: #444 }\n"
                    "table { border-collapse: collapse; width: 100% }\n"
                    "th, td { border: 0.4pt solid #888; padding: 2pt 4pt; text-align: left;\n"
                    "  vertical-align: top }\n"
                    "th { background: #eee } .n { text-align: right }\n"
                    "thead { display: table-header-group } tr { page-break-inside: avoid }\n"
                    "</style>\n</head>\n<body>\n<h1>");
    face_html_text(&page, title);
    text_add(&page, "</h1>\n");
    if (about && *about) {
        text_add(&page, "<p>");
        face_html_text(&page, about);
        text_add(&page, "</p>\n");
    }
    text_add(&page, "<table>\n");
    face_put(face, &page);
    text_free(&page);
}

void face_html_end(struct face *face)
{
    fputs("</table>\n</body>\n</html>\n", face->invocation->out);
}
