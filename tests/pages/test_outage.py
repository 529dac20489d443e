"""A PostgreSQL that does not answer: what was read goes on being shown, and it is said of when it is."""

import threading

import pytest
from psycopg_pool import ConnectionPool

from monitor import commands
from monitor.errors import DatabaseBusy, DatabaseUnreachable
from monitor.models import Role
from monitor.read import current_log
from monitor.snapshot import Snapshots
from monitor.store.pool import _LIMITS, Pool
from tests.support.app import PAGES, open_page, words
from tests.support.team import action, sign_in
from tests.support.team_pages import field
from tests.support.waiting import wait_until

ENGINES = ("postgres",)
#: A sentence for a writer comes within 6 seconds; nobody else waits for long, and only once.
SOON = 6
SUMMARY = "Que s’est-il passé"
NO_TEXTS = "Les textes ne peuvent pas être lus pour l’instant."


def pressed(app, label: str) -> None:
    next(button for button in app.button if label in button.label).click().run()


@pytest.fixture
def patience(monkeypatch):
    """The most seconds that each look for a connection may take, as it is told to its library; those
    of the thread that waits for the server to come back are nobody's wait."""
    found = []
    take, ask = ConnectionPool.getconn, Pool._answers

    def getconn(pool, timeout):
        found.append(timeout)
        return take(pool, timeout)

    def answers(pool):
        if threading.current_thread().name != "postgres-away":
            found.append(_LIMITS["connect_timeout"])
        return ask(pool)

    monkeypatch.setattr(ConnectionPool, "getconn", getconn)
    monkeypatch.setattr(Pool, "_answers", answers)
    return found


def answers(store) -> bool:
    try:
        with store.reading():
            return True
    except DatabaseUnreachable:
        return False


def test_the_last_snapshot_is_given_with_its_age_until_the_server_is_back(
    store, postgres, patience
):
    kept = Snapshots(store)
    before = kept.current()
    assert kept.outage is None
    with postgres.away(store.address):
        for asked in (True, False, False):  # only the first waits to find it out
            patience.clear()
            assert kept.current() is before
            assert bool(patience) is asked and sum(patience) < SOON
        assert before.recorded_at < kept.outage.checked_at <= kept.outage.since
        with pytest.raises(DatabaseUnreachable):  # what was never read cannot be shown
            Snapshots(store).current()
    wait_until(lambda: answers(store))
    commands.load_demo(store, signatories=3)
    assert kept.current().seq > before.seq and kept.outage is None


def test_a_server_whose_connections_are_all_at_work_is_not_taken_for_one_that_is_away(store):
    held = [store.reading() for _ in range(16)]
    for one in held:
        one.__enter__()
    try:
        with pytest.raises(DatabaseBusy), store.reading():
            pass
    finally:
        for one in held:
            one.__exit__(None, None, None)
    assert answers(store)


@pytest.fixture
def reader(store, browser_of):
    """Somebody who is signed in and has written, on a database that was just read. Its head is new:
    no cache holds its texts."""
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    browser_of(volunteer)
    commands.log_action(store, volunteer, action())
    current_log.current_snapshot()


def test_every_public_page_is_shown_from_memory_and_says_so(store, postgres, reader):
    head = current_log.current_snapshot().short_hash
    notices = {
        "fr": ("ne répond pas depuis 1 minute : ces chiffres sont ceux du", "Connexion impossible"),
        "en": ("has not answered for 1 minute: these figures", "Signing in is not possible"),
    }
    with postgres.away(store.address):
        for page, lang in (*((page, "fr") for page in PAGES), ("", "en")):
            app = open_page(page, lang=lang)
            assert not app.exception and not app.error
            assert all(part in words(app) for part in (*notices[lang], head))
    wait_until(lambda: answers(store))
    healed = words(open_page())
    assert notices["fr"][0] not in healed and "Camille" in healed


def test_a_sentence_stands_in_the_place_of_the_texts(store, postgres, reader):
    with postgres.away(store.address):
        for page, query, stands in (
            ("", {}, "élus maires"),
            ("communes", {"commune": "75056"}, "bilan : tenu en partie"),
            ("actions", {}, "40 entrées acceptées"),
            ("actions", {"q": "coopcycle"}, "Journal"),
            ("actions", {"entree": "33"}, "Journal"),
            ("donnees", {}, "Indicateurs"),
        ):
            app = open_page(page, **query)
            assert not app.exception
            assert NO_TEXTS in words(app) and stands in words(app)
        # Nobody here has replied: the list of officials wants no text.
        page_text = words(open_page("mesures"))
        assert "Gérard Collomb" in page_text and NO_TEXTS not in page_text


def test_a_save_gets_a_sentence_soon_and_the_words_outlive_the_outage(
    store, postgres, reader, patience
):
    app = open_page("saisie")
    app.text_input(key="_write_search").set_value("lyon").run()
    pressed(app, "Gérard Collomb")
    app.radio[0].set_value("1").run()
    field(app.text_input, SUMMARY).set_value("Le schéma est voté.")
    with postgres.away(store.address):
        patience.clear()
        pressed(app, "Enregistrer")
        assert 0 < sum(patience) < SOON
        assert not app.exception
        assert "La base ne répond pas" in words(app) and "En maintenance" in words(app)
    wait_until(lambda: answers(store))
    app.run()
    assert not app.exception
    assert field(app.text_input, SUMMARY).value == "Le schéma est voté."


def test_a_click_that_must_read_first_gives_a_sentence_and_no_failure(store, postgres, reader):
    app = open_page("saisie", vue="miennes")
    with postgres.away(store.address):
        pressed(app, "Rectifier")
        assert not app.exception and "En maintenance" in words(app)
    wait_until(lambda: answers(store))
    app.run()
    pressed(app, "Rectifier")
    assert field(app.text_input, SUMMARY).value == "Le conseil vote le schéma."


def test_signing_out_without_the_database_says_that_one_is_still_signed_in(store, postgres, reader):
    app = open_page()
    with postgres.away(store.address):
        pressed(app, "Se déconnecter")
        assert not app.exception and "vous êtes encore connecté" in words(app)
