"""kill -9 at any moment: nothing acknowledged is lost, nothing is there by half."""

import json
import random
import time

import psutil

from monitor import commands
from monitor.cli.main import LEAST_SECONDS
from monitor.snapshot import Snapshots
from monitor.store.journal import verify
from tests.support.processes import read_acknowledged, start, writer
from tests.support.server import answers, free_port, get
from tests.support.size import pick_amount, print_measure
from tests.support.waiting import wait_until

ROWS = 4_000


def actions_in(store) -> set[str]:
    with store.reading() as session:
        return {name for (name,) in session.rows("SELECT action_id FROM action")}


def intact(store) -> bool:
    Snapshots(store).current()
    with store.reading() as session:
        return verify(session).intact


def test_a_killed_writer_loses_nothing_that_it_was_told_is_written(here, token):
    rng, kept = random.Random(1), 0
    for number in range(pick_amount(25, 3)):
        process = writer(here.url, token, 10_000)
        # Sometimes before anything is acknowledged, sometimes after: on a slow machine as well.
        first_lines = [json.loads(process.stdout.readline())] if number % 3 else []
        time.sleep(rng.uniform(0.02, 0.4))
        process.kill()
        acknowledged = {line["action_id"] for line in (*first_lines, *read_acknowledged(process))}
        assert acknowledged <= actions_in(here)
        assert intact(here)
        kept += len(acknowledged)
    print_measure(f"kill -9 of a writer: {kept} acknowledged entries, 0 lost")
    assert kept


def test_a_killed_load_is_there_whole_or_not_at_all(here, tmp_path):
    rng, whole = random.Random(2), 0
    started = time.monotonic()
    _load(here, _file(tmp_path, "warm")).communicate()
    usual = time.monotonic() - started
    kills = pick_amount(25, 3)
    for number in range(kills):
        process = _load(here, _file(tmp_path, f"k{number}"))
        time.sleep(rng.uniform(usual * 0.2, usual * 1.05))
        process.kill()
        process.communicate()
        found = sum(name.startswith(f"k{number}-") for name in actions_in(here))
        assert found in (0, ROWS)
        assert intact(here)
        whole += found == ROWS
    print_measure(
        f"kill -9 of a load of {ROWS} rows: {kills - whole} absent, {whole} whole, 0 partial"
    )


def _file(folder, name: str):
    path = folder / f"{name}.csv"
    lines = ["action_id,signatory_id,measure,happened_on,kind,summary"]
    lines += [f"{name}-{n},collomb-lyon,1,2019-05-06,note,Une note." for n in range(ROWS)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _load(store, path):
    return start("-m", "monitor", "load", "actions", str(path), url=store.url)


def test_a_journal_that_a_crash_left_is_rolled_back_by_the_first_reader(here):
    before = Snapshots(here).current().head
    code = (
        "import os, sys\n"
        "from monitor.store import open_store\n"
        "with open_store(sys.argv[1]).writing() as session:\n"
        "    session.execute('PRAGMA cache_size = 1')\n"
        "    for number in range(20000):\n"
        "        session.execute('INSERT INTO draft VALUES (:n, :p, :c, :s)', n='operator',\n"
        "                        p=str(number), c='x' * 900, s='')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    process = start("-c", code, here.url, url=here.url)
    process.communicate()
    assert here.path.with_name("monitor.db-journal").exists()
    assert Snapshots(here).current().head == before
    with here.reading() as session:
        assert session.rows("SELECT count(*) FROM draft") == [(0,)]
    assert intact(here)


def test_a_killed_server_is_started_again_by_itself_on_the_same_file(here, token):
    port = free_port()
    served = start("-m", "monitor", "serve", "--port", str(port), url=here.url)
    address = f"http://127.0.0.1:{port}/healthz"
    try:
        for number in range(pick_amount(3, 1)):
            first = alive(served, address)
            writing = writer(here.url, token, 10_000)
            answer = json.loads(writing.stdout.readline())
            time.sleep(LEAST_SECONDS + 0.5)  # whatever the clock on the wall does meanwhile
            first.kill()
            killed_at = time.monotonic()
            writing.kill()
            acknowledged = {line["action_id"] for line in (answer, *read_acknowledged(writing))}
            assert alive(served, address).pid != first.pid
            print_measure(
                f"killed server {number}: back after {time.monotonic() - killed_at:.1f} s"
            )
            assert acknowledged and acknowledged <= actions_in(here) and intact(here)
    finally:
        last = alive(served, address)
        served.terminate()
        served.communicate()
    assert not last.is_running()


def alive(served, address: str) -> psutil.Process:
    """The server that `serve` has started, once it answers that all is well."""

    def look():
        assert served.poll() is None, "serve has ended"
        children = psutil.Process(served.pid).children()
        well = children and answers(address) and json.loads(get(address)[2])["status"] == "ok"
        return children[0] if well else None

    return wait_until(look, "the server does not answer")


def test_the_same_request_after_a_crash_writes_once(here, token):
    from monitor.accounts import Bearer
    from tests.support.team import action

    asked = action()
    first = commands.log_action(here, Bearer(token=token), asked)
    again = commands.log_action(here, Bearer(token=token), asked)
    assert (again.seq, again.already) == (first.seq, True)
