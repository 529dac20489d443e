"""/heads.txt: every head of the log that was given out, for whoever keeps them to compare later."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.routing import Route

from monitor.i18n import LANGUAGES
from monitor.read.current_log import current_snapshot, store
from monitor.store import heads
from monitor.web.responses import Answer, Public, tag_of

ADDRESS = "/heads.txt"


def prepare_heads(_request: Request) -> Answer:
    """The text as it is now; it only ever grows."""
    current_snapshot()  # of a log that is not shown nothing is said
    with store().reading() as session:
        content = heads.published_text(session).encode()

    def pieces() -> Iterator[bytes]:
        yield content

    return Answer(
        tag_of(ADDRESS, content.decode()), "text/plain; charset=utf-8", LANGUAGES[0], pieces
    )


ROUTES = [Route(ADDRESS, Public(prepare_heads))]
