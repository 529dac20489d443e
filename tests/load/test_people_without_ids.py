"""Files that name people and cities as an association does, and have no ids of their own."""

import pytest

from monitor import areas
from monitor.errors import InvalidValue
from monitor.intake import Communes
from monitor.intake.people import People, Person
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import code_of
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.loading import entries
from tests.support.whole_pacts import SHEETS, load_sheets, refusals

PEOPLE = [
    ("Nom", "Ville", "Résultat"),
    ("Aline Abrial", "Lille", "élue"),
    ("Basile Brun", "Lille", "battu"),
    ("BRUN Basile", "Saint-Denis (93)", "élu"),
]
FACTS = [
    ("Ville", "Élu·e", "N° mesure", "Date", "Où en est-on", "Constat"),
    ("Lille", "Mme Aline ABRIAL", "1", "16 mars 2026", "recherche infructueuse", "Rien trouvé"),
    ("Saint-Denis", "Basile Brun", "1", "03/2026", "Non évalué", "x"),
    ("saint denis", "Basile Brun", "2", "2026-4-2", "", "Réunion"),
    ("saint denis", "Basile Brun", "2", "02.04.2026", "", "Visite"),
    ("", "Aline Abrial (59350)", "2", "2026-04-02 10:32:45", "", "Visite"),
]
TERMS = [
    ("Signataire", "Commune", "Fonction", "Depuis"),
    ("Aline Abrial", "LILLE", "Maire", "28/03/2026"),
    ("Basile Brun (Saint-Denis)", "", "première adjointe", "28/03/2026"),
]


@pytest.fixture
def store(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    store.create()
    return store


def sheets(facts=FACTS, people=PEOPLE) -> dict:
    good = [row for row in facts if row[4] != "Non évalué"]
    return {**SHEETS, "Signataires": people, "actions": good, "Mandats": TERMS}


def test_people_are_found_by_name_and_place_and_a_reload_changes_nothing(store):
    whole = load_sheets(store, sheets())
    assert refusals(whole) == [] and whole.loaded
    before = entries(store)
    assert load_sheets(store, sheets()).loaded and entries(store) == before
    log = Snapshots(store).current().log("velo-2026")
    assert len(set(log.signatories.signatory_id)) == 3


def test_what_is_corrected_in_a_row_corrects_the_entry(store):
    load_sheets(store, sheets())
    mended = [(*row[:5], "Réunion publique") if row[5] == "Réunion" else row for row in FACTS]
    whole = load_sheets(store, sheets(mended))
    changed = [change.cells for report in whole.reports for change in report.changes]
    assert whole.loaded and changed == [(("summary", "Réunion", "Réunion publique"),)]


@pytest.mark.parametrize(
    ("city", "person", "code"),
    [
        ("", "Basile Brun", "several_signatories"),
        ("Lyon", "Basile Brun", "near_signatory"),
        ("Lille", "Aline Abriel", "near_signatory"),
        ("Lille", "A. Abrial", "near_signatory"),
        ("Lille", "Zoé Zola", "unknown_signatory"),
    ],
)
def test_who_is_not_surely_meant_is_refused(city, person, code, store):
    row = (city, person, "2", "2026-04-02", "", "Visite")
    whole = load_sheets(store, sheets([FACTS[0], row]))
    assert refusals(whole) == [("pacte.xlsx · actions", 2, "signatory_id", code)]


@pytest.mark.parametrize(
    "cell",
    [
        *("Rennes / Saint-Denis", "Rennes, Saint-Denis", "Rennes et Saint-Denis (93)"),
        *("Rennes;Saint-Denis", "Rennes & Saint-Denis", "Rennes and Nantes"),
        *("Zoé Zinc et Basile Brun (Saint-Denis)", "Zoé Zinc ; Yves Roy", "Rennes, Nantes, 93066"),
    ],
)
def test_who_stands_with_others_in_one_cell_is_told_to_have_a_row_of_their_own(cell, store):
    people = [*PEOPLE, ("Zoé Zinc", "Rennes", "élue"), ("Yves Roy", "Nantes", "élu")]
    facts = [(FACTS[0][1], *FACTS[0][2:]), (cell, "2", "2026-04-02", "", "Visite")]
    whole = load_sheets(store, {**SHEETS, "Signataires": people, "actions": facts})
    assert [code for *_, code in refusals(whole)] == ["signatories_in_cell"]


@pytest.mark.parametrize(
    "cell", ["Rennes / Brest", "Rennes (pas Saint-Denis)", "Toutes", "Saint-Denis et Cie"]
)
def test_a_cell_that_names_others_as_well_lists_no_signatories(cell, store):
    facts = [(FACTS[0][1], *FACTS[0][2:]), (cell, "2", "2026-04-02", "", "Visite")]
    people = [*PEOPLE, ("Zoé Zinc", "Rennes", "élue")]
    whole = load_sheets(store, {**SHEETS, "Signataires": people, "actions": facts})
    assert refusals(whole)
    assert "signatories_in_cell" not in {code for *_, code in refusals(whole)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Paul Dubois (Évry)", "s1"),
        ("Paul Dubois, EVRY", "s1"),
        ("Paul Dubois (Évry (91))", "s1"),
        ("Paul Dubois – Évry, 91000", "s1"),
        ("Paul Dubois (Courcouronnes)", "s1"),
        ("Paul Dubois (91182)", "s1"),
        ("Paul Dubois (Évry (89))", "Paul Dubois (Évry-Courcouronnes), s1"),
        ("Ana Costa (Saint-Denis)", "s2"),
        ("Ana Costa (Pierrefitte-sur-Seine)", "s2"),
        ("Zoé Blin (Évry)", "Zoé Blin (Évry-Courcouronnes), s3 ; Zoé Blin (Évry), s4"),
        ("Zoé Blin (Évry (91))", "s3"),
        ("Zoé Blin (Évry (89))", "s4"),
        ("Eve Roy (Cherbourg)", "s5"),
        ("Cherbourg – Eve Roy", "s5"),
    ],
)
def test_a_former_name_of_a_commune_finds_who_is_alone_under_it(text, found):
    communes = Communes(areas.insee_areas(), areas.retired_codes())
    known = [
        Person("s1", "Paul Dubois", "91228"),
        Person("s2", "Ana Costa", "93066"),
        Person("s3", "Zoé Blin", "91228"),
        Person("s4", "Zoé Blin", "89162"),
        Person("s5", "Eve Roy", "50129"),
    ]
    people = People(known, communes)
    if found.startswith("s"):
        assert people.find(text) == found
    else:
        with pytest.raises(InvalidValue) as refused:
            people.find(text)
        assert refused.value.values["near"] == found


def test_two_of_one_name_in_one_city_need_ids(store):
    twice = [*PEOPLE, ("Abrial Aline", "59350", "")]
    whole = load_sheets(store, sheets(people=twice))
    assert refusals(whole) == [("pacte.xlsx · Signataires", 5, "signatory_id", "duplicate_person")]


def test_who_has_an_id_in_the_log_keeps_it(store):
    known = [("signatory_id", *PEOPLE[0]), *((f"s{n}", *row) for n, row in enumerate(PEOPLE[1:]))]
    assert load_sheets(store, sheets(people=known)).loaded
    before = entries(store)
    again = load_sheets(store, sheets())
    assert again.loaded and entries(store) == before


def test_the_id_of_a_person_does_not_hold_their_name(store):
    load_sheets(store, sheets())
    (codes,) = [set(Snapshots(store).current().log("velo-2026").signatories.signatory_id)]
    assert not any("abrial" in code or "brun" in code for code in codes)


def test_a_file_that_says_no_kind_of_source_has_another_one(store):
    facts = [
        ("Ville", "Élu", "Mesure", "Date", "Statut", "Lien"),
        ("Lille", "Aline Abrial", "1", "avril 2026", "en cours", "www.lille.fr/x"),
    ]
    good = {**sheets(), "actions": facts}
    whole = load_sheets(store, good)
    assert refusals(whole) == [] and whole.loaded
    doubts = [one.code for report in whole.reports for one in report.doubts]
    assert "source_kind_unsaid" in doubts
    without = {**good, "actions": [facts[0], (*facts[1][:5], "")]}
    assert [code for *_, code in refusals(load_sheets(store, without))] == ["evidence_needed"]


ADDRESS = "https://www.lille.fr/x"


@pytest.mark.parametrize(
    ("titles", "cells", "source"),
    [
        (["Source"], [ADDRESS], ("", ADDRESS)),
        (["SOURCES"], ["www.lille.fr/x"], ("", ADDRESS)),
        (["Source"], ["Délibération n° 12"], ("Délibération n° 12", "")),
        (["Source", "Lien"], ["Délibération n° 12", ADDRESS], ("Délibération n° 12", ADDRESS)),
        (["source_url", "Source"], [ADDRESS, "Délibération"], ("Délibération", ADDRESS)),
        (["Titre de la source", "Source"], ["Délibération", ADDRESS], ("Délibération", ADDRESS)),
        (["Source"], ["lille.fr/x"], "url_scheme"),
        (["Source"], ["Voir https://www.lille.fr"], "url_scheme"),
        (["Source", "Lien", "Titre de la source"], ["a", ADDRESS, "b"], "same_column"),
    ],
)
def test_source_heads_addresses_or_the_titles_of_sources(titles, cells, source, store):
    facts = [
        ("Ville", "Élu", "Demande", "Date", "Statut", "Type de source", *titles),
        ("Lille", "Aline Abrial", "1", "avril 2026", "en cours", "presse", *cells),
    ]
    whole = load_sheets(store, {**sheets(), "actions": facts})
    if isinstance(source, str):
        assert [code for *_, code in refusals(whole)] == [source]
        return
    assert refusals(whole) == [] and whole.loaded
    with store.reading() as database:
        rows = [*database.rows("SELECT source_title, source_url FROM action_text")]
    assert [tuple(cell or "" for cell in row) for row in rows] == [source]


@pytest.mark.parametrize(
    ("content", "title", "column"),
    [
        ("signatories", "Demandes signées", "measures"),
        ("signatories", "Demandes", "measures"),
        ("signatories", "PROPOSITIONS", "measures"),
        ("signatories", "Propositions retenues", "measures"),
        ("signatories", "Engagements signés", "measures"),
        ("signatories", "Engagements pris", "measures"),
        ("signatories", "Mesures acceptées", "measures"),
        ("signatories", "Signed requests", "measures"),
        ("signatories", "N° des demandes", "measures"),
        ("actions", "Demande", "measure"),
        ("actions", "Demandes", "measure"),
        ("actions", "N° de la proposition", "measure"),
        ("answers", "Proposition", "measure"),
        ("answers", "Numéro de l’engagement", "measure"),
        ("answers", "Request number", "measure"),
        ("measures", "Demandes", "wording"),
        ("measures", "Propositions", "wording"),
        ("details", "Mesure", "measure"),
        ("details", "Demande", "measure"),
        ("details", "Propositions", "measure"),
        ("details", "Texte", "wording"),
        ("signatories", "Demandes refusées", None),
        ("signatories", "Demandes non signées", None),
        ("signatories", "Nombre de demandes", None),
    ],
)
def test_measures_are_called_as_people_call_what_they_ask_for(content, title, column):
    assert column_of(content, title) == column


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Oui", "yes"),
        ("o", "yes"),
        ("partiellement", "partly"),
        ("NON", "no"),
        ("d'accord", "yes"),
        ("N", "no"),
        ("NS", None),
        ("ne", None),
        ("?", None),
    ],
)
def test_an_answer_is_taken_in_the_words_of_people(word, code):
    assert code_of("answer", word) == code
