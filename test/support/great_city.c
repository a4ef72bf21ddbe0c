/* great_city.c: a city for the great store. */
#include "test/support/great_city.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/day.h"

enum { RARE_EVERY = 16000 };

static const char *const offices[CITY_OFFICES] = {
    "公安局",     "民政局",       "教育局",       "财政局",       "司法局",     "水利局",
    "商务局",     "审计局",       "统计局",       "体育局",       "信访局",     "园林局",
    "城管局",     "林业局",       "气象局",       "档案馆",       "总工会",     "团市委",
    "科技局",     "工信局",       "人社局",       "住房局",       "交通局",     "农业局",
    "文旅局",     "卫健委",       "应急局",       "市监局",       "税务局",     "医保局",
    "发改委",     "国资委",       "金融局",       "生态环境局",   "资源规划局", "退役军人局",
    "公积金中心", "公共资源中心", "政务服务中心", "城市运行中心",
};
static const char *const districts[CITY_DISTRICTS] = {
    "中原区", "二七区", "管城区", "金水区", "上街区",   "惠济区", "中牟县", "巩义市",
    "荥阳市", "新密市", "新郑市", "登封市", "郑东新区", "经开区", "高新区", "航空港区",
};
static const char *const kinds[] = {
    "视频图像共享平台",   "不动产登记系统",   "行政审批系统",   "社会保障一体化平台",
    "电子证照库",         "数据共享交换平台", "综合治税平台",   "智慧停车系统",
    "一体化政务服务门户", "应急指挥平台",     "办公自动化系统", "财政预算管理系统",
    "人口基础库",         "法人基础库",       "信用信息平台",   "地理信息平台",
    "档案管理系统",       "会议管理系统",     "远程教育平台",   "考试报名系统",
    "血液管理系统",       "医保结算系统",     "公交调度系统",   "河湖监测平台",
    "空气质量监测系统",   "网格化管理平台",   "市民热线系统",   "党建云平台",
    "舆情分析系统",       "资产管理系统",
};
static const char *const works[] = {"",           "一期", "二期", "三期", "升级改造",
                                    "国产化改造", "扩容", "迁移", "运维", "等保整改"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- registers ---- */

/* PAIRS: "name", "value" … NULL. */
static int put(struct counter *counter, const char *day, struct error *error, const char *kind,
               const char *code, ...)
{
    struct visitor visitor = {.uid = (uint32_t)getuid(), .owner = true, .now = MOMENT_NONE};
    struct parcel request = {0}, reply = {0};
    va_list pairs;
    va_start(pairs, code);
    parcel_put(&request, "verb", "put");
    parcel_put(&request, "now", day);
    parcel_put(&request, "kind", kind);
    parcel_put(&request, "code", code);
    for (const char *name; (name = va_arg(pairs, const char *));) {
        parcel_put(&request, name, va_arg(pairs, const char *));
    }
    va_end(pairs);
    int status = counter_answer(counter, &visitor, &request, &reply, error);
    parcel_free(&request);
    parcel_free(&reply);
    return status;
}

static int put_office(struct counter *counter, const char *day, int i, struct error *error)
{
    struct text code = {0}, name = {0}, clerk = {0};
    text_addf(&code, "u%02d", i);
    text_addf(&name, "郑州市%s", offices[i]);
    text_addf(&clerk, "%s经办", offices[i]);
    int status = put(counter, day, error, "org", text_bytes(&code), "name", text_bytes(&name),
                     "fact.roles", "unit", "fact.level", "city", NULL);
    status = status
                 ? status
                 : put(counter, day, error, "person", text_bytes(&code), "name", text_bytes(&clerk),
                       "parent", text_bytes(&code), "fact.roles", "unit", NULL);
    text_free(&code);
    text_free(&name);
    text_free(&clerk);
    return status;
}

static int put_district(struct counter *counter, const char *day, int i, struct error *error)
{
    struct text code = {0}, unit = {0}, name = {0}, below = {0};
    text_addf(&code, "d%02d", i);
    text_addf(&unit, "d%02du", i);
    text_addf(&name, "%s大数据局", districts[i]);
    text_addf(&below, "%s政务服务局", districts[i]);
    const char *county = text_bytes(&code), *own = text_bytes(&unit);
    int status = put(counter, day, error, "org", county, "name", text_bytes(&name), "fact.roles",
                     "county", NULL);
    status = status ? status
                    : put(counter, day, error, "org", own, "name", text_bytes(&below), "parent",
                          county, "fact.roles", "unit", "fact.level", "county", NULL);
    status = status ? status
                    : put(counter, day, error, "person", county, "name", districts[i], "parent",
                          county, "fact.roles", "county", NULL);
    status = status ? status
                    : put(counter, day, error, "person", own, "name", text_bytes(&below), "parent",
                          own, "fact.roles", "unit", NULL);
    text_free(&code);
    text_free(&unit);
    text_free(&name);
    text_free(&below);
    return status;
}

static int put_bureau(struct counter *counter, const char *day, struct error *error)
{
    static const char *const people[][4] = {{"zhao", "赵启明", "ju", "clerk"},
                                            {"qian", "钱慧", "ju", "reviewer"},
                                            {"sun", "孙伟", "ju", "leader"},
                                            {"yun", "云岚", "yunshang", "vendor"}};
    static const char *const products[][3] = {{"VM-8C16G", "8", "16"}, {"DR-4C8G", "4", "8"}};
    int status = put(counter, day, error, "org", "ju", "name", "郑州市大数据管理局", "fact.roles",
                     "clerk,reviewer,leader", NULL);
    status = status ? status
                    : put(counter, day, error, "org", "yunshang", "name", "中原云", "fact.roles",
                          "vendor", NULL);
    for (size_t i = 0; i < COUNT(people) && status == 0; i++) {
        status = put(counter, day, error, "person", people[i][0], "name", people[i][1], "parent",
                     people[i][2], "fact.roles", people[i][3], NULL);
    }
    for (size_t i = 0; i < COUNT(products) && status == 0; i++) {
        status = put(counter, day, error, "product", products[i][0], "name", products[i][0],
                     "fact.unit", "台", "fact.kind", "virtual", "fact.domestic", "yes", "fact.cpu",
                     products[i][1], "fact.memory", products[i][2], "fact.disk", "200", NULL);
    }
    return status ? status
                  : put(counter, day, error, "quota", "all", "name", "合同总量", "parent",
                        "yunshang", "since", day, "fact.cpu", "900000000", "fact.memory",
                        "900000000", "fact.disk", "90000000000", NULL);
}

int city_enter(struct counter *counter, const char *day, struct error *error)
{
    int status = put_bureau(counter, day, error);
    for (int i = 0; i < CITY_OFFICES && status == 0; i++) {
        status = put_office(counter, day, i, error);
    }
    for (int i = 0; i < CITY_DISTRICTS && status == 0; i++) {
        status = put_district(counter, day, i, error);
    }
    return status;
}

/* ---- cases ---- */

/* Spreads what follows on each other. */
static uint64_t stir(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

void city_case(int64_t index, struct city_case *out)
{
    uint64_t drawn = stir((uint64_t)index + 20190927);
    size_t kind = drawn % COUNT(kinds), work = drawn / 64 % COUNT(works);
    int place = (int)(drawn / 4096 % 27), office = (int)(drawn / 65536 % CITY_OFFICES);
    text_clear(&out->title);
    out->county = place < CITY_DISTRICTS;
    if (out->county) {
        snprintf(out->org, sizeof out->org, "d%02du", place);
        text_add(&out->title, districts[place]);
    } else {
        snprintf(out->org, sizeof out->org, "u%02d", office);
        text_addf(&out->title, "郑州市%s", offices[office]);
    }
    text_addf(&out->title, "%s%s%s", index % RARE_EVERY == 77 ? "嵩阳书院" : "", kinds[kind],
              works[work]);
}
