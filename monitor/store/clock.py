"""Whether the clock of this machine can be believed: the log is written in its time, for good.

An entry is recorded at the later of now and the entry before. A clock that ran a year ahead would put
all that follows into that year, so a write far beyond the last day that the database knows of waits for
the operator's word. That day is the last one on which anything was recorded or a head was given out: a
server that runs gives one out each day.
"""

from datetime import UTC, datetime, timedelta

from monitor.errors import Refused
from monitor.store.base import Session
from monitor.store.head import read_head

#: A clock this far beyond the last day that the database knows of is not believed.
AHEAD = timedelta(days=92)
#: One this far behind the last entry is said to be wrong; what is written bears the time of that entry.
BEHIND = timedelta(days=1)


def last_known_time(session: Session) -> datetime | None:
    """The last time, by any clock, that the database knows of, None of one that knows none."""
    seq = read_head(session).seq
    times = [
        at for (at,) in session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=seq)
    ]
    ((day,),) = session.rows("SELECT max(day) FROM published_head")
    known = [datetime.fromisoformat(time) for time in times]
    if day:
        known.append(datetime.fromisoformat(f"{day}T23:59:59+00:00"))
    return max(known, default=None)


def check_clock(session: Session, now: datetime) -> None:
    """Raises Refused (`clock_ahead`) when `now` is far beyond what the database knows of."""
    last = last_known_time(session)
    now = now.astimezone(UTC)
    if last is not None and now - last > AHEAD:
        raise Refused(
            "clock_ahead",
            now=now.date().isoformat(),
            last=last.date().isoformat(),
            days=(now - last).days,
        )
