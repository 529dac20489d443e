"""What the pages read from: the log as it is now, and what runs beside them."""

from collections.abc import Mapping
from functools import lru_cache

from monitor import areas
from monitor.errors import DatabaseDamaged
from monitor.read.day_state import DayState
from monitor.read.housekeeping import Keeper, ShownHeads
from monitor.read.log_watch import Follower, Watch
from monitor.read.memory import give_back
from monitor.read.pact_state import PactState
from monitor.read.purger import Purger
from monitor.read.reader_language import choose_language
from monitor.read.team_watch import TeamWatch
from monitor.settings import database_url
from monitor.snapshot import KeptActions, Outage, Snapshot, Snapshots, default_day, log_today
from monitor.store import Store, open_store
from monitor.store.remembered_heads import kept_actions_path

#: More pacts than this are made ready as they are asked for.
PREPARED = 4


@lru_cache(maxsize=4)
def _opened(address: str | None) -> Snapshots:
    found = open_store(address)
    return Snapshots(found, KeptActions(kept_actions_path(found)))


def snapshots() -> Snapshots:
    """Those of the database that the environment names: its whole address, whoever asks included."""
    return _opened(database_url())


def store() -> Store:
    """The database that the environment names."""
    return open_store()


def current_snapshot(*, fresh: bool = False) -> Snapshot:
    """The log as it is now, one per process; `fresh`: with all that is in the database at this very
    moment, for a reader who may just have written there. Others read what was last made ready.

    Raises DatabaseMissing, DatabaseDamaged (also when the log does not verify, or lacks what was shown
    before), DatabaseOutdated,
    DatabaseBusy or, before the log was ever read, DatabaseUnreachable.
    """
    raise_if_damaged()
    followed = None if fresh else FOLLOWER.latest_snapshot()
    if followed:
        return followed
    found = snapshots().current()
    SHOWN.check(found)
    return found


def raise_if_not_ready() -> None:
    """Raises what keeps this process from showing pages. What it holds in memory is enough: a database
    that is slow to answer, or to refuse, must not hold this up. A log that is not shown since it lacks
    what was shown before is said by a page: a balancer that left this process out would lead its
    readers to one that has never seen more."""
    if not is_ready():
        snapshots().current()


def is_ready() -> bool:
    """Whether this process shows pages from memory. Asks nobody; raises DatabaseDamaged."""
    raise_if_damaged()
    return snapshots().has_snapshot


def raise_if_damaged() -> None:
    """Raises DatabaseDamaged once the chain is known not to verify."""
    if (found := WATCH.found) is not None and not found.intact:
        raise DatabaseDamaged("chain_broken", seq=found.altered, subject=found.subject)


def outage() -> Outage | None:
    """What is to be told while `current_snapshot` comes from memory alone, None while it does not."""
    return snapshots().outage


def language_of(asked: Mapping[str, str], accepted: str) -> str:
    """`choose_language` for the log that pages show now, without a look at the database."""
    return choose_language(asked, accepted, FOLLOWER.last_ready)


def page_version(seq: int) -> str:
    """What a page that shows the log up to `seq` shows: that head, and whether the database is away.
    A page left open compares its version with `page_version(FOLLOWER.seq)`."""
    return f"{seq}-sans-base" if outage() else str(seq)


def warm_cache(snapshot: Snapshot) -> None:
    """Make what every page of a snapshot needs before anybody asks for it."""
    for pact_id, log in list(snapshot.logs.items())[:PREPARED]:
        DayState(PactState(snapshot, pact_id), default_day(log.pact, log_today())).prepare()


def load_areas() -> None:
    """Read the packaged areas now rather than at the first visit."""
    areas.insee_areas()


def _prove() -> None:
    snapshots().prove()
    give_back()  # every entry was read


SHOWN = ShownHeads(store)
FOLLOWER = Follower(snapshots, warm_cache, SHOWN.approve)
WATCH = Watch(store, _prove, FOLLOWER.wait_until_ready)
TEAM_WATCH = TeamWatch(store, current_snapshot)
KEEPER = Keeper(store)
PURGER = Purger(store)
