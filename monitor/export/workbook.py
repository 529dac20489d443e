"""Workbooks (XLSX, ECMA-376) that are sent while they are written: no more of a table is held than the
part in hand. Every text is the text of a cell, never a formula, whatever it begins with."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import RawIOBase
from xml.sax.saxutils import escape, quoteattr

#: What a sheet can hold: its rows, and the bytes beyond which an archive needs extensions that Excel
#: does not read in a file made in this way (2 GiB, less 64 MB of room). What is longer goes on in
#: another sheet.
MOST_ROWS, MOST_BYTES = 1_048_576, 2**31 - 2**26
#: The longest name of a sheet.
LONGEST_NAME = 31
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Characters that no XML can hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: The styles of a cell: a header; a day, written alike in every country, since « 04/05/2016 », saved as
#: CSV, can be read in two ways.
_HEADER, _DAY = 1, 2
_FONT = '<font>{}<sz val="11"/><name val="Calibri"/></font>'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="2">{_FONT.format("")}{_FONT.format("<b/>")}</fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
#: The day before the first that a sheet counts, as every spreadsheet has it since 1 March 1900.
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True)
class Sheet:
    """`rows` come in parts. `widths`: of the columns, in characters."""

    name: str
    header: Sequence[str]
    rows: Iterable[Iterable[Sequence]]
    widths: Sequence[int]


def workbook_parts(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The file in pieces: one for each part of the rows, and what stands around them. A cell is None or
    exactly a str, an int, a finite float, a bool or a date of Python itself: no subclass, no numpy."""
    out = _Outbox()
    names: list[str] = []
    with zipfile.ZipFile(out, "w") as archive:
        for sheet in sheets:
            for name, pieces in _split(sheet):
                names.append(name)
                with archive.open(_entry(f"xl/worksheets/sheet{len(names)}.xml"), "w") as file:
                    for piece in pieces:
                        file.write(piece)
                        yield out.take()
        for name, content in _about(names).items():
            archive.writestr(_entry(name), content)
    yield out.take()


class _Outbox(RawIOBase):
    """What was written and not taken yet: what an archive that is written in one go is written to."""

    def __init__(self):
        self._pieces: list[bytes] = []

    def write(self, piece, /) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the time of day: the same table is the same file."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _split(sheet: Sheet) -> Iterator[tuple[str, Iterator[bytes]]]:
    """(name, its XML in pieces) of each sheet that the rows fill, one after another."""
    parts = iter(sheet.rows)
    waiting: list[bytes] = []
    number, ended = 1, False

    def pieces() -> Iterator[bytes]:
        nonlocal ended
        head = _head(sheet)
        size, rows = len(head), 1
        yield head
        while True:
            if not waiting:
                part = next(parts, None)
                if part is None:
                    ended = True
                    break
                waiting.extend(map(_row, part))
                if not waiting:
                    continue
            fits = min(len(waiting), MOST_ROWS - rows)
            piece = b"".join(waiting[:fits])
            if not fits or (rows > 1 and size + len(piece) > MOST_BYTES):
                break
            del waiting[:fits]
            size, rows = size + len(piece), rows + fits
            yield piece
        yield _tail(len(sheet.header), rows)

    while not ended:
        yield _name(sheet.name, number), pieces()
        number += 1


def _name(name: str, number: int) -> str:
    """A name that a sheet can have."""
    more = f" ({number})" if number > 1 else ""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[: LONGEST_NAME - len(more)] + more


def _head(sheet: Sheet) -> bytes:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>"
    ).encode() + _row(sheet.header, _HEADER)


def _tail(width: int, rows: int) -> bytes:
    return f'</sheetData><autoFilter ref="A1:{_letters(width)}{rows}"/></worksheet>'.encode()


def _letters(column: int) -> str:
    """How a sheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _row(cells: Sequence, style: int = 0) -> bytes:
    styled = f' s="{style}"' if style else ""
    return f"<row>{''.join([_CELLS[type(cell)](cell, styled) for cell in cells])}</row>".encode()


def _text(value: str, style: str) -> str:
    text = escape(_CONTROL.sub("", value))
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _number(value: float, style: str) -> str:
    return f"<c{style}><v>{value!r}</v></c>"


def _day(value: date, _style: str) -> str:
    return f'<c s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'


_CELLS: dict[type, Callable[..., str]] = {
    type(None): lambda value, style: "<c/>",
    str: _text,
    int: _number,
    float: _number,
    bool: lambda value, style: f'<c{style} t="b"><v>{int(value)}</v></c>',
    date: _day,
}


def _about(names: list[str]) -> dict[str, str]:
    """The files of a workbook beside its sheets."""
    sheets, related, types = "", "", ""
    for number, name in enumerate(names, 1):
        sheets += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        related += _related(number, "worksheet", f"worksheets/sheet{number}.xml")
        types += _typed(f"worksheets/sheet{number}.xml", "worksheet+xml")
    related += _related(len(names) + 1, "styles", "styles.xml")
    types += _typed("styles.xml", "styles+xml") + _typed("workbook.xml", "sheet.main+xml")
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(related),
        "_rels/.rels": _relations(_related(1, "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
    }


def _relations(related: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'


def _related(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _typed(name: str, kind: str) -> str:
    return f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}"/>'
