/* shell.c: tabs, what is open in them, replies of the desk, time. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/groups.h"
#include "tui/console/inside.h"
#include "tui/phrase.h"
#include "tui/text.h"

/* ---- what is open ---- */

struct view *shell_top(const struct shell *shell)
{
    return shell->tab_count ? shell->tabs[shell->tab].top : NULL;
}

struct view *shell_base(const struct shell *shell)
{
    struct view *view = shell_top(shell);
    while (view && view->screen->sheet && view->below) {
        view = view->below;
    }
    return view;
}

struct view *shell_view(const struct shell *shell, int id)
{
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            if (view->id == id) {
                return view;
            }
        }
    }
    return NULL;
}

static void view_free(struct view *view)
{
    text_free(&view->unnarrowed);
    parcel_free(&view->given);
    parcel_free(&view->choice);
    free(view->state);
    free(view);
}

/* Takes the uppermost view of TAB away. */
static void close_top(struct shell *shell, struct tab *tab)
{
    struct view *view = tab->top;
    asks_drop(&shell->asks, view->id);
    if (view->screen->close) {
        view->screen->close(view);
    }
    tab->top = view->below;
    if (view->screen->sheet && view->below && view->below->screen->chosen) {
        view->below->screen->chosen(view->below, view->screen->name,
                                    view->chose ? &view->choice : NULL);
    }
    view_free(view);
    shell->dirty = true;
}

static void open_view(struct shell *shell, struct tab *tab, const struct screen *screen,
                      const char *what, struct parcel *given)
{
    struct view *view = calloc(1, sizeof *view);
    void *state = view ? calloc(1, screen->size + !screen->size) : NULL;
    if (!state) {
        free(view);
        return;
    }
    *view = (struct view){.shell = shell,
                          .screen = screen,
                          .state = state,
                          .below = tab->top,
                          .id = ++shell->next_id};
    if (given) {
        view->given = *given;
        *given = (struct parcel){0};
    }
    tab->top = view;
    shell->dirty = true;
    if (screen->open) {
        screen->open(view, what ? what : "");
    }
}

static void refresh(struct view *view)
{
    view->stale = false;
    if (view->screen->refresh) {
        view->screen->refresh(view);
    }
}

/* What is seen is up to date. */
static void refresh_seen(struct shell *shell, bool all)
{
    struct view *top = shell_top(shell), *base = shell_base(shell);
    if (base && (all || base->stale)) {
        refresh(base);
    }
    if (top && top != base && (all || top->stale)) {
        refresh(top);
    }
}

void shell_go(struct shell *shell, int index)
{
    struct tab *old = &shell->tabs[shell->tab], *tab = &shell->tabs[index];
    while (old->top && old->top->screen->sheet && old->top->below) {
        close_top(shell, old);
    }
    shell->tab = index;
    shell->dirty = true;
    if (!tab->top) {
        open_view(shell, tab, tab->screen, "", NULL);
    }
    refresh_seen(shell, false);
}

static int tab_of(const struct shell *shell, const struct screen *screen)
{
    for (int i = 0; i < shell->tab_count; i++) {
        if (shell->tabs[i].screen == screen) {
            return i;
        }
    }
    return -1;
}

/* The screen of a tab is gone to; WHAT is its query. */
static void open_tab(struct shell *shell, int index, const char *what, struct parcel *given)
{
    struct tab *tab = &shell->tabs[index];
    while (tab->top && tab->top->below) {
        close_top(shell, tab);
    }
    if (!tab->top) {
        open_view(shell, tab, tab->screen, what, given);
    } else if (what && *what && tab->screen->filter) {
        tab->screen->filter(tab->top, what);
    }
    shell_go(shell, index);
}

void shell_open(struct shell *shell, const struct screen *screen, const char *what,
                struct parcel *given)
{
    int index = tab_of(shell, screen);
    if (index >= 0) {
        open_tab(shell, index, what, given);
    } else {
        open_view(shell, &shell->tabs[shell->tab], screen, what, given);
    }
}

/* ---- effects ---- */

struct parcel *shell_effect(struct shell *shell, enum effect_kind kind, int view,
                            const struct screen *screen, const char *what, enum action action)
{
    struct effect *effect = calloc(1, sizeof *effect);
    if (!effect) {
        return &shell->asks.lost;
    }
    *effect = (struct effect){.kind = kind, .view = view, .screen = screen, .action = action};
    effect->what = what ? strdup(what) : NULL;
    *shell->effects_end = effect;
    shell->effects_end = &effect->next;
    return &effect->given;
}

/* Closes VIEW and whatever stands over it. */
static void close_view(struct shell *shell, int id)
{
    for (int i = 0; shell_view(shell, id) && i < shell->tab_count; i++) {
        struct tab *tab = &shell->tabs[i];
        struct view *view = tab->top;
        while (view && view->id != id) {
            view = view->below;
        }
        for (bool over = view != NULL; over;) {
            over = tab->top->id != id;
            close_top(shell, tab);
        }
        if (view && !tab->top && i == shell->tab) {
            open_view(shell, tab, tab->screen, "", NULL);
        }
    }
}

static void do_effect(struct shell *shell, struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_OPEN:
        shell_open(shell, effect->screen, effect->what, &effect->given);
        break;
    case EFFECT_CLOSE:
        close_view(shell, effect->view);
        refresh_seen(shell, false);
        break;
    case EFFECT_DO:
        shell_do(shell, effect->action);
        break;
    case EFFECT_SEND:
        afar_send(shell, effect->what, &effect->given);
        break;
    case EFFECT_SYNC:
        sync_begin(shell, effect->what, parcel_yes(&effect->given, "full"));
        break;
    }
}

static struct effect *take_effect(struct shell *shell)
{
    struct effect *effect = shell->effects;
    shell->effects = effect ? effect->next : NULL;
    if (!shell->effects) {
        shell->effects_end = &shell->effects;
    }
    return effect;
}

static void effect_free(struct effect *effect)
{
    parcel_free(&effect->given);
    free(effect->what);
    free(effect);
}

void shell_settle(struct shell *shell)
{
    for (struct effect *effect; (effect = take_effect(shell)); effect_free(effect)) {
        do_effect(shell, effect);
    }
}

/* ---- saying ---- */

void shell_say(struct shell *shell, enum role role, const char *sentence, const char *const arg[4])
{
    struct text text = {0};
    phrase_said(&text, sentence, arg, shell->context.look.english);
    news_add(&shell->news, role, text_bytes(&text), shell->context.now);
    shell->dirty = true;
    text_free(&text);
}

/* ---- the desk ---- */

bool shell_holds(const struct shell *shell)
{
    const struct view *top = shell_top(shell);
    return top && top->held && asks_of(&shell->asks, top->id);
}

bool shell_ask(struct shell *shell)
{
    struct asked *asked = asks_take(&shell->asks);
    struct parcel reply = {0};
    struct error error = {0};
    if (!asked) {
        return false;
    }
    int status = shell->way.call(shell->way.self, &asked->request, &reply, &error);
    struct view *view = shell_view(shell, asked->view);
    bool standing = asked->view == NO_VIEW;
    if (status == WAY_BROKEN_OFF && asked_only_reads(asked) && (view || standing)) {
        asks_put_back(&shell->asks, asked);
        asked = NULL;
    } else if (standing) {
        standing_took(shell, asked->ticket, &reply, status ? &error : NULL);
    } else if (view) {
        int ticket = asked->ticket;
        shell->dirty = true;
        if (view->screen->reply) {
            view->screen->reply(view, ticket, &reply, status ? &error : NULL);
        }
        view->held = view->held && asks_of(&shell->asks, view->id);
    } else if (status && status != WAY_BROKEN_OFF) {
        const char *const arg[4] = {error.arg[0], error.arg[1], error.arg[2], error.arg[3]};
        shell_say(shell, ROLE_MESSAGE_ERROR,
                  error.sentence ? error.sentence : N_("memory is short"), arg);
    }
    asked_free(asked);
    parcel_free(&reply);
    error_free(&error);
    shell_settle(shell);
    return true;
}

void shell_changed(struct shell *shell)
{
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            view->stale = true;
        }
    }
    refresh_seen(shell, true);
    standing_changed(shell);
    shell_settle(shell);
}

/* ---- time ---- */

void shell_time(struct shell *shell, int64_t milliseconds, int64_t moment)
{
    shell->clock = milliseconds;
    if (moment != MOMENT_NONE && moment != shell->context.now) {
        bool new_day = moment_day(moment) != moment_day(shell->context.now);
        shell->context.now = moment;
        if (new_day) {
            shell_changed(shell);
        }
    }
    standing_time(shell);
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            if (view->wakes && view->wakes <= milliseconds) {
                view->wakes = 0;
                shell->dirty = true;
                if (view->screen->wake) {
                    view->screen->wake(view);
                }
            }
        }
    }
    shell_settle(shell);
}

int64_t shell_wakes(const struct shell *shell)
{
    int64_t first = shell->counts_at;
    for (int i = 0; i < shell->tab_count; i++) {
        for (const struct view *view = shell->tabs[i].top; view; view = view->below) {
            first = view->wakes && (!first || view->wakes < first) ? view->wakes : first;
        }
    }
    return first;
}

enum { RESIZED = 120 }; /* ms without another size */

void shell_size(struct shell *shell, int rows, int columns)
{
    struct view *base = shell_base(shell);
    if (base && base->screen->wake) {
        view_wake(base, RESIZED); /* there may be room for more */
    }
    shell->context.rows = rows;
    shell->context.columns = columns;
    shell->dirty = true;
    standing_changed(shell);
}

const struct pinyin *shell_sounds(struct shell *shell)
{
    if (!shell->sounds && !shell->deaf) {
        struct error error = {0};
        shell->sounds = pinyin_shipped(&error);
        shell->deaf = !shell->sounds;
        error_free(&error);
    }
    return shell->sounds;
}

/* ---- begin and end ---- */

enum { NAME_LOGIN, NAME_NAME, NAME_ORG, NAME_ROLES, NAME_ROLE_NAMES, NAME_ABSENT };

static const char *keep(struct shell *shell, int name, const char *value)
{
    text_clear(&shell->names[name]);
    text_add(&shell->names[name], value ? value : "");
    return text_bytes(&shell->names[name]);
}

/* Whom one stands in for: "代周正". */
static const char *keep_absent(struct shell *shell)
{
    const struct table *absent = parcel_find(&shell->hello, "absent");
    bool english = shell->context.look.english;
    struct text names = {0};
    keep(shell, NAME_ABSENT, "");
    for (size_t row = 0; absent && row < table_rows(absent); row++) {
        const char *name = table_cell(absent, row, "name");
        text_addf(&names, "%s%s", row == 0 ? "" : english ? ", " : "、", name ? name : "");
    }
    const char *const arg[4] = {text_bytes(&names)};
    if (names.length) {
        phrase_said(&shell->names[NAME_ABSENT], N_("for %1"), arg, english);
    }
    text_free(&names);
    return text_bytes(&shell->names[NAME_ABSENT]);
}

void shell_words(struct shell *shell)
{
    struct context *context = &shell->context;
    const struct table *roles = parcel_find(&shell->hello, "roles");
    context->login = keep(shell, NAME_LOGIN, parcel_get(&shell->hello, "login"));
    context->name = keep(shell, NAME_NAME, parcel_get(&shell->hello, "name"));
    context->org = keep(shell, NAME_ORG, parcel_get(&shell->hello, "org_name"));
    keep(shell, NAME_ROLES, "");
    keep(shell, NAME_ROLE_NAMES, "");
    for (size_t row = 0; roles && row < table_rows(roles); row++) {
        struct text *titles = &shell->names[NAME_ROLES], *names = &shell->names[NAME_ROLE_NAMES];
        text_add(titles, row ? context->look.english ? ", " : "、" : "");
        phrase_both(titles, table_cell(roles, row, "title"), context->look.english);
        text_addf(names, "%s%s", row ? " " : "", table_cell(roles, row, "role"));
    }
    context->roles = text_bytes(&shell->names[NAME_ROLES]);
    context->role_names = text_bytes(&shell->names[NAME_ROLE_NAMES]);
    context->absent = keep_absent(shell);
    context->reads_only = !*context->login;
}

static void read_groups(struct shell *shell)
{
    const char *policy = parcel_get(&shell->hello, "policy");
    struct text wrong = {0};
    groups_read(policy ? policy : "", shell->context.look.english ? "en" : "zh", &shell->groups,
                &wrong);
    if (!parcel_get(&shell->groups, "trials")) { /* times that run down, whatever they are called */
        const char *clocks = parcel_get(&shell->hello, "countdowns");
        struct text query = {0};
        text_addf(&query, "clock:%s", clocks ? clocks : "none");
        parcel_put(&shell->groups, "trials", text_bytes(&query));
        parcel_put(&shell->groups, "trials.run", clocks);
        text_free(&query);
    }
    shell->context.groups = &shell->groups;
    if (wrong.length) {
        const char *arg[4] = {text_bytes(&wrong), NULL, NULL, NULL};
        shell_say(shell, ROLE_MESSAGE_WARN, "%1", arg);
    }
    text_free(&wrong);
}

void shell_greet(struct shell *shell, struct parcel *hello)
{
    const char *now = parcel_get(hello, "now");
    int64_t moment;
    parcel_free(&shell->hello);
    shell->hello = *hello;
    *hello = (struct parcel){0};
    if (now && moment_parse(now, strlen(now), &moment)) {
        shell->context.now = moment;
    }
    shell_words(shell);
    read_groups(shell);
    standing_begin(shell);
}

/* Screens with a digit, 1 … 9, then 0. */
static void make_tabs(struct shell *shell)
{
    for (const char *digit = "1234567890"; *digit; digit++) {
        for (int i = 0; screens[i]; i++) {
            if (screens[i]->digit == *digit && shell->tab_count < TABS) {
                shell->tabs[shell->tab_count++] = (struct tab){.screen = screens[i], .red = -1};
            }
        }
    }
}

bool shell_begin(struct shell *shell, const struct way *way, struct bindings *bindings)
{
    *shell = (struct shell){.way = *way, .bindings = bindings, .urgent = -1};
    shell->effects_end = &shell->effects;
    shell->context.now = 0;
    shell->context.afar = &shell->afar;
    shell->context.syncing = &shell->syncing;
    shell_words(shell);
    make_tabs(shell);
    return bindings != NULL;
}

void shell_start(struct shell *shell)
{
    const struct screen *resume = screen_named("resume");
    if (shell->tab_count) {
        shell_go(shell, 0);
        if (resume) {
            shell_open(shell, resume, "", NULL);
        }
    }
    shell_settle(shell);
}

/* What writes is sent whatever comes after. */
static void send_rest(struct shell *shell)
{
    for (struct asked *asked; (asked = asks_take(&shell->asks)); asked_free(asked)) {
        struct parcel reply = {0};
        struct error error = {0};
        if (!asked_only_reads(asked)) {
            (void)shell->way.call(shell->way.self, &asked->request, &reply, &error);
        }
        parcel_free(&reply);
        error_free(&error);
    }
}

void shell_save(struct shell *shell)
{
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            if (view->screen->save) {
                view->screen->save(view);
            }
        }
    }
    send_rest(shell);
}

void shell_end(struct shell *shell)
{
    for (int i = 0; i < shell->tab_count; i++) {
        while (shell->tabs[i].top) {
            close_top(shell, &shell->tabs[i]);
        }
    }
    send_rest(shell);
    sync_end(shell);
    afar_end(shell);
    for (struct effect *effect; (effect = take_effect(shell)); effect_free(effect)) {
    }
    asks_free(&shell->asks);
    pinyin_free(shell->sounds);
    bindings_free(shell->bindings);
    news_free(&shell->news);
    parcel_free(&shell->groups);
    parcel_free(&shell->arranged);
    parcel_free(&shell->hello);
    text_free(&shell->found);
    text_free(&shell->found_wrong);
    for (size_t i = 0; i < sizeof shell->names / sizeof *shell->names; i++) {
        text_free(&shell->names[i]);
    }
}
