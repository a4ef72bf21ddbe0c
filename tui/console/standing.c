/* standing.c: what the console asks for itself, whatever screen is open: how the person wants
 * columns (kept at the desk under "@columns"), and how many cases behind a tab are late. */
#include <string.h>

#include "tui/console/inside.h"
#include "tui/widget/list.h"

enum { TICKET_COLUMNS, TICKET_KEEP, TICKET_RED /* … one a tab */ };
enum { REST = 400, COUNTS_FROM = 100 }; /* milliseconds; columns of the screen */
static const char keeps[] = "@columns";

/* ---- columns ---- */

const char *shell_arrangement(const struct shell *shell, const char *screen)
{
    const char *arrangement = parcel_get(&shell->arranged, screen);
    return arrangement ? arrangement : "";
}

/* Lists that are open already stand so too. */
static void rearrange(struct shell *shell)
{
    for (int i = 0; i < shell->tab_count; i++) {
        for (struct view *view = shell->tabs[i].top; view; view = view->below) {
            struct list *list = view->screen->list ? view->screen->list(view) : NULL;
            if (list) {
                list_arrange(list, shell_arrangement(shell, view->screen->name));
            }
        }
    }
}

static void take_columns(struct shell *shell, const struct table *kept)
{
    for (size_t row = 0; kept && row < table_rows(kept); row++) {
        const char *screen = table_cell(kept, row, "field"),
                   *value = table_cell(kept, row, "value");
        if (screen && value) {
            parcel_put(&shell->arranged, screen, value);
        }
    }
    rearrange(shell);
}

void shell_arrange(struct shell *shell, const char *screen, const char *arrangement)
{
    struct parcel others = {0};
    for (size_t i = 0; i < shell->arranged.pair_count; i++) {
        const struct pair *pair = &shell->arranged.pairs[i];
        if (strcmp(pair->name, screen) != 0) {
            parcel_put(&others, pair->name, pair->value);
        }
    }
    parcel_put(&others, screen, *arrangement ? arrangement : NULL);
    parcel_free(&shell->arranged);
    shell->arranged = others;
    if (!shell->context.reads_only) {
        struct parcel *request = asks_add(&shell->asks, NO_VIEW, TICKET_KEEP, "draft");
        parcel_put(request, "procedure", keeps);
        parcel_put(request, "field", screen);
        parcel_put(request, "value", *arrangement ? arrangement : NULL);
    }
}

/* ---- counts ---- */

void standing_changed(struct shell *shell)
{
    shell->counts_at = shell->clock + REST;
}

void standing_time(struct shell *shell)
{
    if (!shell->counts_at || shell->counts_at > shell->clock) {
        return;
    }
    shell->counts_at = 0;
    for (int i = 0; i < shell->tab_count && shell->context.columns >= COUNTS_FROM; i++) {
        const struct screen *screen = shell->tabs[i].screen;
        if (screen->counts) {
            struct parcel *request = asks_add(&shell->asks, NO_VIEW, TICKET_RED + i, "list");
            struct text query = {0};
            text_addf(&query, "card:red,double %s", group_query(&shell->context, screen->name));
            parcel_put(request, "query", text_bytes(&query));
            parcel_put_int(request, "limit", 0);
            text_free(&query);
        }
    }
}

/* ---- replies ---- */

void standing_begin(struct shell *shell)
{
    if (!shell->context.reads_only) {
        parcel_put(asks_add(&shell->asks, NO_VIEW, TICKET_COLUMNS, "drafts"), "procedure", keeps);
    }
    standing_changed(shell);
}

void standing_took(struct shell *shell, int ticket, const struct parcel *reply,
                   const struct error *error)
{
    int tab = ticket - TICKET_RED;
    if (error) {
        return; /* columns stand as they usually do; a tab without a count */
    }
    if (ticket == TICKET_COLUMNS) {
        take_columns(shell, parcel_find(reply, "drafts"));
        shell->dirty = true;
    } else if (tab >= 0 && tab < shell->tab_count) {
        int64_t red = parcel_int(reply, "total", -1);
        shell->dirty |= red != shell->tabs[tab].red;
        shell->tabs[tab].red = red;
    }
}
