"""The scripts of ours that the start page names, with what they say in each language."""

import json
from functools import cache
from pathlib import Path

from babel.dates import get_month_names
from starlette.responses import Response
from starlette.routing import Route

from monitor.i18n import LANGUAGES, LOCALES, text
from monitor.read.limits import RETRY_SECONDS

#: They are beside the pages that they are part of; Streamlit serves a folder of its own.
STATIC = Path(__file__).resolve().parents[1] / "ui" / "static"
#: What Streamlit says while the server does not answer, elsewhere than on localhost and there. What it
#: may say in another version stays as it is.
_NO_ANSWER = (
    "Streamlit server is not responding. Are you connected to the internet?",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your "
    "terminal:",
)

#: What it says while `web/sockets.py` refuses the page: too many are open.
_REFUSED = "Connection failed with status 503."


#: The names that Streamlit gives its own controls (`*`: what it puts in) -> the message of each.
_CONTROLS = {
    "Skip to main content": "skip",
    "App pages": "pages",
    "Sidebar": "sidebar",
    "Collapse sidebar": "collapse",
    "Expand sidebar": "expand",
    "Choose date": "choose_date",
    "Choose an option": "choose",
    "Open": "open",
    "Close": "close",
    "Clear value": "clear",
    "Clear all": "clear",
    "Next page": "next",
    "Previous page": "previous",
    "Link to heading": "link",
    "Copy to clipboard": "copy",
    "Fullscreen": "fullscreen",
    "Close fullscreen": "close_fullscreen",
    "Search": "search",
    "Show/hide columns": "columns",
    "Download as CSV": "download",
    "file upload": "upload_file",
    "Upload": "upload",
    "Browse files": "upload",
    "Drag and drop file here": "drop_file",
    "No results": "no_results",
    "Show password text": "show_password",
    "Hide password text": "hide_password",
    "Help for *": "help",
    "day, *": "day",
    "month, *": "month",
    "year, *": "year",
    "*MB per file": "limit",
    "Remove *": "remove",
    "Add files": "add_files",
    "#B": "bytes",
    "#KB": "kilobytes",
    "#MB": "megabytes",
    "* + Enter": "enter",
    "Empty": "empty",
    "dd": "two_digits_of_day",
    "mm": "two_digits_of_month",
    "yyyy": "digits_of_year",
}


async def start_script(request) -> Response:
    """A script of ours that the start page names, with what it says."""
    body = (STATIC / request.url.path[1:]).read_text("utf-8")
    body = body.replace("__SAID__", _outage_sentences()).replace("__NAMES__", _control_names())
    return Response(body, media_type="text/javascript", headers={"cache-control": "no-cache"})


def _month_names(lang: str) -> dict[str, str]:
    """How the framework's field of a day says a month, which it shows as two digits."""
    english, own = (get_month_names(locale=LOCALES[one]) for one in ("en", lang))
    return {f"* – {english[month]}": f"* – {own[month]}" for month in english}


@cache
def _control_names() -> str:
    """JSON for the script: language -> the framework's names in that language, English apart."""
    others = [lang for lang in LANGUAGES if lang != "en"]
    return json.dumps(
        {
            lang: {words: text(f"framework.{key}", lang) for words, key in _CONTROLS.items()}
            | _month_names(lang)
            for lang in others
        }
    )


@cache
def _outage_sentences() -> str:
    """JSON for the script: language -> the framework's sentences while the server does not answer."""
    keys = {
        "Connection error": "frame.away",
        **dict.fromkeys(_NO_ANSWER, "frame.away_comes_back"),
        _REFUSED: "error.too_many_sockets",
    }
    return json.dumps(
        {
            lang: {words: text(key, lang, seconds=RETRY_SECONDS) for words, key in keys.items()}
            for lang in LANGUAGES
        }
    )


ROUTES = [
    Route(f"/{name}.js", start_script) for name in ("depart", "adresse", "suivi", "ecran", "noms")
]
