# yuntai.bash: bash completion of yuntai: commands, options; cases and events asked of the desk.

_yuntai_options()
{
    local global='--lang --format --plain --workspace --socket --as --today --now --help --version'
    local filing='--date --role --reason --for --paper-no --deputy-of --preview'
    case $1 in
    console) echo '--theme --mouse' ;;
    open) echo "$filing --then" ;;
    act) echo "$filing --rev --to --note -n --on --filled" ;;
    correct) echo "$filing --on --rev" ;;
    annul) echo "$filing --rev" ;;
    explain) echo '--reason --ground --document --round --deputy-of --rev --preview' ;;
    waive) echo '--back --reason --ground --document --round --deputy-of --rev --preview' ;;
    urge) echo '--then --date --role --deputy-of --preview' ;;
    list) echo '--sort --columns --limit --all --clocks --facets --html --entries --acts --run --by' ;;
    offer) echo '--for' ;;
    whatif) echo '--role' ;;
    attach) echo '--field --part --name' ;;
    document) echo '-o --output' ;;
    letter) echo '--html --new --preview' ;;
    complete) echo '--column' ;;
    init) echo '--policy --sample' ;;
    handover) echo '--procedure --state --reason --preview' ;;
    orgs | people | systems | catalogue | prices | quota | absences | mappings | namings)
        echo '--on --all --columns --limit --date --reason --rev --preview' ;;
    export) echo '--columns --on' ;;
    import | use) echo '--apply' ;;
    void) echo '--reason' ;;
    succeed) echo '--how --from --name --date --reason --preview' ;;
    sync) echo '--vendor --full --dry-run --yes --month --watch' ;;
    runs) echo '--vendor --before --query --limit' ;;
    inventory) echo '--kind --project --history --use --run --differs --limit --after-kind --after' ;;
    projects) echo '--unmapped --limit' ;;
    capacity) echo '--places --months' ;;
    verify) echo '--checkpoint' ;;
    acts) echo '--limit --columns' ;;
    log) echo '--after --limit' ;;
    views) echo '--share' ;;
    calendar) echo '--preview --reason' ;;
    policy) echo '--preview --dot --answers --effective --move --ground' ;;
    date) echo '--roll --clear --mirror --hold --as-of --calendar --explain' ;;
    rehearse) echo '--policy --calendar --as-of --explain' ;;
    esac
    echo "$global"
}

# The global options typed so far, so that the desk that is asked is the one meant.
_yuntai_ask()
{
    yuntai "${place[@]}" --lang en --format csv "$@" 2>/dev/null </dev/null | tail -n +2
}

# What may stand at the end of the query typed so far. Bash has torn it at : and =, so the line is
# asked, and of a value the part behind the tear alone is put in.
_yuntai_query()
{
    local query=${COMP_LINE:0:COMP_POINT}
    query=${query##*[[:space:]]}
    yuntai "${place[@]}" complete -- "${query#[\'\"]}" 2>/dev/null </dev/null
}

_yuntai()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local registers='orgs people systems catalogue prices quota absences mappings namings'
    local commands="console status list show offer open act correct annul explain waive urge why whatif attach document
        letter handover complete views tick whoami $registers register void succeed resources capacity use duties import export
        sync runs inventory drifts projects
        init serve backup restore doctor verify checkpoint acts log policy calendar rehearse date
        settings help"
    local place=() words=() word i command
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --workspace | --socket | --as | --today | --now)
            place+=("$word" "${COMP_WORDS[i + 1]}")
            ((i++)) ;;
        --lang | --format) ((i++)) ;;
        -*) ;;
        *) words+=("$word") ;;
        esac
    done
    command=${words[0]:-}
    local IFS=$'\n'
    COMPREPLY=()
    case $prev in
    --lang) COMPREPLY=($(compgen -W $'zh\nen' -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W $'table\ncsv\njson' -- "$cur")); return ;;
    --how) COMPREPLY=($(compgen -W $'rename\nmerge\nsplit' -- "$cur")); return ;;
    --workspace) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --socket | --checkpoint | --policy | --calendar | -o | --output)
        COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --as | --to | --deputy-of)
        COMPREPLY=($(compgen -W "$(_yuntai_ask people list --columns code)" -- "$cur")); return ;;
    --facets)
        COMPREPLY=($(compgen -W 'card handler state org county vendor system clock article with procedure' -- "$cur")); return ;;
    --for) COMPREPLY=($(compgen -W "$(_yuntai_ask orgs list --columns code)" -- "$cur")); return ;;
    esac
    local offered=
    if [[ $cur == -* ]]; then
        offered=$(_yuntai_options "$command" | tr ' ' '\n')
    elif [[ -z $command ]]; then
        offered=$(tr -s ' \n' '\n' <<<"$commands")
    else
        case $command:${#words[@]} in
        show:1 | offer:1 | act:1 | correct:1 | annul:1 | explain:1 | waive:1 | urge:1 | why:1 | whatif:1 | attach:1 | document:1 | letter:1)
            offered=$(_yuntai_ask list --columns number --limit 200) ;;
        act:2 | whatif:2) # what may be done now: the third column
            offered=$(_yuntai_ask offer "${words[1]}" | sed -n 's/^\([^,]*\),[^,]*,yes,.*/\1/p') ;;
        offer:2)
            offered=$(_yuntai_ask offer "${words[1]}" | cut -d, -f1) ;;
        act:* | whatif:*)
            [[ ${#words[@]} -gt 2 ]] &&
                offered=$(_yuntai_ask offer "${words[1]}" "${words[2]}" | cut -d, -f1 | sed 's/$/=/')
            compopt -o nospace 2>/dev/null ;;
        open:1) offered=$(yuntai --format csv policy show 2>/dev/null |
            sed -n 's/^procedure\.\([a-z_0-9]*\),.*/\1/p') ;;
        open:*)
            offered=$(_yuntai_ask offer open "${words[1]}" | cut -d, -f1 | sed 's/$/=/')
            compopt -o nospace 2>/dev/null ;;
        policy:1) offered=$'check\nshow\ngraph\ndiff\nkeys\nlist\nadopt\nanswer' ;;
        policy:2)
            if [[ ${words[1]} == graph ]]; then
                offered=$(yuntai --format csv policy show 2>/dev/null |
                    sed -n 's/^procedure\.\([a-z_0-9]*\),.*/\1/p')
            else
                COMPREPLY=($(compgen -f -- "$cur")); return
            fi ;;
        help:1) offered=$(tr -s ' \n' '\n' <<<"$commands") ;;
        list:*)
            offered=$(_yuntai_query)
            [[ $cur == [:=] ]] && cur=
            compopt -o nospace 2>/dev/null ;;
        letter:2) offered=$(_yuntai_ask letter "${words[1]}" | cut -d, -f1) ;;
        runs:1) offered=$'diff\napply\ndrop\nleave' ;;
        runs:2) offered=$(_yuntai_ask runs --limit 20 | cut -d, -f1) ;;
        inventory:1) offered=$'of\n'$(_yuntai_ask inventory | cut -d, -f1) ;;
        inventory:2)
            [[ ${words[1]} == of ]] &&
                offered=$(_yuntai_ask inventory | cut -d, -f1; _yuntai_ask systems list --columns code) ;;
        date:1) offered=$'after\nbefore\ncount\nnext\nprev\nnth' ;;
        calendar:1) offered=add ;;
        views:1) offered=$'save\ndelete' ;;
        export:1 | import:1) offered=$(tr ' ' '\n' <<<"cases $registers") ;;
        orgs:1 | people:1 | systems:1 | catalogue:1 | prices:1 | quota:1 | absences:1)
            offered=$'list\nshow\nset\nfields' ;;
        orgs:2 | people:2 | systems:2 | catalogue:2 | prices:2 | quota:2 | absences:2)
            [[ ${words[1]} != list ]] && offered=$(_yuntai_ask "$command" list --columns code) ;;
        resources:1) offered=$(_yuntai_ask systems list --columns code) ;;
        backup:1 | restore:1) COMPREPLY=($(compgen -d -- "$cur")); return ;;
        attach:2 | use:1 | import:2 | policy:* | calendar:2 | rehearse:*)
            COMPREPLY=($(compgen -f -- "$cur")); return ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$offered" -- "$cur"))
}

complete -F _yuntai yuntai
