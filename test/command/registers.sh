#!/usr/bin/env bash
# registers.sh YUNTAI: the registers, tables taken in and given out, register numbers, succession of
# organisations and deputies, in both languages, and what is refused.
set -uo pipefail
source "$(dirname "$0")/../support/command.sh"
make_bureau

# ---- set, show, list, fields
refused 'set: a fact that is none' 2 ask orgs set police kind=bureau
says 'set: where the names are' 'yuntai people fields'
refused 'set: a role that is none' 2 ask --lang en people set wang roles=clerc
says 'set: near it' 'perhaps “clerk”'
refused 'set: its organisation' 2 ask people set ghost name=无名 parent=nowhere
refused 'set: an account number' 2 ask people set wang uid=abc
well 'set: an account' ask people set wang uid=4711
refused 'set: one account, one person' 2 ask people set zhao uid=4711
says 'set: whose it is' 'wang'
well 'set: only looked at' ask people set wang phone=67180000 --preview
well 'show' ask people show wang
silent 'preview: nothing is filed' '67180000'
says 'show: by its title' '系统账号'
well 'set' ask people set wang phone=67180001 --reason 换机
refused 'set: an old revision' 3 ask people set wang phone=1 --rev 1
well 'show: history' ask people show wang
says 'show: the reason' '换机'
well 'set: taken away' ask people set wang phone=
well 'fields' ask orgs fields
says 'fields: title' '简称'
well 'fields, English' ask --lang en catalogue fields
says 'fields: measure' 'cpu'
says 'fields: required' 'yes'
well 'list: by initials' ask orgs list zzsgaj --format csv --columns code
says 'list: found' 'police'
silent 'list: nothing else' 'jinshui'
refused 'a word that is none' 2 ask orgs lst
well 'list: as of a day' ask people list --on 2026-03-02
refused 'show: not there' 4 ask orgs show nowhere
refused 'not the vendor'"'"'s to keep' 4 as chen orgs set police name=x
well 'the vendor sees his own people' as chen people --format csv --columns code
silent 'vendor: nobody else' 'wang'

# ---- tables in and out
well 'import: columns' ask import cases
says 'import: own columns' 'number_outside'
printf '%s\n' 'code,name,level,parent' 'finance,郑州市财政局,市级,' 'wrong,某单位,nolevel,nowhere' >"$scratch/more.csv"
well 'import: tried' ask import orgs "$scratch/more.csv"
says 'tried: words' '试算结果：新增 1'
says 'tried: the line and what would be right' 'level：办法中没有级别“nolevel”'
says 'tried: all of a line' 'parent：台账“org”中没有“nowhere”'
refused 'tried: nothing is there' 4 ask orgs show finance
well 'import' ask --lang en import orgs "$scratch/more.csv" --apply
says 'import: words' 'taken in: 1 new'
says 'import: sentence in English' 'the policy has no level “nolevel”'
well 'import: twice' ask import orgs "$scratch/more.csv" --apply
says 'twice: as it was' '新增 0，变更 0，未变 1'
well 'import: as JSON' ask import orgs "$scratch/more.csv" --format json
says 'JSON: the sentence is whole' '没有级别“nolevel”'
refused 'import: a column that is none' 2 ask import orgs <(printf 'code,nam\nx,y\n')
refused 'import: a kind that is none' 2 ask import cars "$scratch/more.csv"
refused 'import: no file' 5 ask import orgs "$scratch/none.csv"
printf '%s\n' 'procedure,org,system,state,since,number_outside' \
    '申请入云,市公安局,智慧交管平台,审核,2026-02-25,旧〔2026〕7号' \
    'access,市公安局,,nostate,2026-02-25,旧〔2026〕8号' \
    'access,police,,review,2026-04-01,旧〔2026〕9号' >"$scratch/cases.csv"
well 'cases: tried' ask import cases "$scratch/cases.csv"
says 'cases: no such state' '流程中没有此状态'
says 'cases: still to come' '尚未到来'
well 'cases' ask import cases "$scratch/cases.csv" --apply
well 'cases: in mid-course' ask list --format csv --columns number,state,due
says 'cases: state, and due since that day' ',review,2026-03-03'
well 'cases: twice' ask import cases "$scratch/cases.csv" --apply
says 'cases: as it was' '新增 0，变更 0，未变 1'
well 'export' ask export orgs
head=${said%%$'\n'*}
same 'export: first line' "${head%%,*}" 'code'
says 'export: all' 'finance,郑州市财政局'
well 'export: cases' ask export cases --columns number,title
says 'export: a case' '智慧交管平台'
refused 'export: what is none' 2 ask export cars

# ---- tables that are wrong, told in the reader's language
printf '\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6\n' >"$scratch/gbk.csv"
refused 'a table in another encoding' 2 ask import people "$scratch/gbk.csv"
says 'encoding: what would be right' '不是 UTF-8 编码；请另存为'
printf '%s\n' 'notice,published,covers,date,kind,name' '国办,2026-03-02,2026,2026-03-05,holyday,停工' >"$scratch/notice.csv"
refused 'a notice with a wrong kind of day' 2 as wang calendar add "$scratch/notice.csv" --preview
says 'notice: where and what' '第 2 行：“holyday”不是日期种类'
echo 'notice,published,covers,date,kind,name' >"$scratch/notice.csv"
refused 'a notice without a day' 2 as wang calendar add "$scratch/notice.csv"

# ---- numbers
well 'open' as sun open access info_system=数据门户
says 'open: number' '入云〔2026〕2号'
refused 'void: it is in use' 1 as wang void 入云〔2026〕2号 --reason 误立
well 'withdraw' as sun act access-2026-2 withdraw --reason 误立
well 'void' as wang void 入云〔2026〕2号 --reason 误立
well 'register' as wang register access 2026
says 'register: why unused' '误立'
well 'register: by letters' as wang register access
refused 'register: no such series' 2 as wang register acces
says 'register: near it' '是不是“access”'
refused 'void: its other name' 2 as wang void access-2026-2 --reason 误立
refused 'void: no such number' 4 as wang void 入云〔2026〕99号 --reason x

# ---- away, with a deputy; organisations that become others
well 'absence' ask absences set a1 parent=liu since=2026-03-04 until=2026-03-05 deputy=zhao
well 'absence: not yet' ask absences
silent 'absence: not listed' 'a1'
well 'absence: all' ask absences list --all
says 'absence: listed' 'a1'
refused 'absence: nobody stands in for himself' 2 ask absences set a2 parent=liu since=2026-03-04 deputy=liu
well 'a case of another' as sun open access info_system=数据门户
refused 'no deputy of hers' 4 as zhao act access-2026-3 note --note x --deputy-of wang
says 'no deputy: why' '未登记由您代办'
refused 'no deputy of nobody' 4 as zhao act access-2026-3 note --note x --deputy-of nobody
says 'nobody: not there' '没有 nobody'
now=2026-03-04T09:00
well 'deputy' as zhao whoami --format csv
says 'deputy: role' 'leader'
now=2026-03-06T09:00
well 'deputy no more' as zhao whoami --format csv
silent 'deputy: over' 'leader'
well 'rename: looked at' ask succeed police police2 --how rename --name 郑州市公安局（新） --reason 机构改革 --preview
well 'rename' ask succeed police police2 --how rename --name 郑州市公安局（新） --reason 机构改革 --date 2026-03-06
well 'rename: the case went along' ask list --format csv --columns org
says 'rename: its new name' '郑州市公安局（新）'
well 'rename: the old one' ask orgs show police
says 'rename: its history' '更名'
well 'rename: in the chain' ask acts act:更名
says 'rename: found' '郑州市公安局'
refused 'rename: to one that is no more' 2 ask succeed school police --how rename --reason 并入
says 'rename: what is wrong with it' 'police 在该日并不存续'
refused 'succeed: how' 2 ask succeed school x --how divide --reason y
well 'handover: looked at' as wang handover zhao wang --preview
well 'verify' ask verify
exit $failed
