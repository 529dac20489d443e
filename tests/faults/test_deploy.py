"""What a server is set up with: the nightly copy by the very command of its unit; each file as the
program that reads it understands it."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from monitor.store import open_store
from monitor.store.journal import verify
from tests.support.cluster import CONFIG, HAPROXY
from tests.support.paths import ROOT
from tests.support.server import skip_without

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
    skip_without(shutil.which("systemd-analyze"), "systemd-analyze")
    units = [
        str(path) for path in UNITS.glob("monitor*.*") if path.suffix in (".service", ".timer")
    ]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    complaints = [
        line
        for line in done.stderr.splitlines()
        if "monitor" in line and "not executable" not in line and "User" not in line
    ]
    assert complaints == []


SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
#: Of the score of `systemd-analyze security`: 0 is closed, 10 open.
EXPOSED = 2.5


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_may_do_little_beyond_its_work(name, tmp_path):
    skip_without(shutil.which("systemd-analyze"), "systemd-analyze")
    unit = tmp_path / name.replace("@", "@8501")
    shutil.copy(UNITS / name, unit)
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    score = re.search(r"exposure level for \S+ ([0-9.]+)", done.stdout)
    assert score and float(score[1]) <= EXPOSED, done.stdout


@pytest.mark.parametrize("name", ["monitor.service", "monitor@.service"])
def test_a_process_is_bounded_in_files_memory_and_threads(name):
    unit = (UNITS / name).read_text("utf-8")
    settings = dict(re.findall(r"^(\w+)=(.+)$", unit, re.M))
    assert {"LimitNOFILE", "MemoryHigh", "MemoryMax", "TasksMax"} <= settings.keys()
    assert "example" not in unit.replace("monitor.env.example", "")


def notify(**variables: str) -> subprocess.CompletedProcess:
    """What the unit runs for a safety copy that failed."""
    unit = (UNITS / "monitor-failed@.service").read_text("utf-8")
    script, _ = re.search(r"^ExecStart=(.*)$", unit, re.M)[1].split()
    environment = {name: value for name, value in os.environ.items() if name != "MONITOR_TELL"}
    return subprocess.run(
        [str(UNITS / os.path.basename(script)), "monitor-backup.service"],
        env={**environment, **variables},
        capture_output=True,
        text=True,
    )


def test_a_unit_that_fails_tells_whom_the_operator_named(tmp_path):
    assert notify(MONITOR_TELL=f"cat > '{tmp_path}/said'").returncode == 0
    output = (tmp_path / "said").read_text("utf-8")
    assert "monitor-backup.service failed" in output and "journalctl -u monitor-backup" in output


@pytest.mark.parametrize("tell", ["", "exit 7"])
def test_whom_nobody_could_tell_finds_it_among_the_failed_units(tell):
    done = notify(MONITOR_TELL=tell)
    assert done.returncode != 0 and "<1>" in done.stdout
    assert bool(tell) or "MONITOR_TELL" in done.stderr


@pytest.mark.parametrize("name", [name for name in SERVICES if "failed" not in name])
def test_whatever_fails_starts_the_unit_that_tells(name):
    unit = (UNITS / name).read_text("utf-8").split("[Service]")[0]
    assert "OnFailure=monitor-failed@%n.service" in unit


def test_a_safety_copy_that_cannot_be_made_fails(here, tmp_path):
    (tmp_path / "copies").write_text("no folder")
    with pytest.raises(subprocess.CalledProcessError):
        nightly(here, tmp_path / "copies")
    here.path.write_bytes(here.path.read_bytes()[:5_000])
    with pytest.raises(subprocess.CalledProcessError):
        nightly(here, tmp_path / "others")


def test_the_proxy_s_configuration_is_what_haproxy_understands():
    skip_without(HAPROXY, "haproxy")
    done = subprocess.run([HAPROXY, "-c", "-f", str(CONFIG)], capture_output=True, text=True)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr


def test_compose_names_files_and_services_that_exist():
    skip_without(find_spec("yaml"), "PyYAML")
    import yaml

    services = yaml.safe_load((UNITS / "compose.yaml").read_text("utf-8"))["services"]
    for service in services.values():
        if "build" in service:
            context = UNITS / service["build"]["context"]
            assert (context / service["build"]["dockerfile"]).is_file()
        for volume in service.get("volumes", ()):
            place = volume.split(":")[0]
            assert not place.startswith(".") or (UNITS / place).is_file()
        assert set(service.get("depends_on", ())) <= services.keys()
        assert (UNITS / f"{service.get('env_file', 'monitor.env')}.example").is_file()
    proxy = services["haproxy"]["environment"]
    assert {proxy[name].split(":")[0] for name in ("MONITOR_A", "MONITOR_B")} <= services.keys()
    copied = re.findall(r"^COPY (.+) \S+$", (UNITS / "Dockerfile").read_text("utf-8"), re.M)
    assert all((ROOT / name).exists() for line in copied for name in line.split())


def test_the_owner_s_password_is_in_no_replica_s_environment():
    replica, owner = (
        set(re.findall(r"^([A-Z_]+)=", (UNITS / f"{name}.env.example").read_text("utf-8"), re.M))
        for name in ("monitor", "owner")
    )
    asked = set(re.findall(r"getenv \w+ (\w+)", (UNITS / "roles.sql").read_text("utf-8")))
    assert asked <= owner and "POSTGRES_PASSWORD" in owner
    assert replica & owner == {"MONITOR_DATABASE"}
