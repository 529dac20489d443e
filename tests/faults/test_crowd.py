"""Eight writers and twenty readers at once: nothing lost, nothing twice, nobody waits long."""

import json
import threading

from monitor import queries
from monitor.models import Role
from monitor.snapshot import Snapshots
from monitor.store.journal import verify
from tests.support.processes import begin, read_acknowledged, waiting_writer
from tests.support.size import FULL, pick_amount, print_measure
from tests.support.team import sign_in

WRITERS = 8


def test_eight_writers_and_many_readers_lose_nothing(here):
    count, readers = pick_amount(100, 10), pick_amount(20, 5)
    tokens = [sign_in(here, f"Bénévole {n}", Role.VOLUNTEER).token for n in range(WRITERS)]
    stop, failures = threading.Event(), []

    shots = Snapshots(here)  # one per process, as in the app

    def read():
        while not stop.wait(0.05):
            try:
                seq = shots.current().seq
                with here.reading() as session:
                    queries.published_actions(session, range(max(1, seq - 12), seq + 1), seq)
            except Exception as error:
                failures.append(error)

    processes = [waiting_writer(here.url, token, count) for token in tokens]
    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for process in processes:
        begin(process)
    acknowledged = [line for process in processes for line in read_acknowledged(process)]
    stop.set()
    for thread in threads:
        thread.join()
    refused = [line for line in acknowledged if "code" in line]
    written = [line["action_id"] for line in acknowledged if "action_id" in line]
    with here.reading() as session:
        inside = [
            name
            for (name,) in session.rows("SELECT action_id FROM action WHERE action_id LIKE 'web-%'")
        ]
        assert verify(session).intact
    assert failures == [] and refused == [], json.dumps(refused[:3])
    assert sorted(inside) == sorted(written) and len(set(inside)) == WRITERS * count
    spent = sorted(line["seconds"] for line in acknowledged)
    p50, p99 = (spent[int(len(spent) * share)] * 1000 for share in (0.5, 0.99))
    print_measure(
        f"{WRITERS} writers × {count}, {readers} readers: p50 {p50:.0f} ms, p99 {p99:.0f} ms, "
        f"max {spent[-1] * 1000:.0f} ms"
    )
    if FULL:
        assert p99 < 500
