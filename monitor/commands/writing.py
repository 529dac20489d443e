"""Logging an action through the web: checked by the rules of the files, pending until a review."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor import intake
from monitor.accounts import Bearer
from monitor.commands.absent_signatories import absent_people
from monitor.commands.actions import ActionWriter
from monitor.commands.drafts import keep_draft
from monitor.commands.files import ACTIONS
from monitor.commands.more_sources import check_more_sources, write_more_sources
from monitor.commands.transaction import Work, check_no_conflict, pact_of, transaction_as
from monitor.errors import Changed, InvalidRow, InvalidValue, NotFound, Refused
from monitor.findings import RowError
from monitor.intake import Context
from monitor.models import Kind, Role
from monitor.pacts import Pact
from monitor.queries.notices import RESUMED
from monitor.schema import COLUMNS, Values
from monitor.store import Store

REQUEST = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class NewAction:
    """What a form says, as typed. `request_id`: 32 hexadecimal digits that name this writing, so
    that a second click or a retry writes nothing more. `seen_rev`: how many entries about the
    commitment its writer had before the eyes; None: whatever there is. `resumes`: the seq of the
    writer's own refused entry that this one takes up again."""

    request_id: str
    pact_id: str
    signatory_id: str
    measure: str
    happened_on: str
    kind: Kind = Kind.ASSESSMENT
    status: str = ""
    summary: str = ""
    source_kind: str = ""
    source_title: str = ""
    source_publisher: str = ""
    source_url: str = ""
    archive_url: str = ""
    quote: str = ""
    supersedes: str = ""
    reason: str = ""
    seen_rev: int | None = None
    resumes: int | None = None
    #: What else it rests on: columns of sources.csv of each.
    more_sources: tuple[Mapping[str, str], ...] = ()

    @property
    def action_id(self) -> str:
        """The id of the entry in files: one for each request."""
        return f"web-{self.request_id[:16]}"


@dataclass(frozen=True)
class WrittenEntry:
    """Where it stands in the log. `already`: an earlier request had written it."""

    seq: int
    action_id: str
    already: bool = False


def log_action(
    store: Store, who: Bearer, action: NewAction, now: datetime | None = None
) -> WrittenEntry:
    """Write one entry, pending: not public before another person accepts it. Each of its further sources
    waits in a file of its own, so that it can be refused alone.

    Raises InvalidRow (what the fields hold; a signatory who was taken back), Changed
    (`commitment_changed`: others wrote about the commitment since), Refused (`conflict_of_interest`,
    `request_used`), NotAllowed, NotFound, and what `Store.writing` raises. Nothing is written then.
    """
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        return add_action(work, action)


def add_action(work: Work, action: NewAction) -> WrittenEntry:
    """The same, within a transaction."""
    if not REQUEST.fullmatch(action.request_id):
        raise InvalidValue("request_malformed")
    pact = pact_of(work.session, action.pact_id)
    values, sources = _check_typed(work, pact, action)
    if before := _written_before(work, pact, action, values):
        return before
    writer = ActionWriter(
        work.session, work.journal, ACTIONS, pact, "", signatory_id=action.signatory_id
    )
    number = writer.commitments.get((action.signatory_id, action.measure))
    if number is None:
        raise _invalid("measure", action.measure, "not_committed")
    absent = absent_people(work.session, pact.id, writer.counts, [action.signatory_id])
    for name, (code, details) in absent.items():
        raise _invalid("signatory_id", name, f"conflict_{code}", details)
    check_no_conflict(work, number)
    if action.seen_rev is not None and writer.revs.get(number, 0) != action.seen_rev:
        raise Changed("commitment_changed", _since(work, number, action.seen_rev))
    if action.supersedes:
        target = writer.targets([action.supersedes]).get(action.supersedes)
        if target is None:
            raise _invalid("supersedes", action.supersedes, "unknown_supersedes")
        if (target.signatory_id, target.measure) != (action.signatory_id, action.measure):
            about = (("signatory", target.signatory_id), ("measure", target.measure))
            raise _invalid("supersedes", action.supersedes, "supersedes_other", about)
    writer.write([(values, None)], author=work.account.name, request_id=action.request_id)
    written = work.journal.seq
    if action.resumes is not None:
        _resume(work, action.resumes)
    write_more_sources(work, pact, sources)
    return WrittenEntry(written, action.action_id)


def _check_typed(work: Work, pact: Pact, action: NewAction) -> tuple[Values, list[Values]]:
    """The entry and its further sources, as rows. Raises InvalidRow, of whatever is wrong in either."""
    cited = action.source_url or action.source_title
    typed = (action.action_id, cited, action.more_sources, work.journal.latest_day)
    try:
        values = check_action_cells(work, pact, action)
    except InvalidRow as refusal:
        try:
            check_more_sources(*typed)
        except InvalidRow as more:
            raise InvalidRow([*refusal.errors, *more.errors]) from None
        raise
    return values, check_more_sources(*typed)


def _resume(work: Work, refused: int) -> None:
    """Beside the log, for the reviewer of the entry just written: which refusal it answers."""
    if not work.session.rows(
        "SELECT r.seq FROM review r JOIN entry e ON e.seq = r.action_seq "
        "WHERE r.action_seq = :seq AND r.decision = 'refused' AND e.author = :name",
        seq=refused,
        name=work.account.name,
    ):
        raise NotFound("no_such_entry", value=refused)
    purpose = f"{RESUMED}:{work.journal.seq}"
    keep_draft(work, purpose, str(refused))


def _written_before(
    work: Work, pact: Pact, action: NewAction, values: tuple
) -> WrittenEntry | None:
    """The entry that an earlier attempt of the same request wrote.

    Raises Refused (`request_used`) if that entry says something else: two windows share a draft.
    """
    rows = work.session.rows(
        "SELECT seq FROM entry WHERE request_id = :request", request=action.request_id
    )
    if not rows:
        return None
    (before, *_) = ACTIONS.versions(work.session, pact.id, [values]).get(
        (action.action_id,), [None]
    )
    if before is None or before.values != values:
        raise Refused("request_used")
    return WrittenEntry(rows[0][0], action.action_id, already=True)


def check_action_cells(work: Work, pact: Pact, action: NewAction) -> Values:
    """The cells of a new entry as the log takes them. Words that are published as an official's own rest
    on something, as a status does. Raises InvalidRow."""
    found = work.session.rows(
        "SELECT signatory_id FROM signatory WHERE pact_id = :pact AND signatory_id = :name LIMIT 1",
        pact=pact.id,
        name=action.signatory_id,
    )
    context = Context(
        today=work.journal.latest_day,
        signatories={name for (name,) in found},
        measures=[measure.id for measure in pact.measures],
    )
    given = {name: getattr(action, name, "") for name in COLUMNS["actions"]}
    given["kind"] = action.kind.value
    row = intake.check_row("actions", [given[name] for name in COLUMNS["actions"]], context)
    if row.errors:
        raise InvalidRow(row.errors)
    if action.kind is Kind.REPLY and not (action.source_title or action.source_url):
        raise _invalid("source_title", "", "reply_source_needed")
    return row.values


def _since(work: Work, number: int, seen_rev: int) -> list[int]:
    return [
        seq
        for (seq,) in work.session.rows(
            "SELECT seq FROM action WHERE commitment_id = :id AND rev > :rev ORDER BY rev",
            id=number,
            rev=seen_rev,
        )
    ]


def _invalid(column: str, value: str, code: str, values: tuple = ()) -> InvalidRow:
    return InvalidRow([RowError(None, column, value, code, values)])
