#!/usr/bin/env bash
# sync.sh YUNTAI: a vendor's inventory out of a table, brought in through yuntai-net: staged, looked
# at, in force, given up, and what it shows.
set -uo pipefail
. "$(dirname "$0")/../support/command.sh"
make_bureau >/dev/null
unset now
now=2026-03-02T09:00

# shows ROW…: what the vendor's table says from now on.
shows() {
    printf '%s\n' 'kind,id,project,name,status,vcpus,ram,disk' 'project,p1,p1,traffic,,,,' "$@" \
        >"$scratch/inventory.csv"
}
setting() {
    printf '[vendor.cloud-a]\nkind = table\ninventory = %s\nfetch = servers projects\n' \
        "$scratch/inventory.csv" >"$workspace/yuntai.ini"
}
servers() { ask --format csv inventory cloud-a --kind server; said=$(tail -n +2 <<<"$said" | cut -d, -f2,8 | tr '\n' ' '); }

refused 'without a section nothing is asked' 2 as wang sync --yes
says 'and it is told what is missing' '[vendor.'
setting
shows 'server,s1,p1,ecs-1,ACTIVE,4,8192,40' 'server,s2,p1,ecs-2,ACTIVE,8,16384,40'
refused 'who does not keep the use may not' 4 as sun sync --yes
well 'a first run' as wang --lang en sync --yes
says 'says what came' '3 resources: 3 new, 0 changed, 0 vanished'
says 'and that it is in force' 'run 1 is in force'
servers
same 'it is there' "$said" 's1,4 s2,8 '
well 'again' as wang --lang en sync --yes --full
says 'nothing differs' '0 new, 0 changed, 0 vanished'

shows 'server,s1,p1,ecs-1,ACTIVE,16,8192,40' 'server,s3,p1,ecs-3,ACTIVE,2,4096,40'
well 'looked at only' as wang --lang en sync --dry-run
says 'it shows what would change' 's3'
servers
same 'and leaves what stood' "$said" 's1,4 s2,8 '
well 'nobody is asked where there is no terminal' as wang --lang en sync
says 'it waits' 'waits to take effect'
servers
same 'unseen' "$said" 's1,4 s2,8 '
run=$(as wang --format csv runs; sed -n 2p <<<"$said" | cut -d, -f1)
well 'what waits is looked at' as wang --lang en runs diff --vendor cloud-a
says 'with what changed, in words' 'CPU 4c→16c'
well 'for a machine' as wang --format csv runs diff "$run"
says 'with what the policy will say' 'vcpus 4 → 16,drifts,未批先用'
well 'those that are meant alone' as wang --format csv runs diff "$run" --query 'server -drifts'
same 'and no other' "$(tail -n +2 <<<"$said" | cut -d, -f2 | tr '\n' ' ')" 'ecs-2 '
well 'one is left out' as wang --format csv runs leave "$run" server s2
as wang --format csv runs
says 'and counted no more' ',3,1,1,0,'
refused 'of a run that is none, nothing' 4 as wang runs leave 99 server s2
well 'what waited is let' as wang runs apply "$run"
servers
same 'but for what was left out' "$said" 's1,16 s2,8 s3,2 '
well 'a list of everything' as wang sync --yes --full
servers
same 'and seen' "$said" 's1,16 s3,2 '
well 'what was there before' ask --format csv inventory cloud-a s2 --history
says 'is marked, not deleted' 'gone'
well 'what became of one' ask --lang en inventory of cloud-a server s1
says 'is told with when' 'CPU 4c→16c'

printf 'month,resource,samples,avg.cpu\n2026-02,s1,100,30\n2026-02,s3,100,75\n' >"$scratch/use.csv"
used() { ask --format csv resources traffic; said=$(grep "^cpu.*,2026-02," <<<"$said" | cut -d, -f5,8,10,11); }
printf 'usage = %s\nfetch = servers projects use\n' "$scratch/use.csv" >>"$workspace/yuntai.ini"
sed -i '/^fetch = servers projects$/d' "$workspace/yuntai.ini"
well 'with figures of use' as wang --lang en sync --yes
says 'it says how many came' 'figures of use: 2, of them 2 new, 0 corrected'
well 'what time brings' ask tick
used
same 'they are those of the system' "$said" '35,seen,,35' # 16 cores at 30, 2 at 75
well 'again' as wang --lang en sync --yes
says 'nothing new' 'figures of use: 2, of them 0 new, 0 corrected'
sed -i 's/s1,100,30/s1,100,39/' "$scratch/use.csv"
well 'corrected' as wang --lang en sync --yes
says 'says so' '0 new, 1 corrected'
well 'what time brings' ask tick
used
same 'the system follows' "$said" '43,seen,,43'
well 'and both versions' ask --format csv inventory cloud-a s1 --use
says 'are kept' 'replaced'
printf 'month,system,avg.cpu\n2026-02,traffic,50\n' >"$scratch/reported.csv"
well 'what the vendor reports' as wang use "$scratch/reported.csv" --apply
used
same 'stands beside it' "$said" '50,reported,50,43'
setting

shows 'server,s1,p1,ecs-1,ACTIVE,many,8192,40'
well 'a wrong row' as wang --lang en sync --yes
says 'is told with its line' 'vcpus'
servers
same 'and nothing is said to have vanished' "$said" 's1,16 s3,2 '
rm "$scratch/inventory.csv"
refused 'without its file' 5 as wang --lang en sync --yes
servers
same 'all stays' "$said" 's1,16 s3,2 '
well 'the runs' as wang --lang en runs
says 'say how it failed' 'failed'
says 'and why' 'inventory.csv'

printf '%s\n' '[vendor.cloud-b]' 'kind = openstack' 'plain = yes' 'url = http://127.0.0.1:9/v3' \
    'user = u' 'project = p' 'secret_command = /bin/echo pw' 'fetch = servers' 'tries = 3' 'pause = 10' \
    >>"$workspace/yuntai.ini"
refused 'where nobody answers' 5 as wang --lang en sync --vendor cloud-b
well 'its record' as wang --format csv runs --vendor cloud-b
says 'has whom it asked and how often' 'identity/connection/2,identity'
well 'and in words' as wang --lang en runs --vendor cloud-b
says 'why' 'identity no connection ×2'
setting

shows $(for i in {1001..1600}; do echo "server,m$i,p1,ecs-$i,ACTIVE,1,2048,40"; done)
well 'more than is written at one stroke' as wang --lang en sync --yes --full
says 'all of it came' '601 resources: 600 new, 0 changed, 2 vanished'
shows 'server,s1,p1,ecs-1,ACTIVE,16,8192,40'
well 'and vanishes again' as wang --lang en sync --yes --full
says 'all of that too' '0 changed, 600 vanished'
servers
same 'but for what is there' "$said" 's1,16 '

well 'whose projects are' as wang --format csv projects
says 'a project goes by the code of its system' 'traffic'

# Three months of a platform: capacity, and where it is going.
provider() {
    printf '%s\n' 'kind,id,region,project,name,vcpus,ram,disk,reserved.vcpus,ratio.vcpus,used.vcpus' \
        'project,p1,,p1,traffic,,,,,,' 'server,s1,main,p1,ecs-1,4,8192,40,,,' \
        "provider,h1,main,,h1,64,262144,2000,4,2.0,$1" >"$scratch/inventory.csv"
    well "a platform with $1 in use" as wang sync --yes
}
field() { ask --format csv capacity; said=$(awk -F, -v c="$1" 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i} $1 == "cpu" {print $at[c]}' <<<"$said"); }
sed -i 's/^fetch = .*/fetch = servers projects capacity/' "$workspace/yuntai.ini"
now=2026-03-30T09:00
provider 30
well 'with one month' as wang --lang en capacity
says 'there is no forecast' 'No forecast'
now=2026-04-29T09:00
provider 40
now=2026-05-29T09:00
provider 50
for pair in total:64 reserved:4 over:60 usable:120 used:50 left:70 slope:10; do
    field "${pair%:*}"
    same "capacity: ${pair%:*}" "$said" "${pair#*:}"
done
field unused
unused=$said
field forecast
same 'the forecast is what it says' "$said" $((50 + unused + 6 * 10))
well 'by place' ask --format csv capacity --places
says 'region and amounts' 'cloud-a,main,,1,cpu'
well 'in words' ask --lang en capacity
says 'that no zone is told' 'the vendor tells none'
sed -i '1s/$/,zone/; s/^provider.*/&,az1/; 2,3s/$/,/' "$scratch/inventory.csv"
well 'with a zone' as wang sync --yes
well 'by zone' ask --format csv capacity --places
says 'the zone and amounts' 'cloud-a,main,az1,1,cpu'
well 'by the month' ask --format csv capacity --months
says 'the months behind' 'cpu,2026-03,30,no'
says 'and ahead' 'cpu,2026-06,'
refused 'who sees only his own sees no platform' 4 as sun capacity
now=2026-05-29T10:00
well 'the record is whole' as wang verify
exit $failed
