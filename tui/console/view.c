/* view.c: what a screen may ask for. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/text.h"

const struct screen *screen_named(const char *name)
{
    for (int i = 0; screens[i]; i++) {
        if (strcmp(screens[i]->name, name) == 0) {
            return screens[i];
        }
    }
    return NULL;
}

void *view_state(const struct view *view)
{
    return view->state;
}

const char *group_query(const struct context *context, const char *screen)
{
    const char *query = context->groups ? parcel_get(context->groups, screen) : NULL;
    return query ? query : "";
}

bool group_names(const struct context *context, const char *key, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = group_query(context, key); *at;) {
        at += strspn(at, ", ");
        size_t here = strcspn(at, ", ");
        if (here == length && here > 0 && strncmp(at, name, here) == 0) {
            return true;
        }
        at += here;
    }
    return false;
}

const char *view_arrangement(const struct view *view)
{
    return shell_arrangement(view->shell, view->screen->name);
}

const struct context *view_context(const struct view *view)
{
    return &view->shell->context;
}

struct parcel *view_ask(struct view *view, int ticket, const char *verb)
{
    return asks_add(&view->shell->asks, view->id, ticket, verb);
}

void view_hold(struct view *view)
{
    view->held = true;
}

/* ---- saying ---- */

void view_say(struct view *view, enum role role, const char *sentence, const char *a, const char *b,
              const char *c)
{
    const char *const arg[4] = {a, b, c};
    shell_say(view->shell, role, sentence, arg);
}

/* The first reason of a refusal. */
static void add_reason(struct text *out, const struct parcel *reply, bool english)
{
    const struct table *reasons = reply ? parcel_find(reply, "reasons") : NULL;
    const char *sentence = reasons ? table_cell(reasons, 0, "sentence") : NULL;
    const char *const arg[4] = {
        reasons ? table_cell(reasons, 0, "a") : NULL, reasons ? table_cell(reasons, 0, "b") : NULL,
        reasons ? table_cell(reasons, 0, "c") : NULL, reasons ? table_cell(reasons, 0, "d") : NULL};
    const char *article = reasons ? table_cell(reasons, 0, "article") : NULL;
    if (sentence) {
        text_add(out, english ? ": " : "：");
        phrase_reason(out, sentence, arg, english);
        if (article && *article) {
            text_add(out, " (");
            phrase_article(out, article, reply, english);
            text_add(out, ")");
        }
    }
}

bool view_take(struct view *view, struct parcel *kept, const struct parcel *reply,
               const struct error *error)
{
    if (error) {
        view_say_error(view, error, reply);
    } else {
        parcel_renew(reply, kept);
    }
    return !error;
}

void view_say_error(struct view *view, const struct error *error, const struct parcel *reply)
{
    struct shell *shell = view->shell;
    struct text text = {0};
    const char *const arg[4] = {error->arg[0], error->arg[1], error->arg[2], error->arg[3]};
    phrase_reason(&text, error->sentence ? error->sentence : N_("memory is short"), arg,
                  shell->context.look.english);
    add_reason(&text, reply, shell->context.look.english);
    news_add(&shell->news, ROLE_MESSAGE_ERROR, text_bytes(&text), shell->context.now);
    shell->dirty = true;
    text_free(&text);
}

void view_found(struct view *view, const char *hits, const char *wrong, int column)
{
    struct shell *shell = view->shell;
    text_clear(&shell->found);
    text_clear(&shell->found_wrong);
    text_add(&shell->found, hits ? hits : "");
    text_add(&shell->found_wrong, wrong ? wrong : "");
    shell->found_column = column;
    shell->found_count++;
    shell->dirty = true;
}

void view_found_wrong(struct view *view, const struct error *error, const struct parcel *reply)
{
    struct text wrong = {0};
    error_text(error, _(error->sentence), &wrong);
    view_found(view, NULL, text_bytes(&wrong), (int)parcel_int(reply, "column", 0));
    text_free(&wrong);
}

void view_narrow(struct view *view, const char *query)
{
    if (!view->narrowed) {
        text_clear(&view->unnarrowed);
        text_add(&view->unnarrowed, view->screen->filtered ? view->screen->filtered(view) : "");
    }
    view->narrowed = strcmp(query, text_bytes(&view->unnarrowed)) != 0;
    view->screen->filter(view, query);
}

/* ---- effects ---- */

struct parcel *view_open_with(struct view *view, const char *name, const char *what)
{
    const struct screen *screen = screen_named(name);
    if (!screen) {
        view_say(view, ROLE_MESSAGE_WARN, N_("there is no screen “%1” yet"), name, NULL, NULL);
        return &view->shell->asks.lost;
    }
    return shell_effect(view->shell, EFFECT_OPEN, view->id, screen, what, ACTION_NONE);
}

void view_open(struct view *view, const char *name, const char *what)
{
    view_open_with(view, name, what);
}

const struct parcel *view_given(const struct view *view)
{
    return view->given.pair_count || view->given.table_count ? &view->given : NULL;
}

void view_close(struct view *view)
{
    if (!view->closes) {
        view->closes = true;
        shell_effect(view->shell, EFFECT_CLOSE, view->id, NULL, NULL, ACTION_NONE);
    }
}

struct parcel *view_choose(struct view *view)
{
    parcel_free(&view->choice);
    view->chose = true;
    view_close(view);
    return &view->choice;
}

void view_do(struct view *view, enum action action)
{
    shell_effect(view->shell, EFFECT_DO, view->id, NULL, NULL, action);
}

struct parcel *view_send(struct view *view, const char *verb)
{
    return shell_effect(view->shell, EFFECT_SEND, view->id, NULL, verb, ACTION_NONE);
}

void view_recall(struct view *view)
{
    afar_recall(view->shell);
}

void view_sync(struct view *view, const char *vendor, bool full)
{
    struct parcel *given =
        shell_effect(view->shell, EFFECT_SYNC, view->id, NULL, vendor, ACTION_NONE);
    parcel_put(given, "full", full ? "yes" : "no");
}

int view_vendors(struct view *view, struct text *out, struct error *error)
{
    const struct way *way = &view->shell->way;
    return way->vendors ? way->vendors(way->self, out, error) : 0;
}

bool view_seen(const struct view *view)
{
    return shell_top(view->shell) == view;
}

void view_wake(struct view *view, int milliseconds)
{
    view->wakes = view->shell->clock + milliseconds;
    view->wakes += view->wakes == 0;
}

void view_copy(struct view *view, const char *text)
{
    const struct outside *outside = &view->shell->outside;
    if (outside->copy) {
        outside->copy(outside->self, text);
    }
}
