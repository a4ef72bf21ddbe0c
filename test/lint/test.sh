#!/usr/bin/env bash
# The lint can fail: a scratch tree that breaks every rule, and what is said of it; and a tree
# that breaks none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for tool in ctags clang-format nm xgettext; do
    command -v "$tool" >/dev/null || { echo "skip lint: $tool is not installed"; exit 0; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
unset ASAN_OPTIONS UBSAN_OPTIONS

# begin TREE: an empty house.
begin() {
    tree=$scratch/$1
    mkdir -p "$tree"/{core,data/po,tui/command,test/lint}
    cp "$here/../../.clang-format" "$tree"
    touch "$tree"/{core,data,tui,test}/meson.build
    echo zh_CN >"$tree/data/po/LINGUAS"
    printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >"$tree/data/po/zh_CN.po"
    touch "$tree/data/po/POTFILES"
}
lint() { said=$("$here/run" "$@" "$tree" 2>&1) && status=0 || status=$?; }
# fail NAME: with all that the lint has said.
fail() {
    echo "not ok $1"
    sed 's/^/    /' <<<"$said"
    failed=1
}
# expect NAME TEXT: the lint has said TEXT; unexpected NAME TEXT: it has not.
expect() {
    if grep -qF -- "$2" <<<"$said"; then
        echo "ok $1"
    else
        fail "$1: expected “$2”"
    fi
}
unexpected() { if grep -qF -- "$2" <<<"$said"; then fail "$1"; else echo "ok $1"; fi; }
ended() { if [ "$status" = "$2" ]; then echo "ok $1"; else fail "$1: status $status"; fi; }

begin clean
echo "files('day.c', 'day.h')" >"$tree/core/meson.build"
echo "files('main.c')" >"$tree/tui/meson.build"
printf '#include <stdint.h>\n\nint day(void);\n' >"$tree/core/day.h"
cat >"$tree/core/day.c" <<'C'
#include "core/day.h"

#include <string.h>

/* strcpy() is only spoken of here. */
int day(void)
{
    return (int)strlen("sprintf(x)");
}
C
printf '#include "core/day.h"\n\nint main(void)\n{\n    return day() - (int)sizeof(_("sprintf(x)"));\n}\n' >"$tree/tui/main.c"
echo tui/main.c >"$tree/data/po/POTFILES"
printf '\nmsgid "sprintf(x)"\nmsgstr "写(x)"\n' >>"$tree/data/po/zh_CN.po"
(cd "$tree" && cc -I. -c core/day.c -o day.c.o && ar rcT core.a day.c.o)
lint --archive "$tree/core.a"
for rule in include symbol banned length listed sentence format; do
    expect "clean-$rule" "ok $rule"
    unexpected "clean-$rule-only" "not ok $rule"
done
ended clean-status 0

begin broken
{
    printf '#include <stdio.h>\n#include <time.h>\n#include "data/desk.h"\n#include "day.h"\n'
    printf 'int f(void)\n{\n'
    for i in $(seq 90); do echo "    puts(\"$i\");"; done
    printf '    return 0;\n}\n'
} >"$tree/core/day.c"
{
    printf '#include <ncurses.h>\n#include "tui/paint.h"\n#include <curl/curl.h>\nint g(char *s);\nint g(char *s) {\n  char *x = s; // atoi(s)\n'
    printf '  strcpy(x, "a"); /* here\n  */ return atoi (s) + this->system(x);\n}\n'
    for i in $(seq 600); do echo "/* $i */"; done
} >"$tree/data/ini.c"
touch "$tree/tui/paint.h" "$tree/data/desk.h" "$tree/data/ini.h"
printf '#include <sqlite3.h>\n#include <curses.h>\n#include "data/desk.h"\n#include "data/ini.h"\n' >"$tree/tui/main.c"
printf '#include <ncursesw/curses.h>\n' >"$tree/tui/paint.c"
printf 'const char *s = N_("One more.");\n' >"$tree/tui/command/date.c"
printf 'const char *s = _("Untold.");\n' >"$tree/tui/command/policy.c"
echo "files('command/date.c', # 'ini.c'" >"$tree/tui/meson.build"
printf 'tui/command/date.c\ncore/gone.c\n' >"$tree/data/po/POTFILES"
printf 'core/day.c:f\ncore/short.c it once was\n' >"$tree/test/lint/exceptions"
(cd "$tree" && printf 'int puts(const char *);int f(void);int f(void){return puts("x");}' |
    cc -x c -c - -o core_day.c.o && ar rc core.a core_day.c.o)
lint --archive "$tree/core.a"
expect core-header 'core/day.c:1: core/ includes <stdio.h>'
expect core-clock 'core/day.c:2: core/ includes <time.h>'
expect core-upward 'core/day.c:3: core/ includes "data/desk.h"'
expect from-root 'core/day.c:4: "day.h" is not written from the project root'
expect data-curses 'data/ini.c:1: data/ includes <ncurses.h>'
expect data-upward 'data/ini.c:2: data/ includes "tui/paint.h"'
expect data-network 'data/ini.c:3: <curl/curl.h> outside data/vendor/'
expect tui-library 'tui/main.c:1: tui/ includes <sqlite3.h>'
expect tui-curses 'tui/main.c:2: <curses.h> in a file that does not face the terminal'
expect tui-desk 'tui/main.c:4: tui/ includes "data/ini.h"; of data/ only data/desk.h'
expect symbol 'core/day.c:1: calls puts(); in core/ only'
expect banned 'data/ini.c:7: strcpy(); '
expect banned-blank 'data/ini.c:8: atoi(); '
expect function 'core/day.c:5: f() has 94 lines; at most 80'
expect file 'data/ini.c:601: 609 lines; at most 600'
expect exception-reason 'test/lint/exceptions:1: core/day.c:f has no reason'
expect exception-stale 'test/lint/exceptions:2: core/short.c is no longer too long'
expect listed 'data/ini.c:1: in no list; a line for it in data/meson.build'
expect potfiles 'tui/command/policy.c:1: holds sentences to translate; a line for it in data/po/POTFILES'
expect potfiles-stale 'core/gone.c does not exist'
expect translated 'tui/command/date.c:1: a sentence without translation; one in data/po/zh_CN.po'
expect format 'data/ini.c:1: not in the format of the house'
unexpected desk-allowed 'tui/main.c:3'
unexpected paint-allowed 'tui/paint.c:1: <ncurses'
unexpected comment 'data/ini.c:6:'
unexpected member 'system()'
ended broken-status 1
exit "$failed"
