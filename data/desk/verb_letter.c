/* verb_letter.c: printed letters about a case: which fit, and one written. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/desk.h"
#include "data/desk/letter.h"
#include "data/digest.h"
#include "data/paths.h"

enum { KINDS_MOST = 256, KIND_LENGTH = 48 };

/* ---- templates ---- */

static bool is_kind(const char *kind)
{
    size_t length = strspn(kind, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length > 0 && length <= KIND_LENGTH && kind[length] == '\0';
}

static int add_kinds(const char *path, const char **kinds, size_t *count, struct arena *arena)
{
    DIR *directory = opendir(path);
    if (!directory) {
        return 0; /* no letters of its own: most workspaces */
    }
    for (struct dirent *entry; (entry = readdir(directory)) && *count < KINDS_MOST;) {
        size_t length = strlen(entry->d_name);
        if (length <= 4 || strcmp(entry->d_name + length - 4, ".txt") != 0) {
            continue;
        }
        const char *kind = arena_text(arena, entry->d_name, length - 4);
        bool known = !is_kind(kind);
        for (size_t i = 0; i < *count && !known; i++) {
            known = strcmp(kinds[i], kind) == 0;
        }
        if (!known) {
            kinds[(*count)++] = kind;
        }
    }
    closedir(directory);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Kinds of the workspace and of the program, sorted. -1 with ERROR. */
static int all_kinds(struct asking *asking, const char **kinds, size_t *count)
{
    struct text path = {0};
    *count = 0;
    text_addf(&path, "%s/letters", asking->counter->directory);
    add_kinds(text_bytes(&path), kinds, count, asking->arena);
    text_clear(&path);
    if (data_path("letter/README.md", &path) == 0) {
        char *slash = strrchr(path.bytes, '/');
        *slash = '\0';
        add_kinds(path.bytes, kinds, count, asking->arena);
    }
    bool failed = path.failed || arena_failed(asking->arena);
    text_free(&path);
    qsort(kinds, *count, sizeof *kinds, by_name);
    return failed ? error_memory(asking->error) : 0;
}

/* The workspace's own template comes first. NULL with ERROR. */
static struct template *form_of(struct asking *asking, const char *kind, struct error *error)
{
    struct text path = {0}, bytes = {0}, said = {0}, name = {0};
    struct template *form = NULL;
    text_addf(&path, "%s/letters/%s.txt", asking->counter->directory, kind);
    text_addf(&name, "letter/%s.txt", kind);
    bool there = is_kind(kind) && access(text_bytes(&path), F_OK) == 0;
    if (is_kind(kind) && !there) {
        text_clear(&path);
        there = data_path(text_bytes(&name), &path) == 0;
    }
    if (!there) {
        error_set(error, ERROR_NOT_FOUND,
                  N_("there is no letter “%1”; `letter` without a kind lists them"), kind, NULL);
    } else if (desk_read_text(text_bytes(&path), &bytes, &said) != 0) {
        error_set(error, ERROR_ENVIRONMENT, N_("%1 cannot be read"), text_bytes(&path), NULL);
    } else {
        form = template_parse(text_bytes(&path), text_bytes(&bytes), bytes.length, error);
    }
    text_free(&path);
    text_free(&bytes);
    text_free(&said);
    text_free(&name);
    return form;
}

const char *letter_title(struct asking *asking, const char *kind)
{
    struct error ignored = {0};
    struct template *form = form_of(asking, kind, &ignored);
    const char *title = form ? template_setting(form, SETTING_TITLE) : NULL;
    title = title ? arena_text(asking->arena, title, strlen(title)) : kind;
    template_free(form);
    error_free(&ignored);
    return title;
}

/* ---- does it fit ---- */

/* Goes through "a, b": false at the end. */
static bool next_word(const char **at, const char **word, size_t *length)
{
    *at += strspn(*at, ", \t");
    *word = *at;
    *length = strcspn(*at, ", \t");
    *at += *length;
    return *length > 0;
}

static bool fits_procedure(const struct template *form, const char *procedure)
{
    const char *at = template_setting(form, SETTING_PROCEDURE), *word;
    size_t length;
    while (at && next_word(&at, &word, &length)) {
        if (strlen(procedure) == length && memcmp(word, procedure, length) == 0) {
            return true;
        }
    }
    return !at;
}

/* One of the events of `when` was done in this case, and not taken back. */
static bool fits_when(const struct template *form, const struct casework *work)
{
    const struct procedure *procedure = work->file->procedure;
    const char *at = template_setting(form, SETTING_WHEN), *word;
    size_t length;
    while (at && next_word(&at, &word, &length)) {
        for (int32_t i = 0; i < procedure->event_count; i++) {
            size_t first = strlen(procedure->title.name);
            const char *event = procedure->events[i].title.name;
            if (length == first + 1 + strlen(event) &&
                memcmp(word, procedure->title.name, first) == 0 && word[first] == '.' &&
                memcmp(word + first + 1, event, length - first - 1) == 0 &&
                work->file->event_at[i] != MOMENT_NONE) {
                return true;
            }
        }
    }
    return !at;
}

static bool fits(const struct template *form, const struct casework *work)
{
    return fits_procedure(form, work->file->procedure->title.name) && fits_when(form, work);
}

/* Role in which he may write it, of the policy at hand; -1 none. */
static int32_t writes_as(struct asking *asking, const struct template *form,
                         const struct casework *work, bool *deputy)
{
    const struct policy *policy = asking->counter->current->policy;
    const char *by = template_setting(form, SETTING_BY);
    uint64_t own = roles_in_case(asking, &work->row, false);
    uint64_t all = own | roles_in_case(asking, &work->row, true);
    uint64_t can = by ? roles_named(policy, by) : roles_acting(policy);
    *deputy = (own & can) == 0;
    can &= *deputy ? all : own;
    for (int32_t i = 0; i < policy->role_count; i++) {
        if (can >> i & 1) {
            return i;
        }
    }
    return -1;
}

/* ---- without a kind: which there are ---- */

static int list_letters(struct asking *asking, struct casework *work)
{
    static const struct column columns[] = {{"kind", CELL_NAME, N_("kind")},
                                            {"title", CELL_TEXT, N_("title")},
                                            {"fits", CELL_YESNO, N_("fits")},
                                            {"problem", CELL_TEXT, N_("problem")}};
    const char *kinds[KINDS_MOST];
    size_t count;
    if (all_kinds(asking, kinds, &count) != 0) {
        return -1;
    }
    struct table *table = parcel_table(asking->reply, "letters", columns, 4);
    for (size_t i = 0; i < count; i++) {
        struct error error = {0};
        struct text said = {0};
        struct template *form = form_of(asking, kinds[i], &error);
        error_text(&error, NULL, &said);
        table_text(table, kinds[i]);
        table_text(table, form ? template_setting(form, SETTING_TITLE) : NULL);
        table_yesno(table, form && fits(form, work));
        table_text(table, form ? NULL : text_bytes(&said));
        template_free(form);
        error_free(&error);
        text_free(&said);
    }
    return 0;
}

/* It does not fit: the sentence names those that do. */
static int say_misfit(struct asking *asking, const struct template *wanted, struct casework *work)
{
    const char *kinds[KINDS_MOST];
    struct text fitting = {0};
    size_t count;
    if (all_kinds(asking, kinds, &count) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        struct error error = {0};
        struct template *form = form_of(asking, kinds[i], &error);
        if (form && fits(form, work)) {
            text_addf(&fitting, "%s%s %s", fitting.length ? ", " : "", kinds[i],
                      template_setting(form, SETTING_TITLE));
        }
        template_free(form);
        error_free(&error);
    }
    const char *title = template_setting(wanted, SETTING_TITLE);
    if (fitting.length == 0) {
        error_set(asking->error, ERROR_REFUSED,
                  N_("“%1” cannot be written about %2 now, and no other letter can"), title,
                  work->row.number);
    } else {
        error_set4(asking->error, ERROR_REFUSED,
                   N_("“%1” cannot be written about %2 now; what can be: %3"), title,
                   work->row.number, text_bytes(&fitting), NULL);
    }
    text_free(&fitting);
    return -1;
}

/* ---- writing ---- */

static int take_number(struct letter *letter, const char *kind)
{
    struct asking *asking = letter->asking;
    const char *pattern = template_setting(letter->form, SETTING_SERIES);
    struct text number = {0}, series = {0};
    int year, status = 0;
    if (!pattern) {
        return 0;
    }
    if (previews(asking)) {
        letter->number = "——";
        return 0;
    }
    day_to_civil(letter->day, &year, NULL, NULL);
    text_addf(&series, "letter.%s", kind);
    status = store_number(asking->counter->store, text_bytes(&series), pattern, year,
                          letter->work->row.id, letter->day, &number, asking->error);
    letter->number = arena_keep(asking->arena, &number);
    text_free(&series);
    return status;
}

static int put_letter(struct letter *letter)
{
    struct asking *asking = letter->asking;
    struct template_source source = letter_source(letter);
    struct text text = {0}, html = {0};
    int blanks = template_fill(letter->form, &source, TEMPLATE_TEXT, &text, asking->error);
    int status =
        blanks < 0 ? -1 : template_fill(letter->form, &source, TEMPLATE_HTML, &html, asking->error);
    if (status >= 0) {
        parcel_put(asking->reply, "title", template_setting(letter->form, SETTING_TITLE));
        parcel_put(asking->reply, "number", letter->number);
        parcel_put_day(asking->reply, "day", letter->day);
        parcel_put_int(asking->reply, "blanks", blanks);
        parcel_put_n(asking->reply, "text", text_bytes(&text), text.length);
        parcel_put_n(asking->reply, "html", text_bytes(&html), html.length);
    }
    text_free(&text);
    text_free(&html);
    return status < 0 || asking->error->code != ERROR_NONE ? -1 : 0;
}

/* What the letter says, as 64 hexadecimal digits; NULL with ERROR. */
static const char *wording(struct letter *letter)
{
    struct asking *asking = letter->asking;
    const char *text = parcel_get(asking->reply, "text");
    struct digest *digest = digest_new(asking->error);
    uint8_t bytes[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    bool done = digest && digest_of(digest, text, strlen(text), bytes);
    digest_free(digest);
    return done ? arena_text(asking->arena, digest_hex(bytes, hex), sizeof hex - 1) : NULL;
}

static bool taken_back(const struct records *records, size_t place)
{
    for (size_t i = place + 1; i < records->count; i++) {
        const struct record *later = &records->items[i];
        if (later->corrects == records->items[place].n && strcmp(later->event, "annul") == 0) {
            return true;
        }
    }
    return false;
}

/* The latest letter of KIND in this case that was not taken back; NULL. */
static const struct record *last_letter(const struct letter *letter, const char *kind)
{
    const struct casework *work = letter->work;
    for (size_t i = work->records.count; i-- > 0;) {
        const struct record *record = &work->records.items[i];
        struct arena *arena = letter->asking->arena;
        if (strcmp(record->event, "letter") != 0 || taken_back(&work->records, i)) {
            continue;
        }
        const char *facts = arena_text(arena, record->facts, record->facts_length);
        const char *is = fact_find(facts, "letter.kind", arena);
        if (is && strcmp(is, kind) == 0) {
            return record;
        }
    }
    return NULL;
}

/* A letter that would say what it said is printed again under its number and day. 1 done, 0 it is
 * another, -1 ERROR. */
static int put_again(struct letter *letter, const char *kind)
{
    struct asking *asking = letter->asking;
    const struct record *before = last_letter(letter, kind);
    if (!before) {
        return 0;
    }
    const char *facts = arena_text(asking->arena, before->facts, before->facts_length);
    const char *digest = fact_find(facts, "letter.digest", asking->arena);
    int32_t today = letter->day;
    letter->number = fact_find(facts, "letter.number", asking->arena);
    letter->day = moment_day(to_local(asking->counter, before->recorded));
    const char *now = put_letter(letter) == 0 ? wording(letter) : NULL;
    if (now && digest && strcmp(now, digest) == 0) {
        return 1;
    }
    letter->number = NULL;
    letter->day = today;
    parcel_free(asking->reply);
    return asking->error->code == ERROR_NONE ? 0 : -1;
}

static int record_letter(struct letter *letter, const char *kind, int32_t role, bool deputy)
{
    struct asking *asking = letter->asking;
    struct casework *work = letter->work;
    const struct policy *policy = asking->counter->current->policy;
    const struct entry *whose = deputy && role >= 0 ? asking->deputy_for[role] : NULL;
    struct text facts = {0};
    fact_put(&facts, "letter.kind", kind);
    const char *title = template_setting(letter->form, SETTING_TITLE);
    if (title) {
        fact_put(&facts, "letter.title", title);
    }
    if (letter->number) {
        fact_put(&facts, "letter.number", letter->number);
    }
    const char *digest = wording(letter);
    if (!digest) {
        text_free(&facts);
        return -1;
    }
    fact_put(&facts, "letter.digest", digest);
    int64_t moment = work->file->changed; /* as with a note: it bars no act dated earlier */
    struct record record = {.event = "letter",
                            .actor = asking->person ? asking->person->thing.id : 0,
                            .role = role >= 0 ? policy->roles[role].title.name : "",
                            .deputy_of = whose ? whose->thing.id : 0,
                            .effective = moment,
                            .recorded = asking->utc,
                            .facts = text_bytes(&facts),
                            .facts_length = facts.length};
    int status =
        facts.failed ? error_memory(asking->error) : casework_append(asking, work, &record);
    text_free(&facts);
    int64_t now = moment > asking->now ? moment : asking->now;
    status = status ? status : casework_fold(asking, work, now);
    return status ? status : casework_save(asking, work, now);
}

static int write_letter(struct letter *letter, const char *kind)
{
    struct asking *asking = letter->asking;
    struct casework *work = letter->work;
    bool deputy, preview = previews(asking);
    if (!fits(letter->form, work)) {
        return say_misfit(asking, letter->form, work);
    }
    int32_t role = writes_as(asking, letter->form, work, &deputy);
    if (role < 0 && !preview) {
        const struct policy *policy = asking->counter->current->policy;
        const char *by = template_setting(letter->form, SETTING_BY);
        return refuse_right(asking, work->row.number,
                            by ? roles_named(policy, by) : roles_acting(policy));
    }
    bool new = parcel_yes(asking->request, "new");
    int again = preview || new ? 0 : put_again(letter, kind);
    if (again != 0) {
        return again < 0 ? -1 : 0;
    }
    if (take_number(letter, kind) != 0 || put_letter(letter) != 0) {
        return -1;
    }
    return preview ? 0 : record_letter(letter, kind, role, deputy);
}

int verb_letter(struct asking *asking)
{
    struct casework work;
    struct letter letter = {0};
    const char *kind = asked(asking, "kind");
    int status = case_taken(asking, &work);
    struct template *form = NULL;
    if (status == 0 && !kind) {
        status = list_letters(asking, &work);
    } else if (status == 0) {
        form = form_of(asking, kind, asking->error);
        status = form ? letter_open(&letter, asking, &work) : -1;
        letter.form = form;
        status = status ? status : write_letter(&letter, kind);
        letter_close(&letter);
    }
    template_free(form);
    casework_free(&work);
    return status;
}
