"""Communes: search by what people type, near names, retired codes, size classes."""

import pytest

from monitor import areas
from monitor.areas import (
    communes,
    nearest_areas,
    retired_codes,
    search_areas,
    search_key,
)
from monitor.sizes import SIZES, size_class


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Œuf-en-Ternois", "oeuf en ternois"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("ST ÉTIENNE", "saint etienne"),
        ("Ste-Anne", "sainte anne"),
        ("  ", ""),
    ],
)
def test_accents_case_hyphens_and_ligatures_do_not_matter(typed, key):
    assert search_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("par", "Paris"),
        ("lyo", "Lyon"),
        ("st eti", "Saint-Étienne"),
        ("oeuf", "Œuf-en-Ternois"),
        ("hay roses", "L'Haÿ-les-Roses"),
        ("75056", "Paris"),
        ("2a004", "Ajaccio"),
    ],
)
def test_three_letters_or_a_code_find_a_city(typed, first):
    assert search_areas(communes(), typed).iloc[0]["name"] == first


def test_homonyms_are_told_apart_by_department():
    found = search_areas(communes(), "saint-denis")
    exact = found[found["name"] == "Saint-Denis"]
    assert set(exact["department_code"]) == {"93", "974", "11", "30"}


def test_nothing_typed_finds_nothing():
    assert search_areas(communes(), "-").empty


def test_a_misspelt_name_has_near_names():
    assert ("13055", "Marseille") in [found[:2] for found in nearest_areas(communes(), "Marsielle")]


def test_a_mistyped_code_has_near_codes():
    assert "75056" in [found[0] for found in nearest_areas(communes(), "75O56".replace("O", "0"))]


def test_a_retired_code_names_its_successor():
    assert retired_codes()["01340"] == "01015"
    assert "01340" not in communes().index


def test_codes_are_text():
    assert communes().at["01004", "name"] == "Ambérieu-en-Bugey"


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, "lt_1000"),
        (999, "lt_1000"),
        (1_000, "1000_3499"),
        (3_500, "3500_9999"),
        (49_999, "10000_49999"),
        (50_000, "50000_199999"),
        (2e6, "ge_200000"),
        (float("nan"), "unknown"),
    ],
)
def test_size_classes_begin_at_their_bounds(population, size):
    assert list(size_class([population])) == [size]


def test_every_size_has_its_place_in_the_order():
    assert list(size_class([5.0]).categories) == list(SIZES)


def test_a_word_typed_again_and_again_is_looked_for_once():
    assert areas.search_words("St-Jean, st jean saint " * 1_000) == ["saint", "jean"]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["L’Haÿ-les-Roses", "", "St-Étienne", "Œuilly", " le Ste  Marie ", "Est"],
        ["st", "e", "\u0301a", "İzmir\n", "\x1f«", "ẞ", "Ste\u0301"],
        ["with a \0 of its own", "Le Mans"],
    ],
)
def test_the_keys_of_many_texts_are_those_of_each(texts):
    assert areas.search_keys(texts) == [areas.search_key(text) for text in texts]
    assert areas.sort_keys(texts) == [areas.sort_key(text) for text in texts]
