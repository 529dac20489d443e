"""For search engines: the address of every sheet, and what they need not read."""

from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree as xml

import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from monitor.i18n import LANGUAGES
from monitor.read.current_log import current_snapshot
from monitor.read.pact_state import PactState
from monitor.read.screens import TEAM_ADDRESSES
from monitor.snapshot import Snapshot
from monitor.web.html import answer_with_page, site_address, with_query

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Sheets in one file: 50,000 addresses by the protocol (sitemaps.org), one a language each.
MOST_PLACES = 50_000 // len(LANGUAGES)


@answer_with_page
def sitemap(request: Request) -> Response:
    """The sheets of every pact that is not fictional, in both languages; an index of files where one
    cannot hold them all."""
    base, places = site_address(request), _places(current_snapshot())
    part, files = request.path_params.get("part"), -(-len(places) // MOST_PLACES)
    if part is not None and not (
        part.isascii() and part.isdecimal() and len(part) < 5 and 1 <= int(part) <= files
    ):
        return PlainTextResponse("no such file", 404)
    if part is None and files > 1:
        root = xml.Element(f"{{{NAMESPACE}}}sitemapindex")
        for number in range(files):
            _child(root, "sitemap", f"{base}/sitemap-{number + 1}.xml")
        return _answer(root)
    start = (int(part or 1) - 1) * MOST_PLACES
    root = xml.Element(f"{{{NAMESPACE}}}urlset")
    for code, pact, changed in places[start : start + MOST_PLACES]:
        path = f"{base}/ville/{quote(code, safe='')}"
        names = {"pacte": pact}
        for lang in LANGUAGES:
            url = _child(root, "url", with_query(path, names | {"lang": lang}))
            if changed:
                xml.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = changed
    return _answer(root)


def robots(request: Request) -> Response:
    """What is for people at work, or changes with every view, is not for search engines."""
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in (
                "/_stcore/",
                "/connexion",
                "/activation",
                "/api/",
                "/comparer",
                "/graphique/",
                *(f"/{one}" for one in TEAM_ADDRESSES),
            )
        ),
        f"Sitemap: {site_address(request)}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


def _places(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """(code, pact, day of the last entry or "") of each sheet."""
    found = []
    for name, log in snapshot.logs.items():
        if log.pact.fictional:
            continue
        state = PactState(snapshot, name)
        rows, offsets = state.actions_by_commitment
        codes = state.known.commitments["commune"].cat
        last = np.zeros(len(codes.categories), dtype=np.int64)
        owner = np.repeat(codes.codes.to_numpy(), np.diff(offsets))
        np.maximum.at(last, owner, log.actions.recorded_at[rows])
        for place in np.unique(codes.codes.to_numpy()).tolist():
            at = datetime.fromtimestamp(int(last[place]) / 1e6, UTC) if last[place] else None
            day = at.date().isoformat() if at else ""
            found.append((str(codes.categories[place]), name, day))
    return found


def _child(root: xml.Element, kind: str, address: str) -> xml.Element:
    made = xml.SubElement(root, f"{{{NAMESPACE}}}{kind}")
    xml.SubElement(made, f"{{{NAMESPACE}}}loc").text = address
    return made


def _answer(root: xml.Element) -> Response:
    body = xml.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=NAMESPACE)
    return Response(body, media_type="application/xml", headers={"cache-control": "no-cache"})


ROUTES = [
    Route("/sitemap.xml", sitemap),
    Route("/sitemap-{part}.xml", sitemap),
    Route("/robots.txt", robots),
]
