"""A row of a file once it is checked, and what it is checked against."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from monitor.findings import Doubt, RowError
from monitor.i18n import LANGUAGES
from monitor.intake.people import Person
from monitor.schema import Values


@dataclass(frozen=True)
class Context:
    """What cells are checked against. `areas`: index = code, columns of `areas.communes`. `titles`: of
    each measure, by its id. `offices`: those of the pact's own, code -> titles.

    `retired`: retired INSEE code -> the code that replaced it. Dates are facts until `today`.
    """

    today: date
    signatories: Collection[str] = ()
    measures: Collection[str] = ()
    titles: Mapping[str, Collection[str]] = field(default_factory=dict)
    areas: pd.DataFrame | None = None
    retired: Mapping[str, str] = field(default_factory=dict)
    #: Whether the places are the pact's own, and no communes.
    own_places: bool = False
    #: The signatories as people call them: asked for where a file does not use their ids.
    people: Callable[[], Iterable[Person]] = tuple
    #: The secret from which ids are made for signatories who have none.
    id_key: bytes = b""
    #: That of the pact, as far as the interface speaks it.
    language: str = LANGUAGES[0]
    election_on: date | None = None
    offices: Mapping[str, Collection[str]] = field(default_factory=dict)
    binding_offices: Collection[str] = ()
    #: By the codes of their places, who was elected there and is no signatory.
    others_elected: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    """One row. `values`: as its shape has them, None = empty, dates in EDTF; `()` when the row has not
    the cells of the header. `absent`: the places of the columns that the file does not have.
    `raw`: the cells as they were given, kept where there are errors or absent columns, and `surplus`
    those that no column has. `row`: its number in a spreadsheet, which is not `line` where cells hold
    line breaks. `unreadable`: `errors` ends the reading of the file. `doubts`: what is odd of a row that
    can be taken. `reported`: how many of `errors`, the first, were reported of an earlier row that has
    the same cells. `heading`: where a table has a column for each of several answers, the title of this
    one. `silenced`: whoever loads it said that what stands there is no answer; `values` only say of whom
    and of what. `repeats`: the line of an earlier row of the same key, of a file in which what is known
    of two days may stand in two rows."""

    line: int
    values: Values
    errors: tuple[RowError, ...] = ()
    raw: tuple[str, ...] | None = None
    surplus: tuple[str, ...] = ()
    row: int | None = None
    unreadable: bool = False
    absent: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    reported: int = 0
    heading: str = ""
    silenced: bool = False
    repeats: int = 0
