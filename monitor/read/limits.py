"""How much one address, and everybody together, may ask of a process. Those that an operator may change
are in `settings.BOUNDS`."""

from ipaddress import IPv6Address, ip_address

from monitor.settings import read_bound

#: What a refusal says to wait, in seconds.
RETRY_SECONDS = 10
#: No address of ours is longer: names of filters, each with one value.
QUERY_BYTES = 4_000
#: Nor longer before its query: the name of a city, at most.
PATH_BYTES = 1_000
#: Letters of a search: each word of it is sought in every entry.
SEARCHED = 200
#: Of a request, all its headers together.
HEAD_BYTES = 64_000
#: Of a message of a page; a file is not sent in one.
MESSAGE_BYTES = 1_000_000
#: A body goes out in pieces of this size: each is a chance to notice that nobody reads.
PIECE_BYTES = 64_000

#: Seconds after which whoever waits, or does not read what was asked for, is let go.
PATIENCE = read_bound("MONITOR_PATIENCE")


def counted_address(address: str | None) -> str:
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
