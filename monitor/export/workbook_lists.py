"""What the cells of a workbook to fill in are chosen from, on a hidden sheet of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from monitor import areas
from monitor.export.example_rows import title_of_office
from monitor.i18n import LANGUAGES, Choice, text
from monitor.intake.part_names import title_of_sheet
from monitor.intake.titles import TITLED
from monitor.models import AreaCodes, Office
from monitor.schema import FIELDS, Field, Type

#: Rows for which lists are offered.
LISTED_ROWS = 2_000


class WorkbookLists:
    """The hidden sheet of what cells are chosen from."""

    def __init__(
        self,
        book: Workbook,
        lang: str,
        keys: Mapping[str, object],
        offices: Sequence[Mapping],
        own_areas: bool,
    ):
        self._book, self._lang = book, lang
        self._offices, self._own_areas = offices, own_areas
        self._has_communes = keys.get("areas") != AreaCodes.OWN
        #: Which words fit the places.
        self.words = {"areas": Choice(own_areas)}
        active = book.active
        assert isinstance(active, Worksheet)
        self._sheet = active
        self._sheet.title = title_of_sheet("lists", lang)
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[str, str] = {}

    def put_last(self) -> None:
        self._book.move_sheet(self._sheet, offset=len(self._book.sheetnames))
        self._book.active = 0

    def range_for(self, content: str, column: str, field: Field | None) -> str | None:
        """Where the words stand that a column may hold; None where any may."""
        kind = field.type if field else None
        if (content == "pact" and column == "fictional") or (content, column) == (
            "offices",
            "binding",
        ):
            return self._range(
                "yes_no", lambda: [text(f"example.{w}", self._lang) for w in ("yes", "no")]
            )
        if kind is Type.CODE and field:
            return self._range(f"{content}.{column}", lambda: self._words(column, field.codes))
        if kind is Type.OFFICE:
            return self._range("offices", self.office_words)
        if kind is Type.COMMUNE:
            if self._own_areas:
                return self._of_sheet("areas", "name")
            return self._range("communes", commune_labels)
        if kind is Type.SIGNATORY:
            return self._of_sheet("signatories", "name")
        return self._of_sheet("measures", "id") if kind is Type.MEASURE else None

    def _words(self, column: str, codes: Sequence[str]) -> list[str]:
        return [text(f"{column}.{code}", self._lang) for code in codes]

    def office_words(self) -> list[str]:
        """The offices of the pact, and those of communes where its places may be such."""
        own = [title_of_office(one, self._lang) for one in self._offices]
        every = self._has_communes or not own
        return [*own, *(self._words("office", list(Office)) if every else ())]

    def _range(self, name: str, words: Callable[[], Sequence[str]]) -> str:
        if name not in self._ranges:
            column = len(self._ranges) + 1
            found = words()
            for row, word in enumerate(found, start=1):
                self._sheet.cell(row, column, word)
            letter = get_column_letter(column)
            self._ranges[name] = _reference(self._sheet.title, letter, 1, len(found))
        return self._ranges[name]

    def _of_sheet(self, content: str, column: str) -> str | None:
        """The column of another sheet, if the workbook has that."""
        title = title_of_sheet(content, self._lang)
        place = columns_of(content, self._lang).index(column) + 1
        if title not in self._book.sheetnames:
            return None
        return _reference(title, get_column_letter(place), 2, LISTED_ROWS)


def _reference(title: str, letter: str, first: int, last: int) -> str:
    return f"{quote_sheetname(title)}!${letter}${first}:${letter}${last}"


@cache
def commune_labels() -> tuple[str, ...]:
    """Every commune, and arrondissement of one, as a person chooses it, « Saint-Denis (93) », in the
    order of the alphabet."""
    known = areas.sort_areas(areas.insee_areas())
    pairs = zip(known["name"], known["department_code"], strict=True)
    return tuple(areas.with_department(name, code) for name, code in pairs)


def columns_of(content: str, lang: str) -> list[str]:
    """The columns of a sheet, in its order: those of other languages, and the ids that the program can
    fill by itself, come last."""
    filled = [
        one.name
        for one in FIELDS
        if one.file == content and one.filled and one.key and content != "areas"
    ]
    other = tuple(f"_{one}" for one in LANGUAGES if one != lang)
    return sorted(
        TITLED[content],
        key=lambda name: (name in filled, any(mark in name for mark in other)),
    )
