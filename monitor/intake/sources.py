"""Whether two entries rest on the same document, however its address was copied."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.areas import search_key

#: What mailings and social networks add to an address, and no site needs to find the page.
TRACKING = ("utm_", "fbclid", "gclid", "mc_", "xtor", "at_medium", "at_campaign")


@lru_cache(50_000)
def source_key(url: str | None, title: str | None = None) -> str:
    """Equal for the same page with http or https, with or without `www.`, a last `/`, a fragment or
    what a mailing adds; without an address, for the same title whatever its case and accents. ""
    where there is neither."""
    url = (url or "").strip()
    if not url:
        return search_key(title or "").strip()
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # « http://[ » while it is being typed
        return url.casefold()
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not pair[0].lower().startswith(TRACKING)
    ]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(query)}" if query else "")


def site_of(url: str | None) -> str:
    """The host of an address without `www.`, "" where there is none."""
    return (url or "").partition("//")[2].partition("/")[0].lower().removeprefix("www.")
