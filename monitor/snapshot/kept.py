"""The actions of a log in a file beside it, so that a server that starts need not read them all again.

They are facts alone: no name and no text is in the file. Whoever can write there, and not read the
database, cannot alter it unnoticed: its seal is made with the secret of the database. It counts only for
a log that holds the entry at which it was written, with that very hash; and what it holds is compared
with the entries themselves (`is_proven`) before the log is called intact.
"""

import hmac
import json
import logging
import os
from collections.abc import Collection
from dataclasses import fields
from itertools import chain
from pathlib import Path

import numpy as np

from monitor.log import KINDS, NO_ACTIONS, STATUSES, Actions
from monitor.snapshot.refresh import ActionsAt, actions_until, is_rewritten
from monitor.snapshot.snapshot import Snapshot
from monitor.store import Session
from monitor.store.id_key import read_id_key

LOG = logging.getLogger("monitor.live")
#: Of fewer actions nothing is kept: they are read at once.
LEAST = 50_000
_SEAL = 32
#: What the numbers of a column mean: a file of other columns, or other codes, says nothing.
_LAYOUT = [
    [[one.name, str(getattr(NO_ACTIONS, one.name).dtype)] for one in fields(Actions)],
    [list(map(str, KINDS)), list(map(str, STATUSES))],
]


class KeptActions:
    """The file at a path, of a log of `least` actions or more."""

    def __init__(self, path: Path, least: int = LEAST):
        self._path, self._least = path, least
        self._used: ActionsAt | None = None
        self._kept = 0

    def read(self, session: Session) -> ActionsAt | None:
        """What is kept of this log; None where nothing is, it is damaged, or the log of then says
        something else now (a file taken back, a row retracted)."""
        self._used = self._read(session)
        self._kept = self._used.seq if self._used else 0
        return self._used

    def _read(self, session: Session) -> ActionsAt | None:
        try:
            file = self._path.read_bytes()
        except OSError:
            return None
        seal = _seal(session, memoryview(file)[_SEAL:])
        if not hmac.compare_digest(file[:_SEAL], seal):
            LOG.warning("what was kept of the log is damaged, or of another one: %s", self._path)
            return None
        end = file.index(b"\n", _SEAL)
        head = json.loads(file[_SEAL:end])
        if head["layout"] != _LAYOUT or is_rewritten(
            session, head["seq"], head["hash"], head["pacts"]
        ):
            return None
        return ActionsAt(head["seq"], head["hash"], _columns(head["pacts"], file, end + 1))

    def write(self, session: Session, snapshot: Snapshot) -> None:
        """Keep the actions of a snapshot, where they are many and not those that are kept."""
        actions = {name: log.actions for name, log in snapshot.logs.items()}
        counts = {name: len(every) for name, every in actions.items()}
        if sum(counts.values()) < self._least or self._kept == snapshot.seq:
            return
        head = {"seq": snapshot.seq, "hash": snapshot.hash, "pacts": counts, "layout": _LAYOUT}
        columns = (
            [getattr(every, one.name) for one in fields(Actions)] for every in actions.values()
        )
        parts = [json.dumps(head).encode() + b"\n", *map(np.ascontiguousarray, chain(*columns))]
        new = self._path.with_name(f"{self._path.name}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_seal(session, *parts))
                file.writelines(parts)
            new.replace(self._path)
            self._kept = snapshot.seq
        except OSError as error:
            LOG.warning("the log cannot be kept: %s: %s", self._path, error)

    def is_proven(self, session: Session, counting: Collection[str]) -> bool:
        """Whether the entries of the log say what was read of the file of the pacts that are `counting`;
        True where nothing was, or all was read again since. Asked once: what was proven stays so."""
        used = self._used
        if used is None or is_rewritten(session, used.seq, used.hash, used.actions):
            return True
        entries = actions_until(session, used.seq)
        proven = all(
            np.array_equal(
                *(
                    getattr(every.get(name, NO_ACTIONS), one.name)
                    for every in (entries, used.actions)
                )
            )
            for name in counting
            for one in fields(Actions)
        )
        self._used = None
        return proven

    def forget(self) -> None:
        """Keep nothing."""
        self._used, self._kept = None, 0
        self._path.unlink(missing_ok=True)


def _seal(session: Session, *parts) -> bytes:
    seal = hmac.new(read_id_key(session).encode(), b"kept actions\n", "sha256")
    for part in parts:
        seal.update(part)
    return seal.digest()


def _columns(counts: dict[str, int], file: bytes, at: int) -> dict[str, Actions]:
    found = {}
    for name, count in counts.items():
        columns = []
        for one in fields(Actions):
            dtype = getattr(NO_ACTIONS, one.name).dtype
            columns.append(np.frombuffer(file, dtype, count, at))
            at += count * dtype.itemsize
        found[name] = Actions(*columns)
    return found
