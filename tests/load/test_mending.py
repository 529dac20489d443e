"""A file as a person has put it right before it is loaded."""

import io
import json

import pytest
from openpyxl import Workbook

from monitor.intake import FileColumn, MendedCell, MendedTable, Mending, Table, file_columns
from monitor.intake.mending import WHOLE_LINE

CONTENT = "actions"
LINES = (
    "Réf.;Ville;Élu·e;N° mesure;Où en est-on;;rejected_reason",
    "a;Paris;Anne;1;réalisé;;",
    "",
    "b;Lyon;Gérard;2;bof;x;y",
    "c;Lyon;Gérard",
)
CSV = "\n".join(LINES).encode()


def xlsx() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for line in LINES:
        book.active.append(line.split(";"))
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [CSV, xlsx()], ids=["csv", "xlsx"])
def test_the_columns_of_a_file_have_samples_and_what_their_titles_mean(data):
    found = file_columns(Table(io.BytesIO(data)), CONTENT)
    assert found[:2] == [
        FileColumn("Réf.", ("a", "b", "c"), None),
        FileColumn("Ville", ("Paris", "Lyon"), "commune"),
    ]
    meant = [column.meant for column in found[2:]]
    assert meant == ["signatory_id", "measure", "status", None, ""]


@pytest.mark.parametrize(
    ("first", "lines", "meant"),
    [
        (1, ["Élu;Source", "Anne;https://a.fr/1", "Ali;Journal"], ["source_url"]),
        (1, ["Élu;Source", "Anne;", "Ali;Journal du 3 mars"], ["source_title"]),
        (1, ["Élu;Source;Lien", "Anne;Journal;https://a.fr/1"], ["source_title", "source_url"]),
        (2, ["Voir www.a.fr;", "Élu;Source", "Anne;Journal"], ["source_title"]),
        (1, ["Élu;Source", "Anne;"], ["source_url"]),
    ],
)
def test_what_source_heads_is_told_by_its_cells_and_by_the_other_titles(first, lines, meant):
    data = "\n".join(lines).encode()
    found = file_columns(Table(io.BytesIO(data), first=first), CONTENT)
    assert [column.meant for column in found][1:] == meant
    place = len(lines), "source_title"
    if place[1] in meant:  # a cell of it is mended where it stands
        table = MendedTable(io.BytesIO(data), CONTENT, Mending(cells={place: "X"}, first=first))
        *_, (_, _, last) = table
        assert last[1] == "X" and len(last) == 1 + len(meant)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Candidat;1;2;Remarques", ""),
        ("Candidat;1;2;Commentaire du candidat", "comment"),
        ("Horodateur;Candidat;1;Remarques", "comment"),
        ("Candidat;N°;Réponse;Remarques", "comment"),
    ],
)
def test_remarks_on_a_whole_row_are_offered_as_words_of_whose_they_are_alone(header, meant):
    data = f"{header}\nAnne;1;oui;x\n".encode()
    assert file_columns(Table(io.BytesIO(data)), "answers")[-1].meant == meant


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04no archive"])
def test_a_file_that_cannot_be_read_has_no_columns(data):
    assert file_columns(Table(io.BytesIO(data)), CONTENT) == []


def mended(mending: Mending, data: bytes = CSV) -> tuple[list, list[MendedCell]]:
    table = MendedTable(io.BytesIO(data), CONTENT, mending)
    rows = [(line, cells) for line, _, cells in table]
    assert [cells for _, cells in rows] == list(table.again())
    return rows, table.mended_cells


def test_a_file_of_which_nothing_is_mended_is_read_as_it_is():
    rows, changes = mended(Mending())
    plain = [(line, cells) for line, _, cells in Table(io.BytesIO(CSV))]
    assert [line for line, _ in rows] == [line for line, _ in plain] and changes == []
    assert [cells for _, cells in rows][1:] == [cells for _, cells in plain][1:]


def test_columns_are_called_ours_or_left_out_and_what_all_rows_share_is_added():
    rows, changes = mended(Mending({0: "action_id", 5: ""}, {"happened_on": "2019-05"}))
    (_, header), first, second, ragged = rows
    assert header == [
        *("action_id", "Ville", "Élu·e", "N° mesure", "Où en est-on", "(left out)"),
        *("rejected_reason", "happened_on"),
    ]
    assert first == (2, ["a", "Paris", "Anne", "1", "réalisé", "", "", "2019-05"])
    assert second == (4, ["b", "Lyon", "Gérard", "2", "bof", "x", "y", "2019-05"])
    assert ragged == (5, ["c", "Lyon", "Gérard"])
    assert changes == []


@pytest.mark.parametrize("data", [CSV, xlsx()], ids=["csv", "xlsx"])
def test_cells_are_written_anew_at_their_line_also_in_columns_that_the_file_has_not(data):
    cells = {(4, "status"): "en cours", (4, "summary"): "Vu.", (9, "status"): "lost"}
    rows, changes = mended(Mending({0: "action_id"}, {}, cells), data)
    written = dict(rows)[4]
    assert written[4] == "en cours" and written[-1] == "Vu."
    assert dict(rows)[2][-1] == ""
    assert changes == [
        MendedCell(4, "status", "bof", "en cours"),
        MendedCell(4, "summary", "", "Vu."),
    ]


def test_a_cell_that_is_put_back_is_not_told():
    assert mended(Mending(cells={(4, "status"): "bof"}))[1] == []


@pytest.mark.parametrize("data", [CSV, xlsx()], ids=["csv", "xlsx"])
def test_a_line_is_left_out_whole_and_that_is_told(data):
    left = {(4, WHOLE_LINE): "Illisible.", (2, "status"): "en cours"}
    rows, changes = mended(Mending({0: "action_id"}, cells=left), data)
    assert [line for line, _ in rows] == [1, 2, 5] and WHOLE_LINE not in rows[0][1]
    assert [cell.column for cell in changes] == ["status", WHOLE_LINE]
    assert changes[1] == MendedCell(4, WHOLE_LINE, "b · Lyon · Gérard", "Illisible.")


@pytest.mark.parametrize(
    "mending",
    [
        Mending(),
        Mending({0: "name", 3: ""}, {"commune": "59350"}, {(4, "name"): "Zoé", (9, ""): ""}),
        Mending(sheet="Lille", first=3, marks={"x": "yes", "": "no", "?": ""}),
    ],
    ids=["nothing", "columns and cells", "sheet and marks"],
)
def test_what_was_put_right_is_kept_as_json_and_read_back(mending):
    assert Mending.from_json(json.loads(json.dumps(mending.to_json()))) == mending
