"""Retract a row about somebody, entered by mistake, with a reason; the log keeps it."""

from collections.abc import Iterable
from datetime import datetime

from rapidfuzz import fuzz, process

from monitor.accounts import Bearer
from monitor.accounts.team_record import Act, record_act
from monitor.commands.files import ACCEPTED, KINDS, RETRACTED, Kind
from monitor.commands.transaction import (
    Work,
    check_no_conflict_with_person,
    clean_free_text,
    pact_of,
    require_two_people,
    transaction_as,
)
from monitor.errors import Changed, NotFound
from monitor.models import Role
from monitor.store import Session, Store
from monitor.store.retracted import KEYS_OF, why_retracted

#: Ids proposed for one that is not there, each so like it at least.
NEAR, LIKE = 3, 60


def retract_signatory(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    signatory_id: str,
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """Take a signatory back: no version that the log holds now counts from here on, and what was said
    of them has nobody to be about. Returns the seq of the retraction, None after a dry run, which
    checks the same and writes nothing.

    By the operator (`who` None); an admin may try a dry run, and asks for it by `request_retraction`.
    Raises NotFound (`unknown_pact`, `unknown_signatory_id`, `row_not_accepted`), Changed
    (`already_retracted`), Refused (`conflict_of_interest`, `two_people`), NotAllowed, InvalidRow
    (`reason_missing`).
    """
    key = (signatory_id,)
    return _retract(store, who, "signatories", pact_id, key, reason, now, dry_run)


def retract_mandate(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    signatory_id: str,
    office: str,
    started_on: str,
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """The same for a mandate. Raises NotFound (`no_such_mandate`) instead of `unknown_signatory_id`
    where somebody has no such mandate."""
    key = (signatory_id, office, started_on)
    return _retract(store, who, "mandates", pact_id, key, reason, now, dry_run)


def retract_answer(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    signatory_id: str,
    measure: str,
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """The same for an answer. Raises NotFound (`no_such_row`) instead of `unknown_signatory_id` where
    somebody gave no such answer."""
    key = (signatory_id, measure)
    return _retract(store, who, "answers", pact_id, key, reason, now, dry_run)


def retract_detail(
    store: Store,
    who: Bearer | None,
    pact_id: str,
    signatory_id: str,
    measure: str,
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """The same for what is said of one commitment alone. Raises as `retract_answer`."""
    key = (signatory_id, measure)
    return _retract(store, who, "details", pact_id, key, reason, now, dry_run)


def entries_taken(
    session: Session, content: str, pact_id: str, key: tuple[str, ...]
) -> tuple[int, ...]:
    """The entries of all versions of a row: what a retraction would take."""
    versions = KINDS[content].versions(session, pact_id, [key]).get(key, [])
    return tuple(version.first for version in versions)


def _retract(store, who, content, pact_id, key, reason, now, dry_run) -> int | None:
    with transaction_as(store, who, Role.ADMIN, now) as work:
        target = counting_row(work, content, pact_id, key)
        text = clean_free_text(reason, "reason", required="reason_missing")
        if dry_run:
            return None
        require_two_people(work)
        return retract_in(work, target, text)


def counting_row(work: Work, content: str, pact_id: str, key: tuple[str, ...]) -> int:
    """The entry of the version that counts of a row of that file, by what identifies it. Raises as
    `retract_signatory` does."""
    pact_of(work.session, pact_id)
    kind = KINDS[content]
    target = _what_counts(work.session, kind, pact_id, key)
    check_no_conflict_with_person(work, pact_id, key[0])
    return target


def row_at(session: Session, seq: int) -> tuple[str, str, tuple[str, ...]]:
    """(subject, pact, key) of the row about somebody that an entry is about. Raises NotFound
    (`no_such_entry`)."""
    for subject, columns in KEYS_OF.items():
        rows = session.rows(f"SELECT {', '.join(columns)} FROM {subject} WHERE seq = :seq", seq=seq)
        if rows:
            pact_id, *key = rows[0]
            return subject, pact_id, tuple(key)
    raise NotFound("no_such_entry", value=seq)


def retract_in(work: Work, target: int, reason: str) -> int:
    """Take back the row whose counting version that is, within a transaction."""
    seq = work.journal.append("row_withdrawal", [((target,), (reason,), ())])
    subject, _, _ = row_at(work.session, target)
    record_act(
        work.session, Act.ROW_RETRACTED, work.clock, work.account.name, seq=target, subject=subject
    )
    return seq


def _what_counts(session: Session, kind: Kind, pact_id: str, key: tuple) -> int:
    """The entry of the version that counts."""
    versions = kind.versions(session, pact_id, [key]).get(key, [])
    counting = [version.first for version in versions if version.state == ACCEPTED]
    if counting:
        return counting[-1]
    name = " · ".join(key)
    if retracted := [version.first for version in versions if version.state == RETRACTED]:
        on, why = why_retracted(session, kind.subject, retracted[-1])
        raise Changed("already_retracted", value=name, on=on, why=why)
    if versions:
        raise NotFound("row_not_accepted", value=name)
    people = dict(
        session.rows(
            "SELECT s.signatory_id, coalesce(x.name, '') FROM signatory s "
            "JOIN signatory_text x ON x.seq = s.seq WHERE s.pact_id = :pact ORDER BY s.seq",
            pact=pact_id,
        )
    )
    if kind.content == "mandates" and key[0] in people:
        held = session.rows(
            "SELECT DISTINCT office, started_on FROM mandate "
            "WHERE pact_id = :pact AND signatory_id = :name ORDER BY started_on",
            pact=pact_id,
            name=key[0],
        )
        raise NotFound("no_such_mandate", value=name, near=_listed(map(" ".join, held)))
    if kind.content != "signatories" and key[0] in people:
        raise NotFound("no_such_row", value=name)
    near = _listed(_near(key[0], people))
    raise NotFound("unknown_signatory_id", value=key[0], pact=pact_id, near=near)


def _near(typed: str, people: dict[str, str]) -> list[str]:
    """The ids that are like what was typed, or whose person has such a name."""
    wanted = typed.lower()
    found = [
        *process.extract(
            wanted,
            {one: one.lower() for one in people},
            scorer=fuzz.WRatio,
            limit=NEAR,
            score_cutoff=LIKE,
        ),
        *process.extract(
            wanted,
            {one: name.lower() for one, name in people.items()},
            scorer=fuzz.token_set_ratio,
            limit=NEAR,
            score_cutoff=LIKE,
        ),
    ]
    found.sort(key=lambda match: -match[1])
    return list(dict.fromkeys(match[2] for match in found))[:NEAR]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"
