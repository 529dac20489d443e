"""Notes on the cells of a workbook are not read, and that is said, with the sheet and their number."""

import io
import zipfile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.comments import Comment

from monitor.cli.main import main
from monitor.intake import Table
from monitor.intake.cell_notes import count_notes
from tests.support.whole_pacts import SHEETS, workbook


def with_notes(sheets: dict, notes: dict[str, tuple[str, ...]]) -> bytes:
    book = load_workbook(io.BytesIO(workbook(sheets)))
    for title, cells in notes.items():
        for cell in cells:
            book[title][cell].comment = Comment("à vérifier, <comment> dit Ju", "Ju")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_notes_of_a_sheet_are_counted(count):
    cells = ("A2", "B2", "A3")[:count]
    data = with_notes(SHEETS, {"Signataires": ("A1", "B1", *cells), "actions": ("A2",)})
    table = Table(io.BytesIO(data), "Signataires")
    assert [*table]
    found = [dict(one.values)["n"] for one in table.doubts if one.code == "notes_unread"]
    assert found == ([str(count)] if count else [])


NOTES = """<comments><x:comment ref="A2"/><comment x='0' ref='B12'>a</comment><comment ref="C1">"""
#: What the relations of a sheet may say of its notes -> how many are found.
RELATIONS = {
    '<Relationship Id="a" Type="http://x/comments" Target="../comments1.xml"/>': 2,
    "<r:Relationship Target='/xl/comments1.xml' Type='http://x/comments' />": 2,
    '<Relationship Type="http://x/threadedComment" Target="../comments1.xml"/>': 0,
    '<Relationship Type="http://x/comments" Target="../none.xml"/>': 0,
    '<Relationship Type="http://x/comments"/>': 0,
    '<Relationship Type="http://x/comments" ' * 100_000: 0,
    "": 0,
}


@pytest.mark.parametrize(("relations", "count"), RELATIONS.items(), ids=range(len(RELATIONS)))
def test_notes_are_found_where_the_sheet_says_that_they_are(relations, count):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
        archive.writestr("xl/comments1.xml", NOTES)
        assert count_notes(archive, "xl/worksheets/sheet1.xml") == count
        assert count_notes(archive, "xl/worksheets/sheet2.xml") == 0


def test_the_notes_of_several_sheets_are_said_on_one_line(empty, tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", empty.url)
    path = tmp_path / "pacte.xlsx"
    path.write_bytes(with_notes(SHEETS, {"Signataires": ("A2", "B2"), "actions": ("A2",)}))
    done = CliRunner().invoke(main, ["load", str(path), "--dry-run", "--all-doubts"])
    assert done.exit_code == 0, done.output
    (line,) = [one for one in done.output.splitlines() if "pas lues" in one]
    assert "Signataires (2)" in line and "actions (1)" in line
