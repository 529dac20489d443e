"""A browser as a person uses it: Chromium, signed in or not, and what it complains of.

Nothing here waits for a time: a page is looked at once the server has answered all that it asked.
"""

import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import expect, sync_playwright
from pyotp.totp import TOTP
from streamlit.proto.WidgetStates_pb2 import WidgetState

from monitor.accounts import Bearer
from tests.support.server import skip_without
from tests.support.size import FULL
from tests.support.waiting import LONGEST

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
#: Chromium without a window: a quarter less work, and no gesture comes of a touch.
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM
#: The pages of a context are in one process: what the framework sends is compiled once for all of them,
#: which a script that is compiled while it arrives is not. No page is open for so long that optimising
#: its scripts would pay, and no core is free to clear up beside them.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--renderer-process-limit=1",
    "--js-flags=--no-opt --no-maglev --no-script-streaming --no-flush-bytecode --single-threaded-gc",
    "--disable-site-isolation-trials",
]
HEIGHT = 1100
COOKIE = "moniteur"
PASSWORD = "une phrase assez longue"
#: What any wait of the browser may take, in milliseconds.
PATIENCE = LONGEST * 1000
LISTENER = Path(__file__).with_name("listener.js").read_text("utf-8")
#: What the browser does as one goes back or forth in its history.
MOVE = "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }"
#: Contexts that nobody has now.
FREE: list = []


@contextmanager
def chromium():
    skip_without(SHELL, "Chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=SHELL, args=FLAGS)
        yield found
        FREE.clear()
        found.close()


@contextmanager
def touchable(browser):
    """A Chromium in which a touch becomes a gesture, beside that of all tests."""
    skip_without(CHROMIUM, "Chromium")
    found = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
    yield found
    found.close()


def context_of(browser):
    """A browser of somebody's own: its cookies, and what it keeps of pages. Its first page is empty, and
    keeps its process: what the framework sends is read once."""
    context = browser.new_context(
        viewport={"width": 1280, "height": HEIGHT}, locale="fr-FR", reduced_motion="reduce"
    )
    context.new_page()
    return context


def free_context(browser):
    """A context that nobody has, until `give_back`."""
    return FREE.pop() if FREE else context_of(browser)


def give_back(context) -> None:
    """The next one who has this context finds no page and no cookie in it."""
    for one in context.pages[1:]:
        one.close()
    context.clear_cookies()
    FREE.append(context)


def give_all_back(browser) -> None:
    """Nobody needs a context any more; those that are not `context_of` are closed."""
    for context in browser.contexts:
        if context not in FREE:
            if context.pages and context.pages[0].url == "about:blank":
                give_back(context)
            else:
                context.close()


def opened(browser, address: str, width: int = 1280):
    """A page in a context of its own (see `watched`), until `leave`."""
    return watched(free_context(browser), address, width)


def leave(page) -> None:
    """Who has this page needs their browser no more."""
    give_back(page.context)


def watched(context, address: str, width: int = 1280):
    """A new page. `complaints`: errors of the console; `outside`: requests to anywhere else."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(LISTENER)
    page.complaints, page.outside = [], []
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,
    )
    inside = (address, "data:", "blob:", address.replace("http", "ws"))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(inside) else page.outside.append(request.url)
        ),
    )
    return page


def carry(page, address: str, bearer: Bearer) -> None:
    """Give the browser the cookie of somebody who is signed in."""
    page.context.add_cookies([{"name": COOKIE, "value": bearer.token, "url": address}])


def activate(page, link: str, admin: bool = False) -> None:
    """Choose the name and the password by the one-time link; an admin sets up an app as well."""
    page.goto(link)
    page.get_by_label("Nom de connexion").fill(f"nom {link[-8:]}")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, encore une fois").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    if admin:
        key = page.locator("code").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(TOTP(key).now())
        page.get_by_role("button", name="Continuer").click()
        page.get_by_role("link", name="Je les ai gardés").click()
    page.wait_for_url("**/saisie?*")
    wait_until_ready(page, "Saisir")


def wait_until_ready(page, title: str) -> None:
    page.wait_for_selector(f"h1:has-text('{title}')")
    page.wait_for_selector("text=/tête|head/")
    wait_until_settled(page)


def words(page) -> str:
    """All that the page says, with ordinary spaces."""
    text = page.locator("[data-testid=stMain]").inner_text()
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def type_in(page, label: str, words: str) -> None:
    """Type as a person does into a field that is read as one types, until the server has every word."""
    field = page.get_by_label(label, exact=True).first
    field.click()
    field.fill("")
    field.press_sequentially(words, delay=5)
    wait_until_sent(page, words)


def wait_until_sent(page, words: str) -> None:
    """The server has had a field that holds exactly these words, and has answered."""
    field = WidgetState(string_value=words).SerializeToString()
    page.wait_for_function("field => talk.said(field)", arg=list(field))
    wait_until_settled(page)


def expect_field(page, label: str, words: str) -> None:
    """The field shows these words: a field that has just appeared is filled an instant later."""
    expect(page.get_by_label(label, exact=True).first).to_have_value(words)


def wait_until_settled(page) -> None:
    """The page of the app has asked its server something, and it was answered to the end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_function("() => talk.atRest()")


def wait_until_cut_off(page) -> None:
    """The page has noticed that its server is away."""
    page.wait_for_function("() => !talk.open")


def wait_until_drawn(page) -> None:
    """Settled, and what comes after is there: charts, letters, what is loaded late; nothing moves."""
    wait_until_settled(page)
    page.wait_for_function(
        """() => !document.querySelector("[data-testid=stSkeleton]")
            && [...document.querySelectorAll(".js-plotly-plot")].every(
                one => one.querySelector(".main-svg"))"""
    )
    still(page)


def still(page) -> None:
    """The letters are loaded, and nothing that ends is still moving."""
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            const moving = () => document.getAnimations().some(one =>
                one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity);
            do {
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            } while (moving());
        }"""
    )


@contextmanager
def asking(page):
    """What is done in the block makes the page ask the server; afterwards that is answered."""
    before = page.evaluate("talk.asked")
    yield
    page.wait_for_function("before => talk.asked > before", arg=before)
    wait_until_settled(page)


def move(page, path: str, width: int = 1280) -> None:
    """Go from the page of the app that is open to another one, as its history does: what the framework
    sends is not read again (it is by `make faults`, which opens the address). What was complained of
    before is another page's."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    page.complaints.clear()
    page.outside.clear()
    if FULL:
        page.goto(urljoin(page.url, f"/{path}"))
        wait_until_settled(page)
    else:
        with asking(page):
            page.evaluate(MOVE, f"/{path}")
    page.wait_for_selector("[data-testid=stMain] h1")


def choose(page, label: str, option: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.scroll_into_view_if_needed()
    still(page)  # a list closes when the page still scrolls
    field.click()
    with asking(page):
        page.get_by_role("option", name=option, exact=True).click()


def press(page, name: str) -> None:
    with asking(page):
        page.get_by_role("button", name=name).first.click()
