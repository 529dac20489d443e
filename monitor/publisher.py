"""Who publishes the site, who houses it and how to write to them, as the operator's settings say."""

import os
from dataclasses import dataclass
from urllib.parse import quote

#: What is said of the publisher, by the setting that says it. French law asks for these (law 2004-575 of
#: 21 June 2004, article 1-1, which was article 6, III), and the GDPR for a way to write (article 13).
SETTINGS = {
    "publisher": "MONITOR_PUBLISHER",
    "address": "MONITOR_PUBLISHER_ADDRESS",
    "director": "MONITOR_DIRECTOR",
    "host": "MONITOR_HOSTED_BY",
    "contact": "MONITOR_CONTACT",
}
#: Only some have one: nothing is said to be missing.
OFFICER = "MONITOR_DATA_OFFICER"


@dataclass(frozen=True)
class Publisher:
    """Each as written in the settings, "" where it is not. `officer`: the data protection officer."""

    publisher: str
    address: str
    director: str
    host: str
    contact: str
    officer: str


def publisher() -> Publisher:
    """What the settings say now."""
    said = {name: _setting(setting) for name, setting in SETTINGS.items()}
    return Publisher(**said, officer=_setting(OFFICER))


def missing_settings() -> list[str]:
    """The settings that the public pages need and the operator has not given."""
    return [setting for setting in SETTINGS.values() if not _setting(setting)]


def link_of(given: str) -> str | None:
    """Where to write: the address of a page, or of a mail; None for words that are neither."""
    if given.startswith(("https://", "http://")):
        return given
    if "@" in given and " " not in given:
        return f"mailto:{quote(given, '@')}"
    return None


def _setting(name: str) -> str:
    return " ".join(os.environ.get(name, "").split())
