"""The seam: what the rest of the project asks of a database, and nothing more.

SQL is written once, in the subset that SQLite and PostgreSQL share, with `:named` parameters.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from monitor.store.schema_diff import Departure

if TYPE_CHECKING:
    from monitor.store.wiping import EmptiedEntry, Leftover


T = TypeVar("T")
#: Rows read in one question where others may wait to write: some hundredths of a second.
ROWS_AT_ONCE = 5_000
#: Values looked up in one SELECT.
KEYS_AT_ONCE = 500
#: How long a write that gives way keeps others waiting; a shorter write is never rolled back.
HOLD_SECONDS = 0.25


class GaveWay(Exception):
    """Somebody else wanted to write: a long write was rolled back for them, whole."""


class RowSink(Protocol):
    """What takes rows."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
        """Many rows into one table; the order of the values is that of the columns."""
        ...


class Session(RowSink, Protocol):
    """One transaction. It is bound to the thread that opened it."""

    def rows(self, sql: str, **params) -> list[tuple]:
        """Every row of a SELECT."""
        ...

    def chunks(self, sql: str, size: int = 20_000, **params) -> Iterator[list[tuple]]:
        """The rows of a SELECT, `size` at a time: a million rows never stand in memory at once."""
        ...

    def execute(self, sql: str, **params) -> None:
        """One statement that gives no rows."""
        ...

    def columns(self, table: str) -> list[str]:
        """The names of its columns, in order."""
        ...

    def take_any_text(self) -> None:
        """Decode invalid UTF-8 with surrogateescape (PEP 383) from now on, so that `verify` can name
        the damaged entry."""
        ...


class Store(Protocol):
    """One database. Opening a session is cheap: open one for each operation."""

    url: str

    def create(
        self,
        source: "Store | None" = None,
        progress: Callable[[int], None] = lambda entries: None,
    ) -> list[str]:
        """Make the database if there is none, bring its schema up to date.

        With a `source`, a new database that holds all that the source does; `progress` is told the
        number of entries copied. Raises InvalidValue (`target_not_empty`) if there is one already.
        Returns the names of the schema files that were applied now. Only `init`, `copy` and
        `restore` call this. Raises DatabaseOutdated (`database_newer`), before anything is touched.
        """
        ...

    def reading(self, *, outdated: bool = False) -> AbstractContextManager[Session]:
        """A consistent view of the database; `outdated`: of one made before an upgrade as well, with
        the tables that it has.

        Raises DatabaseMissing, DatabaseDamaged, DatabaseOutdated, DatabaseBusy or
        DatabaseUnreachable.
        """
        ...

    def looking(self) -> AbstractContextManager[Session]:
        """A view of the database that keeps nobody from writing, however long it is open: each answer
        is true of one moment, two answers maybe of two. Raises as `reading` does."""
        ...

    def departures(self) -> list[Departure]:
        """What is not as `create` makes it: tables and guards in a SQLite file, guards alone in a
        PostgreSQL database; ties that are not those on record. Raises as `reading` does."""
        ...

    def is_outdated(self) -> bool:
        """Whether it was made before an upgrade: `create` would change it. Raises as `reading` does;
        a database of a newer version must not be changed (`database_newer`)."""
        ...

    def bytes_taken(self) -> int:
        """How much room it takes, in bytes."""
        ...

    def copy_to(self, path: Path) -> None:
        """Copy the whole database, as it is, into a file that does not exist, while others read and
        write. Raises OSError where there can be no such file."""
        ...

    def wipe(self, emptied: "Sequence[EmptiedEntry]") -> "list[Leftover]":
        """Take what stood in these entries off the disk of the database: rows and pages that are free,
        journals, what the planner keeps. Returns what could not be done from here. Raises as
        `writing`."""
        ...

    def replace_by(self, path: Path) -> Path | None:
        """Replace the database with a whole copy. Returns where the replaced database is
        kept, None if there was none. Raises Refused (`restore_into_new`) where that cannot be, and
        DatabaseError (`database_not_a_file`): a device or a pipe is left alone."""
        ...

    def writing(self, *, gives_way: bool = False) -> AbstractContextManager[Session]:
        """A transaction that holds the write lock from its start; it is committed when the block
        ends and rolled back when the block raises.

        Raises the same as `reading`, and Refused when a rule of the database refuses the write. One
        that `gives_way` raises GaveWay, amid what it inserts, once it has lasted HOLD_SECONDS and
        somebody else waits to write.
        """
        ...

    def attempt_write(self) -> None:
        """Take the write lock and write nothing; where somebody has it, the database can be written
        to. Keeps nobody waiting. Raises as `writing` does, but for DatabaseBusy."""
        ...


def in_list(values: Sequence[T]) -> tuple[str, dict[str, T]]:
    """The parenthesis of `column IN (…)` for these values, and its parameters."""
    params = {f"v{number}": value for number, value in enumerate(values)}
    return "({})".format(", ".join(f":{name}" for name in params)), params


def in_lists(values: Iterable[T], size: int | None = None) -> Iterator[tuple[str, dict[str, T]]]:
    """`in_list` of so many of the values at a time, KEYS_AT_ONCE by default."""
    return map(in_list, batches(values, size or KEYS_AT_ONCE))


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of that size; the last one may be shorter."""
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some


def rows_in_parts(
    session: Session, sql: str, after: int = 0, *, by: int = 0, **params
) -> Iterator[tuple]:
    """The rows of a SELECT that goes up by one of its columns (`by`) from `:after` on, read in many
    short questions: one that takes long keeps others from writing to SQLite."""
    while rows := session.rows(f"{sql} LIMIT {ROWS_AT_ONCE}", after=after, **params):
        yield from rows
        after = rows[-1][by]


def skip_index(column: str) -> str:
    """A column of texts, compared in a SELECT of `rows_in_parts` without its index: by that SQLite would
    find, and sort, every row again for each part."""
    return f"{column} || ''"
