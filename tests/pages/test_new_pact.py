"""The page of a new pact, and what a site without any says."""

import json
from datetime import date

import pytest

from monitor import commands
from monitor.models import Role
from monitor.ui.team.cell_mending import purpose_of
from monitor.ui.team.part_tables import name_table
from tests.support.app import open_page, words
from tests.support.paths import SHAPES
from tests.support.team import sign_in
from tests.support.team_pages import check, field
from tests.support.whole_pacts import PACT, SHEETS, workbook

BOOK = ("pacte.xlsx", workbook(SHEETS))


def bring(*files: tuple[str, bytes]):
    app = open_page("nouveau-pacte")
    app.file_uploader[0].set_value([(*file, "application/octet-stream") for file in files]).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_site_leads_to_the_guide_and_its_admin_to_the_page(empty, browser_of, lang):
    page_text = words(open_page(lang=lang))
    assert {"fr": "docs/publier-votre-pacte.md", "en": "docs/publish-your-pact.md"}[
        lang
    ] in page_text
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = open_page(lang=lang)
    assert [one for one in app.get("page_link") if one.proto.page == "nouveau-pacte"]
    alone = open_page("nouveau-pacte", lang=lang)
    assert not alone.exception and "user add" in alone.info[0].value
    sign_in(empty, "Bea", Role.ADMIN)
    assert not open_page("nouveau-pacte", lang=lang).info


def test_a_workbook_is_shown_sheet_by_sheet_proposed_and_accepted_by_another(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring(BOOK)
    page_text = words(app)
    assert "**pacte.xlsx · Signataires** · 2 créées" in page_text
    field(app.button, "Proposer").click().run()
    assert "attend un autre administrateur" in "".join(one.value for one in app.success)
    assert not [one for one in app.button if one.label.startswith("Accepter")]
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "Proposé par Ada" in words(app)
    field(app.button, "Accepter et publier").click().run()
    assert "Pacte vélo" in (done := "".join(one.value for one in app.success))
    assert "[Le voir](/?pacte=velo-2026)" in done
    assert "Pacte vélo" in words(open_page())
    assert "proposé par Ada et accepté par Bea" in words(open_page("import"))


def test_what_is_refused_is_told_with_its_sheet_line_and_column_and_cannot_be_proposed(
    empty, browser_of
):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    rows = [*SHEETS["actions"], ("a2", "personne", "1", "2026-04-03", "Vu")]
    app = bring(("pacte.xlsx", workbook({**SHEETS, "actions": rows})))
    page_text = words(app)
    assert "pacte.xlsx · actions" in page_text and "ligne 3, colonne « signataire »" in page_text
    assert not [one for one in app.button if one.label.startswith("Proposer")]


def test_a_pact_can_be_proposed_beside_another(store, people):
    app = bring(BOOK)
    field(app.button, "Proposer").click().run()
    with store.reading() as session:
        assert len(commands.proposed_pacts(session)) == 1


def test_files_that_are_none_of_a_pact_are_said_to_be_none(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    assert "Aucun de ces fichiers n’est reconnu" in words(bring(("budget.csv", b"a,b\n1,2\n")))


def test_one_sheet_with_everything_is_read_beside_the_pact(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    asked = ("Créer une piste", "Poser des arceaux", "Baisser la vitesse")
    rows = [("Ville", "Nom", *asked), ("Lille", "Aline Abrial", "oui", "non", "oui")]
    sheets = {"Pacte": PACT, "Feuil1": rows}
    for title, *more in (("Mandats", "Fonction", "Début"), ("Actions", "Mesure", "Date")):
        sheets[title] = [("Signataire", *more), ("Exemple : A",)]
    app = bring(("pacte.xlsx", workbook(sheets)))
    page_text = words(app)
    (empty_parts,) = [one.value for one in app.caption if one.value.startswith("Rien à charger")]
    assert "Mandats, " in empty_parts and empty_parts.endswith("Actions.")
    assert "l’exemple du fichier" not in page_text
    assert (
        "Feuil1 · Mesures** · 3 créées" in page_text and "3 sont lues dans les titres" in page_text
    )
    assert "Feuil1** · 1 créée" in page_text and "Feuil1 · Réponses** · 3 créées" in page_text
    assert "ne sont pas reconnues" not in page_text
    assert field(app.button, "Proposer")


def test_one_sheet_alone_is_read_once_the_page_is_told_which_pact_it_is(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    rows = [
        ("Ville", "Nom", "Créer une piste", "Poser des arceaux", "Baisser la vitesse"),
        ("Lille", "Aline Abrial", "oui", "non", "oui"),
    ]
    app = bring(("tableau.xlsx", workbook({"Feuil1": rows})))
    assert "Quel est ce pacte" in words(app) and "n’est reconnu" not in words(app)
    field(app.button, "Lire les fichiers").click().run()
    assert [one.value[:20] for one in app.error] == ["Il manque une répons"] * 4
    for name in ("title", "promoter", "election"):
        app.text_input(key=f"_pact_said_{name}").set_value(f"Pacte {name}")
    app.date_input(key="_pact_said_election_on").set_value(date(2026, 3, 22))
    app.date_input(key="_pact_said_term_end").set_value(date(2025, 3, 22))
    field(app.button, "Lire les fichiers").click().run()
    assert len(app.error) == 1 and not app.exception
    app.date_input(key="_pact_said_term_end").set_value(date(2032, 3, 22))
    field(app.button, "Lire les fichiers").click().run()
    page_text = words(app)
    assert not app.exception and "Feuil1 · Mesures** · 3 créées" in page_text
    field(app.button, "Proposer").click().run()
    with empty.reading() as session:
        (proposed,) = commands.proposed_pacts(session)
    assert [name for name, _ in proposed.files] == ["tableau.xlsx", "pact.toml"]
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    page_text = words(open_page("nouveau-pacte"))
    assert "titre : Pacte title" in page_text and "fin du mandat : 2032-03-22" in page_text


def test_two_sheets_that_are_refused_for_their_titles_are_both_shown(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    wrong = [("Qui donc", "Couleur"), ("Aline Abrial", "vert")]
    sheets = {**SHEETS, "Mandats": wrong, "actions": wrong}
    page_text = words(bring(("pacte.xlsx", workbook(sheets))))
    assert "pacte.xlsx · Mandats" in page_text and "pacte.xlsx · actions" in page_text


def test_a_refused_cell_of_a_sheet_is_mended_on_the_page_and_told_to_the_other_admin(
    empty, browser_of
):
    ada = sign_in(empty, "Ada", Role.ADMIN)
    browser_of(ada)
    rows = [*SHEETS["Signataires"], ("s3", "Chloé Caron", "59 350 Lile", "")]
    data = workbook({**SHEETS, "Signataires": rows})
    app = bring(("pacte.xlsx", data))
    (editor,) = app.dataframe
    assert editor.value.iloc[0, :3].tolist() == [4, "commune", "59 350 Lile"]
    name = "pacte.xlsx · Signataires"
    cells = json.dumps([[4, "commune", "Lille"]])
    commands.save_draft(empty, ada, purpose_of("", "pact", data, name), cells)
    app = bring(("pacte.xlsx", data))
    assert not app.dataframe and "59 350 Lile" in words(app)
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "59 350 Lile" in words(app) and "Lille" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        assert session.rows("SELECT was, became FROM mended_cell") == [("59 350 Lile", "Lille")]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("f · Réponses", "f · Réponses"),
        ("f · Réponses · Signataires", "f · Réponses"),
        ("f · Réponses · 2 · Mesures", "f · Réponses · 2"),
        ("f · Autre", ""),
    ],
)
def test_what_is_refused_of_a_part_of_a_sheet_is_put_right_in_the_sheet(name, table):
    tables: dict = dict.fromkeys(["f · Réponses", "f · Réponses · 2"])
    assert name_table(tables, commands.Report("signatories", name, None)) == table


STRANGE = {
    "Pacte": SHEETS["Pacte"],
    "Mesures": [
        ("Nos mesures", "pour 2026"),
        ("Repère", "Ce que nous voulons", "Coût"),
        ("1", "Créer une piste", "1 M€"),
        ("2", "Poser des arceaux", "?"),
    ],
    "Candidats": [("Tête", "Ville"), ("Aline Abrial", "Lille"), ("Basile Brun", "Lyon")],
    "Réponses": [("Candidat", "1", "2"), ("Aline Abrial", "x", ""), ("Basile Brun", "x", "v")],
}


def choose(app, columns: dict[str, str]):
    for title, column in columns.items():
        field(app.selectbox, f"Ce qu’est la colonne «\u00a0{title}\u00a0»").set_value(column).run()
        assert not app.exception
    return app


def test_titles_columns_and_marks_of_each_sheet_are_said_on_the_page_and_shown_to_the_other_admin(
    empty, browser_of
):
    ada = sign_in(empty, "Ada", Role.ADMIN)
    browser_of(ada)
    app = bring(("pacte.xlsx", workbook(STRANGE)))
    field(app.selectbox, "Ligne des titres").set_value(2).run()
    choose(app, {"Repère": "id", "Ce que nous voulons": "wording", "Coût": ""})
    assert "4 choix attendent" in words(app)
    check(choose(check(app), {"Tête": "name"}))
    for mark, meant in {"x": "yes", "v": "partly"}.items():
        field(app.selectbox, f"«\u00a0{mark}\u00a0» · ").set_value(meant).run()
    assert not [one for one in app.button if one.label.startswith("Proposer")]
    check(app)
    assert "3 créées" in words(app) and "attend" not in "".join(one.value for one in app.info)
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    page_text = words(app)
    assert "Titres lus à la ligne 2" in page_text and "Coût" in page_text
    assert "dans tout le fichier, comme indiqué" in page_text
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        rows = session.rows("SELECT measure, answer FROM answer ORDER BY seq")
        assert [tuple(row) for row in rows] == [("1", "yes"), ("1", "yes"), ("2", "partly")]
    # The next workbook with these titles asks nothing.
    browser_of(ada)
    assert field(bring(("suite.xlsx", workbook(STRANGE))).button, "Proposer")


def test_a_sheet_of_another_name_is_said_to_hold_something_and_shown_to_the_other_admin(
    empty, browser_of
):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    sheets = {**SHEETS, "Isère": SHEETS["Signataires"], "Brouillon": [("Notes",), ("à voir",)]}
    del sheets["Signataires"]
    app = bring(("pacte.xlsx", workbook(sheets)))
    page_text = words(app)
    assert "ne sont pas lus" in page_text and "Isère" in page_text
    check(field(app.selectbox, "pacte.xlsx · Isère").set_value("signatories").run())
    assert not app.exception and "**pacte.xlsx · Isère** · 2 créées" in words(app)
    assert field(app.selectbox, "pacte.xlsx · Brouillon").value is None
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "lu comme « Signataires »" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        assert len(session.rows("SELECT * FROM signatory")) == 2


def test_who_is_only_in_charge_of_what_another_signed_is_said_on_the_page(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    folder = SHAPES / "maire-et-adjoints"
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    app = bring(*files)
    check(field(app.selectbox, "Fonction des personnes chargées").set_value("deputy_mayor").run())
    assert not app.exception
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "deputy_mayor" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        ((count,),) = session.rows("SELECT count(*) FROM detail")
        assert count == 48


def test_answers_beside_the_signatories_are_mended_there_and_their_marks_said(empty, browser_of):
    ada = sign_in(empty, "Ada", Role.ADMIN)
    browser_of(ada)
    people = [
        ("Candidat", "Ville", "1", "2"),
        ("Aline Abrial", "Lille", "+", "oui"),
        ("Basile Brun", "Lyon", "bof", "-"),
    ]
    both = {name: SHEETS[name] for name in ("Pacte", "MESURES")} | {"Candidats": people}
    data = workbook(both)
    app = bring(("pacte.xlsx", data))
    (editor,) = app.dataframe
    assert editor.value.iloc[:, :3].to_numpy().tolist() == [[2, "1", "+"], [3, "1", "bof"]]
    assert "ne sont pas reconnues" not in words(app)
    cells = json.dumps([[3, "1", "non"]])
    name = "pacte.xlsx · Candidats"
    commands.save_draft(empty, ada, purpose_of("", "pact", data, name), cells)
    app = bring(("pacte.xlsx", data))
    check(field(app.selectbox, "«\u00a0\\+").set_value("yes").run())
    assert not app.exception and not app.dataframe and "3 créées" in words(app)
    check(field(app.selectbox, "«\u00a0\\-").set_value("no").run())
    assert "2 créées" in words(app) and "4 créées" in words(app)
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "bof" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        rows = session.rows("SELECT measure, answer FROM answer ORDER BY signatory_id, measure")
        assert sorted(map(tuple, rows)) == [("1", "no"), ("1", "yes"), ("2", "no"), ("2", "yes")]


def test_a_sheet_that_is_read_is_left_out_or_read_as_something_else(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    rows = [("Nom", "Ville"), ("Zoé Zola", "Lyon")]
    sheets = {"Pacte": PACT, "Mesures": SHEETS["MESURES"], "Signataires": SHEETS["Signataires"]}
    app = bring(("pacte.xlsx", workbook({**sheets, "Élus": rows})))
    assert "contient déjà la même chose" in words(app)
    check(app.selectbox(key="_pact_content_pacte.xlsx · Élus").set_value("").run())
    assert "contient déjà la même chose" not in words(app)
    check(app.selectbox(key="_pact_content_pacte.xlsx · Signataires").set_value("").run())
    assert "**pacte.xlsx · Signataires**" not in words(app)
    read_again = app.selectbox(key="_pact_content_pacte.xlsx · Signataires")
    check(read_again.set_value("signatories").run())
    assert "**pacte.xlsx · Signataires** · 2 créées" in words(app)
    field(app.button, "Proposer").click().run()
    assert "pacte.xlsx · Élus · n’est pas lu" in words(app).replace("\\", "")


def test_a_sheet_of_any_name_may_be_said_to_tell_who_was_elected(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    people = [("Nom", "Ville"), ("Zoé Zola", "Lyon"), ("Basile Brun", "Lille")]
    won = [("Ville", "Élu·e"), ("Lyon", "Zoé Zola"), ("Lille", "Marc Autre")]
    sheets = {"Pacte": PACT, "Mesures": SHEETS["MESURES"], "Signataires": people, "Feuil4": won}
    app = bring(("pacte.xlsx", workbook(sheets)))
    check(app.selectbox(key="_pact_content_pacte.xlsx · Feuil4").set_value("winners").run())
    field(app.button, "Proposer").click().run()
    browser_of(sign_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "pacte.xlsx · Feuil4 · lu comme" in words(app)
    assert [one for one in app.get("download_button") if one.label == "Lire pacte.xlsx"]
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        rows = session.rows("SELECT outcome FROM signatory ORDER BY seq")
        assert [outcome for (outcome,) in map(tuple, rows)] == ["elected", "unknown"]


@pytest.mark.parametrize("across", ["measures", "people"])
def test_columns_of_answers_are_not_asked_what_they_are(empty, browser_of, across):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    people = [("Nom", "Ville"), ("Aline Abrial", "Lille"), ("Basile Brun", "Lyon")]
    if across == "people":
        rows = [("N°", "Thème", "Demande", "Aline Abrial", "Basile Brun")]
        rows += [("1.a", "Vélo", "Créer une piste", "oui", "non"), ("1.b", "", "Garer", "", "oui")]
        sheets = {"Réponses": rows}
    else:
        rows = [("Candidat", "1.a", "1.b"), ("Aline Abrial", "oui", "non")]
        asked = [("N°", "Intitulé"), ("1.a", "Créer une piste"), ("1.b", "Garer")]
        sheets = {"Mesures": asked, "Réponses": rows}
    app = bring(("pacte.xlsx", workbook({"Pacte": PACT, "Candidats": people, **sheets})))
    page_text = words(app)
    assert "pas reconnue" not in "".join(one.label for one in app.expander), page_text
    assert [one for one in app.button if one.label.startswith("Proposer")]


def test_a_column_of_answers_is_said_to_be_of_a_measure_and_never_left_out_with_others(
    empty, browser_of
):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    asked = [("N°", "Intitulé"), ("A1", "Garer"), ("A2", "Ouvrir une piste"), ("A3", "Planter")]
    people = [
        ("Nom", "Ville", "Garer", "Planter", "La piste, en ouvrir une", "Vu", "Par", "Reçue"),
        ("Aline Abrial", "Lille", "oui", "non", "oui", "a", "b", "2026-01-02"),
        ("Basile Brun", "Lyon", "non", "oui", "non", "c", "d", "2026-01-03"),
    ]
    app = bring(("pacte.xlsx", workbook({"Pacte": PACT, "Mesures": asked, "Candidats": people})))
    assert "4 colonnes du fichier ne sont pas reconnues" in words(app)
    assert field(app.button, "Laisser ces 3 colonnes de côté")
    of_piste = field(app.selectbox, "Ce qu’est la colonne «\u00a0La piste")
    assert of_piste.options[0] == "Réponses à\u00a0: A2. Ouvrir une piste"
    of_piste.set_value("A2").run()
    field(app.selectbox, "Ce qu’est la colonne «\u00a0Reçue").set_value("answered_on").run()
    check(field(app.button, "Laisser ces 2 colonnes de côté").click().run())
    assert "6 créées" in words(app)
    field(app.button, "Proposer").click().run()
    assert "Réponses à : A2" in words(app)


def test_files_and_choices_that_wait_are_there_after_another_page_was_looked_at(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = bring(("pacte.xlsx", workbook({**SHEETS, "Brouillon": [("Nom",), ("à voir",)]})))
    app.selectbox(key="_pact_content_pacte.xlsx · Signataires").set_value("").run()
    assert "1 choix attend" in words(app) and "**pacte.xlsx · Signataires**" in words(app)
    app.switch_page("../../pages/aide.py").run()
    app.switch_page("../../pages/nouveau_pacte.py").run()
    assert "Apportés plus tôt" in words(app) and "1 choix attend" in words(app)
    assert "**pacte.xlsx · Signataires**" not in words(check(app))


WRONG = [("Candidat", "Ville", "1", "2"), ("Aline Abrial", "Lile", "oui", "bof")]
ANSWERED = [("Candidat", "1", "2"), ("Aline Abrial", "oui", "bof"), ("Basile Brun", "x", "")]
#: The sheets beside the pact and its measures -> those that are named, each once, and which of them are
#: not fully checked.
NAMED = {
    "answers beside people": ({"Candidats": WRONG}, ["Candidats", "Candidats · Réponses"]),
    "answers in a sheet": (
        {"Candidats": [row[:2] for row in WRONG], "Réponses": ANSWERED},
        ["Candidats", "Réponses"],
    ),
    "nothing wrong yet of the answers": (
        {"Candidats": [row[:2] for row in WRONG], "Réponses": [*ANSWERED[:1], ("Bo", "oui", "")]},
        ["Candidats", "Réponses"],
    ),
}


@pytest.mark.parametrize(("sheets", "named"), NAMED.values(), ids=NAMED)
def test_a_part_that_is_not_fully_checked_is_named_once(empty, browser_of, sheets, named):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    both = {name: SHEETS[name] for name in ("Pacte", "MESURES")}
    lines = words(bring(("pacte.xlsx", workbook({**both, **sheets})))).splitlines()
    parts = [line for line in lines if line.startswith("**pacte.xlsx · ")]
    found = [line.split("**")[1].removeprefix("pacte.xlsx · ") for line in parts]
    assert found == ["Pacte", "MESURES", *named]
    assert [part for part, line in zip(found, parts, strict=True) if "vérifié" in line] == named[1:]


def test_what_the_page_asks_is_not_said_as_refused_as_well(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    rows = [
        ("Candidat", "Ville", "1", "2", "Pastille"),
        ("Bo", "Lyon", "zut", "oui", "z"),
        ("Al", "Nulle-Part", "zut", "bof", "z"),
    ]
    sheets = {name: SHEETS[name] for name in ("Pacte", "MESURES")}
    app = bring(("pacte.xlsx", workbook({**sheets, "Candidats": rows})))
    refused = " ".join(one.value for one in app.error)
    assert "Nulle" in refused and not any(one in refused for one in ("Pastille", "zut", "bof"))
    assert field(app.selectbox, "Ce qu’est la colonne «\u00a0Pastille")
    assert field(app.selectbox, "«\u00a0zut\u00a0» · 2 cellules, lignes 2, 3")


def test_what_is_doubted_of_nobody_is_folded(empty, browser_of):
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    answers = [
        ("Notre tableau",),
        ("Candidat", "Ville", "1", "2"),
        ("Bo", "Lyon", "oui, enfin", ""),
    ]
    sheets = {name: SHEETS[name] for name in ("Pacte", "MESURES")}
    app = bring(("pacte.xlsx", workbook({**sheets, "Candidats": answers})))
    folded = [one for one in app.expander if "sur la façon dont le fichier est fait" in one.label]
    told = " ".join(line.value for one in folded for line in one.markdown)
    assert "lus à la ligne 2" in told.replace("\u00a0", " ")
    assert "oui, enfin" in words(app) and "oui, enfin" not in told
