"""The operator's settings: every environment variable that the program reads, named and read here.

A setting is read when it is asked for, but for the bounds, which are read once. `check_settings` runs
at the start of a server.
"""

import os
import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import InvalidValue

DATABASE = "MONITOR_DATABASE"
PUBLIC_URL = "MONITOR_PUBLIC_URL"
#: Where a server answers if nobody says another port.
USUAL_PORT = 8501
#: The folder of what a machine remembers, where the database's own folder is no place for it.
STATE_FOLDER = "MONITOR_STATE"
#: Where the day of the readers begins, as the IANA names it: Pacific/Noumea.
TIME_ZONE = "MONITOR_TIME_ZONE"
METRICS_TOKEN = "MONITOR_METRICS_TOKEN"
#: A shorter token would be guessed.
SHORTEST_TOKEN = 20
#: What is said of the publisher, by the setting that says it. French law asks for these (law 2004-575 of
#: 21 June 2004, article 1-1, which was article 6, III), and the GDPR for a way to write (article 13).
PUBLISHER = {
    "publisher": "MONITOR_PUBLISHER",
    "address": "MONITOR_PUBLISHER_ADDRESS",
    "director": "MONITOR_DIRECTOR",
    "host": "MONITOR_HOSTED_BY",
    "contact": "MONITOR_CONTACT",
}
#: Only some publishers have a data protection officer: nothing is said to be missing.
DATA_OFFICER = "MONITOR_DATA_OFFICER"
#: How much may be asked of a process, with the default of each bound. Readers of one newsroom, behind
#: one address, do not meet them.
BOUNDS = {
    "MONITOR_PATIENCE": 20,
    "MONITOR_SOCKETS": 2_000,
    "MONITOR_SOCKETS_BY_ADDRESS": 200,
    "MONITOR_CONNECTIONS_BY_ADDRESS": 1_000,
    "MONITOR_PAGES_AT_ONCE": 4,
    "MONITOR_PAST_MB": 150,
}
_LARGEST_BOUND = 1_000_000
#: Domains that RFC 2606 keeps for examples, and the placeholder of the examples for a secret.
_EXAMPLE = re.compile(r"(?<![\w-])example\.(?:org|com|net)(?![\w-])|CHANGE-ME", re.IGNORECASE)
_PREFIXES = ("MONITOR_", "STREAMLIT_")


def check_settings(environment: Mapping[str, str] = os.environ) -> None:
    """Raises InvalidValue for the first setting that a server must not start with, by name:
    `setting_is_example` where a word of the examples was not replaced (the value may be a secret: it is
    not repeated), `not_a_public_url`, `not_a_time_zone`, `not_a_bound`."""
    for name in sorted(environment):
        if name.startswith(_PREFIXES) and (found := _EXAMPLE.search(environment[name])):
            raise InvalidValue("setting_is_example", name=name, word=found[0])
    _check_public_url(environment.get(PUBLIC_URL, ""))
    _time_zone_in(environment)
    for name in BOUNDS:
        _bound_in(environment, name)


def _check_public_url(value: str) -> None:
    if not value:
        return
    try:
        parts = urlsplit(value)
        is_site = parts.scheme in ("http", "https") and parts.hostname and not parts.query
        parts.port  # noqa: B018  (raises ValueError if it is no number)
    except ValueError:
        is_site = False
    if not is_site or parts.fragment:
        raise InvalidValue("not_a_public_url", name=PUBLIC_URL, value=value[:80])


def database_url() -> str | None:
    """The address of the database, None where the environment names none."""
    return os.environ.get(DATABASE) or None


def public_url() -> str:
    """The address by which the public knows this site, without a slash at its end; "" if not set."""
    return os.environ.get(PUBLIC_URL, "").rstrip("/")


def is_behind_tls() -> bool:
    """Whether the public address is https."""
    return public_url().startswith("https://")


def sign_in_cookie() -> str:
    """The name of the cookie that signs in. Behind TLS a `__Host-` cookie: no other host and no plain
    connection can set it (RFC 6265bis)."""
    return "__Host-moniteur" if is_behind_tls() else "moniteur"


def state_folder() -> Path | None:
    """The folder that STATE_FOLDER names, None where it names none."""
    given = os.environ.get(STATE_FOLDER)
    return Path(given) if given else None


def time_zone() -> tzinfo:
    """Where the readers’ day begins, UTC if nobody says. Raises InvalidValue (`not_a_time_zone`)."""
    return _time_zone_in(os.environ)


def _time_zone_in(environment: Mapping[str, str]) -> tzinfo:
    given = environment.get(TIME_ZONE, "").strip()
    try:
        return ZoneInfo(given) if given else UTC
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise InvalidValue("not_a_time_zone", name=TIME_ZONE, value=given[:40]) from None


def metrics_token() -> str | None:
    """The token that opens /metrics from elsewhere; None if there is none or it is too short."""
    given = os.environ.get(METRICS_TOKEN, "")
    return given if len(given) >= SHORTEST_TOKEN else None


def sentence(name: str) -> str:
    """The words of a setting, their spaces made one; "" if it is not set."""
    return " ".join(os.environ.get(name, "").split())


def read_bound(name: str) -> int:
    """One of BOUNDS, or its default. Raises InvalidValue (`not_a_bound`)."""
    return _bound_in(os.environ, name)


def _bound_in(environment: Mapping[str, str], name: str) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return BOUNDS[name]
    if not re.fullmatch("[0-9]{1,7}", given) or not 0 < int(given) <= _LARGEST_BOUND:
        raise InvalidValue("not_a_bound", name=name, value=given[:40])
    return int(given)


def server_port() -> int:
    """The port that the environment gives a server, or the usual one."""
    given = os.environ.get("STREAMLIT_SERVER_PORT", "")
    return int(given) if re.fullmatch("[0-9]{1,5}", given) else USUAL_PORT


def terminal_locale() -> str:
    """The locale that the environment of a command asks for, as `en_GB.UTF-8`; "" for none."""
    given = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, given), "")


def keep_numpy_on_one_core() -> None:
    """For a server, before numpy is imported: each view is made on one core, beside others. The threads
    that numpy would start for small matrices wait for each other, on the cores of whoever else reads.
    What the operator set stays."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
