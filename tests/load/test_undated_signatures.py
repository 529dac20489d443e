"""Whoever has no day of signature where others have one may not have signed, and that is doubted."""

import pytest

from tests.support.whole_pacts import PACT, load_files, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
#: The title of a column, its cells for Ali, Éva and Zoé -> who is doubted.
CELLS = {
    "some have none": (("Signé le",), ("3/3/2026",), ("",), ("",), "Éva Test, Zoé Test"),
    "all have one": (("Signé le",), ("3/3/2026",), ("2026",), ("4/3/2026",), None),
    "nobody has one": (("Signé le",), ("",), ("",), ("",), None),
    "measures instead": (
        ("Signé le", "Mesures signées"),
        ("3/3/2026", ""),
        ("", "1"),
        ("", ""),
        "Zoé Test",
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_who_has_no_day_where_others_have_one_is_named(empty, case):
    titles, ali, eva, zoe, named = CELLS[case]
    rows = [("Nom", "Ville", *titles), ("Ali Test", "Lyon", *ali), ("Éva Test", "Lille", *eva)]
    rows.append(("Zoé Test", "Brest", *zoe))
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows}
    whole = load_files(empty, {"p.xlsx": workbook(sheets)}, lang="fr")
    assert whole.loaded
    told = [
        dict(one.values)["known"]
        for report in whole.reports
        for one in report.doubts
        if one.code == "undated_signature"
    ]
    assert told == ([named] if named else [])


def test_who_answered_needs_no_day(empty):
    rows = [("Nom", "Ville", "Signé le"), ("Ali Test", "Lyon", "3/3/26"), ("Éva Test", "Lille", "")]
    answers = [("Candidat", "Mesure", "Réponse"), ("Éva Test", "1", "oui")]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows, "Réponses": answers}
    whole = load_files(empty, {"p.xlsx": workbook(sheets)}, lang="fr")
    codes = {one.code for report in whole.reports for one in report.doubts}
    assert "undated_signature" not in codes
