"""What the team asks for and what became of it; and the record of what it did."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from monitor.queries.retracted import RetractableRow, find_rows
from monitor.store import Session
from monitor.store.head import read_head
from monitor.store.journal import timestamp

#: Those of which nothing became yet.
_PENDING = "NOT EXISTS (SELECT 1 FROM request_end x WHERE x.id = r.id)"
_REQUESTS = """
    SELECT r.id, r.kind, r.target_seq, r.name, r.reason, r.order_reference, r.asked_by, r.asked_at,
           r.due_at, x.way, x.ended_by, x.ended_at, x.why, l.file_name, l.pact_id
    FROM request r LEFT JOIN request_end x ON x.id = r.id
    LEFT JOIN load l ON l.seq = r.target_seq AND r.kind IN ('withdrawal', 'redaction')
"""


class RequestKind(StrEnum):
    """The withdrawal of an accepted file, that of a row alone, the removal of texts, an admin."""

    WITHDRAWAL = "withdrawal"
    ROW_WITHDRAWAL = "row_withdrawal"
    REDACTION = "redaction"
    ADMIN = "admin"


@dataclass(frozen=True)
class Request:
    """`target_seq`: the file, the version of the row, or the entry. `name`: who would be an admin.
    `way`: None while it is pending. `row`: what is to be retracted alone."""

    id: int
    kind: RequestKind
    target_seq: int | None
    name: str | None
    reason: str | None
    order_reference: str | None
    asked_by: str
    asked_at: str
    due_at: str
    way: str | None = None
    ended_by: str | None = None
    ended_at: str | None = None
    why: str | None = None
    file_name: str | None = None
    pact_id: str | None = None
    row: RetractableRow | None = None

    @property
    def taken(self) -> tuple[int, str]:
        """The target and the reason of one that takes something away: any but that for an admin."""
        assert self.target_seq is not None and self.reason is not None
        return self.target_seq, self.reason

    @property
    def pact(self) -> str:
        """The pact of one that is about a file or a row."""
        assert self.pact_id is not None
        return self.pact_id

    @property
    def future_admin(self) -> str:
        """The account that one for an admin is about."""
        assert self.name is not None
        return self.name


def pending_requests(session: Session) -> list[Request]:
    """Those that wait for a second person or for their day to pass, the oldest first."""
    return _requests(session, f"WHERE {_PENDING} ORDER BY r.id")


def past_requests(session: Session, limit: int = 20) -> list[Request]:
    """The last ones that something became of, the latest first."""
    return _requests(
        session,
        "WHERE x.id IS NOT NULL ORDER BY x.ended_at DESC, r.id DESC LIMIT :limit",
        limit=limit,
    )


def request_numbered(session: Session, number: int) -> Request | None:
    """One request, whatever became of it."""
    return next(iter(_requests(session, "WHERE r.id = :id", id=number)), None)


def due_requests(session: Session, now: datetime) -> list[int]:
    """The pending requests whose day has passed by the clock of the log: now, or the time of the last
    entry if the server's clock has gone back."""
    rows = session.rows(
        f"SELECT r.id, r.due_at FROM request r WHERE {_PENDING} ORDER BY r.due_at, r.id"
    )
    if not rows:
        return []
    clock = log_clock(session, now)
    return [number for number, due_at in rows if due_at <= clock]


def log_clock(session: Session, now: datetime) -> str:
    """The time that an entry written now would bear."""
    head = read_head(session)
    last = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=head.seq)
    return max([timestamp(now), *(time for (time,) in last)])


def _requests(session: Session, where: str, **params) -> list[Request]:
    found = session.rows(f"{_REQUESTS} {where}", **params)
    taken = find_rows(
        session, {seq: None for _, kind, seq, *_ in found if kind == "row_withdrawal"}
    )
    return [
        replace(Request(number, RequestKind(kind), seq, *more), pact_id=row.pact_id, row=row)
        if (row := taken.get(seq))
        else Request(number, RequestKind(kind), seq, *more)
        for number, kind, seq, *more in found
    ]


@dataclass(frozen=True)
class RecordedAct:
    """A line of the record. `actor`: None for the server, or for somebody who was not signed in."""

    id: int
    happened_at: str
    actor: str | None
    kind: str
    about: str | None
    seq: int | None
    request_id: int | None
    details: dict[str, str]


_ACTS = "SELECT id, happened_at, actor, kind, about, seq, request_id, details FROM team_act"


def recorded_acts(
    session: Session,
    kinds: tuple[str, ...] = (),
    name: str | None = None,
    first: int = 0,
    count: int = 50,
) -> tuple[int, list[RecordedAct]]:
    """(how many there are, some of them), the latest first: of these kinds, done by or to that account;
    of all if none is given."""
    where, params = ["1 = 1"], {}
    if kinds:
        params |= {f"k{number}": kind for number, kind in enumerate(kinds)}
        where.append("kind IN ({})".format(", ".join(f":k{n}" for n in range(len(kinds)))))
    if name:
        params["name"] = name
        where.append("(actor = :name OR about = :name)")
    chosen = " AND ".join(where)
    ((found,),) = session.rows(f"SELECT count(*) FROM team_act WHERE {chosen}", **params)
    rows = session.rows(
        f"{_ACTS} WHERE {chosen} ORDER BY id DESC LIMIT :count OFFSET :first",
        count=count,
        first=first,
        **params,
    )
    return found, [_act(row) for row in rows]


def recorded_acts_after(session: Session, last: int, count: int = 1_000) -> list[RecordedAct]:
    """The acts that follow that one, in order."""
    rows = session.rows(
        f"{_ACTS} WHERE id > :last ORDER BY id LIMIT :count", last=last, count=count
    )
    return [_act(row) for row in rows]


def last_act(session: Session) -> int:
    """The number of the last act, 0 before the first."""
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM team_act")
    return last


def _act(row: tuple) -> RecordedAct:
    number, happened_at, actor, kind, about, seq, request_id, details = row
    facts = json.loads(details) if details else {}
    return RecordedAct(number, happened_at, actor, kind, about, seq, request_id, facts)


def find_act(session: Session, kind: str, at: str) -> tuple[str, str] | None:
    """(whom it was done to, who did it) of the act of that kind at that very time, if there is one."""
    sql = "SELECT about, actor FROM team_act WHERE kind = :kind AND happened_at = :at"
    rows = session.rows(sql, kind=kind, at=at)
    return next(((about, actor) for about, actor in rows if about and actor), None)
