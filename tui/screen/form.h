/*
 * form.h: what the files of the form screen share. The screen is opened with a parcel: `case` and
 * `event` (of correct also `n`), or `procedure`, whose case it opens.
 *
 *   form.c          opens, takes keys and replies
 *   form_desk.c     what it asks of the desk
 *   form_draw.c     fields on the screen
 *   form_pick.c     what a field offers: choices, things of a register; its rule
 *   form_date.c     the sheet of days; form_files.c that of files
 *   form_preview.c  the look before submitting
 *   conflict.c      somebody else was faster
 */
#ifndef YUNTAI_TUI_SCREEN_FORM_H
#define YUNTAI_TUI_SCREEN_FORM_H

#include "tui/console/view.h"
#include "tui/screen/sending.h"
#include "tui/widget/form.h"

enum form_ticket {
    TICKET_LOAD = 1,
    TICKET_DRAFTS,
    TICKET_NOTICES,
    TICKET_NOTICES_NEXT,
    TICKET_PRODUCTS,
    TICKET_PRICES,
    TICKET_FIND,
    TICKET_KEEP,
    TICKET_JUDGE,
    TICKET_LOOK,
    TICKET_ASK,
    TICKET_SUBMIT,
    TICKET_UPLOAD,
    TICKET_ATTACH,
    TICKET_THEIRS,
    TICKET_DROP
};

struct paper_file { /* picked for a paper, attached once the act is done */
    struct sending sending;
    char *field, *part;
};
enum { FILES_MOST = 32 };

struct filling {
    struct text procedure, number, event; /* what it is the form of; "" none */
    struct text urges;                    /* the case that the new one urges; "" none */
    int64_t n, rev;                       /* of the act that is corrected; of the case, -1 none */
    struct text then;                     /* the event that hands the new case in; "" none */
    struct form *form;                    /* NULL: not there yet */
    struct datepick_days days;
    struct parcel judged;        /* the last preview */
    struct parcel since, theirs; /* what others did meanwhile; the form as the case is now */
    bool long_text;              /* the field under the keys has many rows */
    bool done;                   /* submitted: nothing is to be kept any more */
    int left;                    /* the field that was left last; -1 none */
    struct text kept_at;         /* HH:MM of the last draft; "" none yet */
    struct text not_kept;        /* why the last draft could not be kept; "" it was */
    struct text sought;          /* what the catalogue was asked for last */
    struct text said_done;       /* what came of it, said when all files are attached */
    struct paper_file files[FILES_MOST];
    int file_count, file; /* FILE: the one being attached */
};

/* form_desk.c */
void form_load(struct view *view);
void form_catalogue(struct view *view);
void form_keep(struct view *view); /* each field that the draft does not hold yet */
void form_keep_file(struct view *view, int file);
/* What would come of it, and what is asked for now; LOOKS: it is shown, or what is in its way. */
void form_try(struct view *view, bool looks);
/* What is typed as a request of `act`, of `open` where there is no case yet; without the verb. */
void form_put_act(const struct filling *filling, struct parcel *request);
void form_seek(struct view *view); /* what is typed as a code */
void form_submit(struct view *view);
void form_drop(struct view *view); /* the draft */
void form_replied(struct view *view, int ticket, const struct parcel *reply,
                  const struct error *error);
/* form.c */
bool form_go_to(struct view *view, int index); /* leaves the field that has the keys first */
void form_begin(struct view *view, const struct parcel *reply);
/* form_files.c */
void form_add_file(struct view *view, const struct parcel *choice);
void form_restore_files(struct filling *filling, const struct table *drafts);
void form_attach(struct view *view); /* the next file, or ends */
void form_uploaded(struct view *view, const struct parcel *reply, const struct error *error);
void form_attached(struct view *view, const struct parcel *reply, const struct error *error);
void form_files_free(struct filling *filling);
/* form_pick.c */
void form_offer(struct view *view); /* what the field under the keys offers */
void form_chose(struct view *view, const char *sheet, const struct parcel *choice);
void form_rule(struct view *view);
/* form_draw.c */
int form_text_width(const struct view *view); /* columns of a text of several lines */
void form_context(const struct view *view, const struct pane *pane);
void form_draw(const struct view *view, const struct pane *pane);
/* form_preview.c: fills the sheet */
void form_look(struct view *view);
/* Clocks and who is told, as the last preview has them; how many rows were written. */
int form_outcome(const struct parcel *judged, const struct pane *pane, bool english);
/* conflict.c */
void form_conflict(struct view *view, const struct parcel *theirs);
void form_resolved(struct view *view, const struct parcel *choice);

#endif
