/* options.c: the table of settings, and the files they come from. */
#include "data/options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/near.h"
#include "data/ini.h"
#include "data/option_check.h"
#include "data/paths.h"
#include "data/vendor/settings.h"

static const struct option_row rows[] = {
    {"desk.as", OPTION_LOGIN, 0, 64, NULL, "", N_("the login used by who owns the workspace")},
    {"desk.language", OPTION_CHOICE, 0, 0, "zh en", "", N_("the language; else the locale's")},
    {"desk.clock_behind", OPTION_NUMBER, 0, 86400, "s", "300",
     N_("so far behind the last act the clock may be")},
    {"desk.clock_ahead", OPTION_NUMBER, 1, 3660, "d", "40",
     N_("so far ahead of the last act it may be before a leader must say so")},
    {"desk.page", OPTION_NUMBER, 1, 500, NULL, "50", N_("rows of a page")},
    {"serve.socket", OPTION_PATH, 0, 107, NULL, "",
     N_("the socket of the server; else desk.sock in the workspace")},
    {"serve.clients", OPTION_NUMBER, 1, 10000, NULL, "200", N_("clients at once")},
    {"serve.idle", OPTION_NUMBER, 10, 86400, "s", "3600",
     N_("a client that asks nothing so long is let go")},
    {"serve.slow", OPTION_NUMBER, 1, 600, "s", "30", N_("so long a request may take to arrive")},
    {"console.theme", OPTION_CHOICE, 0, 0, "default light mono contrast deutan tritan", "",
     N_("the colours of the console; else dark or light as the terminal is")},
    {"console.glyphs", OPTION_CHOICE, 0, 0, "full safe ascii", "",
     N_("the signs of the console; else what the terminal can show")},
    {"console.mouse", OPTION_CHOICE, 0, 0, "no yes", "no",
     N_("a click moves the cursor, a second one opens")},
    {"inventory.cores", OPTION_TEXT, 0, 0, NULL, "cpu",
     N_("the measure of the policy that counts the cores of a vendor's inventory")},
    {"inventory.memory", OPTION_TEXT, 0, 0, NULL, "memory",
     N_("the measure that counts its memory")},
    {"inventory.memory_unit", OPTION_NUMBER, 1, 1 << 30, "MiB", "1024",
     N_("one of that measure's units")},
    {"inventory.disk", OPTION_TEXT, 0, 0, NULL, "disk", N_("the measure that counts its disks")},
    {"inventory.disk_unit", OPTION_NUMBER, 1, 1 << 30, "GiB", "1",
     N_("one of that measure's units")},
    {"inventory.stale", OPTION_NUMBER, 1, 8760, "h", "26",
     N_("from which age on a vendor's inventory is said to be old")},
    {"capacity.months", OPTION_NUMBER, 2, 36, NULL, "6",
     N_("months behind that a forecast of capacity goes by")},
    {"capacity.ahead", OPTION_NUMBER, 1, 36, NULL, "6", N_("months ahead that it reaches")},
    {"documents.largest", OPTION_NUMBER, 1, 4096, "MiB", "1024", N_("the largest document")},
};
enum { ROWS = sizeof rows / sizeof *rows, FILE_MOST = 1 << 16 };

struct section { /* [vendor.NAME] */
    struct section *next;
    char *name;
    char **values, **origins; /* by row of the vendor's table */
};
struct options {
    char *values[ROWS];  /* NULL: the default */
    char *origins[ROWS]; /* FILE:LINE, or the option of the command line */
    struct section *vendors;
};

struct slot { /* where a setting stands */
    const struct option_row *row;
    char **value, **origin; /* NULL: nobody set it */
};

const struct option_row *options_table(size_t *count)
{
    *count = ROWS;
    return rows;
}

/* ---- vendors ---- */

static const char vendor_begins[] = "vendor.";

static struct section **section_of(struct section **at, const char *name, size_t length)
{
    while (*at && (strncmp((*at)->name, name, length) != 0 || (*at)->name[length] != '\0')) {
        at = &(*at)->next;
    }
    return at;
}

static void free_values(char **values, size_t count)
{
    for (size_t i = 0; values && i < count; i++) {
        free(values[i]);
    }
}

static void free_section(struct section *section)
{
    size_t count;
    settings_table(&count);
    free_values(section->values, count);
    free_values(section->origins, count);
    free(section->values);
    free(section->origins);
    free(section->name);
    free(section);
}

static struct section *new_section(const char *name, size_t length)
{
    size_t count;
    settings_table(&count);
    struct section *section = calloc(1, sizeof *section);
    if (section) {
        section->name = calloc(1, length + 1);
        section->values = calloc(count, sizeof *section->values);
        section->origins = calloc(count, sizeof *section->origins);
    }
    if (section && (!section->name || !section->values || !section->origins)) {
        free_section(section);
        return NULL;
    }
    if (section) {
        memcpy(section->name, name, length);
    }
    return section;
}

/* NAME is vendor.VENDOR.KEY with a KEY of the table: its row. */
static const struct option_row *vendor_row(const char *name, const char **vendor, size_t *length,
                                           size_t *row)
{
    size_t count, begin = sizeof vendor_begins - 1;
    const struct option_row *table = settings_table(&count);
    const char *dot = strrchr(name, '.');
    if (strncmp(name, vendor_begins, begin) != 0 || dot <= name + begin) {
        return NULL;
    }
    *vendor = name + begin;
    *length = (size_t)(dot - *vendor);
    for (*row = 0; *row < count; ++*row) {
        if (strcmp(table[*row].name, dot + 1) == 0) {
            return settings_vendor_good(*vendor, *length) ? &table[*row] : NULL;
        }
    }
    return NULL;
}

const char *options_vendor(const struct options *options, size_t index)
{
    const struct section *at = options->vendors;
    while (at && index-- > 0) {
        at = at->next;
    }
    return at ? at->name : NULL;
}

/* ---- finding ---- */

/* False where there is no such setting. MAKE: of a vendor not heard of yet too. */
static bool find(struct options *options, const char *name, bool make, struct slot *out)
{
    const char *vendor;
    size_t length, row;
    for (int i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            *out = (struct slot){&rows[i], &options->values[i], &options->origins[i]};
            return true;
        }
    }
    *out = (struct slot){.row = vendor_row(name, &vendor, &length, &row)};
    if (!out->row) {
        return false;
    }
    struct section **at = section_of(&options->vendors, vendor, length);
    if (!*at && make) {
        *at = new_section(vendor, length);
    }
    if (*at) {
        out->value = &(*at)->values[row];
        out->origin = &(*at)->origins[row];
    }
    return true;
}

const char *options_text(const struct options *options, const char *name)
{
    struct slot slot;
    if (!find((struct options *)options, name, false, &slot)) {
        return NULL;
    }
    return slot.value && *slot.value ? *slot.value : slot.row->standard;
}

int64_t options_number(const struct options *options, const char *name)
{
    const char *text = options_text(options, name);
    return text ? strtoll(text, NULL, 10) : 0;
}

const char *options_origin(const struct options *options, const char *name)
{
    struct slot slot;
    bool there = find((struct options *)options, name, false, &slot);
    return there && slot.origin ? *slot.origin : NULL;
}

void options_free(struct options *options)
{
    if (options) {
        free_values(options->values, ROWS);
        free_values(options->origins, ROWS);
        while (options->vendors) {
            struct section *next = options->vendors->next;
            free_section(options->vendors);
            options->vendors = next;
        }
        free(options);
    }
}

/* ---- reading ---- */

/* Of a section [vendor.NAME] what its keys would be called. */
static void offer_vendor(struct near_word *nearest, const char *name, struct text *out)
{
    size_t count;
    const struct option_row *table = settings_table(&count);
    const char *dot = strrchr(name, '.');
    if (strncmp(name, vendor_begins, sizeof vendor_begins - 1) != 0 || !dot) {
        return;
    }
    out->most = 1 << 16;
    for (int pass = 0; pass < 2; pass++) { /* first the bytes, then where they are */
        size_t at = 0;
        for (size_t i = 0; i < count && !out->failed; i++) {
            if (pass == 0) {
                text_add_n(out, name, (size_t)(dot + 1 - name));
                text_add_n(out, table[i].name, strlen(table[i].name) + 1);
            } else {
                near_offer(nearest, out->bytes + at);
                at += strlen(out->bytes + at) + 1;
            }
        }
    }
}

static int unknown(const struct option_origin *origin, const char *name, struct error *error)
{
    struct near_word nearest = near_begin(name, strlen(name));
    struct text vendors = {0}; /* all that could be meant, each with its NUL */
    for (int i = 0; i < ROWS; i++) {
        near_offer(&nearest, rows[i].name);
    }
    offer_vendor(&nearest, name, &vendors);
    option_wrong(origin, name,
                 nearest.best ? N_("%1: there is no setting %2; perhaps %3")
                              : N_("%1: there is no setting %2; yuntai.ini(5) lists them"),
                 nearest.best, error);
    text_free(&vendors);
    return -1;
}

static int keep(char **at, const char *value, struct error *error)
{
    size_t size = strlen(value) + 1;
    char *copy = malloc(size);
    if (!copy) {
        return error_memory(error);
    }
    free(*at);
    *at = memcpy(copy, value, size);
    return 0;
}

static int keep_and_free(char **at, struct text *value, struct error *error)
{
    int status = value->failed ? error_memory(error) : keep(at, text_bytes(value), error);
    text_free(value);
    return status;
}

static int take(struct options *options, const struct option_origin *origin, const char *name,
                const char *value, struct error *error)
{
    struct slot slot;
    if (!find(options, name, true, &slot)) {
        return unknown(origin, name, error);
    }
    if (!slot.value) {
        return error_memory(error);
    }
    if (option_check(origin, slot.row, name, value, error) != 0) {
        return -1;
    }
    struct text place = {0};
    option_origin_text(origin, &place);
    int status = keep_and_free(slot.origin, &place, error);
    return status ? status : keep(slot.value, value, error);
}

int options_set(struct options *options, const char *from, const char *name, const char *value,
                struct error *error)
{
    struct option_origin origin = {.path = from};
    return take(options, &origin, name, value, error);
}

static int take_key(struct options *options, const char *path, const struct source_key *key,
                    struct error *error)
{
    struct option_origin origin = {.path = path, .line = key->key_place.line};
    struct text name = {0};
    text_addf(&name, "%s.%s", key->section, key->key);
    int status = name.failed ? error_memory(error)
                             : take(options, &origin, text_bytes(&name), key->value, error);
    text_free(&name);
    return status;
}

static int parse(struct options *options, const char *path, const struct text *bytes,
                 struct error *error)
{
    struct findings *findings = findings_new();
    struct ini *ini = findings ? ini_read(text_bytes(bytes), bytes->length, findings) : NULL;
    int status = ini && !findings_failed(findings) ? 0 : error_memory(error);
    if (status == 0 && findings_count(findings) > 0) {
        const struct finding *finding = findings_at(findings, 0);
        struct text text = {0};
        message_expand(&text, message_english(finding->message.id), &finding->message, true);
        struct option_origin origin = {.path = path, .line = finding->place.line};
        status = option_wrong(&origin, text_bytes(&text), N_("%1: %2"), NULL, error);
        text_free(&text);
    }
    for (size_t i = 0; status == 0 && i < ini_source(ini)->count; i++) {
        status = take_key(options, path, &ini_source(ini)->keys[i], error);
    }
    ini_free(ini);
    findings_free(findings);
    return status;
}

/* A file that is not there says nothing. */
static int read_file(struct options *options, const char *path, struct error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT || errno == ENOTDIR ? 0 : error_errno(error, "reading", path, errno);
    }
    struct text bytes = {.most = FILE_MOST};
    char part[4096];
    ssize_t count;
    while ((count = read(file, part, sizeof part)) > 0 || (count < 0 && errno == EINTR)) {
        text_add_n(&bytes, part, count > 0 ? (size_t)count : 0);
    }
    struct option_origin origin = {.path = path, .line = 1};
    int status = count < 0 ? error_errno(error, "reading", path, errno)
                 : bytes.failed
                     ? option_wrong(&origin, "", N_("%1: the file is too long"), NULL, error)
                     : parse(options, path, &bytes, error);
    close(file);
    text_free(&bytes);
    return status;
}

struct options *options_read(const char *workspace, struct error *error)
{
    struct options *options = calloc(1, sizeof *options);
    struct text own = {0}, desk = {0};
    if (!options) {
        error_memory(error);
        return NULL;
    }
    own_path("yuntai.ini", &own);
    text_addf(&desk, "%s/yuntai.ini", workspace);
    int status = read_file(options, "/etc/yuntai.ini", error);
    status = status || !own.length ? status : read_file(options, text_bytes(&own), error);
    status = status ? status : read_file(options, text_bytes(&desk), error);
    text_free(&own);
    text_free(&desk);
    if (status != 0) {
        options_free(options);
        return NULL;
    }
    return options;
}
