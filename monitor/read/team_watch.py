"""What the server does for the team, and says of it in its log."""

import json
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, time

from monitor.commands import carry_out_due_requests
from monitor.commands.requests import REACHED_HOURS
from monitor.errors import DatabaseBusy, MonitorError
from monitor.queries.requests import Request, last_act, recorded_acts_after
from monitor.store import Store

#: A clock that is put forward by more than so many seconds makes a day pass in which nobody could stop
#: anything: the while begins anew.
JUMP = 60
LOG = logging.getLogger("monitor.team")
LOG.setLevel(logging.INFO)


class TeamWatch:
    """Carries out the requests whose day has passed and that nobody stopped, once the team could reach
    this server for a while; and repeats in the server's log what is added to the record of the team's
    acts, on the command line and on other servers too."""

    EVERY = 5  # seconds

    def __init__(
        self,
        store: Callable[[], Store],
        check: Callable[[], object] = lambda: None,
        reached: timedelta = timedelta(hours=REACHED_HOURS),
    ):
        """`check` raises what keeps the log from being shown: nothing is written into one that does not
        verify, or lacks a head given out before. `reached`: the while, without a break."""
        self._store, self._check, self._reached = store, check, reached.total_seconds()
        self._since: float | None = None
        #: How far the clock is from the one that nobody can put forward.
        self._ahead = time() - monotonic()
        self._stopped = threading.Event()
        self._last: int | None = None
        self._failure = ""

    def start(self) -> None:
        self._stopped.clear()
        threading.Thread(target=self._run, name="team", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def look(self) -> list[Request]:
        """Look once, whatever happens. Returns the requests that ended by it."""
        try:
            if self._last is None:  # what was done before this server began is in the record
                with self._store().reading() as session:
                    self._last = last_act(session)
            self._check()
            before, self._ahead = self._ahead, time() - monotonic()
            if self._since is None or self._ahead - before > JUMP:
                self._since = monotonic()
            ready = monotonic() - self._since >= self._reached
            done = carry_out_due_requests(self._store()) if ready else []
            self._tell()
            self._failure = ""
            return done
        except MonitorError as error:
            if not isinstance(error, DatabaseBusy):
                self._since = None
            if str(error) != self._failure:
                LOG.warning("what the team asked for could not be looked at: %s", error)
            self._failure = str(error)
        except Exception:
            LOG.exception("what the team asked for could not be looked at")
        return []

    def _tell(self) -> None:
        with self._store().reading() as session:
            found = recorded_acts_after(session, self._last or 0)
        for act in found:
            LOG.info(
                "act %s: %s by %s%s%s%s %s",
                act.id,
                act.kind,
                act.actor or "the server",
                f", about {act.about}" if act.about else "",
                f", entry {act.seq}" if act.seq else "",
                f", request {act.request_id}" if act.request_id else "",
                json.dumps(act.details, ensure_ascii=True) if act.details else "",
            )
            self._last = act.id

    def _run(self) -> None:
        while True:
            self.look()
            if self._stopped.wait(self.EVERY):
                return
