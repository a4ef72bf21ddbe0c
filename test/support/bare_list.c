/* bare_list.c: as short as such a program can be; curses finds what differs. */
#include "test/support/bare_list.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <stdlib.h>

#include "core/text.h"
#include "test/support/great_city.h"

enum { ROWS = 1000, HEAD = 3, FOOT = 2 };

static void write_row(int64_t index, struct city_case *found, struct text *out)
{
    city_case(index, found);
    text_addf(out, " 入云〔2026〕%d号  ", (int)index + 1);
    text_add(out, text_bytes(&found->title));
    text_addf(out, "  待受理  钱慧  12-%d  剩 %d 工作日", (int)(index % 28) + 1, (int)(index % 9));
}

static struct text *make_rows(void)
{
    struct text *rows = calloc(ROWS, sizeof *rows);
    struct city_case found = {0};
    for (int64_t i = 0; rows && i < ROWS; i++) {
        write_row(i, &found, &rows[i]);
    }
    text_free(&found.title);
    return rows;
}

static void draw(const struct text *rows, int top, int chosen)
{
    erase();
    mvaddstr(0, 0, " 云台  [申请]");
    for (int line = 0; line < LINES - HEAD - FOOT && top + line < ROWS; line++) {
        attrset(top + line == chosen ? A_REVERSE : COLOR_PAIR((top + line) % 5 == 0 ? 1 : 0));
        mvaddstr(HEAD + line, 0, text_bytes(&rows[top + line]));
    }
    attrset(A_NORMAL);
    mvprintw(LINES - 1, 0, "%d/%d", chosen + 1, ROWS);
    refresh();
}

static int moved(int chosen, int key)
{
    int page = LINES - HEAD - FOOT;
    chosen = key == KEY_DOWN    ? chosen + 1
             : key == KEY_NPAGE ? chosen + page
             : key == KEY_HOME  ? 0
             : key == KEY_END   ? ROWS - 1
                                : chosen;
    return chosen < ROWS ? chosen : ROWS - 1;
}

int bare_list_run(void)
{
    struct text *rows = make_rows();
    int top = 0, chosen = 0, key = 0;
    if (!rows) {
        return 1;
    }
    setlocale(LC_ALL, "");
    initscr();
    start_color();
    use_default_colors();
    init_pair(1, COLOR_YELLOW, -1);
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    idlok(stdscr, TRUE);
    curs_set(0);
    while (key != 'q') {
        int page = LINES - HEAD - FOOT;
        draw(rows, top, chosen);
        key = getch();
        chosen = moved(chosen, key);
        top = chosen < top ? chosen : chosen >= top + page ? chosen - page + 1 : top;
    }
    endwin();
    for (int i = 0; i < ROWS; i++) {
        text_free(&rows[i]);
    }
    free(rows);
    return 0;
}
