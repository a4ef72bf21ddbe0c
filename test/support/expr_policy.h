/* expr_policy.h: a policy with a field of every type, for tests of conditions. */
#ifndef YUNTAI_TEST_EXPR_POLICY_H
#define YUNTAI_TEST_EXPR_POLICY_H

/* Procedures p and q, clocks c and e, duty monthly, terms big and large. */
#define EXPR_POLICY                                                                                           \
    "[policy]\nschema = 1\nid = t\ntitle = 试\neffective = 2018-01-01\ncalendar = cn\n"                      \
    "timezone = Asia/Shanghai\nbackward = mirror\nroll = next\n"                                              \
    "levels = city 市级, county 县级\nmeasures = cpu 核, memory 内存\n"                                \
    "[article]\n1 = 一, summary 一\n"                                                                       \
    "[role]\nunit = 单位, sees own\nclerk = 经办, sees all\nvendor = 云商, sees sent\n"                 \
    "[term]\nbig = 大, means amount_asked > 100\n"                                                           \
    "large = 更大, means big or any(item.quantity > 50)\n"                                                  \
    "[procedure]\np = 事, by unit, begins draft, form sheet, article 1\n"                                    \
    "q = 他事, by clerk, begins seen, article 1\n"                                                          \
    "[state.p]\ndraft = 草, with unit, edit, clock c\nwork = 办, with doer, clock e\n"                      \
    "over = 完, final done\ngone = 撤, final dropped\n"                                                     \
    "[event.p]\nsubmit = 交, from draft, to work\naccept = 受, from work, tell vendor\n"                    \
    "ask = 问, from work, to draft\nclose = 结, from work, to over\n"                                       \
    "leave = 撤, from draft, by unit, to gone\n"                                                             \
    "[rule.p]\nr = 规, on close, must large and not late(c) and any(item.kind = virtual), article 1\n"       \
    "[state.q]\nseen = 见, with clerk\ndone = 毕, final done\n"                                             \
    "[event.q]\nfinish = 毕, from seen, to done\n"                                                           \
    "[clock]\nc = 钟, limit 5wd, article 1\ne = 限, limit days, least 1d, article 1\n"                      \
    "[duty]\nmonthly = 月报, of vendor, each month, due day 5 of next month, opens q, article 1\n"          \
    "[form]\nsheet = 表\n"                                                                                   \
    "[field.sheet]\namount_asked = 量, number ..1000\ndays = 天数, number 15..30 d\n"                      \
    "wait = 等, number 1..9 wd\nhours = 时, number 1..99 h\npaid = 款, money 0..\n"                        \
    "on = 日, date\nat = 时刻, time\nwilling = 愿, yesno\n"                                               \
    "colour = 色, choice red 红, green 绿, blue 蓝\nshade = 深浅, choice pale 浅, dark 深, red 红\n" \
    "tags = 签, choices red 红, old 旧, new_one 新\ndoer = 谁, role clerk, vendor\n"                     \
    "note = 记, text\nwho = 哪家, org vendor\npaper_in = 文, paper\ngoods = 单, items\n"                 \
    "kind = 类, choice virtual 虚, physical 实, per item\nname = 名, text, per item\n"                    \
    "approved = 准, number 0.., per item\n"

#endif
