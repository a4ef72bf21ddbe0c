/* verb_papers.c: documents: brought in pieces, attached to a case, handed out in pieces. */
#include <string.h>

#include "data/desk/act.h"

enum { PIECE_MOST = 512 << 10 };

int verb_upload(struct asking *asking)
{
    struct counter *counter = asking->counter;
    const char *id = asked(asking, "upload");
    const struct pair *part = NULL;
    char made[2 * STORE_HASH + 1];
    int64_t size = 0;
    for (size_t i = 0; i < asking->request->pair_count; i++) {
        part =
            strcmp(asking->request->pairs[i].name, "part") == 0 ? &asking->request->pairs[i] : part;
    }
    if (!part || part->length > PIECE_MOST) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("a document comes in pieces of at most 512 KiB (part)"), NULL, NULL);
    }
    if (documents_piece(counter->documents, id, part->value, part->length, asking->person->thing.id,
                        made, &size, asking->error) != 0) {
        return -1;
    }
    parcel_put(asking->reply, "upload", made);
    parcel_put_int(asking->reply, "size", size);
    return 0;
}

/* A name is for people: without a path, and without signs that would turn what is shown around. */
static bool good_name(const char *name)
{
    size_t length = strlen(name);
    bool good = length > 0 && length <= 255 && utf8_check(name, length) == length;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)name[i];
        good &= byte >= 0x20 && byte != 0x7f && byte != '/';
    }
    return good && !text_turns(name) && !text_controls(name);
}

static int check_field(struct asking *asking, const struct casework *work, const char *field,
                       const char *part)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t index = field ? field_named(policy, field) : -1;
    if (!field) {
        return 0;
    }
    if (index < 0 || policy->fields[index].type != FIELD_PAPER) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” is no paper of these measures; `yuntai offer CASE EVENT` lists "
                            "what is asked for"),
                         field, NULL);
    }
    const struct labels *labels = &policy->fields[index].labels;
    for (int32_t i = 0; part && i < labels->count; i++) {
        if (strcmp(labels->items[i].name, part) == 0 || strcmp(labels->items[i].zh, part) == 0) {
            return 0;
        }
    }
    return !part && labels->count == 0
               ? 0
               : error_set(asking->error, ERROR_USAGE, N_("%1 has no part “%2”; say which it is"),
                           field, part);
}

static const char *part_name(const struct casework *work, const char *field, const char *part)
{
    const struct policy *policy = work->rulebook->policy;
    int32_t index = field ? field_named(policy, field) : -1;
    for (int32_t i = 0; part && index >= 0 && i < policy->fields[index].labels.count; i++) {
        const struct label *label = &policy->fields[index].labels.items[i];
        if (strcmp(label->zh, part) == 0) {
            return label->name;
        }
    }
    return part ? part : "";
}

static int attach(struct asking *asking, struct casework *work, const char *upload,
                  const char *name)
{
    const char *field = asked(asking, "field"), *part = asked(asking, "part");
    struct document_row row = {.case_id = work->row.id,
                               .n = (int32_t)work->records.count + 1,
                               .name = name,
                               .field = field ? field : "",
                               .actor = asking->person->thing.id,
                               .at = asking->utc};
    char hex[2 * STORE_HASH + 1];
    struct deed deed = {.work = work, .name = "attach", .role = -1};
    struct record record;
    if (check_field(asking, work, field, part) != 0 || deed_who(asking, &deed) != 0) {
        return -1;
    }
    if (!(deed.roles & roles_acting(work->rulebook->policy))) {
        return refuse_right(asking, work->row.number,
                            roles_acting(asking->counter->current->policy));
    }
    row.part = part_name(work, field, part);
    if (documents_keep(asking->counter->documents, upload, asking->person->thing.id, row.digest,
                       &row.size, asking->error) != 0) {
        return -1;
    }
    deed.moment = work->file->changed; /* it bars no act that is keyed later and dated earlier */
    fact_put(&deed.facts, "attach.digest", digest_hex(row.digest, hex));
    fact_put(&deed.facts, "attach.name", name);
    fact_put(&deed.facts, "attach.field", row.field);
    fact_put(&deed.facts, "attach.part", row.part);
    int status = deed_record(asking, &deed, &record);
    status = status ? status : store_document_put(asking->counter->store, &row, asking->error);
    status = status ? status : deed_settle(asking, work, NULL, &record);
    parcel_put(asking->reply, "digest", hex);
    parcel_put_int(asking->reply, "size", row.size);
    text_free(&deed.facts);
    return status;
}

int verb_attach(struct asking *asking)
{
    const char *upload, *name;
    struct casework work;
    if (must_ask(asking, "upload", &upload) != 0 || must_ask(asking, "name", &name) != 0) {
        return -1;
    }
    if (!good_name(name)) {
        return error_set(asking->error, ERROR_USAGE,
                         N_("“%1” is no name of a document; one line of text without /"), name,
                         NULL);
    }
    int status = case_taken(asking, &work);
    status = status ? status : attach(asking, &work, upload, name);
    casework_free(&work);
    return status;
}

/* ---- out ---- */

struct finding_document {
    struct asking *asking;
    const char *digest;
    bool found, seen;
};

static int look(void *self, const struct document_row *row, struct error *error)
{
    struct finding_document *looking = self;
    struct case_row file;
    char hex[2 * STORE_HASH + 1];
    if (looking->seen || strcmp(digest_hex(row->digest, hex), looking->digest) != 0) {
        return 0;
    }
    looking->found = true;
    if (store_case(looking->asking->counter->store, row->case_id, looking->asking->arena, &file,
                   error) == 1 &&
        sees_case(looking->asking, &file)) {
        looking->seen = true;
        parcel_put(looking->asking->reply, "name", row->name);
        parcel_put_int(looking->asking->reply, "size", row->size);
    }
    return 0;
}

int verb_document(struct asking *asking)
{
    struct finding_document looking = {.asking = asking};
    uint8_t digest[STORE_HASH];
    struct text part = {0};
    if (must_ask(asking, "digest", &looking.digest) != 0) {
        return -1;
    }
    if (!digest_parse(looking.digest, digest) ||
        store_documents_of(asking->counter->store, digest, look, &looking, asking->error) != 0 ||
        !looking.seen) {
        return refuse_access(asking, "document");
    }
    int status =
        documents_read(asking->counter->documents, digest, parcel_int(asking->request, "offset", 0),
                       PIECE_MOST, &part, asking->error);
    parcel_put_n(asking->reply, "part", text_bytes(&part), part.length);
    text_free(&part);
    return status;
}
