/* acts_query.c: words that say which acts of the chain are wanted. */
#include "data/desk/acts_query.h"

#include <string.h>

#include "core/day.h"

/* Acts that are no case's. */
static const struct {
    const char *name, *zh, *en;
} of_registers[] = {{"enter", "登记", "Entered"},
                    {"change", "变更", "Changed"},
                    {"succeed", "承继", "Succeeded"},
                    {"rename", "更名", "Renamed"},
                    {"merge", "合并", "Merged"},
                    {"split", "分立", "Split"},
                    {"plan", "列入计划", "Planned"},
                    {"open", "上线", "Put online"},
                    {"close", "下线", "Taken offline"},
                    {"sync", "清单生效", "Inventory in force"},
                    {"adopt", "采用办法", "Policy adopted"}};

void acts_query_register_title(const char *event, const char **zh, const char **en)
{
    *zh = *en = event;
    for (size_t i = 0; i < sizeof of_registers / sizeof *of_registers; i++) {
        if (strcmp(of_registers[i].name, event) == 0) {
            *zh = of_registers[i].zh;
            *en = of_registers[i].en;
        }
    }
}

/* ---- acts by name ---- */

struct naming {
    struct asking *asking;
    const char *word;
    const char **names; /* NULL: they are counted */
    size_t count;
};

static void offer(struct naming *naming, const char *name, const char *zh, const char *en)
{
    if (strcmp(name, naming->word) != 0 && !strstr(zh, naming->word) && !strstr(en, naming->word)) {
        return;
    }
    if (naming->names) {
        naming->names[naming->count] = name;
    }
    naming->count++;
}

static void offer_all(struct naming *naming)
{
    const struct policy *policy = naming->asking->counter->current->policy;
    const struct own_act *own;
    naming->count = 0;
    for (int32_t p = 0; p < policy->procedure_count; p++) {
        const struct procedure *procedure = &policy->procedures[p];
        for (int32_t i = 0; i < procedure->event_count; i++) {
            const struct title *title = &procedure->events[i].title;
            offer(naming, title->name, title->zh, title->en);
        }
    }
    for (size_t i = 0; (own = own_act_at(i)); i++) {
        offer(naming, own->name, own->zh, own->en);
    }
    for (size_t i = 0; i < sizeof of_registers / sizeof *of_registers; i++) {
        offer(naming, of_registers[i].name, of_registers[i].zh, of_registers[i].en);
    }
}

/* 1, 0 WORD is no act's, -1 with ERROR. */
static int read_act(struct asking *asking, const char *word, struct acts_query *out)
{
    struct naming naming = {.asking = asking, .word = word};
    offer_all(&naming);
    if (naming.count == 0) {
        return 0;
    }
    naming.names = arena_array(asking->arena, naming.count, sizeof *naming.names);
    if (!naming.names) {
        return error_memory(asking->error);
    }
    offer_all(&naming);
    out->events = naming.names;
    out->event_count = naming.count;
    return 1;
}

/* ---- people, cases, days ---- */

static int read_person(struct asking *asking, const char *word, struct acts_query *out)
{
    const struct entry *person = entry_asked(asking, BOOK_PERSON, word, 0);
    bool desk = strcmp(word, "desk") == 0 || strcmp(word, "系统") == 0;
    if (person || desk) {
        out->person = person ? person->thing.id : 0;
    }
    return person || desk;
}

/* A number as printed, or PROCEDURE-YEAR-SEQ: what is neither is not looked up, for a case that is
 * not there is a refusal. */
static int read_case(struct asking *asking, const char *word, struct acts_query *out)
{
    const char *last = strrchr(word, '-');
    bool alias = last && last > word && *word >= 'a' && *word <= 'z' && strchr(word, '-') < last &&
                 last[1] && last[1 + strspn(last + 1, "0123456789")] == '\0';
    if (!alias && !strstr(word, "〔")) {
        return 0;
    }
    out->case_id = case_asked(asking, word);
    return out->case_id > 0 ? 1 : -1;
}

/* The moment at which DAY begins, as a place of the chain: those from there on. */
static int place_of(struct asking *asking, int32_t day, int64_t *seq)
{
    return store_seq_at(asking->counter->store, to_utc(asking->counter, moment_of(day, 0)), seq,
                        asking->error);
}

/* "2026-11-20", "2026-11-16..2026-11-20", "2026-11-16..", "..2026-11-20". */
static int read_days(struct asking *asking, const char *word, struct acts_query *out)
{
    const char *dots = strstr(word, "..");
    size_t length = dots ? (size_t)(dots - word) : strlen(word);
    const char *end = dots ? dots + 2 : word;
    int32_t from = DAY_NONE, to = DAY_NONE;
    int64_t place = 0;
    bool good = (length == 0 && dots) || day_parse(word, length, &from);
    good = good && (*end == '\0' || day_parse(end, strlen(end), &to));
    if (!good || (from == DAY_NONE && to == DAY_NONE)) {
        return 0;
    }
    if (from != DAY_NONE) {
        if (place_of(asking, from, &place) != 0) {
            return -1;
        }
        out->above = place - 1;
    }
    if (to != DAY_NONE) {
        if (place_of(asking, to + 1, &place) != 0) {
            return -1;
        }
        out->below = place;
    }
    return 1;
}

/* ---- words ---- */

static const struct {
    const char *prefix, *zh;
    int (*read)(struct asking *asking, const char *word, struct acts_query *out);
} readers[] = {{"who:", "谁:", read_person},
               {"case:", "办件:", read_case},
               {"day:", "日期:", read_days},
               {"act:", "事项:", read_act}};

static const char *behind(const char *word, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(word, prefix, length) == 0 ? word + length : NULL;
}

static int read_word(struct asking *asking, const char *word, struct acts_query *out)
{
    int found = 0;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const char *value = behind(word, readers[i].prefix);
        value = value ? value : behind(word, readers[i].zh);
        if (value) {
            return *value ? readers[i].read(asking, value, out) : 0;
        }
    }
    for (size_t i = 0; i < sizeof readers / sizeof *readers && found == 0; i++) {
        found = readers[i].read(asking, word, out);
    }
    return found;
}

static int wrong_word(struct asking *asking, const char *words, const char *at, const char *word)
{
    int64_t column = 1;
    for (const char *c = words; c < at; c++) {
        column += ((unsigned char)*c & 0xc0) != 0x80;
    }
    parcel_put_int(asking->reply, "column", column);
    return asking->error->code != ERROR_NONE
               ? -1
               : error_set(asking->error, ERROR_USAGE,
                           N_("“%1” is no person, case, day or act; write a login or a name, a "
                              "case's number, a day as 2026-11-20 or 2026-11-16..2026-11-20, a "
                              "part of what an act is called"),
                           word, NULL);
}

int acts_query_read(struct asking *asking, const char *words, struct acts_query *out)
{
    *out = (struct acts_query){.person = -1, .below = INT64_MAX};
    for (const char *at = words ? words : ""; *(at += strspn(at, " "));) {
        size_t length = strcspn(at, " ");
        const char *word = arena_text(asking->arena, at, length);
        if (read_word(asking, word, out) <= 0) {
            return wrong_word(asking, words, at, word);
        }
        out->narrows = true;
        at += length;
    }
    return 0;
}

bool acts_query_wants(const struct acts_query *query, const struct record *record)
{
    bool wanted = query->person < 0 || query->person == record->actor;
    bool named = !query->events;
    for (size_t i = 0; wanted && i < query->event_count && !named; i++) {
        named = strcmp(query->events[i], record->event) == 0;
    }
    return wanted && named;
}
