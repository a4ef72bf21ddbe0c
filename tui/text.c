/* text.c: locale and language. */
#include "tui/text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    const char *value = variable(a);
    value = value ? value : variable(b);
    return value ? value : variable(c);
}

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* zh_CN.UTF-8, zh_CN.utf8, en_US.Utf-8@euro. */
static bool names_utf8(const char *locale)
{
    const char *codeset = locale ? strchr(locale, '.') : NULL;
    return codeset &&
           (strncasecmp(codeset, ".UTF-8", 6) == 0 || strncasecmp(codeset, ".UTF8", 5) == 0);
}

/* A locale that is not generated (bare machines; ssh forwards LANG) leaves C: its characters at
 * least are known. */
static void set_locale(void)
{
    const char *named = first_of("LC_ALL", "LC_CTYPE", "LANG");
    bool set = setlocale(LC_ALL, "") != NULL;
    if ((!set || !is_utf8()) && names_utf8(named)) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
}

static const char *language_of_environment(void)
{
    const char *value = variable("LANGUAGE");
    value = value ? value : first_of("LC_ALL", "LC_MESSAGES", "LANG");
    return value && strncmp(value, "en", 2) == 0 ? "en" : "zh";
}

const char *text_language(const char *asked)
{
    set_locale();
    const char *language = asked ? asked : language_of_environment();
    bool chinese = strcmp(language, "zh") == 0;
    /* gettext looks into no catalogue while the messages' locale is C */
    setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
    if (!setlocale(LC_MESSAGES, "C.UTF-8")) {
        setlocale(LC_MESSAGES, "zh_CN.UTF-8");
    }
    const char *directory = YUNTAI_LOCALEDIR;
#ifdef YUNTAI_BUILD_LOCALEDIR
    directory =
        access(YUNTAI_BUILD_LOCALEDIR "/zh_CN", R_OK) == 0 ? YUNTAI_BUILD_LOCALEDIR : directory;
#endif
    bindtextdomain("yuntai", directory);
    bind_textdomain_codeset("yuntai", "UTF-8");
    textdomain("yuntai");
    return chinese ? "zh" : "en";
}
