/* rehearse_words.c: the words in which a rehearsal is told. */
#include <stdlib.h>

#include "tui/article.h"
#include "tui/command/rehearse.h"
#include "tui/text.h"
#include "tui/trace.h"

const char *title_of(const struct printer *printer, const struct title *title)
{
    return printer->english ? title->en : title->zh;
}

bool same_as_name(const char *title, const char *name)
{
    size_t i = 0;
    for (; title[i] && name[i]; i++) {
        bool capital = title[i] >= 'A' && title[i] <= 'Z';
        char letter = capital ? (char)(title[i] - 'A' + 'a') : title[i];
        if (letter != (name[i] == '_' ? ' ' : name[i])) {
            return false;
        }
    }
    return title[i] == name[i];
}

void add_title(const struct printer *printer, struct text *out, const struct title *title)
{
    const char *words = title_of(printer, title);
    text_add(out, words);
    if (!same_as_name(words, title->name)) {
        text_addf(out, " %s", title->name);
    }
}

void add_cites(const struct printer *printer, struct text *out, const struct policy *policy,
               struct cites cites)
{
    for (int32_t i = 0; i < cites.count; i++) {
        text_add(out, i == 0 ? "" : printer->english ? ", " : "、");
        if (cites.items[i].kind == CITE_LAW) {
            text_add(out, title_of(printer, &policy->laws[cites.items[i].index].title));
            continue;
        }
        int32_t number = policy->articles[cites.items[i].index].number;
        article_add(out, number, printer->english);
    }
}

/* An argument that is empty leaves two blanks. */
static void add_single_blanks(struct text *out, const char *text)
{
    for (; *text; text++) {
        if (text[0] != ' ' || text[1] != ' ') {
            text_add_n(out, text, 1);
        }
    }
}

/* English sentences that begin with a small letter go on from what they speak of. */
static bool goes_on(const char *sentence)
{
    return sentence[0] >= 'a' && sentence[0] <= 'z';
}

void add_reason(const struct printer *printer, struct text *out, const struct policy *policy,
                const struct reason *reason, const char *subject)
{
    struct text about = {0}, sentence = {0};
    if (reason->field >= 0) {
        text_add(&about, title_of(printer, &policy->fields[reason->field].title));
    }
    if (reason->code) {
        text_addf(&about, "%s%s", reason->field >= 0 ? " " : "", reason->code);
    }
    message_expand(&sentence, _(message_english(reason->message.id)), &reason->message,
                   printer->english);
    bool on = printer->english && goes_on(text_bytes(&sentence));
    if (on && about.length == 0) {
        text_add(&about, subject);
    }
    if (about.length > 0) {
        text_addf(out, "%s%s", text_bytes(&about), on ? " " : _(": "));
    }
    add_single_blanks(out, text_bytes(&sentence));
    text_free(&about);
    text_free(&sentence);
}

const char *subject_of(const struct printer *printer, const struct outcome *outcome)
{
    return outcome->title ? title_of(printer, outcome->title) : outcome->name;
}

const char *holder_word(const struct printer *printer, const struct casefile *file)
{
    if (file->with == WHO_DESK) {
        return _("the desk");
    }
    return file->with_role >= 0 ? title_of(printer, &file->policy->roles[file->with_role].title)
                                : "";
}

const char *run_name(enum run_state state)
{
    static const char *const names[] = {
        [RUN_NONE] = "none",       [RUN_WAITING] = "waiting", [RUN_RUNNING] = "running",
        [RUN_HELD] = "held",       [RUN_MET] = "met",         [RUN_LATE] = "late",
        [RUN_DROPPED] = "dropped",
    };
    return names[state];
}

const char *card_name(enum card card)
{
    static const char *const names[] = {NULL, "blue", "yellow", "red", "double"};
    return names[card];
}

const char *run_word(enum run_state state)
{
    static const char *const words[] = {
        [RUN_NONE] = "",
        [RUN_WAITING] = N_("· waiting"),
        [RUN_RUNNING] = N_("▸ running"),
        [RUN_HELD] = N_("= held"),
        [RUN_MET] = N_("✓ met"),
        [RUN_LATE] = N_("✗ late"),
        [RUN_DROPPED] = N_("- dropped"),
    };
    return state == RUN_NONE ? "" : _(words[state]);
}

const char *card_word(enum card card)
{
    static const char *const words[] = {NULL, N_("▫ blue"), N_("▯ yellow"), N_("▮ red"),
                                        N_("▮▮ double")};
    return card == CARD_NONE ? "" : _(words[card]);
}

bool run_counts(const struct run *run)
{
    return run->state != RUN_NONE && run->round > 0;
}

/* To the minute: an hour clock runs out in the minute its last moment lies in. */
void add_when(struct text *out, int64_t moment, bool timed)
{
    enum { TO_THE_MINUTE = 16 };
    char text[MOMENT_TEXT];
    if (timed) {
        text_add_n(out, moment_format(moment, text), TO_THE_MINUTE);
    } else {
        text_add(out, day_format(moment_day(moment), text));
    }
}

void add_dated(struct text *out, int64_t moment, bool timed)
{
    int32_t day = moment_day(moment);
    add_when(out, moment, false);
    text_addf(out, " %s", weekday_word(day));
    if (timed) {
        struct text time = {0};
        add_when(&time, moment, true);
        text_addf(out, " %s", text_bytes(&time) + DAY_TEXT);
        text_free(&time);
    }
}

void print_out(struct printer *printer)
{
    printer->failed |=
        printer->line.failed || fputs(text_bytes(&printer->line), printer->out) == EOF;
    text_clear(&printer->line);
}

static void shown_free(struct shown *shown)
{
    free(shown->states);
    free(shown->rounds);
    free(shown->marks);
}

void printer_free(struct printer *printer)
{
    for (size_t i = 0; i < printer->shown_count; i++) {
        shown_free(&printer->shown[i]);
    }
    free(printer->shown);
    text_free(&printer->line);
}
