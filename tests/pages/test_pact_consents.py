"""What the files of a pact leave to a person is asked on the page, about the people and lines that it
names, and kept until another admin has decided."""

import re

import pytest

from monitor import commands
from monitor.models import Role
from tests.support.app import open_page, words
from tests.support.team import sign_in
from tests.support.team_pages import check, field
from tests.support.whole_pacts import PACT, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
ANSWERS = [
    ("Ville", "Candidat", "Créer une piste", "Poser des arceaux"),
    ("Lille", "Aline Abrial", "oui", "non"),
    ("Lille", "Karim Zeroual", "oui", "oui"),
    ("Lyon", "Chloé Cros", "oui", "oui"),
]
WON = [("Ville", "Maire élu"), ("Lille", "Bérengère Lesaffre"), ("Lyon", "Chloé Cros")]
FACTS = [
    ("Ville", "Élu", "Mesure", "Date", "Résumé"),
    ("Lyon", "Chloé Cros", "1", "2026-04-02", "Une réunion"),
    ("Lille", "Aline Abrial", "2", "2026-04-03", "Des arceaux posés"),
]
SHEETS = {
    "Pacte": [row for row in PACT if row[0] != "Fonctions engagées"],
    "Mesures": MEASURES,
    "Réponses": ANSWERS,
    "Élus": WON,
}
LOST, LEFT = "Oui, ces 2 personnes étaient toutes candidates", "Oui, la laisser de côté"


def bring(sheets, app=None):
    app = app or open_page("nouveau-pacte")
    book = ("pacte.xlsx", workbook(sheets), "application/octet-stream")
    app.file_uploader[0].set_value([book]).run()
    assert not app.exception
    return app


def outcomes(store) -> dict[str, str]:
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name, s.outcome FROM signatory s JOIN signatory_text x ON x.seq = s.seq "
            "ORDER BY s.seq"
        )
    return {name: outcome for name, outcome in rows}


@pytest.mark.parametrize("says", [True, False])
def test_who_lost_is_asked_by_name_noted_after_a_yes_and_told_to_the_other_admin(
    empty, browser_of, says
):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring(SHEETS)
    assert "Karim Zeroual (Lille, Bérengère Lesaffre)" in words(app)
    assert "Sans votre oui, leur résultat reste inconnu" in words(app)
    # Nobody is taken for an ally of the one who was elected.
    assert "(entre parenthèses : le lieu, et qui y est dit élu)" in words(app)
    if says:
        check(field(app.checkbox, LOST).check().run())
        assert field(app.checkbox, LOST).value
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "Karim Zeroual (Lille, Bérengère Lesaffre)" in words(app)
    assert "Sans votre oui" not in words(app)  # whoever decides has none to give
    assert (f"Dit sur la page par qui propose : « {LOST}" in words(app)) is says
    field(app.button, "Accepter et publier").click().run()
    lost = "defeated" if says else "unknown"
    assert outcomes(empty) == {
        "Aline Abrial": lost,
        "Karim Zeroual": lost,
        "Chloé Cros": "elected",
    }


def test_a_yes_is_about_those_whom_the_question_named_and_about_nobody_else(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = check(field(bring(SHEETS).checkbox, LOST).check().run())
    assert field(app.checkbox, LOST).value
    more = [*ANSWERS, ("Lille", "Ali Amar", "oui", "oui")]
    app = bring({**SHEETS, "Réponses": more}, app)
    assert not field(app.checkbox, LOST.replace("2", "3")).value
    field(app.button, "Proposer").click().run()
    with empty.reading() as session:
        assert not commands.proposed_pacts(session)[0].choices.notes_defeats


def test_a_yes_that_becomes_one_about_somebody_more_is_asked_again(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    sheets = {
        **SHEETS,
        "Élus": [*WON, ("Pau", "Zoé Zinc")],
        "Autres": [ANSWERS[0], ("Pau", "Ali Amar", "oui", "oui")],
    }
    app = check(field(bring(sheets).checkbox, LOST).check().run())
    assert field(app.checkbox, LOST).value
    field(app.selectbox, "pacte.xlsx · Autres").set_value("answers").run()
    app = check(app)
    box = field(app.checkbox, LOST.replace("2", "3"))
    assert "Ali Amar (Pau, Zoé Zinc)" in words(app) and not box.value
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    field(open_page("nouveau-pacte").button, "Accepter et publier").click().run()
    assert {*outcomes(empty).values()} == {"unknown", "elected"}


def test_facts_about_what_nobody_promised_are_left_out_after_a_yes(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring({**SHEETS, "Suivi": FACTS})
    assert "« Suivi », ligne 3 : Aline Abrial (Lille), 2 : non" in words(app)
    assert not [one for one in app.button if one.label.startswith("Proposer")]
    app = check(field(app.checkbox, LEFT).check().run())
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert f"Dit sur la page par qui propose : « {LEFT}" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        assert session.rows("SELECT summary FROM action_text") == [("Une réunion",)]


def test_facts_about_somebody_who_did_not_sign_are_asked_about_as_well(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    facts = [*FACTS, ("Pau", "Zoé Zinc", "1", "2026-04-03", "Une piste")]
    app = bring({**SHEETS, "Suivi": facts})
    assert "n’a pas signé" in words(app) and "Zoé Zinc" in words(app)
    app = check(field(app.checkbox, "Oui, laisser ces 2 lignes de côté").check().run())
    assert [one for one in app.button if one.label.startswith("Proposer")]


def test_what_is_refused_of_a_sheet_stands_in_the_order_of_its_lines(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    facts = [*FACTS, ("Pau", "Zoé Zinc", "1", "2026-04-03", "Une piste")]
    app = bring({**SHEETS, "Suivi": facts})
    told = re.findall(r"« Suivi », ligne (\d)", words(app))
    refused = re.findall(r"ligne (\d), colonne", "".join(one.value for one in app.error))
    assert (told, refused) == (["3", "4"], ["3", "4"])
    (editor,) = app.dataframe
    assert editor.value.iloc[:, 0].tolist() == [3, 4]


def test_nothing_is_asked_of_what_was_promised_while_answers_are_refused(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    answers = [*ANSWERS[:-1], ("Lyon", "Chloé Cros", "oui", "zut")]
    app = bring({**SHEETS, "Réponses": answers, "Suivi": FACTS})
    assert not [one for one in app.checkbox if one.label.startswith("Oui, l")]


def test_what_is_wrong_beside_a_refused_title_is_told_at_once(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    measures = [(*row, "x") if n else (*row, "Pastille") for n, row in enumerate(MEASURES)]
    facts = [*FACTS[:-1], ("Lyon", "Chloé Cros", "2", "hier", "Rien")]
    page_text = words(bring({**SHEETS, "Mesures": measures, "Suivi": facts}))
    assert "Pastille" in page_text and "hier" in page_text


#: How a sheet of the elected writes Chloé Cros, who signed, and whether that is asked.
SPELT = {"Chloé Croz": True, "C. Cros": True, "Mme Chloé CROS": False}


@pytest.mark.parametrize(("spelt", "is_asked"), SPELT.items(), ids=SPELT)
def test_whoever_is_written_otherwise_among_the_elected_is_asked_by_name(
    empty, browser_of, spelt, is_asked
):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring({**SHEETS, "Élus": [WON[0], ("Lyon", spelt)]})
    same = "Oui, c’est Chloé Cros (Lyon)"
    assert ([one.label for one in app.checkbox].count(same) == 1) is is_asked
    if is_asked:
        assert f"dit que « {spelt} (Lyon) » a gagné" in words(app)
        app = check(field(app.checkbox, same).check().run())
        assert field(app.checkbox, same).value
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert (f"Dit sur la page par qui propose : « {same} »" in words(app)) is is_asked
    noted = re.search(r"Notés élus d’après la feuille « Élus »[^:]*: 1, ([^.]*)\.", words(app))
    assert noted and noted[1] == ("Chloé Cros (Lyon)" if is_asked else f"{spelt} (Lyon)")
    field(app.button, "Accepter et publier").click().run()
    assert outcomes(empty)["Chloé Cros"] == "elected"


def test_without_a_yes_nobody_is_elected_by_nearly_their_name(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring({**SHEETS, "Élus": [WON[0], ("Lyon", "Chloé Croz")]})
    app = check(field(app.checkbox, "Oui, c’est Chloé Cros").check().run())
    app = check(field(app.checkbox, "Oui, c’est Chloé Cros").uncheck().run())
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    field(open_page("nouveau-pacte").button, "Accepter et publier").click().run()
    assert {*outcomes(empty).values()} == {"unknown"}


def test_a_yes_about_one_name_holds_for_no_other(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    won = [WON[0], ("Lyon", "Chloé Croz"), ("Lille", "Karim Zeroal")]
    app = bring({**SHEETS, "Élus": won})
    app = check(field(app.checkbox, "Oui, c’est Karim Zeroual").check().run())
    assert not field(app.checkbox, "Oui, c’est Chloé Cros").value
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    field(open_page("nouveau-pacte").button, "Accepter et publier").click().run()
    assert (outcomes(empty)["Karim Zeroual"], outcomes(empty)["Chloé Cros"]) == (
        "elected",
        "unknown",
    )
