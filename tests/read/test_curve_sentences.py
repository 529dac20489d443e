"""The sentence above the curves is true where everything happens at once, and where reading stops."""

import re

import pytest

from monitor.read.incidence import incidence_table
from monitor.read.pictures.half_year_bars import half_years_in_words
from monitor.read.pictures.incidence_curves import incidence_in_words
from monitor.store import open_store
from tests.support.small_pacts import load_small, people_of, view_of

WHO = [f"s{n}" for n in range(1, 11)]
ALL = [(who, measure) for who in WHO for measure in "123"]
#: What is read of ten people and three measures -> what the sentence says, and what it does not.
READ = {
    "all implemented on the first day": (
        [(*one, "2014-04-01", "implemented") for one in ALL],
        ["30 mis en œuvre un jour", "cinq élus dont quelque chose attende encore après le premier"],
        ["Sur 30 engagements qui ont lié un élu : 0"],
    ),
    "all implemented, one by one": (
        [
            (*one, f"2015-{1 + n % 12:02}-{1 + n:02}" if one[1] < "3" else "2018", "implemented")
            for n, one in enumerate(ALL)
        ],
        ["au moins 100 % des 30 engagements"],
        ["0000", "9999"],
    ),
    "four are read to the end, the others for a year": (
        [(who, "1", "2015-02-01", "implemented") for who in WHO]
        + [(who, measure, "2015-04-01", "announced") for who in WHO for measure in "23"]
        + [(who, "2", "2020-06-01", "implemented") for who in WHO[:4]],
        ["au moins 46 % des 30 engagements"],
        ["on dirait"],
    ),
    "none ever": ([], ["aucun des 30 engagements"], ["au moins"]),
    "all decided, and not more": (
        [(*one, "2016-01-01", "decided") for one in ALL],
        ["aucun des 30 engagements n’est connu", "au moins 100 % ont été décidés"],
        ["0 % des", "on dirait"],
    ),
    "all abandoned": (
        [(*one, "2016-01-01", "abandoned") for one in ALL],
        ["aucun des 30 engagements", "100 % ont été abandonnés"],
        [],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_the_sentence_above_the_curves_is_true(tmp_path, name):
    entries, parts, absent = READ[name]
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    load_small(store, people_of(10), entries)
    words = incidence_in_words(view_of(store), "").replace("\u202f", " ").replace("\xa0", " ")
    assert all(one in words for one in parts), words
    assert not any(one in words for one in absent), words


def test_counted_from_the_term_who_comes_late_makes_a_share_an_estimate(tmp_path):
    """Ten leave on one day, and ten come after it: 10 of the 60 were implemented, of which the curve
    says nothing, for it stops when nobody is left."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    dates = [("2014-04-01", "2017-01-31", "resignation"), ("2017-02-01", "", "")]
    people = people_of(20)
    mandates = [
        dict(zip(("started_on", "ended_on", "end_reason"), dates[n >= 10], strict=True))
        | {"signatory_id": one["signatory_id"], "office": "mayor"}
        for n, one in enumerate(people)
    ]
    done = [(one["signatory_id"], "1", "2019-01-01", "implemented") for one in people[10:]]
    load_small(store, people, done, mandates)
    words = incidence_in_words(view_of(store), "term").replace("\u202f", " ")
    assert "est une estimation" in words and "sur 60 engagements, 30 n’ont commencé" in words
    assert "au moins" not in words and "2 ans et 10 mois après le début" in words
    assert "au moins" in incidence_in_words(view_of(store), "")


def test_a_share_that_has_ended_before_the_curve_is_there_in_an_earlier_row(tmp_path):
    """What makes one of the cases above one: the column of the table is not empty."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    load_small(store, people_of(10), READ["four are read to the end, the others for a year"][0])
    seen = incidence_table(view_of(store)).groupby("event")["share_seen"]
    assert seen.last().notna().all() and seen.nth(-1).isna().all()


#: What happens of the second and third measure, after the first half-year -> the half-year that the
#: sentence compares with the first, and the one that it names for its share.
LAST = {
    "the day of the view cuts the last half-year short": ([], 12, None),
    "most happens between the two": (
        [(who, "2", "2017-05-01", "implemented") for who in WHO],
        12,
        7,
    ),
    "all has happened before it": (
        [(who, measure, "2019-05-01", "implemented") for who in WHO for measure in "23"],
        11,
        None,
    ),
}


@pytest.mark.parametrize("name", LAST)
def test_the_first_half_year_is_compared_with_the_last_whole_one(tmp_path, name):
    entries, number, most = LAST[name]
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    load_small(
        store, people_of(10), [(who, "1", "2014-06-01", "implemented") for who in WHO] + entries
    )
    words = half_years_in_words(view_of(store), "implemented")
    assert f"; au semestre {number}, à" in words, words
    assert re.findall(r"C’est au semestre (\d+)", words) == ([str(most)] if most else [])
