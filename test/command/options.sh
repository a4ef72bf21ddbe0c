#!/usr/bin/env bash
# options.sh YUNTAI: every command and every option of the tables stands in the help, in the manual
# and in the completion; every setting in yuntai.ini(5), every key the console reads of a file of screens
# in yuntai-screens.ini(5); and what those name is there.
set -uo pipefail
yuntai=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
manual=$(sed 's/\\-/-/g' "$root/data/man/yuntai.1")
failed=0

check() {
    if [ "$2" = yes ]; then echo "ok $1"; else
        echo "not ok $1"
        failed=1
    fi
}
holds() { [[ $2 =~ (^|[^-a-z_])$1($|[^-a-z_]) ]] && echo yes || echo no; }

source "$root/data/completion/yuntai.bash"
commands=$("$yuntai" --lang en help | sed -n 's/^  \([a-z]*\)  *[^-].*/\1/p')
completed=$(sed -n '/local commands=/,/"$/p; s/.*local registers=//p' "$root/data/completion/yuntai.bash")

# ---- commands
check 'there are commands' "$([ "$(wc -w <<<"$commands")" -gt 40 ] && echo yes)"
for command in $commands; do
    for language in en zh; do
        usage=$("$yuntai" --lang $language "$command" --help 2>&1)
        word='usage: '
        [ $language = en ] || word='用法：'
        check "$command --help, $language" "$([[ $usage == "$word"yuntai* ]] && echo yes)"
    done
    check "$command is in the manual" "$(holds "$command" "$manual")"
    check "$command is completed" "$(holds "$command" "$completed")"
done

# ---- options: what a help names is in the manual and completed; what is completed is in a help
global='--lang --format --plain --workspace --socket --as --today --now --help --version'
all_usage=
for command in $commands; do
    usage=$("$yuntai" --lang en help "$command")
    all_usage+=$usage
    named=$(sed -E "s/yuntai [a-z]+ --[a-z-]+/&\n/; /yuntai $command /!s/yuntai [a-z]+ --[a-z-]+//" <<<"$usage" |
        grep -oE -- '--[a-z-]+' | sort -u)
    offered=$(_yuntai_options "$command")
    for option in $named; do
        [[ " $global " == *" $option "* ]] && continue
        [ "$command" = help ] && continue
        check "$command $option is in the manual" "$(holds "$option" "$manual")"
        check "$command $option is completed" "$(holds "$option" "$offered")"
    done
    for option in $offered; do
        [[ " $global " == *" $option "* ]] && continue
        said="$usage"
        case $command in # these say: as of open
        act | correct | annul) said+=$("$yuntai" --lang en help open) ;;
        waive) said+=$("$yuntai" --lang en help explain) ;;
        esac
        check "$command $option is in its help" "$(holds "$option" "$said")"
    done
done
help=$("$yuntai" --lang en help)
for option in $global; do
    check "$option is in the help" "$(holds "$option" "$help")"
    check "$option is in the manual" "$(holds "$option" "$manual")"
done

# ---- the tables of the source: no option is known to nobody
for option in $(grep -hoE '\{"--?[a-z-]+", ' "$root"/tui/command/*.c "$root/tui/main.c" | tr -d '{",' | sort -u); do
    check "$option stands in some help" "$(holds "$option" "$all_usage$help")"
done

# ---- settings
settings=$("$yuntai" --workspace "$root/data" --format csv settings | tail -n +2 | cut -d, -f1)
page=$(sed 's/\\-/-/g' "$root/data/man/yuntai.ini.5")
check 'there are settings' "$([ -n "$settings" ] && echo yes)"
for setting in $settings; do
    section=$(awk -v s="[${setting%.*}]" '/^\.SS /{on = $2 == s} on' <<<"$page")
    check "$setting is in yuntai.ini(5)" "$(holds "${setting##*.}" "$section")"
done
for key in $(sed -n '/^\.SH SETTINGS/,/^\.SH EXAMPLE/s/^\.BR \([a-z_]*\) "* *=.*/\1/p' <<<"$page"); do
    check "$key of yuntai.ini(5) is a setting" "$([[ $settings == *".$key"* ]] && echo yes)"
done

# ---- files of screens: SECTION.KEY as the console reads them, as the manual has them, as files name them
keys_of() { sed -n 's/^\.SS \[\([a-z]*\)\].*/[\1]/p; s/^\.BR \([a-z_]*\) "* *=.*/\1/p; s/^\(\[[a-z]*\]\)/\1/p; s/^\([a-z_]*\) *=.*/\1/p' "$1" |
    awk '/^\[/ {section = substr($0, 2, length($0) - 2); next} {print section "." $0}' | sort -u; }
reads=$({
    sed -n 's/.*\.group = "\([a-z]\+\)".*/screens.\1/p; s/.*QUEUE("\([a-z]\+\)".*/screens.\1/p' "$root"/tui/screen/*.c
    grep -ohE '"(trials|security|drift)\.[a-z_]+"' "$root"/tui/screen/*.c | tr -d '"'
} | sort -u)
page=$(sed -n '/^\.SH SECTIONS/,/^\.SH EXAMPLE/p' "$root/data/man/yuntai-screens.ini.5" | keys_of /dev/stdin)
check 'keys of screens are read' "$([ "$(wc -w <<<"$reads")" -gt 15 ] && echo yes)"
check 'yuntai-screens.ini(5) has each of them, and no other' "$([ "$reads" = "$page" ] && echo yes)"
for file in "$root"/data/policy/*.screens.ini; do
    for key in $(keys_of "$file"); do
        check "$key of ${file##*/} is read" "$(grep -qx "$key" <<<"$reads" && echo yes)"
    done
done
exit $failed
