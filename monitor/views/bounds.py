"""How much one address, and everybody together, may ask of a process: settings, each with a default
that readers of one newsroom, behind one address, do not meet."""

import os
import re
from ipaddress import IPv6Address, ip_address

from monitor.errors import InvalidValue

#: What a refusal says to wait, in seconds.
RETRY_SECONDS = 10
#: A longer address is none of ours: names of filters, each with one value.
QUERY_BYTES = 4_000
#: Letters of a search: each word of it is sought in every entry.
SEARCHED = 200
#: Of a request, all its headers together.
HEAD_BYTES = 64_000
#: Of a message of a page; a file is not sent in one.
MESSAGE_BYTES = 1_000_000
#: A body goes out in pieces of this size: each is a chance to notice that nobody reads.
PIECE_BYTES = 64_000

_DEFAULTS = {
    "MONITOR_PATIENCE": 20,
    "MONITOR_SOCKETS": 2_000,
    "MONITOR_SOCKETS_BY_ADDRESS": 200,
    "MONITOR_CONNECTIONS_BY_ADDRESS": 1_000,
    "MONITOR_PAGES_AT_ONCE": 4,
    "MONITOR_PAST_MB": 150,
}


def setting(name: str) -> int:
    """A bound, from the environment or its default. Raises InvalidValue (`not_a_bound`)."""
    given = os.environ.get(name, "").strip()
    if not given:
        return _DEFAULTS[name]
    if not re.fullmatch("[0-9]{1,7}", given) or not 0 < int(given) <= 1_000_000:
        raise InvalidValue("not_a_bound", name=name, value=given[:40])
    return int(given)


#: Seconds after which whoever waits, or does not read what was asked for, is let go.
PATIENCE = setting("MONITOR_PATIENCE")


def asker(address: str | None) -> str:
    """Who is counted for an address: of IPv6, the network of 64 bits that one subscriber is given; ""
    for this machine and for what is no address."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if str(found) in ("127.0.0.1", "::1"):
        return ""
    return str(found) if found.version == 4 else found.exploded[:19]
