"""What two people who read the same commitments without seeing each other's status said of them."""

from datetime import date

import pandas as pd

from monitor import charts
from monitor.analysis.agreement import PAIRS_FOR_SURE, Agreement, Alpha, publishable_alpha
from monitor.i18n import number, text
from monitor.read.blind import public_agreement
from monitor.read.filters import FILTERS
from monitor.read.pictures import Picture
from monitor.read.sample import current_plan
from monitor.read.selection import View
from monitor.shares import exact_percent

COLUMNS = ("one_status", "other_status", "pairs")


def _day(view: View) -> date:
    plan = current_plan(view.state)
    return plan.as_of if plan else view.day


def _title(view: View) -> str:
    if not public_agreement(view.state):
        return "blind.title_none"
    return "blind.title_same" if _has_same_evidence(view) else "blind.title"


def _has_same_evidence(view: View) -> bool:
    plan = current_plan(view.state)
    return plan is not None and plan.has_same_evidence


def _key(view: View) -> str:
    return "blind.key_same" if _has_same_evidence(view) else "blind.key"


def agreement_in_words(view: View, _own: str) -> str:
    """How often both readings say the same, with the coefficient, and on what they differ most; "" where
    too few were read."""
    found, lang = public_agreement(view.state), view.lang
    if found is None:
        return ""
    sentences = view.text(
        "blind.words_same" if _has_same_evidence(view) else "blind.words",
        pairs=number(found.pairs, lang),
        same=number(found.statuses.agreeing, lang),
        share=exact_percent(found.statuses.share, lang),
        agreeing=number(found.classes.agreeing, lang),
        class_share=exact_percent(found.classes.share, lang),
        low=exact_percent(found.classes.low, lang),
        high=exact_percent(found.classes.high, lang),
    )
    if alpha := alpha_in_words(found, lang):
        sentences += f" {alpha}"
    for (one, other), count in found.heaviest_pairs()[:1]:
        words = {"first": view.text(f"status.{one}"), "second": view.text(f"status.{other}")}
        sentences += f" {view.text('blind.words_apart', count=number(count, lang), **words)}"
    return sentences


def alpha_in_words(found: Agreement, lang: str) -> str:
    """The ordinal coefficient, with its interval, and whether it is provisional; "" of too few pairs."""
    ordinal, _ = publishable_alpha(found)
    if ordinal.value is None:
        return ""
    message = "blind.alpha" if found.ladder >= PAIRS_FOR_SURE else "blind.alpha_provisional"
    return text(message, lang, pairs=number(found.ladder, lang), **limits_in_words(ordinal, lang))


def limits_in_words(found: Alpha, lang: str) -> dict[str, str]:
    """A coefficient and the ends of its interval."""
    value, low, high = (number(one or 0.0, lang, 2) for one in found)
    return {"alpha": value, "low": low, "high": high}


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure | None:
    found = public_agreement(view.state)
    if found is None:
        return None
    return charts.agreement_cells(found.table, view.lang, dark, view.state.wording)


def _table(view: View, _own: str) -> pd.DataFrame:
    found = public_agreement(view.state)
    pairs = found.table.items() if found else ()
    rows = [(first.value, second.value, count) for (first, second), count in pairs]
    return pd.DataFrame(rows, columns=list(COLUMNS))


PICTURE = Picture(
    "accord",
    _title,
    "blind.alt",
    _drawing,
    _table,
    key=_key,
    sentence=agreement_in_words,
    ignores=tuple(FILTERS),
    day_of=_day,
)
