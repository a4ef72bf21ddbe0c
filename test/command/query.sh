#!/usr/bin/env bash
# query.sh YUNTAI: list and its query language: fields, words, orders, columns, completion, and
# errors that point at their column; status.
set -uo pipefail
source "$(dirname "$0")/../support/command.sh"
make_bureau
well 'a case' as sun open access "${application[@]}"
well 'submitted' as sun act access-2026-1 submit
well 'another' as wu open access info_system=招生平台 request=new
now=2026-03-09T10:00

numbers() { ask --as wang list --format csv --columns number "$@"; }
well 'one text, several terms' numbers 'due<=3wd state:待受理 org:公安 -paused'
says 'found' '入云〔2026〕1号'
silent 'found alone' '入云〔2026〕2号'
well 'terms apart' numbers state:draft 'org:教育'
says 'the draft' '入云〔2026〕2号'
well 'a term turned round, apart' numbers state:待受理 -paused -org:教育
says 'turned round: found' '入云〔2026〕1号'
well 'a card turned round' numbers -- -card:red
says 'turned round: what can get no such card' '入云〔2026〕1号'
well 'as the columns call them' numbers '流程:申请入云' '在办方:市局受理' '立案<=今天' '-亮牌:红' '信息系统:智慧交管平台' 办件:1
says 'as the columns: found' '入云〔2026〕1号'
refused 'no such field' 2 numbers colourful:红
says 'no such field: what there is' '状态、类别、单位'
refused 'no such option' 2 numbers --paused
refused 'no such option before the command' 2 ask --nosuch list
says 'no such option: is no command' '没有选项“--nosuch”'
well 'text' numbers 招生
says 'text: found' '入云〔2026〕2号'
well 'an organisation by initials' numbers org:zzsgaj
says 'initials: found' '入云〔2026〕1号'
well 'a county' numbers county:金水
says 'county: found' '入云〔2026〕2号'
well 'none' ask --as wang list 不存在的
says 'none: said' '没有内容'
well 'sorted' numbers --sort=-number
same 'sorted: the last first' "$(sed -n 2p <<<"$said")" '入云〔2026〕2号'
well 'told besides' ask --as wang list --format csv --entries request,phone,redundancy --acts submit --run accept \
    --columns number,entry.request,entry.request_title,entry.phone,entry.redundancy,act,run_due --by request
same 'told: entries, the latest act, the run of a clock; nothing private' "$(sed -n 2,3p <<<"$said")" \
    $'入云〔2026〕1号,new,新建,,20,submit,2026-03-09\n入云〔2026〕2号,new,新建,,,,'
well 'told: as columns' ask --as wang list --acts submit
says 'told: its title' '提交申请'
refused 'told: no such field' 2 ask --as wang list --entries redundanc
says 'told: near it' 'redundancy'
refused 'told: no such act' 2 ask --as wang list --acts sumbit
refused 'in the order of what is not told' 2 ask --as wang list --by request
well 'limit' numbers --limit 1
same 'limit: one row' "$(wc -l <<<"$said")" 2
well 'columns' ask --as wang list --format json --columns number,left 招生
same 'columns: as JSON, a line each' "$said" '{"number":"入云〔2026〕2号","left":null}'
well 'columns: for people by their titles' ask --as wang list --columns number,state,with 招生
says 'columns: titles' '入云〔2026〕2号  草稿  使用单位经办'
well 'columns: for machines by their names' ask --as wang list --format csv --columns number,state,with 招生
says 'columns: names' '入云〔2026〕2号,draft,unit'

# ---- errors point
refused 'a field that is none' 2 ask --as wang list 'due<=3wd stat:draft'
says 'field: near it' '请写 state'
says 'field: the mark' $'  due<=3wd stat:draft\n           ^'
refused 'a value that is none' 2 ask --as wang --lang en list '招生 state:nowhere'
says 'value: column' 'column 4:'
says 'value: the mark, wide letters counted twice' $'  招生 state:nowhere\n       ^'
refused 'a date that is none' 2 ask --as wang list 'due<=3xx'
says 'date: what would be right' '3个工作日'
refused 'an order that is none' 2 ask --as wang list --sort colour
refused 'a column that is none' 2 ask --as wang list --columns number,xyzxyz
says 'column: which there are' 'state_title'
refused 'a number that is none' 2 ask --as wang list --limit many

# ---- completion
well 'complete: a name' ask --as wang complete 'sta'
says 'complete: state' 'state:'
well 'complete: a value' ask --as wang complete 'due<=3wd state:待'
says 'complete: its titles' '待受理'
silent 'complete: no other' '草稿'
well 'complete: an organisation' ask --as wang complete 'org:金水'
says 'complete: its name' '金水区'
well 'complete: nothing of what may not be seen' as zhou complete 'system:'
silent 'complete: not guessable' '交管'

# ---- the shell
source "$root/data/completion/yuntai.bash"
offers() { # NAME WANT WORD…: what bash would offer behind the words
    local name=$1 want=$2
    shift 2
    COMP_WORDS=(yuntai --workspace "$workspace" --as wang "$@") COMP_CWORD=$(($# + 4))
    COMP_LINE="${COMP_WORDS[*]}"
    COMP_LINE=${COMP_LINE// : /:} # bash tears words at a colon, the line has none of the blanks
    COMP_POINT=${#COMP_LINE}
    _yuntai 2>/dev/null
    said="${COMPREPLY[*]}"
    says "bash: $name" "$want"
}
binary=$yuntai
yuntai() { "$binary" --now "$now" "$@"; }
offers 'commands' 'doctor' doc
offers 'options' '--columns' list --col
offers 'cases' '入云〔2026〕1号' show 入
offers 'events' 'accept' act access-2026-1 ''
silent 'bash: no event that cannot be done now' 'approve'
offers 'fields' 'lacking=' act access-2026-1 ask lack
offers 'letters' 'acceptance' letter access-2026-1 acc
offers 'query names' 'state:' list sta
offers 'query values' '待受理' list state : 待
offers 'registers' 'fields' orgs fi
offers 'formats' 'json' --format js

# ---- status
well 'status' as wang status
says 'status: late ones and due today' '今日到期'
says 'status: the most urgent' '入云〔2026〕1号'
well 'status: as CSV' as wang status --format csv
says 'status: urgent' '入云〔2026〕1号'
now=2026-03-11T10:00
well 'status: what time brought' as wang --lang en status
says 'status: done by the desk' 'done by the desk'
well 'status: deemed accepted' numbers state:审核
says 'deemed: found' '入云〔2026〕1号'
now=2026-03-13T10:00
well 'one for Friday' as sun open access "${application[@]}" --then submit
now=2026-03-21T10:00
well 'status: on the Saturday' as wang --lang en status
says 'status: what was due on Friday' 'past due'
silent 'status: is not due now' 'due now'
exit $failed
