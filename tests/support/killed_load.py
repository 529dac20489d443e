"""A long file of an account, written in parts of ten rows between which somebody saves, by a process
that is killed at its fourth part: `python -m tests.support.killed_load URL TOKEN OTHER FILE`."""

import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from monitor import commands
from monitor.accounts import Bearer, passwords
from monitor.commands import part_writing, rows, staging
from monitor.commands.loading import file_in_memory
from monitor.commands.staging import Draft
from monitor.store import open_store, postgres, sqlite_session
from monitor.store.writer_turns import _OUTSIDE
from tests.support.team import LATER, action
from tests.support.waiting import wait_until


def is_awaited(store, session) -> bool:
    """Whether somebody waits to write while this transaction does."""
    if store.url.startswith("sqlite"):
        return bool(_OUTSIDE)
    return session.rows("SELECT count(*) FROM pg_locks WHERE NOT granted") != [(0,)]


def main() -> None:
    url, token, other, file = sys.argv[1:]
    passwords.CLOCK_LEEWAY = timedelta(days=36_500)
    sqlite_session.HOLD_SECONDS = postgres.HOLD_SECONDS = part_writing.PART_SECONDS = 0
    staging.AT_ONCE = rows.AT_ONCE = postgres._AT_ONCE = 10
    sqlite_session._STEPS = 100
    store, parts, stands = open_store(url), [], Draft.stands

    def save():
        commands.log_action(store, Bearer(token=other), action(), LATER)

    def then(self, session, about):
        parts.append(session)
        if len(parts) == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        if len(parts) == 1:
            threading.Thread(target=save).start()
            wait_until(lambda: is_awaited(store, session), every=0.001)
        return stands(self, session, about)

    Draft.stands = then
    commands.load(
        store,
        "actions",
        file_in_memory(Path(file).read_text("utf-8")),
        pact_id="mouves-2014",
        name="f.csv",
        who=Bearer(token=token),
        now=LATER,
    )


if __name__ == "__main__":
    main()
