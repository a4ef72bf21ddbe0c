/* form_reply.c: replies of the desk about a form, made by hand. */
#include "test/support/form_reply.h"

#include <string.h>

static void put_yes(struct table *table, const char *flags, const char *flag)
{
    table_yesno(table, flags && strstr(flags, flag));
}

void form_reply(struct parcel *reply, const struct form_reply_field *fields, size_t count)
{
    static const struct column columns[] = {
        {"field", CELL_NAME, NULL},     {"title", CELL_TEXT, NULL},
        {"type", CELL_NAME, NULL},      {"form", CELL_TEXT, NULL},
        {"optional", CELL_YESNO, NULL}, {"per_item", CELL_YESNO, NULL},
        {"private", CELL_YESNO, NULL},  {"low", CELL_TEXT, NULL},
        {"high", CELL_TEXT, NULL},      {"unit", CELL_TEXT, NULL},
        {"labels", CELL_TEXT, NULL},    {"default", CELL_TEXT, NULL},
        {"article", CELL_NAME, NULL},   {"asked", CELL_YESNO, NULL},
        {"value", CELL_TEXT, NULL},     {"application", CELL_YESNO, NULL}};
    struct table *table = parcel_table(reply, "fields", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const struct form_reply_field *field = &fields[i];
        table_text(table, field->field);
        table_text(table, field->title);
        table_text(table, field->type);
        table_text(table, field->form);
        put_yes(table, field->flags, "optional");
        put_yes(table, field->flags, "per_item");
        put_yes(table, field->flags, "private");
        table_text(table, field->low);
        table_text(table, field->high);
        table_text(table, field->unit);
        table_text(table, field->labels);
        table_text(table, field->standard);
        table_text(table, field->article);
        table_yesno(table, !(field->flags && strstr(field->flags, "unasked")));
        table_text(table, field->value);
        put_yes(table, field->flags, "application");
    }
}

void form_reply_application(struct parcel *reply)
{
    static const struct form_reply_field fields[] = {
        {"info_system", "信息系统\037Information system", "system", "申请表\037Application",
         "application", NULL, NULL, NULL, NULL, NULL, "11", NULL},
        {"request", "申请类别\037Kind of request", "choice", "申请表\037Application", "application",
         NULL, NULL, NULL, "new=新建\037new\nmigrate=迁移\037migrate\n", NULL, "2", NULL},
        {"purpose", "测算依据\037Purpose", "lines", "申请表\037Application", "application", NULL,
         NULL, NULL, NULL, NULL, NULL, NULL},
        {"classified", "是否涉密\037Secret", "yesno", "申请表\037Application", "application", NULL,
         NULL, NULL, NULL, NULL, "3", NULL},
        {"phone", "联系电话\037Telephone", "text", "申请表\037Application", "application private",
         NULL, NULL, NULL, NULL, NULL, NULL, NULL},
        {"trial_days", "试用天数\037Days of trial", "number", "申请表\037Application",
         "application", "15", "30", "d", NULL, "30", "13", NULL},
        {"go_live", "上线日期\037Goes live", "date", "申请表\037Application", "application",
         "today", NULL, NULL, NULL, NULL, NULL, NULL},
        {"paper", "测评报告\037Report", "paper", "申请表\037Application", "application", NULL, NULL,
         NULL, "function=功能测评\037function\nload=性能测评\037load\n", NULL, NULL, NULL},
        {"resources", "资源清单\037Resources", "items", "资源需求\037Demand", "application", NULL,
         NULL, NULL, NULL, NULL, "7", NULL},
        {"dr", "容灾备份\037Recovery", "yesno", "资源需求\037Demand", "application per_item", NULL,
         NULL, NULL, NULL, NULL, NULL, NULL},
        {"why", "理由\037Why", "lines", "资源需求\037Demand", "application per_item", NULL, NULL,
         NULL, NULL, NULL, NULL, NULL},
        {"standing", "备用性质\037Reserve", "choices", "资源需求\037Demand", "application optional",
         NULL, NULL, NULL, "standby=备用\037standby\narchive=归档\037archive\n", NULL, NULL, NULL},
    };
    static const struct column measures[] = {{"name", CELL_NAME, NULL}, {"title", CELL_TEXT, NULL}};
    form_reply(reply, fields, sizeof fields / sizeof *fields);
    struct table *table = parcel_table(reply, "measures", measures, 2);
    table_text(table, "cpu");
    table_text(table, "核\037cores");
    table_text(table, "memory");
    table_text(table, "内存\037memory");
    parcel_put(reply, "procedure_title", "申请入云\037Access");
}

void form_reply_reason(struct parcel *reply, const char *field, const char *about, const char *line,
                       const char *sentence, const char *a, const char *b, const char *otherwise)
{
    static const struct column columns[] = {
        {"field", CELL_NAME, NULL},    {"about", CELL_NAME, NULL},  {"line", CELL_NAME, NULL},
        {"sentence", CELL_NAME, NULL}, {"a", CELL_TEXT, NULL},      {"b", CELL_TEXT, NULL},
        {"else", CELL_NAME, NULL},     {"article", CELL_NAME, NULL}};
    struct table *table = parcel_more(reply, "reasons", columns, 8);
    const char *const cells[] = {field, about, line, sentence, a, b, otherwise, "13"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        table_text(table, cells[i]);
    }
}

void form_reply_catalogue(struct parcel *products, struct parcel *prices)
{
    static const struct column columns[] = {
        {"code", CELL_NAME, NULL},  {"name", CELL_TEXT, NULL},     {"unit", CELL_TEXT, NULL},
        {"cpu", CELL_NUMBER, NULL}, {"memory", CELL_NUMBER, NULL}, {"dr", CELL_YESNO, NULL}};
    static const struct column price[] = {{"parent", CELL_NAME, NULL}, {"yuan", CELL_MONEY, NULL}};
    static const char *const rows[][6] = {{"ECS-G-8", "云主机 通用型", "台", "8", "16", "no"},
                                          {"DR-G-8", "容灾云主机", "台", "8", "16", "yes"}};
    struct table *things = parcel_table(products, "things", columns, 6);
    struct table *costs = parcel_table(prices, "things", price, 2);
    for (size_t i = 0; i < 2; i++) {
        for (int k = 0; k < 6; k++) {
            table_text(things, rows[i][k]);
        }
        table_text(costs, rows[i][0]);
        table_text(costs, i ? "420" : "520.50");
    }
    parcel_put_int(products, "total", 2);
}
