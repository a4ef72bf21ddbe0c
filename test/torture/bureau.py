"""bureau.py: a small bureau to torture: a workspace with people in it, desks that talk to it from
processes of their own, and what must hold of it however it was ended.

A desk is test/desk/talk.c: over the file (local) or through `yuntai serve` (socket). What a desk
answered is acknowledged: note() keeps it, and whole() asks a fresh desk for every bit of it.
"""
import atexit
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)

YUNTAI = os.path.abspath(sys.argv[1])
TALK = os.path.join(os.environ["YUNTAI_BUILD"], "test", "talk")
TORTURE = os.environ.get("YUNTAI_TORTURE") == "yes"  # the long run
NOW = "2026-03-02 09:00"
CLERK, UNIT = "zhaoqm", "limin"
APPLICATION = {
    "info_system": "社会保障一体化平台", "request": "new", "purpose": "业务量逐年增长三成，按峰值测算",
    "contact": "李敏", "phone": "0371-60000000", "classified": "no", "lawful": "yes", "mlps_level": "2",
    "network": "government_network", "go_live": "2026-12-31", "trial_days": "30", "redundancy": "20",
    "reclaim_cpu": "20", "reclaim_memory": "30", "request_form": "yes", "cloud_plan": "yes",
    "item.VM-8C16G.quantity": "4", "item.VM-8C16G.dr": "no",
}

# ---- directories that go when the test does

def directory(prefix="yuntai-torture-"):
    path = tempfile.mkdtemp(prefix=prefix)
    atexit.register(remove, path)
    return path


def remove(path):
    for folder, _, _ in os.walk(path):
        os.chmod(folder, 0o700)
    shutil.rmtree(path, ignore_errors=True)


# ---- results

class Results:
    def __init__(self):
        self.failed = False

    def say(self, name, wrong=None):
        print(f"not ok {name}" if wrong else f"ok {name}")
        if wrong:
            print(f"  {wrong}")
            self.failed = True

    def check(self, name, go, *arguments):
        """GO says what is wrong, None where nothing is."""
        try:
            self.say(name, go(*arguments))
        except (AssertionError, Fell, KeyError, OSError, ValueError, sqlite3.Error) as error:
            self.say(name, f"{type(error).__name__}: {error}")

    def end(self):
        sys.exit(1 if self.failed else 0)


def seed():
    """The seed of this run: YUNTAI_SEED, else the same every time; said, so that a run can be repeated."""
    chosen = int(os.environ.get("YUNTAI_SEED", "20260302"))
    print(f"seed {chosen} (YUNTAI_SEED)")
    return random.Random(chosen)


# ---- desks

class Fell(Exception):
    """The desk, or the server behind it, is gone."""


def escape(value):
    """VALUE as talk reads it; bytes as they are."""
    if isinstance(value, bytes):
        return "".join(f"\\x{byte:02x}" for byte in value)
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


class Desk:
    def __init__(self, workspace, socket="", program=TALK, **options):
        self.process = subprocess.Popen([program, workspace, socket], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.pid = self.process.pid
        self.usual = {"now": NOW}  # what goes with every request

    def send(self, verb, **pairs):
        words = [verb] + [f"{name}={escape(value)}" for name, values in pairs.items()
                          for value in (values if isinstance(values, list) else [values])]
        try:
            self.process.stdin.write(("\t".join(words) + "\n").encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Fell(self.why()) from None

    def receive(self):
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):
            raise Fell(self.why())
        return json.loads(line)

    def why(self):
        self.process.wait()
        return f"status {self.process.returncode} {self.process.stderr.read().decode(errors='replace')}"

    def ask(self, verb, **pairs):
        self.send(verb, **{**self.usual, **pairs})
        return self.receive()

    def call(self, verb, **pairs):
        answer = self.ask(verb, **pairs)
        assert answer["code"] == 0, f"{verb}: {answer['text']} {answer['tables']}"
        return answer

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        status = self.process.wait()
        said = self.process.stderr.read().decode(errors="replace")
        self.process.stdout.close()
        self.process.stderr.close()
        return f"the desk ended with {status}: {said}" if status not in (0, -signal.SIGKILL) else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        wrong = self.close()
        assert not wrong, wrong


class Server:
    """`yuntai serve`; listening when this returns."""

    def __init__(self, workspace, socket=None):
        self.workspace = workspace
        self.socket = socket or os.path.join(workspace, "desk.sock")
        self.process = subprocess.Popen([YUNTAI, "--workspace", workspace, "--socket", self.socket, "serve"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.wait()

    def wait(self):
        """Until it listens; who comes then waits for its hello."""
        while not self.listens():
            if self.process.poll() is not None:
                raise Fell(f"serve ended with {self.process.returncode}: "
                           + self.process.stderr.read().decode(errors="replace"))
            time.sleep(0.002)

    def listens(self):
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(self.socket) == 0

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

    def end(self):
        self.process.terminate()
        status = self.process.wait()
        said = self.process.stderr.read().decode(errors="replace")
        self.process.stderr.close()
        assert status == 0, f"serve ended with {status}: {said}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()


# ---- a bureau

def make(workspace):
    """A workspace with a unit, the bureau, somebody in each, and one product."""
    with Desk(workspace) as desk:
        desk.call("make", now=NOW)
        for code, name, roles, level in (("bureau", "市大数据局", "clerk, reviewer, leader", ""),
                                         ("rsj", "市人社局", "unit", "city"), ("zyy", "中原云", "vendor", "")):
            desk.call("put", kind="org", code=code, name=name, **{"fact.roles": roles, "fact.level": level})
        for code, name, org, roles in ((CLERK, "赵启明", "bureau", "clerk"), ("qianh", "钱慧", "bureau", "reviewer"),
                                       ("sunw", "孙伟", "bureau", "leader"), (UNIT, "李敏", "rsj", "unit")):
            desk.call("put", kind="person", code=code, name=name, parent=org, **{"fact.roles": roles})
        desk.call("put", kind="product", code="VM-8C16G", name="VM-8C16G", **{
            "fact.unit": "台", "fact.kind": "virtual", "fact.domestic": "yes", "fact.cpu": "8",
            "fact.memory": "16", "fact.disk": "200"})
    return workspace


def open_case(desk):
    entries = {f"entry.{name}": value for name, value in APPLICATION.items()}
    return desk.call("open", procedure="access", **{"as": UNIT}, **entries)["pairs"]["case"]


def yuntai(workspace, *words, language="en", **options):
    return subprocess.run([YUNTAI, "--workspace", workspace, "--socket", "", "--lang", language, "--now", NOW,
                           *words], capture_output=True, text=True, errors="replace", **options)


def verify(desk):
    """What `verify` finds wrong; None: nothing."""
    answer = desk.ask("verify")
    return f"verify: {answer['text']} {answer['tables'].get('wrong')}" if answer["code"] else None
