#!/usr/bin/python3
"""schema.py SERVICE STATE PORT PASSWORD: makes the database of one service, with the service's own code.

One process for each: to import a service takes longer than to make its tables.
"""
import base64
import os
import sqlite3
import sys

SERVICE, STATE, PORT, PASSWORD = sys.argv[1:5]
CONF = os.path.join(STATE, "conf", SERVICE + ".conf")
sys.argv = [sys.argv[0]]  # what the services see


def database(name):
    return f"sqlite:///{STATE}/db/{name}.db?timeout=60"


def keystone():
    """Tables, keys for tokens, the account `admin` and Keystone's own place in the catalogue."""
    keys = os.path.join(STATE, "keys")
    os.makedirs(keys, mode=0o700, exist_ok=True)
    for number in ("0", "1"):
        with open(os.path.join(keys, number), "wb") as file:
            file.write(base64.urlsafe_b64encode(os.urandom(32)))
    from keystone.cmd import bootstrap
    from keystone.common.sql import upgrades
    from keystone.server import configure
    configure(config_files=[CONF])
    upgrades.offline_sync_database_to_version()
    admin = bootstrap.Bootstrapper()
    admin.admin_username = admin.project_name = admin.admin_role_name = "admin"
    admin.admin_password = PASSWORD
    admin.service_name, admin.region_id = "keystone", "RegionOne"
    admin.public_url = admin.internal_url = f"http://127.0.0.1:{PORT}/v3"
    admin.bootstrap()


def placement():
    from oslo_config import cfg
    from placement import conf, db_api
    from placement.db.sqlalchemy import migration
    config = cfg.ConfigOpts()
    conf.register_opts(config)
    config([], default_config_files=[CONF])
    db_api.configure(config)
    migration.create_schema()
    migration.stamp("head")


def neutron():
    """Out of the models: the steps that lead to them are for other databases than SQLite."""
    from neutron.db.migration.models import head
    from sqlalchemy import create_engine
    head.get_metadata().create_all(create_engine(database("neutron")))


def glance():
    from glance.db.sqlalchemy import models, models_metadef
    from sqlalchemy import create_engine
    engine = create_engine(database("glance"))
    models.register_models(engine)
    models_metadef.register_models(engine)


def cinder():
    from cinder.common import config  # the options
    from cinder.db import migration
    from oslo_config import cfg
    assert config
    cfg.CONF([], project="cinder", default_config_files=[CONF])
    migration.db_sync()


def nova():
    """The tables of the cells, of the one for what was never placed too."""
    os.environ["OS_NOVA_DISABLE_EVENTLET_PATCHING"] = "1"
    from nova import config, objects
    from nova.cmd import manage
    config.parse_args(["nova-manage", "--config-file", CONF])
    objects.register_all()
    manage.ApiDbCommands().sync()
    cells = manage.CellV2Commands()
    cells.map_cell0(database_connection=database("nova_cell0"))
    cells.create_cell(name="cell1", transport_url="fake://", database_connection=database("nova_cell1"))
    manage.DbCommands().sync()


def let_read_while_written():
    """Else who reads for long keeps all others from writing."""
    for name in os.listdir(os.path.join(STATE, "db")):
        if name.startswith(SERVICE) and name.endswith(".db"):
            with sqlite3.connect(os.path.join(STATE, "db", name)) as database:
                database.execute("PRAGMA journal_mode = WAL")


globals()[SERVICE]()
let_read_while_written()
