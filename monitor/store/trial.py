"""A copy of a database, in which something is tried that rests on what it writes: nobody who saves waits
for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.store.base import Session, Store
from monitor.store.sqlite import SQLiteStore


@contextmanager
def try_in_copy(store: Store) -> Iterator[Session]:
    """A session on a copy of the database as it is now, in which may be written; it is gone at the end.
    Raises as `Store.looking` and `Store.copy_to` do."""
    with store.looking():
        pass  # what is wrong with the database is said of it, and not of its copy
    with TemporaryDirectory(prefix="monitor-trial-") as folder:
        copy = SQLiteStore(Path(folder) / "trial.db")
        store.copy_to(copy.path)
        with copy.trying() as session:
            yield session
