"""A measure that a pact words or judges otherwise, or sets another date for, once people have signed it,
says beside each commitment what it said before: nobody signed what it says now."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.app import open_page
from tests.support.app import words as shown
from tests.support.pacts import GOOD, PACT
from tests.support.routes import words

pytestmark = pytest.mark.usefixtures("browser_of")
#: What a pact.toml says -> what it says next.
DUE = ('id = "1"\n', 'id = "1"\ndue_on = "2018-01-01"\n')
LATER = (DUE[1], DUE[1].replace("2018", "2019"))
REWORDED = ("Faciliter la création", "Empêcher la création")
JUDGED = ("La ville a créé", "La ville a financé")
TYPED = ("Faciliter la création d'un", "faciliter la creation d’un")
TERM = ("term_end = 2020-07-05", "term_end = 2021-07-05")
THEME = ('id = "1"\n', 'id = "1"\ntheme = "Innovation"\n')


def play(store, *changes: tuple[str, str]) -> None:
    """Loads the pact after each change, a month after the other."""
    text = GOOD
    for month, (old, new) in enumerate(changes, start=4):
        assert old in text
        text, file = text.replace(old, new, 1), text.replace(old, new, 1)
        now = datetime(2026, month, 1, tzinfo=UTC)
        assert commands.load_pact(store, file_in_memory(file), name="pact.toml", now=now).loaded


def test_what_is_long_has_the_width_of_the_sheet_and_what_is_short_half_of_it(store, client):
    play(store, DUE, LATER, REWORDED)
    sheet = client.get("/ville/69123").text
    wide = re.findall(r'<div class="wide"><dt>([^<]*)', sheet)
    assert wide == ["Texte d’avant"] and "<div><dt>Échéance d’avant" in sheet


def correct(store, text: str, now: datetime) -> None:
    assert commands.load_pact(store, file_in_memory(text), name="pact.toml", now=now).loaded


def surfaces(client, **asked: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    page = open_page("communes", commune="69123", **asked)
    return [words(client, f"/ville/69123?{query}"), shown(page)]


@pytest.mark.parametrize(
    ("changes", "heading", "said"),
    [
        ([REWORDED], "exte d’avant", "Faciliter la création"),
        ([JUDGED], "ritère d’avant", "La ville a créé"),
        ([DUE], "chéance d’avant", "5 juillet 2020"),
        ([DUE, LATER], "chéance d’avant", "1er janvier 2018"),
        ([TERM, REWORDED], "exte d’avant", "Faciliter la création"),
        ([REWORDED, REWORDED[::-1]], "exte d’avant", "Empêcher la création"),
    ],
)
def test_what_a_measure_said_before_stands_beside_the_commitment(
    store, client, changes, heading, said
):
    play(store, *changes)
    until = {1: "1er avril 2026", 2: "1er mai 2026"}[len(changes)]
    for surface in surfaces(client, au="2017-01-01"):
        assert surface.count(heading) == 1
        after = surface[surface.index(heading) :][:400]
        assert said in after and f"au journal jusqu’au {until}" in after


@pytest.mark.parametrize(
    "changes", [[], [TYPED], [TERM], [THEME], [("Mouvement des", "Réseau des")]]
)
def test_nothing_is_said_of_before_where_the_promise_is_the_same(store, client, changes):
    play(store, *changes)
    for surface in surfaces(client, au="2017-01-01"):
        assert "d’avant" not in surface


def test_as_the_log_was_before_nothing_was_different(store, client):
    play(store, REWORDED)
    for surface in surfaces(client, au="2017-01-01", connu="2026-03-15T00:00:00Z"):
        assert "Faciliter la création" in surface and "d’avant" not in surface


def test_what_was_corrected_before_anybody_signed_is_not_said(empty, client):
    play(empty, ("Mouvement des", "Réseau des"), REWORDED)
    head = "signatory_id,name,commune,outcome\n"
    report = commands.load(
        empty,
        "signatories",
        file_in_memory(f"{head}n,Luc Neuf,69123,elected\n"),
        pact_id=PACT,
        name="s.csv",
        now=datetime(2026, 6, 1, tzinfo=UTC),
    )
    assert report.loaded
    for surface in surfaces(client, au="2017-01-01"):
        assert "Empêcher la création" in surface and "d’avant" not in surface


@pytest.mark.parametrize(
    ("hours", "is_said"), [(1, False), (23, False), (25, True)], ids=["soon", "same day", "later"]
)
def test_what_was_put_right_within_a_day_is_not_said(empty, client, hours, is_said):
    begun = datetime(2026, 3, 1, tzinfo=UTC)
    assert commands.load_pact(empty, file_in_memory(GOOD), name="pact.toml", now=begun).loaded
    people = "signatory_id,name,commune,outcome\nn,Luc Neuf,69123,elected\n"
    report = commands.load(
        empty, "signatories", file_in_memory(people), pact_id=PACT, name="s.csv", now=begun
    )
    assert report.loaded
    correct(empty, GOOD.replace(*REWORDED, 1), begun + timedelta(hours=hours))
    for surface in surfaces(client, au="2017-01-01"):
        assert "Empêcher la création" in surface and ("d’avant" in surface) == is_said


def test_what_was_there_for_an_hour_between_two_days_is_not_said(store, client):
    play(store, REWORDED)
    hour = datetime(2026, 4, 1, 1, tzinfo=UTC)
    correct(store, GOOD, hour)
    for surface in surfaces(client, au="2017-01-01"):
        assert "Faciliter la création" in surface and "d’avant" not in surface


def test_a_date_of_one_commitment_alone_is_none_of_the_measure(store, client):
    play(store, DUE)
    detail = "signatory_id,measure,due_on\ncollomb-lyon,1,2017-06-01\n"
    report = commands.load(store, "details", file_in_memory(detail), pact_id=PACT, name="d.csv")
    assert report.loaded, report.errors
    for surface in surfaces(client, au="2017-01-01"):
        assert "1er juin 2017" in surface and "d’avant" not in surface
    assert "in the log until" not in words(client, "/ville/69123?au=2017-01-01&lang=en")


@pytest.mark.parametrize(
    ("change", "said"),
    [(REWORDED, "Faciliter la création"), (JUDGED, "La ville a créé"), (None, "")],
    ids=["reworded", "judged otherwise", "the same"],
)
@pytest.mark.parametrize("name", ["mesures", "reponses"])
def test_a_page_about_the_measure_says_what_it_said_when_it_was_promised(store, name, change, said):
    play(store, *([change] if change else []))
    answer = "signatory_id,measure,answer\ncollomb-lyon,1,yes\n"
    report = commands.load(store, "answers", file_in_memory(answer), pact_id=PACT, name="a.csv")
    assert report.loaded, report.errors
    page = shown(open_page(name, mesure="1", au="2017-01-01"))
    assert page.count("d’avant") == bool(change)
    if change:
        assert said in page[page.index("d’avant") :] and "au journal jusqu’au" in page
