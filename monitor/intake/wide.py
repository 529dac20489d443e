"""A table of answers as people keep it, one row a person and one column a measure, or the reverse, read
as one row an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from monitor.findings import Doubt
from monitor.i18n import text
from monitor.intake.cells import abbreviate_cell, is_filled
from monitor.intake.columns import LEFT_OUT
from monitor.intake.marks import AnswerMarks, is_silence
from monitor.intake.rows import Row
from monitor.intake.rules import Rules
from monitor.intake.titles import column_of

#: What is said once of all answers of a row.
_SHARED = ("answered_on", "comment", "source_url")


class Checker(Protocol):
    """Who checks rows, one after the other."""

    def check(self, line: int, cells: list[str], number: int | None = None) -> Row: ...

    def check_filled(self, line: int, cells: list[str], number: int | None = None) -> Row: ...


@dataclass(frozen=True)
class AnswersAcross:
    """A table of answers with a column for each of several measures, or of several signatories.
    `titles`: of all its columns. `places`: of those that hold answers. `named`: the column of
    answers.csv that their titles say. `of_all`: what stands before a comment on a whole row."""

    titles: Sequence[str]
    places: Sequence[int]
    named: str
    of_all: str

    @property
    def header(self) -> list[str]:
        """The titles of the cells of each answer: those of its row, what its column is about, and the
        answer itself."""
        titles = [LEFT_OUT if n in self.places else title for n, title in enumerate(self.titles)]
        return [*titles, self.named, "answer"]

    @property
    def doubts(self) -> list[Doubt]:
        """What stands once in a row, and is kept with each of its answers."""
        return [
            Doubt(None, name, "", "shared_by_answers") for name in _SHARED if name in self._meant
        ]

    @cached_property
    def _meant(self) -> list[str | None]:
        return [column_of("answers", title) for title in self.titles]

    def check(
        self,
        checker: Checker,
        line: int,
        cells: list[str],
        number: int | None,
        marks: AnswerMarks,
    ) -> Iterator[Row]:
        """A row for each answer that stands in one of the table. A cell that is empty, or says that
        there is none, is no answer, but where `marks` say otherwise. What the whole row says is told
        with the first."""
        width = len(self.titles)
        if len(cells) < width or is_filled(cells[width:]):
            yield checker.check(line, cells, number)
            return
        common = [
            self.of_all + cell if meant == "comment" and cell.strip() else cell
            for meant, cell in zip(self._meant, cells, strict=False)
        ]
        is_told = False
        for place in self.places:
            answer = marks.read(cells[place])
            if not is_silence(answer):
                own = [*common, self.titles[place], answer]
                row = checker.check_filled(line, own, number)
                yield self._place(row, abbreviate_cell(self.titles[place]), is_told)
                is_told = True

    def _place(self, row: Row, title: str, is_told: bool) -> Row:
        """The row of an answer, what is wrong of which is said of its column in the table."""
        row.heading = title
        if row.errors:
            of_row = [error for error in row.errors if error.column not in (self.named, "answer")]
            own = [replace(error, column=title) for error in row.errors if error not in of_row]
            row.errors = (*of_row, *own)
            row.told = len(of_row) if is_told else 0
        elif row.doubts and is_told:
            row.doubts = tuple(one for one in row.doubts if one.column in (self.named, "answer"))
        return row


def find_answers_across(titles: Sequence[str], rules: Rules) -> AnswersAcross | None:
    """What a file with these titles is if it is a table of answers that has no column of them, and one
    for each of several measures, or of several signatories; None for any other."""
    if rules.kind != "answers":
        return None
    meant = [column_of("answers", title) for title in titles]
    if "answer" in meant:
        return None
    named, is_named = (
        ("measure", lambda title: rules.measures_of_pact.read(title) is not None)
        if "measure" not in meant
        else ("signatory_id", rules.names_signatory)
    )
    if named in meant:
        return None
    places = [n for n, title in enumerate(titles) if title and not meant[n] and is_named(title)]
    of_all = f"[{text('intake.of_all_answers', rules.context.language)}] "
    return AnswersAcross(titles, places, named, of_all) if places else None
