"""The tables of the *Analyses* page for whoever works without it."""

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

from monitor.i18n import LANGUAGES
from monitor.read.files import table_parts
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import Snapshot

#: Of commitments that were read twice: nothing, for most pacts.
_READ_TWICE = ("agreement", "agreement_pairs")
#: In the order of the page, what each curve is drawn from behind it.
ANALYSIS_TABLES = (
    *("incidence", "spells", "hazard", "transitions", "groups", "revisions"),
    *_READ_TWICE,
)


def analyses_to_export(
    snapshot: Snapshot, pact_id: str, day: date, known_at: datetime | None
) -> Mapping[str, list[pd.DataFrame]]:
    """ANALYSIS_TABLES of a pact on a day, each in parts, but those of two readings: `samples_to_export`
    gives them."""
    view = View(LANGUAGES[0], PactState(snapshot, pact_id, known_at), day)
    names = [name for name in ANALYSIS_TABLES if name not in _READ_TWICE]
    return {name: list(table_parts(view, name)) for name in names}
