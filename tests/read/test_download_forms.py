"""The forms in which a table is downloaded, cell by cell."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from monitor import tables
from monitor.export import FORMS, Caption, workbook

TITLES = {"status": "statut", "measure": "mesure"}
CAPTION = Caption(
    {"pact": "p", "fictional": True, "known_at": None},
    "fr",
    title=lambda column: TITLES.get(column, column),
    meaning=lambda column: f"ce que dit {column}",
    words={"measure": {"1": "Se déplacer à vélo"}},
)
ROWS = pd.DataFrame(
    {
        "name": ["Zoé <&> O’Neil", "=1+1", '@SUM(A1)\n"cité"', "\x07"],
        "measure": ["1", "1", "9", None],
        "status": ["implemented", None, "stalled", "not_assessed"],
        "since": ["2015-09-28", None, "2016", "2019-01-01"],
        "rate": [0.5, -1.25, float("nan"), 1.0],
        "due": [1, 20, 3, 0],
        "binding": [True, False, True, True],
    }
)


def sheets_of(parts) -> dict[str, list[tuple]]:
    """The cells of a workbook, by the names of its sheets."""
    content = b"".join(FORMS["xlsx"].encode(parts, CAPTION))
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_workbook_has_the_rows_with_words_beside_their_codes():
    header, *rows = sheets_of([ROWS])["Lignes"]
    assert header == (
        *("name", "measure", "Mesure", "status", "Statut", "since", "rate", "due", "binding"),
    )
    day, words = datetime(2015, 9, 28), "Se déplacer à vélo"
    stalled, unknown = ("stalled", "suspendu"), ("not_assessed", "non évalué")
    assert rows == [
        ("Zoé <&> O’Neil", "1", words, "implemented", "mis en œuvre", day, 0.5, 1, True),
        ("=1+1", "1", words, None, None, None, -1.25, 20, False),
        ('@SUM(A1)\n"cité"', "9", None, *stalled, "2016", None, 3, True),
        ("", None, None, *unknown, datetime(2019, 1, 1), 1, 0, True),
    ]


def test_a_day_of_a_workbook_is_written_alike_in_every_country():
    content = b"".join(FORMS["xlsx"].encode([ROWS], CAPTION))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    days = [cell for row in sheet for cell in row if cell.is_date]
    assert len(days) == 2 and {cell.number_format for cell in days} == {"yyyy\\-mm\\-dd"}


def test_no_cell_of_a_workbook_is_a_formula():
    content = b"".join(FORMS["xlsx"].encode([ROWS], CAPTION))
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for cell in row
    ]
    assert "=1+1" in [cell.value for cell in cells if cell.data_type in ("s", "inlineStr")]
    assert "f" not in {cell.data_type for cell in cells}


def test_a_workbook_says_what_it_is_a_view_of_and_what_its_columns_hold():
    found = sheets_of([ROWS])
    assert found["À propos"][1:] == [("Pacte", "p"), ("Données fictives", True), ("Connu au", None)]
    assert ("status", "Statut", "ce que dit status") in found["Colonnes"]
    assert len(found["Colonnes"]) == 1 + len(ROWS.columns)
    without = FORMS["xlsx"].encode([ROWS], replace(CAPTION, meaning=lambda column: ""))
    columns = openpyxl.load_workbook(io.BytesIO(b"".join(without)))["Colonnes"]
    assert [cell.value for cell in columns[1]] == ["Colonne", "Nom"] and columns.max_column == 2


@pytest.mark.parametrize(("limit", "lengths"), [(3, [2, 2]), (4, [3, 1]), (5, [4]), (6, [4])])
@pytest.mark.parametrize("size", [1, 2, 4])
def test_rows_beyond_those_of_a_sheet_go_on_in_another(monkeypatch, limit, lengths, size):
    monkeypatch.setattr(workbook, "MOST_ROWS", limit)
    parts = [ROWS.iloc[start : start + size] for start in range(0, len(ROWS), size)]
    found = sheets_of(parts)
    names = [name for name in found if name.startswith("Lignes")]
    assert names == ["Lignes", "Lignes (2)"][: len(lengths)]
    assert [len(found[name]) - 1 for name in names] == lengths
    assert len({found[name][0] for name in names}) == 1
    assert [row[0] for name in names for row in found[name][1:]] == [*ROWS["name"][:3], ""]


def test_a_sheet_never_outgrows_what_an_archive_holds_without_extensions(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BYTES", 2_400)
    found = sheets_of([ROWS.iloc[[0]]] * 6)
    names = [name for name in found if name.startswith("Lignes")]
    assert len(names) > 1
    assert sum(len(found[name]) - 1 for name in names) == 6


def test_a_workbook_comes_in_pieces_and_is_the_same_each_time():
    parts = [ROWS] * 5
    pieces = list(FORMS["xlsx"].encode(iter(parts), CAPTION))
    assert len(pieces) > len(parts)
    assert b"".join(pieces) == b"".join(FORMS["xlsx"].encode(parts, CAPTION))


def test_a_table_without_rows_is_a_workbook_with_a_header():
    found = sheets_of([ROWS.iloc[:0]])
    assert found["Lignes"][0][0] == "name" and len(found["Lignes"]) == 1


@pytest.mark.parametrize(("lang", "rate"), [("fr", "-1,25"), ("en", "-1.25")])
def test_csv_with_semicolons_has_the_decimals_of_its_language(lang, rate):
    caption = Caption(CAPTION.view, lang, title=str)
    content = b"".join(FORMS["semicolon.csv"].encode([ROWS], caption))
    assert content.startswith("\ufeff".encode())
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header == [*ROWS.columns, *CAPTION.view]
    assert rows[1] == ["'=1+1", "1", "", "", rate, "20", "False", "p", "True", ""]


@pytest.mark.parametrize("decimal", [",", "."])
def test_numbers_of_people_are_whole_in_every_csv(decimal):
    table = pd.DataFrame({"population": [156140.0, None], "rate": [0.5, 1.0]})
    text = tables.to_csv(table, decimal=decimal)
    assert text.splitlines()[1:] == [f'"156140","0{decimal}5"', f'"","1{decimal}0"']


TYPES = {
    **dict.fromkeys(("name", "measure", "status"), "string"),
    "since": "date",
    "rate": "number",
    "due": "integer",
    "binding": "boolean",
}


def parquet_file(*parts: pd.DataFrame) -> pq.ParquetFile:
    pieces = FORMS["parquet"].encode(parts, replace(CAPTION, types=TYPES))
    return pq.ParquetFile(io.BytesIO(b"".join(pieces)))


def test_parquet_has_typed_columns_and_says_once_what_it_is_a_view_of():
    rows = ROWS.assign(since=["2015-09-28", None, "2016-01-01", None])
    found = parquet_file(rows.head(2), rows.tail(2))
    table = found.read()
    assert [str(kind) for kind in table.schema.types] == [
        *("string", "string", "string", "date32[day]", "double", "int64", "bool"),
    ]
    assert table["since"].to_pylist() == [date(2015, 9, 28), None, date(2016, 1, 1), None]
    assert table["rate"].to_pylist() == [0.5, -1.25, None, 1.0]
    assert table["name"].to_pylist() == ROWS["name"].tolist()  # no `'` before a formula
    metadata = {name.decode(): value.decode() for name, value in found.metadata.metadata.items()}
    assert (metadata["pact"], metadata["fictional"]) == ("p", "true") and "known_at" not in metadata


def test_a_column_of_parquet_has_its_type_in_parts_without_a_value():
    nothing = ROWS.head(0)
    assert parquet_file(nothing).schema_arrow.types == parquet_file(ROWS.head(1)).schema_arrow.types
    assert parquet_file(nothing).read().num_rows == 0
    unsaid = ROWS.assign(name=None, since=None, rate=None)
    assert parquet_file(unsaid).read()["rate"].null_count == len(ROWS)
