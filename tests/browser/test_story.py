"""The whole story in a browser: from the first account to the correction, and back."""

import re

import pytest

from monitor import commands
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support import browser_pages as pages
from tests.support.browser_pages import choose, press, type_in, wait_until_ready
from tests.support.command_lines import run_command
from tests.support.server import head, run_server, wait_until_shown

FILE = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "f1,hidalgo-paris,3,2019-05,implemented,Un cycle est ouvert.,report,Bilan 2019\n"
    "f2,hidalgo-paris,1,2019-06,implemented,Le laboratoire ouvre.,report,Bilan 2019\n"
)


@pytest.fixture
def url(tmp_path):
    found = f"sqlite:///{tmp_path / 'monitor.db'}"
    commands.init_database(open_store(found))
    return found


def log_an_action(page) -> None:
    type_in(page, "Ville ou élu(e)", "lyo")
    press(page, "Gérard Collomb")
    page.get_by_text("2. Marchés publics responsables").click()
    page.get_by_label("Quand ?").wait_for()
    type_in(page, "Quand ?", "12/2019")
    choose(page, "Quel statut ?", "● mis en œuvre")
    type_in(page, "Que s’est-il passé ?", "Le schéma est appliqué à tous les marchés.")
    choose(page, "Sorte de source", "rapport")
    type_in(page, "Titre de la source", "Rapport annuel 2019")
    press(page, "Enregistrer")
    page.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")


def on_the_city_page(page, address: str, url: str) -> str:
    """What anybody reads of the measure 2 in Lyon."""
    wait_until_shown(address, url)
    page.goto(f"{address}/communes?commune=69123")
    wait_until_ready(page, "Lyon")
    text = pages.words(page)
    return re.search(r"2\. Marchés publics responsables.*?(?=3\. Sensibilisation)", text, re.S)[0]


def test_from_the_first_account_to_the_correction_and_back(browser, url, tmp_path):
    with run_server(url) as address:
        link = run_command(url, "user", "add", "Claude", "--role", "admin").stdout.strip()
        admin = pages.opened(browser, address)
        pages.activate(admin, link.replace("http://127.0.0.1:8501", address), admin=True)

        # The admin makes two accounts, whose owners choose their passwords.
        volunteer, reviewer = pages.opened(browser, address), pages.opened(browser, address)
        for page, name, role in (
            (volunteer, "Camille", "bénévole"),
            (reviewer, "Sacha", "relecteur"),
        ):
            admin.goto(f"{address}/equipe")
            wait_until_ready(admin, "Équipe")
            admin.get_by_label("Pseudonyme", exact=True).fill(name)  # sent as one leaves it
            admin.locator("[data-testid=stRadio]").last.get_by_text(role, exact=True).click()
            press(admin, "Créer le compte")
            pages.activate(page, admin.locator("[data-testid=stCode]").inner_text().strip())

        # What the volunteer logs is not public; what the reviewer accepts is, at the next view.
        reader = pages.opened(browser, address)
        before = on_the_city_page(reader, address, url)
        log_an_action(volunteer)
        assert on_the_city_page(reader, address, url) == before
        reviewer.goto(f"{address}/relecture")
        wait_until_ready(reviewer, "Relire")
        assert "Une fois acceptée" in pages.words(reviewer)
        press(reviewer, "Accepter")
        reviewer.wait_for_selector(r"text=/acceptée\s: elle est publique/")
        after = on_the_city_page(reader, address, url)
        assert "● mis en œuvre" in after and "Rapport annuel 2019" in after

        # The official claims a right of reply, which is published beside the rating.
        volunteer.goto(f"{address}/saisie")
        wait_until_ready(volunteer, "Saisir")
        volunteer.get_by_text("2. Marchés publics responsables").click()
        volunteer.get_by_label("Quand ?").wait_for()
        pages.wait_until_settled(volunteer)
        volunteer.get_by_text("Droit de réponse").click()
        pages.wait_until_drawn(volunteer)  # what opens moves the button: a click before would miss
        press(volunteer, "Noter")
        volunteer.wait_for_selector("text=C’est noté dans le journal")
        type_in(volunteer, "Quand ?", "2020-01-10")
        type_in(volunteer, "Ce que répond l’élu, mot pour mot", "Deux marchés restent à revoir.")
        type_in(volunteer, "Titre de la source", "Courriel du 10 janvier 2020")
        press(volunteer, "Enregistrer")
        volunteer.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
        reviewer.goto(f"{address}/relecture")
        wait_until_ready(reviewer, "Relire")
        press(reviewer, "Accepter")
        reviewer.wait_for_selector(r"text=/acceptée\s: elle est publique/")
        assert "Réponse de l’élu (10 janvier 2020) : « Deux marchés restent à revoir. »" in (
            on_the_city_page(reader, address, url)
        )

        # A correction follows.
        volunteer.goto(f"{address}/saisie?vue=miennes")
        wait_until_ready(volunteer, "Saisir")
        volunteer.get_by_role("button", name="Rectifier").last.click()
        volunteer.get_by_label("Pourquoi ce rectificatif ?").wait_for()
        choose(volunteer, "Quel statut ?", "◐ partiellement mis en œuvre")
        type_in(volunteer, "Pourquoi ce rectificatif ?", "L’élu a raison : deux marchés manquent.")
        press(volunteer, "Enregistrer")
        volunteer.wait_for_selector(r"text=/Entrée n°\s[0-9]+ enregistrée/")
        reviewer.goto(f"{address}/relecture")
        wait_until_ready(reviewer, "Relire")
        press(reviewer, "Accepter")
        reviewer.wait_for_selector(r"text=/acceptée\s: elle est publique/")
        corrected = on_the_city_page(reader, address, url)
        assert "◐ partiellement mis en œuvre" in corrected
        assert "L’élu a raison : deux marchés manquent." in corrected

        # A file is previewed, confirmed, accepted, and withdrawn as a whole.
        path = tmp_path / "bilan.csv"
        path.write_text(FILE, "utf-8")
        before = head(url)
        volunteer.goto(f"{address}/import")
        wait_until_ready(volunteer, "Importer")
        volunteer.locator("input[type=file]").set_input_files(str(path))
        volunteer.wait_for_selector("text=Ce que deviendrait bilan.csv")
        assert head(url) == before
        press(volunteer, "Confirmer")
        volunteer.wait_for_selector("text=/attend la relecture d’une autre personne/")
        paris = paris_state(reader, address, url)
        reviewer.goto(f"{address}/relecture")
        reviewer.wait_for_selector("text=1 fichier attend d’être accepté")
        press(reviewer, "Relire ligne par ligne")
        press(reviewer, "J’ai lu")
        reviewer.wait_for_selector("text=Vous avez lu toutes les lignes")
        press(reviewer, "Accepter le fichier")
        reviewer.wait_for_selector("text=1 fichier attend d’être accepté", state="detached")
        assert "Un cycle est ouvert." in paris_state(reader, address, url)
        reviewer.goto(f"{address}/import")
        wait_until_ready(reviewer, "Importer")
        reviewer.get_by_text("Retirer ce fichier en entier").first.click()
        type_in(reviewer, "Pourquoi ce retrait ?", "Mauvais fichier.")
        press(reviewer, "Demander le retrait")
        reviewer.wait_for_selector("text=Toute l’équipe le voit et peut l’arrêter")
        assert status_line(paris_state(reader, address, url)) != status_line(paris)
        volunteer.goto(f"{address}/saisie")
        volunteer.wait_for_selector("text=/bilan.csv.*si personne ne l’arrête/")
        assert run_command(url, "request", "confirm", "1").exit_code == 0
        withdrawn = paris_state(reader, address, url)
        assert "Retirée avec tout son fichier" in withdrawn
        assert status_line(withdrawn) == status_line(paris)

        for page in (admin, volunteer, reviewer, reader):
            assert page.outside == []
            assert [text for text in page.complaints if "404" not in text] == []
    with open_store(url).reading() as session:
        assert verify(session).intact


def paris_state(page, address: str, url: str) -> str:
    wait_until_shown(address, url)
    page.goto(f"{address}/communes?commune=75056")
    wait_until_ready(page, "Paris")
    text = pages.words(page)
    return re.search(r"3\. Sensibilisation et formation.*?(?=Nathalie|$)", text, re.S)[0]


def status_line(text: str) -> str:
    return re.search(r"^.*bilan.*$", text, re.M)[0]
