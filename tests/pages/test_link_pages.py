"""What readers and the team see of sources that have died, and where a copy may be found."""

from datetime import date

import pytest

from monitor import commands, queries
from monitor.commands.loading import file_in_memory
from monitor.models import Decision, Role
from monitor.read import archives, entry_text
from monitor.read.lines import Mark, Span
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import Snapshots
from monitor.ui.markdown import link
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.team import action, sign_in
from tests.support.team_pages import field

URL = "https://exemple.invalid/acte?id=1"
COPY = "https://web.archive.org/web/2018/https://exemple.invalid/acte?id=1"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,status,source_kind,source_title,source_publisher,"
    "source_url,archive_url\n"
)
ROW = "{id},hidalgo-paris,1,2018-03,decided,press,Titre,Le Journal,{url},{copy}\n"


@pytest.fixture
def logged(store, browser_of):
    """Loads entries that rest on URL, and says what a checker found."""

    def load(*copies: str, checks: str = "404,2026-03-01,") -> None:
        rows = "".join(ROW.format(id=f"l{n}", url=URL, copy=copy) for n, copy in enumerate(copies))
        assert commands.load(
            store,
            "actions",
            file_in_memory(ACTIONS + rows),
            pact_id="mouves-2014",
            name="a.csv",
            now=NOW,
        ).loaded
        if checks:
            links = f"url,status,checked_on,archive_url\n{URL},{checks}\n"
            assert commands.load_links(store, file_in_memory(links), name="l.csv", now=NOW).loaded

    return load


def entry(seq: int = 56, **query: str) -> str:
    return words(open_page("actions", entree=str(seq), **query))


def test_a_dead_source_without_a_copy_is_said_in_words_with_where_to_look(logged):
    logged("")
    page_text = entry()
    assert "lien mort le 1er mars 2026, sans copie archivée" in page_text
    assert (
        "[chercher une copie](https://web.archive.org/web/20180301/https://exemple.invalid/acte?id=1)"
        in page_text
    )
    assert "dead link (checked on 1 March 2026), no archived copy" in entry(lang="en")


def test_a_dead_source_with_a_copy_says_that_the_copy_stands(logged):
    logged(COPY)
    page_text = entry()
    assert "la page elle-même est morte (vérifiée le 1er mars 2026), sa copie reste" in page_text
    assert f"[copie archivée]({COPY})" in page_text
    assert "chercher une copie" not in page_text and "sans copie" not in page_text
    english = "dead link (checked on 1 March 2026), an archived copy is available"
    assert english in entry(lang="en")


def test_a_copy_that_a_checker_found_is_offered(logged):
    logged("", checks=f"404,2026-03-01,{COPY}")
    assert f"[copie archivée]({COPY})" in entry()


@pytest.mark.parametrize("checks", ["", "200,2026-03-01,", "403,2026-03-01,"])
def test_a_source_that_is_not_dead_has_a_place_to_look_and_no_alarm(logged, checks):
    logged("", checks=checks)
    page_text = entry()
    assert "chercher une copie" in page_text and "mort" not in page_text


def test_what_the_log_said_before_the_check_is_not_changed_by_it(store, logged):
    logged("", checks="")
    commands.load_links(
        store,
        file_in_memory(f"url,status,checked_on\n{URL},404,2026-03-02\n"),
        name="l.csv",
        now=NOW.replace(hour=11),
    )
    assert "lien mort" in entry()
    assert "lien mort" not in entry(connu="2026-03-02T10:00:00Z")
    assert "lien mort" in entry(connu="2026-03-02T11:00:00Z")


@pytest.mark.parametrize(
    ("url", "day", "expected"),
    [
        ("https://a.invalid/x?y=1&z=2", "2016", "20160101/https://a.invalid/x?y=1&z=2"),
        ("http://a.invalid/x#part", "2016-02", "20160201/http://a.invalid/x"),
        (
            "https://a.invalid/(x)[y]*z",
            "2016-02-16",
            "20160216/https://a.invalid/%28x%29%5By%5D%2Az",
        ),
    ],
)
def test_the_address_of_a_copy_cannot_end_its_link_early(url, day, expected):
    assert (
        link("x", archives.archive_address(url, day))
        == f"[x](https://web.archive.org/web/{expected})"
    )


def test_the_worklist_names_dead_sources_and_opens_their_correction(logged, store, browser_of):
    logged("", COPY)
    browser_of(sign_in(store, "Camille", Role.VOLUNTEER))
    app = open_page("saisie", vue="afaire")
    page_text = words(app)
    assert "1 source morte sans copie" in page_text
    assert "n° 56 · Titre · Le Journal · **lien mort le 1er mars 2026**" in page_text
    app.button(key="_rectify_56").click().run()
    assert not app.exception
    assert dict(app.query_params)["corrige"] in ("56", ["56"])
    field(app.button, "Rectifier").click().run()
    assert "Rectificatif de l’entrée n° 56" in words(app)


def test_the_worklist_s_dead_sources_follow_the_filters(logged, store, browser_of):
    logged("")
    browser_of(sign_in(store, "Camille", Role.VOLUNTEER))
    assert "1 source morte sans copie" in words(open_page("saisie", vue="afaire", mesure="1"))
    assert "0 source morte sans copie" in words(open_page("saisie", vue="afaire", mesure="2"))


def test_the_worklist_shows_fifteen_dead_sources_a_page_and_counts_them_all(
    logged, store, browser_of
):
    logged(*[""] * 17)
    browser_of(sign_in(store, "Camille", Role.VOLUNTEER))
    app = open_page("saisie", vue="afaire")
    assert "17 sources mortes sans copie" in words(app)
    assert sum((button.key or "").startswith("_rectify_") for button in app.button) == 15


def test_pending_and_corrected_entries_are_not_in_the_list_of_dead_sources(
    logged, store, browser_of
):
    logged("")
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    browser_of(volunteer)
    commands.log_action(store, volunteer, action(source_url=URL))
    assert "1 source morte sans copie" in words(open_page("saisie", vue="afaire"))
    corrected = action(
        signatory_id="hidalgo-paris",
        source_url=URL,
        archive_url=COPY,
        supersedes="l0",
        reason="La page a disparu.",
    )
    seq = commands.log_action(store, volunteer, corrected).seq
    commands.review_action(store, reviewer, seq, Decision.ACCEPTED)
    assert "0 source morte sans copie" in words(open_page("saisie", vue="afaire"))


def test_a_reviewer_sees_that_the_source_of_a_pending_entry_is_dead(logged, store, browser_of):
    logged("")
    commands.log_action(store, sign_in(store, "Camille", Role.VOLUNTEER), action(source_url=URL))
    browser_of(sign_in(store, "Sacha", Role.REVIEWER))
    assert "lien mort le 1er mars 2026" in words(open_page("relecture"))


def test_pages_sheets_and_feeds_say_the_same_of_a_dead_source(store, logged):
    logged("")
    with store.reading() as database:
        (read,) = queries.published_entries(database, [56], 99)
    assert (
        archives.dead_source_note(read, "fr") == "lien mort le 1er mars 2026, sans copie archivée"
    )
    assert archives.copy_links(read, "en") == [
        ("look for a copy", archives.archive_address(URL, "2018-03"))
    ]
    view = View("fr", PactState(Snapshots(store).current(), "mouves-2014"), date(2020, 7, 5))
    dead, *copies = entry_text.source_line(view, read).more[1:]
    assert dead == Span(archives.dead_source_note(read, "fr"), Mark.STRONG)
    assert [(span.text, span.href) for span in copies] == archives.copy_links(read, "fr")
