"""What link checkers said of the sources: SQL that entries are read with, and the dead ones."""

from monitor.models import LinkState
from monitor.store import Session
from monitor.store.base import in_lists

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


def source_addresses(session: Session, seqs: list[int]) -> list[str]:
    """The different addresses of the sources and archived copies of some entries, in that order."""
    found: dict[str, None] = {}
    for inside, params in in_lists(map(int, seqs)):
        rows = session.rows(
            f"SELECT source_url, archive_url FROM action_text WHERE seq IN {inside} ORDER BY seq",
            **params,
        )
        found |= dict.fromkeys(url for row in rows for url in row if url)
    return list(found)
