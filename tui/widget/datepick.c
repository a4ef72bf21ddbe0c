/* datepick.c: a day, typed or picked. */
#include "tui/widget/datepick.h"

#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/text.h"

/* ---- which days rest ---- */

static struct datepick_day *find(const struct datepick_days *days, int32_t day)
{
    for (int i = 0; i < days->count; i++) {
        if (days->days[i].day == day) {
            return (struct datepick_day *)&days->days[i];
        }
    }
    return NULL;
}

static void take(struct datepick_days *days, int32_t day, bool works)
{
    struct datepick_day *known = find(days, day);
    if (!known && days->count < DATEPICK_DAYS_MOST) {
        known = &days->days[days->count++];
    }
    if (known) {
        *known = (struct datepick_day){day, works};
    }
}

static void settle(struct datepick_days *days, int year)
{
    days->first_year = !days->first_year || year < days->first_year ? year : days->first_year;
    days->last_year = year > days->last_year ? year : days->last_year;
}

void datepick_take(struct datepick_days *days, const struct parcel *reply)
{
    const struct table *notices = parcel_find(reply, "notices");
    for (size_t row = 0; notices && row < table_rows(notices); row++) {
        const char *date = table_cell(notices, row, "date");
        const char *kind = table_cell(notices, row, "kind");
        const char *covers = table_cell(notices, row, "covers");
        int32_t day;
        if (!date || !kind || !day_parse(date, strlen(date), &day)) {
            continue;
        }
        if (covers && *covers) {
            settle(days, (int)strtol(covers, NULL, 10));
        } else if (datepick_settled(days, day)) {
            continue; /* what was provisional gives way */
        }
        take(days, day, strcmp(kind, "workday") == 0);
    }
}

void datepick_put(const struct datepick_days *days, struct parcel *parcel)
{
    static const struct column columns[] = {
        {"date", CELL_DAY, NULL}, {"kind", CELL_NAME, NULL}, {"covers", CELL_NAME, NULL}};
    struct table *table = parcel_table(parcel, "notices", columns, 3);
    for (int i = 0; i < days->count; i++) {
        int year;
        day_to_civil(days->days[i].day, &year, NULL, NULL);
        table_day(table, days->days[i].day);
        table_text(table, days->days[i].works ? "workday" : "holiday");
        if (datepick_settled(days, days->days[i].day)) {
            table_int(table, year);
        } else {
            table_text(table, NULL);
        }
    }
}

bool datepick_works(const struct datepick_days *days, int32_t day)
{
    const struct datepick_day *known = find(days, day);
    return known ? known->works : day_weekday(day) < 6;
}

bool datepick_settled(const struct datepick_days *days, int32_t day)
{
    int year;
    day_to_civil(day, &year, NULL, NULL);
    return year >= days->first_year && year <= days->last_year;
}

/* COUNT working days on, or back. */
static bool shift_working(const struct datepick_days *days, int32_t from, int64_t count,
                          int32_t *day)
{
    int by = count < 0 ? -1 : 1;
    int32_t at = from;
    for (int64_t left = count * by; days && left > 0;) {
        at = day_add(at, by);
        if (at == DAY_NONE) {
            return false;
        }
        left -= datepick_works(days, at);
    }
    *day = at;
    return days != NULL;
}

/* ---- typed ---- */

static bool starts(const char *text, const char *word, size_t *length)
{
    *length = strlen(word);
    return strncmp(text, word, *length) == 0;
}

static bool word_day(const char *text, int32_t today, int32_t *day)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"today", 0},      {"今天", 0},  {"今日", 0},  {"tomorrow", 1},
                 {"明天", 1},       {"明日", 1},  {"后天", 2},  {"大后天", 3},
                 {"yesterday", -1}, {"昨天", -1}, {"昨日", -1}, {"前天", -2}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i].word) == 0) {
            *day = day_add(today, words[i].days);
            return true;
        }
    }
    return false;
}

/* +12wd, -3d, +2mo, +3天, +5个工作日 */
static bool offset_day(const char *text, int32_t today, const struct datepick_days *days,
                       int32_t *day)
{
    static const struct {
        const char *unit;
        char kind;
    } units[] = {{"wd", 'w'},   {"个工作日", 'w'}, {"工作日", 'w'}, {"mo", 'm'},
                 {"个月", 'm'}, {"月", 'm'},       {"w", '7'},      {"周", '7'},
                 {"d", 'd'},    {"天", 'd'},       {"日", 'd'},     {"", 'd'}};
    char *unit;
    long count = text[1] >= '0' && text[1] <= '9' ? strtol(text, &unit, 10) : 0;
    if ((text[0] != '+' && text[0] != '-') || text[1] < '0' || text[1] > '9' ||
        labs(count) > 9999) {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].unit) != 0) {
            continue;
        }
        if (units[i].kind == 'w') {
            return shift_working(days, today, count, day);
        }
        *day = units[i].kind == 'm' ? day_add_months(today, count)
                                    : day_add(today, count * (units[i].kind == '7' ? 7 : 1));
        return *day != DAY_NONE;
    }
    return false;
}

static int weekday_named(const char *text)
{
    static const char *const names[][5] = {{"一", "mon", "monday"},
                                           {"二", "tue", "tuesday"},
                                           {"三", "wed", "wednesday"},
                                           {"四", "thu", "thursday"},
                                           {"五", "fri", "friday"},
                                           {"六", "sat", "saturday"},
                                           {"日", "天", "七", "sun", "sunday"}};
    for (int day = 0; day < 7; day++) {
        for (int i = 0; i < 5 && names[day][i]; i++) {
            if (strcmp(text, names[day][i]) == 0) {
                return day + 1;
            }
        }
    }
    return 0;
}

/* 周三, 下周三, 本周五, wed, next wed */
static bool week_day(const char *text, int32_t today, int32_t *day)
{
    static const struct {
        const char *word;
        int weeks;
    } befores[] = {{"下下", 2},   {"下", 1}, {"next ", 1}, {"上", -1},
                   {"last ", -1}, {"本", 0}, {"这", 0}};
    static const char *const weeks[] = {"周", "星期", "礼拜"};
    int week = -9;
    size_t length;
    for (size_t i = 0; i < sizeof befores / sizeof *befores && week == -9; i++) {
        if (starts(text, befores[i].word, &length)) {
            week = befores[i].weeks;
            text += length;
        }
    }
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        text += starts(text, weeks[i], &length) ? length : 0;
    }
    int named = weekday_named(text), now = day_weekday(today);
    if (!named) {
        return false;
    }
    int ahead = named - now;
    *day = day_add(today, week == -9 ? (ahead < 0 ? ahead + 7 : ahead) : ahead + week * 7);
    return *day != DAY_NONE;
}

/* Numbers between signs; how many, 0 where something else stands there. */
static int numbers_of(const char *text, int out[3], size_t lengths[3])
{
    static const char *const signs[] = {"-", "/", ".", "年", "月", "日", "号"};
    int count = 0;
    while (*text) {
        char *end;
        if (count == 3 || *text < '0' || *text > '9') {
            return 0;
        }
        long number = strtol(text, &end, 10);
        lengths[count] = (size_t)(end - text);
        out[count++] = number > 9999 ? 9999 : (int)number;
        size_t length = 0;
        bool signed_ = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !signed_; i++) {
            signed_ = starts(end, signs[i], &length);
        }
        if (*end && !signed_) {
            return 0;
        }
        text = end + (signed_ ? length : 0);
    }
    return count;
}

enum { HALF_YEAR = 183 };

static bool number_day(const char *text, int32_t today, int32_t *day)
{
    int number[3], year, month;
    size_t lengths[3];
    int count = numbers_of(text, number, lengths);
    day_to_civil(today, &year, &month, NULL);
    if (count == 1) {
        return lengths[0] <= 2 && day_from_civil(year, month, number[0], day);
    }
    if (count == 3) {
        int full = lengths[0] == 2 ? 2000 + number[0] : number[0];
        return lengths[0] != 3 && lengths[0] != 1 &&
               day_from_civil(full, number[1], number[2], day);
    }
    if (count != 2 || lengths[0] > 2 || !day_from_civil(year, number[0], number[1], day)) {
        return count == 2 && lengths[0] <= 2 &&
               day_from_civil(year + 1, number[0], number[1], day); /* 29 February */
    }
    int32_t next;
    if (*day < today - HALF_YEAR && day_from_civil(year + 1, number[0], number[1], &next)) {
        *day = next;
    }
    return true;
}

bool datepick_day(const char *text, int32_t today, const struct datepick_days *days, int32_t *day)
{
    struct text word = {0};
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    text_add_n(&word, text, length);
    const char *typed = text_bytes(&word);
    bool read = length > 0 && (day_parse(typed, length, day) || word_day(typed, today, day) ||
                               offset_day(typed, today, days, day) || week_day(typed, today, day) ||
                               number_day(typed, today, day));
    text_free(&word);
    return read;
}

/* ---- picked ---- */

static void move(struct datepick *pick, int32_t to)
{
    pick->chosen = to != DAY_NONE ? to : pick->chosen;
}

static bool move_key(struct datepick *pick, uint32_t code)
{
    int year, month, of_month;
    day_to_civil(pick->chosen, &year, &month, &of_month);
    switch (code) {
    case KEYPAD_LEFT:
        return move(pick, day_add(pick->chosen, -1)), true;
    case KEYPAD_RIGHT:
        return move(pick, day_add(pick->chosen, 1)), true;
    case KEYPAD_UP:
        return move(pick, day_add(pick->chosen, -7)), true;
    case KEYPAD_DOWN:
        return move(pick, day_add(pick->chosen, 7)), true;
    case KEYPAD_HOME:
        return move(pick, day_add(pick->chosen, 1 - of_month)), true;
    case KEYPAD_END:
        return move(pick, day_add(pick->chosen, day_month_length(year, month) - of_month)), true;
    case KEYPAD_PAGE_UP:
    case '[':
        return move(pick, day_add_months(pick->chosen, -1)), true;
    case KEYPAD_PAGE_DOWN:
    case ']':
        return move(pick, day_add_months(pick->chosen, 1)), true;
    case 't':
        return move(pick, pick->today), true;
    default:
        return false;
    }
}

bool datepick_key(struct datepick *pick, const struct key_event *event)
{
    struct key key = key_half(event->key);
    return key.with == 0 && move_key(pick, key.code);
}

/* ---- drawn ---- */

enum { MONTH_COLUMNS = 28, MONTH_GAP = 3, DAY_COLUMNS = 4 };

int datepick_columns(int months)
{
    return months * (MONTH_COLUMNS + MONTH_GAP) - MONTH_GAP;
}

/* Right before the number: here, not lawful, works or rests by a notice. */
static void draw_sign(const struct datepick *pick, const struct pane *pane, int row, int column,
                      int32_t day)
{
    const struct datepick_day *known = find(pick->days, day);
    bool lawful = (pick->first == DAY_NONE || day >= pick->first) &&
                  (pick->last == DAY_NONE || day <= pick->last);
    const char *sign = day == pick->today              ? glyph_text(pane->look, GLYPH_HERE)
                       : !lawful                       ? "!"
                       : known && known->works         ? pick->english ? "+" : "班"
                       : known && day_weekday(day) < 6 ? pick->english ? "-" : "休"
                                                       : "";
    enum role role = day == pick->today ? ROLE_STAGE_NOW : !lawful ? ROLE_ACT_OFF : ROLE_DATE_REST;
    pane_put(pane, row, column - look_width(pane->look, sign), role, sign);
}

static void draw_day(const struct datepick *pick, const struct pane *pane, int row, int column,
                     int32_t day, int number)
{
    char text[3] = {number >= 10 ? (char)('0' + number / 10) : ' ', (char)('0' + number % 10),
                    '\0'};
    enum role role = day == pick->chosen                  ? ROLE_SHEET_CURSOR
                     : !datepick_works(pick->days, day)   ? ROLE_DATE_REST
                     : !datepick_settled(pick->days, day) ? ROLE_DATE_PROVISIONAL
                                                          : ROLE_TEXT;
    draw_sign(pick, pane, row, column + 2, day);
    pane_put(pane, row, column + 2, role, text);
    if (day == pick->chosen) {
        pane_cursor(pane, row, column + 2);
    }
}

static void add_month_title(const struct datepick *pick, int year, int month, struct text *out)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    if (pick->english) {
        text_addf(out, "%s %04d", names[month - 1], year);
    } else {
        text_addf(out, "%04d年%d月", year, month);
    }
}

static void draw_month(const struct datepick *pick, const struct pane *pane, int32_t first)
{
    static const char *const chinese[] = {"一", "二", "三", "四", "五", "六", "日"};
    static const char *const english[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    struct text title = {0};
    int year, month;
    day_to_civil(first, &year, &month, NULL);
    add_month_title(pick, year, month, &title);
    pane_put(pane, 0, 8, ROLE_HEADING, text_bytes(&title));
    text_free(&title);
    for (int i = 0; i < 7; i++) {
        pane_put(pane, 1, i * DAY_COLUMNS + 2, i < 5 ? ROLE_HEAD : ROLE_DATE_REST,
                 pick->english ? english[i] : chinese[i]);
    }
    int column = day_weekday(first) - 1, row = 2;
    for (int i = 0; i < day_month_length(year, month); i++) {
        draw_day(pick, pane, row, column * DAY_COLUMNS, first + i, i + 1);
        column = (column + 1) % 7;
        row += column == 0;
    }
}

static int month_number(int32_t day)
{
    int year, month;
    day_to_civil(day, &year, &month, NULL);
    return year * 12 + month;
}

/* The first day of the first month that is shown: today's, where the chosen one then fits too. */
static int32_t first_shown(const struct datepick *pick, int months)
{
    int of_month, ahead = month_number(pick->chosen) - month_number(pick->today);
    day_to_civil(pick->chosen, NULL, NULL, &of_month);
    int back = ahead < 0 ? 0 : ahead < months ? ahead : months - 1;
    return day_add_months(pick->chosen - of_month + 1, -back);
}

void datepick_draw(const struct datepick *pick, const struct pane *pane)
{
    int months = (pane->columns + MONTH_GAP) / (MONTH_COLUMNS + MONTH_GAP);
    months = months > 4 ? 4 : months < 1 ? 1 : months;
    int32_t first = first_shown(pick, months);
    for (int i = 0; i < months && first != DAY_NONE; i++) {
        struct pane part =
            pane_part(pane, 0, i * (MONTH_COLUMNS + MONTH_GAP), pane->rows, MONTH_COLUMNS);
        draw_month(pick, &part, first);
        first = day_add_months(first, 1);
    }
}
