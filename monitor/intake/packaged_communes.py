"""The communes that come with the program, as a text is looked up in them before a pact says its own."""

from functools import cache

from monitor.areas import communes, retired_codes
from monitor.intake.communes import Communes


@cache
def packaged_communes() -> Communes:
    """The communes of France, by codes and names of today and of before."""
    return Communes(communes(), retired_codes())
