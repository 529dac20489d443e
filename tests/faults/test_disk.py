"""No room, no right to write, somebody else writing: a sentence, nothing by half, and it heals."""

import json
import os
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from monitor import commands
from monitor.accounts import Bearer
from monitor.errors import DatabaseBusy
from monitor.snapshot import Snapshots
from monitor.store.journal import verify
from tests.support.command_lines import run_command
from tests.support.processes import hold_lock, read_acknowledged, start, writer
from tests.support.size import print_measure
from tests.support.team import action


def head(store) -> str:
    return Snapshots(store).current().head


def intact(store) -> bool:
    with store.reading() as session:
        return verify(session).intact


def test_a_full_disk_gives_a_sentence_keeps_nothing_by_half_and_heals(here, token):
    before, size = head(here), here.path.stat().st_size

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    acknowledged = read_acknowledged(writer(here.url, token, 200, preexec_fn=no_room))
    refused = [line for line in acknowledged if "code" in line]
    assert {line["code"] for line in refused} == {"disk_full"}
    assert all("disque" in line["said"] for line in refused)
    written = len(acknowledged) - len(refused)
    assert intact(here) and int(head(here).split(":")[0]) == int(before.split(":")[0]) + written
    assert "action_id" in read_acknowledged(writer(here.url, token, 1))[0]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to write as somebody else")
def test_a_file_that_may_not_be_written_is_read_and_says_so(request):
    folder = Path(tempfile.mkdtemp())
    request.addfinalizer(lambda: shutil.rmtree(folder))
    url = f"sqlite:///{folder / 'monitor.db'}"
    from monitor.models import Role
    from monitor.store import open_store
    from tests.support.team import sign_in

    store = open_store(url)
    commands.init_database(store)
    token = sign_in(store, "Camille", Role.VOLUNTEER).token
    code = (
        "import os, sys\n"
        "from monitor import commands\n"
        "from monitor.accounts import Bearer\n"
        "from monitor.errors import MonitorError\n"
        "from monitor.snapshot import Snapshots\n"
        "from monitor.store import open_store\n"
        "from tests.support.team import action\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "store = open_store(sys.argv[1])\n"
        "print(Snapshots(store).current().head)\n"
        "try:\n"
        "    commands.log_action(store, Bearer(token=sys.argv[2]), action())\n"
        "except MonitorError as error:\n"
        "    print(error.code)\n"
    )
    before = head(store)
    store.path.chmod(0o444)
    folder.chmod(0o555)
    output, errors = start("-c", code, url, token, url=url).communicate()
    assert output.split() == [before, "database_readonly"], errors


def test_a_locked_database_is_waited_for_then_says_so_and_heals(here, token):
    shots = Snapshots(here)
    seen = shots.current().head
    with hold_lock(here.url):
        began = time.monotonic()
        with pytest.raises(DatabaseBusy):
            commands.log_action(here, Bearer(token=token), action())
        waited = time.monotonic() - began
        assert shots.current().head == seen
    commands.log_action(here, Bearer(token=token), action())
    assert shots.current().head != seen and intact(here)
    print_measure(
        f"locked database: refused with a sentence after {waited:.1f} s, readers kept reading"
    )


def test_a_clock_that_jumps_a_day_back_takes_no_entry_back(here, token):
    code = (
        "import sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "from monitor import commands\n"
        "from monitor.accounts import Bearer, passwords\n"
        "from monitor.store import open_store\n"
        "from tests.support.team import action\n"
        "passwords.CLOCK_LEEWAY = timedelta(days=2)\n"
        "now = datetime.now(UTC)\n"
        "for jump in (0, -1, -1, 0):\n"
        "    commands.log_action(open_store(sys.argv[1]), Bearer(token=sys.argv[2]), action(),\n"
        "                        now + timedelta(days=jump))\n"
    )
    done = start("-c", code, here.url, token, url=here.url)
    _, errors = done.communicate()
    assert done.returncode == 0, errors
    with here.reading() as session:
        times = [at for (at,) in session.rows("SELECT recorded_at FROM entry ORDER BY seq")]
    assert times == sorted(times) and intact(here)


def test_a_backup_taken_while_others_write_restores_to_its_head(here, token, tmp_path):
    writing = writer(here.url, token, 10_000)
    copy, elsewhere = tmp_path / "copie.db", f"sqlite:///{tmp_path / 'ailleurs' / 'monitor.db'}"
    (tmp_path / "ailleurs").mkdir()
    assert "action_id" in json.loads(writing.stdout.readline())
    made = run_command(here.url, "backup", copy)
    writing.kill()
    read_acknowledged(writing)
    assert made.exit_code == 0, made.stderr
    back = run_command(elsewhere, "restore", copy)
    assert back.exit_code == 0, back.stderr
    found = made.stderr.strip().rsplit(" ", 1)[1].rstrip(".")
    assert found in back.stderr and found in run_command(elsewhere, "verify").stdout
    assert intact(here)


def test_without_a_file_the_restore_says_so(tmp_path):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    done = run_command(url, "restore", tmp_path / "rien.db")
    assert done.exit_code == 1 and "Traceback" not in done.stderr


def test_no_room_for_what_comes_through_a_pipe_is_said_with_where_it_lacks(here, tmp_path):
    before = head(here)
    process = start(
        "-m",
        "monitor",
        "load",
        "actions",
        "-",
        "--pact",
        "mouves-2014",
        url=f"{here.url}",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20)),
    )
    _, output = process.communicate("action_id,signatory_id\n" * 2**16)
    assert process.returncode == 1 and head(here) == before
    assert "fichier temporaire" in output and tempfile.gettempdir() in output, output
