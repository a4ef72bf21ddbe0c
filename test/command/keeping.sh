#!/usr/bin/env bash
# keeping.sh YUNTAI: the workspace itself: init, settings and which wins, clock, policy and calendar
# with what would move, verify, checkpoint, backup, restore, doctor, the server; exit statuses.
set -uo pipefail
source "$(dirname "$0")/../support/command.sh"

# ---- without a workspace
refused 'no workspace' 4 ask status
says 'no workspace: how one is made' 'yuntai init'
refused 'doctor without one' 5 ask doctor
says 'doctor without one: how one is made' 'yuntai init 可新建'
silent 'doctor without one: nothing of its disk' '请腾出空间'
make_bureau
refused 'init twice' 2 ask init
says 'init: nothing changed' '未作改动'
refused 'init: --sample or --policy' 2 ask init --sample --policy x.ini
refused 'init: no such policy' 4 ask --workspace "$scratch/other" init --policy "$scratch/none.ini"
same 'init: nothing left' "$([ -e "$scratch/other" ] && echo there)" ''

# ---- usage, help, languages
refused 'no such command' 2 ask --lang en lits
says 'near it' 'did you mean list?'
refused 'no such option' 2 ask --lang en list --clumns x
says 'option: near it' '--columns'
refused 'a value is wanting' 2 ask list --sort
refused 'no such language' 2 ask --lang fr status
refused 'no such format' 2 ask --format xml status
refused 'no such day' 2 ask --today 2026-02-30 status
well 'help' ask --lang en help why
says 'help: usage' 'usage: yuntai why CASE [CLOCK]'
well '--help, in Chinese' ask why --help
says 'help: zh' '用法：yuntai why'

# ---- settings: what is read later wins, and the command line over all
mkdir -p "$XDG_CONFIG_HOME/yuntai"
printf '[desk]\nlanguage = en\nas = wang\npage = 7\n' >"$XDG_CONFIG_HOME/yuntai/yuntai.ini"
well 'settings of the user' ask whoami
says 'language of the user' 'policy'
says 'as of the user' 'wang'
printf '[desk]\nlanguage = zh\nas = liu\n' >"$workspace/yuntai.ini"
well 'settings of the workspace' ask whoami
says 'language of the workspace' '办法'
says 'as of the workspace' '刘敏'
well 'command line' ask --lang en --as zhao whoami
says 'as of the command line' 'zhao'
says 'language of the command line' 'policy'
well 'settings' ask settings --format csv
says 'settings: where it is said' "desk.page,7,,1..500,50,$XDG_CONFIG_HOME/yuntai/yuntai.ini:4"
printf '[desk]\npages = 3\n' >"$workspace/yuntai.ini"
refused 'a setting that is none' 2 ask status
says 'setting: near it, with its line' 'yuntai.ini:2'
refused 'doctor sees it' 5 ask doctor
says 'doctor: what is wrong' '✗ 设置（yuntai.ini）'
says 'doctor: how it is mended' '→ 请改正所指的那一行'
rm "$workspace/yuntai.ini" "$XDG_CONFIG_HOME/yuntai/yuntai.ini"

# ---- policy and calendar: what would move
well 'open' as sun open access "${application[@]}"
well 'submit' as sun act access-2026-1 submit
sed -e 's/^\(accept  *= .*, limit \)5wd/\13wd/' \
    "$root/data/policy/zhengzhou-2019-53.ini" >"$scratch/new.ini"
refused 'adopt: not his' 4 as sun policy adopt "$scratch/new.ini"
says 'adopt: whose it is' '应由 市局签发 办理'
refused 'a notice: not his' 4 as sun calendar add "$scratch/new.ini"
says 'a notice: whose it is' '应由 市局受理 办理'
well 'adopt: looked at' as liu policy adopt "$scratch/new.ini" --move --preview --ground 新规
says 'adopt: what moves' '2026-03-05'
says 'adopt: that it was a preview' '仅预览，未办理'
well 'handover: looked at' as wang handover wang liu --preview
says 'handover: that it was a preview' '仅预览，未办理'
well 'adopt: only looked at' as wang show access-2026-1
says 'adopt: as it was' '2026-03-09'
printf 'x\n' >"$scratch/bad.ini"
refused 'adopt: a wrong one' 1 as liu policy adopt "$scratch/bad.ini" --ground 新规
says 'adopt: what is wrong, in his language' 'bad.ini:1:'
silent 'adopt: nothing in another' 'write'
sed -e 's/^id  *=.*/id = zhengzhou-2027/' "$scratch/new.ini" >"$scratch/next.ini"
refused 'adopt: another one moves nothing' 2 as liu policy adopt "$scratch/next.ini" --move --preview
says 'adopt: what it should say' 'replaces = zhengzhou-2019-53'
sed -i -e 's/^\[policy\]$/&\nreplaces = zhengzhou-2019-53/' "$scratch/next.ini"
well 'adopt: the one that follows' as liu policy adopt "$scratch/next.ini" --move --preview
says 'adopt: what it moves' '2026-03-05'
refused 'answer: no such question' 2 as liu policy answer clock_stop submission --ground 会议
says 'answer: which there are' '没有待定问题“clock_stop”'
refused 'answer: no such option' 2 as liu policy answer clock_start never --ground 会议
says 'answer: which it has' 'complete, submission, acceptance'
well 'adopt' as liu policy adopt "$scratch/new.ini" --move --ground 新规
well 'adopted' as wang show access-2026-1
says 'adopted: last day' '2026-03-05'
printf '%s\n' 'notice,published,covers,date,kind,name' 国办发明电〔2026〕9号,2026-03-02,2026,2026-03-04,holiday,抗汛 \
    >"$scratch/notice.csv"
well 'calendar: looked at' as wang calendar add "$scratch/notice.csv" --preview
says 'calendar: what moves' '2026-03-06'
well 'calendar' as wang calendar add "$scratch/notice.csv"
well 'calendar: why' as wang why access-2026-1
says 'calendar: the notice' '抗汛'
well 'calendar: a year' ask calendar 2026
says 'calendar: rests, in words' '放假'
well 'calendar: a year nobody has spoken of' ask calendar 2099
same 'calendar: that there is nothing is said' "$said" '没有内容'
refused 'calendar: no year' 2 ask calendar 明年
refused 'calendar: a wrong table' 2 as wang calendar add "$scratch/orgs.csv"

# ---- the record
well 'acts' ask acts 孙晓 access-2026-1 --columns seq,done
says 'acts: what was done' '提交'
well 'acts: in English' ask --lang en acts act:submit --limit 1 --format csv --columns who,done,number
says 'acts: who, what, where' '孙晓,Submit,入云〔2026〕1号'
refused 'acts: a word that is none' 2 ask acts 某某某
says 'acts: what would be right' '账号或姓名'
refused 'acts: how many' 2 ask acts --limit 0
well 'verify' ask --lang en verify
says 'verify: whole' 'all is whole'
"$yuntai" --workspace "$workspace" --now $now checkpoint >"$scratch/checkpoint.txt"
well 'verify: a checkpoint' ask verify --checkpoint "$scratch/checkpoint.txt"
well 'log' as wang log
says 'log: who was refused' '已拒绝'
well 'backup' ask backup "$scratch/copy"
says 'backup: proved' '核验完整'
refused 'backup: where something is' 2 ask backup "$scratch"
well 'restore' ask --workspace "$scratch/again" restore "$scratch/copy"
well 'restored' ask --workspace "$scratch/again" --as wang show access-2026-1
says 'restored: the case' '入云〔2026〕1号'
refused 'restore: where one is' 2 ask restore "$scratch/copy"
refused 'restore: what is none' 4 ask --workspace "$scratch/third" restore "$scratch/none"
says 'restore: says that it is no backup' '没有备份'
# ---- a day still to come, in a record that the clock keeps
workspace=$scratch/real
said=$("$yuntai" --workspace "$workspace" init 2>&1)
well 'doctor' ask doctor
says 'doctor: well' '✓ desk.db 完整'
said=$( (trap '' XFSZ && ulimit -f 0 && "$yuntai" --workspace "$workspace" doctor) 2>&1)
says 'doctor: no room' '磁盘已满'
silent 'doctor: no room is no reason to restore' '备份'
cp -a "$workspace" "$scratch/ill"
rm "$scratch/ill/keys/sign.pem"
refused 'doctor: a key that is gone' 5 ask --workspace "$scratch/ill" doctor
says 'doctor: how a key comes back' '没有私钥不能签名存证点'
silent 'doctor: what is gone has no mode' 'chmod 600'
chmod 755 "$workspace"
refused 'doctor: a workspace for all' 5 ask --lang en doctor
says 'doctor: cure' 'chmod 700'
chmod 700 "$workspace"
now=$(($(date +%Y) + 1))-03-02T09:00
well 'ahead: one may look' ask status
refused 'ahead: nothing is filed' 1 ask --lang en orgs set x name=y
says 'ahead: why' 'is still to come'

# ---- the server
workspace=$scratch/desk
now=2026-03-03T09:00
"$yuntai" --workspace "$workspace" serve >"$scratch/serve.log" 2>&1 &
server=$!
for ((i = 0; i < 500; i++)); do
    [ -S "$workspace/desk.sock" ] && "$yuntai" --workspace "$workspace" --as wang whoami >/dev/null 2>&1 && break
    sleep 0.05
done
well 'served: show' as wang show access-2026-1
says 'served: the case' '入云〔2026〕1号'
ask doctor # of the clock it complains: this record is of another day
says 'served: who answers' '✓ 服务: '
refused 'served: once' 5 ask serve
kill -TERM $server
wait $server
same 'the server ends well' $? 0
refused 'a socket with nobody behind it' 5 ask --socket "$scratch/none.sock" status
exit $failed
