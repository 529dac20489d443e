"""The whole log at one head, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from weakref import ref

from monitor.errors import InvalidValue
from monitor.log import Log
from monitor.pacts import Pact
from monitor.store import Store
from monitor.store.pacts_and_areas import unknown_pact

#: So many earlier snapshots are known to a later one.
EARLIER = 8


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole log at one head; equal only to itself. `logs`: pact id -> its columns, in the order
    of loading; of pacts that count. `earlier`: the last ones from which it was read on, the nearest
    first, while anybody holds them. `commitments`: how many are numbered, of all pacts; `plans`: pact id
    -> how many plans for samples it has, those given up included. `store`: the database that it was read
    from, where its texts are; None of a log that was rebuilt from published tables."""

    seq: int = 0
    hash: str = "0" * 64
    recorded_at: datetime | None = None
    logs: Mapping[str, Log] = field(default_factory=dict)
    earlier: tuple[ref["Snapshot"], ...] = ()
    commitments: int = 0
    plans: Mapping[str, int] = field(default_factory=dict)
    store: Store | None = None

    @property
    def head(self) -> str:
        """The published form of the head: `SEQ:HASH`."""
        return f"{self.seq}:{self.hash}"

    def default_pact(self) -> str | None:
        """The pact, not fictional, whose election is the latest; of fictional ones alone, the latest of
        them; the one loaded first of several on one day; None when there is none."""
        return max(self.logs, key=lambda name: _precedence(self.logs[name].pact), default=None)

    @property
    def short_hash(self) -> str:
        """The beginning of the hash of the head, as sentences and pictures cite it."""
        return self.hash[:16]

    def log(self, pact_id: str | None) -> Log:
        """The log of a pact, of the default one if none is named. Raises NotFound (`unknown_pact`) and
        InvalidValue (`no_pact`)."""
        name = pact_id or self.default_pact()
        if name is None:
            raise InvalidValue("no_pact")
        if name not in self.logs:
            raise unknown_pact(name, self.logs)
        return self.logs[name]


def _precedence(pact: Pact) -> tuple[bool, date]:
    return not pact.fictional, pact.election_on
