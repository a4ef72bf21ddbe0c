#!/usr/bin/env bash
# plain.sh YUNTAI: --plain: tables as records, a line a fact; on a terminal a command a line.
set -u
yuntai=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
export LC_ALL=C.UTF-8
desk=("$yuntai" --lang en --workspace "$directory/desk")

check() { # NAME TEXT EXPECTED: a line of it
    if grep -qxF -- "$3" <<<"$2"; then
        echo "ok $1"
    else
        printf '%s\n' "$2"
        echo "not ok $1"
    fi
}

"${desk[@]}" init >/dev/null
plain=$("${desk[@]}" --plain settings)
check 'a fact a line, its name first' "$plain" 'setting: desk.page'
check 'and the next' "$plain" 'in force: 50'

if command -v script >/dev/null; then
    talk=$(printf 'whoami\nnonsense\nwhoami --help\nq\n' |
        script -qec "'$yuntai' --lang en --plain --workspace '$directory/desk'" /dev/null | tr -d '\r')
    check 'a command a line' "$talk" 'desk> usage: yuntai whoami'
    check 'what is no command is told' "$talk" \
        'desk> yuntai: there is no command “nonsense”; yuntai --help lists them'
else
    echo 'skip a command a line: no script(1) here'
fi
