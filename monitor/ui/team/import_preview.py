"""What would become of a file: a dry run of its load, with what was mended of it on the page."""

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from monitor import commands, intake
from monitor.errors import MonitorError
from monitor.findings import Change, Doubt, RowError
from monitor.i18n import plural, public_sentence
from monitor.intake import MendedCell, Mending
from monitor.models import RowOutcome
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import cell_mending, doubt_lists
from monitor.ui.team.cell_mending import OF_HEADER, Fault

#: Rows shown of each outcome; the counts are those of the whole file.
SHOWN = 200
#: Faults of a header that are said of several columns at once.
OF_COLUMNS = ("unknown_column", "missing_column")


@dataclass
class Preview:
    """What would become of a file, row by row."""

    name: str
    content: str
    pact_id: str
    data: bytes
    newer: bool
    strict: bool
    mending: Mending
    outcomes: Counter = field(default_factory=Counter)
    rows: dict[RowOutcome, list[tuple]] = field(default_factory=dict)
    rejects: str = ""
    rejects_kept: int = 0
    unread: bool = False
    left_out: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    doubt_count: int = 0
    changes: tuple[Change, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    mended: tuple[MendedCell, ...] = ()

    @property
    def asked(self) -> tuple:
        """What it is a preview of."""
        file = (self.name, self.content, self.pact_id, self.data)
        return (*file, self.newer, self.strict, self.mending)

    @property
    def refused(self) -> int:
        """How many rows are refused, whyever."""
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    def keep(self, line: int, outcome: RowOutcome, cells, errors) -> None:
        """Keep what became of a row; of the first ones also its cells, or why they are refused."""
        rows = self.rows.setdefault(outcome, [])
        if len(rows) < SHOWN:
            # What was refused is told, and not shown: its cells may be of any length.
            shown = () if errors else tuple(cell or "" for cell in cells)
            rows.append((line, shown, tuple(errors)))
            if outcome is RowOutcome.REJECTED:
                self.faults += cell_mending.find_faults(self.content, line, cells, errors)

    @property
    def errors(self) -> list[RowError]:
        """What is refused of the rows that are shown, or of the titles."""
        return [error for rows in self.rows.values() for _, _, found in rows for error in found]

    @property
    def unmatched(self) -> bool:
        """Whether the file was read no further than its titles: the page asks what they are."""
        return self.unread and all(error.code in OF_HEADER for error in self.errors)

    @property
    def purpose(self) -> str:
        return cell_mending.purpose_of(self.pact_id, self.content, self.data, self.mending.sheet)

    def open_table(self) -> intake.Table:
        """The file as it was mended."""
        return intake.MendedTable(io.BytesIO(self.data), self.content, self.mending)


def read_preview(found: Preview, give_up: Callable[[], None]) -> Preview | None:
    """Fill a preview by a dry run of the load itself, with its progress; None where it cannot be made,
    which is said. `give_up`: called where the reader stops it."""
    table, rejects = found.open_table(), io.StringIO()
    try:
        with doubt_lists.reading_progress(table.length - 1, give_up) as progress:
            report = commands.load(
                current_log.store(),
                found.content,
                table,
                pact_id=found.pact_id,
                name=found.name,
                dry_run=True,
                rejects=rejects,
                for_page=True,
                lang=language(),
                who=viewer.presented_bearer(),
                on_row=found.keep,
                newer=found.newer,
                strict=found.strict,
                progress=progress,
            )
    except MonitorError as error:
        st.error(md(public_sentence(error, language())))
        return None
    found.outcomes, found.rejects_kept = report.outcomes, report.rejects
    found.rejects = rejects.getvalue()
    found.unread, found.left_out = report.unread, tuple(report.left_out)
    found.doubts, found.doubt_count = tuple(report.doubts), report.doubt_count
    found.changes, found.mended = tuple(report.changes), tuple(report.mended)
    return found


def show_confirm(key: str, new: int, confirm: Callable[..., None], held: object, then: str) -> None:
    """The button that loads `new` rows of a preview that is `held`; `then`: the message on what comes
    after."""
    buttons.button(
        plural("import.confirm", new, language()),
        key=key,
        type="primary",
        on_click=confirm,
        args=(held,),
        icon=":material/check:",
    )
    st.caption(t(then))
