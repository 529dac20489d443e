"""No file of 1 MB costs whoever reads it 10 seconds or 300 MB, and each is answered in a sentence."""

import io

from monitor.intake.files import Table
from tests.support.costly_files import FILES, FIRST, book, costs
from tests.support.size import pick_amount, print_measure

#: Those that are made and read in a moment, one of each sort of limit.
FEW = [
    "a million columns",
    "empty rows",
    "too many sheets",
    "a text outside of the rows",
    "merged cells, one over the other",
    "one text in every cell",
]


def test_no_small_file_costs_much():
    for name, cost in costs(pick_amount([*FILES], FEW)).items():
        print_measure(f"{name}: {cost['seconds']:.1f} s, {cost['mb']:.0f} MB, {cost['codes']}")
        assert cost["seconds"] < 10, name
        assert cost["mb"] < 300, name
        assert FILES[name][1] in cost["codes"] or not FILES[name][1], name


def test_a_long_workbook_whose_cells_are_all_alike_is_read_to_its_end():
    rows = pick_amount(100_000, 1_000)
    cells = [
        f'<c r="{letter}{{0}}" s="0" t="inlineStr"><is><t>abc</t></is></c>'
        for letter in "ABCDEFGHIJKLMNOPQRST"
    ]
    lines = (f'<row r="{{0}}">{"".join(cells)}</row>'.format(n) for n in range(2, rows + 2))
    assert sum(1 for _ in Table(io.BytesIO(book(FIRST, *lines)))) == rows + 1
