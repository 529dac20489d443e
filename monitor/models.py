"""The vocabulary: every code that a table, a CSV header or an address may hold."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations


class Verdict(StrEnum):
    """What the status means once the due date or the term has passed."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    UNFINISHED = "unfinished"
    BROKEN = "broken"
    NOT_ESTABLISHED = "not_established"
    PENDING = "pending"
    MANDATE_ENDED = "mandate_ended"
    WITHDRAWN = "withdrawn"
    NOT_BOUND = "not_bound"
    NOT_APPLICABLE = "not_applicable"


#: What leaving does not erase: the verdict of the last day in office stays with whoever left before
#: the due date; any other becomes `mandate_ended`. Nor does taking one's signature back before it: any
#: other becomes `withdrawn`.
EARNED = (Verdict.KEPT, Verdict.PARTLY_KEPT, Verdict.BROKEN)


@dataclass(frozen=True)
class _Row:
    code: str
    sign: str
    light: str
    dark: str
    verdict: Verdict
    step: int = 0
    stopped: bool = False
    final: bool = False
    needs_evidence: bool = True


class Status(StrEnum):
    """Where a commitment stands, in the order of every legend and filter.

    `not_assessed` is derived and never written: no accepted action says anything yet.

    `sign`: stands before its word everywhere; `colours`: on a light page and on a dark one. `verdict`:
    on a binding commitment that is due. `step`: its place on the way, from the furthest from a promise
    kept to the nearest, 0 where it says nothing of the city; `stopped`: given up or at rest. `final`:
    no later look is expected to change it. `needs_evidence`: whether it must cite a source; the others
    say that there is nothing to cite.
    """

    _value_: str
    sign: str
    colours: tuple[str, str]
    verdict: Verdict
    step: int
    stopped: bool
    final: bool
    needs_evidence: bool

    IMPLEMENTED = _Row("implemented", "●", "#00704A", "#3FBF8F", Verdict.KEPT, 5, final=True)
    PARTLY_IMPLEMENTED = _Row(
        "partly_implemented", "◐", "#6DBE9B", "#8ED8B8", Verdict.PARTLY_KEPT, 4
    )
    IN_PROGRESS = _Row("in_progress", "▶", "#2B77B8", "#6FB1E6", Verdict.UNFINISHED, 3)
    DECIDED = _Row("decided", "◆", "#86B7E0", "#3F6E99", Verdict.UNFINISHED, 2)
    ANNOUNCED = _Row("announced", "◇", "#C4DAF0", "#2A4A68", Verdict.UNFINISHED, 1)
    STALLED = _Row("stalled", "‖", "#D98E04", "#F0B040", Verdict.UNFINISHED, -1, stopped=True)
    ABANDONED = _Row(
        "abandoned", "✕", "#A8281F", "#E5675C", Verdict.BROKEN, -3, stopped=True, final=True
    )
    NOT_STARTED = _Row("not_started", "□", "#CBBFA8", "#6B6252", Verdict.UNFINISHED, -2)
    NO_EVIDENCE = _Row(
        "no_evidence", "?", "#8C8C8C", "#9A9A9A", Verdict.NOT_ESTABLISHED, needs_evidence=False
    )
    NOT_ASSESSED = _Row("not_assessed", "○", "#DADADA", "#4A4A4A", Verdict.NOT_ESTABLISHED)
    NOT_APPLICABLE = _Row(
        "not_applicable",
        "–",
        "#F4F6F8",
        "#1A2126",
        Verdict.NOT_APPLICABLE,
        final=True,
        needs_evidence=False,
    )

    def __new__(cls, row: _Row):
        status = str.__new__(cls, row.code)
        status._value_, status.sign, status.colours = row.code, row.sign, (row.light, row.dark)
        status.verdict, status.step = row.verdict, row.step
        status.stopped, status.final = row.stopped, row.final
        status.needs_evidence = row.needs_evidence
        return status


SIGNS = {status: status.sign for status in Status}
#: What an assessment may say.
WRITABLE = tuple(status for status in Status if status is not Status.NOT_ASSESSED)
#: Statuses that say nothing of the city: nobody looked, or nothing was found.
UNKNOWN = tuple(status for status in Status if status.verdict is Verdict.NOT_ESTABLISHED)
#: Statuses of which a day says when somebody found it so, not when it began.
FOUND = (Status.NOT_STARTED, Status.NO_EVIDENCE)
#: Statuses that may stand without a source.
WITHOUT_EVIDENCE = tuple(status for status in Status if not status.needs_evidence)
#: A percentage of fewer commitments than this, or of those of fewer officials, is not shown: the
#: count is.
FEW = 5
#: What rests on fewer commitments than this is drawn hollow or lighter, never darkest.
THIN = 20
#: Months after which what was last read, and is not final, counts as not known in the upper bound.
HORIZON = 12


def lowers_status(before: Status, after: Status) -> bool:
    """Whether it takes something from an official to go from one status to the other: a step back, or
    the loss of what was established. A first status lowers nothing."""
    return before.step != 0 and after.step < before.step


class Lateness(StrEnum):
    """Whether an implementation came by the due date. Empty before it is due."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"


class UncountedReason(StrEnum):
    """Why an assessment that stands moves no status: when it happened. The first that holds."""

    BEFORE_TERM = "before_term"
    BEFORE_SIGNATURE = "before_signature"
    AFTER_WITHDRAWAL = "after_withdrawal"
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


class SignatoryKind(StrEnum):
    """Who signed. Where nobody said, a person."""

    PERSON = "person"
    LIST = "list"
    PARTY = "party"
    BODY = "body"


class Outcome(StrEnum):
    """What the election gave, for the office that the pact addresses."""

    ELECTED = "elected"
    DEFEATED = "defeated"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """What somebody answered about one measure. No row is no answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    #: They answered, and neither committed nor refused.
    NEITHER = "neither"


#: The answers that commit.
COMMITTING = (Answer.YES, Answer.PARTLY)


class Office(StrEnum):
    """The offices that every pact has; others are a pact's own (`OwnOffice`)."""

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
    RETRACTED = "retracted"
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
    THEME = "theme"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    REGION = "region"
    SIZE = "size"
    OFFICE = "office"


#: By the name that addresses and commands give it: one of these, or one within another.
GROUPINGS: dict[str, tuple[GroupBy, ...]] = {
    ",".join(keys): keys for count in (1, 2) for keys in permutations(GroupBy, count)
}


class AreaCodes(StrEnum):
    """Whose codes the places of a pact have: those of French communes among others, or its own alone."""

    INSEE = "insee"
    OWN = "own"
