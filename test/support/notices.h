/*
 * notices.h: the State Council's notices for 2018 to 2020 as published, with the two that came
 * later (2019-03-22, 2020-01-27), and a year that only a guess speaks of. For tests of core/.
 */
#ifndef YUNTAI_TEST_SUPPORT_NOTICES_H
#define YUNTAI_TEST_SUPPORT_NOTICES_H

#include <string.h>

#include "core/calendar.h"
#include "core/day.h"

struct notice_span {
    const char *notice, *published;
    int covers;
    const char *from, *to;
    enum calendar_kind kind;
    const char *name;
};

#define OFF CALENDAR_HOLIDAY
#define ON CALENDAR_WORKDAY
#define N2018 "国办发明电〔2017〕12号", "2017-11-30", 2018
#define N2019 "国办发明电〔2018〕15号", "2018-12-06", 2019
#define M2019 "国办发明电〔2019〕3号", "2019-03-22", 2019
#define N2020 "国办发明电〔2019〕16号", "2019-11-21", 2020
#define M2020 "国办发明电〔2020〕1号", "2020-01-27", 2020

static const struct notice_span notice_spans[] = {
    {N2018, "2018-01-01", "2018-01-01", OFF, "元旦"},
    {N2018, "2018-02-11", "2018-02-11", ON, "春节调休"},
    {N2018, "2018-02-15", "2018-02-21", OFF, "春节"},
    {N2018, "2018-02-24", "2018-02-24", ON, "春节调休"},
    {N2018, "2018-04-05", "2018-04-07", OFF, "清明节"},
    {N2018, "2018-04-08", "2018-04-08", ON, "清明节调休"},
    {N2018, "2018-04-28", "2018-04-28", ON, "劳动节调休"},
    {N2018, "2018-04-29", "2018-05-01", OFF, "劳动节"},
    {N2018, "2018-06-18", "2018-06-18", OFF, "端午节"},
    {N2018, "2018-09-24", "2018-09-24", OFF, "中秋节"},
    {N2018, "2018-09-29", "2018-09-30", ON, "国庆节调休"},
    {N2018, "2018-10-01", "2018-10-07", OFF, "国庆节"},
    {N2019, "2018-12-29", "2018-12-29", ON, "元旦调休"},
    {N2019, "2018-12-30", "2019-01-01", OFF, "元旦"},
    {N2019, "2019-02-02", "2019-02-03", ON, "春节调休"},
    {N2019, "2019-02-04", "2019-02-10", OFF, "春节"},
    {N2019, "2019-04-05", "2019-04-05", OFF, "清明节"},
    {N2019, "2019-05-01", "2019-05-01", OFF, "劳动节"},
    {N2019, "2019-06-07", "2019-06-07", OFF, "端午节"},
    {N2019, "2019-09-13", "2019-09-13", OFF, "中秋节"},
    {N2019, "2019-09-29", "2019-09-29", ON, "国庆节调休"},
    {N2019, "2019-10-01", "2019-10-07", OFF, "国庆节"},
    {N2019, "2019-10-12", "2019-10-12", ON, "国庆节调休"},
    {M2019, "2019-04-28", "2019-04-28", ON, "劳动节调休"},
    {M2019, "2019-05-01", "2019-05-04", OFF, "劳动节"},
    {M2019, "2019-05-05", "2019-05-05", ON, "劳动节调休"},
    {N2020, "2020-01-01", "2020-01-01", OFF, "元旦"},
    {N2020, "2020-01-19", "2020-01-19", ON, "春节调休"},
    {N2020, "2020-01-24", "2020-01-30", OFF, "春节"},
    {N2020, "2020-02-01", "2020-02-01", ON, "春节调休"},
    {N2020, "2020-04-04", "2020-04-06", OFF, "清明节"},
    {N2020, "2020-04-26", "2020-04-26", ON, "劳动节调休"},
    {N2020, "2020-05-01", "2020-05-05", OFF, "劳动节"},
    {N2020, "2020-05-09", "2020-05-09", ON, "劳动节调休"},
    {N2020, "2020-06-25", "2020-06-27", OFF, "端午节"},
    {N2020, "2020-06-28", "2020-06-28", ON, "端午节调休"},
    {N2020, "2020-09-27", "2020-09-27", ON, "国庆节、中秋节调休"},
    {N2020, "2020-10-01", "2020-10-08", OFF, "国庆节、中秋节"},
    {N2020, "2020-10-10", "2020-10-10", ON, "国庆节、中秋节调休"},
    {M2020, "2020-01-31", "2020-02-02", OFF, "春节"},
    {"预估", "2019-06-01", 0, "2020-01-02", "2020-01-02", OFF,
     "元旦"}, /* 2020 came out otherwise */
    {"预估", "2019-06-01", 0, "2021-01-04", "2021-01-04", OFF, "元旦"},
};

/* The day TEXT says. */
static inline int32_t on(const char *text)
{
    int32_t day = DAY_NONE;
    return day_parse(text, strlen(text), &day) ? day : DAY_NONE;
}

/* NULL without memory; the caller's. */
static inline struct calendar *notices_calendar(void)
{
    static struct calendar_row rows[256];
    struct message error;
    size_t count = 0;
    for (size_t i = 0; i < sizeof notice_spans / sizeof *notice_spans; i++) {
        const struct notice_span *span = &notice_spans[i];
        for (int32_t day = on(span->from); day <= on(span->to); day++) {
            rows[count++] = (struct calendar_row){span->notice, on(span->published), span->covers,
                                                  day,          span->kind,          span->name};
        }
    }
    return calendar_new(rows, count, &error);
}

#endif
