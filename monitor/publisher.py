"""Who publishes and hosts the site and how to contact them, from the operator's settings."""

from dataclasses import dataclass
from urllib.parse import quote

from monitor.settings import DATA_OFFICER, PUBLISHER, sentence


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
    values = {name: sentence(setting) for name, setting in PUBLISHER.items()}
    return Publisher(**values, officer=sentence(DATA_OFFICER))


def missing_settings() -> list[str]:
    """The settings that the public pages need and the operator has not given."""
    return [setting for setting in PUBLISHER.values() if not sentence(setting)]


def link_of(given: str) -> str | None:
    """Where to write: the address of a page, or of a mail; None for words that are neither."""
    if given.startswith(("https://", "http://")):
        return given
    if "@" in given and " " not in given:
        return f"mailto:{quote(given, '@')}"
    return None
