"""What a machine remembers of the heads that it has shown, in a small file outside the database.

Whoever puts another log in the place of ours changes all that is in the database, this file apart. It is
only ever appended to: a line for each head, as in /heads.txt, and one for each time that the operator
said on the command line that the log may hold those before it no more.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from monitor.program import working_folder
from monitor.settings import state_folder
from monitor.store.base import Store
from monitor.store.heads import Head, read_heads

#: Begins the line that says that those before it are settled.
ACCEPTED = "# accepted "


def memory_of(store: Store) -> "Memory":
    """What this machine remembers of a database: beside a SQLite file, or in the folder MONITOR_STATE;
    of a PostgreSQL database, there or in `data/`. Processes of one machine share it."""
    folder = state_folder()
    path = getattr(store, "path", None)
    if path and not folder:
        return Memory(path.with_name(f"{path.name}.heads"))
    name = store.url.rpartition("/")[2] or "monitor"
    which = sha256(store.url.encode()).hexdigest()[:8]
    return Memory((folder or working_folder() / "data") / f"{name}-{which}.heads")


def kept_actions_path(store: Store) -> Path:
    """Where a server keeps the actions of a database: beside what it remembers of its heads."""
    return memory_of(store).path.with_suffix(".actions")


class Memory:
    """The file at a path. It need not be there: then nothing is remembered."""

    def __init__(self, path: Path):
        self.path = path

    def mark(self) -> tuple[int, int] | None:
        """Changes whenever anything is written to it."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def heads(self) -> list[Head]:
        """The heads that the log must hold, in the order in which they were shown: those since the last
        time that the operator settled them. A line that was cut short says nothing. Raises OSError."""
        lines = self._lines()
        settled = [number for number, line in enumerate(lines) if line.startswith(ACCEPTED)]
        return _heads(lines[settled[-1] + 1 :] if settled else lines)

    def every(self) -> list[Head]:
        """All heads that were ever shown, those that are settled included. Raises OSError."""
        return _heads(self._lines())

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text("utf-8", errors="replace").split("\n")
        except FileNotFoundError:
            return []

    def note(self, heads: Sequence[Head]) -> None:
        """Remember heads from now on. Raises OSError."""
        self._append("".join(f"{head.line}\n" for head in heads))

    def settle(self, day: str, reason: str) -> None:
        """The heads so far need not lie in the log any more. Raises OSError."""
        self._append(f"{ACCEPTED}{day}: {' '.join(reason.split())}\n")

    def _append(self, text: str) -> None:
        """One write at the end: two processes never mix their lines, and one that was cut short does
        not spoil the next."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(file).st_size
            if size and os.pread(file, 1, size - 1) != b"\n":
                text = "\n" + text
            os.write(file, text.encode())
            os.fsync(file)
        finally:
            os.close(file)


def _heads(lines: list[str]) -> list[Head]:
    return list(read_heads("\n".join(lines)).heads.values())
