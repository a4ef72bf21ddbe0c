/* form_desk.c: what a form asks of the desk, and what it makes of the replies. */
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/text.h"

/* ---- asking ---- */

/* Whose form it is: the case and event, or the procedure, as drafts are kept too. */
static void put_subject(const struct filling *filling, struct parcel *request)
{
    if (filling->procedure.length) {
        parcel_put(request, "procedure", text_bytes(&filling->procedure));
        parcel_put(request, "urges", filling->urges.length ? text_bytes(&filling->urges) : NULL);
    } else {
        parcel_put(request, "case", text_bytes(&filling->number));
        parcel_put(request, "event", text_bytes(&filling->event));
    }
}

void form_load(struct view *view)
{
    const struct filling *filling = view_state(view);
    struct parcel *request = view_ask(view, TICKET_LOAD, "form");
    put_subject(filling, request);
    if (filling->n) {
        parcel_put_int(request, "n", filling->n);
    }
}

static void ask_notices(struct view *view, int ticket, int year)
{
    parcel_put_int(view_ask(view, ticket, "notices"), "year", year);
}

static void ask_beside(struct view *view)
{
    const struct filling *filling = view_state(view);
    int year;
    day_to_civil(moment_day(view_context(view)->now), &year, NULL, NULL);
    ask_notices(view, TICKET_NOTICES, year);
    ask_notices(view, TICKET_NOTICES_NEXT, year + 1);
    if (!filling->urges.length) { /* a draft may be about another case */
        put_subject(filling, view_ask(view, TICKET_DRAFTS, "drafts"));
    }
}

void form_catalogue(struct view *view)
{
    static const struct {
        int ticket;
        const char *kind;
    } asked[] = {{TICKET_PRODUCTS, "product"}, {TICKET_PRICES, "price"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct parcel *request = view_ask(view, asked[i].ticket, "things");
        parcel_put(request, "kind", asked[i].kind);
        parcel_put_int(request, "limit", 1000);
    }
}

void form_keep(struct view *view)
{
    struct filling *filling = view_state(view);
    for (int i = 0; i < filling->form->count; i++) {
        if (form_unkept(filling->form, i)) {
            struct text value = {0};
            struct parcel *request = view_ask(view, TICKET_KEEP, "draft");
            form_draft(filling->form, i, &value);
            put_subject(filling, request);
            parcel_put(request, "field", filling->form->fields[i].name);
            parcel_put_n(request, "value", text_bytes(&value), value.length);
            form_kept(filling->form, i);
            text_free(&value);
        }
    }
}

void form_keep_file(struct view *view, int file)
{
    const struct filling *filling = view_state(view);
    const struct paper_file *picked = &filling->files[file];
    struct parcel *request = view_ask(view, TICKET_KEEP, "draft");
    struct text field = {0}, value = {0};
    text_add(&field, "file.");
    text_add_int(&field, file);
    text_addf(&value, "%s\t%s\t%s", picked->field, picked->part, picked->sending.path);
    put_subject(filling, request);
    parcel_put(request, "field", text_bytes(&field));
    parcel_put(request, "value", text_bytes(&value));
    text_free(&field);
    text_free(&value);
}

void form_put_act(const struct filling *filling, struct parcel *request)
{
    put_subject(filling, request);
    if (filling->procedure.length && filling->then.length) {
        parcel_put(request, "then", text_bytes(&filling->then));
    }
    if (filling->n) {
        parcel_put_int(request, "n", filling->n);
    }
    if (filling->rev >= 0) {
        parcel_put_int(request, "rev", filling->rev);
    }
    form_put(filling->form, request);
}

static struct parcel *ask_act(struct view *view, int ticket)
{
    const struct filling *filling = view_state(view);
    struct parcel *request = view_ask(view, ticket, filling->procedure.length ? "open" : "act");
    form_put_act(filling, request);
    return request;
}

void form_try(struct view *view, bool looks)
{
    const struct filling *filling = view_state(view);
    struct parcel *request = view_ask(view, TICKET_ASK, "form");
    put_subject(filling, request);
    form_put(filling->form, request);
    parcel_put(ask_act(view, looks ? TICKET_LOOK : TICKET_JUDGE), "preview", "yes");
}

void form_seek(struct view *view)
{
    struct filling *filling = view_state(view);
    const char *sought = items_sought(&filling->form->items);
    if (strcmp(sought, text_bytes(&filling->sought)) == 0) {
        return;
    }
    text_clear(&filling->sought);
    text_add(&filling->sought, sought);
    if (*sought) {
        struct parcel *request = view_ask(view, TICKET_FIND, "things");
        parcel_put(request, "kind", "product");
        parcel_put(request, "query", sought);
        parcel_put_int(request, "limit", ITEMS_HITS_MOST);
    }
}

void form_submit(struct view *view)
{
    ask_act(view, TICKET_SUBMIT);
    view_hold(view);
}

void form_drop(struct view *view)
{
    const struct filling *filling = view_state(view);
    put_subject(filling, view_ask(view, TICKET_DROP, "undraft"));
}

/* ---- replies ---- */

static void loaded(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct filling *filling = view_state(view);
    if (error) {
        view_say_error(view, error, reply);
        view_close(view);
        return;
    }
    form_begin(view, reply);
    if (!filling->form) {
        return;
    }
    ask_beside(view);
    if (filling->form->items.some) {
        form_catalogue(view);
    }
    view_hold(view);
}

/* The proof that what was typed is kept: HH:MM of MOMENT. */
static void prove_kept(struct filling *filling, const char *moment)
{
    text_clear(&filling->kept_at);
    if (strlen(moment) >= 16) {
        text_add_n(&filling->kept_at, moment + 11, 5);
    }
}

static void drafts_came(struct view *view, const struct parcel *reply)
{
    struct filling *filling = view_state(view);
    const struct table *drafts = parcel_find(reply, "drafts");
    struct text number = {0};
    int count = form_restore(filling->form, drafts);
    form_restore_files(filling, drafts);
    if (count > 0) {
        const char *at = table_cell(drafts, table_rows(drafts) - 1, "at");
        text_add_int(&number, count);
        view_say(view, ROLE_MESSAGE_INFO,
                 N_("you were here before: %1 fields are as you left them on %2"),
                 text_bytes(&number), at, NULL);
        prove_kept(filling, at ? at : "");
        form_try(view, false);
    }
    text_free(&number);
}

static void kept(struct view *view, const struct error *error)
{
    struct filling *filling = view_state(view);
    char moment[MOMENT_TEXT];
    text_clear(&filling->not_kept);
    if (error) {
        error_text(error, error->sentence ? gettext(error->sentence) : NULL, &filling->not_kept);
    } else {
        prove_kept(filling, moment_format(view_context(view)->now, moment));
    }
}

/* What is wrong with the field that was left, as the message row says it. */
static void say_wrong(struct view *view, int index)
{
    const struct filling *filling = view_state(view);
    const struct form_field *field = &filling->form->fields[index];
    struct text title = {0}, wrong = {0}, typed = {0};
    form_title(filling->form, field->title, &title);
    text_add_n(&typed, edit_text(&field->edit), strcspn(edit_text(&field->edit), "\n"));
    text_add(&wrong, text_bytes(&field->complaint));
    if (*field->wrong_article) {
        text_add(&wrong, filling->form->english ? " (" : "（");
        phrase_article(&wrong, field->wrong_article, &filling->form->about, filling->form->english);
        text_add(&wrong, filling->form->english ? ")" : "）");
    }
    view_say(view, ROLE_MESSAGE_ERROR,
             typed.length ? N_("%1 %2: %3; what you typed is kept") : N_("%1%2: %3"),
             text_bytes(&title), text_bytes(&typed), text_bytes(&wrong));
    text_free(&title);
    text_free(&wrong);
    text_free(&typed);
}

/* Ctrl-S found something to correct: there. */
static void not_yet(struct view *view, int wrong)
{
    struct filling *filling = view_state(view);
    struct form *form = filling->form;
    int next = wrong ? form_next_wrong(form) : -1;
    next = wrong && form->fields[form->at].wrong ? form->at : next;
    if (next >= 0) {
        form_go(form, next);
        say_wrong(view, next);
    } else {
        view_say(view, ROLE_MESSAGE_ERROR, N_("it cannot be done so: %1"), text_bytes(&form->said),
                 NULL, NULL);
    }
}

/* Somebody acted in the case meanwhile: what stands in it now is looked at before submitting. */
static void moved(struct view *view, const struct parcel *reply, bool looks)
{
    struct filling *filling = view_state(view);
    parcel_renew(reply, &filling->since);
    if (looks) {
        put_subject(filling, view_ask(view, TICKET_THEIRS, "form"));
        view_hold(view);
    } else {
        view_say(view, ROLE_MESSAGE_WARN,
                 N_("%1 moved meanwhile; what you typed is kept, Ctrl-S shows what differs"),
                 text_bytes(&filling->number), NULL, NULL);
    }
}

static void judged(struct view *view, const struct parcel *reply, const struct error *error,
                   bool looks)
{
    struct filling *filling = view_state(view);
    if (error && error->code == ERROR_CONFLICT) {
        moved(view, reply, looks);
        return;
    }
    if (error && error->code != ERROR_REFUSED) {
        form_judge(filling->form, reply, looks);
        view_say_error(view, error, reply);
        return;
    }
    int wrong = form_judge(filling->form, reply, looks);
    if (!error) {
        parcel_renew(reply, &filling->judged);
    }
    if (looks && error) {
        not_yet(view, wrong);
    } else if (looks) {
        form_look(view);
    } else if (filling->left >= 0 && filling->form->fields[filling->left].wrong) {
        say_wrong(view, filling->left);
    }
}

static void submitted(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct filling *filling = view_state(view);
    if (error && error->code == ERROR_CONFLICT) {
        moved(view, reply, true);
        return;
    }
    if (error) {
        form_judge(filling->form, reply, true);
        view_say_error(view, error, reply);
        return;
    }
    struct text state = {0};
    const char *number = parcel_get(reply, "case");
    phrase_both(&state, parcel_get(reply, "state_title"), filling->form->english);
    text_clear(&filling->said_done);
    text_addf(&filling->said_done, "%s → %s", number ? number : "", text_bytes(&state));
    text_clear(&filling->number);
    text_add(&filling->number, number ? number : "");
    form_drop(view);
    filling->done = true;
    text_free(&state);
    form_attach(view);
    view_hold(view);
}

static void asked_for(struct view *view, const struct parcel *reply)
{
    struct filling *filling = view_state(view);
    form_ask(filling->form, reply);
}

void form_replied(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error)
{
    struct filling *filling = view_state(view);
    if (ticket == TICKET_LOAD) {
        loaded(view, reply, error);
        return;
    }
    if (!filling->form) {
        return;
    }
    switch (ticket) {
    case TICKET_KEEP:
        kept(view, error);
        return;
    case TICKET_JUDGE:
    case TICKET_LOOK:
        judged(view, reply, error, ticket == TICKET_LOOK);
        return;
    case TICKET_SUBMIT:
        submitted(view, reply, error);
        return;
    case TICKET_UPLOAD:
        form_uploaded(view, reply, error);
        return;
    case TICKET_ATTACH:
        form_attached(view, reply, error);
        return;
    default:
        break;
    }
    if (error) {
        return; /* what is only beside the form: without it, it can be filled in too */
    }
    switch (ticket) {
    case TICKET_DRAFTS:
        drafts_came(view, reply);
        break;
    case TICKET_NOTICES:
    case TICKET_NOTICES_NEXT:
        datepick_take(&filling->days, reply);
        break;
    case TICKET_PRODUCTS:
        items_catalogue(&filling->form->items, reply);
        break;
    case TICKET_PRICES:
        items_priced(&filling->form->items, reply);
        break;
    case TICKET_FIND:
        items_hits(&filling->form->items, reply);
        break;
    case TICKET_ASK:
        asked_for(view, reply);
        break;
    case TICKET_THEIRS:
        form_conflict(view, reply);
        break;
    default:
        break;
    }
}
