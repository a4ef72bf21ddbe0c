"""held.py: what the services hold, as rows of an inventory, read anew from what their interfaces are said to answer."""
import math
import re


def row(kind, region, thing, facts, project="", name="", status="", zone="", amounts=(None, None, None)):
    lines = sorted(f"{name}={escape(value)}\n" for name, value in facts.items() if value not in (None, ""))
    return {"kind": kind, "uid": thing, "region": region, "project": project, "name": name, "status": status,
            "zone": zone or "", "vcpus": amounts[0], "ram": amounts[1], "disk": amounts[2], "facts": "".join(lines)}


def escape(value):
    return str(value).replace("\\", "\\\\").replace("\n", "\\n")


def yes(value):
    return "yes" if value else "no"


def server(region, seen):
    flavor, image = seen["flavor"], seen["image"]
    facts = {
        "flavor": flavor["original_name"], "ephemeral": flavor["ephemeral"] or None, "created": seen["created"],
        "address": " ".join(one["addr"] for network in seen["addresses"].values() for one in network),
        "description": seen["description"], "ended": seen["OS-SRV-USG:terminated_at"],
        "host": seen["OS-EXT-SRV-ATTR:host"], "image": image["id"] if image else None,
        "launched": seen["OS-SRV-USG:launched_at"], "tags": " ".join(seen["tags"]),
        "volumes": " ".join(one["id"] for one in seen["os-extended-volumes:volumes_attached"]),
        **{f"meta.{name}": value for name, value in seen["metadata"].items()}}
    return row("server", region, seen["id"], facts, seen["tenant_id"], seen["name"], seen["status"],
               seen["OS-EXT-AZ:availability_zone"], (flavor["vcpus"], flavor["ram"], flavor["disk"]))


def volume(region, seen):
    facts = {
        "attached": " ".join(one["server_id"] for one in seen["attachments"]), "bootable": seen["bootable"],
        "created": seen["created_at"], "description": seen["description"], "encrypted": yes(seen["encrypted"]),
        "type": seen["volume_type"], **{f"meta.{name}": value for name, value in seen["metadata"].items()}}
    return row("volume", region, seen["id"], facts, seen["os-vol-tenant-attr:tenant_id"], seen["name"],
               seen["status"], seen["availability_zone"], (None, None, seen["size"]))


def project(region, seen):
    facts = {"description": seen["description"], "domain": seen["domain_id"], "parent": seen["parent_id"],
             "tags": " ".join(seen["tags"])}
    return row("project", region, seen["id"], facts, name=seen["name"],
               status="enabled" if seen["enabled"] else "disabled")


def flavor(region, seen):
    facts = {"public": yes(seen["os-flavor-access:is_public"]), "ephemeral": seen["OS-FLV-EXT-DATA:ephemeral"] or None,
             **{f"extra.{name}": value for name, value in seen.get("extra_specs", {}).items()}}
    return row("flavor", region, seen["id"], facts, name=seen["name"],
               status="disabled" if seen["OS-FLV-DISABLED:disabled"] else "enabled",
               amounts=(seen["vcpus"], seen["ram"], seen["disk"]))


def host(region, seen):
    facts = {"address": seen["host_ip"], "disabled": seen["service"]["disabled_reason"], "service": seen["status"],
             "type": seen["hypervisor_type"]}
    return row("host", region, seen["id"], facts, name=seen["hypervisor_hostname"], status=seen["state"],
               amounts=(seen["vcpus"], seen["memory_mb"], seen["local_gb"]))


def zones(cloud):
    services = cloud.ask("nova", "/os-services?binary=nova-compute")["services"]
    return {one["host"]: one["zone"] for one in services}


def provider(cloud, region, seen, zones):
    path = f"/resource_providers/{seen['uuid']}"
    has = cloud.ask("placement", path + "/inventories")["inventories"]
    used = cloud.ask("placement", path + "/usages")["usages"]
    facts, names = {"parent": seen["parent_provider_uuid"]}, {"VCPU": "vcpus", "MEMORY_MB": "ram", "DISK_GB": "disk"}
    for resource, name in names.items():
        if resource in has:
            facts[f"reserved.{name}"] = has[resource]["reserved"]
            facts[f"ratio.{name}"] = re.sub(r"\.?0*$", "", f"{has[resource]['allocation_ratio']:.6f}")
        facts[f"used.{name}"] = used.get(resource)
    return row("provider", region, seen["uuid"], facts, name=seen["name"],
               zone=zones.get(seen["name"]), amounts=[has.get(resource, {}).get("total") for resource in names])


def servers(cloud, region="RegionOne"):
    seen = cloud.pages("nova", "/servers/detail?all_tenants=1&limit=500", "servers")
    return [server(region, one) for one in seen]


def volumes(cloud, region="RegionOne"):
    seen = cloud.pages("cinder", "/volumes/detail?all_tenants=1&limit=50", "volumes")
    return [volume(region, one) for one in seen]


def figures(values):
    """Of a month's values: a figure is a percentage to the millionth, half of one counting as one."""
    values = sorted(math.floor(value * 1e6 + 0.5) for value in values)
    count = len(values)
    amounts = {"avg.cpu": (sum(values) + count // 2) // count, "p95.cpu": values[-(-count * 95 // 100) - 1],
               "peak.cpu": values[-1]}
    shown = {name: f"{amount // 10**6}.{amount % 10**6:06}".rstrip("0").rstrip(".") for name, amount in amounts.items()}
    return "".join(f"{name}={value}\n" for name, value in {**shown, "samples": count}.items())


def used(cloud, first, next, granularity):
    """What each server that has measures in the month from FIRST to NEXT is said to have used of its processors."""
    found = {}
    for one in cloud.ask("gnocchi", "/resource/instance?limit=1000"):
        metric = one["metrics"].get("cpu_util")
        seen = metric and cloud.ask("gnocchi", f"/metric/{metric}/measures?aggregation=mean&granularity={granularity}"
                                               f"&start={first}&stop={next}")
        if seen:
            found[one["id"]] = figures([value for _, _, value in seen])
    return found


def everything(cloud, region="RegionOne"):
    ask, hosts = cloud.ask, zones(cloud)
    return (servers(cloud, region) + (volumes(cloud, region) if cloud.all else [])
            + [project(region, one) for one in ask("keystone", "/projects")["projects"]]
            + [flavor(region, one) for one in ask("nova", "/flavors/detail?is_public=None")["flavors"]]
            + [host(region, one) for one in ask("nova", "/os-hypervisors/detail")["hypervisors"]]
            + [provider(cloud, region, one, hosts) for one in ask("placement", "/resource_providers")["resource_providers"]])


def differences(held, stored):
    """What is wrong, in one line; None: every row is there, and no other, and each is the same."""
    theirs, ours = ({(one["kind"], one["uid"]): one for one in rows} for rows in (held, stored))
    wrong = [f"{key} is not in the store" for key in theirs.keys() - ours.keys()]
    wrong += [f"{key} is in the store alone" for key in ours.keys() - theirs.keys()]
    wrong += [f"{key}: {name} is {ours[key][name]!r}, there {theirs[key][name]!r}"
              for key in theirs.keys() & ours.keys() for name in theirs[key] if ours[key][name] != theirs[key][name]]
    if len(theirs) != len(held) or len(ours) != len(stored):
        wrong.append("something is there twice")
    return f"{len(wrong)} differ: {'; '.join(sorted(wrong)[:5])}" if wrong else None
