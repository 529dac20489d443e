"""What became of a pact that was loaded with all that goes with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.commands.report import Report
from monitor.findings import RowError
from monitor.intake.mending import find_titles
from monitor.intake.parts import Part
from monitor.intake.signing_columns import SAYS_WHO_SIGNED
from monitor.models import RowOutcome

#: Why a column is refused of which somebody may say what it is.
TITLES_TO_SAY = ("unknown_column", "near_title", "same_column", SAYS_WHO_SIGNED)


@dataclass
class WholeReport:
    """What became of a pact and of what goes with it: a report of each part that was read, in the order
    in which they are loaded. `left_out`: files and sheets that hold something and are no part.
    `unchecked`: the parts that could not be checked whole because what they name was refused.
    `shared_titles`: those that are refused in a part and stand in another one too. `loaded`: the log
    now holds all of it."""

    reports: list[Report] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    shared_titles: frozenset[str] = frozenset()
    loaded: bool = False

    @property
    def about(self) -> set[str]:
        """The signatories, and the ids of entries, that its rows name which can be taken."""
        return set().union(*(report.about for report in self.reports))

    @property
    def pact_id(self) -> str | None:
        """The pact that it is about, None as long as no part says so."""
        return next((report.pact_id for report in self.reports if report.pact_id), None)

    @property
    def remains_out(self) -> bool:
        """Whether a person must look at it before all of it is loaded."""
        return any(report.remains_out for report in self.reports)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was refused, or could not be read."""
        return not self.remains_out and not any(report.unread for report in self.reports)

    @property
    def lacks_promises_alone(self) -> bool:
        """Whether nothing of it is refused but facts about what nobody promised. Where answers are
        refused, what was promised is not known."""
        refused = (report for report in self.reports if report.refused)
        return not self.unchecked and all(map(_lacks_promises, refused))

    def refuse(self, name: str, errors: Iterable[RowError], content: str = "") -> None:
        """Report a part that cannot be read at all."""
        report = Report(content, name, None, unread=True)
        report.refuse(RowOutcome.REJECTED, errors)
        self.reports.append(report)


def _lacks_promises(report: Report) -> bool:
    facts = [one for one in report.unpromised if not one.is_left]
    return not report.unread and report.refused == len(facts)


def find_shared_titles(reports: Iterable[Report], parts: Sequence[Part]) -> frozenset[str]:
    """The titles that are refused in a part and stand in another one too."""
    refused = {
        (report.file_name, error.column)
        for report in reports
        for error in report.errors
        if error.code in TITLES_TO_SAY
    }
    return frozenset(
        title
        for name, title in refused
        for part in parts
        if part.name != name and find_titles([part.open_table()], [title])
    )
