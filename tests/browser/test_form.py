"""The form of a volunteer: nothing typed is lost, nothing is written twice."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from monitor import accounts, commands
from monitor.accounts import Bearer
from monitor.models import Role
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.browser_pages import (
    asking,
    expect_field,
    press,
    type_in,
    wait_until_cut_off,
    wait_until_drawn,
    wait_until_ready,
    wait_until_sent,
    wait_until_settled,
)
from tests.support.server import free_port, run_server
from tests.support.team import action, sign_in
from tests.support.volunteer_form import (
    BEGUN,
    FILLED,
    SUMMARY,
    begin,
    database,
    entries_waiting,
    fill,
    open_form,
)

#: What a person takes, in seconds, to press a key (an average typist) and to choose what to do, point at
#: it and click: Card, Moran & Newell, "The keystroke-level model", 1980.
KEY, CLICK = 0.28, 1.35 + 1.1 + 0.2
GESTURES = """() => {
    window.gestures = { keydown: 0, pointerdown: 0 };
    for (const name in gestures) document.addEventListener(name, () => gestures[name]++, true);
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return database(tmp_path_factory.mktemp("form"))


@pytest.fixture(scope="module")
def address(url):
    with run_server(url) as found:
        yield found


@pytest.fixture
def visit(browser, url, address):
    """Opens the app to a new volunteer, who is signed in; `page.author`, `page.bearer`."""
    opened = []

    def go(path: str = "saisie", width: int = 1280, held: dict[str, str] | None = None):
        page = open_form(browser, url, address, path, width, held=held)
        opened.append(page)
        return page

    yield go
    for page in opened:
        pages.leave(page)


def test_a_volunteer_logs_an_action_in_under_a_minute(visit, url):
    page = visit()
    page.evaluate(GESTURES)
    begin(page)
    fill(page)
    press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    keys, clicks = page.evaluate("[gestures.keydown, gestures.pointerdown]")
    assert keys > 40 and clicks > 8
    assert keys * KEY + clicks * CLICK < 60
    (entry,) = entries_waiting(url, page)
    assert (entry.happened_on, entry.status) == ("2019-12", "decided")


def test_the_keyboard_goes_on_from_whoever_was_chosen_and_from_the_search(visit):
    page = visit("saisie")
    type_in(page, "Ville ou élu(e)", "lyo")
    for _ in range(3):
        page.keyboard.press("Tab")
        if "Collomb" in page.evaluate("document.activeElement.textContent"):
            break
    for pressed, words in (("Gérard Collomb", "Gérard Collomb"), ("Changer", "Où ?")):
        assert pressed in page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "words => document.activeElement.matches('[class*=st-key-regard_]')"
            " && document.activeElement.textContent.replace(/\\s/g, ' ').includes(words)",
            arg=words,
        )
        page.keyboard.press("Tab")


def test_a_double_click_writes_once(visit, url):
    page = visit(held=FILLED)
    with asking(page):
        page.get_by_role("button", name="Enregistrer").dblclick()
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    assert len(entries_waiting(url, page)) == 1


def test_a_refresh_gives_every_word_back(visit):
    page = visit()
    begin(page)
    fill(page)
    page.reload()
    wait_until_ready(page, "Saisir")
    expect_field(page, SUMMARY, "Le schéma est appliqué.")
    expect_field(page, "Quand ?", "12/2019")
    expect_field(page, "Titre de la source", "Rapport annuel 2019")
    assert "décidé" in pages.words(page)


def test_a_server_that_restarts_gives_back_every_word_up_to_the_last_half_second(browser, tmp_path):
    port, url = free_port(), database(tmp_path)
    with run_server(url, port=port) as address:
        page = open_form(browser, url, address, held=FILLED)
        page.get_by_label(SUMMARY).press("End")
        page.get_by_label(SUMMARY).press_sequentially(" Juste avant la panne.")
        wait_until_sent(page, "Le schéma est appliqué. Juste avant la panne.")
    wait_until_cut_off(page)
    with run_server(url, port=port):
        wait_until_settled(page)  # the browser comes back by itself
        page.get_by_label("Publiée par").fill("Ville de Lyon")
        wait_until_sent(page, "Ville de Lyon")
        press(page, "Enregistrer")
        page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    (entry,) = entries_waiting(url, page)
    assert entry.summary == "Le schéma est appliqué. Juste avant la panne."
    assert entry.source_publisher == "Ville de Lyon"


def test_the_first_click_after_a_restart_counts_and_counts_once(browser, tmp_path):
    port, url = free_port(), database(tmp_path)
    store = open_store(url)
    seq = commands.log_action(store, sign_in(store, "Alix", Role.VOLUNTEER), action()).seq
    with run_server(url, port=port) as address:
        volunteer = open_form(browser, url, address, held=FILLED)
        reviewer = open_form(browser, url, address, "relecture", role=Role.REVIEWER)
        reviewer.get_by_role("button", name="Accepter").wait_for()
        wait_until_settled(reviewer)
    away = volunteer.get_by_role("dialog")
    away.get_by_text("La page reviendra d’elle-même").wait_for()
    expect(away).not_to_contain_text("Connection error")
    with run_server(url, port=port):
        for page, button in ((volunteer, "Enregistrer"), (reviewer, "Accepter")):
            page.get_by_role("button", name=button).first.click()
        volunteer.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
        reviewer.wait_for_selector(r"text=/acceptée\s: elle est publique/")
        wait_until_settled(volunteer)
    assert len(entries_waiting(url, volunteer)) == 1
    with store.reading() as session:
        assert session.rows("SELECT action_seq, decision FROM review") == [(seq, "accepted")]


def test_the_second_of_two_volunteers_sees_what_changed_and_keeps_every_word(visit, url):
    first, second = (
        visit(held=FILLED | {"summary": words})
        for words in ("Première version.", "Seconde version.")
    )
    press(first, "Enregistrer")
    first.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    press(second, "Enregistrer")
    second.wait_for_selector("text=Quelqu’un d’autre a écrit sur cet engagement")
    assert "Première version." in pages.words(second)
    expect_field(second, SUMMARY, "Seconde version.")
    assert entries_waiting(url, second) == []
    press(second, "Enregistrer")
    second.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    assert [entry.summary for entry in entries_waiting(url, second)] == ["Seconde version."]


def test_searched_and_found_nothing_is_one_click_and_where_one_looked(visit, url):
    page = visit(held=BEGUN)
    press(page, "J’ai cherché, je n’ai rien trouvé")
    type_in(page, "Où avez-vous cherché ?", "Site de la ville et presse locale, 2014 à 2020.")
    press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    (entry,) = entries_waiting(url, page)
    assert (entry.status, entry.source_kind) == ("no_evidence", None)


def test_a_field_that_cannot_be_taken_says_why_beside_it_and_keeps_the_words(visit, url):
    page = visit(held=FILLED)
    type_in(page, "Adresse de la source", "javascript:alert(1)")
    type_in(page, "Quand ?", "31/02/2019")
    press(page, "Enregistrer")
    page.locator("[data-testid=stAlert]").nth(1).wait_for()
    expect_field(page, "Adresse de la source", "javascript:alert(1)")
    assert entries_waiting(url, page) == []


def test_a_draft_thrown_away_can_be_had_back(visit):
    page = visit(held=FILLED)
    press(page, "Effacer le brouillon")
    page.get_by_label("Ville ou élu(e)").wait_for()
    press(page, "Reprendre le brouillon")
    expect_field(page, SUMMARY, "Le schéma est appliqué.")


def test_the_same_source_for_another_measure_is_pointed_out(visit, url):
    other = sign_in(open_store(url), "Alix", Role.VOLUNTEER)
    commands.log_action(open_store(url), other, action(source_url="https://exemple.invalid/s"))
    page = visit(held=BEGUN)
    type_in(page, "Adresse de la source", "https://exemple.invalid/s/")
    page.wait_for_selector("text=Cette source sert déjà pour la mesure 1")


def test_signing_out_elsewhere_ends_this_page_too_and_keeps_the_draft(visit, url, address):
    page = visit(held=FILLED)
    accounts.sign_out(open_store(url), page.bearer)
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_selector("text=Votre session a expiré")
    wait_until_settled(page)
    assert entries_waiting(url, page) == []
    with open_store(url).writing() as session:
        again = accounts.open_session(session, page.author, datetime.now(UTC))
    pages.carry(page, address, Bearer(token=again))
    page.goto(f"{address}/saisie")
    page.get_by_label(SUMMARY).wait_for()
    expect_field(page, SUMMARY, "Le schéma est appliqué.")


@pytest.fixture(scope="module")
def phone(browser, url, address):
    """A page that each test moves to its own address."""
    page = open_form(browser, url, address, width=390)
    wait_until_ready(page, "Saisir")
    yield page
    pages.leave(page)


@pytest.mark.parametrize("path", ["saisie", "saisie?vue=afaire", "saisie?vue=miennes", "import"])
def test_a_phone_uses_the_team_pages_without_sideways_scrolling(phone, path):
    page = phone
    pages.move(page, path, width=390)
    assert page.author in page.locator("[data-testid=stSidebar]").text_content()
    page.wait_for_selector("text=/tête|head/")
    wait_until_drawn(page)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    assert page.outside == []
    assert [text for text in page.complaints if "404" not in text] == []


def test_an_error_takes_the_focus_and_a_click_on_the_choice_made_changes_nothing(visit, url):
    page = visit(held=BEGUN)
    page.get_by_text("Une évaluation", exact=True).click()
    press(page, "Enregistrer")
    page.wait_for_selector("text=Il manque une réponse ici.")
    expect(page.get_by_label("Quand ?", exact=True).first).to_be_focused()
    assert not entries_waiting(url, page)
    fill(page)
    page.get_by_text("Une évaluation", exact=True).click()
    press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
    expect(page.get_by_role("heading", name="Saisir", exact=True)).to_be_in_viewport()
    assert len(entries_waiting(url, page)) == 1


def test_on_a_phone_what_others_noted_comes_before_save_and_a_form_opens_at_its_top(visit):
    page = visit("saisie?vue=afaire", width=390)
    wait_until_ready(page, "Saisir")
    last = page.get_by_role("button", name="Saisir", exact=True).last
    last.scroll_into_view_if_needed()
    last.click()
    page.get_by_role("button", name="Enregistrer").wait_for()
    expect(page.get_by_role("heading", name="Saisir", exact=True)).to_be_in_viewport()
    noted, save = (
        page.get_by_text("Dernières entrées"),
        page.get_by_role("button", name="Enregistrer"),
    )
    assert noted.bounding_box()["y"] < save.bounding_box()["y"]


def test_the_shortcuts_of_a_review_send_what_was_just_typed(browser, url, address):
    author = sign_in(open_store(url), f"Dominique {uuid4().hex[:6]}", Role.VOLUNTEER)
    asked = commands.log_action(open_store(url), author, action()).seq
    page = open_form(browser, url, address, f"relecture?entree={asked}", role=Role.REVIEWER)
    words = page.get_by_role("textbox", name="Votre raison, ou votre question")
    words.click()
    words.press_sequentially("De quel jour est-ce ?")
    page.keyboard.press("Alt+q")
    page.wait_for_selector(f"text=/{page.author}.*De quel jour est-ce/")
    words.click()
    words.press_sequentially("La source parle d’Oullins.")
    page.keyboard.press("Alt+x")
    page.wait_for_selector(f"text=Entrée n°\u00a0{asked} refusée")
    pages.leave(page)
