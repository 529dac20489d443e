"""What link checkers said of the sources: SQL that entries are read with, and the dead ones."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from monitor.models import LinkState
from monitor.schema import Type, fields_of
from monitor.store import Session
from monitor.store.base import in_lists
from monitor.store.head import LAST_SEQ
from monitor.store.subjects import SUBJECTS

#: Where the log has addresses, the table of the actions first: the columns of each.
ADDRESSES = {
    about.text_table: columns
    for about in sorted(SUBJECTS.values(), key=lambda about: about.table != "action")
    if about.file
    and (
        columns := tuple(
            field.name for field in fields_of(about.file) if field.type is Type.ADDRESS
        )
    )
}

#: The checks of an address, each text `cx`: the index is on the beginning of the addresses.
_CHECKS = """
    FROM link_check_text cx {join}
    WHERE substr(cx.url, 1, 500) = substr({of}, 1, 500) AND cx.url = {of}
"""
_DATED = "JOIN link_check c ON c.seq = cx.seq"
_LAST = "ORDER BY c.checked_on DESC, c.seq DESC LIMIT 1"


def last_check_sql(until: str | None = None) -> tuple[dict[str, str], str]:
    """Columns and joins that say, of each `x.source_url`, what its last check up to `until` said.

    `checked_on`, `link_status` (LinkState) and `link_said` (the checker's words) are None for an
    address that was never checked; `found_archive` is the copy that a check found, the last one to
    come into the log.
    """
    of = "x.source_url"
    bound = f" AND cx.seq <= {until}" if until else ""
    columns = {
        "checked_on": "k.checked_on",
        "link_status": "k.outcome",
        "link_said": "kx.status",
        "found_archive": f"(SELECT cx.archive_url {_CHECKS.format(of=of, join='')}{bound} "
        "AND cx.archive_url IS NOT NULL ORDER BY cx.seq DESC LIMIT 1)",
    }
    joins = (
        "LEFT JOIN link_check k ON k.seq = "
        f"(SELECT c.seq {_CHECKS.format(of=of, join=_DATED)}{bound} {_LAST}) "
        "LEFT JOIN link_check_text kx ON kx.seq = k.seq"
    )
    return columns, joins


def entries_with_dead_sources(session: Session) -> list[int]:
    """The seqs of the entries whose source is dead by its last check, and of which neither they nor any
    check give a copy. Accepted or not, standing or not: the caller keeps what is public.

    Read row by row: of tables that have just grown a planner knows nothing, and could join them in
    the square of their length.
    """
    dead: dict[str, bool] = {}
    copies: set[str] = set()
    for chunk in session.chunks(
        "SELECT x.url, k.outcome, x.archive_url FROM link_check k "
        "JOIN link_check_text x ON x.seq = k.seq WHERE x.url IS NOT NULL "
        "ORDER BY k.checked_on, k.seq"
    ):
        for url, outcome, archive in chunk:
            dead[url] = outcome == LinkState.DEAD
            if archive:
                copies.add(url)
    lost = {url for url, is_dead in dead.items() if is_dead} - copies
    if not lost:  # the usual case: the texts of the log are not read
        return []
    rows = session.chunks(
        "SELECT seq, source_url FROM action_text "
        "WHERE source_url IS NOT NULL AND archive_url IS NULL ORDER BY seq"
    )
    return [seq for chunk in rows for seq, url in chunk if url in lost]


class AddressCheck(NamedTuple):
    """What the last check of an address said, and the copy that a check found, the last to come into
    the log."""

    checked_on: str | None = None
    link_status: str | None = None
    found_archive: str | None = None


def last_checks(
    session: Session, urls: Iterable[str], until: int | None = None
) -> dict[str, AddressCheck]:
    """The same as `last_check_sql`, of many addresses at once; without those never checked."""
    found: dict[str, AddressCheck] = {}
    for inside, params in in_lists(sorted(set(urls))):
        begins = {f"b{name}": url[:500] for name, url in params.items()}
        rows = session.rows(
            "SELECT x.url, c.checked_on, c.outcome, x.archive_url, c.seq FROM link_check_text x "
            f"JOIN link_check c ON c.seq = x.seq WHERE x.url IN {inside} AND "
            f"substr(x.url, 1, 500) IN {inside.replace(':', ':b')} AND c.seq <= :until",
            until=LAST_SEQ if until is None else until,
            **params,
            **begins,
        )
        copies = {url: copy for url, *_, copy, _ in sorted(rows, key=itemgetter(4)) if copy}
        for url, day, outcome, _, _ in sorted(rows, key=itemgetter(1, 4)):
            found[url] = AddressCheck(day, outcome, copies.get(url))
    return found


def addresses(session: Session) -> Iterator[tuple]:
    """Every address that a row of the log cites, those of a row together."""
    for table, columns in ADDRESSES.items():
        yield from chain.from_iterable(session.chunks(f"SELECT {', '.join(columns)} FROM {table}"))


def source_addresses(session: Session, seqs: Sequence[int]) -> list[str]:
    """The different addresses of the sources and archived copies of some entries: of actions in that
    order, then of other rows."""
    found: dict[str, None] = {}
    for table, columns in ADDRESSES.items():
        for inside, params in in_lists(map(int, seqs)):
            rows = session.rows(
                f"SELECT {', '.join(columns)} FROM {table} WHERE seq IN {inside} ORDER BY seq",
                **params,
            )
            found |= dict.fromkeys(url for row in rows for url in row if url)
    return list(found)


def citing_entries(session: Session, url: str) -> set[int]:
    """The entries that cite an address, or give it as a copy."""
    return {
        seq
        for table, columns in ADDRESSES.items()
        for (seq,) in session.rows(
            f"SELECT seq FROM {table} WHERE {' OR '.join(f'{one} = :url' for one in columns)}",
            url=url,
        )
    }
