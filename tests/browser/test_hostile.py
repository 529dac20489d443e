"""Hostile texts in every field: nothing runs, nothing is asked of the outside, nothing is faked."""

import csv
import io

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Decision, Kind, Role, Way
from monitor.snapshot import log_today
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.server import run_server
from tests.support.team import action, choose_password, sign_in

PAYLOADS = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "![x](https://exemple.invalid/a.png) [clic](javascript:alert(1))",
    ":material/verified: :green-badge[Vérifié] :red[**faux**] $\\frac{1}{2}$",
    '=HYPERLINK("https://exemple.invalid","clic")',
    "'; DROP TABLE action; --",
    "<a href='https://exemple.invalid'>x</a><span style='color:red'>y</span> %{customdata} {x}",
    "</title><svg onload=alert(1)> | a | b |\n|---|---|\n# Titre",
)
EVERYTHING = " ".join(PAYLOADS).replace("\n", " ")
PUBLIC = [
    "",
    "mesures",
    "communes",
    "actions",
    "analyses",
    "donnees",
    "methode",
]
#: Where the address, or what is said of it before the app is there, is hostile.
OPENED = [
    "communes?commune=69123",
    "communes?q=" + "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "mesures?region=%3Cimg%20src%3Dx%3E&au=%22%3E&statut=:red-badge[x]&lang=%3Cb%3E",
]
TEAM = [
    "saisie",
    "saisie?vue=afaire",
    "saisie?vue=miennes",
    "relecture",
    "import",
    "demandes",
    "equipe",
    "registre",
]


@pytest.fixture(scope="module")
def served(browser, tmp_path_factory):
    """A server on a log whose every text is hostile, and a browser signed in as an admin."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'monitor.db'}"
    store = open_store(url)
    commands.init_database(store)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["signatory_id", "name", "commune", "outcome", "list"])
    writer.writerow(["mechant", EVERYTHING, "69123", "elected", EVERYTHING])
    about = {"pact_id": "mouves-2014", "name": "<img src=x onerror=alert(1)>.csv"}
    assert commands.load(store, "signatories", file_in_memory(buffer.getvalue()), **about).loaded
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    hostile = {
        "signatory_id": "mechant",
        "summary": EVERYTHING,
        "source_title": EVERYTHING,
        "source_publisher": EVERYTHING,
        "quote": EVERYTHING,
        "source_url": "https://exemple.invalid/?a=)](javascript:alert(1))",
    }
    for measure in "12":
        seq = commands.log_action(store, volunteer, action(**hostile, measure=measure)).seq
        commands.review_action(store, reviewer, seq, Decision.ACCEPTED, EVERYTHING)
    reply = commands.log_action(store, volunteer, action(**hostile, kind=Kind.REPLY, status=""))
    commands.review_action(store, reviewer, reply.seq, Decision.ACCEPTED)
    commands.log_action(
        store,
        volunteer,
        action(
            **hostile,
            kind=Kind.RETRACTION,
            status="",
            supersedes=reply.action_id,
            reason=EVERYTHING,
        ),
    )
    pending = commands.log_action(store, volunteer, action(**hostile, measure="3"))
    commands.send_message(store, reviewer, pending.seq, EVERYTHING)
    commands.request_reply(
        store, volunteer, "mouves-2014", "mechant", "1", Way.CLAIMED, log_today(), EVERYTHING
    )
    commands.load(store, "actions", file_in_memory(_file()), who=volunteer, **about)
    _, link = commands.add_account(store, None, "Claude", Role.ADMIN)
    admin = choose_password(store, link, pages.PASSWORD)
    with run_server(url) as address:
        yield browser, address, admin


@pytest.fixture(scope="module")
def reader(served):
    """A page that each test moves to its own address."""
    browser, address, _ = served
    yield from _arrived(pages.opened(browser, address), address)


@pytest.fixture(scope="module")
def team_page(served):
    """The same, of the admin."""
    browser, address, admin = served
    page = pages.opened(browser, address)
    pages.carry(page, address, admin)
    yield from _arrived(page, address)


def _arrived(page, address: str):
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{address}/")
    page.wait_for_selector("[data-testid=stMain] h1")
    pages.wait_until_settled(page)
    yield page
    pages.leave(page)


def _file() -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["action_id", "signatory_id", "measure", "happened_on", "kind", "summary"])
    writer.writerow(["f1", "mechant", "1", "2019", "note", EVERYTHING])
    return buffer.getvalue()


@pytest.mark.parametrize("path", [*PUBLIC, *OPENED])
def test_no_text_runs_or_calls_out_or_fakes_a_seal(served, reader, path):
    _, address, _ = served
    if path in OPENED:
        reader.goto(f"{address}/{path}")
    else:
        pages.move(reader, path)
    check(reader)
    assert reader.locator("[data-testid=stMain] .stMarkdownBadge").count() == 0


@pytest.mark.parametrize("path", TEAM)
def test_no_text_does_so_on_a_page_of_the_team(team_page, path):
    pages.move(team_page, path)
    assert "Claude (" in team_page.locator("[data-testid=stSidebar]").inner_text()
    check(team_page)


def check(page) -> None:
    page.wait_for_selector("[data-testid=stMain] h1")
    pages.wait_until_drawn(page)
    main = page.locator("[data-testid=stMain]")
    assert page.dialogs == [] and page.outside == []
    assert [text for text in page.complaints if "404" not in text] == []
    assert main.locator("img, svg[onload], .katex").count() == 0
    seals = main.locator(".stMarkdownBadge").all_inner_texts()  # the team's pages have their own
    assert not [seal for seal in seals if "Vérifié" in seal or seal.strip() == "x"]
    schemes = main.locator("a[href]").evaluate_all("links => links.map(link => link.protocol)")
    # ":" is an address that no browser can read: it leads nowhere.
    assert set(schemes) <= {"http:", "https:", ":"}


def test_a_download_holds_no_formula(served):
    browser, address, _ = served
    page = pages.opened(browser, address)
    page.goto(f"{address}/donnees")
    page.wait_for_selector("[data-testid=stMain] h1")
    for number in range(3):
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").nth(number).click()
        rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert cells and not [
            cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))
        ]
    pages.leave(page)
