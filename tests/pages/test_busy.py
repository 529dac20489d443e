"""A page whose turn does not come, and what it holds when it comes."""

from itertools import count

import pytest

from monitor.i18n import text
from monitor.read.turns import PAGES, PAST
from tests.support.app import open_page, words

pytestmark = pytest.mark.usefixtures("browser_of")

#: Numbers of addresses that have had no turn yet: none of them has to rest.
NEW = count()


@pytest.fixture
def taken(monkeypatch):
    """All turns are taken, by somebody else."""
    monkeypatch.setattr("monitor.ui.turn.PATIENCE", 0.4)
    held = [queue.ask(f"192.0.2.{next(NEW)}") for queue in (PAGES, PAST) for _ in range(4)]
    yield
    for turn in held:
        turn.end()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("query", [{}, {"connu": "2026-01-01"}])
def test_a_page_whose_turn_does_not_come_says_so_and_nothing_else(store, taken, lang, query):
    app = open_page(lang=lang, **query)
    assert not app.exception and words(app) == text("error.too_busy", lang, seconds=10)


def test_a_page_that_waited_is_shown_when_the_turn_comes(store):
    held = [PAGES.ask(f"192.0.2.{next(NEW)}") for _ in range(4)]
    waiting = PAGES.ask(f"192.0.2.{next(NEW)}")
    for turn in (*held, waiting):
        turn.end()
    assert open_page().title


@pytest.mark.parametrize("query", [{}, {"connu": "2026-01-01"}, {"connu": "never"}])
@pytest.mark.parametrize("page", ["", "mesures", "actions", "analyses"])
def test_a_page_gives_its_turn_back(store, page, query):
    open_page(page, **query)
    assert [queue.running + queue.waiting for queue in (PAGES, PAST)] == [0, 0]


@pytest.mark.parametrize("page", ["mesures", "communes", "actions"])
def test_a_search_of_any_length_is_cut_and_answered(store, page):
    app = open_page(page, q="a " * 2_000)
    assert not app.exception and app.title
