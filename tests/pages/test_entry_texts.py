"""What each surface says of every kind of entry, word for word, in both languages.

`tests/fixtures/entry_texts` holds what is expected. After a change that is meant, `GOLDEN=write` writes
it again: read the difference before it is committed.
"""

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from monitor.accounts import ANONYMOUS
from monitor.models import Role
from monitor.read.labels import measure_title
from monitor.store import open_store
from monitor.ui.markdown import md
from monitor.web import feed, sheet
from tests.support import every_entry
from tests.support.app import open_page
from tests.support.every_entry import DAY, EVIL, LONG, PACT, RICH, SHOWN_WHOLE
from tests.support.paths import FIXTURES
from tests.support.routes import Client
from tests.support.team import sign_in

GOLDEN = FIXTURES / "entry_texts"
ATOM = "{http://www.w3.org/2005/Atom}"
#: What a page shows that is read, by its type in the tree of elements.
READ = {"title", "header", "subheader", "markdown", "caption", "text", "info", "warning"}
#: The head is another in each database: the salts of its texts are drawn at random.
_HEAD = re.compile(r"(?<=\d:)[0-9a-f]{8,}|\b[0-9a-f]{12}…")
_MAIN = re.compile(r"<main>.*?</main>", re.DOTALL)
_PEOPLE = re.compile(r'<section class="person".*?</section>', re.DOTALL)
#: Of the commitments that nobody has assessed, all but the first read alike.
_ALIKE = re.compile(r'<article id="g-mesure-(?:[5-9]|1\d)">.*?</article>\n*', re.DOTALL)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The database, a reviewer, and the entries that wait; nothing is written after."""
    url = f"sqlite:///{tmp_path_factory.mktemp('entries') / 'monitor.db'}"
    store = open_store(url)
    waiting = every_entry.write_pending(store, every_entry.fill(store))
    return url, sign_in(store, "Alix", Role.REVIEWER), waiting


@pytest.fixture
def surfaces(written, monkeypatch, browser_of):
    """Surface -> what it says, in a language."""
    url, reviewer, waiting = written
    monkeypatch.setenv("MONITOR_DATABASE", url)
    client = Client(Starlette(routes=[*feed.ROUTES, *sheet.ROUTES]))

    def page(name: str, **query: str) -> str:
        browser_of(reviewer if name == "relecture" else ANONYMOUS)
        return "\n\n".join(_read(open_page(name, pacte=PACT, au=DAY, **query)))

    def answer(path: str, lang: str) -> str:
        return client.get(f"{path}pacte={PACT}&au={DAY}&lang={lang}").text

    def city(lang: str) -> str:
        return "\n\n".join(page("communes", commune=code, lang=lang) for code in (RICH, LONG))

    def log(lang: str) -> str:
        whole = (page("actions", entree=str(seq), lang=lang) for seq in SHOWN_WHOLE)
        return "\n\n".join([page("actions", lang=lang), *whole])

    def review(lang: str) -> str:
        return "\n\n".join(page("relecture", entree=str(seq), lang=lang) for seq in waiting)

    def sheets(lang: str) -> str:
        shown = (answer(f"/ville/{code}?", lang) for code in (RICH, LONG))
        return _ALIKE.sub("", "\n".join(each for page in shown for each in _PEOPLE.findall(page)))

    def embed(lang: str) -> str:
        frames = (answer(f"/ville/{code}?cadre=1&", lang) for code in (RICH, LONG))
        return "\n".join(_MAIN.search(frame).group() for frame in frames)

    def atom(lang: str) -> str:
        return "\n".join(_entries(answer("/flux.atom?", lang)))

    return {
        "city": city,
        "log": log,
        "review": review,
        "sheet": sheets,
        "embed": embed,
        "feed": atom,
    }


def _read(app) -> Iterator[str]:
    """What a page says above its foot, without the backslashes of markdown; a frame stands out."""
    assert not app.exception
    for part in app.main:
        if part.type in READ:
            if part.value.startswith("---"):
                return
            yield f"{part.type}: {part.value}".replace("\\", "")
        elif part.type == "expander":
            yield f"fold: {part.label}".replace("\\", "")
        elif part.type == "flex_container" and part.proto.flex_container.border:
            yield "frame:"


def _entries(content: str) -> Iterator[str]:
    """Of each entry its title, its links and what it says."""
    for entry in ET.fromstring(content).iter(f"{ATOM}entry"):
        yield entry.findtext(f"{ATOM}title")
        yield from (f"{one.get('rel')}: {one.get('href')}" for one in entry.iter(f"{ATOM}link"))
        yield entry.findtext(f"{ATOM}content").replace("</p>", "</p>\n") + "\n"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("surface", ["city", "log", "review", "sheet", "embed", "feed"])
def test_a_surface_says_what_is_expected_of_every_kind_of_entry(surfaces, surface, lang):
    page_text = _HEAD.sub("…", surfaces[surface](lang)) + "\n"
    expected = GOLDEN / f"{surface}.{lang}.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(page_text, encoding="utf-8")
    assert page_text == expected.read_text("utf-8")


@pytest.mark.parametrize("surface", ["city", "log", "review"])
def test_no_text_of_an_entry_is_markup_on_a_page(written, browser_of, monkeypatch, surface):
    url, reviewer, (_, beside, *_) = written
    monkeypatch.setenv("MONITOR_DATABASE", url)
    browser_of(reviewer)
    page, asked = {
        "city": ("communes", {"commune": RICH}),
        "log": ("actions", {}),
        "review": ("relecture", {"entree": str(beside)}),
    }[surface]
    app = open_page(page, pacte=PACT, au=DAY, **asked)
    page_text = "\n".join(part.value for part in app.markdown)
    assert md(EVIL) in page_text
    assert EVIL not in page_text and "<b>" not in page_text.replace("\\<b\\>", "")


def test_an_entry_about_a_measure_without_a_title_names_its_number():
    assert measure_title(SimpleNamespace(titles={}), "7") == "7."
