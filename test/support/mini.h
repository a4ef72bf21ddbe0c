/*
 * mini.h: a small policy of parts, for tests of single rules. One procedure `p`:
 *
 *   draft -submit-> work -go_on-> later    both name clock c
 *   work, later -pause-> hold -resume-> back      hold holds c
 *   work, later -leave-> rest -again-> work       rest knows nothing of c
 *   work, later, rest -finish-> over; any -dropit-> drop
 */
#ifndef YUNTAI_TEST_MINI_H
#define YUNTAI_TEST_MINI_H

#define MINI_HEAD                                                                                  \
    "[policy]\nschema = 1\nid = mini\ntitle = 试\neffective = 2018-01-01\ncalendar = cn\n"        \
    "timezone = Asia/Shanghai\n"
#define MINI_POLICY                                                                                \
    "backward = mirror\nroll = next\nbackdate = 5wd else leader\nblue = 2wd\nyellow = 1wd\n"       \
    "double = 5wd\n"
#define MINI_PEOPLE                                                                                \
    "[article]\n1 = 一, summary 一\n"                                                            \
    "[role]\nunit = 单位, sees own\nclerk = 受理, sees all\nleader = 领导, sees all\n"
#define MINI_FIELDS                                                                                \
    "[form]\nentry = 表\n[field.entry]\nstart_on = 起始日, date, optional\n"                   \
    "asked_on = 申请日, date, default 2019-09-02\n"                                             \
    "days = 天数, number 1..90 d, default 30\nextra = 延长, number 1..90 d, optional\n"
#define MINI_PROCEDURE                                                                                     \
    "[procedure.p]\ntitle = 事项\nby = unit\nbegins = draft\nform = entry\narticle = 1\n"                \
    "[state.p]\ndraft = 草稿, with unit, edit\nwork = 办理, with clerk, clock c\n"                     \
    "later = 续办, with leader, clock c\nhold = 暂停, with unit, holds c\nrest = 他处, with clerk\n" \
    "over = 办结, final done\ndrop = 撤销, final dropped\n"                                            \
    "[event.p]\nsubmit = 提交, from draft, to work\ngo_on = 续, from work, to later\n"                  \
    "pause = 停, from work, later, to hold\nresume = 恢复, from hold, to back\n"                        \
    "leave = 离开, from work, later, to rest\nagain = 再来, from rest, to work\n"                      \
    "finish = 办结, from work, later, rest, to over\ndropit = 撤销, from any, by unit, to drop\n"
/* CLOCK: the line of clock c and whatever else; POLICY: keys of [policy] other than MINI_POLICY. */
#define MINI_WITH(policy, clock)                                                                   \
    MINI_HEAD policy MINI_PEOPLE MINI_FIELDS MINI_PROCEDURE "[clock]\n" clock
#define MINI(clock) MINI_WITH(MINI_POLICY, clock)

#endif
