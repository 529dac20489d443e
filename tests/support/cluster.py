"""PostgreSQL, two replicas and HAProxy on this machine, as deploy/ has them."""

import getpass
import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor import commands
from monitor.store import Store, open_store
from tests.support.paths import ROOT
from tests.support.postgres import Server, running
from tests.support.server import free_port, process_at, run_server, skip_without, wait_for_answer
from tests.support.waiting import LONGEST

HAPROXY = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
CONFIG = ROOT / "deploy" / "haproxy.cfg"
SECRET = "0" * 32


@dataclass(frozen=True)
class Cluster:
    """`address` is HAProxy's, `replicas` those behind it by the name in their cookie."""

    address: str
    replicas: dict[str, str]
    postgres: Server
    store: Store

    def kill(self, name: str) -> None:
        """The replica dies without a word."""
        process_at(self.replicas[name]).kill()


@contextmanager
def started(folder: Path):
    """All of it, on a fresh database that the replicas use by the login of roles.sql."""
    skip_without(HAPROXY, "haproxy")
    with ExitStack() as stack:
        postgres = stack.enter_context(running())
        owner = postgres.fresh()
        postgres.script(ROOT / "deploy" / "roles.sql", owner, MONITOR_APP_PASSWORD="secret")
        commands.init_database(open_store(owner))
        url = owner.replace("postgres:", "monitor_login:secret", 1)
        replicas = {
            name: stack.enter_context(
                run_server(url, folder / f"{name}.txt", STREAMLIT_SERVER_COOKIE_SECRET=SECRET)
            )
            for name in "ab"
        }
        address = stack.enter_context(balancing(replicas, folder / "haproxy.txt"))
        yield Cluster(address, replicas, postgres, open_store(url))


@contextmanager
def balancing(replicas: dict[str, str], log: Path, **variables: str):
    """HAProxy before them, by the configuration that is shipped; `variables` are added to its
    environment."""
    bind = f"127.0.0.1:{free_port()}"
    hosts = {name: address.removeprefix("http://") for name, address in replicas.items()}
    environment = {
        **os.environ,
        "MONITOR_BIND": bind,
        "MONITOR_A": hosts["a"],
        "MONITOR_B": hosts["b"],
        "MONITOR_PROXY_USER": getpass.getuser(),
        **variables,
    }
    assert HAPROXY
    with log.open("wb") as output:
        process = subprocess.Popen(
            [HAPROXY, "-db", "-f", str(CONFIG)], env=environment, stdout=output, stderr=output
        )
        try:
            wait_for_answer(process, f"http://{bind}/readyz")
            yield f"http://{bind}"
        finally:
            process.terminate()
            process.wait(LONGEST)
