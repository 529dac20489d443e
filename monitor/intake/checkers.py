"""The files of link checkers as they come: CSV with lines of comments (LinkChecker), or JSON (lychee,
or a list of objects). What they hold is read as any table is: `links`.

LinkChecker: linkcheck/logger/csvlog.py; lychee: lychee-bin/src/formatters/stats.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from monitor.errors import InvalidValue
from monitor.intake.cells import Cells
from monitor.intake.days import day_of
from monitor.intake.encoding import BLOCK, detect_encoding
from monitor.intake.files import Table
from monitor.intake.unreadable import Unreadable

#: A list of a million addresses has about 200 MB.
JSON_LIMIT = 300_000_000
#: The parts of lychee's JSON that say what became of an address; what it left out was not checked.
_MAPS = ("success_map", "error_map", "fail_map", "timeout_map", "redirect_map")
_COMMENT_DAY = re.compile(r"#.*?\b([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}")
TITLES = ["url", "status", "final_url"]


class CheckerTable(Table):
    """A link checker's file. `made_on`: the day that its comments name, None if they name none."""

    has_comments = True

    def __init__(self, file: BinaryIO):
        self.made_on: date | None = None
        super().__init__(file)

    def _open(self, file: BinaryIO) -> None:
        head = file.read(BLOCK)
        file.seek(0)
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
            rows = _json_rows(file, detect_encoding(file, head))
            self._rows_from = lambda first: iter(rows)
            return
        super()._open(file)
        self.made_on = _day_of_comments(head)


def _day_of_comments(head: bytes) -> date | None:
    for line in head.replace(b"\0", b"").decode("latin-1").splitlines():
        if found := _COMMENT_DAY.match(line):
            try:
                return date.fromisoformat(day_of(found[1]))
            except InvalidValue:
                continue
        if line.strip() and not line.startswith("#"):
            return None
    return None


def _json_rows(file: BinaryIO, name: str) -> list[Cells]:
    """The rows of a JSON file under titles. Raises Unreadable."""
    content = file.read(JSON_LIMIT + 1)
    try:
        if len(content) > JSON_LIMIT:
            raise ValueError
        made = json.loads(content.decode(name))
        if isinstance(made, dict):  # linkinator has its list inside
            made = next((made[name] for name in ("links", "results") if name in made), made)
        rows = [*_objects(made)] if isinstance(made, list) else [TITLES, *_lychee(made)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable("not_json") from None
    return [(line, line, cells) for line, cells in enumerate(rows, start=1)]


def _lychee(made: dict) -> Iterator[list[str]]:
    """(address, what became of it, where it led) of every entry of lychee's maps."""
    if not any(name in made for name in _MAPS):
        raise ValueError
    for name in _MAPS:
        for entries in made.get(name, {}).values():
            for entry in entries:
                status = entry["status"]
                led = entry.get("redirects") or status.get("redirects") or {}
                if isinstance(led, list):
                    led = {"redirects": led}
                steps = led.get("redirects") or [{}]
                final = steps[-1].get("url", "")
                yield [str(led.get("origin") or entry["url"]), _status_in_words(status), str(final)]


def _status_in_words(status: dict) -> str:
    """The code and the words of a status, on one line."""
    code, words = status.get("code"), str(status.get("text") or "")
    if code is None:
        words = f"{words}: {status['details']}" if status.get("details") else words
    elif not words.startswith(str(code)):
        words = f"{code} {words}"
    return " ".join(words.split())[:500]


def _objects(made: list[dict]) -> Iterator[list[str]]:
    """A list of objects as a table: every key is a title."""
    titles = list(dict.fromkeys(name for one in made for name in one))
    yield titles
    for one in made:
        values = (one.get(name) for name in titles)
        yield ["" if value is None else str(value) for value in values]
