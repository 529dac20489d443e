"""Sheets as associations have them: each is read right, or refused or doubted with what to do; none is
read wrong in silence."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from monitor import commands, intake
from monitor.intake import Mending
from monitor.intake.days import with_century
from monitor.intake.parts import OFFICIALS
from monitor.intake.parts import WINNERS as WINNERS_SAID
from monitor.store.pacts_and_areas import current_pact
from tests.support.whole_pacts import LOADED_ON, PACT, workbook
from tests.support.workbooks import workbook_bytes

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
PEOPLE = [("Nom", "Ville", "Signé le"), ("Aline Abrial", "Lille", ""), ("Basile Brun", "Lyon", "")]
BASE = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": PEOPLE}
ENGLISH = [
    ("Item", "Value"),
    ("id", "bike-2026"),
    ("Title", "Bike pact"),
    ("Promoter", "Bike club"),
    ("Election", "Council elections 2026"),
    ("Day of the election", "22 March 2026"),
    ("Beginning of the term", "2026-03-22"),
    ("Term end", "2032-03-21"),
    ("Language", "en"),
    ("fictional", "yes"),
    ("binding_offices", "mayor"),
    ("licence", "CC0-1.0"),
]
ALINE = ("Aline Abrial", "Lille")
#: What stands in the sheet « Réponses » -> its answers, or what is told of it.
ANSWERS = {
    "a form": (
        [
            ("Horodateur", "Nom et prénom", "Commune", "1. Créer une piste", "Poser des arceaux"),
            ("2026/02/03 10:32:45 AM UTC+1", "Aline Abrial", "Lille", "Oui", "Non"),
        ],
        {("1", "yes", "2026-02-03"), ("2", "no", "2026-02-03")},
    ),
    "a grid of a form": (
        [
            ("Horodateur", "Candidat", "Vos choix [Créer une piste]", "Vos choix [2]"),
            ("03/02/2026 10:32", "Aline Abrial", "Oui", ""),
        ],
        {("1", "yes", "2026-02-03")},
    ),
    "a form with addresses": (
        [("Adresse e-mail", "Candidat", "1"), ("a@exemple.invalid", "Aline Abrial", "Oui")],
        {("1", "yes", None), "column_of_form"},
    ),
    "whether they agree to be published": (
        [
            ("Candidat", "J’accepte que mes réponses soient publiées", "1"),
            ("Aline Abrial", "Oui, j’accepte", "oui"),
        ],
        {("1", "yes", None), "column_of_consent"},
    ),
    "who does not agree to be published": (
        [
            ("Candidat", "RGPD", "1", "2"),
            ("Aline Abrial", "oui", "oui", "non"),
            ("Basile Brun", "", "oui", "non"),
        ],
        {"column_of_consent", "consent_lacking"},
    ),
    "people who do not quite agree": (
        [("Candidat", "1", "2"), ("Aline Abrial", "plutôt pas d’accord", "pas du tout d’accord")],
        {("1", "no", None), ("2", "no", None), "answer_word_published"},
    ),
    "another table below": (
        [
            ("Candidat", "1"),
            ("Aline Abrial", "oui"),
            ("", ""),
            ("Candidat", "Demande", "Date", "Statut"),
            ("Aline Abrial", "1", "2026", "fait"),
        ],
        {"another_table"},
    ),
    "colours": ([("Candidat", "1", "2"), ("Aline Abrial", "", "")], {"nothing_answered"}),
    "numbers of lists": (
        [("Demande", "Liste 1", "Liste 2"), ("1", "oui", "non")],
        {"unknown_column"},
    ),
    "candidates as columns": (
        [("Demande", "Aline Abrial"), ("Créer une piste", "oui"), ("2", "non")],
        {("1", "yes", None), ("2", "no", None)},
    ),
    "reservations": ([("Candidat", "1"), ("Aline Abrial", "Oui, mais…")], {"unknown_code"}),
    "conditions": (
        [("Candidat", "1"), ("Aline Abrial", "Oui sous conditions : budget")],
        {("1", "partly", None), "answer_in_words"},
    ),
    "do not know": (
        [("Candidat", "1"), ("Aline Abrial", "NSP")],
        {("1", "neither", None), "mark_presumed"},
    ),
    "being studied": (
        [("Candidat", "1", "2"), ("Aline Abrial", "À l'étude", "plutôt oui")],
        {("1", "neither", None), ("2", "partly", None), "answer_word_published"},
    ),
    "groups above": (
        [("", "Nos demandes", ""), ("Candidat", "1", "2"), ("Aline Abrial", "oui", "non")],
        {("1", "yes", None), ("2", "no", None), "lines_above"},
    ),
    "totals": (
        [("Candidat", "1", "2"), ("Aline Abrial", "oui", "non"), ("TOTAL oui", "1", "0")],
        {("1", "yes", None), ("2", "no", None), "row_of_sums"},
    ),
    "a title that is nearly one": (
        [("Candidat", "1", "Poser des arceau"), ("Aline Abrial", "oui", "non")],
        {"near_title"},
    ),
    "totals beside": (
        [("Candidat", "1", "2", "Total", "% de oui"), ("Aline Abrial", "oui", "non", 1, "50 %")],
        {("1", "yes", None), ("2", "no", None), "column_of_sums"},
    ),
    "totals beside boxes": (
        [("Candidat", "1", "2", "Total"), ("Aline Abrial", 1, "non", 1), ("Total", 2, 0, 2)],
        {("1", "yes", None), ("2", "no", None), "column_of_sums", "row_of_sums", "mark_presumed"},
    ),
    "what is no total": (
        [("Candidat", "1", "Total"), ("Aline Abrial", "oui", "bon")],
        {"unknown_column"},
    ),
    "numbers above the words": (
        [
            ("Candidat", "1", "2"),
            ("", MEASURES[1][1], MEASURES[2][1]),
            ("Aline Abrial", "oui", "non"),
        ],
        {("1", "yes", None), ("2", "no", None), "titles_again"},
    ),
    "requests above answers and comments": (
        [
            ("Candidat", MEASURES[1][1], "", MEASURES[2][1], ""),
            ("", "Réponse", "Commentaire", "Réponse", "Commentaire"),
            ("Aline Abrial", "oui", "dès 2027", "non", ""),
        ],
        {("1", "yes", None), ("2", "no", None), "two_title_lines", "words_published"},
    ),
    "titles once more": (
        [
            ("Candidat", "1", "2"),
            ("Aline Abrial", "oui", ""),
            ("Candidat", "1", "2"),
            ("Basile Brun", "", "non"),
        ],
        {("1", "yes", None), ("2", "no", None), "titles_again"},
    ),
    "how people are addressed": (
        [("Civilité", "Nom", "Prénom", "1"), ("Mme", "ABRIAL", "Aline", "oui")],
        {("1", "yes", None)},
    ),
    "requests above yes and no": (
        [
            ("Candidat", MEASURES[1][1], "", MEASURES[2][1], ""),
            ("", "Oui", "Non", "Oui", "Non"),
            ("Aline Abrial", "x", "", "", "x"),
        ],
        {("1", "yes", None), ("2", "no", None), "choice_columns"},
    ),
    "totals beside columns that are ticked": (
        [
            ("Candidat", MEASURES[1][1], "", MEASURES[2][1], "", "Total oui"),
            ("", "Oui", "Non", "Oui", "Non", ""),
            ("Aline Abrial", "x", "", "", "x", "1"),
            ("Total", "1", "0", "0", "1", "1"),
        ],
        {("1", "yes", None), ("2", "no", None), "choice_columns", "column_of_sums", "row_of_sums"},
    ),
    "numbers beside the words": (
        [("N°", "Demande", "Aline Abrial"), ("1", "Créer une piste", "oui"), ("2", "", "non")],
        {("1", "yes", None), ("2", "no", None)},
    ),
    "numbers beside other words": (
        [("N°", "Demande", "Aline Abrial"), ("1", "Poser des arceaux", "oui")],
        {"unknown_measure"},
    ),
    "first names apart": (
        [("Nom", "Prénom", "Ville", "1"), ("ABRIAL", "Aline", "Lille", "oui")],
        {("1", "yes", None)},
    ),
    "numbers of sources behind the names": (
        [("Demande", "Aline Abrial[1]"), ("1", "oui"), ("2", "non[2]")],
        {("1", "yes", None), ("2", "no", None), "source_marks"},
    ),
    "what to write below the titles": (
        [("Candidat", "1"), ("", "(oui/non)"), ("Aline Abrial", "oui")],
        {("1", "yes", None), "note_left_out"},
    ),
}
pytestmark = pytest.mark.sqlite


def load(store, sheets):
    parts = intake.sort_parts([("tableau.xlsx", io.BytesIO(workbook(sheets)))])
    return commands.load_whole_pact(store, parts, now=LOADED_ON, lang="fr")


def doubt_codes(whole) -> set[str]:
    found = [one for report in whole.reports for one in (*report.errors, *report.doubts)]
    for one in found:
        assert all(intake.error_sentence(one, lang) for lang in ("fr", "en"))
    usual = {"no_criterion", "shared_by_answers", "missing_column", "day_of_signature"}
    usual |= {"kept_with_answers"}
    return {one.code for one in found} - usual


@pytest.mark.parametrize(("rows", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answers_as_people_keep_them(empty, rows, expected):
    whole = load(empty, {**BASE, "Réponses": rows})
    with empty.reading() as session:
        kept = session.rows("SELECT measure, answer, answered_on FROM answer")
    assert {*map(tuple, kept), *doubt_codes(whole)} == expected
    refused = {
        "untitled_column",
        "near_title",
        "unknown_column",
        "unknown_code",
        "unknown_measure",
        "totals_line",
        "consent_lacking",
        "another_table",
    }
    assert whole.loaded == refused.isdisjoint(expected)


TWO = ("Ada Bo et Cy Do", "Eva Fa & Gil Hu", "I. Jo / K. Li", "Max No ; Ola Pa", "Qin and Ria")
TWO += (
    "DUPONT Jean, MARTIN Léa",
    "Jean Do – Léa Ma",
    "Ada Bo | Cy Do",
    "M. et Mme Do",
    "Al avec Bo",
)
ONE = ("Sam Ti-Uma", "Etienne Andet", "Anne d’Et", "Dupont, Jean", "Jean Do, maire de Lille")


@pytest.mark.parametrize("kind", ["", "liste"])
def test_two_names_in_one_cell_are_doubted_unless_they_are_a_list(empty, kind):
    people = [("Nom", "Ville", "Nature"), *((name, "Lille", kind) for name in (*TWO, *ONE))]
    whole = load(empty, {**BASE, "Candidats": people})
    doubts = [one for report in whole.reports for one in report.doubts if one.code == "two_names"]
    assert whole.loaded and [one.value for one in doubts] == ([] if kind else [*TWO])


def test_a_sheet_of_each_commune_is_said_to_be_left_out(empty):
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Lille": PEOPLE, "Lyon": PEOPLE})
    assert whole.left_out == ("tableau.xlsx · Lille", "tableau.xlsx · Lyon")


def test_a_pact_in_english_words_is_read(empty):
    sheets = {
        "Pact": ENGLISH,
        "Requests": [("No", "Request", "Category"), ("1", "Build a lane", "Roads")],
        "Candidates": [
            ("Candidate", "Town", "Signed on"),
            ("Ann Abel", "Lille", "3 February 2026"),
        ],
        "Answers": [("Candidate", "Build a lane"), ("Ann Abel", "Yes")],
    }
    whole = load(empty, sheets)
    assert whole.loaded and doubt_codes(whole) == set()
    assert [report.outcomes.total() for report in whole.reports] == [1, 1, 1, 1]


def test_three_parties_and_their_promises_are_read(empty):
    promises = [str(number) for number in range(1, 28)]
    sheets = {
        "Pacte": [*PACT, ("areas", "own")],
        "Promesses": [("N°", "Promesse"), *((one, f"Promesse {one}") for one in promises)],
        "Lieux": [("Code", "Nom"), ("FR", "France")],
        "Signataires": [
            ("Nom", "Lieu", "Nature"),
            *((f"Parti {n}", "France", "parti") for n in "ABC"),
        ],
        "Réponses": [
            ("Signataire", *promises),
            *((f"Parti {n}", *["oui", "non", ""] * 9) for n in "ABC"),
        ],
    }
    whole = load(empty, sheets)
    assert whole.loaded, doubt_codes(whole)
    assert whole.reports[-1].outcomes["created"] == 54


OWN = [row for row in PACT if row[0] != "Fonctions engagées"] + [("areas", "own")]
FRANCE = [("Code", "Nom"), ("FR", "France")]
#: What heads the names -> the kind of those who sign.
HEADED = {
    "Parti": "party",
    "Formation": "party",
    "Liste": "list",
    "Conseil": "body",
    "Candidat": None,
}


@pytest.mark.parametrize(("title", "kind"), HEADED.items(), ids=HEADED)
def test_who_signs_is_what_heads_their_names_and_that_is_doubted(empty, title, kind):
    sheets = {
        "Pacte": OWN,
        "Mesures": MEASURES,
        "Lieux": FRANCE,
        "Signataires": [(title, "Lieu"), ("Alpha", "France")],
        "Réponses": [(title, "1"), ("Alpha", "oui")],
    }
    whole = load(empty, sheets)
    with empty.reading() as session:
        rows = session.rows("SELECT kind FROM signatory")
    assert whole.loaded and [tuple(row) for row in rows] == [(kind,)]
    assert ("kind_of_title" in doubt_codes(whole)) == (kind is not None)


@pytest.mark.parametrize("title", ["Parti", "Formation politique"])
def test_a_party_beside_a_name_is_the_list_of_a_person(empty, title):
    people = [("Candidat", title, "Ville"), ("Aline Abrial", "Alpha", "Lille")]
    whole = load(empty, {**BASE, "Candidats": people})
    with empty.reading() as session:
        ((kind, listed),) = session.rows(
            "SELECT kind, list FROM signatory JOIN signatory_text USING (seq)"
        )
    assert whole.loaded and (kind, listed) == (None, "Alpha") and not doubt_codes(whole)


#: The town, and what stands in a column beside it -> the code that is read, None where it is refused.
BESIDE = {
    ("Bourg-en-Bresse", "Code INSEE", "1053"): "01053",
    ("Saint-Denis", "Code INSEE", "93066"): "93066",
    ("Ajaccio", "INSEE", "2A004"): "2A004",
    ("Lille", "Code INSEE", "69123"): None,
    ("Saint-Denis", "Département", "93"): "93066",
    ("Saint-Denis", "Département", "Seine-Saint-Denis"): "93066",
    ("Saint-Denis", "Département", "93 - Seine-Saint-Denis"): "93066",
    ("Saint-Denis", "Code postal", "93200"): "93066",
    ("Bourg-en-Bresse", "CP", "1000"): "01053",
    ("Lille", "Département", ""): "59350",
    ("59350", "Département", "59"): "59350",
    ("Paris 11e", "Code postal", "75011"): "75111",
    ("Saint-Denis (93)", "Département", "93"): "93066",
    ("Lille", "Département", "13"): None,
}


@pytest.mark.parametrize(("written", "code"), BESIDE.items(), ids=map(" ".join, BESIDE))
def test_a_department_or_a_postcode_beside_a_commune_says_which_one(empty, written, code):
    town, title, around = written
    people = [("Nom", "Ville", title), ("Aline Abrial", town, around)]
    whole = load(empty, {**BASE, "Candidats": people})
    with empty.reading() as session:
        rows = session.rows("SELECT commune FROM signatory")
    assert [tuple(row) for row in rows] == ([(code,)] if code else [])
    assert doubt_codes(whole) == (set() if code else {"commune_name"})


@pytest.mark.parametrize(
    ("title", "place"), [("Canton", "Canton de Vif"), ("Région", "Vif"), ("Circonscription", "vif")]
)
def test_places_of_a_pact_need_no_code(empty, title, place):
    sheets = {
        "Pacte": OWN,
        "Mesures": MEASURES,
        "Cantons": [("Canton",), ("Canton de Vif",), ("Le Haut-Grésivaudan",)],
        "Signataires": [("Nom", title), ("Aline Abrial", place)],
    }
    for outcome in ("created", "unchanged"):
        whole = load(empty, sheets)
        assert whole.loaded and all(report.outcomes[outcome] for report in whole.reports)
    with empty.reading() as session:
        rows = session.rows("SELECT commune FROM signatory")
    assert [tuple(row) for row in rows] == [("canton-de-vif",)]


@pytest.mark.parametrize("name", ["Lille", "LILLE", "Saint-Denis (93)", "Saint-Denis"])
def test_a_commune_without_a_code_is_refused(empty, name):
    places = [("Code", "Nom"), ("", name)]
    assert "required" in doubt_codes(load(empty, {**BASE, "Lieux": places}))


@pytest.mark.parametrize("name", ["Leeds City Council", "Quartier du port", "Ville de Québec"])
@pytest.mark.parametrize("titles", [("Code", "Nom"), ("Nom",)], ids=["empty code", "no code"])
def test_a_place_that_is_no_commune_needs_no_code_beside_communes(empty, name, titles):
    places = [titles, (*[""] * (len(titles) - 1), name)]
    people = [("Nom", "Ville"), ("Aline Abrial", name), ("Basile Brun", "Lille")]
    sheets = {**BASE, "Lieux": places, "Candidats": people}
    for outcome in ("created", "unchanged"):
        whole = load(empty, sheets)
        assert whole.loaded, doubt_codes(whole)
        assert all(report.outcomes[outcome] for report in whole.reports)


def test_sheets_are_read_as_what_they_are_said_to_hold(empty):
    sheets = {
        "Pacte": PACT,
        "Mesures": MEASURES,
        "Nord": PEOPLE[:2],
        "Rhône": [PEOPLE[0], PEOPLE[2]],
    }
    files = [("tableau.xlsx", io.BytesIO(workbook(sheets)))]
    contents = {f"tableau.xlsx · {name}": "signatories" for name in ("Nord", "Rhône")}
    parts = intake.sort_parts(files, contents)
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert whole.loaded and not whole.left_out and not doubt_codes(whole)
    with empty.reading() as session:
        assert len(session.rows("SELECT * FROM signatory")) == 2
    again = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert not doubt_codes(again)


#: The title of a sheet of facts that say no day -> the day that they have, None where it is refused.
DATED = {
    "mars 2026": "2026-03",
    "Suivi 15 avril 2026": "2026-04-15",
    "Bilan sept. 2025": "2025-09",
    "État au 01-06-2026": "2026-06-01",
    "June 2026": "2026-06",
    "Bilan 2026": None,
    "Nord": None,
    "mars 2030": None,
}


@pytest.mark.parametrize(("title", "day"), DATED.items(), ids=DATED)
def test_facts_that_say_no_day_are_of_that_in_the_title_of_their_sheet(empty, title, day):
    facts = [
        ("Candidat", "Mesure", "Statut", "Source"),
        ("Aline Abrial", "1", "fait", "https://exemple.invalid/1"),
    ]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, title: facts})))]
    parts = intake.sort_parts(files, {f"tableau.xlsx · {title}": "actions"})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    with empty.reading() as session:
        kept = [*session.rows("SELECT happened_on FROM action")]
    assert [tuple(one) for one in kept] == ([(day,)] if day else [])
    assert whole.loaded == bool(day) and (not day or "day_of_sheet" in doubt_codes(whole))


#: The titles of sheets that lack a column -> what they hold, and the measures and towns of what is read.
CALLED = {
    "towns": (("Lille", "Lyon (69)"), "signatories", {"59350", "69123"}),
    "no towns": (("Nord", "Sud"), "signatories", set()),
    "what villages are called as well": (("Table", "Mars"), "signatories", set()),
    "departments": (("Vienne", "Doubs (25)"), "signatories", set()),
    "months": (("Mars 2026", "Avril"), "signatories", set()),
    "the capital": (("Paris", "Saint-Denis (93)"), "signatories", {"75056", "93066"}),
    "measures": (("Mesure 1", "2"), "answers", {"1", "2"}),
    "their words": (("1. Créer une pis", "Poser des arc"), "answers", {"1", "2"}),
    "other words": (("2. Créer une piste", "Réponses"), "answers", set()),
}


@pytest.mark.parametrize(("titles", "content", "meant"), CALLED.values(), ids=CALLED)
def test_what_no_column_says_is_read_in_the_title_of_the_sheet(empty, titles, content, meant):
    rows = {
        "signatories": ([("Nom",), ("Ana Bo",)], [("Nom",), ("Cy Do",)]),
        "answers": [[("Candidat", "Réponse"), ("Aline Abrial", "oui")]] * 2,
    }[content]
    people = {} if content == "signatories" else {"Candidats": BASE["Candidats"]}
    sheets = {"Pacte": PACT, "Mesures": BASE["Mesures"], **people}
    files = [("t.xlsx", io.BytesIO(workbook({**sheets, **dict(zip(titles, rows, strict=True))})))]
    parts = intake.sort_parts(files, {f"t.xlsx · {title}": content for title in titles})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    column, table = ("commune", "signatory") if not people else ("measure", "answer")
    with empty.reading() as session:
        assert {one for (one,) in session.rows(f"SELECT {column} FROM {table}")} == meant
    assert whole.loaded == bool(meant)


def test_a_sheet_called_listes_is_read_unless_it_is_that_of_a_workbook_to_fill_in(empty):
    lists = [("Liste", "Ville"), ("Lille en commun", "Lille")]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Listes": lists}
    whole = load(empty, sheets)
    assert whole.loaded and not whole.left_out
    assert load(empty, {**sheets, "Signataires": lists}).loaded


@pytest.mark.parametrize(
    ("titles", "row", "comments"),
    [
        (("1", "Commentaire 1", "2"), ("oui", "plus tard", "non"), {"1": "plus tard", "2": None}),
        (("1", "Commentaire", "2", "Commentaire"), ("oui", "A", "non", "B"), {"1": "A", "2": "B"}),
        (("1", "2", "Remarque (2)"), ("oui", "non", "B"), {"1": None, "2": "B"}),
        (("1", "2", "2 [Commentaire]", "Commentaire du candidat"), ("oui", "non", "B", "C"), None),
        (("1", "2", "Commentaire"), ("oui", "non", "C"), {"1": None, "2": None}),
        (("1", "2", "Commentaire de l’élue"), ("oui", "non", "C"), {"1": "[Sur l’ensemble] C"}),
    ],
)
def test_a_comment_is_kept_with_the_answer_beside_which_it_stands(empty, titles, row, comments):
    whole = load(empty, {**BASE, "Réponses": [("Candidat", *titles), ("Aline Abrial", *row)]})
    assert whole.loaded, doubt_codes(whole)
    with empty.reading() as session:
        rows = dict(
            session.rows("SELECT measure, comment FROM answer JOIN answer_text USING (seq)")
        )
    if comments is None:
        assert rows["1"].endswith("C") and rows["2"].startswith("B") and rows["2"].endswith("C")
    else:
        for measure, comment in comments.items():
            assert rows[measure] == comment or (comment and rows[measure].endswith(comment[-1:]))


@pytest.mark.parametrize(
    "people",
    [
        [("Nom", "Ville", "1", "2"), (*ALINE, "oui", "non")],
        [
            ("Ville", "Prénom", "Nom", "Date", "Créer une piste", "2", "Commentaire du candidat"),
            ("Lille", "Aline", "Abrial", "2026-02-03", "oui", "non", "Merci"),
        ],
        [
            ("Ville", "Département", "Candidat·e", "1", "Commentaire 1", "2"),
            ("Lille", "59", "Aline Abrial", "oui", "vite", "non"),
        ],
    ],
    ids=["names", "more", "departments"],
)
def test_a_sheet_of_candidates_may_have_their_answers_beside(empty, people):
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people})
    assert whole.loaded and not doubt_codes(whole) - {"words_published"}, doubt_codes(whole)
    assert [report.content for report in whole.reports[2:]] == ["signatories", "answers"]
    with empty.reading() as session:
        answers = session.rows("SELECT measure, answer FROM answer ORDER BY measure")
        names = session.rows("SELECT name, commune FROM signatory JOIN signatory_text USING (seq)")
    assert [tuple(row) for row in answers] == [("1", "yes"), ("2", "no")]
    assert [tuple(row) for row in names] == [("Aline Abrial", "59350")]


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        *((title, ("oui", "non")) for title in ("A signé", "Pacte signé", "Signé ?", "Engagement")),
        *((title, ("Signé", "Refusé")) for title in ("Statut", "État", "Retour", "Position")),
        ("Statut", ("Signé", "En attente")),
        ("Statut", ("Signé le 3 mars", "Relancé 2 fois")),
        ("État", ("signataire", "n’a pas signé")),
        ("Signé ?", ("x", "")),
        *(("A signé", cells) for cells in (("✔", "❌"), ("✔", "✗"), ("oui", "👎"), ("1", "0"))),
        *(("A signé", ("vrai", "faux")), ("Signé ?", ("TRUE", "FALSE"))),
        *(
            ("Statut", ("Signé", f"Signé{more}"))
            for more in (" puis retiré", " ?", " (à confirmer)")
        ),
        ("A signé ?", ("✔", "")),
        ("Response", ("signed", "declined")),
        ("Soutien", ("Oui", "Pas de réponse")),
        ("Réponse", ("signé", "Retiré le 12/03")),
        ("Relance", ("Signé", "à relancer")),
        ("Suivi", ("Signé le 3 mars", "refus")),
        ("Outreach", ("signed", "pending")),
        ("Contact", ("a signé", "en attente")),
        ("Coordonnées", ("Signé le 3 mars", "relancé")),
        ("Courriel", ("signé", "pas de réponse")),
        ("Modifié le", ("signé", "en attente")),
    ],
)
def test_a_column_that_says_who_did_not_sign_is_refused_and_not_offered_to_be_left_out(
    empty, title, cells
):
    rows = [
        ("Ville", "Nom", title),
        ("Lille", "Aline Abrial", cells[0]),
        ("Lyon", "B Brun", cells[1]),
    ]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows})
    (error,) = (error for report in whole.reports for error in report.errors)
    assert (error.column, error.code, dict(error.values)) == (title, "says_who_signed", {"n": "1"})


def test_a_column_of_consent_says_nothing_of_who_signed(empty):
    rows = [("Ville", "Nom", "Accord de publication"), ("Lille", "Aline Abrial", "oui")]
    rows += [("Lyon", "B Brun", "non")]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows})
    codes = [error.code for report in whole.reports for error in report.errors]
    assert codes and "says_who_signed" not in codes


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Contacté", ("oui", "non")),
        ("Statut", ("maire sortant", "conseillère")),
        ("État", ("Nord", "Rhône")),
        ("A signé", ("oui", "oui")),
        ("Soutiens", ("Parti A", "Parti B")),
    ],
)
def test_any_other_unknown_column_is_offered_to_be_left_out(empty, title, cells):
    rows = [
        ("Ville", "Nom", title),
        ("Lille", "Aline Abrial", cells[0]),
        ("Lyon", "B Brun", cells[1]),
    ]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows})
    assert [e.code for report in whole.reports for e in report.errors] == ["unknown_column"]


@pytest.mark.parametrize("sheet", ["Candidats", "Réponses"])
@pytest.mark.parametrize(
    ("measures", "title", "measure"),
    [
        (MEASURES[:2], "Créer une piste", "1"),
        (MEASURES[:2], "1", "1"),
        (MEASURES, "2", "2"),
    ],
)
def test_one_column_of_answers_is_read_in_a_pact_of_one_measure_or_under_its_number(
    empty, sheet, measures, title, measure
):
    rows = [("Ville", "Nom", "Groupe", title), ("Lille", "Aline Abrial", "Verts", "oui")]
    whole = load(empty, {"Pacte": PACT, "Mesures": measures, sheet: rows})
    assert whole.loaded
    with empty.reading() as session:
        answers = session.rows("SELECT measure, answer FROM answer")
    assert [tuple(row) for row in answers] == [(measure, "yes")]


def test_one_column_that_is_called_as_a_measure_among_others_is_asked(empty):
    rows = [("Ville", "Nom", "Créer une piste"), ("Lille", "Aline Abrial", "oui")]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": rows})
    (error,) = (error for report in whole.reports for error in report.errors)
    assert (error.column, error.code) == ("Créer une piste", "near_title")


@pytest.mark.parametrize(
    ("title", "cell", "outcome"),
    [
        ("Élu(e) ?", "élue", "elected"),
        ("Élu", "non élu", "defeated"),
        ("Résultat", "Élue au 1er tour", "elected"),
        ("Résultat", "élu au second tour", "elected"),
        ("Résultat", "Battue au 2e tour", "defeated"),
        ("Résultat", "?", "unknown"),
        ("Élu(e) ?", " ?? ", "unknown"),
        ("Résultat", "Maire réélue", "elected"),
        ("Résultat", "Maire sortant", "unknown"),
    ],
)
def test_who_was_elected_is_read_as_people_write_it(empty, title, cell, outcome):
    people = [("Nom", "Ville", title), (*ALINE, cell)]
    assert load(empty, {**BASE, "Candidats": people}).loaded
    with empty.reading() as session:
        assert [tuple(row) for row in session.rows("SELECT outcome FROM signatory")] == [(outcome,)]


@pytest.mark.parametrize(
    ("people", "answers"),
    [
        ("Candidats 2026", "Réponses des candidats"),
        ("Liste des candidats", "Les réponses"),
        ("Têtes de liste", "Réponses des candidats 2026"),
    ],
)
def test_sheets_are_known_by_what_their_titles_say_among_other_words(empty, people, answers):
    sheets = {people: PEOPLE, answers: [("Candidat", "1"), ("Aline Abrial", "oui")]}
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, **sheets})
    assert whole.loaded and not whole.left_out


def test_the_answers_to_a_form_are_signatories_too_where_nothing_else_names_them(empty):
    form = [
        (
            "Horodateur",
            "Ville",
            "Nom du candidat",
            "1. Créer une piste [Engagement]",
            "2 [Engagement]",
        ),
        ("2026/02/03 10:32:45 AM UTC+1", "Lille", "ABRIAL Aline", "Oui, je m’engage", "Non"),
    ]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Réponses au formulaire 1": form}
    assert load(empty, sheets).loaded
    with empty.reading() as session:
        rows = session.rows(
            "SELECT measure, answer, answered_on FROM answer JOIN signatory USING (signatory_id)"
        )
    assert {*map(tuple, rows)} == {("1", "yes", "2026-02-03"), ("2", "no", "2026-02-03")}


def test_sheets_to_fill_in_that_nobody_filled_in_stand_beside_ones_of_the_same(empty):
    template = {
        "Mesures": [("N°", "Mesure"), ("Exemple : 1", "Exemple : une piste")],
        "Signataires": [("Nom", "Commune"), ("Exemple : Ada Bo", "Exemple : Lille")],
        "Pacte": PACT,
    }
    own = {"Nos demandes": MEASURES, "Candidats": PEOPLE}
    files = [("pacte.xlsx", template), ("suivi.xlsx", own)]
    parts = intake.sort_parts([(name, io.BytesIO(workbook(one))) for name, one in files])
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert whole.loaded and not doubt_codes(whole)
    template["Signataires"][1] = ("Ada Bo", "Lille")
    parts = intake.sort_parts([(name, io.BytesIO(workbook(one))) for name, one in files])
    assert [one.code for _, one in parts.errors] == ["part_twice"]


def test_that_an_explanation_is_read_as_the_wording_is_told(empty):
    rows = [("N°", "Titre", "Description"), ("1", "Piste", "Créer une piste"), ("2", "", "Garer")]
    whole = load(empty, {"Pacte": PACT, "Mesures": rows, "Candidats": PEOPLE})
    assert whole.loaded and "wording_of_note" in doubt_codes(whole)


def test_a_pact_without_measures_is_told_where_to_give_them(empty):
    whole = load(empty, {"Pacte": PACT, "Candidats": PEOPLE})
    assert not whole.loaded and doubt_codes(whole) == {"no_measures"}


@pytest.mark.parametrize("sheet", ["Candidats", "Réponses"])
def test_columns_of_answers_to_no_measure_are_refused_once_in_words(empty, sheet):
    asked = ("Planter des arbres", "Ouvrir une halle", "Fermer la rocade")
    rows = [("Nom", "Ville", *asked), (*ALINE, "oui", "", "non"), ("Bo", "Lyon", "", "oui", "oui")]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, sheet: rows})
    errors = [one for report in whole.reports for one in report.errors]
    doubts = [one for one in errors if one.code == "answers_to_nothing"]
    assert len(doubts) == 1 and "unknown_column" not in {one.code for one in errors}
    sentence = intake.error_sentence(doubts[0], "fr")
    assert "Ces 3 colonnes" in sentence and " ; ".join(asked) in sentence


def test_columns_that_there_may_be_are_said_in_words(empty):
    whole = load(empty, {**BASE, "Candidats": [("Nom", "Ville", "Humeur"), (*ALINE, "bonne")]})
    (error,) = [one for report in whole.reports for one in report.errors]
    for lang, words in {"fr": "date de signature", "en": "date of signature"}.items():
        sentence = intake.error_sentence(error, lang)
        assert words in sentence and "signed_on" not in sentence


def test_the_follow_up_of_one_official_needs_no_column_of_who(empty):
    facts = [("N°", "Date", "Statut", "Constat", "Source"), ("2", "3/2/2026", "Votée", "", "PV")]
    one = {**BASE, "Candidats": BASE["Candidats"][:2]}
    whole = load(empty, {**one, "Suivi": facts})
    with empty.reading() as session:
        kept = session.rows("SELECT status FROM action")
    assert whole.loaded and [*map(tuple, kept)] == [("decided",)]
    assert "only_signatory" in doubt_codes(whole)


def test_of_several_officials_the_follow_up_says_whom_it_is_about(empty):
    whole = load(empty, {**BASE, "Suivi": [("N°", "Date", "Statut"), ("2", "3/2/2026", "Votée")]})
    (wrong,) = [one for report in whole.reports for one in report.errors]
    assert not whole.loaded and (wrong.code, wrong.column) == ("missing_column", "signatory_id")
    assert "signataire" in intake.error_sentence(wrong, "fr")


def test_themes_above_requests_are_those_of_a_pact_that_has_no_measures_yet(empty):
    table = [
        ("Candidat", "Ville", "Rue", "", "Bus"),
        ("", "", "Créer une piste", "Poser des arceaux", "Payer moins"),
        ("Aline Abrial", "Lille", "oui", "non", "oui"),
    ]
    whole = load(empty, {"Pacte": PACT, "Candidats": table})
    with empty.reading() as session:
        _, pact = current_pact(session, whole.pact_id or "") or (0, None)
        kept = session.rows("SELECT measure, answer FROM answer")
    assert whole.loaded and {*map(tuple, kept)} == {("1", "yes"), ("2", "no"), ("3", "yes")}
    assert pact and [one.theme for one in pact.measures] == ["Rue", "Rue", "Bus"]
    assert {"two_title_lines", "measures_of_titles"} <= doubt_codes(whole)


def test_a_long_table_of_answers_names_those_who_signed_where_nothing_else_does(empty):
    rows = [
        ("Ville", "Candidat", "Liste", "N°", "Réponse", "Date"),
        ("Lille", "Aline Abrial", "Lille verte", "1", "oui", "3/2/2026"),
        ("LILLE", "Aline  ABRIAL", "Lille verte", "2", "non", "3/2/2026"),
        ("Lyon", "Aline Abrial", "", "2", "oui", ""),
    ]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Réponses": rows})
    with empty.reading() as session:
        signed = session.rows("SELECT signatory_id, signed_on FROM signatory ORDER BY seq")
        kept = session.rows("SELECT signatory_id, measure, answer FROM answer ORDER BY seq")
    assert whole.loaded, doubt_codes(whole)
    (lille, signed_on), (lyon, _) = map(tuple, signed)
    assert signed_on is None
    assert [*map(tuple, kept)] == [(lille, "1", "yes"), (lille, "2", "no"), (lyon, "2", "yes")]


#: Cells of that table that were refused and are written anew -> the answers that are kept.
LONG = [
    ("Ville", "Candidat", "N°", "Réponse"),
    ("Lile", "Aline Abrial", "1", "oui"),
    ("Lile", "Aline Abrial", "2", "non"),
    ("Lyon", "Basile Brun", "1", "bof"),
    ("Total", "", "", "2"),
]
MENDED_LONG = {
    "who signed": ({(2, "commune"): "Lille", (4, "answer"): "non"}, ["yes", "no", "no"]),
    "a line left out": ({(2, "commune"): "Lille", (4, ""): ""}, ["yes", "no"]),
}


@pytest.mark.parametrize(("cells", "kept"), MENDED_LONG.values(), ids=MENDED_LONG)
def test_what_was_put_right_of_who_signed_is_right_in_each_of_their_answers(empty, cells, kept):
    sheets = workbook({"Pacte": PACT, "Mesures": MEASURES, "Réponses": LONG})
    parts = intake.sort_parts([("f.xlsx", io.BytesIO(sheets))])
    mended = parts.mend({"f.xlsx · Réponses": Mending(cells=cells)})
    assert not commands.load_whole_pact(empty, parts, now=LOADED_ON).loaded
    whole = commands.load_whole_pact(empty, mended, now=LOADED_ON)
    assert whole.loaded, doubt_codes(whole)
    with empty.reading() as session:
        (lille, *_), *_ = rows = session.rows(
            "SELECT signatory_id, answer FROM answer ORDER BY seq"
        )
        assert [answer for _, answer in rows] == kept
        assert [who for who, _ in rows].count(lille) == 2


#: Who heads a column in a sheet called Lille -> whose answers are kept, or what is told.
IN_LILLE = {
    "the one of Lille": (["Aline Abrial", "Basile Brun"], {("59350", "yes"), ("59350", "no")}),
    "somebody of Lyon": (["Cléo Colin"], {"unknown_column", "missing_column"}),
    "somebody of Lyon, as it says": (["Cléo Colin (Lyon)"], {("69123", "yes")}),
}


@pytest.mark.parametrize(("names", "expected"), IN_LILLE.values(), ids=IN_LILLE)
def test_in_a_sheet_of_a_town_names_are_of_those_who_signed_there(empty, names, expected):
    signed = [(*PEOPLE[1][:2],), ("Aline Abrial", "Lyon"), ("Basile Brun", "Lille")]
    people = [("Nom", "Ville"), *signed, ("Cléo Colin", "Lyon")]
    sheet = [("N°", "Demande", *names), ("1", MEASURES[1][1], *["oui", "non"][: len(names)])]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people, "Lille": sheet}
    file = ("tableau.xlsx", io.BytesIO(workbook(sheets)))
    parts = intake.sort_parts([file], {"tableau.xlsx · Lille": "answers"})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    with empty.reading() as session:
        kept = session.rows(
            "SELECT s.commune, a.answer FROM answer a JOIN signatory s USING (signatory_id)"
        )
    assert {*map(tuple, kept), *(one.code for one in whole.reports[-1].errors)} == expected


def test_a_column_that_several_people_may_head_says_whom_it_may_mean(empty):
    people = [*PEOPLE, ("Cléo Colin", "Lille")]
    sheet = [("N°", "Demande", "Lille"), ("1", MEASURES[1][1], "oui"), ("2", "", "")]
    whole = load(empty, {**BASE, "Candidats": people, "Réponses": sheet})
    wrong = whole.reports[-1].errors[0]
    assert (wrong.line, wrong.column, wrong.code) == (1, "Lille", "several_signatories")
    assert "Aline Abrial (Lille)" in intake.error_sentence(wrong, "fr")


LINK, COPY = (
    "https://exemple.invalid/a,b;c?d=1,2",
    "https://web.archive.org/web/2026/https://e.fr/x",
)
#: What stands in the cell of a source -> the addresses that are kept.
ADDRESSES = {
    f"{LINK} ; {COPY}": {LINK, COPY},
    f"{LINK}\n{COPY}": {LINK, COPY},
    f"{LINK} {COPY}, www.exemple.invalid/e": {LINK, COPY, "https://www.exemple.invalid/e"},
    f"{LINK};{LINK}": {LINK},
    LINK: {LINK},
    COPY: {COPY},
    f"{LINK} et {COPY}": {"url_malformed"},
    f"{LINK} https://": {"url_malformed"},
}


@pytest.mark.parametrize("cell", ADDRESSES)
def test_each_address_of_a_cell_is_a_source_of_the_fact(empty, cell):
    facts = [
        ("Candidat", "N°", "Date", "Statut", "Sources"),
        ("Aline Abrial", "2", "3/6/2026", "fait", cell),
    ]
    sheets = {**BASE, "Suivi": facts}
    whole = load(empty, sheets)
    with empty.reading() as session:
        kept = session.rows("SELECT source_url FROM action_text")
        kept += session.rows("SELECT source_url FROM source_text")
    found = {one for (one,) in kept} | doubt_codes(whole) & {"several_addresses", "url_malformed"}
    expected = ADDRESSES[cell]
    assert found == expected | ({"several_addresses"} if len(expected) > 1 else set())
    if whole.loaded:
        again = [report.outcomes for report in load(empty, sheets).reports]
        assert {name for one in again for name in one} == {"unchanged"}


def test_several_addresses_in_one_file_alone_are_refused_with_what_to_do(empty):
    load(empty, BASE)
    text = "signatory_id,measure,happened_on,status,source_url\n"
    text += f'Aline Abrial,2,2026,fait,"{LINK} ; {COPY}"\n'
    report = commands.load(
        empty,
        "actions",
        io.BytesIO(text.encode()),
        pact_id="velo-2026",
        name="a.csv",
        now=LOADED_ON,
    )
    found = {(wrong.line, wrong.column, wrong.code) for wrong in report.errors}
    assert found == {(2, "source_url", "several_addresses")}


@pytest.mark.parametrize("place", ["B2:C2", "B2:B3"], ids=["of a row", "of a column"])
def test_an_answer_in_merged_cells_is_refused_for_those_that_it_may_also_be_of(empty, place):
    rows = [("Candidat", "1", "2"), ("Aline Abrial", "oui"), ("Basile Brun", "", "non")]
    book = load_workbook(io.BytesIO(workbook({**BASE, "Réponses": rows})))
    book["Réponses"].merge_cells(place)
    parts = intake.sort_parts([("tableau.xlsx", io.BytesIO(workbook_bytes(book)))])
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    (wrong,) = whole.reports[-1].errors
    assert not whole.loaded and wrong.code == "merged_cell"


@pytest.mark.parametrize("merged", [("B2:B3",), ("A2:A3", "B2:B3")], ids=["town", "both"])
@pytest.mark.parametrize("town", ["Lille", "Saint-Denis"])
def test_a_merged_town_is_read_down_beside_its_department(empty, merged, town):
    department = {"Lille": "59", "Saint-Denis": "93"}[town]
    rows = [("Dép.", "Ville", "Nom"), (department, town, "Aline Abrial")]
    rows.append((department, "", "Basile Brun"))
    book = load_workbook(io.BytesIO(workbook({**BASE, "Candidats": rows})))
    for cells in merged:
        book["Candidats"].merge_cells(cells)
    parts = intake.sort_parts([("tableau.xlsx", io.BytesIO(workbook_bytes(book)))])
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert whole.loaded, [report.errors for report in whole.reports]
    with empty.reading() as session:
        found = {code for (code,) in session.rows("SELECT commune FROM signatory")}
    assert found == {{"Lille": "59350", "Saint-Denis": "93066"}[town]}


@pytest.mark.parametrize("name", ["Aline Abrial (sortante)", "Aline Abrial, maire"])
def test_what_is_more_than_a_name_is_doubted(empty, name):
    people = [("Nom", "Ville"), (name, "Lille"), ("Jean-Noël d’Ô de l’Écluse", "Lille")]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people})
    (doubt,) = [one for one in whole.reports[-1].doubts if one.code == "more_than_name"]
    assert whole.loaded and doubt.value == name


@pytest.mark.parametrize(
    ("titles", "cells", "code"),
    [
        (("Ville", "Arrondissement"), ("Paris", "11"), "75111"),
        (("Ville", "Arrondissement"), ("Lyon", "3ème"), "69383"),
        (("Ville", "Arrondissement"), ("Lille", "4"), "59350"),
        (("Ville", "Dép."), ("Saint-Pierre", "Réunion"), "97416"),
        (("Ville",), ("Saint-Pierre (Réunion)",), "97416"),
    ],
)
def test_what_stands_beside_a_town_says_where_in_it_or_which_it_is(empty, titles, cells, code):
    table = [("Nom", *titles, "1", "2"), ("Aline Abrial", *cells, "oui", "non")]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": table})
    with empty.reading() as session:
        kept = session.rows(
            "SELECT s.commune, a.answer FROM answer a JOIN signatory s USING (signatory_id)"
        )
    assert whole.loaded, doubt_codes(whole)
    assert {*map(tuple, kept)} == {(code, "yes"), (code, "no")}


@pytest.mark.parametrize(("cell", "measures"), [("toutes", "1;2"), ("Toutes les mesures", "1;2")])
def test_all_measures_are_signed_in_a_word(empty, cell, measures):
    people = [("Nom", "Ville", "Mesures signées"), ("Aline Abrial", "Lille", cell)]
    whole = load(empty, {"Pacte": PACT, "Mesures": MEASURES, "Candidats": people})
    with empty.reading() as session:
        ((kept,),) = map(tuple, session.rows("SELECT measures FROM signatory"))
    assert whole.loaded and kept == measures


def test_that_a_file_says_no_kind_of_source_is_told_once(empty):
    facts = [
        ("Nom", "N°", "Date", "Statut", "Source"),
        *[("Aline Abrial", "2", "6/2026", "fait", "PV")] * 3,
    ]
    whole = load(empty, {**BASE, "Suivi": facts})
    codes = [one.code for one in whole.reports[-1].doubts]
    assert whole.loaded and codes.count("source_kind_unsaid") == 1


@pytest.mark.parametrize(
    ("title", "form", "is_doubted"),
    [
        ("Précisions", (), True),
        ("Commentaire du candidat", (), False),
        ("Précisions", ("Horodateur",), False),
    ],
)
def test_remarks_on_answers_are_doubted_unless_it_is_said_whose_they_are(
    empty, title, form, is_doubted
):
    rows = [
        (*form, "Candidat", "1", title, "2", title),
        (*["3/2/2026" for _ in form], "Aline Abrial", "oui", "dès 2027", "non", "trop cher"),
    ]
    whole = load(empty, {**BASE, "Réponses": rows})
    assert whole.loaded, doubt_codes(whole)
    assert ("words_published" in doubt_codes(whole)) == is_doubted


def test_a_fact_of_a_place_is_that_of_the_one_whose_mandate_the_same_folder_has(empty):
    people = [("Nom", "Ville"), ALINE, ("Basile Brun", "Lille")]
    held = [("Signataire", "Fonction", "Début"), ("Basile Brun", "maire", "28/3/26")]
    facts = [("Ville", "N°", "Date", "Statut"), ("Lille", "2", "3/4/26", "Votée")]
    sheets = {**BASE, "Candidats": people, "Mandats": held}
    whole = load(empty, {**sheets, "Suivi": [(*facts[0], "Source"), (*facts[1], "PV du conseil")]})
    with empty.reading() as session:
        kept = session.rows(
            "SELECT a.happened_on, x.name FROM action a JOIN commitment c ON c.id = a.commitment_id "
            "JOIN signatory s USING (signatory_id) JOIN signatory_text x ON x.seq = s.seq"
        )
    assert whole.loaded and [*map(tuple, kept)] == [("2026-04-03", "Basile Brun")]
    assert {"elected_of_place", "two_digit_year_read"} <= doubt_codes(whole)


#: A day with a year of two digits, and that of the election -> the day that is read, None if refused.
CENTURIES = {
    ("12/01/26", 2026): "12/01/2026",
    ("3/3/26", 2026): "3/3/2026",
    ("12.01.25", 2026): "12.01.2025",
    ("12-01-38", 2026): "12-01-2038",
    ("12/01/39", 2026): None,
    ("12/01/22", 2026): None,
    ("12/01/98", 2001): None,
    ("12/01/2026", 2026): None,
    ("26", 2026): None,
    ("12 01 26", 2026): None,
}


@pytest.mark.parametrize(("given", "read"), CENTURIES.items())
def test_a_year_of_two_digits_is_read_where_the_election_leaves_one(given, read):
    text, year = given
    assert with_century(text, date(year, 3, 22)) == read
    assert with_century(text, None) is None


def test_what_is_wrong_beyond_refused_signatories_is_told_in_the_same_run(empty):
    sheets = {
        **BASE,
        "Candidats": [("Nom", "Ville"), ("Aline Abrial", "Lile"), ("Basile Brun", "Lyon")],
        "Réponses": [("Candidat", "1", "2"), ("Aline Abrial", "oui", "bof"), ("Brun", "non", "")],
        "Suivi": [("Nom", "N°", "Date"), ("Aline Abrial", "9", "hier"), ("Cros", "1", "2026")],
        "Mandats": [("Nom", "Fonction", "Début", "Notes"), ("Aline Abrial", "maire", "2026", "x")],
        "Actions": [("Nom", "N°", "Date"), ("Exemple : Ada Bo", "Exemple : 1", "Exemple : 2026")],
    }
    whole = load(empty, sheets)
    assert not whole.loaded and [
        (one.content, {error.code for error in one.errors}) for one in whole.reports if one.errors
    ] == [
        ("signatories", {"commune_name"}),
        ("answers", {"unknown_code"}),
        ("mandates", {"unknown_column"}),
        ("actions", {"unknown_measure", "not_a_date", "summary_needed"}),
    ]
    unchecked = [name.rpartition(" · ")[2] for name in whole.unchecked]
    assert unchecked == ["Réponses", "Mandats", "Suivi"]


LUC = ("Luc Lecoq", "Lyon")
ELECTED = [
    ("Ville", "Maire élu(e)", "Source"),
    ("Lille", "M. BRUN Basile", "Voix du Nord"),
    ("Lyon", "Bruno Roquelaure", ""),
    ("Brest", "?", ""),
    ("Rennes", "Éva Rame", ""),
]
FOLLOWED = [("Ville", "N°", "Date", "Statut", "Source"), ("Lille", "2", "3/4/26", "Votée", "PV")]


def outcomes(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name, s.outcome FROM signatory s JOIN signatory_text x ON x.seq = s.seq "
            "ORDER BY s.seq"
        )
    return {name: outcome for name, outcome in rows}


#: What somebody says of the sheet of winners: nothing, or that it holds mandates.
MANDATES = ({"Maire élu(e)": "signataire", "Source": ""}, {"fonction": "maire", "début": "28/3/26"})


@pytest.mark.parametrize("columns", [None, MANDATES], ids=["unsaid", "mandates"])
def test_a_sheet_of_winners_gives_those_who_signed_their_result_and_names_the_others(
    empty, columns
):
    people = [("Nom", "Ville"), ALINE, ("Basile Brun", "Lille"), LUC]
    sheets = {**BASE, "Candidats": people, "Qui a gagné": ELECTED, "Suivi": FOLLOWED}
    name = "tableau.xlsx · Qui a gagné"
    for _ in range(2):
        files = [("tableau.xlsx", io.BytesIO(workbook(sheets)))]
        parts = intake.sort_parts(files, {name: "mandates"} if columns else {})
        parts = parts.read_titles({name: columns[0]}, columns[1]) if columns else parts
        whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
        assert whole.loaded, doubt_codes(whole)
        assert not whole.left_out
        assert outcomes(empty) == {
            "Aline Abrial": "unknown",
            "Basile Brun": "elected",
            "Luc Lecoq": "unknown",
        }
    found = {one.code: dict(one.values) for report in whole.reports for one in report.doubts}
    assert found["winners_read"]["n"] == "1" and "BRUN" in found["winners_read"]["near"]
    assert found["winners_unsigned"]["n"] == "2"
    assert "Bruno Roquelaure (Lyon)" in found["winners_unsigned"]["near"]
    assert "mandate_of_unknown" not in found


def test_what_is_done_where_somebody_else_was_elected_is_nobodys_who_signed_there(empty):
    people = [("Nom", "Ville"), ALINE, ("Basile Brun", "Lille"), LUC]
    facts = [FOLLOWED[0], ("Lyon", *FOLLOWED[1][1:])]
    sheets = {**BASE, "Candidats": people, "Élus": ELECTED, "Suivi": facts}
    whole = load(empty, sheets)
    (error,) = whole.reports[-1].errors
    assert error.code == "other_elected_there"
    assert dict(error.values)["name"] == "Bruno Roquelaure"


#: The name of a sheet -> whether it is read as the follow-up that its titles make it; not one of several
#: things that they may be.
TIMED = {
    **dict.fromkeys(("Suivi mars 2026", "Suivi T2", "Suivi 2e semestre 2026", "Veille"), True),
    **dict.fromkeys(("Suivi 1er tour", "Mises à jour juin", "Tracking Q3 2026"), True),
    **dict.fromkeys(("Suivi budget", "Mars 2026", "T2"), False),
}


@pytest.mark.parametrize(("name", "is_read"), TIMED.items())
def test_a_sheet_is_known_beside_the_time_in_its_name_by_titles_that_fit(name, is_read):
    facts = [("Candidat", "N°", "Date", "Statut", "Source"), ("A", "1", "2026", "fait", "PV")]
    own = {**BASE, name: facts, f"{name} (2)": facts, "Réponses candidats": [("Candidat", "1")]}
    data = io.BytesIO(workbook({**own, "Suivi 2027": [("Ville", "Contact"), ("Lyon", "x")]}))
    parts = intake.sort_parts([("t.xlsx", data)])
    found = {part.sheet: part.content for part in parts.parts}
    assert found.get(name) == ("actions" if is_read else None)
    assert found["Réponses candidats"] == "answers" and parts.errors == ()


#: Titles of a sheet beside « Ville » -> whether it says who has the office of a pact put to mayors.
WINNERS = {
    "Maire élu": True,
    "Élu(e) maire": True,
    "Maire réélu·e": True,
    "Vainqueur": True,
    "Gagnant(e)": True,
    "Nouveau maire": True,
    "Élu·e": True,
    "Candidat élu": True,
    "Maire sortant": False,
    "Tête de liste élue": False,
    "Président élu": False,
}


@pytest.mark.parametrize(("title", "is_read"), WINNERS.items())
def test_only_who_won_what_the_pact_binds_is_read_as_elected(empty, title, is_read):
    sheets = {**BASE, "Élus": [("Ville", title), ("Lyon", "Basile Brun")]}
    whole = load(empty, sheets)
    assert whole.loaded, doubt_codes(whole)
    assert (outcomes(empty)["Basile Brun"] == "elected") == is_read
    assert ("winners_read" in doubt_codes(whole)) == is_read


#: The name of a sheet, its titles beside « Ville », and what it is said to hold -> what is told of it.
CALLED = {
    ("Résultats", "Élu(e)", None): "winners_read",
    ("Feuil2", "Élu(e) Voix", None): "winners_read",
    ("Feuil2", "Élu(e)", None): None,
    ("Feuil2", "Élu(e)", WINNERS_SAID): "winners_read",
    ("Feuil2", "Élu(e)", OFFICIALS): "winners_read",
    ("Feuil2", "Nom", WINNERS_SAID): "no_winners",
    ("Élus 2026", "Élu(e)", None): "winners_read",
    ("Maires 2026", "Maire", None): "winners_read",
    ("Résultats mars 2026", "Maire", None): "winners_read",
    ("Résultats 1er tour", "Élu(e)", None): "winners_read",
    ("Élus 2020", "Élu(e)", None): "winners_at_other_times",
    ("Maires 2020", "Maire", None): "winners_at_other_times",
}


@pytest.mark.parametrize(("called", "code"), CALLED.items(), ids=map(str, CALLED))
def test_a_sheet_of_results_is_read_by_its_name_its_votes_or_ones_word(empty, called, code):
    sheet, titles, said = called
    rows = [("Ville", *titles.split()), ("Lyon", "Basile Brun", *["812"] * titles.count(" "))]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, sheet: rows})))]
    parts = intake.sort_parts(files, {f"tableau.xlsx · {sheet}": said} if said else {})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    told = {"winners_read", "winners_at_other_times", "no_winners"} & doubt_codes(whole)
    assert told == ({code} if code else set())
    assert whole.loaded == (code != "no_winners")
    assert bool(whole.left_out) == (code is None)


#: Who stands in a sheet of the elected for Lille, the result of Basile that the list of those who signed
#: has -> who of them is elected in the end, and what is told.
IN_ONE_PLACE = {
    "two who signed": (("Basile Brun", "Aline Abrial"), "", {}, {"winners_rival"}),
    "a stranger too": (("Aline Abrial", "Zoé Zinc"), "", {}, {"winners_rival"}),
    "one twice": (
        ("Basile Brun", "M. BRUN Basile"),
        "",
        {"Basile Brun"},
        {"winners_read", "winners_elsewhere"},
    ),
    "another than the list has": (
        ("Aline Abrial",),
        "élu",
        {"Basile Brun"},
        {"winners_rival"},
    ),
    "a stranger": (("Zoé Zinc",), "", {}, {"winners_unsigned", "winners_elsewhere"}),
}


@pytest.mark.parametrize(
    ("winners", "result", "elected", "codes"), IN_ONE_PLACE.values(), ids=IN_ONE_PLACE
)
def test_one_alone_is_elected_in_each_place_by_a_sheet_of_winners(
    empty, winners, result, elected, codes
):
    people = [("Nom", "Ville", "Résultat"), (*ALINE, ""), ("Basile Brun", "Lille", result)]
    rows = [("Ville", "Maire élu"), *(("Lille", name) for name in winners)]
    whole = load(empty, {**BASE, "Candidats": people, "Élus": rows})
    found = {name for name, outcome in outcomes(empty).items() if outcome == "elected"}
    assert whole.loaded and found == {*elected}
    assert {code for code in doubt_codes(whole) if code.startswith("winners_")} == codes


def test_who_is_not_in_the_list_that_is_brought_is_not_said_to_be_noted_as_elected(empty):
    load(empty, BASE)
    rows = [("Ville", "Maire élu"), ("Lyon", "Basile Brun")]
    whole = load(empty, {**BASE, "Candidats": PEOPLE[:2], "Élus": rows})
    assert "winners_unlisted" in doubt_codes(whole) and "winners_read" not in doubt_codes(whole)
    assert {*outcomes(empty).values()} == {"unknown"}


@pytest.mark.parametrize(
    ("when", "is_elected"),
    [("2020-06-28", False), ("2026-03-15", True), ("28/3/26", True), ("2028", False), ("?", True)],
)
def test_who_won_another_election_is_not_elected_by_a_sheet_of_winners(empty, when, is_elected):
    people = [("Nom", "Ville"), ALINE, ("Basile Brun", "Lille"), LUC]
    rows = [("Ville", "Maire élu", "Date de l’élection"), ("Lille", "Basile Brun", when)]
    whole = load(empty, {**BASE, "Candidats": people, "Élus": rows})
    assert (outcomes(empty)["Basile Brun"] == "elected") == is_elected
    assert ("winners_at_other_times" in doubt_codes(whole)) == (not is_elected)


def test_a_sheet_of_winners_says_whom_the_list_itself_calls_defeated(empty):
    people = [("Nom", "Ville", "Résultat"), ("Basile Brun", "Lille", "battu")]
    rows = [("Ville", "Maire élu"), ("Lille", "Basile Brun")]
    whole = load(empty, {**BASE, "Candidats": people, "Élus": rows})
    assert "winners_denied" in doubt_codes(whole) and "winners_read" not in doubt_codes(whole)
    assert {*outcomes(empty).values()} == {"defeated"}


def test_nobody_of_nearly_the_same_name_is_elected_by_a_sheet_of_winners(empty):
    sheets = {
        **BASE,
        "Élus": [("Ville", "Maire élu"), ("Lyon", "Basil Brun"), ("Lille", "Zoé Brun")],
    }
    whole = load(empty, sheets)
    assert {"winners_near"} <= doubt_codes(whole) and "winners_read" not in doubt_codes(whole)
    assert {*outcomes(empty).values()} == {"unknown"}


@pytest.mark.parametrize("left", [("1", "2"), ("Adhérent", "Mail"), ()], ids=str)
def test_answers_that_are_left_out_are_said_for_all_measures_would_be_signed(empty, left):
    rows = [("Nom", "Ville", "1", "2", "Adhérent", "Mail"), (*ALINE, "non", "non", "oui", "a")]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, "Candidats": rows})))]
    titles = dict.fromkeys(("Adhérent", "Mail", *left), "")
    parts = intake.sort_parts(files).read_titles({"tableau.xlsx · Candidats": titles}, {})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert ("answers_left_out" in doubt_codes(whole)) == (left == ("1", "2"))


@pytest.mark.parametrize("title", ["Constat", "Findings"])
def test_a_follow_up_is_read_with_its_status_under_findings_and_a_paper_as_its_source(empty, title):
    facts = [
        ("Candidat", "N°", title, "Date", "Source", "Remarque"),
        ("Aline Abrial", "2", "réalisé", "2026-06-02", "https://exemple.invalid/x", ""),
        ("Basile Brun", "1", "en cours", "2026-06-02", "Le Progrès, 12 mai 2026", "à suivre"),
    ]
    whole = load(empty, {**BASE, "Suivi": facts})
    with empty.reading() as session:
        kept = session.rows(
            "SELECT a.status, x.source_title, x.summary FROM action a JOIN action_text x USING (seq)"
        )
    assert whole.loaded, doubt_codes(whole)
    assert {"status_of_values", "source_to_title"} <= doubt_codes(whole)
    assert {*map(tuple, kept)} == {
        ("implemented", None, None),
        ("in_progress", "Le Progrès, 12 mai 2026", "à suivre"),
    }


def follow(empty, title, status, remark="Remarque", marks=None, said="vu"):
    """(what was loaded of one fact, the status and the summary that the log has of it)."""
    rows = [
        ("Candidat", "N°", title, "Date", "Source", remark),
        ("Aline Abrial", "2", status, "2026-06-02", "PV du conseil", said),
        ("Basile Brun", "1", "en cours", "2026-06-02", "PV du conseil", said),
    ]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, "Suivi": rows})))]
    parts = intake.sort_parts(files).read_marks(marks or {})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    with empty.reading() as session:
        kept = session.rows(
            "SELECT a.status, x.summary FROM action a JOIN action_text x USING (seq) ORDER BY seq"
        )
    return whole, tuple(kept[0]) if kept else None


@pytest.mark.parametrize(
    "title",
    [
        *("Où ça en est", "Où en est-on ?", "Où en est la mairie", "Point d’étape", "Situation"),
        *("Stade", "État actuel", "Progress", "Where it stands"),
        "Pastille",  # a title that says nothing, above words of statuses
    ],
)
def test_the_status_is_found_under_any_title_that_people_give_it(empty, title):
    whole, kept = follow(empty, title, "réalisé")
    assert whole.loaded and kept == ("implemented", "vu")
    assert ("status_of_values" in doubt_codes(whole)) == (title == "Pastille")


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        *((one, True) for one in ("Remarque", "Commentaires", "Observation", "Remarks")),
        *((one, False) for one in ("Ce qui s’est passé", "Description", "Résumé")),
    ],
)
def test_remarks_that_are_published_as_what_happened_are_doubted(empty, title, is_told):
    whole, _ = follow(empty, "Statut", "réalisé", title)
    assert ("remark_published" in doubt_codes(whole)) == is_told


@pytest.mark.parametrize(
    ("words", "status", "said", "kept"),
    [
        ("Promis pour 2027", "annoncé", "À revoir", "Promis pour 2027. À revoir"),
        ("Promis pour 2027", "annoncé", "", "Promis pour 2027"),
        ("Promis pour 2027.", "annoncé", "À revoir", "Promis pour 2027. À revoir"),
        ("Promis en 2027", "annoncé", "Promis en 2027, dit-elle.", "Promis en 2027, dit-elle."),
        ("promesse", "annoncé", "À revoir", "À revoir"),
        ("en cours", "annoncé", "À revoir", "À revoir"),
    ],
)
def test_words_that_say_more_than_the_status_that_they_mean_are_kept(
    empty, words, status, said, kept
):
    whole, found = follow(empty, "Statut", words, marks={words: status}, said=said)
    assert whole.loaded and found == ("announced", kept)
    again, _ = follow(empty, "Statut", words, marks={words: status}, said=said)
    assert [one.outcomes["unchanged"] for one in again.reports if one.content == "actions"] == [2]


#: Titles of a sheet without what happened, and what is said of its columns.
WORDLESS = [
    (("Candidat", "N°", "Statut", "Date", "Source"), {}),
    (("Candidat", "N°", "Où en est-on ?", "Date", "Source"), {}),
    (("Candidat", "N°", "État d’avancement", "Date", "Source"), {}),
    (("Candidat", "N°", "Avancée", "Date", "Source"), {}),
    (("Candidat", "N°", "Statut", "Date", "Source", "Description"), {"Description": ""}),
    (("Candidat", "Demande n°", "Statut", "Date", "Source", "Remarques"), {"Remarques": ""}),
]


@pytest.mark.parametrize(("titles", "said"), WORDLESS)
def test_words_of_a_status_are_kept_where_no_column_says_what_happened(empty, titles, said):
    rows = [
        ("Aline Abrial", "2", "promis pour 2027", "2026-06-02", "PV", "interne"),
        ("Aline Abrial", "1", "en cours", "2026-06-03", "PV", "interne"),
    ]
    sheets = {**BASE, "Suivi": [titles, *(row[: len(titles)] for row in rows)]}
    outcomes = []
    for _ in range(2):
        files = [("tableau.xlsx", io.BytesIO(workbook(sheets)))]
        parts = intake.sort_parts(files).read_titles({"tableau.xlsx · Suivi": said}, {})
        parts = parts.read_marks({"promis pour 2027": "annoncé"})
        whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
        assert whole.loaded, whole.reports
        outcomes += [dict(one.outcomes) for one in whole.reports if one.content == "actions"]
    assert outcomes == [{"created": 2}, {"unchanged": 2}]
    with empty.reading() as session:
        kept = session.rows(
            "SELECT a.status, x.summary FROM action a JOIN action_text x USING (seq) ORDER BY seq"
        )
    assert [tuple(one) for one in kept] == [
        ("announced", "promis pour 2027"),
        ("in_progress", None),
    ]


#: Two columns that may say what happened -> the one that is published, None where only a person can say.
TWO_SUMMARIES = {
    ("Description", "Remarques"): "Description",
    ("Remarque", "Description"): "Description",
    ("Commentaires", "Action menée"): "Action menée",
    ("Ce qui s’est passé", "Notes"): "Ce qui s’est passé",
    ("Observation", "Résumé"): "Résumé",
    ("Description", "Action menée"): None,
    ("Remarque", "Commentaire"): None,
}


@pytest.mark.parametrize(("titles", "published"), TWO_SUMMARIES.items())
def test_of_two_columns_the_one_that_says_what_happened_is_published(empty, titles, published):
    facts = [
        ("Candidat", "N°", "Date", "Source", *titles),
        ("Aline Abrial", "2", "2026-06-02", "PV", *(f"sous {one}" for one in titles)),
    ]
    whole = load(empty, {**BASE, "Suivi": facts})
    assert whole.loaded == bool(published)
    with empty.reading() as session:
        kept = [one for (one,) in session.rows("SELECT summary FROM action_text")]
    assert kept == ([f"sous {published}"] if published else [])
    assert ("remark_left_out" in doubt_codes(whole)) == bool(published)


def test_a_request_is_a_title_once_somebody_says_which_other_column_words_it(empty):
    measures = [
        ("N°", "Demande", "Explication"),
        ("1", "Pistes", "Des pistes partout."),
        ("2", "Arceaux", "Des arceaux."),
    ]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, "Mesures": measures})))]
    parts = intake.sort_parts(files).read_titles(
        {"tableau.xlsx · Mesures": {"Explication": "wording"}}, {}
    )
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    assert whole.loaded and whole.pact_id
    with empty.reading() as session:
        _, pact = current_pact(session, whole.pact_id) or (0, None)
    assert pact
    assert [(one.title_fr, one.wording) for one in pact.measures] == [
        ("Pistes", "Des pistes partout."),
        ("Arceaux", "Des arceaux."),
    ]


def test_a_row_shorter_than_its_titles_is_refused_where_a_column_lists_measures(empty):
    book = workbook({"Pacte": PACT, "Mesures": MEASURES})
    rows = "Nom,Ville,1,2,Mesures signées\nAline Abrial,Lille,oui,non,\nBasile Brun,Lyon,,\n"
    files = [("p.xlsx", io.BytesIO(book)), ("candidats.csv", io.BytesIO(rows.encode()))]
    whole = commands.load_whole_pact(empty, intake.sort_parts(files), now=LOADED_ON, lang="fr")
    errors = [error for report in whole.reports for error in report.errors]
    assert {(error.code, error.line) for error in errors} == {("ragged_row", 3)}


#: What stands under « Constat », beside « Remarque » -> whether it is the status, of words some of which
#: are nobody else's, or what was seen.
FINDINGS = {
    ("réalisé", "engagé", "voté en partie", "engagé", "Engagé", "voté en partie"): "likely_status",
    ("réalisé", "réalisé", "refusé par le conseil"): "refused_status",
    ("réalisé", "engagé", "refusé par le conseil"): "same_column",
    ("Les arceaux sont posés.", "Rien vu.", "Rien vu.", "Rien vu."): None,
}


@pytest.mark.parametrize(("findings", "code"), FINDINGS.items())
def test_findings_beside_remarks_are_the_status_where_they_are_labels(empty, findings, code):
    facts = [("Candidat", "N°", "Constat", "Date", "Source", "Remarque")]
    facts += [("Aline Abrial", "2", one, "2026-06-02", "PV", "vu") for one in findings]
    whole = load(empty, {**BASE, "Suivi": facts})
    found = {error.code for report in whole.reports for error in report.errors}
    assert found == ({code} if code else set())
    assert ("remark_left_out" in doubt_codes(whole)) == (code is None)


SIGNED = ("Basile Brun", "Lyon", "3/2/2026", "oui", "non")


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([("Nom", "Ville", "Poser des arceau", "1"), (*ALINE, "oui", "non")], "near_title"),
        ([("Nom", "Ville"), ALINE, ("ABRIAL Aline", "Lyon")], "name_in_two_places"),
        (
            [("Nom", "Ville", "Signé le", "1", "2"), (*ALINE, "3/2/2026", "", ""), SIGNED],
            "unanswered_unsigned",
        ),
    ],
    ids=["a title that is nearly one", "one name in two places", "a day without answers"],
)
def test_what_nearly_says_it_in_a_list_of_candidates_is_named(empty, people, code):
    whole = load(empty, {**BASE, "Candidats": people})
    found = [one for report in whole.reports for one in (*report.errors, *report.doubts)]
    (one,) = [one for one in found if one.code == code]
    sentence = intake.error_sentence(one, "fr")
    named = {"near_title": "2. Poser des arceaux", "name_in_two_places": "Aline Abrial (2, 3)"}
    assert named.get(code, "ligne 2") in sentence


def test_two_columns_that_say_the_same_are_both_named(empty):
    facts = [
        ("Candidat", "N°", "Statut", "Date", "Source", "Description", "Constat"),
        ("Aline Abrial", "2", "fait", "2026-06-02", "PV", "", "vu"),
    ]
    (error,) = load(empty, {**BASE, "Suivi": facts}).reports[-1].errors
    sentence = intake.error_sentence(error, "fr")
    assert error.code == "same_column" and "Description" in sentence and "Constat" in sentence


#: What heads a column of candidates or of a follow-up -> what is told of it, which is not read.
LEFT_OUT = {
    ("Candidats", "Canton"): "column_wider",
    ("Candidats", "Région"): "column_wider",
    ("Candidats", "Métropole"): "column_wider",
    ("Suivi", "Échéance"): "column_of_tracker",
    ("Suivi", "Assigné à"): "column_of_tracker",
    ("Suivi", "Priority"): "column_of_tracker",
}


@pytest.mark.parametrize(("where", "code"), LEFT_OUT.items(), ids=map(" ".join, LEFT_OUT))
def test_a_column_of_whoever_keeps_the_table_is_left_out_and_said(empty, where, code):
    sheet, title = where
    people = [("Nom", "Ville"), ALINE]
    facts = [
        ("Nom", "N°", "Date", "Statut", "Source"),
        ("Aline Abrial", "2", "3/6/26", "fait", "PV"),
    ]
    sheets = {**BASE, "Candidats": people, "Suivi": facts}
    sheets[sheet] = [(*row, said) for row, said in zip(sheets[sheet], (title, "x"), strict=True)]
    whole = load(empty, sheets)
    assert whole.loaded and code in doubt_codes(whole)


def test_sheets_that_numbers_exports_are_known_by_their_names(empty):
    sheets = {f"{name} - Tableau 1": rows for name, rows in BASE.items()}
    whole = load(empty, {"Export Summary": [("Exported from Numbers",)], **sheets})
    assert whole.loaded and [*outcomes(empty)] == ["Aline Abrial", "Basile Brun"]


@pytest.mark.parametrize(("lang", "population"), [("en", "100000"), ("fr", None)])
def test_a_comma_parts_thousands_in_a_pact_in_english(empty, lang, population):
    pact = [("Langue", lang) if key == "Langue" else (key, value) for key, value in OWN]
    places = [("Code", "Nom", "Population"), ("X", "Lille", "100,000")]
    sheets = {"Pacte": pact, "Mesures": MEASURES, "Lieux": places, "Candidats": PEOPLE[:2]}
    whole = load(empty, sheets)
    with empty.reading() as session:
        rows = session.rows("SELECT population FROM area")
    assert [tuple(row) for row in rows] == ([(population,)] if population else [])
    assert ("not_whole" in doubt_codes(whole)) == (population is None)


def test_a_day_beside_no_answer_signs_nothing_in_a_table_where_others_answered(empty):
    titles = ("Nom", "Ville", "Signé le", "Réponse reçue le", "1", "2", "Mesures signées")
    rows = [
        (*ALINE, "3/2/2026", "", "", "", ""),
        ("Basile Brun", "Lyon", "3/2/2026", "4/2/2026", "oui", "non", ""),
        ("Cléo Colin", "Brest", "3/2/2026", "", "", "", "toutes"),
    ]
    whole = load(empty, {**BASE, "Candidats": [titles, *rows]})
    with empty.reading() as session:
        signed = session.rows("SELECT signed_on, measures FROM signatory ORDER BY seq")
        answered = session.rows("SELECT DISTINCT answered_on FROM answer")
    assert whole.loaded, doubt_codes(whole)
    assert [*map(tuple, signed)] == [(None, None), ("2026-02-03", None), ("2026-02-03", "1;2")]
    assert [*map(tuple, answered)] == [("2026-02-04",)]


@pytest.mark.parametrize(("day", "is_doubted"), [("3/2/2026", True), ("9/2/2026", False)])
def test_an_answer_that_changes_while_its_day_does_not_is_doubted(empty, day, is_doubted):
    def sheet(answer, day):
        return [("Nom", "Ville", "Réponse reçue le", "1", "2"), (*ALINE, day, answer, "oui")]

    load(empty, {**BASE, "Candidats": sheet("oui", "3/2/2026")})
    whole = load(empty, {**BASE, "Candidats": sheet("non", day)})
    assert whole.loaded and ("answer_of_former_day" in doubt_codes(whole)) == is_doubted


@pytest.mark.parametrize("first", ["2", "Poser des arceaux"])
def test_two_columns_of_one_measure_are_refused_by_their_titles(empty, first):
    rows = [("Nom", "Ville", "1", first, "poser des arceaux."), (*ALINE, "oui", "non", "oui")]
    whole = load(empty, {**BASE, "Candidats": rows})
    errors = [error for report in whole.reports for error in report.errors]
    assert [(one.column, one.code, one.values) for one in errors] == [
        ("poser des arceaux.", "same_column", (("name", first),))
    ]


def test_a_column_is_of_the_measure_whose_number_somebody_says(empty):
    long = "Poser des arceaux devant les écoles, les gares, les mairies, les marchés et les musées"
    rows = [("Nom", "Ville", "1", long), (*ALINE, "oui", "non")]
    files = [("tableau.xlsx", io.BytesIO(workbook({**BASE, "Candidats": rows})))]
    titles = {f"{long[:79]}…": "2"}
    parts = intake.sort_parts(files).read_titles({"tableau.xlsx · Candidats": titles}, {})
    whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
    with empty.reading() as session:
        kept = session.rows("SELECT measure, answer FROM answer")
    assert whole.loaded and {*map(tuple, kept)} == {("1", "yes"), ("2", "no")}


def test_a_second_list_of_the_same_load_is_no_later_version_of_the_first(empty):
    sheets = {**BASE, "Feuil2": [*PEOPLE[:2], ("Zoé Zinc", "Brest", "")]}
    for _ in range(2):
        files = [("t.xlsx", io.BytesIO(workbook(sheets)))]
        parts = intake.sort_parts(files, {"t.xlsx · Feuil2": "signatories"})
        whole = commands.load_whole_pact(empty, parts, now=LOADED_ON, lang="fr")
        assert whole.loaded and "row_gone" not in doubt_codes(whole)


def test_a_sheet_of_winners_says_what_its_days_are_for_and_who_of_them_answered_nothing(empty):
    people = [("Nom", "Ville", "1", "2"), (*ALINE, "oui", "non"), ("Basile Brun", "Lyon", "", "")]
    won = [("Ville", "Maire", "Depuis", "Parti"), ("Lyon", "Basile Brun", "27/03/2026", "X")]
    pact = [row for row in PACT if row[0] != "Fonctions engagées"]
    pact.append(("Fonctions engagées", "maire"))
    whole = load(empty, {**BASE, "Pacte": pact, "Candidats": people, "Élus 2026": won})
    told = {one.code: dict(one.values) for report in whole.reports for one in report.doubts}
    assert whole.loaded and told["winners_silent"]["near"] == "Basile Brun (Lyon)"
    options = told["winners_days"]["options"]
    assert '"Élus 2026:Depuis=started_on"' in options and '"Élus 2026:Parti="' in options


@pytest.mark.parametrize("name", ["résultats.csv", "bilan.xlsx", "suivi.xlsx"])
def test_who_was_elected_comes_alone_of_those_whom_the_log_has(empty, name):
    people = [("Nom", "Ville", "Résultat"), (*ALINE, ""), ("Basile Brun", "Lyon", "battu")]
    assert load(empty, {**BASE, "Candidats": [*people, ("Chloé Marchand", "Nice", "")]}).loaded
    won = [
        ("Ville", "Maire élu"),
        ("Lille", "Aline Abrial"),
        ("Nice", "Chloé Marchant"),
        ("Dax", "X Y"),
    ]
    won.append(("Lyon", "Basile Brun"))
    facts = [
        ("Ville", "Mesure", "Date", "Statut", "Source"),
        ("Lille", "1", "2026-6", "voté", "PV"),
    ]
    sheets = {"Élus 2026": won} | ({"Suivi": facts} if "suivi" in name else {})
    data = workbook(sheets) if "xlsx" in name else "\n".join(map(",".join, won)).encode()
    for _ in range(2):
        parts = intake.sort_parts([(name, io.BytesIO(data))])
        whole = commands.load_whole_pact(empty, parts, pact_id="velo-2026", now=LOADED_ON)
        assert whole.loaded and not whole.left_out, doubt_codes(whole)
        assert outcomes(empty) == {
            "Aline Abrial": "elected",
            "Basile Brun": "defeated",
            "Chloé Marchand": "unknown",
        }
        told = {"winners_read", "winners_near", "winners_unsigned", "winners_denied"}
        assert told <= doubt_codes(whole) and "row_gone" not in doubt_codes(whole)


#: A column beside the names, and what stands in it -> whether it is said to be unknown, or the same.
BESIDE_NAMES = {
    ("Tête de liste ?", ("oui", "non")): "unknown_column",
    ("Tête de liste", ("x", "")): "unknown_column",
    ("Candidat ?", ("O", "N")): "unknown_column",
    ("Tête de liste", ("Zoé Zed", "oui")): "same_column",
    ("Candidat", ("Zoé Zed", "Yann Yvo")): "same_column",
    ("Élu(e) ?", ("oui", "non")): None,
}


@pytest.mark.parametrize(("beside", "code"), BESIDE_NAMES.items())
def test_a_column_of_yes_and_no_beside_the_names_names_nobody(empty, beside, code):
    title, cells = beside
    people = [("Nom", "Ville", title)]
    people += [
        (name, "Lyon", cell)
        for name, cell in zip(("Aline Abrial", "Basile Brun"), cells, strict=True)
    ]
    whole = load(empty, {**BASE, "Candidats": people})
    found = {error.code for report in whole.reports for error in report.errors}
    assert found == ({code} if code else set())


@pytest.mark.parametrize("title", ["Liste", "Parti", "List"])
def test_the_list_of_those_who_answered_is_read_in_the_sheet_of_who_signed(empty, title):
    answers = [("Candidat", title, "1", "2"), ("Aline Abrial", "Ensemble", "oui", "non")]
    whole = load(empty, {**BASE, "Réponses": answers})
    assert whole.loaded, [one.errors for one in whole.reports]
    assert "list_with_answers" in doubt_codes(whole)
    assert [one.outcomes["created"] for one in whole.reports if one.content == "answers"] == [2]
