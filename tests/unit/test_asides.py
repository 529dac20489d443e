"""Rows and columns of totals are told from people and measures that are called like them."""

from io import BytesIO

import pytest

from monitor.intake import Table, file_columns
from monitor.intake.asides import is_sum_title, name_sums

SUMS = [
    *(
        "Total",
        "TOTAUX",
        "Sous-total",
        "Grand total",
        "total général",
        "Total oui",
        "Total des oui",
    ),
    *("% de oui", "% oui", "Oui (%)", "Nombre de oui", "Nb de réponses", "Taux d’engagement"),
    *("S/total", "S/Total oui", "s-total", "ss total", "TOTAL GÉNÉRAL", "Moyenne générale"),
    *("Moyenne", "Average", "Score", "Total by city", "Total ✔", "Total (oui)", "Number of yes"),
]
#: A party, a department, a company, a request.
OTHERS = [
    *("Ensemble", "Somme", "TotalEnergies", "Total transparence", "Nombre de places de vélo"),
    *("Parts de marché", "Scorel", "Moyenne Jean", "50 % de bio", "Part", ""),
]


@pytest.mark.parametrize(
    ("title", "expected"), [(one, True) for one in SUMS] + [(one, False) for one in OTHERS]
)
def test_a_title_of_sums_says_nothing_else(title, expected):
    assert is_sum_title(title) is expected


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["Total", "", "2", "1"], "Total"),
        (["", "Total", "Total oui", "2/3", "66,7 %"], "Total"),
        (["% de oui", "", "50 %"], "% de oui"),
        (["Oui (%)", "", "50 %"], "Oui (%)"),
        (["TOTAL", "", ""], "TOTAL"),
        (["Moyenne", "0,5", "3 sur 5", "12 oui"], "Moyenne"),
        (["Lyon", "Total", "2", "1"], None),
        (["Total Lille", "", "12", "3"], "Total Lille"),
        (["Sous-total Rhône (69)", "4/5", "80 %"], "Sous-total Rhône (69)"),
        (["S/total", "12", "0"], "S/total"),
        (["Total Lille", "1", "0"], None),
        (["Total Lille", "oui", "12"], None),
        (["Total Lille", ""], None),
        (["Total", "Lyon", "oui"], None),
        (["Total transparence", "oui", "non"], None),
        (["Ensemble", "1", "0"], None),
        (["Somme", "1", "0"], None),
        (["", ""], None),
    ],
)
def test_a_row_of_sums_holds_nothing_else(cells, name):
    assert name_sums(cells) == name


def test_a_column_of_totals_is_asked_of_nobody():
    table = Table(BytesIO(b"Nom;Total;Score;Total Lille\nAna;3;bon;12\nTotal;3;;12\n"))
    meant = [one.meant for one in file_columns(table, "signatories")]
    assert meant == ["name", "", None, ""]


def test_a_column_that_holds_answers_is_known_by_half_of_what_stands_there():
    rows = "Nom;Piste;Mail;Reste\nAna;oui;a@b.invalid;\nLuc;Non, trop cher;c@d.invalid;\nEve;x;;\n"
    table = Table(BytesIO(rows.encode()))
    found = [one.holds_answers for one in file_columns(table, "signatories")]
    assert found == [False, True, False, False]
