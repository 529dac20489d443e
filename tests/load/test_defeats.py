"""Who signed where somebody else was elected is noted as defeated where a person says so, and only where
nothing else may be true."""

import io
from datetime import UTC, datetime

import pytest

from monitor import commands, intake
from tests.support.whole_pacts import LOADED_ON, PACT, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
OF_MAYORS = [row for row in PACT if row[0] != "Fonctions engagées"]
TITLES = ("Nom", "Ville", "Résultat")
KARIM = ("Karim Zeroual", "Lille", "")
WON = ("Ville", "Maire élu", "Date de l’élection")
LESAFFRE = ("Lille", "Bérengère Lesaffre", "")


def load(store, people, won, pact=OF_MAYORS, now=LOADED_ON, *, says=True, more=None, titles=TITLES):
    sheets = {"Pacte": pact, "Mesures": MEASURES, "Candidats": [titles, *people]}
    sheets |= {"Élus": [WON, *won], **(more or {})}
    parts = intake.sort_parts([("t.xlsx", io.BytesIO(workbook(sheets)))])
    choices = commands.PactChoices(notes_defeats=says)
    return commands.load_whole_pact(store, parts, now=now, lang="fr", choices=choices)


def outcomes(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name, s.outcome FROM signatory s JOIN signatory_text x ON x.seq = s.seq "
            "ORDER BY s.seq"
        )
    return {name: outcome for name, outcome in rows}


def told_of(whole):
    return {
        one.code: dict(one.values)
        for report in whole.reports
        for one in report.doubts
        if one.code.startswith("winners_")
    }


def test_whoever_signed_where_another_is_elected_lost_if_a_person_says_so(empty):
    people = [KARIM, ("Aline Abrial", "Lyon", ""), ("Ali Amar", "Pau", "")]
    won = [LESAFFRE, ("Lyon", "Aline Abrial", "")]
    whole = load(empty, people, won, says=False)
    assert whole.loaded and outcomes(empty)["Karim Zeroual"] == "unknown"
    assert told_of(whole)["winners_instead"]["near"] == "Karim Zeroual (Lille, Bérengère Lesaffre)"
    for _ in range(2):
        whole = load(empty, people, won)
        assert whole.loaded and told_of(whole)["winners_defeat"]["n"] == "1"
        assert not {"winners_instead", "winners_elsewhere"} & told_of(whole).keys()
        assert outcomes(empty) == {
            "Karim Zeroual": "defeated",
            "Aline Abrial": "elected",
            "Ali Amar": "unknown",
        }


@pytest.mark.parametrize("result", ["battu", "élu"])
def test_a_result_of_before_stays_where_a_list_without_the_column_brings_those_of_others(
    empty, result
):
    people = [KARIM[:2], ("Aline Abrial", "Lyon")]
    assert load(empty, [(*KARIM[:2], result), (*people[1], "")], []).loaded
    before = outcomes(empty)["Karim Zeroual"]
    whole = load(empty, people, [("Lyon", "Aline Abrial", "")], titles=TITLES[:2])
    assert whole.loaded and outcomes(empty)["Aline Abrial"] == "elected"
    assert outcomes(empty)["Karim Zeroual"] == before != "unknown"


#: Who signed beside Karim, whom the sheet of the elected names, and what else differs -> whether Karim
#: lost by it.
VARIANTS = {
    "nobody named": ([], [("Lyon", "Bérengère Lesaffre", "")], {}, False),
    "no name yet": ([], [("Lille", "?", "")], {}, False),
    "several named": ([], [LESAFFRE, ("Lille", "Zoé Zinc", "")], {}, False),
    "one named twice": ([], [LESAFFRE, ("Lille", "Mme LESAFFRE Bérengère", "")], {}, True),
    "a rival who signed": (
        [("Aline Abrial", "Lille", "")],
        [("Lille", "Aline Abrial", "")],
        {},
        True,
    ),
    "a rival who signed, and is elected by the list too": (
        [("Aline Abrial", "Lille", "élue")],
        [("Lille", "Aline Abrial", "")],
        {},
        True,
    ),
    "a rival who signed, named beside another": (
        [("Aline Abrial", "Lille", "")],
        [("Lille", "Aline Abrial", ""), LESAFFRE],
        {},
        False,
    ),
    "two rivals who signed, both named": (
        [("Aline Abrial", "Lille", ""), ("Ali Amar", "Lille", "")],
        [("Lille", "Aline Abrial", ""), ("Lille", "Ali Amar", "")],
        {},
        False,
    ),
    "a rival who signed, one elected by the list and one named": (
        [("Aline Abrial", "Lille", "élue"), ("Ali Amar", "Lille", "")],
        [("Lille", "Ali Amar", "")],
        {},
        False,
    ),
    "a rival who signed, of the same family name": (
        [("Inès Zeroual", "Lille", "")],
        [("Lille", "Inès Zeroual", "")],
        {},
        False,
    ),
    "a rival who signed, at another election": (
        [("Aline Abrial", "Lille", "")],
        [("Lille", "Aline Abrial", "2020-06-28")],
        {},
        False,
    ),
    "a rival who signed, before the vote": (
        [("Aline Abrial", "Lille", "")],
        [("Lille", "Aline Abrial", "")],
        {"now": datetime(2026, 3, 20, tzinfo=UTC)},
        False,
    ),
    "a rival who signed, of a pact that binds deputies": (
        [("Aline Abrial", "Lille", "")],
        [("Lille", "Aline Abrial", "")],
        {"pact": PACT},
        False,
    ),
    "a rival who signed in another town": (
        [("Aline Abrial", "Lyon", "")],
        [("Lyon", "Aline Abrial", "")],
        {},
        False,
    ),
    "a rival who is elected by the list": (
        [("Aline Abrial", "Lille", "élue")],
        [LESAFFRE],
        {},
        False,
    ),
    "a rival who lost": ([("Aline Abrial", "Lille", "battue")], [LESAFFRE], {}, True),
    "a rival whom the list calls defeated": (
        [("Aline Abrial", "Lille", "battue")],
        [LESAFFRE, ("Lille", "Aline Abrial", "")],
        {},
        False,
    ),
    "another election": ([], [("Lille", "Bérengère Lesaffre", "2020-06-28")], {}, False),
    "the first round": ([], [("Lille", "Bérengère Lesaffre", "15/03/2026")], {}, True),
    "a later election": ([], [("Lille", "Bérengère Lesaffre", "2028-03-05")], {}, False),
    "themselves": ([], [("Lille", "ZEROUAL Karim", "")], {}, False),
    "nearly themselves": ([], [("Lille", "Karim Zerouale", "")], {}, False),
    "a family name alone": ([], [("Lille", "Lesaffre", "")], {}, False),
    "the same family name": ([], [("Lille", "Inès Zeroual", "")], {}, False),
    "a homonym elsewhere": (
        [("Inès Dumont", "Lyon", "")],
        [("Lille", "Inès Dumont", "")],
        {},
        False,
    ),
    "a list won": ([], [("Lille", "Liste Lille ensemble", "")], {}, False),
    "no result yet": ([], [("Lille", "Ballottage (2e tour)", "")], {}, False),
    "two people in a cell": ([], [("Lille", "Anne Petit / Luc Grand", "")], {}, False),
    "the evening before": ([], [LESAFFRE], {"now": datetime(2026, 3, 20, tzinfo=UTC)}, False),
    "a pact that binds deputies": ([], [LESAFFRE], {"pact": PACT}, False),
    "a mandate": (
        [],
        [LESAFFRE],
        {"more": {"Mandats": [("Nom", "Fonction", "Début"), (KARIM[0], "maire", "28/3/26")]}},
        False,
    ),
}


@pytest.mark.parametrize(("others", "won", "how", "lost"), VARIANTS.values(), ids=VARIANTS)
def test_nobody_lost_where_something_else_may_be_true(empty, others, won, how, lost):
    whole = load(empty, [KARIM, *others], won, **how)
    assert whole.loaded, [report.errors for report in whole.reports]
    assert (outcomes(empty)["Karim Zeroual"] == "defeated") == lost
    assert ("winners_defeat" in told_of(whole)) == lost


@pytest.mark.parametrize("is_signed", [True, False], ids=["who signed", "who did not"])
def test_all_who_signed_where_one_other_person_is_elected_are_asked_of(empty, is_signed):
    signed = [("Aline Abrial", "Lille", "")] if is_signed else []
    people = [KARIM, ("Ali Amar", "Lille", ""), *signed]
    whole = load(empty, people, [("Lille", "Aline Abrial", "")], says=False)
    told = told_of(whole)
    assert told["winners_instead"]["n"] == "2" and "winners_elsewhere" not in told
    assert outcomes(empty)["Karim Zeroual"] == outcomes(empty)["Ali Amar"] == "unknown"
    for _ in range(3):  # what is noted of the elected is no other result
        whole = load(empty, people, [("Lille", "Aline Abrial", "")])
        assert whole.loaded and told_of(whole)["winners_defeat"]["n"] == "2"
        assert outcomes(empty)["Karim Zeroual"] == outcomes(empty)["Ali Amar"] == "defeated"
        assert outcomes(empty).get("Aline Abrial", "elected") == "elected"


def test_who_signed_where_another_signatory_is_elected_is_told_of_a_pact_of_deputies(empty):
    people = [KARIM, ("Aline Abrial", "Lille", "")]
    told = told_of(load(empty, people, [("Lille", "Aline Abrial", "")], pact=PACT, says=False))
    assert (
        told["winners_elsewhere"]["n"] == "1"
        and "Karim Zeroual" in told["winners_elsewhere"]["near"]
    )


@pytest.mark.parametrize("kind", ["liste", "parti", "association"])
def test_no_list_party_or_body_is_defeated(empty, kind):
    people = [("Lille Demain", "Lille", "", kind)]
    whole = load(empty, people, [LESAFFRE], titles=(*TITLES, "Type de signataire"))
    assert whole.loaded and outcomes(empty) == {"Lille Demain": "unknown"}


@pytest.mark.parametrize("result", ["élu", "battu"])
def test_what_the_list_says_of_somebody_stays_so(empty, result):
    whole = load(empty, [(*KARIM[:2], result)], [LESAFFRE])
    expected = "elected" if result == "élu" else "defeated"
    assert whole.loaded and outcomes(empty) == {"Karim Zeroual": expected}
    assert "winners_defeat" not in told_of(whole)


def test_whom_the_log_has_as_elected_or_in_office_did_not_lose(empty):
    assert load(empty, [(*KARIM[:2], "élu"), ("Ali Amar", "Pau", "")], []).loaded
    office = [("Nom", "Fonction", "Début"), ("Ali Amar", "maire", "28/3/26")]
    people = [KARIM[:2], ("Ali Amar", "Pau")]
    assert load(empty, people, [], more={"Mandats": office}, titles=TITLES[:2]).loaded
    whole = load(empty, people, [LESAFFRE, ("Pau", "Zoé Zinc", "")], titles=TITLES[:2])
    assert whole.loaded and "winners_defeat" not in told_of(whole)
    assert "defeated" not in outcomes(empty).values()


def test_all_of_whom_somebody_must_say_a_result_are_named(empty):
    towns = ["Amiens", "Angers", "Brest", "Caen", "Colmar", "Lille", "Lorient", "Nîmes", "Pau"]
    towns += ["Reims", "Rennes"]
    people = [
        (f"Candidat{'abcdefghijk'[n]} Zz{'abcdefghijk'[n]}", town, "")
        for n, town in enumerate(towns)
    ]
    won = [
        (town, f"Maire{'abcdefghijk'[n]} Yy{'abcdefghijk'[n]}", "") for n, town in enumerate(towns)
    ]
    for pact, code in ((OF_MAYORS, "winners_instead"), (PACT, "winners_elsewhere")):
        told = told_of(load(empty, people, won, pact=pact, says=False))[code]
        assert told["n"] == "11" and "…" not in told["near"]
        assert all(town in told["near"] for town in towns)
