"""Which rows of a file somebody has read: a long file is read in several times."""

import json
from collections.abc import Sequence

from monitor import commands
from monitor.accounts import Account
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.store import Session
from monitor.ui import viewer
from monitor.ui.team.file_rows import FileRow


def unread_rows(account: Account, file: backlog.File, every: Sequence[FileRow]) -> list[FileRow]:
    """The rows that must be read one by one, and that the account has not read with the effect that
    they have by now."""
    with current_log.store().reading() as database:
        marks = _marks(database, account, file)
    return [row for row in every if row.to_read and row.seq not in marks.get(row.effect, ())]


def mark_rows(file: backlog.File, seen: Sequence[tuple[int, str]]) -> None:
    """Keep it that whoever is signed in has read these rows: the entry and the effect of each."""
    with current_log.store().reading() as database:
        marks = _marks(database, viewer.signed_in_account(), file)
    for seq, effect in seen:
        for seqs in marks.values():
            if seq in seqs:
                seqs.remove(seq)
        marks.setdefault(effect, []).append(seq)
    commands.save_draft(
        current_log.store(), viewer.presented_bearer(), _purpose(file), json.dumps(marks)
    )


def _marks(database: Session, account: Account, file: backlog.File) -> dict[str, list[int]]:
    """The entries that an account has read, by the effect that they had."""
    draft = backlog.find_draft(database, account.name, _purpose(file))
    return json.loads(draft.content) if draft else {}


def _purpose(file: backlog.File) -> str:
    return f"lu:{file.seq}"
