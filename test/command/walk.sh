#!/usr/bin/env bash
# walk.sh YUNTAI: one request from its application to the opening by commands alone, as its clerks
# would: with its letters, an attachment, a paper keyed on behalf, a day that was wrong and is
# corrected, and what is refused on the way, in both languages.
set -uo pipefail
source "$(dirname "$0")/../support/command.sh"
make_bureau
case=access-2026-1

# ---- application
refused 'open: no such procedure' 2 as sun --lang en open acces
says 'open: near it' 'access'
well 'open' as sun open access "${application[@]}"
says 'open: number and state' '入云〔2026〕1号  智慧交管平台  → 草稿 draft'
well 'show the draft' as sun show $case
says 'a choice by its title' '网络区域 network'
says 'a choice in words' '政务外网'
says 'yes in words' '承诺合法使用云资源 lawful                  是'
says 'a kind in words' '虚拟化 virtual'
refused 'submit: a rule' 1 as wang act $case submit
says 'submit: whose it is' '应由 unit 使用单位经办 办理'
well 'submit' as sun act $case submit
says 'submit: with whom' '待受理 received  市局受理'
says 'submit: last day' '2026-03-09 周一'
refused 'unseen by a county' 4 as zhou show $case
says 'unseen: no word of why' '没有 access-2026-1，或您无权查看'
well 'list of the county' as zhou list
says 'list: nothing is counted either' '没有内容'

# ---- supplement, letters
refused 'letter: none fits yet' 1 as wang letter $case supplement
says 'letter: what is wrong' '现在不能出具“一次性补正告知书”'
well 'ask' as wang act $case ask 'lacking=上云技术方案缺拓扑图
测算依据不全'
well 'letter: preview' as wang letter $case supplement --preview
says 'preview: no number' '——'
well 'letter' as wang letter $case supplement
says 'letter: number' '郑数补〔2026〕1号'
says 'letter: first point' '（一）上云技术方案缺拓扑图'
says 'letter: second point' '（二）测算依据不全'
says 'letter: last day' '请最迟于2026年3月16日补正'
says 'letter: its day' '2026年3月2日'
now=2026-03-03T10:00
well 'letter again, to print' as wang letter $case supplement --html
says 'again: the same number' '<p class="centre">郑数补〔2026〕1号</p>'
says 'again: the same day' '<p>2026年3月2日</p>'
says 'html: title' '<title>一次性补正告知书</title>'
well 'letter: another' as wang letter $case supplement --new
says 'another: the next number' '郑数补〔2026〕2号'
well 'register' as wang register letter.supplement 2026 --format csv
says 'register: both' '郑数补〔2026〕2号'
well 'show: letters' as wang show $case
says 'show: letter with its number' '一次性补正告知书 郑数补〔2026〕1号'
printf 'a picture' >"$scratch/topology.pdf"
well 'attach' as sun attach $case "$scratch/topology.pdf" --field cloud_plan --name 拓扑图.pdf
digest=$("$yuntai" --workspace "$workspace" --now $now --as sun --format json show $case |
    grep -o '"digest":"[0-9a-f]*"' | cut -d'"' -f4)
well 'document' as sun document $case "$digest" -o "$scratch/back.pdf"
same 'document: the same bytes' "$(cat "$scratch/back.pdf")" 'a picture'
mv "$workspace/documents" "$scratch/documents"
refused 'doctor: documents that are gone' 5 ask doctor
says 'doctor: which' '✗ 材料齐全: 1 份不在或不完整，其一：拓扑图.pdf'
mv "$scratch/documents" "$workspace/documents"
silent 'doctor: nothing else' '✗ desk.db'
well 'an act by its title' as sun act $case 撤回 reason=重复申请 --preview
refused 'no act of that title' 2 as sun act $case 销毁
says 'no act: of which kind of case' '申请入云 的办件没有事项“销毁”'
well 'a form by its title' as sun offer open 申请入云
well 'a procedure by its title' as sun open 申请入云 "${application[@]}" --preview
refused 'no such procedure' 2 as sun open 打印机
silent 'no such procedure: nothing near' '是不是“”'
refused 'attach: no such file' 5 as sun attach $case "$scratch/none.pdf"
refused 'attach: no such field' 2 as sun attach $case "$scratch/topology.pdf" --field none
refused 'resubmit: each point' 1 as wang --lang en act $case resubmit --for 市公安局 \
    --paper-no 郑公函〔2026〕8号 supplied=一并答复
says 'resubmit: how many' '1 of 2'
well 'resubmit, keyed for the unit' as wang act $case resubmit --for 市公安局 \
    --paper-no 郑公函〔2026〕8号 'supplied=拓扑图已补|测算已附' --date 2026-03-02T15:00
says 'resubmit: again five days' '2026-03-09 周一'
well 'show: on behalf' as wang show $case
says 'on behalf of' '郑州市公安局'
says 'paper' '郑公函〔2026〕8号'

# ---- a wrong day, corrected; backdating
refused 'correct: too early' 1 as wang correct $case 7 --on 2026-03-01 --reason 登记有误
says 'correct: why not' '早于本案上一次办理'
refused 'correct: no such act' 2 as wang correct $case 99 --on 2026-03-02 --reason x
refused 'correct: not his' 4 as zhao correct $case 7 --on 2026-03-03 --reason x
says 'correct: whose it is' '应由 使用单位经办、市局受理、市局签发 办理'
well 'correct' as wang correct $case 7 --on 2026-03-03T09:30 --reason 来件日期登记有误
says 'correct: the last day moves' '2026-03-10 周二'
refused 'accept: a future day' 1 as wang act $case accept --date 2026-03-09
refused 'accept: long ago' 1 as wang act $case accept --date 2026-02-02
says 'accept: how far back' '早于允许补录的 5 个工作日'
refused 'accept: a role he has not' 4 as wang act $case accept --role leader
says 'accept: which he has' '您在本案中没有身份 leader'
well 'accept' as wang act $case accept
says 'accept: review' '审核意见          ▸ 计时  2026-03-10 周二'
well 'acceptance' as wang letter $case acceptance
says 'acceptance: number' '郑数受〔2026〕1号'
says 'acceptance: attachment' '拓扑图.pdf'
well 'why' as wang why $case review
says 'why: article' '第十二条、行政许可法第八十二条'
says 'why: weekend' '2026-03-07 周六  休息：周末'
well 'why, for programs' as wang why $case review --format json
says 'why: a step in words' '"step":"start"'
silent 'why: no day that is none' '1970'
well 'why, in English' as wang --lang en why $case review
says 'why: article en' 'Article 12, Administrative Licensing Law article 82'
says 'why: weekend en' '2026-03-07 Sat  rests: weekend'
well 'whatif' as zhao whatif $case propose 2026-03-12
says 'whatif: late' '超2个工作日'
refused 'act: conflict' 3 as zhao act $case propose --rev 1 feasible=可行 reasonable=合理 ecs.approved=3
says 'conflict: what was done since' '要求补正'
refused 'act: no such event' 2 as zhao act $case proposes
says 'event: near it' 'propose'
refused 'propose: nothing entered' 1 as zhao act $case propose
says 'propose: what is wanting' '方案可行性：未填写'
now=2026-03-05T16:00
well 'propose' as zhao act $case propose feasible=可行 reasonable=合理 ecs.approved=3
well 'opinion' as zhao letter $case opinion
says 'opinion: a table' '序号  编码  名称        申请数量  核准数量  单位'
refused 'sign: not his' 1 as wang act $case approve
refused 'sign: reason' 1 as liu act $case approve
says 'sign: what a reason would do' '写明理由后可以办理'
well 'sign' as liu act $case approve --reason 平台已扩容
well 'approval' as wang letter $case approval
says 'approval: number' '郑数批〔2026〕1号'
well 'dispatch' as wang act $case dispatch receipt_on=2026-03-05

# ---- the vendor, trial, extension, assessment, opening
now=2026-03-10T11:00
well 'vendor sees what was sent' as chen list --format csv --columns number,state
says 'vendor: state' 'allocating'
refused 'provide: nothing delivered' 1 as chen act $case provide delivery_note=yes
refused 'provide: nothing is seen' 2 as chen act $case provide --filled delivery_note=yes
printf '[vendor.cloud-a]\nkind = table\ninventory = %s\nfetch = servers projects\n' "$scratch/cloud.csv" \
    >"$workspace/yuntai.ini"
printf '%s\n' kind,id,project,name,vcpus,ram_gib project,p1,p1,traffic,, server,s1,p1,s1,8,32 \
    server,s2,p1,s2,8,32 server,s3,p1,s3,2,4 >"$scratch/cloud.csv"
well 'what the cloud shows' as wang sync --yes
well 'offered' as chen --lang en offer $case
says 'the numbers are there' 'the inventory of 2026-03-10 11:00 shows ecs 2/3'
well 'the form' as chen --lang en offer $case deliver --format csv
well 'delivered in part, as seen' as chen act $case deliver --filled
well 'shown' ask --format json show $case
says 'what was seen is on record, beside what the cloud shows' '"approved":"3","delivered":"2","seen":2'
refused 'provide: not all is there' 1 as chen act $case provide --filled delivery_note=yes
well 'provide' as chen act $case provide --filled delivery_note=yes ecs.delivered=3
well 'trial letter' as wang letter $case trial
says 'trial: days by default' '试用30天，至2026年4月9日届满'
now=2026-04-07T09:00
well 'ask for more' as sun act $case ask_extension extra_days=15 reason=联调未完
well 'grant' as liu act $case extend
says 'grant: later' '2026-04-24'
well 'extension letter' as wang letter $case extension
now=2026-04-20T09:00
well 'hand in' as sun act $case hand_in test_report=yes
well 'form' as zhao offer $case assess
says 'form: heading' '须填内容'
well 'assess' as zhao act $case assess use_view=占用正常 safety_view=无高危漏洞 --reason 试用期未接入监测
refused 'open: the notice' 1 as liu act $case pass
well 'open' as liu act $case pass opening_notice=yes
says 'open: done' '已开通 online'
well 'opening letter' as wang letter $case opening
says 'opening: number' '郑数开〔2026〕1号'
well 'the system has it' as wang systems show traffic
says 'system: resources' 'ecs 数量'
printf '%s\n' code,name,roles cac,市委网信办,cac >"$scratch/cac.csv"
well 'the cyberspace office' ask import orgs "$scratch/cac.csv" --apply
well 'an incident' as sun open incident event_level=一般 detected_at='2026-04-20 08:00' event_what=中断 \
    scope=一台 --then report
well 'incident: show' as wang --format json show incident-2026-1
silent 'incident: but is nobody'"'"'s vendor' '"vendor":"市委网信办"'
refused 'over' 1 as sun act $case submit
well 'closed: not in the list' as sun list
silent 'closed' '入云〔2026〕1号'
well 'closed: with --all' as sun list --all
says 'closed: all' '入云〔2026〕1号'
well 'verify' ask verify
says 'verify: whole' '完好无损'
exit $failed
