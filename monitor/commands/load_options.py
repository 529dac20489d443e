"""How files are loaded: what is said of one, what comes with it, and what somebody says of a pact
beyond its files."""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TextIO

from monitor.findings import RowError
from monitor.models import RowOutcome

#: (line, outcome, cells, errors) of each row, in the order in which they are decided.
OnRow = Callable[[int, RowOutcome, Sequence[str | None], Sequence[RowError]], None]
NO_NAMES: Mapping[str, str] = MappingProxyType({})


class LoadOptions(NamedTuple):
    """How a file is loaded: each as in `load`. `accepted`: its rows are accepted with it, else they
    wait for a review."""

    accepted: bool = True
    rejects: TextIO | None = None
    lang: str | None = None
    progress: Callable[[int], None] = lambda rows: None
    on_row: OnRow | None = None
    newer: bool = False
    for_page: bool = False
    keeps_doubts: bool = False


PLAIN = LoadOptions()


class PactChoices(NamedTuple):
    """What somebody says of a pact beyond its files.

    `in_charge`: the office of those who are listed as signatories and are in charge of what another one
    signed (`put_in_charge`). `notes_defeats`, `agreed_names`: as in `put_winners`, names in pairs.
    `leaves_unpromised`: new facts about what was not promised are left out, and told; `leaves_facts`:
    those that these names mean, of who did not sign too.
    """

    in_charge: str | None = None
    notes_defeats: bool = False
    agreed_names: tuple[tuple[str, str], ...] = ()
    leaves_unpromised: bool = False
    leaves_facts: tuple[str, ...] = ()


NO_CHOICES = PactChoices()


class Companions(NamedTuple):
    """What is loaded together with a file. `files`: the names of the others; `hold_answers`: whether one
    of them all has answers. `others_elected`: by their places, who was elected and is no signatory.
    `later`: what looks for doubts of the file as a whole is put there, to be called once the others are
    loaded."""

    files: Collection[str] = ()
    hold_answers: bool = False
    others_elected: Mapping[str, str] = NO_NAMES
    choices: PactChoices = NO_CHOICES
    later: list[Callable[[], None]] | None = None


ALONE = Companions()
