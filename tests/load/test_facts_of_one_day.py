"""Facts without ids about one measure and day are known again by what they say, not by their order, and
none of them takes over the source of another."""

import pytest

from monitor.commands.files import FILE_KINDS
from tests.support.whole_pacts import PACT, load_files, workbook

TITLES = ("Date", "Élu·e", "Demande", "Résumé", "Statut", "Lien")
MEASURES = [("N°", "Demande"), ("A1", "Créer une piste")]
PEOPLE = [("Nom", "Ville", "A1"), ("Zoé Test", "Lille", "oui")]

SEEN, SEEN_BY_BOB = "Vu par Ana, rue du Port", "Vu par Bob, rue du Parc"
LINK, OTHER_LINK = "https://exemple.org/a", "https://exemple.org/b"


def fact(summary, source):
    return ("12/05/2026", "Zoé Test", "A1", summary, "en cours", source)


def load(store, facts, titles=TITLES):
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Réponses": PEOPLE, "Suivi": [titles, *facts]}
    return load_files(store, {"classeur.xlsx": workbook(sheets)})


def counting(store):
    """By its id, (summary, title of the source, its address) of what counts."""
    with store.reading() as session:
        keys = [tuple(one) for one in session.rows("SELECT DISTINCT action_id FROM action")]
        found = FILE_KINDS["actions"].versions(session, "velo-2026", keys)
    last = {name: every[-1].values for (name,), every in found.items()}
    return {name: (one.summary, one.source_title, one.source_url) for name, one in last.items()}


POSED, OPENED = fact("Posés", LINK), fact("Ouverte", OTHER_LINK)
WITNESSED = fact("Posés", SEEN)
#: What a file says first, what it says then, and what counts after that.
AGAIN = {
    "one more above": ([POSED], [OPENED, POSED], {"Posés": LINK, "Ouverte": OTHER_LINK}),
    "one more below": ([POSED], [POSED, OPENED], {"Posés": LINK, "Ouverte": OTHER_LINK}),
    "the other order": ([POSED, OPENED], [OPENED, POSED], {"Posés": LINK, "Ouverte": OTHER_LINK}),
    "one more above what was seen": (
        [WITNESSED],
        [OPENED, WITNESSED],
        {"Posés": SEEN, "Ouverte": OTHER_LINK},
    ),
    "another summary of one source": (
        [POSED, OPENED],
        [fact("Ouverte en partie", OTHER_LINK), POSED],
        {"Posés": LINK, "Ouverte en partie": OTHER_LINK},
    ),
    "another source of one summary": (
        [POSED, OPENED],
        [fact("Ouverte", SEEN), POSED],
        {"Posés": LINK, "Ouverte": SEEN},
    ),
    "somebody else who saw it": (
        [WITNESSED],
        [fact("Posés", SEEN_BY_BOB)],
        {"Posés": SEEN_BY_BOB},
    ),
    "a link for what was seen": ([WITNESSED], [POSED], {"Posés": LINK}),
    "what was seen for a link": ([POSED], [WITNESSED], {"Posés": SEEN}),
}


@pytest.mark.parametrize(("first", "then", "expected"), AGAIN.values(), ids=AGAIN)
def test_each_fact_keeps_its_id_and_its_own_source(empty, first, then, expected):
    assert load(empty, first).loaded
    before = {one[0]: name for name, one in counting(empty).items()}
    assert load(empty, then).loaded
    after = counting(empty)
    assert {one[0]: one[1] or one[2] for one in after.values()} == expected
    assert not [one for one in after.values() if one[1] and one[2]]
    kept = {one[0]: name for name, one in after.items()}
    assert {word: kept[word] for word in before if word in kept} == {
        word: name for word, name in before.items() if word in kept
    }


def test_of_two_facts_the_one_that_stays_is_not_the_other(empty):
    assert load(empty, [POSED, OPENED]).loaded
    whole = load(empty, [OPENED])
    assert whole.loaded and sorted(one[0] for one in counting(empty).values()) == [
        "Ouverte",
        "Posés",
    ]
    assert "entry_gone" in [one.code for report in whole.reports for one in report.doubts]


@pytest.mark.parametrize(
    "then", [[fact("Ouverte", ""), WITNESSED], [fact("Ouverte", "")], [fact("Posés", "")]]
)
def test_a_fact_that_names_no_source_takes_over_none(empty, then):
    assert load(empty, [WITNESSED]).loaded
    whole = load(empty, then)
    assert not whole.loaded
    assert [one.code for report in whole.reports for one in report.errors] == ["evidence_needed"]


def test_what_was_said_of_a_source_is_not_said_of_another(empty):
    titles = (*TITLES, "Titre de la source", "Éditeur de la source")
    assert load(empty, [(*POSED, "Un procès-verbal", "Le Quotidien")], titles).loaded
    assert load(empty, [POSED]).loaded
    assert [*counting(empty).values()] == [("Posés", "Un procès-verbal", LINK)]
    assert load(empty, [fact("Posés", OTHER_LINK)]).loaded
    assert [*counting(empty).values()] == [("Posés", None, OTHER_LINK)]
