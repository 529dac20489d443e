"""The tables of a pact that is brought: where their titles stand, which of their columns are ours, and
what else is put right of them on the page before they are read."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st

from monitor import intake
from monitor.commands import Report
from monitor.findings import RowError
from monitor.i18n import plural
from monitor.intake import Mending, mark_key
from monitor.intake.alike import group_alike
from monitor.intake.marks import MARKED
from monitor.intake.mending import MendedCells
from monitor.intake.pact_tables import assemble_pact
from monitor.intake.request_rows import complete_parts
from monitor.intake.whole_table import name_whole_table
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.schema import FILES
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import (
    answer_marks,
    cell_mending,
    column_match,
    column_questions,
    doubt_lists,
    pact_consents,
    part_contents,
    title_place,
)
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.column_match import ColumnMatch
from monitor.ui.team.refused_titles import refuse_titles

#: Refused cells shown of one part.
SHOWN = 50
#: Refusals of marks whose sentence says no more than the question does.
_OF_MARKS = ("unknown_code", "unknown_status")
Files = Sequence[tuple[str, bytes]]
#: (files, their parts) and (what the pact is made of, the pact) of this session.
_PARTS, _PACT = "_pact_parts", "_pact_assembled"


class PartTable(NamedTuple):
    """A part of a pact: its name, the table that it is, under what its mended cells are kept, and how it
    is read, with the line where its titles stand."""

    name: str
    brought: BroughtTable
    purpose: str
    read: Mending

    @property
    def has_titles(self) -> bool:
        """Whether its columns have titles: the keys of a pact have none."""
        return self.brought.content != "pact"


class BroughtPact(NamedTuple):
    """The files of a pact. By the names of the parts: their tables, and how those are put right. `pact`:
    what it would be, None where that cannot be read yet."""

    tables: Mapping[str, PartTable]
    mended: Mapping[str, Mending]
    pact: Pact | None


def read_brought_pact(files: Files) -> BroughtPact:
    """The parts of a pact, as far as somebody has said how they are to be read."""
    tables: dict[str, PartTable] = {}
    contents = part_contents.held_contents(files)
    mended = {name: Mending(content=content) for name, content in contents.items()}
    pact = None
    for part in _parts_of(files, contents).parts:  # those that make the pact come first
        if part.content in FILES and pact is None:
            pact = _assemble(files, mended)
        data = _data_of(files, part)
        brought = BroughtTable("", pact, part.content, data, part.sheet)
        purpose = cell_mending.purpose_of("", "pact", data, part.name)
        found = read = Mending(cells=cell_mending.held_cells(purpose))
        if part.content != "pact":
            titled = title_place.find_title_place(brought)
            found = mend_table(brought, titled, found.cells)
            read = replace(found, first=titled[0].first)
        tables[part.name] = PartTable(part.name, brought, purpose, read)
        found = replace(found, content=contents.get(part.name))
        if found != Mending():
            mended[part.name] = found
    return BroughtPact(tables, mended, pact or _assemble(files, mended))


def mend_table(
    brought: BroughtTable, titled: tuple[Mending, Mending], cells: MendedCells
) -> Mending:
    """How a table is put right, as far as somebody has said it. `titled`: where its titles are, as
    `find_title_place` has it; `cells`: those that were written anew."""
    place, confirmed = titled
    match = column_match.match_columns(brought, place)
    found = replace(match.mending if match else Mending(), cells=cells)
    # What columns are was said of the titles that were shown.
    shown = place if found.columns else confirmed
    return replace(found, sheet=place.sheet, first=shown.first)


def name_table(tables: Mapping[str, PartTable], report: Report) -> str:
    """The name of the table in which the rows stand that a report is about: its own, or that of which
    they are a part, such as answers beside signatories; "" if it is none of these."""
    name = report.file_name
    if name in tables:
        return name
    return max((one for one in tables if name.startswith(f"{one} · ")), key=len, default="")


def _match_part(
    table: PartTable, report: Report, answers_under: Sequence[int], errors: Sequence[RowError]
) -> ColumnMatch | None:
    """What the columns of the table of a part are taken for; None where it has none. `answers_under`:
    those that hold answers; `errors`: all that is refused of the table, whatever it is read as."""
    if not table.has_titles:
        return None
    brought = replace(table.brought, answers_under=answers_under)
    place, _ = title_place.find_title_place(brought)
    found = column_match.match_columns(brought, place)
    if found is None or report.file_name != table.name:
        return found
    return refuse_titles(found, errors, place, table.read)


def _unasked_errors(report: Report, table: PartTable, found: ColumnMatch | None) -> list[RowError]:
    """What is refused of a part, without what its questions of columns and marks say as well."""
    if found is None:
        return report.errors
    marks: Collection[str] = ()
    if report.content in MARKED:
        faults = cell_mending.list_faults(report)
        marks = answer_marks.asked_marks(found, report.content, faults, report.doubts)
    is_asked = report.file_name == table.name

    def is_said(one: RowError) -> bool:
        if one.code == "unknown_column":  # of which nothing more is known
            return is_asked and "belongs" not in dict(one.values)
        return one.code in _OF_MARKS and mark_key(one.value) in marks

    return [one for one in report.errors if not is_said(one)]


def show_part(
    report: Report,
    table: PartTable | None,
    answers_under: Sequence[int],
    errors: Sequence[RowError],
    *,
    is_checked: bool = True,
) -> None:
    """One file or sheet: its counts, what is refused and doubted of it, and what was mended.
    `answers_under`: the columns of its table that hold answers; `errors`: all that is refused there;
    `is_checked`: False where more may be once what comes before it is taken."""
    lang = language()
    counts = " · ".join(
        plural(f"row_outcome.{outcome}", report.outcomes[outcome], lang)
        for outcome in RowOutcome
        if report.outcomes[outcome]
    )
    counts = counts or t("import.nothing" if report.content in FILES else "new_pact.read")
    if not is_checked:
        counts += f" · {t('new_pact.unchecked')}"
    st.markdown(f"**{md(report.file_name)}** · {counts}")
    found, unasked = None, report.errors
    if table is not None:
        found = _match_part(table, report, answers_under, errors)
        unasked = _unasked_errors(report, table, found)
    if unasked:
        alike = group_alike(unasked)[:SHOWN]
        sentences = [
            doubt_lists.tell_alike(one, some, lang, report.content) for one, *some in alike
        ]
        st.error("\n".join(f"- {one}" for one in sentences))
        told = len(report.errors) - len(unasked) + sum(map(len, alike))
        if (more := report.refused_cells - told) > 0:
            st.caption(plural("import.more", more, lang))
    if table is None:
        if report.mended:
            cell_mending.show_mended_cells(report.content, report.mended, report.file_name)
    else:
        if found and report.file_name == table.name:
            _show_columns(found, report)
        if found and report.content in MARKED:
            faults = cell_mending.list_faults(report)
            answer_marks.show_marks(found, report.content, faults, report.doubts)
        cell_mending.show_mended(table.purpose, report.content, report.mended)
        cell_mending.show_editor(table.purpose, report.content, cell_mending.list_faults(report))
    # What the page asks a yes to is not doubted as well.
    doubts = [one for one in report.doubts if table is None or not pact_consents.is_asked(one)]
    asked = len(report.doubts) - len(doubts)
    doubt_lists.show_doubts(doubts, report.doubt_count - asked, lang, report.content)


def _show_columns(found: ColumnMatch, report: Report) -> None:
    """Ask where the titles of a table stand and what its columns are, folded where all are known."""
    brought = found.asked.brought
    # In a place of its own: under another label, what unfolds is made anew, and loses the focus.
    place = st.empty()
    if found.unknown:
        unknown = plural("import.columns_unknown", len(found.unknown), language())
        place.markdown(f":material/view_column: **{unknown}**")
    is_unread = any(error.code in cell_mending.OF_HEADER for error in report.errors)
    column_questions.tell_same(found)
    with figures.fold_part(
        t("new_pact.titles"), f"{brought.key}_match", opened=is_unread or bool(found.signing)
    ) as wanted:
        if wanted:
            title_place.ask_title_place(brought)
            column_questions.ask_columns(found)


def show_said(files: Files, mended: Mapping[str, Mending]) -> None:
    """How the parts were put right, single cells apart, for the person who decides about them."""
    contents = {name: one.content for name, one in mended.items() if one.content is not None}
    tables = {part.name: part for part in _parts_of(files, contents).parts}
    lines: list[str] = []
    for name, mending in mended.items():
        if mending.content is not None and name not in tables:  # not read, or of who was elected
            said = part_contents.content_in_words(mending.content)
            lines.append(f"- {md(name)} · {said}")
        own = (mending.columns, mending.same, mending.first, mending.content, mending.marks)
        if name not in tables or not any(own):
            continue
        part = tables[name]
        brought = BroughtTable("", None, part.content, _data_of(files, part), part.sheet)
        words = column_match.match_in_words(brought, mending)
        if mending.content:
            words = [part_contents.content_in_words(mending.content), *words]
        words += answer_marks.marks_in_words(part.content, mending.marks)
        lines.append(f"- {md(name)} · {' · '.join(words)}")
    if lines:
        st.markdown("\n".join([t("new_pact.said"), "", *lines]))


def _data_of(files: Files, part: intake.Part) -> bytes:
    """The file that a part is, or is a sheet of."""
    return next(
        data for name, data in files if part.name == name or part.name.startswith(f"{name} · ")
    )


def _parts_of(files: Files, contents: Mapping[str, str]) -> intake.Parts:
    """The parts of the files; `contents`: what somebody said that some of them hold."""
    held, asked = st.session_state.get(_PARTS), (list(files), {**contents})
    if held is None or held[0] != asked:
        parts = intake.sort_parts(((name, io.BytesIO(data)) for name, data in files), contents)
        parts = name_whole_table(parts, datetime.now(UTC).date())
        held = st.session_state[_PARTS] = (asked, parts)
    return held[1]


def _assemble(files: Files, mended: Mapping[str, Mending]) -> Pact | None:
    """The pact that its own parts make, put right so."""
    asked = (list(files), {**mended})
    held = st.session_state.get(_PACT)
    if held is None or held[0] != asked:
        parts = intake.Parts.of_files(files, mended)
        today = datetime.now(UTC).date()
        found = assemble_pact(complete_parts(parts, today).parts, today)
        held = st.session_state[_PACT] = (asked, found.pact)
    return held[1]
