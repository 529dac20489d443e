"""How long it takes until commitments are decided, and implemented."""

import numpy as np
import pandas as pd

from monitor import charts
from monitor.analysis.incidence import Incidence
from monitor.analysis.spells import CAUSES
from monitor.analysis_codes import Clock, Event
from monitor.dates import YEAR
from monitor.i18n import day, join_items, number, plural, text
from monitor.models import Status
from monitor.read import incidence
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always, say_with
from monitor.read.selection import View
from monitor.shares import Bound, exact_percent

#: What is drawn, by its name in an address: the clock, and with « chance » what chance alone would move.
CHANCE = "chance"
CURVES = (Clock.OFFICE.value, CHANCE, Clock.TERM.value)
#: What ends the wait of a commitment, in the order of CAUSES.
ENDS = ("happened", "abandoned", "left_office", "not_applicable")

#: Each share of a curve is the least; what chance would move is told from the least to the most.
BOUNDS_OF_CURVES: dict[str, Bound] = {
    **dict.fromkeys(("share", "share_seen", "low", "band_low"), "low"),
    **dict.fromkeys(("high", "band_high"), "high"),
}


def clock_of(own: str) -> Clock:
    """The clock of one of CURVES."""
    return Clock.TERM if own == Clock.TERM else Clock.OFFICE


def _drawing(view: View, own: str, dark: bool) -> charts.Figure | None:
    clock = clock_of(own)
    if incidence.last_day_shown(view, clock) <= 0:
        return None
    start, end = view.pact.term_start, view.pact.term_end
    middle = (end - start).days / 2 / YEAR if end else None
    return charts.incidence_curves(
        incidence.incidence_steps(view, clock),
        incidence.incidence_table(view, clock),
        middle,
        own == CHANCE,
        view.lang,
        dark,
        view.state.wording,
    )


def _table(view: View, own: str) -> pd.DataFrame:
    return incidence.incidence_table(view, clock_of(own))


@per_view
def incidence_in_words(view: View, own: str) -> str:
    """What the curves come to at their end: shares, or counts where there is no curve; "" where nothing
    has ever bound anybody."""
    clock, lang = clock_of(own), view.lang
    spells = incidence.event_spells(view, Event.IMPLEMENTED, clock)
    whole = len(spells.exit)
    if not whole:
        return ""
    # Not `last`, which passes over cells without a share.
    table = incidence.incidence_table(view, clock).groupby("event").tail(1).set_index("event")
    done, decided = table.loc[Event.IMPLEMENTED], table.loc[Event.DECIDED]
    if incidence.last_day_shown(view, clock) <= 0:
        counts = {"decided": decided["happened"], **{name: done[name] for name in ENDS}}
        some = [
            view.plural(f"incidence_count.{name}", count)
            for name, count in counts.items()
            if count or name in ("decided", "happened")
        ]
        return view.plural("incidence.counts", whole, some=", ".join(some))
    after = view.text(f"incidence.after_{clock}", span=years_in_words(int(done["days"]), lang))
    found, at = Incidence(spells, len(CAUSES)), np.array([done["days"]])
    reached = [float(found.share_at(cause, at)[0]) for cause in CAUSES]
    happened = exact_percent(reached[0], lang, bound="low")
    values = {"after": after, "n": number(whole, lang), "happened": happened}
    share = exact_percent(decided["share"], lang, bound="low")
    # A share of all would be another: who comes late stands for nobody who was there before.
    late, sentences = int((spells.entry > 0).sum()), []
    key = "shares" if reached[0] else "decided" if decided["share"] else "none"
    if late:
        key = key if key == "none" else "late_reached"
        who = ("late_start", late) if late < whole else ("late_all", whole)
        sentences.append(view.plural(f"incidence.{who[0]}", who[1], whole=values["n"]))
    sentences.append(view.text(f"incidence.{key}", decided=share, **values))
    if some := [
        view.text(f"incidence_end.{name}", share=exact_percent(share, lang))
        for name, share in zip(ENDS[1:], reached[1:], strict=True)
        if share
    ]:
        ends = "incidence.ends_late" if late else "incidence.ends"
        sentences.append(view.text(ends, some=join_items(some, lang)))
    sentences += [
        *silence_in_words(view, clock),
        *_dates_in_words(view, clock),
        *_still_implemented(view),
    ]
    return " ".join(sentences)


def silence_in_words(view: View, clock: Clock) -> list[str]:
    """What the dashed curve comes to where it ends; nothing where that is what the other says there."""
    steps = incidence.incidence_steps(view, clock)
    drawn = steps[steps["implemented_seen"].notna()]
    if drawn.empty:
        return []
    last, end = drawn.iloc[-1], steps["days"].iloc[-1]
    seen, happened = (
        exact_percent(float(last[name]), view.lang, bound="low")
        for name in ("implemented_seen", "implemented")
    )
    if seen == happened:
        return []
    if last["days"] == end:
        return [view.text("incidence.seen", seen=seen, happened=happened)]
    until = years_in_words(int(last["days"]), view.lang)
    message = "place_curves.seen_until" if clock is Clock.PLACE else "incidence.seen_until"
    return [view.text(message, seen=seen, then=happened, until=until)]


def _still_implemented(view: View) -> list[str]:
    """How many are implemented on the day; nothing where none is."""
    bound = view.commitments_for_figures
    now = int((bound["ever_bound"] & (bound["status_ever"] == Status.IMPLEMENTED)).sum())
    on = day(view.day, view.lang)
    return [view.text("incidence.now", n=number(now, view.lang), day=on)] if now else []


def _dates_in_words(view: View, clock: Clock) -> list[str]:
    """How many dates are a month or a year, and what that can move; nothing where none is."""
    _, partial = incidence.events_dated_early(view, clock)
    if not partial:
        return []
    most = 100 * incidence.rise_of_early_dates(view, clock)
    points = plural("incidence.points", most, view.lang, 1)
    return [view.plural("incidence.dates", partial, points=points)]


def years_in_words(days: int, lang: str) -> str:
    """« 5 ans et 8 mois »: whole years and months."""
    years, months = divmod(int(days / YEAR * 12), 12)
    parts = [
        plural(key, count, lang)
        for key, count in (("incidence.years", years), ("incidence.months", months))
        if count
    ]
    return join_items(parts, lang) or text("incidence.under_month", lang)


PICTURE = Picture(
    "delais",
    always("incidence.title"),
    "incidence.alt",
    _drawing,
    _table,
    own="courbe",
    choices=CURVES,
    own_words=say_with("incidence_since"),
    key=always("incidence.help"),
    sentence=incidence_in_words,
    ignores=STANDING,
    bounds=BOUNDS_OF_CURVES,
)
