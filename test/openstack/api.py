"""api.py: what the services are asked, through their own interfaces and without the program under test."""
import json
import os
import urllib.error
import urllib.request

VERSIONS = {"nova": "compute 2.79", "placement": "placement 1.38", "cinder": "volume 3.59"}
PORTS = ("keystone", "placement", "nova", "neutron", "glance", "limit", "cinder", "gnocchi")
ROOTS = {"keystone": "/v3", "nova": "/v2.1", "glance": "/v2", "cinder": "/v3", "gnocchi": "/v1"}

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Refused(Exception):
    """An answer that is none: its status, and what came with it."""


class Cloud:
    def __init__(self, first_port, password):
        self.ports = {name: first_port + number for number, name in enumerate(PORTS)}
        self.password, self.token = password, None
        self.all = os.environ.get("CLOUD_ALL") == "yes"  # Cinder and Gnocchi too

    def url(self, service):
        return f"http://127.0.0.1:{self.ports[service]}{ROOTS.get(service, '')}"

    def open(self, url, body=None, method=None, headers=None):
        """The bytes of an answer, and its headers."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        request = urllib.request.Request(url, data, {"Content-Type": kind, **(headers or {})}, method=method)
        try:
            with opener.open(request, timeout=120) as answer:
                return answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            raise Refused(f"{method or 'GET'} {url}: {error.code} {error.read(600).decode(errors='replace')}") from None

    def log_in(self):
        domain = {"id": "default"}
        user = {"name": "admin", "domain": domain, "password": self.password}
        _, headers = self.open(self.url("keystone") + "/auth/tokens", {"auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": "admin", "domain": domain}}}})
        self.token = headers["X-Subject-Token"]

    def ask(self, service, path, body=None, method=None):
        """PATH of SERVICE, or a whole address; what it answers, as JSON."""
        if not self.token:
            self.log_in()
        headers = {"X-Auth-Token": self.token}
        if service in VERSIONS:
            headers["OpenStack-API-Version"] = VERSIONS[service]
        url = path if path.startswith("http") else self.url(service) + path
        answer, _ = self.open(url, body, method, headers)
        return json.loads(answer) if answer else {}

    def pages(self, service, path, name):
        """All of a list, page after page."""
        while path:
            page = self.ask(service, path)
            yield from page[name]
            path = next((link["href"] for link in page.get(name + "_links", []) if link["rel"] == "next"), None)
