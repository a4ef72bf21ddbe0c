"""office.py: a bureau with the people around it, and tests that are done over both transports.

A test is a function that gets an Office: a desk on a workspace of its own, with whoever is asked for
as the one who asks. What is wrong is an AssertionError; after each test the store must verify.
"""
import contextlib
import os
import re
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torture"))
from bureau import APPLICATION, NOW, TALK, YUNTAI, Desk, Fell, Server, directory  # noqa: E402,F401

BEFORE = "2025-12-01 09:00"  # when the office was set up
TRANSPORTS = ("local", "socket")
SOURCE = os.environ["YUNTAI_SOURCE"]
POLICY = os.path.join(SOURCE, "data/policy/zhengzhou-2019-53.ini")
# code of an error, see data/error.h
REFUSED, USAGE, CONFLICT, NOT_FOUND = 1, 2, 3, 4

ORGS = (  # code, name, roles, level, under
    ("bureau", "市大数据局", "clerk, reviewer, leader, supervisor, auditor", "", ""),
    ("zyq", "中原区大数据局", "county", "county", ""), ("jsq", "金水区大数据局", "county", "county", ""),
    ("rsj", "市人社局", "unit, unit_head", "city", ""), ("jyj", "市教育局", "unit, unit_head", "city", ""),
    ("zyjy", "中原区教育局", "unit", "county", "zyq"), ("jsjy", "金水区教育局", "unit", "county", "jsq"),
    ("zyy", "中原云", "vendor", "", ""), ("lhy", "联合云", "vendor", "", ""), ("wa", "网安支队", "police", "", ""))
PEOPLE = (  # login, name, organisation, roles
    ("zhaoqm", "赵启明", "bureau", "clerk"), ("qianh", "钱慧", "bureau", "reviewer"),
    ("zhouy", "周岩", "bureau", "reviewer"), ("sunw", "孙伟", "bureau", "leader"),
    ("wud", "吴迪", "bureau", "supervisor"), ("shenji", "沈季", "bureau", "auditor"),
    ("limin", "李敏", "rsj", "unit"), ("rsjz", "任局", "rsj", "unit_head"), ("hey", "何燕", "jyj", "unit"),
    ("zhengl", "郑磊", "zyjy", "unit"), ("feng", "冯远", "jsjy", "unit"),
    ("zyqs", "曾庆", "zyq", "county"), ("jsqs", "姜山", "jsq", "county"),
    ("yun", "云维", "zyy", "vendor"), ("lian", "连河", "lhy", "vendor"), ("wangan", "王安", "wa", "police"))


def policy_with_auditor(path):
    """The policy that comes with the program, with a role that is told of bills and has part in nothing."""
    with open(POLICY, encoding="utf-8") as file:
        text = file.read()
    text, found = re.subn(r"^(finance +=.*)$", r"\1\nauditor    = 审计, en Auditor, sees all, article 5", text,
                          count=1, flags=re.M)
    text, told = re.subn(r"(to paying, form remark, tell finance)", r"\1, auditor", text, count=1)
    assert found == 1 and told == 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Office:
    def __init__(self, workspace, desk, server=None, template=None):
        self.workspace, self.desk, self.server, self.template = workspace, desk, server, template
        self.transport = "socket" if server else "local"

    def ask(self, verb, login=None, /, **pairs):
        return self.desk.ask(verb, **({"as": login} if login else {}), **pairs)

    def call(self, verb, login=None, /, **pairs):
        answer = self.ask(verb, login, **pairs)
        assert answer["code"] == 0, f"{verb} {pairs}: {answer['text']} {answer['tables'].get('reasons', '')}"
        return answer

    def refused(self, error, verb, login=None, /, **pairs):
        """The answer to what must fail so."""
        answer = self.ask(verb, login, **pairs)
        assert answer["code"] == error, f"{verb} {pairs}: {answer['code']} {answer['text']} {answer['pairs']}"
        return answer

    def open(self, login="limin", procedure="access", **pairs):
        entries = {f"entry.{name}": value for name, value in APPLICATION.items()}
        return self.call("open", login, procedure=procedure, **{**entries, **pairs})["pairs"]["case"]

    def act(self, case, event, login, /, **pairs):
        return self.call("act", login, case=case, event=event, **pairs)

    def show(self, case, login=None, **pairs):
        return self.call("show", login, case=case, **pairs)

    def acts(self, case, **pairs):
        return [a for a in self.show(case, **pairs)["tables"]["acts"]]

    def things(self, kind, **pairs):
        return {t["code"]: t for t in self.call("things", kind=kind, limit=1000, **pairs)["tables"]["things"]}

    def upload(self, login, data, name, case, **pairs):
        upload = self.call("upload", login, part=data)["pairs"]["upload"]
        return self.call("attach", login, case=case, upload=upload, name=name, **pairs)["pairs"]["digest"]

    def received(self, **pairs):
        """A case that waits to be accepted."""
        case = self.open(**pairs)
        self.act(case, "submit", "limin")
        return case

    def dispatched(self):
        """A case that is with the vendor."""
        case = self.received()
        self.act(case, "accept", "zhaoqm")
        self.act(case, "propose", "qianh", **{"entry.feasible": "可行", "entry.reasonable": "合理",
                                             "entry.item.VM-8C16G.approved": "4",
                                             "entry.item.DR-4C8G.approved": "2"})
        self.act(case, "approve", "sunw", **{"entry.remark": "同意"})
        self.act(case, "dispatch", "zhaoqm", **{"entry.receipt_on": NOW[:10]})
        return case


def furnish(workspace, before=BEFORE):
    policy = policy_with_auditor(os.path.join(os.path.dirname(workspace), "auditor.ini"))
    with Desk(workspace) as desk:
        desk.usual = {"now": before}
        desk.call("make", policy=policy)
        for code, name, roles, level, parent in ORGS:
            desk.call("put", kind="org", code=code, name=name, parent=parent,
                      **{"fact.roles": roles, "fact.level": level})
        for code, name, org, roles in PEOPLE:
            desk.call("put", kind="person", code=code, name=name, parent=org, **{"fact.roles": roles})
        desk.call("put", kind="quota", code="q2026", parent="zyy", since="2025-01-01",
                  **{"fact.cpu": "4000", "fact.memory": "16000", "fact.disk": "900000"})
        for code, cpu, memory in (("VM-8C16G", "8", "16"), ("DR-4C8G", "4", "8")):
            desk.call("put", kind="product", code=code, name=code, **{
                "fact.unit": "台", "fact.kind": "virtual", "fact.domestic": "yes", "fact.cpu": cpu,
                "fact.memory": memory, "fact.disk": "200"})
    return workspace


APPLICATION = {**APPLICATION, "item.DR-4C8G.quantity": "2", "item.DR-4C8G.dr": "yes"}


@contextlib.contextmanager
def office(template, transport):
    workspace = os.path.join(directory("yuntai-office-"), "workspace")
    shutil.copytree(template, workspace)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server(workspace)) if transport == "socket" else None
        desk = stack.enter_context(Desk(workspace, server.socket if server else ""))
        yield Office(workspace, desk, server, template)


def wait_until(condition, seconds=30):
    """What CONDITION gives once it is true."""
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)
    return found


def run(tests, transports=TRANSPORTS):
    """Does each of TESTS over each transport, or those whose names are on the command line."""
    template = furnish(os.path.join(directory("yuntai-office-"), "template"))
    failed = False
    for test in tests:
        if len(sys.argv) > 2 and test.__name__ not in sys.argv[2:]:
            continue
        for transport in transports:
            wrong = None
            try:
                with office(template, transport) as here:
                    test(here)
                    verified = here.ask("verify")
                    wrong = verified["code"] and f"verify: {verified['text']} {verified['tables'].get('wrong')}"
            except (AssertionError, Fell, KeyError, IndexError, TypeError, OSError) as error:
                frame = error.__traceback__
                while frame.tb_next and "bureau" not in frame.tb_next.tb_frame.f_code.co_filename and \
                        "office" not in frame.tb_next.tb_frame.f_code.co_filename:
                    frame = frame.tb_next
                wrong = f"line {frame.tb_lineno}: {type(error).__name__} {error}"
            print(f"not ok {transport} {test.__name__}\n  {wrong}" if wrong else f"ok {transport} {test.__name__}")
            failed |= bool(wrong)
    sys.exit(1 if failed else 0)
