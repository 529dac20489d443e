"""How long it takes in each place, whoever does it: each measure once where it has bound somebody."""

import numpy as np
import pandas as pd

from monitor import charts
from monitor.analysis.incidence import Incidence
from monitor.analysis.spells import CAUSES, EVENT
from monitor.analysis_codes import Clock, Event
from monitor.dates import YEAR
from monitor.i18n import number
from monitor.read import incidence
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.pictures.incidence_curves import (
    BOUNDS_OF_CURVES,
    silence_in_words,
    years_in_words,
)
from monitor.read.selection import View
from monitor.shares import exact_percent


def draws_place_curves(view: View) -> bool:
    """Whether there is a curve, and it can differ from that of the officials: somebody has left."""
    if incidence.last_day_shown(view, Clock.PLACE) <= 0:
        return False
    return bool(incidence.incidence_table(view)["left_office"].any())


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    if incidence.last_day_shown(view, Clock.PLACE) <= 0:
        return None
    start, end = view.pact.term_start, view.pact.term_end
    return charts.incidence_curves(
        incidence.incidence_steps(view, Clock.PLACE),
        _table(view, ""),
        (end - start).days / 2 / YEAR if end else None,
        False,
        view.lang,
        dark,
        view.state.wording,
        "places",
    )


def _table(view: View, _own: str) -> pd.DataFrame:
    table = incidence.incidence_table(view, Clock.PLACE)
    return table.drop(columns="left_office")  # which ends nothing here


@per_view
def places_in_words(view: View, _own: str) -> str:
    """What the curves come to at their end; "" where there is none."""
    end = incidence.last_day_shown(view, Clock.PLACE)
    if end <= 0:
        return ""
    spells = {event: incidence.event_spells(view, event, Clock.PLACE) for event in Event}
    at = np.array([end])
    shares = {
        event: float(Incidence(spells[event], len(CAUSES)).share_at(EVENT, at)[0])
        for event in (Event.DECIDED, Event.IMPLEMENTED)
    }
    key = "shares" if any(shares.values()) else "none"
    sentence = view.plural(
        f"place_curves.{key}",
        len(spells[Event.IMPLEMENTED].exit),
        span=years_in_words(end, view.lang),
        places=number(len(np.unique(spells[Event.IMPLEMENTED].cluster)), view.lang),
        decided=exact_percent(shares[Event.DECIDED], view.lang, bound="low"),
        happened=exact_percent(shares[Event.IMPLEMENTED], view.lang, bound="low"),
    )
    return " ".join([sentence, *silence_in_words(view, Clock.PLACE)])


PICTURE = Picture(
    "delais-lieux",
    always("place_curves.title"),
    "place_curves.alt",
    _drawing,
    _table,
    key=always("place_curves.help"),
    sentence=places_in_words,
    ignores=STANDING,
    bounds=BOUNDS_OF_CURVES,
)
