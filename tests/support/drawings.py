"""Statuses of any number of people, and their charts as plotly.py reads them."""

import itertools
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from monitor import charts, status
from tests.support.random_logs import World, action, log_of, signatory

EVIL = "<b>Zoé</b> <a href='https://x'>D’Or</a>"


def known(people: int):
    """What is known of that many signatories, every second one assessed."""
    statuses = itertools.cycle(["implemented", "partly_implemented", "stalled", "no_evidence"])
    world = World(
        signatories=tuple(signatory(n, f"s{n}") | {"name": EVIL} for n in range(1, people + 1)),
        actions=tuple(
            action(10_000 + n, "2016-01", next(statuses), signatory_id=f"s{n}")
            for n in range(1, people + 1, 2)
        ),
    )
    return status.what_is_known(log_of(world))


def table(people: int) -> pd.DataFrame:
    return status.fold(known(people), date(2020, 7, 5))


def read_by_plotly(figure: charts.Figure) -> go.Figure:
    """As plotly.py reads it: it refuses every name and every value that plotly.js does not know."""
    return go.Figure(figure.to_dict())
