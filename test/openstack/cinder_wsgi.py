#!/usr/bin/python3
"""cinder_wsgi.py: Cinder's API as a web application; CINDER_CONF is its configuration."""
import os
import sys

sys.argv = ["cinder-wsgi", "--config-file", os.environ["CINDER_CONF"]]
from cinder.wsgi.wsgi import initialize_application

application = initialize_application()
