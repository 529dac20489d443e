"""Retract a row entered by mistake, with a reason; the log keeps it."""

from collections.abc import Iterable
from datetime import datetime

from rapidfuzz import fuzz, process

from monitor.accounts import Bearer
from monitor.accounts.team_record import Act, record_act
from monitor.commands.files import ACCEPTED, FILE_KINDS, RETRACTED, FileKind
from monitor.commands.transaction import (
    Work,
    check_no_conflict_with_person,
    clean_free_text,
    pact_of,
    require_two_people,
    transaction_as,
)
from monitor.errors import Changed, NotFound
from monitor.intake.person_names import name_key
from monitor.models import Role
from monitor.queries.people import last_names
from monitor.queries.retracted import row_at
from monitor.store import Session, Store
from monitor.store.retracted import PEOPLE_OF, why_retracted

#: Ids proposed for one that is not there, each so like it at least.
NEAR, LIKE = 3, 60


def retract_row(
    store: Store,
    who: Bearer | None,
    content: str,
    pact_id: str,
    key: tuple[str, ...],
    reason: str,
    now: datetime | None = None,
    dry_run: bool = False,
) -> int | None:
    """Take a row of a file back (`content`: which; `key`: what identifies it there): no version that the
    log holds now counts from here on. What was said of a signatory has nobody to be about then. Returns
    the seq of the retraction, None after a dry run, which checks the same and writes nothing.

    By the operator (`who` None); an admin may try a dry run, and asks for it by `request_retraction`.
    Raises NotFound (`unknown_pact`, `unknown_signatory_id`, `row_not_accepted`; `no_such_mandate`,
    `no_such_row` where somebody has no such mandate, answer or detail; `no_such_source`), Changed
    (`already_retracted`), Refused (`conflict_of_interest`, `two_people`), NotAllowed, InvalidRow
    (`reason_missing`).
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        target = counting_row(work, content, pact_id, key)
        text = clean_free_text(reason, "reason", required="reason_missing")
        if dry_run:
            return None
        require_two_people(work)
        return retract_in(work, target, text)


def signatory_meant(session: Session, pact_id: str, text: str) -> str:
    """The id of the one signatory whom a text names, by the id or the name; the text itself where it
    names nobody, or several."""
    people = last_names(session, pact_id)
    named = [one for one, name in people.items() if name and name_key(name) == name_key(text)]
    return named[0] if text not in people and len(named) == 1 else text


def entries_taken(
    session: Session, content: str, pact_id: str, key: tuple[str, ...]
) -> tuple[int, ...]:
    """The entries of all versions of a row: what a retraction would take."""
    versions = FILE_KINDS[content].versions(session, pact_id, [key]).get(key, [])
    return tuple(version.first for version in versions)


def counting_row(work: Work, content: str, pact_id: str, key: tuple[str, ...]) -> int:
    """The entry of the version that counts of a row of that file, by what identifies it. Raises as
    `retract_row` does."""
    pact_of(work.session, pact_id)
    target = _what_counts(work.session, FILE_KINDS[content], pact_id, key)
    check_no_conflict_with_row(work, target)
    return target


def check_no_conflict_with_row(work: Work, seq: int) -> None:
    """Raises Refused (`conflict_of_interest`) where the account is tied to a commune, present or former,
    of whom the row is about."""
    table = row_at(work.session, seq).subject
    for pact_id, name in work.session.rows(PEOPLE_OF[table].format(seq=":seq"), seq=seq):
        check_no_conflict_with_person(work, pact_id, name)


def retract_in(work: Work, target: int, reason: str) -> int:
    """Take back the row whose counting version that is, within a transaction."""
    seq = work.journal.append("row_withdrawal", [((target,), (reason,), ())])
    subject = row_at(work.session, target).subject
    record_act(
        work.session, Act.ROW_RETRACTED, work.clock, work.account.name, seq=target, subject=subject
    )
    return seq


def _what_counts(session: Session, kind: FileKind, pact_id: str, key: tuple) -> int:
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
    if kind.content == "sources":
        raise NotFound(
            "no_such_source", value=name, near=_listed(_sources(session, pact_id, key[0]))
        )
    people = last_names(session, pact_id)
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
    near = _listed(f"{one} ({people[one]})" for one in _near(key[0], people))
    raise NotFound("unknown_signatory_id", value=key[0], pact=pact_id, near=near)


def _sources(session: Session, pact_id: str, action_id: str) -> list[str]:
    """The sources of an entry beside the one that it cites: number, and address or title."""
    every = FILE_KINDS["sources"].versions(session, pact_id, [(action_id,)])
    return [
        f"{number} ({versions[-1].values.source_url or versions[-1].values.source_title})"
        for (_, number), versions in every.items()
        if versions[-1].state == ACCEPTED
    ]


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
