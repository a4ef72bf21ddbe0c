#!/usr/bin/python3
"""stock.py STATE PORT PASSWORD HYPERVISORS SERVERS MADE ALL: what the cloud holds: a catalogue, projects, flavors, an image, servers.

A server of each flavor is really booted, through scheduler, Placement and a fake hypervisor. The others are
rows of Nova's and Placement's databases, copied from these: to boot 2,000 takes a quarter of an hour. What
Nova says of a copy it says of the booted one. The copies are on hosts that are names alone, so they can be
renamed, and no more. Then all databases are copied to the directory MADE, which the next `up` begins with.
"""
import datetime
import json
import os
import random
import sqlite3
import sys
import time
import uuid

from api import Cloud

STATE, PORT, PASSWORD, HYPERVISORS = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
SERVERS, MADE, ALL = int(sys.argv[5]), sys.argv[6], sys.argv[7] == "yes"
PROJECTS, HOSTS, VOLUMES = 20, 8, 60
FLAVORS = (("g.small", 1, 2048, 40), ("g.medium", 2, 4096, 40), ("g.large", 4, 8192, 80),
           ("c.xlarge", 8, 16384, 100), ("m.2xlarge", 8, 65536, 200), ("db.4xlarge", 16, 131072, 500))
UNITS = ("市大数据局", "市卫健委", "市公安局", "市人社局", "市教育局", "市住建局")
ROLES = ("web", "app", "db", "mq")
STATES = [("active", 1)] * 17 + [("stopped", 4), ("paused", 3), ("error", 0)]  # what becomes of 20 copies
ADDRESSES = {"cinder": "{}/%(project_id)s", "gnocchi": "http://127.0.0.1:%d" % (PORT + 7)}  # as they are named to others
CELL, API, PLACEMENT = "nova_cell1", "nova_api", "placement"

cloud = Cloud(PORT, PASSWORD)
chance = random.Random(20260302)

# ---- through the services


def catalogue():
    """RegionOne is all of the cloud; in RegionLimited Nova stands behind a front end that counts."""
    ask = lambda path, **body: cloud.ask("keystone", path, body)
    ask("/regions", region={"id": "RegionLimited"})
    services = [("compute", "nova"), ("placement", "placement"), ("network", "neutron"), ("image", "glance")]
    for kind, name in services + [("volumev3", "cinder"), ("metric", "gnocchi")] * ALL:
        service = ask("/services", service={"type": kind, "name": name})["service"]["id"]
        places = {"RegionOne": ADDRESSES.get(name, "{}").format(cloud.url(name))}
        if name == "nova":
            places["RegionLimited"] = cloud.url(name).replace(str(cloud.ports["nova"]), str(cloud.ports["limit"]))
        for region, url in places.items():
            ask("/endpoints", endpoint={"service_id": service, "interface": "public", "region_id": region, "url": url})
    for number in range(PROJECTS):
        ask("/projects", project={"name": f"{UNITS[number % len(UNITS)]}-{number + 1:03}", "domain_id": "default",
                                  "description": f"云资源项目 {number + 1}"})


def flavors():
    return {name: cloud.ask("nova", "/flavors", {"flavor": {"name": name, "vcpus": cores, "ram": memory, "disk": disk}})
            ["flavor"]["id"] for name, cores, memory, disk in FLAVORS}


def image():
    made = cloud.ask("glance", "/images", {"name": "kylin-v10", "disk_format": "raw", "container_format": "bare",
                                           "visibility": "public"})["id"]
    cloud.ask("glance", f"/images/{made}/file", b"\0" * 1024, "PUT")
    return made


def hosts():
    """Providers of Placement; Nova learns of the hosts from its database."""
    made = {}
    for number in range(HOSTS):
        name, key = f"kvm-{number + 1:03}", str(uuid.UUID(int=chance.getrandbits(128), version=4))
        cloud.ask("placement", "/resource_providers", {"name": name, "uuid": key})
        inventories = {"VCPU": {"total": 2048, "allocation_ratio": 4.0, "reserved": 4},
                       "MEMORY_MB": {"total": 16777216, "reserved": 16384}, "DISK_GB": {"total": 80000, "reserved": 100}}
        cloud.ask("placement", f"/resource_providers/{key}/inventories",
                  {"resource_provider_generation": 0, "inventories": inventories}, "PUT")
        made[name] = key
    return made


def wait_for_hypervisors():
    """Until Nova's scheduler has found them all: it looks every second."""
    until = time.monotonic() + 60
    with sqlite3.connect(os.path.join(STATE, "db", API + ".db"), timeout=60) as database:
        while database.execute("SELECT count(*) FROM host_mappings").fetchone()[0] < HYPERVISORS:
            assert time.monotonic() < until, "the fake hypervisors are not found"
            time.sleep(0.1)


def boot(flavor_ids, image_id):
    """One of each flavor, all at once; their ids, when they run."""
    ids = [cloud.ask("nova", "/servers", {"server": {
        "name": f"样机-{number + 1}", "imageRef": image_id, "flavorRef": flavor, "networks": "none",
        "metadata": {"case_no": f"BOOT-{number + 1:04}"}}})["server"]["id"]
        for number, flavor in enumerate(flavor_ids.values())]
    until = time.monotonic() + 120
    for server in ids:
        while (seen := cloud.ask("nova", f"/servers/{server}")["server"])["status"] == "BUILD":
            assert time.monotonic() < until, f"{server} is not booted"
            time.sleep(0.2)
        assert seen["status"] == "ACTIVE", seen.get("fault")
    return ids


def volumes():
    """Nobody brings them to life, but an administrator may say that they are."""
    for number in range(VOLUMES):
        made = cloud.ask("cinder", "/volumes", {"volume": {
            "name": f"数据盘-{number + 1:04}", "size": (40, 100, 200, 500)[number % 4],
            "metadata": {"case_no": f"YW2026-{number + 1:05}"}}})["volume"]["id"]
        status = "error" if number % 20 == 19 else "available"
        cloud.ask("cinder", f"/volumes/{made}/action", {"os-reset_status": {"status": status}})


# ---- in the databases

class Table:
    """Rows of one table that are like others but in some columns."""

    def __init__(self, database, name):
        self.database, self.name = database, name
        self.columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})") if row[1] != "id"]

    def rows(self, where, *values):
        found = self.database.execute(f"SELECT {', '.join(map(quoted, self.columns))} FROM {self.name} WHERE {where}",
                                      values)
        return [dict(zip(self.columns, row)) for row in found]

    def add(self, rows):
        self.database.executemany(f"INSERT INTO {self.name} ({', '.join(map(quoted, self.columns))}) "
                                  f"VALUES ({', '.join('?' * len(self.columns))})",
                                  [[row[name] for name in self.columns] for row in rows])


def quoted(name):
    return f'"{name}"'


def copy_hosts(nova, api, providers):
    services, nodes, mappings = Table(nova, "services"), Table(nova, "compute_nodes"), Table(api, "host_mappings")
    service, = services.rows("host = 'cmp01' AND binary = 'nova-compute'")
    node, = nodes.rows("host = 'cmp01'")
    mapping, = mappings.rows("host = 'cmp01'")
    services.add([{**service, "host": name, "uuid": str(uuid.uuid4()), "disabled": 1, "disabled_reason": "检修"}
                  for name in providers])  # nothing is placed there: nobody listens
    numbers = dict(nova.execute("SELECT host, id FROM services WHERE binary = 'nova-compute'"))
    nodes.add([{**node, "host": name, "hypervisor_hostname": name, "uuid": key, "service_id": numbers[name]}
               for name, key in providers.items()])
    mappings.add([{**mapping, "host": name} for name in providers])


class Copy:
    """What one copy has of its own."""

    def __init__(self, number, templates, projects, providers):
        self.number = number
        self.template = templates[min(int(chance.expovariate(0.7)), len(templates) - 1)]
        self.uuid = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        self.project = projects[number % len(projects)]
        self.host = list(providers)[number % len(providers)]
        self.born = datetime.datetime.utcnow() - datetime.timedelta(minutes=chance.randrange(10, 400 * 1440))
        self.state, self.power = STATES[number % len(STATES)]

    def instance(self, row):
        name = f"{self.project['name']}-{ROLES[self.number % len(ROLES)]}-{self.number + 1:05}"
        return {**row, "uuid": self.uuid, "display_name": name, "hostname": f"vm-{self.number + 1:05}",
                "project_id": self.project["id"], "host": self.host, "node": self.host, "launched_on": self.host,
                "vm_state": self.state, "power_state": self.power, "created_at": str(self.born),
                "updated_at": str(self.born), "launched_at": str(self.born + datetime.timedelta(seconds=40)),
                "reservation_id": f"r-{self.number:08x}"}

    def network(self):
        address = f"10.{self.number // 62500}.{self.number // 250 % 250}.{self.number % 250 + 2}"
        subnet = {"cidr": "10.0.0.0/8", "version": 4, "gateway": None, "dns": [], "routes": [], "meta": {},
                  "ips": [{"address": address, "type": "fixed", "version": 4, "floating_ips": [], "meta": {}}]}
        network = {"id": str(uuid.UUID(int=1)), "bridge": "br0", "label": "政务外网", "subnets": [subnet], "meta": {}}
        return json.dumps([{"id": str(uuid.UUID(int=self.number)), "active": True, "type": "bridge", "meta": {},
                            "address": f"fa:16:3e:00:{self.number >> 8:02x}:{self.number & 255:02x}",
                            "network": network, "details": {}, "profile": {}}])

    def metadata(self, row):
        pairs = {"case_no": f"YW2026-{self.number + 1:05}"}
        if self.number % 4 == 0:
            pairs["trial_until"] = str((self.born + datetime.timedelta(days=90)).date())
        return [{**row, "instance_uuid": self.uuid, "key": key, "value": value} for key, value in pairs.items()]


def by(rows, column):
    found = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def copy_servers(nova, api, copies):
    instances, mappings = Table(nova, "instances"), Table(api, "instance_mappings")
    like = by(instances.rows("1 = 1"), "uuid")
    instances.add([copy.instance(like[copy.template][0]) for copy in copies])
    like = by(mappings.rows("1 = 1"), "instance_uuid")
    mappings.add([{**like[copy.template][0], "instance_uuid": copy.uuid, "project_id": copy.project["id"]}
                  for copy in copies])
    for name in ("instance_extra", "instance_system_metadata"):
        table = Table(nova, name)
        like = by(table.rows("1 = 1"), "instance_uuid")
        table.add([{**row, "instance_uuid": copy.uuid} for copy in copies for row in like[copy.template]])
    caches, metadata = Table(nova, "instance_info_caches"), Table(nova, "instance_metadata")
    cache, pair = caches.rows("1 = 1")[0], metadata.rows("1 = 1")[0]
    caches.add([{**cache, "instance_uuid": copy.uuid, "network_info": copy.network()} for copy in copies])
    metadata.add([row for copy in copies for row in copy.metadata(pair)])


def copy_allocations(placement, copies):
    consumers, allocations = Table(placement, "consumers"), Table(placement, "allocations")
    providers = dict(placement.execute("SELECT name, id FROM resource_providers"))
    consumer = consumers.rows("1 = 1")[0]
    like = by(allocations.rows("1 = 1"), "consumer_id")
    consumers.add([{**consumer, "uuid": copy.uuid} for copy in copies])
    allocations.add([{**row, "consumer_id": copy.uuid, "resource_provider_id": providers[copy.host]}
                     for copy in copies for row in like[copy.template]])


def keep():
    """The databases as they are, for the next time."""
    os.makedirs(MADE)
    for name in os.listdir(os.path.join(STATE, "db")):
        if name.endswith(".db"):
            with sqlite3.connect(os.path.join(MADE, name)) as into:
                with sqlite3.connect(os.path.join(STATE, "db", name), timeout=60) as of:
                    of.backup(into)


def main():
    catalogue()
    wait_for_hypervisors()
    providers, templates = hosts(), boot(flavors(), image())
    if ALL:
        volumes()
    projects = [project for project in cloud.ask("keystone", "/projects")["projects"] if project["name"] != "admin"]
    copies = [Copy(number, templates, projects, providers) for number in range(SERVERS - len(templates))]
    nova, api, placement = (sqlite3.connect(os.path.join(STATE, "db", name + ".db"), timeout=60)
                            for name in (CELL, API, PLACEMENT))
    copy_hosts(nova, api, providers)
    copy_servers(nova, api, copies)
    copy_allocations(placement, copies)
    for database in (nova, api, placement):
        database.commit()
    keep()


main()
