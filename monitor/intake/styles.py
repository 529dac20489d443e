"""What the styles of a workbook show of what its cells keep."""

import re
from datetime import date, datetime

from monitor.intake.cells import DayCell, FaultyCell, LooseNumber
from monitor.intake.formats import RoundedNumber, UnknownFormat, shown_number, shown_text

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: Of a number format: what stands in quotes, in brackets or after a backslash shows no date.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')


class Styles:
    """The styles of a workbook, by their numbers."""

    def __init__(self, book):
        self._book = book
        self._formats: dict[int, str | None] = {}
        self._struck = {
            number
            for number, style in enumerate(book._cell_styles)
            if book._fonts[style.fontId].strike
        }

        self._fills = {
            number: style.fillId
            for number, style in enumerate(book._cell_styles)
            if _is_coloured(book._fills[style.fillId])
        }

    def fill(self, style: int) -> int | None:
        """The colour that a style fills its cells with, by its number; None for none, or white."""
        return self._fills.get(style)

    def strikes(self, style: int) -> bool:
        """Whether a style strikes its text out."""
        return style in self._struck

    def text(self, style: int, text: str) -> str:
        if "_x" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        form = self._format(style) or ""
        if form in ("General", "@") or not text:
            return text
        try:
            around = shown_text(form)
        except UnknownFormat:
            around = "", ""  # a date or a number: it shows a text as it is
        return (
            FaultyCell(text, "number_format", wanted=form) if around is None else text.join(around)
        )

    def number(self, style: int, kept: str) -> str:
        """A number as its format shows it, a date as precise as it does."""
        from openpyxl.utils.datetime import from_excel

        if style in self._book._date_formats:
            try:
                moment = from_excel(
                    float(kept),
                    self._book.epoch,
                    timedelta=style in self._book._timedelta_formats,
                )
            except (OverflowError, ValueError):
                return FaultyCell(kept, "error_cell")
            return self._moment(style, moment)
        form = self._format(style)
        try:
            if form is None:
                raise UnknownFormat
            shown = shown_number(kept, form)
            return LooseNumber(shown) if form == "General" and "." in shown else shown
        except UnknownFormat:
            return FaultyCell(kept, "number_format", wanted=form or "?")
        except RoundedNumber as shown:
            return FaultyCell(kept, "number_rounded", wanted=str(shown))

    def day(self, style: int, text: str) -> str:
        """A date that is kept as text."""
        from openpyxl.utils.datetime import from_ISO8601

        return self._moment(style, from_ISO8601(text))

    def _moment(self, style: int, moment) -> str:
        if not isinstance(moment, date):
            return DayCell(moment)
        day = moment.date() if isinstance(moment, datetime) else moment
        return DayCell(day.isoformat()[: _length(self._format(style) or "")])

    def _format(self, style: int) -> str | None:
        """The format of a style, None for one that belongs to another country's spreadsheets."""
        if style not in self._formats:
            from openpyxl.styles.numbers import BUILTIN_FORMATS

            number = self._book._cell_styles[style].numFmtId
            self._formats[style] = (
                BUILTIN_FORMATS.get(number)
                if number < 164
                else self._book._number_formats[number - 164]
            )
        return self._formats[style]


def _is_coloured(fill) -> bool:
    """Whether a fill shows: neither a pattern nor white."""
    if getattr(fill, "patternType", None) != "solid":
        return False
    colour = fill.fgColor
    if colour.type == "theme":
        return colour.theme != 0 or bool(colour.tint)
    return colour.type != "rgb" or not str(colour.rgb).upper().endswith("FFFFFF")


def _length(form: str) -> int:
    """Characters of an ISO date that a format shows: 10, 7 or 4; all of them if it shows a time."""
    shown = set(_QUOTED.sub("", form.split(";")[0]).casefold().replace("general", ""))
    # jj/mm/aaaa is what a French Excel may write.
    if shown & set("djhs") or not shown & set("mya"):
        return 10
    return 7 if "m" in shown else 4
