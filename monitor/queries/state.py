"""Figures of the database for monitoring: queues, and the last backup."""

from dataclasses import dataclass
from datetime import datetime

from monitor.queries.notices import PENDING
from monitor.queries.waiting_replies import open_requests
from monitor.store import Session
from monitor.store.decisions import UNDECIDED_FILE


@dataclass(frozen=True)
class State:
    """`entries`, `files`: they wait for a reviewer. `replies`: officials who asked for one, or were
    invited to. `sessions`: signed in. `copied_at`: the last backup, None before the first."""

    entries: int
    files: int
    replies: int
    sessions: int
    copied_at: datetime | None


def state_of(session: Session, now: str) -> State:
    """The state at a time, as `journal.timestamp` writes it."""
    ((entries,),) = session.rows(
        f"SELECT count(*) FROM action a JOIN entry e ON e.seq = a.seq WHERE {PENDING}"
    )
    ((files,),) = session.rows(f"SELECT count(*) FROM load l WHERE {UNDECIDED_FILE}")
    pacts = session.rows("SELECT DISTINCT pact_id FROM pact")
    ((sessions,),) = session.rows(
        "SELECT count(*) FROM web_session WHERE expires_at > :now", now=now
    )
    ((copied,),) = session.rows("SELECT max(made_at) FROM safety_copy")
    replies = sum(len(open_requests(session, pact)) for (pact,) in pacts)
    return State(
        entries, files, replies, sessions, datetime.fromisoformat(copied) if copied else None
    )
