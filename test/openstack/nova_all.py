#!/usr/bin/python3
"""nova_all.py COMPUTES CONF PORT…: Nova's conductor, scheduler, COMPUTES fake hypervisors and its API.

In one process, for oslo.messaging's fake:// reaches no further; so no broker of messages is needed. All of
it is Nova's own code. They begin when who listens at the PORTs answers: a hypervisor that does not find
Placement at once would look for it again after a minute.
"""
import shlex
import socket
import sys
import time

import nova.monkey_patch  # first of all
import nova.conf
import os_vif
from nova import config, objects, service, utils
from nova.compute import rpcapi as compute
from nova.conductor import rpcapi as conductor
from nova.scheduler import rpcapi as scheduler
from oslo_log import log
from oslo_privsep import priv_context
from oslo_service import service as services

COMPUTES, FILE, PORTS = int(sys.argv[1]), sys.argv[2], [int(port) for port in sys.argv[3:]]


def wait(port):
    while True:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def main():
    config.parse_args([sys.argv[0], "--config-file", FILE])
    log.setup(nova.conf.CONF, "nova")
    priv_context.init(root_helper=shlex.split(utils.get_root_helper()))
    objects.register_all()
    os_vif.initialize()
    objects.Service.enable_min_version_cache()
    for port in PORTS:
        wait(port)
    create = service.Service.create
    launcher = services.launch(nova.conf.CONF, create(binary="nova-conductor", topic=conductor.RPC_TOPIC),
                               restart_method="mutate")
    launcher.launch_service(create(binary="nova-scheduler", topic=scheduler.RPC_TOPIC))
    for number in range(COMPUTES):
        launcher.launch_service(create(binary="nova-compute", host=f"cmp{number + 1:02}", topic=compute.RPC_TOPIC))
    launcher.launch_service(service.WSGIService("osapi_compute"))
    launcher.wait()


main()
