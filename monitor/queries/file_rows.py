"""The rows that a file brought, and what stands beside them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.intake import MendedCell
from monitor.queries.team import OF_PACT
from monitor.schema import ROW_TYPES, Values, fields_of
from monitor.store import Session
from monitor.store.base import ROWS_AT_ONCE, in_lists, rows_in_parts
from monitor.store.decisions import entry_decision, file_decision
from monitor.store.subjects import SUBJECTS, columns_of, rows_from

_DECISION, _FILE = entry_decision("e"), file_decision()


def mended_cells(session: Session, load_seq: int) -> list[MendedCell]:
    """The cells of a file that were written anew before it was loaded, in their order; the values of a
    text are None."""
    rows = session.rows(
        "SELECT line, column_name, was, became FROM mended_cell WHERE load_seq = :load "
        "ORDER BY line, column_name",
        load=load_seq,
    )
    return [MendedCell(*row) for row in rows]


def remembered_cells(
    session: Session, pact_id: str, content: str
) -> dict[tuple[int, str], MendedCell]:
    """By line and column, the last facts that somebody wrote anew in accepted files of a pact."""
    rows = session.rows(
        "SELECT m.line, m.column_name, m.was, m.became FROM mended_cell m "
        f"JOIN load l ON l.seq = m.load_seq JOIN entry e ON e.seq = l.seq {_FILE.joins} "
        f"{_FILE.withdrawal} WHERE l.pact_id = :pact AND l.content = :content "
        f"AND {_FILE.state} = 'accepted' AND m.was <> '' AND m.became <> '' ORDER BY l.seq",
        pact=pact_id,
        content=content,
    )
    whole = (MendedCell(*row) for row in rows if not row[3].endswith("…"))
    return {(cell.line, cell.column): cell for cell in whole}


def rows_of(
    session: Session, load_seq: int, content: str, most: int | None = None
) -> list[tuple[int, Values]]:
    """(seq, row) of each row that a file brought, or of the first of them, one of `schema.ROW_TYPES`."""
    sql = (
        f"SELECT t.seq, {', '.join(columns_of(content).values())} {rows_from(content)} "
        "JOIN entry e ON e.seq = t.seq "
        "WHERE e.load_seq = :load AND t.seq > :after ORDER BY t.seq"
    )
    rows = rows_in_parts(session, sql, load_seq, load=load_seq)
    make = ROW_TYPES[content]._make
    return [(seq, make(values)) for seq, *values in itertools.islice(rows, most)]


def content_of_file(session: Session, seq: int) -> str | None:
    """What the file of an entry holds; None of an entry that is no file of rows."""
    rows = session.rows("SELECT content FROM load WHERE seq = :seq", seq=seq)
    return rows[0][0] if rows and rows[0][0] in ROW_TYPES else None


def text_columns(content: str) -> tuple[str, ...]:
    """The columns of a file of which the texts can be removed."""
    return tuple(field.name for field in fields_of(content) if field.text)


def worded_rows(
    session: Session, load_seq: int, content: str, columns: Sequence[str]
) -> list[tuple[int, str]]:
    """(seq, the first text) of the rows that a file brought and that say something in these columns."""
    if not columns:
        return []
    texts = [f"x.{column}" for column in columns]
    first = f"coalesce({', '.join(texts)})" if len(texts) > 1 else texts[0]
    return session.rows(
        f"SELECT t.seq, {first} {rows_from(content)} JOIN entry e ON e.seq = t.seq "
        f"WHERE e.load_seq = :load AND {first} IS NOT NULL ORDER BY t.seq",
        load=load_seq,
    )


def texts_of_entry(session: Session, seq: int) -> list[str]:
    """What an entry says in its texts; nothing of one that has none."""
    rows = session.rows("SELECT subject FROM entry WHERE seq = :seq", seq=seq)
    about = SUBJECTS.get(rows[0][0]) if rows else None
    if about is None or not about.texts:
        return []
    columns = ", ".join(about.texts)
    found = session.rows(f"SELECT {columns} FROM {about.text_table} WHERE seq = :seq", seq=seq)
    return [text for row in found for text in row if text]


class SourcedEntry(NamedTuple):
    """An entry about a commitment, by its number, and what it rests on."""

    seq: int
    commitment: int
    first: int
    happened_on: str
    source_url: str | None
    source_title: str | None


def entries_beside_file(session: Session, load_seq: int) -> list[SourcedEntry]:
    """Every entry about the commitments that a file of actions is about, its own included, oldest
    first; not of the files that were refused or withdrawn, nor what a reviewer refused."""
    own = rows_in_parts(
        session,
        "SELECT a.seq, a.commitment_id FROM entry e JOIN action a ON a.seq = e.seq "
        "WHERE e.load_seq = :load AND a.seq > :after ORDER BY a.seq",
        load_seq,
        load=load_seq,
    )
    numbers = sorted({number for _, number in own})
    found = []
    for inside, params in in_lists(numbers):
        found += session.rows(
            "SELECT a.seq, a.commitment_id, a.first, a.happened_on, x.source_url, x.source_title "
            "FROM action a JOIN entry e ON e.seq = a.seq JOIN action_text x ON x.seq = a.seq "
            f"{_DECISION.joins} {_DECISION.withdrawal} WHERE a.commitment_id IN {inside} "
            f"AND {_DECISION.state} IN ('accepted', 'pending')",
            **params,
        )
    return sorted(itertools.starmap(SourcedEntry, found), key=lambda one: one.seq)


def sources_before(session: Session, pact_id: str, load_seq: int) -> Iterator[str]:
    """The addresses of sources that the entries of a pact cite before a file, the latest first; one
    may come again."""
    for until in range(load_seq, 0, -ROWS_AT_ONCE):
        rows = session.rows(
            "SELECT DISTINCT x.source_url FROM action a JOIN action_text x ON x.seq = a.seq "
            f"WHERE {OF_PACT} AND a.seq >= :since AND a.seq < :until "
            "AND x.source_url IS NOT NULL",
            pact=pact_id,
            since=until - ROWS_AT_ONCE,
            until=until,
        )
        yield from (url for (url,) in rows)
