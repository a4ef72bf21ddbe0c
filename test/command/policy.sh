#!/usr/bin/env bash
# policy.sh YUNTAI: check, show, graph, diff and keys, in both languages and all formats.
set -uo pipefail
yuntai=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
zhengzhou=$root/data/policy/zhengzhou-2019-53.ini
experts=$root/test/policy/experts.ini
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

same() {
    if [ "$2" = "$3" ]; then
        echo "ok $1"
    else
        echo "not ok $1: got “$2” want “$3”"
        failed=1
    fi
}
has() {
    if [ "${2#*"$3"}" != "$2" ]; then
        echo "ok $1"
    else
        echo "not ok $1: got “${2:0:400}” want “$3” in it"
        failed=1
    fi
}
# ask LANGUAGE WORD…: what `yuntai policy WORD…` prints, standard error too, in $said; $status.
ask() {
    local language=$1
    shift
    said=$("$yuntai" --lang "$language" policy "$@" 2>&1 </dev/null)
    status=$?
}

# ---- check
ask en check "$experts" "$root/test/policy/pricing.ini"
same 'check: right ones' "$status" 0
has 'check: ok' "$said" "$experts: ok"
ask en check
same 'check: the policy delivered' "$status" 0
has 'check: counts' "$said" 'articles 30, procedures 19, states 146, events 182'
has 'check: pairs of answers' "$said" 'pairs '
ask zh check "$experts"
has 'check: counts in zh' "$said" '条文 7，流程 3，状态 14，事项 12'
ask en check "$experts" --format json
has 'check: ok in json' "$said" '"ok":true,"articles":7'

sed -e 's/^must *= .*/must = unheard_of/' -e 's/^begins *= .*/begins = nowhere/' "$experts" >"$scratch/bad.ini"
line=$(grep -n '^begins = nowhere' "$scratch/bad.ini" | head -n 1 | cut -d: -f1)
ask en check "$scratch/bad.ini"
same 'check: a wrong one' "$status" 1
has 'check: place, thing, key, cure' "$said" \
    "$scratch/bad.ini:$line:10 procedure.$(sed -n 's/^\[procedure\.\(.*\)\]/\1/p' "$scratch/bad.ini" | head -n 1) begins: there is no state “nowhere”"
ask zh check "$scratch/bad.ini"
same 'check: a wrong one in zh' "$status" 1
has 'check: place in zh' "$said" "bad.ini:$line:10 procedure."
ask en check "$scratch/bad.ini" --format json
has 'check: json' "$said" "\"line\":$line,\"column\":10,\"thing\":\"procedure."
ask en check "$scratch/bad.ini" --format csv
same 'check: csv head' "$(head -n 1 <<<"$said")" 'file,line,column,thing,key,text,answers'
has 'check: csv row' "$said" ",$line,10,procedure."
printf '[policy]\nid = x\n' >"$scratch/short.ini"
ask zh check "$scratch/short.ini"
has 'check: what a missing key means, in zh' "$said" '缺少键 schema（'
same 'check: no English in zh' "$(grep -c 'version of this language' <<<"$said")" 0
ask en check "$scratch/none.ini"
same 'check: no such file' "$status" 5
has 'check: no such file is named' "$said" none.ini
: >"$scratch/empty.ini"
ask en check "$scratch/empty.ini" "$experts"
same 'check: an empty file and a right one' "$status" 1
has 'check: goes on after a wrong one' "$said" "$experts: ok"


# ---- show
ask zh show 12
has 'show: an article in zh' "$said" '第12条　审核'
has 'show: what cites it' "$said" 'event.access.propose'
ask en show 12
has 'show: an article in en' "$said" 'Article 12  Examination'
ask en show clock.review
has 'show: a path' "$said" 'clock.review  '
has 'show: keys as written' "$said" 'limit     5wd'
has 'show: title as written' "$said" 'title     审核意见'
ask en show access "$zhengzhou"
has 'show: a name' "$said" 'procedure.access'
ask zh show
has 'show: overview of procedures' "$said" '申请入云'
has 'show: overview of questions' "$said" 待定问题
ask en show "$experts" --format csv
same 'show: csv' "$(head -n 1 <<<"$said")" thing,title,en,article
ask en show 12 --format json
has 'show: json' "$said" '{"thing":"article.12","key":"title","value":"审核"}'
ask en show nothing_of_the_kind
same 'show: not there' "$status" 4
has 'show: not there is named' "$said" '“nothing_of_the_kind”'

# ---- graph
ask zh graph access
same 'graph: status' "$status" 0
has 'graph: a box' "$said" '│ 审核  市局审核  时限 审核意见'
has 'graph: a branch' "$said" '├─ 要求补正  → ↑ 补正'
has 'graph: on to the next box' "$said" '│  提出审核意见'
has 'graph: an end' "$said" '→ ✗ 已撤回'
has 'graph: which condition picks a target' "$said" '提交申请  条件 org.level = county'
has 'graph: the other target' "$said" '提交申请  → ↓ 待受理  否则'
has 'graph: when it can be done' "$said" '已终止  条件 late(supplement)'
ask zh graph access --dot
has 'graph: the condition on the edge' "$said" '提交申请\n条件 org.level = county"'
LC_ALL=C ask en graph access
has 'graph: in ASCII' "$said" '| Review '
same 'graph: no other sign' "$(LC_ALL=C grep -c '[^ -~]' <<<"$said")" 0
ask zh graph access --dot
same 'graph: dot' "$status" 0
has 'graph: a state' "$said" '"draft" [label="草稿'
has 'graph: a final state' "$said" 'peripheries=2'
has 'graph: running out' "$said" 'style=dashed'
same 'graph: ends' "$(tail -n 1 <<<"$said")" '}'
ask en graph access --dot
has 'graph: an edge in en' "$said" '"received" -> "review"'
ask en graph nothing
same 'graph: not there' "$status" 4
ask en graph
same 'graph: which one' "$status" 2
if command -v dot >/dev/null; then
    for name in $("$yuntai" policy show --format csv | sed -n 's/^procedure\.\([a-z_]*\),.*/\1/p'); do
        "$yuntai" policy graph "$name" --dot | dot -Tsvg >"$scratch/svg" 2>"$scratch/said"
        same "dot reads $name" "$?$(<"$scratch/said")" 0
    done
else
    echo 'skip dot reads the graphs: graphviz is not installed'
fi

# ---- diff
cp "$experts" "$scratch/same.ini"
{
    printf '# a comment\n\n'
    sed -e 's/ = /   =   /' "$experts"
} >"$scratch/laid-out.ini"
ask en diff "$experts" "$scratch/laid-out.ini"
same 'diff: layout means nothing' "$status$said" 0
sed 's/5wd/6wd/' "$experts" >"$scratch/changed.ini"
ask en diff "$experts" "$scratch/changed.ini"
same 'diff: a change' "$status" 1
has 'diff: old' "$said" '- 5wd'
has 'diff: new' "$said" '+ 6wd'
ask en diff "$experts" "$scratch/changed.ini" --format json
has 'diff: json' "$said" '"old":'
ask en diff "$experts" "$scratch/changed.ini" --format csv
same 'diff: csv' "$(head -n 1 <<<"$said")" thing,key,old,new
{
    cat "$experts"
    printf '\n[term]\nbrand_new = 新词, means yes\n'
} >"$scratch/more.ini"
ask en diff "$experts" "$scratch/more.ini"
has 'diff: a thing more' "$said" '+ term.brand_new'
ask en diff "$scratch/more.ini" "$experts"
has 'diff: a thing less' "$said" '- term.brand_new'
ask en diff "$experts"
same 'diff: which two' "$status" 2
ask en diff "$experts" "$scratch/none.ini"
same 'diff: no such file' "$status" 5
ask zh check "$scratch/none.ini"
has 'check: no such file, in his language' "$said" '无法读取'

# ---- keys
ask zh keys
same 'keys: status' "$status" 0
for word in 'clock: ' 'procedure: ' limit paper; do
    has "keys: $word" "$said" "$word"
done
ask en keys clock
has 'keys: of a kind' "$said" 'limit '
same 'keys: of that kind only' "$(grep -c ': ' <<<"${said%%$'\n'*}")" 1
ask en keys clok
same 'keys: no such kind' "$status" 4
has 'keys: did you mean' "$said" 'did you mean clock?'
ask en keys state --format json
has 'keys: json' "$said" '{"of":"state","name":"title","required":"yes"'
ask en keys --format csv
same 'keys: csv' "$(head -n 1 <<<"$said")" of,name,required,words,meaning

# ---- every line of json is json
if command -v python3 >/dev/null; then
    for words in "check $experts" show 'show 12' keys "check $scratch/bad.ini" "diff $experts $scratch/changed.ini"; do
        # shellcheck disable=SC2086 # words are meant
        "$yuntai" policy $words --format json | python3 -c \
            'import json, sys; [json.loads(line) for line in sys.stdin]' 2>"$scratch/said"
        same "json is json: ${words%% /*}" "${PIPESTATUS[1]}" 0
    done
else
    echo 'skip json is json: python3 is not installed'
fi

# ---- the first policy of the guide, as it stands there
guide=$root/data/policy/README.md
sed -n '/^```ini$/,/^```$/p' "$guide" | sed -n '2,/^```$/p' | sed '$d' >"$scratch/first.ini"
sed -n '/^2026.* open try_out/,/^```$/p' "$guide" | sed '$d' >"$scratch/first.txt"
ask zh check "$scratch/first.ini"
same 'guide: it is right' "$status" 0
same 'guide: it has thirty lines' "$(wc -l <"$scratch/first.ini")" 30
said=$("$yuntai" --lang zh rehearse --policy "$scratch/first.ini" "$scratch/first.txt" 2>&1)
has 'guide: what is refused' "$said" '试用天数：40 超出允许的范围；应为 15 至 30 天（第三条）'
has 'guide: when the answer is due' "$said" '答复          ▸ 计时  2026-03-05'
has 'guide: when the trial ends' "$said" '试用期        ▸ 计时  2026-03-25'

# ---- the frame
ask en
same 'what is to be done' "$status" 2
ask en chek
same 'no such subcommand' "$status" 2
ask en check --all
same 'no such option' "$status" 2
has 'no such option is named' "$said" '“--all”'
ask zh --help
has 'help in zh' "$said" 用法
ask en --help
has 'help in en' "$said" 'usage: yuntai policy check'
exit "$failed"
