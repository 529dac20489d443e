"""What link checkers said of the sources: SQL that entries are read with, and the dead ones."""

from typing import NamedTuple

from monitor.store import Session
from monitor.store.base import among

#: Entries read in one SELECT.
AT_ONCE = 500


def _checks(of: str, until: str | None) -> str:
    """FROM and WHERE of the checks of an address, each text `cx` with its check `c`. The index is on
    the beginning of the addresses."""
    bound = f" AND cx.seq <= {until}" if until else ""
    return (
        "FROM link_check_text cx JOIN link_check c ON c.seq = cx.seq "
        f"WHERE substr(cx.url, 1, 500) = substr({of}, 1, 500) AND cx.url = {of}{bound}"
    )


_LAST = "ORDER BY c.checked_on DESC, c.seq DESC LIMIT 1"


def last_check(until: str | None = None) -> tuple[dict[str, str], str]:
    """Columns and joins that say, of each `x.source_url`, what its last check up to `until` said.

    `checked_on`, `link_status` (LinkState) and `link_said` (the checker's words) are None for an
    address that was never checked; `found_archive` is the last copy that any check found.
    """
    found = f"{_checks('x.source_url', until)} AND cx.archive_url IS NOT NULL"
    columns = {
        "checked_on": "k.checked_on",
        "link_status": "k.outcome",
        "link_said": "kx.status",
        "found_archive": f"(SELECT cx.archive_url {found} {_LAST})",
    }
    joins = (
        f"LEFT JOIN link_check k ON k.seq = (SELECT c.seq {_checks('x.source_url', until)} {_LAST}) "
        "LEFT JOIN link_check_text kx ON kx.seq = k.seq"
    )
    return columns, joins


#: The addresses whose last check says that they are dead, and of which no check found a copy.
_DEAD = f"""
    SELECT dx.url, d.checked_on FROM link_check d JOIN link_check_text dx ON dx.seq = d.seq
    WHERE d.outcome = 'dead' AND d.seq = (SELECT c.seq {_checks("dx.url", None)} {_LAST})
      AND NOT EXISTS (SELECT 1 {_checks("dx.url", None)} AND cx.archive_url IS NOT NULL)
"""


class DeadSource(NamedTuple):
    """An entry whose source is dead and of which no archived copy is known."""

    seq: int
    commitment: int
    title: str | None
    publisher: str | None
    checked_on: str


def dead_sources(session: Session, pact_id: str) -> list[DeadSource]:
    """The entries of a pact whose source is dead, without any archived copy, in the order of the log.

    Accepted or not, standing or not: the caller keeps what is public.
    """
    checked = dict(session.rows(_DEAD))
    if not checked:  # the usual case: the texts of the pact are not read
        return []
    rows = session.rows(
        "SELECT a.seq, a.commitment_id, x.source_title, x.source_publisher, x.source_url "
        "FROM action_text x JOIN action a ON a.seq = x.seq WHERE x.archive_url IS NULL "
        f"AND x.source_url IN (SELECT url FROM ({_DEAD}) dead) AND a.pact_id || '' = :pact "
        "ORDER BY a.seq",
        pact=pact_id,
    )
    return [DeadSource(*row[:4], checked[row[4]]) for row in rows]


def addresses(session: Session, seqs: list[int]) -> list[str]:
    """The different addresses of the sources and archived copies of some entries, in that order."""
    found: dict[str, None] = {}
    for start in range(0, len(seqs), AT_ONCE):
        some = [int(seq) for seq in seqs[start : start + AT_ONCE]]
        inside, params = among(some)
        rows = session.rows(
            f"SELECT source_url, archive_url FROM action_text WHERE seq IN {inside} ORDER BY seq",
            **params,
        )
        found |= dict.fromkeys(url for row in rows for url in row if url)
    return list(found)
