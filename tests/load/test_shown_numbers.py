"""A number of a workbook is read as its cell shows it, or refused: never as another value."""

import io
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from monitor import intake
from monitor.intake.files import Table
from monitor.intake.formats import RoundedNumber, UnknownFormat, shown_number
from tests.support.file_rows import ACTION, AREA, CONTEXT, SIGNATORY, read
from tests.support.workbooks import GOOD, HEADER, sheet, with_parts, workbook_bytes, xlsx

SHOWN = {
    # (kept, format): shown
    ("1.1", "0.00"): "1.10",
    ("1.1", "General"): "1.1",
    ("1.1", "#.##"): "1.1",
    ("1004", "00000"): "01004",
    ("84090", "# ##0"): "84090",
    ("84090", "#,##0"): "84090",
    ("84090", '#,##0\\ "€"'): "84090 €",
    ("552100554", "000 000 000"): "552100554",
    ("1", '0"e"'): "1e",
    ("1", '"M"0'): "M1",
    ("0.5", "0%"): "50%",
    ("0.125", "0.0%"): "12.5%",
    ("120000", "0.00E+00"): "1.20E+05",
    ("5", "[<10]0.0;0"): "5.0",
    ("15", "[<10]0.0;0"): "15",
    ("2", '[=1]"un";[=2]"deux";0'): "deux",
    ("-3", "0;(0)"): "(3)",
    ("0", '0;-0;"nul"'): "nul",
    ("0", "0;-0;"): "",
    ("-1.5", "General"): "-1.5",
    ("-0.001", "0.00"): "0.00",
    ("3", "@"): "3",
    ("1", "[Red]0"): "1",
    ("1", "[$-40C]0.00"): "1.00",
    ("1", "General"): "1",
    ("1", 'General" bis"'): "1 bis",
    ("1.005", "0.00"): "1.01",
    ("999.995", "0.00"): "1000.00",
    ("2016", "0000"): "2016",
    ("12345678901", "General"): "12345678901",
    # The noise of binary numbers, which no spreadsheet shows.
    ("1.1000000000000001", "General"): "1.1",
    ("0.30000000000000004", "General"): "0.3",
    ("0.30000000000000004", "0.00"): "0.30",
    ("3.14159265358979", "General"): "3.141592654",
    ("48.8566140123456", "General"): "48.85661401",
    ("1E5", "General"): "100000",
    ("1", '_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-'): "1.00",
}
#: A fraction, thousands that are left out, nothing shown, a date of another country, digits of
#: another script, no section that holds.
UNFOLLOWED = [
    ("0.5", "# ?/?"),
    ("1234567", "0,"),
    ("12", ";;;"),
    ("12", "aaaa"),
    ("12", "[DBNum1]0"),
    ("5", "[>10]0;[<3]0.0"),
    ("120000", "##0.0E+0"),
]
ROUNDED = [("123456", "0.00E+00"), ("123456789012", "General"), ("12345678901234567", "0")]


@pytest.mark.parametrize(("given", "text"), SHOWN.items(), ids=map(str, SHOWN))
def test_a_number_is_what_its_format_shows(given, text):
    assert shown_number(*given) == text


@pytest.mark.parametrize("given", UNFOLLOWED, ids=str)
def test_a_format_that_cannot_be_followed_is_no_number(given):
    with pytest.raises(UnknownFormat):
        shown_number(*given)


@pytest.mark.parametrize("given", ROUNDED, ids=str)
def test_a_number_of_which_the_cell_shows_a_part_is_no_number(given):
    with pytest.raises(RoundedNumber):
        shown_number(*given)


@given(number=st.integers(-(10**11) + 1, 10**11 - 1))
def test_a_whole_number_is_shown_as_it_is(number):
    assert shown_number(str(number), "General") == shown_number(str(number), "0") == str(number)
    assert shown_number(str(number), "#,##0") == str(number)


@given(
    kept=st.floats(allow_nan=False, allow_infinity=False),
    form=st.text('0#?.,%E+-;[]<10"\\@/ Mdy€_*', max_size=12),
)
def test_any_number_in_any_format_is_a_text_or_a_refusal(kept, form):
    with suppress(UnknownFormat, RoundedNumber):
        assert isinstance(shown_number(repr(kept), form), str)


def of_one(content: dict, column: str, cell: object, form: str, kind: str) -> intake.Row:
    """The row of a workbook in which a cell has that value and that format."""
    book = Workbook()
    book.active.append(list(content))
    book.active.append([cell if name == column else value for name, value in content.items()])
    book.active.cell(2, list(content).index(column) + 1).number_format = form
    (row,) = intake.read_file(io.BytesIO(workbook_bytes(book)), kind, CONTEXT_OF_DECIMALS)
    for error in row.errors:
        assert intake.error_sentence(error, "fr") and intake.error_sentence(error, "en")
    return row


CONTEXT_OF_DECIMALS = intake.Context(
    today=CONTEXT.today,
    signatories=CONTEXT.signatories,
    measures=["1", "1.1", "1.10", "01"],
    areas=CONTEXT.areas,
    retired=CONTEXT.retired,
)


@pytest.mark.parametrize(
    ("kind", "column", "cell", "form", "meant"),
    [
        ("actions", "measure", 1.1, "0.00", "1.10"),
        ("actions", "measure", 1.1, "General", "1.1"),
        ("actions", "measure", 1, "00", "01"),
        ("actions", "action_id", 7, "0000", "0007"),
        ("actions", "summary", 0.5, "0%", "50%"),
        ("signatories", "measures", 1.1, "0.00", "1.10"),
        ("signatories", "commune", 1004, "00000", "01004"),
        ("signatories", "commune", 87085, "#,##0", "87085"),
        ("signatories", "signatory_id", 12, "General", "12"),
        ("areas", "population", 84090, "#,##0", "84090"),
        ("areas", "population", 84090.4, "0", "84090"),
        ("areas", "code", 1004, "00000", "01004x"),
    ],
)
def test_a_number_is_read_as_it_is_shown_wherever_it_stands(kind, column, cell, form, meant):
    rows = {
        "actions": ACTION,
        "signatories": {**SIGNATORY, "measures": "1"},
        "areas": {**AREA, "name": "Ici"},
    }
    row = of_one(rows[kind], column, cell, form, kind)
    if meant.endswith("x"):  # a code of areas.csv that is a commune's keeps the commune's name
        assert [error.code for error in row.errors] == ["packaged_commune"]
        return
    assert not row.errors
    assert row.values[intake.COLUMNS[kind].index(column)] == meant


@pytest.mark.parametrize(
    ("column", "cell", "form", "code"),
    [
        ("measure", 0.5, "# ?/?", "number_format"),
        ("action_id", 123456789012, "General", "number_rounded"),
        ("action_id", 7.2, "0", "number_rounded"),
        ("measure", 1.3, "0", "number_rounded"),
        ("measure", 1.25, "0.0", "number_rounded"),
        ("measure", 1.1, '0" bis"', "number_rounded"),
        ("summary", 0.125, "0%", "number_rounded"),
        ("action_id", date(2026, 2, 1), "d-mmm", "date_cell"),
        ("measure", date(2026, 2, 1), "dd/mm/yyyy", "date_cell"),
        ("summary", time(10, 30), "hh:mm", "date_cell"),
        ("happened_on", time(10, 30), "hh:mm", "not_a_date"),
        ("happened_on", 42416, "General", "serial_date"),
        ("happened_on", 2016, "General", None),
    ],
)
def test_what_a_cell_does_not_show_is_refused(column, cell, form, code):
    row = of_one(ACTION, column, cell, form, "actions")
    assert [error.code for error in row.errors] == ([code] if code else [])


def test_a_list_of_measures_is_not_read_as_the_one_that_is_shown():
    row = of_one({**SIGNATORY, "measures": "1"}, "measures", 1.1, "0", "signatories")
    assert [(error.column, error.code) for error in row.errors] == [("measures", "number_rounded")]


def cells(xml: str) -> list[str]:
    """The second cells of the rows of a sheet written by hand."""
    content = with_parts(xlsx(HEADER), sheet=sheet(xml))
    return [texts[1] for _, _, texts in Table(io.BytesIO(content))]


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ('<c r="B1" t="str"><f>A1</f><v>Zoé</v></c>', "Zoé", None),
        ('<c r="B1"><f>1+1</f><v>2</v></c>', "2", None),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', "", None),
        ('<c r="B1"><f>A1</f></c>', "=A1", "formula_cell"),
        ('<c r="B1"><f>A1</f><v/></c>', "=A1", "formula_cell"),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "error_cell"),
        ('<c r="B1" t="e"><v>#N/A</v></c>', "#N/A", "error_cell"),
        ('<c r="B1" t="b"><f>1=1</f><v>1</v></c>', "TRUE", "boolean_cell"),
    ],
)
def test_a_formula_is_the_result_that_is_saved_with_it(cell, text, code):
    (found,) = cells(f'<row r="1"><c r="A1"><v>1</v></c>{cell}<c r="C1"><v>1</v></c></row>')
    assert (found, getattr(found, "code", None)) == (text, code)


def doubts(content: bytes) -> list[tuple[str, str]]:
    table = Table(io.BytesIO(content))
    list(table)
    for doubt in table.doubts:
        assert intake.error_sentence(doubt, "fr") and intake.error_sentence(doubt, "en")
    return [(doubt.code, dict(doubt.values)["known"]) for doubt in table.doubts]


def test_what_a_sheet_hides_or_merges_is_said():
    def prepare(book):
        rows, columns = book.active.row_dimensions, book.active.column_dimensions
        rows[3].hidden = columns["B"].hidden = True
        book.active.merge_cells("A5:B5")
        book.active["B2"].font = Font(strike=True)

    content = xlsx(HEADER, GOOD, ["b", *GOOD[1:]], prepare=prepare)
    assert doubts(content) == [
        ("hidden_rows", "3"),
        ("hidden_columns", "B"),
        ("merged_cells", "A5:B5"),
        ("struck_rows", "2"),
    ]
    assert not any(row.errors for row in read(content, "signatories"))
    assert doubts(xlsx(HEADER, GOOD)) == []


#: Which cells a colour fills -> the empty ones of which that is said.
COLOURED = {
    "a cell of each row": (("C2", "D3"), "C2, D3"),
    "whole rows": (("A2", "B2", "C2", "D2"), None),
    "a whole column": (("D1", "D2", "D3", "D4"), None),
    "a column below its title": (("D2", "D3", "D4"), None),
    "titles": (("A1", "B1", "C1", "D1"), None),
    "what has a text": (("A2", "B3"), None),
}


@pytest.mark.parametrize(("filled", "said"), COLOURED.values(), ids=COLOURED)
def test_a_colour_that_may_mean_something_is_said_not_to_be_read(filled, said):
    def prepare(book):
        for place in filled:
            book.active[place].fill = PatternFill("solid", fgColor="00AA00")

    rows = [[name, "59350", "", ""] for name in ("Ada", "Bo", "Cy")]
    content = xlsx(["name", "commune", "list", "signed_on"], *rows, prepare=prepare)
    assert doubts(content) == ([("coloured_cells", said)] if said else [])


def test_a_commune_in_merged_cells_is_that_of_each_row_beside_them():
    rows = read(
        xlsx(
            ["name", "commune"],
            ["Ada Un", "22278"],
            ["Bo Deux"],
            ["Cy Trois"],
            prepare=lambda book: book.active.merge_cells("B2:B4"),
        ),
        "signatories",
    )
    assert [row.values.commune for row in rows] == ["22278"] * 3
    assert [one.code for row in rows for one in row.doubts].count("merged_read") == 1


@pytest.mark.parametrize(
    ("merged", "column", "at"),
    [("D2:D4", "outcome", 3), ("B2:C2", "commune", None)],
)
def test_an_empty_part_of_merged_cells_is_refused_and_names_them(merged, column, at):
    table = [
        ["a", "A", "22278", "elected"],
        ["b", "B", "22278", "elected"],
        ["c", "C", "22278", "elected"],
    ]
    if at is None:
        table[0][2] = None
    else:
        table[1][at] = table[2][at] = None
    content = xlsx(
        ["signatory_id", "name", "commune", "outcome"],
        *table,
        prepare=lambda book: book.active.merge_cells(merged),
    )
    found = [error for row in read(content, "signatories") for error in row.errors]
    assert {(error.column, error.code) for error in found} == {(column, "merged_cell")}
    assert len(found) == (1 if at is None else 2)
    assert f"cellules fusionnées {merged}" in intake.error_sentence(found[0], "fr")


@pytest.mark.parametrize(
    "text",
    [
        "Somme",
        "Ensemble",
        "Sum: 3",
        "Nombre de signataires : 3",
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_line_of_totals_gets_one_sentence(text, place):
    row = [None] * place + [text]
    found = read(xlsx(HEADER, GOOD, [*row, 3]), "signatories")
    assert [[error.code for error in one.errors] for one in found] == [[], ["totals_line"]]


@pytest.mark.parametrize(
    "text",
    [
        "* Les coûts sont indicatifs.",
        "(liste arrêtée au 3 mars)",
        "NB : en gris, a promis de répondre",
        "Source : site de l’association",
        "En gris, les candidats qui ont promis",
        "→ à compléter",
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_note_under_a_table_is_left_out_and_said(text, place):
    table = Table(io.BytesIO(xlsx(HEADER, GOOD, [*[None] * place, text])))
    found = [*intake.read_file(table, "signatories", CONTEXT)]
    assert [one.errors for one in found] == [()]
    assert [(one.code, one.line) for one in table.doubts] == [("note_left_out", 3)]


@pytest.mark.parametrize(
    "name", ["Jean de La Tour du Pin", "Anne Noter", "N. Bernard", "Sourcé Ali"]
)
def test_a_name_alone_in_its_line_lacks_what_a_person_must_have(name):
    (row,) = read(xlsx(HEADER, [None, name]), "signatories")
    assert {error.code for error in row.errors} == {"required"}


def test_a_person_whose_name_begins_like_a_total_is_a_person():
    rows = read(xlsx(HEADER, ["somme-1", "Somme Élodie", "80021", "2014"]), "signatories")
    assert not rows[0].errors
    (row,) = read(xlsx(HEADER, ["x", "Sommet Anne", None, "2014"]), "signatories")
    assert [error.code for error in row.errors] == ["required"]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.dates(date(1900, 3, 1)),
    st.times(),
    st.sampled_from(["=1+1", "#N/A", "1.10", "Total"]),
)
FORMS = st.sampled_from(
    ["General", "0.00", "00000", "#,##0", "0%", "@", "d-mmm", "mmm-yy", "# ?/?"]
)


@given(rows=st.lists(st.lists(st.tuples(CELLS, FORMS), min_size=3, max_size=5), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_cell_of_a_workbook_is_a_value_or_a_refusal(rows):
    book = Workbook()
    book.active.append(["signatory_id", "name", "commune", "signed_on", "measures"])
    for number, cells in enumerate(rows, start=2):
        for column, (cell, form) in enumerate(cells, start=1):
            made = book.active.cell(number, column, cell)
            made.number_format = form
    for row in intake.read_file(
        io.BytesIO(workbook_bytes(book)), "signatories", CONTEXT_OF_DECIMALS
    ):
        assert row.errors or len(row.values) == len(intake.COLUMNS["signatories"])
        for problem in (*row.errors, *row.doubts):
            assert intake.error_sentence(problem, "fr") and intake.error_sentence(problem, "en")
