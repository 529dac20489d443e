"""Who was elected, from a register of mayors to the public page: two people in two browsers."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Role
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.browser_pages import press, wait_until_ready
from tests.support.server import run_server, wait_until_shown
from tests.support.team import sign_in

PACT = "mouves-2014"
SIGNED = (
    "signatory_id,name,commune\ns-1,Jeanne Le Goff,29019\ns-2,P. Morin,35238\ns-3,Luc Dumas,33063\n"
)
REGISTER = (
    "insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction\n"
    "29019,LE GOFF,Jeanne,F,2014-03-30,2014-04-05\n"
    "35238,MORIN,Paul,M,2014-03-30,2014-04-04\n"
    "33063,CLERC,Paul,M,2014-03-30,2014-04-04\n"
)


@pytest.fixture
def store(tmp_path):
    found = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    commands.init_database(found)
    file = file_in_memory(SIGNED)
    assert commands.load(found, "signatories", file, pact_id=PACT, name="s.csv").loaded
    return found


def test_a_register_is_matched_by_one_and_reviewed_by_another(browser, store, tmp_path):
    people = [sign_in(store, name, Role.REVIEWER) for name in ("Sacha", "Maxime")]
    path = tmp_path / "maires_2014-04-25.csv"
    path.write_text(REGISTER, "utf-8")
    with run_server(store.url) as address:
        matching, review, reader = (pages.opened(browser, address) for _ in range(3))
        for page, bearer in zip((matching, review), people, strict=True):
            pages.carry(page, address, bearer)
        matching.goto(f"{address}/rapprochement?pacte={PACT}")
        wait_until_ready(matching, "Rapprochement")
        matching.locator("input[type=file]").set_input_files(str(path))
        press(matching, "Lire cet état")
        # The one drawn of the certain, then an initial; nothing is said of who was not found.
        matching.wait_for_selector("text=Reste 1 personne à regarder")
        press(matching, "C’est la même personne")
        matching.wait_for_selector("text=/Personne dans cette liste/")
        matching.get_by_role("radio", name="Un par un").click()
        matching.wait_for_selector("text=Paul MORIN")
        press(matching, "C’est la même personne")
        press(matching, "Envoyer 2 personnes à la relecture")
        matching.wait_for_selector("text=2 personnes envoyées à la relecture")
        review.goto(f"{address}/relecture?pacte={PACT}")
        for _ in range(2):
            review.wait_for_selector("text=/fichiers? atten/")
            press(review, "Relire ligne par ligne")
            press(review, "J’ai lu")
            review.wait_for_selector("text=Vous avez lu toutes les lignes")
            press(review, "Accepter le fichier")
            review.get_by_text("Vous avez lu toutes les lignes").wait_for(state="detached")
        wait_until_shown(address, store.url)
        reader.goto(f"{address}/ville/29019?pacte={PACT}")
        assert "maire depuis le 5 avril 2014" in reader.inner_text("body").replace("\u00a0", " ")
        reader.goto(f"{address}/ville/33063?pacte={PACT}")
        assert "battu" not in reader.inner_text("body")
        for page in (matching, review, reader):
            assert (page.outside, page.complaints) == ([], [])
            pages.leave(page)
