"""For everyone: every page and every sheet, in both languages, light and dark, is checked with axe-core,
asks nothing of the outside, complains of nothing, and is used by the keyboard, on a phone, enlarged."""

import json
import re
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from monitor import commands
from monitor.accounts import authenticator
from monitor.models import Role
from monitor.store import open_store
from tests.support import browser_pages as pages
from tests.support.paths import ROOT
from tests.support.server import run_server, skip_without
from tests.support.size import FULL
from tests.support.team import LYON, action, sign_in

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
#: WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Beside them: no title is skipped, and whoever goes from part to part can tell these apart.
MORE_RULES = {"heading-order": {"enabled": True}, "landmark-unique": {"enabled": True}}
#: Of them, what a dark page may break and the same page, when it is light, does not.
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: What is the framework's and not ours, each with a piece of its HTML: named in docs/accessibility.md.
FRAMEWORK = {"target-size": 'role="spinbutton"'}
APP = [
    "",
    "?pacte=demo",
    "mesures",
    "mesures?pacte=demo&retard=overdue",
    "communes",
    "communes?commune=75056",
    "actions",
    "actions?entree=46",
    "analyses",
    "donnees",
    "methode",
]
PLAIN = [
    "ville",
    "ville/75056",
    "ville/75056?cadre=1",
    "ville/75056?depuis=2016-01-01",
    "ville/saint-denis",
    "ville/zzzz",
    "graphique/mesures",
    "graphique/carte?pacte=demo",
    "graphique/groupes?pacte=demo",
    "graphique/evolution",
]
#: Forms beside the app.
FORMS = ["connexion", "activation", "mon-compte", "second-facteur"]
TEAM = [
    "saisie",
    "saisie?vue=afaire",
    "saisie?vue=miennes",
    "relecture",
    "double-lecture",
    "import",
    "rapprochement",
    "demandes",
    "equipe",
    "registre",
]
VIOLATIONS = """async ([rules, more]) => {
    const found = await axe.run(document, {
        runOnly: rules, rules: more, resultTypes: ["violations"], elementRef: false, selectors: false,
    });
    return found.violations.flatMap(one => one.nodes.map(node => (
        { rule: one.id, impact: one.impact, help: one.help, html: node.html, why: node.failureSummary }
    )));
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    found = f"sqlite:///{tmp_path_factory.mktemp('access') / 'monitor.db'}"
    store = open_store(found)
    commands.init_database(store)
    commands.load_demo(store, signatories=200, actions=1_500)
    return found


@pytest.fixture(scope="module")
def admin(url):
    """Somebody who sees every page of the team, an entry of somebody else that waits, and a request, and
    whose form is half filled."""
    store = open_store(url)
    commands.log_action(store, sign_in(store, "Camille", Role.VOLUNTEER), action())
    commands.request_withdrawal(store, sign_in(store, "Sacha", Role.REVIEWER), 14, "Faux.")
    found = sign_in(store, "Claude", Role.ADMIN)
    begun = {"signatory_id": LYON, "measure": "1", "happened_on": "2019", "status": "stalled"}
    commands.save_draft(store, found, "saisie:mouves-2014", json.dumps(begun))
    return found


@pytest.fixture(scope="module")
def address(url):
    with run_server(url) as found:
        yield found


@pytest.fixture(scope="module")
def member(url):
    """The cookies of somebody with a password, whose second factor is asked for as well."""
    store = open_store(url)
    _, link = commands.add_account(store, None, "Dominique", Role.VOLUNTEER)
    held = {pages.COOKIE: commands.activate_and_sign_in(store, link, pages.PASSWORD)}
    with store.writing() as session:
        held[f"{pages.COOKIE}-etape"] = authenticator.begin_code_step(
            session, "Dominique", datetime.now(UTC)
        )
    return held


@pytest.fixture
def visit(visitors, address):
    """Opens a page to whoever holds these cookies."""
    opened = []

    def go(path: str, width: int = 1280, held: dict[str, str] | None = None):
        page = pages.watched(visitors, address, width)
        opened.append(page)
        cookies = (held or {}).items()
        page.context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies])
        arrive(page, f"{address}/{path}")
        return page

    yield go
    for page in opened:
        page.close()
    visitors.clear_cookies()


@pytest.fixture(scope="module")
def reader(visitors, address):
    """A page of the app, which each test moves to its own address."""
    page = pages.watched(visitors, address)
    arrive(page, f"{address}/donnees")
    yield page
    page.close()


@pytest.fixture(scope="module")
def team_page(visitors, address, admin):
    """The same, of who is signed in: the app has the cookie of a page from its beginning."""
    page = pages.watched(visitors, address)
    pages.carry(page, address, admin)
    arrive(page, f"{address}/registre")
    visitors.clear_cookies()
    yield page
    page.close()


def arrive(page, address: str) -> None:
    page.goto(address)
    if not any(f"/{place}" in address for place in ("ville", "graphique", *FORMS)):
        page.wait_for_selector("[data-testid=stMain] h1")
        page.wait_for_selector("text=/tête|head/")
        pages.wait_until_settled(page)


def ours(page, rules: list[str] | dict) -> list[str]:
    """What axe-core finds against these rules, less what is the framework's."""
    skip_without(AXE.exists(), "axe-core: npm ci --prefix tests/browser")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    more = MORE_RULES if isinstance(rules, list) else {}
    found = page.evaluate(VIOLATIONS, [rules, more])
    return [
        f"{one['impact']} {one['rule']} ({one['help']}): {one['html'][:200]} — {one['why'][:300]}"
        for one in found
        if FRAMEWORK.get(one["rule"], "\0") not in one["html"]
    ]


def in_both_languages(paths: list[str]) -> list[str]:
    """The addresses, in French and in English by turns; each in both by `make faults`."""
    pairs = [(path, f"{path}{'&' if '?' in path else '?'}lang=en") for path in paths]
    return [path for at, pair in enumerate(pairs) for path in (pair if FULL else [pair[at % 2]])]


def check(page) -> None:
    """Light, then dark: WCAG 2.2 A and AA."""
    for scheme, rules in (("light", RULES), ("dark", RULES if FULL else OF_COLOUR)):
        turn(page, scheme)
        assert ours(page, rules) == [], scheme
    assert page.outside == []
    refused = ("404", "300") if re.search("/ville/(zzzz|saint-denis)", page.url) else ()
    assert [text for text in page.complaints if not any(code in text for code in refused)] == []


def turn(page, scheme: str) -> None:
    """The page is light or dark, wholly: the app draws itself again when the browser says which."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        """scheme => {
            const app = document.querySelector("[data-testid=stApp]") || document.body;
            const papers = [app, document.documentElement]
                .map(one => getComputedStyle(one).backgroundColor)
                .filter(one => !one.endsWith(", 0)"));
            const [red] = (papers[0] || "rgb(255, 255, 255)").match(/[0-9.]+/g).map(Number);
            return (red > 128) === (scheme === "light");
        }""",
        arg=scheme,
    )
    if page.locator("[data-testid=stApp]").count():
        pages.wait_until_drawn(page)
    pages.still(page)


@pytest.mark.parametrize(
    ("path", "width"), [*zip(in_both_languages(APP), cycle((1280, 1280, 390)))]
)
def test_a_page_of_the_app_breaks_no_rule_of_access(reader, path, width):
    pages.move(reader, path, width)
    check(reader)


@pytest.mark.parametrize("path", in_both_languages(PLAIN))
def test_a_sheet_or_a_chart_breaks_no_rule_of_access(visit, path):
    check(visit(path))


@pytest.mark.parametrize("path", in_both_languages(TEAM))
def test_a_page_of_the_team_breaks_no_rule_of_access(team_page, path):
    pages.move(team_page, path)
    assert "Claude (" in team_page.locator("[data-testid=stSidebar]").inner_text()
    check(team_page)


@pytest.mark.parametrize("path", in_both_languages(FORMS))
def test_a_form_of_who_signs_in_breaks_no_rule_of_access(visit, member, path):
    check(visit(path, held=member))


def test_the_controls_of_the_framework_are_named_in_the_language_of_the_page(visit):
    from playwright.sync_api import expect

    page = visit("donnees")
    for lang, names in (
        ("FR", ("Replier le menu", "Copier")),
        ("EN", ("Collapse sidebar", "Copy to clipboard")),
        ("FR", ("Replier le menu", "Copier")),
    ):
        page.get_by_text(lang, exact=True).click()
        for name in names:
            expect(page.locator(f'[aria-label="{name}"]').first).to_be_attached()
        month = "07 – juillet" if lang == "FR" else "07 – July"
        expect(page.locator(f'[aria-valuetext="{month}"]').first).to_be_attached()


def test_what_is_the_framework_s_is_named_in_the_documentation():
    guide = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    assert all(rule in guide for rule in FRAMEWORK)
    assert "Tested against WCAG 2.2 AA" in guide and "conform" not in guide.lower()


@pytest.mark.parametrize("path", PLAIN)
def test_a_phone_reads_a_sheet_without_sideways_scrolling(visit, path):
    page = visit(path, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["mesures?lang=en&pacte=demo", "groupes?pacte=demo"])
def test_the_titles_of_a_table_of_figures_stand_on_few_lines_on_a_phone(visit, path):
    page = visit(f"graphique/{path}", width=390)
    lines = page.evaluate(
        """() => {
            const [head] = document.getElementsByTagName("thead");
            return head.offsetHeight / parseFloat(getComputedStyle(head).lineHeight);
        }"""
    )
    assert lines < 4.2


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("analyses?pacte=demo", "light"), ("ville/75056", "dark"), ("mesures?pacte=demo", "dark")],
)
def test_where_a_reader_s_own_colours_stand_legends_and_what_is_chosen_are_seen(
    visit, path, scheme
):
    legend = """() => [...document.querySelectorAll("[data-testid=stHtml] span > span, i[class^=s-]")]
        .map(one => getComputedStyle(one).backgroundColor)"""
    page = visit(path)
    turn(page, scheme)
    colours = page.evaluate(legend)
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    pages.still(page)
    assert bool(colours) == ("mesures" not in path) and page.evaluate(legend) == colours
    chosen = page.locator("[data-selected], [data-testid=stPaginationPageActive]").all()
    assert bool(chosen) == ("ville" not in path)
    for one in chosen:
        assert one.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


@pytest.mark.parametrize("path", ["ville/75056", "ville/75056?cadre=1", "graphique/mesures", ""])
def test_enlarged_to_twice_its_size_nothing_is_cut(visit, path):
    """WCAG 1.4.4 and 1.4.10: a window of 1280 pixels at 200 % is one of 640."""
    page = visit(path, width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    pages.still(page)
    main = "document.querySelector('[data-testid=stMain]') || document.documentElement"
    page.wait_for_function(f"() => ({main}).scrollWidth <= 640")  # charts are drawn again
    cut = page.evaluate(
        """() => [...document.querySelectorAll('p, h1, h2, h3, dd, li')].filter(one => {
            const style = getComputedStyle(one);
            return style.overflow === 'hidden' && one.scrollHeight > one.clientHeight + 2
                && one.clientHeight > 1;
        }).map(one => one.textContent.slice(0, 60))"""
    )
    assert cut == []


@pytest.mark.parametrize(
    "path", ["ville/75056", "ville/69123?lang=en", "ville/75056?depuis=2016-01-01"]
)
def test_a_sheet_is_printed_on_two_pages_without_what_paper_cannot_do(visit, path):
    page = visit(path)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
    page.emulate_media(media="print")
    assert not page.locator("button, textarea, details, nav").filter(visible=True).count()
    assert page.locator(".cite").is_visible()


def test_the_keyboard_alone_goes_from_the_list_of_cities_to_a_source(visit, address):
    page = visit("ville")
    walk(page, "Paris (75)")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Paris')")
    reached = walk(page, "Les lauréats 2019 des Trophées parisiens")
    assert reached["href"].startswith("https://www.paris.fr/")
    assert reached["outline"] != "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_link_or_button_the_keyboard_is_on_is_framed(team_page, scheme):
    pages.move(team_page, "relecture")
    turn(team_page, scheme)
    team_page.evaluate("document.activeElement.blur()")
    unframed, met = [], set()
    for _ in range(40):
        team_page.keyboard.press("Tab")
        pages.still(team_page)
        name, kind, framed = team_page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const kind = one.closest("[data-testid]")?.dataset.testid;
                return [`${one.tagName} ${one.textContent}`, kind,
                        style.outlineStyle !== "none" || style.boxShadow !== "none"];
            }"""
        )
        met.add(kind)
        if name.startswith(("A ", "BUTTON ")) and not framed:
            unframed.append(name)
    assert unframed == []
    assert {"stSidebarNavLink", "stPageLink-NavLink"} <= met


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(visit):
    page = visit("donnees")
    page.wait_for_selector("a:has-text('Aller au contenu')", state="attached")
    walk(page, "Aller au contenu", most=1)
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'MAIN'")


def test_the_keyboard_alone_finds_a_city_in_the_app(visit):
    page = visit("communes")
    walk(page, "Chercher une ville")
    page.keyboard.type("lyon")
    page.wait_for_selector("button:has-text('Lyon (69)')")
    walk(page, "Lyon (69)")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Lyon')")
    walk(page, "La fiche de cette ville")


def walk(page, words: str, most: int = 120) -> dict:
    """Press Tab until what has the focus says these words; what it is, and how its focus is shown."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const label = one.labels?.[0]?.textContent || "";
                return { words: `${one.textContent} ${one.ariaLabel || ""} ${label}`,
                         href: one.href || "", outline: style.outlineStyle };
            }"""
        )
        if words in here["words"]:
            return here
    raise AssertionError(f"the keyboard does not reach « {words} »")


def test_an_address_opened_first_after_a_restart_shows_itself(browser, url):
    with run_server(url) as fresh:
        page = pages.opened(browser, fresh)
        for path in ("ville/69123?lang=en", "graphique/mesures", "analyses?pacte=demo"):
            arrive(page, f"{fresh}/{path}")
            assert page.locator("h1").first.inner_text()
        assert page.complaints == [] and page.outside == []
        pages.leave(page)
