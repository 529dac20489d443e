"""What the team says of signatories and of a register of elected officials, and the files that follow
from it: they wait for another person, as every file of a person."""

from collections.abc import Mapping
from datetime import date, datetime

from monitor.accounts import Bearer
from monitor.commands.loading import file_in_memory, load
from monitor.commands.report import Report
from monitor.commands.transaction import check_no_conflict_with_person, transaction_as
from monitor.matching.matches import Judgement
from monitor.models import Role
from monitor.store import Store
from monitor.store.journal import timestamp

#: A mandate binds whatever the outcome says: should the second file not follow, the first says nothing
#: that is untrue.
_ORDER = ("mandates", "signatories")


def judge_match(
    store: Store,
    who: Bearer,
    pact_id: str,
    signatory_id: str,
    person: str,
    register_day: date,
    judgement: Judgement,
    now: datetime | None = None,
) -> None:
    """Keep, beside the log, whether the signatory is the person of that key, in the state of the
    register of that day. Replaces what was said of the two. Raises Refused (`conflict_of_interest`),
    NotAllowed."""
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        check_no_conflict_with_person(work, pact_id, signatory_id)
        work.session.execute(
            "INSERT INTO match_judgement (pact_id, signatory_id, person, register_day, judgement, "
            "judged_by, judged_at) VALUES (:pact, :signatory, :person, :day, :judgement, :by, :at) "
            "ON CONFLICT (pact_id, signatory_id, person) DO UPDATE SET "
            "register_day = excluded.register_day, judgement = excluded.judgement, "
            "judged_by = excluded.judged_by, judged_at = excluded.judged_at",
            pact=pact_id,
            signatory=signatory_id,
            person=person,
            day=register_day.isoformat(),
            judgement=judgement.value,
            by=work.account.name,
            at=timestamp(work.now),
        )


def forget_judgements(
    store: Store, who: Bearer, pact_id: str, signatory_id: str, now: datetime | None = None
) -> None:
    """Take back all that was said of a signatory and of registers: it is proposed again. Raises Refused
    (`conflict_of_interest`), NotAllowed."""
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        check_no_conflict_with_person(work, pact_id, signatory_id)
        work.session.execute(
            "DELETE FROM match_judgement WHERE pact_id = :pact AND signatory_id = :signatory",
            pact=pact_id,
            signatory=signatory_id,
        )


def load_matches(
    store: Store,
    who: Bearer,
    pact_id: str,
    files: Mapping[str, tuple[str, str]],
    now: datetime | None = None,
) -> list[Report]:
    """Bring in the files of outcomes and mandates, name and text by content, each whole or none of
    them: a report each, of a trial where something is refused. Raises what `load` raises."""
    contents = [content for content in _ORDER if content in files]
    trials = [_load(store, who, pact_id, content, files, now, True) for content in contents]
    if any(report.remains_out for report in trials):
        return trials
    return [_load(store, who, pact_id, content, files, now, False) for content in contents]


def _load(
    store: Store,
    who: Bearer,
    pact_id: str,
    content: str,
    files: Mapping[str, tuple[str, str]],
    now: datetime | None,
    dry_run: bool,
) -> Report:
    name, text = files[content]
    return load(
        store,
        content,
        file_in_memory(text),
        pact_id=pact_id,
        name=name,
        who=who,
        now=now,
        dry_run=dry_run,
    )
