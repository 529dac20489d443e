"""The measures of a pact.toml: themes, parts, and what a measure need not say."""

import json
from io import BytesIO

import pytest
import tomli_w

from monitor import intake
from monitor.commands.doubting.pacts import missing_criteria, same_wordings
from monitor.export.files import pact_as_dict
from monitor.intake.file_columns import file_columns
from monitor.intake.files import Table
from monitor.store.pacts_and_areas import PACT_COLUMNS, pact_from_row, pact_to_row
from tests.support.pacts import GOOD, load

HEAD = GOOD[: GOOD.index("[[measures]]")]
#: The keys of a measure as it was written before measures had themes.
OLD_KEYS = [
    *("id", "objective", "wording", "title_fr", "title_en", "criterion_fr", "criterion_en"),
    *("objective_en", "due_on"),
]


def pact_of(*measures: dict, language: str = "fr") -> str:
    """A pact of measures that say these things, and a wording and a title where they say none."""
    every = [
        {"wording": f"Faire {each['id']}.", f"title_{language}": f"Titre {each['id']}"} | each
        for each in measures
    ]
    head = HEAD.replace('language = "fr"', f'language = "{language}"')
    return head + tomli_w.dumps({"measures": every})


def read(text: str):
    pact, errors = intake.read_pact(text.encode())
    assert pact is not None, errors
    return pact


def refusals(text: str) -> list[tuple[str, str]]:
    return [(error.column, error.code) for error in intake.read_pact(text.encode())[1]]


INTERLEAVED = pact_of(
    {"id": "1", "theme": "Vélo"},
    {"id": "2", "theme": "École"},
    {"id": "3", "objective": "Sans thème"},
    {"id": "4", "theme": "Vélo"},
    {"id": "1b", "parent": "1"},
    {"id": "5", "theme": "École"},
    {"id": "1c", "parent": "1b"},
)


def test_measures_stand_by_theme_each_before_its_parts_and_those_of_no_theme_last():
    pact = read(INTERLEAVED)
    assert [measure.id for measure in pact.measures] == ["1", "1b", "1c", "4", "2", "5", "3"]
    assert pact.themes == ("Vélo", "École")


def test_a_part_has_the_theme_of_what_it_is_a_part_of():
    assert [measure.theme for measure in read(INTERLEAVED).measures[:3]] == ["Vélo"] * 3


def test_the_name_of_a_theme_is_on_one_line():
    two = pact_of({"id": "1", "theme": " Vélo \n et rue"}, {"id": "2", "theme": "Vélo et rue"})
    assert read(two).themes == ("Vélo et rue",)


@pytest.mark.parametrize(
    ("measures", "column", "code"),
    [
        ([{"id": "1", "theme": "A", "parent": "9"}], "measures[1].parent", "unknown_parent"),
        ([{"id": "1", "theme": "A", "parent": "1"}], "measures[1].parent", "too_many_levels"),
        (
            [{"id": "1", "theme": "A", "parent": "2"}, {"id": "2", "theme": "A", "parent": "1"}],
            "measures[2].parent",
            "too_many_levels",
        ),
        (
            [{"id": "0", "theme": "A"}]
            + [{"id": str(n), "parent": str(n - 1)} for n in range(1, 1500)],
            "measures[7].parent",
            "too_many_levels",
        ),
        (
            [{"id": "1", "theme": "A"}, {"id": "2", "theme": "B", "parent": "1"}],
            "measures[2].theme",
            "theme_of_parent",
        ),
        ([{"id": "1", "theme": ["A"]}], "measures[1].theme", "wrong_type"),
        ([{"id": "1", "theme": "A", "parent": 1}], "measures[1].parent", "wrong_type"),
        ([{"id": "1", "theme": "A", "subject": "x"}], "measures[1].subject", "unknown_key"),
    ],
)
def test_what_cannot_be_said_of_a_measure_is_named(measures, column, code):
    assert (column, code) in refusals(pact_of(*measures))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_only_title_is_the_one_in_every_language(language):
    (measure,) = read(pact_of({"id": "1", "theme": "A"}, language=language)).measures
    assert {measure.title("fr"), measure.title("en")} == {"Titre 1"}


@pytest.mark.parametrize(("language", "other"), [("fr", "title_en"), ("en", "title_fr")])
def test_a_title_in_another_language_than_the_pact_is_not_enough(language, other):
    text = pact_of(
        {"id": "1", "theme": "A", f"title_{language}": "", other: "T"}, language=language
    )
    assert refusals(text) == [(f"measures[1].title_{language}", "missing_key")]


@pytest.mark.parametrize("facts", [{}, {"title_fr": " "}, {"title_fr": "", "title_en": ""}])
def test_a_measure_without_a_title_is_called_by_its_wording(facts):
    long = "Ouvrir un atelier.\n" + "Et encore. " * 40
    text = pact_of({"id": "1", "wording": long, "title_fr": ""} | facts)
    (measure,) = read(text).measures
    assert measure.title("fr").startswith("Ouvrir un atelier. Et encore.")
    assert measure.title("en").endswith("…") and len(measure.title("en")) <= 120


def test_a_measure_needs_neither_a_theme_nor_an_objective():
    assert read(pact_of({"id": "1", "theme": " ", "objective": ""})).themes == ()


def test_measures_with_the_same_words_are_doubted_together():
    texts = {"1": "Ouvrir.", "2": "Fermer.", "3": "ouvrir", "4": "Fermer."}
    pact = read(pact_of(*({"id": one, "wording": text} for one, text in texts.items())))
    (doubt,) = same_wordings(pact)
    assert (doubt.code, doubt.value) == ("same_wording", "1 = 3, 2 = 4")


def test_measures_without_a_criterion_are_doubted_together():
    with_one = {"id": "1", "theme": "A", "criterion_en": "It is open."}
    pact = read(pact_of(with_one, *({"id": str(n), "theme": "A"} for n in range(2, 20))))
    (doubt,) = missing_criteria(pact)
    assert doubt.value == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"
    assert dict(doubt.values) == {"n": "18", "measures": "19"}
    assert pact.measures[0].criterion("fr") == "It is open."
    assert missing_criteria(read(GOOD)) == []


@pytest.mark.parametrize("text", [GOOD, INTERLEAVED])
def test_a_pact_is_read_again_as_it_was_stored_and_as_it_was_written_out(text):
    pact = read(text)
    assert pact_from_row(pact.id, pact_to_row(pact)) == pact
    assert read(tomli_w.dumps(pact_as_dict(pact))) == pact


def test_a_pact_of_before_themes_is_stored_as_it_was_then():
    stored = json.loads(
        dict(zip(PACT_COLUMNS.split(", "), pact_to_row(read(GOOD)), strict=True))["measures"]
    )
    assert [list(measure) for measure in stored] == [OLD_KEYS] * 3


def test_a_pact_whose_measures_get_themes_is_corrected_once(store):
    assert load(store, GOOD).outcomes["unchanged"] == 1
    themed = GOOD.replace('id = "2"\n', 'id = "2"\ntheme = "Achats"\n')
    assert load(store, themed).outcomes["corrected"] == 1
    assert load(store, themed).outcomes["unchanged"] == 1


LONG = "Créer une piste le long du canal, d’ici à 2028"
#: Titles and a row of a sheet of measures -> what its columns are.
EXPLAINED = {
    (("N°", "Titre", "Description"), ("1", "Piste", LONG)): ["id", "title_fr", "wording"],
    (("Title", "Explanation"), ("Lane", LONG)): ["title_en", "wording"],
    (("N°", "Titre", "Détail", "Critère"), ("1", "Piste", LONG, "Ouverte")): (
        ["id", "title_fr", "wording", "criterion_fr"]
    ),
    (("N°", "Titre", "Remarque"), ("1", LONG, "vue")): ["id", "wording", None],
    (("N°", "Demande", "Description"), ("1", "Piste", LONG)): ["id", "wording", None],
    (("N°", "Titre", "Texte", "Description"), ("1", "Piste", "A", LONG)): (
        ["id", "title_fr", "wording", None]
    ),
    (("N°", "Titre", "Description", "Contexte"), ("1", "Piste", LONG, LONG)): (
        ["id", "wording", None, "explanation"]
    ),
}


@pytest.mark.parametrize(("rows", "columns"), EXPLAINED.items(), ids=lambda one: str(one)[:60])
def test_what_explains_titles_words_the_measures_where_nothing_else_does(rows, columns):
    table = Table(BytesIO("\n".join(map(";".join, rows)).encode()))
    assert [one.meant for one in file_columns(table, "measures")] == columns
