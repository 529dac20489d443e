"""What only a browser shows: drawings, clicks, the back button, phones, and silence outside."""

import pytest

from monitor import commands
from monitor.commands.loading import in_memory
from monitor.store import open_store
from tests.browser import pages
from tests.server import serving

PAGES = ["", "mesures", "communes?commune=75056", "actions", "analyses", "donnees", "methode"]
COLUMNS = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title"


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """The packaged pact and a demo of 200 signatories."""
    found = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'monitor.db'}"
    store = open_store(found)
    commands.init(store)
    commands.demo(store, signatories=200, actions=1_500)
    return found


@pytest.fixture(scope="module")
def address(url):
    with serving(url) as found:
        yield found


@pytest.fixture
def visit(browser, address):
    """Opens a page; remembers what the browser complained of and asked of the outside."""
    contexts = []

    def go(path: str, width: int = 1280, scheme: str = "light"):
        page = pages.opened(browser, address, width, scheme)
        contexts.append(page.context)
        page.goto(f"{address}/{path}")
        page.wait_for_selector("[data-testid=stMain] h1", timeout=30_000)
        page.wait_for_selector("text=/tête|head/", timeout=30_000)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_asks_nothing_of_the_outside_and_breaks_no_rule(visit, path, scheme):
    page = visit(path, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.outside == []
    assert [text for text in page.complaints if "404" not in text] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_reads_every_page_without_sideways_scrolling(visit, path):
    page = visit(path, width=390)
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390


def test_the_map_draws_the_departments(visit):
    page = visit("?pacte=demo")
    page.wait_for_selector(".choroplethlayer path", timeout=30_000, state="attached")
    assert page.locator(".choroplethlayer path").count() > 40


def test_a_click_in_the_matrix_opens_the_city(visit):
    page = visit("mesures")
    page.wait_for_selector(".scatterlayer .textpoint", timeout=30_000)
    box = page.locator(".scatterlayer .textpoint").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/communes?*commune=*", timeout=15_000)
    page.wait_for_selector("h1:has-text('Paris'), h1:has-text('Lyon')")


def test_a_filter_goes_into_the_address_and_back_takes_it_out(visit):
    page = visit("mesures?pacte=demo")
    page.get_by_label("Région").click()
    page.get_by_role("option", name="Bretagne").click()
    page.wait_for_url("**region=53*")
    page.wait_for_selector("text=/Écartés par les filtres.*[1-9]/")
    page.go_back()
    page.wait_for_url(lambda url: "region" not in url)
    page.wait_for_selector("text=/Écartés par les filtres.*: 0/")


def test_the_view_follows_the_reader_from_page_to_page(visit):
    page = visit("?au=2016-04-05&lang=en")
    page.get_by_role("link", name="Officials and measures").click()
    page.wait_for_selector("h1:has-text('Officials and measures')")
    page.wait_for_selector("text=As of 5 April 2016")
    page.wait_for_url("**/mesures?*au=2016-04-05*")


def test_a_journalist_goes_from_three_letters_to_a_quoted_source(visit):
    page = visit("communes")
    page.get_by_label("Chercher une ville").fill("par")
    page.get_by_role("button", name="Paris (75)").click()
    page.wait_for_selector("h1:has-text('Paris')")
    title = "Achats responsables : la ville de Paris présente son bilan"
    source = page.get_by_role("link", name=title).first
    assert source.get_attribute("href").startswith("https://banquedesterritoires.fr/")


def test_a_page_left_open_shows_by_itself_what_somebody_else_wrote(visit, url):
    page = visit("actions?tri=journal")
    page.evaluate("window.neverReloaded = true")
    row = "suivi-1,hidalgo-paris,1,2016-04-05,decided,Le suivi se voit,press,Un titre"
    report = commands.load(
        open_store(url), "actions", in_memory(f"{COLUMNS}\n{row}\n"), pact_id="mouves-2014",
        name="suivi.csv",
    )  # fmt: skip
    assert report.loaded, report.errors
    page.wait_for_selector("text=Le suivi se voit", timeout=15_000)
    assert page.evaluate("window.neverReloaded")


def test_a_download_carries_the_view(visit):
    page = visit("donnees?au=2016-04-05")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    text = download.value.path().read_text("utf-8-sig")
    assert download.value.suggested_filename == "mouves-2014-engagements-2016-04-05.csv"
    assert '"log_head"' in text.splitlines()[0] and '"2016-04-05"' in text


def test_english_is_one_click_away(visit):
    page = visit("")
    page.get_by_role("button", name="EN").or_(page.get_by_role("radio", name="EN")).first.click()
    page.wait_for_selector("text=2 of the 5 known signatories")
