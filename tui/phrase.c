/* phrase.c: sentences, words in both languages, articles. */
#include "tui/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "tui/article.h"
#include "tui/text.h"

void phrase_both(struct text *out, const char *text, bool english)
{
    const char *both = text ? strchr(text, MESSAGE_BOTH) : NULL;
    if (!both) {
        text_add(out, text ? text : "");
    } else if (english && both[1] != '\0') {
        text_add(out, both + 1);
    } else {
        text_add_n(out, text, (size_t)(both - text));
    }
}

void phrase_limit(struct text *out, const char *limit, bool english)
{
    static const char *const units[][2] = {{"wd", N_(" working days")},
                                           {"d", N_(" days")},
                                           {"mo", N_(" months")},
                                           {"h", N_(" hours")}};
    size_t digits = strspn(limit, "0123456789");
    for (size_t i = 0; digits && i < sizeof units / sizeof *units; i++) {
        if (strcmp(limit + digits, units[i][0]) == 0) {
            text_add_n(out, limit, digits);
            text_add(out, _(units[i][1]));
            return;
        }
    }
    phrase_both(out, limit, english);
}

/* An argument that is empty leaves two blanks; what would move a terminal's cursor is no text. */
static void add_plain(struct text *out, const char *text)
{
    for (; *text; text++) {
        bool control = ((unsigned char)*text < 0x20 && *text != '\n') || *text == 0x7f;
        if (text[0] != ' ' || text[1] != ' ') {
            text_add_n(out, control ? "?" : text, 1);
        }
    }
}

void phrase_said(struct text *out, const char *sentence, const char *const arg[4], bool english)
{
    struct message message = {.id = MESSAGE_NONE};
    struct text text = {0};
    for (int i = 0; i < 4; i++) {
        message.arg[i] = arg[i] && error_is_msgid(arg[i]) ? gettext(arg[i]) : arg[i];
    }
    message_expand(&text, *sentence ? gettext(sentence) : "", &message, english);
    add_plain(out, text_bytes(&text));
    text_free(&text);
}

/* A name of the policy at TEXT, a blank and a title behind it: its length with the blank. */
static size_t bare_name(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz_0123456789");
    char title = length > 1 && *text >= 'a' && text[length] == ' ' ? text[length + 1] : '\0';
    return title & 0x80 || (title >= 'A' && title <= 'Z') ? length + 1 : 0;
}

static void add_titles(struct text *out, const char *arg, bool english)
{
    struct text half = {0};
    phrase_both(&half, arg, english);
    bool begins = true; /* one of a list */
    for (const char *at = text_bytes(&half); *at; at++) {
        at += begins ? bare_name(at) : 0;
        begins = *at == ' ' && at > text_bytes(&half) && at[-1] == ',';
        if (!english && at[0] == ',' && at[1] == ' ' && (at[2] & 0x80 || bare_name(at + 2))) {
            text_add(out, "、"); /* of a list of titles */
            at++;
            begins = true;
        } else {
            text_add_n(out, at, 1);
        }
    }
    text_free(&half);
}

void phrase_reason(struct text *out, const char *sentence, const char *const arg[4], bool english)
{
    struct text said[4] = {0};
    const char *plain[4] = {0};
    for (int i = 0; i < 4; i++) {
        if (arg[i]) {
            add_titles(&said[i], arg[i], english);
            plain[i] = text_bytes(&said[i]);
        }
    }
    phrase_said(out, sentence, plain, english);
    for (int i = 0; i < 4; i++) {
        text_free(&said[i]);
    }
}

enum { PART = '\036' };

void phrase_parted(struct text *out, const char *cell, bool english)
{
    struct text parts[5] = {0}; /* the sentence, then its arguments */
    int count = 0;
    for (const char *at = cell; at && count < 5; count++) {
        const char *end = strchr(at, PART);
        text_add_n(&parts[count], at, end ? (size_t)(end - at) : strlen(at));
        at = end ? end + 1 : NULL;
    }
    const char *const arg[4] = {text_bytes(&parts[1]), text_bytes(&parts[2]), text_bytes(&parts[3]),
                                text_bytes(&parts[4])};
    if (parts[0].length) {
        phrase_said(out, text_bytes(&parts[0]), arg, english);
    }
    for (int i = 0; i < 5; i++) {
        text_free(&parts[i]);
    }
}

/* The title of the law NAME, which REPLY may have in its table of them; else NAME itself. */
static void add_law(struct text *out, const struct parcel *reply, const char *name, size_t length,
                    bool english)
{
    const struct table *laws = reply ? parcel_find(reply, "laws") : NULL;
    for (size_t row = 0; laws && row < table_rows(laws); row++) {
        const char *known = table_cell(laws, row, "name");
        if (known && strlen(known) == length && memcmp(known, name, length) == 0) {
            phrase_both(out, table_cell(laws, row, "title"), english);
            return;
        }
    }
    text_add_n(out, name, length);
}

void phrase_article(struct text *out, const char *cites, const struct parcel *reply, bool english)
{
    const char *at = cites ? cites : "";
    for (bool first = true; *at; first = false) {
        size_t length = strcspn(at, ", ");
        bool number = length > 0 && strspn(at, "0123456789") == length && length < 9;
        text_add(out, first ? "" : english ? ", " : "、");
        if (number) {
            article_add(out, (int32_t)strtol(at, NULL, 10), english);
        } else {
            add_law(out, reply, at, length, english);
        }
        at += length + strspn(at + length, ", ");
    }
}

/* ---- numbers ---- */

void phrase_number(struct text *out, int64_t number)
{
    struct text digits = {0};
    text_add_int(&digits, number);
    for (size_t i = 0; i < digits.length; i++) {
        size_t left = digits.length - i;
        text_add(out, i > 0 && left % 3 == 0 && digits.bytes[i - 1] != '-' ? "," : "");
        text_add_n(out, digits.bytes + i, 1);
    }
    text_free(&digits);
}

void phrase_span(struct text *out, int64_t seconds)
{
    enum { MINUTE = 60, HOUR = 3600 };
    if (seconds < MINUTE) {
        text_addf(out, _("%ds"), (int)seconds);
    } else if (seconds < HOUR) {
        text_addf(out, _("%dm%02ds"), (int)(seconds / MINUTE), (int)(seconds % MINUTE));
    } else {
        text_addf(out, _("%dh%02dm"), (int)(seconds / HOUR), (int)(seconds % HOUR / MINUTE));
    }
}

void phrase_bytes(struct text *out, int64_t bytes)
{
    enum { KB = 1000, MB = 1000000, TENTHS = 10 };
    if (bytes < KB) {
        text_addf(out, "%dB", (int)bytes);
    } else if (bytes < MB) {
        text_addf(out, "%dKB", (int)(bytes / KB));
    } else {
        int64_t tenths = bytes / (MB / TENTHS);
        phrase_number(out, tenths / TENTHS);
        text_addf(out, ".%dMB", (int)(tenths % TENTHS));
    }
}

/* ---- vendors' resources ---- */

const char *phrase_resource(const char *kind)
{
    static const char *const kinds[][2] = {
        {"server", N_("servers")}, {"volume", N_("volumes")},   {"project", N_("projects")},
        {"flavor", N_("flavors")}, {"host", N_("hypervisors")}, {"provider", N_("capacity")},
        {"use", N_("use")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i][0], kind) == 0) {
            return _(kinds[i][1]);
        }
    }
    return kind;
}

enum { MIB_OF_GIB = 1024 };

void phrase_amount(struct text *out, const char *column, const char *amount)
{
    bool number = *amount && strspn(amount, "0123456789") == strlen(amount);
    int64_t value = number ? strtoll(amount, NULL, 10) : 0;
    bool whole = value % MIB_OF_GIB == 0;
    if (number && strcmp(column, "vcpus") == 0) {
        text_addf(out, _("%sc"), amount);
    } else if (number && strcmp(column, "ram") == 0) {
        text_add_int(out, whole ? value / MIB_OF_GIB : value);
        text_add(out, whole ? "G" : "M");
    } else if (number && strcmp(column, "disk") == 0) {
        text_addf(out, "%sG", amount);
    } else {
        text_add(out, amount);
    }
}

static const char *column_word(const char *column)
{
    static const char *const words[][2] = {{"vcpus", N_("CPU")},
                                           {"ram", N_("memory")},
                                           {"disk", N_("disk")},
                                           {"status", N_("status")},
                                           {"name", N_("name")},
                                           {"project", N_("project")},
                                           {"region", N_("region")},
                                           {"zone", N_("zone")},
                                           {"address", N_("address")},
                                           {"attached", N_("attached to")},
                                           {"bootable", N_("bootable")},
                                           {"created", N_("created")},
                                           {"description", N_("note")},
                                           {"disabled", N_("disabled because")},
                                           {"domain", N_("domain")},
                                           {"encrypted", N_("encrypted")},
                                           {"ended", N_("ended")},
                                           {"ephemeral", N_("temporary disk")},
                                           {"flavor", N_("flavor")},
                                           {"host", N_("hypervisor")},
                                           {"image", N_("image")},
                                           {"launched", N_("launched")},
                                           {"parent", N_("part of")},
                                           {"public", N_("open to all")},
                                           {"service", N_("service")},
                                           {"tags", N_("tags")},
                                           {"type", N_("type")},
                                           {"volumes", N_("volumes")},
                                           {"used.vcpus", N_("CPU used")},
                                           {"reserved.vcpus", N_("CPU kept back")},
                                           {"used.ram", N_("memory used")},
                                           {"reserved.ram", N_("memory kept back")},
                                           {"used.disk", N_("disk used")},
                                           {"reserved.disk", N_("disk kept back")},
                                           {"ratio.vcpus", N_("CPU overcommit")},
                                           {"ratio.ram", N_("memory overcommit")},
                                           {"ratio.disk", N_("disk overcommit")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], column) == 0) {
            return _(words[i][1]);
        }
    }
    return column;
}

/* What the vendor wrote on it itself stands as it was written. */
static void add_column(struct text *out, const char *column)
{
    static const char tag[] = "meta.";
    bool written = strncmp(column, tag, sizeof tag - 1) == 0;
    text_addf(out, written ? _("tag %s") : "%s",
              written ? column + sizeof tag - 1 : column_word(column));
}

/* Of "used.disk" that it is a disk: how its amounts are written. */
static const char *measure_of(const char *column)
{
    const char *point = strchr(column, '.');
    bool amount = strncmp(column, "used.", 5) == 0 || strncmp(column, "reserved.", 9) == 0;
    return amount ? point + 1 : column;
}

/* "NAME WAS → NOW" of LENGTH bytes. */
static void add_difference(struct text *out, const char *line, size_t length)
{
    static const char arrow[] = " → ";
    struct text name = {0}, was = {0}, now = {0}, rest = {0};
    size_t named = strcspn(line, " ");
    text_add_n(&name, line, named < length ? named : length);
    text_add_n(&rest, line + (named < length ? named + 1 : length),
               named < length ? length - named - 1 : 0);
    const char *to = strstr(text_bytes(&rest), arrow);
    if (to) {
        text_add_n(&was, text_bytes(&rest), (size_t)(to - text_bytes(&rest)));
        text_add(&now, to + sizeof arrow - 1);
        const char *measure = measure_of(text_bytes(&name));
        add_column(out, text_bytes(&name));
        text_add(out, " ");
        phrase_amount(out, measure, text_bytes(&was));
        text_add(out, "→");
        phrase_amount(out, measure, text_bytes(&now));
    } else {
        text_add_n(out, line, length);
    }
    text_free(&name);
    text_free(&was);
    text_free(&now);
    text_free(&rest);
}

/* The next of SERVICE/WHY/TIMES/SECONDS at *AT, "" where there is none. */
static void next_part(const char **at, struct text *out)
{
    size_t length = strcspn(*at, "/ ");
    text_clear(out);
    text_add_n(out, *at, length);
    *at += length + ((*at)[length] == '/');
}

static void add_again(struct text *out, const char **at)
{
    struct text service = {0}, why = {0}, times = {0}, wait = {0};
    next_part(at, &service);
    next_part(at, &why);
    next_part(at, &times);
    next_part(at, &wait);
    const char *reason = text_bytes(&why);
    text_addf(out, "%s %s ", text_bytes(&service),
              strcmp(reason, "connection") == 0 ? _("no connection")
              : strcmp(reason, "broken") == 0   ? _("broke off")
                                                : reason);
    text_addf(out, _("×%s"), text_bytes(&times));
    if (wait.length) {
        text_addf(out, _(", told to wait %s s"), text_bytes(&wait));
    }
    text_free(&service);
    text_free(&why);
    text_free(&times);
    text_free(&wait);
}

void phrase_again(struct text *out, const char *words, bool english)
{
    for (const char *at = words ? words : ""; *at;) {
        add_again(out, &at);
        at += *at == ' ';
        text_add(out, !*at ? "" : english ? "; " : "；");
    }
}

void phrase_changes(struct text *out, const char *lines, bool english)
{
    for (const char *at = lines ? lines : ""; *at;) {
        size_t length = strcspn(at, "\n");
        add_difference(out, at, length);
        at += length + (at[length] == '\n');
        text_add(out, !*at ? "" : english ? ", " : "，");
    }
}
