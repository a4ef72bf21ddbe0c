# command.sh: what the script tests of the commands share. Sourced with the path of yuntai as $1.
yuntai=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
workspace=$scratch/desk
unset LANGUAGE LC_ALL LC_MESSAGES LANG
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data
failed=0

ok() { echo "ok $1"; }
bad() {
    echo "not ok $1: $2" | tr '\n' ' '
    echo
    failed=1
}
# same NAME GOT WANT
same() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "got “$2” want “$3”"; fi; }
# says NAME PART: $said holds it. silent NAME PART: it does not.
says() { if [[ $said == *"$2"* ]]; then ok "$1"; else bad "$1" "got “${said:0:600}” want “$2” in it"; fi; }
silent() { if [[ $said == *"$2"* ]]; then bad "$1" "“$2” is in “${said:0:600}”"; else ok "$1"; fi; }

now=2026-03-02T09:00 # of what is asked next
# ask WORD…: yuntai on the workspace at $now; what it printed, errors too, in $said; $status.
ask() {
    said=$("$yuntai" --workspace "$workspace" --now "$now" "$@" 2>&1 </dev/null)
    status=$?
}
# as LOGIN WORD…
as() {
    local login=$1
    shift
    ask --as "$login" "$@"
}
# done_ NAME WORD…: asks, and wants 0. refused NAME STATUS WORD…: wants another status.
well() {
    local name=$1
    shift
    "$@"
    if [ "$status" = 0 ]; then ok "$name"; else bad "$name" "status $status, “${said:0:600}”"; fi
}
refused() {
    local name=$1 want=$2
    shift 2
    "$@"
    if [ "$status" = "$want" ]; then ok "$name"; else
        bad "$name" "status $status, not $want; “${said:0:600}”"
    fi
}

# A bureau with its units, from tables as a bureau has them.
make_bureau() {
    well 'init' ask init
    printf '%s\n' 'code,name,short,level,parent,roles' \
        'bureau,郑州市大数据管理局,市大数据局,市级,,"市局受理, 市局审核, 市局签发, 督办"' \
        'police,郑州市公安局,市公安局,市级,,"unit, unit_head"' \
        'jinshui,金水区大数据管理局,,县级,,county' \
        'school,金水区教育局,,县级,jinshui,"unit, unit_head"' \
        'cloud,中原云服务有限公司,,,,vendor' >"$scratch/orgs.csv"
    printf '%s\n' 'code,name,parent,roles' 'wang,王丽,市大数据局,clerk' 'zhao,赵刚,bureau,reviewer' \
        'liu,刘敏,bureau,"leader, supervisor"' 'sun,孙晓,市公安局,"unit, unit_head"' \
        'zhou,周科,jinshui,county' 'wu,吴老师,school,"unit, unit_head"' 'chen,陈工,cloud,vendor' \
        >"$scratch/people.csv"
    printf '%s\n' 'code,name,parent' 'traffic,智慧交管平台,市公安局' >"$scratch/systems.csv"
    printf '%s\n' 'code,name,unit,cpu,memory,kind' 'ecs,大型云主机,台,8,32,虚拟化' >"$scratch/catalogue.csv"
    local kind
    for kind in orgs people systems catalogue; do
        well "import $kind" ask import "$kind" "$scratch/$kind.csv" --apply
    done
}
# What an application of the police needs, to be drawn on.
application=(info_system=智慧交管平台 request=新建 'purpose=路口信号优化' contact=孙晓 phone=13800000000
    classified=否 lawful=是 mlps_level=3 network=政务外网 go_live=2026-06-01 request_form=yes
    cloud_plan=yes redundancy=20 reclaim_cpu=20 reclaim_memory=30
    item=ecs:4,kind=虚拟化,dr=是,domestic=是)
