/* policy.c: policies and calendars out of files. */
#include "data/policy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "data/calendar.h"
#include "data/desk.h"
#include "data/ini.h"
#include "data/paths.h"

#define SHIPPED_POLICY "policy/zhengzhou-2019-53.ini"
#define SHIPPED_CALENDAR "calendar/cn.csv"

enum { TEXT_MOST = 16 << 20, SHOWN_MOST = 10 };

static const char no_memory[] = "memory is short; close other programs and try again";

struct draft *policy_draft(const char *bytes, size_t length, struct findings *findings)
{
    struct ini *ini = ini_read(bytes, length, findings);
    struct draft *draft = ini ? draft_new(ini_source(ini), findings) : NULL;
    ini_free(ini);
    findings_sort(findings);
    return draft;
}

void policy_finding_text(const char *file, const struct finding *finding, struct text *out)
{
    text_add(out, file);
    if (finding->place.line > 0) {
        text_addf(out, ":%d:%d", (int)finding->place.line, (int)finding->place.column);
    } else {
        text_add(out, ":");
    }
    text_addf(out, "%s%s%s%s: ", *finding->thing ? " " : "", finding->thing,
              *finding->key ? " " : "", finding->key);
    message_expand(out, message_english(finding->message.id), &finding->message, true);
}

/* ---- files ---- */

static int read_all(int file, struct text *out)
{
    char buffer[1 << 14];
    size_t length = 0;
    for (;;) {
        ssize_t got = read(file, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? errno : 0;
        }
        length += (size_t)got;
        if (length > TEXT_MOST) {
            return EFBIG;
        }
        text_add_n(out, buffer, (size_t)got);
        if (out->failed) {
            return ENOMEM;
        }
    }
}

int desk_read_file(const char *path, struct text *out, struct error *error)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (out->most == 0) {
        out->most = TEXT_MOST + 1;
    }
    int wrong = file < 0 ? errno : read_all(file, out);
    if (file >= 0 && !standard) {
        close(file);
    }
    return wrong == 0        ? 0
           : wrong == ENOMEM ? error_memory(error)
           : wrong == EFBIG
               ? error_set(error, ERROR_ENVIRONMENT,
                           N_("%1: has more than 16 MiB; give a shorter file"), path, NULL)
               : error_set(error, ERROR_ENVIRONMENT,
                           N_("%1: cannot be read (%2); give a file that can"), path,
                           error_why(wrong));
}

int desk_read_text(const char *path, struct text *out, struct text *error)
{
    struct error said = {0};
    int status = desk_read_file(path, out, &said);
    if (status != 0) {
        error_text(&said, NULL, error);
    }
    error_free(&said);
    return status;
}

int desk_own_path(const char *name, struct text *out)
{
    return own_path(name, out);
}

int desk_shipped_path(const char *name, struct text *out)
{
    return data_path(name, out);
}

int desk_ini(const char *path, struct ini **out, struct findings *findings, struct text *error)
{
    struct text bytes = {0};
    *out = NULL;
    int status = desk_read_text(path, &bytes, error);
    if (status == 0) {
        *out = ini_read(text_bytes(&bytes), bytes.length, findings);
        findings_sort(findings);
    }
    if (status == 0 && !*out) {
        text_addf(error, "%s: %s", path, no_memory);
        status = -1;
    }
    text_free(&bytes);
    return status;
}

/* The path of the shipped file NAME, or what is wrong. */
static int shipped(const char *name, struct text *out, struct text *error)
{
    if (data_path(name, out) != 0) {
        text_addf(error,
                  "%s: is not where the program was installed; install it again or set "
                  "YUNTAI_DATADIR to the directory that has it",
                  name);
        return -1;
    }
    return 0;
}

/* Reads PATH, or the shipped file NAME where it is NULL; WHERE takes what messages call it. */
static int read_file(const char *path, const char *name, struct text *where, struct text *bytes,
                     struct text *error)
{
    if (path) {
        text_add(where, path);
    } else if (shipped(name, where, error) != 0) {
        return -1;
    }
    return desk_read_text(text_bytes(where), bytes, error);
}

int desk_calendar(const char *path, struct calendar **out, struct text *error)
{
    struct text where = {0}, bytes = {0};
    *out = NULL;
    int result = read_file(path, SHIPPED_CALENDAR, &where, &bytes, error);
    if (result == 0) {
        result = calendar_read(text_bytes(&where), text_bytes(&bytes), bytes.length, out, error);
    }
    text_free(&bytes);
    text_free(&where);
    return result;
}

int desk_policy_path(struct text *out, struct text *error)
{
    return shipped(SHIPPED_POLICY, out, error);
}

static int read_draft(const char *path, struct text *where, struct draft **out,
                      struct findings *findings, struct text *error)
{
    struct text bytes = {0};
    *out = NULL;
    int result = read_file(path, SHIPPED_POLICY, where, &bytes, error);
    if (result == 0) {
        *out = policy_draft(text_bytes(&bytes), bytes.length, findings);
        if (!*out || findings_failed(findings)) {
            text_addf(error, "%s: %s", text_bytes(where), no_memory);
            draft_free(*out);
            *out = NULL;
            result = -1;
        }
    }
    text_free(&bytes);
    return result;
}

int desk_draft(const char *path, struct draft **out, struct findings *findings, struct text *error)
{
    struct text where = {0};
    int result = read_draft(path, &where, out, findings, error);
    text_free(&where);
    return result;
}

static void add_findings(const char *file, const struct findings *findings, struct text *error)
{
    size_t count = findings_count(findings);
    for (size_t i = 0; i < count && i < SHOWN_MOST; i++) {
        text_add(error, i ? "\n" : "");
        policy_finding_text(file, findings_at(findings, i), error);
    }
    if (count > SHOWN_MOST) {
        text_addf(error, "\n%s: and %d more", file, (int)(count - SHOWN_MOST));
    } else if (count == 0) {
        text_addf(error, "%s: %s", file, no_memory);
    }
}

int desk_policy(const char *path, const struct answer *answers, size_t count, struct policy **out,
                struct text *error)
{
    struct text where = {0};
    struct draft *draft = NULL;
    struct findings *findings = findings_new();
    int result = -1;
    *out = NULL;
    if (!findings) {
        text_add(error, no_memory);
        goto end;
    }
    result = read_draft(path, &where, &draft, findings, error);
    if (result != 0) {
        goto end;
    }
    *out = policy_compile(draft, answers, count, findings);
    if (!*out || findings_count(findings) > 0) {
        findings_sort(findings);
        add_findings(text_bytes(&where), findings, error);
        policy_free(*out);
        *out = NULL;
        result = -1;
    }
end:
    draft_free(draft);
    findings_free(findings);
    text_free(&where);
    return result;
}
