"""What the server says of itself: one line of JSON each, whoever says it, with nothing of a person.

A value that somebody sent begins no line of its own (CWE-117). Network addresses, mail addresses and
what follows a question mark are left out; an error says where it was met, not with which values.
"""

import ipaddress
import json
import logging
import re
import traceback
from datetime import UTC, datetime

import streamlit.logger

from monitor.program import ROOT
from monitor.web.site_parts import OFTEN, site_part

#: A message is no longer than this; so many lines of code are named.
LONGEST, FRAMES = 1_000, 8
_QUERY = re.compile(r"\?[^\s\"']+")
_QUAD = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_MAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(\.[\w-]+)+")
#: The user and password in the address of a server.
_LOGIN = re.compile(r"(?<=://)[^\s/@]+@")
#: What an address is written with, and a port after one in brackets.
_LIKE_AN_ADDRESS = re.compile(r"\[?[0-9A-Fa-f:.]*[0-9A-Fa-f:](%\w+)?\]?")


class OneLine(logging.Formatter):
    """A record as one line of JSON: at, level, from, said; of an error also its kind, and where."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": without_people(_message(record)),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": _where(record.exc_info[2])}
        # ASCII alone: no control character, no other end of line, no half of a pair.
        return json.dumps(line, ensure_ascii=True)


def without_people(line: str) -> str:
    """The words without what could tell who asked, or for what."""
    line = _QUERY.sub("?…", line[: 4 * LONGEST])
    line = _LOGIN.sub("", line)
    line = _MAIL.sub("[mail]", line)
    line = _LIKE_AN_ADDRESS.sub(_hidden, line)
    return _QUAD.sub("[address]", line)[:LONGEST]


def _hidden(found: re.Match) -> str:
    whole = found[0]
    try:
        ipaddress.ip_address(whole.strip("[]"))
    except ValueError:
        bare, _, port = whole.rpartition(":")
        if port.isdecimal():
            try:
                ipaddress.ip_address(bare.strip("[]"))
            except ValueError:
                return whole
            return f"[address]:{port}"
        return whole
    return "[address]"


def _message(record: logging.LogRecord) -> str:
    if record.name == "uvicorn.access" and isinstance(record.args, tuple) and len(record.args) == 5:
        _, method, path, _, status = record.args
        return f"{method} {site_part(str(path))} {status}"
    try:
        return record.getMessage()
    except Exception:  # whoever logs has made a mistake: that is no reason to say nothing
        return str(record.msg)


def _where(trace) -> list[str]:
    """The innermost calls: « monitor/ui/app.py:63 main »."""
    return [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)[-FRAMES:]
    ]


def _short(path: str) -> str:
    return path.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def log_in_json() -> None:
    """From now on every logger of this process says what it says so, those of the framework too."""
    # The framework gives each of its loggers a handler of its own, also to those that come later.
    streamlit.logger.setup_formatter = _without_its_own
    for logger in (logging.root, *map(logging.getLogger, list(logging.root.manager.loggerDict))):
        _without_its_own(logger)
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.root.addHandler(handler)
    logging.captureWarnings(True)
    access = logging.getLogger("uvicorn.access")
    if _is_of_a_reader not in access.filters:
        access.addFilter(_is_of_a_reader)


def _without_its_own(logger: logging.Logger) -> None:
    """What it says goes to the root's handler, and to no console of its own."""
    for handler in list(logger.handlers):
        if type(handler) is logging.StreamHandler:
            logger.removeHandler(handler)
    logger.propagate = True


def _is_of_a_reader(record: logging.LogRecord) -> bool:
    """Whether an access is worth a line: what machines ask every second is not."""
    args = record.args
    return not (
        isinstance(args, tuple) and len(args) == 5 and site_part(str(args[2])).lstrip("/") in OFTEN
    )
