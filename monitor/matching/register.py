"""A state of the register of mayors, as the ministry of the Interior publishes it (Répertoire national
des élus) and as associations pass it on: who held the office in which commune that day.

Dates of birth stand in some of these files; they are not read.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from monitor import areas
from monitor.dates import date_interval
from monitor.errors import InvalidValue
from monitor.intake import Table
from monitor.intake.days import Order, day_of, order_of
from monitor.intake.unreadable import Unreadable

#: Where the ministry of the Interior publishes the register.
SOURCE = "https://www.data.gouv.fr/datasets/repertoire-national-des-elus-1"
#: What is read, by the headers that files have for it, without accents and capitals.
_HEADERS = {
    "commune": ("insee", "code insee", "code de la commune", "code commune", "commune code"),
    "family": ("nom", "nom de l elu", "nom elu", "nom du maire"),
    "given": ("prenom", "prenom de l elu", "prenom elu", "prenom du maire"),
    "sex": ("sexe", "code sexe", "civilite"),
    "term_started_on": ("date debut mandat", "date de debut du mandat"),
    "started_on": ("date debut fonction", "date de debut de la fonction"),
    "office": ("fonction", "libelle fonction", "libelle de la fonction", "fonction de l elu"),
}
#: By which a file that says what office each holds tells a mayor, and those who are none: their
#: deputies, the mayors of a part of a commune or of another time.
_MAYOR = {"maire", "mairesse"}
_NO_MAYOR = re.compile(r"adj|deleg|arrondissement|honoraire|ancien|annexe|conseil|aupres")
#: A register of mayors names one a commune; where a file names so many on average, they are councillors.
_MANY = 2
_NEEDED = ("commune", "family", "given")
_DATES = ("term_started_on", "started_on")
_WOMEN = ("f", "mme", "mlle", "madame")
#: 0018-03-12, typed for 2018.
_SHORT_YEAR = re.compile(r"00(?=\d\d-)")
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
#: How often it is told how many lines were read.
TOLD = 1_000
#: Days of a month that are months as well.
_MONTHS = 12


class Person(NamedTuple):
    """A line of a register."""

    line: int
    #: INSEE code of today, and as the file writes it.
    commune: str
    code: str
    family: str
    given: str
    #: None where the file does not say.
    woman: bool | None
    #: Beginning of the term of the council, and of the present interval in office, which is not always
    #: the first; None where the file does not say, or says what cannot be.
    term_started_on: date | None
    started_on: date | None
    #: Whether somebody else holds the same office in the same file: one of the two is out of date.
    disputed: bool = False

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def key(self) -> str:
        """The same for the same name in every state; it does not give the name away."""
        return sha256(areas.search_key(self.name).encode()).hexdigest()


class Fault(NamedTuple):
    """What a line of a register says that cannot be: `register_fault.<code>`, what was made of it."""

    line: int
    code: str
    value: str


@dataclass(frozen=True)
class Register:
    """The state of a register on one day: `by_commune`, by INSEE code of today, several where communes
    have merged since; the faults that were found in it."""

    name: str
    day: date
    by_commune: dict[str, tuple[Person, ...]]
    faults: tuple[Fault, ...]


def day_in_name(name: str) -> date | None:
    """The day of a state that the name of its file says; the last of the month of a month."""
    if not (found := _DAY_IN_NAME.search(name)):
        return None
    try:
        return date_interval("-".join(filter(None, found.groups())))[1]
    except InvalidValue:
        return None


def read_register(
    file,
    name: str,
    day: date,
    communes: Collection[str] | None = None,
    progress: Callable[[int], None] = lambda lines: None,
) -> Register:
    """The state of that day, from a CSV file or a workbook; of these communes, by INSEE code of today,
    if they are given. `progress` is told how many lines were read.

    Of a file that says what office each holds, the mayors are read alone. Raises Unreadable: what no
    table is, one without the columns of a register (`register_without`, columns: those that no header
    stands for), or without a mayor (`register_no_mayor`), or one that names several people a commune
    and not their office (`register_of_councils`).
    """
    cells = iter(Table.of(file))
    first, _, header = next(cells)
    places = _places(header, first)
    rows = []
    for line, _, row in cells:
        if any(row) and _is_mayor(found := _row(places, row), places):
            rows.append((line, found))
        if line % TOLD == 0:
            progress(line)
    if "office" in places and not rows:
        raise Unreadable("register_no_mayor", first)
    if len(rows) > _MANY * len({_code(row) for _, row in rows}):
        raise Unreadable("register_of_councils", first)
    orders = {
        column: order_of(row[column] for _, row in rows if row.get(column)) for column in _DATES
    }
    faults: list[Fault] = []
    people = [
        _person(line, row, orders, day, faults)
        for line, row in rows
        if communes is None or _code_of_today(row) in communes
    ]
    return Register(name, day, _grouped(people, faults), tuple(faults))


def _places(header: Sequence[str], line: int) -> dict[str, int]:
    keys = [areas.search_key(title.replace("_", " ")) for title in header]
    found = {
        column: place
        for column, names in _HEADERS.items()
        for place, key in enumerate(keys)
        if key in names
    }
    if missing := [_HEADERS[column][1] for column in _NEEDED if column not in found]:
        raise Unreadable("register_without", line, columns=", ".join(missing))
    return found


def _row(places: dict[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {column: cells[place].strip() for column, place in places.items() if place < len(cells)}


def _is_mayor(row: dict[str, str], places: dict[str, int]) -> bool:
    """Whether a row is of a mayor, by the office that it names; of a file that names none, it is."""
    if "office" not in places:
        return True
    office = areas.search_key(row.get("office", ""))
    return not _MAYOR.isdisjoint(office.split()) and not _NO_MAYOR.search(office)


def _code_of_today(row: dict[str, str]) -> str:
    code = _code(row)
    return areas.retired_codes().get(code, code)


def _code(row: dict[str, str]) -> str:
    return row["commune"].upper().zfill(5)


def _person(
    line: int, row: dict[str, str], orders: dict[str, Order], day: date, faults: list[Fault]
) -> Person:
    sex = areas.search_key(row.get("sex", ""))
    term_started_on, started_on = (
        _day(line, row.get(column, ""), orders[column], day, faults) for column in _DATES
    )
    if term_started_on and started_on and started_on < term_started_on:
        faults.append(Fault(line, "before_council", row["started_on"]))
        started_on = None
    return Person(
        line,
        _code_of_today(row),
        _code(row),
        row["family"],
        row["given"],
        sex in _WOMEN if sex else None,
        term_started_on,
        started_on,
    )


def _day(line: int, value: str, order: Order, state: date, faults: list[Fault]) -> date | None:
    """A day as the register means it: a year typed as 0018 is 2018; a day after that of the state has
    its day and its month in each other's place, where it can."""
    if not value:
        return None
    try:
        first, last = date_interval(day_of(_SHORT_YEAR.sub("20", value), order))
    except InvalidValue:
        faults.append(Fault(line, "no_day", value))
        return None
    if first != last:
        faults.append(Fault(line, "no_day", value))
        return None
    if value.startswith("00"):
        faults.append(Fault(line, "short_year", value))
    if first <= state:
        return first
    if (
        first.day <= _MONTHS
        and (turned := first.replace(month=first.day, day=first.month)) <= state
    ):
        faults.append(Fault(line, "turned_day", value))
        return turned
    faults.append(Fault(line, "day_to_come", value))
    return None


def _grouped(people: Iterable[Person], faults: list[Fault]) -> dict[str, tuple[Person, ...]]:
    """The people by commune. One who stands there twice is one, with the later of the two days; of two
    people in one office both are disputed."""
    offices: dict[str, dict[tuple[str, str], Person]] = {}
    for person in people:
        holders = offices.setdefault(person.code, {})
        name = (areas.search_key(person.family), areas.search_key(person.given))
        if before := holders.get(name):
            faults.append(Fault(person.line, "twice", person.name))
            started = max(filter(None, (before.started_on, person.started_on)), default=None)
            person = before._replace(started_on=started)
        holders[name] = person
    found: dict[str, list[Person]] = {}
    for holders in offices.values():
        disputed = len(holders) > 1
        for person in holders.values():
            if disputed:
                faults.append(Fault(person.line, "two_holders", person.name))
            found.setdefault(person.commune, []).append(person._replace(disputed=disputed))
    return {code: tuple(holders) for code, holders in found.items()}
