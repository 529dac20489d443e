"""What the pages read from: the log as it is now, and what is made of it once for all readers."""

from datetime import date, datetime
from functools import lru_cache

import numpy as np
import pandas as pd

from monitor import areas, queries, status
from monitor.errors import DatabaseDamaged
from monitor.read.background import Follower, Watch
from monitor.read.keeper import Keeper, Shown
from monitor.read.known import known
from monitor.read.memoise import per_head
from monitor.read.purger import Purger
from monitor.read.team_watch import TeamWatch
from monitor.settings import database_url
from monitor.snapshot import Outage, Snapshot, Snapshots, default_day, log_today, replies_day
from monitor.store import Store, journal, open_store

#: More pacts than this are made ready as they are asked for.
PREPARED = 4


@lru_cache(maxsize=4)
def _opened(address: str | None) -> Snapshots:
    return Snapshots(open_store(address))


def snapshots() -> Snapshots:
    """Those of the database that the environment names: its whole address, whoever asks included."""
    return _opened(database_url())


def store() -> Store:
    """The database that the environment names."""
    return open_store()


def current_snapshot(*, fresh: bool = False) -> Snapshot:
    """The log as it is now, one per process; `fresh`: with all that is in the database at this very
    moment, for who may just have written there. Others read what was last made ready.

    Raises DatabaseMissing, DatabaseDamaged (also when the log does not verify, or lacks what was shown
    before), DatabaseOutdated,
    DatabaseBusy or, before the log was ever read, DatabaseUnreachable.
    """
    only_intact()
    followed = None if fresh else FOLLOWER.published()
    if followed:
        return followed
    found = snapshots().current()
    SHOWN.check(found)
    return found


def ready() -> None:
    """Raises what keeps this process from showing pages. What it holds in memory is enough: a database
    that is slow to answer, or to refuse, must not hold this up. A log that is not shown since it lacks
    what was shown before is said by a page: a balancer that left this process out would lead its
    readers to one that has never seen more."""
    if not is_ready():
        snapshots().current()


def is_ready() -> bool:
    """Whether this process shows pages from memory. Asks nobody; raises DatabaseDamaged."""
    only_intact()
    return snapshots().kept


def only_intact() -> None:
    """Raises DatabaseDamaged once the chain is known not to verify."""
    if (found := WATCH.found) is not None and not found.intact:
        raise DatabaseDamaged("chain_broken", seq=found.altered, subject=found.subject)


def outage() -> Outage | None:
    """What is to be told while `current_snapshot` comes from memory alone, None while it does not."""
    return snapshots().outage


def mark(seq: int) -> str:
    """What a page that shows the log up to `seq` shows: that head, and whether the database is away.
    A page left open compares its mark with `mark(FOLLOWER.seq)`."""
    return f"{seq}-sans-base" if outage() else str(seq)


def prepare(snapshot: Snapshot) -> None:
    """Make what every page of a snapshot needs before anybody asks for it."""
    for log in list(snapshot.logs.values())[:PREPARED]:
        view = (snapshot, log.pact.id, None)
        day = default_day(log.pact, log_today())
        for make in (folded, people, people_by_id):
            make(*view, day)
        replied(*view, replies_day(log.pact, day, log_today()))
        for make in (runs, changed, standing, public, about, place_names, rows_by_id):
            make(*view)
        for column in ("name", "commune_name"):
            search_keys(*view, column)
            ranks(*view, column)
        places(snapshot, log.pact.id)


def areas_loaded() -> None:
    """Read the packaged communes now rather than at the first visit."""
    areas.communes()


@per_head(12)
def folded(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.fold` of a pact."""
    return status.fold(known(snapshot, pact_id, known_at), day)


@per_head(12)
def people(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.fold_people` of a pact."""
    return status.fold_people(known(snapshot, pact_id, known_at), day)


@per_head(12)
def people_by_id(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date
) -> pd.DataFrame:
    """Name and place of each signatory; index = signatory_id."""
    table = people(snapshot, pact_id, known_at, day).set_index("signatory_id")
    return table[["name", "commune", "commune_name", "department_code"]]


@per_head(12)
def rows_by_id(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> tuple[pd.Index, np.ndarray]:
    """(the signatories, where the commitments of each begin in `known`)."""
    found = known(snapshot, pact_id, known_at)
    ids = pd.Index(found.signatories["signatory_id"])
    return ids, np.searchsorted(found.owner, np.arange(len(ids) + 1))


@per_head(3)
def runs(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> status.Runs:
    """`status.status_runs` of a pact."""
    return status.status_runs(known(snapshot, pact_id, known_at))


@per_head(4)
def changed(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> pd.DataFrame:
    """`status.status_changes` of a pact."""
    return status.status_changes(known(snapshot, pact_id, known_at))


@per_head(3)
def news(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> pd.DataFrame:
    """Of `changed`, what `status.is_news`."""
    table = changed(snapshot, pact_id, known_at)
    found = status.is_news(table["before"].to_numpy(), table["after"].to_numpy())
    return table if found.all() else table[found].reset_index(drop=True)


@per_head(3)
def replies(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> pd.DataFrame:
    """`status.standing_replies` of a pact."""
    return status.standing_replies(
        known(snapshot, pact_id, known_at), snapshot.log(pact_id).actions
    )


@per_head(12)
def replied(snapshot: Snapshot, pact_id: str, known_at: datetime | None, day: date) -> pd.DataFrame:
    """`status.last_replies` of a pact."""
    return status.last_replies(replies(snapshot, pact_id, known_at), day)


@per_head(3)
def standing(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> tuple[np.ndarray, np.ndarray]:
    """The seqs of the entries that stand, and of the assessments that move a status, in order."""
    found = known(snapshot, pact_id, known_at)
    return np.sort(found.everything.seq), np.sort(found.assessments.seq)


@per_head(3)
def public(snapshot: Snapshot, pact_id: str, known_at: datetime | None) -> np.ndarray:
    """A mask over the actions of the log: accepted, and about somebody who is public. A file of
    signatories may wait, or be taken back, while there are entries about them."""
    log = snapshot.log(pact_id)
    people, _ = rows_by_id(snapshot, pact_id, known_at)
    theirs = np.zeros(
        int(log.commitments.index.max() if len(log.commitments) else 0) + 1, dtype=bool
    )
    known_ids = people.get_indexer(log.commitments["signatory_id"]) >= 0
    theirs[log.commitments.index.to_numpy()[known_ids]] = True
    return log.actions.visible(known_at) & theirs[log.actions.commitment]


@per_head(3)
def about(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> tuple[np.ndarray, np.ndarray]:
    """The public actions by commitment: (rows of the actions, where those of each commitment of
    `known` begin), in the order of the log."""
    log, commitments = snapshot.log(pact_id), known(snapshot, pact_id, known_at).commitments
    numbers = commitments["commitment"].to_numpy()
    actions = np.flatnonzero(public(snapshot, pact_id, known_at))
    most = int(max(log.actions.commitment.max(initial=0), numbers.max(initial=0)))
    row_of = np.full(most + 1, len(numbers), dtype=np.int32)
    row_of[numbers[numbers >= 0]] = np.flatnonzero(numbers >= 0)
    rows = row_of[log.actions.commitment[actions]]
    order = np.argsort(rows, kind="stable")
    return actions[order], np.searchsorted(rows[order], np.arange(len(numbers) + 1))


@per_head(6)
def search_keys(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None, column: str
) -> np.ndarray:
    """`areas.search_key` of each category of a column of the commitments: by its code."""
    names = known(snapshot, pact_id, known_at).commitments[column].array.categories
    return np.array([areas.search_key(name) for name in names], dtype=object)


@per_head(6)
def ranks(snapshot: Snapshot, pact_id: str, known_at: datetime | None, column: str) -> np.ndarray:
    """The place of each category of a column of the commitments in a French list (`areas.sort_key`; of
    people, whose article is a part of the name, the search key): by its code, the same for two that
    no list tells apart."""
    names = known(snapshot, pact_id, known_at).commitments[column].array.categories
    keys = search_keys(snapshot, pact_id, known_at, column).tolist()
    if column == "commune_name":
        keys = [areas.sort_key(name) for name in names]
    order = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([order[key] for key in keys], dtype=np.int64)


@per_head(6)
def place_names(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> dict[str, dict[str, str]]:
    """Code -> name of the places where somebody signed, for "region" and "department"."""
    people = known(snapshot, pact_id, known_at).signatories
    names = {}
    for kind in ("region", "department"):
        pairs = people.drop_duplicates(f"{kind}_code")
        names[kind] = dict(zip(pairs[f"{kind}_code"], pairs[kind], strict=True))
    return names


@per_head(12)
def places_in_order(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None, kind: str, unknown: str
) -> dict[str, str]:
    """Of `place_names`, those of a kind in the order of a French list; `unknown`: the words for those of
    whom nobody said which."""
    names = place_names(snapshot, pact_id, known_at)[kind].items()
    named = ((code, name or code or unknown) for code, name in names)
    return dict(sorted(named, key=lambda place: areas.sort_key(place[1])))


@per_head(6)
def departments_of(
    snapshot: Snapshot, pact_id: str, known_at: datetime | None
) -> dict[str, list[str]]:
    """Code of a region -> those of its departments where somebody signed."""
    people = known(snapshot, pact_id, known_at).signatories
    pairs = people[["region_code", "department_code"]].drop_duplicates()
    return pairs.groupby("region_code", observed=True)["department_code"].apply(list).to_dict()


@per_head(4)
def places(snapshot: Snapshot, pact_id: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The areas where somebody is publicly known to have signed, as in `Log.areas`, and their search
    keys."""
    log = snapshot.log(pact_id)
    people = known(snapshot, pact_id, None).signatories
    signed = log.areas[log.areas.index.isin(people["commune"].array.categories)]
    return signed, areas.search_keys_of(signed)


@per_head(2)
def area_keys(snapshot: Snapshot, pact_id: str) -> np.ndarray:
    """The search keys of every area of a pact, signed or not."""
    return areas.search_keys_of(snapshot.log(pact_id).areas)


@per_head(12)
def last_seq(snapshot: Snapshot, known_at: datetime) -> int:
    """`journal.last_seq`."""
    with store().reading() as database:
        return journal.last_seq(database, known_at)


@per_head(32)
def found(snapshot: Snapshot, pact_id: str, typed: str) -> np.ndarray:
    """`queries.search_entries`: the same search on the next page costs nothing."""
    with store().reading() as database:
        return queries.search_entries(database, pact_id, typed)


WATCH = Watch(store)
TEAM_WATCH = TeamWatch(store, current_snapshot)
SHOWN = Shown(store)
FOLLOWER = Follower(snapshots, prepare, SHOWN.approve)
KEEPER = Keeper(store)
PURGER = Purger(store)
