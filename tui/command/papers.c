/* papers.c: yuntai attach, document, letter: what is on paper. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/command/desk_face.h"
#include "tui/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { PIECE = 512 * 1024 };

static int file_failed(const struct face *face, const char *path)
{
    struct text text = {0};
    text_addf(&text, "%s: %s", path, _(error_why(errno)));
    int status = face_wrong(face, STATUS_ENVIRONMENT, N_("%1"), text_bytes(&text));
    text_free(&text);
    return status;
}

static struct pair *find_pair(const struct parcel *parcel, const char *name)
{
    for (size_t i = 0; i < parcel->pair_count; i++) {
        if (strcmp(parcel->pairs[i].name, name) == 0) {
            return &parcel->pairs[i];
        }
    }
    return NULL;
}

/* ---- attach ---- */

/* One piece to the desk; UPLOAD is the name under which the pieces are gathered. */
static int send_piece(struct face *face, struct text *upload, const char *bytes, size_t length)
{
    struct parcel kept = face->request;
    face->request = (struct parcel){0};
    parcel_put(&face->request, "upload", upload->length ? text_bytes(upload) : NULL);
    parcel_put_n(&face->request, "part", bytes, length);
    int status = face_call(face, "upload");
    parcel_free(&face->request);
    face->request = kept;
    text_clear(upload);
    text_add(upload, parcel_get(&face->reply, "upload") ? parcel_get(&face->reply, "upload") : "");
    return status;
}

static int send_file(struct face *face, FILE *in, const char *path, struct text *upload)
{
    char *bytes = malloc(PIECE);
    int status =
        bytes ? STATUS_DONE : face_wrong(face, STATUS_ENVIRONMENT, N_("memory is short"), NULL);
    for (bool first = true, more = true; status == STATUS_DONE && more; first = false) {
        size_t length = fread(bytes, 1, PIECE, in);
        more = length == PIECE;
        if (ferror(in)) {
            status = file_failed(face, path);
        } else if (length > 0 || first) {
            status = send_piece(face, upload, bytes, length);
        }
    }
    free(bytes);
    return status;
}

int face_attach(struct face *face, const char *path, const char *name)
{
    struct text upload = {0};
    const char *slash = strrchr(path, '/');
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    FILE *in = standard ? face->invocation->in : file >= 0 ? fdopen(file, "rb") : NULL;
    if (!in) {
        int status = file_failed(face, path);
        if (file >= 0) {
            close(file);
        }
        return status;
    }
    int status = send_file(face, in, path, &upload);
    if (!standard) {
        fclose(in);
    }
    if (status == STATUS_DONE) {
        parcel_put(&face->request, "upload", text_bytes(&upload));
        parcel_put(&face->request, "name", name ? name : slash ? slash + 1 : path);
        status = face_call(face, "attach");
    }
    text_free(&upload);
    return status;
}

static int run_attach(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--field", "field", OPTION_TEXT},
                                                 {"--part", "part", OPTION_TEXT},
                                                 {"--name", "name", OPTION_OWN}};
    static const struct face_spec spec = {
        .words = "case file", .options = options, .option_count = COUNT(options)};
    struct face face;
    struct text path = {0};
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    if (status == STATUS_DONE) {
        text_add(&path, parcel_get(&face.request, "file"));
        status = face_attach(&face, text_bytes(&path), face_own(&face, "name"));
    }
    if (status == STATUS_DONE) {
        face_reply(&face, &spec);
    }
    text_free(&path);
    face_end(&face);
    return status;
}

const struct command command_attach = {
    .name = "attach",
    .summary = N_("put a document into a case"),
    .usage =
        N_("usage: yuntai attach CASE FILE [--field FIELD] [--part PART] [--name NAME]\n\n"
           "FIELD is the entry it belongs to, PART which of its parts; NAME another than that\n"
           "of the file. FILE - is standard input.\n"),
    .run = run_attach,
};

/* ---- document ---- */

static int copy_out(struct face *face, FILE *out, const char *path)
{
    int64_t offset = 0, size = 1;
    struct parcel kept = face->request;
    int status = STATUS_DONE;
    while (status == STATUS_DONE && offset < size) {
        face->request = (struct parcel){0};
        parcel_put(&face->request, "case", parcel_get(&kept, "case"));
        parcel_put(&face->request, "digest", parcel_get(&kept, "digest"));
        parcel_put_int(&face->request, "offset", offset);
        status = face_call(face, "document");
        parcel_free(&face->request);
        const struct pair *part = find_pair(&face->reply, "part");
        size = parcel_int(&face->reply, "size", 0);
        if (status == STATUS_DONE && part && part->length > 0) {
            offset += (int64_t)part->length;
            if (fwrite(part->value, 1, part->length, out) != part->length) {
                status = file_failed(face, path);
            }
        } else {
            break;
        }
    }
    face->request = kept;
    if (status == STATUS_DONE && offset < size) {
        status = face_wrong(face, STATUS_ENVIRONMENT, N_("the document ended early"), NULL);
    }
    return status;
}

static int copy_to_file(struct face *face, const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *out = file >= 0 ? fdopen(file, "wb") : NULL;
    if (!out) {
        int status = file_failed(face, path);
        if (file >= 0) {
            close(file);
        }
        return status;
    }
    int status = copy_out(face, out, path);
    if (fclose(out) != 0 && status == STATUS_DONE) {
        status = file_failed(face, path);
    }
    return status;
}

static int run_document(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"-o", "output", OPTION_OWN},
                                                 {"--output", "output", OPTION_OWN}};
    static const struct face_spec spec = {
        .words = "case digest", .options = options, .option_count = COUNT(options)};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    const char *path = face_own(&face, "output");
    bool standard = !path || strcmp(path, "-") == 0;
    if (status == STATUS_DONE) {
        status = standard ? copy_out(&face, invocation->out, "-") : copy_to_file(&face, path);
    }
    face_end(&face);
    return status;
}

const struct command command_document = {
    .name = "document",
    .summary = N_("take a document out of a case"),
    .usage = N_("usage: yuntai document CASE DIGEST [-o FILE]\n\n"
                "DIGEST is the one of yuntai show CASE.\n\n"
                "  -o, --output FILE    into that file, else to standard output\n"),
    .run = run_document,
};

/* ---- letter ---- */

static void print_letter(struct face *face)
{
    const char *html = face_own(face, "html"), *text = parcel_get(&face->reply, "text");
    const char *other = parcel_get(&face->reply, "html");
    const char *shown = html ? other : text ? text : other;
    if (!shown) {
        face_print_table(face, "letters");
        return;
    }
    size_t length = strlen(shown);
    struct text out = {0};
    text_addf(&out, "%s%s", shown, length > 0 && shown[length - 1] == '\n' ? "" : "\n");
    face_put(face, &out);
    text_free(&out);
}

static int run_letter(const struct invocation *invocation, int argc, char **argv)
{
    static const struct face_option options[] = {{"--preview", "preview", OPTION_YES},
                                                 {"--new", "new", OPTION_YES},
                                                 {"--html", "html", OPTION_SWITCH}};
    static const struct face_spec spec = {
        .words = "case kind?", .options = options, .option_count = COUNT(options)};
    struct face face;
    face_begin(&face, invocation, argv[0]);
    int status = face_words(&face, argc - 1, argv + 1, &spec);
    status = status ? status : face_call(&face, "letter");
    const struct table *letters = parcel_find(&face.reply, "letters");
    if (status == STATUS_DONE && invocation->format == FORMAT_JSON) {
        face_json(&face);
    } else if (status == STATUS_DONE && letters && invocation->format == FORMAT_CSV) {
        face_csv(&face, letters, true);
    } else if (status == STATUS_DONE) {
        print_letter(&face);
    }
    face_end(&face);
    return status;
}

const struct command command_letter = {
    .name = "letter",
    .summary = N_("a letter of a case, with its number"),
    .usage =
        N_("usage: yuntai letter CASE              which letters there are\n"
           "       yuntai letter CASE KIND [--html] [--new] [--preview]\n\n"
           "A letter that was issued and would say the same is printed again under its number\n"
           "and day; --new issues another.\n\n"
           "  --html       a page to print, else plain text\n"
           "  --preview    only look: no number is taken from the register\n"),
    .run = run_letter,
};
