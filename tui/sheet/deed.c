/* deed.c: a few entries, a look at what comes of them, and it is done. */
#include "tui/sheet/deed.h"

#include <errno.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/form.h"
#include "tui/screen/screens.h"
#include "tui/screen/table.h"
#include "tui/sheet/choice.h"
#include "tui/text.h"

enum { ASKED_LOAD = 1, ASKED_THING, ASKED_TRY, ASKED_SEND, ASKED_DO, SEEN_MOST = 10 };

struct doing {
    const struct deed *deed;
    struct parcel given;          /* the pairs that are settled */
    struct parcel columns, thing; /* of a register */
    struct deed_boxes boxes;
    struct sending sending;
    struct text seen;    /* what a look showed, line by line */
    struct parcel moved; /* the same of an act: its clocks, and who is told */
    int top;             /* of those lines */
    bool looked;         /* as it is typed now */
    int sent, done, refused;
};

static const char *given(const struct doing *doing, const char *name)
{
    const char *value = parcel_get(&doing->given, name);
    return value ? value : "";
}

/* What it is done to, as people call it. */
static const char *subject(const struct doing *doing)
{
    static const char *const pairs[] = {"case", "code", "number", "question", "from", "kind"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (*given(doing, pairs[i])) {
            return given(doing, pairs[i]);
        }
    }
    return "";
}

static bool has_trial(const struct deed *deed)
{
    return deed->tries || deed->does;
}

/* ---- opening ---- */

static void put_given(const struct doing *doing, struct parcel *request)
{
    for (size_t i = 0; i < doing->given.pair_count; i++) {
        const struct pair *pair = &doing->given.pairs[i];
        if (strcmp(pair->name, "cases") != 0) {
            parcel_put_n(request, pair->name, pair->value, pair->length);
        }
    }
}

static void load(struct view *view)
{
    const struct doing *doing = view_state(view);
    if (!doing->deed->loads) {
        return;
    }
    if (*given(doing, "code")) {
        put_given(doing, view_ask(view, ASKED_THING, "thing"));
    }
    put_given(doing, view_ask(view, ASKED_LOAD, doing->deed->loads));
    view_hold(view);
}

static void open_deed(struct view *view, const char *what)
{
    struct doing *doing = view_state(view);
    bool english = view_context(view)->look.english;
    doing->deed = deed_named(what);
    if (view_given(view)) {
        (void)parcel_copy(view_given(view), &doing->given);
    }
    if (!doing->deed) {
        view_close(view);
        return;
    }
    for (int i = 0; i < doing->deed->field_count; i++) {
        const struct deed_field *field = &doing->deed->fields[i];
        if (field->more || !*given(doing, field->pair)) {
            boxes_add(&doing->boxes, field, NULL, english);
        }
    }
    load(view);
}

static void close_deed(struct view *view)
{
    struct doing *doing = view_state(view);
    boxes_free(&doing->boxes);
    sending_free(&doing->sending);
    parcel_free(&doing->given);
    parcel_free(&doing->columns);
    parcel_free(&doing->thing);
    parcel_free(&doing->moved);
    text_free(&doing->seen);
}

static void loaded(struct view *view, int ticket, const struct parcel *reply)
{
    struct doing *doing = view_state(view);
    if (ticket == ASKED_THING) {
        (void)parcel_copy(reply, &doing->thing);
    } else if (doing->deed->field_count) {
        boxes_choices(&doing->boxes, "kind", parcel_find(reply, "letters"), "kind", "title");
    } else {
        boxes_of_register(&doing->boxes, given(doing, "kind"), reply,
                          *given(doing, "code") ? &doing->thing : NULL,
                          view_context(view)->look.english);
    }
}

/* ---- asking the desk ---- */

static struct parcel *ask(struct view *view, int ticket, const struct parcel *typed,
                          const char *number)
{
    const struct doing *doing = view_state(view);
    const struct deed *deed = doing->deed;
    struct parcel *request = view_ask(view, ticket, deed->verb);
    const char *pair = ticket == ASKED_TRY ? deed->tries : deed->does;
    put_given(doing, request);
    parcel_put(request, "case", number);
    parcel_put(request, "event", strcmp(deed->verb, "act") == 0 ? deed->name : NULL);
    parcel_put(request, "rev", parcel_get(&doing->thing, "rev"));
    parcel_put(request, pair ? pair : "", pair ? "yes" : NULL);
    for (size_t i = 0; i < typed->pair_count; i++) {
        parcel_put_n(request, typed->pairs[i].name, typed->pairs[i].value, typed->pairs[i].length);
    }
    return request;
}

/* In each of the cases that were marked; how many. */
static int ask_each(struct view *view, const struct parcel *typed)
{
    const struct doing *doing = view_state(view);
    int count = 0;
    for (const char *at = given(doing, "cases"); *at; at += strspn(at, "\n")) {
        struct text number = {0};
        text_add_n(&number, at, strcspn(at, "\n"));
        at += number.length;
        ask(view, ASKED_DO, typed, text_bytes(&number));
        count++;
        text_free(&number);
    }
    return count;
}

/* The file goes first; what is asked when it is there names it. */
static bool send_file(struct view *view)
{
    struct doing *doing = view_state(view);
    const char *path = edit_text(&doing->boxes.boxes[0].edit);
    if (!doing->sending.path && !sending_begin(&doing->sending, path)) {
        return false;
    }
    int step = sending_step(view, &doing->sending, ASKED_SEND);
    if (step < 0) {
        boxes_complain(&doing->boxes, doing->boxes.boxes[0].pair, _(error_why(errno)));
        sending_free(&doing->sending);
    } else if (step == 0) {
        struct parcel typed = {0};
        parcel_put(&typed, "upload", doing->sending.upload);
        parcel_put(&typed, "name", doing->sending.name);
        ask(view, ASKED_DO, &typed, NULL);
        parcel_free(&typed);
    }
    view_hold(view);
    return step >= 0;
}

static void submit(struct view *view)
{
    struct doing *doing = view_state(view);
    struct parcel typed = {0};
    boxes_complain(&doing->boxes, NULL, "");
    if (!boxes_put(&doing->boxes, view_context(view), &typed)) {
        view_say(view, ROLE_MESSAGE_ERROR, N_("%1"), text_bytes(&doing->boxes.complaint), NULL,
                 NULL);
    } else if (doing->boxes.count && doing->boxes.boxes[0].kind == DEED_DOCUMENT) {
        send_file(view);
    } else if (*given(doing, "cases")) {
        doing->done = doing->refused = 0;
        doing->sent = ask_each(view, &typed);
        view_hold(view);
    } else {
        bool tries = has_trial(doing->deed) && !doing->looked;
        ask(view, tries ? ASKED_TRY : ASKED_DO, &typed, NULL);
        view_hold(view);
    }
    parcel_free(&typed);
}

/* ---- what came of it ---- */

static void add_row(const struct table *table, size_t row, const struct context *context,
                    struct text *out)
{
    const char *sentence = table_cell(table, row, "sentence");
    const char *const arg[4] = {table_cell(table, row, "a"), table_cell(table, row, "b"),
                                table_cell(table, row, "c"), table_cell(table, row, "d")};
    for (int32_t c = 0; c < table->column_count; c++) {
        const char *name = table->columns[c].name;
        struct text value = {0};
        bool parted = strcmp(name, "what") == 0 || strcmp(name, "right") == 0;
        if (parted && strcmp(table->name, "problems") == 0) {
            phrase_parted(&value, table_at(table, row, c), context->look.english);
        } else if (sentence && strcmp(name, "sentence") == 0) {
            phrase_reason(&value, sentence, arg, context->look.english);
        } else if (!sentence || strlen(name) > 1) {
            table_value(&value, table->columns[c].kind, table_at(table, row, c), context);
        }
        text_addf(out, "%s%s", value.length && c ? "  " : "", text_bytes(&value));
        text_free(&value);
    }
    text_add(out, "\n");
}

static void add_counts(const struct parcel *reply, bool english, struct text *out)
{
    static const struct {
        const char *pairs[3], *sentence;
    } counts[] = {
        {{"new", "changed", "same"}, N_("%1 new, %2 changed, %3 as they are")},
        {{"things", "cases", NULL}, N_("%1 entries and %2 open cases go over")},
        {{"given", "left", NULL}, N_("%1 are handed over, %2 cannot be taken")},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const char *arg[4] = {0};
        for (int p = 0; p < 3 && counts[i].pairs[p]; p++) {
            arg[p] = parcel_get(reply, counts[i].pairs[p]);
        }
        if (arg[0]) {
            phrase_said(out, counts[i].sentence, arg, english);
            text_add(out, "\n");
        }
    }
}

static void take_seen(struct doing *doing, const struct parcel *reply,
                      const struct context *context)
{
    const char *words = parcel_get(reply, "text");
    text_clear(&doing->seen);
    parcel_free(&doing->moved);
    doing->top = 0;
    if (strcmp(doing->deed->verb, "act") == 0) {
        (void)parcel_copy(reply, &doing->moved);
        return;
    }
    if (words) {
        text_add(&doing->seen, words);
        return;
    }
    add_counts(reply, context->look.english, &doing->seen);
    for (size_t t = 0; t < reply->table_count; t++) {
        for (size_t row = 0; row < table_rows(reply->tables[t]); row++) {
            add_row(reply->tables[t], row, context, &doing->seen);
        }
    }
    if (!doing->seen.length) {
        text_add(&doing->seen, _("nothing else changes through it"));
    }
}

static void refused(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct doing *doing = view_state(view);
    struct text sentence = {0};
    const char *const arg[4] = {error->arg[0], error->arg[1], error->arg[2], error->arg[3]};
    phrase_reason(&sentence, error->sentence ? error->sentence : N_("memory is short"), arg,
                  view_context(view)->look.english);
    boxes_complain(&doing->boxes, error->arg[0], text_bytes(&sentence));
    view_say_error(view, error, reply);
    if (reply->table_count) {
        take_seen(doing, reply, view_context(view));
    }
    doing->looked = false;
    text_free(&sentence);
}

static void done(struct view *view, const struct parcel *reply)
{
    const struct doing *doing = view_state(view);
    const char *prints = doing->deed->prints;
    const char *words = prints ? parcel_get(reply, prints) : NULL;
    const char *code = parcel_get(reply, "code"); /* of what is new */
    view_say(view, ROLE_MESSAGE_OK, doing->deed->words, code ? code : subject(doing), NULL, NULL);
    parcel_put(view_choose(view), "done", "yes");
    if (words) {
        parcel_put(view_open_with(view, "print", doing->deed->name), "words", words);
    }
}

/* Of several cases: counted, told when the last has its answer. */
static void one_of_several(struct view *view, const struct parcel *reply, const struct error *error)
{
    struct doing *doing = view_state(view);
    doing->done += !error;
    doing->refused += error != NULL;
    if (error) {
        refused(view, reply, error);
    }
    if (doing->done + doing->refused == doing->sent) {
        struct text a = {0}, b = {0};
        text_add_int(&a, doing->done);
        text_add_int(&b, doing->refused);
        view_say(view, doing->refused ? ROLE_MESSAGE_WARN : ROLE_MESSAGE_OK,
                 N_("%1: %2 done, %3 refused"), _(doing->deed->title), text_bytes(&a),
                 text_bytes(&b));
        view_close(view);
        text_free(&a);
        text_free(&b);
    }
}

static void reply_deed(struct view *view, int ticket, const struct parcel *reply,
                       const struct error *error)
{
    struct doing *doing = view_state(view);
    if (ticket == ASKED_DO && doing->sent) {
        one_of_several(view, reply, error);
    } else if (error && (ticket == ASKED_LOAD || ticket == ASKED_THING)) {
        view_say_error(view, error, reply);
        view_close(view);
    } else if (error) {
        refused(view, reply, error);
        sending_free(&doing->sending);
    } else if (ticket == ASKED_LOAD || ticket == ASKED_THING) {
        loaded(view, ticket, reply);
    } else if (ticket == ASKED_SEND) {
        sending_took(&doing->sending, reply);
        send_file(view);
    } else if (ticket == ASKED_TRY) {
        doing->looked = parcel_int(reply, "bad", 0) == 0;
        take_seen(doing, reply, view_context(view));
    } else {
        done(view, reply);
    }
}

/* ---- keys ---- */

static struct deed_box *here(struct doing *doing)
{
    return doing->boxes.count ? &doing->boxes.boxes[doing->boxes.at] : NULL;
}

static void changed(struct doing *doing)
{
    doing->looked = false;
    text_clear(&doing->seen);
    parcel_free(&doing->moved);
    boxes_complain(&doing->boxes, NULL, "");
}

static void offer(struct view *view, const struct deed_box *box)
{
    bool file = box->kind == DEED_FILE || box->kind == DEED_DOCUMENT;
    if (!file && box->kind != DEED_THING && box->kind != DEED_CHOICE) {
        return;
    }
    struct parcel *given = view_open_with(view, file ? "form-file" : "form-choice", "");
    parcel_put(given, "title", box->title);
    parcel_put(given, "kind", box->kind == DEED_THING ? box->what : "");
    parcel_put(given, "labels", box->kind == DEED_CHOICE ? box->what : "");
}

static void chosen_deed(struct view *view, const char *sheet, const struct parcel *choice)
{
    struct doing *doing = view_state(view);
    const char *value = choice ? parcel_get(choice, "value") : NULL;
    (void)sheet;
    value = value || !choice ? value : parcel_get(choice, "path");
    if (value && here(doing)) {
        changed(doing);
        edit_replace(&here(doing)->edit, value);
    }
}

static bool toggle(struct doing *doing, const struct key_event *event)
{
    struct deed_box *box = here(doing);
    if (box->kind != DEED_YESNO || event->key.code != ' ' || event->key.with) {
        return false;
    }
    const char *typed = edit_text(&box->edit);
    bool yes = strcmp(typed, _("yes")) == 0 || strcmp(typed, "yes") == 0;
    edit_replace(&box->edit, yes ? _("no") : _("yes"));
    return true;
}

static bool key_deed(struct view *view, const struct key_event *event)
{
    struct doing *doing = view_state(view);
    struct deed_box *box = here(doing);
    bool taken = box && (toggle(doing, event) || edit_key(&box->edit, event));
    if (taken) {
        changed(doing);
    }
    return taken;
}

static bool step(struct doing *doing, int by)
{
    int to = doing->boxes.at + by;
    doing->boxes.at = to < 0 ? 0 : to >= doing->boxes.count ? doing->boxes.count - 1 : to;
    doing->boxes.at = doing->boxes.at < 0 ? 0 : doing->boxes.at;
    return true;
}

static bool scroll(struct doing *doing, int by)
{
    doing->top = doing->top + by < 0 ? 0 : doing->top + by;
    return true;
}

static bool enter(struct view *view)
{
    struct doing *doing = view_state(view);
    const struct deed_box *box = here(doing);
    if (box && box->must && !*edit_text(&box->edit) && box->kind >= DEED_CHOICE) {
        offer(view, box);
    } else if (doing->boxes.at + 1 < doing->boxes.count) {
        step(doing, 1);
    } else {
        submit(view);
    }
    return true;
}

static bool act_deed(struct view *view, enum action action)
{
    struct doing *doing = view_state(view);
    switch (action) {
    case ACTION_OPEN:
        return enter(view);
    case ACTION_SUBMIT:
        submit(view);
        return true;
    case ACTION_PICK:
        if (here(doing)) {
            offer(view, here(doing));
        }
        return true;
    case ACTION_DOWN:
    case ACTION_NEXT_PANE:
        return step(doing, 1);
    case ACTION_UP:
    case ACTION_PREVIOUS_PANE:
        return step(doing, -1);
    case ACTION_PAGE_DOWN:
        return scroll(doing, SEEN_MOST - 1);
    case ACTION_PAGE_UP:
        return scroll(doing, 1 - SEEN_MOST);
    default:
        return false;
    }
}

/* ---- cells ---- */

static int seen_lines(const struct doing *doing)
{
    const struct table *clocks = parcel_find(&doing->moved, "clocks");
    int count = doing->moved.table_count ? 3 + (clocks ? (int)table_rows(clocks) : 0) : 0;
    for (const char *at = text_bytes(&doing->seen); *at; at++) {
        count += *at == '\n' || !at[1];
    }
    return count;
}

static int rows_deed(const struct view *view, int most)
{
    const struct doing *doing = view_state(view);
    int seen = seen_lines(doing), boxes = boxes_rows(&doing->boxes);
    int rows = 1 + boxes + !boxes + (seen > SEEN_MOST ? SEEN_MOST : seen);
    return rows < most ? rows : most;
}

static void context_deed(const struct view *view, const struct pane *pane)
{
    const struct doing *doing = view_state(view);
    int column = pane_put(pane, 0, 1, ROLE_SHEET_TITLE, _(doing->deed->title)) + 2;
    column =
        pane_clip(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_TITLE, subject(doing)) +
        2;
    pane_right(pane, 0, column, pane->columns - column - 1, ROLE_SHEET_DIM, doing->deed->command);
}

static void draw_deed(const struct view *view, const struct pane *pane)
{
    const struct doing *doing = view_state(view);
    int seen = seen_lines(doing), most = pane->rows > 1 ? pane->rows - 1 : 0;
    seen = seen > SEEN_MOST ? SEEN_MOST : seen;
    seen = seen > most ? most : seen;
    struct pane above = pane_part(pane, 0, 0, pane->rows - seen, pane->columns);
    struct pane below = pane_part(pane, pane->rows - seen, 0, seen, pane->columns);
    boxes_draw(&doing->boxes, &above);
    if (doing->moved.table_count) {
        form_outcome(&doing->moved, &below, view_context(view)->look.english);
        return;
    }
    const char *at = text_bytes(&doing->seen);
    for (int line = 0, row = 0; *at && row < seen; line++) {
        struct text words = {0};
        text_add_n(&words, at, strcspn(at, "\n"));
        at += words.length + (at[words.length] == '\n');
        if (line >= doing->top) {
            pane_clip(&below, row++, 2, pane->columns - 3, ROLE_TEXT, text_bytes(&words));
        }
        text_free(&words);
    }
}

static const char *label_deed(const struct view *view, enum action action)
{
    const struct doing *doing = view_state(view);
    bool looks = doing->deed && has_trial(doing->deed) && !doing->looked;
    return action == ACTION_SUBMIT      ? looks ? _("look first") : _("do it")
                : action == ACTION_NEXT_PANE ? _("next field")
                                        : NULL;
}

const struct screen sheet_deed = {
    .name = "deed",
    .title = N_("a few entries"),
    .sheet = true,
    .types = true,
    .where = WHERE_FORM,
    .size = sizeof(struct doing),
    .acts = (const enum action[]){ACTION_SUBMIT, ACTION_NEXT_PANE, ACTION_PICK, ACTION_BACK,
                                  ACTION_NONE},
    .open = open_deed,
    .close = close_deed,
    .reply = reply_deed,
    .key = key_deed,
    .act = act_deed,
    .chosen = chosen_deed,
    .rows = rows_deed,
    .context_row = context_deed,
    .draw = draw_deed,
    .label = label_deed,
};
