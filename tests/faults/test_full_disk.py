"""A disk without room, a real one: a sentence everywhere, nothing by half, and all heals by itself."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor import commands
from monitor.commands.setup import PACKAGED
from monitor.errors import MonitorError
from monitor.models import Role
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support.command_lines import run_command
from tests.support.server import get, run_server
from tests.support.team import action, sign_in
from tests.support.visitor import Server
from tests.support.waiting import wait_until

#: Enough for the database, and for a journal of a few pages.
SIZE = 2**22


@pytest.fixture
def disk(tmp_path):
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        os.geteuid() == 0
        and shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        pytest.skip("needs to mount a file system, which is not allowed here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(place: Path, instead_of: Path | None = None):
    """As long as the block lasts there is not a byte left, nor that file: its room is taken too."""
    ballast = place / "ballast"
    _fill(ballast)
    if instead_of and instead_of.exists():
        instead_of.unlink()
        _fill(ballast)
    yield
    ballast.unlink()


def _fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file:
        size = 2**16
        while size:
            try:
                if file.write(b"\0" * size) < size:
                    size //= 2
            except OSError:
                size //= 2


@pytest.fixture
def here(disk):
    store = open_store(f"sqlite:///{disk / 'monitor.db'}")
    commands.init_database(store)
    return store


def head(store) -> str:
    with store.reading() as session:
        found = verify(session)
    assert found.intact
    return f"{found.entries}:{found.head}"


#: What writes somewhere on that disk.
COMMANDS = {
    "load": ("load", "actions", str(PACKAGED / "actions.csv"), "--newer"),
    "user add": ("user", "add", "Zoé", "--role", "volunteer"),
    "demo": ("demo", "--signatories", "50"),
    "backup": ("backup", "{disk}/copie.db"),
    "restore": ("restore", "{elsewhere}/copie.db"),
    "export": ("export", "--to", "{disk}/out", "--pact", "mouves-2014"),
    "export sqlite": ("export", "--to", "{disk}/out", "--format", "sqlite"),
    "export elsewhere": ("export", "--to", "{elsewhere}/out", "--pact", "mouves-2014"),
    "copy": ("copy", "--from", "sqlite:///{disk}/monitor.db", "--to", "sqlite:///{disk}/x.db"),
    "init": ("init",),
    "wipe": ("wipe",),
    "verify": ("verify",),
    "confirm-clock": ("confirm-clock", "{today}"),
    "accept-rewrite": ("accept-rewrite", "--reason", "r"),
    "retract": ("retract", "signatory", "collomb-lyon", "--reason", "r"),
}


def test_every_command_says_a_sentence_on_a_full_disk_and_changes_nothing(here, disk, tmp_path):
    from datetime import UTC, datetime

    commands.redact_entry(here, None, 20, "Ordonnance.")
    commands.back_up(here, tmp_path / "copie.db")
    before = head(here)
    names = {"disk": disk, "elsewhere": tmp_path, "today": datetime.now(UTC).date().isoformat()}
    with filled(disk):
        for name, arguments in COMMANDS.items():
            done = run_command(here.url, *(part.format(**names) for part in arguments))
            assert "Traceback" not in done.output, (name, done.output)
            assert done.exit_code in (0, 1) and done.output.strip(), (name, done.exit_code)
            assert head(here) == before, name
            left = {path.name for path in disk.iterdir()} - {"ballast"}
            assert all(one.startswith("monitor.db") or one == "out" for one in left), (name, left)
    assert run_command(here.url, "load", "mandates", PACKAGED / "mandates.csv").exit_code == 0
    assert run_command(here.url, "wipe").exit_code == 0


def test_a_server_on_a_full_disk_tells_whoever_writes_and_its_operator(here, disk, tmp_path):
    token = sign_in(here, "Camille", Role.VOLUNTEER)
    link = commands.add_account(here, None, "Zoé", Role.VOLUNTEER)[1]
    log = tmp_path / "log"
    with run_server(here.url, log=log) as address:
        site = Server(address, here.url, log)
        wait_until(lambda: get(f"{address}/healthz")[0] == 200)
        # The queue of writers draws its tickets in this file: made anew, there is no room for one.
        with filled(disk, instead_of=disk / "monitor.db.lock"):
            for name in ("Camille", "Personne"):
                status, _, body = site.sign_in(name)
                assert status == 503 and "plein" in body, (name, status)
            form = {
                "jeton": link,
                "name": "Zoé des bois",
                "password": "une phrase assez longue",
                "again": "une phrase assez longue",
            }
            status, _, body = site.ask("POST", "/activation", form)
            assert status == 503 and "plein" in body
            status, _, body = site.ask("POST", "/deconnexion", {}, Cookie=f"moniteur={token.token}")
            assert status == 503 and "plein" in body
            with pytest.raises(MonitorError, match="disk_full"):
                commands.log_action(here, token, action())
            with pytest.raises(MonitorError, match="disk_full"):
                commands.save_draft(here, token, "form", "x" * 200_000)
            for path in ("/flux.atom", "/ville/69123", "/api/v1/actions.csv", "/heads.txt"):
                assert get(f"{address}{path}")[0] == 200, path  # readers go on
            wait_until(lambda: get(f"{address}/healthz")[0] == 503)
            answer = json.loads(get(f"{address}/healthz")[2])["reason"]
            assert "disk is full" in answer and str(disk) not in answer
            assert get(f"{address}/readyz")[0] == 200
        wait_until(lambda: get(f"{address}/healthz")[0] == 200)
        commands.log_action(here, token, action())
        assert site.sign_in("Camille")[0] in (401, 429)
    log_text = log.read_text("utf-8")
    assert "Traceback" not in log_text and "disk_full" in log_text
    assert head(here)
