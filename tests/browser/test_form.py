"""The form of a volunteer: nothing typed is lost, nothing is written twice."""

import time

import pytest

from monitor import commands
from monitor.models import Role
from monitor.queries import team as backlog
from monitor.store import open_store
from tests.browser import pages
from tests.browser.pages import choose, press, ready, settled, type_in
from tests.server import free_port, serving
from tests.team import action, signed_in

PACT = "mouves-2014"
SUMMARY = "Que s’est-il passé ?"


@pytest.fixture
def url(tmp_path):
    found = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(found)
    commands.init(store)
    for name, role in (("Camille", Role.VOLUNTEER), ("Dominique", Role.VOLUNTEER)):
        _, link = commands.add_account(store, None, name, role)
        commands.activate(store, link, pages.PASSWORD)
    return found


@pytest.fixture
def address(url):
    with serving(url) as found:
        yield found


@pytest.fixture
def browser():
    with pages.chromium() as found:
        yield found


def begin(page, measure: str = "2. Marchés publics responsables") -> None:
    type_in(page, "Ville ou élu(e)", "lyo")
    press(page, "Gérard Collomb")
    page.get_by_text(measure).first.click()
    page.get_by_label("Quand ?").wait_for()
    settled(page)


def fill(page, summary: str = "Le schéma est appliqué.") -> None:
    type_in(page, "Quand ?", "12/2019")
    choose(page, "Quel statut ?", "◆ décidé")
    type_in(page, SUMMARY, summary)
    choose(page, "Sorte de source", "rapport")
    type_in(page, "Titre de la source", "Rapport annuel 2019")


def signed(browser, address: str, name: str = "Camille", width: int = 1280):
    page = pages.opened(browser, address, width)
    pages.sign_in(page, address, name)
    return page


def written(url: str) -> list:
    with open_store(url).reading() as session:
        return list(backlog.pending(session, PACT).itertuples())


def test_a_volunteer_logs_an_action_in_under_a_minute(browser, address, url):
    page = signed(browser, address)
    start = time.monotonic()
    begin(page)
    fill(page)
    press(page, "Enregistrer")
    page.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    assert time.monotonic() - start < 60
    (entry,) = written(url)
    assert (entry.happened_on, entry.status, entry.author) == ("2019-12", "decided", "Camille")


def test_a_double_click_writes_once(browser, address, url):
    page = signed(browser, address)
    begin(page)
    fill(page)
    page.get_by_role("button", name="Enregistrer").dblclick()
    page.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    page.wait_for_timeout(500)
    settled(page)
    assert len(written(url)) == 1


def test_a_refresh_gives_every_word_back(browser, address):
    page = signed(browser, address)
    begin(page)
    fill(page)
    page.reload()
    ready(page, "Saisir")
    assert page.get_by_label(SUMMARY).input_value() == "Le schéma est appliqué."
    assert page.get_by_label("Quand ?").input_value() == "12/2019"
    assert page.get_by_label("Titre de la source").input_value() == "Rapport annuel 2019"
    assert "décidé" in pages.words(page)


def test_a_server_that_restarts_gives_back_every_word_up_to_the_last_half_second(browser, url):
    port = free_port()
    with serving(url, port=port) as address:
        page = signed(browser, address)
        begin(page)
        fill(page)
        page.get_by_label(SUMMARY).press("End")
        page.get_by_label(SUMMARY).press_sequentially(" Juste avant la panne.")
        page.wait_for_timeout(500)
    with serving(url, port=port):
        page.wait_for_timeout(8_000)  # the browser comes back by itself
        settled(page)
        page.get_by_label("Publiée par").fill("Ville de Lyon")
        page.wait_for_timeout(600)
        settled(page)
        press(page, "Enregistrer")
        page.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    (entry,) = written(url)
    assert entry.summary == "Le schéma est appliqué. Juste avant la panne."
    assert entry.source_publisher == "Ville de Lyon"


def test_the_second_of_two_volunteers_sees_what_changed_and_keeps_every_word(browser, address, url):
    first, second = signed(browser, address), signed(browser, address, "Dominique")
    for page, words in ((first, "Première version."), (second, "Seconde version.")):
        begin(page)
        fill(page, words)
    press(first, "Enregistrer")
    first.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    press(second, "Enregistrer")
    second.wait_for_selector("text=Quelqu’un d’autre a écrit sur cet engagement")
    assert "Première version." in pages.words(second)
    assert second.get_by_label(SUMMARY).input_value() == "Seconde version."
    assert len(written(url)) == 1
    press(second, "Enregistrer")
    second.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    assert [entry.summary for entry in written(url)] == ["Première version.", "Seconde version."]


def test_searched_and_found_nothing_is_one_click_and_where_one_looked(browser, address, url):
    page = signed(browser, address)
    begin(page)
    press(page, "J’ai cherché, je n’ai rien trouvé")
    type_in(page, "Où avez-vous cherché ?", "Site de la ville et presse locale, 2014 à 2020.")
    press(page, "Enregistrer")
    page.wait_for_selector("text=/Entrée n° [0-9]+ enregistrée/")
    (entry,) = written(url)
    assert (entry.status, entry.source_kind) == ("no_evidence", None)


def test_a_field_that_cannot_be_taken_says_why_beside_it_and_keeps_the_words(browser, address, url):
    page = signed(browser, address)
    begin(page)
    fill(page)
    type_in(page, "Adresse de la source", "javascript:alert(1)")
    type_in(page, "Quand ?", "31/02/2019")
    press(page, "Enregistrer")
    page.locator("[data-testid=stAlert]").nth(1).wait_for()
    assert page.get_by_label("Adresse de la source").input_value() == "javascript:alert(1)"
    assert written(url) == []


def test_a_draft_thrown_away_can_be_had_back(browser, address):
    page = signed(browser, address)
    begin(page)
    fill(page)
    press(page, "Effacer le brouillon")
    page.get_by_label("Ville ou élu(e)").wait_for()
    press(page, "Reprendre le brouillon")
    assert page.get_by_label(SUMMARY).input_value() == "Le schéma est appliqué."


def test_the_same_source_for_another_measure_is_pointed_out(browser, address, url):
    other = signed_in(open_store(url), "Alix", Role.VOLUNTEER)
    commands.log_action(open_store(url), other, action(source_url="https://exemple.invalid/s"))
    page = signed(browser, address)
    begin(page)
    type_in(page, "Adresse de la source", "https://exemple.invalid/s/")
    page.wait_for_selector("text=Cette source sert déjà pour la mesure 1")


def test_signing_out_elsewhere_ends_this_page_too_and_keeps_the_draft(browser, address, url):
    page = signed(browser, address)
    begin(page)
    fill(page)
    with open_store(url).writing() as session:
        session.execute("DELETE FROM web_session")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_selector("text=Votre session a expiré")
    assert written(url) == []
    pages.sign_in(page, address, "Camille")
    page.get_by_label(SUMMARY).wait_for()
    assert page.get_by_label(SUMMARY).input_value() == "Le schéma est appliqué."


@pytest.mark.parametrize("path", ["saisie", "relecture", "import", "equipe"])
@pytest.mark.parametrize("cookie", [None, "forged", "' OR 1=1 --"])
def test_a_team_page_opens_for_nobody_without_a_session(browser, address, path, cookie):
    page = pages.opened(browser, address)
    if cookie:
        page.context.add_cookies([{"name": "moniteur", "value": cookie, "url": address}])
    page.goto(f"{address}/{path}")
    page.locator("[data-testid=stMain]").get_by_role("link", name="Se connecter").wait_for()
    assert page.locator("[data-testid=stMain] h1").count() == 0


@pytest.mark.parametrize("path", ["relecture", "equipe"])
def test_a_volunteer_does_not_see_what_is_for_others(browser, address, path):
    page = signed(browser, address)
    page.goto(f"{address}/{path}")
    page.wait_for_selector("text=Votre compte ne permet pas de faire cela")
    assert "Relire" not in page.locator("[data-testid=stSidebar]").inner_text()


@pytest.mark.parametrize("path", ["saisie", "saisie?vue=afaire", "saisie?vue=miennes", "import"])
def test_a_phone_uses_the_team_pages_without_sideways_scrolling(browser, address, url, path):
    page = signed(browser, address, width=390)
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    assert page.outside == []
    assert [text for text in page.complaints if "404" not in text] == []
