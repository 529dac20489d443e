"""Days and times as parts of a sentence."""

from datetime import UTC, datetime

from monitor.i18n.formats import day, partial_day
from monitor.i18n.languages import LANGUAGE_TABLE
from monitor.i18n.messages import text


def since_day(edtf: str, lang: str) -> str:
    """« depuis le 5 avril 2014 », « depuis avril 2014 »."""
    return _dated("since", edtf, lang)


def on_day(edtf: str, lang: str) -> str:
    """« le 5 avril 2014 », « en avril 2014 »."""
    return _dated("on", edtf, lang)


def time_span(first: str, last: str | None, lang: str) -> str:
    """« du 5 avril 2014 au 2 juillet 2020 », « depuis avril 2014 (sans fin connue) »."""
    if not last:
        return f"{since_day(first, lang)} {text('date.open', lang)}"
    return f"{_dated('from', first, lang)} {_dated('until', last, lang)}"


def _dated(word: str, edtf: str, lang: str) -> str:
    exact = "_day" if len(edtf) == 10 else ""
    return text(f"date.{word}{exact}", lang, day=partial_day(edtf, lang))


def moment(when: datetime, lang: str) -> str:
    """A UTC time: 5 juillet 2020 à 3 h 41 (UTC); 5 July 2020, 03:41 (UTC)."""
    when = when.astimezone(UTC)
    hour = f"{when:%H}" if LANGUAGE_TABLE[lang].two_digit_hours else str(when.hour)
    minute = f"{when:%M}"
    return text("date.moment", lang, day=day(when.date(), lang), hour=hour, minute=minute)
