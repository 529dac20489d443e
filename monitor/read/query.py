"""An address as a view: read and checked, the same names (`filters.NAMES`) on every page and in every
file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from monitor import snapshot as snapshots
from monitor.i18n import LANGUAGES
from monitor.read.filters import FILTERS, NAMES
from monitor.read.pact_state import PactState
from monitor.read.reader_language import choose_language
from monitor.read.selection import View
from monitor.snapshot import Snapshot


def read_view(current: Snapshot, query: Mapping[str, str], accepted: str = "") -> View | None:
    """The view that the address asks for; None when the log holds no pact. `accepted`: the header
    Accept-Language of the request."""
    unknown: list[tuple[str, str]] = []
    default = current.default_pact()
    if default is None:
        return None
    pact_id = query.get("pacte") or default
    if pact_id not in current.logs:
        unknown.append(("pacte", pact_id))
        pact_id = default
    if query.get("lang", LANGUAGES[0]) not in LANGUAGES:
        unknown.append(("lang", query["lang"]))
    day = _read("au", query, past_day, unknown)
    known_at = _read("connu", query, read_moment, unknown)
    view = View(
        lang=choose_language(query, accepted, current),
        state=PactState(current, pact_id, known_at),
        day=day or snapshots.default_day(current.logs[pact_id].pact, snapshots.log_today()),
        query=tuple((name, query[name]) for name in NAMES if name in query),
    )
    filters = {}
    for name, each in FILTERS.items():
        if value := query.get(name):
            if each.accepts(view, value):
                filters[name] = value
            else:
                unknown.append((name, value))
    return replace(view, filters=filters, unknown=tuple(unknown))


def _read(name: str, query: Mapping[str, str], reader: Callable, unknown: list):
    value = query.get(name)
    if not value:
        return None
    try:
        return reader(value)
    except ValueError:
        unknown.append((name, value))
        return None


def past_day(value: str) -> date:
    """A day that has come: nobody knows yet what will stand on a later one."""
    day = date.fromisoformat(value)
    if day > snapshots.log_today():
        raise ValueError(value)
    return day


def earlier_day(value: str | None, view: View) -> date | None:
    """The day of `depuis`, to compare the view with: before its own; None where it gives none."""
    try:
        found = past_day(value or "")
    except ValueError:
        return None
    return found if found < view.day else None


def read_moment(value: str) -> datetime:
    """A UTC time: an ISO 8601 text without a time zone is one. Raises ValueError."""
    moment = datetime.fromisoformat(value)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last hours of the calendar, elsewhere
        raise ValueError(value) from None
