"""The rows of the log as a check reads them: subject by subject, in the order of the entries."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.store.base import Session
from monitor.store.subjects import DERIVED, SUBJECTS


class Content(NamedTuple):
    """What the tables hold of one entry; `salt` is that of the texts."""

    facts: tuple
    salt: str | None = None
    texts: tuple = ()
    derived: tuple = ()


class Reader:
    """The rows of one subject from `after` to `until`, read as the check moves on."""

    def __init__(self, session: Session, name: str, after: int, until: int):
        self.name = name
        about = SUBJECTS[name]
        self._facts = len(about.facts_read)
        self._texts = len(about.texts)
        beside = ("seq", "salt", *about.texts, *DERIVED.get(name, ())) if about.texts else ()
        columns = ", ".join(("t.seq", *about.facts_read, *(f"x.{column}" for column in beside)))
        sql = f'SELECT {columns} FROM "{about.table}" t {about.join}'
        if about.texts:
            sql += f' LEFT JOIN "{about.text_table}" x ON x.seq = t.seq'
        self._rows: Iterator[tuple] = (
            row
            for chunk in session.chunks(
                f"{sql} WHERE t.seq > :after AND t.seq <= :until ORDER BY t.seq",
                after=after,
                until=until,
            )
            for row in chunk
        )
        self._next = next(self._rows, None)

    def at(self, seq: int) -> Content | None:
        """What the tables hold of that entry, None if they lack a row of it."""
        row = self._next
        if row is None or row[0] != seq:
            return None
        self._next = next(self._rows, None)
        facts, rest = row[1 : 1 + self._facts], row[1 + self._facts :]
        if not self._texts:
            return Content(facts)
        if rest[0] is None:  # the row of its texts is not there at all
            return None
        return Content(facts, rest[1], rest[2 : 2 + self._texts], rest[2 + self._texts :])

    def left_over(self) -> int | None:
        """The seq of a row that no entry names."""
        return self._next[0] if self._next else None


def orphan_text(session: Session, name: str, after: int, until: int) -> int | None:
    """The seq of a row of texts of that subject without a row that it belongs to, None if there is
    none from `after` to `until`."""
    about = SUBJECTS[name]
    if not about.texts:
        return None
    ((seq,),) = session.rows(
        f'SELECT min(x.seq) FROM "{about.text_table}" x WHERE x.seq > :after AND x.seq <= :until '
        f'AND NOT EXISTS (SELECT 1 FROM "{about.table}" t WHERE t.seq = x.seq)',
        after=after,
        until=until,
    )
    return seq
