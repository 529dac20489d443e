"""What a link checker wrote, whichever it was: addresses, when each was asked, what it answered."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import BinaryIO, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from monitor.areas import search_key
from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell
from monitor.intake.checkers import CheckerTable
from monitor.intake.columns import IGNORED
from monitor.intake.header_row import Header, Shape, titles_of
from monitor.intake.reading import Context, Row, read_rows_of
from monitor.intake.rules import Orders, Problem, RowValues, Rules
from monitor.models import LinkState


class LinkCheck(NamedTuple):
    """What a checker said of an address: `status` in its own words, `checked_on` as a day."""

    url: str
    status: str
    checked_on: str
    archive_url: str | None


COLUMNS = LinkCheck._fields
#: Each column under the titles that checkers give it, the best first; see `_title`.
ALIASES = {
    "url": ("url", "urlname", "address", "adresse", "link"),
    "status": ("status", "result", "code", "statut", "http_status", "status_code"),
    "checked_on": ("checked_on", "checked_at", "date", "timestamp", "verifie_le"),
    "archive_url": ("archive_url",),
    "final_url": (
        "final_url",
        "effective_url",
        "redirect_url",
        "redirected_to",
        "redirect",
        "location",
    ),
}
#: The columns of LinkChecker: there `url` is where an address led, `urlname` the one to check.
_LINKCHECKER = {"urlname", "url", "parentname", "result"}
#: Where a row has each of its cells while it is read.
_URL, _STATUS, _CHECKED_ON, _ARCHIVE_URL, _FINAL_URL = range(len(ALIASES))
TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
    r" ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)


def read_links(
    file: BinaryIO | CheckerTable,
    today: date,
    on_ignored: Callable[[list[str]], None] = lambda names: None,
    checked_on: date | None = None,
) -> Iterator[Row]:
    """Every row of a link checker's file, its values a LinkCheck.

    Never raises for what the file holds, as `read`. `on_ignored` is told the titles of the columns
    that mean nothing here (the number of one that has none). `checked_on`: the day of the rows that
    have none; else the day that the file's comments name.
    """
    table = file if isinstance(file, CheckerTable) else CheckerTable(file)
    day = checked_on or table.made_on

    def header(titles: list[str], shape: Shape, line: int) -> Header:
        found, ignored = _found(titles, shape, line)
        if ignored and not found.errors:
            on_ignored(ignored)
        return found

    required = frozenset(COLUMNS[: 2 if day else 3])
    rules = _LinkRules(Context(today), day.isoformat() if day else None)
    for row in read_rows_of(table, Shape(tuple(ALIASES), required, (), rules, _link_check), header):
        yield replace(row, absent=row.absent - {_FINAL_URL})


def _link_check(values: Iterable) -> LinkCheck:
    url, status, checked_on, archive_url, _ = values
    return LinkCheck(url, status, checked_on, archive_url)


def _found(titles: list[str], shape: Shape, line: int) -> tuple[Header, list[str]]:
    """The columns by any of their titles, and the titles of the others."""
    names = titles_of(titles)
    read = [_title(name) for name in names]
    if _LINKCHECKER.issubset(read):
        read = [{"urlname": "url", "url": "final_url"}.get(name, name) for name in read]
    listed = (("known", ", ".join(COLUMNS)),)
    places, errors = [], []
    for column, aliases in ALIASES.items():
        title = next((alias for alias in aliases if alias in read), None)
        places.append(read.index(title) if title else -1)
        if title and read.count(title) > 1:
            errors.append(RowError(line, title, title, "duplicate_column"))
        elif not title and column in shape.required:
            errors.append(RowError(line, column, "", "missing_column", listed))
    ignored = [
        abbreviate_cell(name) or f"n° {place + 1}"
        for place, name in enumerate(names)
        if place not in places and name not in IGNORED
    ]
    return Header(tuple(places), len(names), tuple(errors)), ignored


def _title(name: str) -> str:
    """« Vérifié le », verifie-le and VERIFIE_LE are one title."""
    return search_key(name).replace(" ", "_")


class _LinkRules(Rules):
    content = "links"

    def __init__(self, context, day: str | None):
        super().__init__(context, tuple(ALIASES))
        self._day = day

    def check(self, values: RowValues, orders: Orders) -> Iterator[Problem]:
        url, final = values[_URL], values[_FINAL_URL]
        if url and final and "://" not in url:  # as its page has it
            values[_URL] = final
        yield from self.url(values, "url")
        url, status = values[_URL], values[_STATUS]
        if url and status and final and _is_home(final) and not _is_home(url):
            status = values[_STATUS] = f"{status[:200]} {HOME} {final[:500]}"
        if status and state_of(status) is None:
            yield _STATUS, "link_status_unreadable", ()
        day = values[_CHECKED_ON] or self._day
        if day and (found := TIME.fullmatch(day)):
            day = self.day_of_time(day, found)
        values[_CHECKED_ON] = day
        wrong = [*self.past_date(values, "checked_on", orders)]
        yield from wrong
        if (day := values[_CHECKED_ON]) and not wrong and len(day) < 10:
            yield _CHECKED_ON, "day_needed", ()
        yield from self.url(values, "archive_url")

    def day_of_time(self, text: str, found: re.Match) -> str:
        """The date of a time; where that day has only begun east of us, that of the log's clock."""
        day = found[1]
        if day > self.today and found[4] and found[4][0] in "+-":
            try:
                moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(",", "."))
                return min(day, moment.astimezone(UTC).date().isoformat())
            except (ValueError, OverflowError):
                pass
        return day


#: What is written after the words of a checker where an address led to the first page of a site.
HOME = "→ home page:"
_HOME_PATHS = re.compile(
    r"/?(?:(?:fr|en|accueil|home|index|default)(?:\.(?:html?|php|aspx?|jsp))?/?)?", re.IGNORECASE
)


def _is_home(url: str) -> bool:
    """Whether an address is that of the first page of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc and not parts.query and _HOME_PATHS.fullmatch(parts.path))


def plain_address(url: str) -> str:
    """An address as every program could write it: its site in small letters, no part of a page, other
    letters than ASCII in percents; the first page of a site ends with a slash."""
    try:
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        site = parts.netloc.casefold()
        return urlunsplit((parts.scheme.casefold(), site, path, query, ""))
    except ValueError:
        return url


#: An HTTP code where a status begins, maybe after a word or two; not a number of seconds.
_CODE = re.compile(
    r"\W*(?:(?:https?|httperror|statuscode|status|statut|code|error|erreur|err|client|server|failed"
    r"|broken|dead|ok|alive|response)\b(?:/[0-9.]+)?\W*)*"
    r"([0-9]{3})(?:\.0+)?(?![0-9.]|\s*(?:s|ms|sec\w*|milli\w*)\b)"
)
_GONE_CODES = (404, 410)
#: Read in this order: what may pass proves nothing, whatever other words stand beside it.
_WORDS = (
    (
        LinkState.UNCLEAR,
        r"\w*time ?d? ?out\w*|timed|deadline|delai|temporary|temporaire|ssl|tls|certificat\w*"
        r"|handshake|refused|refusee?|reset|broken pipe|not (?:ok|alive|valid|up|working|dead|broken)"
        r"|no route|too many",
    ),
    (
        LinkState.DEAD,
        r"dns|name or service not known|name not resolved|name ?resolution\w*|nxdomain|enotfound"
        r"|getaddrinfo|(?:could not|couldn t|cannot|can t|failed to|unable to) resolve"
        r"|no such host|no address associated|unknown host|broken|dead|not ?found|gone"
        r"|introuvable|morte?|casse|rompu",
    ),
    (
        LinkState.UNCLEAR,
        r"\w*error|erreur|err|fail\w*|echec|\w*exception|unreachable|injoignable|unavailable"
        r"|indisponible|forbidden|interdit|unauthorized|denied|blocked|bloque|bad|invalid|invalide"
        r"|expired|exceeded|abort\w*|cancel\w*|closed|econn\w*|etimedout|e[ \d]*host\w*|unclear|down",
    ),
    (
        LinkState.ALIVE,
        r"^(?:ok|alive|valide?|up|working|vivante?|accessible|success|redirect\w*|moved|found)",
    ),
)
_SAID = tuple((state, re.compile(rf"(?:\b|_)(?:{words})(?:\b|_)")) for state, words in _WORDS)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def state_of(status: str) -> LinkState | None:
    """What a checker's words mean, None when they mean nothing.

    Only a page that the server itself calls gone, or a server without a name, is dead: one that
    refuses a robot, or answers late, may show the page to everybody else. A page in whose place the
    first page of a site is shown may be lost: unclear.
    """
    status, _, home = status.partition(HOME)
    key = search_key(_ADDRESS.sub(" ", status)).replace("_", " ")
    if found := _CODE.match(status.casefold()):
        code = int(found[1])
        if 200 <= code < 400:
            return LinkState.UNCLEAR if home else LinkState.ALIVE
        return LinkState.DEAD if code in _GONE_CODES else LinkState.UNCLEAR
    if status.strip() in ("0", "-1"):  # how some tools write that nobody answered
        return LinkState.UNCLEAR
    found = next((state for state, words in _SAID if words.search(key)), None)
    return LinkState.UNCLEAR if home and found is LinkState.ALIVE else found
