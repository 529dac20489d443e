"""Titles and sheets as people call them, and what is named by its place alone."""

import dataclasses
import io
from datetime import date

import pandas as pd
import pytest

from monitor import intake
from monitor.areas import communes
from monitor.intake.header_row import settle_columns
from monitor.intake.measures import Measures
from monitor.intake.part_names import content_of
from monitor.intake.people import Person
from monitor.intake.titles import column_of
from monitor.schema import COLUMNS
from tests.support.file_rows import CONTEXT

MEANT = {
    "signatories": {
        "Commune (code postal)": "commune",
        "Villes": "commune",
        "Candidat·e (nom, prénom)": "name",
        "Noms": "name",
        "Nom et prénom du candidat": "name",
        "Nom de la candidate": "name",
        "Date d’adhésion": "signed_on",
        "Signé le (JJ/MM/AAAA)": "signed_on",
        "Sigle": "signatory_id",
        "Listes": "list",
        "Téléphone": None,
        "Remarques": None,
    },
    "answers": {
        "Commentaires": "comment",
        "Observations": "comment",
        "Réponse du candidat": "answer",
    },
    "actions": {
        "Commentaires": "summary",
        "Actions menées": "summary",
        "Statuts": "status",
        "Preuves": "source_url",
        "Liens": "source_url",
        "Commentaire (interne)": None,
        "Notes internes": None,
    },
    "measures": {"Thématiques": "theme", "Indicateur": "criterion_fr", "Demandes": "wording"},
    "mandates": {"Prise de fonction": "started_on"},
}
SHEETS = {
    "Candidat·e·s": "signatories",
    "Candidat(e)s 2026": "signatories",
    "Élu·e·s": "signatories",
    "Collectivités signataires": "signatories",
    "Réponses au formulaire 1": "answers",
    "Form Responses 12": "answers",
    "Réponses reçues": "answers",
    "Nos 40 demandes": "measures",
    "Député·e·s": "signatories",
    "Suivi 2026": "actions",
    "Feuil1": None,
    "Brouillon": None,
}
LILLE, LYON = Person("a", "Aline Abrial", "59350"), Person("b", "Basile Brun", "69123")
MEASURES = {"1": ["Créer une piste"], "2": ["Poser des arceaux"]}


@pytest.fixture(scope="module")
def context():
    """Two people who signed in two communes."""
    return intake.Context(
        today=date(2026, 11, 1),
        signatories={"a", "b"},
        measures=[*MEASURES],
        titles=MEASURES,
        areas=communes(),
        people=lambda: [LILLE, LYON],
        id_key=b"key",
        election_on=date(2026, 3, 22),
    )


def read(context, kind, *rows):
    text = "\r\n".join(";".join(row) for row in rows)
    return [*intake.read_file(io.BytesIO(text.encode()), kind, context)]


def cells(kind, row):
    assert not row.errors, row.errors
    return {name: row.values[place] for place, name in enumerate(COLUMNS[kind])}


def doubt_codes(rows):
    found = [one for row in rows for one in (*row.errors, *row.doubts)]
    assert all(intake.error_sentence(one, lang) for one in found for lang in ("fr", "en"))
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("content", "title", "column"),
    [(content, *pair) for content, titles in MEANT.items() for pair in titles.items()],
)
def test_a_title_is_read_in_any_number_with_a_note_or_whose_it_is(content, title, column):
    assert column_of(content, title) == column


@pytest.mark.parametrize(("title", "content"), SHEETS.items())
def test_a_sheet_is_known_in_any_gender_and_number_and_as_forms_call_it(title, content):
    assert content_of(title) == content


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("1. Créer une piste [Engagement]", "1"),
        ("Votre engagement [Créer une piste]", "1"),
        ("Créer une piste [Votre réponse]", "1"),
        ("2 [1]", "1"),
        ("1. Poser des arceaux [Engagement]", None),
        ("[Engagement]", None),
    ],
)
def test_a_question_of_a_form_names_the_measure_on_either_side(title, measure):
    assert Measures(MEASURES, MEASURES).read(title) == measure


def test_towns_that_sign_without_a_name_are_councils_by_the_names_of_the_towns(context):
    rows = read(
        context, "signatories", ("Commune", "Date"), ("Ville de Rennes", "2025"), ("29019", "")
    )
    found = [cells("signatories", row) for row in rows]
    assert [(one["name"], one["commune"], one["kind"]) for one in found] == [
        ("Rennes", "35238", "body"),
        ("Brest", "29019", "body"),
    ]


def test_a_column_that_is_not_known_never_makes_councils_of_people(context):
    rows = read(context, "signatories", ("Commune", "Porte-parole"), ("Brest", "Ada Bo"))
    assert {"unknown_column", "missing_column"} == {*doubt_codes(rows)}


def test_councils_sign_where_their_name_says(context):
    rows = read(context, "signatories", ("Collectivité", "Type"), ("Ville de Brest", "Commune"))
    (person,) = (cells("signatories", row) for row in rows)
    assert (person["name"], person["commune"], person["kind"]) == (
        "Ville de Brest",
        "29019",
        "body",
    )


@pytest.mark.parametrize(("places", "code"), [(["FR"], "FR"), (["FR", "BE"], None)])
def test_all_sign_in_the_one_place_that_a_pact_has(places, code):
    own = pd.DataFrame({"name": places, "department": "", "department_code": ""}, index=places)
    context = dataclasses.replace(CONTEXT, areas=own, own_places=True, people=tuple)
    rows = read(context, "signatories", ("Parti", "Sigle"), ("Les Verts", "LV"))
    if code is None:
        assert doubt_codes(rows) == ["missing_column"]
        return
    (person,) = (cells("signatories", row) for row in rows)
    assert (person["signatory_id"], person["commune"], person["kind"]) == ("LV", code, "party")


def test_a_fact_of_a_place_is_that_of_the_one_who_signed_there_and_that_is_said_once(context):
    titles = ("Ville", "Mesure", "Statut", "Date", "Source")
    fact = ("1", "fait", "2026-05-02", "https://exemple.invalid/a")
    rows = read(
        context, "actions", titles, ("Lille", *fact), ("LILLE", "2", *fact[1:]), ("Lyon", *fact)
    )
    assert [cells("actions", row)["signatory_id"] for row in rows] == ["a", "a", "b"]
    assert doubt_codes(rows).count("signatory_of_place") == 3
    again = read(context, "actions", titles, ("Lille", *fact), ("Lille", "2", *fact[1:]))
    assert doubt_codes(again).count("signatory_of_place") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mme ABRIAL (Lille)", "signatory_by_surname"),
        ("Abrial – Lille", "signatory_by_surname"),
        ("Lille – ABRIAL", "signatory_by_surname"),
        ("Abrial (Lyon)", "unknown_signatory"),
        ("Mme (Lille)", "unknown_signatory"),
        ("Céline Abrial (Lille)", "near_signatory"),
    ],
)
def test_a_surname_beside_a_place_is_that_of_the_one_who_signed_there_and_is_said(
    context, text, code
):
    beside = read(context, "answers", ("Demande", text, "Basile Brun"), ("1", "oui", "non"))
    assert ("signatory_by_surname" in doubt_codes(beside)) == (code == "signatory_by_surname")
    fact = ("1", "fait", "2026-05-02", "https://exemple.invalid/a")
    titles = ("Signataire", "Mesure", "Statut", "Date", "Source")
    assert code in doubt_codes(read(context, "actions", titles, (text, *fact)))


@pytest.mark.parametrize("place", ["Brest", "Lile", "nulle part"])
def test_a_fact_of_a_place_where_nobody_signed_is_refused(context, place):
    fact = (place, "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    rows = read(context, "actions", ("Ville", "Mesure", "Statut", "Date", "Source"), fact)
    assert "unknown_signatory" in doubt_codes(rows)


def test_a_fact_of_a_place_where_two_signed_is_refused(context):
    both = dataclasses.replace(context, people=lambda: [LILLE, LYON._replace(commune="59350")])
    fact = ("Lille", "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    rows = read(both, "actions", ("Ville", "Mesure", "Statut", "Date", "Source"), fact)
    assert "nobody_elected_there" in doubt_codes(rows)


def test_a_mandate_of_a_place_is_nobodys(context):
    """The mayor of a town may be another than the one candidate who signed there."""
    rows = read(
        context, "mandates", ("Élu", "Fonction", "Depuis"), ("Lille", "maire", "2026-03-28")
    )
    assert doubt_codes(rows) == ["unknown_signatory"]
    rows = read(
        context, "mandates", ("Ville", "Fonction", "Depuis"), ("Lille", "maire", "2026-03-28")
    )
    assert "missing_column" in doubt_codes(rows)


def test_answers_stand_under_the_places_of_those_who_gave_them(context):
    rows = read(context, "answers", ("Mesure", "Lille", "Lyon"), ("1", "oui", "non"))
    found = [cells("answers", row) for row in rows]
    assert [(one["signatory_id"], one["answer"]) for one in found] == [("a", "yes"), ("b", "no")]


def test_a_person_signs_for_the_council_that_stands_beside_the_name(context):
    rows = read(
        context, "signatories", ("Collectivité", "Président·e"), ("Ville de Brest", "Ada Bo")
    )
    (person,) = (cells("signatories", row) for row in rows)
    assert (person["name"], person["commune"], person["kind"]) == ("Ada Bo", "29019", None)


def test_facts_in_a_column_for_each_measure_are_refused_with_what_to_write(context):
    rows = read(context, "actions", ("Ville", "1", "2"), ("Lille", "fait", "en cours"))
    assert doubt_codes(rows) == ["facts_across"]
    titles = ("Ville", "Mesure", "2022", "État fin 2023")
    rows = read(context, "actions", titles, ("Lille", "1", "fait", "en cours"))
    assert doubt_codes(rows) == ["facts_by_year"]


@pytest.mark.parametrize("title", ["Date", "DATE", "Dates"])
def test_a_date_of_nobody_knows_what_is_doubted_as_the_day_of_a_signature(context, title):
    assert [one.values for one in doubts_of_day(context, title)] == [(("title", title),)]


@pytest.mark.parametrize("title", ["signed_on", "Signé le", "Date de signature"])
def test_the_day_of_a_signature_is_not_doubted(context, title):
    assert not doubts_of_day(context, title)


def doubts_of_day(context, title: str) -> list:
    table = intake.Table(io.BytesIO(f"Nom,Commune,{title}\nAline,Lille,2026-02-03\n".encode()))
    list(intake.read_file(table, "signatories", context))
    return [one for one in table.doubts if one.code == "day_of_signature"]


BO, DO = Person("c", "Ana Bo", "38185", "elected"), Person("d", "Cy Do", "38185", "defeated")


def of_grenoble(context, *people):
    everybody = (LILLE, LYON, *people)
    ids = {person.signatory_id for person in everybody}
    return dataclasses.replace(context, signatories=ids, people=lambda: everybody)


def test_a_fact_of_a_place_with_several_signatories_is_that_of_the_one_who_was_elected(context):
    fact = ("Grenoble", "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    titles = ("Ville", "Mesure", "Statut", "Date", "Source")
    (row,) = read(of_grenoble(context, BO, DO), "actions", titles, fact)
    assert cells("actions", row)["signatory_id"] == "c"
    assert "elected_of_place" in doubt_codes([row])


@pytest.mark.parametrize("outcomes", [("defeated", "unknown"), ("elected", "elected")])
def test_a_fact_of_a_place_is_refused_with_the_names_where_it_may_be_anybodys(context, outcomes):
    people = [
        one._replace(outcome=outcome) for one, outcome in zip((BO, DO), outcomes, strict=True)
    ]
    fact = ("Grenoble", "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    titles = ("Ville", "Mesure", "Statut", "Date", "Source")
    (row,) = read(of_grenoble(context, *people), "actions", titles, fact)
    (error,) = row.errors
    is_told = "several_at_place" if "elected" in outcomes else "nobody_elected_there"
    assert error.code == is_told
    sentence = intake.error_sentence(error, "fr")
    assert "Ana Bo" in sentence and "Cy Do" in sentence


def test_an_answer_of_a_place_is_never_given_to_who_was_elected_there(context):
    rows = read(
        of_grenoble(context, BO, DO),
        "answers",
        ("Ville", "Mesure", "Réponse"),
        ("Grenoble", "1", "oui"),
    )
    assert doubt_codes(rows) == ["several_at_place"]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("Élue maire", "elected"),
        ("réélu Maire", "elected"),
        ("élu : maire", "elected"),
        ("Elected as mayor", "elected"),
        ("élue (maire)", "elected"),
        ("élu au 2e tour", "elected"),
        ("élue à la région", None),
        ("élu délégué", None),
        *[(one, "unknown") for one in ("fusionnée", "Liste fusionnée avec La Gauche", "désistée")],
        *[
            (one, "unknown")
            for one in ("s’est désisté", "candidature retirée", "n’est plus candidat")
        ],
        *[(one, "unknown") for one in ("ballottage", "maintenue", "merged", "list withdrawn")],
    ],
)
def test_who_was_elected_to_an_office_that_does_not_bind_is_not_said_to_be_elected(
    context, result, outcome
):
    bound = dataclasses.replace(context, binding_offices=("mayor",))
    titles = ("Nom", "Commune", "Signé le", "Résultat")
    rows = read(bound, "signatories", titles, ("Eve Test", "Rennes", "2025", result))
    if outcome is None:
        assert doubt_codes(rows) == ["elected_elsewhere"]
        return
    (row,) = rows
    assert cells("signatories", row)["outcome"] == outcome
    untold = [one.value for one in row.doubts if one.code == "outcome_untold"]
    assert untold == ([result] if outcome == "unknown" else [])


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Commentaires", True),
        ("Remarques", True),
        ("Observations", True),
        ("comment", False),
        ("Ses mots", False),
        ("Commentaire de la candidate", False),
    ],
)
def test_remarks_beside_answers_are_doubted_before_they_are_published_as_somebodys_words(
    context, title, asked
):
    file = io.BytesIO(
        f"Nom;Mesure;Réponse;{title}\nAline Abrial;1;oui;il ment\n"
        "Basile Brun;1;oui;lui aussi\nBasile Brun;2;oui;\n".encode()
    )
    rows = [*intake.read_file(file, "answers", context)]
    assert [cells("answers", row)["comment"] for row in rows] == ["il ment", "lui aussi", None]
    assert doubt_codes(rows) == (["words_published"] if asked else [])


@pytest.mark.parametrize("reach", ["04 76 00 00 00", "mairie@exemple.invalid", "+33476000000"])
def test_a_reply_that_says_how_to_reach_somebody_is_refused_wherever_it_is_written(context, reach):
    row = ("Aline Abrial", "1", "réponse", "2026-05-02", f"Je réponds. Tél. {reach}")
    (found,) = read(context, "actions", ("Nom", "Mesure", "Type", "Date", "Résumé"), row)
    (error,) = found.errors
    assert (error.column, error.code, dict(error.values)) == (
        "summary",
        "private_contact",
        {"found": reach},
    )


#: Columns that are published -> what is said of a way to reach somebody in them.
REACHED = {
    ("signatories", "name"): "private_contact",
    ("signatories", "list"): "private_contact",
    ("actions", "summary"): "private_contact",
    ("actions", "source_publisher"): "private_contact",
    ("actions", "quote"): "contact_quoted",
    ("actions", "source_title"): "contact_quoted",
    ("actions", "recorded_by"): None,
    ("details", "in_charge"): "private_contact",
    ("details", "note"): "private_contact",
    ("sources", "source_publisher"): "private_contact",
}
ROWS = {
    "signatories": {"name": "Zoé Zola", "commune": "59350"},
    "actions": {
        "signatory_id": "a",
        "measure": "1",
        "happened_on": "2026-05-02",
        "status": "announced",
        "source_kind": "press",
        "source_title": "Un article",
    },
    "details": {"signatory_id": "a", "measure": "1"},
    "sources": {"action_id": "a1", "source_kind": "press", "source_title": "Un article"},
}


@pytest.mark.parametrize("reach", ["06 12 34 56 78", "<zoe.z@exemple.invalid>", "+33612345678"])
@pytest.mark.parametrize(("where", "code"), REACHED.items(), ids=map("-".join, REACHED))
def test_nothing_that_is_published_says_how_to_reach_somebody(context, where, code, reach):
    content, column = where
    row = {**ROWS[content], column: f"Zoé Zola {reach}"}
    (found,) = read(context, content, tuple(row), tuple(row.values()))
    codes = [one.code for one in (*found.errors, *found.doubts) if one.column == column]
    assert [one for one in codes if one.endswith(("contact", "quoted"))] == ([code] if code else [])
    assert bool(found.errors) == (code == "private_contact")


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://exemple.invalid/?from=zoe@exemple.invalid", False),
        ("https://exemple.invalid/0612345678-une-page", True),
        ("https://exemple.invalid/@zoe/1", True),
    ],
)
def test_an_address_of_a_page_holds_no_address_of_a_person(context, address, is_taken):
    row = {**ROWS["actions"], "source_url": address}
    (found,) = read(context, "actions", tuple(row), tuple(row.values()))
    assert [one.code for one in found.errors] == ([] if is_taken else ["private_contact"])


@pytest.mark.parametrize(
    "name", ["\u200eZoé Zola\u200e", "Zoé Zola\ufeff", "\u200b Zoé Zola", "Zoé Zola[12]"]
)
def test_what_copies_leave_around_a_text_is_no_part_of_it(context, name):
    (found,) = read(context, "signatories", ("name", "commune"), (name, "\u200f59350"))
    kept = cells("signatories", found)
    assert (kept["name"], kept["commune"]) == ("Zoé Zola", "59350")


@pytest.mark.parametrize("said", ["en cours", "À ce jour", "ongoing", "Aujourd’hui", ""])
def test_a_mandate_that_is_said_to_go_on_has_no_end(context, said):
    row = {"signatory_id": "a", "office": "maire", "started_on": "2026-03-22", "ended_on": said}
    (found,) = read(context, "mandates", tuple(row), tuple(row.values()))
    assert cells("mandates", found)["ended_on"] is None


NEAR = Person("c", "Ana Plantevigne", "38185"), Person("d", "Marc Plantevigne", "17300")
#: Whom a mandate is said to be of -> who is proposed.
SAID_WITH_PLACE = {
    "PLANTEVIGNE (Grenoble)": "Ana Plantevigne (Grenoble), c",
    "Mme/M. PLANTEVIGNE (Ville de Grenoble)": "Ana Plantevigne (Grenoble), c",
    "Grenoble – Plantevigne": "Ana Plantevigne (Grenoble), c",
    "Zoé Zola (Grenoble)": None,
    "Ana Plantevigne (La Rochelle)": "Marc Plantevigne (La Rochelle), d",
    "Aline Abrial (Grenoble)": "Aline Abrial (Lille), a",
    "Ana Plantevinge": "Ana Plantevigne (Grenoble), c",
}


@pytest.mark.parametrize(("name", "near"), SAID_WITH_PLACE.items())
def test_nobody_of_another_place_is_proposed_for_a_name_with_its_place(context, name, near):
    row = (name, "maire", "2026-03-28")
    (row,) = read(of_grenoble(context, *NEAR), "mandates", ("Élu", "Fonction", "Depuis"), row)
    (error,) = row.errors
    assert error.code == ("near_signatory" if near else "unknown_signatory")
    assert dict(error.values).get("near") == near


#: Somebody, or a place, as a column or a row about a measure may call them -> who is proposed.
OF_SHORT_PLACES = {
    "Mme FABRE (Aix)": "Ana Fabre (Aix-en-Provence), e",
    "Fabre – Aix": "Ana Fabre (Aix-en-Provence), e",
    "Aix": "Ana Fabre (Aix-en-Provence), e",
    "M. LECOQ (La Roche/Yon)": "Luc Lecoq (La Roche-sur-Yon), f",
    "(La Roche/Yon)": "Luc Lecoq (La Roche-sur-Yon), f",
    "Mme FABRE (La Roche)": None,
    "Mme NADAL (Aix)": None,
    "La": None,
    "Saint": None,
}
OF_AIX = Person("e", "Ana Fabre", "13001"), Person("f", "Luc Lecoq", "85191")
OTHER = Person("g", "Zoé Nadal", "93066")


@pytest.mark.parametrize(("name", "near"), OF_SHORT_PLACES.items())
def test_the_one_place_of_signatories_that_begins_so_says_who_is_proposed(context, name, near):
    known = dataclasses.replace(
        context,
        signatories={*context.signatories, "e", "f", "g"},
        people=lambda: [*context.people(), *OF_AIX, OTHER],
    )
    fact = (name, "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    title = ("Signataire", "Mesure", "Statut", "Date", "Source")
    rows = read(known, "answers", ("Mesure", "Aline Abrial", name), ("1", "oui", "non"))
    for found in (rows, read(known, "actions", title, fact)):
        (error,) = (error for row in found for error in row.errors)
        assert (error.code == "near_signatory") == bool(near)
        assert dict(error.values).get("near") == near or not near


def test_a_column_of_answers_that_nearly_names_somebody_is_refused_with_who_it_may_be(context):
    titles = ("Mesure", "Aline Abrial (Lille)", "Marc PLANTEVIGNE (Grenoble)", "Notes")
    rows = read(of_grenoble(context, *NEAR), "answers", titles, ("1", "oui", "non", "vu"))
    near, unknown = (error for row in rows for error in row.errors)
    assert (near.code, dict(near.values)["near"]) == (
        "near_signatory",
        "Ana Plantevigne (Grenoble), c",
    )
    assert (unknown.code, unknown.column) == ("unknown_column", "Notes")


def test_a_fact_of_the_place_of_one_who_lost_is_not_read_as_theirs(context):
    fact = ("Lille", "1", "fait", "2026-05-02", "https://exemple.invalid/a")
    titles = ("Ville", "Mesure", "Statut", "Date", "Source")
    for outcome, code in (("defeated", "nobody_elected_there"), ("", "signatory_of_place")):
        known = dataclasses.replace(context, people=lambda o=outcome: [LILLE._replace(outcome=o)])
        assert code in doubt_codes(read(known, "actions", titles, fact))


def test_columns_of_measures_beside_those_who_signed_are_left_to_the_answers(context):
    titles = ("Nom", "Ville", "1. Créer une piste", "2")
    (row,) = read(context, "signatories", titles, ("Ada Bo", "Brest", "oui", "non"))
    assert not row.errors
    rows = read(
        context, "signatories", (*titles, "Adhérent"), ("Ada Bo", "Brest", "oui", "non", "")
    )
    assert doubt_codes(rows) == ["unknown_column"]


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        ("Nom,Métropole,Organisation", ["name", "commune", None]),
        ("Candidat,Chambre", ["name", "commune"]),
        ("Canton,Binôme,Élus ?", ["commune", "name", "outcome"]),
        ("Canton,Élu(e)", ["commune", "name"]),
    ],
)
def test_what_heads_places_names_and_outcomes_is_told_apart(titles, columns):
    titles = titles.split(",")
    meant = [column_of("signatories", title) for title in titles]
    assert settle_columns(meant, titles, COLUMNS["signatories"], []) == columns


@pytest.mark.parametrize(
    ("content", "title", "column"),
    [
        ("signatories", "Parti / liste", "list"),
        ("signatories", "Liste (étiquette)", "list"),
        ("signatories", "Party / list", "list"),
        ("signatories", "Ville / commune", "commune"),
        ("answers", "Remarque, commentaire", "comment"),
        ("actions", "Lien / source", "source_url"),
        ("signatories", "Ville / Candidat", "name"),
        ("signatories", "Liste / commune", None),
        ("answers", "Vélo / bus", None),
    ],
)
def test_a_title_of_two_words_for_one_column_means_it(content, title, column):
    assert column_of(content, title) == column


@pytest.mark.parametrize(
    "title", ["Depuis le", "Depuis", "Since", "Statut depuis le", "Date du statut"]
)
def test_since_when_a_status_holds_is_the_day_of_its_fact(title):
    assert column_of("actions", title) == "happened_on"
    assert column_of("mandates", "Depuis le") == "started_on"
