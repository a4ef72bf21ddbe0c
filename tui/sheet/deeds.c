/* deeds.c: what can be done with a few entries. */
#include <string.h>

#include "tui/sheet/deed.h"
#include "tui/text.h"

#define FIELDS(list) .fields = list, .field_count = (int)(sizeof(list) / sizeof *(list))

static const struct deed_field annul[] = {{"reason", N_("reason"), DEED_TEXT, true, NULL, false}};
static const struct deed_field assign[] = {
    {"to", N_("to whom"), DEED_THING, true, "person", false},
};
static const struct deed_field handover[] = {
    {"from", N_("from whom"), DEED_THING, true, "person", false},
    {"to", N_("to whom"), DEED_THING, true, "person", false},
    {"procedure", N_("only of the procedure"), DEED_TEXT, false, NULL, false},
    {"state", N_("only in the state"), DEED_TEXT, false, NULL, false},
    {"reason", N_("reason"), DEED_TEXT, false, NULL, false},
};
static const struct deed_field attach[] = {
    {"upload", N_("file"), DEED_DOCUMENT, true, NULL, false}};
static const struct deed_field letter[] = {
    {"kind", N_("letter"), DEED_CHOICE, true, "", false},
    {"new", N_("under a new number"), DEED_YESNO, false, NULL, false},
};
static const struct deed_field succeed[] = {
    {"how", N_("how"), DEED_CHOICE, true,
     N_("rename=renamed\nmerge=merged with another\nsplit=split"), false},
    {"to", N_("becomes (code)"), DEED_TEXT, true, NULL, false},
    {"to", N_("and (of a split)"), DEED_TEXT, false, NULL, false},
    {"from", N_("together with (of a merger)"), DEED_THING, false, "org", true},
    {"name", N_("its name"), DEED_TEXT, false, NULL, false},
    {"date", N_("from what day"), DEED_DAY, false, NULL, false},
    {"reason", N_("reason"), DEED_TEXT, true, NULL, false},
};
static const struct deed_field unused[] = {
    {"reason", N_("why it stays unused"), DEED_TEXT, true, NULL, false}};
static const struct deed_field answer[] = {
    {"option", N_("answer"), DEED_TEXT, true, NULL, false},
    {"ground", N_("on what ground"), DEED_TEXT, true, NULL, false},
};
static const struct deed_field adopt[] = {
    {"text", N_("policy file"), DEED_FILE, true, NULL, false},
    {"effective", N_("in force from"), DEED_DAY, false, NULL, false},
    {"move", N_("open cases go over too"), DEED_YESNO, false, NULL, false},
    {"ground", N_("on what ground"), DEED_TEXT, false, NULL, false},
};
static const struct deed_field notice[] = {
    {"csv", N_("file of the notice"), DEED_FILE, true, NULL, false},
    {"reason", N_("reason"), DEED_TEXT, false, NULL, false},
};
static const struct deed_field use[] = {{"csv", N_("CSV file"), DEED_FILE, true, NULL, false}};
static const struct deed_field import[] = {
    {"kind", N_("what is in it"), DEED_CHOICE, true,
     N_("cases=cases in mid-course on paper\norgs=organisations\npeople=people\nsystems=systems\n"
        "catalogue=catalogue\nprices=prices\nquota=contract quotas\nabsences=absences"),
     false},
    {"csv", N_("CSV file"), DEED_FILE, true, NULL, false},
};

static const struct deed deeds[] = {
    {.name = "annul",
     .title = N_("take the act back"),
     .verb = "act",
     .command = "yuntai annul CASE N --reason TEXT",
     .tries = "preview",
     .words = N_("%1: the act was taken back"),
     FIELDS(annul)},
    {.name = "assign",
     .title = N_("hand over"),
     .verb = "act",
     .command = "yuntai act CASE assign --to LOGIN",
     .words = N_("%1 was handed over"),
     FIELDS(assign)},
    {.name = "handover",
     .title = N_("hand over all cases"),
     .verb = "handover",
     .command = "yuntai handover FROM TO",
     .tries = "preview",
     .words = N_("the cases were handed over"),
     FIELDS(handover)},
    {.name = "attach",
     .title = N_("attach a document"),
     .verb = "attach",
     .command = "yuntai attach CASE FILE",
     .words = N_("%1 has the document"),
     FIELDS(attach)},
    {.name = "letter",
     .title = N_("write a letter"),
     .verb = "letter",
     .command = "yuntai letter CASE KIND",
     .loads = "letter",
     .tries = "preview",
     .words = N_("%1: the letter was written"),
     .prints = "text",
     FIELDS(letter)},
    {.name = "put",
     .title = N_("entry of a register"),
     .verb = "put",
     .command = "yuntai REGISTER set CODE NAME=VALUE…",
     .loads = "columns",
     .words = N_("%1 is on record")},
    {.name = "succeed",
     .title = N_("rename, merge or split"),
     .verb = "succeed",
     .command = "yuntai succeed FROM TO… --how rename|merge|split --reason TEXT",
     .tries = "preview",
     .words = N_("%1: what it became is on record"),
     FIELDS(succeed)},
    {.name = "void",
     .title = N_("leave the number unused"),
     .verb = "void",
     .command = "yuntai void NUMBER --reason TEXT",
     .words = N_("%1 stays unused"),
     FIELDS(unused)},
    {.name = "answer",
     .title = N_("answer the question"),
     .verb = "answer",
     .command = "yuntai policy answer QUESTION OPTION --ground TEXT",
     .tries = "preview",
     .words = N_("%1 is answered"),
     FIELDS(answer)},
    {.name = "adopt",
     .title = N_("adopt a policy"),
     .verb = "adopt",
     .command = "yuntai policy adopt FILE [--move]",
     .tries = "preview",
     .words = N_("the policy was adopted"),
     FIELDS(adopt)},
    {.name = "notice",
     .title = N_("add a notice to the calendar"),
     .verb = "notice",
     .command = "yuntai calendar add FILE",
     .tries = "preview",
     .words = N_("the notice is in the calendar"),
     FIELDS(notice)},
    {.name = "import",
     .title = N_("take a table in"),
     .verb = "import",
     .command = "yuntai import KIND FILE --apply",
     .does = "apply",
     .words = N_("the table was taken in"),
     FIELDS(import)},
    {.name = "use",
     .title = N_("take in a month's table of use"),
     .verb = "use",
     .command = "yuntai use FILE --apply",
     .does = "apply",
     .words = N_("the table was taken in"),
     FIELDS(use)},
    {.name = "checkpoint",
     .title = N_("sign the end of the record"),
     .verb = "checkpoint",
     .command = "yuntai checkpoint",
     .words = N_("the checkpoint was signed"),
     .prints = "text"},
};

const struct deed *deed_named(const char *name)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (strcmp(deeds[i].name, name) == 0) {
            return &deeds[i];
        }
    }
    return NULL;
}
