"""A database that fails under a page: a sentence, no word lost, and the page heals."""

import resource
import shutil
from contextlib import contextmanager

import pytest

from monitor import commands
from monitor.models import Role
from monitor.store import open_store
from tests.support.browser_pages import expect_field, leave, press, type_in
from tests.support.processes import hold_lock
from tests.support.server import process_at, run_server
from tests.support.team import action, sign_in
from tests.support.volunteer_form import FILLED, SUMMARY, database, entries_waiting, open_form


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return database(tmp_path_factory.mktemp("maintenance"))


@pytest.fixture(scope="module")
def address(url):
    with run_server(url) as found:
        yield found


@pytest.fixture
def page(browser, url, address):
    """The form, filled."""
    found = open_form(browser, url, address, held=FILLED)
    yield found
    leave(found)


@contextmanager
def truncated(url: str):
    """The file loses its second half, then gets it back."""
    path = open_store(url).path
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)
    try:
        yield
    finally:
        shutil.copyfile(copy, path)


@contextmanager
def stop_growth(address: str):
    """The server's files can grow no more."""
    server = process_at(address)
    # Less than a page of the rollback journal: no write finds room, not even in a page half empty.
    server.rlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        server.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def saved(page, url: str) -> str:
    """Save, and the summary of the entry."""
    press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    (entry,) = entries_waiting(url, page)
    return entry.summary


@pytest.mark.parametrize(
    "failing, sentence",
    [
        (hold_lock, "Quelqu’un d’autre écrit dans la base"),
        (truncated, "La base est abîmée ou tronquée"),
    ],
)
def test_the_form_comes_back_with_every_word_once_the_database_does(page, url, failing, sentence):
    with failing(url):
        field = page.get_by_label(SUMMARY)
        field.press("End")
        field.press_sequentially(" Et encore un mot.")
        page.wait_for_selector(f"text={sentence}")
        page.wait_for_selector("text=En maintenance")
    # The page asks again by itself.
    page.get_by_label(SUMMARY).wait_for()
    expect_field(page, SUMMARY, "Le schéma est appliqué. Et encore un mot.")
    assert saved(page, url) == "Le schéma est appliqué. Et encore un mot."


def test_a_full_disk_is_told_beside_the_form_which_is_saved_once_there_is_room(page, url, address):
    with stop_growth(address):
        type_in(page, "Titre de la source", "Rapport annuel " + "très " * 40 + "long")
        press(page, "Enregistrer")
        page.wait_for_selector("text=Le disque du serveur est plein")
        assert entries_waiting(url, page) == []
    expect_field(page, SUMMARY, "Le schéma est appliqué.")
    assert saved(page, url) == "Le schéma est appliqué."


def test_the_words_of_a_review_outlive_a_failing_database(browser, url, address):
    commands.log_action(open_store(url), sign_in(open_store(url), "Alix", Role.VOLUNTEER), action())
    page = open_form(browser, url, address, "relecture", role=Role.REVIEWER)
    words = "Votre raison, ou votre question"
    type_in(page, words, "La source parle d’")
    with hold_lock(url):
        page.get_by_label(words, exact=True).press_sequentially("Oullins.")
        page.wait_for_selector("text=Quelqu’un d’autre écrit dans la base")
    page.get_by_label(words, exact=True).wait_for()
    expect_field(page, words, "La source parle d’Oullins.")
    leave(page)
