/*
 * message_list.h: every sentence core/ can say, in English; a gettext msgid each.
 *
 * An X-macro list, included by message.h and message.c. Each floor's translation stands in
 * data/po/. A sentence names what is wrong and, after a semicolon, what would be right.
 */

/* entries */
MESSAGE(entry_missing, "is missing; it must be entered")
MESSAGE(entry_utf8, "holds bytes that are no UTF-8 text; enter it again")
MESSAGE(entry_one_line, "goes over several lines; one line is meant")
MESSAGE(entry_length, "has not the right length; the number of characters must be %2")
MESSAGE(entry_number, "“%1” is no number; write digits, such as 15 or 0.5")
MESSAGE(entry_whole, "“%1” is no whole number; write digits, such as 15")
MESSAGE(entry_money,
        "“%1” is no sum in yuan; write digits with at most two decimals, such as 1200.50")
MESSAGE(entry_date, "“%1” is no date; write it as 2019-09-27")
MESSAGE(entry_time, "“%1” is no date and time; write them as 2019-09-27 14:30")
MESSAGE(entry_range, "%1 lies outside what is allowed; it must be %2")
MESSAGE(entry_yesno, "“%1” is neither yes nor no; write one of the two")
MESSAGE(entry_choice, "“%1” is none of the choices; write one of %2")
MESSAGE(entry_choices, "“%1” holds something that is none of the choices; join with + any of %2")
MESSAGE(entry_role, "“%1” may not stand here; write one of %2")
MESSAGE(entry_points, "“%1” has an empty point; write each, divided by |")
MESSAGE(entry_paper, "“%2” is no part of this document; write yes when it is there")
MESSAGE(entry_part_unknown, "“%2” is no part of this document; its parts are %3")
MESSAGE(entry_part_missing, "is not whole; these parts are missing: %2")
MESSAGE(entry_answers, "answers %1 of %2 points; each point needs an entry")

/* what may be done */
MESSAGE(act_state, "cannot be done in state %1; possible here: %2")
MESSAGE(act_closed, "the case is closed (%1); nothing more is done in it")
MESSAGE(act_opened, "the case is open already; open another one")
MESSAGE(act_unopened, "there is no case yet; open it first")
MESSAGE(act_when, "is not possible as the case stands; its condition does not hold")
MESSAGE(act_role, "is not for %1 to do; it is done by %2")
MESSAGE(act_open_role, "is not for %1 to open; it is opened by %2")
MESSAGE(act_open_nobody, "is opened by nobody by hand; it comes from a rule or another case")
MESSAGE(act_org, "is for %1 alone in this case; %2 is another")
MESSAGE(act_desk, "is done by the desk itself; nobody does it by hand")
MESSAGE(act_signed, "%1 has signed already; still to sign: %2")
MESSAGE(act_before, "is dated %1, before the last act of the case (%2); date it that day or later")
MESSAGE(act_before_desk,
        "is dated %1, before %3 which the desk did on %2; have that act annulled first")
MESSAGE(act_future, "is dated %1, after the day it is recorded (%2); date it no later")
MESSAGE(act_backdate, "is dated %1, further back than %2 allowed; the earliest day is %3")
MESSAGE(act_backdate_roles,
        "is dated %1, further back than %2; only %4 may, with a reason, date it before %3")
MESSAGE(act_never_backdate, "is dated %1; acts are dated the day they are recorded (%2)")
MESSAGE(act_before_policy, "is dated %1; the policy is in force only from %2")
MESSAGE(
    act_edit,
    "the application cannot be changed in state %1; only where it is being drafted or supplemented")
MESSAGE(act_not_asked, "is not asked for here; asked for are: %1")
MESSAGE(act_field_unknown, "is no field of this policy; asked for are: %1")
MESSAGE(act_column_unknown, "is no column of the resource list; columns are: %1")
MESSAGE(act_quantity, "“%1” is no quantity; write a number above 0")
MESSAGE(act_no_lines, "has no line; at least one resource must be listed")
MESSAGE(act_line_unknown, "%1 is not on the resource list; its lines are: %2")
MESSAGE(act_rule, "%1")
MESSAGE(act_rule_reason, "%1; may go on with a written reason")
MESSAGE(act_rule_roles, "%1; only %2 may go on, with a written reason")
MESSAGE(act_corrects, "there is no act %1 that could be restated; acts are numbered from 1 to %2")

/* cards */
MESSAGE(remedy_silent, "this policy knows no “%1” of cards; a section [card] with it would")
MESSAGE(remedy_no_run, "there is no such clock in the case; `yuntai show` lists those it has")
MESSAGE(remedy_no_card, "%1 has got no card; %2 needs a yellow or a red one")
MESSAGE(remedy_waived, "the %1 of %2 is waived already, by act %3")
MESSAGE(remedy_apart, "is not for one who has acted in the case (act %1) to do; another of %2 may")
MESSAGE(remedy_not_waived, "no card of %1 is waived; there is nothing to take back")
MESSAGE(remedy_back_person, "is for the one alone who did act %1 to do")
MESSAGE(remedy_back_never,
        "this policy lets no waiver be taken back; back in [card] would say how long")
MESSAGE(remedy_back_late, "act %1 was recorded on %2; it may be taken back for %3 only")

/* script */
MESSAGE(script_bom, "a byte order mark stands here; save the script as UTF-8 without one")
MESSAGE(script_not_utf8, "this is no UTF-8; save the script as UTF-8")
MESSAGE(script_control, "a control character stands here; a line holds text, blanks and tabs")
MESSAGE(script_line_long, "the line is longer than %1 bytes; give some entries with another act")
MESSAGE(script_words_many, "the line has more than %1 words; give some entries with another act")
MESSAGE(script_wrong_many, "%1 lines are wrong; the rest was not read")
MESSAGE(script_quote_open, "the quote that opens here is not closed; end the value with \"")
MESSAGE(script_quote_behind,
        "something follows the closing quote; leave a blank, or write \\\" for a quote inside")
MESSAGE(script_backslash,
        "a backslash stands alone; inside quotes write \\\" for a quote and \\\\ for a backslash")
MESSAGE(script_start,
        "“%1” begins no line; a line begins with a day, such as 2019-09-27, or with answer")
MESSAGE(script_day, "“%1” is no day; write it as 2019-09-27, and a time behind it as 18:30")
MESSAGE(script_time, "“%1” is no time; write it as 18:30, from 00:00 to 23:59")
MESSAGE(script_deed, "what is done is missing; after the day comes open PROCEDURE, an event or ?")
MESSAGE(script_name, "“%1” is no name; names are of a-z, 0-9 and _, a letter first")
MESSAGE(script_open, "the procedure is missing; write open PROCEDURE")
MESSAGE(script_act_number, "“%1” is no number of an act; acts are counted from 1, the opening")
MESSAGE(script_answer, "an answer names one question and one option; write answer QUESTION OPTION")
MESSAGE(script_answer_late, "an answer comes after an act; move it before the first one")
MESSAGE(script_entry, "“%1” is no entry; write name=value, a value with blanks in quotes")
MESSAGE(script_twice, "%1 is given twice in this line; give it once")
MESSAGE(script_case, "the case has no name; write case=NAME")
MESSAGE(script_by, "“%1” names nobody; write by=ROLE or by=ROLE/PERSON")
MESSAGE(script_role, "“%1” is no role; write its name, of a-z, 0-9 and _")
MESSAGE(script_item, "“%1” is no line of the resource list; write item=CODE:QUANTITY,column=value")
MESSAGE(script_quantity,
        "“%1” is no quantity; write digits, such as 4, or nothing to take the line away")
MESSAGE(script_column, "“%1” is no column; write column=value, between commas")
MESSAGE(script_answer_twice, "%1 is answered twice; answer it once")
MESSAGE(script_no_question, "“%1” is no question of this policy; its questions are: %2")
MESSAGE(script_no_option, "“%1” is no option of %2; its options are: %3")
MESSAGE(script_no_procedure, "“%1” is no procedure of this policy; see yuntai policy show")
MESSAGE(script_no_event,
        "“%1” is no event of this policy; write an event, edit, correct N, annul N, explain "
        "CLOCK, waive CLOCK or ?")
MESSAGE(script_near, "“%1” is nothing this policy knows; did you mean %2?")
MESSAGE(script_no_role, "“%1” is no role of this policy; write by=ROLE or by=ROLE/PERSON")
MESSAGE(script_no_fact,
        "“%1” is neither a field nor a fact of this policy; a column is written CODE.column")
MESSAGE(script_no_clock, "“%1” is no clock of this policy; write explain CLOCK, waive CLOCK")
MESSAGE(script_no_run, "there is no card of %1 to be marked: it has not run")
MESSAGE(script_reason, "needs a written reason; write reason=\"…\"")
MESSAGE(script_remedy, "“%1” cannot stand here; a mark takes by=, reason=, case= and recorded=")
MESSAGE(script_bare_column, "“%1” is asked for each line of the resource list; write CODE.%1")
MESSAGE(script_look,
        "“%1” is entered with an act; with ? only surroundings may stand, such as avg.cpu=12")
MESSAGE(script_by_whom, "does not say who acts; write by= and one of: %1")
MESSAGE(script_event, "is no event of %1; its events are: %2")
MESSAGE(script_breaks,
        "would make act %1 %2 impossible, which was done since; annul that act first")

/* day, calendar */
MESSAGE(calendar_memory,
        "there is not enough memory for the calendar; close other programs and try again")
MESSAGE(calendar_range, "notice %1 names a day outside the years 1 to 9999; correct the date")
MESSAGE(
    calendar_contradiction,
    "notice %1 says of one day (%2) both that it is off and that it is worked; keep one of the two")
MESSAGE(calendar_notices,
        "the notices came out on more than 500 days; leave out those that hold no longer")
MESSAGE(calendar_span, "the notices lie more than 300 years apart; correct the dates")

/* conditions: form */
MESSAGE(compile_memory, "there is not enough memory; close other programs and try again")
MESSAGE(expr_number,
        "“%1” is too long for a number; at most twelve digits before the point and six after it")
MESSAGE(expr_date, "there is no day “%1”; a day is written like 2019-09-11")
MESSAGE(expr_unit,
        "“%1” has no known unit; a period is a whole number and wd, d, mo or h, such as 5wd")
MESSAGE(expr_close, "“%1” stands where the bracket goes on or ends; write a comma or )")
MESSAGE(expr_close_end, "the condition ends before its bracket does; write )")
MESSAGE(
    expr_deep,
    "the condition is nested too deeply at “%1”; 32 levels are allowed: give parts of it a name with [term]")
MESSAGE(
    expr_long,
    "with its terms the condition has more than 2000 parts at “%1”; say it with fewer, or in several rules")
MESSAGE(expr_ends, "the condition ends where something should follow; complete it")
MESSAGE(expr_sign,
        "“%1” has no meaning here; a name, a number, a date, a period, a call or ( is expected")
MESSAGE(expr_word, "“%1” is no word; the name of a choice, level, state or role is expected")
MESSAGE(expr_more, "“%1” follows a condition that is complete; join two with and or or")

/* conditions: meaning */
MESSAGE(expr_want, "this comes to a %1; a %2 is meant here")
MESSAGE(expr_unlike, "a %1 and a %2 do not go together; both must be of one type")
MESSAGE(expr_apart,
        "the two have no word in common, so they are never equal; compare what shares its words")
MESSAGE(expr_text, "text cannot be compared; ask known(…) whether it was entered")
MESSAGE(expr_words, "several words cannot be compared; ask WORD in NAME")
MESSAGE(
    expr_order,
    "a %1 is neither more nor less than another; use = or !=, or compare numbers, days or moments")
MESSAGE(
    expr_sum,
    "a %1 and a %2 cannot be added; add numbers, or a period to a day or moment (hours to a moment)")
MESSAGE(expr_in,
        "a %1 holds no words; after in comes a list in brackets or a field of type choices")
MESSAGE(expr_in_left, "a %1 stands before in; a word is meant there")
MESSAGE(expr_no_word, "“%1” is none of the words that may stand here; write one of %2")
MESSAGE(expr_no_word_near, "“%1” is none of the words that may stand here; did you mean %2?")
MESSAGE(
    expr_misplaced,
    "“%1” cannot be known here, where conditions speak of %2; use facts of that, or ask it in a rule or event")
MESSAGE(
    expr_column,
    "“%1” is no column of the resource list; columns are quantity, before, listed, the measures and the fields with per item")
MESSAGE(expr_column_near, "“%1” is no column of the resource list; did you mean item.%2?")
MESSAGE(expr_item, "“%1” is asked of a line; it stands inside any(…) or all(…)")
MESSAGE(expr_per_item,
        "“%1” is a column of the resource list; write item.%1 inside any(…) or all(…)")
MESSAGE(
    expr_system,
    "“%1” is nothing known of a system; write system.online, system.opened, system.closed or system. and a field that is no column")
MESSAGE(expr_system_near, "“%1” is nothing known of a system; did you mean system.%2?")
MESSAGE(
    expr_dotted,
    "“%1” is no fact; names with a dot are item.X, system.X, org.level, resource.used and resource.delivered")
MESSAGE(expr_circle, "term “%1” means itself; define it without itself")
MESSAGE(
    expr_name,
    "“%1” is nothing this policy knows; write a field, a term or a fact of the guide's section 5")
MESSAGE(expr_name_near, "“%1” is nothing this policy knows; did you mean %2?")
MESSAGE(expr_argument, "“%1” may not stand in these brackets; a name is meant there (%2)")
MESSAGE(expr_argument_near, "“%1” may not stand in these brackets; did you mean %2?")
MESSAGE(expr_arguments, "%1(…) does not take so many arguments; it takes %2")
MESSAGE(expr_function, "there is no function “%1”; the functions are listed by yuntai policy keys")
MESSAGE(expr_function_near, "there is no function “%1”; did you mean %2?")
MESSAGE(
    expr_function_misplaced,
    "%1(…) has nothing to speak of here, where conditions speak of %2; the guide's section 5 says where it may stand")

/* things and their keys */
MESSAGE(draft_kind, "there is no kind “%1”; the kinds are listed by yuntai policy keys")
MESSAGE(draft_kind_near, "there is no kind “%1”; did you mean %2?")
MESSAGE(draft_single, "[%1] has no name behind it; write [%1] alone")
MESSAGE(draft_owner, "[%1] says not whose; write [%1.OWNER] with lines, or [%1.OWNER.NAME]")
MESSAGE(draft_name, "“%1” is no name; names are a-z, 0-9 and _, a letter first")
MESSAGE(draft_number, "“%1” is no article; its name is its number, such as 12")
MESSAGE(draft_twice, "is written already, in its short or its long form; write it once")
MESSAGE(draft_key_twice, "the key is written twice; keep one of the two")
MESSAGE(draft_key_unknown, "“%1” is no key of %2; yuntai policy keys %2 lists them")
MESSAGE(draft_key_near, "“%1” is no key of %2; did you mean %3?")
MESSAGE(
    draft_piece,
    "“%1” is no key of %2 and reads as part of %3, which takes no list; write a key first (a title holds no ASCII comma: write ，)")
MESSAGE(draft_piece_near,
        "“%1” is no key of %2 and reads as part of %3, which takes no list; did you mean %4?")
MESSAGE(draft_empty_piece, "there is nothing between two commas; take one away")
MESSAGE(draft_no_question, "there is no question “%1”; yuntai policy show lists them")
MESSAGE(draft_no_option, "question “%1” has no option “%2”; yuntai policy show lists them")

/* file */
MESSAGE(ini_huge, "the file has more than 1 MiB; a policy is text of some hundred KiB at most")
MESSAGE(ini_bom, "the file begins with a byte order mark; save it as UTF-8 without BOM")
MESSAGE(ini_utf8, "here stand bytes that are no UTF-8 text; save the file as UTF-8")
MESSAGE(ini_nul, "here stands a NUL byte; take it out, a policy is text")
MESSAGE(ini_control,
        "here stands a control character; only blanks and tabs may stand between words")
MESSAGE(ini_cr, "the line ends in CR LF, as may others; save the file with LF alone at line ends")
MESSAGE(
    ini_long,
    "the line has %1 bytes together with what \\ joins to it; it must be shorter than 1024: write the thing in its long form or give parts of it a name")
MESSAGE(ini_open,
        "the file ends where \\ says that the line goes on; take the \\ out or write the rest")
MESSAGE(ini_many, "here the file has more than %1 sections and keys; leave some out")
MESSAGE(ini_line, "the line is none of [section], key = value and ; comment; write one of them")
MESSAGE(ini_section_open, "the section is not closed; write ] behind its name")
MESSAGE(ini_section_rest, "something follows the section's ]; write it on a line of its own")
MESSAGE(ini_section_empty, "the section has no name; write one between [ and ]")
MESSAGE(ini_section_capitals, "section “%1” has capitals; write it in small letters")
MESSAGE(ini_colon, "section “%1” has a colon; its parts are joined by dots")
MESSAGE(ini_no_section, "the key stands before any section; write [section] above it")
MESSAGE(ini_key_empty, "there is no key before =; write one")
MESSAGE(ini_key_capitals, "key “%1” has capitals; write it in small letters")
MESSAGE(ini_key_twice, "the key stands in line %1 already; keep one of the two")
MESSAGE(
    ini_quote,
    "the value begins with %1 and no second %1 closes it; write one at its end or take the first out")
MESSAGE(ini_quote_rest, "something follows the value's closing %1; put it inside, or behind a ;")
MESSAGE(ini_differs,
        "the value reads as “%1” and as “%2”; put it in \"…\" so that it can be read one way only")
MESSAGE(
    ini_load,
    "the file could not be read a second time to compare its values; try again with less in memory")

/* what keys say */
MESSAGE(build_no_policy, "there is no [policy]; begin the file with it")
MESSAGE(build_required, "the key %1 is missing (%2); write it")
MESSAGE(build_title, "the title is empty; write what people are shown")
MESSAGE(build_owner, "there is no %2 “%1”; declare it, or correct the section")
MESSAGE(build_most, "there are too many things of this kind; %1 is the most")
MESSAGE(build_queries, "the policy asks cases() too often; 512 times is the most")
MESSAGE(build_schema, "“%1” is no version of the policy language this program knows; write 1")
MESSAGE(build_id, "“%1” is no name for a policy; a-z, 0-9, _ and - are allowed")
MESSAGE(
    build_reads,
    "“%1” reads as an item of %2 and is no name; write each key and its value as a piece of its own")
MESSAGE(build_reads_near, "“%1” reads as an item of %2 and is no name; did you mean the key %3?")
MESSAGE(build_name, "there is no %2 “%1”; declare it, or write one that there is")
MESSAGE(build_name_near, "there is no %2 “%1”; did you mean %3?")
MESSAGE(build_name_key, "there is no %2 “%1”; declare it, or did you mean the key %3?")
MESSAGE(build_flag, "“%1” is neither yes nor no; write yes, or leave the key out")
MESSAGE(build_words, "“%1” may not stand here; write one of %2")
MESSAGE(build_date, "“%1” is no date; write it as 2019-09-11")
MESSAGE(build_time, "“%1” is no time of day; write it as 17:30, at most 24:00")
MESSAGE(build_number, "“%1” is no number that fits; write digits, such as 2")
MESSAGE(build_period, "“%1” is no period; write a whole number and wd, d, mo or h, such as 5wd")
MESSAGE(
    build_backdate,
    "“%1” does not say how far back; write a period, or a period else roles, such as 5wd else leader")
MESSAGE(build_label, "“%1” is no label; write a name and its title, such as city 市级")
MESSAGE(
    build_label_key,
    "“%1” is no label; write a name and its title, such as city 市级, or did you mean the key %2?")
MESSAGE(build_label_twice, "“%1” stands twice among the labels; take one away")
MESSAGE(build_labels_most, "there are too many labels; 60 is the most")
MESSAGE(build_grade,
        "“%1” has no lower bound; write a name, its title and a number, such as good 良好 80")
MESSAGE(build_end,
        "“%1” is no end of a range; write a number, or nothing for an open end, such as 15..30")
MESSAGE(build_end_date,
        "“%1” is no end of a range of dates; write a date, today, now, +90d or -10wd")
MESSAGE(build_range, "in “%1” the first end lies above the second; turn them round")
MESSAGE(build_no_unit, "“%1” follows the range of a %2, which has no unit; take it away")
MESSAGE(build_points, "“%1” is no field of type points; answers speak of such a field")
MESSAGE(build_two_types, "the field has two types, %1 and %2; keep one")
MESSAGE(build_choice, "there is nothing to choose; write labels, such as new 新建, migrate 迁移")
MESSAGE(
    build_no_type,
    "the field has no type; write one of text, lines, number, money, date, time, yesno, choice, choices, role, org, orgs, system, items, points, answers, paper")
MESSAGE(build_default,
        "“%1” could not be entered in this field; write a default that its type and range allow")
MESSAGE(build_length,
        "“%1” is no length of time; write a period, or a number field whose unit is wd, d, mo or h")
MESSAGE(
    build_anchor,
    "“%1” has no date; write a field of type date or time, due, an event, a state, or end of a clock")
MESSAGE(build_limit,
        "“%1” is no limit; write a length, a length after or before an anchor, or a date field")
MESSAGE(build_no_limit, "the clock has neither limit nor least; write one of them")
MESSAGE(build_who,
        "“%1” cannot have the case; write a role, a field of type role, owner, payer or desk")
MESSAGE(build_tell, "“%1” cannot be told; write roles, or fields of type role, org or orgs")
MESSAGE(build_stage, "“%1” is no stage of the procedure; write one of its stages")
MESSAGE(build_with, "it is not said whose turn it is; write with, or final where the case is over")
MESSAGE(build_names_and_holds, "clock %1 both runs and stands still here; take one of the two away")
MESSAGE(build_to_middle,
        "“%1” has no condition, so what follows it is never reached; write if, or put it last")
MESSAGE(build_to_last,
        "the last state has a condition; the last one must do without, so that there always is one")
MESSAGE(build_extends,
        "“%1” does not say by how much; write CLOCK by a period or field, or CLOCK to a date field")
MESSAGE(build_fills, "an inventory cannot fill in “%1”; name numbers per item of this event's form")
MESSAGE(build_no_states, "the procedure has no states; write [state.PROCEDURE] with some")
MESSAGE(
    build_due,
    "“%1” is no day of a period; write day 5, wd 3, last day, last wd or 09-30, with of next month where meant, or a period")
MESSAGE(build_occasion,
        "“%1” is no event of a procedure; write PROCEDURE.EVENT, such as access.pass")
MESSAGE(build_remedy, "“%1” is nothing that is done about a card; write explain, waive or urge")
MESSAGE(build_remedy_near, "“%1” is nothing that is done about a card; perhaps “%2”")
MESSAGE(build_remedy_needs, "%1 needs the key %2; add it")
MESSAGE(build_remedy_key, "does not belong to %1; take the key away")
MESSAGE(build_remedy_field,
        "“%1” cannot stand here; name one %3 field that the form of procedure %2 asks for")
MESSAGE(build_for, "“%1” is no run of months; write 3mo, or 2 of 3mo")
MESSAGE(build_part, "“%1” is no part of the score; write one of its parts")
MESSAGE(build_path,
        "“%1” leads to no thing; write KIND.NAME.KEY or KIND.OWNER.NAME.KEY, as it is declared")
MESSAGE(build_path_key, "“%1” ends in no key of that thing; yuntai policy keys lists them")
MESSAGE(build_path_twice, "question %1 changes this key too; no two questions may change one key")
MESSAGE(build_answer_path,
        "this option is the answer, so the file as written is it; it changes nothing")
MESSAGE(build_no_option,
        "“%1” is no option of this question; write [option] with it, or name one that there is")
MESSAGE(build_options, "the question has not two options; write each reading as an option")
MESSAGE(build_reserved, "“%1” is a word of the language; choose another name")
MESSAGE(build_own_act,
        "“%1” is an act of the desk itself in every procedure; choose another name, such "
        "as %1_%2")
MESSAGE(build_kind_name, "“%1” is the name of a kind; choose another name for the procedure")
MESSAGE(build_key_name,
        "“%1” is a key of %2, in whose lists it would begin a new key; choose another name")
MESSAGE(build_same_name, "a %2 has the name “%1” already; names must differ here")
MESSAGE(
    build_field_name,
    "a state or event of procedure %2 has the name “%1” already; fields asked there must differ")

/* what the whole must hold */
MESSAGE(check_final_clock, "a final state has no clock: the case is over; take the key away")
MESSAGE(check_leaves_final, "“%1” is final: nothing leaves it; take it away")
MESSAGE(
    check_answers_many,
    "the options make more than 20000 pairs and only the first were checked; ask fewer questions at once")
MESSAGE(check_unreached, "state %1 is never reached; lead an event to it, or take it away")
MESSAGE(check_no_end, "from state %1 no final state can be reached; add an event that leads on")
MESSAGE(
    check_nobody,
    "nobody can act here: no event leaves it that the %2 may do; add an event from %1, or expires on a clock that runs here")
MESSAGE(
    check_desk_waits,
    "the desk waits here for ever: no event from %1 is by desk with a when; add one, or expires on a clock that runs here")
MESSAGE(
    check_circle,
    "the desk alone goes round for ever: %2; let a person take one of the steps, or lead one out of the circle")
MESSAGE(
    check_undated,
    "“%1” need not have a date in procedure %2 when state %3 is reached; ask for it, or let it happen, on every way there")
MESSAGE(
    check_no_due,
    "no duty or bill opens procedure %1, so its cases have no due day; count from something else")
MESSAGE(check_holds,
        "clock %1 runs in no state before this one; hold it only after a state that names it")
MESSAGE(check_holds_none, "no clock runs in a state before this one; take holds away")
MESSAGE(check_holds_before, "clock %1 counts back from a day and is never held; take it away")
MESSAGE(
    check_expires,
    "event %1 of procedure %2 is not possible in state %3, where the clock runs; add that state to its from")
MESSAGE(check_uncited,
        "cites no article; write article, or basis house for a rule of the bureau's own")
MESSAGE(check_article,
        "nothing comes of this article; cite it where something does, or say why not with silent")
MESSAGE(check_weights, "the weights of its metrics make %1; they must make 100")
MESSAGE(check_grades, "the grades do not fall to 0; write the highest bound first and 0 last")
MESSAGE(
    check_due_each,
    "“%1” does not fit each; day and wd go with month or of next month, MM-DD with year, a period with an event")
MESSAGE(check_empty_form, "the form has no field; write [field.NAME] with some")
MESSAGE(check_unused, "this %1 is used nowhere; use it, or take it away")
MESSAGE(check_nowhere, "the clock runs nowhere; name it in a state or procedure")
MESSAGE(check_unopened,
        "nobody and nothing opens this procedure; write by, or let a duty, rule or case open it")

/* query; %1 is the column */
MESSAGE(query_long, "the query is too long; at most %1 bytes are read")
MESSAGE(query_utf8, "column %1 holds bytes that are no UTF-8 text; type it again")
MESSAGE(query_terms, "column %1: there are too many terms; at most %2 are read")
MESSAGE(query_values, "column %1: there are too many values; at most %2 may stand behind a field")
MESSAGE(query_quote, "column %1: the quote does not end; write another at its end")
MESSAGE(query_minus, "column %1: - stands alone; write behind it what shall not be, as in -paused")
MESSAGE(query_field, "column %1: “%2” is no field; write one of %3, or put text in quotes")
MESSAGE(query_field_near, "column %1: “%2” is no field; write %3, or put text in quotes")
MESSAGE(query_word, "column %1: “%2” takes no value; write it alone, or put text in quotes")
MESSAGE(query_compare, "column %1: “%2” is no date and cannot be compared; write : and a value")
MESSAGE(query_value, "column %1: a value is missing; write one, as in state:review or due:today")
MESSAGE(query_date,
        "column %1: “%2” is no date; write it as 2026-12-01, today, 3wd, 7d, 2mo or -7d")
MESSAGE(query_date_one, "column %1: only one date can be compared with; write one")
MESSAGE(query_sort, "column %1: “%2” is nothing to sort by; write one of %3")
MESSAGE(query_sort_near, "column %1: “%2” is nothing to sort by; write %3")
MESSAGE(query_sort_not, "column %1: the order cannot be denied; write sort:-%2 for the reverse")
MESSAGE(query_sort_twice, "column %1: there is one order only; write sort: once, with one name")
