"""What only a browser shows: drawings, clicks, the back button, phones, and silence outside."""

import csv
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as xml

import pytest
from PIL import Image
from playwright.sync_api import expect

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.server import run_server

PAGES = ["", "mesures", "communes?commune=75056", "actions", "analyses", "donnees", "methode"]
COLUMNS = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title"


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """The packaged pact and a demo of 200 signatories."""
    found = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'monitor.db'}"
    store = open_store(found)
    commands.init_database(store)
    commands.load_demo(store, signatories=200, actions=1_500)
    return found


@pytest.fixture(scope="module")
def address(url):
    with run_server(url) as found:
        yield found


@pytest.fixture
def visit(visitors, address):
    """Opens a page; remembers what the browser complained of and asked of the outside."""
    opened = []

    def go(path: str, width: int = 1280):
        page = pages.watched(visitors, address, width)
        opened.append(page)
        page.goto(f"{address}/{path}")
        page.wait_for_selector("[data-testid=stMain] h1")
        page.wait_for_selector("text=/tête|head/")
        pages.wait_until_settled(page)
        return page

    yield go
    for page in opened:
        page.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_opens_every_page_by_its_address_and_reads_it_without_sideways_scrolling(
    visit, path
):
    page = visit(path, width=390)
    pages.wait_until_drawn(page)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    assert page.complaints == [] and page.outside == []


def test_the_map_draws_the_departments(visit):
    page = visit("?pacte=demo")
    page.locator(".choroplethlayer path").nth(40).wait_for(state="attached")


def test_a_choice_that_is_wider_than_its_field_ends_with_dots(visit):
    page = visit("mesures?mesure=3", width=390)
    field = page.get_by_label("Mesure", exact=True)
    assert field.evaluate("one => getComputedStyle(one).textOverflow") == "ellipsis"


@pytest.mark.parametrize("aside", [(0, 0), (-90, 12), (95, -14)])
def test_a_click_anywhere_in_a_cell_of_the_matrix_opens_the_city(visit, aside):
    page = visit("mesures")
    click_beside(page, *aside)
    page.wait_for_url("**/communes?*commune=*")
    page.wait_for_selector("h1:has-text('Paris'), h1:has-text('Lyon')")


def click_beside(page, right: float = 0, down: float = 0) -> None:
    """Click so many pixels from the middle of the first sign of the matrix, once all stands still."""
    page.wait_for_selector(".barlayer .bartext")
    pages.wait_until_drawn(page)
    box = page.locator(".barlayer .bartext").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)


def test_on_a_telephone_a_touch_tells_what_a_cell_says_and_a_name_opens_the_city(browser, address):
    with pages.touchable(browser) as telephone:
        context = telephone.new_context(
            viewport={"width": 390, "height": 900},
            has_touch=True,
            is_mobile=True,
            locale="fr-FR",
            user_agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
        )
        page = pages.watched(context, address)
        page.goto(f"{address}/mesures")
        page.wait_for_selector(".js-plotly-plot .ytick a", state="attached")
        pages.wait_until_drawn(
            page
        )  # what is drawn again while the page runs cannot be scrolled to
        page.locator(".js-plotly-plot .ytick a").first.scroll_into_view_if_needed()
        page.locator(".barlayer .bartext").first.tap(force=True)
        page.wait_for_selector(".hoverlayer .hovertext")
        page.locator(".js-plotly-plot .ytick a").first.tap(force=True)
        page.wait_for_url("**/communes?*commune=69123*")


def test_a_filter_goes_into_the_address_and_back_takes_it_out(visit):
    page = visit("mesures?pacte=demo")
    pages.choose(page, "Région", "Bretagne")
    page.wait_for_url("**region=53*")
    page.wait_for_selector("text=/Écartés par les filtres.*[1-9]/")
    page.go_back()
    page.wait_for_url(lambda url: "region" not in url)
    page.get_by_text("Écartés par les filtres").wait_for(state="detached")


def test_the_view_follows_the_reader_from_page_to_page(visit):
    page = visit("?au=2016-04-05&lang=en")
    page.get_by_role("link", name="Officials and measures").click()
    page.wait_for_selector("h1:has-text('Officials and measures')")
    page.wait_for_selector("text=As of 5 April 2016")
    page.wait_for_url("**/mesures?*au=2016-04-05*")


def test_back_from_a_city_of_the_matrix_shows_the_view_that_one_left(visit):
    page = visit("mesures")
    click_beside(page)
    page.wait_for_url("**/communes?*commune=*")
    page.wait_for_selector("h1:has-text('Paris'), h1:has-text('Lyon')")
    page.go_back()
    page.wait_for_url("**/mesures")
    page.wait_for_selector("h1:has-text('Élus et mesures')")
    page.go_forward()
    page.wait_for_selector("h1:has-text('Paris'), h1:has-text('Lyon')")


def test_back_from_a_city_that_was_searched_takes_one_press(visit):
    page = visit("communes")
    page.get_by_label("Chercher une ville").click()
    for typed in ("p", "pa", "par"):  # slower than the search follows
        page.keyboard.type(typed[-1])
        page.wait_for_url(f"**/communes?q={typed}")
    page.get_by_role("button", name="Paris (75)").click()
    page.wait_for_selector("h1:has-text('Paris')")
    page.go_back()
    page.wait_for_url("**/communes?q=par")
    page.wait_for_selector("h1:has-text('Villes')")
    page.go_back()
    page.wait_for_url("**/communes")


def test_a_link_to_a_page_of_ours_stays_in_the_tab_and_in_the_session(visit):
    page = visit("mesures?au=2016-04-05")
    tabs = len(page.context.pages)
    page.evaluate("window.neverReloaded = true")
    page.locator("[data-testid=stMarkdownContainer] a[href*='commune=69123']").first.click()
    page.wait_for_url("**/communes?pacte=mouves-2014&au=2016-04-05&lang=fr&commune=69123")
    page.wait_for_selector("h1:has-text('Lyon')")
    assert page.evaluate("window.neverReloaded") and len(page.context.pages) == tabs


def test_who_waits_for_the_app_is_led_to_the_plain_pages(visitors, address):
    page = pages.watched(visitors, address)
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"{address}/mesures?lang=en")
    link = page.get_by_role("link", name="Without waiting")
    link.wait_for()
    assert link.get_attribute("href") == "/ville?lang=en&pacte=mouves-2014"
    page.unroute_all()
    page.goto(f"{address}/mesures?lang=en")
    pages.wait_until_ready(page, "Officials and measures")
    expect(link).to_have_count(0)
    page.close()


def test_a_journalist_goes_from_the_home_page_to_a_quoted_figure_and_a_file(visit, address):
    page = visit("")
    page.get_by_role("link", name="Villes").click()
    page.wait_for_selector("h1:has-text('Villes')")
    page.get_by_label("Chercher une ville").fill("par")
    page.get_by_role("button", name="Paris (75)").click()
    page.wait_for_selector("h1:has-text('Paris')")
    page.wait_for_url("**/communes?*commune=75056*")
    in_app = page.url
    sheet = page.get_by_role("link", name="La fiche de cette ville").get_attribute("href")
    page.goto(address + sheet)
    lead = page.locator("p.lead").inner_text()
    assert "partiellement mis en œuvre" in lead
    title = "Achats responsables : la ville de Paris présente son bilan"
    source = page.get_by_role("link", name=title).first
    assert source.get_attribute("href").startswith("https://banquedesterritoires.fr/")
    cited = page.locator(".cite").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="engagements (CSV)").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))
    bound = [row["status"] for row in rows if row["binding"] == "True"]
    assert (len(rows), bound.count("partly_implemented"), bound.count("decided")) == (9, 2, 1)
    assert rows[0]["log_head"].split(":")[1].startswith(re.search(r"tête (\w+)", cited).group(1))
    page.go_back()
    page.wait_for_url(in_app)
    page.wait_for_selector("h1:has-text('Paris')")
    page.goto(re.search(r"http\S+(?=, licence)", cited).group())
    assert page.locator("p.lead").inner_text() == lead
    assert page.outside == [] and page.complaints == []


def test_the_code_to_paste_shows_the_city_in_another_site(visit, address):
    page = visit("communes?commune=75056")
    page.goto(f"{address}/ville/75056")
    code = page.locator("label.embed textarea").input_value()
    whole = re.sub("([?]|&amp;|&)cadre=1", "", code)
    assert "cadre" in code and "cadre" not in whole
    with another_site(f"<!doctype html><title>Journal</title>{code}{whole}") as elsewhere:
        for _ in range(2):  # the second time what the browser has kept is shown
            with page.expect_event("requestfailed") as refusal:
                page.goto(elsewhere)
            framed, refused = page.frames[1], page.frames[2]
            framed.wait_for_selector("h1:has-text('Paris')")
            assert framed.evaluate("document.documentElement.scrollWidth") <= 400
            assert framed.evaluate("document.documentElement.scrollHeight <= innerHeight")
            assert refusal.value.frame == refused
            assert "BLOCKED_BY_RESPONSE" in refusal.value.failure
            refused.wait_for_url("chrome-error:**", wait_until="commit")


@contextmanager
def another_site(html: str):
    """The address of a page of somebody else's."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_chart_on_paper_is_no_wider_than_the_sheet(visit):
    page = visit("analyses?pacte=demo")
    pages.wait_until_drawn(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide = page.evaluate(
        """Math.max(...[...document.querySelectorAll('.js-plotly-plot .main-svg')].map(
            one => one.getBoundingClientRect().right))"""
    )
    assert 0 < wide <= 718 and not page.get_by_test_id("stSidebar").is_visible()


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_chart_is_saved_with_all_that_it_is_a_view_of_inside(visit, address, form):
    page = visit("?au=2016-04-05")
    page.goto(address + page.get_by_role("link", name="Image, adresse").get_attribute("href"))
    page.wait_for_selector("#graphique .main-svg")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Image {form.upper()}").click()
    assert download.value.suggested_filename == f"mouves-2014-mesures-2016-04-05.{form}"
    saved = download.value.path()
    if form == "png":
        picture = Image.open(saved)
        assert picture.width == 1920 and len(picture.convert("RGB").getcolors(1_000_000)) > 20
        return
    drawn_text = " ".join(xml.parse(saved).getroot().itertext()).replace("\u202f", " ")
    for each in (
        "Par mesure",
        "au 5 avril 2016",
        "Le Pacte du Mouves",
        "licence CC-BY-4.0",
        "tête",
        f"{address}/graphique/mesures",
        "décidé",
    ):
        assert each in drawn_text, each


def test_a_page_left_open_shows_by_itself_what_somebody_else_wrote(visit, url):
    page = visit("actions?tri=journal")
    page.evaluate("window.neverReloaded = true")
    row = "suivi-1,hidalgo-paris,1,2016-04-05,decided,Le suivi se voit,press,Un titre"
    report = commands.load(
        open_store(url),
        "actions",
        file_in_memory(f"{COLUMNS}\n{row}\n"),
        pact_id="mouves-2014",
        name="suivi.csv",
    )
    assert report.loaded, report.errors
    page.wait_for_selector("text=Le suivi se voit")
    assert page.evaluate("window.neverReloaded")


def test_a_download_carries_the_view(visit):
    page = visit("donnees?au=2016-04-05")
    with page.expect_download() as download:
        # The buttons of a table come after the links of what the figures are counted from.
        page.get_by_test_id("stLinkButton").get_by_role("link", name="CSV").first.click()
    text = download.value.path().read_text("utf-8-sig")
    assert download.value.suggested_filename == "mouves-2014-engagements-2016-04-05.csv"
    assert '"log_head"' in text.splitlines()[0] and '"2016-04-05"' in text


def test_english_is_one_click_away(visit):
    page = visit("")
    page.get_by_role("radio", name="EN", exact=True).click()
    page.wait_for_selector("text=2 of the 5 known signatories")
    expect(page.locator("html")).to_have_attribute("lang", "en")
