"""Files of at most 1 MB that ask for much, by name; `python -m tests.support.costly_files NAME …` reads
them and prints what each cost."""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date
from typing import BinaryIO

from monitor import areas
from monitor.intake import Context, read_file
from tests.support.paths import ROOT
from tests.support.workbooks import HEADER, MAIN, SHEET, row, with_parts, workbook_bytes, xlsx

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST = row(1, *HEADER)
ROW = row(2, "a", "Zoé", "59350", "2014-03-01")


def sheet(*rows: str, before: str = "") -> bytes:
    inner = "".join(rows)
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{inner}</sheetData></worksheet>'.encode()


def book(*rows: str, before: str = "", **parts: str) -> bytes:
    made = {name: part.encode() for name, part in parts.items()}
    return with_parts(xlsx(HEADER), sheet=sheet(*rows, before=before), **made)


def padded(content: bytes) -> bytes:
    """With a part that nothing reads, so that the workbook may hold as much as its size lets it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("padding", os.urandom(1_000_000 - len(content)))
    return out.getvalue()


def strings(texts: str) -> str:
    return f'<sst xmlns="{MAIN}">{texts}</sst>'


def styles(formats: str) -> str:
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADER))) as archive:
        return archive.read("xl/styles.xml").decode().replace("</cellXfs>", f"{formats}</cellXfs>")


def many_sheets(number: int) -> bytes:
    """Sheets of 8 MB of nothing, after one that is read."""
    from openpyxl import Workbook

    made, out = Workbook(), io.BytesIO()
    for _ in range(number):
        made.create_sheet()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes(made))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            inner = name.startswith("xl/worksheets/") and name != SHEET
            new.writestr(name, sheet(before=" " * 8_000_000) if inner else old.read(name))
    return out.getvalue()


def numbered(cells: str, last: int) -> str:
    return "".join(f'<row r="{n}">{cells}</row>' for n in range(2, last + 1))


BEYOND = '<c t="inlineStr"><is><t>a</t></is></c>'
FILES = {
    # name: (what makes it, one of the codes that are said)
    "a text of 180 MB": (lambda: book(FIRST, row(2, "a" * 180_000_000)), "xlsx_too_much_at_once"),
    "texts of 2 MB": (
        lambda: book(FIRST, *(row(n, "\U0001f600" + "é" * 950_000) for n in range(2, 102))),
        "too_long",
    ),
    "a text outside of the rows": (
        lambda: book(FIRST, before=f"<x>{'a' * 180_000_000}</x>"),
        "xlsx_too_much_at_once",
    ),
    "an attribute of 100 MB": (
        lambda: book(FIRST, f'<row r="2"><c s="{"1" * 100_000_000}"/></row>'),
        "xlsx_too_much_at_once",
    ),
    "attributes of 2 MB": (
        lambda: book(FIRST, *(f'<row r="{n}" x="{"1" * 1_900_000}"/>' for n in range(2, 102))),
        "",
    ),
    "empty styled cells": (
        lambda: book(FIRST, numbered('<c s="1"/>' * 16_000, 900)),
        "xlsx_too_many_tags",
    ),
    "empty styled cells, as many as are read": (
        lambda: padded(book(FIRST, numbered('<c s="1"/>' * 16_000, 115))),
        "",
    ),
    "empty rows": (lambda: book(FIRST, "<row/>" * 20_000_000), "xlsx_too_many_tags"),
    "rows within rows": (
        lambda: book(FIRST, "<row>" * 10_000_000, "</row>" * 10_000_000),
        "xlsx_too_many_tags",
    ),
    "elements within elements": (
        lambda: book(FIRST, "<a>" * 500_000, "</a>" * 500_000),
        "xlsx_too_much_at_once",
    ),
    "tags that do not end": (lambda: book(FIRST, "<row " * 900_000), "xlsx_damaged"),
    "columns without end": (
        lambda: book(row(1, *map(str, range(16_000)), "name"), ROW),
        "too_many_columns",
    ),
    "texts to the right of all": (
        lambda: book(
            FIRST, *(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 130_000))
        ),
        "ragged_row",
    ),
    "formulas and dates": (
        lambda: book(
            FIRST,
            numbered('<c><f>1</f></c><c s="0"><v>1</v></c><c t="d"><v>2014-03-01</v></c>', 90_000),
        ),
        "formula_cell",
    ),
    "merged cells, one over the other": (
        lambda: with_parts(
            xlsx(HEADER),
            sheet=sheet(FIRST, numbered(BEYOND, 30_000)).replace(
                b"</sheetData>",
                b"</sheetData><mergeCells>"
                + b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(2, 9_999))
                + b"</mergeCells>",
            ),
        ),
        "xlsx_damaged",
    ),
    "merged cells": (
        lambda: with_parts(
            xlsx(HEADER),
            sheet=sheet(FIRST, numbered(BEYOND, 60_000)).replace(
                b"</sheetData>",
                b"</sheetData><mergeCells>"
                + b"".join(
                    b'<mergeCell ref="A%d:XFD%d"/>' % (n, n + 5) for n in range(2, 59_000, 6)
                )
                + b"</mergeCells>",
            ),
        ),
        "merged_cell",
    ),
    "different texts": (
        lambda: book(
            FIRST, strings=strings("".join(f"<si><t>{n:x}</t></si>" for n in range(240_000)))
        ),
        "",
    ),
    "texts of the table, as many as are read": (
        lambda: padded(book(FIRST, strings=strings("<si><t>aa</t></si>" * 960_000))),
        "",
    ),
    "texts of the table with a rare letter": (
        lambda: book(
            FIRST,
            strings=strings(
                "".join(f"<si><t>\U0001f600{'a' * 1_800_000}</t></si>" for _ in range(54))
            ),
        ),
        "",
    ),
    "one text of the table": (
        lambda: book(FIRST, strings=strings(f"<si><t>{'a' * 95_000_000}</t></si>")),
        "xlsx_too_much_at_once",
    ),
    "one long text in every row": (
        lambda: book(
            FIRST,
            numbered('<c t="s"><v>0</v></c>', 60_000),
            strings=strings(f"<si><t>{'é' * 900_000}</t></si>"),
        ),
        "xlsx_too_large",
    ),
    "one text in every cell": (
        lambda: book(
            FIRST,
            numbered('<c t="s"><v>0</v></c>' * 4, 60_000),
            strings=strings(f"<si><t>{'é' * 900_000}</t></si>"),
        ),
        "xlsx_too_much_at_once",
    ),
    "entities": (
        lambda: with_parts(
            xlsx(HEADER), sheet=b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>" + sheet(FIRST)
        ),
        "xlsx_damaged",
    ),
    "styles": (
        lambda: book(FIRST, styles=styles('<xf fontId="0"/>' * 240_000)),
        "xlsx_too_many_tags",
    ),
    "styles, as many as are read": (
        lambda: padded(book(FIRST, styles=styles('<xf fontId="0"/>' * 98_000))),
        "",
    ),
    "sheets": (lambda: many_sheets(100), "empty_file"),
    "too many sheets": (
        lambda: xlsx(HEADER, prepare=lambda made: [made.create_sheet() for _ in range(600)]),
        "xlsx_too_many_sheets",
    ),
    "sheets without end": (
        lambda: with_parts(
            xlsx(HEADER),
            book=f'''<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{
                "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(70_000))
            }</sheets></workbook>'''.encode(),
        ),
        "xlsx_too_many_sheets",
    ),
    "a claim of all cells": (
        lambda: book(FIRST, ROW, before='<dimension ref="A1:XFD1048576"/>'),
        "",
    ),
    # CSV
    "a line of 1 MB": (lambda: line(b"x," + b"a" * 999_000 + b",59350,"), "too_long"),
    "commas": (lambda: b"a," * 500_000, "too_many_columns"),
    "a million columns": (
        lambda: b",".join(b"%x" % n for n in range(165_000)) + b",name",
        "too_many_columns",
    ),
    "columns that are not titled": (lambda: b"name" + b"," * 900_000 + b"x", "too_many_columns"),
    "quotes": (lambda: line(b'"x' + b'"' * 990_000), "unterminated_quote"),
    "quotes that end": (lambda: line(b'"' + b'""' * 490_000 + b'",x,x,'), "too_long"),
    "open quotes": (lambda: line(b'x,"' * 330_000), "stray_quote"),
    "empty lines": (lambda: line(b"\n" * 990_000), ""),
    "short rows": (lambda: line(b"x\n" * 490_000), "ragged_row"),
    "bad rows": (lambda: line("é,,,\n".encode() * 160_000), "malformed_id"),
    "names of communes": (
        lambda: line(b"".join(b"a%x,Z,saint %x\n" % (n, n) for n in range(45_000)), 3),
        "no_such_name",
    ),
    "dates": (
        lambda: line(b"".join(b"%x,Z,59350,1/2/%x\n" % (n, n) for n in range(40_000))),
        "not_a_date",
    ),
}


def line(rest: bytes, columns: int = 4) -> bytes:
    return ",".join(HEADER[:columns]).encode() + b"\n" + rest


def costs(names: list[str]) -> dict[str, dict]:
    """What reading each file costs, by its name: seconds of the processor, megabytes beyond those of the
    program, the codes that were said."""
    command = [sys.executable, "-m", "tests.support.costly_files", *names]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    return dict(zip(names, map(json.loads, done.stdout.splitlines()), strict=True))


def _cost(file: BinaryIO, context: Context) -> dict:
    resident, began, codes = _peak(), time.process_time(), Counter()
    for one in read_file(file, "signatories", context):
        codes.update(error.code for error in one.errors)
    return {
        "seconds": time.process_time() - began,
        "mb": _peak() - resident,
        "codes": codes,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(names: list[str]) -> None:
    """Each in a process of its own, which begins with what the program is without it."""
    context = Context(date(2026, 3, 2), areas=areas.communes(), retired=areas.retired_codes())
    for warm in (b"name\n", xlsx(HEADER, ["a"])):
        list(read_file(io.BytesIO(warm), "signatories", context))
    for name in names:
        with tempfile.TemporaryFile() as file:
            made = os.fork()
            if not made:
                file.write(FILES[name][0]())
                file.flush()
                os._exit(0)
            os.waitpid(made, 0)
            file.seek(0)
            sys.stdout.flush()
            reader = os.fork()
            if not reader:
                print(json.dumps(_cost(file, context)), flush=True)
                os._exit(0)
            os.waitpid(reader, 0)


if __name__ == "__main__":
    _measure(sys.argv[1:])
