"""Dates as people, forms and spreadsheets write them, to EDTF.

A cell whose day and month could be read both ways follows the other cells of its column; where those
say nothing, the form that French files have, the day first.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from monitor import dates
from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, LOCALES

#: Years before and after an election in which the facts of its pact happen.
YEARS_BEFORE, YEARS_AFTER = 3, 12
_YEAR_ALONE = 4
#: No date is longer than this, with its weekday, its time and its zone.
_LONGEST = 80
_TIME = re.compile(
    r"(?P<day>.*[^\s,])(?:t|,? (?:a |at |- )?)(?P<hour>[0-9]{1,2}) ?[:h] ?(?P<minute>[0-9]{2})?"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?(?P<half>[ap]\.?m\.?))?"
    r"(?: ?(?:z|utc|gmt|cet|cest)?(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?(?: \([^()]*\))?"
)
_WHOLE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")
_PARTS = re.compile(r"[ \-/.,]+")
_BEFORE_TIME = re.compile(r",? (?:a|at|-)$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_FIRST_DOTS = re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2}) ?([-/. ]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2}) ?[-/.] ?([0-9]{4})")
_TWO_DIGITS = re.compile(r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1[0-9]{2}")
_SERIAL = re.compile(r"[2-5][0-9]{4}")
#: Seconds since 1970, in this century, and thousandths of them, as programs keep a moment.
_EPOCH = re.compile(r"([12][0-9]{9})(?:[0-9]{3})?")
#: The year of a text that says no more: « printemps 2025 », « T2 2026 ».
_YEAR = re.compile(r"(?<![^\s(~-])(?:19|20)[0-9]{2}(?![^\s),;?-])")
#: « 1er », "16th".
_ORDINAL = re.compile(r"([0-9]{1,2})(?:er|e|st|nd|rd|th)?")
#: What a spreadsheet shows of a month: févr-16, Feb-16. Its years begin in 1930.
_SHORT_MONTH = re.compile(r"([a-z]+)\.?-([0-9]{2})")
_SPREADSHEET_CENTURY = 30
#: Day 0 of the spreadsheets' calendar, as it is after its 29 February 1900.
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_BEFORE_SECONDS = date(1970, 1, 1)
#: Abbreviations that CLDR does not have.
_MORE_MONTHS = {"fev": 2, "juill": 7, "jul": 7, "sep": 9}
#: A part of a month, which is known to the month: « fin mars 2016 ».
_PARTS_OF_MONTH = ("debut", "mi", "courant", "fin", "early", "mid", "late", "beginning", "end")
#: Words that say nothing of a day.
_FILLERS = ("le", "the", "de", "du", "of", "on")


class Order(Enum):
    """What the other cells of a column say of the order of day and month."""

    UNSAID = "unsaid"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    BOTH = "both"


class Readings(NamedTuple):
    """What a text means in EDTF with the day first, and with the month first; None where that is no
    day. `american`: it looks like the time stamp of a form or a program that may put the month first."""

    day_first: str | None
    month_first: str | None
    american: bool = False

    @property
    def order(self) -> Order:
        if self.day_first is None:
            return Order.MONTH_FIRST
        return Order.DAY_FIRST if self.month_first is None else Order.UNSAID

    @property
    def is_ambiguous(self) -> bool:
        return None not in self[:2] and self.day_first != self.month_first


@lru_cache(maxsize=100_000)
def day_of(text: str, order: Order = Order.UNSAID) -> str:
    """A date as EDTF, in a column whose other cells say `order`; a time of day is dropped.

    Raises InvalidValue with the code of the refusal: `not_a_date`, `no_such_day`,
    `year_out_of_range`, `two_digit_year`, `serial_date` (wanted), `ambiguous_date` (first, last),
    `vague_date` (wanted).
    """
    if dates.EDTF.fullmatch(text):
        dates.date_interval(text)
        return text
    found = readings(text)
    day_first, month_first = found.day_first, found.month_first
    if day_first is None or month_first is None or not found.is_ambiguous:
        if day_first:
            return day_first
        if month_first and order in (Order.MONTH_FIRST, Order.UNSAID):
            return month_first
        raise InvalidValue("no_such_day")
    if order is Order.MONTH_FIRST:
        return month_first
    if order is Order.BOTH or (order is Order.UNSAID and found.american):
        raise InvalidValue("ambiguous_date", first=day_first, last=month_first)
    return day_first


def with_century(text: str, election_on: date | None) -> str | None:
    """A day of which the year has two digits, with the four that it must have in a pact of that
    election: from YEARS_BEFORE it to YEARS_AFTER; None of any other text."""
    if (
        election_on is None
        or len(text) > _LONGEST
        or not (match := _TWO_DIGITS.fullmatch(text.strip()))
    ):
        return None
    year = election_on.year - election_on.year % 100 + int(text.strip()[-2:])
    if (
        match[1] == " "
        or not election_on.year - YEARS_BEFORE <= year <= election_on.year + YEARS_AFTER
    ):
        return None
    return f"{text.strip()[:-2]}{year}"


def day_in_title(title: str) -> str | None:
    """The month, or the day of one, with which the title of a sheet ends: « Suivi mars 2026 ». None
    where it has none; a year alone may be that of the election."""
    words = title.split()
    for count in (3, 2, 1):
        try:
            day = day_of(" ".join(words[-count:]))
        except InvalidValue:
            continue
        if len(day) > _YEAR_ALONE:
            return day
    return None


def order_of(texts: Iterable[str]) -> Order:
    """What the cells of a column say together: those of which only one reading is a day."""
    orders = set()
    for text in texts:
        try:
            orders.add(readings(text).order)
        except InvalidValue:
            continue
    orders.discard(Order.UNSAID)
    return Order.BOTH if len(orders) > 1 else next(iter(orders), Order.UNSAID)


def is_ambiguous(text: str) -> bool:
    """Whether the order of its column decides what a date is."""
    if dates.EDTF.fullmatch(text):
        return False
    try:
        found = readings(text)
    except InvalidValue:
        return False
    return found.is_ambiguous or found.day_first is None


@lru_cache(maxsize=100_000)
def readings(text: str) -> Readings:
    """Both readings of a text that is a date. Raises InvalidValue as `day_of`."""
    if len(text) > _LONGEST:
        raise InvalidValue("not_a_date")
    plain, american = _plain(text), False
    if (time := _TIME.fullmatch(plain)) and _is_time(time):
        plain = _BEFORE_TIME.sub("", time["day"])
        american = time["half"] is not None or re.match(r"[1-9]/|[0-9]+/[1-9]/", plain) is not None
    if match := _YEAR_LAST.fullmatch(plain):
        one, mark, two, year = match.groups()
        return _both(int(one), int(two), year, american, mark in "-/")
    day = _numbers(plain) or _words(plain)
    if day is None:
        raise _refused(plain)
    dates.date_interval(day)
    return Readings(day, day)


def _plain(text: str) -> str:
    """Without case, accents, runs of blanks or a weekday."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = bare.split()
    while words and words[0] in _FILLERS:
        words.pop(0)
    rest = " ".join(words[1:])
    # « mar. » is a Tuesday before a whole date, and March where nothing else says the month.
    if words and words[0].rstrip(".,") in _weekdays() and _says_month(rest):
        return rest
    return " ".join(words)


def _says_month(plain: str) -> bool:
    return bool(_WHOLE.search(plain)) or not _months().keys().isdisjoint(_PARTS.split(plain))


def _is_time(found: re.Match) -> bool:
    return (
        int(found["hour"]) <= 24 and max(int(found["minute"] or 0), int(found["second"] or 0)) < 60
    )


def _both(one: int, two: int, year: str, american: bool, either: bool) -> Readings:
    """A day and a month in an order that is not known (`either`), or with the day first."""
    first = _valid(f"{year}-{two:02}-{one:02}")
    second = _valid(f"{year}-{one:02}-{two:02}") if either else first
    if first is None and second is None:
        raise InvalidValue("no_such_day")
    return Readings(first, second, american)


def _valid(day: str) -> str | None:
    try:
        dates.date_interval(day)
    except InvalidValue as error:
        if error.code == "no_such_day":
            return None
        raise
    return day


def _numbers(plain: str) -> str | None:
    if match := _YEAR_FIRST.fullmatch(plain):
        year, _, month, day = match.groups()
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if match := _YEAR_FIRST_DOTS.fullmatch(plain):
        year, month, day = match.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if match := _MONTH_AND_YEAR.fullmatch(plain):
        return f"{match[2]}-{int(match[1]):02}"
    return plain if dates.EDTF.fullmatch(plain) else None


def _words(plain: str) -> str | None:
    """A date with its month in words. Raises InvalidValue (`two_digit_year`)."""
    if (match := _SHORT_MONTH.fullmatch(plain)) and match[1] in _months():
        century = 19 if int(match[2]) >= _SPREADSHEET_CENTURY else 20
        return f"{century}{match[2]}-{_months()[match[1]]:02}"
    words = [word for word in _PARTS.split(plain) if word and word not in _FILLERS]
    place = next((n for n, word in enumerate(words) if word in _months()), None)
    if place is None or len(words) > 3:
        return None
    month = _months()[words.pop(place)]
    year = next((word for word in words if re.fullmatch("[0-9]{4}", word)), None)
    if year is None:
        if len(words) == 2 and all(map(_ORDINAL.fullmatch, words)):
            raise InvalidValue("two_digit_year")
        return None
    words.remove(year)
    if not words or (len(words) == 1 and place == 1 and words[0] in _PARTS_OF_MONTH):
        return f"{year}-{month:02}"
    day = _ORDINAL.fullmatch(words[0])
    return f"{year}-{month:02}-{int(day[1]):02}" if day else None


def _refused(plain: str) -> InvalidValue:
    if _TWO_DIGITS.fullmatch(plain):
        return InvalidValue("two_digit_year")
    if match := _EPOCH.fullmatch(plain):
        day = _BEFORE_SECONDS + timedelta(seconds=int(match[1]))
        return InvalidValue("serial_date", wanted=day.isoformat())
    if _SERIAL.fullmatch(plain):
        day = _SPREADSHEET_EPOCH + timedelta(days=int(plain))
        return InvalidValue("serial_date", wanted=day.isoformat())
    years = {*_YEAR.findall(plain)}
    if len(years) == 1:
        months = {_months()[word] for word in re.findall("[a-z]+", plain) if word in _months()}
        month = f"{months.pop():02}/" if len(months) == 1 else ""
        return InvalidValue("vague_date", wanted=f"{month}{years.pop()}")
    return InvalidValue("not_a_date")


@cache
def _months() -> dict[str, int]:
    """Months in words, whole and short, of every language, without accents."""
    found = dict(_MORE_MONTHS)
    for lang in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in LOCALES[lang].months["format"][width].items():
                found[_bare(name)] = number
    return found


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        _bare(name)
        for lang in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in LOCALES[lang].days["format"][width].values()
    )


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalpha())
