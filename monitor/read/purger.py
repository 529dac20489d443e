"""What has been kept of people for its time is deleted by the server itself."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from monitor.accounts.retention import purge_expired
from monitor.errors import MonitorError
from monitor.store import Store

LOG = logging.getLogger("monitor.purge")
LOG.setLevel(logging.INFO)


class Purger:
    """Looks every hour, in each server: who comes second finds nothing left to do. `at`: when it last
    could look, None before."""

    EVERY = 3_600  # seconds

    def __init__(self, store: Callable[[], Store]):
        self._store = store
        self._stopped = threading.Event()
        self.at: datetime | None = None

    def start(self) -> None:
        self._stopped.clear()
        threading.Thread(target=self._run, name="purger", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def look(self) -> dict[str, int]:
        """Look once, whatever happens. Returns what `retention.purge_expired` does."""
        try:
            now = datetime.now(UTC)
            done = purge_expired(self._store(), now)
            self.at = now
        except MonitorError as error:
            LOG.warning("what was kept for its time could not be deleted: %s", error)
            return {}
        except Exception:
            LOG.exception("what was kept for its time could not be deleted")
            return {}
        if done:
            LOG.info("deleted: %s", ", ".join(f"{code} {n}" for code, n in done.items()))
        return done

    def _run(self) -> None:
        while True:
            self.look()
            if self._stopped.wait(self.EVERY):
                return
