"""A second person decides: of an entry, of a file as a whole. Never of one's own."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice

from monitor.accounts import Bearer
from monitor.accounts.sessions import LOG
from monitor.accounts.team_record import Act, record_act
from monitor.commands.absent_signatories import absent_people, absent_rows
from monitor.commands.transaction import (
    Work,
    check_no_conflict,
    check_no_conflict_with_file,
    check_not_of_maker,
    check_not_of_new_accounts,
    clean_free_text,
    name_conflict_with_file,
    require_two_people,
    transaction_as,
)
from monitor.errors import Changed, NotAllowed, NotFound
from monitor.models import Decision, Role
from monitor.queries.file_parts import other_part
from monitor.queries.team import waiting_sources
from monitor.store import Session, Store
from monitor.store.decisions import file_decision
from monitor.store.journal import timestamp
from monitor.store.retracted import KEYS_OF

_FILE = file_decision()
#: Entries that a refusal names.
NAMED = 8


def review_action(
    store: Store,
    who: Bearer,
    action_seq: int,
    decision: Decision,
    reason: str = "",
    now: datetime | None = None,
    sources: Collection[int] = (),
) -> int:
    """Accept or refuse a pending entry; a refusal gives its reason. Returns the review's seq. Of the
    further sources that its author gave and that wait, those of the files `sources` are accepted with
    it, and the others go on waiting; all are refused with it.

    Raises NotFound (`no_such_entry`), NotAllowed (`own_work`: one's own entry, or what corrects or
    withdraws it; `work_of_maker`: that of who made one's account; `new_account`: to accept what
    corrects or withdraws what another wrote, where a colleague has just made one of the accounts),
    Changed (`already_decided`, `taken_back`: its author wrote another in its place), Refused
    (`conflict_of_interest`), InvalidRow (a reason is missing); to accept, Changed also where its
    signatory was taken back (`signatory_retracted`, `signatory_gone`).
    """
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        rows = work.session.rows(
            "SELECT e.author, e.load_seq, a.commitment_id, te.author, c.pact_id, c.signatory_id, "
            "(SELECT max(n.seq) FROM action n JOIN entry ne ON ne.seq = n.seq "
            "WHERE n.supersedes = a.first AND ne.author = e.author) FROM action a "
            "JOIN entry e ON e.seq = a.seq JOIN commitment c ON c.id = a.commitment_id "
            "LEFT JOIN entry te ON te.seq = a.supersedes "
            "WHERE a.seq = :seq",
            seq=action_seq,
        )
        if not rows or rows[0][1] is not None:
            raise NotFound("no_such_entry", value=action_seq)
        author, _, commitment_id, corrected, pact_id, signatory_id, later = rows[0]
        for one in (author, corrected):
            _another(work, one)
            check_not_of_maker(work, one)
        check_no_conflict(work, commitment_id)
        _undecided(work, "review", "action_seq", action_seq)
        if later:
            raise Changed("taken_back", seq=later)
        if decision is Decision.ACCEPTED:
            _somebody(work, pact_id, signatory_id)
            if corrected not in (None, author):
                check_not_of_new_accounts(work, author)
        text = _reason(decision, reason)
        return _decide(work, action_seq, decision, text, sources)


def accept_action(work: Work, action_seq: int) -> int:
    """Accept an entry that was written in this transaction, with all of its sources. Returns the seq of
    the review."""
    every = {one.load_seq for one in waiting_sources(work.session, action_seq)}
    return _decide(work, action_seq, Decision.ACCEPTED, None, every)


def _decide(
    work: Work, action_seq: int, decision: Decision, text: str | None, sources: Collection[int]
) -> int:
    """Write what was decided of an entry, and of its further sources."""
    seq = work.journal.append("review", [((action_seq, decision.value), (text,), ())])
    for one in waiting_sources(work.session, action_seq):
        if one.own and (decision is Decision.REFUSED or one.load_seq in sources):
            row = ((one.load_seq, decision.value), (text,), ())
            work.journal.append("load_review", [row])
    return seq


def review_load(
    store: Store,
    who: Bearer,
    load_seq: int,
    decision: Decision,
    reason: str = "",
    now: datetime | None = None,
) -> int:
    """The same for a file that came through the web, as a whole, and for the answers that came with the
    people of a table (`other_part`); to accept it, Changed (`file_says_retracted`) where a
    row would show nowhere (see `absent_rows`)."""
    with (
        name_conflict_with_file(store, "load_review", who, load_seq, now),
        transaction_as(store, who, Role.REVIEWER, now) as work,
    ):
        _undecided(work, "load_review", "load_seq", load_seq)
        other = other_part(work.session, load_seq)
        decided = {
            seq: _decide_of_file(work, seq, decision, reason)
            for seq in sorted(filter(None, (load_seq, other)))
        }
        return decided[load_seq]


def _decide_of_file(work: Work, load_seq: int, decision: Decision, reason: str) -> int:
    """Write what was decided of a file that waits; the seq of the review."""
    author, pact_id, content = _pending_load(work, load_seq)
    _another(work, author)
    check_not_of_maker(work, author)
    if decision is Decision.ACCEPTED:
        absent = absent_rows(work.session, pact_id, load_seq, content)
        if absent:
            raise Changed("file_says_retracted", rows=abbreviate_entries(absent))
        if _replaces(work.session, load_seq, author):
            check_not_of_new_accounts(work, author)
    row = ((load_seq, decision.value), (_reason(decision, reason),), ())
    return work.journal.append("load_review", [row])


def _replaces(session: Session, load_seq: int, author: str) -> bool:
    """Whether a row of the file withdraws or corrects what another than its author wrote."""
    keys = {"action": ("pact_id", "action_id"), "area": ("pact_id", "code"), **KEYS_OF}
    # What is the first version of its row has none to look for.
    before = [
        (
            table,
            " AND ".join(f"o.{column} = t.{column}" for column in columns),
            "t.version > 1" if table == "action" else "t.rev > 1",
        )
        for table, columns in keys.items()
    ]
    # Asked apart: with OR, PostgreSQL would compare each row with every other.
    before.append(("action", "o.seq = t.supersedes", "t.supersedes IS NOT NULL"))
    return any(
        session.rows(
            f"SELECT 1 FROM entry e JOIN {table} t ON t.seq = e.seq "
            f"JOIN {table} o ON o.seq < t.seq AND {same} JOIN entry oe ON oe.seq = o.seq "
            f"WHERE e.load_seq = :load AND t.seq > :load AND {later} AND oe.author <> :author LIMIT 1",
            load=load_seq,
            author=author,
        )
        for table, same, later in before
    )


def withdraw_load(
    store: Store,
    who: Bearer | None,
    load_seq: int,
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """Take a file back as a whole, with a reason: from now on none of its rows counts, nor of those that
    came with it and wait as it does. Returns the seq of the withdrawal, None after a dry run, which
    checks the same and writes nothing.

    Its author may, while nobody has decided of it; a reviewer may while it is not public; the operator
    (`who` None) at any time. What is public is withdrawn by two: `request_withdrawal`. Raises NotFound
    (`no_such_load`), Changed (`already_withdrawn`), Refused (`two_people`), NotAllowed, InvalidRow.
    """
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        check_withdrawal(work, load_seq)
        text = clean_free_text(reason, "reason", required="reason_missing")
        if dry_run:
            return None
        if is_public_file(work.session, load_seq):
            require_two_people(work)
        if other := other_part(work.session, load_seq):
            withdraw_in(work, other, text)
        return withdraw_in(work, load_seq, text)


def check_withdrawal(work: Work, load_seq: int) -> None:
    """Raises what keeps `work.account` from taking that file back, alone or with another."""
    rows = work.session.rows(
        "SELECT e.author, l.accepted, l.content FROM load l JOIN entry e ON e.seq = l.seq "
        "WHERE l.seq = :seq",
        seq=load_seq,
    )
    if not rows or rows[0][2] == "pact":
        raise NotFound("no_such_load", value=load_seq)
    author, accepted, _ = rows[0]
    decided = accepted or work.session.rows(
        "SELECT seq FROM load_review WHERE load_seq = :seq", seq=load_seq
    )
    if not work.account.role.includes(Role.REVIEWER) and (decided or author != work.account.name):
        raise NotAllowed("not_allowed", role=work.account.role.value, needed=Role.REVIEWER.value)
    if work.session.rows("SELECT seq FROM withdrawal WHERE load_seq = :seq", seq=load_seq):
        raise Changed("already_withdrawn", value=load_seq)
    if author != work.account.name:
        check_no_conflict_with_file(work, load_seq)


def is_public_file(session: Session, load_seq: int) -> bool:
    """Whether the file was accepted, by the operator or by a second person."""
    return bool(
        session.rows(
            f"SELECT l.seq FROM load l {_FILE.joins} WHERE l.seq = :seq AND {_FILE.accepted}",
            seq=load_seq,
        )
    )


def withdraw_in(work: Work, load_seq: int, reason: str) -> int:
    """Take the file back, within a transaction. Returns the seq of the withdrawal."""
    seq = work.journal.append("withdrawal", [((load_seq,), (reason,), ())])
    record_act(work.session, Act.FILE_WITHDRAWN, work.clock, work.account.name, seq=load_seq)
    return seq


def send_message(
    store: Store, who: Bearer, action_seq: int, words: str, now: datetime | None = None
) -> None:
    """A question about a pending entry, by a reviewer, or the answer of its author. Not published."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        rows = work.session.rows(
            "SELECT author FROM entry WHERE seq = :seq AND subject = 'action'", seq=action_seq
        )
        if not rows:
            raise NotFound("no_such_entry", value=action_seq)
        if rows[0][0] != work.account.name and not work.account.role.includes(Role.REVIEWER):
            raise NotAllowed(
                "not_allowed", role=work.account.role.value, needed=Role.REVIEWER.value
            )
        _undecided(work, "review", "action_seq", action_seq)
        text = clean_free_text(words, "words", required="words_needed")
        ((last,),) = work.session.rows("SELECT coalesce(max(id), 0) FROM message")
        work.session.insert(
            "message",
            ("id", "action_seq", "author", "sent_at", "words"),
            [(last + 1, action_seq, work.account.name, timestamp(work.now), text)],
        )


def _somebody(work: Work, pact_id: str, signatory_id: str) -> None:
    """Raises Changed where an entry would be about nobody."""
    for code, values in absent_people(work.session, pact_id, names=[signatory_id]).values():
        raise Changed(code, **dict(values))


def abbreviate_entries(seqs: Collection[int]) -> str:
    """The first of some entries: « 12, 13, 14… »."""
    return ", ".join(map(str, islice(seqs, NAMED))) + "…" * (len(seqs) > NAMED)


def _pending_load(work: Work, load_seq: int) -> tuple[str, str, str]:
    """(author, pact, content) of a file that waits for a decision."""
    rows = work.session.rows(
        "SELECT e.author, l.pact_id, l.content FROM load l JOIN entry e ON e.seq = l.seq "
        "WHERE l.seq = :seq AND l.accepted = 0 "
        "AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.load_seq = l.seq)",
        seq=load_seq,
    )
    if not rows:
        raise NotFound("no_such_load", value=load_seq)
    return rows[0]


def _another(work: Work, author: str | None) -> None:
    if author == work.account.name:
        LOG.warning("refused: somebody would review their own work")
        raise NotAllowed("own_work")


def _undecided(work: Work, table: str, column: str, seq: int) -> None:
    rows = work.session.rows(
        f"SELECT r.decision, e.author FROM {table} r JOIN entry e ON e.seq = r.seq "
        f"WHERE r.{column} = :seq",
        seq=seq,
    )
    if rows:
        ((_, by),) = rows
        raise Changed("already_decided", by=by)


def _reason(decision: Decision, reason: str) -> str | None:
    needed = "reason_missing" if decision is Decision.REFUSED else None
    return clean_free_text(reason, "reason", required=needed)
