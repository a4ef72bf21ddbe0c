/*
 * action_list.h: ACTION(NAME, name, keys, where, flags, label, help). See action.h.
 *
 * In the order of the help screen: moving, looking, asking, doing, the screens, the console itself.
 * A key is "Space" or such, or one character; the first is the one that is shown.
 */

/* moving */
ACTION(DOWN, "down", "j Down", WHERE_EVERYWHERE, 0, N_("down"), N_("The next row."))
ACTION(UP, "up", "k Up", WHERE_EVERYWHERE, 0, N_("up"), N_("The row before."))
ACTION(FIRST, "first", "g Home", WHERE_EVERYWHERE, 0, N_("first"), N_("The first row."))
ACTION(LAST, "last", "G End", WHERE_EVERYWHERE, 0, N_("last"), N_("The last row."))
ACTION(PAGE_DOWN, "page-down", "Ctrl-F PgDn", WHERE_EVERYWHERE, 0, N_("page down"),
       N_("A page on; in a form the next section."))
ACTION(PAGE_UP, "page-up", "Ctrl-B PgUp", WHERE_EVERYWHERE, 0, N_("page up"),
       N_("A page back; in a form the section before."))
ACTION(HALF_DOWN, "half-down", "Ctrl-D", WHERE_EVERYWHERE, 0, N_("half a page down"),
       N_("Half a page on."))
ACTION(HALF_UP, "half-up", "Ctrl-U", WHERE_EVERYWHERE, 0, N_("half a page up"),
       N_("Half a page back."))
ACTION(LEFT, "left", "h Left", WHERE_EVERYWHERE, 0, N_("to the left"),
       N_("Across to the left: columns, days, months."))
ACTION(RIGHT, "right", "l Right", WHERE_EVERYWHERE, 0, N_("to the right"),
       N_("Across to the right: columns, days, months."))
ACTION(NEXT_PANE, "next-pane", "Tab", WHERE_EVERYWHERE, 0, N_("next part"),
       N_("The next pane, section or field."))
ACTION(PREVIOUS_PANE, "previous-pane", "Shift-Tab", WHERE_EVERYWHERE, 0, N_("part before"),
       N_("The pane, section or field before."))
ACTION(OPEN, "open", "Enter", WHERE_EVERYWHERE, 0, N_("open it"),
       N_("Opens or chooses what is under the cursor."))
ACTION(BACK, "back", "Esc q", WHERE_EVERYWHERE, ACTION_SHELL, N_("back"),
       N_("One step back; never ends the program."))
ACTION(PREVIOUS, "previous", "[", WHERE_LIST, 0, N_("previous"),
       N_("The one before of the same kind: case, month, year."))
ACTION(NEXT, "next", "]", WHERE_LIST, 0, N_("next"),
       N_("The next of the same kind: case, month, year."))

/* looking */
ACTION(PREVIEW, "preview", "v", WHERE_LIST, 0, N_("preview"), N_("Preview on, off."))
ACTION(FILTER, "filter", "/", WHERE_EVERYWHERE, ACTION_SHELL, N_("narrow"),
       N_("Narrows the list as a query is typed."))
ACTION(VIEWS, "views", "'", WHERE_EVERYWHERE, ACTION_SHELL, N_("views"),
       N_("Saved views: one's own and shared ones."))
ACTION(SORT, "sort", "o", WHERE_LIST, 0, N_("sort"), N_("Sorts by the next column."))
ACTION(SORT_BACK, "sort-back", "O", WHERE_LIST, 0, N_("reverse"), N_("Turns the order round."))
ACTION(COLUMNS, "columns", "c", WHERE_LIST, ACTION_SHELL, N_("columns"),
       N_("Which columns stand there, in which order, how wide."))
ACTION(STYLE, "style", "s", WHERE_LIST, 0, N_("view as"),
       N_("Another form of the same: list, month, graph."))
ACTION(FACETS, "facets", "f", WHERE_LIST, ACTION_SHELL, N_("facets"),
       N_("By person, card, article, organisation."))
ACTION(REFRESH, "refresh", "r F5", WHERE_EVERYWHERE, ACTION_SHELL, N_("refresh"),
       N_("Asks the desk anew."))

/* asking */
ACTION(
    WHY, "why", "?", WHERE_EVERYWHERE, ACTION_SHELL, N_("why"),
    N_("Why: the date, the act that cannot be done, the rule under the cursor; again: the keys."))
ACTION(HELP, "help", "F1", WHERE_EVERYWHERE, ACTION_SHELL, N_("keys"),
       N_("The keys that hold here."))
ACTION(PALETTE, "palette", ":", WHERE_EVERYWHERE, ACTION_SHELL, N_("command"),
       N_("Finds actions, screens, views and cases by a few letters."))
ACTION(WHATIF, "what-if", "w", WHERE_LIST, ACTION_SHELL | ACTION_ROW, N_("what if"),
       N_("What would follow if it were done on another day."))
ACTION(COPY, "copy", "y", WHERE_LIST, ACTION_SHELL, N_("copy"),
       N_("Copies the number, or what a sheet says, to the clipboard."))
ACTION(EXPORT, "export", "e", WHERE_LIST, ACTION_SHELL, N_("export"),
       N_("Writes what is shown to a file."))
ACTION(PRINT, "print", "p", WHERE_LIST, ACTION_SHELL, N_("print"),
       N_("Writes what is shown as plain text."))

/* doing */
ACTION(ACT, "act", "a", WHERE_LIST, ACTION_SHELL | ACTION_ROW | ACTION_BULK | ACTION_WRITES,
       N_("act"), N_("Acts on the case, or on all that are marked: then a letter."))
ACTION(MARK, "mark", "Space", WHERE_LIST, ACTION_ROW, N_("mark"),
       N_("Marks the row and goes down."))
ACTION(MARK_ALL, "mark-all", "*", WHERE_LIST, 0, N_("mark all"),
       N_("Marks all that are shown; again: turns the marks round."))
ACTION(UNDO, "undo", "u", WHERE_LIST, 0, N_("undo"),
       N_("Takes the last step of looking back: marks, filter, order, view."))
ACTION(NEXT_URGENT, "next-urgent", "n", WHERE_LIST, ACTION_SHELL, N_("next urgent"),
       N_("The next case by urgency."))
ACTION(NOTE, "note", "m", WHERE_LIST, ACTION_SHELL | ACTION_ROW | ACTION_WRITES, N_("add a note"),
       N_("A note on the case; moves no state and no clock."))
ACTION(NEW, "new", "+", WHERE_LIST, ACTION_WRITES, N_("new"), N_("A new one of what is listed."))
ACTION(IMPORT, "import", "i", WHERE_LIST, ACTION_WRITES, N_("bring in"),
       N_("Brings in a file: findings, a notice, a table."))
ACTION(
    CORRECT, "correct", "E", WHERE_LIST, ACTION_WRITES, N_("correct"),
    N_("Restates what is under the cursor: an act of a case, an entry of a register, an answer."))
ACTION(ANNUL, "annul", "X", WHERE_LIST, ACTION_WRITES | ACTION_DANGER, N_("take back"),
       N_("Takes back what is under the cursor: an act of a case, a number of the register."))
ACTION(ATTACH, "attach", "A", WHERE_LIST, ACTION_SHELL | ACTION_ROW | ACTION_WRITES, N_("attach"),
       N_("Puts a document into the case."))
ACTION(LETTER, "letter", "L", WHERE_LIST, ACTION_SHELL | ACTION_ROW | ACTION_WRITES, N_("letter"),
       N_("A letter of the case: looked at, written under its number, saved to a file."))
ACTION(HANDOVER, "handover", "H", WHERE_LIST, ACTION_SHELL | ACTION_BULK | ACTION_WRITES,
       N_("hand over"),
       N_("Hands over the case, or all that are marked; without a case all that somebody has."))
ACTION(SUCCEED, "succeed", "S", WHERE_LIST, ACTION_WRITES, N_("what it became"),
       N_("Renames, merges or splits the organisation, from a day on."))
ACTION(CHECKPOINT, "checkpoint", "K", WHERE_LIST, ACTION_WRITES, N_("checkpoint"),
       N_("Signs the end of the record, to be kept outside."))
ACTION(VERIFY, "verify", "V", WHERE_LIST, 0, N_("go through all"),
       N_("Goes through the whole record: is it what it was? Esc stops it."))
ACTION(BACKUP, "backup", "B", WHERE_LIST, 0, N_("back up"),
       N_("Copies the workspace into a new directory, and goes through the copy."))
ACTION(SUBMIT, "submit", "Ctrl-S", WHERE_EVERYWHERE, ACTION_WRITES, N_("submit"),
       N_("Looks before submitting, then submits."))

/* in a form, where letters type */
ACTION(NEXT_WRONG, "next-wrong", "Ctrl-N", WHERE_FORM, 0, N_("next to correct"),
       N_("The next field that has to be corrected."))
ACTION(PICK, "pick", "Ctrl-O F4", WHERE_FORM, 0, N_("choose"),
       N_("What the field offers: a list, a calendar, files, long text."))
ACTION(MAKE_RULE, "make-rule", "Ctrl-R", WHERE_FORM, ACTION_WRITES, N_("make a rule"),
       N_("Whatever is called so belongs to the same, from now on."))
ACTION(RULE, "rule", "Ctrl-T F1", WHERE_FORM, 0, N_("rule"),
       N_("The rule and article of the field."))
ACTION(UNDO_FIELD, "undo-field", "Ctrl-Z", WHERE_FORM, 0, N_("as it was"),
       N_("The field as it was before."))

/* in a sheet that is chosen from */
ACTION(SAVE, "save", "S", WHERE_SHEET, 0, N_("save"), N_("Saves what is shown as a view."))
ACTION(DELETE, "delete", "x", WHERE_SHEET, 0, N_("delete"), N_("Deletes what is one's own."))
ACTION(SHARE, "share", "@", WHERE_SHEET, 0, N_("share"), N_("Shares it with the others."))
ACTION(DISCARD, "discard", "d", WHERE_SHEET, 0, N_("discard"), N_("Throws the draft away."))
ACTION(OLDER, "older", "Ctrl-P", WHERE_SHEET, 0, N_("last ones"), N_("What was typed before."))
ACTION(NEWER, "newer", "Ctrl-N", WHERE_SHEET, 0, N_("newer ones"), N_("What was typed after that."))
ACTION(COPY_COMMAND, "copy-command", "Ctrl-Y", WHERE_SHEET, 0, N_("copy command"),
       N_("Copies the command line that does the same."))

/* the screens */
ACTION(SCREEN_1, "screen-1", "1", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 1"),
       N_("That screen."))
ACTION(SCREEN_2, "screen-2", "2", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 2"),
       N_("That screen."))
ACTION(SCREEN_3, "screen-3", "3", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 3"),
       N_("That screen."))
ACTION(SCREEN_4, "screen-4", "4", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 4"),
       N_("That screen."))
ACTION(SCREEN_5, "screen-5", "5", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 5"),
       N_("That screen."))
ACTION(SCREEN_6, "screen-6", "6", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 6"),
       N_("That screen."))
ACTION(SCREEN_7, "screen-7", "7", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 7"),
       N_("That screen."))
ACTION(SCREEN_8, "screen-8", "8", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 8"),
       N_("That screen."))
ACTION(SCREEN_9, "screen-9", "9", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 9"),
       N_("That screen."))
ACTION(SCREEN_0, "screen-0", "0", WHERE_EVERYWHERE, ACTION_SHELL, N_("screen 0"),
       N_("That screen."))

/* the console itself */
ACTION(MESSAGES, "messages", "", WHERE_EVERYWHERE, ACTION_SHELL, N_("messages"),
       N_("The last 200 messages."))
ACTION(LANGUAGE, "language", "", WHERE_EVERYWHERE, ACTION_SHELL, N_("language"),
       N_("The other language, at once."))
ACTION(THEME, "theme", "", WHERE_EVERYWHERE, ACTION_SHELL, N_("theme"), N_("The next theme."))
ACTION(REPAINT, "repaint", "Ctrl-L", WHERE_EVERYWHERE, ACTION_SHELL, N_("repaint"),
       N_("Paints the whole screen anew."))
ACTION(STOP, "stop", "Ctrl-C", WHERE_EVERYWHERE, ACTION_SHELL, N_("stop"),
       N_("Stops what runs; never ends the program."))
ACTION(QUIT, "quit", "Q", WHERE_EVERYWHERE, ACTION_SHELL, N_("quit"), N_("Leaves the console."))
