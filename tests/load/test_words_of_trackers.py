"""Words, titles and names of files that trackers of other kinds use: of regions, MEPs, a presidency,
companies and universities."""

import pytest

from monitor.intake.asides import name_sums
from monitor.intake.measures import Measures
from monitor.intake.parts import content_of
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import code_of
from tests.support.file_rows import ACTION, as_csv, read

STATUSES = {
    "implemented": (
        "✅ Promise kept",
        "🟢 Fait",
        "Delivered",
        "tenue",
        "Promesse tenue",
        "kept",
        "Promise kept",
        "Engagements tenus",
    ),
    "partly_implemented": (
        *("Tenue en partie", "partiellement tenue", "partly kept", "réalisées partiellement"),
        *("Promesse en partie tenue", "mise en place partiellement"),
    ),
    "in_progress": (
        "🚧 In the works",
        "🟠 En cours",
        "On track",
        "en cours",
        "in the works",
        "commencée",
        "under way",
    ),
    "decided": ("voté", "Budget voté", "délibération votée"),
    "stalled": ("bloquée", "stalled", "au point mort", "on hold"),
    "abandoned": (
        "❌ Promise broken",
        "🔴 Abandonnée",
        "rompue",
        "Promesse rompue",
        "broken",
        "Promise broken",
    ),
    "not_started": ("non entamée", "promesse non commencée", "not yet started"),
    # « Compromis » is half kept, or at risk; the others say nothing of the way, or may say two things.
    None: (
        *("❌ Kept", "✅ Promise broken", "🔴 Fait", "At risk", "Not delivered", "À faire"),
        "compromis",
        "compromise",
        "non tenue",
        "reportée",
        "retardé",
        "à l’étude",
        "50 %",
        "en cours en partie",
    ),
}


@pytest.mark.parametrize(("code", "words"), STATUSES.items(), ids=map(str, STATUSES))
def test_a_status_is_read_in_the_words_of_trackers(code, words):
    assert {word: code_of("status", word) for word in words} == dict.fromkeys(words, code)


def test_a_file_is_known_by_what_people_call_those_who_signed():
    names = {
        "answers": ("Réponses des listes", "Answers from MEPs", "Réponses des communes"),
        "signatories": ("MEPs", "Eurodéputés", "Organisations", "Universités"),
        "measures": ("Engagements",),
        None: ("Engagements des communes", "Réponses à nos questions sur le budget"),
    }
    found = {name: content_of(name) for every in names.values() for name in every}
    assert found == {name: content for content, every in names.items() for name in every}


@pytest.mark.parametrize(
    ("content", "column", "titles"),
    [
        ("measures", "parent", ("Sous-mesure de", "Sous-promesse de", "Fait partie de", "Part of")),
        ("measures", "title_fr", ("Title in French",)),
        (
            "signatories",
            "name",
            ("MEP", "Eurodéputé·e", "Council member", "Candidat(e) à la mairie"),
        ),
        ("signatories", "commune", ("Municipalité", "Municipality", "Localité")),
        ("signatories", "list", ("Political group", "Group")),
        ("signatories", "withdrawn_on", ("Retrait", "Date du retrait", "Withdrawn on")),
        ("signatories", "kind", ("Type d’organisation", "Type de structure")),
    ],
)
def test_a_column_is_known_by_what_trackers_call_it(content, column, titles):
    assert {title: column_of(content, title) for title in titles} == dict.fromkeys(titles, column)


@pytest.mark.parametrize(
    ("title", "column"),
    [
        *((title, "commune") for title in ("🏙 Ville", "🏙️ Ville", "Ville ▼", "• Ville", "→ Ville")),
        *((title, "name") for title in ("👤 Nom", "👩‍💼 Nom", "Nom ✍️", "▶ Nom ◀")),
        *((title, "signed_on") for title in ("📅 Signé le", "Signé le ⬇")),
        *((title, None) for title in ("❌ Signé le", "✅ Signé le", "≠ Ville", "⚠️ Nom", "🏙", "")),
    ],
)
def test_a_title_is_known_among_ornaments_but_no_sign_that_may_deny_it(title, column):
    assert column_of("signatories", title) == column


def test_the_sign_of_a_number_is_no_ornament():
    assert {column_of("measures", title) for title in ("N°", "Nº", "N° 🔢")} == {"id"}


def test_a_measure_is_known_by_its_number_and_its_words_together():
    measures = Measures(["1", "12"], {"1": ["Créer un lieu"], "12": ["Élire un référent"]})
    titles = {
        "1": ("Demande 1 : Créer un lieu", "Axe n° 1 - créer un lieu", "D1 – Créer un lieu"),
        "12": (
            "Promesse 12",
            "Proposition n° 12",
            "Q12. Élire un référent",
            "12/ Élire un référent",
        ),
        None: ("Axe 1", "Demande 12 : Créer un lieu", "Axe 12 : Créer un lieu", "Demande"),
    }
    found = {title: measures.read(title) for every in titles.values() for title in every}
    assert found == {title: one for one, every in titles.items() for title in every}


def test_a_line_of_a_grid_may_be_a_measure_with_the_words_of_the_grid():
    measures = Measures(["1", "2"], {"1": ["Priorités [Vélo]"], "2": ["Priorités [Arbres]"]})
    assert [measures.read(f"Priorités [{one}]") for one in ("Vélo", "Arbres", "Eau")] == [
        "1",
        "2",
        None,
    ]


#: What sheets are called whose names begin with a number.
NUMBERED_SHEETS = {
    **dict.fromkeys(
        ("40 demandes", "Nos 40 propositions", "12 engagements", "Our 12 asks"), "measures"
    ),
    **dict.fromkeys(
        ("40 requests", "The 40 pledges", "1. Demandes", "Les 10 promesses"), "measures"
    ),
    **dict.fromkeys(("51 candidats", "2. Candidats", "51 candidates"), "signatories"),
    **dict.fromkeys(("3. Réponses", "80 réponses"), "answers"),
    **dict.fromkeys(("4. Suivi", "4 - Suivi"), "actions"),
    **dict.fromkeys(("2026 demandes", "35 villes", "40", "40 rien", "12 pacte"), None),
}


@pytest.mark.parametrize(("title", "content"), NUMBERED_SHEETS.items())
def test_a_number_before_the_name_of_a_sheet_changes_nothing(title, content):
    assert content_of(title) == content


@pytest.mark.parametrize("content", ["actions", "answers"])
@pytest.mark.parametrize(
    "title",
    [
        *("Demande n°", "Mesure n°", "N° de la demande", "Proposition (n°)", "Engagement n°"),
        *("Request no", "Request number", "Measure n°", "N° mesure"),
    ],
)
def test_the_number_of_a_measure_is_known_however_it_is_asked(content, title):
    assert column_of(content, title) == "measure"


#: What stands under a list, cell by cell -> whether it is a total.
UNDER_A_LIST = {
    ("35 villes", "", ""): True,
    ("", "51 candidats", ""): True,
    ("Total : 51 candidats", "", ""): True,
    ("total 12 réponses", "", "8"): True,
    ("", "35 villes", "12", "3/5"): True,
    ("40 people", "", ""): True,
    ("12 oui", "3 non", ""): True,
    ("Total", "", "40 demandes", ""): True,
    ("Total", "8 thèmes", "40 demandes", ""): True,
    ("TOTAL", "", "", "40 propositions en tout"): True,
    ("Total", "40 mesures", "", "12"): True,
    ("Total", "", "Logement : 40 demandes", ""): False,
    ("Total", "", "40 demandes de logement", ""): False,
    ("A1", "8 thèmes", "40 demandes", ""): False,
    ("Total transparence", "", "40 demandes", ""): False,
    ("35 villes", "Lyon", ""): False,
    ("51", "Ali Test", "Lyon"): False,
    ("", "3", ""): False,
    ("2 rue des Lilas", "", ""): False,
    ("100 logements sociaux", "", ""): False,
    ("Tour Eiffel", "", ""): False,
    ("12 villes en transition", "Lyon", "oui"): False,
}


@pytest.mark.parametrize(("cells", "is_total"), UNDER_A_LIST.items())
def test_a_line_that_counts_the_rows_above_it_is_no_row(cells, is_total):
    assert (name_sums(cells) is not None) == is_total


#: A word for “abandoned” -> whether it may as well say that the opposite was done.
ABANDONED = {
    **dict.fromkeys(("Brisée", "rompue", "Promesse rompue", "Broken", "❌ Promise broken"), True),
    **dict.fromkeys(("abandonnée", "renoncé", "dropped", "abandoned"), False),
}


@pytest.mark.parametrize(("word", "is_doubted"), ABANDONED.items())
def test_a_broken_promise_is_read_as_abandoned_and_that_is_told(word, is_doubted):
    rows = read(as_csv(ACTION | {"status": word}, ACTION | {"action_id": "a2", "status": word}))
    assert [row.values.status for row in rows] == ["abandoned"] * 2
    told = [one.code for row in rows for one in row.doubts if one.column == "status"]
    assert told == ["broken_abandoned"] * is_doubted
