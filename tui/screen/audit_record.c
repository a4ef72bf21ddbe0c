/* audit_record.c: is the record whole? How far going through it is, what was found, where. */
#include <stdlib.h>
#include <string.h>

#include "tui/phrase.h"
#include "tui/screen/audit.h"
#include "tui/text.h"
#include "tui/widget/gauge.h"

enum { LEFT = 2, WRONG_FROM = 3, WHERE_MOST = 28 };

const struct table *record_wrong(const struct context *context)
{
    const struct table *wrong = parcel_find(&context->afar->outcome, "wrong");
    return context->afar->state == AFAR_FAILED && wrong && table_rows(wrong) ? wrong : NULL;
}

/* ---- where it leads ---- */

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* "入云〔2026〕12号 3", "入云〔2026〕12号 附件.pdf", "person zhao"; the others lead nowhere. */
void record_open(struct view *view, const struct table *wrong, int row)
{
    static const char *const kinds[] = {"org",     "person", "absence", "system",
                                        "product", "price",  "quota",   "notice"};
    static const char *const others[] = {"policy", "tally", "chain", "store", "checkpoint", "case"};
    const char *where = table_word(wrong, (size_t)row, "where");
    const char *blank = strchr(where, ' ');
    struct text first = {0};
    text_add_n(&first, where, blank ? (size_t)(blank - where) : strlen(where));
    bool leads = first.length > 0, thing = false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        leads = leads && strcmp(text_bytes(&first), others[i]) != 0;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        thing = thing || strcmp(text_bytes(&first), kinds[i]) == 0;
    }
    if (!leads) {
        view_say(view, ROLE_MESSAGE_WARN, N_("%1 is no case and no entry of a register"), where,
                 NULL, NULL);
    } else if (thing) {
        view_open(view, "thing", where);
    } else {
        struct parcel *given = view_open_with(view, "case", text_bytes(&first));
        parcel_put(given, "n", blank && is_number(blank + 1) ? blank + 1 : NULL);
    }
    text_free(&first);
}

/* ---- cells ---- */

static void put_title(const struct afar *afar, const struct pane *pane)
{
    const char *to = parcel_get(&afar->asked, "to");
    int column =
        pane_put(pane, 0, LEFT, ROLE_HEADING, to ? _("Backing up") : _("Going through the record"));
    if (to) {
        column = pane_clip(pane, 0, column + 2, pane->columns / 2, ROLE_TEXT, to);
    }
    pane_right(pane, 0, column + 1, pane->columns - column - 2, ROLE_TEXT_DIM,
               afar->recalled ? _("stopping …") : _("Esc stops it; the console goes on"));
}

static void draw_under_way(const struct afar *afar, const struct pane *pane)
{
    struct text percent = {0}, done = {0}, left = {0};
    int whole = pace_percent(&afar->pace), width = pane->columns - LEFT - 8;
    struct gauge gauge = {.whole = 100, .used = whole};
    put_title(afar, pane);
    int column = gauge_draw(pane, 1, LEFT, width, &gauge);
    text_addf(&percent, "%d%%", whole);
    pane_right(pane, 1, column, pane->columns - column - 2, ROLE_TEXT_STRONG, text_bytes(&percent));
    pace_done(&afar->pace, &done);
    pace_left(&afar->pace, &left);
    column = pane_clip(pane, 2, LEFT, pane->columns - LEFT - 1, ROLE_TEXT, text_bytes(&done)) + 2;
    pane_clip(pane, 2, column, pane->columns - column - 1, ROLE_TEXT_DIM, text_bytes(&left));
    text_free(&percent);
    text_free(&done);
    text_free(&left);
}

static void draw_done(const struct context *context, const struct pane *pane)
{
    const struct afar *afar = context->afar;
    const char *to = parcel_get(&afar->asked, "to");
    const char *const arg[4] = {parcel_get(&afar->outcome, "acts"),
                                parcel_get(&afar->outcome, "cases"),
                                parcel_get(&afar->outcome, "at"), to};
    struct text said = {0};
    phrase_said(&said,
                to ? N_("%1 acts and %2 cases, as they stood at %3, are in %4.")
                   : N_("%1 acts and %2 cases, as they stood at %3."),
                arg, context->look.english);
    int column = pane_glyph(pane, 0, LEFT, ROLE_MESSAGE_OK, GLYPH_YES) + 1;
    pane_put(pane, 0, column, ROLE_MESSAGE_OK, _("all is whole"));
    pane_wrap(pane, 1, LEFT, pane->columns - LEFT - 2, 2, ROLE_TEXT, text_bytes(&said));
    pane_wrap(pane, WRONG_FROM, LEFT, pane->columns - LEFT - 2, 3, ROLE_TEXT_DIM,
              _("Every act follows on the one before, every case folds to what is stored, every "
                "document is what it was."));
    text_free(&said);
}

static int width_of_where(const struct table *wrong, const struct pane *pane)
{
    int widest = 0;
    for (size_t row = 0; row < table_rows(wrong); row++) {
        int width = look_width(pane->look, table_word(wrong, row, "where"));
        widest = width > widest ? width : widest;
    }
    return widest > WHERE_MOST ? WHERE_MOST : widest;
}

static void draw_wrong(struct audit *audit, const struct context *context, const struct pane *pane,
                       const struct table *wrong)
{
    int width = width_of_where(wrong, pane);
    audit->body = pane->rows - WRONG_FROM > 0 ? pane->rows - WRONG_FROM : 1;
    choice_count(&audit->wrong, (int)table_rows(wrong));
    int top = choice_top(&audit->wrong, audit->body);
    pane_put(pane, 1, LEFT, ROLE_HEAD, _("where"));
    pane_put(pane, 1, LEFT + width + 2, ROLE_HEAD, _("what is wrong"));
    for (int row = top; row < audit->wrong.count && row - top < audit->body; row++) {
        bool here = row == audit->wrong.cursor;
        struct text what = {0};
        int at = 2 + row - top;
        afar_wrong(wrong, (size_t)row, &what, context->look.english);
        if (here) {
            pane_glyph(pane, at, 0, ROLE_TABLE_CURSOR, GLYPH_HERE);
        }
        pane_clip(pane, at, LEFT, width, here ? ROLE_TABLE_CURSOR : ROLE_TEXT,
                  table_word(wrong, (size_t)row, "where"));
        pane_clip(pane, at, LEFT + width + 2, pane->columns - LEFT - width - 3, ROLE_TEXT,
                  text_bytes(&what));
        text_free(&what);
    }
}

static void draw_failed(struct audit *audit, const struct context *context, const struct pane *pane)
{
    const struct error *error = &context->afar->error;
    const struct table *wrong = record_wrong(context);
    const char *const arg[4] = {error->arg[0], error->arg[1], error->arg[2], error->arg[3]};
    enum role role = error->code == ERROR_INTERRUPTED ? ROLE_MESSAGE_WARN : ROLE_MESSAGE_ERROR;
    struct text said = {0};
    phrase_said(&said,
                wrong             ? N_("the record is not what it was")
                : error->sentence ? error->sentence
                                  : N_("memory is short"),
                arg, context->look.english);
    int column = pane_glyph(pane, 0, LEFT, role, GLYPH_NO) + 1;
    pane_wrap(pane, 0, column, pane->columns - column - 1, wrong ? 1 : 3, role, text_bytes(&said));
    if (wrong) {
        draw_wrong(audit, context, pane, wrong);
    }
    text_free(&said);
}

void record_draw(struct audit *audit, const struct context *context, const struct pane *pane)
{
    switch (context->afar->state) {
    case AFAR_NOTHING:
        pane_wrap(pane, 1, 4, pane->columns - 6, 4, ROLE_TEXT_DIM,
                  _("Nothing was gone through yet since the console was opened. V goes through all "
                    "of the record, B copies the workspace and goes through the copy; everybody "
                    "works on meanwhile."));
        break;
    case AFAR_UNDER_WAY:
        draw_under_way(context->afar, pane);
        break;
    case AFAR_DONE:
        draw_done(context, pane);
        break;
    case AFAR_FAILED:
        draw_failed(audit, context, pane);
        break;
    }
}
