"""Figures for whoever keeps the server, at /metrics, as Prometheus reads them: on this machine, or with
MONITOR_METRICS_TOKEN. They count; they name nobody."""

import hmac
import ipaddress
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from monitor.errors import MonitorError
from monitor.queries.state import State, state_of
from monitor.read import current_log
from monitor.settings import metrics_token
from monitor.store.journal import timestamp
from monitor.web.missing_page import missing_page
from monitor.web.site_parts import site_part

#: What a proxy adds: a request that has passed one is not of this machine, whatever its address says.
_BY_A_PROXY = ("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip")
#: The database is asked no more often than this.
STATE_SECONDS = 15
REFUSED = (401, 403, 413, 414, 429, 431, 503)

REGISTRY = CollectorRegistry()
REQUESTS = Counter("monitor_requests", "Requests answered", ["place", "status"], registry=REGISTRY)
REFUSALS = Counter(
    "monitor_refusals", "Requests and sockets refused", ["place", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "monitor_request_seconds",
    "From a request to the first byte of its answer",
    ["place"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
PAGES = Gauge("monitor_open_pages", "Pages open in a browser, by their sockets", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)


class RequestMetrics:
    """Plain ASGI middleware: counts what is answered and refused, and how long the first byte takes."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        place, began = site_part(scope["path"]), time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seconds, requests = _figures_of(place, message["status"])
                seconds.observe(time.perf_counter() - began)
                requests.inc()
                if message["status"] in REFUSED:
                    REFUSALS.labels(place, message["status"]).inc()
            await send(message)

        await self.app(scope, receive, counted)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened = False

        async def counted(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.accept":
                opened = True
                PAGES.inc()
            elif message["type"] == "websocket.http.response.start" or (
                message["type"] == "websocket.close" and not opened
            ):
                status = message.get("status", message.get("code", 0))
                REFUSALS.labels("socket", status).inc()
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            if opened:
                PAGES.dec()


@cache
def _figures_of(place: str, status: int) -> tuple[Histogram, Counter]:
    """SECONDS and REQUESTS of that place: they take as long to find as to count."""
    return SECONDS.labels(place), REQUESTS.labels(place, status)


class Facts:
    """What is known of the log, of its checks and of the queues, when it is asked for."""

    def __init__(self):
        self._lock = threading.Lock()
        self._state: State | None = None
        self._at = float("-inf")

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state, snapshot = self._asked(), current_log.FOLLOWER.last_ready
        yield _gauge("database_up", "Whether the database answers", float(state is not None))
        if snapshot is not None:
            yield _gauge("head", "The last entry of the log that pages show", snapshot.seq)
            if snapshot.recorded_at:
                yield _gauge(
                    "head_age_seconds",
                    "Since the last entry was recorded",
                    _since(snapshot.recorded_at),
                )
        if (found := current_log.WATCH.found) is not None and current_log.WATCH.at is not None:
            yield _gauge("check_intact", "Whether the chain verified", float(found.intact))
            yield _gauge(
                "check_timestamp_seconds",
                "When the chain was last checked",
                current_log.WATCH.at.timestamp(),
            )
        if current_log.PURGER.at is not None:
            yield _gauge(
                "purge_timestamp_seconds",
                "When what was kept for its time was last deleted",
                current_log.PURGER.at.timestamp(),
            )
        if state is None:
            return
        queue = GaugeMetricFamily("monitor_queue", "What waits for somebody", labels=["what"])
        for what in ("entries", "files", "replies"):
            queue.add_metric([what], getattr(state, what))
        yield queue
        yield _gauge("sessions", "Sessions of the team that are open", state.sessions)
        if state.copied_at:
            yield _gauge(
                "backup_timestamp_seconds",
                "When the last backup was made and checked",
                state.copied_at.timestamp(),
            )

    def _asked(self) -> State | None:
        with self._lock:
            if time.monotonic() - self._at > STATE_SECONDS:
                try:
                    with current_log.store().reading() as database:
                        self._state = state_of(database, timestamp(datetime.now(UTC)))
                except MonitorError:
                    self._state = None
                self._at = time.monotonic()
            return self._state


FACTS = Facts()
REGISTRY.register(FACTS)


async def metrics(request: Request) -> Response:
    """The figures; for anybody else, the 404 page."""
    if not is_allowed(request):
        request.scope["path_params"] = {"path": "metrics"}
        return await run_in_threadpool(missing_page, request)
    body = await run_in_threadpool(generate_latest, REGISTRY)
    headers = {"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"}
    return Response(body, headers=headers)


def is_allowed(request: Request) -> bool:
    """Whether a request comes from this machine by no proxy, or bears the token."""
    token = metrics_token()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return hmac.compare_digest(given.strip().encode(), token.encode())
    if any(name in request.headers for name in _BY_A_PROXY) or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"monitor_{name}", about, value=value)


def _since(moment: datetime) -> float:
    return max(0.0, (datetime.now(UTC) - moment).total_seconds())


ROUTES = [Route("/metrics", metrics)]
