"""The scripts of the page of a chart."""

import gzip
import re
from functools import cache, lru_cache
from pathlib import Path

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.web.responses import has_current_copy

DRAWING = Path(str(plotly.__file__)).parent / "package_data" / "plotly.min.js"
OURS = Path(__file__).parent / "static" / "graphique.js"


def plotly_script(request: Request) -> Response:
    """plotly.js, as the package brings it."""
    headers = {"cache-control": "public, max-age=86400, must-revalidate", "etag": _version()}
    if has_current_copy(request, _version()):
        return Response(status_code=304, headers=headers)
    headers["vary"] = "accept-encoding"
    if re.search(
        r"\bgzip\b(?!\s*;\s*q=0(\.0+)?\s*(,|$))", request.headers.get("accept-encoding", "")
    ):
        headers["content-encoding"] = "gzip"
        return Response(_zipped(), media_type="text/javascript", headers=headers)
    return Response(DRAWING.read_bytes(), media_type="text/javascript", headers=headers)


@cache
def _version() -> str:
    return f'"plotly-{plotly.__version__}"'


@lru_cache(1)
def _zipped() -> bytes:
    return gzip.compress(DRAWING.read_bytes(), 6)


def script(_request: Request) -> Response:
    headers = {"cache-control": "no-cache"}
    return Response(OURS.read_bytes(), media_type="text/javascript", headers=headers)


SCRIPTS = [Route("/plotly.js", plotly_script), Route("/graphique.js", script)]
