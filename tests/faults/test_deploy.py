"""The nightly copy, by the very command of its unit."""

import os
import re
import shutil
import subprocess
import sys

from monitor.store import open_store
from monitor.store.journal import verify
from tests.server import ROOT, need

UNITS = ROOT / "deploy"


def nightly(store, folder, keep: str | None = None) -> None:
    """What the unit runs, on this database and into this folder."""
    unit = (UNITS / "monitor-backup.service").read_text("utf-8")
    script, _, kept = re.search(r"^ExecStart=(.*)$", unit, re.M)[1].split()
    command = [str(UNITS / os.path.basename(script)), str(folder), keep or kept]
    environment = {**os.environ, "MONITOR_DATABASE": store.url, "PYTHON": sys.executable}
    subprocess.run(command, check=True, env=environment, capture_output=True)


def test_the_nightly_command_makes_a_copy_that_verifies(here, tmp_path):
    nightly(here, tmp_path / "copies")
    (copy,) = (tmp_path / "copies").iterdir()
    with open_store(f"sqlite:///{copy}").reading() as session:
        assert verify(session).intact


def test_the_oldest_copies_leave_and_nothing_else(here, tmp_path):
    copies = tmp_path / "copies"
    copies.mkdir()
    old = [f"monitor-2020010{n}T000000Z.db" for n in range(1, 5)]
    for name in [*old, "notes.txt", "monitor-important.db"]:
        (copies / name).write_text("x")
    nightly(here, copies, keep="3")
    left = sorted(path.name for path in copies.iterdir())
    assert old[0] not in left and old[1] not in left
    assert {old[2], old[3], "notes.txt", "monitor-important.db"} < set(left) and len(left) == 5


def test_the_units_are_what_systemd_understands():
    need(shutil.which("systemd-analyze"), "systemd-analyze")
    units = [
        str(path) for path in UNITS.glob("monitor*.*") if path.suffix in (".service", ".timer")
    ]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    complaints = [
        line for line in done.stderr.splitlines()
        if "monitor" in line and "not executable" not in line and "User" not in line
    ]  # fmt: skip
    assert complaints == []
