"""What all measures of somebody share is said once, and each measure says only in what it differs."""

import re

import pytest
from starlette.applications import Starlette

from monitor.read import city as cities
from monitor.read import current_log, query
from monitor.read.city_groups import group_commitments
from monitor.read.city_texts import commitment_words, person_words
from monitor.ui import sentences
from monitor.web import sheet
from tests.support.app import open_page
from tests.support.routes import Client
from tests.support.whole_pacts import PACT, SIGNATORIES, load_sheets

COMMON = {
    "fr": "Pour chaque mesure ci-dessous, sauf si elle dit autre chose\u00a0: bilan\u00a0: à l’échéance",
    "en": "For each measure below, unless it says otherwise: verdict: when due",
}
TITLES = ("Numéro", "Mesure", "Échéance")
FOLLOWED = ("Signataire", "Mesure", "Date", "Statut", "Résumé", "Lien")


def measures(count, dues=()):
    due = dict(dues)
    return [TITLES, *((str(n), f"Faire la chose {n}", due.get(n, "")) for n in range(1, count + 1))]


def facts(*numbers):
    return [
        FOLLOWED,
        *(
            ("Aline Abrial", str(n), "02/04/2026", "en cours", "Vu", f"https://exemple.fr/{n}")
            for n in numbers
        ),
    ]


#: Measures, those with a due day of their own, those with a fact -> whether a sentence says what they
#: share, and how many state a due day and a count of their own.
SHARED = {
    "few": (4, {}, [], False, 4, 4),
    "many alike": (5, {}, [], True, 0, 0),
    "some differ": (6, {2: "2030-01-01"}, [3, 4], True, 1, 2),
    "half have entries": (6, {}, [1, 2, 3], True, 0, 6),
    "as many as are in full": (60, {}, [7], True, 0, 1),
}


@pytest.fixture
def opened(empty, url, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", url)
    return empty


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("count", "dues", "acted", "is_said", "due", "counted"), SHARED.values(), ids=SHARED
)
def test_what_most_measures_of_somebody_share_is_said_once(
    opened, lang, count, dues, acted, is_said, due, counted
):
    sheets = {"Pacte": PACT, "MESURES": measures(count, dues), "Signataires": SIGNATORIES[:2]}
    assert load_sheets(opened, {**sheets, "Actions": facts(*acted)}).loaded
    client = Client(Starlette(routes=sheet.ROUTES))
    shown = client.get("/ville/59350", {"lang": lang}).text
    assert (COMMON[lang] in shown) is is_said
    names = {"fr": ("Échéance", "Entrées valables"), "en": ("Due", "Standing entries")}[lang]
    assert [shown.count(f"<dt>{name}</dt>") for name in names] == [due, counted]
    assert len(re.findall('<article id="', shown)) == count


def test_a_measure_says_what_it_does_not_share(opened):
    """Nothing is lost: what is said of all and of one are what a short list says of that one."""
    sheets = {
        "Pacte": PACT,
        "MESURES": measures(6, {2: "2030-01-01"}),
        "Signataires": SIGNATORIES[:2],
    }
    assert load_sheets(opened, {**sheets, "Actions": facts(3, 4)}).loaded
    view = query.read_view(current_log.current_snapshot(fresh=True), {"lang": "fr"})
    place = cities.city(view.day_state, "59350")
    (person,) = place.people
    words = person_words(
        view, person, group_commitments(view, place)[person.row.signatory_id], None
    )
    for one in person.commitments:
        alone = commitment_words(view, one, None).text.facts
        rest = commitment_words(view, one, None, words.common).text.facts
        own = {fact.name for fact in rest}
        assert {*rest, *(fact for fact in words.common if fact.name not in own)} == {*alone}


#: What the list of those who signed says of the election -> what the overview says of what is in force.
KNOWN = {
    "": "aucun engagement en vigueur n’est connu",
    "battu": "aucun engagement ne lie personne",
}


@pytest.mark.parametrize(("outcome", "expected"), KNOWN.items(), ids=["unknown", "defeated"])
def test_nothing_is_said_to_bind_nobody_while_no_result_is_known(opened, outcome, expected):
    people = [SIGNATORIES[0], ("s1", "Aline Abrial", "59350", outcome)]
    sheets = {"Pacte": PACT, "MESURES": measures(2), "Signataires": people}
    assert load_sheets(opened, sheets).loaded
    view = query.read_view(current_log.current_snapshot(fresh=True), {"au": "2026-06-01"})
    assert expected in sentences.overview_sentence(view).replace("\u00a0", " ")


@pytest.mark.parametrize("chosen", [{}, {"mesure": "1"}, {"statut": "implemented"}], ids=str)
def test_measures_say_that_nothing_is_known_to_be_in_force_while_no_result_is_known(
    opened, browser_of, chosen
):
    people = [SIGNATORIES[0], ("s1", "Aline Abrial", "59350", "")]
    sheets = {"Pacte": PACT, "MESURES": measures(2), "Signataires": people}
    assert load_sheets(opened, sheets).loaded
    said = [one.value for one in open_page("mesures", au="2026-06-01", **chosen).info]
    assert any("il ne connaît aucun engagement en vigueur" in one for one in said), said
