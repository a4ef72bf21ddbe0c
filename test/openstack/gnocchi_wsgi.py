#!/usr/bin/python3
"""gnocchi_wsgi.py: Gnocchi's API as a web application; GNOCCHI_CONF is its configuration."""
import os
import sys

sys.argv = ["gnocchi-api", "--config-file", os.environ["GNOCCHI_CONF"]]
from gnocchi.cli import api

application = api.wsgi()
