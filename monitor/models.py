"""The vocabulary: every code that a table, a CSV header or an address may hold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Status(StrEnum):
    """Where a commitment stands, in the order of every legend and filter.

    `not_assessed` is derived and never written: no accepted action says anything yet.
    """

    IMPLEMENTED = "implemented"
    PARTLY_IMPLEMENTED = "partly_implemented"
    IN_PROGRESS = "in_progress"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    STALLED = "stalled"
    ABANDONED = "abandoned"
    NOT_STARTED = "not_started"
    NO_EVIDENCE = "no_evidence"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


#: A percentage of fewer commitments than this, or of those of fewer officials, is not shown: the
#: count is.
FEW = 5
#: What rests on fewer commitments than this is drawn hollow or lighter, never darkest.
THIN = 20
#: Months after which what was last read, and is not FINAL, counts as not known in the upper bound.
HORIZON = 12
#: The sign of each, everywhere before its word.
SIGNS = {
    Status.IMPLEMENTED: "●",
    Status.PARTLY_IMPLEMENTED: "◐",
    Status.IN_PROGRESS: "▶",
    Status.DECIDED: "◆",
    Status.ANNOUNCED: "◇",
    Status.STALLED: "‖",
    Status.ABANDONED: "✕",
    Status.NOT_STARTED: "□",
    Status.NO_EVIDENCE: "?",
    Status.NOT_ASSESSED: "○",
    Status.NOT_APPLICABLE: "–",
}
#: What an assessment may say.
WRITABLE = tuple(status for status in Status if status is not Status.NOT_ASSESSED)
#: Statuses that no later look is expected to change.
FINAL = (Status.IMPLEMENTED, Status.ABANDONED)
#: Statuses that say nothing of the city: nobody looked, or who looked found nothing.
UNKNOWN = (Status.NOT_ASSESSED, Status.NO_EVIDENCE)
#: From the furthest from a promise kept to the nearest; the three others say nothing of the city.
_WAY = (
    Status.ABANDONED,
    Status.NOT_STARTED,
    Status.STALLED,
    None,
    Status.ANNOUNCED,
    Status.DECIDED,
    Status.IN_PROGRESS,
    Status.PARTLY_IMPLEMENTED,
    Status.IMPLEMENTED,
)


def lowers_status(before: Status, after: Status) -> bool:
    """Whether it takes something from an official to go from one status to the other: a step back, or
    the loss of what was established. A first status lowers nothing."""
    if before not in _WAY:
        return False
    return _WAY.index(after if after in _WAY else None) < _WAY.index(before)


#: Statuses that may stand without a source: what they say is that there is nothing to cite.
WITHOUT_EVIDENCE = (Status.NO_EVIDENCE, Status.NOT_APPLICABLE)


class Verdict(StrEnum):
    """What the status means once the due date or the term has passed."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    UNFINISHED = "unfinished"
    BROKEN = "broken"
    NOT_ESTABLISHED = "not_established"
    PENDING = "pending"
    MANDATE_ENDED = "mandate_ended"
    NOT_BOUND = "not_bound"
    NOT_APPLICABLE = "not_applicable"


#: The verdict on a binding commitment once it is due. Of who left before, on the last day in office:
#: EARNED, else `mandate_ended`.
VERDICT_OF_STATUS = {
    Status.IMPLEMENTED: Verdict.KEPT,
    Status.PARTLY_IMPLEMENTED: Verdict.PARTLY_KEPT,
    Status.IN_PROGRESS: Verdict.UNFINISHED,
    Status.DECIDED: Verdict.UNFINISHED,
    Status.ANNOUNCED: Verdict.UNFINISHED,
    Status.STALLED: Verdict.UNFINISHED,
    Status.ABANDONED: Verdict.BROKEN,
    Status.NOT_STARTED: Verdict.UNFINISHED,
    Status.NO_EVIDENCE: Verdict.NOT_ESTABLISHED,
    Status.NOT_ASSESSED: Verdict.NOT_ESTABLISHED,
    Status.NOT_APPLICABLE: Verdict.NOT_APPLICABLE,
}


#: What leaving does not erase: statuses whose verdict stays with who left before the due date.
EARNED = (Status.IMPLEMENTED, Status.PARTLY_IMPLEMENTED, Status.ABANDONED)


class Lateness(StrEnum):
    """Whether an implementation came by the due date. Empty before it is due."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"


class Uncounted(StrEnum):
    """Why an assessment that stands moves no status: when it happened. The first that holds."""

    BEFORE_TERM = "before_term"
    BEFORE_SIGNATURE = "before_signature"
    OUTSIDE_OFFICE = "outside_office"


class Kind(StrEnum):
    """What an action is. A correction is any kind but a retraction, with `supersedes`."""

    ASSESSMENT = "assessment"
    NOTE = "note"
    REPLY = "reply"
    RETRACTION = "retraction"


class SourceKind(StrEnum):
    """What sort of document an action rests on."""

    COUNCIL_ACT = "council_act"
    BUDGET = "budget"
    CONTRACT = "contract"
    REPORT = "report"
    CITY_STATEMENT = "city_statement"
    PRESS = "press"
    ASSOCIATION = "association"
    FIELD_VISIT = "field_visit"
    OTHER = "other"


class Outcome(StrEnum):
    """What the election gave, for the office that the pact addresses."""

    ELECTED = "elected"
    DEFEATED = "defeated"
    UNKNOWN = "unknown"


class Office(StrEnum):
    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    MAJORITY_COUNCILLOR = "majority_councillor"
    OPPOSITION_COUNCILLOR = "opposition_councillor"


class EndReason(StrEnum):
    TERM_END = "term_end"
    RESIGNATION = "resignation"
    DEATH = "death"
    MERGER = "merger"
    OTHER = "other"


class Role(StrEnum):
    """What an account may do; each may do what those before it may."""

    VOLUNTEER = "volunteer"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def includes(self, needed: "Role") -> bool:
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


class Decision(StrEnum):
    """What a reviewer decides of an entry, or of a file as a whole."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Way(StrEnum):
    """How a right of reply begins: the official claims it, or is invited to use it; `dropped`: what
    was noted before was noted by mistake."""

    CLAIMED = "claimed"
    INVITED = "invited"
    DROPPED = "dropped"


class LinkState(StrEnum):
    """What a check says of an address. `unclear`: it did not answer well, which proves nothing."""

    ALIVE = "alive"
    DEAD = "dead"
    UNCLEAR = "unclear"


class RowOutcome(StrEnum):
    """What became of one row of a loaded file."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    OVERTAKEN = "overtaken"


#: Of link checks only: the log has no such address; a later line is about the same day.
OF_LINKS = (RowOutcome.UNKNOWN, RowOutcome.OVERTAKEN)
#: Of rows that a person must look at.
OF_REFUSALS = (RowOutcome.CONFLICT, RowOutcome.REJECTED)


class GroupBy(StrEnum):
    """What a table of indicators may be grouped by."""

    MEASURE = "measure"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    REGION = "region"
    SIZE = "size"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One numbered item of a pact. `objective` and `wording` are quoted, never edited."""

    id: str
    objective: str
    wording: str
    title_fr: str
    title_en: str
    criterion_fr: str
    criterion_en: str
    objective_en: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """The document that candidates signed, with its election and its term. Where nobody said to which
    offices it is put (`offices_said`), mandates of mayors count, and no sentence names an office."""

    id: str
    title: str
    promoter: str
    election: str
    election_on: date
    term_start: date
    term_end: date
    language: str
    fictional: bool
    measures: tuple[Measure, ...]
    question: str | None = None
    binding_offices: tuple[Office, ...] = (Office.MAYOR,)
    offices_said: bool = True
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """One cell of a file that cannot be taken, at that line of the file. `row` is what a spreadsheet
    shows: another number where cells hold line breaks.

    `code` is stable; its sentence is the message `row_error.<code>`, filled with `values`.
    """

    line: int | None
    column: str
    value: str
    code: str
    values: tuple[tuple[str, str], ...] = ()
    row: int | None = None
    #: Of its sentence: `<family>.<code>`.
    family: ClassVar[str] = "row_error"


@dataclass(frozen=True, slots=True)
class Doubt(RowError):
    """What can be taken and is odd: said, and refused by a strict load only. Without a line it is
    about the file as a whole. Its sentence is `doubt.<code>`."""

    family: ClassVar[str] = "doubt"


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes of what the log says: (column, value) of what identifies it, and (column, old
    value, new value) of each cell that differs, None where it is empty."""

    line: int | None
    key: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str | None, str | None], ...]
