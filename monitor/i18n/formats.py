"""Numbers, days and lists as a language writes them (CLDR)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from monitor.i18n.languages import LANGUAGE_TABLE, LOCALES


@lru_cache(50_000)
def number(value: float, lang: str, digits: int = 0) -> str:
    """1 234,5 in French (narrow no-break spaces), 1,234.5 in English."""
    return _number(round_half_up(value, digits), lang, digits)


@lru_cache(50_000)
def _number(value: Decimal, lang: str, digits: int) -> str:
    """A rounded one: shares and averages are many, and each takes long to write."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=LOCALES[lang])


def limit_in_words(value: int, lang: str) -> str:
    """A bound as people say it: 2 000, 10 milliards; 2,000, 10 billion."""
    if value >= 10**9 and value % 10**9 == 0:
        return format_compact_decimal(value, format_type="long", locale=LOCALES[lang])
    return number(value, lang)


def round_half_up(value: float, digits: int) -> Decimal:
    """Rounded as people do: 12.5 to 13, where IEEE 754 would have 12."""
    return _rounded(value, digits, ROUND_HALF_UP)


def _rounded(value: float, digits: int, rounding: str) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding)


@lru_cache(50_000)
def percent(value: float, lang: str, digits: int = 0, rounding: str = ROUND_HALF_UP) -> str:
    """A share of 0 to 1: 45 % in French, 45% in English; "–" when it is not defined. `rounding`: of
    those of `decimal`."""
    if value != value:
        return "–"
    return _percent(_rounded(value, digits + 2, rounding), lang, digits)


@lru_cache(10_000)
def _percent(value: Decimal, lang: str, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + LANGUAGE_TABLE[lang].percent_sign
    return format_percent(value, pattern, locale=LOCALES[lang])


@cache
def number_marks(lang: str) -> tuple[str, str]:
    """What stands before the decimals of a number, and between its thousands."""
    marks = LOCALES[lang].number_symbols["latn"]
    return marks["decimal"], marks["group"]


@lru_cache(10_000)
def day(value: date, lang: str, form: str = "long") -> str:
    """24 mars 2014 or 1er avril 2014, 24 March 2014; `short`: 24/03/2014, 24 Mar 2014."""
    language = LANGUAGE_TABLE[lang]
    if form == "short":
        return format_date(value, language.short_day, language.locale)
    shown = format_date(value, language.long_day, language.locale)
    return f"{language.first_day or 1}{shown[1:]}" if value.day == 1 else shown


@lru_cache(10_000)
def partial_day(edtf: str, lang: str) -> str:
    """A partial date as precise as it is known: 2016, février 2016, 16 février 2016."""
    parts = [int(part) for part in edtf.split("-")]
    if len(parts) == 1:
        return edtf
    if len(parts) == 2:
        year, month = parts
        return format_date(date(year, month, 1), "MMMM yyyy", LOCALES[lang])
    return day(date.fromisoformat(edtf), lang)


def duration(span: timedelta, lang: str) -> str:
    """A length of time in its largest unit, a minute at least: 3 minutes, 2 heures, 4 days."""
    span = max(span, timedelta(minutes=1))
    return format_timedelta(span, granularity="minute", locale=LOCALES[lang])


def join_first(items: Sequence[str], most: int, by: str = ", ") -> str:
    """The first of some, and « … » for the others: a, b, …"""
    return by.join([*items[:most], *["…"] * (len(items) > most)])


def join_items(items: Sequence[str], lang: str) -> str:
    """a, b et c."""
    return format_list(list(items), locale=LOCALES[lang])
