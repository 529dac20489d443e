"""Titles on two lines are read together; a row below titles never is one of them."""

import io

import pytest

from monitor.intake.cells import FaultyCell
from monitor.intake.choice_columns import fold_choices
from monitor.intake.files import Table
from monitor.intake.two_title_lines import TitlesAboveThemes, join_title_lines, join_titles
from tests.support.whole_pacts import workbook

WHO = ("Nom", "Ville")
JOINED = {
    "themes above requests": (
        (*WHO, "Vélo", "", "Bus"),
        ("", "", "Garer", "Rouler", "Payer"),
        [*WHO, "Vélo [Garer]", "Vélo [Rouler]", "Bus [Payer]"],
    ),
    "requests above what is said of them": (
        (*WHO, "Garer", "", "Rouler"),
        ("", "", "Réponse", "Commentaire", "Réponse", "Commentaire"),
        [
            *(*WHO, "Garer [Réponse]", "Garer [Commentaire]"),
            *("Rouler [Réponse]", "Rouler [Commentaire]"),
        ],
    ),
    "numbers above words": (
        (*WHO, "1", "2", "M3"),
        ("", "", "Garer", "Rouler", "Payer"),
        [*WHO, "1. Garer", "2. Rouler", "M3. Payer"],
    ),
    "a title after the groups": (
        (*WHO, "Vélo", "", "", "Source"),
        ("", "", "Garer", "Rouler [à deux]", "Payer", ""),
        [*WHO, "Vélo [Garer]", "Vélo [Rouler (à deux)]", "Vélo [Payer]", "Source"],
    ),
    "a group above none of the first": (
        (*WHO, "", "Bus", ""),
        ("", "", "Garer", "Rouler", "Payer"),
        [*WHO, "Garer", "Bus [Rouler]", "Bus [Payer]"],
    ),
}
#: Titles and the rows below -> those in which columns that are ticked were put together; what is no
#: single tick is refused.
FOLDED = {
    "yes and no": (
        [(*WHO, "Garer", "", "Rouler", ""), ("", "", "Oui", "Non", "Oui", "Non")],
        {("x", "", "", "X"): ("Oui", "Non"), ("", "", "✔", ""): ("", "Oui")},
    ),
    "comments": (
        [(*WHO, "Garer", "", "", "Rouler"), ("", "", *("Pour", "Contre", "Commentaire") * 2)],
        {
            ("x", "", "si", "", "", ""): ("Pour", "si", "", ""),
            ("", "1", "", "", "1", "a"): ("Contre", "", "Contre", "a"),
        },
    ),
    "three answers and none": (
        [(*WHO, "1", "", "", "", "2"), ("", "", *("Oui", "En partie", "Non", "NSP") * 2)],
        {("", "x", "", "", "", "", "", "x"): ("En partie", "NSP")},
    ),
    "one line": (
        [(*WHO, "Garer - Oui", "Garer - Non", "D2 Yes", "D2 No")],
        {
            ("TRUE", "FALSE", "0", "1"): ("Oui", "No"),
            ("oui", "", "", "no"): ("Oui", "No"),
            ("-", "", "", ""): ("", ""),
        },
    ),
    "unclear": (
        [(*WHO, "Garer [Oui]", "Garer [Non]", "Rouler")],
        {
            ("x", "x", "oui"): ("x (Oui) ; x (Non)", "oui"),
            ("non", "", ""): ("non (Oui)", ""),
            ("✗", "", ""): ("✗ (Oui)", ""),
            ("oui, mais", "", ""): ("oui, mais (Oui)", ""),
        },
    ),
    "other columns": (
        [(*WHO, "Mesure n", "Mesure o", "Avis : oui")],
        {("oui", "non", ""): ("oui", "non", "")},
    ),
}


@pytest.mark.parametrize(("titles", "rows"), FOLDED.values(), ids=FOLDED)
def test_columns_of_which_one_is_ticked_are_read_as_one(titles, rows):
    lines = [
        *titles,
        *(("Abel", "Lille", *cells) for cells in rows),
        ("Total", "", *"1" * (len(titles[-1]) - 2)),
    ]
    given = (
        (n, n, [*cells, *[""] * (len(titles[-1]) - len(cells))]) for n, cells in enumerate(lines, 1)
    )
    _, *found, summed = [cells for *_, cells in fold_choices(join_title_lines(given, fills=True))]
    assert [tuple(cells[2:]) for cells in found] == [*rows.values()]
    for cells in found:
        for cell in cells:
            assert isinstance(cell, FaultyCell) == (" (" in cell)
    assert summed[0] == "Total" and {*summed[2:]} <= {"", "1"}


#: Lines that are no titles: they stay rows, which are read, or refused.
APART = {
    "a row": ((*WHO, "1", "2", "3"), ("Abel", "Lille", "oui", "non", "")),
    "a row without a name": ((*WHO, "1", "2", ""), ("", "Lille", "oui", "non", "oui")),
    "answers": ((*WHO, "Garer", "", "Rouler", ""), ("", "", "Oui", "Non", "Oui", "Oui")),
    "answers below one title each": (
        (*WHO, "Garer", "Rouler", "Payer"),
        ("", "", "Oui", "Non", "Oui"),
    ),
    "what to write": ((*WHO, "1", "2", "3"), ("", "", "(oui/non)", "(oui/non)", "(oui/non)")),
    "a caption": (("Pacte", "", "", ""), ("", "Nom", "Ville", "Garer")),
    "gaps": ((*WHO, "Vélo", "", "", ""), ("", "", "Garer", "", "Rouler", "Payer")),
    "two words": ((*WHO, "Vélo", ""), ("", "", "Garer", "Rouler")),
    "numbers below words": ((*WHO, "Garer", "Rouler", "Payer"), ("", "", "1", "2", "3")),
    "nothing": (("", "", ""), ("Nom", "Ville", "1")),
}


@pytest.mark.parametrize(
    ("above", "below", "is_read"),
    [
        ((*WHO, "1.a", "1.b", "2.a"), ("", "", "Rouler", "", "Manger"), False),
        ((*WHO, "1", "2", "Q3"), ("", "", "Rouler", "Rouler", "Manger"), False),
        ((*WHO, "1", "2", "3"), ("Abel", "", "Rouler", "", "Manger"), True),
        ((*WHO, "1", "2", "3"), ("", "", "Rouler", "oui", ""), True),
        ((*WHO, "1", "2", "3"), ("", "", "x", "", "v"), True),
        ((*WHO, "1", "2", "3"), ("", "", "(oui/non)", "", ""), True),
        ((*WHO, "Garer", "2", "3"), ("", "", "Rouler", "", ""), True),
    ],
)
def test_a_line_of_themes_below_numbers_is_no_row(above, below, is_read):
    rows = [(1, 1, [*above]), (2, 2, [*below]), (3, 3, ["Abel", "Lille", "oui", "", ""])]
    (_, _, titles), *found = join_title_lines(iter(rows), fills=False)
    assert titles == [*above] and [line for line, *_ in found] == [2, 3][not is_read :]
    assert isinstance(titles, TitlesAboveThemes) is not is_read


@pytest.mark.parametrize(("above", "below", "titles"), JOINED.values(), ids=JOINED)
def test_two_lines_of_titles_are_read_together(above, below, titles):
    assert join_titles(above, below) == titles


@pytest.mark.parametrize(("above", "below"), APART.values(), ids=APART)
def test_what_may_be_a_row_is_no_title(above, below):
    assert join_titles(above, below) is None


def test_below_two_lines_of_titles_every_cell_keeps_its_column():
    sheet = [
        ("Pacte des vélos",),
        (*WHO, "Vélo", "", ""),
        ("", "", "Garer", "Rouler", "Payer", "Louer"),
        ("Abel", "Lille", "oui"),
        ("Bo", "Lyon", "", "", "", "non"),
    ]
    table = Table(io.BytesIO(workbook({"Candidats": sheet})), first=2)
    rows = [cells for _, _, cells in table]
    assert [len(cells) for cells in rows] == [6, 6, 6]
    assert rows[2] == ["Bo", "Lyon", "", "", "", "non"]
