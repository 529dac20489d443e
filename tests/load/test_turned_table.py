"""A table with a column for each signatory, who they are above and their answers below, is read as if it
had a row for each."""

import pytest

from monitor.intake.cells import FaultyCell
from monitor.intake.turned_table import TurnedTitles, Turning
from tests.support.whole_pacts import PACT, load_sheets

HEAD = [("Ville", "Lille", "Lyon"), ("Candidat", "Ana Bo", "Cy Do")]
SAID = [("Créer une piste", "oui", "non"), ("Poser des arceaux", "", "oui")]
TITLES = ["Ville", "Candidat", "Créer une piste", "Poser des arceaux"]
ROWS = [["Lille", "Ana Bo", "oui", ""], ["Lyon", "Cy Do", "non", "oui"]]


def pad(rows, *cells):
    return [(*cells, *row) for row in rows]


#: A table -> its titles and rows, once it is turned.
TURNED = {
    "plain": ([*HEAD, *SAID], TITLES, ROWS),
    "names first": (
        [*HEAD[::-1], *SAID],
        ["Candidat", "Ville", *TITLES[2:]],
        [["Ana Bo", "Lille", "oui", ""], ["Cy Do", "Lyon", "non", "oui"]],
    ),
    "places without a title": (
        [("", *HEAD[0][1:]), HEAD[1], *SAID],
        ["commune", *TITLES[1:]],
        ROWS,
    ),
    "numbers": (
        [*pad(HEAD, ""), ("N°", "Demande", "", ""), ("1", *SAID[0]), ("2", *SAID[1])],
        [*TITLES[:2], "1. Créer une piste", "2. Poser des arceaux"],
        ROWS,
    ),
    "titles before the numbers": (
        [*((row[0], "", *row[1:]) for row in HEAD), ("1", *SAID[0]), ("2", *SAID[1])],
        [*TITLES[:2], "1. Créer une piste", "2. Poser des arceaux"],
        ROWS,
    ),
    "themes": (
        [*pad(HEAD, "", ""), ("Vélo", "1", *SAID[0]), ("", "2", *SAID[1])],
        [*TITLES[:2], "Vélo [1. Créer une piste]", "Vélo [2. Poser des arceaux]"],
        ROWS,
    ),
    "a title above": ([("Notre pacte", "", ""), *HEAD, *SAID], TITLES, ROWS),
    "first names and lists": (
        [*HEAD, ("Prénom", "X", "Y"), ("Liste", "A", ""), SAID[0]],
        [*TITLES[:2], "Prénom", "Liste", TITLES[2]],
        [["Lille", "Ana Bo", "X", "A", "oui"], ["Lyon", "Cy Do", "Y", "", "non"]],
    ),
    "lists of a wider place": (
        [("Circonscription", "Est", "Sud"), ("Liste", "A", "B"), ("Résultat", "élue", ""), SAID[0]],
        ["Circonscription", "Liste", "Résultat", TITLES[2]],
        [["Est", "A", "élue", "oui"], ["Sud", "B", "", "non"]],
    ),
    "names beside what heads the requests, below places": (
        [("", *HEAD[0][1:]), ("Demande", *HEAD[1][1:]), *SAID],
        ["commune", "name", *TITLES[2:]],
        ROWS,
    ),
    "names beside what heads the requests, above places": (
        [("Thème", "Demande", *HEAD[1][1:]), ("", *HEAD[0]), *pad(SAID, "Vélo")],
        ["name", "Ville", *(f"Vélo [{one}]" for one in TITLES[2:])],
        [["Ana Bo", "Lille", "oui", ""], ["Cy Do", "Lyon", "non", "oui"]],
    ),
    "places beside what heads the requests": (
        [("N°", "Demande", *HEAD[0][1:]), ("", *HEAD[1]), ("1", *SAID[0]), ("2", *SAID[1])],
        ["commune", "Candidat", "1. Créer une piste", "2. Poser des arceaux"],
        ROWS,
    ),
    "one place over two": (
        [
            ("", "Lille", FaultyCell("", "merged_cell", near="B1:C1")),
            HEAD[1],
            *SAID,
        ],
        ["commune", *TITLES[1:]],
        [ROWS[0], ["Lille", *ROWS[1][1:]]],
    ),
    "counts beside": (
        [*pad(HEAD), (*SAID[0], "1"), (*SAID[1], "1")],
        TITLES,
        [*ROWS, ["Total", "", "1", "1"]],
    ),
}
#: Tables that stand as most do, or say nothing of who signs.
UPRIGHT = {
    "rows": [("Ville", "Candidat", "1"), ("Lille", "Ana Bo", "oui")],
    "rows of councils": [("Ville", "1"), ("Lille", "oui"), ("Lyon", "non")],
    "requests in rows": [("Demande", "Ana Bo"), ("Créer une piste", "oui")],
    "no names": [("Ville", "Lille"), ("Résultat", "élue"), ("Créer une piste", "oui")],
    "requests beside names and words that are no places": [
        ("", "Verts", "Rouges"),
        ("Demande", "Ana Bo", "Cy Do"),
        SAID[0],
    ],
    "words beside what heads the requests, above names": [
        ("Demande", "Verts", "Rouges"),
        HEAD[1],
        SAID[0],
    ],
    "requests with how far they are": [
        ("", "Lille", "Lyon"),
        ("Demande", "Statut", "oui"),
        SAID[0],
    ],
    "no places": [("Candidat", "Ana Bo"), ("Liste", "A"), ("Créer une piste", "oui")],
    "groups of requests above": [
        ("", "Accueil", "Emploi"),
        ("Candidat", "1", "2"),
        ("Ana", "oui", ""),
    ],
    "keys": [("Titre", "Pacte"), ("Langue", "fr")],
    "nothing but people": [*HEAD, *[("Liste", "A", "B")] * 12],
    "nobody": [("Ville", ""), ("Candidat", "")],
}


def turn(rows, first=1):
    return [
        *Turning(lambda at: ((n, n, [*row]) for n, row in enumerate(rows, 1) if n >= at)).rows_from(
            first
        )
    ]


@pytest.mark.parametrize(("rows", "titles", "turned"), TURNED.values(), ids=TURNED)
def test_a_table_on_its_side_has_a_row_for_each_signatory(rows, titles, turned):
    (line, _, head), *below = turn(rows)
    assert isinstance(head, TurnedTitles) and head == titles
    assert [cells for *_, cells in below] == turned
    assert turn(rows, below[1][0]) == below[1:] and line < below[0][0]


@pytest.mark.parametrize("rows", UPRIGHT.values(), ids=UPRIGHT)
def test_any_other_table_is_left_as_it_stands(rows):
    assert [tuple(cells) for *_, cells in turn(rows)] == rows


@pytest.mark.parametrize("sheet", ["Candidats", "Réponses", "Feuil1"])
def test_it_may_hold_a_whole_pact(empty, sheet):
    whole = load_sheets(
        empty, {"Pacte": PACT, sheet: [*HEAD, *SAID, ("Baisser la vitesse", "non", "non")]}
    )
    assert whole.loaded and "table_turned" in {
        one.code for part in whole.reports for one in part.doubts
    }
    with empty.reading() as session:
        kept = session.rows("SELECT measure, answer FROM answer ORDER BY seq")
    ana, cy = [("1", "yes"), ("3", "no")], [("1", "no"), ("2", "yes"), ("3", "no")]
    assert [*map(tuple, kept)] == [*ana, *cy]


def test_several_lists_of_one_place_may_be_elected(empty):
    own = [*PACT, ("Lieux", "own")]
    lists = [("Circonscription", "Est", "Est"), ("Liste", "A", "B"), ("Résultat", "élue", "élue")]
    sheets = {"Pacte": own, "Lieux": [("Nom",), ("Est",)], "Listes": [*lists, *SAID]}
    whole = load_sheets(empty, sheets)
    assert whole.loaded, [one for part in whole.reports for one in part.errors]
    assert "two_elected" not in {one.code for part in whole.reports for one in part.doubts}
