"""Evidence that lasts: whether a source is dead, and where there is a copy of it, or may be one."""

from urllib.parse import urldefrag

from monitor.dates import date_interval
from monitor.i18n import partial_day, text
from monitor.models import LinkState

WAYBACK = "https://web.archive.org/"


def copy_links(entry, lang: str) -> list[tuple[str, str]]:
    """(words, address) of its archived copy, logged or found by a check; else of where to look."""
    if archive := entry.archive_url or entry.found_archive:
        return [(text("entry.archive", lang), archive)]
    if entry.source_url and not entry.source_url.startswith(WAYBACK):
        return [
            (text("entry.find_copy", lang), archive_address(entry.source_url, entry.happened_on))
        ]
    return []


def dead_source_note(entry, lang: str) -> str | None:
    """That its page is dead, since what check, and whether a copy stands; None if it is not."""
    if entry.link_status != LinkState.DEAD:
        return None
    found = entry.archive_url or entry.found_archive
    key = "entry.dead_archived" if found else "entry.dead"
    return text(key, lang, day=partial_day(entry.checked_on, lang))


def archive_address(url: str, happened_on: str) -> str:
    """Where the Internet Archive shows its copy of a page nearest to the day of a fact: its times are
    digits, the last of which may be left out (YYYYMMDDhhmmss)."""
    day = date_interval(happened_on).first
    return f"{WAYBACK}web/{day:%Y%m%d}/{urldefrag(url).url}"
