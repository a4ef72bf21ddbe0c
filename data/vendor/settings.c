/* settings.c: the table of a vendor's settings. */
#include "data/vendor/settings.h"

#include <stdlib.h>
#include <string.h>

#include "data/option_check.h"

enum { VENDOR_NAME_MOST = 32 };

static const struct option_row rows[] = {
    {"kind", OPTION_CHOICE, 0, 0, "openstack table", "openstack",
     N_("how it is asked: over OpenStack's services, or from tables in files")},
    {"url", OPTION_URL, 0, 0, NULL, "", N_("Keystone's address, with /v3")},
    {"user", OPTION_TEXT, 0, 0, NULL, "", N_("the account it is asked as")},
    {"user_domain", OPTION_TEXT, 0, 0, NULL, "Default", N_("the domain of the account")},
    {"project", OPTION_TEXT, 0, 0, NULL, "", N_("the project the account acts in")},
    {"project_domain", OPTION_TEXT, 0, 0, NULL, "Default", N_("the domain of that project")},
    {"secret", OPTION_PATH, 0, 4096, NULL, "",
     N_("a file with the password, which nobody else may read (0600)")},
    {"secret_command", OPTION_PATH, 0, 4096, NULL, "",
     N_("in its place a program that prints the password, with its arguments")},
    {"region", OPTION_TEXT, 0, 0, NULL, "",
     N_("the region, or several, by commas; else the only one there is")},
    {"interface", OPTION_CHOICE, 0, 0, "public internal admin", "public",
     N_("which of its addresses are asked")},
    {"hosts", OPTION_TEXT, 0, 0, NULL, "",
     N_("hosts beside that of url which its catalogue may name; .example.cn: all below it")},
    {"ca", OPTION_PATH, 0, 4096, NULL, "",
     N_("a PEM file of the authorities that are trusted; else the system's")},
    {"proxy", OPTION_URL, 0, 0, NULL, "", N_("the proxy on the way to it; else none")},
    {"plain", OPTION_YESNO, 0, 0, NULL, "no", N_("http may be spoken with this machine itself")},
    {"fetch", OPTION_WORDS, 0, 0, "servers volumes projects flavors hosts capacity use",
     "servers volumes projects flavors hosts capacity", N_("what is asked for")},
    {"all_projects", OPTION_YESNO, 0, 0, NULL, "yes",
     N_("of all projects, which takes an administrator's account")},
    {"measures", OPTION_TEXT, 0, 0, NULL, "cpu=cpu_util",
     N_("measures of use and the metrics, in percent, that show them")},
    {"tags", OPTION_TEXT, 0, 0, NULL, "",
     N_("its own names of what the policy asks of a resource, as xc=domestic az=network")},
    {"inventory", OPTION_PATH, 0, 4096, NULL, "", N_("of tables: the file of its resources")},
    {"usage", OPTION_PATH, 0, 4096, NULL, "", N_("of tables: the file of a month's use")},
    {"page", OPTION_NUMBER, 1, 1000, NULL, "1000", N_("resources asked for at once")},
    {"pages", OPTION_NUMBER, 1, 1000000, NULL, "100000", N_("pages of a list at most")},
    {"parallel", OPTION_NUMBER, 1, 8, NULL, "4", N_("questions under way at once")},
    {"overlap", OPTION_NUMBER, 0, 86400, "s", "300",
     N_("so far before the last run an increment begins")},
    {"connect", OPTION_NUMBER, 50, 600000, "ms", "10000", N_("so long a connection may take")},
    {"answer", OPTION_NUMBER, 50, 3600000, "ms", "120000", N_("so long an answer may take")},
    {"slow", OPTION_NUMBER, 50, 600000, "ms", "30000",
     N_("after so long a time with next to nothing an answer is given up")},
    {"slowest", OPTION_NUMBER, 1, 1048576, "B/s", "1024", N_("what next to nothing is")},
    {"run", OPTION_NUMBER, 1, 86400, "s", "7200", N_("so long a run may take")},
    {"largest", OPTION_NUMBER, 1, 256, "MiB", "16", N_("the largest answer, once unpacked")},
    {"total", OPTION_NUMBER, 1, 65536, "MiB", "8192", N_("all answers of a run")},
    {"tries", OPTION_NUMBER, 1, 10, NULL, "4",
     N_("times a service is asked that is busy or breaks off")},
    {"pause", OPTION_NUMBER, 1, 60000, "ms", "1000",
     N_("the first pause before it is asked again; each is twice the one before")},
    {"pause_longest", OPTION_NUMBER, 1, 3600000, "ms", "60000",
     N_("the longest pause, also where the service asks for more")},
};
enum { ROWS = sizeof rows / sizeof *rows };

const struct option_row *settings_table(size_t *count)
{
    *count = ROWS;
    return rows;
}

bool settings_vendor_good(const char *name, size_t length)
{
    return length > 0 && length <= VENDOR_NAME_MOST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length;
}

static int find(const char *key)
{
    for (int i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, key) == 0) {
            return i;
        }
    }
    return -1;
}

static int check(int row, const char *vendor, const char *key, const char *value,
                 struct error *error)
{
    struct text name = {0};
    struct option_origin origin = {.path = "yuntai-net"};
    int status = 0;
    text_addf(&name, "vendor.%s.%s", vendor, key);
    if (row < 0) {
        status =
            option_wrong(&origin, text_bytes(&name),
                         N_("%1: there is no setting %2; yuntai.ini(5) lists them"), NULL, error);
    } else if (*value) {
        status = option_check(&origin, &rows[row], text_bytes(&name), value, error);
    }
    text_free(&name);
    return status;
}

int settings_set(struct settings *settings, const char *vendor, const char *key, const char *value,
                 struct error *error)
{
    int row = find(key);
    if (check(row, vendor, key, value, error) != 0) {
        return -1;
    }
    settings->values = settings->values ? settings->values : calloc(ROWS, sizeof *settings->values);
    char *copy = *value ? strdup(value) : NULL;
    if (!settings->values || (*value && !copy)) {
        free(copy);
        return error_memory(error);
    }
    free(settings->values[row]);
    settings->values[row] = copy;
    return 0;
}

void settings_free(struct settings *settings)
{
    for (int i = 0; settings->values && i < ROWS; i++) {
        free(settings->values[i]);
    }
    free(settings->values);
    *settings = (struct settings){0};
}

const char *settings_text(const struct settings *settings, const char *key)
{
    int row = find(key);
    const char *value = row >= 0 && settings->values ? settings->values[row] : NULL;
    return value ? value : row >= 0 ? rows[row].standard : "";
}

int64_t settings_number(const struct settings *settings, const char *key)
{
    return strtoll(settings_text(settings, key), NULL, 10);
}

bool settings_yes(const struct settings *settings, const char *key)
{
    return strcmp(settings_text(settings, key), "yes") == 0;
}

bool settings_has(const struct settings *settings, const char *key, const char *word)
{
    size_t length = strlen(word);
    const char *all = settings_text(settings, key);
    for (const char *at = all; (at = strstr(at, word)); at += length) {
        if ((at == all || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}
