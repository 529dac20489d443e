"""Our side: the snapshot from a cold process, one append, the fold. Prints seconds as JSON."""

import gc
import json
import statistics
import time
from datetime import date, timedelta

import psutil

from monitor import commands, indicators, status
from monitor.commands.loading import file_in_memory
from monitor.models import GroupBy
from monitor.read.current_log import warm_cache
from monitor.read.memory import give_back, share_memory
from monitor.snapshot import Snapshots
from monitor.store import open_store

HEADER = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def main() -> dict[str, float]:
    share_memory()  # as a server does, which gives back what it needed to start
    store = open_store()
    snapshots = Snapshots(store)
    snapshot, cold = timed(snapshots.current)
    log = snapshot.log("demo")
    known, prepared = timed(lambda: status.what_is_known(log))
    gc.collect()
    give_back()
    memory = psutil.Process().memory_info().rss / 2**20
    days = [log.pact.term_start + timedelta(days=200 * n) for n in range(10)]
    folds = [timed(lambda day=day: status.fold(known, day))[1] for day in days]
    table, _ = timed(lambda: status.fold(known, date(2026, 3, 22)))
    grouped = timed(lambda: indicators.indicator_table(table, GroupBy.DEPARTMENT))[1]
    warm_cache(snapshot)
    refreshed, after, fresh = [], [], []
    signatory = log.signatories["signatory_id"].iloc[0]
    measure = log.commitments["measure"].iloc[0]
    for number in range(5):
        row = f"bench-{time.time_ns()}-{number},{signatory},{measure},2022,decided,x,press,y\n"
        report = commands.load(
            store, "actions", file_in_memory(HEADER + row), pact_id="demo", name="one.csv"
        )
        assert report.loaded, report.errors
        begun = time.process_time()
        new, seconds = timed(snapshots.current)
        refreshed.append(seconds)
        warm_cache(new)
        fresh.append(time.process_time() - begun)
        after.append(timed(lambda new=new: status.what_is_known(new.log("demo")))[1])
    return {
        "snapshot": cold,
        "known": prepared,
        "fold": statistics.median(folds),
        "indicators": grouped,
        "refresh": statistics.median(refreshed),
        "fresh": statistics.mean(fresh),
        "known_after": statistics.median(after),
        "memory_mb": memory,
        "commitments": len(table),
        "actions": len(log.actions),
    }


if __name__ == "__main__":
    print(json.dumps(main()))
