"""Workbooks as a spreadsheet program writes them, and with parts of another hand."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = ["signatory_id", "name", "commune", "signed_on"]
GOOD = ["a", "Zoé", "59350", "2014-03-01"]


def workbook_bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def active_sheet(book: Workbook) -> Worksheet:
    """The first sheet of a workbook that was just made."""
    assert isinstance(book.active, Worksheet)
    return book.active


def xlsx(*rows: list, prepare=None) -> bytes:
    if prepare is None:
        return workbook({"Sheet": rows})
    book = Workbook()
    for row in rows:
        active_sheet(book).append(row)
    prepare(book)
    return workbook_bytes(book)


def workbook(sheets: Mapping[str, Sequence[Sequence]], hidden: str = "") -> bytes:
    """A workbook with the rows of each sheet, one of which may be hidden: what openpyxl writes, which
    takes ten times as long; by openpyxl itself where a cell is more than a number or a plain text."""
    if not all(map(_is_plain, sheets.values())):
        return workbook_bytes(_book_of(sheets, hidden))
    parts = dict(_model(len(sheets)))
    for n, (title, rows) in enumerate(sheets.items(), start=1):
        name = f"xl/worksheets/sheet{n}.xml"
        parts[name] = parts[name].replace(
            "<sheetData></sheetData>", f"<sheetData>{_rows(rows)}</sheetData>"
        )
        width = max(map(len, rows), default=0) or 1
        height = max((n for n, row in enumerate(rows, start=1) if row), default=1)
        size = f"A1:{get_column_letter(width)}{height}"
        parts[name] = parts[name].replace('ref="A1:A1"', f'ref="{size}"')
        shown = f'name={quoteattr(title)} sheetId="{n}" state='
        shown += '"hidden"' if title == hidden else '"visible"'
        before = f'name="{n}" sheetId="{n}" state="visible"'
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(before, shown)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _book_of(sheets: Mapping[str, Sequence[Sequence]], hidden: str = "") -> Workbook:
    book = Workbook()
    book.remove(active_sheet(book))
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
    return book


@cache
def _model(count: int) -> dict[str, str]:
    """The parts of a workbook of so many empty sheets."""
    data = workbook_bytes(_book_of({str(n): () for n in range(1, count + 1)}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


#: A text that openpyxl takes for a formula or an error, or that XML cannot have as it is.
_MORE_THAN_TEXT = re.compile(r"[=#]|.*[\x00-\x08\x0b-\x1f]", re.DOTALL)


def _is_plain(rows: Sequence[Sequence]) -> bool:
    return isinstance(rows, list | tuple) and all(
        isinstance(row, list | tuple)
        and all(
            cell is None
            or (
                not _MORE_THAN_TEXT.match(cell) if type(cell) is str else type(cell) in (int, float)
            )
            for cell in row
        )
        for row in rows
    )


def _rows(rows: Sequence[Sequence]) -> str:
    return "".join(
        f'<row r="{n}">{"".join(_cell(f"{get_column_letter(c)}{n}", v) for c, v in enumerate(row, 1))}'
        "</row>"
        for n, row in enumerate(rows, start=1)
        if row
    )


def _cell(ref: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f'<c r="{ref}" t="n"><v>{value:.16g}</v></c>'
    space = ' xml:space="preserve"' if value != value.strip() else ""
    text = f"<is><t{space}>{escape(value)}</t></is>" if value else ""
    return f'<c r="{ref}" t="inlineStr">{text}</c>'


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """The workbook with other parts: `book`, `sheet`, `strings`, `styles`."""
    names = {
        "book": "xl/workbook.xml",
        "sheet": SHEET,
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    }
    new, out = {names[key]: part for key, part in parts.items()}, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    if "strings" in parts:
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        kept["[Content_Types].xml"] = kept["[Content_Types].xml"].replace(b"</Types>", types)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (kept | new).items():
            archive.writestr(name, part)
    return out.getvalue()


def sheet(*rows: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


def row(number: int, *texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'
