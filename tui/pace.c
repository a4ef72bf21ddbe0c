/* pace.c: how far, how fast, until when. */
#include "tui/pace.h"

#include <string.h>

#include "core/message.h"
#include "tui/phrase.h"
#include "tui/text.h"

enum { SECOND = 1000, MINUTES_FROM = 120 /* s */ };

static const struct {
    const char *step, *sentence;
} steps[] = {{"acts", N_("%1 of %2 acts, %3 of %4 cases")},
             {"documents", N_("%1 of %2 documents")},
             {"pages", N_("%1 of %2 pages copied")},
             {"files", N_("%1 of %2 documents copied")}};

enum { STEPS = sizeof steps / sizeof *steps };

static int step_named(const char *name)
{
    for (int i = 0; name && i < STEPS; i++) {
        if (strcmp(steps[i].step, name) == 0) {
            return i + 1;
        }
    }
    return 0;
}

bool pace_hear(struct pace *pace, const struct parcel *said, int64_t now)
{
    int step = step_named(parcel_get(said, "step"));
    pace->at = now;
    if (step == 0) {
        return false;
    }
    pace->done = parcel_int(said, "done", 0);
    pace->of = parcel_int(said, "of", 0);
    pace->cases = parcel_int(said, "cases", 0);
    pace->cases_of = parcel_int(said, "cases_of", 0);
    if (step != pace->step) {
        pace->step = step;
        pace->first = pace->done;
        pace->since = now;
    }
    return true;
}

int pace_percent(const struct pace *pace)
{
    int64_t percent = pace->of > 0 ? pace->done * 100 / pace->of : 0;
    return percent > 100 ? 100 : (int)percent;
}

static void put_sentence(struct text *out, const char *sentence, const int64_t *numbers, int count)
{
    struct message message = {0};
    struct text texts[4] = {{0}};
    for (int i = 0; i < count; i++) {
        phrase_number(&texts[i], numbers[i]);
        message.arg[i] = text_bytes(&texts[i]);
    }
    message_expand(out, _(sentence), &message, true);
    for (int i = 0; i < count; i++) {
        text_free(&texts[i]);
    }
}

void pace_done(const struct pace *pace, struct text *out)
{
    int64_t numbers[] = {pace->done, pace->of, pace->cases, pace->cases_of};
    if (pace->step > 0) {
        put_sentence(out, steps[pace->step - 1].sentence, numbers, 4);
    }
}

void pace_left(const struct pace *pace, struct text *out)
{
    int64_t passed = pace->at - pace->since, done = pace->done - pace->first;
    int64_t rate = passed >= SECOND ? done * SECOND / passed : 0;
    if (rate <= 0 || pace->of < pace->done) {
        return;
    }
    int64_t left = (pace->of - pace->done + rate - 1) / rate;
    bool minutes = left >= MINUTES_FROM;
    int64_t numbers[] = {rate, minutes ? (left + 59) / 60 : left};
    put_sentence(
        out, minutes ? N_("%1 a second, about %2 min left") : N_("%1 a second, about %2 s left"),
        numbers, 2);
}
