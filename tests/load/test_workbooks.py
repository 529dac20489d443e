"""Workbooks: what a sheet shows is what is read, and no archive holds the others up."""

import io
import re
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl.styles import Font

from monitor.intake.files import Table
from monitor.intake.unreadable import Unreadable
from monitor.intake.workbook import Book
from tests.support.file_rows import ACTION, SIGNATORY, codes, read, value
from tests.support.workbooks import GOOD, HEADER, MAIN, SHEET, row, sheet, with_parts, xlsx


def test_a_workbook_is_read_with_its_dates_and_numbers():
    content = xlsx(
        list(ACTION),
        [
            datetime(2016, 2, 16) if name == "happened_on" else 1 if name == "measure" else cell
            for name, cell in ACTION.items()
        ],
    )
    assert value(content, "happened_on") == "2016-02-16"
    assert value(content, "measure") == "1"


@pytest.mark.parametrize(
    ("form", "meant"),
    [
        ("yyyy-mm-dd", "2014-03-01"),
        ("dd/mm/yyyy", "2014-03-01"),
        ("[$-40C]d mmmm yyyy;@", "2014-03-01"),
        ("mmm-yy", "2014-03"),
        ("yyyy-mm", "2014-03"),
        ('mmmm" de "yyyy', "2014-03"),
        ("yyyy", "2014"),
        ("dd/mm/yyyy hh:mm", "2014-03-01"),
        ("jj/mm/aaaa", "2014-03-01"),
        ("mm:ss", "2014-03-01"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_shows_it(form, meant):
    def shown(book):
        book.active["D2"].number_format = form

    content = xlsx(HEADER, [*GOOD[:3], date(2014, 3, 1)], prepare=shown)
    assert value(content, "signed_on", "signatories") == meant


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=A2", "formula_cell"),
        ("=1/0", "formula_cell"),
        ("#N/A", "error_cell"),
        (True, "boolean_cell"),
    ],
)
def test_a_cell_that_is_not_what_it_shows_is_refused(cell, code):
    assert codes(xlsx(HEADER, ["a", cell, *GOOD[2:]], GOOD), "signatories")[0] == code
    (refused, _) = read(xlsx(HEADER, ["a", cell, *GOOD[2:]], GOOD), "signatories")
    assert [error.code for error in refused.errors] == [code]


def test_a_text_like_a_formula_in_a_workbook_is_text():
    def as_text(book):
        book.active.cell(2, list(ACTION).index("summary") + 1, "=1+1").data_type = "s"

    content = xlsx(list(ACTION), list(ACTION.values()), prepare=as_text)
    assert value(content, "summary") == "=1+1"


def test_a_line_end_as_excel_writes_it_is_one():
    strings = f'<sst xmlns="{MAIN}"><si><r><t>un_x000D_\n</t></r><r><t>deux</t></r></si></sst>'
    cells = [*row(2, "a1", "hidalgo-paris", "1", "2016").split("</row>"), "</row>"]
    rows = [row(1, *list(ACTION)[:4], "summary"), cells[0], '<c t="s"><v>0</v></c>', cells[-1]]
    content = with_parts(xlsx(GOOD), sheet=sheet(*rows), strings=strings.encode())
    assert value(content, "summary") == "un\ndeux"


def test_the_first_visible_sheet_is_read_and_those_left_out_are_named():
    def more(book):
        book.active.sheet_state = "hidden"
        book.active.title = "Cachée"
        for title, rows in {"Données": [HEADER, GOOD], "Suite": [HEADER, GOOD], "Vide": []}.items():
            made = book.create_sheet(title)
            for one in rows:
                made.append(one)

    content = xlsx(HEADER, ["hidden", *GOOD[1:]], prepare=more)
    assert value(content, "signatory_id", "signatories") == "a"
    assert Table(io.BytesIO(content)).left_out == ["Cachée", "Suite"]


def test_rows_keep_the_numbers_of_their_sheet():
    content = with_parts(xlsx(GOOD), sheet=sheet(row(3, *HEADER), row(9, "a", "A", "1004", "")))
    assert [(one.line, one.errors[0].code) for one in read(content, "signatories")] == [
        (9, "lost_zero")
    ]


BROKEN_SHEETS = {
    "rows out of order": [row(1, *HEADER), row(5, *GOOD), row(3, "b", *GOOD[1:])],
    "a row twice": [row(1, *HEADER), row(2, *GOOD), row(2, "b", *GOOD[1:])],
    "a row that no sheet has": [row(1, *HEADER), row(999_999_999, *GOOD)],
    "a column that no sheet has": [row(1, *HEADER), '<row r="2"><c r="XFE2"><v>1</v></c></row>'],
    "a cell twice": [
        row(1, *HEADER),
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
    ],
    "no row": [],
}


@pytest.mark.parametrize("rows", BROKEN_SHEETS.values(), ids=BROKEN_SHEETS)
def test_a_sheet_that_no_spreadsheet_wrote_is_refused(rows):
    found = read(with_parts(xlsx(GOOD), sheet=sheet(*rows)), "signatories")
    assert found[-1].unreadable
    assert found[-1].errors[0].code == ("xlsx_damaged" if rows else "empty_file")


@pytest.mark.parametrize("column", [6, 16_000])
def test_a_blank_far_to_the_right_is_nothing_and_a_text_there_is_kept(column):
    def blank(book):
        book.active.cell(1, column, " ")
        book.active.cell(2, column, " ")
        book.active.cell(3, column, "égaré")

    good, bad = read(xlsx(HEADER, GOOD, ["b", *GOOD[1:]], prepare=blank), "signatories")
    assert not good.errors
    assert (bad.errors[0].code, [*filter(None, bad.surplus)]) == ("ragged_row", ["égaré"])


BOMBS = {
    "rows that a sheet leaves out": {"sheet": sheet(row(1, *HEADER), row(1_048_577, "b"))},
    "more rows than a sheet has": {
        "sheet": sheet(row(1, *HEADER), row(1_048_570, *GOOD), "<row/>" * 9)
    },
    "a row of cells without end": {"sheet": sheet(f"<row>{'<c/>' * 100_000}</row>")},
    # The largest is made when it is read: each process of the tests has this table.
    "texts without end": {
        "strings": lambda: b'<sst xmlns="%s">%s</sst>' % (MAIN.encode(), b"<si/>" * 25_000_000)
    },
    "a text of pieces without end": {
        "strings": b'<sst xmlns="%s"><si>%s</si></sst>' % (MAIN.encode(), b"<r/>" * 1_000_000)
    },
    "names of a billion laughs": {
        "sheet": b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
        + sheet(row(1, *HEADER), row(2, "&b;"))
    },
}


REFUSED = {
    "xlsx_damaged",
    "xlsx_too_large",
    "xlsx_too_many_texts",
    "xlsx_too_many_tags",
    "xlsx_too_much_at_once",
}


@pytest.mark.parametrize("parts", BOMBS.values(), ids=BOMBS)
def test_a_small_archive_that_unpacks_to_much_is_refused_at_once(parts):
    made = {name: part() if callable(part) else part for name, part in parts.items()}
    content = with_parts(xlsx(HEADER), **made)
    began = time.process_time()
    found = codes(content, "signatories")
    assert set(found) <= REFUSED
    assert found and time.process_time() - began < 10


def test_what_a_workbook_costs_to_open_is_paid_before_its_rows_are_asked_for():
    content = with_parts(xlsx(HEADER), **BOMBS["a text of pieces without end"])
    table = Table(io.BytesIO(content))
    began = time.process_time()
    with pytest.raises(Unreadable):
        iter(table)
    assert time.process_time() - began < 0.1


def test_a_workbook_that_would_unpack_too_large_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 50_000_000)
        archive.writestr("xl/workbook.xml", "x")
    assert codes(out.getvalue()) == ["xlsx_too_large"]


def test_a_workbook_that_claims_a_huge_sheet_is_read_by_what_it_holds():
    content = xlsx(list(ACTION), list(ACTION.values()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(SHEET).decode()
    part = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', part)
    claimed = with_parts(content, sheet=part.encode())
    assert [len(cells) for _, _, cells in Table(io.BytesIO(claimed))] == [len(ACTION)] * 2


def archive_of(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive_of("signatories.csv"), "not_text"),
        (archive_of("[Content_Types].xml", "word/document.xml"), "not_a_table"),
        (archive_of("mimetype", "content.xml"), "other_workbook"),
        (archive_of("[Content_Types].xml", "xl/workbook.bin"), "other_workbook"),
        (archive_of("[Content_Types].xml", "xl/workbook.xml"), "xlsx_damaged"),
        (xlsx(HEADER)[:3000], "xlsx_damaged"),
        (
            xlsx(HEADER).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x83"),
            "xlsx_damaged",
        ),
    ],
    ids=["a CSV in a zip", "a letter", "ODS", "XLSB", "no XML", "cut", "a newer zip"],
)
def test_another_archive_is_refused_with_what_to_do(content, code):
    assert codes(content, "signatories") == [code]


def test_nothing_of_openpyxl_is_said_to_the_person(tmp_path):
    path = tmp_path / "without_styles.xlsx"
    path.write_bytes(
        with_parts(xlsx(HEADER, GOOD), styles=f'<styleSheet xmlns="{MAIN}"/>'.encode())
    )
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from monitor.intake.files import Table\n"
            "print(len(list(Table(open(sys.argv[1], 'rb')))))",
            str(path),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (result.stdout.strip(), result.stderr) == ("2", "")


def test_a_signatory_of_a_workbook_is_that_of_a_csv():
    content = xlsx(list(SIGNATORY), list(SIGNATORY.values()))
    assert value(content, "name", "signatories") == SIGNATORY["name"]


def test_two_who_read_a_sheet_at_once_have_all_of_it_and_what_is_odd():
    def strike(book):
        book.active["B3"].font = Font(strike=True)

    file = io.BytesIO(xlsx(HEADER, GOOD, GOOD, ["b"], prepare=strike))
    book = Book(file)
    first, second = (Table(file, "Sheet", book) for _ in range(2))
    rows, others = iter(first), iter(second)
    read = [next(rows), next(others), *others, *rows]
    assert [line for line, *_ in read] == [1, 1, 2, 3, 4, 2, 3, 4]
    assert [one.code for table in (first, second) for one in table.doubts] == ["struck_rows"] * 2
