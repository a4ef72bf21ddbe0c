/* rehearse_look.c: what may be done next in a case, and what may not and why. */
#include <string.h>

#include "tui/command/rehearse.h"
#include "tui/text.h"
#include "tui/width.h"

enum { COLUMNS = 80, INDENT = 6, STRANGER = -1 };

static bool has_message(const struct verdict *verdict, enum message_id id)
{
    for (size_t i = 0; verdict && i < verdict->count; i++) {
        if (verdict->reasons[i].message.id == id) {
            return true;
        }
    }
    return false;
}

/* Has ROLE signed EVENT as the case stands? */
static bool has_signed(struct rehearsal *rehearsal, int32_t event, int32_t role, int64_t moment)
{
    return has_message(offer_of(rehearsal->clerk, rehearsal->fold, event, STRANGER,
                                UINT64_C(1) << role, NULL, moment),
                       MESSAGE_act_signed);
}

static bool person_has_signed(struct rehearsal *rehearsal, int32_t event, int64_t person,
                              uint64_t roles, int64_t moment)
{
    return has_message(
        offer_of(rehearsal->clerk, rehearsal->fold, event, person, roles, NULL, moment),
        MESSAGE_act_signed);
}

static void add_name(struct text *out, const char *name, const char *joint)
{
    text_addf(out, "%s%s", out->length ? joint : "", name);
}

void add_signatures(const struct printer *printer, struct text *out, struct rehearsal *rehearsal,
                    const struct outcome *outcome)
{
    const struct event *event = &outcome->file->procedure->events[outcome->event];
    const char *joint = printer->english ? ", " : "、";
    struct text have = {0}, lack = {0};
    int32_t signatures = 0;
    for (int32_t i = 0; event->by == BY_ALL_OF && i < rehearsal->policy->role_count; i++) {
        if (event->roles >> i & 1) {
            bool there = has_signed(rehearsal, outcome->event, i, outcome->now);
            add_name(there ? &have : &lack, title_of(printer, &rehearsal->policy->roles[i].title),
                     joint);
        }
    }
    for (size_t i = 0; event->by == BY_COUNT_OF && i < rehearsal->person_count; i++) {
        if (person_has_signed(rehearsal, outcome->event, (int64_t)i + 1, event->roles,
                              outcome->now)) {
            add_name(&have, rehearsal->persons[i], joint);
            signatures++;
        }
    }
    if (event->by == BY_COUNT_OF) {
        text_addf(&lack, _("%d more"), (int)(event->by_count - signatures));
    }
    text_addf(out, _("signed: %s; still to sign: %s"), text_bytes(&have), text_bytes(&lack));
    text_free(&have);
    text_free(&lack);
}

/* Who may do EVENT as the case stands. */
static void add_doers(const struct printer *printer, struct text *out, const struct casefile *file,
                      const struct event *event)
{
    const char *joint = printer->english ? ", " : "、";
    if (event->by == BY_HOLDER) {
        text_add(out, holder_word(printer, file));
        return;
    }
    if (event->by == BY_DESK) {
        text_add(out, _("the desk"));
        return;
    }
    for (int32_t i = 0; i < file->policy->role_count; i++) {
        if (event->roles >> i & 1) {
            add_name(out, title_of(printer, &file->policy->roles[i].title), joint);
        }
    }
}

static bool is_the_desks(const struct casefile *file, const struct event *event)
{
    return event->by == BY_DESK || (event->by == BY_HOLDER && file->with == WHO_DESK);
}

static int title_columns(const struct printer *printer, const struct casefile *file)
{
    int most = 0;
    for (int32_t i = 0; i < file->procedure->event_count; i++) {
        struct text text = {0};
        add_title(printer, &text, &file->procedure->events[i].title);
        int columns = width_of(text_bytes(&text));
        const struct event *event = &file->procedure->events[i];
        bool here = (event->from >> file->state & 1) && !is_the_desks(file, event);
        most = here && columns > most ? columns : most;
        text_free(&text);
    }
    return most < 36 ? most : 36;
}

static void print_event(struct printer *printer, struct rehearsal *rehearsal,
                        const struct outcome *outcome, int32_t index, int columns)
{
    const struct casefile *file = outcome->file;
    const struct event *event = &file->procedure->events[index];
    const struct verdict *verdict = offer_of(rehearsal->clerk, rehearsal->fold, index, STRANGER,
                                             ~UINT64_C(0), NULL, outcome->now);
    if (!verdict) {
        printer->failed = true;
        return;
    }
    bool may = verdict->count == 0;
    struct text text = {0}, doers = {0};
    add_title(printer, &text, &event->title);
    text_add(&printer->line, may ? "      + " : "      - ");
    width_pad(&printer->line, text_bytes(&text), columns + 2);
    add_doers(printer, &doers, file, event);
    text_clear(&text);
    text_add(&text, text_bytes(&doers));
    int32_t clock;
    int64_t latest = may ? latest_moment(rehearsal->fold, index, &clock) : MOMENT_NONE;
    for (size_t i = 0; i < verdict->count; i++) {
        text_add(&text, text.length ? "  " : "");
        add_reason(printer, &text, rehearsal->policy, &verdict->reasons[i], _("this"));
    }
    if (latest != MOMENT_NONE && latest >= outcome->now) {
        const struct due *due = &file->runs[file->procedure->clock_of[clock]].due;
        struct text day = {0};
        add_dated(&day, due->hours ? due->at : moment_of(due->day, 0), due->hours);
        text_add(&text, "  ");
        text_addf(&text, _("by %s"), text_bytes(&day));
        text_free(&day);
    }
    int at = INDENT + 2 + columns + 2;
    width_wrap(&printer->line, text_bytes(&text), at, at, COLUMNS);
    text_add(&printer->line, "\n");
    text_free(&text);
    text_free(&doers);
}

void print_next(struct printer *printer, struct rehearsal *rehearsal, const struct outcome *outcome)
{
    const struct casefile *file = outcome->file;
    if (file->closed) {
        return;
    }
    int columns = title_columns(printer, file);
    for (int32_t i = 0; i < file->procedure->event_count; i++) {
        const struct event *event = &file->procedure->events[i];
        if ((event->from >> file->state & 1) && !is_the_desks(file, event)) {
            print_event(printer, rehearsal, outcome, i, columns);
        }
    }
}
