/*
 * desk_face.h: what the commands that speak with the desk share: the words of a command line made
 * a request, the reply or its refusal told in the language and the format asked for.
 */
#ifndef YUNTAI_TUI_COMMAND_DESK_FACE_H
#define YUNTAI_TUI_COMMAND_DESK_FACE_H

#include "data/desk.h"
#include "tui/command/command.h"

enum option_kind {
    OPTION_TEXT,  /* a value */
    OPTION_YES,   /* none; "yes" */
    OPTION_FILE,  /* a file, its bytes are the value; "-" is standard input */
    OPTION_OWN,   /* a value for the command itself: see face_own() */
    OPTION_SWITCH /* none, for the command itself; "yes" */
};
struct face_option {
    const char *option; /* "--reason", "-n" */
    const char *pair;   /* of the request */
    enum option_kind kind;
};

struct face;

/* A command that is one verb, as a row. */
struct face_spec {
    const char *command; /* as typed, where it is more than one word; else NULL */
    const char *verb;
    const char *event;  /* of the verb act, or NULL */
    const char *words;  /* pairs that the words fill in order: "case event date?"; "query*": the
                           rest, joined by blanks; "to+": a pair each; "csv@": a file */
    const char *assign; /* NULL, or what goes before NAME of a word NAME=VALUE: "entry.", "fact." or
                           "" */
    const struct face_option *options;
    size_t option_count;
    const char *table;                /* the one CSV prints; NULL: the first of the reply */
    void (*print)(struct face *face); /* FORMAT_TABLE; NULL: face_print() */
};

struct face {
    const struct invocation *invocation;
    const char *command;          /* as typed, for what is said */
    const struct face_spec *spec; /* by which its words were taken; NULL */
    struct desk *desk;
    struct parcel request, reply;
    struct parcel own;  /* values of OPTION_OWN */
    struct error error; /* of the last call */
    struct {
        const char *pair; /* "after"; NULL: not yet a page */
        struct text at;   /* its value */
        int64_t limit;    /* rows of a page; 0: not said */
    } page;
    bool english;
    bool html;   /* tables as rows of a page: see face_html_begin() */
    int columns; /* of the terminal; 0: not one, lines may be as long as they like */
    int bar;     /* the same where errors go: 0: nobody looks at how far something is */
    int64_t now; /* moment: what is asked for, or the clock's */
};

/* ---- desk_face.c ---- */

/* The whole of a plain command. Returns an enum status. */
int face_run(const struct invocation *invocation, int argc, char **argv,
             const struct face_spec *spec);

/* The same in steps. FACE is zeroed by face_begin() and freed by face_end(). */
void face_begin(struct face *face, const struct invocation *invocation, const char *command);
void face_end(struct face *face);
/* Fills the request from ARGV (behind the command). STATUS_DONE, or what is wrong was said. */
int face_words(struct face *face, int argc, char **argv, const struct face_spec *spec);
/* A value of OPTION_OWN; NULL where it was not given. */
const char *face_own(const struct face *face, const char *pair);
/* Sends the request as VERB and says what went wrong, with reasons. The request stays. */
int face_call(struct face *face, const char *verb);
/* The same, in silence; face_refused() says it. */
int face_ask(struct face *face, const char *verb);
int face_refused(struct face *face);
/* What is asked, as VERB, at a desk that is open afterwards. -1 with the face's error. */
int face_request(struct face *face, const char *verb, struct parcel *request);
/* ---- face_errand.c: as face_call(), what takes long: see desk_send() ---- */
int face_send(struct face *face, const char *verb);
/* Where the desk's files are at hand it is opened on them, without a server between. */
bool face_has_files(const struct invocation *invocation);
/*
 * VERB page after page, TABLE (NULL: the first of the reply) printed as it comes, until there is no
 * `next` or MOST rows are there (0: no end). PAIR is what takes `next`. COLUMNS: "a,b", those alone
 * in that order; NULL: all. Returns a status.
 */
/* Of a table of cases, what matters to people, first what matters most: a terminal may have no room
 * for the last ones. */
#define FACE_CASES                                                                                 \
    "number,title,card,mark_title,left,state_title,with_title,due,org,owner,held,provisional,opened,changed"
/* Of what a run brings: the same. */
#define FACE_DIFFERENCES                                                                           \
    "how,name,system,changes,verdict,drift,shown,kind,uid,org,vcpus,ram,disk,article,case"
#define FACE_CLOCKS                                                                                \
    "card,mark_title,left,due,clock_title,number,title,owner,with_title,org,held,provisional,basis,article"
/* TABLE with the columns of NAMES alone, in PARCEL; NULL: there is no such column (said). */
const struct table *face_narrow(const struct face *face, const struct table *table,
                                const char *names, struct parcel *parcel);
struct face_paging {
    const char *verb, *table, *pair, *columns;
    int64_t most;
};
int face_pages(struct face *face, const struct face_paging *paging);
/* A page of it in the format asked for, with COLUMNS alone (NULL all), the FIRST with its heads. */
int face_page(struct face *face, const struct table *table, const char *columns, bool first);
/* A whole number above 0 of an option; 0 where it is not given, -1 where wrong (said). */
int64_t face_count(const struct face *face, const char *pair, const char *option);
/* The reply in the format asked for. */
void face_reply(struct face *face, const struct face_spec *spec);
/* "yuntai COMMAND: SENTENCE" to ERR with at most one argument; returns STATUS. */
int face_wrong(const struct face *face, enum status status, const char *sentence, const char *a);

/* ---- face_words.c ---- */

/* WORD as NAME=VALUE into PAIRS as PREFIX NAME; item= as lines of the list; VALUE @FILE and "-"
 * are read. False where it is no such word or cannot be read; then it was said. */
bool face_assign(struct face *face, const char *prefix, const char *word);
/* The bytes of the file PATH as the pair NAME of the request. */
int face_file(struct face *face, const char *name, const char *path);

/* ---- face_cell.c: values ---- */

/* The half of TEXT for the language: "zh\037en"; text in one language as it is. */
void face_both(const struct face *face, struct text *out, const char *text);
/* SENTENCE (a msgid) translated, with its arguments. */
void face_sentence(const struct face *face, struct text *out, const char *sentence,
                   const char *const arg[4]);
/* "第十一条、…" of "11, …". */
void face_article(const struct face *face, struct text *out, const char *cites);
/* "name=label · …" of lines "name=zh\037en". */
void face_labels(const struct face *face, struct text *out, const char *labels);
/* A cell as a person reads it, on one line; "" where unknown. */
void face_cell(const struct face *face, struct text *out, enum cell_kind kind, const char *cell);
const char *face_card(const char *name); /* glyph and word; "" for none */
/* Is COLUMN a sentence that has its arguments in its own cell? And CELL of such a one, translated.
 */
bool face_is_parted(const struct table *table, int32_t column);
void face_parted(const struct face *face, struct text *out, const char *cell);
/* Is COLUMN why a run asked again: see phrase_again()? */
bool face_is_again(const struct table *table, int32_t column);
/* Is COLUMN what differs between versions of a resource: see phrase_changes()? */
bool face_is_changes(const struct table *table, int32_t column);
/* Is COLUMN a sentence whose arguments are the columns a to d? */
bool face_is_sentence(const struct table *table, int32_t column);
void face_row_sentence(const struct face *face, struct text *out, const struct table *table,
                       size_t row, int32_t column);

/* ---- face_table.c, face_print.c: for a person ---- */

/* One table, with a heading (translated, or NULL) over it; nothing where it has no rows. */
void face_table(struct face *face, const struct table *table, const char *heading);
/* ---- face_html.c: a page to be printed ---- */

/* A page of its own; TITLE and ABOUT (NULL) stand above the table of which face_table() then writes
 * the rows: its first call the heads too. */
void face_html_begin(struct face *face, const char *title, const char *about);
void face_html_end(struct face *face);
/* TEXT with what HTML reserves written out. */
void face_html_text(struct text *out, const char *text);

/* ---- face_write.c: for what is not a command ---- */

struct face_sheet { /* a table that comes page by page, written to OUT */
    FILE *out;
    enum format format;
    bool html, english;
    const char *title, *about; /* of a page to be printed */
    const char *columns;       /* "a,b": those alone; NULL all */
};
/* TABLE of REPLY, the FIRST page with what stands above it. */
void face_write(const struct face_sheet *sheet, const struct parcel *reply,
                const struct table *table, bool first);
void face_write_end(const struct face_sheet *sheet); /* what stands below */

/* All values and tables of the reply. */
void face_print(struct face *face);
/* The values alone: those that have a word, one a line. */
void face_print_values(struct face *face);
/* A table with the heading that is usual for its name; nothing where the reply has none. */
void face_print_table(struct face *face, const char *name);
/* Reasons, or what was done since, below an error. */
void face_below(struct face *face, FILE *out);
/* Writes TEXT to the command's output and empties it. */
void face_put(struct face *face, struct text *text);

/* ---- face_machine.c: for programs ---- */

/* The reply as one JSON object; the error, where there is one, is in it. */
void face_json(struct face *face);
/* A table as CSV, with a first line of names where HEAD; as JSON, an object a line. */
void face_csv(struct face *face, const struct table *table, bool head);
void face_json_rows(struct face *face, const struct table *table);

/* ---- papers.c ---- */

/* The file PATH to the case of the request, under its own name or, not NULL, NAME. STATUS_DONE, or
 * what is wrong was said. */
int face_attach(struct face *face, const char *path, const char *name);

/* ---- face_case.c: a case for a person ---- */

/* Number, title, state, holder; one line. */
void face_case_head(struct face *face);
/* The clocks of TABLE, a line each: name, state, last day, what is left, card. */
void face_clocks(struct face *face, const struct table *table);
/* Which cards were explained, waived, by whom and why, a line each; how often the case was urged.
 */
void face_marks(struct face *face);
/* What can be done, a line each; below it what cannot and the first reason why not; with
 * ELSEWHERE also what belongs to other states. */
void face_offers(struct face *face, bool elsewhere);
/* What open, act, correct … give: the head, clocks, what the desk did, what was opened. */
void face_done(struct face *face);

#endif
