"""Partial dates in EDTF (ISO 8601-2, level 0): `2016`, `2016-02`, `2016-02-16`.

A partial date is kept as it was given; what it may mean is an interval of days.
"""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor.errors import InvalidValue

EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
#: Days of a year.
YEAR = 365.25
#: Outside these years a date is a typing error (`0018` for 2018 stands in a national register).
FIRST_YEAR, LAST_YEAR = 1900, 2199


class DateInterval(NamedTuple):
    """Days, both included."""

    first: date
    last: date


@lru_cache(maxsize=100_000)
def date_interval(text: str) -> DateInterval:
    """The first and the last day that a partial date can mean.

    Raises InvalidValue: `not_a_date` (not in the form), `no_such_day` (31/02), `year_out_of_range`.
    """
    match = EDTF.fullmatch(text)
    if not match:
        raise InvalidValue("not_a_date", value=text)
    year, month, day = (int(part or 0) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue("year_out_of_range", value=text, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        first = date(year, month if match[2] else 1, day if match[3] else 1)
    except ValueError:
        raise InvalidValue("no_such_day", value=text) from None
    if day:
        return DateInterval(first, first)
    last_month = month or 12
    _, days = calendar.monthrange(year, last_month)
    return DateInterval(first, date(year, last_month, days))


def date_intervals(texts) -> tuple[np.ndarray, np.ndarray]:
    """The same for a column of valid dates: two arrays of days since 1970, as int32.

    Each different text is read once: a million actions hold a few thousand different dates.
    """
    own = texts if isinstance(texts, pd.Series) else np.asarray(texts, dtype=object)
    codes, different = pd.factorize(own)
    bounds = np.array([day_interval(text) for text in different], dtype=np.int32).reshape(-1, 2)
    return bounds[codes, 0], bounds[codes, 1]


@lru_cache(maxsize=100_000)
def day_interval(text: str) -> tuple[int, int]:
    """`date_interval` in days since 1970."""
    first, last = date_interval(text)
    return day_number(first), day_number(last)


def partial_date_of(first: int, last: int) -> str:
    """The partial date that means the days from one to another, in days since 1970."""
    length = 10 if first == last else 7 if last - first <= 31 else 4
    return date_of_day(first).isoformat()[:length]


def latest_day(moment: datetime) -> date:
    """The latest day that has begun somewhere on Earth at that moment: a day begins in Kiribati
    (UTC+14), and has begun once its first millisecond is past."""
    return (moment.astimezone(UTC) + timedelta(hours=14, milliseconds=-1)).date()


def day_number(day: date) -> int:
    """Days since 1970-01-01: the whole project's arithmetic of days."""
    return day.toordinal() - 719163


def date_of_day(day: int) -> date:
    """The date of a number of days since 1970-01-01."""
    return date.fromordinal(int(day) + 719163)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it has no such day; the
    first day that there is where the calendar has none so early."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    _, days = calendar.monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, days))
