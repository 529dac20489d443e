"""Bytes to rows of cells, whatever sort of table file they are. Streams: memory stays bounded."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from monitor.models import RowError

#: A cell past this is refused as too long; csv's own limit must lie above it to let us say so.
FIELD_LIMIT = 16_000_000
#: What an XLSX may unpack to: a 63 kB file can hold 60 MB (a zip bomb).
UNPACKED_LIMIT = 200_000_000
BLOCK = 1 << 20
XLSX_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
#: UTF-8 read as cp1252 and saved again: é, è, à, ç, ê, ô and the apostrophe.
MOJIBAKE = ("Ã©", "Ã¨", "Ã\xa0", "Ã§", "Ãª", "Ã´", "Ã‰", "â€™", "Å“")

Cells = tuple[int, list[str]]


class Unreadable(Exception):
    """The file cannot be read further. Carries the RowError that says why."""

    def __init__(self, code: str, line: int | None = None, value: str = "", **values: str):
        super().__init__(code)
        self.error = RowError(line, "", value, code, tuple(values.items()))


def cells(file: BinaryIO) -> Iterator[Cells]:
    """(line, cells) of every row, the header first. Raises Unreadable."""
    head = file.read(BLOCK)
    file.seek(0)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable("empty_file")
    if head.startswith(b"PK\x03\x04"):
        return _xlsx(file)
    encoding = _encoding(file, head)
    return _csv(file, encoding)


def _encoding(file: BinaryIO, head: bytes) -> str:
    """UTF-8, UTF-16 by its mark, else cp1252. What is none of them is no table."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("not_a_table")
    if b"\0" in head:
        line = head[: head.index(b"\0")].count(b"\n") + 1
        raise Unreadable("control_character", line, "U+0000", character="U+0000")
    for encoding in ("utf-8-sig", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        finally:
            file.seek(0)
        return encoding
    raise Unreadable("unreadable_encoding")


def _csv(file: BinaryIO, encoding: str) -> Iterator[Cells]:
    stream = io.TextIOWrapper(file, encoding=encoding, newline="", errors="strict")
    try:
        yield from _read_csv(stream)
    except UnicodeError:
        raise Unreadable("unreadable_encoding") from None
    finally:
        stream.detach()


def _read_csv(stream: io.TextIOWrapper) -> Iterator[Cells]:
    header = stream.readline(1_000_000)
    stream.seek(0)
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(
        stream, delimiter=";" if header.count(";") > header.count(",") else ",", strict=True
    )
    start = 1
    try:
        for row in reader:
            if row:
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        code = "unterminated_quote" if "end of data" in str(error) else "ragged_row"
        if "field larger" in str(error):
            code = "too_long"
        if "NUL" in str(error):
            raise Unreadable("control_character", start, "U+0000", character="U+0000") from None
        raise Unreadable(code, start, limit="2 000") from None


def _xlsx(file: BinaryIO) -> Iterator[Cells]:
    """The first sheet. Openpyxl reads its XML through defusedxml."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(item.file_size for item in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise Unreadable("xlsx_damaged") from None
    if size > UNPACKED_LIMIT:
        raise Unreadable("xlsx_too_large", size=str(size // 1_000_000))
    if not names >= XLSX_NEEDED:
        raise Unreadable("not_a_table")
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the size that the file claims: every missing cell would be made
        width = 0
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            texts = [_text(value) for value in row]
            if any(texts):
                texts += [""] * (width - len(texts))
                width = width or len(texts)
                yield line, texts
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises what its parser meets, of any class
        raise Unreadable("xlsx_damaged", value=type(error).__name__) from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
