"""The forms in which a table is downloaded: for programs, and for the spreadsheets of people."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from babel.numbers import get_decimal_symbol

from monitor.export.fields import TABLES, title_of_column
from monitor.export.parquet import parquet_parts
from monitor.export.view_tables import csv_parts, json_parts
from monitor.export.workbook import Sheet, workbook_parts
from monitor.i18n import LOCALES, catalogue, text

#: The columns whose values are codes that have words, `<column>.<code>`, and those that hold whole days.
_CODED = {column.name for columns in TABLES.values() for column in columns if column.values}
#: Those whose codes only a pact knows.
_OF_PACT = {"office", "office_ever"}
_DAYS = {column.name for columns in TABLES.values() for column in columns if column.type == "date"}
#: How wide the columns of a workbook are, in characters: those of its rows between the first two, by
#: what so many of the first rows hold.
_NARROW, _WIDEST, _LOOKED = 10, 60, 200
_WIDE, _TEXT = 28, 80


@dataclass(frozen=True)
class Caption:
    """What a file says beside its rows. `view`: what they are a view of; `title`, `meaning`: what a
    column is called, and what it holds; `words`: column -> code -> its words, where they are
    those of the pact and not of the vocabulary; `say(column, code)`: those of the vocabulary that fit
    the pact, None where a code has none; `loads`: the rows can be loaded again, so that no
    words may stand beside their codes; `types`: of each column, as the dictionary says it."""

    view: Mapping
    lang: str
    title: Callable[[str], str]
    meaning: Callable[[str], str] = lambda column: ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    say: Callable[[str, str], str | None] | None = None
    loads: bool = False
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """`encode` makes the pieces of a file of a table that comes in parts. `schema`: how OpenAPI
    describes it, None where it depends on the table."""

    media_type: str
    encode: Callable[[Iterable[pd.DataFrame], Caption], Iterator[bytes]]
    schema: Mapping | None

    def whole(self, table: pd.DataFrame, caption: Caption) -> bytes:
        """The file of a table that is short."""
        return b"".join(self.encode([table], caption))


def _semicolons(parts: Iterable[pd.DataFrame], caption: Caption) -> Iterator[bytes]:
    """CSV as the spreadsheets of Europe open it, with the decimal mark of the language."""
    return csv_parts(parts, caption.view, **semicolon_dialect(caption.lang))


def semicolon_dialect(lang: str) -> dict[str, Any]:
    """How the spreadsheets of Europe write CSV in a language: `delimiter`, `decimal`."""
    return {"delimiter": ";", "decimal": get_decimal_symbol(LOCALES[lang])}


def _parquet(parts: Iterable[pd.DataFrame], caption: Caption) -> Iterator[bytes]:
    return parquet_parts(parts, caption.types, caption.view)


def _workbook(parts: Iterable[pd.DataFrame], caption: Caption) -> Iterator[bytes]:
    """The rows, with the words of every code beside it; then what they are a view of, and their
    columns."""
    first, parts = _peek(parts)
    columns = [str(name) for name in first]
    lang, header = caption.lang, []
    for name in columns:
        header += [name, _capital(caption.title(name))] if _has_words(name, caption) else [name]
    widths = list(map(_width, zip(header, *_cells(first.head(_LOOKED), caption), strict=True)))
    described = [[name, _capital(caption.title(name)), caption.meaning(name)] for name in columns]
    # The columns of a chart's figures have titles, and nothing is said of what they hold.
    shown = 3 if any(meaning for _, _, meaning in described) else 2
    heads = {name: text(f"file.{name}", lang) for name in ("column", "title", "meaning", "value")}
    return workbook_parts(
        [
            Sheet(
                text("file.rows", lang), header, (_cells(part, caption) for part in parts), widths
            ),
            Sheet(
                text("file.columns", lang),
                [heads["column"], heads["title"], heads["meaning"]][:shown],
                [[row[:shown] for row in described]],
                [_WIDE, _WIDE, _TEXT][:shown],
            ),
            Sheet(
                text("file.about", lang),
                [heads["title"], heads["value"]],
                [
                    [
                        (_capital(title_of_column(name, lang)), value)
                        for name, value in caption.view.items()
                    ]
                ],
                [_WIDE, _TEXT],
            ),
        ]
    )


def _peek(parts: Iterable[pd.DataFrame]) -> tuple[pd.DataFrame, Iterator[pd.DataFrame]]:
    """(the first part, all of them): a table has a part at least."""
    rest = iter(parts)
    first = next(rest)

    def whole() -> Iterator[pd.DataFrame]:
        yield first
        yield from rest

    return first, whole()


def _width(cells: Iterable) -> int:
    """Room for the longest of the cells, and for the mark of a filter beside a title."""
    longest = max(len(str(cell)) for cell in cells if cell is not None)
    return min(max(longest + 3, _NARROW), _WIDEST)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _has_words(name: str, caption: Caption) -> bool:
    if caption.loads:
        return False
    return name in _CODED or name in caption.words or bool(caption.say and name in _OF_PACT)


def _cells(part: pd.DataFrame, caption: Caption) -> Iterator[tuple]:
    """The rows of a part, with the words of codes and with days as days."""
    filled = part.astype(object).where(part.notna(), None)
    columns = []
    for name in filled:
        cells = filled[name].tolist()
        columns.append([_day(cell) for cell in cells] if name in _DAYS else cells)
        if _has_words(str(name), caption):
            words = _words(str(name), set(cells), caption)
            columns.append([words.get(cell) for cell in cells])
    return zip(*columns, strict=True)


def _day(cell: str | None) -> date | str | None:
    """What is less than a whole day stays as it is written."""
    return date.fromisoformat(cell) if cell and len(cell) == len("2014-03-30") else cell


def _words(name: str, codes: set, caption: Caption) -> dict:
    """Code -> its words, None where it has none."""
    if name in caption.words:
        return {code: caption.words[name].get(code) for code in codes}
    if caption.say:
        return {code: code and caption.say(name, code) for code in codes}
    messages, column = catalogue(caption.lang), name.removesuffix("_ever")
    keys = {code: f"{column}.{code}" for code in codes}
    return {
        code: text(key, caption.lang) if key in messages else None for code, key in keys.items()
    }


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: As it is registered: https://www.iana.org/assignments/media-types/application/vnd.apache.parquet
_PARQUET = "application/vnd.apache.parquet"
_LETTERS = {"type": "string"}


def _bytes(media_type: str) -> dict[str, str]:
    return _LETTERS | {"contentMediaType": media_type}


#: By how an address ends.
FORMS = {
    "csv": Form("text/csv", lambda parts, caption: csv_parts(parts, caption.view), _LETTERS),
    "semicolon.csv": Form("text/csv", _semicolons, _LETTERS),
    "xlsx": Form(_XLSX, _workbook, _bytes(_XLSX)),
    "json": Form("application/json", lambda parts, caption: json_parts(parts, caption.view), None),
    "parquet": Form(_PARQUET, _parquet, _bytes(_PARQUET)),
}
#: Those that a spreadsheet opens, and those of whoever reads a page.
SPREADSHEETS = tuple(form for form in FORMS if form not in ("json", "parquet"))
READERS = tuple(form for form in FORMS if form != "parquet")


def form_words(form: str, lang: str) -> str:
    """What a form is called: « CSV », « Excel »."""
    return text(f"form.{form.replace('.', '_')}", lang)
