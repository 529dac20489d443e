"""Workbooks as a spreadsheet program writes them, and with parts of another hand."""

import io
import zipfile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = ["signatory_id", "name", "commune", "signed_on"]
GOOD = ["a", "Zoé", "59350", "2014-03-01"]


def workbook_bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*rows: list, prepare=lambda book: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    prepare(book)
    return workbook_bytes(book)


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
