"""An association with a spreadsheet of its own: from `new` to what anybody reads."""

from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from monitor.models import Role
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.browser_pages import press, wait_until_ready
from tests.support.command_lines import run_command
from tests.support.server import head, run_server, wait_until_shown
from tests.support.team import sign_in
from tests.support.waiting import wait_until
from tests.support.whole_pacts import SHEETS, workbook

#: Where, who, and what they answered to the forty requests: the first letters of oui, partly, non.
CANDIDATES = (
    ("Saint-Denis (93)", "Aline Moreau-Petit", "12 février 2026", "o" * 38 + "n-"),
    ("Nantes", "Bastien Le Goff", "14/02/2026", "o" * 20 + "n" * 15 + "-----"),
    ("Nantes", "Chloé Durand", "", "-" * 40),
    ("St-Étienne", "Driss Benali", "février 2026", "p" * 10 + "o" * 30),
    ("L'Haÿ-les-Roses", "Inès Cordier", "2026", "no" * 20),
)
WORDS = {"o": "oui", "p": "en partie", "n": "non", "-": None}
ASKED = (
    *("--title", "Pacte vélo 2026", "--promoter", "Association Vélo"),
    *("--election", "Élections municipales de 2026", "--election-on", "22 mars 2026"),
    *("--term-end", "21/03/2032", "--language", "fr", "--level", "commune", "--fictional"),
)


def spreadsheet() -> Workbook:
    """What an association has: no code, no identifier, answers across."""
    book = Workbook()
    requests, people, answers = (
        book.create_sheet(title) for title in ("Nos demandes", "Candidats", "Réponses")
    )
    book.remove(book.worksheets[0])
    requests.append(["N°", "Thème", "Demande", "Critère de réussite"])
    for number in range(1, 41):
        theme = ("Rouler", "Stationner", "À l’école", "Gouverner")[(number - 1) // 10]
        requests.append([number, theme, f"Tenir la demande n° {number}.", "Un vote le montre."])
    people.append(["Ville", "Candidat·e", "A signé le"])
    answers.append(["Ville", "Candidat·e", *range(1, 41)])
    for city, name, day, letters in CANDIDATES:
        people.append([city, name, day])
        answers.append([city, name, *(WORDS[letter] for letter in letters)])
    return book


def test_a_spreadsheet_of_names_and_answers_becomes_a_public_monitor(browser, tmp_path):
    url, folder = f"sqlite:///{tmp_path / 'monitor.db'}", tmp_path / "pacte"

    def command(*arguments) -> None:
        done = run_command(url, *arguments)
        assert done.exit_code == 0, done.stderr

    command("init", "--empty")
    command("new", folder, *ASKED)
    assert "Signataires" in load_workbook(folder / "pacte.xlsx").sheetnames
    spreadsheet().save(folder / "pacte.xlsx")
    store = open_store(url)
    admins = [sign_in(store, name, Role.ADMIN) for name in ("Claude", "Maxime")]
    with run_server(url) as address:
        first, second, reader = (pages.opened(browser, address) for _ in range(3))
        for page, admin in zip((first, second), admins, strict=True):
            pages.carry(page, address, admin)

        # One brings the pact; nobody sees it before another has accepted it.
        first.goto(f"{address}/nouveau-pacte")
        first.locator("input[type=file]").set_input_files([*folder.iterdir()])
        press(first, "Proposer ce pacte")
        second.goto(f"{address}/nouveau-pacte")
        second.wait_for_selector("text=Proposé par Claude")
        reader.goto(f"{address}/reponses")
        reader.wait_for_selector("text=aucun pacte")
        press(second, "Accepter et publier")
        wait_until(lambda: head(url) > 0, "the pact is not loaded")
        wait_until_shown(address, url)

        # Anybody reads who answered what, and what a city's candidate promised.
        reader.goto(f"{address}/reponses")
        wait_until_ready(reader, "Réponses")
        counts = {word: sum(one[3].count(word) for one in CANDIDATES) for word in WORDS}
        assert (
            f"5 noms, 40 mesures : 200 réponses possibles, dont oui {counts['o']}, "
            f"en partie {counts['p']}, non {counts['n']}, aucune réponse connue {counts['-']}."
        ) in pages.words(reader)
        reader.goto(f"{address}/ville/93066")
        city = reader.locator("main").inner_text()
        assert "Saint-Denis (Seine-Saint-Denis)" in city and "Aline Moreau-Petit" in city
        assert not reader.complaints and not reader.outside


def test_what_was_chosen_by_the_keyboard_keeps_the_focus(browser, tmp_path):
    url, book = f"sqlite:///{tmp_path / 'monitor.db'}", tmp_path / "pacte.xlsx"
    people = [
        ("Candidat", "Ville", "1", "2", "Pastille", "Budget"),
        ("Bo", "Lyon", "x", "", "z", 1),
    ]
    sheets = {name: SHEETS[name] for name in ("Pacte", "MESURES")}
    book.write_bytes(workbook({**sheets, "Candidats": people}))
    assert run_command(url, "init", "--empty").exit_code == 0
    admin = sign_in(open_store(url), "Ada", Role.ADMIN)
    with run_server(url) as address:
        page = pages.opened(browser, address)
        pages.carry(page, address, admin)
        page.goto(f"{address}/nouveau-pacte")
        page.locator("input[type=file]").set_input_files(book)
        for count, title in ((1, "Pastille"), (2, "Budget"), (3, "Candidat")):
            box = page.get_by_label(f"Ce qu’est la colonne «\u00a0{title}\u00a0»", exact=True)
            box.focus()
            for key in ("ArrowDown", "ArrowDown", "Enter"):
                page.keyboard.press(key)
            waiting = "1 choix attend" if count == 1 else f"{count} choix attendent"
            page.wait_for_selector(f"text={waiting}")
            expect(box).to_be_focused()
