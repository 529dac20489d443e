"""The language of an answer is that of its address, else the reader's, else that of the pact; caches and
whoever quotes an address are told."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from monitor.read.reader_language import preferred_language
from monitor.web.app import ROUTES
from monitor.web.language import VaryByLanguage
from tests.support.pacts import another, load
from tests.support.routes import PARIS, Client

pytestmark = pytest.mark.usefixtures("browser_of")
HTML = ('<html lang="fr"', '<html lang="en"')
#: An address of each kind, and what it says in French and in English alone.
KINDS = {
    "/": HTML,
    PARIS: HTML,
    f"{PARIS}?cadre=1": HTML,
    f"{PARIS}.svg": ('font-weight="normal" fill="#5B6670">licence', "pact in French"),
    "/ville": HTML,
    "/ville/zzzzzz": HTML,
    "/graphique/mesures": HTML,
    "/graphique/mesures.csv": ("",) * 2,
    "/graphique/rien": HTML,
    "/mentions-legales": HTML,
    "/connexion": HTML,
    "/nulle-part": HTML,
    "/flux.atom": ('xml:lang="fr"', 'xml:lang="en"'),
    "/api/v1/commitments.json": ("",) * 2,
    "/api/v1/commitments.json?x=1": ("n’est pas un nom", "has no parameter"),
    "/api/v1/openapi.json": ("Le moniteur", "Commitments monitor"),
}
#: What a browser or a program says that its reader reads, and what it is answered of a pact in French.
HEADERS = {
    None: "fr",
    "": "fr",
    "*": "fr",
    "fr": "fr",
    "en": "en",
    "EN-gb": "en",
    "en_US": "en",
    "en-US,en;q=0.9,fr;q=0.8": "en",
    "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5": "fr",
    "en;q=0.3,fr;q=0.7": "fr",
    "fr;q=0.3 , en ; q=0.7": "en",
    "de-DE,de;q=0.9,en;q=0.1": "en",
    "de,es": "fr",
    "en;q=0": "fr",
    "fr;q=0, en;q=0.001": "en",
    "en;q=viel": "fr",
    "eng, english": "fr",
    ";;;,,q=1,=": "fr",
    "en," * 500: "en",
}


@pytest.fixture
def client(store):
    return Client(Starlette(routes=ROUTES, middleware=[Middleware(VaryByLanguage)]))


def ask(client, path: str, accepted: str | None = None, lang: str = ""):
    address = f"{path}{'&' if '?' in path else '?'}lang={lang}" if lang else path
    return client.get(address, headers={} if accepted is None else {"Accept-Language": accepted})


@pytest.mark.parametrize(("accepted", "lang"), HEADERS.items(), ids=lambda one: str(one)[:40])
def test_a_reader_has_the_language_that_they_like_best_of_those_that_there_are(
    client, accepted, lang
):
    answer = ask(client, "/api/v1/openapi.json", accepted)
    assert answer.headers["content-language"] == lang
    assert (preferred_language(accepted or "") or "fr") == lang


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_address_follows_its_reader_and_keeps_its_own_language(client, path):
    french, english = KINDS[path]
    in_french, in_english = ask(client, path, "fr"), ask(client, path, "de, en;q=0.5")
    assert french in in_french.text and english in in_english.text
    if french:
        assert english not in in_french.text and french not in in_english.text
    assert ask(client, path).text.split() == in_french.text.split() or not french
    for lang, other, expected in (("fr", "en", french), ("en", "fr", english)):
        kept = ask(client, path, other, lang)
        assert expected in kept.text
        assert "accept-language" not in kept.headers.get("vary", "").lower()
    for answer in (in_french, in_english):
        assert "Accept-Language" in answer.headers["vary"]
    if "etag" in in_french.headers:
        assert in_french.headers["etag"] != in_english.headers["etag"]


def test_who_has_the_page_in_one_language_is_sent_the_other(client):
    french = ask(client, PARIS, "fr").headers["etag"]
    again = client.get(PARIS, headers={"Accept-Language": "fr", "If-None-Match": french})
    assert again.status_code == 304 and "Accept-Language" in again.headers["vary"]
    english = client.get(PARIS, headers={"Accept-Language": "en", "If-None-Match": french})
    assert english.status_code == 200 and '<html lang="en"' in english.text


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", [PARIS, f"{PARIS}?cadre=1", "/graphique/mesures", "/flux.atom"])
def test_an_address_that_is_given_away_says_its_language(client, path, lang):
    page = ask(client, path, lang).text.replace("&amp;", "&")
    given = re.findall(r'(?:href|src|content)="(http://here/[^"]+|/[a-z][^"]*\?[^"]+)"', page)
    left = [one for one in given if "lang" not in parse_qs(urlsplit(one).query)]
    default = re.search(r'hreflang="x-default" href="([^"]+)"', page)
    assert given and left == ([default[1]] if default else [])


@pytest.mark.parametrize(
    ("tag", "lang"), [("en", "en"), ("en-GB", "en"), ("fr-CA", "fr"), ("oc", "fr"), ("uk", "fr")]
)
def test_who_reads_none_of_the_languages_has_that_of_the_pact(store, client, tag, lang):
    assert load(store, another(name="p", language=f'"{tag}"')).loaded
    for accepted in (None, "*", "uk, oc;q=0.5"):
        answer = ask(client, "/graphique/mesures?pacte=p", accepted)
        assert answer.headers["content-language"] == lang
    assert ask(client, "/graphique/mesures?pacte=p", "fr").headers["content-language"] == "fr"
