"""What stands beside the Streamlit app: health, the map's files, security headers, the start."""

import gc
import json
import logging
import re
import sys
from contextlib import asynccontextmanager
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import plotly.graph_objects  # noqa: F401  (imported before the freeze)
import pyarrow  # noqa: F401
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor import __version__
from monitor.charts import insets
from monitor.errors import MonitorError
from monitor.i18n import LANGUAGES, public_sentence, text
from monitor.publisher import missing_settings
from monitor.read import current_log
from monitor.read.current_log import FOLLOWER, TEAM_WATCH, WATCH, current_snapshot, load_areas
from monitor.read.files import FEED
from monitor.read.filters import NAMES
from monitor.read.memory import share_memory
from monitor.read.screens import ADDRESSES, TEAM_ADDRESSES
from monitor.web import (
    account_routes,
    api,
    chart,
    comparison,
    feed,
    heads,
    legal,
    metrics,
    missing_page,
    openapi,
    scripts,
    sheet,
    sitemap,
)
from monitor.web.connections import bound_connections
from monitor.web.failures import Failures
from monitor.web.html import with_query
from monitor.web.language import VaryByLanguage, language
from monitor.web.origin import SameOrigin
from monitor.web.server_log import log_in_json
from monitor.web.sockets import Sockets
from monitor.web.timeouts import Patience
from monitor.web.uploads import KnownUploads

LOG = logging.getLogger("monitor.server")
SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "app.py"
SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
OURS = f"<style>{(scripts.STATIC / 'cadre.css').read_text('utf-8')}</style>"
_NO_SCRIPT = re.compile("<noscript>.*?</noscript>", re.DOTALL)
#: plotly.js asks for a world map before it draws ours: an empty one keeps it off the internet.
EMPTY_TOPOLOGY = json.dumps({"type": "Topology", "objects": {}, "arcs": []})
#: Where the start page names the pact.
_PACT = "__PACT__"
#: What the map asks for.
CONTOURS = {
    "/carte/departements.geojson": insets.department_contours,
    "/carte/couronne.geojson": insets.paris_inset,
}
#: How soon a thread that works lets another one in: what only passes messages on must not wait for
#: pages in the making.
SWITCH_SECONDS = 0.002
YEAR = "public, max-age=31536000, immutable"

# Streamlit's own start script stands inline in its index.html: its hash is admitted by name.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)


class SecurityHeaders:
    """Plain ASGI middleware: adds HEADERS to every HTTP answer; a policy of its own stays. What is not
    modified keeps what it came with: a browser would take the new headers for the stored page."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_headers(message):
            if message["type"] == "http.response.start" and message["status"] != 304:
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = given + [one for one in HEADERS if one[0] not in names]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class FastRoutes:
    """Plain ASGI middleware: answers FAST_ROUTES, a few bytes each, before any clock, session or page
    is thought of."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        answer = FAST_ROUTES.get(scope["path"]) if scope["type"] == "http" else None
        app = await answer(scope) if answer and scope["method"] in ("GET", "HEAD") else self.app
        await app(scope, receive, send)


async def health_check(_request) -> Response:
    """200 with the head and the version; 503 with a sentence when the log cannot be read."""
    try:
        # What follows the log looked at it half a second ago at most.
        snapshot = FOLLOWER.latest_snapshot() or await run_in_threadpool(
            current_snapshot, fresh=True
        )
        current_log.raise_if_damaged()
    except MonitorError as error:
        return _unavailable(error)
    if silent := current_log.outage():
        return _unavailable(silent.error)
    if trouble := current_log.KEEPER.trouble:
        return _unavailable(trouble)
    checked = WATCH.found.entries if WATCH.found else 0
    if checked > snapshot.seq:  # of a log in whose place there is an older one
        checked = 0
    return JSONResponse(
        {
            "status": "ok",
            "version": __version__,
            "head": snapshot.head,
            "verified": checked,
            "doubts": [public_sentence(one, "en") for one in current_log.KEEPER.doubts.values()],
        }
    )


async def readiness_check(_request) -> Response:
    """Readiness probe for a load balancer: whether this process can show pages, even from memory.
    If the balancer asked /healthz, a database outage would take every replica out, and the site."""
    try:
        if not current_log.is_ready():
            await run_in_threadpool(current_log.raise_if_not_ready)
    except MonitorError as error:
        return _unavailable(error)
    return JSONResponse({"status": "ready"})


def _unavailable(error: MonitorError) -> Response:
    reason = public_sentence(error, "en")
    return JSONResponse({"status": "unavailable", "reason": reason}, status_code=503)


async def start_page(request) -> Response:
    """Streamlit's start page in the language of its reader, under the app's own title; until the app
    has come, and without scripts, it says where the plain pages are."""
    page = _shell(language(request)).replace(_PACT, escape(_pact_of(request), quote=True))
    return HTMLResponse(page, headers={"cache-control": "no-cache"})


def _pact_of(request) -> str:
    """The pact that the address asks for, or that is shown without one, as a part of another address;
    "" while nobody knows."""
    shown = FOLLOWER.last_ready
    asked = request.query_params.get("pacte")
    name = asked if shown and asked in shown.logs else shown and shown.default_pact()
    return "&" + urlencode({"pacte": name}) if name else ""


@cache
def _shell(lang: str) -> str:
    page = SHELL.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    page = page.replace("<title>Streamlit</title>", f"<title>{text('app.title', lang)}</title>", 1)
    page = page.replace("<head>", '<head><script src="/depart.js"></script>', 1)
    of_feed = f'title="{text("feed.of_actions", lang)}" href="{FEED}?lang={lang}{_PACT}"'
    names = {"pages": ADDRESSES, "team": TEAM_ADDRESSES}
    values = {name: " ".join(f"/{one}" for one in names[name]) for name in names}
    values |= {"view": " ".join(NAMES), "languages": " ".join(LANGUAGES)}
    data = " ".join(f'data-{name}="{value}"' for name, value in values.items())
    added = (
        f'<link rel="alternate" type="application/atom+xml" {of_feed}>{OURS}'
        f'<script src="/adresse.js" {data} defer></script>'
        + "".join(
            f'<script src="/{name}.js" defer></script>' for name in ("suivi", "ecran", "noms")
        )
        + "</head>"
    )
    page = page.replace("</head>", added, 1)
    plain = with_query("/ville", {"lang": lang}) + _PACT
    where = f'<a href="{plain}">{text("frame.plain", lang)}</a>'
    waiting = f'<p class="attente">{text("frame.loading", lang)} {where}</p>'
    page = page.replace('<div id="root"></div>', f'<div id="root">{waiting}</div>', 1)
    without = f"<p>{text('frame.no_script', lang)} {where}</p>"
    return _NO_SCRIPT.sub(f"<noscript>{without}</noscript>", page, count=1)


async def current_head(_request) -> Response:
    """The head that the pages show now, as their refresh button names it: for pages left open."""
    return PlainTextResponse(
        current_log.page_version(FOLLOWER.seq), headers={"cache-control": "no-store"}
    )


async def topology(_request) -> Response:
    return Response(EMPTY_TOPOLOGY, media_type="application/json", headers={"cache-control": YEAR})


async def map_contours(request) -> Response:
    """The contours that the map is drawn from."""
    return Response(
        _contours(request.url.path),
        media_type="application/geo+json",
        headers={"cache-control": YEAR},
    )


@cache
def _contours(address: str) -> str:
    return json.dumps(CONTOURS[address](), separators=(",", ":"))


@asynccontextmanager
async def lifespan(_app):
    """Read the log and the communes once, then keep what is loaded out of the collector's way.

    A database that cannot be read does not stop the start: the pages say what is wrong.
    """
    log_in_json()
    if missing := missing_settings():
        LOG.warning("the public pages do not say who publishes them: %s", ", ".join(missing))
    bound_connections()
    sys.setswitchinterval(SWITCH_SECONDS)
    share_memory()
    await run_in_threadpool(FOLLOWER.start)
    try:
        FOLLOWER.latest_snapshot()
    except MonitorError as error:
        LOG.error("%s", text(f"error.{error.code}", LANGUAGES[0], **error.values))
    await run_in_threadpool(load_areas)
    gc.freeze()  # what is no garbage; to look for some would keep the first reader waiting
    WATCH.start()
    TEAM_WATCH.start()
    current_log.PURGER.start()
    current_log.KEEPER.start()
    yield {}
    current_log.KEEPER.stop()
    current_log.PURGER.stop()
    TEAM_WATCH.stop()
    WATCH.stop()
    FOLLOWER.stop()


ROUTES = [
    *(Route(f"/{address}", start_page) for address in ADDRESSES),
    *account_routes.ROUTES,
    *api.ROUTES,
    *openapi.ROUTES,
    *feed.ROUTES,
    *sheet.ROUTES,
    *comparison.ROUTES,
    *chart.ROUTES,
    *sitemap.ROUTES,
    *legal.ROUTES,
    *metrics.ROUTES,
    *heads.ROUTES,
    *scripts.ROUTES,
    Route("/topo/{name:path}", topology),
    *(Route(address, map_contours) for address in CONTOURS),
    *missing_page.ROUTES,
]
#: What machines and open pages ask all the time.
FAST_ROUTES = {"/healthz": health_check, "/readyz": readiness_check, "/tete": current_head}
MIDDLEWARE = [
    Middleware(metrics.RequestMetrics),
    Middleware(SecurityHeaders),
    Middleware(VaryByLanguage),
    Middleware(FastRoutes),
    Middleware(Failures),
    Middleware(Patience),
    Middleware(SameOrigin),
    Middleware(Sockets),
    Middleware(KnownUploads),
]
