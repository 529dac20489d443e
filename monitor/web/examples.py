"""Settings that were copied from the examples and not filled in: a server does not go live with them."""

import re
from collections.abc import Mapping

from monitor.errors import InvalidValue

#: Domains that RFC 2606 keeps for examples, and what the examples say in the place of a secret.
_EXAMPLE = re.compile(r"(?<![\w-])example\.(?:org|com|net)(?![\w-])|CHANGE-ME", re.IGNORECASE)
_OURS = ("MONITOR_", "STREAMLIT_")


def refuse_examples(environment: Mapping[str, str]) -> None:
    """Raises InvalidValue (`setting_is_example`, with the variable's name) for a setting of ours that
    still holds a word of the examples. Its value may be a secret: it is not repeated."""
    for name in sorted(environment):
        if name.startswith(_OURS) and (found := _EXAMPLE.search(environment[name])):
            raise InvalidValue("setting_is_example", name=name, word=found[0])
