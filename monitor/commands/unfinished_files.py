"""What is left of a file that an account had not written to the end, given up by its author."""

from datetime import UTC, datetime

from monitor.accounts import Bearer
from monitor.commands.part_writing import append_step, check_open
from monitor.commands.transaction import transaction_as
from monitor.errors import NotFound
from monitor.models import Role
from monitor.queries.team import unfinished_files
from monitor.store import Store


def abandon_file(store: Store, who: Bearer, load_seq: int, now: datetime | None = None) -> int:
    """Give up one's own file of which some parts alone were written; nothing of it will ever count.
    Returns the entry that says so. Raises NotFound (`no_such_load`), NotAllowed, what `check_open`
    raises."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        rows = work.session.rows("SELECT author FROM entry WHERE seq = :seq", seq=load_seq)
        if rows != [(work.account.name,)]:
            raise NotFound("no_such_load", value=load_seq)
        check_open(work.session, load_seq)
        return append_step(work.journal, load_seq, "abandoned")


def abandon_leftovers(
    store: Store, who: Bearer, pact_id: str, content: str, name: str, now: datetime | None = None
) -> None:
    """Give up what is left of one's own files of that content and name, once such a file is whole."""
    now = now or datetime.now(UTC)
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        for one in unfinished_files(work.session, pact_id, work.account.name):
            if (one.content, one.name) == (content, name):
                append_step(work.journal, one.seq, "abandoned")
