"""The view that a request asks for, and the sentence of what keeps it from being shown."""

from collections.abc import Collection, Mapping

from starlette.requests import Request

from monitor.errors import MonitorError
from monitor.i18n import public_sentence
from monitor.read import current_log
from monitor.read.selection import View
from monitor.read.strict_query import read_strictly
from monitor.web.language import accepted_languages


def requested_view(request: Request, own: Mapping[str, Collection[str] | None]) -> View:
    """`read_strictly` of the address, in the log as it is now. Raises what it raises, and what
    `current_log.current_snapshot` raises."""
    asked = request.query_params.multi_items()
    return read_strictly(current_log.current_snapshot(), asked, own, accepted_languages(request))


def error_message(error: MonitorError, lang: str) -> str:
    """The sentence of a MonitorError, what was typed cut short."""
    values = {
        name: value[:80] if name in ("value", "name") else value
        for name, value in error.values.items()
    }
    return public_sentence(MonitorError(error.code, **values), lang)
