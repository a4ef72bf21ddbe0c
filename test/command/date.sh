#!/usr/bin/env bash
# date.sh YUNTAI: every question of date.txt, asked on the command line and as a line of standard
# input, and what a table cannot say: languages, formats, exit status.
set -uo pipefail
yuntai=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# same NAME GOT WANT: equal, or, where WANT begins with ?, GOT begins so.
same() {
    if [ "$2" = "$3" ] || { [ "${3:0:1}" = '?' ] && [ "${2:0:${#3}}" = "$3" ]; }; then
        echo "ok $1"
    else
        echo "not ok $1: got “$2” want “$3”"
        failed=1
    fi
}
# has NAME GOT PART: PART stands somewhere in GOT.
has() {
    if [ "${2#*"$3"}" != "$2" ]; then
        echo "ok $1"
    else
        echo "not ok $1: got “$2” want “$3” in it"
        failed=1
    fi
}

grep '^[^#].* => ' "$here/date.txt" >"$scratch/table"
sed 's/ => .*//' "$scratch/table" >"$scratch/questions"
sed 's/.* => //' "$scratch/table" >"$scratch/want"
"$yuntai" --lang en date - <"$scratch/questions" >"$scratch/lines"
same 'date - answers every line' "$(wc -l <"$scratch/lines")" "$(wc -l <"$scratch/table")"
while read -r question <&3 && read -r want <&4 && read -r line <&5; do
    same "line $question" "$line" "$want"
    # shellcheck disable=SC2086 # words are meant
    if got=$("$yuntai" --lang en date $question 2>&1); then
        same "date $question" "$got" "$want"
    else
        same "date $question (status)" "$?" 2
        same "date $question" "? ${got#yuntai date: }" "$want"
    fi
done 3<"$scratch/questions" 4<"$scratch/want" 5<"$scratch/lines"

# Nothing on standard input stops it.
got=$(printf '# a comment\n\n  \t\nafter 2019-09-27 5wd\r\n\x00\n\xff\xfe\nafter 2019-09-30 5wd' |
    "$yuntai" --lang zh date - --as-of 2020-01-26)
same 'blank lines and comments have no answer' "$(wc -l <<<"$got")" 4
same 'carriage return' "$(sed -n 1p <<<"$got")" 2019-10-10
same 'NUL in zh' "$(sed -n 2p <<<"$got")" '? 这一行含有 NUL 字节'
same 'no UTF-8 in zh' "$(sed -n 3p <<<"$got")" '? “??”不是问题'
same 'last line without an end' "$(sed -n 4p <<<"$got")" 2019-10-12
same 'as-of for all lines' \
    "$(echo 'after 2020-01-20 5wd' | "$yuntai" date - --as-of 2020-01-26)" 2020-02-01
same 'as-of of a line' \
    "$(echo 'after 2020-01-20 5wd --as-of 2020-01-27' | "$yuntai" date - --as-of=2020-01-26)" 2020-02-04
same 'no line, no answer' "$("$yuntai" date - </dev/null)" ''

# Many lines, quickly: far less than a second, with room for a sanitizer on a slow machine.
yes 'after 2019-09-27 5wd' | head -n 100000 >"$scratch/many"
started=$SECONDS
same 'a hundred thousand lines' "$("$yuntai" date - <"$scratch/many" | sort | uniq -c | xargs)" \
    '100000 2019-10-10'
same 'quickly' "$((SECONDS - started < 20))" 1

# Why: both languages, all formats.
zh=$("$yuntai" --lang zh date after 2019-09-27 5wd --explain)
en=$("$yuntai" date after 2019-09-27 5wd --explain --lang en)
has 'explain zh anchor' "$zh" '2019-09-27 周五  起算，当日不计'
has 'explain zh worked' "$zh" '2019-09-29 周日  1  上班：国庆节调休，国办发明电〔2018〕15号'
has 'explain zh rests' "$zh" '2019-10-01 周二  休息：国庆节，国办发明电〔2018〕15号'
has 'explain en rests' "$en" '2019-09-28 Sat  rests: weekend'
has 'explain en last day' "$en" '2019-10-10 Thu  last day'
has 'explain rolled' "$("$yuntai" --lang en date after 2019-09-05 30d --roll next --explain)" \
    '; moves to 2019-10-08'
has 'explain clear' "$("$yuntai" --lang en date before 2019-10-08 3wd --clear --explain)" 'clear days'
has 'explain hold' \
    "$("$yuntai" --lang en date after 2019-09-23 5wd --hold 2019-09-25..2019-09-29 --explain)" \
    '2019-09-26 Thu  not counted: the clock stands still'
same 'explain count' \
    "$("$yuntai" --lang en date count 2019-09-27 2019-10-10 --explain | grep -c rests)" 8
has 'explain nth from the end' "$("$yuntai" --lang en date nth 2019-10 -1 --explain)" \
    '2019-10-31 Thu  1'
same json "$("$yuntai" --format json date after 2027-03-01 5wd)" \
    '{"date":"2027-03-08","provisional":true}'
same 'json count' "$("$yuntai" date count 2019-09-27 2019-10-10 --format=json)" \
    '{"count":5,"provisional":false}'
same csv "$("$yuntai" date after 2019-09-27 5wd --format csv | tail -n 1)" '2019-10-10,no,'

if command -v python3 >/dev/null; then
    "$yuntai" date after 2019-09-27 5wd --explain --format json | python3 -m json.tool >/dev/null
    same 'json is json' $? 0
else
    echo 'skip json is json: python3 is not installed'
fi

# Other notices, and none.
printf 'notice,published,covers,date,kind,name\nx,2018-01-01,2019,2019-09-30,holiday,y\n' \
    >"$scratch/own.csv"
same 'another calendar' "$("$yuntai" date next 2019-09-27 --calendar "$scratch/own.csv")" 2019-10-01
"$yuntai" date next 2019-09-27 --calendar "$scratch/none.csv" 2>"$scratch/said"
same 'no such calendar' $? 5
has 'no such calendar is named' "$(<"$scratch/said")" none.csv
printf 'notice,date\nx,y\n' >"$scratch/bad.csv"
"$yuntai" date - --calendar="$scratch/bad.csv" </dev/null 2>"$scratch/said"
same 'a wrong calendar' $? 5
has 'a wrong calendar is told with its line' "$(<"$scratch/said")" 'bad.csv:1:'

# The frame all commands stand in.
has 'help zh' "$("$yuntai" --lang zh help)" 计算工作日
has 'help en' "$("$yuntai" --help --lang en)" 'count working days'
has 'help of the command' "$("$yuntai" date --help --lang en)" 'yuntai date after DATE PERIOD'
has version "$("$yuntai" --version)" 'yuntai '
has 'LANGUAGE en' "$(LANGUAGE=en "$yuntai" help)" 'usage: '
has 'LANG en' "$(LC_ALL='' LANG=en_US.UTF-8 "$yuntai" help)" 'usage: '
has 'Chinese where nothing says' "$(env -u LANG -u LC_ALL -u LANGUAGE "$yuntai" help)" 用法
has 'Chinese in C' "$(LC_ALL=C "$yuntai" help)" 用法
has 'did you mean' "$("$yuntai" --lang en dte 2>&1)" 'did you mean date?'
for wrong in 'dte' '--format xml' '--lang fr' '--today soon' 'date --format' 'date - after'; do
    # shellcheck disable=SC2086
    "$yuntai" $wrong >/dev/null 2>&1 </dev/null
    same "status of $wrong" $? 2
done
if [ -w /dev/full ]; then
    "$yuntai" --lang en date next 2019-09-27 >/dev/full 2>"$scratch/said"
    same 'a full disk' $? 5
    has 'a full disk is told' "$(<"$scratch/said")" 'could not be written'
fi
exec 3> >(:)
wait $! # nobody reads any more
"$yuntai" policy keys --lang en >&3 2>"$scratch/said"
same 'a closed pipe' $? 5
exec 3>&-
exit "$failed"
